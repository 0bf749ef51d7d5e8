//! A nation's store: how long lists take among a million matters of 514 offices.
//!
//! `cargo bench -p netra-store --bench million` fills a store with 20,000 matters; `NETRA_BENCH_FULL=1` with a
//! million, three acts each, which takes a quarter of an hour and some 10 GB below the folder for temporary
//! files. `NETRA_BENCH_SERVER=1` takes PostgreSQL. Everything is drawn from one seed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark may stop by panicking, and it measures time"
)]

#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../tests/store/common.rs"]
mod common;

use std::time::{Duration, Instant};

use common::{Backend, Rig, hours_later, moment, receipt, recording, report, uuid};
use netra_docket::act::{Act, Assigned, StatementPublished};
use netra_docket::ids::{AccountId, MatterId};
use netra_statistics::{Area, Row, Slice, Unit};
use netra_store::{DeskQuery, Office, Privacy, Scope, SearchQuery};
use tokio::task::JoinSet;

/// The database under the benchmark; chosen when it is built.
const BACKEND: Backend = match option_env!("NETRA_BENCH_SERVER") {
    Some(_) => Backend::Server,
    None => Backend::Embedded,
};

const OFFICES: usize = 514;
/// Provinces among which the offices lie.
const PROVINCES: usize = 38;
const TOGETHER: usize = 128;

fn flag(name: &str) -> bool {
    std::env::var(name).is_ok_and(|value| value == "1")
}

fn main() {
    let matters = if flag("NETRA_BENCH_FULL") { 1_000_000 } else { 20_000 };
    tokio::runtime::Runtime::new().unwrap().block_on(measure(matters));
}

