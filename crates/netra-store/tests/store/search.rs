//! Search: found in any form, by whoever may see it and nobody else, and forgotten when it must be.

use netra_docket::act::{
    Act, ErasureConfirmed, ErasureProposed, Forwarded, IdentityProtected, PersonalPart, Withdrawn,
};
use netra_docket::ids::{MatterId, PersonNo};
use netra_store::{Scope, SearchPage, SearchQuery};

use crate::common::*;

impl Rig {
    async fn asked(&self, scope: &Scope, text: &str) -> SearchPage {
        self.store.index_for_search().await.unwrap();
        let query = SearchQuery { text: text.to_owned(), after: None, limit: 10 };
        self.store.search(scope, &query).await.unwrap()
    }

    async fn found(&self, scope: &Scope, text: &str) -> Vec<MatterId> {
        self.asked(scope, text).await.rows.into_iter().map(|row| row.matter).collect()
    }
}

#[tokio::test]
async fn words_names_and_numbers_are_found_in_any_form() {
    let rig = rig().await;
    let first = rig.open_matter().await;
    let second = rig.open_matter().await;
    rig.add(second, 1, receipt()).await.unwrap();
    rig.add(second, 2, Act::Withdrawn(Withdrawn { reason: "Pindah ke Djakarta".to_owned().into() })).await.unwrap();
    let home = open(HOME);
    assert_eq!(rig.found(&home, "ajak pilih").await, [second, first], "the newest first");
    assert_eq!(rig.found(&home, REPORTER).await, [second, first]);
    assert_eq!(rig.found(&home, "jakarta kepindahan").await, [second]);
    let number = rig.store.docket(&home, second).await.unwrap().unwrap().matter.report_number.unwrap();
    assert_eq!(rig.found(&home, &number).await, [second]);
    assert_eq!(rig.found(&home, "jakarta bandung").await, []);
    assert!(!rig.asked(&home, "yang di dan").await.asked);
    assert!(rig.asked(&home, "jakarta").await.asked);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    let rig = rig().await;
    let mut all = Vec::new();
    for _ in 0..7 {
        all.push(rig.open_matter().await);
    }
    rig.store.index_for_search().await.unwrap();
    all.reverse();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let query = SearchQuery { text: "ajakan".to_owned(), after, limit: 3 };
        let page = rig.store.search(&open(HOME), &query).await.unwrap();
        seen.extend(page.rows.iter().map(|row| row.matter));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn nobody_finds_what_is_not_on_the_own_desk() {
    let rig = rig().await;
    let matter = rig.open_matter().await;
    for stranger in [open(OTHER), open(PROVINCE), open(AUTHORITY), open(EMPLOYER), sealed(HOME)] {
        assert_eq!(rig.found(&stranger, "ajakan").await, [], "{stranger:?}");
    }
    let forwarded = Act::Forwarded(Forwarded {
        letter: "77/PP/2024".to_owned(),
        persons: vec![PersonNo(2)],
        kind: "other-law".to_owned(),
        authority: "kasn".to_owned(),
        to_office: Some(office_id(AUTHORITY)),
        channel: "surat".to_owned(),
        copies: String::new(),
    });
    rig.add(matter, 1, forwarded).await.unwrap();
    let authority = open(AUTHORITY);
    assert_eq!(rig.found(&authority, "77 ajakan").await, [matter]);
    assert_eq!(rig.found(&authority, REPORTED).await, [matter]);
    assert_eq!(rig.found(&authority, REPORTER).await, [], "the reporter can't be found out by asking");
    assert_eq!(rig.found(&authority, ACCOUNT).await, []);
    assert_eq!(rig.found(&open(HOME), ACCOUNT).await, [matter]);
}

#[tokio::test]
async fn what_is_protected_or_erased_is_not_found_any_more() {
    let rig = rig().await;
    let (one, two) = (rig.open_matter().await, rig.open_matter().await);
    let home = open(HOME);
    assert_eq!(rig.found(&home, REPORTER).await, [two, one]);
    let named = "Satu orang bernama Pelapor Rekaan Satu pindah".to_owned();
    rig.add(one, 1, Act::Withdrawn(Withdrawn { reason: named.into() })).await.unwrap();
    let protect = Act::IdentityProtected(IdentityProtected { person: PersonNo(1), reason: "takut".to_owned().into() });
    rig.add(one, 2, protect).await.unwrap();
    assert_eq!(rig.found(&home, REPORTER).await, [two], "not by what others wrote either");
    assert_eq!(rig.found(&home, "kepindahan").await, [one]);
    let proposal = rig
        .add(
            two,
            1,
            Act::ErasureProposed(ErasureProposed {
                person: PersonNo(1),
                parts: vec![PersonalPart::Identity],
                ground: "on-request".to_owned(),
                reason: "diminta".to_owned().into(),
            }),
        )
        .await
        .unwrap();
    assert_eq!(rig.found(&home, REPORTER).await, [two]);
    let confirmed = ErasureConfirmed { proposal: proposal.entries[0].id, seals: Vec::new() };
    rig.add(two, 2, Act::ErasureConfirmed(confirmed)).await.unwrap();
    assert_eq!(rig.found(&home, REPORTER).await, []);
    assert_eq!(rig.found(&home, "ajakan").await, [two, one], "what is not personal stays");
}

#[tokio::test]
async fn the_index_can_be_made_again_and_is_the_same() {
    let rig = rig().await;
    for _ in 0..3 {
        let matter = rig.open_matter().await;
        rig.add(matter, 1, receipt()).await.unwrap();
    }
    let kept = async || -> Vec<(String, String, Vec<u8>)> {
        rig.store.index_for_search().await.unwrap();
        let sql = "SELECT office, matter, terms FROM search_docs ORDER BY office, matter";
        sqlx::query_as(sql).fetch_all(&rig.raw().await).await.unwrap()
    };
    let count = async || -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM search_terms").fetch_one(&rig.raw().await).await.unwrap()
    };
    let (before, terms) = (kept().await, count().await);
    assert_eq!((before.len(), rig.store.index_for_search().await.unwrap()), (3, 0));
    rig.store.rebuild_projections().await.unwrap();
    assert_eq!(count().await, 0);
    assert_eq!((kept().await, count().await), (before, terms));
}
