//! Custody: what is noted, what is not, who reads it, and that nothing done to it afterwards stays unseen.

use netra_docket::ids::{AccountId, ExhibitNo, MatterId};
use netra_docket::private::Private;
use netra_store::{Custody, CustodyKind, FaultKind, Scope, Touch};

use crate::common::*;

/// What an officer typed: must never be found among the entries.
const NOTE: &str = "Diserahkan kepada Penyidik Rekaan Tiga untuk diperiksa";

impl Rig {
    async fn touch(&self, matter: MatterId, account: AccountId, hours: i64, touches: Vec<Touch>) -> u64 {
        let at = hours_later(hours);
        self.store.note_custody(&open(HOME), matter, Some(account), at, touches).await.unwrap()
    }

    async fn log(&self, scope: &Scope, matter: MatterId, exhibit: u16) -> Custody {
        self.store.custody(scope, matter, ExhibitNo(exhibit)).await.unwrap().unwrap()
    }
}

fn of(exhibit: u16, kind: CustodyKind) -> Touch {
    Touch::new(ExhibitNo(exhibit), kind)
}

fn account() -> AccountId {
    AccountId::new(uuid())
}

/// A matter whose first exhibit has three entries and whose second has one.
async fn touched() -> (Rig, MatterId) {
    let rig = rig().await;
    let (matter, officer) = (rig.open_matter().await, account());
    for kind in [CustodyKind::Viewed, CustodyKind::CopiedOut] {
        assert_eq!(rig.touch(matter, officer, 0, vec![of(1, kind)]).await, 1);
    }
    let both = vec![of(1, CustodyKind::HandedOver).with_note(NOTE), of(2, CustodyKind::InForwarding).with_detail(7)];
    assert_eq!(rig.touch(matter, officer, 1, both).await, 2);
    (rig, matter)
}

#[tokio::test]
async fn touches_are_numbered_chained_and_read_back() {
    let (rig, matter) = touched().await;
    let log = rig.log(&open(HOME), matter, 1).await;
    let told: Vec<(u32, CustodyKind)> = log.entries.iter().map(|e| (e.n, e.kind)).collect();
    assert_eq!(told, [(1, CustodyKind::Viewed), (2, CustodyKind::CopiedOut), (3, CustodyKind::HandedOver)]);
    assert_eq!((log.broken, log.head()), (None, Some(log.entries[2].digest.as_str())));
    assert_eq!(log.entries[2].note, Some(Private::Open(NOTE.to_owned())));
    assert_eq!(log.entries[2].at.as_second(), hours_later(1).instant().as_second());
    let other = rig.log(&open(HOME), matter, 2).await;
    assert_eq!((other.entries.len(), other.entries[0].n, other.entries[0].detail.as_str()), (1, 1, "7"));
    assert!(rig.log(&open(HOME), matter, 9).await.entries.is_empty());

    let found = rig.store.verify(&[]).await.unwrap();
    assert_eq!((found.custody, found.faults.iter().filter(|f| f.what.contains("penguasaan")).count()), (4, 0));
}

/// Guards: the log can be checked by anybody who knows how it is made, without this program.
#[tokio::test]
async fn a_digest_is_that_of_a_fixed_line_and_the_entry_as_canonical_json() {
    let (rig, matter) = touched().await;
    let raw = rig.raw().await;
    let sql = "SELECT office, account, at, digest FROM custody WHERE exhibit = 1 AND n = 1";
    let (office, account, at, digest): (String, String, i64, String) =
        sqlx::query_as(sql).fetch_one(&raw).await.unwrap();
    let entry = format!(
        "netra custody 1\n{{\"account\":\"{account}\",\"at\":{at},\"commitment\":null,\"detail\":\"\",\"exhibit\":1,\
         \"matter\":\"{matter}\",\"n\":1,\"note\":null,\"office\":\"{office}\",\"prev\":\"\",\"what\":\"viewed\"}}"
    );
    assert_eq!(netra_evidence::Digest::of(entry.as_bytes()).to_string(), digest);
}

#[tokio::test]
async fn a_second_look_within_an_hour_is_no_entry_but_a_second_copy_is() {
    let rig = rig().await;
    let (matter, one, two) = (rig.open_matter().await, account(), account());
    let look = |exhibit| vec![of(exhibit, CustodyKind::Viewed)];
    for (who, hours, exhibit, made) in
        [(one, 0, 1, 1), (one, 0, 1, 0), (two, 0, 1, 1), (one, 0, 2, 1), (one, 1, 1, 1), (one, 1, 1, 0)]
    {
        assert_eq!(rig.touch(matter, who, hours, look(exhibit)).await, made, "{hours} {exhibit}");
    }
    for _ in 0..2 {
        assert_eq!(rig.touch(matter, one, 1, vec![of(1, CustodyKind::CopiedOut)]).await, 1);
    }
}

#[tokio::test]
async fn what_was_typed_lies_in_the_vault_and_opens_for_names_only() {
    let (rig, matter) = touched().await;
    let log = rig.log(&sealed(HOME), matter, 1).await;
    assert!(matches!(log.entries[2].note, Some(Private::Sealed(_))), "{log:?}");
    let raw = rig.raw().await;
    let sql = "SELECT what || detail || COALESCE(note, '') || COALESCE(commitment, '') FROM custody";
    let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&raw).await.unwrap();
    assert!(rows.iter().all(|row| !row.contains("Penyidik")), "{rows:?}");
    let values = "SELECT COUNT(*) FROM vault WHERE id IN (SELECT note FROM custody)";
    let values: i64 = sqlx::query_scalar(values).fetch_one(&raw).await.unwrap();
    assert_eq!(values, 1);
}