async fn measure(matters: usize) {
    let rig = common::empty().await;
    let offices = offices(&rig).await;
    let begun = Instant::now();
    fill(&rig, &offices, matters).await;
    let rate = 3.0 * count(matters) / begun.elapsed().as_secs_f64();
    println!("{matters} matters, {} acts: {rate:.0} acts a second", 3 * matters);
    let begun = Instant::now();
    rig.store.publish_ledgers(hours_later(20_000)).await.unwrap();
    println!("all ledgers published in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let done = rig.store.index_for_search().await.unwrap();
    println!("{done} matters made searchable in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let done = rig.store.follow_statistics(hours_later(400)).await.unwrap();
    println!("{done} matters counted in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    rig.store.publish_statistics(hours_later(400)).await.unwrap();
    println!("statistics published in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let found = rig.store.verify(&[]).await.unwrap();
    let rate = f64::from(u32::try_from(found.acts + found.values).unwrap()) / begun.elapsed().as_secs_f64();
    println!("{} acts and {} values verified: {rate:.0} a second", found.acts, found.values);

    let mut draw = Draw(7);
    let now = moment("2024-02-01T10:00:00+08:00");
    let mut pages = Vec::new();
    let mut counts = Vec::new();
    let mut dockets = Vec::new();
    for _ in 0..1_000 {
        let scope = Scope::new(offices[draw.below(OFFICES)].id.clone(), Privacy::Open);
        let begun = Instant::now();
        let page = rig.store.desk(&scope, &DeskQuery { limit: 50, ..DeskQuery::default() }).await.unwrap();
        pages.push(begun.elapsed());
        let begun = Instant::now();
        rig.store.desk_counts(&scope, now).await.unwrap();
        counts.push(begun.elapsed());
        let row = &page.rows[draw.below(page.rows.len())];
        let begun = Instant::now();
        rig.store.docket(&scope, row.matter).await.unwrap().unwrap();
        dockets.push(begun.elapsed());
    }
    let mut searches = Vec::new();
    for n in 0..1_000 {
        let scope = Scope::new(offices[draw.below(OFFICES)].id.clone(), Privacy::Open);
        // A common word, a rarer one, two together, and one that stands nowhere.
        let text = match n % 4 {
            0 => "ajakan memilih".to_owned(),
            1 => word(&mut draw),
            2 => format!("{} {}", word(&mut draw), word(&mut draw)),
            _ => "takadadimanapun".to_owned(),
        };
        let begun = Instant::now();
        let query = SearchQuery { text, after: None, limit: 50 };
        rig.store.search(&scope, &query).await.unwrap();
        searches.push(begun.elapsed());
    }
    // What a page of statistics reads: the whole country, a province or a regency, and its map.
    let mut figures = Vec::new();
    for n in 0..300 {
        let area: Area = match n % 3 {
            0 => Area::nation(),
            1 => format!("{:02}", 11 + draw.below(PROVINCES)).parse().unwrap(),
            _ => region(draw.below(OFFICES)).parse().unwrap(),
        };
        let begun = Instant::now();
        rig.store.statistics(&area).await.unwrap();
        rig.store.statistics_within(&area, &Slice::All, &Row::Total(Unit::Matters)).await.unwrap();
        figures.push(begun.elapsed());
    }
    for (what, times) in [
        ("a search", searches),
        ("a page of 50 lines", pages),
        ("counts by urgency", counts),
        ("a docket", dockets),
        ("a page of statistics", figures),
    ] {
        println!("{what}: half within {:.2} ms, 95 of 100 within {:.2} ms", at(&times, 50), at(&times, 95));
    }
    println!("memory of this process: {} MB", resident() / 1024);
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}

fn at(times: &[Duration], share: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() * share / 100].as_secs_f64() * 1e3
}

/// Kilobytes that the process holds.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// The region of an office: each its own, spread over the provinces.
fn region(office: usize) -> String {
    format!("{:02}.{:02}", 11 + office % PROVINCES, 1 + office / PROVINCES)
}

async fn offices(rig: &Rig) -> Vec<Office> {
    let model = common::offices().into_iter().nth(1).unwrap();
    let mut offices = Vec::with_capacity(OFFICES);
    for n in 0..OFFICES {
        let id = format!("bawaslu-{n:03}").parse().unwrap();
        let area = format!("{:02}.{:02}", n / 20, n % 20);
        let office = Office { id, parent: None, area, region: region(n), ..model.clone() };
        rig.store.add_office(&office).await.unwrap();
        offices.push(office);
    }
    offices
}

/// Three acts a matter: a report with its receipt, and an officer; every tenth matter has a public statement.
async fn fill(rig: &Rig, offices: &[Office], matters: usize) {
    let mut draw = Draw(1);
    let mut tasks = JoinSet::new();
    for n in 0..matters {
        if tasks.len() >= TOGETHER {
            tasks.join_next().await.unwrap().unwrap();
        }
        let (store, home) = (rig.store.clone(), offices[draw.below(OFFICES)].id.clone());
        let at = hours_later(i64::try_from(draw.below(300)).unwrap());
        let subject = format!("Ajakan memilih {} {} {}", word(&mut draw), word(&mut draw), word(&mut draw));
        tasks.spawn(async move {
            let third = match n % 10 {
                0 => Act::StatementPublished(StatementPublished {
                    title: "Imbauan".to_owned(),
                    text: "Netral.".to_owned(),
                }),
                _ => Act::Assigned(Assigned { to: AccountId::new(uuid()) }),
            };
            let mut first = report(common::NO_BYTES);
            if let Act::ReportReceived(report) = &mut first {
                report.subject_line = subject;
            }
            let mut new = recording(MatterId::new(uuid()), 0, at, vec![first, receipt(), third]);
            new.home = home;
            store.record(new).await.unwrap();
        });
    }
    tasks.join_all().await;
}

/// An invented word; the first ones are drawn most often.
fn word(draw: &mut Draw) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ci", "du", "ga", "ho", "ju", "ka", "lo", "mu", "no", "pi", "ra", "su", "ta", "wu", "yo"];
    let bound = 1 + draw.below(4096);
    let rank = draw.below(bound);
    (0..3).map(|place| SYLLABLES[(rank >> (4 * place)) % 16]).collect()
}

/// A generator of numbers that look drawn and are always the same.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}
