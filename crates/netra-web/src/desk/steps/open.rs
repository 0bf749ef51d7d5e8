//! Steps that open a docket: reports, tips, initial information.

use jiff::civil::Date;
use netra_docket::act::{Act, Channel, Exhibit, Incident, Information, Report, Tip};
use netra_docket::ids::PersonNo;
use netra_docket::person::{Capacity, Identity, Person};

use super::{Scene, parts};
use crate::desk::asker::{Asker, Choice, Need};

const CHANNELS: [(&str, Channel); 6] = [
    ("counter", Channel::Counter),
    ("letter", Channel::Letter),
    ("other-system", Channel::OtherSystem),
    ("public-form", Channel::PublicForm),
    ("supervision", Channel::Supervision),
    ("media", Channel::Media),
];

fn channel(asker: &mut Asker<'_>, default: &str) -> Option<Channel> {
    let options = CHANNELS.iter().map(|(id, c)| Choice::new(*id, c.indonesian())).collect();
    let chosen =
        asker.choice("channel", "Cara penyampaian", "", options, default, Need::Required("Pilih cara penyampaian."))?;
    CHANNELS.iter().find(|(id, _)| *id == chosen).map(|(_, c)| *c)
}

/// What it is about, without names.
pub(super) fn subject_line(asker: &mut Asker<'_>, proposed: &str) -> String {
    asker.line(
        "subject_line",
        "Pokok perkara dalam satu baris",
        "Tanpa nama orang: baris ini tampil dalam daftar.",
        proposed,
        Need::Required("Tulis pokok perkara dalam satu baris, tanpa nama orang."),
    )
}

/// What is known of an event before anybody is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub account: String,
    /// Where.
    pub place: String,
    /// When.
    pub happened: Option<Date>,
    /// When somebody learned of it.
    pub known: Option<Date>,
}

/// What happened, where and when. Dates that can't be are refused.
fn incident(asker: &mut Asker<'_>, today: Date, known_label: &str, need_known: Need, told: &Told) -> Incident {
    asker.heading("Peristiwa");
    let account = asker.text(
        "account",
        "Apa yang terjadi?",
        "Tulis berurutan: siapa, apa, di mana, kapan, bagaimana.",
        &told.account,
        Need::Required("Tulis apa yang terjadi."),
    );
    let place = asker.line("place", "Tempat kejadian", "", &told.place, Need::Required("Tulis tempat kejadian."));
    let hint = "Kosongkan bila tidak diketahui.";
    let happened = asker.date("happened", "Tanggal kejadian", hint, told.happened, Need::Optional);
    let known = asker.date("known", known_label, "Tenggat dihitung dari tanggal ini.", told.known, need_known);
    if asker.is_reading() {
        check_dates(asker, today, happened, known);
    }
    Incident { account: account.into(), place: place.into(), happened, known }
}

/// A day that lies ahead, or knowledge before the event, can't be right.
fn check_dates(asker: &mut Asker<'_>, today: Date, happened: Option<Date>, known: Option<Date>) {
    if happened.is_some_and(|d| d > today) {
        asker.problems.add("happened", "Tanggal kejadian sesudah penyampaian. Periksa tahun dan bulannya.");
    }
    if known.is_some_and(|d| d > today) {
        asker.problems.add("known", "Tanggal diketahui sesudah penyampaian. Periksa tahun dan bulannya.");
    }
    if let (Some(happened), Some(known)) = (happened, known)
        && known < happened
    {
        asker.problems.add("known", "Tanggal diketahui lebih awal daripada tanggal kejadian. Periksa keduanya.");
    }
}

/// The day of a step: what is told of must not lie behind it.
fn day_of(scene: &Scene<'_>) -> Date {
    scene.at.unwrap_or(scene.now).date()
}

