//! A form being filled in: its answers as typed, its pages in their order, and where they are kept.
//!
//! Answers are kept as typed, also when something in them is still wrong, and checked again when the
//! form is sent: nothing that anybody typed is lost to a mistake further down the page.

use netra_docket::person::ReporterStanding;
use netra_law::pack::Regime;
use netra_store::{Draft, Form};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::code::FormToken;
use crate::error::PageError;
use crate::scan::Scanned;

/// What is being sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A report with the reporter's identity.
    #[default]
    Report,
    /// A tip without any.
    Tip,
}

impl Kind {
    /// The word in forms.
    pub fn from_id(id: &str) -> Option<Kind> {
        match id {
            "laporan" => Some(Kind::Report),
            "informasi" => Some(Kind::Tip),
            _ => None,
        }
    }
}

/// Everything that was typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Report or tip.
    pub kind: Kind,
    /// Office id.
    pub office: String,
    /// Contest id, see [`CONTESTS`].
    pub contest: String,
    /// What happened.
    pub account: String,
    /// Where.
    pub place: String,
    /// When it happened: an ISO date, or what was typed instead.
    pub happened: String,
    /// When the reporter learned of it, likewise.
    pub known: String,
    /// Who is reported.
    pub reported: Vec<Reported>,
    /// Whether a tip names nobody.
    pub nobody: bool,
    /// Who saw it.
    pub witnesses: Vec<Witness>,
    /// Evidence.
    pub files: Vec<Attached>,
    /// Who reports.
    pub reporter: Reporter,
}

/// A reported person as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reported {
    /// Name.
    pub name: String,
    /// Post at the time of the event.
    pub post: String,
    /// Agency or work unit.
    pub agency: String,
    /// Kind of person, id of `subjects.toml`; empty if the reporter does not know.
    pub subject: String,
}

impl Reported {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        *self == Reported::default()
    }
}

/// A witness as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Witness {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
}

impl Witness {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        *self == Witness::default()
    }
}

/// A file that was taken in; its bytes lie in the blob store already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attached {
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// Length in bytes.
    pub size: u64,
    /// True type by content.
    pub media_type: String,
    /// The sender's name for it, made harmless.
    pub name: String,
    /// What it shows.
    pub description: String,
    /// Whether it was scanned as it should be.
    pub scanned: Scanned,
}

/// The reporter as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reporter {
    /// Full name.
    pub name: String,
    /// Place of birth.
    pub birth_place: String,
    /// Day of birth: an ISO date, or what was typed instead.
    pub birth_date: String,
    /// Sex.
    pub sex: String,
    /// Occupation.
    pub occupation: String,
    /// Citizenship.
    pub citizenship: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Standing id, see [`STANDINGS`].
    pub standing: String,
    /// NIK, if given.
    pub id_number: String,
}

/// An election that a report can be about.
#[derive(Clone, Copy, Debug)]
pub struct Contest {
    /// The word in forms.
    pub id: &'static str,
    /// The words on screens.
    pub label: &'static str,
    /// Which procedure it selects.
    pub regime: Regime,
    /// Token in official numbers.
    pub token: &'static str,
}

/// The elections that can be chosen.
pub const CONTESTS: [Contest; 4] = [
    Contest { id: "pemilu", label: "Pemilu: presiden, DPR, DPD, atau DPRD", regime: Regime::Pemilu, token: "PL" },
    Contest { id: "gubernur", label: "Pilkada: gubernur", regime: Regime::Pilkada, token: "PG" },
    Contest { id: "bupati", label: "Pilkada: bupati", regime: Regime::Pilkada, token: "PB" },
    Contest { id: "wali-kota", label: "Pilkada: wali kota", regime: Regime::Pilkada, token: "PW" },
];

/// The election with this id.
pub fn contest(id: &str) -> Option<Contest> {
    CONTESTS.into_iter().find(|c| c.id == id)
}

/// Who may report, by the word in forms.
pub const STANDINGS: [(&str, ReporterStanding); 3] = [
    ("pemilih", ReporterStanding::Citizen),
    ("peserta", ReporterStanding::Participant),
    ("pemantau", ReporterStanding::Monitor),
];

/// The standing with this id.
pub fn standing(id: &str) -> Option<ReporterStanding> {
    STANDINGS.into_iter().find(|(word, _)| *word == id).map(|(_, standing)| standing)
}

/// A page of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Office and election.
    Office,
    /// The account.
    What,
    /// The place.
    Where,
    /// The days.
    When,
    /// Reported persons.
    Who,
    /// Witnesses.
    Witnesses,
    /// Evidence.
    Evidence,
    /// The reporter; reports only.
    Reporter,
    /// Check your answers.
    Review,
}

