//! Dates, distances and states in words, and the class of the badge beside them. A colour never
//! stands without its word.

use jiff::civil::Date;
use netra_docket::clocks::{OtherDay, Standing, Urgency, urgency};
use netra_law::calendar::{JointLeave, Seat};
use netra_law::event::When;
use netra_law::explain;
use netra_law::pack::{Basis, ClockRule, Regime};
use netra_law::time::{Moment, long_date, long_moment, short_date};
use netra_law::units::Unit;
use netra_law::{Law, LawError};

/// How many days are counted one by one before a distance is told in calendar days.
const FAR: u32 = 400;
const HOUR: i64 = 60 * 60;

/// A badge: its word and the class that colours it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    pub(crate) word: &'static str,
    pub(crate) class: &'static str,
}

/// A last moment as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// `Rabu, 24 Januari 2024`, with the time of day unless it is the end of the day.
    pub(crate) date: String,
    /// `besok`, `2 hari kerja lagi`, `terlambat 1 hari`.
    pub(crate) distance: String,
    /// The class that colours the distance by its urgency.
    pub(crate) class: &'static str,
}

/// A last moment in words, seen from now. `unit` is the clock's: working days are counted as such.
pub(crate) fn due(law: &Law, seat: &Seat, at: Moment, now: Moment, unit: Option<Unit>) -> Due {
    Due { date: last_moment(at), distance: distance(law, seat, at, now, unit), class: urgency_class(urgency(at, now)) }
}

/// The last moment in time: the day alone where it is the day's last second.
pub(crate) fn last_moment(at: Moment) -> String {
    let time = at.time();
    if (time.hour(), time.minute()) == (23, 59) { long_date(at.date()) } else { long_moment(at) }
}

/// The last days under other readings than the one worked to; empty where the law is not in doubt.
pub(crate) fn other_days(others: &[OtherDay]) -> String {
    let words =
        others.iter().map(|other| format!("{} ({})", short_date(other.day), explain::reading_name(&other.reading)));
    words.collect::<Vec<_>>().join(", ")
}

/// How far a last moment is from now.
pub(crate) fn distance(law: &Law, seat: &Seat, at: Moment, now: Moment, unit: Option<Unit>) -> String {
    let today = now.in_zone(at.zone()).date();
    let seconds = at.instant().as_second().saturating_sub(now.instant().as_second());
    if unit == Some(Unit::Hour) && seconds.abs() < 24 * HOUR {
        return hours(seconds);
    }
    let (from, to) = if seconds < 0 { (at.date(), today) } else { (today, at.date()) };
    let working = unit == Some(Unit::WorkingDay);
    match (seconds < 0, days(law, seat, from, to, working)) {
        (true, (0, _)) => "lewat hari ini".to_owned(),
        (true, (n, word)) => format!("terlambat {n} {word}"),
        (false, (0, _)) => "hari ini".to_owned(),
        (false, _) if from.tomorrow().is_ok_and(|tomorrow| tomorrow == to) => "besok".to_owned(),
        (false, (n, word)) => format!("{n} {word} lagi"),
    }
}

fn hours(seconds: i64) -> String {
    match (seconds < 0, seconds.abs() / HOUR) {
        (true, 0) => "terlambat kurang dari 1 jam".to_owned(),
        (true, n) => format!("terlambat {n} jam"),
        (false, 0) => "kurang dari 1 jam lagi".to_owned(),
        (false, n) => format!("{n} jam lagi"),
    }
}

/// Days between two days, the later one counted: working days if asked for and if there are any,
/// else calendar days.
fn days(law: &Law, seat: &Seat, from: Date, to: Date, working: bool) -> (i64, &'static str) {
    let counted = if working { working_days(law, seat, from, to).filter(|n| *n > 0) } else { None };
    match counted {
        Some(n) => (n, "hari kerja"),
        None => (to.duration_since(from).as_hours() / 24, "hari"),
    }
}

fn working_days(law: &Law, seat: &Seat, from: Date, to: Date) -> Option<i64> {
    let mut day = from;
    let mut count = 0;
    for _ in 0..FAR {
        if day >= to {
            return Some(count);
        }
        day = day.tomorrow().ok()?;
        let works = law.calendar().day(day, seat).ok()?.works(JointLeave::Rests);
        count += i64::from(works);
    }
    None
}

/// The class of a running clock's badge.
fn urgency_class(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Overdue => "bad",
        Urgency::Today => "warn",
        Urgency::Week => "info",
        Urgency::Later => "plain",
    }
}

/// The badge of any clock.
pub(crate) fn standing_badge(standing: Standing) -> Badge {
    let class = match standing {
        Standing::Kept => "good",
        Standing::Missed | Standing::Overdue => "bad",
        Standing::Running => "info",
        Standing::Extended | Standing::Stopped | Standing::Informative => "plain",
    };
    Badge { word: standing.indonesian(), class }
}

/// When something happened.
pub(crate) fn when(when: When) -> String {
    match when {
        When::Day(date) => long_date(date),
        When::At(moment) => long_moment(moment),
    }
}

