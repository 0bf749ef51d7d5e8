//! What belongs to the page and not to the text: related articles, buttons, credits, tags.

use serde::Deserialize;

/// `noise.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoiseFile {
    line_starts: Vec<String>,
    ends: Vec<String>,
    inline: Vec<String>,
    elements: Vec<String>,
    classes: Vec<String>,
}

/// The same, ready for use.
#[derive(Debug)]
pub(crate) struct Noise {
    line_starts: Vec<String>,
    ends: Vec<String>,
    inline: Vec<String>,
    elements: Vec<String>,
    classes: Vec<String>,
}

/// A line that begins like noise and is longer than this may be a sentence of the text.
const LONGEST: usize = 260;
/// A rest of a line behind an inline marker that is longer than this holds text of its own.
const LONGEST_HEADLINE: usize = 160;

impl Noise {
    pub(crate) fn new(file: NoiseFile) -> Noise {
        let NoiseFile { line_starts, ends, inline, elements, classes } = file;
        Noise { line_starts, ends, inline, elements, classes }
    }

    /// Whether an element of a page holds no text.
    pub(crate) fn is_no_text(&self, name: &str, class_and_id: &str) -> bool {
        if self.elements.iter().any(|element| element == name) {
            return true;
        }
        let whole_page = matches!(name, "html" | "body" | "main" | "article" | "h1");
        !whole_page && !class_and_id.is_empty() && self.is_noise_class(class_and_id)
    }

    /// A class counts as a whole or as a part between hyphens: `nav` is met by `top-nav`, not by `navigasi-isi`.
    fn is_noise_class(&self, class_and_id: &str) -> bool {
        class_and_id.split(' ').any(|class| {
            let parts = || class.split(['-', '_']);
            self.classes.iter().any(|noise| class == noise || parts().any(|part| part == noise))
        })
    }

    /// The lines of a text without noise. Empty lines stay, because they part paragraphs.
    pub(crate) fn clean(&self, lines: &[&str]) -> Vec<String> {
        let mut kept = Vec::new();
        let mut headline_follows = false;
        let mut texts = 0;
        for line in lines {
            let lower = line.trim().to_lowercase();
            if lower.is_empty() {
                kept.push(String::new());
                continue;
            }
            if std::mem::take(&mut headline_follows)
                && lower.chars().count() < LONGEST_HEADLINE
                && !lower.ends_with('.')
            {
                continue;
            }
            let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
            // Above the first paragraphs such a line is the menu of the page.
            if self.ends.iter().any(|end| end == bare) {
                if texts >= 3 {
                    break;
                }
                continue;
            }
            if let Some(start) = self.begins(&lower) {
                headline_follows = bare.len() <= start.len() && start.starts_with("baca");
                continue;
            }
            kept.push(self.without_inline(line));
            texts += 1;
        }
        kept
    }

    fn begins(&self, lower: &str) -> Option<&str> {
        let start = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !"([©".contains(c));
        let marker = self.line_starts.iter().find(|marker| start.starts_with(marker.as_str()))?;
        // A marker that is a plain word must be the whole line or be followed by a mark: *Bagikan sembako, camat …*
        // and *Iklan layanan …* are text.
        let after = start.get(marker.len()..).unwrap_or("").trim_start();
        let is_word = !marker.contains([' ', ':', '.', '(', '[', '©']);
        let is_text = is_word && after.chars().count() > 25 && !after.starts_with([':', '|', '/', '-', '–']);
        // *Penulis: … 27 November 2023*: the line tells when it was published.
        let is_dated = marker.ends_with(':') && start.bytes().filter(u8::is_ascii_digit).count() >= 6;
        (start.chars().count() <= LONGEST && !is_text && !is_dated).then_some(marker.as_str())
    }

    /// Cuts a reference to another article out of a line.
    fn without_inline(&self, line: &str) -> String {
        let lower = line.to_lowercase();
        // Lower case can be longer in other scripts; then places do not agree, and nothing is cut.
        if lower.len() != line.len() {
            return line.to_owned();
        }
        let found = self.inline.iter().filter_map(|marker| lower.find(marker.as_str()).map(|at| (at, marker.len())));
        let Some((at, length)) = found.min() else { return line.to_owned() };
        let (Some(before), Some(after)) = (line.get(..at), line.get(at + length..)) else { return line.to_owned() };
        let rest = if after.chars().count() <= LONGEST_HEADLINE {
            ""
        } else {
            after.split_once(". ").map_or("", |(_, rest)| rest)
        };
        format!("{before} {rest}").trim().to_owned()
    }
}
