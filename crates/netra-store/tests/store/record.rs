//! Recording and reading back.

use netra_docket::act::{Act, Delegated, FindingFixed, Information, MadeInitialInformation, Plenary, Registered};
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_docket::matter::{Refusal, Stage};
use netra_docket::private::Private;
use netra_store::{PublicReceipt, RecordError};

use crate::common::*;

fn public(token: &str, code: &str) -> Option<PublicReceipt> {
    Some(PublicReceipt { token_hash: token.to_owned(), code_hash: code.to_owned() })
}

#[tokio::test]
async fn what_is_recorded_reads_back() {
    let rig = rig().await;
    let mut first = new_matter(hours_later(0));
    first.acts.extend(recording(first.matter, 0, hours_later(1), vec![receipt()]).acts);
    let recorded = rig.store.record(first.clone()).await.unwrap();
    assert_eq!(recorded.entries.len(), 2);
    assert_eq!(recorded.matter.report_number.as_deref(), Some("001/LP/PL/Kota/23.01/I/2024"));
    assert_eq!(recorded.matter.stage(), Stage::InitialStudy);

    let docket = rig.store.docket(&sealed(HOME), first.matter).await.unwrap().unwrap();
    assert_eq!(docket.entries, recorded.entries);
    assert_eq!(docket.matter, recorded.matter);

    let docket = rig.store.docket(&open(HOME), first.matter).await.unwrap().unwrap();
    assert_eq!(docket.entries[0].what, first.acts[0].what, "opened, it is what was given");
    assert_eq!(docket.entries[0].n, 1);
    assert_eq!(docket.entries[1].n, 2);
    assert_eq!(docket.entries[1].recorded, first.recorded);
    assert_eq!(docket.entries[1].by, first.by);
}

#[tokio::test]
async fn a_docket_that_moved_is_not_written_to() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    for expected in [0, 2, 7] {
        let refused = rig.add(matter, expected, receipt()).await.unwrap_err();
        assert!(matches!(refused, RecordError::Moved), "{expected}: {refused:?}");
    }
    let docket = rig.store.docket(&sealed(HOME), matter).await.unwrap().unwrap();
    assert_eq!(docket.entries.len(), 1);
}

#[tokio::test]
async fn the_same_act_id_is_not_recorded_twice() {
    let rig = rig().await;
    let first = new_matter(hours_later(0));
    rig.store.record(first.clone()).await.unwrap();
    let mut again = new_matter(hours_later(1));
    again.acts[0].id = first.acts[0].id;
    let refused = rig.store.record(again.clone()).await.unwrap_err();
    assert!(matches!(refused, RecordError::Moved), "{refused:?}");
    assert!(rig.store.docket(&sealed(HOME), again.matter).await.unwrap().is_none());
}

#[tokio::test]
async fn a_form_sent_twice_gives_its_first_matter() {
    let rig = rig().await;
    let mut first = new_matter(hours_later(0));
    first.receipt = public("token", "code");
    rig.store.record(first.clone()).await.unwrap();

    let mut again = new_matter(hours_later(1));
    again.receipt = public("token", "another code");
    match rig.store.record(again.clone()).await.unwrap_err() {
        RecordError::AlreadySent(matter) => assert_eq!(matter, first.matter),
        other => panic!("{other:?}"),
    }
    assert_eq!(rig.store.matter_by_token("token").await.unwrap(), Some(first.matter));
    assert_eq!(rig.store.matter_by_token("no token").await.unwrap(), None);
    assert!(rig.store.docket(&sealed(HOME), again.matter).await.unwrap().is_none());
    let behind_code = rig.store.docket_by_code("code").await.unwrap().unwrap();
    assert_eq!(behind_code.matter.id, first.matter);
    assert!(rig.store.docket_by_code("another code").await.unwrap().is_none());
}

#[tokio::test]
async fn a_refused_act_takes_the_others_with_it_and_leaves_no_gap() {
    let rig = rig().await;
    let matter = MatterId::new(uuid());
    let refused = recording(matter, 0, hours_later(0), vec![report(NO_BYTES), receipt(), report(NO_BYTES)]);
    let refused = rig.store.record(refused).await.unwrap_err();
    assert!(matches!(refused, RecordError::Refused(Refusal::Opening(3))), "{refused:?}");
    assert!(rig.store.docket(&sealed(HOME), matter).await.unwrap().is_none());

    let matter = rig.open_matter().await;
    let recorded = rig.add(matter, 1, receipt()).await.unwrap();
    assert_eq!(recorded.matter.number(), Some("001/LP/PL/Kota/23.01/I/2024"));
}

