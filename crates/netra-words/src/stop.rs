//! Words that stand in every text.

/// In alphabetical order.
const WORDS: [&str; 66] = [
    "ada", "adalah", "agar", "akan", "antara", "apa", "atas", "atau", "bagi", "bahwa", "beliau", "bukan", "bisa",
    "dalam", "dan", "dapat", "dari", "dengan", "di", "dia", "harus", "hingga", "ia", "ini", "itu", "jika", "juga",
    "kami", "kamu", "karena", "kata", "ke", "kepada", "kita", "lagi", "lain", "lebih", "maka", "masih", "mereka",
    "namun", "oleh", "pada", "para", "pun", "saat", "saja", "sangat", "saya", "sebagai", "secara", "sedang",
    "sehingga", "sejak", "serta", "sudah", "supaya", "telah", "tersebut", "tetapi", "tidak", "untuk", "yaitu", "yakni",
    "yang", "yth",
];

/// Whether a word in lower case tells nothing about a text.
pub(crate) fn says_nothing(word: &str) -> bool {
    WORDS.contains(&word)
}
