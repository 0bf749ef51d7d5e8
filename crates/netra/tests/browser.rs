//! The main path in a real browser, at phone and desk width, with and without script: a report from
//! the public form to the forwarded dossier and the status page.
//!
//! With `NETRA_SCREENS` set to a folder, pictures of the pages are kept there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support {
    #[path = "../support/browser.rs"]
    pub mod browser;
    #[path = "../support/mod.rs"]
    mod process;
    pub use process::*;
}

use std::path::Path;

use support::Server;
use support::browser::{DARK_DESK, DARK_PHONE, DESK, Driver, PHONE, Page, Screen, Script};

/// A Monday in January 2024, an hour after the counter opened.
const MONDAY: &str = "2024-01-08T09:00:00+08:00";

#[tokio::test]
async fn a_report_goes_from_the_phone_to_the_authority() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::demo(folder.path(), MONDAY);
    let driver = Driver::start();
    for (screen, script) in [(PHONE, Script::Off), (DESK, Script::On)] {
        let code = report(&driver, &server, screen, script).await;
        handle(&driver, &server, screen, script, &code).await;
        status(&driver, &server, screen, script, &code).await;
    }
}

/// The public half: gives the tracking code.
async fn report(driver: &Driver, server: &Server, screen: Screen, script: Script) -> String {
    let page = Page::open(driver, &server.url, screen, script).await;
    page.go("/").await;
    page.fits().await;
    page.picture("home").await;
    page.follow("Laporkan").await;
    page.press("Mulai laporan dengan identitas").await;
    page.choose("kantor", "bawaslu-balikpapan").await;
    page.press("Lanjut").await;
    assert!(page.text().await.contains("Pilih pemilihannya."), "the missing answer is named");
    page.picture("report-error").await;
    page.choose("pemilihan", "pemilu").await;
    page.press("Lanjut").await;
    page.fill("uraian", "Lurah A mengajak pegawai memilih calon anggota DPRD dalam apel pagi.").await;
    page.press("Lanjut").await;
    page.fill("tempat", "Halaman kantor kelurahan di Balikpapan Timur").await;
    page.press("Lanjut").await;
    page.fill("terjadi", "2024-01-05").await;
    page.fill("diketahui", "2024-01-04").await;
    page.press("Lanjut").await;
    assert!(page.text().await.contains("sebelum peristiwa terjadi"), "knowledge before the event is refused");
    page.fill("diketahui", "2024-01-05").await;
    page.press("Lanjut").await;
    people(&page).await;
    evidence_and_identity(&page, server).await;
    page.picture("review").await;
    page.fits().await;
    page.choose("benar", "ya").await;
    page.press("Kirim laporan").await;
    let code = page.find("#kode").await.text().await.expect("the code is shown");
    page.picture("receipt").await;
    if screen == PHONE {
        page.glimpse("receipt").await;
    }
    page.fits().await;
    let path = page.path().await;
    page.client.refresh().await.expect("the page can be loaded again");
    let again = page.find("#kode").await.text().await.expect("the code is shown");
    assert_eq!((code.clone(), path), (again, page.path().await), "loading again shows the same receipt");
    page.close().await;
    code.split_whitespace().collect()
}

async fn people(page: &Page) {
    page.fill("nama-1", "Lurah A").await;
    page.fill("jabatan-1", "Lurah").await;
    page.fill("instansi-1", "Kelurahan Contoh").await;
    page.choose("jenis-1", "pns").await;
    page.press("Lanjut").await;
    page.press("Lanjut").await;
}

async fn evidence_and_identity(page: &Page, _server: &Server) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("catatan apel.txt");
    std::fs::write(&file, "Catatan saksi tentang apel pagi.").expect("writable");
    page.attach("berkas", &file).await;
    page.press("Unggah berkas").await;
    assert!(page.text().await.contains("catatan apel.txt"), "the file is listed");
    page.press("Lanjut").await;
    page.fill("nama", "Pelapor Contoh").await;
    page.fill("tempat-lahir", "Kota Contoh").await;
    page.fill("tanggal-lahir", "1990-01-01").await;
    page.choose("kelamin", "Perempuan").await;
    page.fill("pekerjaan", "Pedagang").await;
    page.fill("alamat", "Jalan Contoh Nomor 9, Balikpapan").await;
    page.fill("telepon", "0800-0000-0099").await;
    page.choose("kedudukan", "pemilih").await;
    page.press("Lanjut").await;
}

