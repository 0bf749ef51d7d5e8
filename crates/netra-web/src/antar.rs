//! Bundles from other servers: `/antar`, for programs and without a session.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /antar`, a signed waybill | how far the file has come, and under which `upload` its bytes go on |
//! | `PATCH /antar/FINGERPRINT/UPLOAD`, `Upload-Offset`, bytes | how far it has come now |
//! | `GET /antar/FINGERPRINT/tanda-terima` | how far it has come, why it was refused, and the receipts for it |
//!
//! Every answer is JSON with a `state`: `coming` with an `offset`, `whole` while it waits to be checked, `taken` with
//! `receipts`, or `refused` with a `fault` and the reason. A request that is refused tells whether it is worth trying again.
//!
//! **Invariants.**
//! - Nothing is believed here but the signature of the waybill. Whoever runs the server checks the bundle when it is whole;
//!   until then it is bytes among the files that are still coming in.
//! - Senders whom the trust directory does not vouch for send little, and few at a time.
//! - Asked again, the answer for a bundle is the same.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use futures_util::StreamExt as _;
use netra_law::time::Zone;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::waybill::Waybill;
use netra_store::{
    Announced, ArrivalRow, ArrivalState, BundleStoreError, Office, SenderTrust, StoreError, UploadError, UploadId,
    office_of_ledger,
};
use serde_json::{Value, json};

use crate::app::App;
use crate::error::chain;
use crate::pieces::LARGEST_PIECE;

/// Most bytes of a waybill.
const WAYBILL: usize = 16 << 10;
/// Most bytes of a file of a sender whose key is not known.
const STRANGERS_FILE: u64 = 64 << 20;
/// Most files of such senders that are on their way, and most bytes of all of them.
const STRANGERS: (u64, u64) = (20, 512 << 20);
/// Bytes that a file must leave on the disk for everybody else.
const RESERVE: u64 = 1 << 30;
/// Requests of a kind within a minute, of all senders together.
const ANNOUNCEMENTS: u32 = 60;
const OTHERS: u32 = 3000;

pub fn routes() -> Router<App> {
    let door = Arc::new(Door::default());
    Router::new()
        .route("/antar", post(announce))
        .route("/antar/{id}/tanda-terima", get(tell))
        .route("/antar/{id}/{upload}", patch(add))
        .layer(Extension(door))
}

/// How many requests came within the current minute.
#[derive(Default)]
struct Door(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    minute: i64,
    announcements: u32,
    others: u32,
}

impl Door {
    fn count(&self, app: &App, of: impl Fn(&mut Counts) -> &mut u32, limit: u32) -> Result<(), Refused> {
        let minute = app.clock.now().as_second() / 60;
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.minute != minute {
            *counts = Counts { minute, ..Counts::default() };
        }
        let count = of(&mut counts);
        *count = count.saturating_add(1);
        if *count <= limit { Ok(()) } else { Err(Refused::later(StatusCode::TOO_MANY_REQUESTS, "busy", BUSY)) }
    }
}

const BUSY: &str = "Terlalu banyak kiriman sekaligus. Coba lagi sebentar.";

/// A request that is refused.
struct Refused {
    status: StatusCode,
    fault: &'static str,
    why: String,
    /// Whether trying again is of no use.
    is_final: bool,
    offset: Option<u64>,
}

impl Refused {
    /// Trying again may help.
    fn later(status: StatusCode, fault: &'static str, why: impl Into<String>) -> Refused {
        Refused { status, fault, why: why.into(), is_final: false, offset: None }
    }

    /// It will never be taken.
    fn for_good(status: StatusCode, fault: &'static str, why: impl Into<String>) -> Refused {
        Refused { is_final: true, ..Refused::later(status, fault, why) }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Refused {
        tracing::error!(error = %chain(&error), "a bundle could not be taken from the network");
        Refused::later(StatusCode::INTERNAL_SERVER_ERROR, "trouble", "Server penerima terganggu.")
    }
}

impl From<UploadError> for Refused {
    fn from(error: UploadError) -> Refused {
        match error {
            UploadError::Unknown => Refused::later(StatusCode::NOT_FOUND, "unknown", "Umumkan bundelnya lagi."),
            UploadError::Offset { length } => {
                let words = "Lanjutkan dari bita yang sudah diterima.";
                Refused { offset: Some(length), ..Refused::later(StatusCode::CONFLICT, "offset", words) }
            }
            UploadError::Busy => Refused::later(StatusCode::LOCKED, "busy", BUSY),
            UploadError::TooLarge { .. } => too_large(),
            UploadError::Store(error) => error.into(),
        }
    }
}

fn too_large() -> Refused {
    Refused::for_good(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Bundel melebihi batas server penerima.")
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "fault": self.fault, "why": self.why, "final": self.is_final, "offset": self.offset });
        answered(self.status, &body)
    }
}

