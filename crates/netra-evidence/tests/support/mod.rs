//! Makes chats with a known meaning, in the forms of several telephones. Names and words are invented.
#![allow(dead_code, reason = "tests and benchmarks use different parts")]

use jiff::ToSpan as _;
use jiff::civil::{DateTime, date};

/// A telephone's way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    AndroidIndonesian,
    AndroidBritish,
    AndroidAmerican,
    AndroidSpanish,
    AndroidYearFirst,
    AndroidGerman,
    IosIndonesian,
    IosBritish,
    IosAmerican,
    IosOld,
}

impl Style {
    pub const ALL: [Style; 10] = [
        Style::AndroidIndonesian,
        Style::AndroidBritish,
        Style::AndroidAmerican,
        Style::AndroidSpanish,
        Style::AndroidYearFirst,
        Style::AndroidGerman,
        Style::IosIndonesian,
        Style::IosBritish,
        Style::IosAmerican,
        Style::IosOld,
    ];

    fn is_ios(self) -> bool {
        matches!(self, Style::IosIndonesian | Style::IosBritish | Style::IosAmerican | Style::IosOld)
    }

    fn is_indonesian(self) -> bool {
        matches!(self, Style::AndroidIndonesian | Style::IosIndonesian)
    }

    fn header(self, at: DateTime) -> String {
        let (y, m, d) = (at.year(), at.month(), at.day());
        let (hour, minute, second) = (at.hour(), at.minute(), at.second());
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        let half = |am: &'static str, pm: &'static str| if hour < 12 { am } else { pm };
        let yy = y % 100;
        match self {
            Style::AndroidIndonesian => format!("{d:02}/{m:02}/{yy:02} {hour:02}.{minute:02} - "),
            Style::AndroidBritish => format!("{d:02}/{m:02}/{y}, {twelve}:{minute:02}\u{A0}{} - ", half("am", "pm")),
            Style::AndroidAmerican => format!("{m}/{d}/{yy:02}, {twelve}:{minute:02}\u{202F}{} - ", half("AM", "PM")),
            Style::AndroidSpanish => {
                format!("{d}/{m}/{y}, {twelve}:{minute:02}\u{202F}{} - ", half("a.\u{A0}m.", "p.\u{A0}m."))
            }
            Style::AndroidYearFirst => format!("{y}-{m:02}-{d:02}, {hour:02}:{minute:02} - "),
            Style::AndroidGerman => format!("{d:02}.{m:02}.{yy:02}, {hour:02}:{minute:02} - "),
            Style::IosIndonesian => format!("[{d:02}/{m:02}/{yy:02}, {hour:02}.{minute:02}.{second:02}] "),
            Style::IosBritish => format!("[{d:02}/{m:02}/{y}, {hour:02}:{minute:02}:{second:02}] "),
            Style::IosAmerican => {
                format!("[{m}/{d}/{yy:02}, {twelve}:{minute:02}:{second:02}\u{202F}{}] ", half("AM", "PM"))
            }
            Style::IosOld => format!("{d:02}/{m:02}/{y} {hour:02}:{minute:02}:{second:02}: "),
        }
    }
}

/// What a message means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    pub line: u64,
    pub sent: DateTime,
    pub kind: &'static str,
    pub author: Option<String>,
    pub text: String,
}

/// A small generator of numbers: the same seed gives the same chat.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn one<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

const NAMES: [&str; 12] = [
    "Sukarna Bukitsari",
    "Bu Melatika",
    "Drs. Wanadri Ungaranta",
    "Jayengrana 🙏",
    "Ratmini (Kec. Contoh)",
    "+62 811-0000-1207",
    "+62 857-0000-0033",
    "Ki Lurah - Posko",
    "Umbul Sarimega",
    "Nyai Pandansari, S.Sos",
    "Tengku Rimbaraja",
    "Gedhe Ngurawan",
];

const WORDS: [&str; 40] = [
    "pagi",
    "siang",
    "rapat",
    "aula",
    "besok",
    "mohon",
    "hadir",
    "semua",
    "undangan",
    "camat",
    "desa",
    "warga",
    "kaos",
    "nomor",
    "urut",
    "pilih",
    "dukung",
    "foto",
    "bersama",
    "siap",
    "baik",
    "pak",
    "bu",
    "izin",
    "jam",
    "08.00",
    "10:30",
    "terima",
    "kasih",
    "catatan:",
    "https://contoh.example/berita/417",
    "👍",
    "🙏🏽",
    "✌️",
    "dan",
    "di",
    "kampanye",
    "netral",
    "sampai",
    "“penting”",
];

