//! Steps of the receiving authority and of the employer, from verification to the appeal. A supervisor whose authority does
//! not work with this program types them in from its letters.

use netra_docket::act::{
    Act, AppealDecided, AppealKind, AppealLodged, AppealResult, AuthorityClosed, AuthorityExamined, AuthorityOutcome,
    DecisionServed, EmployeeAbsent, EmployeeExamined, EmployeeSummoned, EmployerPressed, ExaminationKind,
    ForwardingReturned, ForwardingVerified, Measure, MissingPart, RecommendationDelivered, Service, TeamFormed,
};
use netra_docket::ids::{ActId, PersonNo};
use netra_docket::matter::{Answered, Forwarding, Matter};
use netra_law::time::short_date;

use super::after::{forwarding_options, is_ours};
use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

fn forwarding(
    asker: &mut Asker<'_>,
    scene: &Scene<'_>,
    matter: &Matter,
    fits: fn(&Forwarding) -> bool,
) -> Option<ActId> {
    let open: Vec<&Forwarding> =
        matter.forwardings.iter().filter(|f| f.goes_on() && fits(f) && is_ours(scene, &f.what)).collect();
    let options = forwarding_options(scene, &open);
    let default = options.first().map(|o| o.value.clone()).unwrap_or_default();
    let need = Need::Required("Pilih penerusannya.");
    let chosen = asker.choice("forwarding", "Penerusan yang mana?", "", options, &default, need);
    open.iter().find(|f| Some(f.act.to_string()) == chosen).map(|f| f.act)
}

/// The file came incomplete.
pub fn return_forwarding(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let forwarding = forwarding(asker, scene, matter, |f| f.verified.is_none());
    let options = MissingPart::ALL.iter().map(|part| Choice::new(part.id(), part.indonesian())).collect();
    let need = Need::Required("Pilih sekurang-kurangnya satu.");
    let chosen = asker.checks("missing", "Apa yang kurang?", "", options, &[], need);
    let letter = asker.line("letter", "Nomor surat pengembalian, bila ada", "", "", Need::Optional);
    let note = asker.line("note", "Keterangan", "", "", Need::Optional);
    let missing = MissingPart::ALL.into_iter().filter(|part| chosen.iter().any(|id| id == part.id())).collect();
    let note = (!note.is_empty()).then(|| note.into());
    Some(Act::ForwardingReturned(ForwardingReturned { forwarding: forwarding?, letter, missing, note }))
}

/// The file is complete.
pub fn verify_forwarding(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let forwarding = forwarding(asker, scene, matter, |f| f.verified.is_none() && f.confirmed.is_some());
    let note = asker.text("note", "Hasil verifikasi", "", "Berkas lengkap.", Need::Required("Tulis hasilnya."));
    Some(Act::ForwardingVerified(ForwardingVerified { forwarding: forwarding?, note: note.into() }))
}

/// Persons whose case lies with the authority that acts here, and not with the employer yet.
fn at_authority(scene: &Scene<'_>, matter: &Matter) -> Vec<Choice> {
    let sent = |no: PersonNo| {
        matter.forwardings.iter().any(|f| f.goes_on() && f.what.persons.contains(&no) && is_ours(scene, &f.what))
    };
    let open = matter.reported().filter(|p| sent(p.no) && matter.awaits_answer(p.no) && !matter.is_with_employer(p.no));
    parts::person_options(open)
}

/// A hearing or an analysis.
pub fn examine_at_authority(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Untuk siapa?", at_authority(scene, matter));
    let kinds = [("clarification", ExaminationKind::Clarification), ("analysis", ExaminationKind::Analysis)];
    let options = kinds.iter().map(|(id, kind)| Choice::new(*id, kind.indonesian())).collect();
    let how = asker.choice("how", "Apa yang dilakukan?", "", options, "", Need::Required("Pilih salah satu."));
    let note = asker.text("note", "Hasilnya", "", "", Need::Required("Tulis hasilnya."));
    let how = kinds.iter().find(|(id, _)| how.as_deref() == Some(*id)).map(|(_, kind)| *kind)?;
    Some(Act::AuthorityExamined(AuthorityExamined { person: person?, how, note: note.into() }))
}

/// No recommendation.
pub fn close_at_authority(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Untuk siapa?", at_authority(scene, matter));
    let options = AuthorityOutcome::ALL.iter().map(|o| Choice::new(o.id(), o.indonesian())).collect();
    let chosen = asker.choice("outcome", "Bagaimana berakhirnya?", "", options, "", Need::Required("Pilih hasilnya."));
    let letter = asker.line("letter", "Nomor surat, bila ada", "", "", Need::Optional);
    let reason = asker.text("reason", "Alasannya", "", "", Need::Required("Tulis alasannya."));
    let outcome = AuthorityOutcome::ALL.into_iter().find(|o| chosen.as_deref() == Some(o.id()))?;
    Some(Act::AuthorityClosed(AuthorityClosed { person: person?, outcome, letter, reason: reason.into() }))
}

