//! What was done: acts told by a text, and the types of violation that they can be.

use netra_law::pack::Regime;

use crate::data::Tables;
use crate::lexicon::Hit;
use crate::rules::{Concepts, Rule};
use crate::scene::{Scene, Sentence};

/// A type of violation that a text points to.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundAct {
    /// An id of `law/violations.toml`.
    pub violation: String,
    /// What was done, in Indonesian.
    pub act: String,
    /// The words that led there, as the text has them; other words, names among them, are left out.
    pub words: String,
    /// Where these words stand: bytes of the reading's text.
    pub spans: Vec<(usize, usize)>,
    /// From 0 to 1.
    pub confidence: f64,
}

/// An act that a text tells of.
pub(crate) struct Told {
    /// Among the tables' acts.
    pub act: usize,
    pub score: f64,
    pub hits: Vec<Hit>,
}

/// What a text says about an act, sentence by sentence.
pub(crate) struct Telling {
    /// The acts, the best told first.
    pub acts: Vec<Told>,
    /// How much each sentence tells of any act, at most 1: by the sentences of the scene.
    pub sentences: Vec<f64>,
}

/// Two sentences together tell less than one.
const PAIR: f64 = 0.4;
/// What scores less is not told.
const LEAST: f64 = 0.15;
/// A further type of the same act stands behind the first type of another act that is told as well.
const LATER: f64 = 0.5;
/// So many types are listed at most.
const MOST: usize = 6;

/// Reads the acts out of a text.
pub(crate) fn tell(scene: &Scene<'_, '_>, tables: &Tables) -> Telling {
    let weights: Vec<f64> = scene.sentences.iter().map(|sentence| weight(scene, sentence)).collect();
    let mut by_sentence = vec![0.0_f64; scene.sentences.len()];
    let mut acts = Vec::new();
    for (n, act) in tables.acts.iter().enumerate() {
        let mut scores: Vec<f64> = Vec::new();
        let mut best: (f64, Vec<Hit>) = (0.0, Vec::new());
        let mut alone_before = false;
        for (place, sentence) in scene.sentences.iter().enumerate() {
            let factor = weights.get(place).copied().unwrap_or(1.0);
            let alone = strongest(scene, &act.rules, sentence.concepts, scene.hits_of(sentence));
            let mut found = alone.map(|(told, hits)| (told * factor, hits));
            if found.is_none() && !alone_before {
                found = pair(scene, &act.rules, place).map(|(told, hits)| (told * factor * PAIR, hits));
            } else if let Some(sum) = by_sentence.get_mut(place).filter(|_| found.is_some()) {
                *sum = found.as_ref().map_or(*sum, |(told, _)| sum.max(*told));
            }
            alone_before = found.is_some();
            let Some((told, hits)) = found else { continue };
            scores.push(told);
            if told > best.0 {
                best = (told, hits);
            }
        }
        // Strong words weigh more than many weak ones.
        scores.sort_by(|a, b| b.total_cmp(a));
        let score: f64 = scores.iter().zip([1.0, 0.5, 0.25]).map(|(told, share)| told * share).sum();
        if score >= LEAST {
            acts.push(Told { act: n, score, hits: best.1 });
        }
    }
    // Equal acts stay in the order of the data.
    acts.sort_by(|a, b| b.score.total_cmp(&a.score));
    Telling { acts, sentences: by_sentence.into_iter().map(|told| told.min(1.0)).collect() }
}

/// How much a sentence counts: a headline more, a prohibition or condition less.
fn weight(scene: &Scene<'_, '_>, sentence: &Sentence) -> f64 {
    let named = scene.named();
    let has = |concepts: Concepts| sentence.concepts.meets(concepts);
    let mut weight = 1.0;
    if sentence.is_title {
        weight *= 1.4;
    }
    if has(Concepts::WHO) {
        weight *= 1.25;
    }
    if has(named.forbid) {
        weight *= if has(named.alleged) { 0.6 } else { 0.2 };
    }
    if has(named.conditional) {
        weight *= 0.4;
    }
    if has(named.prevent) && !has(named.alleged) {
        weight *= 0.5;
    }
    if has(named.explain_strong) {
        weight *= 0.5;
    }
    weight
}

/// The strongest rule that a sentence meets, with the words that meet it.
fn strongest(scene: &Scene<'_, '_>, rules: &[Rule], concepts: Concepts, hits: &[Hit]) -> Option<(f64, Vec<Hit>)> {
    let counted = |hit: &Hit| scene.counted(hit);
    let mut best: Option<(f64, Vec<Hit>)> = None;
    for rule in rules.iter().filter(|rule| rule.may_hold(concepts)) {
        if best.as_ref().is_some_and(|(weight, _)| *weight >= rule.weight) {
            continue;
        }
        if let Some(hits) = rule.evidence(hits, 0, &counted) {
            best = Some((rule.weight, hits));
        }
    }
    best
}

/// A sentence with the one that follows it.
fn pair(scene: &Scene<'_, '_>, rules: &[Rule], place: usize) -> Option<(f64, Vec<Hit>)> {
    let first = scene.sentences.get(place)?;
    let second = scene.sentences.get(place + 1)?;
    let both = first.concepts | second.concepts;
    let may_hold = |concepts: Concepts| rules.iter().any(|rule| rule.may_hold(concepts));
    if first.is_title || !may_hold(both) || may_hold(second.concepts) {
        return None;
    }
    strongest(scene, rules, both, scene.hits_of_pair(first, second))
}

/// What the types depend on.
pub(crate) struct Circumstances<'a> {
    /// Kinds of persons, each with its share of the text; the largest is 1.
    pub kinds: &'a [(String, f64)],
    pub regime: Option<Regime>,
    /// How likely the candidates were determined.
    pub determined: f64,
}

/// The types that the acts can be, the likeliest first.
pub(crate) fn types(
    scene: &Scene<'_, '_>,
    tables: &Tables,
    acts: &[Told],
    circumstances: &Circumstances<'_>,
) -> Vec<FoundAct> {
    let election = circumstances.regime.map(Regime::id);
    let mut list: Vec<FoundAct> = Vec::new();
    for told in acts {
        let Some(act) = tables.acts.get(told.act) else { continue };
        let strength = told.score / (told.score + 0.5);
        for (kind, share) in circumstances.kinds {
            let Some(answer) = tables.answers.iter().find(|a| a.fits(&act.id, kind, election)) else { continue };
            let base = strength * (0.4 + 0.6 * *share);
            let groups = [
                (&answer.any, 1.0),
                (&answer.before, 1.0 - circumstances.determined),
                (&answer.after, circumstances.determined),
            ];
            for (ids, likely) in groups {
                for (n, id) in ids.iter().enumerate() {
                    let later = if n == 0 { 1.0 } else { LATER };
                    add(
                        &mut list,
                        FoundAct {
                            violation: id.clone(),
                            act: act.name.clone(),
                            words: scene.quote(&told.hits),
                            spans: scene.spans(&told.hits),
                            confidence: base * likely * later,
                        },
                    );
                }
            }
        }
    }
    list.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let best = list.first().map_or(0.0, |first| first.confidence);
    list.retain(|found| found.confidence >= best * 0.25);
    list.truncate(MOST);
    for found in &mut list {
        found.confidence = (found.confidence.min(0.97) * 100.0).round() / 100.0;
    }
    list
}

fn add(list: &mut Vec<FoundAct>, found: FoundAct) {
    match list.iter_mut().find(|known| known.violation == found.violation) {
        Some(known) if known.confidence >= found.confidence => {}
        Some(known) => *known = found,
        None => list.push(found),
    }
}
