//! What kind of text it is: about the neutrality of civil servants or not, a case or a warning, statistics, an explainer.
//!
//! Sums of signs, each with its reason in Indonesian. The weights were set on texts made for the purpose; they are
//! kept together here so that they can be set anew.

use crate::acts::Telling;
use crate::dates::Role;
use crate::named::Named;
use crate::persons::Position;
use crate::rules::Concepts;
use crate::scene::{Scene, Sentence};
use crate::stages::Stage;

/// From here on a text is about neutrality.
const ABOUT: f64 = 1.75;
/// A sentence that tells so much of an act tells of it.
const TOLD: f64 = 0.5;
/// From here on it tells of a case.
const CASE: f64 = 0.9;

/// What kind of text it is.
pub(crate) struct Judgement {
    pub about: bool,
    pub case: bool,
    pub genre: Genre,
    pub reasons: Vec<String>,
}

/// A text that tells of no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Genre {
    News,
    Warning,
    Statistics,
    Explainer,
}

/// What the judgement rests on besides the words.
pub(crate) struct Signs<'a> {
    pub telling: &'a Telling,
    pub stage: Stage,
    pub positions: &'a [Position],
    pub roles: &'a [Role],
    /// The largest number of persons or cases that the headline has.
    pub title_number: u32,
}

/// Judges a text.
pub(crate) fn judge(scene: &Scene<'_, '_>, signs: &Signs<'_>) -> Judgement {
    let mut reasons = Vec::new();
    let about = is_about(scene, signs, &mut reasons);
    let genre = genre(scene, signs);
    let case = about && is_case(scene, signs, genre, &mut reasons);
    Judgement { about, case, genre, reasons }
}

/// At most so many of a thing count.
fn capped(count: usize, most: u32) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX).min(most))
}

/// A sentence that says what must not be, or what would be if.
fn is_general(named: &Named, sentence: &Sentence) -> bool {
    sentence.concepts.meets(named.forbid | named.conditional)
}

/// How often a text speaks of what neutrality is about.
struct Heard {
    /// Neutrality of civil servants, by sentences; a headline counts twice.
    servants: usize,
    /// Neutrality of village government and others.
    others: usize,
    accused: usize,
    /// Sentences that tell of an act and name who did it.
    acts: usize,
    /// Those that tell of an act, while the sentence before names who: *keempatnya hadir*.
    acts_after: usize,
    acts_elsewhere: usize,
}

impl Heard {
    fn new(scene: &Scene<'_, '_>, telling: &Telling) -> Heard {
        let named = scene.named();
        let both = |a: Concepts, b: Concepts| {
            let found = scene.sentences_where(|s| s.concepts.meets(a) && s.concepts.meets(b));
            found.map(|s| 1 + usize::from(s.is_title)).sum::<usize>()
        };
        let servants = both(named.neutrality, Concepts::CIVIL_SERVANT | named.asn_body);
        let others = both(named.neutrality, Concepts::WHO).saturating_sub(servants);
        let accused = both(named.alleged, Concepts::WHO);
        let mut heard = Heard { servants, others, accused, acts: 0, acts_after: 0, acts_elsewhere: 0 };
        let mut who_before = false;
        for (sentence, told) in scene.sentences.iter().zip(&telling.sentences) {
            let who = sentence.concepts.meets(Concepts::WHO);
            match (*told >= TOLD, who, who_before) {
                (false, ..) => {}
                (true, true, _) => heard.acts += 1,
                (true, false, true) => heard.acts_after += 1,
                (true, false, false) => heard.acts_elsewhere += 1,
            }
            who_before = who;
        }
        heard
    }
}

fn is_about(scene: &Scene<'_, '_>, signs: &Signs<'_>, reasons: &mut Vec<String>) -> bool {
    let named = scene.named();
    // A head of a region who moves officials in a forbidden time: the officials need not be named otherwise.
    let replaces = scene.has(named.replace) && scene.has(named.ministry_leave | named.candidate);
    let heard = Heard::new(scene, signs.telling);
    if !scene.has(Concepts::WHO) && !replaces && heard.servants == 0 {
        reasons.push("Tidak menyebut ASN atau pihak lain yang wajib netral.".to_owned());
        return false;
    }
    let score = about_score(scene, &heard)
        + if replaces { 1.2 } else { 0.0 }
        + if is_handled(scene, &heard) { 0.4 } else { 0.0 };
    if score < ABOUT {
        reasons.push("Menyebut ASN atau pihak lain yang wajib netral, tetapi bukan soal netralitasnya.".to_owned());
        return false;
    }
    let posts: Vec<&str> = signs.positions.iter().take(4).map(|position| position.name.as_str()).collect();
    reasons.push(format!("Tentang netralitas: {}.", posts.join(", ")));
    if heard.acts > 0 {
        reasons.push(format!("{} kalimat menceritakan perbuatan dalam pemilihan.", heard.acts));
    }
    if scene.has(named.supervisor | named.asn_body) {
        reasons.push("Menyebut pengawas pemilu, KASN, atau BKN.".to_owned());
    }
    true
}

