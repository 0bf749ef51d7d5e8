//! A picture as grey values, its views, and how it is shrunk.

/// Grey values, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grey {
    width: usize,
    height: usize,
    points: Vec<f32>,
}

/// Which part of a line has to be even for the line to be a border: bars hold a clock, symbols and words.
const EVEN_PART: (usize, usize) = (7, 10);

/// By how much values of an even line may differ from its middle one.
const EVEN: f32 = 14.0;

/// What is left at least of each side when borders are taken off, in percent.
const LEFT: usize = 30;

/// How much the brightness has to vary (standard deviation) for a code to mean something.
const DETAIL: f32 = 4.0;

impl Grey {
    pub(super) fn new(width: usize, height: usize, points: &[u8]) -> Grey {
        let points: Vec<f32> = points.iter().take(width * height).map(|point| f32::from(*point)).collect();
        Grey { width, height, points }
    }

    fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.points.chunks_exact(self.width.max(1))
    }

    fn columns(&self) -> Vec<Vec<f32>> {
        (0..self.width).map(|x| self.points.iter().skip(x).step_by(self.width).copied().collect()).collect()
    }

    /// The part between two columns and two rows.
    fn part(&self, columns: (usize, usize), rows: (usize, usize)) -> Grey {
        let height = rows.1.saturating_sub(rows.0);
        let lines = self.rows().skip(rows.0).take(height);
        let points: Vec<f32> =
            lines.flat_map(|row| row.get(columns.0..columns.1).unwrap_or_default()).copied().collect();
        Grey { width: columns.1.saturating_sub(columns.0), height, points }
    }

    /// Without even borders. Where hardly anything would be left, the side stays as it is.
    pub(super) fn trimmed(&self) -> Grey {
        // Bars above and below first: behind them a frame may begin.
        let rows = inner(self.rows());
        let between = self.part((0, self.width), rows);
        let columns = inner(between.columns().iter().map(Vec::as_slice));
        let narrow = between.part(columns, (0, between.height));
        let rows = inner(narrow.rows());
        narrow.part((0, narrow.width), rows)
    }

    /// The inner four fifths of each side.
    pub(super) fn centre(&self) -> Grey {
        let inner = |side: usize| (side / 10, side - side / 10);
        self.part(inner(self.width), inner(self.height))
    }

    /// Left and right exchanged.
    pub(super) fn mirrored(&self) -> Grey {
        let points = self.rows().flat_map(|row| row.iter().rev()).copied().collect();
        Grey { width: self.width, height: self.height, points }
    }

    /// Whether there is anything to see.
    pub(super) fn has_detail(&self) -> bool {
        let count = self.points.len() as f32;
        if self.width < 4 || self.height < 4 {
            return false;
        }
        let mean = self.points.iter().sum::<f32>() / count;
        let variance = self.points.iter().map(|point| (point - mean).powi(2)).sum::<f32>() / count;
        variance.sqrt() >= DETAIL
    }

    /// A grid of means, row by row.
    pub(super) fn shrunk(&self, width: usize, height: usize) -> Vec<f32> {
        let narrow: Vec<Vec<f32>> = self.rows().map(|row| means(row, width)).collect();
        let column = |x: usize| -> Vec<f32> { narrow.iter().filter_map(|row| row.get(x)).copied().collect() };
        let columns: Vec<Vec<f32>> = (0..width).map(|x| means(&column(x), height)).collect();
        (0..height).flat_map(|y| columns.iter().filter_map(move |column| column.get(y)).copied()).collect()
    }
}

/// Where the lines that are no borders begin and end.
fn inner<'g>(lines: impl Iterator<Item = &'g [f32]>) -> (usize, usize) {
    let is_border: Vec<bool> = lines.map(is_even).collect();
    let count = is_border.len();
    let from = is_border.iter().take_while(|is| **is).count();
    let behind = is_border.iter().rev().take_while(|is| **is).count();
    let to = count.saturating_sub(behind);
    if to.saturating_sub(from) * 100 < count * LEFT { (0, count) } else { (from, to) }
}

/// Whether most values of a line are near its middle one.
fn is_even(line: &[f32]) -> bool {
    let mut sorted = line.to_vec();
    sorted.sort_by(f32::total_cmp);
    let Some(middle) = sorted.get(sorted.len() / 2) else { return false };
    let near = line.iter().filter(|value| (**value - middle).abs() <= EVEN).count();
    near * EVEN_PART.1 >= line.len() * EVEN_PART.0
}

/// A line as fewer values, each the mean of its part of the line; values at the limits count in parts.
fn means(line: &[f32], count: usize) -> Vec<f32> {
    let step = line.len() as f32 / count as f32;
    let mean = |at: usize| {
        let (from, to) = (at as f32 * step, (at + 1) as f32 * step);
        let first = from.floor() as usize;
        let values = line.iter().enumerate().skip(first).take_while(|(place, _)| (*place as f32) < to);
        let parts = values.map(|(place, value)| {
            let place = place as f32;
            let part = (place + 1.0).min(to) - place.max(from);
            (part * value, part)
        });
        let (sum, weight) = parts.fold((0.0, 0.0), |(sum, weight), (value, part)| (sum + value, weight + part));
        if weight > 0.0 { sum / weight } else { 0.0 }
    };
    (0..count).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_of_parts() {
        assert_eq!(means(&[1.0, 3.0, 5.0, 7.0], 2), [2.0, 6.0]);
        assert_eq!(means(&[1.0, 2.0, 3.0], 2), [4.0 / 3.0, 8.0 / 3.0]);
        assert_eq!(means(&[1.0, 2.0], 4), [1.0, 1.0, 2.0, 2.0]);
        assert_eq!(means(&[], 2), [0.0, 0.0]);
    }

    #[test]
    fn borders_are_taken_off() {
        // A frame of two points around an inner part that is not even.
        let mut points = vec![10_u8; 20 * 20];
        for y in 2..18 {
            for x in 2..18 {
                points[y * 20 + x] = u8::try_from((x * 53 + y * 97) % 256).unwrap();
            }
        }
        let grey = Grey::new(20, 20, &points);
        let inner = grey.trimmed();
        assert_eq!((inner.width, inner.height), (16, 16));
        assert_eq!(inner, grey.part((2, 18), (2, 18)));
        // Nothing would be left: it stays.
        let even = Grey::new(20, 20, &[7; 400]);
        assert_eq!(even.trimmed(), even);
        assert!(!even.has_detail() && inner.has_detail());
    }

    #[test]
    fn views() {
        let grey = Grey::new(3, 2, &[1, 2, 3, 4, 5, 6]);
        assert_eq!(grey.mirrored().points, [3.0, 2.0, 1.0, 6.0, 5.0, 4.0]);
        assert_eq!(grey.shrunk(3, 2), grey.points);
        assert_eq!(grey.centre(), grey);
        let empty = Grey::new(0, 0, &[]);
        assert_eq!((empty.trimmed(), empty.centre(), empty.mirrored()), (empty.clone(), empty.clone(), empty));
    }
}
