//! Which regions a text is about.
//!
//! A name counts by what stands around it (*Kabupaten*, *Bawaslu*, a dateline, a preposition); names of a regency and a
//! city, or of districts in several regencies, are told apart by the nearest higher unit that the text names.

use crate::data::Tables;
use crate::lexicon::{Hit, Meaning};
use crate::regions::{Region, RegionKind};
use crate::scene::Scene;
use crate::words::Shape;

/// A region that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundRegion {
    /// Code of the Ministry of Home Affairs.
    pub code: String,
    /// `Kota Balikpapan`.
    pub name: String,
    /// What it is.
    pub kind: RegionKind,
    /// From 0 to 1.
    pub confidence: f64,
}

/// A place in the text where a name of regions stands.
pub(crate) struct Mention {
    /// Regions that have this name.
    candidates: Vec<usize>,
    kind: Option<RegionKind>,
    pub from: usize,
    pub to: usize,
    weight: f64,
    /// The region that is meant.
    pub region: Option<usize>,
    /// Whether nothing but a guess chose among several.
    guessed: bool,
}

/// Words that say what kind of region follows.
const MARKERS: [(&str, RegionKind); 25] = [
    ("kabupaten", RegionKind::Regency),
    ("kab", RegionKind::Regency),
    ("pemkab", RegionKind::Regency),
    ("bupati", RegionKind::Regency),
    ("wabup", RegionKind::Regency),
    ("pilbup", RegionKind::Regency),
    ("kota", RegionKind::City),
    ("pemkot", RegionKind::City),
    ("pemko", RegionKind::City),
    ("walikota", RegionKind::City),
    ("wawali", RegionKind::City),
    ("pilwali", RegionKind::City),
    ("pilwalkot", RegionKind::City),
    ("pilwako", RegionKind::City),
    ("provinsi", RegionKind::Province),
    ("prov", RegionKind::Province),
    ("propinsi", RegionKind::Province),
    ("pemprov", RegionKind::Province),
    ("gubernur", RegionKind::Province),
    ("wagub", RegionKind::Province),
    ("pilgub", RegionKind::Province),
    ("kecamatan", RegionKind::District),
    ("kec", RegionKind::District),
    ("distrik", RegionKind::District),
    ("kapanewon", RegionKind::District),
];

/// Posts and bodies of a district: a name that follows is first looked for among districts.
const OF_DISTRICTS: [&str; 12] = [
    "kecamatan",
    "kec",
    "distrik",
    "kapanewon",
    "kemantren",
    "camat",
    "panewu",
    "panwascam",
    "sekcam",
    "anom",
    "kapolsek",
    "panwaslucam",
];

/// Bodies and posts beside which a name is surely a region.
const BODIES: [&str; 24] = [
    "bawaslu",
    "kpu",
    "panwaslu",
    "panwaslih",
    "dprd",
    "polres",
    "polresta",
    "pilkada",
    "sekda",
    "kejari",
    "bkpsdm",
    "bkd",
    "inspektorat",
    "satpol",
    "pp",
    "disdik",
    "dinkes",
    "kesbangpol",
    "asn",
    "pns",
    "warga",
    "kemenag",
    "polrestabes",
    "gakkumdu",
];

/// Words beside which a name is something smaller, or no region at all.
const SMALLER: [&str; 25] = [
    "desa",
    "kelurahan",
    "kel",
    "dusun",
    "jalan",
    "jl",
    "jln",
    "kampung",
    "nagari",
    "sungai",
    "gunung",
    "universitas",
    "bank",
    "pt",
    "cv",
    "radar",
    "tribun",
    "media",
    "pos",
    "harian",
    "hotel",
    "pasar",
    "rsud",
    "puskesmas",
    "pulau",
];

/// A regency or city must reach this share of a province's weight to be named before it.
const SHARE_OF_PROVINCE: f64 = 0.6;
/// What lies below this share of the best region is not listed.
const SHARE_OF_BEST: f64 = 0.25;
/// So many regions are listed at most.
const MOST: usize = 8;

