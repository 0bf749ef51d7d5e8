//! Review: pairs, what people said about them, and what came of a clarification.

use std::collections::BTreeMap;

use jiff::Timestamp;
use netra_docket::act::CandidacyResult;
use netra_docket::ids::{AccountId, OfficeId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::looks::note_in;
use super::{context, instant, list_key, small, unopened};
use crate::convert::{bad_json, bad_row, cell, failed, is_unique_violation, parsed_cell};
use crate::keys::{KeyRing, SecretKey};
use crate::statement::{Value, execute};
use crate::store::{Means, Store};
use crate::types::{
    AgreedPair, EntryState, ListId, Look, LookKind, Pair, PairClarified, PairDecision, PairId, PairRecord, PairVerdict,
    Privacy, RegisterError, ReviewState, RunId, Scope, StoreError,
};

/// The words for what can come of a clarification: the same as in the docket's records.
const RESULTS: [(CandidacyResult, &str); 5] = [
    (CandidacyResult::ResignationPending, "resignation-pending"),
    (CandidacyResult::ResignedWithDecree, "resigned-with-decree"),
    (CandidacyResult::NotResigned, "not-resigned"),
    (CandidacyResult::NameMisused, "name-misused"),
    (CandidacyResult::OtherPerson, "other-person"),
];

const PAIRS_OF_RUN: &str = "
    SELECT id, run, n, class, probability, entry, figures FROM register_pairs
    WHERE office = $1 AND run = $2 ORDER BY n";

const PAIR: &str = "
    SELECT id, run, n, class, probability, entry, figures FROM register_pairs WHERE office = $1 AND id = $2";

const DECISIONS_OF_RUN: &str = "
    SELECT d.pair, d.account, d.at, d.verdict FROM register_decisions d
    JOIN register_pairs p ON p.id = d.pair
    WHERE d.office = $1 AND p.run = $2 ORDER BY d.pair, d.n";

const DECISIONS: &str = "
    SELECT pair, account, at, verdict FROM register_decisions WHERE office = $1 AND pair = $2 ORDER BY n";

impl Store {
    /// All pairs of a comparison, best first, without the people in them.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn review(&self, scope: &Scope, run: RunId) -> Result<Vec<PairRecord>, StoreError> {
        let mut tx = self.begin_read().await?;
        let (office, run) = (scope.office().as_str(), run.to_string());
        let rows = read(&mut tx, PAIRS_OF_RUN, office, &run).await?;
        let mut decisions = by_pair(&read(&mut tx, DECISIONS_OF_RUN, office, &run).await?)?;
        rows.iter().map(|row| record_from(row, &mut decisions)).collect()
    }

    /// The people of a comparison's pairs from one place to another, both included, by pair. Pairs whose people were
    /// deleted are not among them, and none is if the scope opens nothing.
    ///
    /// # Errors
    /// The database fails, or one does not open.
    pub async fn pair_bodies(
        &self,
        scope: &Scope,
        run: RunId,
        from: u32,
        to: u32,
    ) -> Result<BTreeMap<PairId, Vec<u8>>, StoreError> {
        let mut tx = self.begin_read().await?;
        let Some(key) = key_of_run(&mut tx, self.keys(), scope, run).await? else { return Ok(BTreeMap::new()) };
        let rows = sqlx::query(
            "SELECT b.id, b.body FROM register_bodies b JOIN register_pairs p ON p.id = b.id
             WHERE p.office = $1 AND p.run = $2 AND p.n >= $3 AND p.n <= $4",
        )
        .bind(scope.office().as_str())
        .bind(run.to_string())
        .bind(i64::from(from))
        .bind(i64::from(to))
        .fetch_all(&mut *tx)
        .await
        .map_err(failed("reading the people of pairs"))?;
        rows.iter().map(|row| Ok((parsed_cell(row, "register_bodies", "id")?, opened(row, &key)?))).collect()
    }

    /// A pair of the office, with what came of it so far.
    ///
    /// # Errors
    /// The database fails, or something does not open.
    pub async fn register_pair(&self, scope: &Scope, id: PairId) -> Result<Option<Pair>, StoreError> {
        let mut tx = self.begin_read().await?;
        let Some(record) = pair_in(&mut tx, scope.office(), id).await? else { return Ok(None) };
        let key = key_of_run(&mut tx, self.keys(), scope, record.run).await?;
        let row = sqlx::query("SELECT id, body FROM register_bodies WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *tx)
            .await
            .map_err(failed("reading the people of a pair"))?;
        let body = match (&row, &key) {
            (Some(row), Some(key)) => Some(opened(row, key)?),
            _ => None,
        };
        let clarified = clarified(&mut tx, scope.office(), id, key.as_ref()).await?;
        Ok(Some(Pair { record, body, clarified }))
    }

    /// Notes what one person says about a pair; gives where the review stands then.
    ///
    /// # Errors
    /// The office has no such pair or its people were deleted, this person has decided it before, somebody else decided in
    /// between, or the database fails.
    pub async fn decide_pair(
        &self,
        scope: &Scope,
        id: PairId,
        account: AccountId,
        at: Timestamp,
        verdict: PairVerdict,
    ) -> Result<ReviewState, RegisterError> {
        let office = scope.office().clone();
        let key = office.to_string();
        self.write(&key, move |conn| {
            let office = office.clone();
            Box::pin(async move { decide_in(conn, &office, id, account, at.as_second(), verdict).await })
        })
        .await
    }

    /// Notes what came of a clarification, once two people have said that it is one person. A later result is another
    /// entry; the newest one counts.
    ///
    /// # Errors
    /// The office has no such pair or its people were deleted, two people have not agreed, somebody else noted one in
    /// between, or the database fails.
    pub async fn clarify_pair(
        &self,
        scope: &Scope,
        id: PairId,
        account: AccountId,
        at: Timestamp,
        result: CandidacyResult,
        note: &str,
    ) -> Result<(), RegisterError> {
        let (means, office, note) = (self.means(), scope.office().clone(), note.to_owned());
        let key = office.to_string();
        self.write(&key, move |conn| {
            let (means, office, note) = (means.clone(), office.clone(), note.clone());
            Box::pin(async move {
                let new = Clarifying { office, id, account, at: at.as_second(), result, note };
                clarify_in(conn, &means, &new).await
            })
        })
        .await
    }

    /// What two people of the office agreed on, without names.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn agreed_pairs(&self, scope: &Scope) -> Result<Vec<AgreedPair>, StoreError> {
        let mut agreed = Vec::new();
        for run in self.register_runs(scope).await? {
            for record in self.review(scope, run.what.id).await? {
                if let ReviewState::Agreed(verdict) = record.state() {
                    let (probability, figures) = (record.probability, record.figures);
                    agreed.push(AgreedPair { verdict, probability, model: run.model.clone(), figures });
                }
            }
        }
        Ok(agreed)
    }
}

