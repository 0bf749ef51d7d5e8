//! How a file is to be read, as the first pass learned it.

use serde::Serialize;

use jiff::civil::{Date, DateTime};

use super::body::Habit;
use super::event;
use super::form::{Clock, Fields, Form, Frame, Header};
use super::lines::{Encoding, End};
use super::marks::{self, Cleaner, LEFT_TO_RIGHT};
use super::message::LocalTime;
use super::names::{LongNames, Split};
use super::order::{DateOrder, OrderBasis};

/// Which kind of telephone wrote the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// One with Android.
    Android,
    /// One of Apple.
    Ios,
}

/// What is the same through a whole export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Format {
    /// The kind of telephone.
    pub platform: Platform,
    /// The order of day, month and year.
    pub date_order: DateOrder,
    /// How the order is known.
    pub date_order_basis: OrderBasis,
    /// How hours are counted.
    pub clock: Clock,
    /// Whether times have seconds.
    pub seconds: bool,
    /// How characters are written.
    pub encoding: Encoding,
}

impl Format {
    /// Whether nothing proves the order of day and month. Then no date may be used before a person has decided.
    pub fn is_ambiguous(&self) -> bool {
        self.date_order_basis == OrderBasis::Assumed
    }
}

impl Serialize for Encoding {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id())
    }
}

/// Which line ends can end a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// Any.
    Any,
    /// A carriage return and a line feed.
    ReturnsOnly,
}

/// How a file is to be read.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) encoding: Encoding,
    pub(crate) form: Form,
    pub(crate) breaks: Breaks,
    pub(crate) order: DateOrder,
    pub(crate) basis: OrderBasis,
    pub(crate) long_names: LongNames,
    pub(crate) marks_seen: bool,
}

/// A header that begins a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) sent: LocalTime,
    pub(crate) other: Option<LocalTime>,
    /// Where the author or the text begins.
    pub(crate) rest: usize,
    /// Where the author ends and the message begins, counted from there.
    pub(crate) split: Option<Split>,
}

/// The last date that was read: most lines have the same one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastDate(Option<(Fields, Option<Date>, Option<Date>)>);

impl Plan {
    /// What is the same through the whole export.
    pub fn format(&self) -> Format {
        Format {
            platform: if self.form.frame == Frame::Dash { Platform::Android } else { Platform::Ios },
            date_order: self.order,
            date_order_basis: self.basis,
            clock: self.form.clock,
            seconds: self.form.seconds,
            encoding: self.encoding,
        }
    }

    /// What the telephone does with its own lines.
    pub(crate) fn habit(&self) -> Habit {
        match (self.form.frame, self.marks_seen) {
            (Frame::Dash, _) => Habit::NoAuthor,
            (_, true) => Habit::Marks,
            (_, false) => Habit::NoMarks,
        }
    }

    /// The header at a line's beginning, if the line begins a message.
    pub(crate) fn head(&self, line: &[u8], before: Option<End>, last: &mut LastDate) -> Option<Head> {
        if self.breaks == Breaks::ReturnsOnly && before == Some(End::Lf) {
            return None;
        }
        let header = Header::read(line).filter(|header| header.form == self.form)?;
        let (date, other) = self.dates(header.fields, last);
        let (date, time) = (date?, header.time()?);
        let local = |date| LocalTime { at: DateTime::from_parts(date, time), has_seconds: self.form.seconds };
        let rest = line.get(header.rest..)?;
        let split = self.long_names.split(rest);
        if split.is_none() && self.form.frame != Frame::Dash && !self.is_authorless(rest) {
            return None;
        }
        Some(Head { sent: local(date), other: other.map(local), rest: header.rest, split })
    }

    fn dates(&self, fields: Fields, last: &mut LastDate) -> (Option<Date>, Option<Date>) {
        if let Some((known, date, other)) = last.0
            && known == fields
        {
            return (date, other);
        }
        let read = |order| fields.date(order, self.form.year);
        let other = if self.basis == OrderBasis::Assumed { self.order.other().and_then(read) } else { None };
        let date = read(self.order);
        last.0 = Some((fields, date, other));
        (date, other)
    }

    /// Whether a telephone that names an author in every line wrote this one, which names none.
    fn is_authorless(&self, rest: &[u8]) -> bool {
        self.breaks == Breaks::ReturnsOnly || rest.starts_with(LEFT_TO_RIGHT) || {
            let text = Cleaner::default().text(marks::skip_marks(rest)).into_owned();
            event::recognise(&text).is_some()
        }
    }
}
