//! From raw rows to a table: which row is the head, and what its columns are called.

use std::collections::BTreeSet;

use crate::{MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Sheet, SheetError};

/// How many rows may stand above the head: titles, notes.
pub(crate) const HEAD_AMONG: usize = 20;
/// The column by which a head is known.
const ID: &str = "id";
/// The most complaints that are worth reading.
const MAX_COMPLAINTS: usize = 50;
/// The most characters of all cells together: one text can stand in many cells of a workbook.
pub(crate) const MAX_TEXT: usize = 64 << 20;

/// A row with its filled cells by place.
struct RawRow {
    line: usize,
    cells: Vec<(usize, String)>,
}

/// Rows as they come from a file, held against the limits one by one.
#[derive(Default)]
pub(crate) struct RawRows {
    rows: Vec<RawRow>,
    complaints: Complaints,
    line: usize,
    /// Whether the row that is being read has a cell yet; empty rows are not kept.
    begun: bool,
    cells: usize,
    text: usize,
}

impl RawRows {
    /// Begins the row of a line.
    pub(crate) fn begin(&mut self, line: usize) {
        self.line = line;
        self.begun = false;
    }

    /// Takes a cell of that row in. Empty text is nothing.
    pub(crate) fn cell(&mut self, place: usize, text: &str) -> Result<(), SheetError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if place >= MAX_COLUMNS {
            return Err(SheetError::TooManyColumns { line: self.line });
        }
        let text = self.complaints.short(self.line, text);
        self.cells += 1;
        self.text += text.len();
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(SheetError::TooManyCells);
        }
        if !self.begun {
            self.begun = true;
            self.rows.push(RawRow { line: self.line, cells: Vec::new() });
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push((place, text));
        }
        if self.rows.len() > MAX_ROWS + HEAD_AMONG { Err(SheetError::TooManyRows) } else { Ok(()) }
    }

    /// Where the head is: the first row with a column `id`.
    pub(crate) fn head(&self) -> Option<usize> {
        let is_head = |row: &RawRow| row.cells.iter().any(|(_, text)| is_id(text));
        self.rows.iter().take(HEAD_AMONG).position(is_head)
    }

    /// The table below its head.
    pub(crate) fn table(self, head: usize) -> Result<Sheet, SheetError> {
        let mut complaints = self.complaints;
        let mut rows = self.rows.into_iter();
        if let Some(last) = head.checked_sub(1).and_then(|above| rows.nth(above)) {
            complaints.add(format!("Isi di atas nama kolom (sampai baris {}) tidak dibaca.", last.line));
        }
        let columns = names(rows.next(), &mut complaints);
        let mut table = Vec::with_capacity(rows.len());
        for raw in rows {
            let row = named(raw, &columns, &mut complaints);
            if !row.cells.is_empty() {
                table.push(row);
            }
        }
        finish(columns.into_iter().filter(|name| !name.is_empty()).collect(), table, complaints)
    }
}

/// The names of the columns by place; those without a name are empty.
fn names(head: Option<RawRow>, complaints: &mut Complaints) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, text) in head.map(|row| row.cells).unwrap_or_default() {
        if !seen.insert(text.to_lowercase()) {
            complaints.add(format!("Kolom '{text}' ada lebih dari satu kali."));
        }
        if names.len() <= place {
            names.resize(place + 1, String::new());
        }
        if let Some(slot) = names.get_mut(place) {
            *slot = text;
        }
    }
    names
}

fn named(raw: RawRow, columns: &[String], complaints: &mut Complaints) -> Row {
    let mut row = Row { line: raw.line, cells: Vec::with_capacity(raw.cells.len()) };
    for (place, text) in raw.cells {
        match columns.get(place).filter(|name| !name.is_empty()) {
            Some(name) => row.cells.push((name.clone(), text)),
            None => {
                complaints.add(format!(
                    "Baris {}: isi di kolom ke-{} yang tidak bernama tidak dibaca.",
                    row.line,
                    place + 1
                ));
            }
        }
    }
    row
}

/// A table, if there is anything in it.
pub(crate) fn finish(columns: Vec<String>, rows: Vec<Row>, complaints: Complaints) -> Result<Sheet, SheetError> {
    if rows.len() > MAX_ROWS {
        return Err(SheetError::TooManyRows);
    }
    if rows.is_empty() {
        return Err(SheetError::Empty);
    }
    Ok(Sheet { columns, rows, complaints: complaints.list() })
}

/// Whether a cell of a head is the column `id`.
pub(crate) fn is_id(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case(ID)
}

/// What was left out, as long as anybody reads it.
#[derive(Default)]
pub(crate) struct Complaints {
    list: Vec<String>,
    more: usize,
}

impl Complaints {
    pub(crate) fn add(&mut self, complaint: String) {
        if self.list.len() < MAX_COMPLAINTS { self.list.push(complaint) } else { self.more += 1 }
    }

    /// A text that is not longer than a cell may be.
    pub(crate) fn short(&mut self, line: usize, text: &str) -> String {
        match text.char_indices().nth(MAX_CELL) {
            None => text.to_owned(),
            Some((end, _)) => {
                self.add(format!("Baris {line}: sebuah isi lebih panjang dari {MAX_CELL} huruf dan dipotong."));
                text.get(..end).unwrap_or(text).to_owned()
            }
        }
    }

    fn list(mut self) -> Vec<String> {
        if self.more > 0 {
            self.list.push(format!("Dan {} catatan lain.", self.more));
        }
        self.list
    }
}
