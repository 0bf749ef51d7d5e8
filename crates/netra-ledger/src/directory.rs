//! The trust directory: which key is whose, since when, and where its office is reached; signed by the national office and
//! usable without a network.
//!
//! As text it is a signed note, so that it can be read, printed and compared:
//!
//! ```text
//! netra-directory/1
//! sequence 7
//! issued 2026-01-05T01:00:00Z
//! {"key":"netra/kantor-contoh+…","name":"Kantor Contoh","since":"2026-01-01T00:00:00Z",…}
//!
//! — netra/kantor-pusat-contoh …
//! ```
//!
//! A directory is never patched: each new one holds everything, under a higher number, and [`Directory::replace`]
//! refuses to go back. A key that was revoked stays in it with its reason.

use std::collections::BTreeSet;
use std::fmt;
use std::slice;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::address::OfficeAddress;
use crate::as_text;
use crate::note::{KeyId, KeyKind, KeyName, Note, NoteError, SigningKey, VerifierKey};

/// The first line; a later layout has another number.
const FORMAT: &str = "netra-directory/1";
const SEQUENCE: &str = "sequence ";
const ISSUED: &str = "issued ";

/// Which key is whose.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "direktori kepercayaan")]
pub struct Directory {
    /// Its number: a later one has a higher number.
    pub sequence: u64,
    /// When it was made.
    pub issued: Timestamp,
    entries: Vec<DirectoryEntry>,
}

/// A key of an office. An office may have several, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryEntry {
    /// The key; its name is the office's code.
    #[serde(with = "as_text")]
    pub key: VerifierKey,
    /// The office's name on paper.
    pub name: String,
    /// To which key of age bundles for it are encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<AgeRecipient>,
    /// Where bundles for it are delivered over the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<OfficeAddress>,
    /// From when on the key is good.
    pub since: Timestamp,
    /// Until when, exclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Since when it must not be trusted, whatever date stands on what it signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
}

/// The end of a key before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// The public key of age, as text. Whether it is a point of the curve is asked by whoever encrypts to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgeRecipient(String);

impl AgeRecipient {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is no public key of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a public key of age looks like age1… and has 62 lowercase letters and digits; copy it whole")]
pub struct NoRecipient;

impl TryFrom<String> for AgeRecipient {
    type Error = NoRecipient;

    fn try_from(text: String) -> Result<AgeRecipient, NoRecipient> {
        let shaped = text.len() == 62 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if shaped && text.starts_with("age1") { Ok(AgeRecipient(text)) } else { Err(NoRecipient) }
    }
}

impl FromStr for AgeRecipient {
    type Err = NoRecipient;

    fn from_str(text: &str) -> Result<AgeRecipient, NoRecipient> {
        text.to_owned().try_into()
    }
}

impl From<AgeRecipient> for String {
    fn from(recipient: AgeRecipient) -> String {
        recipient.0
    }
}

/// Why a key is not trusted. What it signed is set aside, not thrown away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// There is no directory to ask.
    #[error("there is no trust directory; import one")]
    NoDirectory,
    /// No entry has this key.
    #[error("the trust directory does not know the key")]
    Unknown,
    /// Its time has not come.
    #[error("the key is good from {since} on")]
    NotYetValid {
        /// From when on.
        since: Timestamp,
    },
    /// Its time is over.
    #[error("the key was good until {until}")]
    Expired {
        /// Until when.
        until: Timestamp,
    },
    /// Its owner, or the national office, has taken it back.
    #[error("the key was revoked at {at}: {reason}")]
    Revoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
}

impl Distrust {
    /// The word in JSON and in the store.
    pub fn id(&self) -> &'static str {
        match self {
            Distrust::NoDirectory => "no-directory",
            Distrust::Unknown => "unknown",
            Distrust::NotYetValid { .. } => "not-yet-valid",
            Distrust::Expired { .. } => "expired",
            Distrust::Revoked { .. } => "revoked",
        }
    }

    /// The words on screens.
    pub fn indonesian(&self) -> String {
        match self {
            Distrust::NoDirectory => "belum ada direktori kepercayaan untuk memastikannya.".to_owned(),
            Distrust::Unknown => "tidak tercantum dalam direktori kepercayaan.".to_owned(),
            Distrust::NotYetValid { since } => format!("baru berlaku mulai {since}."),
            Distrust::Expired { until } => format!("sudah tidak berlaku sejak {until}."),
            Distrust::Revoked { at, reason } => format!("dicabut pada {at}: {reason}"),
        }
    }
}

