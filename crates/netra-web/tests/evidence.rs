//! The page of an exhibit and everything that can be done there: each touch is noted, and who may not, does not.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
#[path = "support/picture.rs"]
mod picture;
mod support;

use axum::http::header;
use netra_docket::act::{Act, Exhibit, ExhibitAdded, ExhibitLabel};
use netra_docket::entry::Actor;
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_docket::private::Private;
use netra_evidence::{Digest, MediaType};
use netra_store::{Custody, CustodyKind, Docket, Privacy, Role, Scope};

use fixtures::{REPORTER, bytes_as, csrf, forwarded, get_as, officer, post_as, record, report};
use picture::{DEVICE, png, scene};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";

fn home() -> Scope {
    Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open)
}

async fn docket(test: &TestApp, matter: MatterId) -> Docket {
    test.app.store.docket(&home(), matter).await.unwrap().unwrap()
}

async fn log(test: &TestApp, matter: MatterId, no: u16) -> Custody {
    test.app.store.custody(&home(), matter, ExhibitNo(no)).await.unwrap().unwrap()
}

async fn kinds(test: &TestApp, matter: MatterId, no: u16) -> Vec<CustodyKind> {
    log(test, matter, no).await.entries.iter().map(|entry| entry.kind).collect()
}

/// Adds a file to a matter; gives its number.
async fn add(test: &TestApp, matter: MatterId, name: &str, bytes: &[u8]) -> u16 {
    let before = docket(test, matter).await.matter;
    let no = before.next_exhibit();
    let exhibit = Exhibit {
        no,
        sha256: test.app.store.put_blob(bytes).await.unwrap(),
        size: u64::try_from(bytes.len()).unwrap(),
        media_type: MediaType::detect(bytes).essence().to_owned(),
        label: Private::Open(ExhibitLabel { file_name: name.to_owned(), ..ExhibitLabel::default() }),
        source: None,
    };
    let added = Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit] });
    record(test, matter, BALIKPAPAN, before.length, FRIDAY_AT_TEN, Actor::System, vec![added]).await;
    no.0
}

/// A server with a matter whose second exhibit is a picture, and an officer of its office.
async fn desk(role: Role) -> (TestApp, MatterId, String) {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    assert_eq!(add(&test, matter, "IMG-20231230-WA0001.jpg", &png(scene)).await, 2);
    let cookie = officer(&test, BALIKPAPAN, "petugas", role).await;
    (test, matter, cookie)
}

fn at(matter: MatterId, no: u16, part: &str) -> String {
    format!("/meja/perkara/{matter}/bukti/{no}{part}")
}

async fn token(test: &TestApp, cookie: &str) -> String {
    csrf(&get_as(test, cookie, "/meja/sandi").await)
}

#[tokio::test]
async fn the_page_tells_what_the_exhibit_is_and_how_it_came_in() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    let page = get_as(&test, &cookie, &at(matter, 2, "/lihat")).await;
    for text in [
        "IMG-20231230-WA0001.jpg",
        "Gambar PNG",
        &Digest::of(&png(scene)).to_string(),
        "64 × 48 titik",
        "menghapus data kamera",
        "mintalah berkas asli",
        "tidak dicatat",
        &format!("{}/kecil", at(matter, 2, "")),
        "Rantai catatan utuh",
    ] {
        page.says(200, text);
    }
    get_as(&test, &cookie, &at(matter, 1, "/lihat")).await.says(200, REPORTER);
    get_as(&test, &cookie, &at(matter, 9, "/lihat")).await.says(404, "tidak ditemukan");
    get_as(&test, &cookie, &format!("/meja/perkara/{matter}")).await.says(200, &at(matter, 2, "/lihat"));
}

#[tokio::test]
async fn looks_count_once_an_hour_and_every_copy_counts() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    for path in ["/lihat", "/kecil", "/lihat"] {
        assert_eq!(get_as(&test, &cookie, &at(matter, 2, path)).await.status, 200, "{path}");
    }
    assert_eq!(kinds(&test, matter, 2).await, [CustodyKind::Viewed]);
    for _ in 0..2 {
        assert_eq!(bytes_as(&test, &cookie, &at(matter, 2, "")).await, png(scene));
    }
    test.set_clock("2024-01-19T03:30:00Z");
    get_as(&test, &cookie, &at(matter, 2, "/lihat")).await;
    let expected = [CustodyKind::Viewed, CustodyKind::CopiedOut, CustodyKind::CopiedOut, CustodyKind::Viewed];
    assert_eq!(kinds(&test, matter, 2).await, expected);
    get_as(&test, &cookie, &format!("/meja/perkara/{matter}/berkas.zip")).await;
    for no in [1, 2] {
        assert_eq!(kinds(&test, matter, no).await.last(), Some(&CustodyKind::InDossier), "{no}");
    }
    assert_eq!(log(&test, matter, 2).await.broken, None);
}

