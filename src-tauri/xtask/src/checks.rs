//! The bodies of the test steps.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::{Failure, output, run};
use crate::host;
use crate::npm;
use crate::shipping;
use crate::stamp;
use crate::workspace::{Profile, Workspace};

/// How a step ended when it did not fail.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    /// Not applicable on this machine, with the reason.
    Skipped(&'static str),
}

/// rustfmt would change nothing.
pub(crate) fn check_format(workspace: &Workspace) -> Result<Outcome, Failure> {
    run(
        &mut workspace.cargo(["fmt", "--all", "--check"]),
        "运行 cargo xtask fmt 自动整理。",
    )?;
    Ok(Outcome::Passed)
}

/// clippy has nothing to say.
pub(crate) fn lint(workspace: &Workspace) -> Result<Outcome, Failure> {
    run(
        &mut workspace.cargo([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]),
        "按上面的提示修改代码。",
    )?;
    Ok(Outcome::Passed)
}

/// Every test of the workspace, the committed bindings and the tidy checks among them.
pub(crate) fn test_rust(workspace: &Workspace) -> Result<Outcome, Failure> {
    const ADVICE: &str = "看上面失败的测试；单独重跑：cargo test -p 包名 测试名";
    let nextest = output(&mut workspace.cargo(["nextest", "--version"])).is_some();
    let mut command = if nextest {
        workspace.cargo(["nextest", "run", "--workspace", "--no-fail-fast"])
    } else {
        workspace.cargo(["test", "--workspace", "--bins", "--tests", "--no-fail-fast"])
    };
    run(&mut command, ADVICE)?;
    if has_examples_in_docs(&workspace.root.join("src-tauri")) {
        run(
            &mut workspace.cargo(["test", "--workspace", "--doc"]),
            ADVICE,
        )?;
    } else {
        println!("文档注释里没有示例代码，不必运行文档测试。");
    }
    Ok(Outcome::Passed)
}

/// Whether any doc comment under this folder holds a code block, that is, a test that only rustdoc runs.
fn has_examples_in_docs(folder: &Path) -> bool {
    let files = stamp::tree(folder, |name| name == "target" || name == "gen").unwrap_or_default();
    files
        .iter()
        .filter(|(name, _)| name.ends_with(".rs"))
        .any(|(_, path)| {
            fs::read_to_string(path).is_ok_and(|text| text.lines().any(opens_code_block_in_docs))
        })
}

fn opens_code_block_in_docs(line: &str) -> bool {
    let line = line.trim_start();
    ["///", "//!"].into_iter().any(|mark| {
        line.strip_prefix(mark)
            .is_some_and(|text| text.trim_start().starts_with("```"))
    })
}

/// ESLint, vue-tsc and Vitest.
pub(crate) fn test_ui(workspace: &Workspace) -> Result<Outcome, Failure> {
    let ui = workspace.ui();
    for (script, advice) in [
        ("lint", "按上面的提示修改界面代码。"),
        ("typecheck", "按上面的提示修正类型。"),
        ("test", "看上面失败的界面测试。"),
    ] {
        run(&mut npm::command("npm", &ui, ["run", script]), advice)?;
    }
    Ok(Outcome::Passed)
}

/// Playwright in a browser, on the real commands behind the bridge.
pub(crate) fn test_flows(workspace: &Workspace) -> Result<Outcome, Failure> {
    let mut command = npm::command("npx", &workspace.flows(), ["playwright", "test"]);
    command.env(
        "JIUGAI_BRIDGE",
        workspace.binary("jiugai-bridge", Profile::Debug),
    );
    if let Some(browser) = host::find_chromium() {
        command.env("JIUGAI_CHROMIUM", browser);
    }
    run(
        &mut command,
        "看上面失败的流程；截图和记录在 tests/e2e/out/。",
    )?;
    Ok(Outcome::Passed)
}

