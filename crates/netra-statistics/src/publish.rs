//! From the counts of all matters to public tables.
//!
//! The tables of one unit hang together: rows (the parts of every dimension, and the total that they share), columns (all, each
//! election, each year) and areas (the country, its provinces, their regencies). What is hidden is decided over all of
//! them at once, so that another page does not tell what this one hides.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::Area;
use crate::dimension::{Dimension, Row, Unit, Value};
use crate::election::{ElectionRef, Slice};
use crate::suppress::{Line, suppress};

/// A count of matters that lie in one leaf, belong to one election and came in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell {
    /// The leaf.
    pub area: Area,
    /// The election.
    pub election: ElectionRef,
    /// The year of receipt.
    pub year: i16,
    /// The dimension.
    pub dimension: Dimension,
    /// The value.
    pub value: Value,
    /// How many.
    pub count: u64,
}

/// A count that may be shown, or the place of one that may not. What is not there is nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The area.
    pub area: Area,
    /// The column.
    pub slice: Slice,
    /// The row.
    pub row: Row,
    /// How many; none where that is hidden.
    pub count: Option<u64>,
}

/// The public tables. The order of the raw counts does not matter.
pub fn publish(raw: &[RawCell], smallest: u64) -> Vec<Cell> {
    let mut cells = Vec::new();
    for unit in Unit::ALL {
        let own: Vec<&RawCell> = raw.iter().filter(|cell| cell.dimension.unit() == *unit && cell.count > 0).collect();
        if !own.is_empty() {
            cells.extend(Cube::of(*unit, &own).shown(smallest));
        }
    }
    cells.sort();
    cells
}

/// The counts of one unit by area, column and row.
struct Cube {
    areas: Vec<Area>,
    slices: Vec<Slice>,
    rows: Vec<Row>,
    counts: Vec<u64>,
}

impl Cube {
    fn of(unit: Unit, raw: &[&RawCell]) -> Cube {
        let areas: BTreeSet<Area> = raw.iter().flat_map(|cell| cell.area.chain()).collect();
        let slices: BTreeSet<Slice> = raw.iter().flat_map(|cell| slices_of(cell)).collect();
        let parts = raw.iter().map(|cell| Row::Part(cell.dimension, cell.value.clone()));
        let rows: BTreeSet<Row> = parts.chain([Row::Total(unit)]).collect();
        let (areas, slices, rows) = (in_order(areas), in_order(slices), in_order(rows));
        let counts = vec![0; areas.len() * slices.len() * rows.len()];
        let mut cube = Cube { areas, slices, rows, counts };
        let (area_at, slice_at, row_at) = (places(&cube.areas), places(&cube.slices), places(&cube.rows));
        for cell in raw {
            let part = row_at.get(&Row::Part(cell.dimension, cell.value.clone())).copied();
            let total = (cell.dimension == unit.lead()).then(|| row_at.get(&Row::Total(unit)).copied()).flatten();
            for area in cell.area.chain().iter().filter_map(|area| area_at.get(area)) {
                for slice in slices_of(cell).iter().filter_map(|slice| slice_at.get(slice)) {
                    for row in part.into_iter().chain(total) {
                        let place = cube.place(*area, *slice, row);
                        if let Some(count) = cube.counts.get_mut(place) {
                            *count = count.saturating_add(cell.count);
                        }
                    }
                }
            }
        }
        cube
    }

    fn place(&self, area: usize, slice: usize, row: usize) -> usize {
        (area * self.slices.len() + slice) * self.rows.len() + row
    }

    /// The rows of each dimension.
    fn by_dimension(&self) -> BTreeMap<Dimension, Vec<usize>> {
        let mut found: BTreeMap<Dimension, Vec<usize>> = BTreeMap::new();
        for (n, row) in self.rows.iter().enumerate() {
            if let Row::Part(dimension, _) = row {
                found.entry(*dimension).or_default().push(n);
            }
        }
        found
    }

