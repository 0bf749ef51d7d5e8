//! Exhibits against their digests, private values against their commitments; a portion at a time, so that the
//! memory it takes does not grow with the store.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;

use netra_docket::act::Act;
use netra_docket::ids::{MatterId, SealId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::content::read;
use super::{FaultKind, Verification};
use crate::convert::{cell, failed};
use crate::keys::KeyRing;
use crate::seal::open;
use crate::store::Store;
use crate::types::StoreError;

/// Values that are read with one statement.
const TOGETHER: usize = 250;

/// The exhibits that have been read already: many acts may name one.
#[derive(Default)]
pub(super) struct Exhibits(HashSet<String>);

impl Exhibits {
    /// Reads and hashes the exhibits that are new.
    ///
    /// # Errors
    /// The folder or bucket fails. That it does not answer is no sign that an exhibit is missing.
    pub(super) async fn verify(
        &mut self,
        store: &Store,
        digests: BTreeSet<String>,
        found: &mut Verification,
    ) -> Result<(), StoreError> {
        for digest in digests {
            if !self.0.insert(digest.clone()) {
                continue;
            }
            match store.blobs().check(&digest).await {
                Ok(()) => {}
                Err(StoreError::BlobChanged(_)) => found.fault(format!("bukti {digest}"), FaultKind::Changed),
                Err(StoreError::Blob { source, .. }) if is_missing(&source) => {
                    found.fault(format!("bukti {digest}"), FaultKind::Missing);
                }
                Err(other) => return Err(other),
            }
            found.blobs += 1;
        }
        Ok(())
    }
}

/// Whether there is nothing under a name, or nothing can be because it is no digest.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidInput)
}

/// Private values, and those of them that were lawfully erased.
pub(super) struct Values<'s> {
    keys: &'s KeyRing,
    erased: HashSet<(MatterId, SealId)>,
}

impl<'s> Values<'s> {
    /// What the acts say was erased. O(acts) to look through, O(erased) to hold.
    pub(super) async fn of(conn: &mut AnyConnection, store: &'s Store) -> Result<Values<'s>, StoreError> {
        let bodies: Vec<Vec<u8>> = sqlx::query_scalar("SELECT body FROM acts WHERE kind = 'erasure-confirmed'")
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("reading what was erased"))?;
        let mut erased = HashSet::new();
        for (_, entry) in bodies.iter().filter_map(|body| read(body)) {
            if let Act::ErasureConfirmed(confirmed) = &entry.what {
                erased.extend(confirmed.seals.iter().map(|id| (entry.matter, *id)));
            }
        }
        Ok(Values { keys: store.keys(), erased })
    }

    /// Compares private values with what the acts hold of them.
    pub(super) async fn verify(
        &self,
        conn: &mut AnyConnection,
        seals: Vec<(MatterId, SealId, String)>,
        found: &mut Verification,
    ) -> Result<(), StoreError> {
        for portion in seals.chunks(TOGETHER) {
            let rows = rows_of(conn, portion).await?;
            let kept = rows.iter().filter_map(|row| Some((cell(row, "id").ok()?, row)));
            let kept: HashMap<&str, &AnyRow> = kept.collect();
            for (matter, id, commitment) in portion {
                let row = kept.get(id.to_string().as_str());
                let fault = match (row, self.erased.contains(&(*matter, *id))) {
                    (Some(row), false) => self.compared(row, *matter, commitment)?,
                    (Some(_), true) => Some(FaultKind::NotErased),
                    (None, true) => None,
                    (None, false) => Some(FaultKind::Missing),
                };
                if let Some(kind) = fault {
                    found.fault(format!("data pribadi {id} perkara {matter}"), kind);
                }
                found.values += 1;
            }
        }
        Ok(())
    }

    fn compared(&self, row: &AnyRow, matter: MatterId, commitment: &str) -> Result<Option<FaultKind>, StoreError> {
        match open(row, self.keys, matter) {
            Ok((_, opened)) if opened.commitment == commitment => Ok(None),
            Ok(_) | Err(StoreError::Row { .. } | StoreError::Database { .. }) => Ok(Some(FaultKind::Changed)),
            Err(other) => Err(other),
        }
    }
}

/// The rows of some values. The statement is always the same: places that are left over ask for nothing.
async fn rows_of(conn: &mut AnyConnection, portion: &[(MatterId, SealId, String)]) -> Result<Vec<AnyRow>, StoreError> {
    let places: Vec<String> = (1..=TOGETHER).map(|place| format!("${place}")).collect();
    let sql = format!("SELECT id, office, sealed_key, body FROM vault WHERE id IN ({})", places.join(", "));
    // Only placeholders are added to the text.
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for place in 0..TOGETHER {
        query = query.bind(portion.get(place).map_or(String::new(), |(_, id, _)| id.to_string()));
    }
    query.fetch_all(&mut *conn).await.map_err(failed("reading private values"))
}
