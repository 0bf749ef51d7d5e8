//! The closed lists: titles, degrees, forms of Muhammad, short forms, words of respect and of lineage.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::Sex;

/// The most letters of a word of the lists.
const LONGEST: usize = 16;

/// What a word at the front of a name says.
#[derive(Clone, Copy)]
pub(super) struct Title {
    /// A bit for its class; none for those that anybody may be called.
    pub(super) class: u16,
    pub(super) sex: Sex,
    pub(super) dot: Dot,
}

/// Whether a word is a title only with a full stop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dot {
    /// With or without.
    Free,
    /// Without it is a name or an initial.
    Needed,
}

/// The class of those who made the pilgrimage.
pub(super) const HAJI: u16 = 1 << 6;

const TITLES: [(&str, u16, Sex, Dot); 37] = [
    ("drs", 1, Sex::Man, Dot::Free),
    ("dra", 1, Sex::Woman, Dot::Free),
    ("ir", 1 << 1, Sex::Unknown, Dot::Free),
    ("dr", 1 << 2, Sex::Unknown, Dot::Free),
    ("drg", 1 << 3, Sex::Unknown, Dot::Free),
    ("drh", 1 << 4, Sex::Unknown, Dot::Free),
    ("prof", 1 << 5, Sex::Unknown, Dot::Free),
    ("h", HAJI, Sex::Man, Dot::Free),
    ("hj", HAJI, Sex::Woman, Dot::Free),
    ("hjh", HAJI, Sex::Woman, Dot::Free),
    ("haji", HAJI, Sex::Man, Dot::Free),
    ("hajjah", HAJI, Sex::Woman, Dot::Free),
    ("kh", HAJI, Sex::Man, Dot::Free),
    ("ns", 1 << 7, Sex::Unknown, Dot::Free),
    ("apt", 1 << 8, Sex::Unknown, Dot::Free),
    ("kyai", 0, Sex::Man, Dot::Free),
    ("kiai", 0, Sex::Man, Dot::Free),
    ("nyai", 0, Sex::Woman, Dot::Free),
    ("ny", 0, Sex::Woman, Dot::Free),
    ("tn", 0, Sex::Man, Dot::Free),
    ("nn", 0, Sex::Woman, Dot::Free),
    ("sdr", 0, Sex::Man, Dot::Free),
    ("sdri", 0, Sex::Woman, Dot::Free),
    ("bpk", 0, Sex::Man, Dot::Free),
    ("bapak", 0, Sex::Man, Dot::Free),
    ("ibu", 0, Sex::Woman, Dot::Free),
    ("tgk", 0, Sex::Unknown, Dot::Free),
    ("ust", 0, Sex::Man, Dot::Free),
    ("ustadz", 0, Sex::Man, Dot::Free),
    ("ustaz", 0, Sex::Man, Dot::Free),
    ("ustadzah", 0, Sex::Woman, Dot::Free),
    ("rr", 0, Sex::Woman, Dot::Free),
    ("cand", 0, Sex::Unknown, Dot::Free),
    ("r", 0, Sex::Unknown, Dot::Needed),
    ("hb", 0, Sex::Unknown, Dot::Needed),
    ("kp", 0, Sex::Unknown, Dot::Needed),
    ("gr", 0, Sex::Unknown, Dot::Needed),
];

/// Degrees without their full stops. Each has a bit, so there are at most 128; none of them is a name.
const DEGREES: [&str; 106] = [
    "spd", "spdi", "ssos", "sh", "se", "st", "skom", "sap", "sstp", "sag", "amd", "amdkeb", "skm", "sip", "mm", "mh",
    "msi", "mpd", "map", "mt", "mag", "mkes", "mkom", "mhum", "mip", "skep", "skeb", "ners", "spsi", "spt", "sp",
    "spi", "shut", "ssi", "ssn", "sst", "stp", "sthi", "shi", "sei", "spdsd", "spdaud", "amkeb", "amk", "amkep",
    "amkg", "mpdi", "mpsi", "mp", "mmpd", "mba", "msc", "mph", "lc", "ma", "ba", "be", "bsc", "phd", "sspd", "strkeb",
    "strkep", "sfarm", "sgz", "skg", "sked", "skh", "sstr", "mkn", "mtr", "mepd", "mtpd", "mak", "ak", "ca", "cpa",
    "ccd", "crmp", "sps", "spb", "spog", "spa", "spm", "aks", "str", "amak", "amg", "spdk", "spdh", "spdb", "sthk",
    "mth", "stt", "sti", "mti", "mcs", "meng", "mec", "mpol", "mikom", "sikom", "mars", "mtrkeb", "sptk", "makp",
    "mff",
];

