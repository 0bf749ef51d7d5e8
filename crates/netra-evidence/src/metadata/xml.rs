//! The text of single elements and attributes of small XML parts, found without understanding the rest: entities are the
//! five that XML itself has and numbers, so nothing can grow.

use crate::bytes;

/// The text of the first element with this name, prefix included.
pub(super) fn element(xml: &str, name: &str) -> Option<String> {
    let open = format!("<{name}");
    let mut rest = xml;
    loop {
        let (_, after) = rest.split_once(open.as_str())?;
        rest = after;
        if !after.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()) {
            continue;
        }
        let (_, content) = after.split_once('>')?;
        let (content, _) = content.split_once(&format!("</{name}"))?;
        return bytes::clean(&plain(content));
    }
}

/// The value of the first attribute with this name, prefix included.
pub(super) fn attribute(xml: &str, name: &str) -> Option<String> {
    let start = format!("{name}=");
    let (_, after) = xml.split_once(start.as_str())?;
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = after.get(1..)?.split_once(quote)?;
    bytes::clean(&plain(value))
}

/// Without the tags of elements inside, entities as what they stand for. Only as much as can be shown is looked at.
fn plain(content: &str) -> String {
    let content: String = content.chars().take(bytes::MAX_TEXT * 8).collect();
    let mut kept = String::new();
    let mut is_tag = false;
    for c in content.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => kept.push(c),
            _ => {}
        }
    }
    entities(&kept)
}

/// Replaces `&amp;` and its like; what is not known stays as it is.
pub(crate) fn entities(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        kept.push_str(before);
        rest = after;
        let end = after.char_indices().take(9).find(|(_, c)| *c == ';').map(|(at, _)| at);
        let name = end.and_then(|end| after.get(..end)).unwrap_or_default();
        match entity(name) {
            Some(c) => {
                kept.push(c);
                rest = after.get(name.len() + 1..).unwrap_or_default();
            }
            None => kept.push('&'),
        }
    }
    kept.push_str(rest);
    kept
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_attributes() {
        let xml = "<a:x2>no</a:x2><a:x y='1 &amp; 2' z=\"3\"><b>Surat</b> &#84;ugas &unknown; &</a:x>";
        assert_eq!(element(xml, "a:x").as_deref(), Some("Surat Tugas &unknown; &"));
        assert_eq!(attribute(xml, "y").as_deref(), Some("1 & 2"));
        assert_eq!(attribute(xml, "z").as_deref(), Some("3"));
        for (broken, name) in [("<a>", "a"), ("<a", "a"), ("", "a"), ("<a/></b>", "a"), ("<ab>x</ab>", "a")] {
            assert_eq!(element(broken, name), None, "{broken}");
        }
        for broken in ["y=", "y=1", "y='1"] {
            assert_eq!(attribute(broken, "y"), None, "{broken}");
        }
    }
}
