//! What an office waits for: recording an act durably, and opening the desk.
//!
//! The desk is filled with 2 000 matters, or with 100 000 if `NETRA_BENCH_FULL=1` (minutes of setup).
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use netra_store::DeskQuery;
use tokio::runtime::Runtime;

#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../tests/store/common.rs"]
mod common;

/// The database under the benchmark.
const BACKEND: common::Backend = common::Backend::Embedded;

use common::{HOME, Rig, hours_later, new_matter, open, rig};

fn main() {
    divan::main();
}

/// One act, the first of a new matter: vault, act, fold, projections, commit with the disk's word.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn append_an_act(bencher: divan::Bencher) {
    let runtime = Runtime::new().unwrap();
    let rig = runtime.block_on(rig());
    bencher
        .with_inputs(|| new_matter(hours_later(0)))
        .bench_local_values(|recording| runtime.block_on(rig.store.record(recording)).unwrap());
}

/// The first page of a full desk.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn open_a_desk(bencher: divan::Bencher) {
    let runtime = Runtime::new().unwrap();
    let rig = runtime.block_on(filled());
    let scope = open(HOME);
    let query = DeskQuery { limit: 50, ..DeskQuery::default() };
    bencher.bench_local(|| runtime.block_on(rig.store.desk(&scope, &query)).unwrap());
}

/// How urgent a full desk is.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn count_a_desk(bencher: divan::Bencher) {
    let runtime = Runtime::new().unwrap();
    let rig = runtime.block_on(filled());
    let scope = open(HOME);
    bencher.bench_local(|| runtime.block_on(rig.store.desk_counts(&scope, hours_later(48))).unwrap());
}

async fn filled() -> Rig {
    let full = std::env::var("NETRA_BENCH_FULL").is_ok_and(|v| v == "1");
    let matters = if full { 100_000 } else { 2_000 };
    let rig = rig().await;
    for i in 0..matters {
        rig.store.record(new_matter(hours_later(i % 1_000))).await.unwrap();
    }
    rig
}
