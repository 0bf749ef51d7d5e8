//! Wrong answers at the desk: what a step refuses and how it says so, that nothing typed is lost, and
//! that nothing is recorded that should not be.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/steps.rs"]
mod driver;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use netra_docket::ids::MatterId;
use netra_store::Role;
use netra_web::random_uuid;

use driver::{
    ACCOUNT, REPORT, StepForm, code_in, docket_of, enter, length_of, matter_in, matter_with, receipt, refuses, step_in,
    study, take, until_forwarded, until_registered, until_studied,
};
use fixtures::{EVIDENCE, REPORTED, REPORTER, bytes_as, csrf, get_as, post_as};
use support::report::matters;
use support::{BALIKPAPAN, PENAJAM, TestApp};

/// The page on which a report is taken in.
const NEW_REPORT: &str = "/meja/baru/receive-report";

/// A report at the counter, filled in and not yet sent.
async fn filled<'a>(test: &'a TestApp, cookie: &str) -> StepForm<'a> {
    let mut form = StepForm::open(test, cookie, NEW_REPORT).await;
    form.answer(REPORT);
    form
}

/// Officers of Balikpapan.
async fn intake(test: &TestApp) -> String {
    enter(test, BALIKPAPAN, "penerimaan", Role::Intake).await
}

async fn handling(test: &TestApp) -> String {
    enter(test, BALIKPAPAN, "penanganan", Role::Handling).await
}

#[tokio::test]
async fn a_step_in_the_future_is_refused_and_what_was_typed_stays() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut form = filled(&test, &session).await;
    form.set("at", "2024-01-20T10:00");
    refuses(&form.record().await, "at", "Waktu ini belum tiba. Periksa tanggal dan jamnya.");
    assert_eq!(form.value("at"), "2024-01-20T10:00");
    for (name, value) in REPORT {
        assert_eq!(form.value(name), *value, "{name}");
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    form.set("at", "2024-01-19T10:00");
    code_in(&form.record().await);
}

#[tokio::test]
async fn moments_that_can_not_be_are_refused() {
    const EARLY: &str = "Waktu ini lebih awal daripada awal perkara. Periksa tanggal dan jamnya.";
    const UNREADABLE: &str = "Tulis tanggal dan jam seperti 19/1/2024 17.10.";
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let matter = matter_with(&test, Vec::new()).await;
    let mut form = StepForm::open(&test, &session, &step_in(matter, "withdraw")).await;
    form.set("reason", "Pelapor takut.");
    for (at, text) in [
        ("2024-01-20T10:00", "Waktu ini belum tiba. Periksa tanggal dan jamnya."),
        ("2024-01-18T10:00", EARLY),
        ("2024-01-19T09:59", EARLY),
        ("kemarin sore", UNREADABLE),
        ("2024-01-19", UNREADABLE),
        ("2024-02-30T10:00", UNREADABLE),
        ("2024-01-19T25:00", UNREADABLE),
        ("19/1/24 10.00", UNREADABLE),
        ("", "Isi kapan ini dilakukan."),
    ] {
        form.set("at", at);
        refuses(&form.record().await, "at", text);
        assert_eq!((form.value("at"), form.value("reason")), (at, "Pelapor takut."));
    }
    assert_eq!(length_of(&test, matter).await, 1);
    form.set("at", "19/1/2024 10.00");
    assert_eq!(form.record().await.location(), format!("/meja/perkara/{matter}"));
}

#[tokio::test]
async fn missing_answers_are_named_and_the_others_stay() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let typed = [
        ("account", ACCOUNT),
        ("r_address", "Jalan Rahasia 3"),
        ("t1_name", "Lurah Contoh"),
        ("t1_subject", "lurah"),
        ("s3_name", "Saksi Contoh"),
    ];
    let mut form = StepForm::open(&test, &session, NEW_REPORT).await;
    form.answer(&typed);
    let answer = form.record().await;
    for (field, text) in [
        ("contest", "Pilih pemilihan yang terkait."),
        ("subject_line", "Tulis pokok perkara dalam satu baris, tanpa nama orang."),
        ("place", "Tulis tempat kejadian."),
        ("known", "Isi tanggal pelapor mengetahuinya."),
        ("standing", "Pilih kedudukan pelapor."),
        ("r_name", "Tulis nama pelapor."),
    ] {
        refuses(&answer, field, text);
    }
    for (name, value) in typed {
        assert_eq!(form.value(name), value, "{name}");
    }
    form.answer(REPORT).set("t0_name", "").set("t1_name", "");
    refuses(&form.record().await, "t0_name", "Tulis sekurang-kurangnya satu terlapor.");
    assert_eq!(form.value("s3_name"), "Saksi Contoh");
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
}

