//! Files that come in pieces: offsets, going on, what becomes of them, and what is swept away.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use netra_store::{Kept, StoreError, UploadError, UploadId};

use crate::common::*;

const OWNER: &str = "petugas rekaan";
const LIMIT: u64 = 1 << 30;

/// The names in the folder of uploads.
fn drafts(rig: &Rig) -> Vec<String> {
    let entries = fs::read_dir(rig.folder.path().join("uploads")).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn bytes_of(rig: &Rig, id: &UploadId) -> PathBuf {
    rig.folder.path().join("uploads").join(id.to_string())
}

async fn add(rig: &Rig, id: &UploadId, offset: u64, piece: &'static [u8]) -> Result<u64, UploadError> {
    rig.store.append_upload(id, offset, piece.into()).await
}

/// An upload that has come whole.
async fn sent(rig: &Rig, pieces: &[&'static [u8]]) -> UploadId {
    let id = rig.store.begin_upload(OWNER, "").await.unwrap();
    let mut offset = 0;
    for piece in pieces {
        offset = add(rig, &id, offset, piece).await.unwrap();
    }
    id
}

#[tokio::test]
async fn pieces_become_an_exhibit_under_their_digest() {
    let rig = empty().await;
    let id = rig.store.begin_upload(OWNER, "tentang berkas").await.unwrap();
    assert!(id.is_of(OWNER) && !id.is_of("petugas lain"));
    assert_eq!(rig.store.upload_about(&id).await.unwrap(), "tentang berkas");
    assert_eq!(rig.store.upload_length(&id).await.unwrap(), 0);
    assert_eq!(add(&rig, &id, 0, b"a").await.unwrap(), 1);
    assert_eq!(add(&rig, &id, 1, b"").await.unwrap(), 1);
    assert_eq!(add(&rig, &id, 1, b"bc").await.unwrap(), 3);
    assert_eq!(rig.store.uploads_of(OWNER).await.unwrap(), std::slice::from_ref(&id));
    assert_eq!(rig.store.uploads_of("petugas lain").await.unwrap(), []);

    let kept = rig.store.finish_upload(&id, LIMIT).await.unwrap();
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
    assert_eq!(kept, Kept { sha256: sha256.clone(), size: 3, head: b"abc".to_vec() });
    assert_eq!(rig.store.get_blob(&sha256).await.unwrap(), b"abc");
    assert_eq!(rig.store.put_blob(b"abc").await.unwrap(), sha256, "it is the same blob as if it had come at once");
    assert!(!bytes_of(&rig, &id).exists(), "no second copy stays");
    assert_eq!(rig.store.uploads_of(OWNER).await.unwrap(), [], "it is not under way any more");
    // A lost answer is asked for again.
    assert_eq!(rig.store.finish_upload(&id, LIMIT).await.unwrap(), kept);
    assert_eq!(rig.store.upload_length(&id).await.unwrap(), 3);
}

#[tokio::test]
async fn a_piece_at_another_place_is_refused_with_the_right_one() {
    let rig = empty().await;
    let id = sent(&rig, &[b"abc"]).await;
    for offset in [0, 2, 4, u64::MAX] {
        let refused = add(&rig, &id, offset, b"x").await.unwrap_err();
        assert!(matches!(refused, UploadError::Offset { length: 3 }), "{offset}: {refused:?}");
        assert!(refused.to_string().contains("has 3 bytes"), "{refused}");
    }
    assert_eq!(fs::read(bytes_of(&rig, &id)).unwrap(), b"abc");
    assert_eq!(add(&rig, &id, 3, b"d").await.unwrap(), 4);
    let sha256 = rig.store.finish_upload(&id, LIMIT).await.unwrap().sha256;
    let late = add(&rig, &id, 4, b"e").await.unwrap_err();
    assert!(matches!(late, UploadError::Offset { length: 4 }), "{late:?}");
    assert_eq!(rig.store.get_blob(&sha256).await.unwrap(), b"abcd", "nothing is added to what is kept");
}

/// Whoever sends goes on after the server was started again.
#[tokio::test]
async fn uploads_outlive_the_program() {
    let rig = empty().await;
    let id = sent(&rig, &[b"ab"]).await;
    rig.store.close().await;
    let again = rig.open_again().await.unwrap();
    assert_eq!(again.upload_length(&id).await.unwrap(), 2);
    assert_eq!(again.append_upload(&id, 2, b"c".as_slice().into()).await.unwrap(), 3);
    assert_eq!(again.finish_upload(&id, LIMIT).await.unwrap().size, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_add_at_one_place_one_wins() {
    let rig = empty().await;
    let id = sent(&rig, &[]).await;
    let mut tasks = tokio::task::JoinSet::new();
    for letter in b'a'..=b'p' {
        let (store, id) = (rig.store.clone(), id.clone());
        tasks.spawn(async move { store.append_upload(&id, 0, vec![letter; 10_000].into()).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let mut others = answers.iter().filter_map(|answer| answer.as_ref().err());
    assert!(others.all(|error| matches!(error, UploadError::Offset { length: 10_000 } | UploadError::Busy)));
    let bytes = fs::read(bytes_of(&rig, &id)).unwrap();
    assert!(bytes.len() == 10_000 && bytes.iter().all(|byte| *byte == bytes[0]), "no piece was mixed with another");
}

#[tokio::test]
async fn the_head_is_the_beginning_and_what_is_too_large_is_refused() {
    let rig = empty().await;
    let id = sent(&rig, &[&[1; 60_000], &[2; 60_000]]).await;
    let refused = rig.store.finish_upload(&id, 119_999).await.unwrap_err();
    assert!(matches!(refused, UploadError::TooLarge { size: 120_000, limit: 119_999 }), "{refused:?}");
    assert_eq!(rig.store.upload_length(&id).await.unwrap(), 120_000, "it is still there");
    let kept = rig.store.finish_upload(&id, 120_000).await.unwrap();
    assert_eq!((kept.size, kept.head.len()), (120_000, 64 << 10));
    assert!(kept.head.starts_with(&[1; 60_000]) && kept.head.ends_with(&[2; 5_536]));
    assert_eq!(rig.store.finish_upload(&id, LIMIT).await.unwrap(), kept, "the same when it is asked again");
    let nothing = sent(&rig, &[]).await;
    assert_eq!(rig.store.finish_upload(&nothing, LIMIT).await.unwrap().size, 0);
    assert_eq!(rig.store.finish_upload(&nothing, LIMIT).await.unwrap().head, b"");
}

/// Guards: bytes that were kept before and have been changed are not taken for those that come now.
#[tokio::test]
async fn an_exhibit_that_was_changed_is_not_passed_off_as_what_came() {
    let rig = empty().await;
    let sha256 = rig.store.put_blob(b"abc").await.unwrap();
    fs::write(rig.folder.path().join("blobs").join(&sha256[..2]).join(&sha256), b"abd").unwrap();
    let id = sent(&rig, &[b"abc"]).await;
    let refused = rig.store.finish_upload(&id, LIMIT).await.unwrap_err();
    assert!(matches!(&refused, UploadError::Store(StoreError::BlobChanged(changed)) if *changed == sha256));
    assert_eq!(fs::read(bytes_of(&rig, &id)).unwrap(), b"abc", "the good bytes are still there");
}

#[tokio::test]
#[cfg(unix)]
async fn only_the_programs_own_user_can_read_drafts() {
    use std::os::unix::fs::PermissionsExt as _;
    let rig = empty().await;
    let id = sent(&rig, &[b"abc"]).await;
    for name in drafts(&rig) {
        let file = fs::metadata(rig.folder.path().join("uploads").join(name)).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
    rig.store.drop_upload(&id).await.unwrap();
    assert_eq!(drafts(&rig), Vec::<String>::new());
}

/// Sets when a file was changed last, in seconds since 1970.
fn touch(path: &Path, second: u64) {
    let file = File::options().append(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(second)).unwrap();
}

#[tokio::test]
async fn what_nobody_goes_on_with_is_swept_away() {
    let rig = empty().await;
    let (old, young, done) = (sent(&rig, &[b"alt"]).await, sent(&rig, &[b"neu"]).await, sent(&rig, &[b"fertig"]).await);
    let sha256 = rig.store.finish_upload(&done, LIMIT).await.unwrap().sha256;
    fs::write(rig.folder.path().join("uploads/catatan.txt"), b"none of ours").unwrap();
    for name in drafts(&rig) {
        touch(&rig.folder.path().join("uploads").join(name), 1_000);
    }
    touch(&bytes_of(&rig, &young), 2_000);
    assert_eq!(rig.store.sweep_uploads(1_000).await.unwrap(), 0);
    assert_eq!(rig.store.sweep_uploads(1_001).await.unwrap(), 2);
    assert!(matches!(rig.store.upload_length(&old).await, Err(UploadError::Unknown)));
    assert!(matches!(rig.store.finish_upload(&done, LIMIT).await, Err(UploadError::Unknown)));
    assert!(matches!(add(&rig, &old, 3, b"x").await, Err(UploadError::Unknown)));
    assert_eq!(rig.store.upload_length(&young).await.unwrap(), 3);
    assert_eq!(rig.store.get_blob(&sha256).await.unwrap(), b"fertig", "exhibits stay");
    let mut left = vec![young.to_string(), format!("{young}.about"), "catatan.txt".to_owned()];
    left.sort();
    assert_eq!(drafts(&rig), left);
}

/// Bytes that fill several pieces of a reader.
async fn large(rig: &Rig) -> (Vec<u8>, String) {
    let bytes: Vec<u8> = (0..9_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let sha256 = rig.store.put_blob(&bytes).await.unwrap();
    (bytes, sha256)
}

#[tokio::test]
async fn large_exhibits_are_read_in_pieces() {
    let rig = empty().await;
    let (bytes, sha256) = large(&rig).await;
    let mut reader = rig.store.blob_reader(&sha256).await.unwrap();
    assert_eq!(reader.size(), 9_000_000);
    let (mut read, mut pieces) = (Vec::new(), 0);
    while let Some(piece) = reader.next_piece().await.unwrap() {
        assert!(piece.len() <= 4 << 20, "memory is bounded");
        read.extend_from_slice(&piece);
        pieces += 1;
    }
    assert!(read == bytes && pieces == 3, "{pieces}");
    assert!(reader.next_piece().await.unwrap().is_none());
    let nothing = rig.store.put_blob(b"").await.unwrap();
    assert!(rig.store.blob_reader(&nothing).await.unwrap().next_piece().await.unwrap().is_none());
    for missing in [NO_BYTES, "../secret"] {
        let failure = rig.store.blob_reader(missing).await.unwrap_err();
        assert!(matches!(failure, StoreError::Blob { .. }), "{failure:?}");
    }
}

/// Guards: nobody gets changed bytes to their end, whichever byte it is.
#[tokio::test]
async fn changed_bytes_are_never_read_to_their_end() {
    let rig = empty().await;
    let (bytes, sha256) = large(&rig).await;
    let file = rig.folder.path().join("blobs").join(&sha256[..2]).join(&sha256);
    let flipped = |at: usize| {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        changed
    };
    let last = bytes.len() - 1;
    let shorter = bytes[..last].to_vec();
    let longer = [bytes.as_slice(), b"x"].concat();
    for changed in [flipped(0), flipped(5_000_000), flipped(last), shorter, longer, Vec::new()] {
        fs::write(&file, &changed).unwrap();
        let mut reader = rig.store.blob_reader(&sha256).await.unwrap();
        let mut read = 0;
        let failure = loop {
            match reader.next_piece().await {
                Ok(Some(piece)) => read += piece.len(),
                Ok(None) => panic!("{} changed bytes were read to their end", changed.len()),
                Err(failure) => break failure,
            }
        };
        assert!(matches!(&failure, StoreError::BlobChanged(name) if *name == sha256), "{failure:?}");
        assert!(read == 0 || read < changed.len(), "the end is held back");
    }
}
