//! Lists of people, held against one another, and what reviewers decided.
//!
//! | what | where | who can read it |
//! | --- | --- | --- |
//! | the rows of a list | in parts, encrypted under the list's own key | the office, until the list is deleted |
//! | the list's key | encrypted under the office's key | the office, until the list is deleted |
//! | the people of pairs, what changed, notes, what was searched | encrypted under the key of a list | as long as that list |
//! | title and purpose of a list | encrypted under the office's key | the office, for good |
//! | who did what when, numbers of rows, decisions, which figures agreed | as they are: no names | the office, for good |
//!
//! **Invariants**, guarded by `tests/store/registers.rs`.
//! - Every question has the office in it; another office's list, comparison or pair looks like none.
//! - Whoever deletes a list deletes its key: what was encrypted under it can't be read again, wherever a copy lies. The pairs
//!   that came of it lose their people at the same time.
//! - A pair is decided by different people; the database keeps decisions from being changed or removed.
//! - Whatever is done with lists is an entry of a log that the database keeps from being changed.

mod lists;
mod looks;
mod review;
mod runs;

use jiff::Timestamp;
use netra_docket::ids::OfficeId;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::convert::{bad_row, cell, failed, parsed};
use crate::keys::{KeyRing, SecretKey};
use crate::queue::Fault;
use crate::types::{ListId, RegisterError, StoreError};

impl Fault for RegisterError {
    fn store(&self) -> Option<&StoreError> {
        if let RegisterError::Store(error) = self { Some(error) } else { None }
    }
}

/// Ties what is encrypted to its place: it opens nowhere else.
fn context(what: &str, id: impl std::fmt::Display) -> Vec<u8> {
    format!("netra registers 1\n{what}\n{id}").into_bytes()
}

/// The key of a list; none if the office has no such list, or it was deleted.
async fn list_key(
    conn: &mut AnyConnection,
    keys: &KeyRing,
    office: &OfficeId,
    list: ListId,
) -> Result<Option<SecretKey>, StoreError> {
    let row = sqlx::query(
        "SELECT k.sealed_key FROM register_keys k JOIN register_lists l ON l.id = k.list
         WHERE k.list = $1 AND l.office = $2 AND l.deleted IS NULL",
    )
    .bind(list.to_string())
    .bind(office.as_str())
    .fetch_optional(&mut *conn)
    .await
    .map_err(failed("reading the key of a list"))?;
    let Some(row) = row else { return Ok(None) };
    let sealed: Vec<u8> = cell(&row, "sealed_key")?;
    let opened = keys.get(office)?.vault.decrypt(&sealed, &context("key", list));
    let bytes = opened.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    bytes.map(SecretKey::new).map(Some).ok_or_else(|| unopened("register_keys"))
}

/// Something that does not open with its key.
fn unopened(table: &'static str) -> StoreError {
    bad_row(table, "it does not open with the keys of its office")
}

/// An instant out of a column.
fn instant(row: &AnyRow, table: &'static str, column: &'static str) -> Result<Timestamp, StoreError> {
    timestamp(table, cell(row, column)?)
}

fn timestamp(table: &'static str, seconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(seconds).map_err(|_| bad_row(table, "a time is out of range"))
}

/// A text column that may hold nothing.
fn optional<T: std::str::FromStr>(
    row: &AnyRow,
    table: &'static str,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let text: Option<String> = cell(row, column)?;
    text.map(|text| parsed(table, column, &text)).transpose()
}

/// A small number out of a column.
fn small<T: TryFrom<i64>>(row: &AnyRow, table: &'static str, column: &'static str) -> Result<T, StoreError> {
    let number: i64 = cell(row, column)?;
    T::try_from(number).map_err(|_| bad_row(table, format!("column {column} is out of range")))
}

/// A number on its way into a column.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
