//! What is counted of one matter.

mod person;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use netra_docket::clocks::{ClockState, Clocks, Standing};
use netra_docket::matter::{Matter, Origin, Stage};
use netra_law::Law;
use netra_law::pack::{OutcomeEffect, Party};
use serde::{Deserialize, Serialize};

use crate::area::Area;
use crate::catalogue::band_of;
use crate::dimension::{Dimension, Unit, Value};
use crate::election::{ElectionRef, election_of};

/// Counts by dimension and value. There are no totals: a total is the sum of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Dimension, Value, u64)>", into = "Vec<(Dimension, Value, u64)>")]
pub struct Counts(BTreeMap<(Dimension, Value), u64>);

impl Counts {
    /// Counts one more.
    pub(crate) fn add(&mut self, dimension: Dimension, value: impl Into<String>) {
        *self.0.entry((dimension, Value::new(value))).or_default() += 1;
    }

    /// How many have this value.
    pub fn of(&self, dimension: Dimension, value: &str) -> u64 {
        self.0.get(&(dimension, Value::new(value))).copied().unwrap_or_default()
    }

    /// How many there are of a unit, summed over one of its dimensions.
    pub fn total(&self, dimension: Dimension) -> u64 {
        self.iter().filter(|(of, _, _)| *of == dimension).map(|(_, _, count)| count).sum()
    }

    /// Everything that was counted.
    pub fn iter(&self) -> impl Iterator<Item = (Dimension, &Value, u64)> {
        self.0.iter().map(|((dimension, value), count)| (*dimension, value, *count))
    }
}

impl From<Vec<(Dimension, Value, u64)>> for Counts {
    fn from(list: Vec<(Dimension, Value, u64)>) -> Counts {
        Counts(list.into_iter().map(|(dimension, value, count)| ((dimension, value), count)).collect())
    }
}

impl From<Counts> for Vec<(Dimension, Value, u64)> {
    fn from(counts: Counts) -> Self {
        counts.0.into_iter().map(|((dimension, value), count)| (dimension, value, count)).collect()
    }
}

/// What is counted of one matter, and where it is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The leaf in which it is handled.
    pub area: Area,
    /// Its election.
    pub election: ElectionRef,
    /// The year of receipt.
    pub year: i16,
    /// The counts.
    pub counts: Counts,
    /// The last moment at which this still holds if nothing is recorded: afterwards a deadline is over.
    pub until: Option<Timestamp>,
}

/// Whether the public may know that there is such a matter: reports once their receipt is issued or they are studied, and what
/// supervision follows only once its tracing has come to an end.
pub fn is_public(matter: &Matter) -> bool {
    let ended = matter.stage() == Stage::Closed;
    match matter.origin {
        Origin::Prevention => false,
        Origin::Report if matter.made_information.is_none() => {
            let known = matter.report_number.is_some() || matter.first_study.is_some() || matter.registered.is_some();
            known || ended
        }
        Origin::Report | Origin::Information => matter.finding.is_some() || ended,
    }
}

/// The facts of a matter that an office of this region handles; none if its state may not be public. The clocks must be
/// those of the matter at the moment for which the facts are to hold.
pub fn facts(matter: &Matter, law: &Law, region: &str, clocks: &Clocks<'_>) -> Option<Facts> {
    if !is_public(matter) {
        return None;
    }
    let mut counts = Counts::default();
    of_matter(matter, clocks, &mut counts);
    for reported in matter.reported() {
        person::count(matter, law, reported, &mut counts);
    }
    person::count_forwardings(matter, law, &mut counts);
    Some(Facts {
        area: Area::leaf_of(region),
        election: election_of(matter, law, region),
        year: matter.opened.date().year(),
        counts,
        until: holds_until(clocks),
    })
}

fn of_matter(matter: &Matter, clocks: &Clocks<'_>, counts: &mut Counts) {
    let opened = Some(matter.opened.date());
    let registered = matter.registered.as_ref().map(|(at, _)| at.date());
    let decided = matter.decision.as_ref().map(|(at, _)| at.date());
    counts.add(Dimension::Source, source(matter));
    counts.add(Dimension::Stage, matter.stage().id());
    counts.add(Dimension::Outcome, outcome(matter));
    counts.add(Dimension::Timeliness, timeliness(clocks));
    counts.add(Dimension::Month, format!("{:02}", matter.opened.date().month()));
    counts.add(Dimension::DaysToStudy, span(opened, matter.first_study.map(|at| at.date())));
    counts.add(Dimension::DaysToRegistration, span(opened, registered));
    counts.add(Dimension::DaysToDecision, span(registered, decided));
    counts.add(Dimension::DaysToForwarding, span(decided, matter.forwardings.first().map(|sent| sent.at.date())));
    debug_assert!(Unit::Matters.dimensions().all(|dimension| counts.total(dimension) == 1));
}

fn source(matter: &Matter) -> &'static str {
    match matter.origin {
        _ if matter.finding.is_some() => "finding",
        Origin::Report if matter.made_information.is_none() => "report",
        _ => "information",
    }
}

fn outcome(matter: &Matter) -> &'static str {
    if let Some((_, results)) = &matter.decision {
        let nobody = results.iter().all(|result| result.kinds.is_empty());
        return if nobody { "no-violation" } else { "violation" };
    }
    let unregistered = matches!(matter.outcome, Some((_, _, OutcomeEffect::ForwardUnregistered)));
    if unregistered && !matter.forwardings.is_empty() {
        return "forwarded-unregistered";
    }
    if matter.stage() != Stage::Closed {
        return "open";
    }
    match source(matter) {
        "report" if matter.withdrawn.is_some() => "withdrawn",
        "report" => "not-registered",
        _ => "nothing-found",
    }
}

/// Whether a clock is one that the figures are about: of those who handle, decide and act, not of those who report or are
/// reported.
fn counts_here(state: &ClockState<'_>) -> bool {
    !matches!(state.deadline.rule.who, Party::Reporter | Party::Candidate | Party::Official)
        && state.standing != Standing::Informative
}

/// The last moment of the deadline that ends first, if passing it changes what is counted.
fn holds_until(clocks: &Clocks<'_>) -> Option<Timestamp> {
    if timeliness(clocks) != "running" && timeliness(clocks) != "late" {
        return None;
    }
    let running = clocks.states.iter().filter(|state| counts_here(state) && state.standing == Standing::Running);
    running.map(|state| state.deadline.due_at.instant()).min()
}

/// The worst of all deadlines.
fn timeliness(clocks: &Clocks<'_>) -> &'static str {
    if !clocks.faults.is_empty() {
        return "not-computed";
    }
    let standings: Vec<Standing> =
        clocks.states.iter().filter(|state| counts_here(state)).map(|state| state.standing).collect();
    let any = |standing| standings.contains(&standing);
    if any(Standing::Overdue) {
        "overdue"
    } else if any(Standing::Missed) {
        "late"
    } else if any(Standing::Running) {
        "running"
    } else if standings.is_empty() {
        "none"
    } else {
        "on-time"
    }
}

/// The value of a span between two days.
fn span(from: Option<Date>, to: Option<Date>) -> String {
    let (from, to) = match (from, to) {
        (_, None) => return "not-reached".to_owned(),
        (None, Some(_)) => return "not-stated".to_owned(),
        (Some(from), Some(to)) => (from, to),
    };
    let days = from.until(to).map_or(-1, |span| span.get_days());
    u32::try_from(days).map_or_else(|_| "out-of-order".to_owned(), band_of)
}
