//! The outbox, files that other servers announce, and the receipts that are given.

use netra_docket::ids::{ActId, MatterId};
use netra_ledger::SigningKey;
use netra_ledger::bundle::{BundleKind, Fingerprint};
use netra_ledger::receipt::{Receipt, ReceiptFault, ReceiptState};
use netra_ledger::waybill::Waybill;
use netra_store::{
    Announced, ArrivalRow, ArrivalState, BundleStoreError, Delivery, DeliveryState, InboxItem, NewDelivery,
    OpeningState, Package, SenderTrust, office_key_name,
};

use crate::common::*;

fn print(digits: &str) -> Fingerprint {
    digits.repeat(32).parse().unwrap()
}

fn asked(act: u128) -> NewDelivery {
    NewDelivery {
        office: office_id(HOME),
        matter: MatterId::new(uuid::Uuid::from_u128(1)),
        act: ActId::new(uuid::Uuid::from_u128(act)),
        kind: BundleKind::Forwarding,
        receiver: office_key_name(&office_id(AUTHORITY)).unwrap(),
        receiver_name: "Instansi Rekaan".to_owned(),
        asked: hours_later(1),
    }
}

fn package(digits: &str) -> Package {
    Package { fingerprint: print(digits), blob: "ef".repeat(32), size: 7, waybill: "surat jalan".to_owned() }
}

async fn all(rig: &Rig) -> Vec<Delivery> {
    rig.store.deliveries(&sealed(HOME), asked(0).matter).await.unwrap()
}

#[tokio::test]
async fn one_act_goes_to_a_receiver_in_one_delivery() {
    let rig = rig().await;
    for act in [1, 2, 1] {
        rig.store.ask_delivery(&asked(act)).await.unwrap();
    }
    let found = all(&rig).await;
    assert_eq!(found.iter().map(|delivery| delivery.state).collect::<Vec<_>>(), [DeliveryState::Asked; 2]);
    assert!(found.iter().any(|delivery| delivery.what == asked(1)), "{found:?}");
    assert_eq!(rig.store.deliveries(&sealed(OTHER), asked(0).matter).await.unwrap(), [], "another office's");

    let one = found.iter().find(|delivery| delivery.what == asked(1)).unwrap();
    rig.store.delivery_packed(one.id, &package("ab")).await.unwrap();
    rig.store.ask_delivery(&NewDelivery { asked: hours_later(2), ..asked(1) }).await.unwrap();
    let packed = all(&rig).await.into_iter().find(|delivery| delivery.id == one.id).unwrap();
    assert_eq!((packed.state, packed.package, packed.what), (DeliveryState::Packed, Some(package("ab")), asked(1)));

    rig.store.delivery_refused(one.id, "Bukan untuk kantor ini.").await.unwrap();
    let refused = all(&rig).await.into_iter().find(|delivery| delivery.id == one.id).unwrap();
    assert_eq!((refused.state, refused.why.as_deref()), (DeliveryState::Refused, Some("Bukan untuk kantor ini.")));
    rig.store.ask_delivery(&NewDelivery { asked: hours_later(3), ..asked(1) }).await.unwrap();
    let again = all(&rig).await.into_iter().find(|delivery| delivery.id == one.id).unwrap();
    assert_eq!((again.state, again.package, again.why), (DeliveryState::Asked, None, None));
    assert_eq!(again.what.asked, hours_later(3));
}

