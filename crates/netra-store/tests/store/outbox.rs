//! The outbox of notices: one row for each event and account, claimed by one server, ended with a reason.

use std::collections::BTreeSet;

use netra_docket::act::{Act, Assigned};
use netra_docket::ids::AccountId;
use netra_law::time::Moment;
use netra_store::{
    CheckId, CheckLimits, ClockNotice, DeskQuery, Fate, Followed, MailPlace, NewNotice, NoticeDelivery, NoticeEnd,
    NoticeId, NoticeKind, NoticeReason, NoticeSettings, NoticeState, Store,
};

use crate::common::*;

const NOW: i64 = 1_705_629_600;
const LEASE: i64 = 900;

fn account() -> AccountId {
    AccountId::new(uuid())
}

fn notice(event: &str, account: Option<AccountId>, fate: Fate) -> NewNotice {
    NewNotice {
        event: event.to_owned(),
        kind: NoticeKind::Assigned,
        office: office_id(HOME),
        matter: None,
        account,
        fate,
    }
}

async fn rows(store: &Store) -> Vec<netra_store::NoticeRow> {
    store.notices_of(&office_id(HOME), None, None, 200).await.unwrap()
}

/// The states of all notices by event.
async fn states(store: &Store) -> Vec<(String, NoticeState, Option<NoticeReason>)> {
    let mut list: Vec<_> = rows(store).await.into_iter().map(|row| (row.event, row.state, row.reason)).collect();
    list.sort_by(|one, other| one.0.cmp(&other.0));
    list
}

#[tokio::test]
async fn an_event_is_told_to_an_account_once_and_to_nobody_once() {
    let rig = rig().await;
    let (one, other) = (account(), account());
    let kept = |account, fate| rig.store.enqueue_notices(vec![notice("act/1", account, fate)], NOW);
    assert_eq!(kept(Some(one), Fate::Send(NOW)).await.unwrap(), 1);
    assert_eq!(kept(Some(one), Fate::Suppress(NoticeReason::SwitchedOff)).await.unwrap(), 0);
    assert_eq!(kept(Some(other), Fate::Send(NOW)).await.unwrap(), 1);
    assert_eq!(kept(None, Fate::Suppress(NoticeReason::NobodyThere)).await.unwrap(), 1);
    assert_eq!(kept(None, Fate::Suppress(NoticeReason::NobodyThere)).await.unwrap(), 0);
    let counts = rig.store.notice_counts(&office_id(HOME)).await.unwrap();
    assert_eq!((counts.waiting, counts.suppressed, counts.sent, counts.failed), (2, 1, 0, 0));
    assert_eq!(rig.store.notices_of(&office_id(OTHER), None, None, 200).await.unwrap(), []);
}

#[tokio::test]
async fn only_what_is_due_is_claimed_and_every_end_has_its_reason() {
    let rig = rig().await;
    let fates = [("a", NOW), ("b", NOW), ("c", NOW), ("d", NOW + 60)];
    let notices = fates.map(|(event, due)| notice(event, Some(account()), Fate::Send(due)));
    rig.store.enqueue_notices(notices.to_vec(), NOW).await.unwrap();
    let claimed = rig.store.claim_notices(NOW, NOW + LEASE, 20).await.unwrap();
    assert_eq!(claimed.rows.len(), 3);
    assert!(claimed.rows.iter().all(|row| row.state == NoticeState::Sending && row.tries == 1));
    let ends =
        [NoticeEnd::Sent, NoticeEnd::Failed(NoticeReason::Refused(550)), NoticeEnd::Suppressed(NoticeReason::NoRight)];
    for (row, end) in claimed.rows.iter().zip(ends) {
        rig.store.end_notice(&claimed.claim, row.id, end, NOW + 1).await.unwrap();
    }
    let by_event = |event: &str| claimed.rows.iter().position(|row| row.event == event).unwrap();
    let expected = |event: &str| match ends[by_event(event)] {
        NoticeEnd::Sent => (event.to_owned(), NoticeState::Sent, None),
        NoticeEnd::Failed(reason) => (event.to_owned(), NoticeState::Failed, Some(reason)),
        NoticeEnd::Suppressed(reason) => (event.to_owned(), NoticeState::Suppressed, Some(reason)),
    };
    let waiting = ("d".to_owned(), NoticeState::Waiting, None);
    assert_eq!(states(&rig.store).await, [expected("a"), expected("b"), expected("c"), waiting]);
}

