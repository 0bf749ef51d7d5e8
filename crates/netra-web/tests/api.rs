//! The interface for programs, through the router: what is answered, to whom, and what is refused.

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

use std::collections::BTreeMap;

use axum::http::{Request, header};
use netra_docket::entry::Actor;
use netra_docket::ids::MatterId;
use netra_store::{Role, TokenScope};
use netra_web::{ApiRates, Limits, Rate, random_uuid};
use serde_json::{Value, json};

use api::{get, new_token, post, problem, request, said, token, unhurried};
use driver::{ACCOUNT, FRIDAY_AT_TEN, REPORT, account, docket_of, matter_with, until_forwarded};
use fixtures::{REPORTED, REPORTER, REPORTERS_PHONE, more_offices, report};
use support::{BALIKPAPAN, FRIDAY_EVENING, PENAJAM, TestApp};

const READ: &[TokenScope] = &[TokenScope::ReadMatters];
const PERSONS: &[TokenScope] = &[TokenScope::ReadMatters, TokenScope::ReadPersons];
const TAKE: &[TokenScope] = &[TokenScope::ReadMatters, TokenScope::TakeSteps];
const ANSWERED_AT: &str = "2024-01-19T10:00";

fn matter_at(matter: MatterId) -> String {
    format!("/api/v1/matters/{matter}")
}

fn acts_of(matter: MatterId) -> String {
    format!("/api/v1/matters/{matter}/acts")
}

/// A report at the counter as a program sends it, with some answers changed.
fn report_with(changes: &[(&str, Value)]) -> Value {
    let mut answers: BTreeMap<&str, Value> = REPORT.iter().map(|(name, value)| (*name, json!(value))).collect();
    answers.insert("at", json!(ANSWERED_AT));
    answers.insert("channel", json!("counter"));
    for (name, value) in changes {
        answers.insert(name, value.clone());
    }
    json!({ "step": "receive-report", "answers": answers })
}

fn tag(answer: &support::Answer) -> String {
    answer.headers[header::ETAG].to_str().unwrap().to_owned()
}

/// Every operation, with the scope that it needs.
fn operations(matter: MatterId) -> Vec<(&'static str, String, &'static str)> {
    vec![
        ("GET", "/api/v1/matters".to_owned(), "matters:read"),
        ("POST", "/api/v1/matters".to_owned(), "steps:take"),
        ("GET", matter_at(matter), "matters:read"),
        ("POST", acts_of(matter), "steps:take"),
        ("GET", format!("{}/steps/assign", matter_at(matter)), "matters:read"),
        ("GET", "/api/v1/steps/receive-report".to_owned(), "steps:take"),
        ("GET", "/api/v1/clocks".to_owned(), "matters:read"),
        ("GET", "/api/v1/overview".to_owned(), "overview:read"),
    ]
}

fn body_of(method: &str, path: &str) -> Option<Value> {
    let step = if path.ends_with("/acts") { "assign" } else { "receive-report" };
    (method == "POST").then(|| json!({ "step": step, "answers": {} }))
}

#[tokio::test]
async fn every_operation_needs_a_token_and_its_own_scope() {
    let test = TestApp::with(unhurried()).await;
    more_offices(&test).await;
    let matter = matter_with(&test, Vec::new()).await;
    for (method, path, scope) in operations(matter) {
        let (office, role) =
            if scope == "overview:read" { ("bawaslu-kaltim", Role::Oversight) } else { (BALIKPAPAN, Role::Handling) };
        let body = body_of(method, &path);
        let headers = [("idempotency-key", "a")];
        let ask = async |token: Option<&str>| test.send(request(method, &path, token, &headers, body.as_ref())).await;

        let refused = ask(None).await;
        problem(&refused, 401, "token-needed");
        assert_eq!(refused.headers[header::WWW_AUTHENTICATE], "Bearer");

        let others: Vec<TokenScope> = TokenScope::ALL.into_iter().filter(|other| other.id() != scope).collect();
        let without = token(&test, office, role, &others).await;
        let refused = problem(&ask(Some(&without)).await, 403, "scope-missing");
        assert_eq!(refused["scope"], scope, "{method} {path}");

        let with = token(&test, office, role, &TokenScope::ALL).await;
        let status = ask(Some(&with)).await.status.as_u16();
        assert!(!matches!(status, 401 | 403 | 404 | 405 | 500), "{method} {path}: {status}");
    }
    assert_eq!(docket_of(&test, matter).await.matter.length, 1, "nothing was recorded");
}

