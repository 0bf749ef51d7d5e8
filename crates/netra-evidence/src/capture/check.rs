//! Digests that a capture states about its own parts, and whether they are right.

use serde::Serialize;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// Whether a digest that a capture states is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DigestCheck {
    /// None is stated.
    NotStated,
    /// It was computed here and is the same.
    Right,
    /// It was computed here and is another one: the part was changed or damaged.
    Wrong,
    /// It is made in a way that is not computed here, or of bytes that the capture does not hold.
    NotChecked,
}

/// A digest that is being computed, and the stated one.
pub(super) struct Check {
    hasher: Hasher,
    stated: Vec<u8>,
}

enum Hasher {
    Sha1(Box<Sha1>),
    Sha256(Box<Sha256>),
    Unknown,
}

impl Check {
    /// `sha256:` or `sha1:` and the digest in base 32 or hexadecimal digits.
    pub(super) fn new(stated: &str) -> Check {
        let unknown = || Check { hasher: Hasher::Unknown, stated: Vec::new() };
        let Some((algorithm, value)) = stated.trim().split_once(':') else { return unknown() };
        let value = value.trim().trim_end_matches('=');
        match algorithm.to_ascii_lowercase().replace('-', "").as_str() {
            "sha1" => match decode(value, 20) {
                Some(stated) => Check { hasher: Hasher::Sha1(Box::default()), stated },
                None => unknown(),
            },
            "sha256" => match decode(value, 32) {
                Some(stated) => Check { hasher: Hasher::Sha256(Box::default()), stated },
                None => unknown(),
            },
            _ => unknown(),
        }
    }

    pub(super) fn update(&mut self, piece: &[u8]) {
        match &mut self.hasher {
            Hasher::Sha1(hasher) => hasher.update(piece),
            Hasher::Sha256(hasher) => hasher.update(piece),
            Hasher::Unknown => {}
        }
    }

    pub(super) fn finish(self) -> DigestCheck {
        let computed = match self.hasher {
            Hasher::Sha1(hasher) => hasher.finalize().to_vec(),
            Hasher::Sha256(hasher) => hasher.finalize().to_vec(),
            Hasher::Unknown => return DigestCheck::NotChecked,
        };
        if computed == self.stated { DigestCheck::Right } else { DigestCheck::Wrong }
    }
}

/// Hexadecimal digits or base 32, told by their number.
fn decode(text: &str, length: usize) -> Option<Vec<u8>> {
    if text.len() == length * 2 {
        return digits(text, 4, |c| c.to_digit(16));
    }
    let in_32 = |c: char| match c.to_ascii_uppercase() {
        letter @ 'A'..='Z' => Some(u32::from(letter) - u32::from('A')),
        digit @ '2'..='7' => Some(u32::from(digit) - u32::from('2') + 26),
        _ => None,
    };
    if text.len() == (length * 8).div_ceil(5) { digits(text, 5, in_32) } else { None }
}

/// Digits of some bits each as bytes; bits that fill no byte are dropped.
fn digits(text: &str, width: u32, value: impl Fn(char) -> Option<u32>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut buffer, mut filled) = (0_u32, 0_u32);
    for c in text.chars() {
        buffer = (buffer << width) | value(c)?;
        filled += width;
        if filled >= 8 {
            filled -= 8;
            bytes.push(u8::try_from((buffer >> filled) & 0xFF).ok()?);
            buffer &= (1 << filled) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_digests() {
        let table = [
            ("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", DigestCheck::Right),
            ("sha-256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", DigestCheck::Right),
            ("sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====", DigestCheck::Right),
            ("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", DigestCheck::Right),
            ("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", DigestCheck::Right),
            ("sha1:a9993e364706816aba3e25717850c26c9cd0d89e", DigestCheck::Wrong),
            ("md5:900150983cd24fb0d6963f7d28e17f72", DigestCheck::NotChecked),
            ("sha1:kurang", DigestCheck::NotChecked),
            ("", DigestCheck::NotChecked),
        ];
        for (stated, expected) in table {
            let mut check = Check::new(stated);
            check.update(b"ab");
            check.update(b"c");
            assert_eq!(check.finish(), expected, "{stated}");
        }
    }
}
