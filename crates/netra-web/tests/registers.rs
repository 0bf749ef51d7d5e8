//! The desk of lists: from a file to a pair, from a pair to a matter, and what is refused on the way.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/desk.rs"]
mod fixtures;
mod support;

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use netra_docket::act::{Act, CandidacyResult};
use netra_docket::person::Capacity;
use netra_store::{Privacy, Role, Scope};

use fixtures::{bytes_as, csrf, get_as, officer, post_as};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const DESK: &str = "/meja/daftar";

/// A register of invented servants.
const SERVANTS: &str = "NIP;Nama Pegawai;Gelar Belakang;Tanggal Lahir;JK;Kabupaten/Kota;Instansi;Jabatan;Telepon\n\
    198502032010012003;Setyaningrum Hapsarini;S.E.;1985-02-03;P;Balikpapan;Dinas Rekaan;Analis;0800-RAHASIA\n\
    198007012005011001;Wiranegara Kusumadilaga;S.H.;1980-07-01;L;Balikpapan;Dinas Rekaan;Penata;\n\
    ;Danurwenda Prabaswara;S.H.;1979-05-04;L;Balikpapan;Dinas Rekaan;Penata;\n\
    ;;;;;;;;\n";
/// Invented candidates: the first is in the register, the second has nobody near.
const CANDIDATES: &str = "No,Nama Calon,Partai,Dapil,JK,Tempat Tinggal,Tanggal Lahir\n\
    1,\"SETYANINGRUM HAPSARINI, SE\",Partai Rekaan,Dapil 1,P,BALIKPAPAN,03/02/1985\n\
    2,HENDRATMOKO SUSENO,Partai Rekaan,Dapil 1,L,BALIKPAPAN,1990-01-01\n";
/// The list before: somebody has gone since, somebody has come.
const EARLIER: &str = "No,Nama Calon,Partai,Dapil,JK,Tempat Tinggal,Tanggal Lahir\n\
    1,HENDRATMOKO SUSENO,Partai Rekaan,Dapil 2,L,BALIKPAPAN,1990-01-01\n\
    2,KERTARAJASA WISNUMURTI,Partai Rekaan,Dapil 1,L,BALIKPAPAN,1971-02-03\n";

/// Sends a form with a file, with a session.
async fn send(test: &TestApp, cookie: &str, fields: &[(&str, &str)], file: Option<(&str, &str)>) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--batas\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    if let Some((name, text)) = file {
        let head = format!("form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv");
        body += &format!("--batas\r\nContent-Disposition: {head}\r\n\r\n{text}\r\n");
    }
    body += "--batas--\r\n";
    let request = Request::post(format!("{DESK}/impor"))
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas")
        .body(Body::from(body))
        .unwrap();
    test.send(request).await
}

/// Somebody at the desk.
struct Desk {
    cookie: String,
    csrf: String,
}

impl Desk {
    async fn enter(test: &TestApp, office: &str, login: &str, role: Role) -> Desk {
        let cookie = officer(test, office, login, role).await;
        let csrf = csrf(&get_as(test, &cookie, "/meja/sandi").await);
        Desk { cookie, csrf }
    }

    async fn get(&self, test: &TestApp, path: &str) -> Answer {
        get_as(test, &self.cookie, path).await
    }

    async fn post(&self, test: &TestApp, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        post_as(test, &self.cookie, path, &all).await
    }

    /// Sends a list up to the page where it is confirmed; gives that page's address.
    async fn bring(&self, test: &TestApp, kind: &str, text: &str) -> String {
        let fields = [
            ("csrf", self.csrf.as_str()),
            ("kind", kind),
            ("regime", "pemilu"),
            ("dated", "2023-08-19"),
            ("title", kind),
            ("purpose", "Pencermatan daftar rekaan"),
            ("delete_on", "2024-02-14"),
        ];
        let answer = send(test, &self.cookie, &fields, Some(("daftar.csv", text))).await;
        answer.location().to_owned()
    }

    /// Imports a list; gives its id.
    async fn import(&self, test: &TestApp, kind: &str, text: &str) -> String {
        let page = self.bring(test, kind, text).await;
        let answer = self.post(test, &page, &[("aksi", "simpan")]).await;
        answer.location().rsplit('/').next().unwrap().to_owned()
    }

