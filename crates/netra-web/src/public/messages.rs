//! Writing to the office with the tracking code: a message, more evidence, or what the office asked to be completed.
//!
//! Whoever has the code may write, as with the status; nothing is shown that was not written for the other side. What comes
//! is an act of the docket, recorded once however often its form is sent.

use std::ops::ControlFlow;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::SignedDuration;
use netra_docket::act::{Act, Exhibit, RepairReceived, ReporterWrote};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{ActId, ExhibitNo};
use netra_docket::matter::Matter;
use netra_docket::messages::{Message, Side, messages, unread};
use netra_docket::person::Capacity;
use netra_docket::steps::{Offer, StepKind, offer};
use netra_evidence::size_text;
use netra_law::time::{Moment, long_moment};
use netra_store::{Docket, MessageReader, NewAct, Office, Privacy, RecordError, Recording, Scope};
use serde_json::json;

use crate::app::{App, Limits};
use crate::code::TrackingCode;
use crate::desk::custody;
use crate::desk::uploads::{self, Upload, Uploads};
use crate::error::PageError;
use crate::form::{FormData, check_text};
use crate::page::Problems;
use crate::pieces::{self, Held, Progress, Refused, Whole};
use crate::random;

/// The field that tells one press of the button from another.
const PRESS: &str = "kiriman";
/// The value of the button that completes a report.
const REPAIR: &str = "perbaikan";
/// What is said to whoever wrote as often as one may in a day.
const TOO_MANY: &str =
    "Pesan dari kode ini sudah terlalu banyak dalam sehari. Kirim lagi besok, atau datang ke kantor pengawas.";
/// How often recording is tried when somebody else acts at the same moment.
const TRIES: usize = 5;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/s/{code}/pesan", get(back).post(send))
        .route("/s/{code}/unggah", post(begin))
        .route("/s/{code}/unggah/{id}", get(look).patch(add))
}

/// The conversation as whoever has the code sees it, and the form to go on with it.
#[derive(Debug)]
pub(super) struct Conversation {
    /// The messages, oldest first.
    pub(super) messages: Vec<MessageView>,
    /// How many of the office's messages are new.
    pub(super) unread: usize,
    /// Whether the office waits for something to be completed.
    pub(super) repair: bool,
    /// Up to which act there are messages.
    last: u32,
}

/// A message.
#[derive(Debug)]
pub(super) struct MessageView {
    /// Who wrote.
    pub(super) from: &'static str,
    /// When.
    pub(super) at: String,
    /// What.
    pub(super) text: String,
    /// How many files came with it.
    pub(super) exhibits: usize,
    /// Whether the reader has not seen it before.
    pub(super) new: bool,
}

/// The form.
#[derive(Debug, Default)]
pub(super) struct MessageForm {
    /// What is wrong with it.
    pub(super) problems: Problems,
    /// What was typed.
    pub(super) typed: String,
    /// What came with it already.
    pub(super) kept: Uploads,
    /// The same for the hidden field.
    pub(super) kept_field: String,
    /// Tells one press of the button from another.
    pub(super) press: String,
    /// The largest file that comes with the form.
    pub(super) largest: String,
    /// The largest file that comes in pieces.
    pub(super) largest_in_pieces: String,
}

impl MessageForm {
    /// An empty form.
    pub(super) fn fresh(limits: &Limits) -> MessageForm {
        MessageForm {
            press: random::hex(&random::bytes::<16>()),
            largest: size_text(limits.file),
            largest_in_pieces: size_text(limits.large_file),
            ..MessageForm::default()
        }
    }
}

/// Reads the conversation behind a code, and notes that it has been seen.
///
/// # Errors
/// The store failed.
pub(super) async fn read(app: &App, docket: &Docket) -> Result<Conversation, PageError> {
    let matter = &docket.matter;
    let seen = app.store.read_mark(matter.id, MessageReader::Code).await?;
    let conversation = conversation(docket, seen);
    if conversation.last > seen {
        app.store.set_read_mark(matter.id, MessageReader::Code, conversation.last).await?;
    }
    Ok(conversation)
}

fn conversation(docket: &Docket, seen: u32) -> Conversation {
    let list = messages(&docket.entries).unwrap_or_default();
    Conversation {
        unread: unread(&list, Side::Reporter, seen),
        last: list.last().map_or(0, |message| message.n),
        messages: list.iter().map(|message| message_view(message, seen)).collect(),
        repair: asks_repair(&docket.matter),
    }
}

