//! The page of a lead: its text with the words that count, what was read, its story, and what can be done with it.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use netra_evidence::size_text;
use netra_law::Law;
use netra_law::time::{long_date, long_moment};
use netra_store::{Lead, LeadKind, LeadSource, LeadState};
use netra_watch::Record;

use super::decide::{REASONS, Reason};
use super::list::{RowView, row_view};
use super::marks::{Piece, pieces};
use super::{proposal, words};
use crate::app::App;
use crate::desk::asker::{Asker, Field};
use crate::desk::paper::{download, in_pieces};
use crate::desk::session::Officer;
use crate::desk::{Choice, steps};
use crate::error::PageError;
use crate::page::{self, Chrome, Problems};
use crate::policy;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/sorotan/{id}", get(show)).route("/meja/sorotan/{id}/sumber", get(give))
}

#[derive(Template)]
#[template(path = "desk/lead.html")]
struct LeadPage {
    chrome: Chrome,
    csrf: String,
    link: String,
    heading: String,
    score: String,
    class: &'static str,
    state: String,
    relation: &'static str,
    /// The matter that was opened from it.
    matter: Option<String>,
    /// A matter that was opened from another lead of the story.
    story_matter: Option<String>,
    facts: Vec<(&'static str, String)>,
    acts: Vec<ActView>,
    days: Vec<String>,
    reasons: Vec<String>,
    warnings: Vec<String>,
    /// The text; nothing if the bytes can't be read as they once were.
    pieces: Vec<Piece>,
    story: Vec<StoryView>,
    may_open: bool,
    fields: Vec<Field>,
    may_set_aside: bool,
    reason_options: Vec<Choice>,
    note: String,
    problems: Problems,
}

/// What may have been done.
struct ActView {
    title: String,
    act: String,
    words: String,
}

/// Another lead of the story.
struct StoryView {
    id: String,
    row: RowView,
    /// Whether it can go into the same matter.
    free: bool,
    chosen: bool,
}

/// What the forms of the page hold.
pub(super) struct Forms {
    /// The questions of initial information.
    pub(super) fields: Vec<Field>,
    /// Other leads of the story that go along.
    pub(super) chosen: Vec<String>,
    /// Why it is set aside.
    pub(super) reason: String,
    pub(super) note: String,
    pub(super) problems: Problems,
}

impl Forms {
    /// The page as it is opened: everything that the news tell, and every other lead that is still new.
    pub(super) fn proposed(app: &App, officer: &Officer, lead: &Lead, story: &[Lead]) -> Forms {
        let mut asker = Asker::new(None, app.limits, officer.office.zone);
        let today = officer.now(app).date();
        let _ = steps::record_news(&mut asker, today, &[], &proposal::proposed(lead));
        let new = story.iter().filter(|other| other.state == LeadState::New);
        Forms {
            fields: asker.fields,
            chosen: new.map(|other| other.id.to_string()).collect(),
            reason: String::new(),
            note: String::new(),
            problems: Problems::default(),
        }
    }
}

async fn show(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    super::allowed(&officer)?;
    let lead = super::find(&app, &officer, &id).await?;
    let story = app.store.story(&officer.scope(), lead.story).await?;
    let forms = Forms::proposed(&app, &officer, &lead, &story);
    render(&app, &officer, &lead, &story, forms).await
}

/// The bytes as they came in, as a download.
async fn give(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    super::allowed(&officer)?;
    let lead = super::find(&app, &officer, &id).await?;
    let reader = app.store.blob_reader(&lead.sha256).await?;
    let (length, body) = (reader.size(), in_pieces(reader).await?);
    let name: String = lead.sha256.chars().take(16).collect();
    let ending = if lead.media_type == "text/plain" { "txt" } else { "bin" };
    let mut response = download("application/octet-stream", &format!("berita-{name}.{ending}"), body)?;
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

/// The page, with what its forms hold.
pub(super) async fn render(
    app: &App,
    officer: &Officer,
    lead: &Lead,
    story: &[Lead],
    forms: Forms,
) -> Result<Response, PageError> {
    let text = text_of(app, lead).await?;
    let record = &lead.record;
    let is_open = matches!(lead.state, LeadState::Opened { .. });
    let others: Vec<&Lead> = story.iter().filter(|other| other.id != lead.id).collect();
    let page = LeadPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        link: super::address(lead.id),
        heading: words::heading(record),
        score: words::score(record),
        class: words::score_class(record),
        state: words::state(lead),
        relation: words::relation(lead),
        matter: matter_link(lead),
        story_matter: others.iter().find_map(|other| matter_link(other)).filter(|_| !is_open),
        facts: facts(lead),
        acts: acts(&app.law, record),
        days: days(record),
        reasons: record.reasons.clone(),
        warnings: record.warnings.clone(),
        pieces: text.map(|text| pieces(&text, record)).unwrap_or_default(),
        story: others.into_iter().map(|other| story_view(other, &forms.chosen)).collect(),
        may_open: !is_open && policy::opens_leads(officer.account.role, &officer.office),
        fields: forms.fields,
        may_set_aside: lead.state.kind() == LeadKind::New,
        reason_options: REASONS.iter().map(|Reason { id, words }| Choice::new(*id, *words, &forms.reason)).collect(),
        note: forms.note,
        problems: forms.problems,
    };
    page::html(page.problems.status(), &page)
}

/// The text of a lead, read again out of its bytes.
async fn text_of(app: &App, lead: &Lead) -> Result<Option<String>, PageError> {
    let bytes = app.store.get_blob(&lead.sha256).await?;
    let place = lead.entry.map_or(0, |entry| usize::try_from(entry).unwrap_or(usize::MAX).saturating_sub(1));
    let app = app.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let pages = app.watch().and_then(|watch| watch.pages(&bytes).ok()).unwrap_or_default();
        pages.get(place).map(netra_watch::Page::text)
    });
    reading.await.map_err(|error| {
        tracing::error!(%error, "reading news was cut off");
        PageError::Internal
    })
}

