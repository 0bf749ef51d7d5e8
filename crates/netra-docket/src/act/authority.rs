//! What the receiving authority does with a forwarding, besides recommending.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{ActId, PersonNo};
use crate::private::Private;

/// What was missing in a forwarding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingPart {
    /// The supervisor's study: without it nothing is examined.
    Study,
    /// Exhibits.
    Exhibits,
    /// Who the reported person is: number, post, agency.
    Identity,
    /// The authority has no power over this person or act.
    Power,
}

impl MissingPart {
    /// All of them.
    pub const ALL: [MissingPart; 4] =
        [MissingPart::Study, MissingPart::Exhibits, MissingPart::Identity, MissingPart::Power];

    /// The word in forms.
    pub fn id(self) -> &'static str {
        match self {
            MissingPart::Study => "study",
            MissingPart::Exhibits => "exhibits",
            MissingPart::Identity => "identity",
            MissingPart::Power => "power",
        }
    }

    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            MissingPart::Study => "kajian pengawas tidak ada",
            MissingPart::Exhibits => "bukti tidak ada atau tidak terbaca",
            MissingPart::Identity => "identitas, jabatan, atau instansi terlapor tidak lengkap",
            MissingPart::Power => "bukan wewenang instansi ini",
        }
    }
}

/// A forwarding that came back: its persons wait to be forwarded again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForwardingReturned {
    /// The forwarding act.
    pub forwarding: ActId,
    /// Number of the letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub letter: String,
    /// What was missing.
    pub missing: Vec<MissingPart>,
    /// What else was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Private<String>>,
}

/// The authority, or the task force of the joint portal, verified a forwarding: it is complete and goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForwardingVerified {
    /// The forwarding act.
    pub forwarding: ActId,
    /// What was found.
    pub note: Private<String>,
}

/// How the authority examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExaminationKind {
    /// Somebody was heard.
    Clarification,
    /// The file was analysed.
    Analysis,
}

impl ExaminationKind {
    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            ExaminationKind::Clarification => "Klarifikasi",
            ExaminationKind::Analysis => "Analisis",
        }
    }
}

/// The authority examined a person's case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityExamined {
    /// Whose case.
    pub person: PersonNo,
    /// How.
    pub how: ExaminationKind,
    /// What came out.
    pub note: Private<String>,
}

/// How a case ends at the authority without a recommendation; the statuses of its complaint application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityOutcome {
    /// Not proven.
    #[doc(alias = "tidak terbukti")]
    NotProven,
    /// Cancelled by whoever sent it.
    #[doc(alias = "dibatalkan")]
    Cancelled,
    /// Rejected: not a case for the authority.
    #[doc(alias = "ditolak")]
    Rejected,
    /// The person has been dismissed, has retired or left.
    #[doc(alias = "sudah bukan pegawai")]
    PersonLeft,
}

impl AuthorityOutcome {
    /// All of them.
    pub const ALL: [AuthorityOutcome; 4] = [
        AuthorityOutcome::NotProven,
        AuthorityOutcome::Cancelled,
        AuthorityOutcome::Rejected,
        AuthorityOutcome::PersonLeft,
    ];

    /// The word in forms.
    pub fn id(self) -> &'static str {
        match self {
            AuthorityOutcome::NotProven => "not-proven",
            AuthorityOutcome::Cancelled => "cancelled",
            AuthorityOutcome::Rejected => "rejected",
            AuthorityOutcome::PersonLeft => "person-left",
        }
    }

    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            AuthorityOutcome::NotProven => "tidak terbukti",
            AuthorityOutcome::Cancelled => "dibatalkan",
            AuthorityOutcome::Rejected => "ditolak",
            AuthorityOutcome::PersonLeft => "sudah diberhentikan, pensiun, atau keluar",
        }
    }
}

/// A case that ended at the authority without a recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityClosed {
    /// Whose case.
    pub person: PersonNo,
    /// How it ended.
    pub outcome: AuthorityOutcome,
    /// Number of the letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub letter: String,
    /// Why.
    pub reason: Private<String>,
}

/// How an authority presses an employer that does not act, in the order of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// A warning.
    #[doc(alias = "peringatan")]
    Warning,
    /// A reprimand.
    #[doc(alias = "teguran")]
    Reprimand,
    /// Data or services of the civil servant are blocked.
    #[doc(alias = "pemblokiran")]
    Blocking,
    /// They are open again.
    #[doc(alias = "pembukaan blokir")]
    Unblocking,
}

impl Measure {
    /// All of them, in the order of the ladder.
    pub const ALL: [Measure; 4] = [Measure::Warning, Measure::Reprimand, Measure::Blocking, Measure::Unblocking];

    /// The word in forms.
    pub fn id(self) -> &'static str {
        match self {
            Measure::Warning => "warning",
            Measure::Reprimand => "reprimand",
            Measure::Blocking => "blocking",
            Measure::Unblocking => "unblocking",
        }
    }

    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            Measure::Warning => "Peringatan",
            Measure::Reprimand => "Teguran",
            Measure::Blocking => "Pemblokiran data kepegawaian",
            Measure::Unblocking => "Pembukaan blokir",
        }
    }
}

/// The authority presses the employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployerPressed {
    /// In whose case.
    pub person: PersonNo,
    /// How.
    pub measure: Measure,
    /// Number of the letter.
    pub letter: String,
    /// The letter's date.
    pub dated: Date,
}
