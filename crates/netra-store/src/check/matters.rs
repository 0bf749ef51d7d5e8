//! The walk over all matters: each docket is read and folded once, and whatever is asked of a matter is
//! asked of that.

use std::collections::{BTreeSet, HashMap, hash_map};

use netra_docket::clocks::{ClockState, Clocks, Standing, clocks};
use netra_docket::entry::Entry;
use netra_docket::ids::{MatterId, OfficeId};
use netra_docket::matter::{Answered, InvitationState, Matter, Stage};
use netra_docket::steps::{StepKind, steps};
use netra_law::Law;
use netra_law::event::EventKind;
use netra_law::pack::OutcomeEffect;
use netra_law::time::Moment;
use serde_json::Value;
use sqlx::AnyConnection;

use crate::convert::{cell, failed};
use crate::offices::office_in;
use crate::project::rows_of;
use crate::store::Store;
use crate::types::{Office, StoreError};
use crate::verify::collect;

use super::rows::{Kept, kept};
use super::{CheckId, FindingState, Tally};

/// Matters that are read in one transaction: a long one would keep the database from tidying up.
const TOGETHER: i64 = 100;
/// Stands behind every id.
const LAST: &str = "~";

/// The walk.
pub(super) struct Walk<'a> {
    store: &'a Store,
    now: Moment,
    tally: &'a mut Tally,
    matters: u64,
}

/// An exhibit of which a docket speaks.
struct Claim {
    office: OfficeId,
    label: String,
    sha256: String,
}

impl<'a> Walk<'a> {
    pub(super) fn new(store: &'a Store, now: Moment, tally: &'a mut Tally) -> Walk<'a> {
        Walk { store, now, tally, matters: 0 }
    }

    /// Goes through all matters; tells of how many.
    pub(super) async fn run(mut self) -> Result<u64, StoreError> {
        let mut after = String::new();
        while after != LAST {
            let (upto, claims) = self.portion(&after).await?;
            let done = self.exhibits(claims).await;
            self.tally.ran(CheckId::MissingExhibit, done);
            after = upto;
        }
        Ok(self.matters)
    }

    /// Looks at the next matters, all as they were at one time; gives where it ended, and the exhibits.
    async fn portion(&mut self, after: &str) -> Result<(String, Vec<Claim>), StoreError> {
        let mut tx = self.store.begin_read().await?;
        let upto = end_of(&mut tx, after).await?;
        let dockets = dockets(&mut tx, after, &upto).await?;
        let mut standing = kept(&mut tx, after, &upto).await?;
        let mut offices: HashMap<OfficeId, Option<Office>> = HashMap::new();
        let mut claims = Vec::new();
        for docket in dockets {
            self.matters += 1;
            let kept = standing.remove(&docket.matter).unwrap_or_default();
            let Some(folded) = docket.fold(self.store.law()) else {
                self.unreadable(&docket);
                continue;
            };
            let handling = &folded.matter.office;
            let office = match offices.entry(handling.clone()) {
                hash_map::Entry::Occupied(known) => known.into_mut(),
                hash_map::Entry::Vacant(new) => new.insert(office_in(&mut tx, handling).await?),
            };
            match office {
                Some(office) => self.judge(&docket, office, &folded, &kept),
                None => self.unreadable(&docket),
            }
            claims.extend(folded.claims());
        }
        // What is left stands there without a docket.
        for matter in standing.into_keys() {
            self.tally.found(CheckId::StaleProjection, None, matter);
        }
        Ok((upto, claims))
    }

    fn unreadable(&mut self, docket: &Docket) {
        let office: Option<OfficeId> = docket.office.parse().ok();
        self.tally.found(CheckId::UnreadableDocket, office.as_ref(), docket.matter.as_str());
    }

    fn judge(&mut self, docket: &Docket, office: &Office, folded: &Folded, kept: &Kept) {
        let matter = &folded.matter;
        let handling = Some(&matter.office);
        if matter.stage() != Stage::Closed {
            if matter.owner.is_none() {
                self.tally.found(CheckId::NoOwner, handling, name_of(matter));
            }
            if !has_exit(matter) {
                self.tally.found(CheckId::NoExit, handling, name_of(matter));
            }
        }
        self.clocks(office, matter);
        match rows_of(self.store.law(), office, &folded.entries, matter).map(Kept::from) {
            Ok(expected) if expected == *kept => {}
            Ok(_) => self.tally.found(CheckId::StaleProjection, handling, docket.matter.as_str()),
            Err(_) => self.unreadable(docket),
        }
    }

    fn clocks(&mut self, office: &Office, matter: &Matter) {
        let all = clocks(matter, self.store.law(), &office.seat(), self.now);
        let handling = Some(&matter.office);
        for state in all.states.iter().filter(|state| state.standing == Standing::Overdue) {
            if !is_answered(state, &all, matter) {
                let label = format!("{} ({})", name_of(matter), state.title);
                self.tally.found(CheckId::OverdueClock, handling, label);
            }
        }
        if !all.faults.is_empty() {
            self.tally.tell(CheckId::OverdueClock, FindingState::NotRun, handling, 1, name_of(matter));
        }
    }

    /// Looks whether there are bytes. They are not read: `verify` hashes them.
    async fn exhibits(&mut self, claims: Vec<Claim>) -> Result<(), StoreError> {
        let names: BTreeSet<String> = claims.iter().map(|claim| claim.sha256.clone()).collect();
        let missing = self.store.missing_blobs(names).await?;
        for claim in claims.into_iter().filter(|claim| missing.contains(&claim.sha256)) {
            let label = format!("{} ({})", claim.label, claim.sha256);
            self.tally.found(CheckId::MissingExhibit, Some(&claim.office), label);
        }
        Ok(())
    }
}

