//! Case numbers: published ones are read, what strays from the pattern is named, and what is printed
//! is read back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_law::numbering::{
    Administrative, CaseNumber, Clash, Contest, Deviation, DocKind, Level, MonthStyle, NumberError, NumberParts,
    OfficeNumbering, OfficeTemplate, Registered, Restart, Series, Template, TemplateError, parse, render,
};
use netra_law::pack::Regime;
use proptest::prelude::*;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::{day, law};

const PEMILU: Option<Regime> = Some(Regime::Pemilu);
const PILKADA: Option<Regime> = Some(Regime::Pilkada);

/// Printed number, its election, what it means in one line, and where it strays.
type Row = (&'static str, Option<Regime>, &'static str, &'static [Deviation]);

/// A number in one line, each part under its own name.
fn told(n: &CaseNumber) -> String {
    let registered = if n.registered == Registered::Yes { " registered" } else { "" };
    let administrative = if n.administrative == Administrative::Yes { " administrative" } else { "" };
    let contest = n.contest.map_or("-", Contest::token);
    let month = if n.month_style == MonthStyle::Arabic { "arabic" } else { "roman" };
    format!(
        "{} of {} digits{registered}{administrative} {:?} {contest} {} {} {} {month} {}",
        n.running, n.width, n.kind, n.level, n.area, n.month, n.year
    )
}

/// Every number that was published, as it was printed.
const PUBLISHED: &[Row] = &[
    // Pemilu.
    (
        "015/LP/PL/Kota/13.03/1/2024",
        PEMILU,
        "15 of 3 digits Report PL Kota 13.03 1 arabic 2024",
        &[Deviation::ArabicMonth],
    ),
    ("015/LP/PL/Kota/13.03/I/2024", PEMILU, "15 of 3 digits Report PL Kota 13.03 1 roman 2024", &[]),
    ("001/Reg/LP/PL/Kota/23.02/I/2024", PEMILU, "1 of 3 digits registered Report PL Kota 23.02 1 roman 2024", &[]),
    ("002/LP/PL/Kab/27.09/III/2024", PEMILU, "2 of 3 digits Report PL Kab 27.09 3 roman 2024", &[]),
    ("021/LP/PL/RI/00.00/III/2024", PEMILU, "21 of 3 digits Report PL RI 00.00 3 roman 2024", &[]),
    ("006/TM/PL/Kab/27.09/IV/2024", PEMILU, "6 of 3 digits Finding PL Kab 27.09 4 roman 2024", &[]),
    (
        "01/TM/PL/Kec. Karangreja/14.26/I/2019",
        PEMILU,
        "1 of 2 digits Finding PL Kec. Karangreja 14.26 1 roman 2019",
        &[],
    ),
    ("22/LP/PL/ADM/RI/00.00/V/2019", PEMILU, "22 of 2 digits administrative Report PL RI 00.00 5 roman 2019", &[]),
    // Pilkada.
    ("002/PL/PB/Kab/16.12/X/2020", PILKADA, "2 of 3 digits Delivery PB Kab 16.12 10 roman 2020", &[]),
    ("02/Reg/LP/PB/Kab/16.12/X/2020", PILKADA, "2 of 2 digits registered Report PB Kab 16.12 10 roman 2020", &[]),
    ("31/TM/PW/Kota/32.01/XI/2020", PILKADA, "31 of 2 digits Finding PW Kota 32.01 11 roman 2020", &[]),
    ("32/TM/PW/Kota/32.01/XI/2020", PILKADA, "32 of 2 digits Finding PW Kota 32.01 11 roman 2020", &[]),
    ("33/TM/PW/Kota/32.01/XI/2020", PILKADA, "33 of 2 digits Finding PW Kota 32.01 11 roman 2020", &[]),
    ("06/PL/PW/Kota/02.08/X/2024", PILKADA, "6 of 2 digits Delivery PW Kota 02.08 10 roman 2024", &[]),
    ("020/PL/PB/KAB/27.07/X/2024", PILKADA, "20 of 3 digits Delivery PB Kab 27.07 10 roman 2024", &[Deviation::Case]),
    (
        "001/Reg/LP/PB/Kab 27.07/X/2024",
        PILKADA,
        "1 of 3 digits registered Report PB Kab 27.07 10 roman 2024",
        &[Deviation::MissingSlash],
    ),
    (
        "002/Reg/LP/PB/Kab 27.07/X/2024",
        PILKADA,
        "2 of 3 digits registered Report PB Kab 27.07 10 roman 2024",
        &[Deviation::MissingSlash],
    ),
    ("03/Reg/LP/PB/Kab/16.34/X/2024", PILKADA, "3 of 2 digits registered Report PB Kab 16.34 10 roman 2024", &[]),
    (
        "01/LP/PP/Kab/07.05/10/2024",
        PILKADA,
        "1 of 2 digits Report PP Kab 07.05 10 arabic 2024",
        &[Deviation::ArabicMonth, Deviation::OtherRegime],
    ),
    ("001/Reg/LP/PW/Kota/23.01/IX/2024", PILKADA, "1 of 3 digits registered Report PW Kota 23.01 9 roman 2024", &[]),
];

fn check(rows: &[Row]) {
    for (text, regime, expected, deviations) in rows {
        let number = parse(text, *regime).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(told(&number), *expected, "{text}");
        assert_eq!(number.deviations, *deviations, "{text}");
    }
}

#[test]
fn every_published_number_is_read() {
    check(PUBLISHED);
}

/// Guards: a number without deviation is printed back letter by letter; others come out in order.
#[test]
fn numbers_are_printed_in_order() {
    for (text, regime, _, deviations) in PUBLISHED {
        let number = parse(text, *regime).unwrap();
        let printed = number.to_string();
        if deviations.is_empty() {
            assert_eq!(printed, *text);
        }
        let again = parse(&printed, *regime).unwrap();
        assert_eq!(told(&again), told(&number), "{text}");
        assert_eq!(again.to_string(), printed);
    }
    let printed = |text: &str| parse(text, None).unwrap().to_string();
    assert_eq!(printed("001/Reg/LP/PB/Kab 27.07/X/2024"), "001/Reg/LP/PB/Kab/27.07/X/2024");
    assert_eq!(printed("020/PL/PB/KAB/27.07/X/2024"), "020/PL/PB/Kab/27.07/X/2024");
}

/// Guards: what the law table says must be accepted, one way of straying at a time and several at once.
#[test]
fn what_strays_is_read_and_named() {
    let city = "7 of 3 digits registered Report PL Kota 13.03 9 roman 2024";
    let sub_district = "1 of 3 digits Finding PL Kec. Sungai Contoh 14.26 1 roman 2024";
    check(&[
        ("007/Reg/LP/PL/Kota/13.03/IX/2024", None, city, &[]),
        ("007//Reg/LP/PL/Kota//13.03/IX/2024", None, city, &[Deviation::DoubledSlash]),
        ("007/Reg/LP/PL/Kota/13.03/IX/2024/", None, city, &[Deviation::DoubledSlash]),
        ("007 Reg LP PL Kota 13.03 IX 2024", None, city, &[Deviation::MissingSlash]),
        ("007Reg/LP/PL/Kota13.03/IX2024", None, city, &[Deviation::MissingSlash]),
        ("007 / Reg / LP / PL / Kota / 13.03 / IX / 2024", None, city, &[Deviation::Spaces]),
        (" 007/Reg/LP/PL/Kota/13.03/IX/2024\n", None, city, &[Deviation::Spaces]),
        ("007/reg/lp/pl/kota/13.03/ix/2024", None, city, &[Deviation::Case]),
        ("007/REG/LP/PL/KOTA/13.03/IX/2024", None, city, &[Deviation::Case]),
        ("007/Reg./LP/PL/Kota/13.03/IX/2024", None, city, &[Deviation::Spelling]),
        ("007/LP/Reg/PL/Kota/13.03/IX/2024", None, city, &[Deviation::Form]),
        ("001/TM/PL/Kec. Sungai Contoh/14.26/I/2024", None, sub_district, &[]),
        ("001/TM/PL/Kec.Sungai Contoh/14.26/I/2024", None, sub_district, &[Deviation::Spelling]),
        ("001/TM/PL/Kec Sungai Contoh/14.26/I/2024", None, sub_district, &[Deviation::Spelling]),
        ("001/TM/PL/Kecamatan Sungai Contoh/14.26/I/2024", None, sub_district, &[Deviation::Spelling]),
        ("001/TM/PL/Kec. Sungai  Contoh/14.26/I/2024", None, sub_district, &[Deviation::Spaces]),
        ("001/TM/PL/Kec. Sungai Contoh 14.26/I/2024", None, sub_district, &[Deviation::MissingSlash]),
        (
            "7/LP/PL/kab. 27.07//10/2024",
            None,
            "7 of 1 digits Report PL Kab 27.07 10 arabic 2024",
            &[
                Deviation::Case,
                Deviation::MissingSlash,
                Deviation::Spelling,
                Deviation::DoubledSlash,
                Deviation::ArabicMonth,
            ],
        ),
        (
            "1234/LP/PL/Prov/27.00/08/2024",
            None,
            "1234 of 4 digits Report PL Prov 27.00 8 arabic 2024",
            &[Deviation::ArabicMonth],
        ),
        ("001/TM/PL/Kec/14.26.03/I/2024", None, "1 of 3 digits Finding PL Kec 14.26.03 1 roman 2024", &[]),
        (
            "001/TM/Kab/14.26/I/2024",
            None,
            "1 of 3 digits Finding - Kab 14.26 1 roman 2024",
            &[Deviation::MissingContest],
        ),
    ]);
}

/// Guards: `PL` is kind or contest by its place, and by the regime where the place is not enough.
#[test]
fn pl_by_place_and_regime() {
    let kind = |text: &str, regime| parse(text, regime).map(|n| (n.kind, n.contest, n.deviations));
    let contest = "005/LP/PL/Kab/16.12/X/2020";
    assert_eq!(kind(contest, None), Ok((DocKind::Report, Some(Contest::Pl), vec![])));
    assert_eq!(kind(contest, PEMILU), Ok((DocKind::Report, Some(Contest::Pl), vec![])));
    assert_eq!(kind(contest, PILKADA), Ok((DocKind::Report, Some(Contest::Pl), vec![Deviation::OtherRegime])));

    let delivery = "005/PL/PB/Kab/16.12/X/2020";
    assert_eq!(kind(delivery, None), Ok((DocKind::Delivery, Some(Contest::Pb), vec![])));
    assert_eq!(kind(delivery, PILKADA), Ok((DocKind::Delivery, Some(Contest::Pb), vec![])));
    assert_eq!(kind(delivery, PEMILU), Ok((DocKind::Delivery, Some(Contest::Pb), vec![Deviation::OtherRegime])));

    let alone = "005/PL/Kab/16.12/X/2020";
    assert_eq!(kind(alone, PILKADA), Ok((DocKind::Delivery, None, vec![Deviation::MissingContest])));
    assert_eq!(kind(alone, None), Ok((DocKind::Delivery, None, vec![Deviation::MissingContest])));
    assert_eq!(
        kind(alone, PEMILU),
        Err(NumberError::Kind),
        "in a Pemilu number it is the contest, and the kind is missing"
    );
}

/// Guards: letters of other bodies and scraps are no case numbers; the error says which part is missing.
#[test]
fn what_is_no_case_number_is_refused() {
    let rows = [
        ("", NumberError::Running),
        ("R-4899/NK.0100/12/2023", NumberError::Running),
        ("R-3792/KASN/11/2020", NumberError::Running),
        ("12345/LP/PL/Kab/16.12/X/2020", NumberError::Running),
        ("460/KR.XIV-PB/IX/2023", NumberError::Word("KR".to_owned())),
        ("001/LP/XX/Kab/16.12/X/2020", NumberError::Word("XX".to_owned())),
        ("001/LP/TM/PL/Kab/16.12/X/2020", NumberError::Twice),
        ("001/LP/PL/PB/Kab/16.12/X/2020", NumberError::Twice),
        ("001/Reg/Reg/LP/PB/Kab/16.12/X/2020", NumberError::Twice),
        ("001/Reg/PB/Kab/16.12/X/2020", NumberError::Kind),
        ("001/LP/PL/16.12/X/2020", NumberError::Level),
        ("001", NumberError::Level),
        ("001/LP/PL/Kab/X/2020", NumberError::Area),
        ("001/LP/PL/Kab/16.123/X/2020", NumberError::Area),
        ("001/TM/PL/Kec. Contoh/I/2019", NumberError::Area),
        ("001/LP/PL/Kab/16.12/XIII/2020", NumberError::Month),
        ("001/LP/PL/Kab/16.12/0/2020", NumberError::Month),
        ("001/LP/PL/Kab/16.12/13/2020", NumberError::Month),
        ("001/LP/PL/Kab/16.12/2020", NumberError::Month),
        ("001/LP/PL/Kab/16.12/X", NumberError::Year),
        ("001/LP/PL/Kab/16.12/X/20", NumberError::Year),
        ("001/LP/PL/Kab/16.12/X/0020", NumberError::Year),
        ("001-LP/PL/Kab/16.12/X/2020", NumberError::Character('-')),
        ("001/LP/PL/Kab/16.12/X/2020 tentang", NumberError::Trailing("tentang".to_owned())),
    ];
    for (text, error) in rows {
        assert_eq!(parse(text, None), Err(error), "{text}");
    }
    assert_eq!(
        parse("001/LP/XX/Kab/16.12/X/2020", None).unwrap_err().to_string(),
        "'XX' is no part of a case number: expected Reg, LP, TM, a contest (PL, PP, PG, PB, PW), ADM or a level"
    );
    assert_eq!(
        parse("005/PL/Kab/16.12/X/2020", PEMILU).unwrap_err().to_string(),
        "the number does not say LP or TM; in a Pemilu number PL is the contest"
    );
}

/// Guards: the numbers that the packs make are numbers that the reader knows, without any deviation.
#[test]
fn numbers_of_the_packs_are_read_back() {
    for pack in law().packs().iter().filter(|p| !p.head.numbering.is_empty()) {
        for series in [Series::Report, Series::Registered, Series::Finding] {
            let pattern = pack.number_pattern(series).unwrap();
            for (n, level) in [(1, "RI"), (12, "Prov"), (345, "Kab"), (1234, "Kota"), (7, "Kec. Contoh")] {
                let contest = if pack.head.regime == Regime::Pemilu { "PL" } else { "PB" };
                let parts = NumberParts { n, level, area: "23.01", contest, date: day("2024-12-31") };
                let text = render(pattern, &parts);
                let number = parse(&text, Some(pack.head.regime)).unwrap_or_else(|error| panic!("{text}: {error}"));
                assert!(number.deviations.is_empty(), "{text}");
                assert_eq!(number.to_string(), text);
                assert_eq!((number.running, number.month, number.year), (n, 12, 2024), "{text}");
                let registered = if series == Series::Registered { Registered::Yes } else { Registered::No };
                assert_eq!(number.registered, registered, "{text}");
                assert_eq!(number.kind == DocKind::Finding, series == Series::Finding, "{text}");
            }
        }
    }
}

fn settings() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

fn levels() -> impl Strategy<Value = Level> {
    prop_oneof![
        Just(Level::Ri),
        Just(Level::Prov),
        Just(Level::Kab),
        Just(Level::Kota),
        "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,2}".prop_map(Level::Kec),
    ]
}

/// Numbers as the pattern asks.
fn numbers() -> impl Strategy<Value = CaseNumber> {
    let registered = prop_oneof![Just(Registered::Yes), Just(Registered::No)];
    let administrative = prop_oneof![Just(Administrative::Yes), Just(Administrative::No)];
    let letters = (
        registered,
        prop::sample::select(DocKind::ALL.to_vec()),
        prop::sample::select(Contest::ALL.to_vec()),
        administrative,
    );
    let rest = (levels(), "[0-9]{2}\\.[0-9]{2}(\\.[0-9]{2})?", 1_u8..=12, 1000_i16..=9999);
    (0_u32..10_000, 1_usize..=4, letters, rest).prop_map(|(running, width, letters, rest)| CaseNumber {
        running,
        width: width.max(running.to_string().len()),
        registered: letters.0,
        kind: letters.1,
        contest: Some(letters.2),
        administrative: letters.3,
        level: rest.0,
        area: rest.1,
        month: rest.2,
        month_style: MonthStyle::Roman,
        year: rest.3,
        deviations: Vec::new(),
    })
}

proptest! {
    #![proptest_config(settings())]

    /// Guards: what is printed is read back as it was, without a deviation.
    #[test]
    fn a_number_is_read_back_as_it_was_printed(number in numbers()) {
        let text = number.to_string();
        let read = parse(&text, None).unwrap();
        prop_assert_eq!(&read, &number);
        prop_assert_eq!(read.to_string(), text);
    }

    /// Guards: straying never changes what is meant.
    #[test]
    fn straying_does_not_change_the_meaning(number in numbers()) {
        let text = number.to_string();
        let mut strays = vec![text.replace('/', "//"), text.replace('/', " / "), format!("  {text} ")];
        if !matches!(number.level, Level::Kec(_)) {
            strays.extend([text.to_lowercase(), text.to_uppercase(), text.replace('/', " ")]);
        }
        for stray in strays {
            let read = parse(&stray, None).unwrap();
            prop_assert!(!read.deviations.is_empty() || stray == text, "{}", stray);
            prop_assert_eq!(read.to_string(), text.clone(), "{}", stray);
        }
    }

    /// Guards: any text is judged without a panic; what is read is printed stably, and no deviation is silent.
    #[test]
    fn any_text_is_judged(text in ".{0,60}") {
        judge(&text);
    }

    /// The same for texts that look nearly like numbers.
    #[test]
    fn any_scramble_of_parts_is_judged(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "1", "001", "12345", "/", "//", " ", ".", "Reg", "reg", "LP", "TM", "PL", "PB", "PP", "ADM", "RI",
                "Kab", "Kec", "Kec.", "Contoh", "Él", "²", "23.01", "1.2.3", "1..2", "I", "xii", "13", "2024", "-",
            ]),
            0..14,
        )
    ) {
        judge(&parts.concat());
        judge(&format!("001/LP/{}/23.01/I/2024", parts.concat()));
        judge(&format!("001/TM/PL/Kec{}/23.01/I/2024", parts.concat()));
    }
}

