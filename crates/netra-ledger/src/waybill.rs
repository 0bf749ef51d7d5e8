//! Waybills: what a sender says of a bundle before its bytes come over the network, signed.
//!
//! As text a waybill is a signed note of two lines, the second of them JSON:
//!
//! ```text
//! netra-waybill/1
//! {"bundle":"…","from":"netra/kantor-contoh","to":"netra/instansi-contoh","key":"…","sha256":"…","size":7,"at":"2026-01-05T01:00:00Z"}
//!
//! — netra/kantor-contoh …
//! ```
//!
//! It proves that whoever holds the key wants to send these bytes, so that nobody fills a receiver's disk in another
//! one's name. Whose key it is, a [`Directory`](crate::directory::Directory) tells; what the bundle is worth shows when
//! it is [checked](crate::bundle::verify_bundle).

use std::slice;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::as_text;
use crate::bundle::{Fingerprint, is_digest};
use crate::note::{KeyName, Note, NoteError, SigningKey, VerifierKey};

/// The first line; a later layout has another number.
const FORMAT: &str = "netra-waybill/1";

/// What a sender says of the file in which a bundle comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "surat jalan bundel")]
pub struct Waybill {
    /// Which bundle.
    #[serde(with = "as_text")]
    pub bundle: Fingerprint,
    /// Who sends it.
    #[serde(with = "as_text")]
    pub from: KeyName,
    /// Who is to receive it.
    #[serde(with = "as_text")]
    pub to: KeyName,
    /// The key with which this is signed.
    #[serde(with = "as_text")]
    pub key: VerifierKey,
    /// SHA-256 of the file as it is sent, encrypted if the bundle is, as 64 lowercase hexadecimal digits.
    pub sha256: String,
    /// Its bytes.
    pub size: u64,
    /// When it was signed. Nobody but the sender vouches for it.
    pub at: Timestamp,
}

/// Why a waybill is not accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaybillFault {
    /// It is not a note that the key signed.
    #[error("the waybill is not signed as it must be")]
    Note(#[from] NoteError),
    /// It is not of its form.
    #[error("this is no waybill that this program reads; use the newest program on both sides")]
    Form,
    /// Somebody else than the sender signed.
    #[error("the waybill says that {from} sends the bundle, and is signed with a key of {key}")]
    OtherSigner {
        /// Who is said to send it.
        from: KeyName,
        /// The name of the key.
        key: KeyName,
    },
}

impl Waybill {
    /// The signed waybill.
    ///
    /// # Errors
    /// The key is not the sender's, or a text is too long for a note.
    pub fn sign(&self, key: &SigningKey) -> Result<String, WaybillFault> {
        self.check(key.verifier())?;
        Ok(Note::sign(&self.text()?, key)?.to_string())
    }

    /// Reads a waybill that the key signed that it names.
    ///
    /// # Errors
    /// That key did not sign it, is not the sender's, or what it signed is no waybill.
    pub fn open(text: &str) -> Result<Waybill, WaybillFault> {
        let note: Note = text.parse()?;
        let json = note.text().strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('\n'));
        let json = json.and_then(|rest| rest.strip_suffix('\n')).ok_or(WaybillFault::Form)?;
        let waybill: Waybill = serde_json::from_str(json).map_err(|_| WaybillFault::Form)?;
        // Nothing may stand in it that a reader passes over.
        if waybill.text()? != note.text() || !is_digest(&waybill.sha256) {
            return Err(WaybillFault::Form);
        }
        waybill.check(&waybill.key)?;
        note.verify(slice::from_ref(&waybill.key))?;
        Ok(waybill)
    }

    fn text(&self) -> Result<String, WaybillFault> {
        let json = serde_json::to_string(self).map_err(|_| WaybillFault::Form)?;
        Ok(format!("{FORMAT}\n{json}\n"))
    }

    fn check(&self, key: &VerifierKey) -> Result<(), WaybillFault> {
        if self.from == *key.name() && self.key == *key {
            return Ok(());
        }
        Err(WaybillFault::OtherSigner { from: self.from.clone(), key: key.name().clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, seed: u8) -> SigningKey {
        SigningKey::new(name.parse().unwrap(), &[seed; 32])
    }

    fn waybill(key: &SigningKey) -> Waybill {
        Waybill {
            bundle: "ab".repeat(32).parse().unwrap(),
            from: "netra/kantor-contoh".parse().unwrap(),
            to: "netra/instansi-contoh".parse().unwrap(),
            key: key.verifier().clone(),
            sha256: "cd".repeat(32),
            size: 7,
            at: "2026-01-05T01:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_waybill_is_read_as_it_was_signed_and_by_nobody_else() {
        let sender = key("netra/kantor-contoh", 1);
        let text = waybill(&sender).sign(&sender).unwrap();
        assert_eq!(Waybill::open(&text), Ok(waybill(&sender)));
        for (from, to) in
            [("\"size\":7", "\"size\":8"), ("instansi-contoh", "instansi-lainny"), ("waybill/1", "waybill/2")]
        {
            assert!(Waybill::open(&text.replacen(from, to, 1)).is_err(), "{from}");
        }
        let (other, namesake) = (key("netra/kantor-lain", 2), key("netra/kantor-contoh", 3));
        assert!(matches!(waybill(&sender).sign(&other), Err(WaybillFault::OtherSigner { .. })));
        assert!(matches!(waybill(&sender).sign(&namesake), Err(WaybillFault::OtherSigner { .. })));
        // Signed by another key than the one that it names.
        let forged = Note::sign(&waybill(&sender).text().unwrap(), &namesake).unwrap().to_string();
        assert!(matches!(Waybill::open(&forged), Err(WaybillFault::Note(_))));
        assert!(matches!(Waybill::open(""), Err(WaybillFault::Note(_))));
    }

    #[test]
    fn what_names_no_digest_is_no_waybill() {
        let sender = key("netra/kantor-contoh", 1);
        let bad = Waybill { sha256: "CD".repeat(32), ..waybill(&sender) };
        assert_eq!(Waybill::open(&bad.sign(&sender).unwrap()), Err(WaybillFault::Form));
    }
}
