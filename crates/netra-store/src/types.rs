//! What goes into the store and what comes out.

use jiff::civil::Date;
use netra_docket::act::Act;
use netra_docket::clocks::NearestClock;
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{AccountId, ActId, MatterId, OfficeId};
use netra_docket::matter::{Matter, Origin, Refusal, Stage};
use netra_law::calendar::{Amendment, Holiday, RegionalHoliday, Seat};
use netra_law::numbering::OfficeNumbering;
use netra_law::pack::{HolidayKind, Regime};
use netra_law::time::{Moment, Zone};
use serde::{Deserialize, Serialize};

/// An office: a supervisor, an authority or an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Id.
    pub id: OfficeId,
    /// Name on paper.
    pub name: String,
    /// What kind of office.
    pub kind: OfficeKind,
    /// Authority id of the law packs that this office embodies, for authorities.
    #[serde(default)]
    pub authority: Option<String>,
    /// The office above.
    #[serde(default)]
    pub parent: Option<OfficeId>,
    /// Its zone.
    pub zone: Zone,
    /// Home-affairs region code, e.g. `64.71`.
    pub region: String,
    /// Level token in numbers: `RI`, `Prov`, `Kab`, `Kota`, `Kec. Nama`.
    #[serde(default)]
    pub level: String,
    /// Bawaslu's own area code in numbers, e.g. `23.01`.
    #[serde(default)]
    pub area: String,
    /// Address on paper.
    #[serde(default)]
    pub address: String,
    /// Members of its plenary.
    #[serde(default)]
    pub members: u8,
    /// How it numbers, where it does not follow the packs.
    #[serde(default)]
    pub numbering: OfficeNumbering,
    /// What decrees have changed in its calendar, oldest first; filled in by the store when it is read.
    #[serde(skip)]
    pub calendar: Vec<CalendarChange>,
}

impl Office {
    /// Where its clocks run: zone, region, regional holidays, decrees that came after the packs.
    pub fn seat(&self) -> Seat {
        let mut seat = Seat::new(self.zone, self.region.clone());
        for change in &self.calendar {
            change.apply(&mut seat);
        }
        seat
    }
}

/// A change of the calendar by decree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarChange {
    /// The day.
    pub date: Date,
    /// What it is from now on.
    pub kind: CalendarKind,
    /// Name of the holiday; empty where one is lifted.
    pub name: String,
    /// Title of the decree.
    pub decree: String,
    /// The only office that it concerns; none for the whole country.
    pub office: Option<OfficeId>,
}

/// What a decree makes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarKind {
    /// A national holiday.
    National,
    /// Joint leave.
    Joint,
    /// A holiday of one region.
    Regional,
    /// A working day, although the packs or an earlier decree say otherwise.
    Lifted,
}

impl CalendarKind {
    /// All kinds.
    pub const ALL: [CalendarKind; 4] =
        [CalendarKind::National, CalendarKind::Joint, CalendarKind::Regional, CalendarKind::Lifted];

    /// The word in the store and in forms.
    pub fn id(self) -> &'static str {
        match self {
            CalendarKind::National => "national",
            CalendarKind::Joint => "joint",
            CalendarKind::Regional => "regional",
            CalendarKind::Lifted => "lifted",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            CalendarKind::National => "hari libur nasional",
            CalendarKind::Joint => "cuti bersama",
            CalendarKind::Regional => "hari libur daerah",
            CalendarKind::Lifted => "hari kerja (libur dicabut)",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<CalendarKind> {
        CalendarKind::ALL.into_iter().find(|k| k.id() == id)
    }
}

impl CalendarChange {
    fn apply(&self, seat: &mut Seat) {
        let added = |kind| {
            Amendment::Added(Holiday {
                date: self.date,
                kind,
                name: self.name.clone(),
                decree: self.decree.clone(),
                estimated: None,
            })
        };
        match self.kind {
            CalendarKind::National => seat.amendments.push(added(HolidayKind::National)),
            CalendarKind::Joint => seat.amendments.push(added(HolidayKind::Joint)),
            CalendarKind::Regional => {
                seat.holidays.push(RegionalHoliday { date: self.date, name: self.name.clone() });
            }
            CalendarKind::Lifted => {
                seat.holidays.retain(|h| h.date != self.date);
                seat.amendments.push(Amendment::Lifted { date: self.date, decree: self.decree.clone() });
            }
        }
    }