#[tokio::test]
async fn an_answer_that_is_not_on_offer_is_refused() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    for field in ["contest", "channel", "standing", "t0_subject"] {
        let mut form = filled(&test, &session).await;
        form.force(field, "lain-lain");
        refuses(&form.record().await, field, "Pilih salah satu dari daftar.");
        assert_eq!(form.value("account"), ACCOUNT);
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
}

#[tokio::test]
async fn days_of_the_event_that_can_not_be_are_refused() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    for (happened, known, field, text) in [
        ("2024-01-20", "2024-01-17", "happened", "Tanggal kejadian sesudah penyampaian. Periksa tahun dan bulannya."),
        ("2024-01-15", "2024-01-20", "known", "Tanggal diketahui sesudah penyampaian. Periksa tahun dan bulannya."),
        ("2024-01-18", "2024-01-17", "known", "Tanggal diketahui lebih awal daripada tanggal kejadian."),
        ("Senin lalu", "2024-01-17", "happened", "Tulis tanggal seperti 19/1/2024."),
        ("2024-01-15", "2024-13-01", "known", "Tulis tanggal seperti 19/1/2024."),
    ] {
        let mut form = filled(&test, &session).await;
        form.set("happened", happened).set("known", known);
        refuses(&form.record().await, field, text);
        assert_eq!((form.value("happened"), form.value("known")), (happened, known));
        assert_eq!((form.value("account"), form.value("r_name")), (ACCOUNT, REPORTER));
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    let mut form = filled(&test, &session).await;
    form.set("happened", "19/1/2024").set("known", "19/1/2024");
    form.preview().await.says(200, "Pratinjau");
}

