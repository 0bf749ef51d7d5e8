//! Receipts: what the receiver of a bundle says about it, signed.
//!
//! As text a receipt is a signed note of two lines, the second of them JSON:
//!
//! ```text
//! netra-receipt/1
//! {"bundle":"…","from":"netra/kantor-contoh","to":"netra/instansi-contoh","at":"2026-01-05T01:00:00Z","state":"received","number":"B-12"}
//!
//! — netra/instansi-contoh …
//! ```
//!
//! One bundle may have several receipts, each a step further than the one before: delivered, then received under a
//! number, then accepted or returned. A second one of the same step is refused, whatever it says.

use std::slice;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::as_text;
use crate::bundle::Fingerprint;
use crate::directory::{Directory, Distrust};
use crate::note::{KeyName, Note, NoteError, SigningKey, VerifierKey};

/// The first line; a later layout has another number.
const FORMAT: &str = "netra-receipt/1";

/// What a receiver says about a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "tanda terima bundel")]
pub struct Receipt {
    /// Which bundle.
    #[serde(with = "as_text")]
    pub bundle: Fingerprint,
    /// Who sent it.
    #[serde(with = "as_text")]
    pub from: KeyName,
    /// Who received it, and signs.
    #[serde(with = "as_text")]
    pub to: KeyName,
    /// When.
    pub at: Timestamp,
    /// How far it has come.
    #[serde(flatten)]
    pub state: ReceiptState,
}

/// How far a bundle has come at its receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ReceiptState {
    /// It has come in whole; nobody has looked at it yet.
    Delivered,
    /// It was entered.
    Received {
        /// Under which number.
        number: String,
    },
    /// It was given back.
    Returned {
        /// Why.
        reason: String,
    },
    /// It is being acted upon.
    Accepted,
}

impl ReceiptState {
    /// The word in JSON and in the store.
    pub fn id(&self) -> &'static str {
        match self {
            ReceiptState::Delivered => "delivered",
            ReceiptState::Received { .. } => "received",
            ReceiptState::Returned { .. } => "returned",
            ReceiptState::Accepted => "accepted",
        }
    }

    /// The words on screens.
    pub fn indonesian(&self) -> String {
        match self {
            ReceiptState::Delivered => "sampai".to_owned(),
            ReceiptState::Received { number } => format!("diterima dengan nomor {number}"),
            ReceiptState::Returned { reason } => format!("dikembalikan: {reason}"),
            ReceiptState::Accepted => "ditindaklanjuti".to_owned(),
        }
    }

    /// Steps from the sender: of two receipts the later one has the higher number.
    pub fn step(&self) -> u8 {
        match self {
            ReceiptState::Delivered => 0,
            ReceiptState::Received { .. } => 1,
            ReceiptState::Returned { .. } | ReceiptState::Accepted => 2,
        }
    }
}

/// A bundle that was sent, as its sender remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBundle {
    /// Which one.
    pub bundle: Fingerprint,
    /// Who sent it.
    pub from: KeyName,
    /// To whom.
    pub to: KeyName,
}

