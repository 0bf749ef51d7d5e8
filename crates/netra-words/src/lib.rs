//! Indonesian words in one form.
//!
//! **Purpose.** Whoever searches writes otherwise than whoever recorded: *menyukai* for *disukai*, *Soekarno* for
//! *Sukarno*, *Moch.* for *Muhammad*. [`terms`] brings both to the same terms: words in lower case, without affixes
//! ([`stem`]), without what sounds alike and is spelt in several ways ([`fold`]).
//!
//! **Invariants**, guarded by the tests.
//! - A pure function of the text: the same text always gives the same terms.
//! - A term is never empty, and short: at most [`LONGEST`] characters.
//! - Folding what is folded changes nothing.
//!
//! **May not know** what a text is about, who searches, or how terms are stored.

#![deny(missing_docs)]

mod fold;
mod stem;
mod stop;

pub use fold::fold;
pub use stem::stem;

/// The longest term, in characters; what is longer is cut.
pub const LONGEST: usize = 40;

/// The terms of a text, in its order, words that say nothing left out. O(length).
pub fn terms(text: &str) -> impl Iterator<Item = String> + '_ {
    words(text).filter_map(|word| term(&word))
}

/// The words of a text in lower case: letters and digits that stand together. Apostrophes within a word fall away.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_part = |c: char| c.is_alphanumeric() || fold::is_apostrophe(c) || fold::is_mark(c);
    text.split(move |c| !is_part(c)).filter_map(|piece| {
        let letters = piece.chars().filter(|c| c.is_alphanumeric());
        let word: String = letters.flat_map(char::to_lowercase).take(LONGEST).collect();
        (!word.is_empty()).then_some(word)
    })
}

/// The term that a word in lower case is found by; none for words that say nothing.
fn term(word: &str) -> Option<String> {
    let has_digit = word.chars().any(|c| c.is_ascii_digit());
    if has_digit {
        // Numbers are found with and without the zeros in front that offices write.
        let plain = word.trim_start_matches('0');
        return Some(if plain.is_empty() { "0".to_owned() } else { plain.to_owned() });
    }
    if stop::says_nothing(word) || word.chars().count() < 2 {
        return None;
    }
    let folded = fold(&stem(word));
    Some(fold::short_form(&folded).to_owned())
}