/// All places of a text where regions are named, each with the region that is meant.
pub(crate) fn mentions(scene: &Scene<'_, '_>, tables: &Tables) -> Vec<Mention> {
    let mut list = Vec::new();
    for sentence in &scene.sentences {
        let mut place = sentence.words.start;
        while place < sentence.words.end {
            match mention(scene, tables, place, sentence.words.start) {
                Some(mut mention) => {
                    if sentence.is_title {
                        mention.weight += 1.0;
                    }
                    place = mention.to;
                    list.push(mention);
                }
                None => place += 1,
            }
        }
    }
    choose(scene, tables, &mut list);
    list
}

/// A name at a word, if one stands there and counts.
fn mention(scene: &Scene<'_, '_>, tables: &Tables, place: usize, start: usize) -> Option<Mention> {
    let words = &scene.words;
    if words.shape(place) == Shape::Lower || words.shape(place) == Shape::Number {
        return None;
    }
    let word = |n: usize| words.at(place + n);
    let before = |n: usize| place.checked_sub(n).map_or("", |at| words.at(at));
    let close = place > start && !scene.words.gap_before(place).contains(['\n', ',', ';']);
    let last = if close { before(1) } else { "" };
    if OF_DISTRICTS.contains(&last)
        && let Some((candidates, length)) = tables.regions.district(&word)
    {
        let kind = Some(RegionKind::District);
        let (from, to) = (place, place + length);
        return Some(Mention { candidates, kind, from, to, weight: 1.0, region: None, guessed: false });
    }
    let (candidates, length) = tables.regions.named(&word)?;
    if (1..length).any(|n| words.shape(place + n) == Shape::Lower && word(n) != "dan") {
        return None;
    }
    // *Wali Kota Balikpapan*, *Bawaslu Kota Balikpapan*: what stands before the marker adds to it.
    let marked = MARKERS.iter().find(|(marker, kind)| *marker == last && *kind != RegionKind::District);
    let kind = marked.map(|(_, kind)| *kind);
    let alone = candidates.iter().any(|c| tables.regions.get(*c).is_some_and(|region| region.alone));
    let dateline = is_dateline(scene, place);
    let weight = match last {
        _ if kind.is_some() => 2.0 + if BODIES.contains(&before(2)) || before(2) == "wali" { 0.5 } else { 0.0 },
        last if SMALLER.contains(&last) => return None,
        last if BODIES.contains(&last) => 2.0,
        _ if dateline => 1.6,
        "di" | "ke" | "dari" | "se" => 1.2,
        _ if !alone => return None,
        _ => 0.8,
    };
    Some(Mention { candidates, kind, from: place, to: place + length, weight, region: None, guessed: false })
}

/// The first words of the text proper, before a dash or comma.
fn is_dateline(scene: &Scene<'_, '_>, place: usize) -> bool {
    let body = scene.sentences.iter().filter(|sentence| !sentence.is_title).take(3);
    body.map(|sentence| sentence.words.start).any(|start| start == place)
}

