//! Mails leave: what is due is claimed, asked once more, written and handed over, and ended.

use netra_docket::clocks::{Urgency, urgency};
use netra_docket::ids::AccountId;
use netra_store::{
    Account, AccountState, Claimed, DeskRow, Fate, MailAddress, MailPlace, NewNotice, NoticeDelivery, NoticeEnd,
    NoticeKind, NoticeReason, NoticeRow, NoticeSettings, StoreError,
};

use super::mail::{Mail, Mailer, Posted};
use super::text;
use crate::app::App;
use crate::policy;

/// Mails that are claimed together.
const TOGETHER: u32 = 20;
/// How long a claim lasts, in seconds: longer than so many mails may take with a server that answers slowly.
const CLAIM: i64 = 15 * 60;
/// How often a mail is tried.
const TRIES: u32 = 12;
/// An hour, in seconds.
const HOUR: i64 = 3600;
/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: i64 = 6 * HOUR;

/// What came of sending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// Mails that a server took.
    pub sent: u64,
    /// Notices that could not be sent.
    pub failed: u64,
    /// Notices that were not to be sent.
    pub suppressed: u64,
    /// Notices that are tried again.
    pub put_off: u64,
}

impl Outgoing {
    fn count(&mut self, end: NoticeEnd) {
        match end {
            NoticeEnd::Sent => self.sent += 1,
            NoticeEnd::Failed(_) => self.failed += 1,
            NoticeEnd::Suppressed(_) => self.suppressed += 1,
        }
    }
}

/// Whom a notice is for, and where mails go.
struct Recipient {
    account: Account,
    address: MailAddress,
}

/// Sends what is due. Without a mail server everything that is due ends as suppressed, so that it is seen. Several servers may
/// send at once.
///
/// # Errors
/// The store failed; what was claimed is sent later.
pub async fn send_once(app: &App, mailer: Option<&Mailer>) -> Result<Outgoing, StoreError> {
    let mut came = Outgoing::default();
    let now = app.clock.now().as_second();
    app.store.forget_mail_places(now.saturating_sub(24 * HOUR)).await?;
    loop {
        let claimed = app.store.claim_notices(now, now.saturating_add(CLAIM), TOGETHER).await?;
        if claimed.rows.is_empty() {
            break;
        }
        for row in &claimed.rows {
            send_one(app, mailer, &claimed.claim, row, now, &mut came).await?;
        }
    }
    while let Some((account, claimed)) = app.store.claim_digest(now, now.saturating_add(CLAIM)).await? {
        send_digest(app, mailer, account, &claimed, now, &mut came).await?;
    }
    Ok(came)
}

async fn send_one(
    app: &App,
    mailer: Option<&Mailer>,
    claim: &str,
    row: &NoticeRow,
    now: i64,
    came: &mut Outgoing,
) -> Result<(), StoreError> {
    let end = match (judge(app, row).await?, mailer) {
        (Err(reason), _) => Some(NoticeEnd::Suppressed(reason)),
        (Ok(_), None) => Some(NoticeEnd::Suppressed(NoticeReason::NoServer)),
        (Ok((recipient, line)), Some(mailer)) => post_one(app, mailer, row, &recipient, line.as_ref(), now).await?,
    };
    match end {
        Some(end) => {
            app.store.end_notice(claim, row.id, end, now).await?;
            came.count(end);
        }
        None => {
            app.store.put_notice_off(claim, row.id, now.saturating_add(wait(row.tries))).await?;
            came.put_off += 1;
        }
    }
    Ok(())
}

