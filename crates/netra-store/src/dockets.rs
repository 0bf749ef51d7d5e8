//! Dockets: the acts of a matter, read back through a scope.

use std::collections::HashMap;

use netra_docket::act::{Act, Exhibit, PersonalPart};
use netra_docket::entry::Entry;
use netra_docket::ids::{ActId, ExhibitNo, MatterId, OfficeId, PersonNo, SealId};
use netra_docket::matter::Matter;
use netra_docket::person::Identity;
use netra_docket::personal::seals_of;
use netra_docket::private::{Private, open_all};
use netra_law::Law;
use serde_json::Value;
use sqlx::AnyConnection;

use crate::blobs::BlobReader;
use crate::convert::{bad_json, bad_row, failed, parsed};
use crate::keys::KeyRing;
use crate::seal::vault_of;
use crate::store::Store;
use crate::types::{Docket, Privacy, Scope, StoreError};

impl Store {
    /// A docket, if the scope's office may see the matter. The answer is the same whether the
    /// matter does not exist or is none of the office's business.
    ///
    /// # Errors
    /// The database fails, or an act can't be read.
    pub async fn docket(&self, scope: &Scope, matter: MatterId) -> Result<Option<Docket>, StoreError> {
        let mut tx = self.begin_read().await?;
        if !is_on_desk(&mut tx, scope.office(), matter).await? {
            return Ok(None);
        }
        read_docket(&mut tx, self, matter, scope.privacy()).await.map(Some)
    }

    /// The recorded bytes of every act of a docket, oldest first, if the scope's office may see the matter.
    ///
    /// # Errors
    /// The database fails.
    pub async fn records(&self, scope: &Scope, matter: MatterId) -> Result<Option<Vec<Vec<u8>>>, StoreError> {
        let mut tx = self.begin_read().await?;
        if !is_on_desk(&mut tx, scope.office(), matter).await? {
            return Ok(None);
        }
        bodies_of(&mut tx, matter).await.map(Some)
    }

    /// The docket behind a tracking code, sealed: for the public page that tells its status.
    ///
    /// # Errors
    /// The database fails, or an act can't be read.
    pub async fn docket_by_code(&self, code_hash: &str) -> Result<Option<Docket>, StoreError> {
        let mut tx = self.begin_read().await?;
        let found: Option<String> = sqlx::query_scalar("SELECT matter FROM receipts WHERE code_hash = $1")
            .bind(code_hash)
            .fetch_optional(&mut *tx)
            .await
            .map_err(failed("looking up a tracking code"))?;
        let Some(found) = found else { return Ok(None) };
        let matter = parsed("receipts", "matter", &found)?;
        read_docket(&mut tx, self, matter, Privacy::Sealed).await.map(Some)
    }

    /// The matter that a form token has been recorded as.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn matter_by_token(&self, token_hash: &str) -> Result<Option<MatterId>, StoreError> {
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        matter_of_token(&mut conn, token_hash).await
    }

    /// The identity that an act of opening opens, if the scope's office may see the matter and names at all; none if
    /// the act is no such act, or the identity was erased. Who may ask, and for how long, is the caller's to decide.
    ///
    /// # Errors
    /// The database fails, or an act can't be read.
    pub async fn opened_identity(
        &self,
        scope: &Scope,
        matter: MatterId,
        act: ActId,
    ) -> Result<Option<Identity>, StoreError> {
        let mut tx = self.begin_read().await?;
        if scope.privacy() != Privacy::Open || !is_on_desk(&mut tx, scope.office(), matter).await? {
            return Ok(None);
        }
        let entries = sealed_entries(&mut tx, matter).await?;
        let opening = entries.iter().find(|entry| entry.id == act).map(|entry| &entry.what);
        let Some(Act::IdentityOpened(opening)) = opening else { return Ok(None) };
        let person = folded(&entries, self.law())?.person(opening.person).cloned();
        let Some(Private::Sealed(seal)) = person.map(|person| person.identity) else { return Ok(None) };
        let vault = vault_of(&mut tx, self.keys(), matter).await?;
        let Some(opened) = vault.get(&seal.id) else { return Ok(None) };
        serde_json::from_value(opened.value.clone()).map(Some).map_err(bad_json("vault"))
    }

    /// An exhibit with its bytes, if the scope's office may see the matter and it has that exhibit.
    ///
    /// # Errors
    /// The database, the folder or the bucket fails, or the bytes have been changed.
    pub async fn exhibit_bytes(
        &self,
        scope: &Scope,
        matter: MatterId,
        no: ExhibitNo,
    ) -> Result<Option<(Exhibit, Vec<u8>)>, StoreError> {
        let docket = self.docket(scope, matter).await?;
        let Some(exhibit) = docket.and_then(|d| d.matter.exhibit(no).cloned()) else { return Ok(None) };
        let bytes = self.get_blob(&exhibit.sha256).await?;
        Ok(Some((exhibit, bytes)))
    }

    /// An exhibit with its bytes in pieces, under the same conditions.
    ///
    /// # Errors
    /// The database, the folder or the bucket fails. Whether the bytes have been changed shows while they are read.
    pub async fn exhibit_reader(
        &self,
        scope: &Scope,
        matter: MatterId,
        no: ExhibitNo,
    ) -> Result<Option<(Exhibit, BlobReader)>, StoreError> {
        let docket = self.docket(scope, matter).await?;
        let Some(exhibit) = docket.and_then(|d| d.matter.exhibit(no).cloned()) else { return Ok(None) };
        let reader = self.blob_reader(&exhibit.sha256).await?;
        Ok(Some((exhibit, reader)))
    }
}

