//! Bundles from other servers: announced, sent in pieces, told of, and refused with words; and the page that sends.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use axum::body::Body;
use axum::http::Request;
use netra_docket::entry::Actor;
use netra_law::time::Zone;
use netra_ledger::SigningKey;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::directory::{Directory, DirectoryEntry};
use netra_ledger::receipt::{Receipt, ReceiptState};
use netra_ledger::waybill::Waybill;
use netra_store::{ArrivalState, InboxItem, Role, office_key_name};
use serde_json::Value;

use fixtures::{csrf, forwarded, get_as, more_offices, officer, post_as, record, report};
use support::{Answer, BALIKPAPAN, FRIDAY, PENAJAM, TestApp};

const BYTES: &[u8] = b"invented bytes of a bundle";

fn print(digits: &str) -> Fingerprint {
    digits.repeat(32).parse().unwrap()
}

fn key(name: &str, seed: u8) -> SigningKey {
    SigningKey::new(name.parse().unwrap(), &[seed; 32])
}

fn sender() -> SigningKey {
    key("netra/bawaslu-jauh", 5)
}

/// Imports a directory that knows the sender, and KASN at an address.
async fn trust(test: &TestApp) {
    let national = key("netra/kantor-pusat", 9);
    let at = FRIDAY.parse().unwrap();
    let entry = |key: &SigningKey, name: &str, address: Option<&str>| DirectoryEntry {
        key: key.verifier().clone(),
        name: name.to_owned(),
        recipient: None,
        address: address.map(|address| address.parse().unwrap()),
        since: at,
        until: None,
        revoked: None,
    };
    let directory = Directory::new(at).with(entry(&sender(), "Bawaslu Jauh", None), at).unwrap();
    let kasn = entry(&key("netra/kasn", 6), "KASN", Some("https://kasn.example.org"));
    let directory = directory.with(kasn, at).unwrap();
    let text = directory.sign(&national).unwrap();
    test.app.store.import_directory(&text, Some(national.verifier())).await.unwrap();
}

fn waybill(key: &SigningKey, digits: &str, to: &str, size: u64) -> String {
    let waybill = Waybill {
        bundle: print(digits),
        from: key.verifier().name().clone(),
        to: format!("netra/{to}").parse().unwrap(),
        key: key.verifier().clone(),
        sha256: "cd".repeat(32),
        size,
        at: FRIDAY.parse().unwrap(),
    };
    waybill.sign(key).unwrap()
}

async fn announce(test: &TestApp, waybill: &str) -> (u16, Value) {
    read(test.send(Request::post("/antar").body(Body::from(waybill.to_owned())).unwrap()).await)
}

fn read(answer: Answer) -> (u16, Value) {
    assert_eq!(answer.headers["content-type"], "application/json", "{}", answer.body);
    (answer.status.as_u16(), serde_json::from_str(&answer.body).unwrap())
}

async fn piece(test: &TestApp, digits: &str, upload: &str, at: usize, bytes: &[u8]) -> (u16, Value) {
    let request = Request::patch(format!("/antar/{}/{upload}", print(digits)));
    let request = request.header("upload-offset", at.to_string()).body(Body::from(bytes.to_vec())).unwrap();
    read(test.send(request).await)
}

async fn told(test: &TestApp, digits: &str) -> (u16, Value) {
    read(test.get(&format!("/antar/{}/tanda-terima", print(digits))).await)
}

