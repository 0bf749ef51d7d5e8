//! The desks as an officer, a curious colleague and a stranger meet them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use axum::http::header;
use netra_docket::act::{Act, Assigned, Corrected, CorrectedReading};
use netra_docket::entry::Actor;
use netra_docket::ids::MatterId;
use netra_store::Role;
use netra_web::random_uuid;

use fixtures::{
    EVIDENCE, PASSWORD, REPORTED, REPORTER, REPORTERS_PHONE, account, bytes_as, cookie, csrf, forwarded, get_as,
    log_in, more_offices, officer, post_as, record, report,
};
use support::{BALIKPAPAN, PENAJAM, TestApp};

/// Friday, 19 January 2024, and the Monday after it, within receiving hours.
const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";
const MONDAY_AT_TEN: &str = "2024-01-22T10:00:00+08:00";

#[tokio::test]
async fn logging_in_opens_the_desk_and_logging_out_shuts_it() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let answer = test.post("/masuk", &[("login", " Penanganan "), ("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/meja");
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(set.contains(part), "{part} is not in {set}");
    }
    let session = cookie(&answer);
    let desk = get_as(&test, &session, "/meja").await;
    desk.says(200, "Petugas penanganan");
    assert_eq!(get_as(&test, &session, "/masuk").await.location(), "/meja");
    let out = post_as(&test, &session, "/keluar", &[("csrf", csrf(&desk).as_str())]).await;
    assert_eq!(out.location(), "/masuk");
    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja");
}

/// The last second of a day is still in time on every page, and the next one is not.
#[tokio::test]
async fn due_today_until_the_last_second_and_overdue_in_the_next() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    test.set_clock("2024-01-23T15:00:00Z");
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let handling = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let overseer = officer(&test, "bawaslu-kaltim", "pantau", Role::Oversight).await;
    let page = format!("/meja/perkara/{matter}");
    let rows = [
        ("2024-01-23T15:59:59Z", "<span class=\"badge warn\">hari ini</span>", "<strong>0</strong> lewat waktu", "0"),
        (
            "2024-01-23T16:00:00Z",
            "<span class=\"badge bad\">terlambat 1 hari kerja</span>",
            "<strong>1</strong> lewat waktu",
            "<span class=\"badge bad\">1 lewat</span>",
        ),
    ];
    for (instant, badge, count, share) in rows {
        test.set_clock(instant);
        let desk = get_as(&test, &handling, "/meja").await;
        desk.says(200, badge);
        desk.says(200, count);
        get_as(&test, &handling, "/meja/jadwal?bulan=2024-01").await.says(200, badge);
        get_as(&test, &handling, &page).await.says(200, badge);
        let figures = get_as(&test, &overseer, "/meja/pantau").await;
        figures.says(200, &format!("data-label=\"Lewat waktu\">{share}</td>"));
    }
}

/// A clock whose text can be read in two ways is on the calendar with both days.
#[tokio::test]
async fn the_calendar_of_clocks_tells_what_ends_when_and_under_which_reading() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    test.set_clock("2024-01-19T08:00:00Z");
    let handling = log_in(&test, "penanganan").await;
    let month = get_as(&test, &handling, "/meja/jadwal").await;
    month.says(200, "Jadwal Januari 2024");
    month.says(200, "Selasa, 23 Januari 2024");
    month.says(200, &format!("/meja/perkara/{matter}"));
    month.says(200, "Bacaan lain: 21 Jan 2024 (Dihitung hari kalender)");
    let next = get_as(&test, &handling, "/meja/jadwal?bulan=2024-02").await;
    next.says(200, "Tidak ada batas waktu yang berakhir dalam bulan ini.");
    next.says(200, "bulan=2024-03");
    get_as(&test, &handling, "/meja/jadwal?bulan=x&setelah=y").await.says(200, "Jadwal Januari 2024");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let wrong = test.post("/masuk", &[("login", "penanganan"), ("password", "salah salah salah")]).await;
    wrong.says(422, "Nama masuk atau kata sandi salah");
    let unknown = test.post("/masuk", &[("login", "tidak-ada"), ("password", "salah salah salah")]).await;
    assert_eq!(unknown.status, wrong.status);
    assert_eq!(unknown.body.replace("tidak-ada", "penanganan"), wrong.body);
    wrong.hides("salah salah salah");
}

