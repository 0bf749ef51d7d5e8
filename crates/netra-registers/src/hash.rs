//! Short keys for names, words and places. They live for one run only and are never written.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// The key of some bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// The key of some keys in their order.
pub(crate) fn of_parts(parts: &[u64]) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        hasher.write_u64(*part);
    }
    // Keys are put into keys: without this, a sum of parts could stand for another sum.
    let mixed = hasher.finish();
    (mixed ^ (mixed >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
