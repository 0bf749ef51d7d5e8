//! Changing one's own password. The old one is asked for, with the same limits as logging in.

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use netra_store::{AccountEventKind, SessionStage};

use super::entrance::{Check, check_own_password, shut_text};
use super::events::note;
use super::password::{hash_apart, password_problem};
use super::session::{Officer, begin};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/sandi", get(show).post(change))
}

#[derive(Template)]
#[template(path = "desk/own_password.html")]
struct OwnPasswordPage {
    chrome: Chrome,
    csrf: String,
    login: String,
    home: &'static str,
    changed: bool,
    problems: Problems,
}

impl OwnPasswordPage {
    fn new(officer: &Officer) -> OwnPasswordPage {
        OwnPasswordPage {
            chrome: officer.chrome(),
            csrf: officer.csrf.clone(),
            login: officer.account.login.clone(),
            home: officer.home(),
            changed: false,
            problems: Problems::default(),
        }
    }
}

async fn show(officer: Officer) -> Result<Response, PageError> {
    page::ok(&OwnPasswordPage::new(&officer))
}

async fn change(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let headers = request.headers().clone();
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut page = OwnPasswordPage::new(&officer);
    check_new(&form, &own_words(&officer), &mut page.problems);
    if !page.problems.is_empty() {
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    match check_own_password(&app, &officer.account, form.get("old")).await? {
        Check::Fits => {}
        Check::Wrong => {
            page.problems.add("old", "Kata sandi lama salah. Ketik kata sandi yang tadi Anda pakai untuk masuk.");
            return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Check::Shut { until, now } => {
            page.problems.add("old", shut_text(until, now));
            return page::html(StatusCode::TOO_MANY_REQUESTS, &page);
        }
    }
    let hash = hash_apart(form.get("password")).await?;
    app.store.set_password_hash(officer.account.id, &hash).await?;
    app.store.delete_sessions_of(officer.account.id).await?;
    note(&app, &officer.account, AccountEventKind::PasswordChanged, "").await?;
    let cookie = begin(&app, officer.account.id, SessionStage::Full, &headers).await?;
    // The old session's form token is no longer good: the page that says so has no form of its own.
    page.changed = true;
    page.chrome = Chrome::public();
    let shown = page::ok(&page)?;
    Ok(([(header::SET_COOKIE, cookie)], shown).into_response())
}

/// What a stranger knows about an officer.
fn own_words(officer: &Officer) -> [&str; 3] {
    [officer.account.login.as_str(), officer.account.name.as_str(), officer.office.name.as_str()]
}

/// Notes what is wrong with a new password that was typed twice. `own` is what a stranger knows about the account.
pub(super) fn check_new(form: &FormData, own: &[&str], problems: &mut Problems) {
    let password = form.get("password");
    if let Some(problem) = password_problem(&password, own) {
        problems.add("password", problem);
    } else if password != form.get("again") {
        problems.add("again", "Kedua kata sandi tidak sama. Ketik lagi keduanya.");
    }
}
