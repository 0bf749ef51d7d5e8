//! The clocks of a matter: each with its deadline, and whether it was kept.

use jiff::civil::Date;
use netra_law::calendar::Seat;
use netra_law::clock::{self, Deadline};
use netra_law::event::{Event, EventKind, When};
use netra_law::pack::{Nature, Regime};
use netra_law::time::Moment;
use netra_law::{Law, LawError, Pack, hours};
use serde::{Deserialize, Serialize};

use crate::events::{Track, tracks};
use crate::ids::PersonNo;
use crate::matter::{Matter, Stage};

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Stopped in time.
    Kept,
    /// Stopped, but too late.
    Missed,
    /// Running, in time so far.
    Running,
    /// Running and over.
    Overdue,
    /// Replaced by the lengthened period on record.
    Extended,
    /// The matter ended before it mattered.
    Stopped,
    /// Nothing has to be done by then: something takes effect, or a ban begins.
    Informative,
}

impl Standing {
    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Standing::Kept => "tepat waktu",
            Standing::Missed => "terlambat",
            Standing::Running => "berjalan",
            Standing::Overdue => "lewat waktu",
            Standing::Extended => "diperpanjang",
            Standing::Stopped => "berhenti",
            Standing::Informative => "berlaku",
        }
    }

    /// The word in JSON and in the demo's expectations.
    pub fn id(self) -> &'static str {
        match self {
            Standing::Kept => "kept",
            Standing::Missed => "missed",
            Standing::Running => "open",
            Standing::Overdue => "overdue",
            Standing::Extended => "extended",
            Standing::Stopped => "stopped",
            Standing::Informative => "informative",
        }
    }
}

/// A clock of a matter.
#[derive(Clone, Debug)]
pub struct ClockState<'l> {
    /// Id in the pack.
    pub id: &'l str,
    /// Title in Indonesian.
    pub title: &'l str,
    /// Whom it is about, if it is about one person.
    pub person: Option<PersonNo>,
    /// The deadline with its readings.
    pub deadline: Deadline<'l>,
    /// When it was stopped.
    pub done: Option<When>,
    /// How it stands at the moment asked for.
    pub standing: Standing,
}

impl ClockState<'_> {
    /// Whether something still has to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Running | Standing::Overdue)
    }
}

/// The clocks of a matter, and those that can't be computed.
#[derive(Clone, Debug, Default)]
pub struct Clocks<'l> {
    /// In the pack's order, persons' clocks last.
    pub states: Vec<ClockState<'l>>,
    /// Why some have no date: a year without packed holidays, no pack for that day.
    pub faults: Vec<LawError>,
    /// When the report counts as received, and why if that is later than the delivery.
    pub received: Option<(When, Option<String>)>,
}

impl<'l> Clocks<'l> {
    /// The clock that ends first among those that are open.
    pub fn nearest(&self) -> Option<&ClockState<'l>> {
        self.states.iter().filter(|c| c.is_open()).min_by_key(|c| c.deadline.due_at)
    }

    /// The open clock with this id.
    pub fn open(&self, id: &str) -> Option<&ClockState<'l>> {
        self.states.iter().find(|c| c.id == id && c.is_open())
    }
}

/// All clocks of a matter as they stand at a moment. O(acts + clocks × days).
pub fn clocks<'l>(matter: &Matter, law: &'l Law, seat: &Seat, now: Moment) -> Clocks<'l> {
    let mut result = Clocks::default();
    for track in tracks(matter) {
        let on = match track.regime == matter.regime {
            true => matter.opened.date(),
            false => clock::governing_day(&track.events).unwrap_or(matter.opened.date()),
        };
        match law.pack_for(track.regime, on) {
            Ok(pack) => run(&mut result, matter, law, pack, track, seat, now),
            Err(fault) => note(&mut result.faults, fault),
        }
    }
    result
}

/// The nearest open clock of a matter, as lists keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestClock {
    /// Its id.
    pub clock: String,
    /// The last moment in time under the reading worked to.
    pub due: Moment,
    /// The other readings that lead to another day.
    pub otherwise: Vec<OtherDay>,
}

/// The last day under a reading that is not the one worked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherDay {
    /// Id of the reading.
    pub reading: String,
    /// Its last day.
    pub day: Date,
}

/// The nearest open clock, whatever the time is. For lists.
pub fn nearest(matter: &Matter, law: &Law, seat: &Seat) -> Option<NearestClock> {
    let all = clocks(matter, law, seat, matter.opened);
    let deadline = &all.nearest()?.deadline;
    let others = deadline.readings.iter().filter(|r| r.due_date != deadline.due_date);
    Some(NearestClock {
        clock: deadline.rule.id.clone(),
        due: deadline.due_at,
        otherwise: others.map(|r| OtherDay { reading: r.id.to_string(), day: r.due_date }).collect(),
    })
}

