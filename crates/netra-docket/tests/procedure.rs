//! The procedure step by step: what a desk offers at each stage, what still waits, and for what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_docket::act::{Act, CandidacyResult, Information, TracingResult, Verdict};
use netra_docket::ids::PersonNo;
use netra_docket::matter::{Matter, Stage};
use netra_docket::steps::{Offer, StepKind, offer, steps};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

/// The steps of the main line that can be taken now.
fn ready(matter: &Matter) -> Vec<&'static str> {
    steps(matter).iter().filter(|s| s.kind.is_main() && s.is_ready()).map(|s| s.kind.id()).collect()
}

/// The steps of the main line that wait for something.
fn waiting(matter: &Matter) -> Vec<&'static str> {
    steps(matter).iter().filter(|s| s.kind.is_main() && !s.is_ready()).map(|s| s.kind.id()).collect()
}

/// The steps beside the main line that can be taken now.
fn at_hand(matter: &Matter) -> Vec<&'static str> {
    steps(matter).iter().filter(|s| !s.kind.is_main() && s.is_ready()).map(|s| s.kind.id()).collect()
}

/// What a step waits for.
fn reasons(matter: &Matter, kind: StepKind) -> Vec<&'static str> {
    match offer(matter, kind) {
        Offer::Waits(missing) => missing,
        other => panic!("{} does not wait: {other:?}", kind.id()),
    }
}

const NO_STUDY: &str = "Kajian belum ada: instansi tujuan mengembalikan penerusan tanpa kajian.";
const NO_DECISION: &str = "Rapat pleno belum memutuskan.";
const NONE: [&str; 0] = [];

/// Handling once everybody can be invited, studied and decided about.
const HANDLING: [&str; 6] =
    ["invite-clarification", "discuss-gakkumdu", "declare-crime", "extend-handling", "finish-study", "announce-status"];