#[tokio::test]
async fn the_small_picture_is_ours_and_nothing_can_run_in_it() {
    let (test, matter, cookie) = desk(Role::Intake).await;
    let answer = get_as(&test, &cookie, &at(matter, 2, "/kecil")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("image/"));
    assert!(answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("sandbox;"));
    assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
    let bytes = bytes_as(&test, &cookie, &at(matter, 2, "/kecil")).await;
    assert!(matches!(MediaType::detect(&bytes), MediaType::Jpeg | MediaType::Png));
    assert!(!holds(&bytes, DEVICE), "nothing of the sender's file is in it but what is seen");
    // The first exhibit only begins like a photograph.
    get_as(&test, &cookie, &at(matter, 1, "/kecil")).await.says(400, "rusak");
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test]
async fn a_copy_for_the_public_has_no_device_in_it_and_is_noted_with_its_digest() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    assert!(holds(&png(scene), DEVICE));
    let (path, token) = (at(matter, 2, "/salinan-publik"), token(&test, &cookie).await);
    assert_eq!(post_as(&test, &cookie, &path, &[]).await.status, 403, "without the session's token");
    let answer = post_as(&test, &cookie, &path, &[("csrf", &token)]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.hides(DEVICE);
    let name = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"bukti-002-salinan-publik.png\"");
    let log = log(&test, matter, 2).await;
    let last = log.entries.last().unwrap();
    assert_eq!((last.kind, last.detail.len()), (CustodyKind::PublicCopy, 64));

    let intake = officer(&test, BALIKPAPAN, "penerima", Role::Intake).await;
    let token = csrf(&get_as(&test, &intake, "/meja/sandi").await);
    assert_eq!(post_as(&test, &intake, &path, &[("csrf", &token)]).await.status, 403);
}

#[tokio::test]
async fn a_covered_copy_is_a_new_exhibit_that_names_its_source() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    let path = at(matter, 2, "/tutup");
    let page = get_as(&test, &cookie, &path).await;
    page.says(200, "name=\"tinggi10\"");
    page.says(200, "<details>\n<summary>Kotak lainnya");
    let place = |what: &str| page.body.find(what).unwrap();
    assert!(place(" data-cover>") < place("data-needs-cover"), "the script looks for the hint inside the form");
    let token = csrf(&page);
    let send = async |expected: &str, boxes: &[(&str, &str)]| -> Answer {
        let mut fields = vec![("csrf", token.as_str()), ("expected", expected), ("keterangan", "Wajah ditutup")];
        fields.extend(boxes);
        post_as(&test, &cookie, &path, &fields).await
    };
    send("2", &[]).await.says(422, "sekurang-kurangnya satu kotak");
    let wrong = send("2", &[("x3", "10"), ("y3", "10")]).await;
    wrong.says(422, "Kotak 3: isi keempat");
    wrong.says(422, "<details open>\n<summary>Kotak lainnya");
    let whole = [("x1", "0"), ("y1", "0"), ("lebar1", "100"), ("tinggi1", "50,5")];
    assert_eq!(send("1", &whole).await.status, 409, "somebody was quicker");
    let made = send("2", &whole).await;
    assert_eq!(made.location(), at(matter, 3, "/lihat"));

    let docket = docket(&test, matter).await;
    let exhibit = docket.matter.exhibit(ExhibitNo(3)).unwrap();
    let source = exhibit.source.as_ref().unwrap();
    assert_eq!((source.no, source.sha256.as_str()), (ExhibitNo(2), Digest::of(&png(scene)).to_string().as_str()));
    assert_eq!(exhibit.label.open().unwrap().file_name, "bukti-002-ditutup.png");
    let bytes = test.app.store.get_blob(&exhibit.sha256).await.unwrap();
    assert!(!holds(&bytes, DEVICE));
    assert_eq!(test.app.store.get_blob(&source.sha256).await.unwrap(), png(scene), "the original stays");
    assert_eq!(kinds(&test, matter, 2).await, [CustodyKind::Redacted]);
    assert_eq!(kinds(&test, matter, 3).await, [CustodyKind::MadeFrom]);
    get_as(&test, &cookie, &at(matter, 3, "/lihat")).await.says(200, &at(matter, 2, "/lihat"));
    get_as(&test, &cookie, &at(matter, 2, "/lihat")).await.says(200, &at(matter, 3, "/lihat"));
    get_as(&test, &cookie, &at(matter, 1, "/tutup")).await.says(200, "Kotak 1");
}

