//! Sending the form: all answers are checked again and become the first act of a matter.
//!
//! Whatever happens on the way, one form makes one matter: the store ties the form's token to the
//! matter in the transaction that records it. Whoever loses the answer sends the form again, or
//! opens its address, and finds the receipt.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use netra_docket::act::{Act, Channel, Exhibit, ExhibitLabel, Incident, Report, Tip};
use netra_docket::entry::Actor;
use netra_docket::ids::{ActId, ExhibitNo, MatterId, PersonNo};
use netra_docket::person::{Capacity, Identity, Person};
use netra_docket::private::Private;
use netra_law::Law;
use netra_law::time::long_date;
use netra_store::{NewAct, Office, Privacy, PublicReceipt, RecordError, Recording, Scope};

use crate::app::App;
use crate::code::{FormToken, code_for};
use crate::desk::custody;
use crate::error::PageError;
use crate::form::{FormData, parse_date};
use crate::page::Problems;
use crate::public::draft::{Answers, Contest, Found, Kind, Step, contest, find, standing};
use crate::public::pages::{Frame, Visit};
use crate::public::steps::{Around, check_all};
use crate::public::{review, step_address, to_receipt};
use crate::random;
use crate::scan::Scanned;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/lapor/{token}/kirim", post(send).get(back))
}

/// Opened as a page, by reloading after a lost answer: the receipt, or back to the last page.
async fn back(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    Ok(match find(&app, &token).await? {
        Found::Sent(token) => to_receipt(&token),
        Found::Open(token, _) => Redirect::to(&step_address(&token, Step::Review)).into_response(),
    })
}

async fn send(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result<Response, PageError> {
    // Read first: an answer to a request that was not read to its end costs the connection.
    let form = FormData::read(&app, request).await?;
    let (token, answers) = match find(&app, &token).await? {
        Found::Sent(token) => return Ok(to_receipt(&token)),
        Found::Open(token, answers) => (token, answers),
    };
    let mut problems = Problems::default();
    if form.get("benar") != "ya" {
        problems.add("benar", review::promise(answers.kind));
    }
    let around = Around::of(&app, &answers).await?;
    let sound = problems.is_empty() && check_all(&answers, &around).is_empty();
    let (true, Some(office), Some(contest)) = (sound, &around.office, contest(&answers.contest)) else {
        let frame = Frame::new(&app, &token, Step::Review, answers.kind, Visit::default());
        return review::refuse(&app, frame, &answers, &problems).await;
    };
    record(&app, &token, office, act(&answers, contest, &app.law), unscanned(&answers)).await
}

/// The files that the scanner has not seen although it should, by the numbers that they have as exhibits.
fn unscanned(answers: &Answers) -> Vec<ExhibitNo> {
    let numbered = (1..).zip(&answers.files);
    numbered.filter(|(_, file)| file.scanned == Scanned::Missed).map(|(no, _)| ExhibitNo(no)).collect()
}

/// Records the act, or finds that it was recorded before.
async fn record(
    app: &App,
    token: &FormToken,
    office: &Office,
    what: Act,
    unscanned: Vec<ExhibitNo>,
) -> Result<Response, PageError> {
    let now = app.now(office.zone);
    let receipt = PublicReceipt { token_hash: token.hash(), code_hash: code_for(&app.secret, token).hash() };
    let recording = Recording {
        matter: MatterId::new(random::uuid()),
        home: office.id.clone(),
        expected: 0,
        by: Actor::Public,
        recorded: now,
        acts: vec![NewAct { id: ActId::new(random::uuid()), at: now, what }],
        receipt: Some(receipt),
    };
    let matter = recording.matter;
    match app.store.record(recording).await {
        Ok(_) => {
            let scope = Scope::new(office.id.clone(), Privacy::Sealed);
            custody::note_unscanned(app, &scope, matter, now, unscanned).await;
            Ok(to_receipt(token))
        }
        Err(RecordError::AlreadySent(_)) => Ok(to_receipt(token)),
        Err(error) => match app.store.matter_by_token(&token.hash()).await? {
            Some(_) => Ok(to_receipt(token)),
            None => Err(error.into()),
        },
    }
}

/// The act that the answers are.
fn act(answers: &Answers, contest: Contest, law: &Law) -> Act {
    let (regime, contest, channel) = (contest.regime, contest.token.to_owned(), Channel::PublicForm);
    let subject_line = subject_line(answers, law);
    let event = Incident {
        account: Private::Open(answers.account.clone()),
        place: Private::Open(answers.place.clone()),
        happened: parse_date(&answers.happened),
        known: parse_date(&answers.known),
    };
    let (persons, exhibits) = (persons(answers), exhibits(answers));
    match answers.kind {
        Kind::Report => {
            Act::ReportReceived(Report { regime, contest, channel, subject_line, event, persons, exhibits })
        }
        Kind::Tip => Act::TipReceived(Tip { regime, contest, channel, subject_line, event, persons, exhibits }),
    }
}

/// One line without names: kinds of persons, and the day to tell one from another.
fn subject_line(answers: &Answers, law: &Law) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for person in answers.reported.iter().filter(|p| !p.is_blank()) {
        let kind = law.subject(&person.subject).map_or("pegawai yang statusnya belum diketahui", |s| s.name.as_str());
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let who = match kinds.as_slice() {
        [] => "orang yang belum diketahui".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} dan {two}"),
        [one, two, rest @ ..] => format!("{one}, {two}, dan {} jenis lain", rest.len()),
    };
    match parse_date(&answers.happened) {
        Some(day) => format!("Dugaan pelanggaran netralitas oleh {who}, {}", long_date(day)),
        None => format!("Dugaan pelanggaran netralitas oleh {who}"),
    }
}

