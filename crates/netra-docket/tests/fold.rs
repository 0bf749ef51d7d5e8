//! What each act makes of a matter, and which dockets are refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;

use netra_docket::act::{
    Act, CandidacyResult, Delivery, PersonalPart, PreventionKind, RecipientAnswer, RecipientKind, TracingResult,
    Verdict,
};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{ExhibitNo, MatterId, PersonNo};
use netra_docket::matter::{Answered, Matter, Origin, Refusal, Repair, Stage, effective};
use netra_docket::person::Person;
use netra_docket::personal::seals_of;
use netra_docket::private::{Private, Seal};
use netra_docket::steps::{Offer, StepKind, offer};
use netra_law::pack::{OutcomeEffect, Regime};
use uuid::Uuid;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

/// Guards the other tests: the list of sample acts holds every kind of act.
#[test]
fn every_kind_of_act_has_a_sample() {
    let kinds: BTreeSet<StepKind> = every_act().iter().map(StepKind::of).collect();
    assert_eq!(kinds, StepKind::ALL.iter().copied().collect::<BTreeSet<_>>());
}

// --- Beginnings ---------------------------------------------------------------------------------

/// Guards: a report opens a matter with what its form says, at the office that took it.
#[test]
fn a_report_opens_a_matter() {
    let m = DocketBuilder::report().matter();
    assert_eq!(m.id, matter_id());
    assert_eq!((m.origin, m.regime, m.stage()), (Origin::Report, Regime::Pemilu, Stage::InitialStudy));
    assert_eq!((m.contest.as_str(), m.subject_line.as_str()), ("PL", "Ajakan memilih peserta pemilu"));
    assert_eq!(m.opened, moment("2024-01-15T09:00"));
    assert_eq!((m.home, m.office), (office(HOME), office(HOME)));
    assert_eq!(m.length, 1);
    assert_eq!(m.owner, Some(account(1)));
    assert_eq!(m.event, Some(incident()));
    assert_eq!(m.persons.iter().map(|p| p.no).collect::<Vec<_>>(), [REPORTER, CIVIL_SERVANT, VILLAGE_HEAD]);
    assert_eq!(m.exhibits, [exhibit(1)]);
    assert_eq!(m.discovered, None, "a report is known, not discovered");
}

/// Guards: a report through the public form belongs to nobody until somebody is assigned.
#[test]
fn a_public_report_has_no_owner() {
    let mut docket = DocketBuilder::report();
    docket.entries[0].by = Actor::Public;
    assert_eq!(docket.matter().owner, None);
    assert_eq!(docket.act(assign(account(2))).matter().owner, Some(account(2)));
}

/// Guards: a tip and the office's own information are initial information; the first is discovered
/// on the day it comes in, the second on the day that supervision names.
#[test]
fn information_opens_a_matter() {
    let m = DocketBuilder::open("2024-01-15T09:00", tip()).matter();
    assert_eq!((m.origin, m.stage(), m.discovered), (Origin::Information, Stage::Information, Some(day("2024-01-15"))));

    let m = DocketBuilder::information().matter();
    assert_eq!((m.origin, m.stage(), m.discovered), (Origin::Information, Stage::Information, Some(day("2024-01-12"))));

    let Act::InformationRecorded(mut undated) = information() else { unreachable!() };
    undated.event.known = None;
    let m = DocketBuilder::open("2024-01-15T09:00", Act::InformationRecorded(undated)).matter();
    assert_eq!(m.discovered, Some(day("2024-01-15")));
}

/// Guards: prevention is no violation; it stays prevention however much is added.
#[test]
fn prevention_opens_a_matter_and_adds_to_it() {
    let docket = DocketBuilder::prevention();
    let m = docket.matter();
    assert_eq!((m.origin, m.stage(), m.event), (Origin::Prevention, Stage::Prevention, None));
    let m = docket.act(prevention()).matter();
    let kinds: Vec<PreventionKind> = m.prevention.iter().map(|state| state.what.activity).collect();
    assert_eq!(kinds, [PreventionKind::InformationSession, PreventionKind::InformationSession]);
    assert_eq!(m.stage(), Stage::Prevention);
}

