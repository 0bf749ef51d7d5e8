//! Sessions of the desks: how far somebody has come in logging in, on which device, since when.

use netra_docket::ids::AccountId;

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStage {
    /// The password fitted and the second factor is still to come: good for nothing else.
    SecondStep,
    /// The role needs a second factor and the account has none yet: good for setting one up, and nothing else.
    Enrolment,
    /// Logged in.
    Full,
}

impl SessionStage {
    /// All stages.
    pub const ALL: [SessionStage; 3] = [SessionStage::SecondStep, SessionStage::Enrolment, SessionStage::Full];

    /// The word in the store.
    pub fn id(self) -> &'static str {
        match self {
            SessionStage::SecondStep => "second-step",
            SessionStage::Enrolment => "enrolment",
            SessionStage::Full => "full",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<SessionStage> {
        SessionStage::ALL.into_iter().find(|stage| stage.id() == id)
    }
}

/// The name by which a session is ended from elsewhere. It says nothing about the session's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionId(pub String);

/// A session that begins. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// SHA-256 of its token, hex.
    pub token_hash: String,
    /// Its name.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// How far it has come.
    pub stage: SessionStage,
    /// A coarse word for the device, such as `Android`.
    pub device: String,
    /// When it begins.
    pub created: i64,
    /// For how many seconds it may stand unused.
    pub idle: i64,
    /// When it ends whatever happens.
    pub expires: i64,
}

/// A session as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name.
    pub id: SessionId,
    /// How far it has come.
    pub stage: SessionStage,
    /// A coarse word for the device.
    pub device: String,
    /// When it began, seconds since 1970.
    pub created: i64,
    /// When it was last used, to about a minute.
    pub seen: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for stage in SessionStage::ALL {
            assert_eq!(SessionStage::from_id(stage.id()), Some(stage));
        }
        assert_eq!(SessionStage::from_id("half"), None);
    }
}
