//! Matching a system line against a wording with gaps.

use memchr::memmem::Finder;

use super::{Event, EventType};
use crate::chat::language::Language;
use crate::chat::marks;

/// A line that is looked at.
pub(super) struct Line<'t> {
    text: &'t str,
    /// The same with signs that are equal written the same.
    plain: String,
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str) -> Line<'t> {
        Line { text, plain: text.chars().map(plain).collect() }
    }
}

/// A wording, ready to be looked for.
pub(super) struct Wording {
    kind: EventType,
    pub(super) language: Language,
    pieces: Vec<Piece<'static>>,
    first_words: Finder<'static>,
}

impl Wording {
    pub(super) fn new(kind: EventType, language: Language, pattern: &'static str) -> Wording {
        let pieces = pieces(pattern);
        let words = pieces.iter().find_map(|piece| piece.literal()).unwrap_or_default();
        let plain: String = words.chars().map(plain).collect();
        Wording { kind, language, pieces, first_words: Finder::new(plain.as_bytes()).into_owned() }
    }

    /// Whether the wording's first words stand in the line.
    pub(super) fn begins_in(&self, line: &Line<'_>) -> bool {
        self.first_words.find(line.plain.as_bytes()).is_some()
    }

    /// What stands in the gaps if the whole line has the wording, and where the wording's first words begin.
    pub(super) fn matched(&self, line: &Line<'_>) -> Option<(Event, usize)> {
        let found = self.begins_in(line).then(|| matched(self.kind, &self.pieces, line.text))??;
        // Of all wordings this one alone has no words behind its gap.
        let is_number = |value: &String| self.kind != EventType::NumberChanged || value.starts_with('+');
        found.0.value.as_ref().is_none_or(is_number).then_some(found)
    }
}

/// A part of a wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'p> {
    /// These words.
    Literal(&'p str),
    /// A gap for a name or a value, by its letter; `…` is a gap that nobody asks for.
    Gap(char),
}

impl<'p> Piece<'p> {
    fn literal(self) -> Option<&'p str> {
        match self {
            Piece::Literal(words) => Some(words),
            Piece::Gap(_) => None,
        }
    }
}

/// The parts of a wording in their order.
fn pieces(pattern: &str) -> Vec<Piece<'_>> {
    let mut list = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '…']) {
        let (before, gap) = rest.split_at(at);
        if !before.is_empty() {
            list.push(Piece::Literal(before));
        }
        // `{a}` is a gap by the name a, `…` one by its own sign.
        let (gap, after) = match gap.strip_prefix('{').and_then(|gap| gap.split_once('}')) {
            Some((letter, after)) => (letter.chars().next(), after),
            None => (Some('…'), gap.trim_start_matches('…')),
        };
        list.extend(gap.map(Piece::Gap));
        rest = after;
    }
    if !rest.is_empty() {
        list.push(Piece::Literal(rest));
    }
    list
}

fn matched(kind: EventType, pieces: &[Piece<'_>], line: &str) -> Option<(Event, usize)> {
    let last = pieces.len().saturating_sub(1);
    let mut event = Event::bare(kind);
    let (mut rest, mut gap, mut words_at) = (line, None, None);
    for (n, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Gap(letter) => gap = Some(letter),
            Piece::Literal(words) => {
                let (at, end) = place(rest, words, gap.is_some(), n == last)?;
                if let Some(letter) = gap.take() {
                    fill(&mut event, letter, rest.get(..at)?)?;
                }
                words_at = words_at.or(Some(line.len() - rest.len() + at));
                rest = rest.get(end..)?;
            }
        }
    }
    match gap {
        Some(letter) => fill(&mut event, letter, rest)?,
        None if rest.is_empty() || rest == "." => {}
        None => return None,
    }
    Some((event, words_at.unwrap_or(0)))
}

/// Where the words stand: right here, or after a gap; the last ones close the line.
fn place(text: &str, words: &str, after_gap: bool, last: bool) -> Option<(usize, usize)> {
    if !after_gap {
        return starts(text, words).map(|end| (0, end));
    }
    if !last {
        return find(text, words);
    }
    let text = text.strip_suffix('.').unwrap_or(text);
    text.char_indices().rev().find_map(|(at, _)| {
        let end = starts(text.get(at..)?, words)?;
        (at + end == text.len()).then_some((at, text.len()))
    })
}

fn fill(event: &mut Event, letter: char, text: &str) -> Option<()> {
    let slot = match letter {
        'a' => &mut event.actor,
        'b' => &mut event.target,
        'v' => &mut event.value,
        'o' => &mut event.old,
        _ => return Some(()),
    };
    let value = match letter {
        'a' | 'b' => marks::name(text).text,
        _ => text.trim().to_owned(),
    };
    if value.is_empty() {
        return None;
    }
    *slot = Some(value);
    Some(())
}

/// The first place of the words in the text, from and to.
fn find(text: &str, words: &str) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(at, _)| starts(text.get(at..)?, words).map(|end| (at, at + end)))
}

/// How long the words are at the text's start, if they stand there: quotation marks of all kinds are equal, and so are
/// apostrophes and spaces.
fn starts(text: &str, words: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for expected in words.chars() {
        let (_, found) = letters.next()?;
        if plain(found) != plain(expected) {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '’' | '‘' => '\'',
        '\u{A0}' | '\u{202F}' => ' ',
        other => other,
    }
}
