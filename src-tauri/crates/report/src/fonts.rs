use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use resvg::usvg::fontdb;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

use crate::ReportError;

/// Family of the shipped sans face (黑体): charts, labels, table heads.
pub(crate) const SANS: &str = "Noto Sans CJK SC";
/// Family of the shipped serif face (宋体), regular and bold: titles and running text.
pub(crate) const SERIF: &str = "Noto Serif CJK SC";

/// Printed in place of a character that no loaded font holds: the printers' sign for it.
pub(crate) const SUBSTITUTE: &str = "〓";

/// The fonts that papers and pictures are set in. Load once, share by reference or clone (cheap).
#[derive(Clone)]
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
    drawing: Vec<FontInstance>,
    database: Arc<fontdb::Database>,
}

impl Fonts {
    /// Loads every `.otf`, `.ttf` and `.ttc` file of `dir`, in the order of their names.
    ///
    /// # Errors
    /// [`ReportError::FontsUnreadable`] when the folder or a file cannot be read,
    /// [`ReportError::FontMissing`] when one of the two shipped families is absent.
    pub fn load(dir: &Path) -> Result<Fonts, ReportError> {
        let unreadable = |source| ReportError::FontsUnreadable {
            path: dir.to_owned(),
            source,
        };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if is_font(&path) {
                paths.push(path);
            }
        }
        paths.sort();
        let fonts = Fonts::from_files(&paths)?;
        for family in [SANS, SERIF] {
            if !fonts.book.contains_family(&family.to_lowercase()) {
                return Err(ReportError::FontMissing {
                    path: dir.to_owned(),
                    family,
                });
            }
        }
        Ok(fonts)
    }

    /// Adds faces of the host, such as the system's 仿宋, which the papers prefer where present. A file that cannot
    /// be read is left out: the shipped faces can print everything.
    #[must_use]
    pub fn with_files(&self, paths: &[PathBuf]) -> Fonts {
        let mut faces = self.faces.clone();
        for path in paths {
            if let Ok(more) = Fonts::from_files(std::slice::from_ref(path)) {
                faces.extend(more.faces);
            }
        }
        Fonts::from_faces(faces)
    }

    fn from_files(paths: &[PathBuf]) -> Result<Fonts, ReportError> {
        let mut faces = Vec::new();
        for path in paths {
            let data = std::fs::read(path).map_err(|source| ReportError::FontsUnreadable {
                path: path.clone(),
                source,
            })?;
            faces.extend(Font::iter(Bytes::new(data)));
        }
        Ok(Fonts::from_faces(faces))
    }

    fn from_faces(faces: Vec<Font>) -> Fonts {
        let mut database = fontdb::Database::new();
        for face in faces.iter().filter(|face| face.index() == 0) {
            // The bytes are shared with the typesetter, not copied.
            database.load_font_source(fontdb::Source::Binary(Arc::new(face.data().clone())));
        }
        database.set_sans_serif_family(SANS);
        database.set_serif_family(SERIF);
        let book = LazyHash::new(FontBook::from_fonts(&faces));
        let variations = FontVariations::default();
        let drawing = faces
            .iter()
            .map(|face| {
                face.clone()
                    .instantiate(FontVariant::default(), Abs::pt(10.0), &variations)
            })
            .collect();
        Fonts {
            book,
            faces,
            drawing,
            database: Arc::new(database),
        }
    }

    /// The same faces for the SVG rasteriser.
    pub(crate) fn database(&self) -> Arc<fontdb::Database> {
        Arc::clone(&self.database)
    }

    /// The characters of `text` that no loaded face can draw, each once.
    #[must_use]
    pub fn missing_in(&self, text: &str) -> BTreeSet<char> {
        text.chars()
            .filter(|c| !c.is_control() && !c.is_whitespace() && *c != '\u{200b}')
            .filter(|c| {
                // The glyph itself is looked up: a face may list a character and yet not map it.
                !self
                    .drawing
                    .iter()
                    .any(|face| face.ttf().glyph_index(*c).is_some())
            })
            .collect()
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts")
            .field("faces", &self.faces.len())
            .finish()
    }
}

fn is_font(path: &Path) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| ["otf", "ttf", "ttc"].contains(&e.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::OnceLock;

    /// The shipped fonts, loaded once for all tests.
    pub(crate) fn shipped() -> &'static Fonts {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| {
            Fonts::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"))
                .expect("shipped fonts load")
        })
    }

    #[test]
    fn shipped_fonts_cover_names_of_extension_a_but_not_b() {
        let missing = shipped().missing_in("五交化 㐂䶮 Abc 12.5㎡ ≥ → − 〓 𬭎𠮷");
        assert_eq!(missing, BTreeSet::from(['𬭎', '𠮷']));
    }

    #[test]
    fn glyphs_with_high_numbers_are_found() {
        assert_eq!(
            shipped().missing_in("造院面配集违补路街道添：≥"),
            BTreeSet::new()
        );
    }

    #[test]
    fn a_font_of_the_host_that_is_no_font_is_left_out() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let broken = dir.path().join("simfang.ttf");
        std::fs::write(&broken, b"no font").expect("written");
        let shipped_files =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/NotoSansSC-gb18030.otf");
        let fonts = shipped().with_files(&[broken, dir.path().join("absent.ttf"), shipped_files]);
        assert_eq!(fonts.faces.len(), shipped().faces.len() + 1);
    }

    #[test]
    fn a_folder_without_fonts_is_refused_by_family() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let refused = Fonts::load(dir.path()).expect_err("no fonts there");
        assert!(matches!(
            refused,
            ReportError::FontMissing { family: SANS, .. }
        ));
        let absent = Fonts::load(&dir.path().join("absent")).expect_err("no folder there");
        assert!(matches!(absent, ReportError::FontsUnreadable { .. }));
    }
}
