//! Reporter and office write to one another: through the tracking code on one side, on the page of the matter on the other.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/steps.rs"]
mod driver;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use axum::http::StatusCode;
use netra_docket::act::{Act, Forwarded, RepairRequested};
use netra_docket::entry::Actor;
use netra_docket::ids::{MatterId, PersonNo};
use netra_docket::matter::Stage;
use netra_store::{Privacy, Role, Scope};
use netra_web::Limits;
use roxmltree::Document;

use driver::{docket_of, enter, length_of, matter_with, receipt, step_in, study, take};
use fixtures::{csrf, get_as, post_as, record};
use support::report::{ACCOUNT, Form, REPORTED, REPORTER, WITNESS, code_on, matters};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const QUESTION: &str = "Kapan saya diperiksa?\nSaya hanya bisa hari Senin & Selasa.";
const ANSWER: &str = "Silakan datang hari Senin pukul 09.00.";
const FRIDAY_NOON: &str = "2024-01-19T12:00:00+08:00";
const PHOTO: &[u8] = b"\xFF\xD8\xFF\xE0 another photograph";

/// A report from the public form: its code and its matter.
async fn reported(test: &TestApp, kind: &str) -> (String, MatterId) {
    let receipt = Form::filled(test, kind).await.receipt().await;
    let code = code_on(&receipt);
    (code, matters(test, BALIKPAPAN).await[0])
}

