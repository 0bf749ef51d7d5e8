//! Sheets about the record itself: exhibits taken in, a candidacy checked, a correction.

use netra_docket::act::{
    Act, CandidacyChecked, Corrected, CorrectedReading, DatesRecomputed, ErasureConfirmed, ErasureProposed,
    ExhibitAdded, IdentityOpened, IdentityProtected,
};
use netra_docket::entry::Entry;
use netra_docket::ids::PersonNo;
use netra_docket::person::Person;
use netra_docket::private::Private;
use netra_docket::steps::StepKind;
use netra_law::time::{long_date, long_moment};

use crate::build::page::{Body, Page};
use crate::build::parts::{BY_HAND, NOTHING, SECRET, fields, given, heading, opened, prose, table, text};
use crate::build::tables::{exhibit_table, name, name_and_post, part, status};
use crate::sheet::Block;

/// A receipt for exhibits.
pub(super) fn exhibits(page: &Page<'_>, act: &ExhibitAdded) -> Body {
    let rows: Vec<[String; 2]> = act
        .exhibits
        .iter()
        .map(|e| {
            let from = e.label.open().map_or_else(|| SECRET.to_owned(), |l| given(&l.from));
            [e.no.to_string(), from]
        })
        .collect();
    let from = if rows.is_empty() { text(NOTHING) } else { table(["No.", "Diserahkan oleh"], rows) };
    Body::new(vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Diterima", long_moment(page.entry.at)),
            ("Tempat", page.letterhead.office.clone()),
        ]),
        heading("Bukti yang diterima"),
        exhibit_table(&act.exhibits),
        heading("Asal bukti"),
        from,
        prose(
            "Nilai SHA-256 adalah sidik berkas. Siapa pun dapat menghitungnya kembali untuk \
             memastikan bahwa berkas tidak berubah.",
        ),
    ])
    .titled("Tanda Terima Bukti")
    .signed("Yang menyerahkan", BY_HAND)
    .signed("Yang menerima", BY_HAND)
}

/// A check of a candidacy.
pub(super) fn candidacy(page: &Page<'_>, act: &CandidacyChecked) -> Body {
    let person = page.matter.person(act.person);
    Body::new(vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Orang yang diperiksa", person.map_or_else(|| page.who(act.person), name_and_post)),
            ("Diperiksa", long_moment(page.entry.at)),
            ("Hasil", act.result.indonesian().to_owned()),
        ]),
        heading("Yang dilihat"),
        text(opened(&act.note)),
    ])
    .signed("Petugas yang memeriksa", BY_HAND)
}

/// An identity that is protected.
pub(super) fn protection(page: &Page<'_>, act: &IdentityProtected) -> Body {
    personal(page, act.person, "Dilindungi", "Alasan", &act.reason).titled("Berita Acara Perlindungan Identitas")
}

/// A protected identity that was opened.
pub(super) fn opening(page: &Page<'_>, act: &IdentityOpened) -> Body {
    personal(page, act.person, "Dibuka", "Keperluan", &act.reason).titled("Berita Acara Pembukaan Identitas")
}

fn personal(
    page: &Page<'_>,
    person: PersonNo,
    done: &'static str,
    why: &'static str,
    reason: &Private<String>,
) -> Body {
    Body::new(vec![
        fields([("Perkara", page.matter_number()), ("Orang", page.who(person)), (done, long_moment(page.entry.at))]),
        heading(why),
        text(opened(reason)),
    ])
    .signed("Petugas", BY_HAND)
}

/// A proposal to erase personal data.
pub(super) fn erasure_proposal(page: &Page<'_>, act: &ErasureProposed) -> Body {
    let mut blocks = vec![fields([("Perkara", page.matter_number()), ("Diusulkan", long_moment(page.entry.at))])];
    blocks.extend(erasure_blocks(page, act));
    Body::new(blocks).titled("Usul Penghapusan Data Pribadi").signed("Pengusul", BY_HAND)
}