/// Guards: whoever a measure was addressed to is reached until something else is known, and the last answer counts.
#[test]
fn answers_say_whom_prevention_reached() {
    let (one, other, stranger) = (recipient(1), recipient(2), recipient(3));
    let docket = DocketBuilder::open("2024-01-15T09:00", appeal_to(&[one, other]));
    let reached = |docket: &DocketBuilder| {
        let state = docket.matter().prevention[0].clone();
        [one, other, stranger].map(|who| state.has_reached(who))
    };
    assert_eq!(reached(&docket), [true, true, false]);
    let docket = docket.act(answer_prevention(1, &[one, other], RecipientAnswer::Returned));
    assert_eq!(reached(&docket), [false, false, false]);
    let docket = docket.act(answer_prevention(1, &[other], RecipientAnswer::Received));
    assert_eq!(reached(&docket), [false, true, false]);
    assert_eq!(docket.matter().prevention[0].answer_of(one), Some(RecipientAnswer::Returned));
    assert_eq!(
        docket.clone().act(answer_prevention(1, &[stranger], RecipientAnswer::Received)).refusal(),
        Refusal::NotAddressed(stranger)
    );
    assert_eq!(
        docket.clone().act(answer_prevention(2, &[one], RecipientAnswer::Received)).refusal(),
        Refusal::NoSuchMeasure
    );
    assert_eq!(docket.clone().act(void(2)).matter().prevention[0].answer_of(one), None, "a voided answer is none");
    assert_eq!(offer(&docket.matter(), StepKind::AnswerPrevention), Offer::Ready);
    assert_eq!(offer(&DocketBuilder::prevention().matter(), StepKind::AnswerPrevention), Offer::Hidden);
}

/// Guards: prevention that was recorded before there was a list of recipients is read as it was written.
#[test]
fn older_prevention_is_read_back_with_the_same_bytes() {
    let Act::PreventionRecorded(old) = prevention() else { unreachable!("prevention") };
    let written = serde_json::to_value(Act::PreventionRecorded(old.clone())).unwrap();
    for key in ["delivery", "recipients", "attendance"] {
        assert!(written.get(key).is_none(), "{key}");
    }
    assert_eq!(serde_json::from_value::<Act>(written).unwrap(), Act::PreventionRecorded(old));
}

/// Guards: words of kinds, ways and answers are read back, and are those of the JSON.
#[test]
fn words_of_prevention_are_read_back() {
    let json = |value: serde_json::Result<serde_json::Value>| value.unwrap().as_str().unwrap().to_owned();
    for one in PreventionKind::ALL {
        assert_eq!(PreventionKind::from_id(one.id()), Some(*one));
        assert_eq!(json(serde_json::to_value(one)), one.id());
    }
    for one in RecipientKind::ALL {
        assert_eq!(RecipientKind::from_id(one.id()), Some(*one));
        assert_eq!(json(serde_json::to_value(one)), one.id());
    }
    for one in Delivery::ALL {
        assert_eq!(Delivery::from_id(one.id()), Some(*one));
        assert_eq!(json(serde_json::to_value(one)), one.id());
    }
    for one in RecipientAnswer::ALL {
        assert_eq!(RecipientAnswer::from_id(one.id()), Some(*one));
        assert_eq!(json(serde_json::to_value(one)), one.id());
    }
    assert_eq!(RecipientKind::from_id("x"), None);
}

// --- Intake -------------------------------------------------------------------------------------

/// Guards: the receipt gives the matter its first number, the registration its second.
#[test]
fn numbers_by_which_people_call_it() {
    let docket = DocketBuilder::report();
    assert_eq!(docket.matter().number(), None);
    assert_eq!(docket.act(receipt()).matter().number(), Some("001/LP/PL/Kota/23.01/I/2024"));
    let m = registered().matter();
    assert_eq!(m.number(), Some("001/Reg/LP/PL/Kota/23.01/I/2024"));
    assert_eq!(m.registered, Some((moment("2024-01-17T11:00"), "001/Reg/LP/PL/Kota/23.01/I/2024".to_owned())));
    assert_eq!(m.stage(), Stage::Handling);
}

/// Guards: an initial study names kinds, what is missing, and an outcome whose effect the pack tells.
#[test]
fn an_initial_study_names_its_outcome() {
    let rows = [
        ("REGISTER_HERE", OutcomeEffect::Register, Stage::ToRegister),
        ("DELEGATE", OutcomeEffect::Delegate, Stage::InitialStudy),
        ("TAKE_OVER", OutcomeEffect::TakeOver, Stage::InitialStudy),
        ("INCOMPLETE", OutcomeEffect::AskRepair, Stage::InitialStudy),
        ("NOT_REGISTERED", OutcomeEffect::Reject, Stage::InitialStudy),
        ("NOT_REGISTERED_AS_INITIAL_INFO", OutcomeEffect::InitialInformation, Stage::InitialStudy),
        ("FORWARD_OTHER_LAW", OutcomeEffect::ForwardUnregistered, Stage::ToForward),
        ("ALREADY_HANDLED", OutcomeEffect::Close, Stage::Closed),
    ];
    for (outcome, effect, stage) in rows {
        let m = DocketBuilder::report()
            .act(receipt())
            .at("2024-01-17T10:00")
            .act(study_of(outcome, &["other-law", "crime"], &["material-evidence"]))
            .matter();
        assert_eq!(m.outcome, Some((moment("2024-01-17T10:00"), outcome.to_owned(), effect)));
        assert_eq!(m.stage(), stage, "{outcome}");
        assert_eq!(m.kinds, ["other-law", "crime"]);
        assert_eq!(m.missing, ["material-evidence"]);
        assert_eq!(m.first_study, Some(moment("2024-01-17T10:00")));
    }
}

