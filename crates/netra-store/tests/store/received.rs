//! Acts that come from another office in a bundle: taken in with what proves them, or not at all.

use netra_docket::act::{Act, Forwarded, Recommendation, RecommendedFor, StatusAnnounced};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{AccountId, ActId, ExhibitNo, MatterId, PersonNo, SealId};
use netra_docket::matter::Refusal;
use netra_docket::private::{Private, Seal};
use netra_ledger::bundle::{
    ActPlace, BundleHead, BundleKind, BundleWriter, Disclosures, Expected, FileKind, Fingerprint, LogProof, NewFile,
    Party, act_path, checkpoint_path, proof_path, values_path,
};
use netra_store::{InboxItem, NewAct, OpeningState, ReceiveError, RecordError, Recording, SentRow, office_key_name};

use crate::common::*;

const PHOTO: &[u8] = b"foto rekaan";

/// A store that has one office only.
async fn alone(office: &str) -> Rig {
    let rig = empty().await;
    let own = offices().into_iter().find(|one| one.id.as_str() == office).unwrap();
    rig.store.add_office(&own).await.unwrap();
    rig
}

fn forwarded() -> Act {
    Act::Forwarded(Forwarded {
        letter: "PN-1".to_owned(),
        persons: vec![PersonNo(2)],
        kind: "other-law".to_owned(),
        authority: "kasn".to_owned(),
        to_office: None,
        channel: "surat".to_owned(),
        copies: String::new(),
    })
}

fn recommended() -> Act {
    Act::RecommendationReceived(Recommendation {
        number: "R-1".to_owned(),
        dated: "2024-01-26".parse().unwrap(),
        employer_received: None,
        employer_office: None,
        persons: vec![RecommendedFor { person: PersonNo(2), sanction: "sedang".to_owned() }],
    })
}

/// A matter of the home office that was forwarded by its third act.
async fn sender() -> (Rig, MatterId) {
    let rig = alone(HOME).await;
    let matter = MatterId::new(uuid());
    let photo = rig.store.put_blob(PHOTO).await.unwrap();
    let Act::ReportReceived(mut told) = report(&photo) else { panic!("a report") };
    told.exhibits[0].size = PHOTO.len() as u64;
    let acts = vec![Act::ReportReceived(told), receipt(), forwarded()];
    rig.store.record(recording(matter, 0, hours_later(0), acts)).await.unwrap();
    (rig, matter)
}

/// A bundle as its receiver gets it.
struct Parcel {
    bytes: Vec<u8>,
    fingerprint: Fingerprint,
    head: BundleHead,
}

/// What is packed, and how.
struct Packing<'a> {
    office: &'a str,
    to: &'a str,
    matter: MatterId,
    kind: BundleKind,
    /// The entries from this one on.
    from: u32,
    exhibits: bool,
}

/// The entries as the receiver may see them: without the reporter, whose name also stands in the account of events.
fn without_reporter(mut entries: Vec<Entry>) -> Vec<Entry> {
    for entry in &mut entries {
        if let Act::ReportReceived(report) = &mut entry.what {
            let nothing = Seal { id: SealId::new(uuid::Uuid::nil()), commitment: String::new() };
            report.persons[0].identity = Private::Sealed(nothing);
            report.event.account = Private::Open("Menurut [dirahasiakan], terlapor mengajak.".to_owned());
        }
    }
    entries
}

