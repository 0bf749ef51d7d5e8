//! Taking the reporter and the witnesses, and others who only know something, out of a docket
//! before another agency reads it.
//!
//! Works on the acts' JSON, so that no field in which a person can stand is forgotten. What goes:
//! the identities themselves, what these persons said in clarifications and letters, who handed an
//! exhibit over, and every mention of their names, numbers and addresses in what others wrote.

use std::collections::BTreeSet;

use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_docket::person::{Capacity, Identity, Person};
use netra_law::Law;
use netra_store::Docket;
use serde_json::{Map, Value, json};

use crate::error::PageError;

/// Stands where something was taken out.
pub(super) const HIDDEN: &str = "[identitas dirahasiakan]";

/// Shorter texts would take out half of the language.
const SHORTEST_SECRET: usize = 3;

/// Private fields that hold what the reporter said or was told, by act.
const REPORTERS_WORDS: [(&str, &str); 5] = [
    ("withdrawn", "reason"),
    ("repair-requested", "note"),
    ("repair-received", "note"),
    ("reporter-wrote", "text"),
    ("office-wrote", "text"),
];

/// The docket without whoever must stay unnamed.
pub(crate) fn hide_reporter(docket: &Docket, law: &Law) -> Result<Docket, PageError> {
    let values: Result<Vec<Value>, _> = docket.entries.iter().map(Entry::to_value).collect();
    let values = values.map_err(|error| failed(&error))?;
    let secrets = Secrets::of(&docket.matter, &docket.protected, &values);
    taken_out(docket, values, &secrets, law)
}

/// The docket without mentions of those whose identity is protected.
pub(crate) fn hide_protected(docket: Docket, law: &Law) -> Result<Docket, PageError> {
    if docket.protected.is_empty() {
        return Ok(docket);
    }
    let values: Result<Vec<Value>, _> = docket.entries.iter().map(Entry::to_value).collect();
    let values = values.map_err(|error| failed(&error))?;
    let secrets = Secrets::protected(&docket.protected, &values);
    taken_out(&docket, values, &secrets, law)
}

fn taken_out(docket: &Docket, mut values: Vec<Value>, secrets: &Secrets, law: &Law) -> Result<Docket, PageError> {
    for what in values.iter_mut().filter_map(|entry| entry.get_mut("what")) {
        secrets.take_out(what);
    }
    let entries: Result<Vec<Entry>, _> = values.into_iter().map(Entry::from_value).collect();
    let entries = entries.map_err(|error| failed(&error))?;
    let matter = Matter::fold(&entries, law).map_err(|error| failed(&error))?;
    Ok(Docket { entries, matter, protected: docket.protected.clone() })
}

/// Only the kind of failure is told: the value could be a name.
fn failed(_: &dyn std::error::Error) -> PageError {
    tracing::error!("a docket could not be read without its reporter");
    PageError::Internal
}

/// What must not be told.
struct Secrets {
    /// Numbers of the persons who stay unnamed; none if only mentions of sealed persons are to go.
    numbers: Option<BTreeSet<u64>>,
    /// Texts that give them away, folded to lower case, longest first.
    texts: Vec<Vec<char>>,
}

impl Secrets {
    fn of(matter: &Matter, protected: &[Identity], values: &[Value]) -> Secrets {
        let unnamed = |p: &&Person| matches!(p.capacity, Capacity::Reporter | Capacity::Witness | Capacity::Related);
        let numbers: BTreeSet<u64> = matter.persons.iter().filter(unnamed).map(|p| u64::from(p.no.0)).collect();
        let (mut hidden, mut shown) = (texts_of(protected), Vec::new());
        values.iter().for_each(|v| gather(v, Some(&numbers), &mut hidden, &mut shown));
        Secrets::new(Some(numbers), hidden, &shown)
    }

    /// Only mentions of some people, who are sealed themselves already.
    fn protected(protected: &[Identity], values: &[Value]) -> Secrets {
        let (mut hidden, mut shown) = (texts_of(protected), Vec::new());
        values.iter().for_each(|v| gather(v, None, &mut hidden, &mut shown));
        Secrets::new(None, hidden, &shown)
    }

    fn new(numbers: Option<BTreeSet<u64>>, mut hidden: BTreeSet<String>, shown: &[String]) -> Secrets {
        // A text that is also part of a named person's identity can't be taken out of sentences
        // without pointing at the wrong one.
        hidden.retain(|secret| !shown.iter().any(|name| name.contains(secret.as_str())));
        let mut texts: Vec<Vec<char>> = hidden.into_iter().map(|text| text.chars().collect()).collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Secrets { numbers, texts }
    }

