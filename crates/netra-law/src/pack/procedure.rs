//! Requirements, outcomes, kinds, routes and steps, as `procedure.toml` holds them.

use serde::{Deserialize, Serialize};

use super::Basis;

/// `procedure.toml`: requirements, outcomes, kinds, results, routes and steps of a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureFile {
    /// What a report must have.
    #[serde(default)]
    pub requirement: Vec<Requirement>,
    /// What an initial study can end in.
    #[serde(default)]
    pub outcome: Vec<Outcome>,
    /// Kinds of violation.
    #[serde(default)]
    pub kind: Vec<ViolationKind>,
    /// Who receives whom.
    #[serde(default)]
    pub route: Vec<Route>,
    /// Form and article of each step.
    #[serde(default)]
    pub step: Vec<StepRule>,
}

/// A formal or material requirement of a report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "syarat formal")]
#[doc(alias = "syarat materiel")]
pub struct Requirement {
    /// Short name.
    pub id: String,
    /// Formal or material.
    pub part: RequirementPart,
    /// Text in Indonesian.
    pub text: String,
    /// Advisory items warn and never bar.
    #[serde(default)]
    pub weight: RequirementWeight,
    /// Source.
    pub basis: Basis,
}

/// Formal or material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RequirementPart {
    Formal,
    Material,
}

/// Whether a requirement bars registration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementWeight {
    /// Without it there is no registration.
    #[default]
    Required,
    /// Older rule or local practice: warn only.
    Advisory,
}

/// An outcome of the initial study.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "hasil kajian awal")]
pub struct Outcome {
    /// Id as in the law tables: `REGISTER_HERE`.
    pub id: String,
    /// Text in Indonesian.
    pub text: String,
    /// What the docket does with it.
    pub effect: OutcomeEffect,
    /// Source.
    pub basis: Basis,
}

/// What an outcome does to the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeEffect {
    /// Registration at this office comes next.
    Register,
    /// Another office takes it: delegation comes next.
    Delegate,
    /// A higher office takes it over.
    TakeOver,
    /// The reporter is asked to complete it.
    AskRepair,
    /// It is closed without registration.
    Reject,
    /// It is closed as a report and kept as initial information.
    InitialInformation,
    /// It is forwarded at once, without registration.
    ForwardUnregistered,
    /// It is closed for another reason.
    Close,
}

/// A kind of violation that an initial study can name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "jenis dugaan pelanggaran")]
pub struct ViolationKind {
    /// `ethics`, `administrative`, `crime`, `other-law`.
    pub id: String,
    /// Text in Indonesian.
    pub text: String,
    /// Source.
    pub basis: Basis,
}

/// Who receives a person's case, by kind of violation and kind of person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "penerusan")]
pub struct Route {
    /// Short name.
    pub id: String,
    /// Kind of violation.
    pub kind: String,
    /// Subject ids of `subjects.toml`; `*` for all.
    pub subjects: Vec<String>,
    /// Receiving role of `authorities.toml`.
    pub to: String,
    /// Roles that get a copy.
    #[serde(default)]
    pub copies: Vec<String>,
    /// The clock for sending, if there is one.
    #[serde(default)]
    pub clock: Option<String>,
    /// The form of the letter on this route, where the law gives it one of its own.
    #[serde(default)]
    pub form: Option<String>,
    /// Its title on paper.
    #[serde(default)]
    pub form_title: Option<String>,
    /// Source.
    pub basis: Basis,
}

/// The form, clock and article of a step.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRule {
    /// Step id of the docket: `receive-report`, `initial-study` …; or of a paper within a step: `oath`.
    pub id: String,
    /// Form code: `B.1`. Empty where the law gives none.
    #[serde(default)]
    pub form: Option<String>,
    /// Form code for findings, where reports have another.
    #[serde(default)]
    pub form_finding: Option<String>,
    /// The form's title on paper.
    #[serde(default)]
    pub form_title: Option<String>,
    /// The clock that the step answers.
    #[serde(default)]
    pub clock: Option<String>,
    /// What the law asks, in one or two Indonesian sentences.
    pub asks: String,
    /// Source.
    pub basis: Basis,
}

impl StepRule {
    /// The form code for a report or a finding.
    pub fn form_for(&self, origin: FormOf) -> Option<&str> {
        let of_finding = self.form_finding.as_deref().filter(|_| origin == FormOf::Finding);
        of_finding.or(self.form.as_deref())
    }
}

/// Whether a form is about a report or a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormOf {
    /// A report.
    Report,
    /// A finding.
    Finding,
}