#[tokio::test]
async fn a_hand_over_is_noted_by_hand_and_stays_with_the_office() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    let (path, token) = (at(matter, 2, "/catatan"), token(&test, &cookie).await);
    let empty = post_as(&test, &cookie, &path, &[("csrf", &token)]).await;
    for text in ["Pilih apa yang terjadi", "Isi kepada siapa", "Isi alasan"] {
        empty.says(422, text);
    }
    let by_machine = [("csrf", token.as_str()), ("peristiwa", "copied-out"), ("kepada", "a"), ("alasan", "b")];
    assert_eq!(post_as(&test, &cookie, &path, &by_machine).await.status, 422, "only what is noted by hand");
    let fields = [
        ("csrf", token.as_str()),
        ("peristiwa", "handed-over"),
        ("kepada", "Penyidik Rekaan"),
        ("alasan", "Surat permintaan 7/REKAAN"),
    ];
    let noted = post_as(&test, &cookie, &path, &fields).await;
    assert_eq!(noted.location(), format!("{}#riwayat", at(matter, 2, "/lihat")));
    let page = get_as(&test, &cookie, &at(matter, 2, "/lihat")).await;
    page.says(200, "Kepada: Penyidik Rekaan. Alasan: Surat permintaan 7/REKAAN");
    page.says(200, "Petugas petugas");

    record(&test, matter, BALIKPAPAN, 2, FRIDAY_AT_TEN, Actor::System, forwarded()).await;
    let authority = officer(&test, "kasn", "kasn", Role::Authority).await;
    for part in ["/lihat", "/riwayat"] {
        let page = get_as(&test, &authority, &at(matter, 2, part)).await;
        page.says(200, "diserahkan kepada pihak lain");
        page.hides("Penyidik Rekaan");
        page.hides("Petugas petugas");
    }
    let token = csrf(&get_as(&test, &authority, "/meja/sandi").await);
    for part in ["/catatan", "/salinan-publik", "/tutup"] {
        let answer = post_as(&test, &authority, &at(matter, 2, part), &[("csrf", &token)]).await;
        assert_eq!(answer.status, 403, "{part}");
    }
    let letter = docket(&test, matter).await.entries.iter().find(|e| matches!(e.what, Act::Forwarded(_))).unwrap().n;
    bytes_as(&test, &authority, &format!("/meja/perkara/{matter}/penerusan/{letter}")).await;
    let log = log(&test, matter, 1).await;
    let last = log.entries.last().unwrap();
    assert_eq!((last.kind, last.office.as_str()), (CustodyKind::InForwarding, "kasn"));
    assert_eq!(last.detail, letter.to_string());
}

#[tokio::test]
async fn the_log_is_printed_with_its_digests() {
    let (test, matter, cookie) = desk(Role::Plenary).await;
    get_as(&test, &cookie, &at(matter, 2, "/riwayat")).await.says(200, "Belum ada yang menyentuh");
    get_as(&test, &cookie, &at(matter, 2, "/lihat")).await;
    let page = get_as(&test, &cookie, &at(matter, 2, "/riwayat")).await;
    let log = log(&test, matter, 2).await;
    for text in ["Berita Acara Riwayat Penguasaan", log.head().unwrap(), "utuh", &Digest::of(&png(scene)).to_string()] {
        page.says(200, text);
    }
}

