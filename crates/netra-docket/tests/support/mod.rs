//! Dockets built in one line. Every person, place and number here is invented; `Rekaan` means
//! just that. The office sits in WITA, and times are written as its wall time.

use std::sync::OnceLock;

use jiff::civil::Date;
use netra_docket::act::*;
use netra_docket::clocks::{Clocks, clocks};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{AccountId, ActId, ExhibitNo, MatterId, OfficeId, PersonNo, RecipientId, SealId};
use netra_docket::matter::{Matter, Refusal};
use netra_docket::person::{Capacity, Identity, Person, ReporterStanding};
use netra_docket::private::Private;
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::pack::{Regime, RequirementPart};
use netra_law::time::{Moment, Zone};
use uuid::Uuid;

/// The office whose dockets these are.
pub const HOME: &str = "bawaslu-contoh";
/// Another supervisor.
pub const OTHER: &str = "bawaslu-lain";

/// The embedded law.
pub fn law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| Law::embedded().unwrap_or_else(|faults| panic!("{faults}")))
}

/// Where the office's clocks run.
pub fn seat() -> Seat {
    Seat::new(Zone::Wita, "64.71")
}

/// `2024-01-19`.
pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// `2024-01-19T17:10`, WITA.
pub fn moment(text: &str) -> Moment {
    Moment::parse_in(text, Zone::Wita).unwrap()
}

pub fn office(id: &str) -> OfficeId {
    id.parse().unwrap()
}

pub fn matter_id() -> MatterId {
    MatterId::new(Uuid::from_u128(0x1))
}

/// The id of the act at a place in any docket built here.
pub fn act_id(n: u32) -> ActId {
    ActId::new(Uuid::from_u128(0xac00_0000 + u128::from(n)))
}

pub fn account(n: u128) -> AccountId {
    AccountId::new(Uuid::from_u128(0xacc0 + n))
}

pub fn seal_id(n: u128) -> SealId {
    SealId::new(Uuid::from_u128(0x5ea1_0000 + n))
}

/// The officer who does everything unless a test says otherwise.
pub fn officer() -> Actor {
    Actor::Officer { account: account(1), office: office(HOME) }
}

// --- The builder --------------------------------------------------------------------------------

/// A docket that grows by one act after another.
#[derive(Clone, Debug)]
pub struct DocketBuilder {
    pub entries: Vec<Entry>,
    now: Moment,
    by: Actor,
}

impl DocketBuilder {
    /// A docket that begins with this act at this time.
    pub fn open(at: &str, act: Act) -> DocketBuilder {
        DocketBuilder { entries: Vec::new(), now: moment(at), by: officer() }.act(act)
    }

    /// A Pemilu report delivered on Monday 15 January 2024 at nine.
    pub fn report() -> DocketBuilder {
        DocketBuilder::open("2024-01-15T09:00", report())
    }

    /// A Pilkada report delivered on Monday 14 October 2024 at nine.
    pub fn pilkada() -> DocketBuilder {
        let Act::ReportReceived(mut what) = report() else { unreachable!() };
        what.regime = Regime::Pilkada;
        what.contest = "PW".to_owned();
        what.event.happened = Some(day("2024-10-10"));
        what.event.known = Some(day("2024-10-11"));
        DocketBuilder::open("2024-10-14T09:00", Act::ReportReceived(what))
    }

    /// Initial information noted by supervision on Monday 15 January 2024 at nine.
    pub fn information() -> DocketBuilder {
        DocketBuilder::open("2024-01-15T09:00", information())
    }

    /// Prevention work.
    pub fn prevention() -> DocketBuilder {
        DocketBuilder::open("2024-01-15T09:00", prevention())
    }

    /// What follows happens at this time.
    pub fn at(mut self, text: &str) -> DocketBuilder {
        self.now = moment(text);
        self
    }

    /// What follows is done by somebody else.
    pub fn by(mut self, by: Actor) -> DocketBuilder {
        self.by = by;
        self
    }

