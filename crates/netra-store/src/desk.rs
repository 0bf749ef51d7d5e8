//! The desk: an office's matters by nearest clock, and how urgent they are.
//!
//! Every list is one walk along the index `desk_in_order`; nothing is sorted or counted in memory.

use jiff::Span;
use netra_docket::clocks::NearestClock;
use netra_docket::ids::MatterId;
use netra_docket::matter::Stage;
use netra_law::time::Moment;
use sqlx::any::AnyRow;

use crate::convert::{bad_json, bad_row, cell, count, failed, origin_from_id, parsed, parsed_cell, seconds};
use crate::offices::office_from;
use crate::store::Store;
use crate::types::{Closed, Cursor, DeskCounts, DeskPage, DeskQuery, DeskRow, Office, Scope, StoreError};

/// Most lines of a page.
const MOST: u32 = 200;
/// Days of a week.
const WEEK: i64 = 7;

/// The columns of a line, of `desk d`, `matters m` and `accounts a`.
pub(crate) const LINE: &str = "d.matter, d.due, d.stage, m.number, m.subject_line, m.origin, m.regime, m.opened,
    m.next_clock, m.next_due, m.next_otherwise, a.name AS owner_name";

const PAGE: &str = "
    SELECT d.matter, d.due, d.stage, m.number, m.subject_line, m.origin, m.regime, m.opened,
           m.next_clock, m.next_due, m.next_otherwise, a.name AS owner_name
    FROM desk d
    JOIN matters m ON m.matter = d.matter
    LEFT JOIN accounts a ON a.id = m.owner
    WHERE d.office = $1 AND d.open = $2 AND (d.due, d.matter) > ($3, $4)
      AND ($5 = '' OR d.stage = $5) AND ($6 = '' OR d.owner = $6)
    ORDER BY d.due, d.matter
    LIMIT $7";

/// The most that a desk counts: a page must not take longer because an office has more matters.
pub const COUNTED_AT_MOST: u64 = 1000;

const COUNTS: &str = "
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM desk WHERE office = $1 AND open = 1 AND due < $2 LIMIT 1000) AS counted) AS overdue,
           (SELECT COUNT(*) FROM (SELECT 1 FROM desk WHERE office = $1 AND open = 1 AND due >= $2 AND due <= $3 LIMIT 1000) AS counted) AS today,
           (SELECT COUNT(*) FROM (SELECT 1 FROM desk WHERE office = $1 AND open = 1 AND due >= $2 AND due <= $4 LIMIT 1000) AS counted) AS week,
           (SELECT COUNT(*) FROM (SELECT 1 FROM desk WHERE office = $1 AND open = 1 LIMIT 1000) AS counted) AS open";

// UNION, not UNION ALL: offices that are each other's parent must not make it endless.
const OVERVIEW: &str = "
    WITH RECURSIVE below (id) AS (
        SELECT id FROM offices WHERE id = $1
        UNION
        SELECT o.id FROM offices o JOIN below b ON o.parent = b.id
    )
    SELECT o.body,
           (SELECT COUNT(*) FROM desk d WHERE d.office = o.id AND d.open = 1 AND d.due < $2) AS overdue,
           (SELECT COUNT(*) FROM desk d WHERE d.office = o.id AND d.open = 1 AND d.due >= $2 AND d.due <= $3) AS today,
           (SELECT COUNT(*) FROM desk d WHERE d.office = o.id AND d.open = 1 AND d.due >= $2 AND d.due <= $4) AS week,
           (SELECT COUNT(*) FROM desk d WHERE d.office = o.id AND d.open = 1) AS open
    FROM below b JOIN offices o ON o.id = b.id
    ORDER BY o.id";

impl Store {
    /// A page of the office's desk, nearest clock first. At most 200 lines, at least one.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn desk(&self, scope: &Scope, query: &DeskQuery) -> Result<DeskPage, StoreError> {
        let limit = query.limit.clamp(1, MOST);
        let (due, after) = match &query.after {
            Some(cursor) => (cursor.due, cursor.matter.to_string()),
            None => (i64::MIN, String::new()),
        };
        let open = match query.closed {
            Closed::No => 1_i64,
            Closed::Yes => 0,
        };
        let rows = sqlx::query(PAGE)
            .bind(scope.office().as_str())
            .bind(open)
            .bind(due)
            .bind(after)
            .bind(query.stage.map_or("", Stage::id))
            .bind(query.owner.map(|o| o.to_string()).unwrap_or_default())
            // One more than asked tells whether there is a next page.
            .bind(i64::from(limit) + 1)
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading the desk"))?;
        let mut lines = rows.iter().map(line_from).collect::<Result<Vec<_>, _>>()?;
        let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            lines.pop();
        }
        let next = if more { lines.last().map(|(_, cursor)| cursor.clone()) } else { None };
        Ok(DeskPage { rows: lines.into_iter().map(|(line, _)| line).collect(), next })
    }

    /// How urgent the office's open matters are, each counted to [`COUNTED_AT_MOST`]: a clock that ends in this very second is not over,
    /// a week is seven calendar days, and days are those of the given moment's zone.
    ///
    /// # Errors
    /// The database fails.
    pub async fn desk_counts(&self, scope: &Scope, now: Moment) -> Result<DeskCounts, StoreError> {
        let bounds = Bounds::at(now);
        let row = sqlx::query(COUNTS)
            .bind(scope.office().as_str())
            .bind(bounds.now)
            .bind(bounds.end_of_day)
            .bind(bounds.end_of_week)
            .fetch_one(self.reader())
            .await
            .map_err(failed("counting the desk"))?;
        counts_from(&row)
    }

    /// The scope's office and every office below it, each with its counts, by id.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn overview(&self, scope: &Scope, now: Moment) -> Result<Vec<(Office, DeskCounts)>, StoreError> {
        let bounds = Bounds::at(now);
        let rows = sqlx::query(OVERVIEW)
            .bind(scope.office().as_str())
            .bind(bounds.now)
            .bind(bounds.end_of_day)
            .bind(bounds.end_of_week)
            .fetch_all(self.reader())
            .await
            .map_err(failed("counting the desks"))?;
        rows.iter().map(overview_from).collect()
    }
}

