//! Invisible marks and odd spaces: what is dropped, what counts as a space, and how text and names are made clean.

use std::borrow::Cow;

/// The left-to-right mark, which phones put before what they write themselves.
pub(crate) const LEFT_TO_RIGHT: &[u8] = "\u{200E}".as_bytes();

/// How many bytes the mark at the start takes; none if there is no mark.
///
/// Direction marks and the byte-order mark only: joiners belong to emoji and to Arabic words.
#[inline]
pub(crate) fn mark_len(bytes: &[u8]) -> usize {
    match bytes {
        [0xE2, 0x80, 0x8E | 0x8F | 0xAA..=0xAE, ..] | [0xE2, 0x81, 0xA6..=0xA9, ..] | [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 0,
    }
}

/// How many bytes the space at the start takes: a plain one, or one that keeps words together.
#[inline]
pub(crate) fn space_len(bytes: &[u8]) -> usize {
    match bytes {
        [b' ', ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        [0xE2, 0x80, 0xAF, ..] => 3,
        _ => 0,
    }
}

/// What follows the marks at the start.
#[inline]
pub(crate) fn skip_marks(mut bytes: &[u8]) -> &[u8] {
    loop {
        match mark_len(bytes) {
            0 => return bytes,
            len => bytes = bytes.get(len..).unwrap_or_default(),
        }
    }
}

/// What stands before the marks at the end.
#[inline]
pub(crate) fn trim_marks_end(mut bytes: &[u8]) -> &[u8] {
    while let Some((rest, last)) = bytes.split_last_chunk::<3>()
        && mark_len(last) == 3
    {
        bytes = rest;
    }
    bytes
}

/// Makes text out of bytes, and remembers whether some were no text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cleaner {
    /// Some bytes were no UTF-8.
    pub(crate) damaged: bool,
}

impl Cleaner {
    /// The bytes as text without marks, with plain line ends. Borrowed where nothing has to go.
    pub(crate) fn text<'t>(&mut self, bytes: &'t [u8]) -> Cow<'t, str> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.damaged = true;
            return Cow::Owned(without_marks(&String::from_utf8_lossy(bytes)).into_owned());
        };
        match memchr::memchr3(b'\r', 0xE2, 0xEF, bytes) {
            None => Cow::Borrowed(text),
            Some(_) => without_marks(text),
        }
    }
}

/// The text without direction marks and carriage returns at line ends.
fn without_marks(text: &str) -> Cow<'_, str> {
    let drops = |rest: &[u8]| match rest {
        [b'\r', b'\n', ..] => 1,
        _ => mark_len(rest),
    };
    let bytes = text.as_bytes();
    let mut kept = String::new();
    let mut from = 0;
    for at in memchr::memchr3_iter(b'\r', 0xE2, 0xEF, bytes) {
        let len = bytes.get(at..).map_or(0, drops);
        if len > 0 {
            kept.push_str(text.get(from..at).unwrap_or_default());
            from = at + len;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(kept)
}

/// A name as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// Without marks, tilde and spaces at the ends.
    pub(crate) text: String,
    /// Whether a tilde stood before it: the sender chose it, the phone's owner has no contact of that name.
    pub(crate) chosen: bool,
}

/// Makes a name out of text that holds no marks any more.
pub(crate) fn name(text: &str) -> Name {
    let spaced = text.replace(['\u{A0}', '\u{202F}'], " ");
    let trimmed = spaced.trim();
    let (text, chosen) = match trimmed.strip_prefix('~') {
        Some(rest) => (rest.trim_start(), true),
        None => (trimmed, false),
    };
    let plain = text.replace('\u{2011}', "-");
    let text = if is_number(&plain) { plain } else { text.to_owned() };
    Name { text, chosen }
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (8..=15).contains(&digits) && text.bytes().all(|b| b.is_ascii_digit() || b"+-(). ".contains(&b))
}

/// The number in its international form, if the name is a number.
pub(crate) fn phone(name: &str) -> Option<String> {
    if !is_number(name) {
        return None;
    }
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    match (name.starts_with('+'), digits.strip_prefix('0')) {
        (true, _) => Some(format!("+{digits}")),
        (false, Some(rest)) => Some(format!("+62{rest}")),
        (false, None) => digits.starts_with("62").then(|| format!("+{digits}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_loses_marks_and_nothing_else() {
        let table: [(&[u8], &str); 9] = [
            (b"", ""),
            (b"dua\nbaris", "dua\nbaris"),
            (b"dua\r\nbaris\r", "dua\nbaris\r"),
            (
                "\u{200F}Keluarga 👨\u{200D}👩\u{200D}👧 hadir\u{200E}".as_bytes(),
                "Keluarga 👨\u{200D}👩\u{200D}👧 hadir",
            ),
            ("\u{202A}+62\u{A0}812\u{202C}".as_bytes(), "+62\u{A0}812"),
            ("“kutip” — ✌️".as_bytes(), "“kutip” — ✌️"),
            ("\u{2068}a\u{2069}\u{2066}b\u{FEFF}c".as_bytes(), "abc"),
            ("می\u{200C}خواهم".as_bytes(), "می\u{200C}خواهم"),
            (b"caf\xE9 \xE2\x80", "caf\u{FFFD} \u{FFFD}"),
        ];
        for (bytes, expected) in table {
            assert_eq!(Cleaner::default().text(bytes), expected, "{}", bytes.escape_ascii());
        }
        let mut cleaner = Cleaner::default();
        assert!(matches!(cleaner.text("ok 👍".as_bytes()), Cow::Borrowed(_)));
        assert!(!cleaner.damaged);
        cleaner.text(b"\xFF");
        assert!(cleaner.damaged);
    }

    #[test]
    fn names_and_numbers() {
        let table = [
            ("Retno", "Retno", false, None),
            ("~\u{202F}Simanungkala", "Simanungkala", true, None),
            ("~Budi ", "Budi", true, None),
            ("+62\u{A0}812\u{2011}0000\u{2011}0417", "+62 812-0000-0417", false, Some("+6281200000417")),
            ("0812-0000-0417", "0812-0000-0417", false, Some("+6281200000417")),
            ("6281200000417", "6281200000417", false, Some("+6281200000417")),
            ("+60 12-000 0417", "+60 12-000 0417", false, Some("+60120000417")),
            ("81200000417", "81200000417", false, None),
            ("Posko 2024", "Posko 2024", false, None),
            ("A\u{2011}B", "A\u{2011}B", false, None),
            ("", "", false, None),
        ];
        for (raw, text, chosen, number) in table {
            let name = name(raw);
            assert_eq!((name.text.as_str(), name.chosen), (text, chosen), "{raw:?}");
            assert_eq!(phone(&name.text).as_deref(), number, "{raw:?}");
        }
    }
}
