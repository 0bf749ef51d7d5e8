//! Prevention: an activity for many at once, and what came back from them.

use netra_docket::act::{
    Act, Addressee, Delivery, Prevention, PreventionAnswered, PreventionKind, RecipientAnswer, RecipientKind,
};
use netra_docket::matter::{Matter, PreventionState};
use netra_law::time::short_date;
use netra_store::Recipient;

use super::open::subject_line;
use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

/// The option that stands for all of a list.
const ALL: &str = "semua";
/// The most of the office's list to whom one activity is addressed: its letters are printed as one file.
const MOST: usize = 1_000;
/// The most people that can have come.
const LARGEST_MEETING: u32 = 1_000_000;

/// Prevention work: a new file, or one more activity in it.
pub fn record(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let regime = match scene.matter {
        Some(matter) => Some(matter.regime),
        None => parts::contest(asker, "").map(|(regime, _)| regime),
    };
    let options = PreventionKind::ALL.iter().map(|kind| Choice::new(kind.id(), kind.indonesian())).collect();
    let activity =
        asker.choice("activity", "Bentuk kegiatan", "", options, "", Need::Required("Pilih bentuk kegiatan."));
    let subject_line = subject_line(asker, "");
    let recipients = addressees(asker, scene);
    let audience = asker.text(
        "audience",
        "Ditujukan kepada siapa selain itu?",
        "Satu penerima tiap baris, tanpa nama orang, misalnya: masyarakat. Kosongkan bila semuanya ada dalam daftar.",
        "",
        Need::Optional,
    );
    if asker.is_reading() && audience.is_empty() && recipients.is_empty() {
        asker.problems.add("audience", "Tulis sekurang-kurangnya satu penerima, atau pilih dari daftar.");
    }
    let options = Delivery::ALL.iter().map(|way| Choice::new(way.id(), way.indonesian())).collect();
    let delivery = asker.choice("delivery", "Cara penyampaian", "", options, "", Need::Optional);
    let letter = asker.line("letter", "Nomor surat, bila ada", "", "", Need::Optional);
    let place = asker.line("place", "Tempat", "", "", Need::Optional);
    let attendance = people(asker, "Jumlah yang hadir, bila dihitung");
    let text = asker.text(
        "text",
        "Isi kegiatan",
        "Untuk surat imbauan: isi suratnya. Satu surat dicetak untuk tiap penerima dalam daftar.",
        "",
        Need::Required("Tulis isi kegiatan."),
    );
    asker.files("Lampiran", "Boleh beberapa berkas.");
    Some(Act::PreventionRecorded(Prevention {
        regime: regime?,
        activity: PreventionKind::from_id(&activity?)?,
        subject_line,
        audience: audience.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect(),
        letter,
        place,
        text,
        exhibits: scene.uploads.to_vec(),
        delivery: delivery.as_deref().and_then(Delivery::from_id),
        recipients,
        attendance,
    }))
}

