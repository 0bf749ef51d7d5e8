//! Takes names apart, with buffers that are used again for the next one.

use super::words::{self, Dot};
use super::{Lineage, MOST_WORDS, Muhammad, Name, fold};
use crate::text::plain;
use crate::{Sex, hash};

/// The most parts of a cell that are looked at.
const MOST_PARTS: usize = 32;
/// The most parts that a degree is written in: `S.Pd.I.`, `A.Md.Keb.`, `S. Tr. Keb`.
const DEGREE_PARTS: usize = 4;

/// The cells that hold a name.
pub(crate) struct NameCells<'c> {
    /// The name, perhaps with titles and degrees.
    pub(crate) name: &'c [u8],
    /// Titles in a column of their own.
    pub(crate) titles: &'c [u8],
    /// Degrees in a column of their own.
    pub(crate) degrees: &'c [u8],
}

/// Letters between gaps, full stops and commas.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    /// A full stop follows.
    is_dotted: bool,
    /// How many commas stand before it.
    commas: usize,
}

impl Part {
    fn of<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A cell as plain letters and its parts.
#[derive(Default)]
struct Cell {
    text: Vec<u8>,
    parts: Vec<Part>,
}

impl Cell {
    fn fill(&mut self, raw: &[u8]) {
        plain(raw, &mut self.text);
        self.parts.clear();
        let (mut start, mut commas) = (None, 0);
        for (place, letter) in self.text.iter().enumerate() {
            if letter.is_ascii_lowercase() {
                start = start.or(Some(place));
                continue;
            }
            if let Some(start) = start.take() {
                self.parts.push(Part { start, end: place, is_dotted: *letter == b'.', commas });
            }
            commas += usize::from(*letter == b',');
        }
        if let Some(start) = start {
            self.parts.push(Part { start, end: self.text.len(), is_dotted: false, commas });
        }
        self.parts.truncate(MOST_PARTS);
    }

    fn word(&self, part: &Part) -> &[u8] {
        part.of(&self.text)
    }

    /// The degree that these parts are together.
    fn degree(&self, parts: &[Part]) -> Option<u128> {
        let letters = parts.iter().flat_map(|part| self.word(part));
        words::packed(letters).and_then(words::degree)
    }

    /// All degrees among some parts, the longest first.
    fn degrees(&self, parts: &[Part]) -> u128 {
        let mut found = 0;
        let mut rest = parts;
        while !rest.is_empty() {
            let mut longest = (1..=DEGREE_PARTS.min(rest.len())).rev();
            let taken = longest.find_map(|count| Some((count, self.degree(rest.get(..count)?)?)));
            let (count, degree) = taken.unwrap_or((1, 0));
            found |= degree;
            rest = rest.get(count..).unwrap_or_default();
        }
        found
    }

    /// The degree at the end of some parts, and what stands before it. Without a comma in front, the parts of one degree
    /// must be held together by full stops, and a word must remain.
    fn last_degree<'p>(&self, parts: &'p [Part]) -> Option<(&'p [Part], u128)> {
        (1..=DEGREE_PARTS.min(parts.len().saturating_sub(1))).rev().find_map(|count| {
            let (before, end) = parts.split_at_checked(parts.len() - count)?;
            let (_, joined) = end.split_last()?;
            let is_one = joined.iter().all(|part| part.is_dotted);
            if is_one { Some((before, self.degree(end)?)) } else { None }
        })
    }
}

/// What titles say.
#[derive(Default)]
struct Titles {
    classes: u16,
    sex: Sex,
}

impl Titles {
    fn take(&mut self, title: words::Title) {
        self.classes |= title.class;
        self.sex = self.sex.or(title.sex);
    }
}

/// Takes names apart.
#[derive(Default)]
pub(crate) struct NameReader {
    name: Cell,
    other: Cell,
}

impl NameReader {
    /// A name, if there is one.
    pub(crate) fn read(&mut self, cells: &NameCells<'_>) -> Option<Name> {
        let mut titles = Titles::default();
        let mut degrees = 0;
        if !cells.titles.is_empty() {
            self.other.fill(cells.titles);
            let parts = self.other.parts.iter().map(|part| self.other.word(part));
            parts.filter_map(words::title).for_each(|title| titles.take(title));
        }
        if !cells.degrees.is_empty() {
            self.other.fill(cells.degrees);
            degrees |= self.other.degrees(&self.other.parts);
        }
        self.name.fill(cells.name);
        let cell = &self.name;
        let parts = after_titles(cell, &mut titles);
        // Degrees stand behind the first comma after the name; a comma between titles and name is none of those.
        let commas = parts.first()?.commas;
        let length = parts.iter().take_while(|part| part.commas == commas).count();
        let (mut head, behind) = parts.split_at_checked(length)?;
        degrees |= cell.degrees(behind);
        while let Some((before, degree)) = cell.last_degree(head) {
            degrees |= degree;
            head = before;
        }
        let mut name = named(cell, head, titles.sex);
        name.degrees = degrees;
        name.titles = titles.classes;
        Some(name)
    }
}

/// What follows the titles at the front. The last part is never taken for a title.
fn after_titles<'c>(cell: &'c Cell, titles: &mut Titles) -> &'c [Part] {
    let mut rest: &[Part] = &cell.parts;
    loop {
        match rest {
            [kh, haji, after @ ..] if !after.is_empty() && is_split_kh(cell, kh, haji) => {
                titles.classes |= words::HAJI;
                titles.sex = titles.sex.or(Sex::Man);
                rest = after;
            }
            [part, after @ ..] if !after.is_empty() => match words::title(cell.word(part)) {
                Some(title) if title.dot == Dot::Free || part.is_dotted => {
                    titles.take(title);
                    rest = after;
                }
                _ => return rest,
            },
            _ => return rest,
        }
    }
}

/// `K.H.`, of which each letter alone would be something else.
fn is_split_kh(cell: &Cell, one: &Part, other: &Part) -> bool {
    one.is_dotted && other.is_dotted && cell.word(one) == b"k" && cell.word(other) == b"h"
}

/// The words of a name, without Muhammad, words of respect and lineage.
fn named(cell: &Cell, parts: &[Part], sex: Sex) -> Name {
    let mut name = Name { sex, ..Name::default() };
    let mut spelled = 0;
    for (place, part) in parts.iter().enumerate() {
        let word = cell.word(part);
        if place > 0
            && let Some(sex) = words::lineage(word)
        {
            name.lineage = Lineage::Given;
            name.sex = name.sex.or(sex);
            break;
        }
        let is_m = word == b"m" && place == 0 && parts.len() > 1;
        if is_m || words::is_muhammad(word) {
            name.muhammad = Muhammad::Present;
        } else if parts.len() == 1 || !words::is_respect(word) {
            name.add(fold(word));
            spelled = hash::of_parts(&[spelled, hash::of_bytes(word)]);
        }
    }
    if name.count == 0 {
        // `Muhammad` alone, or words of respect only: then they are the name.
        for part in parts.iter().take(MOST_WORDS) {
            name.add(fold(cell.word(part)));
            spelled = hash::of_parts(&[spelled, hash::of_bytes(cell.word(part))]);
        }
        name.muhammad = Muhammad::Absent;
    }
    name.sex = name.sex.or(told_by_words(&name));
    name.seal(spelled);
    name
}

/// What the first word tells: `Ni` and `Siti` stand before names of women.
fn told_by_words(name: &Name) -> Sex {
    match name.words() {
        [first, _, ..] if matches!(first.as_bytes(), b"ni" | b"siti") => Sex::Woman,
        _ => Sex::Unknown,
    }
}
