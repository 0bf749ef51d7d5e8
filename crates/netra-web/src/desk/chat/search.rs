//! Finding a text, whatever its capitals.

use std::ops::Range;

/// A text to be found, small letters throughout.
#[derive(Clone, Debug)]
pub(super) struct Needle(Vec<char>);

/// A part of a text, and whether it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) hit: bool,
}

/// The letter that stands for a capital and its small letter alike.
pub(super) fn fold(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) }
}

/// How many bytes of a text's beginning are these folded letters; none if it begins otherwise.
pub(super) fn prefix(text: &str, letters: &[char]) -> Option<usize> {
    let mut rest = text.chars();
    let is_same = letters.iter().all(|letter| rest.next().map(fold) == Some(*letter));
    is_same.then(|| text.len() - rest.as_str().len())
}

impl Needle {
    /// What to look for; nothing in an empty text.
    pub(super) fn new(text: &str) -> Option<Needle> {
        let letters: Vec<char> = text.trim().chars().map(fold).collect();
        (!letters.is_empty()).then_some(Needle(letters))
    }

    /// Where it stands, one after the other.
    pub(super) fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let (mut list, mut from) = (Vec::new(), 0);
        for (at, letter) in text.char_indices() {
            if at < from || Some(&fold(letter)) != self.0.first() {
                continue;
            }
            if let Some(length) = text.get(at..).and_then(|rest| prefix(rest, &self.0)) {
                from = at + length;
                list.push(at..from);
            }
        }
        list
    }
}

/// A text in pieces, those that were looked for marked.
pub(super) fn pieces(text: &str, needle: Option<&Needle>) -> Vec<Piece> {
    let piece = |range: Range<usize>, hit: bool| Piece { text: text.get(range).unwrap_or_default().to_owned(), hit };
    let (mut list, mut from) = (Vec::new(), 0);
    for hit in needle.map(|needle| needle.hits(text)).unwrap_or_default() {
        list.push(piece(from..hit.start, false));
        from = hit.end;
        list.push(piece(hit, true));
    }
    list.push(piece(from..text.len(), false));
    list.retain(|piece| !piece.text.is_empty());
    list
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn capitals_do_not_matter_and_hits_do_not_overlap() {
        let table = [
            ("KAOS kaos Kaos", "kaos", 3),
            ("aaaa", "aa", 2),
            ("Édy dan édy", "ÉDY", 2),
            ("kao", "kaos", 0),
            ("👍🏽 siap 👍🏽", "👍🏽", 2),
            ("satu\ndua", "u\nd", 1),
        ];
        for (text, find, expected) in table {
            assert_eq!(Needle::new(find).unwrap().hits(text).len(), expected, "{find} in {text}");
        }
        assert!(Needle::new(" ").is_none());
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "[aAbé ]{0,20}", find in "[aAbé]{1,3}") {
            let needle = Needle::new(&find);
            let pieces = pieces(&text, needle.as_ref());
            let together: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(&together, &text);
            let folded: String = find.chars().map(fold).collect();
            for piece in pieces.iter().filter(|piece| piece.hit) {
                prop_assert_eq!(piece.text.chars().map(fold).collect::<String>(), folded.clone());
            }
            let plain: String = text.chars().map(fold).collect();
            prop_assert_eq!(pieces.iter().filter(|piece| piece.hit).count(), plain.matches(&folded).count());
        }
    }
}
