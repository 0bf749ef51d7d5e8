//! The page of a matter: the next legal date first, then what can be done now, then the docket.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use netra_docket::act::{Exhibit, Incident, PersonalPart};
use netra_docket::clocks::Clocks;
use netra_docket::matter::Matter;
use netra_docket::person::{Identity, Person};
use netra_docket::steps::{Step, StepKind, steps};
use netra_evidence::{MediaType, size_text};
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::pack::{FormOf, Regime, StepRule};
use netra_law::time::{Moment, long_date, long_moment};

use super::act_words::{ActWords, SEALED};
use super::chat;
use super::clock_view::{self, ClockView, NextClock};
use super::conversation::{self, ConversationView};
use super::delivery;
use super::open::{Opened, open};
use super::paper;
use super::queue::origin_words;
use super::session::Officer;
use super::timeline::{self, ActView, Names};
use super::words::{self, Article, Due};
use crate::app::App;
use crate::error::PageError;
use crate::page::{self, Chrome};
use crate::policy::{self, Action, Relation};

/// Digits of a digest that are enough to compare by eye.
const SHORT_DIGEST: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/perkara/{id}", get(show))
}

#[derive(Template)]
#[template(path = "desk/matter.html")]
struct MatterPage {
    chrome: Chrome,
    id: String,
    heading: String,
    subject: String,
    stage: &'static str,
    facts: Vec<(&'static str, String)>,
    relation: Option<String>,
    next: Option<NextClock>,
    faults: Vec<String>,
    ready: Vec<Card>,
    waiting: Vec<Card>,
    other: Vec<Card>,
    event: Option<EventView>,
    acts: Vec<ActView>,
    persons: Vec<PersonView>,
    exhibits: Vec<ExhibitView>,
    clocks: Vec<ClockView>,
    received: Option<String>,
    conversation: Option<ConversationView>,
    csrf: String,
    dossier: bool,
    delivery: Option<delivery::Section>,
}

/// A step, as a card.
struct Card {
    link: String,
    button: &'static str,
    form: String,
    asks: String,
    article: Option<Article>,
    clock: Option<CardClock>,
    missing: Vec<&'static str>,
}

/// The clock that a step answers.
struct CardClock {
    title: String,
    due: Due,
}

/// What happened, where and when.
struct EventView {
    account: String,
    place: String,
    happened: String,
    known: String,
}

/// A person of the matter.
struct PersonView {
    number: String,
    capacity: &'static str,
    name: String,
    subject: String,
    facts: Vec<(&'static str, String)>,
}

/// An exhibit.
struct ExhibitView {
    no: String,
    name: String,
    description: String,
    from: String,
    kind: &'static str,
    size: String,
    digest: String,
    short: String,
    /// Whether it may be a chat export.
    chat: bool,
    /// Which exhibit it was copied out of.
    extract: Option<String>,
}

async fn show(State(app): State<App>, officer: Officer, Path(id): Path<String>) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &id).await?;
    let now = officer.now(&app);
    let names = Names::of(&app, &opened.docket.entries, opened.docket.matter.owner).await?;
    let mut page = matter_page(&app.law, &officer, &opened, &names, now);
    page.conversation = conversation::view(&app, &officer, &opened).await?;
    page.delivery = delivery::section(&app, &officer, &opened).await?;
    page::ok(&page)
}