    /// One more act, five minutes after the last one unless a time was given since.
    pub fn act(mut self, what: Act) -> DocketBuilder {
        let n = u32::try_from(self.entries.len()).unwrap() + 1;
        let entry = Entry {
            id: act_id(n),
            matter: matter_id(),
            office: office(HOME),
            n,
            at: self.now,
            recorded: self.now,
            by: self.by.clone(),
            what,
        };
        self.entries.push(entry);
        let later = jiff::SignedDuration::from_mins(5);
        self.now = Moment::new(self.now.instant().checked_add(later).unwrap(), Zone::Wita);
        self
    }

    /// Several acts.
    pub fn acts(self, acts: impl IntoIterator<Item = Act>) -> DocketBuilder {
        acts.into_iter().fold(self, DocketBuilder::act)
    }

    /// The matter, which must fold.
    pub fn matter(&self) -> Matter {
        Matter::fold(&self.entries, law()).unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    /// Why it does not fold.
    pub fn refusal(&self) -> Refusal {
        match Matter::fold(&self.entries, law()) {
            Ok(matter) => panic!("it was folded: {matter:?}"),
            Err(refusal) => refusal,
        }
    }

    /// Its clocks at a time.
    pub fn clocks(&self, now: &str) -> Clocks<'static> {
        clocks(&self.matter(), law(), &seat(), moment(now))
    }
}

// --- Persons and exhibits -----------------------------------------------------------------------

pub const REPORTER: PersonNo = PersonNo(1);
pub const CIVIL_SERVANT: PersonNo = PersonNo(2);
pub const VILLAGE_HEAD: PersonNo = PersonNo(3);
pub const WITNESS: PersonNo = PersonNo(4);
pub const NOBODY: PersonNo = PersonNo(99);

pub fn identity(name: &str) -> Private<Identity> {
    Private::Open(Identity { name: name.to_owned(), ..Identity::default() })
}

pub fn text(words: &str) -> Private<String> {
    Private::Open(words.to_owned())
}

pub fn reporter() -> Person {
    Person {
        no: REPORTER,
        capacity: Capacity::Reporter,
        subject: None,
        standing: Some(ReporterStanding::Citizen),
        identity: identity("Pelapor Rekaan"),
    }
}

pub fn reported(no: PersonNo, subject: &str) -> Person {
    Person {
        no,
        capacity: Capacity::Reported,
        subject: Some(subject.to_owned()),
        standing: None,
        identity: identity("Terlapor Rekaan"),
    }
}

pub fn witness() -> Person {
    Person {
        no: WITNESS,
        capacity: Capacity::Witness,
        subject: None,
        standing: None,
        identity: identity("Saksi Rekaan"),
    }
}

pub fn exhibit(no: u16) -> Exhibit {
    let label = ExhibitLabel {
        file_name: format!("foto-rekaan-{no}.jpg"),
        description: String::new(),
        from: "Pelapor Rekaan".to_owned(),
    };
    Exhibit {
        no: ExhibitNo(no),
        sha256: "00".repeat(32),
        size: 1024,
        media_type: "image/jpeg".to_owned(),
        label: Private::Open(label),
        source: None,
    }
}

// --- Acts, each in its plainest form ------------------------------------------------------------

pub fn incident() -> Incident {
    Incident {
        account: text("Uraian Rekaan"),
        place: "Kota Contoh".to_owned().into(),
        happened: Some(day("2024-01-11")),
        known: Some(day("2024-01-12")),
    }
}

/// A Pemilu report against a civil servant and a village head.
pub fn report() -> Act {
    Act::ReportReceived(Report {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Counter,
        subject_line: "Ajakan memilih peserta pemilu".to_owned(),
        event: incident(),
        persons: vec![reporter(), reported(CIVIL_SERVANT, "pns"), reported(VILLAGE_HEAD, "kepala-desa")],
        exhibits: vec![exhibit(1)],
    })
}

pub fn tip() -> Act {
    Act::TipReceived(Tip {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Letter,
        subject_line: "Informasi tanpa nama".to_owned(),
        event: incident(),
        persons: Vec::new(),
        exhibits: Vec::new(),
    })
}

