//! A file in pieces of whole rows.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

/// How much is read at a time.
const PIECE: usize = if cfg!(test) { 1 << 10 } else { 1 << 20 };
/// How many line ends are tried, from the last one backwards, for one that is outside quotation marks.
const TRIES: usize = 1000;

/// Some whole rows.
#[derive(Default)]
pub(crate) struct Chunk {
    /// Their bytes; the last one ends a line.
    pub(crate) bytes: Vec<u8>,
    /// The line of the first one, counted from one.
    pub(crate) line: u64,
}

impl Chunk {
    /// All of it, to be read.
    pub(crate) fn rest(&self) -> Rest<'_> {
        Rest { bytes: &self.bytes, line: self.line }
    }
}

/// What is not read yet of a chunk.
pub(crate) struct Rest<'c> {
    pub(crate) bytes: &'c [u8],
    pub(crate) line: u64,
}

impl Rest<'_> {
    /// Goes on by some bytes.
    pub(crate) fn advance(&mut self, bytes: usize) {
        let (passed, rest) = self.bytes.split_at_checked(bytes).unwrap_or((self.bytes, &[]));
        self.line += lines(passed);
        self.bytes = rest;
    }

    /// Passes line ends.
    pub(crate) fn skip_blank(&mut self) {
        let blank = self.bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        if blank > 0 {
            self.advance(blank);
        }
    }

    /// Passes the second half of a line end, where the first was read.
    pub(crate) fn skip_line_end(&mut self) {
        if self.bytes.first() == Some(&b'\n') {
            self.advance(1);
        }
    }

    /// Passes the rest of the line.
    pub(crate) fn skip_line(&mut self) {
        let length = memchr::memchr(b'\n', self.bytes).map_or(self.bytes.len(), |end| end + 1);
        self.advance(length);
    }
}

/// A file that is read in pieces.
pub(crate) struct Source<'r> {
    reader: Box<dyn Read + Send + 'r>,
    carry: Vec<u8>,
    line: u64,
    bytes: u64,
    is_at_end: bool,
}

impl<'r> Source<'r> {
    pub(crate) fn new(reader: Box<dyn Read + Send + 'r>) -> Source<'r> {
        Source { reader, carry: Vec::new(), line: 1, bytes: 0, is_at_end: false }
    }

    /// How many bytes were read.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes back what was read too much; so many lines stand before it.
    pub(crate) fn give_back(&mut self, bytes: &[u8], lines: u64) {
        self.line = 1 + lines;
        let mut carry = bytes.to_vec();
        carry.append(&mut self.carry);
        self.carry = carry;
    }

    /// Fills a chunk with the next rows; at the end of the file there are none.
    pub(crate) fn fill(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        chunk.bytes.clear();
        chunk.bytes.append(&mut self.carry);
        if !self.is_at_end {
            let before = chunk.bytes.len();
            let wanted = PIECE.saturating_sub(before).max(PIECE / 4);
            let limit = u64::try_from(wanted).unwrap_or(u64::MAX);
            let read = self.reader.by_ref().take(limit).read_to_end(&mut chunk.bytes)?;
            self.bytes += u64::try_from(read).unwrap_or_default();
            self.is_at_end = read < wanted;
        }
        if self.is_at_end {
            if chunk.bytes.last().is_some_and(|last| *last != b'\n') {
                chunk.bytes.push(b'\n');
            }
        } else if let Some(end) = row_end(&chunk.bytes) {
            self.carry.extend_from_slice(chunk.bytes.get(end..).unwrap_or_default());
            chunk.bytes.truncate(end);
        } else {
            // A line longer than a piece is cut, and its parts will be refused.
            chunk.bytes.push(b'\n');
        }
        chunk.line = self.line;
        self.line += lines(&chunk.bytes);
        Ok(!chunk.bytes.is_empty())
    }
}

fn lines(bytes: &[u8]) -> u64 {
    u64::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or_default()
}

fn quotes(bytes: &[u8]) -> usize {
    memchr_iter(b'"', bytes).count()
}

/// Where the last whole row ends: behind the last line end that is outside quotation marks, or behind the last one at all
/// where the marks do not add up.
fn row_end(bytes: &[u8]) -> Option<usize> {
    let last = memrchr(b'\n', bytes)? + 1;
    let mut end = last;
    let mut marks = quotes(bytes.get(..end)?);
    for _ in 0..TRIES {
        if marks.is_multiple_of(2) {
            return Some(end);
        }
        let Some(earlier) = memrchr(b'\n', bytes.get(..end - 1)?) else { break };
        marks -= quotes(bytes.get(earlier + 1..end)?);
        end = earlier + 1;
    }
    Some(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_end_outside_quotation_marks() {
        let rows: [(&[u8], Option<usize>); 6] = [
            (b"a,b\nc,d\ne", Some(8)),
            (b"a,\"b\nc\"\nd,\"e\n", Some(8)),
            (b"a,\"b\nc", Some(5)),
            (b"a,b", None),
            (b"", None),
            (b"\n", Some(1)),
        ];
        for (bytes, expected) in rows {
            assert_eq!(row_end(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    proptest! {
        /// Guards: the pieces are the file, and each begins in the line that it says.
        #[test]
        fn pieces_are_the_file(lines in proptest::collection::vec("[a-c\"]{0,12}", 0..40), copies in 1usize..400) {
            let text = format!("{}\n", lines.join("\n")).repeat(copies);
            let mut source = Source::new(Box::new(text.as_bytes()));
            let mut chunk = Chunk::default();
            let mut whole = Vec::new();
            while source.fill(&mut chunk).unwrap() {
                prop_assert_eq!(chunk.line, 1 + super::lines(&whole));
                whole.extend_from_slice(&chunk.bytes);
            }
            prop_assert_eq!(whole, text.as_bytes());
        }
    }
}
