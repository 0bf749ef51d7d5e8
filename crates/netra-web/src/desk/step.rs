//! The pages of a step: its questions, a preview of the sheet it makes, and what was recorded.
//!
//! Sending a step twice records it once: in an open matter the docket's length is the guard, for a
//! new matter the form's token is. What a step asks and how it is recorded stands in [`super::taking`].

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::act::Act;
use netra_docket::clocks;
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{ActId, ExhibitNo, MatterId};
use netra_docket::matter::Matter;
use netra_docket::steps::{Offer, StepKind};
use netra_evidence::size_text;
use netra_law::Pack;
use netra_law::pack::{FormOf, StepRule};
use netra_law::time::{Moment, long_moment};

use crate::app::App;
use crate::code::{FormToken, TrackingCode, code_for};
use crate::desk::asker::{Asker, Field};
use crate::desk::matter::step_rule;
use crate::desk::open::open;
use crate::desk::prevention;
use crate::desk::query;
use crate::desk::session::Officer;
use crate::desk::taking::{self, Acting, Answered, Background, Sending};
use crate::desk::uploads::{self, Uploads};
use crate::dossier::letterhead;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::random;

/// The routes of this file.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/meja/baru/{step}", get(open_new).post(send_new))
        .route("/meja/perkara/{matter}/langkah/{step}", get(open_step).post(send_step))
}

/// An officer before a step.
struct Desk {
    officer: Officer,
    background: Background,
}

impl Desk {
    /// Before a step that opens a matter, if the officer may take it.
    async fn new(app: &App, officer: Officer, step: &str) -> Result<Desk, PageError> {
        let kind = taking::opening_step(officer.account.role, &officer.office, step)?;
        let background = Background::load(app, acting(&officer), kind, None).await?;
        Ok(Desk { officer, background })
    }

    /// Before a step in a matter, if the officer sees it and may take the step. A matter of another office is not
    /// found; the reporter of a matter that was received is not among what the step shows.
    async fn at(app: &App, officer: Officer, matter: &str, step: &str) -> Result<Desk, PageError> {
        let opened = open(app, &officer, matter).await?;
        let kind = taking::step_in(officer.account.role, &opened, step)?;
        let background = Background::load(app, acting(&officer), kind, Some(opened)).await?;
        Ok(Desk { officer, background })
    }

    /// Ticks those whom the address asks for: of prevention, those not yet reached before a stage.
    async fn with_chosen(mut self, app: &App, asked: &FormData) -> Result<Desk, PageError> {
        if self.background.kind == StepKind::RecordPrevention {
            self.background.chosen = prevention::not_reached(app, &self.officer, asked).await?;
        }
        Ok(self)
    }

    fn action(&self) -> String {
        match self.background.matter() {
            Some(matter) => format!("/meja/perkara/{}/langkah/{}", matter.id, self.background.kind.id()),
            None => format!("/meja/baru/{}", self.background.kind.id()),
        }
    }

    /// A step that the matter no longer allows is not an error of the officer's: the matter has moved on.
    fn require_offered(&self) -> Result<(), PageError> {
        match self.background.offer() {
            Offer::Ready => Ok(()),
            Offer::Waits(missing) => Err(PageError::BadRequest(missing.join(" "))),
            Offer::Hidden => Err(PageError::Moved),
        }
    }
}

fn acting(officer: &Officer) -> Acting {
    Acting {
        office: officer.office.clone(),
        role: officer.account.role,
        by: Actor::Officer { account: officer.account.id, office: officer.office.id.clone() },
    }
}

/// A clock that the step answers, as the page shows it.
struct ClockNote {
    title: String,
    due: String,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "desk/step.html")]
struct StepPage<'a> {
    chrome: Chrome,
    title: &'static str,
    heading: String,
    matter_link: Option<String>,
    asks: String,
    cite: String,
    certainty: &'static str,
    form_name: String,
    clock: Option<ClockNote>,
    action: String,
    csrf: &'a str,
    expected: u32,
    token: String,
    fields: &'a [Field],
    problems: &'a Problems,
    kept: &'a Uploads,
    kept_field: String,
    largest_in_pieces: String,
    preview: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/recorded.html")]