#[tokio::test]
async fn a_role_without_a_step_does_not_take_it_and_some_steps_no_program_takes() {
    let test = TestApp::with(unhurried()).await;
    let matter = matter_with(&test, Vec::new()).await;
    let intake = token(&test, BALIKPAPAN, Role::Intake, &TokenScope::ALL).await;
    let handling = token(&test, BALIKPAPAN, Role::Handling, &TokenScope::ALL).await;
    for (token, step) in [
        (&intake, "assign"),
        (&handling, "decide-plenary"),
        (&handling, "open-identity"),
        (&handling, "confirm-erasure"),
        (&handling, "correct"),
        (&handling, "add-exhibit"),
    ] {
        let body = json!({ "step": step, "answers": {} });
        let answer = post(&test, token, &acts_of(matter), &[("if-match", "\"1\"")], &body).await;
        problem(&answer, 403, "not-allowed");
    }
    assert_eq!(docket_of(&test, matter).await.matter.length, 1);
}

#[tokio::test]
async fn another_offices_matter_is_answered_like_one_that_there_is_not() {
    let test = TestApp::with(unhurried()).await;
    let foreign = report(&test, PENAJAM, FRIDAY_AT_TEN, "Perkara kantor lain").await;
    let none = MatterId::new(random_uuid());
    let all = token(&test, BALIKPAPAN, Role::Handling, &TokenScope::ALL).await;
    let addresses: [fn(MatterId) -> String; 3] = [matter_at, acts_of, |m| format!("{}/steps/assign", matter_at(m))];
    for make in addresses {
        let method = if make(none).ends_with("/acts") { "POST" } else { "GET" };
        let ask = async |matter: MatterId| {
            let path = make(matter);
            test.send(request(method, &path, Some(&all), &[("if-match", "\"1\"")], body_of(method, &path).as_ref()))
                .await
        };
        let (seen, unseen) = (ask(foreign).await, ask(none).await);
        problem(&seen, 404, "not-found");
        assert_eq!((seen.status, &seen.body), (unseen.status, &unseen.body));
        assert_eq!(seen.headers, unseen.headers);
    }
    let listed = said(&get(&test, &all, "/api/v1/matters").await, 200);
    assert_eq!(listed["matters"], json!([]));
}

#[tokio::test]
async fn a_matter_tells_its_clocks_with_readings_and_articles_and_no_names() {
    let test = TestApp::new().await;
    let matter = matter_with(&test, vec![driver::receipt()]).await;
    let reading = token(&test, BALIKPAPAN, Role::Handling, READ).await;
    let answer = get(&test, &reading, &matter_at(matter)).await;
    let found = said(&answer, 200);
    for secret in [REPORTER, REPORTED, REPORTERS_PHONE, "mengajak memilih"] {
        answer.hides(secret);
    }
    assert_eq!((found["persons"].clone(), found["event"].clone()), (Value::Null, Value::Null));
    assert_eq!((found["length"].clone(), found["stage"].clone()), (json!(2), json!("initial-study")));
    let clock = found["clocks"].as_array().unwrap().iter().find(|clock| clock["id"] == "INITIAL_STUDY").unwrap();
    assert!(clock["article"]["cite"].as_str().is_some_and(|cite| !cite.is_empty()), "{clock}");
    let readings = clock["readings"].as_array().unwrap();
    assert_eq!(readings.iter().filter(|reading| reading["chosen"] == true).count(), 1, "{clock}");
    let acts: Vec<&Value> = found["acts"].as_array().unwrap().iter().map(|act| &act["step"]).collect();
    assert_eq!(acts, ["receive-report", "issue-receipt"]);
    let step = found["steps"].as_array().unwrap().iter().find(|step| step["step"] == "initial-study").unwrap();
    assert_eq!((step["ready"].clone(), step["allowed"].clone()), (json!(true), json!(false)), "a reader takes no step");
}

