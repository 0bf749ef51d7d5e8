//! Proofs that a tree holds a leaf, and that a tree is an older one with more leaves.
//!
//! The arithmetic is that of `tlog_tiles`, a port of what the checksum database of Go runs on.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use tlog_tiles::{Hash, HashReader, Tile, check_record, check_tree, prove_record, prove_tree};

use super::hash::{LeafHash, RootHash, TreeHead, from_base64, to_base64};
use super::tile::{TILE_BITS, TileId, Tiles, TreeError, check_size};

/// The most hashes of a proof that is looked at ([C2SP tlog-witness](https://c2sp.org/tlog-witness)).
pub const MAX_PROOF: usize = 63;

macro_rules! proofs {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// As text it has one line of base64 for each hash, as C2SP tlog-witness and tlog-proof write it.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name(pub Vec<[u8; 32]>);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|hash| writeln!(f, "{}", to_base64(hash)))
            }
        }

        impl FromStr for $name {
            type Err = ProofError;

            fn from_str(text: &str) -> Result<$name, ProofError> {
                Ok($name(read_lines(text)?))
            }
        }
    )*};
}

proofs! {
    /// The hashes that lead from a leaf to the root, from below (RFC 6962, section 2.1.1).
    InclusionProof;
    /// The hashes that lead from an older root to a newer one, from below (RFC 6962, section 2.1.2).
    ConsistencyProof;
}

/// What a proof fails at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Longer than any tree needs.
    #[error("the proof has more than {limit} hashes, more than any tree needs; ask for a new one", limit = MAX_PROOF)]
    TooLong,
    /// A line that is not a hash.
    #[error("line {line} of the proof is not a hash of 32 bytes in base64; ask for the proof again")]
    Line {
        /// The line, counted from 1.
        line: usize,
    },
    /// A leaf that the tree does not have.
    #[error("there is no leaf {index} in a tree of {size} leaves, which are counted from 0; compare the checkpoint")]
    Index {
        /// The leaf.
        index: u64,
        /// Number of leaves.
        size: u64,
    },
    /// The hashes lead elsewhere.
    #[error(
        "the proof does not lead from leaf {index} to the root of {size} leaves: the record, its place or the \
         proof is not the one that was logged"
    )]
    Inclusion {
        /// The leaf.
        index: u64,
        /// Number of leaves.
        size: u64,
    },
    /// The newer tree is the smaller one.
    #[error("the newer tree has {new} leaves and the older one {old}: a ledger never shrinks")]
    Shrunk {
        /// Leaves of the older tree.
        old: u64,
        /// Leaves of the newer tree.
        new: u64,
    },
    /// The hashes do not lead from one root to the other.
    #[error(
        "the proof does not lead from the tree of {old} leaves to that of {new}: records were changed, or the \
         proof is for other trees"
    )]
    Consistency {
        /// Leaves of the older tree.
        old: u64,
        /// Leaves of the newer tree.
        new: u64,
    },
}

/// The tiles that [`inclusion`] needs.
///
/// # Errors
/// The tree has no such leaf, or is larger than [`MAX_SIZE`](super::MAX_SIZE).
pub fn tiles_for_inclusion(size: u64, index: u64) -> Result<Vec<TileId>, TreeError> {
    check_size(size)?;
    plan(TreeError::Index { index, size }, |reader| prove_record(size, index, reader))
}

/// The proof that a leaf is in a tree.
///
/// # Errors
/// A tile of [`tiles_for_inclusion`] is missing or too short, the tree has no such leaf, or it is larger
/// than [`MAX_SIZE`](super::MAX_SIZE).
pub fn inclusion(size: u64, index: u64, tiles: &Tiles) -> Result<InclusionProof, TreeError> {
    check_size(size)?;
    let hashes = read(tiles, TreeError::Index { index, size }, |reader| prove_record(size, index, reader))?;
    Ok(InclusionProof(hashes.into_iter().map(|hash| hash.0).collect()))
}

/// Checks that a tree has a leaf at a place.
///
/// # Errors
/// It has not, or the proof is for another leaf, place or tree.
pub fn verify_inclusion(
    head: &TreeHead,
    index: u64,
    leaf: &LeafHash,
    proof: &InclusionProof,
) -> Result<(), ProofError> {
    let size = head.size;
    if index >= size {
        return Err(ProofError::Index { index, size });
    }
    let hashes = foreign(&proof.0)?;
    check_record(&hashes, size, Hash(head.root.0), index, Hash(leaf.0))
        .map_err(|_| ProofError::Inclusion { index, size })
}

/// The tiles that [`consistency`] needs.
///
/// # Errors
/// The newer tree is the smaller one, or larger than [`MAX_SIZE`](super::MAX_SIZE).
pub fn tiles_for_consistency(old: u64, new: u64) -> Result<Vec<TileId>, TreeError> {
    check_size(new)?;
    if old == 0 {
        return Ok(Vec::new());
    }
    plan(TreeError::Shrinks { old, new }, |reader| prove_tree(new, old, reader))
}