    /// Compares lists and waits for the result; gives its page's address.
    async fn compare(&self, test: &TestApp, fields: &[(&str, &str)]) -> String {
        let answer = self.post(test, &format!("{DESK}/banding"), fields).await;
        let page = answer.location().to_owned();
        let until = std::time::Instant::now() + Duration::from_secs(60);
        loop {
            let answer = self.get(test, &page).await;
            answer.says(200, "Hasil pembandingan");
            if answer.body.contains("Periksa pasangan") || answer.body.contains("gagal") {
                return page;
            }
            assert_eq!(answer.headers[header::REFRESH], "3", "{}", answer.body);
            assert!(std::time::Instant::now() < until, "the comparison does not end: {}", answer.body);
            tokio::task::yield_now().await;
        }
    }
}

/// The first address in a page that begins so.
fn link(answer: &Answer, begins: &str) -> String {
    let (_, rest) = answer.body.split_once(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("{}", answer.body));
    format!("{begins}{}", rest.split('"').next().unwrap())
}

/// Two officers, lists, and the only pair of their comparison.
async fn with_pair(test: &TestApp) -> (Desk, Desk, String, String) {
    let first = Desk::enter(test, BALIKPAPAN, "satu", Role::Handling).await;
    let second = Desk::enter(test, BALIKPAPAN, "dua", Role::Plenary).await;
    let servants = first.import(test, "civil-servants", SERVANTS).await;
    let earlier = first.import(test, "temporary-candidates", EARLIER).await;
    let candidates = first.import(test, "temporary-candidates", CANDIDATES).await;
    let fields = [("candidates", candidates.as_str()), ("servants", &servants), ("earlier", &earlier)];
    let result = first.compare(test, &fields).await;
    let page = first.get(test, &result).await;
    let pair = link(&page, &format!("{DESK}/pasangan/"));
    (first, second, result, pair)
}

async fn decide(test: &TestApp, desk: &Desk, pair: &str, verdict: &str) -> Answer {
    desk.post(test, &format!("{pair}/putusan"), &[("putusan", verdict)]).await
}

async fn clarify(test: &TestApp, desk: &Desk, pair: &str, result: &str) -> Answer {
    let fields = [("hasil", result), ("catatan", "Ditanya di kantor, 19 Januari.")];
    desk.post(test, &format!("{pair}/klarifikasi"), &fields).await
}

#[tokio::test]
async fn nothing_is_written_before_the_reading_is_confirmed() {
    let test = TestApp::new().await;
    let desk = Desk::enter(&test, BALIKPAPAN, "satu", Role::Handling).await;
    let page = desk.bring(&test, "civil-servants", SERVANTS).await;
    assert!(!page.contains("Setya"), "{page}");
    let shown = desk.get(&test, &page).await;
    for words in ["<strong>3 baris</strong>", "1 baris ditolak", "baris 5", "Setyaningrum Hapsarini", "NIP"] {
        shown.says(200, words);
    }
    shown.hides("0800-RAHASIA");
    desk.get(&test, DESK).await.says(200, "Belum ada daftar yang diimpor");

    let strange = Desk::enter(&test, BALIKPAPAN, "dua", Role::Handling).await;
    assert_eq!(strange.get(&test, &page).await.status, 404, "another officer's list looks like none");
    assert_eq!(desk.post(&test, &page, &[("aksi", "batal")]).await.location(), DESK);
    assert_eq!(desk.get(&test, &page).await.status, 404);

    let page = desk.bring(&test, "civil-servants", SERVANTS).await;
    let list = desk.post(&test, &page, &[("aksi", "simpan")]).await.location().to_owned();
    let record = desk.get(&test, &list).await;
    for words in ["3 dipakai, 1 ditolak", "Pencermatan daftar rekaan", "Petugas satu", "mengimpor daftar"] {
        record.says(200, words);
    }
    assert_eq!(desk.post(&test, &page, &[("aksi", "simpan")]).await.status, 404, "once");
}

