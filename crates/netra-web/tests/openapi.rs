//! The checked-in description of the interface is the one that the program serves, and answers are as it says.
//!
//! After a wanted change run
//!
//! ```text
//! NETRA_BLESS=1 cargo nextest run -p netra-web --test openapi
//! ```
//!
//! and read the difference of `docs/openapi.json`: programs of others are built upon it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/api.rs"]
mod api;
#[path = "support/steps.rs"]
mod driver;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use std::path::Path;

use netra_store::{Role, TokenScope};

use api::{token, unhurried};
use driver::{matter_with, until_forwarded, until_registered};
use support::{BALIKPAPAN, TestApp};

/// Guards: the interface does not change without a reviewer seeing it.
#[tokio::test]
async fn the_checked_in_description_is_the_one_that_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if std::env::var("NETRA_BLESS").is_ok_and(|v| v == "1") {
        std::fs::write(&path, netra_web::openapi()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        kept == netra_web::openapi(),
        "docs/openapi.json differs from what the program serves. If that is wanted: \
         NETRA_BLESS=1 cargo nextest run -p netra-web --test openapi"
    );
    let test = TestApp::new().await;
    let served = test.get("/api/v1/openapi.json").await;
    assert_eq!((served.status.as_u16(), served.body.as_str()), (200, kept.as_str()));
}

/// Guards: whatever Schemathesis makes up, every answer is one that the description knows, and no server error. It asks a
/// bounded number of times, and the same at every run.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_as_described() {
    let test = TestApp::with(unhurried()).await;
    for acts in [Vec::new(), until_registered(), until_forwarded()] {
        matter_with(&test, acts).await;
    }
    let token = token(&test, BALIKPAPAN, Role::Handling, &TokenScope::ALL).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = test.router.clone();
    let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let description = format!("http://{address}/api/v1/openapi.json");
    let examined = tokio::task::spawn_blocking(move || netra_testing::examine_api(&description, &token)).await.unwrap();
    server.abort();
    if let Err(found) = examined {
        panic!("{found}");
    }
}
