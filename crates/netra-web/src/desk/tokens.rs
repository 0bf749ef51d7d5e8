//! Tokens with which other programs work for an office: made, listed, revoked.
//!
//! A token is shown once; what it may do never grows afterwards. Offices that are not administered are answered as if they
//! did not exist.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Span;
use jiff::civil::Date;
use netra_docket::ids::TokenId;
use netra_law::time::{Moment, long_date};
use netra_store::{Office, Role, Token, TokenScope};

use super::Choice;
use super::accounts::administered;
use super::session::Officer;
use crate::api::caller;
use crate::app::App;
use crate::error::PageError;
use crate::form::{FormData, parse_date, required_line};
use crate::page::{self, Chrome, Problems};
use crate::policy::{fits_office, fits_role, is_for_tokens};

/// The most days for which a token is valid: whoever made it must think of it again.
const LONGEST: i64 = 366;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/token", get(list).post(make)).route("/meja/token/{id}/cabut", post(revoke))
}

#[derive(Template)]
#[template(path = "desk/tokens.html")]
struct TokensPage {
    chrome: Chrome,
    csrf: String,
    offices: Vec<OfficeTokens>,
    typed: Typed,
    roles: Vec<Choice>,
    places: Vec<Choice>,
    scopes: Vec<Choice>,
    problems: Problems,
}

/// The tokens of one office.
struct OfficeTokens {
    title: String,
    tokens: Vec<TokenView>,
}

/// A line of the list.
struct TokenView {
    id: String,
    program: String,
    role: &'static str,
    scopes: String,
    used: String,
    ends: String,
    active: bool,
    state: &'static str,
}

/// The form of a new token as typed.
#[derive(Default)]
struct Typed {
    program: String,
    role: String,
    office: String,
    scopes: Vec<String>,
    until: String,
}

#[derive(Template)]
#[template(path = "desk/new_token.html")]
struct NewTokenPage {
    chrome: Chrome,
    program: String,
    place: String,
    secret: String,
    until: String,
}

async fn list(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let page = tokens_page(&app, &officer, &offices, Typed::default(), Problems::default()).await?;
    page::ok(&page)
}