#[tokio::test]
async fn a_list_needs_a_purpose_a_day_of_deletion_and_a_column_of_names() {
    let test = TestApp::new().await;
    let desk = Desk::enter(&test, BALIKPAPAN, "satu", Role::Handling).await;
    let answer = send(&test, &desk.cookie, &[("csrf", &desk.csrf), ("delete_on", "2024-01-19")], None).await;
    for words in [
        "Pilih ini daftar apa.",
        "Pilih untuk pemilihan apa.",
        "Tulis untuk apa daftar ini dipakai",
        "tanggal sesudah hari ini",
        "Pilih berkas daftarnya.",
    ] {
        answer.says(422, words);
    }
    let page = desk.bring(&test, "party-members", "Kolom A,Kolom B\nx,Rekaan Satu\n").await;
    desk.get(&test, &page).await.says(422, "Kolom nama tidak dikenali");
    let said = [("aksi", "baca"), ("kolom-nama", "Kolom B")];
    desk.post(&test, &page, &said).await.says(200, "<strong>1 baris</strong>");
    let said = [("aksi", "simpan"), ("kolom-nama", "Kolom B")];
    let list = desk.post(&test, &page, &said).await.location().to_owned();
    desk.get(&test, &list).await.says(200, "daftar anggota partai politik");
}

#[tokio::test]
async fn a_look_into_a_list_is_noted_and_names_stand_in_no_address() {
    let test = TestApp::new().await;
    let desk = Desk::enter(&test, BALIKPAPAN, "satu", Role::Handling).await;
    let id = desk.import(&test, "civil-servants", SERVANTS).await;
    let list = format!("{DESK}/isi/{id}");
    let found = desk.post(&test, &format!("{list}/cari"), &[("q", "hapsarini")]).await;
    for words in ["Setyaningrum Hapsarini", "198502032010012003", "mencari dalam daftar: hapsarini"] {
        found.says(200, words);
    }
    found.hides("Wiranegara");
    desk.post(&test, &format!("{list}/cari"), &[("q", "h")]).await.says(422, "sekurang-kurangnya 3 huruf");

    desk.post(&test, &format!("{list}/hapus"), &[]).await.says(422, "Centang");
    assert_eq!(desk.post(&test, &format!("{list}/hapus"), &[("yakin", "ya")]).await.location(), list);
    let record = desk.get(&test, &list).await;
    record.says(200, "sudah tidak ada");
    record.says(200, "Pencermatan daftar rekaan");
    record.hides("hapsarini");
    assert_eq!(desk.post(&test, &format!("{list}/cari"), &[("q", "hapsarini")]).await.status, 404);
}

#[tokio::test]
async fn a_comparison_tells_pairs_and_what_changed() {
    let test = TestApp::new().await;
    let (first, second, result, pair) = with_pair(&test).await;
    let page = first.get(&test, &result).await;
    for words in [
        "2 calon atau anggota dibandingkan dengan 3 ASN",
        "1 baru",
        "1 berubah",
        "1 hilang",
        "SETYANINGRUM HAPSARINI, SE",
        "KERTARAJASA WISNUMURTI",
        "daerah pemilihan: Dapil 2 menjadi Dapil 1",
        "belum diperiksa",
    ] {
        page.says(200, words);
    }
    let shown = second.get(&test, &pair).await;
    for words in [
        "apakah keduanya orang yang sama?",
        "nama sama",
        "tanggal lahir sama",
        "tertulis beda",
        "198502032010012003",
        "Dinas Rekaan",
        "ASN bernama seperti ini",
        "accesskey=\"1\"",
    ] {
        shown.says(200, words);
    }
    let same = [("candidates", "x"), ("servants", ""), ("earlier", "x")];
    first.post(&test, &format!("{DESK}/banding"), &same).await.says(422, "Pilih daftar ASN");
}

