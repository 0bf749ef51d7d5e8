//! Why something was not done.

use netra_docket::ids::{MatterId, OfficeId};
use netra_docket::matter::Refusal;

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Somebody else was quicker.
    #[error("perkara ini sudah berubah sejak halaman dibuka: lihat lagi, lalu ulangi bila masih perlu")]
    Moved,
    /// The form was sent before: this is its matter.
    #[error("formulir ini sudah pernah dikirim")]
    AlreadySent(MatterId),
    /// The procedure refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The law packs have no rule for that day.
    #[error("hukum untuk tanggal itu tidak tersedia: {0}")]
    Law(String),
    /// The home or an office named in the act does not exist.
    #[error("kantor {0} tidak dikenal")]
    NoSuchOffice(OfficeId),
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database.
    #[error("the database failed while {doing}")]
    Database {
        /// What was attempted.
        doing: &'static str,
        /// Why it failed.
        #[source]
        source: sqlx::Error,
    },
    /// The folder of the store, or the bucket of its exhibits.
    #[error("the files of the store failed while {doing} {path}")]
    Blob {
        /// What was attempted.
        doing: &'static str,
        /// On what.
        path: String,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
    /// A blob's bytes are not what its name says.
    #[error("blob {0} has been changed: its bytes no longer have this digest")]
    BlobChanged(String),
    /// A row can't be read.
    #[error("a row of {table} can't be read: {why}")]
    Row {
        /// Which table.
        table: &'static str,
        /// Why.
        why: String,
    },
    /// The folder of keys.
    #[error("the keys failed while {doing} {path}: put the file back from its copy, names cannot be read without it")]
    Keys {
        /// What was attempted.
        doing: &'static str,
        /// On what.
        path: String,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
    /// The keys at hand are not those with which the store was written.
    #[error(
        "the keys of {office} are not those with which this store was written: put back the file of keys that belongs to it"
    )]
    OtherKeys {
        /// Whose keys.
        office: OfficeId,
    },
    /// Encrypting failed.
    #[error("a private value could not be encrypted")]
    Sealing,
    /// The ledger of an office.
    #[error("the ledger of {office} failed while {doing}: {why}")]
    Ledger {
        /// Whose ledger.
        office: OfficeId,
        /// What was attempted.
        doing: &'static str,
        /// Why it failed.
        why: String,
    },
    /// Backing up or restoring failed.
    #[error(transparent)]
    Backup(#[from] crate::backup::BackupError),
    /// The store has been closed.
    #[error("the store has been closed")]
    Closed,
    /// The address of the database is of no known form.
    #[error("the address of the database is not understood: write it like postgres://user:password@host:5432/name")]
    Address,
    /// The address of the bucket is of no known form.
    #[error(
        "the address of the bucket is not understood: write it like s3://bucket/prefix?endpoint=https://s3.example.org&region=us-east-1"
    )]
    BucketAddress,
    /// The program knows no buckets.
    #[error("this program was built without buckets: build it with `--features s3`, or keep exhibits in the folder")]
    NoBuckets,
    /// The operating system gave no random bytes.
    #[error("the system gave no random bytes: {0}")]
    Random(getrandom::Error),
}
