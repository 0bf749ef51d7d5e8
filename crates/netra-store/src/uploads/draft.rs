//! The files of an upload. Everything here blocks.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{Files, Finished, HEAD, Kept, UploadError};
use crate::blobs::blob_error;
use crate::convert::{hex, read_some};
use crate::keys::write_secret;
use crate::store::make_folder;
use crate::types::StoreError;

/// Bytes that are hashed at once.
const PIECE: usize = 256 << 10;

/// An upload that was hashed.
pub(super) struct Hashed {
    /// Nobody else gets at the bytes as long as it is open.
    pub(super) draft: File,
    pub(super) kept: Kept,
}

/// Makes the files of an upload, for the program's own user only.
pub(super) fn begin(files: &Files, about: &[u8]) -> Result<(), StoreError> {
    if let Some(folder) = files.bytes.parent() {
        make_folder(folder)?;
    }
    write_secret(&files.about, about).map_err(failed("making", &files.about))?;
    write_secret(&files.bytes, b"").map_err(failed("making", &files.bytes))
}

/// The text in a file.
pub(super) fn read(path: &Path) -> Result<String, UploadError> {
    fs::read_to_string(path).map_err(unknown_or_failed("reading", path))
}

/// How many bytes have come.
pub(super) fn length(files: &Files) -> Result<u64, UploadError> {
    match fs::metadata(&files.bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => finished(&files.kept).map(|finished| finished.size),
        other => Ok(other.map_err(failed("looking for", &files.bytes))?.len()),
    }
}

/// What was remembered of an upload that has become a blob.
pub(super) fn finished(path: &Path) -> Result<Finished, UploadError> {
    // Half a note was written when the power went; the bytes are still there then.
    serde_json::from_str(&read(path)?).map_err(|_| UploadError::Unknown)
}

/// Adds a piece at the end.
pub(super) fn append(files: &Files, offset: u64, piece: &[u8]) -> Result<u64, UploadError> {
    let mut draft = match open(&files.bytes) {
        Err(UploadError::Unknown) => return Err(UploadError::Offset { length: finished(&files.kept)?.size }),
        other => other?,
    };
    let length = draft.metadata().map_err(failed("measuring", &files.bytes))?.len();
    if length != offset {
        return Err(UploadError::Offset { length });
    }
    draft.write_all(piece).map_err(failed("writing", &files.bytes))?;
    Ok(length.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX)))
}

/// Brings the bytes to the disk and hashes them.
pub(super) fn hash(files: &Files, limit: u64) -> Result<Hashed, UploadError> {
    let path = &files.bytes;
    let mut draft = open(path)?;
    let size = draft.metadata().map_err(failed("measuring", path))?.len();
    if size > limit {
        return Err(UploadError::TooLarge { size, limit });
    }
    draft.sync_all().map_err(failed("bringing to the disk", path))?;
    let (mut hasher, mut head, mut buffer) = (Sha256::new(), Vec::new(), vec![0; PIECE]);
    loop {
        let piece = read_some(&mut draft, &mut buffer).map_err(failed("reading", path))?;
        if piece.is_empty() {
            break;
        }
        hasher.update(piece);
        let missing = usize::try_from(HEAD).unwrap_or(usize::MAX).saturating_sub(head.len());
        head.extend(piece.iter().take(missing));
    }
    Ok(Hashed { draft, kept: Kept { sha256: hex(hasher.finalize().as_slice()), size, head } })
}

/// Brings the bytes to the disk, hashes them and goes back to their beginning.
pub(super) fn whole(files: &Files, limit: u64) -> Result<Hashed, UploadError> {
    let mut hashed = hash(files, limit)?;
    hashed.draft.rewind().map_err(failed("going to the beginning of", &files.bytes))?;
    Ok(hashed)
}

/// Notes what an upload has become, and takes its bytes away.
pub(super) fn end(files: &Files, note: &[u8], draft: File) -> Result<(), StoreError> {
    // Half a note may lie there, from an attempt that was cut off.
    remove_one(&files.kept)?;
    write_secret(&files.kept, note).map_err(failed("making", &files.kept))?;
    remove_one(&files.bytes)?;
    drop(draft);
    Ok(())
}

/// Takes all files away.
pub(super) fn remove(files: &Files) -> Result<(), StoreError> {
    [&files.bytes, &files.kept, &files.about].into_iter().try_for_each(|path| remove_one(path))
}

fn remove_one(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(failed("removing", path)),
    }
}

/// Opens the bytes for this request alone, to be read and to be added to.
fn open(path: &Path) -> Result<File, UploadError> {
    let draft = OpenOptions::new().read(true).append(true).open(path).map_err(unknown_or_failed("opening", path))?;
    match draft.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(UploadError::Busy),
        Err(TryLockError::Error(source)) => return Err(failed("locking", path)(source).into()),
    }
    // What was added to a file that has just become a blob would change the blob.
    if path.try_exists().map_err(failed("looking for", path))? { Ok(draft) } else { Err(UploadError::Unknown) }
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    blob_error(doing, &path.display().to_string())
}

fn unknown_or_failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> UploadError {
    move |error| match error.kind() {
        io::ErrorKind::NotFound => UploadError::Unknown,
        _ => failed(doing, path)(error).into(),
    }
}
