//! How answers look, said once: a type that is answered describes itself, and the checked-in description of the
//! interface is made of these descriptions.

use std::collections::BTreeMap;

use jiff::civil::Date;
use netra_docket::ids::{ActId, MatterId, OfficeId, TokenId};
use netra_law::pack::{Party, Regime};
use netra_law::time::Moment;
use netra_law::units::Unit;
use serde_json::{Map, Value, json};

/// The schemas that have a name, by name.
#[derive(Debug, Default)]
pub struct Book(BTreeMap<String, Value>);

/// A field of an object: its name, what it means, its schema.
pub type Field = (&'static str, &'static str, Value);

impl Book {
    /// Notes an object's schema, once, and gives the reference to it.
    pub fn object(&mut self, name: &str, about: &str, fields: fn(&mut Book) -> Vec<Field>) -> Value {
        if !self.0.contains_key(name) {
            // Kept free first, for objects that hold themselves.
            self.0.insert(name.to_owned(), Value::Null);
            let schema = object_schema(about, fields(self));
            self.0.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    /// The schemas.
    pub fn into_schemas(self) -> Map<String, Value> {
        self.0.into_iter().collect()
    }
}

fn object_schema(about: &str, fields: Vec<Field>) -> Value {
    let required: Vec<&str> = fields.iter().map(|(name, ..)| *name).collect();
    let properties: Map<String, Value> =
        fields.iter().map(|(name, about, schema)| ((*name).to_owned(), described(schema.clone(), about))).collect();
    json!({ "type": "object", "description": text(about), "properties": properties, "required": required })
}

/// A schema with a description; one that is referred to keeps its own beside it.
fn described(schema: Value, about: &str) -> Value {
    let mut schema = schema;
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), text(about).into());
    }
    schema
}

/// A doc comment as one line.
pub fn text(comment: &str) -> String {
    comment.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What can be answered or asked for.
pub trait Described {
    /// Its schema; objects are noted in the book.
    fn schema(book: &mut Book) -> Value;
}

impl<T: Described> Described for Option<T> {
    fn schema(book: &mut Book) -> Value {
        json!({ "anyOf": [T::schema(book), { "type": "null" }] })
    }
}

impl<T: Described> Described for Vec<T> {
    fn schema(book: &mut Book) -> Value {
        json!({ "type": "array", "items": T::schema(book) })
    }
}

/// Types whose schema is a constant.
macro_rules! plain {
    ($($type:ty => $schema:tt;)+) => {$(
        impl Described for $type {
            fn schema(_: &mut Book) -> Value {
                json!($schema)
            }
        }
    )+};
}

plain! {
    String => { "type": "string" };
    bool => { "type": "boolean" };
    u16 => { "type": "integer", "minimum": 0, "maximum": 65535 };
    u32 => { "type": "integer", "minimum": 0 };
    u64 => { "type": "integer", "minimum": 0 };
    i64 => { "type": "integer" };
    Date => { "type": "string", "format": "date" };
    Moment => { "type": "string", "format": "date-time" };
    MatterId => { "type": "string", "format": "uuid" };
    ActId => { "type": "string", "format": "uuid" };
    TokenId => { "type": "string", "format": "uuid" };
    OfficeId => { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$" };
    Regime => { "type": "string", "enum": ["pemilu", "pilkada", "discipline"] };
    Unit => { "type": "string", "enum": ["working-day", "calendar-day", "hour", "calendar-month"] };
    Party => { "type": "string", "enum": [
        "reporter", "office", "plenary", "employer", "authority", "police", "prosecutor", "court", "candidate", "official"
    ] };
}

/// An object that is answered: its comment and those of its fields are its description.
macro_rules! answer {
    ($(#[doc = $about:literal])+ $name:ident { $($(#[doc = $of_field:literal])+ $field:ident: $type:ty,)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, serde::Serialize)]
        pub struct $name {
            $($(#[doc = $of_field])+ pub $field: $type,)+
        }

        impl $crate::api::describe::Described for $name {
            fn schema(book: &mut $crate::api::describe::Book) -> serde_json::Value {
                book.object(stringify!($name), concat!($($about, " "),+), |book| vec![
                    $((
                        stringify!($field),
                        concat!($($of_field, " "),+),
                        <$type as $crate::api::describe::Described>::schema(book),
                    ),)+
                ])
            }
        }
    };
}

/// One of a fixed set of words: a type that stands for it, all of them, and what the word is.
macro_rules! word {
    ($(#[doc = $about:literal])+ $name:ident($inner:ty), $all:expr, $id:expr) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug)]
        pub struct $name(pub $inner);

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(($id)(self.0))
            }
        }

        impl $crate::api::describe::Described for $name {
            fn schema(_: &mut $crate::api::describe::Book) -> serde_json::Value {
                let words: Vec<&str> = $all.iter().map(|word| ($id)(*word)).collect();
                serde_json::json!({ "type": "string", "enum": words })
            }
        }
    };
}

pub(crate) use {answer, word};

#[cfg(test)]
mod tests {
    use netra_law::pack::Certainty;

    use super::*;

    answer! {
        /// A line that
        /// goes on.
        Sample {
            /// How many.
            count: u32,
            /// More of the same.
            more: Vec<Sample>,
        }
    }

    #[test]
    fn an_object_describes_itself_once_even_if_it_holds_itself() {
        let mut book = Book::default();
        let reference = Vec::<Sample>::schema(&mut book);
        assert_eq!(reference, json!({ "type": "array", "items": { "$ref": "#/components/schemas/Sample" } }));
        let schema = book.into_schemas().remove("Sample").unwrap();
        assert_eq!(schema["description"], "A line that goes on.");
        assert_eq!(schema["required"], json!(["count", "more"]));
        assert_eq!(schema["properties"]["count"]["description"], "How many.");
        let written = serde_json::to_value(Sample { count: 1, more: Vec::new() }).unwrap();
        assert_eq!(written, json!({ "count": 1, "more": [] }));
    }

    #[test]
    fn words_of_the_law_are_those_that_are_described() {
        let words = |schema: Value| -> Vec<String> { serde_json::from_value(schema["enum"].clone()).unwrap() };
        let mut book = Book::default();
        for regime in [Regime::Pemilu, Regime::Pilkada, Regime::Discipline] {
            assert!(words(Regime::schema(&mut book)).contains(&regime.id().to_owned()));
        }
        for unit in [Unit::WorkingDay, Unit::CalendarDay, Unit::Hour, Unit::CalendarMonth] {
            assert!(words(Unit::schema(&mut book)).contains(&unit.id().to_owned()));
        }
        for word in words(Party::schema(&mut book)) {
            assert!(serde_json::from_value::<Party>(word.clone().into()).is_ok(), "{word}");
        }
        assert_eq!(serde_json::to_value(Certainty::Verified).unwrap(), "verified");
    }
}
