//! What the public may know of a matter: where it stands on its way, and what was decided.
//!
//! An allow list: acts that are not named here leave no trace on the public page, and of those that
//! are only dates, numbers, bodies and words meant for the public are told.

use std::cmp::Ordering;

use netra_docket::act::{Act, InitialStudy, PersonResult, Rejected, RepairRequested};
use netra_docket::ids::OfficeId;
use netra_docket::matter::{Matter, Origin, Stage, effective};
use netra_law::time::{long_date, long_moment};
use netra_law::{Law, Pack};
use netra_store::{Docket, Office};

/// A stop on the way of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its name.
    pub label: &'static str,
    /// How it stands: `done`, `now`, `later`, `skipped`.
    pub state: &'static str,
    /// The same in words.
    pub words: &'static str,
}

/// Whether a stop was reached, told by what is in the docket.
type Reached = fn(&Matter) -> bool;

const REPORT: [(&str, Reached); 7] = [
    ("Laporan diterima", |_| true),
    ("Kajian awal", |m| m.outcome.is_some()),
    ("Registrasi", |m| m.registered.is_some()),
    ("Klarifikasi dan kajian", |m| m.study.is_some()),
    ("Rapat pleno", |m| m.decision.is_some()),
    ("Penerusan ke instansi berwenang", |m| !m.forwardings.is_empty()),
    ("Selesai", |m| m.stage() == Stage::Closed),
];

const INFORMATION: [(&str, Reached); 7] = [
    ("Informasi diterima", |_| true),
    ("Penelusuran", |m| m.tracing.is_some()),
    ("Temuan dan registrasi", |m| m.registered.is_some()),
    ("Klarifikasi dan kajian", |m| m.study.is_some()),
    ("Rapat pleno", |m| m.decision.is_some()),
    ("Penerusan ke instansi berwenang", |m| !m.forwardings.is_empty()),
    ("Selesai", |m| m.stage() == Stage::Closed),
];

/// Where the matter stands, as a number of stops from the first.
fn place(matter: &Matter) -> usize {
    match matter.stage() {
        Stage::Prevention | Stage::Information | Stage::InitialStudy | Stage::Repair | Stage::Elsewhere => 1,
        Stage::ToRegister => 2,
        Stage::Handling => 3,
        Stage::ToPlenary => 4,
        Stage::ToForward | Stage::WithAuthority => 5,
        Stage::Closed => 6,
    }
}

/// The stops of a matter in their order.
pub fn line(matter: &Matter) -> Vec<Stop> {
    let is_information = matter.origin != Origin::Report || matter.made_information.is_some();
    let stops = if is_information { INFORMATION } else { REPORT };
    let here = place(matter);
    stops.into_iter().enumerate().map(|(n, (label, reached))| stop(label, n.cmp(&here), reached(matter))).collect()
}

fn stop(label: &'static str, side: Ordering, reached: bool) -> Stop {
    let (state, words) = match (side, reached) {
        (Ordering::Equal, _) => ("now", "tahap sekarang"),
        (Ordering::Less, true) => ("done", "sudah"),
        (Ordering::Less, false) => ("skipped", "tidak dilalui"),
        (Ordering::Greater, _) => ("later", "belum"),
    };
    Stop { label, state, words }
}

/// The stage in a sentence.
pub fn sentence(stage: Stage) -> &'static str {
    match stage {
        Stage::Prevention => "Kegiatan pencegahan.",
        Stage::Information => "Informasi ini sedang ditelusuri pengawas.",
        Stage::InitialStudy => "Petugas sedang memeriksa apakah syarat laporan lengkap (kajian awal).",
        Stage::Repair => {
            "Laporan perlu Anda lengkapi. Lihat di bawah apa yang kurang, lalu kirim di halaman ini atau bawa ke kantor pengawas."
        }
        Stage::ToRegister => "Perkara ini siap diregistrasi.",
        Stage::Handling => "Pengawas sedang meminta keterangan dan mengkaji dugaan pelanggaran.",
        Stage::ToPlenary => "Kajian selesai dan menunggu keputusan rapat pleno.",
        Stage::ToForward => "Rapat pleno sudah memutuskan; perkara akan diteruskan kepada instansi yang berwenang.",
        Stage::WithAuthority => "Perkara sudah diteruskan dan menunggu tindakan instansi yang berwenang.",
        Stage::Elsewhere => "Perkara ini ditangani kantor pengawas lain.",
        Stage::Closed => "Penanganan sudah selesai.",
    }
}

/// Something that was done, as the public may read it.
#[derive(Debug, PartialEq, Eq)]
pub struct Fact {
    /// When.
    pub when: String,
    /// What.
    pub text: String,
    /// Reasons or a list, line by line.
    pub details: Vec<String>,
}

/// A notice about the matter.
#[derive(Debug, PartialEq, Eq)]
pub struct Announcement {
    /// When.
    pub when: String,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
}

/// What was done so far, oldest first. Corrections are carried out before anything is told.
pub fn facts(docket: &Docket, law: &Law, offices: &[Office]) -> Vec<Fact> {
    let matter = &docket.matter;
    let pack = law.pack_for(matter.regime, matter.opened.date()).ok();
    let mut list = Vec::new();
    for (_, act, at) in effective(&docket.entries).unwrap_or_default() {
        if let Some((text, details)) = tell(act, pack, law, offices) {
            list.push(Fact { when: long_date(at.date()), text, details });
        }
    }
    list
}

