//! The error model brought nearer to what reviewers decided.
//!
//! Decisions come without names: how probable a pair was stated to be, under which figures of the model it stood, and what
//! two people said. Of the pairs that two people took for one person it is counted how often each figure was met, and the
//! model's own share is mixed with that as if it had been seen in [`STATED`] pairs. So a few decisions move little, and no
//! figure becomes zero. Nothing is learned from pairs that nobody decided.
//!
//! What this cannot mend: reviewers see only the pairs that were found, so that the ways in which records differ too much to
//! be found stay as they were stated; and the share of candidates who are in the register is left alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::Model;

/// The form of the file of decisions.
pub const FORM: u32 = 1;
/// For how many pairs the stated figures count.
pub const STATED: f64 = 500.0;
/// The parts of the model that decisions speak about.
const PARTS: [Part; 6] = [Part::Name, Part::Birth, Part::Age, Part::Region, Part::Place, Part::Sex];

/// Decisions of reviewers, without names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// [`FORM`].
    pub form: u32,
    /// The day up to which they were made.
    pub until: Date,
    /// In an order that says nothing about when they were made.
    pub decisions: Vec<Decided>,
}

/// A pair that two people decided alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// What was decided.
    pub verdict: Verdict,
    /// How probable it was stated to be.
    pub probability: f64,
    /// The version of the model that stated it.
    pub model: String,
    /// The figures under which it stood.
    pub figures: Vec<String>,
}

/// What two people decided about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// One person.
    Match,
    /// Two persons.
    NoMatch,
}

/// Why decisions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// The file is of another form.
    #[error("berkas keputusan berbentuk {0}, program ini membaca bentuk {known}; unduh lagi dari meja daftar", known = FORM)]
    Form(u32),
    /// A figure that the model does not have.
    #[error("keputusan menyebut '{0}' yang tidak ada dalam model galat; unduh lagi dari meja daftar versi ini")]
    Figure(String),
    /// A probability that is none.
    #[error("keputusan menyebut peluang {0}, padahal peluang terletak antara 0 dan 1")]
    Probability(f64),
}

impl Decisions {
    /// Decisions in an order that says nothing about when they were made.
    pub fn new(until: Date, mut decisions: Vec<Decided>) -> Decisions {
        decisions.sort_by(|one, other| {
            let rest = |decided: &Decided| (decided.verdict, decided.model.clone(), decided.figures.clone());
            one.probability.total_cmp(&other.probability).then_with(|| rest(one).cmp(&rest(other)))
        });
        Decisions { form: FORM, until, decisions }
    }

    /// How the stated probabilities held, by tenths, the lowest first; tenths without a pair are left out.
    pub fn tenths(&self) -> Vec<Tenth> {
        let mut tenths: BTreeMap<u8, Tenth> = BTreeMap::new();
        for decided in &self.decisions {
            let from = (0..9u8).filter(|tenth| decided.probability >= f64::from(tenth + 1) / 10.0).count();
            let from = u8::try_from(from).unwrap_or_default();
            let tenth = tenths.entry(from).or_insert(Tenth { from, pairs: 0, matches: 0, stated: 0.0 });
            tenth.pairs += 1;
            tenth.matches += u64::from(decided.verdict == Verdict::Match);
            tenth.stated += decided.probability;
        }
        tenths.into_values().map(|tenth| Tenth { stated: tenth.stated / tenth.pairs as f64, ..tenth }).collect()
    }
}

/// How stated probabilities held in one tenth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tenth {
    /// The tenth: 9 is from 0.9 on.
    pub from: u8,
    /// How many pairs were decided.
    pub pairs: u64,
    /// How many of them are one person.
    pub matches: u64,
    /// The mean of what was stated.
    pub stated: f64,
}

/// The model with its figures brought nearer to the decisions. Its version names the one it came from, how many pairs of one
/// person it was brought nearer to, and until when they were decided.
///
/// # Errors
/// The decisions are of another form, or name a figure or a probability that cannot be.
pub fn calibrate(model: &Model, decisions: &Decisions) -> Result<Model, CalibrationError> {
    if decisions.form != FORM {
        return Err(CalibrationError::Form(decisions.form));
    }
    let mut model = model.clone();
    let mut known: Vec<&'static str> = Vec::new();
    for part in PARTS {
        known.extend(part.figures(&mut model).into_iter().map(|(name, _)| name));
    }
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    let mut used = 0_u32;
    for decided in &decisions.decisions {
        if !(0.0..=1.0).contains(&decided.probability) {
            return Err(CalibrationError::Probability(decided.probability));
        }
        if let Some(unknown) = decided.figures.iter().find(|figure| !known.contains(&figure.as_str())) {
            return Err(CalibrationError::Figure(unknown.clone()));
        }
        if decided.verdict == Verdict::Match {
            used += 1;
            decided.figures.iter().for_each(|figure| *counts.entry(figure.as_str()).or_default() += 1.0);
        }
    }
    for part in PARTS {
        let figures = part.figures(&mut model);
        let whole: f64 = figures.iter().map(|(_, figure)| **figure).sum();
        let seen: f64 = figures.iter().filter_map(|(name, _)| counts.get(name)).sum();
        for (name, figure) in figures {
            let count = counts.get(name).copied().unwrap_or_default();
            *figure = (count * whole + STATED * *figure) / (seen + STATED);
        }
    }
    model.version = format!("{}+{used}@{}", model.version, decisions.until);
    Ok(model)
}

/// A part of the model whose figures are the shares of one whole.
#[derive(Clone, Copy)]
enum Part {
    Name,
    Birth,
    Age,
    Region,
    Place,
    Sex,
}

