//! Bytes of exhibits, each under its SHA-256: `ab/abcd…` in the folder `blobs/` or in a bucket.
//!
//! A name never stands for half of the bytes: they are written under another name, brought to the disk, and only
//! then get their own; a bucket does the same. Bytes are hashed again whenever they are read: evidence that was
//! changed behind the program's back is refused, not shown.

mod file;
mod keeping;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};

use crate::bucket::Bucket;
use crate::convert::sha256;
use crate::place::Place;
use crate::store::{BLOBS, Store};
use crate::types::StoreError;

pub use file::BlobFile;
pub use reader::BlobReader;

/// Names that are looked for at the same time.
const AT_ONCE: usize = 16;
/// Letters that are told of what a server answers: it may send a page.
const MOST_SAID: usize = 400;

impl Store {
    /// Keeps bytes and gives their SHA-256 in lower-case hex. Keeping them again changes nothing.
    ///
    /// # Errors
    /// The folder or bucket fails, or the bytes kept earlier under this name have been changed.
    pub async fn put_blob(&self, bytes: &[u8]) -> Result<String, StoreError> {
        self.blobs().put(Bytes::copy_from_slice(bytes)).await
    }

    /// The bytes with this SHA-256, all at once; [`Store::blob_reader`] gives large ones.
    ///
    /// # Errors
    /// The name is not 64 lower-case hex digits, there are no such bytes, the folder or bucket fails, or the
    /// bytes have been changed.
    pub async fn get_blob(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        self.blobs().get(sha256).await.map(Vec::from)
    }

    /// The bytes with this SHA-256 in pieces, so that memory does not grow with them.
    ///
    /// # Errors
    /// The name is not 64 lower-case hex digits, there are no such bytes, or the folder or bucket fails. Whether
    /// they have been changed shows while they are read.
    pub async fn blob_reader(&self, sha256: &str) -> Result<BlobReader, StoreError> {
        self.blobs().reader(sha256).await
    }

    /// A part of the bytes with this SHA-256. Whether they have been changed is not looked at: that needs all of them.
    ///
    /// # Errors
    /// The name is not 64 lower-case hex digits, there are no such bytes, or the folder or bucket fails.
    pub async fn blob_part(&self, sha256: &str, range: Range<u64>) -> Result<Bytes, StoreError> {
        self.blobs().range(sha256, range).await
    }

    /// Those of some names under which there are no bytes. Nothing is read.
    pub(crate) async fn missing_blobs(&self, names: BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
        self.blobs().missing(names).await
    }
}

/// The bytes of all exhibits. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Blobs(Arc<KeptIn>);

/// Where they lie.
enum KeptIn {
    Folder {
        folder: PathBuf,
        /// Opened when it is first used: whoever only looks at a store makes no folder.
        opened: OnceLock<Arc<dyn ObjectStore>>,
    },
    Bucket {
        bucket: Bucket,
        objects: Arc<dyn ObjectStore>,
    },
}

impl Blobs {
    /// The exhibits of a place.
    ///
    /// # Errors
    /// They lie in a bucket, which this program can't open.
    pub(crate) fn at(place: &Place) -> Result<Blobs, StoreError> {
        let kept_in = match place.bucket() {
            Some(bucket) => KeptIn::Bucket { objects: bucket.open()?, bucket: bucket.clone() },
            None => KeptIn::Folder { folder: place.folder().join(BLOBS), opened: OnceLock::new() },
        };
        Ok(Blobs(Arc::new(kept_in)))
    }

    /// Asks a bucket for something, so that a wrong name or key is told at the start and not with an exhibit.
    ///
    /// # Errors
    /// The bucket does not answer, or refuses.
    pub(crate) async fn greet(&self) -> Result<(), StoreError> {
        let KeptIn::Bucket { bucket, objects } = &*self.0 else { return Ok(()) };
        match objects.list(Some(&self.prefix())).next().await {
            Some(Err(error)) => Err(self.failed("opening", &bucket.to_string())(error)),
            _ => Ok(()),
        }
    }

