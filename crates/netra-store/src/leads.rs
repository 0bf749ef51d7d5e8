//! Leads: news texts that an office captured. Who is named in a text stands in its bytes alone; the rows hold words of the word
//! lists, days and regions.
//!
//! Stories are made while leads come in: each is compared with those of its office that came before, and joins the story of the
//! one that it repeats or goes on from. A lead and its matter are one transaction: there is no matter without its lead, no second
//! matter of the same lead.

mod adding;

use std::iter;
use std::sync::Arc;

use netra_docket::ids::{AccountId, MatterId};
use netra_law::time::Moment;
use netra_watch::Record;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::convert::{bad_json, bad_row, cell, count, failed, parsed, parsed_cell};
use crate::record::record_in;
use crate::statement::{Value, execute};
use crate::store::{Means, Store};
use crate::types::{
    Lead, LeadCursor, LeadId, LeadKind, LeadOpening, LeadOrder, LeadPage, LeadQuery, LeadRelation, LeadSource,
    LeadState, NewLead, RecordError, Recording, Scope, StoreError,
};

/// Most lines of a page.
const MOST: u32 = 200;
/// Leads of one story that are told of.
const OF_A_STORY: i64 = 100;

const COLUMNS: &str =
    "l.id, l.sha256, l.size, l.media_type, l.entry, l.source, l.address, l.captured, l.at, l.account, l.score,
    l.reading, l.story, l.relation, l.related, l.state, l.reason, l.matter,
    (SELECT COUNT(*) FROM leads o WHERE o.office = l.office AND o.story = l.story) AS together";

/// Leads on their way in.
struct Arriving {
    office: String,
    account: AccountId,
    captured: Moment,
    leads: Vec<NewLead>,
}

/// A lead that becomes a matter.
struct Opening {
    office: String,
    account: AccountId,
    lead: LeadId,
    also: Vec<LeadId>,
    recording: Recording,
}

impl Store {
    /// Takes leads in; gives the id of each in the same order. One that came before, the same entry of the same bytes, stays as
    /// it is and gives the id that it has.
    ///
    /// # Errors
    /// The database fails, or an earlier lead can't be read.
    pub async fn add_leads(
        &self,
        scope: &Scope,
        account: AccountId,
        captured: Moment,
        leads: Vec<NewLead>,
    ) -> Result<Vec<LeadId>, StoreError> {
        let office = scope.office().to_string();
        let arriving = Arc::new(Arriving { office: office.clone(), account, captured, leads });
        self.write(&office, move |conn| {
            let arriving = Arc::clone(&arriving);
            Box::pin(async move { adding::add_in(conn, &arriving).await })
        })
        .await
    }

