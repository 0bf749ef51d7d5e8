//! Taking a step, without pages: what a step needs to know before it asks, its questions, and the record.
//!
//! The pages of the desks ([`super::step`]) and the interface for programs both take steps through here, so that there
//! is one way to do it: the same questions, the same refusals, the same act.

use netra_docket::act::{Act, Exhibit};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{ActId, ExhibitNo, MatterId, RecipientId};
use netra_docket::matter::Matter;
use netra_docket::person::Identity;
use netra_docket::steps::{Offer, StepKind, offer};
use netra_law::Pack;
use netra_law::pack::Regime;
use netra_law::time::Moment;
use netra_store::{Account, Listed, NewAct, Office, PublicReceipt, Recipient, RecordError, Recording, Role, Scope};

use crate::app::App;
use crate::code::{FormToken, code_for};
use crate::desk::asker::{Asker, Need};
use crate::desk::custody;
use crate::desk::open::Opened;
use crate::desk::steps::{self, Scene};
use crate::error::PageError;
use crate::form::FormData;
use crate::page::Problems;
use crate::policy::{self, Relation};
use crate::random;

/// The steps that open a matter.
pub const OPENING: [StepKind; 4] =
    [StepKind::ReceiveReport, StepKind::ReceiveTip, StepKind::RecordInformation, StepKind::RecordPrevention];

/// Who takes a step, for which office.
pub struct Acting {
    /// The office.
    pub office: Office,
    /// What may be done.
    pub role: Role,
    /// Who the docket says did it.
    pub by: Actor,
}

impl Acting {
    /// What of the store may be seen.
    fn scope(&self) -> Scope {
        Scope::new(self.office.id.clone(), policy::privacy(self.role))
    }
}

/// What a step needs to know before it asks.
pub struct Background {
    /// Who takes it.
    pub acting: Acting,
    /// Which step.
    pub kind: StepKind,
    /// The matter; none while one is being opened.
    pub opened: Option<Opened>,
    /// Now, on the office's clocks.
    pub now: Moment,
    /// All offices.
    pub offices: Vec<Office>,
    accounts: Vec<Account>,
    recipients: Vec<Recipient>,
    /// Those of the recipients that are ticked before anybody answers.
    pub chosen: Vec<RecipientId>,
}

impl Background {
    /// Reads what the questions need.
    ///
    /// # Errors
    /// The store fails.
    pub async fn load(
        app: &App,
        acting: Acting,
        kind: StepKind,
        opened: Option<Opened>,
    ) -> Result<Background, PageError> {
        let offices = app.store.offices().await?;
        let accounts = app.store.accounts_of(&acting.office.id).await?;
        let recipients = match kind {
            StepKind::RecordPrevention => app.store.recipients(&acting.scope(), Listed::InUse).await?,
            _ => Vec::new(),
        };
        let now = app.now(acting.office.zone);
        Ok(Background { acting, kind, opened, now, offices, accounts, recipients, chosen: Vec::new() })
    }

    /// The matter, if there is one already.
    pub fn matter(&self) -> Option<&Matter> {
        self.opened.as_ref().map(|o| &o.docket.matter)
    }

    /// The acts so far.
    pub fn entries(&self) -> &[Entry] {
        self.opened.as_ref().map_or(&[], |o| o.docket.entries.as_slice())
    }

    /// Length of the docket so far.
    pub fn length(&self) -> u32 {
        self.matter().map_or(0, |m| m.length)
    }

    /// Whether somebody takes a tracking code home.
    pub fn gives_code(&self) -> bool {
        self.matter().is_none() && matches!(self.kind, StepKind::ReceiveReport | StepKind::ReceiveTip)
    }

