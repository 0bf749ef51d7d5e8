//! Dockets in which acts of other offices stand.
//!
//! When a matter goes from one system to another, its acts go along, and come back with what was done since. They are
//! kept as they were recorded, inside an [`Act::HistoryReceived`], and read as if they stood in its place. Ids of acts
//! stay the same on the way, so that whatever arrives twice counts once, and the dockets of sender, authority and
//! employer come to the same matter.
//!
//! **Invariants.**
//! - An act of another office never gives the matter away, names an officer of this one or shows it to an office of
//!   this system: [`Matter::fold`](crate::matter::Matter::fold) passes over those parts.
//! - Nobody corrects what another office recorded.
//! - What comes back from an authority or an employer is only what they have to say: [`check_answer`].

use std::collections::HashSet;

use crate::act::Act;
use crate::entry::Entry;
use crate::ids::{ActId, MatterId};
use crate::matter::Refusal;

/// All acts of a docket in the order in which they are read: those of other offices before the act with which they
/// came, each once. O(acts).
///
/// # Errors
/// An entry is out of place or of another matter, or says to be of this office and is not known.
pub fn flat(entries: &[Entry]) -> Result<Vec<&Entry>, Refusal> {
    for (place, entry) in entries.iter().enumerate() {
        check_place(entries, place, entry)?;
    }
    if !entries.iter().any(|entry| matches!(entry.what, Act::HistoryReceived(_))) {
        return Ok(entries.iter().collect());
    }
    let mut all = Flat { seen: entries.iter().map(|entry| entry.id).collect(), list: Vec::new() };
    for entry in entries {
        all.take_inner(entry, entry)?;
        all.list.push(entry);
    }
    Ok(all.list)
}

struct Flat<'a> {
    seen: HashSet<ActId>,
    list: Vec<&'a Entry>,
}

impl<'a> Flat<'a> {
    /// Takes the acts that came with an entry; `outer` stands in the docket itself.
    fn take_inner(&mut self, entry: &'a Entry, outer: &Entry) -> Result<(), Refusal> {
        let Act::HistoryReceived(received) = &entry.what else { return Ok(()) };
        for inner in &received.entries {
            if self.seen.contains(&inner.id) {
                continue;
            }
            if inner.matter != outer.matter {
                return Err(Refusal::Foreign(outer.n));
            }
            if inner.office == outer.office {
                return Err(Refusal::NotRecordedHere(inner.n));
            }
            self.take_inner(inner, outer)?;
            self.seen.insert(inner.id);
            self.list.push(inner);
        }
        Ok(())
    }
}

fn check_place(entries: &[Entry], place: usize, entry: &Entry) -> Result<(), Refusal> {
    let expected = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
    if entry.n != expected {
        return Err(Refusal::Order { expected, found: entry.n });
    }
    match entries.first() {
        Some(first) if first.matter != entry.matter => Err(Refusal::Foreign(entry.n)),
        _ => Ok(()),
    }
}

/// The ids of all acts of a docket, those of other offices included.
///
/// # Errors
/// As [`flat`].
pub fn known(entries: &[Entry]) -> Result<HashSet<ActId>, Refusal> {
    Ok(flat(entries)?.into_iter().map(|entry| entry.id).collect())
}

/// What an office has to send to another one: its own acts, and those that came from elsewhere. What came from the
/// other one itself stays behind: it is there already. `to` is the name of its key.
pub fn for_office<'a>(entries: &'a [Entry], to: &str) -> Vec<&'a Entry> {
    let stays = |entry: &&Entry| matches!(&entry.what, Act::HistoryReceived(received) if received.from == to);
    entries.iter().filter(|entry| !stays(entry)).collect()
}

/// The names of the keys of the offices from which acts came.
pub fn senders(entries: &[Entry]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for entry in entries {
        if let Act::HistoryReceived(received) = &entry.what
            && !names.contains(&received.from.as_str())
        {
            names.push(&received.from);
        }
    }
    names
}

/// Whether acts that came back are such as an authority or an employer records; those that are known already may be
/// anything. The matter is the one that they must be about.
///
/// # Errors
/// The first act that is of another matter or not theirs to record.
pub fn check_answer(known: &HashSet<ActId>, matter: MatterId, offered: &[Entry]) -> Result<(), Refusal> {
    for entry in offered.iter().filter(|entry| !known.contains(&entry.id)) {
        if entry.matter != matter {
            return Err(Refusal::Foreign(entry.n));
        }
        if !is_answer(&entry.what) {
            return Err(Refusal::NoAnswer(entry.n));
        }
        if let Act::HistoryReceived(received) = &entry.what {
            check_answer(known, matter, &received.entries)?;
        }
    }
    Ok(())
}

/// Whether an authority or an employer records such acts.
fn is_answer(act: &Act) -> bool {
    matches!(
        act,
        Act::DeliveryConfirmed(_)
            | Act::ForwardingReturned(_)
            | Act::ForwardingVerified(_)
            | Act::AuthorityExamined(_)
            | Act::AuthorityClosed(_)
            | Act::RecommendationReceived(_)
            | Act::EmployerPressed(_)
            | Act::RecommendationDelivered(_)
            | Act::EmployeeSummoned(_)
            | Act::EmployeeAbsent(_)
            | Act::TeamFormed(_)
            | Act::EmployeeExamined(_)
            | Act::SanctionReported(_)
            | Act::DecisionServed(_)
            | Act::AppealLodged(_)
            | Act::AppealDecided(_)
            | Act::DatesRecomputed(_)
            | Act::HistoryReceived(_)
            | Act::Corrected(_)
    )
}
