//! From acts to the matter: corrections first, then one act after the other.

use netra_law::Law;
use netra_law::pack::Regime;
use netra_law::time::Moment;

use super::{Answered, Discipline, ErasureProposal, Forwarding, InvitationState, Matter, Origin, Refusal, Repair};
use crate::act::{Act, CorrectedReading, ErasureConfirmed, Exhibit, Forwarded, Recommendation, Verdict};
use crate::entry::{Actor, Entry};
use crate::history::flat;
use crate::ids::{AccountId, ActId, PersonNo};
use crate::person::Person;

impl Matter {
    /// Folds a docket, oldest entry first. O(n) in the number of entries.
    ///
    /// The law tells what an outcome of an initial study does.
    ///
    /// # Errors
    /// The docket is empty, out of order, mixed, or contradicts itself.
    pub fn fold(entries: &[Entry], law: &Law) -> Result<Matter, Refusal> {
        let home = entries.first().ok_or(Refusal::Empty)?;
        let mut readings = effective(entries)?.into_iter();
        let (first, what, at) = readings.next().ok_or(Refusal::Empty)?;
        let mut matter = Matter::open(first, what, at)?;
        if first.office != home.office {
            // It began in another system: here it is the matter of the office that took it in.
            matter.home = home.office.clone();
            matter.office = home.office.clone();
            matter.owner = officer(home);
        }
        for (entry, what, at) in readings {
            matter.apply(entry, what, at, law)?;
        }
        matter.length = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        Ok(matter)
    }

    fn open(entry: &Entry, what: &Act, at: Moment) -> Result<Matter, Refusal> {
        let mut matter = match what {
            Act::ReportReceived(r) => {
                let mut m = Matter::blank(entry, at, Origin::Report, r.regime, &r.contest, &r.subject_line);
                m.event = Some(r.event.clone());
                m.begin_with(&r.persons, &r.exhibits)?;
                m
            }
            Act::TipReceived(t) => {
                let mut m = Matter::blank(entry, at, Origin::Information, t.regime, &t.contest, &t.subject_line);
                m.discovered = Some(at.date());
                m.event = Some(t.event.clone());
                m.begin_with(&t.persons, &t.exhibits)?;
                m
            }
            Act::InformationRecorded(i) => {
                let mut m = Matter::blank(entry, at, Origin::Information, i.regime, &i.contest, &i.subject_line);
                m.discovered = i.event.known.or(Some(at.date()));
                m.event = Some(i.event.clone());
                m.begin_with(&i.persons, &i.exhibits)?;
                m
            }
            Act::PreventionRecorded(p) => {
                let mut m = Matter::blank(entry, at, Origin::Prevention, p.regime, "", &p.subject_line);
                m.prevent(entry.id, at, p)?;
                m
            }
            _ => return Err(Refusal::Opening(entry.n)),
        };
        matter.owner = officer(entry);
        Ok(matter)
    }

    fn blank(entry: &Entry, at: Moment, origin: Origin, regime: Regime, contest: &str, line: &str) -> Matter {
        Matter {
            id: entry.matter,
            home: entry.office.clone(),
            office: entry.office.clone(),
            length: 1,
            origin,
            regime,
            contest: contest.to_owned(),
            subject_line: line.to_owned(),
            opened: at,
            event: None,
            persons: Vec::new(),
            exhibits: Vec::new(),
            report_number: None,
            registered: None,
            finding: None,
            kinds: Vec::new(),
            outcome: None,
            first_study: None,
            missing: Vec::new(),
            repair: Repair::None,
            repair_notified: None,
            repaired: None,
            tracing: None,
            discovered: None,
            tracing_ordered: None,
            invitations: Vec::new(),
            clarified: Vec::new(),
            crime: None,
            extended: None,
            study: None,
            decision: None,
            forwardings: Vec::new(),
            announced: Vec::new(),
            withdrawn: None,
            rejected: None,
            made_information: None,
            owner: None,
            candidacy: Vec::new(),
            advised: None,
            corrected: None,
            recommendations: Vec::new(),
            sanctions: Vec::new(),
            discipline: Discipline::default(),
            prevention: Vec::new(),
            protected: Vec::new(),
            erasures: Vec::new(),
            erased: Vec::new(),
        }
    }

