//! The tree against the vectors of certificate transparency, and against `ct-merkle`, which shares no code
//! with it. Trees grow in random portions, with nothing but the tiles that the functions ask for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::sync::OnceLock;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use netra_ledger::tree::{
    self, ConsistencyProof, InclusionProof, LeafHash, ProofError, RootBuilder, RootHash, TileId, TreeHead, leaf_hash,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use proptest::sample::Index;
use sha2::Sha256;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{Shelf, leaf, record, unhex};

// --- Vectors ------------------------------------------------------------------------------------

/// The records of the tests of certificate transparency, in hexadecimal.
const RECORDS: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

/// The roots over the first 0 to 8 of them.
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// Hashes of inner nodes that occur in proofs over those records.
const N_LEAF_0: &str = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const N_LEAF_1: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const N_2_TO_4: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const N_LEAF_4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const N_4_TO_6: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const N_6_TO_8: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const N_4_TO_8: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const N_0_TO_2: &str = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
const N_0_TO_4: &str = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";

fn hash(text: &str) -> [u8; 32] {
    unhex(text).try_into().unwrap()
}

fn vector_shelf() -> Shelf {
    let leaves: Vec<LeafHash> = RECORDS.iter().map(|text| leaf_hash(&unhex(text))).collect();
    Shelf::of(&leaves)
}

#[test]
fn roots_are_those_of_certificate_transparency() {
    let mut shelf = Shelf::default();
    let mut builder = RootBuilder::new();
    assert_eq!(builder.root().to_string(), ROOTS[0]);
    assert_eq!(shelf.head(0), TreeHead::EMPTY);
    for (n, text) in RECORDS.iter().enumerate() {
        let leaf = leaf_hash(&unhex(text));
        builder.push(leaf);
        let grown = shelf.grow(&[leaf]);
        assert_eq!(grown.head.root.to_string(), ROOTS[n + 1]);
        assert_eq!(builder.head(), grown.head);
    }
    for (size, root) in (0..).zip(ROOTS) {
        assert_eq!(shelf.head(size).root.to_string(), root, "{size} leaves");
    }
}

#[test]
fn inclusion_proofs_are_those_of_certificate_transparency() {
    let shelf = vector_shelf();
    let table: [(u64, u64, &[&str]); 7] = [
        (1, 0, &[]),
        (2, 0, &[N_LEAF_1]),
        (2, 1, &[N_LEAF_0]),
        (3, 2, &[N_0_TO_2]),
        (5, 1, &[N_LEAF_0, N_2_TO_4, N_LEAF_4]),
        (8, 0, &[N_LEAF_1, N_2_TO_4, N_4_TO_8]),
        (8, 5, &[N_LEAF_4, N_6_TO_8, N_0_TO_4]),
    ];
    for (size, index, expected) in table {
        let proof = shelf.inclusion(size, index);
        let expected: Vec<[u8; 32]> = expected.iter().copied().map(hash).collect();
        assert_eq!(proof.0, expected, "leaf {index} of {size}");
        let leaf = leaf_hash(&unhex(RECORDS[index as usize]));
        verify_inclusion(&shelf.head(size), index, &leaf, &proof).unwrap();
    }
}

#[test]
fn consistency_proofs_are_those_of_certificate_transparency() {
    let shelf = vector_shelf();
    let table: [(u64, u64, &[&str]); 6] = [
        (0, 8, &[]),
        (1, 1, &[]),
        (8, 8, &[]),
        (1, 8, &[N_LEAF_1, N_2_TO_4, N_4_TO_8]),
        (2, 5, &[N_2_TO_4, N_LEAF_4]),
        (6, 8, &[N_4_TO_6, N_6_TO_8, N_0_TO_4]),
    ];
    for (old, new, expected) in table {
        let proof = shelf.consistency(old, new);
        let expected: Vec<[u8; 32]> = expected.iter().copied().map(hash).collect();
        assert_eq!(proof.0, expected, "{old} to {new}");
        verify_consistency(&shelf.head(old), &shelf.head(new), &proof).unwrap();
    }
}

// --- The oracle ---------------------------------------------------------------------------------

type Theirs = MemoryBackedTree<Sha256, Vec<u8>>;
type TheirRoot = ct_merkle::RootHash<Sha256>;

