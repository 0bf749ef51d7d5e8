//! What the standing checks found in the whole store, for the administrators at the top: ids, numbers and
//! counts, which lead to no person. The server checks every day; the page's button checks at once.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_law::time::long_moment;
use netra_store::{CheckId, CheckLimits, Finding, FindingState, Health, Office};

use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::{self, Action};

/// The page's address.
const PAGE: &str = "/meja/kesehatan";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/kesehatan", get(show).post(run))
}

#[derive(Template)]
#[template(path = "desk/health.html")]
struct HealthPage {
    chrome: Chrome,
    csrf: String,
    last: Option<ResultView>,
}

/// The last result.
struct ResultView {
    at: String,
    matters: u64,
    /// Checks that have something to tell.
    troubles: Vec<CheckView>,
    /// Titles of those that have not.
    quiet: Vec<&'static str>,
}

/// A check that has something to tell.
struct CheckView {
    id: &'static str,
    title: &'static str,
    meaning: &'static str,
    remedy: &'static str,
    lines: Vec<LineView>,
}

/// What it found at one office.
struct LineView {
    office: String,
    count: u64,
    subject: String,
    /// Whether it could look at all.
    ran: bool,
}

async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    let offices = admitted(&app, &officer).await?;
    let last = app.store.last_check().await?;
    page::ok(&HealthPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        last: last.map(|health| result(&health, &officer, &offices)),
    })
}

async fn run(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    admitted(&app, &officer).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let now = officer.now(&app);
    // In a task of its own: whoever goes away while a large store is checked leaves the result behind.
    let checking = tokio::spawn(async move { app.store.check(now, CheckLimits::default()).await });
    let done = checking.await.map_err(|error| {
        tracing::error!(%error, "a check was cut off");
        PageError::Internal
    });
    done??;
    Ok(Redirect::to(PAGE).into_response())
}

/// All offices, if the officer may see what was found in them.
async fn admitted(app: &App, officer: &Officer) -> Result<Vec<Office>, PageError> {
    officer.require(Action::SeeHealth)?;
    let offices = app.store.offices().await?;
    let sees = policy::sees_health(officer.account.role, &officer.office, &offices);
    if sees { Ok(offices) } else { Err(PageError::Forbidden) }
}

fn result(health: &Health, officer: &Officer, offices: &[Office]) -> ResultView {
    let (mut troubles, mut quiet) = (Vec::new(), Vec::new());
    for check in CheckId::ALL.iter().copied() {
        let lines: Vec<LineView> = health.of(check).map(|finding| line(finding, offices)).collect();
        if lines.is_empty() {
            quiet.push(check.indonesian());
        } else {
            let (title, meaning, remedy) = (check.indonesian(), check.meaning(), check.remedy());
            troubles.push(CheckView { id: check.id(), title, meaning, remedy, lines });
        }
    }
    let at = long_moment(health.checked_at.in_zone(officer.office.zone));
    ResultView { at, matters: health.matters, troubles, quiet }
}

fn line(finding: &Finding, offices: &[Office]) -> LineView {
    let office = match &finding.office {
        None => "Seluruh sistem".to_owned(),
        Some(id) => offices.iter().find(|o| o.id == *id).map_or_else(|| id.to_string(), |o| o.name.clone()),
    };
    LineView {
        office,
        count: finding.count,
        subject: finding.subject.clone(),
        ran: finding.state == FindingState::Found,
    }
}