/// The desk half: every step from the receipt to the forwarding.
async fn handle(driver: &Driver, server: &Server, screen: Screen, script: Script, code: &str) {
    let page = login(driver, server, screen, script, "penanganan.balikpapan").await;
    page.picture("queue").await;
    page.fits().await;
    page.follow("Dugaan pelanggaran netralitas oleh Pegawai").await;
    page.picture("matter-new").await;
    page.fits().await;
    let matter = page.path().await;
    assert!(!page.text().await.contains(code), "the code is the reporter's alone");
    step(&page, &matter, "Terbitkan tanda bukti laporan").await;
    begin(&page, &matter, "Putuskan kajian awal").await;
    page.press("Lihat pratinjau").await;
    assert!(page.text().await.contains("Pilih hasil kajian awal."), "the missing outcome is named");
    for requirement in [
        "formal-reporter",
        "formal-reported",
        "formal-in-time",
        "material-time-place",
        "material-account",
        "material-evidence",
    ] {
        page.choose(&format!("req_{requirement}"), "met").await;
    }
    for advisory in ["formal-signature", "material-witness"] {
        if page.has(&format!("[name='req_{advisory}']")).await {
            page.choose(&format!("req_{advisory}"), "met").await;
        }
    }
    page.choose("kinds", "other-law").await;
    page.choose("outcome", "REGISTER_HERE").await;
    page.fill("reason", "Syarat terpenuhi; dugaan pelanggaran netralitas.").await;
    confirm(&page, &matter, "Putuskan kajian awal").await;
    step(&page, &matter, "Registrasi").await;
    assert!(page.text().await.contains("Reg/LP/PL/Kota/23.01/I/2024"), "the registration number is shown");
    begin(&page, &matter, "Undang klarifikasi").await;
    page.choose("person", "2").await;
    page.fill("session", "2024-01-09T10:00").await;
    page.fill("place", "Ruang klarifikasi").await;
    confirm(&page, &matter, "Undang klarifikasi").await;
    begin(&page, &matter, "Catat klarifikasi").await;
    page.choose("oath", "sworn").await;
    page.fill("minutes", "T: Benarkah mengajak? J: Hanya menyapa pegawai.").await;
    confirm(&page, &matter, "Catat klarifikasi").await;
    assert!(page.text().await.contains("Kajian belum ada"), "forwarding waits for the study and says so");
    begin(&page, &matter, "Selesaikan kajian").await;
    page.fill("analysis", "Keterangan saksi dan bukti sesuai satu sama lain.").await;
    page.choose("kinds_2", "other-law").await;
    confirm(&page, &matter, "Selesaikan kajian").await;
    page.close().await;
    decide(driver, server, screen, script, &matter).await;
}

/// Commissioners decide, forward and announce.
async fn decide(driver: &Driver, server: &Server, screen: Screen, script: Script, matter: &str) {
    let page = login(driver, server, screen, script, "pimpinan.balikpapan").await;
    page.go(matter).await;
    begin(&page, matter, "Putuskan dalam pleno").await;
    page.picture("step-plenary").await;
    page.fill("reason", "Bukti cukup untuk diteruskan.").await;
    confirm(&page, matter, "Putuskan dalam pleno").await;
    begin(&page, matter, "Teruskan ke instansi").await;
    assert!(page.text().await.contains("Komisi Aparatur Sipil Negara"), "in January 2024 KASN receives");
    page.fill("letter", "001/PP.00.02/K.KI-23/01/2024").await;
    page.press("Lihat pratinjau").await;
    page.picture("step-forward-preview").await;
    page.press("Teruskan ke instansi").await;
    page.go(matter).await;
    page.picture("matter").await;
    page.fits().await;
    assert!(page.text().await.contains("Di instansi tujuan"));
    begin(&page, matter, "Umumkan status").await;
    page.fill("text", "Laporan diteruskan kepada KASN. Alasan: bukti cukup.").await;
    confirm(&page, matter, "Umumkan status").await;
    page.close().await;
    let page = login(driver, server, screen, script, "analis.kasn").await;
    page.go(matter).await;
    let text = page.text().await;
    assert!(text.contains("Lurah A"), "the authority sees who is reported");
    assert!(!text.contains("Pelapor Contoh"), "the authority does not see the reporter");
    page.picture("authority-matter").await;
    page.close().await;
}