#[tokio::test]
async fn a_bundle_comes_in_pieces_and_goes_on_where_it_was() {
    let test = TestApp::new().await;
    trust(&test).await;
    assert_eq!(told(&test, "ab").await.0, 404);
    let paper = waybill(&sender(), "ab", BALIKPAPAN, BYTES.len() as u64);
    let (status, first) = announce(&test, &paper).await;
    assert_eq!((status, &first["state"], &first["offset"]), (200, &"coming".into(), &0.into()), "{first}");
    let upload = first["upload"].as_str().unwrap();
    let (status, half) = piece(&test, "ab", upload, 0, &BYTES[..9]).await;
    assert_eq!((status, &half["offset"]), (200, &9.into()), "{half}");

    let (_, again) = announce(&test, &paper).await;
    assert_eq!((&again["offset"], again["upload"].as_str()), (&9.into(), Some(upload)), "{again}");
    let (status, wrong) = piece(&test, "ab", upload, 4, &BYTES[4..]).await;
    assert_eq!((status, &wrong["offset"], &wrong["final"]), (409, &9.into(), &false.into()), "{wrong}");
    let (status, other) = piece(&test, "ab", &upload.replace(['0', '1'], "2"), 9, &BYTES[9..]).await;
    assert!(status == 404 || upload == upload.replace(['0', '1'], "2"), "{other}");
    let (status, long) = piece(&test, "ab", upload, 9, &[0; 99]).await;
    assert_eq!((status, &long["fault"]), (413, &"too-large".into()), "{long}");
    assert_eq!(told(&test, "ab").await.1["upload"], Value::Null, "the name of the upload is for its sender");

    let (status, whole) = piece(&test, "ab", upload, 9, &BYTES[9..]).await;
    assert_eq!((status, &whole["state"]), (200, &"whole".into()), "{whole}");
    assert_eq!(told(&test, "ab").await.1["state"], "whole");
    let row = test.app.store.arrival(print("ab")).await.unwrap().unwrap();
    let (_, kept) = test.app.store.upload_file(&row.upload, 1000).await.unwrap();
    assert_eq!(kept.size, BYTES.len() as u64);
}

#[tokio::test]
async fn a_waybill_must_hold_and_be_for_an_office_of_this_server() {
    let test = TestApp::new().await;
    trust(&test).await;
    let paper = waybill(&sender(), "ab", BALIKPAPAN, 9);
    for bad in ["", "netra-waybill/1\n", &paper.replace("\"size\":9", "\"size\":8"), &"x".repeat(20_000)] {
        let (status, answer) = announce(&test, bad).await;
        assert_eq!((status, &answer["fault"], &answer["final"]), (400, &"waybill".into(), &true.into()), "{answer}");
    }
    let (status, answer) = announce(&test, &waybill(&sender(), "ab", "bawaslu-lain", 9)).await;
    assert_eq!((status, &answer["fault"], &answer["final"]), (404, &"wrong-receiver".into(), &true.into()), "{answer}");
    let (status, answer) = announce(&test, &waybill(&sender(), "ab", BALIKPAPAN, 0)).await;
    assert_eq!((status, &answer["final"]), (413, &true.into()), "{answer}");
    let huge = waybill(&sender(), "ab", BALIKPAPAN, test.app.limits.form + 1);
    assert_eq!(announce(&test, &huge).await.0, 413);
    assert_eq!(test.app.store.arrival(print("ab")).await.unwrap(), None, "nothing was kept of them");
}

#[tokio::test]
async fn strangers_send_little_and_few_and_never_displace_who_is_known() {
    let test = TestApp::new().await;
    trust(&test).await;
    let stranger = key("netra/bawaslu-jauh", 7);
    let large = waybill(&stranger, "aa", BALIKPAPAN, 65 << 20);
    assert_eq!(announce(&test, &large).await.0, 413);
    assert_eq!(announce(&test, &waybill(&sender(), "aa", BALIKPAPAN, 65 << 20)).await.0, 200, "a known key may");
    let (status, answer) = announce(&test, &waybill(&stranger, "aa", BALIKPAPAN, 9)).await;
    assert_eq!((status, &answer["fault"]), (409, &"announced".into()), "{answer}");
    for n in 0x20..0x34 {
        assert_eq!(announce(&test, &waybill(&stranger, &format!("{n:x}"), BALIKPAPAN, 9)).await.0, 200, "{n:x}");
    }
    let (status, answer) = announce(&test, &waybill(&stranger, "bb", BALIKPAPAN, 9)).await;
    assert_eq!((status, &answer["fault"], &answer["final"]), (429, &"busy".into(), &false.into()), "{answer}");
    assert_eq!(announce(&test, &waybill(&sender(), "bb", BALIKPAPAN, 9)).await.0, 200, "a known key still may");
}