/// Whether somebody handles a matter with a candidate or party, and people bound to be neutral did something in it,
/// are those whom supervisors deal with, or keep being named.
fn is_handled(scene: &Scene<'_, '_>, heard: &Heard) -> bool {
    let named = scene.named();
    let steps = named.study | named.report | named.trace | named.forward_strong;
    let keeps_naming = scene.sentences_with(Concepts::WHO) >= 3 && scene.has(named.supervisor) && scene.has(steps);
    let tells_of_an_act = heard.acts > 0 && scene.has(steps | named.sanction);
    let dealt_with = scene
        .sentences
        .iter()
        .any(|s| s.concepts.meets(Concepts::WHO) && s.concepts.meets(named.supervisor) && s.concepts.meets(steps));
    scene.has(named.candidate | named.party) && (keeps_naming || tells_of_an_act || dealt_with)
}

fn about_score(scene: &Scene<'_, '_>, heard: &Heard) -> f64 {
    let named = scene.named();
    let title = scene.title();
    let handled = named.supervisor
        | named.asn_body
        | named.report
        | named.study
        | named.trace
        | named.sanction
        | named.viral
        | named.forward_strong;
    let neutral = heard.servants + heard.others;
    // Acts of people in office are told of every campaign; they count when somebody looks into them.
    let watched = scene.has(handled) || neutral > 0 || heard.accused > 0;
    let election = named.campaign | named.candidate | named.party | named.election;
    let rules = scene.sentences_where(|s| {
        s.concepts.meets(election) && s.concepts.meets(named.forbid) && s.concepts.meets(Concepts::CIVIL_SERVANT)
    });
    let titled = title.meets(Concepts::WHO) && title.meets(handled | named.alleged);
    let warned = title.meets(Concepts::CIVIL_SERVANT) && title.meets(named.warn_title) && title.meets(election);
    let unrelated = |concepts: Concepts| neutral == 0 && scene.has(concepts);
    let signs = [
        (titled, 0.5),
        (warned, 0.6),
        (scene.has(named.supervisor), 0.6),
        (scene.has(named.asn_body), 0.6),
        (scene.has(named.candidate | named.party), 0.3),
        (scene.has(election | named.supervisor | named.asn_body), 1.6),
        (unrelated(named.organiser_duty), -1.2),
        (unrelated(named.voting_drive), -0.8),
        (unrelated(named.takedown), -0.8),
    ];
    // Without any election it is the neutrality of something else.
    let base = signs.into_iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<f64>() - 1.2;
    let spoken = 1.2 * capped(heard.servants, 3) + 0.9 * capped(heard.others, 2) + 0.3 * capped(heard.accused, 2);
    let told = if watched {
        0.9 * capped(heard.acts, 3) + 0.7 * capped(heard.acts_after, 2) + 0.35 * capped(heard.acts_elsewhere, 2)
    } else {
        0.4 * capped(heard.acts, 3) + 0.1 * capped(heard.acts_after + heard.acts_elsewhere, 2)
    };
    base + spoken + told + 0.9 * capped(rules.count(), 2) + 0.5 * capped(beside_candidates(scene), 2)
}

/// Sentences that name people bound to be neutral beside a candidate or party, in a text in which somebody watches over
/// them: there it is told what they did, in whatever words.
fn beside_candidates(scene: &Scene<'_, '_>) -> usize {
    let named = scene.named();
    if !scene.has(named.supervisor | named.asn_body) {
        return 0;
    }
    let other = named.forbid | named.takedown | named.organiser_duty;
    let beside = |s: &Sentence| {
        s.concepts.meets(Concepts::WHO) && s.concepts.meets(named.candidate | named.party) && !s.concepts.meets(other)
    };
    scene.sentences_where(beside).count()
}

