//! An export on the disk, as a text or an archive.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use netra_evidence::chat::{Archive, Message, Options, Summary, read_stream};
use netra_evidence::{Digest, Hasher};

/// An export as it lies on the disk.
pub(super) enum Source {
    Text { file: File, digest: Digest, options: Options },
    Archive { archive: Box<Archive<File>>, digest: Digest },
}

impl Source {
    pub(super) fn open(path: &Path, options: Options) -> anyhow::Result<Source> {
        let mut file = File::open(path)?;
        let (digest, is_archive) = digest(&mut file)?;
        if is_archive {
            let archive = Box::new(Archive::open(file, &options)?);
            Ok(Source::Archive { archive, digest })
        } else {
            Ok(Source::Text { file, digest, options })
        }
    }

    /// Hands the messages over; what stops the reader is the result of `each`.
    pub(super) fn read(&mut self, mut each: impl FnMut(Message<'_>) -> anyhow::Result<()>) -> anyhow::Result<Summary> {
        let mut failure = None;
        let each = |message: Message<'_>| match each(message) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        };
        let summary = match self {
            Source::Text { file, options, .. } => {
                file.rewind()?;
                read_stream(file, options, each)
            }
            Source::Archive { archive, .. } => archive.read(each),
        };
        match failure {
            Some(error) => Err(error),
            None => Ok(summary?),
        }
    }

    /// What identifies the file.
    pub(super) fn digest(&self) -> Digest {
        match self {
            Source::Text { digest, .. } | Source::Archive { digest, .. } => *digest,
        }
    }
}

/// The digest of a file, and whether it begins like an archive.
fn digest(file: &mut File) -> io::Result<(Digest, bool)> {
    let (mut hasher, mut buffer) = (Hasher::new(), vec![0; 256 << 10]);
    let mut is_archive = None;
    loop {
        let read = match file.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            result => result?,
        };
        let piece = buffer.get(..read).unwrap_or_default();
        is_archive.get_or_insert(piece.starts_with(b"PK\x03\x04") || piece.starts_with(b"PK\x05\x06"));
        if read == 0 {
            file.rewind()?;
            return Ok((hasher.finish(), is_archive.unwrap_or(false)));
        }
        hasher.update(piece);
    }
}
