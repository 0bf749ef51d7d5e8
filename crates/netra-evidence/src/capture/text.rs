//! The words of a page, without anything that acts: no tags, scripts, styles or addresses.

use crate::bytes;
use crate::metadata::xml::entities;

/// The most words, in characters, that are taken from a page.
pub(super) const MAX_WORDS: usize = 60_000;

/// Elements whose content is not for reading.
const SILENT: [&str; 7] = ["script", "style", "template", "noscript", "svg", "iframe", "title"];

/// Elements within a line; all others begin a new one.
const INLINE: [&str; 16] =
    ["a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "u"];

/// The title of a page.
pub(super) fn title(html: &str) -> Option<String> {
    let small = html.to_ascii_lowercase();
    let open = small.find("<title")?;
    let start = open + small.get(open..)?.find('>')? + 1;
    let end = start + small.get(start..)?.find("</title")?;
    bytes::clean(&entities(html.get(start..end)?))
}

/// The words of a page, line by line.
pub(super) fn words(html: &str) -> String {
    // Lengths stay the same, so that places in one are places in the other.
    let small = html.to_ascii_lowercase();
    let mut kept = String::new();
    let mut at = 0;
    while let Some(open) = small.get(at..).and_then(|rest| rest.find('<')).map(|open| at + open) {
        kept.push_str(html.get(at..open).unwrap_or_default());
        if kept.len() > MAX_WORDS * 4 {
            break;
        }
        let rest = small.get(open..).unwrap_or_default();
        if !is_tag(rest) {
            kept.push('<');
            at = open + 1;
            continue;
        }
        let name = name(rest);
        let length = if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if SILENT.contains(&name) {
            let closing = format!("</{name}");
            let end = rest.find(&closing).unwrap_or(rest.len());
            end + tag_length(rest.get(end..).unwrap_or_default())
        } else {
            tag_length(rest)
        };
        if !INLINE.contains(&name) {
            kept.push('\n');
        }
        at = open + length.max(1);
    }
    kept.push_str(html.get(at..).unwrap_or_default());
    lines(&entities(&kept))
}

/// Whether a bracket begins a tag, and is not a sign in a text.
fn is_tag(rest: &str) -> bool {
    rest.as_bytes().get(1).is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next))
}

/// The name of an element, opened or closed.
fn name(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['<', '/']);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    inner.get(..end).unwrap_or_default()
}

/// Up to the closing bracket that stands outside of quotes. Only what follows an equals sign opens one.
fn tag_length(rest: &str) -> usize {
    let (mut quote, mut last) = (None, '<');
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') if last == '=' => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    rest.len()
}

/// Lines that hold something, each on one line without characters that control the display.
fn lines(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines().filter_map(long_line) {
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(&line);
        if kept.len() > MAX_WORDS * 4 {
            break;
        }
    }
    kept.chars().take(MAX_WORDS).collect()
}

/// A line of any length; [`bytes::clean`] is for short ones.
fn long_line(line: &str) -> Option<String> {
    let words: Vec<String> = line.split_whitespace().filter_map(bytes::clean).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let table = [
            ("<html><TITLE lang=id>Kabar &amp; Berita\n</title>", Some("Kabar & Berita")),
            ("<title>", None),
            ("<title></title>", None),
            ("tanpa", None),
        ];
        for (html, expected) in table {
            assert_eq!(title(html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn only_words_are_left() {
        let table = [
            ("<p>Satu <b>dua</b>&nbsp;tiga<p>empat", "Satu dua tiga\nempat"),
            ("a<script>alert('<p>')</script >b", "a\nb"),
            ("a<STYLE>p{}</STYLE>b<!-- <p>c</p> -->d", "a\nb\nd"),
            ("<img alt='a > b' src=x>c", "c"),
            ("<script>tanpa akhir", ""),
            ("a < b", "a < b"),
            ("<a title=it's href='>'>a</a>", "a"),
            ("&lt;script&gt;", "<script>"),
            ("<p", ""),
            ("", ""),
        ];
        for (html, expected) in table {
            assert_eq!(words(html), expected, "{html}");
        }
    }
}
