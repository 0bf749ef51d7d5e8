//! The working days of all packed years, numbered, so that n of them are one look-up and not n steps.

use jiff::civil::Date;

use super::{JointLeave, Mark, Step};
use crate::units::WorkingDays;

/// Numbered working days. Empty where a year between the packed ones is missing: then nothing may be
/// counted across the hole, and the caller walks day by day to find it.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// For each day, how many working days there are up to its beginning and up to its end.
    around: Vec<(u32, u32)>,
    /// The working days in order.
    days: Vec<Date>,
}

impl Counted {
    pub(super) fn new(days: &[(Date, Mark)], joint: JointLeave) -> Counted {
        let mut counted = Counted::default();
        if days.iter().any(|(_, mark)| *mark == Mark::Unknown) {
            return counted;
        }
        let mut so_far = 0;
        for (day, mark) in days {
            let before = so_far;
            if mark.works(joint) {
                counted.days.push(*day);
                so_far += 1;
            }
            counted.around.push((before, so_far));
        }
        counted
    }

    /// The n-th working day after or before the day at a place; none where it lies outside.
    pub(super) fn walk(&self, place: usize, n: WorkingDays, step: Step) -> Option<Date> {
        let (before, so_far) = *self.around.get(place)?;
        let n = u32::from(n.0);
        if n == 0 {
            return None;
        }
        let wanted = match step {
            Step::Forward => so_far + n - 1,
            Step::Backward => before.checked_sub(n)?,
        };
        self.days.get(usize::try_from(wanted).ok()?).copied()
    }
}
