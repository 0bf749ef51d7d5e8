//! The clocks of a matter: when each ends, how it stands, and what moves it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_docket::act::{Act, CandidacyResult, TracingResult, Verdict};
use netra_docket::clocks::{ClockState, Clocks, Standing, Urgency, clocks, nearest, urgency};
use netra_docket::ids::PersonNo;
use netra_docket::matter::Stage;
use netra_law::LawError;
use netra_law::event::When;
use netra_law::pack::Regime;
use netra_law::time::{Moment, Zone};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

/// The clock of a matter; the first of its kind where several persons have one.
fn state(clocks: &Clocks<'static>, id: &str) -> ClockState<'static> {
    clocks.states.iter().find(|c| c.id == id).cloned().unwrap_or_else(|| panic!("{id} does not run"))
}

fn standing(docket: &DocketBuilder, id: &str, now: &str) -> Standing {
    state(&docket.clocks(now), id).standing
}

fn due(docket: &DocketBuilder, id: &str) -> Moment {
    state(&docket.clocks("2024-01-15T09:00"), id).deadline.due_at
}

/// A report of which the reporter learned on this day, delivered at this time.
fn report_known(known: &str, delivered: &str) -> DocketBuilder {
    let Act::ReportReceived(mut what) = report() else { unreachable!() };
    what.event.known = Some(day(known));
    DocketBuilder::open(delivered, Act::ReportReceived(what))
}

// --- Intake -------------------------------------------------------------------------------------

/// Guards: filing is kept up to the second at which the counter closes on the last day, and missed
/// one second later, with a warning that a human must decide.
#[test]
fn filing_is_kept_or_missed() {
    // Known on Thursday 4 January: the seventh working day is Monday the 15th.
    let rows = [
        ("2024-01-04", "2024-01-15T16:00:00", Standing::Kept, 0),
        ("2024-01-04", "2024-01-15T16:00:01", Standing::Missed, 1),
        ("2024-01-05", "2024-01-15T16:00:01", Standing::Kept, 0),
        ("2024-01-02", "2024-01-15T09:00:00", Standing::Missed, 0),
    ];
    for (known, delivered, expected, warnings) in rows {
        let filing = state(&report_known(known, delivered).clocks("2024-01-15T17:00"), "REPORT_FILING");
        assert_eq!(filing.standing, expected, "known {known}, delivered {delivered}");
        assert_eq!(filing.deadline.warnings.len(), warnings, "known {known}, delivered {delivered}");
        assert_eq!(filing.done, Some(When::At(moment(delivered))));
    }
    assert_eq!(due(&report_known("2024-01-04", "2024-01-15T09:00"), "REPORT_FILING"), moment("2024-01-15T16:00"));
}

/// Guards: the initial study runs to the end of its second working day and not one second longer,
/// whether it is still open or was done.
#[test]
fn the_initial_study_to_the_second() {
    let open = DocketBuilder::report().act(receipt());
    assert_eq!(due(&open, "INITIAL_STUDY"), moment("2024-01-17T23:59:59"));
    assert_eq!(standing(&open, "INITIAL_STUDY", "2024-01-15T09:00"), Standing::Running);
    assert_eq!(standing(&open, "INITIAL_STUDY", "2024-01-17T23:59:59"), Standing::Running);
    assert_eq!(standing(&open, "INITIAL_STUDY", "2024-01-18T00:00:00"), Standing::Overdue);

    let done = |at: &str| open.clone().at(at).act(study("REGISTER_HERE"));
    let now = "2024-02-01T09:00";
    assert_eq!(standing(&done("2024-01-17T23:59:59"), "INITIAL_STUDY", now), Standing::Kept);
    assert_eq!(standing(&done("2024-01-18T00:00:00"), "INITIAL_STUDY", now), Standing::Missed);
}

/// Guards: a second study after a repair neither restarts nor reopens the clock of the first.
#[test]
fn a_second_study_does_not_restart_the_clock() {
    let docket = DocketBuilder::report()
        .act(receipt())
        .at("2024-01-16T10:00")
        .act(study("INCOMPLETE"))
        .act(ask_repair())
        .at("2024-01-18T09:00")
        .act(repair())
        .at("2024-01-19T09:00")
        .act(study("REGISTER_HERE"));
    let study = state(&docket.clocks("2024-02-01T09:00"), "INITIAL_STUDY");
    assert_eq!((study.standing, study.done), (Standing::Kept, Some(When::At(moment("2024-01-16T10:00")))));
}

/// Guards: a report brought after closing is received at the next opening, and correcting the time
/// of its delivery moves receipt and deadline.
#[test]
fn correcting_the_delivery_moves_the_deadline() {
    let late = report_known("2024-01-17", "2024-01-19T17:10");
    let clocks = late.clocks("2024-01-19T18:00");
    let opening = When::At(moment("2024-01-22T08:00"));
    assert_eq!(clocks.received, Some((opening, Some("outside receiving hours".to_owned()))));
    assert_eq!(due(&late, "INITIAL_STUDY"), moment("2024-01-24T23:59:59"));

    let corrected = late.act(move_to(1, "2024-01-19T16:20"));
    let clocks = corrected.clocks("2024-01-19T18:00");
    assert_eq!(clocks.received, Some((When::At(moment("2024-01-19T16:20")), None)));
    assert_eq!(due(&corrected, "INITIAL_STUDY"), moment("2024-01-23T23:59:59"));
}

/// Guards: the repair window closes with the counter; it is kept, missed, overdue, or stopped by the
/// rejection; a new notice opens a new window.
#[test]
fn the_repair_window() {
    let asked = DocketBuilder::report()
        .act(receipt())
        .at("2024-01-16T10:00")
        .act(study("INCOMPLETE"))
        .at("2024-01-16T14:00")
        .act(ask_repair());
    assert_eq!(due(&asked, "REPAIR"), moment("2024-01-18T16:00"));
    assert_eq!(standing(&asked, "REPAIR", "2024-01-18T16:00:00"), Standing::Running);
    assert_eq!(standing(&asked, "REPAIR", "2024-01-18T16:00:01"), Standing::Overdue);

    let repaired = |at: &str| asked.clone().at(at).act(repair());
    let now = "2024-02-01T09:00";
    assert_eq!(standing(&repaired("2024-01-18T16:00:00"), "REPAIR", now), Standing::Kept);
    assert_eq!(standing(&repaired("2024-01-18T16:00:01"), "REPAIR", now), Standing::Missed);
    assert_eq!(standing(&asked.clone().at("2024-01-19T10:00").act(reject()), "REPAIR", now), Standing::Stopped);

    let again = repaired("2024-01-17T09:00")
        .at("2024-01-18T09:00")
        .act(study("INCOMPLETE"))
        .at("2024-01-18T10:00")
        .act(ask_repair());
    assert_eq!(due(&again, "REPAIR"), moment("2024-01-22T16:00"));
    assert_eq!(standing(&again, "REPAIR", "2024-01-19T09:00"), Standing::Running);
}

// --- Handling -----------------------------------------------------------------------------------

/// Guards: without an extension on record the base period is the one that runs and runs out; the
/// longer one is only shown.
#[test]
fn handling_without_extension() {
    let docket = registered();
    assert_eq!(due(&docket, "HANDLING_BASE"), moment("2024-01-26T23:59:59"));
    assert_eq!(due(&docket, "HANDLING_MAX"), moment("2024-02-06T23:59:59"));
    assert_eq!(standing(&docket, "HANDLING_BASE", "2024-01-26T23:59:59"), Standing::Running);
    assert_eq!(standing(&docket, "HANDLING_BASE", "2024-01-27T00:00:00"), Standing::Overdue);
    for now in ["2024-01-20T09:00", "2024-01-27T00:00", "2024-02-07T00:00"] {
        assert_eq!(standing(&docket, "HANDLING_MAX", now), Standing::Informative, "{now}");
    }

    assert_eq!(standing(&decided(), "HANDLING_BASE", "2024-02-01T09:00"), Standing::Kept);
    let late = registered().at("2024-01-27T09:00").act(decide(&[(CIVIL_SERVANT, &["other-law"])]));
    assert_eq!(standing(&late, "HANDLING_BASE", "2024-02-01T09:00"), Standing::Missed);
}

/// Guards: an extension on record replaces the base period by the longer one, for what is running
/// and for what is done.
#[test]
fn an_extension_replaces_the_base_period() {
    let docket = registered().at("2024-01-25T10:00").act(extend());
    assert_eq!(standing(&docket, "HANDLING_BASE", "2024-01-30T09:00"), Standing::Extended);
    assert_eq!(standing(&docket, "HANDLING_MAX", "2024-02-06T23:59:59"), Standing::Running);
    assert_eq!(standing(&docket, "HANDLING_MAX", "2024-02-07T00:00:00"), Standing::Overdue);
    assert_eq!(docket.clocks("2024-01-30T09:00").nearest().map(|c| c.id), Some("HANDLING_MAX"));

    let decided = |at: &str| docket.clone().at(at).act(decide(&[(CIVIL_SERVANT, &["other-law"])]));
    let in_time = decided("2024-02-06T23:59:59");
    assert_eq!(standing(&in_time, "HANDLING_BASE", "2024-02-08T09:00"), Standing::Extended);
    assert_eq!(standing(&in_time, "HANDLING_MAX", "2024-02-08T09:00"), Standing::Kept);
    let late = decided("2024-02-07T00:00:00");
    assert_eq!(standing(&late, "HANDLING_MAX", "2024-02-08T09:00"), Standing::Missed);
    let early = decided("2024-01-26T09:00");
    assert_eq!(standing(&early, "HANDLING_BASE", "2024-02-08T09:00"), Standing::Kept, "the extension was not needed");
}

/// Guards: correcting the moment of the registration moves both handling periods.
#[test]
fn correcting_the_registration_moves_the_deadlines() {
    let docket = registered().act(move_to(4, "2024-01-18T10:00"));
    assert_eq!(due(&docket, "HANDLING_BASE"), moment("2024-01-29T23:59:59"));
    assert_eq!(due(&docket, "HANDLING_MAX"), moment("2024-02-07T23:59:59"));
    let voided = registered().act(void(4)).clocks("2024-01-20T09:00");
    assert!(voided.states.iter().all(|c| !c.id.starts_with("HANDLING")), "no registration, no handling");
}

/// Guards: every invited person has a notice clock of their own; an invitation that arrived too late
/// is missed.
#[test]
fn invitations_have_a_clock_each() {
    let docket = registered()
        .act(invite(CIVIL_SERVANT, "2024-01-24T10:00", Some("2024-01-23T16:00")))
        .act(invite(VILLAGE_HEAD, "2024-01-24T13:00", Some("2024-01-24T08:00")))
        .act(invite(REPORTER, "2024-01-25T10:00", None));
    let clocks = docket.clocks("2024-01-24T09:00");
    let notices: Vec<(Option<PersonNo>, Moment, Standing)> = clocks
        .states
        .iter()
        .filter(|c| c.id == "CLARIF_NOTICE")
        .map(|c| (c.person, c.deadline.due_at, c.standing))
        .collect();
    assert_eq!(
        notices,
        [
            (Some(CIVIL_SERVANT), moment("2024-01-23T23:59:59"), Standing::Kept),
            (Some(VILLAGE_HEAD), moment("2024-01-23T23:59:59"), Standing::Missed),
            (Some(REPORTER), moment("2024-01-24T23:59:59"), Standing::Running),
        ]
    );
}

/// Guards: the nearest clock is the open one that ends first, whatever the order in the pack.
#[test]
fn the_nearest_clock() {
    let docket = registered();
    assert_eq!(docket.clocks("2024-01-18T09:00").nearest().map(|c| c.id), Some("HANDLING_BASE"));

    let invited = docket.clone().act(invite(CIVIL_SERVANT, "2024-01-24T10:00", None));
    let clocks = invited.clocks("2024-01-18T09:00");
    let first = clocks.nearest().unwrap();
    assert_eq!((first.id, first.person), ("CLARIF_NOTICE", Some(CIVIL_SERVANT)));
    assert_eq!(
        nearest(&invited.matter(), law(), &seat()).map(|c| (c.clock, c.due)),
        Some(("CLARIF_NOTICE".to_owned(), moment("2024-01-23T23:59:59")))
    );
    assert!(clocks.open("HANDLING_BASE").is_some());
    assert!(clocks.open("HANDLING_MAX").is_none());

    let arrived = docket.act(invite(CIVIL_SERVANT, "2024-01-24T10:00", Some("2024-01-22T10:00")));
    assert_eq!(
        nearest(&arrived.matter(), law(), &seat()).map(|c| (c.clock, c.due)),
        Some(("HANDLING_BASE".to_owned(), moment("2024-01-26T23:59:59")))
    );

    let over = decided().act(forward(&[CIVIL_SERVANT, VILLAGE_HEAD], "other-law", "kasn"));
    assert_eq!(nearest(&over.matter(), law(), &seat()), None);
}

/// Guards: twenty-four hours to the police, to the second; forwarding the same person for another
/// kind of violation does not stop them, and deciding does not either.
#[test]
fn the_crime_clock_stops_only_at_the_police() {
    let now = "2024-01-22T09:00";
    let declared = registered().at("2024-01-19T19:40").act(crime(&[CIVIL_SERVANT]));
    assert_eq!(due(&declared, "CRIME_FORWARD"), moment("2024-01-20T19:40"));
    assert_eq!(standing(&declared, "CRIME_FORWARD", "2024-01-20T19:40:00"), Standing::Running);
    assert_eq!(standing(&declared, "CRIME_FORWARD", "2024-01-20T19:40:01"), Standing::Overdue);

    let both: [(PersonNo, &[&str]); 1] = [(CIVIL_SERVANT, &["crime", "other-law"])];
    let decided = declared.at("2024-01-20T10:00").act(finish(&both)).act(decide(&both));
    assert_eq!(standing(&decided, "CRIME_FORWARD", now), Standing::Overdue);
    let elsewhere = decided.clone().act(forward(&[CIVIL_SERVANT], "other-law", "kasn"));
    assert_eq!(standing(&elsewhere, "CRIME_FORWARD", now), Standing::Overdue);

    let police = |at: &str| decided.clone().at(at).act(forward(&[CIVIL_SERVANT], "crime", "police"));
    assert_eq!(standing(&police("2024-01-20T19:40:00"), "CRIME_FORWARD", now), Standing::Kept);
    assert_eq!(standing(&police("2024-01-20T19:40:01"), "CRIME_FORWARD", now), Standing::Missed);
}

/// Guards: a finding is worked to the earliest reading, and says that it is in doubt.
#[test]
fn a_finding_is_worked_to_the_earliest_reading() {
    let traced = DocketBuilder::information().act(order_tracing()).act(tracing(TracingResult::Suspected));
    let clock = state(&traced.clocks("2024-01-16T09:00"), "FINDING_FIX");
    assert_eq!(clock.deadline.due_at, moment("2024-01-19T23:59:59"), "discovered on the 12th");
    assert!(clock.deadline.is_in_doubt());
    assert_eq!(standing(&traced, "FINDING_FIX", "2024-01-20T00:00"), Standing::Overdue);
    let fixed = traced.at("2024-01-19T15:00").act(finding());
    assert_eq!(standing(&fixed, "FINDING_FIX", "2024-01-25T09:00"), Standing::Kept);
}

/// Guards: advice on a slip runs until it was followed; an answer that refuses does not stop it.
#[test]
fn the_clock_of_correction_advice() {
    let advised = registered().at("2024-01-18T08:00").act(advise());
    assert_eq!(due(&advised, "CORRECTION_ADVICE"), moment("2024-01-21T23:59:59"));
    let refused = advised.clone().at("2024-01-19T08:00").act(answer(Verdict::NotMet));
    assert_eq!(standing(&refused, "CORRECTION_ADVICE", "2024-01-20T09:00"), Standing::Running);
    let followed = advised.at("2024-01-19T08:00").act(answer(Verdict::Met));
    assert_eq!(standing(&followed, "CORRECTION_ADVICE", "2024-01-20T09:00"), Standing::Kept);
}

// --- Afterwards ---------------------------------------------------------------------------------

/// Guards: the employer's clock runs for each person from the employer's receipt, under the
/// discipline pack; without that receipt it does not run.
#[test]
fn the_employer_has_a_clock_for_each_person() {
    let forwarded = decided().act(forward(&[CIVIL_SERVANT, VILLAGE_HEAD], "other-law", "kasn")).at("2024-02-07T09:00");
    let unreceived = forwarded.clone().act(recommend(None, &[CIVIL_SERVANT]));
    assert!(unreceived.clocks("2024-02-20T09:00").states.iter().all(|c| c.id != "EMPLOYER_FOLLOW_UP"));

    let recommended = forwarded.act(recommend(Some("2024-02-05"), &[CIVIL_SERVANT, VILLAGE_HEAD]));
    let follow_up = |docket: &DocketBuilder, now: &str| -> Vec<(Option<PersonNo>, Standing)> {
        let clocks = docket.clocks(now);
        clocks.states.iter().filter(|c| c.id == "EMPLOYER_FOLLOW_UP").map(|c| (c.person, c.standing)).collect()
    };
    assert_eq!(due(&recommended, "EMPLOYER_FOLLOW_UP"), moment("2024-02-28T23:59:59"));

    let one = recommended.at("2024-03-04T09:00").act(sanction(CIVIL_SERVANT, "2024-02-28"));
    assert_eq!(
        follow_up(&one, "2024-02-28T23:59:59"),
        [(Some(CIVIL_SERVANT), Standing::Kept), (Some(VILLAGE_HEAD), Standing::Running)]
    );
    assert_eq!(
        follow_up(&one, "2024-02-29T00:00:00"),
        [(Some(CIVIL_SERVANT), Standing::Kept), (Some(VILLAGE_HEAD), Standing::Overdue)]
    );
    let both = one.act(sanction(VILLAGE_HEAD, "2024-02-29"));
    assert_eq!(
        follow_up(&both, "2024-03-05T09:00"),
        [(Some(CIVIL_SERVANT), Standing::Kept), (Some(VILLAGE_HEAD), Standing::Missed)]
    );
}

/// Guards: the clock of a resignation is bound to the election, so it runs on after the matter is
/// closed, until the decree was seen or the stage is over.
#[test]
fn the_resignation_clock_runs_on_after_closing() {
    let listed = |result| report_known("2023-05-19", "2023-05-22T09:00").act(receipt()).act(candidacy(result));
    let closed = |docket: DocketBuilder| docket.act(study("NOT_REGISTERED")).act(reject());
    for result in [CandidacyResult::ResignationPending, CandidacyResult::NotResigned] {
        let docket = closed(listed(result));
        assert_eq!(docket.matter().stage(), Stage::Closed);
        assert_eq!(due(&docket, "CANDIDACY_RESIGNATION"), moment("2023-10-03T23:59:59"));
        assert_eq!(standing(&docket, "CANDIDACY_RESIGNATION", "2023-10-03T23:59:59"), Standing::Running);
        assert_eq!(standing(&docket, "CANDIDACY_RESIGNATION", "2023-10-04T00:00:00"), Standing::Overdue);
        assert_eq!(docket.clocks("2023-06-01T09:00").nearest().map(|c| c.id), Some("CANDIDACY_RESIGNATION"));

        let decreed = |at: &str| docket.clone().at(at).act(candidacy(CandidacyResult::ResignedWithDecree));
        let now = "2023-11-01T09:00";
        assert_eq!(standing(&decreed("2023-10-03T15:00"), "CANDIDACY_RESIGNATION", now), Standing::Kept);
        assert_eq!(standing(&decreed("2023-10-04T09:00"), "CANDIDACY_RESIGNATION", now), Standing::Missed);
    }
    for result in [CandidacyResult::NameMisused, CandidacyResult::OtherPerson] {
        let clocks = listed(result).clocks("2023-06-01T09:00");
        assert!(clocks.states.iter().all(|c| c.id != "CANDIDACY_RESIGNATION"), "{result:?} starts no clock");
    }
}

/// Guards: what the matter's end makes pointless stops instead of becoming overdue.
#[test]
fn what_the_end_makes_pointless_stops() {
    let withdrawn = DocketBuilder::report().act(receipt()).at("2024-01-16T09:00").act(withdraw());
    assert_eq!(standing(&withdrawn, "INITIAL_STUDY", "2024-02-01T09:00"), Standing::Stopped);
    assert_eq!(nearest(&withdrawn.matter(), law(), &seat()), None);
}

// --- Both regimes, and no answer ----------------------------------------------------------------

/// Guards: a Pilkada matter runs on Pilkada clocks only, worked to the settled start.
#[test]
fn pilkada_runs_on_its_own_clocks() {
    let docket = DocketBuilder::pilkada()
        .act(receipt())
        .at("2024-10-16T10:00")
        .act(study("REGISTER_HERE"))
        .at("2024-10-17T10:00")
        .act(register());
    let clocks = docket.clocks("2024-10-18T09:00");
    let found: Vec<(&str, String, Standing)> =
        clocks.states.iter().map(|c| (c.id, c.deadline.due_at.to_string(), c.standing)).collect();
    assert_eq!(
        found,
        [
            ("PK-C01", "2024-10-18T16:30:00+08:00".to_owned(), Standing::Kept),
            ("PK-C03", "2024-10-16T23:59:59+08:00".to_owned(), Standing::Kept),
            ("PK-C05", "2024-10-20T23:59:59+08:00".to_owned(), Standing::Running),
            ("PK-C06", "2024-10-22T23:59:59+08:00".to_owned(), Standing::Informative),
        ]
    );
    assert_eq!(state(&clocks, "PK-C05").deadline.reading, "from-registration");
    assert!(state(&clocks, "PK-C05").deadline.is_in_doubt());
}

/// Guards: where the law gives no answer the reason is kept beside the clocks, and no date is made up.
#[test]
fn without_holidays_or_pack_there_are_faults() {
    let outside = |date: &str| LawError::OutsideCalendar { date: day(date), from: 2023, to: 2027 };
    let clocks = report_known("2028-01-02", "2028-01-03T09:00").clocks("2028-01-04T09:00");
    assert_eq!(clocks.faults, [outside("2028-01-03"), outside("2028-01-02")]);
    assert_eq!((clocks.states.len(), clocks.received), (0, None));

    let clocks = report_known("2019-05-06", "2019-05-21T09:00").clocks("2019-05-22T09:00");
    assert_eq!(clocks.faults, [LawError::NoPack { regime: Regime::Pemilu, date: day("2019-05-21") }]);
    assert_eq!(clocks.states.len(), 0);
}

// --- Urgency ------------------------------------------------------------------------------------

/// Guards: on the last day at 23:59:59 it is "today", one second later "overdue"; a week is seven
/// calendar days.
#[test]
fn urgency_to_the_second() {
    let rows = [
        ("2024-01-17T23:59:59", "2024-01-17T00:00:00", Urgency::Today),
        ("2024-01-17T23:59:59", "2024-01-17T23:59:59", Urgency::Today),
        ("2024-01-17T23:59:59", "2024-01-18T00:00:00", Urgency::Overdue),
        ("2024-01-17T23:59:59", "2024-01-16T23:59:59", Urgency::Week),
        ("2024-01-17T23:59:59", "2024-01-10T00:00:00", Urgency::Week),
        ("2024-01-17T23:59:59", "2024-01-09T23:59:59", Urgency::Later),
        ("2024-01-18T16:00:00", "2024-01-18T16:00:00", Urgency::Today),
        ("2024-01-18T16:00:00", "2024-01-18T16:00:01", Urgency::Overdue),
    ];
    for (due, now, expected) in rows {
        assert_eq!(urgency(moment(due), moment(now)), expected, "due {due}, now {now}");
    }
    assert!(Urgency::Overdue < Urgency::Today && Urgency::Today < Urgency::Week && Urgency::Week < Urgency::Later);
}

/// Guards: "today" is the day at the office, wherever the one who looks may be.
#[test]
fn urgency_is_told_by_the_offices_day() {
    let due = moment("2024-01-17T23:59:59");
    let seen = |text: &str, zone: Zone| urgency(due, Moment::parse_in(text, zone).unwrap());
    assert_eq!(seen("2024-01-16T22:59:59", Zone::Wib), Urgency::Week);
    assert_eq!(seen("2024-01-16T23:00:00", Zone::Wib), Urgency::Today);
    assert_eq!(seen("2024-01-17T23:00:00", Zone::Wib), Urgency::Overdue);
    assert_eq!(seen("2024-01-17T00:59:59", Zone::Wit), Urgency::Week);
    assert_eq!(seen("2024-01-17T01:00:00", Zone::Wit), Urgency::Today);
    assert_eq!(seen("2024-01-18T01:00:00", Zone::Wit), Urgency::Overdue);
}

/// Guards: the last second is in time for whoever looks or acts in it, on the clocks of any zone.
#[test]
fn the_last_second_is_in_time_from_every_zone() {
    let docket = DocketBuilder::report().act(receipt());
    let due = due(&docket, "INITIAL_STUDY");
    for zone in Zone::ALL {
        let now = due.in_zone(zone);
        assert_eq!(urgency(due, now), Urgency::Today, "urgency seen in {zone}");
        let seen = clocks(&docket.matter(), law(), &seat(), now);
        assert_eq!(state(&seen, "INITIAL_STUDY").standing, Standing::Running, "standing seen in {zone}");

        let mut done = docket.clone().act(study("REGISTER_HERE"));
        done.entries.last_mut().unwrap().at = now;
        assert_eq!(standing(&done, "INITIAL_STUDY", "2024-02-01T09:00"), Standing::Kept, "done in {zone}");
    }
}
