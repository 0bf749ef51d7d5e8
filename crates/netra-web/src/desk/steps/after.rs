//! Steps after the decision: forwarding, receipts, announcements, recommendation and sanction.

use std::collections::BTreeMap;

use netra_docket::act::{
    Act, Assigned, CandidacyChecked, CandidacyResult, CorrectionAdvised, CorrectionAnswered, DeliveryConfirmed,
    Forwarded, Recommendation, RecommendedFor, SanctionReported, StatementPublished, StatusAnnounced, Verdict,
};
use netra_docket::ids::PersonNo;
use netra_docket::matter::{Forwarding, Matter};
use netra_law::time::short_moment;
use netra_store::{AccountState, OfficeKind};

use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

/// Persons that one letter can carry: same kind, same authority, same channel.
struct Target {
    kind: String,
    authority: String,
    channel: String,
    persons: Vec<PersonNo>,
    copies: Vec<String>,
    note: String,
}

impl Target {
    fn id(&self) -> String {
        format!("{}|{}|{}", self.kind, self.authority, self.channel)
    }
}

/// Who can go where today: the route of each person's kind, and whoever holds its role on this day.
fn targets(scene: &Scene<'_>, matter: &Matter) -> Vec<Target> {
    let today = scene.now.date();
    let mut list: BTreeMap<String, Target> = BTreeMap::new();
    for (no, kind) in matter.to_forward() {
        let subject = matter.person(no).and_then(|p| p.subject.as_deref()).unwrap_or("lain");
        let Some(route) = scene.pack.route(&kind, subject) else { continue };
        for (place, receiver) in scene.law.receivers_on(&route.to, today).into_iter().enumerate() {
            let copies = route.copies.iter().flat_map(|role| {
                scene
                    .law
                    .receivers_on(role, today)
                    .first()
                    .and_then(|r| scene.law.authority(&r.authority))
                    .map(|a| a.name.clone())
            });
            let target = Target {
                kind: kind.clone(),
                authority: receiver.authority.clone(),
                channel: receiver.channel.clone(),
                persons: Vec::new(),
                copies: copies.collect(),
                note: if place == 0 {
                    String::new()
                } else {
                    " (masa peralihan: masih diterima, periksa dulu)".to_owned()
                },
            };
            list.entry(target.id()).or_insert(target).persons.push(no);
        }
    }
    list.into_values().collect()
}

/// Persons of the decision for whom the pack has no route.
fn without_route(scene: &Scene<'_>, matter: &Matter) -> Vec<PersonNo> {
    let has = |no: &PersonNo, kind: &str| {
        let subject = matter.person(*no).and_then(|p| p.subject.as_deref()).unwrap_or("lain");
        scene.pack.route(kind, subject).is_some()
    };
    matter.to_forward().into_iter().filter(|(no, kind)| !has(no, kind)).map(|(no, _)| no).collect()
}

/// To the authority that must act.
pub fn forward(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let targets = targets(scene, matter);
    for no in without_route(scene, matter) {
        let who = matter.person(no).map(parts::person_text).unwrap_or_default();
        asker.note(&format!(
            "{who}: hukum tidak menyebut penerima untuk status kepegawaian ini. Lengkapi statusnya lewat pembetulan, atau umumkan hasilnya."
        ));
    }
    let options: Vec<Choice> = targets.iter().map(|t| Choice::new(t.id(), target_text(scene, matter, t))).collect();
    let default = match options.as_slice() {
        [only] => only.value.clone(),
        _ => String::new(),
    };
    let chosen = asker.choice(
        "target",
        "Diteruskan kepada",
        "Penerima mengikuti status tiap terlapor pada tanggal ini.",
        options,
        &default,
        Need::Required("Pilih penerimanya."),
    );
    let letter = asker.line("letter", "Nomor surat penerusan", "", "", Need::Required("Tulis nomor surat penerusan."));
    let target = targets.into_iter().find(|t| Some(t.id()) == chosen);
    let known_copies = target.as_ref().map(|t| t.copies.join("; ")).unwrap_or_default();
    let copies = asker.line(
        "copies",
        "Tembusan",
        "Jangan beri tembusan kepada orang yang dilaporkan.",
        &known_copies,
        Need::Optional,
    );
    parts::keeps_tellers_unnamed(asker, matter, "copies", &copies);
    let target = target?;
    let to_office = scene
        .offices
        .iter()
        .find(|o| o.kind == OfficeKind::Authority && o.authority.as_deref() == Some(target.authority.as_str()))
        .map(|o| o.id.clone());
    Some(Act::Forwarded(Forwarded {
        letter,
        persons: target.persons,
        kind: target.kind,
        authority: target.authority,
        to_office,
        channel: target.channel,
        copies,
    }))
}

