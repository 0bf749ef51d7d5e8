//! Comparisons: begun, followed, ended.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use netra_docket::ids::{AccountId, OfficeId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::lists::require_here;
use super::looks::note_in;
use super::{context, instant, list_key, number, optional, small, unopened};
use crate::convert::{bad_json, bad_row, cell, failed, parsed_cell};
use crate::seal::random_uuid;
use crate::statement::{Script, Value, execute};
use crate::store::Store;
use crate::types::{
    ListId, Look, LookKind, NewRun, PairId, Privacy, RegisterError, RunCounts, RunId, RunRecord, RunResult, RunState,
    Scope, StoreError,
};

/// Pairs that one statement writes.
const TOGETHER: usize = 200;

/// Selects comparisons.
macro_rules! select_runs {
    ($rest:literal) => {
        concat!(
            "SELECT id, candidates, servants, earlier, state, permille, beat, started, account, model, counts
             FROM register_runs ",
            $rest
        )
    };
}

/// The result of a comparison, encrypted and on its way.
struct Sealed {
    office: OfficeId,
    /// All lists that it came of.
    lists: BTreeSet<ListId>,
    run: RunId,
    model: String,
    counts: String,
    at: i64,
    pairs: Vec<[Value; 8]>,
    bodies: Vec<[Value; 3]>,
}

impl Store {
    /// Begins a comparison of lists whose rows are there.
    ///
    /// # Errors
    /// The office has no such lists, or the database fails.
    pub async fn begin_run(
        &self,
        scope: &Scope,
        account: AccountId,
        at: Timestamp,
        new: NewRun,
    ) -> Result<(), RegisterError> {
        let office = scope.office().clone();
        let key = office.to_string();
        self.write(&key, move |conn| {
            let office = office.clone();
            Box::pin(async move { begin_in(conn, &office, account, at.as_second(), new).await })
        })
        .await
    }

    /// Notes how far a running comparison is; tells whether it still runs.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_run(
        &self,
        scope: &Scope,
        run: RunId,
        state: RunState,
        permille: u16,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE register_runs SET state = $3, permille = $4, beat = $5
                   WHERE id = $1 AND office = $2 AND state = 'running'";
        let values = vec![
            run.to_string().into(),
            scope.office().as_str().into(),
            state.id().into(),
            i64::from(permille).into(),
            at.as_second().into(),
        ];
        Ok(self.execute("noting how far a comparison is", sql, values).await? > 0)
    }

    /// Keeps what came of a comparison: all of it or nothing.
    ///
    /// # Errors
    /// The comparison does not run any more, or one of its lists was deleted meanwhile; the database fails.
    pub async fn finish_run(
        &self,
        scope: &Scope,
        run: RunId,
        at: Timestamp,
        result: RunResult,
    ) -> Result<(), RegisterError> {
        let record = self.register_run(scope, run).await?.ok_or(RegisterError::NotFound)?;
        let sealed = Arc::new(self.seal_result(scope, &record, at, result).await?);
        let key = scope.office().to_string();
        self.write(&key, move |conn| {
            let sealed = sealed.clone();
            Box::pin(async move { finish_in(conn, &sealed).await })
        })
        .await
    }

    /// The comparisons of the office, newest first.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn register_runs(&self, scope: &Scope) -> Result<Vec<RunRecord>, StoreError> {
        let rows = sqlx::query(select_runs!("WHERE office = $1 ORDER BY started DESC, id"))
            .bind(scope.office().as_str())
            .fetch_all(self.reader())
            .await
            .map_err(failed("listing comparisons"))?;
        rows.iter().map(record_from).collect()
    }

    /// A comparison of the office.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn register_run(&self, scope: &Scope, run: RunId) -> Result<Option<RunRecord>, StoreError> {
        let row = sqlx::query(select_runs!("WHERE office = $1 AND id = $2"))
            .bind(scope.office().as_str())
            .bind(run.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a comparison"))?;
        row.as_ref().map(record_from).transpose()
    }

    /// What changed since the earlier list, as it was kept; none without an earlier list, once a list was deleted, or if
    /// the scope opens nothing.
    ///
    /// # Errors
    /// The database fails, or it does not open.
    pub async fn run_changes(&self, scope: &Scope, record: &RunRecord) -> Result<Option<Vec<u8>>, StoreError> {
        if scope.privacy() == Privacy::Sealed {
            return Ok(None);
        }
        let mut tx = self.begin_read().await?;
        let key = list_key(&mut tx, self.keys(), scope.office(), record.what.candidates).await?;
        let Some(key) = key else { return Ok(None) };
        let id = record.what.id.to_string();
        let body: Option<Vec<u8>> = sqlx::query_scalar("SELECT body FROM register_bodies WHERE id = $1 AND run = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *tx)
            .await
            .map_err(failed("reading what changed on a list"))?;
        let Some(body) = body else { return Ok(None) };
        key.decrypt(&body, &context("body", &id)).map(Some).ok_or_else(|| unopened("register_bodies"))
    }

    async fn seal_result(
        &self,
        scope: &Scope,
        record: &RunRecord,
        at: Timestamp,
        result: RunResult,
    ) -> Result<Sealed, RegisterError> {
        let (run, candidates, office) = (record.what.id, record.what.candidates, scope.office().clone());
        let mut tx = self.begin_read().await?;
        let key = list_key(&mut tx, self.keys(), &office, candidates).await?.ok_or(RegisterError::NotFound)?;
        drop(tx);
        let mut pairs: Vec<[Value; 8]> = Vec::with_capacity(result.pairs.len());
        let mut bodies: Vec<[Value; 3]> = Vec::with_capacity(result.pairs.len());
        let mut keep = |id: String, body: &[u8]| -> Result<(), StoreError> {
            let sealed = key.encrypt(body, &context("body", &id))?;
            bodies.push([id.into(), run.to_string().into(), sealed.into()]);
            Ok(())
        };
        if !result.changes.is_empty() {
            keep(run.to_string(), &result.changes)?;
        }
        for (n, pair) in (1_i64..).zip(result.pairs) {
            let id = PairId::new(random_uuid()?);
            keep(id.to_string(), &pair.body)?;
            let figures = serde_json::to_string(&pair.figures).map_err(bad_json("register_pairs"))?;
            pairs.push([
                id.to_string().into(),
                office.as_str().into(),
                run.to_string().into(),
                n.into(),
                pair.class.into(),
                i64::from(pair.probability).into(),
                pair.entry.id().into(),
                figures.into(),
            ]);
        }
        let counts = serde_json::to_string(&result.counts).map_err(bad_json("register_runs"))?;
        let lists = [Some(candidates), Some(record.what.servants), record.what.earlier].into_iter().flatten().collect();
        Ok(Sealed { office, lists, run, model: result.model, counts, at: at.as_second(), pairs, bodies })
    }
}

