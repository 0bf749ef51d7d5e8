//! Pages that a browser saved: one file of HTML, or MHTML.

use std::io::{self, Read, Seek};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::address;
use super::mail::{Headers, parameter};
use super::text::{title, words};
use crate::MediaType;
use crate::bytes::{self, find};
use crate::metadata::StatedTime;

/// How much of a saved page is read. Pictures are inside, so pages are large.
const MAX_PAGE: u64 = 32 << 20;

/// Where the notes of programs that save pages stand.
const NOTES: usize = 8192;

/// How a page was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageForm {
    /// A page alone.
    Html,
    /// A page with everything that it shows (SingleFile).
    SingleFile,
    /// A page with everything that it shows, as a mail.
    Mhtml,
}

/// A page that a browser saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SavedPage {
    /// How it was saved.
    pub form: PageForm,
    /// Its address, where the file states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When it was saved, where the file states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<StatedTime>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its words, as plain text.
    pub words: String,
}

/// Reads a saved page; none if it is none.
pub(super) fn read<R: Read + Seek>(source: &mut R, start: &[u8]) -> io::Result<Option<SavedPage>> {
    let (headers, _) = Headers::parse(start);
    let kind = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
    let is_mail = headers.get("mime-version").is_some() && kind.starts_with("multipart/related");
    if !is_mail && MediaType::detect(start) != MediaType::Html {
        return Ok(None);
    }
    let all = bytes::read_at(source, 0, MAX_PAGE)?;
    Ok(Some(if is_mail { mhtml(&all) } else { html(&all) }))
}

fn html(all: &[u8]) -> SavedPage {
    let page = String::from_utf8_lossy(all);
    let notes: String = page.chars().take(NOTES).collect();
    let single = notes.split_once("Page saved with SingleFile").map(|(_, rest)| rest);
    let line = |name: &str| {
        let (_, rest) = single?.split_once(name)?;
        rest.lines().next().map(str::trim).filter(|value| !value.is_empty())
    };
    let (form, from, time) = match single {
        Some(_) => (PageForm::SingleFile, line("url:"), line("saved date:").and_then(spelled)),
        None => (PageForm::Html, saved_from(&notes), None),
    };
    SavedPage { form, address: from.map(address), time, title: title(&page), words: words(&page) }
}

/// `<!-- saved from url=(0023)https://contoh.example/ -->`, as some browsers write it.
fn saved_from(notes: &str) -> Option<&str> {
    let (_, rest) = notes.split_once("saved from url=(")?;
    let (_, rest) = rest.split_once(')')?;
    rest.split([' ', '\n', '\r']).next().filter(|value| !value.is_empty())
}

/// `Sat Dec 30 2023 20:15:03 GMT+0700 (…)`, as browsers write it, and `Sat, 30 Dec 2023 13:15:03 +0000`, as mails do.
fn spelled(text: &str) -> Option<StatedTime> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let (day, month, year, clock, zone) = match words.as_slice() {
        [_, month, day, year, clock, zone, ..] if month_number(month).is_some() => {
            (*day, *month, *year, *clock, zone.trim_start_matches("GMT"))
        }
        [_, day, month, year, clock, zone, ..] => (*day, *month, *year, *clock, *zone),
        _ => return None,
    };
    let month = month_number(month)?;
    // Mails write that their sender's zone is not known with a minus, and give UTC then.
    let zone = match zone {
        "-0000" | "GMT" | "UTC" => "+0000",
        zone => zone,
    };
    StatedTime::from_iso(&format!("{year}-{month:02}-{day:0>2}T{clock}{zone}"))
}

fn month_number(name: &str) -> Option<usize> {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    names.iter().position(|month| *month == name).map(|place| place + 1)
}

fn mhtml(all: &[u8]) -> SavedPage {
    let (headers, begin) = Headers::parse(all);
    let parts = all.get(begin..).unwrap_or_default();
    let boundary = headers.get("content-type").and_then(|kind| parameter(kind, "boundary")).unwrap_or_default();
    let page = first_page(parts, boundary).unwrap_or_default();
    let page = String::from_utf8_lossy(&page);
    let from = headers.get("snapshot-content-location").map(address).filter(|address| !address.is_empty());
    SavedPage {
        form: PageForm::Mhtml,
        address: from,
        time: headers.get("date").and_then(spelled),
        title: headers.get("subject").and_then(subject).or_else(|| title(&page)),
        words: words(&page),
    }
}

