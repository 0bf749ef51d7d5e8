//! Texts that can be drawn: what no font has is written out, so that no word vanishes from a paper.

use serde_json::Value;

use crate::fonts::{ANY, TEXT};

/// Which characters are drawn as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Whatever any shipped face has.
    Any,
    /// Only what the text face has: for texts on which the other faces fail.
    Text,
}

/// Makes every string in a JSON value legible.
pub(crate) fn make_legible(value: &mut Value, letters: Letters) {
    match value {
        Value::String(text) => {
            if !text.bytes().all(is_plain) {
                *text = legible(text, letters);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| make_legible(inner, letters)),
        Value::Object(map) => map.values_mut().for_each(|inner| make_legible(inner, letters)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_plain(byte: u8) -> bool {
    byte == b'\n' || (b' '..=b'~').contains(&byte)
}

/// The text with what can't be drawn written as `[U+1F600]`, and without what was never visible.
pub(crate) fn legible(text: &str, letters: Letters) -> String {
    let drawn = match letters {
        Letters::Any => &*ANY,
        Letters::Text => &*TEXT,
    };
    let has = |c: char| drawn.binary_search(&u32::from(c)).is_ok();
    let mut out = String::with_capacity(text.len());
    // Whether the last character stands as it was, in a script whose letters join.
    let mut joins = false;
    for c in text.chars() {
        match c {
            '\n' | ' '..='~' => out.push(c),
            '\t' | '\u{a0}' => out.push(' '),
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            // They part or join letters in some scripts and bind emoji in others.
            '\u{200c}' | '\u{200d}' => {
                if joins && has(c) {
                    out.push(c);
                }
                continue;
            }
            c if is_invisible(c) => continue,
            c if has(c) && !is_private(c) && !c.is_control() && !turns_text(c) => out.push(c),
            c => out.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
        joins = u32::from(c) >= 0x600 && has(c);
    }
    out
}

/// Marks that are never drawn and say nothing by themselves: line ends of other systems, soft hyphens, variation
/// selectors, marks of direction at a single place.
fn is_invisible(c: char) -> bool {
    matches!(c, '\r' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// They make a text read otherwise than it is written: on paper they must be seen.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Without a meaning that all readers share; PDF/A forbids them.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_be_drawn_stays_and_the_rest_is_written_out() {
        let table = [
            ("Warga Contoh, S.H.\nbaris", "Warga Contoh, S.H.\nbaris"),
            ("Andréa – “kutip” …", "Andréa – “kutip” …"),
            ("محمد علي", "محمد علي"),
            ("ꦲꦤꦕꦫꦏ", "ꦲꦤꦕꦫꦏ"),
            ("Ketua 😀!", "Ketua [U+1F600]!"),
            ("👩\u{200d}⚖\u{fe0f}", "[U+1F469][U+2696]"),
            ("A\u{202e}kilabret", "A[U+202E]kilabret"),
            ("a\tb\r\nc\u{2028}d", "a b\nc\nd"),
            ("\u{e000}\u{7}", "[U+E000][U+0007]"),
            ("漢字", "[U+6F22][U+5B57]"),
        ];
        for (given, expected) in table {
            assert_eq!(legible(given, Letters::Any), expected);
        }
        assert_eq!(legible("ꦲ é", Letters::Text), "[U+A9B2] é");
    }

    proptest! {
        /// Whatever comes in, every character that comes out can be drawn.
        #[test]
        fn all_that_comes_out_can_be_drawn(text in any::<String>()) {
            for (letters, drawn) in [(Letters::Any, &*ANY), (Letters::Text, &*TEXT)] {
                for c in legible(&text, letters).chars() {
                    prop_assert!(c == '\n' || drawn.binary_search(&u32::from(c)).is_ok(), "{c:?}");
                }
            }
        }

        /// Nothing that can be seen is dropped.
        #[test]
        fn no_word_is_lost(words in proptest::collection::vec("[a-z]{1,8}|[\u{600}-\u{6ff}]{1,4}|[😀-😿]{1,3}", 1..6)) {
            let out = legible(&words.join(" "), Letters::Any);
            prop_assert_eq!(out.split(' ').filter(|w| !w.is_empty()).count(), words.len());
        }
    }
}
