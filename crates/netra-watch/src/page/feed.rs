//! RSS and Atom: a tolerant reader of the few elements that entries have in common.

use super::{Page, Published, Source, html, stamp};
use crate::noise::Noise;

/// A page for each entry.
pub(super) fn entries(text: &str, noise: &Noise) -> Vec<Page> {
    let mut pages = Vec::new();
    for name in ["item", "entry"] {
        let mut rest = text;
        while let Some((inside, after)) = element(rest, name) {
            pages.push(entry(inside, noise));
            rest = after;
        }
    }
    pages
}

fn entry(text: &str, noise: &Noise) -> Page {
    let content = ["content:encoded", "content", "description", "summary"]
        .iter()
        .filter_map(|name| element(text, name))
        .map(|(inside, _)| markup(inside))
        .max_by_key(String::len)
        .unwrap_or_default();
    let mut page = html::page(&content, noise);
    page.title = element(text, "title").map(|(inside, _)| html::text_of(&markup(inside))).unwrap_or_default();
    let told = ["pubDate", "published", "dc:date", "updated"].iter().filter_map(|name| element(text, name));
    let told = told.filter_map(|(inside, _)| stamp::in_data(&markup(inside))).next();
    let address = element(text, "link").map(|(inside, _)| inside.to_owned());
    page.published = match told {
        Some(date) => Some(Published { date, source: Source::Page }),
        None => {
            let date = address.and_then(|address| stamp::in_address(&address));
            date.map(|date| Published { date, source: Source::Address }).or(page.published)
        }
    };
    page
}

/// What an element holds, and what follows it.
fn element<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let open = format!("<{name}");
    let close = format!("</{name}>");
    let mut rest = text;
    loop {
        let at = rest.find(&open)?;
        let after = rest.get(at + open.len()..)?;
        rest = after;
        let next = after.chars().next()?;
        if !(next == '>' || next == '/' || next.is_whitespace()) {
            continue;
        }
        let tag_end = after.find('>')?;
        if after.get(..tag_end)?.ends_with('/') {
            continue;
        }
        let inside = after.get(tag_end + 1..)?;
        let end = inside.find(&close)?;
        return Some((inside.get(..end)?, inside.get(end + close.len()..)?));
    }
}

/// The markup that an element holds, out of its CDATA section or its entities.
fn markup(inside: &str) -> String {
    let inside = inside.trim();
    match inside.strip_prefix("<![CDATA[").map(|rest| rest.split_once("]]>").map_or(rest, |(data, _)| data)) {
        Some(data) => data.to_owned(),
        None => html::decode_entities(inside),
    }
}
