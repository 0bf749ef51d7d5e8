//! An entry: an act with its place in the docket, and the bytes that are its record.

use netra_law::time::Moment;
use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::ids::{AccountId, ActId, MatterId, OfficeId, TokenId};

/// Who did an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Actor {
    /// A person outside, through the public form. Not named here: the reporter can be harmed.
    Public,
    /// An officer, at an office.
    Officer {
        /// The account.
        account: AccountId,
        /// The office for which the officer acted.
        office: OfficeId,
    },
    /// Another program, with a token of an office.
    Token {
        /// The token.
        token: TokenId,
        /// The office for which the program acted.
        office: OfficeId,
    },
    /// The program itself.
    System,
}

impl Actor {
    /// The office for which somebody acted; none for the public and the program itself.
    pub fn office(&self) -> Option<&OfficeId> {
        match self {
            Actor::Officer { office, .. } | Actor::Token { office, .. } => Some(office),
            Actor::Public | Actor::System => None,
        }
    }
}

/// An act in a docket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Id of the act.
    pub id: ActId,
    /// The matter.
    pub matter: MatterId,
    /// The office whose docket this is.
    pub office: OfficeId,
    /// Place in the docket, from 1, without gaps.
    pub n: u32,
    /// When it was done: legal time, typed by the officer where it happened on paper.
    pub at: Moment,
    /// When the program recorded it.
    pub recorded: Moment,
    /// Who did it.
    pub by: Actor,
    /// What was done.
    pub what: Act,
}

/// Version of the canonical form.
pub const CANONICAL_VERSION: u8 = 1;

/// The bytes that are the record of an entry: JSON with keys in ASCII order, no white space, no
/// fractions, and the version of this form under `v`.
///
/// The same value always gives the same bytes, so that a digest over them can be recomputed by
/// anyone (the rules of RFC 8785 for the values that occur here: strings, integers, booleans, null).
///
/// # Errors
/// Only if serialisation itself fails, which it does not for values of these types.
pub fn canonical_bytes(value: &serde_json::Value) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(value)
}

impl Entry {
    /// The entry as a JSON value, version included. Keys are in order because `serde_json`'s map is sorted.
    ///
    /// # Errors
    /// Only if serialisation itself fails.
    pub fn to_value(&self) -> Result<serde_json::Value, serde_json::Error> {
        let mut value = serde_json::to_value(self)?;
        if let Some(map) = value.as_object_mut() {
            map.insert("v".to_owned(), CANONICAL_VERSION.into());
        }
        Ok(value)
    }

    /// Reads an entry back from its JSON value.
    ///
    /// # Errors
    /// The value is not an entry of a version that this program knows.
    pub fn from_value(mut value: serde_json::Value) -> Result<Entry, EntryError> {
        let version = value.as_object_mut().and_then(|m| m.remove("v"));
        if version != Some(CANONICAL_VERSION.into()) {
            return Err(EntryError::Version(version.map_or_else(|| "none".to_owned(), |v| v.to_string())));
        }
        Ok(serde_json::from_value(value)?)
    }
}

/// Why bytes are not an entry.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// Written by another version of the program.
    #[error("the act has canonical version {0}; this program reads version {CANONICAL_VERSION}")]
    Version(String),
    /// Not the JSON of an entry.
    #[error("the act's bytes are not an entry")]
    Json(#[from] serde_json::Error),
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn who_acted_is_read_back_and_tells_the_office() {
        let office: OfficeId = "bawaslu-contoh".parse().unwrap();
        let id = Uuid::nil();
        let cases = [
            (Actor::Public, serde_json::json!({ "who": "public" }), None),
            (Actor::System, serde_json::json!({ "who": "system" }), None),
            (
                Actor::Officer { account: AccountId::new(id), office: office.clone() },
                serde_json::json!({ "who": "officer", "account": id.to_string(), "office": "bawaslu-contoh" }),
                Some(&office),
            ),
            (
                Actor::Token { token: TokenId::new(id), office: office.clone() },
                serde_json::json!({ "who": "token", "token": id.to_string(), "office": "bawaslu-contoh" }),
                Some(&office),
            ),
        ];
        for (actor, json, of) in cases {
            assert_eq!(serde_json::to_value(&actor).unwrap(), json);
            assert_eq!(serde_json::from_value::<Actor>(json).unwrap(), actor);
            assert_eq!(actor.office(), of);
        }
    }
}
