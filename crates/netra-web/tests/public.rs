//! The public pages from the outside: a report from its first page to its status.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

mod support;

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use netra_docket::act::{Act, Channel, StatusAnnounced};
use netra_docket::entry::Actor;
use netra_docket::ids::ActId;
use netra_docket::person::{Capacity, ReporterStanding};
use netra_store::{NewAct, Recording};
use netra_web::random_uuid;
use support::report::{ACCOUNT, Form, REPORTED, REPORTER, WITNESS, code_on, matters, only_docket, page, page_with};
use support::{BALIKPAPAN, FRIDAY_EVENING, PENAJAM, TestApp, form_request};
use tower::ServiceExt as _;

#[tokio::test]
async fn a_report_goes_from_its_first_page_to_its_status() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    let uploaded = test
        .upload(
            &form.at("7"),
            &[("keterangan", "Tangkapan layar"), ("aksi", "lanjut")],
            &[("berkas", "a.jpg", b"bukti")],
        )
        .await;
    assert_eq!(uploaded.location(), form.at("8"));
    let review = form.open(9).await;
    for told in [REPORTER, REPORTED, WITNESS, ACCOUNT, "a.jpg", "Senin, 15 Januari 2024", "Rabu, 17 Januari 2024"] {
        review.says(200, told);
    }
    let receipt = form.receipt().await;
    receipt.says(200, "Jumat, 19 Januari 2024 pukul 10.00 WITA");
    receipt.says(200, "<svg class=\"qr\"");
    receipt.says(200, "Kajian awal</span> paling lambat <strong>Selasa, 23 Januari 2024");
    let code = code_on(&receipt);

    let docket = only_docket(&test, BALIKPAPAN).await;
    let Act::ReportReceived(report) = &docket.entries[0].what else { panic!("no report") };
    assert_eq!((report.channel, report.contest.as_str()), (Channel::PublicForm, "PL"));
    assert_eq!(docket.entries[0].by, Actor::Public);
    let people: Vec<_> = report.persons.iter().map(|p| (p.no.0, p.capacity)).collect();
    assert_eq!(people, [(1, Capacity::Reporter), (2, Capacity::Reported), (3, Capacity::Witness)]);
    let reporter = report.persons[0].identity.open().unwrap();
    assert_eq!((reporter.name.as_str(), reporter.birth.as_str()), (REPORTER, "Balikpapan, 2 Mei 1990"));
    assert_eq!(report.persons[0].standing, Some(ReporterStanding::Citizen));
    assert_eq!(report.persons[1].subject.as_deref(), Some("pns"));
    assert_eq!(report.exhibits[0].label.open().unwrap().description, "Tangkapan layar");
    assert!(!report.subject_line.contains(REPORTED), "{}", report.subject_line);

    let status = test.get(&format!("/s/{code}")).await;
    status.says(200, "aria-current=\"step\"");
    status.says(200, "Kajian awal");
    status.says(200, "Bawaslu Kota Balikpapan");
    for secret in [REPORTER, REPORTED, WITNESS, ACCOUNT, "a.jpg", "Ruang rapat", "Camat", "Tangkapan"] {
        status.hides(secret);
    }
}

#[tokio::test]
async fn a_tip_asks_for_no_identity_and_becomes_initial_information() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "informasi").await;
    form.open(8).await.says(404, "tidak ditemukan");
    form.open(7).await.says(200, "Langkah 7 dari 8");
    let receipt = form.receipt().await;
    receipt.says(200, "informasi awal");
    let docket = only_docket(&test, BALIKPAPAN).await;
    let Act::TipReceived(tip) = &docket.entries[0].what else { panic!("no tip") };
    assert!(tip.persons.iter().all(|p| p.capacity != Capacity::Reporter));
    assert_eq!(tip.persons[0].no.0, 1);
    test.get(&format!("/s/{}", code_on(&receipt))).await.says(200, "Penelusuran");
}

