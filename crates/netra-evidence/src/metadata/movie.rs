//! Videos and sounds in boxes: MP4, 3GP, MOV, M4A. The boxes are walked by their lengths; the picture and sound data
//! themselves are never read.

use std::io::{self, Read, Seek};

use super::{Finding, Metadata, Position, StatedTime, TimeRole};
use crate::bytes::{self, be16, be32, be64};

/// The most boxes that are looked at on one level.
const MAX_BOXES: usize = 1000;

/// The most bytes of a box that are read.
const MAX_BODY: u64 = 64 << 10;

/// Seconds from 1904, where these files count from, to 1970.
const TO_UNIX: i64 = 2_082_844_800;

/// A box: its name and where its content lies.
#[derive(Clone, Copy, Debug)]
struct Part {
    name: [u8; 4],
    start: u64,
    end: u64,
}

pub(super) fn read<R: Read + Seek>(source: &mut R, size: u64, found: &mut Metadata) -> io::Result<()> {
    let whole = Part { name: *b"file", start: 0, end: size };
    let parts = children(source, whole, found)?;
    let Some(movie) = parts.into_iter().find(|part| part.name == *b"moov") else {
        // The index stands at the end when a recording was cut off.
        found.note(Finding::Damaged);
        return Ok(());
    };
    for part in children(source, movie, found)? {
        match &part.name {
            b"mvhd" => header(&body(source, part)?, found),
            b"udta" => user_data(source, part, found)?,
            b"meta" => items(source, part, found)?,
            _ => {}
        }
    }
    Ok(())
}

fn body<R: Read + Seek>(source: &mut R, part: Part) -> io::Result<Vec<u8>> {
    bytes::read_at(source, part.start, part.end.saturating_sub(part.start).min(MAX_BODY))
}

/// The boxes directly inside another one.
fn children<R: Read + Seek>(source: &mut R, outer: Part, found: &mut Metadata) -> io::Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut at = outer.start;
    while at.saturating_add(8) <= outer.end {
        if parts.len() == MAX_BOXES {
            found.note(Finding::TooLarge);
            break;
        }
        let head = bytes::read_at(source, at, 16)?;
        let Some(part) = part(&head, at, outer.end) else {
            found.note(Finding::Damaged);
            break;
        };
        at = part.end;
        parts.push(part);
    }
    Ok(parts)
}

/// A box by the bytes of its head; none if it does not fit into the one around it.
fn part(head: &[u8], at: u64, outer_end: u64) -> Option<Part> {
    let name = *head.get(4..)?.first_chunk()?;
    let (head_size, size) = match be32(head, 0)? {
        0 => (8, outer_end.checked_sub(at)?),
        1 => (16, be64(head, 8)?),
        size => (8, u64::from(size)),
    };
    let end = at.checked_add(size)?;
    (size >= head_size && end <= outer_end).then(|| Part { name, start: at + head_size, end })
}

/// When it was recorded, and how long it lasts.
fn header(body: &[u8], found: &mut Metadata) {
    let is_long = body.first() == Some(&1);
    let created = if is_long { be64(body, 4) } else { be32(body, 4).map(u64::from) };
    let (scale, length) =
        if is_long { (be32(body, 20), be64(body, 24)) } else { (be32(body, 12), be32(body, 16).map(u64::from)) };
    // Zero is written by programs that do not know.
    let created = created.filter(|seconds| *seconds != 0).and_then(|seconds| i64::try_from(seconds).ok());
    let created = created.and_then(|seconds| seconds.checked_sub(TO_UNIX));
    found.add_time(TimeRole::Recorded, created.and_then(StatedTime::from_unix));
    if let (Some(scale), Some(length)) = (scale.filter(|scale| *scale != 0), length) {
        found.duration_ms = length.checked_mul(1000).map(|length| length / u64::from(scale));
    }
}

/// Notes of telephones: four letters and a text each.
fn user_data<R: Read + Seek>(source: &mut R, outer: Part, found: &mut Metadata) -> io::Result<()> {
    for part in children_of_notes(source, outer)? {
        if part.name == *b"meta" {
            items(source, part, found)?;
            continue;
        }
        let content = body(source, part)?;
        match &part.name {
            b"loci" => found.position = found.position.or_else(|| third_generation(&content)),
            name => note(name, counted(&content).as_deref(), found),
        }
    }
    Ok(())
}

/// Some telephones end the list with four zeros; that is no damage.
fn children_of_notes<R: Read + Seek>(source: &mut R, outer: Part) -> io::Result<Vec<Part>> {
    children(source, outer, &mut Metadata::default())
}

