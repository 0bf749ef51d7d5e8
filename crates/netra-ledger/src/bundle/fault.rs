//! What can be wrong with a bundle that somebody sent.

use zip::result::ZipError;

use super::FORMAT;
use super::proof::LogProofFault;
use crate::checkpoint::CheckpointError;
use crate::note::{KeyName, NoteError};
use crate::path::DossierPath;
use crate::tree::ProofError;

/// The first thing found wrong with a bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleFault {
    /// Not an archive, cut short, or with parts that contradict one another.
    #[error("this is not a whole zip archive; ask the sender for the file again")]
    NotZip(#[source] ZipError),
    /// Bytes before the archive or a comment after it.
    #[error("there is something before or after the archive; ask the sender for the file again")]
    Surrounded,
    /// More files than the receiver is willing to look at.
    #[error("the archive has more than {limit} files, or too long a list of them; do not unpack it")]
    TooManyFiles {
        /// The receiver's limit.
        limit: usize,
    },
    /// More content than the receiver is willing to unpack.
    #[error("the archive unpacks to more than {limit} bytes; do not unpack it")]
    TooLarge {
        /// The receiver's limit in bytes.
        limit: u64,
    },
    /// A small file that unpacks to a huge one.
    #[error("'{path}' unpacks to more than {ratio} times its size; do not unpack the archive")]
    Bomb {
        /// Which file.
        path: String,
        /// The receiver's limit.
        ratio: u64,
    },
    /// An entry that must not be unpacked: a link, a folder, encrypted, or a path that leads elsewhere.
    #[error("the archive has an entry at {0:?}, which is no plain file inside its one folder; do not unpack it")]
    PathUnsafe(String),
    /// Two entries with one name, or names that differ in capitals only.
    #[error("the archive has two entries at {0}; do not unpack it")]
    NameTwice(String),
    /// A file that must be there.
    #[error("'{0}' was removed: the bundle lacks it")]
    FileMissing(DossierPath),
    /// A file that no list names.
    #[error("'{0}' was added: no list of the bundle names it")]
    FileAdded(DossierPath),
    /// A file whose bytes are not those of its digest, or cannot be read any more.
    #[error("'{0}' was changed or damaged: its bytes are not those of its digest")]
    FileChanged(DossierPath),
    /// A file of the bag that is not of its form.
    #[error("'{path}' is not of the form that BagIt asks for, at line {line}")]
    TagUnreadable {
        /// Which file.
        path: DossierPath,
        /// The line, counted from 1.
        line: usize,
    },
    /// The payload is not as large as the bag says.
    #[error("bag-info.txt tells of another number of bytes or files than there are below data/")]
    OxumDiffers,
    /// The description is not readable.
    #[error("netra/bundle.json cannot be read")]
    AboutUnreadable(#[source] serde_json::Error),
    /// The description is of a layout that this program does not know.
    #[error("netra/bundle.json has the format {0:?}; this program reads {FORMAT}, a newer one may read it")]
    FormatUnknown(String),
    /// The description lists other files or digests than the manifest.
    #[error("netra/bundle.json and manifest-sha256.txt do not agree on '{0}'")]
    AboutDiffers(DossierPath),
    /// The signature is no note, or does not fit.
    #[error("the signature of the bundle does not hold")]
    Signature(#[source] NoteError),
    /// What was signed is not what the bundle holds.
    #[error("what was signed is not the list of this bundle: the signature belongs to another one")]
    SignedOther,
    /// The key has another name than the sender.
    #[error("the bundle says that {from} sends it, and is signed with a key of {key}")]
    SenderDiffers {
        /// The sender.
        from: KeyName,
        /// The name of the key.
        key: KeyName,
    },
    /// The checkpoint is not one of the ledger.
    #[error("the checkpoint of the ledger cannot be opened")]
    Checkpoint(#[source] CheckpointError),
    /// No act at all.
    #[error("there is no act in the bundle")]
    NoActs,
    /// Acts are numbered from 1 without gaps.
    #[error("the acts are not numbered from 1 without gaps: '{0}' is out of its place")]
    ActsNumbered(DossierPath),
    /// A proof that is not of its form.
    #[error("'{path}' is no proof")]
    ProofUnreadable {
        /// Which proof.
        path: DossierPath,
        /// Why.
        #[source]
        source: LogProofFault,
    },
    /// A proof that leads to another checkpoint than the bundle's.
    #[error("'{0}' has another checkpoint than the bundle")]
    OtherCheckpoint(DossierPath),
    /// A proof that does not lead from the act to the root.
    #[error("'{path}' does not show that the act stands in the ledger")]
    Proof {
        /// Which proof.
        path: DossierPath,
        /// Why.
        #[source]
        source: ProofError,
    },
    /// An act that was recorded before the one that precedes it.
    #[error("'{0}' stands in the ledger before the act that precedes it")]
    ActsOutOfOrder(DossierPath),
    /// The second thread ended early.
    #[error("checking was cut off; try again")]
    CutOff,
}

impl BundleFault {
    /// The word in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            BundleFault::NotZip(_) => "not-zip",
            BundleFault::Surrounded => "surrounded",
            BundleFault::TooManyFiles { .. } => "too-many-files",
            BundleFault::TooLarge { .. } => "too-large",
            BundleFault::Bomb { .. } => "bomb",
            BundleFault::PathUnsafe(_) => "path-unsafe",
            BundleFault::NameTwice(_) => "name-twice",
            BundleFault::FileMissing(_) => "file-missing",
            BundleFault::FileAdded(_) => "file-added",
            BundleFault::FileChanged(_) => "file-changed",
            BundleFault::TagUnreadable { .. } => "tag-unreadable",
            BundleFault::OxumDiffers => "oxum-differs",
            BundleFault::AboutUnreadable(_) => "about-unreadable",
            BundleFault::FormatUnknown(_) => "format-unknown",
            BundleFault::AboutDiffers(_) => "about-differs",
            BundleFault::Signature(_) => "signature",
            BundleFault::SignedOther => "signed-other",
            BundleFault::SenderDiffers { .. } => "sender-differs",
            BundleFault::Checkpoint(_) => "checkpoint",
            BundleFault::NoActs => "no-acts",
            BundleFault::ActsNumbered(_) => "acts-numbered",
            BundleFault::ProofUnreadable { .. } => "proof-unreadable",
            BundleFault::OtherCheckpoint(_) => "other-checkpoint",
            BundleFault::Proof { .. } => "proof",
            BundleFault::ActsOutOfOrder(_) => "acts-out-of-order",
            BundleFault::CutOff => "cut-off",
        }
    }

    /// The file in which it was found, if it is about one.
    pub fn file(&self) -> Option<&str> {
        match self {
            BundleFault::Bomb { path, .. } | BundleFault::PathUnsafe(path) | BundleFault::NameTwice(path) => Some(path),
            BundleFault::FileMissing(path)
            | BundleFault::FileAdded(path)
            | BundleFault::FileChanged(path)
            | BundleFault::TagUnreadable { path, .. }
            | BundleFault::AboutDiffers(path)
            | BundleFault::ActsNumbered(path)
            | BundleFault::ProofUnreadable { path, .. }
            | BundleFault::OtherCheckpoint(path)
            | BundleFault::Proof { path, .. }
            | BundleFault::ActsOutOfOrder(path) => Some(path.as_str()),
            _ => None,
        }
    }

    /// The finding as an Indonesian reader needs it: what is wrong, and what to do.
    pub fn indonesian(&self) -> String {
        match self {
            BundleFault::NotZip(_) => "Berkas ini bukan arsip ZIP yang utuh. Minta pengirim mengirim ulang.".to_owned(),
            BundleFault::Surrounded => {
                "Ada isi lain di depan atau di belakang arsip. Minta pengirim mengirim ulang.".to_owned()
            }
            BundleFault::TooManyFiles { limit } => {
                format!("Arsip memuat lebih dari {limit} berkas, atau daftarnya terlalu panjang. Jangan dibuka.")
            }
            BundleFault::TooLarge { limit } => {
                format!("Isi arsip lebih dari {limit} bita. Jangan dibuka; hubungi pengirim.")
            }
            BundleFault::Bomb { path, ratio } => {
                format!("'{path}' mengembang lebih dari {ratio} kali ukurannya. Jangan dibuka; hubungi pengirim.")
            }
            BundleFault::PathUnsafe(path) => format!(
                "Arsip memuat {path:?}, yang bukan berkas biasa di dalam satu foldernya. Jangan dibuka; hubungi pengirim."
            ),
            BundleFault::NameTwice(path) => {
                format!("Arsip memuat dua berkas bernama {path}. Jangan dibuka; hubungi pengirim.")
            }
            BundleFault::FileMissing(path) => format!("'{path}' hilang dari bundel. Minta bundel aslinya."),
            BundleFault::FileAdded(path) => {
                format!("'{path}' ditambahkan: tidak tercantum dalam daftar mana pun. Minta bundel aslinya.")
            }
            BundleFault::FileChanged(path) => {
                format!("'{path}' berubah atau rusak: isinya tidak sama dengan sidiknya. Minta bundel aslinya.")
            }
            BundleFault::TagUnreadable { path, line } => {
                format!("'{path}' tidak sesuai bentuk BagIt pada baris {line}. Minta pengirim mengirim ulang.")
            }
            BundleFault::OxumDiffers => {
                "Jumlah bita atau berkas dalam bag-info.txt berbeda dari isi data/. Minta bundel aslinya.".to_owned()
            }
            BundleFault::AboutUnreadable(_) => {
                "netra/bundle.json tidak terbaca. Minta pengirim mengirim ulang.".to_owned()
            }
            BundleFault::FormatUnknown(format) => format!(
                "Bundel berformat {format:?}, yang belum dikenal. Periksa dengan versi program yang lebih baru."
            ),
            BundleFault::AboutDiffers(path) => {
                format!("netra/bundle.json dan manifest-sha256.txt berbeda tentang '{path}'. Minta bundel aslinya.")
            }
            BundleFault::Signature(_) => {
                "Tanda tangan bundel tidak cocok. Jangan diandalkan; simpan sebagai bukti dan hubungi pengirim."
                    .to_owned()
            }
            BundleFault::SignedOther => {
                "Tanda tangan ini milik bundel lain. Jangan diandalkan; hubungi pengirim.".to_owned()
            }
            BundleFault::SenderDiffers { from, key } => {
                format!("Bundel mengaku dikirim {from}, tetapi ditandatangani dengan kunci {key}. Jangan diandalkan.")
            }
            BundleFault::Checkpoint(_) => {
                "Titik periksa buku tindakan tidak terbuka dengan kunci yang disebut. Minta bundel aslinya.".to_owned()
            }
            BundleFault::NoActs => "Bundel tidak memuat satu tindakan pun. Minta pengirim mengirim ulang.".to_owned(),
            BundleFault::ActsNumbered(path) => {
                format!("Tindakan tidak bernomor urut dari 1: '{path}' tidak pada tempatnya. Minta bundel aslinya.")
            }
            BundleFault::ProofUnreadable { path, .. } => {
                format!("'{path}' bukan bukti pencatatan yang terbaca. Minta bundel aslinya.")
            }
            BundleFault::OtherCheckpoint(path) => {
                format!("'{path}' menunjuk titik periksa lain daripada bundel. Minta bundel aslinya.")
            }
            BundleFault::Proof { path, .. } => {
                format!("'{path}' tidak membuktikan bahwa tindakannya tercatat. Jangan diandalkan; hubungi pengirim.")
            }
            BundleFault::ActsOutOfOrder(path) => {
                format!("'{path}' tercatat mendahului tindakan sebelumnya. Jangan diandalkan; hubungi pengirim.")
            }
            BundleFault::CutOff => "Pemeriksaan terputus. Coba lagi.".to_owned(),
        }
    }
}
