//! Supervision: tracing, Form A, the finding, advice to correct, prevention.

use netra_docket::act::{
    Act, Addressee, CorrectionAdvised, CorrectionAnswered, FindingFixed, Prevention, TracingOrdered, TracingReported,
    Verdict,
};
use netra_docket::person::Capacity;
use netra_law::time::{long_date, long_moment};

use crate::build::page::{Body, Page};
use crate::build::parts::{BY_HAND, bullets, fields, given, heading, opened, or_blank, prose, table, text};
use crate::build::tables::{
    account, contact_table, exhibit_table, incident, of_capacity, plenary_fields, reported_table,
};
use crate::sheet::Block;

/// The order to trace.
pub(super) fn order(page: &Page<'_>, act: &TracingOrdered) -> Body {
    let matter = page.matter;
    let known = matter.discovered;
    Body::new(vec![
        fields([
            ("Ditugaskan kepada", BY_HAND.to_owned()),
            ("Untuk", "menelusuri informasi awal dugaan pelanggaran".to_owned()),
            ("Perkara", page.matter_number()),
        ]),
        heading("Informasi awal"),
        incident(&matter.subject_line, matter.event.as_ref(), known),
        heading("Yang harus dipastikan"),
        text(opened(&act.plan)),
        prose(
            "Hasil penelusuran dituangkan dalam laporan hasil pengawasan beserta saksi dan bukti \
             yang ditemukan.",
        ),
    ])
    .numbered(act.letter.clone())
    .signed("Ketua", BY_HAND)
}

/// Form A. It has no letterhead.
pub(super) fn report(page: &Page<'_>, act: &TracingReported) -> Body {
    let matter = page.matter;
    let (letter, plan) = match last_order(page) {
        Some(order) => (or_blank(&order.letter), opened(&order.plan)),
        None => (BY_HAND.to_owned(), BY_HAND.to_owned()),
    };
    Body::new(vec![
        heading("I. Data pengawas"),
        fields([
            ("a. Tahapan yang diawasi", BY_HAND.to_owned()),
            ("b. Nama pelaksana tugas pengawasan", BY_HAND.to_owned()),
            ("c. Jabatan", BY_HAND.to_owned()),
            ("d. Nomor surat perintah tugas", letter),
            ("e. Alamat", or_blank(&page.letterhead.address)),
        ]),
        heading("II. Kegiatan pengawasan"),
        fields([
            ("a. Bentuk", given(&act.activity)),
            ("b. Tujuan", plan),
            ("c. Sasaran", BY_HAND.to_owned()),
            ("d. Waktu", long_moment(page.entry.at)),
            ("e. Tempat", given(&act.place)),
        ]),
        heading("III. Uraian singkat hasil pengawasan"),
        text(opened(&act.account)),
        heading("IV. Informasi dugaan pelanggaran"),
        fields([("Hasil", act.result.indonesian().to_owned())]),
        incident(&matter.subject_line, matter.event.as_ref(), matter.discovered),
        heading("Orang yang diduga terlibat"),
        reported_table(page, &of_capacity(&act.persons, Capacity::Reported)),
        heading("Saksi-saksi"),
        contact_table(&of_capacity(&act.persons, Capacity::Witness)),
        heading("Bukti yang ditemukan"),
        exhibit_table(&act.exhibits),
        heading("V. Informasi potensi sengketa"),
        text("Tidak dicatat dalam berkas ini."),
    ])
    .numbered(act.number.clone())
    .bare()
    .signed("Pengawas", BY_HAND)
}

/// The last order before this act, if the docket is at hand.
fn last_order<'a>(page: &Page<'a>) -> Option<&'a TracingOrdered> {
    let mut before = page.docket.iter().rev().filter(|e| e.n < page.entry.n);
    before.find_map(|e| match &e.what {
        Act::TracingOrdered(order) => Some(order),
        _ => None,
    })
}

