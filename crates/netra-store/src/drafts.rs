//! Drafts of public forms. They hold personal data: recording the form deletes its draft in the
//! same transaction, the others are deleted after their time.

use sqlx::any::AnyRow;

use crate::convert::{cell, failed};
use crate::store::Store;
use crate::types::{Draft, StoreError};

impl Store {
    /// Keeps a draft, in place of the one before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.execute(
            "keeping a draft",
            "INSERT INTO drafts (token_hash, body, changed) VALUES ($1, $2, $3)
             ON CONFLICT (token_hash) DO UPDATE SET body = excluded.body, changed = excluded.changed",
            vec![draft.token_hash.as_str().into(), draft.body.as_str().into(), draft.changed.into()],
        )
        .await?;
        Ok(())
    }

    /// The draft of a form token.
    ///
    /// # Errors
    /// The database fails.
    pub async fn draft(&self, token_hash: &str) -> Result<Option<Draft>, StoreError> {
        let row = sqlx::query("SELECT token_hash, body, changed FROM drafts WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a draft"))?;
        row.as_ref().map(draft_from).transpose()
    }

    /// Deletes a draft, if there is one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_draft(&self, token_hash: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM drafts WHERE token_hash = $1";
        self.execute("deleting a draft", sql, vec![token_hash.into()]).await?;
        Ok(())
    }

    /// Deletes the drafts that were last changed before a time, in seconds since 1970; tells how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_drafts_before(&self, seconds: i64) -> Result<u64, StoreError> {
        self.execute("deleting old drafts", "DELETE FROM drafts WHERE changed < $1", vec![seconds.into()]).await
    }
}

fn draft_from(row: &AnyRow) -> Result<Draft, StoreError> {
    Ok(Draft { token_hash: cell(row, "token_hash")?, body: cell(row, "body")?, changed: cell(row, "changed")? })
}
