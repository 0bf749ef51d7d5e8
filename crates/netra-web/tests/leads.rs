//! News on the desk: brought in once, shown as text, put into stories, set aside, opened as one matter. All texts are invented.

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

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use netra_docket::act::{Act, Channel, Information};
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_store::{CustodyKind, Privacy, Role, Scope};
use netra_web::{Limits, Scanner};

use driver::{StepForm, docket_of, enter, matter_in, refuses};
use fixtures::{bytes_as, csrf, get_as, post_as};
use support::report::matters;
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const LIST: &str = "/meja/sorotan";
const NEW: &str = "/meja/sorotan/baru";

const CASE: &str = "Camat berfoto dengan caleg, Bawaslu menelusuri
Kamis, 18 Januari 2024 | 09:30 WITA

BALIKPAPAN – Bawaslu Kota Balikpapan menelusuri unggahan seorang camat. Camat itu mengunggah foto bersama calon anggota DPRD
nomor urut 1 di Instagram pada 16 Januari 2024.

Ia diduga melanggar netralitas ASN, kata ketua Bawaslu Kota Balikpapan, Rabu (17/1/2024).";

const UNDATED: &str = "Camat berfoto dengan caleg

Seorang camat di Kota Balikpapan mengunggah foto bersama calon anggota DPRD di Instagram dan dilaporkan ke Bawaslu.";

const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Kabar Rekaan</title>
<item><title>Camat dilaporkan ke Bawaslu</title><pubDate>Wed, 17 Jan 2024 10:15:00 +0800</pubDate>
<description>Seorang camat di Kota Balikpapan ikut kampanye caleg dan dilaporkan ke Bawaslu Kota Balikpapan.</description></item>
<item><title>Harga beras naik</title><pubDate>Wed, 17 Jan 2024 11:15:00 +0800</pubDate>
<description>Harga beras di pasar induk naik menjelang hari raya, kata pedagang.</description></item></channel></rss>";

async fn handling(test: &TestApp) -> String {
    enter(test, BALIKPAPAN, "penanganan", Role::Handling).await
}

/// Sends the form for new texts.
async fn send(test: &TestApp, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let token = csrf(&get_as(test, cookie, NEW).await);
    post_as(test, cookie, NEW, &[&[("csrf", token.as_str())], fields].concat()).await
}

