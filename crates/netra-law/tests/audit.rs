//! Old files: published cases as rows of a sheet, the verdict on each clock, and everything that is
//! wrong with files that people kept by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_law::audit::{ALL_CLOCKS, CaseAudit, CaseRow, Finding, Verdict, audit, audit_all, has_dates};
use netra_law::event::EventKind;
use proptest::prelude::*;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::law;

fn row(regime: &str, zone: &str, cells: &[(&str, &str)]) -> CaseRow {
    let cells = cells.iter().map(|(column, text)| ((*column).to_owned(), (*text).to_owned())).collect();
    CaseRow { id: "X".to_owned(), regime: regime.to_owned(), zone: zone.to_owned(), cells }
}

fn judged(regime: &str, zone: &str, cells: &[(&str, &str)]) -> CaseAudit {
    audit(law(), &row(regime, zone, cells))
}

#[track_caller]
fn finding<'a>(audit: &'a CaseAudit, clock: &str) -> &'a Finding {
    audit.findings.iter().find(|f| f.clock == clock).unwrap_or_else(|| panic!("no {clock} in {:?}", audit.findings))
}

/// Clock and verdict of every finding.
fn verdicts(audit: &CaseAudit) -> Vec<(&str, &str)> {
    audit.findings.iter().map(|f| (f.clock.as_str(), f.verdict.id())).collect()
}

fn due(finding: &Finding) -> String {
    finding.due_date.map(|d| d.to_string()).unwrap_or_default()
}

/// Each reading as `id date verdict`.
fn readings(finding: &Finding) -> Vec<String> {
    finding.readings.iter().map(|r| format!("{} {} {}", r.id, r.due_date, r.verdict.id())).collect()
}

// --- Published cases ----------------------------------------------------------------------------

/// Guards: filing from knowledge, the study, and a repair that is late only by calendar days.
#[test]
fn e1_surakarta() {
    let audit = judged(
        "pemilu",
        "Asia/Jakarta",
        &[
            ("happened", "2023-12-24"),
            ("known", "2024-01-07T13:00"),
            ("delivered", "2024-01-10T15:25"),
            ("initial-study-done", "2024-01-12"),
            ("repair-notified", "2024-01-12"),
            ("repair-done", "2024-01-16"),
        ],
    );
    assert_eq!(verdicts(&audit), [("REPORT_FILING", "kept"), ("INITIAL_STUDY", "kept"), ("REPAIR", "depends")]);
    assert_eq!(due(finding(&audit, "REPORT_FILING")), "2024-01-16");
    let repair = finding(&audit, "REPAIR");
    assert_eq!(readings(repair), ["working-day 2024-01-16 kept", "calendar-day 2024-01-14 missed"]);
    assert_eq!(
        repair.note,
        "Tepat waktu bila dihitung hari kerja (sampai Selasa, 16 Januari 2024); lewat waktu bila dihitung hari kalender \
         (sampai Minggu, 14 Januari 2024). Yang dipakai dalam praktik: dihitung hari kerja."
    );
    assert_eq!(audit.warnings, Vec::<String>::new());
}

/// Guards: twelve working days are in time only with the extension, and the audit says so instead
/// of calling the base period missed.
#[test]
fn e2_bekasi() {
    let audit = judged(
        "pemilu",
        "WIB",
        &[
            ("delivered", "2024-01-02"),
            ("initial-study-done", "2024-01-04"),
            ("registered", "2024-01-04"),
            ("plenary", "2024-01-22"),
        ],
    );
    assert_eq!(verdicts(&audit), [("INITIAL_STUDY", "kept"), ("HANDLING_BASE", "depends"), ("HANDLING_MAX", "kept")]);
    let base = finding(&audit, "HANDLING_BASE");
    assert_eq!(readings(base), ["working-day 2024-01-15 missed", "calendar-day 2024-01-11 missed"]);
    assert_eq!(
        base.note,
        "Lewat 5 hari kerja. Tepat waktu hanya bila perpanjangan (HANDLING_MAX) tercatat sebelum tenggat ini habis."
    );
    assert_eq!(due(finding(&audit, "HANDLING_MAX")), "2024-01-24");
}

