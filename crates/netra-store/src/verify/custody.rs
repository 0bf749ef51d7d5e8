//! The logs of custody: each entry against its digest and the one before, what was typed against its commitment.

use netra_docket::ids::{MatterId, SealId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::proofs::Values;
use super::{FaultKind, Verification};
use crate::convert::failed;
use crate::custody::{Chain, Row};
use crate::types::StoreError;

/// Entries that are read at once.
const PORTION: i64 = 1024;

/// Reads and follows all logs, in portions.
pub(super) async fn verify(
    conn: &mut AnyConnection,
    values: &Values<'_>,
    found: &mut Verification,
) -> Result<(), StoreError> {
    let mut after = (String::new(), -1, -1);
    let mut chain = Chain::default();
    loop {
        let rows = portion(conn, &after).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut seals = Vec::new();
        for row in &rows {
            let row = Row::read(row)?;
            if (row.matter.as_str(), row.exhibit) != (after.0.as_str(), after.1) {
                chain = Chain::default();
            }
            for (n, kind) in chain.follow(&row)? {
                found.fault(name(&row, n), kind);
            }
            match sealed(&row) {
                Ok(seal) => seals.extend(seal),
                Err(kind) => found.fault(name(&row, row.n), kind),
            }
            found.custody += 1;
            after = (row.matter, row.exhibit, row.n);
        }
        values.verify(conn, seals, found).await?;
    }
}

async fn portion(conn: &mut AnyConnection, after: &(String, i64, i64)) -> Result<Vec<AnyRow>, StoreError> {
    sqlx::query(
        "SELECT matter, exhibit, n, office, account, at, what, detail, note, commitment, prev, digest FROM custody
         WHERE (matter, exhibit, n) > ($1, $2, $3) ORDER BY matter, exhibit, n LIMIT $4",
    )
    .bind(after.0.as_str())
    .bind(after.1)
    .bind(after.2)
    .bind(PORTION)
    .fetch_all(&mut *conn)
    .await
    .map_err(failed("reading the custody of exhibits"))
}

fn name(row: &Row, n: i64) -> String {
    format!("riwayat penguasaan nomor {n} dari bukti nomor {} perkara {}", row.exhibit, row.matter)
}

/// What the vault must have for an entry.
fn sealed(row: &Row) -> Result<Option<(MatterId, SealId, String)>, FaultKind> {
    match (&row.note, &row.commitment) {
        (None, None) => Ok(None),
        (Some(id), Some(commitment)) => match (row.matter.parse(), id.parse()) {
            (Ok(matter), Ok(id)) => Ok(Some((matter, id, commitment.clone()))),
            _ => Err(FaultKind::Changed),
        },
        _ => Err(FaultKind::Changed),
    }
}