#[tokio::test]
async fn a_proof_of_time_is_shown_with_the_exhibit_that_it_is_about() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    let mut proof = b"\0OpenTimestamps\0\0Proof\0\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01\x08".to_vec();
    proof.extend(Digest::of(&png(scene)).as_bytes());
    let calendar = b"https://kalender.example";
    proof.extend([0x00, 0x83, 0xDF, 0xE3, 0x0D, 0x2E, 0xF9, 0x0C, 0x8E]);
    proof.extend([u8::try_from(calendar.len() + 1).unwrap(), u8::try_from(calendar.len()).unwrap()]);
    proof.extend(calendar);
    let no = add(&test, matter, "foto.ots", &proof).await;
    let page = get_as(&test, &cookie, &at(matter, 2, "/lihat")).await;
    page.says(200, "menyebut sidik berkas ini");
    page.says(200, &at(matter, no, "/lihat"));
    page.says(200, "https://kalender.example");
    page.hides("href=\"https://kalender.example");
    get_as(&test, &cookie, &at(matter, no, "/lihat")).await.says(200, "bukti nomor 2");
    get_as(&test, &cookie, &at(matter, 1, "/lihat")).await.hides("menyebut sidik");
}

#[tokio::test]
async fn pictures_that_look_alike_are_shown_within_the_desk_only() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    let other = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Foto yang sama lagi").await;
    add(&test, other, "lain.png", &png(|x, y| scene(x, y) + 15)).await;
    let strange = report(&test, PENAJAM, FRIDAY_AT_TEN, "Perkara kantor lain").await;
    let exhibit = docket(&test, matter).await.matter.exhibit(ExhibitNo(2)).unwrap().clone();
    let added = Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit] });
    record(&test, strange, PENAJAM, 1, FRIDAY_AT_TEN, Actor::System, vec![added]).await;
    get_as(&test, &cookie, &at(matter, 2, "/lihat")).await.says(200, "belum dibandingkan");
    test.app.store.index_for_search().await.unwrap();
    while test.app.store.index_likeness().await.unwrap() > 0 {}
    let page = get_as(&test, &cookie, &at(matter, 2, "/lihat")).await;
    page.says(200, &at(other, 2, "/lihat"));
    page.says(200, "Foto yang sama lagi");
    page.hides("Perkara kantor lain");
}

#[tokio::test]
async fn a_captured_page_is_listed_as_text() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    let page = b"<!DOCTYPE html><html><head><title>Unggahan Rekaan</title></head><body><script>alert(1)</script>Ayo.</body></html>";
    let no = add(&test, matter, "simpan.html", page).await;
    let page = get_as(&test, &cookie, &at(matter, no, "/lihat")).await;
    page.says(200, "Unggahan Rekaan");
    page.hides("alert(1)");
}

#[tokio::test]
async fn bytes_that_are_missing_are_told_on_the_page() {
    let (test, matter, cookie) = desk(Role::Handling).await;
    let raw = b"\x89PNG of which nothing was kept".to_vec();
    let exhibit = Exhibit {
        no: ExhibitNo(3),
        sha256: Digest::of(&raw).to_string(),
        size: 30,
        media_type: "image/png".to_owned(),
        label: Private::Open(ExhibitLabel::default()),
        source: None,
    };
    let added = Act::ExhibitAdded(ExhibitAdded { exhibits: vec![exhibit] });
    record(&test, matter, BALIKPAPAN, 2, FRIDAY_AT_TEN, Actor::System, vec![added]).await;
    get_as(&test, &cookie, &at(matter, 3, "/lihat")).await.says(200, "tidak ada di tempat penyimpanan");
    get_as(&test, &cookie, &at(matter, 3, "/kecil")).await.says(400, "tidak ada di tempat penyimpanan");
}

#[tokio::test]
async fn nothing_is_found_or_noted_from_another_office() {
    let (test, matter, _) = desk(Role::Handling).await;
    let stranger = officer(&test, PENAJAM, "lain", Role::Handling).await;
    let token = csrf(&get_as(&test, &stranger, "/meja/sandi").await);
    for part in ["/lihat", "/kecil", "/riwayat", "/tutup", ""] {
        assert_eq!(get_as(&test, &stranger, &at(matter, 2, part)).await.status, 404, "{part}");
    }
    for part in ["/catatan", "/salinan-publik", "/tutup"] {
        let answer = post_as(&test, &stranger, &at(matter, 2, part), &[("csrf", &token)]).await;
        assert_eq!(answer.status, 404, "{part}");
    }
    assert!(kinds(&test, matter, 2).await.is_empty());
}
