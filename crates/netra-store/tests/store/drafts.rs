//! Drafts of public forms.

use netra_store::{Draft, PublicReceipt};

use crate::common::*;

fn draft(token: &str, body: &str, changed: i64) -> Draft {
    Draft { token_hash: token.to_owned(), body: body.to_owned(), changed }
}

#[tokio::test]
async fn a_draft_is_kept_changed_and_deleted() {
    let rig = empty().await;
    assert_eq!(rig.store.draft("t").await.unwrap(), None);
    rig.store.put_draft(&draft("t", "{}", 10)).await.unwrap();
    let changed = draft("t", "{\"langkah\":2}", 20);
    rig.store.put_draft(&changed).await.unwrap();
    assert_eq!(rig.store.draft("t").await.unwrap(), Some(changed));
    rig.store.delete_draft("t").await.unwrap();
    rig.store.delete_draft("t").await.unwrap();
    assert_eq!(rig.store.draft("t").await.unwrap(), None);
}

#[tokio::test]
async fn old_drafts_are_deleted() {
    let rig = empty().await;
    for (token, changed) in [("a", 10), ("b", 20), ("c", 30)] {
        rig.store.put_draft(&draft(token, "{}", changed)).await.unwrap();
    }
    assert_eq!(rig.store.delete_drafts_before(20).await.unwrap(), 1);
    assert_eq!(rig.store.draft("a").await.unwrap(), None);
    assert!(rig.store.draft("b").await.unwrap().is_some());
}

#[tokio::test]
async fn a_sent_form_leaves_no_draft() {
    let rig = rig().await;
    rig.store.put_draft(&draft("t", "{}", 10)).await.unwrap();
    let mut new = new_matter(hours_later(0));
    new.receipt = Some(PublicReceipt { token_hash: "t".to_owned(), code_hash: "c".to_owned() });
    rig.store.record(new).await.unwrap();
    assert_eq!(rig.store.draft("t").await.unwrap(), None);
}
