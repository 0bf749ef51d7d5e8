//! Names of days and months, and words for days around the day of publication.

use serde::Deserialize;

use crate::lexicon::WordMap;
use crate::words::{Words, phrase};

/// `time.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeFile {
    weekdays: Vec<Vec<String>>,
    months: Vec<Vec<String>>,
    relative: Vec<RelativeEntry>,
    before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelativeEntry {
    days: i64,
    words: Vec<String>,
}

/// The names, ready to be looked up.
#[derive(Debug)]
pub(crate) struct Names {
    weekdays: WordMap<i8>,
    months: WordMap<i8>,
    /// By their first word, the longest first.
    relative: WordMap<Vec<Relative>>,
    before: Vec<String>,
}

#[derive(Debug)]
struct Relative {
    words: Vec<String>,
    days: i64,
}

impl Names {
    /// Takes the names of a file.
    ///
    /// # Errors
    /// There are not seven days or twelve months.
    pub(crate) fn new(file: TimeFile) -> Result<Names, String> {
        if file.weekdays.len() != 7 || file.months.len() != 12 {
            return Err("weekdays must be seven from Monday, months twelve from January".to_owned());
        }
        let mut relative: WordMap<Vec<Relative>> = WordMap::default();
        for entry in file.relative {
            for words in entry.words.iter().map(|words| phrase(words)) {
                let Some(first) = words.first() else { return Err("a phrase of `relative` is empty".to_owned()) };
                relative.entry(first.as_str().into()).or_default().push(Relative { days: entry.days, words });
            }
        }
        for list in relative.values_mut() {
            list.sort_by_key(|r| std::cmp::Reverse(r.words.len()));
        }
        let (weekdays, months) = (numbered(file.weekdays, 0), numbered(file.months, 1));
        Ok(Names { weekdays, months, relative, before: file.before })
    }

    /// Days after Monday.
    pub(crate) fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.get(word).copied()
    }

    /// January is 1.
    pub(crate) fn month(&self, word: &str) -> Option<i8> {
        self.months.get(word).copied()
    }

    /// Whether the word makes a named day the last one before.
    pub(crate) fn is_before(&self, word: &str) -> bool {
        self.before.iter().any(|known| known == word)
    }

    /// A phrase such as *kemarin malam* at a place: its days from publication and its length.
    pub(crate) fn relative(&self, words: &Words<'_>, place: usize) -> Option<(i64, usize)> {
        let fits = |r: &&Relative| r.words.iter().enumerate().all(|(n, word)| words.at(place + n) == word);
        self.relative.get(words.at(place))?.iter().find(fits).map(|r| (r.days, r.words.len()))
    }
}

fn numbered(names: Vec<Vec<String>>, first: i8) -> WordMap<i8> {
    (first..).zip(names).flat_map(|(n, same)| same.into_iter().map(move |name| (name.into_boxed_str(), n))).collect()
}
