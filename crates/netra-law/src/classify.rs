//! What an act may be: types of violation that can apply, and who would receive them on that day.
//!
//! A proposal with its reasons, never a verdict: Bawaslu records what is alleged, the final class and
//! sanction belong to the receiver. What separates the lists is the candidates' status on the day of
//! the act, then the kind of person; words only say which types to look at. A text without any known
//! word gets no type.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::calendar::Seat;
use crate::clock;
use crate::event::{Event, EventKind};
use crate::pack::{Authority, Certainty, Election, Receiver, Regime, Route, Stage, Subject, ViolationType};
use crate::time::{Zone, long_date};
use crate::{Law, LawError, Pack, is_held};

/// Who did what, when, in which election.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The act in words, or the id of a violation type.
    pub act: &'a str,
    /// Kind of person, an id of `subjects.toml`.
    pub subject: &'a str,
    /// Day of the act.
    pub date: Date,
    /// The election's procedure.
    pub regime: Regime,
    /// Home-affairs region code, for elections held in some regions only; empty for the national ones.
    pub region: &'a str,
}

/// Why an act is not classified.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClassifyError {
    /// Nothing was described.
    #[error("the act is empty: describe it in a sentence, or give the id of a violation type")]
    EmptyAct,
    /// The kind of person is unknown.
    #[error("'{id}' is not a kind of person; the kinds are: {known}")]
    Subject {
        /// As given.
        id: String,
        /// All ids.
        known: String,
    },
    /// It looks like an id, and no type has it.
    #[error("no violation type has the id '{id}'; the ids are: {known}")]
    Violation {
        /// As given.
        id: String,
        /// All ids.
        known: String,
    },
    /// Discipline follows an election's procedure; it has none of its own.
    #[error("discipline is not an election: give the regime pemilu or pilkada")]
    NoElection,
    /// No pack is in force.
    #[error(transparent)]
    Law(#[from] LawError),
}

/// Whether there were candidates on the day of the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateStatus {
    /// They are determined only on that later day.
    Before(Date),
    /// They were determined on that day.
    After(Date),
    /// No recorded election says.
    Unknown,
}

/// What speaks against a type, or must be decided by a human first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// It rests on the law of the other kind of election.
    OtherRegime,
    /// It does not name this kind of person.
    SubjectNotNamed,
    /// On the day of the act it did not yet reach this kind of person: a human decides.
    SubjectNotYetCovered,
    /// The day of the act is outside its period.
    OutsidePeriod,
    /// Whether the day is inside its period is not known: a human decides.
    PeriodUnknown,
    /// The discipline catalogue of today was not yet in force.
    OlderCatalogue,
}

impl Flag {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Flag::OtherRegime => "other-regime",
            Flag::SubjectNotNamed => "subject-not-named",
            Flag::SubjectNotYetCovered => "subject-not-yet-covered",
            Flag::OutsidePeriod => "outside-period",
            Flag::PeriodUnknown => "period-unknown",
            Flag::OlderCatalogue => "older-catalogue",
        }
    }
}

/// A type of violation that can apply.
#[derive(Clone, Debug)]
pub struct Candidate<'l> {
    /// The type, with its article.
    pub violation: &'l ViolationType,
    /// The kind of violation under which it is handled: an id of the packs' kinds.
    pub kind: &'static str,
    /// The words of the text that spoke for it; none when it was asked for by its id.
    pub words: Vec<String>,
    /// What speaks against it.
    pub flags: Vec<Flag>,
    /// The same in Indonesian, and the doubts of the entry itself.
    pub notes: Vec<String>,
    /// Possible sanctions, never certain ones; none when those of the day are not in the packs.
    pub sanctions: &'l [String],
}

