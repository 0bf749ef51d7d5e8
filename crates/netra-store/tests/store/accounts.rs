//! Offices, accounts, sessions and the throttle on logins.

use netra_docket::ids::AccountId;
use netra_store::{Account, AccountError, AccountState, Role};

use crate::common::*;

fn account(login: &str, office: &str) -> Account {
    Account {
        id: AccountId::new(uuid()),
        office: office_id(office),
        login: login.to_owned(),
        name: format!("{login} Rekaan"),
        role: Role::Intake,
        password_hash: "$argon2id$contoh".to_owned(),
        state: AccountState::Active,
    }
}

#[tokio::test]
async fn an_office_is_kept_and_changed() {
    let rig = rig().await;
    let mut home = rig.store.office(&office_id(HOME)).await.unwrap().unwrap();
    assert_eq!(Some(&home), offices().iter().find(|o| o.id.as_str() == HOME));
    home.address = "Jalan Baru 2".to_owned();
    rig.store.add_office(&home).await.unwrap();
    assert_eq!(rig.store.office(&office_id(HOME)).await.unwrap(), Some(home));
    assert_eq!(rig.store.offices().await.unwrap().len(), 5);
    assert_eq!(rig.store.office(&office_id("tidak-ada")).await.unwrap(), None);
}

#[tokio::test]
async fn an_account_is_kept_and_changed() {
    let rig = rig().await;
    let siti = account("siti", HOME);
    rig.store.add_account(&siti).await.unwrap();
    assert_eq!(rig.store.account(siti.id).await.unwrap().as_ref(), Some(&siti));
    assert_eq!(rig.store.account_by_login("siti").await.unwrap().as_ref(), Some(&siti));
    assert_eq!(rig.store.account_by_login("budi").await.unwrap(), None);
    assert_eq!(rig.store.accounts_of(&office_id(HOME)).await.unwrap(), std::slice::from_ref(&siti));
    assert_eq!(rig.store.account_count().await.unwrap(), 1);

    assert!(rig.store.set_password_hash(siti.id, "$argon2id$baru").await.unwrap());
    assert!(rig.store.set_account_state(siti.id, AccountState::Closed).await.unwrap());
    let changed = Account { password_hash: "$argon2id$baru".to_owned(), state: AccountState::Closed, ..siti.clone() };
    assert_eq!(rig.store.account(siti.id).await.unwrap(), Some(changed));
    assert!(!rig.store.set_password_hash(AccountId::new(uuid()), "x").await.unwrap());
}

#[tokio::test]
async fn a_login_name_is_given_once_and_at_a_known_office() {
    let rig = rig().await;
    rig.store.add_account(&account("siti", HOME)).await.unwrap();
    let taken = rig.store.add_account(&account("siti", OTHER)).await.unwrap_err();
    assert!(matches!(taken, AccountError::LoginTaken), "{taken:?}");
    let lost = rig.store.add_account(&account("budi", "tidak-ada")).await.unwrap_err();
    assert!(matches!(lost, AccountError::NoSuchOffice(_)), "{lost:?}");
    assert_eq!(rig.store.account_count().await.unwrap(), 1);
}

#[tokio::test]
async fn a_session_ends_with_its_time_its_deletion_or_its_account() {
    let rig = rig().await;
    let siti = account("siti", HOME);
    rig.store.add_account(&siti).await.unwrap();
    rig.store.add_session("a", siti.id, 100, 200).await.unwrap();
    assert_eq!(rig.store.session("a", 199).await.unwrap().as_ref(), Some(&siti));
    assert_eq!(rig.store.session("a", 200).await.unwrap(), None);
    assert_eq!(rig.store.session("b", 150).await.unwrap(), None);

    rig.store.add_session("b", siti.id, 200, 300).await.unwrap();
    assert_eq!(rig.store.session("a", 150).await.unwrap(), None, "expired ones are swept out");
    rig.store.delete_session("b").await.unwrap();
    assert_eq!(rig.store.session("b", 250).await.unwrap(), None);

    rig.store.add_session("c", siti.id, 200, 300).await.unwrap();
    rig.store.add_session("d", siti.id, 200, 300).await.unwrap();
    rig.store.set_account_state(siti.id, AccountState::Closed).await.unwrap();
    assert_eq!(rig.store.session("c", 250).await.unwrap(), None);
    assert_eq!(rig.store.delete_sessions_of(siti.id).await.unwrap(), 2);
    assert!(rig.store.add_session("e", AccountId::new(uuid()), 200, 300).await.is_err());
}

#[tokio::test]
async fn failed_logins_are_noted_and_forgotten() {
    let rig = empty().await;
    assert_eq!(rig.store.login_failures("siti").await.unwrap(), (0, 0));
    rig.store.note_login_failure("siti", 1, 0).await.unwrap();
    rig.store.note_login_failure("siti", 5, 900).await.unwrap();
    assert_eq!(rig.store.login_failures("siti").await.unwrap(), (5, 900));
    rig.store.clear_login_failures("siti").await.unwrap();
    assert_eq!(rig.store.login_failures("siti").await.unwrap(), (0, 0));
}
