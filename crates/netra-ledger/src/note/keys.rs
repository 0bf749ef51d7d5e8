//! Names and keys of those who sign notes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::{NoteError, NoteSignature};
use crate::dossier::hex;

/// The latest time that a cosignature may name (C2SP tlog-cosignature): 2⁶³ - 1 seconds.
pub(crate) const MAX_TIME: u64 = u64::MAX / 2;

/// The name of a key, and of the ledger that it signs for: best an address without scheme, such as
/// `netra.example/kabupaten-contoh`. Nothing has to answer there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// The longest name, in bytes. Newer kinds of cosignatures allow no more (C2SP tlog-cosignature).
    pub const MAX_LEN: usize = 255;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyName {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<KeyName, KeyError> {
        let is_foreign = |c: char| c.is_whitespace() || c == '+' || c < ' ';
        if text.is_empty() || text.len() > KeyName::MAX_LEN || text.contains(is_foreign) {
            return Err(KeyError::Name);
        }
        Ok(KeyName(text.to_owned()))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a key cannot be read. Keys come from settings, so the text is for operators.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A name that would not stand out in a signature line.
    #[error(
        "a key's name has 1 to {max} bytes, without spaces, '+' and control characters, for example \
         netra.example/kabupaten-contoh",
        max = KeyName::MAX_LEN
    )]
    Name,
    /// Not three parts.
    #[error("a verifier key is written name+id+key, for example example.com/foo+530d903a+AekyeRrm…; copy it whole")]
    Form,
    /// A key part that holds no key.
    #[error("the verifier key of {0} is not a type and 32 bytes in base64 after its second '+'; copy it whole")]
    Material(KeyName),
    /// A kind of key that this program does not know.
    #[error(
        "the verifier key of {name} is of type {kind:#04x}; this program knows 0x01 (Ed25519) and 0x04 \
         (Ed25519 cosignatures), ask the owner for one of these"
    )]
    Kind {
        /// Whose key.
        name: KeyName,
        /// The type byte.
        kind: u8,
    },
    /// The bytes are no point of the curve, or one under which anybody can sign.
    #[error("the verifier key of {0} is no Ed25519 key that can be trusted; ask the owner for another")]
    Weak(KeyName),
    /// The id does not belong to the name and the key.
    #[error("the verifier key of {name} should have the id {expected}: a part of it was changed; copy it whole")]
    Id {
        /// Whose key.
        name: KeyName,
        /// The id that name and key give.
        expected: KeyId,
    },
}

/// What a key signs ([C2SP signed-note](https://c2sp.org/signed-note), signature types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The text of the note: type `0x01`.
    Text,
    /// The text with the time at which a witness saw it: type `0x04`
    /// ([C2SP tlog-cosignature](https://c2sp.org/tlog-cosignature)).
    Cosignature,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            KeyKind::Text => 0x01,
            KeyKind::Cosignature => 0x04,
        }
    }

    fn from_byte(byte: u8) -> Option<KeyKind> {
        [KeyKind::Text, KeyKind::Cosignature].into_iter().find(|kind| kind.byte() == byte)
    }
}

/// Tells keys of one name apart: the first four bytes of SHA-256 over the name, a newline, the type and
/// the public key. It is short because it protects nothing; the verifier key does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

impl KeyId {
    fn of(name: &KeyName, kind: KeyKind, key: &[u8; 32]) -> KeyId {
        let digest =
            Sha256::new().chain_update(name.as_str()).chain_update([b'\n', kind.byte()]).chain_update(key).finalize();
        let [a, b, c, d, ..] = <[u8; 32]>::from(digest);
        KeyId([a, b, c, d])
    }
}

/// As 8 lowercase hexadecimal digits.
impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// The public part of a key: enough to check its signatures. Its text form is the vkey of C2SP
/// signed-note, `name+id+key`.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    id: KeyId,
    kind: KeyKind,
    key: VerifyingKey,
}

impl VerifierKey {
    /// A key from its parts. `public` is an Ed25519 key as in RFC 8032.
    ///
    /// # Errors
    /// The bytes are no key, or one of the few under which anybody can sign.
    pub fn new(name: KeyName, kind: KeyKind, public: &[u8; 32]) -> Result<VerifierKey, KeyError> {
        match VerifyingKey::from_bytes(public) {
            Ok(key) if !key.is_weak() => Ok(VerifierKey::of(name, kind, key)),
            _ => Err(KeyError::Weak(name)),
        }
    }

    fn of(name: KeyName, kind: KeyKind, key: VerifyingKey) -> VerifierKey {
        let id = KeyId::of(&name, kind, key.as_bytes());
        VerifierKey { name, id, kind, key }
    }

