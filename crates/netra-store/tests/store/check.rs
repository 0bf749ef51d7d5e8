//! The standing checks: a store in order has nothing to tell, and each fault is found by the check of its name.

use netra_docket::act::{Act, Assigned, HandlingExtended, InitialStudy, Registered};
use netra_docket::clocks::{Standing, clocks};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, MatterId};
use netra_docket::matter::Matter;
use netra_docket::private::Private;
use netra_store::{Account, AccountState, CheckId, CheckLimits, Draft, Finding, FindingState, Health, Recording, Role};

use crate::common::*;

/// A month after the first acts: every clock that an office has to keep is over.
const A_MONTH: i64 = 31 * 24;

/// The limits of every day, but for the disk of the machine that runs the tests.
fn limits() -> CheckLimits {
    CheckLimits { free: 0, ..CheckLimits::default() }
}

async fn checked(rig: &Rig, hours: i64) -> Health {
    rig.store.check(hours_later(hours), limits()).await.unwrap()
}

/// What a check found: office and count.
fn found(health: &Health, check: CheckId) -> Vec<(&str, u64)> {
    assert!(health.of(check).all(|finding| finding.state == FindingState::Found), "{health:?}");
    health.of(check).map(|f| (f.office.as_ref().map_or("-", |office| office.as_str()), f.count)).collect()
}

/// What a check said of an office; nothing if it found nothing there.
fn subject<'h>(health: &'h Health, check: CheckId, office: &str) -> &'h str {
    let of_office = |f: &&Finding| f.office.as_ref().is_some_and(|o| o.as_str() == office);
    health.of(check).find(of_office).map_or("", |finding| finding.subject.as_str())
}

/// The checks that found something.
fn checks(health: &Health) -> Vec<&str> {
    let mut ids: Vec<&str> = health.findings.iter().map(|finding| finding.check.id()).collect();
    ids.dedup();
    ids
}

async fn administrator(rig: &Rig, office: &str) -> AccountId {
    let account = Account {
        id: AccountId::new(uuid()),
        office: office_id(office),
        login: format!("admin-{office}"),
        name: "Admin Rekaan".to_owned(),
        role: Role::Administration,
        password_hash: String::new(),
        state: AccountState::Active,
    };
    rig.store.add_account(&account).await.unwrap();
    account.id
}

/// A matter of an office with these acts after its report.
async fn matter_of(rig: &Rig, home: &str, by: Actor, acts: Vec<Act>) -> Matter {
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    let acts = std::iter::once(report(&sha256)).chain(acts).collect();
    let recording = recording(MatterId::new(uuid()), 0, hours_later(0), acts);
    rig.store.record(Recording { home: office_id(home), by, ..recording }).await.unwrap().matter
}

fn study(outcome: &str, kinds: &[&str]) -> Act {
    Act::InitialStudyDecided(InitialStudy {
        requirements: Vec::new(),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        outcome: outcome.to_owned(),
        reason: Private::Open("Sudah diperiksa.".to_owned()),
    })
}

/// A store of two offices with a matter each, in which all is well; the matters.
async fn in_order() -> (Rig, [Matter; 2]) {
    let rig = rig().await;
    for office in [PROVINCE, AUTHORITY, EMPLOYER] {
        administrator(&rig, office).await;
    }
    let home = matter_of(&rig, HOME, officer(), vec![receipt()]).await;
    let other = matter_of(&rig, OTHER, officer(), vec![receipt()]).await;
    rig.store.publish_ledgers(hours_later(0)).await.unwrap();
    (rig, [home, other])
}

#[tokio::test]
async fn a_store_in_order_has_nothing_to_tell() {
    let (rig, _) = in_order().await;
    assert_eq!(rig.store.last_check().await.unwrap(), None);
    let health = checked(&rig, 2).await;
    assert_eq!((health.is_well(), health.matters), (true, 2), "{health:?}");
    assert_eq!(health.to_string(), "nothing");
    assert_eq!(health.checked_at, hours_later(2));
    assert_eq!(rig.store.last_check().await.unwrap(), Some(health));
    let empty = empty().await;
    assert!(checked(&empty, 0).await.is_well());
}