struct RecordedPage {
    chrome: Chrome,
    code: String,
    link: String,
    again: bool,
}

async fn open_new(
    State(app): State<App>,
    officer: Officer,
    Path(step): Path<String>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let desk = Desk::new(&app, officer, &step).await?.with_chosen(&app, &query(raw)).await?;
    show(&app, &desk)
}

async fn send_new(
    State(app): State<App>,
    officer: Officer,
    Path(step): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let desk = Desk::new(&app, officer, &step).await?;
    take(&app, &desk, request).await
}

async fn open_step(
    State(app): State<App>,
    officer: Officer,
    Path((matter, step)): Path<(String, String)>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let desk = Desk::at(&app, officer, &matter, &step).await?.with_chosen(&app, &query(raw)).await?;
    show(&app, &desk)
}

async fn send_step(
    State(app): State<App>,
    officer: Officer,
    Path((matter, step)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    let desk = Desk::at(&app, officer, &matter, &step).await?;
    take(&app, &desk, request).await
}

/// The page as it is opened.
fn show(app: &App, desk: &Desk) -> Result<Response, PageError> {
    desk.require_offered()?;
    let pack = desk.background.pack(app, None)?;
    let asker = taking::questions(app, &desk.background, pack);
    render(app, desk, pack, &asker, &Uploads::default(), FormToken::fresh(), None)
}

async fn take(app: &App, desk: &Desk, request: Request) -> Result<Response, PageError> {
    let background = &desk.background;
    let form = FormData::read(app, request).await?;
    desk.officer.check_csrf(&form)?;
    if background.matter().is_some() && form.get("expected") != background.length().to_string() {
        return Err(PageError::Moved);
    }
    let token: FormToken = match background.matter() {
        Some(_) => FormToken::fresh(),
        None => form.get("token").parse().map_err(|_| PageError::FormExpired)?,
    };
    if background.matter().is_none()
        && let Some(matter) = app.store.matter_by_token(&token.hash()).await?
    {
        return recorded(desk, matter, Some(code_for(&app.secret, &token)), Sending::Again);
    }
    desk.require_offered()?;
    let pack = background.pack(app, Some(&form))?;
    let mut problems = Problems::default();
    let kept = uploads::receive(app, &form, &mut problems).await?;
    let first = background.matter().map_or(ExhibitNo(1), Matter::next_exhibit);
    let exhibits = kept.exhibits(first);
    let Answered { asker, act } = taking::answered(app, background, pack, &form, &exhibits, &problems);
    let Some((at, act)) = act else {
        return render(app, desk, pack, &asker, &kept, token, None);
    };
    if form.get("confirm") != "ya" {
        let preview = preview(app, background, at, &act);
        return render(app, desk, pack, &asker, &kept, token, Some(preview));
    }
    let taken = taking::record(app, background, at, act, kept.unscanned(first), &token).await?;
    // What was opened is shown on a page of its own.
    if background.kind == StepKind::OpenIdentity {
        let n = background.length().saturating_add(1);
        return Ok(Redirect::to(&format!("/meja/perkara/{}/identitas/{n}", taken.matter)).into_response());
    }
    let code = background.gives_code().then(|| code_for(&app.secret, &token));
    recorded(desk, taken.matter, code, taken.sending)
}

/// Back to the matter; a new report first shows the code that its reporter takes home.
fn recorded(
    desk: &Desk,
    matter: MatterId,
    code: Option<TrackingCode>,
    sending: Sending,
) -> Result<Response, PageError> {
    let link = format!("/meja/perkara/{matter}");
    match code.filter(|_| desk.background.gives_code()) {
        Some(code) => page::ok(&RecordedPage {
            chrome: desk.officer.chrome(),
            code: code.to_string(),
            link,
            again: sending == Sending::Again,
        }),
        None => Ok(Redirect::to(&link).into_response()),
    }
}

/// The sheet as it would be printed, before anything is recorded.
fn preview(app: &App, background: &Background, at: Moment, act: &Act) -> String {
    let office = &background.acting.office;
    let mut entries = background.entries().to_vec();
    let entry = Entry {
        id: ActId::new(random::uuid()),
        matter: background.matter().map_or_else(|| MatterId::new(random::uuid()), |m| m.id),
        office: background.matter().map_or_else(|| office.id.clone(), |m| m.home.clone()),
        n: u32::try_from(entries.len()).unwrap_or(u32::MAX).saturating_add(1),
        at,
        recorded: background.now,
        by: background.acting.by.clone(),
        what: act.clone(),
    };
    entries.push(entry.clone());
    let letterhead = letterhead(office, &background.offices);
    let sheet = Matter::fold(&entries, &app.law)
        .ok()
        .and_then(|matter| netra_forms::sheet_in(&entry, &entries, &matter, &app.law, &letterhead));
    sheet.and_then(|s| netra_forms::fragment(&s).ok()).unwrap_or_default()
}

fn render(
    app: &App,
    desk: &Desk,
    pack: &Pack,
    asker: &Asker<'_>,
    kept: &Uploads,
    token: FormToken,
    preview: Option<String>,
) -> Result<Response, PageError> {
    let background = &desk.background;
    let matter = background.matter();
    let of_matter = matter.and_then(|matter| step_rule(&app.law, matter, background.kind));
    let rule = pack.step(background.kind.id()).or(of_matter);
    let form_of = matter.map_or(FormOf::Report, Matter::form_of);
    let status = match asker.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let heading = matter.map_or_else(String::new, |m| {
        m.number().map_or_else(|| m.subject_line.clone(), |n| format!("{n} — {}", m.subject_line))
    });
    let page = StepPage {
        chrome: desk.officer.chrome(),
        title: background.kind.button(),
        heading,
        matter_link: matter.map(|m| format!("/meja/perkara/{}", m.id)),
        asks: rule.map(|r| r.asks.clone()).unwrap_or_default(),
        cite: rule.map(|r| r.basis.cite.clone()).unwrap_or_default(),
        certainty: rule.map_or("", |r| r.basis.certainty.indonesian()),
        form_name: rule.map(|rule| form_name(rule, form_of)).unwrap_or_default(),
        clock: rule.and_then(|r| clock_note(app, background, r)),
        action: desk.action(),
        csrf: &desk.officer.csrf,
        expected: background.length(),
        token: token.to_string(),
        fields: &asker.fields,
        problems: &asker.problems,
        kept,
        kept_field: kept.sealed(&app.secret),
        largest_in_pieces: size_text(app.limits.large_file),
        preview,
    };
    page::html(status, &page)
}

fn form_name(rule: &StepRule, form_of: FormOf) -> String {
    match (rule.form_for(form_of), &rule.form_title) {
        (Some(code), Some(title)) => format!("{code} {title}"),
        (None, Some(title)) => title.clone(),
        (Some(code), None) => code.to_owned(),
        (None, None) => String::new(),
    }
}

/// The open clock that the step answers; an extension replaces its base.
fn clock_note(app: &App, background: &Background, rule: &StepRule) -> Option<ClockNote> {
    let id = rule.clock.as_deref()?;
    let all = background.opened.as_ref()?.clocks(&app.law, background.now);
    let state =
        all.states.iter().find(|c| c.is_open() && (c.id == id || c.deadline.rule.extends.as_deref() == Some(id)))?;
    Some(ClockNote {
        title: state.title.to_owned(),
        due: long_moment(state.deadline.due_at),
        overdue: clocks::urgency(state.deadline.due_at, background.now) == clocks::Urgency::Overdue,
    })
}
