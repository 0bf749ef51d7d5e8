//! What can be asked: one table, from which both the routes and the description of the interface are made.

use axum::routing::{MethodRouter, get, post};
use netra_docket::steps::StepKind;
use netra_store::TokenScope;
use serde_json::{Value, json};

use super::answers;
use super::describe::{Book, Described};
use super::{acts, matters, public};
use crate::app::App;
use crate::policy::{self, Action};

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It reads.
    Get,
    /// It records.
    Post,
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// A token with these scopes.
    Scopes(&'static [TokenScope]),
}

/// A parameter, in the address or a header.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// `path`, `query` or `header`.
    pub place: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// Its schema.
    pub schema: fn() -> Value,
}

/// Whether a parameter must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Yes.
    Required,
    /// No.
    Optional,
}

/// A status, what it means, and what describes its body.
pub type AnswerOf = (u16, &'static str, fn(&mut Book) -> Value);

/// Something that can be asked.
pub struct Operation {
    /// Its name in the description.
    pub id: &'static str,
    /// What it does to the store.
    pub verb: Verb,
    /// Its address.
    pub path: &'static str,
    /// What it is for.
    pub summary: &'static str,
    /// Who may ask.
    pub access: Access,
    /// What can be said beside the body.
    pub parameters: &'static [Parameter],
    /// What is answered, by status.
    pub answers: &'static [AnswerOf],
    /// Statuses of problems of its own, beside those that every operation of its kind can have.
    pub problems: &'static [u16],
    /// Its handler.
    pub route: fn() -> MethodRouter<App>,
}

const fn path(name: &'static str, about: &'static str, schema: fn() -> Value) -> Parameter {
    Parameter { place: "path", name, about, need: Need::Required, schema }
}

const fn query(name: &'static str, about: &'static str, schema: fn() -> Value) -> Parameter {
    Parameter { place: "query", name, about, need: Need::Optional, schema }
}

const fn header(name: &'static str, about: &'static str, schema: fn() -> Value) -> Parameter {
    Parameter { place: "header", name, about, need: Need::Required, schema }
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn uuid() -> Value {
    json!({ "type": "string", "format": "uuid" })
}

fn date() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn seconds() -> Value {
    json!({ "type": "integer", "format": "int64" })
}

fn limit() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 })
}

fn stage() -> Value {
    answers::StageWord::schema(&mut Book::default())
}

fn regime() -> Value {
    netra_law::pack::Regime::schema(&mut Book::default())
}

fn key() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" })
}

fn tag() -> Value {
    json!({ "type": "string", "pattern": "^\"[0-9]{1,9}(-[0-9a-f]*)?\"$" })
}

/// The steps that a token can take at all.
pub fn step() -> Value {
    let covered = |step: &&StepKind| policy::scope_for(Action::Take(**step)).is_some();
    let steps: Vec<&str> = StepKind::ALL.iter().filter(covered).map(|step| step.id()).collect();
    json!({ "type": "string", "enum": steps })
}

const MATTER: Parameter = path("matter", "The matter's id.", uuid);
const STEP: Parameter = path("step", "The step.", step);
const AFTER: Parameter = query("after", "The place given as `next` by the page before.", text);
const LIMIT: Parameter = query("limit", "Lines of a page.", limit);

