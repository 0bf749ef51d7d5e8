//! The legal events that a matter stands for: what starts and stops clocks.

use netra_law::event::{Event, EventKind};
use netra_law::pack::Regime;

use crate::act::{AppealKind, CandidacyResult, Recommendation, SanctionReported, Service};
use crate::ids::PersonNo;
use crate::matter::{Answered, Matter, Origin};

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
    list.extend(portal(matter));
    list.extend(matter.reported().flat_map(|p| discipline(matter, p.no)));
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

/// What went through the joint portal: received and verified by its task force.
fn portal(matter: &Matter) -> Option<Track> {
    let sent = matter.forwardings.iter().find(|f| f.what.channel == PORTAL && f.goes_on())?;
    let (received, _) = sent.confirmed.as_ref()?;
    let mut events = vec![Event::at(EventKind::TaskForceReceived, *received)];
    events.extend(sent.verified.map(|at| Event::at(EventKind::TaskForceVerified, at)));
    let studied = matter.discipline.analysed.iter().find(|(_, person)| sent.what.persons.contains(person));
    events.extend(studied.map(|(at, _)| Event::at(EventKind::TaskForceStudied, *at)));
    Some(Track { regime: Regime::Discipline, person: None, events })
}

/// The channel of the joint portal in `law/authorities.toml`.
const PORTAL: &str = "sbt";

/// The recommendation for one person, each summons to an examination, and the decree.
fn discipline(matter: &Matter, person: PersonNo) -> Vec<Track> {
    let track = |events| Track { regime: Regime::Discipline, person: Some(person), events };
    let sanctioned = |s: &SanctionReported| Event::on(EventKind::Sanctioned, s.dated);
    let mut list = Vec::new();
    for (_, _, recommendation) in matter.recommendations.iter().filter(|(_, _, r)| is_for(r, person)) {
        let Some(received) = recommendation.employer_received else { continue };
        let mut events = vec![Event::on(EventKind::RecommendationReceived, received)];
        let answers = |s: &&SanctionReported| s.person == person && s.dated >= received;
        events.extend(matter.sanctions.iter().map(|(_, s)| s).find(answers).map(sanctioned));
        list.push(track(events));
    }
    list.extend(examinations(matter, person).into_iter().map(track));
    list.extend(decree(matter, person).map(track));
    list
}

fn is_for(recommendation: &Recommendation, person: PersonNo) -> bool {
    recommendation.persons.iter().any(|p| p.person == person)
}

/// A summons is early enough or not by its session; one that was missed starts the clock of the next.
fn examinations(matter: &Matter, person: PersonNo) -> Vec<Vec<Event>> {
    let own: Vec<_> = matter.discipline.summonses.iter().filter(|s| s.what.person == person).collect();
    let mut list = Vec::new();
    for (place, summons) in own.iter().enumerate() {
        match place.checked_sub(1).and_then(|before| own.get(before)).filter(|b| b.answered == Answered::Missed) {
            // The second summons has a clock of its own, from the day of the session that was missed.
            Some(missed) => list.push(vec![
                Event::on(EventKind::SummonsMissed, missed.what.session.date()),
                Event::at(EventKind::Summoned, summons.at),
            ]),
            None => list.push(vec![
                Event::at(EventKind::ClarificationSet, summons.what.session),
                Event::at(EventKind::Summoned, summons.at),
            ]),
        }
    }
    if let Some(last) = own.last().filter(|last| last.answered == Answered::Missed && own.len() == 1) {
        list.push(vec![Event::on(EventKind::SummonsMissed, last.what.session.date())]);
    }
    list
}

/// The decree from its issue to an appeal.
fn decree(matter: &Matter, person: PersonNo) -> Option<Vec<Event>> {
    let (_, sanction) = matter.sanctions.iter().find(|(_, s)| s.person == person)?;
    // Without a hand-over on record nothing is known of it: many employers report the decree only.
    let mut served = matter.discipline.served.iter().filter(|s| s.person == person).peekable();
    served.peek()?;
    let mut events = vec![Event::on(EventKind::DecisionIssued, sanction.dated)];
    for service in served {
        match service.how {
            Service::HandedOver | Service::Arrived => events.push(Event::on(EventKind::DecisionReceived, service.on)),
            Service::Absent => events.push(Event::on(EventKind::HandoverMissed, service.on)),
            Service::Sent => events.push(Event::on(EventKind::DecisionSent, service.on)),
        }
    }
    for (lodged, decided) in matter.discipline.appeals.iter().filter(|(lodged, _)| lodged.person == person) {
        match lodged.kind {
            AppealKind::Objection => events.push(Event::on(EventKind::ObjectionLodged, lodged.on)),
            AppealKind::Appeal => {
                events.push(Event::on(EventKind::AppealLodged, lodged.on));
                events.extend(decided.as_ref().map(|d| Event::on(EventKind::AppealAnswered, d.dated)));
            }
        }
    }
    Some(events)
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
