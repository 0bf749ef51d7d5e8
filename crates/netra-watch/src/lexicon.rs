//! The words that mean something here, and where they stand in a text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::stem::each_stem;
use crate::words::Words;

/// What a phrase stands for: a place in one of the tables of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    Concept(usize),
    Post(usize),
    Agency(usize),
    Channel(usize),
}

/// A phrase found in a text: words `from` up to, not including, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub meaning: Meaning,
    pub from: usize,
    pub to: usize,
}

/// What hangs on a word without changing it.
const PARTICLES: [&str; 4] = ["nya", "lah", "kah", "pun"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WordId(u32);

/// Which forms of a word of a phrase meet it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    ThisWord(WordId),
    ItsForms(WordId),
}

/// Whether a phrase counts, or keeps those inside it from counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Counts,
    Cancels,
}

#[derive(Debug)]
struct Phrase {
    elements: Vec<Element>,
    meaning: Meaning,
    effect: Effect,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    id: Option<WordId>,
    /// Some phrase is met by its forms.
    is_stem: bool,
    /// It is not to be cut.
    is_root: bool,
}

/// What a word of a text may be.
#[derive(Clone, Copy, Debug, Default)]
struct Forms {
    itself: Option<WordId>,
    stems: [Option<WordId>; 3],
}

impl Forms {
    fn meet(&self, element: Element) -> bool {
        match element {
            Element::ThisWord(id) => self.itself == Some(id),
            Element::ItsForms(id) => self.itself == Some(id) || self.stems.contains(&Some(id)),
        }
    }

    fn add_stem(&mut self, id: WordId) {
        if self.itself == Some(id) || self.stems.contains(&Some(id)) {
            return;
        }
        if let Some(free) = self.stems.iter_mut().find(|stem| stem.is_none()) {
            *free = Some(id);
        }
    }

    fn ids(self) -> impl Iterator<Item = WordId> {
        self.itself.into_iter().chain(self.stems.into_iter().flatten())
    }
}

/// The hash of short words by Fowler, Noll and Vo: several times faster here than the standard one, and
/// the keys are our own data, not an attacker's.
#[derive(Clone, Copy)]
pub(crate) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        WordHasher(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map whose keys are words.
pub(crate) type WordMap<V> = HashMap<Box<str>, V, BuildHasherDefault<WordHasher>>;

/// All phrases, found by their first word.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: WordMap<Known>,
    count: u32,
    phrases: Vec<Phrase>,
    /// Phrases by the id of their first word.
    starts: Vec<Vec<usize>>,
}

impl Lexicon {
    /// Words that are not to be cut.
    pub(crate) fn add_root(&mut self, word: &str) {
        self.words.entry(word.into()).or_default().is_root = true;
    }

    /// Adds a phrase as the data write it: `=word` is met by that word alone.
    ///
    /// # Errors
    /// What is wrong with the phrase.
    pub(crate) fn add(&mut self, phrase: &str, meaning: Meaning) -> Result<(), String> {
        self.add_phrase(phrase, meaning, Effect::Counts)
    }

    /// Adds a phrase inside which the same meaning does not count. Its words are met as they are.
    ///
    /// # Errors
    /// What is wrong with the phrase.
    pub(crate) fn add_exception(&mut self, phrase: &str, meaning: Meaning) -> Result<(), String> {
        self.add_phrase(phrase, meaning, Effect::Cancels)
    }

