//! Messages between reporter and office: what a tracking code opens, and who has seen what.

use netra_docket::act::{Act, Exhibit, ExhibitLabel, OfficeWrote, RepairRequested, ReporterWrote};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, ExhibitNo, MatterId, PersonNo};
use netra_docket::messages::{Side, messages, unread};
use netra_docket::private::Private;
use netra_store::{MessageReader, PublicReceipt, Recording};

use crate::common::*;

const CODE: &str = "c0de";
const QUESTION: &str = "Kapan saya diperiksa? Nomor rekaan saya 0800-REKAAN.";
const ANSWER: &str = "Datang hari Senin.";

fn wrote(text: &str, exhibits: Vec<Exhibit>) -> Act {
    Act::ReporterWrote(ReporterWrote { person: Some(PersonNo(1)), text: text.to_owned().into(), exhibits })
}

fn answered(text: &str) -> Act {
    Act::OfficeWrote(OfficeWrote { text: text.to_owned().into() })
}

fn exhibit(no: u16) -> Exhibit {
    Exhibit {
        no: ExhibitNo(no),
        sha256: NO_BYTES.to_owned(),
        size: 4,
        media_type: "image/jpeg".to_owned(),
        label: Private::Open(ExhibitLabel { file_name: "bukti-rekaan.jpg".to_owned(), ..ExhibitLabel::default() }),
        source: None,
    }
}

/// A report through the public form, whose code is [`CODE`].
async fn reported(rig: &Rig) -> MatterId {
    let receipt = PublicReceipt { token_hash: "70ce".to_owned(), code_hash: CODE.to_owned() };
    let recording = Recording { by: Actor::Public, receipt: Some(receipt), ..new_matter(hours_later(0)) };
    rig.store.record(recording).await.unwrap().matter.id
}

async fn add_public(rig: &Rig, matter: MatterId, expected: u32, what: Act) {
    let at = hours_later(i64::from(expected));
    let recording = Recording { by: Actor::Public, ..recording(matter, expected, at, vec![what]) };
    rig.store.record(recording).await.unwrap();
}

/// U114: with the code one reads messages, and nothing else that is private.
#[tokio::test]
async fn u114_a_code_opens_messages_and_nothing_else() {
    let rig = rig().await;
    let matter = reported(&rig).await;
    add_public(&rig, matter, 1, wrote(QUESTION, vec![exhibit(2)])).await;
    rig.add(matter, 2, answered(ANSWER)).await.unwrap();
    let note: Private<String> = "Bawa asli suratnya.".to_owned().into();
    rig.add(matter, 3, Act::RepairRequested(RepairRequested { missing: Vec::new(), note })).await.unwrap();

    let docket = rig.store.conversation_by_code(CODE).await.unwrap().unwrap();
    let told: Vec<_> = messages(&docket.entries)
        .unwrap()
        .iter()
        .map(|m| (m.n, m.from, m.text.open().cloned().unwrap(), m.exhibits))
        .collect();
    let expected = [
        (2, Side::Reporter, QUESTION.to_owned(), 1),
        (3, Side::Office, ANSWER.to_owned(), 0),
        (4, Side::Office, "Bawa asli suratnya.".to_owned(), 0),
    ];
    assert_eq!(told, expected);
    let everything = format!("{:?} {:?}", docket.entries, docket.matter);
    for secret in [REPORTER, REPORTED, ACCOUNT, "foto-rekaan", "bukti-rekaan"] {
        assert!(!everything.contains(secret), "{secret}");
    }
    assert!(rig.store.conversation_by_code("0").await.unwrap().is_none());
}

#[tokio::test]
async fn what_was_written_lies_in_the_vault() {
    let rig = rig().await;
    let matter = reported(&rig).await;
    add_public(&rig, matter, 1, wrote(QUESTION, Vec::new())).await;
    rig.add(matter, 2, answered(ANSWER)).await.unwrap();
    for body in rig.store.records(&open(HOME), matter).await.unwrap().unwrap() {
        let text = String::from_utf8(body).unwrap();
        assert!(!text.contains("rekaan saya") && !text.contains("Senin"), "{text}");
    }
    let docket = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    assert_eq!(messages(&docket.entries).unwrap()[0].text.open().map(String::as_str), Some(QUESTION));
}

#[tokio::test]
async fn everybody_has_a_mark_of_his_own_and_it_never_goes_back() {
    let rig = rig().await;
    let matter = reported(&rig).await;
    add_public(&rig, matter, 1, wrote(QUESTION, Vec::new())).await;
    rig.add(matter, 2, answered(ANSWER)).await.unwrap();
    let (one, other) = (AccountId::new(uuid()), AccountId::new(uuid()));
    let docket = rig.store.conversation_by_code(CODE).await.unwrap().unwrap();
    let list = messages(&docket.entries).unwrap();
    let home = office_id(HOME);
    for account in [one, other] {
        let waiting = rig.store.unread_matters(&home, account, 10).await.unwrap();
        assert_eq!(waiting.iter().map(|row| (row.matter, row.messages)).collect::<Vec<_>>(), [(matter, 1)]);
    }
    let reader = MessageReader::Account(one);
    for (mark, seen) in [(2, 2), (1, 2), (3, 3)] {
        rig.store.set_read_mark(matter, reader, mark).await.unwrap();
        assert_eq!(rig.store.read_mark(matter, reader).await.unwrap(), seen);
    }
    assert_eq!(rig.store.unread_matters(&home, one, 10).await.unwrap(), []);
    assert_eq!(rig.store.unread_matters(&home, other, 10).await.unwrap().len(), 1);
    assert_eq!(rig.store.unread_matters(&office_id(OTHER), other, 10).await.unwrap(), []);
    assert_eq!(rig.store.read_mark(matter, MessageReader::Code).await.unwrap(), 0);
    assert_eq!((unread(&list, Side::Reporter, 0), unread(&list, Side::Reporter, 3)), (1, 0));
    assert_eq!((unread(&list, Side::Office, 1), unread(&list, Side::Office, 2)), (1, 0));
}