#[tokio::test]
async fn names_have_two_letters_at_least_and_two_hundred_at_most() {
    const SHORT: &str = "Nama terlalu pendek: tulis sekurang-kurangnya dua huruf.";
    const LONG: &str = "Nama terlalu panjang: paling banyak 200 huruf.";
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let longest = "é".repeat(200);
    let too_long = "é".repeat(201);
    for field in ["r_name", "t0_name", "s0_name"] {
        for (name, text) in [("A", SHORT), ("A. 1", SHORT), ("...", SHORT), (too_long.as_str(), LONG)] {
            let mut form = filled(&test, &session).await;
            form.set(field, name);
            refuses(&form.record().await, field, text);
            assert_eq!((form.value(field), form.value("account")), (name, ACCOUNT));
        }
        for name in ["Al", "Ü.  é", longest.as_str()] {
            let mut form = filled(&test, &session).await;
            form.set(field, name);
            form.preview().await.says(200, "Pratinjau");
        }
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
}

#[tokio::test]
async fn texts_that_can_not_be_kept_are_refused() {
    const CONTROL: &str = "Ada karakter yang tidak dapat disimpan. Hapus lalu ketik ulang bagian itu.";
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let (longest, too_long) = ("é".repeat(100_000), "é".repeat(100_001));
    let line = "a".repeat(301);
    for (field, value, text) in [
        ("account", "Ia\0mengajak.", CONTROL),
        ("r_address", "Jalan\u{7}Contoh", CONTROL),
        ("t0_agency", "Dinas\u{1b}[31m", CONTROL),
        ("account", too_long.as_str(), "Terlalu panjang: 100001 huruf, paling banyak 100000. Persingkat isinya."),
        ("subject_line", line.as_str(), "Terlalu panjang: 301 huruf, paling banyak 300. Persingkat isinya."),
    ] {
        let mut form = filled(&test, &session).await;
        form.set(field, value);
        refuses(&form.record().await, field, text);
        assert!(form.value(field) == value, "{field} lost what was typed");
        assert_eq!(form.value("r_name"), REPORTER);
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    let mut form = filled(&test, &session).await;
    form.set("account", &longest);
    form.preview().await.says(200, "Pratinjau");
}

#[tokio::test]
async fn marks_that_turn_a_name_around_are_taken_out() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut form = filled(&test, &session).await;
    form.set("r_name", "Siti \u{202E}Rahasia").set("t0_name", "\u{2067}Camat\u{200F} Contoh\u{2069}");
    let shown = form.preview().await;
    shown.says(200, "Pratinjau");
    for mark in ["\u{202E}", "\u{2067}", "\u{200F}", "\u{2069}"] {
        shown.hides(mark);
    }
    let matter = matter_in(&form.record().await.body);
    let persons = docket_of(&test, matter).await.matter.persons;
    let names: Vec<&str> = persons.iter().map(|p| p.identity.open().unwrap().name.as_str()).collect();
    assert_eq!(names, [REPORTER, REPORTED]);
}

#[tokio::test]
async fn the_outcome_of_an_initial_study_fits_its_ticks() {
    const UNMET: &str = "Ada syarat yang tidak terpenuhi.";
    const NOTHING: &str = "Semua syarat terpenuhi: tidak ada yang perlu diperbaiki.";
    const NO_KIND: &str = "Pilih sekurang-kurangnya satu jenis dugaan pelanggaran.";
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let matter = matter_with(&test, vec![receipt()]).await;
    let page = step_in(matter, "initial-study");
    // The unmet requirement, the kind, the outcome; the field and its message, if it is refused.
    for (unmet, kind, outcome, field, text) in [
        ("material-evidence", "other-law", "REGISTER_HERE", "outcome", UNMET),
        ("formal-reporter", "other-law", "TSM_ADMIN", "outcome", UNMET),
        ("", "other-law", "INCOMPLETE", "outcome", NOTHING),
        ("material-witness", "other-law", "INCOMPLETE", "outcome", NOTHING),
        ("", "", "REGISTER_HERE", "kinds", NO_KIND),
        ("", "", "FORWARD_OTHER_LAW", "kinds", NO_KIND),
        ("", "other-law", "", "outcome", "Pilih hasil kajian awal."),
        ("", "other-law", "REGISTER_HERE", "", ""),
        ("formal-signature", "other-law", "REGISTER_HERE", "", ""),
        ("material-evidence", "", "INCOMPLETE", "", ""),
        ("material-evidence", "", "NOT_REGISTERED", "", ""),
    ] {
        let mut form = StepForm::open(&test, &session, &page).await;
        form.answer(&[("req_*", "met"), ("outcome", outcome), ("reason", "Sudah diperiksa.")]);
        if !unmet.is_empty() {
            form.set(&format!("req_{unmet}"), "not-met");
        }
        if !kind.is_empty() {
            form.set("kinds", kind);
        }
        let answer = form.preview().await;
        match field {
            "" => answer.says(200, "Pratinjau"),
            field => refuses(&answer, field, text),
        }
        assert_eq!(form.value("reason"), "Sudah diperiksa.", "{unmet} {kind} {outcome}");
    }
    let mut form = StepForm::open(&test, &session, &page).await;
    form.answer(&[("req_*", "met"), ("kinds", "other-law"), ("outcome", "REGISTER_HERE"), ("reason", "Lengkap.")]);
    form.remove("req_formal-in-time");
    refuses(&form.record().await, "req_formal-in-time", "Pilih terpenuhi atau tidak.");
    assert_eq!(length_of(&test, matter).await, 2);
}

#[tokio::test]
async fn a_plenary_that_could_not_decide_is_refused() {
    const NUMBER: &str = "Isi dengan bilangan bulat, misalnya 3.";
    const MAJORITY: &str = "Keputusan perlu suara setuju lebih banyak daripada yang tidak setuju.";
    let test = TestApp::new().await;
    let session = enter(&test, BALIKPAPAN, "pimpinan", Role::Plenary).await;
    let matter = matter_with(&test, until_studied()).await;
    let page = step_in(matter, "decide-plenary");
    for (numbers, field, text) in [
        (["5", "6", "5", "0"], "present", "Yang hadir tidak dapat lebih banyak daripada anggota."),
        (["5", "2", "2", "0"], "present", "Rapat tidak kuorum."),
        (["0", "0", "0", "0"], "present", "Rapat tidak kuorum."),
        (["5", "5", "4", "2"], "votes_for", "Jumlah suara lebih banyak daripada yang hadir."),
        (["5", "5", "2", "2"], "votes_for", MAJORITY),
        (["5", "5", "2", "3"], "votes_for", MAJORITY),
        (["5", "5", "0", "0"], "votes_for", MAJORITY),
        (["lima", "5", "5", "0"], "members", NUMBER),
        (["5", "-1", "5", "0"], "present", NUMBER),
        (["5", "5", "256", "0"], "votes_for", NUMBER),
        (["5", "5", "5", ""], "votes_against", NUMBER),
    ] {
        let mut form = StepForm::open(&test, &session, &page).await;
        form.set("reason", "Cukup bukti.");
        for (name, number) in ["members", "present", "votes_for", "votes_against"].into_iter().zip(numbers) {
            form.set(name, number);
        }
        refuses(&form.record().await, field, text);
        assert_eq!(form.value("reason"), "Cukup bukti.");
        assert_eq!(form.value("votes_for"), numbers[2]);
    }
    assert_eq!(length_of(&test, matter).await, 5);
    let answers = [("present", "3"), ("votes_for", "2"), ("votes_against", "1"), ("reason", "Cukup bukti.")];
    assert_eq!(take(&test, &session, &page, &answers).await.location(), format!("/meja/perkara/{matter}"));
}

#[tokio::test]
async fn an_invitation_does_not_arrive_after_the_session() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let matter = matter_with(&test, until_registered()).await;
    let mut form = StepForm::open(&test, &session, &step_in(matter, "invite-clarification")).await;
    let answers = [
        ("person", "~Camat Contoh"),
        ("session", "2024-01-24T10:00"),
        ("place", "Kantor"),
        ("delivered", "2024-01-24T10:01"),
    ];
    form.answer(&answers);
    refuses(&form.record().await, "delivered", "Undangan tidak dapat sampai sesudah klarifikasi.");
    assert_eq!(form.value("place"), "Kantor");
    form.set("session", "24 Januari");
    refuses(&form.record().await, "session", "Tulis tanggal dan jam seperti 19/1/2024 17.10.");
    assert_eq!(length_of(&test, matter).await, 4);
    form.set("session", "2024-01-24T10:00").set("delivered", "");
    form.preview().await.says(200, "Pratinjau");
}

