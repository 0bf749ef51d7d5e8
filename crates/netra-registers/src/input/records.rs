//! Rows taken apart into cells.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::memchr;

use super::chunks::Rest;
use super::remarks::Remark;

/// The longest row.
const LONGEST: usize = 16 << 10;
/// The most cells of a row.
const MOST_CELLS: usize = 512;
/// The most lines of a row; more of them mean a quotation mark that was never closed.
const MOST_LINES: u64 = 8;

/// Takes rows apart, with buffers that are used again for the next one.
pub(crate) struct Records {
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
}

impl Records {
    pub(crate) fn new(delimiter: u8) -> Records {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Records { reader, text: vec![0; LONGEST + 16], ends: vec![0; MOST_CELLS], count: 0 }
    }

    /// Takes the next row apart; its line, or the line and why it cannot be taken apart. None at the end.
    pub(crate) fn step(&mut self, rest: &mut Rest<'_>) -> Option<Result<u64, (u64, Remark)>> {
        rest.skip_blank();
        if rest.bytes.is_empty() {
            return None;
        }
        let line = rest.line;
        let window = rest.bytes.get(..LONGEST).unwrap_or(rest.bytes);
        let (result, read, _, count) = self.reader.read_record(window, &mut self.text, &mut self.ends);
        self.count = count;
        if matches!(result, ReadRecordResult::Record) {
            let mut after = Rest { bytes: rest.bytes, line };
            after.advance(read);
            if after.line - line <= MOST_LINES {
                *rest = Rest { bytes: rest.bytes.get(read..).unwrap_or_default(), line: after.line };
                return Some(Ok(line));
            }
        }
        self.reader.reset();
        self.count = 0;
        let remark = match result {
            ReadRecordResult::OutputEndsFull => Remark::TooManyCells,
            _ if memchr(b'\n', window).is_some() => Remark::OpenQuote,
            _ => Remark::TooLong,
        };
        rest.skip_line();
        Some(Err((line, remark)))
    }

    /// How many cells the row has.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// A cell without the gaps around it; an empty one where there is none.
    pub(crate) fn cell(&self, place: Option<usize>) -> &[u8] {
        place.and_then(|place| self.at(place)).unwrap_or_default()
    }

    fn at(&self, place: usize) -> Option<&[u8]> {
        let ends = self.ends.get(..self.count)?;
        let end = *ends.get(place)?;
        let start = match place.checked_sub(1) {
            Some(before) => *ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end).map(<[u8]>::trim_ascii)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::chunks::Chunk;

    /// A row with its line and cells, or what is wrong with one.
    type Row = Result<(u64, Vec<String>), (u64, Remark)>;

    fn read(text: &[u8]) -> Vec<Row> {
        let chunk = Chunk { bytes: text.to_vec(), line: 1 };
        let mut records = Records::new(b',');
        let mut rest = chunk.rest();
        let mut rows = Vec::new();
        while let Some(step) = records.step(&mut rest) {
            let cells = |records: &Records| {
                (0..records.count()).map(|n| String::from_utf8_lossy(records.cell(Some(n))).into_owned()).collect()
            };
            rows.push(step.map(|line| (line, cells(&records))));
        }
        rows
    }

    fn row(line: u64, cells: &[&str]) -> Row {
        Ok((line, cells.iter().map(|cell| (*cell).to_owned()).collect()))
    }

    #[test]
    fn rows_with_their_lines() {
        let text = b"a, b ,c\r\n\r\n\"d, e\",\"f \"\"g\"\"\"\n\"h\ni\",j\nk\n";
        let expected = [row(1, &["a", "b", "c"]), row(3, &["d, e", "f \"g\""]), row(4, &["h\ni", "j"]), row(6, &["k"])];
        assert_eq!(read(text), expected);
    }

    #[test]
    fn an_open_quotation_mark_costs_its_line_only() {
        let mut text = b"a,b\n\"open,b\n".to_vec();
        text.extend_from_slice(&b"c,d\n".repeat(20));
        let rows = read(&text);
        assert_eq!(rows.len(), 22);
        assert_eq!(rows[1], Err((2, Remark::OpenQuote)));
        assert_eq!(rows[2], row(3, &["c", "d"]));
        assert_eq!(rows[21], row(22, &["c", "d"]));
    }

    #[test]
    fn rows_without_measure_are_refused() {
        let long = [&vec![b'a'; 20_000][..], b"\nb\n"].concat();
        assert_eq!(read(&long), [Err((1, Remark::TooLong)), row(2, &["b"])]);
        let wide = [&b",".repeat(600)[..], b"\nb\n"].concat();
        assert_eq!(read(&wide), [Err((1, Remark::TooManyCells)), row(2, &["b"])]);
    }
}
