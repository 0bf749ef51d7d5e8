//! How often programs may ask: a bucket for each route and caller, which fills up again with time.
//!
//! Kept in memory: a restart forgets it, and several processes count apart. That is enough to keep one program from
//! taking the server for itself by mistake; it is no defence against an attack.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Buckets that are kept at most before the full ones are forgotten.
const MOST: usize = 10_000;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// How often one caller may ask for one route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// At once, after a pause.
    pub burst: u32,
    /// In the long run.
    pub per_minute: u32,
}

/// How often each kind of caller may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiRates {
    /// A token, reading.
    pub read: Rate,
    /// A token, writing.
    pub write: Rate,
    /// An address without a token.
    pub public: Rate,
}

impl Default for ApiRates {
    fn default() -> Self {
        ApiRates {
            read: Rate { burst: 120, per_minute: 600 },
            write: Rate { burst: 30, per_minute: 60 },
            public: Rate { burst: 60, per_minute: 300 },
        }
    }
}

/// The buckets: for each caller the millisecond at which its bucket is full again.
#[derive(Debug, Default)]
pub struct Buckets(Mutex<HashMap<String, i64>>);

impl Buckets {
    /// Takes one out of a bucket. `now` is in milliseconds.
    ///
    /// # Errors
    /// It is empty: so many seconds must be waited.
    pub fn take(&self, whose: &str, rate: Rate, now: i64) -> Result<(), u32> {
        let interval = MINUTE / i64::from(rate.per_minute.max(1));
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = buckets.get(whose).copied().unwrap_or(now).max(now).saturating_add(interval);
        let ahead = full_at.saturating_sub(now).saturating_sub(interval.saturating_mul(i64::from(rate.burst.max(1))));
        if ahead > 0 {
            let seconds = ahead.saturating_add(999) / 1000;
            return Err(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        if buckets.len() >= MOST {
            buckets.retain(|_, full_at| *full_at > now);
        }
        buckets.insert(whose.to_owned(), full_at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RATE: Rate = Rate { burst: 3, per_minute: 60 };

    #[test]
    fn a_burst_is_let_through_and_then_one_a_second() {
        let buckets = Buckets::default();
        let asked: Vec<Result<(), u32>> = (0..5).map(|_| buckets.take("a", RATE, 0)).collect();
        assert_eq!(asked, [Ok(()), Ok(()), Ok(()), Err(1), Err(1)]);
        assert_eq!(buckets.take("a", RATE, 999), Err(1));
        assert_eq!(buckets.take("a", RATE, 1000), Ok(()));
        assert_eq!(buckets.take("b", RATE, 1000), Ok(()), "everybody has an own bucket");
        assert_eq!(buckets.take("a", RATE, 60_000), Ok(()), "after a pause it is full again");
    }

    proptest! {
        /// Guards: whoever waits as long as was said is let through.
        #[test]
        fn waiting_as_told_helps(
            burst in 1_u32..20, per_minute in 1_u32..2_000, pauses in prop::collection::vec(0_i64..2_000, 1..60)
        ) {
            let (buckets, rate) = (Buckets::default(), Rate { burst, per_minute });
            let mut now = 0;
            for pause in pauses {
                now += pause;
                if let Err(seconds) = buckets.take("a", rate, now) {
                    now += i64::from(seconds) * 1000;
                    prop_assert_eq!(buckets.take("a", rate, now), Ok(()));
                }
            }
        }
    }
}
