//! The register of prevention, whom it reached, the list of recipients, and the values of indicators.

use netra_docket::act::{
    Act, Addressee, Corrected, CorrectedReading, Prevention, PreventionAnswered, PreventionKind, RecipientAnswer,
    RecipientKind,
};
use netra_docket::ids::{AccountId, ActId, MatterId, RecipientId};
use netra_law::pack::Regime;
use netra_store::{IndicatorValue, Listed, MOST_RECIPIENTS, MeasureQuery, Recipient, RecipientError};

use crate::common::*;

fn nobody() -> AccountId {
    "00000000-0000-4000-8000-000000000001".parse().unwrap()
}

fn recipient(kind: RecipientKind, name: &str) -> Recipient {
    Recipient {
        id: RecipientId::new(uuid()),
        kind,
        name: name.to_owned(),
        region: "64.71.01".to_owned(),
        address: "Jalan Contoh 2".to_owned(),
        retired: None,
    }
}

fn three() -> [Recipient; 3] {
    [
        recipient(RecipientKind::Agency, "Dinas Contoh"),
        recipient(RecipientKind::Party, "Partai Contoh"),
        recipient(RecipientKind::Subdistrict, "Kecamatan Contoh"),
    ]
}

fn measure(kind: PreventionKind, subject: &str, to: &[&Recipient]) -> Act {
    let addressee = |r: &&Recipient| Addressee {
        id: r.id,
        kind: r.kind,
        name: r.name.clone(),
        region: r.region.clone(),
        address: r.address.clone(),
    };
    Act::PreventionRecorded(Prevention {
        regime: Regime::Pilkada,
        activity: kind,
        subject_line: subject.to_owned(),
        audience: vec!["ASN".to_owned()],
        letter: String::new(),
        place: String::new(),
        text: "Netral.".to_owned(),
        exhibits: Vec::new(),
        delivery: None,
        recipients: to.iter().map(addressee).collect(),
        attendance: None,
    })
}

fn answer(of: ActId, to: &[&Recipient], answer: RecipientAnswer) -> Act {
    Act::PreventionAnswered(PreventionAnswered {
        of,
        who: to.iter().map(|r| r.id).collect(),
        answer,
        number: String::new(),
        attendance: None,
        note: Some("Diterima petugas rekaan.".to_owned().into()),
    })
}

/// A docket of prevention with one measure; the matter and the act.
async fn opened(rig: &Rig, act: Act) -> (MatterId, ActId) {
    let recorded = rig.store.record(recording(MatterId::new(uuid()), 0, hours_later(0), vec![act])).await.unwrap();
    (recorded.matter.id, recorded.entries[0].id)
}

async fn subjects(rig: &Rig, office: &str, query: &MeasureQuery) -> Vec<String> {
    let page = rig.store.measures(&open(office), query).await.unwrap();
    page.rows.into_iter().map(|row| row.subject).collect()
}

fn query(kind: Option<PreventionKind>, to: Option<RecipientKind>) -> MeasureQuery {
    MeasureQuery { kind, to, after: None, limit: 50 }
}

/// Who was reached in the first two days: recipient and whether something came back.
async fn reached(rig: &Rig) -> Vec<(RecipientId, bool)> {
    let found = rig.store.reached(&open(HOME), hours_later(0), hours_later(48)).await.unwrap();
    found.into_iter().map(|r| (r.recipient, r.confirmed)).collect()
}

fn sorted(mut list: Vec<(RecipientId, bool)>) -> Vec<(RecipientId, bool)> {
    list.sort_by_key(|(id, _)| id.to_string());
    list
}

