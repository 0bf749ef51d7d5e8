//! Sending: who claims a row sends it. A claim ends by itself, so that what a server left lying in the middle is sent by the
//! next one: every notice is sent at least once.

use netra_docket::ids::AccountId;
use sqlx::AnyConnection;

use super::{notice_from, select_notices};
use crate::convert::{count, failed};
use crate::seal::random_uuid;
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::{NoticeId, NoticeReason, NoticeRow, NoticeState, StoreError};

/// Rows that one server sends now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    /// By which word; it is needed to end them.
    pub claim: String,
    /// The rows, the oldest first.
    pub rows: Vec<NoticeRow>,
}

/// How a notice ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeEnd {
    /// A mail server took it.
    Sent,
    /// It could not be sent.
    Failed(NoticeReason),
    /// It was not to be sent.
    Suppressed(NoticeReason),
}

impl NoticeEnd {
    fn parts(self) -> (NoticeState, Option<NoticeReason>) {
        match self {
            NoticeEnd::Sent => (NoticeState::Sent, None),
            NoticeEnd::Failed(reason) => (NoticeState::Failed, Some(reason)),
            NoticeEnd::Suppressed(reason) => (NoticeState::Suppressed, Some(reason)),
        }
    }
}

/// Whether an account may get one more mail in a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailPlace {
    /// It may, and the place is taken.
    Taken,
    /// It has had as many as it gets.
    Full,
}

/// Rows whose claim has ended wait again.
const LAPSED: &str = "UPDATE notices_out SET state = 'waiting', claim = NULL, claimed = NULL
                      WHERE state = 'sending' AND claimed < $1";

// The outer condition is asked again by a server that had to wait for another one's claim.
const CLAIM: &str = "UPDATE notices_out SET state = 'sending', claim = $2, claimed = $3, tries = tries + 1
                     WHERE state = 'waiting' AND id IN (
                         SELECT id FROM notices_out WHERE state = 'waiting' AND delivery = 'immediate' AND due <= $1
                         ORDER BY due, id LIMIT $4)";

const CLAIM_DIGEST: &str = "UPDATE notices_out SET state = 'sending', claim = $2, claimed = $3, tries = tries + 1
                            WHERE state = 'waiting' AND delivery = 'digest' AND due <= $1 AND account = $4";

