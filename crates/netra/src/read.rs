//! `netra read`: what news texts say, with suggested leads.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use netra_law::Law;
use netra_law::time::{long_date, short_date};
use netra_watch::{Member, Placed, Reading, Relation, Watch, group};
use serde::Serialize;

use crate::output::{self, Outcome};

#[derive(Args)]
pub struct ReadArguments {
    /// Articles as text, HTML or MHTML; RSS or Atom feeds.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    file: &'a str,
    /// Its place in a feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<usize>,
    about_asn_neutrality: bool,
    case: bool,
    score: f64,
    published: Option<String>,
    published_by: Option<&'static str>,
    dates: Vec<DateJson<'a>>,
    regions: Vec<RegionJson<'a>>,
    subjects: &'a [String],
    positions: Vec<PositionJson<'a>>,
    agencies: &'a [String],
    election: Option<&'static str>,
    election_stage: Option<&'a str>,
    channels: &'a [String],
    acts: Vec<ActJson<'a>>,
    stage: &'static str,
    numbers: Vec<NumberJson<'a>>,
    group: usize,
    relation: &'static str,
    related_to: Option<&'a str>,
    reasons: &'a [String],
    warnings: &'a [String],
}

#[derive(Serialize)]
struct DateJson<'a> {
    date: String,
    text: &'a str,
    span: (usize, usize),
    role: &'static str,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct RegionJson<'a> {
    code: &'a str,
    name: &'a str,
    confidence: f64,
}

#[derive(Serialize)]
struct PositionJson<'a> {
    post: &'a str,
    kind: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct ActJson<'a> {
    #[serde(rename = "type")]
    violation: &'a str,
    act: &'a str,
    words: &'a str,
    confidence: f64,
}

#[derive(Serialize)]
struct NumberJson<'a> {
    value: u32,
    of: &'a str,
    text: &'a str,
}

/// A page of a file with what it says.
struct Read {
    file: String,
    entry: Option<usize>,
    reading: Reading,
}

pub fn run(arguments: &ReadArguments) -> anyhow::Result<Outcome> {
    let law = Law::embedded().context("reading the shipped law packs")?;
    let watch = Watch::embedded(&law).context("reading the shipped word lists")?;
    let mut list = Vec::new();
    for path in &arguments.files {
        list.extend(read_file(&watch, path)?);
    }
    let members: Vec<Member> = list.iter().map(|read| member(&read.reading)).collect();
    let placed = group(&members);
    if arguments.json {
        let answers: Vec<Answer<'_>> =
            list.iter().zip(&placed).map(|(read, placed)| answer(&list, read, *placed)).collect();
        output::json(&answers)?;
    } else {
        print(&list, &placed);
    }
    Ok(Outcome::Holds)
}

fn read_file(watch: &Watch, path: &Path) -> anyhow::Result<Vec<Read>> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let pages = watch.pages(&bytes).with_context(|| format!("reading {}", path.display()))?;
    let is_feed = pages.len() > 1;
    let numbered = (1..).zip(&pages);
    let list = numbered.map(|(n, page)| Read {
        file: path.display().to_string(),
        entry: is_feed.then_some(n),
        reading: watch.read(page),
    });
    Ok(list.collect())
}

fn member(reading: &Reading) -> Member {
    Member {
        fingerprint: reading.fingerprint.clone(),
        region: reading.regions.first().map(|region| region.code.clone()),
        subjects: reading.subjects.clone(),
        acts: reading.acts.iter().map(|act| act.violation.clone()).collect(),
        published: reading.published.map(|published| published.date),
        case: reading.case,
    }
}

/// The word for a relation, and the place of the earlier text.
fn related(relation: Relation) -> (&'static str, Option<usize>) {
    match relation {
        Relation::First => ("first", None),
        Relation::Duplicate(earlier) => ("duplicate", Some(earlier)),
        Relation::FollowUp(earlier) => ("follow-up", Some(earlier)),
    }
}