fn answered(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

/// To whom an upload of this bundle belongs.
fn owner(fingerprint: Fingerprint) -> String {
    format!("antar/{fingerprint}")
}

async fn announce(
    State(app): State<App>,
    Extension(door): Extension<Arc<Door>>,
    request: Request,
) -> Result<Response, Refused> {
    door.count(&app, |counts| &mut counts.announcements, ANNOUNCEMENTS)?;
    let unreadable = || Refused::for_good(StatusCode::BAD_REQUEST, "waybill", "Surat jalan bundel tidak terbaca.");
    let bytes = axum::body::to_bytes(request.into_body(), WAYBILL).await.map_err(|_| unreadable())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable())?;
    let waybill = Waybill::open(text).map_err(|fault| {
        tracing::info!(%fault, "a waybill was refused");
        Refused::for_good(StatusCode::BAD_REQUEST, "waybill", "Tanda tangan surat jalan bundel tidak cocok.")
    })?;
    let office = receiver(&app, &waybill).await?;
    if app.store.inbox_item(&office.id, waybill.bundle).await?.is_some() {
        return told(&app, waybill.bundle).await;
    }
    let trust = trust(&app, &waybill).await?;
    require_room(&app, &waybill, trust).await?;
    let upload = app.store.begin_upload(&owner(waybill.bundle), "").await?;
    let now = app.clock.now().as_second();
    let row = ArrivalRow::new(&waybill, office.id, trust, upload.clone(), now);
    match app.store.announce_arrival(&row).await? {
        Announced::New(before) => {
            if let Some(before) = before {
                app.store.drop_upload(&before).await?;
            }
        }
        Announced::Known(known) => {
            app.store.drop_upload(&upload).await?;
            if known.state == ArrivalState::Coming {
                again(&app, &known, now).await?;
            }
        }
        Announced::Taken => {
            app.store.drop_upload(&upload).await?;
            let words = "Bundel ini sudah diumumkan dengan kunci lain.";
            return Err(Refused::for_good(StatusCode::CONFLICT, "announced", words));
        }
    }
    // Only whoever holds the key that signed learns under which name the bytes go on.
    let mut body = standing(&app, waybill.bundle).await?;
    let row = app.store.arrival(waybill.bundle).await?.filter(|row| row.state == ArrivalState::Coming);
    if let (Some(row), Some(map)) = (row, body.as_object_mut()) {
        map.insert("upload".to_owned(), row.upload.to_string().into());
    }
    Ok(answered(StatusCode::OK, &body))
}

/// An upload that was swept away meanwhile begins again.
async fn again(app: &App, known: &ArrivalRow, now: i64) -> Result<(), Refused> {
    if !matches!(app.store.upload_length(&known.upload).await, Err(UploadError::Unknown)) {
        return Ok(());
    }
    app.store.end_arrival(known.fingerprint).await?;
    let upload = app.store.begin_upload(&owner(known.fingerprint), "").await?;
    let fresh = ArrivalRow { upload, announced: now, ..known.clone() };
    app.store.announce_arrival(&fresh).await?;
    Ok(())
}

/// The office of this server for which the bundle is.
async fn receiver(app: &App, waybill: &Waybill) -> Result<Office, Refused> {
    let id = office_of_ledger(waybill.to.as_str());
    let office = match id {
        Some(id) => app.store.office(&id).await?,
        None => None,
    };
    office.ok_or_else(|| {
        let words = format!("Bundel ini untuk {}, bukan untuk kantor pada server ini.", waybill.to);
        Refused::for_good(StatusCode::NOT_FOUND, "wrong-receiver", words)
    })
}

/// Whether the directory vouches for the sender's key now.
async fn trust(app: &App, waybill: &Waybill) -> Result<SenderTrust, Refused> {
    let directory = match app.store.trust_directory().await {
        Ok(directory) => directory,
        Err(BundleStoreError::Store(error)) => return Err(error.into()),
        Err(other) => {
            tracing::error!(error = %chain(&other), "the trust directory could not be read");
            None
        }
    };
    let now = app.now(Zone::Wib).instant();
    let known = directory.is_some_and(|directory| directory.look_up(&waybill.key, now).is_ok());
    Ok(if known { SenderTrust::Known } else { SenderTrust::Stranger })
}

