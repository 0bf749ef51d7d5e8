//! Leads: captured once, put into stories, set aside, and opened as one matter. All texts are invented.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use netra_docket::ids::{AccountId, MatterId};
use netra_store::{
    LeadId, LeadKind, LeadOpening, LeadOrder, LeadQuery, LeadRelation, LeadSource, LeadState, NewLead, RecordError,
    Recording,
};
use netra_watch::Watch;

use crate::common::*;

const CASE: &str = "Camat berfoto dengan calon wali kota, Bawaslu menelusuri
Selasa, 8 Oktober 2024 | 09:30 WITA

BALIKPAPAN – Bawaslu Kota Balikpapan menelusuri unggahan seorang camat. Camat itu mengunggah foto bersama calon wali kota
nomor urut 1 di Instagram pada 5 Oktober 2024.

Ia diduga melanggar netralitas ASN, kata ketua Bawaslu Kota Balikpapan, Senin (7/10/2024).
";

const WARNING: &str = "Bawaslu ingatkan ASN netral

Bawaslu Kota Samarinda mengimbau ASN agar tetap netral selama Pilkada. ASN dilarang mengunggah foto bersama paslon.
";

const PRICES: &str = "Harga beras naik

Harga beras di pasar induk naik menjelang hari raya, kata pedagang. Pemerintah daerah menyiapkan operasi pasar murah.
";

fn watch() -> &'static Watch {
    static WATCH: OnceLock<Watch> = OnceLock::new();
    WATCH.get_or_init(|| Watch::embedded(&law()).unwrap())
}

/// A text as a lead on its way in.
async fn captured(rig: &Rig, text: &str) -> NewLead {
    let page = watch().pages(text.as_bytes()).unwrap().remove(0);
    let reading = watch().read(&page);
    NewLead {
        id: LeadId::new(uuid()),
        sha256: rig.store.put_blob(text.as_bytes()).await.unwrap(),
        size: text.len() as u64,
        media_type: "text/plain".to_owned(),
        entry: None,
        source: LeadSource::Typed,
        address: Some("https://berita.example/2024/10/08/camat".to_owned()),
        record: netra_watch::Record::of(&reading),
        fingerprint: reading.fingerprint,
    }
}

fn account() -> AccountId {
    AccountId::new(uuid())
}

async fn add(rig: &Rig, office: &str, hour: i64, lead: NewLead) -> LeadId {
    let ids = rig.store.add_leads(&open(office), account(), hours_later(hour), vec![lead]).await.unwrap();
    ids[0]
}

async fn state(rig: &Rig, id: LeadId) -> LeadState {
    rig.store.lead(&open(HOME), id).await.unwrap().unwrap().state
}

fn new_record() -> Recording {
    recording(MatterId::new(uuid()), 0, hours_later(5), vec![report(NO_BYTES)])
}

#[tokio::test]
async fn a_lead_is_one_however_often_it_comes_and_of_one_office() {
    let rig = rig().await;
    let lead = captured(&rig, CASE).await;
    let id = add(&rig, HOME, 1, lead.clone()).await;
    assert_eq!(id, lead.id);
    let again = NewLead { id: LeadId::new(uuid()), address: None, ..lead.clone() };
    assert_eq!(add(&rig, HOME, 2, again.clone()).await, id, "the same bytes are the same lead");

    let kept = rig.store.lead(&open(HOME), id).await.unwrap().unwrap();
    assert_eq!((&kept.sha256, kept.size, kept.entry), (&lead.sha256, lead.size, None));
    assert_eq!((&kept.record, &kept.address, kept.captured), (&lead.record, &lead.address, hours_later(1)));
    assert_eq!((kept.story, kept.relation, kept.together, kept.state), (id, LeadRelation::First, 1, LeadState::New));

    assert_eq!(rig.store.lead(&open(OTHER), id).await.unwrap(), None);
    assert_eq!(rig.store.leads(&open(OTHER), &LeadQuery { limit: 9, ..LeadQuery::default() }).await.unwrap().rows, []);
    assert_eq!(rig.store.story(&open(OTHER), id).await.unwrap(), []);
    assert_eq!(add(&rig, OTHER, 3, again.clone()).await, again.id, "another office has a lead of its own");
    let there = rig.store.lead(&open(OTHER), again.id).await.unwrap().unwrap();
    assert_eq!(there.relation, LeadRelation::First, "stories are those of one office");
}

