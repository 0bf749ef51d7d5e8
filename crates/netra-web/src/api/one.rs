//! One matter as a program reads it: status, clocks with every reading, next steps, acts; persons only if the token's
//! scopes cover them.
//!
//! What an office may not get at all, the reporter above all, was taken out of the docket when it was opened
//! (`desk::redact`); here nothing is taken out, personal values are put in only where they are open.

use netra_docket::act::Incident;
use netra_docket::clocks::{ClockState, Clocks};
use netra_docket::entry::{Actor, Entry};
use netra_docket::person::Person;
use netra_docket::steps::{self, StepKind};
use netra_law::Law;
use netra_law::clock::Deadline;
use netra_law::explain;
use netra_law::time::Moment;

use super::answers::{self, Article, OriginWord, RelationWord, StageWord, StandingWord, StepWord};
use super::caller::Caller;
use crate::desk::matter::{identity_facts, step_rule};
use crate::desk::open::Opened;
use crate::desk::{timeline, words};
use crate::policy::{self, Action, Relation};

/// A matter as a caller may read it.
pub fn matter(law: &Law, caller: &Caller, opened: &Opened, now: Moment) -> answers::Matter {
    let matter = &opened.docket.matter;
    let clocks = opened.clocks(law, now);
    let stage = matter.stage_for(&caller.office.id);
    let names = caller.may(Action::SeePrivate);
    answers::Matter {
        id: matter.id,
        length: matter.length,
        number: matter.number().map(str::to_owned),
        subject: matter.subject_line.clone(),
        origin: OriginWord(matter.origin),
        regime: matter.regime,
        stage: StageWord(stage),
        stage_text: stage.indonesian().to_owned(),
        opened: matter.opened,
        office: answers::Office { id: opened.handler.id.clone(), name: opened.handler.name.clone() },
        relation: RelationWord(opened.relation),
        clocks: clocks.states.iter().map(clock).collect(),
        faults: clocks.faults.iter().map(words::fault).collect(),
        steps: next_steps(law, caller, opened, &clocks),
        acts: acts(&opened.docket.entries, 0),
        persons: names.then(|| matter.persons.iter().map(|p| person(p, opened.relation)).collect()),
        event: matter.event.as_ref().filter(|_| names).map(event),
    }
}

fn clock(state: &ClockState<'_>) -> answers::Clock {
    let deadline = &state.deadline;
    answers::Clock {
        id: state.id.to_owned(),
        title: state.title.to_owned(),
        who: deadline.rule.who,
        person: state.person.map(|no| no.0),
        standing: StandingWord(state.standing),
        due: deadline.due_at,
        done: state.done.map(answers::when_text),
        readings: readings(deadline),
        settled: deadline.rule.settled.as_ref().map(|settled| settled.by.clone()),
        reasoning: explain::sentence(deadline),
        at_expiry: deadline.rule.at_expiry.clone(),
        warnings: deadline.warnings.clone(),
        article: Article::of(&deadline.rule.basis),
    }
}

fn readings(deadline: &Deadline<'_>) -> Vec<answers::Reading> {
    let reading = |reading: &netra_law::clock::ReadingDate<'_>| answers::Reading {
        id: reading.id.to_string(),
        text: explain::reading_name(&reading.id),
        due: reading.due_date,
        why: reading.why.to_string(),
        chosen: reading.id == deadline.reading,
    };
    deadline.readings.iter().map(reading).collect()
}

fn next_steps(law: &Law, caller: &Caller, opened: &Opened, clocks: &Clocks<'_>) -> Vec<answers::Step> {
    let matter = &opened.docket.matter;
    let offered = steps::steps(matter).into_iter();
    let may = |step: &steps::Step| policy::may_take(caller.token.role, opened.relation, step.kind);
    let step = |step: steps::Step| {
        let rule = step_rule(law, matter, step.kind);
        let id = rule.and_then(|rule| rule.clock.as_deref());
        // An extension on record runs in place of the period that it lengthens.
        let it_answers = |state: &&ClockState<'_>| {
            state.is_open() && id.is_some_and(|id| state.id == id || state.deadline.rule.extends.as_deref() == Some(id))
        };
        answers::Step {
            step: StepWord(step.kind),
            text: step.kind.button().to_owned(),
            main: step.kind.is_main(),
            ready: step.is_ready(),
            allowed: caller.may(Action::Take(step.kind)),
            clock: clocks.states.iter().find(it_answers).map(|state| state.id.to_owned()),
            article: rule.map(|rule| Article::of(&rule.basis)),
            missing: step.missing.iter().map(|text| (*text).to_owned()).collect(),
        }
    };
    offered.filter(may).map(step).collect()
}

/// The acts after the first so many, without what they say of persons.
pub fn acts(entries: &[Entry], after: u32) -> Vec<answers::Act> {
    let act = |entry: &Entry| {
        let kind = StepKind::of(&entry.what);
        answers::Act {
            n: entry.n,
            id: entry.id,
            step: StepWord(kind),
            text: kind.done().to_owned(),
            at: entry.at,
            recorded: entry.recorded,
            by: actor(&entry.by),
            void: timeline::is_void(entry, entries),
        }
    };
    entries.iter().filter(|entry| entry.n > after).map(act).collect()
}

fn actor(by: &Actor) -> answers::Actor {
    let (kind, token) = match by {
        Actor::Public => ("public", None),
        Actor::System => ("system", None),
        Actor::Officer { .. } => ("officer", None),
        Actor::Token { token, .. } => ("token", Some(*token)),
    };
    answers::Actor { kind: kind.to_owned(), office: by.office().cloned(), token }
}

fn person(person: &Person, relation: Relation) -> answers::Person {
    let identity = person.identity.open();
    let facts = identity.map(|identity| identity_facts(identity, relation)).unwrap_or_default();
    answers::Person {
        no: person.no.0,
        capacity: person.capacity.indonesian().to_owned(),
        subject: person.subject.clone(),
        name: identity.map(|identity| identity.name.clone()).filter(|name| !name.is_empty()),
        facts: facts.into_iter().map(|(label, value)| answers::Fact { label: label.to_owned(), value }).collect(),
    }
}

fn event(event: &Incident) -> answers::Event {
    answers::Event {
        account: event.account.open().cloned(),
        place: event.place.open().cloned(),
        happened: event.happened,
        known: event.known,
    }
}
