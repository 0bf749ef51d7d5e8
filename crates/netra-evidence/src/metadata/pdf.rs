//! What a PDF says about itself. The reader does not follow the file's tables, which damaged and changed files have wrong:
//! it looks for the object that the last trailer names, and else for the XMP packet.

use std::io::{self, Read, Seek};

use super::xml::{attribute, element};
use super::{Finding, Metadata, StatedTime, TimeRole};
use crate::bytes::{self, find, find_last};

/// How much of the start and of the end is looked at. The trailer stands at the end; in files made for quick viewing, and
/// often for what it names, at the start.
const LOOKED_AT: u64 = 4 << 20;

/// The longest string of the information that is read.
const MAX_STRING: usize = 2000;

/// How far from its start the information is looked for within its object.
const MAX_OBJECT: usize = 16 << 10;

pub(super) fn read<R: Read + Seek>(source: &mut R, size: u64, found: &mut Metadata) -> io::Result<()> {
    let start = bytes::read_at(source, 0, LOOKED_AT)?;
    let end = if size > LOOKED_AT {
        bytes::read_at(source, (size - LOOKED_AT).max(LOOKED_AT), LOOKED_AT)?
    } else {
        Vec::new()
    };
    let has = |part: &[u8]| find(&end, part).is_some() || find(&start, part).is_some();
    if has(b"/Encrypt ") || has(b"/Encrypt\r") || has(b"/Encrypt\n") {
        found.note(Finding::Encrypted);
        return Ok(());
    }
    match information(&end, &start) {
        Some(object) => take_information(object, found),
        None => take_packet(&end, &start, found),
    }
    if !has(b"%%EOF") {
        found.note(Finding::Damaged);
    }
    Ok(())
}

/// The object with the information, which the last trailer names by its number.
fn information<'b>(end: &'b [u8], start: &'b [u8]) -> Option<&'b [u8]> {
    let named = [end, start].into_iter().find_map(reference)?;
    let header = format!("{} {} obj", named.0, named.1);
    [end, start].into_iter().find_map(|part| object(part, header.as_bytes()))
}

/// `/Info 12 0 R`, the last one.
fn reference(bytes: &[u8]) -> Option<(u32, u32)> {
    let at = find_last(bytes, b"/Info ").or_else(|| find_last(bytes, b"/Info\n"))?;
    let text = bytes.get(at + 6..)?;
    let text = String::from_utf8_lossy(text.get(..40).unwrap_or(text)).into_owned();
    let mut words = text.split_ascii_whitespace();
    let (number, generation) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    words.next()?.starts_with('R').then_some((number, generation))
}

/// The bytes of the last object with this header.
fn object<'b>(bytes: &'b [u8], header: &[u8]) -> Option<&'b [u8]> {
    let mut until = bytes;
    loop {
        let at = find_last(until, header)?;
        let is_own_number = at == 0 || bytes.get(at - 1).is_some_and(|byte| byte.is_ascii_whitespace());
        if is_own_number {
            let content = bytes.get(at + header.len()..)?;
            let content = content.get(..MAX_OBJECT).unwrap_or(content);
            return Some(find(content, b"endobj").and_then(|end| content.get(..end)).unwrap_or(content));
        }
        until = bytes.get(..at)?;
    }
}

fn take_information(object: &[u8], found: &mut Metadata) {
    found.title = string(object, b"/Title");
    found.add_author(string(object, b"/Author"));
    found.add_software(string(object, b"/Creator"));
    found.add_software(string(object, b"/Producer"));
    let times: [(TimeRole, &[u8]); 2] = [(TimeRole::Created, b"/CreationDate"), (TimeRole::Saved, b"/ModDate")];
    for (role, key) in times {
        found.add_time(role, string(object, key).and_then(|text| StatedTime::from_pdf(&text)));
    }
}

/// The string behind a key, decoded.
fn string(object: &[u8], key: &[u8]) -> Option<String> {
    let mut rest = object;
    loop {
        rest = rest.get(find(rest, key)? + key.len()..)?;
        // `/CreatorTool` is no `/Creator`.
        let value = rest.trim_ascii_start();
        match value.first()? {
            b'(' => return decoded(&literal(value.get(1..)?)),
            b'<' => return decoded(&hexadecimal(value.get(1..)?)),
            _ => {}
        }
    }
}

