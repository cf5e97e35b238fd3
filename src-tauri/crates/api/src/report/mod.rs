//! Papers: one path for every document. A document is an entry of the [`catalogue`], an arm of
//! [`Session::gather`], and a struct of `jiugai_report::documents`; preview, saving, printing, the
//! screen 打印 and the command line come for free.

mod batch;
mod catalogue;
mod choose;
mod ledger;
mod log;
mod one_pager;
mod password;
mod voice;
mod workbook;

use std::path::Path;
use std::time::Duration;

use jiugai_domain::{KindCode, RecordId};
use jiugai_report::documents::{Document, Imprint};
use jiugai_report::press::Composed;
use jiugai_storage::files::name::clean;
use jiugai_storage::records;

use crate::text::{key, long_date};
use crate::wire::{
    DocumentCode, PaperFormat, ReportDocument, ReportOption, ReportParameter, ReportParameterCode,
    ReportPreview, ReportRequest, SavedFile,
};
use crate::{ApiError, Session};

/// Pages that the screen shows; more make the window slow and nobody reads them there.
const PREVIEW_PAGES: usize = 40;

/// A document with its data, before it is set.
pub(crate) struct Gathered {
    /// The data.
    pub(crate) document: Document,
    /// Sentences to be read before printing.
    pub(crate) warnings: Vec<String>,
    /// What can be chosen for this document, with what is chosen.
    pub(crate) parameters: Vec<ReportParameter>,
}

