//! Tables that people bring, as rows of text.
//!
//! **Purpose.** Reads CSV (comma, semicolon or tab), XLSX and YAML (a list of maps) into one shape: columns by name, rows
//! with their line in the file, every cell as text. Writes CSV that a spreadsheet program can open safely.
//!
//! **Invariants.**
//! - Pure: bytes come in, text goes out; no files, no network, no clock.
//! - Any bytes are judged without a panic, and within limits that are checked before memory is taken: rows, columns,
//!   cells, length of a cell, and what an archive unpacks to.
//! - Nothing is guessed about what a cell means: a workbook's dates become ISO text and its numbers lose no digits, and
//!   that is all. What was left out is said in the complaints.
//! - No cell that is written can be taken for a formula.
//! - Texts for people are Indonesian and name the line.
//!
//! **May not know** law, matters, or what a column means, but for `id`, by which the head of a table is found.
#![deny(missing_docs)]

mod comma;
mod error;
mod table;
mod workbook;
mod write;
mod yaml;

pub use error::{Detail, SheetError};
pub use write::write_csv;

/// The most rows of a table, its head not counted.
pub const MAX_ROWS: usize = 50_000;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 200;
/// The most filled cells of a table.
pub const MAX_CELLS: usize = 1_000_000;
/// The longest text of a cell in characters; what is longer is cut and complained of.
pub const MAX_CELL: usize = 2_000;

/// A table as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The names of the columns, in the order of the file.
    pub columns: Vec<String>,
    /// The rows that are not empty.
    pub rows: Vec<Row>,
    /// What was left out or looks odd, in Indonesian, with its line.
    pub complaints: Vec<String>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file, or the row of the worksheet, counted from one.
    pub line: usize,
    /// The filled cells: column and text, trimmed.
    pub cells: Vec<(String, String)>,
}

/// Reads a table. What kind of file it is, is told by the bytes where they tell it, else by the name.
///
/// # Errors
/// It is none of the three kinds, is damaged or locked, holds no table, or is beyond the limits.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(bytes);
    }
    // The container of old workbooks, and of new ones that are locked with a password.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(SheetError::OldOrLocked);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" | "tsv" | "txt" => comma::read(text(bytes)?),
        "yaml" | "yml" | "json" => yaml::read(text(bytes)?),
        _ => Err(SheetError::Kind),
    }
}

/// The bytes as text, without a byte-order mark.
fn text(bytes: &[u8]) -> Result<&str, SheetError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        SheetError::Encoding { line: 1 + good.iter().filter(|b| **b == b'\n').count() }
    })?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}
