//! Old files against the law: which clocks of past cases were kept, missed, or can't be judged.
//!
//! A row of a sheet holds dates as people typed them. Nothing in it is refused: what can't be read,
//! what is vague, what contradicts itself becomes a remark, and the clock that needs it stays
//! [`Verdict::Undecidable`]. A late or odd date in an old file does not mean that an office broke a
//! rule: the audit shows where a human should look.

mod dates;
mod facts;
mod judge;
mod limit;
mod notes;
mod order;
mod vague;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::Law;
use crate::clock::governing_day;
use crate::event::EventKind;
use crate::pack::{ClockRule, Regime};
use crate::time::{Moment, Zone};

use facts::{Facts, quoted};
use judge::Judge;

/// Stands for the clock where not even the clocks can be named, because the regime is unknown.
pub const ALL_CLOCKS: &str = "*";

/// The columns of a fresh sheet beside `id`, `regime` and `zone`, in the order of a procedure. The
/// id of every other event is understood as well.
pub const COLUMNS: [EventKind; 22] = [
    EventKind::Happened,
    EventKind::Known,
    EventKind::Discovered,
    EventKind::FindingFixed,
    EventKind::Delivered,
    EventKind::Received,
    EventKind::InitialStudyDone,
    EventKind::RepairNotified,
    EventKind::RepairDone,
    EventKind::Registered,
    EventKind::ClarificationSet,
    EventKind::InvitationDelivered,
    EventKind::CrimeDeclared,
    EventKind::CrimeForwarded,
    EventKind::CandidatesDetermined,
    EventKind::Plenary,
    EventKind::Forwarded,
    EventKind::Announced,
    EventKind::RecommendationReceived,
    EventKind::SummonsMissed,
    EventKind::Sanctioned,
    EventKind::DecisionReceived,
];

/// A past case as a sheet tells it; all text as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseRow {
    /// The case's id or number.
    pub id: String,
    /// `pemilu`, `pilkada` or `discipline`.
    pub regime: String,
    /// The office's zone: `Asia/Makassar` or `WITA`.
    pub zone: String,
    /// The other columns, each with its text.
    pub cells: Vec<(String, String)>,
}

impl CaseRow {
    /// A row of a sheet, given as column and text. A row without id is called by its line.
    pub fn from_cells(line: usize, cells: Vec<(String, String)>) -> CaseRow {
        let mut row = CaseRow::default();
        for (column, text) in cells {
            let place = match facts::plain(&column).as_str() {
                "id" => &mut row.id,
                "regime" | "rezim" => &mut row.regime,
                "zone" | "zona" => &mut row.zone,
                _ => {
                    row.cells.push((column, text));
                    continue;
                }
            };
            if place.is_empty() {
                text.trim().clone_into(place);
            }
        }
        if row.id.is_empty() {
            row.id = format!("baris {line}");
        }
        row
    }
}

/// Whether a sheet with these columns has anything to audit: at least one date by a known name.
pub fn has_dates<S: AsRef<str>>(columns: &[S]) -> bool {
    columns.iter().any(|column| facts::kind_of(column.as_ref()).is_some())
}

/// What the audit says of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseAudit {
    /// The case's id.
    pub id: String,
    /// One for each clock that began, in the pack's order.
    pub findings: Vec<Finding>,
    /// What a human should look at, in Indonesian.
    pub warnings: Vec<String>,
}

impl CaseAudit {
    /// How many clocks have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|f| f.verdict == verdict).count()
    }
}

/// What the audit says of one clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Id of the clock.
    pub clock: String,
    /// Its title in Indonesian.
    pub title: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The last day under the reading worked to, if it can be computed.
    pub due_date: Option<Date>,
    /// The last moment in time of that day.
    pub due_at: Option<Moment>,
    /// The day on which it was done, if that is known for sure.
    pub done_date: Option<Date>,
    /// The moment, if the file has the hour.
    pub done_at: Option<Moment>,
    /// The verdict under each reading.
    pub readings: Vec<ReadingVerdict>,
    /// How late, or why it can't be judged, in Indonesian.
    pub note: String,
}

impl Finding {
    fn open(rule: &ClockRule) -> Finding {
        Finding::undecided(&rule.id, &rule.title, String::new())
    }

    fn undecided(clock: &str, title: &str, note: String) -> Finding {
        Finding {
            clock: clock.to_owned(),
            title: title.to_owned(),
            verdict: Verdict::Undecidable,
            due_date: None,
            due_at: None,
            done_date: None,
            done_at: None,
            readings: Vec::new(),
            note,
        }
    }
}

/// The verdict under one reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingVerdict {
    /// Id of the reading.
    pub id: String,
    /// Its last day.
    pub due_date: Date,
    /// Kept, missed or undecidable.
    pub verdict: Verdict,
}

