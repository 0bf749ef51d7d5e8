//! The procedure: a matter is a docket, an append-only list of dated acts.
//!
//! **Purpose.** Acts ([`act`]), the matter folded from them ([`matter`]), the legal events they
//! stand for ([`events`]), the clocks that run ([`clocks`]), what can be done now ([`steps`]), and
//! dockets in which acts of other offices stand ([`history`]).
//!
//! **Invariants.**
//! - Everything here is a pure function of docket, law and a moment given as an argument.
//! - Acts are never changed; a correction is an act.
//! - No act holds a value that identifies a person: see [`private`].
//! - Numbers of days, articles and form codes come from the law packs, never from this code.
//!
//! **May not know** databases, files, HTTP, the current time, or how anything is displayed.
#![deny(missing_docs)]

pub mod act;
pub mod clocks;
pub mod entry;
pub mod events;
pub mod history;
pub mod ids;
pub mod matter;
pub mod messages;
pub mod person;
pub mod personal;
pub mod private;
pub mod steps;
