//! Officers are told by mail what concerns them: every event ends as sent, failed or suppressed, and the mails that arrive at
//! a real mail server name nobody.

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

use std::collections::BTreeMap;

use jiff::Timestamp;
use netra_docket::act::{
    Act, Assigned, Delegated, ErasureProposed, OfficeWrote, PersonalPart, Recommendation, RecommendedFor, ReporterWrote,
};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, MatterId, PersonNo};
use netra_law::time::{Moment, long_date, long_moment};
use netra_store::{
    AccountState, NoticeDelivery, NoticeKind, NoticeReason, NoticeRow, NoticeSettings, NoticeState, Role,
};
use netra_testing::{Received, Smtp};
use netra_web::notify::{MailServer, Mailer, Outgoing, follow_clocks, follow_once, send_once};

use driver::{EMPLOYER, account, employer, enter, matter_with, receipt, session, study, until_forwarded};
use fixtures::{REPORTED, REPORTER, REPORTERS_PHONE, csrf, get_as, post_as, record, report};
use support::{Answer, BALIKPAPAN, FRIDAY, PENAJAM, TestApp};

const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";
const SUBJECT: &str = "Ajakan di grup percakapan";

fn smtp() -> Smtp {
    Smtp::start().unwrap_or_else(|error| panic!("{error}"))
}

fn mailer_at(address: &str, per_hour: u32) -> Mailer {
    let from = "netra@contoh.go.id".parse().unwrap();
    Mailer::new(MailServer { address: address.parse().unwrap(), login: None, from, per_hour }).unwrap()
}

fn received(server: &Smtp) -> Vec<Received> {
    server.received().unwrap_or_else(|error| panic!("{error}"))
}

/// An account that is told by mail.
async fn told(test: &TestApp, office: &str, login: &str, role: Role) -> AccountId {
    let id = account(test, office, login, role).await;
    choose(test, id, &format!("{login}@contoh.go.id"), &[]).await;
    id
}

async fn choose(test: &TestApp, id: AccountId, address: &str, choices: &[(NoticeKind, NoticeDelivery)]) {
    let settings =
        NoticeSettings { address: Some(address.parse().unwrap()), choices: choices.iter().copied().collect() };
    test.app.store.set_notice_settings(id, &settings).await.unwrap();
}

/// Leaves out that a report arrived: that is told some minutes later than the rest.
async fn without_arrivals(test: &TestApp, id: AccountId, choices: &[(NoticeKind, NoticeDelivery)]) {
    let choices = [choices, &[(NoticeKind::ReportArrived, NoticeDelivery::Off)]].concat();
    choose(test, id, "penanganan@contoh.go.id", &choices).await;
}

/// Sets the clock so many seconds after Friday morning.
fn later(test: &TestApp, seconds: i64) {
    let start: Timestamp = FRIDAY.parse().unwrap();
    test.set_clock(&Timestamp::from_second(start.as_second() + seconds).unwrap().to_string());
}

/// All notices of an office: what, to whom, and how it ended.
async fn ends(test: &TestApp, office: &str) -> Vec<NoticeRow> {
    test.app.store.notices_of(&office.parse().unwrap(), None, None, 200).await.unwrap()
}

/// How many notices of an office ended how.
async fn tally(test: &TestApp, office: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in ends(test, office).await {
        let reason = row.reason.map(|reason| format!(" {reason}")).unwrap_or_default();
        *counts.entry(format!("{} {}{reason}", row.kind.id(), row.state.id())).or_insert(0) += 1;
    }
    counts
}

fn counted(expected: &[(&str, usize)]) -> BTreeMap<String, usize> {
    expected.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect()
}

async fn assign(test: &TestApp, matter: MatterId, expected: u32, to: AccountId) {
    let acts = vec![Act::Assigned(Assigned { to })];
    record(test, matter, BALIKPAPAN, expected, FRIDAY_AT_TEN, Actor::System, acts).await;
}

