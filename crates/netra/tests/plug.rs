//! The plug is pulled two hundred times while eight people send what they saw: what was acknowledged is there,
//! nothing is there twice, and the ledger verifies. On both databases.
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

use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use netra_law::Law;
use netra_law::time::Moment;
use netra_store::{Place, Store};
use netra_testing::Postgres;
use support::Server;
use tips::{agent, with_an_office};

const KILLS: u32 = 200;
const CLIENTS: usize = 8;
/// The plug is pulled after at most so many answers since the start.
const ANSWERS: u64 = 60;

/// What the clients know of the server.
#[derive(Default)]
struct Line {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The server's address while it runs.
    url: Option<String>,
    /// How many times it has been started.
    life: u32,
    answers: u64,
    over: bool,
}

impl Line {
    /// The address of a server that was started after a life; none when it is all over.
    fn server_after(&self, life: u32) -> Option<(String, u32)> {
        let waits = |state: &mut State| !state.over && (state.url.is_none() || state.life <= life);
        let state = self.changed.wait_while(self.state.lock().unwrap(), waits).unwrap();
        if state.over { None } else { state.url.clone().map(|url| (url, state.life)) }
    }

    fn answered(&self) {
        self.state.lock().unwrap().answers += 1;
        self.changed.notify_all();
    }

    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
        self.changed.notify_all();
    }
}

/// A form that somebody tried to send, and the address of its receipt once that was acknowledged.
struct Sent {
    form: String,
    receipt: Option<String>,
}

/// Sends a page; none if the server was gone.
fn post(line: &Line, agent: &ureq::Agent, url: &str, fields: &[(&str, &str)]) -> Option<String> {
    let answer = agent.post(url).send_form(fields.iter().copied()).ok()?;
    assert_eq!(answer.status(), 303, "{url}");
    line.answered();
    Some(answer.headers()["location"].to_str().unwrap().to_owned())
}

/// Fills a tip in up to its last page; gives the form's path.
fn fill_in(line: &Line, agent: &ureq::Agent, url: &str) -> Option<String> {
    tips::fill_in(|path, fields| post(line, agent, &format!("{url}{path}"), fields))
}

/// Sends one tip after another, whatever becomes of the server.
fn client(line: &Line) -> Vec<Sent> {
    let mut sent: Vec<Sent> = Vec::new();
    let mut life = 0;
    while let Some((url, now)) = line.server_after(life) {
        let agent = agent();
        // What was not acknowledged is sent again first, as people do.
        let waiting = sent.last().filter(|last| last.receipt.is_none()).map(|last| last.form.clone());
        let form = waiting.clone().or_else(|| fill_in(line, &agent, &url));
        let Some(form) = form else {
            life = now;
            continue;
        };
        if waiting.is_none() {
            sent.push(Sent { form: form.clone(), receipt: None });
        }
        match post(line, &agent, &format!("{url}{form}/kirim"), &[("benar", "ya")]) {
            Some(receipt) => sent.last_mut().unwrap().receipt = Some(receipt),
            None => life = now,
        }
    }
    sent
}

fn pull_the_plug(place: &Place, start: impl Fn() -> Server) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(with_an_office(place));
    let line = Arc::new(Line::default());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let line = line.clone();
            thread::spawn(move || client(&line))
        })
        .collect();
    for _ in 0..KILLS {
        let server = start();
        line.set(|state| {
            state.url = Some(server.url.clone());
            state.life += 1;
        });
        let state = line.state.lock().unwrap();
        let enough = state.answers + 1 + RandomState::new().hash_one(state.answers) % ANSWERS;
        drop(line.changed.wait_while(state, |state| state.answers < enough).unwrap());
        line.set(|state| state.url = None);
        server.kill();
    }
    line.set(|state| state.over = true);
    let sent: Vec<Sent> = clients.into_iter().flat_map(|client| client.join().unwrap()).collect();
    let acknowledged = sent.iter().filter(|one| one.receipt.is_some()).count();
    assert!(acknowledged > usize::try_from(KILLS).unwrap() / 2, "only {acknowledged} were acknowledged");

    let server = start();
    let agent = agent();
    for Sent { form, receipt } in &sent {
        let again = post(&line, &agent, &format!("{}{form}/kirim", server.url), &[("benar", "ya")]).unwrap();
        assert_eq!(receipt.as_ref().unwrap_or(&again), &again, "one form has one receipt");
        let page = agent.get(&format!("{}{again}", server.url)).call().unwrap();
        assert_eq!(page.status(), 200, "{form}");
    }
    server.kill();

    let found = runtime.block_on(async {
        let store = Store::open(place, Arc::new(Law::embedded().unwrap())).await.unwrap();
        let later: Moment = "2036-01-01T00:00:00+08:00".parse().unwrap();
        store.publish_ledgers(later).await.unwrap();
        store.verify(&[]).await.unwrap()
    });
    assert_eq!(found.faults, []);
    assert_eq!(found.acts, sent.len() as u64, "each tip is there once");
}

#[test]
fn two_hundred_times_on_the_embedded_database() {
    let folder = tempfile::tempdir().unwrap();
    pull_the_plug(&Place::embedded(folder.path()), || Server::serve(folder.path(), None));
}

#[test]
fn two_hundred_times_on_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = Postgres::start().unwrap_or_else(|error| panic!("{error}"));
    let url = server.database().unwrap_or_else(|error| panic!("{error}"));
    let place = Place::server(&url, folder.path()).unwrap();
    pull_the_plug(&place, || Server::serve(folder.path(), Some(&url)));
}

/// Two servers on one database are one to the outside: a form begun here is filled in there, sent here and found
/// there; and of two that send it at the same moment one makes the matter and both get its receipt.
#[test]
fn two_servers_on_one_database_are_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = Postgres::start().unwrap_or_else(|error| panic!("{error}"));
    let url = server.database().unwrap_or_else(|error| panic!("{error}"));
    let place = Place::server(&url, folder.path()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(with_an_office(&place));
    let servers = [Server::serve(folder.path(), Some(&url)), Server::serve(folder.path(), Some(&url))];
    let (line, agent) = (Arc::new(Line::default()), agent());
    let mut forms = Vec::new();
    for n in 0..20 {
        forms.push(fill_in(&line, &agent, &servers[n % 2].url).unwrap());
    }
    for form in &forms {
        let receipts: Vec<String> = thread::scope(|scope| {
            let senders: Vec<_> = servers
                .iter()
                .map(|server| {
                    let (line, agent) = (line.clone(), agent.clone());
                    let address = format!("{}{form}/kirim", server.url);
                    scope.spawn(move || post(&line, &agent, &address, &[("benar", "ya")]).unwrap())
                })
                .collect();
            senders.into_iter().map(|sender| sender.join().unwrap()).collect()
        });
        assert_eq!(receipts[0], receipts[1], "{form}");
        for server in &servers {
            assert_eq!(agent.get(&format!("{}{}", server.url, receipts[0])).call().unwrap().status(), 200);
        }
    }
    drop(servers);
    let found = runtime.block_on(async {
        let store = Store::open(&place, Arc::new(Law::embedded().unwrap())).await.unwrap();
        store.verify(&[]).await.unwrap()
    });
    assert_eq!((found.acts, found.faults.len()), (20, 0), "{found:?}");
}