fn target_text(scene: &Scene<'_>, matter: &Matter, target: &Target) -> String {
    let authority = scene.law.authority(&target.authority).map_or(target.authority.as_str(), |a| a.name.as_str());
    let kind = scene.pack.kind(&target.kind).map_or(target.kind.as_str(), |k| k.text.as_str());
    let persons: Vec<String> =
        target.persons.iter().filter_map(|no| matter.person(*no)).map(parts::person_text).collect();
    format!("{authority}{}, lewat {} — {kind}: {}", target.note, target.channel, persons.join("; "))
}

/// Whether a forwarding is the acting office's business: a receiver answers for what it received.
pub fn is_ours(scene: &Scene<'_>, forwarded: &Forwarded) -> bool {
    scene.office.kind.is_supervisor() || forwarded.to_office.as_ref() == Some(&scene.office.id)
}

/// Forwardings as options.
pub fn forwarding_options(scene: &Scene<'_>, list: &[&Forwarding]) -> Vec<Choice> {
    let option = |f: &&Forwarding| {
        let authority = scene.law.authority(&f.what.authority).map_or(f.what.authority.as_str(), |a| a.short.as_str());
        Choice::new(f.act.to_string(), format!("{authority}, surat {}, {}", f.what.letter, short_moment(f.at)))
    };
    list.iter().map(option).collect()
}

/// The receiver's receipt.
pub fn confirm_delivery(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let open: Vec<_> =
        matter.forwardings.iter().filter(|f| f.goes_on() && f.confirmed.is_none() && is_ours(scene, &f.what)).collect();
    let options = forwarding_options(scene, &open);
    let default = options.first().map(|o| o.value.clone()).unwrap_or_default();
    let chosen = asker.choice(
        "forwarding",
        "Penerusan yang mana?",
        "",
        options,
        &default,
        Need::Required("Pilih penerusannya."),
    );
    let receipt = asker.line("receipt", "Nomor tanda terima, bila ada", "", "", Need::Optional);
    let note = asker.line("note", "Keterangan penerima", "", "", Need::Optional);
    let forwarding = open.iter().find(|f| Some(f.act.to_string()) == chosen).map(|f| f.act)?;
    let note = (!note.is_empty()).then(|| note.into());
    Some(Act::DeliveryConfirmed(DeliveryConfirmed { forwarding, receipt, note }))
}

/// The status, to everybody.
pub fn announce_status(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    asker
        .note("Teks ini dibaca umum. Jangan sebut nama terlapor sebelum ada putusan, dan jangan pernah sebut pelapor.");
    let number = matter.number().unwrap_or("(belum bernomor)").to_owned();
    let title = asker.line("title", "Judul", "", &format!("Status {number}"), Need::Required("Tulis judulnya."));
    let text = asker.text(
        "text",
        "Isi",
        "Sebut hasil dan alasannya.",
        &draft_status(scene, matter, &number),
        Need::Required("Tulis isinya."),
    );
    let posted = asker.line("posted", "Ditempel juga di", "", "Papan pengumuman kantor", Need::Optional);
    parts::names_nobody(asker, matter, "title", &title);
    parts::names_nobody(asker, matter, "text", &text);
    Some(Act::StatusAnnounced(StatusAnnounced { title, text, posted }))
}