    /// What the day is now, in words.
    pub fn words(&self) -> String {
        match self.name.as_str() {
            "" => self.kind.indonesian().to_owned(),
            name => format!("{}: {name}", self.kind.indonesian()),
        }
    }
}

/// Kinds of offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeKind {
    /// Bawaslu RI.
    National,
    /// Bawaslu Provinsi.
    Province,
    /// Bawaslu Kabupaten/Kota.
    Regency,
    /// Panwaslu Kecamatan.
    Subdistrict,
    /// KASN, BKN …
    Authority,
    /// The appointing official's personnel agency.
    #[doc(alias = "PPK")]
    Employer,
}

impl OfficeKind {
    /// Whether the office supervises elections.
    pub fn is_supervisor(self) -> bool {
        matches!(self, OfficeKind::National | OfficeKind::Province | OfficeKind::Regency | OfficeKind::Subdistrict)
    }
}

/// What an account may do; the policy table says what each role means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Receives reports.
    Intake,
    /// Handles matters.
    Handling,
    /// Commissioner.
    Plenary,
    /// Analyst of KASN or BKN.
    Authority,
    /// Personnel officer of the employer.
    Employer,
    /// Province and national overview.
    Oversight,
    /// Accounts and offices.
    Administration,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 7] = [
        Role::Intake,
        Role::Handling,
        Role::Plenary,
        Role::Authority,
        Role::Employer,
        Role::Oversight,
        Role::Administration,
    ];

    /// The word in the store and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Role::Intake => "intake",
            Role::Handling => "handling",
            Role::Plenary => "plenary",
            Role::Authority => "authority",
            Role::Employer => "employer",
            Role::Oversight => "oversight",
            Role::Administration => "administration",
        }
    }

    /// The words on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Role::Intake => "Penerimaan laporan",
            Role::Handling => "Penanganan",
            Role::Plenary => "Pimpinan (pleno)",
            Role::Authority => "Analis instansi",
            Role::Employer => "Kepegawaian (PPK)",
            Role::Oversight => "Pemantauan",
            Role::Administration => "Administrasi",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.id() == id)
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Where it works.
    pub office: OfficeId,
    /// Login name.
    pub login: String,
    /// Name shown to colleagues.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// Whether it may log in.
    pub state: AccountState,
}

/// Whether an account may log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// It may.
    Active,
    /// It may not any more; its past acts keep its name.
    Closed,
}

/// Through whose eyes the store is read. There is no way to read matters without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    office: OfficeId,
    privacy: Privacy,
}

/// Whether private values are opened while reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Names and accounts are filled in.
    Open,
    /// They stay sealed.
    Sealed,
}

impl Scope {
    /// The eyes of an office.
    pub fn new(office: OfficeId, privacy: Privacy) -> Scope {
        Scope { office, privacy }
    }

    /// The office.
    pub fn office(&self) -> &OfficeId {
        &self.office
    }

    /// Whether private values are opened.
    pub fn privacy(&self) -> Privacy {
        self.privacy
    }
}

/// An act to be recorded.
#[derive(Clone, Debug)]
pub struct NewAct {
    /// Its id, made by the caller.
    pub id: ActId,
    /// When it was done.
    pub at: Moment,
    /// What was done; private values may be open.
    pub what: Act,
}

/// Acts to be recorded together: all or none.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The matter.
    pub matter: MatterId,
    /// The office whose docket it is: for a new matter its home; ignored otherwise.
    pub home: OfficeId,
    /// Length of the docket that the caller saw; 0 for a new matter.
    pub expected: u32,
    /// Who does it.
    pub by: Actor,
    /// Now.
    pub recorded: Moment,
    /// What is done, in order.
    pub acts: Vec<NewAct>,
    /// The public form that it came through, if any.
    pub receipt: Option<PublicReceipt>,
}

