//! From Gakkumdu to plenary: crime, extension, study, decision.

use netra_docket::act::{
    CrimeDeclared, GakkumduDiscussed, HandlingExtended, PersonResult, PlenaryDecided, StudyFinished, Verdict,
};
use netra_docket::clocks::clocks;
use netra_law::event::{Event, EventKind};
use netra_law::time::long_moment;

use crate::build::page::{Body, Page};
use crate::build::parts::{BY_HAND, deadline, fields, given, heading, moment_or_blank, opened, text};
use crate::build::tables::{
    account, clarification_table, exhibit_table, incident, name, plenary_fields, reported_names, reported_table,
    result_table,
};

/// Minutes of a discussion with police and prosecutor.
pub(super) fn gakkumdu(page: &Page<'_>, act: &GakkumduDiscussed) -> Body {
    let crime = match act.crime {
        Verdict::Met => "ada unsur tindak pidana",
        Verdict::NotMet => "tidak ada unsur tindak pidana",
    };
    Body::new(vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Pembahasan ke-", act.round.to_string()),
            ("Waktu", long_moment(page.entry.at)),
            ("Peristiwa", given(&page.matter.subject_line)),
            ("Terlapor", reported_names(page)),
            ("Kesimpulan", crime.to_owned()),
        ]),
        heading("Hasil pembahasan"),
        text(opened(&act.result)),
    ])
    .numbered(BY_HAND)
    .signed("Unsur pengawas pemilihan", BY_HAND)
    .signed("Unsur kepolisian", BY_HAND)
    .signed("Unsur kejaksaan", BY_HAND)
}

/// A declared crime: the hour counts.
pub(super) fn crime(page: &Page<'_>, act: &CrimeDeclared) -> Body {
    let mut blocks = vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Dinyatakan", long_moment(page.entry.at)),
            ("Peristiwa", given(&page.matter.subject_line)),
            ("Pasal yang diduga dilanggar", given(&act.articles)),
        ]),
        heading("Terlapor"),
        reported_table(page, &page.persons(&act.persons)),
    ];
    let declared = Event::at(EventKind::CrimeDeclared, page.entry.at);
    if let Some(due) = page.sending_due("crime", declared) {
        blocks.push(heading("Batas waktu penerusan"));
        blocks.push(deadline("Paling lambat", &due));
    }
    Body::new(blocks).numbered(BY_HAND).signed("Ketua", BY_HAND)
}

/// An extension, with the limit that then holds.
pub(super) fn extension(page: &Page<'_>, act: &HandlingExtended) -> Body {
    let registered = page.matter.registered.as_ref().map(|(at, _)| *at);
    let mut blocks = vec![
        fields([
            ("Perkara", page.matter_number()),
            ("Diregistrasi", moment_or_blank(registered)),
            ("Diperpanjang", long_moment(page.entry.at)),
        ]),
        heading("Keterangan yang masih diperlukan"),
        text(opened(&act.reason)),
    ];
    let all = clocks(page.matter, page.law, page.seat(), page.entry.at);
    for state in all.states.iter().filter(|s| s.deadline.rule.extends.is_some()) {
        blocks.push(heading(state.title));
        blocks.push(deadline("Paling lambat", &state.deadline));
    }
    Body::new(blocks).signed("Ketua", BY_HAND)
}

/// The study, person by person.
pub(super) fn study(page: &Page<'_>, act: &StudyFinished) -> Body {
    let matter = page.matter;
    let registered = matter.registered.as_ref().map(|(at, _)| *at);
    let proposals: Vec<&PersonResult> = act.proposals.iter().collect();
    Body::new(vec![
        heading("1. Perkara"),
        fields([
            ("Nomor", page.matter_number()),
            ("Diregistrasi", moment_or_blank(registered)),
            ("Dugaan jenis pelanggaran", given(&page.kinds_text(&matter.kinds))),
        ]),
        heading("2. Peristiwa"),
        incident(&matter.subject_line, matter.event.as_ref(), known(page)),
        account(page),
        heading("3. Terlapor"),
        reported_table(page, &matter.reported().collect::<Vec<_>>()),
        heading("4. Klarifikasi"),
        clarification_table(page, name),
        heading("5. Bukti-bukti"),
        exhibit_table(&matter.exhibits),
        heading("6. Fakta dan analisis"),
        text(opened(&act.analysis)),
        heading("7. Usul bagi tiap terlapor"),
        result_table(page, &proposals),
    ])
    .numbered(act.number.clone())
    .signed("Penyusun kajian", BY_HAND)
    .signed("Ketua", BY_HAND)
}

/// The day on which it was known: to the reporter, else to supervision.
fn known(page: &Page<'_>) -> Option<jiff::civil::Date> {
    page.matter.event.as_ref().and_then(|e| e.known).or(page.matter.discovered)
}

/// Minutes of plenary: presence, votes, the result for each person.
pub(super) fn plenary(page: &Page<'_>, act: &PlenaryDecided) -> Body {
    let results: Vec<&PersonResult> = act.results.iter().collect();
    let body = Body::new(vec![
        heading("1. Perkara"),
        fields([
            ("Nomor", page.matter_number()),
            ("Peristiwa", given(&page.matter.subject_line)),
            ("Terlapor", reported_names(page)),
        ]),
        heading("2. Rapat pleno"),
        plenary_fields(page, &act.plenary),
        heading("3. Keputusan bagi tiap terlapor"),
        result_table(page, &results),
        heading("4. Alasan"),
        text(opened(&act.reason)),
    ])
    .numbered(act.plenary.minutes.clone())
    .signed("Ketua", BY_HAND);
    (1..act.plenary.present).fold(body, |body, _| body.signed("Anggota", BY_HAND))
}
