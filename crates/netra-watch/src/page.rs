//! Files as pages: plain text, web pages, saved pages and feeds become text with a title and, where the page
//! tells it, the day of publication.

mod feed;
mod html;
mod mail;
mod plain;
mod stamp;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::noise::Noise;

/// Larger files are no articles.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// Who says on which day a text was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Whoever brought the text.
    Person,
    /// The page's own data.
    Page,
    /// The address.
    Address,
    /// A line of the text.
    Line,
    /// Concluded from the days that the text names.
    Text,
}

impl Source {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Source::Person => "person",
            Source::Page => "page",
            Source::Address => "address",
            Source::Line => "line",
            Source::Text => "text",
        }
    }

    /// The words that people read.
    pub fn indonesian(self) -> &'static str {
        match self {
            Source::Person => "menurut petugas",
            Source::Page => "menurut data halaman",
            Source::Address => "menurut alamat",
            Source::Line => "menurut baris tanggal",
            Source::Text => "disimpulkan dari isi",
        }
    }
}

/// The day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Who says so.
    pub source: Source,
}

/// A text to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The headline, if it can be told from the text.
    pub title: String,
    /// The text without what belongs to the page only; paragraphs are parted by line ends.
    pub body: String,
    /// What the page or its address says of its day.
    pub published: Option<Published>,
}

/// Why a file gives no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Nothing to read.
    #[error("it holds no text: give an article as text, HTML, MHTML, RSS or Atom")]
    Empty,
    /// Pictures, documents, archives.
    #[error("it is not text: save the page as text or HTML and give that file")]
    NotText,
    /// Not an article.
    #[error("it is larger than {} MB: give single articles or feeds", LARGEST / 1024 / 1024)]
    TooLarge,
}

/// The pages of a file: one, or one for each entry of a feed.
///
/// # Errors
/// [`PageError`].
pub(crate) fn pages(bytes: &[u8], noise: &Noise) -> Result<Vec<Page>, PageError> {
    if bytes.len() > LARGEST {
        return Err(PageError::TooLarge);
    }
    let text = decode(bytes)?;
    let pages: Vec<Page> = match kind(&text) {
        Kind::Feed => feed::entries(&text, noise),
        Kind::Mail => vec![mail::page(&text, noise)],
        Kind::Html => vec![html::page(&text, noise)],
        Kind::Plain => vec![plain::page(&text, noise)],
    };
    let pages: Vec<Page> = pages.into_iter().filter(|page| page.has_words()).collect();
    if pages.is_empty() { Err(PageError::Empty) } else { Ok(pages) }
}

impl Page {
    /// Headline and text as one: what a reading's places of words are counted in.
    pub fn text(&self) -> String {
        let separator = if self.title.is_empty() { "" } else { "\n" };
        format!("{}{separator}{}", self.title, self.body)
    }

    /// The page with what somebody who saw it knows: the day counts before all others, the address only where the page
    /// itself says nothing.
    #[must_use]
    pub fn told(mut self, day: Option<Date>, address: &str) -> Page {
        let by_address = || stamp::in_address(address).map(|date| Published { date, source: Source::Address });
        self.published = match day {
            Some(date) => Some(Published { date, source: Source::Person }),
            None => self.published.or_else(by_address),
        };
        self
    }

    fn has_words(&self) -> bool {
        self.title.chars().chain(self.body.chars()).any(char::is_alphabetic)
    }
}

enum Kind {
    Feed,
    Mail,
    Html,
    Plain,
}

fn kind(text: &str) -> Kind {
    let start = text.trim_start();
    let head = first_bytes(start, 4096).to_ascii_lowercase();
    let is_markup = start.starts_with('<');
    if is_markup && (head.contains("<rss") || head.contains("<feed") || head.contains("<rdf:rdf")) {
        Kind::Feed
    } else if head.contains("mime-version:") && head.contains("content-type:") && !is_markup {
        Kind::Mail
    } else if is_markup
        && [
            "<!doctype",
            "<html",
            "<head",
            "<body",
            "<div",
            "<article",
            "<p",
            "<h1",
            "<!--",
            "<?xml",
            "<meta",
            "<title",
            "<section",
            "<main",
        ]
        .iter()
        .any(|tag| head.starts_with(tag))
    {
        Kind::Html
    } else {
        Kind::Plain
    }
}

/// The first bytes of a text, cut between characters.
fn first_bytes(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

/// Bytes as text: UTF-8, UTF-16 with its mark, or else the Latin of old Windows pages.
fn decode(bytes: &[u8]) -> Result<String, PageError> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        latin_or_utf8(rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        utf16(rest, u16::from_le_bytes)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        utf16(rest, u16::from_be_bytes)
    } else {
        latin_or_utf8(bytes)
    };
    let controls =
        text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')).count();
    if controls * 200 > text.len() || text.contains('\0') {
        return Err(PageError::NotText);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn latin_or_utf8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows_letter(*byte)).collect(),
    }
}

/// Quotation marks and dashes are where Windows pages differ from Latin-1 and texts need it.
fn windows_letter(byte: u8) -> char {
    match byte {
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x85 => '…',
        0x96 => '–',
        0x97 => '—',
        0x80..=0x9f => ' ',
        other => char::from(other),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests;