/// The number by which people call a matter, else its id.
fn name_of(matter: &Matter) -> String {
    matter.number().map_or_else(|| matter.id.to_string(), str::to_owned)
}

/// The bytes of a docket, and by which columns they were found.
struct Docket {
    matter: String,
    office: String,
    bodies: Vec<Vec<u8>>,
}

/// A docket read and folded.
struct Folded {
    entries: Vec<Entry>,
    matter: Matter,
    /// Digests of all exhibits, also of acts that were taken back.
    digests: BTreeSet<String>,
}

impl Docket {
    /// The matter; none if the acts can't be read, do not fold, or are those of another matter.
    fn fold(&self, law: &Law) -> Option<Folded> {
        let id: MatterId = self.matter.parse().ok()?;
        let (mut digests, mut seals) = (BTreeSet::new(), Vec::new());
        let mut entries = Vec::with_capacity(self.bodies.len());
        for body in &self.bodies {
            let value: Value = serde_json::from_slice(body).ok()?;
            collect(&value, id, &mut digests, &mut seals);
            entries.push(Entry::from_value(value).ok()?);
        }
        let matter = Matter::fold(&entries, law).ok()?;
        (matter.id == id).then_some(Folded { entries, matter, digests })
    }
}

impl Folded {
    fn claims(self) -> impl Iterator<Item = Claim> {
        let (office, label) = (self.matter.home.clone(), name_of(&self.matter));
        self.digests.into_iter().map(move |sha256| Claim { office: office.clone(), label: label.clone(), sha256 })
    }
}

/// Up to which id a portion goes. The last one has no end, so that rows behind all dockets are seen too.
async fn end_of(conn: &mut AnyConnection, after: &str) -> Result<String, StoreError> {
    let ids: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT matter FROM acts WHERE matter > $1 ORDER BY matter LIMIT $2")
            .bind(after.to_owned())
            .bind(TOGETHER)
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("listing the matters"))?;
    let full = i64::try_from(ids.len()) == Ok(TOGETHER);
    Ok(ids.into_iter().last().filter(|_| full).unwrap_or_else(|| LAST.to_owned()))
}

