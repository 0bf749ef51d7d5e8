//! What is to be recorded, and what was.

use netra_docket::act::Act;
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{ActId, MatterId, OfficeId};
use netra_docket::matter::Matter;
use netra_law::time::Moment;

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
