//! Signed notes: a text with the signatures of those who stand for it.
//!
//! The form is that of [C2SP signed-note](https://c2sp.org/signed-note): the text, an empty line, and a
//! line `— name base64` for each signature. Anybody may add a signature; what counts is which keys the
//! reader knows.

mod keys;

use std::fmt;
use std::str::FromStr;

use base64::prelude::{BASE64_STANDARD, Engine as _};

pub(crate) use keys::MAX_TIME;
pub use keys::{KeyError, KeyId, KeyKind, KeyName, SigningKey, VerifierKey, WitnessKey};

/// A text with signatures. Whether they hold is not known before [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature of a note: a line `— name base64`, where the base64 holds the key's id and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    name: KeyName,
    id: KeyId,
    bytes: Vec<u8>,
}

/// A signature of a key that the reader knows, and that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSignature {
    /// Whose signature.
    pub name: KeyName,
    /// Which key of that name.
    pub id: KeyId,
    /// When it was given, in Unix seconds, if it is a cosignature.
    pub unix_seconds: Option<u64>,
}

/// Why a note is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// More than is looked at.
    #[error("the note has {len} bytes; at most {limit} are read", limit = Note::MAX_LEN)]
    TooLong {
        /// Number of bytes.
        len: usize,
    },
    /// A character that shows nothing, and so could hide something.
    #[error("the note has a control character at byte {at}; only newlines are allowed, so fetch it again as it is")]
    Control {
        /// The place, counted from 0.
        at: usize,
    },
    /// A text whose end would be lost.
    #[error("the text of a note must end with a newline; add one")]
    Text,
    /// No line of signatures.
    #[error("there is no empty line with signatures after it; fetch the whole note")]
    NoSignatures,
    /// More signatures than are looked at.
    #[error("the note has more than {limit} signatures; drop those of unknown keys", limit = Note::MAX_SIGNATURES)]
    TooMany,
    /// A line after the text that is not a signature.
    #[error("line {line} after the text is not '— name base64' with a newline; fetch the note again as it is")]
    Line {
        /// The line, counted from 1.
        line: usize,
    },
    /// A known key did not sign this text.
    #[error(
        "the signature of {name} (key {id}) does not fit the text: one of them was changed; do not rely on \
         the note, and keep it as evidence"
    )]
    Wrong {
        /// Whose signature it is said to be.
        name: KeyName,
        /// With which key.
        id: KeyId,
    },
    /// No known key signed.
    #[error("none of the known keys signed the note; compare them with the verifier keys that their owners publish")]
    Unsigned,
}

impl Note {
    /// The longest note that is read, in bytes.
    pub const MAX_LEN: usize = 1_000_000;

    /// The most signatures of a note that is read.
    pub const MAX_SIGNATURES: usize = 100;

    /// A text signed with a key.
    ///
    /// # Errors
    /// The text does not end with a newline, has other control characters or is too long.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Note, NoteError> {
        check_characters(text)?;
        if !text.ends_with('\n') {
            return Err(NoteError::Text);
        }
        let mut note = Note { text: text.to_owned(), signatures: Vec::new() };
        note.push(key.sign(text))?;
        Ok(note)
    }

    /// The text, as nobody vouches for it yet. Its newline at the end belongs to it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, in their order. Nobody vouches for them yet.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds a signature, such as one that a witness sent. An older one of the same key goes. Check the
    /// note with [`verify`](Note::verify) before it is published.
    ///
    /// # Errors
    /// There would be too many signatures, or too many bytes.
    pub fn push(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        self.signatures.retain(|other| (&other.name, other.id) != (&signature.name, signature.id));
        let len = self.to_string().len() + signature.to_string().len() + 1;
        if len > Note::MAX_LEN {
            return Err(NoteError::TooLong { len });
        }
        if self.signatures.len() >= Note::MAX_SIGNATURES {
            return Err(NoteError::TooMany);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// Checks the signatures of known keys; those of other keys say nothing and are passed over.
    ///
    /// # Errors
    /// No known key signed, or a signature in the name of one does not hold.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Vec<KnownSignature>, NoteError> {
        let known = self.known(keys)?;
        if known.is_empty() { Err(NoteError::Unsigned) } else { Ok(known) }
    }

    /// The same, when it may be that no known key signed.
    pub(crate) fn known(&self, keys: &[VerifierKey]) -> Result<Vec<KnownSignature>, NoteError> {
        let mut known = Vec::new();
        for NoteSignature { name, id, bytes } in &self.signatures {
            if let Some(key) = keys.iter().find(|key| key.name() == name && key.id() == *id) {
                let unix_seconds = key.check(&self.text, bytes)?;
                known.push(KnownSignature { name: name.clone(), id: *id, unix_seconds });
            }
        }
        Ok(known)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Note, NoteError> {
        check_characters(text)?;
        // The text may have empty lines of its own; the last one ends it.
        let (body, lines) = text.rsplit_once("\n\n").ok_or(NoteError::NoSignatures)?;
        if lines.is_empty() {
            return Err(NoteError::NoSignatures);
        }
        let mut signatures = Vec::new();
        for (n, line) in lines.split_inclusive('\n').enumerate() {
            if n == Note::MAX_SIGNATURES {
                return Err(NoteError::TooMany);
            }
            let signature = line.strip_suffix('\n').and_then(signature);
            signatures.push(signature.ok_or(NoteError::Line { line: n + 1 })?);
        }
        Ok(Note { text: format!("{body}\n"), signatures })
    }
}

impl NoteSignature {
    /// Whose signature it is said to be.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// With which key of that name.
    pub fn id(&self) -> KeyId {
        self.id
    }
}

/// The line, without the newline.
impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.0.to_vec();
        bytes.extend_from_slice(&self.bytes);
        write!(f, "— {} {}", self.name, BASE64_STANDARD.encode(bytes))
    }
}

impl FromStr for NoteSignature {
    type Err = NoteError;

    fn from_str(line: &str) -> Result<NoteSignature, NoteError> {
        if line.len() > Note::MAX_LEN {
            return Err(NoteError::TooLong { len: line.len() });
        }
        signature(line).ok_or(NoteError::Line { line: 1 })
    }
}

/// Reads a signature line without its newline.
fn signature(line: &str) -> Option<NoteSignature> {
    let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = BASE64_STANDARD.decode(base64).ok()?;
    let (id, bytes) = bytes.split_first_chunk::<4>()?;
    if bytes.is_empty() {
        return None;
    }
    Some(NoteSignature { name: name.parse().ok()?, id: KeyId(*id), bytes: bytes.to_vec() })
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    let len = text.len();
    if len > Note::MAX_LEN {
        return Err(NoteError::TooLong { len });
    }
    let is_control = |c: char| c < ' ' && c != '\n';
    text.find(is_control).map_or(Ok(()), |at| Err(NoteError::Control { at }))
}
