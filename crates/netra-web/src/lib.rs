//! HTTP: the public pages and the desks.
//!
//! **Purpose.** Turns requests into acts and dockets into pages. The public reports and follows
//! (`public`); officers work through their desks (`desk`) and are told by mail what concerns them ([`notify`]); other servers
//! deliver bundles (`antar`), other programs work through JSON (`api`).
//!
//! **Invariants.**
//! - Who may do what is asked of `policy` alone; what an office sees is bounded by a store scope.
//! - Every page works without script; nothing is loaded from elsewhere; nothing uploaded is served as active content.
//! - What was typed is never lost by an error; a form sent twice is recorded once.
//! - No personal data in addresses, logs, error pages or mails.
//! - The time comes from [`Clock`], never from the machine.
//!
//! **May not know** SQL, the shape of the packs' files, or how sheets are laid out.
#![deny(missing_docs)]

mod antar;
mod api;
mod app;
mod assets;
mod code;
mod desk;
mod dossier;
mod error;
pub mod evidence_words;
mod form;
mod ics;
pub mod notify;
mod page;
mod phone;
mod pieces;
mod policy;
mod printer;
mod public;
mod random;
mod scan;
mod security;

use axum::Router;

pub use api::{ApiRates, Rate, openapi};
pub use app::{App, Clock, Limits, SecondFactor, ServerSecret, Setup, Transport};
pub use code::{FormToken, TrackingCode, code_for};
pub use desk::login::{login_problem, normal_login};
pub use desk::password;
pub use desk::setup::setup_path;
pub use desk::totp;
pub use dossier::{NoDossier, dossier, letterhead, without_protected, without_reporter};
pub use policy::{fits_office, needs_second_factor};
pub use printer::Printer;
pub use random::{bytes as random_bytes, hex, uuid as random_uuid};
pub use scan::{BadScannerAddress, Scanner, ScannerAddress};

/// All routes over an application.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .merge(public::routes())
        .merge(desk::routes())
        .merge(antar::routes())
        .merge(api::routes())
        .merge(assets::routes());
    security::harden(routes, &app).with_state(app)
}
