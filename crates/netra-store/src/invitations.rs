//! Links by which people choose the password of an account that was made for them. Of a link's token only the SHA-256
//! is kept; it works once, until its time is over or it is taken back. Times are seconds since 1970.

use std::collections::HashMap;

use netra_docket::ids::AccountId;
use sqlx::AnyConnection;

use crate::accounts::{account_from, select_accounts, state_id};
use crate::convert::{cell, failed, parsed_cell};
use crate::statement::{Script, execute};
use crate::store::Store;
use crate::types::{Account, AccountState, StoreError};

impl Store {
    /// Gives an account a link in place of the one before. Until it is used nobody can log in: its password is gone
    /// and its sessions end. A closed account gets none; tells whether there is one now.
    ///
    /// # Errors
    /// The database fails.
    pub async fn invite(
        &self,
        account: AccountId,
        token_hash: &str,
        made: i64,
        expires: i64,
    ) -> Result<bool, StoreError> {
        let token_hash = token_hash.to_owned();
        self.write("", move |conn| {
            let token_hash = token_hash.clone();
            Box::pin(async move { invite_in(conn, account, token_hash, made, expires).await })
        })
        .await
    }

    /// The account that a link is for, if the link still works.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn invited(&self, token_hash: &str, now: i64) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(select_accounts!(
            "JOIN invitations i ON i.account = a.id WHERE i.token_hash = $1 AND i.expires > $2 AND a.state = $3"
        ))
        .bind(token_hash)
        .bind(now)
        .bind(state_id(AccountState::Invited))
        .fetch_optional(self.reader())
        .await
        .map_err(failed("looking for an invitation"))?;
        row.as_ref().map(account_from).transpose()
    }

    /// Uses a link up and opens its account with a password; tells whether the link still worked. Of two who use it at
    /// the same time one does.
    ///
    /// # Errors
    /// The database fails.
    pub async fn accept_invitation(&self, token_hash: &str, password_hash: &str, now: i64) -> Result<bool, StoreError> {
        let (token_hash, password_hash) = (token_hash.to_owned(), password_hash.to_owned());
        self.write("", move |conn| {
            let (token_hash, password_hash) = (token_hash.clone(), password_hash.clone());
            Box::pin(async move { accept_in(conn, token_hash, password_hash, now).await })
        })
        .await
    }

    /// Takes an account's link back; tells whether there was one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn revoke_invitation(&self, account: AccountId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM invitations WHERE account = $1";
        Ok(self.execute("taking an invitation back", sql, vec![account.to_string().into()]).await? > 0)
    }

    /// The accounts that have a link, with the second at which it ends, whether that is over or not.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn invitations(&self) -> Result<HashMap<AccountId, i64>, StoreError> {
        let rows = sqlx::query("SELECT account, expires FROM invitations")
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading invitations"))?;
        rows.iter().map(|row| Ok((parsed_cell(row, "invitations", "account")?, cell(row, "expires")?))).collect()
    }
}

async fn invite_in(
    conn: &mut AnyConnection,
    account: AccountId,
    token_hash: String,
    made: i64,
    expires: i64,
) -> Result<bool, StoreError> {
    let id = account.to_string();
    let sql = "UPDATE accounts SET state = 'invited', password_hash = '' WHERE id = $1 AND state <> 'closed'";
    let waits = execute(conn, sql, [id.as_str().into()]).await.map_err(failed("inviting"))?;
    if waits == 0 {
        return Ok(false);
    }
    let mut script = Script::default();
    script.add(
        "INSERT INTO invitations (account, token_hash, made, expires) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account) DO UPDATE
         SET token_hash = excluded.token_hash, made = excluded.made, expires = excluded.expires",
        [id.as_str().into(), token_hash.into(), made.into(), expires.into()],
    );
    script.add("DELETE FROM sessions WHERE account = $1", [id.into()]);
    script.run(conn).await.map_err(failed("inviting"))?;
    Ok(true)
}

async fn accept_in(
    conn: &mut AnyConnection,
    token_hash: String,
    password_hash: String,
    now: i64,
) -> Result<bool, StoreError> {
    let used: Option<String> =
        sqlx::query_scalar("DELETE FROM invitations WHERE token_hash = $1 AND expires > $2 RETURNING account")
            .bind(token_hash)
            .bind(now)
            .fetch_optional(&mut *conn)
            .await
            .map_err(failed("using an invitation"))?;
    let Some(account) = used else { return Ok(false) };
    let sql = "UPDATE accounts SET password_hash = $1, state = 'active' WHERE id = $2 AND state = 'invited'";
    let opened = execute(conn, sql, [password_hash.into(), account.into()]).await;
    Ok(opened.map_err(failed("using an invitation"))? > 0)
}
