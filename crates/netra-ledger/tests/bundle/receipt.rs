//! Receipts: one of each step for a bundle, from its receiver and from nobody else.

use netra_ledger::SigningKey;
use netra_ledger::bundle::Fingerprint;
use netra_ledger::receipt::{Receipt, ReceiptFault, ReceiptState, SentBundle};

use crate::directory::{entry, known, national, now};
use crate::sample::*;

fn sent() -> SentBundle {
    let name = |key: SigningKey| key.verifier().name().clone();
    SentBundle { bundle: bundle().0.fingerprint, from: name(sender()), to: name(receiver()) }
}

fn receipt(state: ReceiptState) -> Receipt {
    let SentBundle { bundle, from, to } = sent();
    Receipt { bundle, from, to, at: now(), state }
}

fn received(number: &str) -> Receipt {
    receipt(ReceiptState::Received { number: number.to_owned() })
}

fn states() -> [ReceiptState; 4] {
    [
        ReceiptState::Delivered,
        ReceiptState::Received { number: "B-12/2024".to_owned() },
        ReceiptState::Returned { reason: "Lampiran \"2\" tidak terbaca.\nMohon dikirim ulang.".to_owned() },
        ReceiptState::Accepted,
    ]
}

#[test]
fn every_receipt_is_read_as_it_was_signed() {
    for state in states() {
        let receipt = receipt(state);
        let text = receipt.sign(&receiver()).unwrap();
        assert!(Receipt::is_one(&text));
        assert_eq!(Receipt::open(&text, receiver().verifier()).unwrap(), receipt);
        assert_eq!(Receipt::open_with(&text, &known(), now()).unwrap(), receipt);
        assert_eq!(receipt.accept(&sent(), &[]), Ok(()));
        for place in (0..text.len()).step_by(5) {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let opened = Receipt::open(&changed, receiver().verifier());
            assert!(opened.is_err() || opened == Ok(receipt.clone()), "byte {place}");
        }
    }
}

#[test]
fn only_the_receiver_signs() {
    let refused = received("B-1").sign(&sender()).unwrap_err();
    assert!(matches!(refused, ReceiptFault::OtherSigner { .. }), "{refused}");
    let other = Receipt { to: sender().verifier().name().clone(), ..received("B-1") };
    let text = other.sign(&sender()).unwrap();
    let found = Receipt::open_with(&text, &known(), now()).unwrap();
    assert!(matches!(found.accept(&sent(), &[]), Err(ReceiptFault::OtherReceiver { .. })));
}

#[test]
fn an_unknown_signer_is_not_trusted() {
    let stranger = key("netra/instansi-contoh", 9);
    let text = received("B-1").sign(&stranger).unwrap();
    let fault = Receipt::open_with(&text, &known(), now()).unwrap_err();
    assert!(matches!(fault, ReceiptFault::Untrusted(_)), "{fault}");
    let directory = known().with(entry(&national()), now()).unwrap();
    let revoked = directory.without(
        receiver().verifier().name(),
        receiver().verifier().id(),
        netra_ledger::directory::Revocation { at: now(), reason: "Kunci hilang.".to_owned() },
        now(),
    );
    let text = received("B-1").sign(&receiver()).unwrap();
    let fault = Receipt::open_with(&text, &revoked.unwrap(), now()).unwrap_err();
    assert_eq!((fault.id(), fault.indonesian().contains("dicabut")), ("untrusted", true));
}

#[test]
fn a_receipt_of_something_else_is_refused() {
    let elsewhere: Fingerprint = "ab".repeat(32).parse().unwrap();
    let other = Receipt { bundle: elsewhere, ..received("B-1") };
    assert!(matches!(other.accept(&sent(), &[]), Err(ReceiptFault::OtherBundle { .. })));
    let other = Receipt { from: receiver().verifier().name().clone(), ..received("B-1") };
    assert!(matches!(other.accept(&sent(), &[]), Err(ReceiptFault::OtherSender { .. })));
}

#[test]
fn of_each_step_there_is_one() {
    let [delivered, entered, returned, accepted] = states().map(receipt);
    let table = [
        (vec![], &delivered, Ok(())),
        (vec![&delivered], &entered, Ok(())),
        (vec![&delivered, &entered], &returned, Ok(())),
        (vec![&delivered], &delivered, Err(ReceiptFault::Replayed)),
        (vec![&delivered, &entered], &delivered, Err(ReceiptFault::Replayed)),
        (vec![&entered], &delivered, Err(ReceiptFault::Backwards("received"))),
        (vec![&entered, &returned], &accepted, Err(ReceiptFault::Second("returned"))),
        (vec![&accepted], &returned, Err(ReceiptFault::Second("accepted"))),
    ];
    for (before, receipt, expected) in table {
        let before: Vec<Receipt> = before.into_iter().cloned().collect();
        assert_eq!(receipt.accept(&sent(), &before), expected, "{receipt:?}");
    }
    let second = received("B-13/2024").accept(&sent(), &[entered]);
    assert_eq!(second, Err(ReceiptFault::Second("received")));
    assert!(second.unwrap_err().indonesian().contains("received"));
}

#[test]
fn what_is_no_receipt_is_refused() {
    let text = received("B-1").sign(&receiver()).unwrap();
    let resigned = |body: &str| netra_ledger::Note::sign(body, &receiver()).unwrap().to_string();
    let (body, _) = text.rsplit_once("\n\n").unwrap();
    let body = format!("{body}\n");
    assert!(Receipt::open(&resigned(&body), receiver().verifier()).is_ok());
    let others = [
        body.replace("receipt/1", "receipt/2"),
        body.replace("{\"bundle\"", "{ \"bundle\""),
        body.replace("\"number\"", "\"lain\":1,\"number\""),
        body.replace("received", "diterima"),
        "netra-receipt/1\n".to_owned(),
    ];
    for other in others {
        assert_eq!(Receipt::open(&resigned(&other), receiver().verifier()), Err(ReceiptFault::Form), "{other}");
    }
}
