//! The exhibit behind a page, and reading it away from the threads that answer requests.

use std::io::Seek as _;
use std::ops::ControlFlow;

use netra_docket::act::Exhibit;
use netra_docket::ids::ExhibitNo;
use netra_evidence::MediaType;
use netra_evidence::chat::{Archive, ChatError, Message, Options, Plan, Summary, survey};
use netra_store::BlobFile;
use tokio::sync::Semaphore;

use crate::app::App;
use crate::desk::open::{Opened, open};
use crate::desk::paper::number;
use crate::desk::session::Officer;
use crate::error::{PageError, chain};

/// Exports that are read through at the same time: each takes a processor.
static READERS: Semaphore = Semaphore::const_new(4);

const NO_CHAT: &str = "Bukti ini bukan ekspor percakapan. Percakapan WhatsApp datang sebagai berkas teks (.txt) atau arsip \
                       (.zip). Unduh buktinya dari halaman perkara untuk melihat isinya.";

/// In what a chat comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Text,
    Archive,
}

impl Container {
    /// By an exhibit's type; none if chats do not come in it.
    pub(super) fn of(exhibit: &Exhibit) -> Option<Container> {
        match exhibit.media_type.parse() {
            Ok(MediaType::Text) => Some(Container::Text),
            Ok(MediaType::Zip) => Some(Container::Archive),
            _ => None,
        }
    }
}

/// An exhibit that may be a chat, and its matter.
pub(super) struct Found {
    pub(super) opened: Opened,
    pub(super) exhibit: Exhibit,
    pub(super) container: Container,
}

/// Finds an exhibit of a matter that the officer may open.
pub(super) async fn find(app: &App, officer: &Officer, id: &str, no: &str) -> Result<Found, PageError> {
    found_in(open(app, officer, id).await?, no)
}

/// Finds an exhibit of a matter that was opened.
pub(super) fn found_in(opened: Opened, no: &str) -> Result<Found, PageError> {
    let no = ExhibitNo(number(no)?);
    let exhibit = opened.docket.matter.exhibit(no).cloned().ok_or(PageError::NotFound)?;
    let container = Container::of(&exhibit).ok_or_else(|| PageError::BadRequest(NO_CHAT.to_owned()))?;
    Ok(Found { opened, exhibit, container })
}

impl Found {
    /// Its bytes, hashed before anything of them is read.
    pub(super) async fn file(&self, app: &App) -> Result<BlobFile, PageError> {
        Ok(app.store.blob_file(&self.exhibit.sha256).await?)
    }
}

/// A chat that can be read as often as needed.
pub(super) enum Export {
    Text { file: BlobFile, plan: Box<Plan> },
    Archive(Box<Archive<BlobFile>>),
}

impl Export {
    /// Learns how it is to be read.
    pub(super) fn open(mut file: BlobFile, container: Container, options: &Options) -> Result<Export, ChatError> {
        match container {
            Container::Text => {
                let plan = Box::new(survey(&mut file, options)?);
                Ok(Export::Text { file, plan })
            }
            Container::Archive => Ok(Export::Archive(Box::new(Archive::glance(file, options)?))),
        }
    }

    /// Hands the messages over until it is told to stop.
    pub(super) fn read(&mut self, each: impl FnMut(Message<'_>) -> ControlFlow<()>) -> Result<Summary, ChatError> {
        match self {
            Export::Text { file, plan } => {
                file.rewind().map_err(ChatError::Read)?;
                plan.read(file, each)
            }
            Export::Archive(archive) => archive.read(each),
        }
    }
}

/// Reads where waiting holds nobody up.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ChatError> + Send + 'static,
) -> Result<T, PageError> {
    let _turn = READERS.acquire().await.map_err(|_| PageError::Internal)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| PageError::Internal)?.map_err(refused)
}

/// Why there is no chat to see, for the officer.
pub(super) fn refused(error: ChatError) -> PageError {
    match error {
        ChatError::Read(_) => {
            tracing::error!(error = %chain(&error), "a chat export could not be read");
            PageError::Internal
        }
        ChatError::Order { against, .. } => PageError::BadRequest(format!(
            "Urutan tanggal itu tidak mungkin untuk berkas ini: {against} tanggal tidak ada bila dibaca begitu. Kembali, lalu \
             pilih urutan lain."
        )),
        other => PageError::BadRequest(format!("Bukti ini tidak terbaca sebagai percakapan: {other}.")),
    }
}
