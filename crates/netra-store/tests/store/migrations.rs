//! Stores that earlier versions filled are opened, and everything is there.

use std::path::{Path, PathBuf};

use netra_store::{Place, Privacy, Scope, Store};
use sqlx::any::AnyPoolOptions;

use crate::common::*;

fn fixture(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(version)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            let _ = std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test]
async fn a_store_of_the_first_schema_is_taken_over_whole() {
    let folder = tempfile::tempdir().unwrap();
    copy(&fixture("schema-1"), folder.path());
    let address = format!("sqlite://{}", folder.path().join("netra.sqlite3").display());
    sqlx::any::install_default_drivers();
    let raw = AnyPoolOptions::new().max_connections(1).connect(&address).await.unwrap();
    let names = "SELECT COUNT(*) FROM vault WHERE CAST(body AS TEXT) LIKE '%\"name\"%'";
    let plain: i64 = sqlx::query_scalar(names).fetch_one(&raw).await.unwrap();
    assert!(plain > 10, "the fixture holds names in plain text");
    raw.close().await;

    let place = Place::embedded(folder.path());
    let store = Store::open(&place, law()).await.unwrap();
    store.publish_ledgers(hours_later(30_000)).await.unwrap();
    let found = store.verify(&[]).await.unwrap();
    assert_eq!((found.acts, found.values, found.unpublished), (99, 91, 0), "{found:?}");
    assert_eq!(found.faults, []);

    let raw = AnyPoolOptions::new().max_connections(1).connect(&address).await.unwrap();
    let plain: i64 = sqlx::query_scalar(names).fetch_one(&raw).await.unwrap();
    assert_eq!(plain, 0, "no name stands in plain text any more");
    assert!(sqlx::query("SELECT 1 FROM vault_plain").fetch_optional(&raw).await.is_err(), "the plain table is gone");

    assert_eq!(
        store.offices_with_news().await.unwrap(),
        [],
        "what was recorded before there were notices is told nobody"
    );

    let office = office_id("bawaslu-ppu");
    let scope = Scope::new(office.clone(), Privacy::Open);
    let desk = store.desk(&scope, &netra_store::DeskQuery { limit: 50, ..Default::default() }).await.unwrap();
    let closed = netra_store::DeskQuery { limit: 50, closed: netra_store::Closed::Yes, ..Default::default() };
    let rows = desk.rows.into_iter().chain(store.desk(&scope, &closed).await.unwrap().rows);
    let mut opened = 0;
    for row in rows {
        let docket = store.docket(&scope, row.matter).await.unwrap().unwrap();
        let people = docket.matter.persons.iter().filter(|person| person.identity.open().is_some());
        opened += people.count();
    }
    assert!(opened > 2, "names open with the new keys");
}
