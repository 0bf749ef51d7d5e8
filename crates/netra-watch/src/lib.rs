//! News about the neutrality of civil servants, read into leads.
//!
//! **Purpose.** Supervisors read dozens of papers a day. This crate reads a text, a web page or a feed and says
//! what it tells: whether it is about neutrality at all, whether it tells of a case, on which days, in which
//! region, by what kind of person, what was done and which type of violation that can be, through which channel,
//! and how far its handling has come, always with the words that led there. It proposes; people decide.
//!
//! **Method.** Word lists and rules as data (`data/`), checked when loaded. A text is cut into words once;
//! phrases are found by their first word, stems by taking affixes off; rules ask which concepts occur in one
//! sentence. `docs/news.md` describes it.
//!
//! **Invariants.**
//! - No name of a person is extracted: what is quoted are words of the lexicon, dates and regions.
//! - Nothing is guessed silently: a day without a year, a region of several with one name, a day of the week that
//!   does not fit lower the confidence and leave a note.
//! - Every type of violation and kind of person is one of the law packs; data that name others do not load.
//! - Any bytes are read or refused; none panics.
//!
//! **May not know** files, networks, the current time, matters, or how anything is displayed beyond Indonesian words.
#![deny(missing_docs)]

mod acts;
mod calendar;
mod data;
mod dates;
mod elections;
mod judge;
mod lexicon;
mod named;
mod noise;
mod numbers;
mod page;
mod persons;
mod places;
mod reading;
mod record;
mod regions;
mod rules;
mod scene;
mod similar;
mod stages;
mod stem;
mod words;

use netra_law::Law;

pub use acts::FoundAct;
pub use data::{DataErrors, EMBEDDED, Files};
pub use dates::{FoundDate, Role};
pub use numbers::FoundNumber;
pub use page::{LARGEST, Page, PageError, Published, Source};
pub use persons::Position;
pub use places::FoundRegion;
pub use reading::Reading;
pub use record::{ActRecord, DateRecord, NumberRecord, PositionRecord, Record, RegionRecord, Span};
pub use regions::{NamedRegion, RegionKind, regions_within};
pub use similar::{Fingerprint, Member, Placed, Relation, group};
pub use stages::Stage;

use data::Tables;
use elections::Elections;
use lexicon::Lexicon;
use noise::Noise;

/// A reader of news with its data.
#[derive(Debug)]
pub struct Watch {
    tables: Tables,
    lexicon: Lexicon,
    elections: Elections,
}

impl Watch {
    /// A reader with the shipped data.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn embedded(law: &Law) -> Result<Watch, DataErrors> {
        Watch::from_files(&EMBEDDED, law)
    }

    /// A reader with data given as text.
    ///
    /// # Errors
    /// Every fault found, each naming its file and entry.
    pub fn from_files(files: &Files<'_>, law: &Law) -> Result<Watch, DataErrors> {
        let (tables, lexicon) = data::load(files, law)?;
        Ok(Watch { tables, lexicon, elections: Elections::new(law) })
    }

    /// The pages of a file: one, or one for each entry of a feed, without what belongs to the page only.
    ///
    /// # Errors
    /// It holds no text that can be read.
    pub fn pages(&self, bytes: &[u8]) -> Result<Vec<Page>, PageError> {
        page::pages(bytes, self.noise())
    }

    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub(crate) fn elections(&self) -> &Elections {
        &self.elections
    }

    pub(crate) fn noise(&self) -> &Noise {
        &self.tables.noise
    }
}
