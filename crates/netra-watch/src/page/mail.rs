//! Saved pages in one file (MHTML): the first web page among the parts.

use super::{Page, Published, Source, html, stamp};
use crate::noise::Noise;

/// The page in a saved file; without a web page among its parts its text as it is.
pub(super) fn page(text: &str, noise: &Noise) -> Page {
    let (head, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let address = header(head, "snapshot-content-location");
    let boundary = parameter(head, "boundary");
    let parts: Vec<&str> = match &boundary {
        Some(boundary) => rest.split(&format!("--{boundary}")).collect(),
        None => vec![text],
    };
    let web = parts.iter().find_map(|part| {
        let (head, body) = part.trim_start().split_once("\n\n")?;
        let kind = header(head, "content-type")?.to_ascii_lowercase();
        kind.contains("text/html").then(|| decoded(head, body))
    });
    let mut page = html::page(&web.unwrap_or_else(|| rest.to_owned()), noise);
    if page.published.is_none() {
        let date = address.and_then(|address| stamp::in_address(&address));
        page.published = date.map(|date| Published { date, source: Source::Address });
    }
    page
}

/// The value of a header line, lines that go on included.
fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines();
    let mut value = lines.find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })?;
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push_str(line.trim());
    }
    Some(value)
}

fn parameter(head: &str, name: &str) -> Option<String> {
    let kind = header(head, "content-type")?;
    let at = kind.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = kind.get(at + name.len() + 1..)?;
    let value = value.strip_prefix('"').map_or_else(|| value.split(';').next(), |rest| rest.split('"').next())?;
    (!value.is_empty()).then(|| value.trim().to_owned())
}

fn decoded(head: &str, body: &str) -> String {
    let way = header(head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    match way.as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => String::from_utf8_lossy(&base64(body)).into_owned(),
        _ => body.to_owned(),
    }
}

fn quoted_printable(body: &str) -> String {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((plain, after)) = rest.split_once('=') {
        bytes.extend_from_slice(plain.as_bytes());
        if let Some(next) = after.strip_prefix('\n') {
            rest = next;
        } else if let Some(byte) = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or("");
        } else {
            bytes.push(b'=');
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn base64(body: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for six in body.bytes().filter_map(value) {
        held = ((held << 6) | six) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap_or(0));
        }
    }
    bytes
}
