//! Which private values of a docket go along with its records, and what proves them.
//!
//! The records hold seals. Whoever receives them may know some of the values: those that are still there when everything
//! else was taken out. A value of which a part was taken out goes along as an excerpt, which no seal proves.

use std::collections::HashMap;

use netra_docket::entry::Entry;
use netra_docket::ids::{MatterId, SealId};
use netra_ledger::bundle::{Disclosed, Disclosures, Excerpted};
use serde_json::{Map, Value};

use crate::convert::{bad_json, hex};
use crate::dockets::is_on_desk;
use crate::seal::{self, vault_of};
use crate::store::Store;
use crate::types::{Privacy, Scope, StoreError};

impl Store {
    /// The private values of some records that a reader may know who sees the entries as they are shown; `shown` are the
    /// entries of the same records. Nothing if the scope's office does not see the matter, or no names at all.
    ///
    /// # Errors
    /// The database fails, or a value can't be opened.
    pub async fn disclosures(
        &self,
        scope: &Scope,
        matter: MatterId,
        records: &[Vec<u8>],
        shown: &[Entry],
    ) -> Result<Disclosures, StoreError> {
        let mut found = Disclosures::default();
        let mut tx = self.begin_read().await?;
        if scope.privacy() != Privacy::Open || !is_on_desk(&mut tx, scope.office(), matter).await? {
            return Ok(found);
        }
        let vault = vault_of(&mut tx, self.keys(), matter).await?;
        for (record, entry) in records.iter().zip(shown) {
            let record: Value = serde_json::from_slice(record).map_err(bad_json("acts"))?;
            let entry = entry.to_value().map_err(bad_json("acts"))?;
            walk(&record, &entry, &vault, &mut found);
        }
        found.disclosed.sort_by(|one, other| one.seal.cmp(&other.seal));
        found.disclosed.dedup_by(|one, other| one.seal == other.seal);
        found.excerpts.sort_by(|one, other| one.seal.cmp(&other.seal));
        found.excerpts.dedup_by(|one, other| one.seal == other.seal);
        Ok(found)
    }
}

/// Goes through a record and the same entry as it is shown, side by side.
fn walk(record: &Value, shown: &Value, vault: &HashMap<SealId, seal::Opened>, found: &mut Disclosures) {
    match (record, shown) {
        (Value::Object(record), Value::Object(shown)) => match (sealed_in(record), lone(shown, "private")) {
            (Some(id), Some(value)) => take(id, value, vault, found),
            (Some(_), None) => {}
            (None, _) => {
                for (key, inner) in record {
                    if let Some(shown) = shown.get(key) {
                        walk(inner, shown, vault, found);
                    }
                }
            }
        },
        (Value::Array(record), Value::Array(shown)) => {
            record.iter().zip(shown).for_each(|(record, shown)| walk(record, shown, vault, found));
        }
        _ => {}
    }
}

fn take(id: SealId, value: &Value, vault: &HashMap<SealId, seal::Opened>, found: &mut Disclosures) {
    match vault.get(&id) {
        Some(opened) if opened.value == *value => {
            found.disclosed.push(Disclosed { seal: id.to_string(), salt: hex(&opened.salt), value: value.clone() })
        }
        _ => found.excerpts.push(Excerpted { seal: id.to_string(), value: value.clone() }),
    }
}

/// The id of the seal that stands in place of a value.
fn sealed_in(map: &Map<String, Value>) -> Option<SealId> {
    lone(map, "sealed")?.get("id")?.as_str()?.parse().ok()
}

fn lone<'v>(map: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    map.get(key).filter(|_| map.len() == 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_values_are_proved_and_others_are_excerpts() {
        let id = |n: u128| SealId::new(uuid::Uuid::from_u128(n));
        let opened = |value: &str| seal::Opened { value: value.into(), salt: vec![7; 16], commitment: String::new() };
        let vault = HashMap::from([(id(1), opened("utuh")), (id(2), opened("dari Siti")), (id(3), opened("rahasia"))]);
        let sealed = |n: u128| json!({ "sealed": { "id": id(n), "commitment": "" } });
        let record =
            json!({ "what": { "a": sealed(1), "list": [sealed(2), sealed(3)], "b": sealed(4), "gone": sealed(1) } });
        let shown = json!({ "what": {
            "a": { "private": "utuh" },
            "list": [{ "private": "dari [..]" }, sealed(0)],
            "b": { "private": "kutipan" },
        } });
        let mut found = Disclosures::default();
        walk(&record, &shown, &vault, &mut found);
        let salt = "07".repeat(16);
        let disclosed = [Disclosed { seal: id(1).to_string(), salt, value: "utuh".into() }];
        assert_eq!(found.disclosed, disclosed);
        let mut excerpts: Vec<&str> = found.excerpts.iter().filter_map(|excerpt| excerpt.value.as_str()).collect();
        excerpts.sort_unstable();
        assert_eq!(excerpts, ["dari [..]", "kutipan"]);
        assert!(!serde_json::to_string(&found).unwrap().contains("rahasia"));
    }
}
