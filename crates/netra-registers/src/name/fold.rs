//! Words with the same sound in the same letters.

use std::fmt;

use super::words;
use crate::hash;

/// The most letters of a word that are kept.
const LONGEST: usize = 23;

/// A folded word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    bytes: [u8; LONGEST],
    length: u8,
}

impl Word {
    /// Its letters, all of them from a to z.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Whether it is one letter, an initial.
    pub(crate) fn is_initial(&self) -> bool {
        self.length == 1
    }

    /// The key of the word.
    pub(crate) fn key(&self) -> u64 {
        hash::of_bytes(self.as_bytes())
    }

    /// The key of its first two letters.
    pub(crate) fn begins(&self) -> u64 {
        self.as_bytes().iter().take(2).fold(0, |key, letter| (key << 8) | u64::from(*letter))
    }

    fn append(&mut self, letter: u8) {
        if let Some(slot) = self.bytes.get_mut(usize::from(self.length)) {
            *slot = letter;
            self.length += 1;
        }
    }

    fn pop(&mut self) {
        self.length = self.length.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(usize::from(self.length)) {
            *slot = 0;
        }
    }

    /// Adds a sound to what is folded already: `oe` is u, `kh` and `ch` are h, other letters lose their h, `ts` is s, `ie`
    /// is i, doubled letters are one. What is folded never folds further, so folding twice changes nothing.
    fn sound(&mut self, letter: u8) {
        let mut letter = letter;
        while let Some(&last) = self.as_bytes().last() {
            match (last, letter) {
                (b'o', b'e') => {
                    self.pop();
                    letter = b'u';
                }
                (b'k' | b'c', b'h') | (b't', b's') => self.pop(),
                (b'i', b'e') | (b'p' | b't' | b'd' | b'g' | b'b' | b's', b'h') => return,
                (same, other) if same == other => return,
                _ => break,
            }
        }
        self.append(letter);
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

/// Folds a word of letters from a to z: short forms in full, then old spelling and Arabic sounds alike.
pub fn fold(raw: &[u8]) -> Word {
    sounds(words::in_full(raw).unwrap_or(raw))
}

/// The sounds of a word: `dj`, `j`, `y` and `z` are i, `tj` is c, `sj` and `sy` are s, `f` and `v` are p, `q` is k, `w` is u.
pub(super) fn sounds(raw: &[u8]) -> Word {
    let mut word = Word::default();
    let mut rest = raw;
    while let Some((&letter, after)) = rest.split_first() {
        rest = after;
        let next = after.first().copied().unwrap_or_default();
        let (sound, both) = match (letter, next) {
            (b'd', b'j' | b'z') => (b'i', true),
            (b't', b'j') => (b'c', true),
            (b's', b'j' | b'y') => (b's', true),
            (b'q', _) => (b'k', false),
            (b'f' | b'v', _) => (b'p', false),
            (b'w', _) => (b'u', false),
            (b'j' | b'y' | b'z', _) => (b'i', false),
            (b'x', _) => {
                word.sound(b'k');
                (b's', false)
            }
            (other, _) => (other, false),
        };
        word.sound(sound);
        if both {
            rest = after.get(1..).unwrap_or_default();
        }
    }
    word
}
