//! Large evidence of a report, in pieces: once a file is whole it stands in the form's list like any other.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::json;

use crate::app::App;
use crate::code::FormToken;
use crate::error::PageError;
use crate::pieces::{self, Held, Progress, Refused, Whole};
use crate::public::draft::{Answers, Attached, Found, find, keep};
use crate::public::evidence;
use crate::public::steps::too_many_files;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/lapor/{token}/unggah", post(begin)).route("/lapor/{token}/unggah/{id}", get(look).patch(add))
}

/// The form of an address, as long as it can be filled in.
async fn open(app: &App, token: &str) -> Result<(FormToken, Answers), Refused> {
    match find(app, token).await? {
        Found::Open(token, answers) => Ok((token, *answers)),
        Found::Sent(_) => Err(Refused::new(
            StatusCode::GONE,
            "Laporan ini sudah dikirim. Serahkan berkas tambahan di kantor pengawas, atau buat laporan baru.",
        )),
    }
}

/// The owner of what is sent to this form.
fn owner(token: &FormToken) -> String {
    format!("form {}", token.hash())
}

async fn begin(State(app): State<App>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, Refused> {
    let (token, answers) = open(&app, &token).await?;
    let bytes = answers.files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size));
    let held = Held { files: answers.files.len(), bytes };
    pieces::begin(&app, &headers, &owner(&token), &format!("/lapor/{token}/unggah"), held).await
}

/// How far it has come (HEAD), or what has become of it (GET).
async fn look(
    State(app): State<App>,
    Path((token, id)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (token, _) = open(&app, &token).await?;
    if method == Method::HEAD {
        let (offset, length) = pieces::state(&app, &headers, &owner(&token), &id).await?;
        return Ok(pieces::length(offset, length));
    }
    let whole = pieces::whole(&app, &owner(&token), &id).await?;
    attach(&app, &token, whole).await
}

async fn add(
    State(app): State<App>,
    Path((token, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refused> {
    let (token, _) = open(&app, &token).await?;
    match pieces::add(&app, &owner(&token), &id, request).await? {
        Progress::Under(offset) => Ok(pieces::went_on(offset)),
        Progress::Whole(whole) => attach(&app, &token, *whole).await,
    }
}

/// Puts a file into the form's list. The form is read again: it may have been changed while the file came in.
async fn attach(app: &App, token: &FormToken, whole: Whole) -> Result<Response, Refused> {
    let (token, mut answers) = open(app, &token.to_string()).await?;
    let Whole { sha256, size, media_type, name, description, scanned } = whole;
    evidence::add(&mut answers, Attached { sha256, size, media_type, name: name.clone(), description, scanned });
    if answers.files.len() > app.limits.files {
        return Err(PageError::TooLarge(too_many_files(&app.limits)).into());
    }
    keep(app, &token, &answers).await?;
    Ok(pieces::became(size, &json!({ "name": name, "size": size })))
}