    /// A page of the office's leads. At most 200 lines, at least one.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn leads(&self, scope: &Scope, query: &LeadQuery) -> Result<LeadPage, StoreError> {
        let limit = query.limit.clamp(1, MOST);
        let (after, order) = match query.order {
            LeadOrder::Score => ("(l.score, l.at, l.id) < ($3, $4, $5)", "l.score DESC, l.at DESC, l.id DESC"),
            LeadOrder::Newest => ("(l.at, l.id) < ($4, $5) AND l.score <= $3", "l.at DESC, l.id DESC"),
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM leads l WHERE l.office = $1 AND ($2 = '' OR l.state = $2) AND {after}
             ORDER BY {order} LIMIT $6"
        );
        let cursor = query.after.map(|cursor| (cursor.score, cursor.at, cursor.id.to_string()));
        let (score, at, id) = cursor.unwrap_or((i64::MAX, i64::MAX, String::new()));
        // By time every score lies behind the place.
        let score = if query.order == LeadOrder::Newest { i64::MAX } else { score };
        // Only texts of this file are put together.
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(scope.office().as_str())
            .bind(query.kind.map_or("", LeadKind::id))
            .bind(score)
            .bind(at)
            .bind(id)
            // One more than asked tells whether there is a next page.
            .bind(i64::from(limit) + 1)
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading leads"))?;
        let mut lines = rows.iter().map(line_from).collect::<Result<Vec<_>, _>>()?;
        let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            lines.pop();
        }
        let next = if more { lines.last().map(|(_, cursor)| *cursor) } else { None };
        Ok(LeadPage { rows: lines.into_iter().map(|(lead, _)| lead).collect(), next })
    }

    /// A lead of the office.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn lead(&self, scope: &Scope, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM leads l WHERE l.office = $1 AND l.id = $2");
        // Only the names of the columns are added to the text.
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(scope.office().as_str())
            .bind(id.to_string())
            .fetch_optional(self.reader())
            .await
            .map_err(failed("reading a lead"))?;
        row.as_ref().map(lead_from).transpose()
    }

    /// The leads of a story of the office, the oldest first, a hundred at most.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn story(&self, scope: &Scope, story: LeadId) -> Result<Vec<Lead>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM leads l WHERE l.office = $1 AND l.story = $2 ORDER BY l.at, l.sha256, l.entry LIMIT $3"
        );
        // Only the names of the columns are added to the text.
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(scope.office().as_str())
            .bind(story.to_string())
            .bind(OF_A_STORY)
            .fetch_all(self.reader())
            .await
            .map_err(failed("reading a story"))?;
        rows.iter().map(lead_from).collect()
    }

    /// Sets a new lead aside; gives the state that it has then, which is another one if somebody was quicker. None if the office
    /// has no such lead.
    ///
    /// # Errors
    /// The database fails, or the row can't be read.
    pub async fn set_lead_aside(
        &self,
        scope: &Scope,
        id: LeadId,
        account: AccountId,
        at: Moment,
        reason: &str,
    ) -> Result<Option<LeadState>, StoreError> {
        let values: Vec<Value> = vec![
            scope.office().as_str().into(),
            id.to_string().into(),
            LeadKind::New.id().into(),
            LeadKind::Aside.id().into(),
            reason.into(),
            at.to_string().into(),
            account.to_string().into(),
        ];
        self.execute(
            "setting a lead aside",
            "UPDATE leads SET state = $4, reason = $5, decided = $6, decided_by = $7
             WHERE office = $1 AND id = $2 AND state = $3",
            values,
        )
        .await?;
        Ok(self.lead(scope, id).await?.map(|lead| lead.state))
    }

    /// Opens a matter from a lead: records its acts and notes the matter beside the lead, and beside others that went into it and
    /// have none, all of it or nothing. Of a lead that has a matter nothing is recorded. None if the office has no such lead.
    ///
    /// # Errors
    /// See [`RecordError`]; nothing was recorded then.
    pub async fn open_lead(
        &self,
        scope: &Scope,
        lead: LeadId,
        also: Vec<LeadId>,
        account: AccountId,
        recording: Recording,
    ) -> Result<Option<LeadOpening>, RecordError> {
        let office = scope.office().to_string();
        let opening = Arc::new(Opening { office: office.clone(), account, lead, also, recording });
        let means = self.means();
        self.write(&office, move |conn| {
            let (means, opening) = (means.clone(), Arc::clone(&opening));
            Box::pin(async move { open_in(conn, &means, &opening).await })
        })
        .await
    }
}

async fn open_in(
    conn: &mut AnyConnection,
    means: &Means,
    opening: &Opening,
) -> Result<Option<LeadOpening>, RecordError> {
    let place: [Value; 2] = [opening.office.as_str().into(), opening.lead.to_string().into()];
    // Whoever opens the same lead at the same time waits here.
    let found = execute(conn, "UPDATE leads SET state = state WHERE office = $1 AND id = $2", place)
        .await
        .map_err(failed("queueing for a lead"))?;
    if found == 0 {
        return Ok(None);
    }
    if let Some(matter) = matter_of(conn, opening).await? {
        return Ok(Some(LeadOpening::Again(matter)));
    }
    let matter = record_in(conn, means, &opening.recording).await?.matter.id;
    for lead in iter::once(opening.lead).chain(opening.also.iter().copied()) {
        let values: [Value; 6] = [
            opening.office.as_str().into(),
            lead.to_string().into(),
            LeadKind::Opened.id().into(),
            matter.to_string().into(),
            opening.recording.recorded.to_string().into(),
            opening.account.to_string().into(),
        ];
        execute(
            conn,
            "UPDATE leads SET state = $3, matter = $4, decided = $5, decided_by = $6, reason = NULL
             WHERE office = $1 AND id = $2 AND matter IS NULL",
            values,
        )
        .await
        .map_err(failed("noting the matter of a lead"))?;
    }
    Ok(Some(LeadOpening::First(matter)))
}