impl Candidate<'_> {
    /// Whether something was flagged.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// Whether the day of the act is inside the period, if that is known.
    pub fn period_fits(&self) -> Option<bool> {
        (!self.has(Flag::PeriodUnknown)).then(|| !self.has(Flag::OutsidePeriod))
    }

    /// A neutrality case leaves for its receiver whatever the class; other routes wait for a type without doubt.
    fn opens_route(&self) -> bool {
        self.kind == OTHER_LAW || self.flags.is_empty()
    }
}

/// Where a person's case would go.
#[derive(Clone, Debug)]
pub struct RouteAnswer<'l> {
    /// The rule: kind, receiving role, article.
    pub route: &'l Route,
    /// Who holds the role on the day, the expected one first.
    pub receivers: Vec<ReceiverAnswer<'l>>,
    /// The types that open it; none when only the kind of person is known.
    pub because: Vec<&'l str>,
}

/// Somebody who may receive.
#[derive(Clone, Copy, Debug)]
pub struct ReceiverAnswer<'l> {
    /// The body.
    pub authority: &'l Authority,
    /// Its row: channel, dates, article.
    pub receiver: &'l Receiver,
    /// Whether it is the right one.
    pub standing: ReceiverStanding,
}

/// Whether a receiver is the right one on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiverStanding {
    /// It holds the role.
    Expected,
    /// It no longer holds it, and still accepts.
    Accepted,
}

/// A route that is closed on the day of the act.
#[derive(Clone, Debug)]
pub struct ClosedRoute<'l> {
    /// Kind of violation.
    pub kind: &'static str,
    /// Why, in Indonesian.
    pub why: String,
    /// Article.
    pub cite: &'l str,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Classification<'l> {
    /// The pack whose routes were read.
    pub pack: &'l Pack,
    /// The kind of person.
    pub subject: &'l Subject,
    /// The candidates' status.
    pub status: CandidateStatus,
    /// Types that can apply: those with most words first.
    pub types: Vec<Candidate<'l>>,
    /// Where they would go.
    pub routes: Vec<RouteAnswer<'l>>,
    /// What can't be taken on that day.
    pub closed: Vec<ClosedRoute<'l>>,
    /// What a human should know, in Indonesian.
    pub notes: Vec<String>,
}

const CRIME: &str = "crime";
const ADMINISTRATIVE: &str = "administrative";
const OTHER_LAW: &str = "other-law";

/// What an act may be.
///
/// By an id the type is given whatever speaks against it; from a text only those whose words are
/// met, that name the kind of person, and whose period is not missed.
///
/// # Errors
/// The act is empty, an id is unknown, or no pack is in force on that day.
pub fn classify<'l>(law: &'l Law, question: &Question<'_>) -> Result<Classification<'l>, ClassifyError> {
    if question.regime == Regime::Discipline {
        return Err(ClassifyError::NoElection);
    }
    let act = question.act.trim();
    if act.is_empty() {
        return Err(ClassifyError::EmptyAct);
    }
    let subject = law.subject(question.subject).ok_or_else(|| ClassifyError::Subject {
        id: question.subject.to_owned(),
        known: list(law.subjects().iter().map(|s| s.id.as_str())),
    })?;
    let named = by_id(law, act)?;
    let pack = law.pack_for(question.regime, question.date)?;
    let (status, determined) = candidate_status(law, question);
    let scene = Scene { law, pack, subject, question, status };
    let mut notes = vec![scene.status_note(determined)];
    let types = match named {
        Some(violation) => vec![scene.candidate(violation, Vec::new())?],
        None => scene.from_text(act, &mut notes)?,
    };
    let routes = scene.routes(&types, &mut notes);
    let closed = scene.closed()?;
    notes.extend(closed.iter().map(|c| c.why.clone()));
    notes.extend(routes.iter().filter_map(|r| scene.later_receiver(r)));
    if !types.is_empty() {
        notes.push("Sanksi selalu kemungkinan: golongan akhir dan sanksi ditetapkan instansi penerima.".to_owned());
    }
    Ok(Classification { pack, subject, status, types, routes, closed, notes })
}

