//! What is read: dockets through the eyes of an office, lists, notices, forms.

use netra_docket::clocks::NearestClock;
use netra_docket::entry::Entry;
use netra_docket::ids::{AccountId, ActId, MatterId, OfficeId};
use netra_docket::matter::{Matter, Origin, Stage};
use netra_docket::person::Identity;
use netra_law::pack::Regime;
use netra_law::time::Moment;

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

/// A docket as read through a scope.
#[derive(Clone, Debug)]
pub struct Docket {
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// The matter folded from them.
    pub matter: Matter,
    /// Identities that are protected. They are sealed in the entries and the matter; they are here for one purpose:
    /// to find and take out what others wrote about them. Never shown.
    pub protected: Vec<Identity>,
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
