//! Tokens with which other programs work for an office, and what they may ask for.

use jiff::civil::Date;
use netra_docket::ids::{AccountId, OfficeId, TokenId};

use super::account::Role;

/// What a token may ask for; the policy table says which actions each scope covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenScope {
    /// Lists of matters, matters without personal values, clocks.
    ReadMatters,
    /// Personal values, as far as the office itself gets them.
    ReadPersons,
    /// Opening matters and taking steps.
    TakeSteps,
    /// Load and lateness of the offices below.
    ReadOverview,
}

impl TokenScope {
    /// All scopes.
    pub const ALL: [TokenScope; 4] =
        [TokenScope::ReadMatters, TokenScope::ReadPersons, TokenScope::TakeSteps, TokenScope::ReadOverview];

    /// The word in the store, in forms and in the description of the interface.
    pub fn id(self) -> &'static str {
        match self {
            TokenScope::ReadMatters => "matters:read",
            TokenScope::ReadPersons => "persons:read",
            TokenScope::TakeSteps => "steps:take",
            TokenScope::ReadOverview => "overview:read",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            TokenScope::ReadMatters => "Membaca perkara, tanpa data pribadi",
            TokenScope::ReadPersons => "Membaca data pribadi dalam perkara",
            TokenScope::TakeSteps => "Menerima laporan dan mengambil langkah",
            TokenScope::ReadOverview => "Membaca pantauan kantor di bawahnya",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<TokenScope> {
        TokenScope::ALL.into_iter().find(|scope| scope.id() == id)
    }
}

/// A token. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "token akses")]
pub struct Token {
    /// Id; not secret, it stands in the docket beside what the token did.
    pub id: TokenId,
    /// For which office it works.
    pub office: OfficeId,
    /// What the program is called.
    pub label: String,
    /// Which steps it may take at most.
    pub role: Role,
    /// What it may ask for.
    pub scopes: Vec<TokenScope>,
    /// SHA-256 of its secret, hex.
    pub digest: String,
    /// Who made it.
    pub account: AccountId,
    /// When.
    pub created: i64,
    /// From when it is no longer valid.
    pub expires: i64,
    /// When it was revoked, if it was.
    pub revoked: Option<i64>,
    /// The last day on which it was used.
    pub last_used: Option<Date>,
}

impl Token {
    /// Whether it is neither revoked nor expired.
    pub fn is_valid(&self, now: i64) -> bool {
        self.revoked.is_none() && now < self.expires
    }
}

/// What was known of a request under its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// Nothing, or the very same request.
    Same,
    /// Another request has used the key.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_scopes_read_back() {
        for scope in TokenScope::ALL {
            assert_eq!(TokenScope::from_id(scope.id()), Some(scope));
            assert!(!scope.id().contains(' '), "words are told apart by blanks");
        }
        assert_eq!(TokenScope::from_id("matters:write"), None);
    }
}