/// Says a thing once.
fn add(notes: &mut Vec<String>, note: String) {
    if !notes.contains(&note) {
        notes.push(note);
    }
}

fn list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}

/// The type that an act names by its id. A mistyped id is an error, not a description without known words.
fn by_id<'l>(law: &'l Law, act: &str) -> Result<Option<&'l ViolationType>, ClassifyError> {
    if let Some(violation) = law.violations().iter().find(|v| v.id.eq_ignore_ascii_case(act)) {
        return Ok(Some(violation));
    }
    let series = |id: &str| id.split_once('-').map(|(series, _)| series.to_owned());
    let meant = series(act).filter(|_| !act.contains(char::is_whitespace));
    if meant.is_some() && law.violations().iter().any(|v| series(&v.id) == meant) {
        let known = list(law.violations().iter().map(|v| v.id.as_str()));
        return Err(ClassifyError::Violation { id: act.to_owned(), known });
    }
    Ok(None)
}

/// The kind under which a class is handled; a civil servant's code of ethics is no organisers' ethics.
fn kind_of(class: &str) -> &'static str {
    match class {
        CRIME => CRIME,
        ADMINISTRATIVE => ADMINISTRATIVE,
        _ => OTHER_LAW,
    }
}

/// The statutes that are about one kind of election only. A type that cites none of them applies in both.
const ELECTION_LAWS: [(&str, Regime); 3] =
    [("UU 7/2017", Regime::Pemilu), ("UU 1/2015", Regime::Pilkada), ("UU 10/2016", Regime::Pilkada)];

fn applies_in(violation: &ViolationType, regime: Regime) -> bool {
    let cited = || ELECTION_LAWS.iter().filter(|(law, _)| violation.basis.cite.contains(*law));
    cited().next().is_none() || cited().any(|(_, of)| *of == regime)
}

fn names(violation: &ViolationType, subject: &Subject) -> bool {
    violation.subjects.iter().any(|s| s == "*" || *s == subject.id)
}

// --- The candidates' status ---------------------------------------------------------------------

/// The stage that separates prospective candidates from candidates.
const DETERMINED: &str = "candidates-determined";
const CAMPAIGN: &str = "campaign";

/// The status by the elections around the day, else by the next one. Outside the packed years there may
/// have been elections that nobody recorded.
fn candidate_status<'l>(law: &'l Law, question: &Question<'_>) -> (CandidateStatus, Option<&'l Stage>) {
    let Question { date, regime, region, .. } = *question;
    let held = || law.elections().iter().filter(move |e| is_held(e, regime, region));
    let mut elections: Vec<&'l Election> =
        held().filter(|e| span(e).is_some_and(|(from, to)| from <= date && date <= to)).collect();
    if elections.is_empty() && law.calendar().years().contains_key(&date.year()) {
        let later = held().filter(|e| span(e).is_some_and(|(from, _)| date < from));
        elections.extend(later.min_by_key(|e| span(e)));
    }
    let stages: Vec<&'l Stage> =
        elections.iter().filter_map(|e| e.stage.iter().find(|s| s.kind == DETERMINED)).collect();
    let still_ahead = stages.iter().filter(|s| date < s.from).count();
    match stages.first().copied() {
        Some(stage) if still_ahead == 0 => (CandidateStatus::After(stage.from), Some(stage)),
        Some(stage) if still_ahead == stages.len() => (CandidateStatus::Before(stage.from), Some(stage)),
        _ => (CandidateStatus::Unknown, None),
    }
}

/// First and last recorded day of an election.
fn span(election: &Election) -> Option<(Date, Date)> {
    let from = election.stage.iter().map(|s| s.from).min()?;
    let to = election.stage.iter().map(|s| s.to.unwrap_or(s.from)).max()?;
    Some((from, to))
}

// --- One question -------------------------------------------------------------------------------

struct Scene<'l, 'q> {
    law: &'l Law,
    pack: &'l Pack,
    subject: &'l Subject,
    question: &'q Question<'q>,
    status: CandidateStatus,
}

