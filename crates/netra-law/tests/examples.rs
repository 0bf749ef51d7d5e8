//! The worked examples of the law tables: facts go in, the published or derived dates must come
//! out. Each test has the example's id; examples outside the packed years must be refused, because
//! a date without its holidays would be a guess.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_law::LawError;
use netra_law::clock;
use netra_law::event::{Event, EventKind};
use netra_law::hours;
use netra_law::pack::Regime;
use netra_law::time::Zone;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{case, day, law, outside, pack, refusal, seat, wall};

const OUTSIDE_HOURS: Option<&str> = Some("outside receiving hours");

// --- Pemilu -------------------------------------------------------------------------------------

/// Guards: the filing clock starts at knowledge, not at the event; working days; the notice day is
/// not counted; a party's last day closes with the counter.
#[test]
fn e1_surakarta_filing_study_and_repair() {
    let c = case(
        Regime::Pemilu,
        Zone::Wib,
        &["happened=2023-12-24", "known=2024-01-07T13:00", "delivered=2024-01-10T15:25", "repair-notified=2024-01-12"],
    );
    assert_eq!(c.due_at("REPORT_FILING"), "2024-01-16T16:00:00+07:00");
    assert_eq!(c.received(), ("2024-01-10T15:25:00+07:00".to_owned(), None));
    assert_eq!(c.due_at("INITIAL_STUDY"), "2024-01-12T23:59:59+07:00");
    assert_eq!(c.due_at("REPAIR"), "2024-01-16T16:00:00+07:00");
    assert_eq!(c.readings("REPAIR"), ["working-day 2024-01-16", "calendar-day 2024-01-14"]);
    assert_eq!(c.warnings(), Vec::<&str>::new());

    let from_the_event = case(Regime::Pemilu, Zone::Wib, &["known=2023-12-24", "delivered=2024-01-10T15:25"]);
    assert_eq!(from_the_event.due_date("REPORT_FILING"), "2024-01-05");
}

/// Guards: fourteen working days in all from registration, not a calendar fortnight and not 7 + 14.
#[test]
fn e2_bekasi_fourteen_working_days_in_all() {
    let c = case(Regime::Pemilu, Zone::Wib, &["delivered=2024-01-02", "registered=2024-01-04"]);
    assert_eq!(c.due_date("INITIAL_STUDY"), "2024-01-04");
    assert_eq!(c.due_date("HANDLING_BASE"), "2024-01-15");
    assert_eq!(c.readings("HANDLING_BASE"), ["working-day 2024-01-15", "calendar-day 2024-01-11"]);
    assert_eq!(c.due_date("HANDLING_MAX"), "2024-01-24");
    assert_eq!(c.count_of("HANDLING_MAX", "2024-01-22"), Some(12), "the result of 22 January came in time");
    assert_ne!(c.due_date("HANDLING_MAX"), "2024-01-18", "a calendar fortnight");
}

/// Guards: dates of 2019 are refused twice over: no pack is in force, and no holidays are packed.
#[test]
fn e3_dates_of_2019_are_refused() {
    let error = refusal(Regime::Pemilu, Zone::Wib, &["known=2019-05-06", "delivered=2019-05-21"]);
    assert_eq!(error, LawError::NoPack { regime: Regime::Pemilu, date: day("2019-05-21") });
    assert_eq!(error.to_string(), "no pemilu pack is in force on 2019-05-21: see `netra law list`");

    let pack = pack("pemilu-2022");
    let known = Event::on(EventKind::Known, day("2019-05-06"));
    let error =
        clock::deadline(law(), pack, pack.clock("REPORT_FILING").unwrap(), &[known], &seat(Zone::Wib)).unwrap_err();
    assert_eq!(error, outside("2019-05-06"));
    assert_eq!(
        error.to_string(),
        "2019-05-06 lies outside the packed holiday years 2023-2027: add law/calendar/2019.toml with its decree"
    );
}