/// Forms of Muhammad. `M` alone is one too, in front of other words.
const MUHAMMAD: [&str; 24] = [
    "muhammad",
    "muhamad",
    "muhammed",
    "muhamed",
    "mohammad",
    "mohamad",
    "mohammed",
    "mohamed",
    "mochammad",
    "mochamad",
    "mokhammad",
    "mokhamad",
    "muchammad",
    "muchamad",
    "mukhammad",
    "mukhamad",
    "moh",
    "muh",
    "moch",
    "mokh",
    "mhd",
    "mohd",
    "muhd",
    "mhmd",
];

/// Words of respect that come and go.
const RESPECT: [&str; 13] =
    ["haji", "hajjah", "ustadz", "ustad", "ustaz", "ustadzah", "kyai", "kiai", "bang", "cak", "mas", "gus", "al"];

/// Words after which another person or another name follows.
const LINEAGE: [(&str, Sex); 6] = [
    ("bin", Sex::Man),
    ("binti", Sex::Woman),
    ("bt", Sex::Woman),
    ("bte", Sex::Woman),
    ("alias", Sex::Unknown),
    ("als", Sex::Unknown),
];

/// Short forms and other spellings that folding does not reach.
const IN_FULL: [(&str, &str); 28] = [
    ("abd", "abdul"),
    ("abdl", "abdul"),
    ("achmad", "ahmad"),
    ("akhmad", "ahmad"),
    ("ach", "ahmad"),
    ("akh", "ahmad"),
    ("st", "siti"),
    ("sti", "siti"),
    ("sitti", "siti"),
    ("md", "made"),
    ("wy", "wayan"),
    ("wyn", "wayan"),
    ("kt", "ketut"),
    ("nym", "nyoman"),
    ("nyn", "nyoman"),
    ("gst", "gusti"),
    ("gusthi", "gusti"),
    ("ngr", "ngurah"),
    ("pt", "putu"),
    ("kd", "kadek"),
    ("km", "komang"),
    ("gd", "gede"),
    ("gde", "gede"),
    ("bgs", "bagus"),
    ("noor", "nur"),
    ("frans", "fransiskus"),
    ("fransiscus", "fransiskus"),
    ("yohannes", "yohanes"),
];

/// A word as a number, by which it is looked up; none for longer ones, which are in no list.
pub(super) fn packed<'b>(letters: impl Iterator<Item = &'b u8>) -> Option<u128> {
    let mut number = 0;
    for (place, letter) in letters.enumerate() {
        if place == LONGEST {
            return None;
        }
        number = (number << 8) | u128::from(*letter);
    }
    Some(number)
}

/// A list as a map by packed words.
fn table<V>(entries: impl Iterator<Item = (&'static str, V)>) -> FxHashMap<u128, V> {
    entries.filter_map(|(word, value)| packed(word.as_bytes().iter()).map(|key| (key, value))).collect()
}

static TITLE: LazyLock<FxHashMap<u128, Title>> =
    LazyLock::new(|| table(TITLES.iter().map(|&(word, class, sex, dot)| (word, Title { class, sex, dot }))));
static DEGREE: LazyLock<FxHashMap<u128, u128>> =
    LazyLock::new(|| table(DEGREES.iter().enumerate().map(|(place, word)| (*word, 1u128 << place))));
static IS_MUHAMMAD: LazyLock<FxHashMap<u128, ()>> = LazyLock::new(|| table(MUHAMMAD.iter().map(|word| (*word, ()))));
static IS_RESPECT: LazyLock<FxHashMap<u128, ()>> = LazyLock::new(|| table(RESPECT.iter().map(|word| (*word, ()))));
static LINEAGES: LazyLock<FxHashMap<u128, Sex>> = LazyLock::new(|| table(LINEAGE.iter().copied()));
static FULL: LazyLock<FxHashMap<u128, &'static str>> = LazyLock::new(|| table(IN_FULL.iter().copied()));

/// The title that a word is.
pub(super) fn title(word: &[u8]) -> Option<Title> {
    TITLE.get(&packed(word.iter())?).copied()
}

/// The degree that packed letters are, as a bit.
pub(super) fn degree(packed: u128) -> Option<u128> {
    DEGREE.get(&packed).copied()
}

/// Whether a word is Muhammad.
pub(super) fn is_muhammad(word: &[u8]) -> bool {
    packed(word.iter()).is_some_and(|key| IS_MUHAMMAD.contains_key(&key))
}

/// Whether a word only shows respect.
pub(super) fn is_respect(word: &[u8]) -> bool {
    packed(word.iter()).is_some_and(|key| IS_RESPECT.contains_key(&key))
}

/// What a word of lineage tells about the one before it.
pub(super) fn lineage(word: &[u8]) -> Option<Sex> {
    LINEAGES.get(&packed(word.iter())?).copied()
}

/// The word that a short form stands for.
pub(super) fn in_full(word: &[u8]) -> Option<&'static [u8]> {
    FULL.get(&packed(word.iter())?).map(|full| full.as_bytes())
}
