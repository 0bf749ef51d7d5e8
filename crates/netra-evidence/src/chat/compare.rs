//! Two exports of the same group, message by message.
//!
//! Anybody can change an export, but hardly two telephones' at once: what one member's export has and another's has not
//! points to what was changed, taken out, or deleted before the export was made. Times are compared to the minute, words
//! exactly. Authors may be called differently in the two, as every owner names contacts; but who is called so must stay the
//! same throughout.
//!
//! Lines of the telephone itself are left out: each member sees other ones, in another language. So is whether a file came
//! along, and the votes of polls, which go on.
//!
//! Takes time in proportion to the messages, and some fifty bytes of memory for each.

mod pairing;

use std::collections::HashMap;

use jiff::civil::{DateTime, date};
use serde::Serialize;

use super::message::{Author, Kind, Message};
use crate::Hasher;

/// Minutes are counted from here.
const EPOCH: DateTime = date(1, 1, 1).at(0, 0, 0, 0);

/// Bytes of words that hardly two people write alike.
const TELLING: usize = 16;

/// What is compared of an export: one mark for each message, and no words.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    marks: Vec<Mark>,
    by_name: HashMap<String, [Option<u32>; 2]>,
    authors: u32,
    system: u64,
}

/// What is compared of a message.
#[derive(Clone, Copy, Debug)]
struct Mark {
    n: u64,
    minute: i64,
    words: u128,
    /// Who wrote it, from 1; zero is nobody.
    author: u32,
    /// Whether the words are long enough to be known again.
    is_telling: bool,
}

impl Outline {
    /// An outline of nothing yet.
    pub fn new() -> Outline {
        Outline::default()
    }

    /// Takes the next message in.
    pub fn push(&mut self, message: &Message<'_>) {
        let Some(class) = class(&message.kind) else {
            self.system += 1;
            return;
        };
        let author = message.author.as_deref().map_or(0, |author| self.number(author));
        self.marks.push(Mark {
            n: message.n,
            minute: message.sent.at.duration_since(EPOCH).as_mins(),
            words: words(class, message),
            author,
            is_telling: message.text.len() >= TELLING,
        });
    }

    /// Messages of people so far.
    pub fn messages(&self) -> u64 {
        u64::try_from(self.marks.len()).unwrap_or(u64::MAX)
    }

    fn number(&mut self, author: &Author) -> u32 {
        let place = usize::from(author.chosen);
        if let Some(known) = self.by_name.get(&author.name).and_then(|numbers| numbers.get(place).copied().flatten()) {
            return known;
        }
        self.authors = self.authors.saturating_add(1);
        if let Some(slot) = self.by_name.entry(author.name.clone()).or_default().get_mut(place) {
            *slot = Some(self.authors);
        }
        self.authors
    }

    fn span(&self) -> Option<(i64, i64)> {
        let minutes = || self.marks.iter().map(|mark| mark.minute);
        minutes().min().zip(minutes().max())
    }
}

/// Kinds that must be the same. Whether a file came along is a choice of who exported.
fn class(kind: &Kind<'_>) -> Option<&'static str> {
    match kind {
        Kind::System(_) => None,
        Kind::Attachment(_) | Kind::MediaOmitted(_) => Some("media"),
        other => Some(other.id()),
    }
}

fn words(class: &str, message: &Message<'_>) -> u128 {
    let mut hasher = Hasher::new();
    let mut part = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    };
    part(class);
    match &message.kind {
        Kind::Poll(poll) => {
            part(&poll.question);
            poll.options.iter().for_each(|option| part(&option.text));
        }
        _ => part(message.text.trim()),
    }
    let digest = hasher.finish();
    digest.as_bytes().first_chunk::<16>().map_or(0, |half| u128::from_be_bytes(*half))
}

/// Something in which two exports differ. Messages are named by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Difference {
    /// Only the first export has it.
    OnlyFirst {
        /// Its number there.
        first: u64,
    },
    /// Only the second export has it.
    OnlySecond {
        /// Its number there.
        second: u64,
    },
    /// Both have a message of the same author in the same minute, with other words: one was deleted, changed, or edited
    /// after one of the exports was made.
    Words {
        /// The number in the first export.
        first: u64,
        /// The number in the second export.
        second: u64,
    },
    /// Both have the message, but under authors who are else not the same.
    Author {
        /// The number in the first export.
        first: u64,
        /// The number in the second export.
        second: u64,
    },
}

