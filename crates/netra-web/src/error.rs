//! Errors of pages: what a reader sees, in Indonesian, and what the log gets, without personal data.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use netra_store::{RecordError, StoreError};

use crate::page::{self, Chrome};

/// Why a page can't be shown.
#[derive(Debug)]
pub enum PageError {
    /// No such thing, or not for this reader: the two look the same.
    NotFound,
    /// The reader may know that it exists but may not do this.
    Forbidden,
    /// Nobody is logged in.
    LoginNeeded,
    /// The request makes no sense; the text says how to mend it.
    BadRequest(String),
    /// The form's protection token is missing or old.
    FormExpired,
    /// Somebody else acted in between.
    Moved,
    /// The request is larger than allowed.
    TooLarge(String),
    /// The program failed; already logged.
    Internal,
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = %chain(&error), "the store failed");
        PageError::Internal
    }
}

impl From<RecordError> for PageError {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Moved | RecordError::AlreadySent(_) => PageError::Moved,
            RecordError::Store(inner) => inner.into(),
            other => PageError::BadRequest(other.to_string()),
        }
    }
}

/// The messages of an error and its sources, once each.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    chrome: Chrome,
    heading: &'static str,
    text: String,
}

impl PageError {
    /// Status and words, for answers that are no pages.
    pub fn plain(&self) -> (StatusCode, String) {
        let (status, _, text) = self.parts();
        (status, text)
    }

    fn parts(&self) -> (StatusCode, &'static str, String) {
        match self {
            PageError::NotFound => (
                StatusCode::NOT_FOUND,
                "Halaman tidak ditemukan",
                "Alamat ini tidak ada, atau bukan untuk Anda. Periksa alamatnya, atau kembali ke halaman depan.".to_owned(),
            ),
            PageError::Forbidden => (
                StatusCode::FORBIDDEN,
                "Tidak berwenang",
                "Akun Anda tidak berwenang melakukan ini. Minta petugas yang berwenang, atau administrator kantor Anda.".to_owned(),
            ),
            PageError::LoginNeeded => (StatusCode::UNAUTHORIZED, "Silakan masuk", String::new()),
            PageError::BadRequest(text) => (StatusCode::BAD_REQUEST, "Permintaan tidak dapat diproses", text.clone()),
            PageError::FormExpired => (
                StatusCode::FORBIDDEN,
                "Formulir kedaluwarsa",
                "Formulir ini dibuka di sesi lain atau sudah terlalu lama. Kembali, muat ulang halaman, lalu kirim lagi.".to_owned(),
            ),
            PageError::Moved => (
                StatusCode::CONFLICT,
                "Perkara sudah berubah",
                "Petugas lain sudah mencatat sesuatu sejak halaman ini Anda buka. Tidak ada yang tersimpan dari Anda. Lihat lagi perkaranya, lalu ulangi bila masih perlu.".to_owned(),
            ),
            PageError::TooLarge(text) => (StatusCode::PAYLOAD_TOO_LARGE, "Kiriman terlalu besar", text.clone()),
            PageError::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Ada gangguan",
                "Program gagal mengerjakan permintaan ini. Yang sudah tersimpan tetap aman. Coba lagi sebentar; bila masih gagal, hubungi administrator.".to_owned(),
            ),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if matches!(self, PageError::LoginNeeded) {
            return Redirect::to("/masuk").into_response();
        }
        let (status, heading, text) = self.parts();
        match page::html(status, &ErrorPage { chrome: Chrome::public(), heading, text }) {
            Ok(response) => response,
            Err(_) => (status, heading).into_response(),
        }
    }
}