#[tokio::test]
async fn after_five_failures_the_name_is_shut_for_a_minute_then_longer() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let wrong = [("login", "penanganan"), ("password", "salah salah salah")];
    let right = [("login", "penanganan"), ("password", PASSWORD)];
    for _ in 0..5 {
        assert_eq!(test.post("/masuk", &wrong).await.status, 422);
    }
    let shut = test.post("/masuk", &right).await;
    shut.says(429, "dalam 1 menit");
    shut.says(429, "10.01.00 WITA");
    test.set_clock("2024-01-19T02:01:00Z");
    assert_eq!(test.post("/masuk", &wrong).await.status, 422);
    test.post("/masuk", &right).await.says(429, "dalam 2 menit");
    test.set_clock("2024-01-19T02:03:00Z");
    assert_eq!(test.post("/masuk", &right).await.location(), "/meja");
    for _ in 0..4 {
        assert_eq!(test.post("/masuk", &wrong).await.status, 422);
    }
    assert_eq!(test.post("/masuk", &right).await.location(), "/meja", "success forgets the failures");
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours() {
    let test = TestApp::new().await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    // Used every hour, so that it never stands idle.
    for hour in 3..=13 {
        test.set_clock(&format!("2024-01-19T{hour:02}:00:00Z"));
        assert_eq!(get_as(&test, &session, "/meja").await.status, 200, "{hour}");
    }
    test.set_clock("2024-01-19T13:59:59Z");
    assert_eq!(get_as(&test, &session, "/meja").await.status, 200);
    test.set_clock("2024-01-19T14:00:00Z");
    let answer = get_as(&test, &session, "/meja?tahap=repair").await;
    assert_eq!(answer.location(), "/masuk?lanjut=%2Fmeja%3Ftahap%3Drepair");
    assert_eq!(post_as(&test, &session, "/meja/akun", &[]).await.location(), "/masuk");
}

#[tokio::test]
async fn logging_in_leads_back_to_desks_of_this_server_only() {
    let test = TestApp::new().await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let enter = async |back: &str| {
        let fields = [("login", "penanganan"), ("password", PASSWORD), ("lanjut", back)];
        test.post("/masuk", &fields).await.location().to_owned()
    };
    assert_eq!(enter("/meja?milik=saya").await, "/meja?milik=saya");
    for elsewhere in
        ["https://jahat.example/", "//jahat.example/meja", "/meja@jahat.example", "/meja\\..", "/\t/jahat.example"]
    {
        assert_eq!(enter(elsewhere).await, "/meja", "{elsewhere}");
    }
    test.get("/masuk?lanjut=%2F%2Fjahat.example%2Fmeja").await.hides("jahat.example");
}

#[tokio::test]
async fn forms_without_the_sessions_token_change_nothing() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let fields = [("login", "baru.satu"), ("person", "Baru"), ("role", "intake"), ("office", BALIKPAPAN)];
    post_as(&test, &admin, "/meja/akun", &fields).await.says(403, "Formulir kedaluwarsa");
    assert!(test.app.store.account_by_login("baru.satu").await.unwrap().is_none());
    assert_eq!(post_as(&test, &admin, "/keluar", &[("csrf", "0")]).await.status, 403);
    assert_eq!(get_as(&test, &admin, "/meja/akun").await.status, 200);
    let other = officer(&test, BALIKPAPAN, "admin-lain", Role::Administration).await;
    let foreign = csrf(&get_as(&test, &other, "/meja/akun").await);
    assert_eq!(post_as(&test, &admin, "/keluar", &[("csrf", foreign.as_str())]).await.status, 403);
}

