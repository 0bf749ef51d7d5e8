//! An officer leaves: a look beforehand, then the account is closed and its matters go over, all at once.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/accounts.rs"]
mod accounts;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use netra_docket::act::{Act, Assigned, ReceiptIssued};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, MatterId};
use netra_docket::steps::StepKind;
use netra_store::{AccountEventKind, AccountState, Privacy, Role, Scope};

use accounts::{send, told};
use fixtures::{REPORTER, account, get_as, log_in, more_offices, officer, record, report};
use support::{Answer, BALIKPAPAN, PENAJAM, TestApp};

const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";
const SUBJECT: &str = "Ajakan di grup percakapan";

/// A matter that an officer is responsible for.
async fn matter_of(test: &TestApp, owner: AccountId) -> MatterId {
    let matter = report(test, BALIKPAPAN, FRIDAY_AT_TEN, SUBJECT).await;
    let acts = vec![Act::ReceiptIssued(ReceiptIssued { number: String::new() }), Act::Assigned(Assigned { to: owner })];
    record(test, matter, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, acts).await;
    matter
}

fn hidden(page: &Answer, field: &str) -> String {
    let (_, rest) = page.body.split_once(&format!("name=\"{field}\" value=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn all_matters_go_over_in_one_step_after_a_look() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "staf.pergi", Role::Handling).await;
    let heir = account(&test, BALIKPAPAN, "staf.tinggal", Role::Handling).await;
    account(&test, BALIKPAPAN, "pantau", Role::Administration).await;
    let session = log_in(&test, "staf.pergi").await;
    let matters = [matter_of(&test, id).await, matter_of(&test, id).await];
    let (page, heir_text) = (format!("/meja/akun/{id}/serah"), heir.to_string());
    let look = get_as(&test, &admin, &page).await;
    look.says(200, "<strong>2</strong> perkara berjalan dan <strong>0</strong> perkara selesai");
    look.says(200, "001/LP/PL/Kota/23.01/I/2024");
    look.says(200, "Petugas staf.tinggal (Penanganan)");
    for kept in [SUBJECT, REPORTER, "Petugas pantau", matters[0].to_string().as_str()] {
        look.hides(kept);
    }
    let seen = hidden(&look, "seen");
    send(&test, &admin, &page, &page, &[("seen", seen.as_str()), ("to", "")])
        .await
        .says(422, "Pilih petugas yang menerima");
    assert_eq!(get_as(&test, &session, "/meja").await.status, 200, "nothing has happened yet");
    let done = send(&test, &admin, &page, &page, &[("seen", seen.as_str()), ("to", heir_text.as_str())]).await;
    assert_eq!(done.location(), "/meja/akun");

    assert_eq!(get_as(&test, &session, "/meja").await.location(), "/masuk?lanjut=%2Fmeja", "access ends at once");
    assert_eq!(test.app.store.account(id).await.unwrap().unwrap().state, AccountState::Closed);
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Sealed);
    let admin_id = test.app.store.account_by_login("admin").await.unwrap().unwrap().id;
    for matter in matters {
        let docket = test.app.store.docket(&scope, matter).await.unwrap().unwrap();
        assert_eq!(docket.matter.owner, Some(heir));
        let last = docket.entries.last().unwrap();
        assert_eq!(StepKind::of(&last.what), StepKind::Assign);
        assert_eq!(last.by, Actor::Officer { account: admin_id, office: BALIKPAPAN.parse().unwrap() });
        assert_eq!(docket.entries.len(), 4, "past acts stay");
    }
    let kinds = told(&test, id).await;
    assert!(kinds.ends_with(&[AccountEventKind::HandedOver, AccountEventKind::Closed]), "{kinds:?}");
    let again = send(&test, &admin, &page, &page, &[]).await;
    assert_eq!(again.location(), "/meja/akun", "sent twice, done once");
    assert_eq!(told(&test, id).await, kinds);
}

/// Guards: a matter that came in after the look is not handed over unseen.
#[tokio::test]
async fn what_changed_since_the_look_stops_everything() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "staf.pergi", Role::Handling).await;
    let heir = account(&test, BALIKPAPAN, "staf.tinggal", Role::Handling).await.to_string();
    matter_of(&test, id).await;
    let page = format!("/meja/akun/{id}/serah");
    let seen = hidden(&get_as(&test, &admin, &page).await, "seen");
    matter_of(&test, id).await;
    let fields = [("seen", seen.as_str()), ("to", heir.as_str())];
    send(&test, &admin, &page, &page, &fields).await.says(409, "sudah berubah");
    assert_eq!(test.app.store.account(id).await.unwrap().unwrap().state, AccountState::Active);
}

#[tokio::test]
async fn closing_an_account_with_matters_leads_to_the_hand_over() {
    let test = TestApp::new().await;
    let admin = officer(&test, BALIKPAPAN, "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "staf.pergi", Role::Handling).await;
    matter_of(&test, id).await;
    let page = format!("/meja/akun/{id}");
    let led = send(&test, &admin, &page, &format!("{page}/tutup"), &[]).await;
    assert_eq!(led.location(), format!("{page}/serah"));
    assert_eq!(test.app.store.account(id).await.unwrap().unwrap().state, AccountState::Active);
    get_as(&test, &admin, &format!("{page}/serah")).await.says(200, "Tidak ada petugas aktif lain");
}

/// Guards: matters go to an active colleague of the same office whose role handles matters, and to nobody else.
#[tokio::test]
async fn only_active_colleagues_take_matters() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    let admin = officer(&test, "bawaslu-kaltim", "admin", Role::Administration).await;
    let id = account(&test, BALIKPAPAN, "staf.pergi", Role::Handling).await;
    matter_of(&test, id).await;
    let closed = account(&test, BALIKPAPAN, "staf.tutup", Role::Handling).await;
    test.app.store.set_account_state(closed, AccountState::Closed).await.unwrap();
    let elsewhere = account(&test, PENAJAM, "staf.lain", Role::Handling).await;
    let without = account(&test, BALIKPAPAN, "admin.lain", Role::Administration).await;
    let page = format!("/meja/akun/{id}/serah");
    let seen = hidden(&get_as(&test, &admin, &page).await, "seen");
    for taker in [closed, elsewhere, without, id] {
        let taker = taker.to_string();
        let fields = [("seen", seen.as_str()), ("to", taker.as_str())];
        send(&test, &admin, &page, &page, &fields).await.says(422, "Pilih petugas yang menerima");
    }
    assert_eq!(test.app.store.account(id).await.unwrap().unwrap().state, AccountState::Active);
}
