//! Real servers for tests.
//!
//! **Purpose.** Starts a server that a package provides on a free port with a folder of its own, gives its
//! address, and stops it when dropped ([`Postgres`], [`S3`], [`Smtp`]); runs validators that others wrote ([`validate_bag`],
//! [`examine_api`]).
//!
//! **Invariants.** Nothing outside the server's folder is touched; every server listens on this machine only;
//! what is missing is named together with the command that installs it.
//!
//! **May not know** any other crate of the workspace. Only the standard library is used, because the first
//! command that anybody runs, `cargo xtask`, is built upon it.
#![deny(missing_docs)]

mod api;
mod bags;
mod postgres;
mod run;
mod s3;
mod smtp;

pub use api::{SCHEMATHESIS, examine_api, schemathesis_is_installed};
pub use bags::{VALIDATORS, validate_bag, validators_are_installed};
pub use postgres::{Postgres, SHARED};
pub use run::ServerError;
pub use s3::{MOTO, S3};
pub use smtp::{AIOSMTPD, Received, Smtp};