/// Guards: seven working days from knowledge; a Friday closes half an hour later.
#[test]
fn e4_solok_report_on_the_third_working_day() {
    let c = case(Regime::Pemilu, Zone::Wib, &["known=2024-01-24T09:00", "delivered=2024-01-29"]);
    assert_eq!(c.due_at("REPORT_FILING"), "2024-02-02T16:30:00+07:00");
    assert_eq!(c.count_of("REPORT_FILING", "2024-01-29"), Some(3));
}

/// Guards: a report of 2022 is refused although its pack is in force, because no holidays are packed.
#[test]
fn e5_a_report_of_september_2022_is_refused() {
    assert_eq!(refusal(Regime::Pemilu, Zone::Wib, &["delivered=2022-09-27"]), outside("2022-09-27"));
}

/// Guards: the same without a delivery; an incomplete visit is none, so only the filing clock would run.
#[test]
fn e6_an_incomplete_visit_of_december_2022_is_refused() {
    assert_eq!(refusal(Regime::Pemilu, Zone::Wib, &["known=2022-12-02"]), outside("2022-12-02"));
}

/// Guards: after closing on a Friday the report counts as received on Monday.
#[test]
fn e7a_friday_after_closing() {
    let c = case(Regime::Pemilu, Zone::Wita, &["delivered=2024-01-19T17:10"]);
    assert_eq!(c.received(), ("2024-01-22T08:00:00+08:00".to_owned(), OUTSIDE_HOURS));
    assert_eq!(c.deadline("INITIAL_STUDY").start.when.to_string(), "2024-01-22T08:00:00+08:00");
    assert_eq!(c.due_at("INITIAL_STUDY"), "2024-01-24T23:59:59+08:00");
    assert_eq!(c.readings("INITIAL_STUDY"), ["working-day 2024-01-24", "calendar-day 2024-01-24"]);
}

/// Guards: 16:20 is inside on a Friday.
#[test]
fn e7b_friday_before_closing() {
    let c = case(Regime::Pemilu, Zone::Wita, &["delivered=2024-01-19T16:20"]);
    assert_eq!(c.received(), ("2024-01-19T16:20:00+08:00".to_owned(), None));
    assert_eq!(c.due_at("INITIAL_STUDY"), "2024-01-23T23:59:59+08:00");
    assert_eq!(c.readings("INITIAL_STUDY"), ["working-day 2024-01-23", "calendar-day 2024-01-21"]);
}

/// Guards: 16:20 is outside on a Thursday; the next opening is Friday.
#[test]
fn e7c_thursday_after_closing() {
    let c = case(Regime::Pemilu, Zone::Wita, &["delivered=2024-01-18T16:20"]);
    assert_eq!(c.received(), ("2024-01-19T08:00:00+08:00".to_owned(), OUTSIDE_HOURS));
    assert_eq!(c.due_at("INITIAL_STUDY"), "2024-01-23T23:59:59+08:00");
}

/// Guards: reception day and night in the quiet period, while counting stays with working days.
#[test]
fn e8_sunday_night_in_the_quiet_period() {
    let c = case(Regime::Pemilu, Zone::Wit, &["delivered=2024-02-11T22:30"]);
    assert_eq!(c.received(), ("2024-02-11T22:30:00+09:00".to_owned(), None));
    assert_eq!(c.due_at("INITIAL_STUDY"), "2024-02-13T23:59:59+09:00");
}

/// Guards: two minutes before closing on the last day are in time, in every zone, without a warning.
#[test]
fn e9a_last_day_before_closing() {
    for zone in Zone::ALL {
        let c = case(Regime::Pemilu, zone, &["known=2024-01-22", "delivered=2024-01-31T15:58"]);
        assert_eq!(c.deadline("REPORT_FILING").due_at, wall("2024-01-31T16:00", zone));
        assert_eq!(c.warnings(), Vec::<&str>::new(), "{zone}");
    }
}

