//! Files that come in pieces: drafts below `uploads/` on this machine, which become blobs once they are whole.
//!
//! | file | what |
//! | --- | --- |
//! | `OWNER-ID` | the bytes so far; gone once they are a blob |
//! | `OWNER-ID.about` | what whoever began it will want to know of it |
//! | `OWNER-ID.kept` | digest and length of the blob, so that a lost answer can be asked for again |
//!
//! A piece is not brought to the disk by itself: after a power cut some may be missing, and who sends is told
//! from where to go on. The whole is, before it becomes a blob.

mod draft;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::blobs::{apart, blob_error};
use crate::convert::{hex, random, sha256};
use crate::store::Store;
use crate::types::StoreError;

use self::draft::Hashed;

/// Bytes at the beginning of an upload that are handed out when it is whole: they tell of what type it is.
const HEAD: u64 = 64 << 10;
/// Digits of the owner and of the chance in the name of an upload.
const DIGITS: usize = 32;

/// Names an upload that is under way: a digest of its owner, and 128 random bits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadId(String);

impl UploadId {
    fn fresh(owner: &str) -> Result<UploadId, StoreError> {
        Ok(UploadId(format!("{}-{}", digits_of(owner), hex(&random::<{ DIGITS / 2 }>()?))))
    }

    /// Whether it was begun by this owner.
    pub fn is_of(&self, owner: &str) -> bool {
        self.0.split_once('-').is_some_and(|(digits, _)| digits == digits_of(owner))
    }
}

fn digits_of(owner: &str) -> String {
    sha256(&[b"netra upload owner\n", owner.as_bytes()]).chars().take(DIGITS).collect()
}

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Nothing but the name of an upload gets through: it is part of a path.
impl FromStr for UploadId {
    type Err = UploadError;

    fn from_str(text: &str) -> Result<UploadId, UploadError> {
        let shaped = |part: &str| part.len() == DIGITS && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        match text.split_once('-') {
            Some((owner, chance)) if shaped(owner) && shaped(chance) => Ok(UploadId(text.to_owned())),
            _ => Err(UploadError::Unknown),
        }
    }
}

/// An upload that has become a blob.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of the bytes, the name of the blob.
    pub sha256: String,
    /// How many bytes there are.
    pub size: u64,
    /// The first of them, at most 64 KiB.
    pub head: Vec<u8>,
}

/// Leaves the bytes out: they may be anybody's private matter.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({}, {} bytes)", self.sha256, self.size)
    }
}

