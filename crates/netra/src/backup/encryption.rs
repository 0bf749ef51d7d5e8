//! Backups that only the owner of a key can read: the age format, which the tools `age` and `rage` read too.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use age::stream::StreamWriter;
use age::x25519::{Identity, Recipient};
use age::{DecryptError, Decryptor, Encryptor};
use anyhow::{Context, anyhow, bail};

/// What every file in the age format begins with.
pub const MAGIC: &[u8] = b"age-encryption.org/v1";

/// Reads public keys.
pub fn recipients(keys: &[String]) -> anyhow::Result<Vec<Recipient>> {
    let read = |key: &String| {
        key.parse::<Recipient>().map_err(|why| {
            anyhow!("--recipient {key}: {why}; a public key looks like age1… and is printed by `age-keygen -y KEYFILE`")
        })
    };
    keys.iter().map(read).collect()
}

/// Reads the secret keys of a file as `age-keygen` writes it: one a line, comments begin with `#`.
pub fn identities(file: &Path) -> anyhow::Result<Vec<Identity>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading --identity {}", file.display()))?;
    let lines = text.lines().map(str::trim).zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    // The line itself is a secret, or nearly one: only its number is told.
    let read = |(line, n): (&str, usize)| {
        line.parse::<Identity>()
            .map_err(|why| anyhow!("--identity {}: line {n} is no secret key of age ({why})", file.display()))
    };
    let identities = lines.map(read).collect::<anyhow::Result<Vec<_>>>()?;
    if identities.is_empty() {
        bail!("--identity {}: there is no secret key in it; it looks like AGE-SECRET-KEY-1…", file.display());
    }
    Ok(identities)
}

/// The file of a backup, encrypted or not.
pub enum Out {
    Plain(BufWriter<File>),
    Encrypted(Box<StreamWriter<BufWriter<File>>>),
}

impl Out {
    /// Encrypts what is written to the recipients, if there are any.
    pub fn new(file: File, recipients: &[Recipient]) -> anyhow::Result<Out> {
        let file = BufWriter::new(file);
        if recipients.is_empty() {
            return Ok(Out::Plain(file));
        }
        let encryptor = Encryptor::with_recipients(recipients.iter().map(|key| key as &dyn age::Recipient))
            .context("preparing the encryption")?;
        let writer = encryptor.wrap_output(file).context("beginning the encryption")?;
        Ok(Out::Encrypted(Box::new(writer)))
    }

    /// Writes what is still held back, and gives the file back.
    pub fn finish(self) -> io::Result<File> {
        let file = match self {
            Out::Plain(file) => file,
            Out::Encrypted(writer) => writer.finish()?,
        };
        file.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Plain(file) => file.write(bytes),
            Out::Encrypted(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Plain(file) => file.flush(),
            Out::Encrypted(writer) => writer.flush(),
        }
    }
}

/// The plain bytes of an encrypted file. Fails before the first byte if none of the keys opens it.
pub fn decrypted(source: impl Read, identities: &[Identity], name: &Path) -> anyhow::Result<impl Read> {
    let decryptor =
        Decryptor::new(source).with_context(|| format!("{}: reading how it is encrypted", name.display()))?;
    let keys = identities.iter().map(|key| key as &dyn age::Identity);
    match decryptor.decrypt(keys) {
        Ok(plain) => Ok(plain),
        Err(DecryptError::NoMatchingKeys) => {
            bail!("{}: none of the given keys opens it; it was encrypted to another key", name.display())
        }
        Err(other) => Err(other).with_context(|| format!("{}: decrypting it", name.display())),
    }
}
