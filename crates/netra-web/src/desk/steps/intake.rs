//! Steps from the receipt to registration, and those that end a report before it.

use netra_docket::act::{
    Act, Delegated, InitialStudy, MadeInitialInformation, OfficeWrote, ReceiptIssued, Registered, Rejected,
    RepairReceived, RepairRequested, RequirementCheck, TakenOver, Verdict, Withdrawn,
};
use netra_docket::ids::OfficeId;
use netra_docket::matter::Matter;
use netra_law::pack::{OutcomeEffect, Requirement, RequirementPart, RequirementWeight};

use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

/// Proof of delivery; the store draws the number.
pub fn issue_receipt(asker: &mut Asker<'_>) -> Option<Act> {
    asker.note("Nomor laporan diambil otomatis saat dicatat. Cetak tanda buktinya untuk pelapor.");
    Some(Act::ReceiptIssued(ReceiptIssued { number: String::new() }))
}

/// A message to whoever has the tracking code.
pub fn write_reporter(asker: &mut Asker<'_>) -> Option<Act> {
    asker.note(
        "Pesan ini tampil di halaman status, bagi siapa pun yang memegang kode pelacakan. Jangan menulis nama terlapor, \
         saksi, atau petugas di dalamnya.",
    );
    let need = Need::Required("Tulis pesannya.");
    let text = asker.text("text", "Apa yang disampaikan kepada pelapor?", "", "", need);
    Some(Act::OfficeWrote(OfficeWrote { text: text.into() }))
}

/// Registration; the store draws the number.
pub fn register(asker: &mut Asker<'_>) -> Option<Act> {
    asker.note("Nomor registrasi diambil otomatis saat dicatat.");
    Some(Act::Registered(Registered { number: String::new() }))
}

/// The initial study: every requirement one by one, kinds, outcome.
pub fn initial_study(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let procedure = &scene.pack.procedure;
    let mut checks = Vec::with_capacity(procedure.requirement.len());
    for (part, title) in [(RequirementPart::Formal, "Syarat formal"), (RequirementPart::Material, "Syarat materiel")] {
        asker.heading(title);
        for requirement in procedure.requirement.iter().filter(|r| r.part == part) {
            checks.extend(check(asker, requirement));
        }
    }
    asker.heading("Jenis dan hasil");
    let kinds = asker.checks(
        "kinds",
        "Jenis dugaan pelanggaran",
        "Boleh lebih dari satu.",
        parts::kind_options(scene),
        &matter.kinds,
        Need::Optional,
    );
    let outcomes = procedure.outcome.iter().map(|o| Choice::new(&o.id, &o.text)).collect();
    let outcome =
        asker.choice("outcome", "Hasil kajian awal", "", outcomes, "", Need::Required("Pilih hasil kajian awal."));
    let reason = asker.text("reason", "Alasan", "", "", Need::Required("Tulis alasan hasil kajian awal."));
    let outcome = outcome?;
    if asker.is_reading() {
        check_outcome(asker, scene, &checks, &kinds, &outcome);
    }
    Some(Act::InitialStudyDecided(InitialStudy { requirements: checks, kinds, outcome, reason: reason.into() }))
}

fn check(asker: &mut Asker<'_>, requirement: &Requirement) -> Option<RequirementCheck> {
    let hint = match requirement.weight {
        RequirementWeight::Required => requirement.basis.cite.clone(),
        RequirementWeight::Advisory => format!("{} (hanya peringatan, tidak menghalangi)", requirement.basis.cite),
    };
    let options = vec![Choice::new("met", "Terpenuhi"), Choice::new("not-met", "Tidak terpenuhi")];
    let name = format!("req_{}", requirement.id);
    let verdict =
        asker.choice(&name, &requirement.text, &hint, options, "", Need::Required("Pilih terpenuhi atau tidak."));
    let note = asker.line(&format!("note_{}", requirement.id), "Catatan", "", "", Need::Optional);
    let verdict = if verdict? == "met" { Verdict::Met } else { Verdict::NotMet };
    let note = (!note.is_empty()).then(|| note.into());
    Some(RequirementCheck { id: requirement.id.clone(), part: requirement.part, verdict, note })
}

/// An outcome must fit what was ticked.
fn check_outcome(
    asker: &mut Asker<'_>,
    scene: &Scene<'_>,
    checks: &[RequirementCheck],
    kinds: &[String],
    outcome: &str,
) {
    let effect = scene.pack.outcome(outcome).map(|o| o.effect);
    let required =
        |c: &&RequirementCheck| scene.pack.requirement(&c.id).is_some_and(|r| r.weight == RequirementWeight::Required);
    let unmet = checks.iter().filter(required).any(|c| c.verdict == Verdict::NotMet);
    match effect {
        Some(OutcomeEffect::Register) if unmet => asker.problems.add(
            "outcome",
            "Ada syarat yang tidak terpenuhi. Minta perbaikan atau pilih hasil lain; registrasi perlu semua syarat.",
        ),
        Some(OutcomeEffect::AskRepair) if !unmet => {
            asker.problems.add("outcome", "Semua syarat terpenuhi: tidak ada yang perlu diperbaiki.");
        }
        _ => {}
    }
    let names_kind = matches!(effect, Some(OutcomeEffect::Register | OutcomeEffect::ForwardUnregistered));
    if names_kind && kinds.is_empty() {
        asker.problems.add("kinds", "Pilih sekurang-kurangnya satu jenis dugaan pelanggaran.");
    }
}

