//! The list of an office's matters, nearest clock first; the inbox of an authority or employer.
//!
//! Filters and the place in the list stand in the address, so that a list can be kept and shared.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::matter::{Origin, Stage};
use netra_docket::steps::StepKind;
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::time::{Moment, short_date};
use netra_store::{COUNTED_AT_MOST, Closed, Cursor, DeskCounts, DeskQuery, DeskRow, UnreadMatter};

use super::session::Officer;
use super::taking::OPENING;
use super::words::{self, Due};
use super::{Choice, query};
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::{self, Action, Relation};

/// Lines of a page.
const LINES: u32 = 50;
/// Matters with new messages that are named.
const UNREAD: u32 = 20;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja", get(show))
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    chrome: Chrome,
    title: &'static str,
    csrf: String,
    supervisor: bool,
    counts: DeskCounts,
    /// Steps that open a matter: id and words.
    opening: Vec<(&'static str, &'static str)>,
    stages: Vec<Choice>,
    mine: bool,
    closed: bool,
    filtered: bool,
    first_page: bool,
    rows: Vec<RowView>,
    /// Matters with messages of reporters that this officer has not seen.
    unread: Vec<UnreadView>,
    /// Query of the next page.
    next: Option<String>,
}

impl QueuePage {
    /// A count as it is shown (templates): beyond what is counted, that there are at least so many.
    fn counted(&self, count: &u64) -> String {
        if *count >= COUNTED_AT_MOST { format!("{COUNTED_AT_MOST}+") } else { count.to_string() }
    }
}

/// A matter with new messages.
struct UnreadView {
    id: String,
    number: String,
    messages: u64,
}

/// A line of the list.
pub(super) struct RowView {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) subject: String,
    pub(super) stage: &'static str,
    pub(super) origin: &'static str,
    pub(super) opened: String,
    pub(super) owner: String,
    pub(super) clock: Option<ClockCell>,
}

/// The nearest clock of a line.
pub(super) struct ClockCell {
    pub(super) title: String,
    pub(super) due: Due,
    /// The days under other readings; empty without doubt.
    pub(super) otherwise: String,
}

/// What the address asks for.
struct Filter {
    stage: Option<Stage>,
    mine: bool,
    closed: bool,
    after: Option<Cursor>,
}

impl Filter {
    /// What can't be read counts as not asked for.
    fn read(form: &FormData) -> Filter {
        Filter {
            stage: Stage::from_id(&form.get("tahap")),
            mine: form.get("milik") == "saya",
            closed: form.get("selesai") == "1",
            after: cursor(&form.get("setelah")),
        }
    }

    /// The address's query for the page after a place.
    fn next_query(&self, after: &Cursor) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.stage.map(|stage| ("tahap", stage.id().to_owned())));
        pairs.extend(self.mine.then(|| ("milik", "saya".to_owned())));
        pairs.extend(self.closed.then(|| ("selesai", "1".to_owned())));
        pairs.push(("setelah", cursor_text(after)));
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }
}

/// A place in the list as addresses write it.
pub(crate) fn cursor_text(place: &Cursor) -> String {
    format!("{}.{}", place.due, place.matter)
}

/// Reads a place in the list as addresses write it.
pub(crate) fn cursor(text: &str) -> Option<Cursor> {
    let (due, matter) = text.split_once('.')?;
    Some(Cursor { due: due.parse().ok()?, matter: matter.parse().ok()? })
}

