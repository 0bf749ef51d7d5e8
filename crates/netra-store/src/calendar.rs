//! The calendar after the packs: holidays that a decree adds, moves or lifts, for the country or one
//! region. Every running matter is computed again, and each date that moved becomes an act.

use std::sync::Arc;

use netra_docket::act::{Act, DatesRecomputed, MovedDate};
use netra_docket::clocks::{Clocks, clocks};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, ActId, MatterId, OfficeId, PersonNo};
use netra_docket::matter::Matter;
use netra_law::Law;
use netra_law::time::Moment;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, failed, parsed, parsed_cell};
use crate::dockets::sealed_entries;
use crate::offices::{CHANGED, office_in};
use crate::project::rebuild;
use crate::record::record_in;
use crate::seal::random_uuid;
use crate::store::{Means, Store};
use crate::types::{CalendarChange, CalendarKind, NewAct, RecordError, Recording, StoreError};

impl Store {
    /// Changes the calendar and computes every running matter that it concerns again, all in one
    /// transaction. Tells in how many matters a date moved. O(running matters of the offices concerned).
    ///
    /// # Errors
    /// The office is not known, the database fails, or a docket can't be read; nothing was changed then.
    pub async fn change_calendar(
        &self,
        change: &CalendarChange,
        by: AccountId,
        recorded: Moment,
    ) -> Result<u64, RecordError> {
        let change = Arc::new(Change { change: change.clone(), by, recorded });
        let mut tries = 0;
        let moved = loop {
            let (means, change) = (self.means(), change.clone());
            let moved = self.write("", move |conn| {
                let (means, change) = (means.clone(), change.clone());
                Box::pin(async move { change.make(conn, &means).await })
            });
            match moved.await {
                // Somebody recorded an act in between: what was computed before it is worth nothing.
                Err(RecordError::Moved) if tries < TRIES => tries += 1,
                other => break other?,
            }
        };
        tracing::info!(matters = moved, "the calendar was changed");
        Ok(moved)
    }
}

/// How often a change is computed again because a docket moved meanwhile.
const TRIES: u32 = 5;

/// A change with who makes it and when.
struct Change {
    change: CalendarChange,
    by: AccountId,
    recorded: Moment,
}

impl Change {
    async fn make(&self, conn: &mut AnyConnection, means: &Means) -> Result<u64, RecordError> {
        if let Some(office) = &self.change.office
            && office_in(conn, office).await?.is_none()
        {
            return Err(RecordError::NoSuchOffice(office.clone()));
        }
        let running = running(conn, self.change.office.as_ref()).await?;
        let mut before = Vec::with_capacity(running.len());
        for matter in running {
            before.push(dated(conn, &means.law, matter, self.recorded).await?);
        }
        keep(conn, &self.change, self.by, self.recorded).await?;
        sqlx::query(CHANGED).execute(&mut *conn).await.map_err(failed("noting that the calendar changed"))?;
        let mut moved: u64 = 0;
        for old in before {
            let new = dated(conn, &means.law, old.matter.id, self.recorded).await?;
            let told = self.tell(conn, means, &old, &new).await?;
            moved += u64::from(told);
            if !told {
                // Another reading may have moved all the same, and lists tell it.
                rebuild(conn, &means.law, old.matter.id).await?;
            }
        }
        Ok(moved)
    }

    /// Writes the act that tells which dates moved, if any did.
    async fn tell(
        &self,
        conn: &mut AnyConnection,
        means: &Means,
        old: &Dated,
        new: &Dated,
    ) -> Result<bool, RecordError> {
        let moved: Vec<MovedDate> = old.dates.iter().filter_map(|date| date.moved(&new.dates)).collect();
        if moved.is_empty() {
            return Ok(false);
        }
        let what = Act::DatesRecomputed(DatesRecomputed {
            decree: self.change.decree.clone(),
            day: self.change.date,
            change: self.change.words(),
            moved,
        });
        let recording = Recording {
            matter: old.matter.id,
            home: old.matter.home.clone(),
            expected: old.matter.length,
            by: Actor::System,
            recorded: self.recorded,
            acts: vec![NewAct { id: ActId::new(random_uuid()?), at: self.recorded, what }],
            receipt: None,
        };
        record_in(conn, means, &recording).await?;
        Ok(true)
    }
}

