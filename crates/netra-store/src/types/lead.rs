//! Leads: news texts that an office captured, what was read in each, and what has become of it.

use std::fmt;
use std::str::FromStr;

use netra_docket::ids::{AccountId, MatterId};
use netra_law::time::Moment;
use netra_watch::{Fingerprint, Record};
use uuid::Uuid;

/// A lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[doc(alias = "sorotan")]
pub struct LeadId(Uuid);

/// A text that is no id of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a lead: a UUID is needed")]
pub struct BadLeadId;

impl LeadId {
    /// Wraps a UUID made by the caller.
    pub const fn new(uuid: Uuid) -> LeadId {
        LeadId(uuid)
    }
}

impl fmt::Display for LeadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl FromStr for LeadId {
    type Err = BadLeadId;

    fn from_str(text: &str) -> Result<LeadId, BadLeadId> {
        Uuid::try_parse(text).map(LeadId).map_err(|_| BadLeadId)
    }
}

/// How the bytes of a lead came in. Nothing is ever fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeadSource {
    /// An officer typed or pasted the text.
    Typed,
    /// An officer brought a file.
    File,
}

impl LeadSource {
    /// The word in the store.
    pub fn id(self) -> &'static str {
        match self {
            LeadSource::Typed => "typed",
            LeadSource::File => "file",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<LeadSource> {
        [LeadSource::Typed, LeadSource::File].into_iter().find(|source| source.id() == id)
    }
}

/// A lead on its way in. Its bytes must have been kept before.
#[derive(Clone, Debug)]
pub struct NewLead {
    /// Made by the caller.
    pub id: LeadId,
    /// SHA-256 of the bytes of the source, hex.
    pub sha256: String,
    /// How many there are.
    pub size: u64,
    /// Their true type by content.
    pub media_type: String,
    /// Its place in a feed, from 1; none if the source is one text.
    pub entry: Option<u32>,
    /// How the bytes came in.
    pub source: LeadSource,
    /// Where it was seen, as the officer typed it.
    pub address: Option<String>,
    /// What was read.
    pub record: Record,
    /// By which the same text is found again.
    pub fingerprint: Fingerprint,
}

/// A lead of an office.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// Which one.
    pub id: LeadId,
    /// SHA-256 of the bytes of the source, hex.
    pub sha256: String,
    /// How many there are.
    pub size: u64,
    /// Their true type by content.
    pub media_type: String,
    /// Its place in a feed, from 1; none if the source is one text.
    pub entry: Option<u32>,
    /// How the bytes came in.
    pub source: LeadSource,
    /// Where it was seen, as the officer typed it.
    pub address: Option<String>,
    /// When it came in.
    pub captured: Moment,
    /// Who brought it.
    pub account: AccountId,
    /// What was read.
    pub record: Record,
    /// The first lead of its story.
    pub story: LeadId,
    /// How many leads its story has.
    pub together: u64,
    /// How it is related to an earlier one.
    pub relation: LeadRelation,
    /// What has become of it.
    pub state: LeadState,
}

/// How a lead is related to an earlier one of the same office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadRelation {
    /// To none: it begins a story.
    First,
    /// The same text, a little changed at most.
    Duplicate(LeadId),
    /// Another text on what looks like the same matter.
    FollowUp(LeadId),
}

impl LeadRelation {
    /// The word in the store, and the earlier lead.
    pub(crate) fn parts(self) -> (&'static str, Option<LeadId>) {
        match self {
            LeadRelation::First => ("first", None),
            LeadRelation::Duplicate(earlier) => ("duplicate", Some(earlier)),
            LeadRelation::FollowUp(earlier) => ("follow-up", Some(earlier)),
        }
    }

    /// Reads them back.
    pub(crate) fn from_parts(id: &str, earlier: Option<LeadId>) -> Option<LeadRelation> {
        match (id, earlier) {
            ("first", None) => Some(LeadRelation::First),
            ("duplicate", Some(earlier)) => Some(LeadRelation::Duplicate(earlier)),
            ("follow-up", Some(earlier)) => Some(LeadRelation::FollowUp(earlier)),
            _ => None,
        }
    }
}

/// What has become of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeadState {
    /// Nothing yet.
    New,
    /// It was set aside.
    Aside {
        /// Why, in words without names.
        reason: String,
    },
    /// A matter was opened from it.
    Opened {
        /// Which one.
        matter: MatterId,
    },
}

impl LeadState {
    /// Its kind.
    pub fn kind(&self) -> LeadKind {
        match self {
            LeadState::New => LeadKind::New,
            LeadState::Aside { .. } => LeadKind::Aside,
            LeadState::Opened { .. } => LeadKind::Opened,
        }
    }
}

/// The state of a lead, without what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeadKind {
    /// Nothing has become of it yet.
    New,
    /// It was set aside.
    Aside,
    /// A matter was opened from it.
    Opened,
}

impl LeadKind {
    /// All of them.
    pub const ALL: [LeadKind; 3] = [LeadKind::New, LeadKind::Aside, LeadKind::Opened];

    /// The word in the store.
    pub fn id(self) -> &'static str {
        match self {
            LeadKind::New => "new",
            LeadKind::Aside => "aside",
            LeadKind::Opened => "opened",
        }
    }

    /// Reads the word back.
    pub fn from_id(id: &str) -> Option<LeadKind> {
        LeadKind::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// In which order leads are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeadOrder {
    /// The best first, of equal ones the newest.
    #[default]
    Score,
    /// The newest first.
    Newest,
}

/// What is asked of the list of leads.
#[derive(Clone, Debug, Default)]
pub struct LeadQuery {
    /// Only those of this state.
    pub kind: Option<LeadKind>,
    /// In which order.
    pub order: LeadOrder,
    /// Behind this place.
    pub after: Option<LeadCursor>,
    /// Lines of the page.
    pub limit: u32,
}

/// A place in the list of leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadCursor {
    /// Its score in hundredths.
    pub score: i64,
    /// When it came in, in seconds since 1970.
    pub at: i64,
    /// Which one.
    pub id: LeadId,
}

/// A page of the list of leads.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadPage {
    /// Its lines.
    pub rows: Vec<Lead>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<LeadCursor>,
}

/// A matter that was opened from a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadOpening {
    /// Just now.
    First(MatterId),
    /// Earlier: nothing was recorded now.
    Again(MatterId),
}

impl LeadOpening {
    /// The matter.
    pub fn matter(self) -> MatterId {
        match self {
            LeadOpening::First(matter) | LeadOpening::Again(matter) => matter,
        }
    }
}
