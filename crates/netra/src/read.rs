//! `netra read`: what news texts say, with suggested leads.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use netra_law::Law;
use netra_law::time::{long_date, short_date};
use netra_watch::{Member, Placed, Reading, Record, Relation, Watch, group};
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
    #[serde(flatten)]
    record: Record,
    group: usize,
    relation: &'static str,
    related_to: Option<&'a str>,
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
    let members: Vec<Member> = list.iter().map(|read| Member::of(&read.reading)).collect();
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

/// The word for a relation, and the place of the earlier text.
fn related(relation: Relation) -> (&'static str, Option<usize>) {
    match relation {
        Relation::First => ("first", None),
        Relation::Duplicate(earlier) => ("duplicate", Some(earlier)),
        Relation::FollowUp(earlier) => ("follow-up", Some(earlier)),
    }
}

fn answer<'a>(list: &'a [Read], read: &'a Read, placed: Placed) -> Answer<'a> {
    let (relation, earlier) = related(placed.relation);
    Answer {
        file: &read.file,
        entry: read.entry,
        record: Record::of(&read.reading),
        group: placed.group,
        relation,
        related_to: earlier.and_then(|n| list.get(n)).map(|earlier| earlier.file.as_str()),
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