/// Guards: beyond the hard limit both periods are missed, by working days.
#[test]
fn beyond_the_hard_limit_both_are_missed() {
    let audit = judged("pemilu", "WIB", &[("registered", "2024-01-04"), ("plenary", "2024-01-29")]);
    assert_eq!(verdicts(&audit), [("HANDLING_BASE", "missed"), ("HANDLING_MAX", "missed")]);
    assert_eq!(finding(&audit, "HANDLING_BASE").note, "Lewat 10 hari kerja.");
    assert_eq!(finding(&audit, "HANDLING_MAX").note, "Lewat 3 hari kerja.");
    assert_eq!(audit.count(Verdict::Missed), 2);
}

/// Guards: two minutes before closing are in time; five minutes after are late, and a human is asked.
#[test]
fn e9_the_last_day() {
    let at = |time: &str| {
        let delivered = format!("2024-01-31T{time}");
        judged("pemilu", "Asia/Jayapura", &[("known", "2024-01-22"), ("delivered", &delivered)])
    };
    let (before, after) = (at("15:58"), at("16:05"));
    assert_eq!(finding(&before, "REPORT_FILING").verdict, Verdict::Kept);
    assert_eq!(before.warnings, Vec::<String>::new());

    let late = finding(&after, "REPORT_FILING");
    assert_eq!(late.verdict, Verdict::Missed);
    assert_eq!(late.note, "Pada hari terakhir, tetapi sesudah Rabu, 31 Januari 2024 pukul 16.00 WIT.");
    assert_eq!(late.done_at.unwrap().to_string(), "2024-01-31T16:05:00+09:00");
    assert_eq!(
        after.warnings,
        ["Laporan disampaikan pada hari terakhir (Rabu, 31 Januari 2024) di luar jam penerimaan. \
          Putuskan apakah masih tepat waktu; aturannya belum jelas."]
    );
}

/// Guards: the day of the deadline without an hour is in time, and the note says what was assumed.
#[test]
fn the_last_day_without_an_hour_is_in_time() {
    let audit = judged("pemilu", "WIB", &[("known", "2024-01-22"), ("delivered", "2024-01-31")]);
    let filing = finding(&audit, "REPORT_FILING");
    assert_eq!(filing.verdict, Verdict::Kept);
    assert_eq!(filing.note, "Jam tidak tercatat; pada hari terakhir dianggap tepat waktu.");
}

/// Guards: three holidays are skipped, and joint leave is a reading of its own.
#[test]
fn e10_three_holidays() {
    let on = |plenary: &str| judged("pemilu", "WIB", &[("registered", "2024-02-05"), ("plenary", plenary)]);
    let last = on("2024-02-19");
    assert_eq!(
        readings(finding(&last, "HANDLING_BASE")),
        ["working-day 2024-02-19 kept", "calendar-day 2024-02-12 missed", "joint-leave-works 2024-02-16 missed"]
    );
    assert_eq!(verdicts(&last), [("HANDLING_BASE", "depends"), ("HANDLING_MAX", "kept")]);
    assert_eq!(finding(&on("2024-02-12"), "HANDLING_BASE").verdict, Verdict::Kept);
    assert_eq!(finding(&on("2024-02-28"), "HANDLING_MAX").verdict, Verdict::Depends);
    assert_eq!(finding(&on("2024-02-29"), "HANDLING_MAX").verdict, Verdict::Missed);
}

