//! What a day is about: told by the nearest word before it that says what somebody did.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::scan::Written;
use crate::data::Tables;
use crate::lexicon::Hit;
use crate::named::Named;
use crate::rules::Concepts;
use crate::scene::Scene;

/// What a day is about, in the order in which days are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The act, or what else happened.
    Event,
    /// A report or finding.
    Report,
    /// Tracing, clarification, study.
    Handling,
    /// Forwarding, recommendation, sanction.
    Decision,
    /// Somebody said something.
    Statement,
    /// Not told.
    Other,
    /// After publication.
    Schedule,
    /// Voting.
    Election,
    /// A letter or a rule is of that day.
    Document,
}

impl Role {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Role::Event => "event",
            Role::Report => "report",
            Role::Handling => "handling",
            Role::Decision => "decision",
            Role::Statement => "statement",
            Role::Other => "other",
            Role::Schedule => "schedule",
            Role::Election => "election",
            Role::Document => "document",
        }
    }

    /// The word that people read.
    pub fn indonesian(self) -> &'static str {
        match self {
            Role::Event => "kejadian",
            Role::Report => "laporan atau temuan",
            Role::Handling => "penanganan",
            Role::Decision => "penerusan atau putusan",
            Role::Statement => "pernyataan",
            Role::Other => "lainnya",
            Role::Schedule => "rencana",
            Role::Election => "hari pemungutan suara",
            Role::Document => "tanggal surat atau aturan",
        }
    }
}

/// The role of a day that is known.
pub(super) fn role(
    scene: &Scene<'_, '_>,
    tables: &Tables,
    written: &Written,
    date: Date,
    published: Option<Date>,
) -> Role {
    let role = role_in_text(scene, tables, written);
    let to_come = published.is_some_and(|published| date > published);
    match role {
        Role::Document | Role::Election => role,
        _ if to_come => Role::Schedule,
        _ => role,
    }
}

/// Whether a day can be one of the news, not of a rule or of the election.
pub(super) fn is_of_the_news(scene: &Scene<'_, '_>, tables: &Tables, written: &Written) -> bool {
    !matches!(role_in_text(scene, tables, written), Role::Document | Role::Election)
}

/// The role as far as the words tell it.
pub(super) fn role_in_text(scene: &Scene<'_, '_>, tables: &Tables, written: &Written) -> Role {
    if follows_document(scene, written.from) {
        return Role::Document;
    }
    let Some(sentence) = scene.sentence_of(written.from) else { return Role::Other };
    let hits = scene.hits_of(sentence);
    if follows_voting(scene, &tables.named, hits, written.from) {
        return Role::Election;
    }
    let told = |hit: &Hit| of_concepts(&tables.named, scene.counted(hit));
    let before = hits.iter().rev().filter(|hit| hit.to <= written.from).find_map(told);
    before.or_else(|| hits.iter().filter(|hit| hit.from >= written.to).find_map(told)).unwrap_or(Role::Other)
}

fn of_concepts(named: &Named, concepts: Concepts) -> Option<Role> {
    let acts =
        named.attend | named.post | named.react | named.photo | named.campaign | named.declaration | named.finger;
    let events = acts | named.install | named.meeting | named.give | named.viral | named.happen;
    let table = [
        (named.speech, Role::Statement),
        (named.report, Role::Report),
        (named.trace | named.study, Role::Handling),
        (events, Role::Event),
        (named.forward | named.recommend | named.sanction, Role::Decision),
    ];
    table.into_iter().find(|(wanted, _)| concepts.meets(*wanted)).map(|(_, role)| role)
}

const DOCUMENTS: [&str; 14] = [
    "uu",
    "undang",
    "nomor",
    "peraturan",
    "perbawaslu",
    "pkpu",
    "skb",
    "edaran",
    "putusan",
    "tertanggal",
    "pp",
    "keppres",
    "bertanggal",
    "permendagri",
];

fn follows_document(scene: &Scene<'_, '_>, place: usize) -> bool {
    (place.saturating_sub(4)..place)
        .any(|before| DOCUMENTS.contains(&scene.words.at(before)) && scene.words.at(before + 1) != "urut")
}

fn follows_voting(scene: &Scene<'_, '_>, named: &Named, hits: &[Hit], place: usize) -> bool {
    let near = place.saturating_sub(3);
    // *calon bupati, Senin* names a person of an election, not its day.
    let is_of = |hit: &Hit, wanted: Concepts| scene.counted(hit).meets(wanted);
    let names_person = |hit: &Hit| {
        hits.iter()
            .any(|other| other.from < hit.to && hit.from < other.to && is_of(other, named.candidate | named.party))
    };
    let named_election = hits
        .iter()
        .any(|hit| hit.to <= place && hit.to > near && is_of(hit, named.pilkada | named.pemilu) && !names_person(hit));
    let voting = ["pencoblosan", "suara", "serentak"];
    named_election || (near..place).any(|before| voting.contains(&scene.words.at(before)))
}
