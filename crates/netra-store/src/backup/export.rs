//! Reading one state of the database, table by table.

use std::collections::{BTreeMap, BTreeSet};

use netra_docket::ids::OfficeId;
use serde_json::Value;
use sqlx::AnyConnection;
use tokio::sync::mpsc;

use super::rows::{Cell, Layout, unhexed};
use super::tables::{self, WAITING};
use super::{BackupError, SavedLedger};
use crate::convert::{count, failed, parsed};
use crate::migrate;
use crate::types::StoreError;
use crate::verify::{is_history, listed};

/// What stands before the office in the setting that holds the fingerprint of its keys.
const KEYS: &str = "keys/";

/// A SHA-256.
pub(super) type Digest = [u8; 32];

/// What goes from the reader of the database to the writer of the archive.
pub(super) enum Piece {
    /// A table begins.
    Table(&'static str),
    /// Lines of the table that began last.
    Lines {
        /// The lines.
        text: Vec<u8>,
        /// How many there are.
        rows: u64,
    },
    /// All tables have been read.
    End(Box<Snapshot>),
}

/// What was seen while reading the tables.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// Version of the schema.
    pub(super) schema: i64,
    /// The offices that have keys, with the fingerprint of these.
    pub(super) offices: BTreeMap<OfficeId, String>,
    /// The ledgers.
    pub(super) ledgers: BTreeMap<OfficeId, SavedLedger>,
    /// The exhibits that acts name.
    pub(super) exhibits: BTreeSet<Digest>,
}

/// Reads all tables inside the transaction that the connection is in, and hands their lines on.
///
/// # Errors
/// The database fails, or is of another version; [`StoreError::Closed`] if nobody takes the lines any more.
pub(super) async fn read(conn: &mut AnyConnection, pieces: &mpsc::Sender<Piece>) -> Result<Snapshot, StoreError> {
    migrate::require_newest_in(conn).await?;
    require_tidy(conn).await?;
    let mut seen = Snapshot { schema: migrate::newest(), ..Snapshot::default() };
    for table in tables::at(seen.schema) {
        hand_on(pieces, Piece::Table(table.name)).await?;
        let layout = Layout::new(table, seen.schema);
        let mut after = Vec::new();
        loop {
            let rows = layout.portion(conn, &after).await?;
            let Some(last) = rows.last() else { break };
            after = layout.key(last);
            let mut text = Vec::new();
            for row in &rows {
                layout.line(row, &mut text)?;
                seen.note(&layout, row)?;
            }
            hand_on(pieces, Piece::Lines { text, rows: u64::try_from(rows.len()).unwrap_or(u64::MAX) }).await?;
        }
    }
    Ok(seen)
}

async fn hand_on(pieces: &mpsc::Sender<Piece>, piece: Piece) -> Result<(), StoreError> {
    pieces.send(piece).await.map_err(|_| StoreError::Closed)
}

/// Refuses a store in which values of an earlier program still stand in a table that backups do not know.
async fn require_tidy(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let waiting: Option<String> = sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
        .bind(WAITING)
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading a setting"))?;
    if waiting.is_none() { Ok(()) } else { Err(BackupError::Waiting.into()) }
}

impl Snapshot {
    /// Takes from a row what the header and the rest of the archive need.
    fn note(&mut self, layout: &Layout, row: &[Cell]) -> Result<(), StoreError> {
        match layout.table.name {
            "acts" => {
                // An act that can't be read is saved like any other; `verify` is who tells about it.
                let body = layout.bytes(row, "body").map(serde_json::from_slice::<Value>);
                if let Some(Ok(act)) = body {
                    collect(&act, &mut self.exhibits);
                }
            }
            "settings" => {
                let key = layout.text(row, "key").unwrap_or_default();
                if let (Some(office), Some(fingerprint)) = (key.strip_prefix(KEYS), layout.text(row, "value")) {
                    self.offices.insert(parsed("settings", "key", office)?, fingerprint.to_owned());
                }
            }
            "trees" => {
                let (acts, published) = (layout.number(row, "size"), layout.number(row, "published"));
                let ledger = self.ledger("trees", layout, row)?;
                ledger.acts = count(acts.unwrap_or(0));
                ledger.published = count(published.unwrap_or(0));
            }
            "checkpoints" => {
                // They come in order of size: the last one stays.
                let note = layout.text(row, "note").map(str::to_owned);
                self.ledger("checkpoints", layout, row)?.checkpoint = note;
            }
            _ => {}
        }
        Ok(())
    }

    fn ledger(&mut self, table: &'static str, layout: &Layout, row: &[Cell]) -> Result<&mut SavedLedger, StoreError> {
        let office: OfficeId = parsed(table, "office", layout.text(row, "office").unwrap_or_default())?;
        let empty = SavedLedger { office: office.clone(), acts: 0, published: 0, checkpoint: None };
        Ok(self.ledgers.entry(office).or_insert(empty))
    }
}

/// The digests of exhibits in an act, as `verify` looks for them.
fn collect(value: &Value, digests: &mut BTreeSet<Digest>) {
    match value {
        Value::Object(map) if is_history(map) => {
            let mut inner = BTreeSet::new();
            map.values().for_each(|value| collect(value, &mut inner));
            // Exhibits that did not come along with the acts of another office.
            for absent in listed(map, "absent") {
                if let Some(digest) = unhexed(absent).and_then(|bytes| Digest::try_from(bytes).ok()) {
                    inner.remove(&digest);
                }
            }
            digests.extend(inner);
        }
        Value::Object(map) => {
            let digest = map.get("sha256").and_then(Value::as_str).filter(|_| map.contains_key("media_type"));
            digests.extend(digest.and_then(unhexed).and_then(|bytes| Digest::try_from(bytes).ok()));
            map.values().for_each(|value| collect(value, digests));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, digests)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn exhibits_are_found_wherever_they_stand_in_an_act() {
        let (one, other) = ("ab".repeat(32), "cd".repeat(32));
        let act = json!({
            "what": { "exhibits": [{ "sha256": one, "media_type": "image/png" }], "sha256": other },
            "deep": [[{ "sha256": "AB", "media_type": "image/png" }], { "sha256": other, "media_type": "text/plain" }],
        });
        let mut digests = BTreeSet::new();
        collect(&act, &mut digests);
        assert_eq!(digests, BTreeSet::from([[0xab; 32], [0xcd; 32]]));
        collect(&json!("nothing"), &mut digests);
        assert_eq!(digests.len(), 2);
    }
}
