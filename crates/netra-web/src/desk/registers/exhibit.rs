//! A comparison as an exhibit: a table of text that nothing can run, with everything that two people looked at.

use netra_store::{ListRecord, PairVerdict};

use super::pair::{Found, result_words};
use super::view::{People as Two, percent};
use super::{People, moment};
use crate::desk::session::Officer;

/// The file's name in the matter.
pub(super) const NAME: &str = "perbandingan-daftar.csv";

/// The comparison of a pair as CSV.
pub(super) fn table(officer: &Officer, people: &People, found: &Found, servants: &ListRecord, two: &Two) -> Vec<u8> {
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let list = |list: &ListRecord| format!("{}, keadaan per {}", list.title, list.dated);
    let mut rows = vec![row(["Daftar", &list(&found.list), &list(servants), ""])];
    for line in two.lines() {
        rows.push(row([line.label, &line.candidate, &line.servant, line.outcome.indonesian()]));
    }
    rows.push(row(["Nama ini", &two.rarity(), "", ""]));
    for reason in &two.reasons {
        rows.push(row(["Mengapa diajukan", reason, "", ""]));
    }
    let record = &found.pair.record;
    rows.push(row(["Peluang menurut program", &percent(record.probability), "", "petunjuk, bukan kesimpulan"]));
    for decision in &record.decisions {
        let who = people.name(decision.account);
        rows.push(row([verdict_head(decision.verdict), &who, &moment(officer, decision.at), ""]));
    }
    if let Some(clarified) = &found.pair.clarified {
        let note = clarified.note.clone().unwrap_or_default();
        rows.push(row(["Hasil klarifikasi", result_words(clarified.result), &note, &moment(officer, clarified.at)]));
    }
    netra_sheets::write_csv(&["hal", "daftar calon atau anggota", "daftar ASN", "keterangan"], &rows)
}

fn verdict_head(verdict: PairVerdict) -> &'static str {
    match verdict {
        PairVerdict::Match => "Diperiksa: orang yang sama",
        PairVerdict::NoMatch => "Diperiksa: bukan orang yang sama",
        PairVerdict::Unsure => "Diperiksa: belum dapat dipastikan",
    }
}
