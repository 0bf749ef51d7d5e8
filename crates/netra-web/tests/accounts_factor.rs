//! The second factor: who must have one, setting it up, logging in with it, losing it.

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

use netra_docket::ids::AccountId;
use netra_store::{AccountEventKind, FactorStage, Role};
use netra_web::needs_second_factor;

use accounts::{WRONG, code_now, enrol, give_password, link_in, send, told};
use fixtures::{PASSWORD, account, cookie, csrf, get_as, log_in, officer, post_as};
use support::{BALIKPAPAN, TestApp};

/// An officer whose role needs a second factor and who has set one up.
async fn with_factor(test: &TestApp, login: &str) -> (AccountId, String, Vec<String>) {
    let id = account(test, BALIKPAPAN, login, Role::Handling).await;
    let arriving = give_password(test, login, "/meja/kode").await;
    let (session, codes) = enrol(test, &arriving, id, &[]).await;
    // The step of the first code is used up.
    test.pass(30);
    (id, session, codes)
}

/// Gives a code at the second step.
async fn give_code(test: &TestApp, halfway: &str, code: &str) -> support::Answer {
    send(test, halfway, "/masuk/kode", "/masuk/kode", &[("code", code)]).await
}

#[test]
fn who_opens_identities_or_manages_accounts_needs_a_second_factor() {
    let needing: Vec<Role> = Role::ALL.into_iter().filter(|role| needs_second_factor(*role)).collect();
    assert_eq!(needing, [Role::Handling, Role::Plenary, Role::Administration]);
}

/// Guards: before a needed second factor is set up, a right password opens nothing but the page for that.
#[tokio::test]
async fn who_needs_a_second_factor_is_led_to_set_it_up() {
    let test = TestApp::strict().await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let arriving = give_password(&test, "penanganan", "/meja/kode").await;
    get_as(&test, &arriving, "/meja/kode").await.says(200, "Pasang dahulu");
    for path in ["/meja", "/meja/sandi", "/meja/sesi", "/meja/cari", "/meja/jadwal"] {
        assert_eq!(get_as(&test, &arriving, path).await.location(), "/meja/kode", "{path}");
    }
    let begun = send(&test, &arriving, "/meja/kode", "/meja/kode/baru", &[]).await;
    assert_eq!(begun.location(), "/meja/kode");
    let page = get_as(&test, &arriving, "/meja/kode").await;
    page.says(200, "<svg class=\"qr\"");
    send(&test, &arriving, "/meja/kode", "/meja/kode", &[("code", "12345")]).await.says(422, "Kode tidak cocok");
    assert!(!test.app.store.has_factor(id).await.unwrap());
    let (session, _) = enrol(&test, &arriving, id, &[]).await;
    assert_eq!(get_as(&test, &session, "/meja").await.status, 200);
    assert_eq!(get_as(&test, &arriving, "/meja/kode").await.location(), "/masuk?lanjut=%2Fmeja%2Fkode");
    get_as(&test, &session, "/meja/kode").await.says(200, "<strong>10</strong> dari 10");
}

