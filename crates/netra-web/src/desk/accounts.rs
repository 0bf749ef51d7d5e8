//! Accounts of an office and of the offices below it: list and add.
//!
//! Whoever administers never knows a password: the person gets a link and chooses one. An office
//! that does not stand below is answered as if it did not exist.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use netra_docket::ids::{AccountId, OfficeId};
use netra_store::{Account, AccountError, AccountEventKind, AccountState, FactorReset, Office, Role};

use super::Choice;
use super::account_page::show_link;
use super::events::note_by;
use super::login::{login_problem, normal_login};
use super::office_form::with_below;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::{FormData, required_line};
use crate::page::{self, Chrome, Problems};
use crate::policy::{Action, fits_office, needs_second_factor};
use crate::random;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/akun", get(list).post(add))
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
    state: &'static str,
    badge: &'static str,
    /// What an administrator should know: no second factor, a wait, a request.
    remarks: Vec<&'static str>,
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
    let account = Account {
        id: AccountId::new(random::uuid()),
        office,
        login: typed.login.clone(),
        name: typed.person.clone(),
        role,
        password_hash: String::new(),
        state: AccountState::Invited,
    };
    match app.store.add_account(&account).await {
        Ok(()) => {
            note_by(&app, &officer, &account, AccountEventKind::Created, account.role.id()).await?;
            show_link(&app, &officer, &account).await
        }
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

/// The offices whose accounts this officer administers.
pub(super) async fn administered(app: &App, officer: &Officer) -> Result<Vec<Office>, PageError> {
    officer.require(Action::Administer)?;
    Ok(with_below(&app.store.offices().await?, &officer.office.id))
}

/// An account of an administered office, and never one's own.
pub(super) async fn administered_account(app: &App, officer: &Officer, id: &str) -> Result<Account, PageError> {
    let offices = administered(app, officer).await?;
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

async fn accounts_page(
    app: &App,
    officer: &Officer,
    offices: &[Office],
    typed: Typed,
    problems: Problems,
) -> Result<AccountsPage, PageError> {
    let now = app.clock.now().as_second();
    let known = Known {
        shut: app.store.shut_logins(now).await?,
        factors: app.store.factor_holders().await?,
        resets: app.store.factor_resets().await?,
    };
    let mut groups = Vec::with_capacity(offices.len());
    for office in offices {
        let accounts = app.store.accounts_of(&office.id).await?;
        let accounts = accounts.iter().map(|account| account_view(account, officer, &known)).collect();
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

/// A state in words.
pub(super) fn state_words(state: AccountState) -> &'static str {
    match state {
        AccountState::Invited => "menunggu kata sandi",
        AccountState::Active => "aktif",
        AccountState::Closed => "ditutup",
    }
}

/// The class of a state's badge.
pub(super) fn badge(state: AccountState) -> &'static str {
    match state {
        AccountState::Invited => "warn",
        AccountState::Active => "good",
        AccountState::Closed => "",
    }
}

/// What is known of all accounts at once.
struct Known {
    shut: HashMap<String, i64>,
    factors: HashSet<AccountId>,
    resets: HashMap<AccountId, FactorReset>,
}

impl Known {
    fn remarks(&self, account: &Account) -> Vec<&'static str> {
        let works = account.state == AccountState::Active;
        let lacks = works && needs_second_factor(account.role) && !self.factors.contains(&account.id);
        let all = [
            (self.shut.contains_key(&account.login), "percobaan masuk sedang ditahan"),
            (self.resets.contains_key(&account.id), "pencabutan kode masuk diminta"),
            (lacks, "belum memasang kode masuk"),
        ];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words).collect()
    }
}

fn account_view(account: &Account, officer: &Officer, known: &Known) -> AccountView {
    AccountView {
        id: account.id.to_string(),
        login: account.login.clone(),
        person: account.name.clone(),
        role: account.role.indonesian(),
        state: state_words(account.state),
        badge: badge(account.state),
        remarks: known.remarks(account),
        own: account.id == officer.account.id,
    }
}
