//! The last moment under one reading.

use jiff::civil::Date;

use super::Verdict;
use crate::event::When;
use crate::time::Moment;
use crate::units::Hours;

/// Until when something is in time under one reading.
pub(super) struct Limit {
    pub(super) date: Date,
    pub(super) at: Moment,
    /// The hours are counted from a day of which the hour is not known.
    pub(super) blurred: bool,
}

impl Limit {
    /// The verdict on something that was done then.
    pub(super) fn verdict(&self, done: When) -> Verdict {
        let in_time = match done {
            When::Day(day) => day <= self.date,
            When::At(at) => at.instant() <= self.at.instant(),
        };
        if in_time {
            return Verdict::Kept;
        }
        // Counted from midnight, though it may have begun as late as a day after.
        let latest = self.at.plus_hours(Hours(24)).unwrap_or(self.at);
        match done {
            When::At(at) if self.blurred && at.instant() < latest.instant() => Verdict::Undecidable,
            _ => Verdict::Missed,
        }
    }
}
