//! A comparison in the background: the rows are read, compared outside the threads that answer requests, and what was found is
//! kept. It goes on when nobody looks, and one runs at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::civil::Date;
use netra_registers::{
    Changes, Class, Found, Input, LinkError, ListRow, Model, Progress, Settings, changes, each_row, pairs,
};
use netra_store::{EntryState, NewPair, NewRun, RegisterError, RunCounts, RunResult, RunState, Scope};
use tokio::sync::Semaphore;

use super::view::People;
use crate::app::App;

/// Comparisons at the same time: one alone takes all the threads that it may have.
static AT_WORK: Semaphore = Semaphore::const_new(1);
/// How often a comparison says that it is alive.
const BEAT: Duration = Duration::from_secs(2);
/// Pairs that are less probable are not worth anybody's time.
const THRESHOLD: f64 = 0.05;
/// Pairs of one candidate.
const TOP: NonZeroUsize = NonZeroUsize::MIN.saturating_add(2);

/// Why a comparison came to nothing. What was read stays out of it: it could name somebody.
#[derive(Debug, thiserror::Error)]
enum NotCompared {
    /// A list was deleted in between.
    #[error("the rows of a list are gone")]
    Gone,
    /// The rows could not be compared.
    #[error("the rows could not be compared")]
    Link(#[from] LinkError),
    /// What was found could not be written down.
    #[error("what was found could not be written down")]
    Json(#[from] serde_json::Error),
    /// The server is stopping.
    #[error("the comparison was cut off")]
    CutOff,
    /// The store failed.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

/// Starts a comparison that was begun.
pub(super) fn start(app: &App, scope: Scope, run: NewRun, age_on: Date) {
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = compare(&app, &scope, run, age_on).await {
            tracing::error!(run = %run.id, %error, "a comparison of lists failed");
            let failed = app.store.note_run(&scope, run.id, RunState::Failed, 0, app.clock.now()).await;
            if failed.is_err() {
                tracing::error!(run = %run.id, "that a comparison failed could not be noted");
            }
        }
    });
}

async fn compare(app: &App, scope: &Scope, run: NewRun, age_on: Date) -> Result<(), NotCompared> {
    let read = Arc::new(AtomicU64::new(0));
    let work = found(app, scope, run, age_on, Arc::clone(&read));
    tokio::pin!(work);
    let mut often = tokio::time::interval(BEAT);
    let result = loop {
        tokio::select! {
            done = &mut work => break done?,
            _ = often.tick() => {
                let permille = u16::try_from(read.load(Ordering::Relaxed).min(999)).unwrap_or(999);
                let noted = app.store.note_run(scope, run.id, RunState::Running, permille, app.clock.now()).await;
                noted.map_err(RegisterError::from)?;
            }
        }
    };
    app.store.finish_run(scope, run.id, app.clock.now(), result).await?;
    Ok(())
}

/// What a comparison finds, when its turn has come.
async fn found(
    app: &App,
    scope: &Scope,
    run: NewRun,
    age_on: Date,
    read: Arc<AtomicU64>,
) -> Result<RunResult, NotCompared> {
    let permit = AT_WORK.acquire().await.map_err(|_| NotCompared::CutOff)?;
    let candidates = rows(app, scope, run.candidates).await?;
    let servants = rows(app, scope, run.servants).await?;
    let earlier = match run.earlier {
        Some(list) => Some(rows(app, scope, list).await?),
        None => None,
    };
    let done = tokio::task::spawn_blocking(move || {
        // Held as long as the work lasts, also when nobody waits for it any more.
        let _permit = permit;
        compared(&candidates, &servants, earlier.as_deref(), age_on, &read)
    });
    done.await.map_err(|_| NotCompared::CutOff)?
}

async fn rows(app: &App, scope: &Scope, list: netra_store::ListId) -> Result<Vec<u8>, NotCompared> {
    let rows = app.store.list_rows(scope, list).await.map_err(RegisterError::from)?;
    rows.ok_or(NotCompared::Gone)
}

/// The comparison itself: a function of the rows. `read` follows how much of the register was read, in thousandths.
fn compared(
    candidates: &[u8],
    servants: &[u8],
    earlier: Option<&[u8]>,
    age_on: Date,
    read: &AtomicU64,
) -> Result<RunResult, NotCompared> {
    let whole = u64::try_from(servants.len()).unwrap_or(u64::MAX).max(1);
    let progress = |at: Progress| read.store(at.bytes.saturating_mul(1000) / whole, Ordering::Relaxed);
    let settings = Settings { threshold: THRESHOLD, top: TOP, age_on, threads: threads(), columns: Vec::new() };
    let model = Model::embedded().map_err(LinkError::from)?;
    let (summary, mut found) = pairs(&model, input(servants), input(candidates), &settings, &progress)?;
    found.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    let changes = earlier.map(|earlier| changes(earlier, candidates)).transpose()?;
    let entries = changes.as_ref().map(entries);
    let of_candidates = wanted(candidates, &found, by_candidate)?;
    let of_servants = wanted(servants, &found, by_servant)?;
    let mut kept = Vec::with_capacity(found.len());
    for pair in &found {
        let no = by_candidate(pair);
        let (Some(candidate), Some(servant)) = (of_candidates.get(&no), of_servants.get(&by_servant(pair))) else {
            continue;
        };
        let entry = match &entries {
            Some(entries) => entries.get(&no).copied().unwrap_or(EntryState::Same),
            None => EntryState::Unknown,
        };
        let people = People::of(candidate, servant, pair);
        kept.push(NewPair {
            class: pair.class.id().to_owned(),
            probability: ten_thousandths(pair.probability),
            entry,
            figures: pair.figures.iter().map(|figure| (*figure).to_owned()).collect(),
            body: serde_json::to_vec(&people)?,
        });
    }
    let count = |list: usize| u64::try_from(list).unwrap_or(u64::MAX);
    let counts = RunCounts {
        candidates: summary.candidates,
        servants: summary.servants,
        undated: summary.undated,
        passed_by_cap: summary.passed_by_cap,
        proposed: summary.proposed,
        pairs: Class::ALL.map(|class| summary.written(class)),
        new: changes.as_ref().map_or(0, |changes| count(changes.new.len())),
        changed: changes.as_ref().map_or(0, |changes| count(changes.changed.len())),
        vanished: changes.as_ref().map_or(0, |changes| count(changes.vanished.len())),
    };
    let changes = changes.map(|changes| serde_json::to_vec(&changes)).transpose()?.unwrap_or_default();
    Ok(RunResult { model: model.version, counts, changes, pairs: kept })
}

/// Half of the machine: the other half answers requests.
fn threads() -> NonZeroUsize {
    let all = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    NonZeroUsize::new(all.get() / 2).unwrap_or(NonZeroUsize::MIN)
}

fn input(bytes: &[u8]) -> Input<'_> {
    Input { name: String::new(), reader: Box::new(Cursor::new(bytes)) }
}