fn answer<'a>(list: &'a [Read], read: &'a Read, placed: Placed) -> Answer<'a> {
    let reading = &read.reading;
    let (relation, earlier) = related(placed.relation);
    Answer {
        file: &read.file,
        entry: read.entry,
        about_asn_neutrality: reading.about_asn_neutrality,
        case: reading.case,
        score: reading.score,
        published: reading.published.map(|published| published.date.to_string()),
        published_by: reading.published.map(|published| published.source.id()),
        dates: reading.dates.iter().map(date_json).collect(),
        regions: reading
            .regions
            .iter()
            .map(|r| RegionJson { code: &r.code, name: &r.name, confidence: r.confidence })
            .collect(),
        subjects: &reading.subjects,
        positions: reading
            .positions
            .iter()
            .map(|p| PositionJson { post: &p.id, kind: &p.kind, name: &p.name })
            .collect(),
        agencies: &reading.agencies,
        election: reading.election.map(|regime| regime.id()),
        election_stage: reading.election_stage.as_deref(),
        channels: &reading.channels,
        acts: reading
            .acts
            .iter()
            .map(|a| ActJson { violation: &a.violation, act: &a.act, words: &a.words, confidence: a.confidence })
            .collect(),
        stage: reading.stage.id(),
        numbers: reading.numbers.iter().map(|n| NumberJson { value: n.value, of: &n.of, text: &n.text }).collect(),
        group: placed.group,
        relation,
        related_to: earlier.and_then(|n| list.get(n)).map(|earlier| earlier.file.as_str()),
        reasons: &reading.reasons,
        warnings: &reading.warnings,
    }
}

fn date_json(found: &netra_watch::FoundDate) -> DateJson<'_> {
    DateJson {
        date: found.date.to_string(),
        text: &found.text,
        span: found.span,
        role: found.role.id(),
        confidence: found.confidence,
        note: found.note.as_deref(),
    }
}

fn print(list: &[Read], placed: &[Placed]) {
    let mut order: Vec<(&Read, &Placed)> = list.iter().zip(placed).collect();
    order.sort_by(|a, b| b.0.reading.score.total_cmp(&a.0.reading.score));
    let rows: Vec<Vec<String>> = order.iter().map(|(read, placed)| row(read, placed)).collect();
    output::table(&["skor", "perkara", "terbit", "wilayah", "pihak", "bentuk", "tahap", "kelompok", "berkas"], &rows);
    for (read, placed) in order.iter().filter(|(read, _)| read.reading.case) {
        print_lead(list, read, placed);
    }
}

fn row(read: &Read, placed: &Placed) -> Vec<String> {
    let reading = &read.reading;
    let kind = match (reading.about_asn_neutrality, reading.case) {
        (false, _) => "bukan netralitas",
        (true, false) => "tidak",
        (true, true) => "ya",
    };
    vec![
        format!("{:.2}", reading.score),
        kind.to_owned(),
        reading.published.map_or("-".to_owned(), |published| short_date(published.date)),
        reading.regions.first().map_or("-".to_owned(), |region| region.name.clone()),
        reading.positions.first().map_or("-".to_owned(), |position| position.name.clone()),
        reading.acts.first().map_or("-".to_owned(), |act| act.violation.clone()),
        reading.stage.indonesian().to_owned(),
        placed.group.to_string(),
        name(read),
    ]
}

fn name(read: &Read) -> String {
    match read.entry {
        Some(n) => format!("{} butir {n}", read.file),
        None => read.file.clone(),
    }
}

fn print_lead(list: &[Read], read: &Read, placed: &Placed) {
    let reading = &read.reading;
    output::line(format!("\n{}", name(read)));
    let earlier = related(placed.relation).1.and_then(|n| list.get(n));
    match (placed.relation, earlier) {
        (Relation::Duplicate(_), Some(earlier)) => output::line(format!("  berita yang sama dengan {}", name(earlier))),
        (Relation::FollowUp(_), Some(earlier)) => {
            output::line(format!("  mungkin lanjutan dari {}", name(earlier)));
        }
        _ => {}
    }
    for date in &reading.dates {
        output::line(format!("  {}: {} (\"{}\")", date.role.indonesian(), long_date(date.date), date.text));
    }
    if !reading.agencies.is_empty() {
        output::line(format!("  lembaga: {}", reading.agencies.join(", ")));
    }
    for act in &reading.acts {
        output::line(format!("  mungkin {}: {} (kata: {})", act.violation, act.act, act.words));
    }
    for reason in &reading.reasons {
        output::line(format!("  {reason}"));
    }
    for warning in &reading.warnings {
        output::line(format!("  Periksa: {warning}"));
    }
}
