//! The docket as a timeline: each act with who, when and what, and its corrections on both sides.

use std::collections::HashMap;

use netra_docket::act::{Act, Corrected, CorrectedReading};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{AccountId, OfficeId, TokenId};
use netra_docket::steps::StepKind;
use netra_law::time::long_moment;

use super::act_words::{self, ActWords};
use super::open::Opened;
use super::paper;
use crate::app::App;
use crate::error::PageError;
use crate::policy::Relation;

/// How far apart "when it was done" and "when it was recorded" may lie without being told, in seconds.
const SAME_TIME: i64 = 5 * 60;

/// An act of the timeline.
pub(super) struct ActView {
    pub(super) n: u32,
    pub(super) done: &'static str,
    pub(super) at: String,
    /// When it was recorded, if that was later.
    pub(super) recorded: Option<String>,
    pub(super) by: String,
    pub(super) lines: Vec<String>,
    /// What later acts correct about it.
    pub(super) corrections: Vec<CorrectionView>,
    /// Whether it counts as not recorded.
    pub(super) void: bool,
    /// Whether there is a form for it.
    pub(super) sheet: bool,
    /// Whether it sent a dossier.
    pub(super) forwarded: bool,
    /// Whether it is a letter to many, each of which can be printed.
    pub(super) letters: bool,
    /// The act that a correction corrects.
    pub(super) corrects: Option<u32>,
}

/// What a later act corrects.
pub(super) struct CorrectionView {
    pub(super) by: u32,
    pub(super) text: String,
}

/// Names of officers, of programs with a token, and of offices.
pub(super) struct Names {
    accounts: HashMap<AccountId, (String, OfficeId)>,
    tokens: HashMap<TokenId, String>,
    offices: HashMap<OfficeId, String>,
}

impl Names {
    /// The names that a docket needs.
    pub(super) async fn of(app: &App, entries: &[Entry], owner: Option<AccountId>) -> Result<Names, PageError> {
        let offices = app.store.offices().await?.into_iter().map(|o| (o.id, o.name)).collect();
        let mut accounts = HashMap::new();
        let actors = entries.iter().filter_map(|entry| match &entry.by {
            Actor::Officer { account, .. } => Some(*account),
            Actor::Public | Actor::System | Actor::Token { .. } => None,
        });
        let assigned = entries.iter().filter_map(|entry| match &entry.what {
            Act::Assigned(assigned) => Some(assigned.to),
            _ => None,
        });
        for id in actors.chain(assigned).chain(owner) {
            if !accounts.contains_key(&id)
                && let Some(account) = app.store.account(id).await?
            {
                accounts.insert(id, (account.name, account.office));
            }
        }
        let mut tokens = HashMap::new();
        for entry in entries {
            if let Actor::Token { token, .. } = &entry.by
                && !tokens.contains_key(token)
                && let Some(known) = app.store.token(*token).await?
            {
                tokens.insert(*token, known.label);
            }
        }
        Ok(Names { accounts, tokens, offices })
    }

    /// Learns the names of more officers.
    pub(super) async fn learn(&mut self, app: &App, ids: &[AccountId]) -> Result<(), PageError> {
        for id in ids {
            if !self.accounts.contains_key(id)
                && let Some(account) = app.store.account(*id).await?
            {
                self.accounts.insert(*id, (account.name, account.office));
            }
        }
        Ok(())
    }

