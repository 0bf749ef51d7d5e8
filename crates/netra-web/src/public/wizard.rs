//! The pages of the form: starting it, showing a page, taking in what was typed.

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::ids::OfficeId;
use netra_law::event::EventKind;
use netra_law::time::Zone;

use crate::app::App;
use crate::code::FormToken;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{Chrome, Problems, html};
use crate::public::draft::{Answers, Found, Kind, Reported, Reporter, Step, Witness, find, keep};
use crate::public::pages::{self, Visit};
use crate::public::steps::{Around, check, read, sizes};
use crate::public::{evidence, people, periods, step_address, to_receipt};

/// Fields of one form; more than any page has.
const FIELDS: usize = 2000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/lapor", get(introduction).post(start))
        .route("/lapor/{token}", get(resume))
        .route("/lapor/{token}/{step}", get(show).post(save))
}

#[derive(Template)]
#[template(path = "public/start.html")]
struct StartPage {
    chrome: Chrome,
    problems: Problems,
    office: String,
    filing: Vec<String>,
}

async fn introduction(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let query = FormData::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    start_page(&app, office_id(&query), Problems::default())
}

fn start_page(app: &App, office: String, problems: Problems) -> Result<Response, PageError> {
    let filing = periods::each(&app.law, app.now(Zone::Wib).date(), EventKind::Delivered);
    let status = problems.status();
    html(status, &StartPage { chrome: Chrome::public(), problems, office, filing })
}

/// The office that was chosen on the front page, if it looks like one.
fn office_id(form: &FormData) -> String {
    form.get("kantor").parse::<OfficeId>().map(|id| id.to_string()).unwrap_or_default()
}

async fn start(State(app): State<App>, request: Request) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    let office = office_id(&form);
    let Some(kind) = Kind::from_id(&form.get("jenis")) else {
        let mut problems = Problems::default();
        problems.add("jenis", "Pilih salah satu cara melapor.");
        return start_page(&app, office, problems);
    };
    let reporter = Reporter { citizenship: "Indonesia".to_owned(), ..Reporter::default() };
    let answers = Answers { kind, office, reporter, ..Answers::default() };
    let token = FormToken::fresh();
    keep(&app, &token, &answers).await?;
    Ok(to_step(&token, Step::Office))
}

fn to_step(token: &FormToken, step: Step) -> Response {
    Redirect::to(&step_address(token, step)).into_response()
}

/// The bare address of a form: on to its first page, where everything typed so far is found again.
async fn resume(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    Ok(match find(&app, &token).await? {
        Found::Sent(token) => to_receipt(&token),
        Found::Open(token, _) => to_step(&token, Step::Office),
    })
}

async fn show(
    State(app): State<App>,
    Path((token, step)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let (token, answers) = match find(&app, &token).await? {
        Found::Sent(token) => return Ok(to_receipt(&token)),
        Found::Open(token, answers) => (token, answers),
    };
    let step = asked(&step, answers.kind)?;
    let query = FormData::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    pages::render(&app, &token, step, &answers, &Problems::default(), Visit::read(&query)).await
}

/// The page with this number, if this kind of form has it.
fn asked(number: &str, kind: Kind) -> Result<Step, PageError> {
    let step = Step::from_number(number).ok_or(PageError::NotFound)?;
    Step::of(kind).find(|s| *s == step).ok_or(PageError::NotFound)
}

/// What a button of the form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Next,
    Save,
    Add,
    Upload,
    /// The row or file with this number, from 1.
    Remove(usize),
}

impl Wish {
    fn read(form: &FormData) -> Wish {
        let button = form.get("aksi");
        match button.as_str() {
            "simpan" => Wish::Save,
            "tambah" => Wish::Add,
            "unggah" => Wish::Upload,
            other => other.strip_prefix("hapus-").and_then(|n| n.parse().ok()).map_or(Wish::Next, Wish::Remove),
        }
    }
}

