//! Sheets of past cases: any bytes are a table or refused, and each row of a table is judged.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use netra_law::Law;
use netra_law::audit::{CaseRow, audit};

static LAW: OnceLock<Law> = OnceLock::new();

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let law = LAW.get_or_init(|| Law::embedded().expect("the shipped packs load"));
    let name = ["a.csv", "a.xlsx", "a.yaml", "a"][usize::from(kind) % 4];
    let Ok(sheet) = netra_sheets::read(name, bytes) else { return };
    for row in sheet.rows.iter().take(20) {
        let cells = row.cells.iter().map(|cell| (cell.0.clone(), cell.1.clone())).collect();
        let _ = audit(law, &CaseRow::from_cells(row.line, cells));
    }
});
