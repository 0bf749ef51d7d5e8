//! Whose keys are known here: those of the imported directory, and those of the store's own offices.

use std::path::Path;

use anyhow::{Context, bail};
use jiff::Timestamp;
use netra_ledger::VerifierKey;
use netra_ledger::bundle::{Findings, VerifiedBundle, findings, told_by};
use netra_ledger::directory::{Directory, Distrust};
use netra_store::Store;

/// Whose keys are known.
#[derive(Default)]
pub struct Trust {
    directory: Option<Directory>,
    own: Vec<(VerifierKey, String)>,
}

impl Trust {
    /// What a store knows.
    pub async fn of(store: &Store) -> anyhow::Result<Trust> {
        let directory = store.trust_directory().await.context("reading the trust directory")?;
        let offices = store.offices().await.context("reading the offices")?;
        let own = offices.iter().filter_map(|office| Some((store.ledger_key(&office.id).ok()?, office.name.clone())));
        Ok(Trust { directory, own: own.collect() })
    }

    /// What a directory says that lies in a file, in place of the one that is known.
    pub fn with_file(self, file: &Path, key: Option<&VerifierKey>) -> anyhow::Result<Trust> {
        let Some(key) = key else {
            bail!("--directory {}: name the key of the office that signed it with --directory-key", file.display());
        };
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let directory = Directory::open(&text, key).with_context(|| format!("reading {}", file.display()))?;
        Ok(Trust { directory: Some(directory), ..self })
    }

    /// The directory.
    pub fn directory(&self) -> Option<&Directory> {
        self.directory.as_ref()
    }

    /// The key of one of the store's own offices, by its name.
    pub fn own_key(&self, name: &netra_ledger::KeyName) -> Option<&VerifierKey> {
        self.own.iter().find(|(key, _)| key.name() == name).map(|(key, _)| key)
    }

    /// Whose a key is. What the directory says against a key counts more than that it is one of this store.
    pub fn owner(&self, key: &VerifierKey, at: Timestamp) -> Result<String, Distrust> {
        match told_by(self.directory.as_ref(), key, at) {
            Err(why @ (Distrust::NoDirectory | Distrust::Unknown)) => match self.own.iter().find(|(own, _)| own == key)
            {
                Some((own, name)) => Ok(format!("Kunci {} milik {name}, kantor pada penyimpanan ini.", own.name())),
                None => Err(why),
            },
            other => other,
        }
    }

    /// What a checked bundle proves to whoever knows these keys.
    pub fn findings(&self, bundle: &VerifiedBundle, at: Timestamp) -> Findings {
        findings(bundle, |key| self.owner(key, at))
    }
}
