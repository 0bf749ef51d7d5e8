//! How two names compare, and which words carry it.

use super::slips::is_near;
use crate::name::{MOST_WORDS, Name, Word};

/// The most words that are kept of what two names share.
const KEPT: usize = 4;

/// How two names compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameLevel {
    /// The same letters in the same order.
    Identical,
    /// The same sounds, in any order, joined or apart.
    Folded,
    /// The same, but for words of which only the initial is given.
    Initials,
    /// The same, but for slips.
    Slips,
    /// The words of the shorter one, two at least, are all in the longer one.
    Fewer,
    /// The only word of one is a word of the other.
    OneOf,
    /// As the two before, but for initials or slips.
    FewerSlips,
    /// Some word is the same, and each has others.
    Shared,
    Different,
}

/// How a word of one name was found in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordMatch {
    None,
    Exact,
    Initial,
    Slip,
}

/// How two names compare, with the servant's words that were found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameMatch {
    pub(crate) level: NameLevel,
    pub(crate) words: [(u64, WordMatch); KEPT],
}

impl NameMatch {
    fn of(level: NameLevel) -> NameMatch {
        NameMatch { level, words: [(0, WordMatch::None); KEPT] }
    }
}

/// Compares two names.
pub(crate) fn compare(candidate: &Name, servant: &Name) -> NameMatch {
    if candidate.spelled == servant.spelled {
        return NameMatch::of(NameLevel::Identical);
    }
    if candidate.key == servant.key || candidate.joined == servant.joined {
        return NameMatch::of(NameLevel::Folded);
    }
    let mut pairing = Pairing::new(candidate, servant);
    pairing.pair(WordMatch::Exact, |one, other| !one.is_initial() && one == other);
    pairing.pair(WordMatch::Initial, is_initial_of);
    pairing.pair(WordMatch::Slip, |one, other| is_near(one.as_bytes(), other.as_bytes()));
    let is_slip_when_joined = || {
        candidate.words().len() != servant.words().len()
            && is_near(candidate.letters().as_bytes(), servant.letters().as_bytes())
    };
    let level = pairing.level(is_slip_when_joined);
    let mut found = pairing.found;
    found.level = level;
    if level == NameLevel::Slips && pairing.is_open() {
        // It is the names as wholes that are near, so all of the servant's words carry it.
        found.words = [(0, WordMatch::None); KEPT];
        for (slot, word) in found.words.iter_mut().zip(servant.words()) {
            *slot = (word.key(), WordMatch::Slip);
        }
    }
    found
}

/// Whether one word is the initial of the other, or both are the same initial.
fn is_initial_of(one: &Word, other: &Word) -> bool {
    (one.is_initial() || other.is_initial()) && one.as_bytes().first() == other.as_bytes().first()
}

