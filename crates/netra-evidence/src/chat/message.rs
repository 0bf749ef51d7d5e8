//! Messages: what one of them holds, and how it is written as JSON.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::DateTime;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::attachment::{Attachment, Stored};
use super::event::Event;
use super::marks;
use super::omitted::Omitted;
use super::poll::Poll;

/// The date and time that the telephone showed. Which zone it was set to is in no export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// Date and time; the seconds are zero where the export has none.
    pub at: DateTime,
    /// Whether the export has seconds.
    pub has_seconds: bool,
}

/// As `2023-12-30T20:15`, to the second only where the export has seconds.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.at.date(), self.at.time());
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())?;
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        if self.has_seconds { write!(f, ":{:02}", time.second()) } else { Ok(()) }
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// Somebody who wrote, as the telephone's owner saw the name. Two of them are never taken for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "pengirim pesan")]
pub struct Author {
    /// The name without marks, or a number.
    pub name: String,
    /// The number in international form, where the name is a number.
    pub phone: Option<String>,
    /// Whether the sender chose the name: the owner has no contact for the number.
    pub chosen: bool,
}

impl Author {
    /// An author out of a name without marks.
    pub(crate) fn new(text: &str) -> Author {
        let name = marks::name(text);
        Author { phone: marks::phone(&name.text), name: name.text, chosen: name.chosen }
    }
}

/// What a message is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'t> {
    /// Words.
    Text,
    /// A file, by its name.
    Attachment(Attachment<'t>),
    /// A file that the export left out.
    MediaOmitted(Omitted<'t>),
    /// A message that was taken back.
    Deleted {
        /// The administrator who did it, if it was not the author.
        by: Option<String>,
    },
    /// A poll.
    Poll(Poll),
    /// A place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
    },
    /// A place that moved for some time.
    LiveLocation,
    /// Nothing: pictures to be seen once, and what the export cannot hold.
    Empty,
    /// What the telephone tells about the group.
    System(Event),
    /// The rest of a message that is too long to be held in one piece.
    Unknown,
}

impl Kind<'_> {
    /// A stable word for it.
    pub fn id(&self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Attachment(_) => "attachment",
            Kind::MediaOmitted(_) => "media-omitted",
            Kind::Deleted { .. } => "deleted",
            Kind::Poll(_) => "poll",
            Kind::Location { .. } => "location",
            Kind::LiveLocation => "live-location",
            Kind::Empty => "empty",
            Kind::System(_) => "system",
            Kind::Unknown => "unknown",
        }
    }

    /// The kind in words for people.
    pub fn indonesian(&self) -> &'static str {
        match self {
            Kind::Text => "teks",
            Kind::Attachment(_) => "lampiran",
            Kind::MediaOmitted(_) => "media tidak disertakan",
            Kind::Deleted { .. } => "dihapus",
            Kind::Poll(_) => "jajak pendapat",
            Kind::Location { .. } => "lokasi",
            Kind::LiveLocation => "lokasi terkini",
            Kind::Empty => "kosong",
            Kind::System(_) => "sistem",
            Kind::Unknown => "lanjutan",
        }
    }

    /// The same, held by itself.
    pub fn into_owned(self) -> Kind<'static> {
        match self {
            Kind::Attachment(attachment) => Kind::Attachment(attachment.into_owned()),
            Kind::MediaOmitted(omitted) => Kind::MediaOmitted(omitted.into_owned()),
            Kind::Text => Kind::Text,
            Kind::Deleted { by } => Kind::Deleted { by },
            Kind::Poll(poll) => Kind::Poll(poll),
            Kind::Location { latitude, longitude } => Kind::Location { latitude, longitude },
            Kind::LiveLocation => Kind::LiveLocation,
            Kind::Empty => Kind::Empty,
            Kind::System(event) => Kind::System(event),
            Kind::Unknown => Kind::Unknown,
        }
    }
}

