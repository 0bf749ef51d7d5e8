//! What can be done now: the steps of the procedure, which of them a matter allows, and what the
//! others still wait for. Form, clock and article of each step come from the law pack.

mod outward;

use netra_law::pack::OutcomeEffect;

use crate::act::{Act, CandidacyResult, TracingResult};
use crate::matter::{Answered, Matter, Origin, Repair, Stage};

macro_rules! steps {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $button:literal, $done:literal;)+) => {
        /// A step of the procedure: recording one kind of act.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum StepKind {
            $($(#[$doc])* $variant,)+
        }

        impl StepKind {
            /// All steps, in the order of the procedure.
            pub const ALL: &'static [StepKind] = &[$(StepKind::$variant),+];

            /// The word in packs and addresses.
            pub fn id(self) -> &'static str {
                match self { $(StepKind::$variant => $id),+ }
            }

            /// The words on the button.
            pub fn button(self) -> &'static str {
                match self { $(StepKind::$variant => $button),+ }
            }

            /// The words in the timeline once it is done.
            pub fn done(self) -> &'static str {
                match self { $(StepKind::$variant => $done),+ }
            }
        }
    };
}

steps! {
    /// Take in a report at the counter.
    ReceiveReport = "receive-report", "Terima laporan", "Laporan diterima";
    /// Take in an anonymous tip.
    ReceiveTip = "receive-tip", "Catat informasi tanpa nama", "Informasi tanpa nama diterima";
    /// Note initial information.
    RecordInformation = "record-information", "Catat informasi awal", "Informasi awal dicatat";
    /// Open prevention work, or add to it.
    RecordPrevention = "record-prevention", "Catat kegiatan pencegahan", "Kegiatan pencegahan dicatat";
    /// Note what came back from those to whom prevention was addressed.
    AnswerPrevention = "answer-prevention", "Catat tanggapan penerima", "Tanggapan penerima dicatat";
    /// Give the reporter proof of delivery.
    IssueReceipt = "issue-receipt", "Terbitkan tanda bukti laporan", "Tanda bukti laporan diterbitkan";
    /// Decide the initial study.
    InitialStudy = "initial-study", "Putuskan kajian awal", "Kajian awal diputuskan";
    /// Tell the reporter what is missing.
    RequestRepair = "request-repair", "Minta perbaikan laporan", "Perbaikan laporan diminta";
    /// Take in what the reporter completed.
    ReceiveRepair = "receive-repair", "Terima perbaikan laporan", "Perbaikan laporan diterima";
    /// Register.
    Register = "register", "Registrasi", "Diregistrasi";
    /// Close without registration.
    Reject = "reject", "Nyatakan tidak diregistrasi", "Dinyatakan tidak diregistrasi";
    /// Close as a report, keep as initial information.
    MakeInitialInformation = "make-initial-information", "Jadikan informasi awal", "Dijadikan informasi awal";
    /// Send supervisors to trace.
    OrderTracing = "order-tracing", "Perintahkan penelusuran", "Penelusuran diperintahkan";
    /// Record the supervision report.
    ReportTracing = "report-tracing", "Catat hasil penelusuran", "Hasil penelusuran dicatat";
    /// Fix a finding in plenary.
    FixFinding = "fix-finding", "Tetapkan temuan dalam pleno", "Ditetapkan sebagai temuan";
    /// Invite somebody.
    InviteClarification = "invite-clarification", "Undang klarifikasi", "Undangan klarifikasi dibuat";
    /// Hear somebody.
    Clarify = "clarify", "Catat klarifikasi", "Klarifikasi dilakukan";
    /// Note that somebody stayed away.
    RecordAbsence = "record-absence", "Catat ketidakhadiran", "Ketidakhadiran dicatat";
    /// Add a person.
    AddPerson = "add-person", "Tambah orang", "Orang ditambahkan";
    /// Take in exhibits.
    AddExhibit = "add-exhibit", "Tambah bukti", "Bukti ditambahkan";
    /// Discuss with police and prosecutor.
    DiscussGakkumdu = "discuss-gakkumdu", "Catat pembahasan Gakkumdu", "Dibahas di Sentra Gakkumdu";
    /// Declare a suspected election crime.
    DeclareCrime = "declare-crime", "Nyatakan dugaan tindak pidana", "Dinyatakan dugaan tindak pidana";
    /// Extend handling.
    ExtendHandling = "extend-handling", "Perpanjang penanganan", "Penanganan diperpanjang";
    /// Finish the study.
    FinishStudy = "finish-study", "Selesaikan kajian", "Kajian selesai";
    /// Decide in plenary.
    DecidePlenary = "decide-plenary", "Putuskan dalam pleno", "Diputus rapat pleno";
    /// Forward persons to their authority.
    Forward = "forward", "Teruskan ke instansi", "Diteruskan";
    /// Note the receiver's receipt.
    ConfirmDelivery = "confirm-delivery", "Catat tanda terima", "Tanda terima dicatat";
    /// Send a forwarding back.
    ReturnForwarding = "return-forwarding", "Kembalikan berkas", "Berkas dikembalikan";
    /// Verify a forwarding.
    VerifyForwarding = "verify-forwarding", "Catat verifikasi", "Berkas diverifikasi";
    /// Examine at the authority.
    ExamineAtAuthority = "examine-at-authority", "Catat klarifikasi atau analisis", "Diperiksa instansi tujuan";
    /// Close at the authority without a recommendation.
    CloseAtAuthority = "close-at-authority", "Tutup tanpa rekomendasi", "Ditutup tanpa rekomendasi";
    /// Announce the status.
    AnnounceStatus = "announce-status", "Umumkan status", "Status diumumkan";
    /// Publish a statement.
    PublishStatement = "publish-statement", "Terbitkan siaran", "Siaran diterbitkan";
    /// Record a withdrawal.
    Withdraw = "withdraw", "Catat pencabutan laporan", "Laporan dicabut";
    /// Give to another supervisor.
    Delegate = "delegate", "Limpahkan", "Dilimpahkan";
    /// Record a take-over.
    TakeOver = "take-over", "Catat pengambilalihan", "Diambil alih";
    /// Make an officer responsible.
    Assign = "assign", "Tugaskan petugas", "Petugas ditugaskan";
    /// Advise a correction.
    AdviseCorrection = "advise-correction", "Beri saran perbaikan", "Saran perbaikan diberikan";
    /// Note what came of the advice.
    AnswerCorrection = "answer-correction", "Catat jawaban saran perbaikan", "Jawaban saran perbaikan dicatat";
    /// Check a candidacy.
    CheckCandidacy = "check-candidacy", "Catat status pencalonan", "Status pencalonan dicatat";
    /// Record the authority's recommendation.
    ReceiveRecommendation = "receive-recommendation", "Catat rekomendasi", "Rekomendasi dicatat";
    /// Confirm that the recommendation arrived at the employer.
    ConfirmRecommendation = "confirm-recommendation", "Catat rekomendasi diterima", "Rekomendasi diterima PPK";
    /// Press the employer.
    PressEmployer = "press-employer", "Catat tindakan pengendalian", "Tindakan pengendalian dicatat";
    /// Summon to an examination.
    SummonEmployee = "summon-employee", "Panggil untuk pemeriksaan", "Dipanggil untuk pemeriksaan";
    /// Note that the examinee stayed away.
    RecordEmployeeAbsence = "record-employee-absence", "Catat tidak hadir pemeriksaan", "Tidak hadir pemeriksaan";
    /// Form an examining team.
    FormTeam = "form-team", "Bentuk tim pemeriksa", "Tim pemeriksa dibentuk";
    /// Examine.
    ExamineEmployee = "examine-employee", "Catat pemeriksaan", "Diperiksa";
    /// Record what the employer did.
    ReportSanction = "report-sanction", "Catat tindak lanjut PPK", "Tindak lanjut PPK dicatat";
    /// Hand a decree over.
    ServeDecision = "serve-decision", "Catat penyerahan keputusan", "Penyerahan keputusan dicatat";
    /// Note an objection or appeal.
    LodgeAppeal = "lodge-appeal", "Catat keberatan atau banding", "Keberatan atau banding diajukan";
    /// Note how it ended.
    DecideAppeal = "decide-appeal", "Catat putusan keberatan atau banding", "Keberatan atau banding diputus";
    /// Protect an identity.
    ProtectIdentity = "protect-identity", "Lindungi identitas", "Identitas dilindungi";
    /// Open a protected identity.
    OpenIdentity = "open-identity", "Buka identitas yang dilindungi", "Identitas dibuka";
    /// Propose to erase personal data.
    ProposeErasure = "propose-erasure", "Usulkan penghapusan data pribadi", "Penghapusan data pribadi diusulkan";
    /// Confirm a proposal to erase.
    ConfirmErasure = "confirm-erasure", "Setujui penghapusan data pribadi", "Data pribadi dihapus";
    /// Take in what the reporter writes; done by the reporter through the tracking code.
    TakeMessage = "take-message", "Terima pesan pelapor", "Pesan dari pelapor";
    /// Write to the reporter.
    WriteReporter = "write-reporter", "Kirim pesan kepada pelapor", "Pesan kepada pelapor";
    /// Tell of dates that moved; done by the program when the calendar changes.
    Recompute = "recompute", "Hitung ulang tenggat", "Tenggat dihitung ulang";
    /// Take in acts of another office that came in a bundle; done on the page of bundles, or by the program.
    ReceiveHistory = "receive-history", "Terima berkas dari kantor lain", "Berkas dari kantor lain diterima";
    /// Correct an earlier act.
    Correct = "correct", "Betulkan catatan", "Catatan dibetulkan";
}

