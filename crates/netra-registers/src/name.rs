//! Names as they are written in Indonesia: titles, degrees, short forms, old and new spelling.
//!
//! A name is taken apart once, into words that are *folded*: the same sounds in the same letters, so that `Soetrisno` and
//! `Sutrisno`, `Achmad` and `Ahmad`, `Djoko` and `Joko` are one word. The folded words find pairs; the written letters are
//! kept as a key to tell the same name from the same sounds.

mod fold;
mod reader;
mod words;

pub use fold::{Word, fold};
pub(crate) use reader::{NameCells, NameReader};

use crate::Sex;
use crate::hash;

/// The most words of a name that are looked at.
pub const MOST_WORDS: usize = 8;
/// The most letters of a name's words joined.
const MOST_LETTERS: usize = 64;

/// Whether the name Muhammad stands in a name, in any of its forms; it is no part of the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Muhammad {
    /// It does not.
    #[default]
    Absent,
    /// It does.
    Present,
}

/// Whether a name tells whose child somebody is.
#[doc(alias = "bin dan binti")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lineage {
    /// It does not.
    #[default]
    None,
    /// `bin` or `binti`, or a second name after `alias`; what follows is no part of the words.
    Given,
}

/// A name taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Name {
    words: [Word; MOST_WORDS],
    count: u8,
    /// The words as written, in their order.
    pub(crate) spelled: u64,
    /// The folded words, sorted.
    pub(crate) key: u64,
    /// The folded words, joined.
    pub(crate) joined: u64,
    /// The first six consonants of the folded words.
    pub(crate) consonants: u64,
    /// Which pairs of neighbouring letters it has, as a set of 128 bits.
    pub(crate) pairs: u128,
    /// Muhammad.
    pub muhammad: Muhammad,
    /// Lineage.
    pub lineage: Lineage,
    /// Degrees, a bit for each of the closed list.
    #[doc(alias = "gelar belakang")]
    pub degrees: u128,
    /// Titles, a bit for each class.
    #[doc(alias = "gelar depan")]
    pub titles: u16,
    /// What titles, `Ni`, `bin` and the like tell.
    pub sex: Sex,
}

impl Name {
    /// Takes a name apart; nothing comes of a text without letters.
    ///
    /// ```
    /// use netra_registers::name::Name;
    ///
    /// let one = Name::parse("Drs. H. Achmad Soetrisno, S.Sos., M.Si").unwrap();
    /// let other = Name::parse("AHMAD SUTRISNO SSos MSi").unwrap();
    /// assert_eq!(one.text(), "ahmad sutrisno");
    /// assert_eq!(other.text(), one.text());
    /// assert_eq!(other.degrees, one.degrees);
    /// ```
    pub fn parse(text: &str) -> Option<Name> {
        let cells = NameCells { name: text.as_bytes(), titles: b"", degrees: b"" };
        NameReader::default().read(&cells)
    }

    /// The folded words in their order.
    pub fn words(&self) -> &[Word] {
        self.words.get(..usize::from(self.count)).unwrap_or_default()
    }

    /// The folded words with gaps between them.
    pub fn text(&self) -> String {
        let words: Vec<String> = self.words().iter().map(ToString::to_string).collect();
        words.join(" ")
    }

    /// The key of the first word.
    pub(crate) fn first(&self) -> u64 {
        self.words().first().map_or(0, Word::key)
    }

    /// The key of the last word.
    pub(crate) fn last(&self) -> u64 {
        self.words().last().map_or(0, Word::key)
    }

    /// The key of the first word's first two letters.
    pub(crate) fn first_begins(&self) -> u64 {
        self.words().first().map_or(0, Word::begins)
    }

    /// The key of the last word's first two letters.
    pub(crate) fn last_begins(&self) -> u64 {
        self.words().last().map_or(0, Word::begins)
    }

    /// The folded letters without gaps, as many as fit.
    pub(crate) fn letters(&self) -> Letters {
        let mut letters = Letters { bytes: [0; MOST_LETTERS], count: 0 };
        for byte in self.words().iter().flat_map(|word| word.as_bytes()) {
            letters.push(*byte);
        }
        letters
    }

    /// Whether two names share enough pairs of letters to be worth comparing: two in five of the shorter one.
    pub(crate) fn is_worth_comparing(one: u128, other: u128) -> bool {
        let shorter = one.count_ones().min(other.count_ones());
        (one & other).count_ones() * 5 >= shorter * 2
    }

    /// Whether two names share enough pairs of letters to be one name with a slip: three in five of the shorter one.
    pub(crate) fn is_alike(one: u128, other: u128) -> bool {
        let shorter = one.count_ones().min(other.count_ones());
        (one & other).count_ones() * 5 >= shorter * 3
    }

    /// Adds a word, if there is room.
    fn add(&mut self, word: Word) {
        if let Some(slot) = self.words.get_mut(usize::from(self.count)) {
            *slot = word;
            self.count += 1;
        }
    }

    /// Computes the keys out of the words.
    fn seal(&mut self, spelled: u64) {
        self.spelled = spelled;
        let mut sorted = self.words;
        let words = sorted.get_mut(..usize::from(self.count)).unwrap_or_default();
        words.sort_unstable();
        let mut key = hash::of_parts(&[u64::from(self.count)]);
        for word in words.iter() {
            key = hash::of_parts(&[key, word.key()]);
        }
        self.key = key;
        let letters = self.letters();
        let letters = letters.as_bytes();
        self.joined = hash::of_bytes(letters);
        let consonants = letters.iter().filter(|letter| !b"aeiou".contains(letter)).take(6);
        self.consonants = consonants.fold(0, |key, letter| (key << 8) | u64::from(*letter));
        self.pairs = pairs(letters);
    }
}

/// The set of neighbouring letters.
fn pairs(letters: &[u8]) -> u128 {
    let mut set = 0;
    for pair in letters.windows(2) {
        if let [one, other] = pair {
            let place = (u32::from(*one) * 26 + u32::from(*other)).wrapping_mul(2_654_435_769) >> 25;
            set |= 1u128 << place;
        }
    }
    set
}

/// Some letters in a fixed place.
pub(crate) struct Letters {
    bytes: [u8; MOST_LETTERS],
    count: usize,
}

impl Letters {
    fn push(&mut self, letter: u8) {
        if let Some(slot) = self.bytes.get_mut(self.count) {
            *slot = letter;
            self.count += 1;
        }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
