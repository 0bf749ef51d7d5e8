//! Following the ledgers: which matters were recorded in since something last looked. The search and the statistics
//! walk this way, each with a row of its own that tells how far it is; the row is locked by the statement that reads it, so
//! that of two processes that meet at an office one waits for the other.

use netra_docket::ids::{MatterId, OfficeId};
use sqlx::AnyConnection;

use crate::convert::{cell, failed, parsed};
use crate::types::StoreError;

/// Acts that are looked through in one transaction.
const TOGETHER: i64 = 128;

/// The next piece of an office's ledger.
pub(crate) struct Piece {
    /// The matters in which something was recorded, each once.
    pub(crate) matters: Vec<MatterId>,
    /// How far the ledger has been looked through after it.
    pub(crate) upto: i64,
}

/// The next piece of an office's ledger; none at its end. `place` makes or locks the follower's row of the office and
/// returns its `leaves`.
///
/// # Errors
/// The database fails, or a row can't be read.
pub(crate) async fn next_piece(
    conn: &mut AnyConnection,
    office: &OfficeId,
    place: &'static str,
) -> Result<Option<Piece>, StoreError> {
    let row = sqlx::query(place)
        .bind(office.as_str())
        .fetch_one(&mut *conn)
        .await
        .map_err(failed("reading how far the ledger has been followed"))?;
    let from: i64 = cell(&row, "leaves")?;
    let rows = sqlx::query("SELECT leaf, matter FROM acts WHERE office = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3")
        .bind(office.as_str())
        .bind(from)
        .bind(TOGETHER)
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading acts"))?;
    let Some(last) = rows.last() else { return Ok(None) };
    let upto = cell::<i64>(last, "leaf")?.saturating_add(1);
    let mut matters = Vec::new();
    for row in &rows {
        let matter: MatterId = parsed("acts", "matter", cell(row, "matter")?)?;
        if !matters.contains(&matter) {
            matters.push(matter);
        }
    }
    Ok(Some(Piece { matters, upto }))
}
