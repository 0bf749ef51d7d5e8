//! The whole run: candidates into memory, the register past them, then weighing, giving and writing.

mod found;
mod output;
mod pass;

pub use found::Found;

use std::io::Write;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;

use jiff::civil::Date;

use crate::LinkError;
use crate::assign::{self, Class, Scored};
use crate::counts::Frequencies;
use crate::index::{Candidate, Index};
use crate::input::chunks::Chunk;
use crate::input::columns::Mapping;
use crate::input::records::Records;
use crate::input::remarks::{Remark, Remarked, Side};
use crate::input::{self, Input, InputKind, Opened};
use crate::model::Model;
use crate::pair::Best;
use crate::person::PersonReader;
use crate::score::{Marked, Scale};
use crate::text::shown;

/// How many pairs of a candidate are kept until the register is counted, if no more are asked for.
const KEPT: usize = 8;
/// How many more than asked for, so that those whose servant goes elsewhere can be replaced.
const SPARE: usize = 5;

/// What a run needs to know besides the lists.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Pairs below this probability are left out.
    pub threshold: f64,
    /// The most pairs of a candidate.
    pub top: NonZeroUsize,
    /// The day on which the candidates' ages hold.
    pub age_on: Date,
    /// How many threads read.
    pub threads: NonZeroUsize,
    /// What the user says about columns.
    pub columns: Vec<Mapping>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the register that were read.
    pub bytes: u64,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The version of the error model.
    pub model: String,
    /// Rows of candidates with a name.
    pub candidates: u64,
    /// Rows of servants with a name.
    pub servants: u64,
    /// What is wrong with rows, candidates first, in the order of the lines.
    pub remarks: Vec<(Side, Remarked)>,
    /// Pairs that were compared.
    pub compared: u64,
    /// Pairs that were passed over because too many candidates bear the name for it to be a key.
    pub passed_by_cap: u64,
    /// Candidates with neither birth date nor age, who cannot be settled.
    pub undated: u64,
    /// Candidates for whom a pair was written.
    pub proposed: u64,
    /// Pairs that were written, by class in the order of [`Class::ALL`].
    pub written: [u64; 3],
}

impl Summary {
    /// How many rows of a list have a remark.
    pub fn count(&self, side: Side, remark: Remark) -> usize {
        self.remarks.iter().filter(|(of, remarked)| *of == side && remarked.remark == remark).count()
    }

    /// How many rows of a list were rejected.
    pub fn rejected(&self, side: Side) -> usize {
        self.remarks.iter().filter(|(of, remarked)| *of == side && remarked.remark.is_rejection()).count()
    }

    /// How many pairs of a class were written.
    pub fn written(&self, class: Class) -> u64 {
        Class::ALL.iter().zip(self.written).find(|(known, _)| **known == class).map_or(0, |(_, count)| count)
    }
}

