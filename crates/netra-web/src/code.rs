//! Two secrets of 128 bits: the token in a draft's address, and the tracking code that a reporter keeps.
//!
//! Both are written in Crockford's base 32 (no I, L, O, U). The store sees neither, only digests:
//! who steals the database can't open a status page with it.

use std::fmt;
use std::str::FromStr;

use netra_evidence::Digest;

use crate::app::ServerSecret;
use crate::random;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits of 128 bits in base 32; the first one is at most 7.
const DATA: usize = 26;
/// Digits of a tracking code: the data and the check character.
const CODE: usize = DATA + 1;
const GROUP: usize = 3;

/// The unguessable part of a draft's address: whoever has it can read and change the draft.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FormToken(u128);

impl FormToken {
    /// A new token.
    pub fn fresh() -> FormToken {
        FormToken(u128::from_be_bytes(random::bytes()))
    }

    /// The token with these bits: for the demo, whose stories have the same codes at every start.
    pub fn from_uuid(bits: uuid::Uuid) -> FormToken {
        FormToken(bits.as_u128())
    }

    /// The token of what a program asks for under a key of its own: asked again, it is the same form.
    pub(crate) fn derived(secret: &ServerSecret, asked: &[u8]) -> FormToken {
        let tag = secret.derive("netra request token v1", asked);
        FormToken(tag.iter().take(16).fold(0_u128, |value, &byte| (value << 8) | u128::from(byte)))
    }

    /// What the store knows of it: SHA-256, hex.
    pub fn hash(&self) -> String {
        digest("netra form token v1", self.0)
    }
}

/// As it stands in addresses: 26 lower-case characters.
impl fmt::Display for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: String = digits(self.0).into_iter().map(letter).collect();
        f.write_str(&letters.to_ascii_lowercase())
    }
}

/// Keeps tokens out of logs.
impl fmt::Debug for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormToken(…)")
    }
}

/// A text that is no form token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a form token")]
pub struct BadToken;

impl FromStr for FormToken {
    type Err = BadToken;

    /// Addresses are copied, not typed: only the form that [`FormToken`] writes is read.
    fn from_str(text: &str) -> Result<FormToken, BadToken> {
        let read = |c: char| ALPHABET.iter().position(|&a| char::from(a.to_ascii_lowercase()) == c);
        let digits: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(read(c)?).ok()).collect();
        match digits {
            Some(digits) if digits.len() == DATA => value(&digits).map(FormToken).ok_or(BadToken),
            _ => Err(BadToken),
        }
    }
}

/// The tracking code of a sent form. The same token always gives the same code, so that a lost
/// answer can be repeated although nobody keeps the code.
pub fn code_for(secret: &ServerSecret, token: &FormToken) -> TrackingCode {
    let tag = secret.derive("netra tracking code v1", &token.0.to_be_bytes());
    TrackingCode(tag.iter().take(16).fold(0_u128, |value, &byte| (value << 8) | u128::from(byte)))
}

/// What a reporter keeps in order to ask for the status of a matter.
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias = "kode pelacakan")]
pub struct TrackingCode(u128);

impl TrackingCode {
    /// What the store knows of it: SHA-256, hex.
    pub fn hash(&self) -> String {
        digest("netra tracking code v1", self.0)
    }

    /// Without hyphens, for addresses and QR codes.
    pub fn compact(&self) -> String {
        let data = digits(self.0);
        data.into_iter().chain([check(&data)]).map(letter).collect()
    }

    /// The nine groups of three, as people read it.
    pub fn groups(&self) -> Vec<String> {
        let letters: Vec<char> = self.compact().chars().collect();
        letters.chunks(GROUP).map(|group| group.iter().collect()).collect()
    }
}

/// In groups with hyphens: `0AB-…`.
impl fmt::Display for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.groups().join("-"))
    }
}

/// Keeps codes out of logs.
impl fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrackingCode(…)")
    }
}

