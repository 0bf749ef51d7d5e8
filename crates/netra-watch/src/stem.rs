//! What a word may be a form of: Indonesian prefixes and suffixes taken off.
//!
//! Light on purpose. A stem counts only if the lexicon has it, so that a wrong cut does no harm unless it
//! happens to make a known word; those few stand in `data/roots.txt`.

/// Shorter than this nothing is a stem.
const SHORTEST: usize = 3;

const PARTICLES: [&str; 6] = ["nya", "lah", "kah", "pun", "ku", "mu"];
const SUFFIXES: [&str; 3] = ["kan", "an", "i"];

/// A prefix, and the first letter of the stem that it may have swallowed: *menyukai* is from *suka*.
type Prefix = (&'static str, &'static str);

const M: &[Prefix] = &[
    ("memper", ""),
    ("menge", ""),
    ("meng", ""),
    ("meng", "k"),
    ("meny", "s"),
    ("mem", ""),
    ("mem", "p"),
    ("men", ""),
    ("men", "t"),
    ("me", ""),
];
const P: &[Prefix] = &[
    ("pember", ""),
    ("peng", ""),
    ("peng", "k"),
    ("peny", "s"),
    ("pem", ""),
    ("pem", "p"),
    ("pen", ""),
    ("pen", "t"),
    ("per", ""),
    ("pe", ""),
];
const D: &[Prefix] = &[("diper", ""), ("di", "")];
const B: &[Prefix] = &[("ber", ""), ("be", "")];
const T: &[Prefix] = &[("ter", ""), ("te", "")];
const K: &[Prefix] = &[("keber", ""), ("keter", ""), ("ke", "")];
const S: &[Prefix] = &[("se", "")];

/// Only those prefixes that begin with the same letter are tried: this runs for every unknown word.
fn prefixes(word: &str) -> &'static [Prefix] {
    match word.as_bytes().first() {
        Some(b'm') => M,
        Some(b'p') => P,
        Some(b'd') => D,
        Some(b'b') => B,
        Some(b't') => T,
        Some(b'k') => K,
        Some(b's') => S,
        _ => &[],
    }
}

/// Shows every possible stem of a word, the word itself excepted. `buffer` saves an allocation a word.
pub(crate) fn each_stem(word: &str, buffer: &mut String, see: &mut impl FnMut(&str)) {
    if word.len() <= SHORTEST {
        return;
    }
    let bare = PARTICLES.iter().find_map(|particle| word.strip_suffix(particle)).filter(|rest| rest.len() >= SHORTEST);
    for base in [Some(word), bare].into_iter().flatten() {
        if base.len() < word.len() {
            see(base);
        }
        without_prefix(base, buffer, see);
        for rest in SUFFIXES.iter().filter_map(|suffix| base.strip_suffix(suffix)) {
            if rest.len() >= SHORTEST {
                see(rest);
                without_prefix(rest, buffer, see);
            }
        }
    }
}

fn without_prefix(base: &str, buffer: &mut String, see: &mut impl FnMut(&str)) {
    for (prefix, swallowed) in prefixes(base) {
        let Some(rest) = base.strip_prefix(prefix) else { continue };
        if rest.len() + swallowed.len() < SHORTEST {
            continue;
        }
        if swallowed.is_empty() {
            see(rest);
        } else {
            buffer.clear();
            buffer.push_str(swallowed);
            buffer.push_str(rest);
            see(buffer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_stem() {
        let table = [
            ("mengunggah", "unggah"),
            ("diunggahnya", "unggah"),
            ("unggahan", "unggah"),
            ("menyukai", "suka"),
            ("mengampanyekan", "kampanye"),
            ("berkampanye", "kampanye"),
            ("kehadirannya", "hadir"),
            ("menghadiri", "hadir"),
            ("pertemuan", "temu"),
            ("memasang", "pasang"),
            ("terpasang", "pasang"),
            ("memobilisasi", "mobilisasi"),
            ("mengerahkan", "kerah"),
            ("mengklarifikasi", "klarifikasi"),
            ("penelusuran", "telusur"),
            ("menelusuri", "telusur"),
            ("keterlibatan", "libat"),
            ("pemasangan", "pasang"),
        ];
        for (word, stem) in table {
            let mut found = false;
            each_stem(word, &mut String::new(), &mut |seen| found |= seen == stem);
            assert!(found, "{word} is a form of {stem}");
        }
    }

    #[test]
    fn short_words_and_other_alphabets_are_left_alone() {
        for word in ["", "di", "ke", "asn", "мая", "日本語"] {
            each_stem(word, &mut String::new(), &mut |seen| assert!(!seen.is_empty(), "{word}"));
        }
    }
}
