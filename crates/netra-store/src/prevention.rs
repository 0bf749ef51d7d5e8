//! Prevention: an office's list of those whom it addresses, what it did, whom that reached, and the values of the
//! vulnerability index.
//!
//! What was done and whom it reached are projections of the acts. The list and the values are typed: an entry of the list
//! can be retired and is never renamed, a value is never changed; of several values of one indicator the last counts.

use std::sync::Arc;

use jiff::civil::Date;
use netra_docket::act::{PreventionKind, RecipientKind};
use netra_docket::ids::{AccountId, ActId, MatterId, OfficeId, RecipientId};
use netra_law::time::Moment;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, count, failed, parsed_cell};
use crate::queue::Fault;
use crate::statement::{Script, Value, execute};
use crate::store::Store;
use crate::types::{Scope, StoreError};

/// The most entries of an office's list that are in use at the same time.
pub const MOST_RECIPIENTS: usize = 5_000;
/// Most lines of a page.
const MOST: u32 = 200;
/// Values that are written with one statement.
const AT_ONCE: usize = 500;

/// An entry of an office's list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "daftar penerima")]
pub struct Recipient {
    /// Id.
    pub id: RecipientId,
    /// What kind.
    pub kind: RecipientKind,
    /// Name of the agency or function, never of a person.
    pub name: String,
    /// Home-affairs code of its region; empty if it has none of its own.
    pub region: String,
    /// Address on letters.
    pub address: String,
    /// When it was retired; none while it is in use.
    pub retired: Option<Moment>,
}

/// Which entries of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Those in use.
    InUse,
    /// All that ever were.
    Ever,
}

/// Why nothing was added to the list.
#[derive(Debug, thiserror::Error)]
pub enum RecipientError {
    /// The list would become too long.
    #[error("daftar penerima paling banyak berisi {max} penerima: hentikan yang tidak dipakai lagi", max = MOST_RECIPIENTS)]
    TooMany,
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for RecipientError {
    fn store(&self) -> Option<&StoreError> {
        if let RecipientError::Store(error) = self { Some(error) } else { None }
    }
}

/// What was done, as a line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "register pencegahan")]
pub struct MeasureRow {
    /// The act.
    pub act: ActId,
    /// The matter whose docket it stands in.
    pub matter: MatterId,
    /// Its place there.
    pub n: u32,
    /// What kind.
    pub kind: PreventionKind,
    /// When.
    pub at: Moment,
    /// In one line.
    pub subject: String,
    /// Number of the letter; empty if it is none.
    pub letter: String,
    /// To whom in words, one on each line.
    pub audience: String,
    /// To how many of the list.
    pub addressed: u64,
    /// Of how many something came back.
    pub answered: u64,
}

/// Which lines of the register.
#[derive(Clone, Debug, Default)]
pub struct MeasureQuery {
    /// Only this kind.
    pub kind: Option<PreventionKind>,
    /// Only those addressed to this kind of recipient.
    pub to: Option<RecipientKind>,
    /// After this line, as given by the page before.
    pub after: Option<MeasureCursor>,
    /// At most so many.
    pub limit: u32,
}

/// A place in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureCursor {
    /// Seconds since 1970.
    pub at: i64,
    /// The act at which the page ended.
    pub act: ActId,
}

/// A page of the register, newest first.
#[derive(Clone, Debug)]
pub struct MeasurePage {
    /// The lines.
    pub rows: Vec<MeasureRow>,
    /// Where the next page begins.
    pub next: Option<MeasureCursor>,
}

/// How an entry of the list was reached in a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Who.
    pub recipient: RecipientId,
    /// When last, in seconds since 1970.
    pub last: i64,
    /// By how many measures.
    pub measures: u64,
    /// Whether something came back that says so.
    pub confirmed: bool,
}

/// A value of an indicator as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorValue {
    /// Whose officer typed it.
    pub office: OfficeId,
    /// Home-affairs code of the region.
    pub region: String,
    /// Of which year.
    pub year: i16,
    /// Id of the indicator.
    pub indicator: String,
    /// The value in hundredths.
    pub hundredths: u32,
    /// Where it was taken from.
    pub source: String,
    /// The day of that.
    pub day: Date,
    /// When it was typed.
    pub recorded: Moment,
    /// Who typed it.
    pub account: AccountId,
}

const MEASURES: &str = "
    SELECT act, matter, n, kind, at, moment, subject, letter, audience, addressed, answered
    FROM measures
    WHERE office = $1 AND (at, act) < ($2, $3) AND ($4 = '' OR kind = $4)
      AND ($5 = '' OR EXISTS (SELECT 1 FROM reaches r WHERE r.act = measures.act AND r.kind = $5))
    ORDER BY at DESC, act DESC
    LIMIT $6";

// UNION, not UNION ALL: offices that are each other's parent must not make it endless.
const VALUES: &str = "
    WITH RECURSIVE below (id) AS (
        SELECT id FROM offices WHERE id = $1
        UNION
        SELECT o.id FROM offices o JOIN below b ON o.parent = b.id
    )
    SELECT v.office, v.region, v.year, v.indicator, v.value, v.source, v.day, v.recorded, v.account
    FROM below b JOIN indicator_values v ON v.office = b.id
    ORDER BY v.seq";

