//! One's own sessions: where one is logged in, and ending it there.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use netra_law::time::{Moment, Zone, long_moment};
use netra_store::{AccountEventKind, Session, SessionId};

use super::events::note;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};

/// The address of the page.
const PAGE: &str = "/meja/sesi";
/// The word that stands for all sessions but this one.
const OTHERS: &str = "lain";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/sesi", get(show)).route("/meja/sesi/akhiri", post(end))
}

#[derive(Template)]
#[template(path = "desk/own_sessions.html")]
struct SessionsPage {
    chrome: Chrome,
    csrf: String,
    sessions: Vec<SessionView>,
}

/// A line of the list.
struct SessionView {
    id: String,
    device: String,
    since: String,
    seen: String,
    this: bool,
}

async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    let now = app.clock.now().as_second();
    let sessions = app.store.sessions_of(officer.account.id, now).await?;
    let sessions = sessions.into_iter().map(|session| view(session, &officer)).collect();
    page::ok(&SessionsPage { chrome: officer.chrome(), csrf: officer.csrf.clone(), sessions })
}

fn view(session: Session, officer: &Officer) -> SessionView {
    let zone = officer.office.zone;
    SessionView {
        this: session.id == *officer.session_id(),
        id: session.id.0,
        device: session.device,
        since: at(session.created, zone),
        seen: at(session.seen, zone),
    }
}

/// A second since 1970 in words.
pub(super) fn at(second: i64, zone: Zone) -> String {
    Timestamp::from_second(second).map(|at| long_moment(Moment::new(at, zone))).unwrap_or_default()
}

/// Ends one session, or all but this one. Ending what has ended already is no fault.
async fn end(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let which = form.get("sesi");
    let account = officer.account.id;
    let ended = if which == OTHERS {
        app.store.end_other_sessions(account, officer.session()).await?
    } else {
        u64::from(app.store.end_session(account, &SessionId(which)).await?)
    };
    if ended > 0 {
        note(&app, &officer.account, AccountEventKind::SessionsEnded, ended).await?;
    }
    Ok(Redirect::to(PAGE).into_response())
}
