use proptest::prelude::*;

use super::*;
use crate::chat::{Export, Options};

const NOTHING: [Difference; 0] = [];

fn outline(text: &str) -> Outline {
    let export = Export::new(text.as_bytes());
    let chat = export.read(&Options::default()).unwrap();
    let mut outline = Outline::new();
    chat.messages.iter().for_each(|message| outline.push(message));
    outline
}

fn compared(first: &str, second: &str) -> Comparison {
    compare(&outline(first), &outline(second))
}

const FIRST: &str = "30/12/23 20.15 - Retno: Besok apel di aula kecamatan\n\
                     30/12/23 20.16 - Pak Eko: siap\n\
                     30/12/23 20.16 - Ana: siap\n\
                     30/12/23 20.17 - Retno: Bawa kaos nomor satu untuk semua\n\
                     30/12/23 20.18 - Pak Eko: IMG-20231230-WA0001.jpg (file terlampir)\nIni kaosnya\n\
                     31/12/23 06.00 - Ana: Selamat pagi semuanya\n";

/// The same on another telephone, with other names for people.
const SECOND: &str = "[30/12/23, 20.15.03] Bu Retno: Besok apel di aula kecamatan\r\n\
                      [30/12/23, 20.16.10] Ana: siap\r\n\
                      [30/12/23, 20.16.40] Eko: siap\r\n\
                      [30/12/23, 20.17.59] Bu Retno: Bawa kaos nomor satu untuk semua\r\n\
                      [30/12/23, 20.18.00] Eko: \u{200E}gambar tidak disertakan\nIni kaosnya\r\n\
                      [31/12/23, 06.00.01] Ana: Selamat pagi semuanya\r\n";

#[test]
fn two_telephones_of_one_group_agree() {
    let found = compared(FIRST, SECOND);
    assert_eq!((found.equal, found.shift_minutes), (6, 0));
    assert_eq!(found.differences, NOTHING);
}

#[test]
fn what_was_taken_out_put_in_or_changed_is_named() {
    type Change<'c> = (&'c str, &'c str, &'c [Difference]);
    let table: [Change<'_>; 4] = [
        ("30/12/23 20.17 - Retno: Bawa kaos nomor satu untuk semua\n", "", &[Difference::OnlySecond { second: 4 }]),
        (
            "30/12/23 20.17 - Retno",
            "30/12/23 20.17 - Ana: Netral ya\n30/12/23 20.17 - Retno",
            &[Difference::OnlyFirst { first: 4 }],
        ),
        ("nomor satu", "nomor dua", &[Difference::Words { first: 4, second: 4 }]),
        (
            "20.17 - Retno: Bawa kaos nomor satu untuk semua",
            "20.17 - Retno: Pesan ini telah dihapus",
            &[Difference::Words { first: 4, second: 4 }],
        ),
    ];
    for (old, new, expected) in table {
        let found = compared(&FIRST.replacen(old, new, 1), SECOND);
        assert_eq!(found.differences, expected, "{new}");
        assert_eq!((found.outside_first, found.outside_second), (0, 0));
    }
}

#[test]
fn a_message_under_another_author_is_named() {
    let mut first = FIRST.to_owned();
    let mut second = SECOND.to_owned();
    for n in 10..20 {
        first += &format!("31/12/23 07.{n} - Retno: Undangan nomor {n} dari kecamatan\n");
        second += &format!("[31/12/23, 07.{n}.00] Bu Retno: Undangan nomor {n} dari kecamatan\r\n");
    }
    assert_eq!(compared(&first, &second).differences, NOTHING);
    let forged = first.replacen("31/12/23 06.00 - Ana", "31/12/23 06.00 - Retno", 1);
    let forged = format!("{forged}31/12/23 08.00 - Ana: Baik, terima kasih banyak\n");
    let second = format!("{second}[31/12/23, 08.00.00] Ana: Baik, terima kasih banyak\r\n");
    assert_eq!(compared(&forged, &second).differences, [Difference::Author { first: 6, second: 6 }]);
}

