//! Prevention and vulnerability at the desk: the list of recipients, a measure for many, whom it reached before a stage,
//! its letters, what came back, and the index that says whom to reach first.

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

use netra_docket::act::{Act, RecipientAnswer, RecipientKind};
use netra_docket::ids::MatterId;
use netra_store::{Listed, Privacy, Recipient, Role, Scope};

use driver::{StepForm, docket_of, enter, matter_in, refuses, step_in};
use fixtures::{bytes_as, csrf, get_as, more_offices, post_as};
use support::report::matters;
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const REGISTER: &str = "/meja/pencegahan";
const COVERAGE: &str = "/meja/pencegahan/jangkauan";
const RECIPIENTS: &str = "/meja/pencegahan/penerima";
const PASTE: &str = "/meja/pencegahan/penerima/tempel";
const INDEX: &str = "/meja/kerawanan";
const ENTRY: &str = "/meja/kerawanan/isi";
const RECORD: &str = "/meja/baru/record-prevention";
/// The next stage on the day on which these tests stand.
const STAGE: &str = "pemilu-2024.quiet-period";

const TABLE: &str = "jenis,nama,wilayah,alamat\n\
                     Perangkat daerah,Dinas Contoh,,Jalan Contoh 1\n\
                     kecamatan,Camat Contoh Selatan,Balikpapan Selatan,\n\
                     kecamatan,Camat Contoh Timur,64.71.01,\n\
                     raja,Keraton Contoh,,\n\
                     party,Partai Contoh,Samarinda,\n";

async fn handling(test: &TestApp) -> String {
    enter(test, BALIKPAPAN, "penanganan", Role::Handling).await
}

/// Sends a form with the session's token.
async fn send(test: &TestApp, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = csrf(&get_as(test, cookie, "/meja/sandi").await);
    let mut all = vec![("csrf", token.as_str())];
    all.extend_from_slice(fields);
    post_as(test, cookie, path, &all).await
}

async fn list(test: &TestApp, office: &str) -> Vec<Recipient> {
    let scope = Scope::new(office.parse().unwrap(), Privacy::Open);
    test.app.store.recipients(&scope, Listed::InUse).await.unwrap()
}

/// The list of the table above, confirmed.
async fn filled(test: &TestApp, cookie: &str) -> Vec<Recipient> {
    let answer = send(test, cookie, PASTE, &[("table", TABLE), ("confirm", "ya")]).await;
    assert_eq!(answer.location(), RECIPIENTS);
    list(test, BALIKPAPAN).await
}

/// An appeal to everybody who is not yet reached before the next stage.
async fn appeal(test: &TestApp, cookie: &str) -> MatterId {
    let mut form = StepForm::open(test, cookie, &format!("{RECORD}?tahap={STAGE}")).await;
    form.answer(&[
        ("contest", "pemilu-pl"),
        ("activity", "appeal-letter"),
        ("subject_line", "Imbauan netralitas pegawai"),
        ("delivery", "by-hand"),
        ("letter", "061/CONTOH/I/2024"),
        ("text", "Mohon mengingatkan pegawai agar netral."),
    ]);
    matter_in(form.record().await.location())
}

