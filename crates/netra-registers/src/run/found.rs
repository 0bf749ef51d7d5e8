//! The result as pairs, for programs that keep them.

use super::output::{HIGHEST, other, proposed};
use super::{Settings, Summary};
use crate::assign::{Class, Scored, class};
use crate::figures::figures;
use crate::index::Candidate;
use crate::model::Model;
use crate::reasons::reasons_one_by_one;

/// A pair that people should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// By which the candidates' list names the candidate.
    pub candidate: String,
    /// By which the register names the servant.
    pub servant: String,
    /// How probable it is that they are one person.
    pub probability: f64,
    /// What people should think of it.
    pub class: Class,
    /// Why, in words; the last one names the model.
    pub reasons: Vec<String>,
    /// What agreed and what differed, as the names of the model's figures. They tell nobody's name.
    pub figures: Vec<&'static str>,
    /// How many servants bear this name in the candidate's region; none where the region is not known.
    pub namesakes_here: Option<u32>,
    /// How many do in the whole register.
    pub namesakes: u32,
}

/// The pairs, and their counts in the summary.
pub(super) fn all(
    people: &[Candidate],
    lists: &[Vec<Scored>],
    model: &Model,
    settings: &Settings,
    summary: &mut Summary,
) -> Vec<Found> {
    let mut found = Vec::new();
    for (candidate, list) in people.iter().zip(lists) {
        let before = found.len();
        found.extend(proposed(list, settings).map(|scored| pair(scored, candidate, people, model)));
        summary.proposed += u64::from(found.len() > before);
    }
    for (known, count) in Class::ALL.iter().zip(&mut summary.written) {
        let of_class = found.iter().filter(|pair| pair.class == *known).count();
        *count += u64::try_from(of_class).unwrap_or(u64::MAX);
    }
    found
}

fn pair(scored: &Scored, candidate: &Candidate, people: &[Candidate], model: &Model) -> Found {
    let weight = &scored.weight;
    Found {
        candidate: candidate.id.to_string(),
        servant: scored.pair.id.to_string(),
        probability: scored.probability.min(HIGHEST),
        class: class(scored, &model.class),
        reasons: reasons_one_by_one(scored, candidate, other(scored, people), &model.version),
        figures: figures(&scored.pair.evidence, weight.near),
        namesakes_here: weight.namesakes_here,
        namesakes: weight.namesakes,
    }
}
