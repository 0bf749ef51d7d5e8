//! What a template can see: the templates, the data, the fonts, and nothing else.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::FONTS;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Where templates find the data. Interned once: typst keeps every path for ever and has room for 65 535.
static DATA: LazyLock<Option<FileId>> = LazyLock::new(|| file_id("data.json"));

/// The id of a path below the root; none for a path that leaves it.
pub(crate) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(format!("/{path}")).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One rendering.
pub(crate) struct Sheet<'a> {
    /// The template.
    pub(crate) main: FileId,
    /// All templates.
    pub(crate) sources: &'a HashMap<FileId, Source>,
    /// What `json("/data.json")` reads.
    pub(crate) data: Bytes,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.list.get(index).cloned()
    }

    /// Papers bring their dates along.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
