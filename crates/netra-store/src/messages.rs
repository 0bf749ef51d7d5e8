//! Messages between reporter and office: what whoever has the tracking code may read of a docket, and who has seen what.

use netra_docket::ids::{AccountId, MatterId, OfficeId, SealId};
use netra_docket::private::{open_all, seals};
use serde_json::Value;
use sqlx::any::AnyRow;

use crate::convert::{cell, count, failed, parsed, parsed_cell};
use crate::dockets::{acts_of, entry_from, folded};
use crate::seal::vault_of;
use crate::store::Store;
use crate::types::{Docket, StoreError};

/// The private fields that are meant for the other side, by act.
const TOLD: [(&str, &str); 4] =
    [("reporter-wrote", "text"), ("office-wrote", "text"), ("repair-requested", "note"), ("repair-received", "note")];

/// The reader that stands for whoever has the tracking code.
const CODE: &str = "code";

/// Who reads messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageReader {
    /// An officer.
    Account(AccountId),
    /// Whoever has the tracking code.
    Code,
}

impl MessageReader {
    fn word(self) -> String {
        match self {
            MessageReader::Account(account) => account.to_string(),
            MessageReader::Code => CODE.to_owned(),
        }
    }
}

/// A matter with messages that an officer has not seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadMatter {
    /// The matter.
    pub matter: MatterId,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// How many there are.
    pub messages: u64,
}

impl Store {
    /// The docket behind a tracking code with nothing opened but messages: no name, no account of events, no file's name.
    ///
    /// # Errors
    /// The database fails, a key is missing, or an act can't be read.
    pub async fn conversation_by_code(&self, code_hash: &str) -> Result<Option<Docket>, StoreError> {
        let mut tx = self.begin_read().await?;
        let found: Option<String> = sqlx::query_scalar("SELECT matter FROM receipts WHERE code_hash = $1")
            .bind(code_hash)
            .fetch_optional(&mut *tx)
            .await
            .map_err(failed("looking up a tracking code"))?;
        let Some(found) = found else { return Ok(None) };
        let matter: MatterId = parsed("receipts", "matter", &found)?;
        let mut acts = acts_of(&mut tx, matter).await?;
        let mut told = Vec::new();
        acts.iter().for_each(|act| seals_told(act, &mut told));
        if !told.is_empty() {
            let vault = vault_of(&mut tx, self.keys(), matter).await?;
            for act in &mut acts {
                open_all(act, &mut |id| {
                    told.contains(&id).then(|| vault.get(&id).map(|opened| opened.value.clone())).flatten()
                });
            }
        }
        let entries = acts.into_iter().map(entry_from).collect::<Result<Vec<_>, _>>()?;
        let matter = folded(&entries, self.law())?;
        Ok(Some(Docket { entries, matter, protected: Vec::new() }))
    }

    /// Up to which act a reader has seen the messages of a matter; 0 if never.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read_mark(&self, matter: MatterId, reader: MessageReader) -> Result<u32, StoreError> {
        let seen: Option<i64> = sqlx::query_scalar("SELECT n FROM read_marks WHERE matter = $1 AND reader = $2")
            .bind(matter.to_string())
            .bind(reader.word())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading who has seen what"))?;
        Ok(seen.and_then(|n| u32::try_from(n).ok()).unwrap_or(0))
    }

    /// Notes up to which act a reader has seen the messages. What was seen stays seen.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_read_mark(&self, matter: MatterId, reader: MessageReader, n: u32) -> Result<(), StoreError> {
        let sql = "INSERT INTO read_marks (matter, reader, n) VALUES ($1, $2, $3)
                   ON CONFLICT (matter, reader) DO UPDATE SET n = excluded.n WHERE read_marks.n < excluded.n";
        let values = vec![matter.to_string().into(), reader.word().into(), i64::from(n).into()];
        self.execute("noting who has seen what", sql, values).await.map(|_| ())
    }

    /// The matters that an office handles with messages of reporters which an officer has not seen, some of many.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn unread_matters(
        &self,
        office: &OfficeId,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<UnreadMatter>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.matter, m.number, COUNT(*) AS many FROM acts a
             JOIN matters m ON m.matter = a.matter
             LEFT JOIN read_marks r ON r.matter = a.matter AND r.reader = $2
             WHERE a.kind = 'reporter-wrote' AND m.office = $1 AND a.n > COALESCE(r.n, 0)
             GROUP BY a.matter, m.number ORDER BY a.matter LIMIT $3",
        )
        .bind(office.as_str())
        .bind(account.to_string())
        .bind(i64::from(limit))
        .fetch_all(self.reader())
        .await
        .map_err(failed("looking for messages that nobody saw"))?;
        let read = |row: &AnyRow| -> Result<UnreadMatter, StoreError> {
            Ok(UnreadMatter {
                matter: parsed_cell(row, "acts", "matter")?,
                number: cell(row, "number")?,
                messages: count(cell::<i64>(row, "many")?),
            })
        };
        rows.iter().map(read).collect()
    }
}

/// The seals of messages in an act, also in what a correction holds.
fn seals_told(value: &Value, found: &mut Vec<SealId>) {
    match value {
        Value::Object(map) => {
            let act = map.get("act").and_then(Value::as_str);
            let field = TOLD.iter().find(|(kind, _)| act == Some(kind)).and_then(|(_, field)| map.get(*field));
            field.into_iter().for_each(|text| seals(text, found));
            map.values().for_each(|inner| seals_told(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|item| seals_told(item, found)),
        _ => {}
    }
}
