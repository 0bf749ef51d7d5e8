//! Acts: what somebody did in a matter. Nothing is ever edited; a mistake is mended by a later
//! [`Act::Corrected`] that names the earlier act.
//!
//! The serialised form of these types is the record itself: add fields with defaults, never
//! rename or reuse one.

use jiff::civil::Date;
use netra_law::pack::{Regime, RequirementPart};
use netra_law::time::Moment;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, ActId, ExhibitNo, OfficeId, PersonNo};
use crate::person::Person;
use crate::private::Private;

/// Something that somebody did in a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// A report was delivered, by hand, by mail or through the public form.
    #[doc(alias = "penyampaian laporan")]
    ReportReceived(Report),
    /// An anonymous tip came in: initial information from the start.
    #[doc(alias = "informasi awal")]
    TipReceived(Tip),
    /// The office itself noted initial information: from supervision, news, another office.
    #[doc(alias = "informasi awal")]
    InformationRecorded(Information),
    /// The reporter was given proof of delivery.
    #[doc(alias = "tanda bukti penyampaian laporan")]
    ReceiptIssued(ReceiptIssued),
    /// The initial study was decided.
    #[doc(alias = "kajian awal")]
    InitialStudyDecided(InitialStudy),
    /// The reporter was told what is missing.
    #[doc(alias = "pemberitahuan perbaikan")]
    RepairRequested(RepairRequested),
    /// The reporter completed the report.
    #[doc(alias = "perbaikan laporan")]
    RepairReceived(RepairReceived),
    /// The report or finding got its registration number.
    #[doc(alias = "registrasi")]
    Registered(Registered),
    /// The report was closed without registration.
    #[doc(alias = "tidak diregistrasi")]
    Rejected(Rejected),
    /// The report was closed as such and goes on as initial information.
    #[doc(alias = "dijadikan informasi awal")]
    MadeInitialInformation(MadeInitialInformation),
    /// Supervisors were sent to trace initial information.
    #[doc(alias = "penelusuran")]
    TracingOrdered(TracingOrdered),
    /// A supervision report (Form A) came back from tracing.
    #[doc(alias = "laporan hasil pengawasan")]
    TracingReported(TracingReported),
    /// Plenary fixed the supervision result as a finding.
    #[doc(alias = "penetapan temuan")]
    FindingFixed(FindingFixed),
    /// Somebody was invited to a clarification.
    #[doc(alias = "undangan klarifikasi")]
    ClarificationInvited(Invitation),
    /// Somebody was clarified.
    #[doc(alias = "klarifikasi")]
    Clarified(Clarified),
    /// An invitee stayed away.
    #[doc(alias = "tidak hadir")]
    AbsenceRecorded(AbsenceRecorded),
    /// A person was added to the matter.
    PersonAdded(PersonAdded),
    /// An exhibit was taken in.
    #[doc(alias = "barang bukti")]
    ExhibitAdded(ExhibitAdded),
    /// The matter was discussed with police and prosecutor.
    #[doc(alias = "pembahasan Sentra Gakkumdu")]
    GakkumduDiscussed(GakkumduDiscussed),
    /// The office declared it a suspected election crime: the 24 hours begin.
    #[doc(alias = "dugaan tindak pidana")]
    CrimeDeclared(CrimeDeclared),
    /// Handling was extended because more information is needed.
    #[doc(alias = "perpanjangan penanganan")]
    HandlingExtended(HandlingExtended),
    /// The study of the suspected violation was finished.
    #[doc(alias = "kajian dugaan pelanggaran")]
    StudyFinished(StudyFinished),
    /// Plenary decided, person by person.
    #[doc(alias = "rapat pleno")]
    PlenaryDecided(PlenaryDecided),
    /// Persons were forwarded to the authority that must act.
    #[doc(alias = "penerusan")]
    Forwarded(Forwarded),
    /// The other side confirmed that it received the forwarding.
    #[doc(alias = "tanda terima")]
    DeliveryConfirmed(DeliveryConfirmed),
    /// The status was announced.
    #[doc(alias = "pengumuman status")]
    StatusAnnounced(StatusAnnounced),
    /// The reporter withdrew the report.
    #[doc(alias = "pencabutan laporan")]
    Withdrawn(Withdrawn),
    /// The matter was given to another supervisor.
    #[doc(alias = "pelimpahan")]
    Delegated(Delegated),
    /// A higher supervisor took the matter over.
    #[doc(alias = "pengambilalihan")]
    TakenOver(TakenOver),
    /// An officer was made responsible.
    #[doc(alias = "penugasan")]
    Assigned(Assigned),
    /// Advice to correct an administrative slip was given.
    #[doc(alias = "saran perbaikan")]
    CorrectionAdvised(CorrectionAdvised),
    /// The advice was followed, or not.
    #[doc(alias = "tindak lanjut saran perbaikan")]
    CorrectionAnswered(CorrectionAnswered),
    /// The candidacy of a civil servant was checked.
    #[doc(alias = "pengecekan status pencalonan")]
    CandidacyChecked(CandidacyChecked),
    /// The authority recommended.
    #[doc(alias = "rekomendasi")]
    RecommendationReceived(Recommendation),
    /// The employer reported what it did.
    #[doc(alias = "tindak lanjut PPK")]
    SanctionReported(SanctionReported),
    /// A prevention activity was carried out.
    #[doc(alias = "pencegahan")]
    PreventionRecorded(Prevention),
    /// A public statement or appeal was published.
    #[doc(alias = "imbauan")]
    StatementPublished(StatementPublished),
    /// The calendar was changed by decree, and dates moved.
    #[doc(alias = "hitung ulang tenggat")]
    DatesRecomputed(DatesRecomputed),
    /// An earlier act is corrected: read it as given here, or not at all.
    #[doc(alias = "pembetulan")]
    Corrected(Corrected),
}