fn genre(scene: &Scene<'_, '_>, signs: &Signs<'_>) -> Genre {
    let named = scene.named();
    let title = scene.title();
    let figures = scene.count(named.statistics);
    let explained = scene.count(named.explain_strong);
    let explains = scene.sentences_with(named.explain);
    let length = scene.sentences.len().max(1);
    // *Jempol Bisa Berujung Sanksi* warns; *Camat Dijatuhi Sanksi* does not.
    let threatens = title.meets(named.maybe | named.conditional);
    let handled = named.study | named.report | named.trace;
    let is_news = title.meets(handled) || (title.meets(named.sanction) && !threatens);
    if title.meets(named.explain_strong) || explained >= 3 || (explained >= 1 && explains * 2 > length) {
        Genre::Explainer
    } else if (title.meets(named.statistics) && figures >= 2)
        || figures >= 4
        || (signs.title_number >= 8 && figures >= 1)
    {
        Genre::Statistics
    } else if (title.meets(named.warn_title) && !is_news) || scene.sentences_with(named.prevent) * 2 > length {
        Genre::Warning
    } else {
        Genre::News
    }
}

fn is_case(scene: &Scene<'_, '_>, signs: &Signs<'_>, genre: Genre, reasons: &mut Vec<String>) -> bool {
    let named = scene.named();
    let title = scene.title();
    let with_who = |concepts: Concepts| {
        let both = |s: &Sentence| s.concepts.meets(Concepts::WHO) && s.concepts.meets(concepts);
        scene.sentences_where(|s| both(s) && !is_general(named, s)).count()
    };
    let accused = with_who(named.alleged);
    let single = with_who(named.single);
    let told = scene.sentences.iter().zip(&signs.telling.sentences);
    let told = told.filter(|(s, told)| **told >= TOLD && s.concepts.meets(Concepts::WHO));
    let acts = told.filter(|(s, _)| !is_general(named, s)).count();
    let title_told = scene.sentences.iter().zip(&signs.telling.sentences).any(|(s, told)| s.is_title && *told >= TOLD);
    let handled =
        named.alleged | named.report | named.viral | named.sanction | named.study | named.trace | named.forward_strong;
    let warns = genre == Genre::Warning && !title.meets(named.alleged);
    let title_accuses = !warns && title.meets(Concepts::WHO) && (title.meets(handled) || title_told);

    let told = signs.telling.sentences.iter().filter(|told| **told >= TOLD).count();
    let mut score = 0.7 * capped(accused, 2) + 0.7 * capped(acts, 2) + 0.25 * capped(told.saturating_sub(acts), 2);
    score += if single > 0 || (1..8).contains(&signs.title_number) { 0.5 } else { 0.0 };
    score += match signs.stage {
        Stage::None | Stage::Prevention => 0.0,
        Stage::Viral | Stage::Report | Stage::Tracing | Stage::Study => 0.5,
        Stage::Forwarded | Stage::Recommended | Stage::Sanctioned => 0.7,
    };
    score += if signs.roles.contains(&Role::Event) { 0.3 } else { 0.0 };
    score += if scene.has(named.evidence) { 0.2 } else { 0.0 };
    score += if title_accuses { 0.9 } else { 0.0 };
    let specific = signs.positions.iter().any(|position| position.id != "asn" && position.share >= 0.5);
    score += if specific { 0.3 } else { 0.0 };
    score -= match genre {
        Genre::News => 0.0,
        Genre::Warning if title.meets(named.alleged) => 0.8,
        Genre::Warning => 1.9,
        Genre::Statistics if signs.title_number < 8 && title_accuses && single > 0 => 0.9,
        Genre::Statistics => 4.0,
        Genre::Explainer => 2.6,
    };
    let whos = scene.sentences_with(Concepts::WHO);
    let generals = scene.sentences_where(|s| s.concepts.meets(Concepts::WHO) && is_general(named, s)).count();
    score -= if generals * 10 > whos * 6 { 0.8 } else { 0.0 };
    let case = score >= CASE;
    reasons.push(match (case, genre) {
        (true, _) => "Menceritakan perbuatan tertentu oleh orang tertentu.".to_owned(),
        (false, Genre::Warning) => "Bukan perkara: imbauan atau peringatan.".to_owned(),
        (false, Genre::Statistics) => "Bukan perkara: angka atau rekapitulasi.".to_owned(),
        (false, Genre::Explainer) => "Bukan perkara: penjelasan aturan.".to_owned(),
        (false, Genre::News) => "Bukan perkara: tidak ada perbuatan tertentu yang diceritakan.".to_owned(),
    });
    case
}
