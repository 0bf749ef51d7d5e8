//! Sending a matter to another office over the network: what can be sent to whom, and how far what was sent has come.
//!
//! The address of a receiver comes from the signed trust directory and from nowhere else. The button only asks for a
//! delivery; whoever runs the server packs it and sends it, again and again until it has arrived.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use netra_docket::act::Act;
use netra_docket::entry::{Actor, Entry};
use netra_docket::history::senders;
use netra_docket::ids::ActId;
use netra_docket::matter::effective;
use netra_docket::steps::StepKind;
use netra_law::time::{Moment, long_moment};
use netra_ledger::KeyName;
use netra_ledger::bundle::BundleKind;
use netra_ledger::directory::Directory;
use netra_ledger::receipt::Receipt;
use netra_store::{BundleStoreError, Delivery, DeliveryId, DeliveryState, NewDelivery, office_key_name};

use super::Choice;
use super::open::{Opened, open};
use super::session::Officer;
use crate::app::App;
use crate::error::{PageError, chain};
use crate::form::FormData;
use crate::policy;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/perkara/{id}/antar", post(ask)).route("/meja/perkara/{id}/antar/{n}", post(hurry))
}

/// The part of a matter's page that is about deliveries.
pub(super) struct Section {
    pub(super) csrf: String,
    pub(super) address: String,
    pub(super) lines: Vec<LineView>,
    pub(super) offers: Vec<OfferView>,
    pub(super) notes: Vec<String>,
}

/// A delivery.
pub(super) struct LineView {
    pub(super) receiver: String,
    pub(super) what: &'static str,
    pub(super) asked: String,
    pub(super) state: String,
    pub(super) class: &'static str,
    pub(super) receipts: Vec<String>,
    pub(super) why: Option<String>,
    pub(super) next: Option<String>,
    pub(super) fingerprint: Option<String>,
    pub(super) hurry: Option<String>,
}

/// Something that can be sent.
pub(super) struct OfferView {
    pub(super) act: String,
    pub(super) kind: &'static str,
    pub(super) what: String,
    pub(super) receivers: Vec<Choice>,
}

/// Something that can be sent, and to whom.
struct Offer {
    act: ActId,
    kind: BundleKind,
    what: String,
    receivers: Vec<(KeyName, String)>,
}

/// What can be sent, and why something can not.
#[derive(Default)]
struct Offers {
    list: Vec<Offer>,
    notes: Vec<String>,
}

/// The part about deliveries; nothing where there is nothing to send and nothing was sent.
pub(super) async fn section(app: &App, officer: &Officer, opened: &Opened) -> Result<Option<Section>, PageError> {
    let matter = &opened.docket.matter;
    if !policy::may_send(officer.account.role, &officer.office, matter) {
        return Ok(None);
    }
    let deliveries = app.store.deliveries(&officer.scope(), matter.id).await?;
    let offers = offers(app, officer, opened, &deliveries).await?;
    if deliveries.is_empty() && offers.list.is_empty() && offers.notes.is_empty() {
        return Ok(None);
    }
    let address = format!("/meja/perkara/{}/antar", matter.id);
    let mut lines = Vec::with_capacity(deliveries.len());
    for delivery in &deliveries {
        let receipts = match &delivery.package {
            Some(package) => app.store.taken_receipts(package.fingerprint).await.map_err(failed)?,
            None => Vec::new(),
        };
        lines.push(line(delivery, &receipts, &address, officer));
    }
    let offers_shown = offers.list.into_iter().map(view).collect();
    Ok(Some(Section { csrf: officer.csrf.clone(), address, lines, offers: offers_shown, notes: offers.notes }))
}

fn failed(error: BundleStoreError) -> PageError {
    tracing::error!(error = %chain(&error), "receipts could not be read");
    PageError::Internal
}

fn view(offer: Offer) -> OfferView {
    let choice = |(name, label): (KeyName, String)| Choice { value: name.to_string(), label, chosen: false };
    OfferView {
        act: offer.act.to_string(),
        kind: kind_word(offer.kind),
        what: offer.what,
        receivers: offer.receivers.into_iter().map(choice).collect(),
    }
}

fn kind_word(kind: BundleKind) -> &'static str {
    match kind {
        BundleKind::Forwarding => "penerusan",
        BundleKind::Delegation => "pelimpahan",
        BundleKind::Answer => "perkembangan",
    }
}

