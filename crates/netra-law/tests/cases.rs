//! Real cases as newspapers and offices told them, by their number: dates, clocks, receivers and numbers
//! are computed again. Persons are roles. Where only a month was published, the day in the test stands
//! for it and says so. Years whose holidays are not packed are refused, never guessed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use jiff::civil::Weekday;
use netra_law::LawError;
use netra_law::calendar::Step;
use netra_law::classify::{CandidateStatus, Classification, ClassifyError, Flag, Question, classify};
use netra_law::hours;
use netra_law::numbering::{Contest, Deviation, DocKind, Level, MonthStyle, Registered, parse};
use netra_law::pack::{OutcomeEffect, Regime};
use netra_law::time::Zone;
use netra_law::units::{CalendarDays, Length};

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{case, day, law, outside, pack, refusal, seat, wall};

const PEMILU: Option<Regime> = Some(Regime::Pemilu);
const PILKADA: Option<Regime> = Some(Regime::Pilkada);

/// Who receives a kind of person for a kind of violation on a day, the expected one first.
fn to(regime: Regime, kind: &str, subject: &str, date: &str) -> Vec<&'static str> {
    let pack = law().pack_for(regime, day(date)).unwrap();
    let Some(route) = pack.route(kind, subject) else { return Vec::new() };
    receivers(&route.to, date)
}

fn receivers(role: &str, date: &str) -> Vec<&'static str> {
    law().receivers_on(role, day(date)).iter().map(|r| r.authority.as_str()).collect()
}

fn channels(role: &str, date: &str) -> Vec<&'static str> {
    law().receivers_on(role, day(date)).iter().map(|r| r.channel.as_str()).collect()
}

fn asked(act: &str, subject: &str, date: &str, regime: Regime) -> Classification<'static> {
    let question = Question { act, subject, date: day(date), regime, region: "" };
    classify(law(), &question).unwrap_or_else(|error| panic!("{act}: {error}"))
}

fn ids<'c>(found: &'c Classification<'_>) -> Vec<&'c str> {
    found.types.iter().map(|t| t.violation.id.as_str()).collect()
}

/// Kind and expected receiver of every route.
fn routed<'c>(found: &'c Classification<'_>) -> Vec<(&'c str, &'c str)> {
    found.routes.iter().map(|r| (r.route.kind.as_str(), r.receivers[0].authority.id.as_str())).collect()
}

fn no_pack(regime: Regime, date: &str) -> LawError {
    LawError::NoPack { regime, date: day(date) }
}

/// The day so many calendar days on.
fn days_after(date: &str, n: u16) -> String {
    Step::Forward.days(day(date), CalendarDays(n)).unwrap().to_string()
}

/// Thirteen persons of three kinds; the result came on day 12 of 14, so an extension must be on record.
#[test]
fn o01_bekasi_officials_with_a_numbered_shirt() {
    let c = case(Regime::Pemilu, Zone::Wib, &["delivered=2024-01-02T15:51", "registered=2024-01-04"]);
    assert_eq!(c.received(), ("2024-01-02T15:51:00+07:00".to_owned(), None));
    assert_eq!(c.due_at("INITIAL_STUDY"), "2024-01-04T23:59:59+07:00");
    assert_eq!(day("2024-01-04").weekday(), Weekday::Thursday);
    assert_eq!(c.due_date("HANDLING_BASE"), "2024-01-15");
    assert_eq!(c.due_date("HANDLING_MAX"), "2024-01-24");
    assert_eq!(c.count_of("HANDLING_MAX", "2024-01-19"), Some(11), "the status letter");
    assert_eq!(c.count_of("HANDLING_MAX", "2024-01-22"), Some(12), "the announcement");

    let number = parse("015/LP/PL/Kota/13.03/1/2024", PEMILU).unwrap();
    assert_eq!((number.month, number.month_style), (1, MonthStyle::Arabic));
    assert_eq!(number.deviations, [Deviation::ArabicMonth]);

    // The day of the event was never published: the day of the report stands for it.
    let found = asked("berfoto dengan jersey nomor 2", "pns", "2024-01-02", Regime::Pemilu);
    assert_eq!(ids(&found), ["DIS-07"]);
    assert_eq!(routed(&found), [("other-law", "kasn")]);
    assert_eq!(to(Regime::Pemilu, "other-law", "lain", "2024-01-22"), [""; 0], "the bank manager is no civil servant");
}