    /// The pack of the matter; a new matter takes the one of the election that was chosen.
    ///
    /// # Errors
    /// No pack is in force on that day.
    pub fn pack<'l>(&self, app: &'l App, form: Option<&FormData>) -> Result<&'l Pack, PageError> {
        let (regime, on) = match self.matter() {
            Some(matter) => (matter.regime, matter.opened.date()),
            None => {
                let pilkada = form.is_some_and(|f| f.get("contest").starts_with("pilkada"));
                (if pilkada { Regime::Pilkada } else { Regime::Pemilu }, self.now.date())
            }
        };
        app.law.pack_for(regime, on).map_err(|e| PageError::BadRequest(e.to_string()))
    }

    /// Whether the matter still allows the step.
    pub fn offer(&self) -> Offer {
        self.matter().map_or(Offer::Ready, |matter| offer(matter, self.kind))
    }

    fn scene<'a>(&'a self, app: &'a App, pack: &'a Pack, exhibits: &'a [Exhibit], at: Option<Moment>) -> Scene<'a> {
        Scene {
            law: &app.law,
            pack,
            matter: self.matter(),
            entries: self.entries(),
            office: &self.acting.office,
            offices: &self.offices,
            accounts: &self.accounts,
            recipients: &self.recipients,
            chosen: &self.chosen,
            uploads: exhibits,
            role: self.acting.role,
            by: self.acting.by.clone(),
            at,
            now: self.now,
        }
    }
}

/// The step by which a role of an office may open a matter.
///
/// # Errors
/// [`PageError::NotFound`] for steps that open none, [`PageError::Forbidden`].
pub fn opening_step(role: Role, office: &Office, step: &str) -> Result<StepKind, PageError> {
    let kind = StepKind::from_id(step).ok_or(PageError::NotFound)?;
    if !OPENING.contains(&kind) {
        return Err(PageError::NotFound);
    }
    if !policy::may_take(role, Relation::Handles, kind) || !office.kind.is_supervisor() {
        return Err(PageError::Forbidden);
    }
    Ok(kind)
}

/// The step that a role may take in a matter that its office sees.
///
/// # Errors
/// [`PageError::NotFound`] for a step that there is not, [`PageError::Forbidden`].
pub fn step_in(role: Role, opened: &Opened, step: &str) -> Result<StepKind, PageError> {
    let kind = StepKind::from_id(step).ok_or(PageError::NotFound)?;
    if policy::may_take(role, opened.relation, kind) { Ok(kind) } else { Err(PageError::Forbidden) }
}

/// The questions of a step with their defaults.
pub fn questions(app: &App, background: &Background, pack: &Pack) -> Asker<'static> {
    let mut asker = Asker::new(None, app.limits, background.acting.office.zone);
    let at = ask_moment(&mut asker, app, background, pack);
    let scene = background.scene(app, pack, &[], at);
    let _ = steps::ask(background.kind, &mut asker, &scene);
    asker
}

/// What came of the answers.
pub struct Answered<'f> {
    /// The questions, and what is wrong with the answers.
    pub asker: Asker<'f>,
    /// When and what, if nothing is wrong.
    pub act: Option<(Moment, Act)>,
}

/// Reads the answers. `exhibits` are the files that came with them, `earlier` what is already known to be wrong.
pub fn answered<'f>(
    app: &App,
    background: &Background,
    pack: &Pack,
    form: &'f FormData,
    exhibits: &[Exhibit],
    earlier: &Problems,
) -> Answered<'f> {
    let mut asker = Asker::new(Some(form), app.limits, background.acting.office.zone);
    for (field, message) in earlier.all() {
        asker.problems.add(field, message.clone());
    }
    let at = ask_moment(&mut asker, app, background, pack);
    let scene = background.scene(app, pack, exhibits, at);
    let act = steps::ask(background.kind, &mut asker, &scene);
    if let Some(opened) = &background.opened {
        names_no_protected(&mut asker, form, &opened.docket.protected);
    }
    let act = match (at, act, asker.problems.is_empty()) {
        (Some(at), Some(act), true) => Some((at, act)),
        _ => None,
    };
    if act.is_none() && asker.problems.is_empty() {
        asker.problems.add("at", "Isian belum lengkap. Periksa setiap bagian.");
    }
    Answered { asker, act }
}

