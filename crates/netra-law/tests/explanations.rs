//! What people read under a date, in full and in both languages, for twenty cases: each day from
//! start to due with its number or the reason why it does not count.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::fmt::Write as _;

use netra_law::calendar::RegionalHoliday;
use netra_law::explain;
use netra_law::pack::Regime::{self, Discipline, Pemilu, Pilkada};
use netra_law::time::Zone::{self, Wib, Wit, Wita};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{Case, case, case_at, day, seat};

const CASES: [(&str, Regime, Zone, &str, &str); 19] = [
    ("initial-study-over-a-weekend", Pemilu, Wita, "delivered=2024-01-19T17:10", "INITIAL_STUDY"),
    ("filing-over-new-year", Pemilu, Wib, "known=2023-12-29", "REPORT_FILING"),
    ("repair-over-joint-leave", Pemilu, Wib, "repair-notified=2024-02-07", "REPAIR"),
    ("handling-over-voting-day", Pemilu, Wit, "registered=2024-02-05", "HANDLING_BASE"),
    ("handling-extended-over-voting-day", Pemilu, Wita, "registered=2024-02-05", "HANDLING_MAX"),
    ("handling-over-idul-fitri", Pemilu, Wib, "registered=2024-04-04", "HANDLING_BASE"),
    ("finding-under-three-readings", Pemilu, Wib, "discovered=2024-02-01", "FINDING_FIX"),
    ("notice-of-clarification-counts-back", Pemilu, Wib, "clarification-set=2024-02-12T09:00", "CLARIF_NOTICE"),
    ("correction-over-christmas", Pemilu, Wib, "correction-advised=2023-12-21", "CORRECTION_ADVICE"),
    ("police-over-nyepi", Pemilu, Wita, "investigator-received=2024-03-07", "POLICE_INVESTIGATION"),
    ("pilkada-filing-counts-sundays", Pilkada, Wib, "known=2024-09-27", "PK-C01"),
    ("pilkada-study-over-a-weekend", Pilkada, Wita, "delivered=2024-10-04T10:00", "PK-C03"),
    ("pilkada-handling-over-a-holiday", Pilkada, Wib, "registered=2024-09-14", "PK-C05"),
    ("pilkada-handling-extended", Pilkada, Wit, "registered=2024-11-25", "PK-C06"),
    ("pilkada-police-over-voting-day", Pilkada, Wib, "investigator-received=2024-11-20", "PK-C07"),
    ("employer-over-independence-day", Discipline, Wib, "recommendation-received=2026-08-10", "EMPLOYER_FOLLOW_UP"),
    ("summons-counts-back", Discipline, Wib, "clarification-set=2024-05-15T09:00", "D2"),
    ("appeal-over-year-end", Discipline, Wita, "decision-received=2024-12-20", "APPEAL"),
    ("estimated-days-of-2027", Discipline, Wib, "recommendation-received=2027-03-01", "EMPLOYER_FOLLOW_UP"),
];

#[test]
fn each_day_of_each_case_is_explained() {
    for (name, regime, zone, fact, clock) in CASES {
        insta::assert_snapshot!(name, told(&case(regime, zone, &[fact]), fact, clock));
    }
}

#[test]
fn a_regional_holiday_is_explained() {
    let mut seat = seat(Wita);
    let name = "Hari jadi provinsi, Keputusan Gubernur 1/2023".to_owned();
    seat.holidays.push(RegionalHoliday { date: day("2024-01-09"), name });
    let fact = "registered=2024-01-08";
    insta::assert_snapshot!("regional-holiday", told(&case_at(Pemilu, seat, &[fact]), fact, "HANDLING_BASE"));
}

fn told(case: &Case, fact: &str, clock: &str) -> String {
    let deadline = case.deadline(clock);
    let mut text = format!("{clock}, {fact}, {}\n{}\n", case.seat.zone, explain::sentence(deadline));
    writeln!(text, "due {}, reading {}", deadline.due_at, deadline.reading).unwrap();
    for reading in &deadline.readings {
        writeln!(text, "  {} -> {}", explain::reading_name(&reading.id), reading.due_date).unwrap();
    }
    for warning in &deadline.warnings {
        writeln!(text, "  ! {warning}").unwrap();
    }
    for (english, indonesian) in case.english(clock).into_iter().zip(case.indonesian(clock)) {
        let (date, words) = indonesian.split_once(' ').unwrap();
        let english = english.strip_prefix(date).unwrap().trim_start();
        let line = if english == words { indonesian.clone() } else { format!("{indonesian} | {english}") };
        writeln!(text, "{line}").unwrap();
    }
    text
}
