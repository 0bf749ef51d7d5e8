//! Web archives (WARC 1.0 and 1.1), plain or packed record by record.

use std::io::{self, BufRead, BufReader, Read, Take};

use flate2::bufread::{GzDecoder, MultiGzDecoder};
use jiff::Timestamp;
use serde::Serialize;

use super::check::{Check, DigestCheck};
use super::mail::{Headers, section};
use super::text::title;
use super::{CaptureError, Captured, Completeness, MAX_LISTED, address};
use crate::bytes::{self, find};

/// How much of an answer is kept for its headers and its title.
const KEPT: usize = 64 << 10;

/// What a web archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warc {
    /// What was captured: answers of servers, and files that were added.
    pub captured: Vec<Captured>,
    /// How many more there are.
    pub left_out: u64,
    /// How many records of other kinds there are: questions, notes, repetitions.
    pub others: u64,
    /// How far it could be read.
    pub completeness: Completeness,
}

/// Whether a file begins as a web archive, packed or not.
pub(super) fn is_warc(start: &[u8]) -> bool {
    if start.starts_with(b"WARC/1.") {
        return true;
    }
    let mut unpacked = [0; 7];
    is_packed(start) && GzDecoder::new(start).read_exact(&mut unpacked).is_ok() && &unpacked == b"WARC/1."
}

fn is_packed(start: &[u8]) -> bool {
    start.starts_with(b"\x1F\x8B")
}

/// Lists a web archive; `left` is what it may unpack to, and becomes what is left of that.
pub(super) fn list<R: Read>(source: R, left: &mut u64) -> Result<Warc, CaptureError> {
    let mut source = BufReader::new(source);
    let is_packed = is_packed(source.fill_buf().map_err(CaptureError::Read)?);
    if is_packed {
        walk(BufReader::new(MultiGzDecoder::new(source)).take(*left), left)
    } else {
        walk(source.take(*left), left)
    }
}

fn walk<B: BufRead>(mut source: Take<B>, left: &mut u64) -> Result<Warc, CaptureError> {
    let mut warc = Warc { captured: Vec::new(), left_out: 0, others: 0, completeness: Completeness::Whole };
    loop {
        match record(&mut source) {
            Ok(Some(Record::Captured(captured))) if warc.captured.len() < MAX_LISTED => warc.captured.push(*captured),
            Ok(Some(Record::Captured(_))) => warc.left_out += 1,
            Ok(Some(Record::Other)) => warc.others += 1,
            Ok(Some(Record::Malformed)) => {
                warc.completeness = Completeness::Malformed;
                break;
            }
            Ok(None) => break,
            Err(error) if !bytes::is_of_content(&error) => return Err(CaptureError::Read(error)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                warc.completeness = Completeness::CutOff;
                break;
            }
            Err(_) => {
                warc.completeness = Completeness::Malformed;
                break;
            }
        }
    }
    *left = source.limit();
    if *left == 0 {
        warc.completeness = Completeness::LimitReached;
    }
    Ok(warc)
}

enum Record {
    Captured(Box<Captured>),
    Other,
    Malformed,
}

fn record<B: BufRead>(source: &mut B) -> io::Result<Option<Record>> {
    let Some((version, headers)) = section(source)? else { return Ok(None) };
    let length: Option<u64> = headers.get("content-length").and_then(|length| length.parse().ok());
    let Some(length) = length.filter(|_| version.starts_with("WARC/1.")) else { return Ok(Some(Record::Malformed)) };
    let mut block = Block::new(&headers);
    let mut left = length;
    while left > 0 {
        let available = source.fill_buf()?;
        if available.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let count = usize::try_from(left).unwrap_or(usize::MAX).min(available.len());
        block.take(available.get(..count).unwrap_or_default());
        source.consume(count);
        left -= u64::try_from(count).unwrap_or(left);
    }
    let kind = headers.get("warc-type").unwrap_or_default();
    let target = headers.get("warc-target-uri").filter(|_| matches!(kind, "response" | "resource"));
    let Some(target) = target else { return Ok(Some(Record::Other)) };
    Ok(Some(Record::Captured(Box::new(block.finish(target, &headers)))))
}

/// A record's content while it goes by.
struct Block {
    /// Its first bytes.
    start: Vec<u8>,
    size: u64,
    whole: Option<Check>,
    payload: Option<Check>,
    form: Form,
}

