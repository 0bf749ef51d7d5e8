//! Lists: their records, their rows, and how they are deleted.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use netra_docket::ids::{AccountId, OfficeId};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::looks::note_in;
use super::{context, instant, list_key, number, optional, timestamp, unopened};
use crate::convert::{bad_json, bad_row, cell, count, failed, parsed_cell, random};
use crate::keys::{KeyRing, SecretKey};
use crate::statement::{Script, Value, execute};
use crate::store::Store;
use crate::types::{
    Content, ListId, ListKind, ListRecord, Look, LookKind, NewList, Privacy, RegisterError, Scope, StoreError,
};

/// Bytes of a part.
const PART: usize = 1 << 20;

/// What outlives a list.
#[derive(Serialize, Deserialize)]
struct About {
    title: String,
    purpose: String,
}

/// A list, encrypted and on its way.
struct Sealed {
    record: Vec<Value>,
    id: ListId,
    office: OfficeId,
    account: AccountId,
    at: i64,
    sealed_key: Vec<u8>,
    parts: Vec<Vec<u8>>,
}

const INSERT: &str = "
    INSERT INTO register_lists
        (id, office, kind, regime, dated, about, entries, rejected, imported, account, delete_on)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// A list with whether its rows are there.
macro_rules! select_lists {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.office, l.kind, l.regime, l.dated, l.about, l.entries, l.rejected, l.imported, l.account,
                    l.delete_on, l.deleted, l.deleted_by,
                    (SELECT COUNT(*) FROM register_keys k WHERE k.list = l.id) AS held
             FROM register_lists l ",
            $rest
        )
    };
}

impl Store {
    /// Takes a list in: all of it or nothing.
    ///
    /// # Errors
    /// The database fails, or the office's key is missing.
    pub async fn import_list(
        &self,
        scope: &Scope,
        account: AccountId,
        at: Timestamp,
        new: NewList,
    ) -> Result<(), StoreError> {
        let sealed = Arc::new(seal(self.keys(), scope.office(), account, at, new)?);
        let key = scope.office().to_string();
        self.write(&key, move |conn| {
            let sealed = sealed.clone();
            Box::pin(async move { import_in(conn, &sealed).await })
        })
        .await
    }

    /// The lists of the office, newest first, with those whose rows were deleted.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn register_lists(&self, scope: &Scope) -> Result<Vec<ListRecord>, StoreError> {
        let rows = sqlx::query(select_lists!("WHERE l.office = $1 ORDER BY l.imported DESC, l.id"))
            .bind(scope.office().as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("listing the lists of people"))?;
        rows.iter().map(|row| record_from(row, self.keys())).collect()
    }

    /// A list of the office.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn register_list(&self, scope: &Scope, id: ListId) -> Result<Option<ListRecord>, StoreError> {
        let row = sqlx::query(select_lists!("WHERE l.office = $1 AND l.id = $2"))
            .bind(scope.office().as_str())
            .bind(id.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a list of people"))?;
        row.as_ref().map(|row| record_from(row, self.keys())).transpose()
    }

    /// The rows of a list, as they came in; none if the office has no such list, its rows were deleted, or the scope opens
    /// nothing.
    ///
    /// # Errors
    /// The database fails, or a part does not open.
    pub async fn list_rows(&self, scope: &Scope, id: ListId) -> Result<Option<Vec<u8>>, StoreError> {
        if scope.privacy() == Privacy::Sealed {
            return Ok(None);
        }
        let mut tx = self.begin_read().await?;
        let Some(key) = list_key(&mut tx, self.keys(), scope.office(), id).await? else { return Ok(None) };
        let mut bytes = Vec::new();
        for n in 0_i64.. {
            let part: Option<Vec<u8>> =
                sqlx::query_scalar("SELECT body FROM register_parts WHERE list = $1 AND n = $2")
                    .bind(id.to_string())
                    .bind(n)
                    .fetch_optional(&mut *tx)
                    .await
                    .map_err(failed("reading the rows of a list"))?;
            let Some(part) = part else { break };
            let opened = key.decrypt(&part, &part_context(id, n)).ok_or_else(|| unopened("register_parts"))?;
            bytes.extend_from_slice(&opened);
        }
        Ok(Some(bytes))
    }

    /// Deletes the rows of a list before its day; tells whether there were any. The record stays.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_list(
        &self,
        scope: &Scope,
        id: ListId,
        account: AccountId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.delete_rows(scope.office().clone(), id, Some(account), at).await
    }

    /// Deletes the rows of all lists whose day has come, in all offices; tells of how many lists.
    ///
    /// # Errors
    /// The database fails; what was deleted until then stays deleted.
    pub async fn delete_lists_due(&self, today: Date, at: Timestamp) -> Result<u64, StoreError> {
        let rows = sqlx::query("SELECT id, office FROM register_lists WHERE deleted IS NULL AND delete_on <= $1")
            .bind(today.to_string())
            .fetch_all(self.reader())
            .await
            .map_err(failed("looking for lists whose day has come"))?;
        let mut done = 0;
        for row in &rows {
            let id: ListId = parsed_cell(row, "register_lists", "id")?;
            let office: OfficeId = parsed_cell(row, "register_lists", "office")?;
            done += u64::from(self.delete_rows(office, id, None, at).await?);
        }
        Ok(done)
    }

    async fn delete_rows(
        &self,
        office: OfficeId,
        id: ListId,
        account: Option<AccountId>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let key = office.to_string();
        self.write(&key, move |conn| {
            let office = office.clone();
            Box::pin(async move { delete_in(conn, &office, id, account, at.as_second()).await })
        })
        .await
    }
}