/// Guards: the whole way of a Pemilu report, from the counter to the last sanction.
#[test]
fn a_pemilu_report_from_delivery_to_sanction() {
    let d = DocketBuilder::report();
    let m = d.matter();
    assert_eq!(m.stage(), Stage::InitialStudy);
    assert_eq!(ready(&m), ["issue-receipt"]);
    assert_eq!(waiting(&m), ["initial-study"]);
    assert_eq!(reasons(&m, StepKind::InitialStudy), ["Tanda bukti penyampaian laporan belum diterbitkan."]);

    let d = d.act(receipt());
    assert_eq!(ready(&d.matter()), ["initial-study"]);
    assert_eq!(waiting(&d.matter()), NONE);

    let d = d.at("2024-01-17T10:00").act(study("REGISTER_HERE"));
    assert_eq!(d.matter().stage(), Stage::ToRegister);
    assert_eq!(ready(&d.matter()), ["register", "announce-status"]);

    let d = d.act(register());
    assert_eq!(d.matter().stage(), Stage::Handling);
    assert_eq!(ready(&d.matter()), HANDLING);
    assert_eq!(waiting(&d.matter()), ["clarify", "decide-plenary", "forward"]);
    assert_eq!(reasons(&d.matter(), StepKind::Clarify), ["Belum ada undangan klarifikasi yang terbuka."]);
    assert_eq!(reasons(&d.matter(), StepKind::DecidePlenary), ["Kajian dugaan pelanggaran belum selesai."]);

    let d = d.act(invite(CIVIL_SERVANT, "2024-01-22T10:00", Some("2024-01-19T10:00")));
    assert_eq!(
        ready(&d.matter()),
        [
            "invite-clarification",
            "clarify",
            "record-absence",
            "discuss-gakkumdu",
            "declare-crime",
            "extend-handling",
            "finish-study",
            "announce-status",
        ]
    );
    assert_eq!(waiting(&d.matter()), ["decide-plenary", "forward"]);

    let d = d.at("2024-01-22T10:00").act(clarify(CIVIL_SERVANT));
    assert_eq!(ready(&d.matter()), HANDLING);
    assert_eq!(waiting(&d.matter()), ["clarify", "decide-plenary", "forward"]);

    let both: [(PersonNo, &[&str]); 2] = [(CIVIL_SERVANT, &["other-law"]), (VILLAGE_HEAD, &["other-law"])];
    let d = d.act(finish(&both));
    assert_eq!(d.matter().stage(), Stage::ToPlenary);
    assert_eq!(
        ready(&d.matter()),
        ["declare-crime", "extend-handling", "finish-study", "decide-plenary", "announce-status"]
    );
    assert_eq!(waiting(&d.matter()), ["forward"]);

    let d = d.act(decide(&both));
    assert_eq!(d.matter().stage(), Stage::ToForward);
    assert_eq!(ready(&d.matter()), ["declare-crime", "forward", "announce-status"]);
    assert_eq!(waiting(&d.matter()), NONE);

    let d = d.act(forward(&[CIVIL_SERVANT], "other-law", "kasn"));
    let first = d.matter().length;
    assert_eq!(d.matter().stage(), Stage::ToForward, "the village head is not forwarded yet");
    assert_eq!(
        ready(&d.matter()),
        [
            "declare-crime",
            "forward",
            "confirm-delivery",
            "return-forwarding",
            "examine-at-authority",
            "close-at-authority",
            "announce-status",
            "receive-recommendation",
            "report-sanction"
        ]
    );

    let d = d.act(forward(&[VILLAGE_HEAD], "other-law", "regent"));
    assert_eq!(d.matter().stage(), Stage::WithAuthority);
    assert_eq!(
        ready(&d.matter()),
        [
            "confirm-delivery",
            "return-forwarding",
            "examine-at-authority",
            "close-at-authority",
            "announce-status",
            "receive-recommendation",
            "report-sanction"
        ]
    );

    let d = d.act(confirm(first)).act(confirm(first + 1));
    let at_authority = ["return-forwarding", "verify-forwarding", "examine-at-authority", "close-at-authority"];
    let then = ["announce-status", "receive-recommendation", "report-sanction"];
    assert_eq!(ready(&d.matter()), [&at_authority[..], &then[..]].concat());

    let d = d.act(recommend(Some("2024-02-26"), &[CIVIL_SERVANT]));
    let pressed = ["press-employer", "summon-employee", "form-team"];
    assert!(pressed.iter().all(|step| ready(&d.matter()).contains(step)));
    let d = d.act(sanction(CIVIL_SERVANT, "2024-03-01"));
    assert_eq!(d.matter().stage(), Stage::WithAuthority);
    let of_decree = ["serve-decision", "lodge-appeal"];
    assert_eq!(ready(&d.matter()), [&at_authority[..], &then[..], &of_decree[..]].concat());

    let d = d.act(sanction(VILLAGE_HEAD, "2024-03-05"));
    assert_eq!(d.matter().stage(), Stage::Closed);
    assert_eq!(ready(&d.matter()), ["announce-status", "receive-recommendation", "serve-decision", "lodge-appeal"]);
    assert_eq!(waiting(&d.matter()), NONE);
    assert_eq!(
        at_hand(&d.matter()),
        ["publish-statement", "assign", "protect-identity", "propose-erasure", "write-reporter", "correct"]
    );
}

/// Guards: nothing is forwarded without study and decision; each missing thing is said until it is there.
#[test]
fn forwarding_waits_for_study_and_decision() {
    let d = registered();
    assert_eq!(reasons(&d.matter(), StepKind::Forward), [NO_STUDY, NO_DECISION]);
    let d = d.act(finish(&[(CIVIL_SERVANT, &["other-law"])]));
    assert_eq!(reasons(&d.matter(), StepKind::Forward), [NO_DECISION]);
    let d = d.act(decide(&[(CIVIL_SERVANT, &["other-law"])]));
    assert_eq!(offer(&d.matter(), StepKind::Forward), Offer::Ready);
}

/// Guards: each person is forwarded for each kind; a person who is cleared is not forwarded at all.
#[test]
fn forwarding_is_person_by_person() {
    let d = registered()
        .act(finish(&[(CIVIL_SERVANT, &["other-law", "crime"]), (VILLAGE_HEAD, &[])]))
        .act(decide(&[(CIVIL_SERVANT, &["other-law", "crime"]), (VILLAGE_HEAD, &[])]));
    assert_eq!(d.matter().to_forward(), [(CIVIL_SERVANT, "other-law".to_owned()), (CIVIL_SERVANT, "crime".to_owned())]);
    let d = d.act(forward(&[CIVIL_SERVANT], "crime", "police"));
    assert_eq!(d.matter().to_forward(), [(CIVIL_SERVANT, "other-law".to_owned())]);
    assert_eq!(offer(&d.matter(), StepKind::Forward), Offer::Ready, "the neutrality route stays open");
    let d = d.act(forward(&[CIVIL_SERVANT], "other-law", "kasn"));
    assert_eq!(offer(&d.matter(), StepKind::Forward), Offer::Hidden);
    assert_eq!(d.matter().stage(), Stage::WithAuthority);
}

