//! Opening an archive that comes from elsewhere: names, numbers and lengths are judged before any content is read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, SeekFrom};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::check::BundleLimits;
use super::fault::BundleFault;
use crate::dossier::{LISTING, hex};
use crate::path::DossierPath;

/// Bytes of the record with which an archive ends, if it has no comment.
const END: usize = 22;
/// What that record begins with.
const END_MARK: [u8; 4] = *b"PK\x05\x06";
/// Bytes that a list of files takes for one of them, at most: a header, a name, what else there may be.
const LISTED: u64 = 512;
/// Bytes below which no ratio is asked for: a short text of one letter is no bomb.
const SMALL: u64 = 1 << 20;
/// Most bytes of a file that is read as a whole: a list, an act, a proof.
const WHOLE: u64 = 64 << 20;

/// Whether an archive is a [dossier](crate::Dossier) rather than a bundle, by the names in it. What can't be read is
/// neither.
pub fn is_dossier(input: impl Read + Seek) -> bool {
    ZipArchive::new(input).is_ok_and(|archive| archive.index_for_name(LISTING).is_some())
}

/// Where an entry is.
#[derive(Clone, Copy, Debug)]
struct Place {
    index: usize,
    size: u64,
}

/// An archive whose names are safe and whose lengths are within the limits.
pub(super) struct Opened<R> {
    archive: ZipArchive<R>,
    places: BTreeMap<DossierPath, Place>,
}

impl<R: Read + Seek> Opened<R> {
    /// Judges an archive without unpacking anything.
    pub(super) fn new(mut input: R, limits: &BundleLimits) -> Result<Opened<R>, BundleFault> {
        check_end(&mut input, limits)?;
        let mut archive = ZipArchive::new(input).map_err(BundleFault::NotZip)?;
        if archive.offset() != 0 || !archive.comment().is_empty() {
            return Err(BundleFault::Surrounded);
        }
        if archive.len() > limits.files {
            return Err(BundleFault::TooManyFiles { limit: limits.files });
        }
        if archive.has_duplicate_names() {
            return Err(BundleFault::NameTwice("one name".to_owned()));
        }
        let places = places(&archive, limits)?;
        // Unpackers differ in which of an archive's two descriptions of a file they believe, so both have to
        // agree, and no file may hide from one of them.
        archive.validate_header_consistency().map_err(BundleFault::NotZip)?;
        Ok(Opened { archive, places })
    }

    /// All paths, without the folder.
    pub(super) fn paths(&self) -> impl Iterator<Item = &DossierPath> {
        self.places.keys()
    }

    pub(super) fn has(&self, path: &DossierPath) -> bool {
        self.places.contains_key(path)
    }

    /// How many bytes a file has, as the archive says; reading gives no more.
    pub(super) fn size(&self, path: &DossierPath) -> Option<u64> {
        self.places.get(path).map(|place| place.size)
    }

    /// A file, to be read in pieces.
    pub(super) fn file(&mut self, path: &DossierPath) -> Result<ZipFile<'_, R>, BundleFault> {
        let Some(place) = self.places.get(path) else { return Err(BundleFault::FileMissing(path.clone())) };
        self.archive.by_index(place.index).map_err(|_| BundleFault::FileChanged(path.clone()))
    }

    /// A small file as a whole, with its digest.
    pub(super) fn whole(&mut self, path: &DossierPath) -> Result<(Vec<u8>, String), BundleFault> {
        let size = self.size(path).ok_or_else(|| BundleFault::FileMissing(path.clone()))?;
        if size > WHOLE {
            return Err(BundleFault::TooLarge { limit: WHOLE });
        }
        let mut bytes = Vec::new();
        let read = self.file(path)?.take(size.saturating_add(1)).read_to_end(&mut bytes);
        if read.ok().and_then(|count| u64::try_from(count).ok()) != Some(size) {
            return Err(BundleFault::FileChanged(path.clone()));
        }
        let digest = hex(&Sha256::digest(&bytes));
        Ok((bytes, digest))
    }

    /// A small file as text.
    pub(super) fn text(&mut self, path: &DossierPath) -> Result<(String, String), BundleFault> {
        let (bytes, digest) = self.whole(path)?;
        let text = String::from_utf8(bytes).map_err(|_| BundleFault::FileChanged(path.clone()))?;
        Ok((text, digest))
    }
}

/// Looks at how long the list of files is before it is read: reading it takes memory.
fn check_end(input: &mut (impl Read + Seek), limits: &BundleLimits) -> Result<(), BundleFault> {
    let failed = |error: std::io::Error| BundleFault::NotZip(error.into());
    let length = input.seek(SeekFrom::End(0)).map_err(failed)?;
    let Some(at) = length.checked_sub(END as u64) else {
        return Err(failed(std::io::ErrorKind::UnexpectedEof.into()));
    };
    let mut end = [0_u8; END];
    input.seek(SeekFrom::Start(at)).map_err(failed)?;
    input.read_exact(&mut end).map_err(failed)?;
    input.rewind().map_err(failed)?;
    let [a, b, c, d, .., s0, s1, s2, s3, _, _, _, _, _, _] = end;
    if [a, b, c, d] != END_MARK {
        return Err(failed(std::io::ErrorKind::InvalidData.into()));
    }
    let listed = u64::from(u32::from_le_bytes([s0, s1, s2, s3]));
    let most = LISTED.saturating_mul(u64::try_from(limits.files).unwrap_or(u64::MAX));
    // The largest value says that the length stands elsewhere: then there are files beyond 4 GiB, and the list lies
    // between the last of them and this record. How long that is shows only when it is read.
    if listed > most && listed != u64::from(u32::MAX) {
        return Err(BundleFault::TooManyFiles { limit: limits.files });
    }
    Ok(())
}

fn places<R: Read + Seek>(
    archive: &ZipArchive<R>,
    limits: &BundleLimits,
) -> Result<BTreeMap<DossierPath, Place>, BundleFault> {
    let (mut places, mut folded, mut folder) = (BTreeMap::new(), BTreeSet::new(), None);
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(BundleFault::NotZip)?;
        let name = entry.name().map_err(BundleFault::NotZip)?.into_owned();
        let size = entry.size();
        let ratio = limits.ratio.max(1);
        if size > SMALL && size / ratio > entry.compressed_size() {
            return Err(BundleFault::Bomb { path: name, ratio });
        }
        total = total.saturating_add(size);
        if total > limits.total {
            return Err(BundleFault::TooLarge { limit: limits.total });
        }
        let Some((base, path)) = split(&name) else { return Err(BundleFault::PathUnsafe(name)) };
        if !entry.is_file() || entry.encrypted() || *folder.get_or_insert_with(|| base.clone()) != base {
            return Err(BundleFault::PathUnsafe(name));
        }
        if !folded.insert(path.as_str().to_ascii_lowercase()) {
            return Err(BundleFault::NameTwice(name));
        }
        places.insert(path, Place { index, size });
    }
    Ok(places)
}

/// The one folder, and the path in it.
fn split(name: &str) -> Option<(DossierPath, DossierPath)> {
    let (base, path) = name.split_once('/')?;
    Some((base.parse().ok()?, path.parse().ok()?))
}
