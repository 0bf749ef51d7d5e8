//! Lists of people: whose they are, what the database holds of them, how they go, and who decides.

use jiff::Timestamp;
use netra_docket::act::CandidacyResult;
use netra_docket::ids::AccountId;
use netra_law::pack::Regime;
use netra_store::{
    Content, EntryState, ListId, ListKind, Look, LookKind, NewList, NewPair, NewRun, PairId, PairVerdict,
    RegisterError, ReviewState, RunCounts, RunId, RunResult, RunState, Scope,
};

use crate::common::*;

/// Whom no byte of the database may name.
const CANDIDATE: &str = "CALON REKAAN SATU";
const SERVANT: &str = "Pegawai Rekaan Satu";
const NOTE: &str = "Ditanya kepada Pegawai Rekaan Satu.";
const ASKED: &str = "rekaan satu";
const PURPOSE: &str = "Pencermatan daftar rekaan";

fn account(n: u128) -> AccountId {
    AccountId::new(uuid::Uuid::from_u128(n))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn rows(name: &str) -> Vec<u8> {
    format!("id,nama\n1,{name}\n").into_bytes()
}

fn new_list(kind: ListKind, rows: Vec<u8>) -> NewList {
    NewList {
        id: ListId::new(uuid()),
        kind,
        regime: Regime::Pemilu,
        dated: "2023-08-19".parse().unwrap(),
        title: "Daftar rekaan".to_owned(),
        purpose: PURPOSE.to_owned(),
        entries: 1,
        rejected: 2,
        delete_on: "2024-02-14".parse().unwrap(),
        rows,
    }
}

impl Rig {
    async fn import(&self, kind: ListKind, rows: Vec<u8>) -> ListId {
        let new = new_list(kind, rows);
        let id = new.id;
        self.store.import_list(&open(HOME), account(1), at(0), new).await.unwrap();
        id
    }

    /// A comparison of two lists with one pair.
    async fn compared(&self) -> (NewRun, PairId) {
        let candidates = self.import(ListKind::FinalCandidates, rows(CANDIDATE)).await;
        let servants = self.import(ListKind::CivilServants, rows(SERVANT)).await;
        let earlier = self.import(ListKind::TemporaryCandidates, rows(CANDIDATE)).await;
        let run = NewRun { id: RunId::new(uuid()), candidates, servants, earlier: Some(earlier) };
        self.store.begin_run(&open(HOME), account(1), at(1), run).await.unwrap();
        self.store.finish_run(&open(HOME), run.id, at(2), result()).await.unwrap();
        let pairs = self.store.review(&open(HOME), run.id).await.unwrap();
        assert_eq!(pairs.len(), 1);
        (run, pairs[0].id)
    }

    async fn decide(&self, pair: PairId, who: u128, verdict: PairVerdict) -> Result<ReviewState, RegisterError> {
        self.store.decide_pair(&open(HOME), pair, account(who), at(10), verdict).await
    }

    async fn clarify(&self, scope: &Scope, pair: PairId) -> Result<(), RegisterError> {
        let result = CandidacyResult::ResignationPending;
        self.store.clarify_pair(scope, pair, account(1), at(20), result, NOTE).await
    }
}

fn result() -> RunResult {
    let pair = NewPair {
        class: "check".to_owned(),
        probability: 4321,
        entry: EntryState::New,
        figures: vec!["name.identical".to_owned(), "region.same".to_owned()],
        body: format!("{CANDIDATE} {SERVANT}").into_bytes(),
    };
    let counts = RunCounts { candidates: 1, servants: 1, pairs: [0, 0, 1], ..RunCounts::default() };
    RunResult { model: "2026-1".to_owned(), counts, changes: CANDIDATE.as_bytes().to_vec(), pairs: vec![pair] }
}

#[tokio::test]
async fn a_list_is_of_one_office_and_comes_back_as_it_came() {
    let rig = rig().await;
    // Larger than a part.
    let whole: Vec<u8> = rows(CANDIDATE).into_iter().cycle().take(3 << 20).collect();
    let id = rig.import(ListKind::CivilServants, whole.clone()).await;
    assert_eq!(rig.store.list_rows(&open(HOME), id).await.unwrap(), Some(whole));
    let lists = rig.store.register_lists(&open(HOME)).await.unwrap();
    assert_eq!((lists.len(), lists[0].title.as_str(), lists[0].purpose.as_str()), (1, "Daftar rekaan", PURPOSE));
    assert_eq!((lists[0].content, lists[0].deleted, lists[0].rejected), (Content::Here, None, 2));
    assert_eq!(rig.store.list_rows(&sealed(HOME), id).await.unwrap(), None, "without names nothing opens");
    for stranger in [OTHER, PROVINCE] {
        assert_eq!(rig.store.list_rows(&open(stranger), id).await.unwrap(), None, "{stranger}");
        assert_eq!(rig.store.register_list(&open(stranger), id).await.unwrap(), None, "{stranger}");
        assert!(rig.store.register_lists(&open(stranger)).await.unwrap().is_empty(), "{stranger}");
        assert!(!rig.store.delete_list(&open(stranger), id, account(9), at(1)).await.unwrap(), "{stranger}");
    }
    assert_eq!(rig.store.register_list(&open(HOME), id).await.unwrap().unwrap().content, Content::Here);
}

#[tokio::test]
async fn comparisons_and_pairs_are_of_one_office() {
    let rig = rig().await;
    let (run, pair) = rig.compared().await;
    let own = rig.store.register_pair(&open(HOME), pair).await.unwrap().unwrap();
    assert_eq!(own.body.unwrap(), format!("{CANDIDATE} {SERVANT}").into_bytes());
    assert_eq!((own.record.n, own.record.probability, own.record.entry), (1, 4321, EntryState::New));
    let record = rig.store.register_run(&open(HOME), run.id).await.unwrap().unwrap();
    assert_eq!((record.state, record.counts.pairs, record.model.as_str()), (RunState::Done, [0, 0, 1], "2026-1"));
    assert_eq!(rig.store.run_changes(&open(HOME), &record).await.unwrap(), Some(CANDIDATE.as_bytes().to_vec()));
    let bodies = rig.store.pair_bodies(&open(HOME), run.id, 1, 1).await.unwrap();
    assert_eq!(bodies.into_keys().collect::<Vec<_>>(), [pair]);

    let other = open(OTHER);
    assert!(rig.store.register_pair(&other, pair).await.unwrap().is_none());
    assert!(rig.store.register_run(&other, run.id).await.unwrap().is_none());
    assert!(rig.store.review(&other, run.id).await.unwrap().is_empty());
    assert!(rig.store.pair_bodies(&other, run.id, 1, 9).await.unwrap().is_empty());
    assert_eq!(rig.store.run_changes(&other, &record).await.unwrap(), None);
    let again = NewRun { id: RunId::new(uuid()), ..run };
    let refused = rig.store.begin_run(&other, account(9), at(3), again).await.unwrap_err();
    assert!(matches!(refused, RegisterError::NotFound), "{refused}");
    let refused = rig.store.decide_pair(&other, pair, account(9), at(3), PairVerdict::Match).await.unwrap_err();
    assert!(matches!(refused, RegisterError::NotFound), "{refused}");
    assert!(rig.store.look_log(&other, None, 100).await.unwrap().is_empty());
}

#[tokio::test]
async fn two_people_decide_and_nobody_twice() {
    let rig = rig().await;
    let (_, pair) = rig.compared().await;
    assert_eq!(rig.decide(pair, 1, PairVerdict::Match).await.unwrap(), ReviewState::Second);
    let same = rig.decide(pair, 1, PairVerdict::Match).await.unwrap_err();
    assert!(matches!(same, RegisterError::SamePerson), "{same}");
    let early = rig.clarify(&open(HOME), pair).await.unwrap_err();
    assert!(matches!(early, RegisterError::NotAgreed), "{early}");
    assert_eq!(rig.decide(pair, 2, PairVerdict::NoMatch).await.unwrap(), ReviewState::Disputed);
    assert!(matches!(rig.clarify(&open(HOME), pair).await, Err(RegisterError::NotAgreed)));
    assert!(rig.store.agreed_pairs(&open(HOME)).await.unwrap().is_empty());
    let agreed = ReviewState::Agreed(PairVerdict::Match);
    assert_eq!(rig.decide(pair, 3, PairVerdict::Match).await.unwrap(), agreed);
    rig.clarify(&open(HOME), pair).await.unwrap();
    let found = rig.store.register_pair(&open(HOME), pair).await.unwrap().unwrap();
    let clarified = found.clarified.unwrap();
    assert_eq!((clarified.result, clarified.note.as_deref()), (CandidacyResult::ResignationPending, Some(NOTE)));
    assert_eq!(found.record.decisions.len(), 3);
    let told = rig.store.agreed_pairs(&open(HOME)).await.unwrap();
    assert_eq!((told[0].verdict, told[0].probability, told[0].figures.len()), (PairVerdict::Match, 4321, 2));
}

#[tokio::test]
async fn of_two_decisions_of_one_person_at_once_one_counts() {
    let rig = rig().await;
    let (_, pair) = rig.compared().await;
    let (one, other) = tokio::join!(rig.decide(pair, 1, PairVerdict::Match), rig.decide(pair, 1, PairVerdict::Match));
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
    let found = rig.store.register_pair(&open(HOME), pair).await.unwrap().unwrap();
    assert_eq!(found.record.state(), ReviewState::Second);
}

#[tokio::test]
async fn on_its_day_a_list_is_deleted_with_the_people_of_its_pairs_and_the_record_stays() {
    let rig = rig().await;
    let (run, pair) = rig.compared().await;
    for who in [1, 2] {
        rig.decide(pair, who, PairVerdict::Match).await.unwrap();
    }
    rig.clarify(&open(HOME), pair).await.unwrap();
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(rig.store.delete_lists_due(day("2024-02-13"), at(30)).await.unwrap(), 0);
    assert_eq!(rig.store.delete_lists_due(day("2024-02-14"), at(31)).await.unwrap(), 3);
    assert_eq!(rig.store.delete_lists_due(day("2024-02-15"), at(32)).await.unwrap(), 0);

    let list = rig.store.register_list(&open(HOME), run.candidates).await.unwrap().unwrap();
    assert_eq!((list.content, list.deleted), (Content::Gone, Some((at(31), None))));
    assert_eq!((list.account, list.entries, list.purpose.as_str()), (account(1), 1, PURPOSE));
    assert_eq!(rig.store.list_rows(&open(HOME), run.candidates).await.unwrap(), None);
    let found = rig.store.register_pair(&open(HOME), pair).await.unwrap().unwrap();
    assert_eq!((found.body, found.record.decisions.len()), (None, 2));
    assert_eq!(found.clarified.unwrap().note, None);
    assert_eq!(rig.store.agreed_pairs(&open(HOME)).await.unwrap().len(), 1, "decisions outlive the people");
    assert!(matches!(rig.decide(pair, 3, PairVerdict::Match).await, Err(RegisterError::NotFound)));
    let raw = rig.raw().await;
    for table in ["register_keys", "register_parts", "register_bodies"] {
        let left: i64 = match table {
            "register_keys" => sqlx::query_scalar("SELECT COUNT(*) FROM register_keys").fetch_one(&raw).await,
            "register_parts" => sqlx::query_scalar("SELECT COUNT(*) FROM register_parts").fetch_one(&raw).await,
            _ => sqlx::query_scalar("SELECT COUNT(*) FROM register_bodies").fetch_one(&raw).await,
        }
        .unwrap();
        assert_eq!(left, 0, "{table}");
    }
    let log = rig.store.look_log(&open(HOME), Some(run.candidates), 100).await.unwrap();
    assert_eq!((log[0].kind, log[0].account), (LookKind::Deleted, None));
}

#[tokio::test]
async fn a_register_that_is_deleted_by_hand_takes_the_people_of_pairs_along() {
    let rig = rig().await;
    let (run, pair) = rig.compared().await;
    assert!(rig.store.delete_list(&open(HOME), run.servants, account(7), at(5)).await.unwrap());
    assert!(!rig.store.delete_list(&open(HOME), run.servants, account(7), at(6)).await.unwrap());
    let list = rig.store.register_list(&open(HOME), run.servants).await.unwrap().unwrap();
    assert_eq!(list.deleted, Some((at(5), Some(account(7)))));
    assert_eq!(rig.store.register_pair(&open(HOME), pair).await.unwrap().unwrap().body, None);
    assert!(rig.store.list_rows(&open(HOME), run.candidates).await.unwrap().is_some());
}

#[tokio::test]
async fn what_is_found_after_a_list_was_deleted_is_not_kept() {
    let rig = rig().await;
    let candidates = rig.import(ListKind::FinalCandidates, rows(CANDIDATE)).await;
    let servants = rig.import(ListKind::CivilServants, rows(SERVANT)).await;
    let run = NewRun { id: RunId::new(uuid()), candidates, servants, earlier: None };
    rig.store.begin_run(&open(HOME), account(1), at(1), run).await.unwrap();
    assert!(rig.store.note_run(&open(HOME), run.id, RunState::Running, 500, at(2)).await.unwrap());
    rig.store.delete_list(&open(HOME), servants, account(1), at(3)).await.unwrap();
    let refused = rig.store.finish_run(&open(HOME), run.id, at(4), result()).await.unwrap_err();
    assert!(matches!(refused, RegisterError::NotFound), "{refused}");
    assert!(rig.store.review(&open(HOME), run.id).await.unwrap().is_empty());
    assert!(rig.store.note_run(&open(HOME), run.id, RunState::Failed, 0, at(5)).await.unwrap());
    assert!(!rig.store.note_run(&open(HOME), run.id, RunState::Running, 0, at(6)).await.unwrap(), "it has ended");
}

/// Every byte that the tables of lists hold.
async fn all_bytes(rig: &Rig) -> Vec<Vec<u8>> {
    let raw = rig.raw().await;
    let mut all: Vec<Vec<u8>> = Vec::new();
    for sql in [
        "SELECT about FROM register_lists",
        "SELECT sealed_key FROM register_keys",
        "SELECT body FROM register_parts",
        "SELECT body FROM register_bodies",
        "SELECT note FROM register_outcomes",
        "SELECT detail FROM register_log",
    ] {
        let found: Vec<Vec<u8>> = sqlx::query_scalar(sql).fetch_all(&raw).await.unwrap();
        assert!(!found.is_empty(), "{sql}");
        all.extend(found);
    }
    for sql in ["SELECT figures FROM register_pairs", "SELECT counts FROM register_runs"] {
        let found: Vec<String> = sqlx::query_scalar(sql).fetch_all(&raw).await.unwrap();
        all.extend(found.into_iter().map(String::into_bytes));
    }
    raw.close().await;
    if crate::BACKEND == Backend::Embedded {
        for name in ["netra.sqlite3", "netra.sqlite3-wal"] {
            all.extend(std::fs::read(rig.folder.path().join(name)));
        }
    }
    all
}

#[tokio::test]
async fn no_byte_of_the_database_names_anybody() {
    let rig = rig().await;
    let (run, pair) = rig.compared().await;
    for who in [1, 2] {
        rig.decide(pair, who, PairVerdict::Match).await.unwrap();
    }
    rig.clarify(&open(HOME), pair).await.unwrap();
    let look = Look::at_list(LookKind::Searched, run.candidates).with_detail(ASKED);
    rig.store.note_look(&open(HOME), account(2), at(40), look).await.unwrap();
    let log = rig.store.look_log(&open(HOME), Some(run.candidates), 100).await.unwrap();
    assert_eq!((log[0].account, log[0].detail.as_deref()), (Some(account(2)), Some(ASKED)));
    let without_names = rig.store.look_log(&sealed(HOME), Some(run.candidates), 100).await.unwrap();
    assert_eq!(without_names[0].detail, None);

    for bytes in all_bytes(&rig).await {
        for secret in [CANDIDATE, SERVANT, NOTE, ASKED, PURPOSE] {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "{secret} stands in the database");
        }
    }
}

#[tokio::test]
async fn the_database_refuses_to_change_decisions_and_the_log() {
    let rig = rig().await;
    let (_, pair) = rig.compared().await;
    rig.decide(pair, 1, PairVerdict::Match).await.unwrap();
    let raw = rig.raw().await;
    for sql in [
        "UPDATE register_decisions SET verdict = 'no-match'",
        "DELETE FROM register_decisions",
        "UPDATE register_log SET account = NULL",
        "DELETE FROM register_log",
    ] {
        assert!(sqlx::query(sql).execute(&raw).await.is_err(), "{sql}");
    }
    let log = rig.store.look_log(&open(HOME), None, 100).await.unwrap();
    let kinds: Vec<LookKind> = log.iter().rev().map(|entry| entry.kind).collect();
    assert_eq!(
        kinds,
        [LookKind::Imported, LookKind::Imported, LookKind::Imported, LookKind::Compared, LookKind::Decided]
    );
}
