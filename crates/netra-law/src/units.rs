//! Units of legal time. Each is a type of its own: adding hours to working days does not compile.

use serde::{Deserialize, Serialize};

/// Days on which the government works: Monday to Friday without national holidays and joint leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias = "hari kerja")]
pub struct WorkingDays(pub u16);

/// Days of the calendar, holidays and weekends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias = "hari kalender")]
pub struct CalendarDays(pub u16);

/// Clock hours, never paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias = "jam")]
pub struct Hours(pub u16);

/// Calendar months: the same day number, or the month's last day where that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias = "bulan")]
pub struct Months(pub u16);

/// A length in one of the four units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Working days.
    Working(WorkingDays),
    /// Calendar days.
    Calendar(CalendarDays),
    /// Clock hours.
    Hours(Hours),
    /// Calendar months.
    Months(Months),
}

impl Length {
    /// A number of this unit.
    pub fn of(unit: Unit, n: u16) -> Length {
        match unit {
            Unit::WorkingDay => Length::Working(WorkingDays(n)),
            Unit::CalendarDay => Length::Calendar(CalendarDays(n)),
            Unit::Hour => Length::Hours(Hours(n)),
            Unit::CalendarMonth => Length::Months(Months(n)),
        }
    }

    /// The number without its unit, for display.
    pub fn number(self) -> u16 {
        match self {
            Length::Working(WorkingDays(n))
            | Length::Calendar(CalendarDays(n))
            | Length::Hours(Hours(n))
            | Length::Months(Months(n)) => n,
        }
    }

    /// The unit.
    pub fn unit(self) -> Unit {
        match self {
            Length::Working(_) => Unit::WorkingDay,
            Length::Calendar(_) => Unit::CalendarDay,
            Length::Hours(_) => Unit::Hour,
            Length::Months(_) => Unit::CalendarMonth,
        }
    }
}

/// The name of a unit, as packs write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// See [`WorkingDays`].
    WorkingDay,
    /// See [`CalendarDays`].
    CalendarDay,
    /// See [`Hours`].
    Hour,
    /// See [`Months`].
    CalendarMonth,
}

impl Unit {
    /// The name as packs and JSON write it.
    pub fn id(self) -> &'static str {
        match self {
            Unit::WorkingDay => "working-day",
            Unit::CalendarDay => "calendar-day",
            Unit::Hour => "hour",
            Unit::CalendarMonth => "calendar-month",
        }
    }

    /// `hari kerja`, `hari kalender`, `jam`, `bulan`.
    pub fn indonesian(self) -> &'static str {
        match self {
            Unit::WorkingDay => "hari kerja",
            Unit::CalendarDay => "hari kalender",
            Unit::Hour => "jam",
            Unit::CalendarMonth => "bulan",
        }
    }
}
