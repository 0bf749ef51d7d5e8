//! Numbers that a text quotes: how many persons, cases or reports.

use crate::scene::Scene;
use crate::words::Shape;

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// The number.
    pub value: u32,
    /// What it counts: `orang`, `kasus` …
    pub of: String,
    /// The words.
    pub text: String,
    /// Whether the headline has it.
    pub in_title: bool,
}

const COUNTED: [&str; 34] = [
    "orang",
    "asn",
    "pns",
    "pppk",
    "kasus",
    "laporan",
    "temuan",
    "pelanggaran",
    "perkara",
    "kades",
    "camat",
    "lurah",
    "guru",
    "pegawai",
    "pejabat",
    "kepala",
    "perangkat",
    "honorer",
    "saksi",
    "terlapor",
    "aduan",
    "dugaan",
    "kecamatan",
    "kelurahan",
    "kabupaten",
    "desa",
    "oknum",
    "aparatur",
    "rekomendasi",
    "staf",
    "anggota",
    "unggahan",
    "spanduk",
    "baliho",
];

const UNITS: [&str; 10] = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];

/// The numbers of a text, each once.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Vec<FoundNumber> {
    let words = &scene.words;
    let mut found: Vec<FoundNumber> = Vec::new();
    for sentence in &scene.sentences {
        let mut place = sentence.words.start;
        while place < sentence.words.end {
            let Some((value, length)) = number(scene, place) else {
                place += 1;
                continue;
            };
            let next = place + length;
            if next < sentence.words.end && COUNTED.contains(&words.at(next)) {
                let number = FoundNumber {
                    value,
                    of: words.at(next).to_owned(),
                    text: words.between(place, next + 1).to_owned(),
                    in_title: sentence.is_title,
                };
                if !found.iter().any(|known| known.value == value && known.of == number.of) {
                    found.push(number);
                }
            }
            place = next;
        }
    }
    found
}

/// A number in digits or in words up to ninety-nine, and how many words it takes.
fn number(scene: &Scene<'_, '_>, place: usize) -> Option<(u32, usize)> {
    let words = &scene.words;
    if words.shape(place) == Shape::Number {
        let part_of_more =
            ["/", ".", "-", ","].iter().any(|mark| words.gap_before(place) == *mark || words.gap_after(place) == *mark);
        return words.number(place, 4).filter(|_| !part_of_more).map(|value| (value, 1));
    }
    let unit = |at: usize| {
        let value = UNITS.iter().position(|name| *name == words.at(at))?;
        u32::try_from(value).ok()
    };
    match words.at(place) {
        "seorang" => return None,
        "sepuluh" => return Some((10, 1)),
        "sebelas" => return Some((11, 1)),
        _ => {}
    }
    let first = unit(place)?;
    match words.at(place + 1) {
        "belas" => Some((10 + first, 2)),
        "puluh" => match unit(place + 2) {
            Some(second) => Some((first * 10 + second, 3)),
            None => Some((first * 10, 2)),
        },
        _ => Some((first, 1)),
    }
}

/// Whether the text proper has a number anywhere, whatever it counts.
pub(crate) fn says(scene: &Scene<'_, '_>, value: u32) -> bool {
    let body = scene.sentences.iter().filter(|sentence| !sentence.is_title);
    body.flat_map(|sentence| sentence.words.clone()).any(|place| number(scene, place).is_some_and(|(n, _)| n == value))
}
