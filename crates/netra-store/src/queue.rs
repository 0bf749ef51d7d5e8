//! The queue of writers: what many people write at once becomes durable with one sync.
//!
//! Jobs wait in one queue. A loop takes all that are waiting, runs them one after the other inside one
//! transaction, and answers them only after the commit. If one is refused, they are run again, each behind
//! a savepoint of its own, so that it undoes its own writes and no others; where the transaction as a whole
//! fails, each is run again alone, so that everybody hears of his own fault only.
//!
//! On SQLite there is one loop, because one connection may write. On PostgreSQL there are several, and
//! other processes beside; an office's jobs always go to the same loop, so that two loops of a process
//! never wait for each other's rows.

use std::future::Future;
use std::pin::Pin;

use sqlx::{AnyConnection, AnyPool, Connection as _};
use tokio::sync::{mpsc, oneshot};

use crate::accounts::AccountError;
use crate::convert::failed;
use crate::types::{RecordError, StoreError};

/// Most jobs in one transaction.
const BATCH: usize = 256;
/// How many jobs may wait; whoever comes then waits for a place.
const WAITING: usize = 4096;
/// How often a job is run again when the database chose it to give way to another.
const TRIES: u32 = 8;

/// What a job does with its connection.
pub(crate) type Work<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// An error that may hold a failure of the store.
pub(crate) trait Fault: From<StoreError> + Send + 'static {
    /// The failure of the store, if that is what it is.
    fn store(&self) -> Option<&StoreError>;
}

impl Fault for StoreError {
    fn store(&self) -> Option<&StoreError> {
        Some(self)
    }
}

impl Fault for RecordError {
    fn store(&self) -> Option<&StoreError> {
        if let RecordError::Store(error) = self { Some(error) } else { None }
    }
}

impl Fault for AccountError {
    fn store(&self) -> Option<&StoreError> {
        if let AccountError::Store(error) = self { Some(error) } else { None }
    }
}

/// The ends of the queue into which jobs are put.
#[derive(Debug)]
pub(crate) struct Queue {
    lanes: Vec<mpsc::Sender<Box<dyn Job>>>,
}

impl Queue {
    /// Starts as many loops as may write at the same time.
    pub(crate) fn start(pool: &AnyPool, begin: &'static str, lanes: usize) -> Queue {
        let lane = || {
            let (sender, receiver) = mpsc::channel(WAITING);
            tokio::spawn(serve(pool.clone(), begin, receiver));
            sender
        };
        Queue { lanes: std::iter::repeat_with(lane).take(lanes.max(1)).collect() }
    }

    /// Runs a job in a transaction and answers after its commit. Jobs with the same key run in order.
    ///
    /// A job may run more than once: all its writes but those of the last run are undone.
    pub(crate) async fn write<T, E, F>(&self, key: &str, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Fault,
        F: for<'c> Fn(&'c mut AnyConnection) -> Work<'c, Result<T, E>> + Send + Sync + 'static,
    {
        let place = key.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        let closed = || E::from(StoreError::Closed);
        let lane = self.lanes.get(place % self.lanes.len().max(1)).ok_or_else(closed)?;
        let (reply, answer) = oneshot::channel();
        lane.send(Box::new(Task { job, outcome: None, reply })).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }
}

/// How a job ended inside the transaction.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Its writes stand.
    Keep,
    /// Its writes are undone.
    Undo,
    /// The database chose it to give way: its writes are undone and it may be run again.
    Again,
}

trait Job: Send {
    fn run<'c>(&'c mut self, conn: &'c mut AnyConnection) -> Work<'c, Verdict>;
    /// Takes back what the last run came to, because the transaction failed.
    fn fail(&mut self, error: StoreError);
    fn answer(self: Box<Self>);
}

