//! The pages about people: reported persons, witnesses, and the reporter.

use jiff::civil::Date;
use netra_law::Law;

use crate::app::Limits;
use crate::form::{FormData, check_text};
use crate::page::Problems;
use crate::public::draft::{Answers, Kind, Reported, Reporter, Witness, standing};
use crate::public::steps::{day, line, past_day, required};

/// Most reported persons in one report.
pub const REPORTED: usize = 24;
/// Most witnesses in one report.
pub const WITNESSES: usize = 60;
/// Rows of a form that are read at all.
const ROWS: usize = 100;
/// Letters of a name.
const NAME: usize = 200;

/// The name of a field in a row: `nama-1`.
pub fn row_field(stem: &str, row: usize) -> String {
    format!("{stem}-{row}")
}

/// How many rows were sent: the highest number behind this stem.
fn rows(form: &FormData, stem: &str) -> usize {
    let number = |name: &str| name.strip_prefix(stem)?.strip_prefix('-')?.parse::<usize>().ok();
    form.names().filter_map(number).max().unwrap_or(0).min(ROWS)
}

/// Takes the reported persons in.
pub fn read_reported(form: &FormData, answers: &mut Answers) {
    let field = |stem: &str, row| line(form, &row_field(stem, row));
    answers.nobody = answers.kind == Kind::Tip && form.has("tidak-tahu");
    answers.reported = (1..=rows(form, "nama"))
        .map(|row| Reported {
            name: field("nama", row),
            post: field("jabatan", row),
            agency: field("instansi", row),
            subject: field("jenis", row),
        })
        .collect();
}

/// Takes the witnesses in.
pub fn read_witnesses(form: &FormData, answers: &mut Answers) {
    let field = |stem: &str, row| line(form, &row_field(stem, row));
    answers.witnesses = (1..=rows(form, "nama"))
        .map(|row| Witness { name: field("nama", row), address: field("alamat", row), phone: field("telepon", row) })
        .collect();
}

/// Takes the reporter in.
pub fn read_reporter(form: &FormData, answers: &mut Answers) {
    answers.reporter = Reporter {
        name: line(form, "nama"),
        birth_place: line(form, "tempat-lahir"),
        birth_date: day(form, "tanggal-lahir"),
        sex: line(form, "kelamin"),
        occupation: line(form, "pekerjaan"),
        citizenship: line(form, "kewarganegaraan"),
        address: line(form, "alamat"),
        phone: line(form, "telepon"),
        email: line(form, "surel"),
        standing: line(form, "kedudukan"),
        id_number: line(form, "nomor-identitas"),
    };
}

/// What can't be kept of the reported persons.
pub fn reported_sizes(answers: &Answers, limits: &Limits, problems: &mut Problems) {
    for (row, person) in (1..).zip(&answers.reported) {
        name_size(&person.name, &row_field("nama", row), problems);
        check_text(&person.post, &row_field("jabatan", row), limits.line, problems);
        check_text(&person.agency, &row_field("instansi", row), limits.line, problems);
        check_text(&person.subject, &row_field("jenis", row), limits.line, problems);
    }
    if answers.reported.iter().filter(|p| !p.is_blank()).count() > REPORTED {
        problems.add("orang", too_many(REPORTED));
    }
}

/// What can't be kept of the witnesses.
pub fn witness_sizes(answers: &Answers, limits: &Limits, problems: &mut Problems) {
    for (row, person) in (1..).zip(&answers.witnesses) {
        name_size(&person.name, &row_field("nama", row), problems);
        check_text(&person.address, &row_field("alamat", row), limits.line, problems);
        check_text(&person.phone, &row_field("telepon", row), limits.line, problems);
    }
    if answers.witnesses.iter().filter(|p| !p.is_blank()).count() > WITNESSES {
        problems.add("orang", too_many(WITNESSES));
    }
}

/// The words for one person too many.
pub fn too_many(most: usize) -> String {
    format!("Paling banyak {most} orang. Tulis yang lain dalam uraian kejadian, atau sampaikan di kantor pengawas.")
}

/// What can't be kept of the reporter.
pub fn reporter_sizes(answers: &Answers, limits: &Limits, problems: &mut Problems) {
    let r = &answers.reporter;
    name_size(&r.name, "nama", problems);
    let lines = [
        (&r.birth_place, "tempat-lahir"),
        (&r.birth_date, "tanggal-lahir"),
        (&r.sex, "kelamin"),
        (&r.occupation, "pekerjaan"),
        (&r.citizenship, "kewarganegaraan"),
        (&r.address, "alamat"),
        (&r.phone, "telepon"),
        (&r.email, "surel"),
        (&r.standing, "kedudukan"),
        (&r.id_number, "nomor-identitas"),
    ];
    for (text, field) in lines {
        check_text(text, field, limits.line, problems);
    }
}

fn name_size(name: &str, field: &str, problems: &mut Problems) {
    let length = name.chars().count();
    if length > NAME {
        problems.add(field, format!("Nama terlalu panjang: {length} huruf, paling banyak {NAME}."));
    }
    check_text(name, field, NAME, problems);
}

/// A name has at least two letters.
fn check_name(name: &str, field: &str, ask: &str, problems: &mut Problems) {
    match name.chars().count() {
        0 => problems.add(field, ask),
        1 => problems.add(field, "Nama hanya satu huruf. Tulis nama yang lebih lengkap."),
        _ => {}
    }
}

