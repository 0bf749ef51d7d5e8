//! Statistics: what is counted follows the acts, small counts never leave, and everything can be made again.

use netra_docket::act::{
    Act, Corrected, CorrectedReading, Delegated, InitialStudy, MadeInitialInformation, PersonResult, Plenary,
    PlenaryDecided, Registered,
};
use netra_docket::ids::{ActId, MatterId, PersonNo};
use netra_statistics::{Area, Catalogue, Dimension, ElectionRef, Row, Slice, Unit, Value};
use netra_store::{Office, Published};

use crate::common::*;

/// The area of every invented office.
const REGION: &str = "64.71";

fn smallest() -> u64 {
    Catalogue::shipped().unwrap().smallest()
}

fn area(text: &str) -> Area {
    text.parse().unwrap()
}

fn study() -> Act {
    Act::InitialStudyDecided(InitialStudy {
        requirements: Vec::new(),
        kinds: vec!["other-law".to_owned()],
        outcome: "REGISTER_HERE".to_owned(),
        reason: "Sudah diperiksa".to_owned().into(),
    })
}

fn decision() -> Act {
    let kinds = vec!["other-law".to_owned()];
    let types = vec!["DIS-08".to_owned()];
    Act::PlenaryDecided(PlenaryDecided {
        plenary: Plenary { minutes: "BA-1".to_owned(), members: 5, present: 5, votes_for: 5, votes_against: 0 },
        results: vec![PersonResult { person: PersonNo(2), kinds, types, articles: String::new() }],
        reason: "Alasan".to_owned().into(),
    })
}

impl Rig {
    /// Counts and publishes, at a time.
    async fn published_at(&self, hours: i64, of: &str) -> Published {
        self.store.follow_statistics(hours_later(hours)).await.unwrap();
        assert!(self.store.publish_statistics(hours_later(hours)).await.unwrap());
        self.store.statistics(&area(of)).await.unwrap()
    }

    /// A report with its receipt.
    async fn received(&self) -> MatterId {
        let matter = self.open_matter().await;
        self.add(matter, 1, receipt()).await.unwrap();
        matter
    }

    async fn counts(&self) -> Vec<(String, String, String, i64, String, i64)> {
        let sql = "SELECT dimension, area, election, year, value, count FROM statistics_cells WHERE count <> 0
                   ORDER BY dimension, area, election, year, value";
        sqlx::query_as(sql).fetch_all(&self.raw().await).await.unwrap()
    }
}

fn shown(published: &Published, slice: &Slice, row: &Row) -> Option<Option<u64>> {
    published.cells.iter().find(|cell| cell.slice == *slice && cell.row == *row).map(|cell| cell.count)
}

fn part(dimension: Dimension, value: &str) -> Row {
    Row::Part(dimension, Value::new(value))
}

const MATTERS: Row = Row::Total(Unit::Matters);

#[tokio::test]
async fn counts_follow_the_acts() {
    let rig = rig().await;
    let before = rig.store.statistics(&Area::nation()).await.unwrap();
    assert_eq!(before, Published::default());
    for _ in 0..6 {
        rig.received().await;
    }
    let waiting = rig.open_matter().await;
    let now = rig.published_at(1, "").await;
    assert_eq!(now.at, Some(hours_later(1)));
    assert_eq!(shown(&now, &Slice::All, &MATTERS), Some(Some(6)), "without a receipt nothing is known in public");
    assert_eq!(shown(&now, &Slice::All, &part(Dimension::Source, "report")), Some(Some(6)));
    assert_eq!(shown(&now, &Slice::All, &part(Dimension::Subject, "pns")), Some(Some(6)));
    let pemilu = Slice::Election(ElectionRef::Known("pemilu-2024".to_owned()));
    assert_eq!(shown(&now, &pemilu, &MATTERS), Some(Some(6)));
    assert_eq!(shown(&now, &Slice::Year(2024), &MATTERS), Some(Some(6)));
    rig.add(waiting, 1, receipt()).await.unwrap();
    assert_eq!(rig.store.follow_statistics(hours_later(2)).await.unwrap(), 1);
    assert_eq!(rig.store.follow_statistics(hours_later(2)).await.unwrap(), 0, "nothing is left to do");
    for of in ["", "64", REGION] {
        let seen = rig.published_at(2, of).await;
        assert_eq!(shown(&seen, &Slice::All, &MATTERS), Some(Some(7)), "{of}");
    }
    assert_eq!(rig.store.statistics(&area("31")).await.unwrap().cells, []);
}

