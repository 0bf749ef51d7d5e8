//! By which words a matter is found.

use std::collections::BTreeSet;

use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_docket::person::Identity;
use serde_json::Value;

use crate::convert::bad_json;
use crate::types::StoreError;

/// Who searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// A supervisor: by everything that stands in the docket.
    Supervisor,
    /// An office to which something was forwarded: by number, subject, and the persons it must act on. Neither the
    /// reporter nor what somebody told may be found out by asking.
    Receiver,
}

/// Keys whose texts are words of the program, ids and digests.
const MACHINE: [&str; 25] = [
    "act",
    "at",
    "authority",
    "by",
    "capacity",
    "channel",
    "commitment",
    "contest",
    "dated",
    "forwarding",
    "ground",
    "id",
    "media_type",
    "mode",
    "of",
    "old",
    "new",
    "proposal",
    "regime",
    "seals",
    "sha256",
    "verdict",
    "answer",
    "delivery",
    "who",
];

/// The words of a matter that an office may find it by, as terms. Whoever is protected is not found by what others wrote
/// about them either.
pub(super) fn words(
    entries: &[Entry],
    protected: &[Identity],
    matter: &Matter,
    audience: Audience,
) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    if audience == Audience::Supervisor {
        for entry in entries {
            let act = serde_json::to_value(&entry.what).map_err(bad_json("acts"))?;
            walk(&act, &mut found);
        }
        let mut hidden = BTreeSet::new();
        protected.iter().for_each(|who| take_telling(who, &mut hidden));
        found.retain(|word| !hidden.contains(word));
    }
    let numbers = [matter.report_number.as_deref(), matter.registered.as_ref().map(|(_, number)| number.as_str())];
    numbers.into_iter().flatten().for_each(|number| take(number, &mut found));
    take(&matter.subject_line, &mut found);
    matter.reported().filter_map(|person| person.identity.open()).for_each(|who| take_official(who, &mut found));
    matter.forwardings.iter().for_each(|sent| take(&sent.what.letter, &mut found));
    Ok(found)
}

/// What tells who somebody is.
fn take_telling(who: &Identity, found: &mut BTreeSet<String>) {
    [&who.name, &who.address, &who.phone, &who.email, &who.id_number].into_iter().for_each(|text| take(text, found));
}

/// What an authority needs to know of somebody it must act on.
fn take_official(who: &Identity, found: &mut BTreeSet<String>) {
    [&who.name, &who.occupation, &who.agency, &who.id_number].into_iter().for_each(|text| take(text, found));
}

fn walk(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => take(text, found),
        Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        Value::Object(map) => {
            let told = map.iter().filter(|(key, _)| !MACHINE.contains(&key.as_str()));
            told.for_each(|(_, inner)| walk(inner, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn take(text: &str, found: &mut BTreeSet<String>) {
    found.extend(netra_words::terms(text));
}
