//! Taking a step: the questions, a preview of the sheet it makes, and the record.
//!
//! Sending a step twice records it once: in an open matter the docket's length is the guard, for a
//! new matter the form's token is.

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use netra_docket::act::{Act, Exhibit};
use netra_docket::clocks;
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{ActId, ExhibitNo, MatterId, RecipientId};
use netra_docket::matter::Matter;
use netra_docket::person::Identity;
use netra_docket::steps::{Offer, StepKind, offer};
use netra_evidence::size_text;
use netra_law::Pack;
use netra_law::pack::{FormOf, Regime, StepRule};
use netra_law::time::{Moment, long_moment};
use netra_store::{Account, Listed, NewAct, Office, PublicReceipt, Recipient, RecordError, Recording};

use crate::app::App;
use crate::code::{FormToken, TrackingCode, code_for};
use crate::desk::asker::{Asker, Field, Need};
use crate::desk::custody;
use crate::desk::matter::step_rule;
use crate::desk::open::{Opened, open};
use crate::desk::prevention;
use crate::desk::query;
use crate::desk::session::Officer;
use crate::desk::steps::{self, Scene};
use crate::desk::uploads::{self, Uploads};
use crate::dossier::letterhead;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::policy;
use crate::random;

/// The routes of this file.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/meja/baru/{step}", get(open_new).post(send_new))
        .route("/meja/perkara/{matter}/langkah/{step}", get(open_step).post(send_step))
}

/// What a step needs to know before it asks.
struct Background {
    officer: Officer,
    kind: StepKind,
    opened: Option<Opened>,
    offices: Vec<Office>,
    accounts: Vec<Account>,
    recipients: Vec<Recipient>,
    chosen: Vec<RecipientId>,
    now: Moment,
}

impl Background {
    async fn load(
        app: &App,
        officer: Officer,
        kind: StepKind,
        opened: Option<Opened>,
    ) -> Result<Background, PageError> {
        let offices = app.store.offices().await?;
        let accounts = app.store.accounts_of(&officer.office.id).await?;
        let recipients = match kind {
            StepKind::RecordPrevention => app.store.recipients(&officer.scope(), Listed::InUse).await?,
            _ => Vec::new(),
        };
        let now = app.now(officer.office.zone);
        Ok(Background { officer, kind, opened, offices, accounts, recipients, chosen: Vec::new(), now })
    }

    /// Ticks those whom the address asks for: of prevention, those not yet reached before a stage.
    async fn with_chosen(self, app: &App, asked: &FormData) -> Result<Background, PageError> {
        let chosen = match self.kind {
            StepKind::RecordPrevention => prevention::not_reached(app, &self.officer, asked).await?,
            _ => Vec::new(),
        };
        Ok(Background { chosen, ..self })
    }

    fn matter(&self) -> Option<&Matter> {
        self.opened.as_ref().map(|o| &o.docket.matter)
    }

    fn entries(&self) -> &[Entry] {
        self.opened.as_ref().map_or(&[], |o| o.docket.entries.as_slice())
    }

    /// The pack of the matter; a new matter takes the one of the election that was chosen.
    fn pack<'l>(&self, app: &'l App, form: Option<&FormData>) -> Result<&'l Pack, PageError> {
        let (regime, on) = match self.matter() {
            Some(matter) => (matter.regime, matter.opened.date()),
            None => {
                let pilkada = form.is_some_and(|f| f.get("contest").starts_with("pilkada"));
                (if pilkada { Regime::Pilkada } else { Regime::Pemilu }, self.now.date())
            }
        };
        app.law.pack_for(regime, on).map_err(|e| PageError::BadRequest(e.to_string()))
    }

    fn by(&self) -> Actor {
        Actor::Officer { account: self.officer.account.id, office: self.officer.office.id.clone() }
    }

    fn action(&self) -> String {
        match self.matter() {
            Some(matter) => format!("/meja/perkara/{}/langkah/{}", matter.id, self.kind.id()),
            None => format!("/meja/baru/{}", self.kind.id()),
        }
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

/// Whether a form came for the first time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sending {
    First,
    Again,
}