    fn add_phrase(&mut self, text: &str, meaning: Meaning, effect: Effect) -> Result<(), String> {
        let mut elements = Vec::new();
        for part in text.split(' ') {
            let word = part.strip_prefix('=').unwrap_or(part);
            if word.is_empty() || !word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
                return Err(format!("'{text}': write words in lower case with one blank between them, no other marks"));
            }
            let exact = word.len() < part.len() || effect == Effect::Cancels;
            let id = self.id(word);
            if !exact {
                self.words.entry(word.into()).or_default().is_stem = true;
            }
            elements.push(if exact { Element::ThisWord(id) } else { Element::ItsForms(id) });
        }
        let repeated = |p: &Phrase| p.meaning == meaning && p.effect == effect && p.elements == elements;
        let Some(Element::ThisWord(first) | Element::ItsForms(first)) = elements.first().copied() else {
            return Err("a phrase is empty".to_owned());
        };
        let place = usize::try_from(first.0).unwrap_or(usize::MAX);
        let Some(starts) = self.starts.get_mut(place) else { return Err("too many words".to_owned()) };
        if starts.iter().filter_map(|p| self.phrases.get(*p)).any(repeated) {
            return Err(format!("'{text}' stands there twice"));
        }
        starts.push(self.phrases.len());
        self.phrases.push(Phrase { elements, meaning, effect });
        Ok(())
    }

    fn id(&mut self, word: &str) -> WordId {
        let known = self.words.entry(word.into()).or_default();
        match known.id {
            Some(id) => id,
            None => {
                let id = WordId(self.count);
                known.id = Some(id);
                self.count += 1;
                self.starts.push(Vec::new());
                id
            }
        }
    }

    fn forms(&self, word: &str, buffer: &mut String) -> Forms {
        let known = self.words.get(word).copied().unwrap_or_else(|| self.without_particle(word));
        let mut forms = Forms { itself: known.id, ..Forms::default() };
        if !known.is_root {
            each_stem(word, buffer, &mut |stem| {
                if let Some(Known { id: Some(id), is_stem: true, .. }) = self.words.get(stem).copied() {
                    forms.add_stem(id);
                }
            });
        }
        forms
    }

    /// *Fotonya*, *laporannya*: the word that the particle hangs on.
    fn without_particle(&self, word: &str) -> Known {
        let bare = PARTICLES.iter().find_map(|particle| word.strip_suffix(particle));
        bare.and_then(|bare| self.words.get(bare)).copied().unwrap_or_default()
    }

    /// Every phrase in a text, in the order of their first words. Phrases do not cross sentences. Of posts
    /// and of agencies that overlap the longest counts.
    pub(crate) fn hits(&self, words: &Words<'_>) -> Vec<Hit> {
        let mut buffer = String::new();
        let forms: Vec<Forms> = (0..words.list.len()).map(|place| self.forms(words.at(place), &mut buffer)).collect();
        let mut hits = Vec::with_capacity(forms.len() / 2);
        let mut cancels: Vec<Hit> = Vec::new();
        for sentence in &words.sentences {
            for from in sentence.clone() {
                let rest = forms.get(from..sentence.end).unwrap_or(&[]);
                self.hits_at(from, rest, &mut hits, &mut cancels);
            }
        }
        if !cancels.is_empty() {
            hits.retain(|hit| !cancels.iter().any(|cancel| cancel.meaning == hit.meaning && covers(cancel, hit)));
        }
        longest(&mut hits);
        hits
    }

    fn hits_at(&self, from: usize, rest: &[Forms], hits: &mut Vec<Hit>, cancels: &mut Vec<Hit>) {
        let Some(first) = rest.first() else { return };
        for id in first.ids() {
            let place = usize::try_from(id.0).unwrap_or(usize::MAX);
            let phrases = self.starts.get(place).map_or(&[][..], Vec::as_slice);
            for phrase in phrases.iter().filter_map(|p| self.phrases.get(*p)) {
                let length = phrase.elements.len();
                let met = length <= rest.len() && phrase.elements.iter().zip(rest).all(|(e, forms)| forms.meet(*e));
                if met {
                    let hit = Hit { meaning: phrase.meaning, from, to: from + length };
                    match phrase.effect {
                        Effect::Counts => hits.push(hit),
                        Effect::Cancels => cancels.push(hit),
                    }
                }
            }
        }
    }
}

fn covers(outer: &Hit, inner: &Hit) -> bool {
    outer.from <= inner.from && inner.to <= outer.to
}

/// Drops posts and agencies that lie inside a longer one of the same table.
fn longest(hits: &mut Vec<Hit>) {
    let wide: Vec<Hit> =
        hits.iter().copied().filter(|hit| matches!(hit.meaning, Meaning::Post(_) | Meaning::Agency(_))).collect();
    let same_table = |a: Meaning, b: Meaning| std::mem::discriminant(&a) == std::mem::discriminant(&b);
    hits.retain(|hit| {
        !wide.iter().any(|other| {
            same_table(other.meaning, hit.meaning) && covers(other, hit) && other.to - other.from > hit.to - hit.from
        })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.add_root("peserta");
        for (phrase, meaning) in [
            ("unggah", Meaning::Concept(0)),
            ("=calon", Meaning::Concept(1)),
            ("serta", Meaning::Concept(2)),
            ("=kepala =desa", Meaning::Post(0)),
            ("=desa", Meaning::Post(1)),
        ] {
            lexicon.add(phrase, meaning).expect("a good phrase");
        }
        lexicon.add_exception("calon pemilih", Meaning::Concept(1)).expect("a good phrase");
        lexicon
    }

    fn found(text: &str) -> Vec<(Meaning, usize, usize)> {
        lexicon().hits(&Words::new(text)).into_iter().map(|hit| (hit.meaning, hit.from, hit.to)).collect()
    }

    #[test]
    fn forms_phrases_and_exceptions() {
        assert_eq!(found("ia mengunggahnya"), [(Meaning::Concept(0), 1, 2)]);
        assert_eq!(found("calon bupati dan calon pemilih"), [(Meaning::Concept(1), 0, 1)]);
        assert_eq!(found("calonkan"), []);
        assert_eq!(found("calonnya"), [(Meaning::Concept(1), 0, 1)]);
        assert_eq!(found("peserta"), []);
        assert_eq!(found("menyertai"), [(Meaning::Concept(2), 0, 1)]);
        assert_eq!(found("Kepala Desa di desa"), [(Meaning::Post(0), 0, 2), (Meaning::Post(1), 3, 4)]);
        assert_eq!(found("kepala. Desa"), [(Meaning::Post(1), 1, 2)]);
    }

    #[test]
    fn bad_phrases_are_told() {
        let mut lexicon = lexicon();
        for phrase in ["", "Camat", "=", "a  b", "foto-foto"] {
            assert!(lexicon.add(phrase, Meaning::Concept(0)).is_err(), "{phrase:?}");
        }
        assert_eq!(lexicon.add("unggah", Meaning::Concept(0)), Err("'unggah' stands there twice".to_owned()));
    }
}