/// Why a directory is not accepted or can't be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// It is not a note that the key signed.
    #[error("the trust directory is not signed as it must be")]
    Note(#[from] NoteError),
    /// A line that is not of its form.
    #[error("line {line} of the trust directory is not of its form; fetch it again, or use a newer program")]
    Form {
        /// The line, counted from 1.
        line: usize,
    },
    /// Two entries with one key.
    #[error("the trust directory has the key {id} of {office} twice; leave one out")]
    Twice {
        /// Whose key.
        office: KeyName,
        /// Which.
        id: KeyId,
    },
    /// A key that signs no texts.
    #[error("the key of {0} is that of a witness; an office's key is of type 0x01")]
    NotOfOffice(KeyName),
    /// It is older than the one that is there.
    #[error("the offered directory has the number {offered}, and {held} is there already; ask for the newest")]
    Older {
        /// The number of the one that is there.
        held: u64,
        /// The number of the offered one.
        offered: u64,
    },
    /// Two directories with one number.
    #[error("there are two directories with the number {0}; keep both, and ask the national office which one holds")]
    Forked(u64),
    /// No entry to revoke.
    #[error("the trust directory has no key {id} of {office}; `netra directory show` lists what it has")]
    NoSuchKey {
        /// Whose key.
        office: KeyName,
        /// Which.
        id: KeyId,
    },
}

impl Directory {
    /// The first directory, without entries.
    pub fn new(issued: Timestamp) -> Directory {
        Directory { sequence: 1, issued: whole_seconds(issued), entries: Vec::new() }
    }

    /// The keys, in the order in which they were added.
    pub fn entries(&self) -> &[DirectoryEntry] {
        &self.entries
    }

    /// The next directory, with another key.
    ///
    /// # Errors
    /// The key is there already, or is that of a witness.
    pub fn with(mut self, entry: DirectoryEntry, issued: Timestamp) -> Result<Directory, DirectoryError> {
        self.entries.push(entry);
        check(&self.entries)?;
        Ok(self.next(issued))
    }

    /// The next directory, in which an office is reached at another address, or at none.
    ///
    /// # Errors
    /// There is no such key.
    pub fn at_address(
        mut self,
        office: &KeyName,
        id: KeyId,
        address: Option<OfficeAddress>,
        issued: Timestamp,
    ) -> Result<Directory, DirectoryError> {
        self.entry_mut(office, id)?.address = address;
        Ok(self.next(issued))
    }

    /// The next directory, in which a key is revoked.
    ///
    /// # Errors
    /// There is no such key.
    pub fn without(
        mut self,
        office: &KeyName,
        id: KeyId,
        revocation: Revocation,
        issued: Timestamp,
    ) -> Result<Directory, DirectoryError> {
        let entry = self.entry_mut(office, id)?;
        // The first revocation counts: a later one must not give the key more time. Moments are compared in whole
        // seconds everywhere, so that a key is not good for the rest of the second in which it was revoked.
        entry.revoked.get_or_insert(Revocation { at: whole_seconds(revocation.at), ..revocation });
        Ok(self.next(issued))
    }

    fn entry_mut(&mut self, office: &KeyName, id: KeyId) -> Result<&mut DirectoryEntry, DirectoryError> {
        let found = self.entries.iter_mut().find(|entry| entry.key.name() == office && entry.key.id() == id);
        found.ok_or_else(|| DirectoryError::NoSuchKey { office: office.clone(), id })
    }

    fn next(self, issued: Timestamp) -> Directory {
        Directory { sequence: self.sequence.saturating_add(1), issued: whole_seconds(issued), ..self }
    }

    /// The signed directory.
    ///
    /// # Errors
    /// It is too long for a note: beyond some three thousand keys.
    pub fn sign(&self, key: &SigningKey) -> Result<String, DirectoryError> {
        Ok(Note::sign(&self.to_string(), key)?.to_string())
    }

    /// Reads a directory that a key signed.
    ///
    /// # Errors
    /// The key did not sign it, or what it signed is no directory.
    pub fn open(text: &str, key: &VerifierKey) -> Result<Directory, DirectoryError> {
        let note: Note = text.parse()?;
        note.verify(slice::from_ref(key))?;
        note.text().parse()
    }