/// Guards: Pilkada outcomes are looked up in the packs of the Pilkada.
#[test]
fn pilkada_outcomes_have_their_own_names() {
    let m = DocketBuilder::pilkada().act(receipt()).act(study("OUT-02")).matter();
    assert_eq!(m.outcome.map(|(_, _, effect)| effect), Some(OutcomeEffect::Reject));
}

/// Guards: asking for repair, the repair and the second study; the first study keeps its moment.
#[test]
fn repair_and_the_second_study() {
    let asked = DocketBuilder::report()
        .act(receipt())
        .at("2024-01-16T10:00")
        .act(study("INCOMPLETE"))
        .at("2024-01-16T14:00")
        .act(ask_repair());
    let m = asked.matter();
    assert_eq!((m.repair, m.repair_notified), (Repair::Asked, Some(moment("2024-01-16T14:00"))));
    assert_eq!(m.stage(), Stage::Repair);

    let repaired = asked.at("2024-01-17T09:00").act(repair());
    let m = repaired.matter();
    assert_eq!((m.repair, m.repaired), (Repair::Brought, Some(moment("2024-01-17T09:00"))));
    assert_eq!(m.repair_notified, Some(moment("2024-01-16T14:00")), "the notice stays on record");
    assert_eq!(m.stage(), Stage::InitialStudy);
    assert_eq!(m.exhibits, [exhibit(1), exhibit(2)]);
    assert_eq!(m.person(WITNESS), Some(&witness()));

    let m = repaired.at("2024-01-18T09:00").act(study("REGISTER_HERE")).matter();
    assert_eq!(m.first_study, Some(moment("2024-01-16T10:00")));
    assert_eq!(m.stage(), Stage::ToRegister);
}

/// Guards: a rejected report is closed.
#[test]
fn a_rejected_report_is_closed() {
    let m = DocketBuilder::report()
        .act(receipt())
        .act(study("NOT_REGISTERED"))
        .at("2024-01-17T10:00")
        .act(reject())
        .matter();
    assert_eq!((m.rejected, m.stage()), (Some(moment("2024-01-17T10:00")), Stage::Closed));
}

/// Guards: a report that goes on as initial information is discovered on that day and traced by the
/// office at the place of occurrence; its home sees it elsewhere.
#[test]
fn a_report_made_initial_information() {
    let m = DocketBuilder::report()
        .act(receipt())
        .act(study("NOT_REGISTERED_AS_INITIAL_INFO"))
        .at("2024-01-17T10:00")
        .act(make_information())
        .matter();
    assert_eq!((m.origin, m.stage(), m.discovered), (Origin::Report, Stage::Information, Some(day("2024-01-17"))));
    assert_eq!((m.home.as_str(), m.office.as_str()), (HOME, OTHER));
    assert_eq!(m.stage_for(&office(HOME)), Stage::Elsewhere);
    assert_eq!(m.stage_for(&office(OTHER)), Stage::Information);
}

/// Guards: withdrawal closes a report before registration, and nothing afterwards.
#[test]
fn withdrawal_before_and_after_registration() {
    let m = DocketBuilder::report().act(receipt()).at("2024-01-16T10:00").act(withdraw()).matter();
    assert_eq!((m.withdrawn, m.stage()), (Some(moment("2024-01-16T10:00")), Stage::Closed));
    assert_eq!(registered().act(withdraw()).matter().stage(), Stage::Handling);
}

/// Guards: delegation and take-over change the office that handles it, not the office whose docket it is.
#[test]
fn delegation_and_take_over() {
    for act in [delegate(), take_over()] {
        let m = DocketBuilder::report().act(receipt()).act(study("DELEGATE")).act(act).matter();
        assert_eq!((m.home.as_str(), m.office.as_str()), (HOME, OTHER));
        assert_eq!(m.stage(), Stage::ToRegister);
        assert_eq!(m.stage_for(&office(HOME)), Stage::Elsewhere);
        assert_eq!(m.stage_for(&office(OTHER)), Stage::ToRegister);
    }
}

// --- Tracing ------------------------------------------------------------------------------------

