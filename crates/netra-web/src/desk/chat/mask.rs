//! Members by number instead of by name: most of them have nothing to do with the matter.
//!
//! What is taken out of words are whole names of members, and long numbers. A first name or a nickname stays: the page says so.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use netra_evidence::chat::{Author, Event, EventType};

use super::asked::Masking;
use super::search::{fold, prefix};

/// The most members that are told apart.
const MOST: usize = 65_536;
/// Letters of a name that is looked for in words: shorter ones would take out half of the language.
const SHORTEST: usize = 3;
/// Digits of a number that may be somebody's: a telephone, an identity card.
const NUMBER: usize = 9;
/// Stands for such a number.
const HIDDEN_NUMBER: &str = "[nomor disamarkan]";

/// Those who wrote, in the order of their first message, each with the number of messages.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    list: Vec<(Arc<Author>, u64)>,
    by_name: HashMap<String, [Option<usize>; 2]>,
}

impl Members {
    /// Counts a message.
    pub(super) fn wrote(&mut self, author: &Arc<Author>) {
        let known = self.place(author);
        let place = match known {
            Some(place) => place,
            None if self.list.len() >= MOST => return,
            None => {
                let place = self.list.len();
                self.list.push((Arc::clone(author), 0));
                let slots = self.by_name.entry(author.name.clone()).or_default();
                if let Some(slot) = slots.get_mut(usize::from(author.chosen)) {
                    *slot = Some(place);
                }
                place
            }
        };
        if let Some((_, count)) = self.list.get_mut(place) {
            *count += 1;
        }
    }

    fn place(&self, author: &Author) -> Option<usize> {
        self.by_name.get(&author.name)?.get(usize::from(author.chosen)).copied().flatten()
    }

    /// All of them.
    pub(super) fn list(&self) -> &[(Arc<Author>, u64)] {
        &self.list
    }
}

/// Who is named on a page.
pub(super) struct Mask<'m> {
    members: &'m Members,
    masking: Masking,
    shown: &'m BTreeSet<usize>,
    /// Folded names that are taken out of words, by their first letter, longest first.
    names: HashMap<char, Vec<(Vec<char>, usize)>>,
}

