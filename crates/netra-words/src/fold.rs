//! Spellings that sound alike.
//!
//! Old and new spelling (*oe*, *dj*, *tj*, *nj*, *sj*, *ch*), Arabic sounds that Indonesian writes in several ways (*kh*,
//! *sy*, *dz*, *th*, *f*, *q*), doubled letters, and accents. Folding loses differences on purpose: it serves finding,
//! never proving that two names are one person.

/// Pairs of letters and what they are folded to, tried in this order.
const PAIRS: [(&str, &str); 16] = [
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "s"),
    ("sy", "s"),
    ("sh", "s"),
    ("nj", "ny"),
    ("kh", "h"),
    ("ch", "h"),
    ("dz", "z"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "p"),
    ("ay", "ai"),
    ("aw", "au"),
    ("ey", "ei"),
];

/// A word in lower case as it sounds. O(length).
pub fn fold(word: &str) -> String {
    // What a pair is folded to can make a new pair with its neighbour: until nothing changes any more. Every step but
    // those of equal length shortens the word, and those cannot undo each other.
    let mut text: String = word.chars().flat_map(plain).collect();
    loop {
        let next = once(&text);
        if next == text {
            return text;
        }
        text = next;
    }
}

fn once(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let pair = PAIRS.iter().find(|(from, _)| rest.starts_with(from));
        let (piece, taken) = match pair {
            Some((from, to)) => (*to, from.len()),
            None => (sound(letter), letter.len_utf8()),
        };
        if piece.is_empty() {
            push(&mut folded, letter);
        } else {
            piece.chars().for_each(|c| push(&mut folded, c));
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    folded
}

/// Doubled letters are one.
fn push(folded: &mut String, letter: char) {
    if !folded.ends_with(letter) {
        folded.push(letter);
    }
}

/// What a single letter is folded to; nothing if it stays.
fn sound(letter: char) -> &'static str {
    match letter {
        'f' | 'v' => "p",
        'q' => "k",
        'x' => "ks",
        'z' => "j",
        _ => "",
    }
}

/// A letter without its accent, as far as Latin letters of names go.
fn plain(letter: char) -> std::option::IntoIter<char> {
    let plain = match letter {
        'à'..='å' | 'ā' => 'a',
        'è'..='ë' | 'ē' | 'ĕ' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ò'..='ö' | 'ō' => 'o',
        'ù'..='ü' | 'ū' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        _ => letter,
    };
    Some(plain).filter(|c| !is_mark(*c)).into_iter()
}

/// Whether a character is a mark that stands on the letter before it.
pub(crate) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Whether a character stands for the glottal stop within a word, or was typed for it.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{2BE}' | '\u{2BF}')
}

/// Common short forms of names and titles, folded, as the one form under which all are found.
pub(crate) fn short_form(folded: &str) -> &str {
    match folded {
        "moh" | "muh" | "mhd" | "mohd" | "moch" | "muhd" | "muhamad" | "mohamad" | "mohamed" | "muhamed" => "muhamad",
        "abd" | "abdul" | "abdu" => "abdul",
        "st" | "sit" | "siti" => "siti",
        other => other,
    }
}
