//! Offices, accounts, sessions and the throttle on logins.

use netra_docket::ids::AccountId;
use netra_store::{Account, AccountError, AccountState, Counter, NewSession, Role, SessionId, SessionStage, Trial};

use crate::common::*;

pub fn account(login: &str, office: &str) -> Account {
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
    assert!(rig.store.set_account_role(siti.id, Role::Plenary).await.unwrap());
    assert_eq!(rig.store.account(siti.id).await.unwrap().unwrap().role, Role::Plenary);
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

/// A session of ten seconds of standing idle.
fn session(token: &str, account: AccountId, created: i64, expires: i64) -> NewSession {
    NewSession {
        token_hash: token.to_owned(),
        id: SessionId(format!("id-{token}")),
        account,
        stage: SessionStage::Full,
        device: "Android".to_owned(),
        created,
        idle: 10,
        expires,
    }
}

#[tokio::test]
async fn a_session_ends_with_its_time_its_deletion_or_its_account() {
    let rig = rig().await;
    let siti = account("siti", HOME);
    rig.store.add_account(&siti).await.unwrap();
    rig.store.add_session(&NewSession { idle: 1000, ..session("a", siti.id, 100, 200) }).await.unwrap();
    let (whose, found) = rig.store.session("a", 199).await.unwrap().unwrap();
    assert_eq!((whose, found.stage, found.created), (siti.clone(), SessionStage::Full, 100));
    assert_eq!(rig.store.session("a", 200).await.unwrap(), None);
    assert_eq!(rig.store.session("b", 150).await.unwrap(), None);

    rig.store.add_session(&session("b", siti.id, 200, 300)).await.unwrap();
    assert_eq!(rig.store.session("a", 150).await.unwrap(), None, "those whose time is over are swept out");
    rig.store.delete_session("b").await.unwrap();
    assert_eq!(rig.store.session("b", 205).await.unwrap(), None);

    rig.store.add_session(&session("c", siti.id, 200, 300)).await.unwrap();
    rig.store.add_session(&session("d", siti.id, 200, 300)).await.unwrap();
    rig.store.set_account_state(siti.id, AccountState::Closed).await.unwrap();
    assert_eq!(rig.store.session("c", 205).await.unwrap(), None);
    assert_eq!(rig.store.delete_sessions_of(siti.id).await.unwrap(), 2);
    assert!(rig.store.add_session(&session("e", AccountId::new(uuid()), 200, 300)).await.is_err());
}

#[tokio::test]
async fn a_session_that_stands_idle_ends_and_one_that_is_used_goes_on() {
    let rig = rig().await;
    let siti = account("siti", HOME);
    rig.store.add_account(&siti).await.unwrap();
    rig.store.add_session(&session("a", siti.id, 100, 200)).await.unwrap();
    assert!(rig.store.session("a", 109).await.unwrap().is_some());
    assert!(rig.store.session("a", 110).await.unwrap().is_none(), "ten seconds are over");
    rig.store.touch_session("a", 109).await.unwrap();
    assert_eq!(rig.store.session("a", 118).await.unwrap().unwrap().1.seen, 109);
    rig.store.touch_session("a", 105).await.unwrap();
    assert_eq!(rig.store.session("a", 118).await.unwrap().unwrap().1.seen, 109, "time does not go back");
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one() {
    let rig = rig().await;
    let (siti, budi) = (account("siti", HOME), account("budi", HOME));
    rig.store.add_account(&siti).await.unwrap();
    rig.store.add_account(&budi).await.unwrap();
    for (token, whose) in [("a", siti.id), ("b", siti.id), ("c", siti.id), ("d", budi.id)] {
        rig.store.add_session(&session(token, whose, 100, 200)).await.unwrap();
    }
    rig.store.touch_session("b", 104).await.unwrap();
    let names = async |now| {
        let list = rig.store.sessions_of(siti.id, now).await.unwrap();
        list.into_iter().map(|session| session.id.0).collect::<Vec<_>>()
    };
    assert_eq!(names(105).await, ["id-b", "id-a", "id-c"]);
    assert_eq!(names(112).await, ["id-b"], "those that stood idle are not shown");
    assert!(!rig.store.end_session(siti.id, &SessionId("id-d".to_owned())).await.unwrap(), "another's stays");
    assert!(rig.store.end_session(siti.id, &SessionId("id-a".to_owned())).await.unwrap());
    assert_eq!(rig.store.end_other_sessions(siti.id, "b").await.unwrap(), 1);
    assert_eq!(names(105).await, ["id-b"]);
    assert!(rig.store.session("d", 105).await.unwrap().is_some());
}

/// Two tries cost nothing, then a minute.
fn patience(tries: u32) -> i64 {
    if tries > 2 { 60 } else { 0 }
}

fn counters(keys: &[&str]) -> Vec<Counter> {
    keys.iter().map(|key| Counter { key: (*key).to_owned(), wait: patience }).collect()
}

#[tokio::test]
async fn failed_tries_are_counted_and_forgotten() {
    let rig = empty().await;
    let at = async |keys: &[&str], now| rig.store.note_try(counters(keys), now, 1000).await.unwrap();
    assert_eq!(rig.store.login_failures("siti").await.unwrap(), (0, 0));
    assert_eq!(at(&["siti"], 100).await, Trial::Open(0));
    assert_eq!(at(&["siti", "asal"], 101).await, Trial::Open(0));
    assert_eq!(at(&["siti", "asal"], 102).await, Trial::Open(60), "the third of the name, the second of the source");
    assert_eq!(at(&["siti", "asal"], 161).await, Trial::Shut(162));
    assert_eq!(rig.store.login_failures("asal").await.unwrap().0, 2, "what can't be tried is not counted");
    assert_eq!(at(&["budi"], 103).await, Trial::Open(0), "another name is another name");
    let shut = rig.store.shut_logins(110).await.unwrap();
    assert_eq!(shut.into_iter().collect::<Vec<_>>(), [("siti".to_owned(), 162)]);

    rig.store.take_try_back("asal").await.unwrap();
    assert_eq!(rig.store.login_failures("asal").await.unwrap(), (1, 0));
    rig.store.clear_login_failures("siti").await.unwrap();
    assert_eq!(rig.store.login_failures("siti").await.unwrap(), (0, 0));
    assert_eq!(at(&["asal"], 2000).await, Trial::Open(0), "a quiet time makes counts new");
    assert_eq!(rig.store.login_failures("asal").await.unwrap().0, 1);
    assert_eq!(rig.store.delete_failures_before(1500).await.unwrap(), 1, "only the other name's");
}

#[tokio::test]
async fn many_tries_at_once_gain_nothing() {
    let rig = empty().await;
    let mut trying = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let store = rig.store.clone();
        trying.spawn(async move { store.note_try(counters(&["siti"]), 100, 1000).await.unwrap() });
    }
    let open = trying.join_all().await.into_iter().filter(|trial| matches!(trial, Trial::Open(_))).count();
    assert_eq!(open, 3);
}
