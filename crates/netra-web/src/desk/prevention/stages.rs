//! The stages of the elections that concern an office, and the span in which it could reach somebody before each.

use jiff::civil::Date;
use netra_law::Law;
use netra_law::pack::{Election, Stage};
use netra_law::time::{Moment, long_date};
use netra_store::Office;

use crate::desk::Choice;
use crate::desk::regions::upwards;
use crate::error::PageError;

/// Before anything that a docket can tell of.
const LONG_AGO: Date = Date::constant(1900, 1, 1);

/// A stage before which people are to be reached.
#[derive(Clone, Copy)]
pub(super) struct Before<'l> {
    election: &'l Election,
    stage: &'l Stage,
}

impl<'l> Before<'l> {
    /// The stages that concern an office, by their first day.
    pub(super) fn all(law: &'l Law, office: &Office) -> Vec<Before<'l>> {
        let held = |election: &&Election| {
            election.regions.is_empty()
                || upwards(&office.region).any(|code| election.regions.iter().any(|r| r == code))
        };
        let elections = law.elections().iter().filter(held);
        let mut list: Vec<Before<'l>> =
            elections.flat_map(|election| election.stage.iter().map(move |stage| Before { election, stage })).collect();
        list.sort_by_key(|before| before.stage.from);
        list
    }

    /// The stage of this key; else the next that begins after a day, else the last.
    pub(super) fn chosen(all: &[Before<'l>], key: &str, today: Date) -> Option<Before<'l>> {
        let asked = all.iter().find(|before| before.key() == key);
        let next = || all.iter().find(|before| before.stage.from > today);
        asked.or_else(next).or(all.last()).copied()
    }

    /// The stages as options of a list.
    pub(super) fn options(all: &[Before<'l>], chosen: Before<'l>) -> Vec<Choice> {
        all.iter().map(|before| Choice::new(before.key(), before.words(), &chosen.key())).collect()
    }

    /// What the address calls it.
    pub(super) fn key(self) -> String {
        format!("{}.{}", self.election.id, self.stage.kind)
    }

    /// `Kampanye (Pemilu 2024), mulai Selasa, 28 November 2023`.
    pub(super) fn words(self) -> String {
        format!("{} ({}), mulai {}", self.stage.name, self.election.name, long_date(self.stage.from))
    }

    /// From when to before when somebody counts as reached: since the election's first stage; before that one, ever.
    pub(super) fn span(self, office: &Office) -> Result<(Moment, Moment), PageError> {
        let first = self.election.stage.iter().map(|stage| stage.from).min().unwrap_or(self.stage.from);
        let from = if first < self.stage.from { first } else { LONG_AGO };
        let at = |day| Moment::start_of_day(day, office.zone).map_err(|_| PageError::NotFound);
        Ok((at(from)?, at(self.stage.from)?))
    }
}
