//! A matter, folded from its docket.
//!
//! [`Matter::fold`] reads corrections first, so that what follows sees each act as it is to be
//! read. Folding is total over dockets that this program wrote and refuses the rest with a reason.

use netra_law::Law;
use netra_law::pack::{OutcomeEffect, Regime};
use netra_law::time::Moment;

use crate::act::{
    Act, CandidacyResult, CorrectedReading, Exhibit, Forwarded, Incident, Invitation, PersonResult, PreventionKind,
    Recommendation, SanctionReported, TracingResult, Verdict,
};
use crate::entry::{Actor, Entry};
use crate::ids::{AccountId, ActId, ExhibitNo, MatterId, OfficeId, PersonNo};
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
    /// Prevention activities.
    pub prevention: Vec<(Moment, PreventionKind)>,
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
    /// The initial study ends in an outcome that no pack of the regime has.
    #[error("hasil kajian awal '{0}' tidak dikenal dalam hukum yang dimuat")]
    NoSuchOutcome(String),
    /// A correction gives content of another kind than the act that it corrects.
    #[error("isi pembetulan bukan dari jenis tindakan yang sama")]
    OtherKind,
    /// Two persons of an opening act have the same number.
    #[error("nomor orang {0} dipakai dua kali")]
    PersonTaken(PersonNo),
    /// The number of an exhibit is taken.
    #[error("nomor barang bukti {0} sudah dipakai")]
    ExhibitTaken(ExhibitNo),
}

impl Matter {
    /// Folds a docket, oldest entry first. O(n) in the number of entries.
    ///
    /// The law tells what an outcome of an initial study does.
    ///
    /// # Errors
    /// The docket is empty, out of order, mixed, or contradicts itself.
    pub fn fold(entries: &[Entry], law: &Law) -> Result<Matter, Refusal> {
        let mut readings = effective(entries)?.into_iter();
        let (first, what, at) = readings.next().ok_or(Refusal::Empty)?;
        let mut matter = Matter::open(first, what, at)?;
        for (entry, what, at) in readings {
            matter.apply(entry, what, at, law)?;
        }
        matter.length = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        Ok(matter)
    }

    /// The person with this number.
    pub fn person(&self, no: PersonNo) -> Option<&Person> {
        self.persons.iter().find(|p| p.no == no)
    }

    /// The exhibit with this number.
    pub fn exhibit(&self, no: ExhibitNo) -> Option<&Exhibit> {
        self.exhibits.iter().find(|e| e.no == no)
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
            .filter(|(p, k)| !self.forwardings.iter().any(|f| f.what.kind == *k && f.what.persons.contains(p)))
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
        let waiting = self.forwardings.iter().flat_map(|f| &f.what.persons).any(|p| self.awaits_answer(*p));
        if waiting { Stage::WithAuthority } else { Stage::Closed }
    }

