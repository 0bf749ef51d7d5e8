//! Reading an archive that somebody gives: everything is checked before anything is written.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};

use netra_docket::ids::OfficeId;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::archive::{HEADER, MANIFEST, SEAL, manifest_line};
use super::export::Digest;
use super::tables::{self, OLDEST};
use super::{BackupContents, BackupError, FORMAT, Header, damaged, reading_failed};
use crate::blobs::shard_of;
use crate::convert::{hex, read_some};
use crate::migrate;
use crate::types::StoreError;

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Largest header.
const MOST_HEADER: u64 = 64 << 20;
/// Longest line of a table.
const MOST_LINE: u64 = 256 << 20;
/// Largest file of keys or checkpoint.
const MOST_SMALL: u64 = 1 << 20;
/// Longest name of a checkpoint's file.
const MOST_NAME: usize = 100;

/// An entry by its name. What is none of these is in no backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// `netra-backup.json`.
    Header,
    /// `manifest.sha256`.
    Manifest,
    /// `tables/NAME.jsonl`.
    Table(String),
    /// `blobs/SHA256`.
    Blob(String),
    /// `keys/OFFICE.key`.
    Key(OfficeId),
    /// `ledger/OFFICE/FILE`.
    Ledger(OfficeId, String),
}

impl Item {
    /// The only way from a name in an archive to a path.
    fn of(name: &str) -> Option<Item> {
        match name.split_once('/') {
            None if name == HEADER => Some(Item::Header),
            None if name == MANIFEST => Some(Item::Manifest),
            Some(("tables", file)) => {
                let table = file.strip_suffix(".jsonl")?;
                let shaped = !table.is_empty() && table.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                shaped.then(|| Item::Table(table.to_owned()))
            }
            Some(("blobs", digest)) => shard_of(digest).is_ok().then(|| Item::Blob(digest.to_owned())),
            Some(("keys", file)) => Some(Item::Key(file.strip_suffix(".key")?.parse().ok()?)),
            Some(("ledger", path)) => {
                let (office, file) = path.split_once('/')?;
                let office = office.parse().ok()?;
                is_plain(file).then(|| Item::Ledger(office, file.to_owned()))
            }
            _ => None,
        }
    }
}

/// Whether a name is that of a plain file on any system: none that is hidden, none that leads elsewhere.
pub(super) fn is_plain(name: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    (1..=MOST_NAME).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(allowed)
}

/// An archive in which every byte is what it was when the backup was made.
pub(super) struct Checked<R> {
    archive: ZipArchive<R>,
    /// What it holds.
    pub(super) contents: BackupContents,
}

impl<R: Read + Seek> Checked<R> {
    /// Reads and hashes everything.
    ///
    /// # Errors
    /// It is no whole backup, or one that a newer program made.
    pub(super) fn open(mut input: R) -> Result<Checked<R>, StoreError> {
        check_seal(&mut input)?;
        let mut archive = ZipArchive::new(input).map_err(unpacking_failed("its index"))?;
        let contents = read_header(&mut archive)?;
        let (digests, rows) = digest_all(&mut archive)?;
        check_manifest(&mut archive, &digests)?;
        check_tables(&contents, &rows)?;
        Ok(Checked { archive, contents })
    }

    /// How many entries there are.
    pub(super) fn entries(&self) -> usize {
        self.archive.len()
    }

    /// What the entry at a place is.
    pub(super) fn item(&self, index: usize) -> Result<Item, StoreError> {
        item(&self.archive, index).map(|(_, item)| item)
    }

    /// The bytes of the entry at a place.
    pub(super) fn entry(&mut self, index: usize) -> Result<ZipFile<'_, R>, StoreError> {
        self.archive.by_index(index).map_err(unpacking_failed("an entry"))
    }

    /// The bytes of the entry at a place, if they are few.
    pub(super) fn small(&mut self, index: usize) -> Result<Vec<u8>, StoreError> {
        read_limited(self.entry(index)?, MOST_SMALL, "a small file")
    }

    /// The lines of a table.
    pub(super) fn lines(&mut self, table: &str) -> Result<Lines<ZipFile<'_, R>>, StoreError> {
        let name = format!("tables/{table}.jsonl");
        let file = self.archive.by_name(&name).map_err(unpacking_failed(&name))?;
        Ok(Lines { source: BufReader::with_capacity(PIECE, file), name })
    }
}

/// Lines of a table, read one by one.
pub(super) struct Lines<R> {
    source: BufReader<R>,
    name: String,
}

impl<R: Read> Lines<R> {
    /// The next line without its end; none after the last.
    pub(super) fn next_line(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        let mut line = Vec::new();
        self.source
            .by_ref()
            .take(MOST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(reading_failed(self.name.as_str()))?;
        match line.pop() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(line)),
            Some(_) => Err(damaged(format!("a line of {} has no end", self.name))),
        }
    }
}

