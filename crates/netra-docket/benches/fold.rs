//! What every page of a matter costs before anything is drawn: the fold, its clocks, its steps.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use divan::{Bencher, black_box};
use netra_docket::clocks::clocks;
use netra_docket::ids::PersonNo;
use netra_docket::matter::Matter;
use netra_docket::steps::steps;

#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../tests/support/mod.rs"]
mod support;

use support::*;

fn main() {
    divan::main();
}

/// A matter of forty acts: repaired, registered, ten hearings, extended, decided, forwarded.
fn docket() -> DocketBuilder {
    let both: [(PersonNo, &[&str]); 2] = [(CIVIL_SERVANT, &["other-law"]), (VILLAGE_HEAD, &["other-law"])];
    let mut docket = DocketBuilder::report()
        .acts([receipt(), study("INCOMPLETE"), ask_repair()])
        .at("2024-01-16T09:00")
        .acts([repair(), study("REGISTER_HERE"), register()])
        .at("2024-01-18T09:00");
    for place in 0..10 {
        let person = if place % 2 == 0 { CIVIL_SERVANT } else { VILLAGE_HEAD };
        docket = docket.acts([invite(person, "2024-01-22T10:00", Some("2024-01-19T10:00")), clarify(person)]);
    }
    let docket = docket
        .acts((3..8).map(add_exhibit))
        .at("2024-01-25T09:00")
        .acts([gakkumdu(), extend(), announce(), finish(&both), decide(&both)])
        .acts([forward(&[CIVIL_SERVANT], "other-law", "kasn"), forward(&[VILLAGE_HEAD], "other-law", "regent")])
        .act(confirm(38));
    assert_eq!(docket.entries.len(), 40);
    docket
}

/// Forty entries to one matter.
#[divan::bench]
fn fold(bencher: Bencher) {
    let docket = docket();
    bencher.bench_local(|| Matter::fold(black_box(&docket.entries), law()).unwrap());
}

/// All its clocks, ten invitations among them.
#[divan::bench]
fn all_clocks(bencher: Bencher) {
    let (matter, seat, now) = (docket().matter(), seat(), moment("2024-01-29T09:00"));
    bencher.bench_local(|| clocks(black_box(&matter), law(), &seat, now));
}

/// What can be done now.
#[divan::bench]
fn all_steps(bencher: Bencher) {
    let matter = docket().matter();
    bencher.bench_local(|| steps(black_box(&matter)));
}

/// The three together, as a page needs them.
#[divan::bench]
fn a_page(bencher: Bencher) {
    let (docket, seat, now) = (docket(), seat(), moment("2024-01-29T09:00"));
    bencher.bench_local(|| {
        let matter = Matter::fold(black_box(&docket.entries), law()).unwrap();
        let standing = clocks(&matter, law(), &seat, now).states.len();
        (standing, steps(&matter))
    });
}