#[tokio::test]
async fn a_delivery_is_gone_on_with_at_its_time_and_by_one_server() {
    let rig = rig().await;
    rig.store.ask_delivery(&asked(1)).await.unwrap();
    let due = |now| rig.store.due_deliveries(now, 9);
    let seen = due(1000).await.unwrap().remove(0);
    assert!(rig.store.claim_delivery(&seen, 1600).await.unwrap());
    assert!(!rig.store.claim_delivery(&seen, 1600).await.unwrap(), "another server was quicker");
    assert_eq!(due(1599).await.unwrap(), []);
    rig.store.delivery_failed(seen.id, "Tidak terjangkau.", 2000).await.unwrap();
    rig.store.delivery_failed(seen.id, "Masih tidak terjangkau.", 3000).await.unwrap();
    assert_eq!(due(2999).await.unwrap(), []);
    let waiting = due(3000).await.unwrap().remove(0);
    assert_eq!((waiting.attempts, waiting.why.as_deref()), (2, Some("Masih tidak terjangkau.")));

    let scope = sealed(HOME);
    assert!(!rig.store.hurry_delivery(&sealed(OTHER), asked(1).matter, seen.id).await.unwrap(), "another office");
    assert!(rig.store.hurry_delivery(&scope, asked(1).matter, seen.id).await.unwrap());
    assert_eq!(due(0).await.unwrap().len(), 1);
    rig.store.delivery_went(seen.id, DeliveryState::Sent, 4000).await.unwrap();
    rig.store.delivery_waits(seen.id, 5000).await.unwrap();
    let sent = due(5000).await.unwrap().remove(0);
    assert_eq!((sent.state, sent.attempts, sent.why), (DeliveryState::Sent, 1, None));
    rig.store.delivery_went(seen.id, DeliveryState::Done, 0).await.unwrap();
    assert_eq!(due(i64::MAX).await.unwrap(), []);
    assert!(!rig.store.hurry_delivery(&scope, asked(1).matter, seen.id).await.unwrap());
}

fn key(seed: u8) -> SigningKey {
    SigningKey::new(office_key_name(&office_id(HOME)).unwrap(), &[seed; 32])
}

/// What a key announces of the bundle of some digits, with bytes of some digits.
async fn announced(rig: &Rig, seed: u8, bytes: &str, trust: SenderTrust) -> ArrivalRow {
    let key = key(seed);
    let waybill = Waybill {
        bundle: print("ab"),
        from: key.verifier().name().clone(),
        to: office_key_name(&office_id(AUTHORITY)).unwrap(),
        key: key.verifier().clone(),
        sha256: bytes.repeat(32),
        size: 7,
        at: hours_later(0).instant(),
    };
    let upload = rig.store.begin_upload("antar/contoh", "").await.unwrap();
    ArrivalRow::new(&waybill, office_id(AUTHORITY), trust, upload, 1000)
}

#[tokio::test]
async fn of_one_bundle_there_is_one_arrival_and_strangers_give_way() {
    let rig = rig().await;
    let stranger = announced(&rig, 1, "cd", SenderTrust::Stranger).await;
    assert_eq!(rig.store.announce_arrival(&stranger).await.unwrap(), Announced::New(None));
    let again = ArrivalRow { announced: 2000, ..stranger.clone() };
    let before = Announced::Known(Box::new(stranger.clone()));
    assert_eq!(rig.store.announce_arrival(&again).await.unwrap(), before);
    assert_eq!(rig.store.arrivals_of_strangers().await.unwrap(), (1, 7));
    let other = announced(&rig, 2, "cd", SenderTrust::Stranger).await;
    assert_eq!(rig.store.announce_arrival(&other).await.unwrap(), Announced::Taken);

    let known = announced(&rig, 3, "ef", SenderTrust::Known).await;
    assert_eq!(rig.store.announce_arrival(&known).await.unwrap(), Announced::New(Some(stranger.upload.clone())));
    assert_eq!(rig.store.announce_arrival(&stranger).await.unwrap(), Announced::Taken);
    assert_eq!(rig.store.arrival(print("ab")).await.unwrap(), Some(known.clone()));
    assert_eq!(rig.store.arrivals_of_strangers().await.unwrap(), (0, 0));
    let repacked = announced(&rig, 3, "01", SenderTrust::Known).await;
    assert_eq!(rig.store.announce_arrival(&repacked).await.unwrap(), Announced::New(Some(known.upload)));
}