/// Guards: tracing leads to a finding, to more tracing, or to the end.
#[test]
fn tracing_and_finding() {
    let ordered = DocketBuilder::information().at("2024-01-16T08:00").act(order_tracing());
    assert_eq!(ordered.matter().tracing_ordered, Some(moment("2024-01-16T08:00")));

    let rows = [
        (TracingResult::Suspected, Stage::Information),
        (TracingResult::NotYet, Stage::Information),
        (TracingResult::Nothing, Stage::Closed),
    ];
    for (result, stage) in rows {
        let m = ordered.clone().at("2024-01-18T08:00").act(tracing(result)).matter();
        assert_eq!(m.tracing, Some((moment("2024-01-18T08:00"), result)));
        assert_eq!(m.stage(), stage, "{result:?}");
        assert_eq!(m.person(WITNESS), Some(&witness()));
    }

    let m = ordered.act(tracing(TracingResult::Suspected)).at("2024-01-19T08:00").act(finding()).matter();
    assert_eq!((m.finding, m.stage()), (Some(moment("2024-01-19T08:00")), Stage::ToRegister));
    assert_eq!(m.kinds, ["other-law"]);
    assert!(m.person(VILLAGE_HEAD).is_some());
}

// --- Handling -----------------------------------------------------------------------------------

/// Guards: an answer goes to the newest open invitation of that person; a hearing counts once.
#[test]
fn invitations_and_their_answers() {
    let session = "2024-01-24T10:00";
    let answers = |m: &Matter| m.invitations.iter().map(|i| (i.what.person, i.answered)).collect::<Vec<_>>();

    let docket = registered().act(invite(CIVIL_SERVANT, session, None)).act(invite(
        VILLAGE_HEAD,
        session,
        Some("2024-01-22T10:00"),
    ));
    assert_eq!(answers(&docket.matter()), [(CIVIL_SERVANT, Answered::Open), (VILLAGE_HEAD, Answered::Open)]);

    let docket = docket.act(absence(CIVIL_SERVANT)).act(invite(CIVIL_SERVANT, "2024-01-25T10:00", None));
    assert_eq!(
        answers(&docket.matter()),
        [(CIVIL_SERVANT, Answered::Missed), (VILLAGE_HEAD, Answered::Open), (CIVIL_SERVANT, Answered::Open)]
    );

    let m = docket.act(clarify(CIVIL_SERVANT)).act(clarify(CIVIL_SERVANT)).matter();
    assert_eq!(
        answers(&m),
        [(CIVIL_SERVANT, Answered::Missed), (VILLAGE_HEAD, Answered::Open), (CIVIL_SERVANT, Answered::Held)]
    );
    assert_eq!(m.clarified, [CIVIL_SERVANT]);
}

/// Guards: a person with a known number is replaced, a new one added; the next free number follows.
#[test]
fn persons_are_added_or_replaced() {
    let docket = DocketBuilder::report();
    assert_eq!(docket.matter().next_person(), PersonNo(4));
    let m = docket.act(add_person(witness())).act(add_person(reported(CIVIL_SERVANT, "pppk"))).matter();
    assert_eq!(m.persons.len(), 4);
    assert_eq!(m.next_person(), PersonNo(5));
    assert_eq!(m.person(CIVIL_SERVANT).unwrap().subject.as_deref(), Some("pppk"));
    assert_eq!(m.reported().map(|p| p.no).collect::<Vec<_>>(), [CIVIL_SERVANT, VILLAGE_HEAD]);
}

/// Guards: exhibits keep their numbers; a number is given once.
#[test]
fn exhibits_are_added_once() {
    let docket = DocketBuilder::report().act(add_exhibit(2));
    assert_eq!(docket.matter().exhibits, [exhibit(1), exhibit(2)]);
    assert_eq!(docket.matter().next_exhibit(), ExhibitNo(3));
    assert_eq!(docket.matter().exhibit(ExhibitNo(2)), Some(&exhibit(2)));
    assert_eq!(docket.act(add_exhibit(2)).refusal(), Refusal::ExhibitTaken(ExhibitNo(2)));
}

/// Guards: discussion in Sentra Gakkumdu decides nothing by itself; declaring a crime does.
#[test]
fn gakkumdu_and_crime() {
    let before = registered();
    let discussed = before.clone().act(gakkumdu()).matter();
    assert_eq!(Matter { length: before.matter().length, ..discussed }, before.matter());
    let m = before.at("2024-01-19T19:40").act(crime(&[CIVIL_SERVANT])).matter();
    assert_eq!(m.crime, Some(moment("2024-01-19T19:40")));
}

/// Guards: extension, study and decision; only a decision without any kind closes the matter.
#[test]
fn extension_study_and_decision() {
    let extended = registered().at("2024-01-25T10:00").act(extend());
    assert_eq!(extended.matter().extended, Some(moment("2024-01-25T10:00")));

    let studied = extended.act(finish(&[(CIVIL_SERVANT, &["other-law"])]));
    assert_eq!(studied.matter().stage(), Stage::ToPlenary);
    assert_eq!(studied.matter().study.unwrap().1[0].person, CIVIL_SERVANT);

    let clear = studied.clone().act(decide(&[(CIVIL_SERVANT, &[]), (VILLAGE_HEAD, &[])])).matter();
    assert_eq!((clear.stage(), clear.to_forward()), (Stage::Closed, Vec::new()));

    let m = studied.act(decide(&[(CIVIL_SERVANT, &["other-law", "crime"]), (VILLAGE_HEAD, &[])])).matter();
    assert_eq!(m.stage(), Stage::ToForward);
    assert_eq!(m.to_forward(), [(CIVIL_SERVANT, "other-law".to_owned()), (CIVIL_SERVANT, "crime".to_owned())]);
}

