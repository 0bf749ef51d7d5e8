//! Projections: what lists and public pages read. Computed from the acts, the offices and the law
//! alone, so that they may be thrown away and rebuilt.

use std::collections::BTreeSet;
use std::sync::Arc;

use netra_docket::act::Act;
use netra_docket::clocks::{self, NearestClock};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{AccountId, MatterId, OfficeId};
use netra_docket::matter::{Matter, Stage, effective};
use netra_law::Law;
use sqlx::AnyConnection;

use crate::convert::{bad_json, bad_row, count, failed, origin_id, parsed, seconds};
use crate::dockets::sealed_entries;
use crate::offices::office_in;
use crate::store::Store;
use crate::types::StoreError;

/// Raised whenever the same acts, offices and law give other rows than before.
const PROJECTIONS: u32 = 2;
/// The setting that tells by which program and law the projections were made.
const MADE_BY: &str = "projections";
/// Matters that are projected in one transaction, so that others get their turn in between.
const TOGETHER: usize = 100;
/// Rows of matters that have no acts: nothing may speak of them.
const STRAYS: [&str; 3] = [
    "DELETE FROM matters WHERE matter NOT IN (SELECT matter FROM acts)",
    "DELETE FROM desk WHERE matter NOT IN (SELECT matter FROM acts)",
    "DELETE FROM notices WHERE matter NOT IN (SELECT matter FROM acts)",
];

impl Store {
    /// Computes the projections again if another program or other law packs made them.
    pub(crate) async fn refresh_projections(&self) -> Result<(), StoreError> {
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
        for sql in STRAYS {
            self.execute("clearing stray projections", sql, Vec::new()).await?;
        }
        let done = count(i64::try_from(acts.len()).unwrap_or(i64::MAX));
        tracing::info!(matters = done, "projections rebuilt");
        Ok(done)
    }
}

async fn rebuild(conn: &mut AnyConnection, law: &Law, matter: MatterId) -> Result<(), StoreError> {
    let entries = sealed_entries(conn, matter).await?;
    let folded = Matter::fold(&entries, law).map_err(|refusal| bad_row("acts", refusal.to_string()))?;
    project(conn, law, &entries, &folded).await
}

/// Writes the projections of one matter in place of those before.
pub(crate) async fn project(
    conn: &mut AnyConnection,
    law: &Law,
    entries: &[Entry],
    matter: &Matter,
) -> Result<(), StoreError> {
    // The handling office: `record` has made sure that it exists, and offices are never deleted.
    let office = office_in(conn, &matter.office).await?;
    let office = office.ok_or_else(|| bad_row("offices", format!("there is no office {}", matter.office)))?;
    let next = clocks::nearest(matter, law, &office.seat());
    write_matter(conn, matter, next.as_ref()).await?;
    write_desk(conn, matter, next.map_or(i64::MAX, |next| seconds(next.due))).await?;
    write_notices(conn, entries, matter).await
}

async fn write_matter(
    conn: &mut AnyConnection,
    matter: &Matter,
    next: Option<&NearestClock>,
) -> Result<(), StoreError> {
    let otherwise = next.filter(|next| !next.otherwise.is_empty());
    let otherwise =
        otherwise.map(|next| serde_json::to_string(&next.otherwise)).transpose().map_err(bad_json("matters"))?;
    clear(conn, "DELETE FROM matters WHERE matter = $1", matter.id).await?;
    sqlx::query(
        "INSERT INTO matters (matter, home, office, regime, origin, number, subject_line, stage,
                              opened, next_clock, next_due, next_otherwise, owner, length)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(matter.id.to_string())
    .bind(matter.home.as_str())
    .bind(matter.office.as_str())
    .bind(matter.regime.id())
    .bind(origin_id(matter.origin))
    .bind(matter.number())
    .bind(matter.subject_line.as_str())
    .bind(matter.stage().id())
    .bind(matter.opened.to_string())
    .bind(next.map(|next| next.clock.as_str()))
    .bind(next.map(|next| next.due.to_string()))
    .bind(otherwise)
    .bind(matter.owner.as_ref().map(AccountId::to_string))
    .bind(i64::from(matter.length))
    .execute(&mut *conn)
    .await
    .map_err(failed("writing the matter"))?;
    Ok(())
}

/// One row for each office that may see the matter. A corrected forwarding takes the row away from
/// the office that should never have had it.
async fn write_desk(conn: &mut AnyConnection, matter: &Matter, due: i64) -> Result<(), StoreError> {
    clear(conn, "DELETE FROM desk WHERE matter = $1", matter.id).await?;
    for office in readers(matter) {
        let stage = matter.stage_for(office);
        let open = !matches!(stage, Stage::Closed | Stage::Elsewhere);
        sqlx::query("INSERT INTO desk (office, matter, open, due, stage, owner) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(office.as_str())
            .bind(matter.id.to_string())
            .bind(i64::from(open))
            .bind(due)
            .bind(stage.id())
            .bind(matter.owner.as_ref().map(AccountId::to_string))
            .execute(&mut *conn)
            .await
            .map_err(failed("writing the desk"))?;
    }
    Ok(())
}

fn readers(matter: &Matter) -> BTreeSet<&OfficeId> {
    let authorities = matter.forwardings.iter().filter_map(|f| f.what.to_office.as_ref());
    let employers = matter.recommendations.iter().filter_map(|(_, _, r)| r.employer_office.as_ref());
    [&matter.home, &matter.office].into_iter().chain(authorities).chain(employers).collect()
}

async fn write_notices(conn: &mut AnyConnection, entries: &[Entry], matter: &Matter) -> Result<(), StoreError> {
    clear(conn, "DELETE FROM notices WHERE matter = $1", matter.id).await?;
    let readings = effective(entries).map_err(|refusal| bad_row("acts", refusal.to_string()))?;
    for (entry, what, at) in readings {
        let Some((title, text)) = published(what) else { continue };
        sqlx::query(
            "INSERT INTO notices (act, matter, office, at, moment, title, text) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(entry.id.to_string())
        .bind(matter.id.to_string())
        .bind(publisher(entry).as_str())
        .bind(seconds(at))
        .bind(at.to_string())
        .bind(title)
        .bind(text)
        .execute(&mut *conn)
        .await
        .map_err(failed("writing a notice"))?;
    }
    Ok(())
}

fn published(what: &Act) -> Option<(&str, &str)> {
    match what {
        Act::StatusAnnounced(status) => Some((status.title.as_str(), status.text.as_str())),
        Act::StatementPublished(statement) => Some((statement.title.as_str(), statement.text.as_str())),
        _ => None,
    }
}

fn publisher(entry: &Entry) -> &OfficeId {
    match &entry.by {
        Actor::Officer { office, .. } => office,
        Actor::Public | Actor::System => &entry.office,
    }
}

async fn clear(conn: &mut AnyConnection, sql: &'static str, matter: MatterId) -> Result<(), StoreError> {
    sqlx::query(sql).bind(matter.to_string()).execute(&mut *conn).await.map_err(failed("clearing a projection"))?;
    Ok(())
}
