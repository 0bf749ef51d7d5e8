//! The inbox, what was sent, receipts, and the trust directory.

use netra_docket::ids::{ActId, MatterId};
use netra_ledger::SigningKey;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::directory::{Directory, DirectoryEntry, DirectoryError};
use netra_ledger::receipt::{Receipt, ReceiptFault, ReceiptState};
use netra_store::{Arrival, BundleStoreError, InboxItem, SentRow, office_key_name};
use sha2::{Digest as _, Sha256};

use crate::common::*;

fn print(digits: &str) -> Fingerprint {
    digits.repeat(32).parse().unwrap()
}

async fn arrived(rig: &Rig, digits: &str, bytes: &[u8]) -> InboxItem {
    let blob: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    rig.store.keep_stream(&blob, std::io::Cursor::new(bytes.to_vec())).await.unwrap();
    InboxItem {
        fingerprint: print(digits),
        office: office_id(AUTHORITY),
        sender: office_key_name(&office_id(HOME)).unwrap(),
        sender_name: "Kantor Rekaan".to_owned(),
        matter: "00000000-0000-0000-0000-000000000001".to_owned(),
        number: None,
        received: hours_later(1),
        distrust: Some(("unknown".to_owned(), "tidak tercantum dalam direktori kepercayaan.".to_owned())),
        blob,
        size: bytes.len() as u64,
        receipt: "tanda terima".to_owned(),
    }
}

#[tokio::test]
async fn a_bundle_is_in_the_inbox_once_and_of_one_office() {
    let rig = rig().await;
    let item = arrived(&rig, "ab", b"isi bundel").await;
    assert_eq!(rig.store.receive_bundle(&item).await.unwrap(), Arrival::New);
    let later = InboxItem { received: hours_later(2), distrust: None, ..item.clone() };
    assert_eq!(rig.store.receive_bundle(&later).await.unwrap(), Arrival::Known(Box::new(item.clone())));
    assert_eq!(rig.store.inbox(&office_id(AUTHORITY)).await.unwrap(), vec![item.clone()]);
    assert_eq!(rig.store.inbox(&office_id(EMPLOYER)).await.unwrap(), vec![]);

    let mut reader = rig.store.inbox_reader(&item.office, item.fingerprint).await.unwrap().unwrap();
    assert_eq!(reader.next_piece().await.unwrap().unwrap().as_ref(), b"isi bundel");
    assert!(rig.store.inbox_reader(&office_id(EMPLOYER), item.fingerprint).await.unwrap().is_none());
    let elsewhere = InboxItem { office: office_id(EMPLOYER), ..item };
    assert!(rig.store.receive_bundle(&elsewhere).await.is_err(), "the row of another office is not shown");
}

fn receipt(rig: &Rig, state: ReceiptState) -> (Receipt, String) {
    let name = |office: &str| office_key_name(&office_id(office)).unwrap();
    let (bundle, from, to) = (print("cd"), name(HOME), name(AUTHORITY));
    let receipt = Receipt { bundle, from, to, at: hours_later(3).instant(), state };
    let note = rig.store.sign_with(&office_id(AUTHORITY), |key| receipt.sign(key)).unwrap().unwrap();
    (receipt, note)
}

#[tokio::test]
async fn receipts_are_taken_once_and_only_for_what_was_sent() {
    let rig = rig().await;
    let (first, note) = receipt(&rig, ReceiptState::Delivered);
    let unsent = rig.store.take_receipt(&first, &note).await.unwrap_err();
    assert!(matches!(unsent, BundleStoreError::NotSent(_)), "{unsent}");
    let sent = SentRow {
        fingerprint: print("cd"),
        office: office_id(HOME),
        matter: MatterId::new(uuid::Uuid::from_u128(1)),
        act: ActId::new(uuid::Uuid::from_u128(2)),
        receiver: office_key_name(&office_id(AUTHORITY)).unwrap(),
        made: hours_later(1),
    };
    rig.store.remember_sent(&sent).await.unwrap();
    rig.store.remember_sent(&sent).await.unwrap();
    assert_eq!(rig.store.sent_bundle(print("cd")).await.unwrap(), Some(sent.clone()));
    assert_eq!(rig.store.take_receipt(&first, &note).await.unwrap(), sent);
    let replayed = rig.store.take_receipt(&first, &note).await.unwrap_err();
    assert!(matches!(replayed, BundleStoreError::Receipt(ReceiptFault::Replayed)), "{replayed}");
    let (entered, note) = receipt(&rig, ReceiptState::Received { number: "B-1".to_owned() });
    rig.store.take_receipt(&entered, &note).await.unwrap();
    let (second, note) = receipt(&rig, ReceiptState::Received { number: "B-2".to_owned() });
    let refused = rig.store.take_receipt(&second, &note).await.unwrap_err();
    assert!(matches!(refused, BundleStoreError::Receipt(ReceiptFault::Second(_))), "{refused}");
}

#[tokio::test]
async fn a_directory_needs_a_known_key_and_never_goes_back() {
    let rig = rig().await;
    let national = SigningKey::new("netra/kantor-pusat".parse().unwrap(), &[7; 32]);
    let at = hours_later(0).instant();
    let older = Directory::new(at);
    let entry = DirectoryEntry {
        key: rig.store.ledger_key(&office_id(HOME)).unwrap(),
        name: "Kantor Rekaan".to_owned(),
        recipient: None,
        address: None,
        since: at,
        until: None,
        revoked: None,
    };
    let newer = older.clone().with(entry, at).unwrap();
    let text = |directory: &Directory| directory.sign(&national).unwrap();
    let unknown = rig.store.import_directory(&text(&older), None).await.unwrap_err();
    assert!(matches!(unknown, BundleStoreError::NoKey), "{unknown}");
    assert_eq!(rig.store.trust_directory().await.unwrap(), None);
    assert_eq!(rig.store.import_directory(&text(&older), Some(national.verifier())).await.unwrap(), older);
    assert_eq!(rig.store.import_directory(&text(&newer), None).await.unwrap(), newer);
    let back = rig.store.import_directory(&text(&older), None).await.unwrap_err();
    assert!(matches!(back, BundleStoreError::Directory(DirectoryError::Older { .. })), "{back}");
    let stranger = SigningKey::new("netra/kantor-pusat".parse().unwrap(), &[8; 32]);
    let other = rig.store.import_directory(&text(&newer), Some(stranger.verifier())).await.unwrap_err();
    assert!(matches!(other, BundleStoreError::OtherKey { .. }), "{other}");
    assert_eq!(rig.store.trust_directory().await.unwrap(), Some(newer));
}

#[tokio::test]
async fn every_office_has_a_secret_of_its_own_for_what_is_sent_to_it() {
    let rig = rig().await;
    let secret = |office: &str| rig.store.transport_secret(&office_id(office)).unwrap();
    assert_eq!(secret(HOME), secret(HOME));
    assert_ne!(secret(HOME), secret(OTHER));
}
