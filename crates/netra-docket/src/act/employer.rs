//! The discipline procedure at the employer, from the summons to the appeal.

use jiff::civil::Date;
use netra_law::time::Moment;
use serde::{Deserialize, Serialize};

use crate::ids::{ActId, PersonNo};
use crate::private::Private;

/// The employer confirmed that the recommendation arrived: its clock runs from this day, unless the authority knew another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationDelivered {
    /// The act by which it was recommended.
    pub recommendation: ActId,
    /// Number under which it was received, if there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub receipt: String,
}

/// A written summons to the examination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployeeSummoned {
    /// Who.
    pub person: PersonNo,
    /// Number of the letter.
    pub letter: String,
    /// When the examination is.
    pub session: Moment,
    /// Where.
    pub place: String,
}

/// The examinee stayed away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployeeAbsent {
    /// Who.
    pub person: PersonNo,
    /// Why, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Private<String>>,
}

/// An examining team was formed: the superior, the supervision and the personnel element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamFormed {
    /// For whose examination.
    pub person: PersonNo,
    /// Number of the decree.
    pub letter: String,
    /// Chair, secretary and members.
    pub members: Private<String>,
}

/// The examinee was examined, in closed session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployeeExamined {
    /// Who.
    pub person: PersonNo,
    /// The minutes that both sign.
    pub minutes: Private<String>,
}

/// How a sanction decree reached the person, or did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// It was handed over.
    HandedOver,
    /// The person stayed away from the hand-over.
    Absent,
    /// It was sent to the last known address.
    Sent,
    /// It arrived there.
    Arrived,
}

impl Service {
    /// All of them.
    pub const ALL: [Service; 4] = [Service::HandedOver, Service::Absent, Service::Sent, Service::Arrived];

    /// The word in forms.
    pub fn id(self) -> &'static str {
        match self {
            Service::HandedOver => "handed-over",
            Service::Absent => "absent",
            Service::Sent => "sent",
            Service::Arrived => "arrived",
        }
    }

    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            Service::HandedOver => "diserahkan langsung",
            Service::Absent => "tidak hadir pada penyerahan",
            Service::Sent => "dikirim ke alamat terakhir",
            Service::Arrived => "kiriman diterima",
        }
    }
}

/// What happened to the hand-over of a sanction decree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionServed {
    /// Whose decree.
    pub person: PersonNo,
    /// What happened.
    pub how: Service,
    /// On which day.
    pub on: Date,
}

/// Against what somebody turns, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppealKind {
    /// An objection to the superior or the employer.
    #[doc(alias = "keberatan")]
    Objection,
    /// An administrative appeal to the appeal board.
    #[doc(alias = "banding administratif")]
    Appeal,
}

impl AppealKind {
    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            AppealKind::Objection => "Keberatan",
            AppealKind::Appeal => "Banding administratif",
        }
    }
}

/// Somebody turned against a sanction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealLodged {
    /// Who.
    pub person: PersonNo,
    /// How.
    pub kind: AppealKind,
    /// On which day.
    pub on: Date,
}

/// How an objection or appeal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppealResult {
    /// The sanction stays.
    Upheld,
    /// It was changed.
    Changed,
    /// It was annulled.
    Annulled,
}

impl AppealResult {
    /// All of them.
    pub const ALL: [AppealResult; 3] = [AppealResult::Upheld, AppealResult::Changed, AppealResult::Annulled];

    /// The word in forms.
    pub fn id(self) -> &'static str {
        match self {
            AppealResult::Upheld => "upheld",
            AppealResult::Changed => "changed",
            AppealResult::Annulled => "annulled",
        }
    }

    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            AppealResult::Upheld => "sanksi dikuatkan",
            AppealResult::Changed => "sanksi diubah",
            AppealResult::Annulled => "sanksi dibatalkan",
        }
    }
}

/// An objection or appeal was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealDecided {
    /// Whose.
    pub person: PersonNo,
    /// How it ended.
    pub result: AppealResult,
    /// Number of the decision.
    pub number: String,
    /// The decision's date.
    pub dated: Date,
    /// The sanction that is in force now, if it was changed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sanction: String,
}
