//! What can still be said of a date that is no single day: a month, a range, `paling lambat 22
//! Desember 2023`.

use jiff::civil::Date;

use super::dates::{exact, full_year, month_number};
use crate::time::Zone;

/// The days between which a vague date lies, as far as the text says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) earliest: Option<Date>,
    pub(super) latest: Option<Date>,
}

impl Bounds {
    pub(super) const NONE: Bounds = Bounds { earliest: None, latest: None };

    pub(super) fn on(date: Date) -> Bounds {
        Bounds { earliest: Some(date), latest: Some(date) }
    }
}

/// Ranges within ranges are not followed deeper than this.
const DEEPEST: u8 = 2;
/// The words that a date has at most: weekday, day, month, year, `pukul`, time, zone.
const MOST_WORDS: usize = 7;

/// Between the two ends of a range.
const BETWEEN: &[&str] =
    &["..", " s.d. ", " s.d ", " s/d ", " sd ", " sampai dengan ", " sampai ", " hingga ", " until ", " to ", " - "];
/// Before the latest possible day.
const UNTIL: &[&str] = &[
    "by",
    "paling lambat",
    "selambat-lambatnya",
    "sebelum",
    "sampai dengan",
    "sampai",
    "hingga",
    "s.d.",
    "s/d",
    "before",
    "until",
    "no later than",
];
/// Before the earliest possible day.
const SINCE: &[&str] = &["sejak", "mulai", "sesudah", "setelah", "paling awal", "after", "since", "from"];
/// Before something that is only roughly meant.
const ABOUT: &[&str] = &[
    "awal",
    "pertengahan",
    "tengah",
    "medio",
    "akhir",
    "sekitar",
    "kira-kira",
    "kurang lebih",
    "bulan",
    "tahun",
    "early",
    "mid",
    "late",
    "end of",
    "about",
    "around",
    "approx",
    "circa",
    "±",
    "~",
];

/// What a text that is no single day still says.
pub(super) fn bounds(text: &str, zone: Zone, depth: u8) -> Option<Bounds> {
    let text = text.trim();
    if depth > DEEPEST || text.is_empty() {
        return None;
    }
    let deeper = |part: &str| bounds(part, zone, depth + 1);
    for between in BETWEEN {
        let Some((from, to)) = text.split_once(between) else { continue };
        let (from, to) = (deeper(from), deeper(to));
        if from.is_some() || to.is_some() {
            return Some(Bounds { earliest: from.and_then(|b| b.earliest), latest: to.and_then(|b| b.latest) });
        }
    }
    if let Some(rest) = after(text, UNTIL) {
        return Some(Bounds { earliest: None, latest: deeper(rest)?.latest });
    }
    if let Some(rest) = after(text, SINCE) {
        return Some(Bounds { earliest: deeper(rest)?.earliest, latest: None });
    }
    if let Some(rest) = after(text, ABOUT) {
        // Early in a month lies in the month, but about a day may be before or after it.
        let meant = deeper(rest)?;
        return Some(if meant.earliest == meant.latest { Bounds::NONE } else { meant });
    }
    span(text, zone).or_else(|| begins_with_date(text, zone).then_some(Bounds::NONE))
}

/// What follows one of some words at the beginning of a text.
fn after<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let rest = text.strip_prefix(*word)?;
        let ends = rest.starts_with([' ', '-', ':']) || !word.ends_with(char::is_alphanumeric);
        ends.then(|| rest.trim_start_matches([' ', '-', ':', '.']))
    })
}

/// A day, a whole month or a whole year.
fn span(text: &str, zone: Zone) -> Option<Bounds> {
    if let Some((when, _)) = exact(text, zone) {
        return Some(Bounds::on(when.date()));
    }
    let parts: Vec<&str> = text.split([' ', '-', '/', '.', ',']).filter(|part| !part.is_empty()).collect();
    let (year, first, last) = match parts.as_slice() {
        [year] => (full_year(year)?, 1, 12),
        [year, month] if full_year(year).is_some() => {
            let month = month_number(month)?;
            (full_year(year)?, month, month)
        }
        [month, year] => {
            let month = month_number(month)?;
            (full_year(year)?, month, month)
        }
        _ => return None,
    };
    let earliest = Date::new(year, first, 1).ok()?;
    let latest = Date::new(year, last, 1).ok()?.last_of_month();
    Some(Bounds { earliest: Some(earliest), latest: Some(latest) })
}

/// Whether there is a date with something behind it: `2024-01-02 atau 2024-01-04`.
fn begins_with_date(text: &str, zone: Zone) -> bool {
    let ends = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).take(MOST_WORDS);
    ends.filter_map(|at| text.get(..at)).any(|start| exact(start, zone).is_some())
}
