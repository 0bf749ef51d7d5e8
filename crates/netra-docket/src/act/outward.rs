//! What leaves the office and comes back: forwardings, announcements, recommendations, sanctions; corrections.

use jiff::civil::Date;
use netra_law::time::Moment;
use serde::{Deserialize, Serialize};

use super::{Act, Verdict};
use crate::ids::{AccountId, ActId, OfficeId, PersonNo};
use crate::private::Private;

/// Persons forwarded to an authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forwarded {
    /// Number of the letter.
    pub letter: String,
    /// Who.
    pub persons: Vec<PersonNo>,
    /// For which kind of violation.
    pub kind: String,
    /// Authority id of `law/authorities.toml`.
    pub authority: String,
    /// The authority's office in this system, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_office: Option<OfficeId>,
    /// How it went: `surat`, `siapnet`, `sbt` …
    pub channel: String,
    /// Who gets a copy, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub copies: String,
}

/// A confirmed delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryConfirmed {
    /// The forwarding act.
    pub forwarding: ActId,
    /// Number under which it was received, if there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub receipt: String,
    /// What the receiver said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Private<String>>,
}

/// A status made public. The text is published: no names before a decision, the reporter never.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusAnnounced {
    /// Title of the notice.
    pub title: String,
    /// Text of the notice, with the reason.
    pub text: String,
    /// Where it was posted besides the public page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub posted: String,
}

/// A withdrawal. Before registration it closes the report; afterwards handling goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The reporter's reason.
    pub reason: Private<String>,
}

/// A delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegated {
    /// To which office.
    pub to: OfficeId,
    /// Number of the letter.
    pub letter: String,
    /// Why.
    pub reason: Private<String>,
}

/// A take-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenOver {
    /// By which office.
    pub by: OfficeId,
    /// Number of the letter.
    pub letter: String,
    /// Why.
    pub reason: Private<String>,
}

/// An assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// To whom.
    pub to: AccountId,
}

/// Advice to correct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionAdvised {
    /// Authority id: whom.
    pub authority: String,
    /// Number of the letter.
    pub letter: String,
    /// What to correct.
    pub text: String,
}

/// What came of advice to correct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionAnswered {
    /// Whether it was followed.
    pub followed: Verdict,
    /// What was answered.
    pub note: Private<String>,
}

/// A check of a civil servant's candidacy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidacyChecked {
    /// Who.
    pub person: PersonNo,
    /// What came out.
    pub result: CandidacyResult,
    /// What was seen.
    pub note: Private<String>,
}

/// What a candidacy check can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CandidacyResult {
    /// Listed, still a civil servant, resignation asked for but not decreed.
    ResignationPending,
    /// Resigned, with decree.
    ResignedWithDecree,
    /// Listed and has not resigned.
    NotResigned,
    /// The name was used without consent.
    NameMisused,
    /// Another person of the same name.
    OtherPerson,
}

impl CandidacyResult {
    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            CandidacyResult::ResignationPending => "pengunduran diri diajukan, keputusan belum terbit",
            CandidacyResult::ResignedWithDecree => "sudah diberhentikan dengan keputusan",
            CandidacyResult::NotResigned => "belum mengundurkan diri",
            CandidacyResult::NameMisused => "nama dicatut",
            CandidacyResult::OtherPerson => "orang lain dengan nama sama",
        }
    }
}

/// A recommendation of the authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// The letter's number.
    pub number: String,
    /// The letter's date; the employer's receipt may be weeks later.
    pub dated: Date,
    /// When the employer received it, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_received: Option<Date>,
    /// The employer's office in this system, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_office: Option<OfficeId>,
    /// What is recommended for each person.
    pub persons: Vec<RecommendedFor>,
}

/// What an authority recommends for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendedFor {
    /// Whom.
    pub person: PersonNo,
    /// Moral, light, moderate, severe, none; in words.
    pub sanction: String,
}

/// What the employer did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionReported {
    /// For whom.
    pub person: PersonNo,
    /// Number of the decree.
    pub decree: String,
    /// The decree's date.
    pub dated: Date,
    /// What was imposed, in words.
    pub sanction: String,
}

/// A statement to the public, without names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementPublished {
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
}

/// Dates that moved because a decree changed the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatesRecomputed {
    /// Title of the decree.
    pub decree: String,
    /// The day that it is about.
    pub day: Date,
    /// What the day is now, in words.
    pub change: String,
    /// The clocks whose dates moved.
    pub moved: Vec<MovedDate>,
}

/// A clock whose last moment moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedDate {
    /// Id of the clock.
    pub clock: String,
    /// Whom it is about, if it is about one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonNo>,
    /// The last moment before.
    pub old: Moment,
    /// The last moment now.
    pub new: Moment,
}

/// A correction of an earlier act. The earlier act stays in the docket and is read as corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The act that is corrected.
    pub of: ActId,
    /// Why.
    pub reason: Private<String>,
    /// How it is to be read.
    pub reading: CorrectedReading,
}

/// How a corrected act is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CorrectedReading {
    /// As if it had not been recorded.
    Void,
    /// At another moment.
    Moment {
        /// When it really happened.
        at: Moment,
    },
    /// With other content.
    Act {
        /// The act as it should have been.
        act: Box<Act>,
    },
}