#[tokio::test]
async fn a_tip_may_name_nobody_and_no_days() {
    let test = TestApp::new().await;
    let form = Form::start(&test, "informasi").await;
    for step in [1, 2, 3] {
        form.save(step, &page(step)).await.location();
    }
    form.save(4, &[("terjadi", ""), ("diketahui", "")]).await.location();
    form.save(5, &[("nama-1", "")]).await.says(422, "tandai bahwa Anda tidak tahu");
    form.save(5, &[("nama-1", ""), ("tidak-tahu", "ya")]).await.location();
    form.receipt().await.says(200, "Informasi sudah masuk");
    let docket = only_docket(&test, BALIKPAPAN).await;
    assert!(docket.matter.persons.is_empty());
    assert_eq!(docket.matter.event.unwrap().happened, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_sends_at_once_make_one_matter_and_one_code() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    let path = form.at("kirim");
    let sends: Vec<_> =
        (0..20).map(|_| tokio::spawn(test.router.clone().oneshot(form_request(&path, &[("benar", "ya")])))).collect();
    for send in sends {
        let response = send.await.unwrap().unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], form.at("terima").as_str());
    }
    assert_eq!(matters(&test, BALIKPAPAN).await.len(), 1);
    let codes: BTreeSet<String> =
        [form.receipt().await, form.receipt().await, test.get(&form.at("terima")).await].iter().map(code_on).collect();
    assert_eq!(codes.len(), 1);
    assert_eq!(matters(&test, BALIKPAPAN).await.len(), 1);
}

#[tokio::test]
async fn after_sending_every_page_of_the_form_leads_to_the_receipt() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    form.receipt().await;
    for part in ["1", "5", "9", "kirim"] {
        assert_eq!(test.get(&form.at(part)).await.location(), form.at("terima"), "{part}");
    }
    assert_eq!(form.save(2, &[("uraian", "Lain")]).await.location(), form.at("terima"));
    assert_eq!(test.get(&format!("/lapor/{}", form.token)).await.location(), form.at("terima"));
    test.get(&form.at("kode.txt")).await.says(200, "Kode pelacakan");
    let docket = only_docket(&test, BALIKPAPAN).await;
    assert_eq!(docket.entries.len(), 1);
}

#[tokio::test]
async fn before_sending_there_is_no_receipt_and_the_answers_stay() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    assert_eq!(test.get(&form.at("terima")).await.location(), form.at("9"));
    test.get(&form.at("kode.txt")).await.says(404, "tidak ditemukan");
    assert_eq!(test.get(&format!("/lapor/{}", form.token)).await.location(), form.at("1"));
    test.set_clock("2024-01-20T02:00:00Z");
    form.open(8).await.says(200, REPORTER);
    form.save(4, &page_with(4, &[("diketahui", "16/1/2024")])).await.location();
    form.open(4).await.says(200, "value=\"2024-01-16\"");
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
}

#[tokio::test]
async fn unknown_and_misshapen_tokens_are_not_found() {
    let test = TestApp::new().await;
    for token in ["0".repeat(26), "z".repeat(26), "7".repeat(25), "A".repeat(26), "%F0%9F%99%82".to_owned()] {
        for part in ["/1", "/9", "/terima", "/kirim", "/kode.txt", ""] {
            let answer = test.get(&format!("/lapor/{token}{part}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{token}{part}");
        }
        test.post(&format!("/lapor/{token}/2"), &page(2)).await.says(404, "tidak ditemukan");
        test.post(&format!("/lapor/{token}/kirim"), &[("benar", "ya")]).await.says(404, "tidak ditemukan");
    }
    let form = Form::start(&test, "laporan").await;
    test.get(&form.at("10")).await.says(404, "tidak ditemukan");
}

#[tokio::test]
async fn a_report_reaches_the_chosen_office_only() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    form.save(1, &page_with(1, &[("kantor", "kasn")])).await.says(422, "Pilih kantor");
    form.save(1, &page_with(1, &[("kantor", "../etc")])).await.says(422, "Pilih kantor");
    form.save(1, &page_with(1, &[("kantor", PENAJAM), ("pemilihan", "bupati")])).await.location();
    form.receipt().await.says(200, "Penajam Paser Utara");
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    assert_eq!(only_docket(&test, PENAJAM).await.matter.contest, "PB");
}

#[tokio::test]
async fn a_report_after_hours_counts_from_the_next_opening() {
    let test = TestApp::new().await;
    test.set_clock(FRIDAY_EVENING);
    let form = Form::filled(&test, "laporan").await;
    let receipt = form.receipt().await;
    receipt.says(200, "Jumat, 19 Januari 2024 pukul 17.10 WITA");
    receipt.says(200, "Senin, 22 Januari 2024 pukul 08.00 WITA");
    receipt.says(200, "Rabu, 24 Januari 2024");
}

