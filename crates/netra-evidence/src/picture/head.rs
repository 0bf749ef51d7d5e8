//! The size that a picture's head states, and the parts of a JPEG: read without decoding anything.

use super::Format;
use crate::bytes::{be16, be32};

/// Width and height, if there is a head that states them.
pub(super) fn dimensions(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
    }
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    (be32(bytes, 8)? == 13 && bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((be32(bytes, 16)?, be32(bytes, 20)?))
}

fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let segment = segment(bytes, at)?;
        match segment.code {
            // Tables have codes among those of the frames.
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF => {
                let frame = bytes.get(segment.body..segment.end)?;
                let (height, width) = (be16(frame, 1)?, be16(frame, 3)?);
                return Some((width.into(), height.into()));
            }
            END | SCAN => return None,
            _ => {}
        }
        at = segment.end;
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize, count: usize| {
        let part = bytes.get(at..)?.get(..count)?;
        Some(part.iter().rev().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)))
    };
    let name = bytes.get(12..16)?;
    let least = if name == b"VP8L" { 5 } else { 10 };
    (number(16, 4)? >= least).then_some(())?;
    match name {
        b"VP8X" => Some((number(24, 3)? + 1, number(27, 3)? + 1)),
        b"VP8L" => {
            (bytes.get(20) == Some(&0x2F)).then_some(())?;
            let bits = number(21, 4)?;
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        b"VP8 " => {
            (bytes.get(23..26)? == b"\x9D\x01\x2A").then_some(())?;
            Some((number(26, 2)? & 0x3FFF, number(28, 2)? & 0x3FFF))
        }
        _ => None,
    }
}

/// The end of a JPEG.
pub(super) const END: u8 = 0xD9;

/// The start of the points of a JPEG.
pub(super) const SCAN: u8 = 0xDA;

/// A part of a JPEG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// What kind of part it is.
    pub code: u8,
    /// Where it starts, with its mark.
    pub start: usize,
    /// Where its content starts.
    pub body: usize,
    /// Where the next one starts.
    pub end: usize,
}

/// The next part from a place on; bytes between parts are passed over, as decoders do.
pub(super) fn segment(bytes: &[u8], at: usize) -> Option<Segment> {
    let mut start = at + bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
    while bytes.get(start + 1)? == &0xFF {
        start += 1;
    }
    let code = *bytes.get(start + 1)?;
    if matches!(code, 0x00 | 0x01 | 0xD0..=END) {
        return Some(Segment { code, start, body: start + 2, end: start + 2 });
    }
    let length = usize::from(be16(bytes, start + 2)?);
    let end = start + 2 + length;
    (length >= 2 && end <= bytes.len()).then_some(Segment { code, start, body: start + 4, end })
}

/// Where the points of a scan end: at the next mark that is neither a stuffed byte nor a restart.
pub(super) fn scan_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let is_mark = |pair: &[u8]| matches!(pair, [0xFF, code] if !matches!(code, 0x00 | 0xFF | 0xD0..=0xD7));
    rest.windows(2).position(is_mark).map_or(bytes.len(), |at| from + at)
}