/// Guards: a case as the press tells it, with vague dates and one that no clock asks for.
#[test]
fn o01_as_the_press_tells_it() {
    let audit = judged(
        "pemilu",
        "Asia/Jakarta",
        &[
            ("happened", "late 2023-12"),
            ("delivered", "2024-01-02T15:51+07:00"),
            ("initial-study-done", "2024-01-04 (formal requirements met, examination starts)"),
            ("registered", "2024-01-04"),
            ("clarification-set", "2024-01-05..2024-01-19"),
            ("plenary", "2024-01-19"),
            ("announced", "2024-01-22 (plenary result)"),
        ],
    );
    assert_eq!(
        verdicts(&audit),
        [
            ("INITIAL_STUDY", "kept"),
            ("HANDLING_BASE", "depends"),
            ("HANDLING_MAX", "kept"),
            ("CLARIF_NOTICE", "undecidable"),
        ]
    );
    assert_eq!(
        finding(&audit, "CLARIF_NOTICE").note,
        "Tanggal mulai (jadwal klarifikasi ditetapkan) tidak pasti: tertulis '2024-01-05..2024-01-19'."
    );
    assert_eq!(
        audit.warnings,
        [
            "Kolom initial-study-done: keterangan dalam kurung diabaikan.",
            "Kolom announced: keterangan dalam kurung diabaikan.",
        ]
    );
}

/// Guards: the employer's clock is judged by the discipline pack, beside the election's clocks, and
/// the supervisor's clarification is not taken for the employer's examination.
#[test]
fn o02_with_the_employers_clock() {
    let audit = judged(
        "pemilu",
        "WIB",
        &[
            ("delivered", "2023-12-11"),
            ("initial-study-done", "by 2023-12-17"),
            ("clarification-set", "2023-12-18"),
            ("plenary", "by 2023-12-22"),
            ("forwarded", "2023-12-22"),
            ("recommendation-received", "2024-01-02"),
            ("sanctioned", "2024-01-23"),
        ],
    );
    assert_eq!(
        verdicts(&audit),
        [("INITIAL_STUDY", "undecidable"), ("CLARIF_NOTICE", "undecidable"), ("EMPLOYER_FOLLOW_UP", "missed")]
    );
    assert_eq!(
        finding(&audit, "INITIAL_STUDY").note,
        "Tanggal kajian awal selesai tidak pasti: tertulis 'by 2023-12-17'."
    );
    let employer = finding(&audit, "EMPLOYER_FOLLOW_UP");
    assert_eq!((due(employer).as_str(), employer.note.as_str()), ("2024-01-22", "Lewat 1 hari kerja."));
}

// --- Two readings -------------------------------------------------------------------------------

/// Guards: the statute says only "day" for a finding: between the two readings it depends.
#[test]
fn a_finding_between_the_readings() {
    let on = |fixed: &str| judged("pemilu", "WIB", &[("discovered", "2024-02-01"), ("finding-fixed", fixed)]);
    let rows = [
        ("2024-02-08", Verdict::Kept),
        ("2024-02-09", Verdict::Depends),
        ("2024-02-13", Verdict::Depends),
        ("2024-02-15", Verdict::Depends),
        ("2024-02-16", Verdict::Missed),
    ];
    for (fixed, verdict) in rows {
        assert_eq!(finding(&on(fixed), "FINDING_FIX").verdict, verdict, "{fixed}");
    }
    let between = on("2024-02-14");
    let found = finding(&between, "FINDING_FIX");
    assert_eq!(
        readings(found),
        ["working-day 2024-02-15 kept", "calendar-day 2024-02-08 missed", "joint-leave-works 2024-02-13 missed"]
    );
    assert_eq!(
        found.note,
        "Tepat waktu bila dihitung hari kerja (sampai Kamis, 15 Februari 2024); lewat waktu bila dihitung hari kalender \
         (sampai Kamis, 8 Februari 2024) atau cuti bersama dihitung hari kerja (sampai Selasa, 13 Februari 2024)."
    );
    let missed = on("2024-02-16");
    assert_eq!(finding(&missed, "FINDING_FIX").note, "Lewat 8 hari kalender.");
}

