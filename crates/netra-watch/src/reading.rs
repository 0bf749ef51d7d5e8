//! What a text says, all together.

use netra_law::pack::Regime;

use crate::Watch;
use crate::acts::{self, Circumstances, FoundAct};
use crate::dates::{self, FoundDate, Role};
use crate::judge::{Genre, Judgement, Signs, judge};
use crate::lexicon::Meaning;
use crate::numbers::{self, FoundNumber};
use crate::page::{Page, Published};
use crate::persons::{self, Position};
use crate::places::{self, FoundRegion};
use crate::scene::Scene;
use crate::similar::Fingerprint;
use crate::stages::{self, Stage};

/// What a text says. No name of a person is in it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Whether it is about the neutrality of those whom the law asks for it.
    pub about_asn_neutrality: bool,
    /// Whether it tells of a case, and is no warning, statistic or explainer.
    pub case: bool,
    /// How good a lead it is, from 0 to 1.
    pub score: f64,
    /// When it was published, and who says so.
    pub published: Option<Published>,
    /// Days that it names: events first.
    pub dates: Vec<FoundDate>,
    /// Regions: the one it is about first.
    pub regions: Vec<FoundRegion>,
    /// Kinds of persons as ids of the law, then posts.
    pub subjects: Vec<String>,
    /// Posts, the most important first.
    pub positions: Vec<Position>,
    /// Bodies.
    pub agencies: Vec<String>,
    /// The kind of election.
    pub election: Option<Regime>,
    /// The stage of the election on the day of the event, in Indonesian.
    pub election_stage: Option<String>,
    /// How the act became public.
    pub channels: Vec<String>,
    /// Types of violation that the acts can be, the likeliest first.
    pub acts: Vec<FoundAct>,
    /// The furthest stage of handling that it tells of.
    pub stage: Stage,
    /// Where the words stand that tell of the stage: bytes of the text. None where the stage is not told.
    pub stage_spans: Vec<(usize, usize)>,
    /// Numbers quoted.
    pub numbers: Vec<FoundNumber>,
    /// Why it was read so, in Indonesian.
    pub reasons: Vec<String>,
    /// What a person should check, in Indonesian.
    pub warnings: Vec<String>,
    /// For finding the same text again.
    pub fingerprint: Fingerprint,
}

/// The words of the headline that need to agree with the text.
const STATUS: [(&[&str], &[&str], &str); 2] = [
    (&["tersangka"], &["terlapor"], "Judul menyebut tersangka, isinya terlapor: periksa statusnya sebelum dipakai."),
    (
        &["terbukti"],
        &["dilanjutkan", "formal", "formil", "materiel", "materiil", "kedaluwarsa"],
        "Judul berbicara tentang terbukti atau tidak, isinya tentang dapat tidaknya dilanjutkan: periksa hasilnya.",
    ),
];

impl Watch {
    /// Reads a page.
    pub fn read(&self, page: &Page) -> Reading {
        let text = page.text();
        let (tables, lexicon) = (self.tables(), self.lexicon());
        let scene = Scene::new(&text, page.title.len(), lexicon, tables);
        let found = dates::find(&scene, tables, page.published);
        let telling = acts::tell(&scene, tables);
        let furthest = stages::furthest(&scene, tables);
        let mentions = places::mentions(&scene, tables);
        let regions = places::regions(&mentions, tables);
        let region = regions.first().map(|region| region.code.as_str());
        let positions = persons::positions(&scene, tables, &telling, region);
        let numbers = numbers::find(&scene);
        let roles: Vec<Role> = found.found.iter().map(|date| date.role).collect();
        let title_number = numbers.iter().filter(|n| n.in_title).map(|n| n.value).max().unwrap_or(0);
        let signs =
            Signs { telling: &telling, stage: furthest.stage, positions: &positions, roles: &roles, title_number };
        let judgement = judge(&scene, &signs);

        let event = event_day(&found);
        let regime = self.elections().regime(&scene, event);
        let mut kinds = persons::kinds(&positions);
        if kinds.is_empty() {
            kinds.push(("pns".to_owned(), 1.0));
        }
        let determined = self.elections().determined(&scene, regime, event);
        let circumstances = Circumstances { kinds: &kinds, regime, determined };
        let acts = if judgement.case { acts::types(&scene, tables, &telling.acts, &circumstances) } else { Vec::new() };
        let stage = stage_of(&scene, &judgement, furthest.stage);
        let is_told = judgement.about && stage > Stage::Prevention;
        let election_stage = regime
            .zip(event)
            .and_then(|(regime, day)| self.elections().stage_on(regime, region.unwrap_or(""), day).map(str::to_owned));
        let warnings = warnings(&scene, &found.found, &numbers);
        let mut reading = Reading {
            about_asn_neutrality: judgement.about,
            case: judgement.case,
            score: 0.0,
            published: found.published,
            dates: found.found,
            subjects: persons::subjects(&positions),
            positions,
            agencies: places::agencies(&scene, tables, &mentions),
            regions,
            election: regime,
            election_stage,
            channels: channels(&scene, self),
            acts,
            stage,
            stage_spans: if is_told { furthest.spans } else { Vec::new() },
            numbers,
            reasons: judgement.reasons,
            warnings,
            fingerprint: Fingerprint::of(&scene.words),
        };
        if is_told {
            reading.reasons.push(format!("Tahap: {} (kata: {}).", stage.indonesian(), furthest.words));
        }
        if let Some(act) = reading.acts.first() {
            reading.reasons.push(format!("Perbuatan: {} (kata: {}).", act.act, act.words));
        }
        reading.score = score(&reading);
        reading
    }
}

