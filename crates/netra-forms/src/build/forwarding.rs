//! To the authority and back: the letter, its receipt, the recommendation, the employer's decree.

use netra_docket::act::{DeliveryConfirmed, Forwarded, PersonResult, Recommendation, SanctionReported};
use netra_docket::matter::Origin;
use netra_docket::person::Person;
use netra_law::time::{long_date, long_moment};

use crate::build::page::{Body, Page};
use crate::build::parts::{
    BY_HAND, NOTHING, SECRET, bullets, day, fields, given, heading, maybe, numbered, prose, table, text,
};
use crate::build::tables::{
    account, clarification_table, exhibit_table, incident, name, name_and_post, part, result_table, status,
};
use crate::redact::{may_be_named, unnamed};
use crate::sheet::Block;

/// The letter that goes with a dossier. It leaves the office: it names the reported persons, never
/// the reporter or a witness.
pub(super) fn letter(page: &Page<'_>, act: &Forwarded) -> Body {
    let matter = page.matter;
    let results = results_for(page, act);
    let mut blocks = vec![
        fields([
            ("Sifat", BY_HAND.to_owned()),
            ("Lampiran", "1 (satu) berkas".to_owned()),
            ("Hal", format!("Penerusan dugaan {}", lower_first(&page.kind_text(&act.kind)))),
            ("Kepada Yth.", page.authority(&act.authority)),
            ("Dikirim melalui", given(&act.channel)),
        ]),
        heading("1. Dasar"),
        bullets(basis(page, act)),
        heading("2. Terlapor"),
        persons_table(page, &page.persons(&act.persons)),
        heading("3. Peristiwa"),
        incident(&matter.subject_line, matter.event.as_ref(), known(page)),
        fields([("Berasal dari", origin(page).to_owned())]),
        account(page),
        heading("4. Bukti"),
        exhibit_table(&matter.exhibits),
        heading("5. Klarifikasi"),
        clarification_table(page, name_outside),
        heading("6. Ketentuan yang diduga dilanggar"),
    ];
    blocks.push(if results.is_empty() { text(page.kind_text(&act.kind)) } else { result_table(page, &results) });
    blocks.extend([
        heading("7. Kesimpulan"),
        text(conclusion(page)),
        prose(
            "Kami mohon dugaan ini ditindaklanjuti sesuai dengan kewenangan, dan hasilnya \
             diberitahukan kepada kami.",
        ),
        heading("Lampiran"),
        numbered(annexes(page)),
        heading("Tembusan"),
        bullets(copies(&act.copies)),
    ]);
    let hidden = matter.persons.iter().filter(|p| !may_be_named(p.capacity));
    let form = page.route_form(&act.kind, &act.persons);
    Body::new(unnamed(blocks, hidden)).on_form(form).numbered(act.letter.clone()).signed("Ketua", BY_HAND)
}

/// Names that may leave the office.
fn name_outside(person: &Person) -> String {
    if may_be_named(person.capacity) { name(person) } else { SECRET.to_owned() }
}

fn known(page: &Page<'_>) -> Option<jiff::civil::Date> {
    page.matter.event.as_ref().and_then(|e| e.known).or(page.matter.discovered)
}

fn origin(page: &Page<'_>) -> &'static str {
    match (page.matter.finding, page.matter.origin) {
        (Some(_), _) => "temuan pengawas",
        (None, Origin::Report) => "laporan",
        (None, Origin::Information | Origin::Prevention) => "informasi awal",
    }
}

/// What plenary decided for these persons and this kind.
fn results_for<'a>(page: &Page<'a>, act: &Forwarded) -> Vec<&'a PersonResult> {
    let decided = page.matter.decision.as_ref().map(|(_, results)| results.as_slice());
    let sent = |r: &&PersonResult| act.persons.contains(&r.person) && r.kinds.contains(&act.kind);
    decided.unwrap_or_default().iter().filter(sent).collect()
}

/// Articles, numbers and days on which the letter stands.
fn basis(page: &Page<'_>, act: &Forwarded) -> Vec<String> {
    let matter = page.matter;
    let mut list = page.route_cites(&act.kind, &act.persons);
    let reported = matter.report_number.as_deref().filter(|n| !n.is_empty());
    if let Some(number) = reported {
        list.push(format!("Laporan nomor {number} tanggal {}", long_date(matter.opened.date())));
    }
    if let Some((at, number)) = &matter.registered {
        list.push(format!("Registrasi nomor {number} tanggal {}", long_date(at.date())));
    }
    if let Some((at, _)) = &matter.study {
        list.push(format!("Kajian dugaan pelanggaran tanggal {}", long_date(at.date())));
    }
    match (&matter.decision, &matter.outcome) {
        (Some((at, _)), _) => {
            list.push(format!("Keputusan rapat pleno tanggal {}", long_date(at.date())));
        }
        (None, Some((at, outcome, _))) => {
            let words = page.outcome_text(outcome);
            list.push(format!("Kajian awal tanggal {}: {words}", long_date(at.date())));
        }
        (None, None) => {}
    }
    list
}