async fn pack(rig: &Rig, packing: &Packing<'_>, change: impl FnOnce(&mut Disclosures)) -> Parcel {
    let (scope, matter) = (open(packing.office), packing.matter);
    rig.store.publish_ledgers(hours_later(50)).await.unwrap();
    let docket = rig.store.docket(&scope, matter).await.unwrap().unwrap();
    let records = rig.store.records(&scope, matter).await.unwrap().unwrap();
    let shown = without_reporter(docket.entries);
    let sent: (Vec<Entry>, Vec<Vec<u8>>) = shown.into_iter().zip(records).filter(|(e, _)| e.n >= packing.from).unzip();
    let (shown, records) = sent;
    let mut values = rig.store.disclosures(&scope, matter, &records, &shown).await.unwrap();
    change(&mut values);
    let name = |office: &str| office_key_name(&office_id(office)).unwrap();
    let head = BundleHead {
        kind: packing.kind,
        from: Party { office: name(packing.office), name: format!("Kantor {}", packing.office) },
        to: Party { office: name(packing.to), name: format!("Kantor {}", packing.to) },
        ledger: rig.store.ledger_key(&office_id(packing.office)).unwrap(),
        matter: matter.to_string(),
        number: None,
        handover: shown.last().unwrap().id.to_string(),
        violations: Vec::new(),
        created: hours_later(50).instant(),
    };
    let mut writer = BundleWriter::new(Vec::new(), head.clone()).unwrap();
    let mut checkpoint = String::new();
    for ((entry, record), n) in shown.iter().zip(&records).zip(1..) {
        put(&mut writer, act_path(ActPlace(n)).unwrap().as_str(), FileKind::Act, record);
        let found = rig.store.prove_act(&office_id(packing.office), entry.id).await.unwrap();
        let proof = LogProof { index: found.leaf, proof: found.proof, checkpoint: found.checkpoint };
        put(&mut writer, proof_path(ActPlace(n)).unwrap().as_str(), FileKind::Proof, proof.to_string().as_bytes());
        checkpoint = proof.checkpoint;
    }
    put(&mut writer, checkpoint_path().as_str(), FileKind::Checkpoint, checkpoint.as_bytes());
    put(&mut writer, values_path().as_str(), FileKind::Values, &serde_json::to_vec(&values).unwrap());
    if packing.exhibits {
        put(&mut writer, "data/exhibits/001.jpg", FileKind::Exhibit, PHOTO);
    }
    let written = rig.store.sign_with(&office_id(packing.office), |key| writer.finish(key)).unwrap();
    let (written, bytes) = written.unwrap();
    Parcel { bytes, fingerprint: written.fingerprint, head }
}

fn put(writer: &mut BundleWriter<Vec<u8>>, path: &str, kind: FileKind, mut bytes: &[u8]) {
    let expected = None::<Expected>;
    let file = NewFile { path: path.parse().unwrap(), kind, media_type: "application/json", title: "Berkas", expected };
    writer.add(file, &mut bytes).unwrap();
}

/// The bundle lies in the inbox of its receiver.
async fn arrive(rig: &Rig, to: &str, parcel: &Parcel, distrust: Option<&str>) {
    let item = InboxItem {
        fingerprint: parcel.fingerprint,
        office: office_id(to),
        sender: parcel.head.from.office.clone(),
        sender_name: parcel.head.from.name.clone(),
        matter: parcel.head.matter.clone(),
        number: None,
        received: hours_later(60),
        distrust: distrust.map(|why| ("revoked".to_owned(), why.to_owned())),
        blob: rig.store.put_blob(&parcel.bytes).await.unwrap(),
        size: parcel.bytes.len() as u64,
        receipt: "tanda terima".to_owned(),
    };
    rig.store.receive_bundle(&item).await.unwrap();
}

async fn opened(rig: &Rig, to: &str, parcel: &Parcel) -> Result<usize, ReceiveError> {
    let by = Actor::Officer { account: AccountId::new(uuid::Uuid::from_u128(7)), office: office_id(to) };
    let done = rig.store.open_received(&office_id(to), parcel.fingerprint, by, hours_later(61)).await;
    done.map(|opened| opened.acts)
}

/// What the receiver of a forwarding gets.
fn forwarding(matter: MatterId) -> Packing<'static> {
    Packing { office: HOME, to: AUTHORITY, matter, kind: BundleKind::Forwarding, from: 1, exhibits: true }
}

/// What comes back: everything after the history.
fn answer(matter: MatterId) -> Packing<'static> {
    Packing { office: AUTHORITY, to: HOME, matter, kind: BundleKind::Answer, from: 2, exhibits: false }
}

async fn add(rig: &Rig, office: &str, matter: MatterId, expected: u32, what: Act) {
    let by = Actor::Officer { account: AccountId::new(uuid()), office: office_id(office) };
    let at = hours_later(70 + i64::from(expected));
    let acts = vec![NewAct { id: ActId::new(uuid()), at, what }];
    let recording = Recording { matter, home: office_id(office), expected, by, recorded: at, acts, receipt: None };
    rig.store.record(recording).await.unwrap();
}

async fn length(rig: &Rig, office: &str, matter: MatterId) -> usize {
    rig.store.docket(&sealed(office), matter).await.unwrap().map_or(0, |docket| docket.entries.len())
}

