//! Notices to officers: of what they are, how they are delivered, and how they ended.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use netra_docket::ids::{AccountId, MatterId, OfficeId};
use uuid::Uuid;

use super::MailAddress;

/// How an officer wants to hear of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeDelivery {
    /// A mail of its own.
    Immediate,
    /// With others in one mail a day.
    #[doc(alias = "ringkasan harian")]
    Digest,
    /// Not by mail.
    Off,
}

impl NoticeDelivery {
    /// All of them.
    pub const ALL: [NoticeDelivery; 3] = [NoticeDelivery::Immediate, NoticeDelivery::Digest, NoticeDelivery::Off];

    /// The word in the store and in forms.
    pub fn id(self) -> &'static str {
        match self {
            NoticeDelivery::Immediate => "immediate",
            NoticeDelivery::Digest => "digest",
            NoticeDelivery::Off => "off",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            NoticeDelivery::Immediate => "Langsung",
            NoticeDelivery::Digest => "Dalam ringkasan harian",
            NoticeDelivery::Off => "Tidak lewat surel",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<NoticeDelivery> {
        NoticeDelivery::ALL.into_iter().find(|delivery| delivery.id() == id)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $default:ident, $title:literal, $sentence:literal;)+) => {
        /// Of what officers are told. The one table of all events that notify somebody: whom they concern stands in the
        /// policy of the layer above.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum NoticeKind {
            $($(#[$doc])* $variant,)+
        }

        impl NoticeKind {
            /// All kinds, in the order of settings.
            pub const ALL: &'static [NoticeKind] = &[$(NoticeKind::$variant),+];

            /// The word in the store and in forms.
            pub fn id(self) -> &'static str {
                match self { $(NoticeKind::$variant => $id),+ }
            }

            /// How it is delivered to whoever has chosen nothing else.
            pub fn usual(self) -> NoticeDelivery {
                match self { $(NoticeKind::$variant => NoticeDelivery::$default),+ }
            }

            /// A few words, for lists and subjects of mails.
            pub fn indonesian(self) -> &'static str {
                match self { $(NoticeKind::$variant => $title),+ }
            }

            /// What happened, as a sentence.
            pub fn sentence(self) -> &'static str {
                match self { $(NoticeKind::$variant => $sentence),+ }
            }

            /// Reads the word back.
            pub fn from_id(id: &str) -> Option<NoticeKind> {
                NoticeKind::ALL.iter().copied().find(|kind| kind.id() == id)
            }
        }
    };
}

kinds! {
    /// A matter was assigned to the officer.
    Assigned = "assigned", Immediate, "Perkara ditugaskan kepada Anda", "Anda ditunjuk sebagai penanggung jawab sebuah perkara.";
    /// The nearest clock of a matter ends tomorrow.
    ClockTomorrow = "clock-tomorrow", Immediate, "Batas waktu besok", "Batas waktu sebuah perkara berakhir besok.";
    /// It ends today.
    ClockToday = "clock-today", Immediate, "Batas waktu hari ini", "Batas waktu sebuah perkara berakhir hari ini.";
    /// It is over.
    ClockOverdue = "clock-overdue", Immediate, "Batas waktu terlewat", "Batas waktu sebuah perkara sudah lewat.";
    /// A date moved because the calendar was changed.
    DatesMoved = "dates-moved", Immediate, "Batas waktu berubah", "Batas waktu sebuah perkara dihitung ulang karena hari libur berubah.";
    /// A report or tip came through the public form.
    ReportArrived = "report-arrived", Immediate, "Laporan baru masuk", "Ada laporan atau informasi baru dari formulir publik.";
    /// Whoever reported wrote.
    ReporterMessage = "reporter-message", Immediate, "Pesan dari pelapor", "Ada pesan baru dari pelapor.";
    /// Whoever reported brought evidence.
    EvidenceArrived = "evidence-arrived", Immediate, "Bukti baru dari pelapor", "Pelapor menambah bukti.";
    /// The reporter completed the report.
    RepairArrived = "repair-arrived", Immediate, "Perbaikan laporan masuk", "Pelapor melengkapi laporannya.";
    /// Another supervisor gave the matter to this office.
    MatterArrived = "matter-arrived", Immediate, "Perkara dilimpahkan ke kantor Anda", "Sebuah perkara sekarang ditangani kantor Anda.";
    /// A matter was forwarded to an authority, or recommended to an employer.
    ForwardingArrived = "forwarding-arrived", Immediate, "Perkara diteruskan ke kantor Anda", "Sebuah perkara diteruskan ke kantor Anda.";
    /// A bundle of another office is in the inbox.
    BundleArrived = "bundle-arrived", Digest, "Bundel masuk", "Sebuah bundel dari kantor lain masuk ke kotak masuk.";
    /// An erasure waits for a second person.
    SecondPerson = "second-person", Immediate, "Perlu persetujuan orang kedua", "Usul penghapusan data pribadi menunggu persetujuan orang kedua.";
    /// Many mails were held back within an hour.
    FloodSummary = "flood-summary", Immediate, "Banyak pemberitahuan ditahan", "Ada lebih banyak pemberitahuan daripada batas surel per jam.";
    /// What was collected over a day.
    Digest = "digest", Immediate, "Ringkasan harian", "Yang terjadi sejak ringkasan terakhir:";
}