#[tokio::test]
async fn what_was_put_off_comes_again_and_counts_its_tries() {
    let rig = rig().await;
    rig.store.enqueue_notices(vec![notice("a", Some(account()), Fate::Send(NOW))], NOW).await.unwrap();
    for tries in 1..=3_u32 {
        let now = NOW + i64::from(tries) * 60;
        let claimed = rig.store.claim_notices(now, now + LEASE, 20).await.unwrap();
        assert_eq!(claimed.rows.iter().map(|row| row.tries).collect::<Vec<_>>(), [tries]);
        rig.store.put_notice_off(&claimed.claim, claimed.rows[0].id, now + 60).await.unwrap();
        assert_eq!(rig.store.claim_notices(now + 59, now + LEASE, 20).await.unwrap().rows, []);
    }
}

/// U032: a server that dies in the middle of sending, again and again, loses nothing.
#[tokio::test]
async fn u032_whatever_was_claimed_by_a_server_that_died_is_sent_by_the_next() {
    let rig = rig().await;
    let events: Vec<String> = (0..30).map(|n| format!("act/{n:02}")).collect();
    let notices = events.iter().map(|event| notice(event, Some(account()), Fate::Send(NOW))).collect();
    rig.store.enqueue_notices(notices, NOW).await.unwrap();
    let (mut now, mut sent) = (NOW, BTreeSet::new());
    for death in 0..100 {
        let claimed = rig.store.claim_notices(now, now + LEASE, 20).await.unwrap();
        // It dies after none, one or two mails of what it had claimed.
        for row in claimed.rows.iter().take(death % 3) {
            sent.insert(row.event.clone());
            rig.store.end_notice(&claimed.claim, row.id, NoticeEnd::Sent, now).await.unwrap();
        }
        now += LEASE + 1;
    }
    assert_eq!(sent.into_iter().collect::<Vec<_>>(), events);
    assert!(states(&rig.store).await.iter().all(|(_, state, _)| *state == NoticeState::Sent));
}

#[tokio::test]
async fn a_claim_that_has_ended_ends_nothing() {
    let rig = rig().await;
    rig.store.enqueue_notices(vec![notice("a", Some(account()), Fate::Send(NOW))], NOW).await.unwrap();
    let slow = rig.store.claim_notices(NOW, NOW + LEASE, 20).await.unwrap();
    let later = NOW + LEASE + 1;
    let quick = rig.store.claim_notices(later, later + LEASE, 20).await.unwrap();
    let id = quick.rows[0].id;
    assert_eq!(slow.rows[0].id, id);
    rig.store.end_notice(&quick.claim, id, NoticeEnd::Sent, later).await.unwrap();
    rig.store.end_notice(&slow.claim, id, NoticeEnd::Failed(NoticeReason::Unreachable), later).await.unwrap();
    rig.store.put_notice_off(&slow.claim, id, later).await.unwrap();
    assert_eq!(states(&rig.store).await, [("a".to_owned(), NoticeState::Sent, None)]);
}

#[tokio::test]
async fn two_servers_never_have_the_same_row() {
    let rig = rig().await;
    let other = rig.open_again().await.unwrap();
    let notices = (0..60).map(|n| notice(&format!("act/{n}"), Some(account()), Fate::Send(NOW))).collect();
    rig.store.enqueue_notices(notices, NOW).await.unwrap();
    let mut seen: Vec<NoticeId> = Vec::new();
    while seen.len() < 60 {
        let (one, two) =
            tokio::join!(rig.store.claim_notices(NOW, NOW + LEASE, 7), other.claim_notices(NOW, NOW + LEASE, 7),);
        let before = seen.len();
        seen.extend(one.unwrap().rows.iter().chain(&two.unwrap().rows).map(|row| row.id));
        assert!(seen.len() > before, "nobody gets on");
    }
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 60);
}

#[tokio::test]
async fn a_digest_is_all_that_one_account_has_collected() {
    let rig = rig().await;
    let (one, other) = (account(), account());
    let notices = vec![
        notice("a", Some(one), Fate::Collect(NOW)),
        notice("b", Some(one), Fate::Collect(NOW - 60)),
        notice("c", Some(one), Fate::Collect(NOW + 60)),
        notice("d", Some(other), Fate::Collect(NOW)),
        notice("e", Some(one), Fate::Send(NOW)),
    ];
    rig.store.enqueue_notices(notices, NOW).await.unwrap();
    let mut found = Vec::new();
    while let Some((whose, claimed)) = rig.store.claim_digest(NOW, NOW + LEASE).await.unwrap() {
        assert!(claimed.rows.iter().all(|row| row.delivery == NoticeDelivery::Digest && row.account == Some(whose)));
        found.push((whose, claimed.rows.into_iter().map(|row| row.event).collect::<Vec<_>>()));
    }
    assert_eq!(found, [(one, vec!["b".to_owned(), "a".to_owned()]), (other, vec!["d".to_owned()])]);
}

