//! What a store does with tiles, in memory, and hashes written in hexadecimal.

use std::collections::BTreeMap;

use netra_ledger::tree::{self, Grown, LeafHash, TileId, Tiles, TreeHead};

/// Keeps the fullest version of each tile, and hands out those that are asked for and no others.
#[derive(Default)]
pub struct Shelf {
    pub size: u64,
    pub tiles: BTreeMap<TileId, Vec<u8>>,
}

impl Shelf {
    /// A tree of these leaves, grown at once.
    pub fn of(leaves: &[LeafHash]) -> Shelf {
        let mut shelf = Shelf::default();
        shelf.grow(leaves);
        shelf
    }

    pub fn load(&self, ids: &[TileId]) -> Tiles {
        let mut tiles = Tiles::new();
        for id in ids {
            tiles.insert(*id, self.tiles[id].clone()).unwrap();
        }
        tiles
    }

    /// Adds leaves with nothing but the edge at hand. A stored tile must only get longer.
    pub fn grow(&mut self, leaves: &[LeafHash]) -> Grown {
        let edge = self.load(&tree::edge(self.size));
        let grown = tree::grow(self.size, &edge, leaves).unwrap();
        for tile in &grown.tiles {
            let old = self.tiles.insert(tile.id, tile.bytes.clone()).unwrap_or_default();
            assert!(old.len() < tile.bytes.len() && tile.bytes.starts_with(&old), "{:?}", tile.id);
        }
        self.size = grown.head.size;
        grown
    }

    /// The tree as it was when it had so many leaves.
    pub fn head(&self, size: u64) -> TreeHead {
        let root = tree::root(size, &self.load(&tree::edge(size))).unwrap();
        TreeHead { size, root }
    }

    pub fn inclusion(&self, size: u64, index: u64) -> tree::InclusionProof {
        let tiles = self.load(&tree::tiles_for_inclusion(size, index).unwrap());
        tree::inclusion(size, index, &tiles).unwrap()
    }

    pub fn consistency(&self, old: u64, new: u64) -> tree::ConsistencyProof {
        let tiles = self.load(&tree::tiles_for_consistency(old, new).unwrap());
        tree::consistency(old, new, &tiles).unwrap()
    }
}

/// The leaf of the n-th record of the tests.
pub fn leaf(n: usize) -> LeafHash {
    tree::leaf_hash(&record(n))
}

/// The n-th record of the tests.
pub fn record(n: usize) -> Vec<u8> {
    format!("record {n}").into_bytes()
}

/// Bytes from hexadecimal digits.
pub fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