/// The largest tree of the properties.
const MOST: usize = 3000;

/// A tree of [`MOST`] leaves, and the root of `ct-merkle` at every size.
struct Oracle {
    leaves: Vec<LeafHash>,
    roots: Vec<RootHash>,
    shelf: Shelf,
}

fn oracle() -> &'static Oracle {
    static ORACLE: OnceLock<Oracle> = OnceLock::new();
    ORACLE.get_or_init(|| {
        let mut tree = Theirs::new();
        let mut roots = vec![their_root(&tree)];
        for n in 0..MOST {
            tree.push(record(n));
            roots.push(their_root(&tree));
        }
        let leaves: Vec<LeafHash> = (0..MOST).map(leaf).collect();
        let shelf = Shelf::of(&leaves);
        Oracle { leaves, roots, shelf }
    })
}

impl Oracle {
    fn head(&self, size: usize) -> TreeHead {
        TreeHead { size: size as u64, root: self.roots[size] }
    }
}

fn their_root(tree: &Theirs) -> RootHash {
    RootHash((*tree.root().as_bytes()).into())
}

fn their_head(head: &TreeHead) -> TheirRoot {
    TheirRoot::new(head.root.0.into(), head.size)
}

/// The tree of `ct-merkle` with the first records.
fn their_tree(size: usize) -> Theirs {
    let mut tree = Theirs::new();
    (0..size).for_each(|n| tree.push(record(n)));
    tree
}