/// Guards: five minutes after closing on the last day is for a human to decide; the program warns.
#[test]
fn e9b_last_day_after_closing_warns() {
    let c = case(Regime::Pemilu, Zone::Wib, &["known=2024-01-22", "delivered=2024-01-31T16:05"]);
    assert_eq!(c.received(), ("2024-02-01T08:00:00+07:00".to_owned(), OUTSIDE_HOURS));
    assert_eq!(c.due_at("REPORT_FILING"), "2024-01-31T16:00:00+07:00");
    assert_eq!(
        c.warnings(),
        ["Laporan disampaikan pada hari terakhir (Rabu, 31 Januari 2024) di luar jam penerimaan. \
             Putuskan apakah masih tepat waktu; aturannya belum jelas."]
    );
}

/// Guards: 8, 9 and 14 February are skipped, and the joint-leave switch is shown as a reading.
#[test]
fn e10_handling_across_three_holidays() {
    let c = case(Regime::Pemilu, Zone::Wib, &["registered=2024-02-05"]);
    assert_eq!(c.due_date("HANDLING_BASE"), "2024-02-19");
    assert_eq!(
        c.readings("HANDLING_BASE"),
        ["working-day 2024-02-19", "calendar-day 2024-02-12", "joint-leave-works 2024-02-16"]
    );
    assert_eq!(c.due_date("HANDLING_MAX"), "2024-02-28");
    assert_eq!(c.readings("HANDLING_MAX"), ["working-day 2024-02-28", "joint-leave-works 2024-02-27"]);
}

/// Guards: hours are hours; the weekend does not pause them, and the minute is kept.
#[test]
fn e11_crime_forwarded_within_twenty_four_hours() {
    let c = case(Regime::Pemilu, Zone::Wib, &["crime-declared=2024-01-26T19:40"]);
    assert_eq!(c.due_at("CRIME_FORWARD"), "2024-01-27T19:40:00+07:00");
    assert_eq!(c.readings("CRIME_FORWARD"), ["hour 2024-01-27"]);
}

/// Guards: the statute says only "day": both readings are shown and the earliest is worked to.
#[test]
fn e12a_finding_both_readings() {
    let c = case(Regime::Pemilu, Zone::Wib, &["discovered=2024-02-01"]);
    assert_eq!(
        c.readings("FINDING_FIX"),
        ["working-day 2024-02-15", "calendar-day 2024-02-08", "joint-leave-works 2024-02-13"]
    );
    assert_eq!(c.due_at("FINDING_FIX"), "2024-02-08T23:59:59+07:00");
    assert_eq!(c.deadline("FINDING_FIX").reading, "calendar-day");
    assert!(c.deadline("FINDING_FIX").is_in_doubt());
}

/// Guards: the invitation is counted backwards; for a Tuesday both readings meet, for a Monday the
/// working-day reading is the Friday before and the earliest is worked to.
#[test]
fn e12b_invitation_the_day_before() {
    let tuesday = case(Regime::Pemilu, Zone::Wib, &["clarification-set=2024-01-23"]);
    assert_eq!(tuesday.due_at("CLARIF_NOTICE"), "2024-01-22T23:59:59+07:00");
    assert_eq!(tuesday.readings("CLARIF_NOTICE"), ["calendar-day 2024-01-22", "working-day 2024-01-22"]);

    let monday = case(Regime::Pemilu, Zone::Wib, &["clarification-set=2024-01-22"]);
    assert_eq!(monday.readings("CLARIF_NOTICE"), ["calendar-day 2024-01-21", "working-day 2024-01-19"]);
    assert_eq!(monday.due_date("CLARIF_NOTICE"), "2024-01-19");
}

// --- Pilkada ------------------------------------------------------------------------------------

