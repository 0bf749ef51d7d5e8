//! Making a store again out of a backup.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write as _};
use std::path::Path;
use std::sync::Arc;

use netra_law::Law;
use serde::Serialize;
use sqlx::AnyPool;

use super::check::{Checked, Item, Lines};
use super::rows::{Cell, Layout};
use super::tables::{self, TIDY};
use super::{BackupContents, BackupError, KeysInBackup};
use crate::blobs::Blobs;
use crate::convert::failed;
use crate::keys::write_secret;
use crate::migrate::{self, UNFINISHED};
use crate::place::{Access, Backend, Place};
use crate::store::{KEYS, LEDGERS, Store, make_folders, pool};
use crate::types::StoreError;

/// The file in the folder of a store under which the program that calls may put a backup that it has decrypted:
/// the folder counts as empty with it.
pub const SCRATCH: &str = "restore.tmp";
/// Most rows that are written in one transaction.
const ROWS: usize = 1000;
/// Most bytes of lines that are written in one transaction.
const BYTES: usize = 16 << 20;

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestoreSummary {
    /// What the backup held.
    #[serde(flatten)]
    pub contents: BackupContents,
    /// Version of the schema that the store has now.
    pub schema_now: i64,
}

/// Makes a store again at an empty place, on either kind of database, whichever the backup came from. The whole
/// archive is checked before anything is written. A bucket need not be empty: what it has already is read and
/// stays.
///
/// If the backup holds the keys, the store is opened once at the end, so that whoever restores hears now and not
/// at the next start whether it can be. If it does not, nothing makes new ones: the store opens once the files
/// of keys that belong to it lie in its folder `keys/`.
///
/// Blocks the thread that it runs on while it reads: it is made for a command of its own.
///
/// # Errors
/// The place is not empty; the archive is not whole, or a newer program made it; the database, the folder or the
/// bucket fails. What was written until then can't be opened and must be removed before another attempt.
pub async fn restore<R: Read + Seek>(place: &Place, input: R, law: Arc<Law>) -> Result<RestoreSummary, StoreError> {
    sqlx::any::install_default_drivers();
    require_empty_folder(place.folder())?;
    if place.backend() == Backend::Server {
        // Told before a large archive is read. The embedded database lies in the folder, which is empty.
        let database = connect(place).await?;
        let empty = require_no_tables(&database, place.backend()).await;
        database.close().await;
        empty?;
    }
    let blobs = Blobs::at(place)?;
    blobs.greet().await?;
    let mut backup = Checked::open(input)?;
    make_folders(place)?;
    let database = connect(place).await?;
    let filled = fill(&database, place, &blobs, &mut backup).await;
    database.close().await;
    filled?;
    let contents = backup.contents;
    if contents.keys == KeysInBackup::With {
        Store::open(place, law).await?.close().await;
    }
    Ok(RestoreSummary { contents, schema_now: migrate::newest() })
}

/// Checks a whole archive as [`restore`] does, and writes nothing.
///
/// # Errors
/// The archive is not whole, or a newer program made it.
pub fn inspect_backup(input: impl Read + Seek) -> Result<BackupContents, StoreError> {
    Checked::open(input).map(|backup| backup.contents)
}

/// Refuses a folder in which there is anything but [`SCRATCH`].
///
/// # Errors
/// There is something in the folder, or it can't be read.
pub fn require_empty_folder(folder: &Path) -> Result<(), StoreError> {
    let failed = |source| BackupError::Restore { what: folder.display().to_string(), source };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(failed)?,
    };
    for entry in entries {
        if entry.map_err(failed)?.file_name() != SCRATCH {
            return Err(BackupError::NotEmpty(folder.display().to_string()).into());
        }
    }
    Ok(())
}

async fn connect(place: &Place) -> Result<AnyPool, StoreError> {
    pool(place, Access::Write, 1).await.map_err(failed("opening it to restore"))
}

async fn require_no_tables(database: &AnyPool, backend: Backend) -> Result<(), StoreError> {
    let sql = match backend {
        Backend::Embedded => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name LIMIT 1",
        Backend::Server => {
            "SELECT CAST(tablename AS TEXT) FROM pg_catalog.pg_tables
             WHERE schemaname = current_schema() ORDER BY 1 LIMIT 1"
        }
    };
    let table: Option<String> =
        sqlx::query_scalar(sql).fetch_optional(database).await.map_err(failed("looking for tables"))?;
    table.map_or(Ok(()), |table| Err(BackupError::HasTables(table).into()))
}

