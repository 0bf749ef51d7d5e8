//! Acts of another office, as they came in a bundle.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::entry::Entry;
use crate::ids::SealId;
use crate::private::Private;

/// A part of another office's docket. It opens a matter that was handed over from another system, or continues one
/// with what was done there; [`flat`](crate::history::flat) reads both together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryReceived {
    /// The fingerprint of the bundle.
    pub bundle: String,
    /// The name of the sender's key.
    pub from: String,
    /// The sender's name.
    pub from_name: String,
    /// The bundle itself, with the proofs of the acts.
    pub file: ReceivedFile,
    /// The acts that were new here, as they were recorded there.
    pub entries: Vec<Entry>,
    /// Private values in them that did not come along: reporter, witnesses, whoever is protected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<SealId>,
    /// Digests of exhibits in them that did not come along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// What is left of private values out of which the sender took somebody's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpts: Option<Private<Vec<Excerpt>>>,
}

/// The file in which a bundle came, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedFile {
    /// SHA-256, hex.
    pub sha256: String,
    /// Number of bytes.
    pub size: u64,
    /// Its media type.
    pub media_type: String,
}

/// What is left of a private value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excerpt {
    /// In place of which value it is read.
    pub seal: SealId,
    /// What is left of it.
    pub value: Value,
}
