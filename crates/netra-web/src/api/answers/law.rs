//! What everybody is answered: notices, clocks of the law, kinds of problems.

use jiff::civil::Date;
use netra_docket::ids::ActId;
use netra_law::pack::{Party, Regime};
use netra_law::time::Moment;
use netra_law::units::Unit;

use super::{Article, Office};
use crate::api::describe::answer;

answer! {
    /// A public notice.
    Notice {
        /// The act that published it.
        id: ActId,
        /// The office.
        office: Office,
        /// When.
        at: Moment,
        /// Its title.
        title: String,
        /// Its text.
        text: String,
    }
}

answer! {
    /// Public notices, newest first.
    Notices {
        /// The notices.
        notices: Vec<Notice>,
        /// Ask with this as `before` for older ones; none on the last page.
        next: Option<i64>,
    }
}

answer! {
    /// Another way to read a clock; what is none is as in the main reading.
    LawReading {
        /// Its id.
        id: String,
        /// How long.
        length: Option<u16>,
        /// In which unit.
        unit: Option<Unit>,
        /// From which event.
        start: Option<String>,
        /// Until when on the last day: `midnight` or `counter-close`.
        day_end: Option<String>,
        /// Why it can be read so, in Indonesian.
        why: String,
    }
}

answer! {
    /// Which reading binds.
    Settled {
        /// The reading.
        reading: String,
        /// By what, in Indonesian.
        by: String,
    }
}

answer! {
    /// A clock of the law.
    LawClock {
        /// Its id.
        id: String,
        /// Title in Indonesian.
        title: String,
        /// Title in English.
        title_en: String,
        /// What its end means: `deadline`, `effect` or `ban`.
        nature: String,
        /// Who must act.
        who: Party,
        /// The event that starts it.
        start: String,
        /// The events that stop it.
        ends: Vec<String>,
        /// How long; none for clocks bound to a stage of the election.
        length: Option<u16>,
        /// In which unit.
        unit: Option<Unit>,
        /// Whether the day of the start counts: `excluded` or `included`.
        start_day: String,
        /// `forward` from the event, or `backward`.
        direction: String,
        /// Until when on the last day: `midnight` or `counter-close`.
        day_end: String,
        /// The stage of the election at whose end it is due.
        until_stage: Option<String>,
        /// The clock that it lengthens.
        extends: Option<String>,
        /// Other ways to read the text.
        readings: Vec<LawReading>,
        /// Which reading binds, if that is settled.
        settled: Option<Settled>,
        /// What happens when it runs out, in Indonesian.
        at_expiry: String,
        /// Its article.
        article: Article,
    }
}

answer! {
    /// The clocks of a procedure as they are in force on a day.
    LawClocks {
        /// The procedure.
        regime: Regime,
        /// The pack of the law.
        pack: String,
        /// Its title in Indonesian.
        title: String,
        /// First day on which it applies.
        valid_from: Date,
        /// Last day on which it applies; none for the one in force.
        valid_to: Option<Date>,
        /// Why we believe these days.
        article: Article,
        /// The clocks.
        clocks: Vec<LawClock>,
    }
}

answer! {
    /// A kind of problem.
    ProblemKind {
        /// The part of a problem's `type` after `#`.
        id: String,
        /// The status of the answer.
        status: u16,
        /// In a few words, in Indonesian.
        title: String,
        /// The same in English.
        title_en: String,
        /// What to do, in Indonesian.
        detail: String,
        /// The same in English.
        detail_en: String,
    }
}

answer! {
    /// The kinds of problems.
    ProblemKinds {
        /// All of them.
        problems: Vec<ProblemKind>,
    }
}