/// The employer's clock starts at receipt, not at the letter's date, and counts working days; the press
/// counted calendar days.
#[test]
fn o02_karanganyar_recommendation_of_heavy_discipline() {
    let c = case(Regime::Pemilu, Zone::Wib, &["delivered=2023-12-11", "registered=2023-12-11"]);
    assert_eq!(c.due_date("INITIAL_STUDY"), "2023-12-13");
    assert_eq!(c.count_of("HANDLING_MAX", "2023-12-18"), Some(5), "clarifications");
    assert_eq!(c.count_of("HANDLING_MAX", "2023-12-22"), Some(9), "plenary, even counted from receipt");
    assert_eq!(c.due_date("HANDLING_MAX"), "2024-01-03", "Christmas, joint leave and New Year do not count");
    assert_eq!(channels("asn-neutrality", "2023-12-22"), ["siapnet"]);

    let employer = |fact: &str| case(Regime::Discipline, Zone::Wib, &[fact]).due_date("EMPLOYER_FOLLOW_UP");
    assert_eq!(employer("recommendation-received=2024-01-02"), "2024-01-22");
    assert_eq!(employer("recommendation-received=2023-12-28"), "2024-01-18", "the letter's date would be wrong");
    assert_eq!(days_after("2024-01-02", 14), "2024-01-16", "the press counted calendar days");
    assert!(parse("R-4899/NK.0100/12/2023", PEMILU).is_err(), "a recommendation is no case number");
}

/// Honorary staff: their agency receives, and no article of the election law names them.
#[test]
fn o03_garut_honorary_staff_on_video() {
    let c = case(Regime::Pemilu, Zone::Wib, &["known=2024-01-02", "discovered=2024-01-02"]);
    assert_eq!(c.readings("FINDING_FIX"), ["working-day 2024-01-11", "calendar-day 2024-01-09"]);
    assert_eq!(c.due_date("FINDING_FIX"), "2024-01-09");
    assert_eq!(c.count_of("FINDING_FIX", "2024-01-04"), Some(2), "the finding was fixed in time");
    assert_eq!(c.count_of("REPORT_FILING", "2024-01-09"), Some(5), "working days until Gakkumdu");
    assert_eq!(day("2024-01-10").weekday(), Weekday::Wednesday, "the press printed 'Selasa (10/01/2024)'");

    assert_eq!(to(Regime::Pemilu, "other-law", "non-asn", "2024-01-10"), ["agency-head"]);
    for id in ["PEM-280", "PEM-283", "PEM-494"] {
        let found = asked(id, "non-asn", "2024-01-02", Regime::Pemilu);
        assert!(found.types[0].has(Flag::SubjectNotNamed), "{id}");
    }
}

/// The receiver follows the kind of person, not the kind of case; a number without a slash is read.
#[test]
fn o04_gowa_five_kinds_of_persons() {
    for (subject, receiver) in
        [("pns", "bkn"), ("kepala-desa", "regent"), ("bpd", "regent"), ("polri", "police-institution")]
    {
        assert_eq!(to(Regime::Pilkada, "other-law", subject, "2024-10-11"), [receiver], "{subject}");
    }
    for (text, running) in [("001/Reg/LP/PB/Kab 27.07/X/2024", 1), ("002/Reg/LP/PB/Kab 27.07/X/2024", 2)] {
        let number = parse(text, PILKADA).unwrap();
        assert_eq!((number.running, number.registered, number.kind), (running, Registered::Yes, DocKind::Report));
        assert_eq!((number.contest, &number.level, number.area.as_str()), (Some(Contest::Pb), &Level::Kab, "27.07"));
        assert_eq!(number.deviations, [Deviation::MissingSlash]);
    }
}

