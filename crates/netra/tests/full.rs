//! A disk that becomes full while people report: nothing that was acknowledged is lost, the others are told, what is
//! there can be read, and with space again everything goes on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;
#[path = "support/tips.rs"]
mod tips;

use std::sync::Arc;

use netra_law::Law;
use netra_store::{Place, Store};
use support::Server;
use tips::{agent, fill_in, with_an_office};

/// More than the store needs when it is made, less than some hundred tips.
const KILOBYTES: u32 = 1500;

/// Where a tip stopped: at the page that was not taken, with the status and words of the answer.
struct Refused {
    status: u16,
    text: String,
}

/// Fills in and sends one tip: the path of its form and of its receipt.
fn send(agent: &ureq::Agent, url: &str) -> Result<(String, String), Refused> {
    let mut refused = None;
    let mut post = |path: &str, fields: &[(&str, &str)]| {
        let mut answer = agent.post(format!("{url}{path}")).send_form(fields.iter().copied()).unwrap();
        if answer.status() == 303 {
            return Some(answer.headers()["location"].to_str().unwrap().to_owned());
        }
        let text = answer.body_mut().read_to_string().unwrap();
        refused = Some(Refused { status: answer.status().as_u16(), text });
        None
    };
    let sent =
        fill_in(&mut post).and_then(|form| post(&format!("{form}/kirim"), &[("benar", "ya")]).map(|to| (form, to)));
    sent.ok_or_else(|| refused.unwrap())
}

#[test]
fn a_disk_that_becomes_full_loses_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::embedded(folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(with_an_office(&place));
    let agent = agent();

    let server = Server::on_a_full_disk(folder.path(), KILOBYTES);
    let mut sent = Vec::new();
    let refused = loop {
        match send(&agent, &server.url) {
            Ok(tip) => sent.push(tip),
            Err(refused) => break refused,
        }
        assert!(sent.len() < 5_000, "the disk never became full");
    };
    assert!(sent.len() > 10, "the disk was full at once");
    assert_eq!(refused.status, 500, "{}", refused.text);
    assert!(refused.text.contains("Yang sudah tersimpan tetap aman"), "{}", refused.text);
    assert_eq!(send(&agent, &server.url).err().map(|refused| refused.status), Some(500), "it stays full");
    for (form, receipt) in &sent {
        let page = agent.get(format!("{}{receipt}", server.url)).call().unwrap();
        assert_eq!(page.status(), 200, "the receipt of {form} can be read");
    }
    server.kill();

    let server = Server::serve(folder.path(), None);
    sent.push(send(&agent, &server.url).unwrap_or_else(|refused| panic!("{}", refused.text)));
    for (form, receipt) in &sent {
        let page = agent.get(format!("{}{receipt}", server.url)).call().unwrap();
        assert_eq!(page.status(), 200, "the receipt of {form} is there again");
    }
    server.kill();
    let found = runtime.block_on(async {
        let store = Store::open(&place, Arc::new(Law::embedded().unwrap())).await.unwrap();
        store.verify(&[]).await.unwrap()
    });
    assert_eq!(found.faults, []);
    assert_eq!(found.acts, sent.len() as u64, "each tip is there once");
}
