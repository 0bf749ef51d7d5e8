//! From a pair to a matter: the clock of a resignation, and the initial information that one click opens, with the comparison
//! as its first exhibit.
//!
//! The same pair opens the same matter: the form's token comes from the pair.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use netra_docket::act::{
    Act, CandidacyChecked, CandidacyResult, Channel, Exhibit, ExhibitLabel, Incident, Information,
};
use netra_docket::entry::Actor;
use netra_docket::ids::{ActId, ExhibitNo, MatterId, PersonNo};
use netra_docket::person::{Capacity, Identity, Person};
use netra_docket::steps::StepKind;
use netra_law::clock::deadline;
use netra_law::event::{Event, EventKind};
use netra_law::pack::Regime;
use netra_law::time::long_date;
use netra_registers::number::{Nip, Service};
use netra_registers::{Field, ListRow};
use netra_store::{
    ListKind, ListRecord, Look, LookKind, NewAct, Office, OfficeKind, PairId, PublicReceipt, RecordError, Recording,
};

use super::pair::{Found, may_open, result_words};
use super::view::People as Two;
use super::{People, exhibit, note, require};
use crate::app::App;
use crate::desk::session::Officer;
use crate::desk::words::{self, Article, Due};
use crate::error::PageError;
use crate::form::FormData;
use crate::policy::{self, Action, Relation};
use crate::random;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/meja/daftar/pasangan/{id}/informasi-awal", post(open))
}

/// The clock of a resignation as a page shows it.
pub(super) struct ClockNote {
    pub(super) title: String,
    /// Until when; none where the calendar of the election has no such stage any more.
    pub(super) due: Option<Due>,
    pub(super) why: String,
    pub(super) at_expiry: String,
    pub(super) article: Article,
}

/// Whether a result leads on to a matter.
pub(super) fn leads_on(result: CandidacyResult) -> bool {
    match result {
        CandidacyResult::NotResigned | CandidacyResult::ResignationPending | CandidacyResult::NameMisused => true,
        CandidacyResult::ResignedWithDecree | CandidacyResult::OtherPerson => false,
    }
}

/// The clock of a resignation that is still to be decreed, counted from the day of the list; none for other results, for lists
/// of members, and where the law has none.
pub(super) fn clock_note(
    app: &App,
    officer: &Officer,
    list: &ListRecord,
    result: CandidacyResult,
) -> Option<ClockNote> {
    let is_of_candidates = matches!(list.kind, ListKind::TemporaryCandidates | ListKind::FinalCandidates);
    let is_waiting = matches!(result, CandidacyResult::ResignationPending | CandidacyResult::NotResigned);
    if !is_of_candidates || !is_waiting {
        return None;
    }
    let pack = app.law.pack_for(list.regime, list.dated).ok()?;
    let rule = pack.step(StepKind::CheckCandidacy.id())?.clock.as_deref().and_then(|id| pack.clock(id))?;
    let seat = officer.office.seat();
    let listed = [Event::on(EventKind::CandidacyListed, list.dated)];
    let (due, why) = match deadline(&app.law, pack, rule, &listed, &seat) {
        Ok(Some(found)) => {
            let why = found.readings.iter().find(|reading| reading.id == found.reading);
            let why = why.map(|reading| reading.why.to_string()).unwrap_or_default();
            (Some(words::due(&app.law, &seat, found.due_at, officer.now(app), None)), why)
        }
        Ok(None) => {
            let day = long_date(list.dated);
            let why = format!("Jadwal pemilihan tidak memuat tahapan ini sesudah tanggal daftar ({day}).");
            (None, why)
        }
        Err(fault) => (None, words::fault(&fault)),
    };
    let article = Article::of(&rule.basis);
    Some(ClockNote { title: rule.title.clone(), due, why, at_expiry: rule.at_expiry.clone(), article })
}

/// What ties a pair to its matter.
fn receipt(app: &App, pair: PairId) -> PublicReceipt {
    let derive = |purpose: &str| random::hex(&app.secret.derive(purpose, pair.to_string().as_bytes()));
    PublicReceipt { token_hash: derive("netra register pair v1"), code_hash: derive("netra register pair code v1") }
}

/// The matter that was opened from a pair, if one was.
pub(super) async fn opened(app: &App, pair: PairId) -> Result<Option<MatterId>, PageError> {
    Ok(app.store.matter_by_token(&receipt(app, pair).token_hash).await?)
}

