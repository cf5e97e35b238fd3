//! The small world a template is compiled in: its own text, the shared base, the data as JSON, and
//! whatever pictures the document brings along. Nothing is read from the disk or the network.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::Fonts;

/// Parts that every template may import.
const BASE: &str = include_str!("../../templates/base.typ");

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

pub(super) struct Desk<'a> {
    fonts: &'a Fonts,
    main: Source,
    base: Source,
    files: HashMap<FileId, Bytes>,
}

impl<'a> Desk<'a> {
    /// Lays `template` on the desk with its `files`, each under a bare name such as `data.json`.
    pub(super) fn new(fonts: &'a Fonts, template: &str, files: &[(&str, Vec<u8>)]) -> Desk<'a> {
        Desk {
            fonts,
            main: Source::new(named("main.typ"), template.to_owned()),
            base: Source::new(named("base.typ"), BASE.to_owned()),
            files: files
                .iter()
                .map(|(name, bytes)| (named(name), Bytes::new(bytes.clone())))
                .collect(),
        }
    }
}

fn named(name: &str) -> FileId {
    let path =
        VirtualPath::new(name).expect("names of files on the desk are written in this crate");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.base]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(absent)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(absent)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent() -> FileError {
    FileError::Other(Some("not on the desk".into()))
}