/// Sends it with files.
async fn send_files(test: &TestApp, cookie: &str, files: &[(&str, &[u8])]) -> Answer {
    let token = csrf(&get_as(test, cookie, NEW).await);
    let mut body = format!("--grenze\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes();
    for (name, bytes) in files {
        let disposition = format!("form-data; name=\"berkas\"; filename=\"{name}\"");
        body.extend_from_slice(format!("--grenze\r\nContent-Disposition: {disposition}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--grenze--\r\n");
    let request = Request::post(NEW)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
        .body(Body::from(body))
        .unwrap();
    test.send(request).await
}

/// Brings a text in: the address of its lead.
async fn bring(test: &TestApp, cookie: &str, text: &str) -> String {
    send(test, cookie, &[("text", text)]).await.location().to_owned()
}

/// Sends a form of a lead's page.
async fn decide(test: &TestApp, cookie: &str, lead: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
    let token = csrf(&get_as(test, cookie, lead).await);
    post_as(test, cookie, &format!("{lead}/{what}"), &[&[("csrf", token.as_str())], fields].concat()).await
}

/// The information with which a matter of Balikpapan begins.
async fn information(test: &TestApp, matter: MatterId) -> Information {
    let docket = docket_of(test, matter).await;
    match &docket.entries[0].what {
        Act::InformationRecorded(information) => information.clone(),
        other => panic!("the matter begins with {other:?}"),
    }
}

#[tokio::test]
async fn a_text_is_read_kept_once_and_seen_by_its_office_only() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    get_as(&test, &cookie, LIST).await.says(200, "Belum ada berita baru");
    get_as(&test, &cookie, "/meja").await.says(200, LIST);
    let lead = bring(&test, &cookie, CASE).await;
    let page = get_as(&test, &cookie, &lead).await;
    for words in ["Kota Balikpapan", "DIS-07", "<mark title=\"tanggal\">16 Januari 2024</mark>", "ditelusuri", "Terbit"]
    {
        page.says(200, words);
    }
    assert_eq!(bring(&test, &cookie, CASE).await, lead, "the same bytes are the same lead");
    get_as(&test, &cookie, LIST).await.says(200, &lead);

    let elsewhere = enter(&test, PENAJAM, "seberang", Role::Handling).await;
    get_as(&test, &elsewhere, LIST).await.says(200, "Belum ada berita baru");
    let shouted = format!("{LIST}/{}", lead.rsplit('/').next().unwrap().to_uppercase());
    for address in [lead.clone(), format!("{lead}/sumber"), shouted, format!("{LIST}/x")] {
        assert_eq!(get_as(&test, &elsewhere, &address).await.status, 404, "{address}");
    }
    for (what, fields) in [("sisihkan", vec![("alasan", "luar-wilayah")]), ("buka", vec![("contest", "pemilu-pl")])] {
        let token = csrf(&get_as(&test, &elsewhere, NEW).await);
        let fields = [&[("csrf", token.as_str())], fields.as_slice()].concat();
        assert_eq!(post_as(&test, &elsewhere, &format!("{lead}/{what}"), &fields).await.status, 404, "{what}");
    }
    let plenary = enter(&test, BALIKPAPAN, "pleno", Role::Plenary).await;
    assert_eq!(get_as(&test, &plenary, &lead).await.status, 403);
}

#[tokio::test]
async fn a_text_is_shown_as_text_and_its_bytes_are_a_download() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let text = format!("{CASE}\n<img src=x onerror=alert(1)>");
    let lead = bring(&test, &cookie, &text).await;
    let page = get_as(&test, &cookie, &lead).await;
    page.says(200, "onerror");
    page.hides("<img");
    let source = format!("{lead}/sumber");
    assert_eq!(bytes_as(&test, &cookie, &source).await, text.as_bytes());
    let answer = get_as(&test, &cookie, &source).await;
    let disposition = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(disposition.starts_with("attachment") && answer.headers[header::X_CONTENT_TYPE_OPTIONS] == "nosniff");

    let html = format!("<!doctype html><title>x</title><script>alert(2)</script><p>{}</p>", CASE.replace('\n', "<br>"));
    let answer = send_files(&test, &cookie, &[("berita.html", html.as_bytes())]).await;
    let page = get_as(&test, &cookie, answer.location()).await;
    page.says(200, "BALIKPAPAN");
    page.hides("alert(2)");
}

#[tokio::test]
async fn every_entry_of_a_feed_is_a_lead_and_what_is_no_text_is_told() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let files: [(&str, &[u8]); 3] =
        [("umpan.xml", FEED.as_bytes()), ("foto.png", b"\x89PNG\r\n\x1a\n\0\0"), ("kosong.txt", b"")];
    let page = send_files(&test, &cookie, &files).await;
    for words in ["umpan.xml", "17 Jan 2024", "foto.png bukan teks", "kosong", "Bukan soal netralitas"] {
        page.says(200, words);
    }
    let list = get_as(&test, &cookie, LIST).await;
    assert_eq!(list.body.matches("href=\"/meja/sorotan/").count(), 3, "two leads and the button: {}", list.body);
    let only_bad = send_files(&test, &cookie, &files[1..2]).await;
    only_bad.says(422, "foto.png bukan teks. Simpan halamannya sebagai HTML atau teks");
    get_as(&test, &cookie, LIST).await.hides("foto.png");
}

#[tokio::test]
async fn what_the_officer_knows_counts_and_must_make_sense() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let address = "https://berita.example/2024/01/17/camat";
    for (fields, field, message) in [
        (vec![], "text", "Tempel teks berita"),
        (vec![("text", UNDATED), ("alamat", "berita.example")], "alamat", "Tulis alamat lengkap"),
        (vec![("text", UNDATED), ("terbit", "kemarin")], "terbit", "Tulis tanggal seperti 19/1/2024."),
        (vec![("text", UNDATED), ("terbit", "2024-01-20")], "terbit", "Tanggal terbit ini belum tiba."),
    ] {
        refuses(&send(&test, &cookie, &fields).await, field, message);
    }
    get_as(&test, &cookie, LIST).await.says(200, "Belum ada berita baru");

    let lead = send(&test, &cookie, &[("text", UNDATED), ("alamat", address)]).await;
    let page = get_as(&test, &cookie, lead.location()).await;
    page.says(200, "17 Jan 2024 (menurut alamat)");
    page.says(200, address);
    let other = format!("{UNDATED} Kedua.");
    let lead = send(&test, &cookie, &[("text", &other), ("alamat", address), ("terbit", "18/1/2024")]).await;
    get_as(&test, &cookie, lead.location()).await.says(200, "18 Jan 2024 (menurut petugas)");
}

