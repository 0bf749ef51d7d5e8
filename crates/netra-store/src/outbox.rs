//! The outbox of notices to officers: of every event and everybody whom it concerns there is one row, and every row ends as
//! sent, failed or suppressed, with the reason.
//!
//! What happens is found by following what is kept anyway, as the search does: acts along the ledger ([`follow`]), clocks and
//! bundles by what has not been told. So nothing is told that was not recorded, and nothing is lost by a restart. Several
//! servers may share the work: whoever sends claims a row first ([`claim`]).
//!
//! Whom an event concerns, and what a mail says, is the caller's to decide.

mod claim;
mod follow;

use std::collections::BTreeMap;

use netra_docket::ids::{AccountId, OfficeId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

pub use claim::{Claimed, MailPlace, NoticeEnd};
pub use follow::{ActsToTell, BundleToTell, ClockNotice, ClockToTell, Followed, MatterHolder};

use crate::convert::{bad_row, cell, count, failed, parsed, parsed_cell};
use crate::seal::random_uuid;
use crate::statement::{Script, Value, execute};
use crate::store::Store;
use crate::types::{
    Fate, NewNotice, NoticeCounts, NoticeDelivery, NoticeId, NoticeKind, NoticeRow, NoticeSettings, NoticeState,
    StoreError,
};

/// Most notices that are listed at once.
const MOST: u32 = 200;

/// The columns of a notice.
macro_rules! select_notices {
    ($rest:literal) => {
        concat!(
            "SELECT id, event, account, kind, office, matter, delivery, state, reason, made, due, tries, ended
             FROM notices_out ",
            $rest
        )
    };
}
pub(crate) use select_notices;

impl Store {
    /// Keeps notices, each unless its event has been told to that account; gives how many are new.
    ///
    /// # Errors
    /// The database fails.
    pub async fn enqueue_notices(&self, notices: Vec<NewNotice>, now: i64) -> Result<u64, StoreError> {
        if notices.is_empty() {
            return Ok(0);
        }
        self.write("", move |conn| {
            let notices = notices.clone();
            Box::pin(async move { enqueue_in(conn, &notices, now).await })
        })
        .await
    }

    /// The notices of an office, newest first, 200 at most; those of one state, and those before another one, if asked for.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn notices_of(
        &self,
        office: &OfficeId,
        state: Option<NoticeState>,
        before: Option<(i64, NoticeId)>,
        limit: u32,
    ) -> Result<Vec<NoticeRow>, StoreError> {
        let (made, id) = before.map_or((i64::MAX, String::new()), |(made, id)| (made, id.to_string()));
        let rows = sqlx::query(select_notices!(
            "WHERE office = $1 AND ($2 = '' OR state = $2) AND (made, id) < ($3, $4)
             ORDER BY made DESC, id DESC LIMIT $5"
        ))
        .bind(office.as_str())
        .bind(state.map_or("", NoticeState::id))
        .bind(made)
        .bind(id)
        .bind(i64::from(limit.clamp(1, MOST)))
        .fetch_all(self.reader())
        .await
        .map_err(failed("reading the outbox"))?;
        rows.iter().map(notice_from).collect()
    }

    /// How many notices of an office stand where.
    ///
    /// # Errors
    /// The database fails.
    pub async fn notice_counts(&self, office: &OfficeId) -> Result<NoticeCounts, StoreError> {
        let rows = sqlx::query("SELECT state, COUNT(*) AS many FROM notices_out WHERE office = $1 GROUP BY state")
            .bind(office.as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("counting the outbox"))?;
        let mut counts = NoticeCounts::default();
        for row in &rows {
            let many = count(cell::<i64>(row, "many")?);
            match state_from(cell(row, "state")?)? {
                NoticeState::Waiting | NoticeState::Sending => counts.waiting += many,
                NoticeState::Sent => counts.sent += many,
                NoticeState::Failed => counts.failed += many,
                NoticeState::Suppressed => counts.suppressed += many,
            }
        }
        Ok(counts)
    }

    /// Lets a notice of an office that failed or was suppressed be sent after all; tells whether there was such a one. What
    /// was true of it then is asked again when it leaves.
    ///
    /// # Errors
    /// The database fails.
    pub async fn send_notice_again(&self, office: &OfficeId, id: NoticeId, now: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE notices_out SET state = $3, delivery = $4, reason = NULL, ended = NULL, tries = 0, due = $5
                   WHERE id = $1 AND office = $2 AND account <> '' AND state IN ('failed', 'suppressed')";
        let values: Vec<Value> = vec![
            id.to_string().into(),
            office.as_str().into(),
            NoticeState::Waiting.id().into(),
            NoticeDelivery::Immediate.id().into(),
            now.into(),
        ];
        Ok(self.execute("sending a notice again", sql, values).await? > 0)
    }

    /// What an officer chose.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn notice_settings(&self, account: AccountId) -> Result<NoticeSettings, StoreError> {
        let address: Option<String> = sqlx::query_scalar("SELECT address FROM notice_addresses WHERE account = $1")
            .bind(account.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading an address for notices"))?;
        let rows = sqlx::query("SELECT kind, delivery FROM notice_choices WHERE account = $1")
            .bind(account.to_string())
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading choices about notices"))?;
        let address = address.map(|text| parsed("notice_addresses", "address", &text)).transpose()?;
        let mut choices = BTreeMap::new();
        for row in &rows {
            // What an older or newer program knew, and this one does not, is as usual.
            let (kind, delivery): (&str, &str) = (cell(row, "kind")?, cell(row, "delivery")?);
            if let (Some(kind), Some(delivery)) = (NoticeKind::from_id(kind), NoticeDelivery::from_id(delivery)) {
                choices.insert(kind, delivery);
            }
        }
        Ok(NoticeSettings { address, choices })
    }

    /// Keeps what an officer chose in place of what was chosen before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_notice_settings(&self, account: AccountId, settings: &NoticeSettings) -> Result<(), StoreError> {
        let settings = settings.clone();
        self.write("", move |conn| {
            let settings = settings.clone();
            Box::pin(async move { set_settings_in(conn, account, &settings).await })
        })
        .await
    }

    /// Notices that should have left before a time and did not, by office: how many, and the time of the oldest.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn stuck_notices(&self, before: i64) -> Result<Vec<(OfficeId, u64, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT office, COUNT(*) AS many, MIN(due) AS oldest FROM notices_out
             WHERE state IN ('waiting', 'sending') AND due < $1 GROUP BY office ORDER BY office",
        )
        .bind(before)
        .fetch_all(self.reader())
        .await
        .map_err(failed("looking for notices that wait"))?;
        let read = |row: &AnyRow| -> Result<(OfficeId, u64, i64), StoreError> {
            let many = count(cell::<i64>(row, "many")?);
            Ok((parsed_cell(row, "notices_out", "office")?, many, cell::<i64>(row, "oldest")?))
        };
        rows.iter().map(read).collect()
    }
}

