//! What people type, send and press wrongly: each mistake gets its words, and nothing typed is lost.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use netra_web::Limits;
use support::report::{Form, REPORTED, matters, only_docket, page, page_with};
use support::{BALIKPAPAN, TestApp};

const SCRIPT: &str = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

#[tokio::test]
async fn each_mistake_is_told_beside_its_field_and_on_top_and_the_text_stays() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "laporan").await;
    let long = "a".repeat(201);
    let line = "b".repeat(301);
    let table: &[(u8, &str, &str, &str)] = &[
        (1, "pemilihan", "pilpres", "Pilih pemilihannya."),
        (2, "uraian", "", "Ceritakan apa yang terjadi."),
        (2, "uraian", "ada\u{1}kontrol", "karakter yang tidak dapat disimpan"),
        (2, "uraian", "nol\0di sini", "karakter yang tidak dapat disimpan"),
        (3, "tempat", "", "Tulis tempatnya."),
        (3, "tempat", line.as_str(), "Terlalu panjang: 301 huruf, paling banyak 300"),
        (4, "terjadi", "", "Tulis tanggal kejadiannya."),
        (4, "terjadi", "2024-01-20", "Sabtu, 20 Januari 2024 belum tiba"),
        (4, "terjadi", "2024-02-31", "bukan tanggal"),
        (4, "terjadi", "1024-01-15", "Periksa tahunnya"),
        (4, "diketahui", "2024-01-14", "sebelum peristiwa terjadi"),
        (4, "diketahui", "2025-01-17", "belum tiba"),
        (5, "nama-1", "T", "Nama hanya satu huruf."),
        (5, "nama-1", long.as_str(), "201 huruf, paling banyak 200"),
        (5, "jenis-1", "raja", "Pilih statusnya dari daftar."),
        (6, "nama-1", "S", "Nama hanya satu huruf."),
        (8, "nama", "R", "Nama hanya satu huruf."),
        (8, "alamat", "", "Tulis alamat Anda."),
        (8, "tanggal-lahir", "2025-05-02", "belum tiba"),
        (8, "telepon", "tidak punya", "Nomor telepon ini tidak lengkap."),
        (8, "surel", "rina@", "Alamat surel ini tidak lengkap."),
        (8, "kedudukan", "raja", "Pilih kedudukan Anda."),
    ];
    for (step, field, typed, told) in table {
        let mut fields = page(*step);
        fields.retain(|(name, _)| name != field);
        let mut sent: Vec<(&str, &str)> = fields;
        sent.push((*field, *typed));
        let answer = form.save(*step, &sent).await;
        answer.says(422, told);
        answer.says(422, &format!("<a href=\"#f-{field}\">"));
        answer.says(422, &format!("id=\"f-{field}\""));
        answer.says(422, &format!("id=\"e-{field}\""));
        let (kept, kept_value) =
            page(*step).into_iter().find(|(name, value)| name != field && !value.is_empty()).unwrap_or(("", ""));
        answer.says(422, kept_value);
        answer.says(422, kept);
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
}

#[tokio::test]
async fn a_text_of_ten_megabytes_is_refused_and_not_kept() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "laporan").await;
    let huge = "kata ".repeat(2 << 20);
    let answer = form.save(2, &[("uraian", huge.as_str())]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Terlalu panjang"));
    form.open(2).await.hides("kata kata");
    let more = "kata ".repeat(6 << 20);
    let answer = form.save(2, &[("uraian", more.as_str())]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    form.save(2, &page(2)).await.location();
}

#[tokio::test]
async fn what_is_wrong_is_still_kept_for_later() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "laporan").await;
    form.save(4, &page_with(4, &[("diketahui", "besok lusa")])).await.says(422, "“besok lusa” bukan tanggal");
    let again = form.open(4).await;
    again.says(200, "value=\"besok lusa\"");
    again.says(200, "value=\"2024-01-15\"");
}

#[tokio::test]
async fn an_incomplete_form_is_not_sent_and_says_what_is_missing() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "laporan").await;
    let review = form.open(9).await;
    review.says(200, "Ceritakan apa yang terjadi.");
    review.says(200, &format!("{}?periksa=1#f-uraian", form.at("2")));
    form.send().await.says(422, "Tulis nama lengkap Anda.");
    let form = Form::filled(&test, "laporan").await;
    test.post(&form.at("kirim"), &[]).await.says(422, "Nyatakan dulu bahwa isi laporan ini benar.");
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    form.send().await.location();
    assert_eq!(matters(&test, BALIKPAPAN).await.len(), 1);
}

#[tokio::test]
async fn an_answer_is_changed_from_the_last_page_and_back() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    test.get(&format!("{}?periksa=1", form.at("3"))).await.says(200, "name=\"periksa\" value=\"1\"");
    let changed = form.save(3, &[("tempat", "Balai desa"), ("periksa", "1")]).await;
    assert_eq!(changed.location(), form.at("9"));
    form.open(9).await.says(200, "Balai desa");
}

#[tokio::test]
async fn a_page_can_be_saved_for_later() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "laporan").await;
    let saved = form.save(2, &[("uraian", ""), ("aksi", "simpan")]).await;
    assert_eq!(saved.location(), format!("{}?tersimpan=1", form.at("2")));
    let page = test.get(saved.location()).await;
    page.says(200, "Jawaban Anda tersimpan");
    page.says(200, &format!("https://netra.example{}", form.at("2")));
}