    fn apply(&mut self, entry: &Entry, what: &Act, at: Moment, law: &Law) -> Result<(), Refusal> {
        let own = entry.office == self.home;
        match what {
            Act::ReportReceived(_) | Act::TipReceived(_) | Act::InformationRecorded(_) => {
                return Err(Refusal::Opening(entry.n));
            }
            Act::PreventionRecorded(p) => self.prevent(entry.id, at, p)?,
            Act::PreventionAnswered(a) => self.answer_prevention(a, at)?,
            Act::ReceiptIssued(r) => self.report_number = Some(r.number.clone()),
            Act::InitialStudyDecided(s) => {
                self.kinds.clone_from(&s.kinds);
                self.missing =
                    s.requirements.iter().filter(|r| r.verdict == Verdict::NotMet).map(|r| r.id.clone()).collect();
                let known = law.outcome_effect(self.regime, &s.outcome);
                let does = known.ok_or_else(|| Refusal::NoSuchOutcome(s.outcome.clone()))?;
                self.outcome = Some((at, s.outcome.clone(), does));
                self.first_study = self.first_study.or(Some(at));
                self.repair = Repair::None;
            }
            Act::RepairRequested(_) => {
                self.repair = Repair::Asked;
                self.repair_notified = Some(at);
            }
            Act::RepairReceived(r) => {
                self.add_exhibits(&r.exhibits)?;
                self.add_persons(&r.persons);
                self.repair = Repair::Brought;
                self.repaired = Some(at);
            }
            Act::Registered(r) => self.registered = Some((at, r.number.clone())),
            Act::Rejected(_) => self.rejected = Some(at),
            Act::MadeInitialInformation(m) => {
                self.made_information = Some(at);
                self.discovered = Some(at.date());
                if own {
                    self.office = m.tracing_office.clone();
                }
            }
            Act::TracingOrdered(_) => self.tracing_ordered = Some(at),
            Act::TracingReported(t) => {
                self.add_exhibits(&t.exhibits)?;
                self.add_persons(&t.persons);
                self.tracing = Some((at, t.result));
            }
            Act::FindingFixed(f) => {
                self.add_persons(&f.persons);
                self.kinds.clone_from(&f.kinds);
                self.finding = Some(at);
            }
            Act::ClarificationInvited(i) => {
                self.known(i.person)?;
                self.invitations.push(InvitationState { at, what: i.clone(), answered: Answered::Open });
            }
            Act::Clarified(c) => {
                self.known(c.person)?;
                self.answer(c.person, Answered::Held);
                if !self.clarified.contains(&c.person) {
                    self.clarified.push(c.person);
                }
            }
            Act::AbsenceRecorded(a) => {
                self.known(a.person)?;
                self.answer(a.person, Answered::Missed);
            }
            Act::PersonAdded(p) => self.add_persons(std::slice::from_ref(&p.person)),
            Act::ExhibitAdded(e) => self.add_exhibits(&e.exhibits)?,
            Act::GakkumduDiscussed(_) => {}
            Act::CrimeDeclared(c) => {
                c.persons.iter().try_for_each(|p| self.known(*p))?;
                self.crime = Some(at);
            }
            Act::HandlingExtended(_) => self.extended = Some(at),
            Act::StudyFinished(s) => {
                s.proposals.iter().try_for_each(|p| self.known(p.person))?;
                self.study = Some((at, s.proposals.clone()));
            }
            Act::PlenaryDecided(d) => {
                d.results.iter().try_for_each(|p| self.known(p.person))?;
                self.decision = Some((at, d.results.clone()));
            }
            Act::Forwarded(f) => {
                f.persons.iter().try_for_each(|p| self.known(*p))?;
                // An office of another system means nothing in this one, even if it has the same id.
                let to_office = f.to_office.clone().filter(|_| own);
                self.forwardings.push(Forwarding {
                    act: entry.id,
                    at,
                    what: Forwarded { to_office, ..f.clone() },
                    confirmed: None,
                    verified: None,
                    returned: None,
                });
            }
            Act::DeliveryConfirmed(c) => {
                self.forwarding(c.forwarding)?.confirmed = Some((at, c.receipt.clone()));
            }
            Act::ForwardingReturned(r) => self.forwarding(r.forwarding)?.returned = Some(at),
            Act::ForwardingVerified(v) => self.forwarding(v.forwarding)?.verified = Some(at),
            Act::RecommendationDelivered(d) => {
                let of = self.recommendations.iter_mut().find(|(act, ..)| *act == d.recommendation);
                let (.., recommendation) = of.ok_or(Refusal::NoSuchRecommendation)?;
                recommendation.employer_received.get_or_insert(at.date());
            }
            Act::AuthorityExamined(_)
            | Act::AuthorityClosed(_)
            | Act::EmployerPressed(_)
            | Act::EmployeeSummoned(_)
            | Act::EmployeeAbsent(_)
            | Act::TeamFormed(_)
            | Act::EmployeeExamined(_)
            | Act::DecisionServed(_)
            | Act::AppealLodged(_)
            | Act::AppealDecided(_) => self.apply_discipline(what, at)?,
            Act::StatusAnnounced(s) => self.announced.push((entry.id, at, s.title.clone())),
            Act::StatementPublished(s) => self.announced.push((entry.id, at, s.title.clone())),
            Act::Withdrawn(_) => self.withdrawn = Some(at),
            Act::Delegated(d) if own => self.office = d.to.clone(),
            Act::TakenOver(t) if own => self.office = t.by.clone(),
            Act::Assigned(a) if own => self.owner = Some(a.to),
            // What another system does with its offices and officers.
            Act::Delegated(_) | Act::TakenOver(_) | Act::Assigned(_) => {}
            Act::CorrectionAdvised(_) => self.advised = Some(at),
            Act::CorrectionAnswered(a) if a.followed == Verdict::Met => self.corrected = Some(at),
            Act::CorrectionAnswered(_) => {}
            Act::CandidacyChecked(c) => {
                self.known(c.person)?;
                self.candidacy.push((at, c.person, c.result));
            }
            Act::RecommendationReceived(r) => {
                r.persons.iter().try_for_each(|p| self.known(p.person))?;
                let employer_office = r.employer_office.clone().filter(|_| own);
                self.recommendations.push((entry.id, at, Recommendation { employer_office, ..r.clone() }));
            }
            Act::SanctionReported(s) => {
                self.known(s.person)?;
                self.sanctions.push((at, s.clone()));
            }
            Act::IdentityProtected(p) => {
                self.known(p.person)?;
                if !self.protected.contains(&p.person) {
                    self.protected.push(p.person);
                }
            }
            Act::IdentityOpened(o) => self.known(o.person)?,
            Act::ErasureProposed(p) => {
                self.known(p.person)?;
                let (by, what) = (entry.by.clone(), p.clone());
                self.erasures.push(ErasureProposal { act: entry.id, at, by, what });
            }
            Act::ErasureConfirmed(c) => self.erase(entry, c, at)?,
            Act::ReporterWrote(wrote) => {
                wrote.person.map_or(Ok(()), |person| self.known(person))?;
                self.add_exhibits(&wrote.exhibits)?;
            }
            // Read from the docket when the conversation is shown: see `messages`.
            Act::OfficeWrote(_) => {}
            // Dates are computed, never kept: this only tells that they moved.
            Act::DatesRecomputed(_) => {}
            // What came along was read before it.
            Act::HistoryReceived(_) => {}
            // Read before folding, in `effective`.
            Act::Corrected(_) => {}
        }
        Ok(())
    }

