//! Settings that the program makes for itself, such as the server's secret.

use crate::convert::failed;
use crate::store::Store;
use crate::types::StoreError;

impl Store {
    /// A setting.
    ///
    /// # Errors
    /// The database fails.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
            .bind(key)
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a setting"))
    }

    /// Keeps a setting in place of the one before.
    pub(crate) async fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO settings (key, value) VALUES ($1, $2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(self.writer())
        .await
        .map_err(failed("keeping a setting"))?;
        Ok(())
    }

    /// Keeps a setting unless there is one already; gives the one that is kept now.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_setting_if_absent(&self, key: &str, value: &str) -> Result<String, StoreError> {
        let mut tx = self.begin_write().await?;
        sqlx::query("INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
            .bind(key)
            .bind(value)
            .execute(&mut *tx)
            .await
            .map_err(failed("keeping a setting"))?;
        let kept: String = sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
            .bind(key)
            .fetch_one(&mut *tx)
            .await
            .map_err(failed("reading a setting"))?;
        tx.commit().await.map_err(failed("committing a setting"))?;
        Ok(kept)
    }
}