/// The hidden field that tells one press of the button from another.
fn press(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"kiriman\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Writes as whoever has the code does: opens the page, sends its form.
async fn write(test: &TestApp, code: &str, text: &str, button: &str) -> Answer {
    let page = test.get(&format!("/s/{code}")).await;
    let fields = [("kiriman", press(&page)), ("pesan", text.to_owned()), ("jenis", button.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    test.upload(&format!("/s/{code}/pesan"), &fields, &[]).await
}

#[tokio::test]
async fn a_question_is_answered_and_each_side_sees_what_is_new() {
    let test = TestApp::new().await;
    let (code, matter) = reported(&test, "laporan").await;
    let status = format!("/s/{code}");
    assert_eq!(write(&test, &code, QUESTION, "pesan").await.location(), format!("{status}?terkirim=ya"));
    test.get(&format!("{status}?terkirim=ya")).await.says(200, "Pesan Anda sudah diterima");

    let handling = enter(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let intake = enter(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    let queue = get_as(&test, &handling, "/meja").await;
    queue.says(200, "Pesan baru dari pelapor");
    queue.says(200, &format!("/meja/perkara/{matter}#pesan"));
    let page = get_as(&test, &handling, &format!("/meja/perkara/{matter}")).await;
    page.says(200, "<span class=\"badge\">1 baru</span>");
    page.says(200, "Saya hanya bisa hari Senin &#38; Selasa.");
    get_as(&test, &handling, &format!("/meja/perkara/{matter}")).await.hides("1 baru");
    get_as(&test, &handling, "/meja").await.hides("Pesan baru dari pelapor");
    get_as(&test, &intake, "/meja").await.says(200, "Pesan baru dari pelapor");

    take(&test, &handling, &step_in(matter, "write-reporter"), &[("text", ANSWER)]).await;
    let read = test.get(&status).await;
    read.says(200, "Ada 1 pesan baru dari kantor pengawas");
    read.says(200, ANSWER);
    read.hides("Petugas penanganan");
    let again = test.get(&status).await;
    again.says(200, ANSWER);
    again.hides("pesan baru dari kantor");
}

/// U114: the page of a code tells stages and messages, and nothing of what was reported.
#[tokio::test]
async fn u114_a_code_in_wrong_hands_tells_nothing_but_stages_and_messages() {
    let test = TestApp::new().await;
    let (code, _) = reported(&test, "laporan").await;
    write(&test, &code, QUESTION, "pesan").await;
    for page in [format!("/s/{code}"), format!("/s/{code}/tanda-terima")] {
        let page = test.get(&page).await;
        assert_eq!(page.status, StatusCode::OK);
        for secret in [REPORTER, REPORTED, WITNESS, ACCOUNT, "Ruang rapat", "0812 3456"] {
            page.hides(secret);
        }
    }
    let wrong = "0".repeat(27);
    for (path, status) in [(format!("/s/{wrong}/tanda-terima"), 404), ("/s/x/tanda-terima".to_owned(), 404)] {
        assert_eq!(test.get(&path).await.status.as_u16(), status);
    }
    let fields = [("kiriman", "0123456789abcdef0123456789abcdef"), ("pesan", "Halo")];
    assert_eq!(test.post(&format!("/s/{wrong}/pesan"), &fields).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_message() {
    let test = TestApp::new().await;
    let (code, matter) = reported(&test, "laporan").await;
    let page = test.get(&format!("/s/{code}")).await;
    let fields = [("kiriman", press(&page)), ("pesan", QUESTION.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = format!("/s/{code}/pesan");
    let (one, two) = tokio::join!(test.post(&path, &fields), test.post(&path, &fields));
    let three = test.post(&path, &fields).await;
    for answer in [one, two, three] {
        assert_eq!(answer.location(), format!("/s/{code}?terkirim=ya"));
    }
    assert_eq!(length_of(&test, matter).await, 2);
    // The same words with another press are another message.
    write(&test, &code, QUESTION, "pesan").await;
    assert_eq!(length_of(&test, matter).await, 3);
    assert_eq!(test.post(&path, &[("kiriman", "x"), ("pesan", "Halo")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(test.get(&path).await.location(), format!("/s/{code}"));
}

#[tokio::test]
async fn evidence_comes_in_through_the_code_and_its_name_stays_inside() {
    let test = TestApp::new().await;
    let (code, matter) = reported(&test, "informasi").await;
    let page = test.get(&format!("/s/{code}")).await;
    let press = press(&page);
    let fields = [("kiriman", press.as_str()), ("pesan", ""), ("jenis", "pesan")];
    let files = [("files", "rumah-saya.jpg", PHOTO)];
    let sent = test.upload(&format!("/s/{code}/pesan"), &fields, &files).await;
    assert_eq!(sent.location(), format!("/s/{code}?terkirim=ya"));
    let docket = docket_of(&test, matter).await;
    let exhibit = docket.matter.exhibits.last().unwrap();
    assert_eq!(exhibit.label.open().unwrap().file_name, "rumah-saya.jpg");
    assert_eq!(test.app.store.get_blob(&exhibit.sha256).await.unwrap(), PHOTO);
    let status = test.get(&format!("/s/{code}")).await;
    status.says(200, "Dengan 1 berkas bukti, sudah diterima.");
    status.hides("rumah-saya");
    test.get(&format!("/s/{code}/tanda-terima")).await.says(200, &exhibit.sha256);
}

#[tokio::test]
async fn mistakes_keep_what_was_typed_and_sent() {
    let test = TestApp::new().await;
    let (code, matter) = reported(&test, "informasi").await;
    let page = test.get(&format!("/s/{code}")).await;
    let press = press(&page);
    let long = "Pesan yang jauh terlalu panjang. ".repeat(4000);
    let fields = [("kiriman", press.as_str()), ("pesan", long.as_str())];
    let refused = test.upload(&format!("/s/{code}/pesan"), &fields, &[("files", "foto.jpg", PHOTO)]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(long.trim()));
    refused.says(422, "foto.jpg");
    assert_eq!(length_of(&test, matter).await, 1);
    let (_, rest) = refused.body.split_once("name=\"kept\" value=\"").unwrap();
    let kept = rest.split('"').next().unwrap().replace("&#34;", "\"");
    let fields = [("kiriman", press.as_str()), ("pesan", "Pendek."), ("kept", kept.as_str())];
    assert_eq!(test.post(&format!("/s/{code}/pesan"), &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(docket_of(&test, matter).await.matter.exhibits.len(), 1);
    write(&test, &code, "", "pesan").await.says(422, "Tulis pesan Anda");
}

#[tokio::test]
async fn a_code_writes_so_many_messages_in_a_day() {
    let test = TestApp::with(Limits { messages: 3, ..Limits::default() }).await;
    let (code, matter) = reported(&test, "laporan").await;
    for _ in 0..3 {
        assert_eq!(write(&test, &code, QUESTION, "pesan").await.status, StatusCode::SEE_OTHER);
    }
    write(&test, &code, "Satu lagi", "pesan").await.says(429, "terlalu banyak dalam sehari");
    assert_eq!(length_of(&test, matter).await, 4);
    test.set_clock("2024-01-20T02:00:01Z");
    assert_eq!(write(&test, &code, "Satu lagi", "pesan").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_was_asked_for_is_completed_through_the_code_before_its_date() {
    let test = TestApp::new().await;
    let (code, matter) = reported(&test, "laporan").await;
    test.get(&format!("/s/{code}")).await.hides("Kirim sebagai perbaikan laporan");
    let note = "Bawa salinan kartu tanda penduduk.".to_owned().into();
    let asked = Act::RepairRequested(RepairRequested { missing: Vec::new(), note });
    let acts = vec![receipt(), study("INCOMPLETE"), asked];
    record(&test, matter, BALIKPAPAN, 1, "2024-01-19T10:00:00+08:00", Actor::System, acts).await;
    assert_eq!(docket_of(&test, matter).await.matter.stage(), Stage::Repair);
    let page = test.get(&format!("/s/{code}")).await;
    page.says(200, "Kirim sebagai perbaikan laporan");
    page.says(200, "Bawa salinan kartu tanda penduduk.");
    page.says(200, "paling lambat");
    write(&test, &code, "Ini salinannya.", "perbaikan").await.location();
    let docket = docket_of(&test, matter).await;
    assert_eq!(docket.matter.stage(), Stage::InitialStudy);
    assert!(docket.matter.repaired.is_some());
    assert!(matches!(docket.entries.last().unwrap().what, Act::RepairReceived(_)));
    // Sent once more after all: nothing waits for it, so it is a message.
    let page = test.get(&format!("/s/{code}")).await;
    page.hides("Kirim sebagai perbaikan laporan");
    write(&test, &code, "Satu lagi.", "perbaikan").await.location();
    let docket = docket_of(&test, matter).await;
    assert!(matches!(docket.entries.last().unwrap().what, Act::ReporterWrote(_)));
}

#[tokio::test]
async fn messages_stay_with_supervisors() {
    let test = TestApp::new().await;
    let (code, matter) = reported(&test, "laporan").await;
    write(&test, &code, QUESTION, "pesan").await;
    let sent = Act::Forwarded(Forwarded {
        letter: "001/PM/2024".to_owned(),
        persons: vec![PersonNo(2)],
        kind: "other-law".to_owned(),
        authority: "kasn".to_owned(),
        to_office: Some("kasn".parse().unwrap()),
        channel: "surat".to_owned(),
        copies: String::new(),
    });
    record(&test, matter, BALIKPAPAN, 2, FRIDAY_NOON, Actor::System, vec![sent]).await;
    let analyst = enter(&test, "kasn", "analis", Role::Authority).await;
    let page = get_as(&test, &analyst, &format!("/meja/perkara/{matter}")).await;
    page.says(200, REPORTED);
    for secret in ["Kapan saya diperiksa", "hanya bisa hari", "id=\"pesan\"", "whatsapp"] {
        page.hides(secret);
    }
    let elsewhere = enter(&test, PENAJAM, "lain", Role::Handling).await;
    for (cookie, status) in [(&analyst, 403), (&elsewhere, 404)] {
        let token = csrf(&get_as(&test, cookie, "/meja/sandi").await);
        let path = format!("/meja/perkara/{matter}/whatsapp");
        let answer = post_as(&test, cookie, &path, &[("csrf", token.as_str()), ("nomor", "081200000000")]).await;
        assert_eq!(answer.status.as_u16(), status);
    }
}

#[tokio::test]
async fn a_link_for_whatsapp_is_made_of_a_typed_number_or_of_the_dockets() {
    let test = TestApp::new().await;
    let (_, matter) = reported(&test, "laporan").await;
    let handling = enter(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = get_as(&test, &handling, &format!("/meja/perkara/{matter}")).await;
    page.says(200, "Pakai nomor dalam berkas");
    let token = csrf(&page);
    let path = format!("/meja/perkara/{matter}/whatsapp");
    for (fields, number) in [(("nomor", "0811-0000-0000"), "6281100000000"), (("sumber", "berkas"), "6281234567890")] {
        let answer = post_as(&test, &handling, &path, &[("csrf", token.as_str()), fields]).await;
        answer.says(200, &format!("href=\"https://wa.me/{number}?text=Ada%20kabar"));
        answer.says(200, "https://netra.example/status");
        assert_eq!(answer.headers["cache-control"], "no-store");
        for secret in [REPORTER, REPORTED] {
            answer.body.split("<main").skip(1).for_each(|main| assert!(!main.contains(secret), "{secret}"));
        }
    }
    let refused = post_as(&test, &handling, &path, &[("csrf", token.as_str()), ("nomor", "12")]).await;
    refused.says(422, "Tulis nomor ponsel");
    refused.hides("wa.me");
    assert_eq!(length_of(&test, matter).await, 1);

    take(&test, &handling, &step_in(matter, "protect-identity"), &[("person", "1"), ("reason", "Takut")]).await;
    get_as(&test, &handling, &format!("/meja/perkara/{matter}")).await.hides("Pakai nomor dalam berkas");
    let refused = post_as(&test, &handling, &path, &[("csrf", token.as_str()), ("sumber", "berkas")]).await;
    refused.says(422, "Tulis nomor ponsel");
}

#[tokio::test]
async fn messages_of_the_reporter_are_erased_with_what_the_person_said() {
    let test = TestApp::new().await;
    let (code, matter) = reported(&test, "laporan").await;
    write(&test, &code, QUESTION, "pesan").await;
    let handling = enter(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let plenary = enter(&test, BALIKPAPAN, "pimpinan", Role::Plenary).await;
    let answers = [("person", "1"), ("parts", "statements"), ("ground", "on-request"), ("reason", "Diminta")];
    take(&test, &handling, &step_in(matter, "propose-erasure"), &answers).await;
    take(&test, &plenary, &step_in(matter, "confirm-erasure"), &[]).await;
    let status = test.get(&format!("/s/{code}")).await;
    status.says(200, "Isi pesan ini tidak ada lagi.");
    status.hides("Kapan saya diperiksa");
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    let docket = test.app.store.docket(&scope, matter).await.unwrap().unwrap();
    assert!(!format!("{:?}", docket.entries).contains("Kapan saya"));
}

#[tokio::test]
async fn public_notices_are_a_feed_that_readers_can_read() {
    const ATOM: &str = "http://www.w3.org/2005/Atom";
    let test = TestApp::new().await;
    matter_with(&test, vec![receipt()]).await;
    let empty = test.get("/pengumuman.atom").await;
    assert_eq!(empty.headers["content-type"], "application/atom+xml; charset=utf-8");
    assert!(Document::parse(&empty.body).is_ok());

    let matter = matters(&test, BALIKPAPAN).await[0];
    let announced = ["Status <laporan> & \"temuan\"", "Imbauan"].map(|title| {
        Act::StatusAnnounced(netra_docket::act::StatusAnnounced {
            title: title.to_owned(),
            text: "Diteruskan kepada KASN.\n]]> & selesai.".to_owned(),
            posted: String::new(),
        })
    });
    record(&test, matter, BALIKPAPAN, 2, FRIDAY_NOON, Actor::System, announced.to_vec()).await;
    let feed = test.get("/pengumuman.atom").await;
    let document = Document::parse(&feed.body).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name((ATOM, "feed")));
    let one = |node: roxmltree::Node<'_, '_>, name: &str| {
        let found: Vec<String> = node
            .children()
            .filter(|child| child.has_tag_name((ATOM, name)))
            .map(|child| child.text().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0].clone()
    };
    // RFC 4287, 4.1.1 and 4.1.2: what a feed and each entry must have exactly once.
    assert_eq!(one(root, "id"), "https://netra.example/pengumuman.atom");
    assert!(!one(root, "title").is_empty());
    let updated: jiff::Timestamp = one(root, "updated").parse().unwrap();
    assert_eq!(updated, "2024-01-19T04:00:00Z".parse().unwrap());
    let links: Vec<_> = root.children().filter(|node| node.has_tag_name((ATOM, "link"))).collect();
    assert!(links.iter().any(|link| link.attribute("rel") == Some("self")));
    let entries: Vec<_> = root.children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    let mut titles: Vec<String> = entries.iter().map(|entry| one(*entry, "title")).collect();
    titles.sort();
    assert_eq!(titles, ["Imbauan", "Status <laporan> & \"temuan\""]);
    for entry in entries {
        assert!(one(entry, "id").starts_with("urn:uuid:"));
        assert_eq!(one(entry, "updated").parse::<jiff::Timestamp>().unwrap(), updated);
        assert_eq!(one(entry, "content"), "Diteruskan kepada KASN.\n]]> & selesai.");
        let author = entry.children().find(|node| node.has_tag_name((ATOM, "author"))).unwrap();
        assert_eq!(one(author, "name"), "Bawaslu Kota Balikpapan");
    }
    test.get("/pengumuman").await.says(200, "href=\"/pengumuman.atom\"");
}