/// The moments between which clocks are counted, in seconds since 1970; the same borders as those
/// of `netra_docket::clocks::urgency`.
struct Bounds {
    now: i64,
    end_of_day: i64,
    end_of_week: i64,
}

impl Bounds {
    fn at(moment: Moment) -> Bounds {
        let now = seconds(moment);
        let today = moment.date();
        let end_of = |day| Moment::end_of_day(day, moment.zone()).map_or(now, seconds);
        let in_a_week = today.checked_add(Span::new().days(WEEK)).unwrap_or(today);
        Bounds { now, end_of_day: end_of(today), end_of_week: end_of(in_a_week) }
    }
}

fn overview_from(row: &AnyRow) -> Result<(Office, DeskCounts), StoreError> {
    Ok((office_from(cell(row, "body")?)?, counts_from(row)?))
}

fn counts_from(row: &AnyRow) -> Result<DeskCounts, StoreError> {
    Ok(DeskCounts {
        overdue: count(cell(row, "overdue")?),
        today: count(cell(row, "today")?),
        week: count(cell(row, "week")?),
        open: count(cell(row, "open")?),
    })
}

pub(crate) fn line_from(row: &AnyRow) -> Result<(DeskRow, Cursor), StoreError> {
    let matter: MatterId = parsed_cell(row, "desk", "matter")?;
    let stage = Stage::from_id(cell(row, "stage")?).ok_or_else(|| bad_row("desk", "unknown stage"))?;
    let origin = origin_from_id(cell(row, "origin")?).ok_or_else(|| bad_row("matters", "unknown origin"))?;
    let line = DeskRow {
        matter,
        number: cell(row, "number")?,
        subject_line: cell(row, "subject_line")?,
        origin,
        regime: parsed_cell(row, "matters", "regime")?,
        stage,
        opened: parsed_cell(row, "matters", "opened")?,
        next: next_from(row)?,
        owner: cell(row, "owner_name")?,
    };
    Ok((line, Cursor { due: cell(row, "due")?, matter }))
}

fn next_from(row: &AnyRow) -> Result<Option<NearestClock>, StoreError> {
    let clock: Option<String> = cell(row, "next_clock")?;
    let due: Option<String> = cell(row, "next_due")?;
    let otherwise: Option<String> = cell(row, "next_otherwise")?;
    let (Some(clock), Some(due)) = (clock, due) else { return Ok(None) };
    let otherwise = otherwise.map(|json| serde_json::from_str(&json)).transpose().map_err(bad_json("matters"))?;
    Ok(Some(NearestClock {
        clock,
        due: parsed("matters", "next_due", &due)?,
        otherwise: otherwise.unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests {
    use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

    use super::*;

    /// How the database would carry out a query.
    async fn plan(sql: &str) -> String {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        for migration in crate::migrate::MIGRATIONS {
            sqlx::raw_sql(migration.embedded).execute(&mut conn).await.unwrap();
        }
        let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let rows = sqlx::query(sql).fetch_all(&mut conn).await.unwrap();
        rows.iter().map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("\n")
    }

    #[tokio::test]
    async fn a_page_is_one_walk_along_the_index() {
        let plan = plan(PAGE).await;
        assert!(plan.contains("INDEX desk_in_order (office=? AND open=? AND (due,matter)>(?,?))"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "the index gives the order: {plan}");
        assert!(!plan.contains("SCAN"), "{plan}");
    }

    #[tokio::test]
    async fn counts_are_ranges_of_the_index() {
        let plan = plan(COUNTS).await;
        assert_eq!(plan.matches("SEARCH desk USING COVERING INDEX desk_in_order").count(), 4, "{plan}");
    }

    #[test]
    fn borders_are_those_of_urgency() {
        use netra_docket::clocks::{Urgency, urgency};
        let now: Moment = "2024-01-19T17:10:00+08:00".parse().unwrap();
        let bounds = Bounds::at(now);
        let at = |second| Moment::new(jiff::Timestamp::from_second(second).unwrap(), now.zone());
        for (border, before, after) in [
            (bounds.now - 1, Urgency::Overdue, Urgency::Today),
            (bounds.end_of_day, Urgency::Today, Urgency::Week),
            (bounds.end_of_week, Urgency::Week, Urgency::Later),
        ] {
            assert_eq!(urgency(at(border), now), before);
            assert_eq!(urgency(at(border + 1), now), after);
        }
    }
}