/// An employer that does not act, or whose block is lifted.
pub fn press_employer(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let blocked: Vec<PersonNo> = matter.discipline.blocked().collect();
    let open = matter.reported().filter(|p| matter.is_with_employer(p.no) || blocked.contains(&p.no));
    let person = parts::person(asker, "Dalam perkara siapa?", parts::person_options(open));
    let options = Measure::ALL.iter().map(|m| Choice::new(m.id(), m.indonesian())).collect();
    let chosen = asker.choice("measure", "Tindakan", "", options, "", Need::Required("Pilih tindakannya."));
    let letter = asker.line("letter", "Nomor surat", "", "", Need::Required("Tulis nomor suratnya."));
    let today = scene.now.date();
    let dated = asker.date("dated", "Tanggal surat", "", Some(today), Need::Required("Isi tanggal surat."));
    parts::not_ahead(asker, scene, "dated", dated);
    let measure = Measure::ALL.into_iter().find(|m| chosen.as_deref() == Some(m.id()))?;
    let opens = measure == Measure::Unblocking;
    if asker.is_reading()
        && person.is_some_and(|no| blocked.contains(&no) != opens && (opens || measure == Measure::Blocking))
    {
        let told = if opens { "Data orang ini tidak sedang diblokir." } else { "Data orang ini sudah diblokir." };
        asker.problems.add("measure", told);
    }
    Some(Act::EmployerPressed(EmployerPressed { person: person?, measure, letter, dated: dated? }))
}

/// The recommendation arrived.
pub fn confirm_recommendation(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let open = || matter.recommendations.iter().filter(|(_, _, r)| r.employer_received.is_none());
    let options: Vec<Choice> = open()
        .map(|(act, _, r)| Choice::new(act.to_string(), format!("Nomor {} tanggal {}", r.number, short_date(r.dated))))
        .collect();
    let default = options.first().map(|o| o.value.clone()).unwrap_or_default();
    let need = Need::Required("Pilih rekomendasinya.");
    let chosen = asker.choice("recommendation", "Rekomendasi yang mana?", "", options, &default, need);
    let receipt = asker.line("receipt", "Nomor agenda, bila ada", "", "", Need::Optional);
    asker.note("Sejak hari ini berjalan waktu untuk menindaklanjuti rekomendasi.");
    let recommendation = open().find(|(act, ..)| Some(act.to_string()) == chosen).map(|(act, ..)| *act)?;
    Some(Act::RecommendationDelivered(RecommendationDelivered { recommendation, receipt }))
}

/// Persons on whom the employer has to act.
fn at_employer(matter: &Matter) -> Vec<Choice> {
    parts::person_options(matter.reported().filter(|p| matter.is_with_employer(p.no)))
}

/// Persons whose summons is open.
fn summoned(matter: &Matter) -> Vec<Choice> {
    let open =
        |no: PersonNo| matter.discipline.summonses.iter().any(|s| s.what.person == no && s.answered == Answered::Open);
    parts::person_options(matter.reported().filter(|p| open(p.no)))
}

/// A summons.
pub fn summon(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Siapa yang dipanggil?", at_employer(matter));
    let letter = asker.line("letter", "Nomor surat panggilan", "", "", Need::Required("Tulis nomor suratnya."));
    let session = asker.moment("session", "Waktu pemeriksaan", "", None, Need::Required("Isi waktu pemeriksaan."));
    let place = asker.line("place", "Tempat", "", "", Need::Required("Tulis tempatnya."));
    Some(Act::EmployeeSummoned(EmployeeSummoned { person: person?, letter, session: session?, place }))
}

/// Nobody came.
pub fn record_absence(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Siapa yang tidak hadir?", summoned(matter));
    let reason = asker.line("reason", "Alasan, bila disampaikan", "", "", Need::Optional);
    let reason = (!reason.is_empty()).then(|| reason.into());
    Some(Act::EmployeeAbsent(EmployeeAbsent { person: person?, reason }))
}

