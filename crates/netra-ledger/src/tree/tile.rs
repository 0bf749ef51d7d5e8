//! Tiles: eight levels of the tree in one value.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::hash::HASH_LEN;

/// The hashes of a full tile ([C2SP tlog-tiles](https://c2sp.org/tlog-tiles)).
pub const TILE_WIDTH: usize = 256;

/// The levels of the tree that one tile spans: 2⁸ is [`TILE_WIDTH`].
pub(super) const TILE_BITS: u8 = 8;

/// The most leaves of a tree that is kept here: 2⁴⁸. No office comes near it, and no arithmetic below it
/// overflows.
pub const MAX_SIZE: u64 = 1 << 48;

/// Levels of tiles that a tree of [`MAX_SIZE`] leaves has.
pub(super) const LEVELS: u8 = 7;

/// The highest level that a path may name (C2SP tlog-tiles).
const MAX_LEVEL: u8 = 63;

/// The longest text that is looked at as a path.
const MAX_PATH: usize = 64;

/// Where a tile is in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 for tiles of leaves, 1 for tiles over full tiles of level 0, and so on.
    pub level: u8,
    /// Place in the level, from the left, counted from 0.
    pub index: u64,
}

impl fmt::Display for TileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "level {}, index {}", self.level, self.index)
    }
}

/// A tile to be stored in place of what was there, which is the front of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTile {
    /// Where it is.
    pub id: TileId,
    /// 1 to 256 hashes of 32 bytes, from the left.
    pub bytes: Vec<u8>,
}

/// Why a tree cannot be read or grown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A tile that the caller did not hand in, or one of an older tree.
    #[error("the tile at {id} is needed with at least {width} hashes; load it, or rebuild it from the records")]
    Missing {
        /// Where it is.
        id: TileId,
        /// Hashes that it must have.
        width: usize,
    },
    /// Bytes that cannot be a tile.
    #[error(
        "the tile at {id} has {len} bytes, and a tile has 1 to 256 hashes of 32 bytes; rebuild it from the \
         records"
    )]
    Length {
        /// Where it is.
        id: TileId,
        /// Number of bytes.
        len: usize,
    },
    /// More leaves than are kept here.
    #[error("a tree of {size} leaves is too large: the limit is {limit}; begin a new tree", limit = MAX_SIZE)]
    TooLarge {
        /// Number of leaves.
        size: u64,
    },
    /// A leaf that the tree does not have.
    #[error("there is no leaf {index} in a tree of {size} leaves, which are counted from 0; ask for a larger tree")]
    Index {
        /// The leaf.
        index: u64,
        /// Number of leaves.
        size: u64,
    },
    /// A tree cannot have grown into a smaller one.
    #[error("a tree of {old} leaves cannot have grown into one of {new}; give the smaller size first")]
    Shrinks {
        /// Leaves of the older tree.
        old: u64,
        /// Leaves of the newer tree.
        new: u64,
    },
    /// A text that does not name a tile.
    #[error("{0:?} is not the path of a tile; one looks like tile/0/x001/067 or tile/1/000.p/17")]
    Path(String),
}

/// Refuses sizes that the arithmetic of tiles is not made for.
pub(super) fn check_size(size: u64) -> Result<(), TreeError> {
    if size > MAX_SIZE { Err(TreeError::TooLarge { size }) } else { Ok(()) }
}

/// Tiles at hand, by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiles(BTreeMap<TileId, Vec<u8>>);

impl Tiles {
    /// No tiles.
    pub fn new() -> Tiles {
        Tiles::default()
    }

    /// Adds a tile as it is in the store; it may be fuller than a tree needs.
    ///
    /// # Errors
    /// The bytes are not 1 to 256 hashes.
    pub fn insert(&mut self, id: TileId, bytes: Vec<u8>) -> Result<(), TreeError> {
        let len = bytes.len();
        if len == 0 || len > TILE_WIDTH * HASH_LEN || !len.is_multiple_of(HASH_LEN) {
            return Err(TreeError::Length { id, len });
        }
        self.0.insert(id, bytes);
        Ok(())
    }

    /// The first hashes of a tile.
    pub(super) fn front(&self, id: TileId, width: usize) -> Result<&[u8], TreeError> {
        let front = self.0.get(&id).and_then(|bytes| bytes.get(..width * HASH_LEN));
        front.ok_or(TreeError::Missing { id, width })
    }
}

/// The path under which a tile is served: `tile/<level>/<index>`, with `.p/<width>` when it is not full
/// ([C2SP tlog-tiles](https://c2sp.org/tlog-tiles)).
///
/// A path is written in one way only; what [`FromStr`] accepts is what [`fmt::Display`] writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TilePath {
    id: TileId,
    width: usize,
}

impl TilePath {
    /// The path of a tile with some number of hashes.
    ///
    /// # Errors
    /// There is no such tile: a tile has 1 to 256 hashes, and the level is at most 63.
    pub fn new(id: TileId, width: usize) -> Result<TilePath, TreeError> {
        if id.level > MAX_LEVEL || width == 0 || width > TILE_WIDTH {
            return Err(TreeError::Path(format!("{id}, width {width}")));
        }
        Ok(TilePath { id, width })
    }

    /// Where the tile is.
    pub fn id(self) -> TileId {
        self.id
    }

    /// Number of hashes.
    pub fn width(self) -> usize {
        self.width
    }

    /// What to serve under this path, from a stored tile that may be fuller; nothing if it is not full
    /// enough yet.
    pub fn cut(self, stored: &[u8]) -> Option<&[u8]> {
        stored.get(..self.width * HASH_LEN)
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut index = format!("{:03}", self.id.index % 1000);
        let mut rest = self.id.index / 1000;
        while rest > 0 {
            index = format!("x{:03}/{index}", rest % 1000);
            rest /= 1000;
        }
        write!(f, "tile/{}/{index}", self.id.level)?;
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for TilePath {
    type Err = TreeError;

    fn from_str(text: &str) -> Result<TilePath, TreeError> {
        let path = if text.len() > MAX_PATH { None } else { parse(text) };
        // Numbers have many spellings; the one that is printed is right.
        path.filter(|path| path.to_string() == text)
            .ok_or_else(|| TreeError::Path(text.chars().take(MAX_PATH).collect()))
    }
}

/// Reads a path in any spelling of its numbers.
fn parse(text: &str) -> Option<TilePath> {
    let (level, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, width.parse().ok()?),
        None => (rest, TILE_WIDTH),
    };
    let mut number = 0_u64;
    for part in index.split('/') {
        let digits: u64 = part.strip_prefix('x').unwrap_or(part).parse().ok()?;
        number = number.checked_mul(1000)?.checked_add(digits)?;
    }
    TilePath::new(TileId { level: level.parse().ok()?, index: number }, width).ok()
}
