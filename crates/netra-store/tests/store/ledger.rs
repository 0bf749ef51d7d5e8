//! The ledger: what is recorded is published, and whatever is done to it behind the program's back is found.

use netra_docket::ids::MatterId;
use netra_ledger::{Checkpoint, VerifierKey};
use netra_store::{FaultKind, SavedCheckpoint, Verification};
use sqlx::AnyPool;

use crate::common::*;

/// A store with some matters of two offices, all of it published.
async fn published() -> Rig {
    let rig = rig().await;
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    for _ in 0..3 {
        let matter = MatterId::new(uuid());
        rig.store.record(recording(matter, 0, hours_later(0), vec![report(&sha256), receipt()])).await.unwrap();
    }
    let mut other = recording(MatterId::new(uuid()), 0, hours_later(1), vec![report(&sha256), receipt()]);
    other.home = office_id(OTHER);
    rig.store.record(other).await.unwrap();
    assert_eq!(rig.store.publish_ledgers(hours_later(2)).await.unwrap(), 2);
    rig
}

impl Rig {
    async fn verified(&self) -> Verification {
        self.store.verify(&[]).await.unwrap()
    }

    /// The kinds of faults, and whether the first one names what was touched.
    async fn faults(&self) -> Vec<FaultKind> {
        let mut kinds: Vec<FaultKind> = self.verified().await.faults.iter().map(|fault| fault.kind).collect();
        kinds.dedup();
        kinds
    }
}

async fn text(raw: &AnyPool, sql: &'static str) -> String {
    sqlx::query_scalar(sql).fetch_one(raw).await.unwrap()
}

#[tokio::test]
async fn what_is_recorded_is_published_and_verifies() {
    let rig = published().await;
    let found = rig.verified().await;
    assert_eq!((found.acts, found.unpublished, found.blobs), (8, 0, 1), "{found:?}");
    assert!(found.values >= 16, "{found:?}");
    assert_eq!(found.faults, []);
    assert_eq!(rig.store.publish_ledgers(hours_later(3)).await.unwrap(), 0, "nothing new");

    let folder = rig.folder.path().join("ledger").join(HOME);
    let key: VerifierKey = std::fs::read_to_string(folder.join("key")).unwrap().trim().parse().unwrap();
    let note = std::fs::read_to_string(folder.join("checkpoint")).unwrap();
    let checkpoint = Checkpoint::open(&note, &key).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.head.size), ("netra/bawaslu-contoh", 6));
    assert_eq!(rig.store.checkpoint(&office_id(HOME)).await.unwrap().as_deref(), Some(note.as_str()));

    let (matter, sha256) = (MatterId::new(uuid()), rig.store.put_blob(b"foto").await.unwrap());
    rig.store.record(recording(matter, 0, hours_later(4), vec![report(&sha256)])).await.unwrap();
    assert_eq!(rig.verified().await.unpublished, 1);
    rig.store.record(recording(matter, 1, hours_later(5), vec![receipt()])).await.unwrap();
    assert_eq!(rig.store.publish_ledgers(hours_later(6)).await.unwrap(), 1);
    let found = rig.verified().await;
    assert_eq!((found.acts, found.unpublished, found.faults.len()), (10, 0, 0), "{found:?}");
}

/// Guards: what a master of the database does to an act is found, and the act is named.
#[tokio::test]
async fn a_changed_act_is_named() {
    let rig = published().await;
    let master = rig.raw_as_master().await;
    let id = text(&master, "SELECT id FROM acts WHERE office = 'bawaslu-contoh' AND leaf = 3").await;
    for sql in [
        "UPDATE acts SET at = at + 1 WHERE id = $1",
        "UPDATE acts SET kind = 'withdrawn' WHERE id = $1",
        "UPDATE acts SET n = 9 WHERE id = $1",
        "UPDATE acts SET body = (SELECT body FROM acts WHERE office = 'bawaslu-lain' AND leaf = 0) WHERE id = $1",
    ] {
        sqlx::query(sql).bind(&id).execute(&master).await.unwrap();
        let found = rig.verified().await;
        let first = found.faults.first().unwrap_or_else(|| panic!("{sql}"));
        assert!(first.what.contains(&id) && first.kind == FaultKind::Changed, "{sql}: {first:?}");
    }
}

#[tokio::test]
async fn removed_exchanged_and_cut_off_acts_are_found() {
    for (sql, kind) in [
        ("DELETE FROM acts WHERE office = 'bawaslu-contoh' AND leaf = 2", FaultKind::Missing),
        ("DELETE FROM acts WHERE office = 'bawaslu-contoh' AND leaf >= 4", FaultKind::Truncated),
    ] {
        let rig = published().await;
        let master = rig.raw_as_master().await;
        sqlx::query(sql).execute(&master).await.unwrap();
        let faults = rig.faults().await;
        assert!(faults.contains(&kind), "{sql}: {faults:?}");
    }
    let rig = published().await;
    let master = rig.raw_as_master().await;
    for sql in [
        "UPDATE acts SET leaf = 100 WHERE office = 'bawaslu-contoh' AND leaf = 0",
        "UPDATE acts SET leaf = 0 WHERE office = 'bawaslu-contoh' AND leaf = 2",
        "UPDATE acts SET leaf = 2 WHERE office = 'bawaslu-contoh' AND leaf = 100",
    ] {
        sqlx::query(sql).execute(&master).await.unwrap();
    }
    assert_eq!(rig.faults().await[0], FaultKind::Reordered);
}

