//! Large files in pieces, in the manner of the tus protocol 1.0 (creation, HEAD, PATCH): a lost connection costs
//! the last moments and not the file.
//!
//! | request | answer |
//! | --- | --- |
//! | POST, `Upload-Length`, `Upload-Metadata: filename …` | 201 with the upload's `Location` |
//! | HEAD | 200, `Upload-Offset`: so many bytes have come |
//! | PATCH, `Upload-Offset`, bytes | 204 with the new `Upload-Offset`; 200 with what became of it after the last |
//! | GET | 200 with what became of it, once all bytes have come |
//!
//! Desks and public pages bring their own addresses and say whose an upload is; another one's looks like none.
//! Refusals are plain words, because the page's script shows them.

mod answer;
mod request;

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use futures_util::StreamExt as _;
use netra_evidence::{EvidenceError, FileName, MediaType, size_text};
use netra_store::{Kept, UploadError, UploadId};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::PageError;
use crate::form::check_text;
use crate::page::Problems;
use crate::scan::{self, Scanned};

pub use answer::{Refused, became, length, went_on};

/// Bytes of one piece at most.
pub const LARGEST_PIECE: u64 = 16 << 20;
/// Bytes that a large file must leave on the disk for everybody else.
const RESERVE: u64 = 1 << 30;

/// What a form holds already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// Files.
    pub files: usize,
    /// Bytes of all of them.
    pub bytes: u64,
}

/// What was told when an upload was begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct About {
    name: String,
    length: u64,
    description: String,
}

/// A file that has come whole and lies in the blob store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// SHA-256, hex.
    pub sha256: String,
    /// Length in bytes.
    pub size: u64,
    /// True type by content.
    pub media_type: String,
    /// Name, made harmless.
    pub name: String,
    /// What it shows, as typed.
    pub description: String,
    /// Whether it was scanned as it should be.
    pub scanned: Scanned,
}

/// How far an upload has come after a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes are there.
    Under(u64),
    /// All are.
    Whole(Box<Whole>),
}

/// Begins an upload of an owner; its address is `base/ID`.
///
/// # Errors
/// The request is not one of the protocol, the file is empty or too large, there are too many, or the store
/// failed.
pub async fn begin(app: &App, headers: &HeaderMap, owner: &str, base: &str, held: Held) -> Result<Response, Refused> {
    request::require_protocol(headers)?;
    let length = request::number(headers, "upload-length")?;
    let name = FileName::clean(&request::told(headers, "filename"));
    let description = described(app, headers)?;
    require_size(app, &name, length)?;
    require_room(app, owner, length, held).await?;
    let about = About { name: name.to_string(), length, description };
    let json = serde_json::to_string(&about).map_err(|_| PageError::Internal)?;
    let id = app.store.begin_upload(owner, &json).await?;
    Ok(answer::begun(&format!("{base}/{id}")))
}

/// What the file shows, for forms that ask for it.
fn described(app: &App, headers: &HeaderMap) -> Result<String, Refused> {
    let text = request::told(headers, "keterangan").replace('\n', " ");
    let mut problems = Problems::default();
    check_text(&text, "keterangan", app.limits.line, &mut problems);
    match problems.of("keterangan") {
        Some(problem) => Err(Refused::new(StatusCode::BAD_REQUEST, format!("Keterangan berkas: {problem}"))),
        None => Ok(text),
    }
}

fn require_size(app: &App, name: &FileName, length: u64) -> Result<(), Refused> {
    let limit = app.limits.large_file;
    if length == 0 {
        let empty = EvidenceError::Empty { name: name.clone() };
        return Err(Refused::new(StatusCode::BAD_REQUEST, empty.to_string()));
    }
    if length > limit {
        let large = EvidenceError::TooLarge { name: name.clone(), size: length, limit };
        return Err(Refused::new(StatusCode::PAYLOAD_TOO_LARGE, large.to_string()));
    }
    Ok(())
}

/// Whether form and disk have room for one more file. Uploads that were given up count until they are swept away.
async fn require_room(app: &App, owner: &str, length: u64, held: Held) -> Result<(), Refused> {
    let mut bytes = held.bytes.saturating_add(length);
    let open = app.store.uploads_of(owner).await?;
    for id in &open {
        match about(app, id).await {
            Ok(about) => bytes = bytes.saturating_add(about.length),
            Err(refused) if refused.status() == StatusCode::NOT_FOUND => {}
            Err(refused) => return Err(refused),
        }
    }
    if held.files.saturating_add(open.len()) >= app.limits.files {
        let words = format!("Paling banyak {} berkas. Serahkan sisanya di kantor pengawas.", app.limits.files);
        return Err(Refused::new(StatusCode::PAYLOAD_TOO_LARGE, words));
    }
    if bytes > app.limits.form {
        let words = format!(
            "Semua berkas bersama melebihi batas {}. Serahkan sisanya di kantor pengawas, atau coba lagi besok bila ada pengiriman yang dibatalkan.",
            size_text(app.limits.form)
        );
        return Err(Refused::new(StatusCode::PAYLOAD_TOO_LARGE, words));
    }
    if app.store.free_space().await?.is_some_and(|free| free < length.saturating_add(RESERVE)) {
        tracing::error!("a large file was refused: the disk has no room for it");
        let words =
            "Ruang penyimpanan server tidak cukup untuk berkas ini. Coba lagi nanti, atau serahkan di kantor pengawas.";
        return Err(Refused::new(StatusCode::INSUFFICIENT_STORAGE, words));
    }
    Ok(())
}

