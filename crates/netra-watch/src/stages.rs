//! How far a matter has come, as a text tells it: the furthest stage that was reached, not one that may come.

use serde::{Deserialize, Serialize};

use crate::data::{Order, StageRules, Tables};
use crate::lexicon::Hit;
use crate::rules::{Concepts, Rule};
use crate::scene::{Scene, Sentence};

/// A stage of handling, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// None is told.
    None,
    /// An appeal or training, nothing happened yet.
    Prevention,
    /// People talk of it.
    Viral,
    /// Reported or found.
    Report,
    /// Being traced.
    Tracing,
    /// Clarified, studied, decided in plenary.
    Study,
    /// Handed over to the body that decides next.
    Forwarded,
    /// That body has recommended.
    Recommended,
    /// A sanction was imposed.
    Sanctioned,
}

impl Stage {
    /// All stages.
    pub const ALL: [Stage; 9] = [
        Stage::None,
        Stage::Prevention,
        Stage::Viral,
        Stage::Report,
        Stage::Tracing,
        Stage::Study,
        Stage::Forwarded,
        Stage::Recommended,
        Stage::Sanctioned,
    ];

    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Stage::None => "none",
            Stage::Prevention => "prevention",
            Stage::Viral => "viral",
            Stage::Report => "report",
            Stage::Tracing => "tracing",
            Stage::Study => "study",
            Stage::Forwarded => "forwarded",
            Stage::Recommended => "recommended",
            Stage::Sanctioned => "sanctioned",
        }
    }

    /// The words that people read.
    pub fn indonesian(self) -> &'static str {
        match self {
            Stage::None => "tidak disebut",
            Stage::Prevention => "pencegahan",
            Stage::Viral => "ramai di masyarakat",
            Stage::Report => "dilaporkan atau ditemukan",
            Stage::Tracing => "ditelusuri",
            Stage::Study => "diklarifikasi atau dikaji",
            Stage::Forwarded => "diteruskan",
            Stage::Recommended => "direkomendasikan instansi penerima",
            Stage::Sanctioned => "dijatuhi sanksi",
        }
    }

    /// The stage of an id.
    pub fn from_id(id: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.id() == id)
    }
}

/// So many words before the trigger a word of negation or possibility still governs it.
const REACH: usize = 4;

/// A stage with the words that tell of it.
pub(crate) struct Told {
    pub stage: Stage,
    pub words: String,
    /// Where these words stand.
    pub spans: Vec<(usize, usize)>,
}

/// The furthest stage that a text tells of.
pub(crate) fn furthest(scene: &Scene<'_, '_>, tables: &Tables) -> Told {
    let mut best = Told { stage: Stage::None, words: String::new(), spans: Vec::new() };
    for rules in &tables.stages {
        let Some(stage) = Stage::from_id(&rules.id).filter(|stage| *stage > best.stage) else { continue };
        let told = scene.sentences.iter().find_map(|sentence| told_in(scene, rules, sentence));
        if let Some(hits) = told {
            best = Told { stage, words: scene.quote(&hits), spans: scene.spans(&hits) };
        }
    }
    best
}

fn told_in(scene: &Scene<'_, '_>, rules: &StageRules, sentence: &Sentence) -> Option<Vec<Hit>> {
    if sentence.concepts.meets(scene.named().conditional) || is_question(scene, sentence) {
        return None;
    }
    let held = rules.rules.iter().filter(|rule| rule.may_hold(sentence.concepts));
    held.filter_map(|rule| met(scene, rules, rule, sentence)).next()
}

/// *Pj Bupati Diperiksa?* is asked, not told; such headlines are often answered with no.
fn is_question(scene: &Scene<'_, '_>, sentence: &Sentence) -> bool {
    sentence.words.end.checked_sub(1).is_some_and(|last| scene.words.gap_after(last).contains('?'))
}

/// The first place in a sentence where a rule is met by something that has happened.
fn met(scene: &Scene<'_, '_>, rules: &StageRules, rule: &Rule, sentence: &Sentence) -> Option<Vec<Hit>> {
    let counted = |hit: &Hit| scene.counted(hit);
    let hits = scene.hits_of(sentence);
    let mut first = 0;
    while let Some(found) = rule.evidence(hits, first, &counted) {
        let trigger = *found.first()?;
        let near = found.iter().all(|hit| hit.from.abs_diff(trigger.from) <= rules.near);
        let ordered = rules.order == Order::Any || found.is_sorted_by_key(|hit| hit.from);
        if near && ordered && has_happened(scene, hits, trigger, sentence) {
            return Some(found);
        }
        let next = hits.iter().position(|hit| *hit == trigger)? + 1;
        first = next.max(first + 1);
    }
    None
}

/// Whether no word shortly before, in the same clause, says that it did not happen or only may.
fn has_happened(scene: &Scene<'_, '_>, hits: &[Hit], trigger: Hit, sentence: &Sentence) -> bool {
    let named = scene.named();
    let doubt: Concepts = named.maybe | named.negation | named.forbid;
    let mut from = trigger.from;
    let lowest = trigger.from.saturating_sub(REACH).max(sentence.words.start);
    // A clause that begins at the trigger is out of reach of what stands before it.
    while from > lowest && !scene.words.list.get(from).is_some_and(|word| word.begins_clause) {
        from -= 1;
    }
    let governs = |hit: &Hit| hit.from >= from && hit.to <= trigger.from && scene.counted(hit).meets(doubt);
    !hits.iter().any(governs)
}
