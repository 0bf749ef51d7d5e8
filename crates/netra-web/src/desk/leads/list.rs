//! The list of an office's leads: the best or the newest first, those of one state or all.
//!
//! Filters and the place in the list stand in the address; nothing of a text does.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use netra_store::{Lead, LeadCursor, LeadKind, LeadOrder, LeadQuery};

use super::words;
use crate::app::App;
use crate::desk::session::Officer;
use crate::desk::{Choice, query};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};

/// Lines of a page.
const LINES: u32 = 50;
/// The word of the address for leads of every state.
const ALL: &str = "semua";
/// The word of the address for the order by time.
const NEWEST: &str = "terbaru";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/sorotan", get(show))
}

#[derive(Template)]
#[template(path = "desk/leads.html")]
struct LeadsPage {
    chrome: Chrome,
    kinds: Vec<Choice>,
    orders: Vec<Choice>,
    filtered: bool,
    first_page: bool,
    rows: Vec<RowView>,
    /// Query of the next page.
    next: Option<String>,
}

/// A line of a list of leads.
pub(super) struct RowView {
    pub(super) address: String,
    pub(super) heading: String,
    pub(super) score: String,
    pub(super) class: &'static str,
    pub(super) region: String,
    pub(super) published: String,
    pub(super) stage: &'static str,
    pub(super) captured: String,
    pub(super) state: String,
    pub(super) relation: &'static str,
    /// How many other leads its story has.
    pub(super) others: u64,
}

/// What the address asks for.
struct Filter {
    kind: Option<LeadKind>,
    order: LeadOrder,
    after: Option<LeadCursor>,
}

/// The word of the address for a state.
fn kind_id(kind: LeadKind) -> &'static str {
    match kind {
        LeadKind::New => "baru",
        LeadKind::Aside => "disisihkan",
        LeadKind::Opened => "dibuka",
    }
}

impl Filter {
    /// What can't be read counts as not asked for: new leads, the best first.
    fn read(form: &FormData) -> Filter {
        let asked = form.get("keadaan");
        let kind = match asked.as_str() {
            ALL => None,
            other => Some(LeadKind::ALL.into_iter().find(|kind| kind_id(*kind) == other).unwrap_or(LeadKind::New)),
        };
        let order = if form.get("urut") == NEWEST { LeadOrder::Newest } else { LeadOrder::Score };
        Filter { kind, order, after: cursor(&form.get("setelah")) }
    }

    fn kind_word(&self) -> &'static str {
        self.kind.map_or(ALL, kind_id)
    }

    fn order_word(&self) -> &'static str {
        match self.order {
            LeadOrder::Score => "skor",
            LeadOrder::Newest => NEWEST,
        }
    }

    /// The address's query for the page after a place.
    fn next_query(&self, after: &LeadCursor) -> String {
        let place = format!("{}.{}.{}", after.score, after.at, after.id);
        let pairs = [("keadaan", self.kind_word()), ("urut", self.order_word()), ("setelah", place.as_str())];
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }
}

fn cursor(text: &str) -> Option<LeadCursor> {
    let (score, rest) = text.split_once('.')?;
    let (at, id) = rest.split_once('.')?;
    Some(LeadCursor { score: score.parse().ok()?, at: at.parse().ok()?, id: id.parse().ok()? })
}

async fn show(State(app): State<App>, officer: Officer, raw: RawQuery) -> Result<Response, PageError> {
    super::allowed(&officer)?;
    let filter = Filter::read(&query(raw));
    let asked = LeadQuery { kind: filter.kind, order: filter.order, after: filter.after, limit: LINES };
    let listed = app.store.leads(&officer.scope(), &asked).await?;
    let chosen = filter.kind_word();
    let kinds = LeadKind::ALL.into_iter().map(|kind| Choice::new(kind_id(kind), words::kind(kind), chosen));
    let by = filter.order_word();
    page::ok(&LeadsPage {
        chrome: officer.chrome(),
        kinds: kinds.chain([Choice::new(ALL, "Semua", chosen)]).collect(),
        orders: vec![Choice::new("skor", "Skor tertinggi", by), Choice::new(NEWEST, "Terbaru", by)],
        filtered: filter.kind != Some(LeadKind::New) || filter.order != LeadOrder::Score,
        first_page: filter.after.is_none(),
        rows: listed.rows.iter().map(row_view).collect(),
        next: listed.next.as_ref().map(|after| filter.next_query(after)),
    })
}

pub(super) fn row_view(lead: &Lead) -> RowView {
    let record = &lead.record;
    RowView {
        address: super::address(lead.id),
        heading: words::heading(record),
        score: words::score(record),
        class: words::score_class(record),
        region: words::region(record).to_owned(),
        published: words::published(record),
        stage: record.stage.indonesian(),
        captured: words::captured(lead),
        state: words::state(lead),
        relation: words::relation(lead),
        others: lead.together.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Filter {
        Filter::read(&FormData::parse(query.as_bytes()).unwrap())
    }

    #[test]
    fn the_next_page_keeps_the_filters() {
        let after =
            LeadCursor { score: 87, at: 1_705_629_600, id: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap() };
        let next = read("keadaan=disisihkan&urut=terbaru").next_query(&after);
        assert_eq!(next, "keadaan=disisihkan&urut=terbaru&setelah=87.1705629600.67e55044-10b1-426f-9247-bb680e5fe0c8");
        let again = read(&next);
        assert_eq!((again.kind, again.order, again.after), (Some(LeadKind::Aside), LeadOrder::Newest, Some(after)));
        assert_eq!(read("keadaan=semua").kind, None);
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        for query in ["", "keadaan=x&urut=y&setelah=1.2", "setelah=1.2.3", "setelah=..%2F.."] {
            let filter = read(query);
            assert_eq!(
                (filter.kind, filter.order, filter.after),
                (Some(LeadKind::New), LeadOrder::Score, None),
                "{query}"
            );
        }
    }
}