fn words(dice: &mut Dice, most: usize) -> String {
    let count = 1 + dice.below(most);
    let list: Vec<&str> = (0..count).map(|_| dice.one(&WORDS)).collect();
    list.join(" ")
}

/// What somebody wrote: its bytes in the file, what kind it is, and the words that must come out.
fn body(dice: &mut Dice, style: Style, at: DateTime) -> (String, &'static str, String) {
    let mark = if style.is_ios() { "\u{200E}" } else { "" };
    let number = dice.below(10_000);
    match dice.below(100) {
        0..4 => {
            let name = format!("IMG-{:04}{:02}{:02}-WA{number:04}.jpg", at.year(), at.month(), at.day());
            let caption = words(dice, 6);
            let line = if style.is_ios() {
                format!("\u{200E}<attached: {number:08}-PHOTO-2023-12-30-20-15-03.jpg>\n{caption}")
            } else {
                format!("\u{200E}{name} (file terlampir)\n{caption}")
            };
            (line, "attachment", caption)
        }
        4..7 if style.is_ios() => ("\u{200E}stiker tidak disertakan".to_owned(), "media-omitted", String::new()),
        4..7 => ("<Media tidak disertakan>".to_owned(), "media-omitted", String::new()),
        7 => (format!("{mark}Pesan ini telah dihapus"), "deleted", String::new()),
        8 => (format!("{mark}This message was deleted."), "deleted", String::new()),
        9 => {
            let text = words(dice, 12);
            (format!("{text} {mark}<Pesan ini diedit>"), "text", text)
        }
        10..18 => {
            let text = format!("{}\n\n- {}\n29/12/23 08.00 {}", words(dice, 8), words(dice, 3), words(dice, 3));
            (text.clone(), "text", text)
        }
        _ => {
            let text = words(dice, 24);
            (text.clone(), "text", text)
        }
    }
}

fn event(dice: &mut Dice, style: Style) -> String {
    let (a, b) = (dice.one(&NAMES), dice.one(&NAMES));
    match (dice.below(3), style.is_indonesian()) {
        (0, true) => format!("{a} menambahkan {b}"),
        (0, false) => format!("{a} added {b}"),
        (1, true) => format!("{a} mengubah nama grup dari \"Tim: Pagi\" menjadi \"Tim: Sore\""),
        (1, false) => format!("{a} changed the subject from “Tim: Pagi” to “Tim: Sore”"),
        (_, true) => format!("{a} keluar"),
        (_, false) => format!("{a} left"),
    }
}

/// A chat that is long enough for `enough`, and what its messages mean.
pub fn chat(style: Style, seed: u64, mut enough: impl FnMut(usize, usize) -> bool) -> (String, Vec<Truth>) {
    let mut dice = Dice(seed);
    // The thirtieth: no order but the right one can read it.
    let mut at = date(2023, 12, 30).at(7, 0, 0, 0);
    let (mut file, mut truths, mut line) = (String::new(), Vec::new(), 1);
    let end = if style.is_ios() { "\r\n" } else { "\n" };
    while !enough(truths.len(), file.len()) {
        let seconds = i64::try_from(dice.below(900)).unwrap();
        at = at.checked_add(seconds.seconds()).unwrap();
        let sent = if style.is_ios() { at } else { at.with().second(0).build().unwrap() };
        let before = file.len();
        let truth = if dice.below(200) == 0 || truths.is_empty() {
            let text = event(&mut dice, style);
            let author = if style.is_ios() { "Grup Contoh: \u{200E}" } else { "" };
            file += &format!("{}{author}{text}{end}", style.header(at));
            Truth { line, sent, kind: "system", author: None, text }
        } else {
            let author = dice.one(&NAMES);
            let (bytes, kind, text) = body(&mut dice, style, at);
            file += &format!("{}{author}: {bytes}{end}", style.header(at));
            Truth { line, sent, kind, author: Some(author.to_owned()), text }
        };
        truths.push(truth);
        line += u64::try_from(file[before..].matches('\n').count()).unwrap();
    }
    (file, truths)
}
