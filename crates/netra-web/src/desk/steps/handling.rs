//! Steps between registration and decision: clarification, exhibits, study, plenary.

use netra_docket::act::{
    AbsenceRecorded, Act, Clarified, CrimeDeclared, ExhibitAdded, GakkumduDiscussed, HandlingExtended, Invitation,
    Oath, PersonAdded, PlenaryDecided, SessionMode, StudyFinished, Verdict,
};
use netra_docket::ids::PersonNo;
use netra_docket::matter::{Answered, Matter};
use netra_docket::person::{Capacity, Identity, Person};

use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

const MODES: [(&str, SessionMode); 2] = [("in-person", SessionMode::InPerson), ("online", SessionMode::Online)];

fn mode(asker: &mut Asker<'_>) -> Option<SessionMode> {
    let options = MODES.iter().map(|(id, m)| Choice::new(*id, m.indonesian())).collect();
    let chosen =
        asker.choice("mode", "Cara klarifikasi", "", options, "in-person", Need::Required("Pilih caranya."))?;
    MODES.iter().find(|(id, _)| *id == chosen).map(|(_, m)| *m)
}

/// An invitation to a clarification.
pub fn invite(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Siapa yang diundang?", parts::person_options(matter.persons.iter()));
    let letter = asker.line("letter", "Nomor surat undangan", "", "", Need::Optional);
    let session = asker.moment("session", "Waktu klarifikasi", "", None, Need::Required("Isi waktu klarifikasi."));
    let place = asker.line("place", "Tempat atau tautan", "", "", Need::Required("Tulis tempat atau tautannya."));
    let mode = mode(asker);
    let delivered = asker.moment(
        "delivered",
        "Kapan undangan sampai?",
        "Kosongkan bila belum sampai, lalu betulkan catatan ini sesudah sampai.",
        None,
        Need::Optional,
    );
    if asker.is_reading()
        && let (Some(delivered), Some(session)) = (delivered, session)
        && delivered > session
    {
        asker.problems.add("delivered", "Undangan tidak dapat sampai sesudah klarifikasi.");
    }
    if asker.is_reading() && delivered.is_some_and(|d| d.instant() > scene.now.instant()) {
        asker.problems.add("delivered", "Waktu ini belum tiba. Kosongkan dulu bila undangan belum sampai.");
    }
    Some(Act::ClarificationInvited(Invitation {
        person: person?,
        letter,
        session: session?,
        place,
        mode: mode?,
        delivered,
    }))
}

fn invited(matter: &Matter) -> Vec<Choice> {
    let open = |p: &&Person| matter.invitations.iter().any(|i| i.what.person == p.no && i.answered == Answered::Open);
    parts::person_options(matter.persons.iter().filter(open))
}

const OATHS: [(&str, Oath); 3] = [("sworn", Oath::Sworn), ("promised", Oath::Promised), ("refused", Oath::Refused)];

/// A clarification that took place.
pub fn clarify(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Siapa yang diklarifikasi?", invited(matter));
    let options = OATHS.iter().map(|(id, o)| Choice::new(*id, o.indonesian())).collect();
    let oath = asker.choice(
        "oath",
        "Sumpah atau janji",
        "Menolak sumpah tidak menghentikan klarifikasi.",
        options,
        "",
        Need::Required("Pilih salah satu."),
    );
    let mode = mode(asker);
    let minutes = asker.text(
        "minutes",
        "Pertanyaan dan jawaban",
        "Bacakan kembali sebelum ditandatangani.",
        "",
        Need::Required("Tulis pertanyaan dan jawabannya."),
    );
    let oath = OATHS.iter().find(|(id, _)| oath.as_deref() == Some(*id)).map(|(_, o)| *o)?;
    Some(Act::Clarified(Clarified { person: person?, oath, mode: mode?, minutes: minutes.into() }))
}

/// Somebody stayed away.
pub fn record_absence(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Siapa yang tidak hadir?", invited(matter));
    let reason = asker.line("reason", "Alasan, bila disampaikan", "", "", Need::Optional);
    let reason = (!reason.is_empty()).then(|| reason.into());
    Some(Act::AbsenceRecorded(AbsenceRecorded { person: person?, reason }))
}

const CAPACITIES: [(&str, Capacity); 4] = [
    ("reported", Capacity::Reported),
    ("witness", Capacity::Witness),
    ("expert", Capacity::Expert),
    ("related", Capacity::Related),
];

