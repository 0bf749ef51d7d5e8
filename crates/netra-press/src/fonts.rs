//! The shipped fonts: one text face in three styles, and a face each for Arabic and Javanese script.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

static FACES: [&[u8]; 5] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansJavanese-Regular.ttf"),
];

/// The shipped fonts, read once.
pub(crate) struct Fonts {
    /// What typst chooses from.
    pub(crate) book: LazyHash<FontBook>,
    /// In the order of the book.
    pub(crate) list: Vec<Font>,
}

pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let list: Vec<Font> = FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&list)), list }
});

/// Code points that the text face draws in every style, in order.
pub(crate) static TEXT: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut faces = FONTS.list.iter().take(3);
    let Some(first) = faces.next() else { return Vec::new() };
    let others: Vec<&Font> = faces.collect();
    let drawn_by_all = |c: &u32| others.iter().all(|f| f.info().coverage.contains(*c));
    sorted(first.info().coverage.iter().filter(drawn_by_all))
});

/// Code points that any face draws, in order.
pub(crate) static ANY: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let scripts = FONTS.list.iter().skip(3).flat_map(|f| f.info().coverage.iter());
    sorted(TEXT.iter().copied().chain(scripts))
});

fn sorted(points: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut list: Vec<u32> = points.collect();
    list.sort_unstable();
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faces_are_read() {
        assert_eq!(FONTS.list.len(), FACES.len());
        let families: Vec<&str> = FONTS.list.iter().map(|f| f.info().family.as_str()).collect();
        assert_eq!(
            families,
            ["Liberation Serif", "Liberation Serif", "Liberation Serif", "Noto Naskh Arabic", "Noto Sans Javanese"]
        );
    }

    #[test]
    fn the_scripts_of_indonesian_papers_are_drawn() {
        for c in "Aéñ–“”…•محمدꦲꦤ".chars() {
            assert!(ANY.binary_search(&u32::from(c)).is_ok(), "{c}");
        }
        assert!(TEXT.binary_search(&u32::from('ꦲ')).is_err());
    }
}
