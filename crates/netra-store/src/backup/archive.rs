//! The file of a backup: a zip that is written without going back, with the digest of each entry in it and a
//! seal at its end.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest as _, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::convert::hex;

/// The entry that describes the backup.
pub(super) const HEADER: &str = "netra-backup.json";
/// The last entry, with the digests of all others.
pub(super) const MANIFEST: &str = "manifest.sha256";
/// Bytes of the seal: a SHA-256 in hex.
pub(super) const SEAL: usize = 64;
/// How hard tables are compressed: while they are, others wait for the disk.
const QUICK: i64 = 3;

/// How an entry is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// As it is: photographs and films are compressed already.
    Stored,
    /// Compressed.
    Squeezed,
}

/// An archive that is being written.
pub(super) struct Archive<W: Write> {
    // Dropped before `zip`, which would otherwise write its end although the rest is missing.
    unfinished: Unfinished,
    zip: ZipWriter<StreamWriter<Tap<W>>>,
    manifest: String,
    open: Option<Open>,
}

/// The entry that is being written.
struct Open {
    name: String,
    digest: Sha256,
}

impl<W: Write> Archive<W> {
    pub(super) fn new(out: W) -> Archive<W> {
        let given_up = Arc::new(AtomicBool::new(false));
        let tap = Tap { out, given_up: given_up.clone(), digest: Sha256::new(), held: Vec::new(), passed: 0 };
        Archive {
            unfinished: Unfinished(given_up),
            zip: ZipWriter::new_stream(tap),
            manifest: String::new(),
            open: None,
        }
    }

    /// Begins an entry, and ends the one before.
    pub(super) fn begin(&mut self, name: &str, packing: Packing) -> io::Result<()> {
        self.end()?;
        self.zip.start_file(name, options(packing))?;
        self.open = Some(Open { name: name.to_owned(), digest: Sha256::new() });
        Ok(())
    }

    /// Adds bytes to the entry that was begun last.
    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Err(io::Error::other("no entry has been begun")) };
        open.digest.update(bytes);
        self.zip.write_all(bytes)
    }

    /// A whole entry.
    pub(super) fn put(&mut self, name: &str, bytes: &[u8], packing: Packing) -> io::Result<()> {
        self.begin(name, packing)?;
        self.add(bytes)
    }

    /// Ends the entry that was begun last; gives its digest in hex, nothing if there is none.
    pub(super) fn end(&mut self) -> io::Result<Option<String>> {
        let Some(Open { name, digest }) = self.open.take() else { return Ok(None) };
        let digest = hex(digest.finalize().as_slice());
        self.manifest.push_str(&manifest_line(&digest, &name));
        Ok(Some(digest))
    }

    /// Writes the manifest, the index and the seal; gives the writer back, and how many bytes it was given.
    pub(super) fn finish(mut self) -> io::Result<(W, u64)> {
        self.end()?;
        let manifest = std::mem::take(&mut self.manifest);
        self.put(MANIFEST, manifest.as_bytes(), Packing::Squeezed)?;
        // Keeps the place of the seal, which `Tap` knows only once everything else has passed.
        self.zip.set_comment("0".repeat(SEAL))?;
        let Archive { unfinished: _kept, zip, .. } = self;
        zip.finish()?.into_inner().seal()
    }
}

/// A line as `sha256sum` writes it.
pub(super) fn manifest_line(digest: &str, name: &str) -> String {
    format!("{digest}  {name}\n")
}

/// Everything that the format would take from the machine or the clock is fixed. Any entry may be larger than
/// 4 GiB: how large it is shows only at its end.
fn options(packing: Packing) -> SimpleFileOptions {
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o600)
        .large_file(true);
    match packing {
        Packing::Stored => plain.compression_method(CompressionMethod::Stored),
        Packing::Squeezed => plain.compression_method(CompressionMethod::Deflated).compression_level(Some(QUICK)),
    }
}

