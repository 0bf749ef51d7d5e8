//! Search: the matters of an office in which all words of a question stand.
//!
//! Names are encrypted in the vault, so no plain index may hold them. A term is kept as the first eight bytes of
//! HMAC-SHA-256 under a key of the office that searches: the same word gives the same number only there, and who gets
//! the database alone learns how often something stands somewhere, not what. The key comes from the office's keys and is
//! never in the database.
//!
//! The index follows the ledger: [`Store::index_for_search`] looks through what was recorded since, and computes the
//! terms of each matter concerned anew, so that what was erased, protected or corrected goes out of it as well. On the same
//! walk it notes which pictures a matter has, to be compared later (`likeness`).

mod gather;
mod question;

use std::collections::BTreeSet;

use netra_docket::ids::{MatterId, OfficeId};
use netra_docket::matter::Matter;
use sqlx::{AnyConnection, Row as _};

pub use question::{SearchPage, SearchQuery};

use crate::convert::{bad_row, cell, failed, parsed};
use crate::dockets::{folded, opened_entries};
use crate::following::{Piece, next_piece};
use crate::keys::KeyRing;
use crate::likeness;
use crate::statement::{Script, Value};
use crate::store::{Means, Store};
use crate::types::StoreError;
use gather::Audience;

/// Most terms of a matter that are kept: a long account must not crowd out all others.
const MOST: usize = 4096;
/// Rows that are written with one statement.
const ROWS: usize = 2000;

/// A term as it is kept.
pub(crate) type Term = i64;

impl Store {
    /// Looks through what was recorded since the last time; tells of how many matters. Several processes may do so at
    /// once: of two that meet at an office, one waits for the other.
    ///
    /// # Errors
    /// The database fails, a key is missing, or an act can't be read.
    pub async fn index_for_search(&self) -> Result<u64, StoreError> {
        let behind: Vec<String> = sqlx::query_scalar(
            "SELECT t.office FROM trees t LEFT JOIN search_progress p ON p.office = t.office
             WHERE t.size > COALESCE(p.leaves, 0) ORDER BY t.office",
        )
        .fetch_all(self.reader())
        .await
        .map_err(failed("looking for what cannot be searched yet"))?;
        let mut done = 0;
        for office in &behind {
            let office: OfficeId = parsed("trees", "office", office)?;
            loop {
                let (means, of) = (self.means(), office.clone());
                let some = self.write(office.as_str(), move |conn| {
                    let (means, of) = (means.clone(), of.clone());
                    Box::pin(async move { index_some(conn, &means, &of).await })
                });
                match some.await? {
                    0 => break,
                    some => done += some,
                }
            }
        }
        Ok(done)
    }

    /// Throws the index away; what was recorded is looked through again.
    pub(crate) async fn forget_search(&self) -> Result<(), StoreError> {
        for sql in ["DELETE FROM search_terms", "DELETE FROM search_docs", "DELETE FROM search_progress"] {
            self.execute("clearing the search", sql, Vec::new()).await?;
        }
        Ok(())
    }
}

/// Indexes the matters of the next acts of an office's ledger; tells of how many.
async fn index_some(conn: &mut AnyConnection, means: &Means, office: &OfficeId) -> Result<u64, StoreError> {
    let place = "INSERT INTO search_progress (office, leaves) VALUES ($1, 0)
                 ON CONFLICT (office) DO UPDATE SET leaves = search_progress.leaves RETURNING leaves";
    let Some(Piece { matters, upto }) = next_piece(conn, office, place).await? else { return Ok(0) };
    for matter in &matters {
        index_matter(conn, means, *matter).await?;
    }
    sqlx::query("UPDATE search_progress SET leaves = $2 WHERE office = $1")
        .bind(office.as_str())
        .bind(upto)
        .execute(&mut *conn)
        .await
        .map_err(failed("noting how far the search is"))?;
    Ok(u64::try_from(matters.len()).unwrap_or(u64::MAX))
}