#[tokio::test]
async fn names_need_their_scope_and_the_reporter_never_reaches_the_authority() {
    let test = TestApp::new().await;
    let matter = matter_with(&test, until_forwarded()).await;
    let own = token(&test, BALIKPAPAN, Role::Handling, PERSONS).await;
    let answer = get(&test, &own, &matter_at(matter)).await;
    for name in [REPORTER, REPORTED, REPORTERS_PHONE] {
        assert!(answer.body.contains(name), "{name}");
    }
    let authority = token(&test, "kasn", Role::Authority, PERSONS).await;
    let answer = get(&test, &authority, &matter_at(matter)).await;
    assert!(answer.body.contains(REPORTED), "{}", answer.body);
    for secret in [REPORTER, REPORTERS_PHONE] {
        answer.hides(secret);
    }
    assert_eq!(said(&answer, 200)["relation"], "received");
    let sealed = token(&test, "kasn", Role::Authority, READ).await;
    get(&test, &sealed, &matter_at(matter)).await.hides(REPORTED);
}

#[tokio::test]
async fn a_step_is_recorded_in_the_programs_name_and_a_late_one_hears_what_changed() {
    let test = TestApp::new().await;
    let matter = matter_with(&test, Vec::new()).await;
    let officer = account(&test, BALIKPAPAN, "penanggung", Role::Handling).await;
    let (kept, whole) = new_token(&test, BALIKPAPAN, Role::Handling, TAKE);
    test.app.store.add_token(&kept).await.unwrap();
    let before = tag(&get(&test, &whole, &matter_at(matter)).await);
    assert!(before.starts_with("\"1-"), "{before}");
    let body = json!({ "step": "assign", "answers": { "at": ANSWERED_AT, "account": officer.to_string() } });

    problem(&post(&test, &whole, &acts_of(matter), &[], &body).await, 428, "length-needed");
    problem(&post(&test, &whole, &acts_of(matter), &[("if-match", "*")], &body).await, 400, "bad-request");

    let taken = post(&test, &whole, &acts_of(matter), &[("if-match", &before)], &body).await;
    assert_eq!(said(&taken, 201), json!({ "matter": matter, "length": 2, "code": null, "again": false }));
    assert_eq!(taken.headers[header::LOCATION].to_str().unwrap(), matter_at(matter));
    let docket = docket_of(&test, matter).await;
    let by = Actor::Token { token: kept.id, office: BALIKPAPAN.parse().unwrap() };
    assert_eq!(docket.entries.last().unwrap().by, by);
    assert_eq!(docket.matter.owner, Some(officer));

    let late = post(&test, &whole, &acts_of(matter), &[("if-match", &before)], &body).await;
    let conflict = problem(&late, 409, "conflict");
    assert_eq!((conflict["length"].clone(), conflict["changed"][0]["step"].clone()), (json!(2), json!("assign")));
    assert_eq!(conflict["changed"][0]["by"]["kind"], "token");
    assert_eq!(docket_of(&test, matter).await.matter.length, 2);
}

