//! The page of the standing checks: who sees it, what it tells, and what it never tells.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use netra_store::{Office, OfficeKind, Role};

use fixtures::{REPORTED, REPORTER, REPORTERS_PHONE, csrf, get_as, more_offices, officer, post_as, report};
use support::{BALIKPAPAN, PENAJAM, TestApp, kasn};

const PAGE: &str = "/meja/kesehatan";
const LINK: &str = "href=\"/meja/kesehatan\"";

/// A national office beside those that there are.
async fn national(test: &TestApp) {
    let office = Office {
        id: "bawaslu-ri".parse().unwrap(),
        name: "Bawaslu RI".to_owned(),
        kind: OfficeKind::National,
        authority: None,
        ..kasn()
    };
    test.app.store.add_office(&office).await.unwrap();
}

#[tokio::test]
async fn the_top_checks_and_reads_the_result_with_its_time() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    report(&test, BALIKPAPAN, "2024-01-19T10:00:00+08:00", "Ajakan di grup percakapan").await;
    report(&test, PENAJAM, "2024-01-19T10:00:00+08:00", "Ajakan di rapat dinas").await;
    report(&test, PENAJAM, "2024-01-19T10:00:00+08:00", "Ajakan di rapat dinas").await;
    let admin = officer(&test, "bawaslu-kaltim", "admin", Role::Administration).await;
    let before = get_as(&test, &admin, PAGE).await;
    before.says(200, "Belum pernah diperiksa");
    before.says(200, LINK);

    let sent = post_as(&test, &admin, PAGE, &[("csrf", csrf(&before).as_str())]).await;
    assert_eq!(sent.location(), PAGE);
    let after = get_as(&test, &admin, PAGE).await;
    after.says(200, "Terakhir diperiksa Jumat, 19 Januari 2024 pukul 09.00 WIB; 3 perkara dibaca.");
    after.says(200, "Perkara tanpa penanggung jawab");
    after.says(200, "Kantor tanpa administrator");
    after.says(200, "Komisi Aparatur Sipil Negara");
    after.says(200, "Berkas perkara tidak terbaca: tidak ada");
    let counted = |office: &str| {
        let (_, rest) = after.body.split_once("id=\"no-owner\"").unwrap();
        let (_, rest) = rest.split_once(&format!("<th scope=\"row\">{office}</th>")).unwrap();
        let (_, rest) = rest.split_once("<span class=\"badge bad\">").unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    assert_eq!(counted("Bawaslu Kota Balikpapan"), "1");
    assert_eq!(counted("Bawaslu Kabupaten Penajam Paser Utara"), "2");
    for private in [REPORTER, REPORTED, REPORTERS_PHONE, "Ajakan di grup", "Camat"] {
        after.hides(private);
    }
}

#[tokio::test]
async fn a_store_in_order_says_so() {
    let test = TestApp::new().await;
    for office in [BALIKPAPAN, PENAJAM, "kasn"] {
        officer(&test, office, &format!("admin-{office}"), Role::Administration).await;
    }
    let limits = netra_store::CheckLimits { free: 0, ..netra_store::CheckLimits::default() };
    let now = test.app.now(netra_law::time::Zone::Wita);
    test.app.store.check(now, limits).await.unwrap();
    let admin = fixtures::log_in(&test, &format!("admin-{BALIKPAPAN}")).await;
    let page = get_as(&test, &admin, PAGE).await;
    page.says(200, "Tidak ada yang perlu ditangani.");
    page.says(200, "pukul 10.00 WITA");
    page.hides("Belum pernah diperiksa");
}

#[tokio::test]
async fn only_administrators_at_the_top_are_admitted() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let top = officer(&test, "bawaslu-kaltim", "admin-kaltim", Role::Administration).await;
    assert_eq!(get_as(&test, &top, PAGE).await.status, 200);
    let mut refused = Vec::new();
    for (office, role) in [
        (BALIKPAPAN, Role::Administration),
        ("kasn", Role::Administration),
        ("bawaslu-kaltim", Role::Oversight),
        ("bawaslu-kaltim", Role::Plenary),
        ("bawaslu-kaltim", Role::Handling),
    ] {
        refused.push(officer(&test, office, &format!("{}-{office}", role.id()), role).await);
    }
    for session in &refused {
        let page = get_as(&test, session, PAGE).await;
        page.says(403, "Tidak berwenang");
        let own = get_as(&test, session, "/meja/sandi").await;
        own.hides(LINK);
        let sent = post_as(&test, session, PAGE, &[("csrf", csrf(&own).as_str())]).await;
        assert_eq!(sent.status, 403);
    }
    assert_eq!(test.get(PAGE).await.location(), "/masuk?lanjut=%2Fmeja%2Fkesehatan");
    assert_eq!(test.app.store.last_check().await.unwrap(), None, "nobody of them has checked");
}

#[tokio::test]
async fn where_there_is_a_national_office_it_is_the_only_one() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    national(&test).await;
    let province = officer(&test, "bawaslu-kaltim", "admin-kaltim", Role::Administration).await;
    get_as(&test, &province, PAGE).await.says(403, "Tidak berwenang");
    let nation = officer(&test, "bawaslu-ri", "admin-ri", Role::Administration).await;
    get_as(&test, &nation, PAGE).await.says(200, LINK);
}

#[tokio::test]
async fn a_form_of_another_session_checks_nothing() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    for fields in [&[][..], &[("csrf", "0")][..]] {
        let sent = post_as(&test, &admin, PAGE, fields).await;
        sent.says(403, "Formulir kedaluwarsa");
    }
    assert_eq!(test.app.store.last_check().await.unwrap(), None);
}