/// Holds candidates against the register, and writes the pairs as CSV:
/// `candidate_id,civil_servant_id,probability,class,reasons`, candidates in their order, the best pair first.
///
/// # Errors
/// A list cannot be read, has no column of names or no usable row; a column that the user names is in neither; the result
/// cannot be written.
pub fn link(
    servants: Input<'_>,
    candidates: Input<'_>,
    out: &mut dyn Write,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary, LinkError> {
    link_with(&Model::embedded()?, servants, candidates, out, settings, progress)
}

/// The same with another model than the one that is shipped, as [`crate::calibrate`] makes it.
///
/// # Errors
/// As for [`link`].
pub fn link_with(
    model: &Model,
    servants: Input<'_>,
    candidates: Input<'_>,
    out: &mut dyn Write,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary, LinkError> {
    let Weighed { mut summary, people, lists } = weighed(model, servants, candidates, settings, progress)?;
    output::write(out, &people, &lists, model, settings, &mut summary).map_err(LinkError::Write)?;
    Ok(summary)
}

/// Holds candidates against the register and gives the pairs themselves, in the order in which [`link`] writes them.
///
/// # Errors
/// As for [`link`].
pub fn pairs(
    model: &Model,
    servants: Input<'_>,
    candidates: Input<'_>,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Summary, Vec<Found>), LinkError> {
    let Weighed { mut summary, people, lists } = weighed(model, servants, candidates, settings, progress)?;
    let found = found::all(&people, &lists, model, settings, &mut summary);
    Ok((summary, found))
}

/// Everything but how it is told.
struct Weighed {
    summary: Summary,
    people: Vec<Candidate>,
    lists: Vec<Vec<Scored>>,
}

fn weighed(
    model: &Model,
    servants: Input<'_>,
    candidates: Input<'_>,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Weighed, LinkError> {
    let candidates = input::open(candidates, &settings.columns)?;
    let servants = input::open(servants, &settings.columns)?;
    check_mappings(&settings.columns, &candidates, &servants)?;
    let mut summary = Summary { model: model.version.clone(), ..Summary::default() };
    let people = read_candidates(candidates, &mut summary)?;
    let marked = Marked::of(&people);
    let index = Index::new(people, settings.age_on);
    let kept = KEPT.max(settings.top.get().saturating_add(SPARE));
    let passed = pass::run(servants, &index, kept, settings, progress, &mut summary)?;
    let register = passed.counts.finish();
    let (people, best) = index.in_order_of_list(passed.best);
    let mut lists = weigh(model, &register, marked, &people, best, settings);
    assign::one_to_one(&mut lists);
    Ok(Weighed { summary, people, lists })
}

fn check_mappings(mappings: &[Mapping], one: &Opened<'_>, other: &Opened<'_>) -> Result<(), LinkError> {
    let is_found =
        |mapping: &&Mapping| one.columns.mapped.contains(&mapping.head) || other.columns.mapped.contains(&mapping.head);
    match mappings.iter().find(|mapping| !is_found(mapping)) {
        Some(mapping) => Err(LinkError::UnknownHead { head: mapping.head.clone() }),
        None => Ok(()),
    }
}

/// Reads all candidates; their numbers are their places.
fn read_candidates(opened: Opened<'_>, summary: &mut Summary) -> Result<Vec<Candidate>, LinkError> {
    let Opened { name, mut source, delimiter, columns, .. } = opened;
    let mut records = Records::new(delimiter);
    let mut reader = PersonReader::new(&columns);
    let mut chunk = Chunk::default();
    let mut people = Vec::new();
    let mut remarks = Vec::new();
    loop {
        let more = source.fill(&mut chunk).map_err(|source| LinkError::Read { file: name.clone(), source })?;
        if !more {
            break;
        }
        let mut rest = chunk.rest();
        while let Some(step) = records.step(&mut rest) {
            let line = match step {
                Ok(line) => line,
                Err((line, remark)) => {
                    summary.remarks.push((InputKind::Candidates, Remarked { line, remark }));
                    continue;
                }
            };
            let person = reader.read(&records, &mut remarks);
            let here = remarks.drain(..).map(|remark| (InputKind::Candidates, Remarked { line, remark }));
            summary.remarks.extend(here);
            let Some(person) = person else { continue };
            summary.undated += u64::from(person.birth.is_none() && person.age.is_none());
            let id = named(reader.id(&records), line);
            let region = shown(reader.region_text(&records));
            let Ok(place) = u32::try_from(people.len()) else { return Err(LinkError::TooMany { file: name }) };
            people.push(Candidate { person, id: id.into_boxed_str(), region: region.into_boxed_str(), place });
        }
    }
    if people.is_empty() {
        return Err(LinkError::NoRows { file: name, rejected: summary.rejected(InputKind::Candidates) });
    }
    summary.candidates = u64::try_from(people.len()).unwrap_or(u64::MAX);
    Ok(people)
}

/// By which the result names a row: its id, or its line where it has none.
fn named(id: &[u8], line: u64) -> String {
    if id.is_empty() { format!("baris {line}") } else { shown(id) }
}

impl Marked {
    /// Which marks the candidates have.
    fn of(people: &[Candidate]) -> Marked {
        let share = |has: fn(&Candidate) -> bool| {
            let count = people.iter().filter(|candidate| has(candidate)).count();
            count as f64 / people.len().max(1) as f64
        };
        Marked {
            degrees: share(|candidate| candidate.person.name.degrees != 0),
            titles: share(|candidate| candidate.person.name.titles != 0),
        }
    }
}

/// Weighs the pairs of each candidate and turns weights into probabilities, on all threads.
fn weigh(
    model: &Model,
    register: &Frequencies,
    marked: Marked,
    people: &[Candidate],
    mut best: Vec<Best>,
    settings: &Settings,
) -> Vec<Vec<Scored>> {
    let scale = &Scale { model, register, age_year: settings.age_on.year(), marked };
    let share = best.len().div_ceil(settings.threads.get()).max(1);
    std::thread::scope(|scope| {
        let parts = best.chunks_mut(share).zip(people.chunks(share)).map(|(best, people)| {
            scope.spawn(move || {
                let lists = best.iter_mut().zip(people).map(|(best, candidate)| {
                    let pairs = std::mem::take(best).into_pairs().into_iter();
                    let weighed = pairs.map(|pair| {
                        let weight = scale.weigh(&candidate.person, &pair);
                        (pair, weight)
                    });
                    assign::probabilities(model, weighed.collect())
                });
                lists.collect::<Vec<Vec<Scored>>>()
            })
        });
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}
