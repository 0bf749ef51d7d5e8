//! Which counts must be hidden: small ones, and others so that no sum gives a hidden one away.
//!
//! Counts stand in sums that readers can do themselves: a total and its parts. A small count is hidden first. Then each sum is
//! looked at: one hidden part alone would follow by subtraction, and hidden parts that come to less than the smallest
//! count would still tell of few people; so the smallest other part is hidden as well, or the total where no part is left.
//! At last, within each block of sums that stand together on a page, what several sums together would give is looked for
//! by elimination, and more is hidden until nothing is found. Nothing that is hidden is ever shown again, so this ends.

use std::collections::{BTreeMap, BTreeSet};

/// A sum: the place of the total among the counts, and the places of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The total.
    pub total: usize,
    /// The parts.
    pub parts: Vec<usize>,
}

impl Line {
    /// Every place of the sum.
    fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().copied().chain([self.total])
    }
}

/// Which counts to hide. `blocks` are lists of sums, by their place among `lines`, that are shown together. Places beyond the counts
/// are taken for empty ones.
///
/// O(lines × their length) and, in each block, elimination over what is hidden in it.
pub fn suppress(counts: &[u64], lines: &[Line], blocks: &[Vec<usize>], smallest: u64) -> Vec<bool> {
    let mut work = Work::new(counts, lines, blocks, smallest);
    work.settle();
    while let Some(block) = work.stale.pop_first() {
        if let Some(place) = work.given_away(block) {
            work.hide(place);
            work.stale.insert(block);
            work.settle();
        }
    }
    work.hidden
}

struct Work<'a> {
    counts: &'a [u64],
    lines: &'a [Line],
    blocks: &'a [Vec<usize>],
    smallest: u64,
    hidden: Vec<bool>,
    /// The sums in which a count stands.
    lines_of: Vec<Vec<usize>>,
    /// The blocks in which a sum stands.
    blocks_of: Vec<Vec<usize>>,
    /// Sums to be looked at again.
    open: BTreeSet<usize>,
    /// Blocks to be looked at again.
    stale: BTreeSet<usize>,
}