fn message_view(message: &Message<'_>, seen: u32) -> MessageView {
    MessageView {
        from: match message.from {
            Side::Reporter => "Anda",
            Side::Office => "Kantor pengawas",
        },
        at: long_moment(message.at),
        text: message.text.open().cloned().unwrap_or_else(|| "Isi pesan ini tidak ada lagi.".to_owned()),
        exhibits: message.exhibits,
        new: message.from == Side::Office && message.n > seen,
    }
}

fn asks_repair(matter: &Matter) -> bool {
    offer(matter, StepKind::ReceiveRepair) == Offer::Ready
}

/// Opened as a page, by reloading after a lost answer.
async fn back(Path(typed): Path<String>) -> Result<Response, PageError> {
    let code: TrackingCode = typed.parse().map_err(|_| PageError::NotFound)?;
    Ok(Redirect::to(&format!("/s/{}", code.compact())).into_response())
}

/// The code and what stands behind it.
async fn behind(app: &App, typed: &str) -> Result<(TrackingCode, Docket), PageError> {
    let code: TrackingCode = typed.parse().map_err(|_| PageError::NotFound)?;
    let docket = app.store.conversation_by_code(&code.hash()).await?.ok_or(PageError::NotFound)?;
    Ok((code, docket))
}

async fn send(State(app): State<App>, Path(typed): Path<String>, request: Request) -> Result<Response, PageError> {
    // Read first: an answer to a request that was not read to its end costs the connection.
    let form = FormData::read(&app, request).await?;
    let (code, docket) = behind(&app, &typed).await?;
    let sent = || Redirect::to(&format!("/s/{}?terkirim=ya", code.compact())).into_response();
    let id = act_id(&app, &code, &form.get(PRESS))?;
    if docket.entries.iter().any(|entry| entry.id == id) {
        return Ok(sent());
    }
    let office = handler(&app, &docket).await?;
    let now = app.now(office.zone);
    let (mut problems, mut status) = (Problems::default(), StatusCode::UNPROCESSABLE_ENTITY);
    let text = form.get("pesan");
    let kept = if writes_too_much(&docket.entries, now, &app.limits) {
        status = StatusCode::TOO_MANY_REQUESTS;
        problems.add("pesan", TOO_MANY);
        Uploads::default()
    } else {
        uploads::receive(&app, &form, &mut problems).await?
    };
    check_text(&text, "pesan", app.limits.long_text, &mut problems);
    if text.is_empty() && kept.files.is_empty() {
        problems.add("pesan", "Tulis pesan Anda, atau pilih berkas yang dikirim.");
    }
    if !problems.is_empty() {
        let shown = MessageForm {
            problems,
            typed: text,
            kept_field: kept.sealed(&app.secret),
            kept,
            press: form.get(PRESS),
            ..MessageForm::fresh(&app.limits)
        };
        return super::status::refuse(&app, &code, &docket, shown, status).await;
    }
    let repairs = form.get("jenis") == REPAIR;
    record(&app, &code, id, &Sent { text, kept, repairs, now }).await?;
    Ok(sent())
}

/// What was sent.
struct Sent {
    text: String,
    kept: Uploads,
    repairs: bool,
    now: Moment,
}

/// The id of the act that a press of the button becomes: the same press is the same act.
fn act_id(app: &App, code: &TrackingCode, press: &str) -> Result<ActId, PageError> {
    if press.len() != 32 || !press.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(PageError::FormExpired);
    }
    let told = format!("{}{press}", code.hash());
    let derived = app.secret.derive("netra message v1", told.as_bytes());
    let bits = derived.iter().take(16).fold(0_u128, |value, byte| (value << 8) | u128::from(*byte));
    Ok(ActId::new(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()))
}

async fn handler(app: &App, docket: &Docket) -> Result<Office, PageError> {
    app.store.office(&docket.matter.office).await?.ok_or_else(|| {
        tracing::error!(office = %docket.matter.office, "a matter belongs to an office that is not in the store");
        PageError::Internal
    })
}

/// What the public wrote within the last day, the report itself left out.
fn written_lately(entries: &[Entry], now: Moment) -> impl Iterator<Item = &Entry> {
    let day = SignedDuration::from_hours(24).as_secs();
    let since = now.instant().as_second().saturating_sub(day);
    entries
        .iter()
        .skip(1)
        .filter(move |entry| entry.by == Actor::Public && entry.recorded.instant().as_second() > since)
}

fn writes_too_much(entries: &[Entry], now: Moment, limits: &Limits) -> bool {
    written_lately(entries, now).count() >= limits.messages
}

