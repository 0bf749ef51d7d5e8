//! The shape of the law as data: what the files under `law/` hold.
//!
//! Every entry carries its article and how sure we are of it ([`Basis`]). Unknown keys are errors:
//! a misspelt rule must not silently become no rule.

mod clocks;
mod procedure;
mod reference;
mod shared;

use std::fmt;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

pub use self::clocks::*;
pub use self::procedure::*;
pub use self::reference::*;
pub use self::shared::*;

/// Where a rule comes from and how sure we are of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Article, e.g. `Perbawaslu 7/2022 art. 15(1)`, or what stands in its place.
    pub cite: String,
    /// How sure we are.
    pub certainty: Certainty,
    /// What a lawyer should know about the doubt.
    #[serde(default)]
    pub note: Option<String>,
}

/// How sure we are that a rule is as written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The legal text was read.
    Verified,
    /// Official statements, commentary or published practice.
    Secondary,
    /// Inference, or sources that disagree.
    Uncertain,
}

impl Certainty {
    /// The word in JSON and packs.
    pub fn id(self) -> &'static str {
        match self {
            Certainty::Verified => "verified",
            Certainty::Secondary => "secondary",
            Certainty::Uncertain => "uncertain",
        }
    }

    /// The word on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Certainty::Verified => "teks aturan sudah dibaca",
            Certainty::Secondary => "menurut sumber resmi atau praktik",
            Certainty::Uncertain => "belum pasti",
        }
    }
}

/// The body of procedure that the election selects; their clocks never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// National and legislative elections: UU 7/2017.
    Pemilu,
    /// Election of governors, regents and mayors: UU 1/2015 and its amendments.
    #[doc(alias = "Pemilihan")]
    Pilkada,
    /// Civil-service discipline after the recommendation: PP 94/2021.
    #[doc(alias = "hukuman disiplin")]
    Discipline,
}

impl Regime {
    /// The word in JSON, packs and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Regime::Pemilu => "pemilu",
            Regime::Pilkada => "pilkada",
            Regime::Discipline => "discipline",
        }
    }

    /// The word on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Regime::Pemilu => "Pemilu",
            Regime::Pilkada => "Pilkada",
            Regime::Discipline => "Disiplin ASN",
        }
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl std::str::FromStr for Regime {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        match s {
            "pemilu" => Ok(Regime::Pemilu),
            "pilkada" => Ok(Regime::Pilkada),
            "discipline" => Ok(Regime::Discipline),
            _ => Err(format!("'{s}' is not a regime: use pemilu, pilkada or discipline")),
        }
    }
}

/// `pack.toml`: the head of a pack, its receiving hours and number patterns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackHead {
    /// Short name, the folder's name.
    pub id: String,
    /// Which procedure.
    pub regime: Regime,
    /// Title in Indonesian.
    pub title: String,
    /// First day on which it applies.
    pub valid_from: Date,
    /// Last day on which it applies; none for the pack in force.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Why we believe the validity dates.
    pub basis: Basis,
    /// Receiving hours by weekday; days not listed are closed.
    #[serde(default)]
    pub hours: Vec<ReceivingHours>,
    /// Hours of their own on the days of some stages, holiday or not: voting day.
    #[serde(default)]
    pub stage_hours: Vec<StageHours>,
    /// When reception never closes.
    #[serde(default)]
    pub around_the_clock: Option<AroundTheClock>,
    /// Number patterns of the series `report`, `registered` and `finding`.
    #[serde(default)]
    pub numbering: Vec<NumberPattern>,
    /// Forms of numbers that are read and never drawn here: of supervision reports, of administrative cases, of letters.
    #[serde(default)]
    pub number_form: Vec<NumberForm>,
    /// How many members plenary needs.
    #[serde(default)]
    pub quorum: Option<Quorum>,
}

/// How many members must be present for plenary to decide.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "kuorum")]
pub struct Quorum {
    /// More than this share of the members must be present: `[1, 2]` is more than half.
    pub more_than: [u8; 2],
    /// In Indonesian.
    pub text: String,
    /// Source.
    pub basis: Basis,
}

impl Quorum {
    /// Whether enough members are present.
    pub fn is_met(&self, members: u8, present: u8) -> bool {
        let [part, whole] = self.more_than;
        u16::from(present) * u16::from(whole) > u16::from(members) * u16::from(part)
    }
}

/// Opening hours of the counter on some weekdays, local time. The closing minute is still inside.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivingHours {
    /// Weekdays.
    pub days: Vec<Day>,
    /// First moment of reception.
    pub open: Time,
    /// Last moment of reception.
    pub close: Time,
    /// Source.
    pub basis: Basis,
}

/// Opening hours of the counter on the days of some stages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageHours {
    /// Stage kinds of `elections.toml`.
    pub stages: Vec<String>,
    /// First moment of reception.
    pub open: Time,
    /// Last moment of reception.
    pub close: Time,
    /// Source.
    pub basis: Basis,
}

/// How numbers are written that this program reads and does not draw.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberForm {
    /// Short name.
    pub id: String,
    /// What is numbered so, in Indonesian.
    pub of: String,
    /// An example or pattern as offices write it.
    pub form: String,
    /// Source.
    pub basis: Basis,
}

/// A weekday in packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// Election stages in which reception is open day and night.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AroundTheClock {
    /// Stage kinds of `elections.toml`.
    pub stages: Vec<String>,
    /// Source.
    pub basis: Basis,
}

/// How a series of numbers is written.
///
/// Placeholders: `{n}` running number in three digits, `{level}`, `{area}` (both from the office),
/// `{contest}` (PL, PG, PB, PW), `{month}` in roman numerals, `{year}`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberPattern {
    /// `report`, `registered` or `finding`.
    pub series: String,
    /// The template.
    pub pattern: String,
    /// Source.
    pub basis: Basis,
}
