//! Growing a tree at its right edge.

use std::mem;

use super::hash::{HASH_LEN, LeafHash, RootBuilder, RootHash, TreeHead};
use super::tile::{LEVELS, StoredTile, TILE_BITS, TILE_WIDTH, TileId, Tiles, TreeError, check_size};

/// What came of adding leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grown {
    /// Size and root of the larger tree.
    pub head: TreeHead,
    /// The tiles that are new or got fuller, at all levels, ordered by place. To be stored together with
    /// the leaves, or not at all.
    pub tiles: Vec<StoredTile>,
}

/// The tiles at the right edge of a tree that are not full: at most one for each level, seven in all.
/// [`grow`] and [`root`] need no others.
pub fn edge(size: u64) -> Vec<TileId> {
    (0..LEVELS).map(|level| edge_tile(size, level)).filter(|(_, width)| *width > 0).map(|(id, _)| id).collect()
}

/// Adds leaves to a tree of `size` leaves, of which only the tiles of its [`edge`] are needed: the cost
/// grows with the number of new leaves, and by a few hashes with the size of the tree.
///
/// The tiles are believed. A store that knows the root of the tree should compare it with [`root`] first,
/// so that a damaged tile is found before anything is built on it.
///
/// # Errors
/// A tile of the edge is missing or too short, or the tree would be larger than
/// [`MAX_SIZE`](super::MAX_SIZE).
pub fn grow(size: u64, edge: &Tiles, leaves: &[LeafHash]) -> Result<Grown, TreeError> {
    let grown_size = size.saturating_add(leaves.len() as u64);
    check_size(grown_size)?;
    let mut levels = open(size, edge)?;
    let mut tiles = Vec::new();
    for leaf in leaves {
        append(&mut levels, *leaf, &mut tiles);
    }
    let head = TreeHead { size: grown_size, root: root_of(&levels) };
    tiles.extend(levels.into_iter().filter(|open| open.is_changed).map(|open| open.tile()));
    tiles.sort_unstable_by_key(|tile| tile.id);
    Ok(Grown { head, tiles })
}

/// The root of a tree of `size` leaves, from the tiles of its [`edge`]. They may come from a larger tree.
///
/// # Errors
/// A tile of the edge is missing or too short, or the size is larger than [`MAX_SIZE`](super::MAX_SIZE).
pub fn root(size: u64, tiles: &Tiles) -> Result<RootHash, TreeError> {
    check_size(size)?;
    Ok(root_of(&open(size, tiles)?))
}

/// The rightmost tile of a level, and how many hashes it has; none if the last one is full.
fn edge_tile(size: u64, level: u8) -> (TileId, usize) {
    let hashes = size >> (TILE_BITS * level);
    let id = TileId { level, index: hashes >> TILE_BITS };
    (id, (hashes % TILE_WIDTH as u64) as usize)
}

/// A tile that hashes are being added to.
struct Open {
    id: TileId,
    bytes: Vec<u8>,
    is_changed: bool,
}

impl Open {
    /// Adds a hash. A tile that is full goes out, with the hash that stands for it one level up.
    fn push(&mut self, hash: [u8; HASH_LEN]) -> Option<(StoredTile, [u8; HASH_LEN])> {
        self.bytes.extend_from_slice(&hash);
        self.is_changed = true;
        if self.bytes.len() < TILE_WIDTH * HASH_LEN {
            return None;
        }
        let above = self.subtree().root().0;
        let full = StoredTile { id: self.id, bytes: mem::take(&mut self.bytes) };
        self.id.index += 1;
        self.is_changed = false;
        Some((full, above))
    }

    /// The tree that has the hashes of this tile as leaves.
    fn subtree(&self) -> RootBuilder {
        let mut subtree = RootBuilder::new();
        let (hashes, _) = self.bytes.as_chunks::<HASH_LEN>();
        for hash in hashes {
            subtree.push_hash(*hash);
        }
        subtree
    }

    fn tile(self) -> StoredTile {
        StoredTile { id: self.id, bytes: self.bytes }
    }
}

/// The tiles of the edge, ready to be added to; empty ones where there is none.
fn open(size: u64, edge: &Tiles) -> Result<Vec<Open>, TreeError> {
    let mut levels = Vec::new();
    for level in 0..LEVELS {
        let (id, width) = edge_tile(size, level);
        let bytes = if width == 0 { Vec::new() } else { edge.front(id, width)?.to_vec() };
        levels.push(Open { id, bytes, is_changed: false });
    }
    Ok(levels)
}

/// Adds a leaf, and the hash of each tile that becomes full to the level above.
fn append(levels: &mut [Open], leaf: LeafHash, full: &mut Vec<StoredTile>) {
    let mut hash = leaf.0;
    for open in levels {
        let Some((tile, above)) = open.push(hash) else { return };
        full.push(tile);
        hash = above;
    }
}

/// The root over the tiles of the edge. What a level below leaves over is the right end of the one above.
fn root_of(levels: &[Open]) -> RootHash {
    let all = levels.iter().fold(None, |right, open| open.subtree().fold(right));
    all.map_or(RootHash::EMPTY, RootHash)
}
