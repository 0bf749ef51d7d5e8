//! The files of `forms/`: part of the program, or read from a folder while somebody works on them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::error::PressError;

macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        /// Path below `forms/` and text.
        const EMBEDDED: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../../forms/", $path)))),+];
    };
}

embedded! {
    "forms.toml",
    "lib/berkas.typ",
    "lib/formulir.typ",
    "pemilu-2022/b-1.typ",
    "pemilu-2022/b-10.typ",
    "pemilu-2022/b-11.typ",
    "pemilu-2022/b-2.typ",
    "pemilu-2022/b-3.typ",
    "pengawasan-2022/a.typ",
    "pilkada-2020/a-1.typ",
    "pilkada-2020/a-13.typ",
    "pilkada-2020/a-2.typ",
    "pilkada-2020/a-3.typ",
    "pilkada-2024/a-1.typ",
    "umum/bukti.typ",
    "umum/catatan.typ",
    "umum/gakkumdu.typ",
    "umum/imbauan.typ",
    "umum/informasi-awal.typ",
    "umum/jadi-informasi-awal.typ",
    "umum/jawaban-saran.typ",
    "umum/kajian-awal.typ",
    "umum/kajian.typ",
    "umum/kelengkapan.typ",
    "umum/ketidakhadiran.typ",
    "umum/klarifikasi.typ",
    "umum/lembar.typ",
    "umum/pelimpahan.typ",
    "umum/pembetulan.typ",
    "umum/pencabutan.typ",
    "umum/pencalonan.typ",
    "umum/pencegahan.typ",
    "umum/penerusan-administrasi.typ",
    "umum/penerusan-etik.typ",
    "umum/penerusan-pidana.typ",
    "umum/penerusan.typ",
    "umum/pengambilalihan.typ",
    "umum/perpanjangan.typ",
    "umum/pidana.typ",
    "umum/pleno.typ",
    "umum/registrasi.typ",
    "umum/rekomendasi.typ",
    "umum/saran-perbaikan.typ",
    "umum/siaran.typ",
    "umum/statistik.typ",
    "umum/status.typ",
    "umum/sumpah-ahli.typ",
    "umum/sumpah.typ",
    "umum/surat-tugas.typ",
    "umum/tanda-bukti-perbaikan.typ",
    "umum/tanda-terima.typ",
    "umum/tenggat.typ",
    "umum/tidak-diregistrasi.typ",
    "umum/tindak-lanjut.typ",
    "umum/undangan.typ",
}

/// Texts of the catalogue and the templates by their paths below `forms/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates(BTreeMap<String, String>);

impl Templates {
    /// Those that are part of the program.
    pub fn embedded() -> Templates {
        Templates(EMBEDDED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    /// Those of a folder that looks like `forms/`: a change needs no new program.
    ///
    /// # Errors
    /// The folder or a file in it can't be read.
    pub fn from_folder(folder: &Path) -> Result<Templates, PressError> {
        let mut files = BTreeMap::new();
        take(folder, "", &mut files)?;
        Ok(Templates(files))
    }

    /// With one text added or put in the place of another.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Templates {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Without a text.
    #[must_use]
    pub fn without(mut self, path: &str) -> Templates {
        self.0.remove(path);
        self
    }

    /// The text at a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Paths and texts of the templates.
    pub(crate) fn typst(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(|(path, _)| path.ends_with(".typ")).map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

fn take(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), PressError> {
    let fault = |path: &Path, source| PressError::Folder { path: path.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(|e| fault(folder, e))? {
        let entry = entry.map_err(|e| fault(folder, e))?;
        let path = entry.path();
        let place = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            take(&path, &format!("{place}/"), files)?;
        } else if place.ends_with(".typ") || place.ends_with(".toml") {
            let text = fs::read_to_string(&path).map_err(|e| fault(&path, e))?;
            files.insert(place, text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_and_the_program_hold_the_same() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
        assert_eq!(Templates::from_folder(&folder).unwrap(), Templates::embedded());
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = Templates::from_folder(Path::new("/tidak/ada")).unwrap_err();
        assert!(error.to_string().contains("/tidak/ada"), "{error}");
    }
}
