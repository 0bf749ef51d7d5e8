//! YAML: a list of maps, one for each row. Values stay the text that was written: `07` keeps its zero.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_saphyr::Spanned;

use crate::table::{Complaints, finish};
use crate::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Sheet, SheetError};

/// Keys and values, the lists and maps around them: what a table at its limits has.
const MAX_NODES: usize = 2 * MAX_CELLS + MAX_ROWS + 2;
/// No table needs them, and each repeats a text that may be long.
const MAX_ALIASES: usize = 100;

pub(crate) fn read(text: &str) -> Result<Sheet, SheetError> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MAX_NODES,
            max_events: 2 * MAX_NODES,
            max_depth: 8,
            max_aliases: MAX_ALIASES,
        },
    };
    let maps: Vec<Spanned<Pairs>> = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let line = error.location().map_or(1, |place| line_of(place.line()));
        SheetError::Yaml { line }
    })?;
    let mut complaints = Complaints::default();
    let (mut columns, mut seen) = (Vec::new(), BTreeSet::new());
    let mut rows = Vec::with_capacity(maps.len());
    for map in maps {
        let mut row = Row { line: line_of(map.referenced.line()), cells: Vec::new() };
        for (name, value) in map.value.0 {
            let (name, value) = (name.trim().to_owned(), value.unwrap_or_default());
            if name.is_empty() {
                complaints.add(format!("Baris {}: isi tanpa nama kolom tidak dibaca.", row.line));
                continue;
            }
            if seen.insert(name.clone()) {
                columns.push(name.clone());
            }
            let value = complaints.short(row.line, value.trim());
            if !value.is_empty() {
                row.cells.push((name, value));
            }
        }
        if columns.len() > MAX_COLUMNS {
            return Err(SheetError::TooManyColumns { line: row.line });
        }
        if !row.cells.is_empty() {
            rows.push(row);
        }
    }
    finish(columns, rows, complaints)
}

fn line_of(line: u64) -> usize {
    usize::try_from(line).unwrap_or(1).max(1)
}

/// A map in the order in which it is written.
struct Pairs(Vec<(String, Option<String>)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct PairsVisitor;

        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of column names to texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(PairsVisitor)
    }
}
