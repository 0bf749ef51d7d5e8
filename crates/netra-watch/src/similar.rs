//! The same text again, and later texts on the same matter.
//!
//! Near-duplicates: MinHash over runs of three words, found by bands, then compared. Follow-ups: the same
//! region, post and kind of act within some weeks. Both only propose.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::reading::Reading;
use crate::words::Words;

/// Smallest values of as many orderings of the shingles.
const SIZE: usize = 64;
/// Values that must all agree for two texts to be compared.
const BAND: usize = 4;
/// Words of a shingle.
const SHINGLE: usize = 3;
/// Texts whose shingles agree to this share are the same text.
const SAME: f64 = 0.55;
/// Later texts after more days begin a matter of their own.
const DAYS: i32 = 45;
/// Of texts that agree in a band at most so many are compared with a new one.
const COMPARED: usize = 12;

/// What is kept of a text to find it again: nothing of it can be read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(Vec<u32>);

impl Fingerprint {
    pub(crate) fn of(words: &Words<'_>) -> Fingerprint {
        let hashes: Vec<u64> = (0..words.list.len()).map(|place| hash_of(words.at(place))).collect();
        let runs = hashes.windows(SHINGLE.min(hashes.len().max(1)));
        let shingles: Vec<u64> =
            runs.map(|run| run.iter().fold(0_u64, |all, word| mix(all.rotate_left(23) ^ word))).collect();
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let values = (0..SIZE).map(|_| {
            seed = mix(seed);
            let factor = seed | 1;
            let smallest = shingles.iter().map(|shingle| shingle.wrapping_mul(factor) >> 32).min();
            smallest.and_then(|value| u32::try_from(value).ok()).unwrap_or(u32::MAX)
        });
        Fingerprint(values.collect())
    }

    /// A key for each band: texts with a key in common are compared.
    fn keys(&self) -> Vec<u64> {
        let bands = (0_u64..).zip(self.0.chunks(BAND));
        bands
            .map(|(band, values)| values.iter().fold(mix(band + 1), |key, value| mix(key ^ u64::from(*value))))
            .collect()
    }

    /// The bytes of which [`Fingerprint::from_bytes`] makes it again.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|value| value.to_be_bytes()).collect()
    }

    /// A fingerprint that was kept; none if the bytes are none of one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Fingerprint> {
        let (values, rest) = bytes.as_chunks::<4>();
        let fits = values.len() == SIZE && rest.is_empty();
        fits.then(|| Fingerprint(values.iter().map(|value| u32::from_be_bytes(*value)).collect()))
    }

    /// The share of shingles that two texts have in common, estimated.
    pub fn similarity(&self, other: &Fingerprint) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        f64::from(u32::try_from(same).unwrap_or(0)) / f64::from(u32::try_from(SIZE).unwrap_or(1))
    }
}

fn hash_of(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Spreads every bit over all (the end of SplitMix64).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// What grouping asks of a text.
#[derive(Clone, Debug)]
pub struct Member {
    /// The text.
    pub fingerprint: Fingerprint,
    /// Code of the region it is about; texts without one are no follow-ups.
    pub region: Option<String>,
    /// Posts or kinds of persons.
    pub subjects: Vec<String>,
    /// Acts, in words or ids.
    pub acts: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Whether it tells of a case; others are only compared as texts.
    pub case: bool,
}

impl Member {
    /// What grouping asks of a reading.
    pub fn of(reading: &Reading) -> Member {
        Member {
            fingerprint: reading.fingerprint.clone(),
            region: reading.regions.first().map(|region| region.code.clone()),
            subjects: reading.subjects.clone(),
            acts: reading.acts.iter().map(|act| act.violation.clone()).collect(),
            published: reading.published.map(|published| published.date),
            case: reading.case,
        }
    }
}

/// How a text is related to an earlier one, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// To none.
    First,
    /// The same text, a little changed at most.
    Duplicate(usize),
    /// Another text on what looks like the same matter.
    FollowUp(usize),
}

/// A text's group and relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Texts of one number belong together.
    pub group: usize,
    /// To an earlier text of the group.
    pub relation: Relation,
}

/// Puts texts into groups, in the order in which they are given.
pub fn group(members: &[Member]) -> Vec<Placed> {
    let mut bands: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut matters: HashMap<(String, String), Vec<usize>> = HashMap::new();
    let mut placed: Vec<Placed> = Vec::with_capacity(members.len());
    let mut groups = 0;
    for (n, member) in members.iter().enumerate() {
        let keys = member.fingerprint.keys();
        let relation = match duplicate(members, member, &keys, &bands) {
            Some(earlier) => Relation::Duplicate(earlier),
            None => follow_up(members, member, &matters).map_or(Relation::First, Relation::FollowUp),
        };
        let group = match relation {
            Relation::First => None,
            Relation::Duplicate(earlier) | Relation::FollowUp(earlier) => placed.get(earlier).map(|p| p.group),
        };
        let group = group.unwrap_or_else(|| {
            groups += 1;
            groups
        });
        placed.push(Placed { group, relation });
        // A duplicate is found by what it repeats; keeping it too would only fill the bands.
        if matches!(relation, Relation::Duplicate(_)) {
            continue;
        }
        for key in keys {
            let list = bands.entry(key).or_default();
            if list.len() < COMPARED {
                list.push(n);
            }
        }
        if let (Some(region), true) = (&member.region, member.case) {
            for subject in &member.subjects {
                matters.entry((region.clone(), subject.clone())).or_default().push(n);
            }
        }
    }
    placed
}

