//! Bytes of exhibits, each in a file named by its SHA-256: `blobs/ab/abcd…`.
//!
//! A file is written under another name, brought to the disk and only then renamed, so that a name
//! never stands for half a file. Bytes are hashed again whenever they are read: evidence that was
//! changed behind the program's back is refused, not shown.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::convert::{hex, random, sha256};
use crate::store::Store;
use crate::types::StoreError;

impl Store {
    /// Keeps bytes and gives their SHA-256 in lower-case hex. Keeping them again changes nothing.
    ///
    /// # Errors
    /// The folder fails, or the bytes kept earlier under this name have been changed.
    pub async fn put_blob(&self, bytes: &[u8]) -> Result<String, StoreError> {
        let folder = self.blobs().to_owned();
        let bytes = bytes.to_vec();
        apart("keeping", move || put(&folder, &bytes)).await
    }

    /// The bytes with this SHA-256.
    ///
    /// # Errors
    /// The name is not 64 lower-case hex digits, there are no such bytes, the folder fails, or the
    /// bytes have been changed.
    pub async fn get_blob(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        let folder = self.blobs().to_owned();
        let name = sha256.to_owned();
        apart("reading", move || get(&folder, &name)).await
    }

    /// Those of some names under which there are no bytes. Nothing is read.
    pub(crate) async fn missing_blobs(&self, names: BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
        let folder = self.blobs().to_owned();
        apart("looking for", move || names.into_iter().filter_map(|name| missing(&folder, name).transpose()).collect())
            .await
    }
}

/// Runs work on files outside the threads that answer requests.
pub(crate) async fn apart<T: Send + 'static>(
    doing: &'static str,
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => Err(blob_error(doing, "a blob")(io::Error::other(stopped))),
    }
}

fn put(folder: &Path, bytes: &[u8]) -> Result<String, StoreError> {
    let name = sha256(&[bytes]);
    let shard = folder.join(shard_of(&name)?);
    let target = shard.join(&name);
    if target.try_exists().map_err(blob_error("looking for", &name))? {
        get(folder, &name)?;
        return Ok(name);
    }
    std::fs::create_dir_all(&shard).map_err(blob_error("making the folder of", &name))?;
    sync_folder(folder).map_err(blob_error("syncing the folder of", &name))?;
    let draft = shard.join(format!(".{}", hex(&random::<16>()?)));
    let written = write_new(&draft, bytes).and_then(|()| std::fs::rename(&draft, &target));
    if let Err(source) = written {
        // What is left of the draft is of no use; that it can't be removed is no news either.
        let _ = std::fs::remove_file(&draft);
        return Err(blob_error("writing", &name)(source));
    }
    sync_folder(&shard).map_err(blob_error("syncing the folder of", &name))?;
    Ok(name)
}

fn get(folder: &Path, name: &str) -> Result<Vec<u8>, StoreError> {
    let path = folder.join(shard_of(name)?).join(name);
    let bytes = std::fs::read(path).map_err(blob_error("reading", name))?;
    if sha256(&[&bytes]) == name { Ok(bytes) } else { Err(StoreError::BlobChanged(name.to_owned())) }
}

/// The name, if there are no bytes under it; what is no digest has none.
fn missing(folder: &Path, name: String) -> Result<Option<String>, StoreError> {
    let there = match shard_of(&name) {
        Ok(shard) => folder.join(shard).join(&name).try_exists().map_err(blob_error("looking for", &name))?,
        Err(_) => false,
    };
    Ok((!there).then_some(name))
}

/// The folder of a blob. The only way from a name to a path: nothing but a digest gets through.
pub(crate) fn shard_of(name: &str) -> Result<&str, StoreError> {
    let is_digest = name.len() == 64 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    name.get(..2).filter(|_| is_digest).ok_or_else(|| {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "64 lower-case hex digits are needed");
        blob_error("naming", "a blob")(source)
    })
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Brings a folder's list of names to the disk, where the system can do that.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

pub(crate) fn blob_error(doing: &'static str, what: &str) -> impl FnOnce(io::Error) -> StoreError {
    let path = what.to_owned();
    move |source| StoreError::Blob { doing, path, source }
}
