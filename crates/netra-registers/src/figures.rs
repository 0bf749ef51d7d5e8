//! Which figures of the error model a pair stands under: what agreed and what differed, without anybody's data.

use crate::compare::{AgeLevel, Agreement, BirthLevel, Evidence, NameLevel};
use crate::score::Near;

/// The figures of a pair, by their names in the model. What is not known has none.
pub(crate) fn figures(evidence: &Evidence, near: Near) -> Vec<&'static str> {
    let list = [
        Some(name(evidence.name.level)),
        birth(evidence.birth),
        age(evidence.age),
        region(near),
        agreed(evidence.place, "place.same", "place.different"),
        agreed(evidence.sex, "sex.same", "sex.different"),
    ];
    list.into_iter().flatten().collect()
}

fn name(level: NameLevel) -> &'static str {
    match level {
        NameLevel::Identical => "name.identical",
        NameLevel::Folded => "name.folded",
        NameLevel::Initials => "name.initials",
        NameLevel::Slips => "name.slips",
        NameLevel::Fewer => "name.fewer",
        NameLevel::OneOf => "name.one_of",
        NameLevel::FewerSlips => "name.fewer_slips",
        NameLevel::Shared => "name.shared",
        NameLevel::Different => "name.different",
    }
}

fn birth(level: BirthLevel) -> Option<&'static str> {
    match level {
        BirthLevel::Unknown => None,
        BirthLevel::Equal => Some("birth.equal"),
        BirthLevel::Turned => Some("birth.turned"),
        BirthLevel::YearOff => Some("birth.year_off"),
        BirthLevel::SameMonth => Some("birth.same_month"),
        BirthLevel::YearOffSameMonth => Some("birth.year_off_same_month"),
        BirthLevel::OtherYear => Some("birth.other_year"),
        BirthLevel::SameDay => Some("birth.same_day"),
        BirthLevel::SameYear => Some("birth.same_year"),
        BirthLevel::Different => Some("birth.different"),
    }
}

fn age(level: AgeLevel) -> Option<&'static str> {
    match level {
        AgeLevel::Unknown => None,
        AgeLevel::Equal => Some("age.equal"),
        AgeLevel::OneOff => Some("age.one_off"),
        AgeLevel::Near => Some("age.near"),
        AgeLevel::Different => Some("age.different"),
    }
}

fn region(near: Near) -> Option<&'static str> {
    match near {
        Near::Unknown => None,
        Near::Same => Some("region.same"),
        Near::Province => Some("region.province"),
        Near::Elsewhere => Some("region.elsewhere"),
    }
}

fn agreed(agreement: Agreement, same: &'static str, different: &'static str) -> Option<&'static str> {
    match agreement {
        Agreement::Unknown => None,
        Agreement::Same => Some(same),
        Agreement::Different => Some(different),
    }
}
