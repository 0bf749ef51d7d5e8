//! The link by which a person chooses the password of an account that an administrator made.
//!
//! It works once and for three days. What is wrong with one that does not work is not told: the page is the same as
//! for an address that nobody ever had.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_store::{Account, AccountEventKind, Office};

use super::entrance::{admit, begins_at};
use super::events::note;
use super::own_password::check_new;
use super::password::hash_apart;
use super::session::{hash, is_from_elsewhere, new_token};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};

/// For how many hours a link works.
pub(super) const HOURS: i64 = 72;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/undangan/{token}", get(show).post(accept))
}

#[derive(Template)]
#[template(path = "desk/invitation.html")]
struct InvitationPage {
    chrome: Chrome,
    token: String,
    login: String,
    person: String,
    office: String,
    problems: Problems,
}

impl InvitationPage {
    fn new(token: String, account: &Account, office: &Office, problems: Problems) -> InvitationPage {
        InvitationPage {
            chrome: Chrome::public(),
            token,
            login: account.login.clone(),
            person: account.name.clone(),
            office: office.name.clone(),
            problems,
        }
    }
}

async fn show(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    let (account, office) = invited(&app, &token).await?;
    page::ok(&InvitationPage::new(token, &account, &office, Problems::default()))
}

async fn accept(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result<Response, PageError> {
    if is_from_elsewhere(request.headers()) {
        return Err(PageError::FormExpired);
    }
    let (account, office) = invited(&app, &token).await?;
    let headers = request.headers().clone();
    let form = FormData::read(&app, request).await?;
    let mut problems = Problems::default();
    check_new(&form, &[account.login.as_str(), account.name.as_str(), office.name.as_str()], &mut problems);
    if !problems.is_empty() {
        let page = InvitationPage::new(token, &account, &office, problems);
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let password = hash_apart(form.get("password")).await?;
    let now = app.clock.now().as_second();
    if !app.store.accept_invitation(&hash(&token), &password, now).await? {
        return Err(PageError::NotFound);
    }
    note(&app, &account, AccountEventKind::InvitationUsed, "").await?;
    let admission = admit(&app, &account, &headers).await?;
    let to = begins_at(&admission, &account);
    Ok(admission.on(Redirect::to(to).into_response()))
}

async fn invited(app: &App, token: &str) -> Result<(Account, Office), PageError> {
    let now = app.clock.now().as_second();
    let account = app.store.invited(&hash(token), now).await?.ok_or(PageError::NotFound)?;
    let office = app.store.office(&account.office).await?.ok_or(PageError::NotFound)?;
    Ok((account, office))
}

/// Makes a link for an account in place of the one before, and gives its path. None for a closed account.
pub(super) async fn invite(app: &App, account: &Account) -> Result<Option<String>, PageError> {
    let token = new_token();
    let now = app.clock.now().as_second();
    let given = app.store.invite(account.id, &hash(&token), now, now.saturating_add(HOURS * 60 * 60)).await?;
    Ok(given.then(|| format!("/undangan/{token}")))
}