/// The proof that the tree of `new` leaves begins with the `old` leaves of an older one. It is empty when
/// the older tree is: every tree begins with nothing.
///
/// # Errors
/// A tile of [`tiles_for_consistency`] is missing or too short, the newer tree is the smaller one, or it
/// is larger than [`MAX_SIZE`](super::MAX_SIZE).
pub fn consistency(old: u64, new: u64, tiles: &Tiles) -> Result<ConsistencyProof, TreeError> {
    check_size(new)?;
    if old == 0 {
        return Ok(ConsistencyProof::default());
    }
    let hashes = read(tiles, TreeError::Shrinks { old, new }, |reader| prove_tree(new, old, reader))?;
    Ok(ConsistencyProof(hashes.into_iter().map(|hash| hash.0).collect()))
}

/// Checks that a tree is an older one with leaves added: nothing changed, nothing removed.
///
/// # Errors
/// It is not, or the proof is for other trees.
pub fn verify_consistency(old: &TreeHead, new: &TreeHead, proof: &ConsistencyProof) -> Result<(), ProofError> {
    if old.size > new.size {
        return Err(ProofError::Shrunk { old: old.size, new: new.size });
    }
    let wrong = ProofError::Consistency { old: old.size, new: new.size };
    if old.size == 0 {
        let is_known = |head: &TreeHead| head.size > 0 || head.root == RootHash::EMPTY;
        return if proof.0.is_empty() && is_known(old) && is_known(new) { Ok(()) } else { Err(wrong) };
    }
    let hashes = foreign(&proof.0)?;
    check_tree(&hashes, new.size, Hash(new.root.0), old.size, Hash(old.root.0)).map_err(|_| wrong)
}

/// The hashes of a proof as `tlog_tiles` takes them, once they are few enough to be looked at.
fn foreign(hashes: &[[u8; 32]]) -> Result<Vec<Hash>, ProofError> {
    if hashes.len() > MAX_PROOF {
        return Err(ProofError::TooLong);
    }
    Ok(hashes.iter().copied().map(Hash).collect())
}

fn read_lines(text: &str) -> Result<Vec<[u8; 32]>, ProofError> {
    let mut hashes = Vec::new();
    for (n, line) in text.split_terminator('\n').enumerate() {
        if n == MAX_PROOF {
            return Err(ProofError::TooLong);
        }
        hashes.push(from_base64(line).ok_or(ProofError::Line { line: n + 1 })?);
    }
    Ok(hashes)
}

/// Runs a proof to learn which tiles it reads. `refused` is what it means when the numbers do not fit.
fn plan<T>(
    refused: TreeError,
    prove: impl FnOnce(&Plan) -> Result<T, tlog_tiles::Error>,
) -> Result<Vec<TileId>, TreeError> {
    let plan = Plan::default();
    prove(&plan).map_err(|_| refused)?;
    Ok(plan.0.into_inner().into_iter().collect())
}

/// Notes the places of hashes, and gives none.
#[derive(Default)]
struct Plan(RefCell<BTreeSet<TileId>>);

impl HashReader for Plan {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        let places = indexes.iter().map(|index| place(&Tile::from_index(TILE_BITS, *index)));
        self.0.borrow_mut().extend(places);
        Ok(vec![Hash::default(); indexes.len()])
    }
}

/// Runs a proof on tiles. `refused` is what it means when the numbers do not fit.
fn read<T>(
    tiles: &Tiles,
    refused: TreeError,
    prove: impl FnOnce(&Reader<'_>) -> Result<T, tlog_tiles::Error>,
) -> Result<T, TreeError> {
    let reader = Reader { tiles, fault: Cell::new(None) };
    prove(&reader).map_err(|_| reader.fault.take().unwrap_or(refused))
}

/// Gives hashes from tiles, and keeps what was wrong with a tile.
struct Reader<'a> {
    tiles: &'a Tiles,
    fault: Cell<Option<TreeError>>,
}

impl Reader<'_> {
    fn hash(&self, index: u64) -> Result<Hash, tlog_tiles::Error> {
        let tile = Tile::from_index(TILE_BITS, index);
        match self.tiles.front(place(&tile), tile.width() as usize) {
            Ok(bytes) => tile.hash_at_index(bytes, index),
            Err(fault) => {
                self.fault.set(Some(fault));
                Err(tlog_tiles::Error::InvalidTile)
            }
        }
    }
}

impl HashReader for Reader<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        indexes.iter().map(|index| self.hash(*index)).collect()
    }
}

fn place(tile: &Tile) -> TileId {
    TileId { level: tile.level(), index: tile.level_index() }
}
