//! What has not been told yet: acts along each ledger, clocks that come near, bundles.

use std::fmt;

use jiff::Span;
use netra_docket::entry::Entry;
use netra_docket::ids::{AccountId, MatterId, OfficeId};
use netra_law::time::Moment;
use netra_ledger::bundle::Fingerprint;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::enqueue_in;
use crate::convert::{bad_json, cell, failed, parsed, parsed_cell, seconds};
use crate::desk::{LINE, line_from};
use crate::dockets::entry_from;
use crate::statement::{Value, execute};
use crate::store::Store;
use crate::types::{DeskRow, NewNotice, StoreError};

/// Acts, clocks or bundles that are looked at together.
const TOGETHER: i64 = 128;

/// The next acts of an office's ledger of which nobody has been told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActsToTell {
    /// Whose ledger.
    pub office: OfficeId,
    /// The acts, private values sealed.
    pub acts: Vec<Entry>,
    from: i64,
    upto: i64,
}

/// What became of acts that were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// Their notices are kept: so many are new.
    Kept(u64),
    /// Another server was quicker.
    Overtaken,
}

/// How near a clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockNotice {
    /// It ends on the next calendar day.
    Tomorrow,
    /// It ends on this calendar day.
    Today,
    /// It is over.
    Overdue,
}

impl fmt::Display for ClockNotice {
    /// The word in events.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ClockNotice::Tomorrow => "tomorrow",
            ClockNotice::Today => "today",
            ClockNotice::Overdue => "overdue",
        })
    }
}

/// A clock of which nobody has been told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockToTell {
    /// The matter.
    pub matter: MatterId,
    /// Which clock.
    pub clock: String,
    /// Its last moment, in seconds since 1970.
    pub due: i64,
    /// Who is responsible.
    pub owner: Option<AccountId>,
    /// How near it is.
    pub when: ClockNotice,
}

impl ClockToTell {
    /// The event by which it is known: a clock that moved is another one.
    pub fn event(&self) -> String {
        format!("clock/{}/{}/{}/{}", self.matter, self.clock, self.due, self.when)
    }
}

/// The same event, as the database writes it.
const CLOCK_EVENT: &str = "'clock/' || d.matter || '/' || m.next_clock || '/' || CAST(d.due AS TEXT) || '/' || $4";

/// A bundle of which nobody has been told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleToTell {
    /// Which one.
    pub fingerprint: Fingerprint,
    /// For whom it is.
    pub office: OfficeId,
}

impl BundleToTell {
    /// The event by which it is known.
    pub fn event(&self) -> String {
        format!("bundle/{}", self.fingerprint)
    }
}

/// Who has a matter now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterHolder {
    /// The office that handles it.
    pub office: OfficeId,
    /// Who is responsible.
    pub owner: Option<AccountId>,
}

impl Store {
    /// The offices with acts of which nobody has been told.
    ///
    /// # Errors
    /// The database fails.
    pub async fn offices_with_news(&self) -> Result<Vec<OfficeId>, StoreError> {
        let behind: Vec<String> = sqlx::query_scalar(
            "SELECT t.office FROM trees t LEFT JOIN notices_told p ON p.office = t.office
             WHERE t.size > COALESCE(p.leaves, 0) ORDER BY t.office",
        )
        .fetch_all(self.reader())
        .await
        .map_err(failed("looking for what has not been told"))?;
        behind.iter().map(|office| parsed("trees", "office", office)).collect()
    }

    /// The next acts of an office of which nobody has been told, some of many; none if all have been.
    ///
    /// # Errors
    /// The database fails, or an act can't be read.
    pub async fn acts_to_tell(&self, office: &OfficeId) -> Result<Option<ActsToTell>, StoreError> {
        let mut tx = self.begin_read().await?;
        let from: Option<i64> = sqlx::query_scalar("SELECT leaves FROM notices_told WHERE office = $1")
            .bind(office.as_str())
            .fetch_optional(&mut *tx)
            .await
            .map_err(failed("reading how far notices are"))?;
        let from = from.unwrap_or(0);
        let rows = sqlx::query("SELECT leaf, body FROM acts WHERE office = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3")
            .bind(office.as_str())
            .bind(from)
            .bind(TOGETHER)
            .fetch_all(&mut *tx)
            .await
            .map_err(failed("reading acts"))?;
        let Some(last) = rows.last() else { return Ok(None) };
        let upto = cell::<i64>(last, "leaf")?.saturating_add(1);
        let read = |row: &AnyRow| -> Result<Entry, StoreError> {
            let body: Vec<u8> = cell(row, "body")?;
            entry_from(serde_json::from_slice(&body).map_err(bad_json("acts"))?)
        };
        let acts = rows.iter().map(read).collect::<Result<Vec<Entry>, StoreError>>()?;
        Ok(Some(ActsToTell { office: office.clone(), acts, from, upto }))
    }

