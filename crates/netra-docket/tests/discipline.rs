//! From the authority's inbox to the end of an appeal: stages, steps and clocks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_docket::act::{AppealKind, AuthorityOutcome, Measure, Service};
use netra_docket::clocks::Standing;
use netra_docket::matter::{Answered, Matter, Refusal, Stage};
use netra_docket::steps::{Offer, StepKind, offer};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

const FORWARDING: u32 = 7;

/// One person decided on and forwarded to the joint portal; the forwarding is the seventh act.
fn forwarded() -> DocketBuilder {
    let one: [(netra_docket::ids::PersonNo, &[&str]); 1] = [(CIVIL_SERVANT, &["other-law"])];
    let docket = registered().at("2024-01-25T14:00").act(finish(&one)).at("2024-01-26T09:00").act(decide(&one));
    docket.at("2024-01-26T13:00").act(through_portal(&[CIVIL_SERVANT]))
}

fn at_employer() -> DocketBuilder {
    let docket = forwarded().at("2024-01-29T09:00").act(confirm(FORWARDING)).act(verify(FORWARDING));
    docket.at("2024-02-20T09:00").act(recommend(Some("2024-02-26"), &[CIVIL_SERVANT]))
}

fn is_ready(matter: &Matter, kind: StepKind) -> bool {
    offer(matter, kind) == Offer::Ready
}

fn due(docket: &DocketBuilder, clock: &str) -> Option<String> {
    let clocks = docket.clocks("2024-02-01T09:00");
    let found = clocks.states.iter().rev().find(|state| state.id == clock)?;
    Some(found.deadline.due_date.to_string())
}

fn standing(docket: &DocketBuilder, clock: &str, now: &str) -> Option<Standing> {
    docket.clocks(now).states.iter().rev().find(|state| state.id == clock).map(|state| state.standing)
}

/// Guards: what came back is forwarded again, and nothing waits for an answer to it.
#[test]
fn a_returned_file_is_forwarded_again() {
    let back = forwarded().act(confirm(FORWARDING)).act(send_back(FORWARDING));
    let m = back.matter();
    assert_eq!((m.stage(), m.awaits_answer(CIVIL_SERVANT)), (Stage::ToForward, false));
    assert!(is_ready(&m, StepKind::Forward) && !is_ready(&m, StepKind::ReturnForwarding));
    assert!(!is_ready(&m, StepKind::CloseAtAuthority));
    let again = back.at("2024-02-02T09:00").act(through_portal(&[CIVIL_SERVANT])).matter();
    assert_eq!((again.stage(), again.forwardings.len()), (Stage::WithAuthority, 2));
    assert_eq!(forwarded().act(send_back(3)).refusal(), Refusal::NoSuchForwarding);
}

/// Guards: verification waits for the receipt, and what was verified does not come back.
#[test]
fn verification_follows_the_receipt_and_ends_the_return() {
    let sent = forwarded();
    assert!(matches!(offer(&sent.matter(), StepKind::VerifyForwarding), Offer::Waits(_)));
    let received = sent.at("2024-01-29T09:00").act(confirm(FORWARDING));
    assert!(is_ready(&received.matter(), StepKind::VerifyForwarding));
    assert_eq!(standing(&received, "SBT_VERIFY", "2024-01-30T09:00"), Some(Standing::Running));
    let verified = received.at("2024-01-30T09:00").act(verify(FORWARDING));
    assert_eq!(standing(&verified, "SBT_VERIFY", "2024-03-30T09:00"), Some(Standing::Kept));
    assert!(!is_ready(&verified.matter(), StepKind::ReturnForwarding));
    assert_eq!(standing(&verified, "SBT_STUDY", "2024-01-31T09:00"), Some(Standing::Running));
    let studied = verified.at("2024-02-01T09:00").act(examine_file(CIVIL_SERVANT));
    assert_eq!(standing(&studied, "SBT_STUDY", "2024-03-30T09:00"), Some(Standing::Kept));
}