/// One message, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "pesan")]
pub struct Message<'t> {
    /// Its number, from 1.
    pub n: u64,
    /// Its first line in the file, from 1.
    pub line: u64,
    /// Its bytes in the file, marks before the header included, the last line end left out.
    pub bytes: Range<u64>,
    /// When it was sent, on the telephone's clock.
    pub sent: LocalTime,
    /// The other reading of the same date, where the order of day and month is not known.
    pub sent_if_other: Option<LocalTime>,
    /// What it is.
    pub kind: Kind<'t>,
    /// Who wrote it; nobody, if the telephone did.
    pub author: Option<Arc<Author>>,
    /// The name in the header of what the telephone wrote.
    pub header_author: Option<Arc<Author>>,
    /// The words: for files the caption. Without marks, with plain line ends.
    pub text: Cow<'t, str>,
    /// Whether it was changed after it was sent. The earlier words are in no export.
    pub edited: bool,
    /// Whether a message above it is later: it may be part of a chat that was pasted into a message.
    pub runs_backward: bool,
}

impl Message<'_> {
    /// The same, held by itself.
    pub fn into_owned(self) -> Message<'static> {
        Message { kind: self.kind.into_owned(), text: Cow::Owned(self.text.into_owned()), ..self }
    }
}

/// The shape that other programs rely on; what does not apply is left out.
impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("n", &self.n)?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("bytes", &[self.bytes.start, self.bytes.end])?;
        map.serialize_entry("sent", &self.sent)?;
        map.serialize_entry("kind", self.kind.id())?;
        map.serialize_entry("author", &self.author.as_ref().map(|author| &author.name))?;
        map.serialize_entry("text", &self.text)?;
        if let Some(author) = &self.header_author {
            map.serialize_entry("header_author", &author.name)?;
        }
        if let Some(author) = &self.author {
            if let Some(phone) = &author.phone {
                map.serialize_entry("author_phone", phone)?;
            }
            if author.chosen {
                map.serialize_entry("push_name", &true)?;
            }
        }
        self.kind.entries(&mut map)?;
        if self.edited {
            map.serialize_entry("edited", &true)?;
        }
        if self.runs_backward {
            map.serialize_entry("suspect", "pasted")?;
        }
        map.end()
    }
}

impl Kind<'_> {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Kind::Attachment(attachment) => {
                map.serialize_entry("attachment", attachment)?;
                some(map, "title", attachment.title.as_ref())
            }
            Kind::MediaOmitted(omitted) => {
                map.serialize_entry("media", &omitted.media)?;
                some(map, "title", omitted.title.as_ref())?;
                some(map, "pages", omitted.pages)
            }
            Kind::Deleted { by } => some(map, "deleted_by", by.as_ref()),
            Kind::Poll(poll) => map.serialize_entry("poll", poll),
            Kind::Location { latitude, longitude } => map.serialize_entry("location", &[latitude, longitude]),
            Kind::System(event) => map.serialize_entry("event", event),
            Kind::Text | Kind::LiveLocation | Kind::Empty | Kind::Unknown => Ok(()),
        }
    }
}

fn some<M: SerializeMap>(map: &mut M, key: &'static str, value: Option<impl Serialize>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(key, &value))
}

impl Serialize for Attachment<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("media", &self.media)?;
        some(&mut map, "pages", self.pages)?;
        match self.stored {
            Stored::NotAsked => {}
            Stored::Absent => map.serialize_entry("present", &false)?,
            Stored::Here { size, digest, place: _ } => {
                map.serialize_entry("present", &true)?;
                map.serialize_entry("size", &size)?;
                some(&mut map, "sha256", digest)?;
            }
        }
        map.end()
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.kind.id())?;
        some(&mut map, "actor", self.actor.as_ref())?;
        some(&mut map, "target", self.target.as_ref())?;
        some(&mut map, "value", self.value.as_ref())?;
        some(&mut map, "old", self.old.as_ref())?;
        map.end()
    }
}
