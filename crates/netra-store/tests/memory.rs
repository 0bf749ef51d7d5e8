//! The memory that large files take, measured in a process of its own: this file has one test only.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

use std::sync::Arc;

use netra_law::Law;
use netra_store::{Place, Store};

/// Mebibytes that are sent, one a piece.
const PIECES: u64 = 300;
/// Kibibytes by which the memory may grow.
const MOST: u64 = 64 << 10;

/// The most memory that this process has ever had, in kibibytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_large_file_takes_little_memory_on_its_way_in_and_out() {
    let folder = tempfile::tempdir().unwrap();
    let law = Arc::new(Law::embedded().unwrap());
    let store = Store::open(&Place::embedded(folder.path()), law).await.unwrap();
    let before = peak();

    let id = store.begin_upload("petugas", "").await.unwrap();
    for n in 0..PIECES {
        let piece = vec![n.to_le_bytes()[0]; 1 << 20];
        store.append_upload(&id, n << 20, piece.into()).await.unwrap();
    }
    let kept = store.finish_upload(&id, PIECES << 20).await.unwrap();
    assert_eq!(kept.size, PIECES << 20);
    let came = peak() - before;
    assert!(came < MOST, "taking it in: {came} KiB");

    let mut reader = store.blob_reader(&kept.sha256).await.unwrap();
    let mut read = 0;
    while let Some(piece) = reader.next_piece().await.unwrap() {
        read += u64::try_from(piece.len()).unwrap();
    }
    assert_eq!(read, PIECES << 20);
    let went = peak() - before;
    assert!(went < MOST, "handing it out: {went} KiB");
}
