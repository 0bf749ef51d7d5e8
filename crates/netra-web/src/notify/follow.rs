//! From what happened to notices: which events an act stands for, whom each concerns, and how that officer wants to hear.

use jiff::civil::Date;
use netra_docket::act::{Act, CorrectedReading};
use netra_docket::entry::{Actor, Entry};
use netra_docket::ids::{AccountId, MatterId, OfficeId};
use netra_law::time::{Moment, Zone};
use netra_store::{
    Account, AccountState, ClockNotice, Fate, Followed, NewNotice, NoticeDelivery, NoticeKind, NoticeReason, StoreError,
};

use crate::app::App;
use crate::policy;
use crate::random;

/// The hour at which digests leave, on the clocks of the officer's office.
const DIGEST_HOUR: i8 = 6;
/// Within how many seconds a mail about something that the reporter did leaves: nobody learns from it when that was.
const SOME_MINUTES: u16 = 1800;

/// Whom an event concerns.
enum Whom {
    /// This officer.
    Account(AccountId),
    /// Whoever is responsible for the matter; if nobody is, those at the office that handles it.
    Responsible,
    /// Those at this office.
    Office(OfficeId),
}

/// An event of a matter, and whom it concerns.
struct Event {
    name: String,
    kind: NoticeKind,
    matter: Option<MatterId>,
    whom: Whom,
    /// Who did it needs not be told.
    by: Option<AccountId>,
    /// The office at which nobody was there, if so.
    office: OfficeId,
}

/// Looks through the acts that were recorded and the bundles that came since the last time; gives how many notices are new.
/// Several servers may do so at once.
///
/// # Errors
/// The store failed. What was not told is told the next time.
pub async fn follow_once(app: &App) -> Result<u64, StoreError> {
    let mut new = 0;
    for office in app.store.offices_with_news().await? {
        while let Some(told) = app.store.acts_to_tell(&office).await? {
            let mut notices = Vec::new();
            for event in told.acts.iter().flat_map(events_of) {
                notices.extend(notices_of(app, &event).await?);
            }
            match app.store.tell_acts(&told, notices, now(app)).await? {
                Followed::Kept(some) => new += some,
                Followed::Overtaken => break,
            }
        }
    }
    for bundle in app.store.bundles_to_tell().await? {
        let event = Event {
            name: bundle.event(),
            kind: NoticeKind::BundleArrived,
            matter: None,
            whom: Whom::Office(bundle.office.clone()),
            by: None,
            office: bundle.office,
        };
        let notices = notices_of(app, &event).await?;
        new += app.store.enqueue_notices(notices, now(app)).await?;
    }
    Ok(new)
}

/// Looks for clocks that end by tomorrow or are over; gives how many notices are new. Days are those of each office.
///
/// # Errors
/// The store failed.
pub async fn follow_clocks(app: &App) -> Result<u64, StoreError> {
    let mut new = 0;
    for office in app.store.offices().await? {
        for clock in app.store.clocks_to_tell(&office.id, app.now(office.zone)).await? {
            let event = Event {
                name: clock.event(),
                kind: match clock.when {
                    ClockNotice::Tomorrow => NoticeKind::ClockTomorrow,
                    ClockNotice::Today => NoticeKind::ClockToday,
                    ClockNotice::Overdue => NoticeKind::ClockOverdue,
                },
                matter: Some(clock.matter),
                whom: Whom::Responsible,
                by: None,
                office: office.id.clone(),
            };
            let notices = notices_of(app, &event).await?;
            new += app.store.enqueue_notices(notices, now(app)).await?;
        }
    }
    Ok(new)
}

fn now(app: &App) -> i64 {
    app.clock.now().as_second()
}

/// The events that an act stands for.
fn events_of(entry: &Entry) -> Vec<Event> {
    let by = match &entry.by {
        Actor::Officer { account, .. } => Some(*account),
        Actor::Public | Actor::System | Actor::Token { .. } => None,
    };
    concerned(&entry.what, &entry.by)
        .into_iter()
        .map(|(kind, whom)| Event {
            name: format!("act/{}/{}", entry.id, kind.id()),
            kind,
            matter: Some(entry.matter),
            whom,
            by,
            office: entry.office.clone(),
        })
        .collect()
}

