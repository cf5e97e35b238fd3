//! The short recipes: set-up, run, bench, format.

use std::process::Command;

use crate::command::{Failure, run as run_command, shown};
use crate::host;
use crate::prepare::{Need, Preparation};
use crate::workspace::{Profile, Workspace};

/// Installs everything that `run` and `test` need, and builds nothing.
pub(crate) fn setup(workspace: &Workspace) -> Result<(), Failure> {
    Preparation::new(workspace).provide(&[
        Need::TestTools,
        Need::RustComponents,
        Need::Crates,
        Need::UiModules,
        Need::FlowModules,
        Need::Browser,
    ])?;
    println!("准备完毕。接下来：cargo xtask run 打开应用，cargo xtask test 运行全部检查。");
    Ok(())
}

/// Builds what changed and opens the window; words after `--` go to the application.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let (options, passed) = split(arguments);
    let profile = match options {
        [] => Profile::Debug,
        [option] if option == "--release" => Profile::Release,
        _ => {
            return Err(Failure::new(
                format!("不认识“{}”。", options.join(" ")),
                "写法：cargo xtask run [--release] [-- 台账文件]",
            ));
        }
    };
    let mut preparation = Preparation::new(workspace);
    preparation.provide(&[Need::RunTools, Need::UiModules, Need::UiDist])?;
    match profile {
        Profile::Debug => build_programs(workspace)?,
        Profile::Release => build_released(workspace, &["jiugai-desktop"])?,
    }
    if !host::has_screen() {
        return Err(Failure::new(
            "应用已构建好，但本机没有图形界面（未设置 DISPLAY），打不开窗口。",
            "请在桌面会话里运行；要在没有屏幕的机器上试，可用：xvfb-run -a cargo xtask run",
        ));
    }
    let mut application = Command::new(workspace.binary("jiugai-desktop", profile));
    application.args(passed);
    without_gpu_buffers(&mut application);
    run_command(&mut application, "请看上面的报错。")
}

/// Builds release and measures; all words go to the measuring program.
pub(crate) fn bench(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let mut preparation = Preparation::new(workspace);
    preparation.provide(&[Need::TestTools, Need::UiModules, Need::UiDist])?;
    build_released(workspace, &["jiugai-bench", "jiugai-desktop", "jiugai"])?;
    let program = workspace.binary("jiugai-bench", Profile::Release);
    let mut command = on_a_screen(program.as_os_str());
    command
        .args(arguments.iter().filter(|word| *word != "--"))
        .current_dir(&workspace.root)
        .env(
            "JIUGAI_APP",
            workspace.binary("jiugai-desktop", Profile::Release),
        )
        .env("JIUGAI_CLI", workspace.binary("jiugai", Profile::Release));
    without_gpu_buffers(&mut command);
    let advice = format!("测量没有完成。重试：{}", shown(&command));
    run_command(&mut command, &advice)
}

/// The tests of faults and of random sequences, several times as long as in the checks: five times, or as often as
/// the argument says.
pub(crate) fn trust(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    const LONG: [&str; 5] = [
        "ledger::below",
        "ledger::crash",
        "ledger::faults",
        "tests::model",
        "tests::property",
    ];
    let times: u32 = match arguments {
        [] => 5,
        [times] => times.parse().unwrap_or(0),
        _ => 0,
    };
    if times == 0 {
        return Err(Failure::new(
            format!("不认识“{}”。", arguments.join(" ")),
            "写法：cargo xtask trust [倍数]，倍数是 1 以上的整数",
        ));
    }
    Preparation::new(workspace).provide(&[Need::TestTools, Need::UiModules, Need::UiDist])?;
    let mut command = workspace.cargo(["test", "--workspace", "--lib", "--"]);
    command.args(LONG).env("JIUGAI_TIMES", times.to_string());
    run_command(&mut command, "看上面失败的测试，它写明了是哪一串操作。")
}

/// Formats all Rust code.
pub(crate) fn format(workspace: &Workspace) -> Result<(), Failure> {
    Preparation::new(workspace).provide(&[Need::RustComponents])?;
    run_command(
        &mut workspace.cargo(["fmt", "--all"]),
        "请先改正上面的语法错误。",
    )
}

/// The examples are asked for so that cargo counts the tests' dependencies when it settles the features of shared
/// crates. Without them a later test run would compile half of the tree again for one feature of one crate.
fn build_programs(workspace: &Workspace) -> Result<(), Failure> {
    run_command(
        &mut workspace.cargo(["build", "--workspace", "--bins", "--examples"]),
        "请看上面编译器的报错。",
    )
}

/// Builds these programs as they ship. The packages are always the same, so that all recipes share what was compiled;
/// the programs are named, because each is optimised as a whole and takes minutes.
pub(crate) fn build_released(workspace: &Workspace, programs: &[&str]) -> Result<(), Failure> {
    let mut command = workspace.cargo([
        "build",
        "--release",
        "--package=jiugai-desktop",
        "--package=jiugai-door",
        "--package=jiugai-cli",
        "--package=jiugai-tests",
    ]);
    for program in programs {
        command.args(["--bin", program]);
    }
    run_command(&mut command, "请看上面编译器的报错。")
}

/// A program that opens a window: on a Linux machine without a screen it gets a virtual one.
pub(crate) fn on_a_screen(program: &std::ffi::OsStr) -> Command {
    if host::has_screen() {
        return Command::new(program);
    }
    let mut command = Command::new("xvfb-run");
    command
        .args(["-a", "-s", "-screen 0 1366x768x24"])
        .arg(program);
    command
}

/// WebKitGTK shows an empty window on machines without a real graphics card unless this is off.
fn without_gpu_buffers(command: &mut Command) {
    const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if cfg!(target_os = "linux") && std::env::var_os(NAME).is_none() {
        command.env(NAME, "1");
    }
}

/// The words before and after the first `--`.
fn split(arguments: &[String]) -> (&[String], &[String]) {
    match arguments.iter().position(|word| word == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_follows_the_dashes_belongs_to_the_application() {
        let arguments = words("--release -- a.jgdb -- b");
        let (options, passed) = split(&arguments);
        assert_eq!(options, words("--release"));
        assert_eq!(passed, words("a.jgdb -- b"));
        let plain = words("--release");
        assert_eq!(split(&plain).1, [""; 0]);
    }
}
