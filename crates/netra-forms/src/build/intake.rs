//! What comes in: a report and its receipt, a tip, initial information.

use netra_docket::act::{Exhibit, Incident, Information, ReceiptIssued, Report, Tip};
use netra_docket::person::{Capacity, Person};
use netra_law::time::{long_date, long_moment};

use crate::build::page::{Body, Page};
use crate::build::parts::{BY_HAND, fields, given, heading, opened, prose, text, time_of_day};
use crate::build::tables::{
    self, contact_table, exhibit_table, incident, name, of_capacity, part, received_from, reported_table, reporter_name,
};
use crate::sheet::Block;

/// Form B.1/A.1.
pub(super) fn report(page: &Page<'_>, act: &Report) -> Body {
    let at = page.entry.at;
    let mut blocks = Vec::new();
    let reporters = of_capacity(&act.persons, Capacity::Reporter);
    blocks.push(heading("1. Identitas Pelapor"));
    if reporters.is_empty() {
        blocks.push(text("Tidak disebut."));
    }
    blocks.extend(reporters.iter().map(|p| reporter_fields(p)));
    let reported = of_capacity(&act.persons, Capacity::Reported);
    blocks.push(heading("2. Identitas Terlapor"));
    blocks.push(match reported.as_slice() {
        [only] => reported_fields(page, only),
        many => reported_table(page, many),
    });
    if reported.len() > 1 {
        blocks.push(contact_table(&reported));
    }
    let others: Vec<&Person> =
        act.persons.iter().filter(|p| matches!(p.capacity, Capacity::Expert | Capacity::Related)).collect();
    blocks.extend([
        heading("3. Peristiwa yang dilaporkan"),
        incident(&act.subject_line, Some(&act.event), act.event.known),
        heading("4. Saksi-saksi"),
        contact_table(&of_capacity(&act.persons, Capacity::Witness)),
    ]);
    if !others.is_empty() {
        blocks.extend([heading("Ahli dan pihak terkait"), contact_table(&others)]);
    }
    blocks.extend([
        heading("5. Bukti-bukti"),
        exhibit_table(&act.exhibits),
        heading("6. Uraian kejadian"),
        text(opened(&act.event.account)),
        heading("7. Penyampaian laporan"),
        fields([
            ("Dilaporkan di", page.letterhead.office.clone()),
            ("Hari dan tanggal", long_date(at.date())),
            ("Pukul", time_of_day(at)),
            ("Cara penyampaian", act.channel.indonesian().to_owned()),
        ]),
        heading("8. Pernyataan Pelapor"),
        prose(
            "Saya menyatakan bahwa isi laporan ini benar, dan saya bersedia \
             mempertanggungjawabkannya di hadapan hukum.",
        ),
    ]);
    let signature = reporters.first().map_or_else(|| BY_HAND.to_owned(), |p| name(p));
    Body::new(blocks)
        .numbered(page.numbers.report_number.clone().unwrap_or_default())
        .signed("Penerima Laporan", BY_HAND)
        .signed("Pelapor", signature)
}

fn reporter_fields(person: &Person) -> Block {
    let standing = person.standing.map(|s| s.indonesian()).unwrap_or_default();
    fields([
        ("a. Nama", name(person)),
        ("b. Tempat/Tgl Lahir", part(person, |i| i.birth.as_str())),
        ("c. Jenis Kelamin", part(person, |i| i.sex.as_str())),
        ("d. Pekerjaan", part(person, |i| i.occupation.as_str())),
        ("e. Kewarganegaraan", part(person, |i| i.citizenship.as_str())),
        ("f. Alamat", part(person, |i| i.address.as_str())),
        ("g. No. Telp/HP", part(person, |i| i.phone.as_str())),
        ("h. E-Mail", part(person, |i| i.email.as_str())),
        ("Kedudukan sebagai pelapor", given(standing)),
    ])
}

fn reported_fields(page: &Page<'_>, person: &Person) -> Block {
    fields([
        ("a. Nama", name(person)),
        ("b. Alamat", part(person, |i| i.address.as_str())),
        ("c. No. Telp/HP", part(person, |i| i.phone.as_str())),
        ("Jabatan", part(person, |i| i.occupation.as_str())),
        ("Instansi", part(person, |i| i.agency.as_str())),
        ("Status", tables::status(page, person)),
    ])
}

/// A note of an anonymous tip.
pub(super) fn tip(page: &Page<'_>, act: &Tip) -> Body {
    let source = fields([
        ("Asal informasi", act.channel.indonesian().to_owned()),
        ("Diterima", long_moment(page.entry.at)),
        ("Pemberi informasi", "tanpa nama".to_owned()),
    ]);
    let told =
        Told { subject_line: &act.subject_line, event: &act.event, persons: &act.persons, exhibits: &act.exhibits };
    information_body(page, source, &told)
}

/// A note of initial information.
pub(super) fn information(page: &Page<'_>, act: &Information) -> Body {
    let source =
        fields([("Sumber informasi", act.channel.indonesian().to_owned()), ("Dicatat", long_moment(page.entry.at))]);
    let told =
        Told { subject_line: &act.subject_line, event: &act.event, persons: &act.persons, exhibits: &act.exhibits };
    information_body(page, source, &told)
}

struct Told<'a> {
    subject_line: &'a str,
    event: &'a Incident,
    persons: &'a [Person],
    exhibits: &'a [Exhibit],
}

fn information_body(page: &Page<'_>, source: Block, told: &Told<'_>) -> Body {
    Body::new(vec![
        heading("1. Sumber"),
        source,
        heading("2. Peristiwa"),
        incident(told.subject_line, Some(told.event), told.event.known),
        heading("3. Orang yang disebut"),
        reported_table(page, &of_capacity(told.persons, Capacity::Reported)),
        heading("4. Saksi-saksi"),
        contact_table(&of_capacity(told.persons, Capacity::Witness)),
        heading("5. Bukti-bukti"),
        exhibit_table(told.exhibits),
        heading("6. Uraian"),
        text(opened(&told.event.account)),
    ])
    .signed("Petugas yang mencatat", BY_HAND)
}

/// Form B.3/A.3.
pub(super) fn receipt(page: &Page<'_>, act: &ReceiptIssued) -> Body {
    let matter = page.matter;
    let number = match act.number.as_str() {
        "" => page.numbers.report_number.clone().unwrap_or_default(),
        drawn => drawn.to_owned(),
    };
    let subject = format!("Laporan dugaan pelanggaran {}: {}", matter.regime.indonesian(), matter.subject_line);
    Body::new(vec![
        prose("Telah diterima dari:"),
        received_from(page),
        heading("Penyampaian"),
        fields([
            ("Tempat", page.letterhead.office.clone()),
            ("Hari dan tanggal", long_date(matter.opened.date())),
            ("Waktu", time_of_day(matter.opened)),
            ("Perihal", subject),
            ("Tanda bukti diterbitkan", long_moment(page.entry.at)),
        ]),
        heading("Bukti yang diserahkan"),
        exhibit_table(&matter.exhibits),
    ])
    .numbered(number)
    .signed("Penerima Laporan", BY_HAND)
    .signed("Pelapor", reporter_name(page))
}
