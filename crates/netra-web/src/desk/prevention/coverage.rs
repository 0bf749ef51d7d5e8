//! Whom the office has reached before a stage, and whom it has not: the most vulnerable regions first.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use jiff::Timestamp;
use netra_docket::act::RecipientKind;
use netra_docket::ids::RecipientId;
use netra_docket::steps::StepKind;
use netra_law::time::{Moment, Zone, short_date};
use netra_store::{Listed, Reached, Recipient};
use netra_vulnerability::Points;

use super::allow;
use super::stages::Before;
use crate::app::App;
use crate::desk::regions::{Regions, upwards};
use crate::desk::session::Officer;
use crate::desk::vulnerability::{self, Standings};
use crate::desk::{Choice, query};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome};
use crate::policy::{self, Action};

/// The name of the stage in the address.
pub(super) const STAGE: &str = "tahap";
/// The name of the kind of recipient in the address.
const KIND: &str = "jenis";

#[derive(Template)]
#[template(path = "desk/prevention/coverage.html")]
struct CoveragePage {
    chrome: Chrome,
    stages: Vec<Choice>,
    kinds: Vec<Choice>,
    /// The stage in words; none where the law packs know no election here.
    stage: Option<String>,
    counts: Vec<CountView>,
    lines: Vec<LineView>,
    /// How many are not reached, and the address of the form that ticks them.
    missing: usize,
    record: Option<String>,
    has_list: bool,
    /// Whether the order follows the vulnerability of regions.
    by_vulnerability: bool,
}

/// A kind of recipient.
pub(super) struct CountView {
    pub(super) kind: &'static str,
    pub(super) reached: usize,
    pub(super) of: usize,
}

/// A recipient.
struct LineView {
    title: String,
    kind: &'static str,
    region: String,
    points: String,
    /// Whether it is to be reached before others.
    first: bool,
    /// When it was reached last; none if it was not.
    last: Option<String>,
    measures: u64,
    confirmed: bool,
}

/// A recipient with what is known of it.
struct Line {
    recipient: Recipient,
    reached: Option<Reached>,
    points: Option<Points>,
}

/// Whom the office has reached before a stage.
pub(super) struct Coverage<'l> {
    before: Before<'l>,
    lines: Vec<Line>,
}

impl<'l> Coverage<'l> {
    /// Before a stage; the list in the order in which it should be worked off.
    pub(super) async fn load(
        app: &App,
        officer: &Officer,
        before: Before<'l>,
        standings: Option<&Standings>,
    ) -> Result<Coverage<'l>, PageError> {
        let scope = officer.scope();
        let (from, until) = before.span(&officer.office)?;
        let reached = app.store.reached(&scope, from, until).await?;
        let mut reached: BTreeMap<RecipientId, Reached> = reached.into_iter().map(|r| (r.recipient, r)).collect();
        let list = app.store.recipients(&scope, Listed::InUse).await?;
        let points = |region: &str| standings.and_then(|s| upwards(region).find_map(|code| s.points(code)));
        let line = |recipient: Recipient| Line {
            reached: reached.remove(&recipient.id),
            points: points(&recipient.region),
            recipient,
        };
        let mut lines: Vec<Line> = list.into_iter().map(line).collect();
        // Stable: within equal points the order of the list, by kind and name, stays.
        lines.sort_by_key(|line| (line.reached.is_some(), std::cmp::Reverse(line.points)));
        Ok(Coverage { before, lines })
    }

    /// How many of each kind are reached.
    pub(super) fn counts(&self) -> Vec<CountView> {
        let count = |kind: &RecipientKind| {
            let of_kind = || self.lines.iter().filter(|line| line.recipient.kind == *kind);
            let reached = of_kind().filter(|line| line.reached.is_some()).count();
            CountView { kind: kind.indonesian(), reached, of: of_kind().count() }
        };
        RecipientKind::ALL.iter().map(count).filter(|count| count.of > 0).collect()
    }

    /// The stage in words.
    pub(super) fn words(&self) -> String {
        self.before.words()
    }
}

/// The standings of regions, for whoever may see them.
pub(super) async fn standings(app: &App, officer: &Officer) -> Result<Option<Standings>, PageError> {
    if !policy::may_as_supervisor(officer.account.role, &officer.office, Action::SeeVulnerability) {
        return Ok(None);
    }
    let today = officer.now(app).date();
    vulnerability::standings(app, officer, today.year()).await.map(Some)
}