/// The status page by code.
async fn status(driver: &Driver, server: &Server, screen: Screen, script: Script, code: &str) {
    let page = Page::open(driver, &server.url, screen, script).await;
    page.go("/status").await;
    page.fill("kode", code).await;
    page.press("Lihat status").await;
    let text = page.text().await;
    assert!(text.contains("Komisi Aparatur Sipil Negara"), "{text}");
    assert!(!text.contains("Lurah A") && !text.contains("Pelapor Contoh"), "no names on the status page: {text}");
    page.picture("status").await;
    page.fits().await;
    page.close().await;
}

async fn login(driver: &Driver, server: &Server, screen: Screen, script: Script, name: &str) -> Page {
    let page = Page::open(driver, &server.url, screen, script).await;
    log_in(&page, server, name, "/meja").await;
    page
}

async fn log_in(page: &Page, server: &Server, name: &str, path: &str) {
    page.go("/masuk").await;
    page.fill("login", name).await;
    page.fill("password", &server.password()).await;
    page.press("Masuk").await;
    assert_eq!(page.path().await, path, "{name} is logged in");
}

/// Opens a step from the matter's page.
async fn begin(page: &Page, matter: &str, button: &str) {
    page.go(matter).await;
    page.follow(button).await;
    page.find(".step-form").await;
}

/// Looks at the preview and records.
async fn confirm(page: &Page, matter: &str, button: &str) {
    page.press("Lihat pratinjau").await;
    if !page.has(".preview").await {
        panic!("no preview of \"{button}\":\n{}", page.text().await);
    }
    page.press(button).await;
    page.go(matter).await;
}

/// A step without questions.
async fn step(page: &Page, matter: &str, button: &str) {
    begin(page, matter, button).await;
    confirm(page, matter, button).await;
}

/// A Thursday in January 2024, when story 4 is being handled.
const THURSDAY: &str = "2024-01-11T09:00:00+08:00";

/// Each desk: account, the first page after logging in, and words that stand there.
const DESKS: [(&str, &str, &str); 8] = [
    ("penerimaan.ppu", "/meja", "Terima laporan"),
    ("penanganan.ppu", "/meja", "Kepala bidang diduga"),
    ("pimpinan.ppu", "/meja", "Kepala bidang diduga"),
    ("analis.kasn", "/meja", "Kotak masuk"),
    ("kepegawaian.balikpapan", "/meja", "Kotak masuk"),
    ("pantau.kaltim", "/meja/pantau", "Bawaslu Kabupaten Penajam Paser Utara"),
    ("admin.kaltim", "/meja/akun", "penanganan.ppu"),
    ("admin.ri", "/meja/akun", "admin.kaltim"),
];

#[tokio::test]
async fn every_desk_has_its_page_at_every_width_and_in_light_and_dark() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::demo(folder.path(), THURSDAY);
    let driver = Driver::start();
    for screen in [PHONE, DARK_PHONE, DESK, DARK_DESK] {
        for (account, path, words) in DESKS {
            let page = Page::open(&driver, &server.url, screen, Script::On).await;
            log_in(&page, &server, account, path).await;
            let text = page.text().await;
            assert!(text.contains(words), "{account}: {text}");
            page.fits().await;
            page.picture(&format!("desk-{}", account.replace('.', "-"))).await;
            if account == "penanganan.ppu" {
                reasoning(&page, screen).await;
                search(&page).await;
                past_cases(&page).await;
                calendar_of_clocks(&page).await;
                watching(&page).await;
            }
            if account == "admin.ri" {
                house(&page).await;
            }
            page.close().await;
        }
        public_pages(&driver, &server, screen).await;
    }
}

/// What ends on which day of the month.
async fn calendar_of_clocks(page: &Page) {
    page.follow("Jadwal").await;
    let text = page.text().await;
    assert!(text.contains("Jadwal Januari 2024") && text.contains("Bacaan lain: 10 Jan 2024"), "{text}");
    page.fits().await;
    page.picture("schedule").await;
}

