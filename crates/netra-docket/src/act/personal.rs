//! Personal data: identities that are protected and opened, and what is erased from the vault.

use serde::{Deserialize, Serialize};

use crate::ids::{ActId, PersonNo, SealId};
use crate::private::Private;

/// A person's identity is protected: nobody sees it any more without an act of opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProtected {
    /// Whose: a reporter, a witness, somebody else who may be harmed.
    pub person: PersonNo,
    /// Why.
    pub reason: Private<String>,
}

/// A protected identity is opened for the officer who records this, for a short time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityOpened {
    /// Whose.
    pub person: PersonNo,
    /// What it is needed for.
    pub reason: Private<String>,
}

/// What can be erased of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonalPart {
    /// Name, birth, address, telephone, numbers: everything that tells who it is.
    Identity,
    /// What the person said: minutes of clarifications, why the person stayed away, messages.
    Statements,
}

impl PersonalPart {
    /// All parts.
    pub const ALL: [PersonalPart; 2] = [PersonalPart::Identity, PersonalPart::Statements];

    /// The word in forms.
    pub fn id(self) -> &'static str {
        match self {
            PersonalPart::Identity => "identity",
            PersonalPart::Statements => "statements",
        }
    }

    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            PersonalPart::Identity => "identitas",
            PersonalPart::Statements => "keterangan yang diberikan saat klarifikasi dan dalam pesan",
        }
    }
}

/// Somebody proposes to erase personal data. Nothing is erased yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasureProposed {
    /// Whose data.
    pub person: PersonNo,
    /// Which of it.
    pub parts: Vec<PersonalPart>,
    /// The legal ground: an id of `law/personal-data.toml`.
    pub ground: String,
    /// Why the ground holds here.
    pub reason: Private<String>,
}

/// Another person confirms a proposal: recording this erases the values and their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasureConfirmed {
    /// The proposal.
    pub proposal: ActId,
    /// The values that are gone. Whoever records leaves it empty: the store knows them.
    #[serde(default)]
    pub seals: Vec<SealId>,
}