async fn values(rig: &Rig) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM vault").fetch_one(&rig.raw().await).await.unwrap()
}

async fn assert_whole(rig: &Rig) {
    rig.store.publish_ledgers(hours_later(90)).await.unwrap();
    let found = rig.store.verify(&[]).await.unwrap();
    assert_eq!(found.faults, [], "the store verifies");
}

#[tokio::test]
async fn a_forwarding_opens_a_matter_without_its_reporter() {
    let (home, matter) = sender().await;
    let parcel = pack(&home, &forwarding(matter), |_| ()).await;
    let there = alone(AUTHORITY).await;
    arrive(&there, AUTHORITY, &parcel, None).await;
    assert_eq!(opened(&there, AUTHORITY, &parcel).await.unwrap(), 3);

    let docket = there.store.docket(&open(AUTHORITY), matter).await.unwrap().unwrap();
    let m = &docket.matter;
    assert_eq!((m.home.as_str(), m.office.as_str(), docket.entries.len()), (AUTHORITY, AUTHORITY, 1));
    assert_eq!(m.persons[0].identity.open(), None, "the reporter stays unnamed");
    assert_eq!(m.persons[1].identity.open().unwrap().name, REPORTED);
    let account = m.event.as_ref().unwrap().account.open().unwrap();
    assert_eq!(account, "Menurut [dirahasiakan], terlapor mengajak.", "what is left of it is read in its place");
    assert_eq!((m.forwardings.len(), m.forwardings[0].what.to_office.clone()), (1, None));
    assert_eq!(m.owner, Some(AccountId::new(uuid::Uuid::from_u128(7))));
    let photo = there.store.exhibit_bytes(&open(AUTHORITY), matter, ExhibitNo(1)).await.unwrap().unwrap();
    assert_eq!(photo.1, PHOTO);
    assert_whole(&there).await;

    let kept = values(&there).await;
    assert_eq!(opened(&there, AUTHORITY, &parcel).await.unwrap(), 0, "a second time it changes nothing");
    assert_eq!((length(&there, AUTHORITY, matter).await, values(&there).await), (1, kept));
    let raw: Vec<Vec<u8>> = sqlx::query_scalar("SELECT body FROM acts").fetch_all(&there.raw().await).await.unwrap();
    let text: String = raw.iter().map(|body| String::from_utf8_lossy(body).into_owned()).collect();
    for secret in [REPORTER, REPORTED, ACCOUNT, "Menurut"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let marks = there.store.inbox_marks(&office_id(AUTHORITY)).await.unwrap();
    assert_eq!(marks[&parcel.fingerprint].opening, Some(OpeningState::In(matter)));
}

#[tokio::test]
async fn what_the_authority_records_comes_back_and_both_dockets_agree() {
    let (home, matter) = sender().await;
    let there = alone(AUTHORITY).await;
    let parcel = pack(&home, &forwarding(matter), |_| ()).await;
    arrive(&there, AUTHORITY, &parcel, None).await;
    opened(&there, AUTHORITY, &parcel).await.unwrap();
    add(&there, AUTHORITY, matter, 1, recommended()).await;
    let back = pack(&there, &answer(matter), |_| ()).await;
    arrive(&home, HOME, &back, None).await;
    let stranger = opened(&home, HOME, &back).await.unwrap_err();
    assert!(matches!(stranger, ReceiveError::NoParty(_)), "{stranger}");
    assert_eq!(length(&home, HOME, matter).await, 3, "nothing was recorded");

    home.store
        .remember_sent(&SentRow {
            fingerprint: parcel.fingerprint,
            office: office_id(HOME),
            matter,
            act: parcel.head.handover.parse().unwrap(),
            receiver: office_key_name(&office_id(AUTHORITY)).unwrap(),
            made: hours_later(50),
        })
        .await
        .unwrap();
    assert_eq!(opened(&home, HOME, &back).await.unwrap(), 1);
    assert_eq!(opened(&home, HOME, &back).await.unwrap(), 0);
    let here = home.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    let elsewhere = there.store.docket(&open(AUTHORITY), matter).await.unwrap().unwrap();
    assert_eq!(here.matter.recommendations, elsewhere.matter.recommendations);
    assert_eq!((here.matter.recommendations.len(), here.matter.stage()), (1, elsewhere.matter.stage()));
    assert_eq!(here.matter.persons[0].identity.open().unwrap().name, REPORTER, "the sender still knows");
    assert_whole(&home).await;
    assert_whole(&there).await;
}

#[tokio::test]
async fn what_does_not_hold_leaves_no_trace() {
    let (home, matter) = sender().await;
    let there = alone(AUTHORITY).await;
    let forwarding = forwarding(matter);

    let aside = pack(&home, &forwarding, |_| ()).await;
    arrive(&there, AUTHORITY, &aside, Some("dicabut.")).await;
    let error = opened(&there, AUTHORITY, &aside).await.unwrap_err();
    assert!(matches!(error, ReceiveError::SetAside(_)), "{error}");
    let unknown = there.store.open_received(&office_id(HOME), aside.fingerprint, Actor::System, hours_later(61)).await;
    assert!(matches!(unknown, Err(ReceiveError::NotFound)));

    let swapped = pack(&home, &forwarding, |values| values.disclosed[0].value = "nama lain".into()).await;
    arrive(&there, AUTHORITY, &swapped, None).await;
    let error = opened(&there, AUTHORITY, &swapped).await.unwrap_err();
    assert!(matches!(error, ReceiveError::OtherValue(_)), "{error}");
    let garbled = pack(&home, &forwarding, |values| values.disclosed[0].seal = "bukan nomor".to_owned()).await;
    arrive(&there, AUTHORITY, &garbled, None).await;
    let error = opened(&there, AUTHORITY, &garbled).await.unwrap_err();
    assert!(matches!(error, ReceiveError::Values), "{error}");

    let early = Packing { kind: BundleKind::Answer, ..forwarding };
    let early = pack(&home, &early, |_| ()).await;
    arrive(&there, AUTHORITY, &early, None).await;
    let error = opened(&there, AUTHORITY, &early).await.unwrap_err();
    assert!(matches!(error, ReceiveError::NoMatter), "{error}");
    assert_eq!((length(&there, AUTHORITY, matter).await, values(&there).await), (0, 0));
    assert_whole(&there).await;
}

#[tokio::test]
async fn an_answer_with_other_acts_leaves_no_trace() {
    let (home, matter) = sender().await;
    let there = alone(AUTHORITY).await;
    let parcel = pack(&home, &forwarding(matter), |_| ()).await;
    arrive(&there, AUTHORITY, &parcel, None).await;
    opened(&there, AUTHORITY, &parcel).await.unwrap();
    let announced = StatusAnnounced { title: "Palsu".to_owned(), text: "Palsu.".to_owned(), posted: String::new() };
    add(&there, AUTHORITY, matter, 1, Act::StatusAnnounced(announced)).await;
    let back = pack(&there, &answer(matter), |_| ()).await;
    home.store
        .remember_sent(&SentRow {
            fingerprint: parcel.fingerprint,
            office: office_id(HOME),
            matter,
            act: parcel.head.handover.parse().unwrap(),
            receiver: office_key_name(&office_id(AUTHORITY)).unwrap(),
            made: hours_later(50),
        })
        .await
        .unwrap();
    arrive(&home, HOME, &back, None).await;
    let before = values(&home).await;
    let error = opened(&home, HOME, &back).await.unwrap_err();
    let refused = matches!(error, ReceiveError::Record(RecordError::Refused(Refusal::NoAnswer(2))));
    assert!(refused && !error.is_passing(), "{error}");
    assert_eq!((length(&home, HOME, matter).await, values(&home).await), (3, before));
    assert_eq!(home.store.notices(10, None).await.unwrap().len(), 0, "nothing was published");
}

#[tokio::test]
async fn an_exhibit_that_did_not_come_along_is_told_to_be_absent() {
    let (home, matter) = sender().await;
    let there = alone(AUTHORITY).await;
    let parcel = pack(&home, &Packing { exhibits: false, ..forwarding(matter) }, |_| ()).await;
    arrive(&there, AUTHORITY, &parcel, None).await;
    opened(&there, AUTHORITY, &parcel).await.unwrap();
    let docket = there.store.docket(&sealed(AUTHORITY), matter).await.unwrap().unwrap();
    let Act::HistoryReceived(received) = &docket.entries[0].what else { panic!("a history") };
    assert_eq!(received.absent, [docket.matter.exhibits[0].sha256.clone()]);
    assert_whole(&there).await;
}
