//! Papers of a matter: what an act says, as a readable sheet, and a matter as a dossier.
//!
//! **Purpose.** [`sheet()`] turns an act into a [`Sheet`](sheet::Sheet): headings, fields, tables and
//! signatures as data. [`render`] turns a sheet into HTML, alone or as a part of a page; another
//! rendering can be put beside it without touching what a sheet says: [`paper`] makes official forms of
//! sheets, as PDF files. [`dossier`] puts the acts,
//! their sheets and the exhibits of a matter into one archive that anyone can check.
//!
//! **Invariants**, guarded by `tests/sheets.rs`.
//! - A sheet says only what docket and law say: form codes, titles, articles and deadlines are those
//!   of the packs, dates and numbers those of the docket. What neither knows is left blank for a pen.
//! - A sealed value prints as [`SECRET`]. Sheets for the public name nobody.
//! - Every text is escaped; a sheet's HTML carries no script and asks no other host for anything.
//! - The same input gives the same bytes: nothing here reads a clock.
//! - A dossier holds the acts as they were recorded, sealed; a record with an open private value
//!   refuses to become part of one.
//!
//! **May not know** databases, files, HTTP, the current time, or who is logged in.
#![deny(missing_docs)]

mod build;
pub mod dossier;
mod error;
mod letterhead;
pub mod paper;
mod redact;
pub mod render;
pub mod sheet;
pub mod yearly;

pub use build::{CustodyLine, CustodyReport, SECRET, custody_report, sheet, sheet_in};
pub use error::FormError;
pub use letterhead::Letterhead;
pub use render::{document, fragment};