/// The matter that was opened from the lead before.
async fn matter_of(conn: &mut AnyConnection, opening: &Opening) -> Result<Option<MatterId>, StoreError> {
    let row = sqlx::query("SELECT matter FROM leads WHERE office = $1 AND id = $2")
        .bind(opening.office.as_str())
        .bind(opening.lead.to_string())
        .fetch_one(&mut *conn)
        .await
        .map_err(failed("reading a lead"))?;
    let matter: Option<String> = cell(&row, "matter")?;
    matter.map(|text| parsed("leads", "matter", &text)).transpose()
}

fn line_from(row: &AnyRow) -> Result<(Lead, LeadCursor), StoreError> {
    let lead = lead_from(row)?;
    let cursor = LeadCursor { score: cell(row, "score")?, at: cell(row, "at")?, id: lead.id };
    Ok((lead, cursor))
}

fn record_from(row: &AnyRow) -> Result<Record, StoreError> {
    serde_json::from_str(cell(row, "reading")?).map_err(bad_json("leads"))
}

fn lead_from(row: &AnyRow) -> Result<Lead, StoreError> {
    let bad = |why: &'static str| move || bad_row("leads", why);
    let entry: i64 = cell(row, "entry")?;
    let entry = u32::try_from(entry).map_err(|_| bad_row("leads", "the place in the feed is out of range"))?;
    let related: Option<String> = cell(row, "related")?;
    let related = related.map(|text| parsed("leads", "related", &text)).transpose()?;
    Ok(Lead {
        id: parsed_cell(row, "leads", "id")?,
        sha256: cell(row, "sha256")?,
        size: count(cell(row, "size")?),
        media_type: cell(row, "media_type")?,
        entry: (entry > 0).then_some(entry),
        source: LeadSource::from_id(cell(row, "source")?).ok_or_else(bad("unknown source"))?,
        address: cell(row, "address")?,
        captured: parsed_cell(row, "leads", "captured")?,
        account: parsed_cell(row, "leads", "account")?,
        record: record_from(row)?,
        story: parsed_cell(row, "leads", "story")?,
        together: count(cell(row, "together")?),
        relation: LeadRelation::from_parts(cell(row, "relation")?, related).ok_or_else(bad("unknown relation"))?,
        state: state_from(row)?,
    })
}

fn state_from(row: &AnyRow) -> Result<LeadState, StoreError> {
    let kind = LeadKind::from_id(cell(row, "state")?).ok_or_else(|| bad_row("leads", "unknown state"))?;
    let matter: Option<String> = cell(row, "matter")?;
    match (kind, matter) {
        (LeadKind::New, None) => Ok(LeadState::New),
        (LeadKind::Aside, None) => {
            let reason: Option<String> = cell(row, "reason")?;
            Ok(LeadState::Aside { reason: reason.unwrap_or_default() })
        }
        (LeadKind::Opened, Some(matter)) => Ok(LeadState::Opened { matter: parsed("leads", "matter", &matter)? }),
        _ => Err(bad_row("leads", "the state does not fit the matter")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_states_and_sources_read_back() {
        for kind in LeadKind::ALL {
            assert_eq!(LeadKind::from_id(kind.id()), Some(kind));
        }
        for source in [LeadSource::Typed, LeadSource::File] {
            assert_eq!(LeadSource::from_id(source.id()), Some(source));
        }
        let earlier = LeadId::new(uuid::Uuid::from_u128(7));
        for relation in [LeadRelation::First, LeadRelation::Duplicate(earlier), LeadRelation::FollowUp(earlier)] {
            let (id, related) = relation.parts();
            assert_eq!(LeadRelation::from_parts(id, related), Some(relation));
        }
        assert_eq!(LeadRelation::from_parts("duplicate", None), None);
    }
}