/// Whether an answer's own headers stand before what was sent.
enum Form {
    /// They do, and their end has not been seen.
    Headers,
    /// What is sent began at this place of the block.
    Payload(usize),
}

impl Block {
    fn new(headers: &Headers) -> Block {
        let check = |name: &str| headers.get(name).map(Check::new);
        let is_http = headers.get("content-type").is_some_and(|kind| kind.starts_with("application/http"));
        Block {
            start: Vec::new(),
            size: 0,
            whole: check("warc-block-digest"),
            payload: check("warc-payload-digest"),
            form: if is_http { Form::Headers } else { Form::Payload(0) },
        }
    }

    fn take(&mut self, piece: &[u8]) {
        self.size += u64::try_from(piece.len()).unwrap_or(0);
        if let Some(check) = &mut self.whole {
            check.update(piece);
        }
        let before = self.start.len();
        let room = KEPT.saturating_sub(before);
        self.start.extend_from_slice(piece.get(..room).unwrap_or(piece));
        if let Form::Payload(_) = self.form {
            self.update_payload(piece);
            return;
        }
        // The end may lie across two pieces.
        let from = before.saturating_sub(3);
        let end = self.start.get(from..).and_then(|part| find(part, b"\r\n\r\n")).map(|end| from + end + 4);
        if let Some(end) = end {
            self.form = Form::Payload(end);
            let sent = piece.get(end.saturating_sub(before)..).unwrap_or_default();
            self.update_payload(sent);
        }
    }

    fn update_payload(&mut self, piece: &[u8]) {
        if let Some(check) = &mut self.payload {
            check.update(piece);
        }
    }

    fn finish(self, target: &str, headers: &Headers) -> Captured {
        let (begin, is_separated) = match self.form {
            Form::Payload(begin) => (begin, true),
            Form::Headers => (self.start.len(), false),
        };
        let (http, _) = Headers::parse(self.start.get(..begin).unwrap_or_default());
        let media_type = if begin == 0 { headers.get("content-type") } else { http.get("content-type") };
        let sent = self.start.get(begin..).unwrap_or_default();
        let is_page = media_type.is_some_and(|kind| kind.contains("html"));
        let title = if is_page { page_title(sent, http.get("content-encoding")) } else { None };
        let is_chunked = http.get("transfer-encoding").is_some();
        let payload = self.payload.map(Check::finish).map(|check| match check {
            // Whether the digest is of the pieces as sent or put together is not settled; and without the end of the
            // headers nobody knows where the pieces begin.
            DigestCheck::Wrong if is_chunked || !is_separated => DigestCheck::NotChecked,
            other => other,
        });
        Captured {
            address: address(target),
            time: headers.get("warc-date").and_then(|date| date.parse::<Timestamp>().ok()),
            title,
            media_type: media_type.and_then(bytes::clean),
            status: (begin > 0).then(|| status(&self.start)).flatten(),
            size: self.size.saturating_sub(u64::try_from(begin).unwrap_or(0)),
            digest: verdict(self.whole.map(Check::finish), payload),
        }
    }
}

/// One wrong digest is enough; else the surest answer.
fn verdict(whole: Option<DigestCheck>, payload: Option<DigestCheck>) -> DigestCheck {
    let all = [whole, payload];
    let has = |check: DigestCheck| all.contains(&Some(check));
    [DigestCheck::Wrong, DigestCheck::Right, DigestCheck::NotChecked]
        .into_iter()
        .find(|check| has(*check))
        .unwrap_or(DigestCheck::NotStated)
}

/// `HTTP/1.1 200 OK`.
fn status(start: &[u8]) -> Option<u16> {
    let line = start.split(|byte| *byte == b'\n').next()?;
    let text = std::str::from_utf8(line).ok()?;
    text.starts_with("HTTP/").then(|| text.split_ascii_whitespace().nth(1)?.parse().ok()).flatten()
}

fn page_title(sent: &[u8], encoding: Option<&str>) -> Option<String> {
    if encoding.is_some_and(|encoding| encoding.contains("gzip")) && is_packed(sent) {
        let mut page = Vec::new();
        // It is cut off where no more was kept; what comes before is enough.
        let _ = GzDecoder::new(sent).take(KEPT as u64).read_to_end(&mut page);
        return title(&String::from_utf8_lossy(&page));
    }
    title(&String::from_utf8_lossy(sent))
}
