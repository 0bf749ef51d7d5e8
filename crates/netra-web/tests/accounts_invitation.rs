//! Links of invitation as an administrator gives them and a person uses them.

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
use netra_store::{AccountEventKind, AccountState, Role};

use accounts::{link_in, send, told};
use fixtures::{PASSWORD, account, cookie, get_as, log_in, officer};
use support::{Answer, BALIKPAPAN, TestApp};

/// An administrator and an account that waits for its password.
async fn invited(test: &TestApp) -> (String, AccountId, Answer) {
    let admin = officer(test, BALIKPAPAN, "admin", Role::Administration).await;
    let fields = [("login", "staf.satu"), ("person", "Staf A"), ("role", "intake"), ("office", BALIKPAPAN)];
    let made = send(test, &admin, "/meja/akun", "/meja/akun", &fields).await;
    made.says(200, "berlaku 72 jam");
    let id = test.app.store.account_by_login("staf.satu").await.unwrap().unwrap().id;
    (admin, id, made)
}

fn chosen(password: &str) -> [(&str, &str); 2] {
    [("password", password), ("again", password)]
}

#[tokio::test]
async fn a_person_chooses_the_password_by_a_link_that_works_once() {
    let test = TestApp::new().await;
    let (_, id, made) = invited(&test).await;
    let link = link_in(&made);
    assert_eq!(test.post("/masuk", &[("login", "staf.satu"), ("password", PASSWORD)]).await.status, 422);
    test.get(&link).await.says(200, "Nama masuk Anda: <strong>staf.satu</strong>");
    test.post(&link, &chosen("pendek")).await.says(422, "Paling sedikit 12 karakter");
    test.post(&link, &chosen("password12345")).await.says(422, "mudah ditebak");
    test.post(&link, &chosen("bawaslu balikpapan")).await.says(422, "mudah ditebak");
    let used = test.post(&link, &chosen("hujan kemarin sore")).await;
    assert_eq!(used.location(), "/meja");
    get_as(&test, &cookie(&used), "/meja").await.says(200, "Staf A");
    assert_eq!(test.get(&link).await.status, 404);
    assert_eq!(test.post(&link, &chosen("hujan kemarin malam")).await.status, 404);
    let fields = [("login", "staf.satu"), ("password", "hujan kemarin sore")];
    assert_eq!(test.post("/masuk", &fields).await.location(), "/meja");
    assert_eq!(
        told(&test, id).await,
        [
            AccountEventKind::Created,
            AccountEventKind::Invited,
            AccountEventKind::InvitationUsed,
            AccountEventKind::SignedIn,
            AccountEventKind::SignedIn,
        ]
    );
}

#[tokio::test]
async fn a_link_ends_after_three_days() {
    let test = TestApp::new().await;
    let (_, _, made) = invited(&test).await;
    let link = link_in(&made);
    test.pass(72 * 3600 - 1);
    assert_eq!(test.get(&link).await.status, 200);
    test.pass(1);
    assert_eq!(test.get(&link).await.status, 404);
    assert_eq!(test.post(&link, &chosen("hujan kemarin sore")).await.status, 404);
}

#[tokio::test]
async fn a_link_is_renewed_and_revoked() {
    let test = TestApp::new().await;
    let (admin, id, made) = invited(&test).await;
    let page = format!("/meja/akun/{id}");
    let renewed = send(&test, &admin, &page, &format!("{page}/undangan"), &[]).await;
    assert_eq!(test.get(&link_in(&made)).await.status, 404, "the older link no longer works");
    let link = link_in(&renewed);
    assert_eq!(test.get(&link).await.status, 200);
    get_as(&test, &admin, &page).await.says(200, "Ada tautan yang belum dipakai");
    assert_eq!(send(&test, &admin, &page, &format!("{page}/undangan/cabut"), &[]).await.location(), page);
    assert_eq!(test.get(&link).await.status, 404);
    assert_eq!(test.app.store.account(id).await.unwrap().unwrap().state, AccountState::Invited);
    let events = told(&test, id).await;
    assert_eq!(events.last(), Some(&AccountEventKind::InvitationRevoked));
}

#[tokio::test]
async fn a_new_link_for_who_forgot_ends_the_old_password_and_its_sessions() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let session = log_in(&test, "penanganan").await;
    let page = format!("/meja/akun/{id}");
    let link = link_in(&send(&test, &admin, &page, &format!("{page}/undangan"), &[]).await);
    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    assert_eq!(test.post("/masuk", &[("login", "penanganan"), ("password", PASSWORD)]).await.status, 422);
    assert_eq!(test.post(&link, &chosen("hujan kemarin sore")).await.location(), "/meja");
}

#[tokio::test]
async fn a_closed_account_gets_no_link() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = format!("/meja/akun/{id}");
    assert_eq!(send(&test, &admin, &page, &format!("{page}/tutup"), &[]).await.location(), "/meja/akun");
    send(&test, &admin, &page, &format!("{page}/undangan"), &[]).await.says(400, "Akun ini ditutup");
    assert_eq!(send(&test, &admin, &page, &format!("{page}/buka"), &[]).await.location(), "/meja/akun");
    log_in(&test, "penanganan").await;
}
