//! Papers: one path for every document. A document is an entry of the [`catalogue`], an arm of
//! [`Session::gather`], and a struct of `jiugai_report::documents`; preview, saving, printing, the
//! screen 打印 and the command line come for free.

mod catalogue;
mod choose;
mod one_pager;
mod voice;

use std::path::Path;

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
            fonts: composed.fonts_used,
            formats: gathered
                .document
                .formats()
                .to_vec()
                .into_iter()
                .map(format_of)
                .collect(),
            parameters: gathered.parameters,
        })
    }

    /// Writes a paper: as .docx when the name ends so, else as PDF.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn report_save(
        &mut self,
        request: &ReportRequest,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let is_docx = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("docx"));
        if is_docx {
            let gathered = self.gather(request)?;
            let bytes = gathered.document.docx()?.ok_or_else(catalogue::no_docx)?;
            return crate::export::save(path, &bytes);
        }
        let (_, composed) = self.composed(request)?;
        crate::export::save(path, &composed.pdf()?)
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
        let end = match format {
            PaperFormat::Pdf => "pdf",
            PaperFormat::Docx => "docx",
        };
        Ok(format!("{}.{end}", self.report_name(request)?))
    }

    /// Writes a paper into the data folder, to be handed to the system's printing.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn report_spool(&mut self, request: &ReportRequest) -> Result<SavedFile, ApiError> {
        let folder = self.environment.data_dir.join("printing");
        std::fs::create_dir_all(&folder)
            .map_err(|error| crate::wording::file_error(&error, &folder))?;
        let path = folder.join(self.report_file_name(request, PaperFormat::Pdf)?);
        let mut saved = self.report_save(request, &path)?;
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
            generated_at: self.now(),
        })
    }

    /// The data of a document: the one place that tells which document is gathered where.
    fn gather(&mut self, request: &ReportRequest) -> Result<Gathered, ApiError> {
        match request.document {
            DocumentCode::D6 => self.gather_one_pager(request),
            DocumentCode::D4 => self.gather_room_boards(request),
            DocumentCode::VisitRound => self.gather_visit_round(request),
            DocumentCode::ContactSheet => self.gather_contact_sheet(request),
            DocumentCode::ConflictMap => self.gather_conflict_map(request),
            DocumentCode::D2 | DocumentCode::D3 | DocumentCode::SurveyResult => {
                self.gather_survey_paper(request)
            }
            DocumentCode::BallotNotice
            | DocumentCode::RollNotice
            | DocumentCode::D8
            | DocumentCode::D9
            | DocumentCode::ProxyForm
            | DocumentCode::TallySheet
            | DocumentCode::D10 => self.gather_ballot_paper(request),
        }
    }

    fn composed(&mut self, request: &ReportRequest) -> Result<(Gathered, Composed), ApiError> {
        let gathered = self.gather(request)?;
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
            (Some(round), DocumentCode::D2 | DocumentCode::D3 | DocumentCode::SurveyResult) => {
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
    }
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
