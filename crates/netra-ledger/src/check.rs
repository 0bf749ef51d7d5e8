//! Checking a dossier that came from somewhere else: every length, name and digest in it is a claim.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::dossier::{FORMAT, FileEntry, LISTING, Listing, MANIFEST, hex};
use crate::path::DossierPath;

/// What is known about a dossier that is whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// What the sender wrote about the dossier.
    pub header: serde_json::Value,
    /// The files that the sender put in, by path.
    pub files: Vec<FileEntry>,
    /// SHA-256 of the manifest as 64 lowercase hexadecimal digits. It stands for the whole dossier:
    /// when it equals the one in the hand-over note, every byte is what was handed over.
    pub fingerprint: String,
}

/// The first thing found wrong with a dossier.
#[derive(Debug, thiserror::Error)]
pub enum DossierFault {
    /// Not an archive, cut short, or with parts that contradict one another.
    #[error("this is not a whole zip archive; ask the sender for the file again")]
    NotZip(#[source] ZipError),
    /// An entry that must not be unpacked: a link, a folder, or a path that leads elsewhere.
    #[error("the archive has an entry at {0:?}, which is no plain file inside it; do not unpack it")]
    PathUnsafe(String),
    /// No list of digests.
    #[error(
        "there is no {manifest} in the archive; this is not a dossier, or it was repacked",
        manifest = MANIFEST
    )]
    ManifestMissing,
    /// A line of the list of digests is not `<digest>  <path>`.
    #[error("line {line} of {manifest} is not a digest, two spaces and a path", manifest = MANIFEST)]
    ManifestUnreadable {
        /// The line, counted from 1.
        line: usize,
    },
    /// The manifest names a file that is not there.
    #[error("'{0}' was removed: the manifest names it and the archive lacks it")]
    FileMissing(DossierPath),
    /// A file that the manifest does not name.
    #[error("'{0}' was added: the archive has it and the manifest does not name it")]
    FileAdded(DossierPath),
    /// A file whose bytes are not those of the manifest, or cannot be read any more.
    #[error("'{0}' was changed or damaged: its bytes are not those of the manifest")]
    FileChanged(DossierPath),
    /// The description is not readable.
    #[error("{listing} cannot be read", listing = LISTING)]
    ListingUnreadable(#[source] serde_json::Error),
    /// The description is of a kind that this program does not know.
    #[error(
        "{listing} has the format {0:?}; this program reads {known}, a newer one may read it",
        listing = LISTING,
        known = FORMAT
    )]
    FormatUnknown(String),
    /// The description lists other files than the archive has.
    #[error("{listing} does not list the files that are in the archive", listing = LISTING)]
    ListingDiffers,
    /// More content than the receiver is willing to unpack.
    #[error("the archive unpacks to more than {limit} bytes; do not unpack it")]
    TooLarge {
        /// The receiver's limit in bytes.
        limit: u64,
    },
}

impl DossierFault {
    /// The finding as an Indonesian reader needs it: what is wrong, and what to do.
    pub fn indonesian(&self) -> String {
        match self {
            DossierFault::NotZip(_) => {
                "Berkas ini bukan arsip ZIP yang utuh. Minta pengirim mengirim ulang.".to_owned()
            }
            DossierFault::PathUnsafe(path) => format!(
                "Arsip memuat {path:?}, yang bukan berkas biasa di dalamnya. Jangan dibuka; \
                 hubungi pengirim."
            ),
            DossierFault::ManifestMissing => format!(
                "Arsip tidak memuat {MANIFEST}: ini bukan berkas perkara, atau sudah dikemas ulang. \
                 Minta berkas aslinya."
            ),
            DossierFault::ManifestUnreadable { line } => {
                format!("Baris {line} dalam {MANIFEST} tidak terbaca. Minta pengirim mengirim ulang.")
            }
            DossierFault::FileMissing(path) => format!(
                "'{path}' hilang: tercantum dalam daftar tetapi tidak ada dalam arsip. Minta berkas \
                 aslinya."
            ),
            DossierFault::FileAdded(path) => format!(
                "'{path}' ditambahkan: ada dalam arsip tetapi tidak tercantum dalam daftar. Minta \
                 berkas aslinya."
            ),
            DossierFault::FileChanged(path) => format!(
                "'{path}' berubah atau rusak: isinya tidak sama dengan sidik dalam daftar. Minta \
                 berkas aslinya."
            ),
            DossierFault::ListingUnreadable(_) => {
                format!("{LISTING} tidak terbaca. Minta pengirim mengirim ulang.")
            }
            DossierFault::FormatUnknown(format) => format!(
                "{LISTING} berformat {format:?}, yang belum dikenal. Periksa dengan versi program \
                 yang lebih baru."
            ),
            DossierFault::ListingDiffers => {
                format!("{LISTING} mencantumkan berkas yang berbeda dari isi arsip. Minta berkas aslinya.")
            }
            DossierFault::TooLarge { limit } => {
                format!("Isi arsip lebih dari {limit} bita. Jangan dibuka; hubungi pengirim.")
            }
        }
    }
}