/// Information about a civil servant, found by supervision on 12 January 2024.
pub fn information() -> Act {
    Act::InformationRecorded(Information {
        regime: Regime::Pemilu,
        contest: "PL".to_owned(),
        channel: Channel::Supervision,
        subject_line: "Unggahan yang berpihak".to_owned(),
        event: incident(),
        persons: vec![reported(CIVIL_SERVANT, "pns")],
        exhibits: vec![exhibit(1)],
    })
}

pub fn prevention() -> Act {
    Act::PreventionRecorded(Prevention {
        regime: Regime::Pemilu,
        activity: PreventionKind::InformationSession,
        subject_line: "Sosialisasi netralitas".to_owned(),
        audience: vec!["ASN".to_owned()],
        letter: String::new(),
        place: "Kota Contoh".to_owned(),
        text: "Materi sosialisasi".to_owned(),
        exhibits: Vec::new(),
        delivery: None,
        recipients: Vec::new(),
        attendance: None,
    })
}

/// An entry of the office's list.
pub fn recipient(n: u128) -> RecipientId {
    RecipientId::new(Uuid::from_u128(0x4ec1_0000 + n))
}

/// A letter to some entries of the office's list.
pub fn appeal_to(recipients: &[RecipientId]) -> Act {
    let addressee = |id: &RecipientId| Addressee {
        id: *id,
        kind: RecipientKind::Agency,
        name: "Dinas Contoh".to_owned(),
        region: String::new(),
        address: "Jalan Contoh 2".to_owned(),
    };
    Act::PreventionRecorded(Prevention {
        regime: Regime::Pemilu,
        activity: PreventionKind::AppealLetter,
        subject_line: "Imbauan netralitas".to_owned(),
        audience: Vec::new(),
        letter: "070/PM/I/2024".to_owned(),
        place: String::new(),
        text: "Mohon mengingatkan pegawai.".to_owned(),
        exhibits: Vec::new(),
        delivery: Some(Delivery::ByHand),
        recipients: recipients.iter().map(addressee).collect(),
        attendance: None,
    })
}

/// What came back for the measure at a place of the docket.
pub fn answer_prevention(n: u32, recipients: &[RecipientId], answer: RecipientAnswer) -> Act {
    Act::PreventionAnswered(PreventionAnswered {
        of: act_id(n),
        who: recipients.to_vec(),
        answer,
        number: String::new(),
        attendance: None,
        note: Some(text("Catatan Rekaan")),
    })
}

pub fn receipt() -> Act {
    Act::ReceiptIssued(ReceiptIssued { number: "001/LP/PL/Kota/23.01/I/2024".to_owned() })
}

/// An initial study with this outcome, which suspects a violation of other laws.
pub fn study(outcome: &str) -> Act {
    study_of(outcome, &["other-law"], &[])
}

pub fn study_of(outcome: &str, kinds: &[&str], missing: &[&str]) -> Act {
    let mut requirements = vec![check("material-account", Verdict::Met)];
    requirements.extend(missing.iter().map(|id| check(id, Verdict::NotMet)));
    Act::InitialStudyDecided(InitialStudy {
        requirements,
        kinds: words(kinds),
        outcome: outcome.to_owned(),
        reason: text("Alasan Rekaan"),
    })
}

fn check(id: &str, verdict: Verdict) -> RequirementCheck {
    RequirementCheck { id: id.to_owned(), part: RequirementPart::Material, verdict, note: None }
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|w| (*w).to_owned()).collect()
}

pub fn ask_repair() -> Act {
    Act::RepairRequested(RepairRequested {
        missing: words(&["material-evidence"]),
        note: text("Bukti Rekaan belum ada"),
    })
}

pub fn repair() -> Act {
    Act::RepairReceived(RepairReceived {
        note: text("Bukti Rekaan dibawa"),
        exhibits: vec![exhibit(2)],
        persons: vec![witness()],
    })
}

pub fn register() -> Act {
    Act::Registered(Registered { number: "001/Reg/LP/PL/Kota/23.01/I/2024".to_owned() })
}

pub fn reject() -> Act {
    Act::Rejected(Rejected {
        outcome: "NOT_REGISTERED".to_owned(),
        reason: "Syarat materiel tidak dilengkapi".to_owned(),
    })
}