/// Whether the last bytes are the digest of all bytes before them.
fn check_seal(input: &mut (impl Read + Seek)) -> Result<(), StoreError> {
    let failed = || reading_failed("its seal");
    let length = input.seek(SeekFrom::End(0)).map_err(failed())?;
    let seal_length = u64::try_from(SEAL).unwrap_or(u64::MAX);
    let body = length.checked_sub(seal_length).ok_or_else(|| damaged("it is too short"))?;
    input.seek(SeekFrom::Start(0)).map_err(failed())?;
    let digest = digest(&mut input.by_ref().take(body), |_| {}).map_err(failed())?;
    let mut seal = [0; SEAL];
    input.read_exact(&mut seal).map_err(failed())?;
    if seal == *hex(&digest).as_bytes() {
        return Ok(());
    }
    Err(damaged("its seal does not fit: it is another kind of file, or bytes of it were changed or cut off"))
}

fn digest(source: &mut impl Read, mut seen: impl FnMut(&[u8])) -> io::Result<Digest> {
    let mut buffer = vec![0; PIECE];
    let mut hasher = Sha256::new();
    loop {
        let piece = read_some(source, &mut buffer)?;
        if piece.is_empty() {
            return Ok(hasher.finalize().into());
        }
        seen(piece);
        hasher.update(piece);
    }
}

/// The version of the layout, which stands where it is in every layout.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

fn read_header<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<BackupContents, StoreError> {
    let file = archive.by_name(HEADER).map_err(unpacking_failed(HEADER))?;
    let json = read_limited(file, MOST_HEADER, HEADER)?;
    let unreadable = |error: serde_json::Error| damaged(format!("{HEADER} is not understood: {error}"));
    let Version { format } = serde_json::from_slice(&json).map_err(unreadable)?;
    require_known("format", i64::from(format), i64::from(FORMAT))?;
    let Header { contents, .. } = serde_json::from_slice(&json).map_err(unreadable)?;
    require_known("schema", contents.schema, migrate::newest())?;
    if contents.schema < OLDEST {
        return Err(damaged(format!("no program made backups of schema {}", contents.schema)));
    }
    Ok(contents)
}

fn require_known(what: &'static str, found: i64, known: i64) -> Result<(), StoreError> {
    if found > known { Err(BackupError::Newer { what, found, known }.into()) } else { Ok(()) }
}

fn read_limited(source: impl Read, most: u64, name: &str) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    source.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(reading_failed(name))?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= most => Ok(bytes),
        _ => Err(damaged(format!("{name} is longer than {most} bytes"))),
    }
}

/// The name of the entry at a place, and what it is.
fn item<R: Read + Seek>(archive: &ZipArchive<R>, index: usize) -> Result<(String, Item), StoreError> {
    let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned();
    match Item::of(&name) {
        Some(item) => Ok((name, item)),
        None => Err(damaged(format!("it holds {name:?}, which no backup has"))),
    }
}

/// The digest of every entry, in order, and how many lines each table has.
fn digest_all<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(Vec<Digest>, BTreeMap<String, u64>), StoreError> {
    if archive.has_duplicate_names() {
        return Err(damaged("two of its entries have the same name"));
    }
    let (mut digests, mut rows) = (Vec::with_capacity(archive.len()), BTreeMap::new());
    for index in 0..archive.len() {
        let (name, item) = item(archive, index)?;
        let mut file = archive.by_index(index).map_err(unpacking_failed(&name))?;
        let mut lines: u64 = 0;
        let count = |piece: &[u8]| lines += piece.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        let digest = digest(&mut file, count).map_err(reading_failed(&name))?;
        match item {
            Item::Table(table) => {
                rows.insert(table, lines);
            }
            Item::Blob(expected) if expected != hex(&digest) => return Err(StoreError::BlobChanged(expected)),
            _ => {}
        }
        digests.push(digest);
    }
    Ok((digests, rows))
}