/// Why a text is no tracking code, for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing was typed.
    #[error("Tulis kode pelacakan Anda.")]
    Empty,
    /// Something is missing or doubled.
    #[error(
        "Kode terdiri dari {whole} huruf dan angka, yang Anda tulis ada {found}. Periksa apakah ada yang terlewat atau tertulis dua kali.",
        whole = CODE
    )]
    Length {
        /// How many characters there are.
        found: usize,
    },
    /// A character is wrong, or two have changed places.
    #[error(
        "Ada satu huruf keliru, atau dua huruf tertukar. Bandingkan lagi dengan kode Anda, tiga huruf demi tiga huruf."
    )]
    Check,
}

impl FromStr for TrackingCode {
    type Err = CodeError;

    /// Reads what people type: any case, blanks and hyphens anywhere, O for 0, I and L for 1, or
    /// the whole address of the status page.
    fn from_str(text: &str) -> Result<TrackingCode, CodeError> {
        let last = text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let typed: Vec<char> = last.chars().filter(|c| !is_separator(*c)).collect();
        match typed.len() {
            0 => return Err(CodeError::Empty),
            CODE => {}
            found => return Err(CodeError::Length { found }),
        }
        let digits: Vec<u8> = typed.into_iter().map(digit).collect::<Option<_>>().ok_or(CodeError::Check)?;
        if sum(&digits) != 0 {
            return Err(CodeError::Check);
        }
        let data = digits.get(..DATA).unwrap_or_default();
        value(data).map(TrackingCode).ok_or(CodeError::Check)
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '_' | '.' | '\u{200b}' | '\u{feff}')
}

fn digest(domain: &str, value: u128) -> String {
    Digest::of(&[domain.as_bytes(), &[0], &value.to_be_bytes()].concat()).to_string()
}

/// The base-32 digits of 128 bits, most significant first.
fn digits(value: u128) -> [u8; DATA] {
    std::array::from_fn(|place| {
        let shifted = value >> (5 * (DATA - 1 - place));
        u8::try_from(shifted & 31).unwrap_or(0)
    })
}

/// The number that digits stand for; none if it has more than 128 bits.
fn value(digits: &[u8]) -> Option<u128> {
    digits.iter().try_fold(0_u128, |value, &digit| value.checked_mul(32)?.checked_add(u128::from(digit)))
}

fn letter(digit: u8) -> char {
    ALPHABET.get(usize::from(digit)).map_or('0', |&byte| char::from(byte))
}

fn digit(letter: char) -> Option<u8> {
    let meant = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|&byte| char::from(byte) == meant)?;
    u8::try_from(place).ok()
}

/// Times x in the field of 32 elements, GF(2)[x] modulo x⁵ + x² + 1.
fn times_x(element: u8) -> u8 {
    let doubled = element << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

/// The digits read as a polynomial at x: zero for a whole code.
///
/// The modulus is primitive, so x⁰ … x²⁶ are 27 different elements, none of them zero. A wrong
/// digit at place i changes the sum by xⁱ·e with e ≠ 0; two different digits a, b that change places
/// i, j change it by (xⁱ + xʲ)(a + b). Neither is ever zero: each single error and each swap, of
/// neighbours or not, is noticed.
fn sum(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |sum, &digit| times_x(sum) ^ digit)
}