// --- Afterwards ---------------------------------------------------------------------------------

/// Guards: persons are forwarded one by one and kind by kind; the receiver's receipt is kept; the
/// matter ends when every forwarded person has a sanction on record.
#[test]
fn forwarding_to_the_end() {
    let first = decided().at("2024-01-27T09:00").act(forward(&[CIVIL_SERVANT], "other-law", "kasn"));
    let m = first.matter();
    assert_eq!(m.to_forward(), [(VILLAGE_HEAD, "other-law".to_owned())]);
    assert_eq!(m.stage(), Stage::ToForward);
    let place = m.length;
    assert_eq!(m.forwardings[0].act, act_id(place));
    assert_eq!((m.forwardings[0].at, &m.forwardings[0].confirmed), (moment("2024-01-27T09:00"), &None));

    let both = first.act(forward(&[VILLAGE_HEAD], "other-law", "regent")).at("2024-01-29T09:00").act(confirm(place));
    let m = both.matter();
    assert_eq!(m.stage(), Stage::WithAuthority);
    assert_eq!(m.forwardings[0].confirmed, Some((moment("2024-01-29T09:00"), "TT-1".to_owned())));
    assert_eq!(m.forwardings[1].confirmed, None);

    let one = both.act(recommend(Some("2024-02-26"), &[CIVIL_SERVANT])).act(sanction(CIVIL_SERVANT, "2024-03-01"));
    let m = one.matter();
    assert_eq!((m.recommendations.len(), m.sanctions.len()), (1, 1));
    assert_eq!(m.stage(), Stage::WithAuthority);
    assert_eq!(one.act(sanction(VILLAGE_HEAD, "2024-03-05")).matter().stage(), Stage::Closed);
}

/// Guards: a forwarding for another kind of violation does not count for this one.
#[test]
fn forwarding_counts_for_its_kind_only() {
    let m = decided().act(forward(&[CIVIL_SERVANT, VILLAGE_HEAD], "crime", "police")).matter();
    assert_eq!(m.to_forward().len(), 2);
}

/// Guards: an unregistered forwarding wants every reported person for every kind that the study named.
#[test]
fn unregistered_forwarding_wants_every_reported_person() {
    let m = DocketBuilder::report().act(receipt()).act(study("FORWARD_OTHER_LAW")).matter();
    assert_eq!(m.to_forward(), [(CIVIL_SERVANT, "other-law".to_owned()), (VILLAGE_HEAD, "other-law".to_owned())]);
    assert_eq!(m.registered, None);
}

/// Guards: notices are kept with their act, so that the public page can be rebuilt.
#[test]
fn notices_are_kept() {
    let m = registered().act(announce()).act(statement()).matter();
    let titles: Vec<(_, &str)> = m.announced.iter().map(|(act, _, title)| (*act, title.as_str())).collect();
    assert_eq!(titles, [(act_id(m.length - 1), "Status laporan"), (act_id(m.length), "Imbauan netralitas")]);
}

/// Guards: advice is answered only when it was followed.
#[test]
fn advice_and_its_answer() {
    let advised = registered().at("2024-01-18T08:00").act(advise());
    assert_eq!(advised.matter().advised, Some(moment("2024-01-18T08:00")));
    assert_eq!(advised.clone().act(answer(Verdict::NotMet)).matter().corrected, None);
    let m = advised.at("2024-01-19T08:00").act(answer(Verdict::Met)).matter();
    assert_eq!(m.corrected, Some(moment("2024-01-19T08:00")));
}

/// Guards: candidacy checks are a history, not a state that is overwritten.
#[test]
fn candidacy_checks_are_a_history() {
    let m = registered()
        .at("2024-01-18T08:00")
        .act(candidacy(CandidacyResult::ResignationPending))
        .at("2024-01-19T08:00")
        .act(candidacy(CandidacyResult::ResignedWithDecree))
        .matter();
    assert_eq!(
        m.candidacy,
        [
            (moment("2024-01-18T08:00"), CIVIL_SERVANT, CandidacyResult::ResignationPending),
            (moment("2024-01-19T08:00"), CIVIL_SERVANT, CandidacyResult::ResignedWithDecree),
        ]
    );
}

// --- Refusals -----------------------------------------------------------------------------------

