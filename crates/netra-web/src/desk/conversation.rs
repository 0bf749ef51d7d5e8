//! The conversation with the reporter on the page of a matter: what was written, what is new, and telling the reporter outside
//! this program that there is something to read.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use netra_docket::matter::{Matter, Origin};
use netra_docket::messages::{Message, Side, messages, unread};
use netra_docket::person::Capacity;
use netra_docket::steps::StepKind;
use netra_law::time::long_moment;
use netra_store::MessageReader;

use super::act_words::SEALED;
use super::open::{Opened, open};
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::form::FormData;
use crate::page::{self, Chrome, Problems};
use crate::phone::PhoneNumber;
use crate::policy;

/// The value of the field that asks for the number of the docket.
const FROM_DOCKET: &str = "berkas";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/perkara/{id}/whatsapp", post(whatsapp))
}

/// The conversation as an officer sees it.
pub(super) struct ConversationView {
    pub(super) messages: Vec<MessageView>,
    /// How many of them are new to this officer.
    pub(super) unread: usize,
    /// Where an answer is written, for those who may.
    pub(super) write: Option<String>,
    /// Whether this officer may tell the reporter by telephone.
    pub(super) inform: bool,
    /// Whether the docket has a number that this officer sees.
    pub(super) number_known: bool,
}

/// A message.
pub(super) struct MessageView {
    pub(super) n: u32,
    pub(super) from: &'static str,
    pub(super) at: String,
    pub(super) text: String,
    pub(super) exhibits: usize,
    pub(super) new: bool,
}

/// Reads the conversation, and notes that this officer has seen it; none for offices that know no reporter.
pub(super) async fn view(app: &App, officer: &Officer, opened: &Opened) -> Result<Option<ConversationView>, PageError> {
    let role = officer.account.role;
    let matter = &opened.docket.matter;
    if !policy::sees_messages(role, opened.relation) || matter.origin == Origin::Prevention {
        return Ok(None);
    }
    let list = messages(&opened.docket.entries).map_err(|error| PageError::BadRequest(error.to_string()))?;
    let reader = MessageReader::Account(officer.account.id);
    let seen = app.store.read_mark(matter.id, reader).await?;
    if let Some(last) = list.last().filter(|last| last.n > seen) {
        app.store.set_read_mark(matter.id, reader, last.n).await?;
    }
    let may_write = policy::may_take(role, opened.relation, StepKind::WriteReporter);
    Ok(Some(ConversationView {
        unread: unread(&list, Side::Office, seen),
        messages: list.iter().map(|message| message_view(message, seen)).collect(),
        write: may_write.then(|| format!("/meja/perkara/{}/langkah/{}", matter.id, StepKind::WriteReporter.id())),
        inform: policy::may_inform_reporter(role, opened.relation),
        number_known: reporters_number(matter).is_some(),
    }))
}

fn message_view(message: &Message<'_>, seen: u32) -> MessageView {
    MessageView {
        n: message.n,
        from: match message.from {
            Side::Reporter => "Pelapor",
            Side::Office => "Kantor",
        },
        at: long_moment(message.at),
        text: message.text.open().cloned().unwrap_or_else(|| format!("Isi {SEALED}.")),
        exhibits: message.exhibits,
        new: message.from == Side::Reporter && message.n > seen,
    }
}

/// The reporter's telephone number, if this reader sees it.
fn reporters_number(matter: &Matter) -> Option<&str> {
    let reporters = matter.persons.iter().filter(|person| person.capacity == Capacity::Reporter);
    let mut numbers = reporters.filter_map(|person| person.identity.open()).map(|identity| identity.phone.as_str());
    numbers.find(|number| !number.is_empty())
}

#[derive(Template)]
#[template(path = "desk/whatsapp.html")]
struct WhatsAppPage {
    chrome: Chrome,
    csrf: String,
    id: String,
    problems: Problems,
    typed: String,
    text: String,
    /// The link; none if the number is none.
    link: Option<String>,
}

/// Makes the link. The number stands in this one answer and nowhere else: it is neither kept nor part of an address of ours.
async fn whatsapp(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    if !policy::may_inform_reporter(officer.account.role, opened.relation) {
        return Err(PageError::Forbidden);
    }
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let matter = &opened.docket.matter;
    let from_docket = form.get("sumber") == FROM_DOCKET;
    let number = match from_docket {
        true => reporters_number(matter).unwrap_or_default().to_owned(),
        false => form.get("nomor"),
    };
    let text = ready_text(&app, &opened);
    let mut page = WhatsAppPage {
        chrome: officer.chrome(),
        csrf: officer.csrf.clone(),
        id: matter.id.to_string(),
        problems: Problems::default(),
        typed: if from_docket { String::new() } else { number.chars().take(40).collect() },
        text,
        link: None,
    };
    match number.parse::<PhoneNumber>() {
        Ok(number) => {
            page.link = Some(number.whatsapp(&page.text));
            page::ok(&page)
        }
        Err(error) => {
            page.problems.add("nomor", error.to_string());
            page::html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// What the officer sends: nothing that tells what it is about, should another one read that telephone.
fn ready_text(app: &App, opened: &Opened) -> String {
    let what = match opened.docket.matter.origin {
        Origin::Report => "laporan",
        Origin::Information | Origin::Prevention => "informasi",
    };
    format!(
        "Ada kabar tentang {what} Anda dari {}. Buka {}/status dan masukkan kode pelacakan Anda. Jangan berikan kode itu kepada \
         siapa pun, juga kepada petugas.",
        opened.handler.name, app.base_url
    )
}
