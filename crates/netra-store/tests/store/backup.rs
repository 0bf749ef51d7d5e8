//! Backups: what is restored is what was there, on either kind of database, and nothing that was tampered with
//! is restored at all.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use netra_docket::ids::MatterId;
use netra_store::{
    BackupError, BackupSummary, Docket, KeysInBackup, Place, RestoreSummary, SCRATCH, Store, StoreError, restore,
};
use netra_testing::Postgres;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::task::JoinSet;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::common::*;

/// Bytes of the seal at the end of an archive.
const SEAL: usize = 64;

/// An empty place of the kind that this program tests.
struct Target {
    place: Place,
    folder: TempDir,
    address: Option<String>,
    _server: Option<Postgres>,
}

fn target() -> Target {
    let folder = tempfile::tempdir().unwrap();
    match crate::BACKEND {
        Backend::Embedded => Target { place: Place::embedded(folder.path()), folder, address: None, _server: None },
        Backend::Server => {
            let server = Postgres::start().unwrap_or_else(|error| panic!("{error}"));
            let address = server.database().unwrap_or_else(|error| panic!("{error}"));
            let place = Place::server(&address, folder.path()).unwrap();
            Target { place, folder, address: Some(address), _server: Some(server) }
        }
    }
}

/// A store with matters of two offices, most of it published.
async fn filled() -> (Rig, Vec<(&'static str, MatterId)>) {
    let rig = rig().await;
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    rig.store.put_blob(&[7; 200_000]).await.unwrap();
    let mut matters = Vec::new();
    for home in [HOME, HOME, OTHER, HOME] {
        let matter = MatterId::new(uuid());
        let mut new = recording(matter, 0, hours_later(0), vec![report(&sha256), receipt()]);
        new.home = office_id(home);
        rig.store.record(new).await.unwrap();
        matters.push((home, matter));
    }
    rig.store.publish_ledgers(hours_later(1)).await.unwrap();
    let matter = MatterId::new(uuid());
    rig.store.record(recording(matter, 0, hours_later(2), vec![report(&sha256)])).await.unwrap();
    matters.push((HOME, matter));
    (rig, matters)
}

async fn backed_up(store: &Store, keys: KeysInBackup) -> (BackupSummary, Vec<u8>) {
    store.backup(Vec::<u8>::new(), keys, hours_later(3)).await.unwrap()
}

async fn restored(place: &Place, bytes: &[u8]) -> Result<RestoreSummary, StoreError> {
    restore(place, Cursor::new(bytes.to_vec()), law()).await
}

/// The entries of an archive, in order.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let entry = |index| {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().into_owned(), content)
    };
    let count = ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    (0..count).map(entry).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An archive with these entries, a manifest that fits them, and a seal that fits everything: the work of
/// somebody who knows the format.
fn forged(mut entries: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    entries.retain(|(name, _)| name != "manifest.sha256");
    let manifest: String = entries.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    entries.push(("manifest.sha256".to_owned(), manifest.into_bytes()));
    sealed_archive(&entries)
}

fn sealed_archive(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.set_comment("0".repeat(SEAL)).unwrap();
    let mut bytes = zip.finish().unwrap().into_inner();
    bytes.truncate(bytes.len() - SEAL);
    let seal = sha256(&bytes);
    bytes.extend_from_slice(seal.as_bytes());
    bytes
}

async fn dockets(store: &Store, matters: &[(&str, MatterId)]) -> Vec<Docket> {
    let mut dockets = Vec::new();
    for (office, matter) in matters {
        dockets.push(store.docket(&open(office), *matter).await.unwrap().unwrap());
    }
    dockets
}

async fn assert_same(store: &Store, matters: &[(&str, MatterId)], expected: &[Docket]) {
    let found = store.verify(&[]).await.unwrap();
    assert_eq!(found.faults, []);
    for (now, before) in dockets(store, matters).await.iter().zip(expected) {
        assert_eq!(now.entries, before.entries, "acts and opened private values");
    }
}

fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Guards: from one kind of database to the other and back, nothing is lost or changed.
#[tokio::test]
async fn what_is_restored_is_what_was_there() {
    let (rig, matters) = filled().await;
    let before = dockets(&rig.store, &matters).await;
    let (summary, bytes) = backed_up(&rig.store, KeysInBackup::With).await;
    assert_eq!(summary.bytes, u64::try_from(bytes.len()).unwrap());
    assert_eq!((summary.contents.acts(), summary.contents.offices.len()), (9, offices().len()));
    let exhibits = &summary.contents.exhibits;
    assert_eq!((exhibits.count, exhibits.bytes, exhibits.missing), (2, 200_004, 0));
    let ledgers: Vec<_> = summary.contents.ledgers.iter().map(|l| (l.office.as_str(), l.acts, l.published)).collect();
    assert_eq!(ledgers, [(HOME, 7, 6), (OTHER, 2, 2)]);
    let checkpoint = rig.store.checkpoint(&office_id(HOME)).await.unwrap();
    assert_eq!(summary.contents.ledgers[0].checkpoint, checkpoint);

    let folder = tempfile::tempdir().unwrap();
    let embedded = Place::embedded(&folder.path().join("new"));
    let told = restored(&embedded, &bytes).await.unwrap();
    assert_eq!(told.contents, summary.contents);
    let store = Store::open(&embedded, law()).await.unwrap();
    assert_same(&store, &matters, &before).await;
    let (_, again) = backed_up(&store, KeysInBackup::With).await;
    assert_eq!(entries(&again), entries(&bytes), "a backup of what was restored is the same backup");
    store.close().await;

    let target = target();
    restored(&target.place, &again).await.unwrap();
    let store = Store::open(&target.place, law()).await.unwrap();
    assert_same(&store, &matters, &before).await;
    assert_eq!(entries(&backed_up(&store, KeysInBackup::With).await.1), entries(&bytes));

    let matter = MatterId::new(uuid());
    let next = store.record(recording(matter, 0, hours_later(4), vec![report(NO_BYTES), receipt()])).await.unwrap();
    assert_eq!(next.matter.number(), Some("004/LP/PL/Kota/23.01/I/2024"), "numbers go on");
    assert_eq!(store.publish_ledgers(hours_later(5)).await.unwrap(), 1, "the ledger grows on");
}

#[tokio::test]
async fn nobody_stays_logged_in_and_no_unsent_form_is_kept() {
    let (rig, _) = filled().await;
    let draft =
        netra_store::Draft { token_hash: "t".to_owned(), body: format!("{{\"a\":\"{REPORTER}\"}}"), changed: 1 };
    rig.store.put_draft(&draft).await.unwrap();
    let counter = netra_store::Counter { key: "someone".to_owned(), wait: |_| 60 };
    rig.store.note_try(vec![counter], 3, 100).await.unwrap();
    let (_, bytes) = backed_up(&rig.store, KeysInBackup::Without).await;
    let names: Vec<String> = entries(&bytes).into_iter().map(|(name, _)| name).collect();
    for table in ["drafts", "factor_resets", "invitations", "login_failures", "sessions"] {
        assert!(!names.contains(&format!("tables/{table}.jsonl")), "{table}");
    }
    assert!(!names.iter().any(|name| name.starts_with("keys/")), "{names:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn restored_keys_are_for_the_programs_own_user_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (rig, _) = filled().await;
    let (_, bytes) = backed_up(&rig.store, KeysInBackup::With).await;
    let target = target();
    restored(&target.place, &bytes).await.unwrap();
    let mode = |path: &str| std::fs::metadata(target.folder.path().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&format!("keys/{HOME}.key")), 0o600);
    assert_eq!(mode("keys"), 0o700);
}