fn judge(text: &str) {
    for regime in [None, PEMILU, PILKADA] {
        let Ok(number) = parse(text, regime) else { continue };
        let printed = number.to_string();
        assert!(!number.deviations.is_empty() || printed == text, "{text} is read as {printed}, and nothing says so");
        let again = parse(&printed, regime).unwrap_or_else(|error| panic!("{text} as {printed}: {error}"));
        assert_eq!(again.to_string(), printed, "{text}");
        assert_eq!(told(&again), told(&number), "{text}");
    }
}

#[test]
fn templates_of_offices_and_what_is_wrong_with_them() {
    for text in ["{n}/LP/{contest}/{level}/{area}/{month}/{year}", " {n} ", "No. {n}-{year}"] {
        assert_eq!(text.parse::<Template>().unwrap().as_str(), text.trim());
    }
    let long = format!("{{n}}{}", "x".repeat(Template::LONGEST));
    for (text, error) in [
        ("", TemplateError::NoRunningNumber),
        ("LP/{year}", TemplateError::NoRunningNumber),
        ("{n}/{tahun}", TemplateError::Placeholder),
        ("{n}/{", TemplateError::Placeholder),
        ("{n}}", TemplateError::Placeholder),
        ("{n}\n{year}", TemplateError::Line),
        (long.as_str(), TemplateError::Line),
    ] {
        assert_eq!(text.parse::<Template>(), Err(error), "{text}");
    }
}