#[tokio::test]
async fn answers_are_refused_beside_their_names_and_so_are_answers_to_no_question() {
    let test = TestApp::new().await;
    let matter = matter_with(&test, Vec::new()).await;
    let taking = token(&test, BALIKPAPAN, Role::Handling, TAKE).await;
    let at = "2024-01-20T10:00";
    for (answers, field) in [
        (json!({ "at": ANSWERED_AT }), "account"),
        (json!({ "at": ANSWERED_AT, "account": random_uuid().to_string() }), "account"),
        (json!({ "at": at, "account": "" }), "at"),
        (json!({ "at": ANSWERED_AT, "petugas": "x" }), "petugas"),
        (json!({ "at": ANSWERED_AT, "csrf": "x" }), "csrf"),
    ] {
        let body = json!({ "step": "assign", "answers": answers });
        let answer = post(&test, &taking, &acts_of(matter), &[("if-match", "\"1\"")], &body).await;
        let wrong = problem(&answer, 422, "answers-wrong");
        let fields: Vec<&Value> = wrong["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
        assert!(fields.contains(&&json!(field)), "{field}: {wrong}");
    }
    let register = json!({ "step": "register", "answers": { "at": ANSWERED_AT } });
    let answer = post(&test, &taking, &acts_of(matter), &[("if-match", "\"1\"")], &register).await;
    problem(&answer, 409, "step-not-offered");
    let unknown = json!({ "step": "tutup", "answers": {} });
    problem(&post(&test, &taking, &acts_of(matter), &[("if-match", "\"1\"")], &unknown).await, 422, "answers-wrong");
    assert_eq!(docket_of(&test, matter).await.matter.length, 1);
}

#[tokio::test]
async fn bodies_that_are_no_steps_are_refused() {
    let test = TestApp::new().await;
    let taking = token(&test, BALIKPAPAN, Role::Intake, TAKE).await;
    let send = async |kind: &str, body: String| {
        let request = Request::post("/api/v1/matters")
            .header(header::AUTHORIZATION, format!("Bearer {taking}"))
            .header("idempotency-key", "a")
            .header(header::CONTENT_TYPE, kind)
            .body(body.into());
        test.send(request.unwrap()).await
    };
    problem(&send("text/plain", "{}".to_owned()).await, 415, "not-json");
    problem(&send("application/json", "{".to_owned()).await, 400, "bad-body");
    problem(&send("application/json", "[]".to_owned()).await, 400, "bad-body");
    let refused = send("application/json", format!("{{\"step\": \"assign\", \"answers\": \"{REPORTER}\"}}")).await;
    problem(&refused, 400, "bad-body");
    refused.hides(REPORTER);
    problem(&send("application/json; charset=utf-8", " ".repeat(2 << 20)).await, 413, "too-large");
}

#[tokio::test]
async fn a_matter_is_opened_once_for_a_key() {
    let test = TestApp::new().await;
    let (kept, counter) = new_token(&test, BALIKPAPAN, Role::Intake, TAKE);
    test.app.store.add_token(&kept).await.unwrap();
    let open = async |key: Option<&str>, body: &Value| {
        let headers: Vec<(&str, &str)> = key.map(|key| ("idempotency-key", key)).into_iter().collect();
        post(&test, &counter, "/api/v1/matters", &headers, body).await
    };
    problem(&open(None, &report_with(&[])).await, 400, "key-needed");
    // What was wrong may be mended under the same key.
    let wrong = open(Some("laporan-1"), &report_with(&[("account", json!(""))])).await;
    problem(&wrong, 422, "answers-wrong");

    let first = said(&open(Some("laporan-1"), &report_with(&[])).await, 201);
    let again = said(&open(Some("laporan-1"), &report_with(&[])).await, 200);
    assert_eq!((again["matter"].clone(), again["code"].clone()), (first["matter"].clone(), first["code"].clone()));
    assert_eq!((first["again"].clone(), again["again"].clone()), (json!(false), json!(true)));
    problem(&open(Some("laporan-1"), &report_with(&[("place", json!("Lain"))])).await, 422, "key-reused");
    assert_eq!(support::report::matters(&test, BALIKPAPAN).await.len(), 1);

    let second = said(&open(Some("laporan-2"), &report_with(&[])).await, 201);
    assert_ne!(second["matter"], first["matter"]);
    let other = token(&test, BALIKPAPAN, Role::Intake, TAKE).await;
    let third = post(&test, &other, "/api/v1/matters", &[("idempotency-key", "laporan-1")], &report_with(&[])).await;
    assert_ne!(said(&third, 201)["matter"], first["matter"], "keys are each token's own");

    let matter: MatterId = serde_json::from_value(first["matter"].clone()).unwrap();
    let docket = docket_of(&test, matter).await;
    assert_eq!(docket.matter.event.as_ref().unwrap().account.open().unwrap(), ACCOUNT);
    assert_eq!(docket.entries[0].by, Actor::Token { token: kept.id, office: BALIKPAPAN.parse().unwrap() });
    let code = first["code"].as_str().unwrap().replace('-', "");
    assert_eq!(test.get(&format!("/s/{code}")).await.status.as_u16(), 200, "the code opens the public status");
}

#[tokio::test]
async fn walking_the_pages_meets_everything_once_while_matters_are_added() {
    let test = TestApp::with(unhurried()).await;
    let reading = token(&test, BALIKPAPAN, Role::Handling, READ).await;
    let mut first = Vec::new();
    for n in 0..9 {
        first.push(report(&test, BALIKPAPAN, FRIDAY_AT_TEN, &format!("Perkara {n}")).await.to_string());
    }
    for list in ["/api/v1/matters?limit=2", "/api/v1/clocks?limit=2"] {
        let (mut met, mut after): (Vec<String>, Option<String>) = (Vec::new(), None);
        loop {
            let place = after.as_ref().map(|after| format!("&after={after}")).unwrap_or_default();
            let page = said(&get(&test, &reading, &format!("{list}{place}")).await, 200);
            let lines = page.get("matters").or(page.get("clocks")).unwrap().as_array().unwrap();
            assert!(lines.len() <= 2);
            let id = |line: &Value| line.get("matter").unwrap_or(&line["id"]).as_str().unwrap().to_owned();
            met.extend(lines.iter().map(id));
            report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Perkara baru").await;
            match page["next"].as_str() {
                Some(next) => after = Some(next.to_owned()),
                None => break,
            }
            assert!(met.len() < 200, "the walk comes to no end");
        }
        for matter in &first {
            assert_eq!(met.iter().filter(|id| *id == matter).count(), 1, "{list}");
        }
        let mut once = met.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), met.len(), "{list}: nothing is met twice");
    }
}

