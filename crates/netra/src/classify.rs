//! `netra classify`: which types of violation an act can be, and who would receive them on that day.

use anyhow::Context;
use clap::Args;
use jiff::civil::Date;
use netra_law::Law;
use netra_law::classify::{
    Candidate, CandidateStatus, Classification, Question, ReceiverAnswer, ReceiverStanding, RouteAnswer, classify,
};
use netra_law::pack::{Certainty, Regime, Sanction, SanctionLevel};
use netra_law::time::long_date;
use serde::Serialize;

use crate::output::{self, Outcome};

#[derive(Args)]
pub struct ClassifyArguments {
    /// What was done, in Indonesian words, or the id of a violation type, e.g. DIS-06.
    #[arg(long, value_name = "TEXT-OR-ID")]
    act: String,
    /// The kind of person, e.g. pns, pppk, kepala-desa; `netra law show ID` explains one.
    #[arg(long)]
    subject: String,
    /// The day of the act, e.g. 2024-09-10.
    #[arg(long)]
    date: Date,
    /// pemilu or pilkada.
    #[arg(long)]
    regime: Regime,
    /// Home-affairs region code, for elections held in some regions only.
    #[arg(long, value_name = "CODE", default_value = "")]
    region: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    act: &'a str,
    date: String,
    regime: Regime,
    pack: &'a str,
    subject: SubjectJson<'a>,
    candidates: StatusJson,
    types: Vec<TypeJson<'a>>,
    routes: Vec<RouteJson<'a>>,
    closed: Vec<ClosedJson<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct SubjectJson<'a> {
    id: &'a str,
    name: &'a str,
    rule: &'a str,
    cite: &'a str,
}

#[derive(Serialize)]
struct StatusJson {
    status: &'static str,
    determined: Option<String>,
}

#[derive(Serialize)]
struct TypeJson<'a> {
    id: &'a str,
    text: &'a str,
    class: &'a str,
    kind: &'a str,
    cite: &'a str,
    certainty: Certainty,
    period: &'a str,
    period_fits: Option<bool>,
    possible_sanctions: &'a [String],
    levels: &'a [SanctionLevel],
    catalogue: Vec<SanctionJson<'a>>,
    flags: Vec<&'static str>,
    notes: &'a [String],
    words: &'a [String],
}

/// A sanction of the levels named, as it stood on the day of the act.
#[derive(Serialize)]
struct SanctionJson<'a> {
    id: &'a str,
    level: SanctionLevel,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    substitutes: Option<&'a str>,
    cite: &'a str,
    certainty: Certainty,
}

#[derive(Serialize)]
struct RouteJson<'a> {
    kind: &'a str,
    role: &'a str,
    receivers: Vec<ReceiverJson<'a>>,
    cite: &'a str,
    certainty: Certainty,
    types: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct ReceiverJson<'a> {
    authority: &'a str,
    name: &'a str,
    channel: &'a str,
    expected: bool,
    cite: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct ClosedJson<'a> {
    kind: &'a str,
    why: &'a str,
    cite: &'a str,
}

pub fn run(arguments: &ClassifyArguments) -> anyhow::Result<Outcome> {
    let law = Law::embedded().context("reading the shipped law packs")?;
    let question = Question {
        act: &arguments.act,
        subject: &arguments.subject,
        date: arguments.date,
        regime: arguments.regime,
        region: &arguments.region,
    };
    let found = classify(&law, &question).context("classifying the act")?;
    if arguments.json {
        output::json(&answer(&law, &question, &found))?;
    } else {
        print(&law, &question, &found);
    }
    Ok(Outcome::Holds)
}

fn answer<'a>(law: &'a Law, question: &Question<'a>, found: &'a Classification<'a>) -> Answer<'a> {
    let (status, determined) = match found.status {
        CandidateStatus::Before(at) => ("before", Some(at)),
        CandidateStatus::After(at) => ("after", Some(at)),
        CandidateStatus::Unknown => ("unknown", None),
    };
    Answer {
        act: question.act,
        date: question.date.to_string(),
        regime: question.regime,
        pack: &found.pack.head.id,
        subject: SubjectJson {
            id: &found.subject.id,
            name: &found.subject.name,
            rule: &found.subject.rule,
            cite: &found.subject.basis.cite,
        },
        candidates: StatusJson { status, determined: determined.map(|d| d.to_string()) },
        types: found.types.iter().map(|candidate| type_json(law, question, candidate)).collect(),
        routes: found.routes.iter().map(route_json).collect(),
        closed: found.closed.iter().map(|c| ClosedJson { kind: c.kind, why: &c.why, cite: c.cite }).collect(),
        notes: &found.notes,
    }
}

