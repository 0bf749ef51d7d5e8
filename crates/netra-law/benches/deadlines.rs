//! How long people and lists wait for a date.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use divan::{Bencher, black_box};
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::clock;
use netra_law::event::Event;
use netra_law::explain;
use netra_law::pack::Regime;
use netra_law::time::Zone;

fn main() {
    divan::main();
}

/// Every fact of a matter that went all the way to the police.
const MATTER: [&str; 9] = [
    "happened=2024-01-30T20:00",
    "known=2024-01-31",
    "delivered=2024-02-01T10:00",
    "initial-study-done=2024-02-02T15:00",
    "repair-notified=2024-02-02T16:00",
    "repair-done=2024-02-05T11:00",
    "registered=2024-02-05T13:00",
    "clarification-set=2024-02-12T09:00",
    "crime-declared=2024-02-16T19:40",
];

fn events(texts: &[&str]) -> Vec<Event> {
    texts.iter().map(|text| Event::parse_in(text, Zone::Wita).unwrap()).collect()
}

/// Fourteen working days across three holidays.
#[divan::bench]
fn one_deadline(bencher: Bencher) {
    let law = Law::embedded().unwrap();
    let pack = law.packs().iter().find(|p| p.head.id == "pemilu-2022").unwrap();
    let rule = pack.clock("HANDLING_MAX").unwrap();
    let events = events(&["registered=2024-02-05"]);
    let seat = Seat::new(Zone::Wita, "64.71");
    bencher.bench_local(|| clock::deadline(&law, pack, rule, black_box(&events), &seat).unwrap());
}

/// The same with its days in words.
#[divan::bench]
fn one_deadline_with_explanation(bencher: Bencher) {
    let law = Law::embedded().unwrap();
    let pack = law.packs().iter().find(|p| p.head.id == "pemilu-2022").unwrap();
    let rule = pack.clock("HANDLING_MAX").unwrap();
    let events = events(&["registered=2024-02-05"]);
    let seat = Seat::new(Zone::Wita, "64.71");
    bencher.bench_local(|| {
        let deadline = clock::deadline(&law, pack, rule, black_box(&events), &seat).unwrap().unwrap();
        let days = explain::days(&law, &seat, &deadline).unwrap();
        let words: Vec<_> = days.iter().filter_map(|d| d.why).map(explain::Why::indonesian).collect();
        (explain::sentence(&deadline), days, words)
    });
}

/// Receipt and all clocks that follow from the facts of a matter.
#[divan::bench]
fn all_clocks_of_a_matter(bencher: Bencher) {
    let law = Law::embedded().unwrap();
    let events = events(&MATTER);
    let on = clock::governing_day(&events).unwrap();
    let seat = Seat::new(Zone::Wita, "64.71");
    bencher.bench_local(|| clock::evaluate(&law, Regime::Pemilu, &seat, black_box(&events), on).unwrap());
}

/// What every start of the program pays.
#[divan::bench]
fn load_the_packs() -> Law {
    Law::embedded().unwrap()
}
