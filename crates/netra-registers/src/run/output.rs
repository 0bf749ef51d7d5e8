//! The result as CSV.

use std::io::{self, Write};

use super::{Settings, Summary};
use crate::assign::{Class, Given, Scored, class};
use crate::index::Candidate;
use crate::model::Model;
use crate::reasons::reasons;

/// The columns.
const HEAD: [&str; 5] = ["candidate_id", "civil_servant_id", "probability", "class", "reasons"];
/// What makes a spreadsheet program take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Nothing is certain.
const HIGHEST: f64 = 0.9999;

/// Writes the pairs, and counts them in the summary.
pub(super) fn write(
    out: &mut dyn Write,
    people: &[Candidate],
    lists: &[Vec<Scored>],
    model: &Model,
    settings: &Settings,
    summary: &mut Summary,
) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(HEAD)?;
    for (candidate, list) in people.iter().zip(lists) {
        let proposed = list.iter().filter(|scored| scored.probability >= settings.threshold);
        let mut is_proposed = false;
        for scored in proposed.take(settings.top.get()) {
            let class = class(scored, &model.class);
            rows.write_record(row(scored, class, candidate, people, &model.version))?;
            is_proposed = true;
            for (known, count) in Class::ALL.iter().zip(&mut summary.written) {
                *count += u64::from(*known == class);
            }
        }
        summary.proposed += u64::from(is_proposed);
    }
    rows.flush()
}

fn row(scored: &Scored, class: Class, candidate: &Candidate, people: &[Candidate], version: &str) -> [String; 5] {
    let other = match scored.given {
        Given::ToOther(number) => usize::try_from(number).ok().and_then(|place| people.get(place)),
        Given::Here | Given::ToNone => None,
    };
    [
        harmless(&candidate.id),
        harmless(&scored.pair.id),
        format!("{:.4}", scored.probability.min(HIGHEST)),
        class.id().to_owned(),
        reasons(scored, candidate, other, version),
    ]
}

/// A cell that no spreadsheet program takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}