    /// Keeps bytes; gives the name that they have then.
    pub(crate) async fn put(&self, bytes: Bytes) -> Result<String, StoreError> {
        let hashed = bytes.clone();
        let name = apart("hashing", move || Ok(sha256(&[&hashed]))).await?;
        if self.is_there(&name).await? {
            self.check(&name).await?;
        } else {
            self.create(&name, bytes).await?;
        }
        Ok(name)
    }

    /// The bytes under a name.
    async fn get(&self, name: &str) -> Result<Bytes, StoreError> {
        let key = self.key(name)?;
        let objects = self.objects().map_err(blob_error("reading", name))?;
        let found = objects.get(&key).await.map_err(self.failed("reading", name))?;
        let bytes = found.bytes().await.map_err(self.failed("reading", name))?;
        let hashed = bytes.clone();
        let digest = apart("hashing", move || Ok(sha256(&[&hashed]))).await?;
        if digest == name { Ok(bytes) } else { Err(StoreError::BlobChanged(name.to_owned())) }
    }

    /// Some of the bytes under a name, not hashed.
    pub(crate) async fn range(&self, name: &str, range: Range<u64>) -> Result<Bytes, StoreError> {
        let key = self.key(name)?;
        let objects = self.objects().map_err(blob_error("reading", name))?;
        objects.get_range(&key, range).await.map_err(self.failed("reading", name))
    }

    /// The bytes under a name in pieces.
    pub(crate) async fn reader(&self, name: &str) -> Result<BlobReader, StoreError> {
        let key = self.key(name)?;
        let objects = self.objects().map_err(blob_error("reading", name))?;
        let size = objects.head(&key).await.map_err(self.failed("reading", name))?.size;
        Ok(self.reader_of(name, size))
    }

    /// The same for bytes of which the length is known.
    pub(crate) fn reader_of(&self, name: &str, size: u64) -> BlobReader {
        BlobReader::new(self, name, size)
    }

    /// Reads and hashes the bytes under a name.
    ///
    /// # Errors
    /// There are none, they have been changed, or the folder or bucket fails.
    pub(crate) async fn check(&self, name: &str) -> Result<(), StoreError> {
        let mut reader = self.reader(name).await?;
        while reader.next_piece().await?.is_some() {}
        Ok(())
    }

    /// All names with the length of their bytes. What this program did not name is none of them.
    pub(crate) async fn list(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let objects = match self.objects() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            other => other.map_err(blob_error("listing", BLOBS))?,
        };
        let prefix = self.prefix();
        let mut listed = objects.list(Some(&prefix));
        let mut names = BTreeMap::new();
        while let Some(object) = listed.next().await {
            let object = object.map_err(self.failed("listing", BLOBS))?;
            names.extend(name_of(&object.location, &prefix).map(|name| (name, object.size)));
        }
        Ok(names)
    }

    async fn missing(&self, names: BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
        let looked_for = names.into_iter().map(|name| {
            let blobs = self.clone();
            async move { blobs.is_there(&name).await.map(|there| (!there).then_some(name)) }
        });
        let mut answers = stream::iter(looked_for).buffer_unordered(AT_ONCE);
        let mut missing = BTreeSet::new();
        while let Some(answer) = answers.next().await {
            missing.extend(answer?);
        }
        Ok(missing)
    }

    /// Whether there are bytes under a name; what is no digest has none.
    pub(crate) async fn is_there(&self, name: &str) -> Result<bool, StoreError> {
        let Ok(key) = self.key(name) else { return Ok(false) };
        let objects = match self.objects() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            other => other.map_err(blob_error("looking for", name))?,
        };
        match objects.head(&key).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(self.failed("looking for", name)(error)),
        }
    }

    fn objects(&self) -> io::Result<Arc<dyn ObjectStore>> {
        match &*self.0 {
            KeptIn::Bucket { objects, .. } => Ok(objects.clone()),
            KeptIn::Folder { folder, opened } => match opened.get() {
                Some(objects) => Ok(objects.clone()),
                None => {
                    std::fs::metadata(folder)?;
                    let files = LocalFileSystem::new_with_prefix(folder).map_err(|error| plain(&error))?;
                    let objects: Arc<dyn ObjectStore> = Arc::new(files.with_fsync(true));
                    Ok(opened.get_or_init(|| objects).clone())
                }
            },
        }
    }

    /// What stands before every name.
    fn prefix(&self) -> Key {
        match &*self.0 {
            KeptIn::Folder { .. } => Key::ROOT,
            KeptIn::Bucket { bucket, .. } => Key::from(bucket.prefix()),
        }
    }

    /// The place of a name.
    fn key(&self, name: &str) -> Result<Key, StoreError> {
        let shard = shard_of(name)?;
        Ok(self.prefix().join(shard).join(name))
    }

    /// Names what was attempted when the folder or bucket fails. No key to the bucket is told.
    fn failed(&self, doing: &'static str, name: &str) -> impl FnOnce(object_store::Error) -> StoreError {
        move |error| {
            let source = plain(&error);
            let source = match &*self.0 {
                KeptIn::Folder { .. } => source,
                KeptIn::Bucket { bucket, .. } => {
                    io::Error::new(source.kind(), bucket.without_keys(&source.to_string()))
                }
            };
            blob_error(doing, name)(source)
        }
    }
}

