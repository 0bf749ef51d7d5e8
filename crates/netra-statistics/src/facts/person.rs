//! What is counted of the reported persons of a matter.

use std::collections::BTreeSet;

use jiff::civil::Date;
use netra_docket::act::AppealResult;
use netra_docket::ids::PersonNo;
use netra_docket::matter::Matter;
use netra_docket::person::Person;
use netra_law::Law;
use netra_law::pack::SanctionLevel;

use super::{Counts, span};
use crate::dimension::Dimension;

/// The levels, for texts that name one in so many words.
const LEVELS: [SanctionLevel; 5] = [
    SanctionLevel::MoralClosed,
    SanctionLevel::MoralOpen,
    SanctionLevel::Light,
    SanctionLevel::Moderate,
    SanctionLevel::Severe,
];

/// Counts one reported person.
pub(super) fn count(matter: &Matter, law: &Law, person: &Person, counts: &mut Counts) {
    let known = person.subject.as_deref().filter(|subject| law.subject(subject).is_some());
    let recommended = first_recommendation(matter, person.no);
    counts.add(Dimension::Subject, known.unwrap_or("not-stated"));
    let decided = result(matter, person.no);
    counts.add(Dimension::Result, decided);
    counts.add(Dimension::FollowUp, follow_up(matter, person.no));
    counts.add(Dimension::Sanction, sanction(matter, law, person));
    counts.add(Dimension::DaysToRecommendation, span(first_forwarding(matter, person.no), recommended));
    counts.add(Dimension::DaysToSanction, span(recommended, first_sanction(matter, person.no)));
    if decided == "violation" {
        count_violations(matter, law, person.no, counts);
    }
}

/// Counts every person of every forwarding that was not sent back.
pub(super) fn count_forwardings(matter: &Matter, law: &Law, counts: &mut Counts) {
    for sent in matter.forwardings.iter().filter(|sent| sent.goes_on()) {
        let authority = sent.what.authority.as_str();
        let listed = if law.authority(authority).is_some() { authority } else { "not-listed" };
        let persons: BTreeSet<PersonNo> = sent.what.persons.iter().copied().collect();
        persons.iter().for_each(|_| counts.add(Dimension::Authority, listed));
    }
}

fn result(matter: &Matter, person: PersonNo) -> &'static str {
    let Some((_, results)) = &matter.decision else { return "undecided" };
    let mut own = results.iter().filter(|result| result.person == person).peekable();
    if own.peek().is_none() {
        return "not-stated";
    }
    if own.any(|result| !result.kinds.is_empty()) { "violation" } else { "no-violation" }
}

fn count_violations(matter: &Matter, law: &Law, person: PersonNo, counts: &mut Counts) {
    let results = matter.decision.iter().flat_map(|(_, results)| results).filter(|result| result.person == person);
    let types: BTreeSet<&str> = results.flat_map(|result| &result.types).map(String::as_str).collect();
    if types.is_empty() {
        counts.add(Dimension::Violation, "not-stated");
    }
    for id in types {
        let listed = law.violations().iter().any(|violation| violation.id == id);
        counts.add(Dimension::Violation, if listed { id } else { "not-listed" });
    }
}

fn follow_up(matter: &Matter, person: PersonNo) -> &'static str {
    let done = matter.sanctions.iter().any(|(_, sanction)| sanction.person == person);
    match (first_recommendation(matter, person).is_some(), done) {
        (false, false) => "not-recommended",
        (true, false) => "open",
        (true, true) => "done",
        (false, true) => "done-without",
    }
}

fn first_forwarding(matter: &Matter, person: PersonNo) -> Option<Date> {
    matter.forwardings.iter().find(|sent| sent.what.persons.contains(&person)).map(|sent| sent.at.date())
}

fn first_recommendation(matter: &Matter, person: PersonNo) -> Option<Date> {
    let names = |(_, _, recommendation): &&(_, _, netra_docket::act::Recommendation)| {
        recommendation.persons.iter().any(|named| named.person == person)
    };
    matter.recommendations.iter().find(names).map(|(_, _, recommendation)| recommendation.dated)
}

fn first_sanction(matter: &Matter, person: PersonNo) -> Option<Date> {
    matter.sanctions.iter().find(|(_, sanction)| sanction.person == person).map(|(_, sanction)| sanction.dated)
}

/// The level of the last sanction, as it stands after appeals.
fn sanction(matter: &Matter, law: &Law, person: &Person) -> &'static str {
    let reported = matter.sanctions.iter().rev().find(|(_, sanction)| sanction.person == person.no);
    let Some((_, reported)) = reported else { return "none" };
    let appeals = matter.discipline.appeals.iter().rev().filter(|(lodged, _)| lodged.person == person.no);
    match appeals.filter_map(|(_, decided)| decided.as_ref()).next() {
        Some(decided) if decided.result == AppealResult::Annulled => "annulled",
        Some(decided) if decided.result == AppealResult::Changed => level(law, person, &decided.sanction),
        _ => level(law, person, &reported.sanction),
    }
}

/// The level that a text speaks of: of the sanctions against this kind of person, the one whose words stand in it, the longest
/// first; else a level that is named in so many words.
fn level(law: &Law, person: &Person, text: &str) -> &'static str {
    let text = text.to_lowercase();
    let subject = person.subject.as_deref().unwrap_or_default();
    let of_subject = |subjects: &[String]| subjects.iter().any(|known| known == subject);
    let listed = law.reference().sanctions.sanction.iter().filter(|sanction| of_subject(&sanction.subjects));
    let said = listed.filter(|sanction| text.contains(&sanction.text.to_lowercase()));
    let longest = said.max_by_key(|sanction| sanction.text.len()).map(|sanction| sanction.level);
    let named = || LEVELS.into_iter().find(|level| text.contains(level.indonesian()));
    longest.or_else(named).map_or("other", SanctionLevel::id)
}
