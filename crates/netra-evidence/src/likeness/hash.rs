//! The two codes, from a grid of grey values.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Side of the grid of which the waves are taken.
pub(super) const WAVE_SIDE: usize = 32;

/// How many waves are taken in each direction.
const WAVES: usize = 8;

/// Width of the grid in which rises are looked for: one more than there are rises.
pub(super) const RISE_WIDTH: usize = 9;

/// Its height.
pub(super) const RISE_HEIGHT: usize = 8;

/// The text is no code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' bukan sidik rupa: tulis tepat 16 angka heksadesimal (0-9, a-f)")]
pub struct HashError(String);

/// One table, so that the two cannot differ in their form, nor be mixed up.
macro_rules! hashes {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $(
            $(#[$doc])*
            ///
            /// Written as 16 hexadecimal digits.
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u64);

            impl $name {
                /// The code that was computed earlier.
                pub fn from_bits(bits: u64) -> $name {
                    $name(bits)
                }

                /// The 64 bits.
                pub fn bits(self) -> u64 {
                    self.0
                }

                /// By how many bits two codes differ.
                pub fn distance(self, other: $name) -> u32 {
                    (self.0 ^ other.0).count_ones()
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "{:016x}", self.0)
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "{}({self})", stringify!($name))
                }
            }

            impl FromStr for $name {
                type Err = HashError;

                fn from_str(text: &str) -> Result<$name, HashError> {
                    let is_hex = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
                    let bits = u64::from_str_radix(text, 16).ok().filter(|_| is_hex);
                    bits.map($name).ok_or_else(|| HashError(text.chars().take(40).collect()))
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                    s.collect_str(self)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                    Cow::<str>::deserialize(d)?.parse().map_err(serde::de::Error::custom)
                }
            }
        )+
    };
}

hashes! {
    /// Which of the coarse waves of the brightness are stronger than the middle one (pHash).
    WaveHash;
    /// Where the brightness rises from left to right (dHash).
    RiseHash;
}

impl WaveHash {
    /// From a grid of [`WAVE_SIDE`] by [`WAVE_SIDE`] values, row by row.
    pub(super) fn of(grid: &[f32]) -> WaveHash {
        let cosines = cosines();
        // Along the rows, then along the columns: the waves of a plane are those of its rows and columns.
        let rows: Vec<f32> = grid.chunks_exact(WAVE_SIDE).flat_map(|row| waves(row, &cosines)).collect();
        let column = |x: usize| -> Vec<f32> { rows.iter().skip(x).step_by(WAVES).copied().collect() };
        let waves: Vec<f32> = (0..WAVES).flat_map(|x| waves(&column(x), &cosines)).collect();
        let mut sorted = waves.clone();
        sorted.sort_by(f32::total_cmp);
        let (below, above) = (sorted.get(sorted.len() / 2 - 1), sorted.get(sorted.len() / 2));
        let middle = match (below, above) {
            (Some(below), Some(above)) => (below + above) / 2.0,
            _ => 0.0,
        };
        WaveHash(bits(waves.iter().map(|wave| *wave > middle)))
    }
}

impl RiseHash {
    /// From a grid of [`RISE_WIDTH`] by [`RISE_HEIGHT`] values, row by row.
    pub(super) fn of(grid: &[f32]) -> RiseHash {
        let rises = grid.chunks_exact(RISE_WIDTH).flat_map(|row| {
            row.windows(2).map(|pair| match pair {
                [left, right] => left < right,
                _ => false,
            })
        });
        RiseHash(bits(rises))
    }
}

fn bits(all: impl Iterator<Item = bool>) -> u64 {
    all.take(64).fold(0, |bits, bit| (bits << 1) | u64::from(bit))
}

/// The strengths of the first waves in a row of values (DCT-II).
fn waves(values: &[f32], cosines: &[Vec<f32>]) -> Vec<f32> {
    cosines.iter().map(|wave| wave.iter().zip(values).map(|(cosine, value)| cosine * value).sum::<f32>()).collect()
}

fn cosines() -> Vec<Vec<f32>> {
    let side = 2.0 * WAVE_SIDE as f64;
    let value =
        |wave: usize, at: usize| ((2.0 * at as f64 + 1.0) * wave as f64 * std::f64::consts::PI / side).cos() as f32;
    (0..WAVES).map(|wave| (0..WAVE_SIDE).map(|at| value(wave, at)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_and_read() {
        let hash: WaveHash = "00ff00ff00ff00fe".parse().unwrap();
        assert_eq!(hash.to_string(), "00ff00ff00ff00fe");
        assert_eq!(hash.bits(), 0x00ff_00ff_00ff_00fe);
        assert_eq!(hash.distance(WaveHash::from_bits(0)), 31);
        for text in ["", "0", "+0ff00ff00ff00fe", "00ff00ff00ff00fg", "00ff00ff00ff00fe0"] {
            assert!(text.parse::<RiseHash>().unwrap_err().to_string().contains("16 angka"), "{text}");
        }
    }

    #[test]
    fn rises_are_seen() {
        let row: Vec<f32> = (0..9_u8).map(f32::from).collect();
        let rising: Vec<f32> = row.iter().copied().cycle().take(72).collect();
        let falling: Vec<f32> = row.iter().rev().copied().cycle().take(72).collect();
        assert_eq!(RiseHash::of(&rising).bits(), u64::MAX);
        assert_eq!(RiseHash::of(&falling).bits(), 0);
    }

    /// The waves of a wave are that wave alone.
    #[test]
    fn a_single_wave_is_found() {
        let cosines = cosines();
        for (number, wave) in cosines.iter().enumerate() {
            let strengths = waves(wave, &cosines);
            let strongest = strengths.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())).unwrap().0;
            assert_eq!(strongest, number);
            let others = strengths.iter().enumerate().filter(|(n, _)| *n != number).map(|(_, s)| s.abs());
            assert!(others.fold(0.0, f32::max) < 1e-3, "{strengths:?}");
        }
    }
}
