//! Numbers and texts at places that a file names. A place in a file is a claim: nothing is read past the end, and what is
//! read as text is short and harmless to show.

use std::io::{self, Read, Seek, SeekFrom};

use crate::exhibit::is_unwanted;

/// The longest text, in characters, that is taken from inside a file.
pub(crate) const MAX_TEXT: usize = 300;

pub(crate) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|part| u16::from_be_bytes(*part))
}

pub(crate) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|part| u32::from_be_bytes(*part))
}

pub(crate) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|part| u64::from_be_bytes(*part))
}

pub(crate) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|part| u32::from_le_bytes(*part))
}

/// A text that somebody wrote into a file, on one line, without characters that control the display; none if nothing is
/// left.
pub(crate) fn clean(text: &str) -> Option<String> {
    let mut kept = String::new();
    for c in text.chars().take(MAX_TEXT * 4) {
        if c.is_whitespace() {
            if !kept.is_empty() && !kept.ends_with(' ') {
                kept.push(' ');
            }
        } else if !is_unwanted(c) {
            kept.push(c);
        }
    }
    let kept: String = kept.trim().chars().take(MAX_TEXT).collect();
    (!kept.is_empty()).then_some(kept)
}

/// The same, from bytes that should be UTF-8 and may end with zeros.
pub(crate) fn text(bytes: &[u8]) -> Option<String> {
    let part = bytes.get(..MAX_TEXT * 4).unwrap_or(bytes);
    clean(String::from_utf8_lossy(part).trim_end_matches('\0'))
}

/// Where `part` begins in `bytes`.
pub(crate) fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len().max(1)).position(|window| window == part)
}

/// Where `part` begins for the last time.
pub(crate) fn find_last(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len().max(1)).rposition(|window| window == part)
}

/// How many bytes a source has.
pub(crate) fn length<R: Seek>(source: &mut R) -> io::Result<u64> {
    source.seek(SeekFrom::End(0))
}

/// At most `limit` bytes from a place on; fewer when the source ends.
pub(crate) fn read_at<R: Read + Seek>(source: &mut R, at: u64, limit: u64) -> io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    source.by_ref().take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether it is a file's content that makes reading it fail, and not its source: an end that comes too early, a place
/// beyond any file, packed data that cannot be unpacked.
pub(crate) fn is_of_content(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn numbers_inside_and_past_the_end() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        assert_eq!(be16(&bytes, 0), Some(0x0102));
        assert_eq!(be32(&bytes, 1), Some(0x0203_0405));
        assert_eq!(be64(&bytes, 1), Some(0x0203_0405_0607_0809));
        assert_eq!(le32(&bytes, 0), Some(0x0403_0201));
        for at in [6, 9, 10, usize::MAX] {
            assert_eq!((be32(&bytes, at), le32(&bytes, at), be64(&bytes, at)), (None, None, None), "{at}");
        }
        assert_eq!(be16(&bytes, 8), None);
    }

    #[test]
    fn texts_are_short_and_harmless() {
        let table =
            [("  Kamera  A ", Some("Kamera A")), ("a\u{202e}b\0c\n d", Some("abc d")), ("\0\0", None), ("   ", None)];
        for (raw, expected) in table {
            assert_eq!(text(raw.as_bytes()).as_deref(), expected, "{raw:?}");
        }
        assert_eq!(clean(&"x".repeat(10_000)).map(|t| t.len()), Some(MAX_TEXT));
        assert_eq!(text(b"caf\xE9").as_deref(), Some("caf\u{fffd}"));
    }

    #[test]
    fn reading_stops_at_the_limit_and_at_the_end() {
        let mut source = Cursor::new(b"abcdef".to_vec());
        assert_eq!(length(&mut source).unwrap(), 6);
        assert_eq!(read_at(&mut source, 2, 3).unwrap(), b"cde");
        assert_eq!(read_at(&mut source, 4, 30).unwrap(), b"ef");
        assert_eq!(read_at(&mut source, 40, 30).unwrap(), b"");
        assert_eq!((find(b"abab", b"ab"), find_last(b"abab", b"ab"), find(b"a", b"ab")), (Some(0), Some(2), None));
    }
}
