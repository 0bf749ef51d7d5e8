//! Questions that several steps ask.

use netra_docket::act::{PersonResult, Plenary};
use netra_docket::ids::PersonNo;
use netra_docket::matter::Matter;
use netra_docket::person::{Capacity, Identity, Person, ReporterStanding};
use netra_law::pack::Regime;
use netra_store::OfficeKind;

use super::Scene;
use crate::desk::asker::{Asker, Choice, Need};

/// The elections that a matter can belong to: regime and contest token.
const CONTESTS: [(&str, Regime, &str, &str); 4] = [
    ("pemilu-pl", Regime::Pemilu, "PL", "Pemilu (Presiden, DPR, DPD, DPRD)"),
    ("pilkada-pg", Regime::Pilkada, "PG", "Pemilihan gubernur"),
    ("pilkada-pb", Regime::Pilkada, "PB", "Pemilihan bupati"),
    ("pilkada-pw", Regime::Pilkada, "PW", "Pemilihan wali kota"),
];

/// Which election: decides the procedure and the clocks. `proposed` is the id of one of them, or empty.
pub fn contest(asker: &mut Asker<'_>, proposed: &str) -> Option<(Regime, String)> {
    let options = CONTESTS.iter().map(|(id, _, _, text)| Choice::new(*id, *text)).collect();
    let chosen = asker.choice(
        "contest",
        "Terkait pemilihan apa?",
        "Menentukan aturan dan tenggat yang berlaku.",
        options,
        proposed,
        Need::Required("Pilih pemilihan yang terkait."),
    )?;
    CONTESTS.iter().find(|(id, ..)| *id == chosen).map(|(_, regime, token, _)| (*regime, (*token).to_owned()))
}

/// Rows for persons that a form offers at once; more can be added later.
const ROWS: u16 = 4;

/// Some rows of persons of a capacity; rows without a name are left out.
pub fn persons(asker: &mut Asker<'_>, scene: &Scene<'_>, capacity: Capacity, first: PersonNo) -> Vec<Person> {
    let mut list: Vec<Person> = Vec::new();
    for row in 0..ROWS {
        let prefix = format!("{}{row}_", prefix(capacity));
        asker.heading(&format!("{} {}", capacity.indonesian(), row + 1));
        let name = asker.name(&format!("{prefix}name"), "Nama", "Kosongkan bila tidak ada.", "", Need::Optional);
        let subject = (capacity == Capacity::Reported).then(|| subject(asker, scene, &format!("{prefix}subject"), ""));
        let occupation =
            asker.line(&format!("{prefix}occupation"), "Jabatan saat kejadian atau pekerjaan", "", "", Need::Optional);
        let agency = asker.line(&format!("{prefix}agency"), "Instansi atau alamat", "", "", Need::Optional);
        let phone = asker.line(&format!("{prefix}phone"), "Telepon", "", "", Need::Optional);
        if name.is_empty() {
            continue;
        }
        let no = PersonNo(first.0.saturating_add(u16::try_from(list.len()).unwrap_or(u16::MAX)));
        let identity = Identity { name, occupation, agency, phone, ..Identity::default() };
        list.push(Person { no, capacity, subject: subject.flatten(), standing: None, identity: identity.into() });
    }
    list
}

fn prefix(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Reporter => "p",
        Capacity::Reported => "t",
        Capacity::Witness => "s",
        Capacity::Expert => "a",
        Capacity::Related => "k",
    }
}

/// The kind of person: decides who receives the case.
pub fn subject(asker: &mut Asker<'_>, scene: &Scene<'_>, name: &str, default: &str) -> Option<String> {
    let options = scene.law.subjects().iter().map(|s| Choice::new(&s.id, &s.name)).collect();
    asker.choice(
        name,
        "Status kepegawaian",
        "Menentukan instansi yang menerima penerusan.",
        options,
        default,
        Need::Optional,
    )
}

/// Everything that Form B.1/A.1 asks about a person.
pub fn identity(asker: &mut Asker<'_>, prefix: &str, known: &Identity, need: Need) -> Identity {
    let mut line = |field: &str, label: &str, value: &str| {
        asker.line(&format!("{prefix}{field}"), label, "", value, Need::Optional)
    };
    let birth = line("birth", "Tempat dan tanggal lahir", &known.birth);
    let sex = line("sex", "Jenis kelamin", &known.sex);
    let occupation = line("occupation", "Pekerjaan atau jabatan saat kejadian", &known.occupation);
    let agency = line("agency", "Instansi atau unit kerja", &known.agency);
    let citizenship = line("citizenship", "Kewarganegaraan", &known.citizenship);
    let address = line("address", "Alamat", &known.address);
    let phone = line("phone", "Nomor telepon", &known.phone);
    let email = line("email", "Surel", &known.email);
    let id_number = line("id_number", "NIP atau NIK bila diketahui", &known.id_number);
    let name = asker.name(&format!("{prefix}name"), "Nama", "", &known.name, need);
    Identity { name, birth, sex, occupation, agency, citizenship, address, phone, email, id_number }
}