#[tokio::test]
async fn a_pasted_table_is_judged_first_and_written_only_when_confirmed() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    get_as(&test, &cookie, RECIPIENTS).await.says(200, "Masih kosong");

    let page = send(&test, &cookie, PASTE, &[("table", TABLE)]).await;
    for words in [
        "Belum ada yang ditambahkan.",
        "2 baris dilewati",
        "Baris 5: jenis &#39;raja&#39; tidak dikenal",
        "Baris 6: wilayah &#39;Samarinda&#39; tidak dikenal",
        "Kecamatan Balikpapan Selatan",
        "Tambahkan 3 penerima, lewati 2",
    ] {
        page.says(200, words);
    }
    assert_eq!(list(&test, BALIKPAPAN).await, [], "nothing is written before somebody confirms");

    let added = filled(&test, &cookie).await;
    let names: Vec<(&str, RecipientKind, &str)> =
        added.iter().map(|r| (r.name.as_str(), r.kind, r.region.as_str())).collect();
    let expected = [
        ("Dinas Contoh", RecipientKind::Agency, ""),
        ("Camat Contoh Selatan", RecipientKind::Subdistrict, "64.71.05"),
        ("Camat Contoh Timur", RecipientKind::Subdistrict, "64.71.01"),
    ];
    assert_eq!(names, expected);
    let again = send(&test, &cookie, PASTE, &[("table", TABLE)]).await;
    again.says(200, "5 baris dilewati");
    again.says(200, "Tidak ada baris yang dapat ditambahkan.");

    let refused = send(&test, &cookie, PASTE, &[("table", "nama\nDinas Contoh\n")]).await;
    refused.says(422, "<a href=\"#f-table\">Kolom &#39;jenis&#39; dan &#39;nama&#39; harus ada");
    refused.says(422, "Dinas Contoh</textarea>");
    assert_eq!(list(&test, PENAJAM).await, [], "another office has its own list");
}

#[tokio::test]
async fn recipients_are_added_and_retired_by_hand() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let empty = send(&test, &cookie, RECIPIENTS, &[]).await;
    empty.says(422, "Tulis nama instansi atau jabatannya.");
    empty.says(422, "Pilih jenis penerimanya.");
    let fields = [("kind", "agency"), ("title", "Dinas Contoh"), ("region", "64.72"), ("address", "Jalan Contoh 1")];
    let outside = send(&test, &cookie, RECIPIENTS, &fields).await;
    outside.says(422, "Wilayah ini di luar wilayah kantor Anda.");
    outside.says(422, "value=\"Jalan Contoh 1\"");
    assert_eq!(list(&test, BALIKPAPAN).await, []);

    let fields = [("kind", "agency"), ("title", "Dinas Contoh"), ("region", "64.71"), ("address", "Jalan Contoh 1")];
    assert_eq!(send(&test, &cookie, RECIPIENTS, &fields).await.location(), RECIPIENTS);
    send(&test, &cookie, RECIPIENTS, &fields).await.says(422, "Penerima ini sudah ada dalam daftar.");
    let id = list(&test, BALIKPAPAN).await[0].id;
    let retire = format!("{RECIPIENTS}/{id}/hentikan");
    let elsewhere = enter(&test, PENAJAM, "penanganan-lain", Role::Handling).await;
    assert_eq!(send(&test, &elsewhere, &retire, &[]).await.status, 404);
    assert_eq!(post_as(&test, &cookie, &retire, &[("csrf", "lain")]).await.status, 403);
    assert_eq!(list(&test, BALIKPAPAN).await.len(), 1);
    assert_eq!(send(&test, &cookie, &retire, &[]).await.location(), RECIPIENTS);
    assert_eq!(list(&test, BALIKPAPAN).await, []);
    get_as(&test, &cookie, RECIPIENTS).await.says(200, "Yang sudah dihentikan (1)");
}

