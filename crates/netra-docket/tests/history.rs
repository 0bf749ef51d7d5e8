//! Dockets in which acts of other offices stand: they fold as one, and nothing in them reaches beyond its own office.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use netra_docket::act::{Act, AuthorityOutcome, Corrected, CorrectedReading, Forwarded};
use netra_docket::entry::{Actor, Entry};
use netra_docket::history::{check_answer, flat, for_office, known, senders};
use netra_docket::ids::ActId;
use netra_docket::matter::{Matter, Refusal, Stage};
use uuid::Uuid;

#[allow(dead_code, reason = "shared; each test program uses a part")]
mod support;

use support::*;

const AUTHORITY: &str = "instansi-contoh";

/// A docket of another office: its entries have ids of their own.
fn at(office_id: &str, n: u32, what: Act) -> Entry {
    let own = Uuid::from_u128(0xbb00_0000 + u128::from(n) + 0x1_0000 * office_id.len() as u128);
    Entry {
        id: ActId::new(own),
        matter: matter_id(),
        office: office(office_id),
        n,
        at: moment("2024-02-05T09:00"),
        recorded: moment("2024-02-05T09:00"),
        by: Actor::Officer { account: account(7), office: office(office_id) },
        what,
    }
}

/// The sender's docket up to its forwarding, the eighth act; an officer was made responsible before.
fn sender() -> DocketBuilder {
    let Act::Forwarded(sent) = forward(&[CIVIL_SERVANT, VILLAGE_HEAD], "other-law", "kasn") else { unreachable!() };
    let named = Act::Forwarded(Forwarded { to_office: Some(office(AUTHORITY)), ..sent });
    decided().act(assign(account(3))).act(named)
}

/// The authority's docket: the sender's acts, then its own.
fn authority(own: &[Act]) -> Vec<Entry> {
    let opening = at(AUTHORITY, 1, history(sender().entries));
    let rest = own.iter().zip(2..).map(|(act, n)| at(AUTHORITY, n, act.clone()));
    std::iter::once(opening).chain(rest).collect()
}

fn fold(entries: &[Entry]) -> Result<Matter, Refusal> {
    Matter::fold(entries, law())
}

/// Guards: what came from elsewhere opens a matter of the office that took it in, with everything that happened before.
#[test]
fn a_received_history_opens_a_matter_of_its_receiver() {
    let m = fold(&authority(&[])).unwrap();
    assert_eq!((m.home.as_str(), m.office.as_str(), m.length), (AUTHORITY, AUTHORITY, 1));
    assert_eq!((m.opened, m.stage()), (moment("2024-01-15T09:00"), Stage::WithAuthority));
    assert_eq!(m.number(), sender().matter().number());
    assert_eq!(m.owner, Some(account(7)), "the officer who took it in, not one of another system");
    assert_eq!(m.forwardings[0].what.to_office, None, "an office of another system means nothing here");
    assert_eq!(sender().matter().forwardings[0].what.to_office, Some(office(AUTHORITY)));
    assert_eq!(fold(&[at(AUTHORITY, 1, history(Vec::new()))]), Err(Refusal::Opening(1)));
}

/// Guards: the dockets of sender and authority come to the same once the answer has come back, whatever arrives twice.
#[test]
fn the_dockets_agree() {
    let own = [verify(8), recommend(None, &[CIVIL_SERVANT]), settle(VILLAGE_HEAD, AuthorityOutcome::NotProven)];
    let there = authority(&own);
    let answer: Vec<Entry> = there[1..].to_vec();
    let here = sender().act(history(answer[..1].to_vec())).act(history(answer.clone())).act(history(answer));
    let (one, two) = (here.matter(), fold(&there).unwrap());
    assert_eq!(one.recommendations, two.recommendations);
    assert_eq!(one.discipline, two.discipline);
    assert_eq!(one.forwardings[0].verified, two.forwardings[0].verified);
    assert_eq!((one.stage(), one.recommendations.len()), (two.stage(), 1));
    assert_eq!((one.home, one.office, one.owner), (office(HOME), office(HOME), Some(account(3))));
    assert_eq!(flat(&here.entries).unwrap().len(), here.entries.len() + 3);
}

