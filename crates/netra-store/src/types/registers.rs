//! Lists of people that are held against one another, the pairs that came of it, and what people decided about them.

mod words;

use jiff::Timestamp;
use jiff::civil::Date;
use netra_docket::act::CandidacyResult;
use netra_docket::ids::AccountId;
use netra_law::pack::Regime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreError;

pub use words::{EntryState, ListId, ListKind, LookKind, PairId, PairVerdict, RunId, RunState};

/// A list on its way into the store.
#[derive(Clone)]
pub struct NewList {
    /// Its id, made by the caller.
    pub id: ListId,
    /// What it is a list of.
    pub kind: ListKind,
    /// For which election.
    pub regime: Regime,
    /// The day of which it is.
    pub dated: Date,
    /// What people call it. It outlives the list.
    pub title: String,
    /// What it is for. It outlives the list.
    pub purpose: String,
    /// How many rows it has.
    pub entries: u64,
    /// How many rows of the file were rejected.
    pub rejected: u64,
    /// The day on which its rows are deleted.
    pub delete_on: Date,
    /// Its rows.
    pub rows: Vec<u8>,
}

/// Whether the rows of a list are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// They are.
    Here,
    /// They were deleted, or the store was restored from a backup, which never has them.
    Gone,
}

/// The record of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRecord {
    /// Id.
    pub id: ListId,
    /// What it is a list of.
    pub kind: ListKind,
    /// For which election.
    pub regime: Regime,
    /// The day of which it is.
    pub dated: Date,
    /// What people call it.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// How many rows it has or had.
    pub entries: u64,
    /// How many rows of the file were rejected.
    pub rejected: u64,
    /// When it was imported.
    pub imported: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The day on which its rows are deleted.
    pub delete_on: Date,
    /// When they were, and by whom; by nobody if the day had come.
    pub deleted: Option<(Timestamp, Option<AccountId>)>,
    /// Whether they are there.
    pub content: Content,
}

/// What a comparison found, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunCounts {
    /// Candidates with a name.
    pub candidates: u64,
    /// Servants with a name.
    pub servants: u64,
    /// Candidates with neither birth date nor age.
    pub undated: u64,
    /// Pairs that were passed over because a name is too common.
    pub passed_by_cap: u64,
    /// Candidates with a pair.
    pub proposed: u64,
    /// Pairs by class, the strongest first.
    pub pairs: [u64; 3],
    /// Entries that the earlier list does not have.
    pub new: u64,
    /// Entries that differ from the earlier list.
    pub changed: u64,
    /// Entries of the earlier list that are gone.
    pub vanished: u64,
}

/// A comparison to be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// Its id, made by the caller.
    pub id: RunId,
    /// The list of candidates or members.
    pub candidates: ListId,
    /// The register.
    pub servants: ListId,
    /// The list before, of the same kind.
    pub earlier: Option<ListId>,
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRecord {
    /// What is compared.
    pub what: NewRun,
    /// How far it is.
    pub state: RunState,
    /// How much of the register was read, in thousandths.
    pub permille: u16,
    /// When it last gave a sign of life, or ended.
    pub beat: Timestamp,
    /// When it was begun.
    pub started: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The version of the error model; empty until it is done.
    pub model: String,
    /// What was found.
    pub counts: RunCounts,
}

/// A pair on its way into the store.
#[derive(Clone)]
pub struct NewPair {
    /// Its class in the comparison's words.
    pub class: String,
    /// How probable it is, in ten-thousandths.
    pub probability: u16,
    /// Whether the candidate is new on the list.
    pub entry: EntryState,
    /// What agreed, without anybody's data.
    pub figures: Vec<String>,
    /// The two people.
    pub body: Vec<u8>,
}

/// What came of a comparison.
#[derive(Clone)]
pub struct RunResult {
    /// The version of the error model.
    pub model: String,
    /// Numbers.
    pub counts: RunCounts,
    /// What changed since the earlier list; empty without one.
    pub changes: Vec<u8>,
    /// The pairs, in the order in which they should be looked at.
    pub pairs: Vec<NewPair>,
}

/// What one person said about a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairDecision {
    /// Who.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub verdict: PairVerdict,
}

/// A pair without the people in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRecord {
    /// Id.
    pub id: PairId,
    /// The comparison that found it.
    pub run: RunId,
    /// Its place among the pairs of the comparison: the first is 1.
    pub n: u32,
    /// Its class in the comparison's words.
    pub class: String,
    /// How probable it is, in ten-thousandths.
    pub probability: u16,
    /// Whether the candidate is new on the list.
    pub entry: EntryState,
    /// What agreed, without anybody's data.
    pub figures: Vec<String>,
    /// What people said, the first one first.
    pub decisions: Vec<PairDecision>,
}

impl PairRecord {
    /// Where the review stands.
    pub fn state(&self) -> ReviewState {
        ReviewState::of(self.decisions.iter().map(|decision| decision.verdict))
    }

    /// Whether somebody has had a say.
    pub fn is_decided_by(&self, account: AccountId) -> bool {
        self.decisions.iter().any(|decision| decision.account == account)
    }
}

