//! Taking steps as a browser does: open the page, read its form, answer, send all of it back with the files.
#![allow(dead_code, reason = "each test file uses its own part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking; that is how it reports"
)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{Request, header};
use netra_docket::act::{
    Act, Forwarded, InitialStudy, PersonResult, Plenary, PlenaryDecided, ReceiptIssued, Registered, StudyFinished,
};
use netra_docket::entry::Actor;
use netra_docket::ids::{AccountId, MatterId, PersonNo};
use netra_docket::private::Private;
use netra_evidence::Digest;
use netra_law::time::Zone;
use netra_store::{
    Account, AccountState, Docket, NewSession, Office, OfficeKind, Privacy, Role, Scope, SessionId, SessionStage,
};
use netra_web::{password, random_uuid};

use crate::fixtures::{EVIDENCE, PASSWORD, REPORTED, REPORTER, REPORTERS_PHONE, get_as, record, report};
use crate::support::{Answer, BALIKPAPAN, TestApp, balikpapan};

/// When the matters of these tests begin: the moment at which the clock of a test app stands.
pub const FRIDAY_AT_TEN: &str = "2024-01-19T10:00:00+08:00";
/// An employer's office in this system, once [`employer`] has added it.
pub const EMPLOYER: &str = "pemkot-balikpapan";
/// What the reporter tells.
pub const ACCOUNT: &str =
    "Saya, Siti Rahasia, melihat Camat Contoh.\nIa mengajak \"semua\" <staf> memilih & mendukung.";

/// The answers of a report at the counter, all of them right.
pub const REPORT: &[(&str, &str)] = &[
    ("contest", "pemilu-pl"),
    ("subject_line", "Ajakan di grup percakapan"),
    ("account", ACCOUNT),
    ("place", "Ruang rapat lantai 3"),
    ("happened", "2024-01-15"),
    ("known", "2024-01-17"),
    ("standing", "citizen"),
    ("r_name", REPORTER),
    ("r_address", "Jalan Rahasia 3"),
    ("r_phone", REPORTERS_PHONE),
    ("t0_name", REPORTED),
    ("t0_subject", "pns"),
];

/// A session lasts longer than any story here.
const TWO_YEARS: i64 = 2 * 366 * 24 * 60 * 60;

/// What separates the parts of a sent form.
const BOUNDARY: &str = "----netra-batas-5d0c1f";

/// Hashing takes its time; accounts of one test program share the hash.
static HASH: LazyLock<String> = LazyLock::new(|| password::hash_password(PASSWORD).unwrap());

/// Adds an account and begins a session: the cookie to send.
pub async fn enter(test: &TestApp, office: &str, login: &str, role: Role) -> String {
    let account = account(test, office, login, role).await;
    session(test, account).await
}

/// Adds an account.
pub async fn account(test: &TestApp, office: &str, login: &str, role: Role) -> AccountId {
    let account = Account {
        id: AccountId::new(random_uuid()),
        office: office.parse().unwrap(),
        login: login.to_owned(),
        name: format!("Petugas {login}"),
        role,
        password_hash: String::clone(&HASH),
        state: AccountState::Active,
    };
    test.app.store.add_account(&account).await.unwrap();
    account.id
}

/// Begins a session without logging in: the cookie to send.
pub async fn session(test: &TestApp, account: AccountId) -> String {
    let token = netra_web::hex(&netra_web::random_bytes::<32>());
    let hash = Digest::of(token.as_bytes()).to_string();
    let now = test.app.now(Zone::Wita).instant().as_second();
    let session = NewSession {
        id: SessionId(hash.chars().take(16).collect()),
        token_hash: hash,
        account,
        stage: SessionStage::Full,
        device: "Linux".to_owned(),
        created: now,
        idle: TWO_YEARS,
        expires: now + TWO_YEARS,
    };
    test.app.store.add_session(&session).await.unwrap();
    format!("netra_session={token}")
}

/// Adds the office of an employer.
pub async fn employer(test: &TestApp) {
    let office = Office {
        id: EMPLOYER.parse().unwrap(),
        name: "BKPSDM Kota Balikpapan".to_owned(),
        kind: OfficeKind::Employer,
        level: String::new(),
        area: String::new(),
        members: 0,
        ..balikpapan()
    };
    test.app.store.add_office(&office).await.unwrap();
}

/// A report to Balikpapan on Friday, and what was done in it at once: names as in the fixtures.
pub async fn matter_with(test: &TestApp, acts: Vec<Act>) -> MatterId {
    let matter = report(test, BALIKPAPAN, FRIDAY_AT_TEN, "Ajakan di grup percakapan").await;
    if !acts.is_empty() {
        record(test, matter, BALIKPAPAN, 1, FRIDAY_AT_TEN, Actor::System, acts).await;
    }
    matter
}

