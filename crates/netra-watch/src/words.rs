//! A text as words with their places: cut and folded once, looked at many times.

use std::ops::Range;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower,
    Capital,
    /// Two capitals or more, and nothing else.
    Upper,
    Number,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    fold_start: usize,
    fold_end: usize,
    pub shape: Shape,
    /// A comma, bracket or quotation mark stands before it: another clause begins.
    pub begins_clause: bool,
}

/// A text cut into words and sentences.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    pub text: &'t str,
    folded: String,
    pub list: Vec<Word>,
    /// Words of each sentence; none is empty.
    pub sentences: Vec<Range<usize>>,
}

/// Words before a full stop that does not end a sentence.
const ABBREVIATIONS: [&str; 38] = [
    "no", "kab", "kec", "kel", "jl", "jln", "dr", "drs", "dra", "ir", "hj", "prof", "tgl", "hlm", "rp", "bpk", "sdr",
    "sdri", "yth", "ds", "prov", "tk", "art", "ttd", "pt", "cv", "ny", "tn", "st", "sh", "mh", "spd", "mpd", "ssos",
    "msi", "se", "mm", "ust",
];

impl<'t> Words<'t> {
    /// Cuts a text.
    pub(crate) fn new(text: &'t str) -> Words<'t> {
        let mut words = Words {
            text,
            folded: String::with_capacity(text.len()),
            list: Vec::with_capacity(text.len() / 6),
            sentences: Vec::new(),
        };
        let mut first = 0;
        let mut previous_end = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if !c.is_alphanumeric() {
                continue;
            }
            let fold_start = words.folded.len();
            let mut end = start + c.len_utf8();
            let mut letters = Letters::default();
            letters.take(c);
            fold(&mut words.folded, c);
            while let Some((at, next)) = chars.peek().copied() {
                if next.is_alphanumeric() {
                    letters.take(next);
                    fold(&mut words.folded, next);
                } else if !(is_apostrophe(next) && text.get(at + next.len_utf8()..).is_some_and(begins_with_letter)) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            let gap = text.get(previous_end..start).unwrap_or("");
            let shape = letters.shape();
            let begins_clause = gap != " " && gap.contains([',', '(', ')', '"', '“', '”', ':', '–', '—']);
            if words.list.len() > first && gap != " " && words.ends_sentence(gap, shape) {
                words.sentences.push(first..words.list.len());
                first = words.list.len();
            }
            let fold_end = words.folded.len();
            words.list.push(Word { start, end, fold_start, fold_end, shape, begins_clause });
            previous_end = end;
        }
        if words.list.len() > first {
            words.sentences.push(first..words.list.len());
        }
        words
    }

    /// Whether what lies between the last word and the next one ends a sentence.
    fn ends_sentence(&self, gap: &str, next: Shape) -> bool {
        if gap.contains(['\n', '!', '?', ';']) {
            return true;
        }
        let Some((_, after)) = gap.split_once('.') else { return false };
        let last = self.list.last().map_or("", |word| self.folded(*word));
        let goes_on = next == Shape::Lower || last.chars().count() < 2 || ABBREVIATIONS.contains(&last);
        after.contains(char::is_whitespace) && !goes_on
    }

    fn folded(&self, word: Word) -> &str {
        self.folded.get(word.fold_start..word.fold_end).unwrap_or("")
    }

    /// The word at a place, in lower case, without apostrophes; empty outside the text.
    pub(crate) fn at(&self, place: usize) -> &str {
        self.list.get(place).map_or("", |word| self.folded(*word))
    }

    /// How the word at a place is written; lower case outside the text.
    pub(crate) fn shape(&self, place: usize) -> Shape {
        self.list.get(place).map_or(Shape::Lower, |word| word.shape)
    }

    /// What lies between a word and the next one; to the end of the text after the last one.
    pub(crate) fn gap_after(&self, place: usize) -> &'t str {
        let Some(word) = self.list.get(place) else { return "" };
        let end = self.list.get(place + 1).map_or(self.text.len(), |next| next.start);
        self.text.get(word.end..end).unwrap_or("")
    }

