//! What the requests of the protocol say.

use std::str::FromStr;

use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use netra_evidence::size_text;

use super::LARGEST_PIECE;
use super::answer::Refused;
use crate::form::clean;

/// The only version that is spoken here.
pub const VERSION: &str = "1.0.0";

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().trim()
}

/// Refuses who speaks another version, or another protocol.
pub fn require_protocol(headers: &HeaderMap) -> Result<(), Refused> {
    if text(headers, "tus-resumable") == VERSION {
        return Ok(());
    }
    Err(Refused::new(StatusCode::PRECONDITION_FAILED, format!("Kirim Tus-Resumable: {VERSION}.")))
}

/// Refuses what is not said to be bytes.
pub fn require_bytes(headers: &HeaderMap) -> Result<(), Refused> {
    const BYTES: &str = "application/offset+octet-stream";
    if text(headers, header::CONTENT_TYPE.as_str()) == BYTES {
        return Ok(());
    }
    Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("Kirim isi berkas sebagai {BYTES}.")))
}

/// A number that must be there.
pub fn number(headers: &HeaderMap, name: &'static str) -> Result<u64, Refused> {
    u64::from_str(text(headers, name))
        .map_err(|_| Refused::new(StatusCode::BAD_REQUEST, format!("Kirim {name} sebagai bilangan bulat.")))
}

/// How many bytes the request says that it brings; none said counts as none.
pub fn announced(headers: &HeaderMap) -> u64 {
    text(headers, header::CONTENT_LENGTH.as_str()).parse().unwrap_or(0)
}

/// A text of `Upload-Metadata`, in which names stand with texts in base 64; empty if it is not there.
pub fn told(headers: &HeaderMap, name: &str) -> String {
    let mut pairs = text(headers, "upload-metadata").split(',').filter_map(|pair| pair.trim().split_once(' '));
    let bytes = pairs.find(|(key, _)| *key == name).and_then(|(_, value)| STANDARD.decode(value.trim()).ok());
    clean(&String::from_utf8_lossy(&bytes.unwrap_or_default()))
}

/// More bytes than a piece may have, or than were announced at the beginning.
pub fn too_large() -> Refused {
    let most = size_text(LARGEST_PIECE);
    let words = format!("Potongan ini melebihi {most}, atau melebihi ukuran berkas yang diumumkan.");
    Refused::new(StatusCode::PAYLOAD_TOO_LARGE, words)
}

/// The connection was lost in the middle of a piece.
pub fn cut_off() -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, "Kiriman terputus. Yang sudah diterima tetap tersimpan.")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn names_are_read_from_base_64() {
        let mut headers = HeaderMap::new();
        let told_of = |headers: &HeaderMap| (told(headers, "filename"), told(headers, "keterangan"));
        assert_eq!(told_of(&headers), (String::new(), String::new()));
        for (value, expected) in [
            ("filename dmlkZW8ubXA0", ("video.mp4", "")),
            ("keterangan YQ==, filename dmlkZW8ubXA0,is_confidential", ("video.mp4", "a")),
            ("filename !!!,keterangan", ("", "")),
            ("", ("", "")),
        ] {
            headers.insert("upload-metadata", HeaderValue::from_static(value));
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert_eq!(told_of(&headers), expected, "{value}");
        }
    }

    #[test]
    fn numbers_are_whole_and_have_no_sign() {
        let mut headers = HeaderMap::new();
        headers.insert("upload-length", HeaderValue::from_static("18446744073709551615"));
        assert_eq!(number(&headers, "upload-length").ok(), Some(u64::MAX));
        for bad in ["", "-1", "1.5", "1e9", "18446744073709551616"] {
            headers.insert("upload-length", HeaderValue::from_static(bad));
            let refused = number(&headers, "upload-length").unwrap_err();
            assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{bad}");
        }
    }
}
