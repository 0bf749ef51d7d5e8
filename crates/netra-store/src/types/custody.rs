//! Custody: what may happen to an exhibit after it was taken in, and the log of it.

use jiff::Timestamp;
use netra_docket::ids::{AccountId, ExhibitNo, OfficeId};
use netra_docket::private::Private;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $indonesian:literal;)+) => {
        /// What happened to an exhibit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum CustodyKind {
            $($(#[$doc])* $variant,)+
        }

        impl CustodyKind {
            /// All kinds.
            pub const ALL: &'static [CustodyKind] = &[$(CustodyKind::$variant),+];

            /// The word in the log.
            pub fn id(self) -> &'static str {
                match self { $(CustodyKind::$variant => $id),+ }
            }

            /// The words on screens and paper.
            pub fn indonesian(self) -> &'static str {
                match self { $(CustodyKind::$variant => $indonesian),+ }
            }
        }
    };
}

kinds! {
    /// Its page or its small picture was shown.
    Viewed = "viewed", "dilihat";
    /// Its bytes were handed out as a download.
    CopiedOut = "copied-out", "disalin keluar (diunduh)";
    /// It went into a dossier that was handed out.
    InDossier = "in-dossier", "disertakan dalam berkas perkara yang diunduh";
    /// It went into the dossier of a forwarding that was handed out; the detail is the number of the act.
    InForwarding = "in-forwarding", "disertakan dalam berkas penerusan yang diunduh";
    /// It went to another office in a bundle; the detail is the fingerprint of the bundle.
    InBundle = "in-bundle", "dikirim ke kantor lain dalam bundel";
    /// A copy with parts painted over was made; the detail is the number of the new exhibit.
    Redacted = "redacted", "salinan dengan bagian tertutup dibuat";
    /// Messages were copied out of it; the detail is the number of the new exhibit.
    Extracted = "extracted", "pesan dikutip menjadi bukti baru";
    /// It was made from another exhibit; the detail is the number of that one.
    MadeFrom = "made-from", "dibuat dari bukti lain";
    /// A copy for the public was made and handed out; the detail is its SHA-256.
    PublicCopy = "public-copy", "salinan untuk umum dibuat dan diunduh";
    /// It came in while the scanner for harmful files did not answer.
    NotScanned = "not-scanned", "tidak dipindai: pemindai berkas berbahaya tidak menjawab";
    /// What carries it was given back to its owner, as an officer noted.
    Returned = "returned", "dikembalikan kepada pemiliknya";
    /// It was handed over to somebody, as an officer noted.
    HandedOver = "handed-over", "diserahkan kepada pihak lain";
}

impl CustodyKind {
    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<CustodyKind> {
        CustodyKind::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// Whether one entry within an hour is enough for the same officer.
    pub fn is_passing(self) -> bool {
        self == CustodyKind::Viewed
    }

    /// Whether an officer notes it by hand, with whom and why.
    pub fn is_by_hand(self) -> bool {
        matches!(self, CustodyKind::Returned | CustodyKind::HandedOver)
    }
}

/// Something that happens to an exhibit, on its way into the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Which exhibit of the matter.
    pub exhibit: ExhibitNo,
    /// What happens.
    pub kind: CustodyKind,
    /// What one needs to follow it: the number of an act or exhibit, or a digest. Never personal data.
    pub detail: String,
    /// With whom and why, as typed. It may name persons and goes to the vault.
    pub note: Option<String>,
}

impl Touch {
    /// A touch without detail or note.
    pub fn new(exhibit: ExhibitNo, kind: CustodyKind) -> Touch {
        Touch { exhibit, kind, detail: String::new(), note: None }
    }

    /// The same with a detail.
    pub fn with_detail(self, detail: impl ToString) -> Touch {
        Touch { detail: detail.to_string(), ..self }
    }

    /// The same with a note.
    pub fn with_note(self, note: impl Into<String>) -> Touch {
        Touch { note: Some(note.into()), ..self }
    }
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyEntry {
    /// Its number: the first is 1.
    pub n: u32,
    /// When.
    pub at: Timestamp,
    /// The office whose officer it was.
    pub office: OfficeId,
    /// The officer; none where the program itself noted it.
    pub account: Option<AccountId>,
    /// What happened.
    pub kind: CustodyKind,
    /// The number or digest by which it can be followed; mostly empty.
    pub detail: String,
    /// What was typed by hand, sealed where the scope does not open it.
    pub note: Option<Private<String>>,
    /// SHA-256 over the entry and the digest of the one before, hex.
    pub digest: String,
}

/// The log of an exhibit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[doc(alias = "riwayat penguasaan")]
pub struct Custody {
    /// The entries, oldest first.
    pub entries: Vec<CustodyEntry>,
    /// The number of the first entry that was changed or is missing; none if the chain holds.
    pub broken: Option<u32>,
}

impl Custody {
    /// The digest of the newest entry: whoever keeps it can tell later whether the log was cut off.
    pub fn head(&self) -> Option<&str> {
        self.entries.last().map(|entry| entry.digest.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_differ() {
        for kind in CustodyKind::ALL {
            assert_eq!(CustodyKind::from_id(kind.id()), Some(*kind));
            let same = CustodyKind::ALL.iter().filter(|other| other.indonesian() == kind.indonesian());
            assert_eq!(same.count(), 1, "{kind:?}");
        }
        assert_eq!(CustodyKind::from_id("tidak-ada"), None);
    }
}