    fn take_out(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(masked) = self.masked(text) {
                    *text = masked;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.take_out(item)),
            Value::Object(map) => self.take_out_of_map(map),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn take_out_of_map(&self, map: &mut Map<String, Value>) {
        if let Some(numbers) = &self.numbers {
            silence(map, numbers);
        }
        if self.numbers.is_some() && map.contains_key("file_name") {
            map.remove("from");
        }
        let is_person = is_person(map);
        if is_person && self.numbers.as_ref().is_some_and(|numbers| is_unnamed(map, numbers)) {
            map.insert("identity".to_owned(), sealed());
        }
        for (key, inner) in map.iter_mut() {
            // Identities of the others stay as they were written.
            if !(is_person && key == "identity") {
                self.take_out(inner);
            }
        }
    }

    /// A text without the secrets, if it holds any.
    fn masked(&self, text: &str) -> Option<String> {
        let plain: Vec<char> = text.chars().collect();
        let folded: Vec<char> = plain.iter().map(|c| fold(*c)).collect();
        let mut out = String::with_capacity(text.len());
        let (mut at, mut found) = (0, false);
        while let Some(letter) = plain.get(at) {
            match self.texts.iter().find(|secret| stands_at(&folded, at, secret)) {
                Some(secret) => {
                    out.push_str(HIDDEN);
                    at += secret.len();
                    found = true;
                }
                None => {
                    out.push(*letter);
                    at += 1;
                }
            }
        }
        found.then_some(out)
    }
}

/// Takes out what the unnamed persons said themselves.
fn silence(map: &mut Map<String, Value>, numbers: &BTreeSet<u64>) {
    let Some(act) = map.get("act").and_then(Value::as_str).map(str::to_owned) else { return };
    for (_, field) in REPORTERS_WORDS.iter().filter(|(of, _)| *of == act) {
        map.insert((*field).to_owned(), sealed());
    }
    let about = map.get("person").and_then(Value::as_u64);
    if !about.is_some_and(|no| numbers.contains(&no)) {
        return;
    }
    match act.as_str() {
        "clarified" => {
            map.insert("minutes".to_owned(), sealed());
        }
        "absence-recorded" => {
            map.remove("reason");
        }
        _ => {}
    }
}

/// Whether a text stands at a place as words of its own.
fn stands_at(folded: &[char], at: usize, secret: &[char]) -> bool {
    let end = at + secret.len();
    let free = |place: Option<usize>| !place.and_then(|p| folded.get(p)).is_some_and(|c| c.is_alphanumeric());
    folded.get(at..end) == Some(secret) && free(at.checked_sub(1)) && free(Some(end))
}

/// Lower case, letter by letter, so that places stay the same.
fn fold(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn texts_of(identities: &[Identity]) -> BTreeSet<String> {
    let values = identities.iter().filter_map(|identity| serde_json::to_value(identity).ok());
    values.flat_map(|identity| telling_texts(&identity)).collect()
}

/// Collects what gives unnamed persons away, and the names of the others. Without numbers, nobody is unnamed who is not
/// sealed.
fn gather(value: &Value, numbers: Option<&BTreeSet<u64>>, hidden: &mut BTreeSet<String>, shown: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if is_person(map) {
                let identity = map.get("identity").and_then(|i| i.get("private"));
                let texts = identity.map(telling_texts).unwrap_or_default();
                if numbers.is_some_and(|numbers| is_unnamed(map, numbers)) {
                    hidden.extend(texts)
                } else {
                    shown.extend(texts)
                }
            }
            map.values().for_each(|inner| gather(inner, numbers, hidden, shown));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, numbers, hidden, shown)),
        _ => {}
    }
}

/// Name, bare name, telephone, e-mail, id number and address of an identity, in lower case.
fn telling_texts(identity: &Value) -> Vec<String> {
    let field = |key: &str| identity.get(key).and_then(Value::as_str).unwrap_or_default();
    let name = field("name");
    let texts = [name, bare_name(name), field("phone"), field("email"), field("id_number"), field("address")];
    let folded = texts.iter().map(|text| text.trim().chars().map(fold).collect::<String>());
    folded.filter(|text| text.chars().count() >= SHORTEST_SECRET).collect()
}

/// A name without degrees behind a comma and abbreviated titles before it: `Dra. Siti Contoh, M.Si.`
fn bare_name(name: &str) -> &str {
    let mut bare = name.split(',').next().unwrap_or(name).trim();
    while let Some((_, rest)) = bare.split_once(' ').filter(|(title, _)| title.ends_with('.')) {
        bare = rest.trim_start();
    }
    bare
}

fn is_person(map: &Map<String, Value>) -> bool {
    map.contains_key("capacity") && map.contains_key("identity")
}

/// Whether somebody stays unnamed: now, or when this was written.
fn is_unnamed(person: &Map<String, Value>, numbers: &BTreeSet<u64>) -> bool {
    let listed = person.get("no").and_then(Value::as_u64).is_some_and(|no| numbers.contains(&no));
    listed || matches!(person.get("capacity").and_then(Value::as_str), Some("reporter" | "witness" | "related"))
}

