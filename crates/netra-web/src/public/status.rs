//! The status of a matter, for whoever has its tracking code.
//!
//! The page tells stages, decisions, dates, announcements, and what reporter and office wrote to one another. It never tells
//! who, what was reported, or which files there are: a code that fell into wrong hands must not reveal its owner.

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::ids::OfficeId;
use netra_docket::matter::{Matter, Origin};
use netra_law::time::long_moment;
use netra_store::{Docket, Office};

use crate::app::App;
use crate::code::TrackingCode;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{Chrome, Problems, html, ok};
use crate::public::messages::{self, Conversation, MessageForm};
use crate::public::progress::{self, Announcement, Fact, Stop};
use crate::public::receipt::{self, Next};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/status", get(ask).post(look_up))
        .route("/s/{code}", get(status))
        .route("/s/{code}/tanda-terima", get(receipt_again))
}

#[derive(Template)]
#[template(path = "public/ask.html")]
struct AskPage {
    chrome: Chrome,
    problems: Problems,
    typed: String,
    unknown: bool,
}

#[derive(Template)]
#[template(path = "public/status.html")]
struct StatusPage {
    chrome: Chrome,
    heading: &'static str,
    number: Option<String>,
    sentence: &'static str,
    stops: Vec<Stop>,
    next: Option<Next>,
    opened: String,
    put_off: Option<String>,
    facts: Vec<Fact>,
    announcements: Vec<Announcement>,
    code: String,
    conversation: Conversation,
    form: MessageForm,
    sent: bool,
    office: String,
    office_address: String,
}

async fn ask() -> Result<Response, PageError> {
    form(StatusCode::OK, AskPage::new())
}

impl AskPage {
    fn new() -> AskPage {
        AskPage { chrome: Chrome::public(), problems: Problems::default(), typed: String::new(), unknown: false }
    }
}

fn form(status: StatusCode, page: AskPage) -> Result<Response, PageError> {
    html(status, &page)
}

/// What was typed, when it is no code: shown again with what is wrong.
fn mistyped(typed: &str, error: impl std::fmt::Display) -> Result<Response, PageError> {
    let mut page = AskPage::new();
    page.problems.add("kode", error.to_string());
    page.typed = typed.chars().take(100).collect();
    form(StatusCode::UNPROCESSABLE_ENTITY, page)
}

async fn look_up(State(app): State<App>, request: Request) -> Result<Response, PageError> {
    let typed = FormData::read(&app, request).await?.get("kode");
    match typed.parse::<TrackingCode>() {
        Ok(code) => Ok(Redirect::to(&format!("/s/{}", code.compact())).into_response()),
        Err(error) => mistyped(&typed, error),
    }
}

/// The status. A code is looked up by its digest: finding one and finding none is the same work,
/// and no part of a wrong guess tells anything about a right one.
async fn status(
    State(app): State<App>,
    Path(typed): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let code: TrackingCode = match typed.parse() {
        Ok(code) => code,
        Err(error) => return mistyped(&typed, error),
    };
    match app.store.conversation_by_code(&code.hash()).await? {
        Some(docket) => {
            let conversation = messages::read(&app, &docket).await?;
            let query = FormData::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
            let mut page = page(&app, &code, &docket, conversation, MessageForm::fresh(&app.limits)).await?;
            page.sent = query.get("terkirim") == "ya";
            ok(&page)
        }
        None => form(StatusCode::NOT_FOUND, AskPage { typed: code.to_string(), unknown: true, ..AskPage::new() }),
    }
}

/// The status with a form that can't be taken as it is: what was typed and sent stays.
///
/// # Errors
/// The store failed.
pub(super) async fn refuse(
    app: &App,
    code: &TrackingCode,
    docket: &Docket,
    form: MessageForm,
    status: StatusCode,
) -> Result<Response, PageError> {
    let conversation = messages::read(app, docket).await?;
    html(status, &page(app, code, docket, conversation, form).await?)
}

async fn page(
    app: &App,
    code: &TrackingCode,
    docket: &Docket,
    conversation: Conversation,
    form: MessageForm,
) -> Result<StatusPage, PageError> {
    let offices = app.store.offices().await?;
    let matter = &docket.matter;
    let here = named(&offices, &matter.office)?;
    Ok(StatusPage {
        chrome: Chrome::public(),
        heading: heading(matter),
        number: matter.number().map(str::to_owned),
        sentence: progress::sentence(matter.stage()),
        stops: progress::line(matter),
        next: receipt::next(app, docket, here),
        opened: long_moment(matter.opened),
        put_off: receipt::put_off(app, docket, named(&offices, &matter.home)?),
        facts: progress::facts(docket, &app.law, &offices),
        announcements: progress::announcements(docket),
        code: code.compact(),
        conversation,
        form,
        sent: false,
        office: here.name.clone(),
        office_address: here.address.clone(),
    })
}

#[derive(Template)]
#[template(path = "public/receipt_again.html")]
struct ReceiptAgainPage {
    chrome: Chrome,
    tip: bool,
    groups: Vec<String>,
    compact: String,
    status_address: String,
    qr: String,
    opened: String,
    put_off: Option<String>,
    number: Option<String>,
    office: String,
    office_address: String,
    /// How many files there are, and what proves each.
    digests: Vec<String>,
}

/// The receipt once more, for whoever has the code: when it came, under which number, and what proves the files.
async fn receipt_again(State(app): State<App>, Path(typed): Path<String>) -> Result<Response, PageError> {
    let code: TrackingCode = typed.parse().map_err(|_| PageError::NotFound)?;
    let docket = app.store.docket_by_code(&code.hash()).await?.ok_or(PageError::NotFound)?;
    let offices = app.store.offices().await?;
    let matter = &docket.matter;
    let office = named(&offices, &matter.home)?;
    let status_address = format!("{}/s/{}", app.base_url, code.compact());
    ok(&ReceiptAgainPage {
        chrome: Chrome::public(),
        tip: matter.origin != Origin::Report,
        groups: code.groups(),
        compact: code.compact(),
        qr: receipt::qr(&status_address),
        status_address,
        opened: long_moment(matter.opened),
        put_off: receipt::put_off(&app, &docket, office),
        number: matter.report_number.clone(),
        office: office.name.clone(),
        office_address: office.address.clone(),
        digests: matter.exhibits.iter().map(|exhibit| exhibit.sha256.clone()).collect(),
    })
}

fn named<'a>(offices: &'a [Office], id: &OfficeId) -> Result<&'a Office, PageError> {
    offices.iter().find(|o| o.id == *id).ok_or_else(|| {
        tracing::error!(office = %id, "a matter belongs to an office that is not in the store");
        PageError::Internal
    })
}

fn heading(matter: &Matter) -> &'static str {
    match matter.origin {
        Origin::Report => "Status laporan Anda",
        Origin::Information | Origin::Prevention => "Status informasi Anda",
    }
}
