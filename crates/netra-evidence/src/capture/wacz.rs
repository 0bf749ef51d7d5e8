//! Web archives with a table of contents (WACZ 1.1): a zip archive whose `datapackage.json` has the digest of every file.

use std::collections::HashSet;
use std::io::{self, Read, Seek};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::check::{Check, DigestCheck};
use super::warc::{Warc, list};
use super::{CaptureError, Completeness, MAX_LISTED, address};
use crate::bytes;
use crate::entry::{is_plain, is_safe};

/// The most files of an archive.
const MAX_FILES: usize = 20_000;

/// The largest table of contents.
const MAX_CONTENTS: u64 = 8 << 20;

/// How much of the list of pages is read. It may hold the pages' words too.
const MAX_PAGES: u64 = 64 << 20;

const CONTENTS: &str = "datapackage.json";
const CONTENTS_DIGEST: &str = "datapackage-digest.json";

/// What a web archive with a table of contents holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wacz {
    /// The title that its maker gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Timestamp>,
    /// The program that put it together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
    /// Whether the digest of the table of contents itself is right.
    pub contents: DigestCheck,
    /// Whether somebody signed it.
    pub signature: SignatureState,
    /// The files in the table of contents.
    pub resources: Vec<Resource>,
    /// Files that are not in it, so that nothing vouches for them.
    pub unlisted: Vec<String>,
    /// Files that were left alone, because they lead elsewhere or are links.
    pub skipped: Vec<String>,
    /// The pages that its maker visited.
    pub pages: Vec<Page>,
    /// How many pages there are more.
    pub pages_left_out: u64,
    /// Everything that was captured on the way.
    pub captured: Warc,
}

/// A file in the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resource {
    /// Its name in the archive.
    pub path: String,
    /// Number of bytes; none if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Whether it is the one that the table names.
    pub state: ResourceState,
}

/// Whether a file is the one that the table of contents names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceState {
    /// Digest and size are right.
    Right,
    /// Digest or size is another one.
    Wrong,
    /// The archive does not have it.
    Missing,
    /// The table states no digest that is computed here, or a name that leads elsewhere.
    NotChecked,
}

/// Whether a capture is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureState {
    /// It is not.
    Absent,
    /// It is; the signature was not checked here.
    NotVerified,
}

/// A page that was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Its address.
    pub address: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
}

#[derive(Deserialize)]
struct ContentsJson {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    created: Option<String>,
    #[serde(default)]
    software: Option<String>,
    resources: Vec<ResourceJson>,
}

#[derive(Deserialize)]
struct ResourceJson {
    path: String,
    #[serde(default)]
    hash: Option<String>,
    #[serde(default)]
    bytes: Option<u64>,
}

#[derive(Deserialize)]
struct DigestJson {
    hash: String,
    #[serde(default, rename = "signedData")]
    signed_data: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct PageJson {
    url: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    ts: Option<String>,
}

/// Reads an archive; none if it has no table of contents. `limit` is what it may unpack to.
pub(super) fn read<R: Read + Seek>(source: &mut R, limit: u64) -> Result<Option<Wacz>, CaptureError> {
    let zip = match ZipArchive::new(source).map_err(CaptureError::of_archive) {
        Ok(zip) => zip,
        Err(CaptureError::Read(error)) => return Err(CaptureError::Read(error)),
        Err(_) => return Ok(None),
    };
    if zip.index_for_name(CONTENTS).is_none() {
        return Ok(None);
    }
    if zip.len() > MAX_FILES || zip.has_duplicate_names() {
        return Err(CaptureError::Ambiguous);
    }
    let mut archive = Archive { zip, left: limit, limit };
    let raw = archive.small(CONTENTS, MAX_CONTENTS)?.unwrap_or_default();
    let contents: ContentsJson = serde_json::from_slice(&raw).map_err(|_| CaptureError::Contents)?;
    let (contents_check, signature) = archive.contents_digest(&raw)?;
    let resources = archive.resources(&contents.resources)?;
    let (unlisted, skipped) = archive.others(&contents.resources)?;
    let (pages, pages_left_out) = archive.pages()?;
    let captured = archive.captured()?;
    Ok(Some(Wacz {
        title: contents.title.as_deref().and_then(bytes::clean),
        created: contents.created.as_deref().and_then(|time| time.parse().ok()),
        software: contents.software.as_deref().and_then(bytes::clean),
        contents: contents_check,
        signature,
        resources,
        unlisted,
        skipped,
        pages,
        pages_left_out,
        captured,
    }))
}

/// An archive, and how much may still be unpacked from it.
struct Archive<R> {
    zip: ZipArchive<R>,
    left: u64,
    limit: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Takes what was unpacked off what may be.
    fn spend(&mut self, unpacked: u64) -> Result<(), CaptureError> {
        self.left = self.left.checked_sub(unpacked).ok_or(CaptureError::TooLarge { limit: self.limit })?;
        Ok(())
    }

