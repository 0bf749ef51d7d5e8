//! Statistics: what is counted of each matter, kept in step with the acts, and the tables that the public sees.
//!
//! The counts follow the ledger as the search does: [`Store::follow_statistics`] looks through what was recorded since, computes
//! the facts of each matter concerned anew, and changes the counts by the difference. Matters of which a deadline
//! has passed meanwhile are counted again too. [`Store::publish_statistics`] makes the public tables out of the counts, with
//! small ones hidden; nothing else is ever handed out, so that a page can't show what must stay hidden.

mod public;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use netra_docket::clocks::clocks;
use netra_docket::ids::{MatterId, OfficeId};
use netra_law::time::Moment;
use netra_statistics::{FACTS, Facts, facts};
use sqlx::{AnyConnection, AssertSqlSafe};

pub use public::Published;

use crate::convert::{bad_json, bad_row, failed, parsed, seconds};
use crate::dockets::{folded, sealed_entries};
use crate::following::{Piece, next_piece};
use crate::offices::office_in;
use crate::statement::{Script, Value, execute};
use crate::store::{Means, Store};
use crate::types::{Office, StoreError};

/// Matters whose deadline has passed that are counted again in one transaction.
const TOGETHER: i64 = 128;
/// Rows that are written with one statement.
pub(super) const ROWS: usize = 2000;
/// All of it is written by one job after the other: counts of several offices meet in the same rows.
pub(super) const LANE: &str = "statistics";
/// The setting that tells by which program and law the facts were made.
const MADE_BY: &str = "statistics";