/// Guards: a letter to an authority outside the portal starts none of its clocks.
#[test]
fn only_the_portal_has_the_portals_clocks() {
    let one: [(netra_docket::ids::PersonNo, &[&str]); 1] = [(CIVIL_SERVANT, &["other-law"])];
    let docket = registered().at("2024-01-25T14:00").act(finish(&one)).at("2024-01-26T09:00").act(decide(&one));
    let by_letter = docket.act(forward(&[CIVIL_SERVANT], "other-law", "kasn")).act(confirm(FORWARDING));
    assert_eq!(due(&by_letter, "SBT_VERIFY"), None);
}

/// Guards: a case that ends at the authority is closed, whatever the reason.
#[test]
fn a_case_may_end_without_a_recommendation() {
    for outcome in AuthorityOutcome::ALL {
        let m = forwarded().act(examine_file(CIVIL_SERVANT)).act(settle(CIVIL_SERVANT, outcome)).matter();
        assert_eq!(m.stage(), Stage::Closed, "{outcome:?}");
        assert!(!is_ready(&m, StepKind::CloseAtAuthority) && !is_ready(&m, StepKind::PressEmployer));
        assert_eq!(m.discipline.settled.len(), 1);
    }
    assert_eq!(
        forwarded().act(settle(netra_docket::ids::PersonNo(99), AuthorityOutcome::Rejected)).refusal(),
        Refusal::NoSuchPerson(netra_docket::ids::PersonNo(99))
    );
}

/// Guards: the employer's clock runs from the day on which it confirms, unless the authority knew the day.
#[test]
fn the_employer_confirms_a_recommendation() {
    let asked = forwarded().at("2024-02-20T09:00").act(recommend(None, &[CIVIL_SERVANT]));
    assert_eq!(due(&asked, "EMPLOYER_FOLLOW_UP"), None);
    assert!(is_ready(&asked.matter(), StepKind::ConfirmRecommendation));
    let known = asked.at("2024-02-26T09:00").act(delivered(FORWARDING + 1));
    let told = forwarded().at("2024-02-20T09:00").act(recommend(Some("2024-02-26"), &[CIVIL_SERVANT]));
    assert_eq!(due(&known, "EMPLOYER_FOLLOW_UP"), due(&told, "EMPLOYER_FOLLOW_UP"));
    assert!(due(&known, "EMPLOYER_FOLLOW_UP").is_some());
    assert!(!is_ready(&known.matter(), StepKind::ConfirmRecommendation));
    let later = told.at("2024-03-01T09:00").act(delivered(FORWARDING + 1));
    assert_eq!(later.matter().recommendations[0].2.employer_received, Some(day("2024-02-26")));
    assert_eq!(forwarded().act(delivered(1)).refusal(), Refusal::NoSuchRecommendation);
}

/// Guards: the employer's steps open with the recommendation, and the examination with the summons.
#[test]
fn the_employer_summons_and_examines() {
    let before = forwarded().matter();
    assert!(!is_ready(&before, StepKind::SummonEmployee) && !is_ready(&before, StepKind::PressEmployer));
    let asked = at_employer();
    assert!(is_ready(&asked.matter(), StepKind::SummonEmployee) && is_ready(&asked.matter(), StepKind::FormTeam));
    assert!(matches!(offer(&asked.matter(), StepKind::ExamineEmployee), Offer::Waits(_)));
    let summoned = asked.at("2024-02-27T09:00").act(summon(CIVIL_SERVANT, "2024-03-08T09:00"));
    // Seven working days before 8 March 2024; none of the days between is a holiday.
    assert_eq!(due(&summoned, "D2").as_deref(), Some("2024-02-28"));
    assert_eq!(standing(&summoned, "D2", "2024-03-01T09:00"), Some(Standing::Kept));
    let late = at_employer().at("2024-03-01T09:00").act(summon(CIVIL_SERVANT, "2024-03-08T09:00"));
    assert_eq!(standing(&late, "D2", "2024-03-04T09:00"), Some(Standing::Missed));
    let held = summoned.act(team(CIVIL_SERVANT)).at("2024-03-08T10:00").act(examine(CIVIL_SERVANT)).matter();
    assert_eq!(held.discipline.summonses[0].answered, Answered::Held);
    assert_eq!((held.discipline.teams.len(), held.discipline.examined.len()), (1, 1));
}

