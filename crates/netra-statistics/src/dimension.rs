//! What is counted, and by what it is divided.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! words {
    (
        $(#[$top:meta])* $name:ident;
        $($(#[$doc:meta])* $variant:ident = $id:literal;)+
    ) => {
        $(#[$top])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $id)] $variant,)+
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in JSON, files and the store.
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id),+ }
            }

            /// Reads the word back.
            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.id() == id)
            }
        }
    };
}

words! {
    /// What is counted.
    #[doc(alias = "satuan hitung")]
    Unit;
    /// Matters.
    Matters = "matters";
    /// Reported persons, within their matter.
    Persons = "persons";
    /// Types of violation held against a person.
    Violations = "violations";
    /// Persons in a forwarding.
    Forwardings = "forwardings";
}

words! {
    /// By what something is divided: a partition, each counted thing has exactly one value.
    #[doc(alias = "pembagian statistik")]
    Dimension;
    /// Report, finding, information.
    Source = "source";
    /// Where handling stands.
    Stage = "stage";
    /// The result at the supervisor.
    Outcome = "outcome";
    /// Whether deadlines were kept.
    Timeliness = "timeliness";
    /// Month of receipt.
    Month = "month";
    /// Days to the first initial study.
    DaysToStudy = "days-to-study";
    /// Days to registration.
    DaysToRegistration = "days-to-registration";
    /// Days from registration to plenary.
    DaysToDecision = "days-to-decision";
    /// Days from plenary to the first forwarding.
    DaysToForwarding = "days-to-forwarding";
    /// Kind of person.
    Subject = "subject";
    /// What plenary decided of a person.
    Result = "result";
    /// Whether a recommendation was followed.
    FollowUp = "follow-up";
    /// Level of the sanction.
    Sanction = "sanction";
    /// Days from forwarding to recommendation.
    DaysToRecommendation = "days-to-recommendation";
    /// Days from recommendation to sanction.
    DaysToSanction = "days-to-sanction";
    /// Type of violation.
    Violation = "violation";
    /// The receiver.
    Authority = "authority";
}

impl Dimension {
    /// What it divides.
    pub fn unit(self) -> Unit {
        match self {
            Dimension::Source
            | Dimension::Stage
            | Dimension::Outcome
            | Dimension::Timeliness
            | Dimension::Month
            | Dimension::DaysToStudy
            | Dimension::DaysToRegistration
            | Dimension::DaysToDecision
            | Dimension::DaysToForwarding => Unit::Matters,
            Dimension::Subject
            | Dimension::Result
            | Dimension::FollowUp
            | Dimension::Sanction
            | Dimension::DaysToRecommendation
            | Dimension::DaysToSanction => Unit::Persons,
            Dimension::Violation => Unit::Violations,
            Dimension::Authority => Unit::Forwardings,
        }
    }
}

impl Unit {
    /// The dimensions that divide it.
    pub fn dimensions(self) -> impl Iterator<Item = Dimension> {
        Dimension::ALL.iter().copied().filter(move |dimension| dimension.unit() == self)
    }

    /// The dimension over which its totals are summed. Any of its dimensions gives the same.
    pub fn lead(self) -> Dimension {
        match self {
            Unit::Matters => Dimension::Source,
            Unit::Persons => Dimension::Subject,
            Unit::Violations => Dimension::Violation,
            Unit::Forwardings => Dimension::Authority,
        }
    }
}

/// A value of a dimension: a word of `statistics/definitions.toml`, or an id of the law packs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Value(String);

impl Value {
    /// A value by its word.
    pub fn new(id: impl Into<String>) -> Value {
        Value(id.into())
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A row of the public tables: a part, or the sum of the parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Row {
    /// All of a unit.
    Total(Unit),
    /// Those with a value.
    Part(Dimension, Value),
}

impl Row {
    /// What it counts.
    pub fn unit(&self) -> Unit {
        match self {
            Row::Total(unit) => *unit,
            Row::Part(dimension, _) => dimension.unit(),
        }
    }

    /// The two words by which the store keeps it: of the dimension, or of the unit for a total; and of the value.
    pub fn words(&self) -> (&'static str, &str) {
        match self {
            Row::Total(unit) => (unit.id(), ""),
            Row::Part(dimension, value) => (dimension.id(), value.as_str()),
        }
    }

    /// Reads the two words back.
    pub fn from_words(first: &str, value: &str) -> Option<Row> {
        match (Unit::from_id(first), Dimension::from_id(first)) {
            (Some(unit), _) => Some(Row::Total(unit)),
            (None, Some(dimension)) => Some(Row::Part(dimension, Value::new(value))),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_and_units_differ_from_dimensions() {
        for unit in Unit::ALL {
            assert_eq!(Row::from_words(unit.id(), ""), Some(Row::Total(*unit)));
            assert_eq!(Dimension::from_id(unit.id()), None);
            assert_eq!(unit.lead().unit(), *unit);
            assert!(unit.dimensions().count() > 0);
        }
        for dimension in Dimension::ALL {
            let row = Row::Part(*dimension, Value::new("x"));
            let (first, value) = row.words();
            assert_eq!(Row::from_words(first, value), Some(row.clone()));
        }
        assert_eq!(Row::from_words("warna", "biru"), None);
    }
}