async fn require_room(app: &App, waybill: &Waybill, trust: SenderTrust) -> Result<(), Refused> {
    let limit = match trust {
        SenderTrust::Known => app.limits.form,
        SenderTrust::Stranger => STRANGERS_FILE.min(app.limits.form),
    };
    if waybill.size == 0 || waybill.size > limit {
        return Err(too_large());
    }
    if trust == SenderTrust::Stranger && app.store.arrival(waybill.bundle).await?.is_none() {
        let (files, bytes) = app.store.arrivals_of_strangers().await?;
        if files >= STRANGERS.0 || bytes.saturating_add(waybill.size) > STRANGERS.1 {
            return Err(Refused::later(StatusCode::TOO_MANY_REQUESTS, "busy", BUSY));
        }
    }
    if app.store.free_space().await?.is_some_and(|free| free < waybill.size.saturating_add(RESERVE)) {
        tracing::error!("a bundle was refused: the disk has no room for it");
        let words = "Ruang penyimpanan server penerima tidak cukup.";
        return Err(Refused::later(StatusCode::INSUFFICIENT_STORAGE, "no-room", words));
    }
    Ok(())
}

async fn add(
    State(app): State<App>,
    Extension(door): Extension<Arc<Door>>,
    Path((id, upload)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refused> {
    door.count(&app, |counts| &mut counts.others, OTHERS)?;
    let fingerprint: Fingerprint = id.parse().map_err(|_| unknown())?;
    let upload: UploadId = upload.parse()?;
    let row = app.store.arrival(fingerprint).await?.filter(|row| row.upload == upload).ok_or_else(unknown)?;
    if row.state != ArrivalState::Coming {
        return told(&app, fingerprint).await;
    }
    let mut offset = offset(request.headers())?;
    let there = app.store.upload_length(&upload).await?;
    if there != offset {
        return Err(UploadError::Offset { length: there }.into());
    }
    let end = offset.saturating_add(LARGEST_PIECE.min(row.size.saturating_sub(offset)));
    let mut body = request.into_body().into_data_stream();
    while let Some(bytes) = body.next().await {
        let cut_off = || Refused::later(StatusCode::BAD_REQUEST, "cut-off", "Kiriman terputus.");
        let bytes = bytes.map_err(|_| cut_off())?;
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if offset.saturating_add(more) > end {
            return Err(too_large());
        }
        offset = app.store.append_upload(&upload, offset, bytes).await?;
    }
    if offset == row.size {
        app.store.arrival_is(fingerprint, &ArrivalState::Whole).await?;
    }
    told(&app, fingerprint).await
}

fn offset(headers: &HeaderMap) -> Result<u64, Refused> {
    let text = headers.get("upload-offset").and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.parse()
        .map_err(|_| Refused::for_good(StatusCode::BAD_REQUEST, "offset", "Kirim Upload-Offset sebagai bilangan."))
}

fn unknown() -> Refused {
    Refused::later(StatusCode::NOT_FOUND, "unknown", "Bundel ini belum diumumkan.")
}

async fn tell(
    State(app): State<App>,
    Extension(door): Extension<Arc<Door>>,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    door.count(&app, |counts| &mut counts.others, OTHERS)?;
    let fingerprint: Fingerprint = id.parse().map_err(|_| unknown())?;
    told(&app, fingerprint).await
}

async fn told(app: &App, fingerprint: Fingerprint) -> Result<Response, Refused> {
    Ok(answered(StatusCode::OK, &standing(app, fingerprint).await?))
}

/// How far a bundle has come.
async fn standing(app: &App, fingerprint: Fingerprint) -> Result<Value, Refused> {
    let receipts = app.store.given_receipts(fingerprint).await?;
    if !receipts.is_empty() {
        return Ok(json!({ "state": "taken", "receipts": receipts }));
    }
    let row = app.store.arrival(fingerprint).await?.ok_or_else(unknown)?;
    Ok(match row.state {
        ArrivalState::Coming => {
            let offset = app.store.upload_length(&row.upload).await?;
            json!({ "state": "coming", "offset": offset })
        }
        ArrivalState::Whole => json!({ "state": "whole" }),
        ArrivalState::Refused { fault, why } => json!({ "state": "refused", "fault": fault, "why": why }),
    })
}
