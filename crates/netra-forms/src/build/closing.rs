//! Ends and turns: rejection, initial information, withdrawal, delegation, take-over, and what the
//! public is told. The sheets for the public name nobody.

use netra_docket::act::{
    Delegated, MadeInitialInformation, Rejected, StatementPublished, StatusAnnounced, TakenOver, Withdrawn,
};
use netra_law::time::long_moment;

use crate::build::page::{Body, Page};
use crate::build::parts::{BY_HAND, bullets, fields, given, heading, opened, text};
use crate::build::tables::{incident, reported_table, reporter_name};
use crate::sheet::Block;

/// The reporter and the public are told that a report is not registered, and why.
pub(super) fn rejection(page: &Page<'_>, act: &Rejected) -> Body {
    let missing = page.matter.missing.iter();
    Body::new(vec![
        fields([
            ("Nomor laporan", page.report_number()),
            ("Disampaikan", long_moment(page.matter.opened)),
            ("Pelapor", "dirahasiakan".to_owned()),
            ("Peristiwa", given(&page.matter.subject_line)),
            ("Status", "Tidak diregistrasi".to_owned()),
        ]),
        heading("Hasil"),
        text(page.outcome_text(&act.outcome)),
        heading("Syarat yang tidak terpenuhi"),
        bullets(missing.map(|id| page.requirement(id).map_or_else(|| id.clone(), |r| r.text.clone())).collect()),
        heading("Alasan"),
        text(given(&act.reason)),
    ])
    .numbered(BY_HAND)
    .signed("Ketua", BY_HAND)
}

/// A report that goes on as initial information.
pub(super) fn made_information(page: &Page<'_>, act: &MadeInitialInformation) -> Body {
    let matter = page.matter;
    let known = matter.event.as_ref().and_then(|e| e.known);
    Body::new(vec![
        fields([
            ("Nomor laporan", page.report_number()),
            ("Disampaikan", long_moment(matter.opened)),
            ("Dijadikan informasi awal", long_moment(page.entry.at)),
            ("Ditelusuri oleh", page.letterhead.name_of(&act.tracing_office)),
        ]),
        heading("Peristiwa"),
        incident(&matter.subject_line, matter.event.as_ref(), known),
        heading("Alasan"),
        text(given(&act.reason)),
    ])
    .signed("Ketua", BY_HAND)
}

/// A withdrawal, and what follows from it.
pub(super) fn withdrawal(page: &Page<'_>, act: &Withdrawn) -> Body {
    let registered = page.matter.registered.as_ref();
    let effect = if registered.is_some_and(|(at, _)| *at <= page.entry.at) {
        "Laporan sudah diregistrasi: penanganan tetap berjalan."
    } else {
        "Laporan belum diregistrasi: laporan ditutup. Isinya dapat dijadikan informasi awal."
    };
    Body::new(vec![
        fields([
            ("Nomor laporan", page.report_number()),
            ("Perkara", page.matter_number()),
            ("Peristiwa", given(&page.matter.subject_line)),
            ("Pelapor", given(&reporter_name(page))),
            ("Dicabut", long_moment(page.entry.at)),
        ]),
        heading("Alasan pelapor"),
        text(opened(&act.reason)),
        heading("Akibat"),
        text(effect),
    ])
    .signed("Pelapor", reporter_name(page))
    .signed("Petugas yang menerima", BY_HAND)
}

/// The matter goes to another supervisor.
pub(super) fn delegation(page: &Page<'_>, act: &Delegated) -> Body {
    Body::new(transfer(page, "Dilimpahkan kepada", page.letterhead.name_of(&act.to), &opened(&act.reason)))
        .numbered(act.letter.clone())
        .signed("Ketua", BY_HAND)
}

/// A higher supervisor takes the matter.
pub(super) fn take_over(page: &Page<'_>, act: &TakenOver) -> Body {
    Body::new(transfer(page, "Diambil alih oleh", page.letterhead.name_of(&act.by), &opened(&act.reason)))
        .numbered(act.letter.clone())
        .signed("Ketua", BY_HAND)
}

fn transfer(page: &Page<'_>, label: &str, office: String, reason: &str) -> Vec<Block> {
    let matter = page.matter;
    vec![
        fields([
            (label, office),
            ("Waktu", long_moment(page.entry.at)),
            ("Perkara", page.matter_number()),
            ("Peristiwa", given(&matter.subject_line)),
            ("Dugaan jenis pelanggaran", given(&page.kinds_text(&matter.kinds))),
            ("Lampiran", "seluruh berkas perkara".to_owned()),
        ]),
        heading("Terlapor"),
        reported_table(page, &matter.reported().collect::<Vec<_>>()),
        heading("Alasan"),
        text(given(reason)),
    ]
}

/// The status as it is posted: nobody is named.
pub(super) fn status(page: &Page<'_>, act: &StatusAnnounced) -> Body {
    let mut to: Vec<String> = Vec::new();
    for forwarding in page.matter.forwardings.iter().filter(|f| f.at <= page.entry.at) {
        let name = page.authority(&forwarding.what.authority);
        if !to.contains(&name) {
            to.push(name);
        }
    }
    Body::new(vec![
        fields([
            ("Nomor laporan/temuan", page.matter_number()),
            ("Pelapor", "dirahasiakan".to_owned()),
            ("Peristiwa", given(&page.matter.subject_line)),
            ("Status", given(&act.title)),
            ("Instansi tujuan", given(&to.join("\n"))),
            ("Diumumkan", long_moment(page.entry.at)),
            ("Ditempel di", given(&act.posted)),
        ]),
        heading("Keterangan dan alasan"),
        text(given(&act.text)),
    ])
    .numbered(BY_HAND)
    .signed("Ketua", BY_HAND)
}

/// A statement to the public: nobody is named.
pub(super) fn statement(page: &Page<'_>, act: &StatementPublished) -> Body {
    Body::new(vec![heading(&act.title), fields([("Diterbitkan", long_moment(page.entry.at))]), text(given(&act.text))])
        .signed("Ketua", BY_HAND)
}