/// Fills an empty database and the folder beside it. Until the end the store is marked as unfinished.
async fn fill<R: Read + Seek>(
    database: &AnyPool,
    place: &Place,
    blobs: &Blobs,
    backup: &mut Checked<R>,
) -> Result<(), StoreError> {
    let backend = place.backend();
    require_no_tables(database, backend).await?;
    let schema = backup.contents.schema;
    migrate::up_to(database, backend, schema).await?;
    begin(database, backend).await?;
    for table in tables::at(schema) {
        let layout = Layout::new(table, schema);
        fill_table(database, backend, &layout, backup.lines(table.name)?).await?;
    }
    put_files(place.folder(), blobs, backup).await?;
    sync_folders(place.folder()).map_err(restoring_failed(place.folder()))?;
    let unmark = sqlx::query("DELETE FROM settings WHERE key = $1").bind(UNFINISHED);
    unmark.execute(database).await.map_err(failed("ending the restore"))?;
    migrate::run(database, backend).await
}

/// Takes away what the migrations have put into the tables, and marks the store as unfinished.
async fn begin(database: &AnyPool, backend: Backend) -> Result<(), StoreError> {
    let mut tx = database.begin_with(backend.begin_write()).await.map_err(failed("beginning to restore"))?;
    for sql in TIDY.iter().chain(&["DELETE FROM settings"]) {
        sqlx::query(*sql).execute(&mut *tx).await.map_err(failed("emptying the new tables"))?;
    }
    let mark = sqlx::query("INSERT INTO settings (key, value) VALUES ($1, 'unfinished')").bind(UNFINISHED);
    mark.execute(&mut *tx).await.map_err(failed("marking the restore"))?;
    tx.commit().await.map_err(failed("beginning to restore"))
}

async fn fill_table<R: Read>(
    database: &AnyPool,
    backend: Backend,
    layout: &Layout,
    mut lines: Lines<R>,
) -> Result<(), StoreError> {
    loop {
        let rows = some_rows(layout, &mut lines)?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut tx = database.begin_with(backend.begin_write()).await.map_err(failed("beginning to restore rows"))?;
        layout.write(&mut tx, rows).await?;
        tx.commit().await.map_err(failed("committing restored rows"))?;
    }
}

/// The next rows of a table, as many as one transaction takes.
fn some_rows<R: Read>(layout: &Layout, lines: &mut Lines<R>) -> Result<Vec<Vec<Cell>>, StoreError> {
    let (mut rows, mut bytes) = (Vec::new(), 0_usize);
    while rows.len() < ROWS && bytes < BYTES {
        let Some(line) = lines.next_line()? else { break };
        bytes = bytes.saturating_add(line.len());
        rows.push(layout.parse(&line)?);
    }
    Ok(rows)
}

/// Exhibits, keys and checkpoints.
async fn put_files<R: Read + Seek>(folder: &Path, blobs: &Blobs, backup: &mut Checked<R>) -> Result<(), StoreError> {
    for index in 0..backup.entries() {
        match backup.item(index)? {
            Item::Blob(digest) => blobs.keep(&digest, &mut backup.entry(index)?).await?,
            Item::Key(office) => {
                let path = folder.join(KEYS).join(format!("{office}.key"));
                write_secret(&path, &backup.small(index)?).map_err(restoring_failed(&path))?;
            }
            Item::Ledger(office, file) => {
                let folder = folder.join(LEDGERS).join(office.as_str());
                let path = folder.join(file);
                let bytes = backup.small(index)?;
                fs::create_dir_all(&folder)
                    .and_then(|()| File::create_new(&path))
                    .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
                    .map_err(restoring_failed(&path))?;
            }
            Item::Header | Item::Manifest | Item::Table(_) => {}
        }
    }
    Ok(())
}

/// Brings the lists of names of a folder and all below it to the disk, where the system can do that.
fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn restoring_failed(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let what = path.display().to_string();
    move |source| BackupError::Restore { what, source }.into()
}