/// The announcements about the matter, newest first.
pub fn announcements(docket: &Docket) -> Vec<Announcement> {
    let mut list: Vec<Announcement> = Vec::new();
    for (_, act, at) in effective(&docket.entries).unwrap_or_default() {
        let (title, text) = match act {
            Act::StatusAnnounced(s) => (s.title.clone(), s.text.clone()),
            Act::StatementPublished(s) => (s.title.clone(), s.text.clone()),
            _ => continue,
        };
        list.push(Announcement { when: long_moment(at), title, text });
    }
    list.reverse();
    list
}

type Told = Option<(String, Vec<String>)>;

fn said(text: &str) -> Told {
    Some((text.to_owned(), Vec::new()))
}

fn tell(act: &Act, pack: Option<&Pack>, law: &Law, offices: &[Office]) -> Told {
    let office =
        |id: &OfficeId| offices.iter().find(|o| o.id == *id).map_or_else(|| id.to_string(), |o| o.name.clone());
    match act {
        Act::ReportReceived(_) => said("Laporan diterima."),
        Act::TipReceived(_) | Act::InformationRecorded(_) => said("Informasi awal diterima."),
        Act::ReceiptIssued(r) => {
            said(&format!("Tanda bukti penyampaian laporan diterbitkan dengan nomor {}.", r.number))
        }
        Act::InitialStudyDecided(s) => study(s, pack),
        Act::RepairRequested(r) => repair(r, pack),
        Act::RepairReceived(_) => said("Pelapor melengkapi laporan."),
        Act::Registered(r) => said(&format!("Diregistrasi dengan nomor {}.", r.number)),
        Act::Rejected(r) => rejected(r),
        Act::MadeInitialInformation(m) => {
            let text = "Laporan tidak diregistrasi, tetapi isinya dijadikan informasi awal dan ditelusuri.";
            let mut details = vec![format!("Ditelusuri oleh {}.", office(&m.tracing_office))];
            details.extend(because(&m.reason));
            Some((text.to_owned(), details))
        }
        Act::TracingOrdered(_) => said("Penelusuran dimulai."),
        Act::TracingReported(t) => said(&format!("Hasil penelusuran: {}.", t.result.indonesian())),
        Act::FindingFixed(_) => said("Rapat pleno menetapkan hasil pengawasan sebagai temuan."),
        Act::HandlingExtended(_) => said("Waktu penanganan diperpanjang karena keterangan tambahan masih diperlukan."),
        Act::StudyFinished(_) => said("Kajian dugaan pelanggaran selesai."),
        Act::PlenaryDecided(d) => decided(&d.results),
        Act::Forwarded(f) => {
            let to = law.authority(&f.authority).map_or("instansi yang berwenang", |a| a.name.as_str());
            said(&format!("Diteruskan kepada {to}."))
        }
        Act::DeliveryConfirmed(_) => said("Instansi tujuan mengonfirmasi penerimaan berkas."),
        Act::Withdrawn(_) => said("Pelapor mencabut laporan."),
        Act::Delegated(d) => said(&format!("Dilimpahkan kepada {}.", office(&d.to))),
        Act::TakenOver(t) => said(&format!("Diambil alih oleh {}.", office(&t.by))),
        Act::RecommendationReceived(_) => {
            said("Instansi yang berwenang memberi rekomendasi kepada Pejabat Pembina Kepegawaian.")
        }
        Act::SanctionReported(_) => said("Pejabat Pembina Kepegawaian melaporkan tindak lanjutnya."),
        _ => None,
    }
}

fn study(study: &InitialStudy, pack: Option<&Pack>) -> Told {
    let outcome = pack.and_then(|p| p.outcome(&study.outcome));
    let details = outcome.map(|o| o.text.clone()).into_iter().collect();
    Some(("Kajian awal selesai.".to_owned(), details))
}

fn repair(asked: &RepairRequested, pack: Option<&Pack>) -> Told {
    let text = |id: &String| pack.and_then(|p| p.requirement(id)).map(|r| r.text.clone());
    let missing = asked.missing.iter().filter_map(text).collect();
    Some(("Pelapor diminta melengkapi laporan. Yang belum terpenuhi:".to_owned(), missing))
}

fn rejected(rejected: &Rejected) -> Told {
    Some(("Laporan tidak diregistrasi.".to_owned(), because(&rejected.reason).into_iter().collect()))
}

fn because(reason: &str) -> Option<String> {
    (!reason.is_empty()).then(|| format!("Alasan: {reason}"))
}

/// How many, never who.
fn decided(results: &[PersonResult]) -> Told {
    let suspected = results.iter().filter(|r| !r.kinds.is_empty()).count();
    let cleared = results.len() - suspected;
    let mut details = Vec::new();
    if suspected > 0 {
        details.push(format!("Patut diduga melanggar: {suspected} orang."));
    }
    if cleared > 0 {
        details.push(format!("Bukan pelanggaran: {cleared} orang."));
    }
    Some(("Rapat pleno mengambil keputusan.".to_owned(), details))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_that_was_passed_by_is_not_called_done() {
        let states =
            [(Ordering::Less, true), (Ordering::Less, false), (Ordering::Equal, false), (Ordering::Greater, true)]
                .map(|(side, reached)| stop("", side, reached).state);
        assert_eq!(states, ["done", "skipped", "now", "later"]);
    }

    #[test]
    fn a_decision_is_told_in_numbers() {
        let result = |no, kinds: &[&str]| PersonResult {
            person: netra_docket::ids::PersonNo(no),
            kinds: kinds.iter().map(|k| (*k).to_owned()).collect(),
            types: Vec::new(),
            articles: "Pasal 2".to_owned(),
        };
        let (_, details) = decided(&[result(2, &["ethics"]), result(3, &[]), result(4, &["other-law"])]).unwrap();
        assert_eq!(details, ["Patut diduga melanggar: 2 orang.", "Bukan pelanggaran: 1 orang."]);
    }
}
