//! Affixes of Indonesian words.
//!
//! A light stemmer without a dictionary: it takes off what is certainly an affix by its shape and leaves at least four
//! letters. It serves finding, where both sides pass through it; that *beruang* and *uang* meet is the price.

/// The shortest stem, in letters.
const SHORTEST: usize = 4;

/// Particles and possessives, taken off once, the longest first.
const PARTICLES: [&str; 7] = ["nya", "lah", "kah", "tah", "pun", "ku", "mu"];
/// Suffixes that make words, taken off once.
const SUFFIXES: [&str; 3] = ["kan", "an", "i"];

/// Prefixes; where the first letter of the stem melted into one, the letter that comes back.
const PREFIXES: [(&str, &str); 21] = [
    ("memper", ""),
    ("diper", ""),
    ("keber", ""),
    ("menge", ""),
    ("penge", ""),
    ("meng", ""),
    ("peng", ""),
    ("meny", "s"),
    ("peny", "s"),
    ("mem", ""),
    ("pem", ""),
    ("men", ""),
    ("pen", ""),
    ("ber", ""),
    ("ter", ""),
    ("per", ""),
    ("me", ""),
    ("di", ""),
    ("ke", ""),
    ("se", ""),
    ("pe", ""),
];

/// The stem of a word in lower case. O(length).
pub fn stem(word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let mut text = without_end(word, &PARTICLES).to_owned();
    text = without_end(&text, &SUFFIXES).to_owned();
    // Two prefixes at most: *memperdengar*, *keterlibat*.
    for _ in 0..2 {
        match without_prefix(&text) {
            Some(shorter) => text = shorter,
            None => break,
        }
    }
    text
}

fn without_end<'w>(word: &'w str, ends: &[&str]) -> &'w str {
    let shorter = ends.iter().filter_map(|end| word.strip_suffix(end)).find(|rest| rest.len() >= SHORTEST);
    shorter.unwrap_or(word)
}

fn without_prefix(word: &str) -> Option<String> {
    let (prefix, rest) = PREFIXES.iter().find_map(|(prefix, back)| {
        let rest = word.strip_prefix(prefix)?;
        fits(prefix, rest).then(|| (*prefix, format!("{back}{rest}")))
    })?;
    let melted = melted(prefix, &rest);
    let stem = melted.map_or_else(|| rest.clone(), |letter| format!("{letter}{rest}"));
    (stem.len() >= SHORTEST && has_vowel(&stem)).then_some(stem)
}

/// Whether the letters behind a prefix are those before which it stands.
fn fits(prefix: &str, rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return false };
    match prefix {
        "meny" | "peny" => is_vowel(first),
        "mem" | "pem" => matches!(first, 'b' | 'p' | 'f' | 'v') || is_vowel(first),
        "men" | "pen" => matches!(first, 'd' | 't' | 'c' | 'j' | 'z' | 's') || is_vowel(first),
        "meng" | "peng" => matches!(first, 'g' | 'k' | 'h' | 'q') || is_vowel(first),
        // Before stems of one syllable only.
        "menge" | "penge" => !is_vowel(first) && rest.len() <= 4,
        "me" | "pe" => matches!(first, 'l' | 'm' | 'n' | 'r' | 'w' | 'y'),
        "ber" | "ter" | "per" | "memper" | "diper" | "keber" => true,
        _ => !is_vowel(first) || rest.len() > SHORTEST,
    }
}

/// The letter that melted into a prefix: *memilih* is *pilih*, *menulis* is *tulis*. Behind *meng* a *k* may have melted
/// or not; the stem is found by its vowel then, so that *mengajak* and *ajak* meet.
fn melted(prefix: &str, rest: &str) -> Option<char> {
    let first = rest.chars().next()?;
    match prefix {
        "mem" | "pem" if is_vowel(first) => Some('p'),
        "men" | "pen" if is_vowel(first) => Some('t'),
        _ => None,
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn has_vowel(word: &str) -> bool {
    word.chars().any(is_vowel)
}
