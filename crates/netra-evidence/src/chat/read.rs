//! The second pass: turns the lines of a message into a message.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::DateTime;
use serde::{Serialize, Serializer};

use super::body::{self, Body, Habit};
use super::event;
use super::group::{Block, Grouper};
use super::marks::{self, Cleaner};
use super::message::{Author, Kind, Message};
use super::names::Authors;
use super::plan::{Format, Plan};

/// After so many messages that are all earlier than one above, that one's time is taken for the odd one.
const LONGEST_RUN: u32 = 200;

/// What a reader of the messages has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// Nothing proves the order of day and month.
    AmbiguousDateOrder,
    /// A file that a message names is not in the archive.
    AttachmentMissing,
    /// A file in the archive is named by no message.
    UnreferencedMember,
    /// A file in the archive was left alone: its name leads elsewhere, it is a link, or it unpacks to far too much.
    UnsafeMemberSkipped,
    /// Something stands before the first message.
    TextBeforeFirstMessage,
    /// A message is earlier than one above it.
    TimeRunsBackward,
    /// Some bytes are no text in the file's encoding.
    InvalidBytes,
    /// There are more authors than are listed.
    TooManyAuthors,
    /// A message is so long that it is given in pieces.
    OverlongMessage,
}

impl Warning {
    /// A stable word for it.
    pub fn id(self) -> &'static str {
        match self {
            Warning::AmbiguousDateOrder => "ambiguous-date-order",
            Warning::AttachmentMissing => "attachment-missing",
            Warning::UnreferencedMember => "unreferenced-member",
            Warning::UnsafeMemberSkipped => "unsafe-member-skipped",
            Warning::TextBeforeFirstMessage => "text-before-first-message",
            Warning::TimeRunsBackward => "time-runs-backward",
            Warning::InvalidBytes => "invalid-bytes",
            Warning::TooManyAuthors => "too-many-authors",
            Warning::OverlongMessage => "overlong-message",
        }
    }

    /// The warning in words for people: what it means and what to do.
    pub fn indonesian(self) -> &'static str {
        match self {
            Warning::AmbiguousDateOrder => {
                "Urutan tanggal dan bulan tidak terbukti oleh berkas ini. Tentukan dulu (--date-order) sebelum tanggalnya \
                 dipakai; tanyakan setelan wilayah ponsel kepada pemberi berkas."
            }
            Warning::AttachmentMissing => {
                "Ada lampiran yang disebut pesan tetapi tidak ada dalam arsip. Minta ekspor dengan media."
            }
            Warning::UnreferencedMember => "Ada berkas dalam arsip yang tidak disebut pesan mana pun.",
            Warning::UnsafeMemberSkipped => {
                "Ada isi arsip yang tidak dibuka karena tidak aman: jalurnya keluar dari arsip, berupa tautan, atau \
                 mengembang tidak wajar."
            }
            Warning::TextBeforeFirstMessage => {
                "Ada teks sebelum pesan pertama: awal ekspor mungkin terpotong. Minta ekspor yang utuh."
            }
            Warning::TimeRunsBackward => {
                "Ada pesan yang lebih awal daripada pesan di atasnya: mungkin percakapan lain yang ditempel ke dalam \
                 sebuah pesan. Bandingkan dengan ponselnya atau ekspor anggota lain."
            }
            Warning::InvalidBytes => "Ada bita yang bukan teks; di tempatnya tertulis tanda \u{FFFD}.",
            Warning::TooManyAuthors => "Nama pengirim terlalu banyak; tidak semuanya didaftar.",
            Warning::OverlongMessage => "Ada pesan yang terlalu panjang; sisanya ditulis sebagai pesan lanjutan.",
        }
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id())
    }
}

/// What is known of an export besides its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What is the same through the whole export.
    pub format: Format,
    /// What a reader has to know.
    pub warnings: BTreeSet<Warning>,
    /// Those who wrote, in the order of their first message.
    pub authors: Vec<Arc<Author>>,
    /// Number of messages.
    pub messages: u64,
    /// The bytes of the file before the first message, the byte-order mark left out; mostly none.
    pub preamble: Range<u64>,
}

