//! No page, paper or message says by itself how long the law gives: periods come from the packs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::path::{Path, PathBuf};

const NUMBERS: [&str; 15] = [
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "belas", "puluh",
    "seratus", "sehari", "sebulan",
];
const UNITS: [&str; 6] = ["hari", "jam", "bulan", "tahun", "days", "hours"];

/// What looks like a period and is none of the law.
const OTHER: &[(&str, &str)] = &[
    // How far ahead a list looks.
    ("desk/overview.html", "tujuh hari"),
    ("desk/queue.html", "tujuh hari"),
    // How long a session lasts unused.
    ("desk/own_sessions.html", "dua jam"),
    // Rounding of what is left.
    ("desk/words.rs", "1 jam"),
    // The counter is open around the clock; when, is in the packs.
    ("netra-law/src/hours.rs", "24 jam"),
    // Not a whole working day.
    ("netra-law/src/audit/judge.rs", "satu hari"),
];

#[test]
fn no_number_of_days_stands_in_templates_pages_or_messages() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for room in ["netra-web", "netra-forms", "netra-docket", "netra-law"] {
        collect(&crates.join(room).join("src"), &mut files);
        collect(&crates.join(room).join("templates"), &mut files);
    }
    assert!(files.len() > 100, "only {} files were found", files.len());
    let mut found = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("source files are readable");
        let name = file.to_string_lossy();
        let said = periods(&product_text(&text)).into_iter().filter(|said| !is_other(&name, said));
        found.extend(said.map(|said| format!("{name}: {said}")));
    }
    assert!(found.is_empty(), "take these from the packs, or say here why they are not of the law: {found:#?}");
}

/// Guards the test itself.
#[test]
fn periods_are_seen_however_they_are_written() {
    assert_eq!(periods("paling lama 14 hari kerja"), ["14 hari"]);
    assert_eq!(periods("dalam waktu (tujuh) hari"), ["tujuh hari"]);
    assert_eq!(periods("1 x 24 jam"), ["24 jam"]);
    assert_eq!(periods("<b>dua</b> hari"), ["dua hari"]);
    assert_eq!(periods("format!(\"3 hari.\")"), ["3 hari"]);
    assert_eq!(periods("(0, _) => \"hari ini\", [7, hari]"), Vec::<String>::new());
    assert_eq!(periods("{n} hari lagi, hari ini, pada jam 17"), Vec::<String>::new());
    assert_eq!(product_text("a\n// 3 hari\n  b\n#[cfg(test)]\n4 hari"), "a\n  b\n");
}

/// Numbers with a unit right after them. Only what may stand around a number in prose lies between:
/// in code, a comma or a quotation mark keeps a number and the next word apart.
fn periods(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace("<b>", " ").replace("</b>", " ").replace(['(', ')'], " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number =
        |word: &str| NUMBERS.contains(&word) || (!word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()));
    let pairs = words.windows(2).filter_map(|pair| {
        let number = pair[0].trim_start_matches(['"', '>']);
        let unit = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric());
        (is_number(number) && UNITS.contains(&unit)).then(|| format!("{number} {unit}"))
    });
    pairs.collect()
}

/// A file without its comments and its tests.
fn product_text(text: &str) -> String {
    let product = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = product.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//"));
    lines.collect()
}

fn is_other(file: &str, said: &str) -> bool {
    OTHER.iter().any(|(place, words)| file.ends_with(place) && said == *words)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries {
        let path = entry.expect("the source folders are readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
            files.push(path);
        }
    }
}