/// Guards: what goes through two hands is the same matter in the third docket.
#[test]
fn an_employer_reads_the_sender_through_the_authority() {
    let there = authority(&[recommend(None, &[CIVIL_SERVANT])]);
    let opening = at("pemkot-contoh", 1, history(there.clone()));
    let decree = at("pemkot-contoh", 2, sanction(CIVIL_SERVANT, "2024-03-01"));
    let m = fold(&[opening, decree.clone()]).unwrap();
    assert_eq!((m.home.as_str(), m.sanctions.len(), m.persons.len()), ("pemkot-contoh", 1, 3));

    let mut answered = there;
    answered.push(at(AUTHORITY, 3, history(vec![decree])));
    let back = for_office(&answered, "netra/bawaslu-contoh");
    let back: Vec<Entry> = back.into_iter().skip(1).cloned().collect();
    let here = sender().act(history(back)).matter();
    assert_eq!((here.sanctions, here.recommendations.len()), (m.sanctions, 1));
}

/// Guards: nothing that came from elsewhere gives the matter away, or makes somebody here responsible.
#[test]
fn other_offices_do_not_dispose_of_a_matter() {
    let foreign =
        vec![at(AUTHORITY, 2, delegate()), at(AUTHORITY, 3, take_over()), at(AUTHORITY, 4, assign(account(9)))];
    let m = sender().act(history(foreign)).matter();
    assert_eq!((m.office, m.owner), (office(HOME), Some(account(3))));
}

/// Guards: what another office recorded is corrected there and nowhere else.
#[test]
fn nobody_corrects_what_another_office_recorded() {
    let own_correction = Act::Corrected(Corrected {
        of: at(AUTHORITY, 2, verify(8)).id,
        reason: "Salah catat".to_owned().into(),
        reading: CorrectedReading::Void,
    });
    let there = [verify(8), own_correction.clone()];
    let m = sender().act(history(authority(&there)[1..].to_vec())).matter();
    assert_eq!(m.forwardings[0].verified, None, "its own office takes it back");
    let here = sender().act(history(authority(&[verify(8)])[1..].to_vec())).act(own_correction);
    assert_eq!(here.refusal(), Refusal::NotRecordedHere(2));
    let attack = sender().act(history(vec![at(AUTHORITY, 2, void(4))]));
    assert_eq!(attack.refusal(), Refusal::NotRecordedHere(4));
}

/// Guards: acts that say to be of this office and are not known are refused, and so are those of another matter.
#[test]
fn forged_acts_are_refused() {
    let forged = sender().act(history(vec![at(HOME, 9, announce())]));
    assert_eq!(forged.refusal(), Refusal::NotRecordedHere(9));
    let mut other = at(AUTHORITY, 2, verify(8));
    other.matter = netra_docket::ids::MatterId::new(Uuid::from_u128(0x2));
    assert!(matches!(sender().act(history(vec![other])).refusal(), Refusal::Foreign(_)));
}

/// Guards: only what authorities and employers have to say comes back.
#[test]
fn an_answer_holds_what_authorities_and_employers_record() {
    let docket = sender();
    let known = known(&docket.entries).unwrap();
    let check = |acts: &[Act]| check_answer(&known, matter_id(), &authority(acts)[1..]);
    assert_eq!(check(&[verify(8), recommend(None, &[CIVIL_SERVANT]), sanction(CIVIL_SERVANT, "2024-03-01")]), Ok(()));
    for act in
        [decide(&[]), register(), withdraw(), announce(), delegate(), add_exhibit(9), forward(&[], "ethics", "dkpp")]
    {
        assert_eq!(check(std::slice::from_ref(&act)), Err(Refusal::NoAnswer(2)), "{act:?}");
    }
    assert_eq!(check(&[history(vec![at("pemkot-contoh", 5, register())])]), Err(Refusal::NoAnswer(5)));
    assert_eq!(check(&[history(docket.entries.clone())]), Ok(()), "what is known already may come along");
}

/// Guards: what came from an office is not sent back to it.
#[test]
fn what_came_from_an_office_stays_behind() {
    let there = authority(&[verify(8)]);
    assert_eq!(senders(&there), ["netra/instansi-contoh"]);
    assert_eq!(for_office(&there, "netra/instansi-contoh").len(), 1);
    assert_eq!(for_office(&there, "netra/pemkot-contoh").len(), 2);
}
