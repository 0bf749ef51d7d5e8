//! Text: markup that a browser would run, mail, and everything that people can read as it is.

use crate::MediaType;

/// How far into a file a browser looks for markup, with room to spare.
const LOOKED_AT: usize = 8192;

/// Elements that make a browser take a file for a web page when it starts with one.
const PAGE_STARTS: [&[u8]; 23] = [
    b"a", b"b", b"body", b"br", b"div", b"embed", b"font", b"form", b"h1", b"head", b"html", b"iframe", b"img",
    b"link", b"meta", b"object", b"p", b"script", b"span", b"style", b"table", b"title", b"video",
];

/// The type of a file that is text.
pub(crate) fn detect(bytes: &[u8]) -> Option<MediaType> {
    if let Some(kind) = active(bytes) {
        return Some(kind);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let unprintable = |c: char| matches!(c, '\0'..='\x1F' | '\x7F') && !"\t\n\r\x0C".contains(c);
    if text.is_empty() || text.contains(unprintable) {
        None
    } else if is_mail(text) {
        Some(MediaType::Email)
    } else {
        Some(MediaType::Text)
    }
}

/// Markup in any encoding that keeps ASCII letters recognisable, UTF-16 included: its zero bytes are
/// skipped, as a careless reader of the file might do.
fn active(bytes: &[u8]) -> Option<MediaType> {
    let head: Vec<u8> =
        bytes.iter().copied().filter(|byte| *byte != 0).take(LOOKED_AT).map(|byte| byte.to_ascii_lowercase()).collect();
    let marks: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];
    let head = marks.iter().find_map(|mark| head.strip_prefix(*mark)).unwrap_or(&head);
    let head = head.trim_ascii_start();
    let inner = head.strip_prefix(b"<")?;
    let has = |part: &[u8]| head.windows(part.len()).any(|window| window == part);

    let name = inner.split(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
    if inner.starts_with(b"!doctype html") || PAGE_STARTS.contains(&name) {
        Some(MediaType::Html)
    } else if has(b"<svg") {
        Some(MediaType::Svg)
    } else if has(b"<html") || inner.starts_with(b"!") {
        Some(MediaType::Html)
    } else if inner.starts_with(b"?xml") {
        Some(MediaType::Xml)
    } else {
        None
    }
}

/// A mail as a mail program saves it: header lines first, among them the ones that every mail has.
fn is_mail(text: &str) -> bool {
    let mut lines = text.lines().take_while(|line| !line.trim().is_empty()).take(300).peekable();
    let first_is_header = lines.peek().is_some_and(|line| header_name(line).is_some());
    let names: Vec<String> = lines.filter_map(header_name).collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let travelled = has("message-id") || has("mime-version") || has("received");
    first_is_header && has("from") && has("date") && travelled
}

fn header_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let fits = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_markup() {
        let table: &[(&[u8], MediaType)] = &[
            (b"Kepada Yth. Ketua Bawaslu\r\n", MediaType::Text),
            ("\u{feff}Pesan dan panggilan dienkripsi 🔒".as_bytes(), MediaType::Text),
            (b"<Media tidak disertakan>\n", MediaType::Text),
            (b"<3 semangat", MediaType::Text),
            (b"a < b <html>", MediaType::Text),
            (b"caf\xE9", MediaType::Unknown),
            (b"tulisan\x00biner", MediaType::Unknown),
            (b"<!DOCTYPE html><title>x</title>", MediaType::Html),
            (b"  \r\n<HTML>", MediaType::Html),
            (b"<script>alert(1)</script>", MediaType::Html),
            (b"<script", MediaType::Html),
            (b"\xEF\xBB\xBF<p>caf\xE9", MediaType::Html),
            (b"<!-- x --><b>", MediaType::Html),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0", MediaType::Html),
            (b"\xFE\xFF\0<\0s\0c\0r\0i\0p\0t\0>", MediaType::Html),
            (b"<svg xmlns='x' onload='y'/>", MediaType::Svg),
            (b"<?xml version='1.0'?>\n<!-- x -->\n<SVG/>", MediaType::Svg),
            (b"<?xml version='1.0'?><data/>", MediaType::Xml),
            (b"<?xml version='1.0'?><html/>", MediaType::Html),
        ];
        for (bytes, expected) in table {
            assert_eq!(MediaType::detect(bytes), *expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn mail() {
        let mail = "Return-Path: <a@example>\nReceived: by b\n\tfor c\nFrom: a\nDate: x\n\nIsi\n";
        assert_eq!(MediaType::detect(mail.as_bytes()), MediaType::Email);
        let minutes = "Hari: Senin\nFrom: Sekda\nDate: 3 Januari\n\nNotulen\n";
        assert_eq!(MediaType::detect(minutes.as_bytes()), MediaType::Text);
    }
}
