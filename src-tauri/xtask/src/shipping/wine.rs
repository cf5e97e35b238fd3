//! A Windows to try things in: Wine with a folder and a screen of its own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::stage::{copy, make_folder};
use super::toolchain::remove;
use crate::command::{Failure, output, run};
use crate::workspace::Workspace;

/// A Wine prefix that is removed at the end.
pub(super) struct Wine {
    prefix: PathBuf,
    screen: Child,
    display: String,
}

impl Wine {
    /// Makes a fresh Windows 10.
    pub(super) fn new(workspace: &Workspace) -> Result<Self, Failure> {
        let prefix = workspace.cache().join("windows").join("wine");
        remove(&prefix)?;
        make_folder(&prefix)?;
        let (screen, display) = open_screen()?;
        let wine = Self {
            prefix,
            screen,
            display,
        };
        run(&mut wine.tool("wineboot", &["-i"]), ADVICE)?;
        wine.settle()?;
        wine.pretend("win10")?;
        wine.add_random_numbers(workspace)?;
        wine.show_chinese()?;
        Ok(wine)
    }

    /// Which Windows it says it is.
    pub(super) fn pretend(&self, version: &str) -> Result<(), Failure> {
        run(&mut self.tool("winecfg", &["/v", version]), ADVICE)?;
        self.settle()
    }

    /// A program under Wine, stopped after five minutes.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("timeout");
        command.args(["300", "wine"]).arg(program);
        self.at_home(&mut command);
        command
    }

    /// The variables that make `wine` use this Windows.
    pub(super) fn surround(&self, command: &mut Command) {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEARCH", "win64")
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=;winemenubuilder.exe=d")
            .env("DISPLAY", &self.display)
            .env("LC_ALL", "C.UTF-8");
    }

    /// Also with a home of its own: Wine takes the documents of its user for those of the person at this machine.
    fn at_home(&self, command: &mut Command) {
        self.surround(command);
        command.env("HOME", &self.prefix);
    }

    /// A program of X for this screen.
    pub(super) fn on_screen(&self, program: &str) -> Command {
        let mut command = Command::new("timeout");
        command.args(["60", program]).env("DISPLAY", &self.display);
        command
    }

    fn tool(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new("timeout");
        command.args(["300", name]).args(arguments);
        self.at_home(&mut command);
        command
    }

    /// Waits until everything that was started in it has ended.
    pub(super) fn settle(&self) -> Result<(), Failure> {
        run(&mut self.tool("wineserver", &["-w"]), ADVICE)
    }

    /// Ends everything that runs in it.
    pub(super) fn stop(&self) {
        self.tool("wineserver", &["-k"]).status().ok();
    }

    /// The home folder of its one user, as this system sees it.
    pub(super) fn home(&self) -> Result<PathBuf, Failure> {
        let users = self.prefix.join("drive_c").join("users");
        super::stage::files(&users)?
            .into_iter()
            .find(|folder| folder.file_name().is_some_and(|name| name != "Public"))
            .ok_or_else(|| Failure::new("Wine 里没有用户文件夹。", ADVICE))
    }

    /// A value of the registry, or nothing.
    pub(super) fn registry(&self, key: &str, value: &str) -> Option<String> {
        let mut command = self.tool("wine", &["reg", "query", key]);
        let text = if value.is_empty() {
            output(command.arg("/ve"))
        } else {
            output(command.args(["/v", value]))
        }?;
        text.lines()
            .find_map(|line| Some(line.split_once("REG_SZ")?.1.trim().to_owned()))
    }

    /// Windows draws its dialogs in fonts that this machine lacks; one that has Chinese stands in for them.
    fn show_chinese(&self) -> Result<(), Failure> {
        const KEY: &str = r"HKCU\Software\Wine\Fonts\Replacements";
        for font in [
            "Tahoma",
            "SimSun",
            "宋体",
            "MS Shell Dlg",
            "MS Shell Dlg 2",
            "Segoe UI",
        ] {
            run(
                &mut self.tool(
                    "wine",
                    &[
                        "reg",
                        "add",
                        KEY,
                        "/v",
                        font,
                        "/d",
                        "Noto Sans CJK SC",
                        "/f",
                    ],
                ),
                ADVICE,
            )?;
        }
        self.settle()
    }

    /// Wine 8 lacks a library that the standard library of Rust takes random numbers from.
    fn add_random_numbers(&self, workspace: &Workspace) -> Result<(), Failure> {
        let built = self.prefix.join("bcryptprimitives.dll");
        run(
            Command::new("x86_64-w64-mingw32-gcc")
                .args(["-shared", "-O1", "-o"])
                .arg(&built)
                .arg(workspace.root.join("src-tauri/windows/bcryptprimitives.c"))
                .arg("-ladvapi32"),
            "请看上面编译器的报错。",
        )?;
        let system = self.prefix.join("drive_c/windows/system32");
        copy(&built, &system.join("bcryptprimitives.dll"))
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        self.stop();
        self.screen.kill().ok();
        self.screen.wait().ok();
        fs::remove_dir_all(&self.prefix).ok();
    }
}

const ADVICE: &str = "请看上面 Wine 的报错；重跑：cargo xtask test --only package";

/// A virtual screen; it says itself which number it got.
fn open_screen() -> Result<(Child, String), Failure> {
    let failed = |cause: String| Failure::new(format!("虚拟屏幕打不开：{cause}"), ADVICE);
    let mut screen = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1366x768x24",
            "-nolisten",
            "tcp",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|cause| failed(cause.to_string()))?;
    let mut number = String::new();
    let read = screen
        .stdout
        .take()
        .map(|pipe| BufReader::new(pipe).read_line(&mut number));
    match read {
        Some(Ok(1..)) => Ok((screen, format!(":{}", number.trim()))),
        _ => {
            screen.kill().ok();
            screen.wait().ok();
            Err(failed("没有报出编号。".to_owned()))
        }
    }
}
