//! Writing a bundle from front to back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::FORMAT;
use super::about::{BundleAbout, BundleFile, BundleHead, FileKind, Fingerprint};
use super::crate_file::{Titled, metadata};
use super::tags::{BAGIT_TEXT, CRATE, Oxum, PAYLOAD, SIGNATURE, TAG_MANIFEST, TAGGED, info, manifest, signed_text};
use crate::dossier::hex;
use crate::note::{Note, NoteError, SigningKey};
use crate::path::{DossierPath, PathFault};

/// Bytes that are read at once.
const PIECE: usize = 256 << 10;

/// Why a bundle cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The matter's id would be no folder.
    #[error("{matter:?} can't be the name of a folder: a matter's id has letters, digits and hyphens")]
    Matter {
        /// The id.
        matter: String,
        /// Why.
        #[source]
        source: PathFault,
    },
    /// A file that is not for the payload, or that the bundle writes itself.
    #[error("'{0}' is no place for a file of a bundle: choose another one below data/")]
    Place(DossierPath),
    /// Two files would have one place; systems that ignore capitals would keep only one of them.
    #[error("the bundle already has a file at '{0}' (capitals do not count)")]
    Twice(DossierPath),
    /// A file's bytes are not those that the docket names.
    #[error("the bytes for '{0}' are not those that were expected: its digest or length differs; nothing was sent")]
    Unexpected(DossierPath),
    /// The source of a file failed.
    #[error("the bytes for '{path}' can't be read")]
    Source {
        /// Where they should go.
        path: DossierPath,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The archive can't be written.
    #[error("the bundle can't be written")]
    Archive(#[source] ZipError),
    /// The disk, or whatever the bundle is written to.
    #[error("the bundle can't be written")]
    Write(#[source] io::Error),
    /// A description does not serialise.
    #[error("the bundle's description can't be written as JSON")]
    About(#[source] serde_json::Error),
    /// Too long for a signature.
    #[error("the bundle can't be signed")]
    Sign(#[from] NoteError),
}

/// A file that is to go into a bundle.
#[derive(Clone, Debug)]
pub struct NewFile<'a> {
    /// Its place below `data/`.
    pub path: DossierPath,
    /// What it is.
    pub kind: FileKind,
    /// Its media type.
    pub media_type: &'a str,
    /// What it is, in words. They stand in the bundle, readable to everybody who gets it.
    pub title: &'a str,
    /// What is known about its bytes already.
    pub expected: Option<Expected>,
}

/// What is known about bytes before they are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// How many there are.
    pub size: u64,
    /// Their SHA-256 as 64 lowercase hexadecimal digits.
    pub sha256: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenBundle {
    /// The number that stands for it.
    pub fingerprint: Fingerprint,
    /// What it says about itself.
    pub about: BundleAbout,
}

/// A bundle that is being written. Nothing in it depends on the machine, the time or the writer, so that the same
/// files in the same order, the same head and the same key give the same bytes.
pub struct BundleWriter<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    head: BundleHead,
    base: String,
    files: BTreeMap<DossierPath, (BundleFile, String)>,
    taken: BTreeSet<String>,
}

impl<W: Write> BundleWriter<W> {
    /// Begins a bundle.
    ///
    /// # Errors
    /// The matter's id can't be the name of a folder.
    pub fn new(out: W, mut head: BundleHead) -> Result<BundleWriter<W>, BundleError> {
        let base = format!("berkas-{}", head.matter);
        let bad = |source| BundleError::Matter { matter: head.matter.clone(), source };
        base.parse::<DossierPath>().map_err(bad)?;
        if base.contains('/') {
            return Err(bad(PathFault::Character(base)));
        }
        head.created = Timestamp::from_second(head.created.as_second()).unwrap_or(head.created);
        let zip = ZipWriter::new_stream(out);
        Ok(BundleWriter { zip, head, base, files: BTreeMap::new(), taken: BTreeSet::new() })
    }

    /// Adds a file. Its bytes are read once, in pieces.
    ///
    /// # Errors
    /// The place is taken or none, the source or the archive fails, or the bytes are not the expected ones.
    pub fn add(&mut self, file: NewFile<'_>, source: &mut impl Read) -> Result<(), BundleError> {
        if !file.path.as_str().starts_with(PAYLOAD) || file.path.as_str().eq_ignore_ascii_case(CRATE) {
            return Err(BundleError::Place(file.path));
        }
        self.put_payload(file, source)
    }

    fn put_payload(&mut self, file: NewFile<'_>, source: &mut impl Read) -> Result<(), BundleError> {
        let NewFile { path, kind, media_type, title, expected } = file;
        if !self.taken.insert(path.as_str().to_ascii_lowercase()) {
            return Err(BundleError::Twice(path));
        }
        let large = expected.as_ref().is_some_and(|expected| expected.size >= u64::from(u32::MAX));
        self.begin(path.as_str(), packing(kind, media_type), large)?;
        let (mut hasher, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0; PIECE]);
        loop {
            let count = match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(BundleError::Source { path, source }),
            };
            let piece = buffer.get(..count).unwrap_or_default();
            hasher.update(piece);
            size += piece.len() as u64;
            self.zip.write_all(piece).map_err(BundleError::Write)?;
        }
        let sha256 = hex(&hasher.finalize());
        if expected.is_some_and(|expected| expected.size != size || expected.sha256 != sha256) {
            return Err(BundleError::Unexpected(path));
        }
        let entry = BundleFile { path: path.clone(), kind, media_type: media_type.to_owned(), size, sha256 };
        self.files.insert(path, (entry, title.to_owned()));
        Ok(())
    }

    /// Writes what describes and proves the files, and the signature; gives the writer back.
    ///
    /// # Errors
    /// The archive can't be written.
    pub fn finish(mut self, key: &SigningKey) -> Result<(WrittenBundle, W), BundleError> {
        self.put_crate()?;
        let files: Vec<BundleFile> = self.files.values().map(|(file, _)| file.clone()).collect();
        let oxum =
            Oxum { bytes: files.iter().fold(0, |sum, file| sum.saturating_add(file.size)), files: files.len() as u64 };
        let payload = manifest(files.iter().map(|file| (file.path.as_str(), file.sha256.as_str())));
        let about =
            BundleAbout { format: FORMAT.to_owned(), head: self.head.clone(), key: key.verifier().clone(), files };
        let mut json = serde_json::to_vec_pretty(&about).map_err(BundleError::About)?;
        json.push(b'\n');
        let info = info(&self.head, oxum);
        let tags: [&[u8]; 4] = [info.as_bytes(), BAGIT_TEXT.as_bytes(), payload.as_bytes(), &json];
        let mut digests = Vec::with_capacity(tags.len());
        for (name, bytes) in TAGGED.into_iter().zip(tags) {
            self.put(name, bytes)?;
            digests.push(hex(&Sha256::digest(bytes)));
        }
        let tag_manifest = manifest(TAGGED.into_iter().zip(digests.iter().map(String::as_str)));
        self.put(TAG_MANIFEST, tag_manifest.as_bytes())?;
        let signature = Note::sign(&signed_text(&tag_manifest), key)?.to_string();
        self.put(SIGNATURE, signature.as_bytes())?;
        let out = self.zip.finish().map_err(BundleError::Archive)?.into_inner();
        Ok((WrittenBundle { fingerprint: Fingerprint::of(tag_manifest.as_bytes()), about }, out))
    }

    fn put_crate(&mut self) -> Result<(), BundleError> {
        let titled: Vec<Titled<'_>> = self.files.values().map(|(file, title)| Titled { file, title }).collect();
        let json = metadata(&self.head, &titled).map_err(BundleError::About)?;
        let file = NewFile {
            path: DossierPath::own(CRATE),
            kind: FileKind::Crate,
            media_type: "application/ld+json",
            title: "Metadata",
            expected: None,
        };
        self.put_payload(file, &mut json.as_slice())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.begin(name, CompressionMethod::Deflated, false)?;
        self.zip.write_all(bytes).map_err(BundleError::Write)
    }

    fn begin(&mut self, name: &str, method: CompressionMethod, large: bool) -> Result<(), BundleError> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(0o644)
            .large_file(large);
        self.zip.start_file(format!("{}/{name}", self.base), options).map_err(BundleError::Archive)
    }
}

/// Shows what it is about; the files may be anybody's private matter.
impl<W: Write> std::fmt::Debug for BundleWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BundleWriter").field("base", &self.base).field("files", &self.files.len()).finish()
    }
}

/// Photographs and films are compressed already: trying again takes long and gains nothing.
fn packing(kind: FileKind, media_type: &str) -> CompressionMethod {
    match kind {
        FileKind::Exhibit if !media_type.starts_with("text/") => CompressionMethod::Stored,
        _ => CompressionMethod::Deflated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_already_is_stored() {
        assert_eq!(packing(FileKind::Exhibit, "video/mp4"), CompressionMethod::Stored);
        assert_eq!(packing(FileKind::Exhibit, "text/plain"), CompressionMethod::Deflated);
        assert_eq!(packing(FileKind::Act, "application/json"), CompressionMethod::Deflated);
    }

    #[test]
    fn tag_files_are_listed_in_the_order_of_their_names() {
        assert!(TAGGED.is_sorted());
        assert!(TAGGED.iter().all(|name| super::super::tags::TAGS.contains(name)));
    }
}
