//! Reading large blobs.

use std::fmt;

use bytes::Bytes;
use futures_util::{Stream, stream};
use sha2::{Digest as _, Sha256};

use super::{Blobs, apart};
use crate::convert::hex;
use crate::types::StoreError;

/// Bytes of a piece: large enough that asking a far bucket for each costs little, small enough for many readers.
const PIECE: u64 = 4 << 20;

/// The bytes of a blob in pieces, hashed on the way.
///
/// The last piece is given only if all of them have the digest that the blob is named by: whoever got to the end
/// has what was kept, and whoever gets changed bytes never gets all of them.
pub struct BlobReader {
    blobs: Blobs,
    name: String,
    size: u64,
    done: u64,
    /// None after the end, or after an error.
    hasher: Option<Sha256>,
}

impl fmt::Debug for BlobReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobReader({}, {} of {} bytes)", self.name, self.done, self.size)
    }
}

impl BlobReader {
    pub(super) fn new(blobs: &Blobs, name: &str, size: u64) -> BlobReader {
        BlobReader { blobs: blobs.clone(), name: name.to_owned(), size, done: 0, hasher: Some(Sha256::new()) }
    }

    /// How many bytes there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The next piece; none after the last.
    ///
    /// # Errors
    /// The folder or bucket fails, or the bytes have been changed. Nothing comes after an error.
    pub async fn next_piece(&mut self) -> Result<Option<Bytes>, StoreError> {
        let Some(hasher) = self.hasher.take() else { return Ok(None) };
        let upto = self.size.min(self.done.saturating_add(PIECE));
        let piece = match upto > self.done {
            true => self.blobs.range(&self.name, self.done..upto).await?,
            false => Bytes::new(),
        };
        if u64::try_from(piece.len()).ok() != upto.checked_sub(self.done) {
            return Err(self.changed());
        }
        self.done = upto;
        let hasher = hash(hasher, piece.clone()).await?;
        if self.done < self.size {
            self.hasher = Some(hasher);
        } else if hex(hasher.finalize().as_slice()) != self.name {
            return Err(self.changed());
        }
        Ok((!piece.is_empty()).then_some(piece))
    }

    /// The pieces as a stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static {
        stream::try_unfold(self, |mut reader| async move {
            let piece = reader.next_piece().await;
            piece.map(|piece| piece.map(|piece| (piece, reader)))
        })
    }

    fn changed(&self) -> StoreError {
        StoreError::BlobChanged(self.name.clone())
    }
}

async fn hash(mut hasher: Sha256, piece: Bytes) -> Result<Sha256, StoreError> {
    apart("hashing", move || {
        hasher.update(&piece);
        Ok(hasher)
    })
    .await
}