/// Proof of delivery; the store draws the number.
pub fn receipt() -> Act {
    Act::ReceiptIssued(ReceiptIssued { number: String::new() })
}

/// An initial study without a look at the requirements.
pub fn study(outcome: &str) -> Act {
    Act::InitialStudyDecided(InitialStudy {
        requirements: Vec::new(),
        kinds: vec!["other-law".to_owned()],
        outcome: outcome.to_owned(),
        reason: Private::Open("Sudah diperiksa.".to_owned()),
    })
}

/// Everything up to registration.
pub fn until_registered() -> Vec<Act> {
    vec![receipt(), study("REGISTER_HERE"), Act::Registered(Registered { number: String::new() })]
}

/// Everything up to the study that waits for plenary.
pub fn until_studied() -> Vec<Act> {
    let mut acts = until_registered();
    acts.push(Act::StudyFinished(StudyFinished {
        number: String::new(),
        analysis: Private::Open("Terlapor mengajak bawahannya.".to_owned()),
        proposals: results(),
    }));
    acts
}

/// Everything up to the letter to KASN.
pub fn until_forwarded() -> Vec<Act> {
    let mut acts = until_studied();
    acts.push(Act::PlenaryDecided(PlenaryDecided {
        plenary: Plenary { minutes: String::new(), members: 5, present: 5, votes_for: 5, votes_against: 0 },
        results: results(),
        reason: Private::Open("Cukup bukti untuk diteruskan.".to_owned()),
    }));
    acts.push(Act::Forwarded(Forwarded {
        letter: "001/PM/2024".to_owned(),
        persons: vec![PersonNo(2)],
        kind: "other-law".to_owned(),
        authority: "kasn".to_owned(),
        to_office: Some("kasn".parse().unwrap()),
        channel: "siapnet".to_owned(),
        copies: String::new(),
    }));
    acts
}

fn results() -> Vec<PersonResult> {
    vec![PersonResult {
        person: PersonNo(2),
        kinds: vec!["other-law".to_owned()],
        types: Vec::new(),
        articles: String::new(),
    }]
}

/// A docket of Balikpapan with its names opened.
pub async fn docket_of(test: &TestApp, matter: MatterId) -> Docket {
    let scope = Scope::new(BALIKPAPAN.parse().unwrap(), Privacy::Open);
    test.app.store.docket(&scope, matter).await.unwrap().unwrap()
}

/// How many acts a docket of Balikpapan has.
pub async fn length_of(test: &TestApp, matter: MatterId) -> u32 {
    docket_of(test, matter).await.matter.length
}

/// The address of a step in a matter.
pub fn step_in(matter: MatterId, step: &str) -> String {
    format!("/meja/perkara/{matter}/langkah/{step}")
}

/// The matter to which an address or a page leads.
#[track_caller]
pub fn matter_in(text: &str) -> MatterId {
    let (_, rest) = text.split_once("/meja/perkara/").unwrap_or_else(|| panic!("no matter in:\n{text}"));
    rest.get(..36).unwrap().parse().unwrap()
}

/// The tracking code that the desk shows once.
#[track_caller]
pub fn code_in(answer: &Answer) -> String {
    answer.says(200, "Berikan kode ini kepada pelapor");
    let (_, rest) = answer.body.split_once("aria-label=\"Kode pelacakan\">").unwrap();
    rest.split('<').next().unwrap().to_owned()
}

/// Opens a step, answers, looks at the preview and records: the last answer.
///
/// For the answers see [`StepForm::answer`].
pub async fn take(test: &TestApp, cookie: &str, path: &str, answers: &[(&str, &str)]) -> Answer {
    let mut form = StepForm::open(test, cookie, path).await;
    form.answer(answers);
    form.preview().await.says(200, "Pratinjau");
    form.record().await
}

/// Opens a matter by a step: the matter.
pub async fn begin(test: &TestApp, cookie: &str, step: &str, answers: &[(&str, &str)]) -> MatterId {
    let answer = take(test, cookie, &format!("/meja/baru/{step}"), answers).await;
    match answer.status.as_u16() {
        303 => matter_in(answer.location()),
        _ => matter_in(&answer.body),
    }
}

/// Checks that a form was refused because of a field: named on top, with a link to it, and beside it.
#[track_caller]
pub fn refuses(answer: &Answer, field: &str, text: &str) {
    assert_eq!(answer.status.as_u16(), 422, "{}", answer.body);
    let summary = between(&answer.body, "class=\"error-summary\"", "</ul>");
    let link = format!("<a href=\"#f-{field}\">");
    let told = summary.map(|s| s.split(link.as_str()).nth(1).unwrap_or_default());
    let told = told.map(|t| unescape(t.split("</a>").next().unwrap_or_default())).unwrap_or_default();
    assert!(!told.is_empty() && told.contains(text), "'{text}' is not told of {field} on top of:\n{}", answer.body);
    let beside = beside(&answer.body, field);
    assert!(beside.contains(text), "'{text}' does not stand beside {field}, but '{beside}', in:\n{}", answer.body);
}