/// Those of the office's list to whom it goes, kind by kind.
fn addressees(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Vec<Addressee> {
    asker.heading("Penerima dalam daftar kantor");
    if scene.recipients.is_empty() {
        asker.note("Daftar penerima kantor masih kosong. Isi di halaman Pencegahan, supaya jangkauan dapat dihitung.");
    }
    let mut list = Vec::new();
    for kind in RecipientKind::ALL {
        let of_kind: Vec<&Recipient> = scene.recipients.iter().filter(|r| r.kind == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let mut options = vec![Choice::new(ALL, format!("Semua ({})", of_kind.len()))];
        options.extend(of_kind.iter().map(|r| Choice::new(r.id.to_string(), r.name.as_str())));
        let ticked: Vec<String> =
            of_kind.iter().filter(|r| scene.chosen.contains(&r.id)).map(|r| r.id.to_string()).collect();
        let name = format!("to_{}", kind.id());
        let chosen = asker.checks(&name, kind.indonesian(), "", options, &ticked, Need::Optional);
        let all = chosen.iter().any(|value| value == ALL);
        list.extend(of_kind.into_iter().filter(|r| all || chosen.contains(&r.id.to_string())).map(addressee));
    }
    if asker.is_reading() && list.len() > MOST {
        let problem = format!("Paling banyak {MOST} penerima untuk satu kegiatan; bagi menjadi beberapa kegiatan.");
        asker.problems.add("audience", problem);
    }
    list
}

fn addressee(recipient: &Recipient) -> Addressee {
    Addressee {
        id: recipient.id,
        kind: recipient.kind,
        name: recipient.name.clone(),
        region: recipient.region.clone(),
        address: recipient.address.clone(),
    }
}

/// How many people came.
fn people(asker: &mut Asker<'_>, label: &str) -> Option<u32> {
    let typed = asker.line("attendance", label, "", "", Need::Optional);
    let count = typed.parse::<u32>().ok().filter(|count| *count <= LARGEST_MEETING);
    if asker.is_reading() && !typed.is_empty() && count.is_none() {
        asker.problems.add("attendance", "Isi dengan bilangan bulat, misalnya 45.");
    }
    count
}

/// What came back from some of those to whom an activity was addressed.
pub fn answer(asker: &mut Asker<'_>, matter: &Matter) -> Option<Act> {
    let addressed = matter.prevention.iter().rev().filter(|state| !state.what.recipients.is_empty());
    let states: Vec<&PreventionState> = addressed.collect();
    let words = |s: &&PreventionState| {
        format!("{}: {} ({})", s.what.activity.indonesian(), s.what.subject_line, short_date(s.at.date()))
    };
    let options = states.iter().map(|s| Choice::new(s.act.to_string(), words(s))).collect();
    let latest = states.first().map(|s| s.act.to_string()).unwrap_or_default();
    let need = Need::Required("Pilih kegiatannya.");
    let hint = "Bila diganti, lihat pratinjau dulu: daftar penerimanya ikut berganti.";
    let of = asker.choice("of", "Kegiatan", hint, options, &latest, need)?;
    let state = states.into_iter().find(|s| s.act.to_string() == of)?;
    let mut options = vec![Choice::new(ALL, format!("Semua ({})", state.what.recipients.len()))];
    options.extend(state.what.recipients.iter().map(|r| Choice::new(r.id.to_string(), standing(state, r))));
    let chosen = asker.checks("who", "Penerima", "", options, &[], Need::Required("Pilih penerimanya."));
    let all = chosen.iter().any(|value| value == ALL);
    let named = |r: &&Addressee| all || chosen.contains(&r.id.to_string());
    let who = state.what.recipients.iter().filter(named).map(|r| r.id).collect();
    let options = RecipientAnswer::ALL.iter().map(|one| Choice::new(one.id(), one.indonesian())).collect();
    let need = Need::Required("Pilih apa tanggapannya.");
    let answer = asker.choice("answer", "Tanggapan", "", options, "", need);
    let number = asker.line("number", "Nomor tanda terima, surat jawaban, atau daftar hadir", "", "", Need::Optional);
    let attendance = people(asker, "Jumlah orang yang hadir dari mereka, bila dihitung");
    let note = asker.text("note", "Catatan", "", "", Need::Optional);
    Some(Act::PreventionAnswered(PreventionAnswered {
        of: state.act,
        who,
        answer: RecipientAnswer::from_id(&answer?)?,
        number,
        attendance,
        note: (!note.is_empty()).then(|| note.into()),
    }))
}

/// A recipient with what came back so far.
fn standing(state: &PreventionState, recipient: &Addressee) -> String {
    match state.answer_of(recipient.id) {
        Some(answer) => format!("{} (sekarang: {})", recipient.name, answer.indonesian().to_lowercase()),
        None => recipient.name.clone(),
    }
}
