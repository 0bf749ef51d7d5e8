//! Checking replayed stories against what their files expect.

use std::collections::BTreeMap;

use anyhow::Context;
use netra_docket::clocks::{self, Clocks};
use netra_docket::matter::Matter;
use netra_statistics::{Dimension, Facts, facts};
use netra_store::{Privacy, Scope};
use netra_web::App;

use super::replay::Replayed;
use super::story::{Expect, ExpectClock, Story};

/// One thing that was checked.
pub struct Finding {
    /// Story's id.
    pub story: String,
    /// Story and key.
    pub matter: String,
    /// What was checked.
    pub what: String,
    /// What the story's file says.
    pub expected: String,
    /// What came out.
    pub found: String,
}

impl Finding {
    /// Whether they agree.
    pub fn holds(&self) -> bool {
        self.expected == self.found
    }
}

/// Checks every matter of every story.
pub async fn check(app: &App, stories: &[Story], replayed: &[Replayed]) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for story in stories {
        for expected in &story.matter {
            let name = format!("{}-{}", story.id, expected.key);
            let found = replayed.iter().find(|r| r.name == name).with_context(|| format!("{name} was not replayed"))?;
            let scope = Scope::new(found.home.clone(), Privacy::Sealed);
            let docket = app.store.docket(&scope, found.matter).await?.with_context(|| format!("{name} is gone"))?;
            let office = app.store.office(&docket.matter.office).await?.context("the handling office is gone")?;
            let all = clocks::clocks(&docket.matter, &app.law, &office.seat(), found.last);
            let mut note = |what: String, expected: String, found: String| {
                let (story, matter) = (story.id.clone(), name.clone());
                findings.push(Finding { story, matter, what, expected, found });
            };
            check_matter(&expected.expect, &docket.matter, &all, &mut note);
            let counted = facts(&docket.matter, &app.law, &office.region, &all);
            check_counts(&expected.expect.counted, counted.as_ref(), &mut note);
        }
    }
    Ok(findings)
}

fn check_matter(expect: &Expect, matter: &Matter, all: &Clocks<'_>, note: &mut dyn FnMut(String, String, String)) {
    note("stage".to_owned(), expect.stage.clone(), matter.stage().id().to_owned());
    if let Some(received) = &expect.received {
        let found = all.received.as_ref().map(|(when, _)| when.to_string()).unwrap_or_default();
        note("received".to_owned(), received.clone(), found);
    }
    if let Some(number) = &expect.number {
        note("number".to_owned(), number.clone(), matter.number().unwrap_or_default().to_owned());
    }
    check_clocks(expect, all, note);
    let mut routes: Vec<String> = expect.routes.iter().map(|r| route_text(&r.persons, &r.kind, &r.authority)).collect();
    let mut found: Vec<String> = matter
        .forwardings
        .iter()
        .map(|f| {
            let persons: Vec<u16> = f.what.persons.iter().map(|p| p.0).collect();
            route_text(&persons, &f.what.kind, &f.what.authority)
        })
        .collect();
    routes.sort();
    found.sort();
    note("routes".to_owned(), routes.join("; "), found.join("; "));
    for fault in &all.faults {
        note("fault".to_owned(), String::new(), fault.to_string());
    }
}

/// What the statistics count of the matter: where, of which election and year, and each expected dimension with its values.
fn check_counts(
    expected: &BTreeMap<String, String>,
    facts: Option<&Facts>,
    note: &mut dyn FnMut(String, String, String),
) {
    let is_counted = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    note("counted".to_owned(), is_counted(!expected.is_empty()), is_counted(facts.is_some()));
    let Some(facts) = facts else { return };
    for (what, values) in expected {
        let found = match what.as_str() {
            "area" => facts.area.to_string(),
            "election" => facts.election.id().to_owned(),
            "year" => facts.year.to_string(),
            dimension => values_of(facts, dimension),
        };
        note(format!("counted {what}"), values.clone(), found);
    }
}

fn values_of(facts: &Facts, dimension: &str) -> String {
    let Some(dimension) = Dimension::from_id(dimension) else { return "unknown dimension".to_owned() };
    let own = facts.counts.iter().filter(|(of, _, _)| *of == dimension);
    own.map(|(_, value, count)| format!("{value} {count}")).collect::<Vec<_>>().join(", ")
}

fn route_text(persons: &[u16], kind: &str, authority: &str) -> String {
    let persons: Vec<String> = persons.iter().map(u16::to_string).collect();
    format!("{} {kind} -> {authority}", persons.join(","))
}

/// Every clock that runs in the story, once for each date and verdict; none may be left out.
fn check_clocks(expect: &Expect, all: &Clocks<'_>, note: &mut dyn FnMut(String, String, String)) {
    let mut found: Vec<ExpectClock> = all
        .states
        .iter()
        .map(|c| ExpectClock {
            clock: c.id.to_owned(),
            due: c.deadline.due_date.to_string(),
            verdict: c.standing.id().to_owned(),
        })
        .collect();
    found.sort();
    found.dedup();
    let text = |c: &ExpectClock| format!("{} {}", c.due, c.verdict);
    for clock in &expect.clocks {
        let exact = found.iter().find(|f| *f == clock);
        let same = found.iter().find(|f| f.clock == clock.clock);
        let result = exact.or(same).map_or_else(|| "no such clock".to_owned(), text);
        note(clock.clock.clone(), text(clock), result);
    }
    for clock in found.iter().filter(|f| !expect.clocks.iter().any(|c| c.clock == f.clock)) {
        note(clock.clock.clone(), String::new(), text(clock));
    }
}