/// A letter of assignment as a decision for a pair: crime and neutrality at once.
#[test]
fn o05_gunungsitoli_decision_for_a_pair() {
    let number = parse("06/PL/PW/Kota/02.08/X/2024", PILKADA).unwrap();
    assert_eq!(
        (number.kind, number.registered, number.contest),
        (DocKind::Delivery, Registered::No, Some(Contest::Pw))
    );

    // Registration and hand-over were not published: the latest possible days.
    let c = case(Regime::Pilkada, Zone::Wib, &["delivered=2024-10-18", "registered=2024-10-20"]);
    assert_eq!(c.due_date("PK-C03"), "2024-10-20");
    assert_eq!(c.due_date("PK-C06"), "2024-10-25");
    let c = case(Regime::Pilkada, Zone::Wib, &["investigator-received=2024-10-25"]);
    assert_eq!(c.due_date("PK-C07"), "2024-11-14");
    assert_eq!(c.count_of("PK-C07", "2024-11-04"), Some(6), "suspects were named in time");
    assert_eq!(days_after("2024-10-18", 17), "2024-11-04");
    assert_eq!(day("2024-11-06").weekday(), Weekday::Wednesday, "the press printed 'Kamis (06/11/2024)'");

    let found =
        asked("menerbitkan surat tugas yang menguntungkan pasangan calon", "pns", "2024-10-18", Regime::Pilkada);
    assert_eq!(ids(&found), ["DIS-12", "N-5", "CRIM-188"]);
    assert_eq!(routed(&found), [("other-law", "bkn"), ("crime", "police")]);
}

/// One plenary, two receivers. In Yogyakarta a lurah is a village head; elsewhere a civil servant.
#[test]
fn o06_sleman_civil_servant_and_village_head() {
    assert_eq!(to(Regime::Pilkada, "other-law", "pns", "2024-10-17"), ["bkn"]);
    assert_eq!(to(Regime::Pilkada, "other-law", "kepala-desa", "2024-10-17"), ["regent"]);
    assert_eq!(to(Regime::Pilkada, "other-law", "lurah", "2024-10-17"), ["bkn"]);
    assert!(law().subject("lurah").unwrap().rule.contains("DIY"), "the trap is told where it is chosen");

    assert_eq!(day("2024-10-07").weekday(), Weekday::Monday);
    assert_eq!(day("2024-10-16").weekday(), Weekday::Wednesday);
    let c = case(Regime::Pilkada, Zone::Wib, &["discovered=2024-10-07", "registered=2024-10-14"]);
    assert_eq!(c.due_date("PK-C02"), "2024-10-14");
    assert_eq!(c.count_of("PK-C05", "2024-10-16"), Some(2), "plenary, even with the latest registration");
}

/// 2020: no clock of the counter; a rejected report can still be forwarded as another law's matter.
#[test]
fn o07_pemalang_rejected_and_forwarded() {
    assert_eq!(refusal(Regime::Pilkada, Zone::Wib, &["delivered=2020-11-10"]), outside("2020-11-10"));
    assert_eq!(law().outcome_effect(Regime::Pilkada, "OUT-01"), Some(OutcomeEffect::Reject));
    assert_eq!(law().outcome_effect(Regime::Pilkada, "FORWARD_OTHER_LAW"), Some(OutcomeEffect::ForwardUnregistered));
    assert_eq!(to(Regime::Pilkada, "other-law", "pns", "2020-11-30"), ["kasn"]);
    assert_eq!(channels("asn-neutrality", "2020-11-30"), ["surat"]);
    assert!(parse("R-3792/KASN/11/2020", PILKADA).is_err());
}

