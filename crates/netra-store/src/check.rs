//! The standing checks: what a store comes to without anybody noticing, looked for every day and on request.
//!
//! `verify` proves that nothing was changed behind the program's back. This asks whether the work goes on:
//! matters that nobody looks after, dates that passed in silence, lists that no longer say what the dockets
//! say, a publisher that stands still, a disk that fills up.
//!
//! Each check stands alone. One that can't run says so among the findings, and the others run all the same.
//! Findings hold ids, numbers and counts, never a name or a text out of a docket.

mod house;
mod matters;
mod rows;

use std::collections::BTreeMap;
use std::fmt;

use jiff::SignedDuration;
use netra_docket::ids::OfficeId;
use netra_law::time::Moment;
use serde::{Deserialize, Serialize};

use crate::convert::bad_json;
use crate::store::Store;
use crate::types::StoreError;

use self::matters::Walk;

/// The setting that holds the last result.
const KEPT: &str = "health";
/// How many ids or numbers a finding lists; the others are only counted.
const LISTED: usize = 20;

macro_rules! checks {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $title:literal, $meaning:literal, $remedy:literal;)+) => {
        /// A standing check.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum CheckId {
            $($(#[$doc])* #[serde(rename = $id)] $variant,)+
        }

        impl CheckId {
            /// All checks, in the order in which findings are told.
            pub const ALL: &'static [CheckId] = &[$(CheckId::$variant),+];

            /// The word in JSON and on the command line.
            pub fn id(self) -> &'static str {
                match self { $(CheckId::$variant => $id),+ }
            }

            /// The heading on screens.
            pub fn indonesian(self) -> &'static str {
                match self { $(CheckId::$variant => $title),+ }
            }

            /// What a finding means, as a sentence on screens.
            pub fn meaning(self) -> &'static str {
                match self { $(CheckId::$variant => $meaning),+ }
            }

            /// What to do about a finding, as a sentence on screens.
            pub fn remedy(self) -> &'static str {
                match self { $(CheckId::$variant => $remedy),+ }
            }
        }
    };
}

checks! {
    /// A running matter that nobody is responsible for.
    NoOwner = "no-owner", "Perkara tanpa penanggung jawab",
        "Perkara masih berjalan, tetapi belum ada petugas yang bertanggung jawab.",
        "Buka perkaranya dan tugaskan seorang petugas.";
    /// A running matter that no step can bring further.
    NoExit = "no-exit", "Perkara tanpa langkah berikutnya",
        "Perkara belum selesai, tetapi tidak ada langkah yang dapat membawanya lebih jauh.",
        "Buka perkaranya dan betulkan tindakan yang keliru, misalnya kajian awal tanpa jenis dugaan pelanggaran. Bila tidak ada yang keliru, laporkan kepada pengembang.";
    /// A clock that is over without an act that answers it.
    OverdueClock = "overdue-clock", "Tenggat lewat tanpa keterangan",
        "Tenggat sudah lewat, dan dalam berkasnya tidak ada tindakan yang menjawab atau memperpanjangnya.",
        "Catat tindakannya bila sudah dilakukan, atau lakukan sekarang. Yang tidak dapat dihitung: periksa apakah hari libur tahun itu sudah dimuat.";
    /// An exhibit without bytes in the folder or bucket.
    MissingExhibit = "missing-exhibit", "Barang bukti tanpa isi",
        "Berkas menyebut barang bukti yang isinya tidak ada di tempat penyimpanannya.",
        "Kembalikan folder blobs, atau isi bucket, dari cadangan, lalu jalankan 'netra verify'.";
    /// A docket that can't be read or folded.
    UnreadableDocket = "unreadable-docket", "Berkas perkara tidak terbaca",
        "Tindakan dalam berkas tidak terbaca, tidak menyatu menjadi satu perkara, atau kantornya tidak dikenal.",
        "Jalankan 'netra verify'. Bila ada tindakan yang berubah atau hilang, kembalikan basis data dari cadangan.";
    /// Rows of lists or public pages that differ from what the dockets give.
    StaleProjection = "stale-projection", "Daftar berbeda dari berkas",
        "Yang tampil pada daftar atau pengumuman tidak sama dengan hasil hitung ulang berkas perkaranya.",
        "Jalankan 'netra check --rebuild'. Bila muncul lagi, laporkan kepada pengembang.";
    /// Acts that no checkpoint covers, or a tree that does not fit them.
    UnpublishedAct = "unpublished-act", "Buku tindakan tertinggal",
        "Ada tindakan yang terlalu lama menunggu titik periksa, atau titik periksa tidak cocok dengan basis data.",
        "Periksa log server dan folder ledger, lalu jalankan 'netra verify'.";
    /// Public forms that should have been deleted.
    OldDraft = "old-draft", "Formulir yang lewat masa simpannya",
        "Formulir publik yang tidak dikirim masih tersimpan lewat waktunya, padahal isinya data pribadi.",
        "Server menghapusnya sendiri selama berjalan. Pastikan server berjalan, dan periksa lognya.";
    /// Little space left in the data folder.
    LowDisk = "low-disk", "Ruang penyimpanan menipis",
        "Ruang kosong untuk folder data di bawah batas. Bila habis, laporan tidak dapat diterima lagi.",
        "Tambah ruang penyimpanan, atau pindahkan folder data.";
    /// An office that nobody can administer.
    NoAdministrator = "no-administrator", "Kantor tanpa administrator",
        "Tidak ada akun administrasi yang aktif di kantor ini maupun di kantor di atasnya.",
        "Buat akunnya dengan 'netra user add', atau buka lagi akun yang ditutup.";
    /// Keys that are not there, or are not those of before.
    KeyFile = "key-file", "Kunci kantor bermasalah",
        "Berkas kunci kantor hilang, rusak, atau bukan kunci yang dipakai saat data ditulis.",
        "Kembalikan berkas kunci dari salinannya sebelum server dimulai ulang: tanpa kunci, nama tidak dapat dibaca.";
    /// Notices to officers that should have left long ago.
    StuckNotice = "stuck-notice", "Pemberitahuan tertahan",
        "Pemberitahuan kepada petugas belum terkirim dan belum dinyatakan gagal, padahal waktunya sudah lewat.",
        "Pastikan server berjalan, lalu periksa lognya dan pengaturan surel (--smtp).";
    /// The result of the checks itself.
    NotKept = "not-kept", "Hasil pemeriksaan tidak tersimpan",
        "Hasil ini tidak dapat disimpan, sehingga halaman pemeriksaan masih menampilkan hasil sebelumnya.",
        "Periksa ruang penyimpanan dan log server, lalu periksa lagi.";
}