#[tokio::test]
async fn another_offices_matter_is_answered_like_one_that_does_not_exist() {
    let test = TestApp::new().await;
    let matter = report(&test, PENAJAM, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let stranger = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let unknown = MatterId::new(random_uuid());
    for tail in ["", "/lembar/1", "/lembar/1/pdf", "/bukti/1", "/berkas.pdf", "/berkas.zip"] {
        let theirs = get_as(&test, &stranger, &format!("/meja/perkara/{matter}{tail}")).await;
        let nobodys = get_as(&test, &stranger, &format!("/meja/perkara/{unknown}{tail}")).await;
        assert_eq!(theirs.status, 404, "{tail}");
        assert_eq!((theirs.status, theirs.body), (nobodys.status, nobodys.body), "{tail}");
    }
    get_as(&test, &stranger, "/meja").await.says(200, "Belum ada perkara");
    let owner = officer(&test, PENAJAM, "pemilik", Role::Handling).await;
    assert_eq!(get_as(&test, &owner, &format!("/meja/perkara/{matter}")).await.status, 200);
}

#[tokio::test]
async fn strange_addresses_lead_nowhere() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await.to_string();
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let shouted = matter.to_uppercase();
    let bare = matter.replace('-', "");
    for path in [
        format!("/meja/perkara/{shouted}"),
        format!("/meja/perkara/{bare}"),
        "/meja/perkara/..%2F..%2Fetc%2Fpasswd".to_owned(),
        "/meja/perkara/%00".to_owned(),
        format!("/meja/perkara/{matter}/bukti/..%2F1"),
        format!("/meja/perkara/{matter}/bukti/01"),
        format!("/meja/perkara/{matter}/bukti/2"),
        format!("/meja/perkara/{matter}/bukti/99999999"),
        format!("/meja/perkara/{matter}/lembar/0"),
        format!("/meja/perkara/{matter}/lembar/2"),
        format!("/meja/perkara/{matter}/lembar/-1"),
    ] {
        assert_eq!(get_as(&test, &session, &path).await.status, 404, "{path}");
    }
    let odd = get_as(&test, &session, "/meja?tahap=..%2F&setelah=1.x&milik=%FF&selesai=9").await;
    odd.says(200, "Ajakan di grup percakapan");
}

#[tokio::test]
async fn the_nearest_clock_comes_first() {
    let test = TestApp::new().await;
    report(&test, BALIKPAPAN, MONDAY_AT_TEN, "Perkara hari Senin").await;
    report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Perkara hari Jumat").await;
    test.set_clock("2024-01-22T03:00:00Z");
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let desk = get_as(&test, &session, "/meja").await;
    let place = |text: &str| desk.body.find(text).unwrap_or_else(|| panic!("'{text}' is not in {}", desk.body));
    assert!(place("Perkara hari Jumat") < place("Perkara hari Senin"));
    assert!(place("Selasa, 23 Januari 2024") < place("Rabu, 24 Januari 2024"));
    desk.says(200, "besok");
    desk.says(200, "2 hari kerja lagi");
    desk.hides(REPORTER);
    test.set_clock("2024-01-24T03:00:00Z");
    let session = log_in(&test, "penanganan").await;
    let later = get_as(&test, &session, "/meja").await;
    later.says(200, "terlambat 1 hari kerja");
    later.says(200, "hari ini");
}