/// Checks every file of a dossier against its manifest. `limit` is the largest number of bytes that
/// the archive may unpack to.
///
/// # Errors
/// The first thing found wrong. Names are checked before any content is read.
pub fn verify(bytes: &[u8], limit: u64) -> Result<Verified, DossierFault> {
    let mut reader = Reader::open(bytes, limit)?;
    let manifest_path = DossierPath::own(MANIFEST);
    if !reader.places.contains_key(&manifest_path) {
        return Err(DossierFault::ManifestMissing);
    }
    let mut manifest = Vec::new();
    reader.read(&manifest_path, |piece| manifest.extend_from_slice(piece))?;
    let listed = parse_manifest(&manifest)?;
    compare_names(&listed, &reader.places)?;

    let mut files = Vec::new();
    let mut json = Vec::new();
    for (path, expected) in listed {
        let is_listing = path.as_str() == LISTING;
        let mut hasher = Sha256::new();
        let mut size = 0_u64;
        reader.read(&path, |piece| {
            hasher.update(piece);
            size += piece.len() as u64;
            if is_listing {
                json.extend_from_slice(piece);
            }
        })?;
        let sha256 = hex(&hasher.finalize());
        if sha256 != expected {
            return Err(DossierFault::FileChanged(path));
        }
        if !is_listing {
            files.push(FileEntry { path, size, sha256 });
        }
    }

    let listing: Listing = serde_json::from_slice(&json).map_err(DossierFault::ListingUnreadable)?;
    if listing.format != FORMAT {
        return Err(DossierFault::FormatUnknown(listing.format));
    }
    if listing.files != files {
        return Err(DossierFault::ListingDiffers);
    }
    let fingerprint = hex(&Sha256::digest(&manifest));
    Ok(Verified { header: listing.header, files, fingerprint })
}

/// The files of a dossier, by path, for whoever wants to read them apart. Check it with [`verify`] first.
///
/// # Errors
/// The archive is damaged, names a path that can't be unpacked safely, or unpacks to more than `limit` bytes.
pub fn unpack(bytes: &[u8], limit: u64) -> Result<BTreeMap<DossierPath, Vec<u8>>, DossierFault> {
    let mut reader = Reader::open(bytes, limit)?;
    let paths: Vec<DossierPath> = reader.places.keys().cloned().collect();
    let mut files = BTreeMap::new();
    for path in paths {
        let mut content = Vec::new();
        reader.read(&path, |piece| content.extend_from_slice(piece))?;
        files.insert(path, content);
    }
    Ok(files)
}

/// An opened archive that gives out no more than the agreed number of bytes.
struct Reader<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<DossierPath, usize>,
    left: u64,
    limit: u64,
}

impl<'a> Reader<'a> {
    fn open(bytes: &'a [u8], limit: u64) -> Result<Reader<'a>, DossierFault> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(DossierFault::NotZip)?;
        let places = places(&archive)?;
        // Unpackers differ in which of an archive's two descriptions of a file they believe, so both
        // have to agree, and no file may hide from one of them.
        archive.validate_header_consistency().map_err(DossierFault::NotZip)?;
        Ok(Reader { archive, places, left: limit, limit })
    }

    /// Gives a file's bytes piece by piece.
    fn read(&mut self, path: &DossierPath, mut each: impl FnMut(&[u8])) -> Result<(), DossierFault> {
        let damaged = || DossierFault::FileChanged(path.clone());
        let Some(&index) = self.places.get(path) else {
            return Err(DossierFault::FileMissing(path.clone()));
        };
        let mut file = self.archive.by_index(index).map_err(|_| damaged())?;
        let mut buffer = vec![0; 32 * 1024];
        loop {
            let n = file.read(&mut buffer).map_err(|_| damaged())?;
            if n == 0 {
                return Ok(());
            }
            let Some(left) = self.left.checked_sub(n as u64) else {
                return Err(DossierFault::TooLarge { limit: self.limit });
            };
            self.left = left;
            each(buffer.get(..n).unwrap_or_default());
        }
    }
}

fn places(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<BTreeMap<DossierPath, usize>, DossierFault> {
    let mut places = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(DossierFault::NotZip)?;
        let name = entry.name().map_err(DossierFault::NotZip)?;
        match name.parse::<DossierPath>() {
            Ok(path) if !entry.is_symlink() => places.insert(path, index),
            _ => return Err(DossierFault::PathUnsafe(name.into_owned())),
        };
    }
    Ok(places)
}

fn parse_manifest(bytes: &[u8]) -> Result<BTreeMap<DossierPath, String>, DossierFault> {
    let unreadable = |line| DossierFault::ManifestUnreadable { line };
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable(1))?;
    let mut listed = BTreeMap::new();
    for (n, line) in text.split_terminator('\n').enumerate() {
        let (path, digest) = parse_line(line).ok_or_else(|| unreadable(n + 1))?;
        if path.as_str() == MANIFEST || listed.insert(path, digest).is_some() {
            return Err(unreadable(n + 1));
        }
    }
    Ok(listed)
}

fn parse_line(line: &str) -> Option<(DossierPath, String)> {
    let (digest, path) = line.split_once("  ")?;
    let is_digit = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    if digest.len() != 64 || !digest.bytes().all(is_digit) {
        return None;
    }
    let path = path.parse::<DossierPath>().ok()?;
    Some((path, digest.to_owned()))
}

fn compare_names(
    listed: &BTreeMap<DossierPath, String>,
    places: &BTreeMap<DossierPath, usize>,
) -> Result<(), DossierFault> {
    if let Some(path) = listed.keys().find(|path| !places.contains_key(*path)) {
        return Err(DossierFault::FileMissing(path.clone()));
    }
    let is_added = |path: &&DossierPath| path.as_str() != MANIFEST && !listed.contains_key(*path);
    if let Some(path) = places.keys().find(is_added) {
        return Err(DossierFault::FileAdded(path.clone()));
    }
    let listing = DossierPath::own(LISTING);
    if !listed.contains_key(&listing) {
        return Err(DossierFault::FileMissing(listing));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