/// Guards: a docket that is empty, has a gap, or holds another matter's act is not folded, and the
/// text says where.
#[test]
fn broken_dockets_are_refused() {
    assert_eq!(Matter::fold(&[], law()), Err(Refusal::Empty));

    let mut gap = DocketBuilder::report().act(receipt());
    gap.entries[1].n = 3;
    assert_eq!(gap.refusal(), Refusal::Order { expected: 2, found: 3 });
    assert_eq!(gap.refusal().to_string(), "tindakan nomor 3 ada di tempat nomor 2: berkas tidak utuh");

    let mut late_start = DocketBuilder::report();
    late_start.entries[0].n = 2;
    assert_eq!(late_start.refusal(), Refusal::Order { expected: 1, found: 2 });

    let mut foreign = DocketBuilder::report().act(receipt());
    foreign.entries[1].matter = MatterId::new(Uuid::from_u128(0x2));
    assert_eq!(foreign.refusal(), Refusal::Foreign(2));
    assert_eq!(foreign.refusal().to_string(), "tindakan nomor 2 milik perkara lain");
}

/// Guards: a docket has one beginning, and it stands at the beginning.
#[test]
fn a_docket_begins_once() {
    assert_eq!(DocketBuilder::open("2024-01-15T09:00", receipt()).refusal(), Refusal::Opening(1));
    for second in [report(), tip(), information()] {
        assert_eq!(DocketBuilder::report().act(second).refusal(), Refusal::Opening(2));
    }
}

/// Guards: every act that names a person refuses one that is not in the matter.
#[test]
fn unknown_persons_are_refused() {
    let acts = [
        invite(NOBODY, "2024-01-24T10:00", None),
        clarify(NOBODY),
        absence(NOBODY),
        crime(&[CIVIL_SERVANT, NOBODY]),
        finish(&[(NOBODY, &["other-law"])]),
        decide(&[(CIVIL_SERVANT, &[]), (NOBODY, &["other-law"])]),
        forward(&[NOBODY], "other-law", "kasn"),
        recommend(None, &[NOBODY]),
        sanction(NOBODY, "2024-03-01"),
    ];
    for act in acts {
        let what = format!("{act:?}");
        assert_eq!(registered().act(act).refusal(), Refusal::NoSuchPerson(NOBODY), "{what}");
    }
    let Act::CandidacyChecked(mut check) = candidacy(CandidacyResult::NotResigned) else { unreachable!() };
    check.person = NOBODY;
    let refusal = registered().act(Act::CandidacyChecked(check)).refusal();
    assert_eq!(refusal, Refusal::NoSuchPerson(NOBODY));
    assert_eq!(refusal.to_string(), "orang nomor 99 tidak ada dalam perkara ini");
}

/// Guards: wherever exhibits come in, a taken number is refused.
#[test]
fn taken_exhibit_numbers_are_refused() {
    let Act::RepairReceived(mut repaired) = repair() else { unreachable!() };
    repaired.exhibits = vec![exhibit(1)];
    let refusal = DocketBuilder::report().act(Act::RepairReceived(repaired)).refusal();
    assert_eq!(refusal, Refusal::ExhibitTaken(ExhibitNo(1)));
    assert_eq!(refusal.to_string(), "nomor barang bukti 1 sudah dipakai");

    let Act::TracingReported(mut traced) = tracing(TracingResult::NotYet) else { unreachable!() };
    traced.exhibits = vec![exhibit(5), exhibit(5)];
    let refusal = DocketBuilder::information().act(Act::TracingReported(traced)).refusal();
    assert_eq!(refusal, Refusal::ExhibitTaken(ExhibitNo(5)));
}

/// Guards: only a forwarding can be confirmed.
#[test]
fn only_a_forwarding_is_confirmed() {
    let refusal = decided().act(confirm(2)).refusal();
    assert_eq!(refusal, Refusal::NoSuchForwarding);
    assert_eq!(refusal.to_string(), "penerusan yang dimaksud tidak ada dalam perkara ini");
}

// --- Corrections --------------------------------------------------------------------------------

/// Guards: a voided act is read as if it had not been recorded, and still counts as an entry.
#[test]
fn a_voided_act_is_not_read() {
    let docket = registered();
    let last = u32::try_from(docket.entries.len()).unwrap();
    let m = docket.act(void(last)).matter();
    assert_eq!((m.registered.clone(), m.stage()), (None, Stage::ToRegister));
    assert_eq!(m.length, last + 1);
}

/// Guards: a corrected moment moves the act, the opening included.
#[test]
fn a_corrected_moment_moves_the_act() {
    let m = registered().act(move_to(4, "2024-01-16T15:00")).act(move_to(1, "2024-01-12T15:00")).matter();
    assert_eq!(m.registered.as_ref().unwrap().0, moment("2024-01-16T15:00"));
    assert_eq!(m.opened, moment("2024-01-12T15:00"));
}