#[tokio::test]
async fn a_measure_for_many_is_recorded_in_one_go_and_closes_the_gap() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    get_as(&test, &cookie, REGISTER).await.says(200, "Belum ada kegiatan");
    let added = filled(&test, &cookie).await;
    let before = get_as(&test, &cookie, COVERAGE).await;
    before.says(200, "Masa tenang (Pemilihan Umum 2024)");
    before.says(200, "<strong>0 dari 2</strong> Kecamatan");
    before.says(200, "Catat kegiatan untuk 3 yang belum dijangkau");
    before.says(200, &format!("{RECORD}?tahap={STAGE}"));

    let form = StepForm::open(&test, &cookie, &format!("{RECORD}?tahap={STAGE}&jenis=agency")).await;
    assert_eq!(form.value("to_agency"), added[0].id.to_string());
    assert_eq!(form.value("to_subdistrict"), "", "only the kind that was asked for is ticked");
    let form = StepForm::open(&test, &cookie, RECORD).await;
    assert_eq!(form.value("to_agency"), "", "without a stage nobody is ticked");

    let matter = appeal(&test, &cookie).await;
    let docket = docket_of(&test, matter).await;
    assert_eq!(docket.matter.prevention[0].what.recipients.len(), 3);
    let after = get_as(&test, &cookie, COVERAGE).await;
    after.says(200, "Semua yang ditampilkan sudah dijangkau sebelum tahap ini.");
    after.says(200, "terakhir 19 Jan 2024, 1 kegiatan, belum ada tanggapan");
    after.hides("belum dijangkau</span>");
    // The stage before this one began earlier: what is done now did not come before it.
    let past = get_as(&test, &cookie, &format!("{COVERAGE}?tahap=pemilu-2024.campaign")).await;
    past.says(200, "<strong>0 dari 1</strong> Perangkat daerah");

    let page = get_as(&test, &cookie, REGISTER).await;
    page.says(200, "Imbauan netralitas pegawai");
    page.says(200, "061/CONTOH/I/2024");
    page.says(200, "<strong>2 dari 2</strong> Kecamatan");
    get_as(&test, &cookie, &format!("{REGISTER}?kepada=party")).await.hides("Imbauan netralitas pegawai");
    get_as(&test, &cookie, &format!("{REGISTER}?kepada=agency&jenis=appeal-letter"))
        .await
        .says(200, "Imbauan netralitas pegawai");
    let elsewhere = enter(&test, PENAJAM, "penanganan-lain", Role::Handling).await;
    get_as(&test, &elsewhere, REGISTER).await.hides("Imbauan netralitas pegawai");
}

#[tokio::test]
async fn an_appeal_becomes_a_letter_for_each_recipient() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    filled(&test, &cookie).await;
    let matter = appeal(&test, &cookie).await;
    let letters = format!("/meja/perkara/{matter}/surat/1");
    get_as(&test, &cookie, &format!("/meja/perkara/{matter}")).await.says(200, &letters);
    let bytes = bytes_as(&test, &cookie, &letters).await;
    assert!(bytes.starts_with(b"%PDF-"));
    for none in ["2", "01", "x"] {
        let address = format!("/meja/perkara/{matter}/surat/{none}");
        assert_eq!(get_as(&test, &cookie, &address).await.status, 404, "{none}");
    }
    let elsewhere = enter(&test, PENAJAM, "penanganan-lain", Role::Handling).await;
    assert_eq!(get_as(&test, &elsewhere, &letters).await.status, 404);
}

#[tokio::test]
async fn what_comes_back_is_recorded_for_several_at_once() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let added = filled(&test, &cookie).await;
    let matter = appeal(&test, &cookie).await;
    let step = step_in(matter, "answer-prevention");
    let mut form = StepForm::open(&test, &cookie, &step).await;
    let nobody = form.record().await;
    refuses(&nobody, "who", "Pilih penerimanya.");
    refuses(&nobody, "answer", "Pilih apa tanggapannya.");
    let (first, second) = (added[1].id.to_string(), added[2].id.to_string());
    form.answer(&[
        ("who", first.as_str()),
        ("who", second.as_str()),
        ("answer", "returned"),
        ("note", "Kantor tutup."),
    ]);
    assert_eq!(matter_in(form.record().await.location()), matter);
    let mut form = StepForm::open(&test, &cookie, &step).await;
    form.answer(&[("who", "semua"), ("answer", "received"), ("number", "TT-1"), ("attendance", "banyak")]);
    refuses(&form.record().await, "attendance", "Isi dengan bilangan bulat, misalnya 45.");

    let page = get_as(&test, &cookie, COVERAGE).await;
    page.says(200, "<strong>0 dari 2</strong> Kecamatan");
    page.says(200, "<strong>1 dari 1</strong> Perangkat daerah");
    form.answer(&[("attendance", "")]);
    form.record().await.location();
    let docket = docket_of(&test, matter).await;
    let answers: Vec<RecipientAnswer> =
        added.iter().filter_map(|r| docket.matter.prevention[0].answer_of(r.id)).collect();
    assert_eq!(answers, [RecipientAnswer::Received; 3]);
    assert!(matches!(docket.entries[1].what, Act::PreventionAnswered(_)));
    let page = get_as(&test, &cookie, COVERAGE).await;
    page.says(200, "1 kegiatan, ada tanggapan");
    get_as(&test, &cookie, REGISTER).await.says(200, "<td class=\"n\" data-label=\"Ditanggapi\">3</td>");
}

