//! Bars: one below the other, drawn with places and sizes only. What they show stands in words beside them.

use netra_forms::yearly::said;
use netra_statistics::{Figure, Shown};

/// Height of a bar's line.
const LINE: usize = 26;
/// Where bars begin, and the longest one's length.
const LEFT: u64 = 270;
const LONGEST: u64 = 270;
/// Letters of a label that fit before its bar.
const LETTERS: usize = 36;

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// Place from the top.
    pub(super) y: usize,
    /// Place of its words.
    pub(super) text_y: usize,
    /// Its label, cut where it does not fit.
    pub(super) label: String,
    /// Its length; none for a count that is not told.
    pub(super) width: u64,
    /// Where its count stands.
    pub(super) count_x: u64,
    /// Its count in words.
    pub(super) count: String,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chart {
    /// Its height.
    pub(super) height: usize,
    /// Its bars.
    pub(super) bars: Vec<Bar>,
}

impl Chart {
    /// The chart of a figure: its parts that are something.
    pub(super) fn of(figure: &Figure<'_>) -> Chart {
        let parts: Vec<_> = figure.parts.iter().filter(|part| part.shown != Shown::Count(0)).collect();
        let most = parts.iter().filter_map(|part| part.shown.count()).max().unwrap_or_default();
        let bar = |(n, label, shown): (usize, &str, Shown)| {
            let width = shown.count().map_or(0, |count| length(count, most));
            let y = n * LINE;
            Bar { y, text_y: y + 17, label: cut(label), width, count_x: LEFT + width + 6, count: said(shown) }
        };
        let lines = parts.iter().enumerate().map(|(n, part)| (n, part.value.label.as_str(), part.shown));
        Chart { height: (parts.len() * LINE).max(1), bars: lines.map(bar).collect() }
    }
}

/// A length that is at least visible.
fn length(count: u64, most: u64) -> u64 {
    count.saturating_mul(LONGEST).checked_div(most).unwrap_or_default().max(2)
}

fn cut(label: &str) -> String {
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    let kept: String = label.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fits_and_the_shortest_is_seen() {
        assert_eq!(length(9, 9), LONGEST);
        assert_eq!(length(1, 1_000_000), 2);
        assert_eq!(length(0, 0), 2);
        assert_eq!(cut("Laporan"), "Laporan");
        assert_eq!(cut(&"x".repeat(50)).chars().count(), LETTERS);
    }
}
