//! A matter, folded from its docket.
//!
//! [`Matter::fold`] reads corrections first, so that what follows sees each act as it is to be
//! read. Folding is total over dockets that this program wrote and refuses the rest with a reason.

mod discipline;
mod fold;
mod prevention;

use netra_law::pack::{FormOf, OutcomeEffect, Regime};
use netra_law::time::Moment;

pub use self::discipline::{Discipline, SummonsState};
pub use self::fold::effective;
pub use self::prevention::PreventionState;
use crate::act::{
    CandidacyResult, ErasureProposed, Exhibit, Forwarded, Incident, Invitation, PersonResult, PersonalPart,
    Recommendation, SanctionReported, TracingResult,
};
use crate::entry::Actor;
use crate::ids::{AccountId, ActId, ExhibitNo, MatterId, OfficeId, PersonNo, RecipientId};
use crate::person::{Capacity, Person};

/// What a matter began as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A report by somebody.
    #[doc(alias = "laporan")]
    Report,
    /// Initial information: a tip, the news, supervision.
    #[doc(alias = "informasi awal")]
    Information,
    /// Prevention work, not a violation.
    #[doc(alias = "pencegahan")]
    Prevention,
}

/// Where a matter stands. Computed, never stored as truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Prevention work goes on.
    Prevention,
    /// Initial information, not yet traced or being traced.
    Information,
    /// A report without initial study.
    InitialStudy,
    /// The reporter has been asked to complete the report.
    Repair,
    /// Ready to be registered.
    ToRegister,
    /// Registered, being clarified and studied.
    Handling,
    /// The study waits for plenary.
    ToPlenary,
    /// Decided; persons must be forwarded.
    ToForward,
    /// Forwarded; the authority or the employer acts.
    WithAuthority,
    /// Given to another supervisor.
    Elsewhere,
    /// Closed.
    Closed,
}

impl Stage {
    /// All stages in their order.
    pub const ALL: [Stage; 11] = [
        Stage::Prevention,
        Stage::Information,
        Stage::InitialStudy,
        Stage::Repair,
        Stage::ToRegister,
        Stage::Handling,
        Stage::ToPlenary,
        Stage::ToForward,
        Stage::WithAuthority,
        Stage::Elsewhere,
        Stage::Closed,
    ];

    /// The word in JSON, addresses and the store.
    pub fn id(self) -> &'static str {
        match self {
            Stage::Prevention => "prevention",
            Stage::Information => "information",
            Stage::InitialStudy => "initial-study",
            Stage::Repair => "repair",
            Stage::ToRegister => "to-register",
            Stage::Handling => "handling",
            Stage::ToPlenary => "to-plenary",
            Stage::ToForward => "to-forward",
            Stage::WithAuthority => "with-authority",
            Stage::Elsewhere => "elsewhere",
            Stage::Closed => "closed",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Stage::Prevention => "Pencegahan",
            Stage::Information => "Informasi awal",
            Stage::InitialStudy => "Kajian awal",
            Stage::Repair => "Menunggu perbaikan pelapor",
            Stage::ToRegister => "Siap diregistrasi",
            Stage::Handling => "Penanganan",
            Stage::ToPlenary => "Menunggu rapat pleno",
            Stage::ToForward => "Siap diteruskan",
            Stage::WithAuthority => "Di instansi tujuan",
            Stage::Elsewhere => "Ditangani pengawas lain",
            Stage::Closed => "Selesai",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|s| s.id() == id)
    }
}

/// What happened to a report since its last initial study, in the order of the docket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Nothing.
    None,
    /// The reporter was told what is missing.
    Asked,
    /// The reporter brought something: it must be studied again.
    Brought,
}

/// A forwarding and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarding {
    /// The act.
    pub act: ActId,
    /// When it was sent.
    pub at: Moment,
    /// What was sent to whom.
    pub what: Forwarded,
    /// When its receipt was confirmed, and under which number.
    pub confirmed: Option<(Moment, String)>,
    /// When the authority verified it.
    pub verified: Option<Moment>,
    /// When the authority sent it back.
    pub returned: Option<Moment>,
}

impl Forwarding {
    /// Whether the authority has not sent it back.
    pub fn goes_on(&self) -> bool {
        self.returned.is_none()
    }
}

/// An invitation and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationState {
    /// When the letter was made.
    pub at: Moment,
    /// The letter.
    pub what: Invitation,
    /// Whether the session has its answer: held, or missed.
    pub answered: Answered,
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Not yet.
    Open,
    /// The person was heard.
    Held,
    /// The person stayed away.
    Missed,
}

