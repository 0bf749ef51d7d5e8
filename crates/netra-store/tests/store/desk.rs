//! The desk list over many matters, and its counts.

use std::collections::BTreeSet;

use netra_docket::act::{Act, Assigned};
use netra_docket::clocks::{Urgency, urgency};
use netra_docket::ids::{AccountId, MatterId};
use netra_docket::matter::{Origin, Stage};
use netra_law::pack::Regime;
use netra_law::time::Moment;
use netra_store::{Account, AccountState, Closed, Cursor, DeskCounts, DeskQuery, DeskRow, Role};

use crate::common::*;

fn key(row: &DeskRow) -> (i64, String) {
    let due = row.next.as_ref().map_or(i64::MAX, |next| next.due.instant().as_second());
    (due, row.matter.to_string())
}

/// All lines, page by page.
async fn walk(rig: &Rig, query: &DeskQuery) -> Vec<DeskRow> {
    let mut all = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = rig.store.desk(&open(HOME), &DeskQuery { after, ..query.clone() }).await.unwrap();
        let most = usize::try_from(query.limit).unwrap();
        assert!(page.rows.len() == most || page.next.is_none(), "only the last page may be short");
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Recomputes the counts from the lines.
fn counts(rows: &[DeskRow], now: Moment) -> DeskCounts {
    let mut counts = DeskCounts { open: rows.len() as u64, ..DeskCounts::default() };
    for due in rows.iter().filter_map(|row| row.next.as_ref()).map(|next| next.due) {
        let urgency = urgency(due, now);
        counts.overdue += u64::from(urgency == Urgency::Overdue);
        counts.today += u64::from(urgency == Urgency::Today);
        counts.week += u64::from(matches!(urgency, Urgency::Today | Urgency::Week));
    }
    counts
}

#[tokio::test]
async fn three_hundred_matters_come_once_each_by_nearest_clock() {
    let rig = rig().await;
    let mut recorded = BTreeSet::new();
    for i in 0..300 {
        // Not in order of their clocks, and many on the same day.
        let hours = (i * 37) % 300;
        recorded.insert(rig.store.record(new_matter(hours_later(hours))).await.unwrap().matter.id);
    }
    for limit in [1, 37, 100, 150, 200] {
        let rows = walk(&rig, &DeskQuery { limit, ..DeskQuery::default() }).await;
        assert_eq!(rows.iter().map(|r| r.matter).collect::<BTreeSet<MatterId>>(), recorded, "limit {limit}");
        assert_eq!(rows.len(), 300, "limit {limit}: nothing comes twice");
        assert!(rows.is_sorted_by_key(key), "limit {limit}");
    }
    let page = rig.store.desk(&open(HOME), &DeskQuery { limit: 10_000, ..DeskQuery::default() }).await.unwrap();
    assert_eq!(page.rows.len(), 200, "a page is capped");

    let rows = walk(&rig, &DeskQuery { limit: 200, ..DeskQuery::default() }).await;
    for hours in [0, 50, 100, 200, 300, 10_000] {
        let now = hours_later(hours);
        let counted = rig.store.desk_counts(&open(HOME), now).await.unwrap();
        assert_eq!(counted, counts(&rows, now), "{hours} hours later");
    }
}

#[tokio::test]
async fn a_line_tells_what_the_docket_tells() {
    let rig = rig().await;
    let account = Account {
        id: AccountId::new(uuid()),
        office: office_id(HOME),
        login: "petugas".to_owned(),
        name: "Petugas Rekaan".to_owned(),
        role: Role::Handling,
        password_hash: String::new(),
        state: AccountState::Active,
    };
    rig.store.add_account(&account).await.unwrap();
    let matter = rig.open_matter().await;
    rig.add(matter, 1, receipt()).await.unwrap();
    let recorded = rig.add(matter, 2, Act::Assigned(Assigned { to: account.id })).await.unwrap();

    let row = walk(&rig, &DeskQuery { limit: 10, ..DeskQuery::default() }).await.remove(0);
    assert_eq!(row.matter, matter);
    assert_eq!(row.number, recorded.matter.report_number);
    assert_eq!(row.subject_line, recorded.matter.subject_line);
    assert_eq!(row.origin, Origin::Report);
    assert_eq!(row.regime, Regime::Pemilu);
    assert_eq!(row.stage, Stage::InitialStudy);
    assert_eq!(row.opened, recorded.matter.opened);
    assert_eq!(row.owner.as_deref(), Some("Petugas Rekaan"));
    let seat = rig.store.office(&office_id(HOME)).await.unwrap().unwrap().seat();
    assert_eq!(row.next, netra_docket::clocks::nearest(&recorded.matter, &law(), &seat));

    let mine = DeskQuery { owner: Some(account.id), limit: 10, ..DeskQuery::default() };
    assert_eq!(walk(&rig, &mine).await.len(), 1);
    let nobodys = DeskQuery { owner: Some(AccountId::new(uuid())), ..mine.clone() };
    assert_eq!(walk(&rig, &nobodys).await.len(), 0);
    let staged = |stage| DeskQuery { stage: Some(stage), limit: 10, ..DeskQuery::default() };
    assert_eq!(walk(&rig, &staged(Stage::InitialStudy)).await.len(), 1);
    assert_eq!(walk(&rig, &staged(Stage::ToPlenary)).await.len(), 0);
    let closed = DeskQuery { closed: Closed::Yes, limit: 10, ..DeskQuery::default() };
    assert_eq!(walk(&rig, &closed).await.len(), 0);
}

#[tokio::test]
async fn an_office_above_sees_counts_of_those_below() {
    let rig = rig().await;
    rig.open_matter().await;
    rig.open_matter().await;
    let now = hours_later(10_000);
    let below = rig.store.overview(&sealed(PROVINCE), now).await.unwrap();
    let seen: Vec<(&str, u64)> = below.iter().map(|(office, counts)| (office.id.as_str(), counts.open)).collect();
    assert_eq!(seen, [(HOME, 2), (OTHER, 0), (PROVINCE, 0)]);
    let home = below.iter().find(|(office, _)| office.id.as_str() == HOME).unwrap();
    assert_eq!(home.1, rig.store.desk_counts(&sealed(HOME), now).await.unwrap());

    let alone = rig.store.overview(&sealed(HOME), now).await.unwrap();
    assert_eq!(alone.len(), 1);
    assert!(rig.store.overview(&sealed("tidak-ada"), now).await.unwrap().is_empty());
}

#[tokio::test]
async fn offices_above_each_other_do_not_make_the_overview_endless() {
    let rig = rig().await;
    let mut province = rig.store.office(&office_id(PROVINCE)).await.unwrap().unwrap();
    province.parent = Some(office_id(HOME));
    rig.store.add_office(&province).await.unwrap();
    assert_eq!(rig.store.overview(&sealed(HOME), hours_later(0)).await.unwrap().len(), 3);
}