/// When the step was taken: asked first, since every clock hangs on it.
fn ask_moment(asker: &mut Asker<'_>, app: &App, background: &Background, pack: &Pack) -> Option<Moment> {
    let (label, hint) = match background.kind {
        StepKind::ReceiveReport | StepKind::ReceiveTip => {
            ("Kapan disampaikan?", "Jam sebenarnya, juga bila di luar jam penerimaan.")
        }
        _ => ("Kapan ini dilakukan?", "Ubah bila dilakukan lebih dahulu di atas kertas."),
    };
    let need = Need::Required("Isi kapan ini dilakukan.");
    let at = asker.moment("at", label, hint, Some(background.now), need)?;
    if !asker.is_reading() {
        return Some(at);
    }
    if at.instant() > background.now.instant() {
        asker.problems.add("at", "Waktu ini belum tiba. Periksa tanggal dan jamnya.");
    }
    // A docket that begins outside all packs could never go on.
    let seat = background.acting.office.seat();
    let has_law =
        app.law.pack_for(pack.head.regime, at.date()).is_ok() && app.law.calendar().day(at.date(), &seat).is_ok();
    if background.matter().is_none() && !has_law {
        asker.problems.add("at", "Hukum atau hari libur untuk tanggal itu tidak ada dalam program. Periksa tahunnya.");
    }
    let opened = background.matter().map(|m| m.opened);
    // The field holds minutes, the docket seconds.
    if opened.is_some_and(|opened| at.instant().as_second() + 60 <= opened.instant().as_second()) {
        asker.problems.add("at", "Waktu ini lebih awal daripada awal perkara. Periksa tanggal dan jamnya.");
    }
    Some(at)
}

/// What is typed must not name whoever is protected: it would stand on pages and papers.
fn names_no_protected(asker: &mut Asker<'_>, form: &FormData, protected: &[Identity]) {
    let named = |field: &&str| form.all(field).iter().any(|text| protected.iter().any(|who| steps::names(who, text)));
    let fields: Vec<&str> = form.names().filter(named).collect();
    for field in fields {
        asker.problems.add(field, "Teks ini menyebut orang yang identitasnya dilindungi. Ganti dengan perannya.");
    }
}

/// Whether something came for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It did.
    First,
    /// It was recorded before.
    Again,
}

/// What was recorded.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// The matter.
    pub matter: MatterId,
    /// Now, or before.
    pub sending: Sending,
}

/// Records an act on top of the docket that the background was read from. `unscanned` are the exhibits in it that the
/// scanner has not seen although it should.
///
/// # Errors
/// See [`RecordError`]; that a new matter was recorded before is none.
pub async fn record(
    app: &App,
    background: &Background,
    at: Moment,
    act: Act,
    unscanned: Vec<ExhibitNo>,
    token: &FormToken,
) -> Result<Taken, RecordError> {
    let acting = &background.acting;
    let known = background.matter();
    let code = code_for(&app.secret, token);
    let recording = Recording {
        matter: known.map_or_else(|| MatterId::new(random::uuid()), |m| m.id),
        home: known.map_or_else(|| acting.office.id.clone(), |m| m.home.clone()),
        expected: background.length(),
        by: acting.by.clone(),
        recorded: background.now,
        acts: vec![NewAct { id: ActId::new(random::uuid()), at, what: act }],
        receipt: known.is_none().then(|| PublicReceipt { token_hash: token.hash(), code_hash: code.hash() }),
    };
    let matter = recording.matter;
    match app.store.record(recording).await {
        Ok(_) => {
            custody::note_unscanned(app, &acting.scope(), matter, background.now, unscanned).await;
            Ok(Taken { matter, sending: Sending::First })
        }
        Err(RecordError::AlreadySent(matter)) => Ok(Taken { matter, sending: Sending::Again }),
        Err(other) => Err(other),
    }
}