/// What the docket says, without names.
fn draft_status(scene: &Scene<'_>, matter: &Matter, number: &str) -> String {
    let mut text = format!("{} telah menyelesaikan pemeriksaan nomor {number}. ", scene.office.name);
    if !matter.forwardings.is_empty() {
        let names: Vec<&str> = matter
            .forwardings
            .iter()
            .map(|f| scene.law.authority(&f.what.authority).map_or(f.what.authority.as_str(), |a| a.name.as_str()))
            .collect();
        text.push_str(&format!("Hasilnya diteruskan kepada {}. ", names.join(", ")));
    } else if matter.decision.as_ref().is_some_and(|(_, r)| r.iter().all(|p| p.kinds.is_empty())) {
        text.push_str("Rapat pleno memutuskan bukan pelanggaran. ");
    } else if matter.rejected.is_some() {
        text.push_str("Laporan tidak diregistrasi. ");
    }
    text.push_str("Alasan: ");
    text
}

/// A statement or appeal to the public.
pub fn publish_statement(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    asker.note("Teks ini dibaca umum. Jangan sebut nama orang.");
    let title = asker.line("title", "Judul", "", "", Need::Required("Tulis judulnya."));
    let text = asker.text("text", "Isi", "", "", Need::Required("Tulis isinya."));
    parts::names_nobody(asker, matter, "title", &title);
    parts::names_nobody(asker, matter, "text", &text);
    Some(Act::StatementPublished(StatementPublished { title, text }))
}

/// Who is responsible.
pub fn assign(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let here = scene.accounts.iter().filter(|a| a.state == AccountState::Active);
    let options: Vec<Choice> = here.map(|a| Choice::new(a.id.to_string(), &a.name)).collect();
    let chosen = asker.choice("account", "Petugas", "", options, "", Need::Required("Pilih petugasnya."))?;
    Some(Act::Assigned(Assigned { to: chosen.parse().ok()? }))
}

/// What is advised where a name was misused. The letter names nobody: who it is stands in the matter.
const MISUSED: &str = "Sebuah nama dalam daftar telah diklarifikasi sebagai nama yang dicatut: pemilik nama menyatakan tidak \
    pernah mendaftar atau memberi persetujuan. Kami menyarankan agar data itu diperiksa kembali dan dikeluarkan dari daftar, \
    dan agar partai yang mengajukannya dimintai penjelasan. Identitas dan buktinya disampaikan tersendiri.";

/// Advice to correct an administrative slip.
pub fn advise_correction(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let options = scene.law.authorities().iter().map(|a| Choice::new(&a.id, &a.name)).collect();
    let authority = asker.choice("authority", "Kepada", "", options, "kpu", Need::Required("Pilih penerimanya."));
    let letter = asker.line("letter", "Nomor surat", "", "", Need::Required("Tulis nomor suratnya."));
    let is_misused = |matter: &Matter| matter.candidacy.iter().any(|(.., r)| *r == CandidacyResult::NameMisused);
    let known = if scene.matter.is_some_and(is_misused) { MISUSED } else { "" };
    let text = asker.text("text", "Apa yang harus diperbaiki?", "", known, Need::Required("Tulis sarannya."));
    Some(Act::CorrectionAdvised(CorrectionAdvised { authority: authority?, letter, text }))
}

/// What came of the advice.
pub fn answer_correction(asker: &mut Asker<'_>) -> Option<Act> {
    let options = vec![Choice::new("met", "Dilaksanakan"), Choice::new("not-met", "Tidak dilaksanakan")];
    let followed =
        asker.choice("followed", "Apakah dilaksanakan?", "", options, "", Need::Required("Pilih salah satu."));
    let note = asker.text("note", "Apa jawabannya?", "", "", Need::Required("Tulis jawabannya."));
    let followed = if followed? == "met" { Verdict::Met } else { Verdict::NotMet };
    Some(Act::CorrectionAnswered(CorrectionAnswered { followed, note: note.into() }))
}