async fn read(conn: &mut AnyConnection, sql: &'static str, office: &str, id: &str) -> Result<Vec<AnyRow>, StoreError> {
    sqlx::query(sql).bind(office).bind(id).fetch_all(&mut *conn).await.map_err(failed("reading pairs"))
}

fn by_pair(rows: &[AnyRow]) -> Result<BTreeMap<PairId, Vec<PairDecision>>, StoreError> {
    const TABLE: &str = "register_decisions";
    let mut decisions: BTreeMap<PairId, Vec<PairDecision>> = BTreeMap::new();
    for row in rows {
        let verdict: String = cell(row, "verdict")?;
        let decision = PairDecision {
            account: parsed_cell(row, TABLE, "account")?,
            at: instant(row, TABLE, "at")?,
            verdict: PairVerdict::from_id(&verdict).ok_or_else(|| bad_row(TABLE, "unknown verdict"))?,
        };
        decisions.entry(parsed_cell(row, TABLE, "pair")?).or_default().push(decision);
    }
    Ok(decisions)
}

fn record_from(row: &AnyRow, decisions: &mut BTreeMap<PairId, Vec<PairDecision>>) -> Result<PairRecord, StoreError> {
    const TABLE: &str = "register_pairs";
    let id: PairId = parsed_cell(row, TABLE, "id")?;
    let entry: String = cell(row, "entry")?;
    let figures: String = cell(row, "figures")?;
    Ok(PairRecord {
        id,
        run: parsed_cell(row, TABLE, "run")?,
        n: small(row, TABLE, "n")?,
        class: cell(row, "class")?,
        probability: small(row, TABLE, "probability")?,
        entry: EntryState::from_id(&entry).ok_or_else(|| bad_row(TABLE, "unknown state of the entry"))?,
        figures: serde_json::from_str(&figures).map_err(bad_json(TABLE))?,
        decisions: decisions.remove(&id).unwrap_or_default(),
    })
}