/// How one ended; none if it is to be tried again.
async fn post_one(
    app: &App,
    mailer: &Mailer,
    row: &NoticeRow,
    recipient: &Recipient,
    line: Option<&DeskRow>,
    now: i64,
) -> Result<Option<NoticeEnd>, StoreError> {
    let hour = now.div_euclid(HOUR).saturating_mul(HOUR);
    let account = recipient.account.id;
    let counts = row.kind.is_chosen();
    if counts && app.store.take_mail_place(account, hour, mailer.per_hour()).await? == MailPlace::Full {
        app.store.enqueue_notices(vec![summary(&recipient.account, hour)], now).await?;
        return Ok(Some(NoticeEnd::Suppressed(NoticeReason::Flood)));
    }
    let body = match row.kind {
        NoticeKind::FloodSummary => {
            // The hour before the one at whose end it leaves.
            let from = row.event.rsplit('/').next().and_then(|second| second.parse().ok()).unwrap_or(row.made);
            let held_back = app.store.flooded_notices(account, from, from.saturating_add(HOUR)).await?;
            text::flood(&app.base_url, held_back, mailer.per_hour())
        }
        kind => text::body(&app.base_url, kind, line),
    };
    let mail = Mail { notice: row.id, to: recipient.address.clone(), subject: text::subject(row.kind), body };
    let posted = mailer.post(&mail, app.clock.now()).await;
    if counts && posted != Posted::Taken {
        app.store.give_mail_place_back(account, hour).await?;
    }
    Ok(end_of(posted, row.tries))
}

fn end_of(posted: Posted, tries: u32) -> Option<NoticeEnd> {
    match posted {
        Posted::Taken => Some(NoticeEnd::Sent),
        Posted::Refused(code) => Some(NoticeEnd::Failed(NoticeReason::Refused(code))),
        Posted::Unwritable => Some(NoticeEnd::Failed(NoticeReason::Unwritable)),
        Posted::Later if tries >= TRIES => Some(NoticeEnd::Failed(NoticeReason::Unreachable)),
        Posted::Later => None,
    }
}

/// How long to wait after so many tries, in seconds: a minute, then twice as long each time.
fn wait(tries: u32) -> i64 {
    let doubled = 60_i64.checked_shl(tries.saturating_sub(1).min(20)).unwrap_or(LONGEST_WAIT);
    doubled.min(LONGEST_WAIT)
}

/// The notice that tells of those that were held back in an hour. There is one for each account and hour.
fn summary(account: &Account, hour: i64) -> NewNotice {
    NewNotice {
        event: format!("flood/{hour}"),
        kind: NoticeKind::FloodSummary,
        office: account.office.clone(),
        matter: None,
        account: Some(account.id),
        fate: Fate::Send(hour.saturating_add(HOUR)),
    }
}

async fn send_digest(
    app: &App,
    mailer: Option<&Mailer>,
    account: AccountId,
    claimed: &Claimed,
    now: i64,
    came: &mut Outgoing,
) -> Result<(), StoreError> {
    let (mut rows, mut lines, mut whose) = (Vec::new(), Vec::new(), None);
    for row in &claimed.rows {
        match judge(app, row).await? {
            Err(reason) => {
                end(app, claimed, row, NoticeEnd::Suppressed(reason), now, came).await?;
            }
            Ok((recipient, line)) => {
                rows.push(row);
                lines.push((row.kind, line));
                whose = Some(recipient);
            }
        }
    }
    let (Some(recipient), Some(first)) = (whose, rows.first()) else { return Ok(()) };
    let posted = match mailer {
        None => Some(NoticeEnd::Suppressed(NoticeReason::NoServer)),
        Some(mailer) => {
            let body = text::digest(&app.base_url, &lines);
            let subject = text::subject(NoticeKind::Digest);
            let mail = Mail { notice: first.id, to: recipient.address, subject, body };
            end_of(mailer.post(&mail, app.clock.now()).await, first.tries)
        }
    };
    if posted == Some(NoticeEnd::Sent) {
        let digest = NewNotice {
            event: format!("digest/{}", claimed.claim),
            kind: NoticeKind::Digest,
            office: recipient.account.office,
            matter: None,
            account: Some(account),
            fate: Fate::Sent,
        };
        app.store.enqueue_notices(vec![digest], now).await?;
        came.sent += 1;
    }
    for row in rows {
        match posted {
            Some(NoticeEnd::Sent) => {
                end(app, claimed, row, NoticeEnd::Suppressed(NoticeReason::InDigest), now, came).await?;
            }
            Some(other) => end(app, claimed, row, other, now, came).await?,
            None => {
                app.store.put_notice_off(&claimed.claim, row.id, now.saturating_add(wait(row.tries))).await?;
                came.put_off += 1;
            }
        }
    }
    Ok(())
}

