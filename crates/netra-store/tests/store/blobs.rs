//! Bytes of exhibits.

use netra_store::StoreError;

use crate::common::*;

#[tokio::test]
async fn bytes_come_back_under_their_digest() {
    let rig = empty().await;
    for bytes in [&b""[..], b"abc", &[0xff; 100_000]] {
        let name = rig.store.put_blob(bytes).await.unwrap();
        assert_eq!(rig.store.put_blob(bytes).await.unwrap(), name, "keeping them again changes nothing");
        assert_eq!(rig.store.get_blob(&name).await.unwrap(), bytes);
    }
    let name = rig.store.put_blob(b"abc").await.unwrap();
    assert_eq!(name, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let shard = rig.folder.path().join("blobs").join("ba");
    let files: Vec<_> = std::fs::read_dir(shard).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(files, [name.as_str()], "no draft is left behind");
}

#[tokio::test]
async fn changed_bytes_are_refused_on_reading_and_on_keeping_again() {
    let rig = empty().await;
    let name = rig.store.put_blob(b"abc").await.unwrap();
    let file = rig.folder.path().join("blobs").join(&name[..2]).join(&name);
    std::fs::write(file, b"abd").unwrap();
    for failure in [rig.store.get_blob(&name).await.unwrap_err(), rig.store.put_blob(b"abc").await.unwrap_err()] {
        assert!(matches!(&failure, StoreError::BlobChanged(changed) if *changed == name), "{failure:?}");
    }
}

#[tokio::test]
async fn only_digests_are_names() {
    let rig = empty().await;
    std::fs::write(rig.folder.path().join("secret"), b"x").unwrap();
    let upper = NO_BYTES.replace('0', "A");
    for name in ["", "ab", "../secret", "../../../../../../etc/passwd", upper.as_str(), &NO_BYTES[..63]] {
        let failure = rig.store.get_blob(name).await.unwrap_err();
        assert!(matches!(failure, StoreError::Blob { doing: "naming", .. }), "{name}: {failure:?}");
    }
    let missing = rig.store.get_blob(NO_BYTES).await.unwrap_err();
    assert!(matches!(missing, StoreError::Blob { doing: "reading", .. }), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_bytes_may_come_many_times_at_once() {
    let rig = empty().await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let store = rig.store.clone();
        tasks.spawn(async move { store.put_blob(&[7; 10_000]).await.unwrap() });
    }
    let names = tasks.join_all().await;
    assert!(names.iter().all(|name| *name == names[0]));
    assert_eq!(rig.store.get_blob(&names[0]).await.unwrap(), [7; 10_000]);
}