fn matter_page(law: &Law, officer: &Officer, opened: &Opened, names: &Names, now: Moment) -> MatterPage {
    let matter = &opened.docket.matter;
    let seat = opened.handler.seat();
    let clocks = opened.clocks(law, now);
    let (main, other): (Vec<Step>, Vec<Step>) = allowed_steps(officer, opened).partition(|step| step.kind.is_main());
    let (ready, waiting): (Vec<Step>, Vec<Step>) = main.into_iter().partition(Step::is_ready);
    let cards = |list: Vec<Step>| -> Vec<Card> {
        list.iter().map(|step| card(step, matter, law, &clocks, &seat, now)).collect()
    };
    let act_words = ActWords { matter, law, names };
    let sheets = paper::acts_with_sheets(opened, law);
    MatterPage {
        chrome: officer.chrome(),
        id: matter.id.to_string(),
        heading: matter.number().unwrap_or("Perkara belum bernomor").to_owned(),
        subject: matter.subject_line.clone(),
        stage: matter.stage_for(&officer.office.id).indonesian(),
        facts: facts(opened, names),
        relation: relation_text(opened),
        next: clock_view::next(&clocks, matter, law, &seat, now),
        faults: clocks.faults.iter().map(words::fault).collect(),
        ready: cards(ready),
        waiting: cards(waiting),
        other: cards(other),
        event: matter.event.as_ref().map(event_view),
        acts: timeline::views(opened, &act_words, names, &officer.office.id, &sheets),
        persons: matter.persons.iter().map(|p| person_view(p, matter, law, opened.relation)).collect(),
        exhibits: matter.exhibits.iter().map(exhibit_view).collect(),
        received: clock_view::received(&clocks),
        clocks: clock_view::views(&clocks, matter, law, &seat, now),
        conversation: None,
        csrf: officer.csrf.clone(),
        dossier: policy::may(officer.account.role, Action::FetchDossier),
        delivery: None,
    }
}

fn facts(opened: &Opened, names: &Names) -> Vec<(&'static str, String)> {
    let matter = &opened.docket.matter;
    let mut list = vec![
        ("Asal", origin_words(matter.origin).to_owned()),
        ("Pemilihan", matter.regime.indonesian().to_owned()),
        ("Dibuka", long_moment(matter.opened)),
        ("Kantor penangan", opened.handler.name.clone()),
    ];
    if opened.relation != Relation::Received {
        let owner = matter.owner.map_or_else(|| "Belum ditunjuk".to_owned(), |id| names.account(id));
        list.push(("Penanggung jawab", owner));
    }
    list
}

fn relation_text(opened: &Opened) -> Option<String> {
    match opened.relation {
        Relation::Handles => None,
        Relation::GaveAway => {
            Some(format!("Perkara ini sekarang ditangani {}. Anda dapat mengikutinya di sini.", opened.handler.name))
        }
        Relation::Received => {
            Some("Perkara ini diteruskan kepada kantor Anda. Identitas pelapor dan saksi dirahasiakan.".to_owned())
        }
    }
}

/// The steps that the matter offers and the officer may take.
fn allowed_steps(officer: &Officer, opened: &Opened) -> impl Iterator<Item = Step> {
    let (role, relation) = (officer.account.role, opened.relation);
    steps(&opened.docket.matter).into_iter().filter(move |step| policy::may_take(role, relation, step.kind))
}

fn card(step: &Step, matter: &Matter, law: &Law, clocks: &Clocks<'_>, seat: &Seat, now: Moment) -> Card {
    let rule = step_rule(law, matter, step.kind);
    let answers = |id: &str| {
        // An extension on record runs in place of the period that it lengthens.
        clocks.states.iter().find(|c| c.is_open() && (c.id == id || c.deadline.rule.extends.as_deref() == Some(id)))
    };
    let clock = rule.and_then(|r| r.clock.as_deref()).and_then(answers);
    Card {
        link: format!("/meja/perkara/{}/langkah/{}", matter.id, step.kind.id()),
        button: step.kind.button(),
        form: rule.map(|rule| form_name(rule, matter.form_of())).unwrap_or_default(),
        asks: rule.map(|r| r.asks.clone()).unwrap_or_default(),
        article: rule.map(|r| Article::of(&r.basis)),
        clock: clock
            .map(|state| CardClock { title: state.title.to_owned(), due: clock_view::due(state, law, seat, now) }),
        missing: step.missing.clone(),
    }
}

/// Form and article of a step: in the pack of the matter, else among the rules of discipline.
pub(crate) fn step_rule<'l>(law: &'l Law, matter: &Matter, kind: StepKind) -> Option<&'l StepRule> {
    let in_pack = |regime| law.pack_for(regime, matter.opened.date()).ok().and_then(|pack| pack.step(kind.id()));
    in_pack(matter.regime).or_else(|| in_pack(Regime::Discipline))
}

