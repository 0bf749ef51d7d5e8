//! Sessions and the throttle on failed logins. Times are seconds since 1970; of a session's token
//! only the SHA-256 is kept.

use netra_docket::ids::AccountId;
use sqlx::any::AnyRow;

use crate::accounts::{account_from, select_accounts, state_id};
use crate::convert::{cell, failed};
use crate::store::Store;
use crate::types::{Account, AccountState, StoreError};

impl Store {
    /// Begins a session, and sweeps out those that have expired.
    ///
    /// # Errors
    /// The database fails, or there is no such account.
    pub async fn add_session(
        &self,
        token_hash: &str,
        account: AccountId,
        created: i64,
        expires: i64,
    ) -> Result<(), StoreError> {
        let old = "DELETE FROM sessions WHERE expires <= $1";
        self.execute("sweeping out sessions", old, vec![created.into()]).await?;
        let new = "INSERT INTO sessions (token_hash, account, created, expires) VALUES ($1, $2, $3, $4)";
        let values = vec![token_hash.into(), account.to_string().into(), created.into(), expires.into()];
        self.execute("beginning a session", new, values).await?;
        Ok(())
    }

    /// The account behind a session that has not expired, if the account may log in.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn session(&self, token_hash: &str, now: i64) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(select_accounts!(
            "JOIN sessions s ON s.account = a.id WHERE s.token_hash = $1 AND s.expires > $2 AND a.state = $3"
        ))
        .bind(token_hash)
        .bind(now)
        .bind(state_id(AccountState::Active))
        .fetch_optional(self.reader())
        .await
        .map_err(failed("reading a session"))?;
        row.as_ref().map(account_from).transpose()
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

    /// Ends all sessions of an account; tells how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_sessions_of(&self, account: AccountId) -> Result<u64, StoreError> {
        let sql = "DELETE FROM sessions WHERE account = $1";
        self.execute("ending an account's sessions", sql, vec![account.to_string().into()]).await
    }

    /// How often logging in has failed under a name, and until when it is shut; `(0, 0)` if never.
    ///
    /// # Errors
    /// The database fails.
    pub async fn login_failures(&self, login: &str) -> Result<(u32, i64), StoreError> {
        let row = sqlx::query("SELECT count, until FROM login_failures WHERE login = $1")
            .bind(login)
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading login failures"))?;
        row.as_ref().map_or(Ok((0, 0)), failures_from)
    }

    /// Notes failed logins under a name, in place of what was noted before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_login_failure(&self, login: &str, count: u32, until: i64) -> Result<(), StoreError> {
        self.execute(
            "noting a login failure",
            "INSERT INTO login_failures (login, count, until) VALUES ($1, $2, $3)
             ON CONFLICT (login) DO UPDATE SET count = excluded.count, until = excluded.until",
            vec![login.into(), i64::from(count).into(), until.into()],
        )
        .await?;
        Ok(())
    }

    /// Forgets failed logins under a name.
    ///
    /// # Errors
    /// The database fails.
    pub async fn clear_login_failures(&self, login: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM login_failures WHERE login = $1";
        self.execute("clearing login failures", sql, vec![login.into()]).await?;
        Ok(())
    }
}

fn failures_from(row: &AnyRow) -> Result<(u32, i64), StoreError> {
    let failures: i64 = cell(row, "count")?;
    Ok((u32::try_from(failures).unwrap_or(u32::MAX), cell(row, "until")?))
}
