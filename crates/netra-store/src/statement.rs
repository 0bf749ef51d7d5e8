//! Single statements that write.

use sqlx::AnyConnection;

use crate::convert::failed;
use crate::store::Store;
use crate::types::StoreError;

/// A value to be bound.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Option<String>),
    Number(i64),
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

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number)
    }
}

/// Runs a statement; gives the number of rows that it touched.
pub(crate) async fn execute(conn: &mut AnyConnection, sql: &'static str, values: &[Value]) -> Result<u64, sqlx::Error> {
    let mut query = sqlx::query(sql);
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text.clone()),
            Value::Number(number) => query.bind(*number),
        };
    }
    Ok(query.execute(conn).await?.rows_affected())
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
            Box::pin(async move { execute(conn, sql, &values).await.map_err(failed(doing)) })
        })
        .await
    }
}
