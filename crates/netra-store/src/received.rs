//! Taking in the acts of another office that came in a bundle: a new matter of the receiver, or more of one that it has.
//!
//! What is recorded is one act, [`Act::HistoryReceived`]: the acts as they were recorded there, the private values that
//! came along in the receiver's own vault, the exhibits among its own, and the digest of the bundle with the proofs.
//!
//! **Invariants**, guarded by `tests/store/received.rs`.
//! - Nothing is taken from a bundle that was set aside, and nothing a second time.
//! - Every value that goes to the vault is the one that its seal in the act was made of.
//! - What comes back from an authority or an employer holds only what they record; nobody else's bundle joins a matter.
//! - If anything of it does not hold, nothing is recorded and no value is kept.

mod content;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use netra_docket::act::{Act, Excerpt, HistoryReceived, ReceivedFile};
use netra_docket::entry::{Actor, Entry};
use netra_docket::history::{check_answer, flat, known};
use netra_docket::ids::{ActId, MatterId, OfficeId, SealId};
use netra_docket::matter::Refusal;
use netra_docket::private::Private;
use netra_law::time::Moment;
use netra_ledger::bundle::{BundleFault, BundleHead, BundleKind, Fingerprint};
use sqlx::AnyConnection;

use crate::bundles::InboxItem;
use crate::convert::{bad_json, failed, parsed};
use crate::dockets::{is_on_desk, sealed_entries};
use crate::receipts::opened_in;
use crate::record::record_in;
use crate::seal::{self, VaultRow, random_uuid};
use crate::statement::Script;
use crate::store::{Means, Store};
use crate::types::{NewAct, RecordError, Recording, StoreError};
use crate::verify::collect;

use self::content::{Content, Given};

/// The media type of a bundle as it is kept.
const ZIP: &str = "application/zip";

/// What became of the acts in a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedBundle {
    /// The matter in which they stand.
    pub matter: MatterId,
    /// How many were new here; none if the matter is one of this system itself.
    pub acts: usize,
}

/// Why the acts in a bundle are not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// No such bundle came for this office.
    #[error("bundel ini tidak ada di kotak masuk kantor Anda")]
    NotFound,
    /// The key of its sender is not trusted.
    #[error("bundel ini disisihkan: kunci pengirimnya {0}")]
    SetAside(String),
    /// It does not hold any more.
    #[error("bundel ini tidak utuh: {}", .0.indonesian())]
    Fault(#[from] BundleFault),
    /// An act that this program does not read.
    #[error(
        "tindakan ke-{0} dalam bundel tidak terbaca program ini: perbarui programnya, atau minta pengirim mengemas ulang"
    )]
    Unreadable(u32),
    /// The list of private values is not of its form.
    #[error("daftar data pribadi dalam bundel tidak terbaca: minta pengirim mengemas ulang")]
    Values,
    /// A private value is not the one that its seal was made of.
    #[error("data pribadi {0} dalam bundel bukan yang tercatat pengirim: minta pengirim mengemas ulang")]
    OtherValue(SealId),
    /// An act is of another matter than the bundle says, or the one by which it is handed over is missing.
    #[error("tindakan dalam bundel bukan dari perkara yang disebut surat pengantarnya")]
    OtherMatter,
    /// The matter is that of another office of this system, which does not share it.
    #[error("perkara ini sudah dibuka kantor lain pada sistem ini: minta kantor itu meneruskannya kepada Anda")]
    Elsewhere,
    /// An answer for a matter that is not here.
    #[error("bundel ini jawaban atas perkara yang tidak ada pada kantor Anda")]
    NoMatter,
    /// The matter came from somebody else, and was not sent there.
    #[error("perkara ini tidak berasal dari {0} dan tidak pernah dikirim ke sana")]
    NoParty(String),
    /// The acts do not fit the matter.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<StoreError> for ReceiveError {
    fn from(error: StoreError) -> ReceiveError {
        ReceiveError::Record(error.into())
    }
}

impl From<Refusal> for ReceiveError {
    fn from(refusal: Refusal) -> ReceiveError {
        ReceiveError::Record(refusal.into())
    }
}

impl ReceiveError {
    /// The failure of the store, if that is what it is: then it may go better later.
    pub fn store(&self) -> Option<&StoreError> {
        if let ReceiveError::Record(RecordError::Store(error)) = self { Some(error) } else { None }
    }

