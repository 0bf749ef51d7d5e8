//! Logging in and out.
//!
//! Whether a login name exists can't be told from the answer, its time or its lock-out.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::entrance::{Caller, Entrance, LONGEST_LOGIN, admit, begins_at, shut_text, try_enter};
use super::query;
use super::session::{Arrival, NoOfficer, Officer, is_from_elsewhere, local_back, no_cookie};
use crate::app::{App, SecondFactor};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/masuk", get(show).post(enter)).route("/keluar", post(leave))
}

#[derive(Template)]
#[template(path = "desk/login.html")]
struct LoginPage {
    chrome: Chrome,
    login: String,
    back: String,
    /// Whether nothing but a password is asked, because everything here is invented.
    demo: bool,
    problems: Problems,
}

impl LoginPage {
    fn new(app: &App, login: String, back: String) -> LoginPage {
        let demo = app.second_factor == SecondFactor::Waived;
        LoginPage { chrome: Chrome::public(), login, back, demo, problems: Problems::default() }
    }
}

async fn show(
    State(app): State<App>,
    officer: Result<Officer, NoOfficer>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    if let Ok(officer) = officer {
        return Ok(Redirect::to(officer.home()).into_response());
    }
    let asked = query(raw).get("lanjut");
    page::ok(&LoginPage::new(&app, String::new(), local_back(&asked).unwrap_or_default().to_owned()))
}

async fn enter(State(app): State<App>, request: Request) -> Result<Response, PageError> {
    if is_from_elsewhere(request.headers()) {
        return Err(PageError::FormExpired);
    }
    let (caller, headers) = (Caller::of(&app, &request), request.headers().clone());
    let form = FormData::read(&app, request).await?;
    let back = local_back(&form.get("lanjut")).unwrap_or_default().to_owned();
    let login = normal_login(&form.get("login"));
    let mut page = LoginPage::new(&app, login.clone(), back.clone());
    match try_enter(&app, &login, form.get("password"), &caller).await? {
        Entrance::Granted(account) => {
            let admission = admit(&app, &account, &headers).await?;
            let to = match admission.to {
                None if !back.is_empty() => back,
                Some(next) if !back.is_empty() => with_back(next, &back),
                _ => begins_at(&admission, &account).to_owned(),
            };
            Ok(admission.on(Redirect::to(&to).into_response()))
        }
        Entrance::Wrong => {
            page.problems.add("login", "Nama masuk atau kata sandi salah. Periksa keduanya. Bila lupa, minta administrator kantor membuat tautan untuk kata sandi baru.");
            page::html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Entrance::Shut { until, now } => {
            page.problems.add("login", shut_text(until, now));
            page::html(StatusCode::TOO_MANY_REQUESTS, &page)
        }
    }
}

/// An address that takes along where the person wanted to go.
fn with_back(next: &str, back: &str) -> String {
    serde_urlencoded::to_string([("lanjut", back)]).map_or_else(|_| next.to_owned(), |query| format!("{next}?{query}"))
}

async fn leave(State(app): State<App>, arrival: Arrival, request: Request) -> Result<Response, PageError> {
    let officer = arrival.officer;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    app.store.delete_session(officer.session()).await?;
    Ok(([(header::SET_COOKIE, no_cookie(&app)?)], Redirect::to("/masuk")).into_response())
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