const CANDIDACY: [(&str, CandidacyResult); 5] = [
    ("resignation-pending", CandidacyResult::ResignationPending),
    ("resigned-with-decree", CandidacyResult::ResignedWithDecree),
    ("not-resigned", CandidacyResult::NotResigned),
    ("name-misused", CandidacyResult::NameMisused),
    ("other-person", CandidacyResult::OtherPerson),
];

/// Where a candidacy stands.
pub fn check_candidacy(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let person = parts::person(asker, "Siapa?", parts::person_options(matter.reported()));
    let options = CANDIDACY.iter().map(|(id, r)| Choice::new(*id, r.indonesian())).collect();
    let result = asker.choice("result", "Status", "", options, "", Need::Required("Pilih statusnya."));
    let note = asker.text("note", "Apa yang dilihat?", "", "", Need::Required("Tulis apa yang dilihat."));
    let result = CANDIDACY.iter().find(|(id, _)| result.as_deref() == Some(*id)).map(|(_, r)| *r)?;
    Some(Act::CandidacyChecked(CandidacyChecked { person: person?, result, note: note.into() }))
}

/// What the authority recommends, person by person.
pub fn receive_recommendation(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let number = asker.line("number", "Nomor surat rekomendasi", "", "", Need::Required("Tulis nomor suratnya."));
    let today = scene.now.date();
    let dated = asker.date("dated", "Tanggal surat", "", Some(today), Need::Required("Isi tanggal surat."));
    let employer_received = asker.date(
        "employer_received",
        "Tanggal diterima PPK",
        "Kosongkan bila belum diketahui.",
        None,
        Need::Optional,
    );
    let employer = asker.choice(
        "employer",
        "Kantor kepegawaian (PPK) dalam sistem ini",
        "Kosongkan bila tidak memakai sistem ini.",
        parts::employer_options(scene),
        "",
        Need::Optional,
    );
    let mut persons = Vec::new();
    for person in matter.reported() {
        if !matter.forwardings.iter().any(|f| f.what.persons.contains(&person.no) && is_ours(scene, &f.what)) {
            continue;
        }
        let sanction = asker.line(
            &format!("sanction_{}", person.no),
            &format!("Rekomendasi untuk {}", parts::person_text(person)),
            "Misalnya: sanksi moral pernyataan terbuka; hukuman disiplin sedang; tidak terbukti.",
            "",
            Need::Optional,
        );
        if !sanction.is_empty() {
            persons.push(RecommendedFor { person: person.no, sanction });
        }
    }
    if asker.is_reading() && persons.is_empty() {
        asker.problems.add("number", "Isi rekomendasi untuk sekurang-kurangnya satu orang.");
    }
    if let (true, Some(dated), Some(received)) = (asker.is_reading(), dated, employer_received)
        && received < dated
    {
        asker.problems.add("employer_received", "Tanggal diterima lebih awal daripada tanggal surat.");
    }
    Some(Act::RecommendationReceived(Recommendation {
        number,
        dated: dated?,
        employer_received,
        employer_office: employer.and_then(|o| o.parse().ok()),
        persons,
    }))
}

/// What the employer imposed.
pub fn report_sanction(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter) -> Option<Act> {
    let waiting =
        |no: PersonNo| matter.forwardings.iter().any(|f| f.what.persons.contains(&no)) && matter.awaits_answer(no);
    let persons = matter.persons.iter().filter(|p| waiting(p.no));
    let person = parts::person(asker, "Untuk siapa?", parts::person_options(persons));
    let decree = asker.line("decree", "Nomor keputusan", "", "", Need::Required("Tulis nomor keputusan."));
    let dated = asker.date("dated", "Tanggal keputusan", "", None, Need::Required("Isi tanggal keputusan."));
    parts::not_ahead(asker, scene, "dated", dated);
    let sanction = asker.line(
        "sanction",
        "Sanksi yang dijatuhkan",
        "",
        "",
        Need::Required("Tulis sanksinya, atau: tidak dijatuhi sanksi."),
    );
    Some(Act::SanctionReported(SanctionReported { person: person?, decree, dated: dated?, sanction }))
}
