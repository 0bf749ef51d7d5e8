//! The golden table of rights: every route of the desks, asked by every role of every office that can
//! have to do with a matter. Whoever changes a right must see every place where it changes. After a
//! wanted change run
//!
//! ```text
//! NETRA_BLESS=1 cargo nextest run -p netra-web --test matrix
//! ```
//!
//! and read the difference of `tests/matrix.txt` as carefully as code.
//!
//! A line is method, route, role, the relation of the role's office to the matter, and the status of the
//! answer. Routes with a `{step}` are asked for every step that there is and for one that there is not;
//! the steps with the same answer stand at the end of one line. Forms are sent with the session's token
//! and without answers, so that nothing is recorded: who may take a step of a matter gets 409 (the form
//! does not say on which docket it stands), who may open a matter 422. For that the forms of new matters
//! bring a form token; without one everybody would be refused alike. Who may send files in pieces gets 412,
//! because the request does not speak their protocol, and 404 for an upload that nobody began. The exhibit is a photograph:
//! who may open it as a chat gets 400.
//! Who may send a matter to another office gets 400, because the form names no receiver, and 404 for a delivery that
//! nobody asked for.
//!
//! `tests/matrix_api.txt` is the same for the interface for programs: every operation of its description, asked with
//! tokens of every scope alone and of all together. Whoever may take a step of a matter gets 409 or 422.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

#[path = "support/api.rs"]
mod api;
#[path = "support/steps.rs"]
mod driver;
#[path = "support/desk.rs"]
mod fixtures;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use netra_docket::act::{Act, Recommendation, RecommendedFor, StatusAnnounced};
use netra_docket::ids::{AccountId, PersonNo};
use netra_docket::steps::StepKind;
use netra_law::time::Zone;
use netra_store::{LeadId, LeadSource, NewLead, Privacy, Role, Scope, TokenScope};
use netra_watch::{Record, Watch};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use driver::{EMPLOYER, account, docket_of, employer, enter, matter_with, session, until_forwarded};
use fixtures::{csrf, get_as, more_offices};
use support::{BALIKPAPAN, PENAJAM, TestApp, form_request};