/// The dockets of a portion, each with its acts in order.
async fn dockets(conn: &mut AnyConnection, after: &str, upto: &str) -> Result<Vec<Docket>, StoreError> {
    let rows =
        sqlx::query("SELECT matter, office, body FROM acts WHERE matter > $1 AND matter <= $2 ORDER BY matter, n")
            .bind(after.to_owned())
            .bind(upto.to_owned())
            .fetch_all(&mut *conn)
            .await
            .map_err(failed("reading acts"))?;
    let mut list: Vec<Docket> = Vec::new();
    for row in &rows {
        let (matter, body): (String, Vec<u8>) = (cell(row, "matter")?, cell(row, "body")?);
        match list.last_mut() {
            Some(last) if last.matter == matter => last.bodies.push(body),
            _ => list.push(Docket { matter, office: cell(row, "office")?, bodies: vec![body] }),
        }
    }
    Ok(list)
}

/// Whether a docket says why a clock is over: a lengthening put on record too late, with its reason; or the
/// session that an invitation was for has been held or missed, so that its delivery matters no more.
fn is_answered(state: &ClockState<'_>, all: &Clocks<'_>, matter: &Matter) -> bool {
    let lengthened = all.states.iter().any(|other| other.deadline.rule.extends.as_deref() == Some(state.id));
    let start = state.deadline.start;
    let session = start.when.moment().map(Moment::instant).filter(|_| start.kind == EventKind::ClarificationSet);
    let past = |invitation: &InvitationState| {
        Some(invitation.what.person) == state.person
            && Some(invitation.what.session.instant()) == session
            && invitation.answered != Answered::Open
    };
    (lengthened && matter.extended.is_some()) || matter.invitations.iter().any(past)
}

/// Whether somebody can take a step that brings a matter further.
fn has_exit(matter: &Matter) -> bool {
    steps(matter).iter().any(|step| step.is_ready() && leads_on(step.kind, matter))
}

/// Whether a step changes where a matter stands, or brings what such a step waits for. What the office can't
/// do by itself, such as a withdrawal, and what is at hand at every time, such as a correction, is no way on.
fn leads_on(kind: StepKind, matter: &Matter) -> bool {
    match kind {
        StepKind::RecordPrevention
        | StepKind::IssueReceipt
        | StepKind::InitialStudy
        | StepKind::RequestRepair
        | StepKind::ReceiveRepair
        | StepKind::Register
        | StepKind::Reject
        | StepKind::MakeInitialInformation
        | StepKind::OrderTracing
        | StepKind::ReportTracing
        | StepKind::FixFinding
        | StepKind::FinishStudy
        | StepKind::DecidePlenary
        | StepKind::Forward
        | StepKind::ReportSanction
        | StepKind::ReturnForwarding
        | StepKind::CloseAtAuthority
        | StepKind::Delegate => true,
        StepKind::AddPerson => matter.reported().next().is_none(),
        StepKind::TakeOver => matter.outcome.as_ref().is_some_and(|(_, _, does)| *does == OutcomeEffect::TakeOver),
        StepKind::ReceiveReport
        | StepKind::ReceiveTip
        | StepKind::RecordInformation
        | StepKind::AnswerPrevention
        | StepKind::InviteClarification
        | StepKind::Clarify
        | StepKind::RecordAbsence
        | StepKind::AddExhibit
        | StepKind::DiscussGakkumdu
        | StepKind::DeclareCrime
        | StepKind::ExtendHandling
        | StepKind::ConfirmDelivery
        | StepKind::VerifyForwarding
        | StepKind::ConfirmRecommendation
        | StepKind::ExamineAtAuthority
        | StepKind::PressEmployer
        | StepKind::SummonEmployee
        | StepKind::RecordEmployeeAbsence
        | StepKind::FormTeam
        | StepKind::ExamineEmployee
        | StepKind::ServeDecision
        | StepKind::LodgeAppeal
        | StepKind::DecideAppeal
        | StepKind::ProtectIdentity
        | StepKind::OpenIdentity
        | StepKind::ProposeErasure
        | StepKind::ConfirmErasure
        | StepKind::AnnounceStatus
        | StepKind::PublishStatement
        | StepKind::Withdraw
        | StepKind::Assign
        | StepKind::AdviseCorrection
        | StepKind::AnswerCorrection
        | StepKind::CheckCandidacy
        | StepKind::ReceiveRecommendation
        | StepKind::TakeMessage
        | StepKind::WriteReporter
        | StepKind::Recompute
        | StepKind::ReceiveHistory
        | StepKind::Correct => false,
    }
}
