//! What a check has proved, and what it could not, in the words of those who have to decide.

use jiff::Timestamp;
use serde::Serialize;

use super::check::VerifiedBundle;
use crate::directory::{Directory, Distrust};
use crate::note::VerifierKey;

/// One thing that was proved, or could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The word in JSON.
    pub id: &'static str,
    /// The sentence on screens.
    pub text: String,
}

/// What a check has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// What holds.
    pub proved: Vec<Finding>,
    /// What nobody can know from the bundle, or what the directory does not tell.
    pub unproved: Vec<Finding>,
    /// Why the bundle is set aside until somebody has asked, if it is.
    pub distrust: Option<Distrust>,
}

/// Brings a checked bundle together with what is known about the owners of keys: `owner` tells whose a key is, in a
/// sentence, as [`told_by`] does from a directory.
pub fn findings(bundle: &VerifiedBundle, owner: impl Fn(&VerifierKey) -> Result<String, Distrust>) -> Findings {
    let head = &bundle.about.head;
    let mut found = Findings { proved: own(bundle), unproved: Vec::new(), distrust: None };
    let mut ask = |id: &'static str, key: &VerifierKey| match owner(key) {
        Ok(text) => found.proved.push(Finding { id, text }),
        Err(distrust) => {
            let text = format!("Pemilik kunci {}: {}", key.name(), distrust.indonesian());
            found.unproved.push(Finding { id, text });
            found.distrust.get_or_insert(distrust);
        }
    };
    ask("sender", &bundle.about.key);
    if head.ledger != bundle.about.key {
        ask("ledger-owner", &head.ledger);
    }
    found.unproved.extend([
        Finding { id: "created", text: format!("Waktu pembuatan {} hanya menurut pengirim.", head.created) },
        Finding {
            id: "later-acts",
            text: format!("Apakah ada tindakan sesudah tindakan ke-{} tidak terlihat dari bundel.", bundle.acts),
        },
        Finding {
            id: "truth",
            text: "Kebenaran isi tindakan dan bukti tidak dapat dibuktikan dari bundel, hanya keutuhannya.".to_owned(),
        },
    ]);
    found
}

/// What the bundle proves by itself.
fn own(bundle: &VerifiedBundle) -> Vec<Finding> {
    let about = &bundle.about;
    let checkpoint = &bundle.checkpoint;
    vec![
        Finding {
            id: "structure",
            text: format!(
                "Susunan BagIt 1.0 lengkap: {} berkas, {} bita; tidak ada yang hilang atau ditambahkan.",
                about.files.len(),
                bundle.bytes
            ),
        },
        Finding { id: "digests", text: "Isi setiap berkas sama dengan sidik SHA-256-nya.".to_owned() },
        Finding {
            id: "signature",
            text: format!("Daftar berkas ditandatangani dengan kunci {} ({}).", about.key.name(), about.key.id()),
        },
        Finding {
            id: "inclusion",
            text: format!(
                "{} tindakan tercatat berurutan dalam buku {}, pada titik periksa {} tindakan.",
                bundle.acts, checkpoint.origin, checkpoint.head.size
            ),
        },
    ]
}

/// Whose a key is according to a directory, at the moment at which something came.
///
/// # Errors
/// Why it is not to be trusted.
pub fn told_by(directory: Option<&Directory>, key: &VerifierKey, at: Timestamp) -> Result<String, Distrust> {
    let directory = directory.ok_or(Distrust::NoDirectory)?;
    let entry = directory.look_up(key, at)?;
    Ok(format!(
        "Kunci {} milik {} menurut direktori nomor {} dari {}.",
        key.name(),
        entry.name,
        directory.sequence,
        directory.issued
    ))
}
