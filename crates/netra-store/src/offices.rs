//! Offices: supervisors, authorities and employers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use netra_docket::ids::OfficeId;
use sqlx::AnyConnection;

use crate::calendar::{all_changes, change_from};
use crate::convert::{bad_json, cell, failed, office_kind_id};
use crate::statement::{Script, Value};
use crate::store::Store;
use crate::types::{CalendarChange, Office, RecordError, StoreError};

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
        let row: [Value; 4] = [
            office.id.as_str().into(),
            body.into(),
            office.parent.as_ref().map(OfficeId::to_string).into(),
            office_kind_id(office.kind).into(),
        ];
        let kept = self.write("", move |conn| {
            let mut script = Script::default();
            script.add(
                "INSERT INTO offices (id, body, parent, kind) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (id) DO UPDATE
                 SET body = excluded.body, parent = excluded.parent, kind = excluded.kind",
                row.clone(),
            );
            script.add(CHANGED, []);
            Box::pin(async move { script.run(conn).await.map_err(failed("keeping an office")) })
        });
        kept.await?;
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
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        office_in(&mut conn, id).await
    }
}

/// An office, inside a transaction.
pub(crate) async fn office_in(conn: &mut AnyConnection, id: &OfficeId) -> Result<Option<Office>, StoreError> {
    let rows = sqlx::query(
        "SELECT o.body, c.office, c.date, c.kind, c.name, c.decree FROM offices o
         LEFT JOIN calendar_changes c ON c.office IS NULL OR c.office = o.id
         WHERE o.id = $1 ORDER BY c.seq",
    )
    .bind(id.as_str())
    .fetch_all(&mut *conn)
    .await
    .map_err(failed("reading an office"))?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut office = office_from(cell(first, "body")?)?;
    // Without any change the row of the office stands alone.
    let changes = rows.iter().filter(|row| cell::<Option<&str>>(row, "date").is_ok_and(|date| date.is_some()));
    office.calendar = changes.map(change_from).collect::<Result<_, _>>()?;
    Ok(Some(office))
}

/// Says that an office or the calendar has changed, inside the transaction that changes it.
pub(crate) const CHANGED: &str = "UPDATE offices_version SET version = version + 1";

/// Offices that were read, and of which version. Every transaction learns the version before it asks: so
/// it never works with an office as it was before a change, whichever process made that.
#[derive(Debug, Default)]
pub(crate) struct OfficeCache(Mutex<(i64, HashMap<OfficeId, Arc<Office>>)>);

impl OfficeCache {
    /// The offices of a version.
    pub(crate) fn at(&self, version: i64) -> Offices<'_> {
        Offices { cache: self, version }
    }
}

/// The offices as one transaction sees them.
pub(crate) struct Offices<'c> {
    cache: &'c OfficeCache,
    version: i64,
}

impl Offices<'_> {
    /// An office that must exist.
    pub(crate) async fn get(&self, conn: &mut AnyConnection, id: &OfficeId) -> Result<Arc<Office>, RecordError> {
        if let Some(known) = self.known(id) {
            return Ok(known);
        }
        let office = office_in(conn, id).await?.ok_or_else(|| RecordError::NoSuchOffice(id.clone()))?;
        let office = Arc::new(office);
        let mut held = self.cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 != self.version {
            *held = (self.version, HashMap::new());
        }
        held.1.insert(id.clone(), office.clone());
        Ok(office)
    }

    fn known(&self, id: &OfficeId) -> Option<Arc<Office>> {
        let held = self.cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 == self.version { held.1.get(id).cloned() } else { None }
    }
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