/// Every route of the desks with its methods. [`no_route_is_left_out`] compares the list with the sources.
const ROUTES: &[(&str, &[&str])] = &[
    ("/awal/{token}", &["GET", "POST"]),
    ("/kalender/{token}", &["GET"]),
    ("/keluar", &["POST"]),
    ("/masuk", &["GET", "POST"]),
    ("/masuk/kode", &["GET", "POST"]),
    ("/meja", &["GET"]),
    ("/meja/akun", &["GET", "POST"]),
    ("/meja/akun/catatan", &["GET"]),
    ("/meja/akun/{id}", &["GET"]),
    ("/meja/akun/{id}/buka", &["POST"]),
    ("/meja/akun/{id}/kode", &["POST"]),
    ("/meja/akun/{id}/serah", &["GET", "POST"]),
    ("/meja/akun/{id}/sesi", &["POST"]),
    ("/meja/akun/{id}/tugas", &["POST"]),
    ("/meja/akun/{id}/tutup", &["POST"]),
    ("/meja/akun/{id}/undangan", &["POST"]),
    ("/meja/akun/{id}/undangan/cabut", &["POST"]),
    ("/meja/baru/{step}", &["GET", "POST"]),
    ("/meja/kantor", &["GET", "POST"]),
    ("/meja/kantor/{id}/nomor", &["GET", "POST"]),
    ("/meja/jadwal", &["GET"]),
    ("/meja/jadwal/alamat", &["POST"]),
    ("/meja/jadwal/alamat/hapus", &["POST"]),
    ("/meja/kesehatan", &["GET", "POST"]),
    ("/meja/kode", &["GET", "POST"]),
    ("/meja/kode/baru", &["POST"]),
    ("/meja/kode/pemulihan", &["POST"]),
    ("/meja/kalender", &["GET", "POST"]),
    ("/meja/kotak-keluar", &["GET"]),
    ("/meja/kotak-keluar/{id}/kirim-lagi", &["POST"]),
    ("/meja/kotak-masuk", &["GET"]),
    ("/meja/kotak-masuk/{id}", &["GET"]),
    ("/meja/kotak-masuk/{id}/tanda-terima", &["POST"]),
    ("/meja/audit", &["GET", "POST"]),
    ("/meja/audit/contoh.csv", &["GET"]),
    ("/meja/audit/unduh", &["POST"]),
    ("/meja/cari", &["GET", "POST"]),
    ("/meja/daftar", &["GET"]),
    ("/meja/daftar/banding", &["POST"]),
    ("/meja/daftar/banding/{id}", &["GET"]),
    ("/meja/daftar/impor", &["GET", "POST"]),
    ("/meja/daftar/impor/{token}", &["GET", "POST"]),
    ("/meja/daftar/isi/{id}", &["GET"]),
    ("/meja/daftar/isi/{id}/cari", &["POST"]),
    ("/meja/daftar/isi/{id}/hapus", &["POST"]),
    ("/meja/daftar/keputusan.json", &["GET"]),
    ("/meja/daftar/pasangan/{id}", &["GET"]),
    ("/meja/daftar/pasangan/{id}/informasi-awal", &["POST"]),
    ("/meja/daftar/pasangan/{id}/klarifikasi", &["POST"]),
    ("/meja/daftar/pasangan/{id}/putusan", &["POST"]),
    ("/meja/kerawanan", &["GET"]),
    ("/meja/kerawanan/isi", &["GET", "POST"]),
    ("/meja/pantau", &["GET"]),
    ("/meja/pemberitahuan", &["GET", "POST"]),
    ("/meja/pencegahan", &["GET"]),
    ("/meja/pencegahan/jangkauan", &["GET"]),
    ("/meja/pencegahan/penerima", &["GET", "POST"]),
    ("/meja/pencegahan/penerima/tempel", &["POST"]),
    ("/meja/pencegahan/penerima/{id}/hentikan", &["POST"]),
    ("/meja/perkara/{id}", &["GET"]),
    ("/meja/perkara/{id}/antar", &["POST"]),
    ("/meja/perkara/{id}/antar/{n}", &["POST"]),
    ("/meja/perkara/{id}/berkas.pdf", &["GET"]),
    ("/meja/perkara/{id}/berkas.zip", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}/banding", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}/catatan", &["POST"]),
    ("/meja/perkara/{id}/bukti/{no}/isi/{place}", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}/kecil", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}/kutipan", &["POST"]),
    ("/meja/perkara/{id}/bukti/{no}/lihat", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}/percakapan", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}/riwayat", &["GET"]),
    ("/meja/perkara/{id}/bukti/{no}/salinan-publik", &["POST"]),
    ("/meja/perkara/{id}/bukti/{no}/tutup", &["GET", "POST"]),
    ("/meja/perkara/{id}/lembar/{n}", &["GET"]),
    ("/meja/perkara/{id}/lembar/{n}/pdf", &["GET"]),
    ("/meja/perkara/{id}/penerusan/{n}", &["GET"]),
    ("/meja/perkara/{id}/surat/{n}", &["GET"]),
    ("/meja/perkara/{id}/whatsapp", &["POST"]),
    ("/meja/perkara/{matter}/identitas/{n}", &["GET"]),
    ("/meja/perkara/{matter}/langkah/{step}", &["GET", "POST"]),
    ("/meja/sandi", &["GET", "POST"]),
    ("/meja/sesi", &["GET"]),
    ("/meja/sesi/akhiri", &["POST"]),
    ("/meja/sorotan", &["GET"]),
    ("/meja/sorotan/baru", &["GET", "POST"]),
    ("/meja/sorotan/{id}", &["GET"]),
    ("/meja/sorotan/{id}/buka", &["POST"]),
    ("/meja/sorotan/{id}/sisihkan", &["POST"]),
    ("/meja/sorotan/{id}/sumber", &["GET"]),
    ("/meja/token", &["GET", "POST"]),
    ("/meja/token/{id}/cabut", &["POST"]),
    ("/meja/unggah", &["POST"]),
    ("/meja/unggah/{id}", &["GET", "PATCH"]),
    ("/undangan/{token}", &["GET", "POST"]),
];

/// How an office stands to the matter: it handles it, has nothing to do with it, the matter was forwarded
/// to it, it stands above the office that handles it, or the matter was recommended to it as an employer.
const RELATIONS: [(&str, &str); 5] = [
    ("own", BALIKPAPAN),
    ("other", PENAJAM),
    ("authority", "kasn"),
    ("province", "bawaslu-kaltim"),
    ("employer", EMPLOYER),
];