#[tokio::test]
async fn an_account_has_so_many_places_in_an_hour() {
    let rig = rig().await;
    let (one, other) = (account(), account());
    let take = |account, hour| rig.store.take_mail_place(account, hour, 2);
    for (account, hour, place) in [
        (one, 0, MailPlace::Taken),
        (one, 0, MailPlace::Taken),
        (one, 0, MailPlace::Full),
        (other, 0, MailPlace::Taken),
        (one, 3600, MailPlace::Taken),
    ] {
        assert_eq!(take(account, hour).await.unwrap(), place);
    }
    rig.store.give_mail_place_back(one, 0).await.unwrap();
    assert_eq!(take(one, 0).await.unwrap(), MailPlace::Taken);
    assert_eq!(take(one, 0).await.unwrap(), MailPlace::Full);
    assert_eq!(rig.store.forget_mail_places(3600).await.unwrap(), 2);
    assert_eq!(take(one, 0).await.unwrap(), MailPlace::Taken);

    let held_back = |event, account| notice(event, Some(account), Fate::Suppress(NoticeReason::Flood));
    let notices = vec![held_back("a", one), held_back("b", one), held_back("c", other)];
    rig.store.enqueue_notices(notices, NOW).await.unwrap();
    assert_eq!(rig.store.flooded_notices(one, NOW, NOW + 1).await.unwrap(), 2);
    assert_eq!(rig.store.flooded_notices(one, NOW + 1, NOW + 2).await.unwrap(), 0);
}

#[tokio::test]
async fn what_failed_is_sent_again_for_its_own_office_only() {
    let rig = rig().await;
    let notices = vec![
        notice("a", Some(account()), Fate::Suppress(NoticeReason::NoAddress)),
        notice("b", None, Fate::Suppress(NoticeReason::NobodyThere)),
        notice("c", Some(account()), Fate::Sent),
    ];
    rig.store.enqueue_notices(notices, NOW).await.unwrap();
    let id = |event: &str, rows: &[netra_store::NoticeRow]| rows.iter().find(|row| row.event == event).unwrap().id;
    let rows = rows(&rig.store).await;
    for (office, event, done) in
        [(OTHER, "a", false), (HOME, "b", false), (HOME, "c", false), (HOME, "a", true), (HOME, "a", false)]
    {
        let again = rig.store.send_notice_again(&office_id(office), id(event, &rows), NOW + 5).await.unwrap();
        assert_eq!(again, done, "{office} {event}");
    }
    let claimed = rig.store.claim_notices(NOW + 5, NOW + LEASE, 20).await.unwrap();
    assert_eq!(claimed.rows.iter().map(|row| (row.event.as_str(), row.tries)).collect::<Vec<_>>(), [("a", 1)]);
}

#[tokio::test]
async fn the_list_goes_on_behind_its_last_line() {
    let rig = rig().await;
    for n in 0..5_i64 {
        let one = notice(&format!("act/{n}"), Some(account()), Fate::Send(NOW));
        // Two of them at the same second.
        rig.store.enqueue_notices(vec![one], NOW + n / 2).await.unwrap();
    }
    let (mut seen, mut place) = (Vec::new(), None);
    loop {
        let part = rig.store.notices_of(&office_id(HOME), Some(NoticeState::Waiting), place, 2).await.unwrap();
        let Some(last) = part.last() else { break };
        place = Some((last.made, last.id));
        seen.extend(part.into_iter().map(|row| (row.made, row.id)));
    }
    let mut sorted = seen.clone();
    sorted.sort_by_key(|pair| std::cmp::Reverse(pair.0));
    assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (5, 5));
    assert!(seen.iter().zip(&sorted).all(|(one, other)| one.0 == other.0), "newest first");
}

#[tokio::test]
async fn what_an_officer_chose_is_kept_in_place_of_before() {
    let rig = rig().await;
    let account = account();
    assert_eq!(rig.store.notice_settings(account).await.unwrap(), NoticeSettings::default());
    let first = NoticeSettings {
        address: Some("petugas@contoh.go.id".parse().unwrap()),
        choices: [(NoticeKind::ClockToday, NoticeDelivery::Off), (NoticeKind::Assigned, NoticeDelivery::Digest)].into(),
    };
    rig.store.set_notice_settings(account, &first).await.unwrap();
    assert_eq!(rig.store.notice_settings(account).await.unwrap(), first);
    assert_eq!(first.delivery(NoticeKind::ClockToday), NoticeDelivery::Off);
    assert_eq!(first.delivery(NoticeKind::ClockTomorrow), NoticeKind::ClockTomorrow.usual());
    let second = NoticeSettings { address: None, choices: [(NoticeKind::Assigned, NoticeDelivery::Off)].into() };
    rig.store.set_notice_settings(account, &second).await.unwrap();
    assert_eq!(rig.store.notice_settings(account).await.unwrap(), second);
}

