//! The question and its answer.

use jiff::civil::Date;

use super::OTHER_LAW;
use crate::pack::{Authority, Receiver, Regime, Route, Subject, ViolationType};
use crate::{LawError, Pack};

/// Who did what, when, in which election.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The act in words, or the id of a violation type.
    pub act: &'a str,
    /// Kind of person, an id of `subjects.toml`.
    pub subject: &'a str,
    /// Day of the act.
    pub date: Date,
    /// The election's procedure.
    pub regime: Regime,
    /// Home-affairs region code, for elections held in some regions only; empty for the national ones.
    pub region: &'a str,
}

/// Why an act is not classified.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClassifyError {
    /// Nothing was described.
    #[error("the act is empty: describe it in a sentence, or give the id of a violation type")]
    EmptyAct,
    /// The kind of person is unknown.
    #[error("'{id}' is not a kind of person; the kinds are: {known}")]
    Subject {
        /// As given.
        id: String,
        /// All ids.
        known: String,
    },
    /// It looks like an id, and no type has it.
    #[error("no violation type has the id '{id}'; the ids are: {known}")]
    Violation {
        /// As given.
        id: String,
        /// All ids.
        known: String,
    },
    /// Discipline follows an election's procedure; it has none of its own.
    #[error("discipline is not an election: give the regime pemilu or pilkada")]
    NoElection,
    /// No pack is in force.
    #[error(transparent)]
    Law(#[from] LawError),
}

/// Whether there were candidates on the day of the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateStatus {
    /// They are determined only on that later day.
    Before(Date),
    /// They were determined on that day.
    After(Date),
    /// No recorded election says.
    Unknown,
}

/// What speaks against a type, or must be decided by a human first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// It rests on the law of the other kind of election.
    OtherRegime,
    /// On the day of the act another list held than the one that has it; its route stays open.
    OtherList,
    /// It does not name this kind of person.
    SubjectNotNamed,
    /// On the day of the act it did not yet reach this kind of person: a human decides.
    SubjectNotYetCovered,
    /// The day of the act is outside its period.
    OutsidePeriod,
    /// Whether the day is inside its period is not known: a human decides.
    PeriodUnknown,
    /// The discipline catalogue of today was not yet in force.
    OlderCatalogue,
}

impl Flag {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Flag::OtherRegime => "other-regime",
            Flag::OtherList => "other-list",
            Flag::SubjectNotNamed => "subject-not-named",
            Flag::SubjectNotYetCovered => "subject-not-yet-covered",
            Flag::OutsidePeriod => "outside-period",
            Flag::PeriodUnknown => "period-unknown",
            Flag::OlderCatalogue => "older-catalogue",
        }
    }
}

/// A type of violation that can apply.
#[derive(Clone, Debug)]
pub struct Candidate<'l> {
    /// The type, with its article.
    pub violation: &'l ViolationType,
    /// The kind of violation under which it is handled: an id of the packs' kinds.
    pub kind: &'static str,
    /// The words of the text that spoke for it; none when it was asked for by its id.
    pub words: Vec<String>,
    /// What speaks against it.
    pub flags: Vec<Flag>,
    /// The same in Indonesian, and the doubts of the entry itself.
    pub notes: Vec<String>,
    /// Possible sanctions, never certain ones; none when those of the day are not in the packs.
    pub sanctions: &'l [String],
}

impl Candidate<'_> {
    /// Whether something was flagged.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// Whether the day of the act is inside the period, if that is known.
    pub fn period_fits(&self) -> Option<bool> {
        (!self.has(Flag::PeriodUnknown)).then(|| !self.has(Flag::OutsidePeriod))
    }

    /// A neutrality case leaves for its receiver whatever the class; other routes wait for a type without doubt.
    /// Which list an act falls under changes its name and not its receiver.
    pub(super) fn opens_route(&self) -> bool {
        self.kind == OTHER_LAW || self.flags.iter().all(|flag| *flag == Flag::OtherList)
    }
}

/// Where a person's case would go.
#[derive(Clone, Debug)]
pub struct RouteAnswer<'l> {
    /// The rule: kind, receiving role, article.
    pub route: &'l Route,
    /// Who holds the role on the day, the expected one first.
    pub receivers: Vec<ReceiverAnswer<'l>>,
    /// The types that open it; none when only the kind of person is known.
    pub because: Vec<&'l str>,
}

/// Somebody who may receive.
#[derive(Clone, Copy, Debug)]
pub struct ReceiverAnswer<'l> {
    /// The body.
    pub authority: &'l Authority,
    /// Its row: channel, dates, article.
    pub receiver: &'l Receiver,
    /// Whether it is the right one.
    pub standing: ReceiverStanding,
}

/// Whether a receiver is the right one on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiverStanding {
    /// It holds the role.
    Expected,
    /// It no longer holds it, and still accepts.
    Accepted,
}

/// A route that is closed on the day of the act.
#[derive(Clone, Debug)]
pub struct ClosedRoute<'l> {
    /// Kind of violation.
    pub kind: &'static str,
    /// Why, in Indonesian.
    pub why: String,
    /// Article.
    pub cite: &'l str,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Classification<'l> {
    /// The pack whose routes were read.
    pub pack: &'l Pack,
    /// The kind of person.
    pub subject: &'l Subject,
    /// The candidates' status.
    pub status: CandidateStatus,
    /// Types that can apply: those with most words first.
    pub types: Vec<Candidate<'l>>,
    /// Where they would go.
    pub routes: Vec<RouteAnswer<'l>>,
    /// What can't be taken on that day.
    pub closed: Vec<ClosedRoute<'l>>,
    /// What a human should know, in Indonesian.
    pub notes: Vec<String>,
}
