//! The files of the two commands: a backup appears under its name only once it is whole, and what had to be
//! decrypted does not stay.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use netra_store::SCRATCH;

use super::encryption::{self, MAGIC};

/// A backup that is being written, beside the name that it will have. Removed if it is not kept.
pub struct Draft {
    part: PathBuf,
    out: PathBuf,
}

impl Draft {
    /// Makes the file, for the program's own user only.
    pub fn begin(out: &Path) -> anyhow::Result<(Draft, File)> {
        refuse_existing(out)?;
        let mut part = out.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = private_file(&part).with_context(|| match part.exists() {
            true => format!(
                "making {}: another command is writing it, or one was interrupted; then remove this file",
                part.display()
            ),
            false => format!("making {}", part.display()),
        })?;
        Ok((Draft { part, out: out.to_owned() }, file))
    }

    /// Brings the file to the disk and gives it its name; tells of how many bytes.
    pub fn keep(self, file: &File) -> anyhow::Result<u64> {
        let context = || format!("bringing {} to the disk", self.out.display());
        file.sync_all().with_context(context)?;
        refuse_existing(&self.out)?;
        fs::rename(&self.part, &self.out).with_context(context)?;
        if cfg!(unix) {
            let folder = self.out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(folder).and_then(|folder| folder.sync_all()).with_context(context)?;
        }
        Ok(file.metadata().with_context(context)?.len())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Once it was kept there is none any more; what can't be removed is refused at the next attempt.
        let _ = fs::remove_file(&self.part);
    }
}

fn refuse_existing(out: &Path) -> anyhow::Result<()> {
    if out.try_exists().with_context(|| format!("looking for {}", out.display()))? {
        bail!("{}: there is such a file already; name a new one with --out", out.display());
    }
    Ok(())
}

/// Makes a new file that only the program's own user can read.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// An archive that can be read back and forth.
pub struct Archive {
    file: File,
    /// Where it was decrypted to.
    scratch: Option<PathBuf>,
}

impl Archive {
    /// The archive from its beginning.
    pub fn file(&self) -> anyhow::Result<&File> {
        let mut file = &self.file;
        file.rewind().context("going to the beginning of the backup")?;
        Ok(file)
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        if let Some(scratch) = &self.scratch {
            // On Unix it has no name any more since it was made.
            let _ = fs::remove_file(scratch);
        }
    }
}

/// Opens a backup. An encrypted one is decrypted into the folder where the store will lie: an archive has its
/// index at its end, so it can't be read while it is being decrypted.
pub fn open_archive(name: &Path, identity: Option<&Path>, folder: &Path) -> anyhow::Result<Archive> {
    let reading = || format!("reading {}", name.display());
    let mut file = File::open(name).with_context(reading)?;
    let mut head = Vec::new();
    let length = u64::try_from(MAGIC.len()).unwrap_or(0);
    (&file).take(length).read_to_end(&mut head).with_context(reading)?;
    file.rewind().with_context(reading)?;
    match (head == MAGIC, identity) {
        (false, None) => Ok(Archive { file, scratch: None }),
        (false, Some(_)) => {
            bail!("{}: is not encrypted: look whether it is the right file, or leave --identity out", name.display())
        }
        (true, None) => bail!("{}: is encrypted: name the file of its secret key with --identity", name.display()),
        (true, Some(identity)) => {
            let identities = encryption::identities(identity)?;
            let mut plain = encryption::decrypted(BufReader::new(file), &identities, name)?;
            let mut archive = scratch_in(folder)?;
            io::copy(&mut plain, &mut archive.file)
                .with_context(|| format!("decrypting {} into {}", name.display(), folder.display()))?;
            Ok(archive)
        }
    }
}

/// A file in a folder that is not there yet or empty. Where the system can do that it loses its name at once,
/// and so vanishes with the program, whatever becomes of that.
fn scratch_in(folder: &Path) -> anyhow::Result<Archive> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("making {}", folder.display()))?;
    let path = folder.join(SCRATCH);
    let context = || format!("making {}: if an earlier restore left it, remove it", path.display());
    let file = private_file(&path).with_context(context)?;
    if cfg!(unix) {
        fs::remove_file(&path).with_context(context)?;
    }
    Ok(Archive { file, scratch: Some(path) })
}
