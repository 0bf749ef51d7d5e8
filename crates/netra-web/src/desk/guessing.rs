//! How easily a password is guessed: offline, against words that are tried first.
//!
//! `data/guessed-words.bin` holds the beginnings of the SHA-256 of some forty thousand common and leaked passwords,
//! Indonesian words and names of regions (`data/guessed-words.py` makes it). A password of twelve characters is
//! rarely in such a list itself; it is *made* of its words. So the cheapest way to put the password together is looked
//! for: known words, years, runs such as `12345`, repetitions, single characters, each with a price in bits. What a
//! stranger knows about the account costs least.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// Beginnings of digests, sorted.
static WORDS: &[u8] = include_bytes!("../../data/guessed-words.bin");
/// The same as rows.
static ROWS: LazyLock<&[[u8; PREFIX]]> = LazyLock::new(|| WORDS.as_chunks::<PREFIX>().0);

/// Bytes of a digest that are kept: one word in some millions is taken for a known one by chance.
const PREFIX: usize = 5;
/// Below this a password is refused: more than two known words are needed.
const ENOUGH: u32 = 36;
/// Characters that are looked at: a longer password only gets harder.
const LOOKED_AT: usize = 40;
/// The longest and shortest known word that is looked for.
const LONGEST_WORD: usize = 24;
const SHORTEST_WORD: usize = 4;
/// The shortest part of what a stranger knows, and the shortest piece whose repetition is seen.
const SHORTEST_PART: usize = 3;

/// Prices in bits.
const KNOWN: u32 = 15;
const OWN: u32 = 4;
const YEAR: u32 = 6;
const REPEATED: u32 = 2;
const RUN: u32 = 1;
const SEPARATOR: u32 = 2;
const DIGIT: u32 = 3;
const SIGN: u32 = 4;
const LETTER: u32 = 5;

/// How easily a password is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// Within the first guesses.
    Easy,
    /// Not among them.
    Hard,
}

/// Judges a password. `own` are texts that a stranger knows about the account.
pub(super) fn judge(password: &str, own: &[&str]) -> Guess {
    if bits(password, own) < ENOUGH { Guess::Easy } else { Guess::Hard }
}

/// The price of the cheapest way to put a password together.
fn bits(password: &str, own: &[&str]) -> u32 {
    let own: Vec<Vec<char>> = own.iter().flat_map(|text| parts(text)).collect();
    let letters: Vec<char> = password.to_lowercase().chars().take(LOOKED_AT).collect();
    let plain: Vec<char> = letters.iter().map(|letter| undisguised(*letter)).collect();
    // The cheapest price of the first so many characters.
    let mut cheapest: Vec<u32> = vec![0];
    for end in 1..=letters.len() {
        let (before, last) = (letters.get(..end - 1).unwrap_or_default(), letters.get(end - 1).copied());
        let single = last.map_or(0, |letter| price(letter, before.last().copied()));
        let mut best = cheapest.last().copied().unwrap_or_default().saturating_add(single);
        for length in SHORTEST_PART..=LONGEST_WORD.min(end) {
            let start = end - length;
            let (Some(word), Some(same)) = (letters.get(start..end), plain.get(start..end)) else { continue };
            let repeats = start.checked_sub(length).and_then(|from| letters.get(from..start)) == Some(word);
            let cost = if own.iter().any(|part| part == word) {
                OWN
            } else if repeats {
                REPEATED
            } else if is_year(word) {
                YEAR
            } else if length >= SHORTEST_WORD && (is_known(word) || (same != word && is_known(same))) {
                KNOWN
            } else {
                continue;
            };
            best = best.min(cheapest.get(start).copied().unwrap_or_default().saturating_add(cost));
        }
        cheapest.push(best);
    }
    cheapest.last().copied().unwrap_or_default()
}

/// The words of a text, in small letters.
fn parts(text: &str) -> Vec<Vec<char>> {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.map(|word| word.chars().collect::<Vec<char>>()).filter(|word| word.len() >= SHORTEST_PART).collect()
}

/// The price of one character after another.
fn price(letter: char, before: Option<char>) -> u32 {
    let is_run = before.is_some_and(|before| u32::from(before).abs_diff(u32::from(letter)) <= 1);
    match letter {
        _ if is_run => RUN,
        ' ' | '-' | '_' | '.' => SEPARATOR,
        '0'..='9' => DIGIT,
        _ if letter.is_alphabetic() => LETTER,
        _ => SIGN,
    }
}

/// The letter for which a digit or sign often stands.
fn undisguised(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

fn is_year(word: &[char]) -> bool {
    matches!(word, ['1', '9', c, d] | ['2', '0', c, d] if c.is_ascii_digit() && d.is_ascii_digit())
}

fn is_known(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    let digest: [u8; 32] = Sha256::digest(word.as_bytes()).into();
    let Some(prefix) = digest.first_chunk::<PREFIX>() else { return false };
    ROWS.binary_search(prefix).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_whole() {
        assert_eq!(WORDS.len() % PREFIX, 0);
        assert!(ROWS.len() > 40_000);
        assert!(ROWS.windows(2).all(|pair| pair[0] < pair[1]));
        for word in ["password", "123456", "iloveyou", "sayang", "bismillah", "bawaslu", "balikpapan"] {
            assert!(is_known(&word.chars().collect::<Vec<_>>()), "{word}");
        }
    }

    #[test]
    fn passwords_of_known_words_years_and_runs_are_easy() {
        for password in [
            "password12345",
            "P@ssw0rd12345",
            "qwertyuiop123",
            "bawaslu2024!!",
            "Jakarta12345!",
            "sayangku1234",
            "balikpapan2024",
            "rahasia rahasia",
            "aaaaaaaaaaaa",
            "abcdefghijkl",
            "abcxyzabcxyz",
            "",
        ] {
            assert_eq!(judge(password, &[]), Guess::Easy, "{password} has {} bits", bits(password, &[]));
        }
    }

    #[test]
    fn three_words_or_unknown_letters_are_hard() {
        for password in [
            "kuda baterai staples benar",
            "hujan kemarin sore",
            "dua belas huruf",
            "cukup panjang 1",
            "xkq-vmw-zpr-tgh",
            "ñandú größer élan",
        ] {
            assert_eq!(judge(password, &[]), Guess::Hard, "{password} has {} bits", bits(password, &[]));
        }
    }

    #[test]
    fn what_a_stranger_knows_costs_least() {
        let own = ["penanganan.contoh", "Petugas Zulmaharani", "Bawaslu Kota Contoh"];
        for password in ["zulmaharani-2024", "Penanganan.Contoh", "kota contoh bawaslu"] {
            assert_eq!(judge(password, &own), Guess::Easy, "{password} has {} bits", bits(password, &own));
        }
        assert_eq!(judge("zulmaharani-2024", &[]), Guess::Hard);
    }

    #[test]
    fn adding_characters_never_makes_a_password_much_easier() {
        let long = "gunung pasir kertas lampu".repeat(8);
        assert_eq!(judge(&long, &[]), Guess::Hard);
    }
}
