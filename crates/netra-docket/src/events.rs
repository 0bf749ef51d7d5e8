//! The legal events that a matter stands for: what starts and stops clocks.

use netra_law::event::{Event, EventKind};
use netra_law::pack::Regime;

use crate::act::{CandidacyResult, SanctionReported};
use crate::ids::PersonNo;
use crate::matter::{Matter, Origin};

/// Events that belong together: one clock of a kind runs in each track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Which procedure's clocks run.
    pub regime: Regime,
    /// Whom it is about, if it is about one person.
    pub person: Option<PersonNo>,
    /// The events.
    pub events: Vec<Event>,
}

/// All tracks of a matter, the main one first. O(acts).
pub fn tracks(matter: &Matter) -> Vec<Track> {
    let mut list = vec![Track { regime: matter.regime, person: None, events: main_events(matter) }];
    list.extend(matter.invitations.iter().map(|i| {
        let mut events = vec![Event::at(EventKind::ClarificationSet, i.what.session)];
        events.extend(i.what.delivered.map(|d| Event::at(EventKind::InvitationDelivered, d)));
        Track { regime: matter.regime, person: Some(i.what.person), events }
    }));
    list.extend(matter.reported().filter_map(|p| candidacy(matter, p.no)));
    for (_, _, recommendation) in &matter.recommendations {
        let Some(received) = recommendation.employer_received else { continue };
        list.extend(recommendation.persons.iter().map(|p| {
            let mut events = vec![Event::on(EventKind::RecommendationReceived, received)];
            let answers = |s: &SanctionReported| s.person == p.person && s.dated >= received;
            let done = matter.sanctions.iter().find(|(_, s)| answers(s));
            events.extend(done.map(|(_, s)| Event::on(EventKind::Sanctioned, s.dated)));
            Track { regime: Regime::Discipline, person: Some(p.person), events }
        }));
    }
    list
}

fn main_events(matter: &Matter) -> Vec<Event> {
    let mut list = Vec::new();
    let mut at = |kind, moment: Option<netra_law::time::Moment>| list.extend(moment.map(|m| Event::at(kind, m)));
    if matter.origin == Origin::Report {
        at(EventKind::Delivered, Some(matter.opened));
    }
    at(EventKind::InitialStudyDone, matter.first_study);
    at(EventKind::RepairNotified, matter.repair_notified);
    at(EventKind::RepairDone, matter.repaired.filter(|done| Some(*done) >= matter.repair_notified));
    at(EventKind::Registered, matter.registered.as_ref().map(|(m, _)| *m));
    at(EventKind::FindingFixed, matter.finding);
    at(EventKind::CrimeDeclared, matter.crime);
    at(EventKind::Plenary, matter.decision.as_ref().map(|(m, _)| *m));
    at(EventKind::Forwarded, matter.forwardings.first().map(|f| f.at));
    at(EventKind::CrimeForwarded, matter.forwardings.iter().find(|f| f.what.kind == "crime").map(|f| f.at));
    at(EventKind::Announced, matter.announced.first().map(|(_, m, _)| *m));
    at(EventKind::CorrectionAdvised, matter.advised);
    at(EventKind::CorrectionDone, matter.corrected);
    if let Some(event) = &matter.event {
        list.extend(event.happened.map(|d| Event::on(EventKind::Happened, d)));
        if matter.origin == Origin::Report {
            list.extend(event.known.map(|d| Event::on(EventKind::Known, d)));
        }
    }
    list.extend(matter.discovered.map(|d| Event::on(EventKind::Discovered, d)));
    list
}

/// The candidacy of one person: found on a list, and out of service by decree.
fn candidacy(matter: &Matter, person: PersonNo) -> Option<Track> {
    let of = |result: &dyn Fn(CandidacyResult) -> bool| {
        matter.candidacy.iter().find(|(_, p, r)| *p == person && result(*r)).map(|(m, _, _)| *m)
    };
    let listed = of(&|r| matches!(r, CandidacyResult::ResignationPending | CandidacyResult::NotResigned))?;
    let mut events = vec![Event::at(EventKind::CandidacyListed, listed)];
    let decreed = of(&|r| r == CandidacyResult::ResignedWithDecree);
    events.extend(decreed.map(|m| Event::at(EventKind::ResignationDecreed, m)));
    Some(Track { regime: matter.regime, person: Some(person), events })
}
