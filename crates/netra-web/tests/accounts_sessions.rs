//! Sessions seen and ended, failed log-ins and their waits, roles, and the log of accounts.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/accounts.rs"]
mod accounts;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use axum::body::Body;
use axum::http::{Request, header};
use netra_store::{AccountEventKind, Role};

use accounts::{WRONG, cookies, send, told, try_from};
use fixtures::{PASSWORD, account, cookie, csrf, get_as, log_in, more_offices, officer, post_as};
use support::{BALIKPAPAN, PENAJAM, TestApp, form_request};

/// An attacker's address, the office's own, and a third one.
const ATTACKER: &str = "203.0.113.66:40001";
const OFFICE: &str = "198.51.100.4:40001";
const ELSEWHERE: &str = "192.0.2.9:40001";

/// Logs in with a browser of a kind.
async fn log_in_with(test: &TestApp, login: &str, agent: &'static str) -> String {
    let mut request = form_request("/masuk", &[("login", login), ("password", PASSWORD)]);
    request.headers_mut().insert(header::USER_AGENT, agent.parse().unwrap());
    let answer = test.send(request).await;
    assert_eq!(answer.location(), "/meja");
    cookie(&answer)
}

#[tokio::test]
async fn ones_sessions_are_listed_and_ended() {
    let test = TestApp::new().await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let office = log_in_with(&test, "penanganan", "Mozilla/5.0 (Windows NT 10.0) Gecko").await;
    test.pass(600);
    let phone = log_in_with(&test, "penanganan", "Mozilla/5.0 (Linux; Android 11; SM-A125F)").await;
    let home = log_in_with(&test, "penanganan", "curl/8").await;
    let page = get_as(&test, &office, "/meja/sesi").await;
    for text in ["Windows", "Android", "perangkat lain", "Jumat, 19 Januari 2024 pukul 10.10 WITA"] {
        page.says(200, text);
    }
    page.hides("SM-A125F");
    assert_eq!(page.body.matches("sesi ini").count(), 1);
    let (_, row) = page.body.split_once(">Android").unwrap();
    let (_, rest) = row.split_once("name=\"sesi\" value=\"").unwrap();
    let name = rest.split('"').next().unwrap().to_owned();
    assert!(!phone.contains(&name), "the name says nothing about the token");
    let ended = send(&test, &office, "/meja/sesi", "/meja/sesi/akhiri", &[("sesi", name.as_str())]).await;
    assert_eq!(ended.location(), "/meja/sesi");
    assert_eq!(get_as(&test, &phone, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    assert_eq!(get_as(&test, &home, "/meja").await.status, 200);
    send(&test, &office, "/meja/sesi", "/meja/sesi/akhiri", &[("sesi", "lain")]).await;
    assert_eq!(get_as(&test, &home, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    assert_eq!(get_as(&test, &office, "/meja").await.status, 200);
    let ended = told(&test, id).await.into_iter().filter(|kind| *kind == AccountEventKind::SessionsEnded);
    assert_eq!(ended.count(), 2);
}

/// Guards: nobody ends the session of somebody else by its name.
#[tokio::test]
async fn anothers_session_is_out_of_reach() {
    let test = TestApp::new().await;
    let one = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let id = account(&test, BALIKPAPAN, "pimpinan", Role::Plenary).await;
    let two = log_in(&test, "pimpinan").await;
    let theirs = test.app.store.sessions_of(id, test.now()).await.unwrap();
    send(&test, &one, "/meja/sesi", "/meja/sesi/akhiri", &[("sesi", theirs[0].id.0.as_str())]).await;
    assert_eq!(get_as(&test, &two, "/meja").await.status, 200);
}

#[tokio::test]
async fn a_session_that_stands_idle_for_two_hours_ends() {
    let test = TestApp::new().await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    test.pass(2 * 3600 - 1);
    assert_eq!(get_as(&test, &session, "/meja").await.status, 200);
    test.pass(2 * 3600 - 1);
    assert_eq!(get_as(&test, &session, "/meja").await.status, 200);
    test.pass(2 * 3600);
    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
}

#[tokio::test]
async fn an_administrator_ends_sessions_and_changes_a_role() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "staf.satu", Role::Intake).await;
    let session = log_in(&test, "staf.satu").await;
    let page = format!("/meja/akun/{id}");
    get_as(&test, &admin, &page).await.says(200, "Sesi yang sedang terbuka: <strong>1</strong>");
    assert_eq!(send(&test, &admin, &page, &format!("{page}/sesi"), &[]).await.location(), page);
    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    let session = log_in(&test, "staf.satu").await;
    let role = async |role: &str| send(&test, &admin, &page, &format!("{page}/tugas"), &[("role", role)]).await;
    role("authority").await.says(400, "Pilih tugas yang ada di Bawaslu Kota Balikpapan");
    assert_eq!(get_as(&test, &session, "/meja").await.status, 200);
    assert_eq!(role("plenary").await.location(), page);
    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja", "a new role, a new log-in");
    assert_eq!(test.app.store.account(id).await.unwrap().unwrap().role, Role::Plenary);
    get_as(&test, &admin, &page).await.says(200, "tugas diganti (Pimpinan (pleno))");
}

/// Guards: an attacker who tries an officer's name makes strangers wait, not the officer at the usual browser.
#[tokio::test]
async fn an_attacker_does_not_lock_an_officer_out() {
    let test = TestApp::new().await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let first = try_from(&test, OFFICE, "", "penanganan", PASSWORD).await;
    assert_eq!(first.location(), "/meja");
    let known = cookies(&first.headers);
    assert!(known.contains("netra_device="), "{known}");
    for _ in 0..5 {
        assert_eq!(try_from(&test, ATTACKER, "", "penanganan", WRONG).await.status, 422);
    }
    assert_eq!(try_from(&test, ATTACKER, "", "penanganan", PASSWORD).await.status, 429);
    assert_eq!(try_from(&test, ELSEWHERE, "", "penanganan", PASSWORD).await.status, 429, "strangers wait");
    assert_eq!(try_from(&test, OFFICE, &known, "penanganan", PASSWORD).await.location(), "/meja");
    let forged = known.replace("netra_device=", "netra_device=0");
    assert_eq!(try_from(&test, ATTACKER, &forged, "penanganan", PASSWORD).await.status, 429, "a cookie of ours only");
    account(&test, BALIKPAPAN, "pimpinan", Role::Plenary).await;
    for _ in 0..5 {
        try_from(&test, ATTACKER, "", "pimpinan", WRONG).await;
    }
    assert_eq!(try_from(&test, OFFICE, &known, "pimpinan", PASSWORD).await.status, 429, "known for one name only");
    test.pass(60);
    assert_eq!(try_from(&test, ELSEWHERE, "", "penanganan", PASSWORD).await.location(), "/meja", "every wait ends");
    assert!(told(&test, id).await.contains(&AccountEventKind::SlowedDown));
}

/// Guards: a known browser is no way round the limits either.
#[tokio::test]
async fn a_known_browser_has_limits_of_its_own() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let known = cookies(&try_from(&test, OFFICE, "", "penanganan", PASSWORD).await.headers);
    for _ in 0..5 {
        assert_eq!(try_from(&test, OFFICE, &known, "penanganan", WRONG).await.status, 422);
    }
    assert_eq!(try_from(&test, OFFICE, &known, "penanganan", PASSWORD).await.status, 429);
    assert_eq!(try_from(&test, ELSEWHERE, "", "penanganan", PASSWORD).await.location(), "/meja");
}

/// Guards: who tries many names from one place waits there; others do not.
#[tokio::test]
async fn a_source_that_tries_many_names_is_slowed_down() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    for n in 0..51 {
        assert_eq!(try_from(&test, ATTACKER, "", &format!("nama.{n}"), WRONG).await.status, 422, "{n}");
    }
    assert_eq!(try_from(&test, ATTACKER, "", "penanganan", PASSWORD).await.status, 429);
    assert_eq!(try_from(&test, ELSEWHERE, "", "penanganan", PASSWORD).await.location(), "/meja");
    test.pass(60);
    assert_eq!(try_from(&test, ATTACKER, "", "penanganan", PASSWORD).await.location(), "/meja");
}

