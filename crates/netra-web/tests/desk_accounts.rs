//! Accounts, offices and passwords: who administers whom, and what is shown once.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use netra_store::Role;

use fixtures::{PASSWORD, account, cookie, csrf, get_as, log_in, more_offices, officer, post_as};
use support::{BALIKPAPAN, PENAJAM, TestApp};

#[tokio::test]
async fn an_account_is_added_where_its_role_makes_sense() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let admin = officer(&test, "bawaslu-kaltim", "admin", Role::Administration).await;
    let list = get_as(&test, &admin, "/meja/akun").await;
    list.says(200, "Bawaslu Kota Balikpapan");
    list.hides("Komisi Aparatur Sipil Negara");
    let token = csrf(&list);
    let add = async |login: &str, role: &str, office: &str| {
        let fields =
            [("csrf", token.as_str()), ("login", login), ("person", "Staf A"), ("role", role), ("office", office)];
        post_as(&test, &admin, "/meja/akun", &fields).await
    };
    add("staf.satu", "authority", BALIKPAPAN)
        .await
        .says(422, "Tugas Analis instansi tidak ada di Bawaslu Kota Balikpapan");
    add("staf.satu", "intake", "kasn").await.says(422, "Pilih kantor.");
    add("Dua kata", "intake", BALIKPAPAN).await.says(422, "tanpa spasi");
    assert!(test.app.store.account_by_login("staf.satu").await.unwrap().is_none());
    add("staf.satu", "intake", BALIKPAPAN).await.says(200, "https://netra.example/undangan/");
    add("staf.satu", "intake", BALIKPAPAN).await.says(422, "nama masuk itu sudah dipakai");
}

#[tokio::test]
async fn accounts_of_offices_that_are_not_below_are_out_of_reach() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let other = account(&test, PENAJAM, "staf.ppu", Role::Handling).await;
    let list = get_as(&test, &admin, "/meja/akun").await;
    list.hides("staf.ppu");
    let token = csrf(&list);
    let own = test.app.store.account_by_login("admin").await.unwrap().unwrap().id;
    for what in ["undangan", "undangan/cabut", "tugas", "sesi", "kode", "serah", "tutup", "buka"] {
        let theirs = post_as(&test, &admin, &format!("/meja/akun/{other}/{what}"), &[("csrf", token.as_str())]).await;
        assert_eq!(theirs.status, 404, "{what}");
        let mine = post_as(&test, &admin, &format!("/meja/akun/{own}/{what}"), &[("csrf", token.as_str())]).await;
        assert_eq!(mine.status, 403, "{what}");
    }
    assert_eq!(get_as(&test, &admin, &format!("/meja/akun/{other}")).await.status, 404);
    assert_eq!(get_as(&test, &admin, &format!("/meja/akun/{other}/serah")).await.status, 404);
    log_in(&test, "staf.ppu").await;
}

#[tokio::test]
async fn an_office_is_added_below_ones_own_and_never_replaced() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let page = get_as(&test, &admin, "/meja/kantor").await;
    let token = csrf(&page);
    let add_in = async |id: &str, parent: &str, zone: &str| {
        let fields = [
            ("csrf", token.as_str()),
            ("office_id", id),
            ("office_name", "Panwaslu Kecamatan Contoh"),
            ("kind", "subdistrict"),
            ("parent", parent),
            ("zone", zone),
            ("region", "64.71.01"),
            ("level", "Kec. Contoh"),
            ("area", "23.01"),
            ("members", "3"),
        ];
        post_as(&test, &admin, "/meja/kantor", &fields).await
    };
    let add = async |id: &str, parent: &str| add_in(id, parent, "Asia/Makassar").await;
    add_in("panwaslu-lain", BALIKPAPAN, "Asia/Jakarta").await.says(422, "Provinsi dari kode wilayah itu memakai");
    add("kasn", BALIKPAPAN).await.says(422, "sudah dipakai kantor lain");
    add("panwaslu-contoh", PENAJAM).await.says(422, "Pilih kantor yang membawahi");
    assert_eq!(add("panwaslu-contoh", BALIKPAPAN).await.location(), "/meja/kantor");
    get_as(&test, &admin, "/meja/kantor").await.says(200, "Panwaslu Kecamatan Contoh");
    let kept = test.app.store.office(&"kasn".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(kept.name, "Komisi Aparatur Sipil Negara");
}