/// Why the reporter may report.
pub fn standing(asker: &mut Asker<'_>) -> Option<ReporterStanding> {
    const ALL: [(ReporterStanding, &str); 3] = [
        (ReporterStanding::Citizen, "citizen"),
        (ReporterStanding::Participant, "participant"),
        (ReporterStanding::Monitor, "monitor"),
    ];
    let options = ALL.iter().map(|(s, id)| Choice::new(*id, s.indonesian())).collect();
    let chosen = asker.choice(
        "standing",
        "Pelapor melapor sebagai apa?",
        "",
        options,
        "",
        Need::Required("Pilih kedudukan pelapor."),
    )?;
    ALL.iter().find(|(_, id)| *id == chosen).map(|(s, _)| *s)
}

/// How a person of a matter is called on screens.
pub fn person_text(person: &Person) -> String {
    let name = person.identity.open().map_or("(dirahasiakan)", |i| i.name.as_str());
    format!("{} {}: {name}", person.capacity.indonesian(), person.no)
}

/// The persons of a matter as options.
pub fn person_options<'p>(persons: impl Iterator<Item = &'p Person>) -> Vec<Choice> {
    persons.map(|p| Choice::new(p.no.to_string(), person_text(p))).collect()
}

/// One person of a matter.
pub fn person(asker: &mut Asker<'_>, label: &str, options: Vec<Choice>) -> Option<PersonNo> {
    let default = match options.as_slice() {
        [only] => only.value.clone(),
        _ => String::new(),
    };
    let chosen = asker.choice("person", label, "", options, &default, Need::Required("Pilih orangnya."))?;
    chosen.parse().ok().map(PersonNo)
}

/// A plenary meeting: quorum and votes are checked against the pack.
pub fn plenary(asker: &mut Asker<'_>, scene: &Scene<'_>) -> Plenary {
    asker.heading("Rapat pleno");
    let minutes = asker.line("minutes", "Nomor berita acara", "", "", Need::Optional);
    let members = asker.number("members", "Jumlah anggota", "", scene.office.members);
    let present = asker.number("present", "Hadir", "", scene.office.members);
    let votes_for = asker.number("votes_for", "Setuju", "", scene.office.members);
    let votes_against =
        asker.number("votes_against", "Tidak setuju", "Alasan yang berbeda ditulis dalam berita acara.", 0);
    if asker.is_reading() {
        check_plenary(asker, scene, members, present, votes_for, votes_against);
    }
    Plenary { minutes, members, present, votes_for, votes_against }
}

fn check_plenary(asker: &mut Asker<'_>, scene: &Scene<'_>, members: u8, present: u8, yes: u8, no: u8) {
    if present > members {
        asker.problems.add("present", "Yang hadir tidak dapat lebih banyak daripada anggota.");
    }
    if let Some(quorum) = &scene.pack.head.quorum
        && !quorum.is_met(members, present)
    {
        asker.problems.add("present", format!("Rapat tidak kuorum. {}", quorum.text));
    }
    if u16::from(yes) + u16::from(no) > u16::from(present) {
        asker.problems.add("votes_for", "Jumlah suara lebih banyak daripada yang hadir.");
    }
    if yes <= no {
        asker.problems.add("votes_for", "Keputusan perlu suara setuju lebih banyak daripada yang tidak setuju.");
    }
}

/// The kinds of violation of the pack as options.
pub fn kind_options(scene: &Scene<'_>) -> Vec<Choice> {
    scene.pack.procedure.kind.iter().map(|k| Choice::new(&k.id, &k.text)).collect()
}

/// A result for each reported person.
pub fn results(asker: &mut Asker<'_>, scene: &Scene<'_>, matter: &Matter, known: &[PersonResult]) -> Vec<PersonResult> {
    let mut list = Vec::new();
    for person in matter.reported() {
        let before = known.iter().find(|r| r.person == person.no);
        asker.heading(&person_text(person));
        let kinds = asker.checks(
            &format!("kinds_{}", person.no),
            "Jenis dugaan pelanggaran",
            "Kosongkan semua bila bukan pelanggaran.",
            kind_options(scene),
            before.map_or(&[], |r| r.kinds.as_slice()),
            Need::Optional,
        );
        let types = asker.checks(
            &format!("types_{}", person.no),
            "Bentuk pelanggaran yang diduga",
            "Golongan akhir ditetapkan instansi penerima.",
            type_options(scene, person.subject.as_deref()),
            before.map_or(&[], |r| r.types.as_slice()),
            Need::Optional,
        );
        let articles = asker.line(
            &format!("articles_{}", person.no),
            "Pasal yang diduga dilanggar",
            "",
            before.map_or("", |r| r.articles.as_str()),
            Need::Optional,
        );
        list.push(PersonResult { person: person.no, kinds, types, articles });
    }
    list
}