/// Guards: what is written meanwhile is wholly in the backup or not at all, and no checkpoint is ahead of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_under_load_is_one_state() {
    let rig = rig().await;
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    rig.store.record(recording(MatterId::new(uuid()), 0, hours_later(0), vec![report(&sha256)])).await.unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..20 {
        let (store, sha256) = (rig.store.clone(), sha256.clone());
        tasks.spawn(async move {
            for _ in 0..5 {
                let acts = vec![report(&sha256), receipt()];
                let mut new = recording(MatterId::new(uuid()), 0, hours_later(0), acts);
                new.home = office_id(if task % 2 == 0 { HOME } else { OTHER });
                store.record(new).await.unwrap();
            }
        });
    }
    let publishing = rig.store.clone();
    let published = tokio::spawn(async move {
        for _ in 0..20 {
            publishing.publish_ledgers(hours_later(0)).await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    let mut backups = Vec::new();
    for _ in 0..3 {
        backups.push(backed_up(&rig.store, KeysInBackup::With).await);
    }
    tasks.join_all().await;
    published.await.unwrap();
    for (summary, bytes) in backups {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::embedded(folder.path());
        restored(&place, &bytes).await.unwrap();
        let found = Store::open(&place, law()).await.unwrap().verify(&[]).await.unwrap();
        assert_eq!(found.faults, []);
        assert_eq!(found.acts, summary.contents.acts());
    }
}

#[tokio::test]
async fn without_its_keys_a_store_waits_for_them() {
    let (rig, matters) = filled().await;
    let before = dockets(&rig.store, &matters).await;
    let (summary, bytes) = backed_up(&rig.store, KeysInBackup::Without).await;
    assert_eq!(summary.contents.keys, KeysInBackup::Without);
    let target = target();
    restored(&target.place, &bytes).await.unwrap();
    let keys = target.folder.path().join("keys");
    let refused = Store::open(&target.place, law()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Keys { doing: "reading", .. }), "{refused:?}");
    assert_eq!(std::fs::read_dir(&keys).unwrap().count(), 0, "no new keys were made");

    let stranger = self::rig().await;
    copy_files(&stranger.folder.path().join("keys"), &keys);
    let refused = Store::open(&target.place, law()).await.unwrap_err();
    assert!(matches!(refused, StoreError::OtherKeys { .. }), "{refused:?}");

    copy_files(&rig.folder.path().join("keys"), &keys);
    let store = Store::open(&target.place, law()).await.unwrap();
    assert_same(&store, &matters, &before).await;
}

#[tokio::test]
async fn keys_that_do_not_belong_to_the_store_are_not_saved() {
    let (rig, _) = filled().await;
    let stranger = self::rig().await;
    copy_files(&stranger.folder.path().join("keys"), &rig.folder.path().join("keys"));
    let again = Store::open_as_it_is(&rig.place, law()).await.unwrap();
    let refused = again.backup(Vec::<u8>::new(), KeysInBackup::With, hours_later(3)).await.err().unwrap();
    assert!(matches!(refused, StoreError::OtherKeys { .. }), "{refused:?}");
    backed_up(&again, KeysInBackup::Without).await;
}

#[tokio::test]
async fn a_place_that_is_not_empty_is_left_alone() {
    let (rig, _) = filled().await;
    let (_, bytes) = backed_up(&rig.store, KeysInBackup::With).await;
    let refused = restored(&rig.place, &bytes).await.unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");
    assert_eq!(rig.store.verify(&[]).await.unwrap().faults, []);

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "x").unwrap();
    let refused = restored(&Place::embedded(folder.path()), &bytes).await.unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written");
    std::fs::rename(folder.path().join("notes.txt"), folder.path().join(SCRATCH)).unwrap();
    restored(&Place::embedded(folder.path()), &bytes).await.unwrap();

    let target = target();
    if let Some(address) = &target.address {
        Store::open(&target.place, law()).await.unwrap().close().await;
        let folder = tempfile::tempdir().unwrap();
        let place = Place::server(address, &folder.path().join("new")).unwrap();
        let refused = restored(&place, &bytes).await.unwrap_err();
        assert!(refused.to_string().contains("the database has a table"), "{refused}");
        assert!(!folder.path().join("new").exists(), "nothing was written");
    }
}

#[tokio::test]
async fn half_a_restore_is_not_opened() {
    let rig = rig().await;
    let raw = rig.raw().await;
    sqlx::query("INSERT INTO settings (key, value) VALUES ('restore', 'unfinished')").execute(&raw).await.unwrap();
    for refused in [rig.open_again().await, Store::open_as_it_is(&rig.place, law()).await] {
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("did not come to its end"), "{refused}");
    }
}

/// Guards: a flipped bit, a byte less or a byte more, anywhere.
#[tokio::test]
async fn an_archive_that_was_changed_anywhere_is_refused() {
    let (rig, _) = filled().await;
    let (_, bytes) = backed_up(&rig.store, KeysInBackup::With).await;
    let folder = tempfile::tempdir().unwrap();
    let place = Place::embedded(&folder.path().join("new"));
    let mut changed: Vec<(String, Vec<u8>)> = (0..100)
        .map(|n| {
            let at = n * (bytes.len() - 1) / 99;
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (n % 8);
            (format!("byte {at} of {}", bytes.len()), flipped)
        })
        .collect();
    changed.push(("one byte less".to_owned(), bytes[..bytes.len() - 1].to_vec()));
    changed.push(("half of it".to_owned(), bytes[..bytes.len() / 2].to_vec()));
    changed.push(("one byte more".to_owned(), [&bytes[..], b"x"].concat()));
    changed.push(("nothing".to_owned(), Vec::new()));
    for (what, changed) in changed {
        let refused = restored(&place, &changed).await.unwrap_err();
        assert!(matches!(refused, StoreError::Backup(BackupError::Damaged(_))), "{what}: {refused:?}");
        assert!(!folder.path().join("new").exists(), "{what}: nothing was written");
    }
    restored(&place, &bytes).await.unwrap();
}