/// Decides for each name which region is meant.
fn choose(scene: &Scene<'_, '_>, tables: &Tables, list: &mut [Mention]) {
    let get = |place: usize| tables.regions.get(place);
    // First those that have one reading, alone or with their marker.
    for mention in list.iter_mut().filter(|m| m.kind != Some(RegionKind::District)) {
        let of_kind = |c: &&usize| mention.kind.is_none_or(|kind| get(**c).is_some_and(|region| region.kind == kind));
        let fitting: Vec<usize> = mention.candidates.iter().filter(of_kind).copied().collect();
        let only = match (fitting.as_slice(), mention.candidates.as_slice()) {
            ([only], _) | ([], [only]) => Some(*only),
            _ => None,
        };
        if only.is_some() {
            mention.region = only;
        } else if !fitting.is_empty() {
            mention.candidates = fitting;
        }
    }
    // Then the rest: what the text calls by its kind elsewhere, what lies in a region that it names, and
    // what its other words speak of.
    let sure: Vec<usize> = list.iter().filter_map(|m| m.region).collect();
    let mut leaning = None;
    for mention in list.iter_mut().filter(|m| m.region.is_none() && m.kind != Some(RegionKind::District)) {
        let leaning = *leaning.get_or_insert_with(|| self::leaning(scene));
        let repeated = mention.candidates.iter().find(|c| sure.contains(c)).copied();
        let in_province = |c: &&usize| get(**c).is_some_and(|region| lies_in_one_of(region, &sure, tables));
        let inside: Vec<usize> = mention.candidates.iter().filter(in_province).copied().collect();
        let inside = match inside.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let by_kind = mention.candidates.iter().find(|c| get(**c).is_some_and(|region| region.kind == leaning));
        mention.guessed = repeated.or(inside).is_none();
        mention.region = repeated.or(inside).or(by_kind.copied()).or(mention.candidates.first().copied());
    }
    // Districts last: inside a regency that the text names, else inside its province, else the only one.
    let known: Vec<usize> = list.iter().filter_map(|m| m.region).collect();
    let known: Vec<&Region> = known.iter().filter_map(|place| get(*place)).collect();
    for mention in list.iter_mut().filter(|m| m.kind == Some(RegionKind::District)) {
        let inside = |kinds: &[RegionKind]| {
            let parents: Vec<&&Region> = known.iter().filter(|region| kinds.contains(&region.kind)).collect();
            let lies = |c: &&usize| parents.iter().any(|parent| get(**c).is_some_and(|d| d.is_in(&parent.code)));
            let mut found = mention.candidates.iter().filter(lies);
            found.next().copied().filter(|_| kinds.contains(&RegionKind::City) || found.next().is_none())
        };
        let only = mention.candidates.first().copied().filter(|_| mention.candidates.len() == 1);
        mention.region =
            inside(&[RegionKind::Regency, RegionKind::City]).or_else(|| inside(&[RegionKind::Province])).or(only);
    }
}

/// Whether a regency or city lies in a province among the regions.
fn lies_in_one_of(region: &Region, sure: &[usize], tables: &Tables) -> bool {
    let mut provinces = sure.iter().filter_map(|place| tables.regions.get(*place));
    region.kind != RegionKind::Province
        && provinces.any(|known| known.kind == RegionKind::Province && region.is_in(&known.code))
}

/// Whether a text speaks of a city or of a regency.
fn leaning(scene: &Scene<'_, '_>) -> RegionKind {
    let (mut city, mut regency) = (0, 0);
    for place in 0..scene.words.list.len() {
        match scene.words.at(place) {
            "walikota" | "pemkot" | "kelurahan" | "pilwalkot" | "pilwali" | "wawali" | "lurah" | "pilwako" => city += 1,
            "wali" if scene.words.at(place + 1) == "kota" => city += 1,
            "bupati" | "pemkab" | "desa" | "kades" | "pilbup" | "kabupaten" | "wabup" | "cabup" | "perdes" => {
                regency += 1
            }
            _ => {}
        }
    }
    if regency > city { RegionKind::Regency } else { RegionKind::City }
}

/// The regions of a text, the one it is about first.
pub(crate) fn regions(list: &[Mention], tables: &Tables) -> Vec<FoundRegion> {
    let mut scores: Vec<Score<'_>> = Vec::new();
    for mention in list {
        let Some(region) = mention.region.and_then(|place| tables.regions.get(place)) else { continue };
        add(&mut scores, region, mention.weight, mention.guessed);
        if region.kind == RegionKind::District {
            let parent = region.code.rsplit_once('.').map_or("", |(parent, _)| parent);
            let parent = tables.regions.by_code(parent).and_then(|place| tables.regions.get(place));
            if let Some(parent) = parent {
                add(&mut scores, parent, mention.weight * 0.9, false);
            }
        }
    }
    let provinces: Vec<Box<str>> =
        scores.iter().filter(|s| s.region.kind == RegionKind::Province).map(|s| s.region.code.clone()).collect();
    for score in scores.iter_mut().filter(|s| s.region.kind != RegionKind::Province) {
        if provinces.iter().any(|code| score.region.is_in(code)) {
            score.weight += 0.4;
        }
    }
    order(&mut scores);
    let best = scores.first().map_or(0.0, |score| score.weight);
    let listed = scores.into_iter().filter(|score| score.weight >= best * SHARE_OF_BEST).take(MOST);
    listed.map(Score::found).collect()
}

struct Score<'r> {
    region: &'r Region,
    weight: f64,
    guessed: bool,
}