/// U033: whoever is concerned has a row, and every row ends with a reason or in a mailbox.
#[tokio::test]
async fn u033_every_event_ends_as_sent_failed_or_suppressed() {
    let (test, server) = (TestApp::new().await, smtp());
    told(&test, BALIKPAPAN, "satu", Role::Intake).await;
    account(&test, BALIKPAPAN, "tanpa-alamat", Role::Intake).await;
    let quiet = account(&test, BALIKPAPAN, "diam", Role::Intake).await;
    choose(&test, quiet, "diam@contoh.go.id", &[(NoticeKind::ReportArrived, NoticeDelivery::Off)]).await;
    let refused = account(&test, BALIKPAPAN, "ditolak", Role::Intake).await;
    choose(&test, refused, "tidak-ada@contoh.go.id", &[]).await;
    report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
    report(&test, PENAJAM, FRIDAY_AT_TEN, SUBJECT).await;

    assert_eq!(follow_once(&test.app).await.unwrap(), 5);
    assert_eq!(follow_once(&test.app).await.unwrap(), 0, "once");
    later(&test, 1800);
    let came = send_once(&test.app, Some(&mailer_at(&server.address(), 20))).await.unwrap();
    assert_eq!(came, Outgoing { sent: 1, failed: 1, suppressed: 0, put_off: 0 });
    let expected = counted(&[
        ("report-arrived sent", 1),
        ("report-arrived suppressed no-address", 1),
        ("report-arrived suppressed switched-off", 1),
        ("report-arrived failed refused-550", 1),
    ]);
    assert_eq!(tally(&test, BALIKPAPAN).await, expected);
    assert_eq!(tally(&test, PENAJAM).await, counted(&[("report-arrived suppressed nobody-there", 1)]));
    let mails = received(&server);
    assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["satu@contoh.go.id"]);
    assert_eq!(mails[0].subject, "Netra: Laporan baru masuk");
    for secret in [REPORTER, REPORTED, REPORTERS_PHONE, SUBJECT, "/meja/perkara/"] {
        assert!(!mails[0].text.contains(secret), "{secret} in {}", mails[0].text);
    }
}

/// U039: what the reporter does is told in the same bytes for every matter, and not at once.
#[tokio::test]
async fn u039_a_mail_does_not_tell_when_the_reporter_acted_or_what_was_sent() {
    let (test, server) = (TestApp::new().await, smtp());
    let owner = told(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    for text in ["?", "Pertanyaan yang panjang sekali."] {
        let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
        assign(&test, matter, 1, owner).await;
        let wrote = ReporterWrote { person: Some(PersonNo(1)), text: text.to_owned().into(), exhibits: Vec::new() };
        let acts = vec![Act::ReporterWrote(wrote)];
        record(&test, matter, BALIKPAPAN, 2, FRIDAY_AT_TEN, Actor::Public, acts).await;
    }
    follow_once(&test.app).await.unwrap();
    let waiting = ends(&test, BALIKPAPAN).await;
    let messages: Vec<_> = waiting.iter().filter(|row| row.kind == NoticeKind::ReporterMessage).collect();
    assert_eq!(messages.len(), 2);
    assert!(messages.iter().all(|row| (row.made..row.made + 1800).contains(&row.due)));
    later(&test, 1800);
    send_once(&test.app, Some(&mailer_at(&server.address(), 20))).await.unwrap();
    let mails = received(&server);
    let mails: Vec<_> = mails.iter().filter(|mail| mail.subject == "Netra: Pesan dari pelapor").collect();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].text, mails[1].text);
}

