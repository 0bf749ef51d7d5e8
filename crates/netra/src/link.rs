//! `netra link`: which candidates or members may be in the register of civil servants.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, bail};
use clap::Args;
use jiff::civil::Date;
use netra_registers::{
    Class, Decisions, Input, InputKind, Mapping, Model, Progress, Remark, Settings, Summary, calibrate, link_with,
};
use serde_json::{Value, json};

use crate::output::{self, Outcome};

/// How many lines with the same fault are named.
const LINES_NAMED: usize = 5;

#[derive(Args)]
pub struct LinkArguments {
    /// The register of civil servants: CSV (comma, semicolon or tab), or a small XLSX.
    #[arg(long, value_name = "FILE")]
    civil_servants: PathBuf,
    /// The candidates, party members or supporters: CSV, or a small XLSX.
    #[arg(long, value_name = "FILE")]
    candidates: PathBuf,
    /// Where to write the pairs as CSV: candidate_id, civil_servant_id, probability, class, reasons.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Leave out pairs that are less probable than this.
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    threshold: f64,
    /// Keep this many pairs of a candidate.
    #[arg(long, value_name = "K", default_value = "3")]
    top: NonZeroUsize,
    /// The day on which the ages of the candidates hold; by default the day of the vote of 2024.
    #[arg(long, value_name = "DATE", default_value = "2024-02-14")]
    age_on: Date,
    /// What a column holds if its head does not tell, e.g. "nama=Nama Pegawai". May be given several times.
    #[arg(long, value_name = "FIELD=HEAD")]
    columns: Vec<String>,
    /// Bring the error model nearer to reviewers' decisions: the file that the desk of lists gives out.
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Where to write the rows that were rejected or look damaged, with line and reason, as CSV.
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    /// Print what was done as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &LinkArguments) -> anyhow::Result<Outcome> {
    let settings = settings(arguments)?;
    let model = model(arguments)?;
    let progress = Meter::new(&arguments.civil_servants);
    let mut out = Later::new(&arguments.out);
    let (servants, candidates) = (opened(&arguments.civil_servants)?, opened(&arguments.candidates)?);
    let result = link_with(&model, servants, candidates, &mut out, &settings, &|at| progress.show(at));
    progress.clear();
    let summary = result?;
    out.finish().with_context(|| format!("menulis {}", arguments.out.display()))?;
    if let Some(path) = &arguments.rejected {
        fs::write(path, remarks(arguments, &summary)).with_context(|| format!("menulis {}", path.display()))?;
    }
    complain(arguments, &summary);
    if arguments.json {
        output::json(&answer(arguments, &summary))?;
    } else {
        print(arguments, &summary);
    }
    Ok(Outcome::Holds)
}

fn settings(arguments: &LinkArguments) -> anyhow::Result<Settings> {
    if !(0.0..=1.0).contains(&arguments.threshold) {
        bail!("--threshold {}: tulis peluang antara 0 dan 1, misalnya 0.05", arguments.threshold);
    }
    for input in [&arguments.civil_servants, &arguments.candidates] {
        if *input == arguments.out || Some(input) == arguments.rejected.as_ref() {
            bail!("{}: hasil akan menimpa berkas masukan; pilih nama berkas lain", input.display());
        }
    }
    let columns = arguments.columns.iter().map(|text| text.parse::<Mapping>()).collect::<Result<Vec<_>, _>>()?;
    Ok(Settings {
        threshold: arguments.threshold,
        top: arguments.top,
        age_on: arguments.age_on,
        threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        columns,
    })
}

/// The model that is shipped, brought nearer to decisions if there are any.
fn model(arguments: &LinkArguments) -> anyhow::Result<Model> {
    let stated = Model::embedded().context("membaca model galat")?;
    let Some(path) = &arguments.decisions else { return Ok(stated) };
    let text = fs::read_to_string(path).with_context(|| format!("membaca {}", path.display()))?;
    let decisions: Decisions = serde_json::from_str(&text)
        .with_context(|| format!("{}: bukan berkas keputusan peninjau; unduh dari meja daftar", path.display()))?;
    calibrate(&stated, &decisions).with_context(|| path.display().to_string())
}

fn opened(path: &Path) -> anyhow::Result<Input<'static>> {
    let file = File::open(path).with_context(|| format!("membuka {}", path.display()))?;
    Ok(Input { name: path.display().to_string(), reader: Box::new(file) })
}

/// How much of the register was read, on a terminal only.
struct Meter {
    total: Option<u64>,
    shown: AtomicU64,
}

impl Meter {
    fn new(path: &Path) -> Meter {
        let size = fs::metadata(path).map(|data| data.len()).ok().filter(|size| *size > 0);
        Meter { total: size.filter(|_| io::stderr().is_terminal()), shown: AtomicU64::new(0) }
    }

