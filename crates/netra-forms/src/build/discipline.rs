//! Papers of the receiving authority and of the employer.

use netra_docket::act::{
    AppealDecided, AppealLodged, AuthorityClosed, AuthorityExamined, DecisionServed, EmployeeAbsent, EmployeeExamined,
    EmployeeSummoned, EmployerPressed, ForwardingReturned, ForwardingVerified, RecommendationDelivered, TeamFormed,
};
use netra_docket::ids::{ActId, PersonNo};
use netra_law::time::{long_date, long_moment};

use crate::build::page::{Body, Page};
use crate::build::parts::{BY_HAND, NOTHING, fields, given, heading, maybe, opened, text};
use crate::build::tables::name_and_post;
use crate::sheet::Block;

/// Number of the matter and the forwarding that this is about.
fn about(page: &Page<'_>, forwarding: ActId) -> Vec<(&'static str, String)> {
    let sent = page.matter.forwardings.iter().find(|f| f.act == forwarding);
    let nothing = || NOTHING.to_owned();
    vec![
        ("Perkara", page.matter_number()),
        ("Surat penerusan", sent.map_or_else(nothing, |f| given(&f.what.letter))),
        ("Instansi tujuan", sent.map_or_else(nothing, |f| page.authority(&f.what.authority))),
    ]
}

fn of_person(page: &Page<'_>, person: PersonNo) -> Vec<(&'static str, String)> {
    let who = page.matter.person(person).map_or_else(|| page.who(person), name_and_post);
    vec![("Perkara", page.matter_number()), ("Terlapor", who)]
}

fn with<const N: usize>(mut list: Vec<(&'static str, String)>, more: [(&'static str, String); N]) -> Block {
    list.extend(more);
    fields(list)
}

/// What was missing.
pub(super) fn returned(page: &Page<'_>, act: &ForwardingReturned) -> Body {
    let missing: Vec<&str> = act.missing.iter().map(|part| part.indonesian()).collect();
    let dated = long_moment(page.entry.at);
    Body::new(vec![
        with(about(page, act.forwarding), [("Dikembalikan", dated), ("Yang kurang", missing.join("; "))]),
        heading("Keterangan"),
        text(maybe(act.note.as_ref())),
    ])
    .numbered(act.letter.clone())
    .signed("Pejabat instansi tujuan", BY_HAND)
}

/// That it is complete.
pub(super) fn verified(page: &Page<'_>, act: &ForwardingVerified) -> Body {
    Body::new(vec![
        with(about(page, act.forwarding), [("Diverifikasi", long_moment(page.entry.at))]),
        heading("Hasil verifikasi"),
        text(opened(&act.note)),
    ])
    .signed("Pemeriksa", BY_HAND)
}

/// A hearing or an analysis.
pub(super) fn examined_by_authority(page: &Page<'_>, act: &AuthorityExamined) -> Body {
    let at = long_moment(page.entry.at);
    Body::new(vec![
        with(of_person(page, act.person), [("Tahap", act.how.indonesian().to_owned()), ("Waktu", at)]),
        heading("Hasil"),
        text(opened(&act.note)),
    ])
    .signed("Pemeriksa", BY_HAND)
}

/// No recommendation.
pub(super) fn closed_by_authority(page: &Page<'_>, act: &AuthorityClosed) -> Body {
    let result = act.outcome.indonesian().to_owned();
    Body::new(vec![
        with(of_person(page, act.person), [("Hasil", result), ("Ditutup", long_moment(page.entry.at))]),
        heading("Alasan"),
        text(opened(&act.reason)),
    ])
    .numbered(act.letter.clone())
    .signed("Pejabat instansi tujuan", BY_HAND)
}

/// A measure against the employer.
pub(super) fn pressed(page: &Page<'_>, act: &EmployerPressed) -> Body {
    let more = [("Tindakan", act.measure.indonesian().to_owned()), ("Tanggal surat", long_date(act.dated))];
    let body = Body::new(vec![with(of_person(page, act.person), more)]);
    body.numbered(act.letter.clone()).signed("Pejabat instansi tujuan", BY_HAND)
}

