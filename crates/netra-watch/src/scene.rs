//! A text after the lexicon has been through it: its sentences and the concepts in each.

use std::ops::Range;

use crate::data::{Bound, Tables};
use crate::lexicon::{Hit, Lexicon, Meaning};
use crate::named::Named;
use crate::rules::Concepts;
use crate::words::Words;

/// A sentence with what was found in it.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub words: Range<usize>,
    /// Among the scene's hits.
    pub hits: Range<usize>,
    pub concepts: Concepts,
    pub is_title: bool,
}

/// A text, its hits and its sentences.
pub(crate) struct Scene<'t, 'd> {
    pub words: Words<'t>,
    pub hits: Vec<Hit>,
    pub sentences: Vec<Sentence>,
    tables: &'d Tables,
}

impl<'t, 'd> Scene<'t, 'd> {
    /// Looks a text through; its first `title_end` bytes are the title.
    pub(crate) fn new(text: &'t str, title_end: usize, lexicon: &Lexicon, tables: &'d Tables) -> Scene<'t, 'd> {
        let words = Words::new(text);
        let hits = lexicon.hits(&words);
        let mut sentences = Vec::with_capacity(words.sentences.len());
        let mut next = 0;
        for range in &words.sentences {
            let first = next;
            let mut concepts = Concepts::default();
            while let Some(hit) = hits.get(next).filter(|hit| hit.from < range.end) {
                concepts.add(tables.counted(hit));
                next += 1;
            }
            let is_title = words.list.get(range.start).is_some_and(|word| word.start < title_end);
            sentences.push(Sentence { words: range.clone(), hits: first..next, concepts, is_title });
        }
        Scene { words, hits, sentences, tables }
    }

    /// The concepts that code asks for.
    pub(crate) fn named(&self) -> &'d Named {
        &self.tables.named
    }

    /// The sentence of a word.
    pub(crate) fn sentence_of(&self, place: usize) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| sentence.words.contains(&place))
    }

    /// The hits of a sentence.
    pub(crate) fn hits_of(&self, sentence: &Sentence) -> &[Hit] {
        self.hits.get(sentence.hits.clone()).unwrap_or(&[])
    }

    /// The hits of two sentences that follow each other.
    pub(crate) fn hits_of_pair(&self, first: &Sentence, second: &Sentence) -> &[Hit] {
        self.hits.get(first.hits.start..second.hits.end).unwrap_or(&[])
    }

    /// What a hit counts as in rules.
    pub(crate) fn counted(&self, hit: &Hit) -> Concepts {
        self.tables.counted(hit)
    }

    /// The sentences of which something holds.
    pub(crate) fn sentences_where(&self, wanted: impl Fn(&Sentence) -> bool) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(move |sentence| wanted(sentence))
    }

    /// How many sentences have a concept.
    pub(crate) fn sentences_with(&self, concepts: Concepts) -> usize {
        self.sentences.iter().filter(|s| s.concepts.meets(concepts)).count()
    }

    /// How often a concept occurs.
    pub(crate) fn count(&self, concepts: Concepts) -> usize {
        self.hits.iter().filter(|hit| self.counted(hit).meets(concepts)).count()
    }

    /// Whether a concept occurs at all.
    pub(crate) fn has(&self, concepts: Concepts) -> bool {
        self.sentences.iter().any(|s| s.concepts.meets(concepts))
    }

    /// The concepts of the title.
    pub(crate) fn title(&self) -> Concepts {
        let titles = self.sentences.iter().filter(|s| s.is_title);
        titles.fold(Concepts::default(), |all, sentence| all | sentence.concepts)
    }

    /// The words of some hits as the text has them, for people to check; other words are left out.
    pub(crate) fn quote(&self, hits: &[Hit]) -> String {
        let mut sorted: Vec<&Hit> = hits.iter().collect();
        sorted.sort_by_key(|hit| hit.from);
        let parts: Vec<&str> = sorted.iter().map(|hit| self.words.between(hit.from, hit.to)).collect();
        parts.join(" … ")
    }

    /// Where some hits stand, in the order of the text.
    pub(crate) fn spans(&self, hits: &[Hit]) -> Vec<(usize, usize)> {
        let mut spans: Vec<(usize, usize)> = hits.iter().filter_map(|hit| self.words.span(hit.from, hit.to)).collect();
        spans.sort_unstable();
        spans
    }
}

impl Tables {
    /// What a hit counts as in rules.
    pub(crate) fn counted(&self, hit: &Hit) -> Concepts {
        match hit.meaning {
            Meaning::Concept(place) => Concepts::one(place),
            Meaning::Post(place) => match self.posts.get(place).map(|post| post.bound) {
                Some(Bound::Asn) => Concepts::WHO | Concepts::CIVIL_SERVANT,
                Some(Bound::Village) => Concepts::WHO,
                Some(Bound::Other | Bound::Context) | None => Concepts::default(),
            },
            Meaning::Agency(_) | Meaning::Channel(_) => Concepts::default(),
        }
    }
}
