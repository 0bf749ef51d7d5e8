//! Secret addresses of calendars. Times are seconds since 1970; of an address only the SHA-256 is kept.

use netra_docket::ids::AccountId;

use crate::accounts::{account_from, select_accounts, state_id};
use crate::convert::failed;
use crate::store::Store;
use crate::types::{Account, AccountState, StoreError};

impl Store {
    /// Gives an account an address; one that it had before is no longer served.
    ///
    /// # Errors
    /// The database fails, or the address is taken.
    pub async fn set_feed(&self, account: AccountId, token_hash: &str, created: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO feeds (account, token_hash, created) VALUES ($1, $2, $3)
                   ON CONFLICT (account) DO UPDATE SET token_hash = excluded.token_hash, created = excluded.created";
        let values = vec![account.to_string().into(), token_hash.into(), created.into()];
        self.execute("keeping the address of a calendar", sql, values).await?;
        Ok(())
    }

    /// Takes an account's address away; tells whether there was one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_feed(&self, account: AccountId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM feeds WHERE account = $1";
        Ok(self.execute("taking the address of a calendar away", sql, vec![account.to_string().into()]).await? > 0)
    }

    /// When the account's address was made, if it has one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn feed_created(&self, account: AccountId) -> Result<Option<i64>, StoreError> {
        sqlx::query_scalar("SELECT created FROM feeds WHERE account = $1")
            .bind(account.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("looking for a calendar's address"))
    }

    /// The account behind an address, if it may log in.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn account_by_feed(&self, token_hash: &str) -> Result<Option<Account>, StoreError> {
        let row =
            sqlx::query(select_accounts!("JOIN feeds f ON f.account = a.id WHERE f.token_hash = $1 AND a.state = $2"))
                .bind(token_hash)
                .bind(state_id(AccountState::Active))
                .fetch_optional(self.reader())
                .await
                .map_err(failed("reading a calendar's address"))?;
        row.as_ref().map(account_from).transpose()
    }
}
