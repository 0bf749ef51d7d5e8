//! The tests of `tests/store` on a real PostgreSQL server, which they start.

/// The database under these tests.
#[cfg(test)]
const BACKEND: common::Backend = common::Backend::Server;

#[cfg(test)]
#[path = "../store/account_events.rs"]
mod account_events;
#[cfg(test)]
#[path = "../store/accounts.rs"]
mod accounts;
#[cfg(test)]
#[path = "../store/backup.rs"]
mod backup;
#[cfg(test)]
#[path = "../store/blobs.rs"]
mod blobs;
#[cfg(test)]
#[path = "../store/bundles.rs"]
mod bundles;
#[cfg(test)]
#[path = "../store/calendar.rs"]
mod calendar;
#[cfg(test)]
#[path = "../store/check.rs"]
mod check;
#[cfg(test)]
#[path = "../store/common.rs"]
mod common;
#[cfg(test)]
#[path = "../store/concurrency.rs"]
mod concurrency;
#[cfg(test)]
#[path = "../store/custody.rs"]
mod custody;
#[cfg(test)]
#[path = "../store/delivery.rs"]
mod delivery;
#[cfg(test)]
#[path = "../store/desk.rs"]
mod desk;
#[cfg(test)]
#[path = "../store/drafts.rs"]
mod drafts;
#[cfg(test)]
#[path = "../store/factors.rs"]
mod factors;
#[cfg(test)]
#[path = "../store/handover.rs"]
mod handover;
#[cfg(test)]
#[path = "../store/integrity.rs"]
mod integrity;
#[cfg(test)]
#[path = "../store/invitations.rs"]
mod invitations;
#[cfg(test)]
#[path = "../store/leads.rs"]
mod leads;
#[cfg(test)]
#[path = "../store/ledger.rs"]
mod ledger;
#[cfg(test)]
#[path = "../store/likeness.rs"]
mod likeness;
#[cfg(test)]
#[path = "../store/messages.rs"]
mod messages;
#[cfg(test)]
#[path = "../store/notices.rs"]
mod notices;
#[cfg(test)]
#[path = "../store/outbox.rs"]
mod outbox;
#[cfg(test)]
#[path = "../store/personal.rs"]
mod personal;
#[cfg(test)]
#[path = "../store/prevention.rs"]
mod prevention;
#[cfg(test)]
#[path = "../store/privacy.rs"]
mod privacy;
#[cfg(test)]
mod processes;
#[cfg(test)]
#[path = "../store/received.rs"]
mod received;
#[cfg(test)]
#[path = "../store/record.rs"]
mod record;
#[cfg(test)]
#[path = "../store/registers.rs"]
mod registers;
#[cfg(test)]
#[path = "../store/scopes.rs"]
mod scopes;
#[cfg(test)]
#[path = "../store/search.rs"]
mod search;
#[cfg(test)]
#[path = "../store/statistics.rs"]
mod statistics;
#[cfg(test)]
#[path = "../store/tokens.rs"]
mod tokens;
#[cfg(test)]
#[path = "../store/trouble.rs"]
mod trouble;
#[cfg(test)]
#[path = "../store/uploads.rs"]
mod uploads;
#[cfg(test)]
#[path = "../store/witness.rs"]
mod witness;
