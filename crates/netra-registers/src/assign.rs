//! From weights to probabilities, one servant for a candidate, and the class that people see.

use rustc_hash::FxHashMap;

use crate::compare::{AgeLevel, BirthLevel, NameLevel};
use crate::model::{Classes, Model};
use crate::number::NikMatch;
use crate::pair::Pair;
use crate::score::Weight;

/// Below this a pair is not given to anybody.
const HOPELESS: f64 = 0.01;

/// What people should think of a pair.
#[doc(alias = "kelas kecocokan")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A number, or a birth date with a rare name.
    Sure,
    /// A proof beside name and region, and likely.
    Probable,
    /// To be checked.
    Check,
}

impl Class {
    /// All of them, the strongest first.
    pub const ALL: [Class; 3] = [Class::Sure, Class::Probable, Class::Check];

    /// The stable word for files.
    pub fn id(self) -> &'static str {
        match self {
            Class::Sure => "sure",
            Class::Probable => "probable",
            Class::Check => "check",
        }
    }

    /// What people read.
    pub fn indonesian(self) -> &'static str {
        match self {
            Class::Sure => "pasti",
            Class::Probable => "mungkin sekali",
            Class::Check => "perlu diperiksa",
        }
    }
}

/// A pair with its probability.
pub(crate) struct Scored {
    pub(crate) pair: Pair,
    pub(crate) weight: Weight,
    pub(crate) probability: f64,
    /// Whether the servant was given to this candidate, to another one (its number), or to none.
    pub(crate) given: Given,
}

/// To whom a servant was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// To nobody: the candidate has a better one, or the pair is hopeless.
    ToNone,
    /// To this candidate.
    Here,
    /// To another candidate, by number.
    ToOther(u32),
}

/// The probabilities of one candidate's pairs: each weight against those of all stories.
///
/// Servants who are one person with two numbers are one story; each of their pairs has its probability.
pub(crate) fn probabilities(model: &Model, weighed: Vec<(Pair, Weight)>) -> Vec<Scored> {
    let mut total = 1.0 - model.prior.in_register;
    let mut stories: Vec<f64> = Vec::with_capacity(weighed.len());
    for (place, (pair, weight)) in weighed.iter().enumerate() {
        total += weight.lookalike;
        let same_person = weighed.iter().enumerate().filter(|(_, (other, _))| pair.is_same_person(other));
        let (mut best, mut first) = (weight.person, place);
        for (other_place, (_, other)) in same_person {
            best = best.max(other.person);
            first = first.min(other_place);
        }
        if first == place {
            total += best;
        }
        stories.push(best);
    }
    let scored = weighed.into_iter().zip(stories).map(|((pair, weight), story)| {
        let probability = story / total;
        Scored { pair, weight, probability, given: Given::ToNone }
    });
    let mut scored: Vec<Scored> = scored.collect();
    sort(&mut scored);
    scored
}

/// The most probable first; of equals the one that stands first in the register.
fn sort(scored: &mut [Scored]) {
    scored.sort_by(|one, other| {
        other.probability.total_cmp(&one.probability).then_with(|| one.pair.line.cmp(&other.pair.line))
    });
}

/// Gives each candidate one servant and each servant to one candidate, the most probable pair first. A servant who went
/// elsewhere stays in the list with what is left of its probability.
pub(crate) fn one_to_one(lists: &mut [Vec<Scored>]) {
    let mut queue: Vec<(f64, u32, u64)> = Vec::new();
    for (number, list) in (0u32..).zip(lists.iter()) {
        let hopeful = list.iter().filter(|scored| scored.probability >= HOPELESS);
        queue.extend(hopeful.map(|scored| (scored.probability, number, scored.pair.line)));
    }
    queue.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| (one.1, one.2).cmp(&(other.1, other.2))));
    let mut of_servant: FxHashMap<u64, (u32, f64)> = FxHashMap::default();
    let mut of_candidate: FxHashMap<u32, u64> = FxHashMap::default();
    for (probability, number, line) in queue {
        if !of_candidate.contains_key(&number) && !of_servant.contains_key(&line) {
            of_candidate.insert(number, line);
            of_servant.insert(line, (number, probability));
        }
    }
    for (number, list) in (0u32..).zip(lists.iter_mut()) {
        for scored in list.iter_mut() {
            let Some((winner, theirs)) = of_servant.get(&scored.pair.line).copied() else { continue };
            if winner == number {
                scored.given = Given::Here;
                continue;
            }
            scored.given = Given::ToOther(winner);
            if !scored.pair.evidence.same_number() {
                let ours = scored.probability;
                scored.probability = ours * (1.0 - theirs) / (1.0 - ours * theirs).max(1e-9);
            }
        }
        sort(list);
    }
}

/// The class of a pair. Name and region alone never make more than a pair to check.
pub(crate) fn class(scored: &Scored, classes: &Classes) -> Class {
    let evidence = &scored.pair.evidence;
    let is_rare = scored.weight.namesakes_here.unwrap_or(scored.weight.namesakes) <= classes.rare;
    let is_like = evidence.name.level <= NameLevel::Slips;
    let is_dated = evidence.birth == BirthLevel::Equal;
    let has_proof = evidence.same_number()
        || matches!(
            evidence.birth,
            BirthLevel::Equal | BirthLevel::Turned | BirthLevel::YearOff | BirthLevel::SameMonth
        )
        || matches!(evidence.age, AgeLevel::Equal | AgeLevel::OneOff)
        || matches!(evidence.nik, NikMatch::Agrees(digits) if digits >= 2);
    if matches!(scored.given, Given::ToOther(_)) || !has_proof {
        return Class::Check;
    }
    // A number under another name may have been used without asking.
    let is_numbered = evidence.same_number() && evidence.name.level < NameLevel::Shared;
    let is_sure = is_numbered || (is_dated && is_like && is_rare && evidence.nik != NikMatch::Differs);
    if is_sure && scored.probability >= classes.sure {
        Class::Sure
    } else if scored.probability >= classes.probable {
        Class::Probable
    } else {
        Class::Check
    }
}
