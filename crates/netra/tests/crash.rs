//! Pulling the plug: what was acknowledged is there after a restart, and once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use support::Server;

const MONDAY: &str = "2024-01-08T09:00:00+08:00";

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into()
}

/// Sends a form and gives the address to which the answer leads.
fn post(agent: &ureq::Agent, url: &str, fields: &[(&str, &str)]) -> String {
    let answer = agent.post(url).send_form(fields.iter().copied()).expect("the server answers");
    assert_eq!(answer.status(), 303, "{url}");
    answer.headers()["location"].to_str().expect("an address is ASCII").to_owned()
}

fn page(agent: &ureq::Agent, url: &str) -> (u16, String) {
    let mut answer = agent.get(url).call().expect("the server answers");
    (answer.status().as_u16(), answer.body_mut().read_to_string().expect("pages are UTF-8"))
}

/// Fills a tip in up to its last page; gives the form's path.
fn tip(agent: &ureq::Agent, url: &str) -> String {
    let first = post(agent, &format!("{url}/lapor"), &[("jenis", "informasi")]);
    let form = first.rsplit_once('/').expect("a page of the form").0.to_owned();
    let steps: [(u8, &[(&str, &str)]); 5] = [
        (1, &[("kantor", "bawaslu-ppu"), ("pemilihan", "pemilu")]),
        (2, &[("uraian", "Seorang lurah mengajak warga memilih calon.")]),
        (3, &[("tempat", "Balai desa")]),
        (4, &[("terjadi", ""), ("diketahui", "")]),
        (5, &[("tidak-tahu", "ya")]),
    ];
    for (step, fields) in steps {
        post(agent, &format!("{url}{form}/{step}"), fields);
    }
    form
}

#[test]
fn what_was_acknowledged_survives_the_plug_being_pulled_and_is_there_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let agent = agent();
    let server = Server::demo(folder.path(), MONDAY);
    let (sent, unsent) = (tip(&agent, &server.url), tip(&agent, &server.url));
    let receipt = post(&agent, &format!("{}{sent}/kirim", server.url), &[("benar", "ya")]);
    let (status, before) = page(&agent, &format!("{}{receipt}", server.url));
    assert_eq!(status, 200);
    server.kill();

    let server = Server::demo(folder.path(), MONDAY);
    let (status, after) = page(&agent, &format!("{}{receipt}", server.url));
    assert_eq!(status, 200);
    assert_eq!(code(&before), code(&after), "the receipt is the same after the restart");
    let again = post(&agent, &format!("{}{sent}/kirim", server.url), &[("benar", "ya")]);
    assert_eq!(again, receipt, "sending again leads to the same receipt");
    let (status, text) = page(&agent, &format!("{}/s/{}", server.url, code(&after)));
    assert_eq!(status, 200, "{text}");
    let (status, draft) = page(&agent, &format!("{}{unsent}/2", server.url));
    assert_eq!(status, 200);
    assert!(draft.contains("Seorang lurah mengajak warga"), "what was typed before the crash is still there");
}

fn code(receipt: &str) -> &str {
    let rest = receipt.split("action=\"/s/").nth(1).expect("the receipt leads to the status page");
    rest.split('"').next().expect("an address ends")
}

#[test]
fn a_first_start_prints_a_link_that_makes_the_administrator_and_works_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let agent = agent();
    let server = Server::serve(folder.path(), None);
    let link = server.greeting.lines().find_map(|l| l.trim().strip_prefix("http")).map(|l| format!("http{l}"));
    let link = link.expect("the first start prints a link");
    let (status, text) = page(&agent, &link);
    assert_eq!(status, 200, "{text}");
    assert_eq!(page(&agent, &format!("{}/awal/{}", server.url, "0".repeat(64))).0, 404, "a guessed link leads nowhere");
}
