//! Taking steps: the questions, opening a matter, and acts in one that is there.
//!
//! The answers go the way of the desk's forms (`desk::taking`): the same questions, the same refusals. What a form's hidden
//! fields do, headers do here: `Idempotency-Key` stands for the form's token, `If-Match` for the length of the docket.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use netra_docket::act::Act;
use netra_docket::ids::MatterId;
use netra_docket::steps::{Offer, StepKind};
use netra_law::time::Moment;
use netra_store::{Privacy, RecordError, Repeated, Scope};

use super::answers::{self, Article, StepWord};
use super::asked::{self, Pieces, StepRequest};
use super::caller::Caller;
use super::one::acts;
use super::problem::{Kind, Problem};
use super::reply::{self, Sharing};
use crate::app::App;
use crate::code::{FormToken, code_for};
use crate::desk::asker::{Field, FieldKind};
use crate::desk::matter::step_rule;
use crate::desk::open::{Opened, open_for};
use crate::desk::taking::{self, Answered, Background, Sending};
use crate::error::PageError;
use crate::page::Problems;
use crate::policy::Action;
use crate::random;

/// The header with the key of a request that creates.
const KEY: &str = "idempotency-key";
/// Characters of a key.
const LONGEST_KEY: usize = 255;

/// The questions of a step that opens a matter.
pub async fn opening_questions(
    State(app): State<App>,
    caller: Caller,
    Pieces(step): Pieces<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    caller.require_steps()?;
    let kind = StepKind::from_id(&step).ok_or(Problem::new(Kind::NotFound))?;
    caller.require(Action::Take(kind))?;
    let kind = taking::opening_step(caller.token.role, &caller.office, &step)?;
    let background = Background::load(&app, caller.acting(), kind, None).await?;
    questions(&app, &background, &headers)
}

/// The questions of a step in a matter. Names stand in them only if the token's scopes cover them.
pub async fn questions_in(
    State(app): State<App>,
    caller: Caller,
    Pieces((matter, step)): Pieces<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    caller.require(Action::OpenMatter)?;
    caller.require_steps()?;
    let kind = StepKind::from_id(&step).ok_or(Problem::new(Kind::NotFound))?;
    caller.require(Action::Take(kind))?;
    let opened = open_for(&app, &caller.office, &caller.scope(), &matter).await?;
    let kind = taking::step_in(caller.token.role, &opened, &step)?;
    let background = Background::load(&app, caller.acting(), kind, Some(opened)).await?;
    require_offered(&background)?;
    questions(&app, &background, &headers)
}

fn questions(app: &App, background: &Background, headers: &HeaderMap) -> Result<Response, Problem> {
    let pack = background.pack(app, None)?;
    let of_matter = background.matter().and_then(|matter| step_rule(&app.law, matter, background.kind));
    let rule = pack.step(background.kind.id()).or(of_matter);
    let asker = taking::questions(app, background, pack);
    let answer = answers::Questions {
        step: StepWord(background.kind),
        text: background.kind.button().to_owned(),
        asks: rule.map(|rule| rule.asks.clone()).unwrap_or_default(),
        article: rule.map(|rule| Article::of(&rule.basis)),
        length: background.length(),
        questions: asker.fields.into_iter().filter(is_question).map(question).collect(),
    };
    reply::found(headers, Sharing::Private, &answer)
}

fn is_question(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::Heading | FieldKind::Note | FieldKind::Files)
}

fn question(field: Field) -> answers::Question {
    let choice = |option: &crate::desk::asker::Choice| answers::Choice {
        value: option.value.clone(),
        text: option.text.clone(),
    };
    answers::Question {
        kind: field.kind_name().to_owned(),
        choices: field.options().iter().map(choice).collect(),
        name: field.name,
        label: field.label,
        hint: field.hint,
        values: field.values,
    }
}