    /// The bytes of a small file, if there is one.
    fn small(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, CaptureError> {
        let Some(place) = self.zip.index_for_name(name) else { return Ok(None) };
        let most = most.min(self.left);
        let file = self.zip.by_index(place).map_err(CaptureError::of_archive)?;
        let mut content = Vec::new();
        match file.take(most.saturating_add(1)).read_to_end(&mut content) {
            // Damaged: what could be unpacked is looked at, and its digest will be wrong.
            Err(error) if !bytes::is_of_content(&error) => return Err(CaptureError::Read(error)),
            _ => {}
        }
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if size > most {
            return Err(CaptureError::TooLarge { limit: most });
        }
        self.spend(size)?;
        Ok(Some(content))
    }

    /// Whether the table of contents is the one that its own digest names, and whether that is signed.
    fn contents_digest(&mut self, contents: &[u8]) -> Result<(DigestCheck, SignatureState), CaptureError> {
        let Some(raw) = self.small(CONTENTS_DIGEST, MAX_CONTENTS)? else {
            return Ok((DigestCheck::NotStated, SignatureState::Absent));
        };
        let Ok(stated) = serde_json::from_slice::<DigestJson>(&raw) else {
            return Ok((DigestCheck::NotChecked, SignatureState::Absent));
        };
        let mut check = Check::new(&stated.hash);
        check.update(contents);
        let signature = stated.signed_data.map_or(SignatureState::Absent, |_| SignatureState::NotVerified);
        Ok((check.finish(), signature))
    }

    /// Computes the digest of every file in the table.
    fn resources(&mut self, listed: &[ResourceJson]) -> Result<Vec<Resource>, CaptureError> {
        if listed.len() > MAX_FILES {
            return Err(CaptureError::Ambiguous);
        }
        listed.iter().map(|resource| self.resource(resource)).collect()
    }

    fn resource(&mut self, listed: &ResourceJson) -> Result<Resource, CaptureError> {
        let path = address(&listed.path);
        if !is_safe(&listed.path) {
            return Ok(Resource { path, size: None, state: ResourceState::NotChecked });
        }
        let Some(place) = self.zip.index_for_name(&listed.path) else {
            return Ok(Resource { path, size: None, state: ResourceState::Missing });
        };
        let mut check = listed.hash.as_deref().map(Check::new);
        let size = self.unpack(place, |piece| {
            if let Some(check) = &mut check {
                check.update(piece);
            }
        })?;
        let Some(size) = size else {
            return Ok(Resource { path, size: None, state: ResourceState::Wrong });
        };
        let is_size_wrong = listed.bytes.is_some_and(|stated| stated != size);
        let state = match check.map(Check::finish) {
            Some(DigestCheck::Wrong) => ResourceState::Wrong,
            _ if is_size_wrong => ResourceState::Wrong,
            Some(DigestCheck::Right) => ResourceState::Right,
            _ => ResourceState::NotChecked,
        };
        Ok(Resource { path, size: Some(size), state })
    }

    /// Unpacks a file piece by piece to nowhere; none if it is damaged.
    fn unpack(&mut self, place: usize, mut each: impl FnMut(&[u8])) -> Result<Option<u64>, CaptureError> {
        let file = self.zip.by_index(place).map_err(CaptureError::of_archive)?;
        let mut file = file.take(self.left.saturating_add(1));
        let mut buffer = vec![0; 64 << 10];
        let mut size: u64 = 0;
        let mut is_damaged = false;
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => {
                    each(buffer.get(..count).unwrap_or_default());
                    size = size.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if bytes::is_of_content(&error) => {
                    is_damaged = true;
                    break;
                }
                Err(error) => return Err(CaptureError::Read(error)),
            }
        }
        drop(file);
        self.spend(size)?;
        Ok((!is_damaged).then_some(size))
    }

    /// Files that the table does not have, and those that are left alone.
    fn others(&mut self, listed: &[ResourceJson]) -> Result<(Vec<String>, Vec<String>), CaptureError> {
        let listed: HashSet<&str> = listed.iter().map(|resource| resource.path.as_str()).collect();
        let (mut unlisted, mut skipped) = (Vec::new(), Vec::new());
        for place in 0..self.zip.len() {
            let entry = self.zip.by_index_data(place).map_err(CaptureError::of_archive)?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if !is_safe(&name) || !is_plain(entry.unix_mode()) {
                skipped.push(address(&name));
            } else if !entry.is_dir() && !listed.contains(name.as_str()) && name != CONTENTS && name != CONTENTS_DIGEST
            {
                unlisted.push(address(&name));
            }
        }
        Ok((unlisted, skipped))
    }

    /// The list of pages: one JSON object in each line, the first of which is a head.
    fn pages(&mut self) -> Result<(Vec<Page>, u64), CaptureError> {
        let mut pages = Vec::new();
        let mut left_out = 0;
        for name in ["pages/pages.jsonl", "pages/extraPages.jsonl"] {
            let content = self.small(name, MAX_PAGES)?.unwrap_or_default();
            for line in content.split(|byte| *byte == b'\n') {
                let Ok(page) = serde_json::from_slice::<PageJson>(line) else { continue };
                if pages.len() == MAX_LISTED {
                    left_out += 1;
                    continue;
                }
                let time = page.ts.as_deref().and_then(|time| time.parse().ok());
                pages.push(Page {
                    address: address(&page.url),
                    title: page.title.as_deref().and_then(bytes::clean),
                    time,
                });
            }
        }
        Ok((pages, left_out))
    }

    /// The records of all archives inside.
    fn captured(&mut self) -> Result<Warc, CaptureError> {
        let mut all = Warc { captured: Vec::new(), left_out: 0, others: 0, completeness: Completeness::Whole };
        let names: Vec<String> =
            self.zip.file_names_raw().filter_map(|name| std::str::from_utf8(name).ok()).map(str::to_owned).collect();
        let mut left = self.limit;
        let is_archive = |name: &&String| name.starts_with("archive/") && is_safe(name);
        for name in names.iter().filter(is_archive) {
            let Some(place) = self.zip.index_for_name(name) else { continue };
            let file = self.zip.by_index(place).map_err(CaptureError::of_archive)?;
            let one = list(file, &mut left)?;
            for captured in one.captured {
                if all.captured.len() < MAX_LISTED {
                    all.captured.push(captured);
                } else {
                    all.left_out += 1;
                }
            }
            all.left_out += one.left_out;
            all.others += one.others;
            if all.completeness == Completeness::Whole {
                all.completeness = one.completeness;
            }
        }
        Ok(all)
    }
}
