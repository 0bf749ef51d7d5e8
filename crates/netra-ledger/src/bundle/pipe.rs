//! Digests of many files: one thread unpacks, another one hashes what came.

use std::io::{ErrorKind, Read, Seek};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use sha2::{Digest as _, Sha256};

use super::fault::BundleFault;
use super::open::Opened;
use crate::dossier::hex;
use crate::path::DossierPath;

/// Bytes of a piece.
const PIECE: usize = 256 << 10;
/// Pieces that may wait to be hashed: with their length this is what the memory is bounded by.
const AHEAD: usize = 8;

/// What the hashing thread gets.
enum Work {
    /// A buffer, of which so many bytes count.
    Piece(Vec<u8>, usize),
    /// The file is at its end; the buffer was not needed any more.
    End(Vec<u8>),
}

/// The digests of some files, in their order, as 64 lowercase hexadecimal digits.
///
/// # Errors
/// The first file that can't be read to the length that the archive tells.
pub(super) fn digests<R: Read + Seek>(
    opened: &mut Opened<R>,
    paths: &[DossierPath],
) -> Result<Vec<String>, BundleFault> {
    let (work, waiting) = sync_channel(AHEAD);
    let (used, spare) = channel();
    thread::scope(|scope| {
        let hashing = scope.spawn(move || hash(&waiting, &used));
        let read = paths.iter().try_for_each(|path| unpack(opened, path, &work, &spare));
        // Without a sender the other thread comes to its end.
        drop(work);
        let digests = hashing.join().map_err(|_| BundleFault::CutOff)?;
        read.map(|()| digests)
    })
}

fn unpack<R: Read + Seek>(
    opened: &mut Opened<R>,
    path: &DossierPath,
    work: &SyncSender<Work>,
    spare: &Receiver<Vec<u8>>,
) -> Result<(), BundleFault> {
    let changed = || BundleFault::FileChanged(path.clone());
    let mut left = opened.size(path).ok_or_else(|| BundleFault::FileMissing(path.clone()))?;
    let mut file = opened.file(path)?;
    loop {
        let mut buffer = spare.try_recv().unwrap_or_else(|_| vec![0; PIECE]);
        let count = loop {
            match file.read(&mut buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other.map_err(|_| changed())?,
            }
        };
        left = left.checked_sub(count as u64).ok_or_else(changed)?;
        if count == 0 && left > 0 {
            return Err(changed());
        }
        let next = if count == 0 { Work::End(buffer) } else { Work::Piece(buffer, count) };
        work.send(next).map_err(|_| BundleFault::CutOff)?;
        if count == 0 {
            return Ok(());
        }
    }
}

fn hash(waiting: &Receiver<Work>, used: &Sender<Vec<u8>>) -> Vec<String> {
    let (mut digests, mut hasher) = (Vec::new(), Sha256::new());
    for work in waiting {
        let buffer = match work {
            Work::Piece(buffer, count) => {
                hasher.update(buffer.get(..count).unwrap_or_default());
                buffer
            }
            Work::End(buffer) => {
                digests.push(hex(&std::mem::take(&mut hasher).finalize()));
                buffer
            }
        };
        // Nobody waits for it any more once everything is read.
        let _ = used.send(buffer);
    }
    digests
}
