//! Files that are in memory: messages borrow from them.

use std::borrow::Cow;

use super::group::Grouper;
use super::lines::{Decoder, Encoding, End, Rest, first_piece};
use super::message::Message;
use super::plan::Plan;
use super::read::{Maker, Summary};
use super::survey::Survey;
use super::{ChatError, Options};

/// An export that is in memory.
#[derive(Clone, Debug)]
#[doc(alias = "ekspor percakapan")]
pub struct Export<'b> {
    text: Cow<'b, [u8]>,
    encoding: Encoding,
    mark_len: usize,
    size: u64,
}

/// Everything that an export holds.
#[derive(Clone, Debug)]
pub struct Chat<'t> {
    /// What is known besides the messages.
    pub summary: Summary,
    /// The messages in the order of the file.
    pub messages: Vec<Message<'t>>,
}

impl<'b> Export<'b> {
    /// Looks at the bytes of a file; those of two-byte characters are turned into UTF-8, all others stay where they are.
    pub fn new(bytes: &'b [u8]) -> Export<'b> {
        let (encoding, mark_len) = Encoding::of(bytes);
        let rest = bytes.get(mark_len..).unwrap_or_default();
        let text = if encoding == Encoding::Utf8 {
            Cow::Borrowed(rest)
        } else {
            let (mut decoder, mut text) = (Decoder::new(encoding), Vec::new());
            decoder.push(rest, &mut text);
            decoder.finish(&mut text);
            Cow::Owned(text)
        };
        Export { text, encoding, mark_len, size: u64::try_from(bytes.len()).unwrap_or(u64::MAX) }
    }

    /// The first pass: how the file is to be read.
    ///
    /// # Errors
    /// The file holds no message, or cannot have the order of dates that was asked for.
    pub fn plan(&self, options: &Options) -> Result<Plan, ChatError> {
        let mut survey = Survey::new();
        let (mut rest, mut begins) = (self.text.as_ref(), true);
        while let Some(piece) = first_piece(rest, begins, Rest::Complete) {
            survey.piece(&piece);
            rest = rest.get(piece.len()..).unwrap_or_default();
            begins = piece.end != End::Nothing;
        }
        survey.finish(self.encoding, options)
    }

    /// The second pass: the messages, one after the other.
    pub fn messages<'t, 'p>(&'t self, plan: &'p Plan) -> Messages<'t, 'p> {
        Messages {
            text: &self.text,
            begins: true,
            size: self.size,
            grouper: Grouper::new(plan, self.mark_len),
            maker: Maker::new(plan),
        }
    }

    /// Both passes.
    ///
    /// # Errors
    /// The file holds no message, or cannot have the order of dates that was asked for.
    pub fn read(&self, options: &Options) -> Result<Chat<'_>, ChatError> {
        let plan = self.plan(options)?;
        let mut reader = self.messages(&plan);
        let messages = reader.by_ref().collect();
        Ok(Chat { summary: reader.summary(), messages })
    }
}

/// The messages of an export, one after the other.
#[derive(Debug)]
pub struct Messages<'t, 'p> {
    text: &'t [u8],
    begins: bool,
    size: u64,
    grouper: Grouper<'p>,
    maker: Maker<'p>,
}

impl<'t> Messages<'t, '_> {
    /// What is known of the export; all of it once the last message was given.
    pub fn summary(&self) -> Summary {
        self.maker.summary(&self.grouper)
    }
}

impl<'t> Iterator for Messages<'t, '_> {
    type Item = Message<'t>;

    fn next(&mut self) -> Option<Message<'t>> {
        let text = self.text;
        loop {
            let at = usize::try_from(self.grouper.next_at()).ok()?;
            let piece = first_piece(text.get(at..).unwrap_or_default(), self.begins, Rest::Complete);
            let block = match piece {
                Some(piece) => {
                    self.begins = piece.end != End::Nothing;
                    match self.grouper.piece(&piece) {
                        Some(block) => block,
                        None => continue,
                    }
                }
                None => self.grouper.finish(self.size)?,
            };
            let start = usize::try_from(block.text.start).ok()?;
            let end = usize::try_from(block.text.end).ok()?;
            return Some(self.maker.message(&block, text.get(start..end).unwrap_or_default()));
        }
    }
}
