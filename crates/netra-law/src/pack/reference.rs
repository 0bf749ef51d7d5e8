//! Rules without clocks that all packs share: sanctions and who imposes them, duties, organs, places and the working week.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Basis, Party, ViolationType};
use crate::time::Zone;

/// `sanctions.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionFile {
    /// Sanctions.
    #[serde(default)]
    pub sanction: Vec<Sanction>,
    /// Who may impose them.
    #[serde(default)]
    pub punisher: Vec<Punisher>,
}

/// How heavy a sanction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SanctionLevel {
    /// A moral sanction, told in private.
    MoralClosed,
    /// A moral sanction, told in public.
    MoralOpen,
    /// Light discipline.
    Light,
    /// Moderate discipline.
    Moderate,
    /// Severe discipline.
    Severe,
}

impl SanctionLevel {
    /// The word in JSON and packs.
    pub fn id(self) -> &'static str {
        match self {
            SanctionLevel::MoralClosed => "moral-closed",
            SanctionLevel::MoralOpen => "moral-open",
            SanctionLevel::Light => "light",
            SanctionLevel::Moderate => "moderate",
            SanctionLevel::Severe => "severe",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            SanctionLevel::MoralClosed => "sanksi moral tertutup",
            SanctionLevel::MoralOpen => "sanksi moral terbuka",
            SanctionLevel::Light => "hukuman disiplin ringan",
            SanctionLevel::Moderate => "hukuman disiplin sedang",
            SanctionLevel::Severe => "hukuman disiplin berat",
        }
    }
}

/// A sanction that exists for acts of some days.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "sanksi")]
pub struct Sanction {
    /// Short name.
    pub id: String,
    /// How heavy.
    pub level: SanctionLevel,
    /// In Indonesian.
    pub text: String,
    /// The sanction in whose place it stands for the time being.
    #[serde(default)]
    pub substitutes: Option<String>,
    /// Subject ids.
    pub subjects: Vec<String>,
    /// Ids of the types of violation that alone bring it; empty for all of the level.
    #[serde(default)]
    pub types: Vec<String>,
    /// First day of the acts for which it exists.
    #[serde(default)]
    pub acts_from: Option<Date>,
    /// Last day of the acts for which it exists.
    #[serde(default)]
    pub acts_to: Option<Date>,
    /// Source.
    pub basis: Basis,
}

impl Sanction {
    /// Whether it exists for an act of a day.
    pub fn exists_on(&self, act: Date) -> bool {
        self.acts_from.is_none_or(|from| from <= act) && self.acts_to.is_none_or(|to| act <= to)
    }
}

/// Who may impose sanctions of a level on whom.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "pejabat yang berwenang menghukum")]
pub struct Punisher {
    /// Short name.
    pub id: String,
    /// The official, in Indonesian.
    pub who: String,
    /// The level.
    pub level: SanctionLevel,
    /// On whom, in Indonesian.
    pub over: String,
    /// Source.
    pub basis: Basis,
}

/// `duties.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyFile {
    /// Duties.
    #[serde(default)]
    pub duty: Vec<Duty>,
}

/// A duty or rule without a clock.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "kewajiban")]
pub struct Duty {
    /// Id as in the law tables: `D6`.
    pub id: String,
    /// Title in Indonesian.
    pub title: String,
    /// Whom it binds.
    pub who: Party,
    /// What it asks, in Indonesian.
    pub text: String,
    /// Source.
    pub basis: Basis,
}

/// `organs.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganFile {
    /// Bodies.
    #[serde(default)]
    pub organ: Vec<Organ>,
}

/// A body and what it may do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "lembaga")]
pub struct Organ {
    /// Short name.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its powers.
    pub may: Vec<Power>,
    /// The same in words.
    pub text: String,
    /// Source.
    pub basis: Basis,
}

/// Something that a body may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Power {
    Receive,
    Study,
    Clarify,
    DecideAdministrative,
    RecommendAdministrative,
    Delegate,
    EthicsOfAdHoc,
    SuperviseNeutrality,
    FollowUp,
    HandleCrime,
    BeReported,
    CarryOutCorrection,
    JudgeOrganiserEthics,
    RecommendNeutrality,
    PressEmployer,
}

/// `places.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceFile {
    /// Zones by province.
    #[serde(default)]
    pub zone: Vec<ProvinceZone>,
    /// Codes of Bawaslu's offices that are known.
    #[serde(default)]
    pub area: Vec<AreaCode>,
    /// What the working week rests on.
    #[serde(default)]
    pub week_rule: Vec<WeekRule>,
}

/// The provinces of a zone.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvinceZone {
    /// The zone.
    pub zone: Zone,
    /// Home-affairs codes of the provinces.
    pub provinces: Vec<String>,
    /// Source.
    pub basis: Basis,
}

/// A code by which Bawaslu names an office in numbers; not a code of the Ministry of Home Affairs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaCode {
    /// `23.01`.
    pub code: String,
    /// The office.
    pub name: String,
    /// Source.
    pub basis: Basis,
}

/// A rule about working days and hours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekRule {
    /// Short name.
    pub id: String,
    /// In Indonesian.
    pub text: String,
    /// Source.
    pub basis: Basis,
}

/// What has no clock and no procedure of its own.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// Sanctions and who imposes them.
    pub sanctions: SanctionFile,
    /// Duties without a clock.
    pub duties: DutyFile,
    /// Bodies and their powers.
    pub organs: OrganFile,
    /// Zones, codes of offices, the working week.
    pub places: PlaceFile,
}

impl Reference {
    /// The zone of a region by its home-affairs code; none for provinces that are not listed.
    pub fn zone_of(&self, region: &str) -> Option<Zone> {
        let province = region.split('.').next()?;
        self.places.zone.iter().find(|zone| zone.provinces.iter().any(|p| p == province)).map(|zone| zone.zone)
    }

    /// The sanctions of a level that exist for an act of a day, those that stand in the place of others included.
    pub fn sanctions_on(&self, level: SanctionLevel, act: Date) -> impl Iterator<Item = &Sanction> {
        self.sanctions.sanction.iter().filter(move |s| s.level == level && s.exists_on(act))
    }

    /// The sanctions that an act of this type, by a person of this kind, on this day can bring.
    pub fn sanctions_for(
        &self,
        violation: &ViolationType,
        subject: &str,
        act: Date,
    ) -> impl Iterator<Item = &Sanction> {
        let of_levels = violation.levels.iter().flat_map(move |level| self.sanctions_on(*level, act));
        of_levels.filter(move |sanction| {
            let of_type = sanction.types.is_empty() || sanction.types.contains(&violation.id);
            of_type && sanction.subjects.iter().any(|s| s == subject)
        })
    }
}