/// A pair with the people in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What is known without them.
    pub record: PairRecord,
    /// The two people; none once one of the lists was deleted.
    pub body: Option<Vec<u8>>,
    /// What came of the clarification, if there was one.
    pub clarified: Option<PairClarified>,
}

/// What came of a clarification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairClarified {
    /// The result.
    pub result: CandidacyResult,
    /// What was seen; none once the list was deleted.
    pub note: Option<String>,
    /// Who noted it.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Where the review of a pair stands. Each person has one say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    /// Nobody has looked.
    First,
    /// Another person must look.
    Second,
    /// People disagree: a further person must look.
    Disputed,
    /// Two people say this, and fewer say the contrary.
    Agreed(PairVerdict),
}

impl ReviewState {
    /// The state after what people said. That somebody was unsure decides nothing.
    pub fn of(verdicts: impl IntoIterator<Item = PairVerdict>) -> ReviewState {
        let (mut all, mut yes, mut no) = (0, 0, 0);
        for verdict in verdicts {
            all += 1;
            match verdict {
                PairVerdict::Match => yes += 1,
                PairVerdict::NoMatch => no += 1,
                PairVerdict::Unsure => {}
            }
        }
        match (all, yes, no) {
            (0, ..) => ReviewState::First,
            (_, yes, no) if yes >= 2 && yes > no => ReviewState::Agreed(PairVerdict::Match),
            (_, yes, no) if no >= 2 && no > yes => ReviewState::Agreed(PairVerdict::NoMatch),
            (_, 1.., 1..) => ReviewState::Disputed,
            _ => ReviewState::Second,
        }
    }

    /// Whether somebody else must look.
    pub fn is_open(self) -> bool {
        !matches!(self, ReviewState::Agreed(_))
    }
}

/// A pair that two people decided alike, for those who measure how good the comparison is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedPair {
    /// What they said.
    pub verdict: PairVerdict,
    /// How probable it was stated to be, in ten-thousandths.
    pub probability: u16,
    /// The version of the model that stated it.
    pub model: String,
    /// What agreed.
    pub figures: Vec<String>,
}

/// Something to be noted in the log of lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What was done.
    pub kind: LookKind,
    /// With which list.
    pub list: Option<ListId>,
    /// With which comparison or pair.
    pub subject: Option<Uuid>,
    /// What was looked for. It may name people and can be read as long as the list is there.
    pub detail: String,
}

impl Look {
    /// A look at a list.
    pub fn at_list(kind: LookKind, list: ListId) -> Look {
        Look { kind, list: Some(list), subject: None, detail: String::new() }
    }

    /// A look at a comparison.
    pub fn at_run(kind: LookKind, run: RunId) -> Look {
        Look { kind, list: None, subject: Some(run.uuid()), detail: String::new() }
    }

    /// A look at a pair.
    pub fn at_pair(kind: LookKind, pair: PairId) -> Look {
        Look { kind, list: None, subject: Some(pair.uuid()), detail: String::new() }
    }

    /// A look at nothing in particular.
    pub fn at_all(kind: LookKind) -> Look {
        Look { kind, list: None, subject: None, detail: String::new() }
    }

    /// The same with what was looked for.
    pub fn with_detail(self, detail: impl Into<String>) -> Look {
        Look { detail: detail.into(), ..self }
    }
}

/// An entry of the log of lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookEntry {
    /// When.
    pub at: Timestamp,
    /// Who; nobody where the program itself did it.
    pub account: Option<AccountId>,
    /// What was done.
    pub kind: LookKind,
    /// With which list.
    pub list: Option<ListId>,
    /// With which comparison or pair.
    pub subject: Option<Uuid>,
    /// What was looked for; none once the list was deleted, empty where nothing was.
    pub detail: Option<String>,
}

/// Why something was not done with lists.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The office has no such thing, or not any more.
    #[error("the office has no such list, comparison or pair, or its rows were deleted")]
    NotFound,
    /// The same person may not be the second one.
    #[error("this person has decided this pair before")]
    SamePerson,
    /// Two people have not said that it is one person.
    #[error("two people have not agreed on this pair")]
    NotAgreed,
    /// Somebody else was quicker.
    #[error("somebody else has decided in between")]
    Moved,
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_decided_by_two_people_who_say_the_same() {
        use PairVerdict::{Match, NoMatch, Unsure};
        let table: [(&[PairVerdict], ReviewState); 10] = [
            (&[], ReviewState::First),
            (&[Match], ReviewState::Second),
            (&[Unsure], ReviewState::Second),
            (&[Unsure, Unsure], ReviewState::Second),
            (&[Match, Match], ReviewState::Agreed(Match)),
            (&[NoMatch, NoMatch], ReviewState::Agreed(NoMatch)),
            (&[Match, NoMatch], ReviewState::Disputed),
            (&[Match, NoMatch, Match], ReviewState::Agreed(Match)),
            (&[Match, Unsure, Match], ReviewState::Agreed(Match)),
            (&[Match, Match, NoMatch, NoMatch], ReviewState::Disputed),
        ];
        for (verdicts, expected) in table {
            assert_eq!(ReviewState::of(verdicts.iter().copied()), expected, "{verdicts:?}");
        }
    }
}