/// A text with its length and language before it.
fn counted(content: &[u8]) -> Option<String> {
    let length = usize::from(be16(content, 0)?);
    bytes::text(content.get(4..)?.get(..length)?)
}

/// The position of 3GP: a name, a role, then degrees as numbers with sixteen bits behind the point.
fn third_generation(content: &[u8]) -> Option<Position> {
    let rest = content.get(6..)?;
    let name_end = rest.iter().position(|byte| *byte == 0)?;
    let numbers = rest.get(name_end + 2..)?;
    let degrees = |at: usize| be32(numbers, at).map(|raw| f64::from(raw.cast_signed()) / 65_536.0);
    Position::new(degrees(4)?, degrees(0)?)
}

/// Lists of items, by key (QuickTime) or by name.
fn items<R: Read + Seek>(source: &mut R, outer: Part, found: &mut Metadata) -> io::Result<()> {
    // The same box has four bytes more in MP4 than in QuickTime.
    let head = bytes::read_at(source, outer.start, 12)?;
    let skipped = if head.get(4..8) == Some(b"hdlr".as_slice()) { 0 } else { 4 };
    let inner = Part { start: outer.start.saturating_add(skipped), ..outer };
    let parts = children_of_notes(source, inner)?;
    let mut keys = Vec::new();
    for part in &parts {
        if part.name == *b"keys" {
            keys = key_names(&body(source, *part)?);
        }
    }
    for part in parts.iter().filter(|part| part.name == *b"ilst") {
        for item in children_of_notes(source, *part)? {
            let content = body(source, item)?;
            let text = content.get(16..).and_then(bytes::text);
            let number = usize::try_from(u32::from_be_bytes(item.name)).ok();
            let key = number.and_then(|number| number.checked_sub(1)).and_then(|place| keys.get(place));
            match key {
                Some(key) => note(key, text.as_deref(), found),
                None => note(&item.name, text.as_deref(), found),
            }
        }
    }
    Ok(())
}

fn key_names(body: &[u8]) -> Vec<Vec<u8>> {
    let mut names = Vec::new();
    let mut rest = body.get(8..).unwrap_or_default();
    while let Some(size) = be32(rest, 0).and_then(|size| usize::try_from(size).ok()).filter(|size| *size >= 8) {
        let Some(name) = rest.get(8..size) else { break };
        names.push(name.to_vec());
        rest = rest.get(size..).unwrap_or_default();
    }
    names
}

/// One note, by its four letters or its long name.
fn note(name: &[u8], text: Option<&str>, found: &mut Metadata) {
    let Some(text) = text else { return };
    let own = || Some(text.to_owned());
    match name {
        b"\xA9xyz" | b"com.apple.quicktime.location.ISO6709" => {
            found.position = found.position.or_else(|| iso_6709(text))
        }
        b"\xA9mak" | b"com.apple.quicktime.make" | b"com.android.manufacturer" => found.maker = own(),
        b"\xA9mod" | b"com.apple.quicktime.model" | b"com.android.model" => found.model = own(),
        b"\xA9swr" | b"\xA9too" | b"com.apple.quicktime.software" => found.add_software(own()),
        b"com.android.version" => found.add_software(Some(format!("Android {text}"))),
        b"\xA9nam" | b"com.apple.quicktime.title" => found.title = own(),
        b"com.apple.quicktime.creationdate" => found.add_time(TimeRole::Taken, StatedTime::from_iso(text)),
        _ => {}
    }
}

/// `+01.4582+102.1514+008/`: degrees with their signs one after the other.
fn iso_6709(text: &str) -> Option<Position> {
    let text = text.trim_end_matches('/');
    let longitude = text.get(1..)?.find(['+', '-'])? + 1;
    let (latitude, rest) = text.split_at_checked(longitude)?;
    let end = rest.get(1..)?.find(['+', '-']).map_or(rest.len(), |end| end + 1);
    Position::new(latitude.parse().ok()?, rest.get(..end)?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_as_text() {
        let table = [
            ("+01.4582+102.1514/", Some((1.4582, 102.1514))),
            ("-06.1754+106.8272+012.3/", Some((-6.1754, 106.8272))),
            ("+1-2", Some((1.0, -2.0))),
            ("+91+2/", None),
            ("+1", None),
            ("", None),
            ("é+1", None),
        ];
        for (text, expected) in table {
            let read = iso_6709(text).map(|place| (place.latitude, place.longitude));
            assert_eq!(read, expected, "{text}");
        }
    }
}