impl Store {
    /// Claims notices that go out by themselves and whose time has come, until a time in seconds since 1970.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn claim_notices(&self, now: i64, until: i64, most: u32) -> Result<Claimed, StoreError> {
        let claim = random_uuid()?.to_string();
        self.write("", move |conn| {
            let claim = claim.clone();
            Box::pin(async move {
                execute(conn, LAPSED, [Value::from(now)]).await.map_err(failed("ending old claims"))?;
                let values: [Value; 4] = [now.into(), claim.as_str().into(), until.into(), i64::from(most).into()];
                execute(conn, CLAIM, values).await.map_err(failed("claiming notices"))?;
                claimed(conn, claim).await
            })
        })
        .await
    }

    /// Claims all notices of one account that stand in its digest, if the time of a digest has come.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn claim_digest(&self, now: i64, until: i64) -> Result<Option<(AccountId, Claimed)>, StoreError> {
        let claim = random_uuid()?.to_string();
        self.write("", move |conn| {
            let claim = claim.clone();
            Box::pin(async move { claim_digest_in(conn, now, until, claim).await })
        })
        .await
    }

    /// Ends a claimed notice. One whose claim ended before stays as whoever has it now leaves it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_notice(&self, claim: &str, id: NoticeId, end: NoticeEnd, now: i64) -> Result<(), StoreError> {
        let (state, reason) = end.parts();
        let sql = "UPDATE notices_out SET state = $3, reason = $4, ended = $5, claim = NULL, claimed = NULL
                   WHERE id = $1 AND claim = $2";
        let values: Vec<Value> = vec![
            id.to_string().into(),
            claim.into(),
            state.id().into(),
            reason.map(|reason| reason.to_string()).into(),
            now.into(),
        ];
        self.execute("ending a notice", sql, values).await.map(|_| ())
    }

    /// Lets a claimed notice be tried again, not before a time.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_notice_off(&self, claim: &str, id: NoticeId, due: i64) -> Result<(), StoreError> {
        let sql = "UPDATE notices_out SET state = 'waiting', due = $3, claim = NULL, claimed = NULL
                   WHERE id = $1 AND claim = $2";
        let values: Vec<Value> = vec![id.to_string().into(), claim.into(), due.into()];
        self.execute("putting a notice off", sql, values).await.map(|_| ())
    }

    /// Takes a place for a mail to an account in the span of time that begins then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_mail_place(&self, account: AccountId, begins: i64, most: u32) -> Result<MailPlace, StoreError> {
        let sql = "INSERT INTO notice_windows (account, begins, sent) VALUES ($1, $2, 1)
                   ON CONFLICT (account, begins) DO UPDATE SET sent = notice_windows.sent + 1
                   WHERE notice_windows.sent < $3";
        let values: Vec<Value> = vec![account.to_string().into(), begins.into(), i64::from(most).into()];
        let taken = self.execute("counting mails", sql, values).await?;
        Ok(if taken > 0 { MailPlace::Taken } else { MailPlace::Full })
    }

    /// Gives a place back that no mail was sent for.
    ///
    /// # Errors
    /// The database fails.
    pub async fn give_mail_place_back(&self, account: AccountId, begins: i64) -> Result<(), StoreError> {
        let sql = "UPDATE notice_windows SET sent = sent - 1 WHERE account = $1 AND begins = $2 AND sent > 0";
        self.execute("counting mails", sql, vec![account.to_string().into(), begins.into()]).await.map(|_| ())
    }

    /// Forgets how many mails went before a time.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_mail_places(&self, before: i64) -> Result<u64, StoreError> {
        self.execute("forgetting counts of mails", "DELETE FROM notice_windows WHERE begins < $1", vec![before.into()])
            .await
    }

    /// How many notices of an account were suppressed as a flood within a span of time.
    ///
    /// # Errors
    /// The database fails.
    pub async fn flooded_notices(&self, account: AccountId, from: i64, to: i64) -> Result<u64, StoreError> {
        let many: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM notices_out
             WHERE account = $1 AND state = 'suppressed' AND reason = 'flood' AND ended >= $2 AND ended < $3",
        )
        .bind(account.to_string())
        .bind(from)
        .bind(to)
        .fetch_one(self.reader())
        .await
        .map_err(failed("counting suppressed notices"))?;
        Ok(count(many))
    }
}

async fn claim_digest_in(
    conn: &mut AnyConnection,
    now: i64,
    until: i64,
    claim: String,
) -> Result<Option<(AccountId, Claimed)>, StoreError> {
    let account: Option<String> = sqlx::query_scalar(
        "SELECT account FROM notices_out
         WHERE state = 'waiting' AND delivery = 'digest' AND due <= $1 AND account <> ''
         ORDER BY due, id LIMIT 1",
    )
    .bind(now)
    .fetch_optional(&mut *conn)
    .await
    .map_err(failed("looking for digests"))?;
    let Some(account) = account else { return Ok(None) };
    let values: [Value; 4] = [now.into(), claim.as_str().into(), until.into(), account.into()];
    execute(conn, CLAIM_DIGEST, values).await.map_err(failed("claiming a digest"))?;
    let claimed = claimed(conn, claim).await?;
    let whose = claimed.rows.iter().find_map(|row| row.account);
    Ok(whose.map(|account| (account, claimed)))
}

async fn claimed(conn: &mut AnyConnection, claim: String) -> Result<Claimed, StoreError> {
    let rows = sqlx::query(select_notices!("WHERE claim = $1 ORDER BY due, id"))
        .bind(claim.clone())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading claimed notices"))?;
    Ok(Claimed { claim, rows: rows.iter().map(notice_from).collect::<Result<_, _>>()? })
}