/// An error of the library as one line: it repeats the errors below it.
fn plain(error: &object_store::Error) -> io::Error {
    use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
    let kind = match error {
        NotFound { .. } => io::ErrorKind::NotFound,
        PermissionDenied { .. } | Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        _ => io::ErrorKind::Other,
    };
    let said: Vec<String> = error.to_string().split_whitespace().map(str::to_owned).collect();
    io::Error::new(kind, said.join(" ").chars().take(MOST_SAID).collect::<String>())
}

/// The name that stands at a place; none if it is not where its name belongs.
fn name_of(place: &Key, prefix: &Key) -> Option<String> {
    let mut parts = place.prefix_match(prefix)?;
    let (shard, name) = (parts.next()?, parts.next()?);
    let (shard, name): (&str, &str) = (shard.as_ref(), name.as_ref());
    let fits = parts.next().is_none() && shard_of(name).is_ok_and(|of| of == shard);
    fits.then(|| name.to_owned())
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

/// The folder of a blob. The only way from a name to a path: nothing but a digest gets through.
pub(crate) fn shard_of(name: &str) -> Result<&str, StoreError> {
    let is_digest = name.len() == 64 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    name.get(..2).filter(|_| is_digest).ok_or_else(|| {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "64 lower-case hex digits are needed");
        blob_error("naming", "a blob")(source)
    })
}

/// Names what was attempted, and on what.
pub(crate) fn blob_error(doing: &'static str, what: &str) -> impl FnOnce(io::Error) -> StoreError + use<> {
    let path = what.to_owned();
    move |source| StoreError::Blob { doing, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_where_its_name_belongs_is_listed() {
        let digest = "ab".repeat(32);
        let prefix = Key::from("bukti/kota");
        let place = |text: String| name_of(&Key::from(text), &prefix);
        assert_eq!(place(format!("bukti/kota/ab/{digest}")), Some(digest.clone()));
        assert_eq!(name_of(&Key::from(format!("ab/{digest}")), &Key::ROOT), Some(digest.clone()));
        for other in [
            format!("ab/{digest}"),
            format!("bukti/kota/{digest}"),
            format!("bukti/kota/cd/{digest}"),
            format!("bukti/kota/ab/{digest}/x"),
            format!("bukti/kota/ab/.{digest}"),
            "bukti/kota".to_owned(),
        ] {
            assert_eq!(place(other.clone()), None, "{other}");
        }
    }
}