/// 2020: the discipline law of the time is not packed, so no employer's clock runs; a lurah is a civil servant.
#[test]
fn o08_sukoharjo_letter_not_received() {
    let error = refusal(Regime::Discipline, Zone::Wib, &["recommendation-received=2020-04-28"]);
    assert_eq!(error, no_pack(Regime::Discipline, "2020-04-28"));
    assert_eq!(to(Regime::Pilkada, "other-law", "lurah", "2020-04-08"), ["kasn"]);
    let found = asked("DIS-08", "pns", "2020-04-08", Regime::Pilkada);
    assert!(found.types[0].has(Flag::OlderCatalogue) && found.types[0].sanctions.is_empty());
}

/// A retired teacher has no receiver; the day of joint leave in 2020 is not guessed.
#[test]
fn o09_bantul_one_already_retired() {
    assert_eq!(to(Regime::Pilkada, "other-law", "pns", "2020-10-30"), ["kasn"]);
    assert_eq!(to(Regime::Pilkada, "other-law", "pensiunan", "2020-10-30"), [""; 0]);
    let found = asked("menyukai akun paslon", "pensiunan", "2020-10-30", Regime::Pilkada);
    assert!(found.types.is_empty() && found.routes.is_empty());
    assert_eq!(day("2020-10-30").weekday(), Weekday::Friday);
    assert_eq!(law().calendar().day(day("2020-10-30"), &seat(Zone::Wib)).unwrap_err(), outside("2020-10-30"));
}

/// 2019: no pack is in force; who received then is known.
#[test]
fn o10_makassar_fifteen_heads_of_sub_districts() {
    let error = refusal(Regime::Pemilu, Zone::Wita, &["known=2019-02-20", "delivered=2019-02-21"]);
    assert_eq!(error, no_pack(Regime::Pemilu, "2019-02-21"));
    assert_eq!(receivers("asn-neutrality", "2019-03-11"), ["kasn"]);
}

/// The running numbers of one office rise with the days.
#[test]
fn o11_ternate_findings_31_to_33() {
    let rows = [
        ("31/TM/PW/Kota/32.01/XI/2020", "2020-11-18"),
        ("32/TM/PW/Kota/32.01/XI/2020", "2020-11-18"),
        ("33/TM/PW/Kota/32.01/XI/2020", "2020-11-26"),
    ];
    let numbers = rows.map(|(text, date)| (parse(text, PILKADA).unwrap(), day(date)));
    for pair in numbers.windows(2) {
        assert!(pair[0].0.running < pair[1].0.running && pair[0].1 <= pair[1].1);
    }
    for (number, date) in &numbers {
        assert_eq!((number.kind, number.contest, &number.level), (DocKind::Finding, Some(Contest::Pw), &Level::Kota));
        assert_eq!((i16::from(number.month), number.year), (i16::from(date.month()), date.year()));
        assert!(number.deviations.is_empty());
    }
    assert_eq!(receivers("asn-neutrality", "2020-12-10"), ["kasn"]);
}

/// Before the candidates are determined: another law's matter only, to BKN although KASN still accepts.
#[test]
fn o12_kudus_photo_at_the_registration() {
    assert_eq!(receivers("asn-neutrality", "2024-09-11"), ["bkn", "kasn"]);
    let in_force = law().pack_for(Regime::Pilkada, day("2024-09-11")).unwrap();
    assert_eq!(in_force.outcome("FORWARD_OTHER_LAW").unwrap().effect, OutcomeEffect::ForwardUnregistered);

    // Only the month was published: a day of the registration of candidates.
    let found = asked("berfoto bersama bakal pasangan calon", "pns", "2024-08-28", Regime::Pilkada);
    assert_eq!(found.status, CandidateStatus::Before(day("2024-09-22")));
    assert_eq!(ids(&found), ["ETH-05"]);
    assert_eq!(routed(&found), [("other-law", "bkn")]);
    assert_eq!(found.closed[0].kind, "crime");
}