#[tokio::test]
async fn an_office_numbers_in_its_own_pattern() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let address = format!("/meja/kantor/{BALIKPAPAN}/nomor");
    let page = get_as(&test, &admin, &address).await;
    page.says(200, "Bila kosong: {n}/LP/PL/{level}/{area}/{month}/{year}");
    assert_eq!(get_as(&test, &admin, &format!("/meja/kantor/{PENAJAM}/nomor")).await.status, 404);
    assert_eq!(get_as(&test, &admin, "/meja/kantor/kasn/nomor").await.status, 404);
    let token = csrf(&page);
    let save = async |restart: &str, report: &str| {
        let fields = [("csrf", token.as_str()), ("restart", restart), ("pemilu_report", report)];
        post_as(&test, &admin, &address, &fields).await
    };
    save("yearly", "LP-{year}").await.says(422, "Pola harus memuat {n}");
    save("yearly", "{n}/{tahun}").await.says(422, "Di antara kurung kurawal");
    save("yearly", "{n}/LP/Contoh").await.says(422, "pola harus memuat {year}");
    save("yearly", "{n}/TM/PL/{level}/{area}/{month}/{year}").await.says(422, "sama dengan pola seri lain");
    assert_eq!(save("never", "{n}/LP/Contoh").await.location(), "/meja/kantor");
    get_as(&test, &admin, &address).await.says(200, "value=\"{n}/LP/Contoh\"");
    let office = test.app.store.office(&BALIKPAPAN.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(office.numbering.restart, netra_law::numbering::Restart::Never);
}

#[tokio::test]
async fn ones_own_password_is_changed_with_the_old_one() {
    let test = TestApp::new().await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let elsewhere = log_in(&test, "penanganan").await;
    let token = csrf(&get_as(&test, &session, "/meja/sandi").await);
    let change = async |old: &str, new: &str, again: &str| {
        let fields = [("csrf", token.as_str()), ("old", old), ("password", new), ("again", again)];
        post_as(&test, &session, "/meja/sandi", &fields).await
    };
    change(PASSWORD, "pendek", "pendek").await.says(422, "Paling sedikit 12 karakter");
    change(PASSWORD, "cukup panjang 1", "cukup panjang 2").await.says(422, "tidak sama");
    change(PASSWORD, "bawaslu2024!!", "bawaslu2024!!").await.says(422, "mudah ditebak");
    change(PASSWORD, "penanganan12345", "penanganan12345").await.says(422, "mudah ditebak");
    change("salah salah salah", "cukup panjang 1", "cukup panjang 1").await.says(422, "Kata sandi lama salah");
    let changed = change(PASSWORD, "cukup panjang 1", "cukup panjang 1").await;
    changed.says(200, "Kata sandi sudah diganti");
    assert_eq!(get_as(&test, &cookie(&changed), "/meja").await.status, 200);
    assert_eq!(get_as(&test, &elsewhere, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
    let fields = [("login", "penanganan"), ("password", "cukup panjang 1")];
    assert_eq!(test.post("/masuk", &fields).await.location(), "/meja");
}

#[tokio::test]
async fn the_setup_link_works_once_and_only_on_an_empty_store() {
    let test = TestApp::new().await;
    assert_eq!(test.get(&format!("/awal/{}", "a".repeat(64))).await.status, 404, "no link was made yet");
    let path = netra_web::setup_path(&test.app).await.unwrap();
    assert_eq!(netra_web::setup_path(&test.app).await.unwrap(), path, "a second start prints the same link");
    assert_eq!(test.get("/awal/b").await.status, 404);
    test.get(&path).await.says(200, "Kantor dan administrator pertama");
    let fields = |again: &'static str| {
        [
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
            ("password", "dua belas huruf"),
            ("again", again),
        ]
    };
    let refused = test.post(&path, &fields("lain")).await;
    refused.says(422, "Kedua kata sandi tidak sama");
    refused.says(422, "Bawaslu Kota Contoh");
    let made = test.post(&path, &fields("dua belas huruf")).await;
    assert_eq!(made.location(), "/meja/akun");
    get_as(&test, &cookie(&made), "/meja/akun").await.says(200, "Bawaslu Kota Contoh");
    assert_eq!(test.post(&path, &fields("dua belas huruf")).await.status, 404);
    assert_eq!(test.get(&path).await.status, 404);
}
