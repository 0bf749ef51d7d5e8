//! Accounts of an office and of the offices below it: list, add, new password, close, open again.
//!
//! Whoever administers makes no passwords up: the program makes one and shows it once. An office
//! that does not stand below is answered as if it did not exist.

use std::str::FromStr;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_docket::ids::{AccountId, OfficeId};
use netra_store::{Account, AccountError, AccountState, Office, Role};

use super::Choice;
use super::login::{login_problem, normal_login};
use super::office_form::with_below;
use super::password::{hash_apart, one_time};
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::{FormData, required_line};
use crate::page::{self, Chrome, Problems};
use crate::policy::{Action, fits_office};
use crate::random;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/akun", get(list).post(add))
        .route("/meja/akun/{id}/sandi", post(renew))
        .route("/meja/akun/{id}/tutup", post(close))
        .route("/meja/akun/{id}/buka", post(reopen))
}

#[derive(Template)]
#[template(path = "desk/accounts.html")]
struct AccountsPage {
    chrome: Chrome,
    csrf: String,
    offices: Vec<OfficeAccounts>,
    typed: Typed,
    roles: Vec<Choice>,
    places: Vec<Choice>,
    problems: Problems,
}

/// The accounts of one office.
struct OfficeAccounts {
    title: String,
    accounts: Vec<AccountView>,
}

/// A line of the list.
struct AccountView {
    id: String,
    login: String,
    person: String,
    role: &'static str,
    active: bool,
    /// One's own account is changed elsewhere and can't be closed by oneself.
    own: bool,
}

/// The form of a new account as typed.
#[derive(Default)]
struct Typed {
    login: String,
    person: String,
    role: String,
    office: String,
}

#[derive(Template)]
#[template(path = "desk/new_password.html")]
struct NewPasswordPage {
    chrome: Chrome,
    login: String,
    person: String,
    secret: String,
    new: bool,
}

async fn list(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let page = accounts_page(&app, &officer, &offices, Typed::default(), Problems::default()).await?;
    page::ok(&page)
}

async fn add(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut problems = Problems::default();
    let typed = Typed {
        login: normal_login(&form.get("login")),
        person: required_line(&form, "person", &app.limits, &mut problems, "Tulis nama petugas."),
        role: form.get("role"),
        office: form.get("office"),
    };
    let (Some(office), Some(role)) = check(&typed, &offices, &mut problems) else {
        return refuse(&app, &officer, &offices, typed, problems).await;
    };
    let secret = one_time();
    let account = Account {
        id: AccountId::new(random::uuid()),
        office,
        login: typed.login.clone(),
        name: typed.person.clone(),
        role,
        password_hash: hash_apart(secret.clone()).await?,
        state: AccountState::Active,
    };
    match app.store.add_account(&account).await {
        Ok(()) => show_once(&officer, &account, secret, true),
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(taken @ AccountError::LoginTaken) => {
            problems.add("login", format!("Tidak dapat dipakai: {taken}. Pilih nama masuk lain."));
            refuse(&app, &officer, &offices, typed, problems).await
        }
        Err(unknown @ AccountError::NoSuchOffice(_)) => {
            problems.add("office", unknown.to_string());
            refuse(&app, &officer, &offices, typed, problems).await
        }
    }
}

/// Office and role of a new account; both only if nothing at all is wrong with the form.
fn check(typed: &Typed, offices: &[Office], problems: &mut Problems) -> (Option<OfficeId>, Option<Role>) {
    if let Some(problem) = login_problem(&typed.login) {
        problems.add("login", problem);
    }
    let office = offices.iter().find(|o| o.id.as_str() == typed.office);
    if office.is_none() {
        problems.add("office", "Pilih kantor.");
    }
    let role = Role::from_id(&typed.role);
    match (role, office) {
        (None, _) => problems.add("role", "Pilih tugas."),
        (Some(role), Some(office)) if !fits_office(role, office.kind) => {
            problems.add(
                "role",
                format!("Tugas {} tidak ada di {}. Pilih tugas atau kantor lain.", role.indonesian(), office.name),
            );
        }
        _ => {}
    }
    if problems.is_empty() { (office.map(|o| o.id.clone()), role) } else { (None, None) }
}

async fn renew(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let account = administered_account(&app, &officer, &id, request).await?;
    let secret = one_time();
    let hash = hash_apart(secret.clone()).await?;
    app.store.set_password_hash(account.id, &hash).await?;
    app.store.delete_sessions_of(account.id).await?;
    app.store.clear_login_failures(&account.login).await?;
    show_once(&officer, &account, secret, false)
}

async fn close(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let account = administered_account(&app, &officer, &id, request).await?;
    app.store.set_account_state(account.id, AccountState::Closed).await?;
    app.store.delete_sessions_of(account.id).await?;
    Ok(Redirect::to("/meja/akun").into_response())
}

async fn reopen(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let account = administered_account(&app, &officer, &id, request).await?;
    app.store.set_account_state(account.id, AccountState::Active).await?;
    Ok(Redirect::to("/meja/akun").into_response())
}

/// The offices whose accounts this officer administers.
pub(super) async fn administered(app: &App, officer: &Officer) -> Result<Vec<Office>, PageError> {
    officer.require(Action::Administer)?;
    Ok(with_below(&app.store.offices().await?, &officer.office.id))
}

/// The account that a form is about: of an administered office, and never one's own.
async fn administered_account(app: &App, officer: &Officer, id: &str, request: Request) -> Result<Account, PageError> {
    let offices = administered(app, officer).await?;
    officer.check_csrf(&FormData::read(app, request).await?)?;
    let id = AccountId::from_str(id).map_err(|_| PageError::NotFound)?;
    let account = app.store.account(id).await?.filter(|a| offices.iter().any(|o| o.id == a.office));
    let account = account.ok_or(PageError::NotFound)?;
    if account.id == officer.account.id { Err(PageError::Forbidden) } else { Ok(account) }
}

async fn refuse(
    app: &App,
    officer: &Officer,
    offices: &[Office],
    typed: Typed,
    problems: Problems,
) -> Result<Response, PageError> {
    let page = accounts_page(app, officer, offices, typed, problems).await?;
    page::html(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn show_once(officer: &Officer, account: &Account, secret: String, new: bool) -> Result<Response, PageError> {
    page::ok(&NewPasswordPage {
        chrome: officer.chrome(),
        login: account.login.clone(),
        person: account.name.clone(),
        secret,
        new,
    })
}

async fn accounts_page(
    app: &App,
    officer: &Officer,
    offices: &[Office],
    typed: Typed,
    problems: Problems,
) -> Result<AccountsPage, PageError> {
    let mut groups = Vec::with_capacity(offices.len());
    for office in offices {
        let accounts = app.store.accounts_of(&office.id).await?;
        let accounts = accounts.iter().map(|account| account_view(account, officer)).collect();
        groups.push(OfficeAccounts { title: office.name.clone(), accounts });
    }
    Ok(AccountsPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        offices: groups,
        roles: Role::ALL.map(|role| Choice::new(role.id(), role.indonesian(), &typed.role)).to_vec(),
        places: offices.iter().map(|o| Choice::new(o.id.as_str(), o.name.as_str(), &typed.office)).collect(),
        typed,
        problems,
    })
}

fn account_view(account: &Account, officer: &Officer) -> AccountView {
    AccountView {
        id: account.id.to_string(),
        login: account.login.clone(),
        person: account.name.clone(),
        role: account.role.indonesian(),
        active: account.state == AccountState::Active,
        own: account.id == officer.account.id,
    }
}