/// Guards: the employer's fourteen days are working days; letters that say only "days" leave it open in between.
#[test]
fn an_employer_between_the_readings() {
    let on =
        |done: &str| judged("disiplin", "WITA", &[("recommendation-received", "2024-11-18"), ("sanctioned", done)]);
    let rows = [
        ("2024-12-02", Verdict::Kept),
        ("2024-12-03", Verdict::Depends),
        ("2024-12-09", Verdict::Depends),
        ("2024-12-10", Verdict::Missed),
    ];
    for (done, verdict) in rows {
        assert_eq!(finding(&on(done), "EMPLOYER_FOLLOW_UP").verdict, verdict, "{done}");
    }
    let between = on("2024-12-09");
    let found = finding(&between, "EMPLOYER_FOLLOW_UP");
    assert_eq!(readings(found), ["working-day 2024-12-09 kept", "calendar-day 2024-12-02 missed"]);
    assert_eq!(
        found.note,
        "Tepat waktu bila dihitung hari kerja (sampai Senin, 9 Desember 2024); lewat waktu bila dihitung hari kalender \
         (sampai Senin, 2 Desember 2024). Yang dipakai dalam praktik: dihitung hari kerja."
    );
}

/// Guards: Pilkada counts calendar days; three days from registration or from the receipt.
#[test]
fn pilkada_rows() {
    let audit = judged(
        "pilkada",
        "WITA",
        &[
            ("known", "2024-09-30"),
            ("delivered", "2024-10-01T10:00"),
            ("initial-study-done", "3 Oktober 2024"),
            ("registered", "2024-10-03"),
            ("plenary", "2024-10-06"),
        ],
    );
    assert_eq!(verdicts(&audit), [("PK-C01", "kept"), ("PK-C03", "kept"), ("PK-C05", "depends"), ("PK-C06", "kept")]);
    assert_eq!(
        readings(finding(&audit, "PK-C05")),
        ["from-registration 2024-10-06 kept", "from-receipt 2024-10-04 missed"]
    );

    let pujud = judged(
        "Pilkada",
        "wib",
        &[
            ("delivered", "26/11/2024 21.00"),
            ("initial-study-done", "28/11/2024"),
            ("repair-notified", "28/11/2024"),
            ("repair-done", "1/12/2024"),
        ],
    );
    assert_eq!(verdicts(&pujud), [("PK-C03", "kept"), ("PK-C04", "missed")]);
    assert_eq!(finding(&pujud, "PK-C04").note, "Lewat 1 hari kalender.");
    assert!(pujud.warnings[0].contains("jatuh pada hari loket tutup"), "{:?}", pujud.warnings);
}

/// Guards: a ban cannot be overdue; its first day is shown all the same.
#[test]
fn a_ban_is_no_deadline() {
    let audit = judged("pilkada", "WIB", &[("candidates-determined", "2024-09-22")]);
    assert_eq!(verdicts(&audit), [("PK-C13", "undecidable"), ("PK-C14", "undecidable")]);
    let ban = finding(&audit, "PK-C13");
    assert_eq!(due(ban), "2024-03-22");
    assert!(ban.note.starts_with("Bukan tenggat"), "{}", ban.note);
}

/// Guards: hours are hours, and a start without its hour decides only what no hour could change.
#[test]
fn clocks_in_hours() {
    let hours = |declared: &str, forwarded: &str| {
        let audit = judged("pemilu", "WIB", &[("crime-declared", declared), ("crime-forwarded", forwarded)]);
        let found = finding(&audit, "CRIME_FORWARD");
        (found.verdict, found.note.clone())
    };
    let with_hour = "2024-01-26T19:40";
    assert_eq!(hours(with_hour, "2024-01-27T19:40").0, Verdict::Kept);
    assert_eq!(hours(with_hour, "2024-01-27T20:50"), (Verdict::Missed, "Lewat 1 jam 10 menit.".to_owned()));
    assert_eq!(hours(with_hour, "2024-01-27").0, Verdict::Kept);
    assert_eq!(hours("2024-01-26", "2024-01-27").0, Verdict::Kept);
    assert_eq!(hours("2024-01-26", "2024-01-27T09:00").0, Verdict::Undecidable);
    assert_eq!(hours("2024-01-26", "2024-01-28T00:30").0, Verdict::Missed);
}

// --- What can't be judged -----------------------------------------------------------------------