/// A string in parentheses, which may hold pairs of them; a stroke escapes.
fn literal(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut depth = 0_u32;
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if kept.len() >= MAX_STRING {
            break;
        }
        match byte {
            b'\\' => {
                let Some(next) = rest.next() else { break };
                match next {
                    b'n' => kept.push(b'\n'),
                    b'r' => kept.push(b'\r'),
                    b't' => kept.push(b'\t'),
                    b'\r' | b'\n' => {}
                    b'0'..=b'7' => {
                        let mut code = u32::from(next - b'0');
                        for _ in 0..2 {
                            let Some(digit) = rest.next_if(|byte| matches!(byte, b'0'..=b'7')) else { break };
                            code = code * 8 + u32::from(digit - b'0');
                        }
                        kept.push(u8::try_from(code & 0xFF).unwrap_or(0));
                    }
                    other => kept.push(other),
                }
            }
            b'(' => {
                depth += 1;
                kept.push(byte);
            }
            b')' if depth == 0 => break,
            b')' => {
                depth -= 1;
                kept.push(byte);
            }
            _ => kept.push(byte),
        }
    }
    kept
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().take_while(|byte| **byte != b'>').take(MAX_STRING * 2);
    let digits = digits.filter_map(|byte| char::from(*byte).to_digit(16)).filter_map(|digit| u8::try_from(digit).ok());
    let digits: Vec<u8> = digits.collect();
    // A last digit without its second one counts as if a zero followed.
    let byte = |pair: &[u8]| (pair.first().unwrap_or(&0) << 4) | pair.get(1).unwrap_or(&0);
    digits.chunks(2).map(byte).collect()
}

/// UTF-16 or UTF-8 with a mark; else Latin letters, which is nearly what PDF means.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        let units: Vec<u16> = rest.chunks_exact(2).filter_map(|pair| bytes::be16(pair, 0)).collect();
        return bytes::clean(&String::from_utf16_lossy(&units));
    }
    match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => bytes::text(rest),
        None => bytes::clean(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>()),
    }
}

/// The XMP packet: newer files keep the information compressed, but this one readable.
fn take_packet(end: &[u8], start: &[u8], found: &mut Metadata) {
    let packet = [end, start].into_iter().find_map(|bytes| {
        let rest = bytes.get(find_last(bytes, b"<x:xmpmeta")?..)?;
        let rest = rest.get(..64 << 10).unwrap_or(rest);
        Some(String::from_utf8_lossy(rest).into_owned())
    });
    let Some(xml) = packet else { return };
    let either = |name: &str| element(&xml, name).or_else(|| attribute(&xml, name));
    found.title = either("dc:title");
    found.add_author(either("dc:creator"));
    found.add_software(either("xmp:CreatorTool"));
    found.add_software(either("pdf:Producer"));
    found.add_time(TimeRole::Created, either("xmp:CreateDate").and_then(|text| StatedTime::from_iso(&text)));
    found.add_time(TimeRole::Saved, either("xmp:ModifyDate").and_then(|text| StatedTime::from_iso(&text)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_pdf() {
        let table: [(&[u8], Option<&str>); 9] = [
            (b"/T (Surat (salinan))", Some("Surat (salinan)")),
            (b"/T(a\\)\\050\\164\\n b", Some("a)(t b")),
            (b"/T <FEFF00530075007200610074>", Some("Surat")),
            (b"/T<536>", Some("S`")),
            (b"/Tool (x) /T (y)", Some("y")),
            (b"/T 12 0 R", None),
            (b"/T ()", None),
            (b"/T", None),
            (b"", None),
        ];
        for (object, expected) in table {
            assert_eq!(string(object, b"/T").as_deref(), expected, "{}", object.escape_ascii());
        }
    }

    #[test]
    fn the_last_trailer_counts() {
        let bytes = b"7 0 obj<</Title(lama)>>endobj 17 0 obj<</Title(lain)>>endobj 7 0 obj<</Title(baru)>>endobj trailer<</Info 7 0 R>>";
        let object = information(b"", bytes).unwrap();
        assert_eq!(string(object, b"/Title").as_deref(), Some("baru"));
        assert!(information(b"", b"trailer<</Info 7 0 R>>").is_none());
        assert!(information(b"", b"/Info 7").is_none());
    }
}