#[tokio::test]
async fn rows_are_added_and_removed_without_script() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "laporan").await;
    let added = form.save(5, &page_with(5, &[("aksi", "tambah")])).await;
    assert_eq!(added.location(), format!("{}#tambah", form.at("5")));
    let two = form.open(5).await;
    two.says(200, "name=\"nama-2\"");
    two.says(200, REPORTED);
    form.save(5, &page_with(5, &[("nama-2", "Udin Kedua"), ("aksi", "hapus-1")])).await.location();
    let one = form.open(5).await;
    one.hides(REPORTED);
    one.says(200, "name=\"nama-1\" value=\"Udin Kedua\"");
    form.save(5, &[("nama-1", ""), ("aksi", "lanjut")]).await.says(422, "Tulis paling sedikit satu orang");
}

#[tokio::test]
async fn twenty_four_persons_are_taken_and_one_more_is_not() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    let names: Vec<(String, String)> = (1..=25).map(|n| (format!("nama-{n}"), format!("Orang ke {n}"))).collect();
    let fields: Vec<(&str, &str)> = names.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form.save(5, &fields).await.says(422, "Paling banyak 24 orang");
    form.save(5, &fields[..24]).await.location();
    let mut more = fields[..24].to_vec();
    more.push(("aksi", "tambah"));
    form.save(5, &more).await.says(422, "Paling banyak 24 orang");
    form.receipt().await;
    assert_eq!(only_docket(&test, BALIKPAPAN).await.matter.reported().count(), 24);
}

#[tokio::test]
async fn files_are_kept_one_by_one_and_bad_ones_refused() {
    let limits = Limits { file: 1000, request: 4000, files: 2, ..Limits::default() };
    let test = TestApp::with(limits).await;
    let form = Form::start(&test, "laporan").await;
    let path = form.at("7");
    test.post(&path, &[("aksi", "unggah")]).await.says(422, "Pilih dulu berkas");
    let mixed: &[(&str, &str, &[u8])] =
        &[("berkas", "kosong.jpg", b""), ("berkas", "besar.jpg", &[7; 1001]), ("berkas", "baik.jpg", b"baik")];
    let answer = test.upload(&path, &[("aksi", "unggah")], mixed).await;
    answer.says(422, "kosong.jpg");
    answer.says(422, "melebihi batas");
    answer.says(422, "<strong>baik.jpg</strong>");
    let once = test.upload(&path, &[("aksi", "unggah")], &[("berkas", "baik.jpg", b"baik")]).await;
    assert_eq!(once.location(), format!("{path}#daftar"));
    form.open(7).await.says(200, "Berkas yang sudah diterima (1)");
    let two: &[(&str, &str, &[u8])] = &[("berkas", "b.txt", b"dua"), ("berkas", "c.txt", b"tiga")];
    test.upload(&path, &[("aksi", "lanjut")], two).await.says(422, "Paling banyak 2 berkas");
    test.upload(&path, &[], &[("berkas", "x", &[1; 5000])]).await.says(413, "Kiriman melebihi");
    test.post(&path, &[("aksi", "hapus-1")]).await.location();
    let left = form.open(7).await;
    left.hides("baik.jpg");
    left.says(200, "<strong>b.txt</strong>");
}

#[tokio::test]
async fn a_file_named_like_an_attack_is_only_a_name() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "laporan").await;
    let file: &[(&str, &str, &[u8])] = &[("berkas", "../../<b>x</b>.html", b"<script>1</script>")];
    test.upload(&form.at("7"), &[("aksi", "unggah")], file).await.location();
    let page = form.open(7).await;
    page.hides("<b>");
    page.hides("..");
}

#[tokio::test]
async fn markup_in_any_field_is_shown_and_never_run() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    for (step, field) in
        [(2, "uraian"), (3, "tempat"), (4, "terjadi"), (5, "jabatan-1"), (6, "alamat-1"), (8, "pekerjaan")]
    {
        let answer = form.save(step, &page_with(step, &[(field, SCRIPT)])).await;
        let shown = form.open(step).await;
        for page in [&answer, &shown] {
            page.hides("<script>alert");
            page.hides("<img");
        }
    }
    form.save(4, &page(4)).await.location();
    form.open(9).await.hides("<img");
    let receipt = form.receipt().await;
    receipt.hides("<img");
    let event = only_docket(&test, BALIKPAPAN).await.matter.event.unwrap();
    assert!(event.place.open().unwrap().contains("<script>"), "what was typed is kept as it was typed");
}

#[tokio::test]
async fn bodies_that_are_no_forms_are_refused_without_harm() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    let path = form.at("2");
    let cut = Request::post(&path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from("--x\r\nCont"));
    assert_eq!(test.send(cut.unwrap()).await.status, StatusCode::BAD_REQUEST);
    let nothing = Request::post(&path).body(Body::empty()).unwrap();
    test.send(nothing).await.says(422, "Ceritakan apa yang terjadi.");
    let flood = "a=&".repeat(3000);
    let flood = Request::post(&path).body(Body::from(flood)).unwrap();
    assert_eq!(test.send(flood).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    form.save(2, &page(2)).await.location();
    form.open(3).await.says(200, "Ruang rapat");
    test.post("/lapor", &[]).await.says(422, "Pilih salah satu cara melapor.");
}