fn matter_link(lead: &Lead) -> Option<String> {
    match &lead.state {
        LeadState::Opened { matter } => Some(format!("/meja/perkara/{matter}")),
        LeadState::New | LeadState::Aside { .. } => None,
    }
}

fn facts(lead: &Lead) -> Vec<(&'static str, String)> {
    let record = &lead.record;
    let source = match lead.source {
        LeadSource::Typed => "teks yang ditempel petugas".to_owned(),
        LeadSource::File => format!("berkas dari petugas, {}", size_text(lead.size)),
    };
    let listed = |items: Vec<&str>| if items.is_empty() { "tidak disebut".to_owned() } else { items.join(", ") };
    let mut facts = vec![
        ("Sumber", source),
        ("Alamat", lead.address.clone().unwrap_or_else(|| "tidak diketahui".to_owned())),
        ("Disimpan", long_moment(lead.captured)),
        ("Terbit", words::published(record)),
        ("Wilayah", listed(record.regions.iter().map(|region| region.name.as_str()).collect())),
        ("Pihak", listed(record.positions.iter().map(|position| position.name.as_str()).collect())),
        ("Lembaga", listed(record.agencies.iter().map(String::as_str).collect())),
        ("Saluran", listed(record.channels.iter().map(String::as_str).collect())),
        ("Pemilihan", record.election.map_or("tidak disebut", |regime| regime.indonesian()).to_owned()),
        ("Tahap penanganan", record.stage.indonesian().to_owned()),
    ];
    if let Some(stage) = &record.election_stage {
        facts.push(("Tahapan pemilihan", stage.clone()));
    }
    if let Some(entry) = lead.entry {
        facts.push(("Butir umpan", entry.to_string()));
    }
    facts
}

fn acts(law: &Law, record: &Record) -> Vec<ActView> {
    let view = |act: &netra_watch::ActRecord| ActView {
        title: words::violation(law, &act.violation),
        act: act.act.clone(),
        words: act.words.clone(),
    };
    record.acts.iter().map(view).collect()
}

fn days(record: &Record) -> Vec<String> {
    let line = |day: &netra_watch::DateRecord| {
        format!("{}: {} (\"{}\")", day.role.indonesian(), long_date(day.date), day.text)
    };
    record.dates.iter().map(line).collect()
}

fn story_view(other: &Lead, chosen: &[String]) -> StoryView {
    let id = other.id.to_string();
    StoryView { row: row_view(other), free: other.state.kind() != LeadKind::Opened, chosen: chosen.contains(&id), id }
}
