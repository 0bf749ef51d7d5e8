//! Second factors: encrypted, used once, replaced only by one that works.

use netra_docket::ids::AccountId;
use netra_store::{Account, FactorStage};

use crate::accounts::account;
use crate::common::*;

const SECRET: &[u8] = b"12345678901234567890";

async fn with_account() -> (Rig, Account) {
    let rig = rig().await;
    let siti = account("siti", HOME);
    rig.store.add_account(&siti).await.unwrap();
    (rig, siti)
}

fn codes(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test]
async fn a_factor_is_pending_until_its_first_code_and_replaces_the_one_before_then() {
    let (rig, siti) = with_account().await;
    assert!(!rig.store.activate_factor(siti.id, 1, codes(&["a"])).await.unwrap(), "none is pending");
    rig.store.set_pending_factor(&siti, SECRET, 100).await.unwrap();
    assert!(!rig.store.has_factor(siti.id).await.unwrap());
    assert!(rig.store.activate_factor(siti.id, 7, codes(&["a", "b"])).await.unwrap());
    let active = rig.store.factor(siti.id, FactorStage::Active).await.unwrap().unwrap();
    assert_eq!((active.secret.as_slice(), active.made, active.last_step), (SECRET, 100, 7));
    assert!(rig.store.factor(siti.id, FactorStage::Pending).await.unwrap().is_none());
    assert_eq!(rig.store.recovery_codes_left(siti.id).await.unwrap(), 2);

    rig.store.set_pending_factor(&siti, b"another secret", 200).await.unwrap();
    let still = rig.store.factor(siti.id, FactorStage::Active).await.unwrap().unwrap();
    assert_eq!(still.secret, SECRET, "the one before stays good until the new one works");
    assert!(rig.store.activate_factor(siti.id, 9, codes(&["c"])).await.unwrap());
    assert_eq!(rig.store.factor(siti.id, FactorStage::Active).await.unwrap().unwrap().secret, b"another secret");
    assert!(!rig.store.use_recovery_code(siti.id, "a", 300).await.unwrap(), "codes of before are gone");
    assert_eq!(rig.store.recovery_codes_left(siti.id).await.unwrap(), 1);
}

#[tokio::test]
async fn a_step_is_used_once_and_never_goes_back() {
    let (rig, siti) = with_account().await;
    rig.store.set_pending_factor(&siti, SECRET, 100).await.unwrap();
    rig.store.activate_factor(siti.id, 7, codes(&[])).await.unwrap();
    for (step, good) in [(7, false), (6, false), (8, true), (8, false), (7, false), (10, true), (9, false)] {
        assert_eq!(rig.store.use_step(siti.id, step).await.unwrap(), good, "{step}");
    }
    let mut using = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let store = rig.store.clone();
        using.spawn(async move { store.use_step(siti.id, 20).await.unwrap() });
    }
    assert_eq!(using.join_all().await.into_iter().filter(|used| *used).count(), 1);
}

#[tokio::test]
async fn a_recovery_code_is_used_once_by_its_own_account() {
    let (rig, siti) = with_account().await;
    rig.store.set_recovery_codes(siti.id, codes(&["a", "b"])).await.unwrap();
    let other = AccountId::new(uuid());
    assert!(!rig.store.use_recovery_code(other, "a", 100).await.unwrap());
    assert!(rig.store.use_recovery_code(siti.id, "a", 100).await.unwrap());
    assert!(!rig.store.use_recovery_code(siti.id, "a", 101).await.unwrap());
    assert!(!rig.store.use_recovery_code(siti.id, "z", 101).await.unwrap());
    assert_eq!(rig.store.recovery_codes_left(siti.id).await.unwrap(), 1);
}

/// Guards: who gets the database alone can make no codes, and who moves a secret to another account gains nothing.
#[tokio::test]
async fn a_secret_is_encrypted_and_bound_to_its_account() {
    let (rig, siti) = with_account().await;
    let budi = account("budi", HOME);
    rig.store.add_account(&budi).await.unwrap();
    rig.store.set_pending_factor(&siti, SECRET, 100).await.unwrap();
    let raw = rig.raw().await;
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed FROM second_factors").fetch_one(&raw).await.unwrap();
    assert!(!sealed.windows(8).any(|part| SECRET.starts_with(part)), "the secret is readable");
    let moved = sqlx::query("UPDATE second_factors SET account = $1").bind(budi.id.to_string());
    moved.execute(&raw).await.unwrap();
    let failure = rig.store.factor(budi.id, FactorStage::Pending).await.unwrap_err();
    assert!(failure.to_string().contains("does not open"), "{failure}");
}

#[tokio::test]
async fn a_lost_factor_is_taken_away_with_everything_that_belongs_to_it() {
    let (rig, siti) = with_account().await;
    let (first, second) = (AccountId::new(uuid()), AccountId::new(uuid()));
    rig.store.set_pending_factor(&siti, SECRET, 100).await.unwrap();
    rig.store.activate_factor(siti.id, 7, codes(&["a"])).await.unwrap();
    rig.store.ask_factor_reset(siti.id, first, 100).await.unwrap();
    rig.store.ask_factor_reset(siti.id, second, 200).await.unwrap();
    let request = rig.store.factor_reset(siti.id).await.unwrap().unwrap();
    assert_eq!((request.asker, request.asked), (first, 100), "the first request stays");
    assert!(rig.store.drop_factor_reset(siti.id).await.unwrap());
    assert_eq!(rig.store.factor_reset(siti.id).await.unwrap(), None);
    rig.store.remove_factor(siti.id).await.unwrap();
    assert!(!rig.store.has_factor(siti.id).await.unwrap());
    assert_eq!(rig.store.recovery_codes_left(siti.id).await.unwrap(), 0);
}
