//! The law as data, and what follows from it in time.
//!
//! **Purpose.** Calendars, receiving hours, clocks with their readings, requirements, outcomes,
//! routes, authorities by date, number patterns: all read from packs (`law/*.toml`), each entry
//! with its article and how sure we are. From events it computes deadlines that explain themselves.
//!
//! **Invariants.**
//! - Pure: no clock, no files, no network. Packs come in as text, time comes in as an argument.
//! - A rule without article, unit or day-one convention does not load.
//! - Outside the years whose holidays are packed there is an error, never a guess.
//! - Working days, calendar days, hours and months are different types.
//!
//! **May not know** matters, acts, databases, or how anything is displayed beyond Indonesian words.
#![deny(missing_docs)]

pub mod audit;
pub mod calendar;
pub mod check;
pub mod classify;
pub mod clock;
pub mod event;
pub mod explain;
pub mod hours;
mod load;
pub mod numbering;
pub mod pack;
pub mod time;
pub mod units;

use jiff::civil::Date;

pub use load::{EMBEDDED, LawErrors};

use calendar::Calendar;
use pack::{
    Authority, ClockRule, Election, ErasureGround, NumberPattern, Outcome, OutcomeEffect, PackHead, ProcedureFile,
    Receiver, Reference, Regime, Requirement, Route, Stage, StepRule, Subject, ViolationKind, ViolationType,
};

/// All packs together.
#[derive(Clone, Debug)]
pub struct Law {
    fingerprint: u64,
    packs: Vec<Pack>,
    calendar: Calendar,
    elections: Vec<Election>,
    authorities: Vec<Authority>,
    receivers: Vec<Receiver>,
    reference: Reference,
    erasure_grounds: Vec<ErasureGround>,
    subjects: Vec<Subject>,
    violations: Vec<ViolationType>,
}

/// The law of one regime in one span of time.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Head, hours and numbering.
    pub head: PackHead,
    /// Clocks, in reading order.
    pub clocks: Vec<ClockRule>,
    /// Requirements, outcomes, kinds, routes, steps.
    pub procedure: ProcedureFile,
}

/// Why the law gives no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// The holidays of that year are not packed.
    #[error("{date} lies outside the packed holiday years {from}-{to}: add law/calendar/{year}.toml with its decree", year = .date.year())]
    OutsideCalendar {
        /// The day.
        date: Date,
        /// First packed year.
        from: i16,
        /// Last packed year.
        to: i16,
    },
    /// No pack of that regime is in force on that day.
    #[error("no {regime} pack is in force on {date}: see `netra law list`")]
    NoPack {
        /// The regime.
        regime: Regime,
        /// The day.
        date: Date,
    },
    /// A date beyond all supported years.
    #[error("the date lies outside the years 1 to 9999")]
    Range,
    /// A time could not be made.
    #[error(transparent)]
    Time(#[from] time::TimeError),
}

impl Law {
    /// The shipped packs. They are checked in the tests; a broken one is an error here too.
    ///
    /// # Errors
    /// What is wrong with the shipped packs.
    pub fn embedded() -> Result<Law, LawErrors> {
        Law::from_files(EMBEDDED)
    }

    /// Changes whenever a pack changes, so that what was computed from other packs can be told and computed
    /// again. Not a proof against forgery.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// All packs.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The pack of a regime in force on a day.
    ///
    /// # Errors
    /// [`LawError::NoPack`].
    pub fn pack_for(&self, regime: Regime, date: Date) -> Result<&Pack, LawError> {
        self.packs
            .iter()
            .find(|p| p.head.regime == regime && p.is_valid_on(date))
            .ok_or(LawError::NoPack { regime, date })
    }

    /// What an outcome of an initial study does, in any pack of the regime.
    pub fn outcome_effect(&self, regime: Regime, outcome: &str) -> Option<OutcomeEffect> {
        let mut packs = self.packs.iter().filter(|p| p.head.regime == regime);
        packs.find_map(|p| p.outcome(outcome)).map(|o| o.effect)
    }

    /// The pack of a regime that is in force without an end.
    pub fn newest_pack(&self, regime: Regime) -> Option<&Pack> {
        self.packs.iter().find(|p| p.head.regime == regime && p.head.valid_to.is_none())
    }