#[tokio::test]
async fn a_correction_and_a_delegation_move_what_was_counted() {
    let rig = rig().await;
    let elsewhere = offices().into_iter().find(|office| office.id.as_str() == OTHER).unwrap();
    rig.store.add_office(&Office { region: "64.09".to_owned(), ..elsewhere }).await.unwrap();
    let matter = rig.received().await;
    rig.add(matter, 2, study()).await.unwrap();
    rig.add(matter, 3, Act::Registered(Registered { number: String::new() })).await.unwrap();
    let decided = rig.add(matter, 4, decision()).await.unwrap();
    rig.store.follow_statistics(hours_later(5)).await.unwrap();
    let values =
        |rows: Vec<(String, String, String, i64, String, i64)>, dimension: &str| -> Vec<(String, String, i64)> {
            let own = rows.into_iter().filter(|row| row.0 == dimension);
            own.map(|(_, area, _, _, value, count)| (area, value, count)).collect()
        };
    let one = |area: &str, value: &str| vec![(area.to_owned(), value.to_owned(), 1)];
    assert_eq!(values(rig.counts().await, "outcome"), one(REGION, "violation"));
    assert_eq!(values(rig.counts().await, "violation"), one(REGION, "DIS-08"));
    let id: ActId = decided.entries[0].id;
    let void =
        Act::Corrected(Corrected { of: id, reason: "Salah catat".to_owned().into(), reading: CorrectedReading::Void });
    rig.add(matter, 5, void).await.unwrap();
    rig.store.follow_statistics(hours_later(6)).await.unwrap();
    assert_eq!(values(rig.counts().await, "outcome"), one(REGION, "open"));
    assert_eq!(values(rig.counts().await, "violation"), []);
    let delegated = Act::Delegated(Delegated {
        to: office_id(OTHER),
        letter: "PL-1".to_owned(),
        reason: "Tempat".to_owned().into(),
    });
    rig.add(matter, 6, delegated).await.unwrap();
    rig.store.follow_statistics(hours_later(7)).await.unwrap();
    assert_eq!(values(rig.counts().await, "outcome"), one("64.09", "open"), "it is counted once, where it is handled");
    let turned = Act::MadeInitialInformation(MadeInitialInformation {
        tracing_office: office_id(OTHER),
        reason: "Ditelusuri".to_owned(),
    });
    rig.add(matter, 7, turned).await.unwrap();
    rig.store.follow_statistics(hours_later(8)).await.unwrap();
    assert_eq!(rig.counts().await, [], "what is being traced is not public");
}

#[tokio::test]
async fn a_deadline_that_passes_is_counted_without_an_act() {
    let rig = rig().await;
    rig.received().await;
    let timeliness = async || {
        let rows = rig.counts().await;
        rows.into_iter().find(|row| row.0 == "timeliness").map(|row| row.4)
    };
    rig.store.follow_statistics(hours_later(2)).await.unwrap();
    assert_eq!(timeliness().await.as_deref(), Some("running"));
    assert_eq!(rig.store.follow_statistics(hours_later(3)).await.unwrap(), 0);
    assert_eq!(rig.store.follow_statistics(hours_later(30 * 24)).await.unwrap(), 1);
    assert_eq!(timeliness().await.as_deref(), Some("overdue"));
    assert_eq!(rig.store.follow_statistics(hours_later(31 * 24)).await.unwrap(), 0);
}

