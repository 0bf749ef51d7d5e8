//! Every figure equals a recount over the acts that knows nothing of the folded matter.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[allow(dead_code, reason = "shared; each test program uses a part")]
#[path = "../../netra-docket/tests/support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use netra_docket::act::{
    Act, AppealDecided, AppealKind, AppealResult, AuthorityOutcome, PersonResult, SanctionReported, TracingResult,
};
use netra_docket::clocks::{Standing, clocks};
use netra_docket::entry::Entry;
use netra_docket::ids::PersonNo;
use netra_docket::matter::{Matter, Stage, effective};
use netra_docket::person::{Capacity, Person};
use netra_law::pack::Party;
use netra_statistics::{
    Catalogue, Dimension, ElectionRef, Facts, RawCell, Row, Slice, Unit, facts, is_public, publish,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use support::*;

/// The region of the office of [`support`].
const REGION: &str = "64.71";

fn facts_at(docket: &DocketBuilder, now: &str) -> Option<Facts> {
    facts(&docket.matter(), law(), REGION, &docket.clocks(now))
}

/// A decision that names types as well.
fn decide_types(types: &[(PersonNo, &[&str], &[&str])]) -> Act {
    let Act::PlenaryDecided(mut decided) = decide(&[]) else { unreachable!() };
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    decided.results = types
        .iter()
        .map(|(person, kinds, types)| PersonResult {
            person: *person,
            kinds: words(kinds),
            types: words(types),
            articles: String::new(),
        })
        .collect();
    Act::PlenaryDecided(decided)
}

fn sanction_of(person: PersonNo, words: &str) -> Act {
    let dated = day("2024-03-15");
    Act::SanctionReported(SanctionReported { person, decree: "SK-2".to_owned(), dated, sanction: words.to_owned() })
}

fn appeal_ends(person: PersonNo, result: AppealResult, words: &str) -> Act {
    let (number, dated, sanction) = ("P-1".to_owned(), day("2024-05-20"), words.to_owned());
    Act::AppealDecided(AppealDecided { person, result, number, dated, sanction })
}

// --- The oracle: over acts, one question at a time ----------------------------------------------------

struct Recount<'a> {
    acts: Vec<(&'a Entry, &'a Act, Date)>,
}

impl<'a> Recount<'a> {
    fn of(entries: &'a [Entry]) -> Recount<'a> {
        Recount { acts: effective(entries).unwrap().into_iter().map(|(e, what, at)| (e, what, at.date())).collect() }
    }

    fn first(&self, is: fn(&Act) -> bool) -> Option<Date> {
        self.acts.iter().find(|(_, act, _)| is(act)).map(|(_, _, day)| *day)
    }

    fn last(&self, is: fn(&Act) -> bool) -> Option<Date> {
        self.acts.iter().rev().find(|(_, act, _)| is(act)).map(|(_, _, day)| *day)
    }

    /// The reported persons as they were last described.
    fn reported(&self) -> Vec<Person> {
        let mut found: BTreeMap<PersonNo, Person> = BTreeMap::new();
        for (_, act, _) in &self.acts {
            let persons: &[Person] = match act {
                Act::ReportReceived(r) => &r.persons,
                Act::TipReceived(t) => &t.persons,
                Act::InformationRecorded(i) => &i.persons,
                Act::TracingReported(t) => &t.persons,
                Act::FindingFixed(f) => &f.persons,
                Act::RepairReceived(r) => &r.persons,
                Act::PersonAdded(p) => std::slice::from_ref(&p.person),
                _ => &[],
            };
            found.extend(persons.iter().map(|person| (person.no, person.clone())));
        }
        found.into_values().filter(|person| person.capacity == Capacity::Reported).collect()
    }

    fn decision(&self) -> Option<&[PersonResult]> {
        self.acts.iter().rev().find_map(|(_, act, _)| match act {
            Act::PlenaryDecided(decided) => Some(decided.results.as_slice()),
            _ => None,
        })
    }

    fn source(&self) -> &'static str {
        let report = matches!(self.acts[0].1, Act::ReportReceived(_));
        let turned = self.first(|act| matches!(act, Act::MadeInitialInformation(_))).is_some();
        match self.first(|act| matches!(act, Act::FindingFixed(_))) {
            Some(_) => "finding",
            None if report && !turned => "report",
            None => "information",
        }
    }