    /// Accepts this directory in place of the one that is there.
    ///
    /// # Errors
    /// It is older, or another one of the same number.
    pub fn replace(self, held: Option<&Directory>) -> Result<Directory, DirectoryError> {
        match held {
            Some(held) if self.sequence < held.sequence => {
                Err(DirectoryError::Older { held: held.sequence, offered: self.sequence })
            }
            Some(held) if self.sequence == held.sequence && self != *held => Err(DirectoryError::Forked(self.sequence)),
            _ => Ok(self),
        }
    }

    /// Whose key it is, if it is to be trusted at a moment: that at which something came, not the one that its
    /// sender wrote on it.
    ///
    /// # Errors
    /// Why it is not.
    pub fn look_up(&self, key: &VerifierKey, at: Timestamp) -> Result<&DirectoryEntry, Distrust> {
        let entry = self.entries.iter().find(|entry| entry.key == *key).ok_or(Distrust::Unknown)?;
        entry.distrust(at).map_or(Ok(entry), Err)
    }

    /// The key of an office that is good at a moment; of several the one that began last.
    pub fn of_office(&self, office: &KeyName, at: Timestamp) -> Option<&DirectoryEntry> {
        let good = self.entries.iter().filter(|entry| entry.key.name() == office && entry.distrust(at).is_none());
        good.max_by_key(|entry| entry.since)
    }

    /// The entry with whose key a note says that it is signed.
    pub fn signer(&self, note: &Note) -> Option<&DirectoryEntry> {
        let signed = |entry: &&DirectoryEntry| {
            note.signatures().iter().any(|one| one.name() == entry.key.name() && one.id() == entry.key.id())
        };
        self.entries.iter().find(signed)
    }
}

impl DirectoryEntry {
    /// Why the key is not to be trusted at a moment, if so.
    fn distrust(&self, at: Timestamp) -> Option<Distrust> {
        if let Some(revoked) = self.revoked.as_ref().filter(|revoked| revoked.at <= at) {
            return Some(Distrust::Revoked { at: revoked.at, reason: revoked.reason.clone() });
        }
        if at < self.since {
            return Some(Distrust::NotYetValid { since: self.since });
        }
        let until = self.until.filter(|until| *until <= at)?;
        Some(Distrust::Expired { until })
    }
}

/// The text that is signed.
impl fmt::Display for Directory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FORMAT}\n{SEQUENCE}{}\n{ISSUED}{}", self.sequence, self.issued)?;
        for entry in &self.entries {
            let json = serde_json::to_string(entry).map_err(|_| fmt::Error)?;
            writeln!(f, "{json}")?;
        }
        Ok(())
    }
}

/// Reads the text that is signed. What would be written otherwise is refused: nothing may stand in it that a reader
/// passes over.
impl FromStr for Directory {
    type Err = DirectoryError;

    fn from_str(text: &str) -> Result<Directory, DirectoryError> {
        let form = |line| DirectoryError::Form { line };
        let mut lines = text.lines();
        if lines.next() != Some(FORMAT) {
            return Err(form(1));
        }
        let mut value = |label: &str, line| lines.next().and_then(|text| text.strip_prefix(label)).ok_or(form(line));
        let sequence: u64 = value(SEQUENCE, 2)?.parse().map_err(|_| form(2))?;
        let issued: Timestamp = value(ISSUED, 3)?.parse().map_err(|_| form(3))?;
        let mut entries: Vec<DirectoryEntry> = Vec::new();
        for (line, n) in lines.zip(4..) {
            entries.push(serde_json::from_str(line).map_err(|_| form(n))?);
        }
        check(&entries)?;
        let directory = Directory { sequence, issued, entries };
        let written = directory.to_string();
        if written == text {
            return Ok(directory);
        }
        let same = written.lines().zip(text.lines()).take_while(|(one, two)| one == two).count();
        Err(form(same + 1))
    }
}

fn check(entries: &[DirectoryEntry]) -> Result<(), DirectoryError> {
    let mut known = BTreeSet::new();
    for entry in entries {
        let (office, id) = (entry.key.name(), entry.key.id());
        if entry.key.kind() != KeyKind::Text {
            return Err(DirectoryError::NotOfOffice(office.clone()));
        }
        if !known.insert((office, id)) {
            return Err(DirectoryError::Twice { office: office.clone(), id });
        }
    }
    Ok(())
}

fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
