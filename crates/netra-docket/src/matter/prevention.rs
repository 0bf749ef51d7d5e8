//! Prevention folded: each activity with what came back from those to whom it was addressed.

use netra_law::time::Moment;

use super::{Matter, Refusal};
use crate::act::{Prevention, PreventionAnswered, RecipientAnswer};
use crate::ids::{ActId, RecipientId};

/// A prevention activity and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreventionState {
    /// The act.
    pub act: ActId,
    /// When it was done.
    pub at: Moment,
    /// What was done, to whom.
    pub what: Prevention,
    /// What came back, in the order of the docket.
    pub answers: Vec<(RecipientId, RecipientAnswer, Moment)>,
}

impl PreventionState {
    /// What came back from somebody last: a receipt that arrives after a letter came back counts.
    pub fn answer_of(&self, recipient: RecipientId) -> Option<RecipientAnswer> {
        self.answers.iter().rev().find(|(who, ..)| *who == recipient).map(|(_, answer, _)| *answer)
    }

    /// Whether it reached somebody. Whoever it was addressed to counts as reached until something else is known.
    pub fn has_reached(&self, recipient: RecipientId) -> bool {
        let addressed = self.what.recipients.iter().any(|r| r.id == recipient);
        addressed && self.answer_of(recipient).is_none_or(RecipientAnswer::is_reached)
    }
}

impl Matter {
    pub(super) fn prevent(&mut self, act: ActId, at: Moment, what: &Prevention) -> Result<(), Refusal> {
        self.add_exhibits(&what.exhibits)?;
        self.prevention.push(PreventionState { act, at, what: what.clone(), answers: Vec::new() });
        Ok(())
    }

    pub(super) fn answer_prevention(&mut self, answered: &PreventionAnswered, at: Moment) -> Result<(), Refusal> {
        let of = self.prevention.iter_mut().find(|state| state.act == answered.of);
        let state = of.ok_or(Refusal::NoSuchMeasure)?;
        for recipient in &answered.who {
            if !state.what.recipients.iter().any(|r| r.id == *recipient) {
                return Err(Refusal::NotAddressed(*recipient));
            }
            state.answers.push((*recipient, answered.answer, at));
        }
        Ok(())
    }
}
