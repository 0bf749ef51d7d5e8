//! The conversation of a matter: what reporter and office told one another, read from the docket.
//!
//! Only acts whose words are meant for the other side are messages. Corrections are carried out first, so that a message
//! that was taken back is none.

use netra_law::time::Moment;

use crate::act::Act;
use crate::entry::{Actor, Entry};
use crate::matter::{Refusal, effective};
use crate::private::Private;

/// Who wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Whoever has the tracking code.
    #[doc(alias = "pelapor")]
    Reporter,
    /// The office that handles the matter.
    Office,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "pesan")]
pub struct Message<'a> {
    /// Place of its act in the docket.
    pub n: u32,
    /// When it was written.
    pub at: Moment,
    /// Who wrote.
    pub from: Side,
    /// What.
    pub text: &'a Private<String>,
    /// How many exhibits came with it.
    pub exhibits: usize,
}

/// The messages of a docket, oldest first.
///
/// # Errors
/// The entries are not one whole docket.
pub fn messages(entries: &[Entry]) -> Result<Vec<Message<'_>>, Refusal> {
    Ok(effective(entries)?.into_iter().filter_map(|(entry, what, at)| message(entry, what, at)).collect())
}

fn message<'a>(entry: &Entry, what: &'a Act, at: Moment) -> Option<Message<'a>> {
    let (from, text, exhibits) = match what {
        Act::ReporterWrote(wrote) => (Side::Reporter, &wrote.text, wrote.exhibits.len()),
        Act::OfficeWrote(wrote) => (Side::Office, &wrote.text, 0),
        Act::RepairRequested(asked) => (Side::Office, &asked.note, 0),
        // What was brought to the counter is noted in the officer's words, not the reporter's.
        Act::RepairReceived(brought) if entry.by == Actor::Public => {
            (Side::Reporter, &brought.note, brought.exhibits.len())
        }
        _ => return None,
    };
    Some(Message { n: entry.n, at, from, text, exhibits })
}

/// How many messages a side has not seen: those of the other one after an act of the docket.
pub fn unread(messages: &[Message<'_>], reader: Side, seen: u32) -> usize {
    messages.iter().filter(|message| message.from != reader && message.n > seen).count()
}
