//! The printing press: a Typst template and its data become pages, for every document of the
//! office. The template reads `data.json` (what the document says) and `print.json` (when it was
//! generated, the checksum, how many characters had no glyph) and may import `base.typ`.

mod job;
mod proof;
mod world;

use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use typst_svg::SvgOptions;

pub(crate) use job::Job;

use crate::fonts::SUBSTITUTE;
use crate::{Fonts, ReportError};

/// A document to be set: template, data and pictures.
#[derive(Debug, Clone)]
pub struct Paper<'a, T> {
    /// Name of the template, for error messages and the PDF's identity, such as `one-pager`.
    pub name: &'a str,
    /// The Typst source.
    pub template: &'a str,
    /// Serialised as `data.json`. Control characters become spaces.
    pub data: &'a T,
    /// Pictures by bare file name, such as `chart.svg`. SVG files must be UTF-8.
    pub files: Vec<(&'a str, Vec<u8>)>,
    /// When the paper is made (生成时间), in local time; also the creation date of the PDF.
    pub generated_at: DateTime<FixedOffset>,
}

/// Finished pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The document as PDF; equal input gives equal bytes.
    pub pdf: Vec<u8>,
    /// One SVG per page for the preview; letters are outlines, so no font is needed to show them.
    pub pages: Vec<String>,
    /// Text of each page, line by line (not that inside pictures).
    pub texts: Vec<String>,
    /// Number of pages.
    pub page_count: usize,
    /// Characters that no loaded font holds (缺字). They are printed as 〓, never as an empty box;
    /// tell the user to write them in by hand or to install a font.
    pub missing_glyphs: Vec<char>,
    /// Families that the text is set in.
    pub fonts_used: Vec<String>,
    /// Short code (校验码) of the data, printed on the paper: equal data, equal code, whenever it
    /// is printed. Twelve hexadecimal digits in groups of four.
    pub checksum: String,
}

/// A document that is set but not written yet: pages and PDF are made when they are asked for.
#[derive(Debug)]
pub struct Composed {
    name: String,
    document: PagedDocument,
    generated_at: DateTime<FixedOffset>,
    /// Text of each page, line by line (not that inside pictures).
    pub texts: Vec<String>,
    /// Characters that no loaded font holds (缺字); they are printed as 〓.
    pub missing_glyphs: Vec<char>,
    /// Families that the text is set in.
    pub fonts_used: Vec<String>,
    /// Short code (校验码) of the data.
    pub checksum: String,
    /// Whole texts of what the sheet had no room for; on paper they end with ….
    pub cut: Vec<String>,
}

impl Composed {
    /// Number of pages.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.document.pages().len()
    }

    /// The first `most` pages as SVG.
    #[must_use]
    pub fn pages(&self, most: usize) -> Vec<String> {
        let svg = SvgOptions::default();
        self.document
            .pages()
            .iter()
            .take(most)
            .map(|page| typst_svg::svg(page, &svg))
            .collect()
    }

    /// Widths of the first `most` pages at their true size, in CSS pixels of 1/96 inch.
    #[must_use]
    pub fn page_widths_px(&self, most: usize) -> Vec<u32> {
        let pages = self.document.pages().iter().take(most);
        pages
            .map(|page| {
                let millimetres = page.frame.width().to_mm();
                // Sheets are whole millimetres wide.
                (0_u32..2_000)
                    .find(|mm| f64::from(*mm) >= millimetres - 0.5)
                    .map_or(794, |mm| mm * 960 / 254)
            })
            .collect()
    }

    /// The document as PDF; equal input gives equal bytes.
    ///
    /// # Errors
    /// [`ReportError::Pdf`] when the template is defective.
    pub fn pdf(&self) -> Result<Vec<u8>, ReportError> {
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {}", self.name, self.checksum)),
            creator: Smart::Custom(Some("旧改一本账".to_owned())),
            timestamp: timestamp(self.generated_at),
            tagged: false,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| ReportError::Pdf {
            template: self.name.clone(),
            message: sentence(&errors),
        })
    }

    /// Everything at once.
    ///
    /// # Errors
    /// As [`Composed::pdf`].
    pub fn print(self) -> Result<Printed, ReportError> {
        let pages = self.pages(usize::MAX);
        Ok(Printed {
            pdf: self.pdf()?,
            page_count: pages.len(),
            pages,
            texts: self.texts,
            missing_glyphs: self.missing_glyphs,
            fonts_used: self.fonts_used,
            checksum: self.checksum,
        })
    }
}

