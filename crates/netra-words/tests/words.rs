//! Words that must meet, words that must not, and any text at all.
#![allow(clippy::unwrap_used, reason = "tests")]

use netra_words::{LONGEST, fold, stem, terms, words};
use proptest::prelude::*;

fn of(text: &str) -> Vec<String> {
    terms(text).collect()
}

#[test]
fn forms_of_one_word_meet() {
    for (one, other) in [
        ("mendukung", "dukungan"),
        ("mendukung", "didukung"),
        ("menyukai", "disukai"),
        ("memilih", "pilihan"),
        ("membagikan", "dibagikan"),
        ("menulis", "tulisannya"),
        ("mengajak", "ajakan"),
        ("kampanyenya", "kampanye"),
        ("pemilihan", "memilih"),
        ("memperlihatkan", "lihat"),
        ("Netralitas", "netralitas"),
    ] {
        assert_eq!(of(one), of(other), "{one} {other}");
    }
}

#[test]
fn spellings_of_one_name_meet() {
    for (one, other) in [
        ("Soekarno", "Sukarno"),
        ("Djoko Tjahjono", "Joko Cahjono"),
        ("Moch. Syafi'i", "Muhammad Syafii"),
        ("Mohamad Fauzi", "Muh Pauji"),
        ("Achmad Khairuddin", "Ahmad Hairudin"),
        ("Abd. Rachman", "Abdul Rahman"),
        ("Zulqarnain", "Julkarnain"),
        ("José", "Jose"),
    ] {
        assert_eq!(of(one), of(other), "{one} {other}");
    }
}

#[test]
fn different_words_stay_apart() {
    for (one, other) in
        [("camat", "lurah"), ("Sukarno", "Sukarni"), ("dukung", "kandung"), ("rumah", "ramah"), ("11", "1")]
    {
        assert_ne!(of(one), of(other), "{one} {other}");
    }
}

#[test]
fn numbers_of_cases_are_found_by_their_parts() {
    assert_eq!(of("001/LP/PL/Kota/23.01/I/2024"), ["1", "lp", "pl", "kota", "23", "1", "2024"]);
    assert_eq!(of("1/lp 2024"), ["1", "lp", "2024"]);
    assert_eq!(of("0812-000"), ["812", "0"]);
}

#[test]
fn words_that_say_nothing_are_left_out() {
    assert_eq!(of("yang di dan ke a, tidak untuk"), Vec::<String>::new());
    assert_eq!(words("Di-atas  Meja!").collect::<Vec<_>>(), ["di", "atas", "meja"]);
}

#[test]
fn short_words_keep_their_shape() {
    for word in ["desa", "kata", "dini", "beri", "peran", "seni", "kepala"] {
        assert!(stem(word).len() >= 4, "{word} {}", stem(word));
    }
}

proptest! {
    #[test]
    fn terms_are_short_and_never_empty(text in "\\PC{0,200}") {
        for term in terms(&text) {
            prop_assert!(!term.is_empty() && term.chars().count() <= 2 * LONGEST, "{term}");
        }
    }

    #[test]
    fn case_and_marks_make_no_difference(text in "[a-z' ]{0,60}") {
        prop_assert_eq!(of(&text), of(&text.to_uppercase()));
        prop_assert_eq!(of(&text), of(&text.replace('\'', "\u{2019}")));
    }

    #[test]
    fn what_is_folded_stays(word in "[a-zàéñü]{0,20}") {
        let folded = fold(&word);
        prop_assert_eq!(fold(&folded), folded);
    }
}
