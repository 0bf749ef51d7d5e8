//! Chat exports on the desk: read as people know them, searched, copied out, and compared.
//!
//! **Invariants.**
//! - Whatever is shown is text: of a chat nothing is ever a link, a picture or a script of this server's page.
//! - Members are numbered, not named, until somebody who may see names asks for them.
//! - A page costs no memory that grows with the export: it is read through, and one page of messages is kept.
//! - The times are those of the telephone; the zone is said to be somebody's choice, and so is an order of dates that
//!   nothing proves.

mod asked;
mod compare;
mod extract;
mod mask;
mod member;
mod search;
mod source;
mod view;

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};
use netra_docket::act::Exhibit;
use netra_docket::steps::{Offer, StepKind, offer};
use netra_evidence::chat::DateOrder;
use netra_law::time::Zone;
use netra_store::{CustodyKind, Touch};

use self::asked::{Asked, Masking};
use self::mask::Mask;
use self::source::{Export, Found};
use self::view::{Facts, MemberView, MessageView, Reading};
use super::custody;
use super::session::Officer;
use super::{Choice, query};
use crate::app::App;
use crate::error::PageError;
use crate::page::{self, Chrome};
use crate::policy;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/meja/perkara/{id}/bukti/{no}/percakapan", get(show))
        .route("/meja/perkara/{id}/bukti/{no}/isi/{place}", get(member::give))
        .route("/meja/perkara/{id}/bukti/{no}/kutipan", post(extract::take))
        .route("/meja/perkara/{id}/bukti/{no}/banding", get(compare::show))
}

/// Whether an exhibit is of a type in which chats come, and no extract of one.
pub(super) fn may_be_chat(exhibit: &Exhibit) -> bool {
    exhibit.source.is_none() && source::Container::of(exhibit).is_some()
}