/// A step that there is not.
const NO_STEP: &str = "tidak-ada";
/// A form token that was never sent.
const FORM_TOKEN: &str = "00000000000000000000000000";

/// A request that everybody makes.
struct Call {
    method: &'static str,
    route: &'static str,
    address: String,
    step: Option<&'static str>,
}

/// Somebody who makes them.
struct Actor {
    role: &'static str,
    relation: &'static str,
    desk: Option<Session>,
    /// Another session, to log out of.
    leaving: Option<Session>,
}

struct Session {
    cookie: String,
    csrf: String,
}

impl Call {
    fn request(&self, actor: &Actor) -> Request<Body> {
        let session = if self.route == "/keluar" { &actor.leaving } else { &actor.desk };
        let mut fields = vec![("csrf", session.as_ref().map_or("0", |s| s.csrf.as_str()))];
        if self.route == "/meja/baru/{step}" {
            fields.push(("token", FORM_TOKEN));
        }
        let mut request = match self.method {
            "POST" => form_request(&self.address, &fields),
            "PATCH" => Request::patch(self.address.as_str()).body(Body::empty()).unwrap(),
            _ => Request::get(self.address.as_str()).body(Body::empty()).unwrap(),
        };
        if let Some(session) = session {
            request.headers_mut().insert(header::COOKIE, session.cookie.parse().unwrap());
            // Requests of a script bring the session's token here.
            request.headers_mut().insert("x-csrf", session.csrf.parse().unwrap());
        }
        request
    }
}

/// The requests: placeholders filled from a matter that has been through everything, from accounts
/// below the administrators of its office and province, and from the link of the first start.
async fn calls(test: &TestApp) -> Vec<Call> {
    let mut acts = until_forwarded();
    acts.push(Act::StatusAnnounced(StatusAnnounced {
        title: "Status laporan".to_owned(),
        text: "Diteruskan kepada KASN.".to_owned(),
        posted: String::new(),
    }));
    acts.push(Act::RecommendationReceived(Recommendation {
        number: "R-1".to_owned(),
        dated: "2024-01-19".parse().unwrap(),
        employer_received: None,
        employer_office: Some(EMPLOYER.parse().unwrap()),
        persons: vec![RecommendedFor { person: PersonNo(2), sanction: "Sanksi moral".to_owned() }],
    }));
    let matter = matter_with(test, acts).await;
    let docket = docket_of(test, matter).await;
    let letter = docket.entries.iter().find(|e| matches!(e.what, Act::Forwarded(_))).unwrap().n;
    // Each route has an account of its own, so that closing one does not change what the others answer.
    let mut below = BTreeMap::new();
    for (route, _) in ROUTES.iter().filter(|(route, _)| route.starts_with("/meja/akun/{id}")) {
        let login = format!("sasaran-{}", below.len());
        below.insert(*route, account(test, BALIKPAPAN, &login, Role::Intake).await);
    }
    let setup = netra_web::setup_path(&test.app).await.unwrap();
    let lead = lead(test).await;
    let fill = |route: &str| {
        let number = if route.contains("/penerusan/") { letter.to_string() } else { "1".to_owned() };
        let whose = below.get(route).map_or_else(|| matter.to_string(), ToString::to_string);
        let token = setup.trim_start_matches("/awal/");
        let whose = if route.starts_with("/meja/kotak-masuk/") { "ab".repeat(32) } else { whose };
        let whose = if route.starts_with("/meja/sorotan/") { lead.to_string() } else { whose };
        let filled = route.replace("{id}", &whose).replace("{matter}", &whose).replace("{token}", token);
        filled.replace("{n}", &number).replace("{no}", "1").replace("{place}", "0")
    };
    let mut list = Vec::new();
    for &(route, methods) in ROUTES {
        for &method in methods {
            let call = |step: Option<&'static str>| {
                let address = fill(route).replace("{step}", step.unwrap_or_default());
                assert!(!address.contains('{'), "nothing fills {address}");
                Call { method, route, address, step }
            };
            if route.contains("{step}") {
                list.extend(StepKind::ALL.iter().map(|step| call(Some(step.id()))));
                list.push(call(Some(NO_STEP)));
            } else {
                list.push(call(None));
            }
        }
    }
    list
}

