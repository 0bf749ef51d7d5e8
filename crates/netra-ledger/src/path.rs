//! Paths inside a dossier.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A path inside a dossier that unpacks to the same place on every system: relative, parts of ASCII
/// letters, digits, `.`, `_` and `-`, separated by `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DossierPath(String);

impl DossierPath {
    /// The longest path, in bytes. With a folder in front it still fits what old systems allow.
    pub const MAX_LEN: usize = 180;

    /// The place of a file that every dossier has. Only for this crate's own constants.
    pub(crate) fn own(name: &'static str) -> DossierPath {
        DossierPath(name.to_owned())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not a path inside a dossier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// Nothing, or far too much.
    #[error("a path has 1 to {max} characters", max = DossierPath::MAX_LEN)]
    Length,
    /// An empty part: the path is absolute, ends with a slash or has two in a row.
    #[error("{0:?} has an empty part: write a relative path such as acts/0001.json")]
    EmptyPart(String),
    /// A part that means another folder, or that some systems rename.
    #[error("{0:?} has a part that ends with a dot: '.' and '..' would leave the dossier")]
    Dots(String),
    /// A character that does not mean the same everywhere.
    #[error("{0:?} has characters other than letters, digits, '.', '_' and '-'")]
    Character(String),
}

impl FromStr for DossierPath {
    type Err = PathFault;

    fn from_str(text: &str) -> Result<DossierPath, PathFault> {
        if text.is_empty() || text.len() > DossierPath::MAX_LEN {
            return Err(PathFault::Length);
        }
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        for part in text.split('/') {
            if part.is_empty() {
                return Err(PathFault::EmptyPart(text.to_owned()));
            }
            if !part.bytes().all(allowed) {
                return Err(PathFault::Character(text.to_owned()));
            }
            if part.ends_with('.') {
                return Err(PathFault::Dots(text.to_owned()));
            }
        }
        Ok(DossierPath(text.to_owned()))
    }
}

impl fmt::Display for DossierPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for DossierPath {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DossierPath {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_are_safe_everywhere() {
        for text in ["a", "acts/0001.json", "exhibits/IMG-1_b.tar.gz", ".hidden", "a/b/c"] {
            assert_eq!(text.parse::<DossierPath>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn paths_that_are_not() {
        let long = "a".repeat(DossierPath::MAX_LEN + 1);
        let table = [
            ("", "1 to 180 characters"),
            (long.as_str(), "1 to 180 characters"),
            ("/etc/passwd", "empty part"),
            ("a//b", "empty part"),
            ("a/", "empty part"),
            ("..", "would leave the dossier"),
            ("a/../b", "would leave the dossier"),
            ("./a", "would leave the dossier"),
            ("a./b", "would leave the dossier"),
            ("a\\b", "characters other"),
            ("C:/a", "characters other"),
            ("a b", "characters other"),
            ("é", "characters other"),
            ("a\0", "characters other"),
        ];
        for (text, words) in table {
            let fault = text.parse::<DossierPath>().unwrap_err().to_string();
            assert!(fault.contains(words), "{text:?}: {fault}");
        }
    }
}