/// The sanctions that an act of this type, by this kind of person, on this day can bring.
fn catalogue<'a>(
    law: &'a Law,
    question: &Question<'a>,
    candidate: &Candidate<'a>,
) -> impl Iterator<Item = &'a Sanction> {
    law.reference().sanctions_for(candidate.violation, question.subject, question.date)
}

fn sanction_json(sanction: &Sanction) -> SanctionJson<'_> {
    SanctionJson {
        id: &sanction.id,
        level: sanction.level,
        text: &sanction.text,
        substitutes: sanction.substitutes.as_deref(),
        cite: &sanction.basis.cite,
        certainty: sanction.basis.certainty,
    }
}

fn type_json<'a>(law: &'a Law, question: &Question<'a>, candidate: &'a Candidate<'a>) -> TypeJson<'a> {
    let violation = candidate.violation;
    TypeJson {
        id: &violation.id,
        text: &violation.text,
        class: &violation.class,
        kind: candidate.kind,
        cite: &violation.basis.cite,
        certainty: violation.basis.certainty,
        period: &violation.period,
        period_fits: candidate.period_fits(),
        possible_sanctions: candidate.sanctions,
        levels: &violation.levels,
        catalogue: catalogue(law, question, candidate).map(sanction_json).collect(),
        flags: candidate.flags.iter().map(|flag| flag.id()).collect(),
        notes: &candidate.notes,
        words: &candidate.words,
    }
}

fn route_json<'a>(answer: &'a RouteAnswer<'a>) -> RouteJson<'a> {
    RouteJson {
        kind: &answer.route.kind,
        role: &answer.route.to,
        receivers: answer.receivers.iter().map(receiver_json).collect(),
        cite: &answer.route.basis.cite,
        certainty: answer.route.basis.certainty,
        types: &answer.because,
        note: answer.route.basis.note.as_deref(),
    }
}

fn receiver_json<'a>(answer: &ReceiverAnswer<'a>) -> ReceiverJson<'a> {
    ReceiverJson {
        authority: &answer.authority.id,
        name: &answer.authority.name,
        channel: &answer.receiver.channel,
        expected: answer.standing == ReceiverStanding::Expected,
        cite: &answer.receiver.basis.cite,
        note: answer.receiver.basis.note.as_deref(),
    }
}

fn print(law: &Law, question: &Question<'_>, found: &Classification<'_>) {
    output::line(format!("{} ({})", found.pack.head.title, found.pack.head.id));
    output::line(format!("{}: {}", found.subject.name, found.subject.rule));
    for candidate in &found.types {
        print_type(law, question, candidate);
    }
    for route in &found.routes {
        let kind = found.pack.kind(&route.route.kind).map_or(route.route.kind.as_str(), |k| k.text.as_str());
        output::line(format!("\nPenerima untuk {kind}"));
        for receiver in &route.receivers {
            let standing = match receiver.standing {
                ReceiverStanding::Expected => String::new(),
                ReceiverStanding::Accepted => match receiver.receiver.accepted_until {
                    Some(until) => format!(", masih diterima sampai {}", long_date(until)),
                    None => ", masih diterima".to_owned(),
                },
            };
            output::line(format!("  {} lewat {}{standing}", receiver.authority.name, receiver.receiver.channel));
        }
        output::line(format!("  {} ({})", route.route.basis.cite, route.route.basis.certainty.indonesian()));
    }
    for note in &found.notes {
        output::line(format!("\nPerhatian: {note}"));
    }
}

fn print_type(law: &Law, question: &Question<'_>, candidate: &Candidate<'_>) {
    let violation = candidate.violation;
    output::line(format!("\n{}  {}", violation.id, violation.text));
    output::line(format!("  {} ({})", violation.basis.cite, violation.basis.certainty.indonesian()));
    if !candidate.words.is_empty() {
        output::line(format!("  menurut kata: {}", candidate.words.join(", ")));
    }
    for sanction in candidate.sanctions {
        output::line(format!("  mungkin: {sanction}"));
    }
    for sanction in catalogue(law, question, candidate) {
        let Sanction { level, text, basis, .. } = sanction;
        output::line(format!("  {}: {text} ({})", level.indonesian(), basis.cite));
    }
    for note in &candidate.notes {
        output::line(format!("  catatan: {note}"));
    }
}