    fn forwarding(&mut self, act: ActId) -> Result<&mut Forwarding, Refusal> {
        self.forwardings.iter_mut().find(|f| f.act == act).ok_or(Refusal::NoSuchForwarding)
    }

    fn erase(&mut self, entry: &Entry, confirmed: &ErasureConfirmed, at: Moment) -> Result<(), Refusal> {
        let waiting = self.erasures.iter().position(|p| p.act == confirmed.proposal);
        let proposal = self.erasures.remove(waiting.ok_or(Refusal::NoSuchProposal)?);
        match (&proposal.by, &entry.by) {
            (Actor::Officer { account: proposer, .. }, Actor::Officer { account, .. }) if proposer != account => {}
            _ => return Err(Refusal::SecondPerson),
        }
        self.erased.extend(proposal.what.parts.iter().map(|part| (at, proposal.what.person, *part)));
        Ok(())
    }

    fn known(&self, no: PersonNo) -> Result<(), Refusal> {
        self.person(no).map(|_| ()).ok_or(Refusal::NoSuchPerson(no))
    }

    fn answer(&mut self, person: PersonNo, answer: Answered) {
        let open = self.invitations.iter_mut().rev().find(|i| i.what.person == person && i.answered == Answered::Open);
        if let Some(invitation) = open {
            invitation.answered = answer;
        }
    }