/// Guards: an office behind one address logs in all day without using the patience of its address up.
#[tokio::test]
async fn successes_do_not_count_against_a_source() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    for n in 0..60 {
        assert_eq!(try_from(&test, OFFICE, "", "penanganan", PASSWORD).await.location(), "/meja", "{n}");
    }
}

#[tokio::test]
async fn administrators_are_told_of_slowed_names_and_read_the_log() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let other = officer(&test, PENAJAM, "admin.ppu", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    for _ in 0..5 {
        try_from(&test, ATTACKER, "", "penanganan", WRONG).await;
    }
    get_as(&test, &admin, "/meja/akun").await.says(200, "percobaan masuk sedang ditahan");
    get_as(&test, &admin, &format!("/meja/akun/{id}")).await.says(200, "Ini berakhir sendiri");
    let log = get_as(&test, &admin, "/meja/akun/catatan").await;
    log.says(200, "percobaan masuk ditahan sementara (1 menit)");
    log.says(200, "gagal masuk: kata sandi salah");
    log.hides("203.0.113.66");
    get_as(&test, &other, "/meja/akun/catatan").await.hides("gagal masuk");
    let handling = log_in_later(&test).await;
    assert_eq!(get_as(&test, &handling, "/meja/akun/catatan").await.status, 403);
    get_as(&test, &admin, "/meja/akun").await.hides("percobaan masuk sedang ditahan");
}