impl StepKind {
    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<StepKind> {
        StepKind::ALL.iter().copied().find(|s| s.id() == id)
    }

    /// The step that records an act.
    pub fn of(act: &Act) -> StepKind {
        match act {
            Act::ReportReceived(_) => StepKind::ReceiveReport,
            Act::TipReceived(_) => StepKind::ReceiveTip,
            Act::InformationRecorded(_) => StepKind::RecordInformation,
            Act::PreventionRecorded(_) => StepKind::RecordPrevention,
            Act::PreventionAnswered(_) => StepKind::AnswerPrevention,
            Act::ReceiptIssued(_) => StepKind::IssueReceipt,
            Act::InitialStudyDecided(_) => StepKind::InitialStudy,
            Act::RepairRequested(_) => StepKind::RequestRepair,
            Act::RepairReceived(_) => StepKind::ReceiveRepair,
            Act::Registered(_) => StepKind::Register,
            Act::Rejected(_) => StepKind::Reject,
            Act::MadeInitialInformation(_) => StepKind::MakeInitialInformation,
            Act::TracingOrdered(_) => StepKind::OrderTracing,
            Act::TracingReported(_) => StepKind::ReportTracing,
            Act::FindingFixed(_) => StepKind::FixFinding,
            Act::ClarificationInvited(_) => StepKind::InviteClarification,
            Act::Clarified(_) => StepKind::Clarify,
            Act::AbsenceRecorded(_) => StepKind::RecordAbsence,
            Act::PersonAdded(_) => StepKind::AddPerson,
            Act::ExhibitAdded(_) => StepKind::AddExhibit,
            Act::GakkumduDiscussed(_) => StepKind::DiscussGakkumdu,
            Act::CrimeDeclared(_) => StepKind::DeclareCrime,
            Act::HandlingExtended(_) => StepKind::ExtendHandling,
            Act::StudyFinished(_) => StepKind::FinishStudy,
            Act::PlenaryDecided(_) => StepKind::DecidePlenary,
            Act::Forwarded(_) => StepKind::Forward,
            Act::DeliveryConfirmed(_) => StepKind::ConfirmDelivery,
            Act::StatusAnnounced(_) => StepKind::AnnounceStatus,
            Act::StatementPublished(_) => StepKind::PublishStatement,
            Act::Withdrawn(_) => StepKind::Withdraw,
            Act::Delegated(_) => StepKind::Delegate,
            Act::TakenOver(_) => StepKind::TakeOver,
            Act::Assigned(_) => StepKind::Assign,
            Act::CorrectionAdvised(_) => StepKind::AdviseCorrection,
            Act::CorrectionAnswered(_) => StepKind::AnswerCorrection,
            Act::CandidacyChecked(_) => StepKind::CheckCandidacy,
            Act::RecommendationReceived(_) => StepKind::ReceiveRecommendation,
            Act::SanctionReported(_) => StepKind::ReportSanction,
            Act::ForwardingReturned(_) => StepKind::ReturnForwarding,
            Act::ForwardingVerified(_) => StepKind::VerifyForwarding,
            Act::AuthorityExamined(_) => StepKind::ExamineAtAuthority,
            Act::AuthorityClosed(_) => StepKind::CloseAtAuthority,
            Act::EmployerPressed(_) => StepKind::PressEmployer,
            Act::RecommendationDelivered(_) => StepKind::ConfirmRecommendation,
            Act::EmployeeSummoned(_) => StepKind::SummonEmployee,
            Act::EmployeeAbsent(_) => StepKind::RecordEmployeeAbsence,
            Act::TeamFormed(_) => StepKind::FormTeam,
            Act::EmployeeExamined(_) => StepKind::ExamineEmployee,
            Act::DecisionServed(_) => StepKind::ServeDecision,
            Act::AppealLodged(_) => StepKind::LodgeAppeal,
            Act::AppealDecided(_) => StepKind::DecideAppeal,
            Act::IdentityProtected(_) => StepKind::ProtectIdentity,
            Act::IdentityOpened(_) => StepKind::OpenIdentity,
            Act::ErasureProposed(_) => StepKind::ProposeErasure,
            Act::ErasureConfirmed(_) => StepKind::ConfirmErasure,
            Act::ReporterWrote(_) => StepKind::TakeMessage,
            Act::OfficeWrote(_) => StepKind::WriteReporter,
            Act::DatesRecomputed(_) => StepKind::Recompute,
            Act::HistoryReceived(_) => StepKind::ReceiveHistory,
            Act::Corrected(_) => StepKind::Correct,
        }
    }

