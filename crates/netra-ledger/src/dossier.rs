//! Writing a dossier.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::DossierPath;

/// The file that lists the digest of every other file.
pub const MANIFEST: &str = "manifest.sha256";

/// The file that describes the dossier.
pub const LISTING: &str = "dossier.json";

/// Names the layout of [`LISTING`]; a later layout gets another name.
pub const FORMAT: &str = "netra-dossier/1";

/// One file of a dossier, as [`LISTING`] shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Where it is in the dossier.
    pub path: DossierPath,
    /// Number of bytes.
    pub size: u64,
    /// SHA-256 of the bytes as 64 lowercase hexadecimal digits.
    pub sha256: String,
}

/// What [`LISTING`] holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Listing {
    pub(crate) format: String,
    pub(crate) header: serde_json::Value,
    pub(crate) files: Vec<FileEntry>,
}

/// Why a dossier cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// Two files would have one place; systems that ignore capitals would keep only one of them.
    #[error("the dossier already has a file at '{0}' (capitals do not count)")]
    Twice(DossierPath),
    /// The place is kept for what [`Dossier::finish`] writes.
    #[error("'{0}' is written by the dossier itself: choose another path")]
    Reserved(DossierPath),
    /// The header does not serialise.
    #[error("the dossier's header cannot be written as JSON")]
    Header(#[source] serde_json::Error),
    /// The archive cannot be written.
    #[error("the dossier's archive cannot be written")]
    Archive(#[source] ZipError),
}

/// A dossier that is being put together.
#[derive(Clone, Default)]
#[doc(alias = "berkas perkara")]
pub struct Dossier {
    files: BTreeMap<DossierPath, Vec<u8>>,
}

impl Dossier {
    /// A dossier without files.
    pub fn new() -> Dossier {
        Dossier::default()
    }

    /// Adds a file. The order of additions does not matter.
    ///
    /// # Errors
    /// The path is taken.
    pub fn add(&mut self, path: DossierPath, bytes: impl Into<Vec<u8>>) -> Result<(), DossierError> {
        let same = |other: &str| other.eq_ignore_ascii_case(path.as_str());
        if same(MANIFEST) || same(LISTING) {
            return Err(DossierError::Reserved(path));
        }
        if self.files.keys().any(|other| same(other.as_str())) {
            return Err(DossierError::Twice(path));
        }
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// Writes the archive. The header says whose dossier it is; its maps are written in the order of
    /// their keys, so that equal headers give equal bytes.
    ///
    /// # Errors
    /// The header does not serialise, or the archive grows beyond what the zip format holds.
    pub fn finish<T: Serialize>(self, header: &T) -> Result<Vec<u8>, DossierError> {
        let listing = Listing {
            format: FORMAT.to_owned(),
            header: serde_json::to_value(header).map_err(DossierError::Header)?,
            files: self.files.iter().map(|(path, bytes)| entry(path, bytes)).collect(),
        };
        let mut json = serde_json::to_vec_pretty(&listing).map_err(DossierError::Header)?;
        json.push(b'\n');

        let mut all: BTreeMap<&str, &[u8]> =
            self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        all.insert(LISTING, &json);
        let manifest: String =
            all.iter().map(|(path, bytes)| format!("{}  {path}\n", hex(&Sha256::digest(bytes)))).collect();
        all.insert(MANIFEST, manifest.as_bytes());
        archive(all).map_err(DossierError::Archive)
    }
}

/// Shows the files' names and sizes; their bytes may be anybody's private matter.
impl fmt::Debug for Dossier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.len()));
        f.debug_map().entries(sizes).finish()
    }
}

fn entry(path: &DossierPath, bytes: &[u8]) -> FileEntry {
    FileEntry {
        path: path.clone(),
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        sha256: hex(&Sha256::digest(bytes)),
    }
}

/// Everything that the zip format would take from the machine or the clock is fixed.
fn archive(files: BTreeMap<&str, &[u8]>) -> Result<Vec<u8>, ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(path, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::verify;

    fn path(text: &str) -> DossierPath {
        text.parse().unwrap()
    }

    #[test]
    fn the_order_of_additions_does_not_matter() {
        let files: [(&str, &[u8]); 3] = [("acts/0002.json", b"{}"), ("acts/0001.json", b"[]"), ("b.pdf", b"%PDF-")];
        let mut forward = Dossier::new();
        let mut backward = Dossier::new();
        for (name, bytes) in files {
            forward.add(path(name), bytes).unwrap();
        }
        for (name, bytes) in files.into_iter().rev() {
            backward.add(path(name), bytes).unwrap();
        }
        let header: HashMap<String, u8> = (0..20).map(|n| (format!("key{n}"), n)).collect();
        let same: HashMap<String, u8> = (0..20).rev().map(|n| (format!("key{n}"), n)).collect();
        assert_eq!(forward.finish(&header).unwrap(), backward.finish(&same).unwrap());
    }

    #[test]
    fn a_place_is_given_once() {
        let mut dossier = Dossier::new();
        dossier.add(path("Surat.pdf"), b"1".as_slice()).unwrap();
        let twice = dossier.add(path("surat.pdf"), b"2".as_slice()).unwrap_err();
        assert!(matches!(twice, DossierError::Twice(_)), "{twice}");
        for own in [MANIFEST, LISTING, "Dossier.json"] {
            let refused = dossier.add(path(own), b"3".as_slice()).unwrap_err();
            assert!(matches!(refused, DossierError::Reserved(_)), "{refused}");
        }
    }

    #[test]
    fn a_header_that_is_not_json_is_refused() {
        let header: HashMap<(u8, u8), u8> = [((1, 2), 3)].into();
        let error = Dossier::new().finish(&header).unwrap_err();
        assert!(matches!(error, DossierError::Header(_)), "{error}");
    }

    #[test]
    fn a_dossier_without_files_is_whole() {
        let bytes = Dossier::new().finish(&"empty").unwrap();
        let verified = verify(&bytes, 10_000).unwrap();
        assert_eq!(verified.header, serde_json::json!("empty"));
        assert!(verified.files.is_empty());
    }

    #[test]
    fn debug_output_keeps_contents_to_itself() {
        let mut dossier = Dossier::new();
        dossier.add(path("saksi.txt"), b"nama saksi".as_slice()).unwrap();
        assert_eq!(format!("{dossier:?}"), r#"{"saksi.txt": 10}"#);
    }
}