/// Whether the last entry is a manifest that names every other one with its digest.
fn check_manifest<R: Read + Seek>(archive: &mut ZipArchive<R>, digests: &[Digest]) -> Result<(), StoreError> {
    let Some((_, others)) = digests.split_last() else { return Err(damaged("it is empty")) };
    if item(archive, others.len())?.1 != Item::Manifest {
        return Err(damaged(format!("its last entry is not {MANIFEST}")));
    }
    let names = archive.metadata();
    let mut manifest = archive.by_index(others.len()).map_err(unpacking_failed(MANIFEST))?;
    for (index, digest) in others.iter().enumerate() {
        let entry = names.entry(index).map_err(unpacking_failed(MANIFEST))?;
        let name = entry.name().map_err(unpacking_failed(MANIFEST))?;
        let expected = manifest_line(&hex(digest), &name);
        let mut line = vec![0; expected.len()];
        let read = manifest.read_exact(&mut line);
        if read.is_err() || line != expected.as_bytes() {
            return Err(damaged(format!("{name} is not what {MANIFEST} says of it")));
        }
    }
    match manifest.read(&mut [0]).map_err(reading_failed(MANIFEST))? {
        0 => Ok(()),
        _ => Err(damaged(format!("{MANIFEST} names more than there is"))),
    }
}

/// Whether the tables are those of their version of the schema, with as many rows as the header says.
fn check_tables(contents: &BackupContents, rows: &BTreeMap<String, u64>) -> Result<(), StoreError> {
    for table in tables::at(contents.schema) {
        match (rows.get(table.name), contents.tables.get(table.name)) {
            (Some(found), Some(said)) if found == said => {}
            (None, _) => return Err(damaged(format!("tables/{}.jsonl is missing", table.name))),
            _ => return Err(damaged(format!("tables/{}.jsonl has not as many rows as it should have", table.name))),
        }
    }
    let stranger = rows.keys().find(|name| !tables::at(contents.schema).any(|table| table.name == name.as_str()));
    match stranger {
        None => Ok(()),
        Some(name) => Err(damaged(format!("schema {} has no table {name}", contents.schema))),
    }
}

fn unpacking_failed(what: impl Into<String>) -> impl FnOnce(ZipError) -> StoreError {
    let what = what.into();
    move |error| match error {
        ZipError::Io(source) => BackupError::Read { what, source }.into(),
        ZipError::FileNotFound => damaged(format!("{what} is missing")),
        other => damaged(format!("{what} can't be unpacked ({other})")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn only_the_names_of_a_backup_lead_to_a_place() {
        let digest = "ab".repeat(32);
        let office: OfficeId = "bawaslu-contoh".parse().unwrap();
        for (name, item) in [
            ("netra-backup.json".to_owned(), Item::Header),
            ("manifest.sha256".to_owned(), Item::Manifest),
            ("tables/calendar_changes.jsonl".to_owned(), Item::Table("calendar_changes".to_owned())),
            (format!("blobs/{digest}"), Item::Blob(digest.clone())),
            ("keys/bawaslu-contoh.key".to_owned(), Item::Key(office.clone())),
            (
                "ledger/bawaslu-contoh/2024-01-19.checkpoint".to_owned(),
                Item::Ledger(office, "2024-01-19.checkpoint".to_owned()),
            ),
        ] {
            assert_eq!(Item::of(&name), Some(item), "{name}");
        }
        let upper = format!("blobs/{}", digest.to_uppercase());
        for name in [
            "",
            "x",
            "../x",
            "/etc/passwd",
            "tables/../acts.jsonl",
            "tables/acts.jsonl/x",
            "tables/.jsonl",
            "tables/acts",
            "blobs/ab",
            upper.as_str(),
            "blobs/../x",
            "keys/../x.key",
            "keys/x",
            "keys/A.key",
            "ledger/bawaslu-contoh",
            "ledger/bawaslu-contoh/..",
            "ledger/bawaslu-contoh/.x",
            "ledger/bawaslu-contoh/a/b",
            "ledger/bawaslu-contoh/a\\b",
            "ledger/../x/checkpoint",
            "ledger/bawaslu-contoh/",
        ] {
            assert_eq!(Item::of(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_no_backup_is_refused_in_words() {
        for (bytes, words) in
            [(vec![], "too short"), (vec![b'x'; 63], "too short"), (vec![b'0'; 64], "another kind of file")]
        {
            let error = Checked::open(Cursor::new(bytes)).err().unwrap();
            assert!(error.to_string().contains(words), "{error}");
        }
        let sealed = [&b"no zip"[..], crate::convert::sha256(&[b"no zip"]).as_bytes()].concat();
        let error = Checked::open(Cursor::new(sealed)).err().unwrap();
        assert!(error.to_string().contains("its index can't be unpacked"), "{error}");
    }

    #[test]
    fn a_line_without_end_was_cut_off() {
        let mut lines = Lines { source: BufReader::new(&b"one\n\ntwo"[..]), name: "tables/acts.jsonl".to_owned() };
        assert_eq!(lines.next_line().unwrap().unwrap(), b"one");
        assert_eq!(lines.next_line().unwrap().unwrap(), b"");
        assert!(lines.next_line().unwrap_err().to_string().contains("a line of tables/acts.jsonl has no end"));
    }
}