#[tokio::test]
async fn too_many_announcements_within_a_minute_are_put_off() {
    let test = TestApp::new().await;
    for _ in 0..60 {
        assert_eq!(announce(&test, "").await.0, 400);
    }
    let (status, answer) = announce(&test, "").await;
    assert_eq!((status, &answer["final"]), (429, &false.into()), "{answer}");
    test.set_clock("2024-01-19T02:01:00Z");
    assert_eq!(announce(&test, "").await.0, 400);
}

#[tokio::test]
async fn what_was_refused_tells_why_and_what_was_taken_gives_its_receipts() {
    let test = TestApp::new().await;
    trust(&test).await;
    let paper = waybill(&sender(), "ab", BALIKPAPAN, BYTES.len() as u64);
    announce(&test, &paper).await;
    let why = "Berkas 'data/acts/0001.json' berubah.";
    let refused = ArrivalState::Refused { fault: "file-changed".to_owned(), why: why.to_owned() };
    test.app.store.arrival_is(print("ab"), &refused).await.unwrap();
    for (status, answer) in [told(&test, "ab").await, announce(&test, &paper).await] {
        assert_eq!((status, &answer["state"], &answer["why"]), (200, &"refused".into(), &why.into()), "{answer}");
    }
    inbox(&test, "ef").await;
    let (_, answer) = told(&test, "ef").await;
    assert_eq!((&answer["state"], &answer["receipts"][0]), (&"taken".into(), &"tanda terima".into()), "{answer}");
    let (_, answer) = announce(&test, &waybill(&sender(), "ef", BALIKPAPAN, 9)).await;
    assert_eq!(answer["state"], "taken", "asked again the answer is the same: {answer}");
    assert_eq!(test.app.store.arrival(print("ef")).await.unwrap(), None);
}

/// A bundle of the sender in the inbox of an office.
async fn inbox(test: &TestApp, digits: &str) -> String {
    let item = InboxItem {
        fingerprint: print(digits),
        office: BALIKPAPAN.parse().unwrap(),
        sender: sender().verifier().name().clone(),
        sender_name: "Bawaslu Jauh".to_owned(),
        matter: "00000000-0000-0000-0000-000000000001".to_owned(),
        number: None,
        received: test.app.now(Zone::Wita),
        distrust: None,
        blob: test.app.store.put_blob(BYTES).await.unwrap(),
        size: BYTES.len() as u64,
        receipt: "tanda terima".to_owned(),
    };
    test.app.store.receive_bundle(&item).await.unwrap();
    format!("/meja/kotak-masuk/{}/tanda-terima", item.fingerprint)
}