impl Score<'_> {
    fn found(self) -> FoundRegion {
        let sure = (self.weight / (self.weight + 0.25)).min(0.98);
        let confidence = if self.guessed { sure * 0.7 } else { sure };
        FoundRegion {
            code: self.region.code.to_string(),
            name: self.region.title(),
            kind: self.region.kind,
            confidence: (confidence * 100.0).round() / 100.0,
        }
    }
}

fn add<'r>(scores: &mut Vec<Score<'r>>, region: &'r Region, weight: f64, guessed: bool) {
    match scores.iter_mut().find(|score| score.region.code == region.code) {
        Some(score) => {
            // A name repeated often says little more than a name repeated twice.
            score.weight += weight * if score.weight > 6.0 { 0.2 } else { 1.0 };
            score.guessed &= guessed;
        }
        None => scores.push(Score { region, weight, guessed }),
    }
}

/// Regencies and cities first, unless the text is about a province and names them only by the way; districts
/// after their regency.
fn order(scores: &mut [Score<'_>]) {
    let province = heaviest(scores, &[RegionKind::Province]);
    let local = heaviest(scores, &[RegionKind::Regency, RegionKind::City]);
    let provincial = local < province * SHARE_OF_PROVINCE;
    let rank = |kind: RegionKind| match kind {
        RegionKind::Province if provincial => 0,
        RegionKind::Regency | RegionKind::City => 1,
        RegionKind::District => 2,
        RegionKind::Province => 3,
    };
    scores.sort_by(|a, b| rank(a.region.kind).cmp(&rank(b.region.kind)).then(b.weight.total_cmp(&a.weight)));
}

fn heaviest(scores: &[Score<'_>], kinds: &[RegionKind]) -> f64 {
    scores.iter().filter(|s| kinds.contains(&s.region.kind)).map(|s| s.weight).fold(0.0, f64::max)
}

/// The bodies that a text names, with their region where it follows: `Bawaslu Kota Balikpapan`.
pub(crate) fn agencies(scene: &Scene<'_, '_>, tables: &Tables, list: &[Mention]) -> Vec<String> {
    let mut with_region: Vec<(usize, String)> = Vec::new();
    let mut bare: Vec<(usize, String)> = Vec::new();
    for hit in &scene.hits {
        let Meaning::Agency(place) = hit.meaning else { continue };
        let Some(agency) = tables.agencies.get(place) else { continue };
        let region = if agency.region { region_after(scene, tables, list, hit) } else { None };
        match region {
            Some(name) => push(&mut with_region, (place, joined(&agency.name, &name))),
            None if agency.region && scene.words.at(hit.to) == "ri" => {
                push(&mut with_region, (place, format!("{} RI", agency.name)));
            }
            None => push(&mut bare, (place, agency.name.clone())),
        }
    }
    bare.retain(|(place, _)| !with_region.iter().any(|(known, _)| known == place));
    let mut all = with_region;
    all.extend(bare);
    all.into_iter().map(|(_, name)| name).collect()
}

fn push(list: &mut Vec<(usize, String)>, entry: (usize, String)) {
    if !list.contains(&entry) {
        list.push(entry);
    }
}

/// `Pemerintah Kabupaten` and `Kabupaten Paser` share a word.
fn joined(agency: &str, region: &str) -> String {
    let kind = region.split(' ').next().unwrap_or("");
    match agency.strip_suffix(kind).filter(|_| !kind.is_empty()) {
        Some(start) => format!("{start}{region}"),
        None => format!("{agency} {region}"),
    }
}

fn region_after(scene: &Scene<'_, '_>, tables: &Tables, list: &[Mention], hit: &Hit) -> Option<String> {
    const LINKS: [&str; 6] = ["kabupaten", "kab", "kota", "provinsi", "prov", "kecamatan"];
    let mut next = hit.to;
    while next < hit.to + 2 && LINKS.contains(&scene.words.at(next)) {
        next += 1;
    }
    if scene.words.gap_before(next).contains(['\n', ',', ';', '(']) {
        return None;
    }
    let mention = list.iter().find(|mention| mention.from == next)?;
    let region = tables.regions.get(mention.region?)?;
    Some(match region.kind {
        RegionKind::Province => format!("Provinsi {}", region.name),
        _ => region.title(),
    })
}