/// Those who are not reached before the stage of the address, of the kind that it names.
pub(super) async fn not_reached(app: &App, officer: &Officer, asked: &FormData) -> Result<Vec<RecipientId>, PageError> {
    let all = Before::all(&app.law, &officer.office);
    let Some(before) = all.iter().find(|before| before.key() == asked.get(STAGE)) else { return Ok(Vec::new()) };
    let kind = RecipientKind::from_id(&asked.get(KIND));
    let coverage = Coverage::load(app, officer, *before, None).await?;
    let wanted = |line: &&Line| line.reached.is_none() && kind.is_none_or(|kind| line.recipient.kind == kind);
    Ok(coverage.lines.iter().filter(wanted).map(|line| line.recipient.id).collect())
}

pub(super) async fn show(State(app): State<App>, officer: Officer, raw: RawQuery) -> Result<Response, PageError> {
    allow(&officer, Action::SeePrevention)?;
    let asked = query(raw);
    let kind = RecipientKind::from_id(&asked.get(KIND));
    let kinds =
        RecipientKind::ALL.iter().map(|k| Choice::new(k.id(), k.indonesian(), kind.map_or("", RecipientKind::id)));
    let kinds: Vec<Choice> = kinds.collect();
    let all = Before::all(&app.law, &officer.office);
    let Some(before) = Before::chosen(&all, &asked.get(STAGE), officer.now(&app).date()) else {
        return page::ok(&CoveragePage {
            chrome: officer.chrome(),
            stages: Vec::new(),
            kinds,
            stage: None,
            counts: Vec::new(),
            lines: Vec::new(),
            missing: 0,
            record: None,
            has_list: false,
            by_vulnerability: false,
        });
    };
    let standings = standings(&app, &officer).await?;
    let coverage = Coverage::load(&app, &officer, before, standings.as_ref()).await?;
    let shown = || coverage.lines.iter().filter(|line| kind.is_none_or(|kind| line.recipient.kind == kind));
    let missing = shown().filter(|line| line.reached.is_none()).count();
    let regions = Regions::of(&officer.office);
    let is_high = |points: Option<Points>| standings.as_ref().is_some_and(|s| points.is_some_and(|p| s.is_high(p)));
    let view = |line: &Line| line_view(line, &regions, officer.office.zone, is_high(line.points));
    page::ok(&CoveragePage {
        chrome: officer.chrome(),
        stages: Before::options(&all, before),
        stage: Some(coverage.words()),
        counts: coverage.counts(),
        lines: shown().map(view).collect(),
        missing,
        record: record_link(&officer, before, kind).filter(|_| missing > 0),
        has_list: !coverage.lines.is_empty(),
        by_vulnerability: coverage.lines.iter().any(|line| line.points.is_some()),
        kinds,
    })
}

fn line_view(line: &Line, regions: &Regions, zone: Zone, is_high: bool) -> LineView {
    let recipient = &line.recipient;
    let day = |second| Timestamp::from_second(second).ok().map(|at| short_date(Moment::new(at, zone).date()));
    LineView {
        title: recipient.name.clone(),
        kind: recipient.kind.indonesian(),
        region: if recipient.region.is_empty() { String::new() } else { regions.title(&recipient.region) },
        points: line.points.map(|points| points.to_string()).unwrap_or_default(),
        first: is_high && line.reached.is_none(),
        last: line.reached.as_ref().and_then(|reached| day(reached.last)),
        measures: line.reached.as_ref().map_or(0, |reached| reached.measures),
        confirmed: line.reached.as_ref().is_some_and(|reached| reached.confirmed),
    }
}

/// The address of the form on which those who are not reached are ticked; none for whoever may not record prevention.
fn record_link(officer: &Officer, before: Before<'_>, kind: Option<RecipientKind>) -> Option<String> {
    let step = StepKind::RecordPrevention;
    if !policy::may_take(officer.account.role, policy::Relation::Handles, step) {
        return None;
    }
    let mut pairs = vec![(STAGE, before.key())];
    pairs.extend(kind.map(|kind| (KIND, kind.id().to_owned())));
    Some(format!("/meja/baru/{}?{}", step.id(), serde_urlencoded::to_string(pairs).unwrap_or_default()))
}