    fn months(&self) -> String {
        self.acts[0].2.strftime("%m").to_string()
    }

    fn result(&self, person: PersonNo) -> &'static str {
        let Some(results) = self.decision() else { return "undecided" };
        let own: Vec<&PersonResult> = results.iter().filter(|r| r.person == person).collect();
        match (own.is_empty(), own.iter().any(|r| !r.kinds.is_empty())) {
            (true, _) => "not-stated",
            (false, true) => "violation",
            (false, false) => "no-violation",
        }
    }

    fn recommended(&self, person: PersonNo) -> Option<Date> {
        self.acts.iter().find_map(|(_, act, _)| match act {
            Act::RecommendationReceived(r) if r.persons.iter().any(|p| p.person == person) => Some(r.dated),
            _ => None,
        })
    }

    fn sanctions(&self, person: PersonNo) -> Vec<&SanctionReported> {
        let own = self.acts.iter().filter_map(|(_, act, _)| match act {
            Act::SanctionReported(s) if s.person == person => Some(s),
            _ => None,
        });
        own.collect()
    }

    fn follow_up(&self, person: PersonNo) -> &'static str {
        match (self.recommended(person), self.sanctions(person).len()) {
            (None, 0) => "not-recommended",
            (Some(_), 0) => "open",
            (Some(_), _) => "done",
            (None, _) => "done-without",
        }
    }

    /// The forwardings that were not sent back, with their day.
    fn forwardings(&self) -> Vec<(&netra_docket::act::Forwarded, Date, bool)> {
        let returned: BTreeSet<_> = self
            .acts
            .iter()
            .filter_map(|(_, act, _)| match act {
                Act::ForwardingReturned(returned) => Some(returned.forwarding),
                _ => None,
            })
            .collect();
        let sent = self.acts.iter().filter_map(|(entry, act, day)| match act {
            Act::Forwarded(sent) => Some((sent, *day, !returned.contains(&entry.id))),
            _ => None,
        });
        sent.collect()
    }
}

/// The span between two days, sought day by day.
fn days_between(from: Option<Date>, to: Option<Date>) -> &'static str {
    let Some(to) = to else { return "not-reached" };
    let Some(from) = from else { return "not-stated" };
    if to < from {
        return "out-of-order";
    }
    let (mut day, mut count) = (from, 0_u32);
    while day < to {
        day = day.tomorrow().unwrap();
        count += 1;
    }
    match count {
        0 => "0",
        1..=2 => "1-2",
        3..=5 => "3-5",
        6..=7 => "6-7",
        8..=14 => "8-14",
        15..=30 => "15-30",
        31..=60 => "31-60",
        _ => "61+",
    }
}

fn add(found: &mut BTreeMap<(Dimension, String), u64>, dimension: Dimension, value: &str) {
    *found.entry((dimension, value.to_owned())).or_default() += 1;
}

