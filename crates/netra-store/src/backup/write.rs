//! What goes into the archive, in which order. Runs outside the threads that answer requests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use netra_docket::ids::OfficeId;
use netra_law::time::Moment;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::archive::{Archive, HEADER, Packing};
use super::check::is_plain;
use super::export::{Digest, Piece, Snapshot};
use super::rows::unhexed;
use super::{BackupContents, BackupError, BackupSummary, FORMAT, Header, KeysInBackup, SavedExhibits, writing_failed};
use crate::blobs::Blobs;
use crate::convert::{bad_json, hex};
use crate::keys::KeyRing;
use crate::store::Means;
use crate::types::StoreError;

/// Missing exhibits that are named; of more the number tells enough.
const NAMED: usize = 50;

/// Where everything but the tables comes from.
pub(super) struct Sources {
    pub(super) blobs: Blobs,
    pub(super) ledgers: PathBuf,
    pub(super) means: Arc<Means>,
    pub(super) keys: KeysInBackup,
    pub(super) made: Moment,
}

/// Writes the archive. Tells through `begun` when the tables may be read, and takes their rows from `pieces`.
pub(super) fn write<W: Write>(
    out: W,
    sources: &Sources,
    begun: oneshot::Sender<()>,
    mut pieces: mpsc::Receiver<Piece>,
) -> Result<(BackupSummary, W), StoreError> {
    let mut archive = Archive::new(out);
    put_checkpoints(&mut archive, &sources.ledgers)?;
    // Only now may the tables be read: a checkpoint ahead of them would say that acts were lost.
    let _ = begun.send(());
    let (tables, snapshot) = put_tables(&mut archive, &mut pieces)?;
    let exhibits = put_blobs(&mut archive, &sources.blobs, snapshot.exhibits)?;
    if sources.keys == KeysInBackup::With {
        put_keys(&mut archive, &sources.means.keys, &snapshot.offices)?;
    }
    let contents = BackupContents {
        schema: snapshot.schema,
        made: sources.made,
        keys: sources.keys,
        offices: snapshot.offices.into_keys().collect(),
        tables,
        ledgers: snapshot.ledgers.into_values().collect(),
        exhibits,
    };
    let header = Header { format: FORMAT, contents };
    let mut json = serde_json::to_vec_pretty(&header).map_err(bad_json("backup"))?;
    json.push(b'\n');
    archive.put(HEADER, &json, Packing::Squeezed).map_err(writing_failed(HEADER))?;
    let (out, bytes) = archive.finish().map_err(writing_failed("its end"))?;
    Ok((BackupSummary { contents: header.contents, bytes }, out))
}

fn put_checkpoints<W: Write>(archive: &mut Archive<W>, folder: &Path) -> Result<(), StoreError> {
    for office in names(folder)?.iter().filter(|name| name.parse::<OfficeId>().is_ok()) {
        let folder = folder.join(office);
        for file in names(&folder)?.iter().filter(|name| is_plain(name)) {
            let path = folder.join(file);
            if path.is_file() {
                let bytes = fs::read(&path).map_err(copying_failed(&path))?;
                let entry = format!("ledger/{office}/{file}");
                archive.put(&entry, &bytes, Packing::Stored).map_err(writing_failed(&entry))?;
            }
        }
    }
    Ok(())
}

/// The rows of all tables, until the reader says that these were all.
fn put_tables<W: Write>(
    archive: &mut Archive<W>,
    pieces: &mut mpsc::Receiver<Piece>,
) -> Result<(BTreeMap<String, u64>, Snapshot), StoreError> {
    let mut tables = BTreeMap::new();
    let mut current = "";
    loop {
        match pieces.blocking_recv() {
            Some(Piece::Table(name)) => {
                current = name;
                tables.insert(name.to_owned(), 0);
                archive.begin(&format!("tables/{name}.jsonl"), Packing::Squeezed).map_err(writing_failed(name))?;
            }
            Some(Piece::Lines { text, rows }) => {
                *tables.entry(current.to_owned()).or_insert(0) += rows;
                archive.add(&text).map_err(writing_failed(current))?;
            }
            Some(Piece::End(snapshot)) => return Ok((tables, *snapshot)),
            // The reader has failed; its error is the one that is told.
            None => return Err(StoreError::Closed),
        }
    }
}

/// All exhibits that there are: those that the acts name are among them, unless they are missing.
fn put_blobs<W: Write>(
    archive: &mut Archive<W>,
    blobs: &Blobs,
    mut named: BTreeSet<Digest>,
) -> Result<SavedExhibits, StoreError> {
    let runtime = Handle::current();
    let mut exhibits = SavedExhibits::default();
    for (name, size) in runtime.block_on(blobs.list())? {
        put_blob(archive, blobs, (&name, size), &runtime)?;
        exhibits.bytes += size;
        exhibits.count += 1;
        if let Some(digest) = unhexed(&name).and_then(|bytes| Digest::try_from(bytes).ok()) {
            named.remove(&digest);
        }
    }
    exhibits.missing = u64::try_from(named.len()).unwrap_or(u64::MAX);
    exhibits.first_missing = named.iter().take(NAMED).map(|digest| hex(digest)).collect();
    Ok(exhibits)
}

/// Copies an exhibit of a known length, and hashes it on the way.
fn put_blob<W: Write>(
    archive: &mut Archive<W>,
    blobs: &Blobs,
    (name, size): (&str, u64),
    runtime: &Handle,
) -> Result<(), StoreError> {
    let entry = format!("blobs/{name}");
    archive.begin(&entry, Packing::Stored).map_err(writing_failed(&entry))?;
    let mut reader = blobs.reader_of(name, size);
    while let Some(piece) = runtime.block_on(reader.next_piece())? {
        archive.add(&piece).map_err(writing_failed(&entry))?;
    }
    let digest = archive.end().map_err(writing_failed(&entry))?;
    if digest.as_deref() == Some(name) { Ok(()) } else { Err(StoreError::BlobChanged(name.to_owned())) }
}

fn put_keys<W: Write>(
    archive: &mut Archive<W>,
    keys: &KeyRing,
    offices: &BTreeMap<OfficeId, String>,
) -> Result<(), StoreError> {
    for (office, fingerprint) in offices {
        if keys.get(office)?.fingerprint != *fingerprint {
            return Err(StoreError::OtherKeys { office: office.clone() });
        }
        let path = keys.path(office);
        let bytes = fs::read(&path).map_err(copying_failed(&path))?;
        let entry = format!("keys/{office}.key");
        archive.put(&entry, &bytes, Packing::Stored).map_err(writing_failed(&entry))?;
    }
    Ok(())
}

/// The names in a folder, in order; none if there is no such folder.
fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(copying_failed(folder))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(copying_failed(folder))?.file_name();
        // What this program did not name is none of its files.
        names.extend(name.into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

fn copying_failed(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let what = path.display().to_string();
    move |source| BackupError::Copy { what, source }.into()
}
