//! The calendar of clocks and hearings: its address, what stands in it, and who reads it.

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

use std::io::BufReader;

use ical::IcalParser;
use ical::parser::ical::component::IcalEvent;
use netra_store::{AccountState, Role};

use driver::{matter_with, step_in, take, until_registered};
use fixtures::{REPORTED, REPORTER, account, csrf, get_as, log_in, post_as};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

async fn press(test: &TestApp, cookie: &str, path: &str) -> Answer {
    let page = get_as(test, cookie, "/meja/jadwal").await;
    post_as(test, cookie, path, &[("csrf", &csrf(&page))]).await
}

async fn address(test: &TestApp, cookie: &str) -> String {
    let page = press(test, cookie, "/meja/jadwal/alamat").await;
    let (_, rest) = page.body.split_once("<a href=\"/kalender/").unwrap();
    format!("/kalender/{}", rest.split('"').next().unwrap())
}

/// The events as an independent parser reads them.
fn events(text: &str) -> Vec<IcalEvent> {
    let mut calendars = IcalParser::new(BufReader::new(text.as_bytes()));
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    calendar.events
}

fn value(event: &IcalEvent, name: &str) -> String {
    let property = event.properties.iter().find(|property| property.name == name);
    property.and_then(|property| property.value.clone()).unwrap_or_default()
}

#[tokio::test]
async fn clocks_and_hearings_stand_in_the_calendar_and_nobodys_name() {
    let test = TestApp::new().await;
    let matter = matter_with(&test, until_registered()).await;
    account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let cookie = log_in(&test, "penanganan").await;
    let answers = [("person", "2"), ("session", "2024-02-01T09:00"), ("place", "Ruang A")];
    take(&test, &cookie, &step_in(matter, "invite-clarification"), &answers).await;

    let address = address(&test, &cookie).await;
    let feed = test.get(&address).await;
    feed.says(200, "BEGIN:VCALENDAR");
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(feed.headers["cache-control"], "private, no-store");
    feed.hides(REPORTER);
    feed.hides(REPORTED);
    let events = events(&feed.body);
    let hearing = events.iter().find(|event| value(event, "SUMMARY").starts_with("Klarifikasi")).unwrap();
    assert_eq!(value(hearing, "DTSTART"), "20240201T010000Z");
    let clock = events.iter().find(|event| value(event, "UID").starts_with("HANDLING_BASE")).unwrap();
    assert_eq!(value(clock, "DTSTART").len(), 8, "a whole day");
    assert!(value(clock, "DESCRIPTION").contains("art."), "the article is named");
    let uids: std::collections::BTreeSet<String> = events.iter().map(|event| value(event, "UID")).collect();
    assert_eq!(uids.len(), events.len());
}

#[tokio::test]
async fn an_address_is_secret_and_can_be_changed_and_taken_away() {
    let test = TestApp::new().await;
    let id = account(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let cookie = log_in(&test, "penanganan").await;
    let first = address(&test, &cookie).await;
    get_as(&test, &cookie, "/meja/jadwal").await.hides(&first);
    let second = address(&test, &cookie).await;
    test.get(&first).await.says(404, "");
    test.get(&second).await.says(200, "VCALENDAR");
    for wrong in [second.trim_end_matches(".ics"), "/kalender/0.ics", "/kalender/.ics"] {
        test.get(wrong).await.says(404, "");
    }
    test.app.store.set_account_state(id, AccountState::Closed).await.unwrap();
    test.get(&second).await.says(404, "");
    test.app.store.set_account_state(id, AccountState::Active).await.unwrap();
    press(&test, &cookie, "/meja/jadwal/alamat/hapus").await;
    test.get(&second).await.says(404, "");
    post_as(&test, &cookie, "/meja/jadwal/alamat", &[]).await.says(403, "");
}

#[tokio::test]
async fn a_calendar_has_the_own_offices_matters_only() {
    let test = TestApp::new().await;
    matter_with(&test, until_registered()).await;
    account(&test, PENAJAM, "tetangga", Role::Handling).await;
    let cookie = log_in(&test, "tetangga").await;
    let feed = test.get(&address(&test, &cookie).await).await;
    assert_eq!(events(&feed.body).len(), 0);
}
