//! An officer leaves: all matters that the account is responsible for go to another one in one step, closed ones too.
//! Each matter gets its own act; past acts keep their author.

use std::sync::Arc;

use jiff::Timestamp;
use netra_docket::act::{Act, Assigned};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, ActId, MatterId};
use netra_law::time::Moment;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::account_events;
use crate::accounts::state_id;
use crate::convert::{bad_row, cell, failed, parsed_cell};
use crate::record::record_in;
use crate::seal::random_uuid;
use crate::statement::execute;
use crate::store::{Means, Store};
use crate::types::{Account, AccountEvent, AccountEventKind, AccountState, NewAct, RecordError, Recording, StoreError};

/// A matter that an account is responsible for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedMatter {
    /// The matter.
    pub matter: MatterId,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Whether it still runs.
    pub runs: bool,
    length: u32,
}

/// What is done when an officer leaves.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The account that is closed.
    pub from: Account,
    /// Who takes its matters; none if it has none.
    pub to: Option<AccountId>,
    /// The administrator.
    pub by: Actor,
    /// The matters as the administrator saw them.
    pub seen: Vec<MatterId>,
    /// Now.
    pub recorded: Moment,
}

impl Store {
    /// The matters that an account is responsible for and its office handles, running ones first.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn owned_by(&self, account: &Account) -> Result<Vec<OwnedMatter>, StoreError> {
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        owned_in(&mut conn, account).await
    }

    /// Closes an account and gives its matters to another officer: all of it or nothing. Each matter gets an act of
    /// assignment; sessions, links and addresses of calendars end. Gives the number of matters.
    ///
    /// # Errors
    /// [`RecordError::Moved`] if the matters are not those that were seen any more, or there is nobody to take them;
    /// otherwise as [`Store::record`]. Nothing was changed then.
    pub async fn leave(&self, leaving: Leaving) -> Result<u64, RecordError> {
        let key = leaving.from.office.to_string();
        let (means, leaving) = (self.means(), Arc::new(leaving));
        self.write(&key, move |conn| {
            let (means, leaving) = (Arc::clone(&means), Arc::clone(&leaving));
            Box::pin(async move { leave_in(conn, &means, &leaving).await })
        })
        .await
    }
}

async fn owned_in(conn: &mut AnyConnection, account: &Account) -> Result<Vec<OwnedMatter>, StoreError> {
    let rows = sqlx::query(
        "SELECT m.matter, m.number, m.length, d.open FROM matters m
         JOIN desk d ON d.matter = m.matter AND d.office = m.office
         WHERE m.owner = $1 AND m.office = $2 ORDER BY d.open DESC, m.matter",
    )
    .bind(account.id.to_string())
    .bind(account.office.to_string())
    .fetch_all(&mut *conn)
    .await
    .map_err(failed("reading an officer's matters"))?;
    rows.iter().map(owned_from).collect()
}

fn owned_from(row: &AnyRow) -> Result<OwnedMatter, StoreError> {
    let (open, length): (i64, i64) = (cell(row, "open")?, cell(row, "length")?);
    Ok(OwnedMatter {
        matter: parsed_cell(row, "matters", "matter")?,
        number: cell(row, "number")?,
        runs: open == 1,
        length: u32::try_from(length).map_err(|_| bad_row("matters", "the length is out of range"))?,
    })
}

async fn leave_in(conn: &mut AnyConnection, means: &Means, leaving: &Leaving) -> Result<u64, RecordError> {
    let owned = owned_in(conn, &leaving.from).await?;
    let now: Vec<MatterId> = owned.iter().map(|owned| owned.matter).collect();
    if now != leaving.seen {
        return Err(RecordError::Moved);
    }
    for owned in &owned {
        let Some(to) = leaving.to else { return Err(RecordError::Moved) };
        let act = NewAct { id: ActId::new(random_uuid()?), at: leaving.recorded, what: Act::Assigned(Assigned { to }) };
        let recording = Recording {
            matter: owned.matter,
            home: leaving.from.office.clone(),
            expected: owned.length,
            by: leaving.by.clone(),
            recorded: leaving.recorded,
            acts: vec![act],
            receipt: None,
        };
        record_in(conn, means, &recording).await?;
    }
    let count = u64::try_from(owned.len()).unwrap_or(u64::MAX);
    close_in(conn, leaving, count).await?;
    Ok(count)
}

async fn close_in(conn: &mut AnyConnection, leaving: &Leaving, count: u64) -> Result<(), StoreError> {
    let id = leaving.from.id.to_string();
    let doing = "closing an account";
    let close = "UPDATE accounts SET state = $1 WHERE id = $2";
    let state = state_id(AccountState::Closed);
    execute(conn, close, [state.into(), id.as_str().into()]).await.map_err(failed(doing))?;
    for sql in [
        "DELETE FROM sessions WHERE account = $1",
        "DELETE FROM invitations WHERE account = $1",
        "DELETE FROM feeds WHERE account = $1",
    ] {
        execute(conn, sql, [id.as_str().into()]).await.map_err(failed(doing))?;
    }
    let at: Timestamp = leaving.recorded.instant();
    let actor = match &leaving.by {
        Actor::Officer { account, .. } => Some(*account),
        _ => None,
    };
    let event = |kind, detail| AccountEvent {
        office: leaving.from.office.clone(),
        account: leaving.from.id,
        at,
        kind,
        actor,
        detail,
    };
    if count > 0 {
        account_events::note_in(conn, &event(AccountEventKind::HandedOver, count.to_string())).await?;
    }
    account_events::note_in(conn, &event(AccountEventKind::Closed, String::new())).await
}
