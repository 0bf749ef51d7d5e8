//! Second factors: secrets of time-based codes, recovery codes, and how a lost one is taken away.
//!
//! A secret is encrypted under the key of the account's office, bound to the account, as values of the vault are: who
//! gets the database alone can make no codes. A new secret is *pending* until a first code of it was right, so that the
//! one before stays good until then. The step of the last used code only grows: a code works once. Times are seconds
//! since 1970.

use std::collections::{HashMap, HashSet};

use netra_docket::ids::{AccountId, OfficeId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, count, failed, parsed_cell};
use crate::keys::KeyRing;
use crate::statement::{Script, Value, execute};
use crate::store::Store;
use crate::types::{Account, StoreError};

/// Whether a second factor is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorStage {
    /// Its first code is still to come.
    Pending,
    /// It is asked for at each log-in.
    Active,
}

impl FactorStage {
    fn id(self) -> &'static str {
        match self {
            FactorStage::Pending => "pending",
            FactorStage::Active => "active",
        }
    }
}

/// A second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct Factor {
    /// The secret that codes are made from. Never shown but while it is set up, never logged.
    pub secret: Vec<u8>,
    /// When it was made.
    pub made: i64,
    /// The step of the last code that was used.
    pub last_step: i64,
}

impl std::fmt::Debug for Factor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Factor").field("made", &self.made).finish_non_exhaustive()
    }
}

/// A request to take a second factor away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorReset {
    /// The administrator who asked.
    pub asker: AccountId,
    /// When.
    pub asked: i64,
}

/// Ties an encrypted secret to its account: it opens nowhere else.
fn context(account: &str) -> Vec<u8> {
    format!("netra second factor 1\n{account}").into_bytes()
}

impl Store {
    /// Keeps a new secret that waits for its first code, in place of another that waits.
    ///
    /// # Errors
    /// The database fails, or the key of the account's office is missing.
    pub async fn set_pending_factor(&self, account: &Account, secret: &[u8], made: i64) -> Result<(), StoreError> {
        let id = account.id.to_string();
        let sealed = self.keys().get(&account.office)?.vault.encrypt(secret, &context(&id))?;
        let sql = "INSERT INTO second_factors (account, stage, office, sealed, made, last_step)
                   VALUES ($1, $2, $3, $4, $5, $6)
                   ON CONFLICT (account, stage) DO UPDATE
                   SET office = excluded.office, sealed = excluded.sealed, made = excluded.made,
                       last_step = excluded.last_step";
        let values = vec![
            id.into(),
            FactorStage::Pending.id().into(),
            account.office.as_str().into(),
            sealed.into(),
            made.into(),
            0.into(),
        ];
        self.execute("keeping a second factor", sql, values).await?;
        Ok(())
    }

    /// The second factor of an account.
    ///
    /// # Errors
    /// The database fails, the key of its office is missing, or it does not open with it.
    pub async fn factor(&self, account: AccountId, stage: FactorStage) -> Result<Option<Factor>, StoreError> {
        let row = sqlx::query(
            "SELECT account, office, sealed, made, last_step FROM second_factors WHERE account = $1 AND stage = $2",
        )
        .bind(account.to_string())
        .bind(stage.id())
        .fetch_optional(self.reader())
        .await
        .map_err(failed("reading a second factor"))?;
        row.as_ref().map(|row| factor_from(row, self.keys())).transpose()
    }

    /// Whether an account has a second factor in force.
    ///
    /// # Errors
    /// The database fails.
    pub async fn has_factor(&self, account: AccountId) -> Result<bool, StoreError> {
        let found: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM second_factors WHERE account = $1 AND stage = $2")
            .bind(account.to_string())
            .bind(FactorStage::Active.id())
            .fetch_one(self.reader())
            .await
            .map_err(failed("looking for a second factor"))?;
        Ok(found > 0)
    }

    /// Puts the pending factor in force, the step of its first code used up, with new recovery codes; the factor and
    /// the codes of before are gone, and so is a request to take them away. Tells whether one was pending.
    ///
    /// # Errors
    /// The database fails.
    pub async fn activate_factor(
        &self,
        account: AccountId,
        step: i64,
        code_hashes: Vec<String>,
    ) -> Result<bool, StoreError> {
        self.write("", move |conn| {
            let code_hashes = code_hashes.clone();
            Box::pin(async move { activate_in(conn, account, step, code_hashes).await })
        })
        .await
    }