#[tokio::test]
async fn a_hit_opens_nothing_until_two_people_and_a_clarification_have_spoken() {
    let test = TestApp::new().await;
    let (first, second, result, pair) = with_pair(&test).await;
    let open = format!("{pair}/informasi-awal");
    first.post(&test, &open, &[]).await.says(400, "Kecocokan baru petunjuk");
    decide(&test, &first, &pair, "").await.says(422, "Pilih salah satu putusan");

    assert_eq!(decide(&test, &first, &pair, "match").await.location(), result, "nothing else waits");
    let hidden = second.get(&test, &pair).await;
    hidden.says(200, "1 orang sudah memutus");
    hidden.hides("Petugas satu: ");
    first.get(&test, &pair).await.says(200, "Petugas satu: ");
    decide(&test, &first, &pair, "match").await.says(400, "Anda sudah memutus");
    clarify(&test, &first, &pair, "diajukan").await.says(400, "Belum ada dua orang");
    first.post(&test, &open, &[]).await.says(400, "Kecocokan baru petunjuk");

    decide(&test, &second, &pair, "match").await.location();
    first.post(&test, &open, &[]).await.says(400, "Kecocokan baru petunjuk");
    clarify(&test, &first, &pair, "").await.says(422, "Pilih hasil klarifikasinya");
    assert_eq!(clarify(&test, &first, &pair, "lain").await.location(), pair);
    first.post(&test, &open, &[]).await.says(400, "Kecocokan baru petunjuk");

    clarify(&test, &first, &pair, "diajukan").await.location();
    let page = first.get(&test, &pair).await;
    for words in [
        "Keputusan pemberhentian calon yang berstatus ASN",
        "paling lambat",
        "PKPU 10/2023 art. 15",
        "Buka informasi awal dengan perbandingan ini",
    ] {
        page.says(200, words);
    }
    second.get(&test, &pair).await.hides("Buka informasi awal");
    assert_eq!(second.post(&test, &open, &[]).await.status, 403, "who may not note information opens none");
}

#[tokio::test]
async fn people_who_disagree_are_told_and_a_third_one_decides() {
    let test = TestApp::new().await;
    let (first, second, result, pair) = with_pair(&test).await;
    decide(&test, &first, &pair, "match").await.location();
    decide(&test, &second, &pair, "no-match").await.location();
    let page = second.get(&test, &pair).await;
    page.says(200, "berbeda pendapat");
    page.says(200, "bukan orang yang sama");
    let third = Desk::enter(&test, BALIKPAPAN, "tiga", Role::Handling).await;
    third.get(&test, &result).await.says(200, "Periksa pasangan berikutnya");
    decide(&test, &third, &pair, "no-match").await.location();
    first.get(&test, &result).await.says(200, "bukan orang yang sama menurut dua orang");
    decide(&test, &first, &pair, "match").await.says(400, "Rekan lain");
}

#[tokio::test]
async fn one_click_opens_one_matter_with_the_comparison_as_exhibit() {
    let test = TestApp::new().await;
    let (first, second, _, pair) = with_pair(&test).await;
    decide(&test, &first, &pair, "match").await.location();
    decide(&test, &second, &pair, "match").await.location();
    clarify(&test, &first, &pair, "diajukan").await.location();
    let open = format!("{pair}/informasi-awal");
    let matter = first.post(&test, &open, &[]).await.location().to_owned();
    assert_eq!(first.post(&test, &open, &[]).await.location(), matter, "once");
    first.get(&test, &pair).await.says(200, &matter);
    first.get(&test, &matter).await.says(200, "ASN diduga tercantum dalam daftar calon sementara (DCS)");

    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    let id = matter.rsplit('/').next().unwrap().parse().unwrap();
    let docket = test.app.store.docket(&scope, id).await.unwrap().unwrap();
    assert!(matches!(docket.entries[0].what, Act::InformationRecorded(_)));
    assert_eq!(docket.matter.candidacy[0].2, CandidacyResult::ResignationPending);
    let person = &docket.matter.persons[0];
    assert_eq!((person.capacity, person.subject.as_deref()), (Capacity::Reported, Some("pns")));
    assert_eq!(person.identity.open().unwrap().id_number, "198502032010012003");
    let exhibit = bytes_as(&test, &first.cookie, &format!("{matter}/bukti/1")).await;
    let text = String::from_utf8(exhibit).unwrap();
    for words in ["SETYANINGRUM HAPSARINI", "Petugas satu", "Petugas dua", "petunjuk, bukan kesimpulan"] {
        assert!(text.contains(words), "{text}");
    }
}