#[tokio::test]
async fn an_office_needs_an_administrator_in_it_or_above() {
    let rig = rig().await;
    let health = checked(&rig, 0).await;
    assert_eq!(checks(&health), ["no-administrator"]);
    let all = [HOME, OTHER, PROVINCE, AUTHORITY, EMPLOYER].map(|office| (office, 1));
    assert_eq!(found(&health, CheckId::NoAdministrator), all);
    let id = administrator(&rig, PROVINCE).await;
    let health = checked(&rig, 0).await;
    assert_eq!(found(&health, CheckId::NoAdministrator), [(AUTHORITY, 1), (EMPLOYER, 1)]);
    rig.store.set_account_state(id, AccountState::Closed).await.unwrap();
    assert_eq!(found(&checked(&rig, 0).await, CheckId::NoAdministrator), all);
}

#[tokio::test]
async fn offices_above_each_other_do_not_make_it_endless() {
    let rig = rig().await;
    let mut province = rig.store.office(&office_id(PROVINCE)).await.unwrap().unwrap();
    province.parent = Some(office_id(HOME));
    rig.store.add_office(&province).await.unwrap();
    assert_eq!(found(&checked(&rig, 0).await, CheckId::NoAdministrator).len(), 5);
}

#[tokio::test]
async fn matters_without_owner_are_counted_by_office() {
    let (rig, _) = in_order().await;
    let mut matters = Vec::new();
    for _ in 0..21 {
        matters.push(matter_of(&rig, HOME, Actor::Public, Vec::new()).await);
    }
    matter_of(&rig, OTHER, Actor::Public, Vec::new()).await;
    let health = checked(&rig, 1).await;
    assert_eq!(found(&health, CheckId::NoOwner), [(HOME, 21), (OTHER, 1)]);
    let listed: Vec<&str> = subject(&health, CheckId::NoOwner, HOME).split(", ").collect();
    assert_eq!((listed.len(), listed[20]), (21, "…"), "twenty ids and a sign that there are more");
    let ids: Vec<String> = matters.iter().map(|matter| matter.id.to_string()).collect();
    assert!(listed[..20].iter().all(|id| ids.iter().any(|known| known == id)), "{listed:?}");

    let to = AccountId::new(uuid());
    rig.add(matters[0].id, 1, Act::Assigned(Assigned { to })).await.unwrap();
    let health = checked(&rig, 1).await;
    assert_eq!(found(&health, CheckId::NoOwner), [(HOME, 20), (OTHER, 1)]);
    assert!(!subject(&health, CheckId::NoOwner, HOME).contains('…'));
}

#[tokio::test]
async fn a_matter_that_nobody_can_bring_further_is_found() {
    let (rig, _) = in_order().await;
    matter_of(&rig, HOME, officer(), vec![receipt(), study("FORWARD_OTHER_LAW", &["other-law"])]).await;
    assert_eq!(found(&checked(&rig, 1).await, CheckId::NoExit), []);
    let stuck = matter_of(&rig, HOME, officer(), vec![receipt(), study("FORWARD_OTHER_LAW", &[])]).await;
    let health = checked(&rig, 1).await;
    assert_eq!(found(&health, CheckId::NoExit), [(HOME, 1)]);
    assert_eq!(subject(&health, CheckId::NoExit, HOME), stuck.report_number.unwrap());
}