#[tokio::test]
async fn a_measure_for_nobody_is_refused_and_records_nothing() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let mut form = StepForm::open(&test, &cookie, RECORD).await;
    form.answer(&[
        ("contest", "pilkada-pw"),
        ("activity", "information-session"),
        ("subject_line", "Sosialisasi netralitas"),
        ("text", "Penjelasan larangan."),
    ]);
    refuses(&form.record().await, "audience", "Tulis sekurang-kurangnya satu penerima");
    assert!(matters(&test, BALIKPAPAN).await.is_empty());
    form.answer(&[("audience", "masyarakat\npers"), ("attendance", "45"), ("place", "Aula Contoh")]);
    let matter = matter_in(form.record().await.location());
    let what = docket_of(&test, matter).await.matter.prevention[0].what.clone();
    assert_eq!((what.audience.len(), what.attendance, what.recipients.len()), (2, Some(45), 0));
    let page = get_as(&test, &cookie, &format!("/meja/perkara/{matter}")).await;
    page.says(200, "Jumlah yang hadir: 45");
    assert_eq!(get_as(&test, &cookie, &format!("/meja/perkara/{matter}/surat/1")).await.status, 404, "no letter");
}

#[tokio::test]
async fn the_index_ranks_regions_and_says_whom_to_reach_first() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let cookie = handling(&test).await;
    get_as(&test, &cookie, INDEX).await.says(200, "Belum ada nilai");
    filled(&test, &cookie).await;
    let common = [("year", "2024"), ("source", "Laporan hasil pengawasan nomor 12"), ("day", "2024-01-17")];
    let values = |region: &'static str, value: &'static str| {
        let mut fields = vec![("region", region), ("v_promoting", value)];
        fields.extend(common);
        fields
    };
    let saved = send(&test, &cookie, ENTRY, &values("64.71.05", "1")).await;
    assert_eq!(saved.location(), "/meja/kerawanan?tahun=2024");
    send(&test, &cookie, ENTRY, &values("64.71.05", "4,5")).await.location();
    send(&test, &cookie, ENTRY, &values("64.71.01", "1")).await.location();

    let page = get_as(&test, &cookie, INDEX).await;
    page.says(200, "bukan angka resmi");
    page.says(200, "Cara menghitung Kecamatan Balikpapan Selatan: 90,00");
    page.says(200, "Cara menghitung Kecamatan Balikpapan Timur: 20,00");
    page.says(200, "1 dari 13 indikator");
    page.says(200, "Laporan hasil pengawasan nomor 12 (17 Jan 2024)");
    page.says(200, "Kecamatan Balikpapan Kota");
    let (first, second) = (page.body.find("Balikpapan Selatan").unwrap(), page.body.find("Balikpapan Timur").unwrap());
    assert!(first < second, "the most points come first");
    let form = get_as(&test, &cookie, &format!("{ENTRY}?wilayah=64.71.05&tahun=2024")).await;
    form.says(200, "Sekarang 4,5 menurut Laporan hasil pengawasan nomor 12 (17 Jan 2024).");

    let coverage = get_as(&test, &cookie, COVERAGE).await;
    coverage.says(200, "jangkau lebih dulu");
    let place = |name: &str| coverage.body.find(name).unwrap();
    assert!(place("Camat Contoh Selatan") < place("Camat Contoh Timur"));
    assert!(place("Camat Contoh Timur") < place("Dinas Contoh"), "what has no region comes after");

    let above = enter(&test, "bawaslu-kaltim", "pemantau", Role::Oversight).await;
    get_as(&test, &above, INDEX).await.says(200, "90,00");
    let beside = enter(&test, PENAJAM, "penanganan-lain", Role::Handling).await;
    get_as(&test, &beside, INDEX).await.says(200, "Belum ada nilai");
}