fn duplicate(members: &[Member], member: &Member, keys: &[u64], bands: &HashMap<u64, Vec<usize>>) -> Option<usize> {
    let candidates = keys.iter().filter_map(|key| bands.get(key)).flatten();
    let near = candidates.filter_map(|earlier| {
        let similarity = members.get(*earlier)?.fingerprint.similarity(&member.fingerprint);
        (similarity >= SAME).then_some((similarity, *earlier))
    });
    near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, earlier)| earlier)
}

/// The latest earlier case of the same region and post with an act in common.
fn follow_up(members: &[Member], member: &Member, matters: &HashMap<(String, String), Vec<usize>>) -> Option<usize> {
    let region = member.region.as_ref().filter(|_| member.case)?;
    let lists = member.subjects.iter().filter_map(|subject| matters.get(&(region.clone(), subject.clone())));
    let fits = |earlier: &usize| {
        members.get(*earlier).is_some_and(|known| {
            let act = known.acts.iter().any(|act| member.acts.contains(act));
            let near = match (known.published, member.published) {
                (Some(a), Some(b)) => a.until(b).is_ok_and(|span| span.get_days().abs() <= DAYS),
                _ => true,
            };
            act && near
        })
    };
    lists.filter_map(|list| list.iter().rev().take(COMPARED).copied().find(|earlier| fits(earlier))).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(text: &str, region: &str, published: &str) -> Member {
        Member {
            fingerprint: Fingerprint::of(&Words::new(text)),
            region: Some(region.to_owned()),
            subjects: vec!["camat".to_owned()],
            acts: vec!["DIS-07".to_owned()],
            published: published.parse().ok(),
            case: true,
        }
    }

    const TEXT: &str = "Seorang camat di kota itu berfoto bersama calon wali kota dan mengunggahnya di media sosial. \
        Pengawas pemilu menelusuri unggahan itu sejak kemarin dan akan meminta keterangan dari yang bersangkutan. \
        Warga yang melihatnya sudah menyampaikan laporan lengkap dengan tangkapan layar kepada petugas.";

    #[test]
    fn copies_are_found_and_others_are_not() {
        let copy = TEXT.replace("Seorang camat", "Oknum camat");
        let other =
            "Harga beras di pasar induk naik menjelang hari raya, kata pedagang. Pemerintah menyiapkan operasi pasar.";
        let placed = group(&[member(TEXT, "64.71", ""), member(other, "33.01", ""), member(&copy, "64.71", "")]);
        assert_eq!(placed[0], Placed { group: 1, relation: Relation::First });
        assert_eq!(placed[1], Placed { group: 2, relation: Relation::First });
        assert_eq!(placed[2], Placed { group: 1, relation: Relation::Duplicate(0) });
    }

    #[test]
    fn follow_ups_share_region_post_and_act_within_some_weeks() {
        let later = "Camat itu hari ini datang ke kantor pengawas dan ditanyai dua jam lamanya tentang fotonya.";
        let first = member(TEXT, "64.71", "2024-10-01");
        let elsewhere = member(later, "64.72", "2024-10-05");
        let soon = member(later, "64.71", "2024-10-05");
        let long_after = member(later, "64.71", "2025-10-05");
        let relation = |second: Member| group(&[first.clone(), second])[1].relation;
        assert_eq!(relation(elsewhere), Relation::First);
        assert_eq!(relation(soon), Relation::FollowUp(0));
        assert_eq!(relation(long_after), Relation::First);
    }

    #[test]
    fn fingerprints_are_kept_as_bytes() {
        let print = Fingerprint::of(&Words::new(TEXT));
        let bytes = print.to_bytes();
        assert_eq!(Fingerprint::from_bytes(&bytes), Some(print));
        let doubled = bytes.repeat(2);
        for bad in [&bytes[1..], &bytes[4..], doubled.as_slice(), b"".as_slice()] {
            assert_eq!(Fingerprint::from_bytes(bad), None);
        }
    }

    #[test]
    fn texts_without_words_are_no_trouble() {
        let empty = Member { case: false, ..member("", "64.71", "") };
        assert_eq!(group(&[empty.clone(), empty])[1].relation, Relation::Duplicate(0));
        assert!(group(&[]).is_empty());
    }
}
