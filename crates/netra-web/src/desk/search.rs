//! Search over the matters of the office's desk.
//!
//! The question is sent as a form and never stands in an address: it may be a name, and addresses are kept by browsers and
//! written down on the way.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;
use netra_store::SearchQuery;

use super::queue::{RowView, row_view};
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::Action;

/// Lines of a page.
const LINES: u32 = 50;
/// Longest question, in characters.
const LONGEST: usize = 200;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/cari", get(show).post(find))
}

#[derive(Template)]
#[template(path = "desk/search.html")]
struct FoundPage {
    chrome: Chrome,
    csrf: String,
    asked: String,
    /// Whether the question had a word to look for.
    looked: bool,
    supervisor: bool,
    first_page: bool,
    rows: Vec<RowView>,
    /// Where the next page begins.
    next: Option<i64>,
}

async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    allowed(&officer)?;
    answer(&app, &officer, &FormData::default()).await
}

async fn find(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    allowed(&officer)?;
    answer(&app, &officer, &form).await
}

/// The index holds names: whoever sees none does not search.
fn allowed(officer: &Officer) -> Result<(), PageError> {
    officer.require(Action::SeeQueue)?;
    officer.require(Action::SeePrivate)
}

async fn answer(app: &App, officer: &Officer, form: &FormData) -> Result<Response, PageError> {
    let asked: String = form.get("q").chars().take(LONGEST).collect();
    let after = form.get("setelah").parse().ok();
    let now = officer.now(app);
    let question = SearchQuery { text: asked.clone(), after, limit: LINES };
    let found = app.store.search(&officer.scope(), &question).await?;
    let seat = officer.office.seat();
    page::ok(&FoundPage {
        chrome: officer.chrome(),
        looked: found.asked,
        supervisor: officer.office.kind.is_supervisor(),
        first_page: after.is_none(),
        rows: found.rows.into_iter().map(|row| row_view(row, &app.law, &seat, now)).collect(),
        next: found.next,
        csrf: officer.csrf.clone(),
        asked,
    })
}
