//! The vault: where private values go when an act is recorded, and whence they come back.
//!
//! A vault row is tied to its matter, and a docket is opened with the rows of its own matter only:
//! an act that names the seal of another matter does not open it.

use std::collections::HashMap;

use netra_docket::entry::{Entry, canonical_bytes};
use netra_docket::ids::{MatterId, SealId};
use netra_docket::private::{Seal, seal_all};
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::convert::{bad_json, bad_row, cell, failed, parsed_cell, random, sha256};
use crate::types::StoreError;

/// An entry ready to be written: private values taken out.
pub(crate) struct Sealed {
    /// The entry as it will be read back without the vault.
    pub(crate) entry: Entry,
    /// The act's word.
    pub(crate) kind: String,
    /// The canonical bytes.
    pub(crate) body: Vec<u8>,
    /// What was taken out.
    pub(crate) kept: Vec<VaultRow>,
}

/// A private value on its way to the vault.
pub(crate) struct VaultRow {
    id: SealId,
    salt: [u8; 16],
    body: Vec<u8>,
}

impl VaultRow {
    fn new(value: &Value) -> Result<VaultRow, StoreError> {
        let body = canonical_bytes(value).map_err(bad_json("vault"))?;
        let id = SealId::new(random_uuid()?);
        Ok(VaultRow { id, salt: random()?, body })
    }

    /// Salted, so that a short value such as a name can't be found by trying.
    fn seal(&self) -> Seal {
        Seal { id: self.id, commitment: sha256(&[&self.salt, &self.body]) }
    }
}

/// Takes the open private values out of an entry. Values that are sealed already stay as they are.
pub(crate) fn seal(entry: &Entry) -> Result<Sealed, StoreError> {
    let mut value = entry.to_value().map_err(bad_json("acts"))?;
    let mut kept = Vec::new();
    seal_all(&mut value, &mut |inner: Value| -> Result<Seal, StoreError> {
        let row = VaultRow::new(&inner)?;
        let seal = row.seal();
        kept.push(row);
        Ok(seal)
    })?;
    let kind = value.pointer("/what/act").and_then(Value::as_str).unwrap_or_default().to_owned();
    let body = canonical_bytes(&value).map_err(bad_json("acts"))?;
    let entry = Entry::from_value(value).map_err(|e| bad_row("acts", e.to_string()))?;
    Ok(Sealed { entry, kind, body, kept })
}

/// Puts private values into the vault.
pub(crate) async fn keep(conn: &mut SqliteConnection, matter: MatterId, rows: Vec<VaultRow>) -> Result<(), StoreError> {
    for row in rows {
        sqlx::query("INSERT INTO vault (id, matter, salt, body) VALUES ($1, $2, $3, $4)")
            .bind(row.id.to_string())
            .bind(matter.to_string())
            .bind(row.salt.to_vec())
            .bind(row.body)
            .execute(&mut *conn)
            .await
            .map_err(failed("keeping a private value"))?;
    }
    Ok(())
}

/// All private values of a matter.
pub(crate) async fn vault_of(
    conn: &mut SqliteConnection,
    matter: MatterId,
) -> Result<HashMap<SealId, Value>, StoreError> {
    let rows = sqlx::query("SELECT id, body FROM vault WHERE matter = $1")
        .bind(matter.to_string())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading private values"))?;
    rows.iter()
        .map(|row| -> Result<(SealId, Value), StoreError> {
            let id: SealId = parsed_cell(row, "vault", "id")?;
            let body: &[u8] = cell(row, "body")?;
            let value = serde_json::from_slice(body).map_err(bad_json("vault"))?;
            Ok((id, value))
        })
        .collect()
}

/// A random UUID (version 4).
pub(crate) fn random_uuid() -> Result<uuid::Uuid, StoreError> {
    Ok(uuid::Builder::from_random_bytes(random()?).into_uuid())
}

#[cfg(test)]
mod tests {
    use netra_docket::act::{Act, Withdrawn};
    use netra_docket::entry::Actor;
    use netra_docket::ids::ActId;
    use netra_docket::private::{Private, open_all};
    use proptest::prelude::*;

    use super::*;

    fn entry(reason: &str) -> Entry {
        Entry {
            id: ActId::new(uuid::Uuid::from_u128(1)),
            matter: MatterId::new(uuid::Uuid::from_u128(2)),
            office: "bawaslu-contoh".parse().unwrap(),
            n: 3,
            at: "2024-01-19T09:00:00+08:00".parse().unwrap(),
            recorded: "2024-01-19T09:01:00+08:00".parse().unwrap(),
            by: Actor::Public,
            what: Act::Withdrawn(Withdrawn { reason: Private::Open(reason.to_owned()) }),
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_not_in_the_bytes_and_opens_to_the_same(tail in ".{0,40}") {
            let before = entry(&format!("rahasia-{tail}"));
            let sealed = seal(&before).unwrap();
            prop_assert!(!String::from_utf8(sealed.body.clone()).unwrap().contains("rahasia"));
            prop_assert_eq!(sealed.kind.as_str(), "withdrawn");

            let mut value: Value = serde_json::from_slice(&sealed.body).unwrap();
            prop_assert_eq!(&Entry::from_value(value.clone()).unwrap(), &sealed.entry);
            let row = &sealed.kept[0];
            let private: Value = serde_json::from_slice(&row.body).unwrap();
            open_all(&mut value, &mut |id| (id == row.id).then(|| private.clone()));
            prop_assert_eq!(Entry::from_value(value).unwrap(), before);
        }
    }

    #[test]
    fn the_same_value_is_sealed_differently_each_time() {
        let commitments = [entry("sama"), entry("sama")].map(|e| seal(&e).unwrap().body);
        assert_ne!(commitments[0], commitments[1]);
    }

    #[test]
    fn a_commitment_is_the_digest_of_salt_and_value() {
        let row = VaultRow::new(&Value::from("nilai")).unwrap();
        let mut preimage = row.salt.to_vec();
        preimage.extend_from_slice(b"\"nilai\"");
        assert_eq!(row.seal().commitment, sha256(&[&preimage]));
    }
}
