//! Tokens of other programs, and the keys under which they ask.

use netra_docket::ids::{AccountId, TokenId};
use netra_store::{Repeated, Role, Token, TokenScope};

use crate::common::*;

fn token(office: &str, label: &str) -> Token {
    Token {
        id: TokenId::new(uuid()),
        office: office_id(office),
        label: label.to_owned(),
        role: Role::Intake,
        scopes: vec![TokenScope::ReadMatters, TokenScope::TakeSteps],
        digest: "ab".repeat(32),
        account: AccountId::new(uuid()),
        created: 100,
        expires: 200,
        revoked: None,
        last_used: None,
    }
}

#[tokio::test]
async fn a_token_is_kept_used_and_revoked() {
    let rig = rig().await;
    let counter = token(HOME, "Loket");
    rig.store.add_token(&counter).await.unwrap();
    assert_eq!(rig.store.token(counter.id).await.unwrap().as_ref(), Some(&counter));
    assert_eq!(rig.store.token(TokenId::new(uuid())).await.unwrap(), None);
    assert!(counter.is_valid(199) && !counter.is_valid(200));

    rig.store.note_token_use(counter.id, "2024-01-19".parse().unwrap()).await.unwrap();
    rig.store.note_token_use(counter.id, "2024-01-18".parse().unwrap()).await.unwrap();
    let used = rig.store.token(counter.id).await.unwrap().unwrap();
    assert_eq!(used.last_used, Some("2024-01-19".parse().unwrap()), "the last day stays");

    assert!(!rig.store.revoke_token(&office_id(OTHER), counter.id, 150).await.unwrap(), "it is another office's");
    assert!(rig.store.revoke_token(&office_id(HOME), counter.id, 150).await.unwrap());
    assert!(!rig.store.revoke_token(&office_id(HOME), counter.id, 160).await.unwrap(), "once");
    let revoked = rig.store.token(counter.id).await.unwrap().unwrap();
    assert_eq!(revoked.revoked, Some(150));
    assert!(!revoked.is_valid(120));
}

#[tokio::test]
async fn an_office_lists_its_own_tokens() {
    let rig = rig().await;
    let older = token(HOME, "Loket");
    let newer = Token { created: 101, ..token(HOME, "Papan") };
    for each in [&older, &newer, &token(OTHER, "Loket")] {
        rig.store.add_token(each).await.unwrap();
    }
    assert_eq!(rig.store.tokens_of(&office_id(HOME)).await.unwrap(), [newer, older]);
    assert!(rig.store.add_token(&token("tidak-ada", "Loket")).await.is_err());
}

#[tokio::test]
async fn a_key_stands_for_one_request_of_one_token() {
    let rig = rig().await;
    let (one, other) = (TokenId::new(uuid()), TokenId::new(uuid()));
    let note = async |token: TokenId, key: &str, asked: &str| {
        rig.store.note_api_request(token, key, asked, 100).await.unwrap()
    };
    assert_eq!(note(one, "k", "a").await, Repeated::Same);
    assert_eq!(note(one, "k", "a").await, Repeated::Same);
    assert_eq!(note(one, "k", "b").await, Repeated::Other);
    assert_eq!(note(one, "l", "b").await, Repeated::Same);
    assert_eq!(note(other, "k", "b").await, Repeated::Same, "keys are each token's own");
}
