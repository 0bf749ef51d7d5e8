//! The receipts that this store gave for bundles that came, what became of their acts, and the receipts that came back
//! for bundles that went out.

use std::collections::BTreeMap;

use netra_docket::ids::{MatterId, OfficeId};
use netra_ledger::Note;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::receipt::{Receipt, ReceiptFault};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::bundles::{BundleStoreError, receipts_in};
use crate::convert::{cell, failed, parsed, parsed_cell};
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::StoreError;

/// What became of the acts in a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpeningState {
    /// They stand in a matter.
    In(MatterId),
    /// They could not be taken in: why.
    Failed(String),
}

/// What was said and done about a bundle that came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxMark {
    /// The receipts that were given, from the first step on.
    pub receipts: Vec<Receipt>,
    /// What became of its acts; nothing if nobody took them in yet.
    pub opening: Option<OpeningState>,
}

impl Store {
    /// Gives a receipt for a bundle: keeps it for its sender to fetch. A second one of a step, or one that goes back, is
    /// not given.
    ///
    /// # Errors
    /// There is one of this step or of a later one already; or the database fails.
    pub async fn give_receipt(&self, receipt: &Receipt, note: &str) -> Result<(), BundleStoreError> {
        let (receipt, note) = (receipt.clone(), note.to_owned());
        self.write("", move |conn| {
            let (receipt, note) = (receipt.clone(), note.clone());
            Box::pin(async move { give(conn, &receipt, &note).await })
        })
        .await
    }

    /// The receipts that were given for a bundle, as they were signed, from the first step on. Those of bundles that came
    /// before receipts were kept are found with the bundle.
    ///
    /// # Errors
    /// The database fails.
    pub async fn given_receipts(&self, fingerprint: Fingerprint) -> Result<Vec<String>, StoreError> {
        let given: Vec<String> =
            sqlx::query_scalar("SELECT note FROM given_receipts WHERE fingerprint = $1 ORDER BY step")
                .bind(fingerprint.to_string())
                .fetch_all(self.reader())
                .await
                .map_err(failed("reading receipts"))?;
        if !given.is_empty() {
            return Ok(given);
        }
        sqlx::query_scalar("SELECT receipt FROM inbox WHERE fingerprint = $1")
            .bind(fingerprint.to_string())
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading a receipt"))
    }

    /// What was said and done about the bundles of an office.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn inbox_marks(&self, office: &OfficeId) -> Result<BTreeMap<Fingerprint, InboxMark>, StoreError> {
        let mut marks: BTreeMap<Fingerprint, InboxMark> = BTreeMap::new();
        let rows = sqlx::query(
            "SELECT given.fingerprint, given.note FROM given_receipts given
             JOIN inbox ON inbox.fingerprint = given.fingerprint
             WHERE inbox.office = $1 ORDER BY given.fingerprint, given.step",
        )
        .bind(office.as_str())
        .fetch_all(self.reader())
        .await
        .map_err(failed("reading receipts"))?;
        for row in &rows {
            let note: String = cell(row, "note")?;
            let mark = marks.entry(parsed_cell(row, "given_receipts", "fingerprint")?).or_default();
            mark.receipts.extend(read(&note));
        }
        let rows = sqlx::query(
            "SELECT opening.fingerprint, opening.matter, opening.why FROM openings opening
             JOIN inbox ON inbox.fingerprint = opening.fingerprint WHERE inbox.office = $1",
        )
        .bind(office.as_str())
        .fetch_all(self.reader())
        .await
        .map_err(failed("reading what was opened"))?;
        for row in &rows {
            let mark = marks.entry(parsed_cell(row, "openings", "fingerprint")?).or_default();
            mark.opening = Some(opening(row)?);
        }
        Ok(marks)
    }

    /// Notes that the acts of a bundle could not be taken in, unless they were before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn opening_failed(&self, fingerprint: Fingerprint, why: &str) -> Result<(), StoreError> {
        let values: Vec<Value> = vec![fingerprint.to_string().into(), why.into()];
        self.execute(
            "noting that a bundle could not be opened",
            "INSERT INTO openings (fingerprint, why) VALUES ($1, $2)
             ON CONFLICT (fingerprint) DO UPDATE SET why = excluded.why WHERE openings.matter IS NULL",
            values,
        )
        .await
        .map(|_| ())
    }

    /// The receipts that came back for a bundle that went out, from the first step on.
    ///
    /// # Errors
    /// The database fails, or a receipt can't be read.
    pub async fn taken_receipts(&self, fingerprint: Fingerprint) -> Result<Vec<Receipt>, BundleStoreError> {
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        let mut receipts = receipts_in(&mut conn, fingerprint).await?;
        receipts.sort_by_key(|receipt| receipt.state.step());
        Ok(receipts)
    }
}

/// Notes in which matter the acts of a bundle stand now.
pub(crate) async fn opened_in(
    conn: &mut AnyConnection,
    fingerprint: Fingerprint,
    matter: MatterId,
) -> Result<(), StoreError> {
    execute(
        conn,
        "INSERT INTO openings (fingerprint, matter) VALUES ($1, $2)
         ON CONFLICT (fingerprint) DO UPDATE SET matter = excluded.matter, why = NULL",
        [fingerprint.to_string().into(), matter.to_string().into()],
    )
    .await
    .map(|_| ())
    .map_err(failed("noting what was opened"))
}

async fn give(conn: &mut AnyConnection, receipt: &Receipt, note: &str) -> Result<(), BundleStoreError> {
    // Whoever gives a receipt for the same bundle at the same time waits here.
    execute(conn, "UPDATE inbox SET receipt = receipt WHERE fingerprint = $1", [receipt.bundle.to_string().into()])
        .await
        .map_err(failed("queueing for a bundle"))?;
    let given: Vec<String> =
        sqlx::query_scalar("SELECT note FROM given_receipts WHERE fingerprint = $1 ORDER BY step DESC")
            .bind(receipt.bundle.to_string())
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("reading receipts"))?;
    if let Some(last) = given.iter().find_map(|note| read(note)) {
        if last.state.step() == receipt.state.step() {
            return Err(ReceiptFault::Second(last.state.id()).into());
        }
        if last.state.step() > receipt.state.step() {
            return Err(ReceiptFault::Backwards(last.state.id()).into());
        }
    }
    execute(
        conn,
        "INSERT INTO given_receipts (fingerprint, step, note) VALUES ($1, $2, $3)",
        [receipt.bundle.to_string().into(), i64::from(receipt.state.step()).into(), note.into()],
    )
    .await
    .map_err(failed("giving a receipt"))?;
    Ok(())
}

/// A receipt of this store's own; none if its form has changed since.
fn read(note: &str) -> Option<Receipt> {
    note.parse::<Note>().ok().and_then(|note| Receipt::unsigned(&note).ok())
}

fn opening(row: &AnyRow) -> Result<OpeningState, StoreError> {
    let matter: Option<String> = cell(row, "matter")?;
    match matter {
        Some(matter) => parsed("openings", "matter", &matter).map(OpeningState::In),
        None => Ok(OpeningState::Failed(cell::<Option<String>>(row, "why")?.unwrap_or_default())),
    }
}