/// Guards: not even somebody who can make a seal that fits gets a stranger's file or half a store restored.
#[tokio::test]
async fn an_archive_of_another_form_is_refused() {
    let (rig, _) = filled().await;
    let (_, bytes) = backed_up(&rig.store, KeysInBackup::With).await;
    let whole = entries(&bytes);
    let with = |name: &str, content: &[u8]| {
        let mut entries = whole.clone();
        entries.insert(0, (name.to_owned(), content.to_vec()));
        forged(entries)
    };
    let without = |name: &str| forged(whole.iter().filter(|(other, _)| other != name).cloned().collect());
    let header = |field: &str, value: serde_json::Value| {
        let mut entries = whole.clone();
        let (_, content) = entries.iter_mut().find(|(name, _)| name == "netra-backup.json").unwrap();
        let mut json: serde_json::Value = serde_json::from_slice(content).unwrap();
        json[field] = value;
        *content = serde_json::to_vec(&json).unwrap();
        forged(entries)
    };
    let mut unlisted = whole.clone();
    unlisted[0].1.push(b'x');
    let mut cut = whole.clone();
    let (_, acts) = cut.iter_mut().find(|(name, _)| name == "tables/acts.jsonl").unwrap();
    let first = acts.iter().position(|byte| *byte == b'\n').unwrap();
    acts.truncate(first + 1);
    let cases = [
        (with("../x", b"x"), "it holds \"../x\""),
        (with("keys/../../x.key", b"x"), "which no backup has"),
        (with("tables/strangers.jsonl", b"{}\n"), "no table strangers"),
        (with(&format!("blobs/{}", sha256(b"a")), b"b"), "has been changed"),
        (without("tables/acts.jsonl"), "tables/acts.jsonl is missing"),
        (without("netra-backup.json"), "netra-backup.json is missing"),
        (header("format", 2.into()), "a newer program made this backup (format 2"),
        (header("schema", 1000.into()), "a newer program made this backup (schema 1000"),
        (header("schema", 1.into()), "no program made backups of schema 1"),
        (sealed_archive(&unlisted), "is not what manifest.sha256 says of it"),
        (forged(cut), "has not as many rows"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let place = Place::embedded(&folder.path().join("new"));
    for (archive, words) in cases {
        let refused = restored(&place, &archive).await.unwrap_err().to_string();
        assert!(refused.contains(words), "{words}: {refused}");
        assert!(!folder.path().join("new").exists(), "{words}: nothing was written");
    }
    restored(&place, &forged(whole)).await.unwrap();
}

#[tokio::test]
async fn a_changed_exhibit_stops_a_backup_and_a_missing_one_is_told() {
    let (rig, _) = filled().await;
    let sha256 = sha256(b"foto");
    let file = rig.folder.path().join("blobs").join(&sha256[..2]).join(&sha256);
    std::fs::write(&file, b"fotx").unwrap();
    let refused = rig.store.backup(Vec::<u8>::new(), KeysInBackup::Without, hours_later(3)).await.err().unwrap();
    assert!(matches!(&refused, StoreError::BlobChanged(changed) if *changed == sha256), "{refused:?}");
    std::fs::remove_file(&file).unwrap();
    let (summary, bytes) = backed_up(&rig.store, KeysInBackup::Without).await;
    let exhibits = summary.contents.exhibits;
    assert_eq!((exhibits.count, exhibits.missing, exhibits.first_missing), (1, 1, vec![sha256]));
    let folder = tempfile::tempdir().unwrap();
    restored(&Place::embedded(folder.path()), &bytes).await.unwrap();
}

/// Guards: whoever gets a backup without keys gets no names. Bytes stand in it as hex.
#[tokio::test]
async fn no_name_of_a_person_stands_in_the_tables() {
    let (rig, _) = filled().await;
    let (_, bytes) = backed_up(&rig.store, KeysInBackup::Without).await;
    let tables: BTreeMap<String, Vec<u8>> =
        entries(&bytes).into_iter().filter(|(name, _)| name.starts_with("tables/")).collect();
    assert!(tables["tables/vault.jsonl"].len() > 1000 && tables["tables/acts.jsonl"].len() > 1000);
    for secret in [REPORTER, REPORTED, ACCOUNT, "0800-REKAAN", "foto-rekaan"] {
        let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        for (name, content) in &tables {
            let text = String::from_utf8_lossy(content);
            assert!(!text.contains(secret) && !text.contains(&hex), "{secret} stands in {name}");
        }
    }
    let subject: String = "Ajakan memilih".bytes().map(|byte| format!("{byte:02x}")).collect();
    assert!(String::from_utf8_lossy(&tables["tables/acts.jsonl"]).contains(&subject), "the search finds what is there");
}

/// A disk that is full.
struct Full;

impl std::io::Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_the_store_works_on() {
    let (rig, _) = filled().await;
    let refused = rig.store.backup(Full, KeysInBackup::With, hours_later(3)).await.err().unwrap();
    assert!(refused.to_string().contains("the backup could not be written"), "{refused}");
    rig.open_matter().await;
    backed_up(&rig.store, KeysInBackup::With).await;
}
