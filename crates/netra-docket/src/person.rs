//! Persons of a matter: reporter, reported, witness, expert.

use serde::{Deserialize, Serialize};

use crate::ids::PersonNo;
use crate::private::Private;

/// Who somebody is, as Form B.1/A.1 asks. Lives in the vault.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "identitas")]
pub struct Identity {
    /// Full name as given, honorifics and degrees left as typed.
    pub name: String,
    /// Place and date of birth, as given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub birth: String,
    /// Sex, as given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sex: String,
    /// Occupation; for a reported person the post at the time of the event.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub occupation: String,
    /// Agency or work unit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agency: String,
    /// Citizenship.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub citizenship: String,
    /// Address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// E-mail.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// NIP or NIK, if known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id_number: String,
}

/// In what capacity somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// Brought the report.
    #[doc(alias = "pelapor")]
    Reporter,
    /// Is said to have done it. Never called guilty.
    #[doc(alias = "terlapor")]
    Reported,
    /// Saw or heard it.
    #[doc(alias = "saksi")]
    Witness,
    /// Knows the field.
    #[doc(alias = "ahli")]
    Expert,
    /// Can tell something else about it.
    #[doc(alias = "pihak terkait")]
    Related,
}

impl Capacity {
    /// The word on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            Capacity::Reporter => "Pelapor",
            Capacity::Reported => "Terlapor",
            Capacity::Witness => "Saksi",
            Capacity::Expert => "Ahli",
            Capacity::Related => "Pihak terkait",
        }
    }
}

/// Why somebody may report: Perbawaslu 7/2022 art. 8(2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReporterStanding {
    /// A citizen with the right to vote.
    Citizen,
    /// A participant in the election.
    Participant,
    /// An accredited monitor.
    #[doc(alias = "pemantau Pemilu")]
    Monitor,
}

impl ReporterStanding {
    /// The word on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            ReporterStanding::Citizen => "Warga negara yang punya hak pilih",
            ReporterStanding::Participant => "Peserta pemilihan",
            ReporterStanding::Monitor => "Pemantau pemilihan terakreditasi",
        }
    }
}

/// A person of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Number within the matter.
    pub no: PersonNo,
    /// In what capacity.
    pub capacity: Capacity,
    /// Kind of person, an id of `law/subjects.toml`; for reported persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Why the reporter may report; for reporters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<ReporterStanding>,
    /// Who it is.
    pub identity: Private<Identity>,
}
