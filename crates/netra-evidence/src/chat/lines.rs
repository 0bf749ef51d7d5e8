//! The file as lines: encodings, line ends, and pieces of lines that are too long to be held.

/// How the file writes its characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[default]
    Utf8,
    /// UTF-16, low byte first; only with a byte-order mark.
    Utf16Le,
    /// UTF-16, high byte first; only with a byte-order mark.
    Utf16Be,
}

impl Encoding {
    /// A stable word for it.
    pub fn id(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
        }
    }

    /// What the first bytes of a file say, and how many of them are a byte-order mark.
    pub(crate) fn of(start: &[u8]) -> (Encoding, usize) {
        match start {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            _ => (Encoding::Utf8, 0),
        }
    }

    /// How many bytes of the file these bytes of UTF-8 were.
    #[inline]
    pub(crate) fn measure(self, utf8: &[u8]) -> u64 {
        let units = match self {
            Encoding::Utf8 => utf8.len(),
            // Every character is one unit, those that take four bytes of UTF-8 are two.
            _ => 2 * utf8.iter().map(|b| usize::from(b & 0xC0 != 0x80) + usize::from(*b >= 0xF0)).sum::<usize>(),
        };
        u64::try_from(units).unwrap_or(u64::MAX)
    }
}

/// Turns a file into UTF-8, chunk by chunk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decoder {
    encoding: Encoding,
    odd: Option<u8>,
    high: Option<u16>,
}

impl Decoder {
    pub(crate) fn new(encoding: Encoding) -> Decoder {
        Decoder { encoding, odd: None, high: None }
    }

    /// Appends a chunk.
    pub(crate) fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) {
        if self.encoding == Encoding::Utf8 {
            out.extend_from_slice(chunk);
            return;
        }
        for byte in chunk {
            match self.odd.take() {
                None => self.odd = Some(*byte),
                Some(first) if self.encoding == Encoding::Utf16Le => self.unit(u16::from_le_bytes([first, *byte]), out),
                Some(first) => self.unit(u16::from_be_bytes([first, *byte]), out),
            }
        }
    }

    /// Appends what was left over at the file's end.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) {
        let cut = usize::from(self.high.take().is_some()) + usize::from(self.odd.take().is_some());
        for _ in 0..cut {
            add(char::REPLACEMENT_CHARACTER, out);
        }
    }

    fn unit(&mut self, unit: u16, out: &mut Vec<u8>) {
        if let Some(high) = self.high.take() {
            match char::decode_utf16([high, unit]).next() {
                Some(Ok(character)) => return add(character, out),
                _ => add(char::REPLACEMENT_CHARACTER, out),
            }
        }
        if matches!(unit, 0xD800..=0xDBFF) {
            self.high = Some(unit);
        } else {
            add(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER), out);
        }
    }
}

fn add(character: char, out: &mut Vec<u8>) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing: the file's end, or the line goes on in the next piece.
    Nothing,
    /// A line feed.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
}

impl End {
    pub(crate) fn len(self) -> usize {
        match self {
            End::Nothing => 0,
            End::Lf => 1,
            End::CrLf => 2,
        }
    }
}

/// A line, or a part of one that is longer than [`MAX_PIECE`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'t> {
    /// Without its end.
    pub(crate) text: &'t [u8],
    pub(crate) end: End,
    /// Whether it begins a line.
    pub(crate) begins: bool,
}

impl Piece<'_> {
    /// With its end.
    pub(crate) fn len(&self) -> usize {
        self.text.len() + self.end.len()
    }
}

/// The most bytes of a line that are looked at together.
pub(crate) const MAX_PIECE: usize = 1 << 20;

/// What more of the file may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// The window ends where the file ends.
    Complete,
    /// There may be more.
    Unread,
}