/// Opens a matter. The same key and the same body are recorded once, however often they come.
pub async fn open(State(app): State<App>, caller: Caller, request: Request) -> Result<Response, Problem> {
    caller.require_steps()?;
    let key = key_of(request.headers())?;
    let asked: StepRequest = asked::body(request).await?;
    let kind = step_of(&asked)?;
    caller.require(Action::Take(kind))?;
    let kind = match taking::opening_step(caller.token.role, &caller.office, kind.id()) {
        Ok(kind) => kind,
        Err(PageError::NotFound) => return Err(wrong_step("Langkah ini tidak membuka perkara.")),
        Err(other) => return Err(other.into()),
    };
    let token = FormToken::derived(&app.secret, format!("{}\n{key}", caller.token.id).as_bytes());
    let background = Background::load(&app, caller.acting(), kind, None).await?;
    let before = app.store.matter_by_token(&token.hash()).await?;
    if let Some(matter) = before {
        note_key(&app, &caller, &key, &asked).await?;
        return created(&app, &caller, &background, &token, matter, Sending::Again).await;
    }
    let form = asked.form();
    let pack = background.pack(&app, Some(&form))?;
    let answered = taking::answered(&app, &background, pack, &form, &[], &Problems::default());
    let (at, act) = complete(answered, &asked)?;
    note_key(&app, &caller, &key, &asked).await?;
    let taken = taking::record(&app, &background, at, act, Vec::new(), &token).await?;
    created(&app, &caller, &background, &token, taken.matter, taken.sending).await
}

async fn created(
    app: &App,
    caller: &Caller,
    background: &Background,
    token: &FormToken,
    matter: MatterId,
    sending: Sending,
) -> Result<Response, Problem> {
    let length = match sending {
        Sending::First => 1,
        Sending::Again => {
            let docket = app.store.docket(&caller.scope(), matter).await?;
            docket.map_or(1, |docket| docket.matter.length)
        }
    };
    let answer = answers::Recorded {
        matter,
        length,
        code: background.gives_code().then(|| code_for(&app.secret, token).to_string()),
        again: sending == Sending::Again,
    };
    let status = if answer.again { StatusCode::OK } else { StatusCode::CREATED };
    reply::recorded(status, &address(matter), &answer)
}

/// Takes a step in a matter, on top of the docket that the caller read.
pub async fn take(
    State(app): State<App>,
    caller: Caller,
    Pieces(id): Pieces<String>,
    request: Request,
) -> Result<Response, Problem> {
    caller.require_steps()?;
    let headers = request.headers().clone();
    let asked: StepRequest = asked::body(request).await?;
    let opened = open_for(&app, &caller.office, &caller.checking_scope(), &id).await?;
    let kind = step_of(&asked)?;
    caller.require(Action::Take(kind))?;
    let kind = taking::step_in(caller.token.role, &opened, kind.id())?;
    let expected = reply::expected_length(&headers)?;
    if expected != opened.docket.matter.length {
        return Err(conflict(&caller, &opened, expected));
    }
    let background = Background::load(&app, caller.acting(), kind, Some(opened)).await?;
    require_offered(&background)?;
    let form = asked.form();
    let pack = background.pack(&app, Some(&form))?;
    let answered = taking::answered(&app, &background, pack, &form, &[], &Problems::default());
    let (at, act) = complete(answered, &asked)?;
    match taking::record(&app, &background, at, act, Vec::new(), &FormToken::fresh()).await {
        Ok(taken) => {
            let length = background.length().saturating_add(1);
            let answer = answers::Recorded { matter: taken.matter, length, code: None, again: false };
            reply::recorded(StatusCode::CREATED, &address(taken.matter), &answer)
        }
        Err(RecordError::Moved) => {
            let opened = open_for(&app, &caller.office, &sealed(&caller), &id).await?;
            Err(conflict(&caller, &opened, expected))
        }
        Err(other) => Err(other.into()),
    }
}

fn sealed(caller: &Caller) -> Scope {
    Scope::new(caller.office.id.clone(), Privacy::Sealed)
}

