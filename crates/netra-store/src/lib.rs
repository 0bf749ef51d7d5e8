//! The store: acts, private values, blobs and what is computed from them, in SQLite or PostgreSQL.
//!
//! **Purpose.** Takes acts in ([`Store::record`]), hands dockets and lists out ([`Store::docket`],
//! [`Store::desk`]), and keeps what is not part of any docket: offices, accounts, sessions, drafts
//! of public forms and the bytes of exhibits.
//!
//! **Invariants**, each with the tests (under `tests/store/`) that guard it:
//! - An act is never changed or removed; the database itself refuses (`integrity.rs`).
//! - No act holds a value that identifies a person: private values go to the vault in the same
//!   transaction, and only a salted commitment stays behind (`privacy.rs`).
//! - Acts recorded together are recorded wholly or not at all, and only on top of the docket that
//!   the caller saw: of two officers exactly one wins (`concurrency.rs`).
//! - Running numbers have no gap and no repeat (`concurrency.rs`).
//! - A matter is read through a [`Scope`] only; an office without a row on the desk gets the same
//!   answer as for a matter that does not exist (`privacy.rs`).
//! - Projections (`matters`, `desk`, `notices`, `measures`, `reaches`) are a function of the acts, the offices and the
//!   law, and can be rebuilt at any time (`integrity.rs`, `prevention.rs`).
//! - A value of an indicator is never changed or removed, a recipient never renamed; the database refuses the former
//!   (`prevention.rs`).
//! - Bytes of exhibits are named by their SHA-256, never rewritten, and hashed again whenever they
//!   are read, in a folder (`blobs.rs`) and in a bucket (`../s3.rs`).
//! - A file that comes in pieces takes no memory that grows with it (`uploads.rs`, `../memory.rs`).
//! - Whatever the program does with an exhibit after it was taken in is an entry of a chained log that the database keeps from
//!   being changed (`custody.rs`).
//! - The search holds no word and no name, only keyed digests, and never finds what the office may not see
//!   (`search.rs`).
//! - What a list says about people opens with the list's own key only, which goes on the list's day; a pair is decided by
//!   different people (`registers.rs`).
//! - The statistics follow the acts, can be rebuilt, and hand out nothing but published tables (`statistics.rs`).
//! - Of one bundle there is one row, and one receipt of each step (`bundles.rs`); a trust directory never goes back.
//! - A lead is of one office and becomes one matter, in one transaction with it; its row holds words of the word lists only
//!   (`leads.rs`).
//! - Of every event and everybody whom it concerns there is one notice, which ends as sent, failed or suppressed, and which one
//!   of several servers sends (`outbox.rs`). Whoever has a tracking code reads messages and nothing else that is private
//!   (`messages.rs`).
//! - A code of a second factor works once, a recovery code once, a link of invitation once; secrets of second factors are
//!   encrypted under the office's key (`factors.rs`, `invitations.rs`).
//! - Events of accounts are never changed or removed, and name nobody (`account_events.rs`).
//! - Who leaves hands all matters over, each by an act, or none of them (`handover.rs`).
//! - A bundle goes to a receiver in one delivery, and goes on where it was whoever stops in between; acts that come from
//!   another office are taken in once, with all that proves them (`delivery.rs`, `received.rs`).
//! - Of a token only the digest is kept; a token reads through the scope of its office like everybody (`tokens.rs`).
//! - No error and no trace event holds personal data: they name tables, steps and ids.
//!
//! **May not know** HTTP, how anything is displayed, the current time (times are arguments), or
//! who may do what: it asks only for a [`Scope`], the policy above decides who gets one.
#![deny(missing_docs)]

mod account_events;
mod accounts;
mod arrivals;
mod backup;
mod blobs;
mod bucket;
mod bundles;
mod calendar;
mod check;
mod convert;
mod custody;
mod delivery;
mod desk;
mod disclose;
mod dockets;
mod drafts;
mod factors;
mod feeds;
mod following;
mod handover;
mod invitations;
mod keys;
mod leads;
mod ledger;
mod likeness;
mod messages;
mod migrate;
mod notices;
mod offices;
mod outbox;
mod place;
mod prevention;
mod project;
mod queue;
mod receipts;
mod received;
mod record;
mod registers;
mod seal;
mod search;
mod sequence;
mod sessions;
mod settings;
mod statement;
mod statistics;
mod store;
mod throttle;
mod tokens;
pub mod types;
mod uploads;
mod vault;
mod verify;
mod witness;

pub use accounts::AccountError;
pub use arrivals::{Announced, ArrivalRow, ArrivalState, SenderTrust};
pub use backup::{
    BackupContents, BackupError, BackupSummary, KeysInBackup, RestoreSummary, SCRATCH, SavedExhibits, SavedLedger,
    inspect_backup, require_empty_folder, restore,
};
pub use blobs::{BlobFile, BlobReader};
pub use bucket::{Bucket, BucketKeys};
pub use bundles::{Arrival, BundleStoreError, InboxItem, SentRow, office_key_name};
pub use check::{CheckId, CheckLimits, Finding, FindingState, Health};
pub use delivery::{Delivery, DeliveryId, DeliveryState, NewDelivery, Package};
pub use desk::COUNTED_AT_MOST;
pub use factors::{Factor, FactorReset, FactorStage};
pub use handover::{Leaving, OwnedMatter};
pub use likeness::Similar;
pub use messages::{MessageReader, UnreadMatter};
pub use outbox::{
    ActsToTell, BundleToTell, Claimed, ClockNotice, ClockToTell, Followed, MailPlace, MatterHolder, NoticeEnd,
};
pub use place::Place;
pub use prevention::{
    IndicatorValue, Listed, MOST_RECIPIENTS, MeasureCursor, MeasurePage, MeasureQuery, MeasureRow, Reached, Recipient,
    RecipientError,
};
pub use receipts::{InboxMark, OpeningState};
pub use received::{OpenedBundle, ReceiveError};
pub use search::{SearchPage, SearchQuery};
pub use statistics::Published;
pub use store::Store;
pub use throttle::{Counter, Trial};
pub use types::*;
pub use uploads::{Kept, UploadError, UploadId};
pub use verify::{Fault, FaultKind, SavedCheckpoint, Verification};
pub use witness::{ActProof, LedgerError, office_of_ledger};
