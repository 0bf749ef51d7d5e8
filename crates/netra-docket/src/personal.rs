//! Which sealed values of a docket are about one person.
//!
//! Read from the acts' JSON, so that a kind of act that names a person cannot be forgotten, and corrections, which
//! hold whole acts, count too. Values in free text about several people are not among them: whoever wrote a name
//! into an account of events corrects that act.

use serde_json::Value;

use crate::act::PersonalPart;
use crate::entry::Entry;
use crate::ids::{PersonNo, SealId};
use crate::private::seals;

/// The acts that hold what a person said or wrote, and where.
const STATEMENTS: [(&str, &str); 3] =
    [("clarified", "minutes"), ("absence-recorded", "reason"), ("reporter-wrote", "text")];

/// The seals of a person's values in some entries, each once, in the order of the docket. Values that were opened
/// have no seal: give the entries as they are recorded. O(size of the entries).
pub fn seals_of(entries: &[Entry], person: PersonNo, parts: &[PersonalPart]) -> Vec<SealId> {
    let mut found = Vec::new();
    for entry in entries {
        // Acts are plain data: they always serialise.
        if let Ok(value) = serde_json::to_value(&entry.what) {
            walk(&value, person, parts, &mut found);
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|id| seen.insert(*id));
    found
}

fn walk(value: &Value, person: PersonNo, parts: &[PersonalPart], found: &mut Vec<SealId>) {
    match value {
        Value::Object(map) => {
            let is = |key: &str| map.get(key).and_then(Value::as_u64) == Some(u64::from(person.0));
            if parts.contains(&PersonalPart::Identity) && map.contains_key("capacity") && is("no") {
                map.get("identity").into_iter().for_each(|identity| seals(identity, found));
            }
            if parts.contains(&PersonalPart::Statements) && is("person") {
                let act = map.get("act").and_then(Value::as_str);
                let said = STATEMENTS.iter().filter(|(kind, _)| act == Some(kind));
                said.filter_map(|(_, place)| map.get(*place)).for_each(|text| seals(text, found));
            }
            map.values().for_each(|inner| walk(inner, person, parts, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| walk(inner, person, parts, found)),
        _ => {}
    }
}
