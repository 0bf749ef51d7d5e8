//! Every query on matters, asked as each of several offices over a mixed set of matters: nobody gets a row that
//! is not his. What each one may see is reckoned here from what was done, without the store.

use std::collections::{BTreeMap, BTreeSet};

use netra_docket::act::{Act, Delegated, Forwarded};
use netra_docket::ids::{ExhibitNo, MatterId, PersonNo};
use netra_store::{Closed, DeskQuery};

use crate::common::*;

const OFFICES: [&str; 5] = [HOME, OTHER, PROVINCE, AUTHORITY, EMPLOYER];
const MATTERS: usize = 60;

/// Who sees which matters.
type Sight = BTreeMap<&'static str, BTreeSet<MatterId>>;

/// Matters of three offices; every third is given away, every fourth forwarded, some both.
async fn mixed(rig: &Rig) -> Sight {
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    let mut sight: Sight = OFFICES.into_iter().map(|office| (office, BTreeSet::new())).collect();
    for n in 0..MATTERS {
        let (home, other) = ([HOME, OTHER, PROVINCE][n % 3], [OTHER, PROVINCE, HOME][n % 3]);
        let matter = MatterId::new(uuid());
        let mut acts = vec![report(&sha256), receipt()];
        let mut readers = vec![home];
        if n % 4 == 0 {
            acts.push(Act::Forwarded(Forwarded {
                letter: format!("{n}/PP/2024"),
                persons: vec![PersonNo(2)],
                kind: "other-law".to_owned(),
                authority: "kasn".to_owned(),
                to_office: Some(office_id(AUTHORITY)),
                channel: "surat".to_owned(),
                copies: String::new(),
            }));
            readers.push(AUTHORITY);
        }
        if n % 5 == 0 {
            acts.push(Act::Delegated(Delegated {
                to: office_id(other),
                letter: format!("{n}/PL/2024"),
                reason: "tempat kejadian".to_owned().into(),
            }));
            readers.push(other);
        }
        let mut new = recording(matter, 0, hours_later(i64::try_from(n).unwrap()), acts);
        new.home = office_id(home);
        rig.store.record(new).await.unwrap();
        for reader in readers {
            sight.get_mut(reader).unwrap().insert(matter);
        }
    }
    sight
}

/// Every matter on an office's desk, page by page; how many of them are open.
async fn on_the_desk(rig: &Rig, office: &str) -> (BTreeSet<MatterId>, u64) {
    let (mut all, mut open_ones) = (BTreeSet::new(), 0);
    for closed in [Closed::No, Closed::Yes] {
        let mut query = DeskQuery { limit: 7, closed, ..DeskQuery::default() };
        loop {
            let page = rig.store.desk(&open(office), &query).await.unwrap();
            open_ones += if closed == Closed::No { page.rows.len() as u64 } else { 0 };
            all.extend(page.rows.iter().map(|row| row.matter));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
    }
    (all, open_ones)
}

#[tokio::test]
async fn no_query_gives_a_row_of_another_office() {
    let rig = rig().await;
    let sight = mixed(&rig).await;
    let everything: BTreeSet<MatterId> = sight.values().flatten().copied().collect();
    assert_eq!(everything.len(), MATTERS);
    assert!(OFFICES[..4].iter().all(|office| sight[office].len() > 10), "the set is mixed");
    for office in OFFICES {
        let mine = &sight[office];
        let (listed, open_ones) = on_the_desk(&rig, office).await;
        assert_eq!(&listed, mine, "the desk of {office}");
        assert_eq!(rig.store.desk_counts(&open(office), hours_later(0)).await.unwrap().open, open_ones, "{office}");
        for matter in &everything {
            let may = mine.contains(matter);
            for scope in [open(office), sealed(office)] {
                assert_eq!(rig.store.docket(&scope, *matter).await.unwrap().is_some(), may, "{office} {matter}");
                assert_eq!(rig.store.records(&scope, *matter).await.unwrap().is_some(), may, "{office} {matter}");
                let exhibit = rig.store.exhibit_bytes(&scope, *matter, ExhibitNo(1)).await.unwrap();
                assert_eq!(exhibit.is_some(), may, "{office} {matter}");
            }
        }
        let below: BTreeSet<String> = rig
            .store
            .overview(&open(office), hours_later(0))
            .await
            .unwrap()
            .into_iter()
            .map(|(below, _)| below.id.to_string())
            .collect();
        let expected: BTreeSet<String> = match office {
            PROVINCE => [HOME, OTHER, PROVINCE].map(str::to_owned).into(),
            other => [other.to_owned()].into(),
        };
        assert_eq!(below, expected, "the overview of {office}");
    }
}
