//! What must hold whatever happens: acts stay as they are, projections follow from them, and a
//! store that is opened again has everything.

use netra_docket::act::{Act, StatementPublished};
use netra_docket::ids::MatterId;
use netra_store::{DeskQuery, StoreError};
use sqlx::AnyPool;

use crate::common::*;

#[tokio::test]
async fn the_database_refuses_to_change_or_remove_acts() {
    let rig = rig().await;
    rig.open_matter().await;
    let raw = rig.raw().await;
    for sql in [
        "UPDATE acts SET kind = 'withdrawn'",
        "UPDATE acts SET matter = id",
        "DELETE FROM acts",
        "UPDATE vault SET matter = id",
    ] {
        let refused = sqlx::query(sql).execute(&raw).await.unwrap_err().to_string();
        let why = match crate::BACKEND {
            Backend::Embedded => "never",
            Backend::Server => "permission denied",
        };
        assert!(refused.contains(why), "{sql}: {refused}");
    }
}

/// Every row of the projections, as text.
async fn projections(raw: &AnyPool) -> Vec<String> {
    let mut rows = Vec::new();
    for sql in [
        "SELECT 'matter|' || matter || '|' || home || '|' || office || '|' || regime || '|' || origin || '|' ||
                COALESCE(number, '-') || '|' || subject_line || '|' || stage || '|' || opened || '|' ||
                COALESCE(next_clock, '-') || '|' || COALESCE(next_due, '-') || '|' || COALESCE(owner, '-') || '|' ||
                length FROM matters ORDER BY 1",
        "SELECT 'desk|' || office || '|' || matter || '|' || open || '|' || due || '|' || stage || '|' ||
                COALESCE(owner, '-') FROM desk ORDER BY 1",
        "SELECT 'notice|' || act || '|' || matter || '|' || office || '|' || at || '|' || moment || '|' ||
                title || '|' || text FROM notices ORDER BY 1",
    ] {
        let some: Vec<String> = sqlx::query_scalar(sql).fetch_all(raw).await.unwrap();
        rows.extend(some);
    }
    rows
}

#[tokio::test]
async fn rebuilt_projections_are_the_same() {
    let rig = rig().await;
    for _ in 0..3 {
        let matter = rig.open_matter().await;
        rig.add(matter, 1, receipt()).await.unwrap();
        let statement = StatementPublished { title: "Imbauan".to_owned(), text: "Netral.".to_owned() };
        rig.add(matter, 2, Act::StatementPublished(statement)).await.unwrap();
    }
    let raw = rig.raw().await;
    let before = projections(&raw).await;
    assert_eq!(before.len(), 9);

    assert_eq!(rig.store.rebuild_projections().await.unwrap(), 3);
    assert_eq!(projections(&raw).await, before);

    for sql in ["DELETE FROM matters", "DELETE FROM desk", "DELETE FROM notices"] {
        sqlx::query(sql).execute(&raw).await.unwrap();
    }
    assert_eq!(rig.store.rebuild_projections().await.unwrap(), 3);
    assert_eq!(projections(&raw).await, before);
}

#[tokio::test]
async fn a_damaged_docket_stops_the_rebuilding_and_leaves_the_rest() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let raw = rig.raw().await;
    let before = projections(&raw).await;
    let master = rig.raw_as_master().await;
    let damage = sqlx::query("UPDATE acts SET body = $1 WHERE matter = $2").bind(b"{}".to_vec());
    damage.bind(matter.to_string()).execute(&master).await.unwrap();
    let failure = rig.store.rebuild_projections().await.unwrap_err();
    assert!(matches!(failure, StoreError::Row { table: "acts", .. }), "{failure:?}");
    assert_eq!(projections(&raw).await, before);
}

#[tokio::test]
async fn a_store_opened_again_has_everything() {
    let rig = rig().await;
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    let matter = MatterId::new(uuid());
    rig.store.record(recording(matter, 0, hours_later(0), vec![report(&sha256), receipt()])).await.unwrap();
    let before = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    rig.store.close().await;

    let store = rig.open_again().await.unwrap();
    let after = store.docket(&open(HOME), matter).await.unwrap().unwrap();
    assert_eq!(after.entries, before.entries);
    assert_eq!(store.get_blob(&sha256).await.unwrap(), b"foto");
    assert_eq!(store.offices().await.unwrap().len(), offices().len());
    assert_eq!(store.desk(&open(HOME), &DeskQuery::default()).await.unwrap().rows.len(), 1);
    let next = store.record(recording(MatterId::new(uuid()), 0, hours_later(1), vec![report(NO_BYTES), receipt()]));
    assert_eq!(next.await.unwrap().matter.number(), Some("002/LP/PL/Kota/23.01/I/2024"));
}

#[tokio::test]
async fn a_store_of_a_newer_program_is_not_opened() {
    let rig = empty().await;
    let raw = rig.raw().await;
    sqlx::query("INSERT INTO schema_migrations (version) VALUES (1000)").execute(&raw).await.unwrap();
    rig.store.close().await;
    let failure = rig.open_again().await.unwrap_err();
    assert!(failure.to_string().contains("newer program"), "{failure}");
}

#[tokio::test]
async fn a_setting_is_kept_once() {
    let rig = empty().await;
    assert_eq!(rig.store.setting("secret").await.unwrap(), None);
    assert_eq!(rig.store.set_setting_if_absent("secret", "a").await.unwrap(), "a");
    assert_eq!(rig.store.set_setting_if_absent("secret", "b").await.unwrap(), "a");
    assert_eq!(rig.store.setting("secret").await.unwrap().as_deref(), Some("a"));
}