impl NoticeKind {
    /// Whether an officer can choose how to hear of it; the others follow from that.
    pub fn is_chosen(self) -> bool {
        !matches!(self, NoticeKind::FloodSummary | NoticeKind::Digest)
    }

    /// Whether the reporter caused it: a mail about it must not tell when, or of what size.
    pub fn is_of_reporter(self) -> bool {
        matches!(
            self,
            NoticeKind::ReportArrived
                | NoticeKind::ReporterMessage
                | NoticeKind::EvidenceArrived
                | NoticeKind::RepairArrived
        )
    }
}

/// Where a notice stands. Each ends as one of the last three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeState {
    /// Waits for its time, or for another try.
    Waiting,
    /// A server is sending it.
    Sending,
    /// A mail server took it.
    Sent,
    /// It could not be sent; the reason says why.
    Failed,
    /// It was not to be sent; the reason says why.
    Suppressed,
}

impl NoticeState {
    /// All of them.
    pub const ALL: [NoticeState; 5] =
        [NoticeState::Waiting, NoticeState::Sending, NoticeState::Sent, NoticeState::Failed, NoticeState::Suppressed];

    /// The word in the store and in addresses.
    pub fn id(self) -> &'static str {
        match self {
            NoticeState::Waiting => "waiting",
            NoticeState::Sending => "sending",
            NoticeState::Sent => "sent",
            NoticeState::Failed => "failed",
            NoticeState::Suppressed => "suppressed",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            NoticeState::Waiting => "menunggu",
            NoticeState::Sending => "sedang dikirim",
            NoticeState::Sent => "terkirim",
            NoticeState::Failed => "gagal",
            NoticeState::Suppressed => "tidak dikirim",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<NoticeState> {
        NoticeState::ALL.into_iter().find(|state| state.id() == id)
    }
}

/// Why a notice was not sent. Holds nothing that a mail server said: it would quote addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeReason {
    /// The account has no address.
    NoAddress,
    /// The officer does not want to hear of this by mail.
    SwitchedOff,
    /// More came within an hour than an account is sent.
    Flood,
    /// It stood in a digest.
    InDigest,
    /// The account may not see the matter any more, or not do what it is about.
    NoRight,
    /// The account is closed.
    AccountClosed,
    /// There was nobody whom it concerned.
    NobodyThere,
    /// It is not so any more.
    Outdated,
    /// No mail server is set up.
    NoServer,
    /// The mail server did not answer, or asked to come later, too often.
    Unreachable,
    /// The mail server refused it for good, with this code.
    Refused(u16),
    /// No mail can be made of address and text.
    Unwritable,
}

const REASONS: [(NoticeReason, &str, &str); 11] = [
    (NoticeReason::NoAddress, "no-address", "akun ini belum punya alamat surel"),
    (NoticeReason::SwitchedOff, "switched-off", "dimatikan oleh pemilik akun"),
    (NoticeReason::Flood, "flood", "melewati batas surel per jam; jumlahnya disebut dalam satu surel rangkuman"),
    (NoticeReason::InDigest, "in-digest", "sudah termuat dalam ringkasan harian"),
    (NoticeReason::NoRight, "no-right", "akun ini tidak lagi berwenang melihatnya"),
    (NoticeReason::AccountClosed, "account-closed", "akunnya sudah ditutup"),
    (NoticeReason::NobodyThere, "nobody-there", "tidak ada petugas yang dapat diberi tahu"),
    (NoticeReason::Outdated, "outdated", "sudah tidak berlaku ketika akan dikirim"),
    (NoticeReason::NoServer, "no-server", "server surel belum diatur"),
    (NoticeReason::Unreachable, "unreachable", "server surel tidak menjawab atau terus menunda"),
    (NoticeReason::Unwritable, "unwritable", "alamat surelnya tidak dapat dipakai"),
];

