//! The vault: where private values go when an act is recorded, and whence they come back.
//!
//! A vault row is tied to its matter, and a docket is opened with the rows of its own matter only:
//! an act that names the seal of another matter does not open it.

use std::collections::HashMap;

use netra_docket::entry::{Entry, canonical_bytes};
use netra_docket::ids::{MatterId, OfficeId, SealId};
use netra_docket::private::{Seal, seal_all};
use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_json, bad_row, cell, failed, parsed_cell, random, sha256};
use crate::keys::{KeyRing, SecretKey};
use crate::statement::Script;
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
    /// Salted, so that a short value such as a name can't be found by trying.
    salt: [u8; SALT],
    body: Vec<u8>,
}

/// Bytes of salt.
const SALT: usize = 16;

impl VaultRow {
    /// A value on its way to the vault.
    pub(crate) fn new(value: &Value) -> Result<VaultRow, StoreError> {
        let body = canonical_bytes(value).map_err(bad_json("vault"))?;
        let id = SealId::new(random_uuid()?);
        Ok(VaultRow { id, salt: random()?, body })
    }

    /// A row with the salt that it had before: as it was kept before the vault was encrypted, or in another office.
    pub(crate) fn kept(id: SealId, salt: &[u8], body: Vec<u8>) -> Result<VaultRow, StoreError> {
        let salt = salt.try_into().map_err(|_| bad_row("vault", "the salt has another length"))?;
        Ok(VaultRow { id, salt, body })
    }

    /// What stays behind of it outside the vault.
    pub(crate) fn seal(&self) -> Seal {
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

/// A private value read back, with what proves it.
pub(crate) struct Opened {
    /// The value.
    pub(crate) value: Value,
    /// What its commitment is salted with.
    pub(crate) salt: Vec<u8>,
    /// The digest that the act holds if nothing was changed.
    pub(crate) commitment: String,
}

/// Ties what is encrypted to its row: it opens nowhere else.
fn context(id: SealId, matter: MatterId) -> Vec<u8> {
    format!("netra vault 1\n{id}\n{matter}").into_bytes()
}

/// Puts private values into the vault, each under a key of its own: whoever erases the row erases the key.
pub(crate) fn keep(
    script: &mut Script,
    keys: &KeyRing,
    office: &OfficeId,
    matter: MatterId,
    rows: Vec<VaultRow>,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let keys = keys.get(office)?;
    let mut sealed = Vec::with_capacity(rows.len());
    for row in rows {
        let context = context(row.id, matter);
        let own: [u8; 32] = random()?;
        let sealed_key = keys.vault.encrypt(&own, &context)?;
        let body = SecretKey::new(own).encrypt(&[row.salt.as_slice(), &row.body].concat(), &context)?;
        sealed.push([
            row.id.to_string().into(),
            matter.to_string().into(),
            office.as_str().into(),
            sealed_key.into(),
            body.into(),
        ]);
    }
    script.insert("INSERT INTO vault (id, matter, office, sealed_key, body) VALUES", sealed);
    Ok(())
}

/// Erases private values with their keys. What lies in older backups stays there until they are thrown away.
pub(crate) fn erase(script: &mut Script, matter: MatterId, seals: &[SealId]) {
    for id in seals {
        let values = [id.to_string().into(), matter.to_string().into()];
        script.add("DELETE FROM vault WHERE id = $1 AND matter = $2", values);
    }
}

/// All private values of a matter.
pub(crate) async fn vault_of(
    conn: &mut AnyConnection,
    keys: &KeyRing,
    matter: MatterId,
) -> Result<HashMap<SealId, Opened>, StoreError> {
    let rows = sqlx::query("SELECT id, office, sealed_key, body FROM vault WHERE matter = $1")
        .bind(matter.to_string())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading private values"))?;
    rows.iter().map(|row| open(row, keys, matter)).collect()
}

/// Opens a row of the vault.
///
/// # Errors
/// Its keys are missing, or it does not open with them in this matter.
pub(crate) fn open(row: &AnyRow, keys: &KeyRing, matter: MatterId) -> Result<(SealId, Opened), StoreError> {
    let id: SealId = parsed_cell(row, "vault", "id")?;
    let office: OfficeId = parsed_cell(row, "vault", "office")?;
    let context = context(id, matter);
    let opened = keys
        .get(&office)?
        .vault
        .decrypt(cell(row, "sealed_key")?, &context)
        .and_then(|own| SecretKey::new(own.try_into().ok()?).decrypt(cell(row, "body").ok()?, &context));
    let opened =
        opened.ok_or_else(|| bad_row("vault", format!("value {id} does not open with the keys of {office}")))?;
    let commitment = sha256(&[&opened]);
    let (salt, value) = opened.split_at_checked(SALT).ok_or_else(|| bad_row("vault", "it is too short"))?;
    let value = serde_json::from_slice(value).map_err(bad_json("vault"))?;
    Ok((id, Opened { value, salt: salt.to_vec(), commitment }))
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
