//! Offices: supervisors, authorities and employers.

use netra_docket::ids::OfficeId;
use sqlx::AnyConnection;

use crate::calendar::all_changes;
use crate::convert::{bad_json, failed, office_kind_id};
use crate::store::Store;
use crate::types::{CalendarChange, Office, StoreError};

impl Store {
    /// Adds an office, or changes the one with this id.
    ///
    /// A change of zone or region moves the clocks of its matters only when they are next written
    /// or rebuilt: see [`Store::rebuild_projections`].
    ///
    /// # Errors
    /// The database fails.
    pub async fn add_office(&self, office: &Office) -> Result<(), StoreError> {
        let body = serde_json::to_string(office).map_err(bad_json("offices"))?;
        let values = vec![
            office.id.as_str().into(),
            body.into(),
            office.parent.as_ref().map(OfficeId::to_string).into(),
            office_kind_id(office.kind).into(),
        ];
        self.execute(
            "keeping an office",
            "INSERT INTO offices (id, body, parent, kind) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE
             SET body = excluded.body, parent = excluded.parent, kind = excluded.kind",
            values,
        )
        .await?;
        self.ensure_keys(&office.id).await
    }

    /// All offices, by id.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn offices(&self) -> Result<Vec<Office>, StoreError> {
        let mut tx = self.begin_read().await?;
        let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM offices ORDER BY id")
            .fetch_all(&mut *tx)
            .await
            .map_err(failed("reading the offices"))?;
        let changes = all_changes(&mut tx).await?;
        bodies.iter().map(|body| office_from(body).map(|office| with_calendar(office, &changes))).collect()
    }

    /// An office.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn office(&self, id: &OfficeId) -> Result<Option<Office>, StoreError> {
        let mut tx = self.begin_read().await?;
        office_in(&mut tx, id).await
    }
}

/// An office, inside a transaction.
pub(crate) async fn office_in(conn: &mut AnyConnection, id: &OfficeId) -> Result<Option<Office>, StoreError> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM offices WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading an office"))?;
    let Some(office) = body.map(|body| office_from(&body)).transpose()? else { return Ok(None) };
    let changes = all_changes(conn).await?;
    Ok(Some(with_calendar(office, &changes)))
}

fn with_calendar(mut office: Office, changes: &[CalendarChange]) -> Office {
    let concerns = |change: &&CalendarChange| change.office.as_ref().is_none_or(|o| *o == office.id);
    office.calendar = changes.iter().filter(concerns).cloned().collect();
    office
}

/// Reads an office back, its calendar not yet filled in.
pub(crate) fn office_from(body: &str) -> Result<Office, StoreError> {
    serde_json::from_str(body).map_err(bad_json("offices"))
}