impl Step {
    /// All pages in their order.
    pub const ALL: [Step; 9] = [
        Step::Office,
        Step::What,
        Step::Where,
        Step::When,
        Step::Who,
        Step::Witnesses,
        Step::Evidence,
        Step::Reporter,
        Step::Review,
    ];

    /// The page with this number in the address.
    pub fn from_number(text: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|s| s.number() == text)
    }

    /// The number in the address: the same for reports and tips.
    pub fn number(self) -> &'static str {
        match self {
            Step::Office => "1",
            Step::What => "2",
            Step::Where => "3",
            Step::When => "4",
            Step::Who => "5",
            Step::Witnesses => "6",
            Step::Evidence => "7",
            Step::Reporter => "8",
            Step::Review => "9",
        }
    }

    /// The pages that this kind of form has.
    pub fn of(kind: Kind) -> impl Iterator<Item = Step> {
        Step::ALL.into_iter().filter(move |s| *s != Step::Reporter || kind == Kind::Report)
    }

    /// The page after this one; the last one is its own successor.
    pub fn next(self, kind: Kind) -> Step {
        Step::of(kind).skip_while(|s| *s != self).nth(1).unwrap_or(Step::Review)
    }

    /// The page before this one, if there is one.
    pub fn previous(self, kind: Kind) -> Option<Step> {
        Step::of(kind).take_while(|s| *s != self).last()
    }

    /// What the page asks, as its heading.
    pub fn question(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Step::Office, _) => "Kantor mana yang Anda tuju, dan untuk pemilihan apa?",
            (Step::What, _) => "Apa yang terjadi?",
            (Step::Where, _) => "Di mana terjadinya?",
            (Step::When, _) => "Kapan terjadinya?",
            (Step::Who, _) => "Siapa yang Anda laporkan?",
            (Step::Witnesses, _) => "Siapa yang ikut melihat atau mendengar?",
            (Step::Evidence, _) => "Apa buktinya?",
            (Step::Reporter, _) => "Siapa Anda?",
            (Step::Review, Kind::Report) => "Periksa jawaban Anda sebelum mengirim laporan",
            (Step::Review, Kind::Tip) => "Periksa jawaban Anda sebelum mengirim informasi",
        }
    }
}

/// What stands behind an address with a form token.
#[derive(Debug)]
pub enum Found {
    /// A form that can be filled in.
    Open(FormToken, Box<Answers>),
    /// A form that was sent: its receipt can be shown.
    Sent(FormToken),
}

/// Finds what stands behind the token of an address.
///
/// # Errors
/// No such form, or the store failed.
pub async fn find(app: &App, token: &str) -> Result<Found, PageError> {
    let token: FormToken = token.parse().map_err(|_| PageError::NotFound)?;
    match app.store.form(&token.hash()).await? {
        Form::Sent(_) => Ok(Found::Sent(token)),
        Form::Open(draft) => Ok(Found::Open(token, Box::new(read(&draft)?))),
        Form::Unknown => Err(PageError::NotFound),
    }
}

fn read(draft: &Draft) -> Result<Answers, PageError> {
    serde_json::from_str(&draft.body).map_err(|error| {
        // The error names a place, never the text that stands there.
        tracing::error!(line = error.line(), column = error.column(), "a draft can't be read");
        PageError::Internal
    })
}

/// Keeps the answers. A form that was sent in the meantime leaves no draft behind.
///
/// # Errors
/// The store failed.
pub async fn keep(app: &App, token: &FormToken, answers: &Answers) -> Result<(), PageError> {
    let body = serde_json::to_string(answers).map_err(|_| PageError::Internal)?;
    let changed = app.clock.now().as_second();
    app.store.put_draft(&Draft { token_hash: token.hash(), body, changed }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tip_skips_the_reporter() {
        assert_eq!(Step::Evidence.next(Kind::Report), Step::Reporter);
        assert_eq!(Step::Evidence.next(Kind::Tip), Step::Review);
        assert_eq!(Step::Review.previous(Kind::Tip), Some(Step::Evidence));
        assert_eq!(Step::Review.next(Kind::Tip), Step::Review);
        assert_eq!(Step::Office.previous(Kind::Report), None);
        assert_eq!(Step::of(Kind::Report).count(), 9);
        assert_eq!(Step::of(Kind::Tip).count(), 8);
    }

    #[test]
    fn numbers_are_those_of_the_address() {
        for step in Step::ALL {
            assert_eq!(Step::from_number(step.number()), Some(step));
        }
        assert_eq!(Step::from_number("0"), None);
        assert_eq!(Step::from_number("01"), None);
    }

    #[test]
    fn a_draft_of_an_older_program_is_still_read() {
        let draft = Draft { token_hash: String::new(), body: r#"{"kind":"tip","old":1}"#.to_owned(), changed: 0 };
        assert_eq!(read(&draft).unwrap(), Answers { kind: Kind::Tip, ..Answers::default() });
    }
}