/// The content of the first part that is a page.
fn first_page(parts: &[u8], boundary: &str) -> Option<Vec<u8>> {
    (!boundary.is_empty()).then_some(())?;
    let mark = format!("--{boundary}");
    let mut rest = parts;
    loop {
        rest = rest.get(find(rest, mark.as_bytes())? + mark.len()..)?;
        // The rest of the line of the mark.
        let line_end = rest.iter().position(|byte| *byte == b'\n')? + 1;
        let part = rest.get(line_end..)?;
        let (headers, begin) = Headers::parse(part);
        if headers.get("content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html")) {
            let content = part.get(begin..)?;
            let end = find(content, mark.as_bytes()).unwrap_or(content.len());
            return Some(decoded(content.get(..end)?, headers.get("content-transfer-encoding").unwrap_or_default()));
        }
    }
}

fn decoded(content: &[u8], encoding: &str) -> Vec<u8> {
    match encoding.to_ascii_lowercase().as_str() {
        "quoted-printable" => quoted(content, Quoting::Body),
        "base64" => {
            let letters: Vec<u8> = content.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
            STANDARD.decode(letters).unwrap_or_default()
        }
        _ => content.to_vec(),
    }
}

/// Where quoted-printable text stands: in a header, an underscore is a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    Body,
    Header,
}

/// `=C3=A9` as the byte that it stands for; `=` at a line's end joins lines.
fn quoted(content: &[u8], quoting: Quoting) -> Vec<u8> {
    let mut kept = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'=', [b'\r', b'\n', ..]) => rest = after.get(2..).unwrap_or_default(),
            (b'=', [b'\n', ..]) => rest = after.get(1..).unwrap_or_default(),
            (b'=', [high, low, ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                let value = digit(high).zip(digit(low)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
                match value {
                    Some(value) => {
                        kept.push(value);
                        rest = after.get(2..).unwrap_or_default();
                    }
                    None => kept.push(b'='),
                }
            }
            (b'_', _) if quoting == Quoting::Header => kept.push(b' '),
            _ => kept.push(*byte),
        }
    }
    kept
}

/// A header's text, where words may be packed: `=?utf-8?Q?Kabar_=C3=A9?=`.
fn subject(raw: &str) -> Option<String> {
    let mut kept = String::new();
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut parts = after.splitn(4, '?');
        let (_, coding, text, behind) = (parts.next(), parts.next(), parts.next(), parts.next());
        let (Some(coding), Some(text), Some(behind)) = (coding, text, behind) else { break };
        // Spaces between two packed words are none of the text.
        if !before.trim().is_empty() {
            kept.push_str(before);
        }
        let content = match coding {
            "Q" | "q" => quoted(text.as_bytes(), Quoting::Header),
            _ => STANDARD.decode(text).unwrap_or_default(),
        };
        kept.push_str(&String::from_utf8_lossy(&content));
        rest = behind.strip_prefix('=').unwrap_or(behind);
    }
    kept.push_str(rest);
    bytes::clean(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        let utc = "2023-12-30T13:15:03Z";
        let table = [
            ("Sat Dec 30 2023 20:15:03 GMT+0700 (Waktu Indonesia Barat)", Some(utc)),
            ("Sat, 30 Dec 2023 13:15:03 -0000", Some(utc)),
            ("Sat, 30 Dec 2023 20:15:03 +0700", Some(utc)),
            ("Sat, 30 Des 2023 20:15:03 +0700", None),
            ("kemarin", None),
            ("", None),
        ];
        for (text, expected) in table {
            let time = match spelled(text) {
                Some(StatedTime::Instant { at, .. }) => Some(at.to_string()),
                _ => None,
            };
            assert_eq!(time.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn packed_texts() {
        let table = [
            ("Kabar", Some("Kabar")),
            ("=?utf-8?Q?Kabar_=C3=A9?= =?utf-8?Q?=20baru?=", Some("Kabar é baru")),
            ("=?UTF-8?B?S2FiYXI=?= lagi", Some("Kabar lagi")),
            ("=?utf-8?Q?rusak", Some("=?utf-8?Q?rusak")),
            ("a =? b", Some("a =? b")),
            ("", None),
        ];
        for (raw, expected) in table {
            assert_eq!(subject(raw).as_deref(), expected, "{raw}");
        }
        assert_eq!(quoted(b"a=\r\nb=3D=\nc=zz=", Quoting::Body), b"ab=c=zz=");
    }
}
