//! What opens a matter: reports, tips, initial information; what happened, and exhibits.

use jiff::civil::Date;
use netra_law::pack::Regime;
use serde::{Deserialize, Serialize};

use crate::ids::ExhibitNo;
use crate::person::Person;
use crate::private::Private;

/// A report, with the answers of Form B.1/A.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "laporan")]
pub struct Report {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Contest token for numbers: `PL`, `PG`, `PB`, `PW`.
    pub contest: String,
    /// How it came in.
    pub channel: Channel,
    /// What is reported, in one line without names.
    pub subject_line: String,
    /// The event.
    pub event: Incident,
    /// Reporter, reported persons and witnesses.
    pub persons: Vec<Person>,
    /// Evidence that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// How something reached the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Over the counter.
    Counter,
    /// Through the public form of this program.
    PublicForm,
    /// By letter or e-mail.
    Letter,
    /// From another system, e.g. SigapLapor.
    OtherSystem,
    /// Found by supervision.
    Supervision,
    /// From the news or social media.
    Media,
}

impl Channel {
    /// The word on screens and paper.
    pub fn indonesian(self) -> &'static str {
        match self {
            Channel::Counter => "datang langsung ke kantor",
            Channel::PublicForm => "formulir daring",
            Channel::Letter => "surat atau surel",
            Channel::OtherSystem => "sistem lain",
            Channel::Supervision => "pengawasan",
            Channel::Media => "media atau media sosial",
        }
    }
}

/// What happened, where and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "peristiwa")]
pub struct Incident {
    /// What happened, in the words of whoever reports it.
    pub account: Private<String>,
    /// Where: it may be somebody's home.
    pub place: Private<String>,
    /// The day of the event; unknown for some tips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Date>,
    /// The day on which the reporter learned of it, or supervision found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Date>,
}

/// An anonymous tip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tip {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Contest token for numbers.
    pub contest: String,
    /// How it came in.
    pub channel: Channel,
    /// In one line without names.
    pub subject_line: String,
    /// The event, as far as it is told.
    pub event: Incident,
    /// Persons named in it, if any; never a reporter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
    /// What came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// Initial information that the office noted itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information {
    /// Which procedure the election selects.
    pub regime: Regime,
    /// Contest token for numbers.
    pub contest: String,
    /// Where it comes from.
    pub channel: Channel,
    /// In one line without names.
    pub subject_line: String,
    /// The event, as far as it is known; `known` is the day on which supervision found it.
    pub event: Incident,
    /// Persons, if any are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
    /// Captured posts, photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// An exhibit as the docket names it; its bytes lie in the blob store under the digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// Number within the matter.
    pub no: ExhibitNo,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Length in bytes.
    pub size: u64,
    /// True type by content, e.g. `image/jpeg`.
    pub media_type: String,
    /// Name under which it came and what it shows.
    pub label: Private<ExhibitLabel>,
    /// The exhibit that it was made from, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<ExhibitSource>,
}

/// The exhibit that another one was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExhibitSource {
    /// Its number in the same matter.
    pub no: ExhibitNo,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// How the new one was made from it.
    pub how: String,
    /// Which messages, where it was copied out of a chat export.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract: Option<ExtractSource>,
}

/// Messages of a chat export that were copied out as an exhibit of their own: enough to copy them again and compare.
///
/// It names nobody, and so is no private value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "kutipan percakapan")]
pub struct ExtractSource {
    /// SHA-256 of the chat's own file, where the exhibit is an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_sha256: Option<String>,
    /// Where the first copied message begins in the chat's file, in bytes.
    pub from_byte: u64,
    /// Where the last copied message ends.
    pub to_byte: u64,
    /// Number of the first message that was chosen, counted from 1.
    pub first: u64,
    /// Number of the last one.
    pub last: u64,
    /// How many messages before and after them were copied along, at most.
    pub context: u64,
    /// The order in which dates were read: `dmy`, `mdy` or `ymd`.
    pub date_order: String,
    /// How that order is known, e.g. `value-over-12` or `given`.
    pub date_order_basis: String,
    /// Program and version that copied them.
    pub tool: String,
}

/// What people call an exhibit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExhibitLabel {
    /// The file name as it came, made harmless.
    pub file_name: String,
    /// What it shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Who handed it over.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn exhibits_of_before_have_no_source_and_are_written_as_they_were() {
        let mut written = json!({
            "no": 2, "sha256": "00", "size": 3, "media_type": "text/plain",
            "label": { "private": { "file_name": "ekspor.txt" } },
        });
        let exhibit: Exhibit = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(exhibit.source, None);
        assert_eq!(serde_json::to_value(&exhibit).unwrap(), written);
        written["source"] = json!({
            "no": 1, "sha256": "11", "how": "kutipan", "extract": {
                "from_byte": 0, "to_byte": 9, "first": 4, "last": 5, "context": 0,
                "date_order": "dmy", "date_order_basis": "given", "tool": "netra 1",
            },
        });
        let extract: Exhibit = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(
            extract.source.as_ref().and_then(|source| source.extract.as_ref()).map(|it| (it.first, it.last)),
            Some((4, 5))
        );
        assert_eq!(serde_json::to_value(&extract).unwrap(), written);
    }
}
