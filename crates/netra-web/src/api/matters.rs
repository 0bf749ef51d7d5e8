//! Reading matters: the list, one matter, the calendar of clocks.
//!
//! Lists are pages of the desk's own index: a page costs the same whatever lies before it, and whoever walks from page to
//! page meets every matter once, unless its clock changes meanwhile.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::civil::Date;
use netra_docket::clocks::NearestClock;
use netra_docket::ids::AccountId;
use netra_docket::matter::Stage;
use netra_law::Law;
use netra_law::explain;
use netra_law::pack::Regime;
use netra_law::time::Moment;
use netra_store::{Closed, Cursor, DeskPage, DeskQuery, DeskRow};

use super::answers::{
    self, Article, ClockLine, ClockPage, MatterLine, MatterPage, OriginWord, OtherReading, StageWord,
};
use super::asked::{Parameters, Pieces, day, flag, limit};
use super::caller::Caller;
use super::one::matter;
use super::problem::Problem;
use super::reply::{self, Sharing};
use crate::app::App;
use crate::desk::open::open_for;
use crate::desk::queue::{cursor, cursor_text};
use crate::desk::words;
use crate::policy::Action;

/// Lines of a page, unless another number is asked for.
const LINES: u32 = 50;

/// The list of the office's matters.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    caller.require(Action::SeeQueue)?;
    let asked = Parameters::read(query.as_deref(), &["stage", "owner", "closed", "after", "limit"])?;
    let closed = asked.get("closed", flag)?.unwrap_or(false);
    let query = DeskQuery {
        stage: asked.get("stage", Stage::from_id)?,
        owner: asked.get("owner", |text| text.parse::<AccountId>().ok())?,
        closed: if closed { Closed::Yes } else { Closed::No },
        after: asked.get("after", cursor)?,
        limit: asked.get("limit", limit)?.unwrap_or(LINES),
    };
    let page = app.store.desk(&caller.scope(), &query).await?;
    let next = page.next.as_ref().map(cursor_text);
    let matters = page.rows.into_iter().map(|row| line(&app.law, row)).collect();
    reply::found(&headers, Sharing::Private, &MatterPage { matters, next })
}

/// One matter. A matter of another office gets the same answer as one that does not exist.
pub async fn one(
    State(app): State<App>,
    caller: Caller,
    Pieces(id): Pieces<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    caller.require(Action::OpenMatter)?;
    let opened = open_for(&app, &caller.office, &caller.scope(), &id).await?;
    let answer = matter(&app.law, &caller, &opened, caller.now(&app));
    reply::found_at(&headers, answer.length, &answer)
}

/// The nearest clocks of the open matters, in the order of their dates.
pub async fn clocks(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    caller.require(Action::SeeQueue)?;
    let asked = Parameters::read(query.as_deref(), &["from", "until", "after", "limit"])?;
    let start = match asked.get("from", day)? {
        Some(from) => {
            let start = Moment::start_of_day(from, caller.office.zone).map_err(|_| Problem::parameter("from"))?;
            Some(Cursor::before(start))
        }
        None => None,
    };
    let until = asked.get("until", day)?;
    let query = DeskQuery {
        after: asked.get("after", cursor)?.or(start),
        limit: asked.get("limit", limit)?.unwrap_or(LINES),
        ..DeskQuery::default()
    };
    let page = app.store.desk(&caller.scope(), &query).await?;
    reply::found(&headers, Sharing::Private, &clock_page(&app.law, page, until))
}

/// The clocks of a page up to a day. Matters without a clock stand at the end of the list: with the first of them, or the
/// first clock that is too late, the calendar is over.
fn clock_page(law: &Law, page: DeskPage, until: Option<Date>) -> ClockPage {
    let (lines, mut clocks) = (page.rows.len(), Vec::new());
    for row in page.rows {
        let next = row.next.clone();
        match next.filter(|next| until.is_none_or(|until| next.due.date() <= until)) {
            Some(next) => clocks.push(ClockLine {
                matter: row.matter,
                number: row.number,
                subject: row.subject_line,
                stage: StageWord(row.stage),
                clock: nearest(law, row.regime, row.opened, &next),
            }),
            None => break,
        }
    }
    let next = page.next.filter(|_| clocks.len() == lines).as_ref().map(cursor_text);
    ClockPage { clocks, next }
}

fn line(law: &Law, row: DeskRow) -> MatterLine {
    MatterLine {
        id: row.matter,
        number: row.number,
        subject: row.subject_line,
        origin: OriginWord(row.origin),
        regime: row.regime,
        stage: StageWord(row.stage),
        stage_text: row.stage.indonesian().to_owned(),
        opened: row.opened,
        assigned: row.owner.is_some(),
        next_clock: row.next.as_ref().map(|next| nearest(law, row.regime, row.opened, next)),
    }
}

fn nearest(law: &Law, regime: Regime, opened: Moment, next: &NearestClock) -> answers::NearestClock {
    let rule = words::clock_rule(law, regime, opened.date(), &next.clock);
    let other = |other: &netra_docket::clocks::OtherDay| OtherReading {
        reading: other.reading.clone(),
        text: explain::reading_name(&other.reading),
        day: other.day,
    };
    answers::NearestClock {
        clock: next.clock.clone(),
        title: rule.map_or_else(|| next.clock.clone(), |rule| rule.title.clone()),
        due: next.due,
        otherwise: next.otherwise.iter().map(other).collect(),
        article: rule.map(|rule| Article::of(&rule.basis)),
    }
}

/// Load and lateness of the token's office and of those below it.
pub async fn overview(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Result<Response, Problem> {
    caller.require(Action::SeeOverview)?;
    let found = app.store.overview(&caller.scope(), caller.now(&app)).await?;
    let load = |(office, counts): (netra_store::Office, netra_store::DeskCounts)| answers::OfficeLoad {
        office: answers::Office { id: office.id, name: office.name },
        overdue: counts.overdue,
        today: counts.today,
        week: counts.week,
        open: counts.open,
    };
    let offices = found.into_iter().filter(|(office, _)| office.kind.is_supervisor()).map(load).collect();
    reply::found(&headers, Sharing::Private, &answers::Overview { offices })
}
