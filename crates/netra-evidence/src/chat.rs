//! Chat exports of WhatsApp as messages.
//!
//! **Purpose.** A group's export is the most frequent proof there is, and the most often misread one: nothing in it names
//! the language, the time zone, or the order of day and month, and every telephone writes it in another form. This module
//! reads all of them into one list, and says what it cannot know.
//!
//! A file is read twice. The first pass ([`survey`], [`Export::plan`]) learns the form of the headers and the order of the
//! dates from the whole file; the second one ([`Plan::read`], [`Export::messages`]) reads only that form. Files in memory
//! give messages that borrow from them; others are read through a window of a few megabytes, whatever their size.
//! [`Archive`] reads the archives that hold a chat and its media; [`compare`](fn@compare) holds two exports of one group
//! side by side.
//!
//! **Invariants**, each guarded by `tests/whatsapp.rs`.
//! - No byte is dropped: what stands before the first header, and the messages, cover the file.
//! - A line that has not the file's own form continues the message above it, whatever it looks like.
//! - The order of day and month is proven or said to be assumed ([`Format::is_ambiguous`]); then each message has both
//!   readings. No zone is guessed: times are those of the telephone's clock.
//! - Two authors are never taken for one.
//! - Any bytes are read without a panic, in one way, whether from memory or through a window.
//!
//! **May not know** who the people are, what a message means, or whether it was really sent: an export is a plain text that
//! anybody can change.
//!
//! ```
//! use netra_evidence::chat::{Export, Options};
//!
//! let export = Export::new(b"30/12/23 20.15 - Retno: Hadir\n");
//! let chat = export.read(&Options::default())?;
//! assert_eq!(chat.messages[0].sent.to_string(), "2023-12-30T20:15");
//! # Ok::<(), netra_evidence::chat::ChatError>(())
//! ```

mod archive;
mod attachment;
mod body;
mod compare;
mod error;
mod event;
mod export;
mod form;
mod group;
mod language;
mod lines;
mod marks;
mod message;
mod names;
mod omitted;
mod order;
mod plan;
mod poll;
mod read;
mod stream;
mod survey;

pub use archive::{Archive, MAX_MEMBERS, MAX_RATIO, Member, chat_name};
pub use attachment::{Attachment, Media, Stored};
pub use compare::{Comparison, Difference, Outline, compare};
pub use error::ChatError;
pub use event::{Event, EventType};
pub use export::{Chat, Export, Messages};
pub use form::Clock;
pub use lines::Encoding;
pub use message::{Author, Kind, LocalTime, Message};
pub use omitted::Omitted;
pub use order::{DateOrder, DateOrderError, OrderBasis};
pub use plan::{Format, Plan, Platform};
pub use poll::{Poll, PollOption};
pub use read::{Summary, Warning};
pub use stream::{read_stream, survey};

/// What a person decides about an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The order of dates, where somebody knows it; else the file has to tell.
    pub order: Option<DateOrder>,
}