/// Why a receipt is not accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// It is not a note that the key signed.
    #[error("the receipt is not signed as it must be")]
    Note(#[from] NoteError),
    /// It is not of its form.
    #[error("this is no receipt that this program reads; ask the receiver for it again")]
    Form,
    /// The signer is not to be trusted.
    #[error("the key that signed the receipt is not trusted")]
    Untrusted(#[source] Distrust),
    /// Somebody else than the receiver signed.
    #[error("the receipt says that {to} received the bundle, and is signed by {signer}")]
    OtherSigner {
        /// Who is said to have received it.
        to: KeyName,
        /// Who signed.
        signer: KeyName,
    },
    /// It is about another bundle.
    #[error("the receipt is for the bundle {found}, not for {expected}")]
    OtherBundle {
        /// The bundle that was sent.
        expected: Fingerprint,
        /// The bundle of the receipt.
        found: Fingerprint,
    },
    /// It comes from somebody to whom the bundle was not sent.
    #[error("the bundle was sent to {expected}, and the receipt is of {found}")]
    OtherReceiver {
        /// To whom it was sent.
        expected: KeyName,
        /// Who says to have received it.
        found: KeyName,
    },
    /// It is about what somebody else sent.
    #[error("the bundle was sent by {expected}, and the receipt says by {found}")]
    OtherSender {
        /// Who sent it.
        expected: KeyName,
        /// Who did according to the receipt.
        found: KeyName,
    },
    /// It is here already.
    #[error("this receipt has been taken in before")]
    Replayed,
    /// There is another one that says the same step in other words.
    #[error("there is another receipt for this bundle, which says '{0}'; keep both, and ask the receiver")]
    Second(&'static str),
    /// It says less than one that is here already.
    #[error("a later receipt for this bundle is here already, which says '{0}'")]
    Backwards(&'static str),
}

impl ReceiptFault {
    /// The word in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            ReceiptFault::Note(_) => "signature",
            ReceiptFault::Form => "form",
            ReceiptFault::Untrusted(_) => "untrusted",
            ReceiptFault::OtherSigner { .. } => "other-signer",
            ReceiptFault::OtherBundle { .. } => "other-bundle",
            ReceiptFault::OtherReceiver { .. } => "other-receiver",
            ReceiptFault::OtherSender { .. } => "other-sender",
            ReceiptFault::Replayed => "replayed",
            ReceiptFault::Second(_) => "second",
            ReceiptFault::Backwards(_) => "backwards",
        }
    }

    /// The finding as an Indonesian reader needs it: what is wrong, and what to do.
    pub fn indonesian(&self) -> String {
        match self {
            ReceiptFault::Note(_) => "Tanda tangan tanda terima tidak cocok. Minta penerima mengirim ulang.".to_owned(),
            ReceiptFault::Form => {
                "Berkas ini bukan tanda terima yang dikenal. Minta penerima mengirim ulang.".to_owned()
            }
            ReceiptFault::Untrusted(why) => format!("Kunci penanda tangan: {}", why.indonesian()),
            ReceiptFault::OtherSigner { to, signer } => {
                format!("Tanda terima atas nama {to} ditandatangani {signer}. Tanyakan kepada {to}.")
            }
            ReceiptFault::OtherBundle { found, .. } => {
                format!("Tanda terima ini untuk bundel {found}, yang tidak dikirim dari sini.")
            }
            ReceiptFault::OtherReceiver { expected, found } => {
                format!("Bundel dikirim kepada {expected}, tetapi tanda terimanya dari {found}.")
            }
            ReceiptFault::OtherSender { expected, found } => {
                format!("Bundel dikirim oleh {expected}, tetapi tanda terima menyebut {found}.")
            }
            ReceiptFault::Replayed => "Tanda terima ini sudah pernah dicatat.".to_owned(),
            ReceiptFault::Second(state) => {
                format!("Sudah ada tanda terima lain ({state}) untuk bundel ini. Simpan keduanya; tanyakan penerima.")
            }
            ReceiptFault::Backwards(state) => {
                format!("Sudah ada tanda terima yang lebih lanjut ({state}) untuk bundel ini.")
            }
        }
    }
}

impl Receipt {
    /// Whether a text is meant as a receipt. Nothing else is known about it then.
    pub fn is_one(text: &str) -> bool {
        text.starts_with(FORMAT)
    }

    /// The signed receipt.
    ///
    /// # Errors
    /// The key is not the receiver's, or the receipt is too long for a note.
    pub fn sign(&self, key: &SigningKey) -> Result<String, ReceiptFault> {
        self.check_signer(key.verifier())?;
        Ok(Note::sign(&self.text()?, key)?.to_string())
    }

    /// Reads a receipt that a key signed.
    ///
    /// # Errors
    /// The key did not sign it, is not the receiver's, or what it signed is no receipt.
    pub fn open(text: &str, key: &VerifierKey) -> Result<Receipt, ReceiptFault> {
        let note: Note = text.parse()?;
        note.verify(slice::from_ref(key))?;
        let receipt = Receipt::unsigned(&note)?;
        receipt.check_signer(key)?;
        Ok(receipt)
    }

    /// Reads a receipt whose signer a directory knows.
    ///
    /// # Errors
    /// As [`open`](Receipt::open), and the key is not to be trusted at that moment.
    pub fn open_with(text: &str, directory: &Directory, at: Timestamp) -> Result<Receipt, ReceiptFault> {
        let note: Note = text.parse()?;
        let entry = directory.signer(&note).ok_or(ReceiptFault::Untrusted(Distrust::Unknown))?;
        directory.look_up(&entry.key, at).map_err(ReceiptFault::Untrusted)?;
        Receipt::open(text, &entry.key)
    }

    /// What a note says before its signature is checked: which bundle to look for. Nobody vouches for it yet.
    ///
    /// # Errors
    /// It is no receipt.
    pub fn unsigned(note: &Note) -> Result<Receipt, ReceiptFault> {
        let json = note.text().strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('\n'));
        let json = json.and_then(|rest| rest.strip_suffix('\n')).ok_or(ReceiptFault::Form)?;
        let receipt: Receipt = serde_json::from_str(json).map_err(|_| ReceiptFault::Form)?;
        // Nothing may stand in it that a reader passes over.
        if receipt.text()? == note.text() { Ok(receipt) } else { Err(ReceiptFault::Form) }
    }

    /// Accepts a receipt for a bundle that was sent, after those that were accepted before.
    ///
    /// # Errors
    /// It is about another bundle or of another receiver, or says nothing new.
    pub fn accept(&self, sent: &SentBundle, before: &[Receipt]) -> Result<(), ReceiptFault> {
        if self.bundle != sent.bundle {
            return Err(ReceiptFault::OtherBundle { expected: sent.bundle, found: self.bundle });
        }
        if self.to != sent.to {
            return Err(ReceiptFault::OtherReceiver { expected: sent.to.clone(), found: self.to.clone() });
        }
        if self.from != sent.from {
            return Err(ReceiptFault::OtherSender { expected: sent.from.clone(), found: self.from.clone() });
        }
        if before.contains(self) {
            return Err(ReceiptFault::Replayed);
        }
        match before.iter().max_by_key(|receipt| receipt.state.step()) {
            Some(last) if last.state.step() == self.state.step() => Err(ReceiptFault::Second(last.state.id())),
            Some(last) if last.state.step() > self.state.step() => Err(ReceiptFault::Backwards(last.state.id())),
            _ => Ok(()),
        }
    }

    fn text(&self) -> Result<String, ReceiptFault> {
        let json = serde_json::to_string(self).map_err(|_| ReceiptFault::Form)?;
        Ok(format!("{FORMAT}\n{json}\n"))
    }

    fn check_signer(&self, key: &VerifierKey) -> Result<(), ReceiptFault> {
        if self.to == *key.name() {
            return Ok(());
        }
        Err(ReceiptFault::OtherSigner { to: self.to.clone(), signer: key.name().clone() })
    }
}