/// Computes the terms of a matter for every office on whose desk it lies.
async fn index_matter(conn: &mut AnyConnection, means: &Means, id: MatterId) -> Result<(), StoreError> {
    let (entries, protected) = opened_entries(conn, &means.keys, &means.law, id).await?;
    let matter = folded(&entries, &means.law)?;
    likeness::keep_pictures(conn, &matter).await?;
    let offices: Vec<String> = sqlx::query_scalar("SELECT office FROM desk WHERE matter = $1 ORDER BY office")
        .bind(id.to_string())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("looking at the desks"))?;
    for office in &offices {
        let office: OfficeId = parsed("desk", "office", office)?;
        let audience = audience(conn, &office, &matter).await?;
        let words = gather::words(&entries, &protected, &matter, audience)?;
        let terms = terms(&means.keys, &office, words.iter().map(String::as_str))?;
        store_terms(conn, &office, id, &terms).await?;
    }
    Ok(())
}

/// Supervisors may find by everything, the receiver of a forwarding by what it was sent.
async fn audience(conn: &mut AnyConnection, office: &OfficeId, matter: &Matter) -> Result<Audience, StoreError> {
    if *office == matter.home || *office == matter.office {
        return Ok(Audience::Supervisor);
    }
    let kept = crate::offices::office_in(conn, office).await?;
    Ok(if kept.is_some_and(|o| o.kind.is_supervisor()) { Audience::Supervisor } else { Audience::Receiver })
}

/// Words as an office's terms, each once, in order.
pub(crate) fn terms<'w>(
    keys: &KeyRing,
    office: &OfficeId,
    words: impl Iterator<Item = &'w str>,
) -> Result<BTreeSet<Term>, StoreError> {
    let keys = keys.get(office)?;
    Ok(words.map(|word| keys.search_term(word)).take(MOST).collect())
}

/// Writes what changed.
async fn store_terms(
    conn: &mut AnyConnection,
    office: &OfficeId,
    matter: MatterId,
    terms: &BTreeSet<Term>,
) -> Result<(), StoreError> {
    let before = sqlx::query("SELECT doc, terms FROM search_docs WHERE office = $1 AND matter = $2")
        .bind(office.as_str())
        .bind(matter.to_string())
        .fetch_optional(&mut *conn)
        .await
        .map_err(failed("reading what can be searched"))?;
    let bytes: Vec<u8> = terms.iter().flat_map(|term| term.to_be_bytes()).collect();
    let (doc, known) = match before {
        Some(row) => {
            let doc: i64 = cell(&row, "doc")?;
            let known = read_terms(row.try_get("terms").map_err(failed("reading terms"))?)?;
            if known == *terms {
                return Ok(());
            }
            sqlx::query("UPDATE search_docs SET terms = $2 WHERE doc = $1")
                .bind(doc)
                .bind(bytes)
                .execute(&mut *conn)
                .await
                .map_err(failed("writing what can be searched"))?;
            (doc, known)
        }
        None => {
            let doc =
                sqlx::query_scalar("INSERT INTO search_docs (office, matter, terms) VALUES ($1, $2, $3) RETURNING doc")
                    .bind(office.as_str())
                    .bind(matter.to_string())
                    .bind(bytes)
                    .fetch_one(&mut *conn)
                    .await
                    .map_err(failed("writing what can be searched"))?;
            (doc, BTreeSet::new())
        }
    };
    for term in known.difference(terms) {
        sqlx::query("DELETE FROM search_terms WHERE term = $1 AND doc = $2")
            .bind(*term)
            .bind(doc)
            .execute(&mut *conn)
            .await
            .map_err(failed("taking out a term"))?;
    }
    let new: Vec<[Value; 2]> = terms.difference(&known).map(|term| [(*term).into(), doc.into()]).collect();
    for rows in new.chunks(ROWS) {
        let mut script = Script::default();
        script.insert("INSERT INTO search_terms (term, doc) VALUES", rows.to_vec());
        script.run(conn).await.map_err(failed("writing terms"))?;
    }
    Ok(())
}

fn read_terms(bytes: &[u8]) -> Result<BTreeSet<Term>, StoreError> {
    let (terms, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(bad_row("search_docs", "a term is cut off"));
    }
    Ok(terms.iter().map(|term| Term::from_be_bytes(*term)).collect())
}
