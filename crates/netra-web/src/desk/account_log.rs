//! The log of what happened to accounts, for their administrators. It holds no addresses of networks, and of devices a
//! coarse word only.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use netra_docket::ids::AccountId;
use netra_law::time::{Moment, Zone, short_moment};
use netra_store::{Account, AccountEvent, AccountEventKind, Role};

use super::accounts::administered;
use super::session::Officer;
use crate::app::App;
use crate::error::PageError;
use crate::page::{self, Chrome};
use crate::policy::Action;

/// Events of one office on the page.
const SHOWN: u32 = 200;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/akun/catatan", get(show))
}

#[derive(Template)]
#[template(path = "desk/account_log.html")]
struct LogPage {
    chrome: Chrome,
    offices: Vec<OfficeLog>,
}

struct OfficeLog {
    title: String,
    events: Vec<EventView>,
}

/// A line of the log.
pub(super) struct EventView {
    pub(super) at: String,
    pub(super) account: String,
    pub(super) what: String,
    pub(super) by: String,
    /// Whether an administrator should look at it.
    pub(super) alarming: bool,
}

async fn show(State(app): State<App>, officer: Officer) -> Result<Response, PageError> {
    officer.require(Action::SeeAccountLog)?;
    let mut offices = Vec::new();
    let all = administered(&app, &officer).await?;
    let mut names = HashMap::new();
    for office in &all {
        names.extend(names_of(&app.store.accounts_of(&office.id).await?));
    }
    for office in all {
        let events = app.store.account_events(&office.id, None, SHOWN).await?;
        let events = events.iter().map(|event| view(event, &names, officer.office.zone)).collect();
        offices.push(OfficeLog { title: office.name, events });
    }
    page::ok(&LogPage { chrome: officer.chrome(), offices })
}

/// Login names by account.
pub(super) fn names_of(accounts: &[Account]) -> HashMap<AccountId, String> {
    accounts.iter().map(|account| (account.id, account.login.clone())).collect()
}

/// An event in words. Accounts of other offices are not named.
pub(super) fn view(event: &AccountEvent, names: &HashMap<AccountId, String>, zone: Zone) -> EventView {
    let name = |id: &AccountId| names.get(id).cloned().unwrap_or_else(|| "akun kantor lain".to_owned());
    let detail = detail(event);
    let words = event.kind.indonesian();
    EventView {
        at: short_moment(Moment::new(event.at, zone)),
        account: name(&event.account),
        what: if detail.is_empty() { words.to_owned() } else { format!("{words} ({detail})") },
        by: event.actor.as_ref().map(name).unwrap_or_default(),
        alarming: matches!(
            event.kind,
            AccountEventKind::SlowedDown | AccountEventKind::RecoveryUsed | AccountEventKind::FactorRemoved
        ),
    }
}

fn detail(event: &AccountEvent) -> String {
    let detail = event.detail.as_str();
    match event.kind {
        AccountEventKind::Created | AccountEventKind::RoleChanged => {
            Role::from_id(detail).map_or_else(String::new, |role| role.indonesian().to_owned())
        }
        AccountEventKind::SlowedDown => {
            let minutes = detail.parse::<i64>().map_or(1, |seconds| seconds.div_euclid(60).max(1));
            format!("{minutes} menit")
        }
        AccountEventKind::RecoveryUsed => format!("tersisa {detail}"),
        AccountEventKind::SessionsEnded => format!("{detail} sesi"),
        AccountEventKind::HandedOver => format!("{detail} perkara"),
        _ => detail.to_owned(),
    }
}