/// Everything that should be counted, but for what the matter's stage and clocks tell.
fn recount(docket: &DocketBuilder) -> BTreeMap<(Dimension, String), u64> {
    let recount = Recount::of(&docket.entries);
    let mut found = BTreeMap::new();
    let opened = Some(recount.acts[0].2);
    let registered = recount.last(|act| matches!(act, Act::Registered(_)));
    let decided = recount.last(|act| matches!(act, Act::PlenaryDecided(_)));
    let sent = recount.forwardings();
    add(&mut found, Dimension::Source, recount.source());
    add(&mut found, Dimension::Month, &recount.months());
    let studied = recount.first(|act| matches!(act, Act::InitialStudyDecided(_)));
    add(&mut found, Dimension::DaysToStudy, days_between(opened, studied));
    add(&mut found, Dimension::DaysToRegistration, days_between(opened, registered));
    add(&mut found, Dimension::DaysToDecision, days_between(registered, decided));
    add(&mut found, Dimension::DaysToForwarding, days_between(decided, sent.first().map(|(_, day, _)| *day)));
    for person in recount.reported() {
        let no = person.no;
        add(&mut found, Dimension::Subject, person.subject.as_deref().unwrap_or("not-stated"));
        add(&mut found, Dimension::Result, recount.result(no));
        add(&mut found, Dimension::FollowUp, recount.follow_up(no));
        let first = sent.iter().find(|(f, _, _)| f.persons.contains(&no)).map(|(_, day, _)| *day);
        let recommended = recount.recommended(no);
        add(&mut found, Dimension::DaysToRecommendation, days_between(first, recommended));
        let sanctioned = recount.sanctions(no).first().map(|s| s.dated);
        add(&mut found, Dimension::DaysToSanction, days_between(recommended, sanctioned));
        if recount.result(no) == "violation" {
            let own = recount.decision().unwrap().iter().filter(|r| r.person == no);
            let types: BTreeSet<&String> = own.flat_map(|r| &r.types).collect();
            types.iter().for_each(|id| add(&mut found, Dimension::Violation, id));
            if types.is_empty() {
                add(&mut found, Dimension::Violation, "not-stated");
            }
        }
    }
    for (forwarded, _, goes_on) in &sent {
        if *goes_on {
            forwarded.persons.iter().for_each(|_| add(&mut found, Dimension::Authority, &forwarded.authority));
        }
    }
    found
}

// --- Generated dockets ----------------------------------------------------------------------------------

fn both() -> [PersonNo; 2] {
    [CIVIL_SERVANT, VILLAGE_HEAD]
}

/// Acts that can follow each other in any order, as a hurried office might record them.
fn menu() -> Vec<Act> {
    let other: &[&str] = &["other-law"];
    vec![
        receipt(),
        study("REGISTER_HERE"),
        study("INCOMPLETE"),
        study("NOT_REGISTERED"),
        ask_repair(),
        register(),
        reject(),
        withdraw(),
        extend(),
        make_information(),
        order_tracing(),
        tracing(TracingResult::Suspected),
        tracing(TracingResult::Nothing),
        finding(),
        decide(&[(CIVIL_SERVANT, other), (VILLAGE_HEAD, &[])]),
        decide(&[(CIVIL_SERVANT, &[])]),
        decide_types(&[(CIVIL_SERVANT, other, &["DIS-06", "DIS-08"]), (VILLAGE_HEAD, other, &["DIS-08"])]),
        forward(&[CIVIL_SERVANT], "other-law", "kasn"),
        forward(&both(), "other-law", "bkn"),
        recommend(None, &[CIVIL_SERVANT]),
        recommend(Some("2024-02-26"), &both()),
        sanction(CIVIL_SERVANT, "2024-03-01"),
        sanction(VILLAGE_HEAD, "2024-01-02"),
        settle(CIVIL_SERVANT, AuthorityOutcome::NotProven),
        announce(),
        delegate(),
        add_person(reported(PersonNo(7), "pppk")),
    ]
}

fn a_docket() -> impl Strategy<Value = DocketBuilder> {
    let opening = select(vec!["report", "pilkada", "information"]);
    let steps = prop::collection::vec((select(menu()), 0_i64..40), 0..14);
    let changes = prop::collection::vec((any::<Index>(), any::<Index>()), 0..3);
    (opening, steps, changes).prop_map(|(opening, steps, changes)| {
        let mut docket = match opening {
            "report" => DocketBuilder::report(),
            "pilkada" => DocketBuilder::pilkada(),
            _ => DocketBuilder::information(),
        };
        let mut day = docket.entries[0].at.date();
        for (act, later) in steps {
            day = day.checked_add(jiff::Span::new().days(later)).unwrap();
            docket = docket.at(&format!("{day}T09:00")).act(act);
        }
        for (which, how) in changes {
            let n = u32::try_from(which.index(docket.entries.len())).unwrap() + 1;
            let sent = matches!(docket.entries[n as usize - 1].what, Act::Forwarded(_));
            let change = match how.index(3) {
                0 if sent => send_back(n),
                0 | 1 => void(n),
                _ => move_to(n, "2024-02-20T10:00"),
            };
            docket = docket.act(change);
        }
        docket
    })
}