#[tokio::test]
async fn an_announcement_names_nobody() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let matter = matter_with(&test, until_registered()).await;
    let page = step_in(matter, "announce-status");
    for (field, text) in [
        ("text", "Camat Contoh diteruskan kepada KASN."),
        ("text", "Diduga dilakukan CAMAT CONTOH."),
        ("title", "Status perkara camat contoh"),
        ("text", "Terima kasih kepada Siti Rahasia."),
    ] {
        let mut form = StepForm::open(&test, &session, &page).await;
        form.set(field, text);
        refuses(&form.record().await, field, "Teks ini menyebut nama orang dalam perkara. Ganti dengan perannya.");
        assert_eq!(form.value(field), text);
    }
    assert_eq!(length_of(&test, matter).await, 4);
    test.get("/pengumuman").await.says(200, "Belum ada pengumuman");
    take(&test, &session, &page, &[("text", "Seorang camat sedang diperiksa.")]).await.location();
    let public = test.get("/pengumuman").await;
    public.says(200, "Seorang camat sedang diperiksa.");
    public.hides(REPORTED);
}

#[tokio::test]
async fn a_recommendation_is_not_received_before_it_is_dated() {
    let test = TestApp::new().await;
    let session = enter(&test, "kasn", "analis", Role::Authority).await;
    let matter = matter_with(&test, until_forwarded()).await;
    let mut form = StepForm::open(&test, &session, &step_in(matter, "receive-recommendation")).await;
    form.answer(&[("number", "R-1"), ("dated", "2024-01-19"), ("employer_received", "2024-01-18")]);
    let answer = form.record().await;
    refuses(&answer, "employer_received", "Tanggal diterima lebih awal daripada tanggal surat.");
    refuses(&answer, "number", "Isi rekomendasi untuk sekurang-kurangnya satu orang.");
    assert_eq!((form.value("number"), form.value("employer_received")), ("R-1", "2024-01-18"));
    assert_eq!(length_of(&test, matter).await, 7);
    form.answer(&[("employer_received", "2024-01-19"), ("sanction_2", "Sanksi moral")]);
    form.preview().await.says(200, "Pratinjau");
}

