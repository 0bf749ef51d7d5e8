//! Projections: what lists and public pages read. Computed from the acts, the offices and the law
//! alone, so that they may be thrown away and rebuilt.

use std::collections::BTreeSet;
use std::sync::Arc;

use netra_docket::act::{Act, Addressee};
use netra_docket::clocks::{self, NearestClock};
use netra_docket::entry::Entry;
use netra_docket::ids::{AccountId, MatterId, OfficeId};
use netra_docket::matter::{Matter, PreventionState, Stage, effective};
use netra_law::Law;
use netra_law::time::Moment;
use sqlx::AnyConnection;

use crate::convert::{bad_json, bad_row, count, failed, origin_id, parsed, seconds};
use crate::dockets::sealed_entries;
use crate::offices::office_in;
use crate::statement::{Script, Value};
use crate::store::Store;
use crate::types::{Office, StoreError};

/// Raised whenever the same acts, offices and law give other rows than before.
const PROJECTIONS: u32 = 3;
/// The setting that tells by which program and law the projections were made.
const MADE_BY: &str = "projections";
/// Matters that are projected in one transaction, so that others get their turn in between.
const TOGETHER: usize = 100;
/// Rows of matters that have no acts: nothing may speak of them.
const STRAYS: [&str; 6] = [
    "DELETE FROM matters WHERE matter NOT IN (SELECT matter FROM acts)",
    "DELETE FROM desk WHERE matter NOT IN (SELECT matter FROM acts)",
    "DELETE FROM notices WHERE matter NOT IN (SELECT matter FROM acts)",
    "DELETE FROM pictures WHERE matter NOT IN (SELECT matter FROM acts)",
    "DELETE FROM measures WHERE matter NOT IN (SELECT matter FROM acts)",
    "DELETE FROM reaches WHERE matter NOT IN (SELECT matter FROM acts)",
];

impl Store {
    /// Computes the projections again if another program or other law packs made them.
    pub(crate) async fn refresh_projections(&self) -> Result<(), StoreError> {
        self.refresh_statistics().await?;
        let made_by = format!("{PROJECTIONS}/{:016x}", self.law().fingerprint());
        if self.setting(MADE_BY).await?.as_ref() == Some(&made_by) {
            return Ok(());
        }
        self.rebuild_projections().await?;
        self.set_setting(MADE_BY, &made_by).await
    }

    /// Computes all projections again from the acts; tells of how many matters. Others may work meanwhile.
    ///
    /// # Errors
    /// The database fails, or a docket can't be read; that one's projections stay as they were then.
    pub async fn rebuild_projections(&self) -> Result<u64, StoreError> {
        let acts: Vec<String> = sqlx::query_scalar("SELECT DISTINCT matter FROM acts ORDER BY matter")
            .fetch_all(self.reader())
            .await
            .map_err(failed("listing the matters"))?;
        let acts: Arc<Vec<MatterId>> =
            Arc::new(acts.iter().map(|id| parsed("acts", "matter", id)).collect::<Result<_, _>>()?);
        for start in (0..acts.len()).step_by(TOGETHER) {
            let (means, acts) = (self.means(), acts.clone());
            let part = self.write("", move |conn| {
                let (means, acts) = (means.clone(), acts.clone());
                Box::pin(async move {
                    for matter in acts.iter().skip(start).take(TOGETHER) {
                        rebuild(conn, &means.law, *matter).await?;
                    }
                    Ok::<(), StoreError>(())
                })
            });
            part.await?;
        }
        self.forget_search().await?;
        self.forget_statistics().await?;
        for sql in STRAYS {
            self.execute("clearing stray projections", sql, Vec::new()).await?;
        }
        let done = count(i64::try_from(acts.len()).unwrap_or(i64::MAX));
        tracing::info!(matters = done, "projections rebuilt");
        Ok(done)
    }
}

/// Computes the projections of a matter again.
pub(crate) async fn rebuild(conn: &mut AnyConnection, law: &Law, matter: MatterId) -> Result<(), StoreError> {
    let entries = sealed_entries(conn, matter).await?;
    let folded = Matter::fold(&entries, law).map_err(|refusal| bad_row("acts", refusal.to_string()))?;
    let office = office_in(conn, &folded.office).await?;
    let office = office.ok_or_else(|| bad_row("offices", format!("there is no office {}", folded.office)))?;
    clear(conn, matter).await?;
    let mut script = Script::default();
    let reaches = rows_of(law, &office, &entries, &folded)?.write(&mut script);
    script.run(conn).await.map_err(failed("writing projections"))?;
    write_reaches(conn, reaches).await
}