/// The lists are named by the running numbers that they were given when they came in.
fn by_candidate(pair: &Found) -> u64 {
    pair.candidate.parse().unwrap_or_default()
}

fn by_servant(pair: &Found) -> u64 {
    pair.servant.parse().unwrap_or_default()
}

/// The rows of a list that stand in pairs.
fn wanted(bytes: &[u8], found: &[Found], no: fn(&Found) -> u64) -> Result<BTreeMap<u64, ListRow>, LinkError> {
    let numbers: BTreeSet<u64> = found.iter().map(no).collect();
    let mut rows = BTreeMap::new();
    each_row(bytes, |row| {
        if numbers.contains(&row.no) {
            rows.insert(row.no, row);
        }
    })?;
    Ok(rows)
}

/// The entries of the later list that are not as they were.
fn entries(changes: &Changes) -> BTreeMap<u64, EntryState> {
    let new = changes.new.iter().map(|row| (row.no, EntryState::New));
    let changed = changes.changed.iter().map(|changed| (changed.is.no, EntryState::Changed));
    new.chain(changed).collect()
}

fn ten_thousandths(probability: f64) -> u16 {
    (probability.clamp(0.0, 1.0) * 10_000.0).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_kept_in_ten_thousandths() {
        assert_eq!([0.0, 0.05, 0.9999, 1.0, 7.0].map(ten_thousandths), [0, 500, 9999, 10_000, 10_000]);
        assert_eq!(TOP.get(), 3);
    }

    #[test]
    fn what_is_found_has_the_rows_of_both_lists() {
        let servants = b"id,nama,tanggal_lahir,nip,wilayah\n\
            1,Setyaningrum Hapsarini,1985-02-03,198502032010012003,Boyolali\n\
            2,Wiranegara Kusumadilaga,1980-07-01,,Boyolali\n";
        let candidates = b"id,nama,tanggal_lahir,wilayah,partai\n1,SETYANINGRUM HAPSARINI,03/02/1985,BOYOLALI,A\n";
        let earlier = b"id,nama,tanggal_lahir,wilayah,partai\n1,Hendratmoko Suseno,,,A\n";
        let day = jiff::civil::date(2024, 2, 14);
        let found = compared(candidates, servants, Some(earlier), day, &AtomicU64::new(0)).unwrap();
        assert_eq!((found.counts.new, found.counts.vanished, found.pairs.len()), (1, 1, 1));
        let pair = &found.pairs[0];
        assert_eq!(pair.entry, EntryState::New);
        assert!(pair.figures.contains(&"name.identical".to_owned()), "{:?}", pair.figures);
        let people: People = serde_json::from_slice(&pair.body).unwrap();
        assert_eq!(people.servant.no, 1);
    }
}
