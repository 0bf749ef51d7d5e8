//! The keys of offices: one that encrypts the vault, one that signs the ledger. They lie in a folder beside
//! the database and never in it, so that who gets the database alone can neither read names nor sign.
//!
//! A key that was lost cannot be made again: the database remembers a fingerprint of each, and a new key is
//! made only for an office that never had one.

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use netra_docket::ids::OfficeId;
use netra_ledger::{KeyName, SigningKey, WitnessKey};
use sha2::{Digest as _, Sha256};

use crate::convert::{hex, random, sha256};
use crate::types::StoreError;

/// What stands before an office's id in the name of its ledger.
pub(crate) const ORIGIN: &str = "netra/";
/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce of XChaCha20-Poly1305, long enough to be drawn at random for every value.
const NONCE: usize = 24;

/// A key that encrypts. Its bytes are wiped when it is dropped.
pub(crate) struct SecretKey(XChaCha20Poly1305);

impl SecretKey {
    pub(crate) fn new(bytes: [u8; KEY]) -> SecretKey {
        SecretKey(XChaCha20Poly1305::new(&Key::from(bytes)))
    }

    /// Encrypts, bound to a context that must be the same when decrypting. The nonce stands in front.
    pub(crate) fn encrypt(&self, plain: &[u8], context: &[u8]) -> Result<Vec<u8>, StoreError> {
        let nonce = random::<NONCE>()?;
        let sealed = self.0.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context });
        let sealed = sealed.map_err(|_| StoreError::Sealing)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts; none if key or context are not those of the encryption, or a byte was changed.
    pub(crate) fn decrypt(&self, sealed: &[u8], context: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context }).ok()
    }
}

/// The keys of an office.
pub(crate) struct OfficeKeys {
    /// Encrypts the keys of the vault's rows.
    pub(crate) vault: SecretKey,
    /// Signs the checkpoints of the office's ledger.
    pub(crate) ledger: SigningKey,
    /// Countersigns the checkpoints of others.
    pub(crate) witness: WitnessKey,
    /// The secret to which bundles for the office are encrypted (X25519).
    pub(crate) transport: [u8; KEY],
    /// Tells the keys from others without telling them.
    pub(crate) fingerprint: String,
    /// Turns words into what the search keeps of them.
    search: [u8; KEY],
}

impl fmt::Debug for OfficeKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfficeKeys({})", self.fingerprint)
    }
}

impl OfficeKeys {
    fn new(office: &OfficeId, vault: [u8; KEY], ledger: [u8; KEY]) -> Result<OfficeKeys, StoreError> {
        let name: KeyName = format!("{ORIGIN}{office}").parse().map_err(|_| StoreError::Sealing)?;
        let second: KeyName = format!("{ORIGIN}{office}/witness").parse().map_err(|_| StoreError::Sealing)?;
        // A witness must not sign with the key of a ledger: its own comes from that one, and does not lead back.
        let secret: [u8; KEY] =
            Sha256::new().chain_update(b"netra witness key\n").chain_update(ledger).finalize().into();
        let search = Sha256::new().chain_update(b"netra search key\n").chain_update(vault).finalize().into();
        // The same for what opens bundles, so that one file holds everything that must not be lost.
        let transport = Sha256::new().chain_update(b"netra transport key\n").chain_update(ledger).finalize().into();
        let fingerprint = sha256(&[b"netra keys\n", &vault, &ledger]).chars().take(16).collect();
        let (vault, witness) = (SecretKey::new(vault), WitnessKey::new(second, &secret));
        Ok(OfficeKeys { vault, ledger: SigningKey::new(name, &ledger), witness, transport, fingerprint, search })
    }
}

impl OfficeKeys {
    /// What the search keeps of a word: the first eight bytes of HMAC-SHA-256 (RFC 2104).
    pub(crate) fn search_term(&self, word: &str) -> i64 {
        let mut key = hmac::digest::Key::<Hmac<Sha256>>::default();
        for (place, byte) in key.iter_mut().zip(self.search) {
            *place = byte;
        }
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&key);
        mac.update(word.as_bytes());
        let digest = mac.finalize().into_bytes();
        digest.first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes))
    }
}

/// The setting in which the database remembers the fingerprint of an office's keys.
pub(crate) fn fingerprint_setting(office: &OfficeId) -> String {
    format!("keys/{office}")
}

/// The folder of keys. Each file is read once.
#[derive(Debug)]
pub(crate) struct KeyRing {
    folder: PathBuf,
    read: RwLock<HashMap<OfficeId, Arc<OfficeKeys>>>,
}

impl KeyRing {
    pub(crate) fn new(folder: PathBuf) -> KeyRing {
        KeyRing { folder, read: RwLock::default() }
    }