async fn pair_in(conn: &mut AnyConnection, office: &OfficeId, id: PairId) -> Result<Option<PairRecord>, StoreError> {
    let id = id.to_string();
    let rows = read(conn, PAIR, office.as_str(), &id).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let mut decisions = by_pair(&read(conn, DECISIONS, office.as_str(), &id).await?)?;
    record_from(row, &mut decisions).map(Some)
}

/// The key under which the people of a comparison are encrypted; none once they were deleted, or if the scope opens nothing.
async fn key_of_run(
    conn: &mut AnyConnection,
    keys: &KeyRing,
    scope: &Scope,
    run: RunId,
) -> Result<Option<SecretKey>, StoreError> {
    if scope.privacy() == Privacy::Sealed {
        return Ok(None);
    }
    match candidates_of(conn, scope.office(), run).await? {
        Some(list) => list_key(conn, keys, scope.office(), list).await,
        None => Ok(None),
    }
}

async fn candidates_of(conn: &mut AnyConnection, office: &OfficeId, run: RunId) -> Result<Option<ListId>, StoreError> {
    let row = sqlx::query("SELECT candidates FROM register_runs WHERE office = $1 AND id = $2")
        .bind(office.as_str())
        .bind(run.to_string())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading a comparison"))?;
    row.as_ref().map(|row| parsed_cell(row, "register_runs", "candidates")).transpose()
}

fn opened(row: &AnyRow, key: &SecretKey) -> Result<Vec<u8>, StoreError> {
    let (id, body): (String, Vec<u8>) = (cell(row, "id")?, cell(row, "body")?);
    key.decrypt(&body, &context("body", &id)).ok_or_else(|| unopened("register_bodies"))
}

async fn clarified(
    conn: &mut AnyConnection,
    office: &OfficeId,
    id: PairId,
    key: Option<&SecretKey>,
) -> Result<Option<PairClarified>, StoreError> {
    const TABLE: &str = "register_outcomes";
    let row = sqlx::query(
        "SELECT account, at, result, note FROM register_outcomes WHERE office = $1 AND pair = $2 ORDER BY n DESC LIMIT 1",
    )
    .bind(office.as_str())
    .bind(id.to_string())
    .fetch_optional(&mut *conn)
    .await
    .map_err(failed("reading what came of a pair"))?;
    let Some(row) = row else { return Ok(None) };
    let (word, note): (String, Vec<u8>) = (cell(&row, "result")?, cell(&row, "note")?);
    let result = RESULTS.into_iter().find(|(_, id)| *id == word).map(|(result, _)| result);
    let note = key.and_then(|key| key.decrypt(&note, &context("note", id)));
    Ok(Some(PairClarified {
        result: result.ok_or_else(|| bad_row(TABLE, "unknown result"))?,
        note: note.and_then(|bytes| String::from_utf8(bytes).ok()),
        account: parsed_cell(&row, TABLE, "account")?,
        at: instant(&row, TABLE, "at")?,
    }))
}

