//! Proofs that a file was there at a time: tokens of time-stamping authorities (RFC 3161) and OpenTimestamps.
//!
//! **Purpose.** Whoever captured a page may have had its digest stamped by somebody who was not there. Such a proof comes as
//! a small file beside the capture. This module tells what it says: which digest, when, by whom, and whether the digest is
//! that of an exhibit.
//!
//! **Invariants**, each guarded by the tests here.
//! - [`Verification`] has one value: no signature and no block chain is checked here, and the type says so wherever a proof
//!   is shown. Whoever has the authority's certificate checks a token with `openssl ts -verify`, a proof with `ots verify`.
//! - A digest made in another way than SHA-256 is never said to be that of an exhibit or not ([`Matching::OtherAlgorithm`]).
//! - Any bytes are read to their end or refused, within limits, without a panic.
//!
//! **May not know** the current time, certificates, or networks.

mod der;
mod open;
mod token;

use std::fmt;

use serde::{Serialize, Serializer};

pub use open::{Attestation, OpenProof};
pub use token::{Status, Token};

use crate::Digest;

/// The largest proof that is read.
pub const MAX_PROOF: usize = 1 << 20;

/// Why a file is not read as a proof of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimestampError {
    /// It is neither kind.
    #[error("berkas ini bukan cap waktu RFC 3161 (.tsr) atau OpenTimestamps (.ots)")]
    Kind,
    /// It begins as one and breaks off, or contradicts its form.
    #[error("cap waktu rusak atau terpotong; minta berkasnya lagi dari yang membuat tangkapan")]
    Damaged,
    /// It is too large to be one.
    #[error("cap waktu lebih besar dari 1 MB; berkas ini bukan cap waktu yang wajar")]
    TooLarge,
}

/// A proof of time, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[doc(alias = "cap waktu")]
pub enum Proof {
    /// A token of a time-stamping authority.
    Token(Token),
    /// A proof of OpenTimestamps.
    Open(OpenProof),
}

/// Whether a proof was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// It was read, but neither its signature nor its block was checked: that needs the authority's certificate, or the
    /// block chain.
    NotVerified,
}

/// How a digest was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// SHA-256, as everywhere in this program.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// SHA-1, which is broken.
    Sha1,
    /// Another one, by its number or name.
    Other(String),
}

/// What a proof is about: a digest, and how it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imprint {
    /// How it was made.
    pub algorithm: Algorithm,
    /// The digest.
    pub digest: Hexadecimal,
}

/// Whether a proof is about an exhibit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matching {
    /// Its digest is the exhibit's.
    Same,
    /// It is another one: the proof is about another file, or the file was changed.
    Different,
    /// The digest was made in another way; it cannot be compared with the exhibit's.
    OtherAlgorithm,
}

impl Imprint {
    /// Whether it is that of an exhibit.
    pub fn compare(&self, exhibit: &Digest) -> Matching {
        if self.algorithm != Algorithm::Sha256 {
            Matching::OtherAlgorithm
        } else if self.digest.0 == exhibit.as_bytes() {
            Matching::Same
        } else {
            Matching::Different
        }
    }
}

/// Bytes that are shown as hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Hexadecimal(pub Vec<u8>);

impl fmt::Display for Hexadecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hexadecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hexadecimal({self})")
    }
}

impl Serialize for Hexadecimal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl Proof {
    /// Whether a file may be a proof, by its first bytes: worth a try of [`Proof::read`].
    pub fn may_be(bytes: &[u8]) -> bool {
        open::is_open(bytes) || (bytes.len() <= MAX_PROOF && token::read(bytes).is_some())
    }

    /// Reads a proof.
    ///
    /// # Errors
    /// It is none, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Proof, TimestampError> {
        if bytes.len() > MAX_PROOF {
            return Err(TimestampError::TooLarge);
        }
        if open::is_open(bytes) {
            return open::read(bytes).map(Proof::Open).ok_or(TimestampError::Damaged);
        }
        if let Some(token) = token::read(bytes) {
            return Ok(Proof::Token(token));
        }
        // Both forms of a token are a sequence that holds a sequence or the number of what it is.
        let is_sequence = der::Reader::new(bytes).begins_sequence();
        Err(if is_sequence { TimestampError::Damaged } else { TimestampError::Kind })
    }

    /// What the proof is about; none in a refusal.
    pub fn imprint(&self) -> Option<&Imprint> {
        match self {
            Proof::Token(token) => token.imprint.as_ref(),
            Proof::Open(proof) => Some(&proof.imprint),
        }
    }

    /// What was checked of it.
    pub fn verification(&self) -> Verification {
        Verification::NotVerified
    }
}

#[cfg(test)]
mod tests;