    /// The same folder with nothing read yet, to see what lies there now.
    pub(crate) fn unread(&self) -> KeyRing {
        KeyRing::new(self.folder.clone())
    }

    /// The keys of an office, made before.
    pub(crate) fn get(&self, office: &OfficeId) -> Result<Arc<OfficeKeys>, StoreError> {
        if let Some(keys) = self.read.read().unwrap_or_else(PoisonError::into_inner).get(office) {
            return Ok(keys.clone());
        }
        let path = self.path(office);
        let text = fs::read_to_string(&path).map_err(|source| key_error("reading", &path, source))?;
        let keys = Arc::new(parse(office, &text).ok_or_else(|| {
            key_error("reading", &path, io::Error::new(io::ErrorKind::InvalidData, "it is not a file of keys"))
        })?);
        self.read.write().unwrap_or_else(PoisonError::into_inner).insert(office.clone(), keys.clone());
        Ok(keys)
    }

    /// Makes keys for an office that has none in this folder yet.
    pub(crate) fn make(&self, office: &OfficeId) -> Result<(), StoreError> {
        let path = self.path(office);
        let text = format!(
            "# Keys of {office}. Keep a copy apart from the database: without it names cannot be read again.\n\
             vault {}\nledger {}\n",
            hex(&random::<KEY>()?),
            hex(&random::<KEY>()?)
        );
        match write_secret(&path, text.as_bytes()) {
            // Another process was quicker; its keys are as good.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other.map_err(|source| key_error("making", &path, source)),
        }
    }

    pub(crate) fn path(&self, office: &OfficeId) -> PathBuf {
        self.folder.join(format!("{office}.key"))
    }
}

fn key_error(doing: &'static str, path: &Path, source: io::Error) -> StoreError {
    StoreError::Keys { doing, path: path.display().to_string(), source }
}

/// Writes a file that only the program's own user can read, and brings it to the disk.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn parse(office: &OfficeId, text: &str) -> Option<OfficeKeys> {
    let key = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
        bytes_of(line.trim())
    };
    OfficeKeys::new(office, key("vault")?, key("ledger")?).ok()
}

fn bytes_of(hex: &str) -> Option<[u8; KEY]> {
    let digits = (hex.len() == 2 * KEY && hex.is_ascii()).then_some(hex)?;
    let mut bytes = [0; KEY];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> (tempfile::TempDir, KeyRing, OfficeId) {
        let folder = tempfile::tempdir().unwrap();
        let ring = KeyRing::new(folder.path().to_owned());
        (folder, ring, "bawaslu-contoh".parse().unwrap())
    }

    #[test]
    fn keys_are_made_once_and_read_back() {
        let (folder, ring, office) = ring();
        assert!(matches!(ring.get(&office), Err(StoreError::Keys { doing: "reading", .. })));
        ring.make(&office).unwrap();
        let first = ring.get(&office).unwrap();
        ring.make(&office).unwrap();
        let again = KeyRing::new(folder.path().to_owned()).get(&office).unwrap();
        assert_eq!(first.fingerprint, again.fingerprint);
        assert_eq!(first.ledger.verifier(), again.ledger.verifier());
        assert_eq!(first.ledger.verifier().name().as_str(), "netra/bawaslu-contoh");
        let shown = format!("{ring:?}");
        assert!(!shown.contains("vault"), "{shown}");
    }

    #[test]
    #[cfg(unix)]
    fn only_the_programs_own_user_can_read_keys() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, ring, office) = ring();
        ring.make(&office).unwrap();
        let file = fs::metadata(folder.path().join("bawaslu-contoh.key")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_of_keys_is_refused() {
        let (folder, ring, office) = ring();
        for text in
            ["", "vault 00", "vault zz\nledger zz", &format!("vault {}\nledger {}", "0".repeat(63), "0".repeat(64))]
        {
            fs::write(folder.path().join("bawaslu-contoh.key"), text).unwrap();
            let failure = ring.get(&office).unwrap_err();
            assert!(matches!(failure, StoreError::Keys { .. }), "{text}: {failure:?}");
        }
    }

    #[test]
    fn what_is_encrypted_opens_with_its_key_and_context_only() {
        let key = SecretKey::new([7; KEY]);
        let sealed = key.encrypt(b"nama rekaan", b"row 1").unwrap();
        assert_eq!(key.decrypt(&sealed, b"row 1").unwrap(), b"nama rekaan");
        assert_eq!(key.decrypt(&sealed, b"row 2"), None);
        assert_eq!(SecretKey::new([8; KEY]).decrypt(&sealed, b"row 1"), None);
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(key.decrypt(&changed, b"row 1"), None, "byte {place}");
        }
        assert_eq!(key.decrypt(&sealed[..10], b"row 1"), None);
        assert_ne!(key.encrypt(b"nama rekaan", b"row 1").unwrap(), sealed, "a nonce of its own each time");
    }
}