    fn begin_with(&mut self, persons: &[Person], exhibits: &[Exhibit]) -> Result<(), Refusal> {
        for person in persons {
            if self.person(person.no).is_some() {
                return Err(Refusal::PersonTaken(person.no));
            }
            self.persons.push(person.clone());
        }
        self.add_exhibits(exhibits)
    }

    fn add_persons(&mut self, persons: &[Person]) {
        for person in persons {
            match self.persons.iter_mut().find(|p| p.no == person.no) {
                Some(known) => known.clone_from(person),
                None => self.persons.push(person.clone()),
            }
        }
    }

    pub(super) fn add_exhibits(&mut self, exhibits: &[Exhibit]) -> Result<(), Refusal> {
        for exhibit in exhibits {
            if self.exhibit(exhibit.no).is_some() {
                return Err(Refusal::ExhibitTaken(exhibit.no));
            }
            self.exhibits.push(exhibit.clone());
        }
        Ok(())
    }
}

/// The officer who did an act, if it was one.
fn officer(entry: &Entry) -> Option<AccountId> {
    match &entry.by {
        Actor::Officer { account, .. } => Some(*account),
        Actor::Public | Actor::System | Actor::Token { .. } => None,
    }
}

type Reading<'a> = (&'a Entry, &'a Act, Moment);

/// The entries as they are to be read: those of other offices in their place, corrections carried out, voided acts left
/// out.
///
/// # Errors
/// The entries are not one whole docket, or a correction names what it may not.
pub fn effective(entries: &[Entry]) -> Result<Vec<Reading<'_>>, Refusal> {
    let entries = flat(entries)?;
    let mut readings: Vec<Option<Reading<'_>>> = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().copied().enumerate() {
        if let Act::Corrected(correction) = &entry.what {
            let target = entries.iter().take(place).position(|e| e.id == correction.of).ok_or(Refusal::NoSuchAct)?;
            let original: &Entry = entries.get(target).copied().ok_or(Refusal::NoSuchAct)?;
            if original.office != entry.office {
                return Err(Refusal::NotRecordedHere(original.n));
            }
            let slot = readings.get_mut(target).ok_or(Refusal::NoSuchAct)?;
            let opens = if target == 0 { Opens::Yes } else { Opens::No };
            correct(slot, original, opens, &correction.reading)?;
        }
        readings.push(Some((entry, &entry.what, entry.at)));
    }
    Ok(readings.into_iter().flatten().collect())
}

/// Whether an act opens the docket.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    Yes,
    No,
}

fn correct<'a>(
    slot: &mut Option<Reading<'a>>,
    original: &'a Entry,
    opens: Opens,
    reading: &'a CorrectedReading,
) -> Result<(), Refusal> {
    if matches!(original.what, Act::Corrected(_)) {
        return Err(Refusal::CorrectionOfCorrection);
    }
    if original.what.is_irrevocable() {
        return Err(Refusal::Irrevocable);
    }
    match reading {
        CorrectedReading::Void if opens == Opens::Yes => return Err(Refusal::OpeningVoid),
        CorrectedReading::Void => *slot = None,
        CorrectedReading::Moment { at } => {
            let what = slot.map_or(&original.what, |(_, what, _)| what);
            *slot = Some((original, what, *at));
        }
        CorrectedReading::Act { act } => {
            let at = slot.map_or(original.at, |(_, _, at)| at);
            let same_kind = std::mem::discriminant(act.as_ref()) == std::mem::discriminant(&original.what);
            if !same_kind {
                return Err(Refusal::OtherKind);
            }
            *slot = Some((original, act.as_ref(), at));
        }
    }
    Ok(())
}
