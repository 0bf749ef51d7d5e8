//! Which message of one export is which of the other.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

use super::{Mark, Outline};

/// The most that two telephones' zones lie apart, in minutes.
const WIDEST: i64 = 26 * 60;
/// Zones differ by a multiple of this, in minutes.
const STEP: i64 = 15;
/// Ends a chain of a [`Queue`].
const NONE: usize = usize::MAX;

/// In what a pair agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PairKind {
    /// In everything.
    Equal,
    /// In everything but the author.
    Author,
    /// In minute and author.
    Words,
}

/// The other half of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pairing {
    pub(super) with: usize,
    pub(super) kind: PairKind,
}

/// Which marks belong together.
pub(super) struct Pairs {
    pub(super) of_first: Vec<Option<Pairing>>,
    pub(super) second_is_paired: Vec<bool>,
}

/// Places by a key; those with the same key come out in their order.
struct Queue<K> {
    heads: HashMap<K, usize>,
    next: Vec<usize>,
}

impl<K: Eq + Hash> Queue<K> {
    /// Of `count` places those for which there is a key.
    fn new(count: usize, key: impl Fn(usize) -> Option<K>) -> Queue<K> {
        let mut queue = Queue { heads: HashMap::new(), next: vec![NONE; count] };
        for place in (0..count).rev() {
            let Some(key) = key(place) else { continue };
            let behind = queue.heads.insert(key, place).unwrap_or(NONE);
            if let Some(next) = queue.next.get_mut(place) {
                *next = behind;
            }
        }
        queue
    }

    fn take(&mut self, key: &K) -> Option<usize> {
        let head = self.heads.get_mut(key)?;
        let place = *head;
        *head = self.next.get(place).copied()?;
        Some(place)
    }
}

/// By how many minutes the first clock was ahead: by what most messages say whose words each export has once.
pub(super) fn shift(first: &Outline, second: &Outline) -> i64 {
    let (first, second) = (unique(first), unique(second));
    let mut tally: HashMap<i64, u64> = HashMap::new();
    for (words, minute) in &second {
        if let (Some(Some(here)), Some(there)) = (first.get(words), minute) {
            *tally.entry(here - there).or_default() += 1;
        }
    }
    let all: u64 = tally.values().sum();
    let best = tally.into_iter().max_by_key(|(shift, count)| (*count, Reverse(*shift)));
    let is_zone = |shift: i64| shift.abs() <= WIDEST && shift % STEP == 0;
    best.filter(|(shift, count)| is_zone(*shift) && count * 2 > all).map_or(0, |(shift, _)| shift)
}

/// When words were written that were written once; nothing for others.
fn unique(outline: &Outline) -> HashMap<u128, Option<i64>> {
    let mut found: HashMap<u128, Option<i64>> = HashMap::new();
    for mark in outline.marks.iter().filter(|mark| mark.is_telling) {
        found.entry(mark.words).and_modify(|minute| *minute = None).or_insert(Some(mark.minute));
    }
    found
}

/// Pairs what is equal, then what differs in its author, then what differs in its words.
pub(super) fn pair(first: &Outline, second: &Outline, shift: i64) -> Pairs {
    let partners = Partners::of(first, second, shift);
    let minute = |mark: &Mark| mark.minute + shift;
    let mut pairs =
        Pairs { of_first: vec![None; first.marks.len()], second_is_paired: vec![false; second.marks.len()] };
    pairs.add(
        first,
        second,
        |mark| (mark.minute, mark.words, partners.of_first(mark.author)),
        |mark| (minute(mark), mark.words, mark.author),
        |_, _| PairKind::Equal,
    );
    pairs.add(
        first,
        second,
        |mark| (mark.minute, mark.words),
        |mark| (minute(mark), mark.words),
        |one, other| if partners.fit(one.author, other.author) { PairKind::Equal } else { PairKind::Author },
    );
    // Authors of whom nothing is known may be each other.
    pairs.add(
        first,
        second,
        |mark| (mark.minute, partners.of_first(mark.author)),
        |mark| (minute(mark), if partners.second_is_known(mark.author) { mark.author } else { 0 }),
        |_, _| PairKind::Words,
    );
    pairs
}

