//! The words of a text, with their stems, and which types of violation they point to.

use std::collections::BTreeSet;

/// A word of a text, and what it may be a form of.
pub(super) struct Token {
    text: String,
    forms: BTreeSet<String>,
}

pub(super) enum Heard {
    Yes(Vec<String>),
    /// All but one group of a line of three or more.
    Nearly {
        words: Vec<String>,
        lacks: String,
    },
    No,
}

/// A text as sentences of words.
pub(super) fn sentences(text: &str) -> Vec<Vec<Token>> {
    let lower = text.to_lowercase();
    lower
        .split(['!', '?', ';', '\n'])
        .flat_map(|part| part.split(". "))
        .map(|sentence| {
            let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(|word| Token { text: word.to_owned(), forms: forms(word) }).collect::<Vec<Token>>()
        })
        .filter(|tokens| !tokens.is_empty())
        .collect()
}

/// What a type's lines hear in a text: the words of every line that is met.
pub(super) fn heard(lines: &[String], text: &[Vec<Token>]) -> Heard {
    let mut met: Vec<String> = Vec::new();
    let mut nearly = None;
    for (line, sentence) in lines.iter().flat_map(|line| text.iter().map(move |sentence| (line, sentence))) {
        let Some((words, lacks)) = line_in(line, sentence) else { continue };
        match lacks.as_slice() {
            [] => met.extend(words),
            [one] if words.len() >= 2 && nearly.is_none() => {
                nearly = Some(Heard::Nearly { words, lacks: one.replace('|', ", ") });
            }
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    met.retain(|word| seen.insert(word.clone()));
    if met.is_empty() { nearly.unwrap_or(Heard::No) } else { Heard::Yes(met) }
}

/// The words that meet a line's groups, and the groups that nothing meets; none if a barred word occurs.
fn line_in<'w>(line: &'w str, sentence: &[Token]) -> Option<(Vec<String>, Vec<&'w str>)> {
    let mut words = Vec::new();
    let mut lacks = Vec::new();
    for group in line.split_whitespace() {
        match (group.strip_prefix('!'), group_in(group.trim_start_matches('!'), sentence)) {
            (Some(_), Some(_)) => return None,
            (Some(_), None) => {}
            (None, Some(token)) => words.push(token.text.clone()),
            (None, None) => lacks.push(group),
        }
    }
    (!words.is_empty()).then_some((words, lacks))
}

fn group_in<'s>(group: &str, sentence: &'s [Token]) -> Option<&'s Token> {
    sentence.iter().find(|token| group.split('|').any(|word| token.forms.contains(word)))
}

const SUFFIXES: [&str; 9] = ["nya", "lah", "kah", "pun", "kan", "an", "i", "ku", "mu"];

/// Prefixes, each with the first letter that it may have swallowed: `menyukai` is from `suka`.
const PREFIXES: &[(&str, &str)] = &[
    ("meng", ""),
    ("meng", "k"),
    ("meny", "s"),
    ("mem", ""),
    ("mem", "p"),
    ("men", ""),
    ("men", "t"),
    ("me", ""),
    ("peng", ""),
    ("peng", "k"),
    ("peny", "s"),
    ("pem", ""),
    ("pem", "p"),
    ("pen", ""),
    ("pen", "t"),
    ("per", ""),
    ("pe", ""),
    ("di", ""),
    ("ber", ""),
    ("ter", ""),
    ("ke", ""),
];

/// What a word may be a form of, itself included: up to two suffixes and two prefixes taken off.
fn forms(word: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::from([word.to_owned()]);
    for strip in [without_suffix, without_suffix, without_prefix, without_prefix] {
        let more: Vec<String> = forms.iter().flat_map(|form| strip(form)).collect();
        forms.extend(more);
    }
    forms
}

/// Shorter than this nothing is a stem.
const SHORTEST_STEM: usize = 3;

fn without_suffix(word: &str) -> Vec<String> {
    let stems = SUFFIXES.iter().filter_map(|suffix| word.strip_suffix(*suffix));
    stems.filter(|stem| stem.chars().count() >= SHORTEST_STEM).map(str::to_owned).collect()
}

fn without_prefix(word: &str) -> Vec<String> {
    let rests = PREFIXES.iter().filter_map(|(prefix, letter)| word.strip_prefix(*prefix).map(|rest| (letter, rest)));
    rests.map(|(letter, rest)| format!("{letter}{rest}")).filter(|stem| stem.chars().count() >= SHORTEST_STEM).collect()
}
