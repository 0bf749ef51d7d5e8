//! Keys of offices, and values from before the vault was encrypted.

use netra_docket::ids::{MatterId, OfficeId};
use sqlx::AnyConnection;

use crate::convert::{cell, failed, parsed_cell};
use crate::keys::fingerprint_setting;
use crate::seal::{VaultRow, keep};
use crate::statement::Script;
use crate::store::{Means, Store};
use crate::types::StoreError;

/// The setting that says that values wait to be encrypted.
const WAITING: &str = "vault_plain";
/// Values that are encrypted in one transaction.
const TOGETHER: i64 = 500;

impl Store {
    /// Makes the keys of an office that never had any, and refuses keys that are not those of before.
    pub(crate) async fn ensure_keys(&self, office: &OfficeId) -> Result<(), StoreError> {
        let setting = fingerprint_setting(office);
        let known = self.setting(&setting).await?;
        if known.is_none() {
            self.keys().make(office)?;
        }
        let keys = self.keys().get(office)?;
        let known = match known {
            Some(known) => known,
            None => self.set_setting_if_absent(&setting, &keys.fingerprint).await?,
        };
        if known == keys.fingerprint { Ok(()) } else { Err(StoreError::OtherKeys { office: office.clone() }) }
    }

    /// Encrypts what an earlier version of the program kept in plain text, and drops the plain table.
    pub(crate) async fn encrypt_plain_values(&self) -> Result<(), StoreError> {
        let mut done = 0;
        while self.setting(WAITING).await?.is_some() {
            let means = self.means();
            let some = self.write("", move |conn| {
                let means = means.clone();
                Box::pin(async move { encrypt_some(conn, &means).await })
            });
            done += some.await?;
        }
        if done > 0 {
            tracing::info!(values = done, "the values of the vault are encrypted");
        }
        Ok(())
    }
}

/// Encrypts a portion; tells of how many. The last, empty one drops the table.
async fn encrypt_some(conn: &mut AnyConnection, means: &Means) -> Result<usize, StoreError> {
    // Of several processes that start together, one encrypts and the others wait for this row.
    let waiting = sqlx::query("UPDATE settings SET value = value WHERE key = $1")
        .bind(WAITING)
        .execute(&mut *conn)
        .await
        .map_err(failed("queueing to encrypt"))?;
    if waiting.rows_affected() == 0 {
        return Ok(0);
    }
    let rows = sqlx::query(
        "SELECT v.id, v.matter, v.salt, v.body, a.office FROM vault_plain v
         JOIN acts a ON a.matter = v.matter AND a.n = 1
         ORDER BY v.id LIMIT $1",
    )
    .bind(TOGETHER)
    .fetch_all(&mut *conn)
    .await
    .map_err(failed("reading values in plain text"))?;
    for row in &rows {
        let matter: MatterId = parsed_cell(row, "vault", "matter")?;
        let office: OfficeId = parsed_cell(row, "acts", "office")?;
        let id: &str = cell(row, "id")?;
        let value = VaultRow::kept(parsed_cell(row, "vault", "id")?, cell(row, "salt")?, cell(row, "body")?)?;
        let mut script = Script::default();
        keep(&mut script, &means.keys, &office, matter, vec![value])?;
        script.add("DELETE FROM vault_plain WHERE id = $1", [id.into()]);
        script.run(conn).await.map_err(failed("encrypting a value"))?;
    }
    if rows.is_empty() {
        for sql in ["DROP TABLE vault_plain", "DELETE FROM settings WHERE key = 'vault_plain'"] {
            sqlx::query(sql).execute(&mut *conn).await.map_err(failed("closing the table in plain text"))?;
        }
    }
    Ok(rows.len())
}