/// Guards: an end that is missing, vague or unreadable leaves the clock open, with its reason.
#[test]
fn an_end_that_is_no_date() {
    let with = |plenary: &str| judged("pemilu", "WIB", &[("registered", "2024-01-04"), ("plenary", plenary)]);
    let rows = [
        ("", "Tanggal diputus rapat pleno (plenary) tidak ada."),
        ("-", "Tanggal diputus rapat pleno (plenary) tidak ada."),
        ("awal Januari 2024", "Tanggal diputus rapat pleno tidak pasti: tertulis 'awal Januari 2024'."),
        (
            "by 2024-01-12",
            "Tanggal diputus rapat pleno tidak pasti: tertulis 'by 2024-01-12'. \
             Bila benar paling lambat Jumat, 12 Januari 2024, masih dalam waktu.",
        ),
        (
            "Februari 2024",
            "Tanggal diputus rapat pleno tidak pasti: tertulis 'Februari 2024'. \
             Bila benar paling awal Kamis, 1 Februari 2024, sudah lewat waktu.",
        ),
        ("sesudah makan", "Tanggal diputus rapat pleno tidak terbaca: tertulis 'sesudah makan'."),
    ];
    for (plenary, note) in rows {
        let audit = with(plenary);
        let found = finding(&audit, "HANDLING_MAX");
        assert_eq!((found.verdict, found.note.as_str()), (Verdict::Undecidable, note), "{plenary:?}");
        assert_eq!((due(found).as_str(), found.done_date), ("2024-01-24", None), "{plenary:?}");
    }
    assert!(with("sesudah makan").warnings[0].contains("Kolom plenary: 'sesudah makan' tidak terbaca"));
}

/// Guards: a start that is no date leaves no due date; an absent start begins no clock.
#[test]
fn a_start_that_is_no_date() {
    let audit = judged("pemilu", "WIB", &[("delivered", "2024-01"), ("initial-study-done", "2024-01-12")]);
    assert_eq!(verdicts(&audit), [("INITIAL_STUDY", "undecidable")]);
    let study = finding(&audit, "INITIAL_STUDY");
    assert_eq!(study.note, "Tanggal mulai (laporan disampaikan) tidak pasti: tertulis '2024-01'.");
    assert_eq!((study.due_date, study.readings.len()), (None, 0));
}

/// Guards: outside the packs and outside the packed holidays there is no verdict, and no guess.
#[test]
fn outside_the_packed_years() {
    let of_2019 = judged("pemilu", "WIB", &[("known", "2019-05-06"), ("delivered", "2019-05-21")]);
    assert_eq!(verdicts(&of_2019), [("REPORT_FILING", "undecidable"), ("INITIAL_STUDY", "undecidable")]);
    assert_eq!(of_2019.findings[0].note, "Aturan Pemilu yang berlaku pada Selasa, 21 Mei 2019 tidak dimuat.");

    let of_2022 = judged("pemilu", "WIB", &[("delivered", "2022-09-27"), ("initial-study-done", "2022-09-29")]);
    assert_eq!(verdicts(&of_2022), [("INITIAL_STUDY", "undecidable")]);
    assert_eq!(
        of_2022.findings[0].note,
        "Tanggal diterima tidak dapat dihitung. Selasa, 27 September 2022 di luar tahun yang hari liburnya dimuat (2023 sampai 2027)."
    );

    // Calendar days need no holidays.
    let of_2020 = judged("pilkada", "WIT", &[("registered", "2020-10-04"), ("plenary", "2020-10-10")]);
    assert_eq!(verdicts(&of_2020), [("PK-C05", "missed"), ("PK-C06", "missed")]);
}

