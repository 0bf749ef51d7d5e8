//! The log of lists: who did what with which list, comparison or pair, and when.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use netra_docket::ids::{AccountId, OfficeId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{context, instant, list_key, optional};
use crate::convert::{bad_row, cell, failed};
use crate::keys::SecretKey;
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::{ListId, Look, LookEntry, LookKind, Privacy, Scope, StoreError};

impl Store {
    /// Notes what an officer does with lists.
    ///
    /// # Errors
    /// The database fails, or the office's key is missing: what was to be done must not be done then.
    pub async fn note_look(
        &self,
        scope: &Scope,
        account: AccountId,
        at: Timestamp,
        look: Look,
    ) -> Result<(), StoreError> {
        let key = scope.office().to_string();
        let (means, office, look) = (self.means(), scope.office().clone(), Arc::new(look));
        self.write(&key, move |conn| {
            let (means, office, look) = (means.clone(), office.clone(), look.clone());
            Box::pin(async move {
                let detail = match look.list {
                    Some(list) if !look.detail.is_empty() => match list_key(conn, &means.keys, &office, list).await? {
                        Some(key) => key.encrypt(look.detail.as_bytes(), &context("look", list))?,
                        None => Vec::new(),
                    },
                    _ => Vec::new(),
                };
                note_in(conn, &office, Some(account), at.as_second(), &look, detail).await
            })
        })
        .await
    }

    /// The newest entries of the office's log, newest first: those of one list, or all.
    ///
    /// # Errors
    /// The database fails, or an entry can't be read.
    pub async fn look_log(
        &self,
        scope: &Scope,
        list: Option<ListId>,
        limit: u32,
    ) -> Result<Vec<LookEntry>, StoreError> {
        let mut tx = self.begin_read().await?;
        let rows = sqlx::query(
            "SELECT at, account, what, list, subject, detail FROM register_log
             WHERE office = $1 AND ($2 = '' OR list = $2) ORDER BY seq DESC LIMIT $3",
        )
        .bind(scope.office().as_str())
        .bind(list.map(|list| list.to_string()).unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await
        .map_err(failed("reading the log of lists"))?;
        let mut keys: HashMap<ListId, Option<SecretKey>> = HashMap::new();
        let mut entries = Vec::with_capacity(rows.len());
        for row in &rows {
            let (mut entry, sealed) = entry_from(row)?;
            if let Some(list) = entry.list.filter(|_| !sealed.is_empty() && scope.privacy() == Privacy::Open) {
                let key = match keys.remove(&list) {
                    Some(known) => known,
                    None => list_key(&mut tx, self.keys(), scope.office(), list).await?,
                };
                let opened = key.as_ref().and_then(|key| key.decrypt(&sealed, &context("look", list)));
                entry.detail = opened.and_then(|bytes| String::from_utf8(bytes).ok());
                keys.insert(list, key);
            }
            entries.push(entry);
        }
        Ok(entries)
    }
}

/// An entry, and what is encrypted in it.
fn entry_from(row: &AnyRow) -> Result<(LookEntry, Vec<u8>), StoreError> {
    const TABLE: &str = "register_log";
    let kind: String = cell(row, "what")?;
    let sealed: Vec<u8> = cell(row, "detail")?;
    let entry = LookEntry {
        at: instant(row, TABLE, "at")?,
        account: optional(row, TABLE, "account")?,
        kind: LookKind::from_id(&kind).ok_or_else(|| bad_row(TABLE, "unknown kind"))?,
        list: optional(row, TABLE, "list")?,
        subject: optional(row, TABLE, "subject")?,
        detail: sealed.is_empty().then(String::new),
    };
    Ok((entry, sealed))
}

/// Notes an entry within a transaction.
pub(super) async fn note_in(
    conn: &mut AnyConnection,
    office: &OfficeId,
    account: Option<AccountId>,
    at: i64,
    look: &Look,
    detail: Vec<u8>,
) -> Result<(), StoreError> {
    let values: [Value; 7] = [
        office.as_str().into(),
        account.map(|account| account.to_string()).into(),
        at.into(),
        look.kind.id().into(),
        look.list.map(|list| list.to_string()).into(),
        look.subject.map(|subject| subject.to_string()).into(),
        detail.into(),
    ];
    let sql = "INSERT INTO register_log (office, account, at, what, list, subject, detail)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    execute(conn, sql, values).await.map_err(failed("noting who looked at a list"))?;
    Ok(())
}