async fn open_new(
    State(app): State<App>,
    officer: Officer,
    Path(step): Path<String>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let kind = new_kind(&officer, &step)?;
    let background = Background::load(&app, officer, kind, None).await?.with_chosen(&app, &query(raw)).await?;
    show(&app, &background, None)
}

async fn send_new(
    State(app): State<App>,
    officer: Officer,
    Path(step): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let kind = new_kind(&officer, &step)?;
    let background = Background::load(&app, officer, kind, None).await?;
    take(&app, &background, request).await
}

async fn open_step(
    State(app): State<App>,
    officer: Officer,
    Path((matter, step)): Path<(String, String)>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let (kind, opened) = allowed(&app, &officer, &matter, &step).await?;
    let background = Background::load(&app, officer, kind, Some(opened)).await?;
    show(&app, &background.with_chosen(&app, &query(raw)).await?, None)
}

async fn send_step(
    State(app): State<App>,
    officer: Officer,
    Path((matter, step)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    let (kind, opened) = allowed(&app, &officer, &matter, &step).await?;
    let background = Background::load(&app, officer, kind, Some(opened)).await?;
    take(&app, &background, request).await
}

/// Whether the officer may open a matter by this step.
fn new_kind(officer: &Officer, step: &str) -> Result<StepKind, PageError> {
    let kind = StepKind::from_id(step).ok_or(PageError::NotFound)?;
    let opens = matches!(
        kind,
        StepKind::ReceiveReport | StepKind::ReceiveTip | StepKind::RecordInformation | StepKind::RecordPrevention
    );
    if !opens {
        return Err(PageError::NotFound);
    }
    if !policy::may_take(officer.account.role, policy::Relation::Handles, kind) || !officer.office.kind.is_supervisor()
    {
        return Err(PageError::Forbidden);
    }
    Ok(kind)
}

/// Whether the officer sees the matter and may take this step in it. A matter of another office is not
/// found; the reporter of a matter that was received is not among what the step shows.
async fn allowed(app: &App, officer: &Officer, matter: &str, step: &str) -> Result<(StepKind, Opened), PageError> {
    let opened = open(app, officer, matter).await?;
    let kind = StepKind::from_id(step).ok_or(PageError::NotFound)?;
    if !policy::may_take(officer.account.role, opened.relation, kind) {
        return Err(PageError::Forbidden);
    }
    Ok((kind, opened))
}

/// The page as it is opened.
fn show(app: &App, background: &Background, form: Option<&FormData>) -> Result<Response, PageError> {
    still_offered(background)?;
    let pack = background.pack(app, form)?;
    let mut asker = Asker::new(form, app.limits, background.officer.office.zone);
    let at = ask_moment(&mut asker, app, background, pack);
    let scene = scene(app, background, pack, &[], at);
    let _ = steps::ask(background.kind, &mut asker, &scene);
    render(app, background, pack, &asker, &Uploads::default(), FormToken::fresh(), None)
}

/// A step that the matter no longer allows is not an error of the officer's: the matter has moved on.
fn still_offered(background: &Background) -> Result<(), PageError> {
    match background.matter().map(|m| offer(m, background.kind)) {
        None | Some(Offer::Ready) => Ok(()),
        Some(Offer::Waits(missing)) => Err(PageError::BadRequest(missing.join(" "))),
        Some(Offer::Hidden) => Err(PageError::Moved),
    }
}

fn scene<'a>(
    app: &'a App,
    background: &'a Background,
    pack: &'a Pack,
    exhibits: &'a [Exhibit],
    at: Option<Moment>,
) -> Scene<'a> {
    Scene {
        law: &app.law,
        pack,
        matter: background.matter(),
        entries: background.entries(),
        office: &background.officer.office,
        offices: &background.offices,
        accounts: &background.accounts,
        recipients: &background.recipients,
        chosen: &background.chosen,
        uploads: exhibits,
        role: background.officer.account.role,
        by: background.by(),
        at,
        now: background.now,
    }
}

