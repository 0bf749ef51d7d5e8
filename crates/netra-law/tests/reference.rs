//! Rules without clocks: sanctions by the day of the act, who imposes them, duties, organs, zones of provinces.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_law::Law;
use netra_law::pack::{FormOf, Power, SanctionLevel};
use netra_law::time::Zone;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

fn sanctions(level: SanctionLevel, act: &str) -> Vec<&'static str> {
    law().reference().sanctions_on(level, day(act)).map(|s| s.id.as_str()).collect()
}

/// Guards: the law of the day of the act holds, and what stands in the place of another is told with it.
#[test]
fn the_catalogue_follows_the_day_of_the_act() {
    let before = "2021-08-30";
    let since = "2021-08-31";
    assert!(sanctions(SanctionLevel::Moderate, before).iter().all(|id| id.starts_with("pp53-")));
    assert_eq!(sanctions(SanctionLevel::Moderate, before).len(), 3);
    assert_eq!(sanctions(SanctionLevel::Severe, before).len(), 6, "with the one for party membership");
    assert_eq!(sanctions(SanctionLevel::Light, since).len(), 3);
    assert_eq!(sanctions(SanctionLevel::Moderate, since).len(), 4, "one and its three substitutes");
    let substitutes = law().reference().sanctions_on(SanctionLevel::Moderate, day(since));
    assert_eq!(substitutes.filter(|s| s.substitutes.as_deref() == Some("moderate-allowance")).count(), 3);
    assert_eq!(sanctions(SanctionLevel::MoralOpen, "2020-09-01"), ["moral-open"]);
}

/// Guards: every row of the discipline table without a clock is a duty, and the others are clocks.
#[test]
fn every_row_of_the_discipline_table_is_there() {
    let duties = &law().reference().duties.duty;
    let pack = law().pack_for(netra_law::pack::Regime::Discipline, day("2024-01-01")).unwrap();
    for n in 1..=17 {
        let id = format!("D{n}");
        let is_duty = duties.iter().any(|duty| duty.id == id);
        assert!(is_duty != pack.clock(&id).is_some(), "{id} is a clock or a duty");
    }
}

/// Guards: all provinces have one zone, and a region is found by its province.
#[test]
fn every_province_has_a_zone() {
    let reference = law().reference();
    assert_eq!(reference.places.zone.iter().map(|z| z.provinces.len()).sum::<usize>(), 38);
    for (region, zone) in [
        ("64.71", Some(Zone::Wita)),
        ("61.01", Some(Zone::Wib)),
        ("65", Some(Zone::Wita)),
        ("96.01", Some(Zone::Wit)),
        ("11", Some(Zone::Wib)),
        ("00", None),
        ("", None),
    ] {
        assert_eq!(reference.zone_of(region), zone, "{region}");
    }
}

/// Guards: only bodies that the law names receive reports, and the sub-district never decides.
#[test]
fn organs_have_the_powers_of_the_law() {
    let organs = &law().reference().organs.organ;
    let may = |power| organs.iter().filter(move |o| o.may.contains(&power)).map(|o| o.id.as_str()).collect::<Vec<_>>();
    assert_eq!(may(Power::EthicsOfAdHoc), ["bawaslu-kabupaten-kota"]);
    assert_eq!(may(Power::RecommendAdministrative), ["panwaslu-kecamatan"]);
    assert!(!may(Power::Receive).contains(&"panwaslu-kelurahan-desa"));
}

/// Guards: announcements of findings and ethics letters have forms of their own.
#[test]
fn forms_differ_by_origin_and_route() {
    let pack = pack("pilkada-2024");
    let announce = pack.step("announce-status").unwrap();
    assert_eq!((announce.form_for(FormOf::Report), announce.form_for(FormOf::Finding)), (Some("A.17"), Some("A.18")));
    let study = pack.step("initial-study").unwrap();
    assert_eq!(study.form_for(FormOf::Report), study.form_for(FormOf::Finding));
    assert_eq!(pack.route("ethics", "penyelenggara").unwrap().form.as_deref(), Some("A.13"));
}

/// Guards: dangling names and spans of time in these files are faults.
#[test]
fn faults_in_them_are_told() {
    let faults = |file: &str, from: &str, to: &str| {
        let files: Vec<(String, String)> = netra_law::EMBEDDED
            .iter()
            .map(|(path, text)| {
                let changed = if *path == file { text.replacen(from, to, 1) } else { (*text).to_owned() };
                ((*path).to_owned(), changed)
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Law::from_files(&files).map(|_| ()).unwrap_err().to_string()
    };
    for (file, from, to, told) in [
        ("sanctions.toml", "substitutes = \"moderate-allowance\"", "substitutes = \"x\"", "in the place of 'x'"),
        ("sanctions.toml", "substitutes = \"moderate-allowance\"", "substitutes = \"light-oral\"", "another level"),
        ("sanctions.toml", "subjects = [\"pns\", \"cpns\"]", "subjects = [\"x\"]", "unknown kind of person 'x'"),
        ("duties.toml", "id = \"D4\"", "id = \"D1\"", "duty 'D1' is given twice"),
        ("duties.toml", "cite = \"PP 94/2021 art. 26(1)\"", "cite = \"\"", "duty D1 has no article"),
        ("organs.toml", "may = [\"handle-crime\"]", "may = []", "organ gakkumdu may do nothing"),
        ("places.toml", "\"11\", \"12\"", "\"11\", \"11\"", "province '11' is given twice"),
        ("pilkada-2020/pack.toml", "stages = [\"voting-day\"]", "stages = [\"x\"]", "stage 'x', which no election has"),
    ] {
        let text = faults(file, from, to);
        assert!(text.contains(told), "{told} in {text}");
    }
}