fn line(delivery: &Delivery, receipts: &[Receipt], address: &str, officer: &Officer) -> LineView {
    let is_open = matches!(delivery.state, DeliveryState::Asked | DeliveryState::Packed | DeliveryState::Sent);
    let zone = officer.office.zone;
    let next = jiff::Timestamp::from_second(delivery.next_at).ok().filter(|_| is_open && delivery.next_at > 0);
    let said =
        |receipt: &Receipt| format!("{}: {}", long_moment(Moment::new(receipt.at, zone)), receipt.state.indonesian());
    LineView {
        receiver: delivery.what.receiver_name.clone(),
        what: match delivery.what.kind {
            BundleKind::Forwarding => "Penerusan berkas",
            BundleKind::Delegation => "Pelimpahan perkara",
            BundleKind::Answer => "Perkembangan perkara",
        },
        asked: long_moment(delivery.what.asked),
        state: match receipts.last() {
            Some(receipt) if delivery.state != DeliveryState::Refused => receipt.state.indonesian(),
            _ => delivery.state.indonesian().to_owned(),
        },
        class: match delivery.state {
            DeliveryState::Refused => "bad",
            DeliveryState::Done => "good",
            _ if delivery.why.is_some() => "warn",
            _ => "",
        },
        receipts: receipts.iter().map(said).collect(),
        why: delivery.why.clone(),
        next: next.map(|at| long_moment(Moment::new(at, zone))),
        fingerprint: delivery.package.as_ref().map(|package| package.fingerprint.to_string()),
        hurry: is_open.then(|| format!("{address}/{}", delivery.id)),
    }
}

async fn offers(app: &App, officer: &Officer, opened: &Opened, sent: &[Delivery]) -> Result<Offers, PageError> {
    let directory = match app.store.trust_directory().await {
        Ok(directory) => directory,
        Err(BundleStoreError::Store(error)) => return Err(error.into()),
        Err(other) => {
            // The pages go on without it; sending does not.
            tracing::error!(error = %chain(&other), "the trust directory could not be read");
            None
        }
    };
    let Some(directory) = directory else { return Ok(Offers::default()) };
    let own = office_key_name(&officer.office.id).map_err(|_| PageError::Internal)?;
    let mut parties = app.store.sent_to(&officer.scope(), opened.docket.matter.id).await?;
    for name in senders(&opened.docket.entries) {
        let other = name.parse::<KeyName>().ok().filter(|name| !parties.contains(name));
        parties.extend(other);
    }
    let book = Book { directory: &directory, own: &own, now: officer.now(app) };
    let mut offers = Offers::default();
    handovers(&mut offers, opened, &book, sent);
    progress(&mut offers, opened, &book, &parties, sent);
    Ok(offers)
}

/// Where offices are reached.
struct Book<'a> {
    directory: &'a Directory,
    own: &'a KeyName,
    now: Moment,
}

impl Book<'_> {
    /// The receiver of this name, if it can be reached.
    fn receiver(&self, name: &KeyName) -> Option<(KeyName, String)> {
        let entry = self.directory.of_office(name, self.now.instant())?;
        (entry.address.is_some() && name != self.own).then(|| (name.clone(), entry.name.clone()))
    }

    /// All that can be reached.
    fn all(&self) -> Vec<(KeyName, String)> {
        let mut list: Vec<(KeyName, String)> = Vec::new();
        for entry in self.directory.entries() {
            let new = self.receiver(entry.key.name()).filter(|(name, _)| list.iter().all(|(known, _)| known != name));
            list.extend(new);
        }
        list
    }
}

/// Whether an act was sent to a receiver, and not refused.
fn was_sent(sent: &[Delivery], act: ActId, to: &KeyName) -> bool {
    let same = |delivery: &&Delivery| delivery.what.act == act && delivery.what.receiver == *to;
    sent.iter().filter(same).any(|delivery| delivery.state != DeliveryState::Refused)
}

/// The acts of this docket by which the matter was handed over.
fn handovers(offers: &mut Offers, opened: &Opened, book: &Book<'_>, sent: &[Delivery]) {
    let readings = effective(&opened.docket.entries).unwrap_or_default();
    for (entry, what, _) in readings.into_iter().filter(|(entry, ..)| entry.office == opened.docket.matter.home) {
        let (kind, to, words) = match what {
            Act::Forwarded(f) => {
                let named = f.to_office.as_ref().map(|office| office_key_name(office).ok());
                let to = named.unwrap_or_else(|| format!("netra/{}", f.authority).parse().ok());
                (BundleKind::Forwarding, to, format!("Penerusan surat nomor {}", f.letter))
            }
            Act::Delegated(d) => {
                let to = office_key_name(&d.to).ok();
                (BundleKind::Delegation, to, format!("Pelimpahan surat nomor {}", d.letter))
            }
            Act::RecommendationReceived(r) if r.employer_office.is_none() => {
                recommendation(offers, entry.id, &r.number, opened, book, sent);
                continue;
            }
            _ => continue,
        };
        let Some(to) = to else { continue };
        if was_sent(sent, entry.id, &to) {
            continue;
        }
        match book.receiver(&to) {
            Some(receiver) => offers.list.push(Offer { act: entry.id, kind, what: words, receivers: vec![receiver] }),
            None => offers.notes.push(format!("{words}: direktori kepercayaan tidak memuat alamat jaringan {to}.")),
        }
    }
}

