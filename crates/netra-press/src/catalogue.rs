//! The catalogue of forms, as `forms/forms.toml` holds it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// All forms, and the codes of which nothing was seen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "daftar formulir")]
pub struct Catalogue {
    /// Forms in the order of the file.
    #[serde(rename = "form")]
    pub forms: Vec<Form>,
    /// Codes that exist and whose forms were not seen.
    #[serde(default)]
    pub unseen: Vec<Unseen>,
}

/// An official form in one of its versions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "formulir")]
pub struct Form {
    /// By which people ask for it: its code, or a word where no code was seen.
    pub id: String,
    /// The code printed on it; none where no regulation or real form shows one.
    #[serde(default)]
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Regimes in whose procedures it is used: `pemilu`, `pilkada`.
    pub regimes: Vec<String>,
    /// First day on which it is used.
    pub valid_from: Date,
    /// Last day, if there is one.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Where its look comes from.
    pub layout: FormLayout,
    /// Template below `forms/`.
    pub template: String,
    /// The step of the procedure that it records; none if it is not made from the docket.
    #[serde(default)]
    pub step: Option<String>,
    /// Which papers of that step, where one step has several forms: a kind of violation, a kind of oath.
    #[serde(default)]
    pub variant: Option<String>,
    /// What of the paper it prints.
    #[serde(default)]
    pub scope: Scope,
    /// The regulation and article.
    pub cite: String,
    /// How sure its fields are: `verified`, `secondary`, `uncertain`.
    pub certainty: String,
    /// What is in doubt.
    #[serde(default)]
    pub note: Option<String>,
    /// What a paper must bring.
    #[serde(default)]
    pub fields: Vec<FieldRule>,
    /// What a paper may bring besides.
    #[serde(default)]
    pub optional: Vec<FieldRule>,
}

/// A field of a form, written `section: kind` or `section.field: kind`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct FieldRule {
    /// Name of a section, or of a field as `section.field`.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
}

impl FieldRule {
    /// The section that it is, or is in.
    pub fn section(&self) -> &str {
        self.name.split_once('.').map_or(self.name.as_str(), |(section, _)| section)
    }
}

impl TryFrom<String> for FieldRule {
    type Error = String;

    fn try_from(text: String) -> Result<FieldRule, String> {
        let (name, word) =
            text.split_once(':').ok_or_else(|| format!("'{text}': write it like 'section.field: line'"))?;
        let kind = FieldKind::from_id(word.trim());
        let kind = kind.ok_or_else(|| format!("'{text}': there is no kind of field '{}'", word.trim()))?;
        Ok(FieldRule { name: name.trim().to_owned(), kind })
    }
}

/// Where the look of a form comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormLayout {
    /// As the annex of the regulation prints it.
    Official,
    /// Put together from the list of fields; the annex was not seen as a whole.
    Reconstructed,
}

/// What of a paper a form prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All of it: what the template does not name follows at the end.
    #[default]
    Whole,
    /// Only what the template names: the paper has another form for the rest.
    Extract,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $id:literal;)+) => {
        /// What kind of thing a field holds; samples are made from it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FieldKind {
            $($(#[$doc])* $variant,)+
        }

        impl FieldKind {
            /// The word in the catalogue.
            pub fn id(self) -> &'static str {
                match self { $(FieldKind::$variant => $id),+ }
            }

            /// Reads the word back.
            pub fn from_id(id: &str) -> Option<FieldKind> {
                match id {
                    $($id => Some(FieldKind::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// A person's name.
    Name = "name";
    /// Some words.
    Line = "line";
    /// A number of a paper or matter.
    Number = "number";
    /// A day in words.
    Date = "date";
    /// A moment in words, with the zone.
    Moment = "moment";
    /// A section of text.
    Text = "text";
    /// A section of text as long as an account of events can be.
    Account = "account";
    /// A section with a list.
    List = "list";
    /// A section with a table of persons.
    Persons = "persons";
    /// A section with a table of exhibits.
    Exhibits = "exhibits";
    /// A section with another table.
    Table = "table";
    /// A section of fields, which are listed by themselves.
    Fields = "fields";
}

/// Codes that exist and whose forms were not seen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Unseen {
    /// The codes.
    pub codes: String,
    /// The regime.
    pub regime: String,
    /// What is expected, and what is used until they are seen.
    pub note: String,
}

impl Catalogue {
    /// The form with this id that is used on a day; without a day the latest.
    pub fn form(&self, id: &str, day: Option<Date>) -> Option<&Form> {
        let mut found: Vec<&Form> = self.forms.iter().filter(|f| f.id.eq_ignore_ascii_case(id)).collect();
        found.sort_by_key(|f| f.valid_from);
        match day {
            None => found.last().copied(),
            Some(day) => found.into_iter().rev().find(|f| f.is_used_on(day)),
        }
    }

    /// The form for a paper of a step: the one made for its variant before the one for all.
    pub fn form_for(&self, regime: &str, step: &str, variant: Option<&str>, day: Date) -> Option<&Form> {
        let fits = |f: &&Form| {
            f.step.as_deref() == Some(step)
                && f.scope == Scope::Whole
                && f.is_used_on(day)
                && f.regimes.iter().any(|r| r == regime)
        };
        let special = self.forms.iter().filter(fits).find(|f| variant.is_some() && f.variant.as_deref() == variant);
        special.or_else(|| self.forms.iter().filter(fits).find(|f| f.variant.is_none()))
    }
}

impl Form {
    /// Whether it is used on a day.
    pub fn is_used_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// What the foot says about its look.
    pub fn layout_note(&self) -> Option<&'static str> {
        match self.layout {
            FormLayout::Official => None,
            FormLayout::Reconstructed => Some("tata letak disusun ulang dari daftar isian"),
        }
    }

    /// Whether a template may name this field.
    pub(crate) fn lists(&self, name: &str) -> bool {
        self.fields.iter().chain(&self.optional).any(|rule| rule.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_with_their_kind() {
        let rule = FieldRule::try_from("pelapor.nama: name".to_owned()).unwrap();
        assert_eq!((rule.name.as_str(), rule.kind, rule.section()), ("pelapor.nama", FieldKind::Name, "pelapor"));
        assert_eq!(
            FieldRule::try_from("pelapor".to_owned()).unwrap_err(),
            "'pelapor': write it like 'section.field: line'"
        );
        assert_eq!(
            FieldRule::try_from("pelapor: orang".to_owned()).unwrap_err(),
            "'pelapor: orang': there is no kind of field 'orang'"
        );
    }
}