/// The first piece of a window; none if the window has to grow first, or is empty.
#[inline]
pub(crate) fn first_piece(window: &[u8], begins: bool, rest: Rest) -> Option<Piece<'_>> {
    let head = window.get(..MAX_PIECE).unwrap_or(window);
    if let Some(at) = memchr::memchr(b'\n', head) {
        let line = head.get(..at).unwrap_or_default();
        return Some(match line.strip_suffix(b"\r") {
            Some(text) => Piece { text, end: End::CrLf, begins },
            None => Piece { text: line, end: End::Lf, begins },
        });
    }
    if head.len() == MAX_PIECE {
        let text = head.get(..cut(head)).unwrap_or(head);
        return Some(Piece { text, end: End::Nothing, begins });
    }
    (rest == Rest::Complete && !window.is_empty()).then_some(Piece { text: window, end: End::Nothing, begins })
}

/// Where to cut a long line: not inside a character, and not before a line feed.
fn cut(head: &[u8]) -> usize {
    let inside = head.iter().rev().take(4).take_while(|b| **b & 0xC0 == 0x80).count();
    let whole = head.len().saturating_sub(inside + 1);
    match head.get(whole) {
        Some(b) if *b < 0x80 && *b != b'\r' && inside == 0 => head.len(),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(encoding: Encoding, chunks: &[&[u8]]) -> String {
        let (mut decoder, mut out) = (Decoder::new(encoding), Vec::new());
        for chunk in chunks {
            decoder.push(chunk, &mut out);
        }
        decoder.finish(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn two_byte_files_become_text_wherever_they_are_cut() {
        let text = "30/12 é 👍\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for at in 0..=little.len() {
            let (a, b) = little.split_at(at);
            assert_eq!(decoded(Encoding::Utf16Le, &[a, b]), text);
            let (a, b) = big.split_at(at);
            assert_eq!(decoded(Encoding::Utf16Be, &[a, b]), text);
        }
        assert_eq!(Encoding::Utf16Le.measure(text.as_bytes()), 24);
        assert_eq!(Encoding::Utf8.measure(text.as_bytes()), 15);
    }

    #[test]
    fn broken_pairs_become_one_sign_each() {
        let table: [(&[u16], &str); 4] = [
            (&[0xD83D], "\u{FFFD}"),
            (&[0xDC4D, 0x41], "\u{FFFD}A"),
            (&[0xD83D, 0xD83D, 0xDC4D], "\u{FFFD}👍"),
            (&[0xD83D, 0x41], "\u{FFFD}A"),
        ];
        for (units, expected) in table {
            let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            assert_eq!(decoded(Encoding::Utf16Le, &[&bytes]), expected, "{units:x?}");
        }
        assert_eq!(decoded(Encoding::Utf16Le, &[b"A\0B"]), "A\u{FFFD}");
    }

    /// A piece as its length, its end and whether it begins a line.
    fn pieces(text: &[u8]) -> Vec<(usize, End, bool)> {
        let (mut at, mut begins, mut list) = (0, true, Vec::new());
        while let Some(piece) = first_piece(&text[at..], begins, Rest::Complete) {
            list.push((piece.text.len(), piece.end, piece.begins));
            at += piece.len();
            begins = piece.end != End::Nothing;
        }
        assert_eq!(at, text.len());
        list
    }

    #[test]
    fn lines_and_their_ends() {
        assert_eq!(pieces(b""), []);
        assert_eq!(pieces(b"a\r\n\nbc"), [(1, End::CrLf, true), (0, End::Lf, true), (2, End::Nothing, true)]);
        assert_eq!(pieces(b"\r\r\n"), [(1, End::CrLf, true)]);
        assert!(first_piece(b"abc", true, Rest::Unread).is_none());
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let long = [&vec![b'x'; MAX_PIECE - 2][..], "é👍y\r\n".as_bytes()].concat();
        assert_eq!(pieces(&long), [(MAX_PIECE - 2, End::Nothing, true), (7, End::CrLf, false)]);
        let returns = [&vec![b'x'; MAX_PIECE - 1][..], b"\r\n"].concat();
        assert_eq!(pieces(&returns), [(MAX_PIECE - 1, End::Nothing, true), (0, End::CrLf, false)]);
        let junk = vec![0x80; MAX_PIECE + 1];
        assert_eq!(pieces(&junk).len(), 2);
    }
}
