//! The file in which a bundle comes: a zip, or a zip encrypted to the office that is to receive it.

use std::fs::{self, File};
use std::io::{self, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use age::x25519::Identity;
use anyhow::{Context, anyhow, bail};
use bech32::{Bech32, Hrp};
use netra_docket::ids::OfficeId;
use netra_store::Store;

use crate::backup::encryption::{self, MAGIC};
use crate::backup::files::private_file;

/// A bundle that can be read back and forth.
pub struct Envelope {
    file: File,
    /// Where it was decrypted to.
    scratch: Option<PathBuf>,
}

impl Envelope {
    /// The bundle from its beginning. All files that this gives share one place.
    pub fn file(&self) -> anyhow::Result<File> {
        let mut file = self.file.try_clone().context("opening the bundle again")?;
        file.rewind().context("going to the beginning of the bundle")?;
        Ok(file)
    }
}

impl Drop for Envelope {
    fn drop(&mut self) {
        if let Some(scratch) = &self.scratch {
            // On Unix it has no name any more since it was made.
            let _ = fs::remove_file(scratch);
        }
    }
}

/// The first bytes of a file: enough to tell what it is.
pub fn head(name: &Path) -> anyhow::Result<Vec<u8>> {
    let reading = || format!("reading {}", name.display());
    let mut head = Vec::new();
    File::open(name).with_context(reading)?.take(64).read_to_end(&mut head).with_context(reading)?;
    Ok(head)
}

/// Opens a bundle. An encrypted one is decrypted into a file without a name in `folder`: an archive has its index at
/// its end, so it can't be read while it is being decrypted.
pub fn open(name: &Path, identities: &[Identity], folder: &Path) -> anyhow::Result<Envelope> {
    let file = File::open(name).with_context(|| format!("reading {}", name.display()))?;
    opened(file, identities, folder, name)
}

/// The same of a file that is open already, such as one that came over the network.
pub fn of_file(file: File, identities: &[Identity], folder: &Path) -> anyhow::Result<Envelope> {
    opened(file, identities, folder, Path::new("the bundle that came"))
}

fn opened(mut file: File, identities: &[Identity], folder: &Path, name: &Path) -> anyhow::Result<Envelope> {
    let reading = || format!("reading {}", name.display());
    let mut head = Vec::new();
    let most = u64::try_from(MAGIC.len()).unwrap_or(u64::MAX);
    file.by_ref().take(most).read_to_end(&mut head).with_context(reading)?;
    file.rewind().with_context(reading)?;
    if head != MAGIC {
        return Ok(Envelope { file, scratch: None });
    }
    if identities.is_empty() {
        bail!(
            "{}: is encrypted: name the store of its receiver with --data, or a file of its secret key with --identity",
            name.display()
        );
    }
    let mut plain = encryption::decrypted(BufReader::new(file), identities, name)?;
    let mut envelope = scratch_in(folder)?;
    io::copy(&mut plain, &mut envelope.file)
        .with_context(|| format!("decrypting {} into {}", name.display(), folder.display()))?;
    Ok(envelope)
}

fn scratch_in(folder: &Path) -> anyhow::Result<Envelope> {
    let path = folder.join(format!(".bundle-{}", netra_web::hex(&netra_web::random_bytes::<8>())));
    let context = || format!("making {}", path.display());
    let file = private_file(&path).with_context(context)?;
    if cfg!(unix) {
        fs::remove_file(&path).with_context(context)?;
    }
    Ok(Envelope { file, scratch: Some(path) })
}

/// The secret keys of the offices of a store, to which bundles for them are encrypted.
pub async fn identities(store: &Store) -> anyhow::Result<Vec<Identity>> {
    let offices = store.offices().await.context("reading the offices")?;
    // Of an office whose key is not here nothing can be opened; the others still can.
    Ok(offices.iter().filter_map(|office| identity(store, &office.id).ok()).collect())
}

/// The secret key of an office in the form of age.
pub fn identity(store: &Store, office: &OfficeId) -> anyhow::Result<Identity> {
    let secret = store.transport_secret(office)?;
    let unusable = |why: String| anyhow!("the key of {office} for bundles can't be used: {why}");
    let prefix = Hrp::parse("age-secret-key-").map_err(|why| unusable(why.to_string()))?;
    let text = bech32::encode_upper::<Bech32>(prefix, &secret).map_err(|why| unusable(why.to_string()))?;
    text.parse().map_err(|why: &'static str| unusable(why.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_age_writes_it() {
        let prefix = Hrp::parse("age-secret-key-").unwrap();
        let text = bech32::encode_upper::<Bech32>(prefix, &[7; 32]).unwrap();
        assert!(text.starts_with("AGE-SECRET-KEY-1") && text.len() == 74, "{text}");
        let identity: Identity = text.parse().unwrap();
        assert!(identity.to_public().to_string().starts_with("age1"));
    }
}