    /// Whether another act came in between: then it may be tried again at once.
    pub fn is_passing(&self) -> bool {
        matches!(self, ReceiveError::Record(RecordError::Moved | RecordError::Store(_)))
    }
}

impl crate::queue::Fault for ReceiveError {
    fn store(&self) -> Option<&StoreError> {
        ReceiveError::store(self)
    }
}

/// Everything that a job needs to record what came.
struct Receiving {
    item: InboxItem,
    head: BundleHead,
    matter: MatterId,
    entries: Vec<Entry>,
    given: Given,
    /// Digests of exhibits that the acts name and that are here.
    present: BTreeSet<String>,
    by: Actor,
    act: ActId,
    now: Moment,
}

impl Store {
    /// Takes in the acts of a bundle in the inbox of an office. Done again it changes nothing.
    ///
    /// # Errors
    /// See [`ReceiveError`]; nothing was recorded then.
    pub async fn open_received(
        &self,
        office: &OfficeId,
        fingerprint: Fingerprint,
        by: Actor,
        now: Moment,
    ) -> Result<OpenedBundle, ReceiveError> {
        let item = self.inbox_item(office, fingerprint).await?.ok_or(ReceiveError::NotFound)?;
        if let Some((_, why)) = &item.distrust {
            return Err(ReceiveError::SetAside(why.clone()));
        }
        let Content { head, entries, given, exhibits } = content::read(self, &item.blob).await?;
        let matter: MatterId = head.matter.parse().map_err(|_| ReceiveError::OtherMatter)?;
        let present = self.present(&entries, matter, exhibits, &item.blob).await?;
        let act = ActId::new(random_uuid()?);
        let receiving = Receiving { item, head, matter, entries, given, present, by, act, now };
        let (means, receiving) = (self.means(), Arc::new(receiving));
        self.write(office.as_str(), move |conn| {
            let (means, receiving) = (means.clone(), receiving.clone());
            Box::pin(async move { receive(conn, &means, &receiving).await })
        })
        .await
    }

    /// Digests of those exhibits, among those that some acts name, that are here.
    async fn present(
        &self,
        entries: &[Entry],
        matter: MatterId,
        mut came: BTreeSet<String>,
        bundle: &str,
    ) -> Result<BTreeSet<String>, StoreError> {
        came.insert(bundle.to_owned());
        let (digests, _) = named_in(entries, matter)?;
        for digest in digests {
            if !came.contains(&digest) && self.blobs().is_there(&digest).await.unwrap_or(false) {
                came.insert(digest);
            }
        }
        Ok(came)
    }
}

type Seals = Vec<(MatterId, SealId, String)>;

/// The digests of exhibits and the seals in some acts.
fn named_in(entries: &[Entry], matter: MatterId) -> Result<(BTreeSet<String>, Seals), StoreError> {
    let (mut digests, mut seals) = (BTreeSet::new(), Vec::new());
    for entry in entries {
        let value = entry.to_value().map_err(bad_json("acts"))?;
        collect(&value, matter, &mut digests, &mut seals);
    }
    Ok((digests, seals))
}

async fn receive(conn: &mut AnyConnection, means: &Means, receiving: &Receiving) -> Result<OpenedBundle, ReceiveError> {
    let Receiving { item, head, matter, entries, .. } = receiving;
    let docket = sealed_entries(conn, *matter).await?;
    if docket.first().is_some_and(|first| first.office != item.office) {
        // Sender and receiver are offices of one system: the docket is there already.
        if !is_on_desk(conn, &item.office, *matter).await? {
            return Err(ReceiveError::Elsewhere);
        }
        opened_in(conn, item.fingerprint, *matter).await?;
        return Ok(OpenedBundle { matter: *matter, acts: 0 });
    }
    let here = known(&docket)?;
    check_party(conn, receiving, &docket).await?;
    if docket.is_empty() {
        let all = flat_of(entries)?;
        if !all.iter().any(|entry| entry.id.to_string() == head.handover) {
            return Err(ReceiveError::OtherMatter);
        }
    }
    let news: Vec<Entry> = entries.iter().filter(|entry| !here.contains(&entry.id)).cloned().collect();
    let acts = news.len();
    if acts > 0 {
        let (history, rows) = history(conn, receiving, news).await?;
        let what = Act::HistoryReceived(history);
        let recording = Recording {
            matter: *matter,
            home: item.office.clone(),
            expected: u32::try_from(docket.len()).unwrap_or(u32::MAX),
            by: receiving.by.clone(),
            recorded: receiving.now,
            acts: vec![NewAct { id: receiving.act, at: receiving.now, what }],
            receipt: None,
        };
        record_in(conn, means, &recording).await?;
        let mut script = Script::default();
        seal::keep(&mut script, &means.keys, &item.office, *matter, rows)?;
        script.run(conn).await.map_err(failed("keeping private values that came"))?;
    }
    opened_in(conn, item.fingerprint, *matter).await?;
    Ok(OpenedBundle { matter: *matter, acts })
}

