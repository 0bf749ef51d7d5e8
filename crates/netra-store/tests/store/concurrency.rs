//! Many at once: numbers without gap, and one winner.

use std::collections::BTreeSet;

use netra_docket::ids::{ActId, MatterId};
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_officers_exactly_one_wins() {
    let rig = rig().await;
    for round in 0..100 {
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