/// Tells the tap, when dropped, that nothing more shall come out.
struct Unfinished(Arc<AtomicBool>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Hashes what passes, and holds the last bytes back: the seal takes their place. Once the backup is given up
/// nothing passes any more, so that half a backup never looks like a whole one.
struct Tap<W> {
    out: W,
    given_up: Arc<AtomicBool>,
    digest: Sha256,
    held: Vec<u8>,
    passed: u64,
}

impl<W: Write> Tap<W> {
    fn pass(&mut self) -> io::Result<()> {
        let ready = self.held.len().saturating_sub(SEAL);
        let (ready, _) = self.held.split_at_checked(ready).unwrap_or_default();
        self.out.write_all(ready)?;
        self.digest.update(ready);
        self.passed = self.passed.saturating_add(u64::try_from(ready.len()).unwrap_or(u64::MAX));
        let done = ready.len();
        self.held.drain(..done);
        Ok(())
    }

    /// Writes the seal in place of what was kept for it.
    fn seal(mut self) -> io::Result<(W, u64)> {
        if self.held != "0".repeat(SEAL).as_bytes() {
            return Err(io::Error::other("the archive does not end with the place of its seal"));
        }
        let seal = hex(self.digest.finalize().as_slice());
        self.out.write_all(seal.as_bytes())?;
        self.out.flush()?;
        Ok((self.out, self.passed.saturating_add(u64::try_from(SEAL).unwrap_or(u64::MAX))))
    }
}

impl<W: Write> Write for Tap<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.given_up.load(Ordering::Relaxed) {
            return Ok(bytes.len());
        }
        self.held.extend_from_slice(bytes);
        match self.pass() {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                self.given_up.store(true, Ordering::Relaxed);
                Err(error)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.given_up.load(Ordering::Relaxed) { Ok(()) } else { self.out.flush() }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use zip::ZipArchive;

    use super::*;
    use crate::convert::sha256;

    fn small() -> Vec<u8> {
        let mut archive = Archive::new(Vec::new());
        archive.put("tables/acts.jsonl", b"{}\n", Packing::Squeezed).unwrap();
        archive.begin("blobs/x", Packing::Stored).unwrap();
        archive.add(b"ab").unwrap();
        archive.add(b"c").unwrap();
        assert_eq!(archive.end().unwrap().unwrap(), sha256(&[b"abc"]));
        let (bytes, count) = archive.finish().unwrap();
        assert_eq!(u64::try_from(bytes.len()).unwrap(), count);
        bytes
    }

    #[test]
    fn the_last_bytes_seal_all_bytes_before_them() {
        let bytes = small();
        let (body, seal) = bytes.split_at(bytes.len() - SEAL);
        assert_eq!(sha256(&[body]).as_bytes(), seal);
        assert_eq!(bytes, small(), "the same content gives the same bytes");
    }

    #[test]
    fn the_manifest_is_last_and_names_every_other_entry() {
        let mut archive = ZipArchive::new(Cursor::new(small())).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["tables/acts.jsonl", "blobs/x", MANIFEST]);
        let mut manifest = String::new();
        archive.by_name(MANIFEST).unwrap().read_to_string(&mut manifest).unwrap();
        let expected = [("{}\n", "tables/acts.jsonl"), ("abc", "blobs/x")];
        let expected = expected.map(|(bytes, name)| manifest_line(&sha256(&[bytes.as_bytes()]), name));
        assert_eq!(manifest, expected.concat());
        assert_eq!(archive.by_name("blobs/x").unwrap().compression(), CompressionMethod::Stored);
    }

    /// Gives its bytes to the test, and fails beyond a limit.
    struct Disk {
        bytes: Arc<std::sync::Mutex<Vec<u8>>>,
        room: usize,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut kept = self.bytes.lock().unwrap();
            if kept.len() + bytes.len() > self.room {
                return Err(io::Error::from(io::ErrorKind::StorageFull));
            }
            kept.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_given_up_is_no_archive() {
        let bytes = Arc::<std::sync::Mutex<Vec<u8>>>::default();
        let mut archive = Archive::new(Disk { bytes: bytes.clone(), room: usize::MAX });
        archive.put("blobs/x", &[7; 1000], Packing::Stored).unwrap();
        drop(archive);
        let written = bytes.lock().unwrap().clone();
        assert!(written.len() > 500 && ZipArchive::new(Cursor::new(written)).is_err());
    }

    #[test]
    fn a_full_disk_is_told() {
        for room in [0, 10, 200, 1100, 1300] {
            let mut archive = Archive::new(Disk { bytes: Arc::default(), room });
            let written = archive.put("blobs/x", &[7; 1000], Packing::Stored).and_then(|()| archive.finish());
            assert_eq!(written.err().unwrap().kind(), io::ErrorKind::StorageFull, "{room}");
        }
    }
}