    /// Whose key it is.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// Tells it from other keys of the name.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// What it signs.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Checks a signature over a text. A cosignature gives the time that it names, in Unix seconds.
    pub(super) fn check(&self, text: &str, signature: &[u8]) -> Result<Option<u64>, NoteError> {
        let wrong = || NoteError::Wrong { name: self.name.clone(), id: self.id };
        let (time, message, signature) = match self.kind {
            KeyKind::Text => (None, Cow::Borrowed(text), signature),
            KeyKind::Cosignature => {
                let (time, signature) = signature.split_first_chunk::<8>().ok_or_else(wrong)?;
                let time = u64::from_be_bytes(*time);
                (Some(time), Cow::Owned(cosigned(text, time)), signature)
            }
        };
        let signature = Signature::from_slice(signature).map_err(|_| wrong())?;
        self.key.verify_strict(message.as_bytes(), &signature).map_err(|_| wrong())?;
        if time.is_some_and(|time| time > MAX_TIME) { Err(wrong()) } else { Ok(time) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, self.id, BASE64_STANDARD.encode(bytes))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<VerifierKey, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
        let (id, material) = rest.split_once('+').ok_or(KeyError::Form)?;
        let name: KeyName = name.parse()?;
        let material = BASE64_STANDARD.decode(material).unwrap_or_default();
        let Some((kind, public)) = material.split_first() else { return Err(KeyError::Material(name)) };
        let Some(kind) = KeyKind::from_byte(*kind) else { return Err(KeyError::Kind { name, kind: *kind }) };
        let Ok(public) = <&[u8; 32]>::try_from(public) else { return Err(KeyError::Material(name)) };
        let key = VerifierKey::new(name, kind, public)?;
        if key.id.to_string() == id { Ok(key) } else { Err(KeyError::Id { name: key.name, expected: key.id }) }
    }
}

/// What a witness signs (C2SP tlog-cosignature, Ed25519 signed message).
fn cosigned(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// Both parts of a key. Forgets the secret when dropped.
struct Pair {
    verifier: VerifierKey,
    secret: ed25519_dalek::SigningKey,
}

impl Pair {
    fn new(name: KeyName, kind: KeyKind, secret: &[u8; 32]) -> Pair {
        let secret = ed25519_dalek::SigningKey::from_bytes(secret);
        Pair { verifier: VerifierKey::of(name, kind, secret.verifying_key()), secret }
    }

    fn line(&self, bytes: Vec<u8>) -> NoteSignature {
        NoteSignature { name: self.verifier.name.clone(), id: self.verifier.id, bytes }
    }

    fn sign(&self, message: &str) -> [u8; 64] {
        let signature: Signature = self.secret.sign(message.as_bytes());
        signature.to_bytes()
    }
}

/// The secret key of a ledger. It signs texts.
pub struct SigningKey(Pair);

impl SigningKey {
    /// A key from 32 random bytes, which are the secret of RFC 8032. The same bytes may serve several
    /// names.
    pub fn new(name: KeyName, secret: &[u8; 32]) -> SigningKey {
        SigningKey(Pair::new(name, KeyKind::Text, secret))
    }

    /// The part that everybody may know.
    pub fn verifier(&self) -> &VerifierKey {
        &self.0.verifier
    }

    pub(crate) fn sign(&self, text: &str) -> NoteSignature {
        self.0.line(self.0.sign(text).to_vec())
    }
}

/// Shows the public part only.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier())
    }
}

/// The secret key of a witness. It signs what [`witness`](fn@crate::witness) found to be consistent, and
/// nothing else.
pub struct WitnessKey(Pair);

impl WitnessKey {
    /// A key from 32 random bytes, which are the secret of RFC 8032. They must not serve another name or
    /// a ledger: what a witness signs does not contain its name.
    pub fn new(name: KeyName, secret: &[u8; 32]) -> WitnessKey {
        WitnessKey(Pair::new(name, KeyKind::Cosignature, secret))
    }

    /// The part that everybody may know.
    pub fn verifier(&self) -> &VerifierKey {
        &self.0.verifier
    }

    /// `time` is in Unix seconds, at most [`MAX_TIME`].
    pub(crate) fn cosign(&self, text: &str, time: u64) -> NoteSignature {
        let mut bytes = time.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.0.sign(&cosigned(text, time)));
        self.0.line(bytes)
    }
}

/// Shows the public part only.
impl fmt::Debug for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WitnessKey({})", self.verifier())
    }
}