/// Personal data that were erased.
pub(super) fn erasure(page: &Page<'_>, act: &ErasureConfirmed) -> Body {
    let proposed = page.docket.iter().find(|entry| entry.id == act.proposal);
    let mut blocks = vec![fields([
        ("Perkara", page.matter_number()),
        ("Diusulkan", proposed.map_or_else(|| NOTHING.to_owned(), |entry| long_moment(entry.at))),
        ("Dihapus", long_moment(page.entry.at)),
    ])];
    if let Some(Act::ErasureProposed(proposed)) = proposed.map(|entry| &entry.what) {
        blocks.extend(erasure_blocks(page, proposed));
    }
    blocks.push(text(
        "Nilai yang dihapus dan kuncinya tidak dapat dipulihkan. Catatan tindakan tetap dapat diverifikasi: yang tersimpan \
         di dalamnya hanya sidik digital.",
    ));
    let body = Body::new(blocks).titled("Berita Acara Penghapusan Data Pribadi");
    body.signed("Pengusul", BY_HAND).signed("Yang menyetujui", BY_HAND)
}

fn erasure_blocks(page: &Page<'_>, act: &ErasureProposed) -> Vec<Block> {
    let parts: Vec<&str> = act.parts.iter().map(|part| part.indonesian()).collect();
    let ground = page.law.erasure_ground(&act.ground);
    let ground = ground.map_or_else(|| act.ground.clone(), |g| format!("{} ({})", g.title, g.basis.cite));
    vec![
        fields([("Orang", page.who(act.person)), ("Data yang dihapus", parts.join(", ")), ("Dasar hukum", ground)]),
        heading("Alasan"),
        text(opened(&act.reason)),
    ]
}

/// Dates that moved because the calendar was changed.
pub(super) fn recomputed(page: &Page<'_>, act: &DatesRecomputed) -> Body {
    let rows = act.moved.iter().map(|m| {
        let whom = m.person.map(|no| no.to_string()).unwrap_or_default();
        [page.clock_title(&m.clock), whom, long_moment(m.old), long_moment(m.new)]
    });
    Body::new(vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Hari", long_date(act.day)),
            ("Menjadi", given(&act.change)),
            ("Keputusan", given(&act.decree)),
            ("Dihitung ulang", long_moment(page.entry.at)),
        ]),
        heading("Tenggat yang bergeser"),
        table(["Tenggat", "Orang", "Semula", "Menjadi"], rows.collect()),
    ])
}

/// A correction: which act, why, and how it is to be read.
pub(super) fn correction(page: &Page<'_>, act: &Corrected) -> Body {
    let original = page.docket.iter().find(|e| e.id == act.of);
    let corrected = match original {
        Some(e) => format!("Nomor {}: {}", e.n, StepKind::of(&e.what).done()),
        None => act.of.to_string(),
    };
    let mut blocks = vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Catatan yang dibetulkan", corrected),
            ("Waktu menurut catatan itu", original.map_or_else(|| NOTHING.to_owned(), |e| long_moment(e.at))),
            ("Dibetulkan", long_moment(page.entry.at)),
        ]),
        heading("Alasan"),
        text(opened(&act.reason)),
        heading("Dibaca sebagai berikut"),
    ];
    blocks.extend(reading(page, original, &act.reading));
    Body::new(blocks).titled("Berita Acara Pembetulan").signed("Petugas yang membetulkan", BY_HAND)
}

fn reading(page: &Page<'_>, original: Option<&Entry>, reading: &CorrectedReading) -> Vec<Block> {
    match reading {
        CorrectedReading::Void => {
            vec![text("Catatan itu dibaca seolah-olah tidak pernah dibuat.")]
        }
        CorrectedReading::Moment { at } => {
            vec![fields([("Waktu yang benar", long_moment(*at))])]
        }
        CorrectedReading::Act { act } => {
            let words =
                text(format!("Catatan itu dibaca dengan isi yang baru: {}.", StepKind::of(act).done().to_lowercase()));
            let mut blocks = vec![words];
            match (original, &**act) {
                // Leaves no paper of its own, but what it says must be read somewhere.
                (_, Act::PersonAdded(added)) => blocks.push(person_fields(page, &added.person)),
                (Some(original), what) => {
                    let entry = Entry { what: what.clone(), ..original.clone() };
                    let body = super::body(&page.with_entry(&entry));
                    blocks.extend(body.map(Body::into_reading).unwrap_or_default());
                }
                (None, _) => {}
            }
            blocks
        }
    }
}

fn person_fields(page: &Page<'_>, person: &Person) -> Block {
    fields([
        ("Kapasitas", person.capacity.indonesian().to_owned()),
        ("Nama", name(person)),
        ("Jabatan", part(person, |i| i.occupation.as_str())),
        ("Instansi", part(person, |i| i.agency.as_str())),
        ("Status", status(page, person)),
    ])
}