/// The message beside a field; nothing if there is none.
fn beside(page: &str, field: &str) -> String {
    let group = between(page, &format!("id=\"f-{field}\" tabindex=\"-1\">"), "</fieldset>");
    let of_group = group.and_then(|g| between(g, "<p class=\"error-message\">", "</p>"));
    let message = of_group.or_else(|| between(page, &format!("id=\"e-{field}\">"), "</p>"));
    message.map(unescape).unwrap_or_default()
}

fn between<'p>(text: &'p str, start: &str, end: &str) -> Option<&'p str> {
    let (_, rest) = text.split_once(start)?;
    rest.split(end).next()
}

/// A step's page, being filled in.
#[derive(Clone)]
pub struct StepForm<'a> {
    test: &'a TestApp,
    cookie: String,
    action: String,
    /// What would be sent now, in the page's order.
    fields: Vec<(String, String)>,
    /// The questions by name; those to choose from with value and words of each option.
    asked: BTreeMap<String, Vec<(String, String)>>,
    files: Vec<(String, Vec<u8>)>,
    takes_files: bool,
}

impl<'a> StepForm<'a> {
    /// Opens the page.
    pub async fn open(test: &'a TestApp, cookie: &str, path: &str) -> StepForm<'a> {
        let page = get_as(test, cookie, path).await;
        assert_eq!(page.status.as_u16(), 200, "{path}: {}", page.body);
        let mut form = StepForm {
            test,
            cookie: cookie.to_owned(),
            action: String::new(),
            fields: Vec::new(),
            asked: BTreeMap::new(),
            files: Vec::new(),
            takes_files: false,
        };
        form.read(&page.body);
        assert!(!form.action.is_empty(), "{path} has no form:\n{}", page.body);
        form
    }

    /// Reads the form of a page; a page without one changes nothing.
    fn read(&mut self, page: &str) {
        let Some((before, rest)) = page.split_once(" class=\"step-form\">") else { return };
        let opening = before.rfind('<').unwrap();
        self.action = attribute(&before[opening..], "action").unwrap();
        self.fields.clear();
        self.asked.clear();
        self.takes_files = false;
        let mut group = String::new();
        for piece in rest.split("</form>").next().unwrap().split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap();
            self.read_tag(&tag.replace('\n', " "), text, &mut group);
        }
    }

    /// `group` is the question whose options are being read.
    fn read_tag(&mut self, tag: &str, text: &str, group: &mut String) {
        let name = attribute(tag, "name").unwrap_or_default();
        let value = attribute(tag, "value").unwrap_or_default();
        match (tag.split(' ').next().unwrap(), attribute(tag, "type").as_deref()) {
            ("input", Some("file")) => self.takes_files = true,
            ("input", Some("radio" | "checkbox")) => {
                self.asked.entry(name.clone()).or_default().push((value.clone(), String::new()));
                group.clone_from(&name);
                if tag.ends_with(" checked") {
                    self.fields.push((name, value));
                }
            }
            ("input", Some("hidden")) => self.fields.push((name, value)),
            ("input", _) => {
                self.asked.insert(name.clone(), Vec::new());
                self.fields.push((name, value));
            }
            ("textarea", _) => {
                self.asked.insert(name.clone(), Vec::new());
                self.fields.push((name, unescape(text)));
            }
            ("select", _) => {
                self.asked.insert(name.clone(), Vec::new());
                group.clone_from(&name);
                self.fields.push((name, String::new()));
            }
            ("option", _) => {
                self.asked.get_mut(group.as_str()).unwrap().push((value.clone(), unescape(text)));
                if tag.ends_with(" selected") {
                    self.fields.last_mut().unwrap().1 = value;
                }
            }
            // The words of the option before it.
            ("label", _) => {
                if let Some((_, words)) = self.asked.get_mut(group.as_str()).and_then(|options| options.last_mut())
                    && words.is_empty()
                {
                    *words = unescape(text);
                }
            }
            _ => {}
        }
    }

    /// What is in a field; nothing if nothing is chosen or the page does not ask it.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// Whether the page asks this.
    pub fn asks(&self, name: &str) -> bool {
        self.asked.contains_key(name)
    }

    /// The values of a question's options.
    pub fn options(&self, name: &str) -> Vec<&str> {
        self.asked.get(name).map_or_else(Vec::new, |options| options.iter().map(|(v, _)| v.as_str()).collect())
    }

