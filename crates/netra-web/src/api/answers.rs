//! What is answered, field by field. The comments here are what callers read in the description of the interface.

use jiff::civil::Date;
use netra_docket::clocks::Standing;
use netra_docket::ids::{ActId, MatterId, OfficeId, TokenId};
use netra_docket::matter::{Origin, Stage};
use netra_docket::steps::StepKind;
use netra_law::event::When;
use netra_law::pack::{Basis, Certainty, Party, Regime};
use netra_law::time::Moment;

use super::describe::{answer, word};
use crate::policy::Relation;

mod law;
mod steps;

pub use law::*;
pub use steps::*;

word! {
    /// Where a matter stands.
    StageWord(Stage), Stage::ALL, Stage::id
}

word! {
    /// A step of the procedure.
    StepWord(StepKind), StepKind::ALL, StepKind::id
}

const STANDINGS: [Standing; 7] = [
    Standing::Kept,
    Standing::Missed,
    Standing::Running,
    Standing::Overdue,
    Standing::Extended,
    Standing::Stopped,
    Standing::Informative,
];

word! {
    /// How a clock stands.
    StandingWord(Standing), STANDINGS, Standing::id
}

const CERTAINTIES: [Certainty; 3] = [Certainty::Verified, Certainty::Secondary, Certainty::Uncertain];

word! {
    /// How sure we are of what the law says.
    CertaintyWord(Certainty), CERTAINTIES, Certainty::id
}

const ORIGINS: [Origin; 3] = [Origin::Report, Origin::Information, Origin::Prevention];

fn origin_id(origin: Origin) -> &'static str {
    match origin {
        Origin::Report => "report",
        Origin::Information => "information",
        Origin::Prevention => "prevention",
    }
}

word! {
    /// What a matter began as.
    OriginWord(Origin), ORIGINS, origin_id
}

const RELATIONS: [Relation; 3] = [Relation::Handles, Relation::GaveAway, Relation::Received];

fn relation_id(relation: Relation) -> &'static str {
    match relation {
        Relation::Handles => "handles",
        Relation::GaveAway => "gave-away",
        Relation::Received => "received",
    }
}

word! {
    /// How the token's office relates to a matter.
    RelationWord(Relation), RELATIONS, relation_id
}

answer! {
    /// An article, and how sure we are of it.
    Article {
        /// The article, or what stands in its place.
        cite: String,
        /// `verified`: the text was read; `secondary`: official statements or practice; `uncertain`: inference or conflict.
        certainty: CertaintyWord,
        /// What a lawyer should know about the doubt.
        note: Option<String>,
    }
}

impl Article {
    /// The article of a rule.
    pub fn of(basis: &Basis) -> Article {
        Article { cite: basis.cite.clone(), certainty: CertaintyWord(basis.certainty), note: basis.note.clone() }
    }
}

answer! {
    /// A day under another reading of the law.
    OtherReading {
        /// The reading.
        reading: String,
        /// Its name in Indonesian.
        text: String,
        /// The last day under it.
        day: Date,
    }
}

answer! {
    /// The nearest clock of a matter.
    NearestClock {
        /// The clock's id in the tables of the law.
        clock: String,
        /// Its title in Indonesian.
        title: String,
        /// The last moment in time, under the reading worked to.
        due: Moment,
        /// The last days under other readings that lead to another day.
        otherwise: Vec<OtherReading>,
        /// Its article.
        article: Option<Article>,
    }
}

answer! {
    /// A matter in a list.
    MatterLine {
        /// Its id.
        id: MatterId,
        /// Its number, once it has one.
        number: Option<String>,
        /// What it is about, in one line without names.
        subject: String,
        /// What it began as.
        origin: OriginWord,
        /// The procedure.
        regime: Regime,
        /// Where it stands for the token's office.
        stage: StageWord,
        /// The same in Indonesian.
        stage_text: String,
        /// When it was opened.
        opened: Moment,
        /// Whether an officer is responsible for it.
        assigned: bool,
        /// Its nearest clock.
        next_clock: Option<NearestClock>,
    }
}

answer! {
    /// A page of matters, nearest clock first.
    MatterPage {
        /// The matters.
        matters: Vec<MatterLine>,
        /// Ask with this as `after` for the next page; none on the last.
        next: Option<String>,
    }
}

answer! {
    /// A clock of the calendar.
    ClockLine {
        /// The matter.
        matter: MatterId,
        /// Its number, once it has one.
        number: Option<String>,
        /// What it is about, in one line without names.
        subject: String,
        /// Where it stands.
        stage: StageWord,
        /// The clock.
        clock: NearestClock,
    }
}

answer! {
    /// A page of the calendar: the nearest clock of each open matter, in the order of the dates.
    ClockPage {
        /// The clocks.
        clocks: Vec<ClockLine>,
        /// Ask with this as `after` for the next page; none on the last.
        next: Option<String>,
    }
}