/// Guards: reception at 21:00 in the quiet period; weekend days count; a last day on which the
/// counter is closed is not moved but named.
#[test]
fn ex_01_pujud_study_and_completion() {
    let c = case(Regime::Pilkada, Zone::Wib, &["delivered=2024-11-26T21:00", "repair-notified=2024-11-28"]);
    assert_eq!(c.evaluation.pack.head.id, "pilkada-2024");
    assert_eq!(c.received(), ("2024-11-26T21:00:00+07:00".to_owned(), None));
    assert_eq!(c.due_at("PK-C03"), "2024-11-28T23:59:59+07:00");
    assert_eq!(c.due_at("PK-C04"), "2024-11-30T23:59:59+07:00");
    assert_eq!(
        c.deadline("PK-C04").warnings,
        ["Hari terakhir (Sabtu, 30 November 2024) jatuh pada hari loket tutup dan tidak digeser. \
             Loket terakhir buka Jumat, 29 November 2024 pukul 16.30 WIB."]
    );

    let a_day_later = case(Regime::Pilkada, Zone::Wib, &["repair-notified=2024-11-29T10:00"]);
    assert_eq!(
        a_day_later.readings("PK-C04"),
        ["calendar-day 2024-12-01", "hour 2024-12-01", "until-midnight 2024-12-01"]
    );
}

/// Guards: six calendar months back, the same day number, that day itself already banned; a week
/// before the newer pack both packs hold the same rule.
#[test]
fn ex_02_mutation_ban_of_2024() {
    let c = case(Regime::Pilkada, Zone::Wib, &["candidates-determined=2024-09-22"]);
    assert_eq!(c.evaluation.pack.head.id, "pilkada-2020");
    assert_eq!(c.due_date("PK-C13"), "2024-03-22");
    assert_eq!(c.due_date("PK-C14"), "2024-03-22");
    assert!(day("2024-03-21") < c.deadline("PK-C13").due_date, "21 March is the last free day");
}

/// Guards: a clock in months needs no holidays, so it answers outside the packed years.
#[test]
fn ex_03_mutation_ban_of_2020() {
    let c = case(Regime::Pilkada, Zone::Wib, &["candidates-determined=2020-07-08"]);
    assert_eq!(c.due_date("PK-C13"), "2020-01-08");
}

/// Guards: the table of receiving hours.
#[test]
fn ex_06_receiving_hours() {
    let rows = [
        ("2024-10-10T16:01", false),
        ("2024-10-10T16:00:00", true),
        ("2024-10-11T16:20", true),
        ("2024-10-12T10:00", false),
        ("2024-11-24T03:00", true),
        ("2024-11-27T23:30", true),
        ("2024-11-28T17:00", false),
    ];
    for (text, open) in rows {
        let now = wall(text, Zone::Wib);
        let reception = hours::reception(law(), Regime::Pilkada, &seat(Zone::Wib), now).unwrap();
        assert_eq!(reception.open, open, "{text}: {}", reception.why);
    }
}

/// Guards: seven calendar days, start day excluded, closing with the counter.
#[test]
fn ex_07_reporting_limit() {
    let c = case(Regime::Pilkada, Zone::Wib, &["known=2024-09-30"]);
    assert_eq!(c.due_at("PK-C01"), "2024-10-07T16:00:00+07:00");
    assert_ne!(c.due_date("PK-C01"), "2024-10-06", "the start day counted in");
    assert_ne!(c.due_date("PK-C01"), "2024-10-09", "working days, the Pemilu rule");
}

/// Guards: a last day on a closed day stays where the law puts it; the last open moment is shown.
#[test]
fn ex_08_last_day_on_a_closed_day_warns() {
    let c = case(Regime::Pilkada, Zone::Wib, &["known=2024-10-05"]);
    assert_eq!(c.due_at("PK-C01"), "2024-10-12T23:59:59+07:00");
    assert_eq!(
        c.warnings(),
        ["Hari terakhir (Sabtu, 12 Oktober 2024) jatuh pada hari loket tutup dan tidak digeser. \
             Loket terakhir buka Jumat, 11 Oktober 2024 pukul 16.30 WIB."]
    );
}