    /// Answers a question that the page asks, with an option that it offers.
    #[track_caller]
    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.check(name, &[value])
    }

    /// Chooses any of a question's options.
    #[track_caller]
    pub fn check(&mut self, name: &str, values: &[&str]) -> &mut Self {
        let options = self.asked.get(name).unwrap_or_else(|| panic!("{} does not ask '{name}'", self.action));
        for value in values {
            let offered = options.is_empty() || options.iter().any(|(v, _)| v.as_str() == *value);
            assert!(offered, "'{value}' is no answer to '{name}': {options:?}");
        }
        self.remove(name);
        self.fields.extend(values.iter().map(|v| (name.to_owned(), (*v).to_owned())));
        self
    }

    /// Answers many questions. A name that stands several times chooses several options, `req_*`
    /// answers every question that begins so, a value like `~KASN` chooses the option with this word,
    /// and `files` attaches a photograph under this name.
    #[track_caller]
    pub fn answer(&mut self, answers: &[(&str, &str)]) -> &mut Self {
        for (name, _) in answers {
            let values: Vec<&str> = answers.iter().filter(|(n, _)| n == name).map(|(_, v)| *v).collect();
            if *name == "files" {
                self.files.clear();
                values.iter().for_each(|file| self.attach(file, EVIDENCE));
            } else if let Some(start) = name.strip_suffix('*') {
                let names: Vec<String> = self.asked.keys().filter(|n| n.starts_with(start)).cloned().collect();
                assert!(!names.is_empty(), "{} does not ask '{name}'", self.action);
                for each in names {
                    self.check(&each, &values);
                }
            } else {
                let chosen: Vec<String> = values.iter().map(|value| self.option(name, value)).collect();
                let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
                self.check(name, &chosen);
            }
        }
        self
    }

    /// The value of an option that is named by a word of it.
    #[track_caller]
    fn option(&self, name: &str, value: &str) -> String {
        let Some(word) = value.strip_prefix('~') else { return value.to_owned() };
        let options = self.asked.get(name).unwrap_or_else(|| panic!("{} does not ask '{name}'", self.action));
        let found = options.iter().find(|(_, words)| words.contains(word));
        found.unwrap_or_else(|| panic!("'{word}' is in no option of '{name}': {options:?}")).0.clone()
    }

    /// Puts anything into a field, asked or not.
    pub fn force(&mut self, name: &str, value: &str) -> &mut Self {
        self.remove(name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Leaves a field out.
    pub fn remove(&mut self, name: &str) -> &mut Self {
        self.fields.retain(|(n, _)| n != name);
        self
    }

    /// Attaches a file to the next sending.
    pub fn attach(&mut self, name: &str, bytes: &[u8]) {
        assert!(self.takes_files, "{} takes no files", self.action);
        self.files.push((name.to_owned(), bytes.to_vec()));
    }

    /// Sends the form for a preview; afterwards this is the form of the page that came.
    pub async fn preview(&mut self) -> Answer {
        self.send("").await
    }

    /// Sends the form to be recorded; a page that asks again becomes this form.
    pub async fn record(&mut self) -> Answer {
        self.send("ya").await
    }

    async fn send(&mut self, confirm: &str) -> Answer {
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            // Browsers break lines in both characters.
            part(&mut body, &format!("name=\"{name}\""), value.replace('\n', "\r\n").as_bytes());
        }
        part(&mut body, "name=\"confirm\"", confirm.as_bytes());
        let files = std::mem::take(&mut self.files);
        for (name, bytes) in &files {
            file_part(&mut body, name, bytes);
        }
        if self.takes_files && files.is_empty() {
            // So does a browser when nothing was chosen.
            file_part(&mut body, "", b"");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = Request::post(self.action.as_str())
            .header(header::COOKIE, self.cookie.as_str())
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(Body::from(body))
            .unwrap();
        let answer = self.test.send(request).await;
        self.read(&answer.body);
        answer
    }
}

fn part(body: &mut Vec<u8>, disposition: &str, content: &[u8]) {
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}

fn file_part(body: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    let disposition = format!("name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
    part(body, &disposition, bytes);
}

/// The value of an attribute. Quotation marks inside values are escaped on every page.
fn attribute(tag: &str, name: &str) -> Option<String> {
    between(tag, &format!(" {name}=\""), "\"").map(unescape)
}

/// Text without the escapes that templates write.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("&#") {
        let (code, tail) = after.split_once(';').unwrap();
        plain.push_str(before);
        plain.push(char::from_u32(code.parse().unwrap()).unwrap());
        rest = tail;
    }
    plain.push_str(rest);
    plain
}