fn concerned(what: &Act, by: &Actor) -> Vec<(NoticeKind, Whom)> {
    let public = *by == Actor::Public;
    match what {
        // Who takes a report at the counter knows of it.
        Act::ReportReceived(_) | Act::TipReceived(_) if public => {
            vec![(NoticeKind::ReportArrived, Whom::Responsible)]
        }
        Act::ReporterWrote(wrote) if wrote.exhibits.is_empty() => {
            vec![(NoticeKind::ReporterMessage, Whom::Responsible)]
        }
        Act::ReporterWrote(_) => vec![(NoticeKind::EvidenceArrived, Whom::Responsible)],
        Act::RepairReceived(_) if public => vec![(NoticeKind::RepairArrived, Whom::Responsible)],
        Act::Assigned(assigned) => vec![(NoticeKind::Assigned, Whom::Account(assigned.to))],
        Act::DatesRecomputed(_) => vec![(NoticeKind::DatesMoved, Whom::Responsible)],
        Act::Delegated(given) => vec![(NoticeKind::MatterArrived, Whom::Office(given.to.clone()))],
        Act::TakenOver(taken) => vec![(NoticeKind::MatterArrived, Whom::Office(taken.by.clone()))],
        Act::MadeInitialInformation(made) => {
            vec![(NoticeKind::MatterArrived, Whom::Office(made.tracing_office.clone()))]
        }
        Act::Forwarded(sent) => {
            let to = sent.to_office.clone().map(Whom::Office);
            to.map(|to| (NoticeKind::ForwardingArrived, to)).into_iter().collect()
        }
        Act::RecommendationReceived(made) => {
            let to = made.employer_office.clone().map(Whom::Office);
            to.map(|to| (NoticeKind::ForwardingArrived, to)).into_iter().collect()
        }
        Act::ErasureProposed(_) => vec![(NoticeKind::SecondPerson, Whom::Responsible)],
        // A correction that gives other content concerns whoever it is about now.
        Act::Corrected(correction) => match &correction.reading {
            CorrectedReading::Act { act } => concerned(act, by),
            CorrectedReading::Void | CorrectedReading::Moment { .. } => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// One notice for everybody whom an event concerns, or one that says that there was nobody.
async fn notices_of(app: &App, event: &Event) -> Result<Vec<NewNotice>, StoreError> {
    let (office, accounts) = recipients(app, event).await?;
    let notice = |account: Option<AccountId>, office: OfficeId, fate: Fate| NewNotice {
        event: event.name.clone(),
        kind: event.kind,
        office,
        matter: event.matter,
        account,
        fate,
    };
    if let (Whom::Account(to), true) = (&event.whom, accounts.is_empty()) {
        // Whoever gave himself a matter knows of it.
        return Ok(match event.by == Some(*to) {
            true => Vec::new(),
            false => vec![notice(Some(*to), office, Fate::Suppress(NoticeReason::NoRight))],
        });
    }
    if accounts.is_empty() {
        return Ok(vec![notice(None, office, Fate::Suppress(NoticeReason::NobodyThere))]);
    }
    let mut list = Vec::with_capacity(accounts.len());
    for account in accounts {
        let fate = fate(app, &account, event.kind).await?;
        list.push(notice(Some(account.id), account.office, fate));
    }
    Ok(list)
}

/// Whom an event concerns, and the office at which that was asked.
async fn recipients(app: &App, event: &Event) -> Result<(OfficeId, Vec<Account>), StoreError> {
    match &event.whom {
        Whom::Account(to) if event.by == Some(*to) => Ok((event.office.clone(), Vec::new())),
        Whom::Account(to) => {
            let account = app.store.account(*to).await?;
            let office = account.as_ref().map_or_else(|| event.office.clone(), |account| account.office.clone());
            Ok((office, account.into_iter().filter(|account| hears(account, event.kind)).collect()))
        }
        Whom::Office(office) => Ok((office.clone(), at_office(app, office, event).await?)),
        Whom::Responsible => {
            let holder = match event.matter {
                Some(matter) => app.store.matter_holder(matter).await?,
                None => None,
            };
            let Some(holder) = holder else { return Ok((event.office.clone(), Vec::new())) };
            // The second person is anybody but the one who may be responsible.
            let owner = holder.owner.filter(|_| event.kind != NoticeKind::SecondPerson);
            let owner = match owner {
                Some(id) => app.store.account(id).await?,
                None => None,
            };
            let fit = |account: &Account| account.office == holder.office && hears(account, event.kind);
            match owner.filter(fit) {
                Some(owner) => Ok((holder.office, vec![owner])),
                None => {
                    let accounts = at_office(app, &holder.office, event).await?;
                    Ok((holder.office, accounts))
                }
            }
        }
    }
}

async fn at_office(app: &App, office: &OfficeId, event: &Event) -> Result<Vec<Account>, StoreError> {
    let mut accounts = app.store.accounts_of(office).await?;
    accounts.retain(|account| {
        policy::concerns(account.role, event.kind) && hears(account, event.kind) && Some(account.id) != event.by
    });
    Ok(accounts)
}

fn hears(account: &Account, kind: NoticeKind) -> bool {
    account.state == AccountState::Active && policy::may_hear(account.role, kind)
}

/// What becomes of a notice, as the officer has chosen.
async fn fate(app: &App, account: &Account, kind: NoticeKind) -> Result<Fate, StoreError> {
    let settings = app.store.notice_settings(account.id).await?;
    let delivery = settings.delivery(kind);
    if delivery == NoticeDelivery::Off {
        return Ok(Fate::Suppress(NoticeReason::SwitchedOff));
    }
    if settings.address.is_none() {
        return Ok(Fate::Suppress(NoticeReason::NoAddress));
    }
    if delivery == NoticeDelivery::Digest {
        let office = app.store.office(&account.office).await?;
        let zone = office.map_or(Zone::Wib, |office| office.zone);
        return Ok(Fate::Collect(next_digest(app.now(zone))));
    }
    let later = if kind.is_of_reporter() { i64::from(u16::from_be_bytes(random::bytes()) % SOME_MINUTES) } else { 0 };
    Ok(Fate::Send(now(app).saturating_add(later)))
}

/// When the next digest leaves, in seconds since 1970.
fn next_digest(now: Moment) -> i64 {
    let today = now.date();
    let at = |date: Date| Moment::from_wall(date.at(DIGEST_HOUR, 0, 0, 0), now.zone()).unwrap_or(now);
    let digest = at(today);
    let digest = if digest > now { digest } else { at(today.tomorrow().unwrap_or(today)) };
    digest.instant().as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_leave_in_the_morning_of_the_office() {
        for (now, digest) in [
            ("2024-01-19T05:59:59+08:00", "2024-01-19T06:00:00+08:00"),
            ("2024-01-19T06:00:00+08:00", "2024-01-20T06:00:00+08:00"),
            ("2024-02-29T23:00:00+07:00", "2024-03-01T06:00:00+07:00"),
        ] {
            let (now, digest): (Moment, Moment) = (now.parse().unwrap(), digest.parse().unwrap());
            assert_eq!(next_digest(now), digest.instant().as_second());
        }
    }
}
