//! Public statistics: what the page says, what it keeps to itself, and what can be taken home.

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

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use netra_law::time::Zone;
use netra_statistics::Catalogue;
use serde_json::Value;
use tower::ServiceExt as _;

use driver::{matter_with, receipt, study};
use fixtures::{REPORTED, REPORTER};
use support::TestApp;

/// Counts and publishes what is recorded.
async fn publish(test: &TestApp) {
    let now = test.app.now(Zone::Wita);
    test.app.store.follow_statistics(now).await.unwrap();
    assert!(test.app.store.publish_statistics(now).await.unwrap());
}

/// Ten reports with a receipt, three of them studied.
async fn filled() -> TestApp {
    let test = TestApp::new().await;
    for n in 0..10 {
        let acts = if n < 3 { vec![receipt(), study("REGISTER_HERE")] } else { vec![receipt()] };
        matter_with(&test, acts).await;
    }
    publish(&test).await;
    test
}

async fn json(test: &TestApp, path: &str) -> Value {
    let answer = test.get(path).await;
    answer.says(200, "{");
    assert_eq!(answer.headers["content-type"], "application/json");
    serde_json::from_str(&answer.body).unwrap()
}

/// The count of a row in all matters; nothing where it is hidden.
fn count(all: &Value, dimension: Option<&str>, value: Option<&str>) -> Option<u64> {
    let cells = all["cells"].as_array().unwrap();
    let found = cells.iter().find(|cell| {
        cell["slice"] == "*"
            && cell["dimension"].as_str() == dimension
            && cell["value"].as_str() == value
            && cell["unit"] == "matters"
    });
    found.unwrap_or_else(|| panic!("{dimension:?} {value:?} in {all}"))["count"].as_u64()
}

#[tokio::test]
async fn before_the_first_publication_the_page_says_so() {
    let test = TestApp::new().await;
    test.get("/statistik").await.says(200, "Belum ada angka yang terbit");
    assert_eq!(test.get("/statistik/2024/laporan.pdf").await.status, StatusCode::NOT_FOUND);
    test.get("/").await.says(200, "href=\"/statistik\"");
}

#[tokio::test]
async fn every_figure_stands_with_its_definition_as_chart_and_as_table() {
    let test = filled().await;
    let page = test.get("/statistik").await;
    let catalogue = Catalogue::shipped().unwrap();
    for entry in catalogue.dimensions() {
        page.says(200, &entry.question);
        page.says(200, &format!("id=\"q-{}\"", entry.id.id()));
    }
    page.says(200, "Statistik: Seluruh Indonesia");
    page.says(200, "<svg class=\"chart\"");
    page.says(200, "<svg class=\"tiles\"");
    page.says(200, "role=\"img\"");
    page.says(200, "aria-label=\"Kalimantan Timur: 10\"");
    for unwanted in [REPORTER, REPORTED, "style=", "<script>", "onclick"] {
        page.hides(unwanted);
    }
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(page.headers.get("set-cookie").is_none(), "the public gets no cookie");
}

#[tokio::test]
async fn few_are_hidden_and_so_is_what_would_tell_them() {
    let test = filled().await;
    for area in ["", "64", "64.71"] {
        let all = json(&test, &format!("/statistik/data.json?wilayah={area}")).await;
        assert_eq!(count(&all, None, None), Some(10), "{area}");
        assert_eq!(count(&all, Some("stage"), Some("to-register")), None, "three are few: {area}");
        assert_eq!(count(&all, Some("stage"), Some("initial-study")), None, "ten less seven: {area}");
        assert_eq!(count(&all, Some("source"), Some("report")), Some(10), "{area}");
        let least = all["smallest_shown"].as_u64().unwrap();
        for cell in all["cells"].as_array().unwrap() {
            assert!(cell["count"].as_u64().is_none_or(|count| count >= least), "{cell}");
            assert_eq!(cell["hidden"].as_bool(), Some(cell["count"].is_null()), "{cell}");
        }
        let page = test.get(&format!("/statistik?wilayah={area}")).await;
        page.says(200, "tidak ditampilkan");
    }
}

