//! Private values: what could identify a person never stands in an act.
//!
//! While an act is being written a [`Private`] holds its value; before the act is recorded the
//! value moves to the vault and a [`Seal`] stays behind: the row's id and a salted commitment.
//! The docket can be published, hashed and kept for ever; the vault row can be encrypted, closed
//! to some readers, or lawfully erased, and the docket still verifies.
//!
//! Sealing works on the act's JSON, so a field that is private in its type can't be forgotten.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ids::SealId;

/// A value that identifies somebody, or could: open while it is written and shown, sealed in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Private<T> {
    /// The value itself.
    #[serde(rename = "private")]
    Open(T),
    /// Where the value is kept.
    #[serde(rename = "sealed")]
    Sealed(Seal),
}

impl<T> Private<T> {
    /// The value, unless it is sealed.
    pub fn open(&self) -> Option<&T> {
        match self {
            Private::Open(value) => Some(value),
            Private::Sealed(_) => None,
        }
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Private::Open(value)
    }
}

/// What stays in the act when a private value has gone to the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The vault row.
    pub id: SealId,
    /// SHA-256 over salt and value, lower-case hex: proves the value without telling it.
    pub commitment: String,
}

const OPEN: &str = "private";
const SEALED: &str = "sealed";

/// Replaces every open private value in an act's JSON by what `seal` makes of it.
///
/// # Errors
/// The first error of `seal`.
pub fn seal_all<E>(value: &mut Value, seal: &mut impl FnMut(Value) -> Result<Seal, E>) -> Result<(), E> {
    match value {
        Value::Object(map) => {
            if let Some(inner) = lone_key(map, OPEN) {
                let kept = seal(inner)?;
                let mut sealed = Map::new();
                sealed.insert("id".to_owned(), Value::String(kept.id.to_string()));
                sealed.insert("commitment".to_owned(), Value::String(kept.commitment));
                map.insert(SEALED.to_owned(), Value::Object(sealed));
                return Ok(());
            }
            map.values_mut().try_for_each(|v| seal_all(v, seal))
        }
        Value::Array(items) => items.iter_mut().try_for_each(|v| seal_all(v, seal)),
        _ => Ok(()),
    }
}

/// Puts back every sealed value that `find` knows; the others stay sealed.
pub fn open_all(value: &mut Value, find: &mut impl FnMut(SealId) -> Option<Value>) {
    match value {
        Value::Object(map) => {
            let found = map
                .get(SEALED)
                .filter(|_| map.len() == 1)
                .and_then(|s| s.get("id"))
                .and_then(Value::as_str)
                .and_then(|id| id.parse().ok())
                .and_then(&mut *find);
            if let Some(open) = found {
                map.remove(SEALED);
                map.insert(OPEN.to_owned(), open);
                return;
            }
            map.values_mut().for_each(|v| open_all(v, find));
        }
        Value::Array(items) => items.iter_mut().for_each(|v| open_all(v, find)),
        _ => {}
    }
}

/// The ids of all seals in an act's JSON.
pub fn seals(value: &Value, out: &mut Vec<SealId>) {
    match value {
        Value::Object(map) => {
            let id = map.get(SEALED).and_then(|s| s.get("id")).and_then(Value::as_str);
            if let Some(id) = id.and_then(|id| id.parse().ok()) {
                out.push(id);
            }
            map.values().for_each(|v| seals(v, out));
        }
        Value::Array(items) => items.iter().for_each(|v| seals(v, out)),
        _ => {}
    }
}

fn lone_key(map: &mut Map<String, Value>, key: &str) -> Option<Value> {
    if map.len() == 1 { map.remove(key) } else { None }
}
