//! An exhibit of a matter as an officer may see it, its bytes, and the place where they are looked into.

use netra_docket::act::Exhibit;
use netra_docket::ids::ExhibitNo;
use netra_docket::matter::Matter;
use netra_evidence::MediaType;
use netra_store::StoreError;
use tokio::sync::Semaphore;

use crate::app::App;
use crate::desk::open::{Opened, open};
use crate::desk::paper;
use crate::desk::session::Officer;
use crate::error::PageError;

/// The largest exhibit that is looked into: it lies in memory for that.
const LARGEST: u64 = 64 << 20;

/// How many exhibits are looked into at the same time: a decoded picture takes much memory.
static AT_WORK: Semaphore = Semaphore::const_new(2);

/// An exhibit of a matter that the officer sees.
pub(super) struct Item {
    pub(super) opened: Opened,
    pub(super) exhibit: Exhibit,
}

/// What there is of an exhibit's bytes.
pub(super) enum Content {
    /// All of them, with the right digest.
    Whole(Vec<u8>),
    /// None, and why.
    Unseen(&'static str),
}

impl Item {
    /// Opens a matter and finds its exhibit.
    ///
    /// # Errors
    /// As [`open`]; an exhibit that there is not, is not found either.
    pub(super) async fn find(app: &App, officer: &Officer, id: &str, no: &str) -> Result<Item, PageError> {
        let opened = open(app, officer, id).await?;
        let no = ExhibitNo(paper::number(no)?);
        let exhibit = opened.docket.matter.exhibit(no).cloned().ok_or(PageError::NotFound)?;
        Ok(Item { opened, exhibit })
    }

    pub(super) fn matter(&self) -> &Matter {
        &self.opened.docket.matter
    }

    /// Its true type.
    pub(super) fn kind(&self) -> MediaType {
        self.exhibit.media_type.parse().unwrap_or(MediaType::Unknown)
    }

    /// Whether small pictures and copies can be made of it.
    pub(super) fn is_decoded(&self) -> bool {
        matches!(self.kind(), MediaType::Jpeg | MediaType::Png | MediaType::Webp) && self.exhibit.size <= LARGEST
    }

    /// The name under which it came.
    pub(super) fn name(&self) -> String {
        let label = self.exhibit.label.open();
        let name = label.map(|label| label.file_name.clone()).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| format!("Bukti nomor {}", self.exhibit.no))
    }

    /// What it shows.
    pub(super) fn description(&self) -> String {
        self.exhibit.label.open().map(|label| label.description.clone()).unwrap_or_default()
    }

    pub(super) fn matter_link(&self) -> String {
        format!("/meja/perkara/{}", self.matter().id)
    }

    /// Its address, under which its pages lie.
    pub(super) fn link(&self) -> String {
        format!("{}/bukti/{}", self.matter_link(), self.exhibit.no)
    }

    /// The page of another exhibit of the matter.
    pub(super) fn link_to(&self, no: ExhibitNo) -> String {
        format!("{}/bukti/{no}/lihat", self.matter_link())
    }

    /// Its bytes.
    ///
    /// # Errors
    /// The store fails. That bytes are missing or changed is no error here: the page must tell it.
    pub(super) async fn content(&self, app: &App) -> Result<Content, PageError> {
        if self.exhibit.size > LARGEST {
            return Ok(Content::Unseen(
                "Berkas ini terlalu besar untuk dibaca keterangannya di sini. Unduh, lalu jalankan netra evidence atas berkas itu.",
            ));
        }
        content(app, &self.exhibit).await
    }

    /// Its bytes, of a picture that must be decoded.
    ///
    /// # Errors
    /// It is no such picture, its bytes can't be had, or the store fails.
    pub(super) async fn picture_bytes(&self, app: &App) -> Result<Vec<u8>, PageError> {
        if !self.is_decoded() {
            return Err(not_decoded());
        }
        match content(app, &self.exhibit).await? {
            Content::Whole(bytes) => Ok(bytes),
            Content::Unseen(words) => Err(PageError::BadRequest(words.to_owned())),
        }
    }
}

/// The exhibit is no picture that is decoded here.
pub(super) fn not_decoded() -> PageError {
    let words = "Bukti ini bukan gambar JPEG, PNG, atau WebP yang cukup kecil. Unduh berkas aslinya untuk membukanya.";
    PageError::BadRequest(words.to_owned())
}

/// The bytes of a small exhibit.
pub(super) async fn content(app: &App, exhibit: &Exhibit) -> Result<Content, PageError> {
    match app.store.get_blob(&exhibit.sha256).await {
        Ok(bytes) => Ok(Content::Whole(bytes)),
        Err(StoreError::BlobChanged(_)) => Ok(Content::Unseen(
            "PERHATIAN: isi berkas ini sudah berubah sejak diterima, sidiknya tidak cocok lagi. Isinya tidak dibaca. Beri tahu administrator.",
        )),
        Err(StoreError::Blob { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            Ok(Content::Unseen("PERHATIAN: isi berkas ini tidak ada di tempat penyimpanan. Beri tahu administrator."))
        }
        Err(other) => Err(other.into()),
    }
}

/// Looks into bytes outside the threads that answer requests, few at a time.
///
/// # Errors
/// The work was cut off.
pub(super) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    let permit = AT_WORK.acquire().await.map_err(|_| PageError::Internal)?;
    let done = tokio::task::spawn_blocking(move || {
        // Held as long as the work lasts, also when nobody waits for it any more.
        let _permit = permit;
        work()
    });
    done.await.map_err(|_| {
        tracing::error!("looking into an exhibit was cut off");
        PageError::Internal
    })
}
