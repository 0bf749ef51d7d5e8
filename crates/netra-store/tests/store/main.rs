//! The store as its callers use it, on the embedded database. One program, so that it is linked once;
//! `tests/postgres` runs the same tests on a database server.

/// The database under these tests.
#[cfg(test)]
const BACKEND: common::Backend = common::Backend::Embedded;

#[cfg(test)]
mod account_events;
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod blobs;
#[cfg(test)]
mod bundles;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod check;
#[cfg(test)]
mod common;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod custody;
#[cfg(test)]
mod delivery;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod factors;
#[cfg(test)]
mod handover;
#[cfg(test)]
mod integrity;
#[cfg(test)]
mod invitations;
#[cfg(test)]
mod leads;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod likeness;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod personal;
#[cfg(test)]
mod prevention;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod received;
#[cfg(test)]
mod record;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod scopes;
#[cfg(test)]
mod search;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod witness;