impl Part {
    /// Its figures with their names.
    fn figures(self, model: &mut Model) -> Vec<(&'static str, &mut f64)> {
        match self {
            Part::Name => {
                let name = &mut model.name;
                vec![
                    ("name.identical", &mut name.identical),
                    ("name.folded", &mut name.folded),
                    ("name.initials", &mut name.initials),
                    ("name.slips", &mut name.slips),
                    ("name.fewer", &mut name.fewer),
                    ("name.one_of", &mut name.one_of),
                    ("name.fewer_slips", &mut name.fewer_slips),
                    ("name.shared", &mut name.shared),
                    ("name.different", &mut name.different),
                ]
            }
            Part::Birth => {
                let birth = &mut model.birth;
                vec![
                    ("birth.equal", &mut birth.equal),
                    ("birth.turned", &mut birth.turned),
                    ("birth.year_off", &mut birth.year_off),
                    ("birth.same_month", &mut birth.same_month),
                    ("birth.year_off_same_month", &mut birth.year_off_same_month),
                    ("birth.other_year", &mut birth.other_year),
                    ("birth.same_day", &mut birth.same_day),
                    ("birth.same_year", &mut birth.same_year),
                    ("birth.different", &mut birth.different),
                ]
            }
            Part::Age => {
                let age = &mut model.age;
                vec![
                    ("age.equal", &mut age.equal),
                    ("age.one_off", &mut age.one_off),
                    ("age.near", &mut age.near),
                    ("age.different", &mut age.different),
                ]
            }
            Part::Region => {
                let region = &mut model.region;
                vec![
                    ("region.same", &mut region.same),
                    ("region.province", &mut region.province),
                    ("region.elsewhere", &mut region.elsewhere),
                ]
            }
            Part::Place => {
                vec![("place.same", &mut model.place.same), ("place.different", &mut model.place.different)]
            }
            Part::Sex => vec![("sex.same", &mut model.sex.same), ("sex.different", &mut model.sex.different)],
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn decided(verdict: Verdict, probability: f64, figures: &[&str]) -> Decided {
        let figures = figures.iter().map(|figure| (*figure).to_owned()).collect();
        Decided { verdict, probability, model: "2026-1".to_owned(), figures }
    }

    fn decisions(list: Vec<Decided>) -> Decisions {
        Decisions::new(date(2026, 2, 3), list)
    }

    #[test]
    fn nothing_decided_changes_nothing_but_the_version() {
        let stated = Model::embedded().unwrap();
        let model = calibrate(&stated, &decisions(Vec::new())).unwrap();
        assert!((model.name.identical - stated.name.identical).abs() < 1e-12);
        assert_eq!(model.version, format!("{}+0@2026-02-03", stated.version));
    }

    #[test]
    fn figures_move_towards_what_was_met_and_only_matches_count() {
        let stated = Model::embedded().unwrap();
        let slips = vec![decided(Verdict::Match, 0.9, &["name.slips", "region.same"]); 500];
        let model = calibrate(&stated, &decisions(slips)).unwrap();
        let expected = f64::midpoint(stated.name.slips, 1.0);
        assert!((model.name.slips - expected).abs() < 0.01, "{}", model.name.slips);
        assert!(model.name.identical < stated.name.identical && model.name.identical > 0.0);
        assert!((model.birth.equal - stated.birth.equal).abs() < 1e-12, "nothing was said about dates");
        let others = vec![decided(Verdict::NoMatch, 0.4, &["name.slips"]); 500];
        let model = calibrate(&stated, &decisions(others)).unwrap();
        assert!((model.name.slips - stated.name.slips).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        let stated = Model::embedded().unwrap();
        let refused = |list| calibrate(&stated, &decisions(list)).unwrap_err().to_string();
        assert!(refused(vec![decided(Verdict::Match, 0.5, &["name.sama"])]).contains("'name.sama'"));
        assert!(refused(vec![decided(Verdict::Match, 1.5, &[])]).contains("peluang 1.5"));
        let other = Decisions { form: 2, ..decisions(Vec::new()) };
        assert!(calibrate(&stated, &other).unwrap_err().to_string().contains("berbentuk 2"));
    }

    #[test]
    fn stated_probabilities_are_held_against_decisions_by_tenths() {
        let list = decisions(vec![
            decided(Verdict::Match, 0.95, &[]),
            decided(Verdict::NoMatch, 0.91, &[]),
            decided(Verdict::NoMatch, 0.05, &[]),
            decided(Verdict::Match, 1.0, &[]),
        ]);
        let tenths: Vec<(u8, u64, u64)> = list.tenths().iter().map(|t| (t.from, t.pairs, t.matches)).collect();
        assert_eq!(tenths, [(0, 1, 0), (9, 3, 2)]);
    }

    proptest! {
        /// Guards: shares stay shares, whatever was decided.
        #[test]
        fn shares_keep_their_sum(levels in proptest::collection::vec(0usize..9, 0..200)) {
            let mut stated = Model::embedded().unwrap();
            let names: Vec<&str> = Part::Name.figures(&mut stated).into_iter().map(|(name, _)| name).collect();
            let list = levels.iter().map(|level| decided(Verdict::Match, 0.5, &[names[*level]]));
            let model = calibrate(&stated, &decisions(list.collect())).unwrap();
            let sum = |mut model: Model| -> f64 { Part::Name.figures(&mut model).iter().map(|(_, f)| **f).sum() };
            prop_assert!((sum(model.clone()) - sum(stated)).abs() < 1e-9);
            prop_assert!(Part::Name.figures(&mut model.clone()).iter().all(|(_, figure)| **figure > 0.0));
        }
    }
}
