//! `netra whatsapp A --compare B`: what two members' exports of one group agree in, and what they do not.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context as _;
use netra_evidence::chat::{Comparison, Difference, Options, Outline, Summary, compare};
use serde::Serialize;

use super::source::Source;
use super::{NO_PROOF, WhatsappArguments, line};
use crate::output::{self, Outcome};

/// Differences that people are shown; programs get all.
const SHOWN: usize = 200;

/// What is told of one of the two.
#[derive(Serialize)]
struct ExportJson {
    file: String,
    sha256: String,
    message_count: u64,
    date_order: String,
    date_order_basis: &'static str,
    warnings: Vec<&'static str>,
}

#[derive(Serialize)]
struct ComparisonJson<'c> {
    first: ExportJson,
    second: ExportJson,
    #[serde(flatten)]
    found: &'c Comparison,
}

pub(super) fn run(first: &mut Source, other: &Path, arguments: &WhatsappArguments) -> anyhow::Result<Outcome> {
    let attempt = || format!("comparing with {}", other.display());
    let mut second = Source::open(other, Options::default()).with_context(attempt)?;
    let (one, first_summary) = outline(first)?;
    let (two, second_summary) = outline(&mut second).with_context(attempt)?;
    let found = compare(&one, &two);
    if arguments.json {
        output::json(&ComparisonJson {
            first: told(&arguments.file, first, &first_summary),
            second: told(other, &second, &second_summary),
            found: &found,
        })?;
    } else {
        for_people(&found, [(first, &first_summary), (&mut second, &second_summary)])?;
    }
    Ok(if found.differences.is_empty() { Outcome::Holds } else { Outcome::Fails })
}

fn outline(source: &mut Source) -> anyhow::Result<(Outline, Summary)> {
    let mut outline = Outline::new();
    let summary = source.read(|message| {
        outline.push(&message);
        Ok(())
    })?;
    Ok((outline, summary))
}

fn told(path: &Path, source: &Source, summary: &Summary) -> ExportJson {
    ExportJson {
        file: path.display().to_string(),
        sha256: source.digest().to_string(),
        message_count: summary.messages,
        date_order: summary.format.date_order.to_string(),
        date_order_basis: summary.format.date_order_basis.id(),
        warnings: summary.warnings.iter().map(|warning| warning.id()).collect(),
    }
}

fn for_people(found: &Comparison, sources: [(&mut Source, &Summary); 2]) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(256 << 10, io::stdout().lock());
    let shown = found.differences.get(..SHOWN).unwrap_or(&found.differences);
    let [(first, first_summary), (second, second_summary)] = sources;
    let first_lines = lines(first, shown.iter().filter_map(|difference| difference.first()))?;
    let second_lines = lines(second, shown.iter().filter_map(|difference| difference.second()))?;
    for difference in shown {
        writeln!(out, "{}", difference.indonesian())?;
        let sides = [("pertama", difference.first(), &first_lines), ("kedua", difference.second(), &second_lines)];
        for (which, number, lines) in sides {
            if let Some(line) = number.and_then(|number| lines.get(&number)) {
                writeln!(out, "  {which:<8}{line}")?;
            }
        }
    }
    if shown.len() < found.differences.len() {
        writeln!(out, "… dan {} perbedaan lain; tulis --json", found.differences.len() - shown.len())?;
    }
    totals(&mut out, found)?;
    for (which, summary) in [("pertama", first_summary), ("kedua", second_summary)] {
        for warning in &summary.warnings {
            writeln!(out, "peringatan                   ekspor {which}: {}", warning.indonesian())?;
        }
    }
    writeln!(out, "{NO_PROOF}")?;
    Ok(out.flush()?)
}

fn totals(out: &mut impl Write, found: &Comparison) -> io::Result<()> {
    let counts = [
        ("sama", found.equal),
        ("isinya berbeda", found.count(|difference| matches!(difference, Difference::Words { .. }))),
        ("pengirimnya berbeda", found.count(|difference| matches!(difference, Difference::Author { .. }))),
        ("hanya dalam yang pertama", found.count(|difference| matches!(difference, Difference::OnlyFirst { .. }))),
        ("hanya dalam yang kedua", found.count(|difference| matches!(difference, Difference::OnlySecond { .. }))),
        ("di luar rentang yang kedua", found.outside_first),
        ("di luar rentang pertama", found.outside_second),
    ];
    writeln!(out)?;
    for (words, count) in counts {
        writeln!(out, "{words:<28} {count} pesan")?;
    }
    if found.shift_minutes != 0 {
        writeln!(out, "{:<28} {} menit (zona waktu kedua ponsel berbeda)", "selisih jam", found.shift_minutes)?;
    }
    let system = (found.system_first, found.system_second);
    writeln!(out, "{:<28} {} dan {} (tidak dibandingkan)", "baris sistem", system.0, system.1)
}

/// Messages with these numbers, as people read them.
fn lines(source: &mut Source, numbers: impl Iterator<Item = u64>) -> anyhow::Result<HashMap<u64, String>> {
    let mut found: HashMap<u64, String> = numbers.map(|number| (number, String::new())).collect();
    if found.is_empty() {
        return Ok(found);
    }
    source.read(|message| {
        if let Some(slot) = found.get_mut(&message.n) {
            *slot = line(&message, "").replace('\n', "\n          ");
        }
        Ok(())
    })?;
    Ok(found)
}