impl Pairs {
    /// Pairs those that are left and have the same key.
    fn add<K: Eq + Hash>(
        &mut self,
        first: &Outline,
        second: &Outline,
        key_of_first: impl Fn(&Mark) -> K,
        key_of_second: impl Fn(&Mark) -> K,
        kind: impl Fn(&Mark, &Mark) -> PairKind,
    ) {
        let is_paired = &self.second_is_paired;
        let mut left = Queue::new(second.marks.len(), |place| {
            let is_free = is_paired.get(place) == Some(&false);
            second.marks.get(place).filter(|_| is_free).map(&key_of_second)
        });
        for (mark, pairing) in first.marks.iter().zip(&mut self.of_first).filter(|(_, pairing)| pairing.is_none()) {
            let Some(with) = left.take(&key_of_first(mark)) else { continue };
            let Some(other) = second.marks.get(with) else { continue };
            *pairing = Some(Pairing { with, kind: kind(mark, other) });
            if let Some(paired) = self.second_is_paired.get_mut(with) {
                *paired = true;
            }
        }
    }
}

/// Who is who: the author under whom the other export has most of somebody's messages. Only messages tell it of which
/// each export has one in a minute.
struct Partners {
    of_first: HashMap<u32, u32>,
    of_second: HashMap<u32, u32>,
}

impl Partners {
    fn of(first: &Outline, second: &Outline, shift: i64) -> Partners {
        let (first, second) = (lone_authors(first, 0), lone_authors(second, shift));
        let mut together: HashMap<(u32, u32), u64> = HashMap::new();
        for (key, one) in &first {
            if let (Some(one), Some(Some(other))) = (one, second.get(key)) {
                *together.entry((*one, *other)).or_default() += 1;
            }
        }
        let mut counts: Vec<((u32, u32), u64)> = together.into_iter().collect();
        counts.sort_by_key(|(authors, count)| (Reverse(*count), *authors));
        let mut partners = Partners { of_first: HashMap::new(), of_second: HashMap::new() };
        // Those who are each other's come first; who has two names in one export is left over then.
        for ((one, other), _) in &counts {
            if !partners.of_first.contains_key(one) && !partners.of_second.contains_key(other) {
                partners.of_first.insert(*one, *other);
                partners.of_second.insert(*other, *one);
            }
        }
        for ((one, other), _) in counts {
            partners.of_first.entry(one).or_insert(other);
            partners.of_second.entry(other).or_insert(one);
        }
        partners
    }

    /// Who somebody is in the second export; zero if nothing is known.
    fn of_first(&self, author: u32) -> u32 {
        self.of_first.get(&author).copied().unwrap_or(0)
    }

    fn second_is_known(&self, author: u32) -> bool {
        self.of_second.contains_key(&author)
    }

    /// Whether two may be the same: one of them is mostly the other, or nothing is known of one of them. Somebody with two
    /// numbers is two in one export.
    fn fit(&self, one: u32, other: u32) -> bool {
        let is = |found: Option<&u32>, author: u32| found.is_none_or(|found| *found == author);
        is(self.of_first.get(&one), other) || is(self.of_second.get(&other), one)
    }
}

/// Who wrote words of which there is one message in their minute; nobody where there are more.
fn lone_authors(outline: &Outline, shift: i64) -> HashMap<(i64, u128), Option<u32>> {
    let mut found: HashMap<(i64, u128), Option<u32>> = HashMap::new();
    for mark in &outline.marks {
        let key = (mark.minute + shift, mark.words);
        found.entry(key).and_modify(|author| *author = None).or_insert(Some(mark.author));
    }
    found
}
