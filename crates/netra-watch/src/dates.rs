//! The days that a text names, the day on which it was published, and what each day is about.

mod resolve;
mod role;
mod scan;

use jiff::civil::Date;

use crate::data::Tables;
use crate::page::{Published, Source};
use crate::rules::Concepts;
use crate::scene::{Scene, Sentence};
use crate::words::Shape;

use self::resolve::{Base, resolve};
use self::scan::{What, Written};

pub use self::role::Role;

/// A day that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDate {
    /// The day.
    pub date: Date,
    /// Where the text names it: bytes of the reading's text.
    pub span: (usize, usize),
    /// The words.
    pub text: String,
    /// What it is about.
    pub role: Role,
    /// From 0 to 1.
    pub confidence: f64,
    /// What a person should look at, in Indonesian.
    pub note: Option<String>,
}

/// What a text says of time.
pub(crate) struct Dates {
    pub published: Option<Published>,
    /// Events first, then by place.
    pub found: Vec<FoundDate>,
}

/// Finds the days of a text; `published` is what the page itself says of its day.
pub(crate) fn find(scene: &Scene<'_, '_>, tables: &Tables, published: Option<Published>) -> Dates {
    let mut written = scan::scan(&scene.words, &tables.names);
    let heading = headings(scene, &mut written);
    let closing = closing(scene, &mut written);
    let published = published.or(heading).or(closing).or_else(|| told(scene, tables, &written));
    let anchor = written.iter().find_map(full);
    let base = Base { published: published.map(|p| p.date), anchor };
    let mut found: Vec<FoundDate> = Vec::new();
    for one in &written {
        let Some(day) = resolve(one, base) else { continue };
        let role = role::role(scene, tables, one, day.date, base.published);
        let start = scene.words.list.get(one.from).map_or(0, |word| word.start);
        let text = scene.words.between(one.from, one.to).to_owned();
        let text = if closes_bracket(scene, one, &text) { format!("{text})") } else { text };
        let span = (start, start + text.len());
        let date = FoundDate { date: day.date, span, text, role, confidence: day.confidence, note: day.note };
        match found.iter_mut().find(|known| known.date == date.date && known.role == date.role) {
            Some(known) if known.confidence >= date.confidence => {}
            Some(known) => *known = date,
            None => found.push(date),
        }
    }
    found.sort_by_key(|date| (date.role, date.span));
    Dates { published, found }
}

fn full(written: &Written) -> Option<Date> {
    match written.what {
        What::Full(date) => Some(date),
        _ => None,
    }
}

/// `Senin (27/11/2023)` is quoted with its closing bracket.
fn closes_bracket(scene: &Scene<'_, '_>, written: &Written, text: &str) -> bool {
    let gap = written.to.checked_sub(1).map_or("", |last| scene.words.gap_after(last));
    text.matches('(').count() > text.matches(')').count() && gap.starts_with(')')
}

/// Sentences that are only a date line, or a dateline with its day, tell when the text was published. They
/// are taken out of the list: they tell nothing of what happened.
fn headings(scene: &Scene<'_, '_>, written: &mut Vec<Written>) -> Option<Published> {
    let mut published = None;
    let mut taken = Vec::new();
    let mut first_body = true;
    for sentence in scene.sentences.iter().filter(|s| !s.is_title).take(8) {
        let inside = |one: &&Written| sentence.words.contains(&one.from);
        let Some(one) = written.iter().find(inside) else {
            first_body &= sentence.words.len() < 5;
            continue;
        };
        let Some(date) = full(one) else { continue };
        let others = sentence.words.len().saturating_sub(one.to - one.from);
        let line = stands_alone(scene, sentence.words.start, sentence.words.end)
            && others <= 9
            && !sentence.concepts.meets(told_by(scene))
            && scene.sentences.len() > 2;
        let before = one.from.saturating_sub(sentence.words.start);
        let after = one.to.checked_sub(1).map_or("", |last| scene.words.gap_after(last));
        let marked = after.contains(['-', '–', '—']);
        // *BANGKINANG, 3 Juni 2024. Sungai …*: place and paper stand in capitals.
        let is_upper = |place: usize| scene.words.shape(place) == Shape::Upper;
        let in_capitals = (1..=6).contains(&before) && (sentence.words.start..one.from).all(is_upper);
        let dateline = first_body && ((marked && before <= 8) || in_capitals);
        if line || dateline {
            published = published.or(Some(Published { date, source: Source::Line }));
            taken.push(one.from);
        }
        first_body &= line;
    }
    written.retain(|one| !taken.contains(&one.from));
    published
}

/// The last lines of a text can tell the day of publication too: *(17 Februari 2024, 10.10 WIB)*,
/// *Penulis: … | 12 Januari 2024*. What such a line names is taken out of the list.
fn closing(scene: &Scene<'_, '_>, written: &mut Vec<Written>) -> Option<Published> {
    let mut found = None;
    for sentence in scene.sentences.iter().filter(|s| !s.is_title).rev().take(CLOSING) {
        let inside = |one: &&Written| sentence.words.contains(&one.from) && full(one).is_some();
        let Some(one) = written.iter().find(inside).copied() else { continue };
        let others = sentence.words.len().saturating_sub(one.to - one.from);
        let begins_line = scene.words.gap_before(sentence.words.start).contains('\n');
        if begins_line && others <= 9 && !is_prose(scene, sentence) && !sentence.concepts.meets(told_by(scene)) {
            found = full(&one).map(|date| (date, sentence.words.clone()));
            break;
        }
    }
    let (date, line) = found?;
    written.retain(|one| !line.contains(&one.from));
    Some(Published { date, source: Source::Line })
}

/// *Pemungutan suara digelar 27 November 2024.*: it ends like a sentence and has words in lower case.
fn is_prose(scene: &Scene<'_, '_>, sentence: &Sentence) -> bool {
    let after = sentence.words.end.checked_sub(1).map_or("", |last| scene.words.gap_after(last));
    let ended = after.trim_start_matches([')', ']', '"', '”']).starts_with('.');
    ended && sentence.words.clone().any(|place| scene.words.shape(place) == Shape::Lower)
}

/// So many sentences before the end of a text can be its date line: credits may follow it.
const CLOSING: usize = 4;

/// What no date line has: somebody who speaks or does something.
fn told_by(scene: &Scene<'_, '_>) -> Concepts {
    let named = scene.named();
    named.speech | named.neutrality | named.alleged | named.candidate | Concepts::WHO
}

fn stands_alone(scene: &Scene<'_, '_>, from: usize, to: usize) -> bool {
    let before = scene.words.gap_before(from);
    let after = to.checked_sub(1).map_or("", |last| scene.words.gap_after(last));
    (from == 0 || before.contains('\n')) && after.contains('\n')
}

/// The latest full day on which somebody spoke: papers print it on the day or on the next.
fn told(scene: &Scene<'_, '_>, tables: &Tables, written: &[Written]) -> Option<Published> {
    let spoken = |one: &&Written| role::role_in_text(scene, tables, one) == Role::Statement;
    let latest = written.iter().filter(spoken).filter_map(full).max();
    let date = latest.or_else(|| {
        let with_weekday = |one: &&Written| one.weekday.is_some() && role::is_of_the_news(scene, tables, one);
        written.iter().filter(with_weekday).filter_map(full).max()
    })?;
    Some(Published { date, source: Source::Text })
}