/// A proposal to erase personal data that nobody has confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureProposal {
    /// The act.
    pub act: ActId,
    /// When it was made.
    pub at: Moment,
    /// Who made it: somebody else has to confirm.
    pub by: Actor,
    /// What is to be erased.
    pub what: ErasureProposed,
}

/// A matter as its docket has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Id.
    pub id: MatterId,
    /// The office that opened it: its docket.
    pub home: OfficeId,
    /// The office that handles it now.
    pub office: OfficeId,
    /// Entries so far, corrections included.
    pub length: u32,
    /// What it began as.
    pub origin: Origin,
    /// Which procedure.
    pub regime: Regime,
    /// Contest token for numbers.
    pub contest: String,
    /// In one line without names.
    pub subject_line: String,
    /// When it was opened: delivery of the report, note of the information.
    pub opened: Moment,
    /// The event; none for prevention.
    pub event: Option<Incident>,
    /// Everybody in it, by number.
    pub persons: Vec<Person>,
    /// Every exhibit, by number.
    pub exhibits: Vec<Exhibit>,
    /// Number of the report, once the receipt is issued.
    pub report_number: Option<String>,
    /// Registration number.
    pub registered: Option<(Moment, String)>,
    /// When it became a finding.
    pub finding: Option<Moment>,
    /// Kinds of violation named so far.
    pub kinds: Vec<String>,
    /// Outcome of the last initial study: id in the pack and effect.
    pub outcome: Option<(Moment, String, OutcomeEffect)>,
    /// When the first initial study was decided: it stops the clock, a later one does not restart it.
    pub first_study: Option<Moment>,
    /// Requirements not met at the last initial study.
    pub missing: Vec<String>,
    /// What happened to the report since its last initial study.
    pub repair: Repair,
    /// When the reporter was last told what is missing, whether or not it was brought.
    pub repair_notified: Option<Moment>,
    /// When it was last repaired.
    pub repaired: Option<Moment>,
    /// Result of the last tracing.
    pub tracing: Option<(Moment, TracingResult)>,
    /// The day on which supervision found it, for initial information and what grew out of it.
    pub discovered: Option<jiff::civil::Date>,
    /// When tracing was ordered.
    pub tracing_ordered: Option<Moment>,
    /// Invitations, oldest first.
    pub invitations: Vec<InvitationState>,
    /// Who has been clarified.
    pub clarified: Vec<PersonNo>,
    /// When a crime was declared, and whether it went to the police.
    pub crime: Option<Moment>,
    /// When handling was extended.
    pub extended: Option<Moment>,
    /// The study's proposals.
    pub study: Option<(Moment, Vec<PersonResult>)>,
    /// The decision, person by person.
    pub decision: Option<(Moment, Vec<PersonResult>)>,
    /// Forwardings, oldest first.
    pub forwardings: Vec<Forwarding>,
    /// Public notices: act, moment, title.
    pub announced: Vec<(ActId, Moment, String)>,
    /// When the report was withdrawn.
    pub withdrawn: Option<Moment>,
    /// When the report was rejected.
    pub rejected: Option<Moment>,
    /// When the report was made initial information.
    pub made_information: Option<Moment>,
    /// Who is responsible.
    pub owner: Option<AccountId>,
    /// Candidacy checks.
    pub candidacy: Vec<(Moment, PersonNo, CandidacyResult)>,
    /// Advice to correct.
    pub advised: Option<Moment>,
    /// When the advice was followed.
    pub corrected: Option<Moment>,
    /// Recommendations.
    pub recommendations: Vec<(ActId, Moment, Recommendation)>,
    /// What employers did.
    pub sanctions: Vec<(Moment, SanctionReported)>,
    /// What came before and after it.
    pub discipline: Discipline,
    /// Prevention activities with what came back, oldest first.
    pub prevention: Vec<PreventionState>,
    /// Persons whose identity is protected.
    pub protected: Vec<PersonNo>,
    /// Proposals to erase that wait for a second person.
    pub erasures: Vec<ErasureProposal>,
    /// What was erased of whom, and when.
    pub erased: Vec<(Moment, PersonNo, PersonalPart)>,
}