    fn show(&self, at: Progress) {
        let Some(total) = self.total else { return };
        let percent = at.bytes.saturating_mul(100) / total;
        if self.shown.fetch_max(percent, Ordering::Relaxed) < percent {
            let _ = write!(io::stderr(), "\rmembaca daftar ASN: {percent} %");
        }
    }

    fn clear(&self) {
        if self.total.is_some() {
            let _ = write!(io::stderr(), "\r{:40}\r", "");
        }
    }
}

/// A file that appears when it is whole: until then its bytes lie beside it, and nothing does before the first one.
struct Later {
    path: PathBuf,
    part: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Later {
    fn new(path: &Path) -> Later {
        let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
        name.push(".part");
        Later { path: path.to_owned(), part: path.with_file_name(name), file: None }
    }

    fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.file = None;
        fs::rename(&self.part, &self.path)
    }
}

impl Write for Later {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            none => none.insert(BufWriter::new(File::create(&self.part)?)).write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Later {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.part);
        }
    }
}

fn file_of(arguments: &LinkArguments, side: InputKind) -> &Path {
    match side {
        InputKind::Servants => &arguments.civil_servants,
        InputKind::Candidates => &arguments.candidates,
    }
}

/// The rows with remarks as CSV.
fn remarks(arguments: &LinkArguments, summary: &Summary) -> Vec<u8> {
    let row = |(side, remarked): &(InputKind, netra_registers::Remarked)| {
        let file = file_of(arguments, *side).display().to_string();
        vec![file, remarked.line.to_string(), remarked.remark.id().to_owned(), remarked.remark.indonesian().to_owned()]
    };
    let rows: Vec<Vec<String>> = summary.remarks.iter().map(row).collect();
    netra_sheets::write_csv(&["file", "line", "remark", "explanation"], &rows)
}

/// One line on standard error for each kind of fault in each list.
fn complain(arguments: &LinkArguments, summary: &Summary) {
    for side in [InputKind::Candidates, InputKind::Servants] {
        for remark in Remark::ALL {
            let count = summary.count(side, remark);
            if count == 0 {
                continue;
            }
            let of_kind = summary.remarks.iter().filter(|(of, remarked)| *of == side && remarked.remark == remark);
            let lines: Vec<String> = of_kind.take(LINES_NAMED).map(|(_, remarked)| remarked.line.to_string()).collect();
            let more = if count > LINES_NAMED { " …" } else { "" };
            let file = file_of(arguments, side).display();
            output::note(format!("{file}: {count} baris {} (baris {}{more})", remark.indonesian(), lines.join(", ")));
        }
    }
}

fn print(arguments: &LinkArguments, summary: &Summary) {
    let classes = Class::ALL.map(|class| format!("{} {}", summary.written(class), class.indonesian()));
    output::line(format!(
        "{} calon dibandingkan dengan {} ASN: pasangan untuk {} calon ({}), model galat {}.",
        summary.candidates,
        summary.servants,
        summary.proposed,
        classes.join(", "),
        summary.model
    ));
    if summary.undated > 0 {
        output::line(format!(
            "{} calon tanpa tanggal lahir dan umur: nama dan wilayah saja tidak dapat memastikan.",
            summary.undated
        ));
    }
    if summary.passed_by_cap > 0 {
        output::line(format!(
            "{} pasangan dilewati karena namanya terlalu umum dan tidak ada kesamaan lain.",
            summary.passed_by_cap
        ));
    }
    output::line(format!("Hasil ada di {}; setiap pasangan perlu diperiksa orang.", arguments.out.display()));
}

fn answer(arguments: &LinkArguments, summary: &Summary) -> Value {
    let count = |side: InputKind| -> Value {
        let remarks =
            Remark::ALL.into_iter().map(|remark| (remark.id().to_owned(), summary.count(side, remark).into()));
        Value::Object(remarks.collect())
    };
    let pairs = Class::ALL.into_iter().map(|class| (class.id().to_owned(), summary.written(class).into()));
    json!({
        "out": arguments.out.display().to_string(),
        "model": summary.model,
        "civil_servants": summary.servants,
        "candidates": summary.candidates,
        "rejected": {
            "civil_servants": summary.rejected(InputKind::Servants),
            "candidates": summary.rejected(InputKind::Candidates),
        },
        "remarks": { "civil_servants": count(InputKind::Servants), "candidates": count(InputKind::Candidates) },
        "compared": summary.compared,
        "passed_by_cap": summary.passed_by_cap,
        "undated": summary.undated,
        "proposed": summary.proposed,
        "pairs": Value::Object(pairs.collect()),
    })
}
