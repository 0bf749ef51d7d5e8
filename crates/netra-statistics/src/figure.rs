//! One figure of a public page: a question, its parts, and their sum.

use netra_law::Law;

use crate::catalogue::{Catalogue, DimensionEntry, Listed, UnitEntry, ValueEntry};
use crate::dimension::{Dimension, Row};
use crate::election::Slice;
use crate::publish::Cell;

/// A count as the public sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// So many.
    Count(u64),
    /// It is not told: few people stand behind it, or it would give another one away.
    Hidden,
}

impl Shown {
    /// The count, if it is told.
    pub fn count(self) -> Option<u64> {
        match self {
            Shown::Count(count) => Some(count),
            Shown::Hidden => None,
        }
    }

    /// Its share of a whole in thousandths, rounded, if both are told and there is a whole.
    pub fn thousandths_of(self, whole: Shown) -> Option<u64> {
        let (part, whole) = (self.count()?, whole.count()?);
        part.checked_mul(1000)?.checked_add(whole / 2)?.checked_div(whole)
    }
}

/// A figure.
#[derive(Clone, Debug)]
#[doc(alias = "angka statistik")]
pub struct Figure<'c> {
    /// The question and what it means.
    pub dimension: &'c DimensionEntry,
    /// What is counted.
    pub unit: &'c UnitEntry,
    /// All of them.
    pub total: Shown,
    /// The parts, each with its label. Of long lists only those that are something.
    pub parts: Vec<FigurePart>,
}

/// A part of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigurePart {
    /// The value.
    pub value: ValueEntry,
    /// How many.
    pub shown: Shown,
}

/// The count of a row in a column; what is not published is nothing.
pub fn shown(cells: &[Cell], slice: &Slice, row: &Row) -> Shown {
    let found = cells.iter().find(|cell| cell.slice == *slice && cell.row == *row);
    match found.map(|cell| cell.count) {
        None => Shown::Count(0),
        Some(Some(count)) => Shown::Count(count),
        Some(None) => Shown::Hidden,
    }
}

/// All figures of one area, from its published cells, for one column.
pub fn figures<'c>(catalogue: &'c Catalogue, law: &Law, cells: &[Cell], slice: &Slice) -> Vec<Figure<'c>> {
    let column: Vec<Cell> = cells.iter().filter(|cell| cell.slice == *slice).cloned().collect();
    catalogue.dimensions().iter().filter_map(|entry| figure(catalogue, law, &column, slice, entry)).collect()
}

fn figure<'c>(
    catalogue: &'c Catalogue,
    law: &Law,
    column: &[Cell],
    slice: &Slice,
    entry: &'c DimensionEntry,
) -> Option<Figure<'c>> {
    let dimension: Dimension = entry.id;
    let unit = catalogue.unit(dimension.unit())?;
    let is_long = matches!(entry.from, Some(Listed::Violations | Listed::Authorities));
    let part = |value: ValueEntry| {
        let row = Row::Part(dimension, value.id.clone());
        FigurePart { shown: shown(column, slice, &row), value }
    };
    let parts = catalogue.values(entry, law).into_iter().map(part);
    let parts = parts.filter(|part| !is_long || part.shown != Shown::Count(0)).collect();
    let total = shown(column, slice, &Row::Total(dimension.unit()));
    Some(Figure { dimension: entry, unit, total, parts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_only_where_both_counts_are() {
        let table = [
            (Shown::Count(1), Shown::Count(3), Some(333)),
            (Shown::Count(2), Shown::Count(3), Some(667)),
            (Shown::Count(0), Shown::Count(0), None),
            (Shown::Hidden, Shown::Count(9), None),
            (Shown::Count(5), Shown::Hidden, None),
        ];
        for (part, whole, share) in table {
            assert_eq!(part.thousandths_of(whole), share, "{part:?} of {whole:?}");
        }
    }
}
