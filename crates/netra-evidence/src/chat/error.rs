//! Why a file is not read as a chat.

use std::io;

use zip::result::ZipError;

use super::DateOrder;

/// Why there are no messages: what is wrong and how to mend it, for the person who brought the file.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// No line looks like the header of a message.
    #[error(
        "tidak ada baris yang berbentuk pesan WhatsApp; ekspor lagi dari WhatsApp (Info grup > Ekspor chat) dan berikan \
         berkas .txt atau .zip itu apa adanya"
    )]
    NoMessages,
    /// The dates cannot be in the order that was asked for.
    #[error(
        "urutan tanggal {order} tidak mungkin untuk berkas ini: {against} tanggal tidak ada bila dibaca begitu; \
         hilangkan --date-order atau pilih urutan lain"
    )]
    Order {
        /// The order that was asked for.
        order: DateOrder,
        /// How many dates speak against it.
        against: u64,
    },
    /// The file cannot be read.
    #[error("berkas tidak dapat dibaca sampai selesai; salin ulang dari sumbernya")]
    Read(#[source] io::Error),
    /// The archive is damaged, or of a kind that is not read.
    #[error("arsip ZIP tidak terbaca; minta berkas aslinya, tanpa kata sandi dan tidak dikemas ulang")]
    Archive(#[source] ZipError),
    /// No text in the archive is a chat.
    #[error(
        "tidak ada berkas teks dalam arsip yang berbentuk pesan WhatsApp; berikan ZIP hasil \"Ekspor chat\" apa adanya"
    )]
    NoChat,
    /// There are more files in the archive than is sensible.
    #[error("arsip berisi {count} berkas, melebihi batas {limit}; ini bukan hasil \"Ekspor chat\"")]
    TooManyMembers {
        /// Number of files.
        count: usize,
        /// The most that are read.
        limit: usize,
    },
    /// The archive unpacks to far more than its size allows.
    #[error(
        "isi arsip mengembang lebih dari {limit} bita, tidak wajar untuk ukurannya; jangan dibuka, hubungi pengirim"
    )]
    TooLarge {
        /// The most bytes that are unpacked.
        limit: u64,
    },
}
