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
pub(super) const HIGHEST: f64 = 0.9999;

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
        let mut is_proposed = false;
        for scored in proposed(list, settings) {
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

/// The pairs of a candidate that are told of, the best first.
pub(super) fn proposed<'l>(list: &'l [Scored], settings: &Settings) -> impl Iterator<Item = &'l Scored> {
    let threshold = settings.threshold;
    list.iter().filter(move |scored| scored.probability >= threshold).take(settings.top.get())
}

/// The candidate to whom the servant of a pair was given instead, if it was.
pub(super) fn other<'p>(scored: &Scored, people: &'p [Candidate]) -> Option<&'p Candidate> {
    match scored.given {
        Given::ToOther(number) => usize::try_from(number).ok().and_then(|place| people.get(place)),
        Given::Here | Given::ToNone => None,
    }
}

fn row(scored: &Scored, class: Class, candidate: &Candidate, people: &[Candidate], version: &str) -> [String; 5] {
    [
        harmless(&candidate.id),
        harmless(&scored.pair.id),
        format!("{:.4}", scored.probability.min(HIGHEST)),
        class.id().to_owned(),
        reasons(scored, candidate, other(scored, people), version),
    ]
}

/// A cell that no spreadsheet program takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}