async fn begin_in(
    conn: &mut AnyConnection,
    office: &OfficeId,
    account: AccountId,
    at: i64,
    new: NewRun,
) -> Result<(), RegisterError> {
    for list in [Some(new.candidates), Some(new.servants), new.earlier].into_iter().flatten() {
        require_here(conn, office, list).await?;
    }
    let counts = serde_json::to_string(&RunCounts::default()).map_err(bad_json("register_runs"))?;
    let values: [Value; 12] = [
        new.id.to_string().into(),
        office.as_str().into(),
        new.candidates.to_string().into(),
        new.servants.to_string().into(),
        new.earlier.map(|list| list.to_string()).into(),
        RunState::Running.id().into(),
        number(0).into(),
        at.into(),
        at.into(),
        account.to_string().into(),
        "".into(),
        counts.into(),
    ];
    let sql = "INSERT INTO register_runs
                   (id, office, candidates, servants, earlier, state, permille, beat, started, account, model, counts)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    execute(conn, sql, values).await.map_err(failed("beginning a comparison"))?;
    let look = Look::at_run(LookKind::Compared, new.id);
    note_in(conn, office, Some(account), at, &look, Vec::new()).await?;
    Ok(())
}

async fn finish_in(conn: &mut AnyConnection, sealed: &Sealed) -> Result<(), RegisterError> {
    let doing = "keeping what came of a comparison";
    // Whoever deletes one of the lists goes before or after this as a whole: both change the row of the list.
    let sql = "UPDATE register_lists SET entries = entries WHERE office = $1 AND deleted IS NULL AND id IN
                   (SELECT candidates FROM register_runs WHERE id = $2
                    UNION SELECT servants FROM register_runs WHERE id = $2
                    UNION SELECT earlier FROM register_runs WHERE id = $2)";
    let lists = [Value::from(sealed.office.as_str()), sealed.run.to_string().into()];
    execute(conn, sql, lists).await.map_err(failed(doing))?;
    for list in &sealed.lists {
        require_here(conn, &sealed.office, *list).await?;
    }
    let sql = "UPDATE register_runs SET state = 'done', permille = 1000, beat = $3, model = $4, counts = $5
               WHERE id = $1 AND office = $2 AND state = 'running'";
    let values: [Value; 5] = [
        sealed.run.to_string().into(),
        sealed.office.as_str().into(),
        sealed.at.into(),
        sealed.model.as_str().into(),
        sealed.counts.as_str().into(),
    ];
    if execute(conn, sql, values).await.map_err(failed(doing))? == 0 {
        return Err(RegisterError::NotFound);
    }
    let pairs = "INSERT INTO register_pairs (id, office, run, n, class, probability, entry, figures) VALUES";
    for some in sealed.pairs.chunks(TOGETHER) {
        let mut script = Script::default();
        script.insert(pairs, some.to_vec());
        script.run(conn).await.map_err(failed(doing))?;
    }
    for some in sealed.bodies.chunks(TOGETHER) {
        let mut script = Script::default();
        script.insert("INSERT INTO register_bodies (id, run, body) VALUES", some.to_vec());
        script.run(conn).await.map_err(failed(doing))?;
    }
    Ok(())
}

fn record_from(row: &AnyRow) -> Result<RunRecord, StoreError> {
    const TABLE: &str = "register_runs";
    let state: String = cell(row, "state")?;
    let counts: String = cell(row, "counts")?;
    Ok(RunRecord {
        what: NewRun {
            id: parsed_cell(row, TABLE, "id")?,
            candidates: parsed_cell(row, TABLE, "candidates")?,
            servants: parsed_cell(row, TABLE, "servants")?,
            earlier: optional(row, TABLE, "earlier")?,
        },
        state: RunState::from_id(&state).ok_or_else(|| bad_row(TABLE, "unknown state"))?,
        permille: small(row, TABLE, "permille")?,
        beat: instant(row, TABLE, "beat")?,
        started: instant(row, TABLE, "started")?,
        account: parsed_cell(row, TABLE, "account")?,
        model: cell(row, "model")?,
        counts: serde_json::from_str(&counts).map_err(bad_json(TABLE))?,
    })
}
