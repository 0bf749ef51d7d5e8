//! Proofs of time among the exhibits of a matter: what they say, and which exhibit they are about.

use jiff::Timestamp;
use netra_docket::act::Exhibit;
use netra_evidence::timestamp::{Attestation, Matching, OpenProof, Proof, Status, Token};
use netra_evidence::{Digest, MediaType};
use netra_law::time::{Moment, Zone, long_moment};

use super::item::{Content, Item, apart, content};
use super::reading::may_be_proof;
use crate::app::App;
use crate::error::PageError;

/// Exhibits that are looked at as proofs.
const MOST: usize = 40;

/// A proof of time in words.
pub(super) struct ProofView {
    /// Where it is, if it is another exhibit.
    pub(super) link: String,
    /// Its number.
    pub(super) no: String,
    /// What it says.
    pub(super) rows: Vec<(&'static str, String)>,
}

/// The proof that an exhibit itself is.
pub(super) fn own(proof: &Proof, item: &Item) -> ProofView {
    let mut rows = words(proof, item.opened.handler.zone);
    let about = item.matter().exhibits.iter().filter(|exhibit| is_about(proof, exhibit));
    let about: Vec<String> = about.map(|exhibit| format!("bukti nomor {}", exhibit.no)).collect();
    rows.push((
        "Cocok dengan",
        if about.is_empty() { "tidak satu pun bukti perkara ini".to_owned() } else { about.join(", ") },
    ));
    ProofView { link: String::new(), no: String::new(), rows }
}

/// The proofs among the other exhibits that are about this one.
///
/// # Errors
/// The store fails, or reading was cut off.
pub(super) async fn attached(app: &App, item: &Item) -> Result<Vec<ProofView>, PageError> {
    let others = item.matter().exhibits.iter().filter(|other| other.no != item.exhibit.no && is_candidate(other));
    let mut found = Vec::new();
    for other in others.take(MOST) {
        let Content::Whole(bytes) = content(app, other).await? else { continue };
        let proof = apart(move || if Proof::may_be(&bytes) { Proof::read(&bytes).ok() } else { None }).await?;
        if let Some(proof) = proof.filter(|proof| is_about(proof, &item.exhibit)) {
            let rows = words(&proof, item.opened.handler.zone);
            found.push(ProofView { link: item.link_to(other.no), no: other.no.to_string(), rows });
        }
    }
    Ok(found)
}

fn is_candidate(exhibit: &Exhibit) -> bool {
    let kind = exhibit.media_type.parse().unwrap_or(MediaType::Unknown);
    usize::try_from(exhibit.size).is_ok_and(|size| may_be_proof(kind, size))
}

fn is_about(proof: &Proof, exhibit: &Exhibit) -> bool {
    let digest: Option<Digest> = exhibit.sha256.parse().ok();
    match (proof.imprint(), digest) {
        (Some(imprint), Some(digest)) => imprint.compare(&digest) == Matching::Same,
        _ => false,
    }
}

fn words(proof: &Proof, zone: Zone) -> Vec<(&'static str, String)> {
    match proof {
        Proof::Token(token) => token_words(token, zone),
        Proof::Open(proof) => open_words(proof),
    }
}

fn token_words(token: &Token, zone: Zone) -> Vec<(&'static str, String)> {
    let state = match token.status {
        Status::Granted => {
            "cap waktu RFC 3161. Tanda tangannya tidak diperiksa di sini: pakai openssl ts -verify dengan sertifikat pemberi cap"
        }
        Status::Refused => "RFC 3161: permintaan ditolak, tidak ada cap waktu",
    };
    let mut rows = vec![("Jenis", state.to_owned())];
    let time = |at: Timestamp| long_moment(Moment::new(at, zone));
    rows.extend(token.time.map(|at| ("Dicap", time(at))));
    rows.extend(token.authority.as_ref().map(|name| ("Pemberi cap", name.clone())));
    rows.extend(token.serial.as_ref().map(|serial| ("Nomor seri", serial.to_string())));
    rows.extend(token.imprint.as_ref().map(|imprint| ("Sidik yang dicap", imprint.digest.to_string())));
    rows
}

fn open_words(proof: &OpenProof) -> Vec<(&'static str, String)> {
    let state = "OpenTimestamps. Bloknya tidak diperiksa di sini: pakai ots verify";
    let mut rows = vec![("Jenis", state.to_owned()), ("Sidik yang dicap", proof.imprint.digest.to_string())];
    rows.extend(proof.attestations.iter().map(|attestation| ("Terbit", attested(attestation))));
    rows
}

fn attested(attestation: &Attestation) -> String {
    match attestation {
        Attestation::Pending { calendar } => {
            format!("dijanjikan kalender {calendar}; belum lengkap, lengkapi dengan ots upgrade")
        }
        Attestation::Bitcoin { height, .. } => format!("di blok Bitcoin nomor {height}"),
        Attestation::Other { .. } => "dengan cara lain yang tidak dibaca di sini".to_owned(),
    }
}