/// Everything that can be asked.
pub static OPERATIONS: &[Operation] = &[
    Operation {
        id: "listMatters",
        verb: Verb::Get,
        path: "/api/v1/matters",
        summary: "The matters of the token's office, nearest clock first.",
        access: Access::Scopes(&[TokenScope::ReadMatters]),
        parameters: &[
            query("stage", "Only this stage.", stage),
            query("owner", "Only those for which this officer is responsible.", uuid),
            query("closed", "Closed matters instead of open ones.", flag),
            AFTER,
            LIMIT,
        ],
        answers: &[(200, "A page.", answers::MatterPage::schema)],
        problems: &[],
        route: || get(matters::list),
    },
    Operation {
        id: "openMatter",
        verb: Verb::Post,
        path: "/api/v1/matters",
        summary: "Opens a matter by a step such as receive-report or receive-tip.",
        access: Access::Scopes(&[TokenScope::TakeSteps]),
        parameters: &[header("Idempotency-Key", "A key of the caller's own, one for each new matter.", key)],
        answers: &[
            (201, "Recorded.", answers::Recorded::schema),
            (200, "The same request had been recorded before.", answers::Recorded::schema),
        ],
        problems: &[413, 415, 422],
        route: || post(acts::open),
    },
    Operation {
        id: "readMatter",
        verb: Verb::Get,
        path: "/api/v1/matters/{matter}",
        summary: "One matter: status, clocks with every reading, next steps and acts.",
        access: Access::Scopes(&[TokenScope::ReadMatters]),
        parameters: &[MATTER],
        answers: &[(200, "The matter.", answers::Matter::schema)],
        problems: &[404],
        route: || get(matters::one),
    },
    Operation {
        id: "takeStep",
        verb: Verb::Post,
        path: "/api/v1/matters/{matter}/acts",
        summary: "Takes a step in a matter, on top of the docket that the caller read.",
        access: Access::Scopes(&[TokenScope::TakeSteps]),
        parameters: &[MATTER, header("If-Match", "The ETag of the matter as it was last read.", tag)],
        answers: &[(201, "Recorded.", answers::Recorded::schema)],
        problems: &[404, 409, 413, 415, 422, 428],
        route: || post(acts::take),
    },
    Operation {
        id: "stepQuestions",
        verb: Verb::Get,
        path: "/api/v1/matters/{matter}/steps/{step}",
        summary: "The questions of a step in a matter.",
        access: Access::Scopes(&[TokenScope::ReadMatters, TokenScope::TakeSteps]),
        parameters: &[MATTER, STEP],
        answers: &[(200, "The questions.", answers::Questions::schema)],
        problems: &[404, 409, 422],
        route: || get(acts::questions_in),
    },
    Operation {
        id: "openingQuestions",
        verb: Verb::Get,
        path: "/api/v1/steps/{step}",
        summary: "The questions of a step that opens a matter.",
        access: Access::Scopes(&[TokenScope::TakeSteps]),
        parameters: &[STEP],
        answers: &[(200, "The questions.", answers::Questions::schema)],
        problems: &[404, 422],
        route: || get(acts::opening_questions),
    },
    Operation {
        id: "listClocks",
        verb: Verb::Get,
        path: "/api/v1/clocks",
        summary: "The calendar: the nearest clock of each open matter, in the order of the dates.",
        access: Access::Scopes(&[TokenScope::ReadMatters]),
        parameters: &[query("from", "The first day.", date), query("until", "The last day.", date), AFTER, LIMIT],
        answers: &[(200, "A page.", answers::ClockPage::schema)],
        problems: &[],
        route: || get(matters::clocks),
    },
    Operation {
        id: "readOverview",
        verb: Verb::Get,
        path: "/api/v1/overview",
        summary: "Load and lateness of the token's office and of those below it.",
        access: Access::Scopes(&[TokenScope::ReadOverview]),
        parameters: &[],
        answers: &[(200, "The figures.", answers::Overview::schema)],
        problems: &[],
        route: || get(matters::overview),
    },
    Operation {
        id: "listNotices",
        verb: Verb::Get,
        path: "/api/v1/public/notices",
        summary: "Public notices, newest first.",
        access: Access::Public,
        parameters: &[query("before", "The place given as `next` by the page before.", seconds)],
        answers: &[(200, "A page.", answers::Notices::schema)],
        problems: &[],
        route: || get(public::notices),
    },
    Operation {
        id: "lawClocks",
        verb: Verb::Get,
        path: "/api/v1/public/law/clocks",
        summary: "The clocks of a procedure as they are in force on a day, with readings and articles.",
        access: Access::Public,
        parameters: &[
            Parameter { need: Need::Required, ..query("regime", "The procedure.", regime) },
            query("date", "The day; today if it is not given.", date),
        ],
        answers: &[(200, "The clocks.", answers::LawClocks::schema)],
        problems: &[404],
        route: || get(public::law_clocks),
    },
    Operation {
        id: "listProblems",
        verb: Verb::Get,
        path: super::problem::PROBLEMS,
        summary: "The kinds of problems, to which the type of each problem leads.",
        access: Access::Public,
        parameters: &[],
        answers: &[(200, "The kinds.", answers::ProblemKinds::schema)],
        problems: &[],
        route: || get(public::problems),
    },
];