/// A news lead of the office that handles the matter.
async fn lead(test: &TestApp) -> LeadId {
    let text = "Camat dilaporkan\n\nSeorang camat di Kota Balikpapan ikut kampanye dan dilaporkan ke Bawaslu.";
    let watch = Watch::embedded(&test.app.law).unwrap();
    let reading = watch.read(&watch.pages(text.as_bytes()).unwrap()[0]);
    let lead = NewLead {
        id: LeadId::new(netra_web::random_uuid()),
        sha256: test.app.store.put_blob(text.as_bytes()).await.unwrap(),
        size: text.len() as u64,
        media_type: "text/plain".to_owned(),
        entry: None,
        source: LeadSource::Typed,
        address: None,
        record: Record::of(&reading),
        fingerprint: reading.fingerprint,
    };
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    let account = AccountId::new(netra_web::random_uuid());
    test.app.store.add_leads(&scope, account, test.app.now(Zone::Wita), vec![lead]).await.unwrap()[0]
}

/// Every role in every office, also where the program would make no such account, and nobody.
async fn actors(test: &TestApp) -> Vec<Actor> {
    let mut list = vec![Actor { role: "nobody", relation: "-", desk: None, leaving: None }];
    for (relation, office) in RELATIONS {
        for role in Role::ALL {
            let id = account(test, office, &format!("{}-{relation}", role.id()), role).await;
            let (desk, leaving) =
                (begin(test, session(test, id).await).await, begin(test, session(test, id).await).await);
            list.push(Actor { role: role.id(), relation, desk: Some(desk), leaving: Some(leaving) });
        }
    }
    list
}

/// A session with its token against forged requests, from the one page that everybody has.
async fn begin(test: &TestApp, cookie: String) -> Session {
    let csrf = csrf(&get_as(test, &cookie, "/meja/sandi").await);
    Session { cookie, csrf }
}

/// One actor's lines.
async fn ask(router: Router, calls: Arc<Vec<Call>>, actor: Actor) -> Vec<String> {
    let mut found: BTreeMap<(&str, &str, u16), Vec<&str>> = BTreeMap::new();
    for call in calls.iter() {
        let answer = router.clone().oneshot(call.request(&actor)).await.unwrap();
        let line = (call.method, call.route, answer.status().as_u16());
        found.entry(line).or_default().extend(call.step);
    }
    let line = |((method, route, status), steps): ((&str, &str, u16), Vec<&str>)| {
        let mut words = vec![format!("{method} {route} {} {} {status}", actor.role, actor.relation)];
        words.extend(steps.into_iter().map(str::to_owned));
        words.join(" ")
    };
    found.into_iter().map(line).collect()
}

/// What no golden file may ever allow.
fn never(line: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    let [_, route, role, relation, status] = words[..5] else { panic!("a short line: {line}") };
    let of_matter = route.starts_with("/meja/perkara/");
    if role == "nobody" && (route.starts_with("/meja") || route == "/keluar") {
        assert_eq!(status, "303", "a desk is open to everybody: {line}");
    }
    if of_matter && matches!(relation, "other" | "province") {
        assert!(matches!(status, "403" | "404"), "a matter is seen from elsewhere: {line}");
    }
    if of_matter && matches!(role, "oversight" | "administration") {
        assert_eq!(status, "403", "a matter is seen by a role without matters: {line}");
    }
    if route.starts_with("/meja/sorotan/{id}") && relation != "own" && role != "nobody" {
        assert!(matches!(status, "403" | "404"), "a lead is seen from elsewhere: {line}");
    }
    if route.starts_with("/meja/sorotan") && !matches!(role, "handling" | "intake" | "nobody") {
        assert_eq!(status, "403", "a lead is seen by a role without leads: {line}");
    }
    if route.starts_with("/undangan/") {
        assert_eq!(status, "404", "a link that was never given works: {line}");
    }
    if route.starts_with("/meja/akun") && role != "administration" && role != "nobody" {
        assert_eq!(status, "403", "accounts are open to a role that does not administer: {line}");
    }
    if route.starts_with("/awal/") {
        assert_eq!(status, "404", "the link of the first start works again: {line}");
    }
    assert!(!status.starts_with('5'), "a page fails: {line}");
}