/// Guards: initial information is traced before plenary can fix a finding; then it is registered
/// and handled like a report.
#[test]
fn a_finding_from_information_to_handling() {
    let d = DocketBuilder::information();
    assert_eq!(d.matter().stage(), Stage::Information);
    assert_eq!(ready(&d.matter()), ["order-tracing"]);
    assert_eq!(waiting(&d.matter()), ["report-tracing", "fix-finding"]);
    assert_eq!(reasons(&d.matter(), StepKind::ReportTracing), ["Penelusuran belum diperintahkan."]);
    assert_eq!(reasons(&d.matter(), StepKind::FixFinding), ["Belum ada hasil penelusuran yang menduga pelanggaran."]);

    let d = d.act(order_tracing());
    assert_eq!(ready(&d.matter()), ["order-tracing", "report-tracing"]);
    assert_eq!(waiting(&d.matter()), ["fix-finding"]);

    let d = d.act(tracing(TracingResult::NotYet));
    assert_eq!(ready(&d.matter()), ["order-tracing", "report-tracing"]);
    assert_eq!(waiting(&d.matter()), ["fix-finding"]);

    let d = d.act(tracing(TracingResult::Suspected));
    assert_eq!(ready(&d.matter()), ["report-tracing", "fix-finding"]);
    assert_eq!(waiting(&d.matter()), NONE);

    let d = d.act(finding());
    assert_eq!(d.matter().stage(), Stage::ToRegister);
    assert_eq!(ready(&d.matter()), ["register", "announce-status"]);

    let d = d.act(register());
    assert_eq!(d.matter().stage(), Stage::Handling);
    assert_eq!(ready(&d.matter()), HANDLING);
    assert_eq!(offer(&d.matter(), StepKind::Withdraw), Offer::Hidden, "a finding has no reporter who could withdraw");
}

/// Guards: a tracing that finds nothing ends the matter, and its status can be announced.
#[test]
fn information_with_nothing_in_it() {
    let m = DocketBuilder::information().act(order_tracing()).act(tracing(TracingResult::Nothing)).matter();
    assert_eq!(m.stage(), Stage::Closed);
    assert_eq!(ready(&m), ["announce-status"]);
    assert_eq!(waiting(&m), NONE);
}

/// Guards: a study decides about each reported person, so it waits until there is one.
#[test]
fn a_study_waits_for_a_reported_person() {
    let Act::InformationRecorded(what) = information() else { unreachable!() };
    let nobody = Act::InformationRecorded(Information { persons: Vec::new(), ..what });
    let Act::FindingFixed(mut fixed) = finding() else { unreachable!() };
    fixed.persons.clear();
    let d = DocketBuilder::open("2024-01-15T09:00", nobody)
        .act(order_tracing())
        .act(tracing(TracingResult::Suspected))
        .act(Act::FindingFixed(fixed))
        .act(register());
    assert_eq!(
        reasons(&d.matter(), StepKind::FinishStudy),
        ["Belum ada terlapor; kajian memutuskan usul untuk tiap terlapor."]
    );
    assert_eq!(offer(&d.matter(), StepKind::CheckCandidacy), Offer::Hidden);
    let d = d.act(add_person(reported(CIVIL_SERVANT, "pns")));
    assert_eq!(offer(&d.matter(), StepKind::FinishStudy), Offer::Ready);
    assert_eq!(offer(&d.matter(), StepKind::CheckCandidacy), Offer::Ready);
}

