//! Proofs from an office's ledger, and an office as the witness of another's.
//!
//! A province countersigns the checkpoints of its regencies: it remembers the last one that it signed and
//! signs only what grew out of it. What it remembers is kept before anybody sees the signature.

use netra_docket::ids::{ActId, OfficeId};
use netra_law::time::Moment;
use netra_ledger::tree::{self, ConsistencyProof, InclusionProof, TreeError};
use netra_ledger::{Checkpoint, VerifierKey, WitnessError, witness};
use sqlx::AnyConnection;

use crate::convert::{cell, failed};
use crate::keys::{KeyRing, ORIGIN};
use crate::ledger::tiles;
use crate::statement::{Script, Value};
use crate::store::Store;
use crate::types::StoreError;

/// A proof that an act is in a published ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActProof {
    /// The canonical bytes of the act, of which the leaf is the hash.
    pub record: Vec<u8>,
    /// Its place in the tree, from 0.
    pub leaf: u64,
    /// From the leaf to the root of the checkpoint.
    pub proof: InclusionProof,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// Why an office does not countersign, or a proof can't be had.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The office has published nothing yet.
    #[error("{0} has not published a checkpoint yet: start `netra serve` for a moment, or record something first")]
    Unpublished(OfficeId),
    /// No such act in the office's ledger, or none that a checkpoint covers yet.
    #[error("the ledger of {office} has no published act {act}")]
    NoSuchAct {
        /// Whose ledger.
        office: OfficeId,
        /// Which act.
        act: ActId,
    },
    /// The tree does not give it.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// The witness refuses.
    #[error(transparent)]
    Witness(#[from] WitnessError),
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl crate::queue::Fault for LedgerError {
    fn store(&self) -> Option<&StoreError> {
        if let LedgerError::Store(error) = self { Some(error) } else { None }
    }
}

impl Store {
    /// The proof that an office's newest checkpoint grew out of an older one of so many acts.
    ///
    /// # Errors
    /// Nothing is published, the ledger has fewer acts than that, or the database fails.
    pub async fn prove_growth(&self, office: &OfficeId, since: u64) -> Result<ConsistencyProof, LedgerError> {
        let mut tx = self.begin_read().await?;
        let (head, _) = newest(&mut tx, self.keys(), office).await?;
        let needed = tree::tiles_for_consistency(since, head.head.size)?;
        let found = tiles(&mut tx, office, &needed).await?;
        Ok(tree::consistency(since, head.head.size, &found)?)
    }

    /// The proof that an act is in an office's newest checkpoint.
    ///
    /// # Errors
    /// Nothing is published, the act is not in it, or the database fails.
    pub async fn prove_act(&self, office: &OfficeId, act: ActId) -> Result<ActProof, LedgerError> {
        let mut tx = self.begin_read().await?;
        let (head, checkpoint) = newest(&mut tx, self.keys(), office).await?;
        let row = sqlx::query("SELECT leaf, body FROM acts WHERE office = $1 AND id = $2")
            .bind(office.as_str())
            .bind(act.to_string())
            .fetch_optional(&mut *tx)
            .await
            .map_err(failed("looking for an act"))?;
        let missing = || LedgerError::NoSuchAct { office: office.clone(), act };
        let row = row.ok_or_else(missing)?;
        let leaf = u64::try_from(cell::<i64>(&row, "leaf")?).map_err(|_| missing())?;
        if leaf >= head.head.size {
            return Err(missing());
        }
        let needed = tree::tiles_for_inclusion(head.head.size, leaf)?;
        let found = tiles(&mut tx, office, &needed).await?;
        let proof = tree::inclusion(head.head.size, leaf, &found)?;
        Ok(ActProof { record: cell(&row, "body")?, leaf, proof, checkpoint })
    }

    /// The key with which an office countersigns the checkpoints of others.
    ///
    /// # Errors
    /// The key is missing.
    pub fn witness_key(&self, office: &OfficeId) -> Result<VerifierKey, StoreError> {
        Ok(self.keys().get(office)?.witness.verifier().clone())
    }

    /// Countersigns a checkpoint of another ledger as one of this store's offices, if it grew out of the
    /// last one that this office signed. Gives the checkpoint with the signature added.
    ///
    /// # Errors
    /// The checkpoint is not that ledger's, is older than the last one, has forked from it or is not proven
    /// to have grown out of it; or the database fails. Nothing is remembered then.
    pub async fn countersign(
        &self,
        office: &OfficeId,
        offered: &str,
        ledger: &VerifierKey,
        proof: &ConsistencyProof,
        now: Moment,
    ) -> Result<String, LedgerError> {
        let key = format!("witnessed/{office}/{}", ledger.name());
        let (means, office) = (self.means(), office.clone());
        let (offered, ledger, proof) = (offered.to_owned(), ledger.clone(), proof.clone());
        self.write("", move |conn| {
            let (means, key, office) = (means.clone(), key.clone(), office.clone());
            let (offered, ledger, proof) = (offered.clone(), ledger.clone(), proof.clone());
            Box::pin(async move {
                let last = last_signed(conn, &key, &ledger).await?;
                let keys = means.keys.get(&office)?;
                let seconds = u64::try_from(now.instant().as_second()).unwrap_or(0);
                let signed = witness(last.as_ref(), &offered, &ledger, &proof, &keys.witness, seconds)?;
                remember(conn, &key, &signed).await?;
                Ok(signed)
            })
        })
        .await
    }
}

/// The newest checkpoint of a ledger, read and as it was signed.
async fn newest(
    conn: &mut AnyConnection,
    keys: &KeyRing,
    office: &OfficeId,
) -> Result<(Checkpoint, String), LedgerError> {
    let note: Option<String> =
        sqlx::query_scalar("SELECT note FROM checkpoints WHERE office = $1 ORDER BY size DESC LIMIT 1")
            .bind(office.as_str())
            .fetch_optional(&mut *conn)
            .await
            .map_err(failed("reading a checkpoint"))?;
    let note = note.ok_or_else(|| LedgerError::Unpublished(office.clone()))?;
    let checkpoint = Checkpoint::open(&note, keys.get(office)?.ledger.verifier());
    let checkpoint = checkpoint.map_err(WitnessError::Checkpoint)?;
    Ok((checkpoint, note))
}

/// What this witness signed last. Two requests at once queue up for its row.
async fn last_signed(
    conn: &mut AnyConnection,
    key: &str,
    ledger: &VerifierKey,
) -> Result<Option<Checkpoint>, LedgerError> {
    let note: Option<String> = sqlx::query_scalar("UPDATE settings SET value = value WHERE key = $1 RETURNING value")
        .bind(key)
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading what was countersigned last"))?;
    let opened = note.map(|note| Checkpoint::open(&note, ledger)).transpose();
    Ok(opened.map_err(WitnessError::Checkpoint)?)
}

async fn remember(conn: &mut AnyConnection, key: &str, signed: &str) -> Result<(), StoreError> {
    let mut script = Script::default();
    let row: [Value; 2] = [key.into(), signed.into()];
    script.add(
        "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        row,
    );
    script.run(conn).await.map_err(failed("remembering what was countersigned"))
}

/// The office whose ledger has this name.
pub fn office_of_ledger(name: &str) -> Option<OfficeId> {
    name.strip_prefix(ORIGIN)?.parse().ok()
}
