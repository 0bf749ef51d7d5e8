//! The files of a bundle that was checked, and the private values that go along with its acts.

use std::io::{Read, Seek};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::BundleFault;
use super::open::Opened;
use super::proof::{ActPlace, act_path};
use crate::path::DossierPath;

/// The place of the private values.
pub fn values_path() -> DossierPath {
    DossierPath::own("data/values.json")
}

/// The private values of the acts that the receiver may know. Each stands in an act as a seal: its id, and SHA-256 over
/// salt and value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosures {
    /// Whole values, which their seals prove.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disclosed: Vec<Disclosed>,
    /// Values out of which something was taken, because the receiver may not know it. No seal proves them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excerpts: Vec<Excerpted>,
}

/// A private value with what proves it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosed {
    /// The id of the seal.
    pub seal: String,
    /// The salt, in lowercase hexadecimal digits.
    pub salt: String,
    /// The value.
    pub value: Value,
}

/// What is left of a private value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excerpted {
    /// The id of the seal.
    pub seal: String,
    /// What is left of the value.
    pub value: Value,
}

/// Leaves the value out: it identifies somebody.
impl std::fmt::Debug for Disclosed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Disclosed({})", self.seal)
    }
}

/// Leaves the value out: it identifies somebody.
impl std::fmt::Debug for Excerpted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Excerpted({})", self.seal)
    }
}

/// Reads the files of a bundle that was checked.
pub struct BundleReader<R> {
    opened: Opened<R>,
}

impl<R: Read + Seek> BundleReader<R> {
    pub(super) fn new(opened: Opened<R>) -> BundleReader<R> {
        BundleReader { opened }
    }

    /// The record of an act, byte for byte.
    ///
    /// # Errors
    /// There is none, or it can't be read any more.
    pub fn record(&mut self, act: ActPlace) -> Result<Vec<u8>, BundleFault> {
        let path = act_path(act).map_err(|_| BundleFault::NoActs)?;
        self.whole(&path)
    }

    /// A small file as a whole.
    ///
    /// # Errors
    /// There is none, it is too large for that, or it can't be read any more.
    pub fn whole(&mut self, path: &DossierPath) -> Result<Vec<u8>, BundleFault> {
        self.opened.whole(path).map(|(bytes, _)| bytes)
    }

    /// Whether there is a file at a path.
    pub fn has(&self, path: &DossierPath) -> bool {
        self.opened.has(path)
    }

    /// A file of any size, to be read in pieces.
    ///
    /// # Errors
    /// There is none.
    pub fn file(&mut self, path: &DossierPath) -> Result<impl Read + '_, BundleFault> {
        self.opened.file(path)
    }
}

/// Shows nothing of the files: they may be anybody's private matter.
impl<R> std::fmt::Debug for BundleReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BundleReader").finish_non_exhaustive()
    }
}
