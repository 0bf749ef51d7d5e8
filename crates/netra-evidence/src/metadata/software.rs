//! Programs that files name, and whether they are made for changing what is shown.

use serde::Serialize;

/// A program that a file names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Software {
    /// As the file names it.
    pub name: String,
    /// What it is made for, as far as it is known.
    pub kind: SoftwareKind,
}

/// What a program is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SoftwareKind {
    /// Changing pictures, videos or finished documents.
    Editor,
    /// Writing videos and sounds anew; messengers and converters use them too.
    Encoder,
    /// Something else, or unknown: the program of a camera, a word processor.
    Other,
}

/// Parts of names, in small letters.
const EDITORS: [&str; 44] = [
    "photoshop",
    "lightroom",
    "premiere",
    "after effects",
    "illustrator",
    "gimp",
    "snapseed",
    "picsart",
    "canva",
    "capcut",
    "inshot",
    "kinemaster",
    "vsco",
    "meitu",
    "beautyplus",
    "faceapp",
    "facetune",
    "remini",
    "pixlr",
    "pixellab",
    "photopea",
    "photoscape",
    "paint.net",
    "mspaint",
    "krita",
    "inkscape",
    "coreldraw",
    "corel paint",
    "affinity",
    "pixelmator",
    "polarr",
    "picmonkey",
    "fotor",
    "photodirector",
    "powerdirector",
    "davinci resolve",
    "filmora",
    "imovie",
    "final cut",
    "vivavideo",
    "ilovepdf",
    "sejda",
    "pdfescape",
    "phantompdf",
];

const ENCODERS: [&str; 6] = ["lavf", "lavc", "handbrake", "x264", "imagemagick", "ffmpeg"];

impl Software {
    /// A program by the name that a file gives.
    pub fn named(name: String) -> Software {
        let small = name.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| small.contains(part));
        let kind = if has(&EDITORS) {
            SoftwareKind::Editor
        } else if has(&ENCODERS) {
            SoftwareKind::Encoder
        } else {
            SoftwareKind::Other
        };
        Software { name, kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_by_their_names() {
        let table = [
            ("Adobe Photoshop 25.0 (Windows)", SoftwareKind::Editor),
            ("GIMP 2.10.34", SoftwareKind::Editor),
            ("Snapseed 2.0", SoftwareKind::Editor),
            ("Lavf58.76.100", SoftwareKind::Encoder),
            ("A536EXXU5CWB6", SoftwareKind::Other),
            ("Microsoft Word", SoftwareKind::Other),
            ("17.1.2", SoftwareKind::Other),
        ];
        for (name, expected) in table {
            assert_eq!(Software::named(name.to_owned()).kind, expected, "{name}");
        }
    }
}
