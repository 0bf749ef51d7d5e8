//! Recording acts: one transaction from the check of what the caller saw to the projections.
//!
//! The order inside it matters: the write lock is taken first, so that what is checked stays true
//! until the commit; numbers are drawn inside it, so that a refused act leaves no gap.

use std::sync::Arc;

use netra_docket::act::{Act, CorrectedReading};
use netra_docket::entry::Entry;
use netra_docket::ids::{ActId, OfficeId, SealId};
use netra_docket::matter::{Matter, Refusal};
use netra_docket::personal::seals_of;
use netra_law::Law;
use netra_law::numbering::{NumberParts, Series, Template, render};
use sqlx::AnyConnection;

use crate::convert::{bad_row, cell, failed, is_unique_violation, seconds};
use crate::dockets::sealed_entries;
use crate::offices::Offices;
use crate::project;
use crate::seal::{self, Sealed};
use crate::sequence;
use crate::statement::{Script, Value};
use crate::store::{Means, Store};
use crate::types::{NewAct, Office, PublicReceipt, RecordError, Recorded, Recording, StoreError};

impl Store {
    /// Records acts: all of them or none. Answers only after the commit has reached the disk.
    ///
    /// A recording that came through a public form also deletes the form's draft.
    ///
    /// # Errors
    /// See [`RecordError`]; nothing was recorded then.
    pub async fn record(&self, recording: Recording) -> Result<Recorded, RecordError> {
        let (matter, acts) = (recording.matter, recording.acts.len());
        let key = recording.home.to_string();
        let token = recording.receipt.as_ref().map(|receipt| receipt.token_hash.clone());
        let (means, recording) = (self.means(), Arc::new(recording));
        let recorded = self.write(&key, move |conn| {
            let (means, recording) = (means.clone(), recording.clone());
            Box::pin(async move { record_in(conn, &means, &recording).await })
        });
        match recorded.await {
            Ok(recorded) => {
                tracing::debug!(%matter, acts, "acts recorded");
                Ok(recorded)
            }
            // The database said that something is there already: the form's own matter, perhaps.
            Err(RecordError::Moved) => match &token {
                Some(token) => {
                    let sent = self.matter_by_token(token).await?;
                    Err(sent.map_or(RecordError::Moved, RecordError::AlreadySent))
                }
                None => Err(RecordError::Moved),
            },
            Err(other) => Err(other),
        }
    }
}

pub(crate) async fn record_in(
    conn: &mut AnyConnection,
    means: &Means,
    recording: &Recording,
) -> Result<Recorded, RecordError> {
    // A public form opens a matter whose id was drawn just now: there is nothing to read. Should there be
    // something all the same, the database refuses the second act of that number.
    let mut entries = match &recording.receipt {
        Some(_) if recording.expected == 0 => Vec::new(),
        _ => sealed_entries(conn, recording.matter).await?,
    };
    let before = entries.len();
    if u32::try_from(before).ok() != Some(recording.expected) {
        return Err(RecordError::Moved);
    }
    let home = entries.first().map_or_else(|| recording.home.clone(), |first| first.office.clone());
    let (first, version) = take_leaves(conn, &home, recording.acts.len()).await?;
    let mut offices = means.offices.at(version);
    require_offices(conn, &mut offices, &home, &recording.acts).await?;
    let (mut values, mut rows) = (Vec::new(), Vec::with_capacity(recording.acts.len()));
    for (act, leaf) in recording.acts.iter().zip(first..) {
        let what = numbered(conn, means, &mut offices, &entries, act).await?;
        let Sealed { entry, kind, body, kept } = seal::seal(&entry(recording, &home, &entries, act, what))?;
        values.extend(kept);
        rows.push(row(&entry, kind, body, leaf));
        entries.push(entry);
    }
    let matter = Matter::fold(&entries, &means.law)?;
    let office = offices.get(conn, &matter.office).await?;
    let mut script = Script::default();
    seal::keep(&mut script, &means.keys, &home, recording.matter, values)?;
    for entry in entries.iter().skip(before) {
        if let Act::ErasureConfirmed(confirmed) = &entry.what {
            seal::erase(&mut script, recording.matter, &confirmed.seals);
        }
    }
    script.insert("INSERT INTO acts (id, matter, n, office, kind, at, recorded, body, leaf) VALUES", rows);
    if before > 0 {
        project::clear(conn, matter.id).await?;
    }
    let reaches = project::rows_of(&means.law, &office, &entries, &matter)?.write(&mut script);
    if let Some(receipt) = &recording.receipt {
        keep_receipt(&mut script, recording, receipt);
    }
    script.run(conn).await.map_err(|source| match is_unique_violation(&source) {
        true => RecordError::Moved,
        false => RecordError::Store(failed("writing acts")(source)),
    })?;
    project::write_reaches(conn, reaches).await?;
    Ok(Recorded { entries: entries.split_off(before), matter })
}

/// The entry that an act becomes after those before it.
fn entry(recording: &Recording, home: &OfficeId, before: &[Entry], act: &NewAct, what: Act) -> Entry {
    Entry {
        id: act.id,
        matter: recording.matter,
        office: home.clone(),
        n: u32::try_from(before.len()).unwrap_or(u32::MAX).saturating_add(1),
        at: act.at,
        recorded: recording.recorded,
        by: recording.by.clone(),
        what,
    }
}