/// Bytes of evidence that came with a code within the last day.
fn bytes_lately(entries: &[Entry], now: Moment) -> u64 {
    let exhibits = written_lately(entries, now).flat_map(|entry| match &entry.what {
        Act::ReporterWrote(wrote) => wrote.exhibits.as_slice(),
        Act::RepairReceived(brought) => brought.exhibits.as_slice(),
        _ => &[],
    });
    exhibits.fold(0, |sum, exhibit| sum.saturating_add(exhibit.size))
}

/// Records what was sent on top of the docket as it is by now: what officers do meanwhile does not hinder a message.
async fn record(app: &App, code: &TrackingCode, id: ActId, sent: &Sent) -> Result<(), PageError> {
    for _ in 0..TRIES {
        if try_record(app, code, id, sent).await? == ControlFlow::Break(()) {
            return Ok(());
        }
    }
    Err(PageError::Moved)
}

async fn try_record(app: &App, code: &TrackingCode, id: ActId, sent: &Sent) -> Result<ControlFlow<()>, PageError> {
    let docket = app.store.conversation_by_code(&code.hash()).await?.ok_or(PageError::NotFound)?;
    if docket.entries.iter().any(|entry| entry.id == id) {
        return Ok(ControlFlow::Break(()));
    }
    let matter = &docket.matter;
    let first = matter.next_exhibit();
    let recording = Recording {
        matter: matter.id,
        home: matter.home.clone(),
        expected: matter.length,
        by: Actor::Public,
        recorded: sent.now,
        acts: vec![NewAct { id, at: sent.now, what: act(matter, sent, sent.kept.exhibits(first)) }],
        receipt: None,
    };
    match app.store.record(recording).await {
        Ok(_) => {
            note_unscanned(app, matter, sent, first).await;
            Ok(ControlFlow::Break(()))
        }
        Err(RecordError::Moved) => Ok(ControlFlow::Continue(())),
        Err(other) => Err(other.into()),
    }
}

/// The act: what was asked to be completed, as long as it is asked; a message otherwise, so that nothing is lost.
fn act(matter: &Matter, sent: &Sent, exhibits: Vec<Exhibit>) -> Act {
    let text = sent.text.clone().into();
    if sent.repairs && asks_repair(matter) {
        return Act::RepairReceived(RepairReceived { note: text, exhibits, persons: Vec::new() });
    }
    let reporter = matter.persons.iter().find(|person| person.capacity == Capacity::Reporter);
    Act::ReporterWrote(ReporterWrote { person: reporter.map(|person| person.no), text, exhibits })
}

async fn note_unscanned(app: &App, matter: &Matter, sent: &Sent, first: ExhibitNo) {
    let scope = Scope::new(matter.home.clone(), Privacy::Sealed);
    custody::note_unscanned(app, &scope, matter.id, sent.now, sent.kept.unscanned(first)).await;
}

/// The owner of what is sent with this code.
fn owner(code: &TrackingCode) -> String {
    format!("code {}", code.hash())
}

async fn begin(State(app): State<App>, Path(typed): Path<String>, headers: HeaderMap) -> Result<Response, Refused> {
    let (code, docket) = behind(&app, &typed).await?;
    let now = app.now(handler(&app, &docket).await?.zone);
    let held = Held { files: 0, bytes: bytes_lately(&docket.entries, now) };
    pieces::begin(&app, &headers, &owner(&code), &format!("/s/{}/unggah", code.compact()), held).await
}

/// How far it has come (HEAD), or what has become of it (GET).
async fn look(
    State(app): State<App>,
    Path((typed, id)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (code, _) = behind(&app, &typed).await?;
    if method == Method::HEAD {
        let (offset, length) = pieces::state(&app, &headers, &owner(&code), &id).await?;
        return Ok(pieces::length(offset, length));
    }
    Ok(whole(&app, pieces::whole(&app, &owner(&code), &id).await?))
}

async fn add(
    State(app): State<App>,
    Path((typed, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refused> {
    let (code, _) = behind(&app, &typed).await?;
    match pieces::add(&app, &owner(&code), &id, request).await? {
        Progress::Under(offset) => Ok(pieces::went_on(offset)),
        Progress::Whole(file) => Ok(whole(&app, *file)),
    }
}

/// The value for the hidden field, which only this server can make.
fn whole(app: &App, file: Whole) -> Response {
    let Whole { sha256, size, media_type, name, scanned, .. } = file;
    let upload = Upload { sha256, size, media_type, name: name.clone(), scanned };
    let sealed = Uploads { files: vec![upload] }.sealed(&app.secret);
    pieces::became(size, &json!({ "kept": sealed, "name": name, "size": size }))
}
