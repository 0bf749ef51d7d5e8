//! Puts lines together to messages.

use std::ops::Range;

use super::lines::{End, Piece};
use super::plan::{Head, LastDate, Plan};

/// The most bytes of a message that are held together; the rest of a longer one comes as pieces of its own.
pub(crate) const MAX_BLOCK: usize = 4 << 20;

/// Where something is: in the text as UTF-8, and in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    text: u64,
    file: u64,
}

/// The lines of one message.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Its header.
    pub(crate) head: Head,
    /// Whether it is the rest of a message that is too long, and so has no header of its own.
    pub(crate) is_rest: bool,
    /// Its first line, from 1.
    pub(crate) line: u64,
    /// Where it is in the text as UTF-8, the last line end left out.
    pub(crate) text: Range<u64>,
    /// Where it is in the file, the last line end left out.
    pub(crate) bytes: Range<u64>,
}

/// A message of which more lines may follow.
#[derive(Clone, Copy, Debug)]
struct Open {
    head: Head,
    is_rest: bool,
    line: u64,
    from: Place,
    to: Place,
}

impl Open {
    fn close(self) -> Block {
        Block {
            head: self.head,
            is_rest: self.is_rest,
            line: self.line,
            text: self.from.text..self.to.text,
            bytes: self.from.file..self.to.file,
        }
    }
}

/// Takes the pieces of a file one after the other, and gives its messages.
#[derive(Clone, Debug)]
pub(crate) struct Grouper<'p> {
    plan: &'p Plan,
    at: Place,
    line: u64,
    before: Option<End>,
    last_date: LastDate,
    open: Option<Open>,
    /// What stands before the first header: where it begins and ends in the file.
    pub(crate) preamble: Range<u64>,
    /// Whether something other than spaces stands there.
    pub(crate) preamble_has_text: bool,
}

impl<'p> Grouper<'p> {
    /// Begins behind the byte-order mark.
    pub(crate) fn new(plan: &'p Plan, mark_len: usize) -> Grouper<'p> {
        let mark = u64::try_from(mark_len).unwrap_or(0);
        Grouper {
            plan,
            at: Place { text: 0, file: mark },
            line: 1,
            before: None,
            last_date: LastDate::default(),
            open: None,
            preamble: mark..mark,
            preamble_has_text: false,
        }
    }

    /// Takes the next piece in. If it begins a message, the one before is complete.
    pub(crate) fn piece(&mut self, piece: &Piece<'_>) -> Option<Block> {
        let head = if piece.begins { self.plan.head(piece.text, self.before, &mut self.last_date) } else { None };
        let from = self.at;
        let (to, next) = self.ends(piece);
        self.at = next;
        self.before = Some(piece.end);
        let line = self.line;
        self.line += u64::from(piece.end != End::Nothing);
        let Some(open) = &mut self.open else {
            match head {
                Some(head) => self.open = Some(Open { head, is_rest: false, line, from, to }),
                None => {
                    self.preamble.end = next.file;
                    self.preamble_has_text |= !piece.text.trim_ascii().is_empty();
                }
            }
            return None;
        };
        let too_long = next.text - open.from.text > u64::try_from(MAX_BLOCK).unwrap_or(u64::MAX);
        match head {
            Some(head) => self.open.replace(Open { head, is_rest: false, line, from, to }).map(Open::close),
            None if too_long => {
                let rest = Open { head: open.head, is_rest: true, line, from, to };
                self.open.replace(rest).map(Open::close)
            }
            None => {
                open.to = to;
                None
            }
        }
    }

    /// Where a piece ends without its line end, and where the next one begins.
    fn ends(&self, piece: &Piece<'_>) -> (Place, Place) {
        let after = |place: Place, text: usize, file: u64| Place {
            text: place.text + u64::try_from(text).unwrap_or(0),
            file: place.file + file,
        };
        let to = after(self.at, piece.text.len(), self.plan.encoding.measure(piece.text));
        let end = [b'\r'; 2];
        let next =
            after(to, piece.end.len(), self.plan.encoding.measure(end.get(..piece.end.len()).unwrap_or_default()));
        (to, next)
    }

    /// The last message; `size` is the size of the file.
    pub(crate) fn finish(&mut self, size: u64) -> Option<Block> {
        self.preamble.end = self.preamble.end.min(size);
        let mut block = self.open.take()?.close();
        // Half a character at the end of a file of two-byte characters counts as a whole one.
        block.bytes.end = block.bytes.end.min(size);
        Some(block)
    }

    /// Where the text begins that is still needed.
    pub(crate) fn needed_from(&self) -> u64 {
        self.open.map_or(self.at.text, |open| open.from.text)
    }

    /// Where the next piece begins in the text.
    pub(crate) fn next_at(&self) -> u64 {
        self.at.text
    }
}
