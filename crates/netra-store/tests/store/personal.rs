//! Personal data: erased by two persons and the ledger still verifies; protected and opened by an act.

use netra_docket::act::{Act, ErasureConfirmed, ErasureProposed, IdentityOpened, IdentityProtected, PersonalPart};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, ActId, MatterId, PersonNo, SealId};
use netra_docket::matter::Refusal;
use netra_store::{FaultKind, RecordError, Recorded};

use crate::common::*;

const WHO: PersonNo = PersonNo(1);

/// A row of the vault: id, matter, office, sealed key, body.
type Row = (String, String, String, Vec<u8>, Vec<u8>);

fn propose() -> Act {
    Act::ErasureProposed(ErasureProposed {
        person: WHO,
        parts: vec![PersonalPart::Identity],
        ground: "on-request".to_owned(),
        reason: "diminta".to_owned().into(),
    })
}

fn confirm(proposal: &Recorded) -> Act {
    // What the caller says of the values does not count.
    let seals = vec![SealId::new(uuid())];
    Act::ErasureConfirmed(ErasureConfirmed { proposal: proposal.entries[0].id, seals })
}

async fn values(rig: &Rig) -> Vec<(String, String)> {
    sqlx::query_as("SELECT id, matter FROM vault ORDER BY id").fetch_all(&rig.raw().await).await.unwrap()
}

#[tokio::test]
async fn an_erased_value_is_gone_and_the_ledger_still_verifies() {
    let rig = rig().await;
    let (matter, other) = (rig.open_matter().await, rig.open_matter().await);
    let before = values(&rig).await;
    let proposal = rig.add(matter, 1, propose()).await.unwrap();
    let confirmed = rig.add(matter, 2, confirm(&proposal)).await.unwrap();
    let Act::ErasureConfirmed(act) = &confirmed.entries[0].what else { panic!("{confirmed:?}") };
    assert_eq!(act.seals.len(), 1, "one identity");
    let gone = act.seals[0].to_string();

    let after = values(&rig).await;
    let missing: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    assert_eq!(missing, [&(gone.clone(), matter.to_string())], "only that value of only that matter");
    let docket = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    assert_eq!(docket.matter.person(WHO).unwrap().identity.open(), None);
    assert!(docket.matter.person(PersonNo(2)).unwrap().identity.open().is_some());
    assert!(docket.matter.is_erased(WHO, PersonalPart::Identity));
    let untouched = rig.store.docket(&open(HOME), other).await.unwrap().unwrap();
    assert!(untouched.matter.person(WHO).unwrap().identity.open().is_some());

    rig.store.publish_ledgers(hours_later(9)).await.unwrap();
    let sha256 = rig.store.put_blob(b"x").await.unwrap();
    assert_eq!(sha256.len(), 64);
    let found = rig.store.verify(&[]).await.unwrap();
    let about_values = |kind| found.faults.iter().filter(|f| f.kind == kind && f.what.contains("data pribadi")).count();
    assert_eq!((about_values(FaultKind::Missing), about_values(FaultKind::NotErased)), (0, 0), "{found:?}");
}

#[tokio::test]
async fn a_value_that_came_back_is_found() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let master = rig.raw_as_master().await;
    let all = "SELECT id, matter, office, sealed_key, body FROM vault";
    let rows: Vec<Row> = sqlx::query_as(all).fetch_all(&master).await.unwrap();
    let proposal = rig.add(matter, 1, propose()).await.unwrap();
    let confirmed = rig.add(matter, 2, confirm(&proposal)).await.unwrap();
    let Act::ErasureConfirmed(act) = &confirmed.entries[0].what else { panic!("{confirmed:?}") };
    let gone = act.seals[0].to_string();
    let (id, of, office, key, body) = rows.into_iter().find(|row| row.0 == gone).unwrap();
    sqlx::query("INSERT INTO vault (id, matter, office, sealed_key, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(of)
        .bind(office)
        .bind(key)
        .bind(body)
        .execute(&master)
        .await
        .unwrap();
    let found = rig.store.verify(&[]).await.unwrap();
    let back = found.faults.iter().find(|f| f.kind == FaultKind::NotErased).unwrap();
    assert!(back.what.contains(&gone), "{found:?}");
}

#[tokio::test]
async fn nobody_erases_alone() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let by = officer();
    let record = |expected: u32, what: Act| {
        let mut recording = recording(matter, expected, hours_later(i64::from(expected)), vec![what]);
        recording.by = by.clone();
        rig.store.record(recording)
    };
    let proposal = record(1, propose()).await.unwrap();
    let before = values(&rig).await;
    let refused = record(2, confirm(&proposal)).await.unwrap_err();
    assert!(matches!(refused, RecordError::Refused(Refusal::SecondPerson)), "{refused:?}");
    assert_eq!(values(&rig).await, before);
}

async fn protected(rig: &Rig) -> (MatterId, ActId, AccountId) {
    let matter = rig.open_matter().await;
    let protect = Act::IdentityProtected(IdentityProtected { person: WHO, reason: "takut".to_owned().into() });
    rig.add(matter, 1, protect).await.unwrap();
    let opening = Act::IdentityOpened(IdentityOpened { person: WHO, reason: "menelepon".to_owned().into() });
    let recorded = rig.add(matter, 2, opening).await.unwrap();
    let Actor::Officer { account, .. } = recorded.entries[0].by else { panic!("an officer") };
    (matter, recorded.entries[0].id, account)
}

#[tokio::test]
async fn a_protected_identity_is_seen_through_an_act_only() {
    let rig = rig().await;
    let (matter, act, _) = protected(&rig).await;
    let docket = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    assert_eq!(docket.matter.person(WHO).unwrap().identity.open(), None);
    assert_eq!(docket.protected.iter().map(|who| who.name.as_str()).collect::<Vec<_>>(), [REPORTER]);
    assert!(!format!("{:?}{:?}", docket.matter, docket.entries).contains(REPORTER));

    let identity = rig.store.opened_identity(&open(HOME), matter, act).await.unwrap().unwrap();
    assert_eq!(identity.name, REPORTER);
    let first = docket.entries[0].id;
    assert_eq!(rig.store.opened_identity(&open(HOME), matter, first).await.unwrap(), None, "no act of opening");
    for stranger in [open(OTHER), open(AUTHORITY), sealed(HOME)] {
        assert_eq!(rig.store.opened_identity(&stranger, matter, act).await.unwrap(), None, "{stranger:?}");
    }
    let sealed = rig.store.docket(&sealed(HOME), matter).await.unwrap().unwrap();
    assert!(sealed.protected.is_empty());
}

#[tokio::test]
async fn an_erased_identity_is_not_opened_any_more() {
    let rig = rig().await;
    let (matter, act, _) = protected(&rig).await;
    let proposal = rig.add(matter, 3, propose()).await.unwrap();
    rig.add(matter, 4, confirm(&proposal)).await.unwrap();
    assert_eq!(rig.store.opened_identity(&open(HOME), matter, act).await.unwrap(), None);
    assert!(rig.store.docket(&open(HOME), matter).await.unwrap().unwrap().protected.is_empty());
}
