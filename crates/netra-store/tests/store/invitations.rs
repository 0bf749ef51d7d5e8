//! Links of invitation: once, in time, and only the newest.

use netra_store::{Account, AccountState};

use crate::accounts::account;
use crate::common::*;

async fn waiting() -> (Rig, Account) {
    let rig = rig().await;
    let siti = Account { password_hash: String::new(), state: AccountState::Invited, ..account("siti", HOME) };
    rig.store.add_account(&siti).await.unwrap();
    assert!(rig.store.invite(siti.id, "one", 100, 200).await.unwrap());
    (rig, siti)
}

#[tokio::test]
async fn a_link_opens_the_account_once() {
    let (rig, siti) = waiting().await;
    assert_eq!(rig.store.invited("one", 199).await.unwrap(), Some(siti.clone()));
    assert_eq!(rig.store.invited("one", 200).await.unwrap(), None, "its time is over");
    assert!(!rig.store.accept_invitation("one", "$argon2id$a", 200).await.unwrap());
    assert!(rig.store.accept_invitation("one", "$argon2id$a", 150).await.unwrap());
    let open = rig.store.account(siti.id).await.unwrap().unwrap();
    assert_eq!((open.state, open.password_hash.as_str()), (AccountState::Active, "$argon2id$a"));
    assert!(!rig.store.accept_invitation("one", "$argon2id$b", 150).await.unwrap(), "it works once");
    assert_eq!(rig.store.account(siti.id).await.unwrap(), Some(open));
}

#[tokio::test]
async fn a_link_that_was_taken_back_or_replaced_no_longer_works() {
    let (rig, siti) = waiting().await;
    assert!(rig.store.invite(siti.id, "two", 110, 210).await.unwrap());
    assert_eq!(rig.store.invited("one", 150).await.unwrap(), None);
    assert_eq!(rig.store.invitations().await.unwrap().get(&siti.id), Some(&210));
    assert!(rig.store.revoke_invitation(siti.id).await.unwrap());
    assert!(!rig.store.revoke_invitation(siti.id).await.unwrap());
    assert!(!rig.store.accept_invitation("two", "$argon2id$a", 150).await.unwrap());
    assert_eq!(rig.store.account(siti.id).await.unwrap(), Some(siti));
}

#[tokio::test]
async fn inviting_again_takes_the_password_away_and_a_closed_account_is_not_invited() {
    let rig = rig().await;
    let siti = account("siti", HOME);
    rig.store.add_account(&siti).await.unwrap();
    assert!(rig.store.invite(siti.id, "one", 100, 200).await.unwrap());
    let waits = rig.store.account(siti.id).await.unwrap().unwrap();
    assert_eq!((waits.state, waits.password_hash.as_str()), (AccountState::Invited, ""));
    rig.store.set_account_state(siti.id, AccountState::Closed).await.unwrap();
    assert_eq!(rig.store.invited("one", 150).await.unwrap(), None);
    assert!(!rig.store.invite(siti.id, "two", 100, 200).await.unwrap());
    assert!(!rig.store.accept_invitation("one", "$argon2id$a", 150).await.unwrap(), "a closed account stays closed");
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_does() {
    let (rig, _) = waiting().await;
    let mut using = tokio::task::JoinSet::new();
    for n in 0..8 {
        let store = rig.store.clone();
        using.spawn(async move { store.accept_invitation("one", &format!("$argon2id${n}"), 150).await.unwrap() });
    }
    assert_eq!(using.join_all().await.into_iter().filter(|used| *used).count(), 1);
}