/// A team.
pub fn form_team(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Untuk memeriksa siapa?", at_employer(matter));
    let letter = asker.line("letter", "Nomor keputusan pembentukan", "", "", Need::Required("Tulis nomornya."));
    let members = asker.text(
        "members",
        "Susunan tim",
        "Ketua, sekretaris, dan anggota; atasan langsung, unsur pengawasan, unsur kepegawaian.",
        "",
        Need::Required("Tulis susunannya."),
    );
    Some(Act::TeamFormed(TeamFormed { person: person?, letter, members: members.into() }))
}

/// The examination.
pub fn examine(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Siapa yang diperiksa?", summoned(matter));
    let need = Need::Required("Tulis pertanyaan dan jawabannya.");
    let minutes =
        asker.text("minutes", "Pertanyaan dan jawaban", "Ditandatangani pemeriksa dan yang diperiksa.", "", need);
    Some(Act::EmployeeExamined(EmployeeExamined { person: person?, minutes: minutes.into() }))
}

/// The decree reaches its person, or not.
pub fn serve(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let decreed = |no: PersonNo| matter.sanctions.iter().any(|(_, s)| s.person == no) && !matter.is_served(no);
    let options = parts::person_options(matter.reported().filter(|p| decreed(p.no)));
    let person = parts::person(asker, "Keputusan untuk siapa?", options);
    let ways = Service::ALL.iter().map(|how| Choice::new(how.id(), how.indonesian())).collect();
    let chosen = asker.choice("how", "Apa yang terjadi?", "", ways, "", Need::Required("Pilih salah satu."));
    let on = asker.date("on", "Tanggal", "", Some(scene.now.date()), Need::Required("Isi tanggalnya."));
    parts::not_ahead(asker, scene, "on", on);
    let decree = matter.sanctions.iter().find(|(_, s)| Some(s.person) == person).map(|(_, s)| s.dated);
    if asker.is_reading() && on.zip(decree).is_some_and(|(on, decree)| on < decree) {
        asker.problems.add("on", "Tanggal ini lebih awal daripada tanggal keputusan.");
    }
    let how = Service::ALL.into_iter().find(|how| chosen.as_deref() == Some(how.id()))?;
    Some(Act::DecisionServed(DecisionServed { person: person?, how, on: on? }))
}

/// An objection or appeal.
pub fn lodge_appeal(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let decreed = |no: PersonNo| matter.sanctions.iter().any(|(_, s)| s.person == no);
    let options = parts::person_options(matter.reported().filter(|p| decreed(p.no)));
    let person = parts::person(asker, "Siapa yang mengajukan?", options);
    let kinds = [("objection", AppealKind::Objection), ("appeal", AppealKind::Appeal)];
    let ways = kinds.iter().map(|(id, kind)| Choice::new(*id, kind.indonesian())).collect();
    let hint = "Banding administratif ke BPASN hanya untuk keputusan pemberhentian.";
    let chosen = asker.choice("kind", "Upaya apa?", hint, ways, "", Need::Required("Pilih salah satu."));
    let on = asker.date("on", "Tanggal diajukan", "", Some(scene.now.date()), Need::Required("Isi tanggalnya."));
    parts::not_ahead(asker, scene, "on", on);
    let kind = kinds.iter().find(|(id, _)| chosen.as_deref() == Some(*id)).map(|(_, kind)| *kind)?;
    Some(Act::AppealLodged(AppealLodged { person: person?, kind, on: on? }))
}

/// How it ended.
pub fn decide_appeal(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let open = |no: PersonNo| matter.discipline.appeals.iter().any(|(a, decided)| a.person == no && decided.is_none());
    let options = parts::person_options(matter.reported().filter(|p| open(p.no)));
    let person = parts::person(asker, "Keberatan atau banding siapa?", options);
    let ways = AppealResult::ALL.iter().map(|result| Choice::new(result.id(), result.indonesian())).collect();
    let chosen = asker.choice("result", "Putusannya", "", ways, "", Need::Required("Pilih putusannya."));
    let number = asker.line("number", "Nomor putusan", "", "", Need::Required("Tulis nomor putusan."));
    let dated = asker.date("dated", "Tanggal putusan", "", Some(scene.now.date()), Need::Required("Isi tanggalnya."));
    parts::not_ahead(asker, scene, "dated", dated);
    let result = AppealResult::ALL.into_iter().find(|result| chosen.as_deref() == Some(result.id()));
    let sanction = asker.line("sanction", "Sanksi yang berlaku sekarang, bila diubah", "", "", Need::Optional);
    if asker.is_reading() && result == Some(AppealResult::Changed) && sanction.is_empty() {
        asker.problems.add("sanction", "Tulis sanksi yang berlaku sekarang.");
    }
    Some(Act::AppealDecided(AppealDecided { person: person?, result: result?, number, dated: dated?, sanction }))
}
