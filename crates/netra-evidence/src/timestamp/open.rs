//! Proofs of OpenTimestamps: from a file's digest by appending and hashing to what was published.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Algorithm, Hexadecimal, Imprint};
use crate::bytes;

/// What a proof of OpenTimestamps says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenProof {
    /// The file that it is about.
    pub imprint: Imprint,
    /// Where the digest was published, in the order of the proof.
    pub attestations: Vec<Attestation>,
}

/// Where a digest was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attestation {
    /// A calendar promised to publish it; the proof is not complete yet, and can be completed with `ots upgrade`.
    Pending {
        /// The calendar's address.
        calendar: String,
    },
    /// It is under the root of a block of Bitcoin, whose time tells when at the latest.
    Bitcoin {
        /// The block's number.
        height: u64,
        /// The root to which the proof leads, as block explorers show it; none if a step is not computed here.
        #[serde(skip_serializing_if = "Option::is_none")]
        merkle_root: Option<Hexadecimal>,
    },
    /// Another way.
    Other {
        /// The number of its kind.
        kind: Hexadecimal,
    },
}

const MAGIC: &[u8] = b"\0OpenTimestamps\0\0Proof\0\xBF\x89\xE2\xE8\x84\xE8\x92\x94";
const PENDING: [u8; 8] = [0x83, 0xDF, 0xE3, 0x0D, 0x2E, 0xF9, 0x0C, 0x8E];
const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0D, 0x73, 0xD7, 0x19, 0x01];

/// The longest message, and the longest part that is put before or behind one.
const MAX_MESSAGE: usize = 4096;
/// The most attestations.
const MAX_ATTESTATIONS: usize = 1000;
/// The most branches that are open at once.
const MAX_BRANCHES: usize = 256;

pub(super) fn is_open(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

pub(super) fn read(bytes: &[u8]) -> Option<OpenProof> {
    let mut rest = Rest(bytes.strip_prefix(MAGIC)?);
    (rest.number()? == 1).then_some(())?;
    let (algorithm, length) = match rest.byte()? {
        0x08 => (Algorithm::Sha256, 32),
        0x02 => (Algorithm::Sha1, 20),
        0x03 => (Algorithm::Other("RIPEMD-160".to_owned()), 20),
        0x67 => (Algorithm::Other("Keccak-256".to_owned()), 32),
        _ => return None,
    };
    let digest = rest.take(length)?.to_vec();
    let attestations = attestations(&mut rest, digest.clone())?;
    rest.0.is_empty().then_some(OpenProof { imprint: Imprint { algorithm, digest: Hexadecimal(digest) }, attestations })
}

/// Walks the tree. A mark says that the branch that follows is not the last one from here, so the messages from which
/// branches go on are kept on a stack.
fn attestations(rest: &mut Rest<'_>, digest: Vec<u8>) -> Option<Vec<Attestation>> {
    let mut found = Vec::new();
    let mut open = vec![Some(digest)];
    while let Some(mut message) = open.pop() {
        loop {
            let mut step = rest.byte()?;
            if step == 0xFF {
                (open.len() < MAX_BRANCHES).then_some(())?;
                open.push(message.clone());
                step = rest.byte()?;
            }
            if step == 0 {
                (found.len() < MAX_ATTESTATIONS).then_some(())?;
                found.push(attestation(rest, message)?);
                break;
            }
            message = apply(step, rest, message)?;
        }
    }
    Some(found)
}

/// One step from a message to the next; the message is unknown after a step that is not computed here.
fn apply(step: u8, rest: &mut Rest<'_>, message: Option<Vec<u8>>) -> Option<Option<Vec<u8>>> {
    let next = match step {
        0xF0 => {
            let part = rest.counted(MAX_MESSAGE)?;
            message.map(|message| [message.as_slice(), part].concat())
        }
        0xF1 => {
            let part = rest.counted(MAX_MESSAGE)?;
            message.map(|message| [part, message.as_slice()].concat())
        }
        0x08 => message.map(|message| Sha256::digest(&message).to_vec()),
        // Reversing, writing as hexadecimal digits, other digests: not used by the calendars that there are.
        0xF2 | 0xF3 | 0x02 | 0x03 | 0x67 => None,
        _ => return None,
    };
    Some(next.filter(|message| message.len() <= MAX_MESSAGE))
}

fn attestation(rest: &mut Rest<'_>, message: Option<Vec<u8>>) -> Option<Attestation> {
    let kind: [u8; 8] = *rest.take(8)?.first_chunk()?;
    let mut payload = Rest(rest.counted(8192)?);
    match kind {
        PENDING => {
            let calendar = bytes::text(payload.counted(1000)?)?;
            Some(Attestation::Pending { calendar })
        }
        BITCOIN => {
            let height = payload.number()?;
            let reversed = message.filter(|root| root.len() == 32).map(|root| root.into_iter().rev().collect());
            Some(Attestation::Bitcoin { height, merkle_root: reversed.map(Hexadecimal) })
        }
        _ => Some(Attestation::Other { kind: Hexadecimal(kind.to_vec()) }),
    }
}

/// What has not been read yet.
struct Rest<'p>(&'p [u8]);

impl<'p> Rest<'p> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn take(&mut self, length: usize) -> Option<&'p [u8]> {
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(part)
    }

    /// Seven bits in a byte, the lowest first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn counted(&mut self, most: usize) -> Option<&'p [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        if length > most { None } else { self.take(length) }
    }
}
