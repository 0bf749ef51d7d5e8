//! Time-based codes of a second factor: RFC 6238 with SHA-1, thirty seconds and six digits, because that is what every
//! application for telephones understands. Pure: secret and time are arguments.
//!
//! SHA-1 stands here inside HMAC, where its known collisions do not help an attacker (RFC 6238, section 1.2).

use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Bytes of a secret: as long as the hash, as RFC 4226, section 4 advises.
pub const SECRET: usize = 20;
/// Seconds for which a code stands.
pub const STEP: i64 = 30;
/// Digits of a code.
pub const DIGITS: usize = 6;
/// How many steps a telephone's clock may be off, on either side.
const DRIFT: i64 = 1;
/// Letters of base 32 (RFC 4648).
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The number of the step in which a second lies.
pub fn step_at(second: i64) -> i64 {
    second.div_euclid(STEP)
}

/// The truncated value of a step (RFC 4226, section 5.3): 31 bits, of which codes are the last decimal digits.
///
/// Keys longer than the hash's block are cut there; those of this program have [`SECRET`] bytes.
pub fn truncated(secret: &[u8], step: i64) -> u32 {
    let mut key = Key::<Hmac<Sha1>>::default();
    for (place, byte) in key.iter_mut().zip(secret) {
        *place = *byte;
    }
    let mut mac = <Hmac<Sha1> as KeyInit>::new(&key);
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest.last().copied().unwrap_or_default() & 0x0f);
    let word = digest.get(at..at + 4).and_then(|part| part.first_chunk::<4>().copied()).unwrap_or_default();
    u32::from_be_bytes(word) & 0x7fff_ffff
}

/// The code of a step.
pub fn code(secret: &[u8], step: i64) -> String {
    format!("{:0DIGITS$}", truncated(secret, step) % 1_000_000)
}

/// The step for which a typed code is right, about a second. Whether that step was used before is not known here.
/// All steps are compared, so that the time taken tells nothing.
pub fn matching_step(secret: &[u8], typed: &str, second: i64) -> Option<i64> {
    let now = step_at(second);
    let mut found = None;
    for step in now - DRIFT..=now + DRIFT {
        let same: bool = code(secret, step).as_bytes().ct_eq(typed.as_bytes()).into();
        if same {
            found = Some(step);
        }
    }
    found
}

/// A secret as people type it into an application: base 32 without padding.
pub fn base32(secret: &[u8]) -> String {
    let mut text = String::with_capacity(secret.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in secret {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(letter(held >> bits));
            held &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        text.push(letter(held << (5 - bits)));
    }
    text
}

fn letter(value: u32) -> char {
    let place = usize::try_from(value & 31).unwrap_or_default();
    LETTERS.get(place).copied().map_or('A', char::from)
}

/// The address that a telephone's camera reads: whose codes these are, and the secret. The login name has only
/// characters that stand for themselves in an address.
pub fn address(login: &str, secret: &[u8]) -> String {
    let secret = base32(secret);
    format!("otpauth://totp/Netra:{login}?secret={secret}&issuer=Netra&algorithm=SHA1&digits={DIGITS}&period={STEP}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The secret of the examples of RFC 4226 and RFC 6238.
    const EXAMPLE: &[u8] = b"12345678901234567890";

    /// RFC 6238, appendix B, the lines with SHA-1: eight digits.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (second, expected) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let value = truncated(EXAMPLE, step_at(second));
            assert_eq!(format!("{:08}", value % 100_000_000), expected, "{second}");
            assert_eq!(code(EXAMPLE, step_at(second)), &expected[2..], "{second}");
        }
    }

    /// RFC 4226, appendix D: truncated values and codes of the first ten steps.
    #[test]
    fn values_are_those_of_rfc_4226() {
        for (step, value, short) in [
            (0, 1_284_755_224, "755224"),
            (1, 1_094_287_082, "287082"),
            (2, 137_359_152, "359152"),
            (3, 1_726_969_429, "969429"),
            (4, 1_640_338_314, "338314"),
            (5, 868_254_676, "254676"),
            (6, 1_918_287_922, "287922"),
            (7, 82_162_583, "162583"),
            (8, 673_399_871, "399871"),
            (9, 645_520_489, "520489"),
        ] {
            assert_eq!((truncated(EXAMPLE, step), code(EXAMPLE, step).as_str()), (value, short), "{step}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_around_its_own() {
        let typed = code(EXAMPLE, 100);
        for (second, good) in [(2969, false), (2970, true), (3000, true), (3029, true), (3059, true), (3060, false)] {
            assert_eq!(matching_step(EXAMPLE, &typed, second), good.then_some(100), "{second}");
        }
        for wrong in ["", "12345", &typed[..5], &format!("{typed}0")] {
            assert_eq!(matching_step(EXAMPLE, wrong, 3000), None, "{wrong}");
        }
    }

    /// RFC 4648, section 10, without the padding.
    #[test]
    fn base_32_is_that_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn the_address_names_the_program_and_the_account() {
        let address = address("penanganan.balikpapan", EXAMPLE);
        assert_eq!(
            address,
            "otpauth://totp/Netra:penanganan.balikpapan?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Netra\
             &algorithm=SHA1&digits=6&period=30"
        );
    }

    proptest! {
        /// The oracle reads the text back five bits at a time, as a number.
        #[test]
        fn base_32_keeps_every_bit(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let text = base32(&bytes);
            let mut bits: Vec<u8> = Vec::new();
            for letter in text.bytes() {
                let value = LETTERS.iter().position(|l| *l == letter).unwrap();
                bits.extend((0..5).rev().map(|n| u8::from((value >> n) & 1 == 1)));
            }
            let byte = |eight: &[u8]| eight.iter().fold(0_u8, |sum, bit| (sum << 1) | bit);
            let back: Vec<u8> = bits.chunks_exact(8).map(byte).collect();
            prop_assert_eq!(back, bytes);
        }

        #[test]
        fn a_code_has_six_digits_at_any_time(secret in proptest::array::uniform20(any::<u8>()), second in 0_i64..1 << 40) {
            let typed = code(&secret, step_at(second));
            prop_assert!(typed.len() == DIGITS && typed.bytes().all(|b| b.is_ascii_digit()));
            prop_assert!(matching_step(&secret, &typed, second).is_some());
        }
    }
}