/// A report at the counter, with the answers of Form B.1/A.1.
pub fn receive_report(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let contest = parts::contest(asker, "");
    let channel = channel(asker, "counter");
    let subject_line = subject_line(asker, "");
    let need_known = Need::Required("Isi tanggal pelapor mengetahuinya.");
    let event = incident(asker, day_of(scene), "Tanggal diketahui pelapor", need_known, &Told::default());
    asker.heading("Pelapor");
    let standing = parts::standing(asker);
    let identity = parts::identity(asker, "r_", &Identity::default(), Need::Required("Tulis nama pelapor."));
    let mut persons = vec![Person {
        no: PersonNo(1),
        capacity: Capacity::Reporter,
        subject: None,
        standing,
        identity: identity.into(),
    }];
    persons.extend(parts::persons(asker, scene, Capacity::Reported, PersonNo(2)));
    if asker.is_reading() && persons.len() == 1 {
        asker.problems.add("t0_name", "Tulis sekurang-kurangnya satu terlapor.");
    }
    let next = PersonNo(u16::try_from(persons.len()).unwrap_or(u16::MAX).saturating_add(1));
    persons.extend(parts::persons(asker, scene, Capacity::Witness, next));
    asker.files("Bukti", "Dokumen, foto, video, ekspor percakapan. Boleh beberapa berkas.");
    parts::line_names_nobody(asker, &persons, "subject_line", &subject_line);
    let (regime, contest) = contest?;
    Some(Act::ReportReceived(Report {
        regime,
        contest,
        channel: channel?,
        subject_line,
        event,
        persons,
        exhibits: scene.uploads.to_vec(),
    }))
}

/// A tip whose bringer stays unnamed.
pub fn receive_tip(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    asker.note("Jangan catat apa pun tentang pemberi informasi. Catatan ini menjadi informasi awal, bukan laporan.");
    let contest = parts::contest(asker, "");
    let channel = channel(asker, "counter");
    let subject_line = subject_line(asker, "");
    let event = incident(asker, day_of(scene), "Tanggal diketahui", Need::Optional, &Told::default());
    let persons = parts::persons(asker, scene, Capacity::Reported, PersonNo(1));
    asker.files("Bukti", "Boleh beberapa berkas.");
    parts::line_names_nobody(asker, &persons, "subject_line", &subject_line);
    let (regime, contest) = contest?;
    Some(Act::TipReceived(Tip {
        regime,
        contest,
        channel: channel?,
        subject_line,
        event,
        persons,
        exhibits: scene.uploads.to_vec(),
    }))
}

const FOUND_ON: &str = "Tanggal ditemukan";
const WHEN_FOUND: &str = "Isi tanggal ditemukannya.";

/// What captured news propose for the questions of initial information.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// An id of the elections that the question offers; empty if the news do not tell.
    pub contest: &'static str,
    /// The subject in one line, without names.
    pub subject_line: String,
    /// The event.
    pub event: Told,
}

/// Initial information out of captured news. Persons are added to the matter later, by somebody who has read the news.
pub fn record_news(asker: &mut Asker<'_>, today: Date, exhibits: &[Exhibit], proposed: &Proposed) -> Option<Act> {
    let contest = parts::contest(asker, proposed.contest);
    let subject_line = subject_line(asker, &proposed.subject_line);
    let event = incident(asker, today, FOUND_ON, Need::Required(WHEN_FOUND), &proposed.event);
    let (regime, contest) = contest?;
    Some(Act::InformationRecorded(Information {
        regime,
        contest,
        channel: Channel::Media,
        subject_line,
        event,
        persons: Vec::new(),
        exhibits: exhibits.to_vec(),
    }))
}

/// Initial information that the office found itself.
pub fn record_information(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Option<Act> {
    let contest = parts::contest(asker, "");
    let channel = channel(asker, "supervision");
    let subject_line = subject_line(asker, "");
    let event = incident(asker, day_of(scene), FOUND_ON, Need::Required(WHEN_FOUND), &Told::default());
    let persons = parts::persons(asker, scene, Capacity::Reported, PersonNo(1));
    asker.files("Tangkapan layar, foto, dokumen", "Boleh beberapa berkas.");
    parts::line_names_nobody(asker, &persons, "subject_line", &subject_line);
    let (regime, contest) = contest?;
    Some(Act::InformationRecorded(Information {
        regime,
        contest,
        channel: channel?,
        subject_line,
        event,
        persons,
        exhibits: scene.uploads.to_vec(),
    }))
}