    /// Keeps the notices of some acts, and that these acts were told. Of two servers one does.
    ///
    /// # Errors
    /// The database fails; nothing is kept then.
    pub async fn tell_acts(
        &self,
        told: &ActsToTell,
        notices: Vec<NewNotice>,
        now: i64,
    ) -> Result<Followed, StoreError> {
        let (office, from, upto) = (told.office.clone(), told.from, told.upto);
        self.write(told.office.as_str(), move |conn| {
            let (office, notices) = (office.clone(), notices.clone());
            Box::pin(async move {
                let first = "INSERT INTO notices_told (office, leaves) VALUES ($1, 0) ON CONFLICT (office) DO NOTHING";
                execute(conn, first, [Value::from(office.as_str())]).await.map_err(failed("beginning to tell acts"))?;
                let next = "UPDATE notices_told SET leaves = $3 WHERE office = $1 AND leaves = $2";
                let values: [Value; 3] = [office.as_str().into(), from.into(), upto.into()];
                if execute(conn, next, values).await.map_err(failed("noting how far notices are"))? == 0 {
                    return Ok(Followed::Overtaken);
                }
                enqueue_in(conn, &notices, now).await.map(Followed::Kept)
            })
        })
        .await
    }

    /// The nearest clocks of matters that an office handles which end by the end of tomorrow, or are over, and of which
    /// nobody has been told that; the earliest of many. Days are those of the moment's zone.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn clocks_to_tell(&self, office: &OfficeId, now: Moment) -> Result<Vec<ClockToTell>, StoreError> {
        let at = seconds(now);
        let end_of = |day| Moment::end_of_day(day, now.zone()).map_or(at, seconds);
        let today = end_of(now.date());
        let tomorrow = end_of(now.date().checked_add(Span::new().days(1)).unwrap_or(now.date()));
        let mut conn = self.reader().acquire().await.map_err(failed("taking a connection"))?;
        let mut list = Vec::new();
        for (when, from, to) in [
            (ClockNotice::Overdue, i64::MIN, at.saturating_sub(1)),
            (ClockNotice::Today, at, today),
            (ClockNotice::Tomorrow, today.saturating_add(1), tomorrow),
        ] {
            list.extend(clocks_between(&mut conn, office, when, from, to).await?);
        }
        Ok(list)
    }

    /// The bundles that came in and of which nobody has been told, some of many.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn bundles_to_tell(&self) -> Result<Vec<BundleToTell>, StoreError> {
        let rows = sqlx::query(
            "SELECT i.fingerprint, i.office FROM inbox i
             WHERE NOT EXISTS (SELECT 1 FROM notices_out n WHERE n.event = 'bundle/' || i.fingerprint)
             ORDER BY i.received, i.fingerprint LIMIT $1",
        )
        .bind(TOGETHER)
        .fetch_all(self.reader())
        .await
        .map_err(failed("looking for bundles of which nobody was told"))?;
        let read = |row: &AnyRow| -> Result<BundleToTell, StoreError> {
            Ok(BundleToTell {
                fingerprint: parsed_cell(row, "inbox", "fingerprint")?,
                office: parsed_cell(row, "inbox", "office")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Who has a matter now; none if there is no such matter.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn matter_holder(&self, matter: MatterId) -> Result<Option<MatterHolder>, StoreError> {
        let row = sqlx::query("SELECT office, owner FROM matters WHERE matter = $1")
            .bind(matter.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("looking for who has a matter"))?;
        let Some(row) = row else { return Ok(None) };
        let owner: Option<String> = cell(&row, "owner")?;
        let owner = owner.map(|id| parsed("matters", "owner", &id)).transpose()?;
        Ok(Some(MatterHolder { office: parsed_cell(&row, "matters", "office")?, owner }))
    }

    /// The line of a matter on an office's desk; none if it does not lie there.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn desk_line(&self, office: &OfficeId, matter: MatterId) -> Result<Option<DeskRow>, StoreError> {
        let sql = format!(
            "SELECT {LINE} FROM desk d JOIN matters m ON m.matter = d.matter LEFT JOIN accounts a ON a.id = m.owner
             WHERE d.office = $1 AND d.matter = $2"
        );
        // Only the names of the columns are added to the text.
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(office.as_str())
            .bind(matter.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading the desk"))?;
        row.as_ref().map(|row| line_from(row).map(|(line, _)| line)).transpose()
    }
}

async fn clocks_between(
    conn: &mut AnyConnection,
    office: &OfficeId,
    when: ClockNotice,
    from: i64,
    to: i64,
) -> Result<Vec<ClockToTell>, StoreError> {
    let sql = format!(
        "SELECT d.matter, d.due, m.next_clock, m.owner FROM desk d JOIN matters m ON m.matter = d.matter
         WHERE d.office = $1 AND m.office = d.office AND d.open = 1 AND d.due >= $2 AND d.due <= $3
           AND m.next_clock IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM notices_out n WHERE n.event = {CLOCK_EVENT})
         ORDER BY d.due, d.matter LIMIT {TOGETHER}"
    );
    // Nothing but constants of this file is added to the text.
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(office.as_str())
        .bind(from)
        .bind(to)
        .bind(when.to_string())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("looking for clocks that come near"))?;
    let read = |row: &AnyRow| -> Result<ClockToTell, StoreError> {
        let owner: Option<String> = cell(row, "owner")?;
        Ok(ClockToTell {
            matter: parsed_cell(row, "desk", "matter")?,
            clock: cell(row, "next_clock")?,
            due: cell(row, "due")?,
            owner: owner.map(|id| parsed("matters", "owner", &id)).transpose()?,
            when,
        })
    };
    rows.iter().map(read).collect()
}