#[tokio::test]
async fn a_misused_name_leads_to_a_letter_and_accuses_nobody() {
    let test = TestApp::new().await;
    let (first, second, _, pair) = with_pair(&test).await;
    decide(&test, &first, &pair, "match").await.location();
    decide(&test, &second, &pair, "match").await.location();
    clarify(&test, &first, &pair, "dicatut").await.location();
    first.get(&test, &pair).await.says(200, "surat saran perbaikan kepada KPU");
    let step = first.post(&test, &format!("{pair}/informasi-awal"), &[]).await.location().to_owned();
    assert!(step.ends_with("/langkah/advise-correction"), "{step}");
    let letter = first.get(&test, &step).await;
    letter.says(200, "nama yang dicatut");
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    let id = step.split('/').nth(3).unwrap().parse().unwrap();
    let docket = test.app.store.docket(&scope, id).await.unwrap().unwrap();
    assert_eq!(docket.matter.persons[0].capacity, Capacity::Related);
    assert_eq!(docket.matter.reported().count(), 0);
}

#[tokio::test]
async fn decisions_are_handed_out_without_names_and_calibrate_the_model() {
    let test = TestApp::new().await;
    let (first, second, _, pair) = with_pair(&test).await;
    decide(&test, &first, &pair, "match").await.location();
    let path = format!("{DESK}/keputusan.json");
    let none: netra_registers::Decisions = serde_json::from_str(&first.get(&test, &path).await.body).unwrap();
    assert!(none.decisions.is_empty(), "one person's word is no decision");
    decide(&test, &second, &pair, "match").await.location();
    let answer = first.get(&test, &path).await;
    answer.hides("HAPSARINI");
    answer.hides("1985");
    let decisions: netra_registers::Decisions = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(decisions.decisions.len(), 1);
    let stated = netra_registers::Model::embedded().unwrap();
    let model = netra_registers::calibrate(&stated, &decisions).unwrap();
    assert_eq!(model.version, format!("{}+1@2024-01-19", stated.version));
}

#[tokio::test]
async fn another_office_and_other_roles_find_nothing() {
    let test = TestApp::new().await;
    let (first, _, result, pair) = with_pair(&test).await;
    let list = link(&first.get(&test, DESK).await, &format!("{DESK}/isi/"));
    let strange = Desk::enter(&test, PENAJAM, "lain", Role::Handling).await;
    for path in [&result, &pair, &list] {
        assert_eq!(strange.get(&test, path).await.status, 404, "{path}");
    }
    assert_eq!(decide(&test, &strange, &pair, "match").await.status, 404);
    assert_eq!(strange.post(&test, &format!("{list}/hapus"), &[("yakin", "ya")]).await.status, 404);
    strange.get(&test, DESK).await.says(200, "Belum ada daftar yang diimpor");
    let intake = Desk::enter(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    let authority = Desk::enter(&test, "kasn", "analis", Role::Handling).await;
    for desk in [&intake, &authority] {
        for path in [DESK, &pair, &list] {
            assert_eq!(desk.get(&test, path).await.status, 403, "{path}");
        }
        desk.get(&test, "/meja/sandi").await.hides(DESK);
    }
    let plenary = Desk::enter(&test, BALIKPAPAN, "pleno", Role::Plenary).await;
    assert_eq!(plenary.get(&test, &format!("{DESK}/impor")).await.status, 403);
    assert_eq!(plenary.post(&test, &format!("{list}/hapus"), &[("yakin", "ya")]).await.status, 403);
}

#[tokio::test]
async fn when_the_day_has_come_nobody_can_be_seen_any_more() {
    let test = TestApp::new().await;
    let (first, _, result, pair) = with_pair(&test).await;
    let gone = test.app.store.delete_lists_due("2024-02-14".parse().unwrap(), test.app.clock.now()).await.unwrap();
    assert_eq!(gone, 3);
    for path in [&result, &pair] {
        let page = first.get(&test, path).await;
        page.says(200, "dihapus");
        page.hides("HAPSARINI");
        page.hides("Hapsarini");
    }
    decide(&test, &first, &pair, "match").await.says(404, "tidak ditemukan");
    first.get(&test, DESK).await.says(200, "program, karena tanggalnya tiba");
}
