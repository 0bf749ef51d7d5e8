//! The country or a province as a grid of tiles, and what areas are called.

use std::collections::BTreeMap;

use netra_forms::yearly::said;
use netra_statistics::{Area, Catalogue, Cell, Level, Shown};
use netra_store::OfficeKind;

use crate::app::App;
use crate::error::PageError;

/// Size of a tile of the country, and the room around it.
const TILE: usize = 48;
/// Tiles of a province in one line, and their size.
const IN_LINE: usize = 5;
const WIDE: usize = 150;

/// Names of areas: provinces by the grid, regencies by their offices.
pub(super) struct Names(BTreeMap<Area, String>);

impl Names {
    /// The names of all areas that have an office or a tile.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn read(app: &App, catalogue: &Catalogue) -> Result<Names, PageError> {
        let mut names = BTreeMap::new();
        for office in app.store.offices().await? {
            if office.kind == OfficeKind::Regency {
                let area = Area::leaf_of(&office.region);
                if area.level() == Level::Regency {
                    names.entry(area).or_insert(office.name);
                }
            }
        }
        let tiles = catalogue.tiles().iter().map(|tile| (tile.code.clone(), tile.name.clone()));
        names.extend(tiles);
        Ok(Names(names))
    }

    /// What an area is called.
    pub(super) fn of(&self, area: &Area) -> String {
        self.0.get(area).cloned().unwrap_or_else(|| area.plain_name())
    }

    /// The named areas of the next level within one.
    pub(super) fn within<'a>(&'a self, area: &'a Area) -> impl Iterator<Item = (&'a Area, &'a str)> + 'a {
        let named = self.0.iter().map(|(known, name)| (known, name.as_str()));
        named.filter(move |(known, _)| known.parent().as_ref() == Some(area))
    }
}

/// A tile as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TileView {
    /// Place from the left.
    pub(super) x: usize,
    /// Place from the top.
    pub(super) y: usize,
    /// Where its words stand.
    pub(super) middle: usize,
    /// Where its name stands.
    pub(super) name_y: usize,
    /// Where its count stands.
    pub(super) count_y: usize,
    /// The area's address.
    pub(super) code: String,
    /// A name that fits.
    pub(super) short: String,
    /// The name.
    pub(super) name: String,
    /// The count in words.
    pub(super) count: String,
    /// The count as it fits into the tile.
    pub(super) brief: String,
    /// How it is filled.
    pub(super) class: &'static str,
}

/// A grid of tiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Map {
    /// Its width.
    pub(super) width: usize,
    /// Its height.
    pub(super) height: usize,
    /// Width of a tile's square.
    pub(super) tile_width: usize,
    /// Height of a tile's square.
    pub(super) tile_height: usize,
    /// Its tiles.
    pub(super) tiles: Vec<TileView>,
}

impl Map {
    /// The provinces of the country, or the regencies of the province in or around the area; nothing for a regency.
    pub(super) fn of(catalogue: &Catalogue, names: &Names, area: &Area, cells: &[Cell]) -> Map {
        match area.level() {
            Level::Nation => country(catalogue, cells),
            Level::Province => province(names, area, cells),
            Level::Regency => Map::default(),
        }
    }
}

fn country(catalogue: &Catalogue, cells: &[Cell]) -> Map {
    let most = most(cells);
    let tile = |tile: &netra_statistics::Tile| {
        let (column, row) = (usize::from(tile.column), usize::from(tile.row));
        let corner = (column * TILE, row * TILE);
        view(corner, TILE, &tile.code, &tile.short, &tile.name, count_of(cells, &tile.code), most)
    };
    let tiles: Vec<TileView> = catalogue.tiles().iter().map(tile).collect();
    framed(tiles, TILE, TILE)
}

fn province(names: &Names, area: &Area, cells: &[Cell]) -> Map {
    let most = most(cells);
    let mut known: BTreeMap<Area, String> =
        names.within(area).map(|(area, name)| (area.clone(), name.to_owned())).collect();
    for cell in cells {
        known.entry(cell.area.clone()).or_insert_with(|| cell.area.plain_name());
    }
    let tile = |(n, (code, name)): (usize, (&Area, &String))| {
        let corner = ((n % IN_LINE) * WIDE, (n / IN_LINE) * TILE);
        view(corner, WIDE, code, &brief_name(name), name, count_of(cells, code), most)
    };
    let tiles: Vec<TileView> = known.iter().enumerate().map(tile).collect();
    framed(tiles, WIDE, TILE)
}

fn framed(tiles: Vec<TileView>, width: usize, height: usize) -> Map {
    let right = tiles.iter().map(|tile| tile.x + width).max().unwrap_or_default();
    let bottom = tiles.iter().map(|tile| tile.y + height).max().unwrap_or_default();
    Map { width: right, height: bottom, tile_width: width - 4, tile_height: height - 4, tiles }
}

fn count_of(cells: &[Cell], area: &Area) -> Shown {
    match cells.iter().find(|cell| cell.area == *area).map(|cell| cell.count) {
        None => Shown::Count(0),
        Some(Some(count)) => Shown::Count(count),
        Some(None) => Shown::Hidden,
    }
}

fn most(cells: &[Cell]) -> u64 {
    cells.iter().filter_map(|cell| cell.count).max().unwrap_or_default()
}

fn view(
    (x, y): (usize, usize),
    width: usize,
    code: &Area,
    short: &str,
    name: &str,
    shown: Shown,
    most: u64,
) -> TileView {
    TileView {
        x: x + 2,
        y: y + 2,
        middle: x + width / 2,
        name_y: y + 19,
        count_y: y + 36,
        code: code.to_string(),
        short: short.to_owned(),
        name: name.to_owned(),
        count: said(shown),
        brief: shown.count().map_or_else(|| "*".to_owned(), |count| count.to_string()),
        class: class(shown, most),
    }
}

/// The fill by how much of the most there is. The count stands in the tile: nothing is told by the fill alone.
fn class(shown: Shown, most: u64) -> &'static str {
    match shown {
        Shown::Hidden => "th",
        Shown::Count(0) => "t0",
        Shown::Count(count) if count.saturating_mul(3) <= most => "t1",
        Shown::Count(count) if count.saturating_mul(3) <= most.saturating_mul(2) => "t2",
        Shown::Count(_) => "t3",
    }
}

/// A regency's office without the words that all of them have.
fn brief_name(name: &str) -> String {
    let name = name.strip_prefix("Bawaslu ").unwrap_or(name);
    let name = name.replace("Kabupaten ", "Kab. ");
    if name.chars().count() <= 24 {
        return name;
    }
    let kept: String = name.chars().take(23).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_follow_the_count_and_hidden_ones_have_their_own() {
        let table = [(Shown::Hidden, "th"), (Shown::Count(0), "t0"), (Shown::Count(5), "t1"), (Shown::Count(15), "t1")];
        for (shown, fill) in table.into_iter().chain([(Shown::Count(30), "t2"), (Shown::Count(45), "t3")]) {
            assert_eq!(class(shown, 45), fill, "{shown:?}");
        }
        assert_eq!(brief_name("Bawaslu Kabupaten Penajam Paser Utara"), "Kab. Penajam Paser Utara");
        assert_eq!(brief_name(&"x".repeat(40)).chars().count(), 24);
    }
}