/// An act as a row: its canonical bytes, and what it is found by.
fn row(entry: &Entry, kind: String, body: Vec<u8>, leaf: i64) -> [Value; 9] {
    [
        entry.id.to_string().into(),
        entry.matter.to_string().into(),
        i64::from(entry.n).into(),
        entry.office.as_str().into(),
        kind.into(),
        seconds(entry.at).into(),
        seconds(entry.recorded).into(),
        body.into(),
        leaf.into(),
    ]
}

/// The next places in the tree of an office's ledger: the first of them, and the version of the offices.
/// Whoever records for the same office at the same time waits here, so that a tree has no gap.
async fn take_leaves(conn: &mut AnyConnection, office: &OfficeId, count: usize) -> Result<(i64, i64), StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let row = sqlx::query(
        "INSERT INTO trees (office, size, published) VALUES ($1, $2, 0)
         ON CONFLICT (office) DO UPDATE SET size = trees.size + excluded.size
         RETURNING size, (SELECT version FROM offices_version) AS version",
    )
    .bind(office.as_str())
    .bind(count)
    .fetch_one(&mut *conn)
    .await
    .map_err(failed("taking a place in the ledger"))?;
    let size: i64 = cell(&row, "size")?;
    Ok((size.saturating_sub(count), cell(&row, "version")?))
}

/// The act with what only the store knows: its number drawn, the values that an erasure takes away.
async fn numbered(
    conn: &mut AnyConnection,
    means: &Means,
    offices: &mut Offices<'_>,
    before: &[Entry],
    act: &NewAct,
) -> Result<Act, RecordError> {
    let mut what = act.what.clone();
    if let Act::ErasureConfirmed(confirmed) = &mut what {
        confirmed.seals = erased_by(before, confirmed.proposal);
    }
    if let Some((series, number)) = blank_number(&mut what) {
        if before.is_empty() {
            return Err(Refusal::Opening(1).into());
        }
        let matter = Matter::fold(before, &means.law)?;
        let office = offices.get(conn, &matter.office).await?;
        *number = draw(conn, &means.law, &office, &matter, series, act).await?;
    }
    Ok(what)
}

/// The values that a proposal to erase is about, as far as the docket goes.
fn erased_by(before: &[Entry], proposal: ActId) -> Vec<SealId> {
    let proposed = before.iter().find(|entry| entry.id == proposal).map(|entry| &entry.what);
    match proposed {
        Some(Act::ErasureProposed(proposed)) => seals_of(before, proposed.person, &proposed.parts),
        _ => Vec::new(),
    }
}

fn blank_number(what: &mut Act) -> Option<(Series, &mut String)> {
    match what {
        Act::ReceiptIssued(receipt) if receipt.number.is_empty() => Some((Series::Report, &mut receipt.number)),
        Act::Registered(done) if done.number.is_empty() => Some((Series::Registered, &mut done.number)),
        _ => None,
    }
}

/// Draws the next number of the handling office's series, in the office's own pattern if it has one.
async fn draw(
    conn: &mut AnyConnection,
    law: &Law,
    office: &Office,
    matter: &Matter,
    series: Series,
    act: &NewAct,
) -> Result<String, RecordError> {
    let series = match series {
        Series::Registered if matter.finding.is_some() => Series::Finding,
        other => other,
    };
    let date = act.at.date();
    let pack = law.pack_for(matter.regime, date).map_err(|e| RecordError::Law(e.to_string()))?;
    let own = office.numbering.template(matter.regime, series).map(Template::as_str);
    let Some(pattern) = own.or_else(|| pack.number_pattern(series)) else {
        return Err(RecordError::Law(format!("tidak ada pola nomor {} untuk {}", series.id(), matter.regime)));
    };
    let last = sequence::next(conn, office, matter.regime, series, date.year()).await?;
    let n = u32::try_from(last).map_err(|_| bad_row("sequences", "the running number is out of range"))?;
    let parts = NumberParts { n, level: &office.level, area: &office.area, contest: &matter.contest, date };
    Ok(render(pattern, &parts))
}

async fn require_offices(
    conn: &mut AnyConnection,
    offices: &mut Offices<'_>,
    home: &OfficeId,
    acts: &[NewAct],
) -> Result<(), RecordError> {
    let mut named = vec![home];
    acts.iter().for_each(|act| offices_named(&act.what, &mut named));
    for office in named {
        offices.get(conn, office).await?;
    }
    Ok(())
}

/// The offices to which an act gives the matter, or a sight of it.
fn offices_named<'a>(what: &'a Act, named: &mut Vec<&'a OfficeId>) {
    match what {
        Act::Delegated(delegated) => named.push(&delegated.to),
        Act::TakenOver(taken) => named.push(&taken.by),
        Act::MadeInitialInformation(made) => named.push(&made.tracing_office),
        Act::Forwarded(forwarded) => named.extend(&forwarded.to_office),
        Act::RecommendationReceived(recommended) => named.extend(&recommended.employer_office),
        Act::Corrected(corrected) => {
            if let CorrectedReading::Act { act } = &corrected.reading {
                offices_named(act, named);
            }
        }
        _ => {}
    }
}

fn keep_receipt(script: &mut Script, recording: &Recording, receipt: &PublicReceipt) {
    let token = || receipt.token_hash.as_str().into();
    let row = [token(), receipt.code_hash.as_str().into(), recording.matter.to_string().into()];
    script.insert("INSERT INTO receipts (token_hash, code_hash, matter) VALUES", vec![row]);
    script.add("DELETE FROM drafts WHERE token_hash = $1", [token()]);
}
