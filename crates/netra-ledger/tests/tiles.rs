//! Places, paths and refusals of tiles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_ledger::tree::{
    self, LeafHash, MAX_SIZE, RootHash, TILE_WIDTH, TileId, TilePath, Tiles, TreeError, TreeHead,
};
use proptest::prelude::*;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{Shelf, leaf};

const PLACE: TileId = TileId { level: 0, index: 0 };

#[test]
fn paths_are_those_of_the_specification() {
    let table = [
        ("tile/0/000", 0, 0, 256),
        ("tile/0/x001/067", 0, 1067, 256),
        ("tile/0/x001/x234/067", 0, 1_234_067, 256),
        ("tile/1/000.p/17", 1, 0, 17),
        ("tile/0/273.p/112", 0, 273, 112),
        ("tile/63/x018/x446/x744/x073/x709/x551/615.p/1", 63, u64::MAX, 1),
    ];
    for (text, level, index, width) in table {
        let path = TilePath::new(TileId { level, index }, width).unwrap();
        assert_eq!(path.to_string(), text);
        assert_eq!(text.parse::<TilePath>(), Ok(path));
    }
}

#[test]
fn paths_have_one_spelling() {
    let table = [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/data/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/001/067",
        "tile/0/x001/x067",
        "tile/0/x1/067",
        "tile/0/+01",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/+1",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/../../secret",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/8/0/x001/067",
    ];
    for text in table {
        assert_eq!(text.parse::<TilePath>(), Err(TreeError::Path(text.to_owned())));
    }
    let long = format!("tile/0/{}", "x000/".repeat(1000));
    let TreeError::Path(shown) = long.parse::<TilePath>().unwrap_err() else { unreachable!() };
    assert_eq!(shown.len(), 64);
}

#[test]
fn a_longer_tile_is_cut_to_what_is_asked() {
    let stored = vec![7_u8; 5 * 32];
    let path = |width| TilePath::new(PLACE, width).unwrap();
    assert_eq!(path(5).cut(&stored), Some(stored.as_slice()));
    assert_eq!(path(2).cut(&stored), Some(&stored[..64]));
    assert_eq!(path(6).cut(&stored), None);
    assert_eq!(path(256).cut(&stored), None);
    for width in [0, 257] {
        assert!(TilePath::new(PLACE, width).is_err(), "{width}");
    }
}

proptest! {
    /// `tlog_tiles` writes the height into the path, as Go's checksum database does; C2SP leaves it out.
    #[test]
    fn paths_agree_with_tlog_tiles(level in 0_u8..64, index in any::<u64>(), width in 1..=TILE_WIDTH) {
        let path = TilePath::new(TileId { level, index }, width).unwrap();
        let theirs = tlog_tiles::Tile::new(8, level, index, width as u32, false).path();
        prop_assert_eq!(path.to_string(), theirs.replacen("tile/8/", "tile/", 1));
        prop_assert_eq!(path.to_string().parse::<TilePath>(), Ok(path));
        prop_assert_eq!((path.id(), path.width()), (TileId { level, index }, width));
    }

    #[test]
    fn any_text_is_a_path_or_refused(text in prop_oneof!["tile/[0-9x/.p]{0,30}", any::<String>()]) {
        if let Ok(path) = text.parse::<TilePath>() {
            prop_assert_eq!(path.to_string(), text);
        }
    }
}

#[test]
fn tiles_are_whole_hashes() {
    let mut tiles = Tiles::new();
    for len in [32, 64, 8192] {
        tiles.insert(PLACE, vec![0; len]).unwrap();
    }
    for len in [0, 1, 31, 33, 8193, 8224] {
        let refused = tiles.insert(PLACE, vec![0; len]).unwrap_err();
        assert_eq!(refused, TreeError::Length { id: PLACE, len });
    }
}

#[test]
fn a_missing_or_older_tile_is_named() {
    let leaves: Vec<LeafHash> = (0..300).map(leaf).collect();
    let shelf = Shelf::of(&leaves);
    let needed = TileId { level: 0, index: 1 };
    let missing = TreeError::Missing { id: needed, width: 44 };
    assert_eq!(
        missing.to_string(),
        "the tile at level 0, index 1 is needed with at least 44 hashes; load it, or rebuild it from the records"
    );

    let none = Tiles::new();
    assert_eq!(tree::grow(300, &none, &leaves[..1]), Err(missing.clone()));
    assert_eq!(tree::root(300, &none), Err(missing.clone()));
    let above = TreeError::Missing { id: TileId { level: 1, index: 0 }, width: 1 };
    assert_eq!(tree::inclusion(300, 299, &none), Err(above));

    let mut old = shelf.load(&tree::edge(300));
    old.insert(needed, shelf.tiles[&needed][..43 * 32].to_vec()).unwrap();
    assert_eq!(tree::grow(300, &old, &leaves[..1]), Err(missing.clone()));
    assert_eq!(tree::root(300, &old), Err(missing));
}