#[tokio::test]
async fn an_officer_answers_a_bundle_once_for_each_step() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let address = inbox(&test, "ef").await;
    let handling = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = get_as(&test, &handling, "/meja/kotak-masuk").await;
    page.says(200, "Terima dan buka perkara");
    let csrf = csrf(&page);
    let number = |number: &'static str| [("csrf", csrf.as_str()), ("langkah", "nomor"), ("nomor", number)];
    assert_eq!(post_as(&test, &handling, &address, &number("")).await.status, 422);
    let without_token = [("langkah", "nomor"), ("nomor", "B-1")];
    assert_eq!(post_as(&test, &handling, &address, &without_token).await.status, 403);
    assert_eq!(post_as(&test, &handling, &address, &number("B-1")).await.status, 303);
    assert_eq!(post_as(&test, &handling, &address, &number("B-2")).await.status, 422, "said already");
    let given = test.app.store.given_receipts(print("ef")).await.unwrap();
    let key = test.app.store.ledger_key(&BALIKPAPAN.parse().unwrap()).unwrap();
    let receipt = Receipt::open(&given[0], &key).unwrap();
    assert_eq!(receipt.state, ReceiptState::Received { number: "B-1".to_owned() });
    assert_eq!((given.len(), receipt.from), (1, sender().verifier().name().clone()));

    // The bytes of this one are no bundle: it is not opened, and nothing is said to its sender.
    let accept = [("csrf", csrf.as_str()), ("langkah", "terima")];
    post_as(&test, &handling, &address, &accept).await.says(422, "tidak dapat dibuka");
    assert_eq!(test.app.store.given_receipts(print("ef")).await.unwrap().len(), 1);
    get_as(&test, &handling, "/meja/kotak-masuk").await.says(200, "tidak dapat dibuka");
    let back = [("csrf", csrf.as_str()), ("langkah", "kembalikan"), ("alasan", "Bukan wewenang kami.")];
    assert_eq!(post_as(&test, &handling, &address, &back).await.status, 303);
    get_as(&test, &handling, "/meja/kotak-masuk").await.says(200, "dikembalikan: Bukan wewenang kami.");

    let stranger = officer(&test, PENAJAM, "lain", Role::Handling).await;
    let token = fixtures::csrf(&get_as(&test, &stranger, "/meja/sandi").await);
    let foreign = [("csrf", token.as_str()), ("langkah", "terima")];
    assert_eq!(post_as(&test, &stranger, &address, &foreign).await.status, 404);
}

#[tokio::test]
async fn the_matter_page_offers_to_send_what_was_forwarded_to_whom_the_directory_names() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let matter = report(&test, BALIKPAPAN, "2024-01-18T10:00:00+08:00", "Ajakan memilih").await;
    record(&test, matter, BALIKPAPAN, 1, "2024-01-19T09:00:00+08:00", Actor::System, forwarded()).await;
    let handling = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let address = format!("/meja/perkara/{matter}");
    get_as(&test, &handling, &address).await.hides("Kirim lewat jaringan");
    trust(&test).await;
    let page = get_as(&test, &handling, &address).await;
    page.says(200, "Kirim lewat jaringan ke KASN");
    let (csrf, act) = (csrf(&page), value_of(&page, "act"));
    let to = office_key_name(&"kasn".parse().unwrap()).unwrap().to_string();
    let send = format!("{address}/antar");
    let fields = [("csrf", csrf.as_str()), ("act", act.as_str()), ("kind", "penerusan"), ("to", to.as_str())];
    let elsewhere = [fields[0], fields[1], fields[2], ("to", "netra/bawaslu-jauh")];
    assert_eq!(post_as(&test, &handling, &send, &elsewhere).await.status, 400, "the directory has no address of it");
    for _ in 0..2 {
        assert_eq!(post_as(&test, &handling, &send, &fields).await.status, 303);
    }
    let page = get_as(&test, &handling, &address).await;
    page.says(200, "akan dikemas");
    page.hides("Kirim lewat jaringan ke KASN");
    let scope = netra_store::Scope::new(BALIKPAPAN.parse().unwrap(), netra_store::Privacy::Sealed);
    let deliveries = test.app.store.deliveries(&scope, matter).await.unwrap();
    assert_eq!((deliveries.len(), deliveries[0].what.receiver.to_string()), (1, to));
    let hurry = format!("{send}/{}", deliveries[0].id);
    assert_eq!(post_as(&test, &handling, &hurry, &[("csrf", csrf.as_str())]).await.status, 303);

    let intake = officer(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    get_as(&test, &intake, &address).await.hides("akan dikemas");
}

/// The value of the first field of a name.
fn value_of(page: &Answer, name: &str) -> String {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}