fn as_map(facts: &Facts) -> BTreeMap<(Dimension, String), u64> {
    facts.counts.iter().map(|(dimension, value, count)| ((dimension, value.as_str().to_owned()), count)).collect()
}

/// Dimensions that the oracle does not count from acts alone.
const OF_THE_FOLD: [Dimension; 4] = [Dimension::Stage, Dimension::Outcome, Dimension::Timeliness, Dimension::Sanction];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_figure_is_what_a_recount_of_the_acts_gives(docket in a_docket()) {
        let Ok(matter) = Matter::fold(&docket.entries, law()) else { return Ok(()) };
        let Some(found) = facts_at(&docket, "2024-06-01T09:00") else {
            prop_assert!(!is_public(&matter));
            return Ok(());
        };
        let mut counted = as_map(&found);
        counted.retain(|(dimension, _), _| !OF_THE_FOLD.contains(dimension));
        prop_assert_eq!(counted, recount(&docket));
        prop_assert_eq!(found.counts.of(Dimension::Stage, matter.stage().id()), 1);
        prop_assert_eq!(found.year, Recount::of(&docket.entries).acts[0].2.year());
    }

    /// Each dimension of a unit has the same sum, and every value is one that the dictionary explains.
    #[test]
    fn parts_are_a_partition_and_every_value_has_a_label(docket in a_docket()) {
        let Ok(matter) = Matter::fold(&docket.entries, law()) else { return Ok(()) };
        let Some(found) = facts_at(&docket, "2024-06-01T09:00") else { return Ok(()) };
        let catalogue = Catalogue::shipped().unwrap();
        for unit in Unit::ALL {
            let totals: BTreeSet<u64> = unit.dimensions().map(|d| found.counts.total(d)).collect();
            prop_assert_eq!(totals.len(), 1, "{}", unit.id());
        }
        prop_assert_eq!(found.counts.total(Dimension::Source), 1);
        // As the store keeps them.
        let kept = serde_json::to_string(&found).unwrap();
        prop_assert_eq!(serde_json::from_str::<Facts>(&kept).unwrap(), found.clone());
        prop_assert_eq!(found.counts.total(Dimension::Subject), matter.reported().count() as u64);
        for (dimension, value, _) in found.counts.iter() {
            let entry = catalogue.dimensions().iter().find(|entry| entry.id == dimension).unwrap();
            let known = catalogue.values(entry, law()).iter().any(|known| known.id == *value);
            prop_assert!(known, "{}: {}", dimension.id(), value);
        }
    }

    /// Timeliness is the worst standing among the deadlines of those who handle and act.
    #[test]
    fn the_worst_deadline_decides(docket in a_docket()) {
        let Ok(matter) = Matter::fold(&docket.entries, law()) else { return Ok(()) };
        let now = moment("2024-06-01T09:00");
        let all = clocks(&matter, law(), &seat(), now);
        let Some(found) = facts(&matter, law(), REGION, &all) else { return Ok(()) };
        let worst = all
            .states
            .iter()
            .filter(|s| !matches!(s.deadline.rule.who, Party::Reporter | Party::Candidate | Party::Official))
            .filter_map(|s| match s.standing {
                Standing::Overdue => Some((3, "overdue")),
                Standing::Missed => Some((2, "late")),
                Standing::Running => Some((1, "running")),
                Standing::Kept | Standing::Extended | Standing::Stopped => Some((0, "on-time")),
                Standing::Informative => None,
            })
            .max();
        let expected = if all.faults.is_empty() { worst.map_or("none", |(_, word)| word) } else { "not-computed" };
        prop_assert_eq!(found.counts.of(Dimension::Timeliness, expected), 1);
    }

    /// Facts hold until the moment that they name, and a recount then gives others only from there on.
    #[test]
    fn facts_say_how_long_they_hold(docket in a_docket(), hours in 0_i64..3000) {
        if Matter::fold(&docket.entries, law()).is_err() {
            return Ok(());
        }
        let start = docket.entries.last().unwrap().at.instant().as_second();
        let at = |second: i64| {
            netra_law::time::Moment::new(jiff::Timestamp::from_second(second).unwrap(), netra_law::time::Zone::Wita)
        };
        let matter = docket.matter();
        let of = |now| facts(&matter, law(), REGION, &clocks(&matter, law(), &seat(), now));
        let Some(first) = of(at(start)) else { return Ok(()) };
        let later = start + hours * 3600;
        if first.until.is_none_or(|until| later <= until.as_second()) {
            prop_assert_eq!(of(at(later)).unwrap().counts, first.counts);
        } else {
            let until = first.until.unwrap().as_second();
            prop_assert_eq!(of(at(until + 1)).unwrap().counts.of(Dimension::Timeliness, "overdue"), 1);
        }
    }

    /// Public totals are the sums of what was counted, however many matters lie where.
    #[test]
    fn tables_add_up(dockets in prop::collection::vec((a_docket(), select(vec!["64.71", "64.09", "64", "31.71", "00", "?"])), 1..12)) {
        let mut raw: BTreeMap<(String, ElectionRef, i16, Dimension, String), u64> = BTreeMap::new();
        let mut matters = 0_u64;
        for (docket, region) in &dockets {
            let Ok(matter) = Matter::fold(&docket.entries, law()) else { continue };
            let all = clocks(&matter, law(), &seat(), moment("2024-06-01T09:00"));
            let Some(found) = facts(&matter, law(), region, &all) else { continue };
            matters += 1;
            for (dimension, value, count) in found.counts.iter() {
                let key =
                    (found.area.to_string(), found.election.clone(), found.year, dimension, value.as_str().to_owned());
                *raw.entry(key).or_default() += count;
            }
        }
        let cells: Vec<RawCell> = raw
            .iter()
            .map(|((area, election, year, dimension, value), count)| RawCell {
                area: area.parse().unwrap(),
                election: election.clone(),
                year: *year,
                dimension: *dimension,
                value: netra_statistics::Value::new(value.as_str()),
                count: *count,
            })
            .collect();
        // Nothing is hidden where one is enough to be shown.
        let shown = publish(&cells, 1);
        let nation = |slice: &Slice, row: &Row| {
            shown.iter().filter(|c| c.area.as_str().is_empty() && c.slice == *slice && c.row == *row).map(|c| c.count.unwrap()).sum::<u64>()
        };
        prop_assert_eq!(nation(&Slice::All, &Row::Total(Unit::Matters)), matters);
        for cell in shown.iter().filter(|c| matches!(c.row, Row::Total(_))) {
            let Row::Total(unit) = cell.row else { continue };
            for dimension in unit.dimensions() {
                let parts: u64 = shown
                    .iter()
                    .filter(|c| c.area == cell.area && c.slice == cell.slice)
                    .filter(|c| matches!(&c.row, Row::Part(of, _) if *of == dimension))
                    .map(|c| c.count.unwrap())
                    .sum();
                prop_assert_eq!(Some(parts), cell.count, "{} {}", dimension.id(), cell.slice);
            }
        }
    }
}

