//! Accounts and roles.

use netra_docket::ids::{AccountId, OfficeId};
use serde::{Deserialize, Serialize};

/// What an account may do; the policy table says what each role means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Receives reports.
    Intake,
    /// Handles matters.
    Handling,
    /// Commissioner.
    Plenary,
    /// Analyst of KASN or BKN.
    Authority,
    /// Personnel officer of the employer.
    Employer,
    /// Province and national overview.
    Oversight,
    /// Accounts and offices.
    Administration,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 7] = [
        Role::Intake,
        Role::Handling,
        Role::Plenary,
        Role::Authority,
        Role::Employer,
        Role::Oversight,
        Role::Administration,
    ];

    /// The word in the store and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Role::Intake => "intake",
            Role::Handling => "handling",
            Role::Plenary => "plenary",
            Role::Authority => "authority",
            Role::Employer => "employer",
            Role::Oversight => "oversight",
            Role::Administration => "administration",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Role::Intake => "Penerimaan laporan",
            Role::Handling => "Penanganan",
            Role::Plenary => "Pimpinan (pleno)",
            Role::Authority => "Analis instansi",
            Role::Employer => "Kepegawaian (PPK)",
            Role::Oversight => "Pemantauan",
            Role::Administration => "Administrasi",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.id() == id)
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Where it works.
    pub office: OfficeId,
    /// Login name.
    pub login: String,
    /// Name shown to colleagues.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Argon2id hash in PHC form; empty while the account waits for its person to choose a password.
    pub password_hash: String,
    /// Whether it may log in.
    pub state: AccountState,
}

/// Whether an account may log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// Not yet: its person has still to choose a password through a link.
    Invited,
    /// It may.
    Active,
    /// It may not any more; its past acts keep its name.
    Closed,
}
