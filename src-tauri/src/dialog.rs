//! Native dialogs and printing, behind a trait so that browser flows can answer them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiugai_api::{ApiError, ErrorCode};
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;

/// Files that a dialog offers.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// What people call them.
    pub name: &'static str,
    /// Extensions without dot.
    pub extensions: &'static [&'static str],
}

/// Ledgers.
pub const LEDGER: Filter = Filter {
    name: "旧改一本账台账",
    extensions: &["jgdb"],
};
/// Workbooks.
pub const WORKBOOK: Filter = Filter {
    name: "Excel 工作簿",
    extensions: &["xlsx", "xlsm", "xls"],
};
/// New workbooks.
pub const NEW_WORKBOOK: Filter = Filter {
    name: "Excel 工作簿",
    extensions: &["xlsx"],
};
/// PDF.
pub const PDF: Filter = Filter {
    name: "PDF 文件",
    extensions: &["pdf"],
};
/// Vector pictures.
pub const SVG: Filter = Filter {
    name: "SVG 图",
    extensions: &["svg"],
};
/// Pixel pictures.
pub const PNG: Filter = Filter {
    name: "PNG 图",
    extensions: &["png"],
};

/// What the host asks of the desktop.
pub trait Dialogs: Send + Sync {
    /// A file to open; none when the person closes the dialog.
    fn open(&self, title: &str, filter: &Filter) -> Option<PathBuf>;
    /// Where to write; none when the person closes the dialog.
    fn save(&self, title: &str, name: &str, filter: &Filter) -> Option<PathBuf>;
    /// Hands a PDF to the system's printing.
    ///
    /// # Errors
    /// `report` when the system has no program for it.
    fn print(&self, path: &Path) -> Result<(), ApiError>;
}

/// The system's own dialogs.
pub struct Native<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Native<R> {
    /// Dialogs of this window.
    #[must_use]
    pub fn new(app: AppHandle<R>) -> Self {
        Self(app)
    }
}

impl<R: Runtime> Dialogs for Native<R> {
    fn open(&self, title: &str, filter: &Filter) -> Option<PathBuf> {
        let dialog = self
            .0
            .dialog()
            .file()
            .set_title(title)
            .add_filter(filter.name, filter.extensions);
        dialog.blocking_pick_file()?.into_path().ok()
    }

    fn save(&self, title: &str, name: &str, filter: &Filter) -> Option<PathBuf> {
        let dialog = self
            .0
            .dialog()
            .file()
            .set_title(title)
            .set_file_name(name)
            .add_filter(filter.name, filter.extensions);
        let path = dialog.blocking_save_file()?.into_path().ok()?;
        Some(with_extension(path, filter))
    }

    fn print(&self, path: &Path) -> Result<(), ApiError> {
        hand_over(path)
    }
}

/// People leave the extension out; the file must still open by a double click.
fn with_extension(path: PathBuf, filter: &Filter) -> PathBuf {
    let named = path.extension().and_then(|extension| extension.to_str());
    if named.is_some_and(|named| {
        filter
            .extensions
            .iter()
            .any(|known| named.eq_ignore_ascii_case(known))
    }) {
        return path;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(filter.extensions.first().copied().unwrap_or_default());
    path.with_file_name(name)
}

/// Prints where the system can print a file by itself, otherwise opens the file in the program
/// that people print PDF from.
fn hand_over(path: &Path) -> Result<(), ApiError> {
    let attempts: &[(&str, &[&str])] = if cfg!(windows) {
        // The file is the last argument; the shell's own verb prints with the default program.
        &[("rundll32.exe", &["url.dll,FileProtocolHandler"])]
    } else if cfg!(target_os = "macos") {
        &[("open", &[])]
    } else {
        &[("lp", &[]), ("xdg-open", &[])]
    };
    let handed = attempts.iter().any(|(program, arguments)| {
        Command::new(program)
            .args(*arguments)
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    });
    if handed {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::Report,
        "没有送到打印机",
        "这台电脑没有装打印机，也没有能打开 PDF 的程序。",
        "请先“保存 PDF”，拿到能打印的电脑上打印。",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extension_is_added_once() {
        assert_eq!(
            with_extension(PathBuf::from("/a/方案 1.0"), &PDF),
            PathBuf::from("/a/方案 1.0.pdf")
        );
        assert_eq!(
            with_extension(PathBuf::from("/a/方案.PDF"), &PDF),
            PathBuf::from("/a/方案.PDF")
        );
    }
}
