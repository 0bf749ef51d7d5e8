//! Which steps a matter allows once it has left the office, and those about personal data.

use netra_law::pack::OutcomeEffect;

use super::{Offer, StepKind, ready_if, ready_once};
use crate::act::PersonalPart;
use crate::ids::PersonNo;
use crate::matter::{Answered, Matter, Stage};
use crate::person::Person;

/// What the authority does with what it received.
pub(super) fn authority(matter: &Matter, kind: StepKind) -> Offer {
    let open = || matter.forwardings.iter().filter(|f| f.goes_on());
    let waits = |p: &PersonNo| matter.awaits_answer(*p) && !matter.is_with_employer(*p);
    let waiting = open().flat_map(|f| &f.what.persons).any(waits);
    match kind {
        StepKind::ReturnForwarding => ready_if(open().any(|f| f.verified.is_none()) && waiting),
        StepKind::VerifyForwarding => {
            let unverified = || open().filter(|f| f.verified.is_none());
            match unverified().next().is_some() && waiting {
                false => Offer::Hidden,
                true => {
                    ready_once(&[(unverified().any(|f| f.confirmed.is_some()), "Tanda terima berkas belum dicatat.")])
                }
            }
        }
        StepKind::ExamineAtAuthority | StepKind::CloseAtAuthority => ready_if(waiting),
        StepKind::PressEmployer => ready_if(
            matter.reported().any(|p| matter.is_with_employer(p.no)) || matter.discipline.blocked().next().is_some(),
        ),
        _ => Offer::Hidden,
    }
}

/// The discipline procedure at the employer.
pub(super) fn employer(matter: &Matter, kind: StepKind) -> Offer {
    let asked = || matter.reported().any(|p| matter.is_with_employer(p.no));
    let summoned = || matter.discipline.summonses.iter().any(|s| s.answered == Answered::Open);
    match kind {
        StepKind::ConfirmRecommendation => {
            ready_if(matter.recommendations.iter().any(|(_, _, r)| r.employer_received.is_none()))
        }
        StepKind::SummonEmployee | StepKind::FormTeam => ready_if(asked()),
        StepKind::RecordEmployeeAbsence => ready_if(summoned()),
        StepKind::ExamineEmployee if asked() => {
            ready_once(&[(summoned(), "Belum ada panggilan pemeriksaan yang terbuka.")])
        }
        StepKind::ServeDecision => ready_if(matter.sanctions.iter().any(|(_, s)| !matter.is_served(s.person))),
        StepKind::LodgeAppeal => ready_if(!matter.sanctions.is_empty()),
        StepKind::DecideAppeal => ready_if(matter.discipline.appeals.iter().any(|(_, decided)| decided.is_none())),
        _ => Offer::Hidden,
    }
}

/// Identities protected and opened, data erased.
pub(super) fn personal(matter: &Matter, kind: StepKind) -> Offer {
    let whole = |person: &&Person| !matter.is_erased(person.no, PersonalPart::Identity);
    let mut persons = matter.persons.iter().filter(whole);
    match kind {
        StepKind::ProtectIdentity => ready_if(persons.any(|p| matter.may_be_protected(p))),
        StepKind::OpenIdentity => ready_if(persons.any(|p| matter.protected.contains(&p.no))),
        StepKind::ProposeErasure => ready_if(persons.next().is_some()),
        StepKind::ConfirmErasure => ready_if(!matter.erasures.is_empty()),
        _ => Offer::Hidden,
    }
}

/// Forwarding, receipts, announcements, and what comes back.
pub(super) fn after(matter: &Matter, kind: StepKind, stage: Stage) -> Offer {
    let early = matter.outcome.as_ref().is_some_and(|(_, _, e)| *e == OutcomeEffect::ForwardUnregistered);
    match kind {
        StepKind::Forward if matches!(stage, Stage::Handling | Stage::ToPlenary) => ready_once(&[
            (
                matter.study.is_some() || early,
                "Kajian belum ada: instansi tujuan mengembalikan penerusan tanpa kajian.",
            ),
            (matter.decision.is_some(), "Rapat pleno belum memutuskan."),
        ]),
        StepKind::Forward if stage == Stage::ToForward => ready_once(&[(
            !matter.to_forward().is_empty(),
            "Belum ada terlapor atau jenis dugaan pelanggaran yang dapat diteruskan: tambahkan orangnya dulu.",
        )]),
        StepKind::Forward => ready_if(!matter.to_forward().is_empty()),
        StepKind::ConfirmDelivery => ready_if(matter.forwardings.iter().any(|f| f.confirmed.is_none())),
        StepKind::AnnounceStatus => ready_if(
            matter.outcome.is_some()
                || matter.finding.is_some()
                || matter.withdrawn.is_some()
                || stage == Stage::Closed,
        ),
        StepKind::ReceiveRecommendation => ready_if(!matter.forwardings.is_empty()),
        // An appointing official acts without a recommendation: RT/RW heads, village officers, contract staff.
        StepKind::ReportSanction => ready_if(!matter.forwardings.is_empty() && stage != Stage::Closed),
        _ => Offer::Hidden,
    }
}