/// A report, with the answers of Form B.1/A.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "laporan")]
pub struct Report {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Contest token for numbers: `PL`, `PG`, `PB`, `PW`.
    pub contest: String,
    /// How it came in.
    pub channel: Channel,
    /// What is reported, in one line without names.
    pub subject_line: String,
    /// The event.
    pub event: Incident,
    /// Reporter, reported persons and witnesses.
    pub persons: Vec<Person>,
    /// Evidence that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// How something reached the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Over the counter.
    Counter,
    /// Through the public form of this program.
    PublicForm,
    /// By letter or e-mail.
    Letter,
    /// From another system, e.g. SigapLapor.
    OtherSystem,
    /// Found by supervision.
    Supervision,
    /// From the news or social media.
    Media,
}

impl Channel {
    /// The word on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            Channel::Counter => "datang langsung ke kantor",
            Channel::PublicForm => "formulir daring",
            Channel::Letter => "surat atau surel",
            Channel::OtherSystem => "sistem lain",
            Channel::Supervision => "pengawasan",
            Channel::Media => "media atau media sosial",
        }
    }
}

/// What happened, where and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "peristiwa")]
pub struct Incident {
    /// What happened, in the words of whoever reports it.
    pub account: Private<String>,
    /// Where: it may be somebody's home.
    pub place: Private<String>,
    /// The day of the event; unknown for some tips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Date>,
    /// The day on which the reporter learned of it, or supervision found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Date>,
}

/// An anonymous tip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tip {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Contest token for numbers.
    pub contest: String,
    /// How it came in.
    pub channel: Channel,
    /// In one line without names.
    pub subject_line: String,
    /// The event, as far as it is told.
    pub event: Incident,
    /// Persons named in it, if any; never a reporter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
    /// What came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// Initial information that the office noted itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Contest token for numbers.
    pub contest: String,
    /// Where it comes from.
    pub channel: Channel,
    /// In one line without names.
    pub subject_line: String,
    /// The event, as far as it is known; `known` is the day on which supervision found it.
    pub event: Incident,
    /// Persons, if any are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
    /// Captured posts, photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// An exhibit as the docket names it; its bytes lie in the blob store under the digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// Number within the matter.
    pub no: ExhibitNo,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Length in bytes.
    pub size: u64,
    /// True type by content, e.g. `image/jpeg`.
    pub media_type: String,
    /// Name under which it came and what it shows.
    pub label: Private<ExhibitLabel>,
}

/// What people call an exhibit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExhibitLabel {
    /// The file name as it came, made harmless.
    pub file_name: String,
    /// What it shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Who handed it over.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
}

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

/// A prevention activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prevention {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Information session, appeal, circular, coordination, supervision.
    pub activity: PreventionKind,
    /// In one line.
    pub subject_line: String,
    /// To whom: city secretary, agencies, parties, candidate pairs, ASN, contract staff, RT.
    pub audience: Vec<String>,
    /// Number of the letter, if it is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub letter: String,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What was said.
    pub text: String,
    /// Attachments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// Kinds of prevention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PreventionKind {
    /// Information session.
    #[doc(alias = "sosialisasi")]
    InformationSession,
    /// Appeal by letter.
    #[doc(alias = "imbauan")]
    AppealLetter,
    /// A circular of the government that the office follows.
    #[doc(alias = "surat edaran")]
    Circular,
    /// Coordination meeting.
    #[doc(alias = "rapat koordinasi")]
    Coordination,
    /// Supervision of a stage.
    #[doc(alias = "pengawasan")]
    Supervision,
    /// Figures compared between elections.
    #[doc(alias = "pemetaan kerawanan")]
    Comparison,
}

impl PreventionKind {
    /// The words on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            PreventionKind::InformationSession => "Sosialisasi",
            PreventionKind::AppealLetter => "Surat imbauan",
            PreventionKind::Circular => "Surat edaran",
            PreventionKind::Coordination => "Rapat koordinasi",
            PreventionKind::Supervision => "Pengawasan",
            PreventionKind::Comparison => "Pemetaan kerawanan",
        }
    }
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