#[tokio::test]
async fn area_and_election_stand_in_the_address() {
    let test = filled().await;
    let city = test.get("/statistik?wilayah=64.71&pemilihan=pemilu-2024").await;
    city.says(200, "Statistik: Bawaslu Kota Balikpapan");
    city.says(200, "<option value=\"64.71\" selected>");
    city.says(200, "<option value=\"pemilu-2024\" selected>");
    city.says(200, "wilayah=64.71&#38;pemilihan=pemilu-2024");
    test.get("/statistik?wilayah=64").await.says(200, "Kota Balikpapan");
    test.get("/statistik?wilayah=11").await.says(200, "Belum ada perkara yang dihitung di sini");
    test.get("/statistik?pemilihan=pilkada-2024").await.says(200, "Belum ada perkara yang dihitung di sini");
    test.get("/statistik?tahun=2024").await.says(200, "Angka Masuk tahun 2024");
    // All elections stand beside each other for comparing.
    test.get("/statistik").await.says(200, "<th class=\"n\" scope=\"col\">Pemilihan Umum 2024</th>");
    for (path, status) in [
        ("/statistik?wilayah=balikpapan", 404),
        ("/statistik?wilayah=64.71.01", 404),
        ("/statistik?pemilihan=pemilu-1955", 404),
        ("/statistik?tahun=tahun", 404),
        ("/statistik?pemilihan=pemilu-2024&tahun=2024", 400),
        ("/statistik/tahun/laporan.pdf", 404),
        ("/statistik/1955/laporan.pdf", 404),
    ] {
        assert_eq!(test.get(path).await.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn figures_and_dictionary_can_be_taken_home() {
    let test = filled().await;
    let table = test.get("/statistik/data.csv?wilayah=64.71").await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    table.says(200, "wilayah,nama_wilayah,irisan,satuan,pembagian,nilai,jumlah,ditampilkan");
    table.says(200, "64.71,Bawaslu Kota Balikpapan,*,matters,,,10,ya");
    table.says(200, "64.71,Bawaslu Kota Balikpapan,*,matters,stage,to-register,,tidak");
    let words = json(&test, "/statistik/kamus.json").await;
    let known: Vec<&str> =
        words["dimensions"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    let all = json(&test, "/statistik/data.json").await;
    for cell in all["cells"].as_array().unwrap() {
        assert!(cell["dimension"].as_str().is_none_or(|dimension| known.contains(&dimension)), "{cell}");
    }
    let dictionary = test.get("/statistik/kamus.csv").await;
    dictionary.says(200, "pembagian,matters,outcome");
    dictionary.says(200, "nilai,outcome,no-violation");
    dictionary.says(200, "kolom,,irisan");
    test.get("/statistik/pembanding.csv").await.says(200, "kasn-cumulative");
}

/// What an office told the press in September 2024 is shown as the press had it: from a file, never as if it were counted here.
#[tokio::test]
async fn figures_of_others_stand_apart_with_how_sure_they_are() {
    let test = filled().await;
    let city = test.get("/statistik?wilayah=64.71").await;
    city.says(200, "Kota Balikpapan: perkara netralitas ASN");
    city.says(200, "<td data-label=\"Pemilihan\">Pilkada 2020</td><td data-label=\"Perkara\">1</td><td data-label=\"Kepastian\">belum pasti</td>");
    city.says(200, "<td data-label=\"Pemilihan\">Pemilu 2024</td><td data-label=\"Perkara\">4</td><td data-label=\"Kepastian\">belum pasti</td>");
    city.says(200, "Angka ini tidak dihitung oleh sistem ini");
    test.get("/statistik").await.hides("Kota Balikpapan: perkara netralitas ASN");
    test.get("/statistik").await.says(200, "dilaporkan, terbukti dan direkomendasikan");
}

#[tokio::test]
async fn the_yearly_report_is_a_pdf() {
    let test = filled().await;
    for path in ["/statistik/2024/laporan.pdf", "/statistik/2024/laporan.pdf?wilayah=64.71"] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = test.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "application/pdf");
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert!(bytes.starts_with(b"%PDF-"), "{path}");
    }
}
