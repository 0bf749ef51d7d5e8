//! Registers made up from a seed, and the linking of texts.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::fmt::Write as _;
use std::io::Cursor;
use std::num::NonZeroUsize;

use jiff::civil::date;
use netra_registers::{Input, LinkError, Settings, Summary, link};

/// A row of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub candidate: String,
    pub servant: String,
    pub probability: f64,
    pub class: String,
    pub reasons: String,
}

/// Settings for tests.
pub fn settings(threads: usize, top: usize) -> Settings {
    Settings {
        threshold: 0.05,
        top: NonZeroUsize::new(top).unwrap(),
        age_on: date(2024, 2, 14),
        threads: NonZeroUsize::new(threads).unwrap(),
        columns: Vec::new(),
    }
}

/// A list out of bytes.
pub fn input(name: &str, bytes: &[u8]) -> Input<'static> {
    Input { name: name.to_owned(), reader: Box::new(Cursor::new(bytes.to_vec())) }
}

/// Links two texts and returns the result as it is written.
pub fn link_bytes(servants: &[u8], candidates: &[u8], settings: &Settings) -> Result<(Summary, String), LinkError> {
    let mut out = Vec::new();
    let summary = link(input("asn.csv", servants), input("calon.csv", candidates), &mut out, settings, &|_| {})?;
    Ok((summary, String::from_utf8(out).unwrap()))
}

/// Links two texts.
pub fn linked(servants: &str, candidates: &str) -> (Summary, Vec<Row>) {
    let (summary, text) = link_bytes(servants.as_bytes(), candidates.as_bytes(), &settings(2, 3)).unwrap();
    (summary, rows(&text))
}

/// The rows of a result.
pub fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().unwrap().iter().collect::<Vec<_>>(),
        ["candidate_id", "civil_servant_id", "probability", "class", "reasons"]
    );
    let row = |record: csv::StringRecord| Row {
        candidate: record[0].to_owned(),
        servant: record[1].to_owned(),
        probability: record[2].parse().unwrap(),
        class: record[3].to_owned(),
        reasons: record[4].to_owned(),
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// A small generator of numbers (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below another.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// One of some things; the first ones are more frequent.
    pub fn pick<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        let many = things.len() as u64;
        let (one, other) = (self.below(many), self.below(many));
        &things[one.min(other) as usize]
    }

    /// Whether something happens that happens so often in a hundred times.
    pub fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

const MEN: [&str; 24] = [
    "Sutrisno",
    "Ahmad",
    "Budi",
    "Slamet",
    "Mulyadi",
    "Hendra",
    "Yusuf",
    "Agus",
    "Rahmat",
    "Joko",
    "Wahyudi",
    "Supardi",
    "Ismail",
    "Darwis",
    "Zainuddin",
    "Syamsul",
    "Hasan",
    "Effendi",
    "Gunawan",
    "Taufik",
    "Firdaus",
    "Kurniawan",
    "Bambang",
    "Irfan",
];
const WOMEN: [&str; 20] = [
    "Siti",
    "Nurhayati",
    "Sulastri",
    "Dewi",
    "Aminah",
    "Fitri",
    "Ernawati",
    "Rahmawati",
    "Yuliana",
    "Kartini",
    "Suryani",
    "Marlina",
    "Rosmiati",
    "Hartini",
    "Fatimah",
    "Wahyuni",
    "Lestari",
    "Indah",
    "Ratna",
    "Endang",
];
const LAST: [&str; 30] = [
    "Santoso",
    "Hidayat",
    "Wijaya",
    "Nasution",
    "Siregar",
    "Kusuma",
    "Setiawan",
    "Permana",
    "Nugraha",
    "Halim",
    "Suryana",
    "Rahayu",
    "Utami",
    "Saputra",
    "Maulana",
    "Anwar",
    "Harahap",
    "Lubis",
    "Tanjung",
    "Wibowo",
    "Purnama",
    "Sudrajat",
    "Mulyana",
    "Sihombing",
    "Ginting",
    "Usman",
    "Basri",
    "Iskandar",
    "Pratama",
    "Handayani",
];
const REGIONS: [(&str, &str); 8] = [
    ("3273", "Kota Bandung"),
    ("3204", "Bandung"),
    ("3309", "Boyolali"),
    ("3372", "Kota Surakarta"),
    ("1271", "Kota Medan"),
    ("7371", "Kota Makassar"),
    ("5171", "Kota Denpasar"),
    ("6471", "Kota Balikpapan"),
];
const DEGREES: [&str; 8] = ["S.Pd.", "S.Sos.", "S.E.", "S.H.", "S.Kom.", "S.AP.", "A.Md.", "M.Si."];