impl Store {
    /// An office's list, by kind and name.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn recipients(&self, scope: &Scope, listed: Listed) -> Result<Vec<Recipient>, StoreError> {
        let sql = match listed {
            Listed::InUse => {
                "SELECT id, kind, name, region, address, retired FROM recipients
                 WHERE office = $1 AND retired IS NULL ORDER BY kind, name, id"
            }
            Listed::Ever => {
                "SELECT id, kind, name, region, address, retired FROM recipients
                 WHERE office = $1 ORDER BY kind, name, id"
            }
        };
        let rows = sqlx::query(sql)
            .bind(scope.office().as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading the list of recipients"))?;
        rows.iter().map(recipient_from).collect()
    }

    /// Adds entries to an office's list, all of them or none; one that is on it already stays as it is. Tells how many
    /// are new.
    ///
    /// # Errors
    /// The list would become too long, or the database fails; nothing was added then.
    pub async fn add_recipients(
        &self,
        scope: &Scope,
        recipients: &[Recipient],
        by: AccountId,
        at: Moment,
    ) -> Result<u64, RecipientError> {
        let office = scope.office().clone();
        let row = |r: &Recipient| -> [Value; 8] {
            [
                r.id.to_string().into(),
                office.as_str().into(),
                r.kind.id().into(),
                r.name.as_str().into(),
                r.region.as_str().into(),
                r.address.as_str().into(),
                at.to_string().into(),
                by.to_string().into(),
            ]
        };
        let rows: Arc<Vec<[Value; 8]>> = Arc::new(recipients.iter().map(row).collect());
        let key = office.to_string();
        self.write(&key, move |conn| {
            let (office, rows) = (office.clone(), rows.clone());
            Box::pin(async move { add(conn, &office, &rows).await })
        })
        .await
    }

    /// Takes an entry out of use; what was addressed to it stays. Tells whether it was in use.
    ///
    /// # Errors
    /// The database fails.
    pub async fn retire_recipient(
        &self,
        scope: &Scope,
        id: RecipientId,
        by: AccountId,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE recipients SET retired = $3, retired_by = $4
                   WHERE office = $1 AND id = $2 AND retired IS NULL";
        let values: Vec<Value> =
            vec![scope.office().as_str().into(), id.to_string().into(), at.to_string().into(), by.to_string().into()];
        Ok(self.execute("retiring a recipient", sql, values).await? > 0)
    }

    /// A page of what the office did, newest first. At most 200 lines, at least one.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn measures(&self, scope: &Scope, query: &MeasureQuery) -> Result<MeasurePage, StoreError> {
        let limit = query.limit.clamp(1, MOST);
        // Behind every id, and behind every moment.
        let (at, act) = query.after.map_or((i64::MAX, "~".to_owned()), |after| (after.at, after.act.to_string()));
        let rows = sqlx::query(MEASURES)
            .bind(scope.office().as_str())
            .bind(at)
            .bind(act)
            .bind(query.kind.map_or("", PreventionKind::id))
            .bind(query.to.map_or("", RecipientKind::id))
            // One more than asked tells whether there is a next page.
            .bind(i64::from(limit) + 1)
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading the register of prevention"))?;
        let mut lines = rows.iter().map(measure_from).collect::<Result<Vec<_>, _>>()?;
        let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            lines.pop();
        }
        let next = lines.last().filter(|_| more);
        let next = next.map(|line| MeasureCursor { at: line.at.instant().as_second(), act: line.act });
        Ok(MeasurePage { rows: lines, next })
    }

    /// Whom of the list the office reached from one moment to before another, each once.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn reached(&self, scope: &Scope, from: Moment, before: Moment) -> Result<Vec<Reached>, StoreError> {
        let rows = sqlx::query(
            "SELECT recipient, MAX(at) AS last, COUNT(*) AS measures, MAX(confirmed) AS confirmed FROM reaches
             WHERE office = $1 AND reached = 1 AND at >= $2 AND at < $3
             GROUP BY recipient ORDER BY recipient",
        )
        .bind(scope.office().as_str())
        .bind(from.instant().as_second())
        .bind(before.instant().as_second())
        .fetch_all(self.reader())
        .await
        .map_err(failed("reading whom prevention reached"))?;
        let reached = |row: &AnyRow| -> Result<Reached, StoreError> {
            Ok(Reached {
                recipient: parsed_cell(row, "reaches", "recipient")?,
                last: cell(row, "last")?,
                measures: count(cell(row, "measures")?),
                confirmed: cell::<i64>(row, "confirmed")? > 0,
            })
        };
        rows.iter().map(reached).collect()
    }

    /// Keeps values of indicators, all of them or none. They are added to those of before and change none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn add_indicator_values(&self, values: &[IndicatorValue]) -> Result<(), StoreError> {
        let row = |v: &IndicatorValue| -> [Value; 9] {
            [
                v.office.as_str().into(),
                v.region.as_str().into(),
                i64::from(v.year).into(),
                v.indicator.as_str().into(),
                i64::from(v.hundredths).into(),
                v.source.as_str().into(),
                v.day.to_string().into(),
                v.recorded.to_string().into(),
                v.account.to_string().into(),
            ]
        };
        let rows: Arc<Vec<[Value; 9]>> = Arc::new(values.iter().map(row).collect());
        self.write("", move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for some in rows.chunks(AT_ONCE) {
                    let mut script = Script::default();
                    let head = "INSERT INTO indicator_values
                                (office, region, year, indicator, value, source, day, recorded, account) VALUES";
                    script.insert(head, some.to_vec());
                    script.run(&mut *conn).await.map_err(failed("keeping values of indicators"))?;
                }
                Ok::<(), StoreError>(())
            })
        })
        .await
    }

    /// The values that the office and the offices below it typed, in the order in which they were.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn indicator_values(&self, scope: &Scope) -> Result<Vec<IndicatorValue>, StoreError> {
        let rows = sqlx::query(VALUES)
            .bind(scope.office().as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading values of indicators"))?;
        rows.iter().map(value_from).collect()
    }
}

