//! Who sees what: names never in the acts, matters never beyond the offices concerned.

use netra_docket::act::{Act, Corrected, CorrectedReading, Delegated, Forwarded};
use netra_docket::ids::{MatterId, PersonNo};
use netra_docket::matter::Stage;
use netra_store::{Closed, DeskQuery};

use crate::common::*;

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn names_are_in_the_vault_and_not_in_the_acts() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let raw = rig.raw().await;
    let bodies: Vec<Vec<u8>> = sqlx::query_scalar("SELECT body FROM acts").fetch_all(&raw).await.unwrap();
    assert_eq!(bodies.len(), 1);
    for secret in [REPORTER, REPORTED, ACCOUNT, "0800-REKAAN", "foto-rekaan"] {
        assert!(!contains(&bodies[0], secret), "{secret} stands in an act");
    }
    assert!(contains(&bodies[0], "Ajakan memilih calon oleh ASN"));
    let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM vault WHERE matter = $1")
        .bind(matter.to_string())
        .fetch_one(&raw)
        .await
        .unwrap();
    assert_eq!(kept, 5, "two identities, an account, a place, a label");

    let opened = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap().matter;
    assert_eq!(opened.person(PersonNo(1)).unwrap().identity.open().unwrap().name, REPORTER);
    let sealed = rig.store.docket(&sealed(HOME), matter).await.unwrap().unwrap().matter;
    assert_eq!(sealed.person(PersonNo(1)).unwrap().identity.open(), None);
}

#[tokio::test]
async fn an_erased_value_stays_sealed_and_the_docket_still_folds() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let raw = rig.raw().await;
    sqlx::query("DELETE FROM vault").execute(&raw).await.unwrap();
    let docket = rig.store.docket(&open(HOME), matter).await.unwrap().unwrap();
    assert_eq!(docket.matter.person(PersonNo(1)).unwrap().identity.open(), None);
    assert_eq!(docket.matter.persons.len(), 2);
}

#[tokio::test]
async fn a_matter_of_others_looks_like_no_matter() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    for stranger in [OTHER, PROVINCE, AUTHORITY, EMPLOYER, "tidak-ada"] {
        assert!(rig.store.docket(&open(stranger), matter).await.unwrap().is_none(), "{stranger}");
        assert!(rig.store.desk(&open(stranger), &DeskQuery::default()).await.unwrap().rows.is_empty(), "{stranger}");
    }
    assert!(rig.store.docket(&open(HOME), MatterId::new(uuid())).await.unwrap().is_none());
}

#[tokio::test]
async fn a_given_away_matter_is_seen_by_both_and_open_for_one() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let delegated = Act::Delegated(Delegated {
        to: office_id(OTHER),
        letter: "1/PP/2024".to_owned(),
        reason: "tempat kejadian".to_owned().into(),
    });
    rig.add(matter, 1, delegated).await.unwrap();
    assert!(rig.store.docket(&open(OTHER), matter).await.unwrap().is_some());

    let open_ones = DeskQuery { limit: 10, ..DeskQuery::default() };
    let given = DeskQuery { closed: Closed::Yes, ..open_ones.clone() };
    let home = rig.store.desk(&open(HOME), &given).await.unwrap().rows;
    assert_eq!(home[0].stage, Stage::Elsewhere);
    assert!(rig.store.desk(&open(HOME), &open_ones).await.unwrap().rows.is_empty());
    let other = rig.store.desk(&open(OTHER), &open_ones).await.unwrap().rows;
    assert_eq!(other[0].matter, matter);
    assert_ne!(other[0].stage, Stage::Elsewhere);
}

#[tokio::test]
async fn a_forwarding_opens_the_matter_to_its_receiver_until_it_is_corrected() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let forwarded = Act::Forwarded(Forwarded {
        letter: "2/PP/2024".to_owned(),
        persons: vec![PersonNo(2)],
        kind: "other-law".to_owned(),
        authority: "kasn".to_owned(),
        to_office: Some(office_id(AUTHORITY)),
        channel: "surat".to_owned(),
        copies: String::new(),
    });
    let recorded = rig.add(matter, 1, forwarded).await.unwrap();
    assert!(rig.store.docket(&open(AUTHORITY), matter).await.unwrap().is_some());

    let void = Act::Corrected(Corrected {
        of: recorded.entries[0].id,
        reason: "salah alamat".to_owned().into(),
        reading: CorrectedReading::Void,
    });
    rig.add(matter, 2, void).await.unwrap();
    assert!(rig.store.docket(&open(AUTHORITY), matter).await.unwrap().is_none());
    assert_eq!(rig.store.docket(&open(HOME), matter).await.unwrap().unwrap().entries.len(), 3);
}

#[tokio::test]
async fn errors_do_not_quote_private_values() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    let raw = rig.raw_as_master().await;
    sqlx::query("UPDATE vault SET body = $1").bind(serde_json::to_vec(REPORTER).unwrap()).execute(&raw).await.unwrap();
    let failure = rig.store.docket(&open(HOME), matter).await.unwrap_err();
    assert!(!format!("{failure} {failure:?}").contains(REPORTER), "{failure:?}");
}