#[tokio::test]
async fn what_was_refused_stays_refused_and_what_is_old_is_forgotten() {
    let rig = rig().await;
    let row = announced(&rig, 1, "cd", SenderTrust::Known).await;
    rig.store.announce_arrival(&row).await.unwrap();
    assert_eq!(rig.store.whole_arrivals(9).await.unwrap(), []);
    rig.store.arrival_is(row.fingerprint, &ArrivalState::Whole).await.unwrap();
    assert_eq!(rig.store.whole_arrivals(9).await.unwrap().len(), 1);
    let refused = ArrivalState::Refused { fault: "file-changed".to_owned(), why: "Berubah.".to_owned() };
    rig.store.arrival_is(row.fingerprint, &refused).await.unwrap();
    rig.store.arrival_is(row.fingerprint, &ArrivalState::Whole).await.unwrap();
    let Announced::Known(known) = rig.store.announce_arrival(&row).await.unwrap() else { panic!("it is known") };
    assert_eq!(known.state, refused);
    assert_eq!(rig.store.sweep_arrivals(1000).await.unwrap(), 0);
    assert_eq!(rig.store.sweep_arrivals(1001).await.unwrap(), 1);
    assert_eq!(rig.store.arrival(row.fingerprint).await.unwrap(), None);
}

fn receipt(state: ReceiptState) -> Receipt {
    let name = |office: &str| office_key_name(&office_id(office)).unwrap();
    let (bundle, from, to) = (print("ab"), name(HOME), name(AUTHORITY));
    Receipt { bundle, from, to, at: hours_later(3).instant(), state }
}

#[tokio::test]
async fn receipts_are_given_once_for_each_step_and_never_go_back() {
    let rig = rig().await;
    let item = InboxItem {
        fingerprint: print("ab"),
        office: office_id(AUTHORITY),
        sender: office_key_name(&office_id(HOME)).unwrap(),
        sender_name: "Kantor Rekaan".to_owned(),
        matter: "00000000-0000-0000-0000-000000000001".to_owned(),
        number: None,
        received: hours_later(1),
        distrust: None,
        blob: "cd".repeat(32),
        size: 7,
        receipt: "tanda terima lama".to_owned(),
    };
    assert_eq!(rig.store.given_receipts(print("ab")).await.unwrap(), [] as [String; 0]);
    rig.store.receive_bundle(&item).await.unwrap();
    assert_eq!(rig.store.given_receipts(print("ab")).await.unwrap(), ["tanda terima lama"], "of before");

    let note =
        |receipt: &Receipt| rig.store.sign_with(&office_id(AUTHORITY), |key| receipt.sign(key)).unwrap().unwrap();
    let number = |number: &str| receipt(ReceiptState::Received { number: number.to_owned() });
    let delivered = receipt(ReceiptState::Delivered);
    rig.store.give_receipt(&delivered, &note(&delivered)).await.unwrap();
    rig.store.give_receipt(&number("B-1"), &note(&number("B-1"))).await.unwrap();
    let second = rig.store.give_receipt(&number("B-2"), &note(&number("B-2"))).await.unwrap_err();
    assert!(matches!(second, BundleStoreError::Receipt(ReceiptFault::Second("received"))), "{second}");
    let back = rig.store.give_receipt(&delivered, &note(&delivered)).await.unwrap_err();
    assert!(matches!(back, BundleStoreError::Receipt(ReceiptFault::Backwards("received"))), "{back}");
    let given = [note(&delivered), note(&number("B-1"))];
    assert_eq!(rig.store.given_receipts(print("ab")).await.unwrap(), given);

    rig.store.opening_failed(print("ab"), "Tidak cocok.").await.unwrap();
    let marks = rig.store.inbox_marks(&office_id(AUTHORITY)).await.unwrap();
    let mark = &marks[&print("ab")];
    assert_eq!(mark.receipts, [delivered, number("B-1")]);
    assert_eq!(mark.opening, Some(OpeningState::Failed("Tidak cocok.".to_owned())));
    assert!(rig.store.inbox_marks(&office_id(EMPLOYER)).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_bytes_of_an_upload_are_read_without_keeping_them() {
    let rig = rig().await;
    let upload = rig.store.begin_upload("antar/contoh", "").await.unwrap();
    rig.store.append_upload(&upload, 0, bytes::Bytes::from_static(b"isi bundel")).await.unwrap();
    let (mut file, kept) = rig.store.upload_file(&upload, 10).await.unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut file, &mut text).unwrap();
    assert_eq!((text.as_str(), kept.size), ("isi bundel", 10));
    assert!(rig.store.get_blob(&kept.sha256).await.is_err(), "nothing was kept");
    drop(file);
    assert!(rig.store.upload_file(&upload, 9).await.is_err(), "longer than allowed");
}