/// Ties a public form to its matter. Only digests are kept: the store can't hand out a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReceipt {
    /// SHA-256 of the form token, hex.
    pub token_hash: String,
    /// SHA-256 of the tracking code, hex.
    pub code_hash: String,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The entries, private values sealed, numbers drawn.
    pub entries: Vec<Entry>,
    /// The matter after them.
    pub matter: Matter,
}

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Somebody else was quicker.
    #[error("perkara ini sudah berubah sejak halaman dibuka: lihat lagi, lalu ulangi bila masih perlu")]
    Moved,
    /// The form was sent before: this is its matter.
    #[error("formulir ini sudah pernah dikirim")]
    AlreadySent(MatterId),
    /// The procedure refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The law packs have no rule for that day.
    #[error("hukum untuk tanggal itu tidak tersedia: {0}")]
    Law(String),
    /// The home or an office named in the act does not exist.
    #[error("kantor {0} tidak dikenal")]
    NoSuchOffice(OfficeId),
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database.
    #[error("the database failed while {doing}")]
    Database {
        /// What was attempted.
        doing: &'static str,
        /// Why it failed.
        #[source]
        source: sqlx::Error,
    },
    /// The blob folder.
    #[error("the blob folder failed while {doing} {path}")]
    Blob {
        /// What was attempted.
        doing: &'static str,
        /// On what.
        path: String,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
    /// A blob's bytes are not what its name says.
    #[error("blob {0} has been changed: its bytes no longer have this digest")]
    BlobChanged(String),
    /// A row can't be read.
    #[error("a row of {table} can't be read: {why}")]
    Row {
        /// Which table.
        table: &'static str,
        /// Why.
        why: String,
    },
    /// The folder of keys.
    #[error("the keys failed while {doing} {path}: put the file back from its copy, names cannot be read without it")]
    Keys {
        /// What was attempted.
        doing: &'static str,
        /// On what.
        path: String,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
    /// The keys at hand are not those with which the store was written.
    #[error(
        "the keys of {office} are not those with which this store was written: put back the file of keys that belongs to it"
    )]
    OtherKeys {
        /// Whose keys.
        office: OfficeId,
    },
    /// Encrypting failed.
    #[error("a private value could not be encrypted")]
    Sealing,
    /// The ledger of an office.
    #[error("the ledger of {office} failed while {doing}: {why}")]
    Ledger {
        /// Whose ledger.
        office: OfficeId,
        /// What was attempted.
        doing: &'static str,
        /// Why it failed.
        why: String,
    },
    /// Backing up or restoring failed.
    #[error(transparent)]
    Backup(#[from] crate::backup::BackupError),
    /// The store has been closed.
    #[error("the store has been closed")]
    Closed,
    /// The address of the database is of no known form.
    #[error("the address of the database is not understood: write it like postgres://user:password@host:5432/name")]
    Address,
    /// The operating system gave no random bytes.
    #[error("the system gave no random bytes: {0}")]
    Random(getrandom::Error),
}

/// A docket as read through a scope.
#[derive(Clone, Debug)]
pub struct Docket {
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// The matter folded from them.
    pub matter: Matter,
}

/// A line of the desk list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    /// The matter.
    pub matter: MatterId,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// In one line without names.
    pub subject_line: String,
    /// What it began as.
    pub origin: Origin,
    /// Which procedure.
    pub regime: Regime,
    /// Where it stands, for the reading office.
    pub stage: Stage,
    /// When it was opened.
    pub opened: Moment,
    /// Its nearest clock.
    pub next: Option<NearestClock>,
    /// Name of the officer responsible.
    pub owner: Option<String>,
}

/// Which lines of the desk list.
#[derive(Clone, Debug, Default)]
pub struct DeskQuery {
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Only this officer's.
    pub owner: Option<AccountId>,
    /// Closed matters instead of open ones.
    pub closed: Closed,
    /// After this cursor, as given by the page before.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// Open or closed matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Closed {
    /// Open ones.
    #[default]
    No,
    /// Closed ones.
    Yes,
}

impl Cursor {
    /// The place before the first line whose clock ends at a moment or later.
    pub fn before(moment: Moment) -> Cursor {
        Cursor { due: moment.instant().as_second(), matter: MatterId::new(uuid::Uuid::nil()) }
    }
}

/// A place in the desk list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Sort key: seconds since 1970 of the nearest clock; `i64::MAX` without a clock.
    pub due: i64,
    /// The matter at which the page ended.
    pub matter: MatterId,
}

/// A page of the desk list.
#[derive(Clone, Debug)]
pub struct DeskPage {
    /// The lines.
    pub rows: Vec<DeskRow>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// How urgent an office's open matters are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeskCounts {
    /// Nearest clock is over.
    pub overdue: u64,
    /// Ends today.
    pub today: u64,
    /// Ends within seven days.
    pub week: u64,
    /// All open ones.
    pub open: u64,
}

/// A public notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The act that published it.
    pub act: ActId,
    /// The office.
    pub office: OfficeId,
    /// The office's name.
    pub office_name: String,
    /// When.
    pub at: Moment,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
}

/// What has become of a public form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// It was sent: this is its matter.
    Sent(MatterId),
    /// It is being filled in.
    Open(Draft),
    /// There is no such form, or its time is over.
    Unknown,
}

/// A public form being filled in. Holds personal data: it is deleted once sent or after its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// SHA-256 of the form token, hex.
    pub token_hash: String,
    /// What was typed, as JSON.
    pub body: String,
    /// When it was last changed, seconds since 1970.
    pub changed: i64,
}
