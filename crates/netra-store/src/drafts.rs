//! Drafts of public forms. They hold personal data: recording the form deletes its draft in the
//! same transaction, the others are deleted after their time.

use crate::convert::{cell, failed, parsed};
use crate::store::Store;
use crate::types::{Draft, Form, StoreError};

impl Store {
    /// Keeps a draft, in place of the one before. A form that has been sent leaves no draft behind.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.execute(
            "keeping a draft",
            "INSERT INTO drafts (token_hash, body, changed)
             SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM receipts WHERE token_hash = $1)
             ON CONFLICT (token_hash) DO UPDATE SET body = excluded.body, changed = excluded.changed",
            vec![draft.token_hash.as_str().into(), draft.body.as_str().into(), draft.changed.into()],
        )
        .await?;
        Ok(())
    }

    /// What has become of a form, in one look.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn form(&self, token_hash: &str) -> Result<Form, StoreError> {
        let row = sqlx::query(
            "SELECT (SELECT matter FROM receipts WHERE token_hash = $1) AS matter,
                    (SELECT body FROM drafts WHERE token_hash = $1) AS body,
                    (SELECT changed FROM drafts WHERE token_hash = $1) AS changed",
        )
        .bind(token_hash)
        .fetch_one(self.reader())
        .await
        .map_err(failed("looking for a form"))?;
        if let Some(matter) = cell::<Option<&str>>(&row, "matter")? {
            return Ok(Form::Sent(parsed("receipts", "matter", matter)?));
        }
        let (body, changed): (Option<String>, Option<i64>) = (cell(&row, "body")?, cell(&row, "changed")?);
        Ok(match (body, changed) {
            (Some(body), Some(changed)) => Form::Open(Draft { token_hash: token_hash.to_owned(), body, changed }),
            _ => Form::Unknown,
        })
    }

    /// Deletes the drafts that were last changed before a time, in seconds since 1970; tells how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_drafts_before(&self, seconds: i64) -> Result<u64, StoreError> {
        self.execute("deleting old drafts", "DELETE FROM drafts WHERE changed < $1", vec![seconds.into()]).await
    }
}