/// Why an upload does not go on.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// There is none of this name, or its time is over.
    #[error("there is no such upload: begin a new one")]
    Unknown,
    /// The piece does not begin where the one before ended.
    #[error("the upload has {length} bytes: go on from there")]
    Offset {
        /// How many bytes there are.
        length: u64,
    },
    /// Another request is at work on it.
    #[error("another request is at work on this upload: ask again how far it has come")]
    Busy,
    /// It is larger than allowed.
    #[error("the upload has {size} bytes, {limit} are allowed: send a part of the file")]
    TooLarge {
        /// How many bytes there are.
        size: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is remembered of an upload that has become a blob.
#[derive(Serialize, Deserialize)]
struct Finished {
    sha256: String,
    size: u64,
}

impl Store {
    /// Begins an upload. The owner is any text that tells whose it is; `about` is given back by
    /// [`Store::upload_about`].
    ///
    /// # Errors
    /// The folder fails.
    pub async fn begin_upload(&self, owner: &str, about: &str) -> Result<UploadId, StoreError> {
        let id = UploadId::fresh(owner)?;
        let (files, about) = (self.files_of(&id), about.to_owned());
        apart("beginning an upload", move || draft::begin(&files, about.as_bytes())).await?;
        Ok(id)
    }

    /// What was told of an upload when it was begun.
    ///
    /// # Errors
    /// There is no such upload, or the folder fails.
    pub async fn upload_about(&self, id: &UploadId) -> Result<String, UploadError> {
        let path = self.files_of(id).about;
        apart("reading", move || Ok(draft::read(&path))).await?
    }

    /// How many bytes have come.
    ///
    /// # Errors
    /// There is no such upload, or the folder fails.
    pub async fn upload_length(&self, id: &UploadId) -> Result<u64, UploadError> {
        let files = self.files_of(id);
        apart("looking for", move || Ok(draft::length(&files))).await?
    }

    /// Adds a piece that begins where the one before ended; gives the new length. Of two who add at the same
    /// place one is told that it is not the end any more.
    ///
    /// # Errors
    /// There is no such upload; it ends elsewhere; another request is at work on it; or the folder fails: then
    /// some of the piece may have been added.
    pub async fn append_upload(&self, id: &UploadId, offset: u64, piece: Bytes) -> Result<u64, UploadError> {
        let files = self.files_of(id);
        apart("writing", move || Ok(draft::append(&files, offset, &piece))).await?
    }

    /// Makes a blob of an upload, which ends with it; memory does not grow with its length. Done again it gives
    /// the same, until the upload is swept away.
    ///
    /// # Errors
    /// There is no such upload; it is larger than `limit`; another request is at work on it; or the folder or
    /// bucket fails.
    pub async fn finish_upload(&self, id: &UploadId, limit: u64) -> Result<Kept, UploadError> {
        let files = self.files_of(id);
        let hashing = {
            let files = files.clone();
            move || Ok(draft::hash(&files, limit))
        };
        let Hashed { draft, kept } = match apart("hashing", hashing).await? {
            Err(UploadError::Unknown) => return self.finished(&files).await,
            hashed => hashed?,
        };
        self.blobs().take(&kept.sha256, &files.bytes).await?;
        let json = json(&Finished { sha256: kept.sha256.clone(), size: kept.size })?;
        apart("ending an upload", move || draft::end(&files, &json, draft)).await?;
        Ok(kept)
    }

    /// The bytes of an upload from their beginning, and their digest; nothing becomes of it yet. Nobody else gets at it
    /// as long as the file is open.
    ///
    /// # Errors
    /// There is no such upload; it is larger than `limit`; another request is at work on it; or the folder fails.
    pub async fn upload_file(&self, id: &UploadId, limit: u64) -> Result<(fs::File, Kept), UploadError> {
        let files = self.files_of(id);
        let Hashed { draft, kept } = apart("hashing", move || Ok(draft::whole(&files, limit))).await??;
        Ok((draft, kept))
    }

    /// Takes an upload away, whatever has come of it.
    ///
    /// # Errors
    /// The folder fails.
    pub async fn drop_upload(&self, id: &UploadId) -> Result<(), StoreError> {
        let files = self.files_of(id);
        apart("removing", move || draft::remove(&files)).await
    }

    /// The uploads of an owner that are under way.
    ///
    /// # Errors
    /// The folder fails.
    pub async fn uploads_of(&self, owner: &str) -> Result<Vec<UploadId>, StoreError> {
        let (folder, owner) = (self.uploads(), owner.to_owned());
        let names = apart("listing", move || names_in(&folder)).await?;
        let open = names.iter().filter_map(|(name, _)| name.parse::<UploadId>().ok());
        Ok(open.filter(|id| id.is_of(&owner)).collect())
    }

    /// Takes away the uploads to which nothing came since a time, in seconds since 1970; tells how many. What has
    /// become a blob stays.
    ///
    /// # Errors
    /// The folder fails.
    pub async fn sweep_uploads(&self, before: i64) -> Result<u64, StoreError> {
        let folder = self.uploads();
        let names = apart("listing", move || names_in(&folder)).await?;
        let mut newest: BTreeMap<UploadId, i64> = BTreeMap::new();
        for (name, changed) in &names {
            if let Ok(id) = name.split('.').next().unwrap_or_default().parse::<UploadId>() {
                let at = newest.entry(id).or_insert(*changed);
                *at = (*at).max(*changed);
            }
        }
        let old: Vec<UploadId> = newest.into_iter().filter(|(_, at)| *at < before).map(|(id, _)| id).collect();
        for id in &old {
            self.drop_upload(id).await?;
        }
        Ok(u64::try_from(old.len()).unwrap_or(u64::MAX))
    }

    async fn finished(&self, files: &Files) -> Result<Kept, UploadError> {
        let path = files.kept.clone();
        let Finished { sha256, size } = apart("reading", move || Ok(draft::finished(&path))).await??;
        let head = match size.min(HEAD) {
            0 => Bytes::new(),
            most => self.blobs().range(&sha256, 0..most).await?,
        };
        Ok(Kept { sha256, size, head: head.into() })
    }

    fn files_of(&self, id: &UploadId) -> Files {
        let at = |ending: &str| self.uploads().join(format!("{id}{ending}"));
        Files { bytes: at(""), about: at(".about"), kept: at(".kept") }
    }
}

/// The files of an upload.
#[derive(Clone)]
struct Files {
    bytes: PathBuf,
    about: PathBuf,
    kept: PathBuf,
}

fn json(finished: &Finished) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(finished).map_err(crate::convert::bad_json("uploads"))
}

/// The names in a folder with the second since 1970 in which each was changed; none if there is no such folder.
fn names_in(folder: &Path) -> Result<Vec<(String, i64)>, StoreError> {
    let shown = folder.display().to_string();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(blob_error("listing", &shown))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(blob_error("listing", &shown))?;
        // What vanishes meanwhile, or this program did not name, is none of its files.
        let changed = entry.metadata().and_then(|about| about.modified()).map(seconds);
        if let (Ok(name), Ok(changed)) = (entry.file_name().into_string(), changed) {
            names.push((name, changed));
        }
    }
    Ok(names)
}

fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or(0);
    i64::try_from(since).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_uploads_lead_to_a_file() {
        let id = UploadId::fresh("petugas satu").unwrap();
        assert_eq!(id.to_string().parse::<UploadId>().unwrap(), id);
        assert!(id.is_of("petugas satu") && !id.is_of("petugas dua") && !id.is_of(""));
        let half = "ab".repeat(16);
        let upper = format!("{half}-{}", "AB".repeat(16));
        for other in
            ["", "-", "..", "../keys/x", &half, &upper, &format!("{half}-{half}.about"), &format!("{half}-../x")]
        {
            assert!(matches!(other.parse::<UploadId>(), Err(UploadError::Unknown)), "{other}");
        }
    }
}
