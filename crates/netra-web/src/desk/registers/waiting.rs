//! Lists that came in and wait for somebody to confirm how they were read. They lie in memory and nowhere else: nothing is
//! written before it is confirmed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use netra_docket::ids::AccountId;
use netra_law::pack::Regime;
use netra_store::ListKind;
use subtle::ConstantTimeEq as _;

use crate::random;

/// Bytes of all lists that wait.
const ROOM: usize = 256 << 20;
/// For how many seconds a list waits.
const LIFE: i64 = 3600;

/// What was said about a list when it came in.
#[derive(Clone)]
pub(crate) struct About {
    pub(crate) kind: ListKind,
    pub(crate) regime: Regime,
    pub(crate) dated: Date,
    pub(crate) title: String,
    pub(crate) purpose: String,
    pub(crate) delete_on: Date,
}

/// A list that waits.
#[derive(Clone)]
pub(crate) struct Waiter {
    token: String,
    account: AccountId,
    until: Timestamp,
    pub(crate) about: About,
    /// The file's name.
    pub(crate) name: String,
    pub(crate) bytes: Arc<Vec<u8>>,
}

/// The lists that wait, the oldest first. An officer has one at a time.
#[derive(Default)]
pub(crate) struct Waiting(Mutex<VecDeque<Waiter>>);

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, VecDeque<Waiter>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a list wait; gives the token of its address. The oldest ones give way where there is no room.
    pub(crate) fn put(&self, account: AccountId, now: Timestamp, about: About, name: String, bytes: Vec<u8>) -> String {
        let token = random::hex(&random::bytes::<16>());
        let until = Timestamp::from_second(now.as_second().saturating_add(LIFE)).unwrap_or(now);
        let waiter = Waiter { token: token.clone(), account, until, about, name, bytes: Arc::new(bytes) };
        let mut list = self.lock();
        list.retain(|other| other.account != account && other.until > now);
        list.push_back(waiter);
        while list.len() > 1 && list.iter().map(|other| other.bytes.len()).sum::<usize>() > ROOM {
            list.pop_front();
        }
        token
    }

    /// The list of an officer with this token; another one's looks like none.
    pub(crate) fn get(&self, account: AccountId, now: Timestamp, token: &str) -> Option<Waiter> {
        let mut list = self.lock();
        list.retain(|other| other.until > now);
        let is_it =
            |other: &&Waiter| other.account == account && bool::from(other.token.as_bytes().ct_eq(token.as_bytes()));
        list.iter().find(is_it).cloned()
    }

    /// Forgets the list of an officer.
    pub(crate) fn forget(&self, account: AccountId) {
        self.lock().retain(|other| other.account != account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About {
            kind: ListKind::FinalCandidates,
            regime: Regime::Pemilu,
            dated: "2023-11-04".parse().unwrap(),
            title: "DCT rekaan".to_owned(),
            purpose: "uji".to_owned(),
            delete_on: "2024-02-14".parse().unwrap(),
        }
    }

    #[test]
    fn a_list_waits_for_its_own_officer_and_not_for_ever() {
        let now: Timestamp = "2024-01-19T02:00:00Z".parse().unwrap();
        let later: Timestamp = "2024-01-19T03:00:01Z".parse().unwrap();
        let account = |n| AccountId::new(uuid::Uuid::from_u128(n));
        let waiting = Waiting::default();
        let token = waiting.put(account(1), now, about(), "a.csv".to_owned(), vec![1]);
        assert!(waiting.get(account(1), now, &token).is_some());
        assert!(waiting.get(account(2), now, &token).is_none());
        assert!(waiting.get(account(1), now, "0").is_none());
        let second = waiting.put(account(1), now, about(), "b.csv".to_owned(), vec![2]);
        assert!(waiting.get(account(1), now, &token).is_none(), "one at a time");
        assert!(waiting.get(account(1), later, &second).is_none());
        let third = waiting.put(account(1), now, about(), "c.csv".to_owned(), vec![3]);
        waiting.forget(account(1));
        assert!(waiting.get(account(1), now, &third).is_none());
    }

    #[test]
    fn there_is_room_for_so_much_and_no_more() {
        let now: Timestamp = "2024-01-19T02:00:00Z".parse().unwrap();
        let account = |n| AccountId::new(uuid::Uuid::from_u128(n));
        let waiting = Waiting::default();
        let first = waiting.put(account(1), now, about(), String::new(), vec![0; ROOM / 2 + 1]);
        let second = waiting.put(account(2), now, about(), String::new(), vec![0; ROOM / 2]);
        assert!(waiting.get(account(1), now, &first).is_none());
        assert!(waiting.get(account(2), now, &second).is_some());
    }
}