/// The real window under a virtual screen.
pub(crate) fn test_window(workspace: &Workspace) -> Result<Outcome, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::Skipped(
            "真实窗口的自动检查只在 Linux 上有驱动程序。",
        ));
    }
    let script = Path::new("native").join("smoke.mjs");
    if !workspace.flows().join(&script).is_file() {
        return Err(Failure::new(
            format!("缺少 tests/e2e/{}。", script.display()),
            "请确认源代码完整（git status）。",
        ));
    }
    // Always a virtual screen of its own: the check must neither see nor disturb the person's windows.
    let mut command = Command::new("xvfb-run");
    command
        .args(["-a", "-s", "-screen 0 1366x768x24", "node"])
        .arg(script)
        .current_dir(workspace.flows())
        .env(
            "JIUGAI_APP",
            workspace.binary("jiugai-desktop", Profile::Debug),
        );
    run(&mut command, "看上面的报错；窗口截图在 tests/e2e/out/。")?;
    Ok(Outcome::Passed)
}

/// Everything, tests included, compiles for Windows.
pub(crate) fn check_windows(workspace: &Workspace) -> Result<Outcome, Failure> {
    if cfg!(windows) {
        return Ok(Outcome::Skipped("本机就是 Windows，前面的步骤已经编译过。"));
    }
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::Skipped(
            "Windows 编译器只在 Debian、Ubuntu 上制作。",
        ));
    }
    let toolchain = shipping::toolchain::provide(workspace)?;
    run(
        &mut toolchain.cargo(
            workspace,
            ["check", "--workspace", "--all-targets", "--locked"],
        ),
        "按上面的报错修改代码；只在 Windows 上编译的部分用 cfg(windows) 标出。",
    )?;
    Ok(Outcome::Passed)
}

/// Why an unattended run leaves the installer alone: nothing, or the reason.
pub(crate) fn leave_installer(workspace: &Workspace) -> Option<&'static str> {
    if !cfg!(target_os = "linux") {
        return Some("安装包只在 Debian、Ubuntu 上制作。");
    }
    (!shipping::toolchain::is_warm(workspace)).then_some(
        "Windows 发布版还没有构建过（约二十五分钟）；要做就运行 cargo xtask test --only package。",
    )
}

/// The installer is made, installed, used, upgraded and uninstalled under Wine.
pub(crate) fn try_installer(workspace: &Workspace) -> Result<Outcome, Failure> {
    shipping::trial::try_all(workspace)?;
    Ok(Outcome::Passed)
}

/// cargo-deny, where it is installed.
pub(crate) fn check_dependencies(workspace: &Workspace) -> Result<Outcome, Failure> {
    if output(&mut workspace.cargo(["deny", "--version"])).is_none() {
        return Ok(Outcome::Skipped(
            "没有安装 cargo-deny；许可证已由 Rust 测试按同一张清单核对。",
        ));
    }
    run(
        &mut workspace.cargo([
            "deny",
            "check",
            "--config",
            ".deny.toml",
            "bans",
            "licenses",
            "sources",
        ]),
        "换掉上面指出的依赖，或在 .deny.toml 里写明理由后放行。",
    )?;
    Ok(Outcome::Passed)
}

/// No test wrote into the tree.
pub(crate) fn check_tree(workspace: &Workspace) -> Result<Outcome, Failure> {
    if !workspace.unattended {
        return Ok(Outcome::Skipped("只在 CI 里核对（CI=true）。"));
    }
    let mut command = Command::new("git");
    command
        .args(["--no-pager", "diff", "--exit-code", "--stat"])
        .current_dir(&workspace.root);
    run(
        &mut command,
        "测试改动了上面的文件，多半是生成物没有提交；请在本机运行测试后一并提交。",
    )?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_block_in_a_doc_comment_is_an_example() {
        assert!(opens_code_block_in_docs("    /// ```"));
        assert!(opens_code_block_in_docs("//! ```no_run"));
        assert!(!opens_code_block_in_docs("// ```"));
        assert!(!opens_code_block_in_docs("/// `code`"));
    }
}
