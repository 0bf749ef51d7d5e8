//! No hidden count can be worked out from the shown ones, checked by arithmetic that shares nothing with the code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

use std::collections::{BTreeMap, BTreeSet};

use netra_statistics::{Area, Cell, Dimension, ElectionRef, RawCell, Row, Slice, Value, publish};
use proptest::prelude::*;
use proptest::sample::select;

const SMALLEST: u64 = 5;

/// Exact fractions, for an elimination that cannot round.
type Fraction = (i128, i128);

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

fn reduced((n, d): Fraction) -> Fraction {
    let by = gcd(n, d).max(1) * if d < 0 { -1 } else { 1 };
    (n / by, d / by)
}

fn minus_times(a: Fraction, b: Fraction, c: Fraction) -> Fraction {
    reduced((a.0 * b.1 * c.1 - b.0 * c.0 * a.1, a.1 * b.1 * c.1))
}

fn over(a: Fraction, b: Fraction) -> Fraction {
    reduced((a.0 * b.1, a.1 * b.0))
}

/// The unknowns that a system of sums determines: Gauss and Jordan over fractions.
fn determined(system: &[BTreeMap<usize, i128>], unknowns: usize) -> Vec<usize> {
    let mut rows: Vec<Vec<Fraction>> =
        system.iter().map(|row| (0..unknowns).map(|n| (row.get(&n).copied().unwrap_or(0), 1)).collect()).collect();
    let mut lead = 0;
    for column in 0..unknowns {
        let Some(pivot) = (lead..rows.len()).find(|r| rows[*r][column].0 != 0) else { continue };
        rows.swap(lead, pivot);
        let by = rows[lead][column];
        for cell in &mut rows[lead] {
            *cell = over(*cell, by);
        }
        for r in (0..rows.len()).filter(|r| *r != lead) {
            let times = rows[r][column];
            if times.0 != 0 {
                let of_lead = rows[lead].clone();
                for (cell, other) in rows[r].iter_mut().zip(of_lead) {
                    *cell = minus_times(*cell, times, other);
                }
            }
        }
        lead += 1;
    }
    let alone = |row: &Vec<Fraction>| {
        let filled: Vec<usize> = (0..unknowns).filter(|n| row[*n].0 != 0).collect();
        (filled.len() == 1).then(|| filled[0])
    };
    rows.iter().filter_map(alone).collect()
}

type Key = (String, Slice, Row);

/// What a reader sees: shown counts, hidden places; everything else is nothing.
struct Seen {
    cells: BTreeMap<Key, Option<u64>>,
    areas: BTreeSet<String>,
    slices: BTreeSet<Slice>,
    rows: BTreeSet<Row>,
}

impl Seen {
    fn of(cells: &[Cell]) -> Seen {
        let key = |cell: &Cell| (cell.area.to_string(), cell.slice.clone(), cell.row.clone());
        Seen {
            cells: cells.iter().map(|cell| (key(cell), cell.count)).collect(),
            areas: cells.iter().map(|cell| cell.area.to_string()).collect(),
            slices: cells.iter().map(|cell| cell.slice.clone()).collect(),
            rows: cells.iter().map(|cell| cell.row.clone()).collect(),
        }
    }

    fn is_hidden(&self, key: &Key) -> bool {
        self.cells.get(key) == Some(&None)
    }

    /// The sums over the parts of each dimension, and over elections and years, in one area.
    fn sums_of_page(&self, area: &str, dimension: Dimension) -> Vec<(Key, Vec<Key>)> {
        let rows: Vec<&Row> = self.rows.iter().filter(|r| matches!(r, Row::Part(d, _) if *d == dimension)).collect();
        let total = Row::Total(dimension.unit());
        let key = |slice: &Slice, row: &Row| (area.to_owned(), slice.clone(), row.clone());
        let mut sums = Vec::new();
        for slice in &self.slices {
            sums.push((key(slice, &total), rows.iter().map(|row| key(slice, row)).collect()));
        }
        for row in rows.iter().copied().chain([&total]) {
            for is_election in [true, false] {
                let group = self.slices.iter().filter(|s| match s {
                    Slice::All => false,
                    Slice::Election(_) => is_election,
                    Slice::Year(_) => !is_election,
                });
                sums.push((key(&Slice::All, row), group.map(|slice| key(slice, row)).collect()));
            }
        }
        sums
    }

    /// The sums of a country or province over what lies in it.
    fn sums_over_areas(&self) -> Vec<(Key, Vec<Key>)> {
        let mut sums = Vec::new();
        for parent in &self.areas {
            let is_child =
                |area: &&String| area.parse::<Area>().unwrap().parent().is_some_and(|p| p.as_str() == parent);
            let children: Vec<&String> = self.areas.iter().filter(is_child).collect();
            if children.is_empty() {
                continue;
            }
            for slice in &self.slices {
                for row in &self.rows {
                    let key = |area: &String| (area.clone(), slice.clone(), row.clone());
                    sums.push((key(parent), children.iter().map(|child| key(child)).collect()));
                }
            }
        }
        sums
    }

    fn hidden_in(&self, (total, parts): &(Key, Vec<Key>)) -> Vec<Key> {
        parts.iter().chain([total]).filter(|key| self.is_hidden(key)).cloned().collect()
    }
}