/// The digit that makes the sum zero.
fn check(data: &[u8]) -> u8 {
    times_x(sum(data))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: ServerSecret = ServerSecret([7; 32]);

    #[test]
    fn every_wrong_character_is_noticed() {
        for value in [0, u128::MAX, 0x0123_4567_89ab_cdef_0f1e_2d3c_4b5a_6978] {
            let data = digits(value);
            let whole: Vec<u8> = data.into_iter().chain([check(&data)]).collect();
            assert_eq!(sum(&whole), 0);
            for place in 0..CODE {
                for wrong in (0..32).filter(|d| *d != whole[place]) {
                    let mut typed = whole.clone();
                    typed[place] = wrong;
                    assert_ne!(sum(&typed), 0, "place {place}: {wrong} for {}", whole[place]);
                }
            }
        }
    }

    #[test]
    fn every_swap_of_two_different_characters_is_noticed() {
        // The sum is linear, so the other digits do not matter: zeros will do.
        for first in 0..CODE {
            for second in first + 1..CODE {
                for (a, b) in (0..32).flat_map(|a| (0..32).map(move |b| (a, b))).filter(|(a, b)| a != b) {
                    let mut right = [0; CODE];
                    right[first] = a;
                    right[second] = b;
                    let mut swapped = right;
                    swapped.swap(first, second);
                    assert_ne!(sum(&right), sum(&swapped), "{a} and {b} at {first} and {second}");
                }
            }
        }
    }

    #[test]
    fn errors_tell_what_to_mend() {
        let code = code_for(&SECRET, &FormToken(1)).to_string();
        assert_eq!("".parse::<TrackingCode>(), Err(CodeError::Empty));
        assert_eq!(" - ".parse::<TrackingCode>(), Err(CodeError::Empty));
        assert_eq!("ABC-DEF".parse::<TrackingCode>(), Err(CodeError::Length { found: 6 }));
        assert_eq!(format!("{code}7").parse::<TrackingCode>(), Err(CodeError::Length { found: 28 }));
        let last = code.chars().last().unwrap();
        let wrong = if last == '0' { '1' } else { '0' };
        let mistyped = format!("{}{wrong}", &code[..code.len() - 1]);
        assert_eq!(mistyped.parse::<TrackingCode>(), Err(CodeError::Check));
        assert_eq!("U".repeat(27).parse::<TrackingCode>(), Err(CodeError::Check));
        assert_eq!("🙂".repeat(27).parse::<TrackingCode>(), Err(CodeError::Check));
    }

    #[test]
    fn a_number_of_more_than_128_bits_is_no_code_even_with_a_fitting_check() {
        let mut data = [0; DATA];
        data[0] = 8;
        let typed: String = data.into_iter().chain([check(&data)]).map(letter).collect();
        assert_eq!(typed.parse::<TrackingCode>(), Err(CodeError::Check));
        assert_eq!("z".repeat(26).parse::<FormToken>(), Err(BadToken));
    }

    #[test]
    fn what_people_type_is_read() {
        let code = code_for(&SECRET, &FormToken(2));
        let lazy = code.compact().replace('0', "o").replace('1', "l").to_lowercase();
        for typed in [lazy, format!("  {} ", code.groups().join(" ")), format!("https://a.id/s/{code}/")] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
    }

    #[test]
    fn a_code_has_nine_groups_of_three() {
        let code = code_for(&SECRET, &FormToken(u128::MAX));
        assert_eq!(code.groups().len(), 9);
        assert!(code.groups().iter().all(|g| g.len() == 3));
        assert_eq!(code.to_string().len(), 35);
    }

    #[test]
    fn token_and_code_are_not_told_by_debug_and_have_different_hashes() {
        assert_eq!(format!("{:?}", FormToken(1)), "FormToken(…)");
        assert_eq!(format!("{:?}", TrackingCode(1)), "TrackingCode(…)");
        assert_ne!(FormToken(1).hash(), TrackingCode(1).hash());
        assert_eq!(FormToken(1).hash().len(), 64);
    }

    #[test]
    fn another_secret_gives_another_code() {
        let token = FormToken(3);
        assert_eq!(code_for(&SECRET, &token), code_for(&SECRET, &token));
        assert_ne!(code_for(&SECRET, &token), code_for(&ServerSecret([8; 32]), &token));
    }

    proptest! {
        #[test]
        fn tokens_round_trip(value: u128) {
            let text = FormToken(value).to_string();
            prop_assert_eq!(text.len(), DATA);
            prop_assert_eq!(text.parse::<FormToken>(), Ok(FormToken(value)));
            prop_assert_eq!(text.to_uppercase().parse::<FormToken>().is_ok(), text.to_uppercase() == text);
        }

        #[test]
        fn codes_round_trip(value: u128) {
            let code = TrackingCode(value);
            prop_assert_eq!(code.to_string().parse::<TrackingCode>(), Ok(code));
            prop_assert_eq!(code.compact().to_lowercase().parse::<TrackingCode>(), Ok(code));
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = text.parse::<TrackingCode>();
            let _ = text.parse::<FormToken>();
        }
    }
}
