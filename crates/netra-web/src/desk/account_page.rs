//! One account, for its administrators: link of invitation, role, sessions, a lost second factor, open and closed.
//!
//! A lost second factor is taken away by two administrators: one asks, another one agrees. Where there is only one,
//! the office above has another, and whoever runs the machine has `netra user reset --second-factor`.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_store::{Account, AccountEventKind, AccountState, FactorReset, Role};

use super::Choice;
use super::account_log::{EventView, names_of, view};
use super::accounts::{administered_account, badge, state_words};
use super::events::note_by;
use super::invitation::{self, HOURS};
use super::own_sessions::at;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::{self, fits_office};

/// Events on the page.
const SHOWN: u32 = 30;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/akun/{id}", get(show))
        .route("/meja/akun/{id}/undangan", post(invite))
        .route("/meja/akun/{id}/undangan/cabut", post(revoke))
        .route("/meja/akun/{id}/tugas", post(change_role))
        .route("/meja/akun/{id}/sesi", post(end_sessions))
        .route("/meja/akun/{id}/kode", post(reset_factor))
        .route("/meja/akun/{id}/tutup", post(close))
        .route("/meja/akun/{id}/buka", post(reopen))
}

#[derive(Template)]
#[template(path = "desk/account.html")]
struct AccountPage {
    chrome: Chrome,
    csrf: String,
    id: String,
    login: String,
    person: String,
    office: String,
    state: &'static str,
    badge: &'static str,
    closed: bool,
    roles: Vec<Choice>,
    /// Until when the link works; none without one.
    invited_until: Option<String>,
    sessions: usize,
    has_factor: bool,
    needs_factor: bool,
    /// Whether somebody asked to take the second factor away, and whether that was this administrator.
    reset_asked: bool,
    reset_own: bool,
    /// Until when log-ins of unknown devices wait.
    shut_until: Option<String>,
    matters: usize,
    events: Vec<EventView>,
}

/// What can be done about a lost second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ResetView {
    /// One can ask.
    Ask,
    /// This administrator has asked and waits for another.
    Waits,
    /// Another one has asked: agree or refuse.
    Answer,
}

#[derive(Template)]
#[template(path = "desk/invitation_link.html")]
struct LinkPage {
    chrome: Chrome,
    id: String,
    login: String,
    person: String,
    link: String,
    hours: i64,
}

async fn show(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    let account = administered_account(&app, &officer, &id).await?;
    let office = app.store.office(&account.office).await?.ok_or(PageError::NotFound)?;
    let now = app.clock.now().as_second();
    let zone = officer.office.zone;
    let until = app.store.invitations().await?.get(&account.id).copied().filter(|until| *until > now);
    let shut = app.store.login_failures(&account.login).await?.1;
    let fitting = Role::ALL.into_iter().filter(|role| fits_office(*role, office.kind));
    let reset = reset_view(&officer, app.store.factor_reset(account.id).await?);
    let names = names_of(&app.store.accounts_of(&account.office).await?);
    let events = app.store.account_events(&account.office, Some(account.id), SHOWN).await?;
    page::ok(&AccountPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        id: account.id.to_string(),
        login: account.login.clone(),
        person: account.name.clone(),
        office: office.name.clone(),
        state: state_words(account.state),
        badge: badge(account.state),
        closed: account.state == AccountState::Closed,
        roles: fitting.map(|role| Choice::new(role.id(), role.indonesian(), account.role.id())).collect(),
        invited_until: until.map(|until| at(until, zone)),
        sessions: app.store.sessions_of(account.id, now).await?.len(),
        has_factor: app.store.has_factor(account.id).await?,
        needs_factor: policy::needs_second_factor(account.role),
        reset_asked: reset != ResetView::Ask,
        reset_own: reset == ResetView::Waits,
        shut_until: (shut > now).then(|| at(shut, zone)),
        matters: app.store.owned_by(&account).await?.len(),
        events: events.iter().map(|event| view(event, &names, zone)).collect(),
    })
}

fn reset_view(officer: &Officer, request: Option<FactorReset>) -> ResetView {
    match request {
        None => ResetView::Ask,
        Some(request) if request.asker == officer.account.id => ResetView::Waits,
        Some(_) => ResetView::Answer,
    }
}

/// Makes a link for choosing a password, and shows it once. Failed log-ins are forgiven with it.
async fn invite(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let (account, _) = asked(&app, &officer, &id, request).await?;
    show_link(&app, &officer, &account).await
}

