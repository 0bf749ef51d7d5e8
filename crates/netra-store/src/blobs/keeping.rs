//! Keeping bytes that may be too many for the memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use bytes::Bytes;
use object_store::{MultipartUpload, ObjectStore as _, ObjectStoreExt as _, PutMode};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;

use super::{Blobs, KeptIn, apart, blob_error, shard_of};
use crate::convert::{hex, sha256};
use crate::types::StoreError;

/// Bytes of a part. Servers want five MiB at least, and all parts but the last of one length.
const PART: usize = 8 << 20;

impl Blobs {
    /// Keeps bytes under the name that is their digest, and that there were none under yet.
    pub(super) async fn create(&self, name: &str, bytes: Bytes) -> Result<(), StoreError> {
        let key = self.key(name)?;
        let objects = self.objects().map_err(blob_error("writing", name))?;
        match objects.put_opts(&key, bytes.into(), PutMode::Create.into()).await {
            Ok(_) => Ok(()),
            // Somebody else was quicker with the same bytes.
            Err(object_store::Error::AlreadyExists { .. }) => self.check(name).await,
            Err(error) => Err(self.failed("writing", name)(error)),
        }
    }

    /// Keeps what a source gives, a part at a time, under the name that is its digest. Keeping it again changes
    /// nothing. Blocks the thread that it runs on while it reads the source.
    ///
    /// # Errors
    /// The source, the folder or the bucket fails, or what the source gives does not have that digest.
    pub(crate) async fn keep(&self, name: &str, source: &mut impl Read) -> Result<(), StoreError> {
        if self.is_there(name).await? {
            return self.check(name).await;
        }
        let first = part(source).map_err(blob_error("reading what is to be kept as", name))?;
        if first.len() < PART {
            return match sha256(&[&first]) == name {
                true => self.create(name, first.into()).await,
                false => Err(StoreError::BlobChanged(name.to_owned())),
            };
        }
        let key = self.key(name)?;
        let objects = self.objects().map_err(blob_error("writing", name))?;
        let mut parts = objects.put_multipart(&key).await.map_err(self.failed("writing", name))?;
        let sent = self.send(name, first, source, parts.as_mut()).await;
        if sent.is_err() {
            // What came so far has no name; that it can't be removed is no news either.
            let _ = parts.abort().await;
        }
        sent
    }

    async fn send(
        &self,
        name: &str,
        first: Vec<u8>,
        source: &mut impl Read,
        parts: &mut dyn MultipartUpload,
    ) -> Result<(), StoreError> {
        let (mut next, mut hasher) = (first, Sha256::new());
        while !next.is_empty() {
            hasher.update(&next);
            parts.put_part(next.into()).await.map_err(self.failed("writing", name))?;
            next = part(source).map_err(blob_error("reading what is to be kept as", name))?;
        }
        if hex(hasher.finalize().as_slice()) != name {
            return Err(StoreError::BlobChanged(name.to_owned()));
        }
        parts.complete().await.map(|_| ()).map_err(self.failed("writing", name))
    }

    /// Takes a file over that is on the disk already, under the name that is its digest. In the folder it only
    /// gets that name besides its own, where the system can do that. The file itself stays where it is.
    ///
    /// # Errors
    /// The file, the folder or the bucket fails, or bytes kept earlier under this name have been changed.
    pub(crate) async fn take(&self, name: &str, file: &Path) -> Result<(), StoreError> {
        if self.is_there(name).await? {
            return self.check(name).await;
        }
        let (owned, file) = (name.to_owned(), file.to_owned());
        if let KeptIn::Folder { folder, .. } = &*self.0 {
            let (folder, owned, file) = (folder.clone(), owned.clone(), file.clone());
            let shard = shard_of(name)?.to_owned();
            let linking = move || link(&folder, &shard, &owned, &file).map_err(blob_error("naming", &owned));
            if apart("naming", linking).await? == Linked::Yes {
                return Ok(());
            }
        }
        let (blobs, runtime) = (self.clone(), Handle::current());
        apart("copying", move || {
            let mut source = File::open(&file).map_err(blob_error("opening what is to be kept as", &owned))?;
            runtime.block_on(blobs.keep(&owned, &mut source))
        })
        .await
    }
}

/// Whether a file got a second name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Linked {
    Yes,
    /// It lies on another disk, the system has no second names, or the name is taken.
    No,
}

fn link(folder: &Path, shard: &str, name: &str, file: &Path) -> io::Result<Linked> {
    let shard = folder.join(shard);
    std::fs::create_dir_all(&shard)?;
    sync_folder(folder)?;
    if std::fs::hard_link(file, shard.join(name)).is_err() {
        return Ok(Linked::No);
    }
    sync_folder(&shard)?;
    Ok(Linked::Yes)
}

/// Brings a folder's list of names to the disk, where the system can do that.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The next bytes of a source: a whole part, fewer at its end.
fn part(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.by_ref().take(u64::try_from(PART).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
