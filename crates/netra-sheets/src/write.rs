//! CSV that a spreadsheet program can open safely.

/// What makes a spreadsheet program take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table as CSV in UTF-8: with byte-order mark and CRLF, as spreadsheet programs expect it. A cell that could be taken
/// for a formula gets an apostrophe in front.
pub fn write_csv<C: AsRef<str>>(columns: &[C], rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::from('\u{FEFF}');
    line(&mut out, columns.iter().map(|column| column.as_ref()));
    for row in rows {
        line(&mut out, row.iter().map(String::as_str));
    }
    out.into_bytes()
}

fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(',');
        }
        field(out, cell);
    }
    out.push_str("\r\n");
}

fn field(out: &mut String, cell: &str) {
    let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
    if cell.contains([',', ';', '"', '\n', '\r', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
        out.push('"');
        out.push_str(guard);
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(cell);
    }
}