/// Whether a clock was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// In time under every reading.
    Kept,
    /// Late under every reading.
    Missed,
    /// In time under one reading and late under another, or in time only if an extension is on record.
    Depends,
    /// A date is missing, vague, contradictory or outside the packed years.
    Undecidable,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 4] = [Verdict::Kept, Verdict::Missed, Verdict::Depends, Verdict::Undecidable];

    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Kept => "kept",
            Verdict::Missed => "missed",
            Verdict::Depends => "depends",
            Verdict::Undecidable => "undecidable",
        }
    }

    /// The word on screens.
    pub fn indonesian(self) -> &'static str {
        match self {
            Verdict::Kept => "tepat waktu",
            Verdict::Missed => "lewat waktu",
            Verdict::Depends => "tergantung bacaan",
            Verdict::Undecidable => "tidak dapat dipastikan",
        }
    }
}

/// Audits one case. Never fails: whatever the text, there is an answer.
pub fn audit(law: &Law, row: &CaseRow) -> CaseAudit {
    audit_row(law, row, &mut BTreeSet::new())
}

/// Audits the cases of one sheet: an unknown column is remarked once, at the first case that uses it.
pub fn audit_all(law: &Law, rows: &[CaseRow]) -> Vec<CaseAudit> {
    let (mut told, mut ids) = (BTreeSet::new(), BTreeSet::new());
    let mut audits = Vec::with_capacity(rows.len());
    for row in rows {
        let mut audit = audit_row(law, row, &mut told);
        if !ids.insert(row.id.as_str()) {
            audit.warnings.push(format!("Id {} sudah dipakai perkara lain di berkas ini.", quoted(&row.id)));
        }
        audits.push(audit);
    }
    audits
}

fn audit_row(law: &Law, row: &CaseRow, told: &mut BTreeSet<String>) -> CaseAudit {
    let mut warnings = Vec::new();
    let regime = regime_of(&row.regime);
    let zone = zone_of(&row.zone);
    if regime.is_none() {
        warnings.push(format!("Regime {} tidak dikenal: tulis pemilu, pilkada atau discipline.", quoted(&row.regime)));
    }
    if zone.is_none() {
        let known = "tulis Asia/Jakarta, Asia/Makassar atau Asia/Jayapura (WIB, WITA atau WIT)";
        warnings.push(format!("Zona waktu {} tidak dikenal: {known}.", quoted(&row.zone)));
    }
    // Without a zone nothing is decided, but the dates are still looked at.
    let facts = Facts::gather(row, zone.unwrap_or(Zone::Wib), told, &mut warnings);
    if facts.is_empty() {
        warnings.push("Tidak ada tanggal di baris ini.".to_owned());
    }
    warnings.extend(order::oddities(&facts));
    let findings = match regime {
        Some(regime) => findings(law, regime, zone, row, &facts, &mut warnings),
        None => {
            let note = "Regime tidak dikenal, jadi tenggatnya tidak dapat ditentukan.".to_owned();
            vec![Finding::undecided(ALL_CLOCKS, "Semua tenggat", note)]
        }
    };
    CaseAudit { id: row.id.clone(), findings, warnings: once(warnings) }
}

fn findings(
    law: &Law,
    regime: Regime,
    zone: Option<Zone>,
    row: &CaseRow,
    facts: &Facts,
    warnings: &mut Vec<String>,
) -> Vec<Finding> {
    let judge = Judge { law, zone, region: facts::region(row), facts };
    let mut findings = judge.findings(regime, pack_day(facts), |_| true, warnings);
    let recommended = facts.get(EventKind::RecommendationReceived);
    if let (Some(fact), true) = (recommended, regime != Regime::Discipline) {
        let on = fact.when().map(|w| w.date()).or_else(|| pack_day(facts));
        findings.extend(judge.findings(Regime::Discipline, on, |kind| !is_of_an_election(law, kind), warnings));
    }
    findings
}

/// Whether an event starts a clock of an election's procedure: in a row of both, the date is that
/// procedure's (the clarification of the supervisor, not the examination by the employer).
fn is_of_an_election(law: &Law, kind: EventKind) -> bool {
    let mut packs = law.packs().iter().filter(|p| p.head.regime != Regime::Discipline);
    packs.any(|pack| pack.clocks.iter().any(|clock| clock.start == kind))
}

/// The day by which the pack is chosen. A file that has only the receipt is as good as one with the delivery.
fn pack_day(facts: &Facts) -> Option<Date> {
    let began = [EventKind::Delivered, EventKind::Discovered, EventKind::Received];
    let known = began.into_iter().find_map(|kind| facts.when(kind)).map(|w| w.date());
    known.or_else(|| governing_day(&facts.events())).or_else(|| facts.rough_day())
}

fn regime_of(text: &str) -> Option<Regime> {
    match facts::plain(text).as_str() {
        "pemilihan" => Some(Regime::Pilkada),
        "disiplin" => Some(Regime::Discipline),
        word => word.parse().ok(),
    }
}

fn zone_of(text: &str) -> Option<Zone> {
    let text = text.trim();
    let named = Zone::ALL
        .into_iter()
        .find(|z| z.iana().eq_ignore_ascii_case(text) || z.abbreviation().eq_ignore_ascii_case(text));
    named.or_else(|| text.parse().ok())
}

/// The same remark is made once.
fn once(warnings: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    warnings.into_iter().filter(|w| seen.insert(w.clone())).collect()
}
