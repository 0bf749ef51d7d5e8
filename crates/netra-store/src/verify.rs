//! Reading everything back and comparing it with what proves it: acts with the trees, trees with the signed
//! checkpoints, private values with their commitments, exhibits with their digests, the logs of custody with their chains.
//!
//! Nothing is believed because a column says so: every byte of every act and exhibit is read and hashed.

mod content;
mod custody;
mod proofs;
mod walk;

use std::fmt;

use netra_docket::ids::OfficeId;
use netra_ledger::{Checkpoint, VerifierKey};
use sqlx::AnyConnection;

pub(crate) use content::{collect, is_history, listed};

use crate::convert::{cell, failed, parsed};
use crate::keys::ORIGIN;
use crate::store::Store;
use crate::types::StoreError;
use proofs::{Exhibits, Values};
use walk::Walk;

/// Faults of one kind that are told one by one; after that only the first matters.
const MOST: usize = 50;

/// What was found wrong, the place first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: an act, a checkpoint, an exhibit, a private value.
    pub what: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Its bytes are not those that were recorded.
    Changed,
    /// It is not there.
    Missing,
    /// It stands at the place of another.
    Reordered,
    /// It claims to be older than a checkpoint that does not have it; or the clock was wrong.
    BackDated,
    /// Acts at the end are gone.
    Truncated,
    /// The whole database is older than a checkpoint that was published.
    RolledBack,
    /// A signature does not hold.
    Unsigned,
    /// It was to be erased, and is still there: an older copy was put back.
    NotErased,
}

impl FaultKind {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            FaultKind::Changed => "changed",
            FaultKind::Missing => "missing",
            FaultKind::Reordered => "reordered",
            FaultKind::BackDated => "back-dated",
            FaultKind::Truncated => "truncated",
            FaultKind::RolledBack => "rolled-back",
            FaultKind::Unsigned => "unsigned",
            FaultKind::NotErased => "not-erased",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            FaultKind::Changed => "isinya berubah",
            FaultKind::Missing => "hilang",
            FaultKind::Reordered => "urutannya berubah",
            FaultKind::BackDated => "dicatat dengan waktu mundur, atau jam server salah",
            FaultKind::Truncated => "bagian akhirnya hilang",
            FaultKind::RolledBack => "basis data lebih lama daripada titik periksa yang sudah terbit",
            FaultKind::Unsigned => "tanda tangannya tidak cocok",
            FaultKind::NotErased => "sudah diputuskan dihapus tetapi masih ada",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.kind.indonesian())
    }
}

/// What a verification read and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Acts read and hashed.
    pub acts: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// Exhibits read and hashed.
    pub blobs: u64,
    /// Private values compared with their commitment.
    pub values: u64,
    /// Entries in the logs of custody, followed along their chains.
    pub custody: u64,
    /// Acts that no checkpoint covers yet.
    pub unpublished: u64,
    /// What is wrong, in the order of the ledgers.
    pub faults: Vec<Fault>,
}

impl Verification {
    fn fault(&mut self, what: impl fmt::Display, kind: FaultKind) {
        if self.faults.iter().filter(|f| f.kind == kind).count() < MOST {
            self.faults.push(Fault { what: what.to_string(), kind });
        }
    }
}

/// A checkpoint that was copied away, to be compared with the store.
#[derive(Clone, Debug)]
pub struct SavedCheckpoint {
    /// The office whose ledger it is of.
    pub office: OfficeId,
    /// The signed note.
    pub note: String,
}

impl SavedCheckpoint {
    /// Reads a signed note; its first line tells whose ledger it is of. The signature is checked by
    /// [`Store::verify`].
    pub fn read(note: String) -> Option<SavedCheckpoint> {
        let office = note.lines().next()?.strip_prefix(ORIGIN)?.parse().ok()?;
        Some(SavedCheckpoint { office, note })
    }
}

impl Store {
    /// Reads and hashes everything. `saved` are checkpoints from elsewhere; those in the folder `ledger/`
    /// are taken in any case. O(everything), in portions.
    ///
    /// # Errors
    /// The database, the folder or the bucket fails. What does not hold is no error but stands in the answer.
    pub async fn verify(&self, saved: &[SavedCheckpoint]) -> Result<Verification, StoreError> {
        let mut tx = self.begin_read().await?;
        let mut found = Verification::default();
        let offices: Vec<String> = sqlx::query_scalar(
            "SELECT office FROM acts UNION SELECT office FROM trees UNION SELECT office FROM checkpoints ORDER BY 1",
        )
        .fetch_all(&mut *tx)
        .await
        .map_err(failed("listing the ledgers"))?;
        let mut exhibits = Exhibits::default();
        let values = Values::of(&mut tx, self).await?;
        for office in &offices {
            let office: OfficeId = parsed("acts", "office", office)?;
            let mut checkpoints = self.checkpoints(&mut tx, &office, &mut found).await?;
            self.published_files(&office, saved, &mut checkpoints, &mut found);
            let walk = Walk::new(office, checkpoints);
            walk.run(&mut tx, self, &mut found, &mut exhibits, &values).await?;
        }
        custody::verify(&mut tx, &values, &mut found).await?;
        Ok(found)
    }

    async fn checkpoints(
        &self,
        conn: &mut AnyConnection,
        office: &OfficeId,
        found: &mut Verification,
    ) -> Result<Vec<Claim>, StoreError> {
        let rows = sqlx::query("SELECT size, note FROM checkpoints WHERE office = $1 ORDER BY size")
            .bind(office.as_str())
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("reading the checkpoints"))?;
        let key = self.ledger_key(office)?;
        let mut claims = Vec::with_capacity(rows.len());
        for row in &rows {
            let size: i64 = cell(row, "size")?;
            let name = format!("titik periksa {office} pada {size} tindakan");
            match claim(cell(row, "note")?, &key, name.clone(), FaultKind::Truncated) {
                Some(claim) if i64::try_from(claim.checkpoint.head.size) == Ok(size) => claims.push(claim),
                _ => found.fault(name, FaultKind::Unsigned),
            }
            found.checkpoints += 1;
        }
        Ok(claims)
    }

    /// Adds the checkpoints that lie outside the database.
    fn published_files(
        &self,
        office: &OfficeId,
        saved: &[SavedCheckpoint],
        claims: &mut Vec<Claim>,
        found: &mut Verification,
    ) {
        let Ok(key) = self.ledger_key(office) else { return };
        let folder = self.ledgers().join(office.as_str());
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let files = files.filter(|path| path.to_string_lossy().ends_with("checkpoint"));
        let files = files.filter_map(|path| Some((path.display().to_string(), std::fs::read_to_string(&path).ok()?)));
        let given = saved
            .iter()
            .filter(|s| s.office == *office)
            .map(|s| ("titik periksa yang disimpan".to_owned(), s.note.clone()));
        for (name, note) in files.chain(given) {
            match claim(&note, &key, name.clone(), FaultKind::RolledBack) {
                Some(claim) => claims.push(claim),
                None => found.fault(name, FaultKind::Unsigned),
            }
            found.checkpoints += 1;
        }
        claims.sort_by_key(|claim| claim.checkpoint.head.size);
    }
}

/// A signed statement about an office's ledger.
struct Claim {
    checkpoint: Checkpoint,
    name: String,
    /// What it means if the store has fewer acts than it says.
    shorter: FaultKind,
}

fn claim(note: &str, key: &VerifierKey, name: String, shorter: FaultKind) -> Option<Claim> {
    let checkpoint = Checkpoint::open(note, key).ok()?;
    Some(Claim { checkpoint, name, shorter })
}