/// Guards: who stays away is summoned again within the period that starts with the missed session.
#[test]
fn a_missed_examination_starts_the_second_summons() {
    let missed = at_employer()
        .at("2024-02-27T09:00")
        .act(summon(CIVIL_SERVANT, "2024-03-08T09:00"))
        .at("2024-03-08T10:00")
        .act(stay_away(CIVIL_SERVANT));
    assert_eq!(missed.matter().discipline.summonses[0].answered, Answered::Missed);
    assert_eq!(standing(&missed, "D3", "2024-03-10T09:00"), Some(Standing::Running));
    let again = missed.at("2024-03-13T09:00").act(summon(CIVIL_SERVANT, "2024-03-25T09:00"));
    assert_eq!(standing(&again, "D3", "2024-04-20T09:00"), Some(Standing::Kept));
}

/// Guards: the ladder of measures, and that blocked data can be opened after the sanction.
#[test]
fn measures_follow_an_employer_that_does_not_act() {
    let pressed = at_employer()
        .act(press(CIVIL_SERVANT, Measure::Warning))
        .act(press(CIVIL_SERVANT, Measure::Reprimand))
        .act(press(CIVIL_SERVANT, Measure::Blocking));
    assert_eq!(pressed.matter().discipline.blocked().collect::<Vec<_>>(), [CIVIL_SERVANT]);
    let punished = pressed.at("2024-04-02T09:00").act(sanction(CIVIL_SERVANT, "2024-04-01"));
    assert!(is_ready(&punished.matter(), StepKind::PressEmployer), "the block can still be lifted");
    let open = punished.act(press(CIVIL_SERVANT, Measure::Unblocking)).matter();
    assert_eq!(open.discipline.blocked().count(), 0);
    assert!(!is_ready(&open, StepKind::PressEmployer));
}

/// Guards: the decree's clocks: hand-over, effect and appeal, each from its own day.
#[test]
fn a_decree_is_handed_over_takes_effect_and_is_appealed() {
    let punished = at_employer().at("2024-03-06T09:00").act(sanction(CIVIL_SERVANT, "2024-03-05"));
    assert_eq!(punished.matter().stage(), Stage::Closed);
    assert!(is_ready(&punished.matter(), StepKind::ServeDecision));
    assert_eq!(due(&punished, "D11"), None, "nothing is known of a hand-over");
    let absent = punished.clone().at("2024-03-08T09:00").act(serve(CIVIL_SERVANT, Service::Absent, "2024-03-08"));
    assert!(due(&absent, "D11").is_some() && due(&absent, "D12").is_some());
    assert!(is_ready(&absent.matter(), StepKind::ServeDecision) && !absent.matter().is_served(CIVIL_SERVANT));
    let served = punished.at("2024-03-08T09:00").act(serve(CIVIL_SERVANT, Service::HandedOver, "2024-03-08"));
    assert!(served.matter().is_served(CIVIL_SERVANT) && !is_ready(&served.matter(), StepKind::ServeDecision));
    // The holidays of 11 and 12 March and 29 March 2024 do not count.
    assert_eq!(due(&served, "D13").as_deref(), Some("2024-04-03"));
    assert!(due(&served, "APPEAL").is_some());
    let lodged = served.at("2024-03-15T09:00").act(appeal(CIVIL_SERVANT, AppealKind::Appeal, "2024-03-15"));
    assert_eq!(standing(&lodged, "APPEAL", "2024-06-01T09:00"), Some(Standing::Kept));
    assert!(is_ready(&lodged.matter(), StepKind::DecideAppeal));
    let decided = lodged.at("2024-05-21T09:00").act(decide_appeal(CIVIL_SERVANT));
    assert!(!is_ready(&decided.matter(), StepKind::DecideAppeal));
    assert_eq!(decided.act(decide_appeal(CIVIL_SERVANT)).refusal(), Refusal::NoSuchAppeal);
}
