//! What the command line prints. Standard output is for results, standard error for everything else.
#![allow(clippy::print_stdout, reason = "printing is this file's purpose")]

use std::io::Write;

use serde::Serialize;

/// What a command found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did its work, and what was checked holds.
    Holds,
    /// What was checked does not hold.
    Fails,
}

/// A line on standard output; a reader that has gone away is not an error.
pub fn line(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout(), "{}", text.as_ref());
}

/// JSON on standard output.
///
/// # Errors
/// Serialisation fails.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string_pretty(value)?);
    Ok(())
}

/// One line on standard error.
pub fn note(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr(), "{}", text.as_ref());
}

/// An error and its causes, on one line of standard error.
pub fn complain(error: &anyhow::Error) {
    note(format!("netra: {error:#}").replace('\n', "; "));
}

/// Rows under heads, columns as wide as their widest cell.
pub fn table(heads: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|r| r.get(column)).map(|c| c.chars().count());
        cells.chain(heads.get(column).map(|h| h.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let print = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells.zip(&widths).map(|(cell, w)| format!("{cell:<w$}")).collect();
        line(padded.join("  ").trim_end());
    };
    print(&mut heads.iter().copied());
    print(&mut widths.iter().map(|w| "-".repeat(*w)).collect::<Vec<_>>().iter().map(String::as_str));
    for row in rows {
        print(&mut row.iter().map(String::as_str));
    }
}