impl Difference {
    /// What differs, in words for people.
    pub fn indonesian(self) -> &'static str {
        match self {
            Difference::OnlyFirst { .. } => "hanya ada dalam ekspor pertama",
            Difference::OnlySecond { .. } => "hanya ada dalam ekspor kedua",
            Difference::Words { .. } => "isinya berbeda",
            Difference::Author { .. } => "pengirimnya berbeda",
        }
    }

    /// Its number in the first export.
    pub fn first(self) -> Option<u64> {
        match self {
            Difference::OnlyFirst { first } | Difference::Words { first, .. } | Difference::Author { first, .. } => {
                Some(first)
            }
            Difference::OnlySecond { .. } => None,
        }
    }

    /// Its number in the second export.
    pub fn second(self) -> Option<u64> {
        match self {
            Difference::OnlySecond { second }
            | Difference::Words { second, .. }
            | Difference::Author { second, .. } => Some(second),
            Difference::OnlyFirst { .. } => None,
        }
    }
}

/// How two exports differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Minutes by which the clock of the first telephone was ahead of the second one's, because of another time zone.
    pub shift_minutes: i64,
    /// Messages that both have.
    pub equal: u64,
    /// What differs, in the order of time.
    pub differences: Vec<Difference>,
    /// Messages of the first export from a time that the second one does not cover.
    pub outside_first: u64,
    /// Messages of the second export from a time that the first one does not cover.
    pub outside_second: u64,
    /// Lines of the telephone in the first export, which are not compared.
    pub system_first: u64,
    /// Lines of the telephone in the second export, which are not compared.
    pub system_second: u64,
}

impl Comparison {
    /// How many differences are of a kind.
    pub fn count(&self, is: impl Fn(&Difference) -> bool) -> u64 {
        u64::try_from(self.differences.iter().filter(|difference| is(difference)).count()).unwrap_or(u64::MAX)
    }
}

/// Compares two exports of the same group.
pub fn compare(first: &Outline, second: &Outline) -> Comparison {
    let shift_minutes = pairing::shift(first, second);
    let pairs = pairing::pair(first, second, shift_minutes);
    let mut found =
        Comparison { shift_minutes, system_first: first.system, system_second: second.system, ..Comparison::default() };
    let common = common_span(first, second, shift_minutes);
    let is_outside = |minute: i64| common.is_none_or(|(start, end)| !(start..=end).contains(&minute));
    let mut listed: Vec<(i64, Difference)> = Vec::new();
    for (mark, pairing) in first.marks.iter().zip(&pairs.of_first) {
        let numbered = pairing.and_then(|pairing| second.marks.get(pairing.with).map(|other| (pairing.kind, other.n)));
        let first = mark.n;
        match numbered {
            Some((pairing::PairKind::Equal, _)) => found.equal += 1,
            Some((pairing::PairKind::Author, second)) => {
                listed.push((mark.minute, Difference::Author { first, second }));
            }
            Some((pairing::PairKind::Words, second)) => {
                listed.push((mark.minute, Difference::Words { first, second }));
            }
            None if is_outside(mark.minute) => found.outside_first += 1,
            None => listed.push((mark.minute, Difference::OnlyFirst { first })),
        }
    }
    for (mark, is_paired) in second.marks.iter().zip(&pairs.second_is_paired) {
        let minute = mark.minute + shift_minutes;
        match *is_paired {
            true => {}
            false if is_outside(minute) => found.outside_second += 1,
            false => listed.push((minute, Difference::OnlySecond { second: mark.n })),
        }
    }
    listed.sort_by_key(|(minute, difference)| (*minute, difference.first(), difference.second()));
    found.differences = listed.into_iter().map(|(_, difference)| difference).collect();
    found
}

/// The minutes that both exports cover, on the first telephone's clock; nothing if there are none.
fn common_span(first: &Outline, second: &Outline, shift: i64) -> Option<(i64, i64)> {
    let ((start, end), (other_start, other_end)) = first.span().zip(second.span())?;
    let (start, end) = (start.max(other_start + shift), end.min(other_end + shift));
    (start <= end).then_some((start, end))
}

#[cfg(test)]
mod tests;