pub fn make_information() -> Act {
    Act::MadeInitialInformation(MadeInitialInformation {
        tracing_office: office(OTHER),
        reason: "Tempat kejadian di kabupaten lain".to_owned(),
    })
}

pub fn order_tracing() -> Act {
    Act::TracingOrdered(TracingOrdered { letter: "ST-1".to_owned(), plan: text("Temui Saksi Rekaan") })
}

pub fn tracing(result: TracingResult) -> Act {
    Act::TracingReported(TracingReported {
        number: "LHP-1".to_owned(),
        activity: "Penelusuran".to_owned(),
        place: "Kota Contoh".to_owned(),
        account: text("Hasil Rekaan"),
        result,
        persons: vec![witness()],
        exhibits: Vec::new(),
    })
}

pub fn meeting() -> Plenary {
    Plenary { minutes: "BA-1".to_owned(), members: 5, present: 4, votes_for: 4, votes_against: 0 }
}

pub fn finding() -> Act {
    Act::FindingFixed(FindingFixed {
        plenary: meeting(),
        kinds: words(&["other-law"]),
        persons: vec![reported(VILLAGE_HEAD, "kepala-desa")],
        reason: text("Alasan Rekaan"),
    })
}

/// An invitation to a session, which has reached the invitee or not.
pub fn invite(person: PersonNo, session: &str, delivered: Option<&str>) -> Act {
    Act::ClarificationInvited(Invitation {
        person,
        letter: "UND-1".to_owned(),
        session: moment(session),
        place: "Kantor".to_owned(),
        mode: SessionMode::InPerson,
        delivered: delivered.map(moment),
    })
}

pub fn clarify(person: PersonNo) -> Act {
    Act::Clarified(Clarified {
        person,
        oath: Oath::Sworn,
        mode: SessionMode::InPerson,
        minutes: text("Tanya jawab Rekaan"),
    })
}

pub fn absence(person: PersonNo) -> Act {
    Act::AbsenceRecorded(AbsenceRecorded { person, reason: Some("Sakit".to_owned().into()) })
}

pub fn add_person(person: Person) -> Act {
    Act::PersonAdded(PersonAdded { person })
}

pub fn add_exhibit(no: u16) -> Act {
    Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit(no)] })
}

pub fn gakkumdu() -> Act {
    Act::GakkumduDiscussed(GakkumduDiscussed { round: 1, crime: Verdict::NotMet, result: text("Pendapat Rekaan") })
}

pub fn crime(persons: &[PersonNo]) -> Act {
    Act::CrimeDeclared(CrimeDeclared { persons: persons.to_vec(), articles: "Pasal contoh".to_owned() })
}

pub fn extend() -> Act {
    Act::HandlingExtended(HandlingExtended { reason: "Keterangan saksi belum ada".to_owned().into() })
}

fn results(list: &[(PersonNo, &[&str])]) -> Vec<PersonResult> {
    let result = |(person, kinds): &(PersonNo, &[&str])| PersonResult {
        person: *person,
        kinds: words(kinds),
        types: Vec::new(),
        articles: String::new(),
    };
    list.iter().map(result).collect()
}

pub fn finish(proposals: &[(PersonNo, &[&str])]) -> Act {
    Act::StudyFinished(StudyFinished {
        number: "KJ-1".to_owned(),
        analysis: text("Analisis Rekaan"),
        proposals: results(proposals),
    })
}

pub fn decide(decisions: &[(PersonNo, &[&str])]) -> Act {
    Act::PlenaryDecided(PlenaryDecided {
        plenary: meeting(),
        results: results(decisions),
        reason: text("Alasan Rekaan"),
    })
}

pub fn forward(persons: &[PersonNo], kind: &str, authority: &str) -> Act {
    Act::Forwarded(Forwarded {
        letter: "PN-1".to_owned(),
        persons: persons.to_vec(),
        kind: kind.to_owned(),
        authority: authority.to_owned(),
        to_office: None,
        channel: "surat".to_owned(),
        copies: String::new(),
    })
}

