//! A document in the making: its parts are set one after the other, and what is done with is let go.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::json;
use typst::layout::Point;
use typst_layout::{Page, PagedDocument};

use super::{Composed, Paper, clean, compile, has_text, proof, substitute};
use crate::{Fonts, ReportError};

/// Compilations that cached layouts outlive.
const CACHE_AGE: usize = 4;
/// Draws the page numbers of a part that was set in several goes.
const NUMBERS: &str = include_str!("../../templates/numbers.typ");

/// A part that is set and not yet kept.
pub(crate) struct Volume {
    document: PagedDocument,
    proof: proof::Proof,
    missing: BTreeSet<char>,
}

impl Volume {
    /// Number of its pages.
    pub(crate) fn page_count(&self) -> usize {
        self.document.pages().len()
    }

    /// The first row that begins on a page, as the template counts them.
    pub(crate) fn first_row_on(&self, page: usize) -> Option<usize> {
        self.proof.rows.get(page)?.iter().min().copied()
    }
}

/// The pages made so far, with what was found on them.
pub(crate) struct Job<'a> {
    fonts: &'a Fonts,
    checksum: String,
    name: String,
    generated_at: DateTime<FixedOffset>,
    first: Option<PagedDocument>,
    volumes: usize,
    pages: Vec<Page>,
    texts: Vec<String>,
    missing: BTreeSet<char>,
    families: BTreeSet<String>,
    cut: BTreeSet<String>,
    /// Since when pages wait for their numbers: how many there are with how many 缺字.
    unnumbered: Vec<(usize, usize)>,
}

impl<'a> Job<'a> {
    /// An empty document whose papers bear `checksum`.
    pub(crate) fn new(fonts: &'a Fonts, checksum: String) -> Self {
        Self {
            fonts,
            checksum,
            name: String::new(),
            generated_at: DateTime::default(),
            first: None,
            volumes: 0,
            pages: Vec::new(),
            texts: Vec::new(),
            missing: BTreeSet::new(),
            families: BTreeSet::new(),
            cut: BTreeSet::new(),
            unnumbered: Vec::new(),
        }
    }

    /// Sets a part. Characters without a glyph are replaced, then it is set again.
    ///
    /// # Errors
    /// [`ReportError::Data`], [`ReportError::Template`].
    pub(crate) fn set<T: Serialize>(
        &mut self,
        paper: &Paper<'_, T>,
    ) -> Result<Volume, ReportError> {
        paper.name.clone_into(&mut self.name);
        self.generated_at = paper.generated_at;
        let mut data = serde_json::to_value(paper.data)?;
        clean(&mut data);
        let mut files = paper.files.clone();
        let fonts = self.fonts;
        let mut missing: BTreeSet<char> = files
            .iter()
            .filter(|(name, _)| has_text(name))
            .flat_map(|(_, bytes)| fonts.missing_in(&String::from_utf8_lossy(bytes)))
            .collect();
        substitute(&mut data, &mut files, &missing);
        let set = |data: &_, files: &[_], missing: &BTreeSet<char>| {
            compile(paper, fonts, data, files, &self.checksum, missing.len())
        };
        let mut document = set(&data, &files, &missing)?;
        let mut proof = proof::read(&document);
        if !proof.missing.is_empty() || !missing.is_empty() {
            missing.append(&mut proof.missing);
            substitute(&mut data, &mut files, &missing);
            document = set(&data, &files, &missing)?;
            proof = proof::read(&document);
        }
        Ok(Volume {
            document,
            proof,
            missing,
        })
    }

    /// Adds the first `pages` of a part.
    pub(crate) fn keep(&mut self, volume: Volume, pages: usize) {
        let Volume {
            document,
            proof,
            mut missing,
        } = volume;
        let count = document.pages().len().min(pages);
        self.unnumbered.push((count, missing.len()));
        self.pages
            .extend(document.pages().iter().take(count).cloned());
        self.texts.extend(proof.texts.into_iter().take(count));
        self.families.extend(proof.fonts);
        self.cut.extend(proof.cut);
        self.missing.append(&mut missing);
        self.first.get_or_insert(document);
        self.volumes += 1;
        typst::comemo::evict(CACHE_AGE);
    }

    /// From here on pages are kept that still lack their numbers.
    pub(crate) fn leave_numbers(&mut self) {
        self.unnumbered.clear();
    }

    /// Counts the pages kept since [`Job::leave_numbers`] through and prints their numbers on them.
    /// `data` tells the sheet and the foot, as the template of the part reads them.
    ///
    /// # Errors
    /// [`ReportError::Data`], [`ReportError::Template`].
    pub(crate) fn number<T: Serialize>(&mut self, data: &T) -> Result<(), ReportError> {
        let runs = std::mem::take(&mut self.unnumbered);
        let data = json!({ "frame": data, "runs": runs });
        let name = self.name.clone();
        let paper = Paper {
            name: &name,
            template: NUMBERS,
            data: &data,
            files: Vec::new(),
            generated_at: self.generated_at,
        };
        let numbers = self.set(&paper)?;
        let from = self.pages.len() - numbers.page_count();
        let pages = self.pages.iter_mut().skip(from);
        for (page, number) in pages.zip(numbers.document.pages()) {
            page.frame.push_frame(Point::zero(), number.frame.clone());
        }
        let texts = self.texts.iter_mut().skip(from);
        for (text, number) in texts.zip(&numbers.proof.texts) {
            text.push_str(number);
        }
        Ok(())
    }

    /// The document.
    ///
    /// # Errors
    /// [`ReportError::Template`] when nothing was kept.
    pub(crate) fn finish(self) -> Result<Composed, ReportError> {
        let Some(mut first) = self.first else {
            return Err(ReportError::Template {
                template: self.name,
                message: "a document without parts".to_owned(),
            });
        };
        let document = match self.volumes {
            1 => first,
            _ => PagedDocument::new(
                self.pages.into_iter().collect(),
                std::mem::take(first.info_mut()),
            ),
        };
        Ok(Composed {
            name: self.name,
            document,
            generated_at: self.generated_at,
            texts: self.texts,
            missing_glyphs: self.missing.into_iter().collect(),
            fonts_used: self.families.into_iter().collect(),
            checksum: self.checksum,
            cut: self.cut.into_iter().collect(),
        })
    }
}
