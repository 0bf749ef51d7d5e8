//! Receiving hours: when a report counts as received.

use jiff::civil::{Date, Time, Weekday};

use crate::calendar::{DayKind, JointLeave, Seat};
use crate::event::When;
use crate::pack::{Day, Regime};
use crate::time::{Moment, long_moment};
use crate::{Law, LawError, Pack};

/// Whether the counter is open, and when it opens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// Whether it is open at that moment.
    pub open: bool,
    /// When it opens next, if it is closed and the calendar reaches that far.
    pub next_opening: Option<Moment>,
    /// Why it is open or closed, in Indonesian.
    pub why: String,
}

/// The opening window of a day: first and last moment, both inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First moment.
    pub open: Time,
    /// Last moment.
    pub close: Time,
    /// Whether it is a day of round-the-clock reception.
    pub kind: WindowKind,
}

/// Ordinary hours or day and night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// Office hours.
    OfficeHours,
    /// Quiet period or voting day.
    AroundTheClock,
}

const DAY_START: Time = Time::constant(0, 0, 0, 0);
const DAY_END: Time = Time::constant(23, 59, 59, 0);

/// When the counter is open on a day; none when it is closed.
///
/// # Errors
/// The day lies outside the packed years.
pub fn window(law: &Law, pack: &Pack, seat: &Seat, date: Date) -> Result<Option<Window>, LawError> {
    if let Some(rule) = &pack.head.around_the_clock {
        let staged = law.stages_on(pack.head.regime, &seat.region, date).any(|stage| rule.stages.contains(&stage.kind));
        if staged {
            return Ok(Some(Window { open: DAY_START, close: DAY_END, kind: WindowKind::AroundTheClock }));
        }
    }
    let staged = pack.head.stage_hours.iter().find(|hours| {
        law.stages_on(pack.head.regime, &seat.region, date).any(|stage| hours.stages.contains(&stage.kind))
    });
    if let Some(hours) = staged {
        return Ok(Some(Window { open: hours.open, close: hours.close, kind: WindowKind::OfficeHours }));
    }
    if !law.calendar().day(date, seat)?.works(JointLeave::Rests) {
        return Ok(None);
    }
    let today = pack_day(date.weekday());
    let hours = pack.head.hours.iter().find(|h| h.days.contains(&today));
    Ok(hours.map(|h| Window { open: h.open, close: h.close, kind: WindowKind::OfficeHours }))
}

/// When a delivery counts as received, and why if that is later.
///
/// Within hours it is the moment itself; otherwise the next opening. A delivery of which only the
/// day is known counts on that day if the counter was open at all.
///
/// # Errors
/// The days lie outside the packed years.
pub fn received(law: &Law, pack: &Pack, seat: &Seat, delivered: When) -> Result<(When, Option<String>), LawError> {
    let today = window(law, pack, seat, delivered.date())?;
    match (delivered, today) {
        (When::Day(_), Some(_)) => Ok((delivered, None)),
        (When::At(at), Some(w)) if at.time() >= w.open && within(at.time(), w.close) => Ok((delivered, None)),
        (When::At(at), Some(w)) if at.time() < w.open => {
            let opening = Moment::from_wall(at.date().to_datetime(w.open), seat.zone)?;
            Ok((When::At(opening), Some(OUTSIDE.to_owned())))
        }
        _ => {
            let opening = next_opening(law, pack, seat, delivered.date())?;
            let received = match delivered {
                When::At(_) => When::At(opening),
                When::Day(_) => When::Day(opening.date()),
            };
            Ok((received, Some(OUTSIDE.to_owned())))
        }
    }
}

/// The reason code in JSON for a receipt that was put off.
pub const OUTSIDE: &str = "outside receiving hours";

/// The closing minute is still inside: 16:00:00 is in time, 16:00:01 is not.
fn within(time: Time, close: Time) -> bool {
    time <= close
}

fn next_opening(law: &Law, pack: &Pack, seat: &Seat, after: Date) -> Result<Moment, LawError> {
    let mut day = after;
    loop {
        day = day.tomorrow().map_err(|_| LawError::Range)?;
        if let Some(w) = window(law, pack, seat, day)? {
            return Ok(Moment::from_wall(day.to_datetime(w.open), seat.zone)?);
        }
    }
}

/// The last moment of reception on or before a day, looking back at most a month.
///
/// # Errors
/// The days lie outside the packed years.
pub fn last_open_moment(law: &Law, pack: &Pack, seat: &Seat, date: Date) -> Result<Option<Moment>, LawError> {
    let mut day = date;
    for _ in 0..31 {
        if let Some(w) = window(law, pack, seat, day)? {
            return Ok(Some(Moment::from_wall(day.to_datetime(w.close), seat.zone)?));
        }
        day = day.yesterday().map_err(|_| LawError::Range)?;
    }
    Ok(None)
}

/// Whether the counter is open now, in words.
///
/// # Errors
/// No pack for that day, or the day lies outside the packed years.
pub fn reception(law: &Law, regime: Regime, seat: &Seat, now: Moment) -> Result<Reception, LawError> {
    let pack = law.pack_for(regime, now.date())?;
    let today = window(law, pack, seat, now.date())?;
    if let Some(w) = today.filter(|w| now.time() >= w.open && within(now.time(), w.close)) {
        let why = match w.kind {
            WindowKind::AroundTheClock => {
                "Loket buka 24 jam hari ini (masa tenang atau hari pemungutan suara).".to_owned()
            }
            WindowKind::OfficeHours => {
                format!("Loket buka sampai pukul {:02}.{:02} {}.", w.close.hour(), w.close.minute(), seat.zone)
            }
        };
        return Ok(Reception { open: true, next_opening: None, why });
    }
    // The next opening may lie in a year whose holidays are not packed yet.
    let opening = received(law, pack, seat, When::At(now)).ok().and_then(|(at, _)| at.moment());
    let reason = closed_reason(law.calendar().day(now.date(), seat)?);
    let next = opening.map(|m| format!(" Buka lagi {}.", long_moment(m))).unwrap_or_default();
    Ok(Reception { open: false, next_opening: opening, why: format!("Loket tutup{reason}.{next}") })
}

fn closed_reason(day: DayKind<'_>) -> String {
    match day {
        DayKind::Working => " di luar jam penerimaan".to_owned(),
        DayKind::Weekend(_) => " (akhir pekan)".to_owned(),
        DayKind::National(h) | DayKind::Joint(h) => format!(" ({})", h.name),
        DayKind::Regional(h) => format!(" ({})", h.name),
    }
}

fn pack_day(day: Weekday) -> Day {
    match day {
        Weekday::Monday => Day::Mon,
        Weekday::Tuesday => Day::Tue,
        Weekday::Wednesday => Day::Wed,
        Weekday::Thursday => Day::Thu,
        Weekday::Friday => Day::Fri,
        Weekday::Saturday => Day::Sat,
        Weekday::Sunday => Day::Sun,
    }
}