/// Words of two names that are being paired.
struct Pairing<'n> {
    left: [Option<&'n Word>; MOST_WORDS],
    right: [Option<&'n Word>; MOST_WORDS],
    found: NameMatch,
    exact: usize,
    initials: usize,
    slips: usize,
}

impl<'n> Pairing<'n> {
    fn new(candidate: &'n Name, servant: &'n Name) -> Pairing<'n> {
        let found = NameMatch::of(NameLevel::Different);
        Pairing { left: slots(candidate), right: slots(servant), found, exact: 0, initials: 0, slips: 0 }
    }

    /// Pairs what is not paired yet, in the order of the words.
    fn pair(&mut self, how: WordMatch, agrees: impl Fn(&Word, &Word) -> bool) {
        for left in &mut self.left {
            let Some(one) = *left else { continue };
            let fits = |slot: &&mut Option<&Word>| slot.is_some_and(|other| agrees(one, other));
            let Some(right) = self.right.iter_mut().find(fits) else { continue };
            let Some(other) = right.take() else { continue };
            *left = None;
            let word = if other.is_initial() { one } else { other };
            let place = self.exact + self.initials + self.slips;
            if let Some(slot) = self.found.words.get_mut(place) {
                *slot = (word.key(), how);
            }
            match how {
                WordMatch::Exact => self.exact += 1,
                WordMatch::Initial => self.initials += 1,
                WordMatch::Slip => self.slips += 1,
                WordMatch::None => {}
            }
        }
    }

    /// Whether both names have words left.
    fn is_open(&self) -> bool {
        self.left.iter().any(Option::is_some) && self.right.iter().any(Option::is_some)
    }

    fn level(&self, is_slip_when_joined: impl Fn() -> bool) -> NameLevel {
        let is_all_left = self.left.iter().all(Option::is_none);
        let is_all_right = self.right.iter().all(Option::is_none);
        let is_plain = self.initials == 0 && self.slips == 0;
        match (is_all_left, is_all_right) {
            (true, true) if self.slips > 0 => NameLevel::Slips,
            (true, true) => NameLevel::Initials,
            (false, false) if is_slip_when_joined() => NameLevel::Slips,
            (false, false) if self.exact > 0 => NameLevel::Shared,
            (false, false) => NameLevel::Different,
            _ if is_plain && self.exact > 1 => NameLevel::Fewer,
            _ if is_plain => NameLevel::OneOf,
            _ if self.exact + self.slips > 0 => NameLevel::FewerSlips,
            _ => NameLevel::Different,
        }
    }
}

fn slots(name: &Name) -> [Option<&Word>; MOST_WORDS] {
    let mut slots = [None; MOST_WORDS];
    for (slot, word) in slots.iter_mut().zip(name.words()) {
        *slot = Some(word);
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_levels() {
        let rows = [
            ("Budi Santoso", "BUDI SANTOSO, S.H.", NameLevel::Identical),
            ("Muhammad Ali Anwar", "Moh. Ali Anwar", NameLevel::Identical),
            ("Boedi Santoso", "Budi Santoso", NameLevel::Folded),
            ("Santoso Budi", "Budi Santoso", NameLevel::Folded),
            ("Nurhayati", "Nur Hayati", NameLevel::Folded),
            ("Ni Md. Suryani", "Ni Made Suryani", NameLevel::Folded),
            ("Budi S.", "Budi Santoso", NameLevel::Initials),
            ("A. Rahman Wijaya", "Andi Rahman Wijaya", NameLevel::Initials),
            ("Budi Santosi", "Budi Santoso", NameLevel::Slips),
            ("Nurhayti", "Nur Hayati", NameLevel::Slips),
            ("Budi Santoso", "Budi Santoso Wijaya", NameLevel::Fewer),
            ("Sugono", "Sugono Wijaya", NameLevel::OneOf),
            ("Budi Santosi", "Budi Santoso Wijaya", NameLevel::FewerSlips),
            ("Budi Santoso", "Budi Wijaya", NameLevel::Shared),
            ("Budi Santoso", "Ani Wijaya", NameLevel::Different),
        ];
        for (candidate, servant, expected) in rows {
            let (one, other) = (Name::parse(candidate).unwrap(), Name::parse(servant).unwrap());
            assert_eq!(compare(&one, &other).level, expected, "{candidate} | {servant}");
            assert_eq!(compare(&other, &one).level, expected, "{servant} | {candidate}");
        }
    }

    #[test]
    fn the_servants_words_carry_it() {
        let (one, other) = (Name::parse("Budi S. Wijaja").unwrap(), Name::parse("Budi Santoso Wijaya").unwrap());
        let found = compare(&one, &other);
        let keys: Vec<u64> = other.words().iter().map(Word::key).collect();
        assert_eq!(found.level, NameLevel::Initials);
        assert_eq!(found.words[0], (keys[0], WordMatch::Exact));
        assert_eq!(found.words[1], (keys[2], WordMatch::Exact));
        assert_eq!(found.words[2], (keys[1], WordMatch::Initial));
        assert_eq!(found.words[3].1, WordMatch::None);
    }
}
