//! The legal events that a matter stands for: what starts and stops clocks.

use netra_law::event::{Event, EventKind};
use netra_law::pack::Regime;

use crate::act::CandidacyResult;
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
    for (_, _, recommendation) in &matter.recommendations {
        let Some(received) = recommendation.employer_received else { continue };
        list.extend(recommendation.persons.iter().map(|p| {
            let mut events = vec![Event::on(EventKind::RecommendationReceived, received)];
            let done = matter.sanctions.iter().find(|(_, s)| s.person == p.person);
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
    let listed = |r: CandidacyResult| matches!(r, CandidacyResult::ResignationPending | CandidacyResult::NotResigned);
    at(EventKind::CandidacyListed, matter.candidacy.iter().find(|(_, _, r)| listed(*r)).map(|(m, _, _)| *m));
    let decreed = |r: CandidacyResult| r == CandidacyResult::ResignedWithDecree;
    at(EventKind::ResignationDecreed, matter.candidacy.iter().find(|(_, _, r)| decreed(*r)).map(|(m, _, _)| *m));
    if let Some(event) = &matter.event {
        list.extend(event.happened.map(|d| Event::on(EventKind::Happened, d)));
        if matter.origin == Origin::Report {
            list.extend(event.known.map(|d| Event::on(EventKind::Known, d)));
        }
    }
    list.extend(matter.discovered.map(|d| Event::on(EventKind::Discovered, d)));
    list
}
