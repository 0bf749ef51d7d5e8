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

#[tokio::test]
async fn a_blob_is_read_as_a_file_that_was_hashed_before() {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let rig = empty().await;
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let name = rig.store.put_blob(&bytes).await.unwrap();
    let mut file = rig.store.blob_file(&name).await.unwrap();
    let whole = bytes.clone();
    let read = tokio::task::spawn_blocking(move || {
        let mut all = Vec::new();
        file.read_to_end(&mut all).unwrap();
        assert!(all == whole);
        let mut part = [0; 4];
        for place in [2_999_996, 0, 1_048_574, 1_048_576] {
            file.seek(SeekFrom::Start(place)).unwrap();
            file.read_exact(&mut part).unwrap();
            let place = usize::try_from(place).unwrap();
            assert_eq!(part, whole[place..place + 4]);
        }
        assert_eq!(file.seek(SeekFrom::End(-1)).unwrap(), 2_999_999);
        assert_eq!(file.read(&mut part).unwrap(), 1);
        assert_eq!(file.read(&mut part).unwrap(), 0);
        assert!(file.seek(SeekFrom::Current(-4_000_000)).is_err());
    });
    read.await.unwrap();
    let path = rig.folder.path().join("blobs").join(&name[..2]).join(&name);
    let mut changed = bytes;
    changed[2_999_999] ^= 1;
    std::fs::write(path, changed).unwrap();
    let failure = rig.store.blob_file(&name).await.unwrap_err();
    assert!(matches!(&failure, StoreError::BlobChanged(changed) if *changed == name), "{failure:?}");
    let missing = rig.store.blob_file(NO_BYTES).await.unwrap_err();
    assert!(matches!(missing, StoreError::Blob { doing: "reading", .. }), "{missing:?}");
}