impl<'l> Scene<'l, '_> {
    fn status_note(&self, determined: Option<&Stage>) -> String {
        let day = long_date(self.question.date);
        let doubt = determined
            .filter(|stage| stage.basis.certainty == Certainty::Uncertain)
            .and_then(|stage| stage.basis.note.as_deref())
            .map(|note| format!(" {note}"))
            .unwrap_or_default();
        match self.status {
            CandidateStatus::Before(at) => {
                format!("Pada {day} calon belum ditetapkan; penetapannya {}.{doubt}", long_date(at))
            }
            CandidateStatus::After(at) => {
                format!("Pada {day} calon sudah ditetapkan; penetapannya {}.{doubt}", long_date(at))
            }
            CandidateStatus::Unknown => format!(
                "Tahapan pemilihan pada {day} tidak tercatat, sehingga status calon tidak diketahui: bentuk \
                 pelanggaran sebelum dan sesudah penetapan sama-sama diajukan. Perlu keputusan manusia."
            ),
        }
    }

    /// A type with everything that speaks against it.
    fn candidate(
        &self,
        violation: &'l ViolationType,
        words: Vec<String>,
    ) -> Result<Candidate<'l>, ClassifyError> {
        let (id, person) = (&violation.id, &self.subject.name);
        let mut flags = Vec::new();
        let mut notes = Vec::new();
        let mut flag = |flag, note| {
            flags.push(flag);
            notes.push(note);
        };
        if !applies_in(violation, self.question.regime) {
            let regime = self.question.regime.indonesian();
            flag(Flag::OtherRegime, format!("{id} bersandar pada undang-undang pemilihan lain, bukan {regime}."));
        }
        if !names(violation, self.subject) {
            flag(Flag::SubjectNotNamed, format!("{id} tidak menyebut jenis orang ini: {person}."));
        }
        if let Some(since) = violation.subjects_since.get(&self.subject.id).filter(|s| self.question.date < **s) {
            let since = long_date(*since);
            flag(
                Flag::SubjectNotYetCovered,
                format!(
                    "Pada tanggal perbuatan {id} belum menjangkau jenis orang ini ({person}), baru sejak {since}: \
                     perlu keputusan manusia."
                ),
            );
        }
        match self.period_fits(violation)? {
            Some(true) => {}
            Some(false) => flag(Flag::OutsidePeriod, format!("{id} tidak berlaku pada tanggal perbuatan.")),
            None => flag(
                Flag::PeriodUnknown,
                format!("Apakah tanggal perbuatan termasuk waktu berlakunya {id} tidak diketahui: perlu keputusan manusia."),
            ),
        }
        let mut sanctions = violation.sanctions.as_slice();
        if violation.class == "discipline" {
            match self.law.pack_for(Regime::Discipline, self.question.date) {
                Ok(pack) => notes.push(format!("Katalog hukuman disiplin pada tanggal perbuatan: {}.", pack.head.basis.cite)),
                Err(_) => {
                    flags.push(Flag::OlderCatalogue);
                    notes.push(self.older_catalogue());
                    sanctions = &[];
                }
            }
        }
        notes.extend(violation.basis.note.clone());
        Ok(Candidate { violation, kind: kind_of(&violation.class), words, flags, notes, sanctions })
    }

    fn older_catalogue(&self) -> String {
        let packs = self.law.packs().iter().filter(|p| p.head.regime == Regime::Discipline);
        let first = packs.min_by_key(|p| p.head.valid_from);
        let doubt = first.and_then(|p| p.head.basis.note.clone()).unwrap_or_default();
        format!("Katalog hukuman disiplin yang termuat belum berlaku pada tanggal perbuatan, jadi sanksinya tidak ditampilkan. {doubt}")
    }

    /// Whether the day of the act lies in the period of a type; none when that is not known.
    fn period_fits(&self, violation: &ViolationType) -> Result<Option<bool>, LawError> {
        let Question { date, regime, region, .. } = *self.question;
        let known = match self.status {
            CandidateStatus::Before(_) => Some(false),
            CandidateStatus::After(_) => Some(true),
            CandidateStatus::Unknown => None,
        };
        Ok(match violation.period.as_str() {
            "any" => Some(true),
            "before-determination" => known.map(|determined| !determined),
            "after-determination" => known,
            CAMPAIGN if self.law.stages_on(regime, region, date).any(|s| s.kind == CAMPAIGN) => Some(true),
            CAMPAIGN => known.map(|_| false),
            other => match other.strip_prefix("from ") {
                Some(clock) => self.first_day(clock)?.map(|first| first <= date),
                None => None,
            },
        })
    }

    /// The day that a clock of the pack gives, counted from the determination of the candidates.
    fn first_day(&self, clock: &str) -> Result<Option<Date>, LawError> {
        let determined = match self.status {
            CandidateStatus::Before(at) | CandidateStatus::After(at) => at,
            CandidateStatus::Unknown => return Ok(None),
        };
        let Some(rule) = self.pack.clock(clock) else { return Ok(None) };
        let events = [Event::on(EventKind::CandidatesDetermined, determined)];
        // The zone decides about hours, and this is a question about days.
        let seat = Seat::new(Zone::Wib, self.question.region);
        let deadline = clock::deadline(self.law, self.pack, rule, &events, &seat)?;
        Ok(deadline.map(|d| d.due_date))
    }

    /// The types whose words are met, and notes about those that were nearly proposed.
    fn from_text(&self, act: &str, notes: &mut Vec<String>) -> Result<Vec<Candidate<'l>>, ClassifyError> {
        let text = sentences(act);
        let (law, subject, regime) = (self.law, self.subject, self.question.regime);
        let fitting = || law.violations().iter().filter(move |v| applies_in(v, regime) && names(v, subject));
        let mut types = Vec::new();
        let mut missed = Vec::new();
        for violation in fitting() {
            match heard(&violation.words, &text) {
                Heard::Yes(words) => {
                    let candidate = self.candidate(violation, words)?;
                    if candidate.has(Flag::OutsidePeriod) {
                        missed.push(violation.id.as_str());
                    } else {
                        types.push(candidate);
                    }
                }
                Heard::Nearly { words, lacks } if self.period_fits(violation)? != Some(false) => notes.push(format!(
                    "Belum cukup untuk {}: ada kata {}, belum ada salah satu dari: {lacks}.",
                    violation.id,
                    words.join(", ")
                )),
                Heard::Nearly { .. } | Heard::No => {}
            }
        }
        types.sort_by_key(|c| Reverse(c.words.len()));
        if !missed.is_empty() {
            notes.push(format!("Kata-katanya cocok, tetapi waktunya tidak: {}.", missed.join(", ")));
        }
        if types.is_empty() {
            let by_hand = list(fitting().filter(|v| v.words.is_empty()).map(|v| v.id.as_str()));
            let by_hand = if by_hand.is_empty() { by_hand } else { format!(" Tanpa kata kunci tersedia: {by_hand}.") };
            notes.push(format!(
                "Tidak ada bentuk pelanggaran yang dikenali dari uraian ini untuk jenis orang itu; program tidak \
                 menebak. Uraikan perbuatannya atau pilih sendiri dari daftar.{by_hand}"
            ));
        }
        Ok(types)
    }

    fn routes(&self, types: &[Candidate<'l>], notes: &mut Vec<String>) -> Vec<RouteAnswer<'l>> {
        let mut answers: Vec<RouteAnswer<'l>> = Vec::new();
        for candidate in types {
            let id = candidate.violation.id.as_str();
            if !candidate.opens_route() {
                let kind = self.kind_text(candidate.kind);
                add(notes, format!("{kind}: jalurnya tidak diajukan untuk {id} tanpa keputusan manusia."));
                continue;
            }
            let Some(route) = self.pack.route(candidate.kind, &self.subject.id) else {
                add(notes, self.no_receiver(candidate.kind));
                continue;
            };
            match answers.iter_mut().find(|a| a.route.id == route.id) {
                Some(known) => known.because.push(id),
                None => answers.push(self.answer(route, vec![id])),
            }
        }
        if types.is_empty() {
            match self.pack.route(OTHER_LAW, &self.subject.id) {
                Some(route) => {
                    let note = "Penerima hanya menurut jenis orang, bila ternyata ada pelanggaran netralitas.";
                    add(notes, note.to_owned());
                    answers.push(self.answer(route, Vec::new()));
                }
                None => add(notes, self.no_receiver(OTHER_LAW)),
            }
        }
        answers
    }

    fn kind_text(&self, kind: &'static str) -> &'l str {
        self.pack.kind(kind).map_or(kind, |k| k.text.as_str())
    }

    fn no_receiver(&self, kind: &'static str) -> String {
        format!("Tidak ada penerima yang tercatat untuk {} oleh: {}.", self.kind_text(kind), self.subject.name)
    }

    fn answer(&self, route: &'l Route, because: Vec<&'l str>) -> RouteAnswer<'l> {
        let date = self.question.date;
        let receivers = self.law.receivers_on(&route.to, date).into_iter().filter_map(|receiver| {
            let holds = receiver.from <= date && receiver.to.is_none_or(|to| date <= to);
            let standing = if holds { ReceiverStanding::Expected } else { ReceiverStanding::Accepted };
            self.law.authority(&receiver.authority).map(|authority| ReceiverAnswer { authority, receiver, standing })
        });
        RouteAnswer { route, receivers: receivers.collect(), because }
    }

    /// Who follows when the role changes hands after the day of the act.
    fn later_receiver(&self, answer: &RouteAnswer<'l>) -> Option<String> {
        let rows = self.law.receivers().iter().filter(|r| r.role == answer.route.to && r.from > self.question.date);
        let next = rows.min_by_key(|r| r.from)?;
        let name = self.law.authority(&next.authority).map_or(next.authority.as_str(), |a| a.short.as_str());
        Some(format!(
            "Penerimanya mengikuti hari penerusan, bukan hari perbuatan: sejak {} {name} ({}).",
            long_date(next.from),
            next.channel
        ))
    }

    /// The crime route is closed while every crime that names the person is outside its period.
    fn closed(&self) -> Result<Vec<ClosedRoute<'l>>, ClassifyError> {
        let mut crimes = Vec::new();
        for violation in self.law.violations() {
            if violation.class == CRIME && applies_in(violation, self.question.regime) && names(violation, self.subject) {
                if self.period_fits(violation)? != Some(false) {
                    return Ok(Vec::new());
                }
                crimes.push(violation.id.as_str());
            }
        }
        let (false, Some(route)) = (crimes.is_empty(), self.pack.route(CRIME, &self.subject.id)) else {
            return Ok(Vec::new());
        };
        let doubt = route.basis.note.as_ref().map(|note| format!(" {note}")).unwrap_or_default();
        let why = format!("Jalur pidana tertutup pada tanggal perbuatan ({}).{doubt}", crimes.join(", "));
        Ok(vec![ClosedRoute { kind: CRIME, why, cite: &route.basis.cite }])
    }
}

