//! The small picture of an exhibit, and the copy of a picture that may be published.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use netra_evidence::picture::{Picture, PictureError, Written, public_copy};
use netra_evidence::{Digest, MediaType};
use netra_store::{CustodyKind, Touch};

use super::item::{Item, apart};
use crate::app::App;
use crate::desk::custody;
use crate::desk::paper::{NOTHING_RUNS, download};
use crate::desk::session::Officer;
use crate::error::PageError;
use crate::form::FormData;
use crate::policy::{self, Action};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/perkara/{id}/bukti/{no}/kecil", get(small))
        .route("/meja/perkara/{id}/bukti/{no}/salinan-publik", post(copy_for_public))
}

/// A small picture, written by this program: none of the sender's bytes are in it.
async fn small(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let item = Item::find(&app, &officer, &id, &no).await?;
    let bytes = item.picture_bytes(&app).await?;
    let made = apart(move || Picture::decode(&bytes).and_then(|picture| picture.thumbnail())).await?;
    let Written { bytes, media_type } = made.map_err(unseen)?;
    let looked = vec![Touch::new(item.exhibit.no, CustodyKind::Viewed)];
    custody::note(&app, &officer, item.matter().id, looked).await?;
    let headers: [(HeaderName, HeaderValue); 5] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type.essence())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(NOTHING_RUNS)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// A copy without position, device and person, handed out. Its points are those of the original.
async fn copy_for_public(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    let item = Item::find(&app, &officer, &id, &no).await?;
    if !policy::may_with_exhibit(officer.account.role, item.opened.relation, Action::CopyForPublic) {
        return Err(PageError::Forbidden);
    }
    officer.check_csrf(&FormData::read(&app, request).await?)?;
    let bytes = item.picture_bytes(&app).await?;
    let made = apart(move || public_copy(&bytes).map(|copy| (Digest::of(&copy.bytes), copy))).await?;
    let (digest, copy) = made.map_err(unseen)?;
    let touch = Touch::new(item.exhibit.no, CustodyKind::PublicCopy).with_detail(digest);
    custody::note(&app, &officer, item.matter().id, vec![touch]).await?;
    let name = format!("bukti-{:03}-salinan-publik.{}", item.exhibit.no.0, ending(copy.media_type));
    download("application/octet-stream", &name, copy.bytes)
}

/// The ending of a picture's name.
pub(super) fn ending(kind: MediaType) -> &'static str {
    match kind {
        MediaType::Jpeg => "jpg",
        MediaType::Png => "png",
        MediaType::Webp => "webp",
        _ => "bin",
    }
}

/// Why there is no picture, for the reader.
pub(super) fn unseen(error: PictureError) -> PageError {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    PageError::BadRequest(format!("{first}{}.", letters.as_str()))
}
