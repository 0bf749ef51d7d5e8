//! What reporter and office write to one another, through the tracking code.

use serde::{Deserialize, Serialize};

use super::Exhibit;
use crate::ids::PersonNo;
use crate::private::Private;

/// Whoever has the tracking code wrote to the office, or brought more evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReporterWrote {
    /// The reporter, if the docket has one; none where a tip is followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonNo>,
    /// What was written; empty if there are only exhibits.
    pub text: Private<String>,
    /// Evidence that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
}

/// The office wrote to whoever has the tracking code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeWrote {
    /// What was written.
    pub text: Private<String>,
}
