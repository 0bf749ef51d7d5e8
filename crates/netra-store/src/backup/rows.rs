//! Rows as lines of JSON, and the statements that read and write them.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use super::tables::{Column, Kind, Null, Table};
use crate::convert::{bad_json, bad_row, cell, failed};
use crate::types::StoreError;

/// Rows that are read at once.
const PORTION: usize = 500;
/// Rows that one statement writes: far below the parameters that any database allows.
const TOGETHER: usize = 50;

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Text(Option<String>),
    Number(Option<i64>),
    Blob(Option<Vec<u8>>),
}

type Statement<'q> = Query<'q, Any, AnyArguments>;

impl Cell {
    fn read(row: &AnyRow, column: Column) -> Result<Cell, StoreError> {
        Ok(match column.kind {
            Kind::Text => Cell::Text(cell(row, column.name)?),
            Kind::Number | Kind::Order => Cell::Number(cell(row, column.name)?),
            Kind::Blob => Cell::Blob(cell(row, column.name)?),
        })
    }

    fn bound(self, statement: Statement<'_>) -> Statement<'_> {
        match self {
            Cell::Text(text) => statement.bind(text),
            Cell::Number(number) => statement.bind(number),
            Cell::Blob(bytes) => statement.bind(bytes),
        }
    }

    fn parse(column: Column, value: Value) -> Option<Cell> {
        match (column.kind, value) {
            (Kind::Text, Value::String(text)) => Some(Cell::Text(Some(text))),
            (Kind::Number, Value::Number(number)) => Some(Cell::Number(Some(number.as_i64()?))),
            (Kind::Blob, Value::String(digits)) => Some(Cell::Blob(Some(unhexed(&digits)?))),
            (kind, Value::Null) if column.null == Null::Allowed => Some(match kind {
                Kind::Text => Cell::Text(None),
                Kind::Number | Kind::Order => Cell::Number(None),
                Kind::Blob => Cell::Blob(None),
            }),
            _ => None,
        }
    }
}

/// A table as a version of the schema has it.
pub(super) struct Layout {
    pub(super) table: &'static Table,
    columns: Vec<Column>,
}

impl Layout {
    pub(super) fn new(table: &'static Table, version: i64) -> Layout {
        Layout { table, columns: table.columns(version) }
    }

    /// The columns that a line of the backup has.
    fn stored(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().copied().filter(|column| column.kind != Kind::Order)
    }

    fn names(columns: impl Iterator<Item = Column>) -> String {
        columns.map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// The statement that reads a portion after so many values of the key: all of them, or none at the start.
    fn select(&self, after: usize) -> String {
        let key = self.table.key.join(", ");
        let after = if after == 0 { String::new() } else { format!(" WHERE ({key}) > {}", marks(1, after)) };
        let names = Layout::names(self.columns.iter().copied());
        format!("SELECT {names} FROM {}{after} ORDER BY {key} LIMIT {PORTION}", self.table.name)
    }

    /// The statement that writes so many rows.
    fn insert(&self, rows: usize) -> String {
        let width = self.stored().count();
        let values: Vec<String> = (0..rows).map(|row| marks(row * width + 1, width)).collect();
        let names = Layout::names(self.stored());
        format!("INSERT INTO {} ({names}) VALUES {}", self.table.name, values.join(", "))
    }

    /// The rows that come after a key; the first ones after an empty key.
    pub(super) async fn portion(&self, conn: &mut AnyConnection, after: &[Cell]) -> Result<Vec<Vec<Cell>>, StoreError> {
        // Made of names that stand in this program: nothing in it comes from outside.
        let mut statement = sqlx::query(AssertSqlSafe(self.select(after.len())));
        for cell in after {
            statement = cell.clone().bound(statement);
        }
        let rows = statement.fetch_all(&mut *conn).await.map_err(failed("reading a table for the backup"))?;
        rows.iter().map(|row| self.columns.iter().map(|column| Cell::read(row, *column)).collect()).collect()
    }

    /// Writes rows, given as the cells of [`Layout::parse`].
    pub(super) async fn write(&self, conn: &mut AnyConnection, rows: Vec<Vec<Cell>>) -> Result<(), StoreError> {
        let mut rows = rows.into_iter();
        loop {
            let some: Vec<Vec<Cell>> = rows.by_ref().take(TOGETHER).collect();
            if some.is_empty() {
                return Ok(());
            }
            let mut statement = sqlx::query(AssertSqlSafe(self.insert(some.len())));
            for cell in some.into_iter().flatten() {
                statement = cell.bound(statement);
            }
            statement.execute(&mut *conn).await.map_err(failed("restoring rows"))?;
        }
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|other| other.name == column)
    }

    /// The key of a row that was read.
    pub(super) fn key(&self, row: &[Cell]) -> Vec<Cell> {
        let places = self.table.key.iter().filter_map(|column| self.place(column));
        places.filter_map(|place| row.get(place).cloned()).collect()
    }