/// The employer's receipt for a recommendation.
pub(super) fn recommendation_receipt(page: &Page<'_>, act: &RecommendationDelivered) -> Body {
    let of = page.matter.recommendations.iter().find(|(id, ..)| *id == act.recommendation);
    let number =
        of.map_or_else(|| NOTHING.to_owned(), |(.., r)| format!("{} tanggal {}", r.number, long_date(r.dated)));
    Body::new(vec![fields([
        ("Perkara", page.matter_number()),
        ("Rekomendasi", number),
        ("Diterima", long_moment(page.entry.at)),
        ("Nomor agenda", given(&act.receipt)),
    ])])
    .signed("Yang menerima", BY_HAND)
}

/// A summons.
pub(super) fn summons(page: &Page<'_>, act: &EmployeeSummoned) -> Body {
    let earlier =
        page.matter.discipline.summonses.iter().filter(|s| s.what.person == act.person && s.at < page.entry.at);
    let round = if earlier.count() == 0 { "pertama" } else { "kedua" };
    let more = [
        ("Panggilan", round.to_owned()),
        ("Waktu pemeriksaan", long_moment(act.session)),
        ("Tempat", given(&act.place)),
    ];
    Body::new(vec![
        with(of_person(page, act.person), more),
        text("Saudara diminta hadir untuk diperiksa sehubungan dengan dugaan pelanggaran netralitas. Pemeriksaan bersifat tertutup."),
    ])
    .numbered(act.letter.clone())
    .signed("Atasan langsung atau pejabat yang memanggil", BY_HAND)
}

/// Nobody came.
pub(super) fn absence(page: &Page<'_>, act: &EmployeeAbsent) -> Body {
    let more = [("Dicatat", long_moment(page.entry.at)), ("Alasan", maybe(act.reason.as_ref()))];
    Body::new(vec![with(of_person(page, act.person), more)]).signed("Pemeriksa", BY_HAND)
}

/// A team.
pub(super) fn team(page: &Page<'_>, act: &TeamFormed) -> Body {
    Body::new(vec![
        with(of_person(page, act.person), [("Dibentuk", long_moment(page.entry.at))]),
        heading("Susunan tim"),
        text(opened(&act.members)),
    ])
    .numbered(act.letter.clone())
    .signed("Pejabat yang berwenang", BY_HAND)
}

/// The examination.
pub(super) fn examination(page: &Page<'_>, act: &EmployeeExamined) -> Body {
    Body::new(vec![
        with(of_person(page, act.person), [("Diperiksa", long_moment(page.entry.at))]),
        heading("Pertanyaan dan jawaban"),
        text(opened(&act.minutes)),
    ])
    .signed("Yang diperiksa", BY_HAND)
    .signed("Pemeriksa", BY_HAND)
}

/// A hand-over.
pub(super) fn service(page: &Page<'_>, act: &DecisionServed) -> Body {
    let decree = page.matter.sanctions.iter().find(|(_, s)| s.person == act.person);
    let number = decree.map_or_else(|| NOTHING.to_owned(), |(_, s)| given(&s.decree));
    let more = [("Keputusan", number), ("Penyerahan", act.how.indonesian().to_owned()), ("Tanggal", long_date(act.on))];
    let body = Body::new(vec![with(of_person(page, act.person), more)]);
    body.signed("Yang menerima", BY_HAND).signed("Yang menyerahkan", BY_HAND)
}

/// An objection or appeal.
pub(super) fn appeal(page: &Page<'_>, act: &AppealLodged) -> Body {
    let more = [("Upaya administratif", act.kind.indonesian().to_owned()), ("Diajukan", long_date(act.on))];
    Body::new(vec![with(of_person(page, act.person), more)]).signed("Petugas yang mencatat", BY_HAND)
}

/// How it ended.
pub(super) fn appeal_decision(page: &Page<'_>, act: &AppealDecided) -> Body {
    let more = [
        ("Putusan", act.result.indonesian().to_owned()),
        ("Nomor putusan", given(&act.number)),
        ("Tanggal putusan", long_date(act.dated)),
        ("Sanksi yang berlaku", given(&act.sanction)),
    ];
    Body::new(vec![with(of_person(page, act.person), more)]).signed("Petugas yang mencatat", BY_HAND)
}
