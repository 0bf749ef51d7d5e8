//! What stands in an act, and what it refers to.

use std::collections::BTreeSet;

use netra_docket::entry::{Entry, canonical_bytes};
use netra_docket::ids::{MatterId, OfficeId, SealId};
use serde_json::{Map, Value};
use sqlx::any::AnyRow;

use crate::convert::{cell, seconds};

/// Reads an act; none unless its bytes are the canonical ones of an entry.
pub(super) fn read(body: &[u8]) -> Option<(Value, Entry)> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let entry = Entry::from_value(value.clone()).ok()?;
    (canonical_bytes(&value).ok()? == body).then_some((value, entry))
}

/// Whether the columns by which an act is found say what its bytes say.
pub(super) fn matches_columns(row: &AnyRow, entry: &Entry, office: &OfficeId, kind: &str) -> bool {
    let text = |column, expected: &str| cell::<&str>(row, column).is_ok_and(|text| text == expected);
    let number = |column, expected: i64| cell::<i64>(row, column).is_ok_and(|number| number == expected);
    text("id", &entry.id.to_string())
        && text("matter", &entry.matter.to_string())
        && text("kind", kind)
        && entry.office == *office
        && number("n", i64::from(entry.n))
        && number("at", seconds(entry.at))
        && number("recorded", seconds(entry.recorded))
}

/// Whether this is an act in which acts of another office came: not everything that they name came along.
pub(crate) fn is_history(map: &Map<String, Value>) -> bool {
    map.get("act").and_then(Value::as_str) == Some("history-received")
}

/// The texts of a list.
pub(crate) fn listed<'v>(map: &'v Map<String, Value>, name: &str) -> BTreeSet<&'v str> {
    map.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The digests of exhibits and the seals of private values in an act.
pub(crate) fn collect(
    value: &Value,
    matter: MatterId,
    digests: &mut BTreeSet<String>,
    seals: &mut Vec<(MatterId, SealId, String)>,
) {
    match value {
        Value::Object(map) if is_history(map) => {
            let (mut inner_digests, mut inner_seals) = (BTreeSet::new(), Vec::new());
            map.values().for_each(|value| collect(value, matter, &mut inner_digests, &mut inner_seals));
            let (absent, withheld) = (listed(map, "absent"), listed(map, "withheld"));
            digests.extend(inner_digests.into_iter().filter(|digest| !absent.contains(digest.as_str())));
            seals.extend(inner_seals.into_iter().filter(|(_, id, _)| !withheld.contains(id.to_string().as_str())));
        }
        Value::Object(map) => {
            let text = |name: &str| map.get(name).and_then(Value::as_str);
            if let (Some(digest), true) = (text("sha256"), map.contains_key("media_type")) {
                digests.insert(digest.to_owned());
            }
            if let (Some(id), Some(commitment)) = (text("id").and_then(|id| id.parse().ok()), text("commitment")) {
                seals.push((matter, id, commitment.to_owned()));
            }
            map.values().for_each(|value| collect(value, matter, digests, seals));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, matter, digests, seals)),
        _ => {}
    }
}