/// The tiles that `tlog_tiles` says a growth publishes, with their widths.
fn their_tiles(old: u64, new: u64) -> Vec<(TileId, usize)> {
    let place = |tile: tlog_tiles::Tile| {
        (TileId { level: tile.level(), index: tile.level_index() }, tile.width() as usize * 32)
    };
    tlog_tiles::Tile::new_tiles(8, old, new).into_iter().map(place).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Any portions give the same tree, and exactly the tiles that changed.
    #[test]
    fn a_tree_grows_in_any_portions(portions in prop::collection::vec(0_usize..500, 1..12)) {
        let oracle = oracle();
        let mut shelf = Shelf::default();
        for portion in portions {
            let from = shelf.size as usize;
            let to = MOST.min(from + portion);
            let grown = shelf.grow(&oracle.leaves[from..to]);
            prop_assert_eq!(grown.head, oracle.head(to));
            let tiles: Vec<(TileId, usize)> = grown.tiles.iter().map(|tile| (tile.id, tile.bytes.len())).collect();
            prop_assert_eq!(tiles, their_tiles(from as u64, to as u64));
        }
        let kept = &oracle.shelf.tiles;
        prop_assert!(shelf.tiles.iter().all(|(id, bytes)| kept[id].starts_with(bytes)));
    }

    #[test]
    fn older_roots_come_from_the_same_tiles(size in 0..=MOST) {
        let oracle = oracle();
        prop_assert_eq!(oracle.shelf.head(size as u64), oracle.head(size));
    }

    #[test]
    fn a_builder_agrees_at_every_size(size in 0..=MOST) {
        let oracle = oracle();
        let mut builder = RootBuilder::new();
        oracle.leaves[..size].iter().for_each(|leaf| builder.push(*leaf));
        prop_assert_eq!(builder.head(), oracle.head(size));
    }

    #[test]
    fn our_inclusion_proofs_hold_there(size in 1..=MOST, at in any::<Index>()) {
        let oracle = oracle();
        let head = oracle.head(size);
        let index = at.index(size);
        let proof = oracle.shelf.inclusion(size as u64, index as u64);
        prop_assert_eq!(verify_inclusion(&head, index as u64, &leaf(index), &proof), Ok(()));
        let theirs = ct_merkle::InclusionProof::<Sha256>::try_from_bytes(proof.0.concat()).unwrap();
        prop_assert!(their_head(&head).verify_inclusion(&record(index), index as u64, &theirs).is_ok());
    }

    #[test]
    fn our_consistency_proofs_hold_there(new in 1..=MOST, at in any::<Index>()) {
        let oracle = oracle();
        let old = 1 + at.index(new);
        let (before, after) = (oracle.head(old), oracle.head(new));
        let proof = oracle.shelf.consistency(old as u64, new as u64);
        prop_assert_eq!(verify_consistency(&before, &after, &proof), Ok(()));
        let theirs = ct_merkle::ConsistencyProof::<Sha256>::try_from_bytes(proof.0.concat()).unwrap();
        prop_assert!(their_head(&after).verify_consistency(&their_head(&before), &theirs).is_ok());
    }

    /// A proof for one leaf, place and tree is none for another.
    #[test]
    fn a_proof_of_another_leaf_or_tree_fails(size in 2..=MOST, at in any::<Index>(), other in any::<Index>()) {
        let oracle = oracle();
        let (index, other) = (at.index(size), other.index(MOST));
        prop_assume!(index != other);
        let proof = oracle.shelf.inclusion(size as u64, index as u64);
        let head = oracle.head(size);
        prop_assert!(verify_inclusion(&head, index as u64, &leaf(other), &proof).is_err());
        prop_assert!(verify_inclusion(&head, other as u64, &leaf(index), &proof).is_err());
        let wrong = TreeHead { root: oracle.roots[other], ..head };
        prop_assert_eq!(verify_inclusion(&wrong, index as u64, &leaf(index), &proof).is_ok(), other == size);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn their_proofs_hold_here(new in 1..=MOST, at in any::<Index>(), from in any::<Index>()) {
        let oracle = oracle();
        let tree = their_tree(new);
        let index = at.index(new);
        let proof = InclusionProof(chunks(tree.prove_inclusion(index).as_bytes()));
        prop_assert_eq!(verify_inclusion(&oracle.head(new), index as u64, &leaf(index), &proof), Ok(()));
        let old = 1 + from.index(new);
        let proof = ConsistencyProof(chunks(tree.prove_consistency(new - old).as_bytes()));
        prop_assert_eq!(verify_consistency(&oracle.head(old), &oracle.head(new), &proof), Ok(()));
    }
}

fn chunks(bytes: &[u8]) -> Vec<[u8; 32]> {
    bytes.chunks(32).map(|chunk| chunk.try_into().unwrap()).collect()
}

// --- Large trees, damage, refusals --------------------------------------------------------------

/// 70,000 leaves have tiles on three levels (the example of C2SP tlog-tiles).
#[test]
fn a_tree_of_three_levels_of_tiles() {
    let leaves: Vec<LeafHash> = (0..70_000_u64).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let shelf = Shelf::of(&leaves);
    let mut builder = RootBuilder::new();
    leaves.iter().for_each(|leaf| builder.push(*leaf));
    let head = shelf.head(70_000);
    assert_eq!(builder.head(), head);

    let widths: Vec<(u8, u64, usize)> =
        tree::edge(70_000).iter().map(|id| (id.level, id.index, shelf.tiles[id].len() / 32)).collect();
    assert_eq!(widths, [(0, 273, 112), (1, 1, 17), (2, 0, 1)]);
    assert_eq!(shelf.tiles.len(), 273 + 1 + 1 + 1 + 1);

    for index in [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] {
        let proof = shelf.inclusion(70_000, index);
        verify_inclusion(&head, index, &leaves[index as usize], &proof).unwrap();
        assert!(tree::tiles_for_inclusion(70_000, index).unwrap().len() <= 5, "leaf {index}");
    }
    for old in [1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999, 70_000] {
        verify_consistency(&shelf.head(old), &head, &shelf.consistency(old, 70_000)).unwrap();
    }
}

#[test]
fn a_proof_with_any_changed_byte_fails() {
    let oracle = oracle();
    for (size, index) in [(2, 0), (7, 6), (300, 256), (1000, 511)] {
        let head = oracle.head(size);
        let proof = oracle.shelf.inclusion(size as u64, index as u64);
        for at in 0..proof.0.len() * 32 {
            let mut damaged = proof.clone();
            damaged.0[at / 32][at % 32] ^= 1;
            let refused = verify_inclusion(&head, index as u64, &leaf(index), &damaged).unwrap_err();
            assert_eq!(refused, ProofError::Inclusion { index: index as u64, size: size as u64 });
        }
    }
    for (old, new) in [(1, 2), (6, 8), (255, 300), (700, 1000)] {
        let (before, after) = (oracle.head(old), oracle.head(new));
        let proof = oracle.shelf.consistency(old as u64, new as u64);
        for at in 0..proof.0.len() * 32 {
            let mut damaged = proof.clone();
            damaged.0[at / 32][at % 32] ^= 0x80;
            let refused = verify_consistency(&before, &after, &damaged).unwrap_err();
            assert_eq!(refused, ProofError::Consistency { old: old as u64, new: new as u64 });
        }
    }
}

#[test]
fn a_proof_that_is_cut_or_longer_fails() {
    let oracle = oracle();
    let (before, after) = (oracle.head(700), oracle.head(1000));
    let inclusion = oracle.shelf.inclusion(1000, 511);
    let consistency = oracle.shelf.consistency(700, 1000);
    for len in 0..=tree::MAX_PROOF {
        let proof = InclusionProof(resized(&inclusion.0, len));
        let holds = verify_inclusion(&after, 511, &leaf(511), &proof).is_ok();
        assert_eq!(holds, len == inclusion.0.len());
        let proof = ConsistencyProof(resized(&consistency.0, len));
        let holds = verify_consistency(&before, &after, &proof).is_ok();
        assert_eq!(holds, len == consistency.0.len());
    }
    let long = vec![[0_u8; 32]; tree::MAX_PROOF + 1];
    let refused = verify_inclusion(&after, 511, &leaf(511), &InclusionProof(long.clone())).unwrap_err();
    assert_eq!(refused, ProofError::TooLong);
    let refused = verify_consistency(&before, &after, &ConsistencyProof(long)).unwrap_err();
    assert_eq!(refused, ProofError::TooLong);
}

/// The first hashes, or all of them and empty ones after.
fn resized(hashes: &[[u8; 32]], len: usize) -> Vec<[u8; 32]> {
    hashes.iter().copied().chain([[0_u8; 32]; tree::MAX_PROOF]).take(len).collect()
}

#[test]
fn an_empty_tree_has_one_root_and_an_empty_proof() {
    let oracle = oracle();
    let (empty, some) = (TreeHead::EMPTY, oracle.head(5));
    let none = ConsistencyProof::default();
    verify_consistency(&empty, &empty, &none).unwrap();
    verify_consistency(&empty, &some, &none).unwrap();
    let strange = TreeHead { size: 0, root: some.root };
    let hashes = ConsistencyProof(vec![[0_u8; 32]]);
    for (old, new, proof) in [(&strange, &some, &none), (&empty, &strange, &none), (&empty, &some, &hashes)] {
        let refused = verify_consistency(old, new, proof).unwrap_err();
        assert_eq!(refused, ProofError::Consistency { old: old.size, new: new.size });
    }
    let refused = verify_consistency(&some, &empty, &none).unwrap_err();
    assert_eq!(refused.to_string(), "the newer tree has 0 leaves and the older one 5: a ledger never shrinks");
    let refused = verify_inclusion(&empty, 0, &leaf(0), &InclusionProof::default()).unwrap_err();
    assert_eq!(refused, ProofError::Index { index: 0, size: 0 });
}

#[test]
fn proofs_are_read_as_they_are_written() {
    let oracle = oracle();
    let proof = oracle.shelf.inclusion(1000, 511);
    let text = proof.to_string();
    assert_eq!(text.lines().count(), proof.0.len());
    assert_eq!(text.parse::<InclusionProof>(), Ok(proof));
    assert_eq!("".parse::<ConsistencyProof>(), Ok(ConsistencyProof::default()));
    let table =
        [("\n".to_owned(), 1), ("AAAA\n".to_owned(), 1), (format!("{text}rest"), 11), (text.replace('\n', "\r\n"), 1)];
    for (text, line) in table {
        let refused = text.parse::<InclusionProof>().unwrap_err();
        assert_eq!(refused, ProofError::Line { line }, "{text:?}");
    }
    let long = text.lines().next().unwrap().to_owned() + "\n";
    assert!(long.repeat(tree::MAX_PROOF).parse::<ConsistencyProof>().is_ok());
    let refused = long.repeat(tree::MAX_PROOF + 1).parse::<ConsistencyProof>().unwrap_err();
    assert_eq!(refused, ProofError::TooLong);
}