fn seal(
    keys: &KeyRing,
    office: &OfficeId,
    account: AccountId,
    at: Timestamp,
    new: NewList,
) -> Result<Sealed, StoreError> {
    let office_keys = keys.get(office)?;
    let own: [u8; 32] = random()?;
    let sealed_key = office_keys.vault.encrypt(&own, &context("key", new.id))?;
    let key = SecretKey::new(own);
    let mut parts = Vec::new();
    for (n, part) in (0_i64..).zip(new.rows.chunks(PART)) {
        parts.push(key.encrypt(part, &part_context(new.id, n))?);
    }
    let about = About { title: new.title, purpose: new.purpose };
    let about = serde_json::to_vec(&about).map_err(bad_json("register_lists"))?;
    let about = office_keys.vault.encrypt(&about, &context("about", new.id))?;
    let record = vec![
        new.id.to_string().into(),
        office.as_str().into(),
        new.kind.id().into(),
        new.regime.id().into(),
        new.dated.to_string().into(),
        about.into(),
        number(new.entries).into(),
        number(new.rejected).into(),
        at.as_second().into(),
        account.to_string().into(),
        new.delete_on.to_string().into(),
    ];
    Ok(Sealed { record, id: new.id, office: office.clone(), account, at: at.as_second(), sealed_key, parts })
}

fn part_context(list: ListId, n: i64) -> Vec<u8> {
    context("part", format!("{list}\n{n}"))
}

async fn import_in(conn: &mut AnyConnection, sealed: &Sealed) -> Result<(), StoreError> {
    let doing = "taking a list of people in";
    execute(conn, INSERT, sealed.record.clone()).await.map_err(failed(doing))?;
    let list = sealed.id.to_string();
    let key = [Value::from(list.as_str()), sealed.sealed_key.clone().into()];
    execute(conn, "INSERT INTO register_keys (list, sealed_key) VALUES ($1, $2)", key).await.map_err(failed(doing))?;
    for (n, part) in (0_i64..).zip(&sealed.parts) {
        let values = [Value::from(list.as_str()), n.into(), part.clone().into()];
        let sql = "INSERT INTO register_parts (list, n, body) VALUES ($1, $2, $3)";
        execute(conn, sql, values).await.map_err(failed(doing))?;
    }
    let look = Look::at_list(LookKind::Imported, sealed.id);
    note_in(conn, &sealed.office, Some(sealed.account), sealed.at, &look, Vec::new()).await
}