/// Form B.2/A.2, with the meeting that fixed it.
pub(super) fn finding(page: &Page<'_>, act: &FindingFixed) -> Body {
    let matter = page.matter;
    let number = page.numbers.registered.as_ref().map(|(_, n)| n.clone()).unwrap_or_default();
    Body::new(vec![
        heading("1. Identitas pengawas yang menemukan"),
        fields([
            ("a. Nama", BY_HAND.to_owned()),
            ("b. Jabatan", BY_HAND.to_owned()),
            ("c. Alamat", or_blank(&page.letterhead.address)),
        ]),
        heading("2. Identitas Terlapor"),
        reported_table(page, &matter.reported().collect::<Vec<_>>()),
        heading("3. Peristiwa yang ditemukan"),
        incident(&matter.subject_line, matter.event.as_ref(), matter.discovered),
        heading("4. Saksi-saksi"),
        contact_table(&of_capacity(&matter.persons, Capacity::Witness)),
        heading("5. Bukti-bukti"),
        exhibit_table(&matter.exhibits),
        heading("6. Uraian kejadian"),
        account(page),
        heading("7. Penetapan dalam rapat pleno"),
        plenary_fields(page, &act.plenary),
        heading("8. Dugaan jenis pelanggaran"),
        bullets(act.kinds.iter().map(|k| page.kind_text(k)).collect()),
        heading("9. Alasan"),
        text(opened(&act.reason)),
    ])
    .numbered(number)
    .signed("Pengawas yang menemukan", BY_HAND)
    .signed("Ketua", BY_HAND)
}

/// Advice to correct an administrative slip.
pub(super) fn correction_advice(page: &Page<'_>, act: &CorrectionAdvised) -> Body {
    Body::new(vec![
        fields([
            ("Kepada Yth.", page.authority(&act.authority)),
            ("Hal", "Saran perbaikan".to_owned()),
            ("Perkara", page.matter_number()),
            ("Disampaikan", long_moment(page.entry.at)),
        ]),
        heading("Yang disarankan"),
        text(given(&act.text)),
    ])
    .numbered(act.letter.clone())
    .signed("Ketua", BY_HAND)
}

/// What came of the advice.
pub(super) fn correction_answer(page: &Page<'_>, act: &CorrectionAnswered) -> Body {
    let followed = match act.followed {
        Verdict::Met => "Dilaksanakan",
        Verdict::NotMet => "Tidak dilaksanakan",
    };
    Body::new(vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Saran perbaikan", followed.to_owned()),
            ("Dicatat", long_moment(page.entry.at)),
        ]),
        heading("Jawaban"),
        text(opened(&act.note)),
    ])
    .signed("Petugas", BY_HAND)
}

/// A prevention activity.
pub(super) fn prevention(page: &Page<'_>, act: &Prevention) -> Body {
    let mut blocks = vec![activity(page, act), heading("Ditujukan kepada"), bullets(act.audience.clone())];
    if !act.recipients.is_empty() {
        blocks.push(heading("Penerima"));
        blocks.push(recipients(act));
    }
    blocks.extend([heading("Isi"), text(given(&act.text)), heading("Lampiran"), exhibit_table(&act.exhibits)]);
    let body = Body::new(blocks).signed("Ketua", BY_HAND);
    // Only letters have a number: a meeting has none.
    match act.letter.trim() {
        "" => body,
        letter => body.numbered(letter),
    }
}

fn activity(page: &Page<'_>, act: &Prevention) -> Block {
    let mut items = vec![
        ("Bentuk kegiatan", act.activity.indonesian().to_owned()),
        ("Pokok", given(&act.subject_line)),
        ("Tahapan", act.regime.indonesian().to_owned()),
        ("Hari dan tanggal", long_date(page.entry.at.date())),
        ("Tempat", given(&act.place)),
    ];
    items.extend(act.delivery.map(|way| ("Cara penyampaian", way.indonesian().to_owned())));
    items.extend(act.attendance.map(|count| ("Jumlah yang hadir", count.to_string())));
    fields(items)
}

/// Those of the office's list, with what a letter to them needs.
fn recipients(act: &Prevention) -> Block {
    let row = |(n, r): (usize, &Addressee)| {
        [(n + 1).to_string(), r.name.clone(), given(&r.address), r.kind.indonesian().to_owned()]
    };
    table(["No.", "Penerima", "Alamat", "Jenis"], act.recipients.iter().enumerate().map(row).collect())
}