#[tokio::test]
async fn a_lead_is_set_aside_for_a_reason() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let lead = bring(&test, &cookie, CASE).await;
    refuses(&decide(&test, &cookie, &lead, "sisihkan", &[]).await, "alasan", "Pilih alasan");
    let unsaid = decide(&test, &cookie, &lead, "sisihkan", &[("alasan", "lain")]).await;
    refuses(&unsaid, "catatan", "Tulis alasannya, tanpa nama orang.");
    get_as(&test, &cookie, LIST).await.says(200, &lead);
    let fields = [("alasan", "sudah-ditangani"), ("catatan", "laporan pekan lalu")];
    assert_eq!(decide(&test, &cookie, &lead, "sisihkan", &fields).await.location(), LIST);
    get_as(&test, &cookie, LIST).await.hides(&lead);
    let aside = get_as(&test, &cookie, "/meja/sorotan?keadaan=disisihkan&urut=terbaru").await;
    aside.says(200, &lead);
    aside.says(200, "Disisihkan: Sudah ditangani: laporan pekan lalu");
    let page = get_as(&test, &cookie, &lead).await;
    page.hides("f-alasan");
    page.says(200, "Jadikan informasi awal");
}

#[tokio::test]
async fn a_lead_and_its_story_become_one_matter() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let copy = CASE.replace("Ia diduga", "Camat itu diduga");
    let first = bring(&test, &cookie, CASE).await;
    let second = bring(&test, &cookie, &copy).await;
    let apart = bring(&test, &cookie, UNDATED).await;
    get_as(&test, &cookie, &second).await.says(200, "Teks yang sama dengan berita lain");

    let mut form = StepForm::open(&test, &cookie, &second).await;
    for (field, value) in
        [("contest", "pemilu-pl"), ("place", "Kota Balikpapan"), ("happened", "2024-01-16"), ("known", "2024-01-19")]
    {
        assert_eq!(form.value(field), value, "{field}");
    }
    assert!(form.value("subject_line").starts_with("Dugaan pelanggaran netralitas oleh Camat: "));
    let first_id = first.strip_prefix("/meja/sorotan/").unwrap();
    let apart_id = apart.strip_prefix("/meja/sorotan/").unwrap();
    form.check("sumber", &[first_id]);
    let matter = matter_in(form.record().await.location());

    let information = information(&test, matter).await;
    assert_eq!((information.channel, information.contest.as_str()), (Channel::Media, "PL"));
    assert!(information.persons.is_empty());
    assert_eq!(information.exhibits.len(), 2);
    for (exhibit, text) in information.exhibits.iter().zip([copy.as_str(), CASE]) {
        assert_eq!(test.app.store.get_blob(&exhibit.sha256).await.unwrap(), text.as_bytes());
        let label = exhibit.label.open().unwrap();
        assert!(label.description.starts_with("Berita, disimpan Jumat, 19 Januari 2024"), "{}", label.description);
    }
    for lead in [&first, &second] {
        get_as(&test, &cookie, lead).await.says(200, &format!("/meja/perkara/{matter}"));
        let again = decide(&test, &cookie, lead, "buka", &[("contest", "pemilu-pl")]).await;
        assert_eq!(matter_in(again.location()), matter, "opened twice it is the same matter");
    }
    assert_eq!(matters(&test, BALIKPAPAN).await, [matter]);
    get_as(&test, &cookie, "/meja/sorotan?keadaan=baru").await.says(200, apart_id);
    get_as(&test, &cookie, "/meja/sorotan?keadaan=dibuka").await.hides(apart_id);
    get_as(&test, &cookie, "/meja").await.says(200, "Dugaan pelanggaran netralitas oleh Camat");
}

#[tokio::test]
async fn what_is_missing_is_asked_and_nothing_is_recorded() {
    let test = TestApp::new().await;
    let cookie = enter(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    let lead = bring(&test, &cookie, CASE).await;
    let mut form = StepForm::open(&test, &cookie, &lead).await;
    form.remove("contest").set("happened", "2024-01-30");
    let refused = form.record().await;
    refuses(&refused, "contest", "Pilih pemilihan yang terkait.");
    refuses(&refused, "happened", "Tanggal kejadian sesudah penyampaian.");
    assert_eq!(form.value("happened"), "2024-01-30", "what was typed stays");
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    get_as(&test, &cookie, LIST).await.says(200, &lead);
    form.set("contest", "pilkada-pw").set("happened", "2024-01-16");
    let matter = matter_in(form.record().await.location());
    assert_eq!(information(&test, matter).await.contest, "PW");
}

#[tokio::test]
async fn that_a_source_was_not_scanned_is_noted_with_the_exhibit() {
    // Nobody listens there.
    let scanner = Scanner { patience: Duration::from_secs(5), ..Scanner::at("127.0.0.1:1".parse().unwrap()) };
    let test = TestApp::scanned_by(scanner, Limits::default()).await;
    let cookie = handling(&test).await;
    let lead = bring(&test, &cookie, CASE).await;
    let mut form = StepForm::open(&test, &cookie, &lead).await;
    let matter = matter_in(form.record().await.location());
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    let log = test.app.store.custody(&scope, matter, ExhibitNo(1)).await.unwrap().unwrap();
    let kinds: Vec<CustodyKind> = log.entries.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [CustodyKind::NotScanned]);
}