// --- Words --------------------------------------------------------------------------------------

/// A word of a text, and what it may be a form of.
struct Token {
    text: String,
    forms: BTreeSet<String>,
}

enum Heard {
    Yes(Vec<String>),
    /// All but one group of a line of three or more.
    Nearly { words: Vec<String>, lacks: String },
    No,
}

/// A text as sentences of words.
fn sentences(text: &str) -> Vec<Vec<Token>> {
    let lower = text.to_lowercase();
    lower
        .split(['!', '?', ';', '\n'])
        .flat_map(|part| part.split(". "))
        .map(|sentence| {
            let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(|word| Token { text: word.to_owned(), forms: forms(word) }).collect::<Vec<Token>>()
        })
        .filter(|tokens| !tokens.is_empty())
        .collect()
}

/// What a type's lines hear in a text: the words of every line that is met.
fn heard(lines: &[String], text: &[Vec<Token>]) -> Heard {
    let mut met: Vec<String> = Vec::new();
    let mut nearly = None;
    for (line, sentence) in lines.iter().flat_map(|line| text.iter().map(move |sentence| (line, sentence))) {
        let Some((words, lacks)) = line_in(line, sentence) else { continue };
        match lacks.as_slice() {
            [] => met.extend(words),
            [one] if words.len() >= 2 && nearly.is_none() => {
                nearly = Some(Heard::Nearly { words, lacks: one.replace('|', ", ") });
            }
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    met.retain(|word| seen.insert(word.clone()));
    if met.is_empty() { nearly.unwrap_or(Heard::No) } else { Heard::Yes(met) }
}

/// The words that meet a line's groups, and the groups that nothing meets; none if a barred word occurs.
fn line_in<'w>(line: &'w str, sentence: &[Token]) -> Option<(Vec<String>, Vec<&'w str>)> {
    let mut words = Vec::new();
    let mut lacks = Vec::new();
    for group in line.split_whitespace() {
        match (group.strip_prefix('!'), group_in(group.trim_start_matches('!'), sentence)) {
            (Some(_), Some(_)) => return None,
            (Some(_), None) => {}
            (None, Some(token)) => words.push(token.text.clone()),
            (None, None) => lacks.push(group),
        }
    }
    (!words.is_empty()).then_some((words, lacks))
}

fn group_in<'s>(group: &str, sentence: &'s [Token]) -> Option<&'s Token> {
    sentence.iter().find(|token| group.split('|').any(|word| token.forms.contains(word)))
}

