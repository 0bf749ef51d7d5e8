//! What stands in a bundle that is taken in: its acts, the private values and the exhibits. Exhibits are kept at once:
//! bytes without an act that names them do no harm.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};

use netra_docket::act::Excerpt;
use netra_docket::entry::{Entry, canonical_bytes};
use netra_docket::ids::SealId;
use netra_docket::private::{Seal, seal_all};
use netra_ledger::bundle::{
    ActPlace, BundleHead, BundleLimits, BundleReader, Disclosed, Disclosures, FileKind, open_bundle, values_path,
};
use serde_json::Value;
use tokio::runtime::Handle;

use super::ReceiveError;
use crate::blobs::{Blobs, apart, blob_error};
use crate::convert::{hex, random};
use crate::seal::VaultRow;
use crate::store::Store;
use crate::types::StoreError;

/// What stands in a bundle.
pub(super) struct Content {
    /// What it says about itself.
    pub(super) head: BundleHead,
    /// The acts, as they were recorded.
    pub(super) entries: Vec<Entry>,
    /// The private values that came along.
    pub(super) given: Given,
    /// Digests of the exhibits that came along.
    pub(super) exhibits: BTreeSet<String>,
}

/// The private values that came along.
pub(super) struct Given {
    disclosed: BTreeMap<SealId, Disclosed>,
    /// What is left of others.
    pub(super) excerpts: Vec<Excerpt>,
}

impl Given {
    fn new(disclosures: Disclosures) -> Option<Given> {
        let seal = |text: &str| text.parse::<SealId>().ok();
        let disclosed = disclosures.disclosed.into_iter().map(|one| Some((seal(&one.seal)?, one)));
        let excerpts = disclosures.excerpts.into_iter();
        let excerpts = excerpts.map(|one| Some(Excerpt { seal: seal(&one.seal)?, value: one.value }));
        Some(Given { disclosed: disclosed.collect::<Option<_>>()?, excerpts: excerpts.collect::<Option<_>>()? })
    }

    /// A value as it goes to the vault, if it came along.
    pub(super) fn row(&self, id: SealId) -> Result<Option<VaultRow>, ReceiveError> {
        let Some(given) = self.disclosed.get(&id) else { return Ok(None) };
        let salt = unhexed(&given.salt).ok_or(ReceiveError::OtherValue(id))?;
        let body = canonical_bytes(&given.value).map_err(|_| ReceiveError::OtherValue(id))?;
        VaultRow::kept(id, &salt, body).map(Some).map_err(|_| ReceiveError::OtherValue(id))
    }
}

fn unhexed(digits: &str) -> Option<Vec<u8>> {
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) || !digits.len().is_multiple_of(2) {
        return None;
    }
    (0..digits.len() / 2).map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()).collect()
}

/// Reads a bundle that is kept as a blob. It is checked again on the way.
pub(super) async fn read(store: &Store, blob: &str) -> Result<Content, ReceiveError> {
    let mut scratch = Scratch::new(&store.uploads())?;
    let mut reader = store.blob_reader(blob).await?;
    while let Some(piece) = reader.next_piece().await? {
        scratch = apart("copying a bundle", move || scratch.add(&piece)).await?;
    }
    let (blobs, runtime) = (store.blobs().clone(), Handle::current());
    apart("reading a bundle", move || {
        let file = scratch.file()?;
        Ok(parse(file, &blobs, &runtime))
    })
    .await?
}

fn parse(file: File, blobs: &Blobs, runtime: &Handle) -> Result<Content, ReceiveError> {
    let (verified, mut bundle) = open_bundle(file, &BundleLimits::default())?;
    let mut entries = Vec::new();
    for n in 1..=verified.acts {
        let record = bundle.record(ActPlace(n))?;
        entries.push(entry(&record).ok_or(ReceiveError::Unreadable(n))?);
    }
    let given = Given::new(disclosures(&mut bundle)?).ok_or(ReceiveError::Values)?;
    let mut exhibits = BTreeSet::new();
    for exhibit in verified.about.files.iter().filter(|file| file.kind == FileKind::Exhibit) {
        let mut bytes = bundle.file(&exhibit.path)?;
        runtime.block_on(blobs.keep(&exhibit.sha256, &mut bytes))?;
        exhibits.insert(exhibit.sha256.clone());
    }
    Ok(Content { head: verified.about.head, entries, given, exhibits })
}

/// Reads the record of an act; none unless its bytes are the canonical ones of an entry without open private values.
fn entry(record: &[u8]) -> Option<Entry> {
    let value: Value = serde_json::from_slice(record).ok()?;
    seal_all(&mut value.clone(), &mut |_| Err::<Seal, ()>(())).ok()?;
    let entry = Entry::from_value(value).ok()?;
    let again = entry.to_value().ok().and_then(|value| canonical_bytes(&value).ok())?;
    (again == record).then_some(entry)
}

fn disclosures(bundle: &mut BundleReader<File>) -> Result<Disclosures, ReceiveError> {
    let path = values_path();
    if !bundle.has(&path) {
        // Packed by a program that sent none.
        return Ok(Disclosures::default());
    }
    serde_json::from_slice(&bundle.whole(&path)?).map_err(|_| ReceiveError::Values)
}

/// A file for a bundle while it is read: an archive has its index at its end, and a bucket gives bytes from front to back.
struct Scratch {
    file: File,
    path: PathBuf,
}

impl Scratch {
    fn new(folder: &Path) -> Result<Scratch, StoreError> {
        let path = folder.join(format!(".bundel-{}", hex(&random::<8>()?)));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(blob_error("making", &path.display().to_string()))?;
        Ok(Scratch { file, path })
    }

    fn add(mut self, piece: &[u8]) -> Result<Scratch, StoreError> {
        self.file.write_all(piece).map_err(blob_error("writing", &self.path.display().to_string()))?;
        Ok(self)
    }

    /// The bytes from their beginning.
    fn file(&self) -> Result<File, StoreError> {
        let shown = self.path.display().to_string();
        let mut file = self.file.try_clone().map_err(blob_error("opening again", &shown))?;
        file.rewind().map_err(blob_error("going to the beginning of", &shown))?;
        Ok(file)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed lies among files that are still coming in, under a name that nobody asks for.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_in_pairs() {
        assert_eq!(unhexed("00ff"), Some(vec![0, 255]));
        assert_eq!(unhexed(""), Some(Vec::new()));
        for bad in ["0", "0g", "é", "+1"] {
            assert_eq!(unhexed(bad), None, "{bad}");
        }
    }
}
