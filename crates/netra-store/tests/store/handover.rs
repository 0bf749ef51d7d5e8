//! An officer leaves: every matter goes to another one by an act of its own, or nothing happens.

use netra_docket::act::{Act, Assigned};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, MatterId};
use netra_docket::steps::StepKind;
use netra_store::{Account, AccountEventKind, AccountState, Leaving, RecordError};

use crate::accounts::account;
use crate::common::*;

/// Two officers of one office; the first is responsible for three matters, and there is a fourth.
async fn office() -> (Rig, Account, Account, MatterId) {
    let rig = rig().await;
    let (siti, budi) = (account("siti", HOME), account("budi", HOME));
    rig.store.add_account(&siti).await.unwrap();
    rig.store.add_account(&budi).await.unwrap();
    for _ in 0..3 {
        let matter = rig.open_matter().await;
        rig.add(matter, 1, receipt()).await.unwrap();
        rig.add(matter, 2, Act::Assigned(Assigned { to: siti.id })).await.unwrap();
    }
    let other = rig.open_matter().await;
    (rig, siti, budi, other)
}

async fn leaving(rig: &Rig, from: &Account, to: Option<AccountId>) -> Leaving {
    Leaving {
        from: from.clone(),
        to,
        by: officer(),
        seen: rig.store.owned_by(from).await.unwrap().into_iter().map(|owned| owned.matter).collect(),
        recorded: hours_later(48),
    }
}

#[tokio::test]
async fn all_matters_go_over_at_once_and_past_acts_keep_their_author() {
    let (rig, siti, budi, other) = office().await;
    let before = rig.store.owned_by(&siti).await.unwrap();
    assert_eq!(before.len(), 3);
    assert!(before.iter().all(|owned| owned.runs && owned.number.is_some()), "{before:?}");
    let going = leaving(&rig, &siti, Some(budi.id)).await;
    assert_eq!(rig.store.leave(going.clone()).await.unwrap(), 3);

    assert!(rig.store.owned_by(&siti).await.unwrap().is_empty());
    assert_eq!(rig.store.owned_by(&budi).await.unwrap().len(), 3);
    assert_eq!(rig.store.account(siti.id).await.unwrap().unwrap().state, AccountState::Closed);
    for owned in before {
        let docket = rig.store.docket(&open(HOME), owned.matter).await.unwrap().unwrap();
        assert_eq!((docket.matter.owner, docket.entries.len()), (Some(budi.id), 4));
        let last = docket.entries.last().unwrap();
        assert_eq!((StepKind::of(&last.what), &last.by), (StepKind::Assign, &going.by));
        assert_ne!(docket.entries[2].by, going.by, "the act of before has its own author");
    }
    assert_eq!(rig.store.docket(&open(HOME), other).await.unwrap().unwrap().entries.len(), 1);
    let events = rig.store.account_events(&siti.office, Some(siti.id), 10).await.unwrap();
    let told: Vec<(AccountEventKind, &str)> = events.iter().map(|e| (e.kind, e.detail.as_str())).collect();
    assert_eq!(told, [(AccountEventKind::Closed, ""), (AccountEventKind::HandedOver, "3")]);
}

#[tokio::test]
async fn what_changed_since_it_was_seen_stops_everything() {
    let (rig, siti, budi, other) = office().await;
    let going = leaving(&rig, &siti, Some(budi.id)).await;
    rig.add(other, 1, Act::Assigned(Assigned { to: siti.id })).await.unwrap();
    let refused = rig.store.leave(going).await.unwrap_err();
    assert!(matches!(refused, RecordError::Moved), "{refused:?}");
    let nobody = leaving(&rig, &siti, None).await;
    assert!(matches!(rig.store.leave(nobody).await.unwrap_err(), RecordError::Moved));
    assert_eq!(rig.store.owned_by(&siti).await.unwrap().len(), 4);
    assert_eq!(rig.store.account(siti.id).await.unwrap().unwrap().state, AccountState::Active);
    assert!(rig.store.account_events(&siti.office, None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_has_no_matters_just_leaves() {
    let (rig, _, budi, _) = office().await;
    let going = Leaving { by: Actor::System, ..leaving(&rig, &budi, None).await };
    assert_eq!(rig.store.leave(going).await.unwrap(), 0);
    assert_eq!(rig.store.account(budi.id).await.unwrap().unwrap().state, AccountState::Closed);
}