#[tokio::test]
async fn a_mail_server_that_is_dead_is_tried_again_and_then_given_up() {
    let test = TestApp::new().await;
    let address = smtp().address();
    let dead = mailer_at(&address, 20);
    let owner = told(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    without_arrivals(&test, owner, &[]).await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
    assign(&test, matter, 1, owner).await;
    follow_once(&test.app).await.unwrap();
    let put_off = Outgoing { put_off: 1, ..Outgoing::default() };
    for tries in 1..=11_i64 {
        later(&test, tries * 7 * 3600);
        assert_eq!(send_once(&test.app, Some(&dead)).await.unwrap(), put_off, "{tries}");
        assert_eq!(send_once(&test.app, Some(&dead)).await.unwrap(), Outgoing::default(), "not at once again");
    }
    later(&test, 12 * 7 * 3600);
    let failed = Outgoing { failed: 1, ..Outgoing::default() };
    assert_eq!(send_once(&test.app, Some(&dead)).await.unwrap(), failed);
    let row = ends(&test, BALIKPAPAN).await.into_iter().find(|row| row.kind == NoticeKind::Assigned).unwrap();
    assert_eq!((row.state, row.reason, row.tries), (NoticeState::Failed, Some(NoticeReason::Unreachable), 12));
}

#[tokio::test]
async fn a_server_that_comes_back_and_one_that_asks_for_later_get_the_mail() {
    let (test, server) = (TestApp::new().await, smtp());
    let owner = told(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    choose(&test, owner, "nanti@contoh.go.id", &[]).await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
    assign(&test, matter, 1, owner).await;
    follow_once(&test.app).await.unwrap();
    let mailer = mailer_at(&server.address(), 20);
    assert_eq!(send_once(&test.app, Some(&mailer)).await.unwrap().put_off, 1);
    choose(&test, owner, "penanganan@contoh.go.id", &[]).await;
    later(&test, 59);
    assert_eq!(send_once(&test.app, Some(&mailer)).await.unwrap(), Outgoing::default());
    later(&test, 60);
    assert_eq!(send_once(&test.app, Some(&mailer)).await.unwrap().sent, 1);
    let mails = received(&server);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains(&format!("https://netra.example/meja/perkara/{matter}")), "{}", mails[0].text);
}

#[tokio::test]
async fn without_a_mail_server_notices_are_seen_to_be_not_sent_and_can_be_sent_later() {
    let (test, server) = (TestApp::new().await, smtp());
    let owner = told(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
    assign(&test, matter, 1, owner).await;
    follow_once(&test.app).await.unwrap();
    assert_eq!(send_once(&test.app, None).await.unwrap().suppressed, 1);
    let admin = enter(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let page = get_as(&test, &admin, "/meja/kotak-keluar").await;
    page.says(200, "server surel belum diatur");
    page.says(200, "Petugas penanganan");
    page.hides(SUBJECT);
    let row = ends(&test, BALIKPAPAN).await.into_iter().find(|row| row.kind == NoticeKind::Assigned).unwrap();
    let path = format!("/meja/kotak-keluar/{}/kirim-lagi", row.id);
    let again = post_as(&test, &admin, &path, &[("csrf", &csrf(&page))]).await;
    assert_eq!(again.location(), "/meja/kotak-keluar");
    assert_eq!(send_once(&test.app, Some(&mailer_at(&server.address(), 20))).await.unwrap().sent, 1);
    assert_eq!(received(&server).len(), 1);
    let stale = post_as(&test, &admin, &path, &[("csrf", &csrf(&page))]).await;
    assert_eq!(stale.status.as_u16(), 404, "what was sent is not sent again");
    let elsewhere = enter(&test, PENAJAM, "admin-lain", Role::Administration).await;
    get_as(&test, &elsewhere, "/meja/kotak-keluar").await.hides("Petugas penanganan");
    let token = csrf(&get_as(&test, &elsewhere, "/meja/sandi").await);
    assert_eq!(post_as(&test, &elsewhere, &path, &[("csrf", token.as_str())]).await.status.as_u16(), 404);
}

/// U035: a flood of reports is none of mails, and what was held back is told once, with its number.
#[tokio::test]
async fn u035_a_flood_of_reports_does_not_flood_a_mailbox() {
    const REPORTS: usize = 12;
    let (test, server) = (TestApp::new().await, smtp());
    told(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    for _ in 0..REPORTS {
        report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
    }
    follow_once(&test.app).await.unwrap();
    let mailer = mailer_at(&server.address(), 3);
    // Still within the hour in which they came: Friday is ten o'clock sharp.
    later(&test, 2400);
    let came = send_once(&test.app, Some(&mailer)).await.unwrap();
    assert_eq!((came.sent, came.suppressed), (3, 9));
    later(&test, 3601);
    assert_eq!(send_once(&test.app, Some(&mailer)).await.unwrap().sent, 1);
    let mails = received(&server);
    assert_eq!(mails.len(), 4);
    assert_eq!(mails[3].subject, "Netra: Banyak pemberitahuan ditahan");
    assert!(mails[3].text.contains("Ada 9 pemberitahuan lagi"), "{}", mails[3].text);
    let expected =
        counted(&[("report-arrived sent", 3), ("report-arrived suppressed flood", 9), ("flood-summary sent", 1)]);
    assert_eq!(tally(&test, BALIKPAPAN).await, expected);
}

#[tokio::test]
async fn a_digest_holds_what_was_collected_and_leaves_in_the_morning() {
    let (test, server) = (TestApp::new().await, smtp());
    let owner = told(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    without_arrivals(&test, owner, &[(NoticeKind::Assigned, NoticeDelivery::Digest)]).await;
    for _ in 0..2 {
        let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
        assign(&test, matter, 1, owner).await;
    }
    follow_once(&test.app).await.unwrap();
    let mailer = mailer_at(&server.address(), 20);
    test.set_clock("2024-01-19T21:59:59Z");
    assert_eq!(send_once(&test.app, Some(&mailer)).await.unwrap(), Outgoing::default());
    test.set_clock("2024-01-19T22:00:00Z");
    let came = send_once(&test.app, Some(&mailer)).await.unwrap();
    assert_eq!((came.sent, came.suppressed), (1, 2));
    let mails = received(&server);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Netra: Ringkasan harian");
    assert_eq!(
        mails[0].text.matches("- Perkara ditugaskan kepada Anda: perkara belum bernomor, Kajian awal").count(),
        2
    );
    let rows = tally(&test, BALIKPAPAN).await;
    assert_eq!(rows.get("assigned suppressed in-digest"), Some(&2));
    assert_eq!(rows.get("digest sent"), Some(&1));
}

/// U010, U022: the mail says the date that the page says, on the clocks of the office, and a clock is told once each day.
#[tokio::test]
async fn u022_clocks_are_told_with_the_date_that_the_page_shows() {
    let (test, server) = (TestApp::new().await, smtp());
    let owner = told(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    without_arrivals(&test, owner, &[]).await;
    let matter = matter_with(&test, vec![receipt(), Act::Assigned(Assigned { to: owner })]).await;
    follow_once(&test.app).await.unwrap();
    let mailer = mailer_at(&server.address(), 20);
    send_once(&test.app, Some(&mailer)).await.unwrap();
    let line = test.app.store.desk_line(&BALIKPAPAN.parse().unwrap(), matter).await.unwrap().unwrap();
    let due: Moment = line.next.unwrap().due;
    let before = |seconds: i64| {
        let second = due.instant().as_second() - seconds;
        test.set_clock(&Timestamp::from_second(second).unwrap().to_string());
    };
    for (seconds, subject) in [
        (30 * 3600, "Netra: Batas waktu besok"),
        (6 * 3600, "Netra: Batas waktu hari ini"),
        (-1, "Netra: Batas waktu terlewat"),
    ] {
        before(seconds);
        for new in [1, 0] {
            assert_eq!(follow_clocks(&test.app).await.unwrap(), new, "{subject}");
        }
        assert_eq!(send_once(&test.app, Some(&mailer)).await.unwrap().sent, 1, "{subject}");
        let mail = received(&server).pop().unwrap();
        assert_eq!(mail.subject, subject);
        let words = long_moment(due);
        assert!(words.ends_with("WITA") && mail.text.contains(&words), "{words} in {}", mail.text);
        assert!(mail.text.contains("Perkara: 001/"), "{}", mail.text);
        let cookie = session(&test, owner).await;
        get_as(&test, &cookie, &format!("/meja/perkara/{matter}")).await.says(200, &long_date(due.date()));
    }
}

#[tokio::test]
async fn what_is_no_longer_so_when_the_mail_would_leave_is_not_told() {
    let (test, server) = (TestApp::new().await, smtp());
    let owner = told(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let matter = matter_with(&test, vec![receipt(), Act::Assigned(Assigned { to: owner })]).await;
    let line = test.app.store.desk_line(&BALIKPAPAN.parse().unwrap(), matter).await.unwrap().unwrap();
    let due = line.next.unwrap().due.instant().as_second();
    test.set_clock(&Timestamp::from_second(due - 6 * 3600).unwrap().to_string());
    follow_clocks(&test.app).await.unwrap();
    record(&test, matter, BALIKPAPAN, 3, FRIDAY_AT_TEN, Actor::System, vec![study("REGISTER_HERE")]).await;
    send_once(&test.app, Some(&mailer_at(&server.address(), 20))).await.unwrap();
    assert_eq!(received(&server), []);
    assert_eq!(tally(&test, BALIKPAPAN).await.get("clock-today suppressed outdated"), Some(&1));
}

/// U036: whoever is sent something about a matter opens its page at that time; whoever lost the right is sent nothing.
#[tokio::test]
async fn u036_nobody_is_told_of_a_matter_whose_page_he_may_not_open() {
    let (test, server) = (TestApp::new().await, smtp());
    employer(&test).await;
    let mut accounts = BTreeMap::new();
    for office in [BALIKPAPAN, PENAJAM, "kasn", EMPLOYER] {
        // Also where the program would make no such account.
        for role in Role::ALL {
            for n in 0..2 {
                let login = format!("{}-{office}-{n}", role.id());
                accounts.insert(login.clone(), told(&test, office, &login, role).await);
            }
        }
    }
    let owner = accounts["handling-bawaslu-balikpapan-0"];
    let gone = accounts["plenary-bawaslu-balikpapan-1"];
    let mut acts = until_forwarded();
    acts.push(Act::RecommendationReceived(Recommendation {
        number: "R-1".to_owned(),
        dated: "2024-01-19".parse().unwrap(),
        employer_received: None,
        employer_office: Some(EMPLOYER.parse().unwrap()),
        persons: vec![RecommendedFor { person: PersonNo(2), sanction: "Sanksi moral".to_owned() }],
    }));
    acts.push(Act::Assigned(Assigned { to: owner }));
    acts.push(Act::Assigned(Assigned { to: accounts["handling-bawaslu-penajam-0"] }));
    acts.push(Act::Assigned(Assigned { to: owner }));
    acts.push(Act::ErasureProposed(ErasureProposed {
        person: PersonNo(1),
        parts: vec![PersonalPart::Identity],
        ground: "on-request".to_owned(),
        reason: "Diminta".to_owned().into(),
    }));
    acts.push(Act::OfficeWrote(OfficeWrote { text: "Halo.".to_owned().into() }));
    matter_with(&test, acts).await;
    let given = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
    let delegated = Act::Delegated(Delegated {
        to: PENAJAM.parse().unwrap(),
        letter: "002/PM/2024".to_owned(),
        reason: "Wewenang".to_owned().into(),
    });
    record(&test, given, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, vec![delegated]).await;
    follow_once(&test.app).await.unwrap();
    // Between the event and the mail somebody leaves.
    assert!(test.app.store.set_account_state(gone, AccountState::Closed).await.unwrap());
    later(&test, 1800);
    send_once(&test.app, Some(&mailer_at(&server.address(), 200))).await.unwrap();

    let mut told_of = BTreeMap::new();
    for office in [BALIKPAPAN, PENAJAM, "kasn", EMPLOYER] {
        for row in ends(&test, office).await {
            let (Some(account), Some(matter), NoticeState::Sent) = (row.account, row.matter, row.state) else {
                continue;
            };
            let cookie = session(&test, account).await;
            let page = get_as(&test, &cookie, &format!("/meja/perkara/{matter}")).await;
            assert_eq!(page.status.as_u16(), 200, "{} to {account}", row.kind.id());
            *told_of.entry(row.kind).or_insert(0) += 1;
        }
    }
    let kinds: Vec<NoticeKind> = told_of.keys().copied().collect();
    let expected = [
        NoticeKind::Assigned,
        NoticeKind::ReportArrived,
        NoticeKind::MatterArrived,
        NoticeKind::ForwardingArrived,
        NoticeKind::SecondPerson,
    ];
    assert_eq!(kinds, expected);
    let rows = tally(&test, BALIKPAPAN).await;
    assert_eq!(rows.get("second-person suppressed account-closed"), Some(&1));
    assert_eq!(tally(&test, PENAJAM).await.get("assigned suppressed no-right"), Some(&1));
    assert_eq!(received(&server).len(), told_of.values().sum::<usize>());
}

/// Saves what an officer chose.
async fn save(test: &TestApp, cookie: &str, token: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("csrf", token)];
    all.extend_from_slice(fields);
    post_as(test, cookie, "/meja/pemberitahuan", &all).await
}

#[tokio::test]
async fn officers_choose_where_and_how_they_are_told() {
    let test = TestApp::new().await;
    let id = account(&test, BALIKPAPAN, "penerimaan", Role::Intake).await;
    let cookie = session(&test, id).await;
    let page = get_as(&test, &cookie, "/meja/pemberitahuan").await;
    page.says(200, "Pemberitahuan saya");
    page.says(200, "name=\"cara-report-arrived\"");
    page.hides("cara-bundle-arrived");
    let token = csrf(&page);
    for bad in ["bukan alamat", "a@b@contoh.id", "a@contoh"] {
        save(&test, &cookie, &token, &[("alamat", bad)]).await.says(422, "Tulis satu alamat surel");
    }
    save(&test, &cookie, &token, &[]).await.says(422, "Isi alamat surel");
    assert_eq!(test.app.store.notice_settings(id).await.unwrap(), NoticeSettings::default());

    let good = [
        ("alamat", "saya@contoh.go.id"),
        ("cara-report-arrived", "digest"),
        ("cara-clock-today", "immediate"),
        ("cara-bundle-arrived", "off"),
    ];
    assert_eq!(save(&test, &cookie, &token, &good).await.location(), "/meja/pemberitahuan?tersimpan=ya");
    let kept = test.app.store.notice_settings(id).await.unwrap();
    // What is as usual, and what the role is never told of, is not kept.
    let choices = [(NoticeKind::ReportArrived, NoticeDelivery::Digest)].into();
    assert_eq!(kept, NoticeSettings { address: Some("saya@contoh.go.id".parse().unwrap()), choices });
    let page = get_as(&test, &cookie, "/meja/pemberitahuan?tersimpan=ya").await;
    page.says(200, "Pilihan Anda tersimpan");
    page.says(200, "saya@contoh.go.id");
    save(&test, &cookie, &token, &[("alamat", "")]).await.location();
    assert_eq!(test.app.store.notice_settings(id).await.unwrap(), NoticeSettings::default());
}
