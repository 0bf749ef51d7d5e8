//! The day-by-day reasoning under every date.

use jiff::civil::Date;

use crate::calendar::{DayKind, JointLeave, Seat, Step};
use crate::clock::{Deadline, JOINT_LEAVE_WORKS};
use crate::pack::{Direction, HolidayKind, StartDay};
use crate::time::{long_date, weekday_name};
use crate::units::{Length, Unit};
use crate::{Law, LawError};

/// A day between start and due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its place in the count; none when it does not count.
    pub n: Option<u16>,
    /// Why it does not count, or what is remarkable about it.
    pub why: Option<Why>,
}

/// Why a day does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The start event's own day.
    StartDay,
    /// Saturday or Sunday.
    Weekend(jiff::civil::Weekday),
    /// A national holiday or joint leave: name, kind, whether estimated.
    Holiday {
        /// Its name.
        name: String,
        /// National or joint.
        kind: HolidayKind,
        /// The announcement on which it still depends.
        estimated: Option<String>,
    },
    /// A holiday of the region.
    Regional(String),
}

impl Why {
    /// In Indonesian.
    pub fn indonesian(&self) -> String {
        match self {
            Why::StartDay => "hari mulai tidak dihitung".to_owned(),
            Why::Weekend(day) => format!("{} (akhir pekan)", weekday_name(*day)),
            Why::Holiday { name, kind: HolidayKind::Joint, estimated } => with_doubt(
                format!("cuti bersama: {}", name.trim_start_matches("Cuti Bersama ")),
                estimated,
                "perkiraan",
            ),
            Why::Holiday { name, estimated, .. } => {
                with_doubt(format!("libur nasional: {name}"), estimated, "perkiraan")
            }
            Why::Regional(name) => format!("libur daerah: {name}"),
        }
    }

    /// In English.
    pub fn english(&self) -> String {
        match self {
            Why::StartDay => "start day".to_owned(),
            Why::Weekend(jiff::civil::Weekday::Saturday) => "Saturday".to_owned(),
            Why::Weekend(_) => "Sunday".to_owned(),
            Why::Holiday { name, kind: HolidayKind::Joint, estimated } => {
                with_doubt(format!("joint leave: {}", name.trim_start_matches("Cuti Bersama ")), estimated, "estimated")
            }
            Why::Holiday { name, estimated, .. } => {
                with_doubt(format!("national holiday: {name}"), estimated, "estimated")
            }
            Why::Regional(name) => format!("regional holiday: {name}"),
        }
    }
}

fn with_doubt(text: String, estimated: &Option<String>, word: &str) -> String {
    if estimated.is_some() { format!("{text} ({word})") } else { text }
}

/// Every day from the start of a deadline to its due date, in the order of the calendar.
///
/// Empty for clocks in hours or months and for those bound to a stage: there is nothing to count.
///
/// # Errors
/// A day outside the packed years.
pub fn days(law: &Law, seat: &Seat, deadline: &Deadline<'_>) -> Result<Vec<Day>, LawError> {
    let working = match deadline.length() {
        Some(Length::Working(_)) => true,
        Some(Length::Calendar(_)) => false,
        Some(Length::Hours(_) | Length::Months(_)) | None => return Ok(Vec::new()),
    };
    let step = match deadline.rule.direction {
        Direction::Forward => Step::Forward,
        Direction::Backward => Step::Backward,
    };
    let mut date = deadline.start.when.date();
    let mut count = 0;
    let mut list = Vec::new();
    if deadline.rule.start_day == StartDay::Excluded {
        list.push(Day { date, n: None, why: Some(Why::StartDay) });
    } else {
        list.push(next_day(law, seat, date, working, &mut count)?);
    }
    while date != deadline.due_date {
        date = step.from(date)?;
        list.push(next_day(law, seat, date, working, &mut count)?);
    }
    if step == Step::Backward {
        list.reverse();
    }
    Ok(list)
}

fn next_day(law: &Law, seat: &Seat, date: Date, working: bool, count: &mut u16) -> Result<Day, LawError> {
    let kind = if working { law.calendar().day(date, seat)? } else { DayKind::Working };
    if kind.works(JointLeave::Rests) {
        *count = count.saturating_add(1);
        return Ok(Day { date, n: Some(*count), why: None });
    }
    let why = match kind {
        DayKind::Weekend(day) => Some(Why::Weekend(day)),
        DayKind::National(h) | DayKind::Joint(h) => {
            Some(Why::Holiday { name: h.name.clone(), kind: h.kind, estimated: h.estimated.clone() })
        }
        DayKind::Regional(h) => Some(Why::Regional(h.name.clone())),
        DayKind::Working => None,
    };
    Ok(Day { date, n: None, why })
}

/// The rule in one Indonesian sentence: how long, from what, how counted.
pub fn sentence(deadline: &Deadline<'_>) -> String {
    let event = deadline.start.kind.indonesian();
    let start = long_date(deadline.start.when.date());
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
            format!("{n} {unit} {way} {event} ({start}), {counted}.")
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
        "stage" => "Sampai akhir tahapan".to_owned(),
        JOINT_LEAVE_WORKS => "Cuti bersama dihitung hari kerja".to_owned(),
        other => format!("Cara baca “{other}”"),
    }
}