#[tokio::test]
async fn the_register_lists_what_was_done_by_kind_and_by_whom_it_was_for() {
    let rig = rig().await;
    let [agency, party, district] = three();
    let (matter, letter) = opened(&rig, measure(PreventionKind::AppealLetter, "satu", &[&agency, &party])).await;
    rig.add(matter, 1, measure(PreventionKind::InformationSession, "dua", &[&district])).await.unwrap();
    rig.add(matter, 2, measure(PreventionKind::Circular, "tiga", &[])).await.unwrap();
    rig.add(matter, 3, answer(letter, &[&agency], RecipientAnswer::Received)).await.unwrap();
    rig.open_matter().await;

    assert_eq!(subjects(&rig, HOME, &query(None, None)).await, ["tiga", "dua", "satu"]);
    assert_eq!(subjects(&rig, HOME, &query(Some(PreventionKind::AppealLetter), None)).await, ["satu"]);
    assert_eq!(subjects(&rig, HOME, &query(None, Some(RecipientKind::Subdistrict))).await, ["dua"]);
    assert_eq!(subjects(&rig, HOME, &query(Some(PreventionKind::Circular), Some(RecipientKind::Party))).await, [""; 0]);
    assert_eq!(subjects(&rig, OTHER, &query(None, None)).await, [""; 0], "another office has its own register");

    let page = rig.store.measures(&open(HOME), &MeasureQuery { limit: 2, ..query(None, None) }).await.unwrap();
    assert_eq!(page.rows.len(), 2);
    let rest = rig.store.measures(&open(HOME), &MeasureQuery { after: page.next, ..query(None, None) }).await.unwrap();
    assert_eq!(rest.rows.len(), 1);
    assert!(rest.next.is_none());
    let first = &rest.rows[0];
    assert_eq!((first.matter, first.act, first.n), (matter, letter, 1));
    assert_eq!((first.addressed, first.answered, first.audience.as_str()), (2, 1, "ASN"));
    assert_eq!(first.at, hours_later(0));
}

#[tokio::test]
async fn coverage_follows_answers_and_corrections() {
    let rig = rig().await;
    let [agency, party, _] = three();
    let (matter, letter) = opened(&rig, measure(PreventionKind::AppealLetter, "satu", &[&agency, &party])).await;
    assert_eq!(reached(&rig).await, sorted(vec![(agency.id, false), (party.id, false)]));
    let returned = rig.add(matter, 1, answer(letter, &[&party], RecipientAnswer::Returned)).await.unwrap();
    rig.add(matter, 2, answer(letter, &[&agency], RecipientAnswer::Received)).await.unwrap();
    assert_eq!(reached(&rig).await, [(agency.id, true)]);
    let void = Act::Corrected(Corrected {
        of: returned.entries[0].id,
        reason: "salah catat".to_owned().into(),
        reading: CorrectedReading::Void,
    });
    rig.add(matter, 3, void).await.unwrap();
    assert_eq!(reached(&rig).await, sorted(vec![(agency.id, true), (party.id, false)]));

    let none = rig.store.reached(&open(HOME), hours_later(1), hours_later(48)).await.unwrap();
    assert_eq!(none, [], "what was done before the span does not count");
    let none = rig.store.reached(&open(HOME), hours_later(-48), hours_later(0)).await.unwrap();
    assert_eq!(none, [], "what was done at its end does not count");
}

/// Guards: a letter to a thousand, and several of them, take no statement that is too long for the database.
#[tokio::test]
async fn a_letter_to_a_thousand_is_recorded_and_rebuilt() {
    let rig = rig().await;
    let many: Vec<Recipient> = (0..1_000).map(|n| recipient(RecipientKind::Agency, &format!("Dinas {n}"))).collect();
    let all: Vec<&Recipient> = many.iter().collect();
    let (matter, _) = opened(&rig, measure(PreventionKind::AppealLetter, "satu", &all)).await;
    for expected in 1..6 {
        rig.add(matter, expected, measure(PreventionKind::AppealLetter, "lagi", &all)).await.unwrap();
    }
    let before = rig.store.reached(&open(HOME), hours_later(0), hours_later(48)).await.unwrap();
    assert_eq!((before.len(), before[0].measures), (1_000, 6));
    assert_eq!(before[0].last, hours_later(5).instant().as_second());

    let raw = rig.raw().await;
    for sql in ["DELETE FROM measures", "DELETE FROM reaches"] {
        sqlx::query(sql).execute(&raw).await.unwrap();
    }
    assert_eq!(rig.store.rebuild_projections().await.unwrap(), 1);
    assert_eq!(rig.store.reached(&open(HOME), hours_later(0), hours_later(48)).await.unwrap(), before);
    assert_eq!(subjects(&rig, HOME, &query(None, None)).await.len(), 6);
}