/// Brought on a Saturday: the counter is closed, so it counts as received on Monday, and the plenary of
/// Wednesday is in time. Counted from Saturday itself it would be two days late.
#[test]
fn o13_karangasem_report_on_a_saturday() {
    assert_eq!(day("2024-10-11").weekday(), Weekday::Friday);
    assert_eq!(day("2024-10-12").weekday(), Weekday::Saturday);
    let c = case(Regime::Pilkada, Zone::Wita, &["known=2024-10-11T13:10", "delivered=2024-10-12"]);
    assert_eq!(c.due_at("PK-C01"), "2024-10-18T16:30:00+08:00");
    assert_eq!(c.count_of("PK-C01", "2024-10-12"), Some(1), "a Saturday counts as a calendar day");
    assert_eq!(c.received(), ("2024-10-14".to_owned(), Some(hours::OUTSIDE)));
    assert_eq!(c.due_date("PK-C03"), "2024-10-16");
    assert_eq!(days_after("2024-10-12", 2), "2024-10-14");
    let now = wall("2024-10-12T10:00", Zone::Wita);
    assert!(!hours::reception(law(), Regime::Pilkada, &seat(Zone::Wita), now).unwrap().open);

    let found = asked("membagikan jadwal kampanye di grup WhatsApp", "pns", "2024-10-11", Regime::Pilkada);
    assert!(ids(&found).contains(&"DIS-06"), "{:?}", ids(&found));
    assert_eq!(routed(&found), [("other-law", "bkn")]);
}

/// Sent to KASN through its portal, once on a Saturday; from 24 August the open case goes to BKN.
#[test]
fn o14_kuningan_two_who_prepare_to_run() {
    for date in ["2024-06-25", "2024-06-29"] {
        assert_eq!(to(Regime::Pilkada, "other-law", "pns", date), ["kasn"], "{date}");
        assert_eq!(channels("asn-neutrality", date), ["siapnet"], "{date}");
    }
    assert_eq!(day("2024-06-29").weekday(), Weekday::Saturday);
    assert_eq!(receivers("asn-neutrality", "2024-08-23"), ["kasn"]);
    assert_eq!(receivers("asn-neutrality", "2024-08-24"), ["bkn", "kasn"]);
    assert_eq!(receivers("asn-neutrality", "2024-09-25"), ["bkn"]);

    let found = asked("memasang baliho; mendaftar ke partai politik", "pns", "2024-06-25", Regime::Pilkada);
    assert_eq!(ids(&found), ["ETH-01", "DIS-03"]);
    assert!(found.notes.iter().any(|n| n.contains("24 Agustus 2024 BKN")), "the open case changes hands");
}

/// Two receipt dates in two papers: one in time, one late. The numbers tell delivered from registered.
#[test]
fn o15_blitar_two_receipt_dates() {
    let delivered = parse("002/PL/PB/Kab/16.12/X/2020", PILKADA).unwrap();
    assert_eq!((delivered.kind, delivered.registered, delivered.width), (DocKind::Delivery, Registered::No, 3));
    let registered = parse("02/Reg/LP/PB/Kab/16.12/X/2020", PILKADA).unwrap();
    assert_eq!((registered.kind, registered.registered, registered.width), (DocKind::Report, Registered::Yes, 2));
    assert_eq!(delivered.running, registered.running, "the series run apart");

    assert_eq!(days_after("2020-10-02", 7), "2020-10-09", "4 October is in time, 10 October is not");
    assert_eq!(
        refusal(Regime::Pilkada, Zone::Wib, &["known=2020-10-02", "delivered=2020-10-04"]),
        outside("2020-10-04"),
        "the counter's hours of 2020 are not known"
    );
    assert_eq!(to(Regime::Pilkada, "other-law", "pns", "2020-10-13"), ["kasn"]);
}

