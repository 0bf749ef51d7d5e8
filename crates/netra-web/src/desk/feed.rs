//! The calendar that an officer subscribes to on a telephone: clocks and hearings of the office, under a secret address.
//!
//! The address stands for the account: whoever has it reads subjects and numbers of the office's matters, so it is shown once,
//! can be changed and taken away, and names nobody: the dockets are read sealed.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use netra_docket::clocks::{ClockState, clocks};
use netra_docket::matter::{Answered, Matter};
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::time::{Moment, long_date};
use netra_store::{DeskQuery, Office, Privacy, Scope};

use super::session::{Officer, hash, new_token};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::ics::{self, Event, Occurs};
use crate::policy::{self, Action};

/// Matters whose clocks stand in a calendar: those with the nearest ones.
const MATTERS: u32 = 200;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/jadwal/alamat", post(make))
        .route("/meja/jadwal/alamat/hapus", post(take_away))
        .route("/kalender/{token}", get(give))
}

/// The path under which a calendar is served.
pub(super) fn path(token: &str) -> String {
    format!("/kalender/{token}.ics")
}

async fn make(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    allowed(&app, &officer, request).await?;
    let token = new_token();
    app.store.set_feed(officer.account.id, &hash(&token), app.clock.now().as_second()).await?;
    super::schedule::with_address(&app, &officer, &path(&token)).await
}

async fn take_away(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    allowed(&app, &officer, request).await?;
    app.store.delete_feed(officer.account.id).await?;
    Ok(Redirect::to("/meja/jadwal").into_response())
}

async fn allowed(app: &App, officer: &Officer, request: Request) -> Result<(), PageError> {
    let form = FormData::read(app, request).await?;
    officer.check_csrf(&form)?;
    officer.require(Action::SeeQueue)
}

/// The calendar itself. An address that was never given and one that was taken away look the same.
async fn give(State(app): State<App>, Path(file): Path<String>) -> Result<Response, PageError> {
    let token = file.strip_suffix(".ics").ok_or(PageError::NotFound)?;
    let account = app.store.account_by_feed(&hash(token)).await?.ok_or(PageError::NotFound)?;
    if !policy::may(account.role, Action::SeeQueue) {
        return Err(PageError::NotFound);
    }
    let office = app.store.office(&account.office).await?.ok_or(PageError::NotFound)?;
    let now = app.now(office.zone);
    let events = events(&app, &office, now).await?;
    let text = ics::calendar(&format!("Netra: {}", office.name), &events, now.instant());
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"jadwal.ics\""),
    ];
    Ok((headers, text).into_response())
}

async fn events(app: &App, office: &Office, now: Moment) -> Result<Vec<Event>, PageError> {
    let scope = Scope::new(office.id.clone(), Privacy::Sealed);
    let open = DeskQuery { limit: MATTERS, ..DeskQuery::default() };
    let mut list = Vec::new();
    for row in app.store.desk(&scope, &open).await?.rows {
        let Some(docket) = app.store.docket(&scope, row.matter).await? else { continue };
        list.extend(of_matter(&docket.matter, &app.law, &office.seat(), now));
    }
    Ok(list)
}

fn of_matter(matter: &Matter, law: &Law, seat: &Seat, now: Moment) -> Vec<Event> {
    let name = matter.number().unwrap_or("belum bernomor");
    let about = format!("{}\n{}", matter.subject_line, matter.stage().indonesian());
    let all = clocks(matter, law, seat, now);
    let mut list: Vec<Event> =
        all.states.iter().filter(|state| state.is_open()).map(|state| clock(state, matter, name, &about)).collect();
    let sessions = matter
        .invitations
        .iter()
        .filter(|i| i.answered == Answered::Open)
        .map(|i| (i.what.session, "Klarifikasi", i.what.person))
        .chain(
            (matter.discipline.summonses.iter())
                .filter(|s| s.answered == Answered::Open)
                .map(|s| (s.what.session, "Pemeriksaan", s.what.person)),
        );
    list.extend(sessions.map(|(at, what, person)| Event {
        uid: format!("{what}-{person}-{}-{}@netra", at.instant().as_second(), matter.id),
        occurs: Occurs::At(at.instant()),
        summary: format!("{what}: {name}"),
        description: about.clone(),
    }));
    list
}

fn clock(state: &ClockState<'_>, matter: &Matter, name: &str, about: &str) -> Event {
    let deadline = &state.deadline;
    let others = deadline.readings.iter().filter(|reading| reading.due_date != deadline.due_date);
    let mut description = format!("{about}\n{}", deadline.rule.basis.cite);
    for reading in others {
        description.push_str(&format!("\nBacaan lain: {}", long_date(reading.due_date)));
    }
    let person = state.person.map(|no| format!("-{no}")).unwrap_or_default();
    Event {
        uid: format!("{}{person}-{}@netra", state.id, matter.id),
        occurs: Occurs::Day(deadline.due_date),
        summary: format!("Batas: {} ({name})", state.title),
        description,
    }
}
