//! The desks: what people see who have an account.
//!
//! A session ([`session`]) names an officer and an office, once password and second factor were right ([`entrance`]); the policy table says what the role may
//! do, the store's scope which matters the office sees. A matter that an office may not see and a
//! matter that does not exist get the same answer.
//!
//! **Invariants.**
//! - No page is shown and nothing is written without asking the policy table.
//! - Whatever changes something is a POST that brings back the session's token.
//! - An office to which a matter was forwarded never gets the reporter or the witnesses: they are
//!   taken out of the docket before anything is made of it ([`redact`]).
//! - Exhibits are handed out as downloads, never shown; what is shown of a picture is a small one that this program wrote, of
//!   a chat export the words, as text ([`chat`]).
//! - Whatever leaves, or is looked at, is noted in the log of the exhibit first ([`custody`]).

use axum::Router;
use axum::extract::RawQuery;

use crate::app::App;
use crate::form::FormData;

mod account_log;
mod account_page;
mod accounts;
mod act_words;
pub mod asker;
mod audit;
mod calendar;
mod chat;
mod clock_view;
mod conversation;
pub(crate) mod custody;
mod delivery;
mod entrance;
mod events;
mod exhibit;
mod factor;
mod feed;
mod guessing;
mod health;
mod identity;
mod inbox;
mod invitation;
mod leads;
mod leaving;
pub mod login;
pub(crate) mod matter;
mod my_notices;
mod numbers;
mod office_form;
mod offices;
pub mod open;
mod outbox;
mod overview;
mod own_password;
mod own_sessions;
mod paper;
pub mod password;
mod pieces;
mod prevention;
pub(crate) mod queue;
pub(crate) mod redact;
mod regions;
pub mod registers;
pub mod schedule;
mod search;
mod second_step;
mod session;
pub mod setup;
pub mod step;
pub mod steps;
pub mod taking;
pub(crate) mod timeline;
mod tokens;
pub mod totp;
pub mod uploads;
mod vulnerability;
pub(crate) mod words;

/// All routes of the desks.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(login::routes())
        .merge(setup::routes())
        .merge(second_step::routes())
        .merge(invitation::routes())
        .merge(own_password::routes())
        .merge(own_sessions::routes())
        .merge(factor::routes())
        .merge(queue::routes())
        .merge(matter::routes())
        .merge(conversation::routes())
        .merge(my_notices::routes())
        .merge(outbox::routes())
        .merge(identity::routes())
        .merge(paper::routes())
        .merge(exhibit::routes())
        .merge(custody::routes())
        .merge(delivery::routes())
        .merge(chat::routes())
        .merge(pieces::routes())
        .merge(accounts::routes())
        .merge(account_page::routes())
        .merge(account_log::routes())
        .merge(leaving::routes())
        .merge(offices::routes())
        .merge(tokens::routes())
        .merge(numbers::routes())
        .merge(health::routes())
        .merge(inbox::routes())
        .merge(leads::routes())
        .merge(registers::routes())
        .merge(schedule::routes())
        .merge(feed::routes())
        .merge(search::routes())
        .merge(calendar::routes())
        .merge(audit::routes())
        .merge(overview::routes())
        .merge(prevention::routes())
        .merge(vulnerability::routes())
        .merge(step::routes())
}

/// The fields of an address's query; what can't be read counts as not given.
fn query(RawQuery(query): RawQuery) -> FormData {
    FormData::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default()
}

/// An entry of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

impl Choice {
    fn new(value: impl Into<String>, label: impl Into<String>, chosen: &str) -> Choice {
        let value = value.into();
        Choice { chosen: value == chosen, value, label: label.into() }
    }
}
