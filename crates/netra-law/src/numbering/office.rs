//! How an office numbers, where it does not follow the pattern of the pack.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{PLACEHOLDERS, Series};
use crate::Law;
use crate::pack::Regime;

/// A number template: text with placeholders, `{n}` among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[doc(alias = "pola nomor")]
pub struct Template(String);

/// Why a text is no number template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Every number would be the same.
    #[error("a number template needs {{n}}, the running number")]
    NoRunningNumber,
    /// Braces around something else than a placeholder.
    #[error("a number template knows {} only", PLACEHOLDERS.join(", "))]
    Placeholder,
    /// Too long, or with characters that break a line.
    #[error("a number template is one line of at most {} characters", Template::LONGEST)]
    Line,
}

impl Template {
    /// Most characters of a template.
    pub const LONGEST: usize = 120;

    /// The text with its placeholders.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it uses a placeholder.
    pub fn has(&self, placeholder: &str) -> bool {
        self.0.contains(placeholder)
    }
}

impl FromStr for Template {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Template, TemplateError> {
        let text = text.trim();
        if text.chars().count() > Template::LONGEST || text.chars().any(char::is_control) {
            return Err(TemplateError::Line);
        }
        let bare = PLACEHOLDERS.iter().fold(text.to_owned(), |rest, placeholder| rest.replace(placeholder, ""));
        if bare.contains(['{', '}']) {
            return Err(TemplateError::Placeholder);
        }
        if !text.contains("{n}") {
            return Err(TemplateError::NoRunningNumber);
        }
        Ok(Template(text.to_owned()))
    }
}

impl TryFrom<String> for Template {
    type Error = TemplateError;

    fn try_from(text: String) -> Result<Template, TemplateError> {
        text.parse()
    }
}

impl From<Template> for String {
    fn from(template: Template) -> String {
        template.0
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// When a series begins again at one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restart {
    /// With each calendar year.
    #[default]
    Yearly,
    /// Never: the numbers of a new year go on from those of the old one.
    Never,
}

/// A template of one series in one regime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeTemplate {
    /// Which procedure.
    pub regime: Regime,
    /// Which series.
    pub series: Series,
    /// How its numbers are written.
    pub template: Template,
}

/// How an office numbers; what it does not say, the packs do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "penomoran")]
pub struct OfficeNumbering {
    /// When its series begin again.
    #[serde(default)]
    pub restart: Restart,
    /// Its own templates.
    #[serde(default)]
    pub templates: Vec<OfficeTemplate>,
}

/// What would make two matters bear one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// The series begins again each year and its numbers do not tell the year.
    Years(Regime, Series),
    /// Two series are written alike, and nothing in the number tells them apart.
    Series(Regime, Series),
}

impl OfficeNumbering {
    /// The office's own template, if it has one.
    pub fn template(&self, regime: Regime, series: Series) -> Option<&Template> {
        self.templates.iter().find(|t| t.regime == regime && t.series == series).map(|t| &t.template)
    }

    /// Everything that would make two matters bear one number, with the newest packs in the place of
    /// templates that the office does not have.
    pub fn clashes(&self, law: &Law) -> Vec<Clash> {
        let mut clashes = Vec::new();
        let mut seen: Vec<(Regime, String)> = Vec::new();
        for regime in [Regime::Pemilu, Regime::Pilkada] {
            for series in Series::ALL {
                let Some(pattern) = self.pattern(law, regime, series) else { continue };
                if self.restart == Restart::Yearly && !pattern.contains("{year}") {
                    clashes.push(Clash::Years(regime, series));
                }
                // The contest tells the regimes apart, but not the series of one regime.
                let alike = |(other, text): &&(Regime, String)| {
                    *text == pattern && (*other == regime || !pattern.contains("{contest}"))
                };
                if seen.iter().any(|s| alike(&s)) {
                    clashes.push(Clash::Series(regime, series));
                }
                seen.push((regime, pattern));
            }
        }
        clashes
    }

    fn pattern(&self, law: &Law, regime: Regime, series: Series) -> Option<String> {
        let own = self.template(regime, series).map(Template::to_string);
        own.or_else(|| law.newest_pack(regime)?.number_pattern(series).map(str::to_owned))
    }
}
