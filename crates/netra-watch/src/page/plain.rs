//! Plain text, as people copy it out of a browser or a chat.

use super::{Page, Published, Source, stamp};
use crate::noise::Noise;

/// A longer first line is a paragraph and no headline.
const LONGEST_TITLE: usize = 220;
/// Lines up to this length may be cut by a mail program or editor in the middle of a sentence.
const WRAPPED: usize = 140;
/// Shorter lines were ended by somebody on purpose.
const SHORTEST_WRAPPED: usize = 55;

/// The page of a plain text.
pub(super) fn page(text: &str, noise: &Noise) -> Page {
    let mut published = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        if let Some(address) = address(line) {
            let date = stamp::in_address(address);
            published = published.or(date.map(|date| Published { date, source: Source::Address }));
        } else {
            lines.push(line);
        }
    }
    let lines = noise.clean(&lines);
    let (title, body) = split(&lines);
    Page { title, body: unwrap(&body), published }
}

/// The address on a line that holds little else.
fn address(line: &str) -> Option<&str> {
    let start = line.find("http://").or_else(|| line.find("https://")).or_else(|| line.find("www."))?;
    let address = line.get(start..)?.split_whitespace().next()?;
    (line.len() - address.len() <= 40).then_some(address)
}

/// The first line is the headline if it is short, does not end like a sentence, and more follows.
fn split(lines: &[String]) -> (String, Vec<String>) {
    let Some(first) = lines.iter().position(|line| !line.trim().is_empty()) else {
        return (String::new(), Vec::new());
    };
    // A date line may stand above the headline; it stays in the text, where it tells the day.
    let below = lines.iter().skip(first + 1).position(|line| !line.trim().is_empty()).map(|n| first + 1 + n);
    let is_stamped = lines.get(first).is_some_and(|line| is_stamp(line.trim()));
    let stamp = below.filter(|_| is_stamped).map(|_| first);
    let first = below.filter(|_| is_stamped).unwrap_or(first);
    let rest = lines.get(first + 1..).unwrap_or(&[]);
    let title = lines.get(first).map_or("", |line| line.trim());
    let name = title.strip_prefix("Judul:").or_else(|| title.strip_prefix("JUDUL:")).unwrap_or(title).trim();
    let is_title = name.len() <= LONGEST_TITLE && !name.ends_with('.') && rest.iter().any(|l| !l.trim().is_empty());
    if !is_title {
        return (String::new(), lines.to_vec());
    }
    let stamp = stamp.and_then(|at| lines.get(at));
    (name.to_owned(), stamp.into_iter().chain(rest).cloned().collect())
}

/// A line that is little more than a date.
fn is_stamp(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    digits >= 5 && digits * 6 >= line.len()
}

/// Puts together the lines of paragraphs that were cut at a width.
fn unwrap(lines: &[String]) -> String {
    let is_cut = lines.iter().all(|line| line.chars().count() <= WRAPPED);
    let mut text = String::new();
    let mut open = false;
    for line in lines {
        let trimmed = line.trim();
        text.push_str(if trimmed.is_empty() || !open { "\n" } else { " " });
        text.push_str(trimmed);
        let ended = trimmed.ends_with(['.', '!', '?', ':', '"', '”']);
        open = is_cut && trimmed.len() >= SHORTEST_WRAPPED && !ended;
    }
    text.trim().to_owned()
}
