//! Tags of voice notes and other sounds in Ogg: the second packet of the first stream.

use std::io::{self, Read, Seek};

use super::{Finding, Metadata, StatedTime, TimeRole};
use crate::bytes::{self, le32};

/// Tags stand at the start; a picture among them may be large, and is of no use here.
const LOOKED_AT: u64 = 128 << 10;

/// The most tags that are read.
const MAX_TAGS: u32 = 200;

pub(super) fn read<R: Read + Seek>(source: &mut R, found: &mut Metadata) -> io::Result<()> {
    let start = bytes::read_at(source, 0, LOOKED_AT)?;
    let packet = second_packet(&start);
    let marks: [&[u8]; 2] = [b"OpusTags", b"\x03vorbis"];
    let tags = packet.as_deref().and_then(|packet| marks.iter().find_map(|mark| packet.strip_prefix(*mark)));
    match tags {
        Some(tags) => take(tags, found),
        None => found.note(Finding::Damaged),
    }
    Ok(())
}

/// Puts the second packet together from the pages that it lies in; its end may be missing.
fn second_packet(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    let mut packet = Vec::new();
    let mut number = 0;
    while rest.starts_with(b"OggS") {
        let count = usize::from(*rest.get(26)?);
        let table = rest.get(27..)?.get(..count)?;
        let mut content = rest.get(27 + count..)?;
        for length in table.iter().map(|length| usize::from(*length)) {
            let (piece, after) = content.split_at_checked(length).unwrap_or((content, &[]));
            if number == 1 {
                packet.extend_from_slice(piece);
            }
            content = after;
            if length < 255 {
                number += 1;
            }
            if number > 1 {
                return Some(packet);
            }
        }
        rest = content;
    }
    (!packet.is_empty()).then_some(packet)
}

fn take(tags: &[u8], found: &mut Metadata) {
    let mut rest = tags;
    found.add_software(counted(&mut rest).and_then(bytes::text));
    let count = le32(rest, 0).unwrap_or(0).min(MAX_TAGS);
    rest = rest.get(4..).unwrap_or_default();
    for _ in 0..count {
        let Some(tag) = counted(&mut rest) else {
            found.note(Finding::Damaged);
            return;
        };
        let text = String::from_utf8_lossy(tag.get(..2000).unwrap_or(tag));
        let Some((key, value)) = text.split_once('=') else { continue };
        match key.to_ascii_uppercase().as_str() {
            "TITLE" => found.title = bytes::clean(value),
            "ARTIST" => found.add_author(bytes::clean(value)),
            "ENCODER" => found.add_software(bytes::clean(value)),
            "DATE" | "CREATION_TIME" => found.add_time(TimeRole::Recorded, StatedTime::from_iso(value)),
            _ => {}
        }
    }
}

/// Bytes with their number before them.
fn counted<'t>(rest: &mut &'t [u8]) -> Option<&'t [u8]> {
    let all: &'t [u8] = rest;
    let length = usize::try_from(le32(all, 0)?).ok()?;
    let (part, after) = all.get(4..)?.split_at_checked(length)?;
    *rest = after;
    Some(part)
}
