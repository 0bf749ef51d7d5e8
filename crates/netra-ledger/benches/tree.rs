//! How long a ledger takes to grow and to be checked.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop by panicking")]

use std::collections::BTreeMap;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use netra_ledger::tree::{self, LeafHash, RootBuilder, TileId, Tiles, leaf_hash};
use netra_ledger::{Checkpoint, SigningKey};

fn main() {
    divan::main();
}

/// Leaves of the tree that is grown and proven: enough for three levels of tiles.
const LEAVES: u64 = 100_000;

fn record(n: u64) -> Vec<u8> {
    let mut record = vec![0x5a; 1000];
    record.extend_from_slice(&n.to_be_bytes());
    record
}

fn leaves(from: u64, to: u64) -> Vec<LeafHash> {
    (from..to).map(|n| leaf_hash(&record(n))).collect()
}

fn shelf() -> BTreeMap<TileId, Vec<u8>> {
    let grown = tree::grow(0, &Tiles::new(), &leaves(0, LEAVES)).unwrap();
    grown.tiles.into_iter().map(|tile| (tile.id, tile.bytes)).collect()
}

fn load(shelf: &BTreeMap<TileId, Vec<u8>>, ids: &[TileId]) -> Tiles {
    let mut tiles = Tiles::new();
    for id in ids {
        tiles.insert(*id, shelf.get(id).unwrap().clone()).unwrap();
    }
    tiles
}

/// Reading a ledger through: hashing records of a kilobyte, and the tree over them.
#[divan::bench]
fn check_ten_thousand_records(bencher: Bencher) {
    let records: Vec<Vec<u8>> = (0..10_000).map(record).collect();
    bencher.counter(ItemsCount::new(10_000_usize)).bench_local(|| {
        let mut builder = RootBuilder::new();
        for record in &records {
            builder.push(leaf_hash(black_box(record.as_slice())));
        }
        builder.root()
    });
}

/// What recording one act costs.
#[divan::bench]
fn grow_by_one(bencher: Bencher) {
    let edge = load(&shelf(), &tree::edge(LEAVES));
    let leaf = leaves(LEAVES, LEAVES + 1);
    bencher.bench_local(|| tree::grow(LEAVES, black_box(&edge), &leaf).unwrap());
}

/// What taking a whole docket in costs.
#[divan::bench]
fn grow_by_a_thousand(bencher: Bencher) {
    let edge = load(&shelf(), &tree::edge(LEAVES));
    let leaves = leaves(LEAVES, LEAVES + 1000);
    bencher.bench_local(|| tree::grow(LEAVES, black_box(&edge), &leaves).unwrap());
}

#[divan::bench]
fn prove_inclusion(bencher: Bencher) {
    let tiles = load(&shelf(), &tree::tiles_for_inclusion(LEAVES, 4711).unwrap());
    bencher.bench_local(|| tree::inclusion(LEAVES, black_box(4711), &tiles).unwrap());
}

#[divan::bench]
fn sign_and_open_a_checkpoint(bencher: Bencher) {
    let key = SigningKey::new("netra.example/kabupaten-contoh".parse().unwrap(), &[1; 32]);
    let head = RootBuilder::new().head();
    let checkpoint = Checkpoint::new(key.verifier().name().clone(), head);
    bencher.bench_local(|| {
        let text = checkpoint.sign(&key).unwrap();
        Checkpoint::open(black_box(&text), key.verifier()).unwrap()
    });
}
