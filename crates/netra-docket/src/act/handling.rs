//! From the receipt to the plenary decision.

use netra_law::pack::RequirementPart;
use netra_law::time::Moment;
use serde::{Deserialize, Serialize};

use super::Exhibit;
use crate::ids::{OfficeId, PersonNo};
use crate::person::Person;
use crate::private::Private;

/// Proof of delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptIssued {
    /// The report's number; empty until the store has drawn it.
    #[serde(default)]
    pub number: String,
}

/// A requirement, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementCheck {
    /// Id in the pack.
    pub id: String,
    /// Formal or material.
    pub part: RequirementPart,
    /// Met or not.
    pub verdict: Verdict,
    /// Why not, or what was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Private<String>>,
}

/// Whether something is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Verdict {
    Met,
    NotMet,
}

/// The initial study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialStudy {
    /// Each requirement of the pack, one by one.
    pub requirements: Vec<RequirementCheck>,
    /// Kinds of violation it may be: a set, since one report can carry several.
    pub kinds: Vec<String>,
    /// Outcome id of the pack.
    pub outcome: String,
    /// Reason in words.
    pub reason: Private<String>,
}

/// What is missing, told to the reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepairRequested {
    /// Requirement ids.
    pub missing: Vec<String>,
    /// What to bring, in words.
    pub note: Private<String>,
}

/// What the reporter brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepairReceived {
    /// What was completed, in words.
    pub note: Private<String>,
    /// New exhibits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
    /// New or completed persons; one with a known number replaces what was said of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
}

/// Registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
    /// The number; empty until the store has drawn it.
    #[serde(default)]
    pub number: String,
}

/// Closed without registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rejected {
    /// Outcome id of the pack.
    pub outcome: String,
    /// Reason in words; printed on the public status.
    pub reason: String,
}

/// A report that goes on as initial information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeInitialInformation {
    /// The office that traces: at the place of occurrence.
    pub tracing_office: OfficeId,
    /// Reason in words; told on the public status, so it names nobody.
    pub reason: String,
}

/// An order to trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TracingOrdered {
    /// Number of the assignment letter.
    pub letter: String,
    /// What to find out.
    pub plan: Private<String>,
}

/// A supervision report, Form A.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TracingReported {
    /// Number of the report (LHP).
    pub number: String,
    /// Form of the activity.
    pub activity: String,
    /// Where.
    pub place: String,
    /// What was found.
    pub account: Private<String>,
    /// What it means.
    pub result: TracingResult,
    /// Persons found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
    /// Exhibits found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// What a tracing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TracingResult {
    /// A violation is suspected: plenary should fix a finding.
    Suspected,
    /// Not enough yet.
    NotYet,
    /// Nothing in it.
    Nothing,
}

impl TracingResult {
    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            TracingResult::Suspected => "ada dugaan pelanggaran",
            TracingResult::NotYet => "belum cukup keterangan",
            TracingResult::Nothing => "tidak ada dugaan pelanggaran",
        }
    }
}

/// A plenary meeting: who was there and how they voted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plenary {
    /// Number of the minutes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub minutes: String,
    /// How many members the office has.
    pub members: u8,
    /// How many were present.
    pub present: u8,
    /// Votes for.
    pub votes_for: u8,
    /// Votes against; reasons of a dissent go into the minutes.
    pub votes_against: u8,
}

/// A supervision result that became a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingFixed {
    /// The meeting.
    pub plenary: Plenary,
    /// Kinds of violation it may be.
    pub kinds: Vec<String>,
    /// Who is reported by the finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
    /// Reason in words.
    pub reason: Private<String>,
}

/// An invitation to a clarification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// Whom.
    pub person: PersonNo,
    /// Number of the letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub letter: String,
    /// When the session begins.
    pub session: Moment,
    /// Where, or the link.
    pub place: String,
    /// Face to face or online.
    pub mode: SessionMode,
    /// When it reached the invitee, if that is known already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Moment>,
}

/// Face to face or online: Perbawaslu 7/2022 art. 28(2)-(3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionMode {
    /// Face to face.
    InPerson,
    /// Online, recorded with sound and picture.
    Online,
}

impl SessionMode {
    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            SessionMode::InPerson => "tatap muka",
            SessionMode::Online => "daring, direkam gambar dan suara",
        }
    }
}

/// A clarification that took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clarified {
    /// Who was heard.
    pub person: PersonNo,
    /// Oath or promise: Perbawaslu 7/2022 art. 30.
    pub oath: Oath,
    /// Face to face or online.
    pub mode: SessionMode,
    /// Questions and answers.
    pub minutes: Private<String>,
}

/// Whether the person was sworn. Refusing does not stop the session: art. 30(3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oath {
    /// Took the oath.
    #[doc(alias = "sumpah")]
    Sworn,
    /// Made the promise.
    #[doc(alias = "janji")]
    Promised,
    /// Refused.
    Refused,
}

impl Oath {
    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            Oath::Sworn => "mengucapkan sumpah",
            Oath::Promised => "mengucapkan janji",
            Oath::Refused => "tidak bersedia disumpah",
        }
    }
}

/// An invitee who stayed away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceRecorded {
    /// Who.
    pub person: PersonNo,
    /// Reason, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Private<String>>,
}

/// A person added later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonAdded {
    /// The person; one with a known number replaces what was said of it.
    pub person: Person,
}

/// An exhibit added later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExhibitAdded {
    /// The exhibits.
    pub exhibits: Vec<Exhibit>,
}

/// A discussion in Sentra Gakkumdu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GakkumduDiscussed {
    /// First, second … discussion.
    pub round: u8,
    /// Whether elements of a crime were seen.
    pub crime: Verdict,
    /// Result in words.
    pub result: Private<String>,
}

/// A declared crime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrimeDeclared {
    /// Who is suspected.
    pub persons: Vec<PersonNo>,
    /// Articles.
    pub articles: String,
}

/// An extension of handling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandlingExtended {
    /// Which information is still needed.
    pub reason: Private<String>,
}

/// The study, person by person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyFinished {
    /// Number of the study.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Facts, evidence and analysis.
    pub analysis: Private<String>,
    /// What is proposed for each person.
    pub proposals: Vec<PersonResult>,
}

/// What is proposed or decided for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonResult {
    /// Whom.
    pub person: PersonNo,
    /// Kinds of violation that are held proven enough to act on; empty: not a violation.
    pub kinds: Vec<String>,
    /// Types of violation, ids of `law/violations.toml`: alleged, the final class is the authority's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// Articles in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub articles: String,
}

/// A decision of plenary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlenaryDecided {
    /// The meeting.
    pub plenary: Plenary,
    /// The result for each reported person.
    pub results: Vec<PersonResult>,
    /// Reasons.
    pub reason: Private<String>,
}
