//! XLSX: the first worksheet that has a head.
//!
//! Cells are read one after the other. A library call that returned the whole rectangle would take memory for every
//! cell between the first and the last, and a file of one kilobyte can put the last one into row 1,048,576.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::table::{MAX_TEXT, RawRows};
use crate::{Detail, MAX_CELLS, Sheet, SheetError};

/// What all files of a workbook may unpack to.
const MAX_UNPACKED: u64 = 128 << 20;

pub(crate) fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    check_unpacked(bytes)?;
    // The reader is made for workbooks of spreadsheet programs; on others its arithmetic can overflow, which panics in
    // builds that check it.
    let read = catch_unwind(AssertUnwindSafe(|| first_table(bytes)));
    read.unwrap_or_else(|_| Err(SheetError::Workbook(Detail("the reader gave up".to_owned()))))
}

/// Unpacks everything once and keeps nothing: the sizes that an archive states need not be true.
fn check_unpacked(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(&error))?;
        let size = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(size).ok_or(SheetError::Unpacked)?;
    }
    Ok(())
}

fn broken(error: &dyn std::error::Error) -> SheetError {
    SheetError::Workbook(Detail(error.to_string()))
}

fn first_table(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    for name in book.sheet_names() {
        let Some(rows) = rows(&mut book, &name)? else { continue };
        if let Some(head) = rows.head() {
            return rows.table(head);
        }
    }
    Err(SheetError::NoHead)
}

/// The filled cells of a worksheet in order; none for sheets that hold a drawing.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Option<RawRows>, SheetError> {
    let is_1904 = book.has_1904_epoch();
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(error) => return Err(broken(&error)),
    };
    let mut cells: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let (mut count, mut size) = (0, 0);
    while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
        let text = text(cell.get_value(), is_1904);
        if text.trim().is_empty() {
            continue;
        }
        count += 1;
        size += text.len();
        if count > MAX_CELLS || size > MAX_TEXT {
            return Err(SheetError::TooManyCells);
        }
        let (row, column) = cell.get_position();
        cells.entry(row).or_default().insert(column, text);
    }
    let mut rows = RawRows::default();
    for (row, cells) in cells {
        rows.begin(place(row).saturating_add(1));
        for (column, text) in cells {
            rows.cell(place(column), &text)?;
        }
    }
    Ok(Some(rows))
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A cell as text: what people see in it, but dates as ISO and numbers with all their digits.
fn text(value: &DataRef<'_>, is_1904: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => shortened(text),
        DataRef::SharedString(text) => shortened(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "ya".to_owned(),
        DataRef::Bool(false) => "tidak".to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(stamp) if stamp.is_duration() => stamp.as_f64().to_string(),
        DataRef::DateTime(stamp) => iso(stamp.as_f64(), is_1904),
    }
}

/// One character more than a cell may have, so that the cut is noticed later, and not megabytes of it.
fn shortened(text: &str) -> String {
    text.chars().take(crate::MAX_CELL + 1).collect()
}

/// A serial day as `2024-01-19`, `2024-01-19T17:10` or, for a time without a day, `17:10`.
fn iso(serial: f64, is_1904: bool) -> String {
    // 17:10 is stored as a fraction that may lie just below it: go on half a second, then cut.
    let on = ExcelDateTime::new(serial + 0.5 / 86_400.0, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, hour, minute, second, _) = on.to_ymd_hms_milli();
    let time =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (serial < 1.0, (hour, minute, second) == (0, 0, 0)) {
        (true, _) => time,
        (false, true) => date,
        (false, false) => format!("{date}T{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_days_become_iso() {
        let rows = [
            (45310.0, "2024-01-19"),
            (45310.0 + 17.0 / 24.0 + 10.0 / 1440.0, "2024-01-19T17:10"),
            (45310.0 + 61.0 / 86_400.0, "2024-01-19T00:01:01"),
            (0.5, "12:00"),
        ];
        for (serial, expected) in rows {
            assert_eq!(iso(serial, false), expected, "{serial}");
        }
        assert_eq!(iso(45310.0 - 1462.0, true), "2024-01-19");
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 1e300] {
            assert!(!iso(odd, false).is_empty(), "{odd}");
        }
    }
}