#[tokio::test]
async fn filters_and_empty_lists_say_what_they_are() {
    let test = TestApp::new().await;
    let session = officer(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    let empty = get_as(&test, &session, "/meja").await;
    empty.says(200, "Belum ada perkara");
    empty.says(200, "/meja/baru/receive-report");
    empty.hides("/meja/baru/record-prevention");
    report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Perkara hari Jumat").await;
    get_as(&test, &session, "/meja?tahap=initial-study").await.says(200, "Perkara hari Jumat");
    get_as(&test, &session, "/meja?tahap=repair").await.says(200, "Tidak ada perkara yang cocok");
    get_as(&test, &session, "/meja?selesai=1").await.hides("Perkara hari Jumat");
    get_as(&test, &session, "/meja?milik=saya").await.hides("Perkara hari Jumat");
}

#[tokio::test]
async fn the_matter_shows_the_next_date_its_reasoning_and_the_next_step() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let page = get_as(&test, &session, &format!("/meja/perkara/{matter}")).await;
    for text in [
        "Kajian awal",
        "Selasa, 23 Januari 2024",
        "2 hari kerja lagi",
        "hari mulai tidak dihitung",
        "Sabtu (akhir pekan)",
        "ke-2, batas akhir",
        "Perbawaslu 7/2022 art. 15(1)",
        "menurut sumber resmi atau praktik",
        "Dihitung hari kalender: Minggu, 21 Januari 2024",
        "Tanda bukti penyampaian laporan belum diterbitkan.",
        REPORTER,
        REPORTED,
        "Terlapor",
        "Unduh bukti nomor 1",
    ] {
        page.says(200, text);
    }
    page.says(200, &format!("/meja/perkara/{matter}/langkah/issue-receipt"));
    page.says(200, &format!("/meja/perkara/{matter}/lembar/1"));
    page.hides(&format!("/meja/perkara/{matter}/langkah/decide-plenary"));
    page.hides("bersalah");
    get_as(&test, &session, &format!("/meja/perkara/{matter}/lembar/1")).await.says(200, "form-paper");
}

#[tokio::test]
async fn a_correction_is_told_on_both_sides() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let by = Actor::Officer { account: id, office: BALIKPAPAN.parse().unwrap() };
    let assigned = Act::Assigned(Assigned { to: id });
    let recorded = record(&test, matter, BALIKPAPAN, 1, MONDAY_AT_TEN, by.clone(), vec![assigned]).await;
    let correction = Act::Corrected(Corrected {
        of: recorded.entries[0].id,
        reason: "Salah orang".to_owned().into(),
        reading: CorrectedReading::Void,
    });
    record(&test, matter, BALIKPAPAN, 2, MONDAY_AT_TEN, by, vec![correction]).await;
    let session = log_in(&test, "penanganan").await;
    let page = get_as(&test, &session, &format!("/meja/perkara/{matter}")).await;
    page.says(200, "tindakan nomor 3</a>: dibaca seolah-olah tidak pernah dicatat");
    page.says(200, "Membetulkan tindakan nomor 2: Petugas ditugaskan");
    page.says(200, "Alasan: Salah orang");
    page.says(200, "dibatalkan");
}

#[tokio::test]
async fn an_authority_gets_the_matter_without_the_reporter() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let session = officer(&test, "kasn", "analis", Role::Authority).await;
    assert_eq!(get_as(&test, &session, &format!("/meja/perkara/{matter}")).await.status, 404);
    get_as(&test, &session, "/meja").await.says(200, "Kotak masuk masih kosong");
    record(&test, matter, BALIKPAPAN, 1, MONDAY_AT_TEN, Actor::System, forwarded()).await;
    let inbox = get_as(&test, &session, "/meja").await;
    inbox.says(200, "Kotak masuk");
    inbox.says(200, "Ajakan di grup percakapan");
    let page = get_as(&test, &session, &format!("/meja/perkara/{matter}")).await;
    page.says(200, REPORTED);
    page.says(200, "Identitas dirahasiakan");
    page.says(200, "[identitas dirahasiakan], melihat Camat Contoh");
    page.says(200, "/langkah/receive-recommendation");
    page.hides("/langkah/issue-receipt");
    for path in ["", "/lembar/1", "/lembar/2", "/lembar/3", "/lembar/4"] {
        let page = get_as(&test, &session, &format!("/meja/perkara/{matter}{path}")).await;
        assert_eq!(page.status, 200, "{path}");
        page.hides(REPORTER);
        page.hides(&REPORTER.to_uppercase());
        page.hides(REPORTERS_PHONE);
    }
    inbox.hides(REPORTER);
    let archive = bytes_as(&test, &session, &format!("/meja/perkara/{matter}/berkas.zip")).await;
    for (path, bytes) in netra_ledger::unpack(&archive, 10_000_000).unwrap() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(REPORTER) && !text.contains(REPORTERS_PHONE), "{path}");
    }
}

