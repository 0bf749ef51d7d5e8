//! The last page of the form: all answers, what is still wrong with them, and the button that sends.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use netra_evidence::size_text;
use netra_law::Law;
use netra_law::time::long_date;

use crate::app::App;
use crate::error::PageError;
use crate::form::parse_date;
use crate::page::{Chrome, Problems, html};
use crate::public::draft::{Answers, Kind, Step, contest, standing};
use crate::public::pages::Frame;
use crate::public::steps::{Around, check_all};

#[derive(Template)]
#[template(path = "public/review.html")]
struct ReviewPage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    troubles: Vec<Trouble>,
    sections: Vec<Section>,
    office: String,
}

/// Something wrong on another page.
#[derive(Debug)]
struct Trouble {
    address: String,
    text: String,
}

/// The answers of one page.
#[derive(Debug)]
struct Section {
    heading: &'static str,
    address: String,
    lines: Vec<(String, String)>,
}

/// Shows the page; what is wrong makes it a refusal only after an attempt to send.
///
/// # Errors
/// The store or a template failed.
pub async fn render(app: &App, frame: Frame, answers: &Answers, problems: &Problems) -> Result<Response, PageError> {
    page(app, frame, answers, problems, problems.status()).await
}

/// Shows the page after an attempt to send that failed.
///
/// # Errors
/// The store or a template failed.
pub async fn refuse(app: &App, frame: Frame, answers: &Answers, problems: &Problems) -> Result<Response, PageError> {
    page(app, frame, answers, problems, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn page(
    app: &App,
    frame: Frame,
    answers: &Answers,
    problems: &Problems,
    status: StatusCode,
) -> Result<Response, PageError> {
    let around = Around::of(app, answers).await?;
    let address = |step: Step| format!("/lapor/{}/{}?periksa=1", frame.token, step.number());
    let mut troubles = Vec::new();
    for (step, found) in check_all(answers, &around) {
        for (field, text) in found.all() {
            troubles.push(Trouble { address: format!("{}#f-{field}", address(step)), text: text.clone() });
        }
    }
    let sections = Step::of(answers.kind)
        .filter(|step| *step != Step::Review)
        .map(|step| Section { heading: heading(step), address: address(step), lines: lines(step, answers, &around) })
        .collect();
    let office = around.office.map_or_else(String::new, |o| o.name);
    html(status, &ReviewPage { chrome: Chrome::public(), frame, problems, troubles, sections, office })
}

fn heading(step: Step) -> &'static str {
    match step {
        Step::Office => "Kantor dan pemilihan",
        Step::What => "Uraian kejadian",
        Step::Where => "Tempat",
        Step::When => "Waktu",
        Step::Who => "Terlapor",
        Step::Witnesses => "Saksi",
        Step::Evidence => "Bukti",
        Step::Reporter => "Pelapor",
        Step::Review => "",
    }
}

/// The answers of a page as lines of label and text.
fn lines(step: Step, answers: &Answers, around: &Around<'_>) -> Vec<(String, String)> {
    match step {
        Step::Office => vec![
            pair("Kantor", around.office.as_ref().map_or("", |o| o.name.as_str())),
            pair("Pemilihan", contest(&answers.contest).map_or("", |c| c.label)),
        ],
        Step::What => vec![pair("Yang terjadi", &answers.account)],
        Step::Where => vec![pair("Tempat kejadian", &answers.place)],
        Step::When => {
            vec![pair("Terjadi", &day(&answers.happened)), pair("Anda mengetahuinya", &day(&answers.known))]
        }
        Step::Who => reported(answers, around.law),
        Step::Witnesses => witnesses(answers),
        Step::Evidence => files(answers),
        Step::Reporter => reporter(answers),
        Step::Review => Vec::new(),
    }
}

fn pair(label: &str, text: &str) -> (String, String) {
    let shown = if text.is_empty() { "Belum diisi" } else { text };
    (label.to_owned(), shown.to_owned())
}

fn day(typed: &str) -> String {
    parse_date(typed).map_or_else(|| typed.to_owned(), long_date)
}

/// Texts that are there, one after the other.
fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn reported(answers: &Answers, law: &Law) -> Vec<(String, String)> {
    let people = answers.reported.iter().filter(|p| !p.is_blank());
    let mut list: Vec<_> = (1..)
        .zip(people)
        .map(|(n, p)| {
            let subject = law.subject(&p.subject).map_or("", |s| s.name.as_str());
            let name = if p.name.is_empty() { "Nama tidak diketahui" } else { p.name.as_str() };
            pair(&format!("Orang {n}"), &joined(&[name, &p.post, &p.agency, subject]))
        })
        .collect();
    if list.is_empty() {
        list.push(pair("Orang", if answers.nobody { "Saya tidak tahu siapa orangnya" } else { "" }));
    }
    list
}

fn witnesses(answers: &Answers) -> Vec<(String, String)> {
    let people = answers.witnesses.iter().filter(|p| !p.is_blank());
    let mut list: Vec<_> = (1..)
        .zip(people)
        .map(|(n, p)| pair(&format!("Saksi {n}"), &joined(&[&p.name, &p.address, &p.phone])))
        .collect();
    if list.is_empty() {
        list.push(pair("Saksi", "Tidak ada"));
    }
    list
}

fn files(answers: &Answers) -> Vec<(String, String)> {
    let mut list: Vec<_> = (1..)
        .zip(&answers.files)
        .map(|(n, f)| pair(&format!("Berkas {n}"), &joined(&[&f.name, &size_text(f.size), &f.description])))
        .collect();
    if list.is_empty() {
        list.push(pair("Berkas", "Tidak ada"));
    }
    list
}

fn reporter(answers: &Answers) -> Vec<(String, String)> {
    let r = &answers.reporter;
    let optional = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    let mut list = vec![
        pair("Nama", &r.name),
        pair("Tempat dan tanggal lahir", &birth(answers)),
        pair("Jenis kelamin", &r.sex),
        pair("Pekerjaan", &r.occupation),
        pair("Kewarganegaraan", &r.citizenship),
        pair("Alamat", &r.address),
        pair("Telepon", &r.phone),
        pair("Melapor sebagai", standing(&r.standing).map_or("", |s| s.indonesian())),
    ];
    if !r.email.is_empty() {
        list.push(optional("Surel", &r.email));
    }
    if !r.id_number.is_empty() {
        list.push(optional("Nomor identitas", &r.id_number));
    }
    list
}

/// Place and day of birth as Form B.1 has them: `Balikpapan, 2 Mei 1990`.
pub fn birth(answers: &Answers) -> String {
    let r = &answers.reporter;
    let written = day(&r.birth_date);
    // The weekday of a birth is no use to anybody.
    let date = written.split_once(", ").map_or(written.as_str(), |(_, date)| date);
    joined(&[&r.birth_place, date])
}

/// The words by which the sender vouches for the content.
pub fn promise(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "Nyatakan dulu bahwa isi laporan ini benar.",
        Kind::Tip => "Nyatakan dulu bahwa informasi ini Anda sampaikan dengan jujur.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::draft::Reporter;

    #[test]
    fn a_birth_reads_as_on_the_form() {
        let reporter = |place: &str, date: &str| Answers {
            reporter: Reporter { birth_place: place.to_owned(), birth_date: date.to_owned(), ..Reporter::default() },
            ..Answers::default()
        };
        assert_eq!(birth(&reporter("Balikpapan", "1990-05-02")), "Balikpapan, 2 Mei 1990");
        assert_eq!(birth(&reporter("", "dulu")), "dulu");
        assert_eq!(birth(&reporter("", "")), "");
    }
}