/// A row of the counts: dimension, area, election, year, value.
type Key = (&'static str, String, String, i16, String);

impl Store {
    /// Counts what was recorded, and what became overdue, since the last time; tells of how many matters. Several processes may
    /// do so at once: of two that meet, one waits for the other.
    ///
    /// # Errors
    /// The database fails, or an act can't be read.
    pub async fn follow_statistics(&self, now: Moment) -> Result<u64, StoreError> {
        let behind: Vec<String> = sqlx::query_scalar(
            "SELECT t.office FROM trees t LEFT JOIN statistics_progress p ON p.office = t.office
             WHERE t.size > COALESCE(p.leaves, 0) ORDER BY t.office",
        )
        .fetch_all(self.reader())
        .await
        .map_err(failed("looking for what was not counted yet"))?;
        let mut done = 0;
        for office in &behind {
            let office: OfficeId = parsed("trees", "office", office)?;
            loop {
                let (means, of) = (self.means(), office.clone());
                let some = self.write(LANE, move |conn| {
                    let (means, of) = (means.clone(), of.clone());
                    Box::pin(async move { count_recorded(conn, &means, &of, now).await })
                });
                match some.await? {
                    0 => break,
                    some => done += some,
                }
            }
        }
        Ok(done + self.count_passed(now).await?)
    }

    /// Counts matters again of which a deadline has passed.
    async fn count_passed(&self, now: Moment) -> Result<u64, StoreError> {
        let mut done = 0;
        loop {
            let passed: Vec<String> = sqlx::query_scalar(
                "SELECT matter FROM statistics_matters WHERE changes IS NOT NULL AND changes < $1
                 ORDER BY changes, matter LIMIT $2",
            )
            .bind(seconds(now))
            .bind(TOGETHER)
            .fetch_all(self.reader())
            .await
            .map_err(failed("looking for deadlines that have passed"))?;
            if passed.is_empty() {
                return Ok(done);
            }
            let matters: Vec<MatterId> =
                passed.iter().map(|id| parsed("statistics_matters", "matter", id)).collect::<Result<_, _>>()?;
            let (means, matters) = (self.means(), Arc::new(matters));
            done += u64::try_from(matters.len()).unwrap_or(u64::MAX);
            let counted = self.write(LANE, move |conn| {
                let (means, matters) = (means.clone(), matters.clone());
                Box::pin(async move { count_again(conn, &means, &matters, now).await })
            });
            counted.await?;
        }
    }

    /// Counts everything again from the acts; tells of how many matters. Others may work meanwhile.
    ///
    /// # Errors
    /// The database fails, or an act can't be read.
    pub async fn recount_statistics(&self, now: Moment) -> Result<u64, StoreError> {
        self.forget_statistics().await?;
        self.follow_statistics(now).await
    }

    /// Throws the counts away if another program or other law packs made them.
    pub(crate) async fn refresh_statistics(&self) -> Result<(), StoreError> {
        let made_by = format!("{FACTS}/{:016x}", self.law().fingerprint());
        if self.setting(MADE_BY).await?.as_ref() == Some(&made_by) {
            return Ok(());
        }
        self.forget_statistics().await?;
        self.set_setting(MADE_BY, &made_by).await
    }

    /// Throws the counts away; what was recorded is counted again. What is published stays until the next publication.
    pub(crate) async fn forget_statistics(&self) -> Result<(), StoreError> {
        let forgotten = self.write(LANE, |conn| {
            Box::pin(async move {
                for sql in [
                    "DELETE FROM statistics_matters",
                    "DELETE FROM statistics_cells",
                    "DELETE FROM statistics_progress",
                ] {
                    execute(conn, sql, []).await.map_err(failed("clearing the counts"))?;
                }
                Ok::<(), StoreError>(())
            })
        });
        forgotten.await
    }
}

/// Counts the matters of the next acts of an office's ledger; tells of how many.
async fn count_recorded(
    conn: &mut AnyConnection,
    means: &Means,
    office: &OfficeId,
    now: Moment,
) -> Result<u64, StoreError> {
    let place = "INSERT INTO statistics_progress (office, leaves) VALUES ($1, 0)
                 ON CONFLICT (office) DO UPDATE SET leaves = statistics_progress.leaves RETURNING leaves";
    let Some(Piece { matters, upto }) = next_piece(conn, office, place).await? else { return Ok(0) };
    count_again(conn, means, &matters, now).await?;
    sqlx::query("UPDATE statistics_progress SET leaves = $2 WHERE office = $1")
        .bind(office.as_str())
        .bind(upto)
        .execute(&mut *conn)
        .await
        .map_err(failed("noting how far the counts are"))?;
    Ok(u64::try_from(matters.len()).unwrap_or(u64::MAX))
}

/// Counts matters anew, in place of what was counted of them before.
async fn count_again(
    conn: &mut AnyConnection,
    means: &Means,
    matters: &[MatterId],
    now: Moment,
) -> Result<(), StoreError> {
    let mut offices: HashMap<OfficeId, Office> = HashMap::new();
    let mut changes: BTreeMap<Key, i64> = BTreeMap::new();
    for matter in matters {
        let before = counted_before(conn, *matter).await?;
        let after = facts_now(conn, means, &mut offices, *matter, now).await?;
        if before == after {
            continue;
        }
        for (facts, sign) in before.iter().map(|facts| (facts, -1)).chain(after.iter().map(|facts| (facts, 1))) {
            add(&mut changes, facts, sign);
        }
        keep_facts(conn, *matter, after.as_ref()).await?;
    }
    changes.retain(|_, change| *change != 0);
    keep_changes(conn, changes).await
}

/// What was counted of a matter, in a row that nobody else changes meanwhile.
async fn counted_before(conn: &mut AnyConnection, matter: MatterId) -> Result<Option<Facts>, StoreError> {
    let json: Option<String> = sqlx::query_scalar("SELECT facts FROM statistics_matters WHERE matter = $1")
        .bind(matter.to_string())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading what was counted"))?;
    json.map(|json| serde_json::from_str(&json)).transpose().map_err(bad_json("statistics_matters"))
}

async fn facts_now(
    conn: &mut AnyConnection,
    means: &Means,
    offices: &mut HashMap<OfficeId, Office>,
    id: MatterId,
    now: Moment,
) -> Result<Option<Facts>, StoreError> {
    let matter = folded(&sealed_entries(conn, id).await?, &means.law)?;
    if !offices.contains_key(&matter.office) {
        let office = office_in(conn, &matter.office).await?;
        let office = office.ok_or_else(|| bad_row("offices", format!("there is no office {}", matter.office)))?;
        offices.insert(matter.office.clone(), office);
    }
    let Some(office) = offices.get(&matter.office) else { return Ok(None) };
    let running = clocks(&matter, &means.law, &office.seat(), now);
    Ok(facts(&matter, &means.law, &office.region, &running))
}

fn add(changes: &mut BTreeMap<Key, i64>, facts: &Facts, sign: i64) {
    for (dimension, value, count) in facts.counts.iter() {
        let key =
            (dimension.id(), facts.area.to_string(), facts.election.id().to_owned(), facts.year, value.to_string());
        let change = sign.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX));
        let sum = changes.entry(key).or_default();
        *sum = sum.saturating_add(change);
    }
}