async fn show(State(app): State<App>, officer: Officer, raw: RawQuery) -> Result<Response, PageError> {
    if !policy::may(officer.account.role, Action::SeeQueue) {
        // The program's name leads here from every page; whoever has no matters has another beginning.
        return Ok(Redirect::to(officer.home()).into_response());
    }
    let supervisor = officer.office.kind.is_supervisor();
    let filter = Filter::read(&query(raw));
    let scope = officer.scope();
    let now = officer.now(&app);
    let asked = DeskQuery {
        stage: filter.stage,
        owner: filter.mine.then_some(officer.account.id),
        closed: if filter.closed { Closed::Yes } else { Closed::No },
        after: filter.after.clone(),
        limit: LINES,
    };
    let listed = app.store.desk(&scope, &asked).await?;
    let counts = app.store.desk_counts(&scope, now).await?;
    let seat = officer.office.seat();
    let unread = unread(&app, &officer).await?;
    page::ok(&QueuePage {
        chrome: officer.chrome(),
        title: if supervisor { "Perkara" } else { "Kotak masuk" },
        csrf: officer.csrf.clone(),
        supervisor,
        counts,
        opening: opening(&officer),
        stages: stages(filter.stage),
        mine: filter.mine,
        closed: filter.closed,
        filtered: filter.stage.is_some() || filter.mine || filter.closed,
        first_page: filter.after.is_none(),
        rows: listed.rows.into_iter().map(|row| row_view(row, &app.law, &seat, now)).collect(),
        unread,
        next: listed.next.as_ref().map(|after| filter.next_query(after)),
    })
}

async fn unread(app: &App, officer: &Officer) -> Result<Vec<UnreadView>, PageError> {
    if !officer.office.kind.is_supervisor() || !policy::may(officer.account.role, Action::ReadMessages) {
        return Ok(Vec::new());
    }
    let found = app.store.unread_matters(&officer.office.id, officer.account.id, UNREAD).await?;
    let view = |matter: UnreadMatter| UnreadView {
        id: matter.matter.to_string(),
        number: matter.number.unwrap_or_else(|| "Perkara belum bernomor".to_owned()),
        messages: matter.messages,
    };
    Ok(found.into_iter().map(view).collect())
}

/// The steps by which this officer may open a matter.
fn opening(officer: &Officer) -> Vec<(&'static str, &'static str)> {
    let supervisor = officer.office.kind.is_supervisor();
    let allowed = |step: &StepKind| supervisor && policy::may_take(officer.account.role, Relation::Handles, *step);
    OPENING.into_iter().filter(allowed).map(|step| (step.id(), step.button())).collect()
}

fn stages(chosen: Option<Stage>) -> Vec<Choice> {
    let chosen = chosen.map_or("", Stage::id);
    let of = |stage: Stage| Choice::new(stage.id(), stage.indonesian(), chosen);
    Stage::ALL.into_iter().map(of).collect()
}

pub(super) fn row_view(row: DeskRow, law: &Law, seat: &Seat, now: Moment) -> RowView {
    let clock = row.next.as_ref().map(|next| {
        let rule = words::clock_rule(law, row.regime, row.opened.date(), &next.clock);
        let unit = rule.and_then(|r| r.unit);
        ClockCell {
            title: rule.map_or_else(|| next.clock.clone(), |r| r.title.clone()),
            due: words::due(law, seat, next.due, now, unit),
            otherwise: words::other_days(&next.otherwise),
        }
    });
    RowView {
        id: row.matter.to_string(),
        number: row.number.unwrap_or_else(|| "Belum bernomor".to_owned()),
        subject: row.subject_line,
        stage: row.stage.indonesian(),
        origin: origin_words(row.origin),
        opened: short_date(row.opened.date()),
        owner: row.owner.unwrap_or_else(|| "Belum ada".to_owned()),
        clock,
    }
}

/// What a matter began as.
pub(super) fn origin_words(origin: Origin) -> &'static str {
    match origin {
        Origin::Report => "Laporan",
        Origin::Information => "Informasi awal",
        Origin::Prevention => "Pencegahan",
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
        let after = Cursor { due: 1_706_111_999, matter: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap() };
        let next = read("tahap=repair&milik=saya&selesai=1").next_query(&after);
        assert_eq!(next, "tahap=repair&milik=saya&selesai=1&setelah=1706111999.67e55044-10b1-426f-9247-bb680e5fe0c8");
        let again = read(&next);
        assert_eq!(again.after, Some(after));
        assert_eq!(again.stage, Some(Stage::Repair));
        assert!(again.mine && again.closed);
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        let filter = read("tahap=x&milik=semua&selesai=ya&setelah=1.2&setelah=..%2F..");
        assert!(filter.stage.is_none() && !filter.mine && !filter.closed && filter.after.is_none());
        assert_eq!(cursor("9223372036854775807.67e55044-10b1-426f-9247-bb680e5fe0c8").unwrap().due, i64::MAX);
    }
}