// --- What the fold tells, in a table --------------------------------------------------------------------

#[test]
fn outcomes_by_how_a_matter_ended() {
    let other: &[&str] = &["other-law"];
    let studied = |outcome: &str| DocketBuilder::report().act(receipt()).act(study(outcome));
    let information = DocketBuilder::information;
    let table = [
        ("open", registered()),
        ("violation", decided()),
        ("no-violation", registered().act(decide(&[(CIVIL_SERVANT, &[]), (VILLAGE_HEAD, &[])]))),
        ("violation", registered().act(decide(&[(CIVIL_SERVANT, other), (VILLAGE_HEAD, &[])]))),
        ("not-registered", studied("NOT_REGISTERED").act(reject())),
        ("withdrawn", DocketBuilder::report().act(receipt()).act(withdraw())),
        ("open", registered().act(withdraw())),
        ("nothing-found", information().acts([order_tracing(), tracing(TracingResult::Nothing)])),
        ("open", information().acts([tracing(TracingResult::Suspected), finding()])),
        ("forwarded-unregistered", studied("FORWARD_OTHER_LAW").act(forward(&both(), "other-law", "kasn"))),
    ];
    for (outcome, docket) in table {
        let found = facts_at(&docket, "2024-06-01T09:00").unwrap();
        assert_eq!(found.counts.of(Dimension::Outcome, outcome), 1, "{outcome}: {:?}", docket.matter().stage());
        assert_eq!(found.area.as_str(), REGION);
    }
}

