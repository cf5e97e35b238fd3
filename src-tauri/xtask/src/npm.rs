//! npm projects: modules from the lock file, and the built UI.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{Failure, run};
use crate::host;
use crate::packages::check_node;
use crate::stamp;
use crate::workspace::Workspace;

/// Both stamps lie in `node_modules`: git ignores it, and `npm ci` removes it, so a broken install leaves none.
const MODULES_STAMP: &str = "node_modules/.jiugai-modules";
const DIST_STAMP: &str = "node_modules/.jiugai-dist";

/// A command of npm's family in an npm project. On Windows these are `.cmd` files.
pub(crate) fn command<'a>(
    program: &str,
    project: &Path,
    arguments: impl IntoIterator<Item = &'a str>,
) -> Command {
    let program = if cfg!(windows) {
        format!("{program}.cmd")
    } else {
        program.to_owned()
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(project)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .env("npm_config_audit", "false")
        .env("npm_config_fund", "false")
        .env("npm_config_update_notifier", "false");
    command
}

/// Installs the modules of an npm project when its lock file is not the one they were installed from.
pub(crate) fn install_modules(project: &Path) -> Result<(), Failure> {
    check_node()?;
    let mut files = BTreeMap::new();
    for name in ["package.json", "package-lock.json"] {
        let path = project.join(name);
        if !path.is_file() {
            return Err(Failure::new(
                format!("缺少 {}。", path.display()),
                "请确认源代码完整（git status），或在该目录运行 npm install 生成锁定文件。",
            ));
        }
        files.insert(name.to_owned(), path);
    }
    let fingerprint = fingerprint(&files)?;
    let stamp = project.join(MODULES_STAMP);
    if stamp::is_current(&stamp, &fingerprint) {
        println!("npm 依赖已是最新：{}", project.display());
        return Ok(());
    }
    run(
        &mut command("npm", project, ["ci", "--no-audit", "--no-fund"]),
        "请检查网络和 npm 的镜像设置后重试；若锁定文件与 package.json 不一致，先在该目录运行 npm install。",
    )?;
    write(&stamp, &fingerprint)
}

/// Builds `ui/dist` when something it is made from has changed.
pub(crate) fn build_ui(workspace: &Workspace) -> Result<(), Failure> {
    let ui = workspace.ui();
    let mut files = stamp::tree(&ui, is_not_ui_source).map_err(|cause| {
        Failure::new(
            format!("无法读取 {}：{cause}", ui.display()),
            "请确认源代码完整。",
        )
    })?;
    files.insert(
        "icon.svg".to_owned(),
        workspace.root.join("icons").join("icon.svg"),
    );
    let fingerprint = fingerprint(&files)?;
    let stamp = ui.join(DIST_STAMP);
    if ui.join("dist").join("index.html").is_file() && stamp::is_current(&stamp, &fingerprint) {
        println!("界面已是最新：{}", ui.join("dist").display());
        return Ok(());
    }
    run(
        &mut command("npm", &ui, ["run", "build"]),
        "请看上面的报错，多半是界面代码的类型或导入有误。",
    )?;
    write(&stamp, &fingerprint)
}

/// What lies under `ui/` and does not reach `ui/dist`.
fn is_not_ui_source(name: &str) -> bool {
    matches!(name, "node_modules" | "dist" | "coverage" | ".vite")
        || name.ends_with(".test.ts")
        || name.ends_with(".spec.ts")
        || name.ends_with(".md")
        || name.starts_with("eslint.config.")
        || name.ends_with(".tsbuildinfo")
}

fn fingerprint(files: &BTreeMap<String, PathBuf>) -> Result<String, Failure> {
    stamp::of_files(files, &host::node_version().unwrap_or_default()).map_err(|cause| {
        Failure::new(
            format!("无法读取源文件：{cause}"),
            "请确认源代码完整、可读。",
        )
    })
}

fn write(stamp: &Path, fingerprint: &str) -> Result<(), Failure> {
    fs::write(stamp, fingerprint).map_err(|cause| {
        Failure::new(
            format!("无法写入 {}：{cause}", stamp.display()),
            "请检查目录的写入权限和磁盘空间。",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_products_do_not_make_the_ui_stale() {
        assert!(is_not_ui_source("node_modules"));
        assert!(is_not_ui_source("dist"));
        assert!(is_not_ui_source("src/features/building/model.test.ts"));
        assert!(!is_not_ui_source("src/main.ts"));
        assert!(!is_not_ui_source("package-lock.json"));
        assert!(!is_not_ui_source("src/distribution.ts"));
    }

    #[test]
    fn a_project_without_a_lock_file_is_named() {
        let failure = install_modules(Path::new("/no/such/project")).unwrap_err();
        assert!(failure.what.contains("package.json"), "{}", failure.what);
    }
}
