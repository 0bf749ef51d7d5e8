//! CSV, whatever stands between the cells.

use csv::ReaderBuilder;

use crate::table::{HEAD_AMONG, RawRows, is_id};
use crate::{Detail, Sheet, SheetError};

/// What may stand between cells; the first wins where nothing tells them apart.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

pub(crate) fn read(text: &str) -> Result<Sheet, SheetError> {
    let (delimiter, skipped) = match declared(text) {
        Some((delimiter, rest)) => (delimiter, text.len() - rest.len()),
        None => (guessed(text), 0),
    };
    let body = text.get(skipped..).unwrap_or_default();
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let mut rows = RawRows::default();
    let mut lines = Lines::new(text, skipped);
    for record in reader.records() {
        let record = record.map_err(|error| SheetError::Csv {
            line: error.position().map_or(1, |p| lines.at(p.byte())),
            source: Detail(error.to_string()),
        })?;
        rows.begin(record.position().map_or(1, |p| lines.at(p.byte())));
        for (place, cell) in record.iter().enumerate() {
            rows.cell(place, cell)?;
        }
    }
    let head = rows.head().unwrap_or(0);
    rows.table(head)
}

/// `sep=;` in the first line, as spreadsheet programs write it, and what follows.
fn declared(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
    let delimiter = DELIMITERS.into_iter().find(|d| rest.starts_with(char::from(*d)))?;
    let (_, rest) = rest.split_once('\n')?;
    Some((delimiter, rest))
}

/// The character that stands most often in the head.
fn guessed(text: &str) -> u8 {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_AMONG);
    let is_head = |line: &&str| {
        DELIMITERS.iter().any(|d| line.split(char::from(*d)).any(|cell| is_id(cell.trim().trim_matches('"'))))
    };
    let head = lines().find(is_head).or_else(|| lines().next()).unwrap_or_default();
    // Of equals the last one is taken, so the first choice comes last.
    DELIMITERS.into_iter().rev().max_by_key(|d| outside_quotes(head, char::from(*d))).unwrap_or(b',')
}

fn outside_quotes(line: &str, sought: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for c in line.chars() {
        quoted ^= c == '"';
        count += usize::from(!quoted && c == sought);
    }
    count
}

/// Counts lines up to places in a text that come in order.
struct Lines<'t> {
    text: &'t str,
    /// Where the records begin to be counted.
    start: usize,
    counted: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, start: usize) -> Lines<'t> {
        Lines { text, start, counted: 0, line: 1 }
    }

    /// The line of the record that begins at this byte, or after the line breaks that stand there.
    fn at(&mut self, byte: u64) -> usize {
        let bytes = self.text.as_bytes();
        let mut place = usize::try_from(byte).unwrap_or(bytes.len()).saturating_add(self.start).min(bytes.len());
        while bytes.get(place).is_some_and(|b| matches!(b, b'\r' | b'\n')) {
            place += 1;
        }
        let passed = bytes.get(self.counted..place).unwrap_or_default();
        self.line += passed.iter().filter(|b| **b == b'\n').count();
        self.counted = self.counted.max(place);
        self.line
    }
}
