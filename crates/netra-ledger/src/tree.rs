//! A Merkle tree of records that only grows, kept as tiles.
//!
//! The tree is the one of [RFC 6962], section 2.1: a leaf is SHA-256 of `0x00` and the record, an inner
//! node SHA-256 of `0x01` and its two children. It is kept as the tiles of [C2SP tlog-tiles]: eight
//! levels of the tree in one value of at most 256 hashes, so that a store has one row for 256 records
//! and a page that shows a proof reads a handful of rows.
//!
//! Nothing here reads or writes. The caller asks which tiles are needed ([`edge`],
//! [`tiles_for_inclusion`], [`tiles_for_consistency`]), fetches them in whichever way it likes, and
//! hands them in as [`Tiles`]. A store keeps one value for each [`TileId`], the fullest that [`grow`]
//! ever gave: a tile of an older tree is the front of it.
//!
//! [RFC 6962]: https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1
//! [C2SP tlog-tiles]: https://c2sp.org/tlog-tiles

mod growth;
mod hash;
mod proof;
mod tile;

pub use growth::{Grown, edge, grow, root};
pub use hash::{LeafHash, RootBuilder, RootHash, TreeHead, leaf_hash};
pub use proof::{
    ConsistencyProof, InclusionProof, MAX_PROOF, ProofError, consistency, inclusion, tiles_for_consistency,
    tiles_for_inclusion, verify_consistency, verify_inclusion,
};
pub use tile::{MAX_SIZE, StoredTile, TILE_WIDTH, TileId, TilePath, Tiles, TreeError};

pub(crate) use hash::{from_base64, to_base64};
