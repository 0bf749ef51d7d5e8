//! From the initial study to registration.

use netra_docket::act::{InitialStudy, Registered, RepairReceived, RepairRequested, Verdict};
use netra_docket::matter::Origin;
use netra_docket::person::Capacity;
use netra_law::event::{Event, EventKind};
use netra_law::pack::{RequirementPart, RequirementWeight};
use netra_law::time::{long_date, long_moment};

use crate::build::page::{Body, Page};
use crate::build::parts::{
    BY_HAND, NOTHING, bullets, deadline, fields, given, heading, maybe, opened, or_blank, prose, table, text,
    time_of_day,
};
use crate::build::tables::{
    account, contact_table, exhibit_table, name, of_capacity, received_from, reported_names, reported_table, reporter,
    reporter_name,
};
use crate::sheet::Block;

/// The initial study: each requirement, the kinds, the outcome, the reason.
pub(super) fn initial_study(page: &Page<'_>, act: &InitialStudy) -> Body {
    let matter = page.matter;
    Body::new(vec![
        heading("1. Laporan"),
        fields([
            ("Nomor laporan", page.report_number()),
            ("Disampaikan", long_moment(matter.opened)),
            ("Pelapor", reporter(page).map_or_else(|| NOTHING.to_owned(), name)),
            ("Terlapor", reported_names(page)),
            ("Peristiwa", given(&matter.subject_line)),
            ("Tempat kejadian", place(page)),
        ]),
        heading("2. Syarat formal"),
        requirement_table(page, act, RequirementPart::Formal),
        heading("3. Syarat materiel"),
        requirement_table(page, act, RequirementPart::Material),
        heading("4. Dugaan jenis pelanggaran"),
        bullets(act.kinds.iter().map(|k| page.kind_text(k)).collect()),
        heading("5. Kesimpulan"),
        text(page.outcome_text(&act.outcome)),
        heading("6. Alasan"),
        text(opened(&act.reason)),
    ])
    .numbered(BY_HAND)
    .signed("Penyusun kajian", BY_HAND)
    .signed("Ketua", BY_HAND)
}

fn place(page: &Page<'_>) -> String {
    maybe(page.matter.event.as_ref().map(|e| &e.place))
}

fn requirement_table(page: &Page<'_>, act: &InitialStudy, which: RequirementPart) -> Block {
    let checks = act.requirements.iter().filter(|r| r.part == which);
    let rows: Vec<[String; 5]> = checks
        .enumerate()
        .map(|(n, check)| {
            let verdict = match check.verdict {
                Verdict::Met => "terpenuhi",
                Verdict::NotMet => "tidak terpenuhi",
            };
            [
                (n + 1).to_string(),
                requirement_text(page, &check.id),
                page.requirement(&check.id).map(|r| r.basis.cite.clone()).unwrap_or_default(),
                verdict.to_owned(),
                maybe(check.note.as_ref()),
            ]
        })
        .collect();
    if rows.is_empty() {
        return text("Tidak ada yang diperiksa.");
    }
    table(["No.", "Syarat", "Dasar", "Hasil", "Catatan"], rows)
}

/// A requirement in words; those that only warn say so.
fn requirement_text(page: &Page<'_>, id: &str) -> String {
    let Some(requirement) = page.requirement(id) else { return id.to_owned() };
    match requirement.weight {
        RequirementWeight::Required => requirement.text.clone(),
        RequirementWeight::Advisory => {
            format!("{} (anjuran, tidak menghalangi registrasi)", requirement.text)
        }
    }
}

/// What is missing, told to the reporter, and until when it can be brought.
pub(super) fn repair_request(page: &Page<'_>, act: &RepairRequested) -> Body {
    let mut blocks = vec![
        prose("Kepada Yth."),
        received_from(page),
        prose(
            "Laporan Saudara telah diperiksa dalam kajian awal. Agar dapat diregistrasi, laporan \
             perlu dilengkapi.",
        ),
        heading("Laporan"),
        fields([("Nomor laporan", page.report_number()), ("Peristiwa", given(&page.matter.subject_line))]),
        heading("Yang perlu dilengkapi"),
        bullets(act.missing.iter().map(|id| requirement_text(page, id)).collect()),
        text(opened(&act.note)),
    ];
    let told = Event::at(EventKind::RepairNotified, page.entry.at);
    if let Some(due) = page.step_due("receive-repair", told) {
        blocks.push(heading("Batas waktu"));
        blocks.push(deadline("Paling lambat", &due));
        blocks.push(text(due.rule.at_expiry.clone()));
    }
    Body::new(blocks).numbered(BY_HAND).signed("Ketua", BY_HAND)
}

/// Form B.3.1.
pub(super) fn repair(page: &Page<'_>, act: &RepairReceived) -> Body {
    let at = page.entry.at;
    let mut blocks = vec![
        prose("Telah diterima dari:"),
        received_from(page),
        heading("Penyampaian perbaikan"),
        fields([
            ("Nomor laporan", page.report_number()),
            ("Tempat", page.letterhead.office.clone()),
            ("Hari dan tanggal", long_date(at.date())),
            ("Waktu", time_of_day(at)),
        ]),
        heading("Yang dilengkapi"),
        text(opened(&act.note)),
        heading("Bukti yang diserahkan"),
        exhibit_table(&act.exhibits),
    ];
    let reported = of_capacity(&act.persons, Capacity::Reported);
    if !reported.is_empty() {
        blocks.extend([heading("Terlapor yang dilengkapi"), reported_table(page, &reported)]);
    }
    let witnesses = of_capacity(&act.persons, Capacity::Witness);
    if !witnesses.is_empty() {
        blocks.extend([heading("Saksi yang dilengkapi"), contact_table(&witnesses)]);
    }
    Body::new(blocks).numbered(BY_HAND).signed("Penerima Laporan", BY_HAND).signed("Pelapor", reporter_name(page))
}

/// The entry in the register.
pub(super) fn registration(page: &Page<'_>, act: &Registered) -> Body {
    let matter = page.matter;
    let origin = match (matter.finding, matter.origin) {
        (Some(_), _) => "temuan",
        (None, Origin::Report) => "laporan",
        (None, Origin::Information | Origin::Prevention) => "informasi awal",
    };
    let number = match act.number.as_str() {
        "" => page.numbers.registered.as_ref().map(|(_, n)| n.clone()).unwrap_or_default(),
        drawn => drawn.to_owned(),
    };
    Body::new(vec![
        fields([
            ("Nomor registrasi", or_blank(&number)),
            ("Diregistrasi", long_moment(page.entry.at)),
            ("Berasal dari", origin.to_owned()),
            ("Nomor laporan", page.report_number()),
            ("Disampaikan atau dicatat", long_moment(matter.opened)),
            ("Peristiwa", given(&matter.subject_line)),
            ("Tempat kejadian", place(page)),
            ("Dugaan jenis pelanggaran", given(&page.kinds_text(&matter.kinds))),
        ]),
        heading("Terlapor"),
        reported_table(page, &matter.reported().collect::<Vec<_>>()),
        heading("Bukti-bukti"),
        exhibit_table(&matter.exhibits),
        heading("Uraian kejadian"),
        account(page),
    ])
    .numbered(number)
    .signed("Petugas registrasi", BY_HAND)
    .signed("Ketua", BY_HAND)
}