    /// What lies between a word and the one before it.
    pub(crate) fn gap_before(&self, place: usize) -> &'t str {
        match place.checked_sub(1) {
            Some(before) => self.gap_after(before),
            None => self.text.get(..self.list.first().map_or(0, |word| word.start)).unwrap_or(""),
        }
    }

    /// The text from a word up to, not including, another.
    pub(crate) fn between(&self, from: usize, to: usize) -> &'t str {
        let start = self.list.get(from).map_or(self.text.len(), |word| word.start);
        let end = to.checked_sub(1).and_then(|last| self.list.get(last)).map_or(start, |word| word.end);
        self.text.get(start..end).unwrap_or("")
    }

    /// The bytes from a word up to, not including, another.
    pub(crate) fn span(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let (first, last) = (self.list.get(from)?, self.list.get(to.checked_sub(1)?)?);
        Some((first.start, last.end))
    }

    /// The number that a word is, if it has at most so many digits.
    pub(crate) fn number(&self, place: usize, digits: usize) -> Option<u32> {
        let text = self.at(place);
        if self.shape(place) != Shape::Number || text.len() > digits {
            return None;
        }
        text.parse().ok()
    }
}

/// What has been seen of a word's letters.
#[derive(Default)]
struct Letters {
    count: usize,
    digits: usize,
    capitals: usize,
    starts_capital: bool,
}

impl Letters {
    fn take(&mut self, c: char) {
        if c.is_ascii_digit() {
            self.digits += 1;
        } else if c.is_uppercase() {
            self.capitals += 1;
            self.starts_capital |= self.count == 0;
        }
        self.count += 1;
    }

    fn shape(&self) -> Shape {
        if self.digits == self.count {
            Shape::Number
        } else if self.capitals >= 2 && self.capitals + self.digits == self.count {
            Shape::Upper
        } else if self.starts_capital {
            Shape::Capital
        } else {
            Shape::Lower
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ')
}

fn begins_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// Adds a letter in lower case; the accents that Indonesian papers use now and then are dropped.
fn fold(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        match lower {
            'é' | 'è' | 'ê' | 'ë' | 'ē' => out.push('e'),
            'á' | 'à' | 'â' => out.push('a'),
            'ó' | 'ò' | 'ô' => out.push('o'),
            other => out.push(other),
        }
    }
}

/// The words of a phrase as the cutter sees them.
pub(crate) fn phrase(text: &str) -> Vec<String> {
    let words = Words::new(text);
    (0..words.list.len()).map(|place| words.at(place).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let words = Words::new(text);
        words.sentences.iter().map(|range| words.between(range.start, range.end).to_owned()).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        let table: &[(&str, &[&str])] = &[
            ("Camat hadir. Lurah tidak.", &["Camat hadir", "Lurah tidak"]),
            ("Drs. Budiman datang pukul 10.00 WITA.", &["Drs. Budiman datang pukul 10.00 WITA"]),
            ("Judul tanpa titik\nIsi berita", &["Judul tanpa titik", "Isi berita"]),
            ("Benarkah? Ya! Titik", &["Benarkah", "Ya", "Titik"]),
            ("di Kec. Sepinggan", &["di Kec. Sepinggan"]),
            ("", &[]),
            ("...", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(sentences(text), *expected, "{text}");
        }
    }

    #[test]
    fn words_are_folded_and_keep_their_places() {
        let words = Words::new("Jum’at (4/10) ASN Caféin");
        assert_eq!((0..5).map(|place| words.at(place)).collect::<Vec<_>>(), ["jumat", "4", "10", "asn", "cafein"]);
        assert_eq!(words.between(0, 1), "Jum’at");
        assert_eq!(words.shape(3), Shape::Upper);
        assert_eq!(words.shape(4), Shape::Capital);
        assert_eq!(words.gap_after(1), "/");
        assert_eq!(words.number(2, 2), Some(10));
        assert_eq!(words.number(3, 4), None);
        assert_eq!(words.at(99), "");
    }

    #[test]
    fn phrases_lose_their_hyphens() {
        assert_eq!(phrase("Tojo Una-Una"), ["tojo", "una", "una"]);
    }
}
