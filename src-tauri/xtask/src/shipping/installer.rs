//! The installer and the portable archive for Windows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::stage::{copy, files, make_folder, write};
use super::toolchain::{cannot_write, remove};
use super::{PRODUCT, VERSION};
use crate::command::{Failure, run};
use crate::workspace::Workspace;

/// Compiles the installer script over a staged folder.
pub(super) fn make(workspace: &Workspace, stage: &Path, version: &str) -> Result<PathBuf, Failure> {
    let to = workspace
        .out()
        .join(format!("{PRODUCT}_{version}_安装程序.exe"));
    compile(workspace, stage, version, &to, true)?;
    Ok(to)
}

/// Compiles the installer script; a trial does without the slow compression.
pub(super) fn compile(
    workspace: &Workspace,
    stage: &Path,
    version: &str,
    to: &Path,
    compressed: bool,
) -> Result<(), Failure> {
    // The script finds the list of files beside itself, whatever the version of the product lays there.
    let work = workspace.cache().join("windows").join("installer");
    remove(&work)?;
    make_folder(&work)?;
    let windows = workspace.root.join("src-tauri").join("windows");
    for name in ["installer.nsi", "welcome.bmp"] {
        copy(&windows.join(name), &work.join(name))?;
    }
    copy(
        &workspace.root.join("icons").join("icon.ico"),
        &work.join("icon.ico"),
    )?;
    write(&work.join("files.nsh"), &file_list(stage)?)?;
    let mut command = Command::new("makensis");
    command
        .args(["-V2", "-INPUTCHARSET", "UTF8"])
        .arg(format!("-DVERSION={version}"))
        .arg(format!("-DSTAGE={}", stage.display()))
        .arg(format!("-DOUTPUT={}", to.display()));
    if !compressed {
        command.arg("-DUNCOMPRESSED");
    }
    command.arg("installer.nsi").current_dir(&work);
    run(&mut command, "请看上面 makensis 的报错。")
}

/// Two macros: one lays every staged file, the other deletes exactly those and nothing that the person put there.
fn file_list(stage: &Path) -> Result<String, Failure> {
    let mut lay = vec!["!macro LayFiles".to_owned()];
    let mut delete = vec!["!macro DeleteFiles".to_owned()];
    for (folder, names) in folders(stage)? {
        let target = if folder.is_empty() {
            "$INSTDIR".to_owned()
        } else {
            format!("$INSTDIR\\{folder}")
        };
        let source = if folder.is_empty() {
            "${STAGE}".to_owned()
        } else {
            format!("${{STAGE}}/{folder}")
        };
        lay.push(format!("  SetOutPath \"{target}\""));
        for name in names {
            lay.push(format!("  File \"{source}/{name}\""));
            delete.push(format!("  Delete \"{target}\\{name}\""));
        }
        if !folder.is_empty() {
            delete.push(format!("  RMDir \"{target}\""));
        }
    }
    lay.push("!macroend\n".to_owned());
    delete.push("!macroend\n".to_owned());
    Ok(format!("{}{}", lay.join("\n"), delete.join("\n")))
}

/// The staged files by folder; the stage is one folder deep.
fn folders(stage: &Path) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let name = |path: &PathBuf| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let (inner, plain): (Vec<_>, Vec<_>) =
        files(stage)?.into_iter().partition(|path| path.is_dir());
    let mut all = Vec::new();
    for folder in inner {
        all.push((name(&folder), files(&folder)?.iter().map(name).collect()));
    }
    all.push((String::new(), plain.iter().map(name).collect()));
    Ok(all)
}

/// The archive for machines where nothing may be installed: unpack and start. The folder 数据 beside the program
/// makes it keep settings and backups there.
pub(super) fn make_portable(workspace: &Workspace, stage: &Path) -> Result<PathBuf, Failure> {
    let name = format!("{PRODUCT}_{VERSION}_便携版");
    let work = workspace.cache().join("windows").join("portable");
    remove(&work)?;
    let inside = work.join(&name);
    for (folder, names) in folders(stage)? {
        let to = inside.join(&folder);
        make_folder(&to)?;
        for file in names {
            copy(&stage.join(&folder).join(&file), &to.join(&file))?;
        }
    }
    let data = inside.join("数据");
    make_folder(&data)?;
    write(
        &data.join("说明.txt"),
        "\u{feff}这个文件夹在程序旁边时，设置、示例台账和自动备份都存在这里，\r\n整个文件夹拷到别的电脑上就能接着用。\r\n",
    )?;
    let to = workspace.out().join(format!("{name}.zip"));
    remove(&to)?;
    let mut command = Command::new("zip");
    // Names in UTF-8 and marked so; otherwise Explorer reads them in the system's code page.
    command
        .args(["-q", "-r", "-9", "-UN=UTF8"])
        .arg(&to)
        .arg(&name)
        .env("LC_ALL", "C.UTF-8")
        .current_dir(&work);
    run(&mut command, "请检查磁盘空间后重试。")?;
    fs::remove_dir_all(&work).map_err(|cause| cannot_write(&work, &cause))?;
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_laid_is_deleted() {
        let stage = std::env::temp_dir().join(format!("jiugai-stage-{}", std::process::id()));
        fs::create_dir_all(stage.join("fonts")).unwrap();
        fs::write(stage.join("a.exe"), "").unwrap();
        fs::write(stage.join("fonts").join("b.otf"), "").unwrap();
        let list = file_list(&stage);
        fs::remove_dir_all(&stage).unwrap();
        let list = list.unwrap();
        let laid = list.matches("  File ").count();
        assert_eq!(laid, 2);
        assert_eq!(list.matches("  Delete ").count(), laid);
        assert!(list.contains("File \"${STAGE}/fonts/b.otf\""), "{list}");
        assert!(list.contains("Delete \"$INSTDIR\\fonts\\b.otf\""), "{list}");
        assert!(!list.contains("RMDir /r"), "{list}");
    }
}