/// Sets `paper` with `fonts` and writes it.
///
/// # Errors
/// [`ReportError::Data`] when the data cannot be written as JSON, [`ReportError::Template`] and
/// [`ReportError::Pdf`] when the template is defective.
pub fn typeset<T: Serialize>(paper: &Paper<'_, T>, fonts: &Fonts) -> Result<Printed, ReportError> {
    compose(std::slice::from_ref(paper), fonts)?.print()
}

/// Sets one document from its parts (分册), such as one for each building, one after the other: so
/// time and memory grow with the number of parts, not with its square. Pages are counted within a
/// part; the checksum is that of the whole. At least one part is needed.
///
/// # Errors
/// [`ReportError::Data`] when the data cannot be written as JSON, [`ReportError::Template`] when
/// the template is defective or there is no part.
pub fn compose<T: Serialize>(
    parts: &[Paper<'_, T>],
    fonts: &Fonts,
) -> Result<Composed, ReportError> {
    let mut job = Job::new(fonts, checksum(parts)?);
    for part in parts {
        let set = job.set(part)?;
        job.keep(set, usize::MAX);
    }
    job.finish()
}

fn compile<T>(
    paper: &Paper<'_, T>,
    fonts: &Fonts,
    data: &Value,
    files: &[(&str, Vec<u8>)],
    checksum: &str,
    missing: usize,
) -> Result<PagedDocument, ReportError> {
    let at = paper.generated_at;
    let codes: Value = serde_json::from_slice(&crate::qr::symbols(std::iter::once(checksum)))?;
    let print = json!({
        "year": at.year(), "month": at.month(), "day": at.day(), "hour": at.hour(), "minute": at.minute(),
        "checksum": checksum,
        "codes": codes,
        "missing": missing,
    });
    let mut desk_files = files.to_vec();
    desk_files.push(("data.json", serde_json::to_vec(data)?));
    desk_files.push(("print.json", serde_json::to_vec(&print)?));
    let desk = world::Desk::new(fonts, paper.template, &desk_files);
    typst::compile::<PagedDocument>(&desk)
        .output
        .map_err(|errors| ReportError::Template {
            template: paper.name.to_owned(),
            message: sentence(&errors),
        })
}

fn sentence(errors: &[SourceDiagnostic]) -> String {
    let texts: Vec<String> = errors
        .iter()
        .map(|error| {
            let hints: String = error
                .hints
                .iter()
                .map(|hint| format!(" ({})", hint.v))
                .collect();
            format!("{}{hints}", error.message)
        })
        .collect();
    texts.join("; ")
}

/// Short code of what the paper says, independent of when it is printed.
pub(crate) fn checksum<T: Serialize>(parts: &[Paper<'_, T>]) -> Result<String, ReportError> {
    let mut hash = Sha256::new();
    for paper in parts {
        hash.update(paper.name.as_bytes());
        hash.update([0]);
        hash.update(serde_json::to_vec(paper.data)?);
        for (name, bytes) in &paper.files {
            hash.update([0]);
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(bytes);
        }
    }
    let hex: Vec<String> = hash
        .finalize()
        .chunks(2)
        .take(3)
        .map(|pair| pair.iter().map(|byte| format!("{byte:02X}")).collect())
        .collect();
    Ok(hex.join("-"))
}

fn timestamp(at: DateTime<FixedOffset>) -> Option<Timestamp> {
    let small = |number: u32| u8::try_from(number).ok();
    let datetime = Datetime::from_ymd_hms(
        at.year(),
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
    )?;
    Timestamp::new_local(datetime, at.offset().local_minus_utc() / 60)
}

fn has_text(name: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("svg"))
}

/// Control characters become spaces; line ends stay.
fn clean(data: &mut Value) {
    let bad = |c: char| c.is_control() && c != '\n';
    for_each_text(data, &mut |text| {
        if text.contains(bad) {
            *text = text.replace(bad, " ");
        }
    });
}

fn substitute(
    data: &mut Value,
    files: &mut [(&str, Vec<u8>)],
    missing: &std::collections::BTreeSet<char>,
) {
    if missing.is_empty() {
        return;
    }
    let lacking = |c: char| missing.contains(&c);
    for_each_text(data, &mut |text| {
        if text.contains(lacking) {
            *text = text.replace(lacking, SUBSTITUTE);
        }
    });
    for (_, bytes) in files.iter_mut().filter(|(name, _)| has_text(name)) {
        *bytes = String::from_utf8_lossy(bytes)
            .replace(lacking, SUBSTITUTE)
            .into_bytes();
    }
}

fn for_each_text(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| for_each_text(item, change)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| for_each_text(field, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests;