    /// The places of the columns that fit.
    fn columns(&self, fits: fn(&Slice) -> bool) -> Vec<usize> {
        self.slices.iter().enumerate().filter(|(_, slice)| fits(slice)).map(|(n, _)| n).collect()
    }

    /// Every sum that a reader could do, and those that stand on one page about one question.
    fn sums(&self) -> (Vec<Line>, Vec<Vec<usize>>) {
        let (mut lines, mut blocks) = (Vec::new(), Vec::new());
        let total = self.rows.iter().position(|row| matches!(row, Row::Total(_))).unwrap_or_default();
        let dimensions = self.by_dimension();
        let all = self.columns(|slice| *slice == Slice::All);
        let groups = [
            self.columns(|slice| matches!(slice, Slice::Election(_))),
            self.columns(|slice| matches!(slice, Slice::Year(_))),
        ];
        for area in 0..self.areas.len() {
            // The sums of one row over the columns stand on every page about its dimension; the total's on all of them.
            let mut over_columns: Vec<Vec<usize>> = Vec::with_capacity(self.rows.len());
            for row in 0..self.rows.len() {
                let mut own = Vec::new();
                for (whole, group) in all.iter().flat_map(|whole| groups.iter().map(move |group| (*whole, group))) {
                    own.push(lines.len());
                    let parts = group.iter().map(|slice| self.place(area, *slice, row)).collect();
                    lines.push(Line { total: self.place(area, whole, row), parts });
                }
                over_columns.push(own);
            }
            for rows in dimensions.values() {
                let mut block: Vec<usize> =
                    rows.iter().chain([&total]).filter_map(|row| over_columns.get(*row)).flatten().copied().collect();
                for slice in 0..self.slices.len() {
                    block.push(lines.len());
                    let parts = rows.iter().map(|row| self.place(area, slice, *row)).collect();
                    lines.push(Line { total: self.place(area, slice, total), parts });
                }
                blocks.push(block);
            }
        }
        self.sums_over_areas(&mut lines);
        (lines, blocks)
    }

    fn sums_over_areas(&self, lines: &mut Vec<Line>) {
        let area_at = places(&self.areas);
        let mut within: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (n, area) in self.areas.iter().enumerate() {
            if let Some(parent) = area.parent().and_then(|parent| area_at.get(&parent).copied()) {
                within.entry(parent).or_default().push(n);
            }
        }
        for (parent, children) in within {
            for slice in 0..self.slices.len() {
                for row in 0..self.rows.len() {
                    let parts = children.iter().map(|child| self.place(*child, slice, row)).collect();
                    lines.push(Line { total: self.place(parent, slice, row), parts });
                }
            }
        }
    }

    fn shown(self, smallest: u64) -> Vec<Cell> {
        let (lines, blocks) = self.sums();
        let hidden = suppress(&self.counts, &lines, &blocks, smallest);
        let mut cells = Vec::new();
        for (a, area) in self.areas.iter().enumerate() {
            for (s, slice) in self.slices.iter().enumerate() {
                for (r, row) in self.rows.iter().enumerate() {
                    let place = self.place(a, s, r);
                    let count = self.counts.get(place).copied().unwrap_or_default();
                    let is_hidden = hidden.get(place).copied().unwrap_or_default();
                    if is_hidden || count > 0 {
                        let count = (!is_hidden).then_some(count);
                        cells.push(Cell { area: area.clone(), slice: slice.clone(), row: row.clone(), count });
                    }
                }
            }
        }
        cells
    }
}

/// The columns in which a count stands.
fn slices_of(cell: &RawCell) -> [Slice; 3] {
    [Slice::All, Slice::Election(cell.election.clone()), Slice::Year(cell.year)]
}

fn in_order<T>(set: BTreeSet<T>) -> Vec<T> {
    set.into_iter().collect()
}

fn places<T: Ord + Clone>(list: &[T]) -> BTreeMap<T, usize> {
    list.iter().cloned().enumerate().map(|(n, item)| (item, n)).collect()
}