impl<'m> Mask<'m> {
    /// `shown` has the numbers of members who are named all the same.
    pub(super) fn new(members: &'m Members, masking: Masking, shown: &'m BTreeSet<usize>) -> Mask<'m> {
        let mut mask = Mask { members, masking, shown, names: HashMap::new() };
        for (place, (author, _)) in members.list.iter().enumerate() {
            let letters: Vec<char> = author.name.chars().map(fold).collect();
            if mask.hides(place)
                && letters.len() >= SHORTEST
                && let Some(first) = letters.first().copied()
            {
                mask.names.entry(first).or_default().push((letters, place));
            }
        }
        for names in mask.names.values_mut() {
            names.sort_by_key(|(letters, place)| (std::cmp::Reverse(letters.len()), *place));
        }
        mask
    }

    fn hides(&self, place: usize) -> bool {
        self.masking == Masking::Masked && !self.shown.contains(&(place + 1))
    }

    /// Whether a member, by number, is named although the others are not.
    pub(super) fn is_chosen(&self, number: usize) -> bool {
        self.shown.contains(&number)
    }

    /// Whether anybody is hidden.
    pub(super) fn is_on(&self) -> bool {
        self.masking == Masking::Masked
    }

    /// What a member is called.
    pub(super) fn who(&self, author: &Author) -> String {
        match self.members.place(author) {
            Some(place) => self.member(place, author),
            None if self.is_on() => "Anggota lain".to_owned(),
            None => named(author),
        }
    }

    /// What the member at a place of the list is called.
    pub(super) fn member(&self, place: usize, author: &Author) -> String {
        if self.hides(place) { format!("Anggota {}", place + 1) } else { named(author) }
    }

    /// Somebody whom a line of the telephone names.
    fn somebody(&self, name: Option<&String>) -> String {
        let Some(name) = name else { return "seseorang".to_owned() };
        if matches!(name.as_str(), "Anda" | "You" | "you" | "Kamu") {
            return "pemilik ponsel".to_owned();
        }
        let places = self.members.by_name.get(name).copied().unwrap_or_default();
        let member = places.into_iter().flatten().next().and_then(|place| Some((place, self.members.list.get(place)?)));
        match member {
            Some((place, (author, _))) => self.member(place, author),
            None => "seseorang".to_owned(),
        }
    }

    /// A line of the telephone: as it stands, or told again without names.
    pub(super) fn event(&self, event: &Event, text: &str) -> String {
        if self.is_on() { self.retold(event) } else { text.to_owned() }
    }

    fn retold(&self, event: &Event) -> String {
        let (actor, target) = (self.somebody(event.actor.as_ref()), self.somebody(event.target.as_ref()));
        match event.kind {
            EventType::EncryptionNotice => "Pesan dan panggilan terenkripsi".to_owned(),
            EventType::GroupCreated => format!("Grup dibuat oleh {actor}"),
            EventType::MemberAdded => format!("Ditambahkan ke grup: {target}, oleh {actor}"),
            EventType::JoinedByLink => format!("Bergabung lewat tautan undangan: {actor}"),
            EventType::MemberJoined => format!("Bergabung: {actor}"),
            EventType::MemberLeft => format!("Keluar dari grup: {actor}"),
            EventType::MemberRemoved => format!("Dikeluarkan dari grup: {target}, oleh {actor}"),
            EventType::SubjectChanged => format!("Nama grup diubah oleh {actor}"),
            EventType::IconChanged => format!("Ikon grup diubah oleh {actor}"),
            EventType::DescriptionChanged => format!("Deskripsi grup diubah oleh {actor}"),
            EventType::SettingsChanged => format!("Setelan grup diubah oleh {actor}"),
            EventType::AdminGranted => format!("Menjadi admin: {target}"),
            EventType::AdminRevoked => format!("Bukan admin lagi: {target}"),
            EventType::MessagePinned => format!("Pesan disematkan oleh {actor}"),
            EventType::NumberChanged => format!("Nomor telepon diganti oleh {actor}"),
            EventType::CodeChanged => format!("Kode keamanan berubah: {target}"),
            EventType::TimerChanged => format!("Pesan sementara diatur oleh {actor}"),
            EventType::MissedCall => "Panggilan tak terjawab".to_owned(),
            EventType::Call => "Panggilan".to_owned(),
            EventType::ContactBlocked => "Kontak diblokir, atau blokirnya dibuka".to_owned(),
            EventType::Unknown => "Baris sistem yang lain".to_owned(),
        }
    }

    /// A name that need not be a member's: the administrator who deleted a message.
    pub(super) fn name(&self, name: &str) -> String {
        if self.is_on() { self.somebody(Some(&name.to_owned())) } else { name.to_owned() }
    }

    /// Words, without the names of hidden members and without long numbers.
    pub(super) fn text(&self, text: &str) -> String {
        if !self.is_on() {
            return text.to_owned();
        }
        let mut masked = String::with_capacity(text.len());
        let (mut rest, mut before) = (text, ' ');
        while let Some(letter) = rest.chars().next() {
            let found = if before.is_alphanumeric() { None } else { self.at_beginning(rest) };
            let (length, replacement) = match found {
                Some((length, replacement)) => (length, replacement),
                None => (letter.len_utf8(), letter.to_string()),
            };
            masked.push_str(&replacement);
            let (done, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
            before = done.chars().next_back().unwrap_or(' ');
            rest = left;
        }
        masked
    }

    /// What stands at a text's beginning and must not be read: its bytes, and what is written instead.
    fn at_beginning(&self, text: &str) -> Option<(usize, String)> {
        let first = fold(text.chars().next()?);
        let names = self.names.get(&first).map(Vec::as_slice).unwrap_or_default();
        let whole = |length: usize| {
            let next = text.get(length..).and_then(|rest| rest.chars().next());
            next.is_none_or(|next| !next.is_alphanumeric())
        };
        let name = names.iter().find_map(|(letters, place)| {
            let length = prefix(text, letters).filter(|length| whole(*length))?;
            Some((length, format!("[Anggota {}]", place + 1)))
        });
        name.or_else(|| long_number(text).map(|length| (length, HIDDEN_NUMBER.to_owned())))
    }
}