/// The checks that one walk over all matters makes.
const WALKED: [CheckId; 6] = [
    CheckId::NoOwner,
    CheckId::NoExit,
    CheckId::OverdueClock,
    CheckId::MissingExhibit,
    CheckId::UnreadableDocket,
    CheckId::StaleProjection,
];

/// From where on something counts as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckLimits {
    /// How long an act may wait for a checkpoint.
    pub unpublished: SignedDuration,
    /// How long an unsent public form may lie since its last change.
    pub drafts: SignedDuration,
    /// Bytes that must be free for the data folder.
    pub free: u64,
    /// How long a notice may wait beyond its time.
    pub notices: SignedDuration,
}

impl Default for CheckLimits {
    /// A checkpoint follows within seconds and old forms are deleted every hour after thirty days: each limit
    /// leaves room for a restart in between.
    fn default() -> Self {
        CheckLimits {
            unpublished: SignedDuration::from_hours(1),
            drafts: SignedDuration::from_hours(31 * 24),
            free: 1 << 30,
            notices: SignedDuration::from_hours(1),
        }
    }
}

/// Whether a check found something or could not look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingState {
    /// It found something.
    Found,
    /// It could not look; the subject says why, or at what.
    NotRun,
}

/// What a check found at one office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Which check.
    pub check: CheckId,
    /// Found, or not looked.
    pub state: FindingState,
    /// The office that it concerns: the one that handles the matter, or keeps the docket. None: the whole store.
    pub office: Option<OfficeId>,
    /// What it is about: ids and numbers, the first ones of many. Never personal data.
    pub subject: String,
    /// How many.
    pub count: u64,
}

/// The result of all checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// The moment for which it was checked.
    pub checked_at: Moment,
    /// Matters that were read, closed ones too.
    pub matters: u64,
    /// What was found, in the order of the checks, then by office.
    pub findings: Vec<Finding>,
}

impl Health {
    /// Whether nothing was found, and nothing could not be looked at.
    pub fn is_well(&self) -> bool {
        self.findings.is_empty()
    }

    /// What one check found.
    pub fn of(&self, check: CheckId) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.check == check)
    }
}

impl fmt::Display for Health {
    /// Checks with their counts, for logs: no ids.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        for check in CheckId::ALL {
            let count = self.of(*check).fold(0_u64, |sum, finding| sum.saturating_add(finding.count));
            if count > 0 {
                write!(f, "{between}{} {count}", check.id())?;
                between = ", ";
            }
        }
        if between.is_empty() { f.write_str("nothing") } else { Ok(()) }
    }
}