/// The pair, if the people in it are still there.
async fn require_people(conn: &mut AnyConnection, office: &OfficeId, id: PairId) -> Result<PairRecord, RegisterError> {
    let record = pair_in(conn, office, id).await?.ok_or(RegisterError::NotFound)?;
    let there: Option<i64> = sqlx::query_scalar("SELECT COUNT(*) FROM register_bodies WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("looking for the people of a pair"))?;
    if there.is_some_and(|count| count > 0) { Ok(record) } else { Err(RegisterError::NotFound) }
}

async fn decide_in(
    conn: &mut AnyConnection,
    office: &OfficeId,
    id: PairId,
    account: AccountId,
    at: i64,
    verdict: PairVerdict,
) -> Result<ReviewState, RegisterError> {
    let record = require_people(conn, office, id).await?;
    if record.is_decided_by(account) {
        return Err(RegisterError::SamePerson);
    }
    let n = i64::try_from(record.decisions.len()).unwrap_or(i64::MAX).saturating_add(1);
    let values: [Value; 6] = [
        id.to_string().into(),
        n.into(),
        office.as_str().into(),
        account.to_string().into(),
        at.into(),
        verdict.id().into(),
    ];
    let sql = "INSERT INTO register_decisions (pair, n, office, account, at, verdict) VALUES ($1, $2, $3, $4, $5, $6)";
    execute(conn, sql, values).await.map_err(taken("deciding a pair"))?;
    note_in(conn, office, Some(account), at, &Look::at_pair(LookKind::Decided, id), Vec::new()).await?;
    let said = record.decisions.iter().map(|decision| decision.verdict);
    Ok(ReviewState::of(said.chain([verdict])))
}

/// A place that somebody else took in between is no failure of the store.
fn taken(doing: &'static str) -> impl FnOnce(sqlx::Error) -> RegisterError {
    move |source| match is_unique_violation(&source) {
        true => RegisterError::Moved,
        false => RegisterError::Store(failed(doing)(source)),
    }
}

/// What came of a clarification, on its way.
struct Clarifying {
    office: OfficeId,
    id: PairId,
    account: AccountId,
    at: i64,
    result: CandidacyResult,
    note: String,
}

async fn clarify_in(conn: &mut AnyConnection, means: &Means, new: &Clarifying) -> Result<(), RegisterError> {
    let record = require_people(conn, &new.office, new.id).await?;
    if record.state() != ReviewState::Agreed(PairVerdict::Match) {
        return Err(RegisterError::NotAgreed);
    }
    let list = candidates_of(conn, &new.office, record.run).await?.ok_or(RegisterError::NotFound)?;
    let key = list_key(conn, &means.keys, &new.office, list).await?.ok_or(RegisterError::NotFound)?;
    let note = key.encrypt(new.note.as_bytes(), &context("note", new.id))?;
    let pair = new.id.to_string();
    let before: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM register_outcomes WHERE office = $1 AND pair = $2")
        .bind(new.office.as_str())
        .bind(pair.as_str())
        .fetch_one(&mut *conn)
        .await
        .map_err(failed("reading what came of a pair"))?;
    let result = RESULTS.into_iter().find(|(result, _)| *result == new.result).map_or("", |(_, word)| word);
    let values: [Value; 7] = [
        pair.into(),
        before.saturating_add(1).into(),
        new.office.as_str().into(),
        new.account.to_string().into(),
        new.at.into(),
        result.into(),
        note.into(),
    ];
    let sql = "INSERT INTO register_outcomes (pair, n, office, account, at, result, note)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    execute(conn, sql, values).await.map_err(taken("noting what came of a pair"))?;
    let look = Look::at_pair(LookKind::Clarified, new.id);
    note_in(conn, &new.office, Some(new.account), new.at, &look, Vec::new()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_dockets_records() {
        for (result, word) in RESULTS {
            assert_eq!(serde_json::to_value(result).unwrap(), word);
        }
    }
}
