//! Accounts of the people who work here. Accounts are closed, never deleted: past acts keep their
//! author.

use netra_docket::ids::{AccountId, OfficeId};
use sqlx::sqlite::SqliteRow;

use crate::convert::{bad_row, cell, count, failed, is_reference_violation, is_unique_violation, parsed_cell};
use crate::store::Store;
use crate::types::{Account, AccountState, Role, StoreError};

/// Why an account could not be added.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The login name is taken.
    #[error("nama masuk itu sudah dipakai")]
    LoginTaken,
    /// The office does not exist.
    #[error("kantor {0} tidak dikenal")]
    NoSuchOffice(OfficeId),
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Selects accounts as `a`; the rest of the statement follows.
macro_rules! select_accounts {
    ($rest:literal) => {
        concat!("SELECT a.id, a.office, a.login, a.name, a.role, a.password_hash, a.state FROM accounts a ", $rest)
    };
}
pub(crate) use select_accounts;

impl Store {
    /// Adds an account.
    ///
    /// # Errors
    /// The login name is taken, the office does not exist, or the database fails.
    pub async fn add_account(&self, account: &Account) -> Result<(), AccountError> {
        sqlx::query(
            "INSERT INTO accounts (id, office, login, name, role, password_hash, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(account.id.to_string())
        .bind(account.office.as_str())
        .bind(&account.login)
        .bind(&account.name)
        .bind(account.role.id())
        .bind(&account.password_hash)
        .bind(state_id(account.state))
        .execute(self.writer())
        .await
        .map_err(|source| match source {
            taken if is_unique_violation(&taken) => AccountError::LoginTaken,
            lost if is_reference_violation(&lost) => AccountError::NoSuchOffice(account.office.clone()),
            other => AccountError::Store(failed("adding an account")(other)),
        })?;
        Ok(())
    }

    /// The account with a login name.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(select_accounts!("WHERE a.login = $1"))
            .bind(login)
            .fetch_optional(self.reader())
            .await
            .map_err(failed("looking up an account"))?;
        row.as_ref().map(account_from).transpose()
    }

    /// An account.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(select_accounts!("WHERE a.id = $1"))
            .bind(id.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading an account"))?;
        row.as_ref().map(account_from).transpose()
    }

    /// The accounts of an office, closed ones too, by login name.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn accounts_of(&self, office: &OfficeId) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query(select_accounts!("WHERE a.office = $1 ORDER BY a.login"))
            .bind(office.as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading accounts"))?;
        rows.iter().map(account_from).collect()
    }

    /// Changes a password hash; tells whether there is such an account.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_password_hash(&self, id: AccountId, hash: &str) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
            .bind(hash)
            .bind(id.to_string())
            .execute(self.writer())
            .await
            .map_err(failed("changing a password"))?;
        Ok(done.rows_affected() > 0)
    }

    /// Opens or closes an account; tells whether there is such an account.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_account_state(&self, id: AccountId, state: AccountState) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE accounts SET state = $1 WHERE id = $2")
            .bind(state_id(state))
            .bind(id.to_string())
            .execute(self.writer())
            .await
            .map_err(failed("changing an account's state"))?;
        Ok(done.rows_affected() > 0)
    }

    /// How many accounts there are, closed ones too.
    ///
    /// # Errors
    /// The database fails.
    pub async fn account_count(&self) -> Result<u64, StoreError> {
        let accounts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts")
            .fetch_one(self.reader())
            .await
            .map_err(failed("counting the accounts"))?;
        Ok(count(accounts))
    }
}

/// The word for a state in the store.
pub(crate) fn state_id(state: AccountState) -> &'static str {
    match state {
        AccountState::Active => "active",
        AccountState::Closed => "closed",
    }
}

/// Reads an account back.
pub(crate) fn account_from(row: &SqliteRow) -> Result<Account, StoreError> {
    let state: &str = cell(row, "state")?;
    let state = match state {
        "active" => AccountState::Active,
        "closed" => AccountState::Closed,
        _ => return Err(bad_row("accounts", "unknown state")),
    };
    Ok(Account {
        id: parsed_cell(row, "accounts", "id")?,
        office: parsed_cell(row, "accounts", "office")?,
        login: cell(row, "login")?,
        name: cell(row, "name")?,
        role: Role::from_id(cell(row, "role")?).ok_or_else(|| bad_row("accounts", "unknown role"))?,
        password_hash: cell(row, "password_hash")?,
        state,
    })
}
