//! A list: its record, who looked at it, a look into it, and its end.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_law::time::long_date;
use netra_registers::{Field, ListRow, each_row};
use netra_store::{Content, ListId, ListRecord, Look, LookEntry, LookKind};

use super::{People, apart, list_of, may_keep, moment, note, require};
use crate::app::App;
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy::Action;

/// Rows that a look finds at most.
const FOUND: usize = 20;
/// Entries of the log that are shown.
const LOG: u32 = 100;
/// The shortest question, in letters: a shorter one would show half the list.
const SHORTEST: usize = 3;
/// Longest question, in characters.
const LONGEST: usize = 100;
/// What is shown of a row.
const FIELDS: [Field; 9] = [
    Field::Id,
    Field::Name,
    Field::BirthDate,
    Field::Region,
    Field::Party,
    Field::Constituency,
    Field::Nip,
    Field::Agency,
    Field::Post,
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/daftar/isi/{id}", get(show))
        .route("/meja/daftar/isi/{id}/cari", post(search))
        .route("/meja/daftar/isi/{id}/hapus", post(delete))
}

#[derive(Template)]
#[template(path = "desk/register_list.html")]
struct ListPage {
    chrome: Chrome,
    csrf: String,
    link: String,
    title: String,
    facts: Vec<(&'static str, String)>,
    here: bool,
    may_delete: bool,
    asked: String,
    heads: Vec<&'static str>,
    rows: Option<Vec<Vec<String>>>,
    log: Vec<LogLine>,
    problems: Problems,
}

/// An entry of the log.
struct LogLine {
    at: String,
    by: String,
    what: String,
}

async fn show(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let list = list_of(&app, &officer, &id).await?;
    note(&app, &officer, Look::at_list(LookKind::Opened, list.id)).await?;
    page_of(&app, &officer, &list, String::new(), None, Problems::default()).await
}

async fn page_of(
    app: &App,
    officer: &Officer,
    list: &ListRecord,
    asked: String,
    rows: Option<Vec<Vec<String>>>,
    problems: Problems,
) -> Result<Response, PageError> {
    let people = People::of(app, officer).await?;
    let log = app.store.look_log(&officer.scope(), Some(list.id), LOG).await?;
    let status = problems.status();
    let here = list.content == Content::Here;
    let page = ListPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        link: format!("/meja/daftar/isi/{}", list.id),
        title: list.title.clone(),
        facts: facts(officer, &people, list),
        here,
        may_delete: here && may_keep(officer),
        asked,
        heads: FIELDS.iter().map(|field| field.indonesian()).collect(),
        rows,
        log: log.iter().map(|entry| log_line(officer, &people, entry)).collect(),
        problems,
    };
    page::html(status, &page)
}

fn facts(officer: &Officer, people: &People, list: &ListRecord) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("Jenis", list.kind.indonesian().to_owned()),
        ("Pemilihan", list.regime.indonesian().to_owned()),
        ("Keadaan per", long_date(list.dated)),
        ("Baris", format!("{} dipakai, {} ditolak saat impor", list.entries, list.rejected)),
        ("Diimpor", format!("{} oleh {}", moment(officer, list.imported), people.name(list.account))),
        ("Tujuan", list.purpose.clone()),
    ];
    facts.push(match list.deleted {
        Some((at, by)) => ("Isi dihapus", format!("{} oleh {}", moment(officer, at), people.name_or_program(by))),
        None => ("Isi dihapus pada", long_date(list.delete_on)),
    });
    facts
}

fn log_line(officer: &Officer, people: &People, entry: &LookEntry) -> LogLine {
    let what = match entry.detail.as_deref() {
        Some("") => entry.kind.indonesian().to_owned(),
        Some(detail) => format!("{}: {detail}", entry.kind.indonesian()),
        None => format!("{} (yang dicari tidak terbaca lagi)", entry.kind.indonesian()),
    };
    LogLine { at: moment(officer, entry.at), by: people.name_or_program(entry.account), what }
}

async fn search(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let list = list_of(&app, &officer, &id).await?;
    let asked: String = form.get("q").replace('\n', " ").chars().take(LONGEST).collect();
    let mut problems = Problems::default();
    if asked.chars().filter(|letter| letter.is_alphanumeric()).count() < SHORTEST {
        problems.add("q", format!("Tulis sekurang-kurangnya {SHORTEST} huruf atau angka."));
        return page_of(&app, &officer, &list, asked, None, problems).await;
    }
    note(&app, &officer, Look::at_list(LookKind::Searched, list.id).with_detail(asked.clone())).await?;
    let rows = rows_with(&app, &officer, list.id, asked.clone()).await?;
    page_of(&app, &officer, &list, asked, Some(rows), problems).await
}

/// The first rows in which all words of a question stand.
async fn rows_with(app: &App, officer: &Officer, list: ListId, asked: String) -> Result<Vec<Vec<String>>, PageError> {
    let bytes = app.store.list_rows(&officer.scope(), list).await?.ok_or(PageError::NotFound)?;
    let found = apart(move || {
        let words: Vec<String> = asked.split_whitespace().map(str::to_lowercase).collect();
        let mut found: Vec<Vec<String>> = Vec::new();
        let read = each_row(&bytes, |row| {
            if found.len() < FOUND && has_all(&row, &words) {
                found.push(FIELDS.iter().map(|field| row.get(*field).to_owned()).collect());
            }
        });
        read.map(|()| found)
    });
    found.await?.map_err(|_| PageError::Internal)
}

fn has_all(row: &ListRow, words: &[String]) -> bool {
    let cells: Vec<String> = row.cells.iter().map(|(_, text)| text.to_lowercase()).collect();
    words.iter().all(|word| cells.iter().any(|cell| cell.contains(word.as_str())))
}

async fn delete(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    require(&officer, Action::KeepLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let list = list_of(&app, &officer, &id).await?;
    if form.get("yakin") != "ya" {
        let mut problems = Problems::default();
        problems.add("yakin", "Centang bahwa isi daftar memang harus dihapus. Yang dihapus tidak dapat dikembalikan.");
        return page_of(&app, &officer, &list, String::new(), None, problems).await;
    }
    app.store.delete_list(&officer.scope(), list.id, officer.account.id, app.clock.now()).await?;
    Ok(Redirect::to(&format!("/meja/daftar/isi/{}", list.id)).into_response())
}