async fn save(
    State(app): State<App>,
    Path((token, step)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    // Whether there is such a form is asked before the body is read, and what is in it afterwards:
    // a file may take minutes to arrive, and other pages may have been changed meanwhile.
    find(&app, &token).await?;
    let form = FormData::read(&app, request).await?;
    let (token, mut answers) = match find(&app, &token).await? {
        Found::Sent(token) => return Ok(to_receipt(&token)),
        Found::Open(token, answers) => (token, *answers),
    };
    let step = asked(&step, answers.kind)?;
    if form.names().count() > FIELDS {
        return Err(PageError::TooLarge("Formulir ini berisi terlalu banyak isian.".to_owned()));
    }
    let wish = Wish::read(&form);
    read(step, &form, &mut answers);
    let mut problems = grant(wish, step, &mut answers);
    if step == Step::Evidence {
        evidence::take(&app, &form, &mut answers, &mut problems).await?;
        if wish == Wish::Upload && form.files.is_empty() && !form.has(evidence::IN_PIECES) {
            problems.add("berkas", evidence::CHOOSE_FIRST);
        }
    }
    let unkept = sizes(step, &answers, &app.limits);
    if unkept.is_empty() {
        keep(&app, &token, &answers).await?;
    }
    let visit = Visit::read(&form);
    for (field, message) in unkept.all() {
        problems.add(field, message.as_str());
    }
    if problems.is_empty() && wish == Wish::Next {
        problems = check(step, &answers, &Around::of(&app, &answers).await?);
    }
    if problems.is_empty() {
        return Ok(onward(wish, &token, step, &answers, visit));
    }
    pages::render(&app, &token, step, &answers, &problems, visit).await
}

/// Adds and removes rows, and clears away empty ones before going on.
fn grant(wish: Wish, step: Step, answers: &mut Answers) -> Problems {
    let mut problems = Problems::default();
    match (step, wish) {
        (Step::Who, Wish::Add) if answers.reported.len() >= people::REPORTED => {
            problems.add("orang", people::too_many(people::REPORTED));
        }
        (Step::Who, Wish::Add) => answers.reported.push(Reported::default()),
        (Step::Who, Wish::Next) => answers.reported.retain(|p| !p.is_blank()),
        (Step::Who, Wish::Remove(row)) => remove(&mut answers.reported, row),
        (Step::Witnesses, Wish::Add) if answers.witnesses.len() >= people::WITNESSES => {
            problems.add("orang", people::too_many(people::WITNESSES));
        }
        (Step::Witnesses, Wish::Add) => answers.witnesses.push(Witness::default()),
        (Step::Witnesses, Wish::Next) => answers.witnesses.retain(|p| !p.is_blank()),
        (Step::Witnesses, Wish::Remove(row)) => remove(&mut answers.witnesses, row),
        (Step::Evidence, Wish::Remove(row)) => remove(&mut answers.files, row),
        _ => {}
    }
    problems
}

fn remove<T>(list: &mut Vec<T>, row: usize) {
    if (1..=list.len()).contains(&row) {
        list.remove(row - 1);
    }
}

/// Where a page that was kept leads to.
fn onward(wish: Wish, token: &FormToken, step: Step, answers: &Answers, visit: Visit) -> Response {
    let here = step_address(token, step);
    let query = match (wish, visit.returns) {
        (Wish::Save, true) => "?tersimpan=1&periksa=1",
        (Wish::Save, false) => "?tersimpan=1",
        (_, true) => "?periksa=1",
        (_, false) => "",
    };
    let address = match wish {
        Wish::Next if visit.returns => step_address(token, Step::Review),
        Wish::Next => step_address(token, step.next(answers.kind)),
        Wish::Save => format!("{here}{query}"),
        Wish::Add => format!("{here}{query}#tambah"),
        Wish::Upload | Wish::Remove(_) => format!("{here}{query}#daftar"),
    };
    Redirect::to(&address).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(body: &str) -> Wish {
        Wish::read(&FormData::parse(body.as_bytes()).unwrap())
    }

    #[test]
    fn buttons_are_read() {
        assert_eq!(wish(""), Wish::Next);
        assert_eq!(wish("aksi=lanjut"), Wish::Next);
        assert_eq!(wish("aksi=hapus-2"), Wish::Remove(2));
        assert_eq!(wish("aksi=hapus-x"), Wish::Next);
        assert_eq!(wish("aksi=simpan"), Wish::Save);
    }

    #[test]
    fn rows_that_are_not_there_can_not_be_removed() {
        let mut list = vec!['a', 'b'];
        remove(&mut list, 0);
        remove(&mut list, 3);
        assert_eq!(list, ['a', 'b']);
        remove(&mut list, 1);
        assert_eq!(list, ['b']);
    }

    #[test]
    fn a_tip_has_no_page_about_the_reporter() {
        assert!(matches!(asked("8", Kind::Tip), Err(PageError::NotFound)));
        assert!(matches!(asked("8", Kind::Report), Ok(Step::Reporter)));
        assert!(matches!(asked("10", Kind::Report), Err(PageError::NotFound)));
    }
}