/// Guards: corrected content replaces the act's content and leaves its moment; the original entry stays.
#[test]
fn corrected_content_replaces_the_act() {
    let docket = registered().act(reword(3, study_of("REGISTER_HERE", &["crime"], &[])));
    let m = docket.matter();
    assert_eq!(m.kinds, ["crime"]);
    assert_eq!(m.first_study, Some(moment("2024-01-17T10:00")));
    assert_eq!(docket.entries[2].what, study("REGISTER_HERE"));

    let Act::ReportReceived(mut other) = report() else { unreachable!() };
    other.subject_line = "Pokok yang benar".to_owned();
    assert_eq!(registered().act(reword(1, Act::ReportReceived(other))).matter().subject_line, "Pokok yang benar");
}

/// Guards: corrections of one act build on each other, moment and content apart.
#[test]
fn corrections_of_one_act_add_up() {
    let docket = registered()
        .act(reword(3, study_of("REGISTER_HERE", &["crime"], &[])))
        .act(move_to(3, "2024-01-16T10:00"))
        .act(move_to(3, "2024-01-16T11:00"));
    let m = docket.matter();
    assert_eq!((m.first_study, m.kinds), (Some(moment("2024-01-16T11:00")), vec!["crime".to_owned()]));
}

/// Guards: a void can be taken back by correcting the original once more.
#[test]
fn a_void_is_taken_back_by_correcting_again() {
    let m = registered().act(void(4)).act(move_to(4, "2024-01-17T12:00")).matter();
    assert_eq!(m.registered.unwrap().0, moment("2024-01-17T12:00"));
}

/// Guards: acts are read in the docket's order; a correction does not move an act past another.
#[test]
fn the_order_of_reading_is_the_order_of_the_docket() {
    let docket = registered().act(move_to(2, "2024-01-20T09:00"));
    let places: Vec<u32> = effective(&docket.entries).unwrap().iter().map(|(entry, _, _)| entry.n).collect();
    assert_eq!(places, [1, 2, 3, 4, 5]);
}

/// Guards: what a correction may not do, with the words that the officer reads.
#[test]
fn corrections_that_are_refused() {
    let correction_of_correction = registered().act(void(4)).act(void(5)).refusal();
    assert_eq!(correction_of_correction, Refusal::CorrectionOfCorrection);
    assert_eq!(
        correction_of_correction.to_string(),
        "pembetulan tidak dapat dibetulkan: betulkan lagi tindakan asalnya"
    );

    let opening = registered().act(void(1)).refusal();
    assert_eq!(opening, Refusal::OpeningVoid);
    assert_eq!(opening.to_string(), "tindakan pembuka tidak dapat dibatalkan, hanya dibetulkan isinya");

    assert_eq!(registered().act(reword(1, tip())).refusal(), Refusal::OtherKind, "another kind of opening");
    assert_eq!(registered().act(reword(3, receipt())).refusal(), Refusal::OtherKind, "another kind of act");
}

/// Guards: a correction names an act that is there, and earlier than itself.
#[test]
fn a_correction_of_an_unknown_act_is_refused() {
    let unknown = registered().act(void(42)).refusal();
    assert_eq!(unknown, Refusal::NoSuchAct);
    assert_eq!(unknown.to_string(), "tindakan yang dibetulkan tidak ada dalam berkas ini");
    assert_eq!(registered().act(void(6)).act(announce()).refusal(), Refusal::NoSuchAct, "a later act");
    assert_eq!(registered().act(void(5)).refusal(), Refusal::NoSuchAct, "itself");
}

/// Guards: what a correction brings in is held to the same rules as the act itself.
#[test]
fn corrected_content_is_checked_like_the_act() {
    let docket = registered().act(invite(CIVIL_SERVANT, "2024-01-24T10:00", None));
    let refusal = docket.act(reword(5, invite(NOBODY, "2024-01-24T10:00", None))).refusal();
    assert_eq!(refusal, Refusal::NoSuchPerson(NOBODY));
}

/// Guards: folding is a function of the entries alone; every beginning of a whole docket folds.
#[test]
fn every_beginning_of_a_docket_folds() {
    let docket = decided().act(forward(&[CIVIL_SERVANT], "other-law", "kasn")).act(announce());
    for end in 1..=docket.entries.len() {
        let part: &[Entry] = &docket.entries[..end];
        let once = Matter::fold(part, law()).unwrap();
        assert_eq!(once, Matter::fold(part, law()).unwrap());
        assert_eq!(usize::try_from(once.length).unwrap(), end);
    }
}

// --- Personal data ------------------------------------------------------------------------------

fn another() -> Actor {
    Actor::Officer { account: account(2), office: office(HOME) }
}