/// A private value that nothing opens.
fn sealed() -> Value {
    json!({ "sealed": { "id": uuid::Uuid::nil(), "commitment": "" } })
}

#[cfg(test)]
mod tests {
    use netra_docket::act::{Act, Channel, Exhibit, ExhibitLabel, Incident, Report, Withdrawn};
    use netra_docket::entry::Actor;
    use netra_docket::ids::{ActId, ExhibitNo, MatterId, PersonNo};
    use netra_docket::person::Identity;
    use netra_docket::private::Private;
    use netra_law::pack::Regime;

    use super::*;

    fn person(no: u16, capacity: Capacity, name: &str, phone: &str) -> Person {
        let identity = Identity { name: name.to_owned(), phone: phone.to_owned(), ..Identity::default() };
        Person { no: PersonNo(no), capacity, subject: None, standing: None, identity: Private::Open(identity) }
    }

    fn docket() -> Docket {
        let report = Report {
            regime: Regime::Pemilu,
            contest: "PL".to_owned(),
            channel: Channel::Counter,
            subject_line: "Ajakan di grup percakapan".to_owned(),
            event: Incident {
                account: Private::Open("Saya, siti contoh (0812 000), melihat Camat Uji bersama Sitinah.".to_owned()),
                place: "Balikpapan".to_owned().into(),
                happened: None,
                known: None,
            },
            persons: vec![
                person(1, Capacity::Reporter, "Dra. Siti Contoh, M.Si.", "0812 000"),
                person(2, Capacity::Reported, "Camat Uji", "0899"),
                person(3, Capacity::Witness, "Camat", ""),
            ],
            exhibits: vec![Exhibit {
                no: ExhibitNo(1),
                sha256: "00".repeat(32),
                size: 1,
                media_type: "image/jpeg".to_owned(),
                label: Private::Open(ExhibitLabel {
                    file_name: "dari Siti Contoh.jpg".to_owned(),
                    description: String::new(),
                    from: "Siti Contoh".to_owned(),
                }),
                source: None,
            }],
        };
        let withdrawn = Act::Withdrawn(Withdrawn { reason: Private::Open("Saya takut.".to_owned()) });
        let entry = |n: u32, what: Act| Entry {
            id: ActId::new(uuid::Uuid::from_u128(u128::from(n))),
            matter: MatterId::new(uuid::Uuid::nil()),
            office: "bawaslu-balikpapan".parse().unwrap(),
            n,
            at: "2024-01-19T10:00:00+08:00".parse().unwrap(),
            recorded: "2024-01-19T10:00:00+08:00".parse().unwrap(),
            by: Actor::Public,
            what,
        };
        let entries = vec![entry(1, Act::ReportReceived(report)), entry(2, withdrawn)];
        let matter = Matter::fold(&entries, &Law::embedded().unwrap()).unwrap();
        Docket { entries, matter, protected: Vec::new() }
    }

    #[test]
    fn nothing_of_the_reporter_is_left() {
        let hidden = hide_reporter(&docket(), &Law::embedded().unwrap()).unwrap();
        let text = format!("{:?}", hidden.entries) + &format!("{:?}", hidden.matter);
        for secret in ["Siti Contoh", "siti contoh", "Dra.", "0812", "Saya takut"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert_eq!(hidden.matter.persons[0].identity.open(), None);
        assert_eq!(hidden.matter.persons[2].identity.open(), None);
    }

    #[test]
    fn the_rest_stays_readable() {
        let hidden = hide_reporter(&docket(), &Law::embedded().unwrap()).unwrap();
        let account = hidden.matter.event.as_ref().and_then(|e| e.account.open()).unwrap();
        // Words that only begin alike stay, and so does what is part of the reported person's name.
        assert_eq!(account, &format!("Saya, {HIDDEN} ({HIDDEN}), melihat Camat Uji bersama Sitinah."));
        let reported = hidden.matter.persons[1].identity.open().unwrap();
        assert_eq!((reported.name.as_str(), reported.phone.as_str()), ("Camat Uji", "0899"));
        let label = hidden.matter.exhibits[0].label.open().unwrap();
        assert_eq!((label.file_name.as_str(), label.from.as_str()), (format!("dari {HIDDEN}.jpg").as_str(), ""));
    }

    #[test]
    fn titles_and_degrees_are_no_part_of_a_bare_name() {
        for (name, bare) in
            [("Dra. Siti Contoh, M.Si.", "Siti Contoh"), ("H. A. Uji", "Uji"), ("Budi", "Budi"), ("", "")]
        {
            assert_eq!(bare_name(name), bare);
        }
    }
}