    /// The name of an office.
    pub(super) fn office(&self, id: &OfficeId) -> String {
        self.offices.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// The name of an officer.
    pub(super) fn account(&self, id: AccountId) -> String {
        self.accounts.get(&id).map_or_else(|| "petugas".to_owned(), |(name, _)| name.clone())
    }

    /// Who acted, for a reader: officers of other offices are told by their office alone.
    pub(super) fn actor(&self, by: &Actor, reader: &OfficeId, relation: Relation) -> String {
        match by {
            Actor::Public => "Publik".to_owned(),
            Actor::System => "Sistem".to_owned(),
            Actor::Officer { account, office } if office == reader => self.account(*account),
            Actor::Officer { office, .. } if relation == Relation::Received => self.office(office),
            Actor::Officer { account, office } => format!("{}, {}", self.account(*account), self.office(office)),
            Actor::Token { token, office } if office == reader => self.program(*token),
            Actor::Token { office, .. } if relation == Relation::Received => self.office(office),
            Actor::Token { token, office } => format!("{}, {}", self.program(*token), self.office(office)),
        }
    }

    /// What a program with a token is called.
    fn program(&self, id: TokenId) -> String {
        self.tokens.get(&id).map_or_else(|| "Program lain".to_owned(), |label| format!("Program {label}"))
    }
}

/// The timeline, newest last. `sheets` are the numbers of the acts that have a form.
pub(super) fn views(
    opened: &Opened,
    words: &ActWords<'_>,
    names: &Names,
    reader: &OfficeId,
    sheets: &[u32],
) -> Vec<ActView> {
    let entries = &opened.docket.entries;
    let view = |entry: &Entry| {
        let (lines, corrects) = match &entry.what {
            Act::Corrected(correction) => correction_lines(correction, entries, words),
            what => (words.lines(what), None),
        };
        ActView {
            n: entry.n,
            done: StepKind::of(&entry.what).done(),
            at: long_moment(entry.at),
            recorded: was_recorded_later(entry).then(|| long_moment(entry.recorded)),
            by: names.actor(&entry.by, reader, opened.relation),
            lines,
            corrections: corrections_of(entry, entries),
            void: is_void(entry, entries),
            sheet: sheets.contains(&entry.n),
            forwarded: matches!(entry.what, Act::Forwarded(_)),
            letters: paper::is_letter(&entry.what),
            corrects,
        }
    };
    entries.iter().map(view).collect()
}

fn was_recorded_later(entry: &Entry) -> bool {
    entry.recorded.instant().as_second().saturating_sub(entry.at.instant().as_second()).abs() > SAME_TIME
}

/// What a correction says: why, and how the earlier act is to be read.
fn correction_lines(correction: &Corrected, entries: &[Entry], words: &ActWords<'_>) -> (Vec<String>, Option<u32>) {
    let target = entries.iter().find(|e| e.id == correction.of);
    let mut lines = Vec::new();
    lines.extend(target.map(|t| format!("Membetulkan tindakan nomor {}: {}", t.n, StepKind::of(&t.what).done())));
    lines.push(act_words::text("Alasan", &correction.reason));
    lines.push(reading_text(&correction.reading));
    if let CorrectedReading::Act { act } = &correction.reading {
        lines.extend(words.lines(act));
    }
    (lines, target.map(|t| t.n))
}

fn reading_text(reading: &CorrectedReading) -> String {
    match reading {
        CorrectedReading::Void => "Tindakan itu dibaca seolah-olah tidak pernah dicatat.".to_owned(),
        CorrectedReading::Moment { at } => format!("Waktu yang benar: {}.", long_moment(*at)),
        CorrectedReading::Act { .. } => "Isi yang benar:".to_owned(),
    }
}

fn corrections_of(entry: &Entry, entries: &[Entry]) -> Vec<CorrectionView> {
    let of_this = |later: &Entry| match &later.what {
        Act::Corrected(correction) if correction.of == entry.id => {
            let text = match &correction.reading {
                CorrectedReading::Void => "dibaca seolah-olah tidak pernah dicatat".to_owned(),
                CorrectedReading::Moment { at } => format!("waktu yang benar {}", long_moment(*at)),
                CorrectedReading::Act { .. } => "isi yang benar ada di sana".to_owned(),
            };
            Some(CorrectionView { by: later.n, text })
        }
        _ => None,
    };
    entries.iter().filter_map(of_this).collect()
}

/// Whether the last correction of an act makes it count as not recorded.
pub(crate) fn is_void(entry: &Entry, entries: &[Entry]) -> bool {
    let mut corrections = entries.iter().filter_map(|later| match &later.what {
        Act::Corrected(correction) if correction.of == entry.id => Some(&correction.reading),
        _ => None,
    });
    matches!(corrections.next_back(), Some(CorrectedReading::Void))
}