/// Guards: three and five days from registration, with the earlier date from receipt kept in sight.
#[test]
fn ex_09_three_plus_two() {
    let c = case(Regime::Pilkada, Zone::Wib, &["delivered=2024-10-01T10:00", "registered=2024-10-03"]);
    assert_eq!(c.due_date("PK-C05"), "2024-10-06");
    assert_eq!(c.readings("PK-C05"), ["from-registration 2024-10-06", "from-receipt 2024-10-04"]);
    assert_eq!(c.due_date("PK-C06"), "2024-10-08");
    assert_eq!(c.readings("PK-C06"), ["from-registration 2024-10-08", "from-receipt 2024-10-06"]);
}

/// Guards: the same facts under the two regimes end on different days; their clocks never mix.
#[test]
fn ex_10_solok_under_both_regimes() {
    let facts = ["known=2024-01-24", "delivered=2024-01-29T10:00"];
    assert_eq!(case(Regime::Pemilu, Zone::Wib, &facts).due_date("REPORT_FILING"), "2024-02-02");
    assert_eq!(case(Regime::Pilkada, Zone::Wib, &facts).due_date("PK-C01"), "2024-01-31");
}

/// Guards: the chain of a criminal case; plain "days" are worked to as calendar days, the earliest.
#[test]
fn ex_13_chain_from_investigator_to_appeal() {
    let due = |fact: &str, clock: &str| case(Regime::Pilkada, Zone::Wib, &[fact]).due_date(clock);
    assert_eq!(due("investigator-received=2024-10-08", "PK-C07"), "2024-10-28");
    assert_eq!(due("file-complete=2024-10-28", "PK-C10"), "2024-11-04");
    assert_eq!(due("court-transferred=2024-11-04", "PK-C11"), "2024-11-11");
    assert_eq!(due("verdict-read=2024-11-11", "PK-C12"), "2024-11-14");

    let verdict = case(Regime::Pilkada, Zone::Wib, &["court-transferred=2024-11-04"]);
    assert_eq!(verdict.readings("PK-C11"), ["calendar-day 2024-11-11", "working-day 2024-11-13"]);
}

// --- Discipline ---------------------------------------------------------------------------------

/// The due date of a discipline clock, and its date if joint leave counted as working, when that differs.
fn discipline(fact: &str, clock: &str) -> (String, Option<String>) {
    let c = case(Regime::Discipline, Zone::Wita, &[fact]);
    let joint = c.deadline(clock).readings.iter().find(|r| r.id == clock::JOINT_LEAVE_WORKS);
    (c.due_date(clock), joint.map(|r| r.due_date.to_string()))
}

fn dates(due: &str, joint: Option<&str>) -> (String, Option<String>) {
    (due.to_owned(), joint.map(str::to_owned))
}

/// Guards: who receives a civil servant's case on which day, and through which channel.
#[test]
fn discipline_1_receiver_by_date() {
    let rows: [(&str, &[(&str, &str)]); 6] = [
        ("2023-01-20", &[("kasn", "surat")]),
        ("2024-01-31", &[("kasn", "siapnet")]),
        ("2024-06-25", &[("kasn", "siapnet")]),
        ("2024-09-10", &[("bkn", "sbt"), ("kasn", "siapnet")]),
        ("2024-10-04", &[("bkn", "sbt")]),
        ("2025-11-01", &[("bkn", "sbt")]),
    ];
    for (date, expected) in rows {
        let receivers = law().receivers_on("asn-neutrality", day(date));
        let found: Vec<(&str, &str)> = receivers.iter().map(|r| (r.authority.as_str(), r.channel.as_str())).collect();
        assert_eq!(found, expected, "{date}");
    }
}

/// Guards: the employer's fourteen working days across holidays, with and without joint leave.
#[test]
fn discipline_2_employer_across_holidays() {
    let clock = "EMPLOYER_FOLLOW_UP";
    assert_eq!(discipline("recommendation-received=2024-02-05", clock), dates("2024-02-28", Some("2024-02-27")));
    assert_eq!(discipline("recommendation-received=2024-04-01", clock), dates("2024-04-29", Some("2024-04-23")));
    assert_eq!(discipline("recommendation-received=2024-11-18", clock), dates("2024-12-09", None));
}