/// When the step was taken: asked first, since every clock hangs on it.
fn ask_moment(asker: &mut Asker<'_>, app: &App, background: &Background, pack: &Pack) -> Option<Moment> {
    let (label, hint) = match background.kind {
        StepKind::ReceiveReport | StepKind::ReceiveTip => {
            ("Kapan disampaikan?", "Jam sebenarnya, juga bila di luar jam penerimaan.")
        }
        _ => ("Kapan ini dilakukan?", "Ubah bila dilakukan lebih dahulu di atas kertas."),
    };
    let need = Need::Required("Isi kapan ini dilakukan.");
    let at = asker.moment("at", label, hint, Some(background.now), need)?;
    if !asker.is_reading() {
        return Some(at);
    }
    if at.instant() > background.now.instant() {
        asker.problems.add("at", "Waktu ini belum tiba. Periksa tanggal dan jamnya.");
    }
    // A docket that begins outside all packs could never go on.
    let seat = background.officer.office.seat();
    let has_law =
        app.law.pack_for(pack.head.regime, at.date()).is_ok() && app.law.calendar().day(at.date(), &seat).is_ok();
    if background.matter().is_none() && !has_law {
        asker.problems.add("at", "Hukum atau hari libur untuk tanggal itu tidak ada dalam program. Periksa tahunnya.");
    }
    let opened = background.matter().map(|m| m.opened);
    // The field holds minutes, the docket seconds.
    if opened.is_some_and(|opened| at.instant().as_second() + 60 <= opened.instant().as_second()) {
        asker.problems.add("at", "Waktu ini lebih awal daripada awal perkara. Periksa tanggal dan jamnya.");
    }
    Some(at)
}

async fn take(app: &App, background: &Background, request: Request) -> Result<Response, PageError> {
    let form = FormData::read(app, request).await?;
    background.officer.check_csrf(&form)?;
    let expected = background.matter().map_or(0, |m| m.length);
    if background.matter().is_some() && form.get("expected") != expected.to_string() {
        return Err(PageError::Moved);
    }
    let token: FormToken = match background.matter() {
        Some(_) => FormToken::fresh(),
        None => form.get("token").parse().map_err(|_| PageError::FormExpired)?,
    };
    if background.matter().is_none()
        && let Some(matter) = app.store.matter_by_token(&token.hash()).await?
    {
        return recorded(background, matter, Some(code_for(&app.secret, &token)), Sending::Again);
    }
    still_offered(background)?;
    let pack = background.pack(app, Some(&form))?;
    let mut problems = Problems::default();
    let kept = uploads::receive(app, &form, &mut problems).await?;
    let first = background.matter().map_or(ExhibitNo(1), Matter::next_exhibit);
    let exhibits = kept.exhibits(first);
    let mut asker = Asker::new(Some(&form), app.limits, background.officer.office.zone);
    for (field, message) in problems.all() {
        asker.problems.add(field, message.clone());
    }
    let at = ask_moment(&mut asker, app, background, pack);
    let scene = scene(app, background, pack, &exhibits, at);
    let act = steps::ask(background.kind, &mut asker, &scene);
    if let Some(opened) = &background.opened {
        names_no_protected(&mut asker, &form, &opened.docket.protected);
    }
    let (Some(at), Some(act), true) = (at, act, asker.problems.is_empty()) else {
        if asker.problems.is_empty() {
            asker.problems.add("at", "Isian belum lengkap. Periksa setiap bagian.");
        }
        return render(app, background, pack, &asker, &kept, token, None);
    };
    if form.get("confirm") != "ya" {
        let preview = preview(app, background, at, &act);
        return render(app, background, pack, &asker, &kept, token, Some(preview));
    }
    record(app, background, expected, at, act, kept.unscanned(first), &token).await
}

/// What is typed must not name whoever is protected: it would stand on pages and papers.
fn names_no_protected(asker: &mut Asker<'_>, form: &FormData, protected: &[Identity]) {
    let named = |field: &&str| form.all(field).iter().any(|text| protected.iter().any(|who| steps::names(who, text)));
    let fields: Vec<&str> = form.names().filter(named).collect();
    for field in fields {
        asker.problems.add(field, "Teks ini menyebut orang yang identitasnya dilindungi. Ganti dengan perannya.");
    }
}