/// Guards: an unknown regime or zone is remarked, and nothing is decided.
#[test]
fn unknown_regime_and_zone() {
    let cells = [("registered", "2024-01-04"), ("plenary", "2024-01-22")];
    let regime = judged("pilpres", "WIB", &cells);
    assert_eq!(verdicts(&regime), [(ALL_CLOCKS, "undecidable")]);
    assert_eq!(regime.warnings, ["Regime 'pilpres' tidak dikenal: tulis pemilu, pilkada atau discipline."]);

    let zone = judged("pemilu", "Asia/Tokyo", &cells);
    assert_eq!(verdicts(&zone), [("HANDLING_BASE", "undecidable"), ("HANDLING_MAX", "undecidable")]);
    assert!(zone.warnings[0].starts_with("Zona waktu 'Asia/Tokyo' tidak dikenal"), "{:?}", zone.warnings);

    let none = judged("", "", &[]);
    assert_eq!(none.warnings.len(), 3, "{:?}", none.warnings);
}

// --- Remarks ------------------------------------------------------------------------------------

/// Guards: what stands in a strange order is remarked, and a clock that ends before it starts is not judged.
#[test]
fn strange_orders() {
    let audit = judged(
        "pemilu",
        "WIB",
        &[
            ("happened", "2024-01-08"),
            ("known", "2024-01-05"),
            ("registered", "2024-01-22"),
            ("plenary", "2024-01-19"),
            ("forwarded", "2024-01-18"),
            ("announced", "2024-01-17"),
        ],
    );
    assert_eq!(
        audit.warnings,
        [
            "Urutan janggal: known (peristiwa diketahui pelapor, 5 Jan 2024) mendahului happened (peristiwa terjadi, 8 Jan 2024).",
            "Urutan janggal: plenary (diputus rapat pleno, 19 Jan 2024) mendahului registered (diregistrasi, 22 Jan 2024).",
            "Urutan janggal: forwarded (diteruskan, 18 Jan 2024) mendahului plenary (diputus rapat pleno, 19 Jan 2024).",
            "Urutan janggal: announced (status diumumkan, 17 Jan 2024) mendahului plenary (diputus rapat pleno, 19 Jan 2024).",
        ]
    );
    let handling = finding(&audit, "HANDLING_MAX");
    assert_eq!(handling.verdict, Verdict::Undecidable);
    assert_eq!(
        handling.note,
        "Tanggal diputus rapat pleno (Jumat, 19 Januari 2024) mendahului tanggal diregistrasi (Senin, 22 Januari 2024); salah satunya keliru."
    );
}

/// Guards: a study on the weekend before the report counts as received is early, not contradictory.
#[test]
fn a_study_before_the_receipt_is_early() {
    let cells = [("delivered", "2024-01-19T17:10"), ("initial-study-done", "2024-01-20")];
    let audit = judged("pemilu", "WITA", &cells);
    assert_eq!(verdicts(&audit), [("INITIAL_STUDY", "kept")]);
    assert_eq!(due(finding(&audit, "INITIAL_STUDY")), "2024-01-24");
}

/// Guards: the receipt may be given instead of computed; one that differs is remarked and used.
#[test]
fn the_receipt_may_be_given() {
    let given = judged("pemilu", "WITA", &[("received", "2024-01-22"), ("initial-study-done", "2024-01-25")]);
    assert_eq!(verdicts(&given), [("INITIAL_STUDY", "missed")]);
    assert_eq!(finding(&given, "INITIAL_STUDY").note, "Lewat 1 hari kerja.");

    let both = judged("pemilu", "WITA", &[("delivered", "2024-01-19T17:10"), ("received", "2024-01-19")]);
    assert!(both.warnings[0].contains("bukan Senin, 22 Januari 2024"), "{:?}", both.warnings);
    assert_eq!(due(finding(&both, "INITIAL_STUDY")), "2024-01-23");
}

/// Guards: a wrong weekday and an unknown column are remarked, not refused.
#[test]
fn weekdays_and_columns() {
    let audit = judged(
        "pemilu",
        "WIB",
        &[
            ("Registered ", "Selasa, 10 Januari 2024"),
            ("laporan_disampaikan", "2024-01-08"),
            ("catatan", "berkas lengkap"),
            ("kosong", " "),
        ],
    );
    assert_eq!(
        audit.warnings,
        [
            "Kolom registered: tertulis hari Selasa, padahal tanggalnya Rabu, 10 Januari 2024.",
            "Kolom 'catatan' tidak dikenal dan tidak dipakai.",
        ]
    );
    assert_eq!(due(finding(&audit, "HANDLING_MAX")), "2024-01-30");
    assert!(audit.findings.iter().any(|f| f.clock == "INITIAL_STUDY"));
}

