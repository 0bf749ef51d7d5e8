//! The shipped packs load, and faults in packs are found and named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_law::{EMBEDDED, Law};

#[test]
fn the_shipped_packs_hold() {
    match Law::embedded() {
        Ok(law) => assert!(law.packs().len() >= 4),
        Err(faults) => panic!("{faults}"),
    }
}

/// One change in one shipped file: path, what stands there, what shall stand there.
type Change = (&'static str, &'static str, &'static str);

/// What is found wrong when the shipped files are changed; each change must hit something.
fn faults(changes: &[Change]) -> Vec<String> {
    let mut files = shipped();
    for (path, from, to) in changes {
        let (_, text) = files.iter_mut().find(|(p, _)| p == path).unwrap_or_else(|| panic!("no file {path}"));
        assert!(text.contains(from), "{path} no longer holds '{from}': mend the test");
        *text = text.replacen(from, to, 1);
    }
    load(&files)
}

/// What is found wrong in some files.
fn load(files: &[(&str, String)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    match Law::from_files(&files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0,
    }
}

/// The shipped files, changed at will.
fn shipped() -> Vec<(&'static str, String)> {
    EMBEDDED.iter().map(|(path, text)| (*path, (*text).to_owned())).collect()
}

/// Guards the other tests: without a change nothing is wrong.
#[test]
fn unchanged_files_have_no_fault() {
    assert_eq!(faults(&[]), Vec::<String>::new());
}

/// Guards: what holds between entries is checked, and the fault names pack, entry and reason.
#[test]
fn faults_between_entries_are_named() {
    const CLOCKS: &str = "pemilu-2022/clocks.toml";
    const PROCEDURE: &str = "pemilu-2022/procedure.toml";
    const SINCE: &str = "acts_from = \"2022-09-22\"";
    let table: &[(Change, &str)] = &[
        (
            (CLOCKS, "cite = \"UU 7/2017 art. 454(8)\"", "cite = \" \""),
            "pemilu-2022: clock HANDLING_MAX has no article",
        ),
        (
            (
                CLOCKS,
                "why = \"Undang-undang hanya menulis 'hari' di sini, sedangkan untuk laporan menulis 'hari kerja'.\"",
                "why = \"\"",
            ),
            "pemilu-2022: clock FINDING_FIX: reading 'calendar-day' has no reason",
        ),
        (
            (CLOCKS, "settled = { reading = \"working-day\"", "settled = { reading = \"lunar-day\""),
            "pemilu-2022: clock INITIAL_STUDY: the settled reading 'lunar-day' is not one of its readings",
        ),
        (
            (CLOCKS, "extends = \"HANDLING_BASE\"", "extends = \"HANDLING\""),
            "pemilu-2022: clock HANDLING_MAX extends a clock that this pack does not have",
        ),
        (
            (CLOCKS, "length = 24\nunit = \"hour\"", "length = 24"),
            "pemilu-2022: clock CRIME_FORWARD needs length and unit, or a stage, and not both",
        ),
        (
            (CLOCKS, "until_stage = \"final-list-scrutiny\"", "until_stage = \"coronation\""),
            "pemilu-2022: clock CANDIDACY_RESIGNATION waits for stage 'coronation', which no election has",
        ),
        (
            (CLOCKS, "id = \"POLICE_INVESTIGATION\"", "id = \"CORRECTION_ADVICE\""),
            "pemilu-2022: clock 'CORRECTION_ADVICE' is given twice",
        ),
        (
            (PROCEDURE, "to = \"asn-neutrality\"", "to = \"nobody\""),
            "pemilu-2022: route other-law-asn goes to the role 'nobody', which no authority holds",
        ),
        (
            (PROCEDURE, "\"copy-inspectorate\"]", "\"nobody\"]"),
            "pemilu-2022: route other-law-asn goes to the role 'nobody', which no authority holds",
        ),
        (
            (PROCEDURE, "subjects = [\"kepala-desa\"]", "subjects = [\"raja\"]"),
            "pemilu-2022: route other-law-village-head names the unknown kind of person 'raja'",
        ),
        (
            (PROCEDURE, "clock = \"INITIAL_STUDY\"", "clock = \"PK-C03\""),
            "pemilu-2022: step initial-study answers the clock PK-C03, which this pack does not have",
        ),
        (
            ("pemilu-2022/pack.toml", "pattern = \"{n}/LP", "pattern = \"{number}{n}/LP"),
            "pemilu-2022: number pattern 'report': a number template knows {n}, {level}, {area}, {contest}, {month}, {year} only: \
             '{number}{n}/LP/PL/{level}/{area}/{month}/{year}'",
        ),
        (
            ("pilkada-2024/pack.toml", "open = \"08:00:00\"", "open = \"18:00:00\""),
            "pilkada-2024: receiving hours open at 18:00:00 but close at 16:00:00",
        ),
        (
            ("authorities.toml", "authority = \"bkn\"", "authority = \"bkm\""),
            "receiver asn-neutrality: unknown authority 'bkm'",
        ),
        (
            ("violations.toml", SINCE, "acts_from = \"2022-09-22\"\nacts_to = \"2022-09-21\""),
            "violation ETH-01: acts_to 2022-09-21 lies before acts_from 2022-09-22",
        ),
    ];
    for (change, fault) in table {
        assert_eq!(faults(&[*change]), [*fault], "{change:?}");
    }
    let one_day = ("violations.toml", SINCE, "acts_from = \"2022-09-22\"\nacts_to = \"2022-09-22\"");
    assert_eq!(faults(&[one_day]), Vec::<String>::new(), "a list of one day");
    let only_an_end = ("violations.toml", SINCE, "acts_to = \"2022-09-21\"");
    assert_eq!(faults(&[only_an_end]), Vec::<String>::new(), "a list of old");
}

/// Guards: a file that has not the shape of its kind does not load; the message names file and key.
#[test]
fn faults_of_shape_name_the_file_and_the_key() {
    let table: &[(Change, &str)] = &[
        (("pemilu-2022/clocks.toml", "\nlength = 7\n", "\nlenght = 7\n"), "unknown field `lenght`"),
        (("pemilu-2022/clocks.toml", "\nstart_day = \"excluded\"\n", "\n"), "missing field `start_day`"),
        (("pilkada-2024/clocks.toml", "\nday_end = \"midnight\"\n", "\n"), "missing field `day_end`"),
        (
            ("pemilu-2022/clocks.toml", "\nbasis = { cite = \"UU 7/2017 art. 454(8)\"", "\n# basis = {"),
            "missing field `basis`",
        ),
        (
            (
                "pilkada-2024/clocks.toml",
                "why = \"Dalam praktik, waktu tindak lanjut",
                "wy = \"Dalam praktik, waktu tindak lanjut",
            ),
            "unknown field `wy`",
        ),
        (
            ("discipline-2021/clocks.toml", "unit = \"working-day\"", "unit = \"work-day\""),
            "unknown variant `work-day`",
        ),
        (("subjects.toml", "\nrule = ", "\nrules = "), "unknown field `rules`"),
        (("calendar/2024.toml", "\"2024-02-09\"", "\"2024-02-30\""), "2024-02-30"),
        (("violations.toml", "acts_from = \"2022-09-22\"", "acts_from = \"2022-09-31\""), "2022-09-31"),
    ];
    for (change, part) in table {
        let found = faults(&[*change]);
        assert_eq!(found.len(), 1, "{change:?}: {found:?}");
        assert!(found[0].starts_with(&format!("{}: ", change.0)), "{change:?}: {found:?}");
        assert!(found[0].contains(part), "{change:?}: {found:?}");
    }
}

/// Guards: on every day exactly one pack of a regime is in force, and the newest stays in force.
#[test]
fn overlaps_and_holes_between_packs() {
    const OLDER: &str = "pilkada-2020/pack.toml";
    let border = ["pilkada-2020 and pilkada-2024 overlap or leave a hole"];
    let until = |to: &'static str| faults(&[(OLDER, "valid_to = \"2024-09-29\"", to)]);
    assert_eq!(until("valid_to = \"2024-10-05\""), border, "overlap");
    assert_eq!(until("valid_to = \"2024-09-30\""), border, "overlap of one day");
    assert_eq!(until("valid_to = \"2024-09-28\""), border, "hole of one day");
    assert_eq!(until(""), border, "both open-ended");

    let closed = (
        "pemilu-2022/pack.toml",
        "valid_from = \"2022-01-01\"",
        "valid_from = \"2022-01-01\"\nvalid_to = \"2030-01-01\"",
    );
    assert_eq!(faults(&[closed]), ["pemilu-2022: the newest pack of its regime must be open-ended"]);
}

/// Guards: on every day exactly one authority is expected in a role, and somebody holds it today.
#[test]
fn overlaps_and_holes_between_receivers() {
    const FILE: &str = "authorities.toml";
    let border = ["receiver asn-neutrality: two rows overlap or leave a hole before 2024-08-24"];
    assert_eq!(faults(&[(FILE, "to = \"2024-08-23\"", "to = \"2024-08-20\"")]), border, "hole");
    assert_eq!(faults(&[(FILE, "to = \"2024-08-23\"", "to = \"2024-08-24\"")]), border, "overlap");

    let ended = (FILE, "from = \"2024-08-24\"", "from = \"2024-08-24\"\nto = \"2025-12-31\"");
    assert_eq!(faults(&[ended]), ["receiver asn-neutrality: nobody holds it today"]);
}

/// Guards: a day off is given once, in its own year, with its decree.
#[test]
fn faults_of_the_calendar() {
    const FILE: &str = "calendar/2024.toml";
    let table: &[(Change, &str)] = &[
        ((FILE, "date = \"2024-02-09\"", "date = \"2024-02-08\""), "calendar: 2024-02-08 is given twice"),
        ((FILE, "date = \"2024-12-26\"", "date = \"2025-12-27\""), "calendar: 2025-12-27 does not lie in 2024"),
        (
            (
                FILE,
                "name = \"Hari Pemungutan Suara Pilkada\", decree = \"keppres-33-2024\"",
                "name = \"X\", decree = \"keppres-0\"",
            ),
            "calendar: 2024-11-27: decree 'keppres-0' is not listed",
        ),
    ];
    for (change, fault) in table {
        assert_eq!(faults(&[*change]), [*fault]);
    }

    let mut files = shipped();
    files.push(("calendar/2024-again.toml", "year = 2024\ndecree = []\nday = []\n".to_owned()));
    assert_eq!(load(&files), ["calendar: the year 2024 is given twice"]);
}

/// Guards: files that nobody reads and packs without a head are faults, not silence.
#[test]
fn stray_and_missing_files() {
    let mut files = shipped();
    files.push(("pemilu-2022/clock.toml", String::new()));
    files.push(("notes.toml", String::new()));
    assert_eq!(
        load(&files),
        ["pemilu-2022/clock.toml: no rule says what this file is", "notes.toml: no rule says what this file is"]
    );

    let mut files = shipped();
    files.retain(|(path, _)| *path != "pilkada-2024/pack.toml");
    assert_eq!(load(&files), ["pilkada-2024: pack.toml is missing"]);

    let mut files = shipped();
    files.retain(|(path, _)| !path.starts_with("discipline-2021/"));
    assert_eq!(load(&files), ["no pack of the regime discipline"]);

    let renamed = ("pemilu-2022/pack.toml", "id = \"pemilu-2022\"", "id = \"pemilu-2023\"");
    assert_eq!(faults(&[renamed]), ["pemilu-2022/pack.toml: the id is 'pemilu-2023', not the folder's name"]);

    let mut files = shipped();
    files.retain(|(path, _)| !path.starts_with("calendar/"));
    assert_eq!(load(&files), ["calendar: no calendar year is packed"]);
}

/// Guards: all faults are told at once, so that a pack is mended in one round.
#[test]
fn all_faults_are_told_at_once() {
    let found = faults(&[
        ("pemilu-2022/clocks.toml", "cite = \"UU 7/2017 art. 454(8)\"", "cite = \"\""),
        ("pilkada-2020/procedure.toml", "to = \"asn-neutrality\"", "to = \"nobody\""),
        ("pilkada-2020/pack.toml", "valid_to = \"2024-09-29\"", "valid_to = \"2024-10-05\""),
    ]);
    assert_eq!(
        found,
        [
            "pemilu-2022: clock HANDLING_MAX has no article",
            "pilkada-2020: route other-law-asn goes to the role 'nobody', which no authority holds",
            "pilkada-2020 and pilkada-2024 overlap or leave a hole",
        ]
    );
}