async fn log_in_later(test: &TestApp) -> String {
    test.pass(60);
    log_in(test, "penanganan").await
}

/// Guards: a password that was changed ends every other session.
#[tokio::test]
async fn changing_the_password_ends_other_sessions_and_is_noted() {
    let test = TestApp::new().await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let (here, there) = (log_in(&test, "penanganan").await, log_in(&test, "penanganan").await);
    let token = csrf(&get_as(&test, &here, "/meja/sandi").await);
    let fields = [
        ("csrf", token.as_str()),
        ("old", PASSWORD),
        ("password", "hujan kemarin sore"),
        ("again", "hujan kemarin sore"),
    ];
    let changed = post_as(&test, &here, "/meja/sandi", &fields).await;
    changed.says(200, "Kata sandi sudah diganti");
    for old in [&here, &there] {
        assert_eq!(get_as(&test, old, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    }
    assert_eq!(get_as(&test, &cookie(&changed), "/meja").await.status, 200);
    assert!(told(&test, id).await.contains(&AccountEventKind::PasswordChanged));
}

/// Who runs old passwords up from a stolen desk does not shut the log-in page for the officer.
#[tokio::test]
async fn guessing_the_old_password_at_a_desk_is_slowed_down_there() {
    let test = TestApp::new().await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let change = async |old: &str| {
        let fields = [("old", old), ("password", "hujan kemarin sore"), ("again", "hujan kemarin sore")];
        send(&test, &session, "/meja/sandi", "/meja/sandi", &fields).await
    };
    for _ in 0..5 {
        change(WRONG).await.says(422, "Kata sandi lama salah");
    }
    change(PASSWORD).await.says(429, "dalam 1 menit");
    log_in(&test, "penanganan").await;
}

#[tokio::test]
async fn the_device_cookie_goes_to_the_log_in_page_only() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let answer = test.post("/masuk", &[("login", "penanganan"), ("password", PASSWORD)]).await;
    let set: Vec<&str> = answer.headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap()).collect();
    assert_eq!(set.len(), 2);
    assert!(set[1].starts_with("netra_device=") && set[1].contains("; Path=/masuk;"), "{set:?}");
    assert!(set[1].contains("HttpOnly; SameSite=Strict; Secure"), "{set:?}");
    let alone = cookies(&answer.headers).split("; ").nth(1).unwrap().to_owned();
    let request = Request::get("/meja").header(header::COOKIE, alone).body(Body::empty()).unwrap();
    assert_eq!(test.send(request).await.location(), "/masuk?lanjut=%2Fmeja", "it is no session");
}
