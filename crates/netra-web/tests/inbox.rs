//! The page of the bundles that came: whose they are, what was set aside and why, and their bytes.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use axum::http::header;
use netra_law::time::Zone;
use netra_store::{Arrival, InboxItem, Role, office_key_name};

use fixtures::{bytes_as, get_as, more_offices, officer};
use support::{BALIKPAPAN, PENAJAM, TestApp};

const PAGE: &str = "/meja/kotak-masuk";
const BYTES: &[u8] = b"PK invented bytes of a bundle";

/// A bundle for an office, of which the digits are the fingerprint.
async fn arrives(test: &TestApp, office: &str, digits: &str, distrust: Option<&str>) -> String {
    let item = InboxItem {
        fingerprint: digits.repeat(32).parse().unwrap(),
        office: office.parse().unwrap(),
        sender: office_key_name(&PENAJAM.parse().unwrap()).unwrap(),
        sender_name: format!("Kantor Pengirim {digits}"),
        matter: "00000000-0000-0000-0000-000000000001".to_owned(),
        number: Some("001/LP/PP/Kab/23.05/I/2024".to_owned()),
        received: test.app.now(Zone::Wita),
        distrust: distrust.map(|why| ("revoked".to_owned(), why.to_owned())),
        blob: test.app.store.put_blob(BYTES).await.unwrap(),
        size: BYTES.len() as u64,
        receipt: "tanda terima".to_owned(),
    };
    assert_eq!(test.app.store.receive_bundle(&item).await.unwrap(), Arrival::New);
    format!("{PAGE}/{}", item.fingerprint)
}

#[tokio::test]
async fn an_office_sees_its_bundles_and_why_one_was_set_aside() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let handling = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    get_as(&test, &handling, PAGE).await.says(200, "Belum ada bundel");
    let trusted = arrives(&test, BALIKPAPAN, "ab", None).await;
    let aside = arrives(&test, BALIKPAPAN, "cd", Some("dicabut: Kunci hilang.")).await;
    let elsewhere = arrives(&test, PENAJAM, "ef", None).await;
    let page = get_as(&test, &handling, PAGE).await;
    for words in ["Kantor Pengirim ab", "dipercaya", "disisihkan", "dicabut: Kunci hilang.", &trusted, &aside] {
        page.says(200, words);
    }
    page.hides("Kantor Pengirim ef");

    assert_eq!(bytes_as(&test, &handling, &aside).await, BYTES);
    let answer = get_as(&test, &handling, &trusted).await;
    let disposition = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(disposition.starts_with("attachment") && answer.headers[header::X_CONTENT_TYPE_OPTIONS] == "nosniff");
    for address in [elsewhere, format!("{PAGE}/{}", "00".repeat(32)), format!("{PAGE}/..%2fx")] {
        assert_eq!(get_as(&test, &handling, &address).await.status, 404, "{address}");
    }
    let intake = officer(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    assert_eq!(get_as(&test, &intake, PAGE).await.status, 403);
}