#[tokio::test]
async fn overdue_clocks_are_counted_by_office_and_name_no_person() {
    let (rig, [home, other]) = in_order().await;
    let now = hours_later(A_MONTH);
    let (law, seat) = (law(), rig.store.office(&office_id(HOME)).await.unwrap().unwrap().seat());
    let overdue = |matter: &Matter| {
        let all = clocks(matter, &law, &seat, now);
        u64::try_from(all.states.iter().filter(|state| state.standing == Standing::Overdue).count()).unwrap()
    };
    assert!(overdue(&home) > 0);
    let health = checked(&rig, A_MONTH).await;
    assert_eq!(found(&health, CheckId::OverdueClock), [(HOME, overdue(&home)), (OTHER, overdue(&other))]);
    let told = subject(&health, CheckId::OverdueClock, HOME);
    assert!(told.contains("(Kajian awal)") && told.contains(&home.report_number.clone().unwrap()), "{told}");
    let kept = rig.store.setting("health").await.unwrap().unwrap();
    for private in [REPORTER, REPORTED, ACCOUNT, home.subject_line.as_str()] {
        assert!(!kept.contains(private), "{private}");
    }

    let late = recording(home.id, home.length, now, vec![study("REGISTER_HERE", &["other-law"])]);
    rig.store.record(late).await.unwrap();
    let health = checked(&rig, A_MONTH).await;
    assert!(!subject(&health, CheckId::OverdueClock, HOME).contains("(Kajian awal)"), "it was answered, if late");
    assert!(subject(&health, CheckId::OverdueClock, OTHER).contains("(Kajian awal)"));
}

#[tokio::test]
async fn a_lengthening_put_on_record_too_late_is_a_reason() {
    let (rig, _) = in_order().await;
    let registered = Act::Registered(Registered { number: String::new() });
    let acts = vec![receipt(), study("REGISTER_HERE", &["other-law"]), registered];
    let matter = matter_of(&rig, HOME, officer(), acts).await;
    let now = hours_later(A_MONTH);
    let (law, seat) = (law(), rig.store.office(&office_id(HOME)).await.unwrap().unwrap().seat());
    let all = clocks(&matter, &law, &seat, now);
    let base = all.states.iter().find(|state| state.id == "HANDLING_BASE").unwrap();
    assert_eq!(base.standing, Standing::Overdue);
    let label = format!("({})", base.title);
    assert!(subject(&checked(&rig, A_MONTH).await, CheckId::OverdueClock, HOME).contains(&label));

    let extended = Act::HandlingExtended(HandlingExtended { reason: Private::Open("Saksi sakit.".to_owned()) });
    rig.store.record(recording(matter.id, matter.length, now, vec![extended])).await.unwrap();
    assert!(!subject(&checked(&rig, A_MONTH).await, CheckId::OverdueClock, HOME).contains(&label));
}

#[tokio::test]
async fn exhibits_without_bytes_are_found() {
    let (rig, _) = in_order().await;
    let sha256 = rig.store.put_blob(b"lain").await.unwrap();
    let acts = vec![report(&sha256)];
    rig.store.record(recording(MatterId::new(uuid()), 0, hours_later(0), acts)).await.unwrap();
    assert_eq!(found(&checked(&rig, 1).await, CheckId::MissingExhibit), []);
    std::fs::remove_file(rig.folder.path().join("blobs").join(&sha256[..2]).join(&sha256)).unwrap();
    let health = checked(&rig, 1).await;
    assert_eq!(found(&health, CheckId::MissingExhibit), [(HOME, 1)]);
    assert!(subject(&health, CheckId::MissingExhibit, HOME).contains(&sha256));
    rig.store.record(new_matter_of(OTHER, hours_later(0))).await.unwrap();
    assert_eq!(found(&checked(&rig, 1).await, CheckId::MissingExhibit), [(HOME, 1), (OTHER, 1)]);
}