answer! {
    /// A reading of the law and where it leads.
    Reading {
        /// The reading.
        id: String,
        /// Its name in Indonesian.
        text: String,
        /// The last day under it.
        due: Date,
        /// Why the text can be read so, in Indonesian.
        why: String,
        /// Whether it is the one worked to.
        chosen: bool,
    }
}

answer! {
    /// A clock of a matter with its reasoning.
    Clock {
        /// The clock's id in the tables of the law.
        id: String,
        /// Its title in Indonesian.
        title: String,
        /// Who must act.
        who: Party,
        /// Number of the person whom it is about, if it is about one.
        person: Option<u16>,
        /// How it stands.
        standing: StandingWord,
        /// The last moment in time, under the reading worked to.
        due: Moment,
        /// When it was stopped: a date, or a moment.
        done: Option<String>,
        /// Every reading with its last day.
        readings: Vec<Reading>,
        /// By what the reading worked to is settled, in Indonesian.
        settled: Option<String>,
        /// From what, how long and how it is counted, in Indonesian.
        reasoning: String,
        /// What happens when it runs out, in Indonesian.
        at_expiry: String,
        /// What a human should look at, in Indonesian.
        warnings: Vec<String>,
        /// Its article.
        article: Article,
    }
}

answer! {
    /// A step that a matter offers to the token's office and role.
    Step {
        /// The step.
        step: StepWord,
        /// What its button says, in Indonesian.
        text: String,
        /// Whether it belongs to the main line of the procedure.
        main: bool,
        /// Whether it can be taken now.
        ready: bool,
        /// What is missing first, in Indonesian.
        missing: Vec<String>,
        /// Whether this token may take it; the other steps are for officers.
        allowed: bool,
        /// The clock that it answers.
        clock: Option<String>,
        /// Its article.
        article: Option<Article>,
    }
}

answer! {
    /// Who acted.
    Actor {
        /// `public`, `system`, `officer` or `token`.
        kind: String,
        /// For which office.
        office: Option<OfficeId>,
        /// With which token.
        token: Option<TokenId>,
    }
}

answer! {
    /// An act of the docket, without what it says about persons.
    Act {
        /// Its place in the docket, from one.
        n: u32,
        /// Its id.
        id: ActId,
        /// The step that recorded it.
        step: StepWord,
        /// What was done, in Indonesian.
        text: String,
        /// When it was done.
        at: Moment,
        /// When it was recorded.
        recorded: Moment,
        /// Who did it.
        by: Actor,
        /// Whether a later act says to read it as never recorded.
        void: bool,
    }
}

answer! {
    /// Something known of a person.
    Fact {
        /// What, in Indonesian.
        label: String,
        /// The value.
        value: String,
    }
}

answer! {
    /// A person of a matter. Only with the scope `persons:read`; reporter and witnesses stay unnamed for offices to which the
    /// matter was forwarded, and whoever is protected stays unnamed for everybody.
    Person {
        /// Number within the matter.
        no: u16,
        /// In which capacity, in Indonesian.
        capacity: String,
        /// What kind of servant, for reported persons: an id of the law.
        subject: Option<String>,
        /// The name; none where it stays unnamed.
        name: Option<String>,
        /// What else is known.
        facts: Vec<Fact>,
    }
}

answer! {
    /// What happened. Only with the scope `persons:read`.
    Event {
        /// The account.
        account: Option<String>,
        /// Where.
        place: Option<String>,
        /// On which day.
        happened: Option<Date>,
        /// Since which day it is known.
        known: Option<Date>,
    }
}

answer! {
    /// An office.
    Office {
        /// Its id.
        id: OfficeId,
        /// Its name.
        name: String,
    }
}

answer! {
    /// A matter: status, clocks, next steps and acts are computed from its docket and the law.
    Matter {
        /// Its id.
        id: MatterId,
        /// Acts so far: the number that stands at the beginning of the ETag.
        length: u32,
        /// Its number, once it has one.
        number: Option<String>,
        /// What it is about, in one line without names.
        subject: String,
        /// What it began as.
        origin: OriginWord,
        /// The procedure.
        regime: Regime,
        /// Where it stands for the token's office.
        stage: StageWord,
        /// The same in Indonesian.
        stage_text: String,
        /// When it was opened.
        opened: Moment,
        /// The office that handles it.
        office: Office,
        /// How the token's office relates to it.
        relation: RelationWord,
        /// Every clock, open or not.
        clocks: Vec<Clock>,
        /// Why some clocks have no date, in Indonesian.
        faults: Vec<String>,
        /// What can be done next by the token's office and role.
        steps: Vec<Step>,
        /// The acts, oldest first.
        acts: Vec<Act>,
        /// Everybody in it; none without the scope `persons:read`.
        persons: Option<Vec<Person>>,
        /// What happened; none without the scope `persons:read`.
        event: Option<Event>,
    }
}

/// When something happened, as text.
pub fn when_text(when: When) -> String {
    match when {
        When::Day(day) => day.to_string(),
        When::At(moment) => moment.to_string(),
    }
}
