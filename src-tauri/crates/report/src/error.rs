use std::path::PathBuf;

/// Why a chart or paper could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The font folder or a file in it cannot be read.
    #[error("cannot read fonts from {path}")]
    FontsUnreadable {
        /// The folder or file that was asked for.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The folder holds no usable font, or lacks a face that every paper needs.
    #[error("font family {family:?} not found in {path}")]
    FontMissing {
        /// The folder that was searched.
        path: PathBuf,
        /// The family that is missing.
        family: &'static str,
    },
    /// The data of a paper cannot be written as JSON.
    #[error("data of the paper cannot be serialised")]
    Data(#[from] serde_json::Error),
    /// The template does not compile: a defect of the template, never of the data.
    #[error("template {template} failed: {message}")]
    Template {
        /// Name of the template.
        template: String,
        /// What the compiler said.
        message: String,
    },
    /// The finished pages could not be written as PDF.
    #[error("PDF of {template} failed: {message}")]
    Pdf {
        /// Name of the template.
        template: String,
        /// What the exporter said.
        message: String,
    },
    /// The Word document could not be packed.
    #[error("DOCX cannot be written: {0}")]
    Docx(String),
    /// The SVG to be rasterised is not well formed.
    #[error("SVG cannot be read")]
    Svg(#[from] resvg::usvg::Error),
    /// The PNG would have no pixels or too many of them.
    #[error("picture of {width} × {height} pixels cannot be made")]
    PictureSize {
        /// Width asked for, in pixels.
        width: u32,
        /// Height asked for, in pixels.
        height: u32,
    },
    /// The pixels could not be encoded as PNG.
    #[error("PNG cannot be encoded: {0}")]
    Png(String),
}