#[tokio::test]
async fn who_does_not_need_one_logs_in_with_the_password_and_the_demo_says_why_nobody_does() {
    let test = TestApp::strict().await;
    account(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    give_password(&test, "penerimaan", "/meja").await;
    test.get("/masuk").await.hides("Mode demo");
    let demo = TestApp::new().await;
    account(&demo, BALIKPAPAN, "pimpinan", Role::Plenary).await;
    give_password(&demo, "pimpinan", "/meja").await;
    demo.get("/masuk").await.says(200, "Mode demo");
}

/// Guards: a session that waits for the second step is as good as none everywhere else.
#[tokio::test]
async fn half_way_in_is_not_in() {
    let test = TestApp::strict().await;
    let (id, full, _) = with_factor(&test, "penanganan").await;
    let token = csrf(&get_as(&test, &full, "/meja/sandi").await);
    let halfway = give_password(&test, "penanganan", "/masuk/kode").await;
    for path in ["/meja", "/meja/kode", "/meja/sandi", "/meja/sesi", "/meja/cari", "/meja/perkara/x"] {
        let answer = get_as(&test, &halfway, path).await;
        assert!(answer.location().starts_with("/masuk"), "{path}");
    }
    for path in ["/meja/sandi", "/meja/kode", "/meja/kode/baru", "/meja/kode/pemulihan", "/meja/sesi/akhiri"] {
        let answer = post_as(&test, &halfway, path, &[("csrf", token.as_str())]).await;
        assert_eq!(answer.location(), "/masuk", "{path}");
    }
    let code = code_now(&test, id, FactorStage::Active).await;
    assert_eq!(give_code(&test, &halfway, &code).await.location(), "/meja");
    assert!(get_as(&test, &halfway, "/masuk/kode").await.location().starts_with("/masuk"), "the half session is over");
}

#[tokio::test]
async fn the_second_step_has_ten_minutes() {
    let test = TestApp::strict().await;
    with_factor(&test, "penanganan").await;
    let halfway = give_password(&test, "penanganan", "/masuk/kode").await;
    test.pass(599);
    assert_eq!(get_as(&test, &halfway, "/masuk/kode").await.status, 200);
    test.pass(1);
    assert_eq!(get_as(&test, &halfway, "/masuk/kode").await.location(), "/masuk");
}

#[tokio::test]
async fn a_code_works_once_and_in_its_window() {
    let test = TestApp::strict().await;
    let (id, _, _) = with_factor(&test, "penanganan").await;
    let code = code_now(&test, id, FactorStage::Active).await;
    let halfway = give_password(&test, "penanganan", "/masuk/kode").await;
    assert_eq!(give_code(&test, &halfway, &format!("{} {}", &code[..3], &code[3..])).await.location(), "/meja");
    let again = give_password(&test, "penanganan", "/masuk/kode").await;
    give_code(&test, &again, &code).await.says(422, "sudah dipakai");
    test.pass(29);
    give_code(&test, &again, &code).await.says(422, "sudah dipakai");
    let next = code_now(&test, id, FactorStage::Active).await;
    test.pass(90);
    give_code(&test, &again, &next).await.says(422, "Kode salah");
    let fresh = code_now(&test, id, FactorStage::Active).await;
    assert_eq!(give_code(&test, &again, &fresh).await.location(), "/meja");
}

#[tokio::test]
async fn wrong_codes_are_slowed_down_and_the_wait_ends() {
    let test = TestApp::strict().await;
    let (id, _, _) = with_factor(&test, "penanganan").await;
    let halfway = give_password(&test, "penanganan", "/masuk/kode").await;
    for _ in 0..5 {
        assert_eq!(give_code(&test, &halfway, "abcd").await.status, 422);
    }
    let code = code_now(&test, id, FactorStage::Active).await;
    give_code(&test, &halfway, &code).await.says(429, "dalam 1 menit");
    test.pass(60);
    let code = code_now(&test, id, FactorStage::Active).await;
    assert_eq!(give_code(&test, &halfway, &code).await.location(), "/meja");
    let told = told(&test, id).await;
    assert_eq!(told.iter().filter(|kind| **kind == AccountEventKind::CodeFailed).count(), 5);
    assert!(told.contains(&AccountEventKind::SlowedDown));
}

#[tokio::test]
async fn a_recovery_code_opens_once_however_it_is_typed() {
    let test = TestApp::strict().await;
    let (id, _, codes) = with_factor(&test, "penanganan").await;
    let halfway = give_password(&test, "penanganan", "/masuk/kode").await;
    let typed = codes[3].replace('-', " ").to_uppercase();
    assert_eq!(give_code(&test, &halfway, &typed).await.location(), "/meja");
    let again = give_password(&test, "penanganan", "/masuk/kode").await;
    give_code(&test, &again, &codes[3]).await.says(422, "sudah dipakai");
    assert_eq!(give_code(&test, &again, &codes[4]).await.location(), "/meja");
    assert_eq!(test.app.store.recovery_codes_left(id).await.unwrap(), 8);
    assert!(told(&test, id).await.contains(&AccountEventKind::RecoveryUsed));
}

/// Guards: neither an open desk nor a stolen password is enough to change the second factor.
#[tokio::test]
async fn another_telephone_takes_password_and_present_code_and_ends_other_sessions() {
    let test = TestApp::strict().await;
    let (id, session, _) = with_factor(&test, "penanganan").await;
    let start = async |fields: &[(&str, &str)]| send(&test, &session, "/meja/kode", "/meja/kode/baru", fields).await;
    let code = code_now(&test, id, FactorStage::Active).await;
    start(&[("old", WRONG), ("present", code.as_str())]).await.says(422, "Kata sandi salah");
    start(&[("old", PASSWORD)]).await.says(422, "Kode salah");
    start(&[("old", PASSWORD), ("present", "000")]).await.says(422, "Kode salah");
    assert!(test.app.store.factor(id, FactorStage::Pending).await.unwrap().is_none());
    let before = test.app.store.factor(id, FactorStage::Active).await.unwrap().unwrap().secret;
    let (fresh, _) = enrol(&test, &session, id, &[("old", PASSWORD), ("present", code.as_str())]).await;
    assert_ne!(test.app.store.factor(id, FactorStage::Active).await.unwrap().unwrap().secret, before);
    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    assert_eq!(get_as(&test, &fresh, "/meja").await.status, 200);
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones() {
    let test = TestApp::strict().await;
    let (id, session, codes) = with_factor(&test, "penanganan").await;
    let code = code_now(&test, id, FactorStage::Active).await;
    let fields = [("old", PASSWORD), ("present", code.as_str())];
    let renewed = send(&test, &session, "/meja/kode", "/meja/kode/pemulihan", &fields).await;
    renewed.says(200, "Ini sepuluh kode pemulihan Anda");
    codes.iter().for_each(|old| renewed.hides(old));
    let halfway = give_password(&test, "penanganan", "/masuk/kode").await;
    give_code(&test, &halfway, &codes[0]).await.says(422, "Kode salah");
}

/// Who may do without a factor can have one too, but not by a desk that was left open.
#[tokio::test]
async fn a_factor_of_ones_own_will_asks_for_the_password() {
    let test = TestApp::strict().await;
    let id = account(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    let session = log_in(&test, "penerimaan").await;
    send(&test, &session, "/meja/kode", "/meja/kode/baru", &[]).await.says(422, "Kata sandi salah");
    enrol(&test, &session, id, &[("old", PASSWORD)]).await;
    give_password(&test, "penerimaan", "/masuk/kode").await;
}

#[tokio::test]
async fn a_lost_factor_is_taken_away_by_two_administrators() {
    let test = TestApp::new().await;
    let one = officer(&test, BALIKPAPAN, "admin.satu", Role::Administration).await;
    let two = officer(&test, BALIKPAPAN, "admin.dua", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = format!("/meja/akun/{id}");
    let act = async |who: &str, what: &str| send(&test, who, &page, &format!("{page}/kode"), &[("what", what)]).await;
    assert_eq!(act(&one, "minta").await.location(), page);
    assert!(test.app.store.factor_reset(id).await.unwrap().is_none(), "there is nothing to take away yet");
    let session = log_in(&test, "penanganan").await;
    let (session, _) = enrol(&test, &session, id, &[("old", PASSWORD)]).await;
    act(&one, "").await.says(400, "Pilih");
    assert_eq!(act(&one, "setuju").await.location(), page);
    assert!(test.app.store.has_factor(id).await.unwrap(), "nobody asked yet");
    act(&one, "minta").await;
    act(&one, "setuju").await.says(400, "administrator lain");
    assert!(test.app.store.has_factor(id).await.unwrap());
    get_as(&test, &two, &page).await.says(200, "Setujui pencabutan");
    get_as(&test, &two, "/meja/akun").await.says(200, "pencabutan kode masuk diminta");
    assert_eq!(act(&two, "setuju").await.location(), page);
    assert!(!test.app.store.has_factor(id).await.unwrap());
    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    give_password(&test, "penanganan", "/meja").await;
    let kinds = told(&test, id).await;
    for kind in [AccountEventKind::FactorSet, AccountEventKind::FactorResetAsked, AccountEventKind::FactorRemoved] {
        assert!(kinds.contains(&kind), "{kind:?} is not in {kinds:?}");
    }
}

/// Guards: who gets hold of a link of invitation does not get past the second factor.
#[tokio::test]
async fn a_new_password_by_a_link_leaves_the_second_factor_in_force() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let session = log_in(&test, "penanganan").await;
    enrol(&test, &session, id, &[("old", PASSWORD)]).await;
    let page = format!("/meja/akun/{id}");
    let link = link_in(&send(&test, &admin, &page, &format!("{page}/undangan"), &[]).await);
    let chosen = [("password", "hujan kemarin sore"), ("again", "hujan kemarin sore")];
    let used = test.post(&link, &chosen).await;
    assert_eq!(used.location(), "/masuk/kode");
    assert_eq!(get_as(&test, &cookie(&used), "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
}

#[tokio::test]
async fn the_first_administrator_is_led_to_set_a_factor_up() {
    let test = TestApp::strict().await;
    let path = netra_web::setup_path(&test.app).await.unwrap();
    let fields = [
        ("office_id", "bawaslu-contoh"),
        ("office_name", "Bawaslu Kota Contoh"),
        ("kind", "regency"),
        ("zone", "Asia/Makassar"),
        ("region", "64.71"),
        ("level", "Kota"),
        ("area", "23.01"),
        ("members", "5"),
        ("person", "Administrator A"),
        ("login", "admin.contoh"),
        ("password", "hujan kemarin sore"),
        ("again", "hujan kemarin sore"),
    ];
    let made = test.post(&path, &fields).await;
    assert_eq!(made.location(), "/meja/kode");
    assert_eq!(get_as(&test, &cookie(&made), "/meja/akun").await.location(), "/meja/kode");
    let id = test.app.store.account_by_login("admin.contoh").await.unwrap().unwrap().id;
    let (session, _) = enrol(&test, &cookie(&made), id, &[]).await;
    get_as(&test, &session, "/meja/akun").await.says(200, "Bawaslu Kota Contoh");
}
