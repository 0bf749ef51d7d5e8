//! Large files in pieces: officers and the public, going on after a lost connection, and everything that is refused.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, Request, header};
use netra_docket::act::{Act, Exhibit, ExhibitAdded, ExhibitLabel};
use netra_docket::entry::Actor;
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_store::{Docket, Privacy, Role, Scope};
use netra_web::Limits;
use tower::ServiceExt as _;

use fixtures::{EVIDENCE, csrf, get_as, officer, record, report};
use support::report::{Form, only_docket};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const DESK: &str = "/meja/unggah";
const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";

/// A file larger than what may come with a form: a video that begins like one.
fn video() -> Vec<u8> {
    let head = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2";
    head.iter().copied().chain((0..2_000_000_u32).map(|n| n.to_le_bytes()[1])).collect()
}

/// Small enough for tests: a form takes a megabyte, pieces three, all together five.
fn limits() -> Limits {
    Limits { file: 1 << 20, request: 1 << 20, large_file: 3 << 20, form: 5 << 20, ..Limits::default() }
}

/// Somebody who sends files in pieces.
struct Sender<'a> {
    test: &'a TestApp,
    /// Headers of every request.
    always: Vec<(&'static str, String)>,
}

impl<'a> Sender<'a> {
    fn public(test: &'a TestApp) -> Sender<'a> {
        Sender { test, always: Vec::new() }
    }

    async fn officer(test: &'a TestApp, cookie: &str) -> Sender<'a> {
        let csrf = csrf(&get_as(test, cookie, "/meja/sandi").await);
        Sender { test, always: vec![("cookie", cookie.to_owned()), ("x-csrf", csrf)] }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&'static str, &str)], body: &[u8]) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("tus-resumable", "1.0.0");
        for (name, value) in &self.always {
            request = request.header(*name, value.as_str());
        }
        let mut request = request.body(Body::from(body.to_vec())).unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        self.test.send(request).await
    }

    /// Announces a file of this many bytes called `video rapat.mp4`.
    async fn announce(&self, base: &str, length: usize) -> Answer {
        let length = length.to_string();
        // filename: "video rapat.mp4", keterangan: "Rekaman rapat"
        let about = "filename dmlkZW8gcmFwYXQubXA0,keterangan UmVrYW1hbiByYXBhdA==";
        self.ask("POST", base, &[("upload-length", length.as_str()), ("upload-metadata", about)], b"").await
    }

    async fn begin(&self, base: &str, length: usize) -> String {
        let answer = self.announce(base, length).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    async fn patch(&self, place: &str, offset: usize, bytes: &[u8]) -> Answer {
        let (offset, kind) = (offset.to_string(), "application/offset+octet-stream");
        self.ask("PATCH", place, &[("upload-offset", offset.as_str()), ("content-type", kind)], bytes).await
    }

    /// How many bytes have come.
    async fn offset(&self, place: &str) -> usize {
        let answer = self.ask("HEAD", place, &[], b"").await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, ""));
        offset_in(&answer)
    }

    /// Sends a whole file; gives the answer to its last piece.
    async fn send(&self, base: &str, bytes: &[u8]) -> (String, Answer) {
        let place = self.begin(base, bytes.len()).await;
        let (first, last) = bytes.split_at(bytes.len() / 2);
        let answer = self.patch(&place, 0, first).await;
        assert_eq!((answer.status.as_u16(), offset_in(&answer)), (204, first.len()), "{}", answer.body);
        let answer = self.patch(&place, first.len(), last).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        (place, answer)
    }
}

fn offset_in(answer: &Answer) -> usize {
    answer.headers["upload-offset"].to_str().unwrap().parse().unwrap()
}

/// The sealed value in an answer to a desk.
fn kept_in(answer: &Answer) -> String {
    let value: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    value["kept"].as_str().unwrap().to_owned()
}

async fn docket(test: &TestApp, matter: MatterId) -> Docket {
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    test.app.store.docket(&scope, matter).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_officer_sends_a_large_file_and_records_it_with_its_form() {
    let test = TestApp::with(limits()).await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let sender = Sender::officer(&test, &cookie).await;
    let (place, answer) = sender.send(DESK, &video()).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    // The answer was lost: it is asked for again and is the same.
    let again = sender.ask("GET", &place, &[], b"").await;
    assert_eq!((again.status.as_u16(), &again.body), (200, &answer.body));
    assert_eq!(sender.offset(&place).await, video().len());

    let page = format!("/meja/perkara/{matter}/langkah/add-exhibit");
    let opened = get_as(&test, &cookie, &page).await;
    opened.says(200, "data-pieces=\"/meja/unggah\"");
    let token = csrf(&opened);
    let (kept, twice) = (kept_in(&answer), kept_in(&answer));
    let mut fields = vec![
        ("csrf", token.as_str()),
        ("expected", "1"),
        ("at", "2024-01-19T10:00"),
        ("kept", kept.as_str()),
        ("kept", twice.as_str()),
    ];
    let preview = fixtures::post_as(&test, &cookie, &page, &fields).await;
    preview.says(200, "video rapat.mp4");
    fields.push(("confirm", "ya"));
    let recorded = fixtures::post_as(&test, &cookie, &page, &fields).await;
    assert_eq!(recorded.location(), format!("/meja/perkara/{matter}"));
    let docket = docket(&test, matter).await;
    let exhibits: Vec<_> = docket.matter.exhibits.iter().filter(|e| e.no != ExhibitNo(1)).collect();
    assert_eq!(exhibits.len(), 1, "told twice, it is one file");
    assert_eq!((exhibits[0].size, exhibits[0].media_type.as_str()), (2_000_024, "video/mp4"));
    assert_eq!(test.app.store.get_blob(&exhibits[0].sha256).await.unwrap(), video());

    let changed = kept.replacen("video/mp4", "text/html", 1);
    let forged = [("csrf", token.as_str()), ("expected", "2"), ("kept", kept.as_str()), ("kept", changed.as_str())];
    assert_eq!(fixtures::post_as(&test, &cookie, &page, &forged).await.status, 403, "every value is ours or none");
}

#[tokio::test]
async fn the_public_sends_a_large_file_and_the_report_has_it() {
    let test = TestApp::with(limits()).await;
    let form = Form::filled(&test, "laporan").await;
    let sender = Sender::public(&test);
    let base = form.at("unggah");
    form.open(7).await.says(200, &format!("data-pieces=\"{base}\""));
    let (place, answer) = sender.send(&base, &video()).await;
    assert!(place.starts_with(&format!("{base}/")));
    answer.says(200, "\"name\":\"video rapat.mp4\"");
    answer.hides("kept");
    // A lost answer is asked for again; the file is listed once.
    sender.ask("GET", &place, &[], b"").await.says(200, "video rapat.mp4");
    let page = form.open(7).await;
    page.says(200, "Berkas yang sudah diterima (1)");
    page.says(200, "Rekaman rapat");
    // The script sends the form with what was typed for the file that has gone already.
    let fields = [("keterangan", "Rekaman rapat"), ("aksi", "unggah"), ("terunggah", "1")];
    assert_eq!(form.save(7, &fields).await.location(), form.at("7#daftar"));
    form.save(7, &fields[..2]).await.says(422, "Pilih dulu berkas");
    form.receipt().await;
    let docket = only_docket(&test, BALIKPAPAN).await;
    let exhibit = docket.matter.exhibit(ExhibitNo(1)).unwrap();
    assert_eq!((exhibit.size, exhibit.media_type.as_str()), (2_000_024, "video/mp4"));
    assert_eq!(test.app.store.get_blob(&exhibit.sha256).await.unwrap(), video());
    // A form that was sent takes nothing more.
    sender.announce(&base, 100).await.says(410, "sudah dikirim");
    sender.patch(&place, 2_000_024, b"x").await.says(410, "sudah dikirim");
}

#[tokio::test]
async fn what_was_cut_off_goes_on_where_it_stopped() {
    let test = TestApp::with(limits()).await;
    let form = Form::start(&test, "informasi").await;
    let sender = Sender::public(&test);
    let place = sender.begin(&form.at("unggah"), 10).await;
    assert_eq!(sender.offset(&place).await, 0);
    assert_eq!(sender.patch(&place, 0, b"abcd").await.status, 204);
    for wrong in [0, 3, 5] {
        let refused = sender.patch(&place, wrong, b"x").await;
        refused.says(409, "Yang sudah diterima 4 bita");
        assert_eq!(offset_in(&refused), 4);
    }
    let early = sender.ask("GET", &place, &[], b"").await;
    assert_eq!((early.status.as_u16(), offset_in(&early)), (409, 4), "it is not whole yet");
    assert_eq!(sender.patch(&place, sender.offset(&place).await, b"efghij").await.status, 200);
    let answers = form.open(7).await;
    answers.says(200, "video rapat.mp4");
}

#[tokio::test]
async fn more_than_was_announced_is_refused_and_not_kept() {
    let test = TestApp::with(limits()).await;
    let form = Form::start(&test, "informasi").await;
    let sender = Sender::public(&test);
    let base = form.at("unggah");
    let place = sender.begin(&base, 4).await;
    sender.patch(&place, 0, b"abcde").await.says(413, "ukuran berkas yang diumumkan");
    assert_eq!(sender.offset(&place).await, 0);
    let announced =
        [("upload-offset", "0"), ("content-type", "application/offset+octet-stream"), ("content-length", "5")];
    assert_eq!(sender.ask("PATCH", &place, &announced, b"abcde").await.status, 413);
    sender.announce(&base, (3 << 20) + 1).await.says(413, "melebihi batas 3 MB");
    sender.announce(&base, 0).await.says(400, "kosong");
    sender.announce(&base, 3 << 20).await.says(201, "");
    sender.announce(&base, 3 << 20).await.says(413, "Semua berkas bersama melebihi batas 5 MB");
    let other = Form::start(&test, "informasi").await;
    sender.announce(&other.at("unggah"), 3 << 20).await.says(201, "");
}

#[tokio::test]
async fn there_are_not_more_uploads_than_files_of_a_form() {
    let test = TestApp::with(Limits { files: 2, ..limits() }).await;
    let form = Form::start(&test, "informasi").await;
    let sender = Sender::public(&test);
    let base = form.at("unggah");
    sender.send(&base, b"satu").await;
    sender.begin(&base, 10).await;
    sender.announce(&base, 10).await.says(413, "Paling banyak 2 berkas");
}

#[tokio::test]
async fn anothers_upload_looks_like_none() {
    let test = TestApp::with(limits()).await;
    let (mine, other) = (Form::start(&test, "informasi").await, Form::start(&test, "informasi").await);
    let sender = Sender::public(&test);
    let place = sender.begin(&mine.at("unggah"), 4).await;
    let id = place.rsplit('/').next().unwrap();
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let desk = Sender::officer(&test, &cookie).await;
    let elsewhere =
        [other.at(&format!("unggah/{id}")), other.at("unggah/..%2F..%2Fkeys"), "/lapor/x/unggah/y".to_owned()];
    for place in &elsewhere {
        for answer in [sender.patch(place, 0, b"abcd").await, sender.ask("GET", place, &[], b"").await] {
            assert_eq!(answer.status, 404, "{place}");
        }
    }
    assert_eq!(desk.patch(&format!("{DESK}/{id}"), 0, b"abcd").await.status, 404);

    // What an officer sends is his own, also among colleagues, and his after logging in again.
    let place = desk.begin(DESK, 4).await;
    for (office, login) in [(BALIKPAPAN, "rekan"), (PENAJAM, "jauh")] {
        let cookie = officer(&test, office, login, Role::Handling).await;
        let colleague = Sender::officer(&test, &cookie).await;
        assert_eq!(colleague.patch(&place, 0, b"abcd").await.status, 404, "{login}");
        assert_eq!(colleague.ask("HEAD", &place, &[], b"").await.status, 404, "{login}");
    }
    let again = Sender::officer(&test, &fixtures::log_in(&test, "penanganan").await).await;
    assert_eq!(again.patch(&place, 0, b"abcd").await.status, 200);
}

#[tokio::test]
async fn a_desk_asks_for_session_role_and_token() {
    let test = TestApp::with(limits()).await;
    let nobody = Sender::public(&test);
    assert_eq!(nobody.announce(DESK, 4).await.location(), "/masuk");
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let admin = Sender::officer(&test, &admin).await;
    admin.announce(DESK, 4).await.says(403, "tidak berwenang");
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let sender = Sender::officer(&test, &cookie).await;
    let place = sender.begin(DESK, 4).await;
    let forged = Sender { test: &test, always: vec![("cookie", cookie.clone())] };
    forged.announce(DESK, 4).await.says(403, "sesi lain");
    forged.patch(&place, 0, b"abcd").await.says(403, "sesi lain");
    assert_eq!(forged.ask("GET", &place, &[], b"").await.status, 403);
    assert_eq!(sender.offset(&place).await, 0, "nothing was kept");
}

#[tokio::test]
async fn only_the_protocol_is_spoken() {
    let test = TestApp::with(limits()).await;
    let form = Form::start(&test, "informasi").await;
    let sender = Sender::public(&test);
    let base = form.at("unggah");
    sender.ask("POST", &base, &[("tus-resumable", "0.2.2")], b"").await.says(412, "Tus-Resumable: 1.0.0");
    sender.ask("POST", &base, &[], b"").await.says(400, "upload-length");
    let long = format!("keterangan {}", "YWFh".repeat(101));
    let wordy = sender.ask("POST", &base, &[("upload-length", "4"), ("upload-metadata", long.as_str())], b"").await;
    wordy.says(400, "Terlalu panjang: 303 huruf");
    let place = sender.begin(&base, 4).await;
    sender.ask("PATCH", &place, &[("upload-offset", "0")], b"abcd").await.says(415, "application/offset+octet-stream");
    let kind = ("content-type", "application/offset+octet-stream");
    sender.ask("PATCH", &place, &[kind], b"abcd").await.says(400, "upload-offset");
    let answer = sender.ask("HEAD", &place, &[], b"").await;
    assert_eq!(answer.headers["tus-resumable"], "1.0.0");
    assert_eq!(answer.headers["upload-length"], "4");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(sender.offset(&place).await, 0);
}

/// A large exhibit is handed out as it is read; one that was changed breaks off before its end.
#[tokio::test]
async fn large_exhibits_are_handed_out_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::at(&netra_store::Place::embedded(folder.path())).await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let bytes: Vec<u8> = (0..9_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let sha256 = test.app.store.put_blob(&bytes).await.unwrap();
    let form = Form::filled(&test, "laporan").await;
    Sender::public(&test).send(&form.at("unggah"), &bytes).await;
    form.receipt().await;
    let matter = support::report::matters(&test, BALIKPAPAN).await[0];
    let get = || {
        let path = format!("/meja/perkara/{matter}/bukti/1");
        let request = Request::get(path).header(header::COOKIE, &cookie).body(Body::empty()).unwrap();
        test.router.clone().oneshot(request)
    };
    let response = get().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[header::CONTENT_LENGTH], "9000000");
    assert_eq!(response.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"bukti-001.bin\"");
    assert!(to_bytes(response.into_body(), usize::MAX).await.unwrap() == bytes);

    let file = folder.path().join("blobs").join(&sha256[..2]).join(&sha256);
    let mut changed = bytes;
    changed[8_999_999] ^= 1;
    std::fs::write(&file, changed).unwrap();
    let response = get().await.unwrap();
    assert!(to_bytes(response.into_body(), usize::MAX).await.is_err(), "changed bytes never come to their end");
    std::fs::write(&file, b"short").unwrap();
    assert_eq!(get().await.unwrap().status(), 500, "a small one is an error page");
}

/// Guards: a dossier, which is packed in memory, does not take the server down.
#[tokio::test]
async fn what_is_too_large_for_a_dossier_is_told() {
    let test = TestApp::new().await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let dossier = format!("/meja/perkara/{matter}/berkas.zip");
    assert_eq!(get_as(&test, &cookie, &dossier).await.status, 200);
    let sha256 = test.app.store.put_blob(EVIDENCE).await.unwrap();
    let label = ExhibitLabel::default().into();
    let film =
        Exhibit { no: ExhibitNo(2), sha256, size: 2 << 30, media_type: "video/mp4".to_owned(), label, source: None };
    let added = Act::ExhibitAdded(ExhibitAdded { exhibits: vec![film] });
    record(&test, matter, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, vec![added]).await;
    get_as(&test, &cookie, &dossier).await.says(413, "melebihi 1 GB");
}
