//! Blobs for readers that jump about and know nothing of waiting: archives, and chats that are read twice.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use bytes::Bytes;
use tokio::runtime::Handle;

use super::Blobs;
use crate::store::Store;
use crate::types::StoreError;

/// Bytes that are fetched at once.
const WINDOW: u64 = 1 << 20;

/// The bytes of a blob as a file. Of them no more than a megabyte is held.
///
/// It waits for the folder or bucket: read it on a thread for such work (`spawn_blocking`), never on one that answers
/// requests, where it panics.
pub struct BlobFile {
    blobs: Blobs,
    name: String,
    size: u64,
    at: u64,
    window: Bytes,
    /// Where the window begins.
    base: u64,
    runtime: Handle,
}

impl fmt::Debug for BlobFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobFile({}, at {} of {} bytes)", self.name, self.at, self.size)
    }
}

impl Store {
    /// The bytes with this SHA-256 as a file. They are hashed once, before anything of them is given.
    ///
    /// # Errors
    /// As [`Store::blob_reader`], or the bytes have been changed.
    pub async fn blob_file(&self, sha256: &str) -> Result<BlobFile, StoreError> {
        let blobs = self.blobs();
        blobs.check(sha256).await?;
        let size = blobs.reader(sha256).await?.size();
        Ok(BlobFile {
            blobs: blobs.clone(),
            name: sha256.to_owned(),
            size,
            at: 0,
            window: Bytes::new(),
            base: 0,
            runtime: Handle::current(),
        })
    }
}

impl BlobFile {
    /// What of the window lies at the present place; nothing if it has to be fetched.
    fn held(&self) -> &[u8] {
        let from = self.at.checked_sub(self.base).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.window.get(from..)).unwrap_or_default()
    }

    fn fetch(&mut self) -> io::Result<()> {
        let upto = self.size.min(self.at.saturating_add(WINDOW));
        let fetched = self.runtime.block_on(self.blobs.range(&self.name, self.at..upto)).map_err(io::Error::other)?;
        if fetched.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (self.window, self.base) = (fetched, self.at);
        Ok(())
    }
}

impl Read for BlobFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || self.at >= self.size {
            return Ok(0);
        }
        if self.held().is_empty() {
            self.fetch()?;
        }
        let held = self.held();
        let count = held.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(held) {
            *slot = *byte;
        }
        self.at += u64::try_from(count).unwrap_or(0);
        Ok(count)
    }
}

impl Seek for BlobFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
