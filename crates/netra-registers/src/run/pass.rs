//! The register streaming past the candidates, on all threads.

use std::io;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

use super::{Progress, Settings, Summary, named};
use crate::LinkError;
use crate::block::Keys;
use crate::compare::compare;
use crate::counts::Counts;
use crate::index::Index;
use crate::input::chunks::{Chunk, Source};
use crate::input::records::Records;
use crate::input::remarks::{Remark, Remarked};
use crate::input::{InputKind, Opened};
use crate::pair::{Best, Pair, rank};
use crate::person::{Person, PersonReader};

/// What came of the pass.
pub(super) struct Passed {
    pub(super) counts: Counts,
    /// By candidate.
    pub(super) best: Vec<Best>,
}

/// What all threads share.
struct Shared<'s, 'r> {
    source: Mutex<Source<'r>>,
    index: &'s Index,
    settings: &'s Settings,
    kept: usize,
    progress: &'s (dyn Fn(Progress) + Sync),
}

/// What one thread found.
#[derive(Default)]
struct Part {
    counts: Counts,
    best: Vec<Best>,
    remarks: Vec<Remarked>,
    servants: u64,
    compared: u64,
    passed_by_cap: u64,
}

/// Reads the register once.
pub(super) fn run(
    servants: Opened<'_>,
    index: &Index,
    kept: usize,
    settings: &Settings,
    progress: &(dyn Fn(Progress) + Sync),
    summary: &mut Summary,
) -> Result<Passed, LinkError> {
    let Opened { name, source, delimiter, columns, .. } = servants;
    let shared = Shared { source: Mutex::new(source), index, settings, kept, progress };
    let parts: Vec<io::Result<Part>> = std::thread::scope(|scope| {
        let begin = || {
            scope.spawn(|| {
                let worker = Worker {
                    shared: &shared,
                    records: Records::new(delimiter),
                    reader: PersonReader::new(&columns),
                    keys: Keys::new(settings.age_on),
                    hits: Vec::new(),
                    remarks: Vec::new(),
                    part: Part::default(),
                };
                worker.run()
            })
        };
        let threads: Vec<_> = (0..settings.threads.get()).map(|_| begin()).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let mut whole = Part { best: empty(index), ..Part::default() };
    for part in parts {
        let part = part.map_err(|source| LinkError::Read { file: name.clone(), source })?;
        whole.merge(part, kept);
    }
    whole.remarks.sort_unstable();
    summary.remarks.extend(whole.remarks.iter().map(|remarked| (InputKind::Servants, *remarked)));
    summary.servants = whole.servants;
    summary.compared = whole.compared;
    summary.passed_by_cap = whole.passed_by_cap;
    if whole.servants == 0 {
        return Err(LinkError::NoRows { file: name, rejected: summary.rejected(InputKind::Servants) });
    }
    Ok(Passed { counts: whole.counts, best: whole.best })
}

fn empty(index: &Index) -> Vec<Best> {
    vec![Best::default(); index.len()]
}

impl Part {
    fn merge(&mut self, other: Part, kept: usize) {
        self.counts.merge(other.counts);
        for (best, other) in self.best.iter_mut().zip(other.best) {
            best.merge(other, kept);
        }
        self.remarks.extend(other.remarks);
        self.servants += other.servants;
        self.compared += other.compared;
        self.passed_by_cap += other.passed_by_cap;
    }
}

/// One thread's tools, used again for each row.
struct Worker<'s, 'r> {
    shared: &'s Shared<'s, 'r>,
    records: Records,
    reader: PersonReader,
    keys: Keys,
    hits: Vec<u32>,
    remarks: Vec<Remark>,
    part: Part,
}

impl Worker<'_, '_> {
    /// Reads pieces until there are none.
    fn run(mut self) -> io::Result<Part> {
        self.part.best = empty(self.shared.index);
        let mut chunk = Chunk::default();
        loop {
            let bytes = {
                let mut source = self.shared.source.lock().unwrap_or_else(PoisonError::into_inner);
                if !source.fill(&mut chunk)? {
                    return Ok(self.part);
                }
                source.bytes()
            };
            let mut rest = chunk.rest();
            while let Some(step) = self.records.step(&mut rest) {
                match step {
                    Ok(line) => self.row(line),
                    Err((line, remark)) => self.part.remarks.push(Remarked { line, remark }),
                }
            }
            (self.shared.progress)(Progress { bytes });
        }
    }

    fn row(&mut self, line: u64) {
        let person = self.reader.read(&self.records, &mut self.remarks);
        self.part.remarks.extend(self.remarks.drain(..).map(|remark| Remarked { line, remark }));
        let Some(person) = person else { return };
        self.part.servants += 1;
        self.part.counts.add(&person);
        let keys = self.keys.of_servant(&person);
        let passed = self.shared.index.probe(&person, keys, &mut self.hits);
        self.part.passed_by_cap += passed.by_cap;
        let hits = std::mem::take(&mut self.hits);
        for number in &hits {
            self.pair(*number, &person, line);
        }
        self.hits = hits;
    }

    /// Compares a servant with a candidate and keeps the pair if it is among the candidate's best.
    fn pair(&mut self, number: u32, servant: &Person, line: u64) {
        self.part.compared += 1;
        let Some(candidate) = self.shared.index.get(number) else { return };
        let Some(evidence) = compare(&candidate.person, servant, self.shared.settings.age_on) else { return };
        let rank = rank(&evidence, &candidate.person);
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        let Some(best) = self.part.best.get_mut(place) else { return };
        let id = self.reader.id(&self.records);
        best.keep(self.shared.kept, rank, line, || Pair::new(named(id, line), line, servant, evidence, rank));
    }
}
