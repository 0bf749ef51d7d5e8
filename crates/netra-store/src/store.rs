//! The store's handle: the folder, one writing connection, a few reading ones.
//!
//! SQLite lets one transaction write at a time. Writers therefore queue for the only connection of
//! their pool instead of meeting each other as `SQLITE_BUSY`, and take the write lock at the start
//! (`BEGIN IMMEDIATE`): a read that turns into a write can't be refused half-way.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use netra_law::Law;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{SqlitePool, SqliteTransaction};

use crate::convert::failed;
use crate::migrate;
use crate::types::StoreError;

/// The database's file name in the data folder.
const DATABASE: &str = "netra.sqlite3";
/// The blob folder's name in the data folder.
const BLOBS: &str = "blobs";
/// Connections that read at the same time.
const READERS: u32 = 4;
/// How long a connection waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// The store. Cheap to clone: all clones are the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    law: Arc<Law>,
    writer: SqlitePool,
    reader: SqlitePool,
    blobs: PathBuf,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store in a folder, making what is missing.
    ///
    /// # Errors
    /// The folder can't be made, the database can't be opened, or a newer program wrote it.
    pub async fn open(dir: &Path, law: Arc<Law>) -> Result<Store, StoreError> {
        let blobs = dir.join(BLOBS);
        make_folder(&blobs)?;
        let file = dir.join(DATABASE);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None::<Duration>)
            .max_lifetime(None::<Duration>)
            .connect_with(writing(&file))
            .await
            .map_err(failed("opening it for writing"))?;
        migrate::run(&writer).await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(reading(&file))
            .await
            .map_err(failed("opening it for reading"))?;
        let store = Store { inner: Arc::new(Inner { law, writer, reader, blobs }) };
        store.refresh_projections().await?;
        Ok(store)
    }

    /// Waits for what is running and closes the files; later calls on any clone fail.
    pub async fn close(&self) {
        self.inner.reader.close().await;
        self.inner.writer.close().await;
    }

    /// The law by which dockets are folded.
    pub fn law(&self) -> &Law {
        &self.inner.law
    }

    /// Begins a transaction that may write.
    pub(crate) async fn begin_write(&self) -> Result<SqliteTransaction<'static>, StoreError> {
        self.inner.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed("beginning to write"))
    }

    /// Begins a transaction that sees one state of the database.
    pub(crate) async fn begin_read(&self) -> Result<SqliteTransaction<'static>, StoreError> {
        self.inner.reader.begin().await.map_err(failed("beginning to read"))
    }

    /// For single statements that write.
    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.inner.writer
    }

    /// For single statements that read.
    pub(crate) fn reader(&self) -> &SqlitePool {
        &self.inner.reader
    }

    /// The blob folder.
    pub(crate) fn blobs(&self) -> &Path {
        &self.inner.blobs
    }
}

fn writing(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // In WAL mode only FULL survives a power cut with the last commit intact.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // So that REPLACE, which nothing here uses, would meet the triggers of the acts too.
        .pragma("recursive_triggers", "ON")
        // Sent drafts and erased private values must not linger in free pages.
        .pragma("secure_delete", "ON")
}

fn reading(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).busy_timeout(PATIENCE).pragma("query_only", "ON")
}

/// Makes a folder that only the program's own user can enter.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StoreError::Blob {
        doing: "making",
        path: folder.display().to_string(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &SqlitePool, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
    }

    #[tokio::test]
    async fn connections_are_durable_and_readers_can_not_write() {
        let folder = tempfile::tempdir().unwrap();
        let law = Arc::new(Law::embedded().unwrap());
        let store = Store::open(&folder.path().join("new"), law).await.unwrap();
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(store.writer()).await.unwrap();
        assert_eq!(mode, "wal");
        assert_eq!(pragma(store.writer(), "PRAGMA synchronous").await, 2, "FULL");
        assert_eq!(pragma(store.writer(), "PRAGMA foreign_keys").await, 1);
        assert_eq!(pragma(store.writer(), "PRAGMA recursive_triggers").await, 1);
        assert_eq!(pragma(store.writer(), "PRAGMA secure_delete").await, 1);
        let refused = sqlx::query("DELETE FROM settings").execute(store.reader()).await;
        assert!(refused.is_err(), "readers only read");
    }
}