async fn end(
    app: &App,
    claimed: &Claimed,
    row: &NoticeRow,
    end: NoticeEnd,
    now: i64,
    came: &mut Outgoing,
) -> Result<(), StoreError> {
    app.store.end_notice(&claimed.claim, row.id, end, now).await?;
    came.count(end);
    Ok(())
}

type Judged = Result<(Recipient, Option<DeskRow>), NoticeReason>;

/// Whether a notice may leave: the account may still see what it is about and wants to hear of it, and it is still so.
async fn judge(app: &App, row: &NoticeRow) -> Result<Judged, StoreError> {
    let Some(id) = row.account else { return Ok(Err(NoticeReason::NobodyThere)) };
    let account = app.store.account(id).await?.filter(|account| account.state == AccountState::Active);
    let Some(account) = account else { return Ok(Err(NoticeReason::AccountClosed)) };
    if !policy::may_hear(account.role, row.kind) {
        return Ok(Err(NoticeReason::NoRight));
    }
    let NoticeSettings { address, choices } = app.store.notice_settings(id).await?;
    if row.kind.is_chosen() && choices.get(&row.kind) == Some(&NoticeDelivery::Off) {
        return Ok(Err(NoticeReason::SwitchedOff));
    }
    let Some(address) = address else { return Ok(Err(NoticeReason::NoAddress)) };
    let line = match row.matter {
        None => None,
        Some(matter) => match app.store.desk_line(&account.office, matter).await? {
            None => return Ok(Err(NoticeReason::NoRight)),
            Some(line) => Some(line),
        },
    };
    if !still_so(app, row, line.as_ref()) {
        return Ok(Err(NoticeReason::Outdated));
    }
    Ok(Ok((Recipient { account, address }, line)))
}

/// Whether a clock that a notice is about still runs, and is as near as the notice says.
fn still_so(app: &App, row: &NoticeRow, line: Option<&DeskRow>) -> bool {
    let expected = match row.kind {
        NoticeKind::ClockOverdue => "overdue",
        NoticeKind::ClockToday => "today",
        NoticeKind::ClockTomorrow => "tomorrow",
        _ => return true,
    };
    let Some((line, next)) = line.and_then(|line| line.next.as_ref().map(|next| (line, next))) else { return false };
    let event = format!("clock/{}/{}/{}/{expected}", line.matter, next.clock, next.due.instant().as_second());
    let now = app.now(next.due.zone());
    let tomorrow = now.date().tomorrow().ok() == Some(next.due.date());
    let near = match urgency(next.due, now) {
        Urgency::Overdue => row.kind == NoticeKind::ClockOverdue,
        Urgency::Today => row.kind == NoticeKind::ClockToday,
        Urgency::Week | Urgency::Later => row.kind == NoticeKind::ClockTomorrow && tomorrow,
    };
    row.event == event && near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<i64> = (1..=TRIES).map(wait).collect();
        assert_eq!(waits, [60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600, 21600]);
        assert_eq!(wait(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn what_the_server_refuses_is_not_tried_again() {
        assert_eq!(end_of(Posted::Refused(550), 1), Some(NoticeEnd::Failed(NoticeReason::Refused(550))));
        assert_eq!(end_of(Posted::Later, TRIES - 1), None);
        assert_eq!(end_of(Posted::Later, TRIES), Some(NoticeEnd::Failed(NoticeReason::Unreachable)));
        assert_eq!(end_of(Posted::Taken, TRIES), Some(NoticeEnd::Sent));
    }
}