#[tokio::test]
async fn lists_are_filtered_and_what_cannot_be_read_is_refused() {
    let test = TestApp::with(unhurried()).await;
    let reading = token(&test, BALIKPAPAN, Role::Handling, READ).await;
    let studied = matter_with(&test, vec![driver::receipt()]).await;
    matter_with(&test, driver::until_registered()).await;
    let found = said(&get(&test, &reading, "/api/v1/matters?stage=initial-study").await, 200);
    let ids: Vec<&Value> = found["matters"].as_array().unwrap().iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&json!(studied)]);
    assert_eq!(said(&get(&test, &reading, "/api/v1/matters?closed=true").await, 200)["matters"], json!([]));
    let day = found["matters"][0]["next_clock"]["due"].as_str().unwrap()[..10].to_owned();
    let that_day = said(&get(&test, &reading, &format!("/api/v1/clocks?from={day}&until={day}")).await, 200);
    let clocks = that_day["clocks"].as_array().unwrap();
    assert!(clocks.iter().any(|line| line["matter"] == json!(studied)), "{that_day}");
    assert!(clocks.iter().all(|line| line["clock"]["due"].as_str().unwrap().starts_with(&day)));
    for (path, parameter) in [
        ("/api/v1/matters?stage=x", "stage"),
        ("/api/v1/matters?limit=0", "limit"),
        ("/api/v1/matters?closed=1", "closed"),
        ("/api/v1/matters?after=x", "after"),
        ("/api/v1/matters?tahap=repair", "tahap"),
        ("/api/v1/clocks?from=19/1/2024", "from"),
        ("/api/v1/public/law/clocks", "regime"),
        ("/api/v1/public/notices?before=x", "before"),
    ] {
        assert_eq!(problem(&get(&test, &reading, path).await, 400, "bad-request")["parameter"], parameter, "{path}");
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let test = TestApp::new().await;
    let reading = token(&test, BALIKPAPAN, Role::Handling, READ).await;
    let matter = matter_with(&test, Vec::new()).await;
    for path in [matter_at(matter), "/api/v1/matters".to_owned(), "/api/v1/public/law/clocks?regime=pemilu".to_owned()]
    {
        let tag = tag(&get(&test, &reading, &path).await);
        let again = test.send(request("GET", &path, Some(&reading), &[("if-none-match", &tag)], None)).await;
        assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""), "{path}");
        assert_eq!(again.headers[header::ETAG].to_str().unwrap(), tag);
    }
    let before = tag(&get(&test, &reading, &matter_at(matter)).await);
    fixtures::record(&test, matter, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, vec![driver::receipt()]).await;
    let after =
        test.send(request("GET", &matter_at(matter), Some(&reading), &[("if-none-match", &before)], None)).await;
    assert_eq!(said(&after, 200)["length"], 2);
}

