//! What stands in the projections, read back to be compared with what the dockets give.

use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::convert::{cell, failed};
use crate::project::Rows;
use crate::statement::Value;
use crate::types::StoreError;

/// The columns of each projection, in the order of [`Rows`].
const MATTERS: [&str; 14] = [
    "matter",
    "home",
    "office",
    "regime",
    "origin",
    "number",
    "subject_line",
    "stage",
    "opened",
    "next_clock",
    "next_due",
    "next_otherwise",
    "owner",
    "length",
];
const DESK: [&str; 6] = ["office", "matter", "open", "due", "stage", "owner"];
const NOTICES: [&str; 7] = ["act", "matter", "office", "at", "moment", "title", "text"];
const MEASURES: [&str; 12] =
    ["act", "matter", "n", "office", "kind", "at", "moment", "subject", "letter", "audience", "addressed", "answered"];
const REACHES: [&str; 8] = ["act", "recipient", "matter", "office", "kind", "at", "reached", "confirmed"];
/// Those of them that hold numbers; the others hold text.
const NUMBERS: [&str; 9] = ["length", "open", "due", "at", "n", "addressed", "answered", "reached", "confirmed"];

/// The rows of one matter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    matters: Vec<[Value; 14]>,
    desk: Vec<[Value; 6]>,
    notices: Vec<[Value; 7]>,
    measures: Vec<[Value; 12]>,
    reaches: Vec<[Value; 8]>,
}

impl Kept {
    /// Brings the rows into an order of their own, so that they can be compared.
    fn in_order(mut self) -> Kept {
        self.matters.sort();
        self.desk.sort();
        self.notices.sort();
        self.measures.sort();
        self.reaches.sort();
        self
    }
}

impl From<Rows> for Kept {
    fn from(rows: Rows) -> Kept {
        let Rows { matter, desk, notices, measures, reaches } = rows;
        Kept { matters: vec![matter], desk, notices, measures, reaches }.in_order()
    }
}

/// The rows of all matters after one id up to another, whether or not they have acts.
pub(super) async fn kept(
    conn: &mut AnyConnection,
    after: &str,
    upto: &str,
) -> Result<BTreeMap<String, Kept>, StoreError> {
    let mut found: BTreeMap<String, Kept> = BTreeMap::new();
    for (matter, row) in read(conn, "matters", &MATTERS, after, upto).await? {
        found.entry(matter).or_default().matters.push(row);
    }
    for (matter, row) in read(conn, "desk", &DESK, after, upto).await? {
        found.entry(matter).or_default().desk.push(row);
    }
    for (matter, row) in read(conn, "notices", &NOTICES, after, upto).await? {
        found.entry(matter).or_default().notices.push(row);
    }
    for (matter, row) in read(conn, "measures", &MEASURES, after, upto).await? {
        found.entry(matter).or_default().measures.push(row);
    }
    for (matter, row) in read(conn, "reaches", &REACHES, after, upto).await? {
        found.entry(matter).or_default().reaches.push(row);
    }
    Ok(found.into_iter().map(|(matter, kept)| (matter, kept.in_order())).collect())
}

async fn read<const N: usize>(
    conn: &mut AnyConnection,
    table: &'static str,
    columns: &[&'static str; N],
    after: &str,
    upto: &str,
) -> Result<Vec<(String, [Value; N])>, StoreError> {
    let sql = format!("SELECT {} FROM {table} WHERE matter > $1 AND matter <= $2", columns.join(", "));
    // Names of columns and tables are those of this file.
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(after.to_owned())
        .bind(upto.to_owned())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading projections"))?;
    rows.iter().map(|row| Ok((cell(row, "matter")?, values(row, columns)?))).collect()
}

fn values<const N: usize>(row: &AnyRow, columns: &[&'static str; N]) -> Result<[Value; N], StoreError> {
    let mut values = [const { Value::Text(None) }; N];
    for (value, &column) in values.iter_mut().zip(columns) {
        *value = match NUMBERS.contains(&column) {
            true => Value::Number(cell(row, column)?),
            false => Value::Text(cell(row, column)?),
        };
    }
    Ok(values)
}
