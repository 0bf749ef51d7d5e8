//! Witnesses: a second memory of what a ledger said, which the ledger cannot change.
//!
//! A ledger could show one tree to an office and another to a court. It cannot once somebody else signs
//! only what grew out of the last thing that he signed ([C2SP tlog-witness](https://c2sp.org/tlog-witness)).

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{KeyName, MAX_TIME, Note, NoteError, VerifierKey, WitnessKey};
use crate::tree::{ConsistencyProof, ProofError, TreeHead, verify_consistency};

/// Why a witness does not sign.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WitnessError {
    /// The ledger's key did not sign it.
    #[error("the offered checkpoint cannot be opened")]
    Checkpoint(#[from] CheckpointError),
    /// The witness remembers another ledger.
    #[error("the offered checkpoint is of {offered} and the last one of {seen}; compare those of one ledger")]
    Origin {
        /// The ledger whose checkpoint is offered.
        offered: KeyName,
        /// The ledger of the last checkpoint.
        seen: KeyName,
    },
    /// A ledger that lost leaves.
    #[error(
        "the ledger {origin} shrank from {seen} leaves to {offered}: either the checkpoint is an old one or \
         records were removed; ask for the newest, and if it is, keep both as evidence"
    )]
    Shrunk {
        /// The ledger.
        origin: KeyName,
        /// Leaves of the last checkpoint.
        seen: u64,
        /// Leaves of the offered one.
        offered: u64,
    },
    /// A ledger that says two things about one size.
    #[error(
        "the ledger {origin} signed two different roots for {size} leaves: it was forked, records were \
         changed; keep both checkpoints as evidence"
    )]
    Forked {
        /// The ledger.
        origin: KeyName,
        /// Number of leaves.
        size: u64,
    },
    /// No proof that the ledger only grew.
    #[error(
        "it is not proven that the ledger {origin} only grew since {seen} leaves; ask for the proof from \
         that size, and if there is none, keep both checkpoints as evidence"
    )]
    Unproven {
        /// The ledger.
        origin: KeyName,
        /// Leaves of the last checkpoint.
        seen: u64,
        /// What the proof fails at.
        #[source]
        source: ProofError,
    },
    /// There is no place for another signature.
    #[error("the offered checkpoint has no room for another signature")]
    Full(#[source] NoteError),
    /// A time that cannot be written.
    #[error("{0} is not a time in Unix seconds that a cosignature can name; check the clock")]
    Time(u64),
}

/// Signs a checkpoint of the ledger whose key is `ledger`, if it grew out of the `last` one that this
/// witness signed, or if there is none yet. `proof` leads from the last to the offered one, and is empty if
/// there is none or both have one size. Gives the offered checkpoint with the cosignature added.
///
/// The caller must store what it gets as the last checkpoint before anybody sees it, and nothing else may
/// come in between: two requests at once must not both start from the same last one (C2SP tlog-witness).
///
/// # Errors
/// The ledger did not sign it, it is of another ledger, it is smaller than the last one, has the same size
/// and another root, or the proof does not hold.
pub fn witness(
    last: Option<&Checkpoint>,
    offered: &str,
    ledger: &VerifierKey,
    proof: &ConsistencyProof,
    key: &WitnessKey,
    unix_seconds: u64,
) -> Result<String, WitnessError> {
    if unix_seconds > MAX_TIME {
        return Err(WitnessError::Time(unix_seconds));
    }
    let checkpoint = Checkpoint::open(offered, ledger)?;
    check_growth(last, &checkpoint, proof)?;
    let mut note: Note = offered.parse().map_err(CheckpointError::Note)?;
    let cosignature = key.cosign(note.text(), unix_seconds);
    note.push(cosignature).map_err(WitnessError::Full)?;
    Ok(note.to_string())
}

/// Refuses whatever is not the last checkpoint with leaves added.
fn check_growth(last: Option<&Checkpoint>, offered: &Checkpoint, proof: &ConsistencyProof) -> Result<(), WitnessError> {
    let seen = match last {
        Some(last) if last.origin != offered.origin => {
            return Err(WitnessError::Origin { offered: offered.origin.clone(), seen: last.origin.clone() });
        }
        Some(last) => last.head,
        None => TreeHead::EMPTY,
    };
    let origin = || offered.origin.clone();
    let head = offered.head;
    if head.size < seen.size {
        return Err(WitnessError::Shrunk { origin: origin(), seen: seen.size, offered: head.size });
    }
    if head.size == seen.size && head.root != seen.root {
        return Err(WitnessError::Forked { origin: origin(), size: head.size });
    }
    verify_consistency(&seen, &head, proof).map_err(|source| WitnessError::Unproven {
        origin: origin(),
        seen: seen.size,
        source,
    })
}
