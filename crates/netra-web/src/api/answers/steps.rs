//! What is answered about steps and about the load of offices.

use netra_docket::ids::MatterId;

use super::{Article, Office, StepWord};
use crate::api::describe::answer;

answer! {
    /// An option of a question.
    Choice {
        /// What to send.
        value: String,
        /// What it means, in Indonesian.
        text: String,
    }
}

answer! {
    /// A question of a step.
    Question {
        /// The name under which to send the answer.
        name: String,
        /// The question, in Indonesian.
        label: String,
        /// Help, in Indonesian.
        hint: String,
        /// `line`, `text`, `date`, `moment`, `number`, `choice`, `radio`, `checks` or `hidden`.
        kind: String,
        /// The options; empty where anything can be answered.
        choices: Vec<Choice>,
        /// The answers that a form would begin with.
        values: Vec<String>,
    }
}

answer! {
    /// The questions of a step.
    Questions {
        /// The step.
        step: StepWord,
        /// What its button says, in Indonesian.
        text: String,
        /// What the law asks, in Indonesian.
        asks: String,
        /// Its article.
        article: Option<Article>,
        /// Acts so far in the matter; nought for a step that opens one.
        length: u32,
        /// The questions, in the order of the form.
        questions: Vec<Question>,
    }
}

answer! {
    /// What was recorded.
    Recorded {
        /// The matter.
        matter: MatterId,
        /// Acts of its docket now.
        length: u32,
        /// The tracking code that the reporter takes home; for reports and tips only. It can't be asked for again except with
        /// the same Idempotency-Key.
        code: Option<String>,
        /// Whether the same request had been recorded before.
        again: bool,
    }
}

answer! {
    /// Load and lateness of an office.
    OfficeLoad {
        /// The office.
        office: Office,
        /// Open matters whose nearest clock is over.
        overdue: u64,
        /// Whose nearest clock ends today.
        today: u64,
        /// Whose nearest clock ends within seven days.
        week: u64,
        /// All open matters.
        open: u64,
    }
}

answer! {
    /// Load and lateness of the token's office and of those below it.
    Overview {
        /// The offices, by id.
        offices: Vec<OfficeLoad>,
    }
}
