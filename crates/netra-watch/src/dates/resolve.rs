//! Which day is meant.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use netra_law::time::{long_date, weekday_name};

use super::scan::{What, Which, Written};

/// The days from which others are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    /// The day of publication.
    pub published: Option<Date>,
    /// A full date of the text, for the year when the day of publication is not known.
    pub anchor: Option<Date>,
}

/// A day with how sure we are.
pub(super) struct Day {
    pub date: Date,
    pub confidence: f64,
    pub note: Option<String>,
}

impl Day {
    fn sure(date: Date, confidence: f64) -> Day {
        Day { date, confidence, note: None }
    }
}

/// The day that is meant, if anything tells it.
pub(super) fn resolve(written: &Written, base: Base) -> Option<Day> {
    match written.what {
        What::Full(date) => Some(full(date, written.weekday)),
        What::DayAndMonth { day, month } => without_year(day, month, written.weekday, base.published.or(base.anchor)?),
        What::Weekday(weekday, which) => {
            let (date, confidence) = named(weekday, which, base.published?)?;
            Some(Day::sure(date, confidence))
        }
        What::Offset(days) => {
            let date = base.published?.checked_add(Span::new().days(days)).ok()?;
            Some(Day::sure(date, if (-1..=0).contains(&days) { 0.8 } else { 0.7 }))
        }
        What::About(days) => {
            let date = base.published?.checked_add(Span::new().days(days)).ok()?;
            Some(Day { date, confidence: 0.3, note: Some("Hanya perkiraan: teks tidak menyebut harinya.".to_owned()) })
        }
    }
}

fn offset(date: Date) -> i8 {
    date.weekday().to_monday_zero_offset()
}

fn day_name(weekday: i8) -> &'static str {
    Weekday::from_monday_zero_offset(weekday).map_or("?", weekday_name)
}

fn full(date: Date, weekday: Option<i8>) -> Day {
    match weekday {
        None => Day::sure(date, 0.93),
        Some(weekday) if weekday == offset(date) => Day::sure(date, 0.98),
        Some(weekday) => {
            let other = other_year(date, weekday);
            let hint = other.map_or(String::new(), |day| format!(" Mungkin yang dimaksud {}.", long_date(day)));
            let note = format!(
                "Hari dan tanggal tidak cocok: teks menulis {}, padahal {}.{hint} Periksa sumbernya.",
                day_name(weekday),
                long_date(date)
            );
            Day { date, confidence: 0.5, note: Some(note) }
        }
    }
}

/// The same day of the year before or after, if it falls on that day of the week: a mistyped year.
fn other_year(date: Date, weekday: i8) -> Option<Date> {
    let near = [date.year() - 1, date.year() + 1].into_iter();
    near.filter_map(|year| Date::new(year, date.month(), date.day()).ok()).find(|day| offset(*day) == weekday)
}

/// The year that makes the day fall on its day of the week and near publication, rather before than after.
fn without_year(day: i8, month: i8, weekday: Option<i8>, near: Date) -> Option<Day> {
    let years = [near.year() - 1, near.year(), near.year() + 1].into_iter();
    let dates = years.filter_map(|year| Date::new(year, month, day).ok());
    let distance = |date: &Date| {
        let days = near.until(*date).map_or(0, |span| i64::from(span.get_days()));
        if days > 0 { days * 2 } else { -days }
    };
    let fits = |date: &Date| weekday.is_none_or(|weekday| weekday == offset(*date));
    let best = dates.clone().min_by_key(distance)?;
    if fits(&best) {
        return Some(Day::sure(best, if weekday.is_some() { 0.95 } else { 0.85 }));
    }
    match dates.filter(fits).min_by_key(distance) {
        Some(date) if distance(&date) < 550 => {
            let note = format!("Tahun tidak tertulis; {} dipilih karena harinya cocok.", long_date(date));
            Some(Day { date, confidence: 0.6, note: Some(note) })
        }
        _ => {
            let told = weekday.map_or("", day_name);
            let note = format!("Hari dan tanggal tidak cocok: teks menulis {told}, padahal {}.", long_date(best));
            Some(Day { date: best, confidence: 0.5, note: Some(note) })
        }
    }
}

fn named(weekday: i8, which: Which, published: Date) -> Option<(Date, f64)> {
    let back = (offset(published) - weekday).rem_euclid(7);
    let (days, confidence) = match which {
        Which::Latest => (back, 0.65),
        Which::Last if back == 0 => (7, 0.7),
        Which::Last => (back, 0.8),
        Which::OfLastWeek => (offset(published) - weekday + 7, 0.7),
    };
    let date = published.checked_sub(Span::new().days(i64::from(days))).ok()?;
    Some((date, confidence))
}