/// An office whose templates would let two matters bear one number is told which.
#[test]
fn clashing_templates_are_found() {
    let numbering = |restart, templates: &[(Regime, Series, &str)]| OfficeNumbering {
        restart,
        templates: templates
            .iter()
            .map(|(regime, series, text)| OfficeTemplate {
                regime: *regime,
                series: *series,
                template: text.parse().unwrap(),
            })
            .collect(),
    };
    let (pemilu, pilkada) = (Regime::Pemilu, Regime::Pilkada);
    let (report, finding) = (Series::Report, Series::Finding);
    type Row<'t> = (Restart, &'t [(Regime, Series, &'t str)], &'t [Clash]);
    let rows: &[Row<'_>] = &[
        (Restart::Yearly, &[], &[]),
        (Restart::Never, &[], &[]),
        (Restart::Yearly, &[(pemilu, report, "{n}/LP")], &[Clash::Years(pemilu, report)]),
        (Restart::Never, &[(pemilu, report, "{n}/LP")], &[]),
        (Restart::Never, &[(pemilu, report, "{n}/A"), (pemilu, finding, "{n}/A")], &[Clash::Series(pemilu, finding)]),
        (
            Restart::Yearly,
            &[(pemilu, report, "{n}/TM/PL/{level}/{area}/{month}/{year}")],
            &[Clash::Series(pemilu, finding)],
        ),
        (Restart::Never, &[(pemilu, report, "{n}/A"), (pilkada, report, "{n}/A")], &[Clash::Series(pilkada, report)]),
        (Restart::Never, &[(pemilu, report, "{n}/A/{contest}"), (pilkada, report, "{n}/A/{contest}")], &[]),
    ];
    for (restart, templates, clashes) in rows {
        assert_eq!(numbering(*restart, templates).clashes(law()), *clashes, "{templates:?}");
    }
}
