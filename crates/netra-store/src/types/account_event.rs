//! What happens to accounts, for the log that administrators read.

use jiff::Timestamp;
use netra_docket::ids::{AccountId, OfficeId};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $indonesian:literal;)+) => {
        /// What happened to an account.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AccountEventKind {
            $($(#[$doc])* $variant,)+
        }

        impl AccountEventKind {
            /// All kinds.
            pub const ALL: &'static [AccountEventKind] = &[$(AccountEventKind::$variant),+];

            /// The word in the log.
            pub fn id(self) -> &'static str {
                match self { $(AccountEventKind::$variant => $id),+ }
            }

            /// The words on screens.
            pub fn indonesian(self) -> &'static str {
                match self { $(AccountEventKind::$variant => $indonesian),+ }
            }
        }
    };
}

kinds! {
    /// It was made.
    Created = "created", "akun dibuat";
    /// A link for choosing a password was made; an older one no longer works.
    Invited = "invited", "tautan undangan dibuat";
    /// The link was taken back before it was used.
    InvitationRevoked = "invitation-revoked", "tautan undangan dicabut";
    /// The link was used: a password was chosen.
    InvitationUsed = "invitation-used", "undangan dipakai, kata sandi dibuat";
    /// Somebody logged in; the detail is the word for the device.
    SignedIn = "signed-in", "masuk";
    /// Logging in failed at the password.
    PasswordFailed = "password-failed", "gagal masuk: kata sandi salah";
    /// Logging in failed at the second step.
    CodeFailed = "code-failed", "gagal masuk: kode salah";
    /// After many failures the next try has to wait; the detail is for how many seconds.
    SlowedDown = "slowed-down", "percobaan masuk ditahan sementara";
    /// The password was changed by its owner.
    PasswordChanged = "password-changed", "kata sandi diganti";
    /// The password was replaced from the command line.
    PasswordReset = "password-reset", "kata sandi dibuat ulang di mesin server";
    /// A second factor was set up, or replaced.
    FactorSet = "factor-set", "kode masuk dipasang";
    /// New recovery codes were made; the old ones no longer work.
    CodesRenewed = "codes-renewed", "kode pemulihan dibuat baru";
    /// A recovery code was used up; the detail is how many are left.
    RecoveryUsed = "recovery-used", "kode pemulihan dipakai";
    /// One administrator asked that a lost second factor be taken away.
    FactorResetAsked = "factor-reset-asked", "pencabutan kode masuk diminta";
    /// The request was taken back or answered with no.
    FactorResetRefused = "factor-reset-refused", "permintaan pencabutan kode masuk dibatalkan";
    /// A second administrator, or the command line, took the second factor away.
    FactorRemoved = "factor-removed", "kode masuk dicabut";
    /// Its role was changed; the detail is the word of the new one.
    RoleChanged = "role-changed", "tugas diganti";
    /// Sessions were ended from elsewhere; the detail is how many.
    SessionsEnded = "sessions-ended", "sesi diakhiri";
    /// It was closed.
    Closed = "closed", "akun ditutup";
    /// It was opened again.
    Reopened = "reopened", "akun dibuka lagi";
    /// Its matters went to another officer; the detail is how many.
    HandedOver = "handed-over", "perkara diserahterimakan";
}

impl AccountEventKind {
    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<AccountEventKind> {
        AccountEventKind::ALL.iter().copied().find(|kind| kind.id() == id)
    }
}

/// Something that happened to an account. Holds no name and no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEvent {
    /// The account's office.
    pub office: OfficeId,
    /// The account.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: AccountEventKind,
    /// Who did it, if it was another account; none for the account itself and the command line.
    pub actor: Option<AccountId>,
    /// A number or a fixed word; mostly empty.
    pub detail: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_differ() {
        for kind in AccountEventKind::ALL {
            assert_eq!(AccountEventKind::from_id(kind.id()), Some(*kind));
            let same = AccountEventKind::ALL.iter().filter(|other| other.indonesian() == kind.indonesian());
            assert_eq!(same.count(), 1, "{kind:?}");
        }
        assert_eq!(AccountEventKind::from_id("tidak-ada"), None);
    }
}
