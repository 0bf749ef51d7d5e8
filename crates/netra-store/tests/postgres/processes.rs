//! Several programs on one database: two stores, each with connections and a queue of its own.

use std::collections::BTreeSet;

use netra_docket::ids::MatterId;
use netra_store::RecordError;
use tokio::task::JoinSet;

use crate::common::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_draw_numbers_without_gap_or_repeat() {
    let rig = rig().await;
    let second = rig.open_again().await.unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..100 {
        let store = if task % 2 == 0 { rig.store.clone() } else { second.clone() };
        let home = if task % 3 == 0 { OTHER } else { HOME };
        tasks.spawn(async move {
            let mut new = recording(MatterId::new(uuid()), 0, hours_later(0), vec![report(NO_BYTES), receipt()]);
            new.home = office_id(home);
            store.record(new).await.unwrap().matter.report_number.unwrap()
        });
    }
    let drawn: BTreeSet<String> = tasks.join_all().await.into_iter().collect();
    let mut expected: BTreeSet<String> = (1..=34).map(|n| format!("{n:03}/LP/PL/Kab/23.02/I/2024")).collect();
    expected.extend((1..=66).map(|n| format!("{n:03}/LP/PL/Kota/23.01/I/2024")));
    assert_eq!(drawn, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_programs_one_wins_and_the_other_is_told() {
    let rig = rig().await;
    let second = rig.open_again().await.unwrap();
    for round in 0..200 {
        let matter = rig.open_matter().await;
        let mut tasks = JoinSet::new();
        for store in [rig.store.clone(), second.clone()] {
            tasks.spawn(async move { store.record(recording(matter, 1, hours_later(1), vec![receipt()])).await });
        }
        let (won, lost): (Vec<_>, Vec<_>) = tasks.join_all().await.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 1), "round {round}");
        assert!(matches!(lost[0], Err(RecordError::Moved)), "round {round}: {:?}", lost[0]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn programs_that_start_together_migrate_once() {
    let rig = empty().await;
    rig.store.close().await;
    let raw = rig.raw().await;
    for sql in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
        let master = rig.raw_as_master().await;
        sqlx::query(sql).execute(&master).await.unwrap();
    }
    let master = rig.raw_as_master().await;
    sqlx::query("GRANT ALL ON SCHEMA public TO netra").execute(&master).await.unwrap();
    let places: Vec<_> = std::iter::repeat_n(rig.place.clone(), 6).collect();
    let mut tasks = JoinSet::new();
    for place in places {
        tasks.spawn(async move { netra_store::Store::open(&place, law()).await.map(|_| ()) });
    }
    for opened in tasks.join_all().await {
        opened.unwrap();
    }
    let versions: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM schema_migrations ORDER BY 1").fetch_all(&raw).await.unwrap();
    assert_eq!(versions, (1..=i64::try_from(versions.len()).unwrap()).collect::<Vec<_>>());
}
