//! Search at the desk: by the words of a question that never stands in an address.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use netra_store::Role;

use fixtures::{REPORTED, REPORTER, csrf, get_as, officer, post_as, report};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const AT: &str = "2024-01-19T10:00:00+08:00";

async fn ask(test: &TestApp, cookie: &str, words: &str) -> Answer {
    test.app.store.index_for_search().await.unwrap();
    let page = get_as(test, cookie, "/meja/cari").await;
    post_as(test, cookie, "/meja/cari", &[("csrf", &csrf(&page)), ("q", words)]).await
}

#[tokio::test]
async fn a_matter_is_found_from_the_desk_by_what_stands_in_it() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, AT, "Ajakan di grup percakapan").await;
    let other = report(&test, BALIKPAPAN, AT, "Spanduk di halaman kantor").await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    get_as(&test, &cookie, "/meja").await.says(200, "action=\"/meja/cari\"");
    let found = ask(&test, &cookie, "mengajak percakapan").await;
    found.says(200, &format!("/meja/perkara/{matter}"));
    found.hides(&format!("/meja/perkara/{other}"));
    for words in [REPORTER, "siti RAHASIA", REPORTED] {
        let found = ask(&test, &cookie, words).await;
        found.says(200, &format!("/meja/perkara/{matter}"));
        found.says(200, &format!("/meja/perkara/{other}"));
    }
    ask(&test, &cookie, "baliho").await.says(200, "Tidak ada perkara yang cocok");
    ask(&test, &cookie, "yang di").await.says(200, "hanya berisi kata umum");
    ask(&test, &cookie, "<script>alert(1)</script>").await.hides("<script>alert");
}

#[tokio::test]
async fn neighbours_and_those_without_names_find_nothing() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, AT, "Ajakan di grup percakapan").await;
    let neighbour = officer(&test, PENAJAM, "tetangga", Role::Handling).await;
    let found = ask(&test, &neighbour, REPORTER).await;
    found.says(200, "Tidak ada perkara yang cocok");
    found.hides(&matter.to_string());
    let administrator = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    get_as(&test, &administrator, "/meja/cari").await.says(403, "");
}

#[tokio::test]
async fn a_question_without_the_sessions_token_is_refused() {
    let test = TestApp::new().await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    post_as(&test, &cookie, "/meja/cari", &[("q", "ajakan")]).await.says(403, "");
    get_as(&test, &cookie, "/meja/cari?q=ajakan").await.hides("value=\"ajakan\"");
}

#[tokio::test]
async fn the_next_page_keeps_the_question() {
    let test = TestApp::new().await;
    let mut matters = Vec::new();
    for _ in 0..51 {
        matters.push(report(&test, BALIKPAPAN, AT, "Ajakan di grup percakapan").await);
    }
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let first = ask(&test, &cookie, "percakapan").await;
    first.says(200, "Halaman berikutnya");
    first.hides(&matters[0].to_string());
    let after = first.body.split("name=\"setelah\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("csrf", csrf(&first)), ("q", "percakapan".to_owned()), ("setelah", after.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let second = post_as(&test, &cookie, "/meja/cari", &fields).await;
    second.says(200, &matters[0].to_string());
    second.hides("Halaman berikutnya");
}
