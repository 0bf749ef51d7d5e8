//! Copies of pictures that may be published: the picture as it is, without what its camera and programs added.
//!
//! Nothing is decoded. What may stay is listed, everything else goes: a list of what must go would miss tomorrow's kinds.
//! How the picture is turned stays, since it would be seen lying down otherwise.

use std::io::Cursor;

use exif::{In, Reader, Tag};

use super::head::{END, SCAN, Segment, scan_end, segment};
use super::{Format, PictureError, Written, dimensions};
use crate::MediaType;
use crate::bytes::{be32, le32};

/// The picture without data about place, device, time and person; its points stay as they are.
///
/// # Errors
/// It is no JPEG, PNG or WebP, too large, or damaged; then [`super::Picture`] may still be able to write it anew.
pub fn public_copy(bytes: &[u8]) -> Result<Written, PictureError> {
    dimensions(bytes)?;
    let turned = orientation(bytes);
    let (copy, media_type) = match Format::of(bytes)? {
        Format::Jpeg => (jpeg(bytes, turned), MediaType::Jpeg),
        Format::Png => (png(bytes, turned), MediaType::Png),
        Format::Webp => (webp(bytes, turned), MediaType::Webp),
    };
    Ok(Written { bytes: copy.ok_or(PictureError::Damaged)?, media_type })
}

/// How the picture is turned, if it is: 2 to 8.
fn orientation(bytes: &[u8]) -> Option<u8> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let exif = reader.read_from_container(&mut Cursor::new(bytes)).or_else(|e| e.distill_partial_result(drop)).ok()?;
    let turned = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(turned).ok().filter(|turned| (2..=8).contains(turned))
}

/// The smallest data of a camera that say how a picture is turned, and nothing else.
fn minimal_exif(turned: u8) -> Vec<u8> {
    let mut data = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    data.extend([turned, 0, 0, 0, 0, 0, 0]);
    data
}

fn jpeg(bytes: &[u8], turned: Option<u8>) -> Option<Vec<u8>> {
    let mut copy = vec![0xFF, 0xD8];
    let mut turned = turned;
    let mut at = 2;
    loop {
        let part = segment(bytes, at)?;
        if part.code != 0xE0
            && let Some(turned) = turned.take()
        {
            let data = minimal_exif(turned);
            copy.extend([0xFF, 0xE1]);
            copy.extend(u16::try_from(data.len() + 8).ok()?.to_be_bytes());
            copy.extend(b"Exif\0\0");
            copy.extend(data);
        }
        if part.code == END {
            copy.extend([0xFF, END]);
            return Some(copy);
        }
        let end = if part.code == SCAN { scan_end(bytes, part.end) } else { part.end };
        if may_stay_in_jpeg(bytes, part) {
            copy.extend(bytes.get(part.start..end)?);
        }
        if end == bytes.len() && part.code == SCAN {
            // Cut off: decoders show what is there.
            return Some(copy);
        }
        at = end;
    }
}

fn may_stay_in_jpeg(bytes: &[u8], part: Segment) -> bool {
    let body = bytes.get(part.body..part.end).unwrap_or_default();
    match part.code {
        0xE0 => body.starts_with(b"JFIF\0"),
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        // Without it colours come out wrong.
        0xEE => body.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        // Frames, tables, scans, restart intervals.
        0xC0..=0xCF | SCAN | 0xDB | 0xDC | 0xDD => true,
        _ => false,
    }
}

fn png(bytes: &[u8], turned: Option<u8>) -> Option<Vec<u8>> {
    const MAY_STAY: [&[u8]; 16] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
        b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ];
    let mut copy = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = usize::try_from(be32(bytes, at)?).ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        let name = chunk.get(4..8)?;
        if MAY_STAY.contains(&name) {
            copy.extend(chunk);
        }
        if name == b"IHDR"
            && let Some(turned) = turned
        {
            copy.extend(png_chunk(*b"eXIf", &minimal_exif(turned))?);
        }
        if name == b"IEND" {
            return Some(copy);
        }
        at = end;
    }
}

fn png_chunk(name: [u8; 4], data: &[u8]) -> Option<Vec<u8>> {
    let named = [name.as_slice(), data].concat();
    let mut chunk = u32::try_from(data.len()).ok()?.to_be_bytes().to_vec();
    chunk.extend(&named);
    chunk.extend(crc_32(&named).to_be_bytes());
    Some(chunk)
}

/// The checksum of PNG, over a few bytes.
fn crc_32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

fn webp(bytes: &[u8], turned: Option<u8>) -> Option<Vec<u8>> {
    const MAY_STAY: [&[u8]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    const SAYS_EXIF: u8 = 0x08;
    const SAYS_XMP: u8 = 0x04;
    let claimed = usize::try_from(le32(bytes, 4)?).ok()?.checked_add(8)?;
    let all = bytes.get(..claimed).unwrap_or(bytes);
    let mut content = b"WEBP".to_vec();
    let mut at = 12;
    while at < all.len() {
        let name = all.get(at..at + 4)?;
        let length = usize::try_from(le32(all, at + 4)?).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?;
        let chunk = all.get(at..end)?;
        if MAY_STAY.contains(&name) {
            let start = content.len();
            content.extend(chunk);
            if name == b"VP8X" {
                let flags = content.get_mut(start + 8)?;
                *flags &= !(SAYS_EXIF | SAYS_XMP);
                *flags |= if turned.is_some() { SAYS_EXIF } else { 0 };
            }
            // Chunks begin at even places.
            content.extend(std::iter::repeat_n(0, length % 2));
        }
        at = end + length % 2;
    }
    // The size that the file claims may leave no picture.
    (content.len() > 4).then_some(())?;
    if let Some(turned) = turned {
        let data = minimal_exif(turned);
        content.extend(b"EXIF");
        content.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
        content.extend(data);
    }
    let mut copy = b"RIFF".to_vec();
    copy.extend(u32::try_from(content.len()).ok()?.to_le_bytes());
    copy.extend(content);
    Some(copy)
}