async fn add(conn: &mut AnyConnection, office: &OfficeId, rows: &[[Value; 8]]) -> Result<u64, RecipientError> {
    let mut new = 0;
    for row in rows {
        let sql = "INSERT INTO recipients (id, office, kind, name, region, address, added, added_by)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                   ON CONFLICT (office, kind, name) WHERE retired IS NULL DO NOTHING";
        new += execute(&mut *conn, sql, row.clone()).await.map_err(failed("adding a recipient"))?;
    }
    let in_use: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM recipients WHERE office = $1 AND retired IS NULL")
        .bind(office.as_str())
        .fetch_one(&mut *conn)
        .await
        .map_err(failed("counting the recipients"))?;
    if usize::try_from(in_use).is_ok_and(|count| count > MOST_RECIPIENTS) {
        return Err(RecipientError::TooMany);
    }
    Ok(new)
}

fn recipient_from(row: &AnyRow) -> Result<Recipient, StoreError> {
    let kind: &str = cell(row, "kind")?;
    let retired: Option<&str> = cell(row, "retired")?;
    let retired = retired.map(str::parse::<Moment>).transpose();
    Ok(Recipient {
        id: parsed_cell(row, "recipients", "id")?,
        kind: RecipientKind::from_id(kind).ok_or_else(|| bad_row("recipients", "unknown kind of recipient"))?,
        name: cell(row, "name")?,
        region: cell(row, "region")?,
        address: cell(row, "address")?,
        retired: retired.map_err(|_| bad_row("recipients", "column retired is not of its form"))?,
    })
}

fn measure_from(row: &AnyRow) -> Result<MeasureRow, StoreError> {
    let kind: &str = cell(row, "kind")?;
    let n: i64 = cell(row, "n")?;
    Ok(MeasureRow {
        act: parsed_cell(row, "measures", "act")?,
        matter: parsed_cell(row, "measures", "matter")?,
        n: u32::try_from(n).map_err(|_| bad_row("measures", "the number is out of range"))?,
        kind: PreventionKind::from_id(kind).ok_or_else(|| bad_row("measures", "unknown kind of prevention"))?,
        at: parsed_cell(row, "measures", "moment")?,
        subject: cell(row, "subject")?,
        letter: cell(row, "letter")?,
        audience: cell(row, "audience")?,
        addressed: count(cell(row, "addressed")?),
        answered: count(cell(row, "answered")?),
    })
}

fn value_from(row: &AnyRow) -> Result<IndicatorValue, StoreError> {
    let (year, value): (i64, i64) = (cell(row, "year")?, cell(row, "value")?);
    let out_of_range = || bad_row("indicator_values", "a number is out of range");
    Ok(IndicatorValue {
        office: parsed_cell(row, "indicator_values", "office")?,
        region: cell(row, "region")?,
        year: i16::try_from(year).map_err(|_| out_of_range())?,
        indicator: cell(row, "indicator")?,
        hundredths: u32::try_from(value).map_err(|_| out_of_range())?,
        source: cell(row, "source")?,
        day: parsed_cell(row, "indicator_values", "day")?,
        recorded: parsed_cell(row, "indicator_values", "recorded")?,
        account: parsed_cell(row, "indicator_values", "account")?,
    })
}

#[cfg(test)]
mod tests {
    use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

    use super::*;

    #[tokio::test]
    async fn a_page_of_the_register_is_one_walk_along_the_index() {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        for migration in crate::migrate::MIGRATIONS {
            sqlx::raw_sql(migration.embedded).execute(&mut conn).await.unwrap();
        }
        let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {MEASURES}"));
        let rows = sqlx::query(sql).fetch_all(&mut conn).await.unwrap();
        let plan = rows.iter().map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("\n");
        assert!(plan.contains("INDEX measures_in_order (office=?"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "the index gives the order: {plan}");
    }
}