/// Turns blocks of lines into messages.
#[derive(Debug)]
pub(crate) struct Maker<'p> {
    plan: &'p Plan,
    authors: Authors,
    cleaner: Cleaner,
    n: u64,
    /// Who wrote the message before.
    last: Option<usize>,
    latest: Option<DateTime>,
    run: u32,
    warnings: BTreeSet<Warning>,
}

impl<'p> Maker<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Maker<'p> {
        let warnings = plan.format().is_ambiguous().then_some(Warning::AmbiguousDateOrder).into_iter().collect();
        let (authors, cleaner) = (Authors::default(), Cleaner::default());
        Maker { plan, authors, cleaner, n: 0, last: None, latest: None, run: 0, warnings }
    }

    /// The message whose lines these are.
    pub(crate) fn message<'t>(&mut self, block: &Block, text: &'t [u8]) -> Message<'t> {
        self.n += 1;
        let (author, body) = if block.is_rest {
            self.warnings.insert(Warning::OverlongMessage);
            (self.last, Body { kind: Kind::Unknown, text: self.cleaner.text(text), edited: false })
        } else {
            self.whole(block, text)
        };
        let is_system = matches!(body.kind, Kind::System(_));
        self.last = author.filter(|_| !is_system);
        if let Some(place) = self.last {
            self.authors.wrote(place);
        }
        let author = author.and_then(|place| self.authors.author(place));
        let (author, header_author) = if is_system { (None, author) } else { (author, None) };
        Message {
            n: self.n,
            line: block.line,
            bytes: block.bytes.clone(),
            sent: block.head.sent,
            sent_if_other: block.head.other,
            runs_backward: self.runs_backward(block.head.sent.at),
            kind: body.kind,
            author,
            header_author,
            text: body.text,
            edited: body.edited,
        }
    }

    fn whole<'t>(&mut self, block: &Block, text: &'t [u8]) -> (Option<usize>, Body<'t>) {
        let rest = text.get(block.head.rest..).unwrap_or_default();
        let Some(split) = block.head.split else { return (None, body::system(rest, &mut self.cleaner)) };
        let name = rest.get(..split.name).unwrap_or_default();
        let author = match self.authors.known(name) {
            Some(place) => Some(place),
            None if self.is_event(rest, name) => return (None, body::system(rest, &mut self.cleaner)),
            None => self.authors.make(name, &mut self.cleaner),
        };
        let body = rest.get(split.body..).unwrap_or_default();
        (author, body::read(body, self.plan.habit(), &mut self.cleaner))
    }

    /// Whether a line without author holds `": "` all the same: behind the event's own words, or in a name that is known.
    fn is_event(&mut self, rest: &[u8], name: &[u8]) -> bool {
        if self.plan.habit() != Habit::NoAuthor {
            return false;
        }
        let long = &self.plan.long_names;
        let name = self.cleaner.text(marks::skip_marks(name));
        let line = self.cleaner.text(marks::skip_marks(rest));
        if !event::has_words(&name) && !long.begins(&line) {
            return false;
        }
        event::recognise(&line).is_some_and(|found| {
            found.words_at < name.len() || found.event.names().any(|name| long.begins_with(&line, name))
        })
    }

    fn runs_backward(&mut self, sent: DateTime) -> bool {
        let is_earlier = self.latest.is_some_and(|latest| sent < latest);
        self.run = if is_earlier { self.run + 1 } else { 0 };
        if !is_earlier || self.run >= LONGEST_RUN {
            self.latest = Some(sent);
        }
        if is_earlier {
            self.warnings.insert(Warning::TimeRunsBackward);
        }
        is_earlier
    }

    /// What is known at the end.
    pub(crate) fn summary(&self, grouper: &Grouper<'_>) -> Summary {
        let mut warnings = self.warnings.clone();
        let more = [
            (grouper.preamble_has_text, Warning::TextBeforeFirstMessage),
            (self.cleaner.damaged, Warning::InvalidBytes),
            (self.authors.overflow, Warning::TooManyAuthors),
        ];
        warnings.extend(more.into_iter().filter(|(is, _)| *is).map(|(_, warning)| warning));
        Summary {
            format: self.plan.format(),
            warnings,
            authors: self.authors.list(),
            messages: self.n,
            preamble: grouper.preamble.clone(),
        }
    }
}