#[tokio::test]
async fn the_opening_act_can_not_be_voided() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let matter = matter_with(&test, Vec::new()).await;
    let mut form = StepForm::open(&test, &session, &step_in(matter, "correct")).await;
    form.answer(&[("of", "1"), ("reading", "void"), ("reason", "Salah catat")]);
    let text = "Catatan pembuka tidak dapat dibatalkan, hanya dibetulkan isinya.";
    refuses(&form.record().await, "reading", text);
    assert_eq!(form.value("reason"), "Salah catat");
    assert_eq!(length_of(&test, matter).await, 1);
}

#[tokio::test]
async fn a_form_without_the_sessions_token_records_nothing() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let colleague = handling(&test).await;
    let matter = matter_with(&test, Vec::new()).await;
    let page = step_in(matter, "issue-receipt");
    let theirs = StepForm::open(&test, &colleague, &page).await.value("csrf").to_owned();
    for mut form in [StepForm::open(&test, &session, &page).await, filled(&test, &session).await] {
        for wrong in ["", "0", theirs.as_str()] {
            form.force("csrf", wrong);
            form.record().await.says(403, "Formulir kedaluwarsa");
        }
        form.remove("csrf");
        form.record().await.says(403, "Formulir kedaluwarsa");
        assert_eq!(matters(&test, BALIKPAPAN).await, [matter]);
        assert_eq!(length_of(&test, matter).await, 1);
    }
}

#[tokio::test]
async fn a_form_for_another_length_of_the_docket_records_nothing() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let matter = matter_with(&test, Vec::new()).await;
    let mut form = StepForm::open(&test, &session, &step_in(matter, "issue-receipt")).await;
    for wrong in ["", "0", "2", "01", "satu"] {
        form.force("expected", wrong);
        form.record().await.says(409, "Perkara sudah berubah");
    }
    form.remove("expected");
    form.record().await.says(409, "Perkara sudah berubah");
    assert_eq!(length_of(&test, matter).await, 1);
}

#[tokio::test]
async fn of_two_officers_with_the_same_page_one_is_too_late() {
    let test = TestApp::new().await;
    let (session, colleague) = (intake(&test).await, handling(&test).await);
    let matter = matter_with(&test, Vec::new()).await;
    let page = step_in(matter, "issue-receipt");
    let mut first = StepForm::open(&test, &session, &page).await;
    let mut second = StepForm::open(&test, &colleague, &page).await;
    assert_eq!(first.record().await.location(), format!("/meja/perkara/{matter}"));
    second.record().await.says(409, "Petugas lain sudah mencatat sesuatu");
    first.record().await.says(409, "Perkara sudah berubah");
    let docket = docket_of(&test, matter).await;
    assert_eq!(docket.matter.length, 2);
    assert_eq!(docket.matter.report_number.as_deref(), Some("001/LP/PL/Kota/23.01/I/2024"));
}

#[tokio::test]
async fn of_two_officers_at_the_same_moment_one_is_too_late() {
    let test = TestApp::new().await;
    let (session, colleague) = (intake(&test).await, handling(&test).await);
    let matter = matter_with(&test, Vec::new()).await;
    let page = step_in(matter, "issue-receipt");
    let mut one = StepForm::open(&test, &session, &page).await;
    let mut other = StepForm::open(&test, &colleague, &page).await;
    let (one, other) = tokio::join!(one.record(), other.record());
    let mut found = [one.status.as_u16(), other.status.as_u16()];
    found.sort_unstable();
    assert_eq!(found, [303, 409]);
    assert_eq!(length_of(&test, matter).await, 2);
}

