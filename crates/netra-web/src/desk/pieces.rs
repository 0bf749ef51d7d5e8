//! Large exhibits of a step, in pieces before its form: what comes of them is a value for the form's hidden field.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::json;

use super::session::Officer;
use super::uploads::{Upload, Uploads};
use crate::app::App;
use crate::error::PageError;
use crate::pieces::{self, Held, Progress, Refused, Whole};
use crate::policy::Action;

/// Where uploads are begun; each has its id behind it.
const BASE: &str = "/meja/unggah";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/unggah", post(begin)).route("/meja/unggah/{id}", get(look).patch(add))
}

/// The owner of what this officer sends: the account, so that it can be gone on with after logging in again.
fn owner(officer: &Officer, headers: &HeaderMap) -> Result<String, PageError> {
    officer.require(Action::SeePrivate)?;
    officer.check_csrf_header(headers)?;
    Ok(format!("officer {}", officer.account.id))
}

async fn begin(State(app): State<App>, officer: Officer, headers: HeaderMap) -> Result<Response, Refused> {
    let owner = owner(&officer, &headers)?;
    pieces::begin(&app, &headers, &owner, BASE, Held::default()).await
}

/// How far it has come (HEAD), or what has become of it (GET).
async fn look(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let owner = owner(&officer, &headers)?;
    if method == Method::HEAD {
        let (offset, length) = pieces::state(&app, &headers, &owner, &id).await?;
        return Ok(pieces::length(offset, length));
    }
    Ok(kept(&app, pieces::whole(&app, &owner, &id).await?))
}

async fn add(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let owner = owner(&officer, request.headers())?;
    match pieces::add(&app, &owner, &id, request).await? {
        Progress::Under(offset) => Ok(pieces::went_on(offset)),
        Progress::Whole(whole) => Ok(kept(&app, *whole)),
    }
}

/// The value for the hidden field, which only this server can make.
fn kept(app: &App, whole: Whole) -> Response {
    let Whole { sha256, size, media_type, name, scanned, .. } = whole;
    let file = Upload { sha256, size, media_type, name: name.clone(), scanned };
    let sealed = Uploads { files: vec![file] }.sealed(&app.secret);
    pieces::became(size, &json!({ "kept": sealed, "name": name, "size": size }))
}