/// Why a docket can't be folded, or an act can't be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no entry.
    #[error("berkas perkara ini kosong")]
    Empty,
    /// An entry stands at the wrong place.
    #[error("tindakan nomor {found} ada di tempat nomor {expected}: berkas tidak utuh")]
    Order {
        /// Where it should stand.
        expected: u32,
        /// Where it stands.
        found: u32,
    },
    /// An entry belongs to another matter.
    #[error("tindakan nomor {0} milik perkara lain")]
    Foreign(u32),
    /// The first act does not open a matter, or a later one does.
    #[error("tindakan pembuka berkas tidak pada tempatnya (nomor {0})")]
    Opening(u32),
    /// A correction names an act that is not there.
    #[error("tindakan yang dibetulkan tidak ada dalam berkas ini")]
    NoSuchAct,
    /// A correction would leave the docket without a beginning, or change what kind it is.
    #[error("tindakan pembuka tidak dapat dibatalkan, hanya dibetulkan isinya")]
    OpeningVoid,
    /// A correction corrects a correction; correct the original instead.
    #[error("pembetulan tidak dapat dibetulkan: betulkan lagi tindakan asalnya")]
    CorrectionOfCorrection,
    /// The act names a person that is not in the matter.
    #[error("orang nomor {0} tidak ada dalam perkara ini")]
    NoSuchPerson(PersonNo),
    /// The act names a forwarding that is not in the matter.
    #[error("penerusan yang dimaksud tidak ada dalam perkara ini")]
    NoSuchForwarding,
    /// The act names a recommendation that is not in the matter.
    #[error("rekomendasi yang dimaksud tidak ada dalam perkara ini")]
    NoSuchRecommendation,
    /// An answer names a prevention activity that is not in the matter.
    #[error("kegiatan pencegahan yang dimaksud tidak ada dalam berkas ini")]
    NoSuchMeasure,
    /// An answer names somebody to whom the activity was not addressed.
    #[error("penerima {0} tidak termasuk tujuan kegiatan pencegahan itu")]
    NotAddressed(RecipientId),
    /// The decision names an appeal that nobody lodged.
    #[error("tidak ada keberatan atau banding orang ini yang menunggu putusan")]
    NoSuchAppeal,
    /// The initial study ends in an outcome that no pack of the regime has.
    #[error("hasil kajian awal '{0}' tidak dikenal dalam hukum yang dimuat")]
    NoSuchOutcome(String),
    /// A correction gives content of another kind than the act that it corrects.
    #[error("isi pembetulan bukan dari jenis tindakan yang sama")]
    OtherKind,
    /// Two persons of an opening act have the same number.
    #[error("nomor orang {0} dipakai dua kali")]
    PersonTaken(PersonNo),
    /// The person who confirms an erasure is the one who proposed it.
    #[error("penghapusan data pribadi harus disetujui orang lain, bukan pengusulnya sendiri")]
    SecondPerson,
    /// The confirmation names no proposal that waits.
    #[error("usul penghapusan yang dimaksud tidak ada, atau sudah disetujui")]
    NoSuchProposal,
    /// What was erased or seen can't be undone by a correction.
    #[error("tindakan ini tidak dapat dibetulkan: data sudah terhapus atau sudah dibuka")]
    Irrevocable,
    /// A correction, or an act that came in, is about what another office recorded.
    #[error("tindakan nomor {0} dicatat kantor lain: hanya kantor itu yang dapat membetulkan atau menambahkannya")]
    NotRecordedHere(u32),
    /// What came back is no act of an authority or an employer.
    #[error("tindakan nomor {0} bukan tindakan yang dicatat instansi tujuan atau PPK")]
    NoAnswer(u32),
    /// The number of an exhibit is taken.
    #[error("nomor barang bukti {0} sudah dipakai")]
    ExhibitTaken(ExhibitNo),
}

impl Matter {
    /// Whether its papers are those of a report or of a finding.
    pub fn form_of(&self) -> FormOf {
        match (self.origin, self.finding.is_some()) {
            (Origin::Report, false) => FormOf::Report,
            _ => FormOf::Finding,
        }
    }

    /// The person with this number.
    pub fn person(&self, no: PersonNo) -> Option<&Person> {
        self.persons.iter().find(|p| p.no == no)
    }

    /// The exhibit with this number.
    pub fn exhibit(&self, no: ExhibitNo) -> Option<&Exhibit> {
        self.exhibits.iter().find(|e| e.no == no)
    }

    /// Whether a part of a person's data was erased.
    pub fn is_erased(&self, person: PersonNo, part: PersonalPart) -> bool {
        self.erased.iter().any(|(_, no, what)| (*no, *what) == (person, part))
    }

    /// Whether a person's identity can be protected now: it is not yet, and the authority need not know it to act.
    pub fn may_be_protected(&self, person: &Person) -> bool {
        person.capacity != Capacity::Reported && !self.protected.contains(&person.no)
    }