/// Papers that went to the printer more than a day ago: they bear names and telephone numbers.
fn forget_old(folder: &Path) {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let modified = entry.metadata().and_then(|about| about.modified());
        let age = modified.ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > DAY) {
            // Whoever still holds it lets go of it another day.
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

impl Session {
    /// The documents that can be printed, in the order of the screen.
    #[must_use]
    pub fn report_documents(&self) -> Vec<ReportDocument> {
        catalogue::ALL.iter().map(catalogue::Entry::row).collect()
    }

    /// A paper as it will come out of the printer.
    ///
    /// # Errors
    /// `notFound`, `report`.
    pub fn report_preview(&mut self, request: &ReportRequest) -> Result<ReportPreview, ApiError> {
        let (gathered, composed) = self.composed(request)?;
        let mut warnings = Vec::new();
        if !composed.missing_glyphs.is_empty() {
            let missing: String = composed.missing_glyphs.iter().collect();
            warnings.push(format!(
                "这几个字没有字体可印，纸上印作〓，请手写补上：{missing}"
            ));
        }
        warnings.extend(cut(&composed.cut));
        warnings.extend(gathered.warnings);
        let count = composed.page_count();
        if count > PREVIEW_PAGES {
            warnings.push(format!(
                "共 {count} 页，屏幕上只看前 {PREVIEW_PAGES} 页；保存和打印的是全部。"
            ));
        }
        let entry = catalogue::entry(request.document);
        Ok(ReportPreview {
            title: entry.title.to_owned(),
            file_name: self.report_name(request)?,
            pages: composed.pages(PREVIEW_PAGES),
            widths: composed.page_widths_px(PREVIEW_PAGES),
            page_count: u32::try_from(count).unwrap_or(u32::MAX),
            checksum: composed.checksum,
            warnings,
            fonts: log::font_names(composed.fonts_used.iter().map(String::as_str)),
            formats: gathered
                .document
                .formats()
                .to_vec()
                .into_iter()
                .map(format_of)
                .collect(),
            batches: batch::overs(request.document, &gathered.parameters),
            parameters: gathered.parameters,
        })
    }

    /// Writes a paper: as .docx or .xlsx when the name ends so, else as PDF.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn report_save(
        &mut self,
        request: &ReportRequest,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let format = format_at(path);
        self.report_write(request, path, format, end_of(format))
    }

    fn report_write(
        &mut self,
        request: &ReportRequest,
        path: &Path,
        format: PaperFormat,
        way: &str,
    ) -> Result<SavedFile, ApiError> {
        log::with_reason(request)?;
        self.whole_names_can_be_noted(request)?;
        let (gathered, composed) = self.composed(request)?;
        let bytes = match format {
            PaperFormat::Docx => {
                let word = gathered.document.docx(self.fonts()?)?;
                word.ok_or_else(catalogue::no_docx)?
            }
            PaperFormat::Xlsx => {
                let table = gathered.document.table().ok_or_else(catalogue::no_xlsx)?;
                workbook::bytes(&table)?
            }
            PaperFormat::Pdf => composed.pdf()?,
        };
        let mut saved = crate::export::save(path, &bytes)?;
        self.note_print(request, &composed, way)?;
        if let (Some(sentence), true) = (missing(&composed), format != PaperFormat::Pdf) {
            saved.message = format!("{}{sentence}", saved.message);
        }
        Ok(saved)
    }

    /// Name proposed for a paper's file.
    ///
    /// # Errors
    /// `notFound`.
    pub fn report_file_name(
        &self,
        request: &ReportRequest,
        format: PaperFormat,
    ) -> Result<String, ApiError> {
        Ok(format!("{}.{}", self.report_name(request)?, end_of(format)))
    }

    /// Writes a paper into the data folder, to be handed to the system's printing.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn report_spool(&mut self, request: &ReportRequest) -> Result<SavedFile, ApiError> {
        let folder = self.environment.data_dir.join("printing");
        std::fs::create_dir_all(&folder)
            .map_err(|error| crate::wording::file_error(&error, &folder))?;
        forget_old(&folder);
        // A name of its own: the reader of the paper before may still hold its file.
        let name = self.report_name(request)?;
        let path = folder.join(format!("{name} {}.pdf", self.now().format("%H%M%S%3f")));
        let mut saved = self.report_write(request, &path, PaperFormat::Pdf, "print")?;
        saved.message = "已送到系统打印；没有自动打印时，请在打开的 PDF 里打印。".to_owned();
        Ok(saved)
    }

    /// 版记 of a paper about a compound.
    pub(crate) fn imprint(&self, compound: RecordId) -> Result<Imprint, ApiError> {
        let record = records::get(self.connection()?, KindCode::Compound, compound)?
            .ok_or_else(ApiError::not_found)?;
        let text = |code: &str| record.value(code).as_text().unwrap_or("").to_owned();
        Ok(Imprint {
            subdistrict: match text("subdistrict") {
                street if street.is_empty() => self.kept.settings.office.clone(),
                street => street,
            },
            community: text("community"),
            compound: text("name"),
            sample: self.is_sample(),
            data_as_of: long_date(record.value("surveyedOn").as_text()),
            ledger_version: self.ledger()?.revision()?.to_string(),
            generated_at: self.printed_at(),
        })
    }

    /// The data of a document: the one place that tells which document is gathered where.
    fn gather(&mut self, request: &ReportRequest) -> Result<Gathered, ApiError> {
        let mut gathered = match request.document {
            DocumentCode::D1 => self.gather_dossier(request),
            DocumentCode::D5 => self.gather_proposal(request),
            DocumentCode::D7 => self.gather_works(request),
            DocumentCode::D11 => self.gather_outbuildings(request),
            DocumentCode::D12 => self.gather_promise(request),
            DocumentCode::D13 => self.gather_problems(request),
            DocumentCode::D14 => self.gather_assignment(request),
            DocumentCode::D15 => self.gather_timeline(request),
            DocumentCode::D16 => self.gather_progress(request),
            DocumentCode::Charts => self.gather_charts(request),
            DocumentCode::FigureBoard => self.gather_figure_board(request),
            DocumentCode::PhotoBoard => self.gather_photo_board(request),
            DocumentCode::D20 => self.gather_overall(request),
            DocumentCode::D21 => self.gather_names(request),
            DocumentCode::D6 => self.gather_one_pager(request),
            DocumentCode::D4 => self.gather_room_boards(request),
            DocumentCode::VisitRound => self.gather_visit_round(request),
            DocumentCode::ContactSheet => self.gather_contact_sheet(request),
            DocumentCode::ConflictMap => self.gather_conflict_map(request),
            DocumentCode::D2
            | DocumentCode::D3
            | DocumentCode::SurveyResult
            | DocumentCode::CrossTable => self.gather_survey_paper(request),
            DocumentCode::BallotNotice
            | DocumentCode::RollNotice
            | DocumentCode::D8
            | DocumentCode::D9
            | DocumentCode::ProxyForm
            | DocumentCode::TallySheet
            | DocumentCode::D10 => self.gather_ballot_paper(request),
            DocumentCode::PrintLog => self.gather_prints(request),
            DocumentCode::PasswordSheet => self.gather_password_sheet(request),
        }?;
        if log::unmasked(request) {
            gathered.parameters.push(log::reason_parameter(request));
        }
        Ok(gathered)
    }

    pub(crate) fn composed(
        &mut self,
        request: &ReportRequest,
    ) -> Result<(Gathered, Composed), ApiError> {
        let gathered = self.gather(request)?;
        self.progress.finish("排版")?;
        let composed = gathered.document.compose(self.fonts()?)?;
        Ok((gathered, composed))
    }

    fn report_name(&self, request: &ReportRequest) -> Result<String, ApiError> {
        let name = match &request.ballot {
            Some(ballot) => self.ballot_name(ballot)?,
            None => {
                let compound = key(&request.compound)?;
                records::label(self.connection()?, KindCode::Compound, compound)?
                    .ok_or_else(ApiError::not_found)?
            }
        };
        let name = match (&request.round, request.document) {
            (
                Some(round),
                DocumentCode::D2
                | DocumentCode::D3
                | DocumentCode::SurveyResult
                | DocumentCode::CrossTable,
            ) => {
                format!("{name} {}", self.round_name(round)?)
            }
            _ => name,
        };
        let title = catalogue::entry(request.document).title;
        Ok(format!("{} {title}", clean(&name)))
    }
}

