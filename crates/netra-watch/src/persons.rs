//! Kinds of persons and the posts by which a text calls them. Names are not looked for at all.

use crate::acts::Telling;
use crate::data::{Bound, Tables};
use crate::lexicon::Meaning;
use crate::scene::Scene;

/// A post that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// `camat`, `kepala-desa`, `guru` …
    pub id: String,
    /// In Indonesian.
    pub name: String,
    /// The kind of person: an id of `law/subjects.toml`.
    pub kind: String,
    /// Its share of the text; that of the most important one is 1.
    pub share: f64,
}

/// A post below this share of the most important one is only mentioned.
const LEAST_SHARE: f64 = 0.3;
/// Heads of regions and others count only when the text is mainly about them.
const LEAST_SHARE_OF_OTHERS: f64 = 0.9;
/// A post mentioned more often does not weigh more.
const MOST_MENTIONS: f64 = 8.0;

/// The posts of a text, the most important first.
pub(crate) fn positions(
    scene: &Scene<'_, '_>,
    tables: &Tables,
    telling: &Telling,
    region: Option<&str>,
) -> Vec<Position> {
    let mut weights = vec![0.0_f64; tables.posts.len()];
    for (sentence, told) in scene.sentences.iter().zip(&telling.sentences) {
        let named = scene.named();
        let general = sentence.concepts.meets(named.forbid | named.prevent) && !sentence.concepts.meets(named.alleged);
        let place: f64 = if sentence.is_title { 2.5 } else { 1.0 };
        let value = (place + *told) * if general { 0.3 } else { 1.0 };
        for hit in scene.hits_of(sentence) {
            let Meaning::Post(post) = hit.meaning else { continue };
            // *ASN* stands in every such text; who was meant is told by the post.
            let generic = tables.posts.get(post).is_some_and(|post| post.id == "asn");
            if let Some(weight) = weights.get_mut(post) {
                *weight = (*weight + value * if generic { 0.6 } else { 1.0 }).min(MOST_MENTIONS);
            }
        }
    }
    let heaviest = |wanted: fn(Bound) -> bool| {
        let posts = tables.posts.iter().zip(&weights).filter(|(post, _)| wanted(post.bound));
        posts.map(|(_, weight)| *weight).fold(0.0, f64::max)
    };
    let tiers = [
        heaviest(|bound| matches!(bound, Bound::Asn | Bound::Village)),
        heaviest(|bound| bound == Bound::Other),
        heaviest(|bound| bound == Bound::Context),
    ];
    let best = tiers.into_iter().find(|weight| *weight > 0.0).unwrap_or(0.0);
    if best <= 0.0 {
        return Vec::new();
    }
    let mut list: Vec<Position> = Vec::new();
    for (post, weight) in tables.posts.iter().zip(&weights) {
        let least = match post.bound {
            Bound::Asn | Bound::Village => LEAST_SHARE,
            Bound::Other => LEAST_SHARE_OF_OTHERS,
            Bound::Context if tiers.iter().take(2).any(|weight| *weight > 0.0) => f64::INFINITY,
            Bound::Context => LEAST_SHARE,
        };
        let share = weight / best;
        if *weight > 0.0 && share >= least {
            let elsewhere =
                post.elsewhere.iter().find(|(code, _)| region.is_some_and(|r| r.starts_with(code.as_str())));
            let kind = elsewhere.map_or(&post.kind, |(_, kind)| kind).clone();
            list.push(Position { id: post.id.clone(), name: post.name.clone(), kind, share: share.min(1.0) });
        }
    }
    list.sort_by(|a, b| b.share.total_cmp(&a.share));
    list
}

/// The kinds of persons, each with its largest share.
pub(crate) fn kinds(positions: &[Position]) -> Vec<(String, f64)> {
    let mut kinds: Vec<(String, f64)> = Vec::new();
    for position in positions {
        if !kinds.iter().any(|(kind, _)| *kind == position.kind) {
            kinds.push((position.kind.clone(), position.share));
        }
    }
    kinds
}

/// Kinds as ids of the law, then the posts that say more than their kind.
pub(crate) fn subjects(positions: &[Position]) -> Vec<String> {
    let mut list: Vec<String> = kinds(positions).into_iter().map(|(kind, _)| kind).collect();
    for position in positions {
        if position.id != "asn" && position.id != "honorer" && !list.contains(&position.id) {
            list.push(position.id.clone());
        }
    }
    list
}