    /// Whether the step belongs to the main line of the procedure; the others are at hand throughout.
    pub fn is_main(self) -> bool {
        !matches!(
            self,
            StepKind::AddPerson
                | StepKind::AddExhibit
                | StepKind::PublishStatement
                | StepKind::Withdraw
                | StepKind::Delegate
                | StepKind::TakeOver
                | StepKind::Assign
                | StepKind::AdviseCorrection
                | StepKind::AnswerCorrection
                | StepKind::CheckCandidacy
                | StepKind::ProtectIdentity
                | StepKind::OpenIdentity
                | StepKind::ProposeErasure
                | StepKind::ConfirmErasure
                | StepKind::TakeMessage
                | StepKind::WriteReporter
                | StepKind::Recompute
                | StepKind::ReceiveHistory
                | StepKind::Correct
        )
    }
}

/// Whether a step can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Now.
    Ready,
    /// It comes, but something is missing first; the reasons are in Indonesian.
    Waits(Vec<&'static str>),
    /// It has no place here.
    Hidden,
}

/// A step that a matter allows or waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// What is missing first; empty when it can be taken.
    pub missing: Vec<&'static str>,
}

impl Step {
    /// Whether it can be taken now.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty()
    }
}

/// The steps of a matter: those that can be taken, and those that wait for something, in the order of the procedure.
pub fn steps(matter: &Matter) -> Vec<Step> {
    StepKind::ALL
        .iter()
        .filter_map(|kind| match offer(matter, *kind) {
            Offer::Ready => Some(Step { kind: *kind, missing: Vec::new() }),
            Offer::Waits(missing) => Some(Step { kind: *kind, missing }),
            Offer::Hidden => None,
        })
        .collect()
}

