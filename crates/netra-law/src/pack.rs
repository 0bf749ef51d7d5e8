//! The shape of the law as data: what the files under `law/` hold.
//!
//! Every entry carries its article and how sure we are of it ([`Basis`]). Unknown keys are errors:
//! a misspelt rule must not silently become no rule.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::event::EventKind;
use crate::units::{Length, Unit};

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
    /// When reception never closes.
    #[serde(default)]
    pub around_the_clock: Option<AroundTheClock>,
    /// Number patterns of the series `report`, `registered` and `finding`.
    #[serde(default)]
    pub numbering: Vec<NumberPattern>,
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

/// `procedure.toml`: requirements, outcomes, kinds, results, routes and steps of a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureFile {
    /// What a report must have.
    #[serde(default)]
    pub requirement: Vec<Requirement>,
    /// What an initial study can end in.
    #[serde(default)]
    pub outcome: Vec<Outcome>,
    /// Kinds of violation.
    #[serde(default)]
    pub kind: Vec<ViolationKind>,
    /// Who receives whom.
    #[serde(default)]
    pub route: Vec<Route>,
    /// Form and article of each step.
    #[serde(default)]
    pub step: Vec<StepRule>,
}

/// A formal or material requirement of a report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "syarat formal")]
#[doc(alias = "syarat materiel")]
pub struct Requirement {
    /// Short name.
    pub id: String,
    /// Formal or material.
    pub part: RequirementPart,
    /// Text in Indonesian.
    pub text: String,
    /// Advisory items warn and never bar.
    #[serde(default)]
    pub weight: RequirementWeight,
    /// Source.
    pub basis: Basis,
}

/// Formal or material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RequirementPart {
    Formal,
    Material,
}

/// Whether a requirement bars registration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementWeight {
    /// Without it there is no registration.
    #[default]
    Required,
    /// Older rule or local practice: warn only.
    Advisory,
}

/// An outcome of the initial study.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "hasil kajian awal")]
pub struct Outcome {
    /// Id as in the law tables: `REGISTER_HERE`.
    pub id: String,
    /// Text in Indonesian.
    pub text: String,
    /// What the docket does with it.
    pub effect: OutcomeEffect,
    /// Source.
    pub basis: Basis,
}

/// What an outcome does to the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeEffect {
    /// Registration at this office comes next.
    Register,
    /// Another office takes it: delegation comes next.
    Delegate,
    /// A higher office takes it over.
    TakeOver,
    /// The reporter is asked to complete it.
    AskRepair,
    /// It is closed without registration.
    Reject,
    /// It is closed as a report and kept as initial information.
    InitialInformation,
    /// It is forwarded at once, without registration.
    ForwardUnregistered,
    /// It is closed for another reason.
    Close,
}

/// A kind of violation that an initial study can name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "jenis dugaan pelanggaran")]
pub struct ViolationKind {
    /// `ethics`, `administrative`, `crime`, `other-law`.
    pub id: String,
    /// Text in Indonesian.
    pub text: String,
    /// Source.
    pub basis: Basis,
}

/// Who receives a person's case, by kind of violation and kind of person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "penerusan")]
pub struct Route {
    /// Short name.
    pub id: String,
    /// Kind of violation.
    pub kind: String,
    /// Subject ids of `subjects.toml`; `*` for all.
    pub subjects: Vec<String>,
    /// Receiving role of `authorities.toml`.
    pub to: String,
    /// Roles that get a copy.
    #[serde(default)]
    pub copies: Vec<String>,
    /// The clock for sending, if there is one.
    #[serde(default)]
    pub clock: Option<String>,
    /// Source.
    pub basis: Basis,
}

/// The form, clock and article of a step.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRule {
    /// Step id of the docket: `receive-report`, `initial-study` …
    pub id: String,
    /// Form code: `B.1`. Empty where the law gives none.
    #[serde(default)]
    pub form: Option<String>,
    /// The form's title on paper.
    #[serde(default)]
    pub form_title: Option<String>,
    /// The clock that the step answers.
    #[serde(default)]
    pub clock: Option<String>,
    /// What the law asks, in one or two Indonesian sentences.
    pub asks: String,
    /// Source.
    pub basis: Basis,
}

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
    /// Words that speak for it in the description of an act; how to write them stands in `violations.toml`.
    #[serde(default)]
    pub words: Vec<String>,
    /// Possible sanctions, never certain ones; several where sources disagree.
    pub sanctions: Vec<String>,
    /// Source.
    pub basis: Basis,
}