/// The receiver confirmed the forwarding that stands at this place in the docket.
/// The same through the joint portal.
pub fn through_portal(persons: &[PersonNo]) -> Act {
    match forward(persons, "other-law", "bkn") {
        Act::Forwarded(sent) => Act::Forwarded(Forwarded { channel: "sbt".to_owned(), ..sent }),
        other => other,
    }
}

pub fn confirm(forwarding: u32) -> Act {
    Act::DeliveryConfirmed(DeliveryConfirmed { forwarding: act_id(forwarding), receipt: "TT-1".to_owned(), note: None })
}

pub fn announce() -> Act {
    Act::StatusAnnounced(StatusAnnounced {
        title: "Status laporan".to_owned(),
        text: "Laporan diregistrasi.".to_owned(),
        posted: String::new(),
    })
}

pub fn statement() -> Act {
    Act::StatementPublished(StatementPublished {
        title: "Imbauan netralitas".to_owned(),
        text: "Tetap netral.".to_owned(),
    })
}

pub fn withdraw() -> Act {
    Act::Withdrawn(Withdrawn { reason: text("Pelapor Rekaan pindah") })
}

pub fn delegate() -> Act {
    Act::Delegated(Delegated {
        to: office(OTHER),
        letter: "PL-1".to_owned(),
        reason: "Tempat kejadian".to_owned().into(),
    })
}

pub fn take_over() -> Act {
    Act::TakenOver(TakenOver {
        by: office(OTHER),
        letter: "PA-1".to_owned(),
        reason: "Perintah tertulis".to_owned().into(),
    })
}

pub fn assign(to: AccountId) -> Act {
    Act::Assigned(Assigned { to })
}

pub fn advise() -> Act {
    Act::CorrectionAdvised(CorrectionAdvised {
        authority: "kpu".to_owned(),
        letter: "SP-1".to_owned(),
        text: "Perbaiki daftar".to_owned(),
    })
}

pub fn answer(followed: Verdict) -> Act {
    Act::CorrectionAnswered(CorrectionAnswered { followed, note: "Sudah dibaca".to_owned().into() })
}

pub fn candidacy(result: CandidacyResult) -> Act {
    Act::CandidacyChecked(CandidacyChecked { person: CIVIL_SERVANT, result, note: text("Nama Rekaan tercantum") })
}

pub fn recommend(employer_received: Option<&str>, persons: &[PersonNo]) -> Act {
    let sanction = |person: &PersonNo| RecommendedFor { person: *person, sanction: "sedang".to_owned() };
    Act::RecommendationReceived(Recommendation {
        number: "R-1".to_owned(),
        dated: day("2024-02-01"),
        employer_received: employer_received.map(day),
        employer_office: None,
        persons: persons.iter().map(sanction).collect(),
    })
}

pub fn sanction(person: PersonNo, dated: &str) -> Act {
    Act::SanctionReported(SanctionReported {
        person,
        decree: "SK-1".to_owned(),
        dated: day(dated),
        sanction: "teguran".to_owned(),
    })
}

/// The act at a place in the docket, read otherwise.
pub fn correct(n: u32, reading: CorrectedReading) -> Act {
    Act::Corrected(Corrected { of: act_id(n), reason: "Salah catat".to_owned().into(), reading })
}

pub fn void(n: u32) -> Act {
    correct(n, CorrectedReading::Void)
}

pub fn move_to(n: u32, at: &str) -> Act {
    correct(n, CorrectedReading::Moment { at: moment(at) })
}

pub fn reword(n: u32, act: Act) -> Act {
    correct(n, CorrectedReading::Act { act: Box::new(act) })
}

/// A decree moved a date.
pub fn recomputed() -> Act {
    Act::DatesRecomputed(DatesRecomputed {
        decree: "Keputusan Contoh 1/2024".to_owned(),
        day: "2024-01-18".parse().unwrap(),
        change: "hari libur nasional: Hari Contoh".to_owned(),
        moved: vec![MovedDate {
            clock: "INITIAL_STUDY".to_owned(),
            person: None,
            old: "2024-01-18T23:59:59+08:00".parse().unwrap(),
            new: "2024-01-19T23:59:59+08:00".parse().unwrap(),
        }],
    })
}

