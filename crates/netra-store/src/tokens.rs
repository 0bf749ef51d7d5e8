//! Tokens of other programs, and the keys under which they ask. Of a token's secret only the digest is kept; a token is
//! revoked, never deleted: past acts keep the name of the program.

use jiff::civil::Date;
use netra_docket::ids::{OfficeId, TokenId};
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, failed, parsed, parsed_cell};
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::{Repeated, Role, StoreError, Token, TokenScope};

const ONE: &str = "SELECT id, office, label, role, scopes, digest, account, created, expires, revoked, last_used
    FROM tokens WHERE id = $1";

const OF_OFFICE: &str = "SELECT id, office, label, role, scopes, digest, account, created, expires, revoked, last_used
    FROM tokens WHERE office = $1 ORDER BY created DESC, id LIMIT 500";

impl Store {
    /// Keeps a new token.
    ///
    /// # Errors
    /// The database fails, the office does not exist, or the id is taken.
    pub async fn add_token(&self, token: &Token) -> Result<(), StoreError> {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.id()).collect();
        let values: Vec<Value> = vec![
            token.id.to_string().into(),
            token.office.as_str().into(),
            token.label.as_str().into(),
            token.role.id().into(),
            scopes.join(" ").into(),
            token.digest.as_str().into(),
            token.account.to_string().into(),
            token.created.into(),
            token.expires.into(),
        ];
        let sql = "INSERT INTO tokens (id, office, label, role, scopes, digest, account, created, expires)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        self.execute("keeping a token", sql, values).await?;
        Ok(())
    }

    /// A token, whether or not it is still valid.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn token(&self, id: TokenId) -> Result<Option<Token>, StoreError> {
        let row = sqlx::query(ONE)
            .bind(id.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a token"))?;
        row.as_ref().map(token_from).transpose()
    }

    /// The tokens of an office, revoked and expired ones too, newest first; at most five hundred.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn tokens_of(&self, office: &OfficeId) -> Result<Vec<Token>, StoreError> {
        let rows = sqlx::query(OF_OFFICE)
            .bind(office.as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading tokens"))?;
        rows.iter().map(token_from).collect()
    }

    /// Revokes a token of an office; tells whether there was one to revoke.
    ///
    /// # Errors
    /// The database fails.
    pub async fn revoke_token(&self, office: &OfficeId, id: TokenId, at: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE tokens SET revoked = $1 WHERE id = $2 AND office = $3 AND revoked IS NULL";
        let values = vec![at.into(), id.to_string().into(), office.as_str().into()];
        Ok(self.execute("revoking a token", sql, values).await? > 0)
    }

    /// Notes on which day a token was last used. One write a day is enough: the caller asks only when the day has
    /// changed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_token_use(&self, id: TokenId, day: Date) -> Result<(), StoreError> {
        let sql = "UPDATE tokens SET last_used = $1 WHERE id = $2 AND (last_used IS NULL OR last_used < $1)";
        let values = vec![day.to_string().into(), id.to_string().into()];
        self.execute("noting the use of a token", sql, values).await?;
        Ok(())
    }

    /// Notes what a program asks for under a key of its own; tells whether something else was asked under it before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_api_request(
        &self,
        token: TokenId,
        key_digest: &str,
        fingerprint: &str,
        at: i64,
    ) -> Result<Repeated, StoreError> {
        let (token, key, fingerprint) = (token.to_string(), key_digest.to_owned(), fingerprint.to_owned());
        self.write("", move |conn| {
            let (token, key, fingerprint) = (token.clone(), key.clone(), fingerprint.clone());
            Box::pin(async move {
                let new = "INSERT INTO api_requests (token, key_digest, fingerprint, at) VALUES ($1, $2, $3, $4)
                           ON CONFLICT (token, key_digest) DO NOTHING";
                let row: [Value; 4] =
                    [token.as_str().into(), key.as_str().into(), fingerprint.as_str().into(), at.into()];
                execute(conn, new, row).await.map_err(failed("noting a request"))?;
                let kept: String =
                    sqlx::query_scalar("SELECT fingerprint FROM api_requests WHERE token = $1 AND key_digest = $2")
                        .bind(token)
                        .bind(key)
                        .fetch_one(conn)
                        .await
                        .map_err(failed("reading a request"))?;
                Ok(if kept == fingerprint { Repeated::Same } else { Repeated::Other })
            })
        })
        .await
    }
}

fn token_from(row: &AnyRow) -> Result<Token, StoreError> {
    let scopes: String = cell(row, "scopes")?;
    let scope = |word: &str| TokenScope::from_id(word).ok_or_else(|| bad_row("tokens", "unknown scope"));
    let last_used: Option<String> = cell(row, "last_used")?;
    Ok(Token {
        id: parsed_cell(row, "tokens", "id")?,
        office: parsed_cell(row, "tokens", "office")?,
        label: cell(row, "label")?,
        role: Role::from_id(cell(row, "role")?).ok_or_else(|| bad_row("tokens", "unknown role"))?,
        scopes: scopes.split_whitespace().map(scope).collect::<Result<_, _>>()?,
        digest: cell(row, "digest")?,
        account: parsed_cell(row, "tokens", "account")?,
        created: cell(row, "created")?,
        expires: cell(row, "expires")?,
        revoked: cell(row, "revoked")?,
        last_used: last_used.map(|day| parsed("tokens", "last_used", &day)).transpose()?,
    })
}