#[tokio::test]
async fn questions_are_those_of_the_form_and_name_nobody_without_the_scope() {
    let test = TestApp::new().await;
    let matter = matter_with(&test, driver::until_registered()).await;
    let path = format!("{}/steps/invite-clarification", matter_at(matter));
    let blind = token(&test, BALIKPAPAN, Role::Handling, TAKE).await;
    let answer = get(&test, &blind, &path).await;
    let found = said(&answer, 200);
    assert_eq!(found["length"], 4);
    assert!(found["questions"].as_array().unwrap().iter().any(|question| question["name"] == "at"), "{found}");
    for name in [REPORTER, REPORTED] {
        answer.hides(name);
    }
    let opening = said(&get(&test, &blind, "/api/v1/steps/receive-report").await, 200);
    let names: Vec<&str> =
        opening["questions"].as_array().unwrap().iter().filter_map(|question| question["name"].as_str()).collect();
    for (name, _) in REPORT {
        assert!(names.contains(name), "{name}");
    }
    problem(&get(&test, &blind, "/api/v1/steps/register").await, 404, "not-found");
}

#[tokio::test]
async fn tokens_that_are_not_valid_are_all_refused_alike() {
    let test = TestApp::with(unhurried()).await;
    let (revoked, sent_revoked) = new_token(&test, BALIKPAPAN, Role::Handling, READ);
    let (other, sent_other) = new_token(&test, BALIKPAPAN, Role::Handling, READ);
    for token in [&revoked, &other] {
        test.app.store.add_token(token).await.unwrap();
    }
    assert_eq!(get(&test, &sent_other, "/api/v1/matters").await.status.as_u16(), 200);
    test.app.store.revoke_token(&revoked.office, revoked.id, revoked.created).await.unwrap();
    let (_, unknown) = new_token(&test, BALIKPAPAN, Role::Handling, READ);
    let (id, _) = sent_other.rsplit_once('_').unwrap();
    let wrong = format!("{id}_{}", "0".repeat(64));
    let mut answers = Vec::new();
    for token in [sent_revoked.as_str(), &unknown, &wrong, "", "netra_", "x"] {
        let answer = get(&test, token, "/api/v1/matters").await;
        problem(&answer, 401, "token-needed");
        answers.push(answer.body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "nothing tells one from another");
    test.set_clock(FRIDAY_EVENING);
    problem(&get(&test, &sent_other, "/api/v1/matters").await, 401, "token-needed");
}

#[tokio::test]
async fn the_day_of_the_last_use_is_noted() {
    let test = TestApp::new().await;
    let (kept, whole) = new_token(&test, BALIKPAPAN, Role::Handling, READ);
    test.app.store.add_token(&kept).await.unwrap();
    get(&test, &whole, "/api/v1/matters").await;
    let used = test.app.store.token(kept.id).await.unwrap().unwrap();
    assert_eq!(used.last_used, Some("2024-01-19".parse().unwrap()));
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_when_to_come_back() {
    let rate = Rate { burst: 2, per_minute: 60 };
    let limits = Limits { api: ApiRates { read: rate, write: rate, public: rate }, ..Limits::default() };
    let test = TestApp::with(limits).await;
    let reading = token(&test, BALIKPAPAN, Role::Handling, READ).await;
    let other = token(&test, BALIKPAPAN, Role::Handling, READ).await;
    let path = "/api/v1/matters";
    for _ in 0..2 {
        assert_eq!(get(&test, &reading, path).await.status.as_u16(), 200);
    }
    let refused = get(&test, &reading, path).await;
    problem(&refused, 429, "too-often");
    assert_eq!(refused.headers[header::RETRY_AFTER], "1");
    assert_eq!(get(&test, &other, path).await.status.as_u16(), 200, "each token has its own");
    assert_eq!(get(&test, &reading, "/api/v1/clocks").await.status.as_u16(), 200, "and so has each route");
    test.set_clock("2024-01-19T02:00:01Z");
    assert_eq!(get(&test, &reading, path).await.status.as_u16(), 200);
    for status in [200, 200, 429] {
        assert_eq!(test.get("/api/v1/public/notices").await.status.as_u16(), status);
    }
}

#[tokio::test]
async fn problems_are_told_in_the_callers_language() {
    let test = TestApp::new().await;
    for (headers, language, title) in [
        (&[][..], "id", "Token tidak ada atau tidak berlaku"),
        (&[("accept-language", "en-GB,en;q=0.9")][..], "en", "No valid token"),
    ] {
        let answer = test.send(request("GET", "/api/v1/matters", None, headers, None)).await;
        assert_eq!(problem(&answer, 401, "token-needed")["title"], title);
        assert_eq!(answer.headers[header::CONTENT_LANGUAGE], language);
    }
    let kinds = said(&test.get("/api/v1/problems").await, 200);
    assert!(kinds["problems"].as_array().unwrap().iter().any(|kind| kind["id"] == "token-needed"));
}

#[tokio::test]
async fn addresses_and_methods_that_there_are_not_are_problems_too() {
    let test = TestApp::new().await;
    for path in ["/api/v1/matter", "/api/v2/matters", "/api/v1/matters/", "/api/v1/matters/%FF"] {
        let reading = token(&test, BALIKPAPAN, Role::Handling, READ).await;
        problem(&get(&test, &reading, path).await, 404, "not-found");
    }
    let answer = test.send(request("DELETE", "/api/v1/matters", None, &[], None)).await;
    problem(&answer, 405, "method");
    let allowed = answer.headers[header::ALLOW].to_str().unwrap();
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
}

#[tokio::test]
async fn the_overview_counts_the_offices_below() {
    let test = TestApp::new().await;
    more_offices(&test).await;
    matter_with(&test, Vec::new()).await;
    let above = token(&test, "bawaslu-kaltim", Role::Oversight, &[TokenScope::ReadOverview]).await;
    let found = said(&get(&test, &above, "/api/v1/overview").await, 200);
    let offices = found["offices"].as_array().unwrap();
    let of = |id: &str| offices.iter().find(|line| line["office"]["id"] == id).unwrap()["open"].clone();
    assert_eq!((of(BALIKPAPAN), of(PENAJAM)), (json!(1), json!(0)));
}

#[tokio::test]
async fn notices_and_the_clocks_of_the_law_are_for_everybody() {
    let test = TestApp::new().await;
    let matter = report(&test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan").await;
    fixtures::record(&test, matter, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, fixtures::forwarded()).await;
    let found = said(&test.get("/api/v1/public/notices").await, 200);
    assert_eq!(found["notices"][0]["title"], "Status laporan");
    assert_eq!(found["next"], Value::Null);

    let law = said(&test.get("/api/v1/public/law/clocks?regime=pemilu&date=2024-01-19").await, 200);
    let clock = law["clocks"].as_array().unwrap().iter().find(|clock| clock["id"] == "INITIAL_STUDY").unwrap();
    assert!(!clock["article"]["cite"].as_str().unwrap().is_empty());
    assert!(clock["length"].is_u64());
    problem(&test.get("/api/v1/public/law/clocks?regime=pemilu&date=1990-01-01").await, 404, "not-found");
}
