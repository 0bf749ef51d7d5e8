//! Steps of initial information: tracing, and the finding that may come of it.

use netra_docket::act::{Act, FindingFixed, TracingOrdered, TracingReported, TracingResult};
use netra_docket::matter::Matter;
use netra_docket::person::Capacity;

use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

/// Sends supervisors to trace.
pub fn order_tracing(asker: &mut Asker<'_>) -> Option<Act> {
    let letter = asker.line("letter", "Nomor surat tugas", "", "", Need::Required("Tulis nomor surat tugas."));
    let plan = asker.text(
        "plan",
        "Apa yang harus ditelusuri?",
        "Siapa yang didatangi, apa yang ditanyakan, bukti apa yang dicari.",
        "",
        Need::Required("Tulis rencana penelusuran."),
    );
    Some(Act::TracingOrdered(TracingOrdered { letter, plan: plan.into() }))
}

const RESULTS: [(&str, TracingResult); 3] =
    [("suspected", TracingResult::Suspected), ("not-yet", TracingResult::NotYet), ("nothing", TracingResult::Nothing)];

/// A supervision report, Form A.
pub fn report_tracing(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let number = asker.line("number", "Nomor laporan hasil pengawasan", "", "", Need::Required("Tulis nomor laporan."));
    let activity = asker.line(
        "activity",
        "Bentuk kegiatan",
        "Misalnya: wawancara, kunjungan.",
        "",
        Need::Required("Tulis bentuk kegiatan."),
    );
    let place = asker.line("place", "Tempat", "", "", Need::Required("Tulis tempatnya."));
    let account = asker.text("account", "Uraian hasil pengawasan", "", "", Need::Required("Tulis uraiannya."));
    let options = RESULTS.iter().map(|(id, r)| Choice::new(*id, r.indonesian())).collect();
    let result = asker.choice("result", "Kesimpulan", "", options, "", Need::Required("Pilih kesimpulannya."));
    let persons = parts::persons(asker, scene, Capacity::Reported, matter.next_person());
    asker.files("Bukti", "Boleh beberapa berkas.");
    let result = RESULTS.iter().find(|(id, _)| result.as_deref() == Some(*id)).map(|(_, r)| *r)?;
    Some(Act::TracingReported(TracingReported {
        number,
        activity,
        place,
        account: account.into(),
        result,
        persons,
        exhibits: scene.uploads.to_vec(),
    }))
}

/// Plenary makes the supervision result a finding.
pub fn fix_finding(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let plenary = parts::plenary(asker, scene);
    let kinds = asker.checks(
        "kinds",
        "Jenis dugaan pelanggaran",
        "Boleh lebih dari satu.",
        parts::kind_options(scene),
        &matter.kinds,
        Need::Required("Pilih sekurang-kurangnya satu jenis dugaan pelanggaran."),
    );
    let persons = parts::persons(asker, scene, Capacity::Reported, matter.next_person());
    if asker.is_reading() && persons.is_empty() && matter.reported().next().is_none() {
        asker.problems.add("t0_name", "Temuan perlu sekurang-kurangnya satu terlapor.");
    }
    let reason = asker.text("reason", "Alasan", "", "", Need::Required("Tulis alasannya."));
    Some(Act::FindingFixed(FindingFixed { plenary, kinds, persons, reason: reason.into() }))
}
