//! The golden table of steps by situation: whoever changes what is offered must see every place
//! where it changes. After a wanted change run
//!
//! ```text
//! NETRA_BLESS=1 cargo nextest run -p netra-docket --test matrix
//! ```
//!
//! and read the difference of `tests/matrix.txt` as carefully as code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use netra_docket::act::TracingResult;
use netra_docket::ids::PersonNo;
use netra_docket::matter::{Matter, Stage};
use netra_docket::steps::{Offer, StepKind, offer};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

/// One matter for each stage, and for the situations in which stages differ within themselves.
fn situations() -> Vec<(&'static str, DocketBuilder)> {
    let report = DocketBuilder::report;
    let studied = |outcome: &str| report().act(receipt()).at("2024-01-17T10:00").act(study(outcome));
    let both: [(PersonNo, &[&str]); 2] = [(CIVIL_SERVANT, &["other-law"]), (VILLAGE_HEAD, &["other-law"])];
    let forwarded = decided().act(forward(&[CIVIL_SERVANT, VILLAGE_HEAD], "other-law", "kasn"));
    let asked = studied("INCOMPLETE").act(ask_repair());
    vec![
        ("prevention", DocketBuilder::prevention()),
        ("initial information, new", DocketBuilder::information()),
        (
            "initial information, traced, suspected",
            DocketBuilder::information().acts([order_tracing(), tracing(TracingResult::Suspected)]),
        ),
        (
            "finding, not registered",
            DocketBuilder::information().acts([order_tracing(), tracing(TracingResult::Suspected), finding()]),
        ),
        ("report, new", report()),
        ("report with receipt", report().act(receipt())),
        ("report studied as incomplete", studied("INCOMPLETE")),
        ("report waiting for repair", asked.clone()),
        ("report repaired", asked.at("2024-01-19T09:00").act(repair())),
        ("report to be registered", studied("REGISTER_HERE")),
        ("report to be delegated", studied("DELEGATE")),
        ("report delegated", studied("DELEGATE").act(delegate())),
        ("report to become initial information", studied("NOT_REGISTERED_AS_INITIAL_INFO")),
        ("report to be forwarded unregistered", studied("FORWARD_OTHER_LAW")),
        ("registered", registered()),
        ("registered, somebody invited", registered().act(invite(CIVIL_SERVANT, "2024-01-24T10:00", None))),
        ("registered, extended, crime declared", registered().acts([extend(), crime(&[CIVIL_SERVANT])])),
        ("registered, then withdrawn", registered().act(withdraw())),
        ("studied, before plenary", registered().act(finish(&both))),
        ("decided, to be forwarded", decided()),
        ("with the authority", forwarded.clone()),
        (
            "every person sanctioned",
            forwarded.acts([sanction(CIVIL_SERVANT, "2024-03-01"), sanction(VILLAGE_HEAD, "2024-03-01")]),
        ),
        ("rejected", studied("NOT_REGISTERED").act(reject())),
        ("withdrawn before registration", report().act(receipt()).act(withdraw())),
    ]
}

/// The letter of a column.
fn letter(place: usize) -> char {
    char::from(b'a' + u8::try_from(place).unwrap())
}

fn word(matter: &Matter, kind: StepKind) -> &'static str {
    match offer(matter, kind) {
        Offer::Ready => "ready",
        Offer::Waits(_) => "waits",
        Offer::Hidden => "-",
    }
}

fn table() -> String {
    let matters: Vec<(&str, Matter)> = situations().iter().map(|(name, docket)| (*name, docket.matter())).collect();
    let mut out =
        String::from("What can be done in which situation: ready, waits for something, or - (no place here).\n\n");
    for (place, (name, matter)) in matters.iter().enumerate() {
        writeln!(out, "{}  {name} ({})", letter(place), matter.stage().id()).unwrap();
    }
    let mut head = format!("\n{:<26}", "");
    for place in 0..matters.len() {
        write!(head, "{:<6}", letter(place)).unwrap();
    }
    writeln!(out, "{}", head.trim_end_matches(' ')).unwrap();
    for kind in StepKind::ALL {
        let mut line = format!("{:<26}", kind.id());
        for (_, matter) in &matters {
            write!(line, "{:<6}", word(matter, *kind)).unwrap();
        }
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
    out
}

/// Guards: no step appears, disappears or begins to wait anywhere without a reviewer seeing it.
#[test]
fn steps_by_situation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/matrix.txt");
    let found = table();
    if std::env::var("NETRA_BLESS").is_ok_and(|v| v == "1") {
        std::fs::write(&path, &found).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let gone: Vec<&str> = golden.lines().filter(|line| !found.lines().any(|f| f == *line)).collect();
    let new: Vec<&str> = found.lines().filter(|line| !golden.lines().any(|g| g == *line)).collect();
    assert!(
        golden == found,
        "tests/matrix.txt differs. If that is wanted: NETRA_BLESS=1 cargo nextest run -p netra-docket --test matrix\n\
         was:\n{}\nis:\n{}",
        gone.join("\n"),
        new.join("\n"),
    );
}

/// Guards the table: it shows every stage that a matter can have at the office that handles it.
#[test]
fn every_stage_is_in_the_table() {
    let shown: BTreeSet<Stage> = situations().iter().map(|(_, docket)| docket.matter().stage()).collect();
    let all: BTreeSet<Stage> = Stage::ALL.into_iter().filter(|s| *s != Stage::Elsewhere).collect();
    assert_eq!(shown, all);
}
