//! Proofs from a ledger, and one office as the witness of another's.

use netra_docket::ids::MatterId;
use netra_ledger::tree::{ConsistencyProof, leaf_hash, verify_inclusion};
use netra_ledger::{Checkpoint, WitnessError, cosignatures};
use netra_store::{LedgerError, office_of_ledger};

use crate::common::*;

/// Records and publishes so many matters more; gives the newest checkpoint.
async fn grown(rig: &Rig, matters: i64, hour: i64) -> String {
    for _ in 0..matters {
        rig.store.record(recording(MatterId::new(uuid()), 0, hours_later(hour), vec![report(NO_BYTES)])).await.unwrap();
    }
    rig.store.publish_ledgers(hours_later(hour)).await.unwrap();
    rig.store.checkpoint(&office_id(HOME)).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_act_is_proven_to_be_in_the_newest_checkpoint() {
    let rig = rig().await;
    let office = office_id(HOME);
    let matter = rig.open_matter().await;
    let docket = rig.store.docket(&sealed(HOME), matter).await.unwrap().unwrap();
    let act = docket.entries[0].id;
    let early = rig.store.prove_act(&office, act).await.unwrap_err();
    assert!(matches!(early, LedgerError::Unpublished(_)), "{early:?}");
    grown(&rig, 20, 1).await;
    let found = rig.store.prove_act(&office, act).await.unwrap();
    let head = Checkpoint::open(&found.checkpoint, &rig.store.ledger_key(&office).unwrap()).unwrap().head;
    assert_eq!((found.leaf, head.size), (0, 21));
    verify_inclusion(&head, found.leaf, &leaf_hash(&found.record), &found.proof).unwrap();
    let other = rig.store.prove_act(&office_id(OTHER), act).await.unwrap_err();
    assert!(matches!(other, LedgerError::Unpublished(_)), "{other:?}");
    let late = rig.open_matter().await;
    let late = rig.store.docket(&sealed(HOME), late).await.unwrap().unwrap().entries[0].id;
    let refused = rig.store.prove_act(&office, late).await.unwrap_err();
    assert!(matches!(refused, LedgerError::NoSuchAct { .. }), "no checkpoint covers it yet: {refused:?}");
}

#[tokio::test]
async fn a_province_countersigns_what_grew_and_nothing_else() {
    let rig = rig().await;
    let (office, province) = (office_id(HOME), office_id(PROVINCE));
    let key = rig.store.ledger_key(&office).unwrap();
    assert_eq!(office_of_ledger(key.name().as_str()), Some(office.clone()));
    let none = ConsistencyProof::default();
    let first = grown(&rig, 3, 1).await;
    let signed = rig.store.countersign(&province, &first, &key, &none, hours_later(2)).await.unwrap();
    let witness = rig.store.witness_key(&province).unwrap();
    let by = cosignatures(&signed, &[witness]).unwrap();
    assert_eq!(by[0].unix_seconds, u64::try_from(hours_later(2).instant().as_second()).unwrap());
    assert!(Checkpoint::open(&signed, &key).is_ok(), "the ledger's own signature still holds");

    let second = grown(&rig, 5, 3).await;
    let refused = rig.store.countersign(&province, &second, &key, &none, hours_later(4)).await.unwrap_err();
    assert!(matches!(refused, LedgerError::Witness(WitnessError::Unproven { .. })), "{refused:?}");
    let proof = rig.store.prove_growth(&office, 3).await.unwrap();
    rig.store.countersign(&province, &second, &key, &proof, hours_later(4)).await.unwrap();
    let refused = rig.store.countersign(&province, &first, &key, &none, hours_later(5)).await.unwrap_err();
    assert!(matches!(refused, LedgerError::Witness(WitnessError::Shrunk { .. })), "{refused:?}");
    let other = rig.store.ledger_key(&office_id(OTHER)).unwrap();
    let refused = rig.store.countersign(&province, &second, &other, &proof, hours_later(5)).await.unwrap_err();
    assert!(matches!(refused, LedgerError::Witness(WitnessError::Checkpoint(_))), "{refused:?}");
}