/// A finding of a sub-district under the regency's area code.
#[test]
fn o16_purbalingga_finding_of_a_sub_district() {
    let number = parse("01/TM/PL/Kec. Karangreja/14.26/I/2019", PEMILU).unwrap();
    assert_eq!((number.kind, number.contest), (DocKind::Finding, Some(Contest::Pl)));
    assert_eq!((number.level, number.area.as_str()), (Level::Kec("Karangreja".to_owned()), "14.26"));
    assert!(number.deviations.is_empty());

    assert_eq!(day("2019-01-13").weekday(), Weekday::Sunday);
    let error = refusal(Regime::Pemilu, Zone::Wib, &["discovered=2019-01-13"]);
    assert_eq!(error, no_pack(Regime::Pemilu, "2019-01-13"));
    assert_eq!(receivers("asn-neutrality", "2019-01-29"), ["kasn"]);
}

/// Five days after registration, and no deadline for the police that a text would give.
#[test]
fn o17_bandar_lampung_reported_by_monitors() {
    let pack = pack("pilkada-2020");
    assert_eq!(pack.clock("PK-C06").unwrap().main_length(), Some(Length::Calendar(CalendarDays(5))));
    let police = pack.route("crime", "pns").unwrap();
    assert_eq!((police.to.as_str(), &police.clock), ("election-crime", &None));
    // The day was not published: all of the year.
    for date in ["2020-01-01", "2020-12-31"] {
        assert_eq!(to(Regime::Pilkada, "other-law", "pns", date), ["kasn"], "{date}");
        assert_eq!(to(Regime::Pilkada, "other-law", "lurah", date), ["kasn"], "{date}");
    }
}

/// A hamlet head is village apparatus. The packs name the village head and the camat; that office wrote
/// to the acting regent with copies to them.
#[test]
fn o18_wajo_hamlet_head_before_the_determination() {
    // Only the month was published.
    for date in ["2024-09-01", "2024-09-21"] {
        assert_eq!(to(Regime::Pilkada, "other-law", "perangkat-desa", date), ["village-head-camat"], "{date}");
        let found = asked("mengajak warga memilih bakal calon", "perangkat-desa", date, Regime::Pilkada);
        assert_eq!(ids(&found), ["VIL-51"], "{date}");
        assert_eq!(routed(&found), [("other-law", "village-head-camat")], "{date}");
    }
    let head = asked("CRIM-188", "kepala-desa", "2024-09-10", Regime::Pilkada);
    assert_eq!(head.closed[0].kind, "crime", "opens with the determination");
}

/// Not completed, not registered; another person who learned of it later has a clock of one's own.
#[test]
fn o19_lubuklinggau_report_without_evidence() {
    assert_eq!(law().outcome_effect(Regime::Pilkada, "OUT-02"), Some(OutcomeEffect::Reject));
    let information = law().outcome_effect(Regime::Pilkada, "NOT_REGISTERED_AS_INITIAL_INFO");
    assert_eq!(information, Some(OutcomeEffect::InitialInformation));
    // Days of the published month.
    let last = |known: &str| case(Regime::Pilkada, Zone::Wib, &[known]).due_date("PK-C01");
    assert_eq!(last("known=2024-10-01"), "2024-10-08");
    assert_eq!(last("known=2024-10-10"), "2024-10-17");
}

/// Nobody is known: there is no kind of person to classify, and the finding's clock runs all the same.
#[test]
fn o20_boyolali_unknown_person() {
    let question = Question {
        act: "menyukai akun calon",
        subject: "tidak-dikenal",
        date: day("2023-11-15"),
        regime: Regime::Pemilu,
        region: "",
    };
    assert!(matches!(classify(law(), &question), Err(ClassifyError::Subject { .. })));
    let c = case(Regime::Pemilu, Zone::Wib, &["discovered=2023-11-15"]);
    assert_eq!(c.readings("FINDING_FIX"), ["working-day 2023-11-24", "calendar-day 2023-11-22"]);
}

