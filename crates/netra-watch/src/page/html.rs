//! Web pages: a tolerant reader that drops what is no text. Nothing is run and nothing is fetched.

use super::{Page, Published, Source, stamp};
use crate::noise::Noise;

/// An article shorter than this was not found; the whole page is read instead.
const SHORTEST_ARTICLE: usize = 300;

/// Elements after which a paragraph ends.
const BLOCKS: [&str; 26] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "td",
    "th",
    "table",
    "section",
    "article",
    "header",
    "blockquote",
    "main",
    "figure",
    "pre",
    "hr",
    "dd",
    "dt",
];

/// Elements without an end.
const VOID: [&str; 14] =
    ["br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "param", "track"];

/// The page of some markup.
pub(super) fn page(markup: &str, noise: &Noise) -> Page {
    let read = Reader::default().read(markup, noise);
    let use_article = read.article.trim().len() >= SHORTEST_ARTICLE;
    let body = if use_article { &read.article } else { &read.all };
    let lines: Vec<&str> = body.lines().collect();
    let lines = noise.clean(&lines);
    let heading = squeeze(&read.heading);
    let title = if heading.is_empty() { without_site(&squeeze(&read.title)) } else { heading };
    let kept = lines.iter().map(|line| squeeze(line)).filter(|line| !line.is_empty() && *line != title);
    let body = kept.collect::<Vec<_>>().join("\n");
    let told = read.published.map(|date| Published { date, source: Source::Page });
    let by_address = read.address.as_deref().and_then(stamp::in_address);
    let published = told.or(by_address.map(|date| Published { date, source: Source::Address }));
    Page { title, body, published }
}

/// Only the text of some markup, on one line.
pub(super) fn text_of(markup: &str) -> String {
    let mut text = String::new();
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = match after.split_once('>') {
            Some((_, after)) => after,
            None => "",
        };
    }
    text.push_str(rest);
    squeeze(&decode_entities(&text))
}

#[derive(Default)]
struct Reader {
    title: String,
    heading: String,
    all: String,
    article: String,
    published: Option<jiff::civil::Date>,
    address: Option<String>,
    /// The element that is being left out, and how many of the same name are open inside it.
    skipped: Option<(String, usize)>,
    articles: usize,
    in_title: bool,
    in_heading: bool,
}

impl Reader {
    fn read(mut self, markup: &str, noise: &Noise) -> Reader {
        let mut rest = markup;
        while let Some((before, after)) = rest.split_once('<') {
            self.text(before);
            if let Some(comment) = after.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            let Some(end) = tag_end(after).filter(|_| is_tag) else {
                self.text("<");
                rest = after;
                continue;
            };
            let tag = after.get(..end).unwrap_or("");
            rest = after.get(end + 1..).unwrap_or("");
            if let Some(raw) = self.tag(tag, noise) {
                rest = self.raw(raw, rest);
            }
        }
        self.text(rest);
        self
    }

    /// Takes a tag. For an element whose content is no markup its name is returned.
    fn tag(&mut self, tag: &str, noise: &Noise) -> Option<&'static str> {
        let closing = tag.starts_with('/');
        let inner = tag.trim_start_matches('/');
        let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let name = name.to_ascii_lowercase();
        let empty = tag.ends_with('/') || VOID.contains(&name.as_str());
        if !closing {
            self.data(&name, tag);
        }
        for raw in ["script", "style"] {
            if name == raw && !closing {
                return Some(raw);
            }
        }
        if let Some((skipped, depth)) = &mut self.skipped {
            if *skipped == name && !empty {
                *depth = if closing { depth.saturating_sub(1) } else { *depth + 1 };
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return None;
        }
        if !closing && !empty && noise.is_no_text(&name, &class_and_id(tag)) {
            self.skipped = Some((name, 1));
            return None;
        }
        match (name.as_str(), closing) {
            ("title", _) => self.in_title = !closing,
            ("h1", _) => self.in_heading = !closing && self.heading.is_empty(),
            ("article", false) => self.articles += 1,
            ("article", true) => self.articles = self.articles.saturating_sub(1),
            _ => {}
        }
        if BLOCKS.contains(&name.as_str()) {
            self.all.push('\n');
            if self.articles > 0 {
                self.article.push('\n');
            }
        }
        None
    }