fn address(matter: MatterId) -> String {
    format!("/api/v1/matters/{matter}")
}

/// What was recorded since the caller read the matter, for whoever may read it.
fn conflict(caller: &Caller, opened: &Opened, expected: u32) -> Problem {
    let problem = Problem::new(Kind::Conflict).with("length", opened.docket.matter.length);
    match caller.may(Action::OpenMatter) {
        true => problem.with("changed", acts(&opened.docket.entries, expected)),
        false => problem,
    }
}

fn require_offered(background: &Background) -> Result<(), Problem> {
    match background.offer() {
        Offer::Ready => Ok(()),
        Offer::Waits(missing) => Err(Problem::new(Kind::StepWaits).with("missing", missing)),
        Offer::Hidden => Err(Problem::new(Kind::StepNotOffered)),
    }
}

fn step_of(asked: &StepRequest) -> Result<StepKind, Problem> {
    StepKind::from_id(&asked.step).ok_or_else(|| wrong_step("Langkah ini tidak dikenal."))
}

fn wrong_step(message: &str) -> Problem {
    let mut problems = Problems::default();
    problems.add("step", message);
    Problem::answers(&problems)
}

/// When and what, if every answer is right and answers a question of the step.
fn complete(answered: Answered<'_>, asked: &StepRequest) -> Result<(Moment, Act), Problem> {
    let Answered { mut asker, act } = answered;
    let known: Vec<&str> = asker.fields.iter().filter(|f| is_question(f)).map(|f| f.name.as_str()).collect();
    let unknown: Vec<&str> = asked.answers.keys().map(String::as_str).filter(|name| !known.contains(name)).collect();
    for &name in &unknown {
        asker.problems.add(name, "Langkah ini tidak menanyakan hal itu. Periksa namanya.");
    }
    match act {
        Some(act) if unknown.is_empty() => Ok(act),
        _ => Err(Problem::answers(&asker.problems)),
    }
}

fn key_of(headers: &HeaderMap) -> Result<String, Problem> {
    let key = headers.get(KEY).and_then(|value| value.to_str().ok()).map(str::trim).unwrap_or_default();
    let fits = (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|b| matches!(b, b' '..=b'~'));
    if fits { Ok(key.to_owned()) } else { Err(Problem::new(Kind::KeyNeeded)) }
}

/// Notes what was asked for under a key. Only keyed digests are kept: what was asked holds names.
async fn note_key(app: &App, caller: &Caller, key: &str, asked: &StepRequest) -> Result<(), Problem> {
    let body = serde_json::to_vec(asked).map_err(|_| Problem::new(Kind::Internal))?;
    let tag = |purpose: &str, text: &[u8]| random::hex(&app.secret.derive(purpose, text));
    let (key, body) = (tag("netra request key v1", key.as_bytes()), tag("netra request body v1", &body));
    let at = app.clock.now().as_second();
    match app.store.note_api_request(caller.token.id, &key, &body, at).await? {
        Repeated::Same => Ok(()),
        Repeated::Other => Err(Problem::new(Kind::KeyReused)),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn keys_are_short_and_plain() {
        let key = |value: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(KEY, HeaderValue::from_bytes(value).unwrap());
            key_of(&headers).ok()
        };
        assert_eq!(key(b"a-1"), Some("a-1".to_owned()));
        assert_eq!(key("é".as_bytes()), None);
        assert_eq!(key(b""), None);
        assert_eq!(key(&[b'a'; 256]), None);
        assert_eq!(key_of(&HeaderMap::new()).ok(), None);
    }

    #[test]
    fn a_step_is_one_of_the_procedure() {
        let asked = serde_json::from_str::<StepRequest>(r#"{"step":"assign","answers":{"tugas":"x"}}"#).unwrap();
        assert_eq!(step_of(&asked).unwrap(), StepKind::Assign);
        assert!(step_of(&StepRequest { step: "menutup".to_owned(), ..asked }).is_err());
    }
}
