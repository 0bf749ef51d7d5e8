//! `netra clock`: deadlines from events, with their reasoning.

use anyhow::{Context, bail};
use clap::Args;
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::clock::{Deadline, Evaluation, evaluate, governing_day};
use netra_law::event::{Event, EventKind, When};
use netra_law::explain::{self, Day};
use netra_law::pack::Regime;
use netra_law::time::{Zone, long_date, long_moment};
use serde::Serialize;

use crate::output::{self, Outcome};

#[derive(Args)]
pub struct ClockArguments {
    /// pemilu, pilkada or discipline.
    #[arg(long)]
    regime: Regime,
    /// The office's zone: Asia/Jakarta, Asia/Makassar or Asia/Jayapura.
    #[arg(long)]
    zone: Zone,
    /// An event, e.g. delivered=2024-01-19T17:10. May be given several times.
    #[arg(long = "event", value_name = "KIND=TIME", required = true)]
    events: Vec<String>,
    /// Home-affairs region code of the office, for elections held in some regions only.
    #[arg(long, default_value = "")]
    region: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    regime: &'a str,
    pack: &'a str,
    zone: &'a str,
    events: Vec<EventJson>,
    deadlines: Vec<DeadlineJson<'a>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct EventJson {
    kind: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cite: Option<String>,
}

#[derive(Serialize)]
struct DeadlineJson<'a> {
    clock: &'a str,
    title: &'a str,
    title_en: &'a str,
    who: netra_law::pack::Party,
    start: String,
    start_event: &'static str,
    due_date: String,
    due_at: String,
    cite: &'a str,
    certainty: &'static str,
    reading: &'a str,
    readings: Vec<ReadingJson<'a>>,
    days: Vec<DayJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_by: Option<&'a str>,
    at_expiry: &'a str,
}

#[derive(Serialize)]
struct ReadingJson<'a> {
    id: &'a str,
    due_date: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
}

#[derive(Serialize)]
struct DayJson {
    date: String,
    counts: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

pub fn run(arguments: &ClockArguments) -> anyhow::Result<Outcome> {
    let law = Law::embedded().context("reading the shipped law packs")?;
    let events = arguments
        .events
        .iter()
        .map(|text| Event::parse_in(text, arguments.zone).with_context(|| format!("reading --event {text}")))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let seat = Seat::new(arguments.zone, &arguments.region);
    let Some(on) = governing_day(&events) else { bail!("give at least one --event KIND=TIME") };
    let result = evaluate(&law, arguments.regime, &seat, &events, on).context("computing the deadlines")?;
    if arguments.json {
        output::json(&answer(&law, &seat, &result)?)?;
    } else {
        print(&law, &seat, &result)?;
    }
    Ok(Outcome::Holds)
}

fn warnings(result: &Evaluation<'_>) -> Vec<String> {
    let mut list: Vec<String> = result.deadlines.iter().flat_map(|d| d.warnings.clone()).collect();
    let at = |kind: EventKind| result.events.iter().find(|e| e.kind == kind).map(|e| e.when.date());
    if let (Some(happened), Some(known)) = (at(EventKind::Happened), at(EventKind::Known))
        && known < happened
    {
        list.push("Tanggal diketahui lebih awal daripada tanggal kejadian.".to_owned());
    }
    list.dedup();
    list
}

fn answer<'a>(law: &'a Law, seat: &Seat, result: &'a Evaluation<'a>) -> anyhow::Result<Answer<'a>> {
    let hours_cite = result.pack.head.hours.first().map(|h| h.basis.cite.clone());
    let events = result.events.iter().map(|e| {
        let put_off = (e.kind == EventKind::Received).then(|| result.received_because.clone()).flatten();
        let cite = put_off.as_ref().and(hours_cite.clone());
        EventJson { kind: e.kind.id(), at: when_json(e.when), because: put_off, cite }
    });
    let deadlines = result.deadlines.iter().map(|d| deadline_json(law, seat, d)).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Answer {
        regime: result.pack.head.regime.id(),
        pack: &result.pack.head.id,
        zone: seat.zone.iana(),
        events: events.collect(),
        deadlines,
        warnings: warnings(result),
    })
}

fn when_json(when: When) -> String {
    match when {
        When::Day(date) => date.to_string(),
        When::At(moment) => moment.to_string(),
    }
}

fn deadline_json<'a>(law: &Law, seat: &Seat, deadline: &'a Deadline<'a>) -> anyhow::Result<DeadlineJson<'a>> {
    let days = explain::days(law, seat, deadline)?;
    Ok(DeadlineJson {
        clock: &deadline.rule.id,
        title: &deadline.rule.title,
        title_en: &deadline.rule.title_en,
        who: deadline.rule.who,
        start: deadline.start.when.date().to_string(),
        start_event: deadline.start.kind.id(),
        due_date: deadline.due_date.to_string(),
        due_at: deadline.due_at.to_string(),
        cite: &deadline.rule.basis.cite,
        certainty: deadline.rule.basis.certainty.id(),
        reading: &deadline.reading,
        readings: deadline
            .readings
            .iter()
            .map(|r| ReadingJson { id: &r.id, due_date: r.due_date.to_string(), why: &r.why })
            .collect(),
        days: days.iter().map(day_json).collect(),
        settled_by: deadline.rule.settled.as_ref().map(|s| s.by.as_str()),
        at_expiry: &deadline.rule.at_expiry,
    })
}

fn day_json(day: &Day<'_>) -> DayJson {
    let why = day.why.map(|why| why.english().into_owned());
    DayJson { date: day.date.to_string(), counts: day.n.is_some(), n: day.n, why }
}

fn print(law: &Law, seat: &Seat, result: &Evaluation<'_>) -> anyhow::Result<()> {
    output::line(format!("{} ({}), {}", result.pack.head.title, result.pack.head.id, seat.zone));
    for event in &result.events {
        let when = match event.when {
            When::Day(date) => long_date(date),
            When::At(moment) => long_moment(moment),
        };
        let put_off = event.kind == EventKind::Received && result.received_because.is_some();
        let note = if put_off { " (di luar jam penerimaan)" } else { "" };
        output::line(format!("  {}: {when}{note}", event.kind.indonesian()));
    }
    for deadline in &result.deadlines {
        print_deadline(law, seat, deadline)?;
    }
    for warning in warnings(result) {
        output::line(format!("\nPerhatian: {warning}"));
    }
    Ok(())
}

fn print_deadline(law: &Law, seat: &Seat, deadline: &Deadline<'_>) -> anyhow::Result<()> {
    let rule = deadline.rule;
    output::line(format!("\n{}  {}", rule.id, rule.title));
    output::line(format!("  paling lambat {}", long_moment(deadline.due_at)));
    output::line(format!("  {}", explain::sentence(deadline)));
    output::line(format!("  {} ({})", rule.basis.cite, rule.basis.certainty.indonesian()));
    for day in explain::days(law, seat, deadline)? {
        let mark = day.n.map_or_else(|| "  -".to_owned(), |n| format!("{n:>3}"));
        let why = day.why.map(|w| format!("  {}", w.indonesian())).unwrap_or_default();
        output::line(format!("  {mark}  {}{why}", long_date(day.date)));
    }
    for reading in deadline.readings.iter().filter(|r| r.id != deadline.reading) {
        output::line(format!("  bacaan lain {}: {}. {}", reading.id, long_date(reading.due_date), reading.why));
    }
    Ok(())
}