    /// Whether fewer answers than forwardings have come for a person: one may go to several authorities.
    pub fn awaits_answer(&self, person: PersonNo) -> bool {
        let sent = self.forwardings.iter().filter(|f| f.what.persons.contains(&person)).count();
        let answered = self.sanctions.iter().filter(|(_, s)| s.person == person).count();
        answered < sent
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

    fn open(entry: &Entry, what: &Act, at: Moment) -> Result<Matter, Refusal> {
        let mut matter = match what {
            Act::ReportReceived(r) => {
                let mut m = Matter::blank(entry, at, Origin::Report, r.regime, &r.contest, &r.subject_line);
                m.event = Some(r.event.clone());
                m.begin_with(&r.persons, &r.exhibits)?;
                m
            }
            Act::TipReceived(t) => {
                let mut m = Matter::blank(entry, at, Origin::Information, t.regime, &t.contest, &t.subject_line);
                m.discovered = Some(at.date());
                m.event = Some(t.event.clone());
                m.begin_with(&t.persons, &t.exhibits)?;
                m
            }
            Act::InformationRecorded(i) => {
                let mut m = Matter::blank(entry, at, Origin::Information, i.regime, &i.contest, &i.subject_line);
                m.discovered = i.event.known.or(Some(at.date()));
                m.event = Some(i.event.clone());
                m.begin_with(&i.persons, &i.exhibits)?;
                m
            }
            Act::PreventionRecorded(p) => {
                let mut m = Matter::blank(entry, at, Origin::Prevention, p.regime, "", &p.subject_line);
                m.add_exhibits(&p.exhibits)?;
                m.prevention.push((at, p.activity));
                m
            }
            _ => return Err(Refusal::Opening(entry.n)),
        };
        if let Actor::Officer { account, .. } = &entry.by {
            matter.owner = Some(*account);
        }
        Ok(matter)
    }

    fn blank(entry: &Entry, at: Moment, origin: Origin, regime: Regime, contest: &str, line: &str) -> Matter {
        Matter {
            id: entry.matter,
            home: entry.office.clone(),
            office: entry.office.clone(),
            length: 1,
            origin,
            regime,
            contest: contest.to_owned(),
            subject_line: line.to_owned(),
            opened: at,
            event: None,
            persons: Vec::new(),
            exhibits: Vec::new(),
            report_number: None,
            registered: None,
            finding: None,
            kinds: Vec::new(),
            outcome: None,
            first_study: None,
            missing: Vec::new(),
            repair: Repair::None,
            repair_notified: None,
            repaired: None,
            tracing: None,
            discovered: None,
            tracing_ordered: None,
            invitations: Vec::new(),
            clarified: Vec::new(),
            crime: None,
            extended: None,
            study: None,
            decision: None,
            forwardings: Vec::new(),
            announced: Vec::new(),
            withdrawn: None,
            rejected: None,
            made_information: None,
            owner: None,
            candidacy: Vec::new(),
            advised: None,
            corrected: None,
            recommendations: Vec::new(),
            sanctions: Vec::new(),
            prevention: Vec::new(),
        }
    }

    fn apply(&mut self, entry: &Entry, what: &Act, at: Moment, law: &Law) -> Result<(), Refusal> {
        match what {
            Act::ReportReceived(_) | Act::TipReceived(_) | Act::InformationRecorded(_) => {
                return Err(Refusal::Opening(entry.n));
            }
            Act::PreventionRecorded(p) => {
                self.add_exhibits(&p.exhibits)?;
                self.prevention.push((at, p.activity));
            }
            Act::ReceiptIssued(r) => self.report_number = Some(r.number.clone()),
            Act::InitialStudyDecided(s) => {
                self.kinds.clone_from(&s.kinds);
                self.missing =
                    s.requirements.iter().filter(|r| r.verdict == Verdict::NotMet).map(|r| r.id.clone()).collect();
                let known = law.outcome_effect(self.regime, &s.outcome);
                let does = known.ok_or_else(|| Refusal::NoSuchOutcome(s.outcome.clone()))?;
                self.outcome = Some((at, s.outcome.clone(), does));
                self.first_study = self.first_study.or(Some(at));
                self.repair = Repair::None;
            }
            Act::RepairRequested(_) => {
                self.repair = Repair::Asked;
                self.repair_notified = Some(at);
            }
            Act::RepairReceived(r) => {
                self.add_exhibits(&r.exhibits)?;
                self.add_persons(&r.persons);
                self.repair = Repair::Brought;
                self.repaired = Some(at);
            }
            Act::Registered(r) => self.registered = Some((at, r.number.clone())),
            Act::Rejected(_) => self.rejected = Some(at),
            Act::MadeInitialInformation(m) => {
                self.made_information = Some(at);
                self.discovered = Some(at.date());
                self.office = m.tracing_office.clone();
            }
            Act::TracingOrdered(_) => self.tracing_ordered = Some(at),
            Act::TracingReported(t) => {
                self.add_exhibits(&t.exhibits)?;
                self.add_persons(&t.persons);
                self.tracing = Some((at, t.result));
            }
            Act::FindingFixed(f) => {
                self.add_persons(&f.persons);
                self.kinds.clone_from(&f.kinds);
                self.finding = Some(at);
            }
            Act::ClarificationInvited(i) => {
                self.known(i.person)?;
                self.invitations.push(InvitationState { at, what: i.clone(), answered: Answered::Open });
            }
            Act::Clarified(c) => {
                self.known(c.person)?;
                self.answer(c.person, Answered::Held);
                if !self.clarified.contains(&c.person) {
                    self.clarified.push(c.person);
                }
            }
            Act::AbsenceRecorded(a) => {
                self.known(a.person)?;
                self.answer(a.person, Answered::Missed);
            }
            Act::PersonAdded(p) => self.add_persons(std::slice::from_ref(&p.person)),
            Act::ExhibitAdded(e) => self.add_exhibits(&e.exhibits)?,
            Act::GakkumduDiscussed(_) => {}
            Act::CrimeDeclared(c) => {
                c.persons.iter().try_for_each(|p| self.known(*p))?;
                self.crime = Some(at);
            }
            Act::HandlingExtended(_) => self.extended = Some(at),
            Act::StudyFinished(s) => {
                s.proposals.iter().try_for_each(|p| self.known(p.person))?;
                self.study = Some((at, s.proposals.clone()));
            }
            Act::PlenaryDecided(d) => {
                d.results.iter().try_for_each(|p| self.known(p.person))?;
                self.decision = Some((at, d.results.clone()));
            }
            Act::Forwarded(f) => {
                f.persons.iter().try_for_each(|p| self.known(*p))?;
                self.forwardings.push(Forwarding { act: entry.id, at, what: f.clone(), confirmed: None });
            }
            Act::DeliveryConfirmed(c) => {
                let forwarding = self.forwardings.iter_mut().find(|f| f.act == c.forwarding);
                forwarding.ok_or(Refusal::NoSuchForwarding)?.confirmed = Some((at, c.receipt.clone()));
            }
            Act::StatusAnnounced(s) => self.announced.push((entry.id, at, s.title.clone())),
            Act::StatementPublished(s) => self.announced.push((entry.id, at, s.title.clone())),
            Act::Withdrawn(_) => self.withdrawn = Some(at),
            Act::Delegated(d) => self.office = d.to.clone(),
            Act::TakenOver(t) => self.office = t.by.clone(),
            Act::Assigned(a) => self.owner = Some(a.to),
            Act::CorrectionAdvised(_) => self.advised = Some(at),
            Act::CorrectionAnswered(a) if a.followed == Verdict::Met => self.corrected = Some(at),
            Act::CorrectionAnswered(_) => {}
            Act::CandidacyChecked(c) => {
                self.known(c.person)?;
                self.candidacy.push((at, c.person, c.result));
            }
            Act::RecommendationReceived(r) => {
                r.persons.iter().try_for_each(|p| self.known(p.person))?;
                self.recommendations.push((entry.id, at, r.clone()));
            }
            Act::SanctionReported(s) => {
                self.known(s.person)?;
                self.sanctions.push((at, s.clone()));
            }
            // Dates are computed, never kept: this only tells that they moved.
            Act::DatesRecomputed(_) => {}
            // Read before folding, in `effective`.
            Act::Corrected(_) => {}
        }
        Ok(())
    }

    fn known(&self, no: PersonNo) -> Result<(), Refusal> {
        self.person(no).map(|_| ()).ok_or(Refusal::NoSuchPerson(no))
    }

    fn answer(&mut self, person: PersonNo, answer: Answered) {
        let open = self.invitations.iter_mut().rev().find(|i| i.what.person == person && i.answered == Answered::Open);
        if let Some(invitation) = open {
            invitation.answered = answer;
        }
    }

    fn begin_with(&mut self, persons: &[Person], exhibits: &[Exhibit]) -> Result<(), Refusal> {
        for person in persons {
            if self.person(person.no).is_some() {
                return Err(Refusal::PersonTaken(person.no));
            }
            self.persons.push(person.clone());
        }
        self.add_exhibits(exhibits)
    }

    fn add_persons(&mut self, persons: &[Person]) {
        for person in persons {
            match self.persons.iter_mut().find(|p| p.no == person.no) {
                Some(known) => known.clone_from(person),
                None => self.persons.push(person.clone()),
            }
        }
    }

    fn add_exhibits(&mut self, exhibits: &[Exhibit]) -> Result<(), Refusal> {
        for exhibit in exhibits {
            if self.exhibit(exhibit.no).is_some() {
                return Err(Refusal::ExhibitTaken(exhibit.no));
            }
            self.exhibits.push(exhibit.clone());
        }
        Ok(())
    }
}

type Reading<'a> = (&'a Entry, &'a Act, Moment);

/// The entries as they are to be read: corrections carried out, voided acts left out.
///
/// # Errors
/// The entries are not one whole docket, or a correction names what it may not.
pub fn effective(entries: &[Entry]) -> Result<Vec<Reading<'_>>, Refusal> {
    let mut readings: Vec<Option<Reading<'_>>> = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        check_place(entries, place, entry)?;
        if let Act::Corrected(correction) = &entry.what {
            let target = entries.iter().take(place).position(|e| e.id == correction.of).ok_or(Refusal::NoSuchAct)?;
            correct(&mut readings, entries, target, &correction.reading)?;
        }
        readings.push(Some((entry, &entry.what, entry.at)));
    }
    Ok(readings.into_iter().flatten().collect())
}

