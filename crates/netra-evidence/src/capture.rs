//! Pages that somebody captured: what a capture holds, from when, and whether it is still whole.
//!
//! **Purpose.** A link is no proof; a capture may be one. It comes as a web archive (WARC, WACZ) or as a page saved by a
//! browser (HTML, MHTML). This module lists what is inside: address, time, title, type, size, and whether the digests that
//! the capture itself states are right. Of a saved page it gives the words.
//!
//! **Invariants**, each guarded by the tests here.
//! - Nothing inside is run, opened or unpacked to anywhere; words of pages come as plain text.
//! - A digest is [`DigestCheck::Right`] only if it was computed here from the bytes and is the same.
//! - What unpacks to absurd sizes, leads out of its folder or is a link is left alone and named.
//! - Any bytes are read to their end or to a limit, without a panic; what is cut off is listed as far as it goes.
//!
//! **May not know** whether the page really stood there: who makes a capture can make up its content. Signatures are
//! reported, not checked.

mod check;
mod mail;
mod page;
mod text;
mod wacz;
mod warc;

use std::io::{self, Read, Seek};

use jiff::Timestamp;
use serde::Serialize;
use zip::result::ZipError;

pub use check::DigestCheck;
pub use page::{PageForm, SavedPage};
pub use wacz::{Page, Resource, ResourceState, SignatureState, Wacz};
pub use warc::Warc;

use crate::bytes;

/// The most records, pages and files of a capture that are listed; what follows is counted.
pub const MAX_LISTED: usize = 10_000;

/// To how many times its size a capture may unpack.
pub const MAX_RATIO: u64 = 200;

/// What a capture, however small, may unpack to.
const SLACK: u64 = 1 << 20;

/// What a capture, however large, may unpack to.
const MAX_UNPACKED: u64 = 64 << 30;

/// The longest address, in characters.
const MAX_ADDRESS: usize = 2000;

/// A capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[doc(alias = "tangkapan web")]
pub enum Capture {
    /// A web archive: what was sent and received, one after the other.
    Warc(Warc),
    /// A web archive with its table of contents and digests.
    Wacz(Wacz),
    /// A page saved by a browser.
    Page(SavedPage),
}

/// Something that was captured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Captured {
    /// Its address on the web.
    pub address: String,
    /// When it was captured, by the clock of the capturing device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// The title of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The type as the server gave it: a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The server's answer: 200 for a page that was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Number of bytes, as they were sent.
    pub size: u64,
    /// Whether the digest that the capture states is right.
    pub digest: DigestCheck,
}

/// How far a capture could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completeness {
    /// To its end.
    Whole,
    /// It breaks off.
    CutOff,
    /// It contradicts its own form from some place on.
    Malformed,
    /// It is larger than what is read here.
    LimitReached,
}

/// Why a capture is not listed. The texts are for the person who brought it.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// The source of the bytes failed.
    #[error("tangkapan tidak dapat dibaca sampai selesai; salin ulang berkas itu dari sumbernya")]
    Read(#[source] io::Error),
    /// The archive is damaged, or of a kind that is not read.
    #[error("arsip WACZ tidak terbaca; minta berkas aslinya, tanpa kata sandi dan tidak dikemas ulang")]
    Archive(#[source] ZipError),
    /// The archive's table of contents is no such table.
    #[error("daftar isi arsip WACZ (datapackage.json) rusak; minta berkas aslinya kepada yang membuat tangkapan")]
    Contents,
    /// The archive holds too many files, or two of the same name.
    #[error("arsip WACZ memuat terlalu banyak berkas atau dua berkas dengan nama sama; minta berkas aslinya")]
    Ambiguous,
    /// It unpacks to far more than it should.
    #[error("tangkapan mengembang melebihi {limit} bita; berkas ini tidak wajar dan tidak dibuka")]
    TooLarge {
        /// How many bytes are unpacked at most.
        limit: u64,
    },
}

impl CaptureError {
    /// An error of a zip archive: of its source, or of its content.
    fn of_archive(error: ZipError) -> CaptureError {
        match error {
            ZipError::Io(error) if !bytes::is_of_content(&error) => CaptureError::Read(error),
            other => CaptureError::Archive(other),
        }
    }
}

/// How far into a file it is told whether it is a capture.
const LOOKED_AT: u64 = 64 << 10;

/// Lists a capture; none if the file is none.
///
/// # Errors
/// The source cannot be read, or the capture is refused.
pub fn read<R: Read + Seek>(source: &mut R) -> Result<Option<Capture>, CaptureError> {
    let size = bytes::length(source).map_err(CaptureError::Read)?;
    let start = bytes::read_at(source, 0, LOOKED_AT).map_err(CaptureError::Read)?;
    source.rewind().map_err(CaptureError::Read)?;
    if warc::is_warc(&start) {
        return warc::list(source, &mut limit(size)).map(Capture::Warc).map(Some);
    }
    if start.starts_with(b"PK") {
        return Ok(wacz::read(source, limit(size))?.map(Capture::Wacz));
    }
    Ok(page::read(source, &start).map_err(CaptureError::Read)?.map(Capture::Page))
}

/// What a file of this size may unpack to.
fn limit(size: u64) -> u64 {
    size.saturating_mul(MAX_RATIO).saturating_add(SLACK).min(MAX_UNPACKED)
}

/// An address as it may be shown.
fn address(raw: &str) -> String {
    let raw = raw.trim().trim_start_matches('<').trim_end_matches('>');
    raw.chars().filter(|c| !c.is_control() && !crate::exhibit::is_unwanted(*c)).take(MAX_ADDRESS).collect()
}

#[cfg(test)]
mod tests;