#[tokio::test]
async fn acts_are_told_in_order_once_and_by_one_server() {
    let rig = rig().await;
    let other = rig.open_again().await.unwrap();
    let matter = rig.open_matter().await;
    rig.add(matter, 1, receipt()).await.unwrap();
    let home = office_id(HOME);
    assert_eq!(rig.store.offices_with_news().await.unwrap(), std::slice::from_ref(&home));
    let told = rig.store.acts_to_tell(&home).await.unwrap().unwrap();
    assert_eq!(told.acts.iter().map(|entry| entry.n).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(other.acts_to_tell(&home).await.unwrap(), Some(told.clone()));

    let notices = || vec![notice("act/x", Some(account()), Fate::Send(NOW))];
    let (one, two) = tokio::join!(rig.store.tell_acts(&told, notices(), NOW), other.tell_acts(&told, notices(), NOW));
    let mut came = [one.unwrap(), two.unwrap()];
    came.sort_by_key(|followed| *followed == Followed::Overtaken);
    assert_eq!(came, [Followed::Kept(1), Followed::Overtaken]);
    assert_eq!(rows(&rig.store).await.len(), 1, "the slower one kept nothing");

    assert_eq!(rig.store.acts_to_tell(&home).await.unwrap(), None);
    let to = account();
    rig.add(matter, 2, Act::Assigned(Assigned { to })).await.unwrap();
    let told = other.acts_to_tell(&home).await.unwrap().unwrap();
    assert_eq!(told.acts.iter().map(|entry| &entry.what).collect::<Vec<_>>(), [&Act::Assigned(Assigned { to })]);
    assert_eq!(rig.store.matter_holder(matter).await.unwrap().unwrap().owner, Some(to));
}

/// U010, U016: a clock is told of on the day before, on its last day, and a second after it; each once, also after an outage.
#[tokio::test]
async fn u010_u016_clocks_are_told_by_calendar_days_of_the_office_and_each_once() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let desk = rig.store.desk(&open(HOME), &DeskQuery { limit: 1, ..DeskQuery::default() }).await.unwrap();
    let due = desk.rows[0].next.as_ref().unwrap().due;
    let day = |before: i64| {
        let date = due.date().checked_sub(jiff::Span::new().days(before)).unwrap();
        Moment::start_of_day(date, due.zone()).unwrap()
    };
    let second_later = |moment: Moment, seconds: i64| {
        Moment::new(jiff::Timestamp::from_second(moment.instant().as_second() + seconds).unwrap(), moment.zone())
    };
    for (now, when) in [
        (second_later(day(1), -1), None),
        (day(1), Some(ClockNotice::Tomorrow)),
        (second_later(day(0), -1), Some(ClockNotice::Tomorrow)),
        (day(0), Some(ClockNotice::Today)),
        (due, Some(ClockNotice::Today)),
        (second_later(due, 1), Some(ClockNotice::Overdue)),
        (second_later(due, 30 * 24 * 3600), Some(ClockNotice::Overdue)),
    ] {
        let found = rig.store.clocks_to_tell(&office_id(HOME), now).await.unwrap();
        let found: Vec<_> = found.iter().map(|clock| (clock.matter, clock.due, clock.when)).collect();
        let expected: Vec<_> = when.into_iter().map(|when| (matter, due.instant().as_second(), when)).collect();
        assert_eq!(found, expected, "{now}");
        assert_eq!(rig.store.clocks_to_tell(&office_id(PROVINCE), now).await.unwrap(), []);
    }
    let clock = rig.store.clocks_to_tell(&office_id(HOME), day(0)).await.unwrap().remove(0);
    let told = vec![notice(&clock.event(), Some(account()), Fate::Send(NOW))];
    rig.store.enqueue_notices(told, NOW).await.unwrap();
    assert_eq!(rig.store.clocks_to_tell(&office_id(HOME), day(0)).await.unwrap(), []);
    assert_eq!(rig.store.clocks_to_tell(&office_id(HOME), second_later(due, 1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn notices_that_do_not_leave_are_found_by_the_standing_check() {
    let rig = rig().await;
    let late = hours_later(0).instant().as_second();
    let notices = vec![
        notice("a", Some(account()), Fate::Send(late)),
        notice("b", Some(account()), Fate::Send(late + 7 * 3600)),
        notice("c", None, Fate::Suppress(NoticeReason::NobodyThere)),
    ];
    rig.store.enqueue_notices(notices, late).await.unwrap();
    let limits = CheckLimits { free: 0, ..CheckLimits::default() };
    for (hours, count) in [(1, 0), (2, 1), (9, 2)] {
        let health = rig.store.check(hours_later(hours), limits).await.unwrap();
        let found: u64 = health.of(CheckId::StuckNotice).map(|finding| finding.count).sum();
        assert_eq!(found, count, "after {hours} hours");
    }
}
