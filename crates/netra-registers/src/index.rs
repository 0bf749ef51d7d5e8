//! The candidates in memory, under their keys.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::block::{Block, Key, Keys};
use crate::date::age_on;
use crate::name::Name;
use crate::person::Person;

/// How many candidates may lie under a key before a further condition is asked for.
const LARGEST_BLOCK: usize = 100;
/// Bits of the sieve for each key.
const BITS_A_KEY: usize = 12;

/// A candidate.
pub(crate) struct Candidate {
    pub(crate) person: Person,
    /// By which the result names it.
    pub(crate) id: Box<str>,
    /// Its region, as it is written.
    pub(crate) region: Box<str>,
}

/// The candidates and their keys.
pub(crate) struct Index {
    pub(crate) candidates: Vec<Candidate>,
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
    pub(crate) fn new(candidates: Vec<Candidate>, age_on: Date) -> Index {
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
    pub(crate) fn probe(&self, servant: &Person, keys: &[Key], on: Date, hits: &mut Vec<u32>) -> Passed {
        hits.clear();
        let mut passed = Passed::default();
        for key in keys {
            let members = self.members(key.hash);
            let is_large = members.len() > LARGEST_BLOCK && !matches!(key.block, Block::Nik | Block::Nip);
            for number in members {
                if key.block == Block::Birth && !self.is_worth_comparing(*number, servant) {
                    continue;
                }
                if is_large && !self.has_more_in_common(*number, servant, on) {
                    passed.by_cap += 1;
                    continue;
                }
                hits.push(*number);
            }
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

    fn is_worth_comparing(&self, number: u32, servant: &Person) -> bool {
        self.pairs.get(place(number)).is_some_and(|pairs| Name::is_worth_comparing(*pairs, servant.name.pairs))
    }

    /// The further condition for large blocks: the same region, or birth dates or ages that fit.
    fn has_more_in_common(&self, number: u32, servant: &Person, on: Date) -> bool {
        let Some(candidate) = self.get(number) else { return false };
        let candidate = &candidate.person;
        if candidate.region != 0 && candidate.region == servant.region {
            return true;
        }
        match (candidate.birth, servant.birth, candidate.age) {
            (Some(one), Some(other), _) => one == other || one.month() == other.month() && one.day() == other.day(),
            (None, Some(birth), Some(age)) => (age_on(birth, on) - age).abs() <= 1,
            _ => false,
        }
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