fn form_name(rule: &StepRule, form_of: FormOf) -> String {
    match (rule.form_for(form_of), &rule.form_title) {
        (Some(code), Some(title)) => format!("Formulir {code}: {title}"),
        (None, Some(title)) => title.clone(),
        (Some(code), None) => format!("Formulir {code}"),
        (None, None) => String::new(),
    }
}

fn event_view(event: &Incident) -> EventView {
    let day = |date: Option<jiff::civil::Date>| date.map_or_else(|| "tidak diketahui".to_owned(), long_date);
    EventView {
        account: event.account.open().cloned().unwrap_or_else(|| format!("Uraian {SEALED}.")),
        place: match event.place.open() {
            Some(place) if place.is_empty() => "tidak diketahui".to_owned(),
            Some(place) => place.clone(),
            None => "dirahasiakan".to_owned(),
        },
        happened: day(event.happened),
        known: day(event.known),
    }
}

fn person_view(person: &Person, matter: &Matter, law: &Law, relation: Relation) -> PersonView {
    let identity = person.identity.open();
    let subject = person.subject.as_deref();
    PersonView {
        number: person.no.to_string(),
        capacity: person.capacity.indonesian(),
        name: match identity {
            Some(identity) if identity.name.is_empty() => "Nama belum diketahui".to_owned(),
            Some(identity) => identity.name.clone(),
            None => unseen(person, matter),
        },
        subject: subject
            .map(|id| law.subject(id).map_or_else(|| id.to_owned(), |s| s.name.clone()))
            .unwrap_or_default(),
        facts: identity.map(|identity| identity_facts(identity, relation)).unwrap_or_default(),
    }
}

/// Why an identity is not seen.
fn unseen(person: &Person, matter: &Matter) -> String {
    let erased = matter.erased.iter().find(|(_, no, part)| (*no, *part) == (person.no, PersonalPart::Identity));
    match erased {
        Some((at, ..)) => format!("Identitas dihapus pada {}", long_date(at.date())),
        None if matter.protected.contains(&person.no) => "Identitas dilindungi".to_owned(),
        None => "Identitas dirahasiakan".to_owned(),
    }
}

/// What is known of a person. Another agency gets what it needs to act: post, agency, official number.
pub(crate) fn identity_facts(identity: &Identity, relation: Relation) -> Vec<(&'static str, String)> {
    let official = [
        ("Jabatan atau pekerjaan", &identity.occupation),
        ("Instansi", &identity.agency),
        ("NIP atau NIK", &identity.id_number),
    ];
    let private = [
        ("Tempat dan tanggal lahir", &identity.birth),
        ("Jenis kelamin", &identity.sex),
        ("Kewarganegaraan", &identity.citizenship),
        ("Alamat", &identity.address),
        ("Telepon", &identity.phone),
        ("Surel", &identity.email),
    ];
    let private = private.into_iter().filter(|_| relation != Relation::Received);
    let all = official.into_iter().chain(private).filter(|(_, text)| !text.is_empty());
    all.map(|(word, text)| (word, text.clone())).collect()
}

fn exhibit_view(exhibit: &Exhibit) -> ExhibitView {
    let label = exhibit.label.open().cloned().unwrap_or_default();
    let kind = exhibit.media_type.parse().unwrap_or(MediaType::Unknown);
    ExhibitView {
        no: exhibit.no.to_string(),
        name: if label.file_name.is_empty() { format!("Bukti nomor {}", exhibit.no) } else { label.file_name },
        description: label.description,
        from: label.from,
        kind: kind.indonesian(),
        size: size_text(exhibit.size),
        short: exhibit.sha256.chars().take(SHORT_DIGEST).collect(),
        digest: exhibit.sha256.clone(),
        chat: chat::may_be_chat(exhibit),
        extract: exhibit.source.as_ref().and_then(|source| {
            let it = source.extract.as_ref()?;
            Some(format!("Kutipan dari bukti nomor {}, pesan {} sampai {}.", source.no, it.first, it.last))
        }),
    }
}