/// A village head can be charged under art. 188 without being a civil servant.
#[test]
fn o21_lombok_timur_village_head_convicted() {
    // The act's day was not published: a day of the campaign.
    let found =
        asked("tindakan yang menguntungkan salah satu pasangan calon", "kepala-desa", "2024-10-15", Regime::Pilkada);
    assert_eq!(ids(&found), ["CRIM-188"]);
    assert!(found.types[0].flags.is_empty());
    assert_eq!(routed(&found), [("crime", "police")]);

    assert_eq!(day("2024-10-04").weekday(), Weekday::Friday, "the press printed 'Senin, 4 Oktober 2024'");
    assert_eq!(day("2024-11-04").weekday(), Weekday::Monday, "and meant November");
    let c = case(Regime::Pilkada, Zone::Wita, &["verdict-read=2024-11-07"]);
    assert_eq!(c.readings("PK-C12"), ["calendar-day 2024-11-10", "working-day 2024-11-12"]);
}

/// Candidates who are still civil servants go to KPU, not to KASN; the decree was due with a stage.
#[test]
fn o22_papua_barat_candidates_still_in_service() {
    let listed = case(Regime::Pemilu, Zone::Wit, &["candidacy-listed=2023-09-18"]);
    assert_eq!(listed.due_at("CANDIDACY_RESIGNATION"), "2023-10-03T23:59:59+09:00");
    let late = case(Regime::Pemilu, Zone::Wit, &["candidacy-listed=2023-10-26"]);
    assert!(late.evaluation.deadlines.iter().all(|d| d.rule.id != "CANDIDACY_RESIGNATION"), "the stage is over");
    let mut stages = law().stages_on(Regime::Pemilu, "", day("2023-11-03"));
    assert!(stages.any(|s| s.kind == "final-list-determined"));

    assert_eq!(to(Regime::Pemilu, "administrative", "pns", "2023-10-26"), ["kpu"]);
    let found = asked("tercantum sebagai caleg tanpa mengundurkan diri", "pns", "2023-09-18", Regime::Pemilu);
    assert_eq!(ids(&found), ["CAND-02"]);
    assert_eq!(routed(&found), [("administrative", "kpu")]);
    assert!(parse("460/KR.XIV-PB/IX/2023", PEMILU).is_err(), "a letter of BKN is no case number");
}

/// The day after the determination the crime route is open; seven, two and five days make fourteen.
#[test]
fn o23_halmahera_selatan_money_on_stage() {
    let found = asked("CRIM-188", "pns", "2024-09-23", Regime::Pilkada);
    assert_eq!(found.status, CandidateStatus::After(day("2024-09-22")));
    assert!(found.types[0].flags.is_empty() && found.closed.is_empty());
    assert_eq!(routed(&found), [("crime", "police")]);

    let c =
        case(Regime::Pilkada, Zone::Wit, &["known=2024-09-23", "delivered=2024-09-30T10:00", "registered=2024-10-02"]);
    assert_eq!(c.due_date("PK-C01"), "2024-09-30");
    assert_eq!(c.due_date("PK-C03"), "2024-10-02");
    assert_eq!(c.due_date("PK-C06"), "2024-10-07", "the night of the joint discussion");
    let found = asked("menyawer di atas panggung", "pns", "2024-09-23", Regime::Pilkada);
    assert_eq!(ids(&found), ["DIS-08", "N-6"]);
}

/// 2018: no pack; who received then is known.
#[test]
fn o24_sikka_three_fingers() {
    assert_eq!(
        refusal(Regime::Pilkada, Zone::Wita, &["discovered=2018-03-15"]),
        no_pack(Regime::Pilkada, "2018-03-15")
    );
    assert_eq!(receivers("asn-neutrality", "2018-03-20"), ["kasn"]);
}