#[test]
fn what_may_not_be_public_is_not_counted() {
    let hidden = [
        DocketBuilder::prevention(),
        DocketBuilder::information(),
        DocketBuilder::information().acts([order_tracing(), tracing(TracingResult::Suspected)]),
        DocketBuilder::report(),
        DocketBuilder::report().acts([receipt(), study("NOT_REGISTERED_AS_INITIAL_INFO"), make_information()]),
    ];
    for docket in hidden {
        assert_eq!(facts_at(&docket, "2024-06-01T09:00"), None, "{:?}", docket.matter().stage());
    }
    assert!(facts_at(&DocketBuilder::report().act(receipt()), "2024-06-01T09:00").is_some());
    assert_eq!(DocketBuilder::report().matter().stage(), Stage::InitialStudy);
}

#[test]
fn sanctions_are_read_by_the_list_of_the_law() {
    let table = [
        ("none", vec![]),
        ("moral-open", vec![sanction_of(CIVIL_SERVANT, "Sanksi moral berupa pernyataan secara terbuka")]),
        ("moral-closed", vec![sanction_of(CIVIL_SERVANT, "pernyataan SECARA TERTUTUP")]),
        ("light", vec![sanction_of(CIVIL_SERVANT, "Teguran tertulis")]),
        ("moderate", vec![sanction_of(CIVIL_SERVANT, "hukuman disiplin sedang")]),
        ("other", vec![sanction_of(CIVIL_SERVANT, "pembinaan")]),
        ("light", vec![sanction_of(CIVIL_SERVANT, "pembinaan"), sanction_of(CIVIL_SERVANT, "teguran lisan")]),
    ];
    for (level, acts) in table {
        let found = facts_at(&decided().acts(acts), "2024-06-01T09:00").unwrap();
        // The village head has none.
        let expected = if level == "none" { 2 } else { 1 };
        assert_eq!(found.counts.of(Dimension::Sanction, level), expected, "{level}");
    }
    // The list for civil servants says nothing of a village head.
    let head = decided().act(sanction_of(VILLAGE_HEAD, "Teguran tertulis"));
    assert_eq!(facts_at(&head, "2024-06-01T09:00").unwrap().counts.of(Dimension::Sanction, "other"), 1);
    let appealed = |result, words: &str| {
        let docket = decided()
            .act(sanction_of(CIVIL_SERVANT, "Teguran lisan"))
            .acts([appeal(CIVIL_SERVANT, AppealKind::Appeal, "2024-04-01"), appeal_ends(CIVIL_SERVANT, result, words)]);
        facts_at(&docket, "2024-06-01T09:00").unwrap().counts
    };
    assert_eq!(appealed(AppealResult::Annulled, "").of(Dimension::Sanction, "annulled"), 1);
    assert_eq!(appealed(AppealResult::Upheld, "").of(Dimension::Sanction, "light"), 1);
    assert_eq!(appealed(AppealResult::Changed, "hukuman disiplin berat").of(Dimension::Sanction, "severe"), 1);
}

#[test]
fn a_matter_belongs_to_the_election_in_which_it_happened() {
    let election = |docket: &DocketBuilder| facts_at(docket, "2025-01-02T09:00").unwrap().election;
    let known = |id: &str| ElectionRef::Known(id.to_owned());
    assert_eq!(election(&registered()), known("pemilu-2024"));
    assert_eq!(election(&DocketBuilder::pilkada().act(receipt())), known("pilkada-2024"));
    // Brought after the last stage about something within it, and about nothing that any stage covers.
    let late = |happened: Option<&str>| {
        let Act::ReportReceived(mut what) = report() else { unreachable!() };
        what.event.happened = happened.map(day);
        DocketBuilder::open("2024-04-15T09:00", Act::ReportReceived(what)).act(receipt())
    };
    assert_eq!(election(&late(Some("2024-03-19"))), known("pemilu-2024"));
    assert_eq!(election(&late(Some("2024-04-02"))), ElectionRef::Unknown);
    assert_eq!(election(&late(None)), ElectionRef::Unknown);
}
