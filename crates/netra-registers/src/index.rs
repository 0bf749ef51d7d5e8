//! The candidates in memory, under their keys.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::block::{Block, Key, Keys};
use crate::name::Name;
use crate::person::Person;

/// How many candidates may bear a name before it is no key any more. Whoever bears a commoner one and has more in common
/// with a servant lies under another key too: a birth date or age with words, or the region with words.
const MOST_NAMESAKES: usize = 10;
/// Bits of the sieve for each key.
const BITS_A_KEY: usize = 12;

/// A candidate.
pub(crate) struct Candidate {
    pub(crate) person: Person,
    /// By which the result names it.
    pub(crate) id: Box<str>,
    /// Its region, as it is written.
    pub(crate) region: Box<str>,
    /// Its place among the candidates of its list.
    pub(crate) place: u32,
}

/// The candidates and their keys. Those of one birth date lie together, because a servant asks for them together: looking
/// for them all over the memory would take most of the time.
pub(crate) struct Index {
    candidates: Vec<Candidate>,
    /// Sets of neighbouring letters, by candidate: looked at so often that they lie together.
    pairs: Vec<u128>,
    /// Where the candidates of a key begin and how many there are.
    ranges: FxHashMap<u64, (u32, u32)>,
    members: Vec<u32>,
    sieve: Sieve,
}

/// How many pairs were passed over because of a block's size.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Passed {
    pub(crate) by_cap: u64,
}

impl Index {
    pub(crate) fn new(mut candidates: Vec<Candidate>, age_on: Date) -> Index {
        candidates.sort_unstable_by_key(|candidate| {
            let Person { sex, birth, region, .. } = candidate.person;
            (birth, sex, region, candidate.place)
        });
        let mut entries: Vec<(u64, u32)> = Vec::with_capacity(candidates.len() * 8);
        let mut keys = Keys::new(age_on);
        for (number, candidate) in (0u32..).zip(&candidates) {
            entries.extend(keys.of_candidate(&candidate.person).iter().map(|key| (key.hash, number)));
        }
        entries.sort_unstable();
        entries.dedup();
        let mut ranges: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
        ranges.reserve(entries.len());
        let mut sieve = Sieve::new(entries.len());
        for (place, (hash, _)) in (0u32..).zip(&entries) {
            let range = ranges.entry(*hash).or_insert((place, 0));
            range.1 += 1;
            sieve.add(*hash);
        }
        let members = entries.iter().map(|(_, number)| *number).collect();
        let pairs = candidates.iter().map(|candidate| candidate.person.name.pairs).collect();
        Index { candidates, pairs, ranges, members, sieve }
    }

    /// Puts the candidates that a servant should be compared with into a list, each once, in order.
    pub(crate) fn probe(&self, servant: &Person, keys: &[Key], hits: &mut Vec<u32>) -> Passed {
        hits.clear();
        let mut passed = Passed::default();
        for key in keys {
            let members = self.members(key.hash);
            if members.len() > MOST_NAMESAKES && matches!(key.block, Block::Sorted | Block::Joined) {
                passed.by_cap += u64::try_from(members.len()).unwrap_or_default();
                continue;
            }
            let alike = members.iter().filter(|number| self.has_alike_name(key.block, **number, servant));
            hits.extend(alike);
        }
        hits.sort_unstable();
        hits.dedup();
        passed
    }

    fn members(&self, hash: u64) -> &[u32] {
        if !self.sieve.may_hold(hash) {
            return &[];
        }
        let Some((start, count)) = self.ranges.get(&hash) else { return &[] };
        let start = place(*start);
        self.members.get(start..start + place(*count)).unwrap_or_default()
    }

    /// Whether the names are alike enough for what the key holds of them: nothing of it, or the first or last word.
    fn has_alike_name(&self, block: Block, number: u32, servant: &Person) -> bool {
        let alike = match block {
            Block::Birth => Name::is_worth_comparing,
            Block::MonthFirst | Block::MonthLast | Block::DayFirst | Block::DayLast => Name::is_alike,
            _ => return true,
        };
        self.pairs.get(place(number)).is_some_and(|pairs| alike(*pairs, servant.name.pairs))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.candidates.len()
    }

    /// The candidates in the order of their list, each with what was found for it.
    pub(crate) fn in_order_of_list<T>(self, found: Vec<T>) -> (Vec<Candidate>, Vec<T>) {
        let mut both: Vec<(Candidate, T)> = self.candidates.into_iter().zip(found).collect();
        both.sort_unstable_by_key(|(candidate, _)| candidate.place);
        both.into_iter().unzip()
    }

    /// A candidate by its number.
    pub(crate) fn get(&self, number: u32) -> Option<&Candidate> {
        self.candidates.get(place(number))
    }
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A set of keys that may say yes too often, never no: most keys that servants ask for are nobody's, and a bit is looked
/// up faster than a key.
struct Sieve {
    bits: Vec<u64>,
    mask: u64,
}

impl Sieve {
    fn new(keys: usize) -> Sieve {
        let words = (keys * BITS_A_KEY / 64 + 1).next_power_of_two();
        let mask = u64::try_from(words * 64 - 1).unwrap_or_default();
        Sieve { bits: vec![0; words], mask }
    }

    /// The word and the bit of a key.
    fn place(&self, hash: u64) -> (usize, u64) {
        let bit = (hash ^ (hash >> 29)) & self.mask;
        (usize::try_from(bit / 64).unwrap_or_default(), 1 << (bit % 64))
    }

    fn add(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        if let Some(word) = self.bits.get_mut(word) {
            *word |= bit;
        }
    }

    fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }
}
