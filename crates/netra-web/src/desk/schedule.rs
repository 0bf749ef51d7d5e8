//! The calendar of clocks: what ends on which day of a month, under every reading of the law.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use netra_law::time::{MONTHS, Moment, long_date, long_moment};
use netra_store::{Closed, Cursor, DeskPage, DeskQuery};

use super::query;
use super::queue::{RowView, row_view};
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::{self, Action};

/// Lines of a page; the store gives no more at once.
const LINES: u32 = 200;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/jadwal", get(show))
}

#[derive(Template)]
#[template(path = "desk/schedule.html")]
struct SchedulePage {
    chrome: Chrome,
    csrf: String,
    /// The address of the officer's calendar, on the page that has just made it.
    address: Option<String>,
    /// Since when there is one.
    subscribed: Option<String>,
    month: String,
    before: String,
    after: String,
    days: Vec<DayView>,
    /// Query of the rest of a month that has more clocks than one page shows.
    rest: Option<String>,
}

/// A day on which something ends.
struct DayView {
    title: String,
    today: bool,
    rows: Vec<RowView>,
}

/// A calendar month, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Month(Date);

impl Month {
    /// Reads `2024-02`.
    fn parse(text: &str) -> Option<Month> {
        let month: Date = format!("{text}-01").parse().ok()?;
        (1..=9998).contains(&month.year()).then_some(Month(month))
    }

    fn of(day: Date) -> Month {
        Month(day.first_of_month())
    }

    fn moved(self, months: i64) -> Month {
        self.0.checked_add(Span::new().months(months)).map_or(self, Month)
    }

    fn query(self) -> String {
        format!("bulan={:04}-{:02}", self.0.year(), self.0.month())
    }

    fn words(self) -> String {
        let name = MONTHS.get(usize::from(self.0.month().unsigned_abs()) - 1).copied().unwrap_or_default();
        format!("{name} {}", self.0.year())
    }
}

async fn show(State(app): State<App>, officer: Officer, raw: RawQuery) -> Result<Response, PageError> {
    if !policy::may(officer.account.role, Action::SeeQueue) {
        return Err(PageError::Forbidden);
    }
    answer(&app, &officer, &query(raw), None).await
}

/// The page of this month with the address of the calendar that was just made; it can't be shown again.
pub(super) async fn with_address(app: &App, officer: &Officer, path: &str) -> Result<Response, PageError> {
    answer(app, officer, &FormData::default(), Some(path.to_owned())).await
}

async fn answer(
    app: &App,
    officer: &Officer,
    asked: &FormData,
    address: Option<String>,
) -> Result<Response, PageError> {
    let now = officer.now(app);
    let month = Month::parse(&asked.get("bulan")).unwrap_or(Month::of(now.date()));
    let start = Moment::start_of_day(month.0, now.zone()).map_err(|_| PageError::NotFound)?;
    let after = super::queue::cursor(&asked.get("setelah")).unwrap_or(Cursor::before(start));
    let asked = DeskQuery { stage: None, owner: None, closed: Closed::No, after: Some(after), limit: LINES };
    let listed = app.store.desk(&officer.scope(), &asked).await?;
    let rest = rest(&listed, month);
    let created = app.store.feed_created(officer.account.id).await?;
    let subscribed = created
        .and_then(|second| Timestamp::from_second(second).ok())
        .map(|at| long_moment(Moment::new(at, officer.office.zone)));
    page::ok(&SchedulePage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        address,
        subscribed,
        month: month.words(),
        before: month.moved(-1).query(),
        after: month.moved(1).query(),
        days: days(app, officer, listed, month, now),
        rest,
    })
}

/// Where the month goes on after a full page.
fn rest(listed: &DeskPage, month: Month) -> Option<String> {
    let next = listed.next.as_ref()?;
    let last = listed.rows.last()?.next.as_ref()?;
    (Month::of(last.due.date()) == month).then(|| format!("{}&setelah={}.{}", month.query(), next.due, next.matter))
}

fn days(app: &App, officer: &Officer, listed: DeskPage, month: Month, now: Moment) -> Vec<DayView> {
    let seat = officer.office.seat();
    let mut days: Vec<(Date, DayView)> = Vec::new();
    for row in listed.rows {
        let Some(day) = row.next.as_ref().map(|next| next.due.date()).filter(|day| Month::of(*day) == month) else {
            continue;
        };
        let view = row_view(row, &app.law, &seat, now);
        match days.last_mut() {
            Some((last, same)) if *last == day => same.rows.push(view),
            _ => days.push((day, DayView { title: long_date(day), today: day == now.date(), rows: vec![view] })),
        }
    }
    days.into_iter().map(|(_, view)| view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_and_follow_each_other() {
        let month = Month::parse("2024-01").unwrap();
        assert_eq!((month.words().as_str(), month.query().as_str()), ("Januari 2024", "bulan=2024-01"));
        assert_eq!(
            (month.moved(-1).query().as_str(), month.moved(1).query().as_str()),
            ("bulan=2023-12", "bulan=2024-02")
        );
        for text in ["", "2024", "2024-13", "2024-1", "0000-01", "9999-01", "2024-01-01", "x"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}