fn format_of(format: jiugai_report::documents::Format) -> PaperFormat {
    match format {
        jiugai_report::documents::Format::Pdf => PaperFormat::Pdf,
        jiugai_report::documents::Format::Docx => PaperFormat::Docx,
        jiugai_report::documents::Format::Xlsx => PaperFormat::Xlsx,
    }
}

/// How the name of a file of this kind ends.
fn end_of(format: PaperFormat) -> &'static str {
    match format {
        PaperFormat::Pdf => "pdf",
        PaperFormat::Docx => "docx",
        PaperFormat::Xlsx => "xlsx",
    }
}

/// The kind of file that a name asks for.
fn format_at(path: &Path) -> PaperFormat {
    let ends = |with: &str| {
        path.extension()
            .is_some_and(|end| end.eq_ignore_ascii_case(with))
    };
    if ends("docx") {
        PaperFormat::Docx
    } else if ends("xlsx") {
        PaperFormat::Xlsx
    } else {
        PaperFormat::Pdf
    }
}

/// What is told of characters without a glyph in a file that other programs set.
fn missing(composed: &Composed) -> Option<String> {
    let missing: String = composed.missing_glyphs.iter().collect();
    (!missing.is_empty())
        .then(|| format!("这几个字在有的电脑上显示不出来，打印前请看一看：{missing}"))
}

/// What is told of texts for which the sheet had no room.
fn cut(texts: &[String]) -> Option<String> {
    const SHOWN: usize = 5;
    let more = match texts.len() {
        0 => return None,
        count if count > SHOWN => format!("等 {count} 处"),
        _ => String::new(),
    };
    let texts: Vec<String> = texts
        .iter()
        .take(SHOWN)
        .map(|text| format!("“{text}”"))
        .collect();
    Some(format!(
        "纸上地方不够，这几处以“…”收尾，请写短一些：{}{more}。",
        texts.join("、")
    ))
}

/// One thing that can be chosen.
pub(crate) fn option(value: &str, label: &str) -> ReportOption {
    ReportOption {
        value: value.to_owned(),
        label: label.to_owned(),
    }
}

/// A choice of a document; with no options it is a day.
pub(crate) fn parameter(
    code: ReportParameterCode,
    label: &str,
    value: &str,
    options: Vec<ReportOption>,
) -> ReportParameter {
    ReportParameter {
        code,
        label: label.to_owned(),
        value: value.to_owned(),
        options,
    }
}

#[cfg(test)]
mod tests;