/// The forwarding at a place in the docket came back.
pub fn send_back(forwarding: u32) -> Act {
    Act::ForwardingReturned(ForwardingReturned {
        forwarding: act_id(forwarding),
        letter: "K-1".to_owned(),
        missing: vec![MissingPart::Study],
        note: Some(text("Kajian Pelapor Rekaan tidak ada")),
    })
}

pub fn verify(forwarding: u32) -> Act {
    Act::ForwardingVerified(ForwardingVerified { forwarding: act_id(forwarding), note: text("Lengkap") })
}

pub fn examine_file(person: PersonNo) -> Act {
    let (how, note) = (ExaminationKind::Analysis, text("Unggahan Nama Rekaan dilihat"));
    Act::AuthorityExamined(AuthorityExamined { person, how, note })
}

pub fn settle(person: PersonNo, outcome: AuthorityOutcome) -> Act {
    let (letter, reason) = ("T-1".to_owned(), text("Nama Rekaan sudah pensiun"));
    Act::AuthorityClosed(AuthorityClosed { person, outcome, letter, reason })
}

pub fn press(person: PersonNo, measure: Measure) -> Act {
    let (letter, dated) = ("P-1".to_owned(), day("2024-03-20"));
    Act::EmployerPressed(EmployerPressed { person, measure, letter, dated })
}

/// The recommendation at a place in the docket arrived at the employer.
pub fn delivered(n: u32) -> Act {
    let (recommendation, receipt) = (act_id(n), "AG-1".to_owned());
    Act::RecommendationDelivered(RecommendationDelivered { recommendation, receipt })
}

pub fn summon(person: PersonNo, session: &str) -> Act {
    let (letter, place) = ("S-1".to_owned(), "Ruang A".to_owned());
    Act::EmployeeSummoned(EmployeeSummoned { person, letter, session: moment(session), place })
}

pub fn stay_away(person: PersonNo) -> Act {
    Act::EmployeeAbsent(EmployeeAbsent { person, reason: Some(text("Nama Rekaan sakit")) })
}

pub fn team(person: PersonNo) -> Act {
    Act::TeamFormed(TeamFormed { person, letter: "TIM-1".to_owned(), members: text("Ketua Nama Rekaan") })
}

pub fn examine(person: PersonNo) -> Act {
    Act::EmployeeExamined(EmployeeExamined { person, minutes: text("Jawaban Nama Rekaan") })
}

pub fn serve(person: PersonNo, how: Service, on: &str) -> Act {
    Act::DecisionServed(DecisionServed { person, how, on: day(on) })
}

pub fn appeal(person: PersonNo, kind: AppealKind, on: &str) -> Act {
    Act::AppealLodged(AppealLodged { person, kind, on: day(on) })
}

pub fn decide_appeal(person: PersonNo) -> Act {
    Act::AppealDecided(AppealDecided {
        person,
        result: AppealResult::Upheld,
        number: "BPASN-1".to_owned(),
        dated: day("2024-05-20"),
        sanction: String::new(),
    })
}

pub fn protect(person: PersonNo) -> Act {
    Act::IdentityProtected(IdentityProtected { person, reason: text("Pelapor Rekaan takut") })
}

pub fn open_identity(person: PersonNo) -> Act {
    Act::IdentityOpened(IdentityOpened { person, reason: text("Menghubungi Pelapor Rekaan") })
}

pub fn propose_erasure(person: PersonNo) -> Act {
    Act::ErasureProposed(ErasureProposed {
        person,
        parts: PersonalPart::ALL.to_vec(),
        ground: "on-request".to_owned(),
        reason: text("Diminta Pelapor Rekaan"),
    })
}

pub fn reporter_wrote(exhibits: Vec<Exhibit>) -> Act {
    let text = text("Pelapor Rekaan bertanya kapan diperiksa");
    Act::ReporterWrote(ReporterWrote { person: Some(REPORTER), text, exhibits })
}

pub fn office_wrote() -> Act {
    Act::OfficeWrote(OfficeWrote { text: text("Pelapor Rekaan diminta datang membawa asli suratnya") })
}

