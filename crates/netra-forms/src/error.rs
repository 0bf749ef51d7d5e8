//! Why there is no paper.

use netra_docket::entry::EntryError;
use netra_docket::ids::ExhibitNo;
use netra_docket::matter::Refusal;
use netra_ledger::{DossierError, PathFault};

/// Why a form or a dossier can't be made. No message quotes a value: it may be personal data.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// A template failed.
    #[error("a form's template failed")]
    Template(#[source] askama::Error),
    /// Not as many records as entries.
    #[error("the docket has {entries} acts but {records} records were given: give one record for each act")]
    Records {
        /// How many entries.
        entries: usize,
        /// How many records.
        records: usize,
    },
    /// A record that is not an entry.
    #[error("the record of act {n} can't be read")]
    Unreadable {
        /// Place of the act.
        n: u32,
        /// Why.
        #[source]
        source: EntryError,
    },
    /// A record of another act.
    #[error("the record at the place of act {0} belongs to another act: give the records in the docket's order")]
    OtherRecord(u32),
    /// A record that was never sealed.
    #[error("the record of act {0} holds an open private value: give the bytes as they were recorded")]
    OpenRecord(u32),
    /// The entries are not a docket.
    #[error("the acts are not a whole docket")]
    Docket(#[from] Refusal),
    /// An exhibit's bytes are not those that the docket names.
    #[error("the bytes given for exhibit {0} do not have the digest that the docket names")]
    ExhibitChanged(ExhibitNo),
    /// An act can't be written as JSON, or read back.
    #[error("a part of the dossier can't be written as JSON")]
    Json(#[from] serde_json::Error),
    /// An entry can't be read back after names were taken out.
    #[error("act {n} can't be prepared for its receiver")]
    Redaction {
        /// Place of the act.
        n: u32,
        /// Why.
        #[source]
        source: EntryError,
    },
    /// A file has no place in the dossier.
    #[error("a file of the dossier has no valid place")]
    Path(#[from] PathFault),
    /// The archive can't be written.
    #[error("the dossier can't be written")]
    Dossier(#[from] DossierError),
}