#[tokio::test]
async fn rows_that_the_dockets_do_not_give_are_found_and_mended_by_rebuilding() {
    let (rig, [home, _]) = in_order().await;
    let raw = rig.raw().await;
    for sql in [
        "UPDATE matters SET subject_line = 'lain' WHERE matter = $1",
        "UPDATE matters SET next_due = NULL WHERE matter = $1",
        "UPDATE matters SET length = length + 1 WHERE matter = $1",
        "UPDATE desk SET due = due + 1 WHERE matter = $1",
        "DELETE FROM matters WHERE matter = $1",
        "DELETE FROM desk WHERE matter = $1",
        "INSERT INTO desk (office, matter, open, due, stage, owner) VALUES ('kasn-contoh', $1, 1, 0, 'handling', NULL)",
        "INSERT INTO notices (act, matter, office, at, moment, title, text)
         VALUES ('a', $1, 'bawaslu-contoh', 0, '', 'Palsu', 'Palsu')",
    ] {
        sqlx::query(sql).bind(home.id.to_string()).execute(&raw).await.unwrap();
        let health = checked(&rig, 1).await;
        assert_eq!(checks(&health), ["stale-projection"], "{sql}");
        assert_eq!(found(&health, CheckId::StaleProjection), [(HOME, 1)], "{sql}");
        assert_eq!(subject(&health, CheckId::StaleProjection, HOME), home.id.to_string(), "{sql}");
        rig.store.rebuild_projections().await.unwrap();
        assert!(checked(&rig, 1).await.is_well(), "{sql}");
    }
    // Rows of matters that there are not, before and behind all others.
    for id in ["00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-8fff-ffffffffffff"] {
        let sql =
            "INSERT INTO desk (office, matter, open, due, stage, owner) VALUES ('kasn-contoh', $1, 1, 0, 'x', NULL)";
        sqlx::query(sql).bind(id).execute(&raw).await.unwrap();
        let health = checked(&rig, 1).await;
        assert_eq!(found(&health, CheckId::StaleProjection), [("-", 1)], "{id}");
        assert_eq!(health.findings[0].subject, id);
        rig.store.rebuild_projections().await.unwrap();
    }
    assert!(checked(&rig, 1).await.is_well());
}

#[tokio::test]
async fn a_damaged_docket_is_found_and_the_others_are_looked_at() {
    let (rig, [home, _]) = in_order().await;
    let master = rig.raw_as_master().await;
    let damage = sqlx::query("UPDATE acts SET body = $1 WHERE matter = $2").bind(b"{}".to_vec());
    damage.bind(home.id.to_string()).execute(&master).await.unwrap();
    let health = checked(&rig, A_MONTH).await;
    assert_eq!(found(&health, CheckId::UnreadableDocket), [(HOME, 1)]);
    assert_eq!(subject(&health, CheckId::UnreadableDocket, HOME), home.id.to_string());
    assert_eq!(health.matters, 2);
    assert_eq!(subject(&health, CheckId::OverdueClock, HOME), "");
    assert_ne!(subject(&health, CheckId::OverdueClock, OTHER), "");
}

#[tokio::test]
async fn acts_that_wait_long_for_a_checkpoint_are_found() {
    let (rig, _) = in_order().await;
    let sha256 = rig.store.put_blob(b"foto").await.unwrap();
    let acts = vec![report(&sha256)];
    rig.store.record(recording(MatterId::new(uuid()), 0, hours_later(2), acts)).await.unwrap();
    assert_eq!(found(&checked(&rig, 3).await, CheckId::UnpublishedAct), [], "it has its hour");
    let health = checked(&rig, 4).await;
    assert_eq!(found(&health, CheckId::UnpublishedAct), [(HOME, 1)]);
    assert!(subject(&health, CheckId::UnpublishedAct, HOME).contains("19 Jan 2024 11.00 WITA"));
    rig.store.publish_ledgers(hours_later(4)).await.unwrap();
    assert_eq!(found(&checked(&rig, 6).await, CheckId::UnpublishedAct), []);

    // The database says that all is published, and outside of it there is nothing.
    std::fs::remove_dir_all(rig.folder.path().join("ledger")).unwrap();
    assert_eq!(found(&checked(&rig, 6).await, CheckId::UnpublishedAct), [(HOME, 3), (OTHER, 2)]);
}

#[tokio::test]
async fn a_tree_that_does_not_fit_its_acts_is_found() {
    let (rig, _) = in_order().await;
    let master = rig.raw_as_master().await;
    sqlx::query("UPDATE trees SET size = size + 1 WHERE office = 'bawaslu-lain'").execute(&master).await.unwrap();
    assert_eq!(found(&checked(&rig, 1).await, CheckId::UnpublishedAct), [(OTHER, 1)]);
    sqlx::query("UPDATE trees SET size = 2, published = 0").execute(&master).await.unwrap();
    let health = checked(&rig, 1).await;
    assert_eq!(found(&health, CheckId::UnpublishedAct), [(HOME, 1), (OTHER, 1)]);
    assert!(subject(&health, CheckId::UnpublishedAct, HOME).contains("memuat 2 tindakan, basis data 0"));
}