/// Guards: nobody gains or loses a page or a form without a reviewer seeing it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn policy_matrix() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    employer(&test).await;
    let calls = Arc::new(calls(&test).await);
    let mut asking = JoinSet::new();
    for actor in actors(&test).await {
        asking.spawn(ask(test.router.clone(), Arc::clone(&calls), actor));
    }
    let mut lines = asking.join_all().await.concat();
    lines.sort();
    lines.iter().for_each(|line| never(line));
    is_golden("tests/matrix.txt", &lines);
}

/// Checks lines against a golden file.
fn is_golden(file: &str, lines: &[String]) {
    let found = lines.join("\n") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("NETRA_BLESS").is_ok_and(|v| v == "1") {
        std::fs::write(&path, &found).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let (was, is): (BTreeSet<&str>, BTreeSet<&str>) = (golden.lines().collect(), found.lines().collect());
    let gone: Vec<&str> = was.difference(&is).copied().collect();
    let new: Vec<&str> = is.difference(&was).copied().collect();
    assert!(
        golden == found,
        "{file} differs. If that is wanted: NETRA_BLESS=1 cargo nextest run -p netra-web --test matrix\n\
         was:\n{}\nis:\n{}",
        gone.join("\n"),
        new.join("\n"),
    );
}

/// A program that asks for everything.
struct Program {
    role: &'static str,
    relation: &'static str,
    scopes: &'static str,
    token: Option<String>,
}

/// The roles and relations of programs; those of the offices that there are.
const PROGRAMS: [(Role, &str); 6] = [
    (Role::Intake, "own"),
    (Role::Handling, "own"),
    (Role::Handling, "other"),
    (Role::Authority, "authority"),
    (Role::Employer, "employer"),
    (Role::Oversight, "province"),
];

async fn programs(test: &TestApp) -> Vec<Program> {
    let mut list = vec![Program { role: "nobody", relation: "-", scopes: "-", token: None }];
    for (role, relation) in PROGRAMS {
        let office = RELATIONS.iter().find(|(name, _)| *name == relation).unwrap().1;
        let alone = TokenScope::ALL.iter().map(|scope| (scope.id(), std::slice::from_ref(scope)));
        for (scopes, granted) in alone.chain([("all", TokenScope::ALL.as_slice())]) {
            let token = Some(api::token(test, office, role, granted).await);
            list.push(Program { role: role.id(), relation, scopes, token });
        }
    }
    list
}

/// The operations of the description: method, address, and the steps to ask for.
fn described() -> Vec<(&'static str, String, Vec<&'static str>)> {
    let document: Value = serde_json::from_str(netra_web::openapi()).unwrap();
    let every = || -> Vec<&'static str> { StepKind::ALL.iter().map(|step| step.id()).chain([NO_STEP]).collect() };
    let mut list = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method = if method == "post" { "POST" } else { "GET" };
            let by_step = method == "POST" || path.contains("{step}");
            list.push((method, path.clone(), if by_step { every() } else { vec![""] }));
        }
    }
    list
}

/// One program's lines.
async fn ask_api(test: &TestApp, matter: &str, program: &Program) -> Vec<String> {
    let mut lines = Vec::new();
    for (method, path, steps) in described() {
        let mut found: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
        for step in steps {
            let address = path.replace("{matter}", matter).replace("{step}", step) + query_of(&path);
            let body = (method == "POST").then(|| json!({ "step": step, "answers": {} }));
            // Of the docket that the program says it has read, nothing is left: it has moved on.
            let headers = [("idempotency-key", step), ("if-match", "\"1\"")];
            let request = api::request(method, &address, program.token.as_deref(), &headers, body.as_ref());
            found.entry(test.send(request).await.status.as_u16()).or_default().push(step);
        }
        for (status, steps) in found {
            let who = format!("{} {} {}", program.role, program.relation, program.scopes);
            lines.push(format!("{method} {path} {who} {status} {}", steps.join(" ")).trim_end().to_owned());
        }
    }
    lines
}

fn query_of(path: &str) -> &'static str {
    if path.ends_with("/law/clocks") { "?regime=pemilu" } else { "" }
}