fn named(author: &Author) -> String {
    if author.chosen { format!("~{}", author.name) } else { author.name.clone() }
}

/// The bytes of a long number at a text's beginning, with the signs that people put into it. Days and hours are none.
fn long_number(text: &str) -> Option<usize> {
    let (mut digits, mut end) = (0, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '0'..='9' => {
                digits += 1;
                end = at + 1;
            }
            '+' if at == 0 => {}
            ' ' | '-' | '\u{A0}' | '\u{2011}' | '(' | ')' if digits > 0 => {}
            _ => break,
        }
    }
    let first = text.chars().take_while(char::is_ascii_digit).count();
    let is_telephone = text.starts_with('+') || (first > 2 && text.starts_with(['0', '6']));
    (digits >= NUMBER && (is_telephone || first >= NUMBER)).then_some(end)
}

#[cfg(test)]
mod tests {
    use netra_evidence::chat::{Export, Options};

    use super::*;

    fn members(names: &[&str]) -> Members {
        let lines: Vec<String> = names.iter().map(|name| format!("30/12/23 20.15 - {name}: x\n")).collect();
        let text = lines.concat();
        let export = Export::new(text.as_bytes());
        let mut members = Members::default();
        for message in export.read(&Options::default()).unwrap().messages {
            members.wrote(message.author.as_ref().unwrap());
        }
        members
    }

    #[test]
    fn names_and_numbers_are_taken_out_of_words() {
        let members = members(&["Retno", "Retno Wulan", "~\u{202F}Budi", "+62 811-0000-1207", "Ana"]);
        let shown = BTreeSet::from([5]);
        let mask = Mask::new(&members, Masking::Masked, &shown);
        for (text, expected) in [
            ("Kata retno wulan, sudah", "Kata [Anggota 2], sudah"),
            ("Retnowati bukan RETNO", "Retnowati bukan [Anggota 1]"),
            ("@Budi: hubungi +62 811-0000-1207 ya", "@[Anggota 3]: hubungi [Anggota 4] ya"),
            ("0812 0000 417 jam 08.00, nomor urut 1", "[nomor disamarkan] jam 08.00, nomor urut 1"),
            ("Ana hadir", "Ana hadir"),
            ("Besok 30-12-2023 08.00", "Besok 30-12-2023 08.00"),
            ("NIP 199001012020121001.", "NIP [nomor disamarkan]."),
            ("", ""),
        ] {
            assert_eq!(mask.text(text), expected, "{text}");
        }
        let open = Mask::new(&members, Masking::Open, &shown);
        assert_eq!(open.text("Kata Retno 081200000417"), "Kata Retno 081200000417");
    }

    #[test]
    fn members_are_numbered_by_their_first_message() {
        let members = members(&["Retno", "Budi", "Retno", "~\u{202F}Budi"]);
        let counts: Vec<u64> = members.list().iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [2, 1, 1]);
        let shown = BTreeSet::from([2]);
        let mask = Mask::new(&members, Masking::Masked, &shown);
        let names: Vec<String> = members.list().iter().map(|(author, _)| mask.who(author)).collect();
        assert_eq!(names, ["Anggota 1", "Budi", "Anggota 3"]);
        assert_eq!(mask.name("Anda"), "pemilik ponsel");
        assert_eq!(mask.name("Orang Jauh"), "seseorang");
    }
}
