//! Checkpoints: what a ledger says about itself at one moment, signed.
//!
//! The form is that of [C2SP tlog-checkpoint](https://c2sp.org/tlog-checkpoint): a signed note whose text is
//! the name of the ledger, the number of its leaves and their root, each on a line.
//!
//! One rule is stricter here than there: the name of the ledger is the name of its key, so that a
//! checkpoint of one ledger never passes for one of another.

use std::fmt;
use std::slice;
use std::str::FromStr;

use crate::note::{KeyError, KeyKind, KeyName, Note, NoteError, SigningKey, VerifierKey};
use crate::tree::{RootHash, TreeHead, from_base64, to_base64};

/// Size and root of a ledger, under its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The ledger.
    pub origin: KeyName,
    /// How many leaves it has, and their root.
    pub head: TreeHead,
    extensions: Vec<String>,
}

/// A witness's word that a checkpoint grew from all those that it had seen before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// Who says so.
    pub witness: KeyName,
    /// When it was said, in Unix seconds.
    pub unix_seconds: u64,
}

/// Why a checkpoint is not accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// It is not a note that the key signed.
    #[error("the checkpoint is not signed as it must be")]
    Note(#[from] NoteError),
    /// The first line.
    #[error("the first line of the checkpoint is not the name of a ledger; ask the ledger for it again")]
    Origin(#[source] KeyError),
    /// The second line.
    #[error("the second line of the checkpoint is not a number of leaves; ask the ledger for it again")]
    Size,
    /// The third line.
    #[error("the third line of the checkpoint is not a root of 32 bytes in base64; ask the ledger for it again")]
    Root,
    /// A line after the third.
    #[error("a further line of the checkpoint is empty or has control characters; leave it out")]
    Extension,
    /// Text after the last newline, or none at all.
    #[error("the checkpoint does not end with a newline; ask the ledger for it again, whole")]
    End,
    /// The key has another name than the ledger.
    #[error("the checkpoint is of the ledger {origin} and the key of {key}; use the key of that ledger")]
    OtherKey {
        /// The ledger.
        origin: KeyName,
        /// The name of the key.
        key: KeyName,
    },
    /// A key that is not for checkpoints.
    #[error("the verifier key of {0} is that of a witness; a ledger's key is of type 0x01")]
    NotOfLedger(KeyName),
}

impl Checkpoint {
    /// A checkpoint without further lines.
    pub fn new(origin: KeyName, head: TreeHead) -> Checkpoint {
        Checkpoint { origin, head, extensions: Vec::new() }
    }

    /// Adds a line after the root. Nobody can check what it says, so there is seldom a reason.
    ///
    /// # Errors
    /// The line is empty or has control characters.
    pub fn with_extension(mut self, line: &str) -> Result<Checkpoint, CheckpointError> {
        self.extensions.push(extension(line)?);
        Ok(self)
    }

    /// The lines after the root.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The signed checkpoint. A ledger must never sign two that do not grow out of one another.
    ///
    /// # Errors
    /// The key is not that of the ledger, or the further lines are too long.
    pub fn sign(&self, key: &SigningKey) -> Result<String, CheckpointError> {
        self.check_key(key.verifier())?;
        Ok(Note::sign(&self.to_string(), key)?.to_string())
    }

    /// Reads a signed checkpoint of the ledger whose key it is. Signatures of others are passed over.
    ///
    /// # Errors
    /// The key did not sign it, or what it signed is not a checkpoint of that ledger.
    pub fn open(text: &str, key: &VerifierKey) -> Result<Checkpoint, CheckpointError> {
        if key.kind() != KeyKind::Text {
            return Err(CheckpointError::NotOfLedger(key.name().clone()));
        }
        let note: Note = text.parse()?;
        note.verify(slice::from_ref(key))?;
        let checkpoint: Checkpoint = note.text().parse()?;
        checkpoint.check_key(key)?;
        Ok(checkpoint)
    }

    fn check_key(&self, key: &VerifierKey) -> Result<(), CheckpointError> {
        if self.origin == *key.name() {
            return Ok(());
        }
        Err(CheckpointError::OtherKey { origin: self.origin.clone(), key: key.name().clone() })
    }
}

/// The text that is signed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.head.size, to_base64(&self.head.root.0))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// Reads the text that is signed.
impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Checkpoint, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::End)?.split('\n');
        let mut line = || lines.next().unwrap_or_default();
        let origin: KeyName = line().parse().map_err(CheckpointError::Origin)?;
        let size = number(line()).ok_or(CheckpointError::Size)?;
        let root = from_base64(line()).map(RootHash).ok_or(CheckpointError::Root)?;
        let extensions = lines.map(extension).collect::<Result<_, _>>()?;
        Ok(Checkpoint { origin, head: TreeHead { size, root }, extensions })
    }
}

/// Who else saw a checkpoint, and when: at most one cosignature for each witness, the newest. Open the
/// checkpoint with the ledger's key too; a witness does not say whose it is.
///
/// # Errors
/// It is not a signed note, or a cosignature in the name of one of these witnesses does not hold.
pub fn cosignatures(text: &str, witnesses: &[VerifierKey]) -> Result<Vec<Cosignature>, CheckpointError> {
    let note: Note = text.parse()?;
    let mut newest: Vec<Cosignature> = Vec::new();
    for known in note.known(witnesses)? {
        let Some(unix_seconds) = known.unix_seconds else { continue };
        match newest.iter_mut().find(|other| other.witness == known.name) {
            Some(other) => other.unix_seconds = other.unix_seconds.max(unix_seconds),
            None => newest.push(Cosignature { witness: known.name, unix_seconds }),
        }
    }
    Ok(newest)
}

/// A number in its only spelling: digits without a sign or leading zeros.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

fn extension(line: &str) -> Result<String, CheckpointError> {
    if line.is_empty() || line.contains(|c: char| c < ' ') {
        return Err(CheckpointError::Extension);
    }
    Ok(line.to_owned())
}