struct Task<T, E, F> {
    job: F,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Task<T, E, F>
where
    T: Send + 'static,
    E: Fault,
    F: for<'c> Fn(&'c mut AnyConnection) -> Work<'c, Result<T, E>> + Send + Sync + 'static,
{
    fn run<'c>(&'c mut self, conn: &'c mut AnyConnection) -> Work<'c, Verdict> {
        Box::pin(async move {
            let outcome = (self.job)(conn).await;
            let verdict = match &outcome {
                Ok(_) => Verdict::Keep,
                Err(error) if error.store().is_some_and(gave_way) => Verdict::Again,
                Err(_) => Verdict::Undo,
            };
            self.outcome = Some(outcome);
            verdict
        })
    }

    fn fail(&mut self, error: StoreError) {
        // A refusal stands whatever became of the transaction; success does not.
        if !matches!(self.outcome, Some(Err(_))) {
            self.outcome = Some(Err(error.into()));
        }
    }

    fn answer(self: Box<Self>) {
        if let Some(outcome) = self.outcome {
            // Whoever asked may have gone away; what was committed stays committed.
            let _ = self.reply.send(outcome);
        }
    }
}

/// Whether the database undid a transaction to let another one through (serialization failure or
/// deadlock: SQLSTATE class 40).
fn gave_way(error: &StoreError) -> bool {
    let StoreError::Database { source, .. } = error else { return false };
    source.as_database_error().and_then(|e| e.code()).is_some_and(|code| matches!(&*code, "40001" | "40P01"))
}

async fn serve(pool: AnyPool, begin: &'static str, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
    let mut batch = Vec::new();
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let several = batch.len() > 1;
        let done = several
            && (together(&pool, begin, &mut batch, Apart::No).await
                || together(&pool, begin, &mut batch, Apart::Yes).await);
        if !done {
            for job in &mut batch {
                alone(&pool, begin, job.as_mut()).await;
            }
        }
        batch.drain(..).for_each(Job::answer);
    }
}

/// Whether each job of a transaction stands behind a savepoint of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    /// No: quicker, but one refusal undoes them all.
    No,
    /// Yes: a refused job undoes its own writes only.
    Yes,
}

/// Runs jobs in one transaction; tells whether it was committed. If not, none of them has written anything.
async fn together(pool: &AnyPool, begin: &'static str, batch: &mut [Box<dyn Job>], apart: Apart) -> bool {
    let attempt = async {
        let mut tx = pool.begin_with(begin).await?;
        for job in batch {
            let verdict = match apart {
                Apart::No => job.run(&mut tx).await,
                Apart::Yes => {
                    let mut own = tx.begin().await?;
                    let verdict = job.run(&mut own).await;
                    if verdict == Verdict::Keep {
                        own.commit().await?
                    } else {
                        own.rollback().await?
                    }
                    verdict
                }
            };
            if verdict == Verdict::Again || (verdict == Verdict::Undo && apart == Apart::No) {
                tx.rollback().await?;
                return Ok(false);
            }
        }
        tx.commit().await.map(|()| true)
    };
    let done: Result<bool, sqlx::Error> = attempt.await;
    done.unwrap_or(false)
}

/// Runs one job in a transaction of its own.
async fn alone(pool: &AnyPool, begin: &'static str, job: &mut dyn Job) {
    for _ in 0..TRIES {
        let attempt = async {
            let mut tx = pool.begin_with(begin).await.map_err(failed("beginning to write"))?;
            let verdict = job.run(&mut tx).await;
            match verdict {
                Verdict::Keep => tx.commit().await.map_err(failed("committing"))?,
                // The job's own fault is worth more to the caller than a failed roll-back, which closes
                // the connection anyway.
                Verdict::Undo | Verdict::Again => drop(tx.rollback().await),
            }
            Ok(verdict)
        };
        match attempt.await {
            Ok(Verdict::Again) => {}
            Ok(Verdict::Keep | Verdict::Undo) => return,
            Err(error) if gave_way(&error) => job.fail(error),
            Err(error) => return job.fail(error),
        }
    }
}