/// A recommendation goes to the employer, whom the officer names.
fn recommendation(offers: &mut Offers, act: ActId, number: &str, opened: &Opened, book: &Book<'_>, sent: &[Delivery]) {
    // What a supervisor noted of a recommendation is no recommendation of its own.
    let ours = senders(&opened.docket.entries);
    // That the supervisor was told of it as the last act is another errand.
    let gone = |delivery: &Delivery| {
        let what = &delivery.what;
        what.act == act && what.kind == BundleKind::Forwarding && delivery.state != DeliveryState::Refused
    };
    if ours.is_empty() || sent.iter().any(gone) {
        return;
    }
    let mut receivers = book.all();
    receivers.retain(|(name, _)| !ours.contains(&name.as_str()));
    if !receivers.is_empty() {
        let what = format!("Rekomendasi nomor {number} kepada PPK");
        offers.list.push(Offer { act, kind: BundleKind::Forwarding, what, receivers });
    }
}

/// What was done since, for those who have the matter too.
fn progress(offers: &mut Offers, opened: &Opened, book: &Book<'_>, parties: &[KeyName], sent: &[Delivery]) {
    let entries = &opened.docket.entries;
    for (to, name) in parties.iter().filter_map(|party| book.receiver(party)) {
        let told =
            sent.iter().filter(|delivery| delivery.what.receiver == to && delivery.state != DeliveryState::Refused);
        let told: Vec<ActId> = told.map(|delivery| delivery.what.act).collect();
        let upto = entries.iter().filter(|entry| told.contains(&entry.id)).map(|entry| entry.n).max();
        let news = |entry: &&Entry| Some(entry.n) > upto && is_news(entry, to.as_str());
        let new: Vec<&Entry> = entries.iter().filter(news).collect();
        let Some(last) = new.last() else { continue };
        let first = new.first().map_or("", |entry| StepKind::of(&entry.what).done());
        let what = match new.len() {
            1 => format!("Tindakan baru untuk {name}: {first}"),
            count => format!("{count} tindakan baru untuk {name}, mulai dari: {first}"),
        };
        offers.list.push(Offer { act: last.id, kind: BundleKind::Answer, what, receivers: vec![(to, name)] });
    }
}

/// Whether an act tells a party something: not that its own bundle or receipt came in.
fn is_news(entry: &Entry, to: &str) -> bool {
    match &entry.what {
        Act::HistoryReceived(received) => received.from != to,
        Act::DeliveryConfirmed(_) => entry.by != Actor::System,
        _ => true,
    }
}

/// What a form names, if it is still offered: what was sent meanwhile is no fault.
async fn ask(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let opened = open(&app, &officer, &id).await?;
    let matter = &opened.docket.matter;
    if !policy::may_send(officer.account.role, &officer.office, matter) {
        return Err(PageError::Forbidden);
    }
    let (act, to, kind) = (form.get("act"), form.get("to"), form.get("kind"));
    let deliveries = app.store.deliveries(&officer.scope(), matter.id).await?;
    let offered = offers(&app, &officer, &opened, &deliveries).await?.list.into_iter();
    let mut chosen = offered.filter(|offer| offer.act.to_string() == act && kind_word(offer.kind) == kind);
    let chosen = chosen.find_map(|offer| {
        let receiver = offer.receivers.into_iter().find(|(name, _)| name.as_str() == to)?;
        Some((offer.act, offer.kind, receiver))
    });
    if let Some((act, kind, (receiver, receiver_name))) = chosen {
        let office = officer.office.id.clone();
        let (matter, asked) = (matter.id, officer.now(&app));
        app.store.ask_delivery(&NewDelivery { office, matter, act, kind, receiver, receiver_name, asked }).await?;
    } else if !deliveries.iter().any(|delivery| delivery.what.act.to_string() == act) {
        return Err(PageError::BadRequest(
            "Pilihan pengiriman ini tidak ada lagi. Muat ulang halaman perkara, lalu pilih lagi.".to_owned(),
        ));
    }
    Ok(back(&id))
}

/// Goes on with a delivery now instead of at its time.
async fn hurry(
    State(app): State<App>,
    officer: Officer,
    Path((id, delivery)): Path<(String, String)>,
    request: Request,
) -> Result<Response, PageError> {
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let opened = open(&app, &officer, &id).await?;
    let matter = &opened.docket.matter;
    if !policy::may_send(officer.account.role, &officer.office, matter) {
        return Err(PageError::Forbidden);
    }
    let delivery: DeliveryId = delivery.parse().map_err(|_| PageError::NotFound)?;
    // One that came to its end meanwhile has nothing to be hurried.
    app.store.hurry_delivery(&officer.scope(), matter.id, delivery).await?;
    Ok(back(&id))
}

fn back(id: &str) -> Response {
    Redirect::to(&format!("/meja/perkara/{id}#jaringan")).into_response()
}
