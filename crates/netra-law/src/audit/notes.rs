//! What is said under a verdict.

use jiff::civil::Date;

use super::limit::Limit;
use super::vague::Bounds;
use super::{ReadingVerdict, Verdict};
use crate::LawError;
use crate::clock::Deadline;
use crate::explain::reading_name;
use crate::pack::ClockRule;
use crate::time::long_date;

/// Under which readings it was kept and under which missed.
pub(super) fn how_it_depends(deadline: &Deadline<'_>, readings: &[ReadingVerdict]) -> String {
    let list = |verdict: Verdict| {
        let those = readings.iter().filter(|r| r.verdict == verdict);
        those.map(|r| format!("{} (sampai {})", named(&r.id), long_date(r.due_date))).collect::<Vec<_>>().join(" atau ")
    };
    let mut note = format!("Tepat waktu bila {}; lewat waktu bila {}.", list(Verdict::Kept), list(Verdict::Missed));
    if let Some(settled) = &deadline.rule.settled {
        note.push_str(&format!(" Yang dipakai dalam praktik: {}.", named(&settled.reading)));
    }
    note
}

/// A reading's name inside a sentence.
pub(super) fn named(reading: &str) -> String {
    let name = reading_name(reading);
    let mut letters = name.chars();
    let first = letters.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(letters).collect()
}

/// That there is no date for the end.
pub(super) fn missing(rule: &ClockRule) -> String {
    if rule.ends.is_empty() {
        return "Tidak ada peristiwa yang menandai selesainya.".to_owned();
    }
    let ends: Vec<String> = rule.ends.iter().map(|kind| format!("{} ({kind})", kind.indonesian())).collect();
    format!("Tanggal {} tidak ada.", ends.join(" atau "))
}

/// What a vague date allows to say: nothing, or that it makes no difference. Begins with a space.
pub(super) fn rough_verdict(bounds: Bounds, limits: &[Limit]) -> String {
    let before = |day: Date| limits.iter().all(|limit| day <= limit.date);
    let after = |day: Date| limits.iter().all(|limit| day > limit.date);
    match (bounds.earliest, bounds.latest) {
        (_, Some(latest)) if before(latest) => {
            format!(" Bila benar paling lambat {}, masih dalam waktu.", long_date(latest))
        }
        (Some(earliest), _) if after(earliest) => {
            format!(" Bila benar paling awal {}, sudah lewat waktu.", long_date(earliest))
        }
        _ => String::new(),
    }
}

/// Why the law gives no answer, for those who read Indonesian.
pub(super) fn in_words(error: &LawError) -> String {
    match error {
        LawError::OutsideCalendar { date, from, to } => {
            format!("{} di luar tahun yang hari liburnya dimuat ({from} sampai {to}).", long_date(*date))
        }
        LawError::NoPack { regime, date } => {
            format!("Aturan {} yang berlaku pada {} tidak dimuat.", regime.indonesian(), long_date(*date))
        }
        LawError::Range | LawError::Time(_) => "Tanggalnya di luar tahun yang dapat dihitung.".to_owned(),
    }
}