impl<'a> Work<'a> {
    fn new(counts: &'a [u64], lines: &'a [Line], blocks: &'a [Vec<usize>], smallest: u64) -> Work<'a> {
        let mut lines_of = vec![Vec::new(); counts.len()];
        for (n, line) in lines.iter().enumerate() {
            for place in line.places() {
                if let Some(list) = lines_of.get_mut(place) {
                    list.push(n);
                }
            }
        }
        let mut blocks_of = vec![Vec::new(); lines.len()];
        for (n, block) in blocks.iter().enumerate() {
            for line in block {
                if let Some(list) = blocks_of.get_mut(*line) {
                    list.push(n);
                }
            }
        }
        let hidden = vec![false; counts.len()];
        let mut work = Work {
            counts,
            lines,
            blocks,
            smallest,
            hidden,
            lines_of,
            blocks_of,
            open: BTreeSet::new(),
            stale: BTreeSet::new(),
        };
        for (place, count) in counts.iter().enumerate() {
            if *count > 0 && *count < smallest {
                work.hide(place);
            }
        }
        work
    }

    fn count(&self, place: usize) -> u64 {
        self.counts.get(place).copied().unwrap_or_default()
    }

    fn is_hidden(&self, place: usize) -> bool {
        self.hidden.get(place).copied().unwrap_or_default()
    }

    fn hide(&mut self, place: usize) {
        let Some(hidden) = self.hidden.get_mut(place) else { return };
        *hidden = true;
        let lines = self.lines_of.get(place).cloned().unwrap_or_default();
        for line in lines {
            self.stale.extend(self.blocks_of.get(line).into_iter().flatten());
            self.open.insert(line);
        }
    }

    /// Goes on until every sum keeps what is hidden in it.
    fn settle(&mut self) {
        while let Some(line) = self.open.pop_first() {
            while let Some(place) = self.lines.get(line).and_then(|line| self.wanted_in(line)) {
                self.hide(place);
            }
        }
    }

    /// What else must be hidden in a sum.
    fn wanted_in(&self, line: &Line) -> Option<usize> {
        let hidden: Vec<usize> = line.places().filter(|place| self.is_hidden(*place)).collect();
        let shown_total = !self.is_hidden(line.total);
        let sum = hidden.iter().fold(0_u64, |sum, place| sum.saturating_add(self.count(*place)));
        match hidden.len() {
            0 => None,
            1 => self.next_in(line),
            _ if shown_total && sum < self.smallest => self.next_in(line),
            _ => None,
        }
    }

    /// The shown count of a sum that costs least: the smallest part that is not nothing, else the total, else a nothing.
    fn next_in(&self, line: &Line) -> Option<usize> {
        let shown = |place: &usize| !self.is_hidden(*place);
        let parts = || line.parts.iter().copied().filter(shown);
        let some = parts().filter(|place| self.count(*place) > 0).min_by_key(|place| (self.count(*place), *place));
        some.or_else(|| Some(line.total).filter(shown)).or_else(|| parts().next())
    }

    /// A count to hide because the sums of a block together give away a hidden one.
    fn given_away(&self, block: usize) -> Option<usize> {
        let lines: Vec<&Line> = self.blocks.get(block)?.iter().filter_map(|line| self.lines.get(*line)).collect();
        let known = determined(&lines, |place| self.is_hidden(place));
        let mut of_known =
            known.iter().flat_map(|place| lines.iter().filter(move |line| line.places().any(|p| p == *place)));
        of_known.find_map(|line| self.next_in(line))
    }
}

/// A prime below which products of two fit into 64 bits.
const PRIME: u64 = 2_147_483_647;

/// The hidden places whose counts follow from the sums: those that stand alone in a row of the reduced system.
fn determined(lines: &[&Line], is_hidden: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut reduced: Vec<BTreeMap<usize, u64>> = Vec::new();
    for line in lines {
        let mut row: BTreeMap<usize, u64> = BTreeMap::new();
        for part in line.parts.iter().copied().filter(|place| is_hidden(*place)) {
            add(&mut row, part, 1);
        }
        if is_hidden(line.total) {
            add(&mut row, line.total, PRIME - 1);
        }
        for known in &reduced {
            eliminate(&mut row, known);
        }
        let Some((_, lead)) = row.first_key_value() else { continue };
        let factor = inverse(*lead);
        row.values_mut().for_each(|value| *value = *value * factor % PRIME);
        for known in &mut reduced {
            eliminate(known, &row);
        }
        reduced.push(row);
    }
    reduced.iter().filter(|row| row.len() == 1).filter_map(|row| row.keys().next().copied()).collect()
}

fn add(row: &mut BTreeMap<usize, u64>, place: usize, value: u64) {
    let sum = (row.get(&place).copied().unwrap_or_default() + value) % PRIME;
    if sum == 0 {
        row.remove(&place);
    } else {
        row.insert(place, sum);
    }
}

/// Takes a reduced row out of another one, so that its first place is gone there.
fn eliminate(row: &mut BTreeMap<usize, u64>, reduced: &BTreeMap<usize, u64>) {
    let Some(first) = reduced.keys().next() else { return };
    let Some(times) = row.get(first).copied() else { return };
    for (place, value) in reduced {
        let product = value * times % PRIME;
        add(row, *place, (PRIME - product) % PRIME);
    }
}

/// The number that gives 1 when multiplied: by Fermat, the power of the prime less two.
fn inverse(value: u64) -> u64 {
    let (mut result, mut base, mut power) = (1_u64, value % PRIME, PRIME - 2);
    while power > 0 {
        if power % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        power /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_sum(counts: &[u64]) -> Vec<bool> {
        let line = Line { total: 0, parts: (1..counts.len()).collect() };
        suppress(counts, &[line], &[vec![0]], 5)
    }

    #[test]
    fn one_small_part_takes_another_one_with_it() {
        assert_eq!(one_sum(&[30, 3, 10, 17]), [false, true, true, false]);
        assert_eq!(one_sum(&[7, 3, 4, 0]), [false, true, true, false], "together they are not few");
        assert_eq!(one_sum(&[14, 1, 1, 12]), [false, true, true, true], "two ones are still two people");
        assert_eq!(one_sum(&[20, 0, 20, 0]), [false, false, false, false], "nothing is hidden where nobody is few");
        assert_eq!(one_sum(&[3, 3, 0, 0]), [true, true, false, false]);
        assert_eq!(one_sum(&[0, 0, 0, 0]), [false; 4]);
    }

    #[test]
    fn what_two_sums_give_together_is_found() {
        // a + b = 9 and a + b + c = 12 tell c.
        let lines = [Line { total: 0, parts: vec![2, 3] }, Line { total: 1, parts: vec![2, 3, 4] }];
        let lines: Vec<&Line> = lines.iter().collect();
        let hidden = |place: usize| place >= 2;
        assert_eq!(determined(&lines, hidden), [4]);
    }

    #[test]
    fn a_number_times_its_inverse_is_one() {
        for value in [1, 2, 3, 65_537, PRIME - 1] {
            assert_eq!(value * inverse(value) % PRIME, 1);
        }
    }
}