#[tokio::test]
async fn forms_after_their_time_are_found() {
    let (rig, _) = in_order().await;
    let now = hours_later(0).instant().as_second();
    for (token, days) in [("a", 30), ("b", 32)] {
        let draft = Draft { token_hash: token.to_owned(), body: "{}".to_owned(), changed: now - days * 24 * 3600 };
        rig.store.put_draft(&draft).await.unwrap();
    }
    let health = checked(&rig, 0).await;
    assert_eq!(checks(&health), ["old-draft"]);
    assert_eq!(found(&health, CheckId::OldDraft), [("-", 1)]);
}

#[tokio::test]
#[cfg(unix)]
async fn little_space_is_found() {
    let (rig, _) = in_order().await;
    let limits = CheckLimits { free: u64::MAX, ..CheckLimits::default() };
    let health = rig.store.check(hours_later(0), limits).await.unwrap();
    assert_eq!(found(&health, CheckId::LowDisk), [("-", 1)]);
    assert!(health.findings[0].subject.contains(" MB kosong"), "{health:?}");
}

#[tokio::test]
async fn keys_that_are_not_those_of_before_are_found() {
    let (rig, _) = in_order().await;
    let keys = rig.folder.path().join("keys");
    let file = |office: &str| keys.join(format!("{office}.key"));
    let own = std::fs::read(file(HOME)).unwrap();
    std::fs::remove_file(file(HOME)).unwrap();
    let told = async || {
        let health = checked(&rig, 1).await;
        assert_eq!(checks(&health), ["key-file"]);
        assert_eq!(found(&health, CheckId::KeyFile), [(HOME, 1)]);
        subject(&health, CheckId::KeyFile, HOME).to_owned()
    };
    assert!(told().await.contains("tidak ada"));
    std::fs::copy(file(OTHER), file(HOME)).unwrap();
    assert!(told().await.contains("bukan kunci"));
    std::fs::write(file(HOME), "vault 00").unwrap();
    assert!(told().await.contains("tidak terbaca"));
    std::fs::write(file(HOME), own).unwrap();
    assert!(checked(&rig, 1).await.is_well());
}

#[tokio::test]
async fn a_check_that_cannot_be_made_says_so_and_the_others_are_made() {
    let (rig, _) = in_order().await;
    matter_of(&rig, HOME, Actor::Public, Vec::new()).await;
    let master = rig.raw_as_master().await;
    sqlx::query("DROP TABLE drafts").execute(&master).await.unwrap();
    let health = checked(&rig, 1).await;
    assert_eq!(checks(&health), ["no-owner", "old-draft"]);
    let finding = health.of(CheckId::OldDraft).next().unwrap();
    assert_eq!(finding.state, FindingState::NotRun);
    assert_eq!(finding.subject, "the database failed while counting old drafts");
    assert_eq!(rig.store.last_check().await.unwrap(), Some(health));
}

#[tokio::test]
async fn all_portions_of_matters_are_walked() {
    let rig = rig().await;
    let mut ids = Vec::new();
    for _ in 0..230 {
        ids.push(rig.open_matter().await.to_string());
    }
    ids.sort();
    let health = checked(&rig, 0).await;
    assert_eq!(health.matters, 230);
    assert_eq!(found(&health, CheckId::MissingExhibit), [(HOME, 230)], "these matters have no bytes");
    assert_eq!(found(&health, CheckId::StaleProjection), []);
    let raw = rig.raw().await;
    for id in [&ids[0], &ids[99], &ids[100], &ids[229]] {
        sqlx::query("DELETE FROM desk WHERE matter = $1").bind(id).execute(&raw).await.unwrap();
    }
    let health = checked(&rig, 0).await;
    let listed = [ids[0].as_str(), &ids[99], &ids[100], &ids[229]].join(", ");
    assert_eq!(subject(&health, CheckId::StaleProjection, HOME), listed);
}