fn raw_cells() -> impl Strategy<Value = Vec<RawCell>> {
    let area = select(vec!["64.71", "64.09", "64.00", "31.71", "31.72", "00"]);
    let election = select(vec!["pemilu-2024", "pilkada-2024", "?"]);
    let year = select(vec![2023_i16, 2024]);
    // A few large groups among many small ones: where hiding is hard.
    let count = prop_oneof![4 => 0_u64..4, 2 => 4_u64..12, 1 => 12_u64..300];
    let source = select(vec!["report", "finding", "information"]);
    let outcome = select(vec!["open", "violation", "no-violation", "not-registered"]);
    prop::collection::vec((area, election, year, source, outcome, count), 1..30).prop_map(|list| {
        let mut found: BTreeMap<(String, String, i16, Dimension, String), u64> = BTreeMap::new();
        for (area, election, year, source, outcome, count) in list {
            for (dimension, value) in [(Dimension::Source, source), (Dimension::Outcome, outcome)] {
                let key = (area.to_owned(), election.to_owned(), year, dimension, value.to_owned());
                *found.entry(key).or_default() += count;
            }
        }
        let cell =
            |((area, election, year, dimension, value), count): ((String, String, i16, Dimension, String), u64)| {
                let election = ElectionRef::from(election);
                RawCell { area: area.parse().unwrap(), election, year, dimension, value: Value::new(value), count }
            };
        found.into_iter().map(cell).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_small_count_is_shown(raw in raw_cells()) {
        for cell in publish(&raw, SMALLEST) {
            prop_assert!(cell.count.is_none_or(|count| count >= SMALLEST), "{cell:?}");
        }
    }

    #[test]
    fn what_is_shown_is_true(raw in raw_cells()) {
        let open: BTreeMap<Key, Option<u64>> = Seen::of(&publish(&raw, 1)).cells;
        for cell in publish(&raw, SMALLEST).into_iter().filter(|cell| cell.count.is_some()) {
            let key = (cell.area.to_string(), cell.slice.clone(), cell.row.clone());
            prop_assert_eq!(open.get(&key).copied().flatten(), cell.count);
        }
    }

    /// No single subtraction: in no sum, on one page or across areas, is exactly one count hidden; and where the total is
    /// shown, what is hidden comes to no fewer than may be shown.
    #[test]
    fn no_subtraction_gives_a_hidden_count(raw in raw_cells()) {
        let seen = Seen::of(&publish(&raw, SMALLEST));
        let open = Seen::of(&publish(&raw, 1)).cells;
        let asked = [Dimension::Source, Dimension::Outcome];
        let pages = seen.areas.iter().flat_map(|area| asked.map(|dimension| (area, dimension)));
        let mut sums: Vec<(Key, Vec<Key>)> = pages.flat_map(|(area, d)| seen.sums_of_page(area, d)).collect();
        sums.extend(seen.sums_over_areas());
        for sum in &sums {
            let hidden = seen.hidden_in(sum);
            prop_assert_ne!(hidden.len(), 1, "{:?}", sum.0);
            if !hidden.is_empty() && !hidden.contains(&sum.0) {
                let people: u64 = hidden.iter().map(|key| open.get(key).copied().flatten().unwrap_or(0)).sum();
                prop_assert!(people >= SMALLEST, "{:?} hides {people}", sum.0);
            }
        }
    }

    /// No combination of the sums of one page either.
    #[test]
    fn no_combination_of_sums_of_a_page_gives_a_hidden_count(raw in raw_cells()) {
        let seen = Seen::of(&publish(&raw, SMALLEST));
        for area in &seen.areas {
            for dimension in [Dimension::Source, Dimension::Outcome] {
                let sums = seen.sums_of_page(area, dimension);
                let hidden: BTreeSet<Key> = sums.iter().flat_map(|sum| seen.hidden_in(sum)).collect();
                let place = |key: &Key| hidden.iter().position(|known| known == key);
                let system: Vec<BTreeMap<usize, i128>> = sums
                    .iter()
                    .map(|(total, parts)| {
                        let parts = parts.iter().filter_map(place).map(|n| (n, 1));
                        parts.chain(place(total).map(|n| (n, -1))).collect()
                    })
                    .collect();
                prop_assert_eq!(determined(&system, hidden.len()), Vec::<usize>::new(), "{} {}", area, dimension.id());
            }
        }
    }

    /// The order in which counts come does not matter.
    #[test]
    fn the_same_counts_give_the_same_tables(raw in raw_cells()) {
        let mut turned = raw.clone();
        turned.reverse();
        prop_assert_eq!(publish(&raw, SMALLEST), publish(&turned, SMALLEST));
    }
}

/// Guards the oracle: it sees what two sums give together.
#[test]
fn the_oracle_sees_what_follows() {
    let row = |places: &[usize]| places.iter().map(|n| (*n, 1)).collect::<BTreeMap<usize, i128>>();
    assert_eq!(determined(&[row(&[0, 1]), row(&[0, 1, 2])], 3), [2]);
    assert_eq!(determined(&[row(&[0, 1]), row(&[1, 2])], 3), Vec::<usize>::new());
    assert_eq!(determined(&[row(&[0, 1]), row(&[1, 2]), row(&[0, 2])], 3), [0, 1, 2]);
}
