//! Dates in an order in which things don't happen.

use super::facts::Facts;
use crate::event::EventKind::{self, *};
use crate::event::When;
use crate::time::short_date;

/// Pairs of events of which the first comes first.
const EXPECTED: &[(EventKind, EventKind)] = &[
    (Happened, Known),
    (Happened, Discovered),
    (Happened, Delivered),
    (Known, Delivered),
    (Discovered, FindingFixed),
    (Discovered, Registered),
    (FindingFixed, Registered),
    (Delivered, Received),
    (Delivered, InitialStudyDone),
    (Delivered, RepairNotified),
    (Delivered, Registered),
    (RepairNotified, RepairDone),
    (InitialStudyDone, Registered),
    (RepairDone, Registered),
    (Registered, Plenary),
    (Plenary, Forwarded),
    (Plenary, Announced),
    (CrimeDeclared, CrimeForwarded),
    (Forwarded, RecommendationReceived),
    (RecommendationReceived, Sanctioned),
    (DecisionIssued, DecisionReceived),
    (DecisionReceived, AppealLodged),
];

/// A remark for every pair that stands the wrong way round.
pub(super) fn oddities(facts: &Facts) -> Vec<String> {
    let odd = |(first, then): &(EventKind, EventKind)| {
        let (a, b) = (facts.when(*first)?, facts.when(*then)?);
        is_before(b, a).then(|| {
            format!(
                "Urutan janggal: {then} ({}, {}) mendahului {first} ({}, {}).",
                then.indonesian(),
                short_date(b.date()),
                first.indonesian(),
                short_date(a.date())
            )
        })
    };
    EXPECTED.iter().filter_map(odd).collect()
}

/// Whether something is earlier for sure: by the moment where both are known to the minute, else by the day.
pub(super) fn is_before(a: When, b: When) -> bool {
    match (a.moment(), b.moment()) {
        (Some(a), Some(b)) => a.instant() < b.instant(),
        _ => a.date() < b.date(),
    }
}
