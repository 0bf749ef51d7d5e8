//! Hashes of records, of inner nodes and of whole trees.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

use crate::dossier::hex;

/// Number of bytes of a hash.
pub(super) const HASH_LEN: usize = 32;

macro_rules! hashes {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(pub [u8; 32]);

        /// As 64 lowercase hexadecimal digits.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    )*};
}

hashes! {
    /// The hash that stands for one record.
    LeafHash;
    /// The hash that stands for a whole tree. It says nothing without the tree's size: see [`TreeHead`].
    RootHash;
}

impl RootHash {
    /// The root of a tree without leaves: SHA-256 of nothing (RFC 6962, section 2.1).
    pub const EMPTY: RootHash = RootHash([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, //
        0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ]);
}

/// What stands for a tree: how many leaves it has, and its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// Number of leaves.
    pub size: u64,
    /// The root over them.
    pub root: RootHash,
}

impl TreeHead {
    /// The tree without leaves, which every tree grows from.
    pub const EMPTY: TreeHead = TreeHead { size: 0, root: RootHash::EMPTY };
}

/// The hash of a record: SHA-256 of `0x00` and its bytes (RFC 6962, section 2.1).
pub fn leaf_hash(record: &[u8]) -> LeafHash {
    LeafHash(Sha256::new().chain_update([0_u8]).chain_update(record).finalize().into())
}

/// The hash of an inner node: SHA-256 of `0x01` and its children (RFC 6962, section 2.1).
fn node_hash(left: &[u8; HASH_LEN], right: &[u8; HASH_LEN]) -> [u8; HASH_LEN] {
    Sha256::new().chain_update([1_u8]).chain_update(left).chain_update(right).finalize().into()
}

/// Computes the root over leaves that come one after another, in memory for one hash per level.
///
/// For whoever holds the records and wants to know whether they are those of a checkpoint.
#[derive(Clone, Debug, Default)]
pub struct RootBuilder {
    size: u64,
    /// The roots of the complete subtrees, the largest first: one for each bit that is set in `size`.
    peaks: Vec<[u8; HASH_LEN]>,
}

impl RootBuilder {
    /// A tree without leaves.
    pub fn new() -> RootBuilder {
        RootBuilder::default()
    }

    /// Adds a leaf to the right.
    pub fn push(&mut self, leaf: LeafHash) {
        self.push_hash(leaf.0);
    }

    /// Adds the hash of a leaf, or of a complete subtree that counts as one.
    pub(super) fn push_hash(&mut self, mut hash: [u8; HASH_LEN]) {
        let mut size = self.size;
        // Each bit that is set at the end of the size is a subtree that the new leaf completes.
        while size & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = node_hash(&left, &hash);
            size >>= 1;
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// Number of leaves so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over the leaves so far. More may follow.
    pub fn root(&self) -> RootHash {
        self.fold(None).map_or(RootHash::EMPTY, RootHash)
    }

    /// Size and root of the tree so far.
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size(), root: self.root() }
    }

    /// The root over these leaves with a subtree to the right of them, which has to be smaller than the
    /// smallest of the complete ones here.
    pub(super) fn fold(&self, right: Option<[u8; HASH_LEN]>) -> Option<[u8; HASH_LEN]> {
        let join = |right: Option<[u8; HASH_LEN]>, left: &[u8; HASH_LEN]| {
            Some(right.map_or(*left, |right| node_hash(left, &right)))
        };
        self.peaks.iter().rev().fold(right, join)
    }
}

/// A hash as checkpoints and proofs write it.
pub(crate) fn to_base64(hash: &[u8; HASH_LEN]) -> String {
    BASE64_STANDARD.encode(hash)
}

/// A hash as checkpoints and proofs write it, in its only spelling: with padding, nothing after it.
pub(crate) fn from_base64(text: &str) -> Option<[u8; HASH_LEN]> {
    BASE64_STANDARD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_nothing_is_the_digest_of_nothing() {
        assert_eq!(RootHash::EMPTY.0, <[u8; 32]>::from(Sha256::digest(b"")));
        assert_eq!(RootBuilder::new().head(), TreeHead::EMPTY);
    }

    #[test]
    fn hashes_are_shown_in_hexadecimal() {
        let leaf = leaf_hash(b"");
        assert_eq!(leaf.to_string(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assert_eq!(format!("{leaf:?}"), format!("LeafHash({leaf})"));
    }

    #[test]
    fn base64_has_one_spelling() {
        let text = to_base64(&leaf_hash(b"").0);
        assert_eq!(from_base64(&text), Some(leaf_hash(b"").0));
        let bare = text.trim_end_matches('=').to_owned();
        for other in [String::new(), bare, format!("{text}\n"), BASE64_STANDARD.encode([0_u8; 31])] {
            assert_eq!(from_base64(&other), None, "{other:?}");
        }
    }
}
