//! The desk's page of tokens: who makes and revokes them, and that a token is shown once.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/api.rs"]
mod api;
#[path = "support/steps.rs"]
mod driver;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use netra_store::{Role, TokenScope};

use driver::enter;
use fixtures::{csrf, get_as, more_offices, post_as};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const FORM: &[(&str, &str)] = &[
    ("program", "Layar loket"),
    ("office", BALIKPAPAN),
    ("role", "intake"),
    ("scopes", "matters:read"),
    ("scopes", "steps:take"),
    ("until", "2024-12-31"),
];

/// Sends the form with one answer changed.
async fn make(test: &TestApp, cookie: &str, field: &str, value: &str) -> Answer {
    let csrf = csrf(&get_as(test, cookie, "/meja/sandi").await);
    let mut fields: Vec<(&str, &str)> = FORM.iter().copied().filter(|(name, _)| *name != field).collect();
    fields.extend([("csrf", csrf.as_str()), (field, value)]);
    post_as(test, cookie, "/meja/token", &fields).await
}

#[tokio::test]
async fn a_token_is_shown_once_works_and_is_revoked() {
    let test = TestApp::new().await;
    let admin = enter(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let made = make(&test, &admin, "program", "Layar loket").await;
    made.says(200, "Token sudah dibuat");
    let (_, rest) = made.body.split_once("netra_").unwrap();
    let whole = format!("netra_{}", rest.split('<').next().unwrap());
    let secret = whole.rsplit('_').next().unwrap();
    assert_eq!(api::get(&test, &whole, "/api/v1/matters").await.status.as_u16(), 200);

    let list = get_as(&test, &admin, "/meja/token").await;
    list.says(200, "Layar loket");
    list.says(200, "Jumat, 19 Januari 2024");
    list.hides(secret);
    let kept = test.app.store.tokens_of(&BALIKPAPAN.parse().unwrap()).await.unwrap();
    assert_eq!((kept.len(), kept[0].role), (1, Role::Intake));
    assert_eq!(kept[0].scopes, [TokenScope::ReadMatters, TokenScope::TakeSteps]);
    assert!(!kept[0].digest.contains(secret), "only the digest is kept");

    let token = csrf(&list);
    let path = format!("/meja/token/{}/cabut", kept[0].id);
    assert_eq!(post_as(&test, &admin, &path, &[]).await.status.as_u16(), 403, "a form of another site");
    assert_eq!(post_as(&test, &admin, &path, &[("csrf", token.as_str())]).await.location(), "/meja/token");
    assert_eq!(api::get(&test, &whole, "/api/v1/matters").await.status.as_u16(), 401);
    get_as(&test, &admin, "/meja/token").await.says(200, "dicabut");
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_told_and_nothing_is_made() {
    let test = TestApp::new().await;
    let admin = enter(&test, BALIKPAPAN, "admin", Role::Administration).await;
    for (field, value, text) in [
        ("program", "", "Tulis nama program"),
        ("office", PENAJAM, "Pilih kantor."),
        ("role", "plenary", "Pilih tugas."),
        ("role", "administration", "Pilih tugas."),
        ("role", "authority", "tidak ada di"),
        ("scopes", "matters:write", "Pilih sekurang-kurangnya satu cakupan."),
        ("scopes", "overview:read", "tidak pernah memakai cakupan"),
        ("until", "", "Isi sampai kapan"),
        ("until", "2024-01-18", "Hari itu sudah lewat."),
        ("until", "2026-01-01", "Paling lama 366 hari"),
    ] {
        make(&test, &admin, field, value).await.says(422, text);
    }
    assert_eq!(test.app.store.tokens_of(&BALIKPAPAN.parse().unwrap()).await.unwrap(), []);
}

#[tokio::test]
async fn only_administrators_above_an_office_manage_its_tokens() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let handling = enter(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    assert_eq!(make(&test, &handling, "program", "Layar").await.status.as_u16(), 403);
    assert_eq!(get_as(&test, &handling, "/meja/token").await.status.as_u16(), 403);

    let above = enter(&test, "bawaslu-kaltim", "provinsi", Role::Administration).await;
    make(&test, &above, "program", "Layar provinsi").await.says(200, "Token sudah dibuat");
    let kept = test.app.store.tokens_of(&BALIKPAPAN.parse().unwrap()).await.unwrap();
    let beside = enter(&test, PENAJAM, "tetangga", Role::Administration).await;
    get_as(&test, &beside, "/meja/token").await.hides("Layar provinsi");
    let token = csrf(&get_as(&test, &beside, "/meja/sandi").await);
    let path = format!("/meja/token/{}/cabut", kept[0].id);
    assert_eq!(post_as(&test, &beside, &path, &[("csrf", token.as_str())]).await.status.as_u16(), 404);
    assert!(test.app.store.token(kept[0].id).await.unwrap().unwrap().revoked.is_none());
}