async fn make(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let mut problems = Problems::default();
    let typed = Typed {
        program: required_line(&form, "program", &app.limits, &mut problems, "Tulis nama program yang memakai token."),
        role: form.get("role"),
        office: form.get("office"),
        scopes: form.all("scopes"),
        until: form.get("until"),
    };
    let today = officer.now(&app).date();
    let checked = check(&typed, &offices, today, &mut problems);
    let Some((office, role, scopes, until)) = checked.filter(|_| problems.is_empty()) else {
        let page = tokens_page(&app, &officer, &offices, typed, problems).await?;
        return page::html(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let (id, digest, secret) = caller::fresh();
    let ends = Moment::end_of_day(until, office.zone).map_err(|_| PageError::Internal)?;
    let token = Token {
        id,
        office: office.id.clone(),
        label: typed.program.clone(),
        role,
        scopes,
        digest,
        account: officer.account.id,
        created: app.clock.now().as_second(),
        expires: ends.instant().as_second().saturating_add(1),
        revoked: None,
        last_used: None,
    };
    app.store.add_token(&token).await?;
    page::ok(&NewTokenPage {
        chrome: officer.chrome(),
        program: typed.program,
        place: office.name.clone(),
        secret,
        until: long_date(until),
    })
}

/// Office, role, scopes and last day of a new token.
fn check<'o>(
    typed: &Typed,
    offices: &'o [Office],
    today: Date,
    problems: &mut Problems,
) -> Option<(&'o Office, Role, Vec<TokenScope>, Date)> {
    let office = offices.iter().find(|o| o.id.as_str() == typed.office);
    if office.is_none() {
        problems.add("office", "Pilih kantor.");
    }
    let role = Role::from_id(&typed.role).filter(|role| is_for_tokens(*role));
    match (role, office) {
        (None, _) => problems.add("role", "Pilih tugas."),
        (Some(role), Some(office)) if !fits_office(role, office.kind) => {
            problems.add("role", format!("Tugas {} tidak ada di {}.", role.indonesian(), office.name));
        }
        _ => {}
    }
    let scopes: Vec<TokenScope> =
        TokenScope::ALL.into_iter().filter(|s| typed.scopes.iter().any(|t| t == s.id())).collect();
    if scopes.is_empty() {
        problems.add("scopes", "Pilih sekurang-kurangnya satu cakupan.");
    }
    if let Some(idle) = role.and_then(|role| scopes.iter().find(|scope| !fits_role(**scope, role))) {
        problems
            .add("scopes", format!("Tugas itu tidak pernah memakai cakupan: {}. Hapus pilihannya.", idle.indonesian()));
    }
    let until = parse_date(&typed.until);
    let latest = today.checked_add(Span::new().days(LONGEST)).unwrap_or(today);
    match until {
        None => problems.add("until", "Isi sampai kapan token berlaku, misalnya 31/12/2024."),
        Some(day) if day < today => problems.add("until", "Hari itu sudah lewat."),
        Some(day) if day > latest => {
            problems.add("until", format!("Paling lama {LONGEST} hari: sampai {}.", long_date(latest)));
        }
        Some(_) => {}
    }
    Some((office?, role?, scopes, until?))
}

async fn revoke(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let offices = administered(&app, &officer).await?;
    officer.check_csrf(&FormData::read(&app, request).await?)?;
    let id: TokenId = id.parse().map_err(|_| PageError::NotFound)?;
    let token = app.store.token(id).await?.filter(|token| offices.iter().any(|o| o.id == token.office));
    let token = token.ok_or(PageError::NotFound)?;
    app.store.revoke_token(&token.office, id, app.clock.now().as_second()).await?;
    Ok(Redirect::to("/meja/token").into_response())
}

async fn tokens_page(
    app: &App,
    officer: &Officer,
    offices: &[Office],
    typed: Typed,
    problems: Problems,
) -> Result<TokensPage, PageError> {
    let now = app.clock.now().as_second();
    let mut groups = Vec::with_capacity(offices.len());
    for office in offices {
        let tokens = app.store.tokens_of(&office.id).await?;
        let tokens: Vec<TokenView> = tokens.iter().map(|token| token_view(token, office, now)).collect();
        if !tokens.is_empty() {
            groups.push(OfficeTokens { title: office.name.clone(), tokens });
        }
    }
    let scope = |scope: TokenScope| Choice {
        chosen: typed.scopes.iter().any(|typed| typed == scope.id()),
        value: scope.id().to_owned(),
        label: scope.indonesian().to_owned(),
    };
    let roles = Role::ALL.into_iter().filter(|role| is_for_tokens(*role));
    Ok(TokensPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        offices: groups,
        roles: roles.map(|role| Choice::new(role.id(), role.indonesian(), &typed.role)).collect(),
        places: offices.iter().map(|o| Choice::new(o.id.as_str(), o.name.as_str(), &typed.office)).collect(),
        scopes: TokenScope::ALL.map(scope).to_vec(),
        typed,
        problems,
    })
}

fn token_view(token: &Token, office: &Office, now: i64) -> TokenView {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.indonesian()).collect();
    let last = jiff::Timestamp::from_second(token.expires.saturating_sub(1));
    TokenView {
        id: token.id.to_string(),
        program: token.label.clone(),
        role: token.role.indonesian(),
        scopes: scopes.join("; "),
        used: token.last_used.map_or_else(|| "belum pernah".to_owned(), long_date),
        ends: last.map(|at| long_date(Moment::new(at, office.zone).date())).unwrap_or_default(),
        active: token.is_valid(now),
        state: match (token.revoked, token.is_valid(now)) {
            (Some(_), _) => "dicabut",
            (None, true) => "berlaku",
            (None, false) => "kedaluwarsa",
        },
    }
}