#[tokio::test]
async fn codes_are_read_leniently_and_mistakes_are_told_apart() {
    let test = TestApp::new().await;
    let form = Form::filled(&test, "laporan").await;
    let code = code_on(&form.receipt().await);
    let status = format!("/s/{code}");
    let spaced: Vec<String> = code.to_lowercase().chars().map(String::from).collect();
    assert_eq!(test.post("/status", &[("kode", spaced.join(" ").as_str())]).await.location(), status);
    test.get(&format!("/s/{}", code.to_lowercase())).await.says(200, "Kajian awal");
    test.post("/status", &[("kode", "")]).await.says(422, "Tulis kode");
    test.post("/status", &[("kode", "ABC")]).await.says(422, "yang Anda tulis ada 3");
    let first = if code.starts_with('0') { '1' } else { '0' };
    let wrong = format!("{first}{}", &code[1..]);
    test.post("/status", &[("kode", wrong.as_str())]).await.says(422, "satu huruf keliru");
    test.get(&format!("/s/{wrong}")).await.says(422, "satu huruf keliru");
    test.get(&format!("/s/{}", "0".repeat(27))).await.says(404, "Kode ini tidak ditemukan");
    test.get("/s/%3Cscript%3E").await.says(422, "&#60;script&#62;");
}

#[tokio::test]
async fn announcements_are_public_and_stand_on_the_status() {
    let test = TestApp::new().await;
    test.get("/pengumuman").await.says(200, "Belum ada pengumuman");
    let form = Form::filled(&test, "laporan").await;
    let code = code_on(&form.receipt().await);
    let docket = only_docket(&test, BALIKPAPAN).await;
    let now = docket.entries[0].at;
    let (title, text) = ("Pemberitahuan pertama", "Sedang dikaji. <b>Tanpa nama.</b>");
    let what =
        Act::StatusAnnounced(StatusAnnounced { title: title.to_owned(), text: text.to_owned(), posted: String::new() });
    let recording = Recording {
        matter: docket.matter.id,
        home: docket.matter.home.clone(),
        expected: 1,
        by: Actor::System,
        recorded: now,
        acts: vec![NewAct { id: ActId::new(random_uuid()), at: now, what }],
        receipt: None,
    };
    test.app.store.record(recording).await.unwrap();
    for path in ["/pengumuman".to_owned(), format!("/s/{code}")] {
        let page = test.get(&path).await;
        page.says(200, title);
        page.says(200, "&#60;b&#62;Tanpa nama.&#60;/b&#62;");
    }
    test.get("/").await.says(200, title);
    test.get("/pengumuman?sebelum=0").await.hides(title);
}

#[tokio::test]
async fn the_front_page_tells_periods_and_whether_the_counter_is_open() {
    let test = TestApp::new().await;
    let page = test.get("/").await;
    page.says(200, "Pemilu: 7 hari kerja");
    page.hides("Loket");
    let office = format!("/?kantor={BALIKPAPAN}");
    test.get(&office).await.says(200, "Pemilu: buka");
    test.set_clock(FRIDAY_EVENING);
    test.get(&office).await.says(200, "Pemilu: tutup");
    test.get("/?kantor=tidak-ada").await.says(200, "Pilih kantor");
    test.get("/?kantor=%FF").await.says(200, "Pilih kantor");
}

#[tokio::test]
async fn every_answer_has_the_headers_and_no_cookie() {
    let test = TestApp::new().await;
    for path in ["/", "/lapor", "/status", "/s/x", "/pengumuman", "/lapor/x/1", "/tidak/ada", "/static/netra.css"] {
        let answer = test.get(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.headers[header::REFERRER_POLICY], "no-referrer", "{path}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(!answer.headers.contains_key(header::SET_COOKIE), "{path}");
        assert!(!answer.body.contains("style=\"") && !answer.body.contains("onclick"), "{path}");
    }
}

#[tokio::test]
async fn style_and_script_are_cached_by_their_content() {
    let test = TestApp::new().await;
    for path in ["/static/netra.css", "/static/netra.js"] {
        let first = test.get(path).await;
        assert_eq!(first.status, StatusCode::OK);
        let request = axum::http::Request::get(path).header(header::IF_NONE_MATCH, &first.headers[header::ETAG]);
        let again = test.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    }
}
