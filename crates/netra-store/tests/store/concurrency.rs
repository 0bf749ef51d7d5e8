//! Many at once: numbers without gap, and one winner.

use std::collections::BTreeSet;

use netra_docket::ids::{ActId, MatterId};
use netra_law::numbering::{OfficeTemplate, Restart, Series};
use netra_law::pack::Regime;
use netra_store::{NewAct, PublicReceipt, RecordError};
use tokio::task::JoinSet;

use crate::common::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_draw_fifty_numbers_without_gap_or_repeat() {
    let rig = rig().await;
    let mut tasks = JoinSet::new();
    for _ in 0..50 {
        let store = rig.store.clone();
        tasks.spawn(async move {
            let acts = vec![report(NO_BYTES), receipt()];
            let recorded = store.record(recording(MatterId::new(uuid()), 0, hours_later(0), acts)).await.unwrap();
            let number = recorded.matter.report_number.unwrap();
            number.split('/').next().unwrap().parse::<u32>().unwrap()
        });
    }
    let drawn: BTreeSet<u32> = tasks.join_all().await.into_iter().collect();
    assert_eq!(drawn, (1..=50).collect());
}

/// The running number that a new matter of a day draws.
async fn draw(rig: &Rig, day: &str) -> u32 {
    let at = moment(&format!("{day}T10:00:00+08:00"));
    let recorded = rig.store.record(recording(MatterId::new(uuid()), 0, at, vec![report(NO_BYTES), receipt()])).await;
    let number = recorded.unwrap().matter.report_number.unwrap();
    number.split('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_series_begins_again_each_year_unless_the_office_goes_on_counting() {
    let rig = rig().await;
    let mut office = rig.store.office(&office_id(HOME)).await.unwrap().unwrap();
    let mut drawn = Vec::new();
    for (restart, days) in [
        (Restart::Yearly, ["2023-12-28", "2023-12-29", "2024-01-02"]),
        (Restart::Never, ["2024-01-03", "2025-01-02", "2025-01-03"]),
        (Restart::Yearly, ["2025-01-06", "2025-01-07", "2026-01-05"]),
    ] {
        office.numbering.restart = restart;
        rig.store.add_office(&office).await.unwrap();
        for day in days {
            drawn.push(draw(&rig, day).await);
        }
    }
    assert_eq!(drawn, [1, 2, 1, 3, 4, 5, 6, 7, 1], "no number of a year comes twice, whatever was set when");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_office_that_goes_on_counting_has_no_gap_either() {
    let rig = rig().await;
    let mut office = rig.store.office(&office_id(HOME)).await.unwrap().unwrap();
    office.numbering.restart = Restart::Never;
    office.numbering.templates.push(OfficeTemplate {
        regime: Regime::Pemilu,
        series: Series::Report,
        template: "{n}/LP/Contoh".parse().unwrap(),
    });
    rig.store.add_office(&office).await.unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..40 {
        let store = rig.store.clone();
        tasks.spawn(async move {
            let at = moment(if task % 2 == 0 { "2024-03-04T10:00:00+08:00" } else { "2025-03-04T10:00:00+08:00" });
            let acts = vec![report(NO_BYTES), receipt()];
            let recorded = store.record(recording(MatterId::new(uuid()), 0, at, acts)).await.unwrap();
            recorded.matter.report_number.unwrap()
        });
    }
    let drawn: BTreeSet<String> = tasks.join_all().await.into_iter().collect();
    assert_eq!(drawn, (1..=40).map(|n| format!("{n:03}/LP/Contoh")).collect());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_officers_exactly_one_wins() {
    let rig = rig().await;
    for round in 0..1_000 {
        let matter = rig.open_matter().await;
        let mut tasks = JoinSet::new();
        for _ in 0..2 {
            let store = rig.store.clone();
            tasks.spawn(async move { store.record(recording(matter, 1, hours_later(1), vec![receipt()])).await });
        }
        let (won, lost): (Vec<_>, Vec<_>) = tasks.join_all().await.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 1), "round {round}");
        assert!(matches!(lost[0], Err(RecordError::Moved)), "round {round}: {:?}", lost[0]);
        let docket = rig.store.docket(&sealed(HOME), matter).await.unwrap().unwrap();
        assert_eq!(docket.entries.len(), 2, "round {round}");
        let number = format!("{:03}/LP/PL/Kota/23.01/I/2024", round + 1);
        assert_eq!(docket.matter.number(), Some(number.as_str()), "who loses draws no number");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_form_sent_twenty_times_at_once_is_one_matter() {
    let rig = rig().await;
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let store = rig.store.clone();
        tasks.spawn(async move {
            let mut new = new_matter(hours_later(0));
            new.acts.push(NewAct { id: ActId::new(uuid()), at: new.recorded, what: receipt() });
            new.receipt = Some(PublicReceipt { token_hash: "token".to_owned(), code_hash: "code".to_owned() });
            match store.record(new).await {
                Ok(recorded) => recorded.matter.id,
                Err(RecordError::AlreadySent(matter)) => matter,
                Err(other) => panic!("{other:?}"),
            }
        });
    }
    let matters: BTreeSet<MatterId> = tasks.join_all().await.into_iter().collect();
    assert_eq!(matters.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reading_goes_on_while_others_write() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let mut tasks = JoinSet::new();
    for task in 0..40 {
        let store = rig.store.clone();
        tasks.spawn(async move {
            if task % 2 == 0 {
                store.record(new_matter(hours_later(task))).await.unwrap();
            } else {
                store.docket(&sealed(HOME), matter).await.unwrap().unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(rig.store.desk_counts(&sealed(HOME), hours_later(0)).await.unwrap().open, 21);
}
