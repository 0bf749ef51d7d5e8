//! Single statements that write.

use sqlx::{AnyConnection, AssertSqlSafe, SqlSafeStr};

use crate::convert::failed;
use crate::store::Store;
use crate::types::StoreError;

/// A value to be bound.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Option<String>),
    Number(i64),
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Value {
        Value::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Bytes(bytes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number)
    }
}

/// Runs a statement; gives the number of rows that it touched.
pub(crate) async fn execute(
    conn: &mut AnyConnection,
    sql: impl SqlSafeStr,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, sqlx::Error> {
    let mut query = sqlx::query(sql);
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text),
            Value::Number(number) => query.bind(number),
            Value::Bytes(bytes) => query.bind(bytes),
        };
    }
    Ok(query.execute(conn).await?.rows_affected())
}

/// Most rows that one statement inserts; each number of rows is a statement of its own to the database,
/// which remembers some of them.
const ROWS: usize = 16;

/// Inserts rows with as few statements as possible: each one is a way to the database and back.
/// `head` is the statement up to `VALUES`.
pub(crate) async fn insert<const N: usize>(
    conn: &mut AnyConnection,
    head: &'static str,
    rows: Vec<[Value; N]>,
) -> Result<(), sqlx::Error> {
    let mut rows = rows.into_iter();
    loop {
        let portion: Vec<[Value; N]> = rows.by_ref().take(ROWS).collect();
        if portion.is_empty() {
            return Ok(());
        }
        // Only placeholders are added to the text.
        let sql = AssertSqlSafe(with_placeholders(head, portion.len(), N));
        execute(conn, sql, portion.into_iter().flatten()).await?;
    }
}

fn with_placeholders(head: &str, rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{head} {}", rows.join(", "))
}

impl Store {
    /// One statement in a transaction of its own; gives the number of rows that it touched.
    pub(crate) async fn execute(
        &self,
        doing: &'static str,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.write("", move |conn| {
            let values = values.clone();
            Box::pin(async move { execute(conn, sql, values).await.map_err(failed(doing)) })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_through() {
        assert_eq!(
            with_placeholders("INSERT INTO t (a, b) VALUES", 2, 2),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)"
        );
    }
}