/// The day that decides which list of violations holds: of the event, else of what follows it, else of
/// publication.
fn event_day(found: &dates::Dates) -> Option<jiff::civil::Date> {
    let of = |wanted: &[Role]| {
        found.found.iter().filter(|d| wanted.contains(&d.role) && d.confidence > 0.4).map(|d| d.date).min()
    };
    of(&[Role::Event])
        .or_else(|| of(&[Role::Report, Role::Handling, Role::Statement, Role::Other, Role::Decision]))
        .or(found.published.map(|published| published.date))
}

/// The stage of a case is the furthest one; other texts warn, or count and explain what has no stage of its own.
fn stage_of(scene: &Scene<'_, '_>, judgement: &Judgement, furthest: Stage) -> Stage {
    let prevents = scene.has(scene.named().prevent);
    match (judgement.about, judgement.case, judgement.genre) {
        (false, ..) => Stage::None,
        (true, true, _) => furthest,
        (true, false, Genre::Warning) => Stage::Prevention,
        (true, false, Genre::News) if prevents => Stage::Prevention,
        (true, false, Genre::News | Genre::Statistics | Genre::Explainer) => Stage::None,
    }
}

fn channels(scene: &Scene<'_, '_>, watch: &Watch) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for hit in &scene.hits {
        let Meaning::Channel(place) = hit.meaning else { continue };
        let Some(id) = watch.tables().channels.get(place) else { continue };
        if !list.contains(id) {
            list.push(id.clone());
        }
    }
    list
}

/// What does not agree: days of the week with dates, the headline with the text.
fn warnings(scene: &Scene<'_, '_>, found: &[FoundDate], numbers: &[FoundNumber]) -> Vec<String> {
    let mut list: Vec<String> =
        found.iter().filter(|date| date.confidence >= 0.4).filter_map(|date| date.note.clone()).collect();
    for (title, body, warning) in STATUS {
        if has(scene, Part::Title, title) && has(scene, Part::Body, body) && !has(scene, Part::Body, title) {
            list.push(warning.to_owned());
        }
    }
    for number in numbers.iter().filter(|number| number.in_title) {
        let same = |n: &&FoundNumber| !n.in_title && (n.of == number.of || n.of == "orang");
        let other: Vec<&FoundNumber> = numbers.iter().filter(same).collect();
        let agrees = scene.words.list.len() < 20 || other.is_empty() || other.iter().any(|n| n.value == number.value);
        let repeated = numbers::says(scene, number.value);
        if !agrees && !repeated {
            let told = other.first().map_or("", |n| n.text.as_str());
            list.push(format!("Judul menyebut {}, isinya {told}: periksa jumlahnya.", number.text));
        }
    }
    list
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Body,
}

fn has(scene: &Scene<'_, '_>, part: Part, words: &[&str]) -> bool {
    let mut of_part = scene.sentences_where(|sentence| sentence.is_title == (part == Part::Title));
    of_part.any(|sentence| sentence.words.clone().any(|place| words.contains(&scene.words.at(place))))
}

/// How good a lead is: a case, what was done, where, when, and how little has been done about it yet.
fn score(reading: &Reading) -> f64 {
    if !reading.about_asn_neutrality {
        return 0.02;
    }
    if !reading.case {
        return 0.15;
    }
    let act = reading.acts.first().map_or(0.0, |act| act.confidence);
    let region = reading.regions.first().map_or(0.0, |region| region.confidence);
    let dated = reading.dates.iter().any(|date| matches!(date.role, Role::Event | Role::Statement | Role::Report));
    let open = match reading.stage {
        Stage::None | Stage::Prevention | Stage::Viral => 0.12,
        Stage::Report | Stage::Tracing => 0.08,
        Stage::Study => 0.05,
        Stage::Forwarded | Stage::Recommended | Stage::Sanctioned => 0.0,
    };
    let score = 0.5 + 0.2 * act + 0.1 * region + if dated { 0.08 } else { 0.0 } + open;
    (score.min(0.99) * 100.0).round() / 100.0
}