fn note(faults: &mut Vec<LawError>, fault: LawError) {
    if !faults.contains(&fault) {
        faults.push(fault);
    }
}

fn run<'l>(
    result: &mut Clocks<'l>,
    matter: &Matter,
    law: &'l Law,
    pack: &'l Pack,
    mut track: Track,
    seat: &Seat,
    now: Moment,
) {
    // Wall time is that of the office that handles the matter now, wherever the act was done.
    for event in &mut track.events {
        event.when = event.when.in_zone(seat.zone);
    }
    if let Some(delivered) = track.events.iter().find(|e| e.kind == EventKind::Delivered).copied() {
        match hours::received(law, pack, seat, delivered.when) {
            Ok((when, because)) => {
                track.events.push(Event { kind: EventKind::Received, when });
                result.received = Some((when, because));
            }
            Err(fault) => note(&mut result.faults, fault),
        }
    }
    for rule in &pack.clocks {
        match clock::deadline(law, pack, rule, &track.events, seat) {
            Ok(None) => {}
            Ok(Some(deadline)) => {
                let done = end_event(&track.events, &deadline);
                let standing = stand(matter, pack, &deadline, done, now);
                let (id, title) = (rule.id.as_str(), rule.title.as_str());
                result.states.push(ClockState { id, title, person: track.person, deadline, done, standing });
            }
            Err(fault) => note(&mut result.faults, fault),
        }
    }
}

fn end_event(events: &[Event], deadline: &Deadline<'_>) -> Option<When> {
    let ends = |e: &&Event| deadline.rule.ends.contains(&e.kind);
    events.iter().filter(ends).map(|e| e.when).min_by_key(|w| (w.date(), w.moment()))
}

fn stand(matter: &Matter, pack: &Pack, deadline: &Deadline<'_>, done: Option<When>, now: Moment) -> Standing {
    if deadline.rule.nature != Nature::Deadline {
        return Standing::Informative;
    }
    let in_time = |when: When| match when {
        When::At(moment) => moment.instant() <= deadline.due_at.instant(),
        When::Day(date) => date <= deadline.due_date,
    };
    let lengthened = pack.clocks.iter().any(|c| c.extends.as_deref() == Some(deadline.rule.id.as_str()));
    let is_longer = deadline.rule.extends.is_some();
    // An extension put on record after the end does not undo that it was missed.
    let extended = matter.extended.is_some_and(|at| in_time(When::At(at)));
    match done {
        Some(when) if in_time(when) => Standing::Kept,
        Some(_) if lengthened && extended => Standing::Extended,
        Some(_) => Standing::Missed,
        // A stage of the election ends whether or not the matter is still open.
        None if has_ended(matter, pack, deadline) && deadline.rule.until_stage.is_none() => Standing::Stopped,
        None if lengthened && extended => Standing::Extended,
        // The longer period runs only once the extension is on record.
        None if is_longer && matter.extended.is_none() => Standing::Informative,
        None if now.instant() > deadline.due_at.instant() => Standing::Overdue,
        None => Standing::Running,
    }
}

/// Whether a clock does not matter any more. Those of the office end with its decision; those of the authority and the
/// employer go on, and those of a decree even when the matter is closed.
fn has_ended(matter: &Matter, pack: &Pack, deadline: &Deadline<'_>) -> bool {
    if pack.head.regime == Regime::Discipline {
        return matter.stage() == Stage::Closed && !is_of_decree(deadline.rule.start);
    }
    let decided = matches!(matter.stage(), Stage::WithAuthority | Stage::ToForward);
    matter.stage() == Stage::Closed || (decided && matter.recommendations.is_empty() && matter.crime.is_none())
}

fn is_of_decree(start: EventKind) -> bool {
    matches!(
        start,
        EventKind::DecisionIssued | EventKind::DecisionReceived | EventKind::HandoverMissed | EventKind::AppealLodged
    )
}

/// How urgent a last moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Over: at least one second past the last moment.
    Overdue,
    /// Ends on this calendar day.
    Today,
    /// Ends within seven calendar days.
    Week,
    /// Ends later.
    Later,
}

/// How urgent a last moment is, seen from a moment; days are those of the last moment's zone.
///
/// On the last day at 23:59:59 it is "today", one second later "overdue".
pub fn urgency(due_at: Moment, now: Moment) -> Urgency {
    let today = now.in_zone(due_at.zone()).date();
    if now.instant() > due_at.instant() {
        Urgency::Overdue
    } else if due_at.date() == today {
        Urgency::Today
    } else if today.checked_add(jiff::Span::new().days(7)).is_ok_and(|week| due_at.date() <= week) {
        Urgency::Week
    } else {
        Urgency::Later
    }
}
