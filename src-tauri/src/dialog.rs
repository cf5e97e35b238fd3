//! Native dialogs and printing, behind a trait so that browser flows can answer them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiugai_api::{ApiError, ErrorCode};
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder};

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
/// Tables that can be imported.
pub const WORKBOOK: Filter = Filter {
    name: "表格（Excel、WPS、CSV）",
    extensions: &["xlsx", "xlsm", "xls", "et", "ods", "csv", "txt"],
};
/// New tables: the ending that people write decides.
pub const NEW_TABLE: Filter = Filter {
    name: "Excel 工作簿、CSV 文本",
    extensions: &["xlsx", "csv"],
};
/// New texts with commas.
pub const NEW_TEXT: Filter = Filter {
    name: "CSV 文本",
    extensions: &["csv"],
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
/// Word documents.
pub const DOCX: Filter = Filter {
    name: "Word 文档",
    extensions: &["docx"],
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
/// Photos and scans that can be added to a record.
pub const PHOTO: Filter = Filter {
    name: "照片、扫描件",
    extensions: &["jpg", "jpeg", "png", "webp", "pdf", "heic"],
};
/// Photos.
pub const JPEG: Filter = Filter {
    name: "JPG 照片",
    extensions: &["jpg"],
};
/// Collected files for those who help.
pub const ZIP: Filter = Filter {
    name: "压缩文件",
    extensions: &["zip"],
};

/// What became of a paper that was to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// The printer has it.
    Printer,
    /// The program that people read PDF with shows it; there they print.
    Reader,
}

impl Handed {
    /// For the person.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Printer => "已送到默认打印机。",
            Self::Reader => "已用这台电脑的 PDF 程序打开，请在那里选打印机打印。",
        }
    }
}

/// What the button 打印 does on this system, told beside it.
#[must_use]
pub fn printing_note() -> &'static str {
    if cfg!(target_os = "linux") {
        "点“打印”会直接送到默认打印机；没有打印机时，用 PDF 程序打开。"
    } else {
        "点“打印”会用这台电脑的 PDF 程序打开这份文件，再在那里选打印机打印。"
    }
}

/// What the host asks of the desktop.
pub trait Dialogs: Send + Sync {
    /// A file to open, the dialog starting in this folder; none when the person closes it.
    fn open(&self, title: &str, filter: &Filter, folder: Option<&Path>) -> Option<PathBuf>;
    /// Files to open, several at once; none when the person closes it.
    fn open_many(&self, title: &str, filter: &Filter, folder: Option<&Path>) -> Vec<PathBuf> {
        self.open(title, filter, folder).into_iter().collect()
    }
    /// Where to write, the dialog starting in this folder; none when the person closes it.
    fn save(
        &self,
        title: &str,
        name: &str,
        filter: &Filter,
        folder: Option<&Path>,
    ) -> Option<PathBuf>;
    /// Hands a PDF to the system's printing.
    ///
    /// # Errors
    /// `report` when the system has no program for it.
    fn print(&self, path: &Path) -> Result<Handed, ApiError>;
    /// Shows a folder in the system's own window.
    ///
    /// # Errors
    /// `io` when the system has no program for it.
    fn show(&self, folder: &Path) -> Result<(), ApiError>;
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
    fn open(&self, title: &str, filter: &Filter, folder: Option<&Path>) -> Option<PathBuf> {
        let dialog = self.dialog(title, filter, folder);
        dialog.blocking_pick_file()?.into_path().ok()
    }

    fn open_many(&self, title: &str, filter: &Filter, folder: Option<&Path>) -> Vec<PathBuf> {
        let chosen = self.dialog(title, filter, folder).blocking_pick_files();
        let paths = chosen.into_iter().flatten();
        paths.filter_map(|path| path.into_path().ok()).collect()
    }

    fn save(
        &self,
        title: &str,
        name: &str,
        filter: &Filter,
        folder: Option<&Path>,
    ) -> Option<PathBuf> {
        let dialog = self.dialog(title, filter, folder).set_file_name(name);
        let path = dialog.blocking_save_file()?.into_path().ok()?;
        Some(with_extension(path, filter))
    }

    fn print(&self, path: &Path) -> Result<Handed, ApiError> {
        hand_over(path)
    }

    fn show(&self, folder: &Path) -> Result<(), ApiError> {
        opener::open(folder).map_err(|_| {
            ApiError::new(
                ErrorCode::Io,
                "文件夹没有打开",
                "这台电脑没有打开文件夹的程序。",
                format!("请自己找到这个文件夹：{}", folder.display()),
            )
        })
    }
}

impl<R: Runtime> Native<R> {
    fn dialog(&self, title: &str, filter: &Filter, folder: Option<&Path>) -> FileDialogBuilder<R> {
        let dialog = self
            .0
            .dialog()
            .file()
            .set_title(title)
            .add_filter(filter.name, filter.extensions);
        match folder {
            Some(folder) => dialog.set_directory(folder),
            None => dialog,
        }
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
fn hand_over(path: &Path) -> Result<Handed, ApiError> {
    if cfg!(target_os = "linux") {
        if ran("lp", path) {
            return Ok(Handed::Printer);
        }
        // The library would not tell that there is no program for PDF.
        if ran("xdg-open", path) {
            return Ok(Handed::Reader);
        }
    } else if opener::open(path).is_ok() {
        return Ok(Handed::Reader);
    }
    Err(ApiError::new(
        ErrorCode::Report,
        "没有送到打印机",
        "这台电脑没有装打印机，也没有能打开 PDF 的程序。",
        "请先“保存 PDF”，拿到能打印的电脑上打印。",
    ))
}

fn ran(program: &str, path: &Path) -> bool {
    Command::new(program)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
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
