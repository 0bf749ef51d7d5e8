//! Dossiers: a docket as somebody may see it, with its sheets and exhibits, packed.

use netra_docket::ids::MatterId;
use netra_forms::dossier::{Audience, DossierInput, build};
use netra_forms::{FormError, Letterhead};
use netra_law::Law;
use netra_law::time::Moment;
use netra_store::{Docket, Office, Scope, StoreError};

use crate::app::App;
use crate::desk::redact::{hide_protected, hide_reporter};

/// Why there is no dossier.
#[derive(Debug, thiserror::Error)]
pub enum NoDossier {
    /// The scope's office does not see such a matter.
    #[error("this office has no such matter")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A sheet or the archive could not be made.
    #[error(transparent)]
    Form(#[from] FormError),
    /// The exhibits are more than can be packed.
    #[error("the exhibits have {size} bytes, {limit} can be packed: hand the large ones over by themselves")]
    TooLarge {
        /// Bytes of all of them.
        size: u64,
        /// Bytes that can be packed.
        limit: u64,
    },
    /// Protected persons could not be taken out.
    #[error("a docket could not be read without its protected persons")]
    Protected,
    /// Reporter and witnesses could not be taken out.
    #[error("the docket can't be read without its reporter")]
    Redaction,
    /// Packing was cut off.
    #[error("packing the dossier was cut off")]
    CutOff,
}

/// Most bytes of exhibits in a dossier: it is packed in memory.
const PACKED: u64 = 1 << 30;

/// The dossier of a matter for its own office: a zip with a manifest.
///
/// # Errors
/// The matter is not this office's, the store fails, a sheet can't be made, or the exhibits are too large.
pub async fn dossier(app: &App, scope: &Scope, matter: MatterId, made: Moment) -> Result<Vec<u8>, NoDossier> {
    let docket = app.store.docket(scope, matter).await?.ok_or(NoDossier::NotFound)?;
    let docket = without_protected(docket, &app.law)?;
    let office = app.store.office(&docket.matter.office).await?.ok_or(NoDossier::NotFound)?;
    pack(app, scope, docket, office, Audience::Office, made).await
}

/// A docket as another agency may read it: without reporter and witnesses, wherever their names stand.
///
/// # Errors
/// The acts can't be read without them; the log tells more.
pub fn without_reporter(docket: &Docket, law: &Law) -> Result<Docket, NoDossier> {
    hide_reporter(docket, law).map_err(|_| NoDossier::Redaction)
}

/// A docket without mentions of those whose identity is protected.
///
/// # Errors
/// The acts can't be read without them; the log tells more.
pub fn without_protected(docket: Docket, law: &Law) -> Result<Docket, NoDossier> {
    hide_protected(docket, law).map_err(|_| NoDossier::Protected)
}

/// How an office's papers begin, and what they call the other offices.
pub fn letterhead(office: &Office, offices: &[Office]) -> Letterhead {
    Letterhead {
        office: office.name.clone(),
        address: office.address.clone(),
        seat: office.seat(),
        names: offices.iter().map(|o| (o.id.clone(), o.name.clone())).collect(),
    }
}

/// Packs a docket as it was opened, whole or its beginning. Takes as long as the exhibits are large, and is done away from
/// the threads that answer requests.
///
/// # Errors
/// As [`dossier`].
pub(crate) async fn pack(
    app: &App,
    scope: &Scope,
    docket: Docket,
    office: Office,
    for_receiver: Audience,
    made: Moment,
) -> Result<Vec<u8>, NoDossier> {
    let size = docket.matter.exhibits.iter().fold(0_u64, |sum, exhibit| sum.saturating_add(exhibit.size));
    if size > PACKED {
        return Err(NoDossier::TooLarge { size, limit: PACKED });
    }
    let mut records = app.store.records(scope, docket.matter.id).await?.ok_or(NoDossier::NotFound)?;
    records.truncate(docket.entries.len());
    let mut exhibits = Vec::with_capacity(docket.matter.exhibits.len());
    for exhibit in &docket.matter.exhibits {
        exhibits.push((exhibit.clone(), app.store.get_blob(&exhibit.sha256).await?));
    }
    let law = app.law.clone();
    let head = letterhead(&office, &app.store.offices().await?);
    let packed = tokio::task::spawn_blocking(move || {
        build(DossierInput {
            entries: &docket.entries,
            records: &records,
            matter: &docket.matter,
            law: &law,
            letterhead: &head,
            exhibits,
            for_receiver,
            made,
        })
    });
    Ok(packed.await.map_err(|_| NoDossier::CutOff)??)
}
