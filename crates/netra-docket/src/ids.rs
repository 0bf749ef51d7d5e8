//! One id type per kind of thing: giving a matter's id where an act's is asked does not compile.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID made by the caller: this crate has neither clock nor chance.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(s: &str) -> Result<Self, BadId> {
                Uuid::try_parse(s).map(Self).map_err(|_| BadId(stringify!($name)))
            }
        }
    )+};
}

uuid_ids! {
    /// A matter.
    #[doc(alias = "perkara")]
    MatterId;
    /// An act in a docket.
    ActId;
    /// A private value outside the docket.
    SealId;
    /// An account of a person who works here.
    #[doc(alias = "akun petugas")]
    AccountId;
    /// An entry of an office's list of those whom prevention addresses.
    RecipientId;
    /// A token with which another program works for an office.
    #[doc(alias = "token akses")]
    TokenId;
}

/// A text that is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {0}: a UUID is needed")]
pub struct BadId(&'static str);

/// An office: `bawaslu-balikpapan`, `kasn`, `pemkot-balikpapan`. Lower-case ASCII, digits, hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
#[doc(alias = "kantor")]
pub struct OfficeId(String);

impl OfficeId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OfficeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for OfficeId {
    type Err = BadOfficeId;

    fn from_str(s: &str) -> Result<Self, BadOfficeId> {
        let shaped = s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if shaped && (2..=60).contains(&s.len()) && !s.starts_with('-') && !s.ends_with('-') {
            Ok(OfficeId(s.to_owned()))
        } else {
            Err(BadOfficeId)
        }
    }
}

impl<'de> Deserialize<'de> for OfficeId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A text that is not an office id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an office id has 2 to 60 lower-case letters, digits and inner hyphens, like bawaslu-balikpapan")]
pub struct BadOfficeId;

/// A person within one matter: the first is 1. Means nothing outside its matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonNo(pub u16);

impl fmt::Display for PersonNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// An exhibit within one matter: the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias = "barang bukti")]
pub struct ExhibitNo(pub u16);

impl fmt::Display for ExhibitNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