/// Confirms the proposal at a place in the docket.
pub fn confirm_erasure(n: u32) -> Act {
    Act::ErasureConfirmed(ErasureConfirmed { proposal: act_id(n), seals: Vec::new() })
}

/// Acts of another office, as they came in a bundle.
pub fn history(entries: Vec<Entry>) -> Act {
    Act::HistoryReceived(HistoryReceived {
        bundle: "ab".repeat(32),
        from: "netra/instansi-contoh".to_owned(),
        from_name: "Instansi Contoh".to_owned(),
        file: ReceivedFile { sha256: "cd".repeat(32), size: 7, media_type: "application/zip".to_owned() },
        entries,
        withheld: vec![seal_id(9)],
        absent: vec!["ef".repeat(32)],
        excerpts: Some(Private::Open(vec![Excerpt { seal: seal_id(8), value: "Isi Rekaan".into() }])),
    })
}

/// One act of every kind.
pub fn every_act() -> Vec<Act> {
    vec![
        report(),
        tip(),
        information(),
        receipt(),
        study("REGISTER_HERE"),
        ask_repair(),
        repair(),
        register(),
        reject(),
        make_information(),
        order_tracing(),
        tracing(TracingResult::Suspected),
        finding(),
        invite(CIVIL_SERVANT, "2024-01-24T10:00", Some("2024-01-22T10:00")),
        clarify(CIVIL_SERVANT),
        absence(CIVIL_SERVANT),
        add_person(witness()),
        add_exhibit(7),
        gakkumdu(),
        crime(&[CIVIL_SERVANT]),
        extend(),
        finish(&[(CIVIL_SERVANT, &["other-law"])]),
        decide(&[(CIVIL_SERVANT, &["other-law"])]),
        forward(&[CIVIL_SERVANT], "other-law", "kasn"),
        confirm(1),
        announce(),
        withdraw(),
        delegate(),
        take_over(),
        assign(account(2)),
        advise(),
        answer(Verdict::Met),
        candidacy(CandidacyResult::ResignationPending),
        recommend(Some("2024-02-26"), &[CIVIL_SERVANT]),
        sanction(CIVIL_SERVANT, "2024-03-01"),
        prevention(),
        answer_prevention(1, &[recipient(1)], RecipientAnswer::Received),
        statement(),
        send_back(1),
        verify(1),
        examine_file(CIVIL_SERVANT),
        settle(CIVIL_SERVANT, AuthorityOutcome::NotProven),
        press(CIVIL_SERVANT, Measure::Warning),
        delivered(1),
        summon(CIVIL_SERVANT, "2024-03-20T09:00"),
        stay_away(CIVIL_SERVANT),
        team(CIVIL_SERVANT),
        examine(CIVIL_SERVANT),
        serve(CIVIL_SERVANT, Service::HandedOver, "2024-03-22"),
        appeal(CIVIL_SERVANT, AppealKind::Appeal, "2024-03-25"),
        decide_appeal(CIVIL_SERVANT),
        protect(REPORTER),
        open_identity(REPORTER),
        propose_erasure(REPORTER),
        confirm_erasure(1),
        reporter_wrote(Vec::new()),
        office_wrote(),
        recomputed(),
        history(Vec::new()),
        reword(1, report()),
    ]
}

// --- Matters at a stage -------------------------------------------------------------------------

/// A Pemilu report that is registered: study on 17 January 2024, registration an hour later.
pub fn registered() -> DocketBuilder {
    DocketBuilder::report()
        .act(receipt())
        .at("2024-01-17T10:00")
        .act(study("REGISTER_HERE"))
        .at("2024-01-17T11:00")
        .act(register())
}

/// The same, studied on 25 January and decided on the next morning, the last day: both persons.
pub fn decided() -> DocketBuilder {
    let both: [(PersonNo, &[&str]); 2] = [(CIVIL_SERVANT, &["other-law"]), (VILLAGE_HEAD, &["other-law"])];
    registered().at("2024-01-25T14:00").act(finish(&both)).at("2024-01-26T09:00").act(decide(&both))
}
