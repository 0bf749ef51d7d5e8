//! Personal data at the desk: identities that are protected and opened, data that two persons erase.

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

use driver::{StepForm, enter, refuses, step_in, take};
use fixtures::{REPORTED, REPORTER, REPORTERS_PHONE, get_as, report};
use support::{BALIKPAPAN, PENAJAM, TestApp};

const NOW: &str = "2024-01-19T12:00:00+08:00";

async fn desk() -> (TestApp, MatterId, String, String) {
    let test = TestApp::new().await;
    test.set_clock(NOW);
    let matter = report(&test, BALIKPAPAN, "2024-01-19T10:00:00+08:00", "Ajakan di grup percakapan").await;
    let handling = enter(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let plenary = enter(&test, BALIKPAPAN, "pimpinan", Role::Plenary).await;
    (test, matter, handling, plenary)
}

async fn page(test: &TestApp, cookie: &str, matter: MatterId) -> support::Answer {
    get_as(test, cookie, &format!("/meja/perkara/{matter}")).await
}

#[tokio::test]
async fn a_protected_reporter_is_named_nowhere_until_an_act_opens_the_identity() {
    let (test, matter, handling, plenary) = desk().await;
    page(&test, &handling, matter).await.says(200, REPORTER);
    let protect = step_in(matter, "protect-identity");
    take(&test, &handling, &protect, &[("person", "1"), ("reason", "Takut dimutasi")]).await;
    for path in
        ["".to_owned(), "/lembar/1".to_owned(), "/langkah/initial-study".to_owned(), "/langkah/correct".to_owned()]
    {
        let shown = get_as(&test, &handling, &format!("/meja/perkara/{matter}{path}")).await;
        shown.hides(REPORTER);
        shown.hides(REPORTERS_PHONE);
    }
    let shown = page(&test, &handling, matter).await;
    shown.says(200, "Identitas dilindungi");
    shown.says(200, REPORTED);

    let opening = step_in(matter, "open-identity");
    let answer = take(&test, &handling, &opening, &[("person", "1"), ("reason", "Menyampaikan undangan")]).await;
    let identity = answer.location().to_owned();
    assert_eq!(identity, format!("/meja/perkara/{matter}/identitas/3"));
    let opened = get_as(&test, &handling, &identity).await;
    opened.says(200, REPORTER);
    opened.says(200, REPORTERS_PHONE);
    assert_eq!(opened.headers["cache-control"], "no-store");
    page(&test, &handling, matter).await.hides(REPORTER);
    page(&test, &handling, matter).await.says(200, "Menyampaikan undangan");

    // Not for others, not for other acts, not for long.
    get_as(&test, &plenary, &identity).await.says(404, "");
    let intake = enter(&test, BALIKPAPAN, "penerima", Role::Intake).await;
    get_as(&test, &intake, &identity).await.says(403, "");
    let stranger = enter(&test, PENAJAM, "tetangga", Role::Handling).await;
    get_as(&test, &stranger, &identity).await.says(404, "");
    get_as(&test, &handling, &format!("/meja/perkara/{matter}/identitas/1")).await.says(404, "");
    test.set_clock("2024-01-19T12:09:59+08:00");
    get_as(&test, &handling, &identity).await.says(200, REPORTER);
    test.set_clock("2024-01-19T12:10:00+08:00");
    get_as(&test, &handling, &identity).await.says(404, "");
}

#[tokio::test]
async fn what_is_typed_must_not_name_whoever_is_protected() {
    let (test, matter, handling, _) = desk().await;
    let protect = step_in(matter, "protect-identity");
    take(&test, &handling, &protect, &[("person", "1"), ("reason", "Takut dimutasi")]).await;
    let mut form = StepForm::open(&test, &handling, &step_in(matter, "open-identity")).await;
    form.answer(&[("person", "1"), ("reason", "Menelepon ibu SITI  rahasia")]);
    refuses(&form.preview().await, "reason", "identitasnya dilindungi");
}

#[tokio::test]
async fn reported_persons_are_not_protected_from_the_authority_that_must_act() {
    let (test, matter, handling, _) = desk().await;
    let form = StepForm::open(&test, &handling, &step_in(matter, "protect-identity")).await;
    assert!(form.options("person").contains(&"1") && !form.options("person").contains(&"2"));
}

#[tokio::test]
async fn two_officers_erase_and_the_page_tells_what_is_gone() {
    let (test, matter, handling, plenary) = desk().await;
    let answers = [("person", "1"), ("ground", "on-request"), ("reason", "Diminta lewat surat")];
    take(&test, &handling, &step_in(matter, "propose-erasure"), &answers).await;
    page(&test, &handling, matter).await.says(200, "UU 27/2022 art. 8 dan 43(1)(c)");
    page(&test, &handling, matter).await.says(200, REPORTER);
    get_as(&test, &handling, &step_in(matter, "confirm-erasure")).await.says(403, "");

    take(&test, &plenary, &step_in(matter, "confirm-erasure"), &[]).await;
    let shown = page(&test, &plenary, matter).await;
    shown.says(200, "Identitas dihapus pada Jumat, 19 Januari 2024");
    shown.says(200, "1 nilai dan kuncinya dihapus");
    get_as(&test, &plenary, &format!("/meja/perkara/{matter}/lembar/3")).await.says(200, "Berita Acara Penghapusan");
    let persons = shown.body.split("id=\"orang\"").nth(1).unwrap_or(&shown.body);
    assert!(!persons.split("</section>").next().unwrap().contains(REPORTER), "{persons}");
}

#[tokio::test]
async fn nobody_confirms_an_own_proposal() {
    let (test, matter, _, plenary) = desk().await;
    let answers = [("person", "1"), ("ground", "on-request"), ("reason", "Diminta lewat surat")];
    take(&test, &plenary, &step_in(matter, "propose-erasure"), &answers).await;
    let mut form = StepForm::open(&test, &plenary, &step_in(matter, "confirm-erasure")).await;
    refuses(&form.preview().await, "proposal", "Minta orang lain");
}