    /// Uses up the step of a code; false if that step or a later one has been used before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_step(&self, account: AccountId, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE second_factors SET last_step = $1 WHERE account = $2 AND stage = 'active' AND last_step < $1";
        Ok(self.execute("using up a code", sql, vec![step.into(), account.to_string().into()]).await? > 0)
    }

    /// Replaces the recovery codes of an account; of each only the SHA-256 is kept.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_recovery_codes(&self, account: AccountId, code_hashes: Vec<String>) -> Result<(), StoreError> {
        self.write("", move |conn| {
            let code_hashes = code_hashes.clone();
            Box::pin(async move { set_codes_in(conn, account, code_hashes).await })
        })
        .await
    }

    /// Uses a recovery code up; false if there is none like it, or it was used before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_recovery_code(&self, account: AccountId, code_hash: &str, now: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE recovery_codes SET used = $1 WHERE account = $2 AND code_hash = $3 AND used = 0";
        let values = vec![now.into(), account.to_string().into(), code_hash.into()];
        Ok(self.execute("using up a recovery code", sql, values).await? > 0)
    }

    /// How many recovery codes of an account are left.
    ///
    /// # Errors
    /// The database fails.
    pub async fn recovery_codes_left(&self, account: AccountId) -> Result<u64, StoreError> {
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM recovery_codes WHERE account = $1 AND used = 0")
            .bind(account.to_string())
            .fetch_one(self.reader())
            .await
            .map_err(failed("counting recovery codes"))?;
        Ok(count(left))
    }

    /// Notes that an administrator asks to take an account's second factor away. The first request stays.
    ///
    /// # Errors
    /// The database fails, or there is no such account.
    pub async fn ask_factor_reset(&self, account: AccountId, asker: AccountId, at: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO factor_resets (account, asked, asker) VALUES ($1, $2, $3)
                   ON CONFLICT (account) DO NOTHING";
        let values = vec![account.to_string().into(), at.into(), asker.to_string().into()];
        self.execute("asking to take a second factor away", sql, values).await?;
        Ok(())
    }

    /// The open request to take an account's second factor away.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn factor_reset(&self, account: AccountId) -> Result<Option<FactorReset>, StoreError> {
        let row = sqlx::query("SELECT asked, asker FROM factor_resets WHERE account = $1")
            .bind(account.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a request"))?;
        row.as_ref().map(reset_from).transpose()
    }

    /// All open requests to take second factors away.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn factor_resets(&self) -> Result<HashMap<AccountId, FactorReset>, StoreError> {
        let rows = sqlx::query("SELECT account, asked, asker FROM factor_resets")
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading requests"))?;
        rows.iter().map(|row| Ok((parsed_cell(row, "factor_resets", "account")?, reset_from(row)?))).collect()
    }

    /// The accounts that have a second factor in force.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn factor_holders(&self) -> Result<HashSet<AccountId>, StoreError> {
        let rows = sqlx::query("SELECT account FROM second_factors WHERE stage = 'active'")
            .fetch_all(self.reader())
            .await
            .map_err(failed("listing second factors"))?;
        rows.iter().map(|row| parsed_cell(row, "second_factors", "account")).collect()
    }

    /// Drops the request; tells whether there was one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn drop_factor_reset(&self, account: AccountId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM factor_resets WHERE account = $1";
        Ok(self.execute("dropping a request", sql, vec![account.to_string().into()]).await? > 0)
    }

    /// Takes the second factor of an account away, with its recovery codes, requests and sessions.
    ///
    /// # Errors
    /// The database fails.
    pub async fn remove_factor(&self, account: AccountId) -> Result<(), StoreError> {
        self.write("", move |conn| Box::pin(async move { remove_in(conn, account).await })).await
    }
}

fn reset_from(row: &AnyRow) -> Result<FactorReset, StoreError> {
    Ok(FactorReset { asker: parsed_cell(row, "factor_resets", "asker")?, asked: cell(row, "asked")? })
}

fn factor_from(row: &AnyRow, keys: &KeyRing) -> Result<Factor, StoreError> {
    let account: &str = cell(row, "account")?;
    let office: OfficeId = parsed_cell(row, "second_factors", "office")?;
    let secret = keys.get(&office)?.vault.decrypt(cell(row, "sealed")?, &context(account));
    let secret = secret.ok_or_else(|| {
        bad_row("second_factors", format!("the secret of {account} does not open with the keys of {office}"))
    })?;
    Ok(Factor { secret, made: cell(row, "made")?, last_step: cell(row, "last_step")? })
}

async fn activate_in(
    conn: &mut AnyConnection,
    account: AccountId,
    step: i64,
    code_hashes: Vec<String>,
) -> Result<bool, StoreError> {
    let id = account.to_string();
    let doing = "putting a second factor in force";
    let pending: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM second_factors WHERE account = $1 AND stage = 'pending'")
            .bind(id.clone())
            .fetch_one(&mut *conn)
            .await
            .map_err(failed(doing))?;
    if pending == 0 {
        return Ok(false);
    }
    let old = "DELETE FROM second_factors WHERE account = $1 AND stage = 'active'";
    execute(conn, old, [id.as_str().into()]).await.map_err(failed(doing))?;
    let new = "UPDATE second_factors SET stage = 'active', last_step = $1 WHERE account = $2 AND stage = 'pending'";
    execute(conn, new, [step.into(), id.as_str().into()]).await.map_err(failed(doing))?;
    let request = "DELETE FROM factor_resets WHERE account = $1";
    execute(conn, request, [id.into()]).await.map_err(failed(doing))?;
    set_codes_in(conn, account, code_hashes).await?;
    Ok(true)
}

async fn set_codes_in(
    conn: &mut AnyConnection,
    account: AccountId,
    code_hashes: Vec<String>,
) -> Result<(), StoreError> {
    let id = account.to_string();
    let old = "DELETE FROM recovery_codes WHERE account = $1";
    execute(conn, old, [id.as_str().into()]).await.map_err(failed("replacing recovery codes"))?;
    let rows: Vec<[Value; 3]> =
        code_hashes.into_iter().map(|hash| [id.as_str().into(), hash.into(), 0.into()]).collect();
    let mut script = Script::default();
    script.insert("INSERT INTO recovery_codes (account, code_hash, used) VALUES", rows);
    script.run(conn).await.map_err(failed("replacing recovery codes"))
}

async fn remove_in(conn: &mut AnyConnection, account: AccountId) -> Result<(), StoreError> {
    let mut script = Script::default();
    for sql in [
        "DELETE FROM second_factors WHERE account = $1",
        "DELETE FROM recovery_codes WHERE account = $1",
        "DELETE FROM factor_resets WHERE account = $1",
        "DELETE FROM sessions WHERE account = $1",
    ] {
        script.add(sql, [account.to_string().into()]);
    }
    script.run(conn).await.map_err(failed("taking a second factor away"))
}
