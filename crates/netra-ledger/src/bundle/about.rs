//! What a bundle says about itself.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::as_text;
use crate::dossier::hex;
use crate::note::{KeyName, VerifierKey};
use crate::path::DossierPath;

/// What a file of a bundle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// The record of an act.
    Act,
    /// The proof that an act stands in the ledger.
    Proof,
    /// The checkpoint of the ledger.
    Checkpoint,
    /// A form.
    Sheet,
    /// An exhibit.
    Exhibit,
    /// A list of the exhibits, also of those that were not sent.
    List,
    /// The private values of the acts that the receiver may know.
    Values,
    /// The description for archives.
    Crate,
}

/// What a bundle is for: the word decides what its receiver may do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BundleKind {
    /// A forwarding to an authority.
    #[doc(alias = "penerusan")]
    Forwarding,
    /// The matter is handed over to another supervisor.
    #[doc(alias = "pelimpahan")]
    Delegation,
    /// What was done since with a matter that came from the receiver, or went there.
    #[doc(alias = "jawaban atas penerusan")]
    Answer,
}

/// One file below `data/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleFile {
    /// Its place in the bag.
    pub path: DossierPath,
    /// What it is.
    pub kind: FileKind,
    /// Its media type, as the sender says.
    pub media_type: String,
    /// Number of bytes.
    pub size: u64,
    /// SHA-256 of the bytes as 64 lowercase hexadecimal digits.
    pub sha256: String,
}

/// An office that sends or receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its code: the name of its key.
    #[serde(with = "as_text")]
    pub office: KeyName,
    /// Its name on paper.
    pub name: String,
}

/// What the sender says about a bundle before any file is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleHead {
    /// What it is for.
    pub kind: BundleKind,
    /// Who sends it.
    pub from: Party,
    /// Who is to receive it.
    pub to: Party,
    /// The key of the ledger in which its acts stand.
    #[serde(with = "as_text")]
    pub ledger: VerifierKey,
    /// The matter.
    pub matter: String,
    /// Its number, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The act by which it is handed over.
    pub handover: String,
    /// The kinds of violation that it is about.
    pub violations: Vec<String>,
    /// When it was made, in whole seconds. Nobody but the sender vouches for it.
    pub created: Timestamp,
}

/// What `netra/bundle.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleAbout {
    /// The layout.
    pub format: String,
    /// What the sender says about it.
    #[serde(flatten)]
    pub head: BundleHead,
    /// The key with which the sender signed. Whose it is, a directory tells.
    #[serde(with = "as_text")]
    pub key: VerifierKey,
    /// Every file below `data/`, by path.
    pub files: Vec<BundleFile>,
}

/// The number that stands for a bundle: SHA-256 of its `tagmanifest-sha256.txt`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "sidik jari berkas")]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of the bundle with this `tagmanifest-sha256.txt`.
    pub(super) fn of(tag_manifest: &[u8]) -> Fingerprint {
        Fingerprint(Sha256::digest(tag_manifest).into())
    }
}

/// As 64 lowercase hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// A text that is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint has 64 lowercase hexadecimal digits; copy it whole")]
pub struct FingerprintFault;

impl FromStr for Fingerprint {
    type Err = FingerprintFault;

    fn from_str(text: &str) -> Result<Fingerprint, FingerprintFault> {
        if !is_digest(text) {
            return Err(FingerprintFault);
        }
        let mut bytes = [0_u8; 32];
        for (place, byte) in bytes.iter_mut().enumerate() {
            let pair = text.get(2 * place..2 * place + 2).ok_or(FingerprintFault)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| FingerprintFault)?;
        }
        Ok(Fingerprint(bytes))
    }
}

/// Whether a text is a SHA-256 as 64 lowercase hexadecimal digits.
pub(crate) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_has_one_spelling() {
        let print = Fingerprint::of(b"");
        let text = print.to_string();
        assert_eq!(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(text.parse::<Fingerprint>(), Ok(print));
        for other in [String::new(), text.to_uppercase(), format!("{text} "), text.replace('e', "é")] {
            assert_eq!(other.parse::<Fingerprint>(), Err(FingerprintFault), "{other:?}");
        }
    }
}
