//! Failed tries and the waits after them. Times are seconds since 1970.
//!
//! What is counted is the caller's to name: a login name, a device, a digest of where tries come from. Every wait has
//! an end, and counts are forgotten after a quiet time: nobody is shut out for good.

use std::collections::HashMap;
use std::sync::Arc;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{cell, failed};
use crate::statement::execute;
use crate::store::Store;
use crate::types::StoreError;

/// Something under which tries are counted.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Its name.
    pub key: String,
    /// How many seconds the next try has to wait after so many.
    pub wait: fn(u32) -> i64,
}

/// Whether there can be a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trial {
    /// There can: it was counted, and this is the longest wait after it if it fails, in seconds.
    Open(i64),
    /// Not before this second.
    Shut(i64),
}

impl Store {
    /// Counts a try under each counter, or tells until when there can be none: then nothing is counted. All of it
    /// happens at once, so that many tries at the same time gain nothing. Counts older than `forget` seconds are new.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_try(&self, counters: Vec<Counter>, now: i64, forget: i64) -> Result<Trial, StoreError> {
        let counters = Arc::new(counters);
        self.write("", move |conn| {
            let counters = Arc::clone(&counters);
            Box::pin(async move { note_in(conn, &counters, now, forget).await })
        })
        .await
    }

    /// How often tries have failed under a counter, and until when it is shut; `(0, 0)` if never.
    ///
    /// # Errors
    /// The database fails.
    pub async fn login_failures(&self, key: &str) -> Result<(u32, i64), StoreError> {
        let row = sqlx::query("SELECT count, until FROM login_failures WHERE login = $1")
            .bind(key)
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading login failures"))?;
        row.as_ref().map_or(Ok((0, 0)), failures_from)
    }

    /// The counters that are shut at a moment, with the second at which they open.
    ///
    /// # Errors
    /// The database fails.
    pub async fn shut_logins(&self, now: i64) -> Result<HashMap<String, i64>, StoreError> {
        let rows = sqlx::query("SELECT login, until FROM login_failures WHERE until > $1")
            .bind(now)
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading login failures"))?;
        rows.iter().map(|row| Ok((cell(row, "login")?, cell(row, "until")?))).collect()
    }

    /// Forgets failed tries under a counter.
    ///
    /// # Errors
    /// The database fails.
    pub async fn clear_login_failures(&self, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM login_failures WHERE login = $1";
        self.execute("clearing login failures", sql, vec![key.into()]).await?;
        Ok(())
    }

    /// Takes one try back that did not fail, and opens the counter.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_try_back(&self, key: &str) -> Result<(), StoreError> {
        let sql = "UPDATE login_failures SET count = count - 1, until = 0 WHERE login = $1 AND count > 0";
        self.execute("taking a try back", sql, vec![key.into()]).await?;
        Ok(())
    }

    /// Deletes counters under which nothing has been tried since a second; tells how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_failures_before(&self, second: i64) -> Result<u64, StoreError> {
        let sql = "DELETE FROM login_failures WHERE last < $1 AND until < $1";
        self.execute("sweeping out login failures", sql, vec![second.into()]).await
    }
}

async fn note_in(conn: &mut AnyConnection, counters: &[Counter], now: i64, forget: i64) -> Result<Trial, StoreError> {
    let mut counts = Vec::with_capacity(counters.len());
    let mut shut: Option<i64> = None;
    for counter in counters {
        let row = sqlx::query("SELECT count, until FROM login_failures WHERE login = $1 AND last > $2")
            .bind(counter.key.clone())
            .bind(now.saturating_sub(forget))
            .fetch_optional(&mut *conn)
            .await
            .map_err(failed("reading login failures"))?;
        let (count, until) = row.as_ref().map_or(Ok((0, 0)), failures_from)?;
        if now < until {
            shut = shut.max(Some(until));
        }
        counts.push(count.saturating_add(1));
    }
    if let Some(until) = shut {
        return Ok(Trial::Shut(until));
    }
    let mut longest = 0;
    for (counter, count) in counters.iter().zip(counts) {
        let wait = (counter.wait)(count);
        longest = wait.max(longest);
        let sql = "INSERT INTO login_failures (login, count, until, last) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (login) DO UPDATE
                   SET count = excluded.count, until = excluded.until, last = excluded.last";
        let values =
            [counter.key.as_str().into(), i64::from(count).into(), now.saturating_add(wait).into(), now.into()];
        execute(conn, sql, values).await.map_err(failed("noting a login failure"))?;
    }
    Ok(Trial::Open(longest))
}

fn failures_from(row: &AnyRow) -> Result<(u32, i64), StoreError> {
    let failures: i64 = cell(row, "count")?;
    Ok((u32::try_from(failures).unwrap_or(u32::MAX), cell(row, "until")?))
}
