//! Exhibits in a bucket of a real server, which the tests start: what holds for the folder holds for it.
#![cfg(feature = "s3")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[allow(dead_code, reason = "the tests of the folder use all of it")]
#[path = "store/common.rs"]
mod common;

use std::collections::BTreeSet;
use std::io::Cursor;

use futures_util::TryStreamExt as _;
use netra_docket::ids::MatterId;
use netra_store::{
    Bucket, BucketKeys, CheckId, CheckLimits, FaultKind, KeysInBackup, Place, Store, StoreError, restore,
};
use netra_testing::S3;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;
use object_store::{ObjectStore as _, ObjectStoreExt as _};
use tempfile::TempDir;

use common::*;

/// The database under these tests.
const BACKEND: Backend = Backend::Embedded;
const KEY: &str = "AKIDREKAANREKAAN";
const SECRET: &str = "rahasia-rekaan-rekaan";
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn keys() -> BucketKeys {
    BucketKeys { id: KEY.to_owned(), secret: SECRET.to_owned(), session: None }
}

/// A place whose exhibits lie in a bucket, and the bucket behind the store's back.
struct Far {
    place: Place,
    bucket: Bucket,
    objects: AmazonS3,
    folder: TempDir,
}

fn far(server: &S3) -> Far {
    let (name, endpoint) = (server.bucket().unwrap_or_else(|error| panic!("{error}")), server.endpoint());
    let folder = tempfile::tempdir().unwrap();
    let address = format!("s3://{name}/bukti/kota?endpoint={endpoint}");
    let bucket = Bucket::parse(&address, keys()).unwrap();
    let place = Place::embedded(folder.path()).with_bucket(bucket.clone());
    let builder = AmazonS3Builder::new().with_bucket_name(name).with_region("us-east-1").with_endpoint(endpoint);
    let objects = builder.with_allow_http(true).with_access_key_id(KEY).with_secret_access_key(SECRET).build().unwrap();
    Far { place, bucket, objects, folder }
}

fn server() -> S3 {
    S3::start().unwrap_or_else(|error| panic!("{error}"))
}

fn key(sha256: &str) -> Key {
    Key::from(format!("bukti/kota/{}/{sha256}", &sha256[..2]))
}

async fn names(far: &Far) -> BTreeSet<String> {
    far.objects.list(None).map_ok(|object| object.location.to_string()).try_collect().await.unwrap()
}

#[tokio::test]
async fn bytes_lie_in_the_bucket_and_are_hashed_when_they_are_read() {
    let server = server();
    let far = far(&server);
    let store = Store::open(&far.place, law()).await.unwrap();
    for bytes in [&b""[..], b"abc", &[0xff; 100_000]] {
        let name = store.put_blob(bytes).await.unwrap();
        assert_eq!(store.put_blob(bytes).await.unwrap(), name, "keeping them again changes nothing");
        assert_eq!(store.get_blob(&name).await.unwrap(), bytes);
    }
    let found = names(&far).await;
    assert!(found.len() == 3 && found.contains(&format!("bukti/kota/ba/{ABC}")), "{found:?}");
    assert!(!far.folder.path().join("blobs").exists(), "nothing lies in the folder");

    far.objects.put(&key(ABC), b"abd".to_vec().into()).await.unwrap();
    let mut reader = store.blob_reader(ABC).await.unwrap();
    for failure in [
        store.get_blob(ABC).await.unwrap_err(),
        store.put_blob(b"abc").await.unwrap_err(),
        reader.next_piece().await.unwrap_err(),
    ] {
        assert!(matches!(&failure, StoreError::BlobChanged(name) if name == ABC), "{failure:?}");
    }
    let missing = store.get_blob(NO_BYTES).await.unwrap_err();
    assert!(matches!(missing, StoreError::Blob { doing: "reading", .. }), "{missing:?}");
    let failure = store.get_blob("../secret").await.unwrap_err();
    assert!(matches!(failure, StoreError::Blob { doing: "naming", .. }), "{failure:?}");
}

