//! Old files against the law: a sheet comes in, a table of verdicts goes out. Nothing is stored.
//!
//! The sheet travels in the result page, so that the result can be fetched as CSV without a file having
//! to be chosen again; what is fetched is computed anew from it.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{get, post};
use netra_law::Law;
use netra_law::audit::{COLUMNS, CaseAudit, CaseRow, Finding, Verdict, audit_all, has_dates};
use netra_law::time::{short_date, short_moment};

use super::paper::download;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy::Action;
use crate::random;

const CSV: &str = "text/csv; charset=utf-8";

/// The field of the form in which the sheet comes, and its place in messages.
const FILE: &str = "file";
/// The hidden fields in which it travels on: its bytes in hexadecimal, and its name.
const SHEET: &str = "sheet";
const NAME: &str = "name";
/// The largest sheet; twice as much travels in the result page.
const LARGEST: usize = 1 << 20;
/// The most cases that a page shows; the file to be fetched has all of them.
const SHOWN: usize = 300;
/// The columns of a sheet before the events.
const WHOSE: [(&str, &str); 3] = [
    ("id", "nomor atau nama perkara"),
    ("regime", "pemilu, pilkada atau discipline"),
    ("zone", "Asia/Jakarta, Asia/Makassar atau Asia/Jayapura"),
];
/// The columns of the result.
const RESULT: [&str; 11] =
    ["id", "clock", "title", "verdict", "hasil", "due_date", "done_date", "done_at", "readings", "note", "warnings"];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/audit", get(show).post(judge))
        .route("/meja/audit/contoh.csv", get(example))
        .route("/meja/audit/unduh", post(give))
}

#[derive(Template)]
#[template(path = "desk/audit.html")]
struct AuditPage {
    chrome: Chrome,
    csrf: String,
    problems: Problems,
    columns: Vec<(&'static str, &'static str)>,
    result: Option<ResultView>,
}

/// What the audit says of a sheet.
struct ResultView {
    file: String,
    cases: Vec<CaseView>,
    /// How many cases the page does not show.
    left_out: usize,
    counts: Vec<CountView>,
    complaints: Vec<String>,
    sheet: String,
}

/// How often a verdict was given.
struct CountView {
    class: &'static str,
    words: &'static str,
    count: usize,
}

/// A case with its clocks.
struct CaseView {
    id: String,
    findings: Vec<FindingView>,
    warnings: Vec<String>,
}

/// A clock.
struct FindingView {
    clock: String,
    title: String,
    class: &'static str,
    verdict: &'static str,
    due: String,
    done: String,
    note: String,
}

/// A sheet with what was found in it.
struct Audited {
    audits: Vec<CaseAudit>,
    complaints: Vec<String>,
}

async fn show(officer: Officer) -> Result<Response, PageError> {
    officer.require(Action::AuditFiles)?;
    page::ok(&audit_page(&officer, Problems::default(), None))
}

async fn judge(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    officer.require(Action::AuditFiles)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let Some(upload) = form.files.iter().find(|f| f.field == FILE) else {
        return refuse(&officer, "Pilih berkas lembar perkara.");
    };
    if upload.bytes.len() > LARGEST {
        return refuse(&officer, "Berkas melebihi 1 MB. Bagi menjadi beberapa berkas, atau pakai 'netra audit'.");
    }
    match audited(&app, upload.name.clone(), upload.bytes.to_vec()).await? {
        Ok(audited) => {
            let sheet = random::hex(&upload.bytes);
            page::ok(&audit_page(&officer, Problems::default(), Some(result(upload.name.clone(), sheet, audited))))
        }
        Err(problem) => refuse(&officer, problem),
    }
}

async fn give(State(app): State<App>, officer: Officer, request: Request) -> Result<Response, PageError> {
    officer.require(Action::AuditFiles)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let bytes = unhex(&form.get(SHEET)).filter(|bytes| bytes.len() <= LARGEST).ok_or(PageError::FormExpired)?;
    match audited(&app, form.get(NAME), bytes).await? {
        Ok(audited) => download(CSV, "hasil-audit.csv", as_csv(&audited.audits)),
        Err(problem) => refuse(&officer, problem),
    }
}

async fn example(officer: Officer) -> Result<Response, PageError> {
    officer.require(Action::AuditFiles)?;
    let columns: Vec<&str> = columns().into_iter().map(|(column, _)| column).collect();
    let cell = |column: &&str| match *column {
        "id" => "001/LP/PL/Kota/23.01/I/2024",
        "regime" => "pemilu",
        "zone" => "Asia/Makassar",
        "known" => "2024-01-12",
        "delivered" => "2024-01-16T15:51",
        "initial-study-done" => "2024-01-18",
        "registered" => "18 Januari 2024",
        "plenary" => "25/1/2024",
        _ => "",
    };
    let row: Vec<String> = columns.iter().map(cell).map(str::to_owned).collect();
    download(CSV, "contoh-audit.csv", netra_sheets::write_csv(&columns, &[row]))
}

fn audit_page(officer: &Officer, problems: Problems, result: Option<ResultView>) -> AuditPage {
    AuditPage { chrome: officer.chrome(), csrf: officer.csrf.clone(), problems, columns: columns(), result }
}

