//! Taking leads in: which came before, and to which story each new one belongs.

use netra_watch::{Fingerprint, Member, Relation, group};
use sqlx::AnyConnection;

use super::{Arriving, record_from};
use crate::convert::{bad_json, bad_row, cell, failed, parsed_cell, seconds};
use crate::statement::{Value, execute};
use crate::types::{LeadId, LeadKind, LeadRelation, NewLead, StoreError};

/// Earlier leads with which new ones are compared.
const COMPARED: i64 = 1000;

const INSERT: &str =
    "INSERT INTO leads (id, office, sha256, size, media_type, entry, source, address, captured, at, account, score,
    reading, fingerprint, story, relation, related, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
    ON CONFLICT (office, sha256, entry) DO NOTHING";

pub(super) async fn add_in(conn: &mut AnyConnection, arriving: &Arriving) -> Result<Vec<LeadId>, StoreError> {
    let mut ids = Vec::with_capacity(arriving.leads.len());
    let mut fresh: Vec<&NewLead> = Vec::new();
    for lead in &arriving.leads {
        let known = known_as(conn, &arriving.office, lead).await?;
        let within = fresh.iter().find(|other| is_same(other, lead)).map(|other| other.id);
        ids.push(known.or(within).unwrap_or(lead.id));
        if known.is_none() && within.is_none() {
            fresh.push(lead);
        }
    }
    if fresh.is_empty() {
        return Ok(ids);
    }
    for (lead, story, relation) in placed(conn, &arriving.office, &fresh).await? {
        let added = execute(conn, INSERT, values(arriving, lead, story, relation)?)
            .await
            .map_err(failed("taking a lead in"))?;
        if added > 0 {
            continue;
        }
        // Another process took it in just now.
        let known = known_as(conn, &arriving.office, lead).await?;
        let known = known.ok_or_else(|| bad_row("leads", "a lead is there and is not found"))?;
        ids.iter_mut().filter(|id| **id == lead.id).for_each(|id| *id = known);
    }
    Ok(ids)
}

fn is_same(one: &NewLead, other: &NewLead) -> bool {
    one.sha256 == other.sha256 && one.entry == other.entry
}

/// The id of a lead that came before.
async fn known_as(conn: &mut AnyConnection, office: &str, lead: &NewLead) -> Result<Option<LeadId>, StoreError> {
    let row = sqlx::query("SELECT id FROM leads WHERE office = $1 AND sha256 = $2 AND entry = $3")
        .bind(office)
        .bind(lead.sha256.as_str())
        .bind(i64::from(lead.entry.unwrap_or(0)))
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("looking for a lead"))?;
    row.as_ref().map(|row| parsed_cell(row, "leads", "id")).transpose()
}

/// The story of each new lead, and how it is related to an earlier one.
async fn placed<'l>(
    conn: &mut AnyConnection,
    office: &str,
    fresh: &[&'l NewLead],
) -> Result<Vec<(&'l NewLead, LeadId, LeadRelation)>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, story, reading, fingerprint FROM leads WHERE office = $1 ORDER BY at DESC, sha256 DESC, entry DESC LIMIT $2",
    )
    .bind(office)
    .bind(COMPARED)
    .fetch_all(&mut *conn)
    .await
    .map_err(failed("reading earlier leads"))?;
    let mut places: Vec<(LeadId, LeadId)> = Vec::with_capacity(rows.len() + fresh.len());
    let mut members: Vec<Member> = Vec::with_capacity(rows.len() + fresh.len());
    for row in rows.iter().rev() {
        places.push((parsed_cell(row, "leads", "id")?, parsed_cell(row, "leads", "story")?));
        let fingerprint = Fingerprint::from_bytes(cell(row, "fingerprint")?);
        let fingerprint = fingerprint.ok_or_else(|| bad_row("leads", "a fingerprint is not of its form"))?;
        members.push(record_from(row)?.member(fingerprint));
    }
    let known = members.len();
    members.extend(fresh.iter().map(|lead| lead.record.member(lead.fingerprint.clone())));
    let relations = group(&members);
    let mut found = Vec::with_capacity(fresh.len());
    for (lead, placed) in fresh.iter().zip(relations.iter().skip(known)) {
        let earlier = |place: usize| places.get(place).copied();
        let (relation, story) = match placed.relation {
            Relation::First => (LeadRelation::First, None),
            Relation::Duplicate(place) => {
                let earlier = earlier(place);
                (earlier.map_or(LeadRelation::First, |(id, _)| LeadRelation::Duplicate(id)), earlier)
            }
            Relation::FollowUp(place) => {
                let earlier = earlier(place);
                (earlier.map_or(LeadRelation::First, |(id, _)| LeadRelation::FollowUp(id)), earlier)
            }
        };
        let story = story.map_or(lead.id, |(_, story)| story);
        places.push((lead.id, story));
        found.push((*lead, story, relation));
    }
    Ok(found)
}

fn values(
    arriving: &Arriving,
    lead: &NewLead,
    story: LeadId,
    relation: LeadRelation,
) -> Result<[Value; 18], StoreError> {
    let size = i64::try_from(lead.size).map_err(|_| bad_row("leads", "a size beyond all files"))?;
    let (relation, related) = relation.parts();
    Ok([
        lead.id.to_string().into(),
        arriving.office.as_str().into(),
        lead.sha256.as_str().into(),
        size.into(),
        lead.media_type.as_str().into(),
        i64::from(lead.entry.unwrap_or(0)).into(),
        lead.source.id().into(),
        lead.address.clone().into(),
        arriving.captured.to_string().into(),
        seconds(arriving.captured).into(),
        arriving.account.to_string().into(),
        hundredths(lead.record.score).into(),
        serde_json::to_string(&lead.record).map_err(bad_json("leads"))?.into(),
        lead.fingerprint.to_bytes().into(),
        story.to_string().into(),
        relation.into(),
        related.map(|id| id.to_string()).into(),
        LeadKind::New.id().into(),
    ])
}

/// A score as a whole number.
fn hundredths(score: f64) -> i64 {
    // Between 0 and 100: nothing is cut off.
    (score.clamp(0.0, 1.0) * 100.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_whole_numbers() {
        for (score, expected) in [(0.0, 0), (0.02, 2), (0.29, 29), (0.995, 100), (2.0, 100), (f64::NAN, 0)] {
            assert_eq!(hundredths(score), expected, "{score}");
        }
    }
}