#[tokio::test]
async fn entries_of_a_feed_are_leads_of_the_same_bytes() {
    let rig = rig().await;
    let first = NewLead { entry: Some(1), source: LeadSource::File, ..captured(&rig, CASE).await };
    let second = NewLead { entry: Some(2), id: LeadId::new(uuid()), ..captured(&rig, PRICES).await };
    let second = NewLead { sha256: first.sha256.clone(), ..second };
    let repeated = NewLead { id: LeadId::new(uuid()), ..second.clone() };
    let all = vec![first.clone(), second.clone(), repeated];
    let ids = rig.store.add_leads(&open(HOME), account(), hours_later(1), all).await.unwrap();
    assert_eq!(ids, [first.id, second.id, second.id]);
    let kept = rig.store.lead(&open(HOME), second.id).await.unwrap().unwrap();
    assert_eq!((kept.entry, kept.relation), (Some(2), LeadRelation::First));
}

#[tokio::test]
async fn copies_and_later_texts_join_a_story() {
    let rig = rig().await;
    let first = captured(&rig, CASE).await;
    assert!(first.record.case && !first.record.acts.is_empty(), "{:?}", first.record.reasons);
    let id = add(&rig, HOME, 1, first.clone()).await;
    let copy = captured(&rig, &CASE.replace("Ia diduga", "Camat itu diduga")).await;
    let copy = add(&rig, HOME, 2, copy).await;
    // Another text of what reads like the same matter.
    let later = captured(&rig, PRICES).await;
    let later = add(&rig, HOME, 3, NewLead { record: first.record.clone(), ..later }).await;
    let apart = add(&rig, HOME, 4, captured(&rig, WARNING).await).await;

    let story = rig.store.story(&open(HOME), id).await.unwrap();
    let told: Vec<_> = story.iter().map(|lead| (lead.id, lead.relation, lead.together)).collect();
    let expected =
        [(id, LeadRelation::First, 3), (copy, LeadRelation::Duplicate(id), 3), (later, LeadRelation::FollowUp(id), 3)];
    assert_eq!(told, expected);
    let apart = rig.store.lead(&open(HOME), apart).await.unwrap().unwrap();
    assert_eq!((apart.story, apart.relation), (apart.id, LeadRelation::First));
}

#[tokio::test]
async fn the_list_is_walked_page_by_page() {
    let rig = rig().await;
    let mut ids = Vec::new();
    for (hour, text) in [(1, WARNING), (2, CASE), (3, PRICES)] {
        ids.push(add(&rig, HOME, hour, captured(&rig, text).await).await);
    }
    let [warning, case, prices] = ids[..] else { panic!("three leads") };
    for (order, expected) in [(LeadOrder::Score, [case, warning, prices]), (LeadOrder::Newest, [prices, case, warning])]
    {
        let mut query = LeadQuery { order, limit: 1, ..LeadQuery::default() };
        let mut walked = Vec::new();
        loop {
            let page = rig.store.leads(&open(HOME), &query).await.unwrap();
            walked.extend(page.rows.iter().map(|lead| lead.id));
            query.after = page.next;
            if page.next.is_none() {
                break;
            }
        }
        assert_eq!(walked, expected, "{order:?}");
    }
    rig.store.set_lead_aside(&open(HOME), prices, account(), hours_later(4), "Bukan soal netralitas").await.unwrap();
    for (kind, expected) in [
        (None, BTreeSet::from([warning, case, prices])),
        (Some(LeadKind::New), BTreeSet::from([warning, case])),
        (Some(LeadKind::Aside), BTreeSet::from([prices])),
        (Some(LeadKind::Opened), BTreeSet::new()),
    ] {
        let query = LeadQuery { kind, limit: 9, ..LeadQuery::default() };
        let page = rig.store.leads(&open(HOME), &query).await.unwrap();
        assert_eq!(page.rows.iter().map(|lead| lead.id).collect::<BTreeSet<_>>(), expected, "{kind:?}");
        assert_eq!(page.next, None);
    }
}