/// Somebody more.
pub fn add_person(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let options = CAPACITIES.iter().map(|(id, c)| Choice::new(*id, c.indonesian())).collect();
    let capacity = asker.choice("capacity", "Sebagai apa?", "", options, "", Need::Required("Pilih kedudukannya."));
    let subject = parts::subject(asker, scene, "subject", "");
    let identity = parts::identity(asker, "p_", &Identity::default(), Need::Required("Tulis namanya."));
    let capacity = CAPACITIES.iter().find(|(id, _)| capacity.as_deref() == Some(*id)).map(|(_, c)| *c)?;
    let subject = subject.filter(|_| capacity == Capacity::Reported);
    let person = Person { no: matter.next_person(), capacity, subject, standing: None, identity: identity.into() };
    Some(Act::PersonAdded(PersonAdded { person }))
}

/// More exhibits.
pub fn add_exhibit(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    asker.files("Berkas bukti", "Berkas asli disimpan apa adanya. Boleh beberapa berkas.");
    if asker.is_reading() && scene.uploads.is_empty() {
        asker.problems.add("files", "Pilih sekurang-kurangnya satu berkas.");
    }
    Some(Act::ExhibitAdded(ExhibitAdded { exhibits: scene.uploads.to_vec() }))
}

/// With police and prosecutor.
pub fn discuss_gakkumdu(asker: &mut Asker<'_>) -> Option<Act> {
    let round = asker.number("round", "Pembahasan ke-", "", 1);
    let options = vec![
        Choice::new("met", "Ada unsur tindak pidana pemilihan"),
        Choice::new("not-met", "Tidak ada unsur tindak pidana pemilihan"),
    ];
    let crime = asker.choice("crime", "Pendapat bersama", "", options, "", Need::Required("Pilih salah satu."));
    let result = asker.text("result", "Hasil pembahasan", "", "", Need::Required("Tulis hasilnya."));
    let crime = if crime? == "met" { Verdict::Met } else { Verdict::NotMet };
    Some(Act::GakkumduDiscussed(GakkumduDiscussed { round, crime, result: result.into() }))
}

/// A suspected election crime: hours begin to run.
pub fn declare_crime(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    asker.note("Sejak saat ini batas waktu penerusan ke kepolisian berjalan dalam jam, juga pada hari libur.");
    let chosen = asker.checks(
        "persons",
        "Siapa yang diduga?",
        "",
        parts::person_options(matter.reported()),
        &[],
        Need::Required("Pilih sekurang-kurangnya satu orang."),
    );
    let articles = asker.line("articles", "Pasal", "", "", Need::Required("Tulis pasalnya."));
    parts::keeps_tellers_unnamed(asker, matter, "articles", &articles);
    let persons = chosen.iter().filter_map(|p| p.parse().ok().map(PersonNo)).collect();
    Some(Act::CrimeDeclared(CrimeDeclared { persons, articles }))
}

/// More time, because more information is needed.
pub fn extend_handling(asker: &mut Asker<'_>) -> Option<Act> {
    let reason =
        asker.text("reason", "Keterangan apa yang masih diperlukan?", "", "", Need::Required("Tulis alasannya."));
    Some(Act::HandlingExtended(HandlingExtended { reason: reason.into() }))
}

/// The study, with a proposal for each reported person.
pub fn finish_study(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let number = asker.line("number", "Nomor kajian", "", "", Need::Optional);
    let analysis = asker.text(
        "analysis",
        "Fakta, bukti, dan analisis",
        "",
        "",
        Need::Required("Tulis fakta, bukti, dan analisisnya."),
    );
    let known = matter.study.as_ref().map_or(&[][..], |(_, p)| p.as_slice());
    let proposals = parts::results(asker, scene, matter, known);
    Some(Act::StudyFinished(StudyFinished { number, analysis: analysis.into(), proposals }))
}

/// The decision, person by person.
pub fn decide_plenary(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let plenary = parts::plenary(asker, scene);
    let proposed = matter.study.as_ref().map_or(&[][..], |(_, p)| p.as_slice());
    let results = parts::results(asker, scene, matter, proposed);
    asker.heading("Alasan");
    let reason = asker.text("reason", "Alasan putusan", "", "", Need::Required("Tulis alasan putusan."));
    Some(Act::PlenaryDecided(PlenaryDecided { plenary, results, reason: reason.into() }))
}