const SUFFIXES: [&str; 9] = ["nya", "lah", "kah", "pun", "kan", "an", "i", "ku", "mu"];

/// Prefixes, each with the first letter that it may have swallowed: `menyukai` is from `suka`.
const PREFIXES: [(&str, &str); 21] = [
    ("meng", ""),
    ("meng", "k"),
    ("meny", "s"),
    ("mem", ""),
    ("mem", "p"),
    ("men", ""),
    ("men", "t"),
    ("me", ""),
    ("peng", ""),
    ("peng", "k"),
    ("peny", "s"),
    ("pem", ""),
    ("pem", "p"),
    ("pen", ""),
    ("pen", "t"),
    ("per", ""),
    ("pe", ""),
    ("di", ""),
    ("ber", ""),
    ("ter", ""),
    ("ke", ""),
];

/// What a word may be a form of, itself included: up to two suffixes and two prefixes taken off.
fn forms(word: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::from([word.to_owned()]);
    for strip in [without_suffix, without_suffix, without_prefix, without_prefix] {
        let more: Vec<String> = forms.iter().flat_map(|form| strip(form)).collect();
        forms.extend(more);
    }
    forms
}

/// Shorter than this nothing is a stem.
const SHORTEST_STEM: usize = 3;

fn without_suffix(word: &str) -> Vec<String> {
    let stems = SUFFIXES.iter().filter_map(|suffix| word.strip_suffix(*suffix));
    stems.filter(|stem| stem.chars().count() >= SHORTEST_STEM).map(str::to_owned).collect()
}

fn without_prefix(word: &str) -> Vec<String> {
    let rests = PREFIXES.iter().filter_map(|(prefix, letter)| word.strip_prefix(*prefix).map(|rest| (letter, rest)));
    rests
        .map(|(letter, rest)| format!("{letter}{rest}"))
        .filter(|stem| stem.chars().count() >= SHORTEST_STEM)
        .collect()
}
