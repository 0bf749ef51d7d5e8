//! The first start: a link that works once and only while there is no account makes the first
//! office and its administrator.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::ids::AccountId;
use netra_store::{Account, AccountError, AccountEventKind, AccountState, Office, Role, StoreError};
use subtle::ConstantTimeEq;

use super::entrance::{admit, begins_at};
use super::events::note;
use super::login::{login_problem, normal_login};
use super::office_form::OfficeForm;
use super::own_password::check_new;
use super::password::hash_apart;
use super::session::{hash, is_from_elsewhere};
use crate::app::App;
use crate::error::PageError;
use crate::form::{FormData, required_line};
use crate::page::{self, Chrome, Problems};
use crate::random;

/// The setting that holds the SHA-256 of the link's token, hex.
const TOKEN_SETTING: &str = "setup_token_hash";
/// The setting that is there once the link has been used.
const DONE_SETTING: &str = "setup_done";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/awal/{token}", get(show).post(create))
}

#[derive(Template)]
#[template(path = "desk/setup.html")]
struct SetupPage {
    chrome: Chrome,
    token: String,
    office: OfficeForm,
    login: String,
    person: String,
    problems: Problems,
}

async fn show(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    require_open(&app, &token).await?;
    page::ok(&SetupPage {
        chrome: Chrome::public(),
        token,
        office: OfficeForm::read(&FormData::default(), &app.law, &[]),
        login: String::new(),
        person: String::new(),
        problems: Problems::default(),
    })
}

async fn create(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result<Response, PageError> {
    if is_from_elsewhere(request.headers()) {
        return Err(PageError::FormExpired);
    }
    require_open(&app, &token).await?;
    let headers = request.headers().clone();
    let form = FormData::read(&app, request).await?;
    let mut problems = Problems::default();
    let office_form = OfficeForm::read(&form, &app.law, &[]);
    let office = office_form.check(&app.limits, &mut problems);
    let login = normal_login(&form.get("login"));
    if let Some(problem) = login_problem(&login) {
        problems.add("login", problem);
    }
    let person = required_line(&form, "person", &app.limits, &mut problems, "Tulis nama Anda.");
    let office_name = form.get("office_name");
    check_new(&form, &[login.as_str(), person.as_str(), office_name.as_str()], &mut problems);
    let (Some(office), true) = (office, problems.is_empty()) else {
        let page = SetupPage { chrome: Chrome::public(), token, office: office_form, login, person, problems };
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let account = Account {
        id: AccountId::new(random::uuid()),
        office: office.id.clone(),
        login,
        name: person,
        role: Role::Administration,
        password_hash: hash_apart(form.get("password")).await?,
        state: AccountState::Active,
    };
    finish(&app, &office, &account, &headers).await
}

/// Of two who send the form at the same time one wins; the link is used up before anything is made.
async fn finish(app: &App, office: &Office, account: &Account, headers: &HeaderMap) -> Result<Response, PageError> {
    let mine = account.id.to_string();
    let first = app.store.set_setting_if_absent(DONE_SETTING, &mine).await?;
    if first != mine && app.store.account_count().await? > 0 {
        return Err(PageError::NotFound);
    }
    app.store.add_office(office).await?;
    app.store.add_account(account).await.map_err(account_error)?;
    tracing::info!("the first administrator was made; the set-up link no longer works");
    note(app, account, AccountEventKind::Created, account.role.id()).await?;
    let admission = admit(app, account, headers).await?;
    let to = begins_at(&admission, account);
    Ok(admission.on(Redirect::to(to).into_response()))
}

fn account_error(error: AccountError) -> PageError {
    match error {
        AccountError::Store(inner) => inner.into(),
        AccountError::LoginTaken | AccountError::NoSuchOffice(_) => PageError::BadRequest(error.to_string()),
    }
}

/// The address of the link, for the command line to print. The token is derived from the server's
/// secret, so that a second start prints the same link; the store keeps its digest only.
///
/// # Errors
/// The store failed.
pub async fn setup_path(app: &App) -> Result<String, StoreError> {
    let token = random::hex(&app.secret.derive("netra set-up link v1", b""));
    app.store.set_setting_if_absent(TOKEN_SETTING, &hash(&token)).await?;
    Ok(format!("/awal/{token}"))
}

/// Whether the link still works. What is wrong with it is not told.
async fn require_open(app: &App, token: &str) -> Result<(), PageError> {
    let kept = app.store.setting(TOKEN_SETTING).await?.unwrap_or_default();
    let same: bool = kept.as_bytes().ct_eq(hash(token).as_bytes()).into();
    // A start that broke off after the link was used, and before the account was there, may be repeated.
    let used = app.store.account_count().await? > 0;
    if same && !used { Ok(()) } else { Err(PageError::NotFound) }
}
