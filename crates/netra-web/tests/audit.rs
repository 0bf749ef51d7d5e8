//! The audit of old files at the desk: who may use it, what comes out, and that nothing is kept.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use axum::body::Body;
use axum::http::{Request, header};
use netra_store::Role;

use fixtures::{csrf, get_as, more_offices, officer, post_as};
use support::{Answer, BALIKPAPAN, TestApp};

const SHEET: &str = "id,regime,zone,delivered,initial-study-done,registered,plenary,catatan\n\
                     A-1,pemilu,WITA,2024-01-02T15:51,2024-01-04,2024-01-04,2024-01-29,<b>\n\
                     =A-2,pemilu,WITA,2024-01-02,awal Januari 2024,,,\n";

/// Sends a sheet as a browser does.
async fn send(test: &TestApp, cookie: &str, token: &str, name: &str, bytes: &[u8]) -> Answer {
    let mut body = format!("--batas\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes();
    let file = format!("form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
    body.extend_from_slice(format!("--batas\r\nContent-Disposition: {file}\r\n\r\n").as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--batas--\r\n");
    let request = Request::post("/meja/audit")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas")
        .body(Body::from(body))
        .unwrap();
    test.send(request).await
}

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_sheet_becomes_a_table_and_a_file() {
    let test = TestApp::new().await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let form = get_as(&test, &cookie, "/meja/audit").await;
    form.says(200, "Audit berkas lama");
    form.says(200, "href=\"/meja/audit/contoh.csv\"");
    let token = csrf(&form);

    let page = send(&test, &cookie, &token, "lama.csv", SHEET.as_bytes()).await;
    page.says(200, "Hasil untuk lama.csv");
    page.says(200, "<span class=\"badge bad\">2 lewat waktu</span>");
    page.says(200, "<span class=\"badge good\">1 tepat waktu</span>");
    page.says(200, "Lewat 3 hari kerja.");
    page.says(200, "tidak dapat dipastikan");
    page.hides("<b>");

    let (sheet, name) = (hidden(&page, "sheet"), hidden(&page, "name"));
    let fields = [("csrf", token.as_str()), ("name", name.as_str()), ("sheet", sheet.as_str())];
    let file = post_as(&test, &cookie, "/meja/audit/unduh", &fields).await;
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"hasil-audit.csv\"");
    assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    file.says(200, "A-1,HANDLING_MAX,");
    file.says(200, "\r\n'=A-2,INITIAL_STUDY,");
    assert_eq!(file.body.lines().count(), 5, "{}", file.body);
}

#[tokio::test]
async fn the_template_can_be_sent_back() {
    let test = TestApp::new().await;
    let cookie = officer(&test, BALIKPAPAN, "pimpinan", Role::Plenary).await;
    let template = get_as(&test, &cookie, "/meja/audit/contoh.csv").await;
    template.says(200, "id,regime,zone,happened,known");
    let token = csrf(&get_as(&test, &cookie, "/meja/audit").await);
    let page = send(&test, &cookie, &token, "contoh-audit.csv", template.body.as_bytes()).await;
    page.says(200, "<span class=\"badge good\">4 tepat waktu</span>");
    page.says(200, "<span class=\"badge bad\">0 lewat waktu</span>");
    page.says(200, "<span class=\"badge \">0 tidak dapat dipastikan</span>");
}

#[tokio::test]
async fn unusable_sheets_are_refused_beside_the_field() {
    let test = TestApp::new().await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let token = csrf(&get_as(&test, &cookie, "/meja/audit").await);
    let large = vec![b'x'; (1 << 20) + 1];
    let rows: [(&str, &[u8], &str); 5] = [
        ("", b"", "Pilih berkas lembar perkara."),
        ("a.csv", b"id,nama\nA,B\n", "Tidak ada kolom tanggal yang dikenal."),
        ("a.csv", b"id\n\xFF\n", "Baris 2: bukan teks UTF-8"),
        ("a.pdf", b"%PDF", "Berkas ini bukan CSV, XLSX atau YAML"),
        ("a.csv", large.as_slice(), "Berkas melebihi 1 MB."),
    ];
    for (name, bytes, problem) in rows {
        let page = send(&test, &cookie, &token, name, bytes).await;
        page.says(422, &format!("<a href=\"#f-file\">{problem}"));
        page.says(422, &format!("Perbaiki: </span>{problem}"));
    }
}

#[tokio::test]
async fn a_form_of_another_session_is_refused() {
    let test = TestApp::new().await;
    let cookie = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let token = csrf(&get_as(&test, &cookie, "/meja/audit").await);
    assert_eq!(send(&test, &cookie, "lain", "a.csv", SHEET.as_bytes()).await.status, 403);
    let fields = [("name", "a.csv"), ("sheet", "00")];
    assert_eq!(post_as(&test, &cookie, "/meja/audit/unduh", &fields).await.status, 403);
    for sheet in ["", "zz", "0"] {
        let fields = [("csrf", token.as_str()), ("name", "a.csv"), ("sheet", sheet)];
        let status = post_as(&test, &cookie, "/meja/audit/unduh", &fields).await.status;
        assert!(status.is_client_error(), "{sheet:?}: {status}");
    }
}

#[tokio::test]
async fn handling_plenary_and_oversight_may_audit_and_others_may_not() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let rows = [
        (BALIKPAPAN, "penanganan", Role::Handling, 200),
        (BALIKPAPAN, "pimpinan", Role::Plenary, 200),
        ("bawaslu-kaltim", "pemantau", Role::Oversight, 200),
        ("bawaslu-kaltim", "admin", Role::Administration, 403),
    ];
    for (office, login, role, status) in rows {
        let cookie = officer(&test, office, login, role).await;
        for path in ["/meja/audit", "/meja/audit/contoh.csv"] {
            assert_eq!(get_as(&test, &cookie, path).await.status.as_u16(), status, "{login} {path}");
        }
        assert!(status == 200 || send(&test, &cookie, "", "a.csv", SHEET.as_bytes()).await.status == 403);
    }
    assert_eq!(test.get("/meja/audit").await.location(), "/masuk?lanjut=%2Fmeja%2Faudit");
}
