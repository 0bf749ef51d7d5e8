//! Which people of one list are in another: candidates, members or supporters against the register of civil servants.
//!
//! **Purpose.** Reads both lists, finds the pairs that can be one person, and writes them ranked, each with a probability,
//! a class and reasons in words, for people to check. It never says that somebody is a civil servant; it says where to look.
//!
//! **How.** The small list (candidates) is held in memory under keys (`block`, `index`); the register streams by in pieces
//! over all cores (`run`), each row is read ([`input`], [`name`], [`number`], [`date`]), asks for its keys, and whom it
//! meets it is compared with (`compare`). On the way the register's names are counted (`counts`). Afterwards each pair that
//! was kept (`pair`) is weighed with the frequency of its very name (`score`), rivals are held against one another
//! (`assign`), and the result is written with its reasons (`reasons`). The weights come from a stated error model with a
//! version ([`model`]), which decisions of reviewers can bring nearer to what they found ([`calibrate`]). A desk keeps a
//! list as [`tidy`] makes it, and [`changes()`] holds it against the one before.
//!
//! **Invariants.**
//! - Same input, same output, byte by byte, whatever the number of threads.
//! - Memory grows with the candidates and with the different names of the register, not with its rows.
//! - Any bytes are judged without a panic; a row that cannot be used is named with its line and the reason.
//! - Name and region alone never make more than a pair to check.
//! - No clock, no network, no printing; texts for people are Indonesian, and errors hold no name and no number of anybody.
//!
//! **May not know** matters, law, the store; where files lie.
#![deny(missing_docs)]

mod assign;
mod block;
mod calibration;
mod changes;
mod compare;
mod counts;
pub mod date;
mod error;
mod figures;
mod hash;
mod index;
pub mod input;
pub mod model;
pub mod name;
pub mod number;
mod pair;
mod person;
mod reasons;
mod run;
mod score;
mod text;

pub use assign::Class;
pub use calibration::{CalibrationError, Decided, Decisions, FORM, STATED, Tenth, Verdict, calibrate};
pub use changes::{Changed, Changes, changes};
pub use error::LinkError;
pub use input::columns::{Field, Mapping};
pub use input::remarks::{Remark, Remarked, Side};
pub use input::tidy::{ListRow, Tidied, each_row, tidy};
pub use input::{Input, InputKind};
pub use model::{Model, ModelError};
pub use run::{Found, Progress, Settings, Summary, link, link_with, pairs};

/// Whether somebody is a man or a woman, as far as it is known.
#[doc(alias = "jenis kelamin")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    /// Not known.
    #[default]
    Unknown,
    /// A man.
    Man,
    /// A woman.
    Woman,
}

impl Sex {
    /// This one, or the other where this is not known.
    pub fn or(self, other: Sex) -> Sex {
        if self == Sex::Unknown { other } else { self }
    }

    /// A small number for keys.
    pub(crate) fn code(self) -> u64 {
        match self {
            Sex::Unknown => 0,
            Sex::Man => 1,
            Sex::Woman => 2,
        }
    }
}