#[tokio::test]
async fn exhibits_are_downloads_and_nothing_else() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let session = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let path = format!("/meja/perkara/{matter}/bukti/1");
    let answer = get_as(&test, &session, &path).await;
    assert_eq!(answer.status, 200);
    let says = |name: header::HeaderName| answer.headers[name].to_str().unwrap().to_owned();
    assert_eq!(says(header::CONTENT_DISPOSITION), "attachment; filename=\"bukti-001.jpg\"");
    assert_eq!(says(header::CONTENT_TYPE), "application/octet-stream");
    assert_eq!(says(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(says(header::CONTENT_SECURITY_POLICY).starts_with("sandbox; default-src 'none'"));
    assert_eq!(bytes_as(&test, &session, &path).await, EVIDENCE);
    test.get(&path).await.location();
}

#[tokio::test]
async fn a_dossier_is_for_those_who_handle_and_not_for_the_counter() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let path = format!("/meja/perkara/{matter}/berkas.zip");
    let handling = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let answer = get_as(&test, &handling, &path).await;
    assert_eq!(answer.status, 200);
    let disposition = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(disposition, format!("attachment; filename=\"berkas-{matter}.zip\""));
    let archive = bytes_as(&test, &handling, &path).await;
    assert!(netra_ledger::verify(&archive, 10_000_000).is_ok());
    let intake = officer(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    assert_eq!(get_as(&test, &intake, &path).await.status, 403);
    get_as(&test, &intake, &format!("/meja/perkara/{matter}")).await.hides("berkas.zip");
}

#[tokio::test]
async fn forms_are_downloads_of_pdf_files() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let handling = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let form = format!("/meja/perkara/{matter}/lembar/1/pdf");
    get_as(&test, &handling, &format!("/meja/perkara/{matter}/lembar/1")).await.says(200, &form);
    let file = format!("/meja/perkara/{matter}/berkas.pdf");
    for (path, name) in [(form, "0001-b-1.pdf".to_owned()), (file, format!("berkas-{matter}.pdf"))] {
        let answer = get_as(&test, &handling, &path).await;
        assert_eq!(answer.status, 200, "{path}");
        let says = |name: header::HeaderName| answer.headers[name].to_str().unwrap().to_owned();
        assert_eq!(says(header::CONTENT_TYPE), "application/pdf");
        assert_eq!(says(header::CONTENT_DISPOSITION), format!("attachment; filename=\"{name}\""));
        assert_eq!(says(header::CACHE_CONTROL), "no-store");
        assert!(bytes_as(&test, &handling, &path).await.starts_with(b"%PDF-"), "{path}");
    }
    assert_eq!(get_as(&test, &handling, &format!("/meja/perkara/{matter}/lembar/99/pdf")).await.status, 404);
}

#[tokio::test]
async fn administrators_and_overseers_open_no_matters() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let overseer = officer(&test, "bawaslu-kaltim", "pantau", Role::Oversight).await;
    assert_eq!(get_as(&test, &admin, "/meja").await.location(), "/meja/akun");
    assert_eq!(get_as(&test, &overseer, "/meja").await.location(), "/meja/pantau");
    for session in [&admin, &overseer] {
        for tail in ["", "/lembar/1", "/lembar/1/pdf", "/bukti/1", "/berkas.pdf", "/berkas.zip"] {
            let answer = get_as(&test, session, &format!("/meja/perkara/{matter}{tail}")).await;
            assert_eq!(answer.status, 403, "{tail}");
        }
    }
    assert_eq!(get_as(&test, &admin, "/meja/pantau").await.status, 403);
    assert_eq!(get_as(&test, &overseer, "/meja/akun").await.status, 403);
    let handling = officer(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    for path in ["/meja/akun", "/meja/kantor", "/meja/pantau"] {
        assert_eq!(get_as(&test, &handling, path).await.status, 403, "{path}");
    }
    test.set_clock("2024-01-19T13:00:00Z");
    let overseer = log_in(&test, "pantau").await;
    let figures = get_as(&test, &overseer, "/meja/pantau").await;
    figures.says(200, "Bawaslu Kota Balikpapan");
    figures.hides("Ajakan di grup percakapan");
    figures.hides("Komisi Aparatur Sipil Negara");
    figures.hides(&matter.to_string());
}