/// The acts of a bundle in the order in which they are read. They are numbered as in their own docket, of which they
/// need not be the beginning.
fn flat_of(entries: &[Entry]) -> Result<Vec<Entry>, Refusal> {
    let mut all = Vec::new();
    for entry in entries {
        let alone = Entry { n: 1, ..entry.clone() };
        all.extend(flat(std::slice::from_ref(&alone))?.into_iter().cloned());
    }
    Ok(all)
}

/// Whether the sender may add to the matter, and what.
async fn check_party(conn: &mut AnyConnection, receiving: &Receiving, docket: &[Entry]) -> Result<(), ReceiveError> {
    let Receiving { item, head, matter, entries, .. } = receiving;
    let from = item.sender.as_str();
    let opener = match docket.first().map(|first| &first.what) {
        None if head.kind == BundleKind::Answer => return Err(ReceiveError::NoMatter),
        None => return Ok(()),
        Some(Act::HistoryReceived(opening)) => opening.from == from,
        Some(_) => false,
    };
    if opener {
        return Ok(());
    }
    let sent: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE matter = $1 AND office = $2 AND receiver = $3")
            .bind(matter.to_string())
            .bind(item.office.as_str())
            .bind(from)
            .fetch_one(&mut *conn)
            .await
            .map_err(failed("looking for a party"))?;
    if sent == 0 || head.kind != BundleKind::Answer {
        return Err(ReceiveError::NoParty(item.sender_name.clone()));
    }
    Ok(check_answer(&known(docket)?, *matter, entries)?)
}

/// The act, and the private values that came along with it.
async fn history(
    conn: &mut AnyConnection,
    receiving: &Receiving,
    news: Vec<Entry>,
) -> Result<(HistoryReceived, Vec<VaultRow>), ReceiveError> {
    let Receiving { item, matter, given, present, .. } = receiving;
    let (digests, seals) = named_in(&news, *matter)?;
    let kept = kept_already(conn, *matter).await?;
    let (mut rows, mut withheld) = (Vec::new(), BTreeSet::new());
    let commitments: BTreeMap<SealId, String> =
        seals.into_iter().map(|(_, id, commitment)| (id, commitment)).filter(|(id, _)| !kept.contains(id)).collect();
    for (id, commitment) in commitments {
        match given.row(id)? {
            Some(row) if row.seal().commitment == commitment => rows.push(row),
            Some(_) => return Err(ReceiveError::OtherValue(id)),
            None => {
                withheld.insert(id);
            }
        }
    }
    let excerpts: Vec<Excerpt> = given.excerpts.iter().filter(|one| withheld.contains(&one.seal)).cloned().collect();
    let file = ReceivedFile { sha256: item.blob.clone(), size: item.size, media_type: ZIP.to_owned() };
    let history = HistoryReceived {
        bundle: item.fingerprint.to_string(),
        from: item.sender.to_string(),
        from_name: item.sender_name.clone(),
        file,
        entries: news,
        withheld: withheld.into_iter().collect(),
        absent: digests.into_iter().filter(|digest| !present.contains(digest)).collect(),
        excerpts: (!excerpts.is_empty()).then_some(Private::Open(excerpts)),
    };
    Ok((history, rows))
}

/// The values of a matter that are in the vault.
async fn kept_already(conn: &mut AnyConnection, matter: MatterId) -> Result<BTreeSet<SealId>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM vault WHERE matter = $1")
        .bind(matter.to_string())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("looking for private values"))?;
    ids.iter().map(|id| parsed("vault", "id", id)).collect()
}
