//! Backup and restore: one state of a running store in one file, from which the same store can be made again
//! on either kind of database.
//!
//! The file is a zip, written from front to back:
//!
//! | entry | what |
//! | --- | --- |
//! | `ledger/OFFICE/…` | published checkpoints; copied first, so that none is ahead of the tables |
//! | `tables/NAME.jsonl` | a table, one JSON object a row, bytes in hex; all read in one transaction |
//! | `blobs/SHA256` | an exhibit, not compressed |
//! | `keys/OFFICE.key` | the keys of an office, if they were asked for |
//! | `netra-backup.json` | format, version of the schema, when it was made, how much there is of everything |
//! | `manifest.sha256` | the digest of every entry before it, as `sha256sum --check` reads it |
//!
//! The comment of the archive, its last 64 bytes, is the SHA-256 of all bytes before: the *seal*. A byte that
//! was changed or is missing anywhere shows before anything else is read. The seal is no signature: who may
//! write to the file can make another one.
//!
//! Sessions, failed logins, open links of invitation and unsent forms are not in a backup: nobody stays logged in
//! through one, and what nobody sent is not kept.

mod archive;
mod check;
mod export;
mod restore;
mod rows;
mod tables;
mod write;

use std::collections::BTreeMap;
use std::io::{self, Write};

use netra_docket::ids::OfficeId;
use netra_law::time::Moment;
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};

use self::export::Piece;
use self::write::Sources;
use crate::store::Store;
use crate::types::StoreError;

pub use self::restore::{RestoreSummary, SCRATCH, inspect_backup, require_empty_folder, restore};

/// Names the layout of the archive; a later layout has a higher number.
const FORMAT: u32 = 1;
/// Portions of rows that may wait for the disk.
const AHEAD: usize = 4;

/// Whether the keys of the offices are in a backup. Whoever has both reads every name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeysInBackup {
    /// They are.
    With,
    /// They are not: copies of the files must be kept elsewhere.
    Without,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupContents {
    /// Version of the schema that its tables have.
    pub schema: i64,
    /// When it was made.
    pub made: Moment,
    /// Whether the keys of the offices are in it.
    pub keys: KeysInBackup,
    /// The offices that have keys: without the file of each, its names cannot be read.
    pub offices: Vec<OfficeId>,
    /// Rows of each table.
    pub tables: BTreeMap<String, u64>,
    /// The ledgers.
    pub ledgers: Vec<SavedLedger>,
    /// The exhibits.
    pub exhibits: SavedExhibits,
}

impl BackupContents {
    /// How many acts there are.
    pub fn acts(&self) -> u64 {
        self.tables.get("acts").copied().unwrap_or(0)
    }
}

/// The ledger of an office in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedLedger {
    /// The office.
    pub office: OfficeId,
    /// Acts in it.
    pub acts: u64,
    /// Acts that the newest checkpoint covers.
    pub published: u64,
    /// The newest checkpoint, a signed note.
    pub checkpoint: Option<String>,
}

/// The exhibits of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedExhibits {
    /// How many.
    pub count: u64,
    /// Their bytes together.
    pub bytes: u64,
    /// How many an act names but the folder or bucket did not have.
    pub missing: u64,
    /// Digests of the first of those.
    pub first_missing: Vec<String>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackupSummary {
    /// What it holds.
    #[serde(flatten)]
    pub contents: BackupContents,
    /// Bytes of the file.
    pub bytes: u64,
}

/// The entry that describes the backup.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    format: u32,
    #[serde(flatten)]
    contents: BackupContents,
}

/// Why something could not be backed up or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The archive can't be written.
    #[error("the backup could not be written, at {what}")]
    Write {
        /// Which entry.
        what: String,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// A file of the store can't be read.
    #[error("{what} could not be read for the backup")]
    Copy {
        /// Which file.
        what: String,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// An earlier program's values still wait to be encrypted.
    #[error("values wait to be encrypted: start `netra serve` of this program once, then back up")]
    Waiting,
    /// The archive can't be read.
    #[error("the backup could not be read, at {what}")]
    Read {
        /// Which entry.
        what: String,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// The archive is not what this program wrote.
    #[error("this is no whole backup: {0}; take another copy of it, or an older backup")]
    Damaged(String),
    /// The archive was made by a newer program.
    #[error(
        "a newer program made this backup ({what} {found}, this one knows up to {known}): restore it with that one"
    )]
    Newer {
        /// What is newer.
        what: &'static str,
        /// Its version in the archive.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// There is something where a store should be restored.
    #[error("{0} is not empty: name a new folder with --data, or move away what is there")]
    NotEmpty(String),
    /// There is something in the database into which a store should be restored.
    #[error("the database has a table {0} already: restore into a new, empty database")]
    HasTables(String),
    /// The restored files can't be written.
    #[error("restoring failed while writing {what}")]
    Restore {
        /// Which file.
        what: String,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
}

impl Store {
    /// Writes one state of the store as an archive, while others read and write; gives the writer back, so that
    /// it can be ended and synced. Memory does not grow with the acts; each exhibit takes some hundred bytes,
    /// because an archive has its index at its end.
    ///
    /// Exhibits that an act names but that are not there are counted, not refused: everything else must be
    /// saved all the more.
    ///
    /// # Errors
    /// The database, the folder, the bucket or the writer fails; an exhibit's bytes have been changed; or the keys are
    /// asked for and not those with which the store was written. What was written so far is no archive then.
    pub async fn backup<W: Write + Send + 'static>(
        &self,
        out: W,
        keys: KeysInBackup,
        made: Moment,
    ) -> Result<(BackupSummary, W), StoreError> {
        let sources = Sources {
            blobs: self.blobs().clone(),
            ledgers: self.ledgers().to_owned(),
            means: self.means(),
            keys,
            made,
        };
        let (pieces, waiting) = mpsc::channel(AHEAD);
        let (begun, checkpoints_are_in) = oneshot::channel();
        let writing = tokio::task::spawn_blocking(move || write::write(out, &sources, begun, waiting));
        let read = match checkpoints_are_in.await {
            Ok(()) => self.read_tables(&pieces).await,
            Err(_) => Err(StoreError::Closed),
        };
        drop(pieces);
        let written =
            writing.await.unwrap_or_else(|stopped| Err(writing_failed("the archive")(io::Error::other(stopped))));
        match read {
            // That nobody takes the rows any more means that the writer has failed: its error tells why.
            Ok(()) | Err(StoreError::Closed) => written,
            Err(other) => Err(other),
        }
    }

    async fn read_tables(&self, pieces: &mpsc::Sender<Piece>) -> Result<(), StoreError> {
        let mut tx = self.begin_read().await?;
        let snapshot = export::read(&mut tx, pieces).await?;
        pieces.send(Piece::End(Box::new(snapshot))).await.map_err(|_| StoreError::Closed)
    }
}

/// Names the entry at which writing failed.
fn writing_failed(what: impl Into<String>) -> impl FnOnce(io::Error) -> StoreError {
    let what = what.into();
    move |source| BackupError::Write { what, source }.into()
}

/// Names the entry at which reading failed.
fn reading_failed(what: impl Into<String>) -> impl FnOnce(io::Error) -> StoreError {
    let what = what.into();
    move |source| BackupError::Read { what, source }.into()
}

/// An archive that is not what this program wrote.
fn damaged(why: impl Into<String>) -> StoreError {
    BackupError::Damaged(why.into()).into()
}