async fn open(
    State(app): State<App>,
    officer: Officer,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    require(&officer, Action::WatchLists)?;
    let form = FormData::read(&app, request).await?;
    officer.check_csrf(&form)?;
    let found = Found::find(&app, &officer, &id).await?;
    let pair = found.pair.record.id;
    if let Some(matter) = opened(&app, pair).await? {
        return Ok(Redirect::to(&format!("/meja/perkara/{matter}")).into_response());
    }
    if !policy::may_take(officer.account.role, Relation::Handles, StepKind::RecordInformation) {
        return Err(PageError::Forbidden);
    }
    let two = found.pair.body.as_deref().map(Two::read).transpose()?;
    let (Some(two), Some(clarified), true) = (two, &found.pair.clarified, may_open(&officer, &found)) else {
        return Err(PageError::BadRequest(
            "Kecocokan baru petunjuk. Informasi awal dibuka sesudah dua orang menyatakan keduanya orang yang sama dan hasil klarifikasinya dicatat."
                .to_owned(),
        ));
    };
    let result = clarified.result;
    note(&app, &officer, Look::at_pair(LookKind::MatterOpened, pair)).await?;
    let recording = recording(&app, &officer, &found, &two, result).await?;
    let matter = match app.store.record(recording).await {
        Ok(recorded) => recorded.matter.id,
        Err(RecordError::AlreadySent(matter)) => matter,
        Err(other) => return Err(other.into()),
    };
    let may_advise = policy::may_take(officer.account.role, Relation::Handles, StepKind::AdviseCorrection);
    let step = StepKind::AdviseCorrection.id();
    let to = match result {
        CandidacyResult::NameMisused if may_advise => format!("/meja/perkara/{matter}/langkah/{step}"),
        _ => format!("/meja/perkara/{matter}"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Initial information with its first exhibit, and what the clarification said about the candidacy.
async fn recording(
    app: &App,
    officer: &Officer,
    found: &Found,
    two: &Two,
    result: CandidacyResult,
) -> Result<Recording, PageError> {
    let now = officer.now(app);
    let people = People::of(app, officer).await?;
    let run = app.store.register_run(&officer.scope(), found.pair.record.run).await?.ok_or(PageError::NotFound)?;
    let servants = app.store.register_list(&officer.scope(), run.what.servants).await?.ok_or(PageError::NotFound)?;
    let bytes = exhibit::table(officer, &people, found, &servants, two);
    let exhibit = keep(app, &bytes).await?;
    let note = found.pair.clarified.as_ref().and_then(|clarified| clarified.note.clone()).unwrap_or_default();
    let information = Information {
        regime: found.list.regime,
        contest: contest(found.list.regime, &officer.office).to_owned(),
        channel: Channel::Supervision,
        subject_line: subject_line(&found.list, result),
        event: Incident {
            account: account(&found.list, two, result, &note).into(),
            place: officer.office.name.clone().into(),
            happened: None,
            known: Some(now.date()),
        },
        persons: vec![person(two, result)],
        exhibits: vec![exhibit],
    };
    let checked = CandidacyChecked { person: PersonNo(1), result, note: note.into() };
    let act = |what: Act| NewAct { id: ActId::new(random::uuid()), at: now, what };
    Ok(Recording {
        matter: MatterId::new(random::uuid()),
        home: officer.office.id.clone(),
        expected: 0,
        by: Actor::Officer { account: officer.account.id, office: officer.office.id.clone() },
        recorded: now,
        acts: vec![act(Act::InformationRecorded(information)), act(Act::CandidacyChecked(checked))],
        receipt: Some(receipt(app, found.pair.record.id)),
    })
}

/// The bytes are on disk before the act that names them.
async fn keep(app: &App, bytes: &[u8]) -> Result<Exhibit, PageError> {
    let taken = netra_evidence::take_in(exhibit::NAME, bytes, app.limits.file).map_err(|error| {
        tracing::error!(%error, "a comparison is no exhibit");
        PageError::Internal
    })?;
    let label = ExhibitLabel {
        file_name: exhibit::NAME.to_owned(),
        description: "Perbandingan daftar calon dengan daftar ASN".to_owned(),
        from: "dibuat program dari daftar yang diimpor".to_owned(),
    };
    Ok(Exhibit {
        no: ExhibitNo(1),
        sha256: app.store.put_blob(bytes).await?,
        size: taken.size,
        media_type: taken.media_type.essence().to_owned(),
        label: label.into(),
        source: None,
    })
}

/// The token of the contest in numbers. For a Pilkada it is that of the office's own level.
fn contest(regime: Regime, office: &Office) -> &'static str {
    match regime {
        Regime::Pilkada if matches!(office.kind, OfficeKind::National | OfficeKind::Province) => "PG",
        Regime::Pilkada if office.level == "Kota" => "PW",
        Regime::Pilkada => "PB",
        Regime::Pemilu | Regime::Discipline => "PL",
    }
}

/// In one line without names.
fn subject_line(list: &ListRecord, result: CandidacyResult) -> String {
    match result {
        CandidacyResult::NameMisused => format!("Nama ASN diduga dicatut dalam {}", list.kind.indonesian()),
        _ => format!("ASN diduga tercantum dalam {}", list.kind.indonesian()),
    }
}

fn account(list: &ListRecord, two: &Two, result: CandidacyResult, note: &str) -> String {
    let told = |row: &ListRow, fields: &[Field]| {
        let parts = fields.iter().filter(|field| !row.get(**field).is_empty());
        let parts = parts.map(|field| format!("{} {}", field.indonesian().to_lowercase(), row.get(*field)));
        parts.collect::<Vec<String>>().join(", ")
    };
    let stands = told(&two.candidate, &[Field::Name, Field::Party, Field::Constituency, Field::ListNumber]);
    let works = told(&two.servant, &[Field::Name, Field::Nip, Field::Post, Field::Agency, Field::Region]);
    format!(
        "Dalam pencermatan {} \"{}\" (keadaan per {}) ditemukan: {stands}. Dalam daftar ASN tercantum: {works}. \
         Dua orang petugas menyatakan keduanya orang yang sama. Hasil klarifikasi: {}. {note}\n\
         Perbandingannya ada dalam bukti nomor 1.",
        list.kind.indonesian(),
        list.title,
        long_date(list.dated),
        result_words(result),
    )
}

/// The servant. Whoever's name was misused did nothing and is no reported person.
fn person(two: &Two, result: CandidacyResult) -> Person {
    let servant = &two.servant;
    let get = |field: Field| servant.get(field).to_owned();
    let name = [servant.get(Field::Titles), servant.get(Field::Name)].join(" ").trim().to_owned();
    let degrees = servant.get(Field::Degrees);
    let birth = [servant.get(Field::BirthPlace), servant.get(Field::BirthDate)];
    let birth = birth.into_iter().filter(|text| !text.is_empty()).collect::<Vec<&str>>().join(", ");
    let nip = get(Field::Nip);
    let identity = Identity {
        name: if degrees.is_empty() { name } else { format!("{name}, {degrees}") },
        birth: if birth.is_empty() { get(Field::BirthPlaceAndDate) } else { birth },
        sex: get(Field::Sex),
        occupation: get(Field::Post),
        agency: get(Field::Agency),
        id_number: if nip.is_empty() { get(Field::Nik) } else { nip },
        ..Identity::default()
    };
    let misused = result == CandidacyResult::NameMisused;
    let capacity = if misused { Capacity::Related } else { Capacity::Reported };
    let subject = (!misused).then(|| subject(servant.get(Field::Nip)).to_owned());
    Person { no: PersonNo(1), capacity, subject, standing: None, identity: identity.into() }
}

/// The kind of servant that a number tells; where it tells nothing, what most are.
fn subject(nip: &str) -> &'static str {
    match Nip::read(nip.as_bytes()).servant().map(|servant| servant.service) {
        Some(Service::Contract) => "pppk",
        Some(Service::Permanent) | None => "pns",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cleared_up_opens_nothing() {
        assert!(leads_on(CandidacyResult::ResignationPending) && leads_on(CandidacyResult::NameMisused));
        assert!(!leads_on(CandidacyResult::OtherPerson) && !leads_on(CandidacyResult::ResignedWithDecree));
    }

    #[test]
    fn the_kind_of_servant_comes_from_the_number() {
        let table = [("198502032010012003", "pns"), ("198502032021212003", "pppk"), ("", "pns"), ("x", "pns")];
        for (nip, expected) in table {
            assert_eq!(subject(nip), expected, "{nip}");
        }
    }
}
