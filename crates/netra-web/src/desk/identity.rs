//! A protected identity, shown for a short time to the officer who recorded its opening.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use netra_docket::act::Act;
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::AccountId;
use netra_docket::person::Identity;
use netra_docket::steps::StepKind;
use netra_law::time::{Moment, long_moment};

use super::open::open;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::page::{self, Chrome};
use crate::policy::{self, Relation};

/// For how many seconds an opening lasts.
const OPEN_FOR: i64 = 10 * 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/perkara/{matter}/identitas/{n}", get(show))
}

#[derive(Template)]
#[template(path = "desk/identity.html")]
struct IdentityPage {
    chrome: Chrome,
    link: String,
    capacity: &'static str,
    number: String,
    until: String,
    facts: Vec<(&'static str, String)>,
}

async fn show(
    State(app): State<App>,
    officer: Officer,
    Path((matter, n)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = open(&app, &officer, &matter).await?;
    if opened.relation != Relation::Handles
        || !policy::may_take(officer.account.role, opened.relation, StepKind::OpenIdentity)
    {
        return Err(PageError::Forbidden);
    }
    let now = officer.now(&app);
    let entry = opened.docket.entries.iter().find(|entry| entry.n.to_string() == n);
    let entry = entry.filter(|entry| is_open_for(entry, officer.account.id, now)).ok_or(PageError::NotFound)?;
    let Act::IdentityOpened(opening) = &entry.what else { return Err(PageError::NotFound) };
    let matter = &opened.docket.matter;
    let identity = app.store.opened_identity(&officer.scope(), matter.id, entry.id).await?;
    let identity = identity.ok_or(PageError::NotFound)?;
    let capacity = matter.person(opening.person).map_or("Orang", |person| person.capacity.indonesian());
    page::ok(&IdentityPage {
        chrome: officer.chrome(),
        link: format!("/meja/perkara/{}", matter.id),
        capacity,
        number: opening.person.to_string(),
        until: ends(entry).map(long_moment).unwrap_or_default(),
        facts: facts(identity),
    })
}

/// Whether an act opened an identity for this account, not long ago.
fn is_open_for(entry: &Entry, account: AccountId, now: Moment) -> bool {
    let own = matches!(&entry.by, Actor::Officer { account: by, .. } if *by == account);
    own && ends(entry).is_some_and(|end| now < end) && matches!(entry.what, Act::IdentityOpened(_))
}

fn ends(entry: &Entry) -> Option<Moment> {
    let end = entry.recorded.instant().checked_add(jiff::SignedDuration::from_secs(OPEN_FOR)).ok()?;
    Some(Moment::new(end, entry.recorded.zone()))
}

fn facts(identity: Identity) -> Vec<(&'static str, String)> {
    let all = [
        ("Nama", identity.name),
        ("Jabatan atau pekerjaan", identity.occupation),
        ("Instansi", identity.agency),
        ("NIP atau NIK", identity.id_number),
        ("Tempat dan tanggal lahir", identity.birth),
        ("Jenis kelamin", identity.sex),
        ("Kewarganegaraan", identity.citizenship),
        ("Alamat", identity.address),
        ("Telepon", identity.phone),
        ("Surel", identity.email),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}
