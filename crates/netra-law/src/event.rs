//! Legal events: the moments from which clocks run and at which they stop.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::time::{Moment, TimeError, Zone};

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $text:literal;)+) => {
        /// What happened, in the eyes of the law.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum EventKind {
            $($(#[$doc])* #[serde(rename = $id)] $variant,)+
        }

        impl EventKind {
            /// All kinds.
            pub const ALL: &'static [EventKind] = &[$(EventKind::$variant),+];

            /// The word in packs, JSON and on the command line.
            pub fn id(self) -> &'static str {
                match self { $(EventKind::$variant => $id),+ }
            }

            /// The event in Indonesian.
            pub fn indonesian(self) -> &'static str {
                match self { $(EventKind::$variant => $text),+ }
            }
        }
    };
}

event_kinds! {
    /// The suspected violation took place.
    Happened = "happened", "peristiwa terjadi";
    /// The reporter learned of it.
    Known = "known", "peristiwa diketahui pelapor";
    /// Supervision found it.
    Discovered = "discovered", "ditemukan oleh pengawas";
    /// The report reached the office, whatever the hour.
    Delivered = "delivered", "laporan disampaikan";
    /// The report counts as received: within hours, or at the next opening. Computed, never typed.
    Received = "received", "laporan diterima";
    /// The initial study was decided.
    InitialStudyDone = "initial-study-done", "kajian awal selesai";
    /// The notice of what is missing reached the reporter.
    RepairNotified = "repair-notified", "pemberitahuan perbaikan disampaikan";
    /// The reporter completed the report.
    RepairDone = "repair-done", "perbaikan diterima";
    /// The report or finding was registered.
    Registered = "registered", "diregistrasi";
    /// Plenary fixed the supervision result as a finding.
    FindingFixed = "finding-fixed", "ditetapkan sebagai temuan";
    /// A clarification session (or an examination) was set for this time.
    ClarificationSet = "clarification-set", "jadwal klarifikasi ditetapkan";
    /// The invitation reached the invitee.
    InvitationDelivered = "invitation-delivered", "undangan sampai";
    /// The office declared a suspected election crime.
    CrimeDeclared = "crime-declared", "dinyatakan dugaan tindak pidana";
    /// The crime was handed to the police.
    CrimeForwarded = "crime-forwarded", "diteruskan ke kepolisian";
    /// The police investigator received the case.
    InvestigatorReceived = "investigator-received", "diterima penyidik";
    /// The prosecutor received the file.
    ProsecutorReceived = "prosecutor-received", "berkas diterima penuntut umum";
    /// The prosecutor returned the file.
    FileReturned = "file-returned", "berkas dikembalikan";
    /// The complete file reached the prosecutor.
    FileComplete = "file-complete", "berkas lengkap";
    /// The case was transferred to the court.
    CourtTransferred = "court-transferred", "dilimpahkan ke pengadilan";
    /// The verdict was read.
    VerdictRead = "verdict-read", "putusan dibacakan";
    /// The appeal reached the high court.
    AppealReceived = "appeal-received", "banding diterima";
    /// Plenary decided the matter.
    Plenary = "plenary", "diputus rapat pleno";
    /// The matter left for its authority.
    Forwarded = "forwarded", "diteruskan";
    /// The status was made public.
    Announced = "announced", "status diumumkan";
    /// Advice to correct an administrative slip reached its addressee.
    CorrectionAdvised = "correction-advised", "saran perbaikan disampaikan";
    /// The advice was followed.
    CorrectionDone = "correction-done", "saran perbaikan dilaksanakan";
    /// KPU determined the candidates.
    CandidatesDetermined = "candidates-determined", "calon ditetapkan";
    /// A civil servant was found on a candidate list.
    CandidacyListed = "candidacy-listed", "ASN tercantum sebagai bakal calon";
    /// The decree of resignation or dismissal was seen.
    ResignationDecreed = "resignation-decreed", "keputusan pemberhentian ada";
    /// An elected head took office.
    Inaugurated = "inaugurated", "dilantik";
    /// A personnel action was taken.
    PersonnelAction = "personnel-action", "penggantian pejabat dilakukan";
    /// A report reached the task force of SBT.
    TaskForceReceived = "task-force-received", "laporan diterima satgas";
    /// The task force verified it.
    TaskForceVerified = "task-force-verified", "diverifikasi satgas";
    /// The employer received the recommendation.
    RecommendationReceived = "recommendation-received", "rekomendasi diterima PPK";
    /// The employer imposed the sanction.
    Sanctioned = "sanctioned", "sanksi dijatuhkan";
    /// The examinee stayed away from this examination.
    SummonsMissed = "summons-missed", "tidak hadir pada pemeriksaan";
    /// The summons was sent.
    Summoned = "summoned", "panggilan disampaikan";
    /// The sanction decision was issued.
    DecisionIssued = "decision-issued", "keputusan hukuman ditetapkan";
    /// The punished official stayed away from the hand-over.
    HandoverMissed = "handover-missed", "tidak hadir pada penyerahan keputusan";
    /// The punished official received the decision.
    DecisionReceived = "decision-received", "keputusan diterima";
    /// An administrative appeal was lodged.
    AppealLodged = "appeal-lodged", "banding administratif diajukan";
    /// The employer answered the appeal, or it was decided without.
    AppealAnswered = "appeal-answered", "banding ditanggapi atau diputus";
    /// An objection was lodged.
    ObjectionLodged = "objection-lodged", "keberatan diajukan";
    /// The decision was sent to the last known address.
    DecisionSent = "decision-sent", "keputusan dikirim ke alamat terakhir";
    /// The case was studied within the joint portal.
    TaskForceStudied = "task-force-studied", "dikaji dalam SBT";
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for EventKind {
    type Err = EventError;

    fn from_str(s: &str) -> Result<Self, EventError> {
        EventKind::ALL.iter().copied().find(|k| k.id() == s).ok_or_else(|| EventError::Kind(s.to_owned()))
    }
}

/// When an event happened: some are known to the minute, some only by their day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// Only the day is known.
    Day(Date),
    /// The moment is known.
    At(Moment),
}

