//! The log of what happens to accounts: append-only, without names and without addresses.

use jiff::Timestamp;
use netra_docket::ids::{AccountId, OfficeId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, failed, parsed, parsed_cell};
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::{AccountEvent, AccountEventKind, StoreError};

const NOTE: &str =
    "INSERT INTO account_events (office, account, at, what, actor, detail) VALUES ($1, $2, $3, $4, $5, $6)";

impl Store {
    /// Notes what happened to an account. The database refuses to change or remove it later.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_account_event(&self, event: &AccountEvent) -> Result<(), StoreError> {
        self.execute("noting an event of an account", NOTE, values(event).to_vec()).await?;
        Ok(())
    }

    /// The newest events of an office's accounts, newest first: of one account, or of all.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn account_events(
        &self,
        office: &OfficeId,
        account: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<AccountEvent>, StoreError> {
        let rows = sqlx::query(
            "SELECT office, account, at, what, actor, detail FROM account_events
             WHERE office = $1 AND ($2 = '' OR account = $2) ORDER BY seq DESC LIMIT $3",
        )
        .bind(office.as_str())
        .bind(account.map(|id| id.to_string()).unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(self.reader())
        .await
        .map_err(failed("reading the events of accounts"))?;
        rows.iter().map(event_from).collect()
    }
}

/// Notes an event inside a transaction.
pub(crate) async fn note_in(conn: &mut AnyConnection, event: &AccountEvent) -> Result<(), StoreError> {
    execute(conn, NOTE, values(event)).await.map_err(failed("noting an event of an account"))?;
    Ok(())
}

fn values(event: &AccountEvent) -> [Value; 6] {
    [
        event.office.as_str().into(),
        event.account.to_string().into(),
        event.at.as_second().into(),
        event.kind.id().into(),
        event.actor.map(|actor| actor.to_string()).into(),
        event.detail.as_str().into(),
    ]
}

fn event_from(row: &AnyRow) -> Result<AccountEvent, StoreError> {
    let actor: Option<String> = cell(row, "actor")?;
    let at: i64 = cell(row, "at")?;
    Ok(AccountEvent {
        office: parsed_cell(row, "account_events", "office")?,
        account: parsed_cell(row, "account_events", "account")?,
        at: Timestamp::from_second(at).map_err(|_| bad_row("account_events", "the time is out of range"))?,
        kind: AccountEventKind::from_id(cell(row, "what")?)
            .ok_or_else(|| bad_row("account_events", "unknown kind of event"))?,
        actor: actor.map(|id| parsed("account_events", "actor", &id)).transpose()?,
        detail: cell(row, "detail")?,
    })
}
