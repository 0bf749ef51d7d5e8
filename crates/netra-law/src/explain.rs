//! The day-by-day reasoning under every date.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::civil::{Date, Weekday};

use crate::calendar::{DayKind, Holiday, Seat};
use crate::clock::{Deadline, JOINT_LEAVE_WORKS};
use crate::pack::{Direction, HolidayKind, StartDay};
use crate::time::{LongDate, weekday_name};
use crate::units::{Length, Unit};
use crate::{Law, LawError};

/// A day between start and due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day<'c> {
    /// The day.
    pub date: Date,
    /// Its place in the count; none when it does not count.
    pub n: Option<u16>,
    /// Why it does not count, or what is remarkable about it.
    pub why: Option<Why<'c>>,
}

/// Why a day does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'c> {
    /// The start event's own day.
    StartDay,
    /// Saturday or Sunday.
    Weekend(Weekday),
    /// A national holiday or joint leave.
    Holiday(&'c Holiday),
    /// A holiday of the region, by its name.
    Regional(&'c str),
}

impl<'c> Why<'c> {
    /// In Indonesian.
    pub fn indonesian(self) -> Cow<'c, str> {
        match self {
            Why::StartDay => "hari mulai tidak dihitung".into(),
            Why::Weekend(Weekday::Saturday) => "Sabtu (akhir pekan)".into(),
            Why::Weekend(Weekday::Sunday) => "Minggu (akhir pekan)".into(),
            Why::Weekend(day) => format!("{} (akhir pekan)", weekday_name(day)).into(),
            Why::Holiday(h) if h.kind == HolidayKind::Joint => in_words("cuti bersama", h, "perkiraan"),
            Why::Holiday(h) => in_words("libur nasional", h, "perkiraan"),
            Why::Regional(name) => format!("libur daerah: {name}").into(),
        }
    }

    /// In English.
    pub fn english(self) -> Cow<'c, str> {
        match self {
            Why::StartDay => "start day".into(),
            Why::Weekend(Weekday::Saturday) => "Saturday".into(),
            Why::Weekend(_) => "Sunday".into(),
            Why::Holiday(h) if h.kind == HolidayKind::Joint => in_words("joint leave", h, "estimated"),
            Why::Holiday(h) => in_words("national holiday", h, "estimated"),
            Why::Regional(name) => format!("regional holiday: {name}").into(),
        }
    }
}

/// The kind of a holiday with its name, and whether it still depends on an announcement.
fn in_words<'c>(kind: &str, holiday: &Holiday, doubt: &str) -> Cow<'c, str> {
    let name = holiday.name.trim_start_matches("Cuti Bersama ");
    match holiday.estimated {
        Some(_) => format!("{kind}: {name} ({doubt})").into(),
        None => [kind, ": ", name].concat().into(),
    }
}

/// Every day from the start of a deadline to its due date, in the order of the calendar.
///
/// Empty for clocks in hours or months and for those bound to a stage: there is nothing to count.
///
/// # Errors
/// A day outside the packed years.
pub fn days<'c>(law: &'c Law, seat: &'c Seat, deadline: &Deadline<'_>) -> Result<Vec<Day<'c>>, LawError> {
    let working = match deadline.length() {
        Some(Length::Working(_)) => true,
        Some(Length::Calendar(_)) => false,
        Some(Length::Hours(_) | Length::Months(_)) | None => return Ok(Vec::new()),
    };
    let start = deadline.start.when.date();
    let (from, to) = (start.min(deadline.due_date), start.max(deadline.due_date));
    let excluded = deadline.rule.start_day == StartDay::Excluded;
    let reason =
        |date: Date, kind: DayKind<'c>| if date == start && excluded { Some(Why::StartDay) } else { why(kind) };
    let mut list = Vec::with_capacity(16);
    if working {
        let days = law.calendar().days(from, to, seat)?;
        list.extend(days.map(|(date, kind)| Day { date, n: None, why: reason(date, kind) }));
    } else {
        let dates = std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(|day| *day <= to);
        list.extend(dates.map(|date| Day { date, n: None, why: reason(date, DayKind::Working) }));
    }
    match deadline.rule.direction {
        Direction::Forward => number(list.iter_mut()),
        Direction::Backward => number(list.iter_mut().rev()),
    }
    Ok(list)
}

/// Numbers the days that count, in the order in which they are counted.
fn number<'d, 'c: 'd>(days: impl Iterator<Item = &'d mut Day<'c>>) {
    for (day, n) in days.filter(|day| day.why.is_none()).zip(1..) {
        day.n = Some(n);
    }
}

/// Why a day does not count as a working day; joint leave rests in the reading worked to.
fn why(kind: DayKind<'_>) -> Option<Why<'_>> {
    match kind {
        DayKind::Weekend(day) => Some(Why::Weekend(day)),
        DayKind::National(h) | DayKind::Joint(h) => Some(Why::Holiday(h)),
        DayKind::Regional(h) => Some(Why::Regional(&h.name)),
        DayKind::Working => None,
    }
}

/// The rule in one Indonesian sentence: how long, from what, how counted.
pub fn sentence(deadline: &Deadline<'_>) -> String {
    let event = deadline.start.kind.indonesian();
    let start = LongDate(deadline.start.when.date());
    match deadline.length() {
        None => format!("Sampai akhir tahapan, sejak {event} ({start})."),
        Some(length) => {
            let n = length.number();
            let unit = length.unit().indonesian();
            let way = match deadline.rule.direction {
                Direction::Forward => "sejak",
                Direction::Backward => "sebelum",
            };
            let counted = match (length.unit(), deadline.rule.start_day) {
                (Unit::Hour, _) => "tanpa jeda",
                (_, StartDay::Excluded) => "hari mulai tidak dihitung",
                (_, StartDay::Included) => "hari mulai dihitung",
            };
            let mut text = String::with_capacity(128);
            // Writing into a text does not fail.
            let _ = write!(text, "{n} {unit} {way} {event} ({start}), {counted}.");
            text
        }
    }
}

/// The Indonesian name of a reading, as the condition under which its date holds.
pub fn reading_name(id: &str) -> String {
    match id {
        "working-day" => "Dihitung hari kerja".to_owned(),
        "calendar-day" => "Dihitung hari kalender".to_owned(),
        "hour" => "Dihitung jam".to_owned(),
        "calendar-month" => "Dihitung bulan".to_owned(),
        "from-receipt" => "Dihitung sejak laporan diterima".to_owned(),
        "from-registration" => "Dihitung sejak registrasi".to_owned(),
        "from-decision" => "Dihitung sejak keputusan ditetapkan".to_owned(),
        "until-midnight" => "Hari terakhir sampai tengah malam".to_owned(),
        "stage" => "Sampai akhir tahapan".to_owned(),
        JOINT_LEAVE_WORKS => "Cuti bersama dihitung hari kerja".to_owned(),
        other => format!("Cara baca “{other}”"),
    }
}
