//! The log of accounts: append-only, without names.

use netra_store::{AccountEvent, AccountEventKind};

use crate::accounts::account;
use crate::common::*;

fn event(of: &netra_store::Account, kind: AccountEventKind, hours: i64) -> AccountEvent {
    AccountEvent {
        office: of.office.clone(),
        account: of.id,
        at: hours_later(hours).instant(),
        kind,
        actor: None,
        detail: String::new(),
    }
}

#[tokio::test]
async fn events_are_read_back_newest_first_and_by_office() {
    let rig = rig().await;
    let (siti, budi, other) = (account("siti", HOME), account("budi", HOME), account("jauh", OTHER));
    let by_budi = AccountEvent {
        actor: Some(budi.id),
        detail: "plenary".to_owned(),
        ..event(&siti, AccountEventKind::RoleChanged, 2)
    };
    let events = [
        event(&siti, AccountEventKind::Created, 0),
        event(&budi, AccountEventKind::SignedIn, 1),
        event(&other, AccountEventKind::SignedIn, 1),
        by_budi.clone(),
    ];
    for event in &events {
        rig.store.note_account_event(event).await.unwrap();
    }
    let all = rig.store.account_events(&siti.office, None, 10).await.unwrap();
    assert_eq!(all, [by_budi.clone(), events[1].clone(), events[0].clone()]);
    let own = rig.store.account_events(&siti.office, Some(siti.id), 10).await.unwrap();
    assert_eq!(own, [by_budi.clone(), events[0].clone()]);
    assert_eq!(rig.store.account_events(&siti.office, None, 1).await.unwrap(), [by_budi]);
    assert!(rig.store.account_events(&other.office, Some(siti.id), 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_database_refuses_to_change_or_remove_events() {
    let rig = rig().await;
    rig.store.note_account_event(&event(&account("siti", HOME), AccountEventKind::Created, 0)).await.unwrap();
    let raw = rig.raw().await;
    for sql in [
        "UPDATE account_events SET what = 'signed-in'",
        "UPDATE account_events SET at = 0",
        "DELETE FROM account_events",
    ] {
        let refused = sqlx::query(sql).execute(&raw).await.unwrap_err().to_string();
        let why = match crate::BACKEND {
            Backend::Embedded => "never",
            Backend::Server => "permission denied",
        };
        assert!(refused.contains(why), "{sql}: {refused}");
    }
}
