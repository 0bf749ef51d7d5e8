//! Single statements that write.

use sqlx::{AnyConnection, AssertSqlSafe, SqlSafeStr};

use crate::convert::failed;
use crate::store::Store;
use crate::types::StoreError;

/// A value to be bound.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// Statements that write and need nothing from each other: they go to the database and back once. On the
/// embedded database that saves waking its thread for each, on a server the way over the network.
///
/// They must touch different rows: a server runs them on one and the same state.
#[derive(Debug, Default)]
pub(crate) struct Script {
    statements: Vec<String>,
    values: Vec<Value>,
}

impl Script {
    /// Adds a statement whose placeholders are numbered from `$1`.
    pub(crate) fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.statements.push(renumbered(sql, self.values.len()));
        self.values.extend(values);
    }

    /// Adds rows of a table; `head` is the statement up to `VALUES`.
    pub(crate) fn insert<const N: usize>(&mut self, head: &str, rows: Vec<[Value; N]>) {
        if rows.is_empty() {
            return;
        }
        let first = self.values.len();
        let row = |row: usize| {
            let places: Vec<String> = (1..=N).map(|column| format!("${}", first + row * N + column)).collect();
            format!("({})", places.join(", "))
        };
        let places: Vec<String> = (0..rows.len()).map(row).collect();
        self.statements.push(format!("{head} {}", places.join(", ")));
        self.values.extend(rows.into_iter().flatten());
    }

    /// Runs the statements.
    pub(crate) async fn run(self, conn: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let sql = match conn.backend_name() {
            "PostgreSQL" => as_one(&self.statements),
            _ => self.statements.join(";\n"),
        };
        if !self.statements.is_empty() {
            // The texts are those of this crate, and only placeholders were added.
            execute(conn, AssertSqlSafe(sql), self.values).await?;
        }
        Ok(())
    }
}

/// A server takes one statement at a time; writes may stand in front of it.
fn as_one(statements: &[String]) -> String {
    match statements {
        [one] => one.clone(),
        several => {
            let parts: Vec<String> = (1..).zip(several).map(|(n, sql)| format!("s{n} AS ({sql})")).collect();
            format!("WITH {} SELECT 1", parts.join(",\n"))
        }
    }
}

/// The same statement with its placeholders numbered from another place.
fn renumbered(sql: &str, from: usize) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let number = number.parse::<usize>().unwrap_or_default();
        text.push_str(&format!("${}{rest}", from + number));
    }
    text
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
    fn placeholders_are_numbered_through_all_statements() {
        let mut script = Script::default();
        script.insert("INSERT INTO t (a, b) VALUES", vec![["x".into(), 1.into()], ["y".into(), 2.into()]]);
        script.insert("INSERT INTO u (a) VALUES", Vec::<[Value; 1]>::new());
        script.add("DELETE FROM v WHERE a = $1 AND b = $2", ["z".into(), 3.into()]);
        assert_eq!(
            script.statements,
            ["INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)", "DELETE FROM v WHERE a = $5 AND b = $6"]
        );
        assert_eq!(script.values.len(), 6);
        assert_eq!(as_one(&script.statements[..1]), script.statements[0]);
        assert!(as_one(&script.statements).starts_with("WITH s1 AS (INSERT INTO t"));
    }
}
