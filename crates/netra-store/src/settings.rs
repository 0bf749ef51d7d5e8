//! Settings that the program makes for itself, such as the server's secret.

use crate::convert::failed;
use crate::statement::{Value, execute};
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
        self.execute(
            "keeping a setting",
            "INSERT INTO settings (key, value) VALUES ($1, $2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            vec![key.into(), value.into()],
        )
        .await?;
        Ok(())
    }

    /// Keeps a setting unless there is one already; gives the one that is kept now.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_setting_if_absent(&self, key: &str, value: &str) -> Result<String, StoreError> {
        let values = vec![Value::from(key), value.into()];
        self.write("", move |conn| {
            let values = values.clone();
            Box::pin(async move {
                let new = "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
                execute(conn, new, values.clone()).await.map_err(failed("keeping a setting"))?;
                let Some(Value::Text(key)) = values.into_iter().next() else { return Err(StoreError::Closed) };
                sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
                    .bind(key)
                    .fetch_one(conn)
                    .await
                    .map_err(failed("reading a setting"))
            })
        })
        .await
    }
}
