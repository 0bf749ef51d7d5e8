//! The dated facts of a row.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::CaseRow;
use super::dates::{Dated, read};
use super::vague::Bounds;
use crate::event::{Event, EventKind, When};
use crate::time::Zone;

/// The column that says in which region the office sits; decides whose election stages apply.
const REGION: &str = "region";
/// The longest text that is repeated in a remark.
const LONGEST_QUOTE: usize = 60;

/// A dated event as the sheet has it.
pub(super) struct Fact {
    pub(super) kind: EventKind,
    /// As it was typed.
    pub(super) text: String,
    /// Never [`Dated::Empty`].
    pub(super) dated: Dated,
}

impl Fact {
    /// When, if that is known for sure.
    pub(super) fn when(&self) -> Option<When> {
        match &self.dated {
            Dated::Exact(when, _) => Some(*when),
            Dated::Vague(_) | Dated::Unreadable | Dated::Empty => None,
        }
    }

    /// What a vague text still says.
    pub(super) fn bounds(&self) -> Bounds {
        match &self.dated {
            Dated::Vague(bounds) => *bounds,
            Dated::Exact(when, _) => Bounds::on(when.date()),
            Dated::Unreadable | Dated::Empty => Bounds::NONE,
        }
    }

    /// Why the date can't be worked with, as the end of a sentence.
    pub(super) fn doubt(&self) -> String {
        match &self.dated {
            Dated::Vague(_) => format!("tidak pasti: tertulis {}", quoted(&self.text)),
            Dated::Unreadable | Dated::Empty | Dated::Exact(..) => {
                format!("tidak terbaca: tertulis {}", quoted(&self.text))
            }
        }
    }
}

/// All facts of a row, at most one for each kind of event.
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    /// Reads the cells of a row. `told` are the unknown columns that were remarked before.
    pub(super) fn gather(row: &CaseRow, zone: Zone, told: &mut BTreeSet<String>, warnings: &mut Vec<String>) -> Facts {
        let mut facts: Vec<Fact> = Vec::new();
        for (column, text) in &row.cells {
            let Some(kind) = kind_of(column) else {
                let name = plain(column);
                if name != REGION && !text.trim().is_empty() && told.insert(name) {
                    warnings.push(format!("Kolom {} tidak dikenal dan tidak dipakai.", quoted(column)));
                }
                continue;
            };
            let dated = read(text, zone);
            match &dated {
                Dated::Empty => continue,
                Dated::Exact(_, remarks) => {
                    warnings.extend(remarks.iter().map(|remark| format!("Kolom {kind}: {remark}")));
                }
                Dated::Unreadable => warnings.push(format!(
                    "Kolom {kind}: {} tidak terbaca sebagai tanggal. Tulis seperti 2024-01-19, 19/1/2024 17.10 atau 19 Januari 2024.",
                    quoted(text)
                )),
                Dated::Vague(_) => {}
            }
            match facts.iter().find(|f| f.kind == kind).map(|first| first.dated == dated) {
                None => facts.push(Fact { kind, text: text.trim().to_owned(), dated }),
                Some(true) => {}
                Some(false) => {
                    warnings.push(format!("Kolom {kind} ada dua kali dengan isi berbeda; yang pertama dipakai."));
                }
            }
        }
        Facts(facts)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get(&self, kind: EventKind) -> Option<&Fact> {
        self.0.iter().find(|f| f.kind == kind)
    }

    pub(super) fn when(&self, kind: EventKind) -> Option<When> {
        self.get(kind).and_then(Fact::when)
    }

    /// The events that are known for sure.
    pub(super) fn events(&self) -> Vec<Event> {
        self.0.iter().filter_map(|f| Some(Event { kind: f.kind, when: f.when()? })).collect()
    }

    /// A day near which all this took place, where no date is known for sure.
    pub(super) fn rough_day(&self) -> Option<Date> {
        self.0.iter().map(Fact::bounds).find_map(|b| b.earliest.or(b.latest))
    }
}

/// The region of the office, if the row tells it.
pub(super) fn region(row: &CaseRow) -> &str {
    row.cells.iter().find(|(column, _)| plain(column) == REGION).map_or("", |(_, text)| text.trim())
}

/// The event that a column is about: by its id, or by its Indonesian words.
pub(super) fn kind_of(column: &str) -> Option<EventKind> {
    let name = plain(column);
    let mut kinds = EventKind::ALL.iter().copied();
    let by_id = kinds.clone().find(|k| k.id() == name);
    by_id.or_else(|| kinds.find(|k| plain(k.indonesian()) == name))
}

/// The name of a column without the differences that people make: case, spaces, underscores.
pub(super) fn plain(column: &str) -> String {
    let column = column.trim_start_matches('\u{FEFF}').trim().to_lowercase();
    column.split([' ', '\u{A0}', '_', '-']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// A text in quotation marks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    let mut start: String = text.chars().take(LONGEST_QUOTE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST_QUOTE).is_some() {
        start.push('…');
    }
    format!("'{start}'")
}