    /// Passes over a script or style; scripts may hold the page's own data.
    fn raw<'t>(&mut self, name: &str, rest: &'t str) -> &'t str {
        let close = format!("</{name}");
        let end = find_ignoring_case(rest, &close).unwrap_or(rest.len());
        let inside = rest.get(..end).unwrap_or("");
        if name == "script" && self.published.is_none() {
            self.published = json_date(inside);
        }
        let after = rest.get(end..).unwrap_or("");
        after.split_once('>').map_or("", |(_, after)| after)
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() || self.skipped.is_some() {
            return;
        }
        let text = decode_entities(text).replace(['\n', '\t'], " ");
        if self.in_title {
            self.title.push_str(&text);
            return;
        }
        if self.in_heading {
            self.heading.push_str(&text);
        }
        self.all.push_str(&text);
        if self.articles > 0 {
            self.article.push_str(&text);
        }
    }

    /// What the attributes of an element tell of the page.
    fn data(&mut self, name: &str, tag: &str) {
        const DATES: [&str; 9] = [
            "article:published_time",
            "datepublished",
            "pubdate",
            "publishdate",
            "date",
            "publish_date",
            "dc.date",
            "og:published_time",
            "content_publisheddate",
        ];
        match name {
            "meta" => {
                let key =
                    ["property", "name", "itemprop"].iter().find_map(|key| attribute(tag, key)).unwrap_or_default();
                let key = key.to_ascii_lowercase();
                let Some(content) = attribute(tag, "content") else { return };
                if DATES.contains(&key.as_str()) && self.published.is_none() {
                    self.published = stamp::in_data(&content);
                } else if key == "og:url" {
                    self.address = self.address.take().or(Some(content));
                } else if key == "og:title" && self.heading.is_empty() && self.title.is_empty() {
                    self.title = content;
                }
            }
            "link" if attribute(tag, "rel").as_deref() == Some("canonical") => self.address = attribute(tag, "href"),
            "time" if self.published.is_none() => {
                self.published = attribute(tag, "datetime").and_then(|value| stamp::in_data(&value));
            }
            _ => {}
        }
    }
}

/// Where a tag ends, quotation marks minded.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quotation mark that is never closed.
    text.find('>')
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let at = find_ignoring_case(rest, name)?;
        let before = rest.get(..at)?.chars().next_back();
        let after = rest.get(at + name.len()..)?;
        rest = after;
        if !before.is_some_and(|c| c.is_whitespace() || c == '"' || c == '\'') {
            continue;
        }
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else { continue };
        let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match mark {
            Some(mark) => value.get(1..)?.split(mark).next()?,
            None => value.split(|c: char| c.is_whitespace()).next()?,
        };
        return Some(decode_entities(value));
    }
}

fn class_and_id(tag: &str) -> String {
    if !tag.contains('=') {
        return String::new();
    }
    let parts = ["class", "id"].iter().filter_map(|name| attribute(tag, name));
    parts.collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

fn json_date(script: &str) -> Option<jiff::civil::Date> {
    let (_, after) = script.split_once("\"datePublished\"")?;
    let value = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    stamp::in_data(value.split('"').next()?)
}

/// Where an ASCII needle stands, in capitals or not.
fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    text.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

/// `Judul berita - Nama Media` without the paper's name.
fn without_site(title: &str) -> String {
    let cut = [" | ", " - ", " – ", " — "].iter().filter_map(|mark| title.rfind(mark)).max();
    let start = cut.and_then(|at| title.get(..at)).filter(|start| start.len() >= 25);
    start.unwrap_or(title).trim().to_owned()
}

/// One blank between words.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Entities as characters; unknown ones stay.
pub(super) fn decode_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| !name.is_empty() && name.len() <= 10);
        match entity.and_then(|(name, tail)| entity_char(name).map(|c| (c, tail))) {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity_char(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
        let code = hex.unwrap_or_else(|| number.parse()).ok()?;
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    let known = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "eacute" => 'é',
        _ => return None,
    };
    Some(known)
}
