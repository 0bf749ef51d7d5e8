//! How good a result is, where the truth is known.
//!
//! `cargo run --release -p netra-registers --example evaluate -- M.csv DIR`, with `candidates.csv`, `truth.csv` and
//! `decoys.csv` in the folder. Prints the best F1 with precision and recall, the recall at a precision of 0.99, how many
//! decoys are above 0.99, and the stated probability against the share that is true, by tenths; for all candidates, those
//! with a birth date, those with an age only, and those with neither.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is this program's purpose")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error>;

/// What a candidate's row says about birth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Date,
    Age,
    Neither,
}

/// A proposed pair.
struct Pair {
    candidate: String,
    probability: f64,
    is_true: bool,
    is_decoy: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [result, folder] = arguments.as_slice() else {
        eprintln!("usage: evaluate M.csv DIR");
        return ExitCode::from(2);
    };
    match run(Path::new(result), Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(result: &Path, folder: &Path) -> Result<(), Failure> {
    let known: BTreeMap<String, Known> =
        columns(&folder.join("candidates.csv"), ["id", "tanggal_lahir", "umur"])?.into_iter().map(known).collect();
    let two = |file: &str| columns(&folder.join(file), ["candidate_id", "civil_servant_id", "civil_servant_id"]);
    let pairs_of = |rows: Vec<[String; 3]>| -> BTreeSet<(String, String)> {
        rows.into_iter().map(|[candidate, servant, _]| (candidate, servant)).collect()
    };
    let (truth, decoys) = (pairs_of(two("truth.csv")?), pairs_of(two("decoys.csv")?));
    let mut pairs = Vec::new();
    for [candidate, servant, probability] in columns(result, ["candidate_id", "civil_servant_id", "probability"])? {
        let probability = probability.parse()?;
        let key = (candidate.clone(), servant);
        pairs.push(Pair { candidate, probability, is_true: truth.contains(&key), is_decoy: decoys.contains(&key) });
    }
    let groups: [(&str, &[Known]); 4] = [
        ("all", &[Known::Date, Known::Age, Known::Neither]),
        ("birth date", &[Known::Date]),
        ("age only", &[Known::Age]),
        ("neither", &[Known::Neither]),
    ];
    for (title, kinds) in groups {
        let is_in = |candidate: &str| known.get(candidate).is_some_and(|kind| kinds.contains(kind));
        let wanted = truth.iter().filter(|(candidate, _)| is_in(candidate)).count();
        let group: Vec<&Pair> = pairs.iter().filter(|pair| is_in(&pair.candidate)).collect();
        report(title, &group, wanted);
    }
    Ok(())
}

fn known(row: [String; 3]) -> (String, Known) {
    let [id, birth, age] = row;
    let known = match (birth.is_empty(), age.is_empty()) {
        (false, _) => Known::Date,
        (true, false) => Known::Age,
        (true, true) => Known::Neither,
    };
    (id, known)
}

/// Three columns of a file.
fn columns(file: &Path, names: [&str; 3]) -> Result<Vec<[String; 3]>, Failure> {
    let mut reader = csv::Reader::from_path(file)?;
    let heads = reader.headers()?.clone();
    let place = |name: &str| heads.iter().position(|head| head == name).ok_or(format!("{name} is no column"));
    let [one, two, three] = names;
    let places = [place(one)?, place(two)?, place(three)?];
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        rows.push(places.map(|place| record.get(place).unwrap_or_default().to_owned()));
    }
    Ok(rows)
}

fn report(title: &str, pairs: &[&Pair], wanted: usize) {
    // The first pair of a candidate is its best.
    let mut seen = BTreeSet::new();
    let mut best: Vec<&Pair> = pairs.iter().copied().filter(|pair| seen.insert(&pair.candidate)).collect();
    best.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    let (mut right, mut top, mut at_99) = (0usize, (0.0, 0.0, 0.0, 0.0), 0.0f64);
    for (place, pair) in best.iter().enumerate() {
        right += usize::from(pair.is_true);
        let is_last_of_equals = best.get(place + 1).is_none_or(|next| next.probability < pair.probability);
        if !is_last_of_equals || right == 0 {
            continue;
        }
        let precision = right as f64 / (place + 1) as f64;
        let recall = right as f64 / wanted.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall);
        if f1 > top.0 {
            top = (f1, precision, recall, pair.probability);
        }
        if precision >= 0.99 {
            at_99 = at_99.max(recall);
        }
    }
    let decoys = pairs.iter().filter(|pair| pair.is_decoy && pair.probability > 0.99).count();
    println!(
        "{title}: {wanted} true; best F1 {:.4} (precision {:.3}, recall {:.3}, from {:.4}); recall at 0.99: {at_99:.3}; \
         decoys over 0.99: {decoys}",
        top.0, top.1, top.2, top.3
    );
    for tenth in 0u8..10 {
        let (from, to) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        let is_in = |pair: &&&Pair| pair.probability >= from && (pair.probability < to || tenth == 9);
        let group: Vec<&&Pair> = pairs.iter().filter(is_in).collect();
        if group.is_empty() {
            continue;
        }
        let count = group.len() as f64;
        let stated = group.iter().map(|pair| pair.probability).sum::<f64>() / count;
        let real = group.iter().filter(|pair| pair.is_true).count() as f64 / count;
        println!("  stated {:.3}, true {real:.3} ({} pairs)", stated, group.len());
    }
}