/// Makes a link and shows it once.
pub(super) async fn show_link(app: &App, officer: &Officer, account: &Account) -> Result<Response, PageError> {
    let Some(path) = invitation::invite(app, account).await? else {
        return Err(PageError::BadRequest(
            "Akun ini ditutup. Buka lagi akunnya lebih dahulu, lalu buat tautannya.".to_owned(),
        ));
    };
    app.store.clear_login_failures(&account.login).await?;
    note_by(app, officer, account, AccountEventKind::Invited, "").await?;
    page::ok(&LinkPage {
        chrome: officer.chrome(),
        id: account.id.to_string(),
        login: account.login.clone(),
        person: account.name.clone(),
        link: format!("{}{path}", app.base_url),
        hours: HOURS,
    })
}

async fn revoke(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let (account, _) = asked(&app, &officer, &id, request).await?;
    if app.store.revoke_invitation(account.id).await? {
        note_by(&app, &officer, &account, AccountEventKind::InvitationRevoked, "").await?;
    }
    Ok(back_to(&account))
}

/// A new role begins with a new log-in.
async fn change_role(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let (account, form) = asked(&app, &officer, &id, request).await?;
    let office = app.store.office(&account.office).await?.ok_or(PageError::NotFound)?;
    let role = Role::from_id(&form.get("role")).filter(|role| fits_office(*role, office.kind));
    let Some(role) = role else {
        return Err(PageError::BadRequest(format!("Pilih tugas yang ada di {}.", office.name)));
    };
    if role != account.role {
        app.store.set_account_role(account.id, role).await?;
        app.store.delete_sessions_of(account.id).await?;
        note_by(&app, &officer, &account, AccountEventKind::RoleChanged, role.id()).await?;
    }
    Ok(back_to(&account))
}

async fn end_sessions(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let (account, _) = asked(&app, &officer, &id, request).await?;
    let ended = app.store.delete_sessions_of(account.id).await?;
    if ended > 0 {
        note_by(&app, &officer, &account, AccountEventKind::SessionsEnded, ended).await?;
    }
    Ok(back_to(&account))
}

/// Asks to take a lost second factor away, or answers somebody who asked.
async fn reset_factor(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let (account, form) = asked(&app, &officer, &id, request).await?;
    let waiting = reset_view(&officer, app.store.factor_reset(account.id).await?);
    let kind = match (form.get("what").as_str(), waiting) {
        ("minta", ResetView::Ask) => {
            if !app.store.has_factor(account.id).await? {
                return Ok(back_to(&account));
            }
            app.store.ask_factor_reset(account.id, officer.account.id, app.clock.now().as_second()).await?;
            AccountEventKind::FactorResetAsked
        }
        ("setuju", ResetView::Answer) => {
            app.store.remove_factor(account.id).await?;
            AccountEventKind::FactorRemoved
        }
        ("batal", ResetView::Waits | ResetView::Answer) => {
            app.store.drop_factor_reset(account.id).await?;
            AccountEventKind::FactorResetRefused
        }
        ("setuju", ResetView::Waits) => {
            return Err(PageError::BadRequest(
                "Pencabutan harus disetujui administrator lain, bukan yang memintanya.".to_owned(),
            ));
        }
        ("minta" | "setuju" | "batal", _) => return Ok(back_to(&account)),
        _ => return Err(PageError::BadRequest("Pilih: minta, setujui, atau batalkan pencabutan.".to_owned())),
    };
    note_by(&app, &officer, &account, kind, "").await?;
    Ok(back_to(&account))
}

/// Closes an account that is responsible for no matter; one that is, goes through the hand-over.
async fn close(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let (account, _) = asked(&app, &officer, &id, request).await?;
    if !app.store.owned_by(&account).await?.is_empty() {
        return Ok(Redirect::to(&format!("/meja/akun/{}/serah", account.id)).into_response());
    }
    app.store.set_account_state(account.id, AccountState::Closed).await?;
    app.store.delete_sessions_of(account.id).await?;
    app.store.revoke_invitation(account.id).await?;
    if account.state != AccountState::Closed {
        note_by(&app, &officer, &account, AccountEventKind::Closed, "").await?;
    }
    Ok(Redirect::to("/meja/akun").into_response())
}

/// Opens an account again. One that never had a password waits for a link.
async fn reopen(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let (account, _) = asked(&app, &officer, &id, request).await?;
    if account.state == AccountState::Closed {
        let state = if account.password_hash.is_empty() { AccountState::Invited } else { AccountState::Active };
        app.store.set_account_state(account.id, state).await?;
        note_by(&app, &officer, &account, AccountEventKind::Reopened, "").await?;
    }
    Ok(Redirect::to("/meja/akun").into_response())
}

/// The account that a form is about, and the form.
async fn asked(app: &App, officer: &Officer, id: &str, request: Request) -> Result<(Account, FormData), PageError> {
    let account = administered_account(app, officer, id).await?;
    let form = FormData::read(app, request).await?;
    officer.check_csrf(&form)?;
    Ok((account, form))
}

fn back_to(account: &Account) -> Response {
    Redirect::to(&format!("/meja/akun/{}", account.id)).into_response()
}