/// Reporter first, then the reported persons, then the witnesses.
fn persons(answers: &Answers) -> Vec<Person> {
    let reporter = (answers.kind == Kind::Report).then(|| reporter(answers));
    let reported = answers.reported.iter().filter(|p| !p.is_blank()).map(|p| Person {
        no: PersonNo(0),
        capacity: Capacity::Reported,
        subject: (!p.subject.is_empty()).then(|| p.subject.clone()),
        standing: None,
        identity: Private::Open(Identity {
            name: p.name.clone(),
            occupation: p.post.clone(),
            agency: p.agency.clone(),
            ..Identity::default()
        }),
    });
    let witnesses = answers.witnesses.iter().filter(|p| !p.is_blank()).map(|p| Person {
        no: PersonNo(0),
        capacity: Capacity::Witness,
        subject: None,
        standing: None,
        identity: Private::Open(Identity {
            name: p.name.clone(),
            address: p.address.clone(),
            phone: p.phone.clone(),
            ..Identity::default()
        }),
    });
    let everybody = reporter.into_iter().chain(reported).chain(witnesses);
    (1..).zip(everybody).map(|(no, person)| Person { no: PersonNo(no), ..person }).collect()
}

fn reporter(answers: &Answers) -> Person {
    let r = &answers.reporter;
    Person {
        no: PersonNo(0),
        capacity: Capacity::Reporter,
        subject: None,
        standing: standing(&r.standing),
        identity: Private::Open(Identity {
            name: r.name.clone(),
            birth: review::birth(answers),
            sex: r.sex.clone(),
            occupation: r.occupation.clone(),
            agency: String::new(),
            citizenship: r.citizenship.clone(),
            address: r.address.clone(),
            phone: r.phone.clone(),
            email: r.email.clone(),
            id_number: r.id_number.clone(),
        }),
    }
}

fn exhibits(answers: &Answers) -> Vec<Exhibit> {
    let from = match answers.kind {
        Kind::Report => "Pelapor",
        Kind::Tip => "Pemberi informasi",
    };
    (1..)
        .zip(&answers.files)
        .map(|(no, f)| Exhibit {
            no: ExhibitNo(no),
            sha256: f.sha256.clone(),
            size: f.size,
            media_type: f.media_type.clone(),
            label: Private::Open(ExhibitLabel {
                file_name: f.name.clone(),
                description: f.description.clone(),
                from: from.to_owned(),
            }),
            source: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::draft::{Reported, Witness};

    fn answers(kind: Kind) -> Answers {
        let person = |name: &str, subject: &str| Reported {
            name: name.to_owned(),
            subject: subject.to_owned(),
            ..Reported::default()
        };
        Answers {
            kind,
            place: "Aula lantai tiga".to_owned(),
            reported: vec![person("Ani Rahasia", "pns"), Reported::default(), person("Budi Rahasia", "pns")],
            witnesses: vec![Witness { name: "Citra".to_owned(), ..Witness::default() }],
            ..Answers::default()
        }
    }

    #[test]
    fn persons_are_numbered_reporter_first() {
        let numbers = |kind| persons(&answers(kind)).iter().map(|p| (p.no.0, p.capacity)).collect::<Vec<_>>();
        let report = [Capacity::Reporter, Capacity::Reported, Capacity::Reported, Capacity::Witness];
        assert_eq!(numbers(Kind::Report), (1..).zip(report).collect::<Vec<_>>());
        assert_eq!(numbers(Kind::Tip), (1..).zip(report.into_iter().skip(1)).collect::<Vec<_>>());
    }

    #[test]
    fn the_line_about_a_matter_has_no_names() {
        let law = Law::embedded().unwrap();
        let mut answers = answers(Kind::Report);
        let pns = law.subject("pns").unwrap().name.clone();
        assert_eq!(subject_line(&answers, &law), format!("Dugaan pelanggaran netralitas oleh {pns}"));
        answers.happened = "2024-01-05".to_owned();
        answers.reported.clear();
        let line = "Dugaan pelanggaran netralitas oleh orang yang belum diketahui, Jumat, 5 Januari 2024";
        assert_eq!(subject_line(&answers, &law), line);
    }
}