#[tokio::test]
async fn a_strange_office_neither_reads_nor_writes_the_log() {
    let (rig, matter) = touched().await;
    let stranger = open(OTHER);
    assert_eq!(rig.store.custody(&stranger, matter, ExhibitNo(1)).await.unwrap(), None);
    let look = vec![of(1, CustodyKind::CopiedOut)];
    let made = rig.store.note_custody(&stranger, matter, Some(account()), hours_later(2), look).await.unwrap();
    assert_eq!((made, rig.log(&open(HOME), matter, 1).await.entries.len()), (0, 3));
}

#[tokio::test]
async fn the_database_refuses_to_change_or_remove_entries() {
    let (rig, _) = touched().await;
    let raw = rig.raw().await;
    for sql in ["UPDATE custody SET what = 'viewed'", "UPDATE custody SET at = 0", "DELETE FROM custody"] {
        let refused = sqlx::query(sql).execute(&raw).await.unwrap_err().to_string();
        let why = match crate::BACKEND {
            Backend::Embedded => "never",
            Backend::Server => "permission denied",
        };
        assert!(refused.contains(why), "{sql}: {refused}");
    }
}

/// Guards: what a master of the database does to an entry is found, and the entry is named.
#[tokio::test]
async fn a_changed_or_removed_entry_is_named() {
    for (sql, n, kind) in [
        ("UPDATE custody SET what = 'viewed' WHERE exhibit = 1 AND n = 2", 2, FaultKind::Changed),
        ("UPDATE custody SET at = at + 1 WHERE exhibit = 1 AND n = 1", 1, FaultKind::Changed),
        ("UPDATE custody SET account = NULL WHERE exhibit = 1 AND n = 3", 3, FaultKind::Changed),
        ("UPDATE custody SET detail = '8' WHERE exhibit = 2", 1, FaultKind::Changed),
        ("UPDATE custody SET digest = matter WHERE exhibit = 1 AND n = 1", 1, FaultKind::Changed),
        ("UPDATE custody SET prev = matter WHERE exhibit = 1 AND n = 1", 1, FaultKind::Changed),
        ("DELETE FROM custody WHERE exhibit = 1 AND n = 1", 1, FaultKind::Missing),
        ("DELETE FROM custody WHERE exhibit = 1 AND n = 2", 2, FaultKind::Missing),
        ("DELETE FROM vault WHERE id IN (SELECT note FROM custody)", 3, FaultKind::Missing),
    ] {
        let (rig, matter) = touched().await;
        rig.store.publish_ledgers(hours_later(2)).await.unwrap();
        sqlx::query(sql).execute(&rig.raw_as_master().await).await.unwrap();
        let found = rig.store.verify(&[]).await.unwrap();
        let named = found.faults.iter().find(|fault| {
            let is_note = sql.contains("vault") && fault.what.starts_with("data pribadi");
            fault.what.contains(&format!("nomor {n} dari bukti")) || is_note
        });
        let named = named.unwrap_or_else(|| panic!("{sql}: {:?}", found.faults));
        assert!(named.kind == kind && named.what.contains(&matter.to_string()), "{sql}: {named:?}");
        if sql.contains("custody SET") && sql.contains("exhibit = 1") || sql.contains("DELETE FROM custody") {
            assert_eq!(rig.log(&open(HOME), matter, 1).await.broken, Some(n), "{sql}");
        }
    }
}

/// Guards: whoever changes an entry and mends its own digest is betrayed by the entry after it.
#[tokio::test]
async fn a_forged_entry_does_not_fit_the_next_one() {
    let (rig, matter) = touched().await;
    let (other, officer) = (rig.open_matter().await, account());
    rig.touch(other, officer, 0, vec![of(1, CustodyKind::PublicCopy)]).await;
    // The digest of a whole entry made elsewhere: whatever the forged one holds, the next does not name it.
    let sql = "UPDATE custody SET digest = (SELECT digest FROM custody WHERE matter = $1) WHERE matter = $2 AND n = 2";
    let master = rig.raw_as_master().await;
    sqlx::query(sql).bind(other.to_string()).bind(matter.to_string()).execute(&master).await.unwrap();
    let found = rig.store.verify(&[]).await.unwrap();
    let named: Vec<&str> = found.faults.iter().map(|fault| fault.what.as_str()).collect();
    assert!(named.iter().all(|what| !what.contains("penguasaan nomor 3")), "the next one is whole: {named:?}");
    assert!(named.iter().any(|what| what.contains("penguasaan nomor 2")), "{named:?}");
}

#[tokio::test]
async fn entries_written_at_once_stand_one_after_the_other() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let mut writing = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let store = rig.store.clone();
        writing.spawn(async move {
            let copied = vec![Touch::new(ExhibitNo(1), CustodyKind::CopiedOut)];
            store.note_custody(&open(HOME), matter, Some(account()), hours_later(0), copied).await.unwrap()
        });
    }
    assert_eq!(writing.join_all().await, [1; 20]);
    let log = rig.log(&open(HOME), matter, 1).await;
    let numbers: Vec<u32> = log.entries.iter().map(|entry| entry.n).collect();
    assert_eq!((numbers, log.broken), ((1..=20).collect::<Vec<u32>>(), None));
}