fn conclusion(page: &Page<'_>) -> String {
    let ground = match (&page.matter.decision, &page.matter.outcome) {
        (Some((at, _)), _) => {
            format!("keputusan rapat pleno tanggal {}", long_date(at.date()))
        }
        (None, Some((at, _, _))) => format!("kajian awal tanggal {}", long_date(at.date())),
        (None, None) => "bahan yang ada".to_owned(),
    };
    format!(
        "Berdasarkan {ground}, terlapor tersebut di atas patut diduga melanggar ketentuan yang \
         disebut dalam surat ini."
    )
}

fn persons_table(page: &Page<'_>, persons: &[&Person]) -> Block {
    if persons.is_empty() {
        return text("Tidak ada terlapor.");
    }
    let row = |(n, p): (usize, &&Person)| {
        [
            (n + 1).to_string(),
            name(p),
            part(p, |i| i.id_number.as_str()),
            part(p, |i| i.occupation.as_str()),
            part(p, |i| i.agency.as_str()),
            status(page, p),
        ]
    };
    table(
        ["No.", "Nama", "NIP/NIK", "Pangkat dan jabatan", "Instansi", "Status"],
        persons.iter().enumerate().map(row).collect(),
    )
}

/// What goes along: the form, the study, the evidence, the minutes.
fn annexes(page: &Page<'_>) -> Vec<String> {
    let matter = page.matter;
    let mut list = Vec::new();
    list.push(match (matter.finding, matter.origin) {
        (Some(_), _) => "Formulir temuan".to_owned(),
        (None, Origin::Report) => "Formulir laporan".to_owned(),
        (None, Origin::Information | Origin::Prevention) => "Catatan informasi awal".to_owned(),
    });
    if matter.study.is_some() {
        list.push("Kajian dugaan pelanggaran".to_owned());
    } else if matter.outcome.is_some() {
        list.push("Kajian awal".to_owned());
    }
    if !matter.exhibits.is_empty() {
        list.push(format!("Bukti sebanyak {} berkas", matter.exhibits.len()));
    }
    if !matter.clarified.is_empty() {
        list.push(format!("Berita acara klarifikasi {} orang", matter.clarified.len()));
    }
    list
}

/// Addressees of copies, one by one.
fn copies(words: &str) -> Vec<String> {
    let parted = words.split([';', '\n']).map(str::trim).filter(|w| !w.is_empty());
    parted.map(str::to_owned).collect()
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The receiver's receipt.
pub(super) fn delivery(page: &Page<'_>, act: &DeliveryConfirmed) -> Body {
    let sent = page.matter.forwardings.iter().find(|f| f.act == act.forwarding);
    let nothing = || NOTHING.to_owned();
    Body::new(vec![fields([
        ("Perkara", page.matter_number()),
        ("Surat penerusan", sent.map_or_else(nothing, |f| given(&f.what.letter))),
        ("Kepada", sent.map_or_else(nothing, |f| page.authority(&f.what.authority))),
        ("Dikirim", sent.map_or_else(nothing, |f| long_moment(f.at))),
        ("Diterima", long_moment(page.entry.at)),
        ("Nomor tanda terima", given(&act.receipt)),
        ("Catatan penerima", maybe(act.note.as_ref())),
    ])])
    .signed("Petugas yang mencatat", BY_HAND)
}

/// The authority's recommendation as it was taken in.
pub(super) fn recommendation(page: &Page<'_>, act: &Recommendation) -> Body {
    let rows: Vec<[String; 3]> = act
        .persons
        .iter()
        .enumerate()
        .map(|(n, p)| [(n + 1).to_string(), who_and_post(page, p.person), given(&p.sanction)])
        .collect();
    let recommended =
        if rows.is_empty() { text("Tidak ada terlapor.") } else { table(["No.", "Terlapor", "Rekomendasi"], rows) };
    Body::new(vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Nomor surat", given(&act.number)),
            ("Tanggal surat", long_date(act.dated)),
            ("Diterima Pejabat Pembina Kepegawaian", day(act.employer_received)),
            ("Dicatat", long_moment(page.entry.at)),
        ]),
        heading("Yang direkomendasikan"),
        recommended,
    ])
    .signed("Petugas yang mencatat", BY_HAND)
}

/// The employer's decree.
pub(super) fn sanction(page: &Page<'_>, act: &SanctionReported) -> Body {
    Body::new(vec![fields([
        ("Perkara", page.matter_number()),
        ("Pegawai", who_and_post(page, act.person)),
        ("Nomor keputusan", given(&act.decree)),
        ("Tanggal keputusan", long_date(act.dated)),
        ("Isi keputusan", given(&act.sanction)),
        ("Dicatat", long_moment(page.entry.at)),
    ])])
    .signed("Petugas yang mencatat", BY_HAND)
}

fn who_and_post(page: &Page<'_>, no: netra_docket::ids::PersonNo) -> String {
    page.matter.person(no).map_or_else(|| page.who(no), name_and_post)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_parted() {
        assert_eq!(
            copies("Bawaslu RI; Sekretaris Daerah;\nInspektorat"),
            ["Bawaslu RI", "Sekretaris Daerah", "Inspektorat"]
        );
        assert!(copies(" ;").is_empty());
    }

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(lower_first("Tindak pidana Pemilu"), "tindak pidana Pemilu");
        assert_eq!(lower_first(""), "");
    }
}