/// Watching and preventing, and what an officer sets for himself.
async fn watching(page: &Page) {
    for (path, name) in [
        ("/meja/sorotan", "leads"),
        ("/meja/pencegahan", "prevention"),
        ("/meja/pencegahan/jangkauan", "coverage"),
        ("/meja/pencegahan/penerima", "recipients"),
        ("/meja/kerawanan", "vulnerability"),
        ("/meja/kerawanan/isi", "indicators"),
        ("/meja/daftar", "lists"),
        ("/meja/daftar/impor", "list-import"),
        ("/meja/pemberitahuan", "own-notices"),
        ("/meja/sesi", "own-sessions"),
        ("/meja/kode", "second-factor"),
    ] {
        page.go(path).await;
        page.fits().await;
        page.picture(name).await;
    }
    page.go("/meja/sorotan/baru").await;
    let news = "Seorang lurah di Balikpapan diduga mengajak warga memilih calon wali kota lewat grup WhatsApp, Senin (8/1/2024).";
    page.fill("text", news).await;
    page.press("Baca dan simpan").await;
    let text = page.text().await;
    assert!(text.contains("Jadikan informasi awal") && text.contains("Mengapa skornya"), "{text}");
    page.fits().await;
    page.picture("lead").await;
}

/// What administrators look after: numbers, calendar, the standing checks.
async fn house(page: &Page) {
    page.follow("Kantor").await;
    page.fits().await;
    page.go("/meja/kantor/bawaslu-ppu/nomor").await;
    page.find("[name='pemilu_report']").await;
    page.fits().await;
    page.picture("numbers").await;
    page.go("/meja/kalender").await;
    page.fits().await;
    page.picture("calendar").await;
    for (path, name) in
        [("/meja/akun/catatan", "account-log"), ("/meja/kotak-keluar", "outbox"), ("/meja/token", "tokens")]
    {
        page.go(path).await;
        page.fits().await;
        page.picture(name).await;
    }
    page.follow("Pemeriksaan").await;
    page.press("Periksa sekarang").await;
    page.fits().await;
    page.picture("health").await;
}

/// A matter is found by words in another form.
async fn search(page: &Page) {
    page.go("/meja").await;
    page.fill("q", "dibagikan foto").await;
    page.press("Cari perkara").await;
    assert_eq!(page.path().await, "/meja/cari", "the question stands in no address");
    let text = page.text().await;
    assert!(text.contains("Kepala bidang diduga"), "{text}");
    page.fits().await;
    page.picture("search").await;
}

/// A sheet of past cases is judged, and its table fits.
async fn past_cases(page: &Page) {
    page.go("/meja").await;
    page.unfold("Pengawasan").await;
    page.follow("Audit berkas lama").await;
    page.attach("file", &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit/perkara.csv")).await;
    page.press("Periksa").await;
    page.find("#hasil").await;
    let text = page.text().await;
    for words in ["E9a", "tepat waktu", "tergantung bacaan", "Unduh hasil"] {
        assert!(text.contains(words), "{words} is not in the result: {text}");
    }
    page.fits().await;
    page.picture("audit").await;
}

/// The matter of story 4 with a clock opened: every day counted or skipped, with the article.
async fn reasoning(page: &Page, screen: Screen) {
    page.follow("Kepala bidang diduga").await;
    let matter = page.path().await;
    if screen == DESK {
        page.glimpse("matter").await;
    }
    page.unfold("Mengapa tanggal ini?").await;
    let text = page.text().await;
    for words in ["Perpanjang penanganan", "akhir pekan", "UU 7/2017 art. 454", "3 Januari 2024"] {
        assert!(text.contains(words), "{words} is not on the matter's page: {text}");
    }
    page.fits().await;
    page.picture("matter-story-4").await;
    page.follow("Lihat formulir").await;
    page.fits().await;
    page.picture("sheet").await;
    for step in ["finish-study", "add-person", "correct", "invite-clarification"] {
        page.go(&format!("{matter}/langkah/{step}")).await;
        page.find(".step-form").await;
        page.fits().await;
        page.picture(&format!("step-{step}")).await;
    }
    page.go("/meja/baru/receive-report").await;
    page.press("Lihat pratinjau").await;
    page.fits().await;
    page.picture("step-receive-report-errors").await;
}

async fn public_pages(driver: &Driver, server: &Server, screen: Screen) {
    let page = Page::open(driver, &server.url, screen, Script::On).await;
    for (path, name) in [
        ("/", "public-home"),
        ("/pengumuman", "public-notices"),
        ("/status", "public-status"),
        ("/statistik", "public-statistics"),
        ("/tidak-ada", "public-missing"),
    ] {
        page.go(path).await;
        page.fits().await;
        page.picture(name).await;
        if (path, screen) == ("/", PHONE) {
            page.glimpse("home").await;
        }
    }
    page.close().await;
}