/// Guards: the whole way of a Pilkada report that must be completed first and extended later.
#[test]
fn a_pilkada_report_with_repair_and_extension() {
    let d = DocketBuilder::pilkada().act(receipt()).at("2024-10-15T10:00").act(study("INCOMPLETE"));
    assert_eq!(d.matter().stage(), Stage::InitialStudy);
    assert_eq!(ready(&d.matter()), ["request-repair", "announce-status"]);

    let d = d.at("2024-10-15T14:00").act(ask_repair());
    assert_eq!(d.matter().stage(), Stage::Repair);
    assert_eq!(ready(&d.matter()), ["receive-repair", "reject", "announce-status"]);

    let d = d.at("2024-10-17T09:00").act(repair());
    assert_eq!(d.matter().stage(), Stage::InitialStudy);
    assert_eq!(ready(&d.matter()), ["initial-study", "announce-status"]);

    let d = d.at("2024-10-17T11:00").act(study("REGISTER_HERE"));
    assert_eq!(ready(&d.matter()), ["register", "announce-status"]);

    let d = d.act(register());
    assert_eq!(ready(&d.matter()), HANDLING);

    let d = d.at("2024-10-20T09:00").act(extend());
    assert_eq!(
        ready(&d.matter()),
        ["invite-clarification", "discuss-gakkumdu", "declare-crime", "finish-study", "announce-status"]
    );

    let d = d.act(gakkumdu()).act(finish(&[(CIVIL_SERVANT, &["other-law"])]));
    assert_eq!(ready(&d.matter()), ["declare-crime", "finish-study", "decide-plenary", "announce-status"]);

    let d = d.act(decide(&[(CIVIL_SERVANT, &["other-law"])]));
    assert_eq!(ready(&d.matter()), ["declare-crime", "forward", "announce-status"]);

    let d = d.act(forward(&[CIVIL_SERVANT], "other-law", "bkn"));
    assert_eq!(d.matter().stage(), Stage::WithAuthority);
}

/// Guards: repair is asked once for one study; if the completed report still lacks something, the
/// second study opens the way to ask again or to reject.
#[test]
fn repair_is_asked_once_for_each_study() {
    let d = DocketBuilder::report()
        .act(receipt())
        .at("2024-01-16T10:00")
        .act(study("INCOMPLETE"))
        .act(ask_repair())
        .at("2024-01-17T09:00")
        .act(repair());
    assert_eq!(offer(&d.matter(), StepKind::RequestRepair), Offer::Hidden);
    let again = d.clone().at("2024-01-18T09:00").act(study("INCOMPLETE"));
    assert_eq!(ready(&again.matter()), ["request-repair", "announce-status"]);
    let rejected = d.at("2024-01-18T09:00").act(study("NOT_REGISTERED"));
    assert_eq!(ready(&rejected.matter()), ["reject", "announce-status"]);
}

/// Guards: a report that fails outright, and one whose repair never came, end the same way: closed,
/// announced, and still usable as initial information.
#[test]
fn rejection_after_study_or_after_silence() {
    let failed = DocketBuilder::report().act(receipt()).act(study("NOT_REGISTERED"));
    assert_eq!(failed.matter().stage(), Stage::InitialStudy);
    assert_eq!(ready(&failed.matter()), ["reject", "announce-status"]);
    let silent = DocketBuilder::report().act(receipt()).act(study("INCOMPLETE")).act(ask_repair());
    for docket in [failed, silent] {
        let m = docket.act(reject()).matter();
        assert_eq!(m.stage(), Stage::Closed);
        assert_eq!(ready(&m), ["make-initial-information", "announce-status"]);
        assert_eq!(waiting(&m), NONE);
        assert_eq!(
            at_hand(&m),
            ["publish-statement", "assign", "protect-identity", "propose-erasure", "write-reporter", "correct"]
        );
    }
}

/// Guards: a report that becomes initial information is traced like any other, and is no longer a
/// report that could be withdrawn, repaired or studied.
#[test]
fn a_report_becomes_initial_information() {
    let d = DocketBuilder::report().act(receipt()).act(study("NOT_REGISTERED_AS_INITIAL_INFO"));
    assert_eq!(ready(&d.matter()), ["make-initial-information", "announce-status"]);

    let d = d.act(make_information());
    assert_eq!(d.matter().stage(), Stage::Information);
    assert_eq!(ready(&d.matter()), ["order-tracing", "announce-status"]);
    assert_eq!(waiting(&d.matter()), ["report-tracing", "fix-finding"]);
    assert_eq!(offer(&d.matter(), StepKind::Withdraw), Offer::Hidden);

    let d = d.act(order_tracing()).act(tracing(TracingResult::Suspected)).act(finding());
    assert_eq!(d.matter().stage(), Stage::ToRegister);
    assert_eq!(ready(&d.matter()), ["register", "announce-status"]);
}