#[tokio::test]
async fn the_list_grows_by_what_is_new_and_keeps_what_was_retired() {
    let rig = rig().await;
    let scope = open(HOME);
    let add = |list: Vec<Recipient>| {
        let (rig, scope) = (&rig, &scope);
        async move { rig.store.add_recipients(scope, &list, nobody(), hours_later(0)).await.unwrap() }
    };
    let list = three();
    assert_eq!(add(list.to_vec()).await, 3);
    let again = recipient(RecipientKind::Agency, "Dinas Contoh");
    let same_name = recipient(RecipientKind::Other, "Dinas Contoh");
    assert_eq!(add(vec![again.clone(), same_name]).await, 1, "the same agency stands there once");

    assert!(rig.store.retire_recipient(&scope, list[0].id, nobody(), hours_later(1)).await.unwrap());
    assert!(!rig.store.retire_recipient(&scope, list[0].id, nobody(), hours_later(2)).await.unwrap(), "once is enough");
    assert!(
        !rig.store.retire_recipient(&open(OTHER), list[1].id, nobody(), hours_later(2)).await.unwrap(),
        "another office's list is not touched"
    );
    assert_eq!(add(vec![again]).await, 1, "what was retired can come back");

    let in_use = rig.store.recipients(&scope, Listed::InUse).await.unwrap();
    let ever = rig.store.recipients(&scope, Listed::Ever).await.unwrap();
    assert_eq!((in_use.len(), ever.len()), (4, 5));
    let gone: Vec<&Recipient> = ever.iter().filter(|r| r.retired.is_some()).collect();
    assert_eq!((gone.len(), gone[0].id, gone[0].retired), (1, list[0].id, Some(hours_later(1))));
    assert_eq!(rig.store.recipients(&open(OTHER), Listed::Ever).await.unwrap(), []);
}

#[tokio::test]
async fn a_list_that_is_too_long_is_refused_whole() {
    let rig = rig().await;
    let many: Vec<Recipient> =
        (0..=MOST_RECIPIENTS).map(|n| recipient(RecipientKind::Neighbourhood, &format!("RT {n}"))).collect();
    let refused = rig.store.add_recipients(&open(HOME), &many, nobody(), hours_later(0)).await;
    assert!(matches!(refused, Err(RecipientError::TooMany)));
    assert_eq!(rig.store.recipients(&open(HOME), Listed::Ever).await.unwrap(), []);
}

fn value(office: &str, region: &str, hundredths: u32) -> IndicatorValue {
    IndicatorValue {
        office: office_id(office),
        region: region.to_owned(),
        year: 2024,
        indicator: "promoting".to_owned(),
        hundredths,
        source: "Laporan hasil pengawasan 3/2024".to_owned(),
        day: "2024-01-17".parse().unwrap(),
        recorded: hours_later(0),
        account: nobody(),
    }
}

#[tokio::test]
async fn values_are_added_and_seen_from_above() {
    let rig = rig().await;
    let (first, second) = (value(HOME, "64.71.01", 300), value(HOME, "64.71.01", 450));
    let other = value(OTHER, "64.71.02", 100);
    rig.store.add_indicator_values(&[first.clone(), second.clone()]).await.unwrap();
    rig.store.add_indicator_values(std::slice::from_ref(&other)).await.unwrap();
    rig.store.add_indicator_values(&[]).await.unwrap();

    let seen = |office: &'static str| {
        let rig = &rig;
        async move { rig.store.indicator_values(&open(office)).await.unwrap() }
    };
    assert_eq!(seen(HOME).await, [first.clone(), second.clone()]);
    assert_eq!(seen(OTHER).await, std::slice::from_ref(&other));
    assert_eq!(seen(PROVINCE).await, [first, second, other], "in the order in which they were typed");
    assert_eq!(seen(AUTHORITY).await, []);

    let raw = rig.raw().await;
    for sql in ["UPDATE indicator_values SET value = 0", "DELETE FROM indicator_values"] {
        let refused = sqlx::query(sql).execute(&raw).await.unwrap_err().to_string();
        let why = match crate::BACKEND {
            Backend::Embedded => "never",
            Backend::Server => "permission denied",
        };
        assert!(refused.contains(why), "{sql}: {refused}");
    }
}
