//! Clocks and their readings, as `clocks.toml` holds them.

use serde::{Deserialize, Serialize};

use super::Basis;
use crate::event::EventKind;
use crate::units::{Length, Unit};

/// `clocks.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockFile {
    /// The clocks, in the order in which they should be read.
    #[serde(default)]
    pub clock: Vec<ClockRule>,
}

/// A clock: so long, in this unit, from that event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    /// Id as in the law tables: `INITIAL_STUDY`, `PK-C01`, `D2`.
    pub id: String,
    /// Title in Indonesian.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// What the end of it means.
    #[serde(default)]
    pub nature: Nature,
    /// Who must act.
    pub who: Party,
    /// The event that starts it.
    pub start: EventKind,
    /// Any of these events stops it.
    #[serde(default)]
    pub ends: Vec<EventKind>,
    /// How long; none for clocks bound to a stage of the election.
    #[serde(default)]
    pub length: Option<u16>,
    /// Unit of the length.
    #[serde(default)]
    pub unit: Option<Unit>,
    /// Whether the start day is day one: must be said, there is no default.
    pub start_day: StartDay,
    /// Forwards from the event, or backwards from it.
    #[serde(default)]
    pub direction: Direction,
    /// When the last day ends.
    pub day_end: DayEnd,
    /// A clock bound to an election stage: due at the end of that stage.
    #[serde(default)]
    pub until_stage: Option<String>,
    /// For bans: until when what begins lasts, in Indonesian. Nobody computes it.
    #[serde(default)]
    pub lasts_until: Option<String>,
    /// The clock that this one lengthens, once the extension is on record.
    #[serde(default)]
    pub extends: Option<String>,
    /// Other ways to read the text.
    #[serde(default)]
    pub reading: Vec<ReadingRule>,
    /// The reading to work to, and who settled it.
    #[serde(default)]
    pub settled: Option<Settled>,
    /// What happens when it runs out, in Indonesian.
    pub at_expiry: String,
    /// Source.
    pub basis: Basis,
}

impl ClockRule {
    /// The length under the main reading.
    pub fn main_length(&self) -> Option<Length> {
        Some(Length::of(self.unit?, self.length?))
    }
}

/// Another defensible way to read a clock.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingRule {
    /// `calendar-day`, `working-day`, `from-receipt`, `from-registration` …
    pub id: String,
    /// Length, if it differs.
    #[serde(default)]
    pub length: Option<u16>,
    /// Unit, if it differs.
    #[serde(default)]
    pub unit: Option<Unit>,
    /// Start event, if it differs.
    #[serde(default)]
    pub start: Option<EventKind>,
    /// When the last day ends, if that differs.
    #[serde(default)]
    pub day_end: Option<DayEnd>,
    /// Why it can be read so, in Indonesian.
    pub why: String,
}

/// Which reading binds, and by what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// Id of the reading; the main reading is named after its unit, or by `main` below.
    pub reading: String,
    /// Decision, circular or practice that settles it, in Indonesian.
    pub by: String,
}

/// What the end of a clock means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// Something must be done by then.
    #[default]
    Deadline,
    /// Something takes effect on that day, or ends by itself: it can't be overdue.
    Effect,
    /// A ban begins on that day: it can't be overdue.
    Ban,
}

/// Who a clock binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Party {
    Reporter,
    Office,
    Plenary,
    Employer,
    Authority,
    Police,
    Prosecutor,
    Court,
    Candidate,
    Official,
}

impl Party {
    /// The word on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Party::Reporter => "Pelapor",
            Party::Office => "Pengawas Pemilu",
            Party::Plenary => "Rapat pleno",
            Party::Employer => "Pejabat Pembina Kepegawaian",
            Party::Authority => "Instansi penerima",
            Party::Police => "Kepolisian",
            Party::Prosecutor => "Kejaksaan",
            Party::Court => "Pengadilan",
            Party::Candidate => "Calon",
            Party::Official => "Pegawai yang bersangkutan",
        }
    }
}

/// Whether the day of the start event counts as day one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartDay {
    /// The next day is day one.
    Excluded,
    /// The start day is day one.
    Included,
}

/// Which way a clock runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Due after the event.
    #[default]
    Forward,
    /// Due before the event.
    Backward,
}

/// When the last day of a clock ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayEnd {
    /// At 23:59:59 local time.
    Midnight,
    /// When the counter closes: for what a party must bring.
    CounterClose,
}