#[test]
fn another_zone_is_seen() {
    let second = "30/12/23 21.15 - Retno: Besok apel di aula kecamatan\n\
                  30/12/23 21.17 - Retno: Bawa kaos nomor satu untuk semua\n\
                  31/12/23 07.00 - Ana: Selamat pagi semuanya\n";
    let found = compared(FIRST, second);
    assert_eq!((found.shift_minutes, found.equal), (-60, 3));
    let only: Vec<Option<u64>> = found.differences.iter().map(|difference| difference.first()).collect();
    assert_eq!(only, [Some(2), Some(3), Some(5)]);
}

#[test]
fn what_one_export_does_not_cover_is_no_difference() {
    let later = format!("29/12/23 08.00 - Ana: Yang ini hanya di ponsel lama\n{FIRST}");
    let found = compared(&later, SECOND);
    assert_eq!((found.outside_first, found.equal), (1, 6));
    assert_eq!(found.differences, NOTHING);
    let nothing = compare(&Outline::new(), &outline(SECOND));
    assert_eq!((nothing.outside_second, nothing.equal), (6, 0));
}

#[test]
fn lines_of_the_telephone_are_left_out() {
    let more = format!("{FIRST}31/12/23 06.01 - Retno menambahkan Budi\n");
    let found = compared(&more, SECOND);
    assert_eq!((found.system_first, found.system_second, found.equal), (1, 0, 6));
}

/// Messages as author, minute and word.
fn marks(list: &[(u8, u8, u8)]) -> Outline {
    let mut outline = Outline::new();
    for ((author, minute, word), n) in list.iter().zip(1..) {
        outline.marks.push(Mark {
            n,
            minute: i64::from(*minute),
            words: u128::from(*word),
            author: u32::from(*author) + 1,
            is_telling: false,
        });
    }
    outline
}

/// How many messages two lists share, by minute and word: counted the slow way.
fn shared(first: &[(u8, u8, u8)], second: &[(u8, u8, u8)]) -> usize {
    let mut left: Vec<(u8, u8)> = second.iter().map(|(_, minute, word)| (*minute, *word)).collect();
    let mut count = 0;
    for (_, minute, word) in first {
        if let Some(place) = left.iter().position(|other| other == &(*minute, *word)) {
            left.swap_remove(place);
            count += 1;
        }
    }
    count
}

proptest! {
    #[test]
    fn every_message_is_counted_once(
        first in prop::collection::vec((0_u8..3, 0_u8..6, 0_u8..4), 0..40),
        second in prop::collection::vec((0_u8..3, 0_u8..6, 0_u8..4), 0..40),
    ) {
        let found = compare(&marks(&first), &marks(&second));
        let authors = found.count(|d| matches!(d, Difference::Author { .. }));
        let words = found.count(|d| matches!(d, Difference::Words { .. }));
        let only_first = found.count(|d| matches!(d, Difference::OnlyFirst { .. }));
        let only_second = found.count(|d| matches!(d, Difference::OnlySecond { .. }));
        prop_assert_eq!(found.equal + authors, shared(&first, &second) as u64);
        let both = found.equal + authors + words;
        prop_assert_eq!(both + only_first + found.outside_first, first.len() as u64);
        prop_assert_eq!(both + only_second + found.outside_second, second.len() as u64);
        let mut numbers: Vec<u64> = found.differences.iter().filter_map(|d| d.first()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        prop_assert_eq!(numbers.len() as u64, authors + words + only_first);
    }

    #[test]
    fn an_export_is_equal_to_itself(list in prop::collection::vec((0_u8..3, 0_u8..6, 0_u8..4), 0..40)) {
        let found = compare(&marks(&list), &marks(&list));
        prop_assert_eq!(found.count(|_| true), 0);
        prop_assert_eq!(found.equal, list.len() as u64);
    }

    #[test]
    fn which_export_comes_first_does_not_matter(
        first in prop::collection::vec((0_u8..3, 0_u8..6, 0_u8..4), 0..40),
        second in prop::collection::vec((0_u8..3, 0_u8..6, 0_u8..4), 0..40),
    ) {
        let (one, other) = (compare(&marks(&first), &marks(&second)), compare(&marks(&second), &marks(&first)));
        let same = |c: &Comparison| c.equal + c.count(|d| matches!(d, Difference::Author { .. }));
        prop_assert_eq!(same(&one), same(&other));
    }
}
