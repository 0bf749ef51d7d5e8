//! Showing the pages of the form: one template a page, all in the same frame.

use askama::Template;
use axum::response::Response;
use netra_evidence::size_text;
use netra_law::event::EventKind;

use crate::app::App;
use crate::code::FormToken;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{Chrome, Problems, html};
use crate::public::draft::{Answers, CONTESTS, Kind, STANDINGS, Step, contest};
use crate::public::people::{SEXES, row_field};
use crate::public::steps::{Around, supervisor};
use crate::public::{Choice, office_choices, periods, review};

/// How the reader came to the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// From the last page, to change an answer: back there afterwards.
    pub returns: bool,
    /// After saving what was typed.
    pub saved: bool,
}

impl Visit {
    /// Reads it from an address or a form.
    pub fn read(form: &FormData) -> Visit {
        Visit { returns: form.has("periksa"), saved: form.has("tersimpan") }
    }
}

/// What all pages have around their question.
#[derive(Debug)]
pub struct Frame {
    /// For addresses.
    pub token: String,
    /// Number in the address.
    pub number: &'static str,
    /// Which page of …
    pub n: usize,
    /// … how many.
    pub m: usize,
    /// Number of the page before.
    pub back: Option<&'static str>,
    /// The question.
    pub question: &'static str,
    /// The whole address, to be written down.
    pub address: String,
    /// How the reader came here.
    pub visit: Visit,
    /// Whether it is a tip.
    pub tip: bool,
}

impl Frame {
    /// The frame of a page.
    pub fn new(app: &App, token: &FormToken, step: Step, kind: Kind, visit: Visit) -> Frame {
        let number = step.number();
        Frame {
            token: token.to_string(),
            number,
            n: Step::of(kind).take_while(|s| *s != step).count() + 1,
            m: Step::of(kind).count(),
            back: step.previous(kind).map(Step::number),
            question: step.question(kind),
            address: format!("{}/lapor/{token}/{number}", app.base_url),
            visit,
            tip: kind == Kind::Tip,
        }
    }
}

#[derive(Template)]
#[template(path = "public/office.html")]
struct OfficePage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    answers: &'a Answers,
    offices: Vec<Choice>,
    contests: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "public/what.html")]
struct WhatPage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    answers: &'a Answers,
}

#[derive(Template)]
#[template(path = "public/where.html")]
struct WherePage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    answers: &'a Answers,
}

#[derive(Template)]
#[template(path = "public/when.html")]
struct WhenPage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    answers: &'a Answers,
    filing: String,
}

#[derive(Template)]
#[template(path = "public/who.html")]
struct WhoPage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    answers: &'a Answers,
    people: Vec<Row>,
    subjects: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "public/witnesses.html")]
struct WitnessesPage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    people: Vec<Row>,
}

#[derive(Template)]
#[template(path = "public/evidence.html")]
struct EvidencePage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    files: Vec<FileLine>,
    largest: String,
    largest_in_pieces: String,
    most: usize,
}

#[derive(Template)]
#[template(path = "public/reporter.html")]
struct ReporterPage<'a> {
    chrome: Chrome,
    frame: Frame,
    problems: &'a Problems,
    answers: &'a Answers,
    sexes: Vec<Choice>,
    standings: Vec<Choice>,
    office: String,
}

/// A numbered group of up to four fields, each with its name in the form.
#[derive(Debug)]
struct Row {
    n: usize,
    first: Cell,
    second: Cell,
    third: Cell,
    fourth: Cell,
}

/// A field of a row.
#[derive(Debug, Default)]
struct Cell {
    field: String,
    text: String,
}

impl Cell {
    fn new(stem: &str, row: usize, text: &str) -> Cell {
        Cell { field: row_field(stem, row), text: text.to_owned() }
    }
}

/// A file on the page about evidence.
#[derive(Debug)]
struct FileLine {
    n: usize,
    name: String,
    size: String,
    description: String,
}