impl Store {
    /// Runs all checks, keeps the result in place of the one before, and gives it. O(all acts), in portions
    /// of matters; others may work meanwhile. Whatever can't be read becomes a finding.
    ///
    /// # Errors
    /// The result can't be written down.
    pub async fn check(&self, now: Moment, limits: CheckLimits) -> Result<Health, StoreError> {
        let mut tally = Tally::default();
        let walked = Walk::new(self, now, &mut tally).run().await;
        if let Err(error) = &walked {
            WALKED.iter().for_each(|check| tally.not_run(*check, error));
        }
        let done = self.check_ledgers(now, limits, &mut tally).await;
        tally.ran(CheckId::UnpublishedAct, done);
        let done = self.check_drafts(now, limits, &mut tally).await;
        tally.ran(CheckId::OldDraft, done);
        let done = self.check_disk(limits, &mut tally).await;
        tally.ran(CheckId::LowDisk, done);
        let done = self.check_administrators(&mut tally).await;
        tally.ran(CheckId::NoAdministrator, done);
        let done = self.check_notices(now, limits, &mut tally).await;
        tally.ran(CheckId::StuckNotice, done);
        let done = self.check_keys(&mut tally).await;
        tally.ran(CheckId::KeyFile, done);
        let health = Health { checked_at: now, matters: walked.unwrap_or(0), findings: tally.into_findings() };
        self.keep_health(health).await
    }

    /// The result of the last check; none before the first, or if another version of the program wrote it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn last_check(&self) -> Result<Option<Health>, StoreError> {
        let kept = self.setting(KEPT).await?;
        // The next check replaces what this program can't read.
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Keeps a result. A full disk is one of the things to be told of, so the result is not lost with it.
    async fn keep_health(&self, mut health: Health) -> Result<Health, StoreError> {
        let json = serde_json::to_string(&health).map_err(bad_json("settings"))?;
        if let Err(error) = self.set_setting(KEPT, &json).await {
            let mut tally = Tally::default();
            tally.not_run(CheckId::NotKept, &error);
            health.findings.extend(tally.into_findings());
        }
        Ok(health)
    }
}

/// Findings while they are counted.
#[derive(Default)]
struct Tally(BTreeMap<(CheckId, FindingState, Option<OfficeId>), Told>);

/// What is said of one check at one office.
#[derive(Default)]
struct Told {
    count: u64,
    labels: Vec<String>,
    more: bool,
}

impl Tally {
    /// Counts one more.
    fn found(&mut self, check: CheckId, office: Option<&OfficeId>, label: impl Into<String>) {
        self.tell(check, FindingState::Found, office, 1, label.into());
    }

    /// Notes that a check could not be made. Only the error's own words are told: those below it come from
    /// other programs, and nobody knows what they quote.
    fn not_run(&mut self, check: CheckId, error: &StoreError) {
        self.tell(check, FindingState::NotRun, None, 1, error.to_string());
    }

    /// Notes a failure, if it is one.
    fn ran(&mut self, check: CheckId, done: Result<(), StoreError>) {
        if let Err(error) = done {
            self.not_run(check, &error);
        }
    }

    fn tell(&mut self, check: CheckId, state: FindingState, office: Option<&OfficeId>, count: u64, label: String) {
        let told = self.0.entry((check, state, office.cloned())).or_default();
        told.count = told.count.saturating_add(count);
        if told.labels.contains(&label) {
            return;
        }
        if told.labels.len() < LISTED {
            told.labels.push(label);
        } else {
            told.more = true;
        }
    }

    fn into_findings(self) -> Vec<Finding> {
        let finding = |((check, state, office), told): ((CheckId, FindingState, Option<OfficeId>), Told)| {
            let more = if told.more { ", …" } else { "" };
            Finding { check, state, office, subject: told.labels.join(", ") + more, count: told.count }
        };
        self.0.into_iter().map(finding).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_checks_are_those_of_the_json() {
        for check in CheckId::ALL {
            assert_eq!(serde_json::to_value(check).unwrap(), check.id());
            for words in [check.indonesian(), check.meaning(), check.remedy()] {
                assert!(!words.is_empty() && words.trim() == words, "{check:?}");
            }
        }
    }

    #[test]
    fn offices_are_counted_apart_and_long_lists_are_cut() {
        let (one, other): (OfficeId, OfficeId) = ("kantor-a".parse().unwrap(), "kantor-b".parse().unwrap());
        let mut tally = Tally::default();
        for n in 0..25 {
            tally.found(CheckId::NoOwner, Some(&one), format!("m{n}"));
        }
        tally.found(CheckId::NoOwner, Some(&other), "x");
        tally.not_run(CheckId::OldDraft, &StoreError::Closed);
        tally.not_run(CheckId::OldDraft, &StoreError::Closed);
        let health = Health {
            checked_at: "2024-01-19T09:00:00+08:00".parse().unwrap(),
            matters: 26,
            findings: tally.into_findings(),
        };
        let told: Vec<(&str, u64)> = health.findings.iter().map(|f| (f.subject.as_str(), f.count)).collect();
        let listed: Vec<String> = (0..LISTED).map(|n| format!("m{n}")).collect();
        let listed = format!("{}, …", listed.join(", "));
        assert_eq!(told, [(listed.as_str(), 25), ("x", 1), ("the store has been closed", 2)]);
        assert_eq!(health.to_string(), "no-owner 26, old-draft 2");
        let json = serde_json::to_string(&health).unwrap();
        assert_eq!(serde_json::from_str::<Health>(&json).unwrap(), health);
    }
}
