//! Accounts of the people who work here. Accounts are closed, never deleted: past acts keep their
//! author.

use netra_docket::ids::{AccountId, OfficeId};
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, count, failed, is_reference_violation, is_unique_violation, parsed_cell};
use crate::statement::{Value, execute};
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
        let values: Vec<Value> = vec![
            account.id.to_string().into(),
            account.office.as_str().into(),
            account.login.as_str().into(),
            account.name.as_str().into(),
            account.role.id().into(),
            account.password_hash.as_str().into(),
            state_id(account.state).into(),
        ];
        let office = account.office.clone();
        self.write("", move |conn| {
            let (values, office) = (values.clone(), office.clone());
            let sql = "INSERT INTO accounts (id, office, login, name, role, password_hash, state)
                       VALUES ($1, $2, $3, $4, $5, $6, $7)";
            Box::pin(async move {
                execute(conn, sql, values).await.map(|_| ()).map_err(|source| match source {
                    taken if is_unique_violation(&taken) => AccountError::LoginTaken,
                    lost if is_reference_violation(&lost) => AccountError::NoSuchOffice(office),
                    other => AccountError::Store(failed("adding an account")(other)),
                })
            })
        })
        .await
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

    /// Changes a password hash; tells whether there is such an account. One that waited for a password is open then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_password_hash(&self, id: AccountId, hash: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE accounts SET password_hash = $1,
                   state = CASE state WHEN 'invited' THEN 'active' ELSE state END WHERE id = $2";
        let done = self.execute("changing a password", sql, vec![hash.into(), id.to_string().into()]).await?;
        Ok(done > 0)
    }

    /// Opens or closes an account; tells whether there is such an account.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_account_state(&self, id: AccountId, state: AccountState) -> Result<bool, StoreError> {
        let sql = "UPDATE accounts SET state = $1 WHERE id = $2";
        let values = vec![state_id(state).into(), id.to_string().into()];
        Ok(self.execute("changing an account's state", sql, values).await? > 0)
    }

    /// Gives an account another role; tells whether there is such an account. Its sessions go on: who changes roles
    /// ends them too.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_account_role(&self, id: AccountId, role: Role) -> Result<bool, StoreError> {
        let sql = "UPDATE accounts SET role = $1 WHERE id = $2";
        let values = vec![role.id().into(), id.to_string().into()];
        Ok(self.execute("changing an account's role", sql, values).await? > 0)
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
        AccountState::Invited => "invited",
        AccountState::Active => "active",
        AccountState::Closed => "closed",
    }
}

/// Reads an account back.
pub(crate) fn account_from(row: &AnyRow) -> Result<Account, StoreError> {
    let state: &str = cell(row, "state")?;
    let state = match state {
        "invited" => AccountState::Invited,
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