#[tokio::test]
async fn a_docket_does_not_begin_with_a_receipt() {
    let rig = rig().await;
    let matter = MatterId::new(uuid());
    let refused = rig.add(matter, 0, receipt()).await.unwrap_err();
    assert!(matches!(refused, RecordError::Refused(Refusal::Opening(1))), "{refused:?}");
    let nothing = rig.store.record(recording(matter, 0, hours_later(0), Vec::new())).await.unwrap_err();
    assert!(matches!(nothing, RecordError::Refused(Refusal::Empty)), "{nothing:?}");
}

#[tokio::test]
async fn a_number_given_on_paper_is_kept() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let given = Act::Registered(Registered { number: "009/Reg/LP/PL/Kota/23.01/I/2024".to_owned() });
    let recorded = rig.add(matter, 1, given).await.unwrap();
    assert_eq!(recorded.matter.number(), Some("009/Reg/LP/PL/Kota/23.01/I/2024"));
}

#[tokio::test]
async fn reports_and_findings_are_counted_apart() {
    let rig = rig().await;
    let blank = || Act::Registered(Registered { number: String::new() });
    let reported = rig.open_matter().await;
    let recorded = rig.add(reported, 1, blank()).await.unwrap();
    assert_eq!(recorded.matter.number(), Some("001/Reg/LP/PL/Kota/23.01/I/2024"));

    let Act::ReportReceived(report) = report(NO_BYTES) else { panic!("it is a report") };
    let information = Act::InformationRecorded(Information {
        regime: report.regime,
        contest: report.contest,
        channel: netra_docket::act::Channel::Supervision,
        subject_line: report.subject_line,
        event: report.event,
        persons: report.persons,
        exhibits: Vec::new(),
    });
    let finding = Act::FindingFixed(FindingFixed {
        plenary: Plenary { minutes: String::new(), members: 5, present: 5, votes_for: 5, votes_against: 0 },
        kinds: vec!["other-law".to_owned()],
        persons: Vec::new(),
        reason: Private::Open("hasil pengawasan".to_owned()),
    });
    let acts = vec![information, finding, blank()];
    let recorded = rig.store.record(recording(MatterId::new(uuid()), 0, hours_later(0), acts)).await.unwrap();
    assert_eq!(recorded.matter.number(), Some("001/TM/PL/Kota/23.01/I/2024"));
}

#[tokio::test]
async fn an_unknown_office_is_refused_wherever_it_is_named() {
    let rig = rig().await;
    let nowhere = office_id("tidak-ada");
    let mut homeless = new_matter(hours_later(0));
    homeless.home = nowhere.clone();
    let matter = rig.open_matter().await;
    let delegated = Act::Delegated(Delegated {
        to: nowhere.clone(),
        letter: String::new(),
        reason: "tempat kejadian".to_owned().into(),
    });
    let traced = Act::MadeInitialInformation(MadeInitialInformation {
        tracing_office: nowhere.clone(),
        reason: "tempat kejadian".to_owned(),
    });
    for refused in [
        rig.store.record(homeless).await.unwrap_err(),
        rig.add(matter, 1, delegated).await.unwrap_err(),
        rig.add(matter, 1, traced).await.unwrap_err(),
    ] {
        assert!(matches!(&refused, RecordError::NoSuchOffice(office) if *office == nowhere), "{refused:?}");
    }
}

#[tokio::test]
async fn an_exhibit_comes_with_its_bytes() {
    let rig = rig().await;
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    let new = recording(MatterId::new(uuid()), 0, hours_later(0), vec![report(&sha256)]);
    rig.store.record(new.clone()).await.unwrap();
    let found = rig.store.exhibit_bytes(&open(HOME), new.matter, ExhibitNo(1)).await.unwrap();
    let (exhibit, bytes) = found.unwrap();
    assert_eq!(bytes, b"foto");
    assert_eq!(exhibit.label.open().unwrap().file_name, "foto-rekaan.jpg");
    assert!(rig.store.exhibit_bytes(&open(HOME), new.matter, ExhibitNo(2)).await.unwrap().is_none());
    assert!(rig.store.exhibit_bytes(&open(OTHER), new.matter, ExhibitNo(1)).await.unwrap().is_none());
}