fn check_place(entries: &[Entry], place: usize, entry: &Entry) -> Result<(), Refusal> {
    let expected = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
    if entry.n != expected {
        return Err(Refusal::Order { expected, found: entry.n });
    }
    match entries.first() {
        Some(first) if first.matter != entry.matter => Err(Refusal::Foreign(entry.n)),
        _ => Ok(()),
    }
}

fn correct<'a>(
    readings: &mut [Option<Reading<'a>>],
    entries: &'a [Entry],
    target: usize,
    reading: &'a CorrectedReading,
) -> Result<(), Refusal> {
    let original = entries.get(target).ok_or(Refusal::NoSuchAct)?;
    if matches!(original.what, Act::Corrected(_)) {
        return Err(Refusal::CorrectionOfCorrection);
    }
    let slot = readings.get_mut(target).ok_or(Refusal::NoSuchAct)?;
    match reading {
        CorrectedReading::Void if target == 0 => return Err(Refusal::OpeningVoid),
        CorrectedReading::Void => *slot = None,
        CorrectedReading::Moment { at } => {
            let what = slot.map_or(&original.what, |(_, what, _)| what);
            *slot = Some((original, what, *at));
        }
        CorrectedReading::Act { act } => {
            let at = slot.map_or(original.at, |(_, _, at)| at);
            let same_kind = std::mem::discriminant(act.as_ref()) == std::mem::discriminant(&original.what);
            if !same_kind {
                return Err(Refusal::OtherKind);
            }
            *slot = Some((original, act.as_ref(), at));
        }
    }
    Ok(())
}
