//! Lists as people bring them: CSV of any delimiter and encoding, or a small workbook.
//!
//! CSV is read in pieces of whole rows (`chunks`), so that several threads can read one file. Each row is taken apart by
//! the `csv` project's state machine (`records`); a quotation mark that is never closed costs its own line and no more.

pub(crate) mod chunks;
pub(crate) mod columns;
pub(crate) mod head;
pub(crate) mod records;
pub(crate) mod remarks;
pub(crate) mod tidy;

use std::io::{Cursor, Read};

use crate::LinkError;
use chunks::{Chunk, Source};
use columns::{Columns, Mapping};
use records::Records;

/// How a workbook begins.
const ZIP: &[u8] = b"PK\x03\x04";
/// How an old or locked workbook begins.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
/// The largest workbook in megabytes; larger lists are CSV.
const LARGEST_WORKBOOK: u64 = 64;

/// What a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// The register of civil servants.
    Servants,
    /// The candidates or members.
    Candidates,
}

/// A list to be read.
pub struct Input<'r> {
    /// The file's name, for messages.
    pub name: String,
    /// Its bytes.
    pub reader: Box<dyn Read + Send + 'r>,
}

/// A list whose head was read.
pub(crate) struct Opened<'r> {
    pub(crate) name: String,
    pub(crate) source: Source<'r>,
    pub(crate) delimiter: u8,
    pub(crate) columns: Columns,
    pub(crate) heads: Vec<String>,
}

/// Reads the head of a list.
pub(crate) fn open<'r>(input: Input<'r>, mappings: &[Mapping]) -> Result<Opened<'r>, LinkError> {
    let Input { name, mut reader } = input;
    let failed = |source| LinkError::Read { file: name.clone(), source };
    let mut begin = Vec::new();
    reader.by_ref().take(4).read_to_end(&mut begin).map_err(failed)?;
    let reader: Box<dyn Read + Send + 'r> = match begin.as_slice() {
        ZIP => Box::new(Cursor::new(from_workbook(&name, begin, reader)?)),
        OLE => return Err(LinkError::OldWorkbook { file: name }),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Err(LinkError::Utf16 { file: name }),
        _ => Box::new(Cursor::new(begin).chain(reader)),
    };
    let mut source = Source::new(reader);
    let mut chunk = Chunk::default();
    source.fill(&mut chunk).map_err(failed)?;
    let found = head::find(&chunk.bytes, mappings);
    let Some(head) = found.head else {
        let seen = if found.seen.is_empty() { "baris yang kosong".to_owned() } else { found.seen };
        return Err(LinkError::NoName { file: name, seen, heads: found.heads });
    };
    source.give_back(chunk.bytes.get(head.end..).unwrap_or_default(), head.lines);
    Ok(Opened { name, source, delimiter: head.delimiter, columns: head.columns, heads: head.heads })
}

/// A workbook as CSV with the same line numbers.
fn from_workbook(name: &str, begin: Vec<u8>, reader: Box<dyn Read + Send + '_>) -> Result<Vec<u8>, LinkError> {
    let limit = LARGEST_WORKBOOK << 20;
    let failed = |source| LinkError::Read { file: name.to_owned(), source };
    let mut bytes = begin;
    reader.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(LinkError::LargeSheet { file: name.to_owned(), limit: LARGEST_WORKBOOK });
    }
    let sheet =
        netra_sheets::read(name, &bytes).map_err(|source| LinkError::Sheet { file: name.to_owned(), source })?;
    as_csv(&sheet).map_err(|error| failed(error.into()))
}

/// The rows of a sheet in the lines where they stand.
fn as_csv(sheet: &netra_sheets::Sheet) -> Result<Vec<u8>, csv::Error> {
    let head_line = sheet.rows.first().map_or(1, |row| row.line.saturating_sub(1).max(1));
    let mut out = Vec::new();
    let mut line = 1;
    let mut put = |at: usize, cells: &[String]| -> Result<(), csv::Error> {
        out.resize(out.len() + at.saturating_sub(line), b'\n');
        let mut row = csv::WriterBuilder::new().from_writer(Vec::new());
        row.write_record(cells)?;
        row.flush()?;
        out.extend_from_slice(row.get_ref());
        line = line.max(at) + 1;
        Ok(())
    };
    put(head_line, &sheet.columns)?;
    for row in &sheet.rows {
        let cell = |column: &String| {
            let found = row.cells.iter().find(|(name, _)| name == column);
            found.map(|(_, text)| text.replace(['\n', '\r'], " ")).unwrap_or_default()
        };
        let cells: Vec<String> = sheet.columns.iter().map(cell).collect();
        put(row.line, &cells)?;
    }
    Ok(out)
}

/// Takes rows of a list apart as the linking does, for tests and fuzzing: how many rows have a name, and how many are
/// rejected.
///
/// # Errors
/// As for [`crate::link`].
pub fn count_rows(input: Input<'_>, mappings: &[Mapping]) -> Result<(usize, usize), LinkError> {
    let mut opened = open(input, mappings)?;
    let mut records = Records::new(opened.delimiter);
    let mut reader = crate::person::PersonReader::new(&opened.columns);
    let mut chunk = Chunk::default();
    let (mut good, mut bad) = (0, 0);
    let mut remarks = Vec::new();
    loop {
        let more = opened.source.fill(&mut chunk);
        if !more.map_err(|source| LinkError::Read { file: opened.name.clone(), source })? {
            return Ok((good, bad));
        }
        let mut rest = chunk.rest();
        while let Some(step) = records.step(&mut rest) {
            let person = step.is_ok().then(|| reader.read(&records, &mut remarks)).flatten();
            if person.is_some() {
                good += 1
            } else {
                bad += 1
            }
            remarks.clear();
        }
    }
}