/// An article, and how sure we are of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Article {
    pub(crate) cite: String,
    pub(crate) certainty: &'static str,
    pub(crate) note: String,
}

impl Article {
    pub(crate) fn of(basis: &Basis) -> Article {
        Article {
            cite: basis.cite.clone(),
            certainty: basis.certainty.indonesian(),
            note: basis.note.clone().unwrap_or_default(),
        }
    }
}

/// Why a clock has no date, and what to do.
pub(crate) fn fault(fault: &LawError) -> String {
    match fault {
        LawError::OutsideCalendar { date, from, to } => format!(
            "Batas waktu yang melewati {} tidak dihitung: hari libur yang tersedia hanya tahun {from} sampai {to}. Hitung sendiri menurut keputusan hari libur, dan minta administrator memasang kalender tahun {}.",
            long_date(*date),
            date.year()
        ),
        LawError::NoPack { regime, date } => format!(
            "Tidak ada aturan {} yang terpasang untuk {}. Batas waktunya tidak dihitung; minta administrator memasang aturannya.",
            regime.indonesian(),
            long_date(*date)
        ),
        LawError::Range | LawError::Time(_) => {
            "Ada tanggal di luar jangkauan perhitungan. Periksa tanggal pada catatan, lalu betulkan bila keliru."
                .to_owned()
        }
    }
}

/// The rule of a clock, sought in the procedure of the matter first.
pub(crate) fn clock_rule<'l>(law: &'l Law, regime: Regime, on: Date, id: &str) -> Option<&'l ClockRule> {
    let own = law.pack_for(regime, on).ok().and_then(|pack| pack.clock(id));
    own.or_else(|| law.packs().iter().find_map(|pack| pack.clock(id)))
}

/// A day as phones and printers show it small: `Sen 22`.
pub(crate) fn day_label(date: Date) -> String {
    let name = netra_law::time::weekday_name(date.weekday());
    format!("{} {}", name.get(..3).unwrap_or(name), date.day())
}

#[cfg(test)]
mod tests {
    use netra_law::time::Zone;

    use super::*;

    fn far(at: &str, now: &str, unit: Option<Unit>) -> String {
        let law = Law::embedded().unwrap();
        let seat = Seat::new(Zone::Wita, "64.71");
        distance(&law, &seat, at.parse().unwrap(), now.parse().unwrap(), unit)
    }

    #[test]
    fn distances_as_people_say_them() {
        let working = Some(Unit::WorkingDay);
        let end = "2024-01-24T23:59:59+08:00";
        let table = [
            ("2024-01-24T08:00:00+08:00", working, "hari ini"),
            ("2024-01-24T23:59:59+08:00", working, "hari ini"),
            ("2024-01-23T08:00:00+08:00", working, "besok"),
            ("2024-01-22T08:00:00+08:00", working, "2 hari kerja lagi"),
            // A weekend lies between.
            ("2024-01-19T08:00:00+08:00", working, "3 hari kerja lagi"),
            ("2024-01-19T08:00:00+08:00", Some(Unit::CalendarDay), "5 hari lagi"),
            ("2024-01-25T00:00:00+08:00", working, "terlambat 1 hari kerja"),
            ("2024-01-26T09:00:00+08:00", working, "terlambat 2 hari kerja"),
            ("2024-01-25T09:00:00+08:00", None, "terlambat 1 hari"),
        ];
        for (now, unit, expected) in table {
            assert_eq!(far(end, now, unit), expected, "{now}");
        }
        // On a Saturday no working day has passed since Friday.
        assert_eq!(far("2024-01-19T16:00:00+08:00", "2024-01-20T09:00:00+08:00", working), "terlambat 1 hari");
        assert_eq!(far("2024-01-19T16:00:00+08:00", "2024-01-19T17:00:00+08:00", working), "lewat hari ini");
    }

    #[test]
    fn hours_are_told_in_hours() {
        let hour = Some(Unit::Hour);
        let end = "2024-01-19T17:10:00+08:00";
        assert_eq!(far(end, "2024-01-19T14:10:00+08:00", hour), "3 jam lagi");
        assert_eq!(far(end, "2024-01-19T16:30:00+08:00", hour), "kurang dari 1 jam lagi");
        assert_eq!(far(end, "2024-01-19T19:10:00+08:00", hour), "terlambat 2 jam");
    }

    #[test]
    fn outside_the_packed_years_calendar_days_are_told() {
        let near = far("2190-01-24T23:59:59+08:00", "2190-01-20T08:00:00+08:00", Some(Unit::WorkingDay));
        assert_eq!(near, "4 hari lagi");
    }

    #[test]
    fn the_time_is_told_unless_it_is_the_days_end() {
        assert_eq!(last_moment("2024-01-24T23:59:59+08:00".parse().unwrap()), "Rabu, 24 Januari 2024");
        assert_eq!(last_moment("2024-01-24T16:00:00+08:00".parse().unwrap()), "Rabu, 24 Januari 2024 pukul 16.00 WITA");
    }
}