async fn dated(conn: &mut AnyConnection, law: &Law, id: MatterId, now: Moment) -> Result<Dated, StoreError> {
    let entries = sealed_entries(conn, id).await?;
    let matter = Matter::fold(&entries, law).map_err(|refusal| bad_row("acts", refusal.to_string()))?;
    let office = office_in(conn, &matter.office).await?;
    let office = office.ok_or_else(|| bad_row("offices", format!("there is no office {}", matter.office)))?;
    let dates = open_dates(&clocks(&matter, law, &office.seat(), now));
    Ok(Dated { matter, dates })
}

/// A running matter with the last moments of its open clocks.
struct Dated {
    matter: Matter,
    dates: Vec<OpenDate>,
}

struct OpenDate {
    clock: String,
    person: Option<PersonNo>,
    at: Moment,
}

impl OpenDate {
    fn moved(&self, new: &[OpenDate]) -> Option<MovedDate> {
        let same = new.iter().find(|n| n.clock == self.clock && n.person == self.person)?;
        (same.at != self.at).then(|| MovedDate {
            clock: self.clock.clone(),
            person: self.person,
            old: self.at,
            new: same.at,
        })
    }
}

fn open_dates(all: &Clocks<'_>) -> Vec<OpenDate> {
    let open = all.states.iter().filter(|c| c.is_open());
    open.map(|c| OpenDate { clock: c.id.to_owned(), person: c.person, at: c.deadline.due_at }).collect()
}

async fn running(conn: &mut AnyConnection, office: Option<&OfficeId>) -> Result<Vec<MatterId>, StoreError> {
    let all = "SELECT matter FROM matters WHERE stage <> 'closed' OR next_due IS NOT NULL ORDER BY matter";
    let one =
        "SELECT matter FROM matters WHERE (stage <> 'closed' OR next_due IS NOT NULL) AND office = $1 ORDER BY matter";
    let query = match office {
        Some(office) => sqlx::query_scalar(one).bind(office.as_str()),
        None => sqlx::query_scalar(all),
    };
    let ids: Vec<String> = query.fetch_all(&mut *conn).await.map_err(failed("listing the running matters"))?;
    ids.iter().map(|id| parsed("matters", "matter", id)).collect()
}

async fn keep(
    conn: &mut AnyConnection,
    change: &CalendarChange,
    by: AccountId,
    recorded: Moment,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO calendar_changes (office, date, kind, name, decree, recorded, account)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(change.office.as_ref().map(OfficeId::as_str))
    .bind(change.date.to_string())
    .bind(change.kind.id())
    .bind(&change.name)
    .bind(&change.decree)
    .bind(recorded.to_string())
    .bind(by.to_string())
    .execute(&mut *conn)
    .await
    .map_err(failed("keeping a change of the calendar"))?;
    Ok(())
}

/// All changes of the calendar, oldest first. There are a few dozen a year at most.
pub(crate) async fn all_changes(conn: &mut AnyConnection) -> Result<Vec<CalendarChange>, StoreError> {
    let rows = sqlx::query("SELECT office, date, kind, name, decree FROM calendar_changes ORDER BY seq")
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading the calendar"))?;
    rows.iter().map(change_from).collect()
}

/// Reads a change back.
pub(crate) fn change_from(row: &AnyRow) -> Result<CalendarChange, StoreError> {
    let kind: &str = cell(row, "kind")?;
    let office: Option<&str> = cell(row, "office")?;
    Ok(CalendarChange {
        date: parsed_cell(row, "calendar_changes", "date")?,
        kind: CalendarKind::from_id(kind).ok_or_else(|| bad_row("calendar_changes", format!("'{kind}' is no kind")))?,
        name: cell(row, "name")?,
        decree: cell(row, "decree")?,
        office: office.map(|o| parsed("calendar_changes", "office", o)).transpose()?,
    })
}
