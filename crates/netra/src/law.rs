//! `netra law`: the packs and their entries.

mod reference;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use netra_law::{Law, LawErrors, Pack};
use serde_json::{Value, json};

use crate::output::{self, Outcome};

#[derive(Args)]
pub struct LawArguments {
    #[command(subcommand)]
    command: LawCommand,
}

#[derive(Subcommand)]
enum LawCommand {
    /// The packs, the calendar years and the elections.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check the shipped packs, or those in a folder.
    Check {
        /// A folder laid out like `law/`.
        #[arg(long)]
        dir: Option<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// An entry by its id: a clock, outcome, requirement, route, violation, sanction, duty, organ, authority, kind of person,
    /// area code, rule of the week, ground for erasing, election.
    Show {
        /// The id, e.g. INITIAL_STUDY.
        id: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub fn run(arguments: &LawArguments) -> anyhow::Result<Outcome> {
    match &arguments.command {
        LawCommand::List { json } => list(*json),
        LawCommand::Check { dir, json } => check(dir.as_deref(), *json),
        LawCommand::Show { id, json } => show(id, *json),
    }
}

fn embedded() -> anyhow::Result<Law> {
    Law::embedded().context("reading the shipped law packs")
}

fn list(as_json: bool) -> anyhow::Result<Outcome> {
    let law = embedded()?;
    if as_json {
        let packs: Vec<Value> = law.packs().iter().map(pack_json).collect();
        let years: Vec<i16> = law.calendar().years().keys().copied().collect();
        let elections: Vec<&str> = law.elections().iter().map(|e| e.id.as_str()).collect();
        output::json(&json!({ "packs": packs, "calendar_years": years, "elections": elections }))?;
        return Ok(Outcome::Holds);
    }
    let rows: Vec<Vec<String>> = law
        .packs()
        .iter()
        .map(|p| {
            let to = p.head.valid_to.map_or_else(|| "-".to_owned(), |d| d.to_string());
            vec![
                p.head.id.clone(),
                p.head.regime.id().to_owned(),
                p.head.valid_from.to_string(),
                to,
                p.clocks.len().to_string(),
                p.head.title.clone(),
            ]
        })
        .collect();
    output::table(&["pack", "regime", "from", "to", "clocks", "title"], &rows);
    let years: Vec<String> = law.calendar().years().keys().map(ToString::to_string).collect();
    output::line(format!("\ncalendar years: {}", years.join(", ")));
    for election in law.elections() {
        output::line(format!("election {}: {} ({} stages)", election.id, election.name, election.stage.len()));
    }
    Ok(Outcome::Holds)
}

fn pack_json(pack: &Pack) -> Value {
    json!({
        "id": pack.head.id,
        "regime": pack.head.regime,
        "title": pack.head.title,
        "valid_from": pack.head.valid_from.to_string(),
        "valid_to": pack.head.valid_to.map(|d| d.to_string()),
        "cite": pack.head.basis.cite,
        "certainty": pack.head.basis.certainty,
        "clocks": pack.clocks.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(),
    })
}

fn check(dir: Option<&Path>, as_json: bool) -> anyhow::Result<Outcome> {
    let result = match dir {
        Some(dir) => check_folder(dir)?,
        None => Law::embedded().map(|_| ()),
    };
    let faults = result.err().map(|e| e.0).unwrap_or_default();
    if as_json {
        output::json(&json!({ "holds": faults.is_empty(), "faults": faults }))?;
    } else if faults.is_empty() {
        output::line("the packs hold");
    } else {
        faults.iter().for_each(output::line);
    }
    Ok(if faults.is_empty() { Outcome::Holds } else { Outcome::Fails })
}

fn check_folder(dir: &Path) -> anyhow::Result<Result<(), LawErrors>> {
    let mut files = Vec::new();
    collect(dir, "", &mut files)?;
    if files.is_empty() {
        bail!("{}: no .toml file in this folder; it should be laid out like law/", dir.display());
    }
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Ok(Law::from_files(&borrowed).map(|_| ()))
}

fn collect(dir: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("reading the folder {}", dir.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("reading the folder {}", dir.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else if name.ends_with(".toml") {
            let text =
                std::fs::read_to_string(entry.path()).with_context(|| format!("reading {}", entry.path().display()))?;
            files.push((path, text));
        }
    }
    files.sort();
    Ok(())
}

/// An entry as a list of key and value, in reading order.
struct Shown {
    what: &'static str,
    pack: Option<String>,
    rows: Vec<(&'static str, String)>,
}

fn show(id: &str, as_json: bool) -> anyhow::Result<Outcome> {
    let law = embedded()?;
    let found = find(&law, id);
    if found.is_empty() {
        bail!("no entry has the id '{id}'; `netra law list` shows the packs, `netra law list --json` their clocks");
    }
    if as_json {
        let list: Vec<Value> = found
            .iter()
            .map(|entry| {
                let mut map = serde_json::Map::new();
                map.insert("what".to_owned(), entry.what.into());
                map.insert("pack".to_owned(), entry.pack.clone().into());
                map.insert("id".to_owned(), id.into());
                map.extend(entry.rows.iter().map(|(key, value)| ((*key).to_owned(), value.clone().into())));
                Value::Object(map)
            })
            .collect();
        output::json(&list)?;
        return Ok(Outcome::Holds);
    }
    for entry in found {
        let pack = entry.pack.map(|p| format!(" ({p})")).unwrap_or_default();
        output::line(format!("{} {id}{pack}", entry.what));
        for (key, value) in entry.rows.iter().filter(|(_, v)| !v.is_empty()) {
            output::line(format!("  {key}: {value}"));
        }
    }
    Ok(Outcome::Holds)
}

fn basis(basis: &netra_law::pack::Basis) -> [(&'static str, String); 3] {
    [
        ("cite", basis.cite.clone()),
        ("certainty", basis.certainty.id().to_owned()),
        ("note", basis.note.clone().unwrap_or_default()),
    ]
}

fn find(law: &Law, id: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = law.packs().iter().flat_map(|pack| find_in_pack(pack, id)).collect();
    found.extend(law.violations().iter().filter(|v| v.id == id).map(|v| {
        let mut rows = vec![
            ("text", v.text.clone()),
            ("class", v.class.clone()),
            ("period", v.period.clone()),
            ("acts from", v.acts_from.map(|d| d.to_string()).unwrap_or_default()),
            ("acts to", v.acts_to.map(|d| d.to_string()).unwrap_or_default()),
            ("subjects", v.subjects.join(", ")),
            ("levels", v.levels.iter().map(|l| l.id()).collect::<Vec<_>>().join(", ")),
            ("possible sanctions", v.sanctions.join("; ")),
        ];
        rows.extend(basis(&v.basis));
        Shown { what: "violation", pack: None, rows }
    }));
    found.extend(law.subjects().iter().filter(|s| s.id == id).map(|s| {
        let mut rows = vec![("name", s.name.clone()), ("rule", s.rule.clone())];
        rows.extend(basis(&s.basis));
        Shown { what: "subject", pack: None, rows }
    }));
    found.extend(law.authorities().iter().filter(|a| a.id == id).map(|a| {
        let roles = law.receivers().iter().filter(|r| r.authority == id).map(|r| {
            let to = r.to.map_or_else(String::new, |d| d.to_string());
            format!("{} {}..{to} ({})", r.role, r.from, r.channel)
        });
        let rows = vec![("name", a.name.clone()), ("receives", roles.collect::<Vec<_>>().join("; "))];
        Shown { what: "authority", pack: None, rows }
    }));
    found.extend(law.elections().iter().filter(|e| e.id == id).map(|e| {
        let stages = e.stage.iter().map(|s| format!("{} {}..{}", s.kind, s.from, s.to.unwrap_or(s.from)));
        let rows = vec![("name", e.name.clone()), ("stages", stages.collect::<Vec<_>>().join("; "))];
        Shown { what: "election", pack: None, rows }
    }));
    found.extend(reference::find(law, id));
    found
}

fn find_in_pack(pack: &Pack, id: &str) -> Vec<Shown> {
    let shown = |what, rows: Vec<(&'static str, String)>, source: &netra_law::pack::Basis| {
        let rows = rows.into_iter().chain(basis(source)).collect();
        Shown { what, pack: Some(pack.head.id.clone()), rows }
    };
    let mut found = Vec::new();
    if let Some(clock) = pack.clock(id) {
        let length = clock.main_length().map_or_else(
            || format!("until the stage {}", clock.until_stage.as_deref().unwrap_or_default()),
            |l| format!("{} {}", l.number(), l.unit().id()),
        );
        let readings: Vec<String> = clock.reading.iter().map(|r| format!("{}: {}", r.id, r.why)).collect();
        let settled = clock.settled.as_ref().map(|s| format!("{}: {}", s.reading, s.by)).unwrap_or_default();
        let ends: Vec<&str> = clock.ends.iter().map(|e| e.id()).collect();
        let rows = vec![
            ("title", clock.title.clone()),
            ("title_en", clock.title_en.clone()),
            ("length", length),
            ("from", clock.start.id().to_owned()),
            ("ends with", ends.join(", ")),
            ("readings", readings.join("; ")),
            ("settled", settled),
            ("lasts until", clock.lasts_until.clone().unwrap_or_default()),
            ("at expiry", clock.at_expiry.clone()),
        ];
        found.push(shown("clock", rows, &clock.basis));
    }
    found.extend(pack.outcome(id).map(|o| shown("outcome", vec![("text", o.text.clone())], &o.basis)));
    found.extend(pack.requirement(id).map(|r| shown("requirement", vec![("text", r.text.clone())], &r.basis)));
    found.extend(pack.kind(id).map(|k| shown("kind", vec![("text", k.text.clone())], &k.basis)));
    found.extend(pack.step(id).map(|s| {
        let rows = vec![
            ("form", s.form.clone().unwrap_or_default()),
            ("form of findings", s.form_finding.clone().unwrap_or_default()),
            ("form title", s.form_title.clone().unwrap_or_default()),
            ("clock", s.clock.clone().unwrap_or_default()),
            ("asks", s.asks.clone()),
        ];
        shown("step", rows, &s.basis)
    }));
    found.extend(pack.procedure.route.iter().filter(|r| r.id == id).map(|r| {
        let rows = vec![
            ("kind", r.kind.clone()),
            ("subjects", r.subjects.join(", ")),
            ("to", r.to.clone()),
            ("form", r.form.clone().unwrap_or_default()),
        ];
        shown("route", rows, &r.basis)
    }));
    found.extend(
        pack.head
            .number_form
            .iter()
            .filter(|f| f.id == id)
            .map(|f| shown("number form", vec![("of", f.of.clone()), ("form", f.form.clone())], &f.basis)),
    );
    found
}