/// Guards: nothing is erased by one person alone, nothing twice, and only what was proposed.
#[test]
fn two_persons_erase() {
    let proposed = DocketBuilder::report().act(propose_erasure(REPORTER));
    let waiting = proposed.matter();
    assert_eq!((waiting.erasures.len(), waiting.erased.len()), (1, 0));
    assert_eq!(proposed.clone().act(confirm_erasure(2)).refusal(), Refusal::SecondPerson);
    assert_eq!(proposed.clone().by(Actor::System).act(confirm_erasure(2)).refusal(), Refusal::SecondPerson);
    assert_eq!(proposed.clone().by(another()).act(confirm_erasure(1)).refusal(), Refusal::NoSuchProposal);
    let erased = proposed.by(another()).at("2024-01-16T09:00").act(confirm_erasure(2));
    let m = erased.matter();
    let at = moment("2024-01-16T09:00");
    assert_eq!(m.erased, PersonalPart::ALL.map(|part| (at, REPORTER, part)));
    assert!(m.is_erased(REPORTER, PersonalPart::Identity) && !m.is_erased(CIVIL_SERVANT, PersonalPart::Identity));
    assert_eq!(erased.act(confirm_erasure(2)).refusal(), Refusal::NoSuchProposal);
    assert_eq!(
        DocketBuilder::report().act(propose_erasure(PersonNo(99))).refusal(),
        Refusal::NoSuchPerson(PersonNo(99))
    );
}

/// Guards: what was erased or seen stays so in the record, whatever is corrected.
#[test]
fn an_erasure_and_an_opening_cannot_be_corrected() {
    let erased = DocketBuilder::report().act(propose_erasure(REPORTER)).by(another()).act(confirm_erasure(2));
    assert_eq!(erased.clone().act(void(3)).refusal(), Refusal::Irrevocable);
    assert_eq!(erased.act(void(2)).refusal(), Refusal::NoSuchProposal, "the proposal cannot be taken from under it");
    let opened = DocketBuilder::report().act(protect(REPORTER)).act(open_identity(REPORTER));
    assert_eq!(opened.clone().act(move_to(3, "2024-01-15T10:00")).refusal(), Refusal::Irrevocable);
    assert_eq!(opened.matter().protected, [REPORTER]);
    assert_eq!(opened.act(void(2)).matter().protected, [], "a protection by mistake can be taken back");
}

/// Guards: the steps about personal data are offered where they can be taken, and reported persons are not protected.
#[test]
fn personal_steps_are_offered_where_they_fit() {
    let offered = |m: &Matter| -> Vec<StepKind> {
        let personal =
            [StepKind::ProtectIdentity, StepKind::OpenIdentity, StepKind::ProposeErasure, StepKind::ConfirmErasure];
        personal.into_iter().filter(|kind| offer(m, *kind) == Offer::Ready).collect()
    };
    let report = DocketBuilder::report();
    assert_eq!(offered(&report.matter()), [StepKind::ProtectIdentity, StepKind::ProposeErasure]);
    assert_eq!(
        offered(&report.clone().act(protect(REPORTER)).act(propose_erasure(REPORTER)).matter()),
        [StepKind::OpenIdentity, StepKind::ProposeErasure, StepKind::ConfirmErasure]
    );
    assert_eq!(offered(&DocketBuilder::prevention().matter()), []);
}

/// Guards: every value of a person is found, in whatever act it stands, corrections included, and none of another.
#[test]
fn the_values_of_a_person_are_found() {
    let sealed = |n: u128| Private::Sealed(Seal { id: seal_id(n), commitment: "00".to_owned() });
    let person = |n| Person { identity: sealed(n), ..witness() };
    let clarified = |n| match clarify(WITNESS) {
        Act::Clarified(mut act) => {
            act.minutes = Private::Sealed(Seal { id: seal_id(n), commitment: "00".to_owned() });
            Act::Clarified(act)
        }
        _ => unreachable!("a clarification"),
    };
    let docket = DocketBuilder::report()
        .act(add_person(person(1)))
        .act(clarified(2))
        .act(reword(2, add_person(person(3))))
        .act(reword(3, clarified(4)))
        .act(add_person(Person { no: PersonNo(9), ..person(5) }));
    let found = |parts: &[PersonalPart]| seals_of(&docket.entries, WITNESS, parts);
    assert_eq!(found(&[PersonalPart::Identity]), [seal_id(1), seal_id(3)]);
    assert_eq!(found(&[PersonalPart::Statements]), [seal_id(2), seal_id(4)]);
    assert_eq!(found(&PersonalPart::ALL), [1, 2, 3, 4].map(seal_id));
    assert_eq!(seals_of(&docket.entries, PersonNo(9), &PersonalPart::ALL), [seal_id(5)]);
    assert_eq!(found(&[]), []);
}