    /// The reported persons.
    pub fn reported(&self) -> impl Iterator<Item = &Person> {
        self.persons.iter().filter(|p| p.capacity == Capacity::Reported)
    }

    /// The next free person number.
    pub fn next_person(&self) -> PersonNo {
        PersonNo(self.persons.iter().map(|p| p.no.0).max().unwrap_or(0).saturating_add(1))
    }

    /// The next free exhibit number.
    pub fn next_exhibit(&self) -> ExhibitNo {
        ExhibitNo(self.exhibits.iter().map(|e| e.no.0).max().unwrap_or(0).saturating_add(1))
    }

    /// The number by which people call it: registration, else report number.
    pub fn number(&self) -> Option<&str> {
        self.registered.as_ref().map(|(_, n)| n.as_str()).or(self.report_number.as_deref())
    }

    /// Persons whom the decision (or the initial study) wants to be forwarded and who are not yet,
    /// with the kind of violation.
    pub fn to_forward(&self) -> Vec<(PersonNo, String)> {
        let wanted: Vec<(PersonNo, String)> = match (&self.decision, &self.outcome) {
            (Some((_, results)), _) => {
                results.iter().flat_map(|r| r.kinds.iter().map(|k| (r.person, k.clone()))).collect()
            }
            (None, Some((_, _, OutcomeEffect::ForwardUnregistered))) => {
                self.reported().flat_map(|p| self.kinds.iter().map(|k| (p.no, k.clone()))).collect()
            }
            _ => Vec::new(),
        };
        wanted
            .into_iter()
            .filter(|(p, k)| {
                !self.forwardings.iter().any(|f| f.goes_on() && f.what.kind == *k && f.what.persons.contains(p))
            })
            .collect()
    }

    /// Where the matter stands for an office: a supervisor that gave it away sees it elsewhere.
    pub fn stage_for(&self, office: &OfficeId) -> Stage {
        match self.stage() {
            stage if *office == self.home && self.office != self.home && stage != Stage::Closed => Stage::Elsewhere,
            stage => stage,
        }
    }

    /// Where the matter stands for the office that handles it.
    pub fn stage(&self) -> Stage {
        if self.origin == Origin::Prevention {
            return Stage::Prevention;
        }
        if self.decision.is_some() {
            return self.stage_after_decision();
        }
        if self.is_forwarded_unregistered() {
            let untouched = self.forwardings.is_empty();
            return if untouched { Stage::ToForward } else { self.stage_after_decision() };
        }
        if self.study.is_some() {
            return Stage::ToPlenary;
        }
        if self.registered.is_some() {
            return Stage::Handling;
        }
        if self.finding.is_some() {
            return Stage::ToRegister;
        }
        self.stage_before_registration()
    }

    /// Whether the initial study sends it on without registration, and nobody took the report back before.
    fn is_forwarded_unregistered(&self) -> bool {
        let wanted = self.outcome_effect() == Some(OutcomeEffect::ForwardUnregistered);
        let taken_back = self.withdrawn.is_some() && self.forwardings.is_empty();
        wanted && !taken_back && self.rejected.is_none() && self.made_information.is_none()
    }

    fn outcome_effect(&self) -> Option<OutcomeEffect> {
        self.outcome.as_ref().map(|(_, _, e)| *e)
    }

    fn stage_after_decision(&self) -> Stage {
        if !self.to_forward().is_empty() {
            return Stage::ToForward;
        }
        let sent = self.forwardings.iter().filter(|f| f.goes_on());
        let waiting = sent.flat_map(|f| &f.what.persons).any(|p| self.awaits_answer(*p));
        if waiting { Stage::WithAuthority } else { Stage::Closed }
    }

    fn stage_before_registration(&self) -> Stage {
        if self.made_information.is_some() || self.origin == Origin::Information {
            let ended = matches!(self.tracing, Some((_, TracingResult::Nothing)));
            return if ended { Stage::Closed } else { Stage::Information };
        }
        if self.rejected.is_some() || self.withdrawn.is_some() {
            return Stage::Closed;
        }
        if self.repair == Repair::Asked {
            return Stage::Repair;
        }
        match self.outcome_effect() {
            Some(OutcomeEffect::Register) => Stage::ToRegister,
            Some(OutcomeEffect::Delegate | OutcomeEffect::TakeOver) if self.office != self.home => Stage::ToRegister,
            Some(OutcomeEffect::Close) => Stage::Closed,
            _ => Stage::InitialStudy,
        }
    }
}