/// Shows a page with what was typed and what is wrong with it.
///
/// # Errors
/// The store or a template failed.
pub async fn render(
    app: &App,
    token: &FormToken,
    step: Step,
    answers: &Answers,
    problems: &Problems,
    visit: Visit,
) -> Result<Response, PageError> {
    let chrome = Chrome::public();
    let frame = Frame::new(app, token, step, answers.kind, visit);
    let status = problems.status();
    match step {
        Step::Office => {
            let offices = office_choices(app).await?;
            html(status, &OfficePage { chrome, frame, problems, answers, offices, contests: contests() })
        }
        Step::What => html(status, &WhatPage { chrome, frame, problems, answers }),
        Step::Where => html(status, &WherePage { chrome, frame, problems, answers }),
        Step::When => {
            let filing = filing(app, answers).await?;
            html(status, &WhenPage { chrome, frame, problems, answers, filing })
        }
        Step::Who => {
            let (people, subjects) = (reported(answers), subjects(app));
            html(status, &WhoPage { chrome, frame, problems, answers, people, subjects })
        }
        Step::Witnesses => html(status, &WitnessesPage { chrome, frame, problems, people: witnesses(answers) }),
        Step::Evidence => {
            let (files, most) = (files(answers), app.limits.files);
            let (largest, largest_in_pieces) = (size_text(app.limits.file), size_text(app.limits.large_file));
            html(status, &EvidencePage { chrome, frame, problems, files, largest, largest_in_pieces, most })
        }
        Step::Reporter => {
            let office = supervisor(app, &answers.office).await?.map_or_else(String::new, |o| o.name);
            let (sexes, standings) = (sexes(), standings());
            html(status, &ReporterPage { chrome, frame, problems, answers, sexes, standings, office })
        }
        Step::Review => review::render(app, frame, answers, problems).await,
    }
}

/// The time for reporting, in words, once the election is known.
async fn filing(app: &App, answers: &Answers) -> Result<String, PageError> {
    let today = Around::of(app, answers).await?.now.date();
    let regime = contest(&answers.contest).map(|c| c.regime);
    Ok(regime.and_then(|r| periods::until(&app.law, r, today, EventKind::Delivered)).unwrap_or_default())
}

fn contests() -> Vec<Choice> {
    CONTESTS.iter().map(|c| Choice::new(c.id, c.label)).collect()
}

fn subjects(app: &App) -> Vec<Choice> {
    app.law.subjects().iter().map(|s| Choice::new(s.id.as_str(), s.name.as_str())).collect()
}

fn sexes() -> Vec<Choice> {
    SEXES.iter().map(|sex| Choice::new(*sex, *sex)).collect()
}

fn standings() -> Vec<Choice> {
    STANDINGS.iter().map(|(id, standing)| Choice::new(*id, standing.indonesian())).collect()
}

/// The reported persons as rows; always one to begin with.
fn reported(answers: &Answers) -> Vec<Row> {
    let blank = [crate::public::draft::Reported::default()];
    let people = if answers.reported.is_empty() { &blank[..] } else { &answers.reported };
    (1..)
        .zip(people)
        .map(|(n, p)| Row {
            n,
            first: Cell::new("nama", n, &p.name),
            second: Cell::new("jabatan", n, &p.post),
            third: Cell::new("instansi", n, &p.agency),
            fourth: Cell::new("jenis", n, &p.subject),
        })
        .collect()
}

/// The witnesses as rows; always one to begin with.
fn witnesses(answers: &Answers) -> Vec<Row> {
    let blank = [crate::public::draft::Witness::default()];
    let people = if answers.witnesses.is_empty() { &blank[..] } else { &answers.witnesses };
    (1..)
        .zip(people)
        .map(|(n, p)| Row {
            n,
            first: Cell::new("nama", n, &p.name),
            second: Cell::new("alamat", n, &p.address),
            third: Cell::new("telepon", n, &p.phone),
            fourth: Cell::default(),
        })
        .collect()
}

fn files(answers: &Answers) -> Vec<FileLine> {
    (1..)
        .zip(&answers.files)
        .map(|(n, f)| FileLine { n, name: f.name.clone(), size: size_text(f.size), description: f.description.clone() })
        .collect()
}
