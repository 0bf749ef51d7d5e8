//! `netra audit`: a sheet of past cases against the law.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use netra_law::Law;
use netra_law::audit::{CaseAudit, CaseRow, Finding, Verdict, audit_all, has_dates};
use netra_law::time::short_date;

use crate::output::{self, Outcome};

#[derive(Args)]
pub struct AuditArguments {
    /// The sheet: CSV, XLSX or YAML; one row a case, with the columns id, regime, zone and one for each kind of event.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &AuditArguments) -> anyhow::Result<Outcome> {
    let path = &arguments.file;
    let reading = || format!("reading {}", path.display());
    let bytes = std::fs::read(path).with_context(reading)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let sheet = netra_sheets::read(&name, &bytes).with_context(reading)?;
    if !has_dates(&sheet.columns) {
        bail!(
            "{}: no column is a kind of event: name the columns id, regime, zone, delivered, registered, plenary …",
            path.display()
        );
    }
    for complaint in &sheet.complaints {
        output::note(format!("{}: {complaint}", path.display()));
    }
    let law = Law::embedded().context("reading the shipped law packs")?;
    let rows: Vec<CaseRow> = sheet.rows.into_iter().map(|row| CaseRow::from_cells(row.line, row.cells)).collect();
    let audits = audit_all(&law, &rows);
    if arguments.json {
        output::json(&audits)?;
    } else {
        print(&audits);
    }
    let missed = audits.iter().any(|audit| audit.count(Verdict::Missed) > 0);
    Ok(if missed { Outcome::Fails } else { Outcome::Holds })
}

fn print(audits: &[CaseAudit]) {
    let rows: Vec<Vec<String>> =
        audits.iter().flat_map(|audit| audit.findings.iter().map(|finding| line(audit, finding))).collect();
    output::table(&["perkara", "tenggat", "hasil", "paling lambat", "dilakukan", "catatan"], &rows);
    let warned = audits.iter().flat_map(|audit| audit.warnings.iter().map(move |warning| (audit, warning)));
    for (place, (audit, warning)) in warned.enumerate() {
        let gap = if place == 0 { "\n" } else { "" };
        output::line(format!("{gap}Perhatian, {}: {warning}", audit.id));
    }
    let counts = Verdict::ALL.map(|verdict| {
        let count: usize = audits.iter().map(|audit| audit.count(verdict)).sum();
        format!("{count} {}", verdict.indonesian())
    });
    output::line(format!("\n{} perkara: {}.", audits.len(), counts.join(", ")));
}

fn line(audit: &CaseAudit, finding: &Finding) -> Vec<String> {
    let day = |date: Option<jiff::civil::Date>| date.map(short_date).unwrap_or_default();
    vec![
        audit.id.clone(),
        finding.clock.clone(),
        finding.verdict.indonesian().to_owned(),
        day(finding.due_date),
        day(finding.done_date),
        finding.note.clone(),
    ]
}