/// The projections of one matter, as rows in the order of [`HEADS`].
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) matter: [Value; 14],
    pub(crate) desk: Vec<[Value; 6]>,
    pub(crate) notices: Vec<[Value; 7]>,
    pub(crate) measures: Vec<[Value; 12]>,
    pub(crate) reaches: Vec<[Value; 8]>,
}

/// What stands before the rows of each projection.
const HEADS: [&str; 4] = [
    "INSERT INTO matters (matter, home, office, regime, origin, number, subject_line, stage, opened,
                          next_clock, next_due, next_otherwise, owner, length) VALUES",
    "INSERT INTO desk (office, matter, open, due, stage, owner) VALUES",
    "INSERT INTO notices (act, matter, office, at, moment, title, text) VALUES",
    "INSERT INTO measures (act, matter, n, office, kind, at, moment, subject, letter, audience, addressed, answered) VALUES",
];
const REACHES: &str = "INSERT INTO reaches (act, recipient, matter, office, kind, at, reached, confirmed) VALUES";
/// Rows of whom prevention reached that are written with one statement: a letter may go to a thousand, and a statement
/// takes only so many values.
const AT_ONCE: usize = 500;

/// Computes the projections of a matter that an office handles.
pub(crate) fn rows_of(law: &Law, office: &Office, entries: &[Entry], matter: &Matter) -> Result<Rows, StoreError> {
    let next = clocks::nearest(matter, law, &office.seat());
    let due = next.as_ref().map_or(i64::MAX, |next| seconds(next.due));
    Ok(Rows {
        matter: matter_row(matter, next.as_ref())?,
        desk: readers(matter).into_iter().map(|office| desk_row(matter, office, due)).collect(),
        notices: notice_rows(entries, matter)?,
        measures: matter.prevention.iter().map(|state| measure_row(entries, matter, state)).collect(),
        reaches: matter.prevention.iter().flat_map(|state| reach_rows(matter, state)).collect(),
    })
}

fn measure_row(entries: &[Entry], matter: &Matter, state: &PreventionState) -> [Value; 12] {
    let what = &state.what;
    let n = entries.iter().find(|entry| entry.id == state.act).map_or(0, |entry| entry.n);
    let answered = what.recipients.iter().filter(|r| state.answer_of(r.id).is_some()).count();
    let number = |count: usize| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
    [
        state.act.to_string().into(),
        matter.id.to_string().into(),
        i64::from(n).into(),
        matter.office.as_str().into(),
        what.activity.id().into(),
        seconds(state.at).into(),
        state.at.to_string().into(),
        what.subject_line.as_str().into(),
        what.letter.as_str().into(),
        what.audience.join("\n").into(),
        number(what.recipients.len()),
        number(answered),
    ]
}

/// One row for each of the list to whom it was addressed, also if an act names one twice.
fn reach_rows(matter: &Matter, state: &PreventionState) -> Vec<[Value; 8]> {
    let mut seen = BTreeSet::new();
    let once = state.what.recipients.iter().filter(|recipient| seen.insert(recipient.id));
    let row = |recipient: &Addressee| {
        let reached = state.has_reached(recipient.id);
        let confirmed = reached && state.answer_of(recipient.id).is_some();
        [
            state.act.to_string().into(),
            recipient.id.to_string().into(),
            matter.id.to_string().into(),
            matter.office.as_str().into(),
            recipient.kind.id().into(),
            seconds(state.at).into(),
            i64::from(reached).into(),
            i64::from(confirmed).into(),
        ]
    };
    once.map(row).collect()
}

