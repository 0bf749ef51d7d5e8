//! Telling officers by mail what concerns them.
//!
//! **Purpose.** What happened becomes notices (`follow`), one for each event and officer; whoever's time has come is sent
//! as a mail (`send`), and each ends in the outbox as sent, failed or suppressed, with the reason. What events there are
//! stands in one table, `netra_store::NoticeKind`; whom they concern in `policy`.
//!
//! **Invariants.**
//! - A mail says what happened, the number of the matter, its stage and its next date, and leads to the desk. No name, no
//!   subject, no text, no file (`text`).
//! - What the reporter caused says nothing but that something is there: always the same words, some minutes later.
//! - Whether the recipient may hear of it is asked again when the mail leaves.
//! - An account gets so many mails an hour and no more, whatever happens; what is held back is told in one.
//! - Nothing that a mail server answers is kept or logged, but its code: it quotes addresses.

mod follow;
mod mail;
mod send;
mod text;

pub use follow::{follow_clocks, follow_once};
pub use mail::{BadMailServer, BadSmtpAddress, MailLogin, MailSecurity, MailServer, Mailer, SmtpAddress};
pub use send::{Outgoing, send_once};
