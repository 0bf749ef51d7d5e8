//! Answering a question: the newest matters that hold all of its terms.

use std::fmt::Write as _;

use netra_docket::ids::OfficeId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{Term, terms};
use crate::convert::{cell, failed};
use crate::desk::{LINE, line_from};
use crate::store::Store;
use crate::types::{DeskRow, Privacy, Scope, StoreError};

/// Most terms of a question that count.
const MOST_TERMS: usize = 8;
/// Most lines of a page.
const MOST: u32 = 200;
/// How far terms are counted to find the rarest: beyond that they are all common.
const COUNTED: u32 = 1000;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words; each must stand in the matter, in whatever form.
    pub text: String,
    /// From the page before: what comes after its last line.
    pub after: Option<i64>,
    /// Lines of the page, at most 200.
    pub limit: u32,
}

/// A page of matters, newest first.
#[derive(Clone, Debug, Default)]
pub struct SearchPage {
    /// The lines.
    pub rows: Vec<DeskRow>,
    /// Where the next page begins; none at the end.
    pub next: Option<i64>,
    /// Whether there was anything to look for: a question may consist of words that say nothing.
    pub asked: bool,
}

impl Store {
    /// The matters on the office's desk in which all words of the question stand. What was recorded within the last
    /// second or two may not be found yet.
    ///
    /// A scope without names finds nothing: the index holds names too.
    ///
    /// # Errors
    /// The database fails, a key is missing, or a row can't be read.
    pub async fn search(&self, scope: &Scope, query: &SearchQuery) -> Result<SearchPage, StoreError> {
        let words: Vec<String> = netra_words::terms(&query.text).take(MOST_TERMS).collect();
        if words.is_empty() || scope.privacy() != Privacy::Open {
            return Ok(SearchPage::default());
        }
        let asked = terms(self.keys(), scope.office(), words.iter().map(String::as_str))?;
        let limit = query.limit.clamp(1, MOST);
        let mut tx = self.begin_read().await?;
        let asked = rarest_first(&mut tx, asked.into_iter().collect()).await?;
        let rows = page(&mut tx, scope.office(), &asked, query.after.unwrap_or(i64::MAX), limit).await?;
        let fits = usize::try_from(limit).unwrap_or(usize::MAX);
        let next = match rows.get(..fits).and_then(<[AnyRow]>::last) {
            Some(last) if rows.len() > fits => Some(cell(last, "doc")?),
            _ => None,
        };
        let rows: Result<Vec<DeskRow>, StoreError> =
            rows.iter().take(fits).map(|row| line_from(row).map(|(line, _)| line)).collect();
        Ok(SearchPage { rows: rows?, next, asked: true })
    }
}

/// The terms, that of the fewest matters first: the search walks along that one. O(terms), each counted to a bound.
async fn rarest_first(conn: &mut AnyConnection, terms: Vec<Term>) -> Result<Vec<Term>, StoreError> {
    let mut counted = Vec::with_capacity(terms.len());
    for term in terms {
        let count: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM (SELECT 1 FROM search_terms WHERE term = $1 LIMIT $2) AS counted")
                .bind(term)
                .bind(i64::from(COUNTED))
                .fetch_one(&mut *conn)
                .await
                .map_err(failed("counting a term"))?;
        counted.push((count, term));
    }
    counted.sort_unstable();
    Ok(counted.into_iter().map(|(_, term)| term).collect())
}

async fn page(
    conn: &mut AnyConnection,
    office: &OfficeId,
    terms: &[Term],
    after: i64,
    limit: u32,
) -> Result<Vec<AnyRow>, StoreError> {
    // Only placeholders are added to the text.
    let mut query = sqlx::query(AssertSqlSafe(sql(terms.len())));
    query = query.bind(office.as_str()).bind(after).bind(i64::from(limit) + 1);
    for term in terms {
        query = query.bind(*term);
    }
    query.fetch_all(&mut *conn).await.map_err(failed("searching"))
}

/// The statement for so many terms: a walk along the first, a look at the others for each step.
fn sql(terms: usize) -> String {
    let mut others = String::new();
    for place in 5..terms + 4 {
        let _ = write!(others, " AND EXISTS (SELECT 1 FROM search_terms o WHERE o.term = ${place} AND o.doc = s.doc)");
    }
    format!(
        "SELECT s.doc, {LINE}
         FROM search_terms s
         JOIN search_docs x ON x.doc = s.doc
         JOIN desk d ON d.office = x.office AND d.matter = x.matter
         JOIN matters m ON m.matter = d.matter
         LEFT JOIN accounts a ON a.id = m.owner
         WHERE s.term = $4 AND s.doc < $2 AND x.office = $1{others}
         ORDER BY s.doc DESC
         LIMIT $3"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_its_place() {
        assert!(!sql(1).contains("$5"));
        let three = sql(3);
        assert!(three.contains("$5") && three.contains("$6") && !three.contains("$7"), "{three}");
    }
}