fn type_options(scene: &Scene<'_>, subject: Option<&str>) -> Vec<Choice> {
    let fits = |subjects: &[String]| subjects.iter().any(|s| s == "*" || Some(s.as_str()) == subject);
    scene
        .law
        .violations()
        .iter()
        .filter(|v| subject.is_none() || fits(&v.subjects))
        .map(|v| Choice::new(&v.id, format!("{}: {}", v.id, v.text)))
        .collect()
}

/// The other supervisors as options.
pub fn supervisor_options(scene: &Scene<'_>) -> Vec<Choice> {
    scene
        .offices
        .iter()
        .filter(|o| o.kind.is_supervisor() && o.id != scene.office.id)
        .map(|o| Choice::new(o.id.as_str(), &o.name))
        .collect()
}

/// The employers as options, with none first.
pub fn employer_options(scene: &Scene<'_>) -> Vec<Choice> {
    scene
        .offices
        .iter()
        .filter(|o| o.kind == OfficeKind::Employer)
        .map(|o| Choice::new(o.id.as_str(), &o.name))
        .collect()
}

/// A text for everybody must not name anybody of the matter.
pub fn names_nobody(asker: &mut Asker<'_>, matter: &Matter, field: &str, text: &str) {
    line_names_nobody(asker, &matter.persons, field, text);
}

/// A text that is kept open must not name anybody.
pub fn line_names_nobody(asker: &mut Asker<'_>, persons: &[Person], field: &str, text: &str) {
    if asker.is_reading() && persons.iter().any(|p| is_named(p, text)) {
        asker.problems.add(field, "Teks ini menyebut nama orang dalam perkara. Ganti dengan perannya.");
    }
}

/// A text that leaves with the records must not name the reporter or a witness.
pub fn keeps_tellers_unnamed(asker: &mut Asker<'_>, matter: &Matter, field: &str, text: &str) {
    let tells = |p: &&Person| p.capacity != Capacity::Reported;
    if asker.is_reading() && matter.persons.iter().filter(tells).any(|p| is_named(p, text)) {
        asker.problems.add(field, "Teks ini menyebut pelapor atau saksi. Hapus namanya: teks ini ikut ke penerima.");
    }
}

/// A day that has not come can't be the day of something done.
pub fn not_ahead(asker: &mut Asker<'_>, scene: &Scene<'_>, field: &str, date: Option<jiff::civil::Date>) {
    if asker.is_reading() && date.is_some_and(|d| d > scene.now.date()) {
        asker.problems.add(field, "Tanggal ini belum tiba. Periksa tahun dan bulannya.");
    }
}

/// Titles that stand before or in a name and are often left out.
const TITLES: [&str; 16] =
    ["dr", "dra", "drs", "h", "hj", "hajah", "haji", "ir", "kh", "prof", "ny", "tn", "bapak", "ibu", "pak", "bu"];

fn is_named(person: &Person, text: &str) -> bool {
    person.identity.open().is_some_and(|identity| names(identity, text))
}

/// Whether a text names a person: the words of the name one after the other, without titles and degrees.
pub fn names(identity: &Identity, text: &str) -> bool {
    let bare = identity.name.split(',').next().unwrap_or_default();
    let name: Vec<String> = words(bare).into_iter().filter(|w| !TITLES.contains(&w.as_str())).collect();
    let letters: usize = name.iter().map(|w| w.chars().count()).sum();
    letters >= 4 && words(text).windows(name.len().max(1)).any(|window| window == name.as_slice())
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Person {
        let identity = Identity { name: name.to_owned(), ..Identity::default() };
        Person {
            no: PersonNo(1),
            capacity: Capacity::Reporter,
            subject: None,
            standing: None,
            identity: identity.into(),
        }
    }

    #[test]
    fn names_are_found_without_titles_and_roles_are_not_names() {
        let cases = [
            ("Dra. Siti Rahasia, M.Si.", "Laporan siti rahasia dicabut.", true),
            ("Siti Rahasia", "SITI  RAHASIA", true),
            ("Siti Rahasia", "Siti melapor; isinya rahasia.", false),
            ("Camat A", "Camat diduga mengajak pegawai.", false),
            ("Camat A", "Camat A diduga mengajak pegawai.", true),
            ("Ali", "Ali mengajak.", false),
        ];
        for (name, text, named) in cases {
            assert_eq!(is_named(&person(name), text), named, "{name}: {text}");
        }
    }
}