#[tokio::test]
async fn unusable_values_are_refused_beside_their_field_and_none_is_kept() {
    let test = TestApp::new().await;
    let cookie = handling(&test).await;
    let good = [
        ("region", "64.71.05"),
        ("year", "2024"),
        ("source", "Laporan 1"),
        ("day", "2024-01-17"),
        ("v_promoting", "2"),
    ];
    let rows = [
        ("region", "64.72.01", "region", "Pilih wilayahnya dari daftar."),
        ("year", "1999", "year", "Tulis tahunnya, dari 2000 sampai 2024."),
        ("year", "2025", "year", "Tulis tahunnya, dari 2000 sampai 2024."),
        ("source", "", "source", "Tulis dari mana nilainya diambil."),
        ("day", "2024-01-20", "day", "Tanggal ini belum tiba."),
        ("day", "kemarin", "day", "Isi tanggal sumbernya, misalnya 19/1/2024."),
        ("v_promoting", "banyak", "v_promoting", "tidak terbaca"),
        ("v_promoting", "", "v_past-matters", "Isi sekurang-kurangnya satu nilai."),
    ];
    for (field, value, place, problem) in rows {
        let fields = good.map(|(name, text)| if name == field { (name, value) } else { (name, text) });
        let page = send(&test, &cookie, ENTRY, &fields).await;
        page.says(422, &format!("<a href=\"#f-{place}\">"));
        page.says(422, problem);
    }
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    assert_eq!(test.app.store.indicator_values(&scope).await.unwrap(), []);
}

#[tokio::test]
async fn who_may_see_and_change_what() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let rows: [(&str, Role, [u16; 5]); 6] = [
        (BALIKPAPAN, Role::Handling, [200, 200, 422, 200, 200]),
        (BALIKPAPAN, Role::Plenary, [200, 200, 422, 200, 200]),
        (BALIKPAPAN, Role::Intake, [200, 200, 403, 403, 403]),
        ("bawaslu-kaltim", Role::Oversight, [403, 403, 403, 200, 403]),
        ("bawaslu-kaltim", Role::Administration, [403, 403, 403, 403, 403]),
        ("kasn", Role::Authority, [403, 403, 403, 403, 403]),
    ];
    for (office, role, expected) in rows {
        let cookie = enter(&test, office, &format!("{}-{office}", role.id()), role).await;
        let found = [
            get_as(&test, &cookie, REGISTER).await.status.as_u16(),
            get_as(&test, &cookie, COVERAGE).await.status.as_u16(),
            send(&test, &cookie, RECIPIENTS, &[]).await.status.as_u16(),
            get_as(&test, &cookie, INDEX).await.status.as_u16(),
            get_as(&test, &cookie, ENTRY).await.status.as_u16(),
        ];
        assert_eq!(found, expected, "{office} {role:?}");
        let page = get_as(&test, &cookie, "/meja/sandi").await;
        assert_eq!(page.body.contains("href=\"/meja/pencegahan\""), expected[0] == 200, "{office} {role:?}");
        assert_eq!(page.body.contains("href=\"/meja/kerawanan\""), expected[3] == 200, "{office} {role:?}");
    }
    let intake = enter(&test, BALIKPAPAN, "loket", Role::Intake).await;
    get_as(&test, &intake, COVERAGE).await.hides("Catat kegiatan");
    get_as(&test, &intake, RECIPIENTS).await.hides("Tambah satu penerima");
}