/// Takes rows and key away, and the people of every pair that came of them.
async fn delete_in(
    conn: &mut AnyConnection,
    office: &OfficeId,
    id: ListId,
    account: Option<AccountId>,
    at: i64,
) -> Result<bool, StoreError> {
    let doing = "deleting the rows of a list";
    let list = || Value::from(id.to_string());
    let marked = match account {
        Some(account) => {
            let sql = "UPDATE register_lists SET deleted = $3, deleted_by = $4
                       WHERE id = $1 AND office = $2 AND deleted IS NULL";
            let values = [list(), office.as_str().into(), at.into(), account.to_string().into()];
            execute(conn, sql, values).await
        }
        None => {
            let sql = "UPDATE register_lists SET deleted = $3 WHERE id = $1 AND office = $2 AND deleted IS NULL";
            execute(conn, sql, [list(), office.as_str().into(), at.into()]).await
        }
    };
    if marked.map_err(failed(doing))? == 0 {
        return Ok(false);
    }
    let mut script = Script::default();
    script.add("DELETE FROM register_keys WHERE list = $1", [list()]);
    script.add("DELETE FROM register_parts WHERE list = $1", [list()]);
    script.add(
        "DELETE FROM register_bodies WHERE run IN
             (SELECT id FROM register_runs WHERE candidates = $1 OR servants = $1 OR earlier = $1)",
        [list()],
    );
    script.run(conn).await.map_err(failed(doing))?;
    note_in(conn, office, account, at, &Look::at_list(LookKind::Deleted, id), Vec::new()).await?;
    Ok(true)
}

fn record_from(row: &AnyRow, keys: &KeyRing) -> Result<ListRecord, StoreError> {
    const TABLE: &str = "register_lists";
    let id: ListId = parsed_cell(row, TABLE, "id")?;
    let office: OfficeId = parsed_cell(row, TABLE, "office")?;
    let about: Vec<u8> = cell(row, "about")?;
    let about = keys.get(&office)?.vault.decrypt(&about, &context("about", id)).ok_or_else(|| unopened(TABLE))?;
    let About { title, purpose } = serde_json::from_slice(&about).map_err(bad_json(TABLE))?;
    let kind: String = cell(row, "kind")?;
    let deleted: Option<i64> = cell(row, "deleted")?;
    let deleted = match deleted {
        Some(at) => Some((timestamp(TABLE, at)?, optional(row, TABLE, "deleted_by")?)),
        None => None,
    };
    let held: i64 = cell(row, "held")?;
    let is_here = held > 0 && deleted.is_none();
    Ok(ListRecord {
        id,
        kind: ListKind::from_id(&kind).ok_or_else(|| bad_row(TABLE, "unknown kind"))?,
        regime: parsed_cell(row, TABLE, "regime")?,
        dated: parsed_cell(row, TABLE, "dated")?,
        title,
        purpose,
        entries: count(cell(row, "entries")?),
        rejected: count(cell(row, "rejected")?),
        imported: instant(row, TABLE, "imported")?,
        account: parsed_cell(row, TABLE, "account")?,
        delete_on: parsed_cell(row, TABLE, "delete_on")?,
        deleted,
        content: if is_here { Content::Here } else { Content::Gone },
    })
}

/// The list of an office whose rows are there.
pub(super) async fn require_here(
    conn: &mut AnyConnection,
    office: &OfficeId,
    list: ListId,
) -> Result<(), RegisterError> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM register_lists l JOIN register_keys k ON k.list = l.id
         WHERE l.id = $1 AND l.office = $2 AND l.deleted IS NULL",
    )
    .bind(list.to_string())
    .bind(office.as_str())
    .fetch_optional(&mut *conn)
    .await
    .map_err(failed("looking for a list of people"))?;
    found.map(|_| ()).ok_or(RegisterError::NotFound)
}