/// Guards: whoever removes the last acts and mends the books as well is betrayed by a checkpoint that lies
/// outside the database.
#[tokio::test]
async fn a_rolled_back_database_is_found_by_a_checkpoint_kept_elsewhere() {
    let rig = published().await;
    let saved = rig.store.checkpoint(&office_id(HOME)).await.unwrap().unwrap();
    let master = rig.raw_as_master().await;
    for sql in [
        "DELETE FROM acts WHERE office = 'bawaslu-contoh' AND leaf >= 4",
        "DELETE FROM checkpoints WHERE office = 'bawaslu-contoh'",
        "DELETE FROM tiles WHERE office = 'bawaslu-contoh'",
        "UPDATE trees SET size = 4, published = 0 WHERE office = 'bawaslu-contoh'",
    ] {
        sqlx::query(sql).execute(&master).await.unwrap();
    }
    let refused = rig.store.publish_ledgers(hours_later(5)).await.unwrap_err().to_string();
    assert!(refused.contains("a checkpoint of 6 acts has been published"), "{refused}");
    let faults = rig.faults().await;
    assert!(faults.contains(&FaultKind::RolledBack), "the published file still knows: {faults:?}");
    std::fs::remove_dir_all(rig.folder.path().join("ledger")).unwrap();
    rig.store.publish_ledgers(hours_later(6)).await.unwrap();
    assert_eq!(rig.faults().await, [], "nothing on this machine knows any more");
    let saved = [SavedCheckpoint { office: office_id(HOME), note: saved }];
    let found = rig.store.verify(&saved).await.unwrap();
    assert_eq!(found.faults[0].kind, FaultKind::RolledBack);
}

#[tokio::test]
async fn an_act_older_than_the_checkpoint_before_it_is_back_dated() {
    let rig = published().await;
    let matter = MatterId::new(uuid());
    rig.store.record(recording(matter, 0, hours_later(1), vec![report(NO_BYTES)])).await.unwrap();
    let faults = rig.faults().await;
    assert!(faults.contains(&FaultKind::BackDated), "{faults:?}");
}

#[tokio::test]
async fn changed_and_missing_exhibits_and_values_are_found() {
    let rig = published().await;
    let blobs = rig.folder.path().join("blobs");
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    let file = blobs.join(&sha256[..2]).join(&sha256);
    std::fs::write(&file, b"fotx").unwrap();
    assert_eq!(rig.faults().await, [FaultKind::Changed]);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(rig.faults().await, [FaultKind::Missing]);
    std::fs::write(&file, b"foto").unwrap();
    assert_eq!(rig.faults().await, []);

    let master = rig.raw_as_master().await;
    let row = text(&master, "SELECT MIN(id) FROM vault").await;
    sqlx::query("DELETE FROM vault WHERE id = $1").bind(&row).execute(&master).await.unwrap();
    let found = rig.verified().await;
    assert!(found.faults[0].what.contains(&row) && found.faults[0].kind == FaultKind::Missing, "{found:?}");
}

#[tokio::test]
async fn a_forged_checkpoint_is_unsigned() {
    let rig = published().await;
    let master = rig.raw_as_master().await;
    let note = text(&master, "SELECT note FROM checkpoints WHERE office = 'bawaslu-contoh'").await;
    let forged = note.replacen("\n6\n", "\n5\n", 1);
    sqlx::query("UPDATE checkpoints SET note = $1 WHERE office = 'bawaslu-contoh'")
        .bind(forged)
        .execute(&master)
        .await
        .unwrap();
    assert_eq!(rig.faults().await, [FaultKind::Unsigned]);
}

/// Guards: one flipped bit anywhere in a row that holds an act or a private value is found.
#[tokio::test]
async fn five_hundred_flipped_bits_are_found() {
    let rig = published().await;
    let master = rig.raw_as_master().await;
    let acts: Vec<String> = sqlx::query_scalar("SELECT id FROM acts ORDER BY id").fetch_all(&master).await.unwrap();
    let values: Vec<String> = sqlx::query_scalar("SELECT id FROM vault ORDER BY id").fetch_all(&master).await.unwrap();
    let tables = [
        (acts, "SELECT body FROM acts WHERE id = $1", "UPDATE acts SET body = $1 WHERE id = $2"),
        (values.clone(), "SELECT body FROM vault WHERE id = $1", "UPDATE vault SET body = $1 WHERE id = $2"),
        (values, "SELECT sealed_key FROM vault WHERE id = $1", "UPDATE vault SET sealed_key = $1 WHERE id = $2"),
    ];
    let mut draw = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(draw >> 33).unwrap() % below
    };
    for round in 0..500 {
        let (ids, read, write) = &tables[round % tables.len()];
        let id = &ids[next(ids.len())];
        let whole: Vec<u8> = sqlx::query_scalar(*read).bind(id).fetch_one(&master).await.unwrap();
        let mut flipped = whole.clone();
        let place = next(whole.len());
        flipped[place] ^= 1 << next(8);
        sqlx::query(*write).bind(flipped).bind(id).execute(&master).await.unwrap();
        let found = rig.verified().await;
        assert!(!found.faults.is_empty(), "round {round}: byte {place} of {id} ({read})");
        sqlx::query(*write).bind(whole).bind(id).execute(&master).await.unwrap();
    }
    assert_eq!(rig.faults().await, []);
}
