//! Logging in and out.
//!
//! Whether a login name exists can't be told from the answer, its time or its lock-out. A try
//! counts as failed from the moment it is made until it has succeeded, so that many tries at once
//! gain nothing.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use netra_law::time::{Moment, Zone};
use netra_store::{Account, AccountState};
use tokio::sync::Mutex;

use super::session::{NoOfficer, Officer, begin, home, is_from_elsewhere, local_back, no_cookie};
use super::{password, query};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};

/// The longest login name.
pub(super) const LONGEST_LOGIN: usize = 60;
/// Tries that cost nothing.
const FREE_TRIES: u32 = 4;
/// The first wait in seconds; each further try doubles it.
const FIRST_WAIT: i64 = 60;
/// The longest wait in seconds.
const LONGEST_WAIT: i64 = 15 * 60;

/// Tries are noted one after the other.
static NOTING: Mutex<()> = Mutex::const_new(());

pub(super) fn routes() -> Router<App> {
    Router::new().route("/masuk", get(show).post(enter)).route("/keluar", post(leave))
}

#[derive(Template)]
#[template(path = "desk/login.html")]
struct LoginPage {
    chrome: Chrome,
    login: String,
    back: String,
    problems: Problems,
}

impl LoginPage {
    fn new(login: String, back: String) -> LoginPage {
        LoginPage { chrome: Chrome::public(), login, back, problems: Problems::default() }
    }
}

async fn show(officer: Result<Officer, NoOfficer>, raw: RawQuery) -> Result<Response, PageError> {
    if let Ok(officer) = officer {
        return Ok(Redirect::to(officer.home()).into_response());
    }
    let asked = query(raw).get("lanjut");
    page::ok(&LoginPage::new(String::new(), local_back(&asked).unwrap_or_default().to_owned()))
}

async fn enter(State(app): State<App>, request: Request) -> Result<Response, PageError> {
    if is_from_elsewhere(request.headers()) {
        return Err(PageError::FormExpired);
    }
    let form = FormData::read(&app, request).await?;
    let back = local_back(&form.get("lanjut")).unwrap_or_default().to_owned();
    let login = normal_login(&form.get("login"));
    let mut page = LoginPage::new(login.clone(), back.clone());
    match try_enter(&app, &login, form.get("password")).await? {
        Entrance::Granted(account) => {
            let cookie = begin(&app, account.id).await?;
            let to = if back.is_empty() { home(account.role) } else { back.as_str() };
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response())
        }
        Entrance::Wrong => {
            page.problems.add("login", "Nama masuk atau kata sandi salah. Periksa keduanya. Bila lupa, minta administrator kantor membuat kata sandi baru.");
            page::html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Entrance::Shut { until, now } => {
            page.problems.add("login", shut_text(until, now));
            page::html(StatusCode::TOO_MANY_REQUESTS, &page)
        }
    }
}

async fn leave(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    app.store.delete_session(officer.session()).await?;
    Ok(([(header::SET_COOKIE, no_cookie(&app)?)], Redirect::to("/masuk")).into_response())
}

/// What came of a try to log in.
pub(super) enum Entrance {
    /// The password fits.
    Granted(Account),
    /// It does not, or there is no such account, or it is closed.
    Wrong,
    /// Too many tries; seconds since 1970.
    Shut {
        /// When the next try is possible.
        until: i64,
        /// Now.
        now: i64,
    },
}

/// Tries a password under a login name.
pub(super) async fn try_enter(app: &App, login: &str, typed: String) -> Result<Entrance, PageError> {
    let plausible = (1..=LONGEST_LOGIN).contains(&login.chars().count()) && typed.chars().count() <= password::LONGEST;
    if !plausible {
        return Ok(Entrance::Wrong);
    }
    let now = app.clock.now().as_second();
    if let Some(until) = note_try(app, login, now).await? {
        return Ok(Entrance::Shut { until, now });
    }
    let account = app.store.account_by_login(login).await?.filter(|a| a.state == AccountState::Active);
    let hash = account.as_ref().map(|a| a.password_hash.clone());
    if !password::fits(typed, hash).await? {
        return Ok(Entrance::Wrong);
    }
    let Some(account) = account else { return Ok(Entrance::Wrong) };
    app.store.clear_login_failures(login).await?;
    Ok(Entrance::Granted(account))
}

/// Notes a try, or tells until when there can be none.
async fn note_try(app: &App, login: &str, now: i64) -> Result<Option<i64>, PageError> {
    let _one_at_a_time = NOTING.lock().await;
    let (before, until) = app.store.login_failures(login).await?;
    if now < until {
        return Ok(Some(until));
    }
    let count = before.saturating_add(1);
    let wait = wait_after(count);
    if wait > 0 {
        tracing::warn!(tries = count, "a login name is shut for a while");
    }
    app.store.note_login_failure(login, count, now.saturating_add(wait)).await?;
    Ok(None)
}

/// How long to wait after so many failed tries, in seconds.
fn wait_after(tries: u32) -> i64 {
    match tries.checked_sub(FREE_TRIES + 1) {
        None => 0,
        Some(beyond) => LONGEST_WAIT.min(FIRST_WAIT << beyond.min(8)),
    }
}

/// Nobody's zone is known before logging in: all three are told.
pub(super) fn shut_text(until: i64, now: i64) -> String {
    let minutes = until.saturating_sub(now).max(1).div_euclid(60) + i64::from(until.saturating_sub(now) % 60 > 0);
    let clocks = Timestamp::from_second(until).map(|at| {
        let shown = Zone::ALL.map(|zone| {
            let time = Moment::new(at, zone).time();
            format!("{:02}.{:02}.{:02} {zone}", time.hour(), time.minute(), time.second())
        });
        format!(" (sesudah pukul {})", shown.join(", "))
    });
    format!(
        "Terlalu banyak percobaan masuk dengan nama ini. Coba lagi dalam {minutes} menit{}.",
        clocks.unwrap_or_default()
    )
}

/// A login name as it is kept: phones begin every field with a capital.
pub fn normal_login(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// What is wrong with a new login name, in Indonesian.
pub fn login_problem(login: &str) -> Option<&'static str> {
    let fits = (3..=LONGEST_LOGIN).contains(&login.len())
        && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
    (!fits).then_some(
        "Pakai 3 sampai 60 huruf kecil, angka, titik atau tanda hubung, tanpa spasi. Contoh: penanganan.balikpapan.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_one_minute_to_fifteen() {
        let waits: Vec<i64> = (1..=11).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 0, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait_after(u32::MAX), 900);
    }

    #[test]
    fn the_wait_is_told_in_minutes_and_on_three_clocks() {
        let now: Timestamp = "2024-01-19T01:00:00Z".parse().unwrap();
        let text = shut_text(now.as_second() + 61, now.as_second());
        assert!(text.contains("2 menit"), "{text}");
        assert!(text.contains("08.01.01 WIB, 09.01.01 WITA, 10.01.01 WIT"), "{text}");
        assert!(shut_text(60, 0).contains("dalam 1 menit"));
    }

    #[test]
    fn login_names() {
        assert_eq!(normal_login("  Penanganan.Balikpapan "), "penanganan.balikpapan");
        for good in ["penanganan.balikpapan", "a-1", "x_y"] {
            assert_eq!(login_problem(good), None, "{good}");
        }
        for bad in ["", "ab", "Besar", "dua kata", "é-e-e", "a".repeat(61).as_str()] {
            assert!(login_problem(bad).is_some(), "{bad}");
        }
    }
}