    /// The text in a column of a row that was read.
    pub(super) fn text<'r>(&self, row: &'r [Cell], column: &str) -> Option<&'r str> {
        match row.get(self.place(column)?)? {
            Cell::Text(text) => text.as_deref(),
            Cell::Number(_) | Cell::Blob(_) => None,
        }
    }

    /// The number in a column of a row that was read.
    pub(super) fn number(&self, row: &[Cell], column: &str) -> Option<i64> {
        match row.get(self.place(column)?)? {
            Cell::Number(number) => *number,
            Cell::Text(_) | Cell::Blob(_) => None,
        }
    }

    /// The bytes in a column of a row that was read.
    pub(super) fn bytes<'r>(&self, row: &'r [Cell], column: &str) -> Option<&'r [u8]> {
        match row.get(self.place(column)?)? {
            Cell::Blob(bytes) => bytes.as_deref(),
            Cell::Text(_) | Cell::Number(_) => None,
        }
    }

    /// Adds the line of a row that was read.
    pub(super) fn line(&self, row: &[Cell], lines: &mut Vec<u8>) -> Result<(), StoreError> {
        serde_json::to_writer(&mut *lines, &Line { layout: self, row }).map_err(bad_json(self.table.name))?;
        lines.push(b'\n');
        Ok(())
    }

    /// Reads a line back: its cells without those whose number the database gives.
    pub(super) fn parse(&self, line: &[u8]) -> Result<Vec<Cell>, StoreError> {
        let table = self.table.name;
        let mut fields: Map<String, Value> = serde_json::from_slice(line).map_err(bad_json(table))?;
        let mut row = Vec::with_capacity(self.columns.len());
        for column in self.stored() {
            let cell = fields.remove(column.name).and_then(|value| Cell::parse(column, value));
            row.push(cell.ok_or_else(|| bad_row(table, format!("column {} is not of its kind", column.name)))?);
        }
        if fields.is_empty() { Ok(row) } else { Err(bad_row(table, "it has columns that the schema does not have")) }
    }
}

/// Places of parameters, `($3, $4)`.
fn marks(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    format!("({})", marks.join(", "))
}

struct Line<'a> {
    layout: &'a Layout,
    row: &'a [Cell],
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, cell) in self.layout.columns.iter().zip(self.row) {
            match cell {
                _ if column.kind == Kind::Order => {}
                Cell::Text(text) => map.serialize_entry(column.name, text)?,
                Cell::Number(number) => map.serialize_entry(column.name, number)?,
                Cell::Blob(bytes) => map.serialize_entry(column.name, &bytes.as_deref().map(hexed))?,
            }
        }
        map.end()
    }
}

/// Like `convert::hex`, quick enough for all acts of a country.
fn hexed(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Reads lower-case hexadecimal digits.
pub(super) fn unhexed(digits: &str) -> Option<Vec<u8>> {
    let half = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some((half(*high)? << 4) | half(*low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tables::{OLDEST, at};
    use super::*;

    fn layout(name: &str) -> Layout {
        Layout::new(at(OLDEST).find(|table| table.name == name).unwrap(), OLDEST)
    }

    fn text(text: &str) -> Cell {
        Cell::Text(Some(text.to_owned()))
    }

    proptest! {
        #[test]
        fn a_row_reads_back_from_its_line(
            office in any::<String>(), level in any::<i64>(), place in any::<i64>(), hashes in any::<Vec<u8>>(),
        ) {
            let row = vec![text(&office), Cell::Number(Some(level)), Cell::Number(Some(place)), Cell::Blob(Some(hashes))];
            let mut lines = Vec::new();
            layout("tiles").line(&row, &mut lines).unwrap();
            prop_assert_eq!(lines.iter().filter(|byte| **byte == b'\n').count(), 1, "a row is a line");
            prop_assert_eq!(layout("tiles").parse(&lines).unwrap(), row);
        }

        #[test]
        fn any_line_is_judged_without_a_panic(line in any::<Vec<u8>>()) {
            let _ = layout("acts").parse(&line);
        }
    }

    #[test]
    fn statements_page_by_key_and_leave_the_order_to_the_database() {
        let tiles = layout("tiles");
        assert_eq!(
            tiles.select(3),
            "SELECT office, level, place, hashes FROM tiles WHERE (office, level, place) > ($1, $2, $3) \
             ORDER BY office, level, place LIMIT 500"
        );
        assert_eq!(layout("settings").select(0), "SELECT key, value FROM settings ORDER BY key LIMIT 500");
        assert_eq!(layout("settings").insert(2), "INSERT INTO settings (key, value) VALUES ($1, $2), ($3, $4)");
        assert!(layout("acts").insert(1).starts_with("INSERT INTO acts (id, matter, "), "the place is given anew");
    }

    #[test]
    fn nothing_is_read_only_where_nothing_may_stand() {
        let offices = layout("offices");
        let row = offices.parse(br#"{"id":"a","body":"{}","parent":null,"kind":"regency"}"#).unwrap();
        assert_eq!(row, [text("a"), text("{}"), Cell::Text(None), text("regency")]);
        for line in [
            &br#"{"id":null,"body":"{}","parent":null,"kind":"regency"}"#[..],
            br#"{"id":"a","body":"{}","kind":"regency"}"#,
            br#"{"id":"a","body":"{}","parent":null,"kind":1}"#,
            br#"{"id":"a","body":"{}","parent":null,"kind":"regency","more":1}"#,
            br#"[]"#,
            b"",
        ] {
            let error = offices.parse(line).unwrap_err();
            assert!(matches!(error, StoreError::Row { table: "offices", .. }), "{error:?}");
        }
    }

    #[test]
    fn bytes_are_pairs_of_digits() {
        assert_eq!(hexed(&[0, 0x1f, 0xff]), "001fff");
        assert_eq!(unhexed("001fff").unwrap(), [0, 0x1f, 0xff]);
        for digits in ["0", "0g", "FF", "é", "a b "] {
            assert_eq!(unhexed(digits), None, "{digits}");
        }
    }
}