/// Whether a matter allows a step.
pub fn offer(matter: &Matter, kind: StepKind) -> Offer {
    let stage = matter.stage();
    match kind {
        StepKind::ReceiveReport
        | StepKind::ReceiveTip
        | StepKind::RecordInformation
        | StepKind::TakeMessage
        | StepKind::ReceiveHistory
        | StepKind::Recompute => Offer::Hidden,
        StepKind::RecordPrevention => ready_if(matter.origin == Origin::Prevention),
        StepKind::AnswerPrevention => ready_if(matter.prevention.iter().any(|p| !p.what.recipients.is_empty())),
        StepKind::PublishStatement | StepKind::Correct | StepKind::Assign => Offer::Ready,
        StepKind::AddExhibit => ready_if(stage != Stage::Closed),
        _ if matter.origin == Origin::Prevention => Offer::Hidden,
        StepKind::ProtectIdentity | StepKind::OpenIdentity | StepKind::ProposeErasure | StepKind::ConfirmErasure => {
            outward::personal(matter, kind)
        }
        StepKind::WriteReporter => Offer::Ready,
        StepKind::AddPerson => ready_if(stage != Stage::Closed),
        StepKind::AdviseCorrection => ready_if(stage != Stage::Closed),
        StepKind::AnswerCorrection => ready_if(matter.advised.is_some() && matter.corrected.is_none()),
        StepKind::CheckCandidacy => ready_if(matter.reported().next().is_some() && candidacy_is_open(matter, stage)),
        StepKind::IssueReceipt
        | StepKind::InitialStudy
        | StepKind::RequestRepair
        | StepKind::ReceiveRepair
        | StepKind::Reject
        | StepKind::MakeInitialInformation
        | StepKind::Withdraw => offer_intake(matter, kind, stage),
        StepKind::OrderTracing | StepKind::ReportTracing | StepKind::FixFinding => offer_tracing(matter, kind, stage),
        StepKind::Delegate | StepKind::TakeOver => offer_transfer(matter, kind, stage),
        StepKind::Register => ready_if(stage == Stage::ToRegister),
        StepKind::InviteClarification
        | StepKind::Clarify
        | StepKind::RecordAbsence
        | StepKind::DiscussGakkumdu
        | StepKind::DeclareCrime
        | StepKind::ExtendHandling
        | StepKind::FinishStudy
        | StepKind::DecidePlenary => offer_handling(matter, kind, stage),
        StepKind::Forward
        | StepKind::ConfirmDelivery
        | StepKind::AnnounceStatus
        | StepKind::ReceiveRecommendation
        | StepKind::ReportSanction => outward::after(matter, kind, stage),
        StepKind::ReturnForwarding
        | StepKind::VerifyForwarding
        | StepKind::ExamineAtAuthority
        | StepKind::CloseAtAuthority
        | StepKind::PressEmployer => outward::authority(matter, kind),
        StepKind::ConfirmRecommendation
        | StepKind::SummonEmployee
        | StepKind::RecordEmployeeAbsence
        | StepKind::FormTeam
        | StepKind::ExamineEmployee
        | StepKind::ServeDecision
        | StepKind::LodgeAppeal
        | StepKind::DecideAppeal => outward::employer(matter, kind),
    }
}