async fn record(
    app: &App,
    background: &Background,
    expected: u32,
    at: Moment,
    act: Act,
    unscanned: Vec<ExhibitNo>,
    token: &FormToken,
) -> Result<Response, PageError> {
    let code = code_for(&app.secret, token);
    let is_new = background.matter().is_none();
    let reaches_public = matches!(background.kind, StepKind::ReceiveReport | StepKind::ReceiveTip);
    let recording = Recording {
        matter: background.matter().map_or_else(|| MatterId::new(random::uuid()), |m| m.id),
        home: background.matter().map_or_else(|| background.officer.office.id.clone(), |m| m.home.clone()),
        expected,
        by: background.by(),
        recorded: background.now,
        acts: vec![NewAct { id: ActId::new(random::uuid()), at, what: act }],
        receipt: is_new.then(|| PublicReceipt { token_hash: token.hash(), code_hash: code.hash() }),
    };
    let matter = recording.matter;
    let recorded_as = app.store.record(recording).await;
    if recorded_as.is_ok() {
        custody::note_unscanned(app, &background.officer.scope(), matter, background.now, unscanned).await;
    }
    match recorded_as {
        // What was opened is shown on a page of its own.
        Ok(_) if background.kind == StepKind::OpenIdentity => {
            let n = expected.saturating_add(1);
            Ok(Redirect::to(&format!("/meja/perkara/{matter}/identitas/{n}")).into_response())
        }
        Ok(_) => recorded(background, matter, (is_new && reaches_public).then_some(code), Sending::First),
        Err(RecordError::AlreadySent(first)) => {
            recorded(background, first, reaches_public.then_some(code), Sending::Again)
        }
        Err(other) => Err(other.into()),
    }
}

/// Back to the matter; a new report first shows the code that its reporter takes home.
fn recorded(
    background: &Background,
    matter: MatterId,
    code: Option<TrackingCode>,
    sending: Sending,
) -> Result<Response, PageError> {
    let link = format!("/meja/perkara/{matter}");
    let for_reporter = matches!(background.kind, StepKind::ReceiveReport | StepKind::ReceiveTip);
    match code.filter(|_| for_reporter) {
        Some(code) => page::ok(&RecordedPage {
            chrome: background.officer.chrome(),
            code: code.to_string(),
            link,
            again: sending == Sending::Again,
        }),
        None => Ok(Redirect::to(&link).into_response()),
    }
}

/// The sheet as it would be printed, before anything is recorded.
fn preview(app: &App, background: &Background, at: Moment, act: &Act) -> String {
    let office = &background.officer.office;
    let mut entries = background.entries().to_vec();
    let entry = Entry {
        id: ActId::new(random::uuid()),
        matter: background.matter().map_or_else(|| MatterId::new(random::uuid()), |m| m.id),
        office: background.matter().map_or_else(|| office.id.clone(), |m| m.home.clone()),
        n: u32::try_from(entries.len()).unwrap_or(u32::MAX).saturating_add(1),
        at,
        recorded: background.now,
        by: background.by(),
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
    background: &Background,
    pack: &Pack,
    asker: &Asker<'_>,
    kept: &Uploads,
    token: FormToken,
    preview: Option<String>,
) -> Result<Response, PageError> {
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
        chrome: background.officer.chrome(),
        title: background.kind.button(),
        heading,
        matter_link: matter.map(|m| format!("/meja/perkara/{}", m.id)),
        asks: rule.map(|r| r.asks.clone()).unwrap_or_default(),
        cite: rule.map(|r| r.basis.cite.clone()).unwrap_or_default(),
        certainty: rule.map_or("", |r| r.basis.certainty.indonesian()),
        form_name: rule.map(|rule| form_name(rule, form_of)).unwrap_or_default(),
        clock: rule.and_then(|r| clock_note(app, background, r)),
        action: background.action(),
        csrf: &background.officer.csrf,
        expected: matter.map_or(0, |m| m.length),
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
