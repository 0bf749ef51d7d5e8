//! Sessions. Times are seconds since 1970; of a session's token only the SHA-256 is kept.

use netra_docket::ids::AccountId;
use sqlx::any::AnyRow;

use crate::accounts::{account_from, state_id};
use crate::convert::{bad_row, cell, failed};
use crate::store::Store;
use crate::types::{Account, AccountState, NewSession, Session, SessionId, SessionStage, StoreError};

impl Store {
    /// Begins a session, and sweeps out those whose time is over.
    ///
    /// # Errors
    /// The database fails, or there is no such account.
    pub async fn add_session(&self, session: &NewSession) -> Result<(), StoreError> {
        let old = "DELETE FROM sessions WHERE expires <= $1 OR seen + idle <= $1";
        self.execute("sweeping out sessions", old, vec![session.created.into()]).await?;
        let new = "INSERT INTO sessions (token_hash, id, account, stage, device, created, seen, idle, expires)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let values = vec![
            session.token_hash.as_str().into(),
            session.id.0.as_str().into(),
            session.account.to_string().into(),
            session.stage.id().into(),
            session.device.as_str().into(),
            session.created.into(),
            session.created.into(),
            session.idle.into(),
            session.expires.into(),
        ];
        self.execute("beginning a session", new, values).await?;
        Ok(())
    }

    /// The account behind a session whose time is not over, if the account may log in, and how far it has come.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn session(&self, token_hash: &str, now: i64) -> Result<Option<(Account, Session)>, StoreError> {
        let row = sqlx::query(
            "SELECT a.id, a.office, a.login, a.name, a.role, a.password_hash, a.state,
                    s.id AS session, s.stage, s.device, s.created, s.seen
             FROM accounts a JOIN sessions s ON s.account = a.id
             WHERE s.token_hash = $1 AND s.expires > $2 AND s.seen + s.idle > $2 AND a.state = $3",
        )
        .bind(token_hash)
        .bind(now)
        .bind(state_id(AccountState::Active))
        .fetch_optional(self.reader())
        .await
        .map_err(failed("reading a session"))?;
        row.as_ref().map(|row| Ok((account_from(row)?, session_from(row)?))).transpose()
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// The database fails.
    pub async fn touch_session(&self, token_hash: &str, now: i64) -> Result<(), StoreError> {
        let sql = "UPDATE sessions SET seen = $1 WHERE token_hash = $2 AND seen < $1";
        self.execute("noting that a session is used", sql, vec![now.into(), token_hash.into()]).await?;
        Ok(())
    }

    /// The sessions of an account whose time is not over, last used first.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn sessions_of(&self, account: AccountId, now: i64) -> Result<Vec<Session>, StoreError> {
        let rows = sqlx::query(
            "SELECT id AS session, stage, device, created, seen FROM sessions
             WHERE account = $1 AND expires > $2 AND seen + idle > $2 ORDER BY seen DESC, id",
        )
        .bind(account.to_string())
        .bind(now)
        .fetch_all(self.reader())
        .await
        .map_err(failed("reading an account's sessions"))?;
        rows.iter().map(session_from).collect()
    }

    /// Ends a session, if there is one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_session(&self, token_hash: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM sessions WHERE token_hash = $1";
        self.execute("ending a session", sql, vec![token_hash.into()]).await?;
        Ok(())
    }

    /// Ends a session of an account by its name; tells whether there was one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_session(&self, account: AccountId, session: &SessionId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM sessions WHERE account = $1 AND id = $2";
        let values = vec![account.to_string().into(), session.0.as_str().into()];
        Ok(self.execute("ending a session", sql, values).await? > 0)
    }

    /// Ends all sessions of an account but one; tells how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_other_sessions(&self, account: AccountId, keep: &str) -> Result<u64, StoreError> {
        let sql = "DELETE FROM sessions WHERE account = $1 AND token_hash <> $2";
        self.execute("ending an account's other sessions", sql, vec![account.to_string().into(), keep.into()]).await
    }

    /// Ends all sessions of an account; tells how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_sessions_of(&self, account: AccountId) -> Result<u64, StoreError> {
        let sql = "DELETE FROM sessions WHERE account = $1";
        self.execute("ending an account's sessions", sql, vec![account.to_string().into()]).await
    }
}

fn session_from(row: &AnyRow) -> Result<Session, StoreError> {
    Ok(Session {
        id: SessionId(cell(row, "session")?),
        stage: SessionStage::from_id(cell(row, "stage")?).ok_or_else(|| bad_row("sessions", "unknown stage"))?,
        device: cell(row, "device")?,
        created: cell(row, "created")?,
        seen: cell(row, "seen")?,
    })
}
