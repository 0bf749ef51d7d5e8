//! What the protocol answers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use netra_store::{StoreError, UploadError};
use serde_json::Value;

use super::request::VERSION;
use crate::error::PageError;

/// The headers that tell how many bytes there are, and how many there will be.
const OFFSET: &str = "upload-offset";
const LENGTH: &str = "upload-length";

/// A request that was refused, in words for the person who sends the file.
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    words: String,
    /// From where to go on.
    offset: Option<u64>,
}

impl Refused {
    /// A refusal.
    pub fn new(status: StatusCode, words: impl Into<String>) -> Refused {
        Refused { status, words: words.into(), offset: None }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<PageError> for Refused {
    fn from(error: PageError) -> Refused {
        let (status, words) = error.plain();
        Refused::new(status, words)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Refused {
        PageError::from(error).into()
    }
}

impl From<UploadError> for Refused {
    fn from(error: UploadError) -> Refused {
        match error {
            UploadError::Unknown => {
                let words = "Pengiriman ini tidak ada, atau sudah lewat waktunya. Pilih berkasnya lagi.";
                Refused::new(StatusCode::NOT_FOUND, words)
            }
            UploadError::Offset { length } => {
                let words = format!("Yang sudah diterima {length} bita. Lanjutkan dari situ.");
                Refused { offset: Some(length), ..Refused::new(StatusCode::CONFLICT, words) }
            }
            UploadError::Busy => {
                Refused::new(StatusCode::LOCKED, "Berkas ini sedang diproses. Tunggu sebentar, lalu coba lagi.")
            }
            UploadError::TooLarge { .. } => Refused::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "Berkas ini melebihi batas. Kirim bagian yang penting saja.",
            ),
            UploadError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = protocol(self.status, self.words.into_response());
        if let Some(offset) = self.offset {
            response.headers_mut().insert(OFFSET, HeaderValue::from(offset));
        }
        response
    }
}

/// An answer of the protocol.
fn protocol(status: StatusCode, mut response: Response) -> Response {
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert("tus-resumable", HeaderValue::from_static(VERSION));
    headers.insert("tus-version", HeaderValue::from_static(VERSION));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An upload was begun, under this address.
pub fn begun(address: &str) -> Response {
    let mut response = protocol(StatusCode::CREATED, ().into_response());
    if let Ok(address) = HeaderValue::try_from(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response.headers_mut().insert(OFFSET, HeaderValue::from(0_u64));
    response
}

/// So many bytes have come of so many.
pub fn length(offset: u64, length: u64) -> Response {
    let mut response = protocol(StatusCode::OK, ().into_response());
    response.headers_mut().insert(OFFSET, HeaderValue::from(offset));
    response.headers_mut().insert(LENGTH, HeaderValue::from(length));
    response
}

/// A piece was added.
pub fn went_on(offset: u64) -> Response {
    let mut response = protocol(StatusCode::NO_CONTENT, ().into_response());
    response.headers_mut().insert(OFFSET, HeaderValue::from(offset));
    response
}

/// The file is whole; the value is for the page's script.
pub fn became(size: u64, value: &Value) -> Response {
    let mut response = protocol(StatusCode::OK, value.to_string().into_response());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(OFFSET, HeaderValue::from(size));
    response
}
