//! The overview of a province or of the nation: load and lateness of the offices below. Figures
//! only: it leads to no matter and to no person.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use netra_law::time::long_moment;
use netra_store::{DeskCounts, Office};

use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::page::{self, Chrome};
use crate::policy::Action;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/pantau", get(show))
}

#[derive(Template)]
#[template(path = "desk/overview.html")]
struct OverviewPage {
    chrome: Chrome,
    at: String,
    lines: Vec<LineView>,
    total: DeskCounts,
    total_share: String,
}

/// An office and its figures.
struct LineView {
    title: String,
    counts: DeskCounts,
    share: String,
}

async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    officer.require(Action::SeeOverview)?;
    let now = officer.now(&app);
    let mut offices = app.store.overview(&officer.scope(), now).await?;
    offices.retain(|(office, _)| office.kind.is_supervisor());
    // Where most is late comes first; the name decides between equals, so that the order is stable.
    offices.sort_by(|(a, x), (b, y)| y.overdue.cmp(&x.overdue).then_with(|| a.name.cmp(&b.name)));
    let total = sum(&offices);
    page::ok(&OverviewPage {
        chrome: officer.chrome(),
        at: long_moment(now),
        total_share: share(total),
        total,
        lines: offices.into_iter().map(line).collect(),
    })
}

fn line((office, counts): (Office, DeskCounts)) -> LineView {
    LineView { title: office.name, share: share(counts), counts }
}

fn sum(offices: &[(Office, DeskCounts)]) -> DeskCounts {
    offices.iter().fold(DeskCounts::default(), |sum, (_, counts)| DeskCounts {
        overdue: sum.overdue + counts.overdue,
        today: sum.today + counts.today,
        week: sum.week + counts.week,
        open: sum.open + counts.open,
    })
}

/// The overdue share of the open matters in per cent.
fn share(counts: DeskCounts) -> String {
    match (counts.overdue * 100).checked_div(counts.open) {
        Some(percent) => format!("{percent}%"),
        None => "tidak ada perkara".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_open_matters() {
        let counts = |overdue, open| DeskCounts { overdue, open, ..DeskCounts::default() };
        assert_eq!(share(counts(1, 4)), "25%");
        assert_eq!(share(counts(0, 4)), "0%");
        assert_eq!(share(counts(0, 0)), "tidak ada perkara");
    }
}