/// What is missing, told to the reporter.
pub fn request_repair(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let options = scene.pack.procedure.requirement.iter().map(|r| Choice::new(&r.id, &r.text)).collect();
    let missing = asker.checks(
        "missing",
        "Syarat yang harus dilengkapi",
        "",
        options,
        &matter.missing,
        Need::Required("Pilih syarat yang harus dilengkapi."),
    );
    let note =
        asker.text("note", "Apa yang harus dibawa pelapor?", "", "", Need::Required("Tulis apa yang harus dibawa."));
    Some(Act::RepairRequested(RepairRequested { missing, note: note.into() }))
}

/// What the reporter completed.
pub fn receive_repair(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let note = asker.text("note", "Apa yang dilengkapi?", "", "", Need::Required("Tulis apa yang dilengkapi."));
    asker.files("Bukti tambahan", "Boleh beberapa berkas.");
    Some(Act::RepairReceived(RepairReceived {
        note: note.into(),
        exhibits: scene.uploads.to_vec(),
        persons: Vec::new(),
    }))
}

/// Closed without registration.
pub fn reject(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let options: Vec<Choice> = scene
        .pack
        .procedure
        .outcome
        .iter()
        .filter(|o| o.effect == OutcomeEffect::Reject)
        .map(|o| Choice::new(&o.id, &o.text))
        .collect();
    let default = options.first().map(|o| o.value.clone()).unwrap_or_default();
    let outcome = asker.choice("outcome", "Hasil", "", options, &default, Need::Required("Pilih hasilnya."));
    let reason = asker.text(
        "reason",
        "Alasan",
        "Alasan ini tampil pada status publik: jangan tulis nama orang.",
        "",
        Need::Required("Tulis alasannya; pelapor berhak tahu."),
    );
    parts::names_nobody(asker, matter, "reason", &reason);
    Some(Act::Rejected(Rejected { outcome: outcome?, reason }))
}

fn office(asker: &mut Asker<'_>, name: &str, label: &str, options: Vec<Choice>, default: &str) -> Option<OfficeId> {
    let chosen = asker.choice(name, label, "", options, default, Need::Required("Pilih kantornya."))?;
    chosen.parse().ok()
}

/// Goes on as initial information, here or at the place of occurrence.
pub fn make_initial_information(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let mut options = vec![Choice::new(scene.office.id.as_str(), format!("{} (kantor ini)", scene.office.name))];
    options.extend(parts::supervisor_options(scene));
    let own = scene.office.id.as_str();
    let tracing_office = office(asker, "office", "Kantor yang menelusuri (tempat kejadian)", options, own);
    let hint = "Alasan ini tampil pada status publik: jangan tulis nama orang.";
    let reason = asker.text("reason", "Alasan", hint, "", Need::Required("Tulis alasannya."));
    parts::names_nobody(asker, matter, "reason", &reason);
    Some(Act::MadeInitialInformation(MadeInitialInformation { tracing_office: tracing_office?, reason }))
}

/// A withdrawal by the reporter.
pub fn withdraw(asker: &mut Asker<'_>) -> Option<Act> {
    asker.note("Sebelum registrasi, pencabutan menutup laporan. Sesudah registrasi, penanganan tetap berjalan.");
    let reason = asker.text("reason", "Alasan pelapor", "", "", Need::Required("Tulis alasan pelapor."));
    Some(Act::Withdrawn(Withdrawn { reason: reason.into() }))
}

/// To another supervisor.
pub fn delegate(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let to = office(asker, "office", "Dilimpahkan kepada", parts::supervisor_options(scene), "");
    let (letter, reason) = letter_and_reason(asker);
    Some(Act::Delegated(Delegated { to: to?, letter, reason: reason.into() }))
}

/// By a higher supervisor.
pub fn take_over(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let by = office(asker, "office", "Diambil alih oleh", parts::supervisor_options(scene), "");
    let (letter, reason) = letter_and_reason(asker);
    Some(Act::TakenOver(TakenOver { by: by?, letter, reason: reason.into() }))
}

fn letter_and_reason(asker: &mut Asker<'_>) -> (String, String) {
    let letter = asker.line("letter", "Nomor surat", "", "", Need::Required("Tulis nomor suratnya."));
    let reason = asker.text("reason", "Alasan", "", "", Need::Required("Tulis alasannya."));
    (letter, reason)
}