#[test]
fn a_damaged_tile_shows_in_the_root() {
    let leaves: Vec<LeafHash> = (0..300).map(leaf).collect();
    let mut shelf = Shelf::of(&leaves);
    let head = shelf.head(300);
    for id in tree::edge(300) {
        for at in [0, shelf.tiles[&id].len() - 1] {
            shelf.tiles.get_mut(&id).unwrap()[at] ^= 1;
            assert_ne!(shelf.head(300), head, "{id}, byte {at}");
            shelf.tiles.get_mut(&id).unwrap()[at] ^= 1;
        }
    }
    assert_eq!(shelf.head(300), head);
}

#[test]
fn growing_by_nothing_changes_nothing() {
    let shelf = Shelf::of(&[leaf(0), leaf(1), leaf(2)]);
    let grown = tree::grow(3, &shelf.load(&tree::edge(3)), &[]).unwrap();
    assert_eq!((grown.head, grown.tiles), (shelf.head(3), vec![]));
    let grown = tree::grow(0, &Tiles::new(), &[]).unwrap();
    assert_eq!((grown.head, grown.tiles), (TreeHead::EMPTY, vec![]));
}

#[test]
fn the_edge_is_small_whatever_the_size() {
    assert!(tree::edge(0).is_empty());
    assert_eq!(tree::edge(256), [TileId { level: 1, index: 0 }]);
    assert_eq!(tree::edge(MAX_SIZE), [TileId { level: 6, index: 0 }]);
    let most = tree::edge(MAX_SIZE - 1);
    let levels: Vec<u8> = most.iter().map(|id| id.level).collect();
    assert_eq!(levels, [0, 1, 2, 3, 4, 5]);
    assert_eq!(most[0].index, (MAX_SIZE - 1) / 256);
}

#[test]
fn sizes_and_places_outside_are_refused() {
    let none = Tiles::new();
    let size = MAX_SIZE + 1;
    let large = TreeError::TooLarge { size };
    assert_eq!(
        large.to_string(),
        "a tree of 281474976710657 leaves is too large: the limit is 281474976710656; begin a new tree"
    );
    assert_eq!(tree::root(size, &none), Err(large.clone()));
    assert_eq!(tree::grow(MAX_SIZE, &none, &[leaf(0)]), Err(large.clone()));
    assert_eq!(tree::grow(u64::MAX, &none, &[leaf(0)]), Err(TreeError::TooLarge { size: u64::MAX }));
    assert_eq!(tree::tiles_for_inclusion(size, 0), Err(large.clone()));
    assert_eq!(tree::inclusion(size, 0, &none), Err(large.clone()));
    assert_eq!(tree::tiles_for_consistency(0, size), Err(large.clone()));
    assert_eq!(tree::consistency(1, size, &none), Err(large));

    for (size, index) in [(0, 0), (5, 5), (5, u64::MAX), (MAX_SIZE, MAX_SIZE)] {
        let outside = TreeError::Index { index, size };
        assert_eq!(tree::tiles_for_inclusion(size, index), Err(outside.clone()));
        assert_eq!(tree::inclusion(size, index, &none), Err(outside));
    }
    for (old, new) in [(1, 0), (6, 5), (u64::MAX, MAX_SIZE)] {
        let shrinks = TreeError::Shrinks { old, new };
        assert_eq!(tree::tiles_for_consistency(old, new), Err(shrinks.clone()));
        assert_eq!(tree::consistency(old, new, &none), Err(shrinks));
    }
    let places = tree::tiles_for_inclusion(MAX_SIZE, MAX_SIZE - 1).unwrap();
    assert_eq!(places.len(), 6, "{places:?}");
}

#[test]
fn a_store_can_ask_for_an_empty_tree() {
    assert_eq!(tree::root(0, &Tiles::new()), Ok(RootHash::EMPTY));
    assert_eq!(tree::tiles_for_consistency(0, 5), Ok(vec![]));
    assert!(tree::consistency(0, 5, &Tiles::new()).unwrap().0.is_empty());
}