async fn keep_facts(conn: &mut AnyConnection, matter: MatterId, facts: Option<&Facts>) -> Result<(), StoreError> {
    let mut script = Script::default();
    match facts {
        None => script.add("DELETE FROM statistics_matters WHERE matter = $1", [matter.to_string().into()]),
        Some(facts) => {
            let json = serde_json::to_string(facts).map_err(bad_json("statistics_matters"))?;
            let sql = match facts.until {
                Some(_) => {
                    "INSERT INTO statistics_matters (matter, facts, changes) VALUES ($1, $2, $3)
                     ON CONFLICT (matter) DO UPDATE SET facts = excluded.facts, changes = excluded.changes"
                }
                None => {
                    "INSERT INTO statistics_matters (matter, facts, changes) VALUES ($1, $2, NULL)
                     ON CONFLICT (matter) DO UPDATE SET facts = excluded.facts, changes = NULL"
                }
            };
            let until = facts.until.map(|until| Value::Number(until.as_second()));
            let values: Vec<Value> = [matter.to_string().into(), json.into()].into_iter().chain(until).collect();
            script.add(sql, values);
        }
    }
    script.run(conn).await.map_err(failed("keeping what is counted"))
}

async fn keep_changes(conn: &mut AnyConnection, changes: BTreeMap<Key, i64>) -> Result<(), StoreError> {
    // In the order of the rows, so that two that write never wait for each other crosswise.
    let rows: Vec<Vec<Value>> = changes
        .into_iter()
        .map(|((dimension, area, election, year, value), change)| {
            vec![dimension.into(), area.into(), election.into(), i64::from(year).into(), value.into(), change.into()]
        })
        .collect();
    upsert(
        conn,
        "INSERT INTO statistics_cells (dimension, area, election, year, value, count) VALUES",
        rows,
        "ON CONFLICT (dimension, area, election, year, value)
         DO UPDATE SET count = statistics_cells.count + excluded.count",
    )
    .await
    .map_err(failed("changing the counts"))
}

/// Writes rows of one table; `head` is the statement up to `VALUES`, `tail` what follows the rows.
pub(super) async fn upsert(
    conn: &mut AnyConnection,
    head: &'static str,
    rows: Vec<Vec<Value>>,
    tail: &'static str,
) -> Result<(), sqlx::Error> {
    for some in rows.chunks(ROWS) {
        let mut next = 1..;
        let places = some.iter().map(|row| {
            let row: Vec<String> = next.by_ref().take(row.len()).map(|n: usize| format!("${n}")).collect();
            format!("({})", row.join(", "))
        });
        let sql = format!("{head} {} {tail}", places.collect::<Vec<_>>().join(", "));
        // The texts are those of this crate, and only placeholders were added.
        execute(conn, AssertSqlSafe(sql), some.iter().flatten().cloned()).await?;
    }
    Ok(())
}
