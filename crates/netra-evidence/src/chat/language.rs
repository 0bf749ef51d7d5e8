//! Which language a phone and its people write: a hint for the order of dates, and nothing else.

/// A language that is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Indonesian,
    English,
}

/// After this many messages the language is known, or never will be.
const ENOUGH: u32 = 5_000;

/// Counts what speaks for each language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Votes {
    messages: u32,
    /// Words that the phone itself wrote.
    phone: Pair,
    /// Words that people wrote.
    people: Pair,
}

#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    indonesian: u32,
    english: u32,
}

impl Pair {
    fn add(&mut self, language: Language) {
        match language {
            Language::Indonesian => self.indonesian += 1,
            Language::English => self.english += 1,
        }
    }

    fn winner(self) -> Option<Language> {
        match self.indonesian.cmp(&self.english) {
            std::cmp::Ordering::Greater => Some(Language::Indonesian),
            std::cmp::Ordering::Less => Some(Language::English),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// What a phone writes by itself in each language, besides the events.
const PHRASES: [(&str, Language); 10] = [
    ("tidak disertakan", Language::Indonesian),
    ("terlampir", Language::Indonesian),
    ("Pesan ini", Language::Indonesian),
    ("menghapus pesan ini", Language::Indonesian),
    ("Lokasi terkini", Language::Indonesian),
    (" omitted", Language::English),
    ("attached", Language::English),
    ("This message was", Language::English),
    ("You deleted this message", Language::English),
    ("ive location shared", Language::English),
];

impl Votes {
    /// Whether more messages would change nothing.
    pub(crate) fn is_full(&self) -> bool {
        self.messages >= ENOUGH
    }

    /// Takes in that the phone told an event in a language.
    pub(crate) fn event(&mut self, language: Language) {
        self.phone.add(language);
    }

    /// Takes a message in: who wrote it, and its first line.
    pub(crate) fn message(&mut self, author: &str, line: &str) {
        self.messages += 1;
        match author {
            "Anda" => self.phone.add(Language::Indonesian),
            "You" => self.phone.add(Language::English),
            _ => {}
        }
        for (phrase, language) in PHRASES {
            if line.contains(phrase) {
                self.phone.add(language);
            }
        }
        for word in line.split(|c: char| !c.is_ascii_alphabetic()).take(40) {
            if let Some(language) = language_of(word) {
                self.people.add(language);
            }
        }
    }

    /// The phone's language if it shows, else that of the people.
    pub(crate) fn winner(&self) -> Option<Language> {
        self.phone.winner().or_else(|| self.people.winner())
    }
}

/// The language of a word that is common in one and unknown in the other.
fn language_of(word: &str) -> Option<Language> {
    match word.to_ascii_lowercase().as_str() {
        "yang" | "dan" | "di" | "ini" | "itu" | "untuk" | "dengan" | "dari" | "ada" | "tidak" | "sudah" | "bisa"
        | "saya" | "kami" | "kita" | "akan" | "jam" | "pagi" | "siang" | "malam" | "pak" | "bapak" | "ibu" | "ya"
        | "izin" | "mohon" | "siap" | "rapat" | "terima" | "kasih" | "besok" | "hari" | "selamat" | "hadir"
        | "undangan" | "dukung" | "pilih" | "calon" | "jangan" | "lupa" | "sampai" | "baik" | "lanjut" => {
            Some(Language::Indonesian)
        }
        "the" | "and" | "of" | "is" | "are" | "you" | "for" | "with" | "this" | "that" | "will" | "have" | "not"
        | "please" | "thank" | "thanks" | "good" | "morning" | "evening" | "night" | "meeting" | "tomorrow" | "at"
        | "we" | "our" | "be" | "on" | "your" | "noted" | "see" | "yes" | "was" | "can" | "from" | "all" => {
            Some(Language::English)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phone_counts_before_the_people() {
        let mut votes = Votes::default();
        assert_eq!(votes.winner(), None);
        votes.message("Retno", "good morning all, see you at the meeting");
        assert_eq!(votes.winner(), Some(Language::English));
        votes.message("Anda", "ok");
        assert_eq!(votes.winner(), Some(Language::Indonesian));
    }
}
