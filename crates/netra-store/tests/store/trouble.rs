//! When the ground gives way: clear errors, and nothing lost.

use netra_docket::ids::MatterId;
use netra_store::{FaultKind, Place, RecordError, Store, StoreError};

use crate::common::*;

/// Somebody else holds the database longer than we wait: we are told, and later everything goes on.
#[tokio::test]
async fn a_locked_database_is_told_and_loses_nothing() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let raw = rig.raw().await;
    let mut holder = raw.acquire().await.unwrap();
    let lock = match crate::BACKEND {
        Backend::Embedded => "BEGIN IMMEDIATE",
        Backend::Server => "BEGIN; LOCK TABLE trees IN ACCESS EXCLUSIVE MODE",
    };
    sqlx::raw_sql(lock).execute(&mut *holder).await.unwrap();
    let refused = rig.add(matter, 1, receipt()).await.unwrap_err();
    assert!(matches!(refused, RecordError::Store(StoreError::Database { .. })), "{refused:?}");
    let reads = rig.store.docket(&sealed(HOME), matter).await.unwrap().unwrap();
    assert_eq!(reads.entries.len(), 1, "reading goes on meanwhile");
    sqlx::raw_sql("ROLLBACK").execute(&mut *holder).await.unwrap();
    let recorded = rig.add(matter, 1, receipt()).await.unwrap();
    assert_eq!(recorded.matter.number(), Some("001/LP/PL/Kota/23.01/I/2024"), "no number was lost");
}

/// The connection to the database goes away in the middle of everything.
#[tokio::test]
async fn a_closed_store_says_so() {
    let rig = rig().await;
    rig.store.close().await;
    let refused = rig.store.record(new_matter(hours_later(0))).await.unwrap_err();
    assert!(matches!(refused, RecordError::Store(_)), "{refused:?}");
    let again = rig.open_again().await.unwrap();
    again.record(new_matter(hours_later(0))).await.unwrap();
}

#[tokio::test]
async fn a_place_that_can_not_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    let refused = Store::open(&Place::embedded(&file.join("data")), law()).await.unwrap_err();
    assert!(refused.to_string().contains("file/data"), "{refused}");
    let broken = folder.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join("netra.sqlite3"), [7; 8192]).unwrap();
    let refused = Store::open(&Place::embedded(&broken), law()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Database { .. }), "a file that is no database: {refused:?}");
}

/// The machine's clock was set back: what is recorded then is kept, and `verify` says that its time is wrong.
#[tokio::test]
async fn a_clock_set_back_loses_nothing_and_is_noticed() {
    let rig = rig().await;
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    let record = async |hour: i64| {
        let new = recording(MatterId::new(uuid()), 0, hours_later(hour), vec![report(&sha256)]);
        rig.store.record(new).await.unwrap();
        rig.store.publish_ledgers(hours_later(hour)).await.unwrap();
    };
    record(5).await;
    record(4).await;
    record(6).await;
    let found = rig.store.verify(&[]).await.unwrap();
    assert_eq!((found.acts, found.unpublished), (3, 0), "{found:?}");
    let kinds: Vec<FaultKind> = found.faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::BackDated], "{found:?}");
}

/// A batch in which one is refused: the others are recorded, and he is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_refusal_in_a_crowd_hurts_nobody_else() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..60 {
        let store = rig.store.clone();
        tasks.spawn(async move {
            let wrong = task % 7 == 0;
            let new = if wrong {
                recording(matter, 9, hours_later(1), vec![receipt()])
            } else {
                recording(MatterId::new(uuid()), 0, hours_later(1), vec![report(NO_BYTES), receipt()])
            };
            (wrong, store.record(new).await)
        });
    }
    let mut numbers = std::collections::BTreeSet::new();
    for (wrong, result) in tasks.join_all().await {
        match result {
            Ok(recorded) => drop(numbers.insert(recorded.matter.report_number.unwrap())),
            Err(RecordError::Moved) => assert!(wrong),
            Err(other) => panic!("{other:?}"),
        }
    }
    let expected = (1..=51).map(|n| format!("{n:03}/LP/PL/Kota/23.01/I/2024"));
    assert_eq!(numbers, expected.collect(), "who is refused takes no number with him");
}
