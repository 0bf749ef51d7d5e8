//! Acts in words: any text of any person on any day gets an answer or an error.
#![no_main]

use std::sync::OnceLock;

use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;
use netra_law::Law;
use netra_law::classify::{Question, classify};
use netra_law::pack::Regime;

static LAW: OnceLock<Law> = OnceLock::new();

fuzz_target!(|input: (u16, u8, bool, &str)| {
    let (day, subject, pemilu, act) = input;
    let law = LAW.get_or_init(|| Law::embedded().expect("the shipped packs load"));
    let subjects = law.subjects();
    let subject = &subjects[usize::from(subject) % subjects.len()].id;
    let date = Date::constant(2000, 1, 1).saturating_add(jiff::Span::new().days(i64::from(day)));
    let regime = if pemilu { Regime::Pemilu } else { Regime::Pilkada };
    let _ = classify(law, &Question { act, subject, date, regime, region: "64.71" });
});
