//! What an act may be: types of violation that can apply, and who would receive them on that day.
//!
//! A proposal with its reasons, never a verdict: Bawaslu records what is alleged, the final class and
//! sanction belong to the receiver. What separates the lists is the candidates' status on the day of
//! the act, then the kind of person; words only say which types to look at. A text without any known
//! word gets no type.

mod answer;
mod words;

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::calendar::Seat;
use crate::clock;
use crate::event::{Event, EventKind};
use crate::pack::{Certainty, Election, Regime, Route, Stage, Subject, ViolationType};
use crate::time::{Zone, long_date};
use crate::{Law, LawError, Pack, is_held};

pub use self::answer::{
    Candidate, CandidateStatus, Classification, ClassifyError, ClosedRoute, Flag, Question, ReceiverAnswer,
    ReceiverStanding, RouteAnswer,
};
use self::words::{Heard, heard, sentences};

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
        None => scene.read_text(act, &mut notes)?,
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
    fn candidate(&self, violation: &'l ViolationType, words: Vec<String>) -> Result<Candidate<'l>, ClassifyError> {
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
        if let Some(note) = self.other_list(violation) {
            flag(Flag::OtherList, note);
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
                format!(
                    "Apakah tanggal perbuatan termasuk waktu berlakunya {id} tidak diketahui: perlu keputusan manusia."
                ),
            ),
        }
        let mut sanctions = violation.sanctions.as_slice();
        if violation.class == "discipline" {
            match self.law.pack_for(Regime::Discipline, self.question.date) {
                Ok(pack) => {
                    notes.push(format!("Katalog hukuman disiplin pada tanggal perbuatan: {}.", pack.head.basis.cite))
                }
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

    /// What is to be said when the list that has a type did not yet hold on the day of the act, or no longer.
    fn other_list(&self, violation: &ViolationType) -> Option<String> {
        let (id, date) = (&violation.id, self.question.date);
        if let Some(from) = violation.acts_from.filter(|from| date < *from) {
            return Some(format!(
                "Daftar yang memuat {id} berlaku untuk perbuatan sejak {}; perbuatan sebelumnya dinilai menurut daftar \
                 lama, yang padanannya, bila ada, disebut dalam catatan jenis ini.",
                long_date(from)
            ));
        }
        let to = violation.acts_to.filter(|to| *to < date)?;
        Some(format!(
            "Daftar yang memuat {id} berlaku untuk perbuatan sampai {}; perbuatan sesudahnya dinilai menurut daftar \
             yang lebih baru.",
            long_date(to)
        ))
    }

    fn older_catalogue(&self) -> String {
        let packs = self.law.packs().iter().filter(|p| p.head.regime == Regime::Discipline);
        let first = packs.min_by_key(|p| p.head.valid_from);
        let doubt = first.and_then(|p| p.head.basis.note.clone()).unwrap_or_default();
        format!(
            "Pada tanggal perbuatan PP 94/2021 belum berlaku, jadi sanksi yang tertulis pada jenis ini tidak \
             ditampilkan; yang berlaku hari itu ada dalam katalog sanksi. {doubt}"
        )
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
    fn read_text(&self, act: &str, notes: &mut Vec<String>) -> Result<Vec<Candidate<'l>>, ClassifyError> {
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
            if violation.class == CRIME && applies_in(violation, self.question.regime) && names(violation, self.subject)
            {
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