/// What is wrong with the reported persons. A tip may name nobody, or only a post.
pub fn check_reported(answers: &Answers, law: &Law, problems: &mut Problems) {
    let mut named = 0;
    for (row, person) in (1..).zip(&answers.reported).filter(|(_, p)| !p.is_blank()) {
        named += 1;
        let told_otherwise = answers.kind == Kind::Tip && !(person.post.is_empty() && person.agency.is_empty());
        if !(person.name.is_empty() && told_otherwise) {
            check_name(&person.name, &row_field("nama", row), "Tulis nama orang ini.", problems);
        }
        if !person.subject.is_empty() && law.subject(&person.subject).is_none() {
            problems.add(&row_field("jenis", row), "Pilih statusnya dari daftar.");
        }
    }
    match answers.kind {
        Kind::Report if named == 0 => problems.add("nama-1", "Tulis paling sedikit satu orang yang Anda laporkan."),
        Kind::Tip if named == 0 && !answers.nobody => {
            problems.add("nama-1", "Tulis siapa orangnya, atau tandai bahwa Anda tidak tahu.");
        }
        _ => {}
    }
}

/// What is wrong with the witnesses.
pub fn check_witnesses(answers: &Answers, problems: &mut Problems) {
    for (row, person) in (1..).zip(&answers.witnesses).filter(|(_, p)| !p.is_blank()) {
        check_name(&person.name, &row_field("nama", row), "Tulis nama saksi ini.", problems);
    }
}

/// What is wrong with the reporter.
pub fn check_reporter(answers: &Answers, today: Date, problems: &mut Problems) {
    let r = &answers.reporter;
    check_name(&r.name, "nama", "Tulis nama lengkap Anda.", problems);
    required(&r.birth_place, "tempat-lahir", "Tulis tempat lahir Anda.", problems);
    required(&r.birth_date, "tanggal-lahir", "Tulis tanggal lahir Anda.", problems);
    past_day(&r.birth_date, "tanggal-lahir", today, 1900, problems);
    if !SEXES.contains(&r.sex.as_str()) {
        problems.add("kelamin", "Pilih jenis kelamin.");
    }
    required(&r.occupation, "pekerjaan", "Tulis pekerjaan Anda.", problems);
    required(&r.citizenship, "kewarganegaraan", "Tulis kewarganegaraan Anda.", problems);
    required(&r.address, "alamat", "Tulis alamat Anda.", problems);
    check_phone(&r.phone, problems);
    check_email(&r.email, problems);
    if standing(&r.standing).is_none() {
        problems.add("kedudukan", "Pilih kedudukan Anda.");
    }
}

/// The sexes that Form B.1 knows.
pub const SEXES: [&str; 2] = ["Laki-laki", "Perempuan"];

fn check_phone(phone: &str, problems: &mut Problems) {
    required(phone, "telepon", "Tulis nomor telepon yang dapat dihubungi.", problems);
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let known = |c: char| c.is_ascii_digit() || " +-()./".contains(c);
    if !(6..=16).contains(&digits) || !phone.chars().all(known) {
        problems.add("telepon", "Nomor telepon ini tidak lengkap. Contoh: 0812 3456 7890.");
    }
}

fn check_email(email: &str, problems: &mut Problems) {
    let shaped = |text: &str| {
        let (name, host) = text.split_once('@')?;
        let fine = !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.');
        (fine && !text.contains(char::is_whitespace)).then_some(())
    };
    if !email.is_empty() && shaped(email).is_none() {
        problems.add("surel", "Alamat surel ini tidak lengkap. Contoh: nama@contoh.id. Boleh juga dikosongkan.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_their_numbers() {
        let form = FormData::parse(b"nama-1=Ani&nama-3=Budi&nama-x=&nama-=&jabatan-3=camat").unwrap();
        let mut answers = Answers::default();
        read_reported(&form, &mut answers);
        let names: Vec<&str> = answers.reported.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["Ani", "", "Budi"]);
        assert_eq!(answers.reported[2].post, "camat");
    }

    #[test]
    fn a_huge_row_number_does_not_make_huge_lists() {
        let form = FormData::parse(b"nama-18446744073709551615=x").unwrap();
        let mut answers = Answers::default();
        read_witnesses(&form, &mut answers);
        assert_eq!(answers.witnesses.len(), ROWS);
    }

    #[test]
    fn names_have_two_to_two_hundred_letters() {
        let longest = "é".repeat(200);
        for (name, told) in [("A", "satu huruf"), ("", "Tulis"), ("Ay", ""), (longest.as_str(), "")] {
            let mut problems = Problems::default();
            name_size(name, "nama", &mut problems);
            check_name(name, "nama", "Tulis", &mut problems);
            assert!(problems.text("nama").contains(told) && problems.is_empty() == told.is_empty(), "{name}");
        }
        let mut problems = Problems::default();
        name_size(&"é".repeat(201), "nama", &mut problems);
        assert!(problems.text("nama").contains("201 huruf, paling banyak 200"));
    }

    #[test]
    fn mail_addresses() {
        for (email, fine) in [("", true), ("a@b.id", true), ("a.b+c@d.e.id", true), ("ab.id", false), ("@b.id", false)]
        {
            let mut problems = Problems::default();
            check_email(email, &mut problems);
            assert_eq!(problems.is_empty(), fine, "{email}");
        }
    }
}
