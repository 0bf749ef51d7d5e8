//! Names and kinds of files in archives: which ones are left alone.

/// Whether an entry is a file or a folder, and no link or device; many archives do not say.
pub(crate) fn is_plain(unix_mode: Option<u32>) -> bool {
    matches!(unix_mode.unwrap_or(0) & 0o170_000, 0 | 0o040_000 | 0o100_000)
}

/// Whether a name stays inside the folder that an archive would be unpacked to, on every system.
pub(crate) fn is_safe(name: &str) -> bool {
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    let absolute = name.starts_with(['/', '\\']);
    let mut parts = name.split(['/', '\\']);
    !name.is_empty() && !drive && !absolute && !name.contains('\0') && parts.all(|part| part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere() {
        for name in ["a.jpg", "media/a.jpg", "a..b.jpg", "..a", "Surat: Tugas.pdf", "C"] {
            assert!(is_safe(name), "{name}");
        }
        for name in [
            "",
            "../a",
            "../a.jpg",
            "a/../../b",
            "a/..",
            "/etc/passwd",
            "\\\\server\\a",
            "..\\a",
            "C:\\a",
            "c:a",
            "a\0.jpg",
        ] {
            assert!(!is_safe(name), "{name}");
        }
    }

    #[test]
    fn links_and_devices() {
        for mode in [None, Some(0o100_644), Some(0o040_755), Some(0o644)] {
            assert!(is_plain(mode), "{mode:?}");
        }
        for mode in [0o120_777, 0o020_644, 0o010_644] {
            assert!(!is_plain(Some(mode)), "{mode:o}");
        }
    }
}
