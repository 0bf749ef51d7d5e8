//! Acts: what somebody did in a matter. Nothing is ever edited; a mistake is mended by a later
//! [`Act::Corrected`] that names the earlier act.
//!
//! The serialised form of these types is the record itself: add fields with defaults, never
//! rename or reuse one.

mod authority;
mod employer;
mod handling;
mod messages;
mod opening;
mod outward;
mod personal;
mod prevention;
mod received;

use serde::{Deserialize, Serialize};

pub use self::authority::*;
pub use self::employer::*;
pub use self::handling::*;
pub use self::messages::*;
pub use self::opening::*;
pub use self::outward::*;
pub use self::personal::*;
pub use self::prevention::*;
pub use self::received::*;

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
    /// The authority sent a forwarding back.
    #[doc(alias = "pengembalian berkas")]
    ForwardingReturned(ForwardingReturned),
    /// The authority verified a forwarding.
    #[doc(alias = "verifikasi")]
    ForwardingVerified(ForwardingVerified),
    /// The authority heard somebody or analysed the file.
    #[doc(alias = "analisis")]
    AuthorityExamined(AuthorityExamined),
    /// A case ended at the authority without a recommendation.
    #[doc(alias = "penutupan oleh instansi tujuan")]
    AuthorityClosed(AuthorityClosed),
    /// The authority pressed the employer.
    #[doc(alias = "tindakan pengendalian")]
    EmployerPressed(EmployerPressed),
    /// The employer confirmed the recommendation.
    #[doc(alias = "tanda terima rekomendasi")]
    RecommendationDelivered(RecommendationDelivered),
    /// The employer summoned somebody to an examination.
    #[doc(alias = "panggilan pemeriksaan")]
    EmployeeSummoned(EmployeeSummoned),
    /// The examinee stayed away.
    #[doc(alias = "mangkir dari pemeriksaan")]
    EmployeeAbsent(EmployeeAbsent),
    /// An examining team was formed.
    #[doc(alias = "tim pemeriksa")]
    TeamFormed(TeamFormed),
    /// The examinee was examined.
    #[doc(alias = "berita acara pemeriksaan")]
    EmployeeExamined(EmployeeExamined),
    /// A sanction decree was handed over, or was not.
    #[doc(alias = "penyerahan keputusan")]
    DecisionServed(DecisionServed),
    /// An objection or appeal was lodged.
    #[doc(alias = "upaya administratif")]
    AppealLodged(AppealLodged),
    /// An objection or appeal was decided.
    #[doc(alias = "putusan upaya administratif")]
    AppealDecided(AppealDecided),
    /// A prevention activity was carried out.
    #[doc(alias = "pencegahan")]
    PreventionRecorded(Prevention),
    /// Somebody to whom a prevention activity was addressed confirmed it, came, replied, or was not reached.
    #[doc(alias = "tanggapan penerima")]
    PreventionAnswered(PreventionAnswered),
    /// A public statement or appeal was published.
    #[doc(alias = "imbauan")]
    StatementPublished(StatementPublished),
    /// The reporter wrote through the tracking code.
    #[doc(alias = "pesan pelapor")]
    ReporterWrote(ReporterWrote),
    /// The office wrote to the reporter.
    #[doc(alias = "pesan kepada pelapor")]
    OfficeWrote(OfficeWrote),
    /// The calendar was changed by decree, and dates moved.
    #[doc(alias = "hitung ulang tenggat")]
    DatesRecomputed(DatesRecomputed),
    /// A person's identity is protected from now on.
    #[doc(alias = "perlindungan identitas")]
    IdentityProtected(IdentityProtected),
    /// A protected identity was opened.
    #[doc(alias = "pembukaan identitas")]
    IdentityOpened(IdentityOpened),
    /// Somebody proposed to erase personal data.
    #[doc(alias = "usul penghapusan data pribadi")]
    ErasureProposed(ErasureProposed),
    /// Another person confirmed, and the data were erased.
    #[doc(alias = "penghapusan data pribadi")]
    ErasureConfirmed(ErasureConfirmed),
    /// Acts of another office came in a bundle.
    #[doc(alias = "riwayat dari kantor lain")]
    HistoryReceived(HistoryReceived),
    /// An earlier act is corrected: read it as given here, or not at all.
    #[doc(alias = "pembetulan")]
    Corrected(Corrected),
}

impl Act {
    /// Whether what was done cannot be undone, not even by a correction: data were erased or seen, or others' acts
    /// came in.
    pub fn is_irrevocable(&self) -> bool {
        matches!(self, Act::ErasureConfirmed(_) | Act::IdentityOpened(_) | Act::HistoryReceived(_))
    }
}
