//! Files that are larger than memory: both passes over a window that moves along.

use std::io::{self, Read, Seek};
use std::ops::ControlFlow;

use super::group::{Block, Grouper};
use super::lines::{Decoder, Encoding, End, Rest, first_piece};
use super::message::Message;
use super::plan::Plan;
use super::read::{Maker, Summary};
use super::survey::Survey;
use super::{ChatError, Options};

/// How many bytes are read at once.
const CHUNK: usize = 256 << 10;

/// The part of a file, as UTF-8, that is held in memory.
struct Window<R> {
    source: R,
    encoding: Encoding,
    mark_len: usize,
    decoder: Decoder,
    /// What was read and is not UTF-8 yet; for files that are, it is read straight into the text.
    raw: Vec<u8>,
    text: Vec<u8>,
    /// Where the window begins in the whole text.
    base: u64,
    /// How many bytes of the file were read.
    size: u64,
    rest: Rest,
}

impl<R: Read> Window<R> {
    fn open(mut source: R) -> io::Result<Window<R>> {
        let mut raw = Vec::with_capacity(CHUNK);
        source.by_ref().take(4).read_to_end(&mut raw)?;
        let (encoding, mark_len) = Encoding::of(&raw);
        let mut text = Vec::new();
        let mut decoder = Decoder::new(encoding);
        decoder.push(raw.get(mark_len..).unwrap_or_default(), &mut text);
        let size = count(raw.len());
        let mut window = Window { source, encoding, mark_len, decoder, raw, text, base: 0, size, rest: Rest::Unread };
        if size < 4 {
            window.end();
        }
        Ok(window)
    }

    /// What of the text is held from a place on.
    fn from(&self, at: u64) -> &[u8] {
        self.place(at).and_then(|at| self.text.get(at..)).unwrap_or_default()
    }

    fn block(&self, block: &Block) -> &[u8] {
        let range = self.place(block.text.start).zip(self.place(block.text.end));
        range.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    fn place(&self, at: u64) -> Option<usize> {
        usize::try_from(at.checked_sub(self.base)?).ok()
    }

    /// Drops the text before a place, and reads on.
    fn grow(&mut self, needed_from: u64) -> io::Result<()> {
        if let Some(at) = self.place(needed_from).filter(|at| *at > 0) {
            self.text.drain(..at.min(self.text.len()));
            self.base = needed_from;
        }
        let target = if self.encoding == Encoding::Utf8 { &mut self.text } else { &mut self.raw };
        let before = if self.encoding == Encoding::Utf8 { target.len() } else { 0 };
        target.resize(before + CHUNK, 0);
        let read = read_some(&mut self.source, target.get_mut(before..).unwrap_or_default())?;
        target.truncate(before + read);
        self.size += count(read);
        if self.encoding != Encoding::Utf8 {
            self.decoder.push(&self.raw, &mut self.text);
        }
        if read == 0 {
            self.end();
        }
        Ok(())
    }

    fn end(&mut self) {
        self.decoder.finish(&mut self.text);
        self.rest = Rest::Complete;
    }
}

fn read_some(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

fn count(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// The first pass over a file: learns how it is to be read.
///
/// # Errors
/// The file cannot be read, holds no message, or cannot have the order of dates that was asked for.
pub fn survey(source: impl Read, options: &Options) -> Result<Plan, ChatError> {
    let mut window = Window::open(source).map_err(ChatError::Read)?;
    let mut survey = Survey::new();
    let (mut at, mut begins) = (0, true);
    loop {
        match first_piece(window.from(at), begins, window.rest) {
            Some(piece) => {
                survey.piece(&piece);
                at += count(piece.len());
                begins = piece.end != End::Nothing;
            }
            None if window.rest == Rest::Complete => break,
            None => window.grow(at).map_err(ChatError::Read)?,
        }
    }
    survey.finish(window.encoding, options)
}

impl Plan {
    /// The second pass over the same file: hands its messages over, one after the other, until it is told to stop.
    ///
    /// Of the file, no more than a message is held in memory.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(
        &self,
        source: impl Read,
        mut each: impl FnMut(Message<'_>) -> ControlFlow<()>,
    ) -> Result<Summary, ChatError> {
        let mut window = Window::open(source).map_err(ChatError::Read)?;
        let mut grouper = Grouper::new(self, window.mark_len);
        let mut maker = Maker::new(self);
        let mut begins = true;
        let mut flow = ControlFlow::Continue(());
        while flow.is_continue() {
            match first_piece(window.from(grouper.next_at()), begins, window.rest) {
                Some(piece) => {
                    begins = piece.end != End::Nothing;
                    if let Some(block) = grouper.piece(&piece) {
                        flow = each(maker.message(&block, window.block(&block)));
                    }
                }
                None if window.rest == Rest::Complete => break,
                None => window.grow(grouper.needed_from()).map_err(ChatError::Read)?,
            }
        }
        if flow.is_continue()
            && let Some(block) = grouper.finish(window.size)
        {
            let _ = each(maker.message(&block, window.block(&block)));
        }
        Ok(maker.summary(&grouper))
    }
}

/// Both passes over a file that may be larger than memory: messages are handed over one after the other.
///
/// # Errors
/// The file cannot be read, holds no message, or cannot have the order of dates that was asked for.
pub fn read_stream(
    mut source: impl Read + Seek,
    options: &Options,
    each: impl FnMut(Message<'_>) -> ControlFlow<()>,
) -> Result<Summary, ChatError> {
    let plan = survey(&mut source, options)?;
    source.rewind().map_err(ChatError::Read)?;
    plan.read(source, each)
}