/// Guards: a violation of other laws is forwarded at once, without registration; the initial study
/// stands for the study.
#[test]
fn unregistered_forwarding() {
    let d = DocketBuilder::report().act(receipt()).act(study("FORWARD_OTHER_LAW"));
    assert_eq!(d.matter().stage(), Stage::ToForward);
    assert_eq!(ready(&d.matter()), ["declare-crime", "forward", "announce-status"]);
    assert_eq!(waiting(&d.matter()), NONE);
    assert_eq!(offer(&d.matter(), StepKind::Register), Offer::Hidden);

    let d = d.act(forward(&[CIVIL_SERVANT], "other-law", "kasn"));
    assert_eq!(d.matter().stage(), Stage::ToForward);
    let d = d.act(forward(&[VILLAGE_HEAD], "other-law", "regent"));
    assert_eq!(d.matter().stage(), Stage::WithAuthority);
    assert_eq!(
        ready(&d.matter()),
        [
            "confirm-delivery",
            "return-forwarding",
            "examine-at-authority",
            "close-at-authority",
            "announce-status",
            "receive-recommendation",
            "report-sanction"
        ]
    );
}

/// Guards: before registration a withdrawal closes the report and leaves its content to be used as
/// initial information; after registration handling goes on as if nothing had happened.
#[test]
fn withdrawal_before_and_after_registration() {
    let d = DocketBuilder::report().act(receipt());
    assert_eq!(offer(&d.matter(), StepKind::Withdraw), Offer::Ready);
    let m = d.act(withdraw()).matter();
    assert_eq!(m.stage(), Stage::Closed);
    assert_eq!(ready(&m), ["make-initial-information", "announce-status"]);
    assert_eq!(offer(&m, StepKind::Withdraw), Offer::Hidden);

    let d = registered();
    assert_eq!(offer(&d.matter(), StepKind::Withdraw), Offer::Ready);
    let m = d.act(withdraw()).matter();
    assert_eq!(m.stage(), Stage::Handling);
    assert_eq!(ready(&m), HANDLING);
    assert_eq!(offer(&m, StepKind::Withdraw), Offer::Hidden, "once is enough");
}

/// Guards: prevention has its own small set of steps and none of the procedure's.
#[test]
fn prevention_knows_no_procedure() {
    let m = DocketBuilder::prevention().matter();
    assert_eq!(ready(&m), ["record-prevention"]);
    assert_eq!(waiting(&m), NONE);
    assert_eq!(at_hand(&m), ["add-exhibit", "publish-statement", "assign", "correct"]);
}

/// Guards: a report is delegated only when the study says that another office is competent; then the
/// office that gave it away offers nothing more, and the other one registers.
#[test]
fn delegation_follows_the_study() {
    let d = DocketBuilder::report().act(receipt());
    assert_eq!(
        reasons(&d.matter(), StepKind::Delegate),
        ["Kajian awal belum menyatakan bahwa laporan ini wewenang pengawas lain."]
    );
    assert_eq!(offer(&d.matter(), StepKind::TakeOver), Offer::Ready);

    let d = d.act(study("DELEGATE"));
    assert_eq!(d.matter().stage(), Stage::InitialStudy);
    assert_eq!(offer(&d.matter(), StepKind::Delegate), Offer::Ready);
    assert_eq!(offer(&d.matter(), StepKind::Register), Offer::Hidden);

    let d = d.act(delegate());
    assert_eq!(d.matter().stage(), Stage::ToRegister);
    assert_eq!(ready(&d.matter()), ["register", "announce-status"]);
    assert_eq!(offer(&d.matter(), StepKind::Delegate), Offer::Hidden);
    assert_eq!(offer(&d.matter(), StepKind::TakeOver), Offer::Hidden);

    assert_eq!(offer(&DocketBuilder::information().matter(), StepKind::Delegate), Offer::Ready);
}

