//! Small conversions between rows and values. Errors made here never quote a value: it may be
//! personal data.

use std::fmt::Write;
use std::io::{self, Read};
use std::str::FromStr;

use netra_docket::matter::Origin;
use netra_law::time::Moment;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row, Type};

use crate::types::{OfficeKind, StoreError};

/// Names what was attempted when the database fails.
pub(crate) fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |source| StoreError::Database { doing, source }
}

/// A row that can't be read.
pub(crate) fn bad_row(table: &'static str, why: impl Into<String>) -> StoreError {
    StoreError::Row { table, why: why.into() }
}

/// JSON that can't be read or written. Only the place is told: `serde_json` would quote the value.
pub(crate) fn bad_json(table: &'static str) -> impl FnOnce(serde_json::Error) -> StoreError {
    move |error| bad_row(table, format!("its JSON is not of the expected form at column {}", error.column()))
}

/// Whether a unique key was violated.
pub(crate) fn is_unique_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| e.is_unique_violation())
}

/// Whether a reference to another table was violated.
pub(crate) fn is_reference_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| e.is_foreign_key_violation())
}

/// The value of a column.
pub(crate) fn cell<'r, T>(row: &'r AnyRow, column: &'static str) -> Result<T, StoreError>
where
    T: Decode<'r, Any> + Type<Any>,
{
    row.try_get(column).map_err(failed("reading a column"))
}

/// The value of a text column that has a form.
pub(crate) fn parsed_cell<T: FromStr>(
    row: &AnyRow,
    table: &'static str,
    column: &'static str,
) -> Result<T, StoreError> {
    parsed(table, column, cell(row, column)?)
}

/// A text that has a form.
pub(crate) fn parsed<T: FromStr>(table: &'static str, column: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| bad_row(table, format!("column {column} is not of its form")))
}

/// Seconds since 1970.
pub(crate) fn seconds(moment: Moment) -> i64 {
    moment.instant().as_second()
}

/// A count; the database never gives a negative one.
pub(crate) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 in lower-case hex over parts one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hex(hasher.finalize().as_slice())
}

/// Reads into a buffer; gives what was read, nothing at the end.
pub(crate) fn read_some<'b>(source: &mut impl Read, buffer: &'b mut [u8]) -> io::Result<&'b [u8]> {
    let count = loop {
        match source.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    Ok(buffer.get(..count).unwrap_or_default())
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(bytes)
}

/// The word for an origin in the store.
pub(crate) fn origin_id(origin: Origin) -> &'static str {
    match origin {
        Origin::Report => "report",
        Origin::Information => "information",
        Origin::Prevention => "prevention",
    }
}

/// Reads the word back.
pub(crate) fn origin_from_id(id: &str) -> Option<Origin> {
    [Origin::Report, Origin::Information, Origin::Prevention].into_iter().find(|o| origin_id(*o) == id)
}

/// The word for a kind of office in the store: the same as in its JSON.
pub(crate) fn office_kind_id(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::National => "national",
        OfficeKind::Province => "province",
        OfficeKind::Regency => "regency",
        OfficeKind::Subdistrict => "subdistrict",
        OfficeKind::Authority => "authority",
        OfficeKind::Employer => "employer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_of_nothing_and_of_parts() {
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(&[]), nothing);
        assert_eq!(sha256(&[b"ab", b"c"]), sha256(&[b"abc"]));
    }

    #[test]
    fn words_of_kinds_are_those_of_the_json() {
        for kind in [
            OfficeKind::National,
            OfficeKind::Province,
            OfficeKind::Regency,
            OfficeKind::Subdistrict,
            OfficeKind::Authority,
            OfficeKind::Employer,
        ] {
            assert_eq!(serde_json::to_value(kind).unwrap(), office_kind_id(kind));
        }
    }

    #[test]
    fn words_of_origins_read_back() {
        for origin in [Origin::Report, Origin::Information, Origin::Prevention] {
            assert_eq!(origin_from_id(origin_id(origin)), Some(origin));
        }
    }
}