/// Somebody made up.
#[derive(Clone)]
struct Somebody {
    id: String,
    name: String,
    sex: char,
    birth: (u64, u64, u64),
    region: usize,
    place: usize,
    degree: &'static str,
    serial: u64,
}

/// Made-up lists with the true pairs.
pub struct Lists {
    pub servants: String,
    pub candidates: String,
    /// Candidate and servant.
    pub truth: Vec<(String, String)>,
    /// Candidates who only look like a servant.
    pub decoys: Vec<String>,
}

fn somebody(dice: &mut Dice, id: String) -> Somebody {
    let sex = if dice.happens(50) { 'L' } else { 'P' };
    let first = if sex == 'L' { *dice.pick(&MEN) } else { *dice.pick(&WOMEN) };
    let name = if dice.happens(40) {
        format!("{first} {} {}", dice.pick(&LAST), dice.pick(&LAST))
    } else {
        format!("{first} {}", dice.pick(&LAST))
    };
    let region = dice.below(REGIONS.len() as u64) as usize;
    let place = if dice.happens(70) { region } else { dice.below(REGIONS.len() as u64) as usize };
    let birth = (1966 + dice.below(34), 1 + dice.below(12), 1 + dice.below(28));
    let degree = DEGREES[dice.below(DEGREES.len() as u64) as usize];
    Somebody { id, name, sex, birth, region, place, degree, serial: 1 + dice.below(900) }
}

/// Lists of so many servants and candidates. Of the candidates one in twenty is a servant, one in thirty looks like one;
/// seven in ten have a birth date, half of the others an age.
pub fn lists(seed: u64, servants: usize, candidates: usize) -> Lists {
    let mut dice = Dice::new(seed);
    let people: Vec<Somebody> = (0..servants).map(|n| somebody(&mut dice, format!("A{n:06}"))).collect();
    let mut lists = Lists {
        servants: "id,nip,nama,gelar_belakang,tempat_lahir,tanggal_lahir,jenis_kelamin,wilayah_kode,wilayah\n"
            .to_owned(),
        candidates: "id,nama,jenis_kelamin,tempat_tinggal,tempat_lahir,tanggal_lahir,umur\n".to_owned(),
        truth: Vec::new(),
        decoys: Vec::new(),
    };
    for one in &people {
        let (year, month, day) = one.birth;
        let sex = if one.sex == 'L' { 1 } else { 2 };
        let (code, region) = REGIONS[one.region];
        writeln!(
            lists.servants,
            "{},{year:04}{month:02}{day:02}{:04}01{sex}{:03},{},{},{},{year:04}-{month:02}-{day:02},{},{code},{region}",
            one.id,
            year + 24,
            one.serial,
            one.name,
            one.degree,
            REGIONS[one.place].1,
            one.sex
        )
        .unwrap();
    }
    for n in 0..candidates {
        let id = format!("C{n:05}");
        let mut one = somebody(&mut dice, id.clone());
        if dice.happens(5) {
            one = people[dice.below(servants as u64) as usize].clone();
            lists.truth.push((id.clone(), one.id.clone()));
            one.name = varied(&mut dice, &one.name);
            if dice.happens(20) {
                one.region = dice.below(REGIONS.len() as u64) as usize;
            }
        } else if dice.happens(3) {
            let like = &people[dice.below(servants as u64) as usize];
            one = Somebody { birth: one.birth, ..like.clone() };
            lists.decoys.push(id.clone());
        }
        candidate(&mut dice, &mut lists.candidates, &id, &one);
    }
    lists
}

/// A name as it may be written on another day.
fn varied(dice: &mut Dice, name: &str) -> String {
    match dice.below(6) {
        0 => name.replace('u', "oe"),
        1 => name.replacen('a', "", 1),
        2 => name.split(' ').take(2).collect::<Vec<_>>().join(" "),
        _ => name.to_owned(),
    }
}

fn candidate(dice: &mut Dice, out: &mut String, id: &str, one: &Somebody) {
    let (year, month, day) = one.birth;
    let (mut birth, mut age) = (String::new(), String::new());
    if dice.happens(70) {
        birth = format!("{day:02}/{month:02}/{year}");
    } else if dice.happens(50) {
        let had = (month, day) <= (2, 14);
        age = (2024 - year - u64::from(!had)).to_string();
    }
    let place = if birth.is_empty() { "" } else { REGIONS[one.place].1 };
    let (name, region) = (one.name.to_uppercase(), REGIONS[one.region].1.to_uppercase());
    writeln!(out, "{id},\"{name}, {}\",{},{region},{place},{birth},{age}", one.degree, one.sex).unwrap();
}
