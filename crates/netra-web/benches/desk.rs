//! The desk page as an officer opens it: session, query, HTML.
//!
//! The desk is filled with 2 000 matters, or with 100 000 if `NETRA_BENCH_FULL=1` (minutes of setup).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop by panicking"
)]

#[path = "../tests/support/desk.rs"]
mod fixtures;
#[path = "../tests/support/mod.rs"]
mod support;

use fixtures::{get_as, officer, report};
use netra_store::Role;
use support::{BALIKPAPAN, TestApp};
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

async fn filled() -> (TestApp, String) {
    let full = std::env::var("NETRA_BENCH_FULL").is_ok_and(|v| v == "1");
    let matters = if full { 100_000 } else { 2_000 };
    let test = TestApp::new().await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    for i in 0..matters {
        let at = format!("2024-01-{:02}T{:02}:{:02}:00+08:00", 8 + i % 5, 8 + i % 8, i % 60);
        report(&test, BALIKPAPAN, &at, "Dugaan pelanggaran netralitas").await;
    }
    (test, session)
}

/// The first page of a full desk, 50 rows of HTML.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn open_the_desk_page(bencher: divan::Bencher) {
    let runtime = Runtime::new().unwrap();
    let (test, session) = runtime.block_on(filled());
    bencher.bench_local(|| {
        let page = runtime.block_on(get_as(&test, &session, "/meja"));
        assert_eq!(page.status, 200);
        page.body.len()
    });
}

/// A matter's page: docket, clocks with their reasoning, steps.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn open_a_matter_page(bencher: divan::Bencher) {
    let runtime = Runtime::new().unwrap();
    let (test, session, path) = runtime.block_on(async {
        let test = TestApp::new().await;
        let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
        let matter = report(&test, BALIKPAPAN, "2024-01-08T10:00:00+08:00", "Dugaan pelanggaran netralitas").await;
        (test, session, format!("/meja/perkara/{matter}"))
    });
    bencher.bench_local(|| {
        let page = runtime.block_on(get_as(&test, &session, &path));
        assert_eq!(page.status, 200);
        page.body.len()
    });
}
