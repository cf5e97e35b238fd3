//! Charts and papers of the ledger: data in, bytes out.
//!
//! The crate reads no clock, opens no ledger and writes no file. The only thing it reads is the
//! folder of fonts that the host names in [`Fonts::load`]. The chart functions give the same SVG
//! to the screen and to the paper; equal input gives equal bytes.
//!
//! Every string in the input structs is already formatted for display. The fixed words of the
//! papers live in `templates/`, those of the charts in `charts/words.rs`.

pub mod charts;
pub mod documents;
mod docx;
mod error;
mod fonts;
mod png;
pub mod press;
mod qr;

pub use error::ReportError;
pub use fonts::Fonts;
pub use png::svg_to_png;
pub use qr::picture as qr_picture;

#[cfg(test)]
extern crate self as jiugai_report;

#[cfg(test)]
#[path = "../examples/gallery/mod.rs"]
mod gallery;