    /// The national calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The elections.
    pub fn elections(&self) -> &[Election] {
        &self.elections
    }

    /// The stages of a regime's elections that cover a day in a region. Elections may overlap.
    pub fn stages_on<'l>(&'l self, regime: Regime, region: &'l str, date: Date) -> impl Iterator<Item = &'l Stage> {
        self.elections
            .iter()
            .filter(move |e| is_held(e, regime, region))
            .flat_map(|e| &e.stage)
            .filter(move |s| s.from <= date && date <= s.to.unwrap_or(s.from))
    }

    /// The first stage of a kind that ends on or after a day.
    pub fn stage_after(&self, regime: Regime, region: &str, kind: &str, date: Date) -> Option<&Stage> {
        self.elections
            .iter()
            .filter(|e| is_held(e, regime, region))
            .flat_map(|e| &e.stage)
            .filter(|s| s.kind == kind && s.to.unwrap_or(s.from) >= date)
            .min_by_key(|s| s.from)
    }

    /// What has no clock and no procedure of its own: sanctions, duties, organs, places.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Grounds on which personal data may be erased.
    pub fn erasure_grounds(&self) -> &[ErasureGround] {
        &self.erasure_grounds
    }

    /// A ground for erasing by id.
    pub fn erasure_ground(&self, id: &str) -> Option<&ErasureGround> {
        self.erasure_grounds.iter().find(|g| g.id == id)
    }

    /// Kinds of reported persons.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// A kind of person by id.
    pub fn subject(&self, id: &str) -> Option<&Subject> {
        self.subjects.iter().find(|s| s.id == id)
    }

    /// Types of violation.
    pub fn violations(&self) -> &[ViolationType] {
        &self.violations
    }

    /// Bodies that can receive.
    pub fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    /// A body by id.
    pub fn authority(&self, id: &str) -> Option<&Authority> {
        self.authorities.iter().find(|a| a.id == id)
    }

    /// Who holds which receiving role when.
    pub fn receivers(&self) -> &[Receiver] {
        &self.receivers
    }

    /// Everybody who may receive in a role on a day, the expected one first.
    pub fn receivers_on(&self, role: &str, date: Date) -> Vec<&Receiver> {
        let expected = |r: &&Receiver| r.from <= date && r.to.is_none_or(|to| date <= to);
        let accepted = |r: &&Receiver| r.from <= date && r.accepted_until.is_some_and(|until| date <= until);
        let of_role = || self.receivers.iter().filter(|r| r.role == role);
        let mut list: Vec<&Receiver> = of_role().filter(expected).collect();
        list.extend(of_role().filter(|r| accepted(r) && !expected(r)));
        list
    }
}

fn is_held(election: &Election, regime: Regime, region: &str) -> bool {
    election.regime == regime && (election.regions.is_empty() || election.regions.iter().any(|r| r == region))
}

impl Pack {
    /// Whether the pack is in force on a day.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.head.valid_from <= date && self.head.valid_to.is_none_or(|to| date <= to)
    }

    /// A clock by id.
    pub fn clock(&self, id: &str) -> Option<&ClockRule> {
        self.clocks.iter().find(|c| c.id == id)
    }

    /// An outcome of the initial study by id.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.procedure.outcome.iter().find(|o| o.id == id)
    }

    /// A requirement by id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.procedure.requirement.iter().find(|r| r.id == id)
    }

    /// A kind of violation by id.
    pub fn kind(&self, id: &str) -> Option<&ViolationKind> {
        self.procedure.kind.iter().find(|k| k.id == id)
    }

    /// The form and article of a step.
    pub fn step(&self, id: &str) -> Option<&StepRule> {
        self.procedure.step.iter().find(|s| s.id == id)
    }

    /// Who receives a kind of person for a kind of violation.
    pub fn route(&self, kind: &str, subject: &str) -> Option<&Route> {
        self.procedure.route.iter().find(|r| r.kind == kind && r.subjects.iter().any(|s| s == "*" || s == subject))
    }

    /// The pattern of a number series.
    pub fn number_pattern(&self, series: numbering::Series) -> Option<&str> {
        let found: Option<&NumberPattern> = self.head.numbering.iter().find(|n| n.series == series.id());
        found.map(|n| n.pattern.as_str())
    }
}