fn refuse(officer: &Officer, problem: impl Into<String>) -> Result<Response, PageError> {
    let mut problems = Problems::default();
    problems.add(FILE, problem);
    let status = problems.status();
    page::html(status, &audit_page(officer, problems, None))
}

/// All columns with their meaning, in the order of the template.
fn columns() -> Vec<(&'static str, &'static str)> {
    WHOSE.into_iter().chain(COLUMNS.into_iter().map(|kind| (kind.id(), kind.indonesian()))).collect()
}

/// The audit of a sheet, or what is wrong with it. Done apart: a large sheet takes its time.
async fn audited(app: &App, name: String, bytes: Vec<u8>) -> Result<Result<Audited, String>, PageError> {
    let law = Arc::clone(&app.law);
    let done = tokio::task::spawn_blocking(move || audit_sheet(&law, &name, &bytes)).await;
    done.map_err(|error| {
        tracing::error!(%error, "an audit was cut off");
        PageError::Internal
    })
}

fn audit_sheet(law: &Law, name: &str, bytes: &[u8]) -> Result<Audited, String> {
    let sheet = netra_sheets::read(name, bytes).map_err(|error| sentence(&error.to_string()))?;
    if !has_dates(&sheet.columns) {
        return Err("Tidak ada kolom tanggal yang dikenal. Pakai nama kolom dari contoh di halaman ini.".to_owned());
    }
    let rows: Vec<CaseRow> = sheet.rows.into_iter().map(|row| CaseRow::from_cells(row.line, row.cells)).collect();
    Ok(Audited { audits: audit_all(law, &rows), complaints: sheet.complaints })
}

/// A message as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| format!("{}{}.", first.to_uppercase(), rest.as_str())).unwrap_or_default()
}

fn result(file: String, sheet: String, audited: Audited) -> ResultView {
    let audits = &audited.audits;
    let counts = Verdict::ALL.into_iter().map(|verdict| CountView {
        class: class(verdict),
        words: verdict.indonesian(),
        count: audits.iter().map(|audit| audit.count(verdict)).sum(),
    });
    ResultView {
        file,
        counts: counts.collect(),
        left_out: audits.len().saturating_sub(SHOWN),
        cases: audits.iter().take(SHOWN).map(case_view).collect(),
        complaints: audited.complaints,
        sheet,
    }
}

fn case_view(audit: &CaseAudit) -> CaseView {
    CaseView {
        id: audit.id.clone(),
        findings: audit.findings.iter().map(finding_view).collect(),
        warnings: audit.warnings.clone(),
    }
}

fn finding_view(finding: &Finding) -> FindingView {
    let done = finding.done_at.map(short_moment).or_else(|| finding.done_date.map(short_date));
    FindingView {
        clock: finding.clock.clone(),
        title: finding.title.clone(),
        class: class(finding.verdict),
        verdict: finding.verdict.indonesian(),
        due: finding.due_date.map(short_date).unwrap_or_default(),
        done: done.unwrap_or_default(),
        note: finding.note.clone(),
    }
}

/// The look of a verdict's badge.
fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "good",
        Verdict::Missed => "bad",
        Verdict::Depends => "warn",
        Verdict::Undecidable => "",
    }
}

/// One line a clock; a case without clocks has a line for its warnings.
fn as_csv(audits: &[CaseAudit]) -> Vec<u8> {
    let mut rows = Vec::new();
    for audit in audits {
        let mut warnings = audit.warnings.join(" | ");
        for finding in &audit.findings {
            // Once a case is enough.
            rows.push(csv_line(&audit.id, finding, std::mem::take(&mut warnings)));
        }
        if !warnings.is_empty() {
            let mut row = vec![String::new(); RESULT.len() - 1];
            if let Some(id) = row.first_mut() {
                id.clone_from(&audit.id);
            }
            row.push(warnings);
            rows.push(row);
        }
    }
    netra_sheets::write_csv(&RESULT, &rows)
}

fn csv_line(id: &str, finding: &Finding, warnings: String) -> Vec<String> {
    let readings = finding.readings.iter().map(|r| format!("{} {} {}", r.id, r.due_date, r.verdict.id()));
    vec![
        id.to_owned(),
        finding.clock.clone(),
        finding.title.clone(),
        finding.verdict.id().to_owned(),
        finding.verdict.indonesian().to_owned(),
        finding.due_date.map(|date| date.to_string()).unwrap_or_default(),
        finding.done_date.map(|date| date.to_string()).unwrap_or_default(),
        finding.done_at.map(|moment| moment.to_string()).unwrap_or_default(),
        readings.collect::<Vec<_>>().join(" | "),
        finding.note.clone(),
        warnings,
    ]
}

/// Bytes from lower-case hexadecimal, as [`random::hex`] writes it.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_comes_back() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&random::hex(&all)), Some(all));
        assert_eq!(unhex(""), Some(Vec::new()));
        for bad in ["0", "0g", "AB", "0 ", "é"] {
            assert_eq!(unhex(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("baris 2: bukan teks"), "Baris 2: bukan teks.");
        assert_eq!(sentence(""), "");
    }
}