impl When {
    /// The local day.
    pub fn date(self) -> Date {
        match self {
            When::Day(d) => d,
            When::At(m) => m.date(),
        }
    }

    /// The moment, if it is known.
    pub fn moment(self) -> Option<Moment> {
        match self {
            When::Day(_) => None,
            When::At(m) => Some(m),
        }
    }

    /// The same, on another zone's clocks; a bare day stays as it is.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> When {
        match self {
            When::Day(_) => self,
            When::At(moment) => When::At(moment.in_zone(zone)),
        }
    }

    /// Reads a date or a local date-time in the zone.
    ///
    /// # Errors
    /// What is wrong with the text, and how to write it.
    pub fn parse_in(text: &str, zone: Zone) -> Result<When, TimeError> {
        if let (false, Ok(date)) = (text.contains(['T', 't', ' ']), text.parse::<Date>()) {
            return Ok(When::Day(date));
        }
        Moment::parse_in(text, zone).map(When::At)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(d) => d.fmt(f),
            When::At(m) => m.fmt(f),
        }
    }
}

/// An event of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub when: When,
}

impl Event {
    /// An event known by its day.
    pub fn on(kind: EventKind, date: Date) -> Event {
        Event { kind, when: When::Day(date) }
    }

    /// An event known by its moment.
    pub fn at(kind: EventKind, moment: Moment) -> Event {
        Event { kind, when: When::At(moment) }
    }

    /// Reads `KIND=TIME`, as the command line takes it.
    ///
    /// # Errors
    /// What is wrong with the text, and how to write it.
    pub fn parse_in(text: &str, zone: Zone) -> Result<Event, EventError> {
        let (kind, time) = text.split_once('=').ok_or_else(|| EventError::Form(text.to_owned()))?;
        let kind: EventKind = kind.trim().parse()?;
        if kind == EventKind::Received {
            return Err(EventError::Computed);
        }
        Ok(Event { kind, when: When::parse_in(time.trim(), zone)? })
    }
}

/// What can be wrong with an event as text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// No `=`.
    #[error("'{0}' is not an event: write KIND=TIME, for example delivered=2024-01-19T17:10")]
    Form(String),
    /// Unknown kind.
    #[error("'{0}' is not an event kind; the kinds are: {kinds}", kinds = kind_list())]
    Kind(String),
    /// `received` follows from `delivered`.
    #[error("'received' is computed from 'delivered' and the receiving hours: give delivered=TIME")]
    Computed,
    /// The time is bad.
    #[error(transparent)]
    Time(#[from] TimeError),
}

fn kind_list() -> String {
    EventKind::ALL.iter().map(|k| k.id()).collect::<Vec<_>>().join(", ")
}