#[tokio::test]
async fn large_files_go_to_the_bucket_in_parts() {
    let server = server();
    let far = far(&server);
    let store = Store::open(&far.place, law()).await.unwrap();
    let piece: Vec<u8> = (0..2_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let mut names = Vec::new();
    for _ in 0..2 {
        let id = store.begin_upload("petugas", "").await.unwrap();
        let mut offset = 0;
        for _ in 0..10 {
            offset = store.append_upload(&id, offset, piece.clone().into()).await.unwrap();
        }
        let kept = store.finish_upload(&id, 1 << 30).await.unwrap();
        assert_eq!((kept.size, kept.head.as_slice()), (20_000_000, &piece[..64 << 10]));
        assert_eq!(store.finish_upload(&id, 1 << 30).await.unwrap(), kept);
        names.push(kept.sha256);
    }
    assert_eq!(names[0], names[1], "the same file again is the same exhibit");
    assert_eq!(far.objects.head(&key(&names[0])).await.unwrap().size, 20_000_000);
    let mut reader = store.blob_reader(&names[0]).await.unwrap();
    let mut read = Vec::new();
    while let Some(piece) = reader.next_piece().await.unwrap() {
        read.extend_from_slice(&piece);
    }
    assert!(read == piece.repeat(10));
    let mut changed = read;
    changed[19_999_999] ^= 1;
    far.objects.put(&key(&names[0]), changed.into()).await.unwrap();
    let mut reader = store.blob_reader(&names[0]).await.unwrap();
    let failure = loop {
        match reader.next_piece().await {
            Ok(piece) => assert!(piece.is_some(), "changed bytes were read to their end"),
            Err(failure) => break failure,
        }
    };
    assert!(matches!(failure, StoreError::BlobChanged(_)), "{failure:?}");
}

/// A store with a matter that has an exhibit.
async fn filled(far: &Far) -> (Store, String) {
    let store = Store::open(&far.place, law()).await.unwrap();
    for office in offices() {
        store.add_office(&office).await.unwrap();
    }
    let sha256 = store.put_blob(b"foto").await.unwrap();
    store.put_blob(&[7; 9_000_000]).await.unwrap();
    let new = recording(MatterId::new(uuid()), 0, hours_later(0), vec![report(&sha256)]);
    store.record(new).await.unwrap();
    store.publish_ledgers(hours_later(1)).await.unwrap();
    (store, sha256)
}

async fn faults(store: &Store) -> Vec<FaultKind> {
    store.verify(&[]).await.unwrap().faults.iter().map(|fault| fault.kind).collect()
}

async fn missing_exhibits(store: &Store) -> u64 {
    let limits = CheckLimits { free: 0, ..CheckLimits::default() };
    let health = store.check(hours_later(2), limits).await.unwrap();
    health.of(CheckId::MissingExhibit).map(|finding| finding.count).sum()
}

#[tokio::test]
async fn verifying_and_checking_read_the_bucket() {
    let server = server();
    let far = far(&server);
    let (store, sha256) = filled(&far).await;
    assert_eq!((faults(&store).await, missing_exhibits(&store).await), (vec![], 0));
    far.objects.put(&key(&sha256), b"fotx".to_vec().into()).await.unwrap();
    assert_eq!(faults(&store).await, [FaultKind::Changed]);
    far.objects.delete(&key(&sha256)).await.unwrap();
    assert_eq!((faults(&store).await, missing_exhibits(&store).await), (vec![FaultKind::Missing], 1));
    assert_eq!(store.put_blob(b"foto").await.unwrap(), sha256);
    assert_eq!((faults(&store).await, missing_exhibits(&store).await), (vec![], 0));
    drop(server);
    let failure = store.verify(&[]).await.unwrap_err();
    assert!(matches!(failure, StoreError::Blob { .. }), "a bucket that is silent is not empty: {failure:?}");
}

#[tokio::test]
async fn backups_hold_the_bucket_and_are_restored_into_another_or_a_folder() {
    let server = server();
    let from = far(&server);
    let (store, sha256) = filled(&from).await;
    from.objects.put(&Key::from("bukti/kota/catatan.txt"), b"none of ours".to_vec().into()).await.unwrap();
    let (summary, bytes) = store.backup(Vec::<u8>::new(), KeysInBackup::With, hours_later(2)).await.unwrap();
    let exhibits = summary.contents.exhibits;
    assert_eq!((exhibits.count, exhibits.bytes, exhibits.missing), (2, 9_000_004, 0));

    let to = far(&server);
    restore(&to.place, Cursor::new(bytes.clone()), law()).await.unwrap();
    let expected: BTreeSet<String> = names(&from).await.into_iter().filter(|name| !name.ends_with(".txt")).collect();
    assert_eq!(names(&to).await, expected);
    let restored = Store::open(&to.place, law()).await.unwrap();
    assert_eq!(faults(&restored).await, []);
    restored.close().await;

    // The bucket outlived the machine: what it has is looked at and stays.
    let (before, folder) = (names(&from).await, tempfile::tempdir().unwrap());
    let again = Place::embedded(folder.path()).with_bucket(from.bucket.clone());
    restore(&again, Cursor::new(bytes.clone()), law()).await.unwrap();
    assert_eq!(names(&from).await, before);

    let folder = tempfile::tempdir().unwrap();
    let near = Place::embedded(folder.path());
    restore(&near, Cursor::new(bytes), law()).await.unwrap();
    let restored = Store::open(&near, law()).await.unwrap();
    assert_eq!(restored.get_blob(&sha256).await.unwrap(), b"foto");
    assert_eq!(faults(&restored).await, []);

    from.objects.put(&key(&sha256), b"fotx".to_vec().into()).await.unwrap();
    let refused = store.backup(Vec::<u8>::new(), KeysInBackup::Without, hours_later(2)).await.err().unwrap();
    assert!(matches!(&refused, StoreError::BlobChanged(changed) if *changed == sha256), "{refused:?}");
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_told_at_the_start_without_its_keys() {
    let server = server();
    let endpoint = server.endpoint();
    let at = |address: String| {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::embedded(folder.path()).with_bucket(Bucket::parse(&address, keys()).unwrap());
        (folder, place)
    };
    let (_folder, place) = at(format!("s3://tidak-ada?endpoint={endpoint}"));
    let mut told = vec![Store::open(&place, law()).await.unwrap_err()];
    drop(server);
    let (_folder, place) = at(format!("s3://bukti/x?endpoint={endpoint}"));
    told.push(Store::open(&place, law()).await.unwrap_err());
    for error in told {
        let StoreError::Blob { doing: "opening", path, source } = &error else { panic!("{error:?}") };
        assert!(path.starts_with("s3://") && path.contains(&endpoint), "{path}");
        for secret in [KEY, SECRET] {
            assert!(!error.to_string().contains(secret) && !source.to_string().contains(secret), "{source}");
        }
    }
}
