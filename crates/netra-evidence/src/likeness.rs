//! Whether two pictures show the same photograph, although their bytes differ.
//!
//! **Purpose.** The same photograph comes as the original, shrunk by a messenger, as a picture of a telephone's screen, with
//! a caption, mirrored. Its SHA-256 differs each time. This module gives pictures short codes that stay nearly the same, and
//! finds near ones among many, so that an officer sees them side by side.
//!
//! Two codes of 64 bits are made: one from the coarse waves of the brightness ([`WaveHash`]), one from where it rises from
//! left to right ([`RiseHash`]); and these from four views of each picture ([`View`]), because frames, bars and cuts move
//! everything else. Two pictures are compared view by view ([`COMPARED`]).
//!
//! **Invariants**, each guarded by the tests here.
//! - Comparing is the same in both directions, and a picture is like itself.
//! - A view without detail, as an empty page, has no code: it would be like every other empty page.
//! - Nothing is merged: what comes out is a suggestion with its distances, for a person to look at.
//!
//! **May not know** who is in a picture or where it came from. It compares how pictures look, not what they mean.

mod grey;
mod hash;

use serde::{Deserialize, Serialize};

pub use hash::{HashError, RiseHash, WaveHash};

use crate::picture::Picture;
use grey::Grey;

/// The longest side to which a picture is shrunk before anything else.
const SIDE: u32 = 256;

/// Two pictures are suggested as one up to this distance of their wave codes. Of different pictures, hardly any pair lies
/// under 18.
pub const MAX_WAVE_DISTANCE: u32 = 10;

/// The same for their rise codes; of different pictures one pair in a thousand lies under 10.
pub const MAX_RISE_DISTANCE: u32 = 6;

/// A view of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// As it is.
    Whole,
    /// Without even borders: frames, the bars of a telephone, captions.
    Trimmed,
    /// The inner 80 % of each side, for pictures whose edges were cut off.
    Centre,
    /// Left and right exchanged.
    Mirror,
}

/// Which views of two pictures are compared. Each pair stands in both directions, or is its own reverse.
pub const COMPARED: [(View, View); 8] = [
    (View::Whole, View::Whole),
    (View::Trimmed, View::Trimmed),
    (View::Trimmed, View::Whole),
    (View::Whole, View::Trimmed),
    (View::Centre, View::Whole),
    (View::Whole, View::Centre),
    (View::Mirror, View::Whole),
    (View::Whole, View::Mirror),
];

/// The codes of one view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Codes {
    /// From the coarse waves of the brightness.
    pub wave: WaveHash,
    /// From where the brightness rises.
    pub rise: RiseHash,
}

/// The codes of a picture. A view without detail has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[doc(alias = "sidik rupa")]
pub struct Likeness {
    /// As it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<Codes>,
    /// Without even borders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trimmed: Option<Codes>,
    /// The inner part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centre: Option<Codes>,
    /// Left and right exchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mirror: Option<Codes>,
}

/// How near two pictures are in the views that are nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Distance {
    /// Bits by which the wave codes differ.
    pub wave: u32,
    /// Bits by which the rise codes differ.
    pub rise: u32,
    /// The view of the first picture, then of the second.
    pub views: (View, View),
}

/// A picture found by [`search`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Found {
    /// Its place in the slice that was searched.
    pub place: usize,
    /// How near it is.
    pub distance: Distance,
}

impl Likeness {
    /// The codes of a picture.
    pub fn of(picture: &Picture) -> Likeness {
        let (width, height, points) = picture.grey(SIDE);
        let whole = Grey::new(width, height, &points);
        Likeness {
            whole: codes(&whole),
            trimmed: codes(&whole.trimmed()),
            centre: codes(&whole.centre()),
            mirror: codes(&whole.mirrored()),
        }
    }

    /// The codes of one view.
    pub fn view(&self, view: View) -> Option<Codes> {
        match view {
            View::Whole => self.whole,
            View::Trimmed => self.trimmed,
            View::Centre => self.centre,
            View::Mirror => self.mirror,
        }
    }

    /// How near two pictures are; none if a view without detail is all that there is to compare.
    pub fn distance(&self, other: &Likeness) -> Option<Distance> {
        let pairs = COMPARED.into_iter().filter_map(|(own, others)| {
            let (one, two) = (self.view(own)?, other.view(others)?);
            let (wave, rise) = (one.wave.distance(two.wave), one.rise.distance(two.rise));
            Some(Distance { wave, rise, views: (own, others) })
        });
        pairs.min_by_key(Distance::rank)
    }
}

impl Distance {
    /// Whether the two pictures are to be shown side by side.
    pub fn is_suggested(&self) -> bool {
        self.wave <= MAX_WAVE_DISTANCE || self.rise <= MAX_RISE_DISTANCE
    }

    /// Nearest first: what is suggested, then by both distances, each against its limit.
    fn rank(&self) -> (bool, u32) {
        (!self.is_suggested(), self.wave * MAX_RISE_DISTANCE + self.rise * MAX_WAVE_DISTANCE)
    }
}

/// The pictures that are like one, nearest first. All are looked at: a million take milliseconds.
pub fn search(picture: &Likeness, among: &[Likeness]) -> Vec<Found> {
    let near = among.iter().enumerate().filter_map(|(place, other)| {
        let distance = picture.distance(other).filter(Distance::is_suggested)?;
        Some(Found { place, distance })
    });
    let mut found: Vec<Found> = near.collect();
    found.sort_by_key(|found| (found.distance.rank(), found.place));
    found
}

fn codes(grey: &Grey) -> Option<Codes> {
    grey.has_detail().then(|| Codes {
        wave: WaveHash::of(&grey.shrunk(hash::WAVE_SIDE, hash::WAVE_SIDE)),
        rise: RiseHash::of(&grey.shrunk(hash::RISE_WIDTH, hash::RISE_HEIGHT)),
    })
}

#[cfg(test)]
mod tests;