/// The matter of a form token, inside a transaction.
pub(crate) async fn matter_of_token(
    conn: &mut AnyConnection,
    token_hash: &str,
) -> Result<Option<MatterId>, StoreError> {
    let found: Option<String> = sqlx::query_scalar("SELECT matter FROM receipts WHERE token_hash = $1")
        .bind(token_hash)
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("looking up a form token"))?;
    found.map(|matter| parsed("receipts", "matter", &matter)).transpose()
}

/// The entries of a matter, private values sealed, oldest first; none for an unknown matter.
pub(crate) async fn sealed_entries(conn: &mut AnyConnection, matter: MatterId) -> Result<Vec<Entry>, StoreError> {
    acts_of(conn, matter).await?.into_iter().map(entry_from).collect()
}

/// The entries of a matter with their private values; identities that are protected stay sealed.
pub(crate) async fn opened_entries(
    conn: &mut AnyConnection,
    keys: &KeyRing,
    law: &Law,
    matter: MatterId,
) -> Result<(Vec<Entry>, Vec<Identity>), StoreError> {
    let mut vault = vault_of(conn, keys, matter).await?;
    let mut acts = acts_of(conn, matter).await?;
    let mut protected = Vec::new();
    for id in protected_values(&acts, law)? {
        if let Some(opened) = vault.remove(&id) {
            protected.push(serde_json::from_value(opened.value).map_err(bad_json("vault"))?);
        }
    }
    for act in &mut acts {
        open_all(act, &mut |id| vault.get(&id).map(|opened| opened.value.clone()));
        read_excerpts(act);
    }
    let entries: Result<Vec<Entry>, StoreError> = acts.into_iter().map(entry_from).collect();
    Ok((entries?, protected))
}

/// Reads what came in place of private values of another office: their senders took a name out of them.
fn read_excerpts(act: &mut Value) {
    let listed = act.pointer("/what/excerpts/private").and_then(Value::as_array);
    let read = |one: &Value| Some((one.get("seal")?.as_str()?.parse().ok()?, one.get("value")?.clone()));
    let excerpts: HashMap<SealId, Value> = listed.into_iter().flatten().filter_map(read).collect();
    if !excerpts.is_empty() {
        open_all(act, &mut |id| excerpts.get(&id).cloned());
    }
}

/// The values that nobody sees without an act of opening.
fn protected_values(acts: &[Value], law: &Law) -> Result<Vec<SealId>, StoreError> {
    let protects = |act: &Value| act.pointer("/what/act").and_then(Value::as_str) == Some("identity-protected");
    if !acts.iter().any(protects) {
        return Ok(Vec::new());
    }
    let entries: Vec<Entry> = acts.iter().cloned().map(entry_from).collect::<Result<_, _>>()?;
    let matter = folded(&entries, law)?;
    let values = |person: &PersonNo| seals_of(&entries, *person, &[PersonalPart::Identity]);
    Ok(matter.protected.iter().flat_map(values).collect())
}

pub(crate) fn folded(entries: &[Entry], law: &Law) -> Result<Matter, StoreError> {
    Matter::fold(entries, law).map_err(|refusal| bad_row("acts", refusal.to_string()))
}

async fn bodies_of(conn: &mut AnyConnection, matter: MatterId) -> Result<Vec<Vec<u8>>, StoreError> {
    sqlx::query_scalar("SELECT body FROM acts WHERE matter = $1 ORDER BY n")
        .bind(matter.to_string())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading acts"))
}

/// The acts of a matter as they are recorded, oldest first.
pub(crate) async fn acts_of(conn: &mut AnyConnection, matter: MatterId) -> Result<Vec<Value>, StoreError> {
    let bodies = bodies_of(conn, matter).await?;
    bodies.iter().map(|body| serde_json::from_slice(body).map_err(bad_json("acts"))).collect()
}

// `EntryError` shows the kind of fault only; what `serde_json` says about the value is not passed on.
pub(crate) fn entry_from(act: Value) -> Result<Entry, StoreError> {
    Entry::from_value(act).map_err(|e| bad_row("acts", e.to_string()))
}

/// Whether an office may see a matter.
pub(crate) async fn is_on_desk(
    conn: &mut AnyConnection,
    office: &OfficeId,
    matter: MatterId,
) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM desk WHERE office = $1 AND matter = $2")
        .bind(office.as_str())
        .bind(matter.to_string())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("looking at the desk"))?;
    Ok(found.is_some())
}

async fn read_docket(
    conn: &mut AnyConnection,
    store: &Store,
    matter: MatterId,
    privacy: Privacy,
) -> Result<Docket, StoreError> {
    let (entries, protected) = match privacy {
        Privacy::Open => opened_entries(conn, store.keys(), store.law(), matter).await?,
        Privacy::Sealed => (sealed_entries(conn, matter).await?, Vec::new()),
    };
    let matter = folded(&entries, store.law())?;
    Ok(Docket { entries, matter, protected })
}
