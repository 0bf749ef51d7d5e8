//! A sheet: what a form says, apart from how it looks.

use crate::letterhead::Letterhead;

/// A form filled from a docket.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "formulir")]
pub struct Sheet {
    /// Form code, e.g. `B.1`; none where the packs name none.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Where the layout comes from.
    pub layout: Layout,
    /// The article that orders the step; empty if no pack covers the day.
    pub cite: String,
    /// Number of the paper. An empty one is to be filled in by hand; none means that this kind of
    /// paper has no number of its own.
    pub number: Option<String>,
    /// The office on top; none for papers without letterhead, such as Form A.
    pub letterhead: Option<Letterhead>,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
    /// Town and day over the signatures.
    pub place_and_date: String,
    /// Who signs.
    pub signers: Vec<Signer>,
    /// The line at the bottom.
    pub foot: Foot,
}

impl Sheet {
    /// Code, title and number in one line: for windows, lists and file descriptions.
    pub fn heading(&self) -> String {
        let code = self.code.as_deref().map(|c| format!("{c} ")).unwrap_or_default();
        let number = self.number.as_deref().filter(|n| !n.is_empty());
        let number = number.map(|n| format!(" · {n}")).unwrap_or_default();
        format!("{code}{}{number}", self.title)
    }
}

/// Where a layout comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// As the annex of the regulation prints it.
    Official,
    /// Put together from the list of fields; the annex was not seen as a whole.
    Reconstructed,
}

impl Layout {
    /// What the foot says about it.
    pub fn note(self) -> Option<&'static str> {
        match self {
            Layout::Official => None,
            Layout::Reconstructed => Some("tata letak disusun ulang dari daftar isian"),
        }
    }
}

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading over what follows.
    Heading(String),
    /// Labels with values. An empty value is a line to be filled in by hand.
    Fields(Vec<(String, String)>),
    /// Running text; see [`paragraphs`].
    Text(String),
    /// Fixed wording, the same on every such form. A printed form has its own in the place of it.
    Prose(String),
    /// A warning about the paper itself: that it was corrected.
    Notice(String),
    /// Items one below the other.
    List {
        /// Whether they are numbered.
        ordered: bool,
        /// The items.
        items: Vec<String>,
    },
    /// A table; every row has as many cells as the head.
    Table {
        /// Column titles.
        head: Vec<String>,
        /// Rows.
        rows: Vec<Vec<String>>,
    },
}

/// The paragraphs of a running text: blank lines part them, single line breaks stay inside.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim_end) {
        match (line.is_empty(), list.last_mut()) {
            (true, _) => open = false,
            (false, Some(paragraph)) if open => {
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            (false, _) => {
                list.push(line.to_owned());
                open = true;
            }
        }
    }
    list
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// As what.
    pub role: String,
    /// Name; empty where the docket does not know it.
    pub name: String,
}

/// The line at the bottom of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foot {
    /// The matter's number; its id while it has none.
    pub matter_number: String,
    /// Form code, or that there is none.
    pub form_code: String,
    /// When the act was recorded, in the office's local time.
    pub recorded: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(paragraphs("a\nb\n\n\nc\r\n \nd"), ["a\nb", "c", "d"]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn a_heading_leaves_out_what_is_not_there() {
        let mut sheet = Sheet {
            code: Some("B.1".to_owned()),
            title: "Formulir Laporan".to_owned(),
            layout: Layout::Reconstructed,
            cite: String::new(),
            number: Some(String::new()),
            letterhead: None,
            blocks: Vec::new(),
            place_and_date: String::new(),
            signers: Vec::new(),
            foot: Foot { matter_number: String::new(), form_code: String::new(), recorded: String::new() },
        };
        assert_eq!(sheet.heading(), "B.1 Formulir Laporan");
        sheet.code = None;
        sheet.number = Some("001".to_owned());
        assert_eq!(sheet.heading(), "Formulir Laporan · 001");
    }
}
