//! Takes reporter and witnesses out of what leaves the office: out of acts before their sheets are
//! made for somebody outside, and out of the letter that is made for nobody else.
//!
//! Acts are worked on as JSON, as in sealing: a person in a new kind of act can't be forgotten.

use std::collections::BTreeSet;

use netra_docket::entry::Entry;
use netra_docket::ids::PersonNo;
use netra_docket::matter::Matter;
use netra_docket::person::{Capacity, Identity, Person};
use netra_docket::private::Private;
use serde_json::{Map, Value, json};

use crate::build::SECRET;
use crate::error::FormError;
use crate::sheet::Block;

/// Keys of texts in which a name could stand, besides private values.
const TEXTS: [&str; 10] =
    ["description", "file_name", "note", "place", "posted", "private", "reason", "subject_line", "text", "title"];

/// The shortest word that is looked for in texts: shorter ones stand in ordinary words.
const SHORTEST: usize = 3;

/// Knows who must not be named.
pub(crate) struct Redactor<'a> {
    matter: &'a Matter,
    /// What identifies them, longest first.
    words: Vec<String>,
}

impl<'a> Redactor<'a> {
    /// Collects what identifies the reporter and the witnesses in any act of the docket.
    ///
    /// # Errors
    /// An act does not serialise.
    pub(crate) fn new(entries: &[Entry], matter: &'a Matter) -> Result<Redactor<'a>, FormError> {
        let mut redactor = Redactor { matter, words: Vec::new() };
        let mut found = BTreeSet::new();
        for entry in entries {
            redactor.collect(&entry.to_value()?, &mut found);
        }
        redactor.words = longest_first(found);
        Ok(redactor)
    }

    /// The entry without them: their identities sealed, their names out of the texts, nobody named
    /// as the one who handed over an exhibit.
    ///
    /// # Errors
    /// The entry does not serialise or can't be read back.
    pub(crate) fn apply(&self, entry: &Entry) -> Result<Entry, FormError> {
        let mut value = entry.to_value()?;
        if let Some(what) = value.get_mut("what") {
            self.walk("", what);
        }
        Entry::from_value(value).map_err(|source| FormError::Redaction { n: entry.n, source })
    }

    fn collect(&self, value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                if let (true, Some(identity)) = (self.is_hidden(map), open_identity(map)) {
                    found.extend(identifying(&identity));
                }
                map.values().for_each(|inner| self.collect(inner, found));
            }
            Value::Array(items) => items.iter().for_each(|inner| self.collect(inner, found)),
            _ => {}
        }
    }

    fn walk(&self, key: &str, value: &mut Value) {
        match value {
            Value::Object(map) => {
                if self.is_hidden(map) {
                    map.insert("identity".to_owned(), sealed());
                }
                for (key, inner) in map.iter_mut() {
                    match key.as_str() {
                        // Whose it is was decided above; the others are named on purpose.
                        "identity" => {}
                        // Who handed over an exhibit.
                        "from" => *inner = Value::String(String::new()),
                        key => self.walk(key, inner),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|inner| self.walk(key, inner)),
            Value::String(text) if TEXTS.contains(&key) => {
                for word in &self.words {
                    *text = without(text, word);
                }
            }
            _ => {}
        }
    }

    /// Whether a JSON object is a person who must not be named: by what the matter says of that
    /// person in the end, since a witness can turn out to be a reported person.
    fn is_hidden(&self, map: &Map<String, Value>) -> bool {
        let number = map.get("no").and_then(Value::as_u64).and_then(|n| u16::try_from(n).ok());
        let capacity = map.get("capacity").cloned();
        let (Some(number), Some(capacity), true) = (number, capacity, map.contains_key("identity")) else {
            return false;
        };
        let said = || serde_json::from_value::<Capacity>(capacity).ok();
        let known = self.matter.person(PersonNo(number)).map(|p| p.capacity).or_else(said);
        !known.is_some_and(may_be_named)
    }
}

/// Whether people outside may learn who somebody of this capacity is.
pub(crate) fn may_be_named(capacity: Capacity) -> bool {
    match capacity {
        Capacity::Reported | Capacity::Expert => true,
        Capacity::Reporter | Capacity::Witness | Capacity::Related => false,
    }
}

/// The blocks without what tells who these persons are.
pub(crate) fn unnamed<'a>(mut blocks: Vec<Block>, persons: impl Iterator<Item = &'a Person>) -> Vec<Block> {
    let found = persons.filter_map(|p| p.identity.open()).flat_map(identifying).collect();
    let words = longest_first(found);
    let clean = |text: &mut String| {
        for word in &words {
            *text = without(text, word);
        }
    };
    for block in &mut blocks {
        match block {
            Block::Heading(text) | Block::Text(text) | Block::Prose(text) | Block::Notice(text) => clean(text),
            Block::Fields(items) => items.iter_mut().for_each(|(_, content)| clean(content)),
            Block::List { items, .. } => items.iter_mut().for_each(clean),
            Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(clean),
        }
    }
    blocks
}

fn longest_first(words: BTreeSet<String>) -> Vec<String> {
    let mut list: Vec<String> = words.into_iter().collect();
    list.sort_by_key(|word| std::cmp::Reverse(word.len()));
    list
}

fn open_identity(map: &Map<String, Value>) -> Option<Identity> {
    let identity = map.get("identity")?.clone();
    match serde_json::from_value::<Private<Identity>>(identity).ok()? {
        Private::Open(identity) => Some(identity),
        Private::Sealed(_) => None,
    }
}

/// What would tell who somebody is: names, with and without titles behind a comma, and numbers.
fn identifying(identity: &Identity) -> Vec<String> {
    let plain = identity.name.split(',').next().unwrap_or_default();
    [plain, &identity.name, &identity.phone, &identity.email, &identity.id_number]
        .into_iter()
        .map(str::trim)
        .filter(|word| word.chars().count() >= SHORTEST)
        .map(str::to_owned)
        .collect()
}

fn sealed() -> Value {
    json!({ "sealed": { "id": "00000000-0000-0000-0000-000000000000", "commitment": "" } })
}

/// The text with a word replaced wherever it stands alone, whatever its ASCII capitals.
fn without(text: &str, word: &str) -> String {
    // ASCII lower case keeps every byte at its place.
    let (low, needle) = (text.to_ascii_lowercase(), word.to_ascii_lowercase());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (at, found) in low.match_indices(&needle) {
        let end = at + found.len();
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(end..).and_then(|t| t.chars().next());
        if is_letter(before) || is_letter(after) {
            continue;
        }
        kept.push_str(text.get(from..at).unwrap_or_default());
        kept.push_str(SECRET);
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_where_they_stand_alone() {
        assert_eq!(
            without("Saksi C melihat; SAKSI C bicara.", "Saksi C"),
            "(dirahasiakan) melihat; (dirahasiakan) bicara."
        );
        assert_eq!(without("Saksi Cerdas", "Saksi C"), "Saksi Cerdas");
        assert_eq!(without("ÉSaksi C", "Saksi C"), "ÉSaksi C");
        assert_eq!(without("محمد علي datang", "محمد علي"), "(dirahasiakan) datang");
        assert_eq!(without("", "abc"), "");
    }

    #[test]
    fn titles_are_looked_for_with_and_without() {
        let identity =
            Identity { name: "Pelapor A, S.Contoh.".to_owned(), phone: "08".to_owned(), ..Identity::default() };
        assert_eq!(identifying(&identity), ["Pelapor A", "Pelapor A, S.Contoh."]);
    }
}
