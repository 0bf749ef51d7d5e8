//! The files of `demo/`, part of the program so that one binary is enough.

macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        /// Path below `demo/` and bytes.
        pub const FILES: &[(&str, &[u8])] = &[$(($path, include_bytes!(concat!("../../../../demo/", $path)))),+];
    };
}

embedded! {
    "accounts.toml",
    "offices.toml",
    "stories/1-ruang-rapat-lantai-tiga/catatan-penelusuran.txt",
    "stories/1-ruang-rapat-lantai-tiga/story.toml",
    "stories/1-ruang-rapat-lantai-tiga/tangkapan-layar-komentar.png",
    "stories/2-pencegahan-pilkada/story.toml",
    "stories/2-pencegahan-pilkada/surat-imbauan-sekda.txt",
    "stories/3-asn-bakal-calon/story.toml",
    "stories/3-asn-bakal-calon/surat-pemantau.txt",
    "stories/3-asn-bakal-calon/tangkapan-layar-pengajuan.png",
    "stories/4-grup-whatsapp/Chat WhatsApp dengan Bidang Contoh.txt",
    "stories/4-grup-whatsapp/story.toml",
    "stories/4-grup-whatsapp/tangkapan-layar-grup.png",
    "stories/5-ketua-rt/story.toml",
    "stories/5-ketua-rt/surat-edaran.txt",
    "stories/5-ketua-rt/tangkapan-layar-undangan.png",
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn every_file_of_the_demo_folder_is_part_of_the_program() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
        let mut missing = Vec::new();
        walk(&root, "", &mut missing);
        assert!(missing.is_empty(), "not embedded: {missing:?}");
    }

    fn walk(dir: &Path, prefix: &str, missing: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).expect("the demo folder is readable") {
            let entry = entry.expect("the demo folder is readable");
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), missing);
            } else if path != "README.md" && !super::FILES.iter().any(|(name, _)| *name == path) {
                missing.push(path);
            }
        }
    }
}
