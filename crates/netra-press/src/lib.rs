//! The rendering room: papers become PDF/A here.
//!
//! **Purpose.** A [`Press`] holds the catalogue of official forms ([`Catalogue`], `forms/forms.toml`) and
//! their templates (`forms/**/*.typ`, written in Typst, to be read and mended by lawyers). It turns a
//! [`Paper`], which is what a form says in named sections, into a PDF/A-2a file ([`Press::render`]), and the papers
//! of a matter into one with a table of contents ([`Press::render_file`]).
//! [`sample()`] makes invented papers for every form.
//!
//! **Invariants**, guarded by `tests/`.
//! - A template names only fields that the catalogue lists for its form, and every required field is printed;
//!   [`Press::new`] refuses anything else and names it.
//! - Whatever a paper says is printed: sections that a template does not name follow at its end.
//! - What a paper says is data and never template text: nothing in it can run, import or read.
//! - A template reads nothing but the templates and the data: no file, no package, no clock.
//! - No word is lost to a missing letter: what no shipped font can draw is printed as `[U+1F600]`.
//! - The same paper gives the same bytes, and every file passes the PDF/A check of the exporter.
//!
//! **May not know** acts, matters, law, HTTP, the current time. Nothing outside this crate knows Typst.
#![deny(missing_docs)]

mod catalogue;
mod check;
mod error;
mod fonts;
mod legible;
mod paper;
mod press;
mod sample;
mod templates;
mod world;

pub use catalogue::{Catalogue, FieldKind, FieldRule, Form, FormLayout, Scope, Unseen};
pub use error::PressError;
pub use paper::{Field, Foot, Leaf, Letterhead, Meta, Paper, Part, Qr, Section, Signer};
pub use press::Press;
pub use sample::{Sample, sample};
pub use templates::Templates;