/// Keeps notices inside a transaction; gives how many are new.
async fn enqueue_in(conn: &mut AnyConnection, notices: &[NewNotice], now: i64) -> Result<u64, StoreError> {
    let mut new = 0;
    for notice in notices {
        let (delivery, state, due) = match notice.fate {
            Fate::Send(due) => (NoticeDelivery::Immediate, NoticeState::Waiting, due),
            Fate::Collect(due) => (NoticeDelivery::Digest, NoticeState::Waiting, due),
            Fate::Suppress(_) => (NoticeDelivery::Immediate, NoticeState::Suppressed, now),
            Fate::Sent => (NoticeDelivery::Immediate, NoticeState::Sent, now),
        };
        let reason = match notice.fate {
            Fate::Suppress(reason) => Some(reason.to_string()),
            Fate::Send(_) | Fate::Collect(_) | Fate::Sent => None,
        };
        let ended = (state != NoticeState::Waiting).then_some(now);
        let added = sqlx::query(
            "INSERT INTO notices_out
                 (id, event, account, kind, office, matter, delivery, state, reason, made, due, tries, ended)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)
             ON CONFLICT (event, account) DO NOTHING",
        )
        .bind(NoticeId::new(random_uuid()?).to_string())
        .bind(notice.event.clone())
        .bind(notice.account.map(|account| account.to_string()).unwrap_or_default())
        .bind(notice.kind.id())
        .bind(notice.office.to_string())
        .bind(notice.matter.map(|matter| matter.to_string()))
        .bind(delivery.id())
        .bind(state.id())
        .bind(reason)
        .bind(now)
        .bind(due)
        .bind(ended)
        .execute(&mut *conn)
        .await
        .map_err(failed("keeping a notice"))?;
        new += added.rows_affected();
    }
    Ok(new)
}

async fn set_settings_in(
    conn: &mut AnyConnection,
    account: AccountId,
    settings: &NoticeSettings,
) -> Result<(), StoreError> {
    let account = || Value::from(account.to_string());
    for sql in ["DELETE FROM notice_addresses WHERE account = $1", "DELETE FROM notice_choices WHERE account = $1"] {
        execute(conn, sql, [account()]).await.map_err(failed("clearing choices about notices"))?;
    }
    let mut script = Script::default();
    if let Some(address) = &settings.address {
        let row = [account(), address.as_str().into()];
        script.insert("INSERT INTO notice_addresses (account, address) VALUES", vec![row]);
    }
    let choices = settings.choices.iter().map(|(kind, delivery)| [account(), kind.id().into(), delivery.id().into()]);
    script.insert("INSERT INTO notice_choices (account, kind, delivery) VALUES", choices.collect());
    script.run(conn).await.map_err(failed("keeping choices about notices"))
}

fn state_from(word: &str) -> Result<NoticeState, StoreError> {
    NoticeState::from_id(word).ok_or_else(|| bad_row("notices_out", "unknown state"))
}

/// Reads a notice back.
pub(crate) fn notice_from(row: &AnyRow) -> Result<NoticeRow, StoreError> {
    let account: String = cell(row, "account")?;
    let matter: Option<String> = cell(row, "matter")?;
    let reason: Option<String> = cell(row, "reason")?;
    let tries: i64 = cell(row, "tries")?;
    Ok(NoticeRow {
        id: parsed_cell(row, "notices_out", "id")?,
        event: cell(row, "event")?,
        kind: NoticeKind::from_id(cell(row, "kind")?).ok_or_else(|| bad_row("notices_out", "unknown kind"))?,
        office: parsed_cell(row, "notices_out", "office")?,
        matter: matter.map(|text| parsed("notices_out", "matter", &text)).transpose()?,
        account: if account.is_empty() { None } else { Some(parsed("notices_out", "account", &account)?) },
        delivery: NoticeDelivery::from_id(cell(row, "delivery")?)
            .ok_or_else(|| bad_row("notices_out", "unknown delivery"))?,
        state: state_from(cell(row, "state")?)?,
        reason: reason.map(|text| parsed("notices_out", "reason", &text)).transpose()?,
        made: cell(row, "made")?,
        due: cell(row, "due")?,
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
        ended: cell(row, "ended")?,
    })
}