#[tokio::test]
async fn steps_that_there_are_not_are_not_found() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let matter = matter_with(&test, Vec::new()).await;
    let token = csrf(&get_as(&test, &session, "/meja").await);
    for path in [
        step_in(matter, "tidak-ada"),
        step_in(matter, "Issue-Receipt"),
        step_in(matter, "..%2Fcorrect"),
        "/meja/baru/tidak-ada".to_owned(),
        "/meja/baru/register".to_owned(),
        "/meja/baru/correct".to_owned(),
    ] {
        get_as(&test, &session, &path).await.says(404, "Halaman tidak ditemukan");
        post_as(&test, &session, &path, &[("csrf", token.as_str())]).await.says(404, "Halaman tidak ditemukan");
    }
}

#[tokio::test]
async fn a_step_in_another_offices_matter_is_answered_like_one_in_no_matter() {
    let test = TestApp::new().await;
    let stranger = enter(&test, PENAJAM, "orang-lain", Role::Handling).await;
    let matter = matter_with(&test, Vec::new()).await;
    let nobodys = MatterId::new(random_uuid());
    let token = csrf(&get_as(&test, &stranger, "/meja").await);
    // What the stranger may take, may not take, and what there is not.
    for step in ["issue-receipt", "decide-plenary", "tidak-ada"] {
        let (theirs, none) = (step_in(matter, step), step_in(nobodys, step));
        let fields = [("csrf", token.as_str()), ("expected", "1"), ("confirm", "ya"), ("at", "2024-01-19T10:00")];
        for (found, unknown) in [
            (get_as(&test, &stranger, &theirs).await, get_as(&test, &stranger, &none).await),
            (post_as(&test, &stranger, &theirs, &fields).await, post_as(&test, &stranger, &none, &fields).await),
        ] {
            found.says(404, "Halaman tidak ditemukan");
            assert_eq!((found.status, found.body), (unknown.status, unknown.body), "{step}");
        }
    }
    assert_eq!(length_of(&test, matter).await, 1);
}

#[tokio::test]
async fn a_step_that_is_not_for_the_role_is_forbidden() {
    let test = TestApp::new().await;
    let matter = matter_with(&test, until_forwarded()).await;
    for (office, role, path) in [
        (BALIKPAPAN, Role::Intake, step_in(matter, "forward")),
        (BALIKPAPAN, Role::Intake, "/meja/baru/record-prevention".to_owned()),
        (BALIKPAPAN, Role::Handling, step_in(matter, "decide-plenary")),
        (BALIKPAPAN, Role::Handling, step_in(matter, "fix-finding")),
        (BALIKPAPAN, Role::Plenary, step_in(matter, "add-exhibit")),
        (BALIKPAPAN, Role::Plenary, "/meja/baru/receive-report".to_owned()),
        (BALIKPAPAN, Role::Administration, step_in(matter, "correct")),
        (BALIKPAPAN, Role::Administration, "/meja/baru/receive-report".to_owned()),
        ("kasn", Role::Authority, step_in(matter, "report-sanction")),
        ("kasn", Role::Authority, step_in(matter, "correct")),
        ("kasn", Role::Authority, "/meja/baru/receive-tip".to_owned()),
        ("kasn", Role::Handling, step_in(matter, "forward")),
        ("kasn", Role::Handling, "/meja/baru/receive-report".to_owned()),
    ] {
        let login = format!("petugas-{}", random_uuid());
        let session = enter(&test, office, &login, role).await;
        let token = csrf(&get_as(&test, &session, "/meja/sandi").await);
        get_as(&test, &session, &path).await.says(403, "Tidak berwenang");
        let fields = [("csrf", token.as_str()), ("expected", "7"), ("confirm", "ya"), ("at", "2024-01-19T10:00")];
        post_as(&test, &session, &path, &fields).await.says(403, "Tidak berwenang");
    }
    assert_eq!(length_of(&test, matter).await, 7);
    assert_eq!(matters(&test, BALIKPAPAN).await.len(), 1);
}