/// Guards: the task force's seven days in both units, then three working days for the study.
#[test]
fn discipline_3_chain_of_the_joint_portal() {
    let c = case(Regime::Discipline, Zone::Wita, &["task-force-received=2024-10-01"]);
    assert_eq!(c.readings("SBT_VERIFY"), ["calendar-day 2024-10-08", "working-day 2024-10-10"]);
    assert_eq!(c.due_date("SBT_VERIFY"), "2024-10-08");
    assert_eq!(discipline("task-force-verified=2024-10-08", "SBT_STUDY"), dates("2024-10-11", None));
}

/// Guards: the first summons is counted backwards from the examination, the second forwards from the absence.
#[test]
fn discipline_4_summons_before_and_after() {
    assert_eq!(discipline("clarification-set=2026-10-19", "D2"), dates("2026-10-08", None));
    assert_eq!(discipline("clarification-set=2024-02-20", "D2"), dates("2024-02-06", Some("2024-02-07")));
    assert_eq!(discipline("summons-missed=2024-03-07", "D3"), dates("2024-03-20", Some("2024-03-19")));
}

/// Guards: from the decision to its effect: hand-over, sending, appeal, and the fifteenth working day.
#[test]
fn discipline_5_decision_to_effect() {
    assert_eq!(discipline("decision-issued=2024-12-16", "D11"), dates("2025-01-08", Some("2025-01-07")));
    assert_eq!(discipline("handover-missed=2024-05-22", "D12"), dates("2024-05-29", Some("2024-05-28")));
    assert_eq!(discipline("decision-received=2024-12-20", "APPEAL"), dates("2025-01-14", Some("2025-01-13")));
    assert_eq!(discipline("decision-received=2024-12-20", "D13"), dates("2025-01-15", Some("2025-01-14")));
    assert_eq!(discipline("decision-received=2026-07-14", "D13"), dates("2026-08-04", None));
    assert_eq!(discipline("decision-received=2024-04-02", "D13"), dates("2024-05-02", Some("2024-04-25")));
}

/// Guards: where the source leaves start or unit open, the appeal, its answer and the objection are worked
/// to the earliest day, and the other days stay visible.
#[test]
fn discipline_5_remedies() {
    let c = case(Regime::Discipline, Zone::Wita, &["decision-issued=2024-12-16", "decision-received=2024-12-20"]);
    assert_eq!(
        c.readings("APPEAL"),
        ["working-day 2025-01-14", "from-decision 2025-01-08", "joint-leave-works 2025-01-07"]
    );
    assert_eq!(c.due_date("APPEAL"), "2025-01-08");
    let c = case(Regime::Discipline, Zone::Wita, &["appeal-lodged=2024-12-20"]);
    assert_eq!(
        c.readings("APPEAL_ANSWER"),
        ["calendar-day 2025-01-10", "working-day 2025-01-23", "joint-leave-works 2025-01-22"]
    );
    assert_eq!(c.due_date("APPEAL_ANSWER"), "2025-01-10");
    assert_eq!(discipline("decision-received=2024-12-20", "OBJECTION"), dates("2025-01-14", Some("2025-01-13")));
}

/// Guards: the decree of a civil servant on a candidate list is due at the end of a stage of the
/// election; in the Pilkada the stage is another one.
#[test]
fn discipline_8_resignation_ends_with_a_stage() {
    let c = case(Regime::Pemilu, Zone::Wita, &["candidacy-listed=2023-05-14"]);
    assert_eq!(c.due_at("CANDIDACY_RESIGNATION"), "2023-10-03T23:59:59+08:00");
    assert_eq!(c.readings("CANDIDACY_RESIGNATION"), ["stage 2023-10-03"]);

    let c = case(Regime::Pilkada, Zone::Wita, &["candidacy-listed=2024-08-28"]);
    assert_eq!(c.due_date("CANDIDACY_RESIGNATION"), "2024-09-22");
}