/// Guards: a crime can be declared until the matter left the office, and once.
#[test]
fn a_crime_is_declared_once() {
    let d = registered();
    assert_eq!(offer(&d.matter(), StepKind::DeclareCrime), Offer::Ready);
    assert_eq!(offer(&decided().matter(), StepKind::DeclareCrime), Offer::Ready);
    assert_eq!(offer(&d.act(crime(&[CIVIL_SERVANT])).matter(), StepKind::DeclareCrime), Offer::Hidden);
    assert_eq!(offer(&DocketBuilder::report().matter(), StepKind::DeclareCrime), Offer::Hidden);
}

/// Guards: advice is answered once it was given, until it was followed.
#[test]
fn advice_waits_for_its_answer() {
    let d = registered();
    assert_eq!(offer(&d.matter(), StepKind::AnswerCorrection), Offer::Hidden);
    let d = d.act(advise());
    assert_eq!(offer(&d.matter(), StepKind::AnswerCorrection), Offer::Ready);
    let d = d.act(answer(Verdict::NotMet));
    assert_eq!(offer(&d.matter(), StepKind::AnswerCorrection), Offer::Ready);
    let d = d.act(answer(Verdict::Met));
    assert_eq!(offer(&d.matter(), StepKind::AnswerCorrection), Offer::Hidden);
}

/// Guards: a candidacy that waits for its decree is watched even after the matter is closed.
#[test]
fn a_candidacy_is_watched_until_the_decree() {
    let closed = |d: DocketBuilder| d.act(study("NOT_REGISTERED")).act(reject());
    let report = || DocketBuilder::report().act(receipt());
    assert_eq!(offer(&closed(report()).matter(), StepKind::CheckCandidacy), Offer::Hidden, "never a candidate");

    let pending = closed(report().act(candidacy(CandidacyResult::ResignationPending)));
    assert_eq!(pending.matter().stage(), Stage::Closed);
    assert_eq!(offer(&pending.matter(), StepKind::CheckCandidacy), Offer::Ready);

    let decreed = pending.act(candidacy(CandidacyResult::ResignedWithDecree));
    assert_eq!(offer(&decreed.matter(), StepKind::CheckCandidacy), Offer::Hidden);
}

/// Guards: matters are opened from the desk, never from within a matter; a correction is always at hand.
#[test]
fn openings_are_never_offered_and_corrections_always() {
    let matters = [
        DocketBuilder::report(),
        DocketBuilder::information(),
        DocketBuilder::prevention(),
        registered(),
        decided(),
        DocketBuilder::report().act(withdraw()),
    ];
    for matter in matters.iter().map(DocketBuilder::matter) {
        for kind in [StepKind::ReceiveReport, StepKind::ReceiveTip, StepKind::RecordInformation] {
            assert_eq!(offer(&matter, kind), Offer::Hidden);
        }
        assert_eq!(offer(&matter, StepKind::Correct), Offer::Ready);
    }
}

/// Guards: every step that the desk offers has a word for addresses that is read back.
#[test]
fn step_ids_are_read_back() {
    for kind in StepKind::ALL {
        assert_eq!(StepKind::from_id(kind.id()), Some(*kind));
    }
    assert_eq!(StepKind::from_id("no-such-step"), None);
}

/// Papers with a form of their own within a step: the oath before a clarification.
const PAPERS: [&str; 2] = ["oath", "oath-expert"];

/// Guards: every step that the desk can offer has its article in the packs of both elections, and
/// the packs name no step that the desk does not know, but for the papers within a step.
#[test]
fn every_step_has_its_article() {
    let discipline = law().pack_for(netra_law::pack::Regime::Discipline, day("2024-01-15")).unwrap();
    for pack in law().packs().iter().filter(|p| !p.procedure.step.is_empty()) {
        let known = |id: &&str| pack.step(id).is_none() && discipline.step(id).is_none();
        let is_election = pack.head.regime != netra_law::pack::Regime::Discipline;
        let without: Vec<&str> = StepKind::ALL.iter().map(|k| k.id()).filter(|id| is_election && known(id)).collect();
        assert_eq!(without, NONE, "{}", pack.head.id);
        for step in &pack.procedure.step {
            let is_step = StepKind::from_id(&step.id).is_some();
            let is_paper = PAPERS.contains(&step.id.as_str());
            assert!(is_step != is_paper, "{}: no step {}", pack.head.id, step.id);
            assert!(!is_paper || step.form.is_some(), "{}: {} has no form", pack.head.id, step.id);
        }
    }
}