/// What no golden file may ever allow a program.
fn never_by_program(line: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    let [_, path, role, relation, scopes, status] = words[..6] else { panic!("a short line: {line}") };
    if path.starts_with("/api/v1/public/") || path == "/api/v1/problems" {
        assert_eq!(status, "200", "{line}");
        return;
    }
    assert!(role != "nobody" || status == "401", "open to everybody: {line}");
    if path.contains("{matter}") && matches!(relation, "other" | "province") {
        assert!(matches!(status, "403" | "404"), "a matter is seen from elsewhere: {line}");
    }
    if scopes == "persons:read" {
        assert!(matches!(status, "403"), "a scope that only opens names opens more: {line}");
    }
    assert!(!status.starts_with('5') && status != "201", "{line}");
}

/// Guards: no token gains or loses an operation without a reviewer seeing it, and asking so records nothing.
#[tokio::test]
async fn matrix_of_tokens() {
    let test = TestApp::with(api::unhurried()).await;
    more_offices(&test).await;
    employer(&test).await;
    let calls = calls(&test).await;
    let call = calls.iter().find(|call| call.route == "/meja/perkara/{id}").unwrap();
    let matter = call.address.trim_start_matches("/meja/perkara/").to_owned();
    let before = support::report::matters(&test, BALIKPAPAN).await;
    let mut lines = Vec::new();
    for program in programs(&test).await {
        lines.extend(ask_api(&test, &matter, &program).await);
    }
    lines.sort();
    lines.iter().for_each(|line| never_by_program(line));
    assert_eq!(support::report::matters(&test, BALIKPAPAN).await, before);
    is_golden("tests/matrix_api.txt", &lines);
}

/// Guards: asking changed nothing, so that the order of the requests does not matter.
#[tokio::test]
async fn a_form_without_answers_records_nothing() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    employer(&test).await;
    let calls = calls(&test).await;
    let cookie = enter(&test, BALIKPAPAN, "penanganan", Role::Handling).await;
    let before = support::report::matters(&test, BALIKPAPAN).await;
    let length = driver::length_of(&test, before[0]).await;
    let desk = begin(&test, cookie).await;
    let actor = Actor { role: "handling", relation: "own", desk: Some(desk), leaving: None };
    ask(test.router.clone(), Arc::new(calls), actor).await;
    assert_eq!(support::report::matters(&test, BALIKPAPAN).await, before);
    assert_eq!(driver::length_of(&test, before[0]).await, length);
}

/// Guards the table: the sources have no route of a desk that it leaves out, and it asks for no others.
#[test]
fn no_route_is_left_out() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for file in files_under(&source) {
        let of_desk = file.starts_with(source.join("desk"));
        for (path, methods) in routes_in(&std::fs::read_to_string(&file).unwrap()) {
            if of_desk || path.starts_with("/meja") {
                found.entry(path).or_default().extend(methods);
            }
        }
    }
    let listed: BTreeMap<String, BTreeSet<&str>> =
        ROUTES.iter().map(|(path, methods)| ((*path).to_owned(), methods.iter().copied().collect())).collect();
    assert_eq!(found, listed);
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_under(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The routes of a source file with their methods.
fn routes_in(source: &str) -> Vec<(String, Vec<&'static str>)> {
    source.split(".route(").skip(1).filter_map(route_in).collect()
}

/// The route whose arguments these are; none if it is another call of that name.
fn route_in(arguments: &str) -> Option<(String, Vec<&'static str>)> {
    let arguments = until_closed(arguments);
    let methods: Vec<&'static str> = [("get(", "GET"), ("post(", "POST"), ("patch(", "PATCH")]
        .into_iter()
        .filter(|(call, _)| arguments.contains(call))
        .map(|(_, method)| method)
        .collect();
    let Some((path, handlers)) = arguments.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
        assert!(methods.is_empty(), "the path of a route is no literal: {arguments}");
        return None;
    };
    for other in ["any(", "delete(", "on(", "put(", "trace("] {
        assert!(!handlers.contains(other), "a method that the table does not know: {path} {handlers}");
    }
    assert!(!methods.is_empty(), "a route without a method: {path}");
    Some((path.to_owned(), methods))
}

/// A text up to the bracket that closes the one before it.
fn until_closed(text: &str) -> &str {
    let mut depth = 1_u32;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}
