//! The folder that an installer or an archive is made from.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::notices;
use super::toolchain::{Toolchain, cannot_write, remove};
use crate::command::{Failure, run};
use crate::workspace::Workspace;

/// Lays everything that a Windows machine needs into one folder.
pub(super) fn for_windows(
    workspace: &Workspace,
    toolchain: &Toolchain,
) -> Result<PathBuf, Failure> {
    let stage = workspace.cache().join("windows").join("stage");
    remove(&stage)?;
    make_folder(&stage)?;
    for (built, name) in [
        ("jiugai-desktop.exe", "jiugai-desktop.exe"),
        ("jiugai-door.exe", "jiugai.exe"),
        ("WebView2Loader.dll", "WebView2Loader.dll"),
    ] {
        copy(&toolchain.built(built), &stage.join(name))?;
    }
    // The linker has been seen to leave seven megabytes of symbols although the profile strips them.
    run(
        Command::new("x86_64-w64-mingw32-strip").arg(stage.join("jiugai-desktop.exe")),
        "需要 binutils-mingw-w64-x86-64。",
    )?;
    lay_fonts(workspace, &stage.join("fonts"))?;
    lay_licences(workspace, &stage.join("许可"))?;
    let guide = fs::read_to_string(workspace.root.join("src-tauri/windows/使用说明.txt"))
        .map_err(|cause| cannot_read("src-tauri/windows/使用说明.txt", &cause))?;
    write(&stage.join("使用说明.txt"), &for_notepad(&guide))?;
    Ok(stage)
}

/// The fonts that papers are set in, and their licence.
pub(super) fn lay_fonts(workspace: &Workspace, to: &Path) -> Result<(), Failure> {
    make_folder(to)?;
    for font in files(&workspace.root.join("src-tauri/crates/report/fonts"))? {
        let name = font
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".otf") || name == "NotoCJK-copyright.txt" {
            copy(&font, &to.join(name))?;
        }
    }
    Ok(())
}

/// The product's own licence and those of everything inside it.
pub(super) fn lay_licences(workspace: &Workspace, to: &Path) -> Result<(), Failure> {
    make_folder(to)?;
    copy(&workspace.root.join("LICENSE"), &to.join("LICENSE.txt"))?;
    write(&to.join("第三方许可.txt"), &notices::collect(workspace)?)
}

/// Old versions of Notepad show line ends of Unix as one long line and guess the encoding without a mark.
fn for_notepad(text: &str) -> String {
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

/// What lies directly in a folder, by name.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|cause| cannot_read(&folder.display().to_string(), &cause))?;
    found.sort();
    Ok(found)
}

pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|cause| cannot_write(folder, &cause))
}

pub(super) fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to).map(drop).map_err(|cause| {
        Failure::new(
            format!("无法把 {} 拷贝到 {}：{cause}", from.display(), to.display()),
            "请确认前面的构建已经完成，磁盘有空间。",
        )
    })
}

pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|cause| cannot_write(path, &cause))
}

pub(super) fn cannot_read(what: &str, cause: &std::io::Error) -> Failure {
    Failure::new(
        format!("无法读取 {what}：{cause}"),
        "请确认源代码完整（git status）。",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_for_notepad_have_a_mark_and_its_line_ends() {
        assert_eq!(for_notepad("一\n二\n"), "\u{feff}一\r\n二\r\n");
    }
}