/// How far an upload has come: its bytes, and how many there will be.
///
/// # Errors
/// The owner has no such upload, or the store failed.
pub async fn state(app: &App, headers: &HeaderMap, owner: &str, id: &str) -> Result<(u64, u64), Refused> {
    request::require_protocol(headers)?;
    let id = known(owner, id)?;
    let about = about(app, &id).await?;
    Ok((app.store.upload_length(&id).await?, about.length))
}

/// Adds the piece that a request brings, as it comes in: what came before a connection was lost is kept.
///
/// # Errors
/// The request is not one of the protocol, the owner has no such upload, the piece does not begin where the one
/// before ended, it is too large, it was cut off, or the store failed.
pub async fn add(app: &App, owner: &str, id: &str, request: Request) -> Result<Progress, Refused> {
    request::require_protocol(request.headers())?;
    request::require_bytes(request.headers())?;
    let mut offset = request::number(request.headers(), "upload-offset")?;
    let id = known(owner, id)?;
    let about = about(app, &id).await?;
    let there = app.store.upload_length(&id).await?;
    if there != offset {
        return Err(UploadError::Offset { length: there }.into());
    }
    let room = LARGEST_PIECE.min(about.length.saturating_sub(offset));
    if request::announced(request.headers()) > room {
        return Err(request::too_large());
    }
    let end = offset.saturating_add(room);
    let mut body = request.into_body().into_data_stream();
    while let Some(bytes) = body.next().await {
        let bytes = bytes.map_err(|_| request::cut_off())?;
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if offset.saturating_add(more) > end {
            return Err(request::too_large());
        }
        offset = app.store.append_upload(&id, offset, bytes).await?;
    }
    match offset == about.length {
        true => finish(app, &id, about).await.map(|whole| Progress::Whole(Box::new(whole))),
        false => Ok(Progress::Under(offset)),
    }
}

/// What has become of an upload, asked again after a lost answer.
///
/// # Errors
/// The owner has no such upload, bytes are missing, or the store failed.
pub async fn whole(app: &App, owner: &str, id: &str) -> Result<Whole, Refused> {
    let id = known(owner, id)?;
    let about = about(app, &id).await?;
    let length = app.store.upload_length(&id).await?;
    if length != about.length {
        return Err(UploadError::Offset { length }.into());
    }
    finish(app, &id, about).await
}

/// Another one's upload looks like none.
fn known(owner: &str, id: &str) -> Result<UploadId, Refused> {
    let id: UploadId = id.parse()?;
    if id.is_of(owner) { Ok(id) } else { Err(UploadError::Unknown.into()) }
}

async fn about(app: &App, id: &UploadId) -> Result<About, Refused> {
    let json = app.store.upload_about(id).await?;
    serde_json::from_str(&json).map_err(|_| UploadError::Unknown.into())
}

async fn finish(app: &App, id: &UploadId, about: About) -> Result<Whole, Refused> {
    let kept = app.store.finish_upload(id, app.limits.large_file).await?;
    let media_type = media_type(app, &kept).await?;
    let Kept { sha256, size, .. } = kept;
    let media_type = media_type.essence().to_owned();
    // Its bytes are in the store already; what is refused here never becomes an exhibit.
    let verdict = scan::blob(app, &sha256, size).await?.verdict(&about.name);
    let scanned = verdict.map_err(|words| Refused::new(StatusCode::UNPROCESSABLE_ENTITY, words))?;
    Ok(Whole { sha256, size, media_type, name: about.name, description: about.description, scanned })
}

/// The true type. What could have come with its form is looked at as if it had.
async fn media_type(app: &App, kept: &Kept) -> Result<MediaType, Refused> {
    if kept.size <= app.limits.file {
        return Ok(MediaType::detect(&app.store.get_blob(&kept.sha256).await?));
    }
    Ok(MediaType::detect(whole_letters(&kept.head)))
}

/// Bytes without the letter that their end cuts in two: text that was cut is still text.
fn whole_letters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.get(..error.valid_up_to()).unwrap_or(bytes),
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_was_cut_within_a_letter_is_still_text() {
        let text = "a\u{e9}".repeat(100);
        let cut = &text.as_bytes()[..text.len() - 1];
        assert_eq!(MediaType::detect(cut), MediaType::Unknown);
        assert_eq!(MediaType::detect(whole_letters(cut)), MediaType::Text);
        for bytes in [&b"\xFF\xD8\xFF"[..], b"", b"abc", b"\xFFabc"] {
            assert_eq!(whole_letters(bytes), bytes);
        }
    }
}