#[tokio::test]
async fn a_step_whose_time_has_not_come_says_what_is_missing_and_one_out_of_place_that_the_matter_moved() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let new = matter_with(&test, Vec::new()).await;
    let registered = matter_with(&test, until_registered()).await;
    let token = csrf(&get_as(&test, &session, "/meja").await);
    for (matter, step, status, text) in [
        (new, "initial-study", 400, "Tanda bukti penyampaian laporan belum diterbitkan."),
        (new, "delegate", 400, "Kajian awal belum menyatakan bahwa laporan ini wewenang pengawas lain."),
        (new, "register", 409, "Perkara sudah berubah"),
        (new, "forward", 409, "Perkara sudah berubah"),
        (new, "receive-report", 409, "Perkara sudah berubah"),
        (registered, "clarify", 400, "Belum ada undangan klarifikasi yang terbuka."),
        (registered, "forward", 400, "Rapat pleno belum memutuskan."),
        (registered, "issue-receipt", 409, "Perkara sudah berubah"),
    ] {
        let path = step_in(matter, step);
        get_as(&test, &session, &path).await.says(status, text);
        let expected = length_of(&test, matter).await.to_string();
        let fields =
            [("csrf", token.as_str()), ("expected", expected.as_str()), ("confirm", "ya"), ("at", "2024-01-19T10:00")];
        post_as(&test, &session, &path, &fields).await.says(status, text);
        assert_eq!(length_of(&test, matter).await.to_string(), expected, "{step}");
    }
}

#[tokio::test]
async fn an_empty_file_is_named() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let matter = matter_with(&test, Vec::new()).await;
    let mut form = StepForm::open(&test, &session, &step_in(matter, "add-exhibit")).await;
    refuses(&form.record().await, "files", "Pilih sekurang-kurangnya satu berkas.");
    form.attach("foto <1>.jpg", b"");
    refuses(&form.record().await, "files", "Berkas \"foto <1>.jpg\" kosong.");
    form.attach("kosong.jpg", b"");
    form.attach("berisi.jpg", EVIDENCE);
    let answer = form.record().await;
    refuses(&answer, "files", "Berkas \"kosong.jpg\" kosong.");
    answer.says(422, "berisi.jpg (");
    assert_eq!(length_of(&test, matter).await, 1);
    assert_eq!(form.record().await.location(), format!("/meja/perkara/{matter}"));
    assert_eq!(docket_of(&test, matter).await.matter.exhibits.len(), 2);
}

#[tokio::test]
async fn a_file_survives_an_error_elsewhere_on_the_page() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut form = filled(&test, &session).await;
    form.set("place", "");
    form.attach("../Foto <kampanye>.jpg", EVIDENCE);
    let answer = form.record().await;
    refuses(&answer, "place", "Tulis tempat kejadian.");
    answer.says(422, "Foto &#60;kampanye&#62;.jpg (");
    form.preview().await.says(422, "Foto &#60;kampanye&#62;.jpg (");
    form.set("place", "Ruang rapat lantai 3");
    form.preview().await.says(200, "Pratinjau");
    let matter = matter_in(&form.record().await.body);
    let exhibits = docket_of(&test, matter).await.matter.exhibits;
    assert_eq!(exhibits.len(), 1);
    assert_eq!(exhibits[0].label.open().unwrap().file_name, "Foto <kampanye>.jpg");
    assert_eq!(bytes_as(&test, &session, &format!("/meja/perkara/{matter}/bukti/1")).await, EVIDENCE);
}

#[tokio::test]
async fn a_file_can_be_taken_away_again() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut form = filled(&test, &session).await;
    form.attach("salah.jpg", b"salah");
    form.attach("benar.jpg", EVIDENCE);
    form.preview().await.says(200, "salah.jpg (");
    let wrong = form.options("drop")[0].to_owned();
    form.set("drop", &wrong);
    form.preview().await.hides("salah.jpg");
    let matter = matter_in(&form.record().await.body);
    let exhibits = docket_of(&test, matter).await.matter.exhibits;
    let names: Vec<&str> = exhibits.iter().map(|e| e.label.open().unwrap().file_name.as_str()).collect();
    assert_eq!(names, ["benar.jpg"]);
}

