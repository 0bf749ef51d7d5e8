//! SHA-256 digests, the identity of stored bytes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of some bytes.
///
/// Written as 64 lowercase hexadecimal digits, the form in which `sha256sum` prints it, so that
/// anybody can compare it without this program. Capital digits are read as well, because other
/// programs print them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "sidik digital")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// The digest that was computed elsewhere and kept as raw bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Digest {
        Digest(bytes)
    }

    /// The raw bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// The text is not a digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' bukan sidik SHA-256: tulis tepat 64 angka heksadesimal (0-9, a-f)")]
pub struct DigestError(String);

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Digest, DigestError> {
        parse(text.as_bytes()).ok_or_else(|| DigestError(text.chars().take(80).collect()))
    }
}

fn parse(text: &[u8]) -> Option<Digest> {
    if text.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        let [high, low] = *pair else { return None };
        *byte = (nibble(high)? << 4) | nibble(low)?;
    }
    Some(Digest(bytes))
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Computes a [`Digest`] piece by piece, for files that are not held in memory at once.
#[derive(Clone, Debug, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// A hasher that has seen nothing yet.
    pub fn new() -> Hasher {
        Hasher::default()
    }

    /// Takes in the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest of all pieces in their order.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IntoDeserializer as _;
    use serde::de::value::{Error, StrDeserializer};

    use super::*;

    /// What serde writes for a value that is a plain string.
    struct Written<T>(T);

    impl<T: Serialize> fmt::Display for Written<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }

    fn read(text: &str) -> Result<Digest, Error> {
        let input: StrDeserializer<'_, Error> = text.into_deserializer();
        Digest::deserialize(input)
    }

    #[test]
    fn known_digests() {
        let table = [
            (&b""[..], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (&b"abc"[..], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ];
        for (bytes, hex) in table {
            assert_eq!(Digest::of(bytes).to_string(), hex);
        }
    }

    #[test]
    fn what_is_not_a_digest_is_refused_with_the_form_to_use() {
        let short = "a".repeat(63);
        let long = "a".repeat(65);
        let wrong = format!("{}g", "a".repeat(63));
        for text in ["", short.as_str(), long.as_str(), wrong.as_str(), "é".repeat(32).as_str()] {
            let error = text.parse::<Digest>().unwrap_err();
            assert!(error.to_string().contains("64 angka heksadesimal"), "{error}");
        }
    }

    #[test]
    fn serde_uses_lowercase_hex() {
        let digest = Digest::of(b"abc");
        assert_eq!(Written(digest).to_string(), digest.to_string());
        assert_eq!(read(&digest.to_string()), Ok(digest));
        assert!(read("abc").is_err());
    }

    proptest! {
        #[test]
        fn hex_round_trip(bytes: [u8; 32]) {
            let digest = Digest::from_bytes(bytes);
            let hex = digest.to_string();
            prop_assert_eq!(hex.parse::<Digest>(), Ok(digest));
            prop_assert_eq!(hex.to_uppercase().parse::<Digest>(), Ok(digest));
            prop_assert_eq!(digest.as_bytes(), &bytes);
        }

        #[test]
        fn pieces_make_the_same_digest(pieces: Vec<Vec<u8>>) {
            let mut hasher = Hasher::new();
            for piece in &pieces {
                hasher.update(piece);
            }
            prop_assert_eq!(hasher.finish(), Digest::of(&pieces.concat()));
        }
    }
}
