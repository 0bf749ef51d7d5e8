//! Drafts of public forms.

use netra_store::{Draft, Form, PublicReceipt};

use crate::common::*;

fn draft(token: &str, body: &str, changed: i64) -> Draft {
    Draft { token_hash: token.to_owned(), body: body.to_owned(), changed }
}

#[tokio::test]
async fn a_draft_is_kept_and_changed() {
    let rig = empty().await;
    assert_eq!(rig.store.form("t").await.unwrap(), Form::Unknown);
    rig.store.put_draft(&draft("t", "{}", 10)).await.unwrap();
    let changed = draft("t", "{\"langkah\":2}", 20);
    rig.store.put_draft(&changed).await.unwrap();
    assert_eq!(rig.store.form("t").await.unwrap(), Form::Open(changed));
}

#[tokio::test]
async fn old_drafts_are_deleted() {
    let rig = empty().await;
    for (token, changed) in [("a", 10), ("b", 20), ("c", 30)] {
        rig.store.put_draft(&draft(token, "{}", changed)).await.unwrap();
    }
    assert_eq!(rig.store.delete_drafts_before(20).await.unwrap(), 1);
    assert_eq!(rig.store.form("a").await.unwrap(), Form::Unknown);
    assert!(matches!(rig.store.form("b").await.unwrap(), Form::Open(_)));
}

#[tokio::test]
async fn a_sent_form_leaves_no_draft_and_takes_none() {
    let rig = rig().await;
    rig.store.put_draft(&draft("t", "{}", 10)).await.unwrap();
    let mut new = new_matter(hours_later(0));
    new.receipt = Some(PublicReceipt { token_hash: "t".to_owned(), code_hash: "c".to_owned() });
    let matter = rig.store.record(new).await.unwrap().matter.id;
    rig.store.put_draft(&draft("t", "{}", 30)).await.unwrap();
    assert_eq!(rig.store.form("t").await.unwrap(), Form::Sent(matter));
    let raw = rig.raw().await;
    let drafts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM drafts").fetch_one(&raw).await.unwrap();
    assert_eq!(drafts, 0);
}