#[tokio::test]
async fn a_list_of_kept_files_that_this_server_did_not_make_is_refused() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut form = filled(&test, &session).await;
    form.attach("foto.jpg", EVIDENCE);
    form.preview().await.says(200, "Pratinjau");
    let kept = form.value("kept").to_owned();
    let (seal, list) = kept.split_once('.').unwrap();
    for wrong in [
        kept.replace("foto.jpg", "lain.jpg"),
        kept.replace("image/jpeg", "text/html"),
        format!("{}.{list}", "0".repeat(seal.len())),
        format!(".{list}"),
        list.to_owned(),
        format!("{seal}."),
        "x".to_owned(),
    ] {
        assert_ne!(wrong, kept);
        form.force("kept", &wrong);
        form.record().await.says(403, "Formulir kedaluwarsa");
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    form.force("kept", &kept);
    code_in(&form.record().await);
}

#[tokio::test]
async fn a_new_report_sent_twice_is_one_matter_with_one_code() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut form = filled(&test, &session).await;
    let first = form.record().await;
    let again = form.record().await;
    let code = code_in(&first);
    assert_eq!(code, code_in(&again));
    assert_eq!(matter_in(&first.body), matter_in(&again.body));
    assert_eq!(matters(&test, BALIKPAPAN).await, [matter_in(&first.body)]);
    assert_eq!(length_of(&test, matter_in(&first.body)).await, 1);
    let status = test.get(&format!("/s/{code}")).await;
    status.says(200, "Status laporan Anda");
    status.hides(REPORTER);
}

#[tokio::test]
async fn a_new_report_sent_twice_at_the_same_moment_is_one_matter_with_one_code() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut one = filled(&test, &session).await;
    let mut other = one.clone();
    let (one, other) = tokio::join!(one.record(), other.record());
    assert_eq!(code_in(&one), code_in(&other));
    assert_eq!(matters(&test, BALIKPAPAN).await, [matter_in(&one.body)]);
}

#[tokio::test]
async fn a_new_report_needs_the_token_of_its_page() {
    let test = TestApp::new().await;
    let session = intake(&test).await;
    let mut form = filled(&test, &session).await;
    for wrong in ["", "x", "zzzzzzzzzzzzzzzzzzzzzzzzzz"] {
        form.force("token", wrong);
        form.record().await.says(403, "Formulir kedaluwarsa");
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
}

#[tokio::test]
async fn a_preview_records_nothing() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let mut form = filled(&test, &session).await;
    for _ in 0..2 {
        let shown = form.preview().await;
        shown.says(200, "Yang sudah dicatat tidak dapat dihapus");
        shown.says(200, REPORTED);
    }
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    let matter = matter_with(&test, vec![receipt(), study("REGISTER_HERE")]).await;
    let mut form = StepForm::open(&test, &session, &step_in(matter, "register")).await;
    form.preview().await.says(200, "Pratinjau");
    // Anything but the word of the second button is a preview.
    form.force("confirm", "tidak");
    form.preview().await.says(200, "Pratinjau");
    let docket = docket_of(&test, matter).await;
    assert_eq!((docket.matter.length, docket.matter.registered), (3, None));
    form.record().await.location();
    let registered = docket_of(&test, matter).await.matter.registered.unwrap();
    assert_eq!(registered.1, "001/Reg/LP/PL/Kota/23.01/I/2024", "previews draw no numbers");
}

#[tokio::test]
async fn a_report_of_a_day_without_law_is_refused() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let mut form = filled(&test, &session).await;
    form.set("at", "2014-01-19T10:00");
    refuses(&form.record().await, "at", "");
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
}

#[tokio::test]
async fn the_notes_of_requirements_are_asked_at_once() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let matter = matter_with(&test, vec![receipt()]).await;
    let form = StepForm::open(&test, &session, &step_in(matter, "initial-study")).await;
    assert!(form.asks("req_material-evidence") && form.asks("note_material-evidence"));
}

#[tokio::test]
async fn an_announcement_names_nobody_without_titles_either() {
    let test = TestApp::new().await;
    let session = handling(&test).await;
    let mut form = filled(&test, &session).await;
    form.set("r_name", "Dra. Siti Rahasia, M.Si.");
    let matter = matter_in(&form.record().await.body);
    take(&test, &session, &step_in(matter, "withdraw"), &[("reason", "Takut.")]).await.location();
    let mut form = StepForm::open(&test, &session, &step_in(matter, "announce-status")).await;
    form.set("text", "Laporan Siti Rahasia dicabut.");
    refuses(&form.record().await, "text", "Teks ini menyebut nama orang dalam perkara.");
}