/// Guards: across a sheet an unknown column is remarked once, and an id that is used twice is named.
#[test]
fn a_whole_sheet() {
    let cells = || vec![("catatan".to_owned(), "x".to_owned()), ("plenary".to_owned(), "2024-01-04".to_owned())];
    let mut first = vec![("ID".to_owned(), " 7 ".to_owned()), ("Regime".to_owned(), "pemilu".to_owned())];
    first.push(("zona".to_owned(), "WIB".to_owned()));
    first.extend(cells());
    let rows = [CaseRow::from_cells(2, first.clone()), CaseRow::from_cells(3, first), CaseRow::from_cells(4, cells())];
    assert_eq!((rows[0].id.as_str(), rows[0].zone.as_str(), rows[2].id.as_str()), ("7", "WIB", "baris 4"));
    let audits = audit_all(law(), &rows);
    let about_column = |a: &CaseAudit| a.warnings.iter().any(|w| w.contains("catatan"));
    assert_eq!(audits.iter().map(about_column).collect::<Vec<_>>(), [true, false, false]);
    assert!(audits[1].warnings.contains(&"Id '7' sudah dipakai perkara lain di berkas ini.".to_owned()));

    assert!(has_dates(&["id", "Plenary"]) && !has_dates(&["id", "regime", "nama"]));
}

// --- Any text -----------------------------------------------------------------------------------

/// Every kind of event, any column, and texts that look like dates, are cut off, or are anything.
fn any_cell() -> impl Strategy<Value = (String, String)> {
    let column = prop_oneof![
        (0..EventKind::ALL.len()).prop_map(|i| EventKind::ALL[i].id().to_owned()),
        "[a-zA-Z _-]{0,12}",
        any::<String>(),
    ];
    let text = prop_oneof![
        "(19|20)[0-9]{2}-[0-1][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9])?",
        "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}( [0-9]{1,2}[.:][0-9]{2} (WIB|WITA|WIT))?",
        "(senin|jumat|ahad)?,? ?[0-9]{1,2} (januari|mei|agt|des) [0-9]{4}( pukul [0-9]{1,2}\\.[0-9]{2})?",
        "(awal|by|sebelum|s\\.d\\.|mid-| )? ?[0-9]{0,4}(\\.\\.| - | s\\.d\\. )?[0-9./-]{0,12}",
        "-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})",
        any::<String>(),
    ];
    (column, text)
}

proptest! {
    /// Guards: whatever stands in a row, there is an answer, and it hangs together.
    #[test]
    fn any_row_has_an_answer(
        id in any::<String>(),
        regime in prop_oneof![Just("pemilu".to_owned()), Just("pilkada".to_owned()), Just("discipline".to_owned()), any::<String>()],
        zone in prop_oneof![Just("WIB".to_owned()), Just("Asia/Jayapura".to_owned()), any::<String>()],
        cells in proptest::collection::vec(any_cell(), 0..8),
    ) {
        let row = CaseRow { id, regime, zone, cells };
        let result = audit(law(), &row);
        prop_assert_eq!(&result.id, &row.id);
        for found in &result.findings {
            let has = |v: Verdict| found.readings.iter().any(|r| r.verdict == v);
            match found.verdict {
                Verdict::Kept => prop_assert!(!has(Verdict::Missed) && found.done_date.is_some()),
                Verdict::Missed => prop_assert!(!has(Verdict::Kept) && found.done_date.is_some() && !found.note.is_empty()),
                Verdict::Depends => prop_assert!(has(Verdict::Missed) && !found.note.is_empty()),
                Verdict::Undecidable => prop_assert!(!found.note.is_empty()),
            }
        }
    }
}
