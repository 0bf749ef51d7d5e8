//! The part of a matter that lies with the authority and the employer: from verification to the appeal.

use netra_law::time::Moment;

use super::{Answered, Matter, Refusal};
use crate::act::{
    Act, AppealDecided, AppealLodged, AuthorityOutcome, DecisionServed, EmployeeSummoned, EmployerPressed,
    ExaminationKind, Measure, Recommendation, Service,
};
use crate::ids::PersonNo;

/// A summons of the employer and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummonsState {
    /// When it was made.
    pub at: Moment,
    /// The summons.
    pub what: EmployeeSummoned,
    /// Whether the examination was held or missed.
    pub answered: Answered,
}

/// What the authority and the employer did, besides recommending and punishing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discipline {
    /// Cases that ended at the authority without a recommendation.
    pub settled: Vec<(Moment, PersonNo, AuthorityOutcome)>,
    /// Whose case was analysed, and when.
    pub analysed: Vec<(Moment, PersonNo)>,
    /// Measures against an employer that does not act.
    pub measures: Vec<(Moment, EmployerPressed)>,
    /// Summonses, oldest first.
    pub summonses: Vec<SummonsState>,
    /// For whom a team was formed.
    pub teams: Vec<PersonNo>,
    /// Who was examined, and when.
    pub examined: Vec<(Moment, PersonNo)>,
    /// What happened to the hand-over of decrees.
    pub served: Vec<DecisionServed>,
    /// Objections and appeals, with how they ended.
    pub appeals: Vec<(AppealLodged, Option<AppealDecided>)>,
}

impl Discipline {
    /// Whose data are blocked now.
    pub fn blocked(&self) -> impl Iterator<Item = PersonNo> + '_ {
        let last = |person: PersonNo| {
            let blocks = |m: Measure| matches!(m, Measure::Blocking | Measure::Unblocking);
            self.measures.iter().rev().find(|(_, m)| m.person == person && blocks(m.measure)).map(|(_, m)| m.measure)
        };
        let blocked = self.measures.iter().filter(|(_, m)| m.measure == Measure::Blocking).map(|(_, m)| m.person);
        blocked.filter(move |person| last(*person) == Some(Measure::Blocking))
    }

    fn answer(&mut self, person: PersonNo, answer: Answered) {
        let open = self.summonses.iter_mut().rev().find(|s| s.what.person == person && s.answered == Answered::Open);
        if let Some(summons) = open {
            summons.answered = answer;
        }
    }
}

impl Matter {
    /// Whether fewer answers than forwardings have come for a person: one may go to several authorities. What was sent
    /// back waits for nothing.
    pub fn awaits_answer(&self, person: PersonNo) -> bool {
        let sent = self.forwardings.iter().filter(|f| f.goes_on() && f.what.persons.contains(&person)).count();
        let punished = self.sanctions.iter().filter(|(_, s)| s.person == person).count();
        let settled = self.discipline.settled.iter().filter(|(_, p, _)| *p == person).count();
        punished + settled < sent
    }

    /// Whether an employer has been asked to act on a person and has not answered.
    pub fn is_with_employer(&self, person: PersonNo) -> bool {
        let recommended = |r: &Recommendation| r.persons.iter().any(|p| p.person == person);
        self.recommendations.iter().any(|(_, _, r)| recommended(r)) && self.awaits_answer(person)
    }

    /// Whether a sanction decree has reached the person.
    pub fn is_served(&self, person: PersonNo) -> bool {
        let reached = |s: &&DecisionServed| matches!(s.how, Service::HandedOver | Service::Arrived);
        self.discipline.served.iter().filter(reached).any(|s| s.person == person)
    }

    /// What the authority and the employer did in the case of one person.
    pub(super) fn apply_discipline(&mut self, what: &Act, at: Moment) -> Result<(), Refusal> {
        let person = match what {
            Act::AuthorityExamined(a) => a.person,
            Act::AuthorityClosed(a) => a.person,
            Act::EmployerPressed(a) => a.person,
            Act::EmployeeSummoned(a) => a.person,
            Act::EmployeeAbsent(a) => a.person,
            Act::TeamFormed(a) => a.person,
            Act::EmployeeExamined(a) => a.person,
            Act::DecisionServed(a) => a.person,
            Act::AppealLodged(a) => a.person,
            Act::AppealDecided(a) => a.person,
            _ => return Ok(()),
        };
        if self.person(person).is_none() {
            return Err(Refusal::NoSuchPerson(person));
        }
        let state = &mut self.discipline;
        match what {
            Act::AuthorityExamined(a) if a.how == ExaminationKind::Analysis => state.analysed.push((at, person)),
            Act::AuthorityClosed(a) => state.settled.push((at, person, a.outcome)),
            Act::EmployerPressed(a) => state.measures.push((at, a.clone())),
            Act::EmployeeSummoned(a) => {
                state.summonses.push(SummonsState { at, what: a.clone(), answered: Answered::Open });
            }
            Act::EmployeeAbsent(_) => state.answer(person, Answered::Missed),
            Act::TeamFormed(_) => state.teams.push(person),
            Act::EmployeeExamined(_) => {
                state.answer(person, Answered::Held);
                state.examined.push((at, person));
            }
            Act::DecisionServed(a) => state.served.push(a.clone()),
            Act::AppealLodged(a) => state.appeals.push((a.clone(), None)),
            Act::AppealDecided(a) => {
                let open = state.appeals.iter_mut().rev().find(|(l, d)| l.person == person && d.is_none());
                open.ok_or(Refusal::NoSuchAppeal)?.1 = Some(a.clone());
            }
            _ => {}
        }
        Ok(())
    }
}