impl NoticeReason {
    /// The words on screens.
    pub fn indonesian(self) -> String {
        match REASONS.iter().find(|(reason, ..)| *reason == self) {
            Some((_, _, words)) => (*words).to_owned(),
            None => format!("ditolak server surel ({self})"),
        }
    }
}

impl fmt::Display for NoticeReason {
    /// The word in the store.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, REASONS.iter().find(|(reason, ..)| reason == self)) {
            (NoticeReason::Refused(code), _) => write!(f, "refused-{code}"),
            (_, Some((_, id, _))) => f.write_str(id),
            (_, None) => Err(fmt::Error),
        }
    }
}

/// A text that is no word for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reason why a notice was not sent")]
pub struct BadNoticeReason;

impl FromStr for NoticeReason {
    type Err = BadNoticeReason;

    fn from_str(text: &str) -> Result<NoticeReason, BadNoticeReason> {
        if let Some(code) = text.strip_prefix("refused-") {
            return code.parse().map(NoticeReason::Refused).map_err(|_| BadNoticeReason);
        }
        REASONS.iter().find(|(_, id, _)| *id == text).map(|(reason, ..)| *reason).ok_or(BadNoticeReason)
    }
}

/// A notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoticeId(Uuid);

impl NoticeId {
    /// Wraps a UUID.
    pub const fn new(uuid: Uuid) -> NoticeId {
        NoticeId(uuid)
    }
}

impl fmt::Display for NoticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

/// A text that is no id of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a notice: a UUID is needed")]
pub struct BadNoticeId;

impl FromStr for NoticeId {
    type Err = BadNoticeId;

    fn from_str(text: &str) -> Result<NoticeId, BadNoticeId> {
        Uuid::try_parse(text).map(NoticeId).map_err(|_| BadNoticeId)
    }
}

/// A notice that is to be kept, unless the same event has been told to the same account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// What happened, as words and ids: never personal data.
    pub event: String,
    /// Of what kind it is.
    pub kind: NoticeKind,
    /// The office of the account; or the one at which nobody was there.
    pub office: OfficeId,
    /// The matter, if it is about one.
    pub matter: Option<MatterId>,
    /// Who is to be told; none if there is nobody.
    pub account: Option<AccountId>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a new notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is sent by itself, not before a time in seconds since 1970.
    Send(i64),
    /// It stands in the digest at a time.
    Collect(i64),
    /// It is not sent.
    Suppress(NoticeReason),
    /// It was sent already: a digest, of which nobody knew before it left.
    Sent,
}

/// A notice as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// Which one.
    pub id: NoticeId,
    /// What happened.
    pub event: String,
    /// Of what kind it is.
    pub kind: NoticeKind,
    /// The office of the account.
    pub office: OfficeId,
    /// The matter, if it is about one.
    pub matter: Option<MatterId>,
    /// Who is told.
    pub account: Option<AccountId>,
    /// Whether it goes out by itself.
    pub delivery: NoticeDelivery,
    /// Where it stands.
    pub state: NoticeState,
    /// Why it was not sent.
    pub reason: Option<NoticeReason>,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// Not before.
    pub due: i64,
    /// How often it was tried.
    pub tries: u32,
    /// When it ended.
    pub ended: Option<i64>,
}

/// What an officer chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeSettings {
    /// Where mails go.
    pub address: Option<MailAddress>,
    /// How to hear of what; what is not there is as usual.
    pub choices: BTreeMap<NoticeKind, NoticeDelivery>,
}

impl NoticeSettings {
    /// How the officer hears of something.
    pub fn delivery(&self, kind: NoticeKind) -> NoticeDelivery {
        self.choices.get(&kind).copied().unwrap_or_else(|| kind.usual())
    }
}

/// How many notices of an office stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeCounts {
    /// Waiting or being sent.
    pub waiting: u64,
    /// Sent.
    pub sent: u64,
    /// Failed.
    pub failed: u64,
    /// Suppressed.
    pub suppressed: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::from_id(kind.id()), Some(*kind));
            assert!(kind.sentence().ends_with(['.', ':']) && !kind.indonesian().is_empty(), "{kind:?}");
        }
        for state in NoticeState::ALL {
            assert_eq!(NoticeState::from_id(state.id()), Some(state));
        }
        for delivery in NoticeDelivery::ALL {
            assert_eq!(NoticeDelivery::from_id(delivery.id()), Some(delivery));
        }
        let reasons = REASONS.iter().map(|(reason, ..)| *reason).chain([NoticeReason::Refused(550)]);
        for reason in reasons {
            assert_eq!(reason.to_string().parse(), Ok(reason));
            assert!(!reason.indonesian().is_empty());
        }
        assert_eq!("refused-x".parse::<NoticeReason>(), Err(BadNoticeReason));
    }
}