#[tokio::test]
async fn few_are_hidden_wherever_one_looks() {
    let rig = rig().await;
    for _ in 0..10 {
        rig.received().await;
    }
    for _ in 0..3 {
        let matter = rig.received().await;
        rig.add(matter, 2, study()).await.unwrap();
    }
    for of in ["", "64", REGION] {
        let seen = rig.published_at(30, of).await;
        assert_eq!(shown(&seen, &Slice::All, &MATTERS), Some(Some(13)), "{of}");
        let studied = part(Dimension::Stage, "to-register");
        let waiting = part(Dimension::Stage, "initial-study");
        assert_eq!(shown(&seen, &Slice::All, &studied), Some(None), "{of}");
        assert_eq!(shown(&seen, &Slice::All, &waiting), Some(None), "thirteen less ten would tell: {of}");
        let told = seen.cells.iter().filter_map(|cell| cell.count);
        assert!(told.clone().count() > 0 && told.clone().all(|count| count >= smallest()), "{of}");
    }
}

#[tokio::test]
async fn areas_within_an_area_are_those_of_the_next_level() {
    let rig = rig().await;
    for _ in 0..6 {
        rig.received().await;
    }
    rig.published_at(1, "").await;
    let within = async |of: &str| -> Vec<(String, Option<u64>)> {
        let cells = rig.store.statistics_within(&area(of), &Slice::All, &MATTERS).await.unwrap();
        cells.into_iter().map(|cell| (cell.area.to_string(), cell.count)).collect()
    };
    assert_eq!(within("").await, [("64".to_owned(), Some(6))]);
    assert_eq!(within("64").await, [(REGION.to_owned(), Some(6))]);
    assert_eq!(within(REGION).await, []);
}

#[tokio::test]
async fn the_statistics_can_be_made_again_and_are_the_same() {
    let rig = rig().await;
    for n in 0..8 {
        let matter = rig.received().await;
        if n % 2 == 0 {
            rig.add(matter, 2, study()).await.unwrap();
        }
    }
    let published = rig.published_at(5, "").await;
    let counts = rig.counts().await;
    rig.store.rebuild_projections().await.unwrap();
    assert_eq!(rig.counts().await, []);
    assert_eq!(rig.store.statistics(&Area::nation()).await.unwrap(), published, "what was published stays in sight");
    rig.store.follow_statistics(hours_later(5)).await.unwrap();
    assert_eq!(rig.counts().await, counts);
    assert_eq!(rig.published_at(6, "").await.cells, published.cells);
}

#[tokio::test]
async fn counting_goes_on_after_a_restart() {
    let rig = rig().await;
    rig.received().await;
    rig.store.follow_statistics(hours_later(1)).await.unwrap();
    rig.received().await;
    rig.store.close().await;
    let store = rig.open_again().await.unwrap();
    assert_eq!(store.follow_statistics(hours_later(1)).await.unwrap(), 1, "only what is new");
    assert!(store.publish_statistics(hours_later(1)).await.unwrap());
    assert_eq!(store.statistics_published().await.unwrap(), Some(hours_later(1)));
}

/// Guards: no name, account, subject line or number gets into the tables.
#[tokio::test]
async fn nothing_personal_stands_in_the_tables() {
    let rig = rig().await;
    for _ in 0..6 {
        rig.received().await;
    }
    rig.published_at(1, "").await;
    let raw = rig.raw().await;
    let facts: Vec<String> = sqlx::query_scalar("SELECT facts FROM statistics_matters").fetch_all(&raw).await.unwrap();
    assert_eq!(facts.len(), 6);
    for text in facts {
        for secret in [REPORTER, REPORTED, ACCOUNT, "Ajakan", "LP/PL"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
