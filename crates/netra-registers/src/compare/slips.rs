//! Whether two words are within a few slips of the pen: a letter too many, too few, another one, two turned.

/// Whether so many slips turn one word into the other.
pub(crate) fn is_within(one: &[u8], other: &[u8], slips: u8) -> bool {
    match (one, other) {
        ([], rest) | (rest, []) => rest.len() <= usize::from(slips),
        ([a, one @ ..], [b, other @ ..]) if a == b => is_within(one, other, slips),
        _ if slips == 0 => false,
        ([a, after_a @ ..], [b, after_b @ ..]) => {
            let left = slips - 1;
            let is_turned = match (after_a, after_b) {
                ([c, after_c @ ..], [d, after_d @ ..]) => a == d && b == c && is_within(after_c, after_d, left),
                _ => false,
            };
            is_turned
                || is_within(after_a, after_b, left)
                || is_within(after_a, other, left)
                || is_within(one, after_b, left)
        }
    }
}

/// Whether two words are near enough to be one that was misspelt: a slip from four letters on, two from eight.
pub(crate) fn is_near(one: &[u8], other: &[u8]) -> bool {
    let slips = match one.len().max(other.len()) {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    is_within(one, other, slips)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The distance by the usual table.
    fn distance(one: &[u8], other: &[u8]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = usize::from(one[i - 1] != other[j - 1]);
                    let mut best = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + same);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[one.len()][other.len()]
    }

    proptest! {
        /// Guards: the walk agrees with the table.
        #[test]
        fn slips_are_counted_right(one in "[ab]{0,7}", other in "[abc]{0,7}", slips in 0u8..4) {
            let expected = distance(one.as_bytes(), other.as_bytes()) <= usize::from(slips);
            prop_assert_eq!(is_within(one.as_bytes(), other.as_bytes(), slips), expected);
        }
    }

    #[test]
    fn near_words() {
        let rows = [
            ("sutrisno", "sutrsno", true),
            ("sutrisno", "sutrisna", true),
            ("ani", "ana", false),
            ("budi", "budo", true),
        ];
        for (one, other, expected) in rows {
            assert_eq!(is_near(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
        }
    }
}