/// A candidacy that waits for a decree is watched until it comes, even after the matter was decided.
fn candidacy_is_open(matter: &Matter, stage: Stage) -> bool {
    let last = |person| matter.candidacy.iter().rev().find(|(_, p, _)| *p == person).map(|(_, _, r)| *r);
    let waits = |r| matches!(r, Some(CandidacyResult::ResignationPending | CandidacyResult::NotResigned));
    stage != Stage::Closed || matter.candidacy.iter().any(|(_, p, _)| waits(last(*p)))
}

fn ready_if(condition: bool) -> Offer {
    if condition { Offer::Ready } else { Offer::Hidden }
}

/// Waits for each thing whose condition does not hold.
fn ready_once(conditions: &[(bool, &'static str)]) -> Offer {
    let missing: Vec<&'static str> = conditions.iter().filter(|(holds, _)| !holds).map(|(_, text)| *text).collect();
    if missing.is_empty() { Offer::Ready } else { Offer::Waits(missing) }
}

fn offer_intake(matter: &Matter, kind: StepKind, stage: Stage) -> Offer {
    if matter.origin != Origin::Report || matter.made_information.is_some() {
        return Offer::Hidden;
    }
    let open = matter.registered.is_none() && matter.rejected.is_none() && matter.withdrawn.is_none();
    let effect = matter.outcome.as_ref().map(|(_, _, e)| *e);
    let brought = matter.repair == Repair::Brought;
    match kind {
        StepKind::IssueReceipt => ready_if(open && matter.report_number.is_none()),
        StepKind::InitialStudy if !open || (effect.is_some() && !brought) => Offer::Hidden,
        StepKind::InitialStudy => {
            ready_once(&[(matter.report_number.is_some(), "Tanda bukti penyampaian laporan belum diterbitkan.")])
        }
        StepKind::RequestRepair => {
            ready_if(open && effect == Some(OutcomeEffect::AskRepair) && matter.repair == Repair::None)
        }
        StepKind::ReceiveRepair => ready_if(open && matter.repair == Repair::Asked),
        StepKind::Reject => {
            let told = effect == Some(OutcomeEffect::Reject) || matter.repair == Repair::Asked;
            ready_if(open && told)
        }
        StepKind::MakeInitialInformation => {
            let closed_early = matter.registered.is_none()
                && matter.forwardings.is_empty()
                && (matter.rejected.is_some() || matter.withdrawn.is_some());
            ready_if(closed_early || (open && effect == Some(OutcomeEffect::InitialInformation)))
        }
        StepKind::Withdraw => ready_if(matter.withdrawn.is_none() && stage != Stage::Closed),
        _ => Offer::Hidden,
    }
}

fn offer_tracing(matter: &Matter, kind: StepKind, stage: Stage) -> Offer {
    if stage != Stage::Information {
        return Offer::Hidden;
    }
    let suspected = matches!(matter.tracing, Some((_, TracingResult::Suspected)));
    match kind {
        StepKind::OrderTracing => ready_if(!suspected),
        StepKind::ReportTracing => {
            ready_once(&[(matter.tracing_ordered.is_some(), "Penelusuran belum diperintahkan.")])
        }
        StepKind::FixFinding => ready_once(&[(suspected, "Belum ada hasil penelusuran yang menduga pelanggaran.")]),
        _ => Offer::Hidden,
    }
}

fn offer_transfer(matter: &Matter, kind: StepKind, stage: Stage) -> Offer {
    if matches!(stage, Stage::Closed | Stage::ToForward | Stage::WithAuthority) || matter.office != matter.home {
        return Offer::Hidden;
    }
    let effect = matter.outcome.as_ref().map(|(_, _, e)| *e);
    match kind {
        StepKind::Delegate if matter.origin == Origin::Information => ready_if(stage == Stage::Information),
        StepKind::Delegate => ready_once(&[(
            effect == Some(OutcomeEffect::Delegate),
            "Kajian awal belum menyatakan bahwa laporan ini wewenang pengawas lain.",
        )]),
        _ => Offer::Ready,
    }
}

fn offer_handling(matter: &Matter, kind: StepKind, stage: Stage) -> Offer {
    let handling = matches!(stage, Stage::Handling | Stage::ToPlenary);
    let late_crime = kind == StepKind::DeclareCrime && stage == Stage::ToForward;
    if !handling && !late_crime {
        return Offer::Hidden;
    }
    let invited = matter.invitations.iter().any(|i| i.answered == Answered::Open);
    match kind {
        StepKind::InviteClarification | StepKind::DiscussGakkumdu => ready_if(stage == Stage::Handling),
        StepKind::Clarify if stage != Stage::Handling => Offer::Hidden,
        StepKind::Clarify => ready_once(&[(invited, "Belum ada undangan klarifikasi yang terbuka.")]),
        StepKind::RecordAbsence => ready_if(invited),
        StepKind::DeclareCrime => ready_if(matter.crime.is_none()),
        StepKind::ExtendHandling => ready_if(matter.extended.is_none()),
        StepKind::FinishStudy => ready_once(&[(
            matter.reported().next().is_some(),
            "Belum ada terlapor; kajian memutuskan usul untuk tiap terlapor.",
        )]),
        StepKind::DecidePlenary => ready_once(&[(matter.study.is_some(), "Kajian dugaan pelanggaran belum selesai.")]),
        _ => Offer::Hidden,
    }
}
