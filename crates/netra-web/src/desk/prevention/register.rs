//! The register: what the office did to prevent violations, newest first, and how far the next stage is covered.
//!
//! Filters and the place in the list stand in the address, so that a list can be kept and shared.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use netra_docket::act::{PreventionKind, RecipientKind};
use netra_docket::steps::StepKind;
use netra_law::time::short_date;
use netra_store::{MeasureCursor, MeasureQuery, MeasureRow};

use super::allow;
use super::coverage::{CountView, Coverage};
use super::stages::Before;
use crate::app::App;
use crate::desk::session::Officer;
use crate::desk::{Choice, query};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::{self, Action, Relation};

/// Lines of a page.
const LINES: u32 = 50;

#[derive(Template)]
#[template(path = "desk/prevention/register.html")]
struct RegisterPage {
    chrome: Chrome,
    /// The address of the form that records a measure; none for whoever may not.
    record: Option<String>,
    kinds: Vec<Choice>,
    recipients: Vec<Choice>,
    filtered: bool,
    first_page: bool,
    rows: Vec<RowView>,
    /// Query of the next page.
    next: Option<String>,
    stage: Option<String>,
    counts: Vec<CountView>,
}

/// A line of the register.
struct RowView {
    matter: String,
    n: u32,
    day: String,
    kind: &'static str,
    subject: String,
    letter: String,
    audience: Vec<String>,
    addressed: u64,
    answered: u64,
    letters: bool,
}

/// What the address asks for; what can't be read counts as not asked for.
struct Filter {
    kind: Option<PreventionKind>,
    to: Option<RecipientKind>,
    after: Option<MeasureCursor>,
}

impl Filter {
    fn read(form: &FormData) -> Filter {
        Filter {
            kind: PreventionKind::from_id(&form.get("jenis")),
            to: RecipientKind::from_id(&form.get("kepada")),
            after: cursor(&form.get("setelah")),
        }
    }

    /// The address's query for the page after a place.
    fn next_query(&self, after: MeasureCursor) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.kind.map(|kind| ("jenis", kind.id().to_owned())));
        pairs.extend(self.to.map(|kind| ("kepada", kind.id().to_owned())));
        pairs.push(("setelah", format!("{}.{}", after.at, after.act)));
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }
}

fn cursor(text: &str) -> Option<MeasureCursor> {
    let (at, act) = text.split_once('.')?;
    Some(MeasureCursor { at: at.parse().ok()?, act: act.parse().ok()? })
}

pub(super) async fn show(State(app): State<App>, officer: Officer, raw: RawQuery) -> Result<Response, PageError> {
    allow(&officer, Action::SeePrevention)?;
    let filter = Filter::read(&query(raw));
    let asked = MeasureQuery { kind: filter.kind, to: filter.to, after: filter.after, limit: LINES };
    let found = app.store.measures(&officer.scope(), &asked).await?;
    let all = Before::all(&app.law, &officer.office);
    let coverage = match Before::chosen(&all, "", officer.now(&app).date()) {
        Some(before) => Some(Coverage::load(&app, &officer, before, None).await?),
        None => None,
    };
    let step = StepKind::RecordPrevention;
    let may_record = policy::may_take(officer.account.role, Relation::Handles, step);
    let chosen = filter.kind.map_or("", PreventionKind::id);
    let chosen_to = filter.to.map_or("", RecipientKind::id);
    page::ok(&RegisterPage {
        chrome: officer.chrome(),
        record: may_record.then(|| format!("/meja/baru/{}", step.id())),
        kinds: PreventionKind::ALL.iter().map(|k| Choice::new(k.id(), k.indonesian(), chosen)).collect(),
        recipients: RecipientKind::ALL.iter().map(|k| Choice::new(k.id(), k.indonesian(), chosen_to)).collect(),
        filtered: filter.kind.is_some() || filter.to.is_some(),
        first_page: filter.after.is_none(),
        rows: found.rows.into_iter().map(row_view).collect(),
        next: found.next.map(|after| filter.next_query(after)),
        stage: coverage.as_ref().map(Coverage::words),
        counts: coverage.as_ref().map(Coverage::counts).unwrap_or_default(),
    })
}

fn row_view(row: MeasureRow) -> RowView {
    RowView {
        matter: row.matter.to_string(),
        n: row.n,
        day: short_date(row.at.date()),
        kind: row.kind.indonesian(),
        subject: row.subject,
        letter: row.letter,
        audience: row.audience.lines().map(str::to_owned).collect(),
        addressed: row.addressed,
        answered: row.answered,
        letters: row.kind == PreventionKind::AppealLetter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_filters() {
        let read = |query: &str| Filter::read(&FormData::parse(query.as_bytes()).unwrap());
        let after = MeasureCursor { at: 1_706_111_999, act: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap() };
        let next = read("jenis=appeal-letter&kepada=party").next_query(after);
        let expected = "jenis=appeal-letter&kepada=party&setelah=1706111999.67e55044-10b1-426f-9247-bb680e5fe0c8";
        assert_eq!(next, expected);
        let again = read(&next);
        assert_eq!(again.after, Some(after));
        assert_eq!((again.kind, again.to), (Some(PreventionKind::AppealLetter), Some(RecipientKind::Party)));
        let nothing = read("jenis=x&kepada=y&setelah=1.2");
        assert!(nothing.kind.is_none() && nothing.to.is_none() && nothing.after.is_none());
    }
}
