//! The checks of the house around the matters: ledgers, forms, disk, accounts, keys.

use std::collections::{HashMap, HashSet};
use std::io;

use jiff::{SignedDuration, Timestamp};
use netra_docket::ids::OfficeId;
use netra_law::time::{Moment, short_moment};

use crate::accounts::state_id;
use crate::convert::{cell, count, failed, parsed, seconds};
use crate::keys::fingerprint_setting;
use crate::store::Store;
use crate::types::{AccountState, Role, StoreError};

use super::{CheckId, CheckLimits, FindingState, Tally};

/// How far a ledger has come: what the tree says, what the acts say, and what waits outside the checkpoint.
const LEDGER: &str = "
    SELECT t.size, t.published,
           (SELECT COALESCE(MAX(a.leaf), -1) + 1 FROM acts a WHERE a.office = t.office) AS leaves,
           (SELECT COUNT(*) FROM acts a WHERE a.office = t.office AND a.leaf >= $2 AND a.recorded < $3) AS waiting,
           (SELECT MIN(a.recorded) FROM acts a WHERE a.office = t.office AND a.leaf >= $2 AND a.recorded < $3) AS since
    FROM trees t WHERE t.office = $1";

impl Store {
    /// Whether every act is covered by a checkpoint outside the database soon after it was recorded.
    pub(super) async fn check_ledgers(
        &self,
        now: Moment,
        limits: CheckLimits,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        let offices: Vec<String> = sqlx::query_scalar("SELECT office FROM trees ORDER BY office")
            .fetch_all(self.reader())
            .await
            .map_err(failed("listing the ledgers"))?;
        for office in &offices {
            self.check_ledger(&parsed("trees", "office", office)?, now, limits, tally).await?;
        }
        Ok(())
    }

    async fn check_ledger(
        &self,
        office: &OfficeId,
        now: Moment,
        limits: CheckLimits,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        // Read before the database, which only grows: what is published in between looks like no fault then.
        let shown = i64::try_from(self.shown(office)).unwrap_or(i64::MAX);
        let row = sqlx::query(LEDGER)
            .bind(office.as_str())
            .bind(shown)
            .bind(before(now, limits.unpublished))
            .fetch_one(self.reader())
            .await
            .map_err(failed("reading a ledger"))?;
        let (size, published, leaves): (i64, i64, i64) =
            (cell(&row, "size")?, cell(&row, "published")?, cell(&row, "leaves")?);
        let (waiting, since): (i64, Option<i64>) = (cell(&row, "waiting")?, cell(&row, "since")?);
        let mut found = |many: u64, what: String| {
            tally.tell(CheckId::UnpublishedAct, FindingState::Found, Some(office), many, what);
        };
        if waiting > 0 {
            let since = since.and_then(|second| Timestamp::from_second(second).ok());
            let since = since.map(|at| short_moment(Moment::new(at, now.zone()))).unwrap_or_default();
            found(count(waiting), format!("{waiting} tindakan menunggu sejak {since}"));
        }
        if leaves != size {
            found(1, format!("pohon mencatat {size} tindakan, basis data {leaves}"));
        }
        if shown > published {
            found(1, format!("titik periksa di luar basis data memuat {shown} tindakan, basis data {published}"));
        }
        Ok(())
    }

    /// Whether notices to officers leave when their time has come.
    pub(super) async fn check_notices(
        &self,
        now: Moment,
        limits: CheckLimits,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        for (office, many, oldest) in self.stuck_notices(before(now, limits.notices)).await? {
            let since = Timestamp::from_second(oldest).map(|at| short_moment(Moment::new(at, now.zone())));
            let words = format!("{many} menunggu, yang tertua sejak {}", since.unwrap_or_default());
            tally.tell(CheckId::StuckNotice, FindingState::Found, Some(&office), many, words);
        }
        Ok(())
    }

    /// Whether unsent forms are deleted after their time.
    pub(super) async fn check_drafts(
        &self,
        now: Moment,
        limits: CheckLimits,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        let old: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM drafts WHERE changed < $1")
            .bind(before(now, limits.drafts))
            .fetch_one(self.reader())
            .await
            .map_err(failed("counting old drafts"))?;
        if old > 0 {
            tally.tell(CheckId::OldDraft, FindingState::Found, None, count(old), format!("{old} formulir"));
        }
        Ok(())
    }

    /// Whether there is room left. Where the system does not tell, there is nothing to find.
    pub(super) async fn check_disk(&self, limits: CheckLimits, tally: &mut Tally) -> Result<(), StoreError> {
        if let Some(free) = self.free_space().await?.filter(|free| *free < limits.free) {
            tally.found(CheckId::LowDisk, None, format!("{} MB kosong, batas {} MB", free >> 20, limits.free >> 20));
        }
        Ok(())
    }

    /// Whether every office has an active administrator, its own or one of an office above: those manage the
    /// accounts of all offices below theirs.
    pub(super) async fn check_administrators(&self, tally: &mut Tally) -> Result<(), StoreError> {
        let offices = self.offices().await?;
        let administered: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT office FROM accounts WHERE role = $1 AND state = $2")
                .bind(Role::Administration.id())
                .bind(state_id(AccountState::Active))
                .fetch_all(self.reader())
                .await
                .map_err(failed("looking for administrators"))?;
        let administered: HashSet<&str> = administered.iter().map(String::as_str).collect();
        let above: HashMap<&OfficeId, Option<&OfficeId>> = offices.iter().map(|o| (&o.id, o.parent.as_ref())).collect();
        for office in &offices {
            let up = std::iter::successors(Some(&office.id), |id| above.get(*id).copied().flatten());
            // Offices that are each other's parent must not make it endless.
            if !up.take(offices.len()).any(|id| administered.contains(id.as_str())) {
                tally.found(CheckId::NoAdministrator, Some(&office.id), office.id.as_str());
            }
        }
        Ok(())
    }

    /// Whether the keys of every office still lie in their folder. The program goes on with those that it has
    /// read, and would find out at its next start only.
    pub(super) async fn check_keys(&self, tally: &mut Tally) -> Result<(), StoreError> {
        let ring = self.keys().unread();
        for office in self.offices().await? {
            let known = self.setting(&fingerprint_setting(&office.id)).await?;
            let trouble = match (ring.get(&office.id), known) {
                (Ok(keys), Some(known)) if keys.fingerprint == known => continue,
                (Ok(_), Some(_)) => "bukan kunci yang dipakai saat data ditulis",
                (Ok(_), None) => "sidik jarinya belum dicatat",
                (Err(StoreError::Keys { source, .. }), _) if source.kind() == io::ErrorKind::NotFound => {
                    "berkasnya tidak ada"
                }
                (Err(_), _) => "berkasnya tidak terbaca",
            };
            tally.found(CheckId::KeyFile, Some(&office.id), format!("{}.key: {trouble}", office.id));
        }
        Ok(())
    }
}

/// So long before now, in seconds since 1970.
fn before(now: Moment, long: SignedDuration) -> i64 {
    seconds(now).saturating_sub(long.as_secs())
}