#[tokio::test]
async fn what_was_set_aside_keeps_its_first_reason() {
    let rig = rig().await;
    let id = add(&rig, HOME, 1, captured(&rig, CASE).await).await;
    let aside = |office: &'static str, reason: &'static str| {
        let store = rig.store.clone();
        async move { store.set_lead_aside(&open(office), id, account(), hours_later(2), reason).await.unwrap() }
    };
    assert_eq!(aside(OTHER, "Di luar wilayah").await, None, "another office's lead looks like none");
    assert_eq!(state(&rig, id).await, LeadState::New);
    let first = LeadState::Aside { reason: "Sudah ditangani".to_owned() };
    assert_eq!(aside(HOME, "Sudah ditangani").await, Some(first.clone()));
    assert_eq!(aside(HOME, "Di luar wilayah").await, Some(first));
}

#[tokio::test]
async fn a_lead_becomes_one_matter() {
    let rig = rig().await;
    let id = add(&rig, HOME, 1, captured(&rig, CASE).await).await;
    let other = add(&rig, HOME, 2, captured(&rig, WARNING).await).await;
    let apart = add(&rig, HOME, 3, captured(&rig, PRICES).await).await;
    rig.store.set_lead_aside(&open(HOME), other, account(), hours_later(3), "Sudah ditangani").await.unwrap();

    let nothing = rig.store.open_lead(&open(OTHER), id, Vec::new(), account(), new_record()).await.unwrap();
    assert_eq!(nothing, None, "another office's lead looks like none");
    let stale = Recording { expected: 4, ..new_record() };
    let refused = rig.store.open_lead(&open(HOME), id, Vec::new(), account(), stale).await.unwrap_err();
    assert!(matches!(refused, RecordError::Moved), "{refused}");
    assert_eq!(state(&rig, id).await, LeadState::New, "nothing was recorded, so nothing is noted");

    let new = new_record();
    let matter = new.matter;
    let opened = rig.store.open_lead(&open(HOME), id, vec![other], account(), new).await.unwrap();
    assert_eq!(opened, Some(LeadOpening::First(matter)));
    let again = rig.store.open_lead(&open(HOME), id, vec![apart], account(), new_record()).await.unwrap();
    assert_eq!(again, Some(LeadOpening::Again(matter)));
    let of_other = rig.store.open_lead(&open(HOME), other, Vec::new(), account(), new_record()).await.unwrap();
    assert_eq!(of_other, Some(LeadOpening::Again(matter)), "it went into that matter");
    for lead in [id, other] {
        assert_eq!(state(&rig, lead).await, LeadState::Opened { matter });
    }
    assert_eq!(state(&rig, apart).await, LeadState::New);
    assert_eq!(rig.store.docket(&open(HOME), matter).await.unwrap().unwrap().entries.len(), 1);
    let late = rig.store.set_lead_aside(&open(HOME), id, account(), hours_later(6), "Sudah ditangani").await.unwrap();
    assert_eq!(late, Some(LeadState::Opened { matter }), "whoever was quicker has the word");
}

#[tokio::test]
async fn of_two_who_open_a_lead_at_once_both_get_the_same_matter() {
    let rig = rig().await;
    let id = add(&rig, HOME, 1, captured(&rig, CASE).await).await;
    let scope = open(HOME);
    let (one, other) = tokio::join!(
        rig.store.open_lead(&scope, id, Vec::new(), account(), new_record()),
        rig.store.open_lead(&scope, id, Vec::new(), account(), new_record()),
    );
    let (one, other) = (one.unwrap().unwrap(), other.unwrap().unwrap());
    assert_eq!(one.matter(), other.matter());
    let first = |opening: LeadOpening| matches!(opening, LeadOpening::First(_));
    assert!(first(one) != first(other), "{one:?} {other:?}");
}

/// Guards: who is named in a text stands in its bytes alone.
#[tokio::test]
async fn no_name_of_a_text_is_in_a_row() {
    let rig = rig().await;
    let text =
        CASE.replace("seorang camat", "Camat Rekaan Wiratama").replace("ketua Bawaslu", "Rekawati, ketua Bawaslu");
    add(&rig, HOME, 1, captured(&rig, &text).await).await;
    let raw = rig.raw().await;
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM leads").fetch_one(&raw).await.unwrap();
    assert_eq!(rows, 1);
    for name in ["wiratama", "rekawati"] {
        let sql = "SELECT COUNT(*) FROM leads WHERE LOWER(reading) LIKE $1";
        let found: i64 = sqlx::query_scalar(sql).bind(format!("%{name}%")).fetch_one(&raw).await.unwrap();
        assert_eq!(found, 0, "{name}");
    }
}