#[derive(Template)]
#[template(path = "desk/chat.html")]
struct ChatPage {
    chrome: Chrome,
    id: String,
    no: String,
    title: String,
    facts: Vec<(&'static str, String)>,
    warnings: Vec<&'static str>,
    skipped: Vec<String>,
    /// Both readings of a date, where nothing proves the order.
    readings: Vec<String>,
    orders: Vec<Choice>,
    zones: Vec<Choice>,
    /// What the forms for order and zone bring back.
    kept_by_reading: Vec<(&'static str, String)>,
    find: String,
    kept_by_search: Vec<(&'static str, String)>,
    /// How many hits in how many messages.
    found: Option<(u64, u64)>,
    members: Vec<MemberView>,
    masked: bool,
    may_unmask: bool,
    kept_by_masking: Vec<(&'static str, String)>,
    messages: Vec<MessageView>,
    pages: u64,
    page: u64,
    before: Option<String>,
    after: Option<String>,
    first_page: String,
    extract: Option<ExtractForm>,
    comparable: bool,
}

/// What the form for an extract brings back.
struct ExtractForm {
    csrf: String,
    expected: u32,
    kept: Vec<(&'static str, String)>,
    /// The number that is proposed.
    first: u64,
    /// Why nothing can be copied out yet.
    waits: bool,
}

async fn show(
    State(app): State<App>,
    officer: Officer,
    Path((id, no)): Path<(String, String)>,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let found = source::find(&app, &officer, &id, &no).await?;
    let asked = Asked::read(&query(raw), may_unmask(&officer, &found));
    if asked.masking == Masking::Open {
        let (account, matter) = (officer.account.id, found.opened.docket.matter.id);
        tracing::info!(%account, %matter, exhibit = %found.exhibit.no, "the members of a chat were shown by name");
    }
    let (file, container, options) = (found.file(&app).await?, found.container, asked.options());
    let search = asked.clone();
    let reading = source::apart(move || {
        let mut export = Export::open(file, container, &options)?;
        Reading::of(&mut export, &search)
    })
    .await?;
    let viewed = vec![Touch::new(found.exhibit.no, CustodyKind::Viewed)];
    custody::note(&app, &officer, found.opened.docket.matter.id, viewed).await?;
    page::ok(&chat_page(&officer, &found, &asked, &reading))
}

/// Whether names may be shown: to who may see persons, and never to an office that must not know the reporter.
fn may_unmask(officer: &Officer, found: &Found) -> bool {
    policy::may(officer.account.role, policy::Action::SeePrivate) && !policy::hides_reporter(found.opened.relation)
}

fn chat_page(officer: &Officer, found: &Found, asked: &Asked, reading: &Reading) -> ChatPage {
    let matter = &found.opened.docket.matter;
    let base = format!("/meja/perkara/{}/bukti/{}", matter.id, found.exhibit.no);
    let mask = Mask::new(&reading.members, asked.masking, &asked.shown);
    let messages = view::messages(reading, asked, &mask, &base);
    let page_at = |page: u64| format!("{base}/percakapan?{}", asked.address(page));
    let pages = reading.pages();
    let mut others = matter.exhibits.iter().filter(|other| other.no != found.exhibit.no);
    ChatPage {
        chrome: officer.chrome(),
        id: matter.id.to_string(),
        no: found.exhibit.no.to_string(),
        title: format!("Percakapan dalam bukti nomor {}", found.exhibit.no),
        facts: Facts { exhibit: &found.exhibit, reading, mask: &mask, zone: asked.zone }.list(),
        warnings: reading.summary.warnings.iter().map(|warning| view::warning(*warning)).collect(),
        skipped: reading.skipped.iter().map(|name| mask.text(name)).collect(),
        readings: view::readings(reading),
        orders: orders(asked.order),
        zones: zones(asked.zone),
        kept_by_reading: asked.pairs_but(&["urutan", "zona"]),
        find: asked.find.clone(),
        kept_by_search: asked.pairs_but(&["cari"]),
        found: (!asked.find.is_empty()).then_some((reading.hits, reading.listed)),
        members: view::members(reading, &mask),
        masked: asked.masking == Masking::Masked,
        may_unmask: may_unmask(officer, found),
        kept_by_masking: asked.pairs_but(&["samarkan", "tampil"]),
        pages,
        page: asked.page,
        before: (asked.page > 1).then(|| page_at(asked.page - 1)),
        after: (asked.page < pages).then(|| page_at(asked.page + 1)),
        first_page: page_at(1),
        extract: extract_form(officer, found, asked, reading),
        comparable: others.any(may_be_chat),
        messages,
    }
}

/// The form for an extract, for who may add exhibits now.
fn extract_form(officer: &Officer, found: &Found, asked: &Asked, reading: &Reading) -> Option<ExtractForm> {
    let matter = &found.opened.docket.matter;
    let may = policy::may_take(officer.account.role, found.opened.relation, StepKind::AddExhibit);
    if !may || offer(matter, StepKind::AddExhibit) != Offer::Ready {
        return None;
    }
    let first = reading.messages.first().map_or(1, |message| message.n);
    Some(ExtractForm {
        csrf: officer.csrf.clone(),
        expected: matter.length,
        kept: asked.pairs_but(&["cari"]),
        first,
        waits: reading.summary.format.is_ambiguous(),
    })
}

fn orders(chosen: Option<DateOrder>) -> Vec<Choice> {
    let chosen = chosen.map_or("", DateOrder::id);
    let all = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
    let options = all.into_iter().map(|order| Choice::new(order.id(), order.indonesian(), chosen));
    std::iter::once(Choice::new("", "Menurut berkas", chosen)).chain(options).collect()
}

fn zones(chosen: Option<Zone>) -> Vec<Choice> {
    let chosen = chosen.map_or("", Zone::abbreviation);
    let options = Zone::ALL.into_iter().map(|zone| Choice::new(zone.abbreviation(), zone.abbreviation(), chosen));
    std::iter::once(Choice::new("", "Belum diketahui", chosen)).chain(options).collect()
}
