//! What all packs share: calendars, elections, authorities, kinds of persons, types of violation.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Basis, Certainty, Regime, SanctionLevel};

/// `calendar/YYYY.toml`: the national holidays and joint leave of a year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// The year.
    pub year: i16,
    /// The decrees that set the days of this year.
    pub decree: Vec<Decree>,
    /// The days.
    pub day: Vec<HolidayRule>,
}

/// A decree that sets holidays.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decree {
    /// Short name used by the days.
    pub id: String,
    /// Number and title.
    pub title: String,
    /// How sure we are.
    pub certainty: Certainty,
    /// Doubts.
    #[serde(default)]
    pub note: Option<String>,
}

/// A day off.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayRule {
    /// The day.
    pub date: Date,
    /// National holiday or joint leave.
    pub kind: HolidayKind,
    /// Name in Indonesian.
    pub name: String,
    /// Id of the decree.
    pub decree: String,
    /// Set when the day still depends on a later announcement.
    #[serde(default)]
    pub estimated: Option<String>,
}

/// National holiday or joint leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolidayKind {
    /// A national holiday, election days included.
    #[doc(alias = "hari libur nasional")]
    National,
    /// Joint leave.
    #[doc(alias = "cuti bersama")]
    Joint,
    /// A holiday of one region only.
    #[doc(alias = "hari libur daerah")]
    Regional,
}

/// `elections.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionFile {
    /// Elections with their stages.
    #[serde(default)]
    pub election: Vec<Election>,
}

/// An election with its dated stages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Election {
    /// `pemilu-2024`.
    pub id: String,
    /// Name in Indonesian.
    pub name: String,
    /// The regime it selects.
    pub regime: Regime,
    /// Region codes in which it is held; empty for the whole country.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Its stages.
    pub stage: Vec<Stage>,
}

/// A dated stage of an election.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "tahapan")]
pub struct Stage {
    /// `quiet-period`, `voting-day`, `candidates-determined`, `final-list-scrutiny` …
    pub kind: String,
    /// Name in Indonesian.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day; the first day where not given.
    #[serde(default)]
    pub to: Option<Date>,
    /// Source.
    pub basis: Basis,
}

/// `authorities.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityFile {
    /// Bodies that can receive a matter.
    #[serde(default)]
    pub authority: Vec<Authority>,
    /// Who holds which receiving role when.
    #[serde(default)]
    pub receiver: Vec<Receiver>,
}

/// A body that receives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// `kasn`, `bkn`, `police`, `dkpp`, `kpu`, `regent` …
    pub id: String,
    /// Full name in Indonesian.
    pub name: String,
    /// Short name.
    pub short: String,
}

/// Which authority holds a receiving role in a span of dates.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// `asn-neutrality`, `police`, `organiser-ethics` …
    pub role: String,
    /// Authority id.
    pub authority: String,
    /// First day.
    pub from: Date,
    /// Last day as the expected receiver.
    #[serde(default)]
    pub to: Option<Date>,
    /// Until when it may still receive, with a warning.
    #[serde(default)]
    pub accepted_until: Option<Date>,
    /// How one sends.
    pub channel: String,
    /// Source.
    pub basis: Basis,
}

/// `subjects.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectFile {
    /// Kinds of persons.
    #[serde(default)]
    pub subject: Vec<Subject>,
}

/// A kind of reported person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// `pns`, `pppk`, `kepala-desa` …
    pub id: String,
    /// Name in Indonesian.
    pub name: String,
    /// What binds them, in Indonesian.
    pub rule: String,
    /// Source.
    pub basis: Basis,
}

/// `personal-data.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonalDataFile {
    /// Grounds for erasing.
    #[serde(default)]
    pub erasure_ground: Vec<ErasureGround>,
}

/// A ground on which personal data may be erased.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "dasar penghapusan data pribadi")]
pub struct ErasureGround {
    /// `no-longer-needed` …
    pub id: String,
    /// In words, in Indonesian.
    pub title: String,
    /// Source.
    pub basis: Basis,
}

/// `violations.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViolationFile {
    /// Types of violation.
    #[serde(default)]
    pub violation: Vec<ViolationType>,
}

/// A type of violation, with its possible sanction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "bentuk pelanggaran")]
pub struct ViolationType {
    /// Id as in the law tables: `DIS-06`.
    pub id: String,
    /// Description in Indonesian.
    pub text: String,
    /// `ethics-code`, `discipline`, `crime`, `village-law` …
    pub class: String,
    /// When it applies: `any`, `before-determination`, `after-determination`, `campaign`, or `from CLOCK`.
    pub period: String,
    /// Subject ids; `*` for all.
    pub subjects: Vec<String>,
    /// Subjects whom the rule reaches only since a day; acts before it are for a human to decide.
    #[serde(default)]
    pub subjects_since: BTreeMap<String, Date>,
    /// First day of the acts for which its list holds; an older list applies to acts before it.
    #[serde(default)]
    pub acts_from: Option<Date>,
    /// Last day of the acts for which its list holds; a newer list applies to acts after it.
    #[serde(default)]
    pub acts_to: Option<Date>,
    /// Words that speak for it in the description of an act; how to write them stands in `violations.toml`.
    #[serde(default)]
    pub words: Vec<String>,
    /// Possible sanctions, never certain ones; several where sources disagree.
    pub sanctions: Vec<String>,
    /// Levels of the sanctions against civil servants that can follow; which sanctions those were on the day of the act
    /// stands in `sanctions.toml`.
    #[serde(default)]
    pub levels: Vec<SanctionLevel>,
    /// Source.
    pub basis: Basis,
}
