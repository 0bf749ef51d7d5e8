//! The second step of logging in: a time-based code, or a recovery code.
//!
//! Until it is right the session is good for this page alone. A code works once, whichever window it was typed in.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_store::{Account, AccountEventKind, Counter, FactorStage, SessionStage, Trial};

use super::entrance::{Check, FORGET, admit_fully, begins_at, note_failure, shut_text, wait_after};
use super::events::note;
use super::query;
use super::session::{Arrival, hash, local_back};
use super::totp;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/masuk/kode", get(show).post(enter))
}

#[derive(Template)]
#[template(path = "desk/second_step.html")]
struct SecondStepPage {
    chrome: Chrome,
    csrf: String,
    back: String,
    problems: Problems,
}

async fn show(arrival: Arrival, raw: RawQuery) -> Result<Response, PageError> {
    if let Some(elsewhere) = elsewhere(&arrival) {
        return Ok(Redirect::to(elsewhere).into_response());
    }
    let asked = query(raw).get("lanjut");
    let back = local_back(&asked).unwrap_or_default().to_owned();
    let csrf = arrival.officer.csrf;
    page::ok(&SecondStepPage { chrome: Chrome::public(), csrf, back, problems: Problems::default() })
}

async fn enter(State(app): State<App>, arrival: Arrival, request: Request) -> Result<Response, PageError> {
    if let Some(elsewhere) = elsewhere(&arrival) {
        return Ok(Redirect::to(elsewhere).into_response());
    }
    let officer = arrival.officer;
    let headers = request.headers().clone();
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let back = local_back(&form.get("lanjut")).unwrap_or_default().to_owned();
    let mut problems = Problems::default();
    let status = match check_code(&app, &officer.account, &form.get("code")).await? {
        Check::Fits => {
            app.store.delete_session(officer.session()).await?;
            let admission = admit_fully(&app, &officer.account, &headers).await?;
            let to = if back.is_empty() { begins_at(&admission, &officer.account) } else { back.as_str() };
            return Ok(admission.on(Redirect::to(to).into_response()));
        }
        Check::Wrong => {
            problems.add(
                "code",
                "Kode salah atau sudah dipakai. Tunggu kode berikutnya di ponsel Anda, lalu ketik enam angkanya; atau pakai satu kode pemulihan.",
            );
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Check::Shut { until, now } => {
            problems.add("code", shut_text(until, now));
            StatusCode::TOO_MANY_REQUESTS
        }
    };
    page::html(status, &SecondStepPage { chrome: Chrome::public(), csrf: officer.csrf, back, problems })
}

/// Where somebody belongs who is not at the second step.
fn elsewhere(arrival: &Arrival) -> Option<&'static str> {
    match arrival.stage {
        SessionStage::SecondStep => None,
        SessionStage::Enrolment => Some("/meja/kode"),
        SessionStage::Full => Some(arrival.officer.home()),
    }
}

/// Checks a code of an account, time-based or for recovery, and uses it up if it is right.
pub(super) async fn check_code(app: &App, account: &Account, typed: &str) -> Result<Check, PageError> {
    let typed: String = typed.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    if typed.is_empty() {
        return Ok(Check::Wrong);
    }
    let now = app.clock.now().as_second();
    let key = format!("kode {}", account.id);
    let counter = Counter { key: key.clone(), wait: wait_after };
    let wait = match app.store.note_try(vec![counter], now, FORGET).await? {
        Trial::Shut(until) => return Ok(Check::Shut { until, now }),
        Trial::Open(wait) => wait,
    };
    let is_time_based = typed.len() == totp::DIGITS && typed.bytes().all(|b| b.is_ascii_digit());
    let fits = match is_time_based {
        true => use_time_code(app, account, &typed, now).await?,
        false => use_recovery_code(app, account, &typed, now).await?,
    };
    if fits {
        app.store.clear_login_failures(&key).await?;
        return Ok(Check::Fits);
    }
    note_failure(app, account, AccountEventKind::CodeFailed, wait).await?;
    Ok(Check::Wrong)
}

async fn use_time_code(app: &App, account: &Account, typed: &str, now: i64) -> Result<bool, PageError> {
    let Some(factor) = app.store.factor(account.id, FactorStage::Active).await? else { return Ok(false) };
    match totp::matching_step(&factor.secret, typed, now) {
        Some(step) => Ok(app.store.use_step(account.id, step).await?),
        None => Ok(false),
    }
}

async fn use_recovery_code(app: &App, account: &Account, typed: &str, now: i64) -> Result<bool, PageError> {
    if !app.store.use_recovery_code(account.id, &recovery_hash(typed), now).await? {
        return Ok(false);
    }
    let left = app.store.recovery_codes_left(account.id).await?;
    note(app, account, AccountEventKind::RecoveryUsed, left).await?;
    Ok(true)
}

/// What the store keeps of a recovery code. Its 79 bits of chance make a slow hash needless.
pub(super) fn recovery_hash(code: &str) -> String {
    let letters: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
    hash(&letters.to_lowercase())
}