fn matter_row(matter: &Matter, next: Option<&NearestClock>) -> Result<[Value; 14], StoreError> {
    let otherwise = next.filter(|next| !next.otherwise.is_empty());
    let otherwise =
        otherwise.map(|next| serde_json::to_string(&next.otherwise)).transpose().map_err(bad_json("matters"))?;
    Ok([
        matter.id.to_string().into(),
        matter.home.as_str().into(),
        matter.office.as_str().into(),
        matter.regime.id().into(),
        origin_id(matter.origin).into(),
        matter.number().map(str::to_owned).into(),
        matter.subject_line.as_str().into(),
        matter.stage().id().into(),
        matter.opened.to_string().into(),
        next.map(|next| next.clock.clone()).into(),
        next.map(|next| next.due.to_string()).into(),
        otherwise.into(),
        matter.owner.as_ref().map(AccountId::to_string).into(),
        i64::from(matter.length).into(),
    ])
}

/// One row for each office that may see the matter. A corrected forwarding takes the row away from
/// the office that should never have had it.
fn desk_row(matter: &Matter, office: &OfficeId, due: i64) -> [Value; 6] {
    let stage = matter.stage_for(office);
    let open = !matches!(stage, Stage::Closed | Stage::Elsewhere);
    [
        office.as_str().into(),
        matter.id.to_string().into(),
        i64::from(open).into(),
        due.into(),
        stage.id().into(),
        matter.owner.as_ref().map(AccountId::to_string).into(),
    ]
}

fn notice_rows(entries: &[Entry], matter: &Matter) -> Result<Vec<[Value; 7]>, StoreError> {
    let readings = effective(entries).map_err(|refusal| bad_row("acts", refusal.to_string()))?;
    // What another office announced, it announced itself.
    let own = readings.into_iter().filter(|(entry, ..)| entry.office == matter.home);
    let notices = own.filter_map(|(entry, what, at)| Some((entry, published(what)?, at)));
    let row = |(entry, (title, text), at): (&Entry, (&str, &str), Moment)| {
        [
            entry.id.to_string().into(),
            matter.id.to_string().into(),
            publisher(entry).as_str().into(),
            seconds(at).into(),
            at.to_string().into(),
            title.into(),
            text.into(),
        ]
    };
    Ok(notices.map(row).collect())
}

impl Rows {
    /// Adds the rows to what is written; those of before must have been cleared. Gives back those that may be too many
    /// for one statement: [`write_reaches`] writes them.
    pub(crate) fn write(self, script: &mut Script) -> Vec<[Value; 8]> {
        let [matters, desk, notices, measures] = HEADS;
        script.insert(matters, vec![self.matter]);
        script.insert(desk, self.desk);
        script.insert(notices, self.notices);
        script.insert(measures, self.measures);
        self.reaches
    }
}

/// Writes whom prevention reached.
pub(crate) async fn write_reaches(conn: &mut AnyConnection, rows: Vec<[Value; 8]>) -> Result<(), StoreError> {
    for some in rows.chunks(AT_ONCE) {
        let mut script = Script::default();
        script.insert(REACHES, some.to_vec());
        script.run(conn).await.map_err(failed("writing projections"))?;
    }
    Ok(())
}

/// Clears the projections of a matter.
pub(crate) async fn clear(conn: &mut AnyConnection, matter: MatterId) -> Result<(), StoreError> {
    let mut script = Script::default();
    for sql in [
        "DELETE FROM matters WHERE matter = $1",
        "DELETE FROM desk WHERE matter = $1",
        "DELETE FROM notices WHERE matter = $1",
        "DELETE FROM measures WHERE matter = $1",
        "DELETE FROM reaches WHERE matter = $1",
    ] {
        script.add(sql, [matter.to_string().into()]);
    }
    script.run(conn).await.map_err(failed("clearing projections"))
}

fn readers(matter: &Matter) -> BTreeSet<&OfficeId> {
    let authorities = matter.forwardings.iter().filter_map(|f| f.what.to_office.as_ref());
    let employers = matter.recommendations.iter().filter_map(|(_, _, r)| r.employer_office.as_ref());
    [&matter.home, &matter.office].into_iter().chain(authorities).chain(employers).collect()
}

fn published(what: &Act) -> Option<(&str, &str)> {
    match what {
        Act::StatusAnnounced(status) => Some((status.title.as_str(), status.text.as_str())),
        Act::StatementPublished(statement) => Some((statement.title.as_str(), statement.text.as_str())),
        _ => None,
    }
}

fn publisher(entry: &Entry) -> &OfficeId {
    entry.by.office().unwrap_or(&entry.office)
}
