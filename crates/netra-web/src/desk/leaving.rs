//! An officer leaves: the account is closed and all matters it is responsible for go to another officer, in one step
//! with a look beforehand. Administrators see numbers of matters here and nothing else of them.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::entry::Actor;
use netra_store::{Account, AccountState, Leaving, OwnedMatter};

use super::Choice;
use super::accounts::administered_account;
use super::session::{Officer, hash};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy::{self, Action};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/akun/{id}/serah", get(show).post(leave))
}

#[derive(Template)]
#[template(path = "desk/leaving.html")]
struct LeavingPage {
    chrome: Chrome,
    csrf: String,
    id: String,
    login: String,
    person: String,
    closed: bool,
    /// What was seen, as a digest: matters that come in between are not handed over unseen.
    seen: String,
    running: usize,
    finished: usize,
    numbers: Vec<String>,
    takers: Vec<Choice>,
    problems: Problems,
}

async fn show(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    officer.require(Action::HandOver)?;
    let account = administered_account(&app, &officer, &id).await?;
    let owned = app.store.owned_by(&account).await?;
    page::ok(&leaving_page(&app, &officer, &account, &owned, "", Problems::default()).await?)
}

async fn leave(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    officer.require(Action::HandOver)?;
    let account = administered_account(&app, &officer, &id).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let owned = app.store.owned_by(&account).await?;
    if account.state == AccountState::Closed && owned.is_empty() {
        return Ok(Redirect::to("/meja/akun").into_response());
    }
    let chosen = form.get("to");
    let takers = takers(&app, &account).await?;
    let to = takers.iter().find(|taker| taker.id.to_string() == chosen).map(|taker| taker.id);
    if to.is_none() && !owned.is_empty() {
        let mut problems = Problems::default();
        problems.add("to", "Pilih petugas yang menerima perkaranya.");
        let page = leaving_page(&app, &officer, &account, &owned, &chosen, problems).await?;
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if !owned.is_empty() && form.get("seen") != digest(&owned) {
        return Err(PageError::Moved);
    }
    let leaving = Leaving {
        to,
        by: Actor::Officer { account: officer.account.id, office: officer.office.id.clone() },
        seen: owned.iter().map(|owned| owned.matter).collect(),
        recorded: officer.now(&app),
        from: account,
    };
    app.store.leave(leaving).await?;
    Ok(Redirect::to("/meja/akun").into_response())
}

/// Who can take matters of an account: active colleagues of its office whose role handles matters.
async fn takers(app: &App, account: &Account) -> Result<Vec<Account>, PageError> {
    let mut all = app.store.accounts_of(&account.office).await?;
    all.retain(|other| {
        other.id != account.id && other.state == AccountState::Active && policy::can_own_matters(other.role)
    });
    Ok(all)
}

fn digest(owned: &[OwnedMatter]) -> String {
    let ids: Vec<String> = owned.iter().map(|owned| owned.matter.to_string()).collect();
    hash(&ids.join("\n"))
}

async fn leaving_page(
    app: &App,
    officer: &Officer,
    account: &Account,
    owned: &[OwnedMatter],
    chosen: &str,
    problems: Problems,
) -> Result<LeavingPage, PageError> {
    let takers = takers(app, account).await?;
    let label = |taker: &Account| format!("{} ({})", taker.name, taker.role.indonesian());
    let running = owned.iter().filter(|owned| owned.runs).count();
    let number = |owned: &OwnedMatter| owned.number.clone().unwrap_or_else(|| "belum bernomor".to_owned());
    Ok(LeavingPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        id: account.id.to_string(),
        login: account.login.clone(),
        person: account.name.clone(),
        closed: account.state == AccountState::Closed,
        seen: digest(owned),
        running,
        finished: owned.len().saturating_sub(running),
        numbers: owned.iter().map(number).collect(),
        takers: takers.iter().map(|taker| Choice::new(taker.id.to_string(), label(taker), chosen)).collect(),
        problems,
    })
}
